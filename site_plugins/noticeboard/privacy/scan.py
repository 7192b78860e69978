"""All detectors over one passage, and which of two findings at one place stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ..readers.passage import Passage
from . import bank_card, id_number, mobile
from .finding import Confidence, Finding, Kind
from .known import Known, contacts_in, normal_phone
from .reading import Reading

__all__ = ["Known", "contacts_in", "normal_phone", "scan"]

Detector = Callable[[Reading, Known], Iterator[Finding]]
# ten digits, in whatever form, with no word between them
_NUMBERS = re.compile(r"(?:[\d⓪①-⑨][\W_]{0,5}){6}")
_BY_NUMBER: tuple[Detector, ...] = (id_number.find, bank_card.find, mobile.find)

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
    if not _NUMBERS.search(passage.text):
        return ()
    reading = Reading(passage)
    found = [finding for find in _BY_NUMBER for finding in find(reading, known)]
    return tuple(_settled(found)) if found else ()


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
