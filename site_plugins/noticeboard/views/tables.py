"""A table in the three forms that offices and programs read: CSV, JSON and an Excel workbook.

All three hold the same rows. In a workbook a day is a real date (it sorts and filters by month) that
shows as it is written everywhere else; a day that no workbook can hold stays text.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .encode import Cell, csv_bytes, harmless, json_bytes, plain

Kind = Literal["text", "number", "day", "link"]

#: Excel's own limits: of a cell in UTF-16 units, of a number's digits, of links, of a sheet's name.
CELL_LENGTH = 32_767
_DIGITS = 15
_LINK_LENGTH = 2_000
_LINKS = 65_000
_SHEET_NAME = 31
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
_DAY_ZERO = date(1899, 12, 30)
_HEADER_LENGTH = 100

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER_LIKE = re.compile(r"[0-9.,%/:eE+-]+")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_FONT = {"font_name": "宋体", "font_size": 11, "font_charset": 134, "font_family": 3, "font_scheme": "none"}
_NARROWEST = 6
_FILTER_ARROW = 3


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names the values in JSON, `heading` stands above them.

    `width` is the most that the column may take, in half-width characters; longer text wraps.
    """

    key: str
    heading: str
    width: int = 20
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows have one value for each column; a `day` is `YYYY-MM-DD`, a `link` an absolute address."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def plain_rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows as every form holds them."""
        for row in self.rows:
            yield tuple(plain(cell) if isinstance(cell, str) else cell for cell in row)


def table_csv(table: Table) -> bytes:
    """The headings and the rows, to be opened by Excel and WPS with a double click."""
    return csv_bytes([[column.heading for column in table.columns], *table.plain_rows()])


def table_json(table: Table, head: dict[str, Any]) -> bytes:
    """The rows as objects, after `head` and the headings of their keys."""
    keys = [column.key for column in table.columns]
    document = {
        **head,
        "columns": [{"key": column.key, "heading": column.heading} for column in table.columns],
        "rows": [dict(zip(keys, row, strict=True)) for row in table.plain_rows()],
    }
    return json_bytes(document)


def table_xlsx(tables: Sequence[Table], title: str, day: date) -> bytes:
    """A workbook with a sheet for each table. `title` and `day` stand above each printed page."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": dict(_FONT),
        "default_column_width": 72,
        "default_row_height": 18,
    }
    book = xlsxwriter.Workbook(stream, options)
    made = datetime(day.year, day.month, day.day, tzinfo=UTC)
    book.set_properties({"title": plain(title), "created": made})
    formats = _Formats(book)
    taken: set[str] = set()
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.name, taken))
        _Sheet(sheet, table, formats).fill()
        _set_up_page(sheet, plain(title), day)
    book.close()
    return _repacked(stream.getvalue())


def workbook_texts(data: bytes) -> Iterator[str]:
    """The name and text of every part of a workbook made here."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name
            yield archive.read(name).decode()


def display_width(text: str) -> int:
    """The half-width characters that a line takes; Chinese characters and punctuation take two."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        for char in text
    )


class _Formats:
    """The looks of cells, each made once for a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        cell = {**_FONT, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#808080"}
        self.heading: Format = book.add_format(
            {**cell, "bold": True, "valign": "vcenter", "bg_color": "#E7E6E6"}
        )
        self.text: Format = book.add_format(cell)
        #: Stays text where somebody edits it: numbers with leading zeros, texts that begin with `=`.
        self.kept: Format = book.add_format({**cell, "quote_prefix": True})
        self.number: Format = book.add_format({**cell, "num_format": "0"})
        self.day: Format = book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "left"})
        self.link: Format = book.add_format({**cell, "font_color": "#0563C1", "underline": 1})


class _Sheet:
    """Fills one sheet with one table."""

    def __init__(self, sheet: Worksheet, table: Table, formats: _Formats) -> None:
        self._sheet = sheet
        self._table = table
        self._formats = formats
        self._links = 0
        self._widths = [display_width(column.heading) + _FILTER_ARROW for column in table.columns]

    def fill(self) -> None:
        columns, sheet = self._table.columns, self._sheet
        last = len(columns) - 1
        for at, column in enumerate(columns):
            self._text(0, at, plain(column.heading), self._formats.heading)
        for line, row in enumerate(self._table.plain_rows(), start=1):
            for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self._cell(line, at, column, cell)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, max(_NARROWEST, min(self._widths[at], column.width)))
        if columns:
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            sheet.autofilter(0, 0, len(self._table.rows), last)
            corner = xlsxwriter.utility.xl_rowcol_to_cell(len(self._table.rows), last)
            sheet.ignore_errors({"number_stored_as_text": f"A1:{corner}"})

    def _cell(self, line: int, at: int, column: Column, cell: Cell) -> None:
        sheet, formats = self._sheet, self._formats
        if cell is None:
            sheet.write_blank(line, at, None, formats.text)
            return
        self._measure(at, column, str(cell))
        if isinstance(cell, int) and len(str(abs(cell))) <= _DIGITS:
            sheet.write_number(line, at, cell, formats.number)
            return
        text = str(cell)
        day = _as_day(text) if column.kind == "day" else None
        if day is not None:
            sheet.write_number(line, at, (day - _DAY_ZERO).days, formats.day)
        elif column.kind == "link" and self._is_link(text):
            self._links += 1
            sheet.write_url(line, at, text, formats.link, text)
        else:
            kept = harmless(text) != text or _NUMBER_LIKE.fullmatch(text)
            self._text(line, at, text, formats.kept if kept else formats.text)

    def _text(self, line: int, at: int, text: str, look: Format) -> None:
        text = _cut(text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes this for XML that is ready; in two pieces it is text.
            self._sheet.write_rich_string(line, at, look, text[:1], look, text[1:], look)
        else:
            self._sheet.write_string(line, at, text, look)

    def _is_link(self, text: str) -> bool:
        return (
            text.startswith(("https://", "http://"))
            and not re.search(r"[\s\"<>]", text)
            and _units(text) <= _LINK_LENGTH
            and self._links < _LINKS
        )

    def _measure(self, at: int, column: Column, text: str) -> None:
        if self._widths[at] < column.width:
            widest = max(display_width(line[: column.width]) for line in text.split("\n")) + 1
            self._widths[at] = max(self._widths[at], widest)


def _as_day(text: str) -> date | None:
    """The day that a text says, where a workbook can hold it."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None


def _cut(text: str) -> str:
    """The text as far as one cell can hold it."""
    return text if _units(text) <= CELL_LENGTH else _first(text, CELL_LENGTH - 1) + "…"


def _units(text: str) -> int:
    """The length of a text as Excel counts it: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _first(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel allows and that no other sheet has."""
    bare = _NOT_IN_SHEET_NAME.sub(" ", plain(name)).strip("' \n\t")
    base = _first(bare, _SHEET_NAME).rstrip("' ") or "Sheet"
    found, number = base, 1
    while found.casefold() in taken or found.casefold() == "history":
        number += 1
        found = f"{_first(base, _SHEET_NAME - len(str(number)) - 1)} {number}"
    taken.add(found.casefold())
    return found


def _set_up_page(sheet: Worksheet, title: str, day: date) -> None:
    """A4 lying down, as many pages long as it takes and one wide."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    shown = " ".join(title.split())[:_HEADER_LENGTH].replace("&", "&&")
    sheet.set_header(f"&L{shown}&R{day.isoformat()}")
    sheet.set_footer("&C&P / &N")


def _repacked(data: bytes) -> bytes:
    """The same parts, uncompressed: compressed bytes differ from one zlib to the next."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(stream, "w") as archive:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.create_system = 3
            part.external_attr = 0o644 << 16
            archive.writestr(part, made.read(name))
    return stream.getvalue()
