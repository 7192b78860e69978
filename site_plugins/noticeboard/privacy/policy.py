"""What a finding weighs: which stop a publication, which only warn, and what the board may change of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .finding import Confidence, Finding, Kind


class Weight(StrEnum):
    """What is done about a finding."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


#: Kinds whose exact findings no configuration can let pass; a single one may be waived by a reviewer.
FIXED = frozenset({Kind.ID_NUMBER, Kind.BANK_CARD, Kind.SECRET})
_EXACT_IS_AN_ERROR = FIXED | {Kind.MOBILE}


@dataclass(frozen=True, slots=True)
class Policy:
    """The board's own weights by kind; the rest is as the law's spirit has it (个人信息保护法第二十五条).

    Exact findings of ID numbers, cards, mobile numbers and markings of secrecy are errors, all others
    warnings. A weight given for a kind counts for exact findings and those by context alike; a doubtful
    one never weighs more than a warning.
    """

    given: Mapping[Kind, Weight] = field(default_factory=dict)

    def weight(self, finding: Finding) -> Weight:
        kind, exact = finding.kind, finding.confidence is Confidence.EXACT
        usual = Weight.ERROR if exact and kind in _EXACT_IS_AN_ERROR else Weight.WARNING
        if exact and kind in FIXED:
            return Weight.ERROR
        given = self.given.get(kind, usual)
        if finding.confidence is Confidence.DOUBTFUL and given is Weight.ERROR:
            return Weight.WARNING
        return given
