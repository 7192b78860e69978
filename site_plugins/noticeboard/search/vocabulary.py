"""Words of two characters by the initials of their pinyin: what a query in letters is looked up in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from .digits import Column
from .grams import Level

#: Of vocabulary, in one file, about: characters.
SHARD_SIZE = 12_000
_LETTERS = 26
#: The bits of a code point.
_CODE = 21


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of characters that stand together and have readings: both code points in one number, in order."""

    keys: Column
    counts: Column

    def changed(self, more: Mapping[str, int]) -> Pairs:
        """These pairs where some occur more often, or less where `more` is negative."""
        pairs = sorted(more)
        codes = np.array([[ord(char) for char in pair] for pair in pairs], dtype=np.int64).reshape(-1, 2)
        added = pairs_of(codes, np.array([more[pair] for pair in pairs], dtype=np.int64))
        at = np.searchsorted(self.keys, added.keys)
        is_known = np.append(self.keys, -1)[at] == added.keys
        counts = self.counts.copy()
        counts[at[is_known]] += added.counts[is_known]
        keys = np.insert(self.keys, at[~is_known], added.keys[~is_known])
        counts = np.insert(counts, at[~is_known], added.counts[~is_known])
        return Pairs(keys[counts > 0], counts[counts > 0])


@cache
def readings() -> dict[str, str]:
    """For each syllable without tone the characters that are read so; ü is v."""
    lines = files(__package__).joinpath("data/readings.txt").read_text("utf-8").splitlines()
    return dict(line.split(" ") for line in lines if line and not line.startswith("#"))


@cache
def _initials() -> npt.NDArray[np.int8]:
    """The letters that each character's readings begin with, at most three; -1 where there is none."""
    found: dict[int, list[int]] = {}
    for syllable, chars in readings().items():
        letter = ord(syllable[0]) - ord("a")
        for char in chars:
            letters = found.setdefault(ord(char), [])
            if letter not in letters:
                letters.append(letter)
    table = np.full((1 << _CODE, 3), -1, dtype=np.int8)
    for code, letters in found.items():
        table[code, : len(letters)] = letters
    return table


def pairs_of(codes: npt.NDArray[np.integer], counts: Column) -> Pairs:
    """Those of some pairs of code points, in their order, of which both have readings."""
    is_read = _initials()[:, 0] >= 0
    chosen = np.flatnonzero(is_read[codes[:, 0]] & is_read[codes[:, 1]])
    first, second = codes[chosen].astype(np.int64).T
    return Pairs((first << _CODE) | second, counts[chosen])


def pairs_in(levels: Iterable[Level]) -> Pairs:
    """The pairs among the grams of all lengths."""
    for level in levels:
        if level.grams.shape[1] == 2:
            return pairs_of(level.grams, level.counts)
    return pairs_of(np.zeros((0, 2), dtype=np.uint32), np.zeros(0, dtype=np.int64))


def vocabulary(pairs: Pairs) -> list[dict[str, str]]:
    """All pairs of characters that stand together, by the initials of their readings, the frequent first.

    Pairs of letters are spread over as many tables as `shard_of_initials` says.
    """
    initials = _initials()
    codes = np.stack([pairs.keys >> _CODE, pairs.keys & ((1 << _CODE) - 1)], axis=1)
    keys, chosen = [], []
    for one in range(3):
        for other in range(3):
            first, second = initials[codes[:, 0], one], initials[codes[:, 1], other]
            spoken = np.flatnonzero((first >= 0) & (second >= 0))
            keys.append(first[spoken].astype(np.int64) * _LETTERS + second[spoken])
            chosen.append(spoken)
    key, which = np.concatenate(keys), np.concatenate(chosen)
    order = np.lexsort((which, -pairs.counts[which], key))
    key, words = key[order], codes[which[order]].astype("<u4")
    bits = max(0, (words.size // SHARD_SIZE).bit_length())
    tables: list[dict[str, str]] = [{} for _ in range(1 << bits)]
    bounds = np.flatnonzero(np.diff(key, prepend=-1, append=-1)) if len(key) else np.zeros(0, np.int64)
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        number = int(key[begin])
        letters = chr(number // _LETTERS + ord("a")) + chr(number % _LETTERS + ord("a"))
        tables[shard_of_initials(letters, bits)][letters] = words[begin:end].tobytes().decode("utf-32-le")
    return tables


def shard_of_initials(letters: str, bits: int) -> int:
    """Which table holds the pairs that begin with two letters."""
    return ((ord(letters[0]) * 31 + ord(letters[1])) * 31) & ((1 << bits) - 1)
