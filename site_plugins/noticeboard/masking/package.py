"""Office packages: text changed within the XML of their parts, every other part as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from ..readers.archive import member_name
from ..readers.markup import Element, check
from ..readers.package import Package
from ..readers.passage import Passage
from ..readers.sink import File, Sink, Unreadable
from ..readers.story import Story
from .look import Edits, Look, add_edits, applied

#: The first of the characters that stand for places: no sign of any script is among them by then.
_FIRST = 0x10000
_MOST = 0x110000 - _FIRST


def package(name: str, data: bytes) -> Package:
    """The parts of a file. Raises Unreadable, Exhausted."""
    return Package(File(name, data), Sink())


def rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same archive with other bytes for some of its members. Raises Unreadable."""
    if not changed:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        if len(set(old.namelist())) < len(old.namelist()):
            raise Unreadable("broken")
        new.comment = old.comment
        for info in old.infolist():
            content = changed.get(member_name(info))
            new.writestr(copy(info), old.read(info) if content is None else content)
    return out.getvalue()


def parse(data: bytes) -> Element:
    """The root of a part, of any length that a reader takes. Raises Unreadable."""
    check(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise Unreadable("broken") from fault


def serialised(root: Element) -> bytes:
    """The bytes of a part, declared as it was."""
    whole = root.getroottree()
    declared: bytes = etree.tostring(
        whole,
        xml_declaration=True,
        encoding=whole.docinfo.encoding or "UTF-8",
        standalone=whole.docinfo.standalone,
    )
    return declared


@dataclass(frozen=True, slots=True)
class Nodes:
    """Pieces of text in a tree, one after the other: elements, and whether the text behind one is meant."""

    nodes: Sequence[tuple[Element, bool]]

    @classmethod
    def below(cls, root: Element) -> Nodes:
        """Every text within an element."""
        return cls(
            [
                (element, tail)
                for element in root.iter()
                for tail in (False, True)
                if not (tail and element is root)
            ]
        )

    @property
    def texts(self) -> list[str]:
        return [(element.tail if tail else element.text) or "" for element, tail in self.nodes]

    @property
    def begun(self) -> Iterator[tuple[str, int]]:
        """Each piece with the place of its first character among all."""
        texts = self.texts
        return zip(texts, accumulate(map(len, texts), initial=0), strict=False)

    def put(self, texts: Sequence[str]) -> None:
        """Other texts in their place."""
        for (element, tail), before, text in zip(self.nodes, self.texts, texts, strict=True):
            if before != text:
                setattr(element, "tail" if tail else "text", text)

    def apply(self, edits: Edits) -> bool:
        """Change characters, counted from the first of the first piece; whether that made a difference."""
        before = self.texts
        after = [applied(text, edits, start) for text, start in self.begun]
        self.put(after)
        return after != before


def mask_below(root: Element, look: Look) -> bool:
    """Mask the running text and the tables within an element; whether anything changed. Raises Unreadable."""
    found = [(passage.text, look(passage)) for passage in _read(root)]
    if not any(hits for _, hits in found):
        return False
    nodes = Nodes.below(root)
    edits: Edits = {}
    for (text, hits), shadow in zip(found, _read(_shadow(root, nodes)), strict=False):
        if shadow.text != text:  # an attribute casts none
            add_edits(edits, text, hits, _places(shadow.text))
    return nodes.apply(edits)


def masked_part(data: bytes, look: Look) -> bytes | None:
    """A part of running text, masked; None where there is nothing to mask, or nobody can read it."""
    try:
        root = parse(data)
        return serialised(root) if mask_below(root, look) else None
    except Unreadable:  # the reader has named it
        return None


def _shadow(root: Element, nodes: Nodes) -> Element:
    """A tree of the same shape, in which each character is a number: its place among all. Raises Unreadable.

    What a reader joins, leaves out and takes apart of it comes back with places; so how it reads need not be
    known here.
    """
    if sum(map(len, nodes.texts)) > _MOST:
        raise Unreadable("too-long")
    dark = deepcopy(root)
    Nodes.below(dark).put([_dark(text, _FIRST + start) for text, start in nodes.begun])
    return dark


def _dark(text: str, first: int) -> str:
    """A text as places. White space stays, and has none: it decides what is blank."""
    return "".join(char if char.isspace() else chr(place) for place, char in enumerate(text, first))


def _places(shadow: str) -> Callable[[int], int]:
    """Where the characters of a text stand that casts this shadow."""
    return lambda at: ord(shadow[at]) - _FIRST


def _read(root: Element) -> Iterator[Passage]:
    sink = Sink()
    Story(sink, ()).read(root)
    return (Passage(text, heading=heading, row=row) for text, _, _, _, heading, row in sink.records)
