"""The console command: one sub-command a module, every message in Chinese unless `--lang en`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from typing import NoReturn, TextIO, cast

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.types

from .. import __version__
from ..clock import BadDay
from ..messages import LANGUAGES, messages
from ..privacy.guard import Guarded
from .context import console

#: Sub-command → the module that makes it.
_MODULES = {
    "list": "listing",
    "next-change": "next_change",
    **{
        name: name
        for name in (
            *("build", "serve", "check", "mask", "clear", "review", "clearances", "verify"),
            *("search", "poster", "board", "addresses", "alive", "hooks"),
        )
    },
}


class _Commands(Mapping[str, click.Command]):
    """The sub-commands in one language, each imported when it is asked for."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __getitem__(self, name: str) -> click.Command:
        module = import_module(f".{_MODULES[name]}", __package__)
        return cast(click.Command, module.command(self._language))

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line. Exits with 0 fine, 1 at least one error, 2 wrong usage."""
    out, err = cast(TextIO, Guarded(sys.stdout)), cast(TextIO, Guarded(sys.stderr))
    with redirect_stdout(out), redirect_stderr(err):
        _main(arguments)


def _main(arguments: Sequence[str] | None) -> NoReturn:
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    language, rest = _language(given)
    say = messages(language)
    _translate_click(say.section("click"))
    try:
        status = _commands(language).main(
            rest, prog_name=os.environ.get("NOTICEBOARD_PROG", "noticeboard"), standalone_mode=False
        )
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("cli.stopped"), err=True)
        sys.exit(1)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except BadDay as bad:
        click.echo(say("cli.bad-day", name=bad.name, found=bad.found), err=True)
        sys.exit(2)
    except Exception as error:
        if os.environ.get("NOTICEBOARD_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}"
        console(stderr=True).print(
            f"{say('cli.internal', reason=reason)}\n{say('cli.internal-hint')}", markup=False
        )
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def _language(arguments: list[str]) -> tuple[str, list[str]]:
    """`--lang` may stand anywhere; it must be known before click words its first sentence."""
    rest: list[str] = []
    language = "zh"
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--lang":
            language = next(waiting, "")
        elif argument.startswith("--lang="):
            language = argument.partition("=")[2]
        else:
            rest.append(argument)
    if language not in LANGUAGES:
        click.echo(messages("zh")("cli.bad-language", found=language), err=True)
        sys.exit(2)
    return language, rest


def _translate_click(texts: dict[str, str]) -> None:
    """Click words its help and errors through gettext names in its modules; these are ours."""

    def translated(text: str) -> str:
        return texts.get(text, text)

    def plural(singular: str, several: str, count: int) -> str:
        return translated(singular if count == 1 else several)

    modules = (click.core, click.decorators, click.exceptions, click.formatting, click.types, click.parser)
    for module in modules:
        for name, replacement in (("_", translated), ("ngettext", plural)):
            if hasattr(module, name):
                setattr(module, name, replacement)


def _commands(language: str) -> click.Group:
    say = messages(language)
    group = click.Group(
        "noticeboard",
        commands=_Commands(language),  # type: ignore[arg-type]  # nothing is ever added to them
        help=say("cli.about"),
        no_args_is_help=True,
        options_metavar=say("cli.metavar-options"),
        subcommand_metavar=say("cli.metavar-command"),
    )
    group.params.append(
        click.Option(
            ["--lang"], type=click.Choice(LANGUAGES), help=say("cli.option-lang"), expose_value=False
        )
    )
    click.version_option(__version__, prog_name="noticeboard", message="%(prog)s %(version)s")(group)
    return group
