"""Workbooks: cells by their place, whatever holds their text, and everything that stands around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from ..readers.markup import Element, attribute, local, stream, tree
from ..readers.package import Package
from ..readers.passage import Passage
from ..readers.tables import column_name, column_number
from .look import Edits, Hits, Look, Seen, add_edits, masked_whole
from .package import Nodes, mask_below, masked_part, package, parse, rewritten, serialised

#: Parts of running text. What the program itself takes apart (names, pivots, links) is left to people.
_TEXTS = re.compile(
    r"xl/(?:comments|threadedComments/|(?:drawings|charts|diagrams)/(?!_rels/)).*\.(?:xml|vml)|docProps/.*\.xml"
)
_OF_A_CELL = frozenset({"sheet", "hidden-sheet", "cell", "hidden-row", "hidden-column"})
_OF_A_FORMULA = frozenset({"sheet", "hidden-sheet", "formula"})
_REFERENCE = re.compile(r"[A-Za-z]{1,3}\$?[1-9]")


@dataclass(frozen=True, slots=True, repr=False)
class _Found:
    """What was found in one cell: its text as the reader has it."""

    text: str
    hits: Hits

    @property
    def masked(self) -> str:
        """What shall stand there instead."""
        return masked_whole(self.text, self.hits)


#: Cells of one sheet by their references.
_Cells = dict[str, _Found]


def masked_workbook(name: str, data: bytes, seen: Seen, look: Look) -> bytes:
    """The same workbook, masked where `seen` found something. Raises Unreadable, Exhausted."""
    book = _Workbook(lambda: package(name, data), look)
    book.mask_cells(seen)
    book.mask_strings()
    book.mask_texts()
    return rewritten(data, {path: serialised(root) for path, root in book.changed.items()} | book.parts)


@dataclass(slots=True)
class _Strings:
    """The shared strings, the cells that want another one, and how often each is used."""

    path: str
    root: Element
    items: list[Element]
    #: number of a string → masked text → the values of the cells that want it so, with what was found
    wanted: dict[int, dict[str, list[Element]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    found: dict[tuple[int, str], _Found] = field(default_factory=dict)

    def text(self, number: int) -> str:
        """A string as the reader has it."""
        return "".join(self._nodes(number).texts)

    def _nodes(self, number: int) -> Nodes:
        return _shown_nodes(self.items[number])

    def ask(self, value: Element, number: int, found: _Found) -> None:
        """A cell shall show a string masked."""
        self.wanted[number][found.masked].append(value)
        self.found[number, found.masked] = found

    def settle(self, uses: Counter[int]) -> bool:
        """Mask a string where it stands if all its cells want it so; else give them one of their own."""
        for number, ways in self.wanted.items():
            left = uses[number]
            for masked, values in ways.items():
                found = self.found[number, masked]
                if len(values) == left:
                    _mask_nodes(self.items[number], found)
                else:
                    self._split(number, found, values)
                    left -= len(values)
        return bool(self.wanted)

    def _split(self, number: int, found: _Found, values: list[Element]) -> None:
        own = deepcopy(self.items[number])
        self.root.append(own)
        _mask_nodes(own, found)
        for value in values:
            value.text = str(len(self.items))
        self.items.append(own)
        if self.root.get("uniqueCount", "").isdecimal():
            self.root.set("uniqueCount", str(len(self.items)))


class _Workbook:
    """One workbook while it is being masked: `changed` trees and other `parts` by path."""

    def __init__(self, opened: Callable[[], Package], look: Look) -> None:
        self.changed: dict[str, Element] = {}
        self.parts: dict[str, bytes] = {}
        self._opened = opened
        self._package = parts = opened()
        self._look = look
        links = parts.links(parts.main)
        self._sheets = {
            attribute(sheet, "name"): path
            for sheet in tree(parts.data(parts.main)).iterfind("{*}sheets/{*}sheet")
            for kind, path in (links.get(attribute(sheet, "id"), ("", "")),)
            if kind == "worksheet" and path in parts.parts
        }
        self._strings = self._read_strings(links)

    def _read_strings(self, links: dict[str, tuple[str, str]]) -> _Strings | None:
        path = next((path for kind, path in links.values() if kind == "sharedStrings"), "")
        if path not in self._package.parts:
            return None
        root = parse(self._package.data(path))
        return _Strings(path, root, root.findall("{*}si"))

    def mask_cells(self, seen: Seen) -> None:
        """Cells, formulas, and the headers and footers of every sheet."""
        cells: dict[str, _Cells] = defaultdict(dict)
        formulas: dict[str, _Cells] = defaultdict(dict)
        for passage, hits in seen:
            steps, found = dict(passage.steps), _Found(passage.text, hits)
            if found.masked == found.text:
                continue
            if steps.keys() <= _OF_A_CELL and "cell" in steps:
                cells[steps["sheet"]][steps["cell"]] = found
            elif steps.keys() <= _OF_A_FORMULA and "formula" in steps:
                reference = f"{column_name(passage.place.column)}{passage.place.line}"
                formulas[steps["sheet"]][reference] = found
        for name, path in self._sheets.items():
            self._mask_sheet(path, cells.get(name, {}), formulas.get(name, {}))

    def _mask_sheet(self, path: str, cells: _Cells, formulas: _Cells) -> None:
        data = self._package.data(path)
        if not cells and not formulas and b"headerFooter" not in data:
            return
        root = parse(data)
        changed = bool(cells or formulas)
        for reference, cell in _cells(root):
            if (found := cells.get(reference)) is not None:
                self._mask_cell(cell, found)
            if (found := formulas.get(reference)) is not None:
                _replace_formula(cell, found.masked if _in_quotes(found) else _quoted(found.masked))
        for element in root.iterfind("{*}headerFooter"):
            changed = mask_below(element, self._look) or changed
        if changed:
            self.changed[path] = root

    def _mask_cell(self, cell: Element, found: _Found) -> None:
        kind, value = cell.get("t", "n"), cell.find("{*}v")
        if kind == "s" and value is not None and self._strings is not None:
            number = int(value.text) if (value.text or "").strip().isdecimal() else -1
            if 0 <= number < len(self._strings.items) and self._strings.text(number) == found.text:
                self._strings.ask(value, number, found)
        elif (item := cell.find("{*}is")) is not None:
            _mask_nodes(item, found)
        elif value is not None and cell.find("{*}f") is not None:
            self._mask_result(cell, value, found)
        else:
            _as_text(cell, found.masked)

    def _mask_result(self, cell: Element, value: Element, found: _Found) -> None:
        """What a formula gave. One that refers to no cell makes it of itself and would give it again."""
        cell.set("t", "str")
        value.text = found.masked
        if not _REFERENCE.search(cell.findtext("{*}f") or ""):
            _replace_formula(cell, _quoted(found.masked))

    def mask_strings(self) -> None:
        """Shared strings that cells want masked, and those that no cell shows any more."""
        strings = self._strings
        if strings is None:
            return
        uses = self._uses()
        changed = strings.settle(uses)
        for number, item in enumerate(strings.items):
            if number not in uses and number not in strings.wanted:
                text = strings.text(number)
                found = _Found(text, self._look(Passage(text)))
                if found.masked != text:
                    _mask_nodes(item, found)
                    changed = True
        if changed:
            self.changed[strings.path] = strings.root

    def _uses(self) -> Counter[int]:
        """How often each shared string was used before anything was masked."""
        uses: Counter[int] = Counter()
        again = self._opened()  # each reading of the parts has limits of its own
        for path in self._sheets.values():
            for cell in stream(again.data(path), "c"):
                if local(cell) == "c" and cell.get("t") == "s":
                    number = (cell.findtext("{*}v") or "").strip()
                    uses.update([int(number)] if number.isdecimal() else [])
        return uses

    def mask_texts(self) -> None:
        """Comments, drawings, charts and properties."""
        for path in filter(_TEXTS.fullmatch, self._package.parts):
            masked = masked_part(self._package.data(path), self._look)
            if masked is not None:
                self.parts[path] = masked


def _cells(sheet: Element) -> Iterator[tuple[str, Element]]:
    """The cells of a sheet with their references, which need not be written out."""
    number = 0
    for row in sheet.iterfind("{*}sheetData/{*}row"):
        given = row.get("r", "")
        number = int(given) if given.isdecimal() else number + 1
        column = 0
        for cell in row.iterfind("{*}c"):
            column = column_number(cell.get("r", "").rstrip("0123456789")) or column + 1
            yield f"{column_name(column)}{number}", cell


def _shown_nodes(item: Element) -> Nodes:
    """The texts of a string that are shown: those of its runs, not how they are read out."""
    return Nodes([(element, False) for element in item.iter("{*}t") if not _is_reading(element)])


def _is_reading(element: Element) -> bool:
    return any(local(parent) == "rPh" for parent in element.iterancestors())


def _mask_nodes(item: Element, found: _Found) -> None:
    """Mask the text of a shared or inline string run by run. How it is read out would tell it again."""
    edits: Edits = {}
    add_edits(edits, found.text, found.hits, lambda at: at)
    for reading in item.findall("{*}rPh"):
        item.remove(reading)
    _shown_nodes(item).apply(edits)


def _as_text(cell: Element, text: str) -> None:
    """A number becomes a text in its cell, with the style that the cell has."""
    namespace = etree.QName(cell).namespace
    for value in cell.findall("{*}v"):
        cell.remove(value)
    cell.set("t", "inlineStr")
    item = etree.SubElement(cell, etree.QName(namespace, "is"))
    etree.SubElement(item, etree.QName(namespace, "t")).text = text


def _in_quotes(formula: _Found) -> bool:
    """Whether what was found in a formula stands in texts of it; asterisks elsewhere would multiply."""
    return all(formula.text.count('"', 0, hit.start) % 2 for hit in formula.hits)


def _quoted(text: str) -> str:
    """A formula that gives a text."""
    return '"' + text.replace('"', '""') + '"'


def _replace_formula(cell: Element, formula: str) -> None:
    """Another formula, unless others in the sheet are made of this one."""
    own = cell.find("{*}f")
    if own is not None and not own.get("t"):
        own.text = formula
