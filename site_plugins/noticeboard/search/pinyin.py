"""Words of an index for what was typed as pinyin or initials."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from .files import words_file
from .reader import Reader
from .vocabulary import shard_of_initials

#: Longest pinyin that is looked for, in syllables.
MOST_SYLLABLES = 6
#: Letters of a syllable, at most.
LONGEST_SYLLABLE = 6
#: Words that are tried at most.
MOST_WORDS = 12


class Spoken:
    """Words of an index by pinyin."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def words(self, typed: str) -> list[str]:
        """Words of the index that the letters may stand for: as syllables, else as initials."""
        for parts in (*_syllables(typed, frozenset(self._reader.readings)), tuple(typed)):
            if 2 <= len(parts) <= MOST_SYLLABLES and (found := list(self._chained(parts))):
                return found
        return []

    def alike(self, word: str) -> list[str]:
        """Other words of the index that are spoken like a word of two or more characters."""
        syllables = [
            next((syllable for syllable, chars in self._reader.readings.items() if char in chars), "")
            for char in word
        ]
        if not 2 <= len(word) <= MOST_SYLLABLES or not all(syllables):
            return []
        return [other for other in self._chained(tuple(syllables)) if other != word]

    def _chained(self, parts: tuple[str, ...]) -> Iterator[str]:
        """Words of which every pair of neighbours stands in the index; the whole is to be looked for."""
        words = self._pairs(parts[0], parts[1])
        for before, part in pairwise(parts[1:]):
            pairs = self._pairs(before, part)
            longer = (word + pair[1] for word in words for pair in pairs if pair[0] == word[-1])
            words = list(islice(longer, 8 * MOST_WORDS))
        yield from words[:MOST_WORDS]

    def _pairs(self, first: str, second: str) -> list[str]:
        reader = self._reader
        letters = first[0] + second[0]
        if not ("a" <= letters[0] <= "z" and "a" <= letters[1] <= "z"):
            return []
        shard = shard_of_initials(letters, reader.manifest["spoken"])
        words = reader.file(words_file(shard)).get(letters, "")
        pairs = [words[at : at + 2] for at in range(0, len(words), 2)]
        for at, syllable in enumerate((first, second)):
            if len(syllable) > 1:
                chars = reader.readings.get(syllable, frozenset())
                pairs = [pair for pair in pairs if pair[at] in chars]
        return pairs


def _syllables(typed: str, known: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Every way to read letters as syllables, those with the fewest first."""
    ways: list[tuple[str, ...]] = []

    def read(at: int, before: tuple[str, ...]) -> None:
        if at == len(typed):
            ways.append(before)
        elif len(before) < MOST_SYLLABLES:
            for end in range(at + 1, min(at + LONGEST_SYLLABLE, len(typed)) + 1):
                if typed[at:end] in known:
                    read(end, (*before, typed[at:end]))

    read(0, ())
    yield from sorted(ways, key=len)
