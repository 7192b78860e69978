"""Working days in China: Monday to Friday, less statutory holidays, plus the weekend days worked instead.

The days come from the package chinesecalendar (2004 to 2026 in version 1.11). Its own counting
functions raise outside those years and count one day too many from a weekend, so the counting is
done here and only the day lists are taken from it.
"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar


class WorkingDays:
    """Which days are worked. A year that is not announced counts Monday to Friday, and says so."""

    def __init__(self) -> None:
        self._holidays = frozenset(chinese_calendar.holidays)
        self._worked = frozenset(chinese_calendar.workdays)
        self._years = frozenset(day.year for day in self._holidays)

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
