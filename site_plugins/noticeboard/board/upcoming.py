"""What comes next: the first day on which a site built again would say something else of a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .load import Board, Entry
from .notice import Change
from .register import Published, Register, State
from .status import Status, turning_days

#: What may happen to a notice, in the order in which it is told; each notice is told of once.
KINDS = (
    *("starts", "current", "expired", "superseded", "withdrawn"),
    *("removed", "amended", "successor", "gone"),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One notice that changes: its statuses before and after, and which of KINDS it is.

    `starts` and `gone` tell that it comes to the site or leaves it; `current`, `expired`, `superseded`
    and `withdrawn` are its new status. Of those that keep their status, `removed` lose text and files,
    `amended` show what was changed, and `successor` are replaced by another notice than before.
    """

    entry: Entry
    before: Status
    after: Status
    kind: str


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next day on which something changes, and everything that does, in order of id."""

    day: date
    turns: tuple[Turn, ...]


def next_change(today: Register) -> Upcoming | None:
    """The first day after today's on which the site would be another one; None where none comes.

    Only days that a notice names are looked at, but each of them as a whole: a notice may be held back
    by a link to another that is still to come.
    """
    for day in sorted({day for day in _days(today.board) if day > today.day}):
        then = Register(today.board, day)
        if turns := tuple(_turns(today, then)):
            return Upcoming(day, turns)
    return None


def _days(board: Board) -> Iterator[date]:
    """Every day from which a cleared notice may be something else than before."""
    for entry in board.entries.values():
        notice = entry.notice
        if notice is None or not notice.cleared:
            continue
        yield from (notice.effective.first, notice.published_on)
        if notice.clearance is not None and notice.clearance.date is not None:
            yield notice.clearance.date
        yield from turning_days(notice)


def _turns(today: Register, then: Register) -> Iterator[Turn]:
    for identifier in sorted(today.published.keys() | then.published.keys()):
        before, after = today.published.get(identifier), then.published.get(identifier)
        if before is not None and after is not None and _face(before) == _face(after):
            continue
        yield Turn(
            today.board.entries[identifier],
            today.status(identifier),
            then.status(identifier),
            _kind(before, after),
        )


def _face(row: Published) -> tuple[State, Change | None]:
    """What of a published notice depends on the day."""
    return (row.state, row.change)


def _kind(before: Published | None, after: Published | None) -> str:
    if before is None:
        return "starts"
    if after is None:
        return "gone"
    if before.status is not after.status:
        return after.status.value
    if before.removed is not after.removed:
        return "removed"
    return "successor" if before.change == after.change else "amended"
