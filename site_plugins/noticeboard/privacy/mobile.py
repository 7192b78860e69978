"""手机号码: eleven digits from 13 to 19, alone or in groups, with or without the country's code.

Not one: part of a longer number, a code by its label or by the letters it is glued to, an amount, part of a
web address, and what the board's own contacts hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Confidence, Finding, Kind
from .known import Known
from .labels import Sort
from .names import is_name
from .numbers import Run
from .reading import Reading

_LENGTH = 11
_NAME_REACH = 8
_CODES = ("", "86", "0086")
_MOBILE = re.compile("1[3-9][0-9]{9}")
#: How people write one: 138 1234 5678, 138-12345678, 1381234-5678, 138-123-45678, 1381-2345-678.
_USUAL = (3, 4, 4)
_SHAPES = frozenset({(11,), _USUAL, (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (1,) * 11})
_UNIT = re.compile(r"\s*(?:[%元亩吨]|[万亿]元?|千克|公斤|平方|㎡)|\.[0-9]{1,2}(?![0-9])")
_BEFORE = re.compile(r"(?:[A-Za-z0-9#&?@*]|[A-Za-z0-9]_|[A-Za-z][=/]|(?:[0-9]{2}|0)\.)$")
_CALLING = re.compile(r"(?:tel|mob|mobile|phone|sms|mail)[:.=]?$", re.IGNORECASE)
_AFTER = re.compile(r"[A-Za-z0-9*=]|_[A-Za-z0-9]")


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every mobile number that is not a public contact."""
    for run in reading.runs:
        taken = 0
        for start in run.starts:
            span = _at(run, start) if start >= taken else None
            confidence = _confidence(reading, run, *span) if span and _is_one(reading, run, *span) else None
            if span is None or confidence is None:
                continue
            taken = span[1]
            value = run.digits[span[0] : taken]
            if value not in known.contacts:
                yield reading.finding(Kind.MOBILE, confidence, run.span(*span), value, "")


def _at(run: Run, start: int) -> tuple[int, int] | None:
    """The range of a mobile number that begins, with or without the country's code, with this group."""
    for code in _CODES:
        first, end = start + len(code), start + len(code) + _LENGTH
        if (
            run.stops(end)
            and run.digits.startswith(code, start)
            and _MOBILE.fullmatch(run.digits, first, end)
        ):
            if run.begins(first):
                return (first, end) if run.sizes(first, end) in _SHAPES else None
            if code and run.sizes(start, end) in {(13,), (15,), (5, 4, 4), (7, 4, 4)}:
                return first, end
    return None


def _is_one(reading: Reading, run: Run, start: int, end: int) -> bool:
    """Whether what stands around eleven digits lets them be a telephone."""
    text = reading.text
    first, last = run.span(start, end)
    label = reading.label(first)
    if label.says(Sort.PHONE):
        return True
    if label.says(Sort.CODE, Sort.AMOUNT) or reading.in_url(first) or _UNIT.match(text, last):
        return False
    lead = text[max(0, first - 8) : first].removesuffix("86").removesuffix("00").removesuffix("+")
    if _BEFORE.search(lead) and not _CALLING.search(lead):
        return False
    return not _AFTER.match(text, last)


def _confidence(reading: Reading, run: Run, start: int, end: int) -> Confidence | None:
    """Groups with blanks between them may be other numbers: three of a row, or some of many in a list."""
    text, (first, last) = reading.text, run.span(start, end)
    alone = run.digits[:start] in _CODES and end == len(run.digits)
    spaced = any(char.isspace() for char in text[first:last])
    before = text[max(0, first - _NAME_REACH) : first].split()
    named = bool(before) and is_name(before[-1])
    joined = first > 0 and not text[first - 1].isspace()
    if not spaced or reading.label(first).says(Sort.PHONE):
        return Confidence.EXACT
    if alone:
        certain = start > 0 or named or joined or not (text[:first] + text[last:]).strip()
        return Confidence.EXACT if certain else Confidence.CONTEXT
    return Confidence.CONTEXT if named and run.sizes(start, end) == _USUAL else None
