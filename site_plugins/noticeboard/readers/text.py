"""Plain text of every kind: lines, CSV, tables in Markdown or set with tabs; HTML, XML, SVG as markup."""

from __future__ import annotations

import csv
import re
from itertools import groupby
from typing import Any

from .html import read_html
from .kinds import decode, ending
from .limits import MAX_CHARACTERS
from .markup import tree
from .sink import File, Sink, Unreadable
from .story import Story
from .tables import Layout, Row, add_table, numbered

_SEPARATED = frozenset({"csv", "tsv"})
_MARKUP = frozenset({"xml", "svg", "rss", "atom", "xhtml"})
_DELIMITERS = ",\t;|"
#: Characters of the beginning that decide what separates the columns.
_SAMPLE = 20_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_RULE = re.compile(r"[\s|:+-]+")
_OUTER_PIPES = re.compile(r"^\s*\||\|\s*$")
#: Mail and saved pages, whose parts are encoded.
_MAIL = frozenset({"eml", "mht", "mhtml"})
_MAIL_HEAD = re.compile(r"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_HEAD_LENGTH = 4096


def read(file: File, sink: Sink) -> None:
    """A text. Raises Unreadable where its encoding is none of UTF-8, UTF-16, GB18030."""
    text = decode(file.data)
    if text is None:
        raise Unreadable("broken")
    kind = ending(file.name)
    if kind in _MAIL or _MAIL_HEAD.search(text, 0, _HEAD_LENGTH):
        sink.mark("unknown-kind", file.steps, kind)  # what is attached to it stands there in another code
    begins = text[:200].lstrip("\ufeff \t\r\n").lower()
    if kind in _SEPARATED:
        _read_csv(text, file, sink)
    elif kind in {"html", "htm"} or (kind not in {"md", "markdown"} and _is_html(begins)):
        read_html(text, file, sink)
    elif kind in _MARKUP or begins.startswith(("<?xml", "<svg")):
        _read_xml(text, file, sink)
    else:
        _read_lines(text, file, sink)


def _is_html(begins: str) -> bool:
    return begins.startswith(("<!doctype html", "<html", "<head", "<body", "<table"))


def _read_xml(text: str, file: File, sink: Sink) -> None:
    """As markup; where it is no well-formed XML, as lines, for a reader may see it so."""
    try:
        root = tree(file.data)
    except Unreadable as fault:
        if fault.reason != "broken":
            raise
        sink.mark("broken", file.steps)
        _read_lines(text, file, sink)
    else:
        Story(sink, file.steps).read(root)


def _read_csv(text: str, file: File, sink: Sink) -> None:
    csv.field_size_limit(MAX_CHARACTERS)
    lines = (found[0] for found in _LINE.finditer(text.removeprefix("\ufeff")))
    reader = csv.reader(lines, delimiter=_delimiter(text))
    rows: list[Row] = []
    try:
        _take_rows(reader, rows, sink.left("cells"))
    except csv.Error:
        sink.mark("broken", file.steps)
    add_table(rows, sink, Layout(file.steps))


def _take_rows(reader: Any, rows: list[Row], most: int) -> None:
    """Rows by the line they begin in, as long as there are no more than `most` cells and one row."""
    line = 1
    for fields in reader:
        cells = [(column, value) for column, value in enumerate(fields, 1) if value and not value.isspace()]
        rows.append(Row(line, cells))
        line = reader.line_num + 1
        most -= len(cells)
        if most < 0:
            return


def _delimiter(text: str) -> str:
    """What stands most often outside of quotes at the beginning."""
    sample = re.sub(r'"[^"]*"', "", text[:_SAMPLE])
    return max(_DELIMITERS, key=lambda sign: (sample.count(sign), -_DELIMITERS.index(sign)))


def _read_lines(text: str, file: File, sink: Sink) -> None:
    """Runs of lines: tables as cells, everything between them as one passage."""
    lines = text.removeprefix("\ufeff").splitlines()
    shapes = _shapes(lines)
    start = 0
    for shape, group in groupby(shapes):
        count = len(list(group))
        block = lines[start : start + count]
        if shape:
            _add_lines_table(block, start + 1, shape, file, sink)
        else:
            sink.add("\n".join(block), file.steps, (start + 1, 1))
        start += count


def _shapes(lines: list[str]) -> list[str]:
    """For each line what separates its columns, "" where it is no row of a table of two rows and more."""
    shapes = ["\t" if "\t" in line.strip() else "|" if line.count("|") >= 2 else "" for line in lines]
    return [
        shape if shape and shape in (shapes[max(0, at - 1)] if at else "", *shapes[at + 1 : at + 2]) else ""
        for at, shape in enumerate(shapes)
    ]


def _add_lines_table(block: list[str], first: int, separator: str, file: File, sink: Sink) -> None:
    rows = []
    for line in block:
        bare = _OUTER_PIPES.sub("", line) if separator == "|" else line
        rows.append([] if _RULE.fullmatch(bare) else [cell.strip() for cell in bare.split(separator)])
    table = numbered(rows, first)
    if separator == "|":
        table = _without_rules(table)
    add_table(table, sink, Layout(file.steps))


def _without_rules(table: list[Row]) -> list[Row]:
    """The line of dashes below a head in Markdown is no gap between head and data."""
    return [row for row in table if row.cells]
