"""The status of a notice on a day (contract, section 3): first match wins."""

from __future__ import annotations

from datetime import date
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
    """Cleared by a complete record that is not dated later than the day itself."""
    return notice.cleared and notice.clearance is not None and notice.clearance.date <= day


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
