"""The forms that data leave in: CSV, JSON, and text that every form can hold alike."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any

#: What a cell of a table holds: a text, a number, or nothing.
Cell = str | int | None

#: Not allowed in XML 1.0, so in no workbook and no feed either.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")

#: What spreadsheets take for the beginning of a formula, in half width and full width.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def plain(text: str) -> str:
    """The text without what XML forbids and with one kind of line end: the same in every form."""
    return _NOT_IN_XML.sub("", _LINE_END.sub("\n", text))


def harmless(text: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in _FORMULA else text


def csv_bytes(rows: Iterable[Iterable[Cell]]) -> bytes:
    """A CSV file that office programs open right: byte-order mark, CRLF, no cell a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow(harmless(cell) if isinstance(cell, str) else cell for cell in row)
    return stream.getvalue().encode("utf-8-sig")


def json_bytes(document: Any) -> bytes:
    """A JSON file: Chinese as it is, keys in the order given, a line end at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
