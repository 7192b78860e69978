"""What nearly matches, where nothing does: offered as other queries, and never passed off as results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .find import Finder
from .fold import fold
from .grams import ROOMS, room_of
from .pinyin import Spoken
from .query import Word, parse
from .reader import Places, joined, moved

#: Places that are read at most to see what stands there.
MOST_READ = 24
#: Offers at most of each kind.
MOST_OFFERS = 5
#: Of words up to this length no character is taken away.
SHORT = 3
#: Longer words are neither taken apart nor compared.
LONGEST_WORD = 24
_NUMBER = re.compile("[0-9.,%-]+")
_LATIN = re.compile("[0-9a-z.,]")
#: Words up to this length are also taken apart in three.
LONGEST_IN_THREE = 10
#: What one says around the words that count, and punctuation.
_FILLING = re.compile(
    "请问|我想查?|我要查?|我查|查询|查一下|怎么|有没有|什么|[的了吗呢和与及，。、；：？！,;:?!()《》\"']"
)
_PUNCTUATION = re.compile("[，。、；：？！…·,.;:?!()《》\"'~|\\[\\]-]")


@dataclass(frozen=True, slots=True)
class Offer:
    """Another query, and how many notices it finds. `kind` is pinyin, apart (one character), or parts."""

    kind: str
    query: str
    count: int


class Nearby:
    """Other queries for one that finds nothing."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._reader = finder.reader
        self._spoken = Spoken(finder.reader)

    def offers(self, query: str) -> tuple[Offer, ...]:
        """The best first of each kind: pinyin, one character apart, parts."""
        words = [word for word in parse(query) if not word.excluded]
        plain = [word for word in words if not (word.field or word.quoted)]
        if len(plain) < len(words):
            return self._offered("parts", [" ".join(word.shown for word in words)])
        typed = "".join(word.text for word in plain)
        if (
            typed.isascii()
            and typed.isalpha()
            and (found := self._offered("pinyin", self._spoken.words(typed)))
        ):
            return found
        missing = [word for word in plain if not self._reader.holding(word.text)]
        if len(missing) != 1 or not 2 <= len(missing[0].text) <= LONGEST_WORD:
            return ()
        word = missing[0]
        apart = (
            [] if _NUMBER.fullmatch(word.text) else [*self._spoken.alike(word.text), *self._apart(word.text)]
        )
        others = (query.replace(word.shown, other, 1) for other in dict.fromkeys(apart))
        return (*self._offered("apart", others), *self._in_parts(query, word))

    def _in_parts(self, query: str, word: Word) -> tuple[Offer, ...]:
        """The query with a word taken apart: the fewest parts that find anything, the most found of those."""
        for splits in _splits(word.text):
            others = (query.replace(word.shown, " ".join(split), 1) for split in splits)
            if found := self._offered("parts", others):
                return found[:1]
        return ()

    def _offered(self, kind: str, queries: Iterator[str] | list[str]) -> tuple[Offer, ...]:
        found = [
            Offer(kind, query, len(self._finder.search(query, kind == "parts").all)) for query in queries
        ]
        known = self._reader.manifest["synonyms"]
        some = (offer for offer in found if offer.count)
        return tuple(sorted(some, key=lambda offer: (offer.query not in known, -offer.count))[:MOST_OFFERS])

    def _apart(self, word: str) -> Iterator[str]:
        """Words of the index that differ by one character: another, one more or one less."""
        pieces = dict.fromkeys(
            (word[:at], between, word[at + dropped :])
            for at in range(len(word) + 1)
            for dropped, between in ((1, 1), (0, 1), (1, 0))
            if at + dropped <= len(word)
            and not (between and not dropped and at in (0, len(word)))
            and (between or len(word) > SHORT)
        )
        for left, between, right in pieces:
            places = self._around(left, between, right)
            length = len(left) + between + len(right)
            read = 0
            for unit, starts in places.items():
                for start in starts:
                    found = self._read(unit, start, length)
                    fits = found.startswith(left) and found.endswith(right) and len(found) == length
                    others = (found[:1], found[-1:], found[len(left) : len(left) + between])
                    if fits and not any(map(_PUNCTUATION.search, others)):
                        yield found
                    read += 1
                if read >= MOST_READ:
                    break

    def _around(self, left: str, between: int, right: str) -> Places:
        """Where two pieces stand with some characters between them, as far as one of them is not common."""
        is_common = self._reader.is_common
        lefts = self._reader.places(left) if left and not is_common(left) else None
        rights = self._reader.places(right) if right and not is_common(right) else None
        offset = len(left) + between
        if lefts is not None and rights is not None:
            return joined(lefts, rights, offset)
        if lefts is not None:
            return lefts
        return moved(rights or {}, offset)

    def _read(self, unit: int, place: int, length: int) -> str:
        """The folded characters from a place on."""
        if place < 0:
            return ""
        if room := room_of(unit, place):
            at = room.bit_length() - 1
            record = self._reader.notice(unit // 2)
            heading = (record["title"], record["document_number"], record["index_number"])[at]
            return fold(heading)[place - ROOMS[at] :][:length]
        return self._reader.text_at(unit, place)[:length]


def _splits(word: str) -> Iterator[list[tuple[str, ...]]]:
    """A word without what one says around it; in two parts; a shorter one in three. Never within a number."""
    said = tuple(part for part in _FILLING.split(word) if len(part) > 1)
    if said and said != (word,):
        yield [said]
    core = said[0] if len(said) == 1 else word
    ends = [
        at for at in range(2, len(core) - 1) if not (_LATIN.match(core, at - 1) and _LATIN.match(core, at))
    ]
    yield [(core[:at], core[at:]) for at in ends]
    if len(core) <= LONGEST_IN_THREE:
        yield [(core[:at], core[at:end], core[end:]) for at in ends for end in ends if end - at > 1]
