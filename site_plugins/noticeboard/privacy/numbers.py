"""Numbers as they stand in a text: digits in groups, with the separators that people put between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

#: What stands for the X that ends an ID number: also Cyrillic, Greek, and the sign of multiplication.
X_FORMS = "XxХхΧχ×"
#: What may stand between two groups of one number: blanks, dashes, dots in the middle, a line break.
_GAP = r"(?:[\s\-\u2010-\u2015\u2212·•_]{1,4}|[^\S\n]*\n[^\S\n]*)"
_GROUP = f"[0-9]+[{X_FORMS}]?"
_RUN = re.compile(f"{_GROUP}(?:{_GAP}(?:{_GROUP}|[{X_FORMS}](?![A-Za-z0-9*])))*")
_PART = re.compile(f"{_GROUP}|[{X_FORMS}]")
_SHORTEST = 10
_ENOUGH = re.compile(rf"(?:[0-9][^0-9]*){{{_SHORTEST}}}")


@dataclass(frozen=True, slots=True, repr=False)
class Run:
    """Groups of digits with nothing but separators between them, at least ten digits in all.

    `digits` holds them without separators, an X of whatever form as X; `at` the place of each in the
    folded text; `starts` and `ends` where groups begin and end in `digits`.
    """

    digits: str
    at: tuple[int, ...] | range
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def begins(self, place: int) -> bool:
        """Whether a group begins here."""
        at = bisect_left(self.starts, place)
        return at < len(self.starts) and self.starts[at] == place

    def stops(self, place: int) -> bool:
        """Whether a group ends here."""
        at = bisect_left(self.ends, place)
        return at < len(self.ends) and self.ends[at] == place

    def sizes(self, start: int, end: int) -> tuple[int, ...]:
        """The lengths of the groups within [start, end), which begins and ends with a group."""
        groups = slice(bisect_left(self.starts, start), bisect_right(self.ends, end))
        return tuple(stop - begin for begin, stop in zip(self.starts[groups], self.ends[groups], strict=True))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of `digits` as a range of the folded text."""
        return self.at[start], self.at[end - 1] + 1


def _run(match: re.Match[str]) -> Run:
    first = match.start()
    text = match.group()
    parts = list(_PART.finditer(text))
    if len(parts) == 1:
        at: tuple[int, ...] | range = range(first, match.end())
    else:
        at = tuple(first + place for part in parts for place in range(part.start(), part.end()))
    starts, ends, length = [], [], 0
    for part in parts:
        starts.append(length)
        length += part.end() - part.start()
        ends.append(length)
    digits = "".join(part.group() for part in parts)
    if not digits.isdigit():
        digits = re.sub(f"[{X_FORMS}]", "X", digits)
    return Run(digits, at, tuple(starts), tuple(ends))


def runs(text: str) -> Iterator[Run]:
    """Every run of digits in a folded text."""
    for match in _RUN.finditer(text):
        if match.end() - match.start() >= _SHORTEST and _ENOUGH.search(match.group()):
            yield _run(match)
