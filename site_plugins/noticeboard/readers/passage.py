"""What a reader finds in a file: pieces of text with their places, and what it could not read."""

from __future__ import annotations

from dataclasses import dataclass

from ..board.problem import Place

#: How one comes to a place inside a file, outermost first: ("sheet", "户表"), ("cell", "D5"),
#: ("hidden-column", ""), ("comment", ""), ("page", "3"), ("member", "名单.xlsx"). The words for
#: the first of each pair stand in `messages/` under `places`.
Steps = tuple[tuple[str, str], ...]


_START = Place()


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """One piece of text that belongs together: a cell, a paragraph, the text of a page or of a file.

    `text` is exactly what stands there. `place` is its first line and column where the file has lines,
    row and column in a sheet, else 1:1. `heading` is the heading of the column it stands in, or the
    label in the cell to its left; `row` is the text of the other cells of its row. It is never printed:
    it may hold what must not be seen.
    """

    text: str
    place: Place = _START
    steps: Steps = ()
    heading: str = ""
    row: str = ""

    def place_of(self, offset: int) -> Place:
        """The line and column of a character of `text`, counted on through its line breaks."""
        before = self.text[:offset]
        lines = before.count("\n")
        column = len(before) - before.rfind("\n")
        return Place(self.place.line + lines, column if lines else self.place.column + len(before))


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a part of one, that holds what no reader can see. `reason` is one of REASONS."""

    reason: str
    steps: Steps = ()
    found: str = ""


#: Why a file could not be read; a person may look at it in the machine's place.
FOR_A_PERSON = frozenset({"encrypted", "broken", "scan", "picture", "unknown-kind", "too-long"})
#: Why a file is refused whatever a person says.
REFUSED = frozenset({"mislabelled", "macro", "unsafe", "too-large", "too-deep"})
REASONS = FOR_A_PERSON | REFUSED


@dataclass(frozen=True, slots=True)
class Opened:
    """All the text of one file, also what nobody sees in it, and what could not be read."""

    passages: tuple[Passage, ...] = ()
    unread: tuple[Unread, ...] = ()
