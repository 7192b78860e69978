"""What the law and the catalogue set for the dates of a notice: one small function a rule.

Each is a warning, and an error for an item that the catalogue marks as enforced; but nobody is refused
on an estimate.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from . import law
from .catalogue import Item
from .law import Span, TimeLimit
from .notice import Notice, period_end
from .problem import Param, Problem
from .publisher import Regime
from .workdays import WorkingDays


def check_dates(notice: Notice, item: Item, days: WorkingDays) -> Iterator[Problem]:
    """Everything that the dates of one notice fall short of."""
    yield from _posted_long_enough(notice, item, days)
    yield from _published_in_time(notice, item, days)
    yield from _taken_back_too_early(notice)


def _taken_back_too_early(notice: Notice) -> Iterator[Problem]:
    """A change or an erasure before anybody could read it does not keep it from being published."""
    days = {"erase_on": notice.erase_on, "change": notice.change.date if notice.change else None}
    for field, day in days.items():
        if day is not None and day < notice.starts:
            params: dict[str, Param] = {"found": day.isoformat(), "start": notice.starts.isoformat()}
            yield Problem("change-before-start", notice.path, notice.place(field), field, params)


def _minimums(item: Item, notice: Notice) -> Iterator[Span]:
    """The shortest periods that a notice may have.

    A village's board is never below the law's (村民委员会组织法第三十五条), whatever the catalogue says.
    """
    limits = law.limits()
    if item.regime is Regime.VILLAGE and notice.effective.first >= limits.village_posting_since:
        yield limits.village_posting
    if item.minimum_period:
        yield item.minimum_period


def _posted_long_enough(notice: Notice, item: Item, days: WorkingDays) -> Iterator[Problem]:
    # From the day on which somebody could read it.
    first, until = notice.starts, notice.effective.until
    for span in _minimums(item, notice) if until else ():
        assert until is not None
        if (found := days.length(first, until, span)) < span.n:
            params: dict[str, Param] = {
                "found": str(found),
                "least": str(span.n),
                "unit": span.unit,
                "basis": span.basis,
                "item": item.name,
            }
            place = notice.place("effective")
            sure = span.unit == "day" or (days.is_announced(first) and days.is_announced(until))
            yield Problem(
                "period-below-minimum", notice.path, place, "effective", params, item.enforced and sure
            )
            return


def _start_of(notice: Notice, limit: TimeLimit) -> date:
    """The day a limit counts from: as written, the end of the period it is for, or the day it was formed."""
    if limit.start == "period-end" and notice.duty_period and "limit_from" not in notice.places:
        return period_end(notice.duty_period)
    return notice.limit_from


def _published_in_time(notice: Notice, item: Item, days: WorkingDays) -> Iterator[Problem]:
    limit = item.time_limit
    if limit is None or notice.late_reason:
        return
    try:
        start = _start_of(notice, limit)
        deadline, estimated = days.deadline(start, limit.n, limit.unit)
    except OverflowError:
        return
    if notice.starts > deadline:
        where = notice.tells_published_on
        params: dict[str, Param] = {
            "found": notice.starts.isoformat(),
            "deadline": deadline.isoformat(),
            "start": start.isoformat(),
            "n": str(limit.n),
            "unit": limit.unit,
            "basis": limit.basis,
            "item": item.name,
        }
        place = notice.place(where)
        yield Problem("published-late", notice.path, place, where, params, item.enforced and not estimated)
