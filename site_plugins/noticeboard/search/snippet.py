"""The words of a query as they stand in a notice."""

from __future__ import annotations

from dataclasses import dataclass

from .fold import Folded
from .reader import Reader

#: Characters before the first word, and altogether.
BEFORE, LENGTH = 20, 80
#: Stands in the place of a line break.
_BETWEEN = "\u3000"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and whether it is one of the words looked for."""

    text: str
    marked: bool


def marked(line: str, words: tuple[str, ...]) -> list[Piece]:
    """A line in pieces, with the folded words marked."""
    found = (span for word in words for span in Folded.of(line).find(word))
    spans = sorted(found, key=lambda span: (span[0], -span[1]))  # of two that begin together the longer
    pieces, at = [], 0
    for start, end in spans:
        if start >= at:
            pieces += [Piece(line[at:start], False), Piece(line[start:end], True)]
            at = end
    return [piece for piece in (*pieces, Piece(line[at:], False)) if piece.text]


def snippet(reader: Reader, number: int, words: tuple[str, ...]) -> list[Piece]:
    """What stands around the first of the words that a notice or its attachments hold, over lines and cells.

    Empty where none of them stands outside of the headings.
    """
    for unit in (2 * number, 2 * number + 1):
        for word in words:
            held = reader.holding(word).get(unit)
            # Of a common word it is not known where it stands.
            if held is None or (held.first is None and not reader.is_common(word)):
                continue
            _, text = reader.chunk(unit, held.first)
            text = text.rstrip("\n")
            if (at := _place(text, word)) is not None:
                begin = max(at - BEFORE, 0)
                cut = text[begin : begin + LENGTH].replace("\n", _BETWEEN)
                more = "…" if begin + LENGTH < len(text) else ""
                return marked(("…" if begin else "") + cut + more, words)
    return []


def _place(text: str, word: str) -> int | None:
    """Where a folded word stands first within a line of a text."""
    begin = 0
    for line in text.split("\n"):
        if spans := Folded.of(line).find(word):
            return begin + spans[0][0]
        begin += len(line) + 1
    return None
