"""The directory and the archive as files: CSV, JSON and XLSX, whole and in parts, with the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urljoin

from ..board.catalogue import Item
from ..board.register import Published
from .days import is_past
from .encode import Cell
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
        for regime in shelves.regimes:
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
        notices = self._table(title, (*_NOTICE, *_URL), map(self._notice, rows))
        extra = [self._table(self._words("sheets.items"), _ITEM, map(self._item, items))] if items else []
        yield from self._formats(address, title, notices, extra)

    def _archive(self, address: str, title: str, rows: Sequence[Published]) -> Iterator[tuple[str, bytes]]:
        lines = ({**self._notice(row), **self._end(row)} for row in rows)
        yield from self._formats(address, title, self._table(title, (*_NOTICE, *_END, *_URL), lines), [])

    def _formats(
        self, address: str, title: str, table: Table, extra: list[Table]
    ) -> Iterator[tuple[str, bytes]]:
        day = self._shelves.register.day
        head = {"as_of": day.isoformat(), "board": self._shelves.publishers.board_name, "title": title}
        yield f"{address}.csv", table_csv(table)
        yield f"{address}.json", table_json(table, head)
        yield f"{address}.xlsx", table_xlsx((table, *extra), title, day)

    def _table(self, name: str, wanted: Sequence[_Wanted], lines: Iterable[dict[str, Cell]]) -> Table:
        columns = tuple(
            Column(key, self._words(f"columns.{key}"), width, kind) for key, width, kind in wanted
        )
        return Table(name, columns, tuple(tuple(line[column.key] for column in columns) for line in lines))

    def _notice(self, row: Published) -> dict[str, Cell]:
        notice, shelves = row.notice, self._shelves
        line, item, until = shelves.rows[row.id], shelves.items[notice.category], notice.effective.until
        return {
            "index_number": notice.index_number,
            "title": notice.title,
            "document_number": notice.document_number,
            "summary": self._words.summary(row),
            "formed_on": line.formed_on,
            "published_on": line.published_on,
            "publisher": line.publisher,
            "regime": self._words(f"regime-codes.{shelves.regime_of(row).value}"),
            "area": item.area,
            "item": item.name,
            "effective_from": notice.effective.first.isoformat(),
            "effective_until": until.isoformat() if until else self._words("long-term"),
            "status": line.label,
            "url": urljoin(self._url, line.url),
        }

    def _end(self, row: Published) -> dict[str, Cell]:
        change, new = row.change, self._shelves.register.published.get(row.superseded_by or "")
        return {
            "changed_on": change.date.isoformat() if change else None,
            "reason": change.reason if change else None,
            "replaced_by": new.notice.index_number if new else None,
        }

    def _item(self, item: Item) -> dict[str, Cell]:
        shown = self._shelves.items[item.code]
        return {
            "code": item.code,
            "regime": self._words(f"regime-codes.{item.regime.value}"),
            "area": shown.area,
            "item": shown.name,
            "contents": shown.contents,
            "basis": self._words.joined(item.basis),
            "time_limit": shown.time_limit or None,
            "responsible": shown.responsible,
            "channels": shown.channels,
            "audience": shown.audience,
            "mode": shown.mode,
            "level": shown.level,
            "minimum_period": shown.minimum_period or None,
            "rhythm": shown.rhythm or None,
            "notices": shown.total,
        }
