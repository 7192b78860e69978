"""Whole titles and numbers with the notices that have them: a query that is one finds these first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, partial
from itertools import chain

from . import digits
from .grams import Tally, first_gram, postings_of, shard_of

#: By shard, for each heading the notices that get it (True) or lose it (False).
Changes = dict[int, dict[str, dict[int, bool]]]


def wholes(headings: Iterable[Iterable[str]], tally: Tally) -> dict[int, str]:
    """For each shard the headings of notices whose first gram it holds; `headings` are folded."""
    having: dict[str, list[int]] = defaultdict(list)
    for number, of_notice in enumerate(headings):
        for heading in {heading for heading in of_notice if heading}:
            having[heading].append(number)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    shard = cache(partial(shard_of, bits=tally.bits))
    for heading, numbers in having.items():
        found[shard(first_gram(heading, tally.common))][heading] = _encoded(numbers)
    return {number: _written(encoded) for number, encoded in found.items()}


def changes(before: Mapping[int, Iterable[str]], after: Mapping[int, Iterable[str]], tally: Tally) -> Changes:
    """What is to change where some notices get other headings."""
    found: Changes = defaultdict(lambda: defaultdict(dict))
    for number in {**before, **after}:
        old, new = set(before.get(number, ())), set(after.get(number, ()))
        for heading in (old ^ new) - {""}:
            found[_shard(heading, tally)][heading][number] = heading in new
    return found


def changed(text: str, to_change: Mapping[str, Mapping[int, bool]]) -> str:
    """The headings of one shard after some changes."""
    having = postings_of(text)
    for heading, notices in to_change.items():
        numbers = set(digits.running(digits.decode(having.pop(heading, ""))))
        for number, has_it in notices.items():
            (numbers.add if has_it else numbers.discard)(number)
        if numbers:
            having[heading] = _encoded(sorted(numbers))
    return _written(having)


def _shard(heading: str, tally: Tally) -> int:
    return shard_of(first_gram(heading, tally.common), tally.bits)


def _written(having: Mapping[str, str]) -> str:
    return " ".join(chain.from_iterable(sorted(having.items())))


def _encoded(numbers: Iterable[int]) -> str:
    return digits.encode(digits.stepped(numbers))
