"""`noticeboard next-change`: when the site must be built again, for timers and for staff."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, time

import click

from ..board.upcoming import KINDS, Turn, next_change
from ..messages import Messages, messages
from .context import console, format_option, open_project, sub_command


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    form = format_option(messages(language), "text", "json")
    return sub_command("next-change", _run, language, form)


def _run(language: str, form: str, config: str) -> int:
    say = messages(language)
    project = open_project(config, language)
    register = project.whole_register(say)
    coming = next_change(register)
    # Where midnight is skipped for summer time, this is the very moment at which the day begins.
    moment = datetime.combine(coming.day, time(), project.zone).isoformat() if coming else None
    if form == "json":
        turns = coming.turns if coming else ()
        found = {"next_change": moment, "changes": [_record(turn) for turn in turns]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif coming is None or moment is None:
        console().print(say("cli.nothing-ahead"), markup=False)
    else:
        for line in (moment, *turn_lines(coming.turns, say)):
            console().print(line, markup=False)
    return 0


def _record(turn: Turn) -> dict[str, str]:
    return {
        "id": turn.entry.id,
        "path": turn.entry.source.path,
        "from": turn.before.value,
        "to": turn.after.value,
    }


def turn_lines(turns: Iterable[Turn], say: Messages) -> Iterator[str]:
    """What happens, notice by notice, in words."""
    kinds: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        kinds[turn.kind].append(turn)
    for kind in KINDS:
        if found := kinds.get(kind):
            yield say(f"cli.changes-ahead.{kind}", count=len(found))
            yield from (f"  {turn.entry.title}  {turn.entry.source.path}" for turn in found)
