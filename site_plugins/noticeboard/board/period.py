"""The effective period: both ends are included, and it is counted on the board's local day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .workdays import WorkingDays

#: What a clerk may write for "no end".
LONG_TERM = ("长期", "long-term")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; `until` None means long-term.

    `estimated` tells that the end was counted through a year whose holidays are not announced yet.
    """

    first: date
    until: date | None
    estimated: bool = False

    def begins_after(self, day: date) -> bool:
        return day < self.first

    def ended_before(self, day: date) -> bool:
        return self.until is not None and day > self.until


def of_days(first: date, days: int) -> Period:
    """`days` calendar days, the first of them being `first`. Raises OverflowError past year 9999."""
    return Period(first, first + timedelta(days=days - 1))


def of_working_days(first: date, days: int, calendar: WorkingDays) -> Period:
    """`days` working days, day 1 being the first working day on or after `first`."""
    until, estimated = calendar.nth(first, days)
    return Period(first, until, estimated)
