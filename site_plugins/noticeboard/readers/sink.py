"""Where readers put what they find, within the limits of one file."""

from __future__ import annotations

from dataclasses import dataclass

from ..board.problem import Place
from .limits import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_HEADING,
    MAX_MEMBERS,
    MAX_PAGES,
    MAX_PASSAGES,
    MAX_UNPACKED,
)
from .passage import Passage, Steps, Unread

#: A passage as it travels between processes: text, line, column, steps, heading, row.
Record = tuple[str, int, int, Steps, str, str]
#: Why something was not read, as it travels: reason, steps, found.
Mark = tuple[str, Steps, str]


class Unreadable(Exception):
    """This file, or this part of one, cannot be read; its neighbours may be."""

    def __init__(self, reason: str, found: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.found = found


class Exhausted(Exception):
    """A limit for the whole file is reached; nothing more of it is read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """The bytes to read: a file, or a member of one. `depth` is how many files it lies in."""

    name: str
    data: bytes
    steps: Steps = ()
    depth: int = 0


class Sink:
    """Takes passages and marks of one file, and counts."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.marks: list[Mark] = []
        self._repeated: dict[str, tuple[int, int]] = {}
        self._left = {
            "characters": MAX_CHARACTERS,
            "unpacked": MAX_UNPACKED,
            "members": MAX_MEMBERS,
            "cells": MAX_CELLS,
            "pages": MAX_PAGES,
        }

    def add(
        self,
        text: str,
        steps: Steps = (),
        place: tuple[int, int] = (1, 1),
        heading: str = "",
        row: str = "",
    ) -> None:
        """One passage, no blank one. Raises Exhausted, after as much of it as there is room for."""
        if not text or text.isspace():
            return
        if len(self.records) >= MAX_PASSAGES:
            raise Exhausted("too-long")
        self.records.append((text[: self.left("characters")], *place, steps, heading[:MAX_HEADING], row))
        self.spend("characters", len(text))

    def mark(self, reason: str, steps: Steps = (), found: str = "") -> None:
        """Something that could not be read."""
        mark = (reason, steps, found)
        if mark not in self.marks[-20:] and len(self.marks) < MAX_MEMBERS:
            self.marks.append(mark)

    def count(self, reason: str, steps: Steps) -> None:
        """One of many alike, such as pictures: the first is marked, with how many there are as `found`."""
        place, number = self._repeated.get(reason, (len(self.marks), 0))
        if not number:
            self.marks.append((reason, steps, "1"))
        else:
            self.marks[place] = (reason, self.marks[place][1], str(number + 1))
        self._repeated[reason] = (place, number + 1)

    def spend(self, what: str, amount: int = 1) -> None:
        """Count `amount` of characters, cells, pages, members or unpacked bytes. Raises Exhausted."""
        self._left[what] -= amount
        if self._left[what] < 0:
            raise Exhausted("too-large" if what in {"unpacked", "members"} else "too-long")

    def left(self, what: str) -> int:
        """How much may still be spent."""
        return self._left[what]


class Unpacker:
    """Makes values of what travelled, keeping what repeats only once."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._pairs: dict[tuple[str, str], tuple[str, str]] = {}

    def passage(self, record: Record) -> Passage:
        """One record as a passage."""
        text, line, column, way, heading, row = record
        place = Place(line, column) if line > 1 or column > 1 else _START
        return Passage(text, place, self.steps(way), self._words.setdefault(heading, heading), row)

    def unread(self, mark: Mark) -> Unread:
        """One mark as a value."""
        reason, way, found = mark
        return Unread(reason, self.steps(way), found)

    def steps(self, way: Steps) -> Steps:
        """As tuples; JSON made lists of them."""
        last = len(way) - 1
        return tuple(
            (name, value) if at == last else self._pairs.setdefault((name, value), (name, value))
            for at, (name, value) in enumerate(way)
        )


_START = Place()
