"""`noticeboard board`: what to put up and take down today, where it hangs, and the record of a month."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from rich.progress import track

from ..board.edit import write_whole
from ..board.frames import Frame, Plan, plan
from ..board.problem import Problem
from ..board.publisher import Publisher
from ..board.register import Register
from ..messages import Messages, messages
from ..posters.checklist import Paper, printed
from ..posters.press import Press, Printed
from ..posters.sheet import Size, Wish
from ..views.encode import csv_bytes
from ..views.poster import Posters
from ..views.posting import Checklist, Line, Postings, Record
from ..views.shelves import Shelves
from ..views.words import Words
from .context import Project, Usage, console, format_option, open_project, print_problems, sub_command
from .poster import publisher_code

_LISTS = ("put_up", "stay", "take_down")


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
    wanted = _day(day, say) if day else today
    first = _month(month, today, say) if month else None
    whole = project.whole_register(say)
    register = whole if wanted == whole.day else Register(whole.board, wanted)
    work = _Boards(project, register, say)
    owners = _owners(register, publisher, say)
    if first is not None:
        return work.records(owners, first, form, out)
    if wanted > today and form == "text":
        console(stderr=True).print(say("cli.board-early", day=wanted), markup=False)
    return work.checklists(owners, form, out)


def _day(given: str, say: Messages) -> date:
    try:
        return date.fromisoformat(given) if len(given) == len("2026-11-21") else _none(given)
    except ValueError:
        raise Usage(say("cli.board-bad-date", found=given)) from None


def _month(given: str, today: date, say: Messages) -> date:
    """The first day of a month that has begun."""
    try:
        first = date.fromisoformat(f"{given}-01") if len(given) == len("2026-11") else _none(given)
    except ValueError:
        raise Usage(say("cli.board-bad-month", found=given)) from None
    if first > today:
        raise Usage(say("cli.board-month-to-come", found=given))
    return first


def _none(given: str) -> date:
    raise ValueError(given)


def _owners(register: Register, given: str | None, say: Messages) -> tuple[Publisher, ...]:
    """The boards that are asked for; one that hangs on another's board means that one."""
    publishers = register.board.publishers
    assert publishers is not None
    if given is None:
        return publishers.boards
    return (publishers.by_code[publishers.by_code[publisher_code(register, given, say)].board],)


class _Boards:
    """The boards of a project on one day."""

    def __init__(self, project: Project, register: Register, say: Messages) -> None:
        from ..plugin import site_settings

        settings = site_settings(project.config, project.plugin.config)
        self._project = project
        self._say = say
        self._register = register
        self._shown = Postings(Shelves(register, Words(say), settings))
        # What hangs on a wall or lies in a file is in the board's language.
        self._shelves = Shelves(register, Words(), settings)
        self._paper = Postings(self._shelves)

    def checklists(self, owners: tuple[Publisher, ...], form: str, out: Path | None) -> int:
        """Print the work of the day at each board; with `out` write it for paper as well."""
        lists = [(owner, self._shown.checklist(owner)) for owner in owners]
        plans, problems = self._plans([owner for owner in owners if owner.frames])
        if form == "json":
            records = [_as_record(found, plans.get(owner.code)) for owner, found in lists]
            _print_json({"day": self._register.day.isoformat(), "boards": records})
        else:
            for owner, found in lists:
                _print_lines(_checklist_lines(found, self._say))
                if owner.code in plans:
                    _print_lines(_plan_lines(plans[owner.code], self._titles(), self._say))
        print_problems(console(stderr=True), problems, self._say)
        if out is not None:
            for owner in owners:
                self._write_checklist(owner, plans.get(owner.code), out)
        return 1 if problems else 0

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
                _write(out / f"{name}.pdf", self._set(Paper.RECORD, asdict(record)), self._say)
                _write(out / f"{name}.csv", csv_bytes(_record_rows(record, Words().posting())), self._say)
        return 0

    def _write_checklist(self, owner: Publisher, planned: Plan | None, out: Path) -> None:
        words = Words().posting()
        found = self._paper.checklist(owner)
        data = asdict(found)
        if planned is not None:
            hints = {
                **{one.id: words["no-room"] for one in planned.missing},
                **{
                    identifier: words["size"].format(size=size, count=count)
                    for identifier, (size, count) in sheets_of(planned).items()
                },
            }
            for line in (*data["put_up"], *data["stay"]):
                line["sheets"] = hints[line["id"]]
        name = f"{owner.code}-{found.day}"
        _write(out / f"board-{name}.pdf", self._set(Paper.CHECKLIST, data), self._say)
        if planned is not None:
            about = {"name": owner.name, "day_text": found.day_text}
            drawn = {**about, **_drawn(planned, self._titles(), words)}
            _write(out / f"plan-{name}.pdf", self._set(Paper.PLAN, drawn), self._say)

    def _plans(self, owners: list[Publisher]) -> tuple[dict[str, Plan], tuple[Problem, ...]]:
        """The plan of each board that has frames, by its code, and what could not be counted for it."""
        wanted = {owner.code: self._paper.wanted(owner) for owner in owners}
        asked = (
            (item.id, size) for owner in owners for item in wanted[owner.code] for size in owner.frames.papers
        )
        counts, problems = self._sheet_counts(asked)

        def pages(identifier: str, size: str) -> int:
            return counts[identifier, size]

        return {owner.code: plan(owner.frames, wanted[owner.code], pages) for owner in owners}, problems

    def _titles(self) -> Mapping[str, str]:
        return {row.id: row.notice.title for row in self._register.posted.values()}

    def _set(self, paper: Paper, data: Mapping[str, Any]) -> bytes:
        faces = self._press.faces
        if not faces.is_usable:
            raise Usage("".join(self._say.problem(Problem("poster-fonts", ""))))
        return printed(paper, data, Words().posting(), faces.stacks, faces.fonts)

    @cached_property
    def _press(self) -> Press:
        from ..printing import press_of

        project = self._project
        return press_of(project.root, project.home, project.plugin.config.fonts_dir, Words())

    def _sheet_counts(
        self, wanted: Iterable[tuple[str, str]]
    ) -> tuple[dict[tuple[str, str], int], tuple[Problem, ...]]:
        """How many sheets the poster of each notice has on paper of a size, and what cannot be set.

        `wanted` are ids with a size each. What cannot be set counts as one sheet.
        """
        from ..printing import poster_problems

        posters, posted = Posters(self._shelves, self._shelves.settings), self._register.posted
        pairs = list(dict.fromkeys(wanted))
        wishes = [Wish(posters.sheet(posted[identifier]), Size(size)) for identifier, size in pairs]
        shown: Iterable[Printed] = self._press.prints(wishes)
        err = console(stderr=True)
        if err.is_terminal:
            shown = track(shown, self._say("cli.posters"), len(wishes), console=err, transient=True)
        made = list(shown)
        counts = {pair: max(one.pages, 1) for pair, one in zip(pairs, made, strict=True)}
        return counts, poster_problems(made, self._register.board)


def sheets_of(planned: Plan) -> dict[str, tuple[str, int]]:
    """The paper of each notice of a plan and how many sheets of it."""
    return {sheet.id: (sheet.size, sheet.pages) for frame in planned.frames for sheet in frame.sheets}


def _checklist_lines(found: Checklist, say: Messages) -> Iterator[str]:
    yield f"{found.name}　{found.day_text}"
    yield "  " + say("cli.board-since", day=found.since)
    for name in _LISTS:
        lines: tuple[Line, ...] = getattr(found, name)
        yield say(f"cli.board-lists.{name.replace('_', '-')}", count=len(lines))
        for line in lines:
            yield f"  □ {line.title}"
            yield "    " + "　".join(filter(None, (line.reason or line.until, line.publisher, line.address)))


def _plan_lines(planned: Plan, titles: Mapping[str, str], say: Messages) -> Iterator[str]:
    yield say("cli.board-plan")
    for frame in planned.frames:
        hung = [
            say("cli.board-sheet", title=titles[s.id], size=s.size, page=s.page, pages=s.pages)
            for s in frame.sheets
        ]
        yield "  " + say(
            "cli.board-frame",
            size=frame.size,
            number=frame.number,
            hung=say("list").join(hung) or say("cli.board-frame-empty"),
        )
    for missing in planned.missing:
        yield "  " + say("cli.board-missing", title=titles[missing.id], count=missing.frames)


def _record_lines(record: Record, say: Messages) -> Iterator[str]:
    yield say("cli.board-record", name=record.name, month=record.month_text, count=len(record.postings))
    for one in record.postings:
        line = one.line
        yield f"  {one.up_text} – {one.down_text}　{line.title}"
        numbers = (line.document_number, line.index_number, line.period, line.publisher, line.reason)
        yield "    " + "　".join(filter(None, numbers))
    if record.left_out:
        yield "  " + say("cli.board-left-out", count=record.left_out)


def _record_rows(record: Record, words: Mapping[str, str]) -> Iterator[tuple[str | int, ...]]:
    keys = ("number", "title", "publisher", "index-number", "document-number", "period", "up", "down")
    yield tuple(words[key] for key in (*keys, "reason", "by", "down-by", "photo"))
    for at, one in enumerate(record.postings, 1):
        line = one.line
        yield (
            *(at, line.title, line.publisher, line.index_number, line.document_number, line.period),
            *(one.up, one.down or one.down_text, line.reason, "", "", ""),
        )


def _as_record(found: Checklist, planned: Plan | None) -> dict[str, Any]:
    return {**asdict(found), "plan": _plan_record(planned) if planned else None}


def _plan_record(planned: Plan) -> dict[str, Any]:
    return {
        "frames": [
            {"size": frame.size, "number": frame.number, "free": frame.free, "sheets": _sheets(frame)}
            for frame in planned.frames
        ],
        "missing": [asdict(one) for one in planned.missing],
    }


def _sheets(frame: Frame) -> list[dict[str, Any]]:
    return [asdict(sheet) for sheet in frame.sheets]


def _drawn(planned: Plan, titles: Mapping[str, str], words: Mapping[str, str]) -> dict[str, Any]:
    """A plan in words, for the picture of the board."""

    def said(size: str, page: int, pages: int) -> str:
        count = words["of"].format(page=page, pages=pages) if pages > 1 else words["one"]
        return f"{size}　{count}"

    return {
        "frames": [
            {
                "name": words["frame"].format(size=frame.size, number=frame.number),
                "size": frame.size,
                "free": frame.free,
                "sheets": [
                    {"title": titles[s.id], "size": s.size, "said": said(s.size, s.page, s.pages)}
                    for s in frame.sheets
                ],
            }
            for frame in planned.frames
        ],
        "missing": [
            {"title": titles[one.id], "said": words["more"].format(count=one.frames)}
            for one in planned.missing
        ],
    }


def _print_lines(lines: Iterator[str]) -> None:
    for line in lines:
        console().print(line, markup=False)


def _print_json(value: Mapping[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _write(path: Path, data: bytes, say: Messages) -> None:
    """A file, whole or not at all. Raises Usage where the folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Usage(say("cli.board-not-written", path=path, reason=reason)) from None
    console(stderr=True).print(say("cli.board-written", path=path), markup=False)
