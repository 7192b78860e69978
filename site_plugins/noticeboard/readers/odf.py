"""OpenDocument: sheets cell by cell, texts and presentations as running text, and every other part."""

from __future__ import annotations

from . import images
from .archive import Archive
from .around import read_around
from .family import read_file
from .kinds import PICTURES, ending, sniff
from .markup import Element, attribute, local, tree
from .numbers import plain
from .passage import Steps
from .raw import add_writing, telling
from .sink import File, Sink, Unreadable
from .story import Story
from .tables import Layout, Row, add_table

_MANIFEST = "META-INF/manifest.xml"
_LIBRARIES = frozenset({"script-lb.xml", "script-lc.xml", "dialog-lb.xml", "dialog-lc.xml"})
_PLACES = {"styles.xml": ("master", ""), "meta.xml": ("property", ""), "content.xml": None}
_MUTE = frozenset({"mimetype", "layout-cache"})
_UNSEEN = frozenset({"collapse", "filter"})
#: Times that a repeated cell or row with content is written out.
_MAX_REPEAT = 200


def read(file: File, sink: Sink) -> None:
    """Every part of an OpenDocument file. Raises Unreadable where it is encrypted, Exhausted."""
    archive = Archive(file, sink)
    read_around(archive, file, sink)
    parts = dict(archive.members())
    if _MANIFEST in parts and b"encryption-data" in archive.read(parts[_MANIFEST]):
        raise Unreadable("encrypted")
    if any(_is_macro(name) for name in parts):
        sink.mark("macro", file.steps)
    for name, info in parts.items():
        place = _PLACES.get(name, ("part", name))
        steps = (*file.steps, place) if place else file.steps
        try:
            data = archive.read(info)
            if data[:5].lstrip(b"\xef\xbb\xbf").startswith(b"<"):
                _read_xml(data, sink, steps)
            elif name not in _MUTE and not name.startswith("Thumbnails/"):
                _read_member(File(name, data, (*file.steps, ("member", name)), file.depth + 1), sink)
        except Unreadable as fault:
            sink.mark(fault.reason, steps, fault.found)


def _is_macro(name: str) -> bool:
    folder, _, last = name.rpartition("/")
    return folder.split("/")[0] in {"Basic", "Scripts"} and bool(last) and last not in _LIBRARIES


def _read_member(file: File, sink: Sink) -> None:
    kind = sniff(file.data)
    if kind in PICTURES:
        images.read_embedded(file, kind, sink)
    elif kind in {"unknown", "font"}:
        add_writing(file.data, sink, file.steps)
        if kind == "unknown" and ending(file.name) not in {"ttf", "otf"}:
            sink.mark("unknown-kind", file.steps)
    else:
        sink.spend("members")
        read_file(file, sink)


def _read_xml(data: bytes, sink: Sink, steps: Steps) -> None:
    root = tree(data)
    hidden_styles = {
        attribute(style, "name")
        for style in root.iterfind(".//{*}style")
        if any(attribute(part, "display") == "false" for part in style)
    }
    for sheet in root.findall(".//{*}spreadsheet/{*}table"):
        _read_sheet(sheet, hidden_styles, sink, steps)
    Story(sink, steps).read(root)


def _read_sheet(sheet: Element, hidden_styles: set[str], sink: Sink, steps: Steps) -> None:
    """The cells of a sheet; they are taken out, so that what else stands in it is read as running text."""
    own: Steps = (*steps, ("sheet", attribute(sheet, "name")))
    if attribute(sheet, "style-name") in hidden_styles or attribute(sheet, "display") == "false":
        own = (*own, ("hidden-sheet", ""))
    rows: list[Row] = []
    hidden: set[int] = set()
    number = 1
    for element in list(sheet.iter("{*}table-row")):
        if not _is_own(element, sheet):
            continue
        repeated = _repeat(element, "number-rows-repeated")
        cells, spans = _cells(element)
        for again in range(min(repeated, _MAX_REPEAT) if cells else 0):
            rows.append(Row(number + again, cells, spans))
            if attribute(element, "visibility") in _UNSEEN:
                hidden.add(number + again)
        number += repeated
    add_table(rows, sink, Layout(own, True, frozenset(hidden), _hidden_columns(sheet)))


def _is_own(row: Element, sheet: Element) -> bool:
    """Whether a row belongs to this sheet and not to a table inside one of its cells or drawings."""
    node = row.getparent()
    while node is not None and local(node) != "table":
        node = node.getparent()
    return node is sheet


def _cells(row: Element) -> tuple[list[tuple[int, str]], dict[int, int]]:
    cells: list[tuple[int, str]] = []
    spans: dict[int, int] = {}
    column = 1
    for cell in row:
        if local(cell) not in {"table-cell", "covered-table-cell"}:
            continue
        repeated = _repeat(cell, "number-columns-repeated")
        texts = [text for text in _texts(cell) if text and not text.isspace()]
        for text in texts:
            cells.extend((column + again, text) for again in range(min(repeated, _MAX_REPEAT)))
        wide = _repeat(cell, "number-columns-spanned")
        if texts and wide > 1:
            spans[column] = column + wide - 1
        for paragraph in cell.findall("{*}p"):
            cell.remove(paragraph)
        column += repeated
    return cells, spans


def _texts(cell: Element) -> tuple[str, ...]:
    """As displayed; a number or date as stored too, where the display keeps fewer digits of it."""
    shown = "\n".join("".join(paragraph.itertext()) for paragraph in cell.iterfind("{*}p"))
    kind = attribute(cell, "value-type")
    if kind == "date":
        stored = attribute(cell, "date-value").removesuffix("T00:00:00") or shown
        is_same = _digits(shown) == _digits(stored)
    elif kind == "float":
        stored = plain(attribute(cell, "value"))
        if _digits(stored) in _digits(shown):
            return (shown,)
        is_same = not telling(shown)
    else:
        return (shown,)
    return (stored,) if is_same else (stored, shown)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _hidden_columns(sheet: Element) -> frozenset[int]:
    hidden: set[int] = set()
    number = 1
    for column in sheet.iter("{*}table-column"):
        repeated = _repeat(column, "number-columns-repeated")
        if attribute(column, "visibility") in _UNSEEN:
            hidden.update(range(number, number + min(repeated, 1024)))
        number += repeated
    return frozenset(hidden)


def _repeat(element: Element, name: str) -> int:
    value = attribute(element, name)
    return max(1, int(value)) if value.isdecimal() and len(value) < 8 else 1
