"""All detectors over one passage, and which of two findings at one place stays."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from ..readers.passage import Passage
from . import account, address, bank_card, id_number, mobile, online, permit, plate, secrecy, sensitive
from .finding import Confidence, Finding, Kind
from .known import Known, contacts_in, normal_phone
from .reading import Reading

__all__ = ["Known", "contacts_in", "normal_phone", "scan"]

Detector = Callable[[Reading, Known], Iterator[Finding]]
#: Six digits, in whatever form, with no word between them: fewer are no number of a person.
_NUMBERS = re.compile(r"(?:[0-9][\W_]{0,5}){6}")
_BY_NUMBER: tuple[Detector, ...] = (id_number.find, bank_card.find, mobile.find, account.find)
#: A letter and three letters or digits: the least that a number plate holds in a row.
_LETTERS = re.compile(r"[A-HJ-NP-Z][^\w\n]?[A-Z0-9]{4}")
_BY_WORD = (permit, address, online, sensitive, secrecy)
_WORDS = [(word, module.find) for module in _BY_WORD for word in module.TRIGGERS]
_TRIGGERS = AhoCorasick([word for word, _ in _WORDS])
#: Which of two numbers at one place is the thing: an ID number is not also a bank card.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (Kind.ID_NUMBER, Kind.BANK_CARD, Kind.PERMIT, Kind.MOBILE, Kind.ONLINE, Kind.PLATE, Kind.ACCOUNT)
    )
}
_SURENESS = {Confidence.EXACT: 0, Confidence.CONTEXT: 1, Confidence.DOUBTFUL: 2}


def scan(passage: Passage, known: Known) -> tuple[Finding, ...]:
    """What is private or secret in a passage, in the order in which it stands there."""
    reading = Reading(passage)
    found = [finding for find in _called(reading) for finding in find(reading, known)]
    return tuple(_settled(found)) if found else ()


def _called(reading: Reading) -> Iterator[Detector]:
    """The detectors that can find something in a passage, by one look over its text and heading."""
    if _NUMBERS.search(reading.text):
        yield from _BY_NUMBER
    if _LETTERS.search(reading.text):
        yield plate.find
    called = _called_by(reading.text)
    if reading.passage.heading:
        called |= _called_by_heading(reading.heading_text)
    if called:
        yield from (module.find for module in _BY_WORD if module.find in called)


def _called_by(text: str) -> frozenset[Detector]:
    """The detectors whose words stand in a folded text."""
    matches = _TRIGGERS.find_matches_as_indexes(text, overlapping=True)
    return frozenset(_WORDS[number][1] for number, _, _ in matches)


_called_by_heading = lru_cache(maxsize=512)(_called_by)


def _settled(found: Iterable[Finding]) -> list[Finding]:
    """One finding for each number: the surest, then the first by rank. Facts and markings stand beside."""
    kept: list[Finding] = []
    taken: dict[Kind | None, list[tuple[int, int]]] = defaultdict(list)
    for finding in sorted(found, key=_order):
        spans = taken[None if finding.kind in _RANK else finding.kind]
        at = bisect_left(spans, (finding.end, 0))
        if at == 0 or spans[at - 1][1] <= finding.start:
            spans.insert(at, (finding.start, finding.end))
            kept.append(finding)
    return sorted(kept, key=lambda finding: (finding.start, finding.end, finding.kind))


def _order(finding: Finding) -> tuple[int, int, int, int]:
    return (
        _SURENESS[finding.confidence],
        _RANK.get(finding.kind, len(_RANK)),
        finding.start - finding.end,
        finding.start,
    )
