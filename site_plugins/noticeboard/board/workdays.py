"""Working days in China: Monday to Friday, less statutory holidays, plus the weekend days worked instead.

The days come from the package chinesecalendar (2004 to 2026 in version 1.11), overridden by our own
list and by the board's. The package's own counting functions raise outside its years and count one
day too many from a weekend, so the counting is done here and only the day lists are taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from . import law
from .fields import HOLIDAY_FILE, HOLIDAY_YEAR, read_fields
from .law import Span
from .problem import Problem
from .source import Mapping, Scalar
from .values import Reader, read_file

_RANGE = re.compile(r"(\S+?)\s*(?:至|到|~|～)\s*(\S+)")


@dataclass(frozen=True, slots=True)
class Holidays:
    """One list of days: those off, the weekend days worked, and the years that are thereby announced."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()


class WorkingDays:
    """Which days are worked. A year that is not announced counts Monday to Friday, and says so."""

    def __init__(self, board: Holidays = Holidays()) -> None:
        self._holidays = frozenset(chinese_calendar.holidays)
        self._worked = frozenset(chinese_calendar.workdays)
        self._years = frozenset(day.year for day in self._holidays)
        for given in (_own(), board):
            # A year that is written out replaces what the package says of it; a local list only adds.
            kept = {day for day in self._holidays if day.year not in given.years}
            self._holidays = frozenset((kept - given.work) | given.off)
            worked = {day for day in self._worked if day.year not in given.years}
            self._worked = frozenset((worked - given.off) | given.work)
            self._years |= given.years

    def is_working_day(self, day: date) -> bool:
        if day in self._worked:
            return True
        return day.weekday() < 5 and day not in self._holidays

    def is_announced(self, day: date) -> bool:
        """Whether the State Council's holiday plan for that year is known."""
        return day.year in self._years

    def nth(self, first: date, count: int) -> tuple[date, bool]:
        """The `count`-th working day on or after `first`, and whether it had to be estimated.

        Raises OverflowError past year 9999.
        """
        day, left, estimated = first, count, False
        while True:
            estimated = estimated or not self.is_announced(day)
            left -= self.is_working_day(day)
            if left <= 0:
                return day, estimated
            day += timedelta(days=1)

    def before(self, day: date) -> date:
        """The last working day before a day. Raises OverflowError before the year 1."""
        day -= timedelta(days=1)
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def deadline(self, start: date, n: int, unit: str) -> tuple[date, bool]:
        """The last day of "within `n` days of `start`", counted from the day after (民法典第二百零一条).

        `unit` is day or working-day; the second value tells whether it had to be estimated. A last
        day that is not worked moves on to the next that is (第二百零三条). Raises OverflowError past 9999.
        """
        if unit == "working-day":
            return self.nth(start + timedelta(days=1), n)
        return self.nth(start + timedelta(days=n), 1)

    def length(self, first: date, until: date, least: Span) -> int:
        """How many days, or working days, lie from `first` to `until`, both included; at most `least`."""
        days = (until - first).days + 1
        if least.unit == "day":
            return min(days, least.n)
        found = 0
        for n in range(days):
            found += self.is_working_day(first + timedelta(days=n))
            if found == least.n:
                break
        return found


def _own() -> Holidays:
    problems: list[Problem] = []
    found = read_holidays("holidays.yml", law.holidays(), problems)
    assert not problems, problems
    return found


def read_holidays(path: str, data: bytes | None, problems: list[Problem]) -> Holidays:
    """The days of one list; what is wrong in it is added to `problems`. No file, no days."""
    if data is None:
        return Holidays()
    top = read_file(path, data, HOLIDAY_FILE, problems)
    if top is None:
        return Holidays()
    years = top.fields.get("years")
    off: set[date] = set()
    work: set[date] = set()
    announced: set[int] = set()
    seen: dict[str, int] = {}
    if years is not None and not isinstance(years, Mapping):
        top.name("value-not-mapping", "years", years, keys=("2027",))
        return Holidays()
    for key, value in years.entries if years is not None else ():
        if not re.fullmatch("[12][0-9]{3}", key.text):
            top.name("holiday-year", "years", key, found=key.text)
            continue
        if seen.setdefault(key.text, key.place.line) != key.place.line:
            top.name("key-duplicate", "years", key, found=key.text, line=str(seen[key.text]))
            continue
        if not isinstance(value, Mapping):
            top.name("value-not-mapping", "years", value, keys=("off", "work"))
            continue
        before = len(problems)
        reader = Reader(path, read_fields(path, value, HOLIDAY_YEAR, problems, "years"), problems, "years")
        for name, days in (("off", off), ("work", work)):
            for node_of in reader.several(name):
                given = list(_days(reader, name, node_of))
                wrong = [d for d in given if d.year != int(key.text) or (days is work and d in off)]
                if wrong:
                    reader.name("holiday-year", name, node_of, found=wrong[0].isoformat())
                days.update(given)
        if not reader.flag("local"):
            if reader.fields.get("off") is None and len(problems) == before:
                # A year that is written out replaces the State Council's: it must have its holidays.
                reader.name("holiday-year", "off", key, found=key.text)
            announced.add(int(key.text))
    return Holidays(frozenset(off), frozenset(work), frozenset(announced))


def _days(reader: Reader, name: str, node: Scalar) -> Iterator[date]:
    """One day, or each day of `2027-02-05 至 2027-02-11`."""
    text = node.text.strip()
    written = match.groups() if (match := _RANGE.fullmatch(text)) else (text,)
    ends = [reader.date_of(name, node, end) for end in written]
    first, last = ends[0], ends[-1]
    if first and last and not 0 <= (last - first).days <= 60:
        reader.name("holiday-year", name, node, found=text)
    elif first and last:
        for n in range((last - first).days + 1):
            yield first + timedelta(days=n)
