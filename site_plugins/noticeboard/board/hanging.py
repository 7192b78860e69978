"""What decides whether paper hangs: the notices that others depend on, and those that are withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from datetime import date
from pathlib import PurePosixPath

from .fields import NOTICE, spellings
from .load import Board, Entry
from .notice import Notice
from .register import Register
from .source import Scalar
from .status import Status, turning_days

_PUBLISHER = spellings(NOTICE, "publisher")


def first_day(notice: Notice) -> date:
    """The first day on which a notice may hang: it is public, and its review is done."""
    record = notice.clearance
    return max(notice.starts, record.date) if record and record.date else notice.starts


def turns(notice: Notice) -> Iterator[date]:
    """The days on which something about a notice may change."""
    yield first_day(notice)
    yield from turning_days(notice)
    if notice.removed_on:
        yield notice.removed_on


class Bearing:
    """Which notices bear on which: what replaces one, what it links to, what it shares a file with."""

    def __init__(self, board: Board) -> None:
        self._entries = board.entries
        self._replaced_by: dict[str, list[str]] = defaultdict(list)
        self._owners: dict[str, list[str]] = defaultdict(list)
        for entry in board.entries.values():
            for target in entry.supersedes:
                self._replaced_by[target].append(entry.id)
            for attachment in entry.attachments:
                self._owners[attachment.path].append(entry.id)

    def on(self, identifiers: Iterable[str]) -> set[str]:
        """These notices and all that decide, directly or through others, whether they hang."""
        found = set(identifiers)
        waiting = list(found)
        while waiting:
            new = set(self._near(waiting.pop())) - found
            found |= new
            waiting.extend(new)
        return found

    def days(self, identifiers: Iterable[str]) -> set[date]:
        """Every day on which it may change whether one of these notices hangs."""
        notices = (self._entries[identifier].notice for identifier in self.on(identifiers))
        return {day for notice in notices if notice is not None for day in turns(notice)}

    def _near(self, identifier: str) -> Iterator[str]:
        entry = self._entries[identifier]
        yield from self._replaced_by[identifier]
        yield from (link.id for link in entry.links if link.id in self._entries)
        for attachment in entry.attachments:
            yield from self._owners[attachment.path]


def withheld(register: Register, publishers: Set[str], since: date) -> int:
    """How many notices of these publishers may hang on paper though they are withheld on the day.

    Their period has begun, and was not over before `since`. One whose front matter cannot be understood
    counts: by its publisher where that can be read, else by its folder, else everywhere.
    """
    return sum(
        register.status(entry.id) is Status.WITHHELD and _may_hang(register, entry, publishers, since)
        for entry in register.board.entries.values()
    )


def _may_hang(register: Register, entry: Entry, publishers: Set[str], since: date) -> bool:
    notice = entry.notice
    if notice is None:
        return not (named := _publishers(register.board, entry)) or not named.isdisjoint(publishers)
    return (
        notice.publisher in publishers
        and notice.on_board
        and notice.starts <= register.day
        and not notice.effective.ended_before(since)
    )


def _publishers(board: Board, entry: Entry) -> frozenset[str]:
    """The publishers that a notice may be of, as far as its file tells."""
    assert board.publishers is not None
    for key, value in entry.source.front.entries if entry.source.front else ():
        if key.text in _PUBLISHER and isinstance(value, Scalar):
            code = board.publishers.spellings.get(value.text.strip())
            if code is not None:
                return frozenset({code})
    return frozenset(PurePosixPath(entry.id).parts) & board.publishers.by_code.keys()
