"""`noticeboard clear`: the review of notices, and the record of it, bound to what was reviewed."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

import click
from rich.console import Console

from ..board.clearance import digest_of
from ..board.edit import NotEditable, Record, with_record, write_whole
from ..board.links import page_of
from ..board.load import Board, Entry
from ..board.notice import Notice, Seen
from ..board.problem import Place, Problem, as_argument, errors
from ..board.register import Register
from ..board.status import Status
from ..gate.told import is_for_a_person
from ..history.clearances import dated
from ..messages import Messages, messages
from ..views.words import Words
from .context import Project, Usage, console, open_project, print_problems, sub_command, within

#: What somebody said of the old content stands under no other.
_OF_ONE_CONTENT = frozenset({"approver", "basis", "note"})
_YES = frozenset({"y", "yes", "是", "好"})


@dataclass(frozen=True, slots=True)
class _Review:
    """One notice to be cleared: as it stands, and the record that it would get."""

    entry: Entry
    data: bytes
    record: Record

    @property
    def text(self) -> bytes:
        """The file with the record. Raises NotEditable."""
        return with_record(self.data, self.record)


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    paths = click.Argument(["paths"], nargs=-1, required=True, metavar=say("cli.metavar-notices"))
    person = say("cli.metavar-person")
    options = [
        click.Option(["--reviewer"], required=True, metavar=person, help=say("cli.option-reviewer")),
        click.Option(["--approver"], metavar=person, help=say("cli.option-approver")),
        click.Option(["--basis"], metavar=say("cli.metavar-text"), help=say("cli.option-basis")),
        click.Option(["--note"], metavar=say("cli.metavar-text"), help=say("cli.option-note")),
        click.Option(["--seen"], multiple=True, metavar=say("cli.metavar-file"), help=say("cli.option-seen")),
        click.Option(["--yes"], is_flag=True, help=say("cli.option-yes")),
    ]
    return sub_command("clear", _run, language, paths, *options)


def _run(
    language: str,
    paths: tuple[str, ...],
    reviewer: str,
    approver: str | None,
    basis: str | None,
    note: str | None,
    seen: tuple[str, ...],
    yes: bool,
    config: str,
) -> int:
    say, out = messages(language), console()
    if not yes and not sys.stdin.isatty():
        raise Usage(say("cli.clear-no-terminal"))
    if not reviewer.strip():
        raise Usage(say("cli.clear-nobody"))
    project = open_project(config, language)
    now = project.whole_register(say)
    entries = _wanted(paths, now, project.home, say)
    if not entries:
        out.print(say("cli.clear-nothing"), markup=False)
        return 0
    looked_at = _looked_at(seen, entries, now.board, reviewer, project.home, say)
    record = Record(reviewer, now.day, approver=approver, basis=basis, note=note)
    refused = tuple(_unanswered(entries, basis))
    reviews = [_begun(entry, now.board, record, looked_at) for entry in entries]
    then, reviews = _rehearsed(project, reviews, say)
    if not yes:
        reviews, then = _ask_about_unread(project, reviews, then, out, say)
    refused += tuple(problem for review in reviews for problem in errors(then.problems_of(review.entry.id)))
    if refused:
        print_problems(out, refused, say)
        out.print(say("cli.clear-refused", errors=len(refused)), markup=False)
        return 1
    written = 0
    for review in reviews:
        _show(review, now, then, project, out, say)
        if yes or _agrees(say("cli.clear-ask"), say):
            _write(review, now.board, say)
            out.print(say("cli.clear-written", path=review.entry.source.path), markup=False)
            written += 1
    out.print(say("cli.cleared", count=written), markup=False)
    return 0


def _wanted(paths: tuple[str, ...], now: Register, home: Path, say: Messages) -> list[Entry]:
    """The notices that paths, folders and ids stand for; of a folder those that are not cleared yet.

    Raises Usage for what is no notice.
    """
    entries = now.board.entries
    found: dict[str, Entry] = {}
    for given in paths:
        identifier = given.replace("\\", "/").strip("/")
        if identifier in entries:
            found[identifier] = entries[identifier]
            continue
        missing = say("cli.clear-no-notice", path=given)
        path = within(given, home, missing)
        named = [e for e in entries.values() if path in (e.source.path, f"{now.board.prefix}{e.id}")]
        below = [e for e in entries.values() if e.source.path.startswith(f"{path}/") or path == "."]
        if not named and not below:
            raise Usage(missing)
        waiting = (entry for entry in below if now.status(entry.id) is Status.WITHHELD)
        found.update((entry.id, entry) for entry in named or waiting)
    return [found[identifier] for identifier in sorted(found)]


def _looked_at(
    files: tuple[str, ...], entries: list[Entry], board: Board, reviewer: str, home: Path, say: Messages
) -> dict[str, Seen]:
    """The files that the reviewer says to have looked at, by path; named as the notice names them, or by
    their path. Raises Usage for any other file.
    """
    attached = {board.prefix + file.path: file.path for entry in entries for file in entry.attachments}
    beside = {
        posixpath.relpath(file.path, posixpath.dirname(entry.path)): file.path
        for entry in entries
        for file in entry.attachments
    }
    found = {}
    for file in files:
        missing = say("cli.clear-not-attached", path=file)
        path = beside.get(file.replace("\\", "/")) or attached.get(within(file, home, missing))
        if path is None:
            raise Usage(missing)
        found[path] = Seen(board.tree.sha256(path), reviewer, Place())
    return found


def _unanswered(entries: list[Entry], basis: str | None) -> Iterator[Problem]:
    """What an authority was asked about waits for the answer, whoever clears it."""
    for entry in entries:
        record = entry.notice.clearance if entry.notice else None
        if record is not None and record.referred_to and not basis:
            place = record.places["referred_to"]
            params = {"found": record.referred_to, "file": as_argument(entry.source.path)}
            yield Problem(
                "clearance-referred", entry.source.path, place, "clearance.referred_to", params, enforced=True
            )


def _begun(entry: Entry, board: Board, record: Record, looked_at: dict[str, Seen]) -> _Review:
    """A notice with the record that it would get, as far as that is known before it is tried."""
    seen = tuple(looked_at[file.path] for file in entry.attachments if file.path in looked_at)
    digest = _digest(entry, board) if entry.notice else ""
    data = (board.root / entry.path).read_bytes()
    dropped = {"referred_to"} if record.basis else set()
    if any(
        problem.code == "clearance-changed" and problem.path == entry.source.path
        for problem in board.problems
    ):
        dropped |= _OF_ONE_CONTENT
    return _Review(entry, data, replace(record, digest=digest, seen=seen, dropped=frozenset(dropped)))


def _digest(entry: Entry, board: Board) -> str:
    assert entry.notice is not None
    return str(digest_of(entry.notice, entry.source, entry.attachments, board.tree))


def _rehearsed(project: Project, reviews: list[_Review], say: Messages) -> tuple[Register, list[_Review]]:
    """The register as it would be with these records written, and the records with their digests.

    What is checked is what will lie in the folder. Raises Usage for a file that has no fault and yet
    cannot be changed in place.
    """
    while True:
        drafts, stuck = {}, []
        for review in reviews:
            try:
                drafts[review.entry.path] = review.text
            except NotEditable:
                stuck.append(review.entry)
        board = project.board(drafts)
        found = [_with_digest(review, board) for review in reviews]
        if found == reviews:
            break
        reviews = found
    then = Register(board, project.today())
    for entry in stuck:
        if not errors(then.problems_of(entry.id)):
            raise Usage(say("cli.clear-not-editable", path=entry.source.path))
    return then, reviews


def _with_digest(review: _Review, board: Board) -> _Review:
    entry = board.entries[review.entry.id]
    digest = _digest(entry, board) if entry.notice else review.record.digest
    return replace(review, record=replace(review.record, digest=digest))


def _ask_about_unread(
    project: Project, reviews: list[_Review], then: Register, out: Console, say: Messages
) -> tuple[list[_Review], Register]:
    """Ask the reviewer about each file that no machine can read, and check again with the answers."""
    asked = []
    for review in reviews:
        seen = list(review.record.seen)
        for problem in then.problems_of(review.entry.id):
            if is_for_a_person(problem):
                print_problems(out, (problem,), say)
                if _agrees(say("cli.clear-ask-seen", path=problem.path), say):
                    seen.append(Seen(str(problem.params["sha256"]), review.record.reviewer, Place()))
        asked.append(replace(review, record=replace(review.record, seen=tuple(seen))))
    if asked != reviews:
        then, asked = _rehearsed(project, asked, say)
    return asked, then


def _agrees(question: str, say: Messages) -> bool:
    answer = click.prompt(f"{question} {say('cli.yes-or-no')}", default="", show_default=False)
    return str(answer).strip().lower() in _YES


def _show(
    review: _Review, now: Register, then: Register, project: Project, out: Console, say: Messages
) -> None:
    """What the reviewer is about to clear, as the public will see it."""
    entry = then.board.entries[review.entry.id]
    notice = entry.notice
    assert notice is not None  # it has no errors
    out.print()
    out.print(say("cli.clear-title", title=notice.title), markup=False, style="bold")
    for label, text in _rows(entry, notice, then, project, say):
        out.print(f"  {say(f'cli.clear-rows.{label}')}{say('colon')}{text}", markup=False)
    for file in entry.attachments:
        size, digest = then.board.tree.size(file.path), then.board.tree.sha256(file.path)
        line = say("cli.clear-attachment", name=file.name, bytes=f"{size:,}", sha256=digest)
        out.print(f"  {line}", markup=False)
    for decision in _decisions(entry, notice, then, say):
        out.print(f"  {decision}", markup=False)
    for since in _since(review, now, project.zone, say):
        out.print(f"  {since}", markup=False)
    print_problems(out, then.problems_of(entry.id), say)


def _decisions(entry: Entry, notice: Notice, then: Register, say: Messages) -> Iterator[str]:
    """What people decided in the machine's place, and the reviewer answers for: files looked at, waivers."""
    record, tree = notice.clearance, then.board.tree
    for file in entry.attachments:
        for seen in record.unreadable if record else ():
            if seen.sha256 == tree.sha256(file.path):
                yield say("cli.clear-seen", name=file.name, reviewer=seen.reviewer)
    for waiver in record.waivers if record else ():
        where = {"finding": waiver.finding, "reviewer": waiver.reviewer, "reason": waiver.reason}
        yield say("cli.clear-waiver", **where)


def _rows(
    entry: Entry, notice: Notice, then: Register, project: Project, say: Messages
) -> Iterator[tuple[str, str]]:
    words, lists, record = Words(say), then.board, notice.clearance
    assert lists.publishers is not None and lists.catalogue is not None and record is not None
    yield "path", entry.source.path
    yield (
        "address",
        f"{project.config.site_url or ''}{page_of(entry.id)}"
        if notice.on_website
        else say("cli.clear-not-online"),
    )
    yield "publisher", lists.publishers.by_code[notice.publisher].name
    yield "category", lists.catalogue.items[notice.category].name
    yield "effective", words.period(notice.effective)
    yield "audience", words(f"audiences.{notice.audience}")
    yield "channels", words.joined(words(f"channels.{channel}") for channel in notice.channels)
    if (change := notice.change) is not None:
        kind = words(f"changes.{change.type}")
        yield "change", say("cli.clear-change", kind=kind, date=words.day(change.date), reason=change.reason)
    if notice.removed_on is not None:
        yield "removed", words.day(notice.removed_on)
    yield "body", say("cli.clear-body", count=len("".join(entry.source.body.split())))
    by = (record.reviewer, record.approver and say("cli.clear-approver", name=record.approver))
    yield "record", words.joined(part for part in (*by, record.basis, record.note) if part)


def _since(review: _Review, now: Register, zone: tzinfo, say: Messages) -> Iterator[str]:
    """What became of the last review, where there was one."""
    before = now.board.entries[review.entry.id].notice
    record = before.clearance if before else None
    changed = [p for p in now.problems_of(review.entry.id) if p.code == "clearance-changed"]
    for problem in dated(changed, now.board.root, now.board.prefix, zone):
        yield say.problem(problem)[0]
    if record is not None and record.digest and record.date and not changed:
        yield say("cli.clear-unchanged", reviewer=record.reviewer, date=record.date.isoformat())


def _write(review: _Review, board: Board, say: Messages) -> None:
    """Put the record into the file. Raises Usage where it is not the file any more that was shown."""
    path = board.root / review.entry.path
    try:
        if path.read_bytes() != review.data:
            raise Usage(say("cli.clear-moved-on", path=review.entry.source.path))
        write_whole(path, review.text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Usage(say("cli.clear-not-written", path=review.entry.source.path, reason=reason)) from None
