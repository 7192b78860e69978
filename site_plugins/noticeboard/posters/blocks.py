"""The text of a poster between its title and its end: blocks, made of words, as values fit for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias, TypedDict, final

# Words within a line


class Words(TypedDict):
    """Text as it is read; white space has collapsed."""

    t: Literal["s"]
    v: str


class Styled(TypedDict):
    """Words in a style; `ins` and `u` are underlined, `del` is struck out."""

    t: Literal["b", "i", "u", "del", "ins", "sub", "sup", "mark", "small", "code"]
    c: list[Inline]


class Link(TypedDict):
    """`href` is None for an address that leads nowhere from paper; `shown` is what is printed behind."""

    t: Literal["a"]
    href: str | None
    c: list[Inline]
    shown: str


class Break(TypedDict):
    """The end of a line within a paragraph."""

    t: Literal["br"]


class Picture(TypedDict):
    """`src` is a path within the notices folder; `w` and `h` are CSS pixels where the text says so."""

    t: Literal["img"]
    src: str
    alt: str
    w: int | None
    h: int | None


class Mark(TypedDict):
    """The number of a footnote in the text."""

    t: Literal["ref"]
    n: str


Inline: TypeAlias = Words | Styled | Link | Break | Picture | Mark

# Blocks


class Paragraph(TypedDict):
    """A paragraph, without indents of its own."""

    t: Literal["p"]
    c: list[Inline]


class Heading(TypedDict):
    """A heading of level 2 to 6; the title is level 1."""

    t: Literal["h"]
    l: int  # noqa: E741 - the name in the data
    c: list[Inline]


class Rule(TypedDict):
    """A line across."""

    t: Literal["hr"]


class Bullets(TypedDict):
    """A list; an item may be empty."""

    t: Literal["ul"]
    items: list[list[Block]]


class Numbered(TypedDict):
    """A list with numbers from `start`."""

    t: Literal["ol"]
    start: int
    items: list[list[Block]]


@final
class Term(TypedDict):
    """What is explained."""

    term: list[Inline]


@final
class Meaning(TypedDict):
    """Its explanation."""

    c: list[Block]


class Terms(TypedDict):
    """A list of terms and their meanings."""

    t: Literal["dl"]
    items: list[Term | Meaning]


class Cell(TypedDict):
    """`align` is empty where the text says nothing."""

    c: list[Block]
    colspan: int
    rowspan: int
    align: str
    th: bool


class Table(TypedDict):
    """`head` rows repeat on every page; the cells fill `cols` columns exactly. A row may have none left."""

    t: Literal["table"]
    caption: list[Inline] | None
    cols: int
    head: int
    rows: list[list[Cell]]


class Quote(TypedDict):
    """A quotation."""

    t: Literal["quote"]
    c: list[Block]


class Verbatim(TypedDict):
    """Text whose spaces and lines stand as written."""

    t: Literal["pre"]
    v: str


class Figure(TypedDict):
    """Blocks with a caption below, which may be empty."""

    t: Literal["figure"]
    c: list[Block]
    caption: list[Inline]


class Note(TypedDict):
    """A footnote."""

    n: str
    c: list[Block]


class Notes(TypedDict):
    """The footnotes."""

    t: Literal["notes"]
    items: list[Note]


Block: TypeAlias = (
    Paragraph
    | Heading
    | Rule
    | Bullets
    | Numbered
    | Terms
    | Table
    | Quote
    | Verbatim
    | Picture
    | Figure
    | Notes
)

# Reading back


def plain_text(blocks: Iterable[Block]) -> str:
    """What is read on paper, in order, a line each: neither marks of lists and footnotes nor addresses."""
    return "\n".join(line for block in blocks for line in _block_lines(block) if line)


def _block_lines(block: Block) -> Iterator[str]:
    if block["t"] == "table":
        yield _inlines_text(block["caption"] or [])
        for row in block["rows"]:
            for cell in row:
                yield plain_text(cell["c"])
    elif block["t"] == "dl":
        for entry in block["items"]:
            yield _inlines_text(entry["term"]) if "term" in entry else plain_text(entry["c"])
    elif block["t"] == "notes":
        yield from (plain_text(note["c"]) for note in block["items"])
    elif block["t"] == "ul" or block["t"] == "ol":
        yield from (plain_text(item) for item in block["items"])
    elif block["t"] == "figure":
        yield plain_text(block["c"])
        yield _inlines_text(block["caption"])
    elif block["t"] == "quote":
        yield plain_text(block["c"])
    elif block["t"] == "pre":
        yield block["v"]
    elif block["t"] == "p" or block["t"] == "h":
        yield _inlines_text(block["c"])


def _inlines_text(line: Iterable[Inline]) -> str:
    return "".join(inline_text(part) for part in line)


def inline_text(part: Inline) -> str:
    """The words of a piece of a line, with "\n" for a break."""
    if part["t"] == "s":
        return part["v"]
    if part["t"] == "br":
        return "\n"
    if part["t"] == "img" or part["t"] == "ref":
        return ""
    return _inlines_text(part["c"])


def parts_of(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every block, inline and cell of blocks, from the outside inwards."""
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from parts_of(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from parts_of(inner)
