"""`noticeboard clearances`: the log of reviews, written from git history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import click

from ..history.clearances import Cleared, clearances
from ..history.git import NoGit
from ..messages import Messages, messages
from .context import Usage, console, format_option, open_project, print_csv, sub_command, without_git

COLUMNS = (
    *("committed_on", "commit", "author", "committer", "id", "path", "title"),
    *("reviewer", "reviewed_on", "approver", "basis", "binding"),
    *("changed_on", "changed", "ended", "ended_on", "reason", "after"),
)


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    day = say("cli.metavar-day")
    since = click.Option(["--since"], metavar=day, help=say("cli.option-since"))
    until = click.Option(["--until"], metavar=day, help=say("cli.option-until"))
    form = format_option(say, "csv", "text", "json")
    return sub_command("clearances", _run, language, since, until, form)


def _run(language: str, since: str | None, until: str | None, form: str, config: str) -> int:
    say = messages(language)
    first, last = _day(since, say) or date.min, _day(until, say) or date.max
    project = open_project(config, language)
    prefix = project.prefix
    try:
        found = clearances(project.root, project.zone)
    except NoGit as unknown:
        raise without_git(unknown, project, say) from None
    rows = [row for row in found if first <= row.day <= last]
    if form == "json":
        records = [dict(zip(COLUMNS, _cells(row, prefix, None), strict=True)) for row in rows]
        click.echo(json.dumps({"clearances": records}, ensure_ascii=False, indent=1))
    elif form == "csv":
        heads = [say(f"cli.clearance-columns.{column}") for column in COLUMNS]
        print_csv([heads, *(_cells(row, prefix, say) for row in rows)])
    elif rows:
        for row in rows:
            for line in _lines(row, prefix, say):
                console().print(line, markup=False)
    else:
        console().print(say("cli.no-clearances"), markup=False)
    return 0


def _day(text: str | None, say: Messages) -> date | None:
    """A day of the command line. Raises Usage."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Usage(say("cli.bad-date", found=text)) from None


def _cells(row: Cleared, prefix: str, say: Messages | None) -> list[str]:
    """One row in the order of COLUMNS; in words of a language, or in codes where there is none."""

    def word(section: str, code: str) -> str:
        return say(f"cli.{section}.{code}") if say and code else code

    parts = [say.part(part) for part in row.parts] if say else list(row.parts)
    joined = say("list") if say else " "
    return [
        row.day.isoformat(),
        row.commit.hash[:10],
        row.commit.author,
        row.commit.committer,
        row.id,
        prefix + row.path,
        row.title,
        row.reviewer,
        row.reviewed_on,
        row.approver,
        row.basis,
        word("bindings", row.binding),
        row.changed_on.isoformat() if row.changed_on else "",
        joined.join(parts),
        say(f"site.changes.{row.ended}") if say and row.ended else row.ended,
        row.ended_on,
        row.reason,
        joined.join(word("afters", after) for after in row.after),
    ]


def _lines(row: Cleared, prefix: str, say: Messages) -> Iterator[str]:
    """A clearance for the terminal: a line, and what followed below it."""
    cells = dict(zip(COLUMNS, _cells(row, prefix, say), strict=True))
    yield say("cli.clearance-line", **cells)
    if row.changed_on:
        yield f"    {say('cli.clearance-changed', **cells)}"
    if row.ended:
        yield f"    {say('cli.clearance-ended', **cells)}"
    if row.after:
        yield f"    {cells['after']}"
