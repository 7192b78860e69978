"""Tables written out in one text: with bars, with tabs, or with blanks as a PDF's text layer has them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_RULE = re.compile(r"[\s|:\-—─+=]*")
_WORD = re.compile(r"\S+")
_LONGEST_HEADING = 12
#: How much of a heading and of the rest of a row on each side is looked at, in characters.
_REACH = 200
_LONG_NUMBER = re.compile("[0-9]{5}")
#: 卡号尾号：1234 is a field with its value, and heads nothing.
_FIELD = re.compile("[:：].")
#: A line with such a word among others heads a list, also where its rows have more or fewer words.
_TELLING = re.compile("(?:号码?|电话|手机|方式|卡)$")
_FEWEST_HEADINGS = 3
_LONGEST_LINE = 1000
_DIGITS = re.compile("[0-9]+[Xx]?")
_SERIAL = re.compile("[0-9]{1,4}")


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
    """Whether a line of words may be the heading of a table without lines: short words, no value."""
    return all(
        len(word) <= _LONGEST_HEADING and not _LONG_NUMBER.search(word) and not _FIELD.search(word)
        for word in words
    )


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
        self._lists: list[int | None] = []
        self._heads: dict[int, list[str]] = {}
        self._split: dict[int, list[tuple[int, int]]] = {}
        self._read()

    def _read(self) -> None:
        at, top, before = 0, 0, ""
        words: dict[int, int] = {}
        listed: int | None = None
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
                    if len(parts) >= _FEWEST_HEADINGS and any(map(_TELLING.search, parts)):
                        listed = number
                elif len(parts) == 1 and not _LONG_NUMBER.search(line):
                    words.pop(1, None)
            self._lists.append(None if separator or listed == number else listed)
            before = separator

    def _columns(self, number: int) -> list[tuple[int, int]]:
        """The ranges of the cells of a line, split once."""
        if number not in self._split:
            line = self._lines[number]
            self._split[number] = _split(line, _separator(line))
        return self._split[number]

    def _words(self, above: int) -> list[str]:
        """The headings that a line holds, cut short."""
        if above not in self._heads:
            line = self._lines[above]
            columns = self._columns(above)
            self._heads[above] = [line[start : min(end, start + _REACH)].strip() for start, end in columns]
        return self._heads[above]

    def heading(self, at: int) -> str:
        """The heading over a place, or an empty text."""
        number = bisect_right(self._starts, at) - 1
        above = self._headers[number] if number >= 0 else None
        if above is None:
            return ""
        offset = (at - self._starts[number], len(self._text))
        index = max(0, bisect_right(self._columns(number), offset) - 1)
        words = self._words(above)
        return words[index] if index < len(words) else ""

    def headings_nearby(self, at: int) -> Iterator[str]:
        """Of a list with blanks whose rows have gaps: what heads a place, counted from the left, the right.

        A number in groups counts as one word; of what goes on from another number nothing is said.
        """
        number = bisect_right(self._starts, at) - 1
        above = self._lists[number] if number >= 0 else None
        if above is None or len(self._lines[number]) > _LONGEST_LINE:
            return
        words, line = self._words(above), self._lines[number]
        offset = at - self._starts[number]
        before = line[:offset].split()
        if _DIGITS.fullmatch("".join(before[-1:])) and not _SERIAL.fullmatch(" ".join(before)):
            return
        after = line[offset:].split()
        own = next((n for n, word in enumerate(after) if not _DIGITS.fullmatch(word)), len(after))
        for index in (len(before), len(words) - 1 - (len(after) - own)):
            if 0 <= index < len(words):
                yield words[index]

    def begins_row(self, at: int) -> bool:
        """Whether a place is the first of a line that stands under a heading."""
        number = bisect_right(self._starts, at) - 1
        under = number >= 0 and self._headers[number] is not None
        return under and not self._text[self._starts[number] : at].strip(" \t|")

    def cells(self, headings: re.Pattern[str]) -> Iterator[Cell]:
        """The cells under such headings."""
        for number, above in enumerate(self._headers):
            if above is None:
                continue
            columns = [at for at, word in enumerate(self._words(above)) if headings.search(word)]
            ranges = self._columns(number) if columns else []
            for column in columns:
                if column < len(ranges):
                    yield self._cell(number, ranges[column], self._words(above)[column])

    def _cell(self, number: int, span: tuple[int, int], heading: str) -> Cell:
        line, (left, right) = self._lines[number], span
        text = line[left:right]
        begin = self._starts[number] + left + len(text) - len(text.lstrip())
        row = f"{line[max(0, left - _REACH) : left]}\t{line[right : right + _REACH]}"
        return Cell(begin, begin + len(text.strip()), heading, row)
