"""Tables written out in one text: with bars, with tabs, or with blanks as a PDF's text layer has them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_RULE = re.compile(r"[\s|:\-—─+=]*")
_WORD = re.compile(r"\S+")
_LONGEST_HEADING = 12
_LONG_NUMBER = re.compile("[0-9]{5}")


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """One cell: its range in the text, the heading of its column, and its row."""

    start: int
    end: int
    heading: str
    row: str


def _separator(line: str) -> str:
    return "|" if "|" in line else "\t" if "\t" in line else ""


def _split(line: str, separator: str) -> list[tuple[int, int]]:
    """The ranges of a line's cells, with the blanks around them."""
    if not separator:
        return [match.span() for match in _WORD.finditer(line)]
    ranges, at = [], 0
    for cell in line.rstrip("\r\n").split(separator):
        ranges.append((at, at + len(cell)))
        at += len(cell) + 1
    return ranges


def _may_head(words: list[str]) -> bool:
    """Whether a line of words may be the heading of a table without lines: short words, no long number."""
    return all(len(word) <= _LONGEST_HEADING and not _LONG_NUMBER.search(word) for word in words)


class Tables:
    """Which heading a place in a text stands under.

    Of a table with bars or tabs the first line is the heading. In lines with blanks it is the last line
    above with as many words and no long number.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._lines: list[str] = []
        self._headers: list[int | None] = []
        self._read()

    def _read(self) -> None:
        at, top, before = 0, 0, ""
        words: dict[int, int] = {}
        for number, line in enumerate(self._text.splitlines(keepends=True)):
            self._starts.append(at)
            self._lines.append(line)
            at += len(line)
            separator = _separator(line)
            if separator:
                top = top if separator == before else number
                self._headers.append(top if top < number and not _RULE.fullmatch(line) else None)
            else:
                parts = line.split()
                self._headers.append(words.get(len(parts)))
                if _may_head(parts):
                    words[len(parts)] = number
                elif len(parts) == 1 and not _LONG_NUMBER.search(line):
                    words.pop(1, None)
            before = separator

    def heading(self, at: int) -> str:
        """The heading over a place, or an empty text."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return ""
        above = self._headers[number]
        if above is None:
            return ""
        line, header = self._lines[number], self._lines[above]
        separator = _separator(line)
        offset = at - self._starts[number]
        index = sum(1 for start, _ in _split(line, separator) if start <= offset) - 1
        columns = _split(header, separator)
        return header[slice(*columns[index])].strip() if 0 <= index < len(columns) else ""

    def cells(self) -> Iterator[Cell]:
        """The cells of the tables with bars and tabs, without their headings."""
        for number, above in enumerate(self._headers):
            line = self._lines[number]
            separator = _separator(line)
            if above is None or not separator:
                continue
            header = self._lines[above]
            columns = _split(header, separator)
            ranges = _split(line, separator)
            start = self._starts[number]
            for (left, right), (first, last) in zip(ranges, columns, strict=False):
                cell = line[left:right]
                begin = left + len(cell) - len(cell.lstrip())
                if cell.strip():
                    row = f"{line[:left]}{separator}{line[right:]}"
                    end = begin + len(cell.strip())
                    yield Cell(start + begin, start + end, header[first:last].strip(), row)
