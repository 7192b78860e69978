"""`noticeboard list`: the register on the terminal, for staff: what is withheld stands in it too."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from ..board.load import Entry
from ..board.register import Register
from ..board.status import Status
from ..messages import Messages, messages
from ..views.data import as_record
from ..views.words import Words
from .context import Usage, console, format_option, open_project, sub_command

_COLUMNS = (
    "status",
    "id",
    "title",
    "publisher",
    "category",
    "from",
    "until",
    "published_on",
    "index_number",
    "path",
)


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    status = click.Option(
        ["--status"], type=click.Choice([s.value for s in Status]), help=say("cli.option-status")
    )
    form = format_option(say, "text", "json", "csv")
    return sub_command("list", _run, language, status, form)


def _run(language: str, status: str | None, form: str, config: str) -> int:
    say = messages(language)
    register = open_project(config, language).register()
    if not register.board.has_lists:
        raise Usage(say("cli.no-list"))
    entries = [entry for entry in _ordered(register) if status in (None, register.status(entry.id))]
    if form == "json":
        records = [_record(register, entry) for entry in entries]
        click.echo(
            json.dumps({"as_of": register.day.isoformat(), "notices": records}, ensure_ascii=False, indent=1)
        )
    elif form == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_cells(register, entry) for entry in entries)
        click.echo(stream.getvalue(), nl=False)
    elif entries:
        _print(register, entries, say)
    else:
        console().print(say("cli.nothing-listed"), markup=False)
    return 0


def _ordered(register: Register) -> list[Entry]:
    entries = sorted(register.board.entries.values(), key=lambda entry: entry.id)
    return sorted(entries, key=lambda e: e.notice.published_on.isoformat() if e.notice else "", reverse=True)


def _record(register: Register, entry: Entry) -> dict[str, Any]:
    """As in data/notices.json, with the file; of an unreadable notice only what could be read."""
    known: dict[str, Any] = {"id": entry.id, "path": entry.source.path, "title": entry.title}
    if entry.id in register.published:
        known = {**as_record(register, register.published[entry.id], Words()), "path": entry.source.path}
    elif (notice := entry.notice) is not None:
        until = notice.effective.until
        known |= {
            "index_number": notice.index_number,
            "published_on": notice.published_on.isoformat(),
            "publisher": {"code": notice.publisher},
            "category": {"code": notice.category},
            "effective": {"from": notice.effective.first.isoformat(), "until": until and until.isoformat()},
            "channels": list(notice.channels),
        }
    return {**known, "status": register.status(entry.id).value}


def _cells(register: Register, entry: Entry) -> list[str]:
    record = _record(register, entry)
    effective = record.get("effective", {})
    flat = {
        **{key: record.get(key) for key in _COLUMNS},
        "publisher": record.get("publisher", {}).get("code"),
        "category": record.get("category", {}).get("code"),
        "from": effective.get("from"),
        "until": effective.get("until"),
    }
    return [flat[column] or "" for column in _COLUMNS]


def _print(register: Register, entries: list[Entry], say: Messages) -> None:
    out = console()
    if not out.is_terminal:
        for entry in entries:
            status, identifier, title, publisher, _, first, until, *_ = _cells(register, entry)
            label = say(f"statuses.{status}")
            click.echo(
                "\t".join((label, f"{first}..{until}", publisher, title, entry.source.path, identifier))
            )
        return
    table = Table(box=None, header_style="bold")
    for column in ("status", "period", "publisher", "title", "path"):
        table.add_column(say(f"cli.columns.{column}"), overflow="fold")
    for entry in entries:
        status, _, title, publisher, _, first, until, *_ = _cells(register, entry)
        cells = (say(f"statuses.{status}"), f"{first}–{until}", publisher, title, entry.source.path)
        table.add_row(*map(Text, cells))
    console().print(table)
