"""`noticeboard board`: what to put up and take down today, where it hangs, and the record of a month."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from ..board.frames import Plan, plan
from ..board.problem import Problem
from ..board.publisher import Publisher
from ..board.register import Register
from ..messages import Messages, messages
from ..posters.checklist import Paper, lies_across, printed
from ..posters.press import Press
from ..posters.setting import Unsettable
from ..posters.sheet import Size, Wish
from ..views.encode import csv_bytes
from ..views.plan import PlanView
from ..views.poster import Posters
from ..views.posting import Checklist, Postings, Record
from ..views.shelves import Shelves
from ..views.words import Words
from .context import (
    Project,
    Usage,
    console,
    day_of,
    format_option,
    open_project,
    parsed_day,
    print_problems,
    publisher_code,
    sub_command,
    tracked,
    write_file,
)


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    return sub_command(
        "board",
        _run,
        language,
        click.Option(
            ["--publisher"], help=say("cli.option-board-publisher"), metavar=say("cli.metavar-publisher")
        ),
        click.Option(["--date", "day"], help=say("cli.option-board-date"), metavar="YYYY-MM-DD"),
        click.Option(["--month"], help=say("cli.option-board-month"), metavar="YYYY-MM"),
        format_option(say, "text", "json"),
        click.Option(
            ["--out"],
            type=click.Path(file_okay=False, path_type=Path),
            help=say("cli.option-board-out"),
            metavar=say("cli.metavar-folder"),
        ),
    )


def _run(
    language: str,
    publisher: str | None,
    day: str | None,
    month: str | None,
    form: str,
    out: Path | None,
    config: str,
) -> int:
    say = messages(language)
    project = open_project(config, language)
    today = project.today()
    if day and month:
        raise Usage(say("cli.board-day-or-month"))
    wanted = day_of(day, say, "board-bad-date") if day else today
    first = _month(month, today, say) if month else None
    whole = project.whole_register(say)
    register = whole if wanted == whole.day else Register(whole.board, wanted)
    work = _Boards(project, register, say, wanted > today)
    owners = _owners(register, publisher, say)
    if first is not None:
        return work.records(owners, first, form, out)
    if wanted > today and form == "text":
        console(stderr=True).print(say("cli.board-early", day=wanted), markup=False)
    return work.checklists(owners, form, out)


def _month(given: str, today: date, say: Messages) -> date:
    """The first day of a month that has begun."""
    if (first := parsed_day(f"{given}-01")) is None:
        raise Usage(say("cli.board-bad-month", found=given))
    if first > today:
        raise Usage(say("cli.board-month-to-come", found=given))
    return first


def _owners(register: Register, given: str | None, say: Messages) -> tuple[Publisher, ...]:
    """The boards that are asked for; one that hangs on another's board means that one."""
    publishers = register.board.publishers
    assert publishers is not None
    if given is None:
        return publishers.boards
    return (publishers.by_code[publishers.by_code[publisher_code(register, given, say)].board],)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The posters of notices, each by id and size of paper: how many sheets, and those that lie across."""

    sheets: Mapping[tuple[str, str], int]
    across: frozenset[tuple[str, str]]
    problems: tuple[Problem, ...]


class _Boards:
    """The boards of a project on one day; `foreseen` tells that it is still to come."""

    def __init__(self, project: Project, register: Register, say: Messages, foreseen: bool) -> None:
        settings = project.settings
        self._project = project
        self._say = say
        self._register = register
        self._foreseen = foreseen
        self._shown = Postings(Shelves(register, Words(say), settings))
        # What hangs on a wall or lies in a file is in the board's language.
        self._shelves = Shelves(register, Words(), settings)
        self._paper = Postings(self._shelves)

    def checklists(self, owners: tuple[Publisher, ...], form: str, out: Path | None) -> int:
        """Print the work of the day at each board; with `out` write it for paper as well."""
        plans, counted = self._plans([owner for owner in owners if owner.frames])
        views = {code: self._shown.plan(planned, counted.across) for code, planned in plans.items()}
        lists = [(self._shown.checklist(owner, plans.get(owner.code)), owner.code) for owner in owners]
        if form == "json":
            records = [
                {**asdict(found), "plan": asdict(views[code]) if code in views else None}
                for found, code in lists
            ]
            day = self._register.day.isoformat()
            _print_json({"day": day, "foreseen": self._foreseen, "boards": records})
        else:
            for found, code in lists:
                _print_lines(_checklist_lines(found, self._say))
                if code in views:
                    _print_lines(_plan_lines(views[code], self._say))
            for found, _ in lists:
                if found.withheld:
                    said = self._say("cli.board-withheld", name=found.name, count=found.withheld)
                    console(stderr=True).print(said, markup=False)
        print_problems(console(stderr=True), counted.problems, self._say)
        if out is not None:
            for owner in owners:
                self._write_checklist(owner, plans.get(owner.code), counted, out)
        return 1 if counted.problems else 0

    def records(self, owners: tuple[Publisher, ...], month: date, form: str, out: Path | None) -> int:
        """Print the record of a month of each board; with `out` write it for the file as well."""
        found = [self._shown.record(owner, month) for owner in owners]
        if form == "json":
            _print_json({"as_of": self._register.day.isoformat(), "records": [asdict(one) for one in found]})
        else:
            for one in found:
                _print_lines(_record_lines(one, self._say))
        if out is not None:
            for owner in owners:
                record = self._paper.record(owner, month)
                name = f"record-{owner.code}-{record.month}"
                self._write(out / f"{name}.pdf", self._set(Paper.RECORD, asdict(record)))
                self._write(out / f"{name}.csv", csv_bytes(self._paper.table(record)))
        return 0

    def _write_checklist(self, owner: Publisher, planned: Plan | None, counted: _Counted, out: Path) -> None:
        found = self._paper.checklist(owner, planned)
        name = f"{owner.code}-{found.day}"
        early = {"early": Words().day(self._register.day) if self._foreseen else ""}
        self._write(out / f"board-{name}.pdf", self._set(Paper.CHECKLIST, {**asdict(found), **early}))
        if planned is not None:
            about = {"name": found.name, "day_text": found.day_text, **early}
            drawn = self._set(Paper.PLAN, {**about, **asdict(self._paper.plan(planned, counted.across))})
            self._write(out / f"plan-{name}.pdf", drawn)

    def _plans(self, owners: list[Publisher]) -> tuple[dict[str, Plan], _Counted]:
        """The plan of each board that has frames, by its code, and the posters that it was made from."""
        wanted = {owner.code: self._paper.wanted(owner) for owner in owners}
        asked = (
            (item.id, size) for owner in owners for item in wanted[owner.code] for size in owner.frames.papers
        )
        counted = self._counted(asked)

        def pages(identifier: str, size: str) -> int:
            return counted.sheets[identifier, size]

        return {owner.code: plan(owner.frames, wanted[owner.code], pages) for owner in owners}, counted

    def _counted(self, wanted: Iterable[tuple[str, str]]) -> _Counted:
        """How many sheets the poster of each notice has on paper of a size, and what cannot be set.

        `wanted` are ids with a size each. What cannot be set counts as one sheet.
        """
        from ..printing import poster_problems

        posters, posted = Posters(self._shelves), self._register.posted
        pairs = list(dict.fromkeys(wanted))
        wishes = [Wish(posters.sheet(posted[identifier]), Size(size)) for identifier, size in pairs]
        label, err = self._say("cli.posters"), console(stderr=True)
        made = list(tracked(self._press.prints(wishes), len(wishes), label, err))
        found = dict(zip(pairs, made, strict=True))
        return _Counted(
            sheets={pair: max(one.pages, 1) for pair, one in found.items()},
            across=frozenset(pair for pair, one in found.items() if one.pdf and lies_across(one.pdf)),
            problems=poster_problems(made, self._register.board),
        )

    @cached_property
    def _press(self) -> Press:
        return self._project.press()

    def _set(self, paper: Paper, data: Mapping[str, Any]) -> bytes:
        """The PDF of a document. Raises Usage where this machine cannot set it."""
        faces = self._press.faces
        if not faces.is_usable:
            raise Usage("".join(self._say.problem(Problem("poster-fonts", ""))))
        try:
            return printed(paper, data, Words().posting(), faces.stacks, faces.fonts)
        except Unsettable as error:
            name = Words(self._say)(f"posting.sheet.{paper}")
            raise Usage(self._say("cli.board-unsettable", name=name, reason=error.reason)) from None

    def _write(self, path: Path, data: bytes) -> None:
        write_file(path, data, self._say)
        console(stderr=True).print(self._say("cli.board-written", path=path), markup=False)


def _checklist_lines(found: Checklist, say: Messages) -> Iterator[str]:
    words = Words(say)
    yield f"{found.name}　{found.day_text}"
    yield "  " + words("posting.sheet.since", day=found.since)
    for key, lines in (("put-up", found.put_up), ("take-down", found.take_down), ("stay", found.stay)):
        yield say("cli.board-list", name=words(f"posting.sheet.{key}"), count=len(lines))
        for line in lines:
            yield f"  □ {line.title}"
            yield "    " + "　".join(filter(None, (line.reason or line.until, line.publisher, line.address)))


def _plan_lines(found: PlanView, say: Messages) -> Iterator[str]:
    yield say("cli.board-plan")
    for frame in found.frames:
        hung = [
            say("cli.board-sheet", title=sheet.title, size=sheet.size, page=sheet.page, pages=sheet.pages)
            for sheet in frame.sheets
        ]
        said = say("list").join(hung) or Words(say)("posting.sheet.empty")
        yield "  " + say("cli.board-frame", name=frame.name, hung=said)
    for missing in found.missing:
        yield "  " + say("cli.board-missing", title=missing.title, more=missing.said)


def _record_lines(record: Record, say: Messages) -> Iterator[str]:
    yield say("cli.board-record", name=record.name, month=record.month_text, count=len(record.postings))
    for one in record.postings:
        line = one.line
        yield f"  {one.up_text} – {one.down_text}　{line.title}"
        numbers = (line.document_number, line.index_number, line.period, line.publisher, line.reason)
        yield "    " + "　".join(filter(None, numbers))
    if record.left_out:
        yield "  " + Words(say)("posting.sheet.left-out", count=record.left_out)


def _print_lines(lines: Iterator[str]) -> None:
    for line in lines:
        console().print(line, markup=False)


def _print_json(value: Mapping[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
