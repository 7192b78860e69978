"""What git knows of clearances: who cleared what and when, and what was changed afterwards.

A clearance is a version of a notice's file that says it is cleared, with a record that the version before
did not have. What follows it, until the next record, is told with it: changes to the text, to a field or to
a file beside the notice that its text names, the end of the notice, a new place, its deletion. The day of a
commit is its author's, in the board's time zone. What is not committed is not known here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from pathlib import Path
from urllib.parse import quote

from ..board.clearance import PARTS, changed_text, read_digest, written
from ..board.fields import CHANGE, CLEARANCE, FRONT_MATTER_NAMES, NOTICE, read_fields
from ..board.files import notice_id
from ..board.notice import CHANGE_TYPES
from ..board.problem import Problem
from ..board.source import MAX_BYTES, Source, read_source
from ..board.values import Reader
from .git import Commit, NoGit, Touch, contents, latest, lives, look_round, touches, uncommitted


@dataclass(slots=True)
class Cleared:
    """One clearance, and what happened to the notice before the next one.

    `binding` tells what the digest says of this very version: `bound`, `mismatch` (of its own file),
    `unreadable`, or `none`. `parts` name what was changed from `changed_on` on, as clearance-changed does;
    `ended` is withdrawn or terminated; `after` tells what else: taken-back, moved or deleted.
    """

    commit: Commit
    day: date
    id: str
    path: str
    title: str
    reviewer: str
    reviewed_on: str
    approver: str
    basis: str
    binding: str
    changed_on: date | None = None
    parts: tuple[str, ...] = ()
    ended: str = ""
    ended_on: str = ""
    reason: str = ""
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of a notice's file, as far as it can be read."""

    title: str
    text: str
    parts: Mapping[str, str]
    cleared: bool
    record: Mapping[str, str]
    binding: str
    change: Mapping[str, str]


def clearances(folder: Path, zone: tzinfo) -> list[Cleared]:
    """Every clearance that was ever committed below the notices folder, oldest first. Raises NoGit."""
    look_round(folder)
    done = list(touches(folder))
    if not done:
        raise NoGit("none")
    order = {touch.commit.hash: at for at, touch in reversed(list(enumerate(done)))}
    of_notices = {id(life): life for life in lives(done).values() if any(notice_id(t.path) for t in life)}
    blobs = {touch.blob for life in of_notices.values() for touch in life if touch.blob}
    versions = {blob: _version(data[: MAX_BYTES + 1]) for blob, data in contents(folder, blobs)}
    beside = [touch for touch in done if notice_id(touch.path) is None]
    found: list[Cleared] = []
    for life in of_notices.values():
        found.extend(_of_life(life, versions, beside, order, zone))
    return sorted(found, key=lambda row: (order[row.commit.hash], row.path))


def dated(problems: Iterable[Problem], folder: Path, prefix: str, zone: tzinfo) -> list[Problem]:
    """The same problems; those that tell of a change since a review say when, as far as git knows."""
    found = list(problems)
    changed = [problem for problem in found if problem.code == "clearance-changed"]
    files = {path: path.removeprefix(prefix) for problem in changed for path in problem.params["files"]}
    if not files:
        return found
    try:
        look_round(folder)
        open_, last = uncommitted(folder, files.values()), latest(folder, files.values())
    except NoGit:
        return found  # the wording says that it is not known
    newest = {path: at for at, path in enumerate(last)}

    def when(paths: Iterable[str]) -> tuple[str, ...]:
        names = [files[path] for path in paths]
        if open_.intersection(names):
            return ("uncommitted",)
        known = sorted((name for name in names if name in last), key=newest.__getitem__)
        if not known:
            return ("unknown",)
        commit = last[known[0]]
        return ("commit", commit.day(zone).isoformat(), commit.short, commit.author)

    return [
        replace(problem, params={**problem.params, "when": when(problem.params["files"])})
        if problem.code == "clearance-changed"
        else problem
        for problem in found
    ]


def _of_life(
    life: list[Touch],
    versions: Mapping[str, _Version],
    beside: list[Touch],
    order: Mapping[str, int],
    zone: tzinfo,
) -> Iterator[Cleared]:
    """The clearances of one notice, each with what followed it."""
    row: Cleared | None = None
    cleared: _Version | None = None  # the version that `row` tells of
    before: _Version | None = None
    begun = 0
    for touch in life:
        version = versions.get(touch.blob)
        if version is None:
            if row is not None:
                row.after += ("deleted",)
            before = None
            continue
        if row is not None and cleared is not None:
            now = order[touch.commit.hash]
            _follow_files(row, cleared, (t for t in beside if begun < order[t.commit.hash] < now), zone)
        fresh = before is None or not before.cleared or before.record != version.record
        if version.cleared and version.record and fresh and notice_id(touch.path):
            if row is not None:
                yield row
            row, cleared, begun = _row(touch, version, zone), version, order[touch.commit.hash]
        elif row is not None and cleared is not None and before is not version:
            _follow(row, cleared, version, touch, zone)
        if row is not None and touch.status == "R" and touch.old != touch.path:
            row.after += ("moved",) if "moved" not in row.after else ()
        before = version
    if row is not None and cleared is not None:
        _follow_files(row, cleared, (t for t in beside if order[t.commit.hash] > begun), zone)
        yield row


def _row(touch: Touch, version: _Version, zone: tzinfo) -> Cleared:
    record = version.record
    row = Cleared(
        commit=touch.commit,
        day=touch.commit.day(zone),
        id=notice_id(touch.path) or "",
        path=touch.path,
        title=version.title,
        reviewer=record.get("reviewer", ""),
        reviewed_on=record.get("date", ""),
        approver=record.get("approver", ""),
        basis=record.get("basis", ""),
        binding=version.binding,
    )
    _follow_end(row, version)
    return row


def _follow_end(row: Cleared, version: _Version) -> None:
    change = version.change
    if change.get("type") in {"withdrawn", "terminated"}:
        row.ended, row.ended_on, row.reason = change["type"], change["date"], change["reason"]


def _follow(row: Cleared, cleared: _Version, version: _Version, touch: Touch, zone: tzinfo) -> None:
    """What a later version without a record of its own did."""
    parts = tuple(part for part in PARTS if version.parts.get(part) != cleared.parts.get(part))
    if parts and row.changed_on is None:
        row.changed_on = touch.commit.day(zone)
    row.parts = tuple(dict.fromkeys((*row.parts, *parts)))
    if not version.cleared and "taken-back" not in row.after:
        row.after += ("taken-back",)
    _follow_end(row, version)


def _follow_files(row: Cleared, cleared: _Version, later: Iterable[Touch], zone: tzinfo) -> None:
    """What later commits did to files beside the notice that its text names."""
    home = posixpath.dirname(row.path)
    for touch in later:
        name = posixpath.basename(touch.path)
        if not touch.path.startswith(f"{home}/") or not (name in cleared.text or quote(name) in cleared.text):
            continue
        day = touch.commit.day(zone)
        row.changed_on = min(row.changed_on or day, day)
        row.parts = tuple(dict.fromkeys((*row.parts, f"file:{name}")))


def _version(data: bytes) -> _Version:
    """One version of a file, with all that can be read of it."""
    source = read_source("", data, FRONT_MATTER_NAMES)
    problems: list[Problem] = []
    if source.front is None:
        return _Version("", source.text, {}, False, {}, "none", {})
    reader = Reader("", read_fields("", source.front, NOTICE, problems), problems)
    record, change = reader.nested("clearance", CLEARANCE), reader.nested("change", CHANGE)
    values = {}
    if record is not None:
        values = {key: record.paragraph(key, 2000) or "" for key in record.fields.values if key in _RECORD}
    kind = change.choice("type", CHANGE_TYPES) if change else None
    ended = {key: (change.paragraph(key) or "") if change else "" for key in ("date", "reason")}
    return _Version(
        title=reader.text("title", 500) or "",
        text=source.text,
        parts=written(source),
        cleared=bool(reader.flag("confidentiality_cleared")),
        record={key: value for key, value in values.items() if value},
        binding=_binding(values.get("digest", ""), source),
        change={"type": kind, **ended} if kind else {},
    )


_RECORD = frozenset({"reviewer", "date", "approver", "basis", "note", "digest"})


def _binding(digest: str, source: Source) -> str:
    """Whether a digest is right for the text that it stands in; attached files are not looked at."""
    if not digest:
        return "none"
    recorded = read_digest(digest)
    if recorded is None:
        return "unreadable"
    return "mismatch" if changed_text(recorded, source) else "bound"
