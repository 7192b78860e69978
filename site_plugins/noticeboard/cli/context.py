"""What every command begins with: the configuration, the plugin, the day, the console."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import track
from rich.text import Text

from ..board.edit import write_whole
from ..board.fields import suggest
from ..board.load import Board
from ..board.problem import Problem, Severity
from ..board.register import Register
from ..clock import today
from ..history.git import NoGit
from ..messages import Messages, messages
from ..problems import where
from ..views.encode import Cell, csv_bytes
from ..views.frame import SiteSettings
from ..views.words import Words

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from ..plugin import NoticeboardPlugin
    from ..posters.press import Press

T = TypeVar("T")


_DAY = re.compile(r"[1-9]\d{3}-\d{2}-\d{2}", re.ASCII)
#: One of our commands in a hint.
_COMMAND = re.compile(r"\bnoticeboard(?= [a-z])")


class Usage(click.ClickException):
    """The command cannot be carried out as it was given: exit status 2."""

    exit_code = 2


def console(stderr: bool = False) -> Console:
    """Colour and progress on a terminal, plain text elsewhere; lines are never cut."""
    return Console(stderr=stderr, highlight=False, soft_wrap=True, emoji=False)


def sub_command(name: str, run: Callable[..., int], language: str, *params: click.Parameter) -> click.Command:
    """A command in one language, with `--config` as every command has it."""
    say = messages(language)
    config = click.Option(
        ["-f", "--config"],
        default="mkdocs.yml",
        help=say("cli.option-config"),
        metavar=say("cli.metavar-file"),
    )
    return click.Command(
        name,
        params=[*params, config],
        callback=partial(run, language),
        help=say(f"cli.{name}"),
        options_metavar=say("cli.metavar-options"),
    )


def format_option(say: Messages, default: str, *others: str) -> click.Option:
    """`--format`, as `form`."""
    return click.Option(
        ["--format", "form"],
        type=click.Choice((default, *others)),
        default=default,
        help=say("cli.option-format"),
        show_default=True,
    )


@dataclass(frozen=True, slots=True)
class Project:
    """One board's folder with its configuration."""

    config: MkDocsConfig
    plugin: NoticeboardPlugin

    @property
    def home(self) -> Path:
        """The folder of mkdocs.yml."""
        return Path(self.config.config_file_path).parent

    @property
    def root(self) -> Path:
        """The notices folder."""
        from ..plugin import notices_root

        return notices_root(self.config, self.plugin.config)

    @property
    def prefix(self) -> str:
        """What stands before every path in problems."""
        from ..plugin import notices_prefix

        return notices_prefix(self.plugin.config)

    @property
    def zone(self) -> ZoneInfo:
        """The board's time zone."""
        return ZoneInfo(self.plugin.config.time_zone)

    def board(self, drafts: Mapping[str, bytes] | None = None) -> Board:
        """The board as it lies in the folder, with `drafts` in the place of the files of these names."""
        from ..plugin import read_board

        return read_board(self.config, self.plugin.config, drafts=drafts)

    @property
    def settings(self) -> SiteSettings:
        """What the configuration says of the site."""
        from ..plugin import site_settings

        return site_settings(self.config, self.plugin.config)

    def press(self) -> Press:
        """What prints this board's posters; it keeps nothing."""
        from ..printing import press_of

        return press_of(self.root, self.home, self.plugin.config.fonts_dir, Words())

    def today(self) -> date:
        return today(self.plugin.config.time_zone)

    def register(self) -> Register:
        return Register(self.board(), self.today())

    def whole_register(self, say: Messages) -> Register:
        """The register of a board whose lists can be read. Raises Usage where they cannot."""
        register = self.register()
        if not register.board.has_lists:
            raise Usage(say("cli.lists-broken"))
        return register


def open_project(path: str, language: str, **overrides: Any) -> Project:
    """Read mkdocs.yml. Raises Usage with a sentence for a clerk where that is not possible."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import ConfigurationError, MkDocsException

    from .. import config as options
    from ..plugin import NoticeboardPlugin

    say = messages(language)
    if not Path(path).is_file():
        raise Usage(say("cli.no-config", path=path))
    options.language.set(language)
    heard = _Heard()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    logger.propagate = False
    try:
        config = load_config(path, **overrides)
    except (ConfigurationError, MkDocsException) as error:
        reason = "；".join(heard.lines) or error.format_message()
        raise Usage(say("cli.bad-config", path=path, reason=reason)) from None
    finally:
        logger.removeHandler(heard)
    for line in heard.lines:
        console(stderr=True).print(f"{path}: {line}", markup=False)
    plugin = config.plugins.get("noticeboard")
    if not isinstance(plugin, NoticeboardPlugin):
        raise Usage(say("cli.no-plugin", path=path))
    plugin.quiet = True
    plugin.language = language
    return Project(config, plugin)


class _Heard(logging.Handler):
    """Keeps what MkDocs logs while it reads its configuration: the reason stands there."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def as_called(hint: str) -> str:
    """A hint with our commands as this user calls them: `python3 scripts/dev.py run …`."""
    return _COMMAND.sub(os.environ.get("NOTICEBOARD_PROG", "noticeboard"), hint)


def print_problems(out: Console, problems: tuple[Problem, ...], say: Messages) -> None:
    """Each problem as a block: the place, what is wrong, how to write it right."""
    for problem in problems:
        message, hint = say.problem(problem)
        colour = "red" if problem.severity is Severity.ERROR else "yellow"
        line = Text()
        line.append(where(problem), style="bold")
        line.append(f"  {say(f'severities.{problem.severity}')}  ", style=colour)
        line.append(message)
        line.append(f"  [{problem.code}]", style="dim")
        out.print(line)
        out.print(Text(f"    {say('cli.hint', hint=as_called(hint))}"))


def publisher_code(register: Register, given: str, say: Messages) -> str:
    """The code of a publisher by code, name or short name. Raises Usage for one that there is not."""
    publishers = register.board.publishers
    assert publishers is not None
    if (code := publishers.spellings.get(given)) is not None:
        return code
    near = say("list").join(suggest(given, sorted(publishers.spellings)) or tuple(publishers.by_code))
    raise Usage(say("cli.publisher-unknown", found=given, suggestion=near))


def parsed_day(text: str) -> date | None:
    """A day that is written like 2026-01-31 and that there is, or None."""
    # Python alone takes 20261121 and 2026-W47-6 as well.
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_of(text: str, say: Messages, message: str = "bad-date") -> date:
    """A day as it is typed. Raises Usage, in the words of a `message`, for anything else."""
    if (day := parsed_day(text)) is None:
        raise Usage(say(f"cli.{message}", found=text))
    return day


def write_file(path: Path, data: bytes, say: Messages) -> None:
    """Put a file where a user wants it, whole. Raises Usage where that is not possible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise Usage(say("cli.not-written", path=path, reason=error.strerror or str(error))) from None


def tracked(items: Iterable[T], count: int, label: str, out: Console) -> Iterable[T]:
    """The items with a bar of progress on a terminal."""
    return track(items, label, count, console=out, transient=True) if out.is_terminal else items


def print_csv(rows: Iterable[Iterable[Cell]]) -> None:
    """A table for office programs, to the byte."""
    click.echo(csv_bytes(rows), nl=False)


def without_git(unknown: NoGit, project: Project, say: Messages, section: str = "git") -> Usage:
    """Why git cannot tell, in the words of a `section` of the messages."""
    folder = project.prefix.rstrip("/")
    return Usage(say(f"cli.{section}.{unknown.code}", folder=folder, reason=unknown.reason))


def within(path: str, root: Path, missing: str) -> str:
    """A path as problems name it. Raises Usage where nothing is there."""
    found = Path(path)
    if not found.exists():
        found = root / path
    if not found.exists():
        raise Usage(missing)
    try:
        return found.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise Usage(missing) from None
