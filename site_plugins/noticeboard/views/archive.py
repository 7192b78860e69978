"""Archives (往期公开): everything no longer current, by year, category, publisher and reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ..board.register import Published, State
from .days import Count, Test, count, is_past
from .page import Page
from .rows import Listing
from .shelves import Shelves

#: Why a notice is no longer current: the marks that an archive knows.
REASONS = ("expired", "superseded", "withdrawn", "terminated")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One heading of the archive, with the number of its notices, in all and by reason."""

    name: str
    url: str
    total: Count
    reasons: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """`reasons` heads the columns of the tables."""

    total: Count
    reasons: tuple[Shelf, ...]
    years: tuple[Shelf, ...]
    publishers: tuple[Shelf, ...]
    items: tuple[Shelf, ...]


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    notices: Listing
    total: Count


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """One part of the archive; a year is cut into months and has a title page on paper."""

    shelf: Shelf
    labels: tuple[str, ...]
    months: tuple[Month, ...]
    year: str = ""
    downloads: str = ""


def pages(shelves: Shelves) -> Iterator[Page]:
    """The archive, and a page for each year, publisher, item and reason. No address of these ever dies."""
    yield from _Archive(shelves).pages()


class _Archive:
    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._words = shelves.words
        self._labels = tuple(self._words.label(reason) for reason in REASONS)
        self._home = shelves.crumb("archive", "archive/")

    def pages(self) -> Iterator[Page]:
        shelves = self._shelves
        by_item: dict[str, list[Published]] = defaultdict(list)
        for row in shelves.all:
            by_item[row.notice.category].append(row)
        reasons = tuple(self._reason(reason) for reason in REASONS)
        years = [
            (self._shelf(self._words("year", year=year), f"archive/{year}/", shelves.by_year[year]), year)
            for year in shelves.years
        ]
        publishers = [
            (self._shelf(p.name, f"archive/publisher/{p.code}/", shelves.by_publisher[p.code]), p.code)
            for p in shelves.publishers.by_code.values()
        ]
        items = [
            (self._shelf(item.name, f"archive/category/{item.code}/", by_item[item.code]), item.code)
            for item in shelves.catalogue.items.values()
            if by_item[item.code]
        ]
        view = Archive(
            total=count(shelves.all, is_past),
            reasons=reasons,
            years=tuple(shelf for shelf, _ in years),
            publishers=tuple(shelf for shelf, _ in publishers),
            items=tuple(shelf for shelf, _ in items),
        )
        yield shelves.page("archive/", "archive.html", "archive", view)
        for shelf, year in years:
            title = self._words("pages.archive-year", year=year)
            months = self._months(shelves.by_year[year])
            yield self._page(shelf, title, months, str(year), f"data/archive/{year}")
        for shelf, code in publishers:
            yield self._page(shelf, self._title(shelf.name), self._by_year(shelves.by_publisher[code]))
        for shelf, code in items:
            yield self._page(shelf, self._title(shelf.name), self._by_year(by_item[code]))
        for shelf, reason in zip(reasons, REASONS, strict=True):
            months = self._by_year(shelves.all, partial(_ended_as, reason))
            yield self._page(shelf, self._title(shelf.name), months)

    def _page(
        self, shelf: Shelf, title: str, months: tuple[Month, ...], year: str = "", downloads: str = ""
    ) -> Page:
        view = ArchivePage(shelf, self._labels, months, year, downloads)
        return Page(shelf.url, "archive-list.html", title, (self._home,), view)

    def _title(self, name: str) -> str:
        return self._words("archive-of", name=name)

    def _shelf(self, name: str, url: str, rows: Sequence[Published]) -> Shelf:
        reasons = tuple(self._count(rows, reason) for reason in REASONS)
        return Shelf(name, url, count(rows, is_past), reasons)

    def _reason(self, reason: str) -> Shelf:
        total = self._count(self._shelves.all, reason)
        return Shelf(self._words.label(reason), f"archive/reason/{reason}/", total, ())

    def _count(self, rows: Sequence[Published], reason: str) -> Count:
        return count(rows, partial(_ended_as, reason))

    def _months(self, rows: Sequence[Published]) -> tuple[Month, ...]:
        return self._cut(
            rows,
            lambda row: row.notice.published_on.month,
            lambda month: self._words("month", month=month),
            is_past,
        )

    def _by_year(self, rows: Sequence[Published], test: Test = is_past) -> tuple[Month, ...]:
        return self._cut(
            rows, lambda row: row.notice.published_on.year, lambda year: self._words("year", year=year), test
        )

    def _cut(
        self,
        rows: Sequence[Published],
        key: Callable[[Published], int],
        name: Callable[[int], str],
        test: Test,
    ) -> tuple[Month, ...]:
        parts: dict[int, list[Published]] = defaultdict(list)
        for row in rows:
            parts[key(row)].append(row)
        months = (
            Month(name(at), self._shelves.rows.of(part, test), count(part, test))
            for at, part in parts.items()
        )
        return tuple(month for month in months if month.notices.lines)


def _ended_as(reason: str, state: State) -> bool:
    return state.mark == reason
