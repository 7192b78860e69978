"""All detectors over one passage, and which of two findings at one place stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

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
    triggers = _TRIGGERS.find_matches_as_indexes(reading.text, overlapping=True)
    if reading.passage.heading:
        triggers += _TRIGGERS.find_matches_as_indexes(reading.heading_text, overlapping=True)
    if triggers:
        called = {_WORDS[number][1] for number, _, _ in triggers}
        yield from (module.find for module in _BY_WORD if module.find in called)


def _settled(found: Iterable[Finding]) -> list[Finding]:
    """One finding for each number: the surest, then the first by rank. Facts and markings stand beside."""
    kept: list[Finding] = []
    for finding in sorted(found, key=_order):
        rivals = [other for other in kept if other.kind is finding.kind or _both_numbers(other, finding)]
        if not any(other.start < finding.end and finding.start < other.end for other in rivals):
            kept.append(finding)
    return sorted(kept, key=lambda finding: (finding.start, finding.end, finding.kind))


def _both_numbers(one: Finding, other: Finding) -> bool:
    return one.kind in _RANK and other.kind in _RANK


def _order(finding: Finding) -> tuple[int, int, int, int]:
    return (
        _SURENESS[finding.confidence],
        _RANK.get(finding.kind, len(_RANK)),
        finding.start - finding.end,
        finding.start,
    )
