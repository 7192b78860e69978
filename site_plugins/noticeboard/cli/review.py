"""`noticeboard review`: what waits for review, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from ..board.load import Entry
from ..board.problem import Problem, errors
from ..board.register import Register
from ..board.status import Status
from ..history.clearances import dated
from ..messages import Messages, messages
from .context import Project, console, format_option, open_project, print_csv, sub_command

COLUMNS = ("path", "title", "publisher", "start", "days", "reasons")
#: Problems that are the review's own, by the reason that they are.
_REASONS = {
    "clearance-missing": "incomplete",
    "clearance-unbound": "incomplete",
    "clearance-digest": "incomplete",
    "clearance-changed": "changed",
    "clearance-in-future": "future",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that nobody sees for want of a review: the first day, and reasons as (code, sentence).

    The codes are draft, referred, incomplete, changed, future and errors.
    """

    entry: Entry
    publisher: str
    start: date | None
    reasons: tuple[tuple[str, str], ...]


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    form = format_option(say, "text", "json", "csv")
    return sub_command("review", _run, language, form)


def _run(language: str, form: str, config: str) -> int:
    say = messages(language)
    project = open_project(config, language)
    register = project.whole_register(say)
    waiting = sorted(_waiting(project, register, say), key=lambda one: (one.start or date.max, one.entry.id))
    if form == "json":
        records = [_record(one, register.day) for one in waiting]
        document = {"as_of": register.day.isoformat(), "notices": records}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    elif form == "csv":
        heads = [say(f"cli.review-columns.{column}") for column in COLUMNS]
        print_csv([heads, *(_cells(one, register.day, say) for one in waiting)])
    else:
        out = console()
        for one in waiting:
            path, title, publisher, _, days, _ = _cells(one, register.day, say)
            head = (say("cli.clear-title", title=title), publisher, days)
            out.print("  ".join(filter(None, head)), markup=False)
            out.print(f"    {path}", markup=False)
            for _, sentence in one.reasons:
                out.print(f"    {sentence}", markup=False)
        out.print(say("cli.reviewed" if waiting else "cli.review-nothing", count=len(waiting)), markup=False)
    return 0


def _waiting(project: Project, register: Register, say: Messages) -> Iterator[Waiting]:
    board = register.board
    withheld = [e for e in board.entries.values() if register.status(e.id) is Status.WITHHELD]
    problems = {entry.id: register.problems_of(entry.id) for entry in withheld}
    told = dated((p for found in problems.values() for p in found), board.root, board.prefix, project.zone)
    rest = iter(told)
    for entry in withheld:
        own = [next(rest) for _ in problems[entry.id]]
        notice = entry.notice
        name = board.publishers.by_code[notice.publisher].name if notice and board.publishers else ""
        start = notice.starts if notice else None
        yield Waiting(entry, name, start, tuple(_reasons(entry, own, say)))


def _reasons(entry: Entry, problems: list[Problem], say: Messages) -> Iterator[tuple[str, str]]:
    notice = entry.notice
    record = notice.clearance if notice else None
    if record is not None and record.referred_to:
        yield "referred", say("cli.review-reasons.referred", found=record.referred_to)
    elif notice is not None and not notice.cleared:
        yield "draft", say("cli.review-reasons.draft")
    others = []
    for problem in problems:
        code = _REASONS.get(problem.code)
        if code is None and problem.field.startswith("clearance.") and problem in errors([problem]):
            code = "incomplete"
        if code is not None:
            yield code, say.problem(problem)[0]
        elif problem in errors([problem]):
            others.append(problem)
    if others:
        first = say.problem(others[0])[0]
        yield "errors", say("cli.review-reasons.errors", count=len(others), first=first)


def _record(one: Waiting, day: date) -> dict[str, Any]:
    notice = one.entry.notice
    return {
        "id": one.entry.id,
        "path": one.entry.source.path,
        "title": one.entry.title,
        "publisher": notice.publisher if notice else None,
        "start": one.start.isoformat() if one.start else None,
        "days": (one.start - day).days if one.start else None,
        "reasons": [{"code": code, "message": sentence} for code, sentence in one.reasons],
    }


def _cells(one: Waiting, day: date, say: Messages) -> list[str]:
    start = one.start.isoformat() if one.start else ""
    reasons = say("cli.review-and").join(sentence for _, sentence in one.reasons)
    return [one.entry.source.path, one.entry.title, one.publisher, start, _days(one.start, day, say), reasons]


def _days(start: date | None, day: date, say: Messages) -> str:
    """How long until it should be public, or since when it should have been."""
    if start is None:
        return ""
    left = (start - day).days
    key = "ahead" if left > 0 else "today" if left == 0 else "overdue"
    return say(f"cli.review-days.{key}", days=abs(left), date=start.isoformat())
