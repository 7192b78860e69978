"""Sanitised HTML as a tree of what has a meaning on paper.

Elements that only divide (`div`, `p`, `details`) become boundaries between their neighbours and `span`
becomes nothing, so that text pasted out of an editor with twenty of them around each word stays flat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements within elements; deeper ones lose their own form and keep their text.
MAX_DEPTH = 20

_VOID = frozenset({"br", "hr", "img", "col"})
_TRANSPARENT = frozenset({"span", "colgroup", "col"})
#: End a line of text and begin another, and have no form of their own.
_DIVIDERS = frozenset({"p", "div", "details"})
_FORMS = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd"}
    | {"figure", "figcaption", "summary", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
)
#: What an empty divider is called in the tree, and the list of footnotes.
BOUNDARY = "boundary"
FOOTNOTES = "footnotes"
BLOCKS = _FORMS | {BOUNDARY, FOOTNOTES}


@dataclass(slots=True)
class Element:
    """`holds_blocks`: an inline element around a whole paragraph, say."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    holds_blocks: bool = False

    @property
    def is_block(self) -> bool:
        """Stands on lines of its own."""
        return self.holds_blocks or self.tag in BLOCKS

    def elements(self) -> Iterator[Element]:
        """All elements within, in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()

    def text(self) -> str:
        """All text within, as written."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self.too_deep: list[str] = []
        self._open: list[tuple[str, Element]] = [("", self.root)]
        self._names: Counter[str] = Counter()
        self._depth = 0
        self._deep_at: Element | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self._open[-1][1]
        attributes = {name: value or "" for name, value in attrs}
        node = parent
        if tag in _DIVIDERS and attributes.get("class") != "footnote":
            self._divide(parent)
        elif tag not in _TRANSPARENT:
            node = self._placed(Element(FOOTNOTES if tag in _DIVIDERS else tag, attributes), parent)
        if tag not in _VOID:
            self._open.append((tag, node))
            self._names[tag] += 1
            self._depth += node is not parent

    def handle_endtag(self, tag: str) -> None:
        if not self._names[tag]:
            return
        while True:
            name, node = self._open.pop()
            self._names[name] -= 1
            parent = self._open[-1][1]
            self._depth -= node is not parent
            if name in _DIVIDERS or (node is parent and name in _FORMS):
                self._divide(parent)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        node = self._open[-1][1]
        if self._deep_at is not None and data.strip():
            self.too_deep.append(data.strip())
            self._deep_at = None
        node.children.append(data)

    def _placed(self, element: Element, parent: Element) -> Element:
        if self._depth >= MAX_DEPTH and element.tag not in _VOID:
            self._deep_at = parent
            if element.tag in BLOCKS:
                self._divide(parent)
            return parent
        parent.children.append(element)
        if element.tag in BLOCKS:
            self._mark()
        return element

    def _divide(self, parent: Element) -> None:
        parent.children.append(Element(BOUNDARY))
        self._mark()

    def _mark(self) -> None:
        for _, node in reversed(self._open):
            if node.holds_blocks:
                return
            node.holds_blocks = True


def tree_of(html: str) -> tuple[Element, list[str]]:
    """The root of the tree, and the first words of each place that is nested too deeply to keep its form."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root, reader.too_deep
