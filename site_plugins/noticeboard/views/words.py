"""How the site says dates, periods and states, in the site's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..board.law import TimeLimit
from ..board.notice import Notice
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
        return "".join(self.period_parts(period))

    def period_parts(self, period: Period) -> tuple[str, str]:
        """The first day, and how long it goes on from there: 2026年9月1日, 至9月30日."""
        first = self.day(period.first)
        if period.until is None:
            return first, self("until-long")
        key = "day-of-year" if period.until.year == period.first.year else "date"
        until = self(key, year=period.until.year, month=period.until.month, day=period.until.day)
        return first, self("until-estimated" if period.estimated else "until", until=until)

    def removed(self, notice: Notice) -> str:
        """The sentence that stands where text and files were taken away; empty where that is not foreseen."""
        return self("removed", date=self.day(notice.removed_on)) if notice.removed_on else ""

    def summary(self, row: Published) -> str:
        """The summary; where text and files were taken away, the sentence that says so."""
        return self.removed(row.notice) if row.removed else row.summary

    def posting(self) -> dict[str, str]:
        """What the papers of a physical board say of themselves: headings, columns, page numbers."""
        return {key: str(text) for key, text in self._texts.section("site")["posting"]["sheet"].items()}

    def poster(self) -> dict[str, str]:
        """What a poster says of itself: page numbers, headings of its parts."""
        return {key: str(text) for key, text in self._texts.section("site")["poster"]["sheet"].items()}

    def joined(self, parts: Iterable[str]) -> str:
        return self("list").join(parts)

    def hours(self, hours: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
        """Office hours, each with its season."""
        return tuple(self(f"hours.{season}", hours=text) if season else text for season, text in hours)

    def duty_period(self, period: str | None) -> str:
        """What a recurring duty was for: 2026年第3季度, 2026年9月, 2026年; empty where nothing is written."""
        if not period:
            return ""
        year, _, part = period.partition("-")
        key = "quarter-of" if part.startswith("Q") else "month-of" if part else "year"
        return self(key, year=year, part=part.removeprefix("Q").lstrip("0"))

    def limit(self, limit: TimeLimit) -> str:
        """A time limit: 自信息形成之日起20个工作日内."""
        return self("time-limit", start=self(f"starts.{limit.start}"), span=self.span(limit.n, limit.unit))

    def span(self, n: int, unit: str) -> str:
        """A length of time: 20个工作日, 15日."""
        return self(f"spans.{unit}", n=n)

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
        return {**{key: self(key) for key in keys}, "statuses": labels}
