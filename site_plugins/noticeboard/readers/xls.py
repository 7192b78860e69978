"""Workbooks of Excel before 2007 and of WPS: cells with their headings, notes, names, and loose text."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.biffh import XLRDError

from .numbers import date_text, plain, shown
from .passage import Steps
from .raw import add_writing
from .sink import File, Sink, Unreadable
from .tables import Layout, Row, add_table, column_name

_BOUNDSHEET, _FILEPASS, _MACRO_SHEET = 0x0085, 0x002F, 1
#: Records whose text xlrd gives: shared strings, labels, formulas, numbers, formats, fonts, cells.
_KNOWN = frozenset(
    {0x00FC, 0x0204, 0x00FD, 0x0203, 0x027E, 0x00BD, 0x041E, 0x0031, 0x00E0, 0x0201, 0x00BE, 0x00FF, 0x0006}
)
_CONTINUE = 0x003C


def read_stream(file: File, data: bytes, sink: Sink) -> None:
    """The stream of a workbook. Raises Unreadable where it is encrypted or broken, Exhausted."""
    for record, body in _records(data):
        if record == _FILEPASS:
            raise Unreadable("encrypted")
        if record == _BOUNDSHEET and len(body) > 5 and body[5] == _MACRO_SHEET:
            sink.mark("macro", file.steps)
    book = _open(data)
    for name in book.name_obj_list:
        shown = name.formula_text if isinstance(getattr(name, "formula_text", None), str) else ""
        result = getattr(name, "result", None)
        text = f"{shown} {getattr(result, 'text', '') or ''}".strip()
        sink.add(text, (*file.steps, ("defined-name", name.name)), heading=name.name)
    for sheet in book.sheets():
        _read_sheet(book, sheet, file, sink)
    loose = b"\0\0\0\0".join(body for record, body in _records(data) if record not in _KNOWN)
    add_writing(loose, sink, (*file.steps, ("part", "Workbook")))


def _open(data: bytes) -> Any:
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except XLRDError as fault:
        raise Unreadable("encrypted" if "encrypted" in str(fault).lower() else "broken") from fault
    except NotImplementedError as fault:
        raise Unreadable("broken") from fault


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every record of a BIFF stream; the continuation of a known one is known too."""
    at, before = 0, 0
    while at + 4 <= len(data):
        record, length = struct.unpack_from("<2H", data, at)
        kind = before if record == _CONTINUE and before in _KNOWN else record
        yield kind, data[at + 4 : at + 4 + length]
        before = kind
        at += 4 + length


def _read_sheet(book: Any, sheet: Any, file: File, sink: Sink) -> None:
    steps: Steps = (*file.steps, ("sheet", sheet.name))
    if sheet.visibility:
        steps = (*steps, ("hidden-sheet", ""))
    spans: dict[int, dict[int, int]] = {}
    for top, _, left, right in sheet.merged_cells:
        if right - left > 1:
            spans.setdefault(top + 1, {})[left + 1] = right
    rows = []
    for index in range(sheet.nrows):
        texts = (
            (column + 1, text)
            for column in range(sheet.row_len(index))
            for text in _texts(book, sheet, index, column)
        )
        cells = [(column, text) for column, text in texts if text and not text.isspace()]
        if cells:
            rows.append(Row(index + 1, cells, spans.get(index + 1, {})))
    hidden_rows = {
        number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0
    }
    hidden_columns = {
        number + 1 for number, info in sheet.colinfo_map.items() if info.hidden or info.width == 0
    }
    add_table(rows, sink, Layout(steps, True, frozenset(hidden_rows), frozenset(hidden_columns)))
    for (row, column), note in sheet.cell_note_map.items():
        cell = (*steps, ("cell", f"{column_name(column + 1)}{row + 1}"), ("comment", ""))
        sink.add(note.text, cell, (row + 1, column + 1))
        sink.add(note.author, (*cell, ("property", "")), (row + 1, column + 1))


def _texts(book: Any, sheet: Any, row: int, column: int) -> tuple[str, ...]:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_DATE:
        return (date_text(repr(value), bool(book.datemode)),)
    if kind not in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT}:
        return ()
    style = book.format_map.get(book.xf_list[sheet.cell_xf_index(row, column)].format_key)
    return shown(
        value if kind == xlrd.XL_CELL_TEXT else plain(repr(value)), style.format_str if style else ""
    )
