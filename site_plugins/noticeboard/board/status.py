"""The status of a notice on a day (contract, section 3): first match wins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from .notice import Notice


class Status(StrEnum):
    """What a notice is on a day."""

    WITHHELD = "withheld"
    SCHEDULED = "scheduled"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    CURRENT = "current"


#: From `current` on, an address never dies.
PUBLIC = frozenset({Status.WITHDRAWN, Status.SUPERSEDED, Status.EXPIRED, Status.CURRENT})


def is_cleared(notice: Notice, day: date) -> bool:
    """Cleared by a complete record that is not dated later than the day, and not referred to an authority.

    Where the board is content with the flag (`clearance: flag`), no record need be there.
    """
    record = notice.clearance
    if record is None:
        return notice.cleared and not notice.record_needed
    dated = record.date is not None and record.date <= day
    return notice.cleared and dated and not record.referred_to


def mark_of(notice: Notice, status: Status) -> str:
    """What a reader is told of a status: withdrawn says which way, current says long-term."""
    if status is Status.WITHDRAWN and notice.change is not None:
        return notice.change.type
    if status is Status.CURRENT and notice.effective.until is None:
        return "long-term"
    return status.value


def status_on(day: date, notice: Notice, replaced: bool) -> Status:
    """`replaced` tells whether a published notice that supersedes this one is in force on the day."""
    if not is_cleared(notice, day):
        return Status.WITHHELD
    if day < notice.starts:
        return Status.SCHEDULED
    change = notice.change
    if change is not None and change.type in {"withdrawn", "terminated"} and change.date <= day:
        return Status.WITHDRAWN
    if replaced:
        return Status.SUPERSEDED
    if notice.effective.ended_before(day):
        return Status.EXPIRED
    return Status.CURRENT


def turning_days(notice: Notice) -> Iterator[date]:
    """The days on which a notice that is public may become something else by its own dates."""
    until = notice.effective.until
    if until is not None and until < date.max:
        yield until + timedelta(days=1)
    if notice.change is not None:
        yield notice.change.date
    if notice.erase_on is not None:
        yield notice.erase_on
