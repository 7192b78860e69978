"""护照、港澳台通行证、军官证: short numbers that only a label or a heading gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .checks import is_date
from .finding import Confidence, Finding, Kind
from .known import Known
from .labels import Sort
from .reading import Reading

#: What must stand in a text or its heading for this detector to look.
TRIGGERS = (
    "护照",
    "通行证",
    "回乡证",
    "台胞证",
    "军官证",
    "士兵证",
    "士官证",
    "警官证",
    "军人证",
    "文职干部证",
    "居留",
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9*])(?:"
    r"[A-Z]{1,2}[0-9]{7,10}|[A-Z]{3}[0-9]{12}|[0-9]{8}(?:[0-9]{2})?"
    r"|[军武文士海空参政后装联火战东西南北中沈兰济广成京]{0,3}字?第[0-9]{6,8}号"
    r")(?![A-Za-z0-9*])"
)


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every number of a passport, a permit or a soldier's card, by context."""
    for match in _NUMBER.finditer(reading.text):
        label = reading.label(match.start())
        if label.says(Sort.PERMIT) and not is_date(match.group()):
            yield reading.finding(Kind.PERMIT, Confidence.CONTEXT, match.span(), match.group(), label.word)
