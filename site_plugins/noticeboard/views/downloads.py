"""The directory and the archive as files: CSV, JSON and XLSX, whole and in parts, with the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from ..board.catalogue import Item
from ..board.register import Published
from ..board.rules import limit_of
from .days import is_past
from .shelves import Shelves
from .tables import Column, Kind, Table, table_csv, table_json, table_xlsx

_Wanted = tuple[str, int, Kind]
_NOTICE: tuple[_Wanted, ...] = (
    ("index_number", 32, "text"),
    ("title", 44, "text"),
    ("document_number", 22, "text"),
    ("summary", 60, "text"),
    ("formed_on", 12, "day"),
    ("published_on", 12, "day"),
    ("publisher", 28, "text"),
    ("regime", 10, "text"),
    ("area", 22, "text"),
    ("item", 28, "text"),
    ("effective_from", 12, "day"),
    ("effective_until", 12, "day"),
    ("status", 10, "text"),
)
_END: tuple[_Wanted, ...] = (("changed_on", 12, "day"), ("reason", 40, "text"), ("replaced_by", 32, "text"))
_URL: tuple[_Wanted, ...] = (("url", 50, "link"),)
_ITEM: tuple[_Wanted, ...] = (
    ("code", 22, "text"),
    ("regime", 10, "text"),
    ("area", 26, "text"),
    ("item", 28, "text"),
    ("contents", 60, "text"),
    ("basis", 50, "text"),
    ("time_limit", 30, "text"),
    ("responsible", 24, "text"),
    ("channels", 24, "text"),
    ("audience", 12, "text"),
    ("mode", 10, "text"),
    ("level", 12, "text"),
    ("minimum_period", 12, "text"),
    ("rhythm", 10, "text"),
    ("notices", 8, "number"),
)


class Downloads:
    """Makes every table of a site. `url` is the site's address with its final slash."""

    def __init__(self, shelves: Shelves, url: str) -> None:
        self._shelves = shelves
        self._words = shelves.words
        self._url = url

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Address → bytes of each file."""
        shelves = self._shelves
        every = tuple(shelves.catalogue.items.values())
        yield from self._directory("data/directory", self._words("pages.directory"), shelves.all, every)
        for regime in shelves.catalogue.regimes:
            items = [item for item in every if item.regime is regime]
            title = self._words("directory-of", regime=shelves.regime_name(regime))
            yield from self._directory(
                f"data/directory-{regime.value}", title, shelves.of_regime(regime), items
            )
        for publisher in shelves.publishers.by_code.values():
            mine = shelves.by_publisher[publisher.code]
            title = self._words("directory-of", regime=publisher.name)
            yield from self._directory(f"data/directory/{publisher.code}", title, mine, ())
        past = [row for row in shelves.all if is_past(row.state)]
        yield from self._archive("data/archive", self._words("pages.archive"), past)
        for year in shelves.years:
            rows = [row for row in shelves.by_year[year] if is_past(row.state)]
            title = self._words("pages.archive-year", year=year)
            yield from self._archive(f"data/archive/{year}", title, rows)

    def _directory(
        self, address: str, title: str, rows: Sequence[Published], items: Sequence[Item]
    ) -> Iterator[tuple[str, bytes]]:
        notices = Table(title, self._columns((*_NOTICE, *_URL)), tuple(self._notice(row) for row in rows))
        second = tuple(self._item(item) for item in items)
        extra = [Table(self._words("sheets.items"), self._columns(_ITEM), second)] if second else []
        yield from self._formats(address, title, notices, extra)

    def _archive(self, address: str, title: str, rows: Sequence[Published]) -> Iterator[tuple[str, bytes]]:
        columns = self._columns((*_NOTICE, *_END, *_URL))
        lines = tuple((*self._notice(row)[:-1], *self._end(row), self._link(row)) for row in rows)
        yield from self._formats(address, title, Table(title, columns, lines), [])

    def _formats(
        self, address: str, title: str, table: Table, extra: list[Table]
    ) -> Iterator[tuple[str, bytes]]:
        day = self._shelves.register.day
        head = {"as_of": day.isoformat(), "board": self._shelves.publishers.board_name, "title": title}
        yield f"{address}.csv", table_csv(table)
        yield f"{address}.json", table_json(table, head)
        yield f"{address}.xlsx", table_xlsx((table, *extra), title, day)

    def _columns(self, columns: Sequence[_Wanted]) -> tuple[Column, ...]:
        return tuple(Column(key, self._words(f"columns.{key}"), width, kind) for key, width, kind in columns)

    def _notice(self, row: Published) -> tuple[str | int | None, ...]:
        notice, shelves = row.notice, self._shelves
        line, item = shelves.rows[row.id], shelves.catalogue.items[notice.category]
        until = notice.effective.until
        return (
            notice.index_number,
            notice.title,
            notice.document_number,
            line.summary or line.removed,
            line.formed_on,
            line.published_on,
            line.publisher,
            self._words(f"regime-codes.{shelves.regime_of(row).value}"),
            self._shelves.area(item),
            item.name,
            notice.effective.first.isoformat(),
            until.isoformat() if until else self._words("long-term"),
            line.label,
            self._link(row),
        )

    def _end(self, row: Published) -> tuple[str | None, ...]:
        change = row.change
        new = self._shelves.register.published.get(row.superseded_by or "")
        return (
            change.date.isoformat() if change else None,
            change.reason if change else None,
            new.notice.index_number if new else None,
        )

    def _item(self, item: Item) -> tuple[str | int | None, ...]:
        words = self._words
        limit, least = limit_of(item), item.minimum_period
        return (
            item.code,
            words(f"regime-codes.{item.regime.value}"),
            self._shelves.area(item),
            item.name,
            item.contents,
            words("list").join(item.basis),
            words.limit(limit) if limit else None,
            self._shelves.responsible(item),
            words("list").join(words(f"channels.{code}") for code in item.channels),
            words(f"audiences.{item.audience}"),
            words(f"modes.{item.mode}"),
            words("list").join(words(f"levels.{code}") for code in item.level),
            words.span(least.n, least.unit) if least else None,
            words(f"rhythms.{item.rhythm}") if item.rhythm else None,
            len(self._shelves.by_item[item.code]),
        )

    def _link(self, row: Published) -> str:
        return urljoin(self._url, self._shelves.rows[row.id].url)
