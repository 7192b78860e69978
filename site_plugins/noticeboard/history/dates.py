"""What git can prove about dates: a notice that claims to be older than its own history.

Two things are shown, both as warnings, at the date they are about:

- `date-backdated`: the file was first committed on a later day than the one it says it was published on.
  Nothing is said where that day lies before the first commit of the notices folder: old notices were
  brought over then.
- `date-moved-back`: the date of publication, or the date on which the information was made, is now earlier
  than the one that stood there when the notice was first public. What is in the folder now is compared,
  so that a move that was undone is forgiven, and one that is not committed yet is told in time.

The day of a commit is its author's, in the board's time zone. Renames are followed, within the folder.
A new file that is not committed yet proves nothing. Three processes at most run, whatever the number of
notices: one tells about the repository, one is `git log`, one hands out the old versions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path

from ..board.fields import CLEARANCE, EFFECTIVE, FRONT_MATTER_NAMES, NOTICE, read_fields
from ..board.load import Board, Entry
from ..board.notice import Notice
from ..board.problem import Problem, errors
from ..board.source import MAX_BYTES, Scalar, read_source
from ..board.values import Reader
from .git import NoGit, contents, lives, look_round, touches

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Life:
    """The versions of one file, oldest first: the author's day, and the name that git has for the content."""

    versions: list[tuple[date, str]]

    @property
    def first(self) -> date:
        return min(day for day, _ in self.versions)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one version said: its dates by field, and the first day on which it could be public, if any."""

    dates: Mapping[str, date]
    public_from: date | None


_NOTHING = _Claim({}, None)


def date_problems(board: Board, day: date, zone: tzinfo) -> list[Problem]:
    """Every date of the board that its git history shows to be backdated, in order of place.

    `day` is today, `zone` the board's time zone. Raises NoGit where nothing can be proven.
    """
    beginning, dated = _lives(board.root, zone)
    known: list[tuple[Entry, Notice, _Life]] = []
    for entry in board.entries.values():
        life = dated.get(unicodedata.normalize("NFC", entry.path))
        if entry.notice is not None and life is not None:
            known.append((entry, entry.notice, life))
    claims = _claims(board.root, {blob for _, _, life in known for _, blob in life.versions})
    found: list[Problem] = []
    for entry, notice, life in known:
        shown = _first_shown(life, claims, day)
        found.extend(_backdated(entry, notice, life, shown.dates, beginning))
    return sorted(found, key=lambda problem: problem.sort_key)


def _backdated(
    entry: Entry, notice: Notice, life: _Life, shown: Mapping[str, date], beginning: date
) -> Iterator[Problem]:
    """The dates of one notice that cannot be true. Each is named once."""
    path = entry.source.path
    for name, at, now in (
        ("published_on", notice.tells_published_on, notice.published_on),
        ("formed_on", "formed_on", notice.formed_on),
    ):
        place = notice.place(at)
        if (before := shown.get(name)) is not None and now < before:
            params = {"found": now.isoformat(), "shown": before.isoformat()}
            yield Problem("date-moved-back", path, place, at, params)
        elif name == "published_on" and beginning <= now < life.first:
            params = {"found": now.isoformat(), "committed": life.first.isoformat()}
            yield Problem("date-backdated", path, place, at, params)


def _first_shown(life: _Life, claims: Mapping[str, _Claim], today: date) -> _Claim:
    """What the first version said that was public before it was replaced; nothing if none was."""
    replaced = [*(day for day, _ in life.versions[1:]), today]
    for (day, blob), until in zip(life.versions, replaced, strict=True):
        claim = claims.get(blob, _NOTHING)
        if claim.public_from is not None and claim.public_from <= max(day, until):
            return claim
    return _NOTHING


def _lives(folder: Path, zone: tzinfo) -> tuple[date, dict[str, _Life]]:
    """The day of the folder's first commit, and the life of every file that was ever in it, by path.

    Raises NoGit.
    """
    look_round(folder)
    found = list(touches(folder))
    if not found:
        raise NoGit("none")
    dated = {
        path: [(touch.commit.day(zone), touch.blob) for touch in life if touch.blob]
        for path, life in lives(found).items()
    }
    return found[0].commit.day(zone), {path: _Life(versions) for path, versions in dated.items() if versions}


def _claims(folder: Path, blobs: Iterable[str]) -> dict[str, _Claim]:
    """What each of the old versions said. They are read one after the other, never all at once."""
    return {blob: _claim(data[: MAX_BYTES + 1]) for blob, data in contents(folder, blobs)}


def _claim(data: bytes) -> _Claim:
    """The dates of an old version, as far as they can be read, and when it could be public."""
    source = read_source("", data, FRONT_MATTER_NAMES)
    if source.front is None:
        return _NOTHING
    problems = list(source.problems)
    reader = Reader("", read_fields("", source.front, NOTICE, problems), problems)
    first, formed = _first_day(reader), reader.day("formed_on")
    published = reader.day("published_on") or first
    if first is None or formed is None or published is None:
        return _NOTHING
    dates = {"published_on": published, "formed_on": formed}
    if not reader.flag("confidentiality_cleared") or errors(problems):
        return _Claim(dates, None)
    record = reader.nested("clearance", CLEARANCE)
    reviewed = record.day("date") if record else None
    return _Claim(dates, max(first, published, reviewed) if reviewed else None)


def _first_day(reader: Reader) -> date | None:
    """The first day of the effective period, in each of the ways it may be written."""
    node = reader.fields.get("effective")
    if isinstance(node, Scalar):
        found = _DAY.match(node.text.strip())
        return reader.date_of("effective", node, found[0]) if found else None
    parts = reader.nested("effective", EFFECTIVE)
    return parts.day("from") if parts else None
