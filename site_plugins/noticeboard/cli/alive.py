"""`noticeboard alive SITE`: whether a published site is built as often as its notices need it.

Timers die in silence: a server is replaced, a forge stops the schedules of quiet repositories. This is
asked from another place than the one that builds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from ..board.register import Register
from ..board.upcoming import next_change
from ..messages import Messages, messages
from .context import Usage, console, open_project, sub_command
from .next_change import turn_lines

_NETWORK = ("http://", "https://")


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    site = click.Argument(["site"], type=click.Path(), metavar=say("cli.metavar-site"))
    days = click.Option(["--days"], type=click.IntRange(1), help=say("cli.option-days"))
    return sub_command("alive", _run, language, site, days)


def _run(language: str, site: str, days: int | None, config: str) -> int:
    from ..gate.verify import day_of

    say = messages(language)
    data = _data(site, say)
    project = open_project(config, language)
    today, board = project.today(), project.board()
    if not board.has_lists:
        raise Usage(say("cli.lists-broken"))
    built = day_of(data)
    if built is None:
        wrong = [say("cli.site.unreadable", path=site)]
    elif built > today:
        wrong = [say("cli.site.future", as_of=built, day=today)]
    else:
        most = days or project.plugin.config.rebuild_days
        wrong = list(_overdue(Register(board, built), today, most, say))
    for line in wrong or [say("cli.site.alive", as_of=built, day=today)]:
        console().print(line, markup=False)
    return 1 if wrong else 0


def _overdue(then: Register, today: date, most: int | None, say: Messages) -> Iterator[str]:
    """What speaks against a site that shows the register `then`: a change that is due, or its age in days."""
    coming = next_change(then)
    behind = coming if coming is not None and coming.day <= today else None
    age = (today - then.day).days
    if behind:
        yield say("cli.site.behind", as_of=then.day, day=behind.day)
        yield from turn_lines(behind.turns, say)
    if most is not None and age > most:
        yield say("cli.site.old", as_of=then.day, days=age, most=most)
    if behind or (most is not None and age > most):
        yield say("cli.site.mend")


def _data(site: str, say: Messages) -> bytes:
    """The open data of a site: its folder, the file alone, or what a pipe brings as `-`."""
    from ..views.outputs import NOTICES_JSON

    if site == "-":
        return sys.stdin.buffer.read()
    if site.startswith(_NETWORK):
        address = site if site.endswith(".json") else f"{site.rstrip('/')}/{NOTICES_JSON}"
        raise Usage(say("cli.site.address", url=address))
    path = Path(site)
    if not path.exists():
        raise Usage(say("cli.no-such-path", path=site))
    file = path / NOTICES_JSON if path.is_dir() else path
    return file.read_bytes() if file.is_file() else b""
