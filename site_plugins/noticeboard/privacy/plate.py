"""车牌: a province, a letter, and five or six letters and digits; what its label calls a code is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Confidence, Finding, Kind
from .known import Known
from .labels import Sort
from .reading import Reading

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_CITY = "A-HJ-NP-Z"
_BODY = f"[{_CITY}0-9]"
_PLATE = re.compile(
    rf"[{_PROVINCES}][{_CITY}][\s·•.-]?(?:{_BODY}{{5,6}}|{_BODY}{{4}}[学警挂港澳领])(?![A-Za-z0-9*]|-[0-9])"
)
_FEWEST_DIGITS = 3


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every number plate."""
    for match in _PLATE.finditer(reading.text):
        value = re.sub(r"[\s·•.-]", "", match.group())
        if sum(map(str.isdigit, value)) < _FEWEST_DIGITS:
            continue
        if not reading.label(match.start()).says(Sort.CODE) and not reading.in_url(match.start()):
            yield reading.finding(Kind.PLATE, Confidence.EXACT, match.span(), value)
