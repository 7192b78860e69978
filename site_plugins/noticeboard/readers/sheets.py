"""Workbooks of Excel since 2007: every cell of every sheet, seen or not, as displayed and as stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .limits import MAX_EMPTY_CELLS
from .markup import Element, attribute, local, notes, stream, tree
from .numbers import date_text, is_date_format, plain, shown
from .package import Package
from .passage import Steps
from .raw import telling
from .sink import Exhausted, Sink, Unreadable
from .story import Story
from .tables import LAST_COLUMN, Layout, Row, add_table, column_number

#: Codes of headers, with a size of three, two digits or one.
_HEADER_CODES = tuple(
    re.compile(rf'&(?:"([^"]*)"|K(?:[0-9A-Fa-f]{{6}}|\d\d[+-]\d{{3}})|\d{{1,{digits}}}|[A-Za-z+-])')
    for digits in (3, 2, 1)
)
_JOINS = re.compile(r"&|CONCAT|TEXTJOIN", re.IGNORECASE)
_CONSTANT = re.compile(r'"([^"]*)"|(?<![\w$.])(\d+)(?![\w(:!.])')
#: A number format that adds digits to a text.
_WRITES_AROUND = re.compile(r"(?=.*@).*\d", re.DOTALL)
_AREA = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})[1-9]\d{0,6}", re.IGNORECASE)
_OFF = frozenset({"", "0", "false"})
#: Characters or points: a column or row no wider than this cannot be seen.
_NARROW = 0.2


@dataclass(slots=True)
class _Book:
    """What the cells of all sheets refer to."""

    strings: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    #: number format of each cell style: id and code
    formats: list[tuple[int, str]] = field(default_factory=list)
    #: cell styles that write something around texts: number of the style → code
    frames: dict[str, str] = field(default_factory=dict)
    since_1904: bool = False


def read_workbook(package: Package) -> None:
    """All sheets of a workbook, its names, and the shared texts that no cell shows any more."""
    workbook = tree(package.data(package.main))
    links = package.links(package.main)
    book = _book(package, workbook, links)
    own = package.file.steps
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        kind, path = links.get(attribute(sheet, "id"), ("", ""))
        steps: Steps = (*own, ("sheet", attribute(sheet, "name")))
        if attribute(sheet, "state") in {"hidden", "veryHidden"}:
            steps = (*steps, ("hidden-sheet", ""))
        for _, target in package.links(path).values():
            package.places.setdefault(target, steps)
        if kind == "worksheet" and path in package.parts and path not in package.done:
            package.done.add(path)
            _try_sheet(package, path, steps, book)
    for name in workbook.iterfind("{*}definedNames/{*}definedName"):
        called = attribute(name, "name")
        package.sink.add("".join(name.itertext()), (*own, ("defined-name", called)), heading=called)
    for number, text in enumerate(book.strings):
        if number not in book.used:
            package.sink.add(text, (*own, ("unused-text", "")))


def _try_sheet(package: Package, path: str, steps: Steps, book: _Book) -> None:
    try:
        _SheetReader(package.sink, steps, book).read(package.data(path))
    except Unreadable as fault:
        package.sink.mark(fault.reason, steps, fault.found)


def read_sheet(data: bytes, sink: Sink, steps: Steps) -> None:
    """A worksheet that hangs on no workbook. Raises Unreadable, Exhausted."""
    _SheetReader(sink, steps, _Book()).read(data)


def _book(package: Package, workbook: Element, links: dict[str, tuple[str, str]]) -> _Book:
    book = _Book()
    properties = workbook.find("{*}workbookPr")
    book.since_1904 = properties is not None and attribute(properties, "date1904") not in _OFF
    for kind, path in links.values():
        if kind == "sharedStrings" and path in package.parts:
            package.done.add(path)
            _read_strings(package, path, book)
        elif kind == "styles" and path in package.parts:
            book.formats = _formats(tree(package.data(path)))
            codes = enumerate(code for _, code in book.formats)
            book.frames = {str(style): code for style, code in codes if _WRITES_AROUND.search(code)}
    return book


def _read_strings(package: Package, path: str, book: _Book) -> None:
    steps = (*package.file.steps, ("part", path))
    data = package.data(path)
    for note in notes(data):
        package.sink.add(note, (*steps, ("comment", "")))
    for item in stream(data, "si"):
        if local(item) != "si":
            Story(package.sink, steps).read(item)
            return
        for reading in item.findall("{*}rPh"):
            package.sink.add("".join(reading.itertext()), (*steps, ("phonetic", "")))
            item.remove(reading)
        book.strings.append("".join(item.itertext("{*}t")))


def _formats(styles: Element) -> list[tuple[int, str]]:
    codes = {
        attribute(item, "numFmtId"): attribute(item, "formatCode")
        for item in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    ids = (attribute(style, "numFmtId") for style in styles.iterfind("{*}cellXfs/{*}xf"))
    return [(int(key) if key.isdecimal() else 0, codes.get(key, "")) for key in ids]


class _SheetReader:
    """Reads one worksheet: rows as they stream by, then what concerns the sheet as a whole."""

    def __init__(self, sink: Sink, steps: Steps, book: _Book) -> None:
        self._sink = sink
        self._steps = steps
        self._book = book
        self._rows: list[Row] = []
        self._hidden: set[int] = set()
        self._formulas: list[tuple[int, int, str]] = []
        self._empty = 0
        self._found = 0

    def read(self, data: bytes) -> None:
        """All of the sheet; at a limit, what was found before it. Raises Unreadable, Exhausted."""
        for note in notes(data):
            self._sink.add(note, (*self._steps, ("comment", "")))
        try:
            for element in stream(data, "row"):
                if local(element) == "row":
                    self._row(element)
                else:
                    self._finish(element)
        except (Exhausted, Unreadable):
            add_table(self._rows, self._sink, Layout(self._steps, hidden_rows=frozenset(self._hidden)))
            raise

    def _finish(self, sheet: Element) -> None:
        spans = _spans(sheet)
        for row in self._rows:
            row.spans = spans.get(row.number, {})
        layout = Layout(self._steps, True, frozenset(self._hidden), _hidden_columns(sheet))
        add_table(self._rows, self._sink, layout)
        self._rows = []
        for row_number, column, formula in self._formulas:
            for text in (formula, *_joined(formula)):
                self._sink.add(text, (*self._steps, ("formula", "")), (row_number, column))
        for header in sheet.findall("{*}headerFooter/*"):
            step = "footer" if local(header).endswith("Footer") else "header"
            for text in _without_codes("".join(header.itertext())):
                self._sink.add(text, (*self._steps, (step, "")))
            header.text = None
        Story(self._sink, self._steps).read(sheet)

    def _row(self, element: Element) -> None:
        given = element.get("r", "")
        number = int(given) if given.isdecimal() else (self._rows[-1].number + 1 if self._rows else 1)
        if element.get("hidden", "") not in _OFF or _is_narrow(element.get("ht")):
            self._hidden.add(number)
        cells: list[tuple[int, str]] = []
        column = 0
        for cell in element:
            column = column_number(cell.get("r", "").rstrip("0123456789")) or column + 1
            for text in self._cell(cell, number, column):
                if text and not text.isspace():
                    cells.append((column, text))
                else:
                    self._empty += 1
        self._found += len(cells)
        if self._empty > MAX_EMPTY_CELLS or self._found > self._sink.left("cells"):
            raise Exhausted("too-long")
        if cells:
            self._rows.append(Row(number, cells))

    def _cell(self, cell: Element, row: int, column: int) -> tuple[str, ...]:
        """The text of a cell as it is written; a formula that says something of its own is kept aside."""
        kind, style, text = cell.get("t", "n"), cell.get("s", ""), ""
        for child in cell:
            name = local(child)
            if name == "v":
                text = child.text or ""
            elif name == "f":
                if child.text and telling(child.text):
                    self._formulas.append((row, column, child.text))
            elif name == "is":
                text = _inline(child)
            else:
                Story(self._sink, self._steps).read(child)
        if kind == "n":
            return self._number(text, style)
        if kind == "s":
            text = self._shared(text)
        return shown(text, self._book.frames[style]) if style in self._book.frames else (text,)

    def _shared(self, value: str) -> str:
        number = int(value) if value.strip().isdecimal() else -1
        self._book.used.add(number)
        return self._book.strings[number] if 0 <= number < len(self._book.strings) else value

    def _number(self, value: str, style: str) -> tuple[str, ...]:
        formats = self._book.formats
        key, code = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else (0, "")
        if not key:
            return (plain(value),)
        if is_date_format(key, code):
            return (date_text(value, self._book.since_1904),)
        return shown(plain(value), code)


def _joined(formula: str) -> Iterator[str]:
    """The texts and numbers of a formula that puts them together, one behind the other."""
    if _JOINS.search(formula):
        text = "".join(quoted or number for quoted, number in _CONSTANT.findall(formula))
        if telling(text) and any(sign.isdigit() for sign in text):
            yield text


def _without_codes(header: str) -> Iterator[str]:
    """A header without the codes for places, fonts and fields. How long the code of a size is before
    digits only its writer knows: each reading that differs.
    """
    yield from dict.fromkeys(
        pattern.sub(lambda code: f"\n{code[1] or ''}\n", header.replace("&&", "\0")).replace("\0", "&")
        for pattern in _HEADER_CODES
    )


def _inline(element: Element) -> str:
    """A text that stands in its cell: in one piece mostly, else in runs."""
    if len(element) == 1 and local(element[0]) == "t":
        return element[0].text or ""
    return "".join(element.itertext("{*}t"))


def _spans(sheet: Element) -> dict[int, dict[int, int]]:
    """Row → first column → last column, of cells merged over several columns."""
    spans: dict[int, dict[int, int]] = {}
    for merged in sheet.iterfind("{*}mergeCells/{*}mergeCell"):
        area = _AREA.fullmatch(attribute(merged, "ref"))
        if area and area[1] != area[3]:
            spans.setdefault(int(area[2]), {})[column_number(area[1])] = column_number(area[3])
    return spans


def _hidden_columns(sheet: Element) -> frozenset[int]:
    hidden: set[int] = set()
    for column in sheet.iterfind("{*}cols/{*}col"):
        if attribute(column, "hidden") not in _OFF or _is_narrow(column.get("width")):
            first, last = attribute(column, "min"), attribute(column, "max")
            if first.isdecimal() and last.isdecimal():
                hidden.update(range(int(first), min(int(last), LAST_COLUMN) + 1))
    return frozenset(hidden)


def _is_narrow(size: str | None) -> bool:
    try:
        return size is not None and float(size) <= _NARROW
    except ValueError:
        return False
