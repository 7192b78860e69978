"""Shards made anew where few notices have changed: only the postings of grams that come, go or move.

What comes out is what `grams.written` would write of all fields. Where that cannot be had without them all,
nothing does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

import numpy as np

from . import digits, grams
from .digits import Column
from .grams import (
    LISTED_BITS,
    LONGEST,
    PLACED_BITS,
    Field,
    Tally,
    bits_of,
    postings_of,
    room_of,
    shard_of,
)

#: For each gram the units that hold it, and where.
Places = dict[str, dict[int, list[int]]]


@dataclass(frozen=True, slots=True)
class Patch:
    """The shards that change, by number, and how much more often pairs of characters occur."""

    texts: dict[int, str]
    tally: Tally
    pairs: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a posting tells of a unit: the bits beside the step to it, and the digits of its places."""

    low: int
    places: str


#: The entries of a gram that others are put in the place of, by unit; None where there is none any more.
_Entries = dict[int, _Entry | None]


def patched(
    tally: Tally,
    text_of: Callable[[int], str],
    before: Iterable[Field],
    after: Iterable[Field],
    shard_size: int,
) -> Patch | None:
    """What changes where the fields of some units become others; `text_of` gives the text that a shard had.

    None where a gram becomes common or is common no more, and where there are to be more shards or fewer.
    """
    old, new = places_of(before, tally.common), places_of(after, tally.common)
    more = {gram: _occurrences(new, gram) - _occurrences(old, gram) for gram in {**old, **new}}
    common = {gram: count + more.get(gram, 0) for gram, count in tally.common.items()}
    if min(common.values(), default=grams.COMMON + 1) <= grams.COMMON:
        return None
    changed: dict[int, dict[str, _Entries]] = defaultdict(dict)
    for gram in more:
        is_listed = len(gram) == 1 or gram in common
        if entries := _changed(old.get(gram, {}), new.get(gram, {}), is_listed):
            changed[shard_of(gram, tally.bits)][gram] = entries
    texts = {}
    size = tally.size
    for number, of_grams in changed.items():
        shard = _Shard(text_of(number), common)
        for gram, entries in of_grams.items():
            if shard.change(gram, entries, more[gram]) > grams.COMMON:
                return None
        size += shard.grown
        texts[number] = shard.text
    if bits_of(size, shard_size) != tally.bits:
        return None
    pairs = {gram: count for gram, count in more.items() if len(gram) == 2 and count}
    return Patch(texts, replace(tally, common=common, size=size), pairs)


def places_of(fields: Iterable[Field], common: Container[str]) -> Places:
    """Every place of every gram of some fields, as `grams.levels` finds them."""
    found: Places = {}
    for field in fields:
        begin = field.base
        for line in field.text.split("\n"):
            for at, gram in _grams(line, common):
                found.setdefault(gram, {}).setdefault(field.unit, []).append(begin + at)
            begin += len(line) + 1
    return found


def _grams(line: str, common: Container[str]) -> Iterator[tuple[int, str]]:
    """The grams of a line and where they begin, those of one length after those of another."""
    yield from enumerate(line)
    # Where common grams of the last length begin.
    begins: Sequence[int] = range(len(line))
    for length in range(2, LONGEST + 1):
        # With one more character, at either end.
        ats = sorted({at for begin in begins for at in (begin - 1, begin) if 0 <= at <= len(line) - length})
        begins = []
        for at in ats:
            gram = line[at : at + length]
            yield at, gram
            if gram in common:
                begins.append(at)


def _occurrences(places: Places, gram: str) -> int:
    return sum(map(len, places.get(gram, {}).values()))


def _changed(old: Mapping[int, list[int]], new: Mapping[int, list[int]], is_listed: bool) -> _Entries:
    """The entries of one gram that become others."""
    if not is_listed:
        return {
            unit: _Entry(1, digits.encode(2 * (to - at) for at, to in pairwise((0, *new[unit]))))
            if unit in new
            else None
            for unit in {**old, **new}
            if old.get(unit) != new.get(unit)
        }
    was, now = ({unit: _rooms(unit, places) for unit, places in each.items()} for each in (old, new))
    return {
        unit: _Entry(now[unit], "") if unit in now else None
        for unit in {**was, **now}
        if was.get(unit) != now.get(unit)
    }


def _rooms(unit: int, places: Iterable[int]) -> int:
    found = 0
    for place in places:
        found |= room_of(unit, place)
    return found


class _Shard:
    """The postings of a shard, in the order of their grams."""

    def __init__(self, text: str, common: Container[str]) -> None:
        self._postings = postings_of(text)
        self._common = common
        #: How many characters have come.
        self.grown = 0

    def change(self, gram: str, entries: _Entries, more: int) -> int:
        """Change entries of a gram.

        Returns how often it occurs, `more` times than before, if that decides whether it is common, else 0.
        """
        before = self._postings.get(gram, "")
        is_listed = len(gram) == 1 or gram in self._common
        posting = _Posting(before, LISTED_BITS if is_listed else PLACED_BITS)
        after = posting.changed(entries)
        self.grown += len(after) - len(before)
        if not before:
            self.grown += len(gram) + 2
            self._postings[gram] = after
            self._postings = dict(sorted(self._postings.items(), key=lambda item: self._order(item[0])))
        elif after:
            self._postings[gram] = after
        else:
            self.grown -= len(gram) + 2
            del self._postings[gram]
        # A gram has a digit for each of its places at least.
        is_decided = is_listed or len(gram) == LONGEST or len(after) <= grams.COMMON
        return 0 if is_decided else posting.places + more

    @property
    def text(self) -> str:
        return " ".join(chain.from_iterable(self._postings.items()))

    def _order(self, gram: str) -> tuple[int, ...]:
        """Grams of a length stand in the order of what they continue: common beginnings, then common ends."""
        return len(gram), *self._rank(gram)

    def _rank(self, gram: str) -> tuple[int, ...]:
        if len(gram) == 1:
            return (ord(gram),)
        if len(gram) == 2 or gram[:-1] in self._common:
            return 0, *self._rank(gram[:-1]), ord(gram[-1])
        return 1, ord(gram[0]), *self._rank(gram[1:])


class _Posting:
    """The digits of a gram, and where in them each unit begins. `bits` stand beside each step to a unit."""

    def __init__(self, text: str, bits: int) -> None:
        self._text = text
        self._bits = bits
        values = digits.values(text)
        is_last = values < digits.MORE
        opens = np.ones(len(values), dtype=np.bool_)
        opens[1:] = is_last[:-1]
        if bits == PLACED_BITS:  # even numbers are steps to places
            opens &= (values & 1).view(np.bool_)
        self._begins: Column = np.flatnonzero(opens)
        self._numbers, self._ends = digits.numbers_at(values, self._begins)
        self._units: Column = np.cumsum(self._numbers >> bits) - 1
        self._is_last = is_last

    @property
    def places(self) -> int:
        """How many numbers are not steps to units."""
        return int(np.count_nonzero(self._is_last)) - len(self._begins)

    def changed(self, entries: _Entries) -> str:
        """The digits where some entries are others."""
        parts: list[str] = []
        done = 0  # entries that are taken over or left out
        last = -1  # the unit that the next step begins at
        for unit in sorted(entries):
            index = int(np.searchsorted(self._units, unit))
            last = self._take(done, index, last, parts)
            done = index + (index < len(self._units) and int(self._units[index]) == unit)
            if (entry := entries[unit]) is not None:
                parts += digits.encode([(unit - last) << self._bits | entry.low]), entry.places
                last = unit
        self._take(done, len(self._units), last, parts)
        return "".join(parts)

    def _take(self, first: int, end: int, last: int, parts: list[str]) -> int:
        """Take entries over as they are, but for the step to the first. Returns the last unit taken."""
        if first == end:
            return last
        low = int(self._numbers[first]) & ((1 << self._bits) - 1)
        step = int(self._units[first]) - last
        stop = int(self._begins[end]) if end < len(self._begins) else len(self._text)
        parts += digits.encode([step << self._bits | low]), self._text[self._ends[first] : stop]
        return int(self._units[end - 1])
