"""How the site says dates, periods and states, in the site's language."""

from __future__ import annotations

from datetime import date

from ..board.period import Period
from ..board.register import Published
from ..board.status import Status
from ..messages import Messages, messages


class Words:
    """The site's own words. The site is Chinese; another language is another file of messages."""

    def __init__(self, texts: Messages | None = None) -> None:
        self._texts = texts or messages("zh")

    def __call__(self, key: str, **params: object) -> str:
        return self._texts(f"site.{key}", **params)

    def day(self, day: date) -> str:
        return self("date", year=day.year, month=day.month, day=day.day)

    def period(self, period: Period) -> str:
        if period.until is None:
            return self("period-long", first=self.day(period.first))
        key = "day-of-year" if period.until.year == period.first.year else "date"
        until = self(key, year=period.until.year, month=period.until.month, day=period.until.day)
        return self("period", first=self.day(period.first), until=until)

    def mark(self, row: Published) -> str:
        """The key of the label of a status: withdrawn tells which way, current tells long-term."""
        if row.status is Status.WITHDRAWN and row.change is not None:
            return row.change.type
        if row.status is Status.CURRENT and row.notice.effective.until is None:
            return "long-term"
        return row.status.value

    def label(self, mark: str) -> str:
        return self._texts(f"statuses.{mark}")

    def time_left(self, row: Published, day: date) -> str:
        """Days left or days since, for what ends on a day; empty for what does not."""
        until = row.notice.effective.until
        if until is None or row.status not in {Status.CURRENT, Status.EXPIRED}:
            return ""
        left = (until - day).days
        if left > 0:
            return self("days-left", days=left)
        return self("last-day") if left == 0 else self("days-since", days=-left)

    def script(self) -> dict[str, object]:
        """What the scripts on the page say when they correct a mark or list results."""
        keys = ("days-left", "last-day", "days-since")
        labels = {mark: self.label(mark) for mark in self._texts.section("statuses")}
        return {**{key: self(key) for key in keys}, "expired": labels["expired"], "statuses": labels}
