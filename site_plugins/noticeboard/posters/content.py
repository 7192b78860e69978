"""The sanitised text of a notice as blocks to be set: nothing that the allow-list lets through is lost.

What has no form on paper comes back as a `Loss`, for the caller to report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, Literal, TypeAlias
from unicodedata import east_asian_width

from .blocks import Block, Cell, Inline, Meaning, Note, Picture, Table, Term, inline_text, plain_text
from .grid import Span, full
from .markup import FOOTNOTES, Element, tree_of
from .signing import signature_of

__all__ = ["Block", "Inline", "Loss", "blocks_of", "plain_text", "signature_of"]

Nodes: TypeAlias = Sequence[Element | str]
#: Inline elements around what is being read, outermost first.
Around: TypeAlias = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that has no form on paper, with a piece of it to find it by.

    `kind` is one of "picture-missing" and "picture-kind" (the sample is the address), "link" (an address
    of this site for which nothing was said) and "nesting" (too deep; the text stands without its form).
    """

    kind: Literal["picture-missing", "picture-kind", "link", "nesting"]
    sample: str


#: What Typst reads as a picture, of what a browser shows.
PICTURE_KINDS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
#: Addresses that mean something outside of the site.
_ABROAD = ("http://", "https://", "mailto:", "tel:")
_STYLES: Final[dict[str, Literal["b", "i", "u", "del", "ins", "sub", "sup", "mark", "small", "code"]]] = {
    **{"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "s": "del", "del": "del", "ins": "ins"},
    **{"sub": "sub", "sup": "sup", "mark": "mark", "small": "small", "code": "code", "summary": "b"},
}
_SPACES = re.compile(r"[ \t\n\r\f]+")
#: Indents that people write into a paragraph; the layout has its own.
_INDENT = " \t\n\u00a0\u3000"
#: Controls, marks of byte order and what is no character at all: nothing to see, and refused in a PDF.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e007f]"
)


def blocks_of(
    html: str, pictures: Mapping[str, str], links: Mapping[str, str]
) -> tuple[list[Block], list[Loss]]:
    """The blocks of a text, and what of it cannot be set.

    `pictures` leads from addresses in the text to paths within the notices folder, `links` to the words
    that paper says in an address's place, empty where the link's own words say enough.
    """
    root, too_deep = tree_of(html)
    reader = _Reader(
        pictures, links, _numbered_notes(root), [Loss("nesting", text[:40]) for text in too_deep]
    )
    return reader.flow(root.children), reader.losses


def _numbered_notes(root: Element) -> dict[str, str]:
    """The ids of the footnotes, each with its number."""
    lists = [found for found in root.elements() if found.tag == FOOTNOTES]
    notes = [item for found in lists for item in _note_items(found)]
    for number, item in enumerate(notes, 1):
        item.attributes = {**item.attributes, "number": str(number)}
    return {item.attributes["id"]: item.attributes["number"] for item in notes if "id" in item.attributes}


def _note_items(footnotes: Element) -> Iterator[Element]:
    for child in footnotes.children:
        if isinstance(child, Element) and child.tag == "ol":
            yield from (item for item in child.children if isinstance(item, Element) and item.tag == "li")


# Reading


@dataclass(slots=True)
class _Reader:
    pictures: Mapping[str, str]
    links: Mapping[str, str]
    notes: Mapping[str, str]
    losses: list[Loss] = field(default_factory=list)

    def flow(self, nodes: Nodes, around: Around = ()) -> list[Block]:
        """Blocks as they follow each other; text between them becomes paragraphs."""
        blocks: list[Block] = []
        line: list[Element | str] = []
        for node in nodes:
            if isinstance(node, str) or not node.is_block:
                line.append(node)
                continue
            blocks += self._paragraphs(line, around)
            line = []
            read = _BLOCKS.get(node.tag)
            if read is not None:
                blocks += read(self, node, around)
            elif node.tag in _STYLES or node.tag == "a":
                blocks += self.flow(node.children, (*around, node))
            else:
                blocks += self.flow(node.children, around)
        return blocks + self._paragraphs(line, around)

    def _paragraphs(self, nodes: Nodes, around: Around) -> list[Block]:
        line = _trimmed(_Line(self).read(nodes))
        if not line:
            return []
        pictures = [part for part in line if part["t"] == "img"]
        if all(part["t"] == "img" or _is_blank(part) for part in line):
            return [*pictures]
        return [{"t": "p", "c": self._wrapped(line, around)}]

    def _wrapped(self, line: list[Inline], around: Around) -> list[Inline]:
        for element in reversed(around):
            line = self.inline(element, line)
        return line

    def inline(self, element: Element, content: list[Inline]) -> list[Inline]:
        """An inline element with its content; nothing where there is none."""
        if not content:
            return []
        if element.tag == "a":
            return self._link(element, content)
        style = _STYLES.get(element.tag)
        return content if style is None else [{"t": style, "c": content}]

    def _link(self, element: Element, content: list[Inline]) -> list[Inline]:
        address = element.attributes.get("href", "")
        if not address or address.startswith("#"):
            return content
        abroad = address.lower().startswith(_ABROAD)
        shown = self.links.get(address)
        if shown is None:
            shown = address if abroad and not _says(content, address) else ""
            if not abroad:
                self.losses.append(Loss("link", address))
        return [{"t": "a", "href": address if abroad else None, "c": content, "shown": shown}]

    def picture(self, element: Element) -> Picture | None:
        """None, and a loss, where there is no file or Typst cannot read it."""
        address = element.attributes.get("src", "")
        path = self.pictures.get(address)
        if path is None:
            self.losses.append(Loss("picture-missing", address))
            return None
        if PurePosixPath(path).suffix.lower() not in PICTURE_KINDS:
            self.losses.append(Loss("picture-kind", address))
            return None
        width, height = (_number(element.attributes.get(name)) for name in ("width", "height"))
        alt = _SPACES.sub(" ", element.attributes.get("alt", "")).strip()
        return {"t": "img", "src": path, "alt": alt, "w": width, "h": height}

    def lines(self, element: Element, around: Around) -> tuple[list[Inline], list[Block]]:
        """An element that holds words: its paragraphs as lines of one, and blocks of other kinds."""
        words: list[Inline] = []
        others: list[Block] = []
        for block in self.flow(element.children, around):
            if block["t"] == "p" and not others:
                words += [{"t": "br"}, *block["c"]] if words else block["c"]
            else:
                others.append(block)
        return words, others


@dataclass(slots=True)
class _Line:
    """White space collapses as in a browser: over elements, to nothing at a line's ends.

    Where Chinese text goes on in the next line of the source there was no space at all.
    """

    reader: _Reader
    #: The last character of the line so far, empty at its beginning.
    last: str = ""
    #: White space that stands before the next word, if one comes.
    pending: str = ""
    verbatim: bool = False

    def read(self, nodes: Nodes) -> list[Inline]:
        line: list[Inline] = []
        for node in nodes:
            for part in self._text(node) if isinstance(node, str) else self._element(node):
                before = line[-1] if line else None
                if part["t"] == "s" and before is not None and before["t"] == "s":
                    line[-1] = {"t": "s", "v": before["v"] + part["v"]}
                else:
                    line.append(part)
        return line

    def _text(self, text: str) -> list[Inline]:
        text = _UNPRINTABLE.sub("", text)
        if self.verbatim:
            return _lines_kept(text)
        words = ""
        for number, piece in enumerate(_SPACES.split(text)):
            if number:
                self.pending += "\n" if "\n" in text else " "
            if piece:
                words += self._gap(piece[0]) + piece
                self.last, self.pending = piece[-1], ""
        return [{"t": "s", "v": words}] if words else []

    def _gap(self, following: str) -> str:
        if not self.pending or not self.last:
            return ""
        return "" if "\n" in self.pending and _is_wide(self.last) and _is_wide(following) else " "

    def _element(self, element: Element) -> list[Inline]:
        if element.tag == "br":
            self.last = self.pending = ""
            return [{"t": "br"}]
        if element.tag == "img":
            picture = self.reader.picture(element)
            return [] if picture is None else [*self._spaced("\ufffc"), picture]
        if element.attributes.get("class") == "footnote-backref":
            return []
        note = self._note(element)
        if note is not None:
            return [{"t": "ref", "n": note}]
        return self.reader.inline(element, self.read(element.children))

    def _spaced(self, following: str) -> list[Inline]:
        gap = self._gap(following)
        self.last, self.pending = following, ""
        return [{"t": "s", "v": gap}] if gap else []

    def _note(self, element: Element) -> str | None:
        """The number of the footnote that a mark leads to."""
        if element.tag != "sup" or not element.attributes.get("id", "").startswith("fnref"):
            return None
        targets = (inner.attributes.get("href", "") for inner in element.elements() if inner.tag == "a")
        return next((self.reader.notes[name[1:]] for name in targets if name[1:] in self.reader.notes), None)


def _lines_kept(text: str) -> list[Inline]:
    """Text whose line breaks and runs of spaces stand as written."""
    line: list[Inline] = []
    for number, piece in enumerate(text.split("\n")):
        if number:
            line.append({"t": "br"})
        if piece:
            line.append({"t": "s", "v": re.sub(" (?= )|^ ", "\u00a0", piece.replace("\t", "    "))})
    return line


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def _is_blank(part: Inline) -> bool:
    return part["t"] == "br" or (part["t"] == "s" and not part["v"].strip(_INDENT))


def _trimmed(line: list[Inline]) -> list[Inline]:
    """Without breaks, spaces and hand-made indents at its ends."""
    first = next((at for at, part in enumerate(line) if not _is_blank(part)), len(line))
    last = next((at for at in range(len(line) - 1, -1, -1) if not _is_blank(line[at])), -1)
    kept = line[first : last + 1]
    if kept and (head := kept[0])["t"] == "s":
        kept[0] = {"t": "s", "v": head["v"].lstrip(_INDENT)}
    if kept and (tail := kept[-1])["t"] == "s":
        kept[-1] = {"t": "s", "v": tail["v"].rstrip(_INDENT)}
    return kept


def _says(content: Iterable[Inline], address: str) -> bool:
    """The words of a link are its address already."""
    words = "".join(inline_text(part) for part in content)
    bare = re.sub(r"^(?:https?://|mailto:|tel:)", "", address).rstrip("/")
    return bare in words


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() else None


# Blocks, each kind with its reader


def _heading(reader: _Reader, element: Element, around: Around) -> list[Block]:
    level = min(max(int(element.tag[1]), 2), 6)
    return [
        {"t": "h", "l": level, "c": block["c"]} if block["t"] == "p" else block
        for block in reader.flow(element.children, around)
    ]


def _rule(_reader: _Reader, _element: Element, _around: Around) -> list[Block]:
    return [{"t": "hr"}]


def _items(reader: _Reader, element: Element, around: Around) -> list[list[Block]]:
    """The items of a list; a list right within it belongs to the item before."""
    items: list[list[Block]] = []
    loose: list[Element | str] = []

    def put_loose() -> None:
        blocks = reader.flow(loose, around)
        loose.clear()
        while blocks and items and blocks[0]["t"] in {"ul", "ol"}:
            items[-1].append(blocks.pop(0))
        if blocks:
            items.append(blocks)

    for child in element.children:
        if isinstance(child, Element) and child.tag == "li":
            put_loose()
            items.append(reader.flow(child.children, around))
        else:
            loose.append(child)
    put_loose()
    return items


def _bullets(reader: _Reader, element: Element, around: Around) -> list[Block]:
    items = _items(reader, element, around)
    return [{"t": "ul", "items": items}] if items else []


def _numbered(reader: _Reader, element: Element, around: Around) -> list[Block]:
    items = _items(reader, element, around)
    start = _number(element.attributes.get("start"))
    return [{"t": "ol", "start": 1 if start is None else start, "items": items}] if items else []


def _stray_item(reader: _Reader, element: Element, around: Around) -> list[Block]:
    return [{"t": "ul", "items": [reader.flow(element.children, around)]}]


def _terms(reader: _Reader, element: Element, around: Around) -> list[Block]:
    items: list[Term | Meaning] = []
    loose: list[Element | str] = []

    def put_loose() -> None:
        blocks = reader.flow(loose, around)
        loose.clear()
        if blocks:
            items.append({"c": blocks})

    for child in element.children:
        if isinstance(child, Element) and child.tag in {"dt", "dd"}:
            put_loose()
            items.extend(_term(reader, child, around))
        else:
            loose.append(child)
    put_loose()
    return [{"t": "dl", "items": items}] if items else []


def _term(reader: _Reader, element: Element, around: Around) -> list[Term | Meaning]:
    if element.tag == "dd":
        return [{"c": reader.flow(element.children, around)}]
    words, others = reader.lines(element, around)
    items: list[Term | Meaning] = []
    if words:
        items.append({"term": words})
    if others:
        items.append({"c": others})
    return items


def _stray_term(reader: _Reader, element: Element, around: Around) -> list[Block]:
    items = _term(reader, element, around)
    return [{"t": "dl", "items": items}] if items else []


def _quote(reader: _Reader, element: Element, around: Around) -> list[Block]:
    blocks = reader.flow(element.children, around)
    return [{"t": "quote", "c": blocks}] if blocks else []


def _verbatim(reader: _Reader, element: Element, around: Around) -> list[Block]:
    """Text as written where it is nothing but text; with styles or blocks in it, lines of a paragraph."""
    inner = {found.tag for found in element.elements()}
    if inner <= {"code", "br"} and not around:
        text = _UNPRINTABLE.sub("", "".join(_verbatim_text(element))).strip("\n")
        return [{"t": "pre", "v": text}] if text.strip() else []
    if element.holds_blocks and any(found.is_block for found in element.elements()):
        return reader.flow(element.children, around)
    line = _trimmed(_Line(reader, verbatim=True).read(element.children))
    for outer in reversed(around):
        line = reader.inline(outer, line)
    return [{"t": "p", "c": line}] if line else []


def _verbatim_text(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from ("\n",) if child.tag == "br" else _verbatim_text(child)


def _figure(reader: _Reader, element: Element, around: Around) -> list[Block]:
    """A caption that stands first stays first, as a paragraph: captions are set below."""
    blocks: list[Block] = []
    captions: list[Inline] = []
    pending: list[Element | str] = []
    for child in element.children:
        if not (isinstance(child, Element) and child.tag == "figcaption"):
            pending.append(child)
            continue
        blocks += _with_caption_set(captions, reader.flow(pending, around))
        pending, captions = [], []
        words, others = reader.lines(child, around)
        captions = words
        if others or not blocks:
            blocks += _with_caption_set(captions, others)
            captions = []
    rest = reader.flow(pending, around)
    if rest:
        blocks += _with_caption_set(captions, rest)
        captions = []
    return [{"t": "figure", "c": blocks, "caption": captions}] if blocks or captions else []


def _with_caption_set(caption: list[Inline], blocks: list[Block]) -> list[Block]:
    """Blocks below a caption that turned out not to be the last thing of its figure."""
    return [{"t": "p", "c": caption}, *blocks] if caption else blocks


def _summary(reader: _Reader, element: Element, around: Around) -> list[Block]:
    return reader.flow(element.children, (*around, Element("b")))


def _footnotes(reader: _Reader, element: Element, around: Around) -> list[Block]:
    blocks: list[Block] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "ol":
            notes: list[Note] = [
                {"n": item.attributes.get("number", ""), "c": reader.flow(item.children, around)}
                for item in child.children
                if isinstance(item, Element) and item.tag == "li"
            ]
            loose = [part for part in child.children if not (isinstance(part, Element) and part.tag == "li")]
            blocks += reader.flow(loose, around)
            if notes:
                blocks.append({"t": "notes", "items": notes})
        elif not (isinstance(child, Element) and child.tag == "hr"):
            blocks += reader.flow([child], around)
    return blocks


# Tables


def _table(reader: _Reader, element: Element, around: Around) -> list[Block]:
    parts = _parts(element)
    caption: list[Inline] = []
    before: list[Block] = []
    for found in parts.captions:
        words, others = reader.lines(found, around)
        caption += [{"t": "br"}, *words] if caption and words else words
        before += others
    cols, groups = full([[_spans(row) for row in rows] for rows in (parts.head, *parts.bodies, parts.foot)])
    if not cols:
        alone: list[Block] = [{"t": "p", "c": caption}] if caption else []
        return before + alone
    rows = [[[_cell(reader, span, around) for span in row] for row in group] for group in groups]
    head = _without_blank(rows[0])
    body = [row for group in rows[1:] for row in group]
    repeated = len(head) if head else _leading_headers(body)
    table: Table = {
        "t": "table",
        "caption": caption or None,
        "cols": cols,
        "head": repeated,
        "rows": [*head, *body],
    }
    return [*before, table]


@dataclass(slots=True)
class _Parts:
    """Rows in the order in which a browser shows them: the first `thead` on top, the first `tfoot` last."""

    captions: list[Element] = field(default_factory=list)
    head: list[Element] = field(default_factory=list)
    bodies: list[list[Element]] = field(default_factory=list)
    foot: list[Element] = field(default_factory=list)


def _parts(table: Element) -> _Parts:
    parts = _Parts()
    rows: list[Element] = []  # that stand in the table itself
    for child in table.children:
        tag = child.tag if isinstance(child, Element) else ""
        if isinstance(child, Element) and tag == "caption":
            parts.captions.append(child)
        elif isinstance(child, Element) and tag in {"thead", "tbody", "tfoot"}:
            if rows:
                parts.bodies.append(rows)
                rows = []
            within = _rows(child)
            if tag == "thead" and not parts.head:
                parts.head = within
            elif tag == "tfoot" and not parts.foot:
                parts.foot = within
            else:
                parts.bodies.append(within)
        else:
            rows += _rows(Element("tbody", children=[child]))
    parts.bodies.append(rows)
    return parts


def _rows(group: Element) -> list[Element]:
    """The rows of a group; what stands between them becomes a row across the table."""
    rows: list[Element] = []
    for child in group.children:
        if isinstance(child, Element) and child.tag == "tr":
            rows.append(child)
        elif isinstance(child, Element) and child.tag in {"td", "th"}:
            rows.append(Element("tr", children=[child]))
        elif child.text().strip() if isinstance(child, Element) else child.strip():
            cell = Element("td", {"colspan": "9999"}, [child], _has_blocks(child))
            rows.append(Element("tr", children=[cell]))
    return rows


def _has_blocks(node: Element | str) -> bool:
    return isinstance(node, Element) and node.is_block


def _spans(row: Element) -> list[Span[Element]]:
    cells: list[Span[Element]] = []
    for child in row.children:
        if isinstance(child, Element) and child.tag in {"td", "th"}:
            columns, rows = (_number(child.attributes.get(name)) or 1 for name in ("colspan", "rowspan"))
            cells.append(Span(child, columns, rows))
        elif child.text().strip() if isinstance(child, Element) else child.strip():
            cells.append(Span(Element("td", children=[child], holds_blocks=_has_blocks(child))))
    return cells


def _cell(reader: _Reader, span: Span[Element], around: Around) -> Cell:
    element = span.cell or Element("td")
    return {
        "c": reader.flow(element.children, around),
        "colspan": span.columns,
        "rowspan": span.rows,
        "align": element.attributes.get("align", ""),
        "th": element.tag == "th",
    }


def _without_blank(head: list[list[Cell]]) -> list[list[Cell]]:
    """Markdown has no table without a header row, so people leave it blank; nobody wants it repeated."""
    blank = all(not cell["c"] for row in head for cell in row)
    return [] if blank else head


def _leading_headers(rows: list[list[Cell]]) -> int:
    """How many rows on top are all header cells, where no `thead` says so; none reaches into the body."""
    reach, count = 0, 0
    for number, row in enumerate(rows[:-1], 1):
        if not row or not all(cell["th"] for cell in row):
            break
        reach = max([reach, *(number - 1 + cell["rowspan"] for cell in row)])
        if reach <= number:
            count = number
    return count


_BLOCKS: dict[str, Callable[[_Reader, Element, Around], list[Block]]] = {
    **{f"h{level}": _heading for level in range(1, 7)},
    **{"hr": _rule, "ul": _bullets, "ol": _numbered, "li": _stray_item},
    **{"dl": _terms, "dt": _stray_term, "dd": _stray_term, "blockquote": _quote, "pre": _verbatim},
    **{"figure": _figure, "summary": _summary, FOOTNOTES: _footnotes, "table": _table},
}
