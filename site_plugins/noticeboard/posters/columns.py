"""How wide the columns of a table want to be, counted in ems before anything is set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from .lines import BREAK, JOINER, text_of

#: Room left and right of a cell's text together, in ems; the same in poster.typ.
GUTTER: Final = 0.56
#: A cell of so many ems stays in one line where anything does, and a longer one has at least so many.
_WHOLE: Final = 6.3
_NARROWEST: Final = 6.0
#: Rows that a header may have.
_MOST_HEAD: Final = 6
#: As much of a long cell as should go into a line, for the sake of which a table's type gets smaller.
_EASY: Final = 8.5
#: Columns no wider than this are centred.
_SHORT: Final = 9.0
#: What stays in one piece: numbers, amounts, dates, masked numbers.
_PIECE = re.compile(
    r"[0-9]+年(?:[0-9]+月(?:[0-9]+日)?)?|[0-9]+月[0-9]+日|[!-~¥￥]+(?:[万亿]?元|[亩户人岁个月日％℃㎡]|平方米|公里)?"
)
#: Where Typst sets Han apart from Latin.
_GAP = re.compile(r"(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])")


#: Blocks and inlines in which no table stands; most parts of a text are such.
_NO_TABLES: Final = frozenset({"p", "h", "s", "pre", "img", "hr"})


def tables(value: Any) -> Iterable[dict[str, Any]]:
    """All tables of blocks, those within tables too."""
    if isinstance(value, dict):
        if value.get("t") == "table":
            yield value
        if value.get("t") not in _NO_TABLES:
            for inner in value.values():
                yield from tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tables(inner)


def needed(table: Mapping[str, Any]) -> float:
    """The least width of a measured table in ems of its type."""
    return float(sum(table["least"]) + GUTTER * table["cols"])


def measured(table: Mapping[str, Any]) -> dict[str, Any]:
    """What a table needs besides for being set.

    That is `least`, `easy` and `natural`, the widths of its columns with many lines, few and one; and for
    each cell its place `x` and `y`, how wide (`em`) and how many `lines` it is, and how it is aligned.
    """
    rows = _placed(table["rows"])
    count = table["cols"]
    head = _head(rows, table["head"])
    cells = [cell for row in rows for cell in row]
    least, natural, body = [0.6] * count, [0.6] * count, [0.0] * count
    for cell in sorted(cells, key=lambda one: int(one["colspan"])):
        at, span = cell["x"], cell["colspan"]
        heading = cell["th"] or cell["y"] < head
        text = text_of(cell["c"]).strip("\n")
        wants = _wants(text, heading)
        for widths, want in zip((least, natural), wants, strict=True):
            missing = want - sum(widths[at : at + span]) - GUTTER * (span - 1)
            if missing > 0:
                widths[at : at + span] = [width + missing / span for width in widths[at : at + span]]
        if span == 1 and not heading:
            body[at] = max(body[at], 0.0 if _PIECE.fullmatch(text) else wants[1])
        cell["em"] = _em(text)
        cell["lines"] = text.count("\n") + 1
    sums = _sums(cells, head)
    for cell in cells:
        short = cell["y"] < head or max(body[cell["x"] : cell["x"] + cell["colspan"]]) <= _SHORT
        usual = "right" if cell["x"] in sums and cell["y"] >= head else "center" if short else "left"
        cell["align"] = cell["align"] or usual
    easy = [max(one, min(wish, _EASY)) for one, wish in zip(least, natural, strict=True)]
    return {"rows": rows, "head": head, "least": least, "natural": natural, "easy": easy}


#: Amounts and areas; whole numbers of up to three figures are as often counts, numbers of rows and ages.
_SUM = re.compile(r"[-−]?[¥￥]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[元%％]?")


def _sums(cells: Sequence[Mapping[str, Any]], head: int) -> frozenset[int]:
    """The columns that hold nothing but amounts, with a point or a comma in one of them at least."""
    columns: dict[int, list[str]] = {}
    for cell in cells:
        if cell["y"] >= head and cell["colspan"] == 1 and (text := text_of(cell["c"]).strip()):
            columns.setdefault(cell["x"], []).append(text.replace(JOINER, ""))
    return frozenset(
        at
        for at, texts in columns.items()
        if all(map(_SUM.fullmatch, texts)) and any(set(text) & set(".,") for text in texts)
    )


@lru_cache(maxsize=4096)
def _em(text: str) -> float:
    """The width of a line of text in ems, rather too wide than too narrow."""
    return sum(map(_character, text)) + 0.25 * len(_GAP.findall(text))


def _character(one: str) -> float:
    if one >= "\u2e80" or one in "—…“”‘’·×①②③④⑤⑥⑦⑧⑨⑩":
        return 1.0
    if one in (JOINER, BREAK):
        return 0.0
    if one.isupper() or one in "mw%@&":
        return 0.8
    return 0.35 if one in " .,:;!'|()[]" else 0.58


@lru_cache(maxsize=4096)
def _wants(text: str, heading: bool) -> tuple[float, float]:
    """How wide a cell must be at least, and how wide it is in one line, in ems."""
    lines = [line for line in text.split("\n") if line]
    natural = max(map(_em, lines), default=0.6) + 0.15
    piece = max((_em(found[0]) for line in lines for found in _PIECE.finditer(line)), default=0.0)
    if heading:
        least = natural if natural < 2.5 else max(2.15, natural / 2 if natural < 8 else natural / 3)
    else:
        least = natural if natural <= _WHOLE else _NARROWEST
    return min(natural, max(least, piece + 0.15)), natural


def _placed(rows: Sequence[Sequence[Mapping[str, Any]]]) -> list[list[dict[str, Any]]]:
    """The cells with their column `x` and row `y`: cells that reach down push those below to the right."""
    taken: set[tuple[int, int]] = set()
    placed: list[list[dict[str, Any]]] = []
    for y, row in enumerate(rows):
        line: list[dict[str, Any]] = []
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            line.append({**cell, "x": x, "y": y})
            across, down = cell["colspan"], cell["rowspan"]
            taken |= {(x + dx, y + dy) for dx in range(across) for dy in range(1, down)}
            x += across
        placed.append(line)
    return placed


def _head(placed: Sequence[Sequence[Mapping[str, Any]]], head: int) -> int:
    """The rows of the header, with those that its merged cells reach into."""
    at = 0
    while at < min(head, len(placed)):
        head = max([head, *(cell["y"] + cell["rowspan"] for cell in placed[at])])
        at += 1
    # So many rows at the top of each page would leave no room for the others.
    return min(head, len(placed)) if head <= _MOST_HEAD else 0
