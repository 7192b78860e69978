"""Reads an index: which units hold a folded word, and where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import digits
from .files import FACETS, FORMAT, MANIFEST, READINGS, grams_file, loaded, notice_file, text_file
from .fold import fold
from .grams import (
    LISTED_BITS,
    LONGEST,
    PLACED_BITS,
    ROOMS,
    TEXT,
    first_gram,
    postings_of,
    room_of,
    shard_of,
)

#: What a word stands in, as bits: title, document number, index number, and text or attachments.
TITLE, DOCUMENT_NUMBER, INDEX_NUMBER, ELSEWHERE = 1, 2, 4, 8
HEADING = TITLE | DOCUMENT_NUMBER | INDEX_NUMBER


@dataclass(frozen=True, slots=True)
class Held:
    """That a unit holds a word: in which rooms, and its first place outside of headings, if it is known."""

    rooms: int
    first: int | None = None


Places = dict[int, list[int]]


class NoIndex(ValueError):
    """There is no index, or one of another format."""


class Reader:
    """An index; `fetch` gives the bytes of a file by name, or None where there is no such file."""

    def __init__(self, fetch: Callable[[str], bytes | None]) -> None:
        self._fetch = fetch
        self._shards: dict[int, tuple[dict[str, str], dict[str, str]]] = {}
        manifest = self.file(MANIFEST)
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise NoIndex
        self.manifest: dict[str, Any] = manifest
        self.count: int = manifest["count"]
        self.common = frozenset(manifest["common"].split(" "))

    def file(self, name: str) -> Any:
        """The content of a file, or None where there is none."""
        data = self._fetch(f"{name}.js")
        return None if data is None else loaded(data)[1]

    @cached_property
    def removals(self) -> list[tuple[int, int]]:
        """The notices that lose text and attachments, and how many days after the build."""
        numbers = digits.decode(self.manifest["removed"])
        return list(zip(digits.running(numbers[::2]), numbers[1::2], strict=True))

    @cached_property
    def columns(self) -> dict[str, list[int]]:
        """publisher, category and year of each notice, as numbers; the years as they are."""
        facets = self.file(FACETS)
        years = [facets["first_year"] + year for year in digits.decode(facets["year"])]
        return {
            "publisher": digits.decode(facets["publisher"]),
            "category": digits.decode(facets["category"]),
            "year": years,
        }

    @cached_property
    def readings(self) -> dict[str, frozenset[str]]:
        """For each syllable the characters that are read so."""
        return {syllable: frozenset(chars) for syllable, chars in self.file(READINGS).items()}

    def notice(self, number: int) -> dict[str, Any]:
        """One notice as it is shown."""
        record: dict[str, Any] = self.file(notice_file(number))
        return record

    def chunk(self, unit: int, place: int | None) -> tuple[int, str]:
        """The piece of a text that a place lies in, or the first, and the place of its first character."""
        number, attached = divmod(unit, 2)
        record = self.notice(number)
        starts = record["more"][attached]
        part = max(bisect_right(starts, place) - 1, 0) if place is not None else 0
        if not starts:
            return TEXT, ""
        return starts[part], record["text"] if not attached and not part else self.file(text_file(unit, part))

    def text_at(self, unit: int, place: int) -> str:
        """The folded rest of the line from a place on."""
        start, text = self.chunk(unit, place)
        lines = "\n".join(map(fold, text.split("\n")))
        return lines[place - start :].split("\n")[0] if place >= start else ""

    def wholes(self, text: str) -> list[int]:
        """The notices of which a title or number is exactly the folded text."""
        shard = shard_of(first_gram(text, self.common), self.manifest["bits"])
        return list(digits.running(digits.decode(self._shard(shard)[1].get(text, ""))))

    def holding(self, word: str) -> dict[int, Held]:
        """Every unit that holds a folded word."""
        if self.is_common(word):
            return {unit: Held(rooms or ELSEWHERE) for unit, rooms in self._listed(word)}
        found: dict[int, Held] = {}
        for unit, starts in self.places(word).items():
            rooms = 0
            first = None
            for start in starts:
                room = room_of(unit, start) or ELSEWHERE
                rooms |= room
                if room == ELSEWHERE and first is None:
                    first = start
            found[unit] = Held(rooms, first)
        return found

    def is_common(self, gram: str) -> bool:
        """Whether a gram lists units in the place of places."""
        return len(gram) == 1 or gram in self.common

    def places(self, word: str) -> Places:
        """Every place of a folded word that is not common, by unit."""
        parts = sorted(
            ((self._placed(gram), offset) for offset, gram in cover(word, self.is_common)),
            key=lambda part: len(part[0]),
        )
        places, offset = parts[0]
        found = moved(places, offset)
        for places, offset in parts[1:]:
            found = joined(found, places, offset)
        return found

    def _placed(self, gram: str) -> Places:
        found: Places = {}
        unit, place = -1, 0
        for number in digits.decode(self._postings(gram)):
            if number & 1:
                unit += number >> PLACED_BITS
                place, places = 0, found.setdefault(unit, [])
            else:
                place += number >> PLACED_BITS
                places.append(place)
        return found

    def _listed(self, gram: str) -> list[tuple[int, int]]:
        found = []
        unit = -1
        for number in digits.decode(self._postings(gram)):
            unit += number >> LISTED_BITS
            found.append((unit, number & HEADING))
        return found

    def _postings(self, gram: str) -> str:
        return self._shard(shard_of(gram, self.manifest["bits"]))[0].get(gram, "")

    def _shard(self, number: int) -> tuple[dict[str, str], dict[str, str]]:
        if number not in self._shards:
            grams, wholes = self.file(grams_file(number))
            self._shards[number] = postings_of(grams), postings_of(wholes)
        return self._shards[number]


def cover(word: str, is_common: Callable[[str], bool]) -> list[tuple[int, str]]:
    """Grams with places that make up a word together, each with its offset. The word itself is not common."""
    found = []
    at = 0
    while at < len(word):
        end = at + 1
        while is_common(word[at:end]) and end < len(word):
            end += 1
        begin = at
        while is_common(word[begin:end]):  # the rest of the word is common: one that ends with it
            begin -= 1
        found.append((begin, word[begin:end]))
        at = end
    return found


def moved(places: Places, offset: int) -> Places:
    """The places that lie so far before."""
    return {unit: [place - offset for place in starts] for unit, starts in places.items()}


def joined(starts: Places, others: Places, offset: int) -> Places:
    """The starts of which another list has a place at the offset."""
    found: Places = {}
    for unit, places in starts.items():
        if unit in others:
            there = set(others[unit])
            if both := [place for place in places if place + offset in there]:
                found[unit] = both
    return found


assert ROOMS[1] > LONGEST  # no gram reaches from one room into the next
