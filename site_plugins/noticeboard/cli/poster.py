"""`noticeboard poster`: notices as PDF posters for the physical board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import click
from rich.progress import track

from ..board.fields import suggest
from ..board.register import Published, Register
from ..board.status import Status
from ..messages import Messages, messages
from ..posters.press import Printed
from ..posters.sheet import Orientation, Size, Style, Wish
from ..views.poster import Posters
from ..views.shelves import Shelves
from ..views.words import Words
from .context import Project, Usage, console, open_project, print_problems, sub_command

#: Where posters go unless `--out` says otherwise, beside mkdocs.yml.
FOLDER = "posters"


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    return sub_command(
        "poster",
        _run,
        language,
        click.Argument(["notices"], nargs=-1, metavar=say("cli.metavar-notices")),
        click.Option(["--current"], is_flag=True, help=say("cli.option-poster-current")),
        click.Option(
            ["--publisher"], help=say("cli.option-poster-publisher"), metavar=say("cli.metavar-publisher")
        ),
        click.Option(
            ["--since"],
            type=click.DateTime(["%Y-%m-%d"]),
            help=say("cli.option-poster-since"),
            metavar="YYYY-MM-DD",
        ),
        _choice("size", Size, Size.A4, say),
        _choice("orientation", Orientation, Orientation.AUTO, say),
        _choice("style", Style, Style.BOARD, say),
        click.Option(
            ["--out"],
            type=click.Path(file_okay=False, path_type=Path),
            help=say("cli.option-poster-out", folder=FOLDER),
            metavar=say("cli.metavar-folder"),
        ),
    )


def _choice(name: str, values: type[Size | Orientation | Style], default: str, say: Messages) -> click.Option:
    return click.Option(
        [f"--{name}"],
        type=click.Choice([value.value for value in values], case_sensitive=False),
        default=default,
        show_default=True,
        help=say(f"cli.option-poster.{name}"),
    )


def _run(
    language: str,
    notices: tuple[str, ...],
    current: bool,
    publisher: str | None,
    since: datetime | None,
    size: str,
    orientation: str,
    style: str,
    out: Path | None,
    config: str,
) -> int:
    say = messages(language)
    project = open_project(config, language)
    register = project.whole_register(say)
    if not (notices or current or publisher or since):
        raise Usage(say("cli.poster-which"))
    chosen = (
        [_named(register, name, project, say) for name in notices]
        if notices
        else list(_selected(register, publisher, since.date() if since else None, say))
    )
    if not chosen:
        console().print(say("cli.poster-none"), markup=False)
        return 0
    posters = _posters(project, register)
    wishes = [Wish(posters.sheet(row), Size(size), Orientation(orientation), Style(style)) for row in chosen]
    folder = out or project.home / FOLDER
    return _print(project, register, wishes, folder, say)


def _posters(project: Project, register: Register) -> Posters:
    from ..plugin import site_settings

    settings = site_settings(project.config, project.plugin.config)
    return Posters(Shelves(register, Words(), settings), settings)


def _selected(
    register: Register, publisher: str | None, since: date | None, say: Messages
) -> Iterator[Published]:
    """The current notices of a board that has them on paper."""
    codes = {publisher_code(register, publisher, say)} if publisher else None
    for row in register.posted.values():
        if row.status is not Status.CURRENT or row.removed or "board" not in row.notice.channels:
            continue
        if (codes is None or row.notice.publisher in codes) and (since is None or row.notice.starts >= since):
            yield row


def publisher_code(register: Register, given: str, say: Messages) -> str:
    """The code of a publisher by code, name or short name. Raises Usage for one that there is not."""
    publishers = register.board.publishers
    assert publishers is not None
    if (code := publishers.spellings.get(given)) is not None:
        return code
    near = say("list").join(suggest(given, sorted(publishers.spellings)) or tuple(publishers.by_code))
    raise Usage(say("cli.publisher-unknown", found=given, suggestion=near))


def _named(register: Register, given: str, project: Project, say: Messages) -> Published:
    """A notice by id, path or index number. Raises Usage where it may not go to paper."""
    identifier = _identifier(register, given, project)
    if identifier is None:
        ids = sorted(register.board.entries)
        near = suggest(given, ids)
        raise Usage(say("cli.poster-unknown", found=given, suggestion=say("list").join(near or ids[:1])))
    row = register.posted.get(identifier)
    if row is None:
        status = register.status(identifier)
        path = register.board.entries[identifier].source.path
        raise Usage(say(f"cli.poster-kept.{status.value}", path=path, status=say(f"statuses.{status}")))
    if row.removed:
        raise Usage(say("cli.poster-removed", path=register.board.entries[identifier].source.path))
    return row


def _identifier(register: Register, given: str, project: Project) -> str | None:
    """What a clerk may have typed or pasted: an id, a path, an index number, a short or long address."""
    text = given.strip().replace("\\", "/").rstrip("/")
    for entry in register.board.entries.values():
        paths = {entry.id, entry.source.path, entry.path, f"{project.root.as_posix()}/{entry.path}"}
        paths |= {f"{project.prefix}{entry.id}", f"./{entry.source.path}"}
        if entry.notice is not None:
            paths |= {entry.notice.index_number, entry.notice.short}
        if text in paths or text.endswith((f"/notices/{entry.id}", *_short(entry.notice))):
            return entry.id
    return None


def _short(notice: object) -> tuple[str, ...]:
    short = getattr(notice, "short", "")
    return (f"/n/{short}",) if short else ()


def _print(project: Project, register: Register, wishes: list[Wish], folder: Path, say: Messages) -> int:
    from ..printing import poster_problems, press_of

    press = press_of(project.root, project.home, project.plugin.config.fonts_dir, Words())
    out = console()
    shown: Iterable[Printed] = press.prints(wishes)
    if out.is_terminal:
        shown = track(shown, say("cli.posters"), len(wishes), console=out, transient=True)
    printed = list(shown)
    problems = poster_problems(printed, register.board)
    print_problems(console(stderr=True), problems, say)
    made = [one for one in printed if one.pdf]
    folder.mkdir(parents=True, exist_ok=True)
    for one in made:
        target = folder / file_name(one.wish)
        part = target.with_name(target.name + ".part")
        part.write_bytes(one.pdf)
        part.replace(target)
        out.print(say("cli.poster-made", path=target, pages=one.pages), markup=False)
    out.print(say("cli.posters-made", count=len(made), folder=folder), markup=False)
    return 1 if problems else 0


def file_name(wish: Wish) -> str:
    """What a poster is called on a clerk's disk: `2026-santang-0012-A4.pdf`."""
    style = "-official" if wish.style is Style.OFFICIAL else ""
    return f"{wish.sheet.id.replace('/', '-')}-{wish.size}{style}.pdf"
