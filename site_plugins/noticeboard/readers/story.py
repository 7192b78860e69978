"""Running text and tables in XML and HTML of any kind: OOXML, OpenDocument, OFD, SVG, HTML, or unknown.

Every text node and every telling attribute comes out, whatever element it stands in: what nobody
thought of is read too. Names of elements only decide what belongs together and what is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .limits import MAX_NESTING
from .markup import Element, attribute, local
from .numbers import plain
from .passage import Steps
from .raw import telling
from .sink import Sink, Unreadable
from .tables import Layout, Row, add_table

#: Elements whose text belongs together: w:p, a:p, text:p, text:h, shared strings, SVG texts, HTML.
_PARAGRAPHS = frozenset(
    (
        *("p", "h", "si", "is", "text", "textbox", "title", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("li", "dt", "dd", "pre", "blockquote", "caption", "figcaption", "address", "legend"),
        *("summary", "option", "label", "button", "textarea", "script", "style", "noscript"),
        *("template",),
    )
)
#: Elements that end the text before them and begin another, without holding it together.
_BLOCKS = frozenset(
    (
        *("div", "section", "article", "header", "footer", "main", "nav", "aside", "body", "head"),
        *("html", "ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "form"),
        *("fieldset", "figure", "details", "select", "svg"),
    )
)
_TABLES = frozenset({"tbl", "table"})
_ROWS = frozenset({"tr", "table-row"})
_CELLS = frozenset({"tc", "td", "th", "table-cell", "covered-table-cell"})
#: Elements that stand beside the text around them, and the step that leads to them.
_ASIDES = {
    "txbxContent": "text-box",
    "textbox": "text-box",
    "text-box": "text-box",
    "footnote": "footnote",
    "endnote": "footnote",
    "note": "footnote",
    "annotation": "comment",
    "comment": "comment",
    "threadedComment": "comment",
    "cm": "comment",
    "tracked-changes": "deleted",
    "notes": "note",
    "script": "script",
    "style": "script",
    "template": "hidden-text",
    "hidden-text": "hidden-text",
    "hidden-paragraph": "hidden-text",
    "docPartBody": "part",
}
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_DELETED, _INSERTED, _HIDDEN, _CODE = 1, 2, 4, 8
_FLAGS = {
    "del": _DELETED,
    "moveFrom": _DELETED,
    "delText": _DELETED,
    "ins": _INSERTED,
    "moveTo": _INSERTED,
    "instrText": _CODE,
    "delInstrText": _CODE,
    **dict.fromkeys(("posOffset", "align", "pctPosHOffset", "pctPosVOffset", "pctWidth", "pctHeight"), _CODE),
    "fldData": _CODE,
}
_RUN_PROPERTIES = frozenset({"rPr"})
_VANISH = frozenset({"vanish", "specVanish", "webHidden"})
_OFF = frozenset({"0", "false", "off"})
#: Marks of fonts, colours and revisions: long digits that are nobody's.
_MUTE_ELEMENTS = frozenset({"panose1", "sig", "rsid", "rsidRoot", "nsid", "tmpl", "srgbClr", "rgbColor"})
_MUTE_ATTRIBUTES = re.compile(
    r"(?:\{.*\})?(?:panose(?:-1)?|rsid\w*|paraId|textId|rgb|usb\d|csb\d|d|points|path|viewBox|coordsize)"
)
_CSS_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
#: Rows or columns that one cell may claim to cover.
_MAX_SPAN = 200

_Pieces = list[tuple[str, int]]


class Story:
    """Reads one XML or HTML tree into a sink."""

    def __init__(self, sink: Sink, steps: Steps, *, blocks: bool = False) -> None:
        self._sink = sink
        self._steps = steps
        self._blocks = blocks
        self._pieces: _Pieces = []
        self._inside = 0
        self._flags = 0
        self._depth = 0
        self._tables = 0
        self._headings: list[str] = []
        self._values: dict[str, Steps] = {}
        self._take: Callable[[str], None] | None = None

    def read(self, root: Element) -> None:
        """Everything below and in this element. Raises Unreadable where it is too deep, Exhausted."""
        self._walk(root)
        self._flush()
        for value, steps in self._values.items():
            self._sink.add(value, (*steps, ("attribute", "")))
        for node in (*_siblings(root, following=False), *_siblings(root, following=True)):
            self._sink.add(node, (*self._steps, ("comment", "")))

    def _walk(self, element: Element) -> None:
        if not isinstance(element.tag, str):
            self._sink.add(element.text or "", (*self._steps, ("comment", "")))
            return
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise Unreadable("too-deep")
        name = local(element)
        self._note_attributes(element)
        if name in _TABLES and (
            element.find(".//{*}tr") is not None or element.find(".//{*}table-row") is not None
        ):
            with self._aside():
                self._table(element)
        elif name in _ASIDES:
            with self._aside(self._aside_steps(name, element)):
                self._content(element, name)
        elif name in _PARAGRAPHS:
            if self._inside and not self._blocks:
                with self._aside():
                    self._paragraph(element, name)
            else:
                self._flush()
                self._paragraph(element, name)
        elif name in _FLAGS or name in _BREAKS or self._inside:
            self._inline(element, name)
        else:
            self._content(element, name)
        self._depth -= 1

    def _paragraph(self, element: Element, name: str) -> None:
        self._inside += 1
        self._content(element, name)
        self._flush()
        self._inside -= 1

    def _content(self, element: Element, name: str) -> None:
        """Text and children. Outside a paragraph, and at HTML's blocks, each element stands for itself."""
        ends = (self._blocks and name in _BLOCKS) or (not self._inside and not self._blocks)
        if ends:
            self._flush()
            self._headings.append(attribute(element, "name") or name)
        hidden = self._blocks and bool(
            _CSS_HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None
        )
        before, self._flags = self._flags, self._flags | (_HIDDEN if hidden else 0)
        self._children(element)
        if ends:
            self._flush()
            self._headings.pop()
        self._flags = before

    def _children(self, element: Element) -> None:
        if element.text:
            self._pieces.append((element.text, self._flags))
        for child in element:
            self._walk(child)
            if child.tail:
                self._pieces.append((child.tail, self._flags))

    def _inline(self, element: Element, name: str) -> None:
        sign = _BREAKS.get(name)
        if sign is not None:
            self._pieces.append((sign, self._flags))
        elif name == "s" and not self._blocks and element.text is None:
            count = attribute(element, "c")
            self._pieces.append((" " * (min(int(count), 100) if count.isdigit() else 1), self._flags))
        before = self._flags
        self._flags |= _FLAGS.get(name, 0)
        if name == "r" and _vanishes(element):
            self._flags |= _HIDDEN
        if self._blocks:
            self._content(element, name)
        else:
            self._children(element)
        self._flags = before

    def _flush(self) -> None:
        """The text gathered so far is a passage, and once more for each way in which more is there."""
        pieces, self._pieces = self._pieces, []
        if not any(text and not text.isspace() for text, _ in pieces):
            return
        seen = self._joined(pieces, _DELETED | _HIDDEN | _CODE)
        if self._take is not None:
            self._take(seen)
        else:
            self._sink.add(
                seen, self._steps, heading=self._headings[-1] if self._headings and not self._inside else ""
            )
        kinds = 0
        for _, flags in pieces:
            kinds |= flags
        if kinds & _HIDDEN:
            self._sink.add(self._joined(pieces, _DELETED | _CODE), (*self._steps, ("hidden-text", "")))
        if kinds & _DELETED:
            self._sink.add(self._joined(pieces, _INSERTED | _CODE), (*self._steps, ("deleted", "")))
        if kinds & _CODE:
            code = "".join(text for text, flags in pieces if flags & _CODE)
            self._sink.add(code, (*self._steps, ("field-code", "")))

    def _joined(self, pieces: _Pieces, without: int) -> str:
        text = "".join(text for text, flags in pieces if not flags & without)
        return text.strip() if self._blocks else text

    @contextmanager
    def _aside(self, steps: Steps | None = None) -> Iterator[None]:
        """Read something that stands in the middle of a text without being part of it."""
        kept = self._pieces, self._inside, self._flags, self._steps, self._take, self._headings
        self._pieces, self._inside, self._headings = [], 0, []
        if steps is not None:
            self._steps, self._take, self._flags = steps, None, 0
        yield
        self._flush()
        self._pieces, self._inside, self._flags, self._steps, self._take, self._headings = kept

    def _aside_steps(self, name: str, element: Element) -> Steps:
        where = element.get("ref")
        cell = (("cell", where),) if where else ()
        step = (_ASIDES[name], "")
        return (*self._steps, *cell) if step in self._steps else (*self._steps, *cell, step)

    def _note_attributes(self, element: Element) -> None:
        if local(element) in _MUTE_ELEMENTS:
            return
        for key, value in element.items():
            if len(value) > 1 and value not in self._values and not _MUTE_ATTRIBUTES.fullmatch(key):
                shown = plain(value)
                if telling(shown):
                    self._values[value] = self._steps
                    if shown != value:
                        self._values[shown] = self._steps

    def _table(self, table: Element) -> None:
        self._tables += 1
        steps = (*self._steps, ("table", str(self._tables)))
        rows: list[Row] = []
        covered: dict[tuple[int, int], bool] = {}
        for element in self._rows(table):
            rows.append(self._row(element, len(rows) + 1, covered, steps))
        add_table(rows, self._sink, Layout(steps, placed=False))

    def _rows(self, table: Element) -> Iterator[Element]:
        """The rows of this table, not of one inside it; what stands beside them is read at once."""
        for child in table:
            name = local(child)
            if name in _ROWS:
                yield child
            elif name in _CELLS or name in _TABLES or not name:
                self._walk(child)
            else:
                self._note_attributes(child)
                if child.find(".//{*}tr") is None and child.find(".//{*}table-row") is None:
                    self._walk(child)
                else:
                    yield from self._rows(child)

    def _row(self, element: Element, number: int, covered: dict[tuple[int, int], bool], steps: Steps) -> Row:
        row, column = Row(number, []), 1
        self._note_attributes(element)
        for cell in self._cells(element):
            while covered.pop((number, column), False):
                column += 1
            wide, high = _spans(cell)
            text = self._cell(cell, steps)
            if text:
                row.cells.append((column, text))
                if wide > 1:
                    row.spans[column] = column + wide - 1
            for below in range(1, high):
                covered.update({(number + below, column + across): True for across in range(wide)})
            column += _advance(cell, wide)
        return row

    def _cells(self, row: Element) -> Iterator[Element]:
        for child in row:
            name = local(child)
            if name in _CELLS:
                yield child
            elif child.find(".//{*}tc") is not None:
                yield from self._cells(child)
            else:
                self._walk(child)

    def _cell(self, cell: Element, steps: Steps) -> str:
        texts: list[str] = []
        with self._aside():
            self._steps, self._take = steps, texts.append
            self._note_attributes(cell)
            self._inside = 1 if self._blocks else 0
            self._children(cell)
            self._flush()
        return "\n".join(text for text in texts if text)


def _vanishes(run: Element) -> bool:
    """Whether a run of OOXML is formatted as hidden."""
    for properties in run:
        if local(properties) in _RUN_PROPERTIES:
            return any(local(mark) in _VANISH and attribute(mark, "val") not in _OFF for mark in properties)
    return False


def _spans(cell: Element) -> tuple[int, int]:
    """Columns and rows that a cell covers."""
    wide = (
        attribute(cell, "colspan") or attribute(cell, "gridSpan") or attribute(cell, "number-columns-spanned")
    )
    if not wide:
        span = cell.find("{*}tcPr/{*}gridSpan")
        wide = attribute(span, "val") if span is not None else ""
    return _span(wide), _span(attribute(cell, "rowspan"))


def _span(value: str) -> int:
    return max(1, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < 6 else 1


def _advance(cell: Element, wide: int) -> int:
    """Columns to the next cell that is written out: OpenDocument and DrawingML write covered cells too."""
    if local(cell) not in {"td", "th", "tc"}:
        return _span(attribute(cell, "number-columns-repeated"))
    following = cell.getnext()
    covered = following is not None and attribute(following, "hMerge") in {"1", "true"}
    return 1 if covered else wide


def _siblings(root: Element, *, following: bool) -> Iterator[str]:
    """Comments before and after the root."""
    for node in root.itersiblings(preceding=not following):
        if not isinstance(node.tag, str) and node.text:
            yield node.text
