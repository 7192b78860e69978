"""银行卡、社会保障卡: 16 to 19 digits with the check digit of Luhn.

One number in ten passes Luhn by chance, so the prefix must speak too: 62 of UnionPay is exact wherever it
stands and no label calls it a code; any other is exact only under the label of a card or an account. The
old debit cards of the big banks, and 4 or 5 in four groups of four, are found by their form, not proved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .account import is_public
from .checks import is_citizen_number, passes_luhn
from .finding import Confidence, Finding, Kind
from .known import Known
from .labels import Label, Sort
from .numbers import Run
from .reading import Reading

_UNION_PAY = "62"
#: Of the numbers that are looked at where no label says that they are cards.
_PREFIXES = (_UNION_PAY, "4", "5", "601382", "955")
_LENGTHS = (19, 18, 17, 16)
#: Debit cards of before UnionPay: 建行, 中行, 工行, 农行, 交行; all of 19 digits but the last.
_OLD_DEBIT = re.compile(
    "(?:436742|436745|456351|601382|9558[0-9]{2}|9559[0-9]{2})[0-9]{13}|405512[0-9]{10,11}"
)
_FOREIGN = re.compile("[45][0-9]{15}")
_FEW_GROUPS, _MANY_GROUPS, _SMALL_GROUP = 3, 6, 3
_FOUR_FOURS = (4, 4, 4, 4)
_BY_DASHES = re.compile(r"[^\s0-9]+")
_SOCIAL_SECURITY = re.compile(r"(?<![A-Z0-9])[A-Z][0-9]{8}(?![A-Z0-9])")
_BEFORE = re.compile(r"(?:[A-Za-z0-9*#]|[A-Za-z0-9]_|[A-Za-z]=|[0-9]\.)$")
_AFTER = re.compile(r"[A-Za-z0-9*=]|_[A-Za-z0-9]")
_INDEX = re.compile(r"/(?:19|20)[0-9]{2}-")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_DECIMALS = re.compile(r"\.[0-9]{1,2}(?![0-9])")


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every card number of a passage."""
    for run in reading.runs:
        taken = 0
        for start in run.starts:
            hit = _at(reading, run, start) if start >= taken else None
            if hit:
                taken, confidence = hit
                span, value = run.span(start, taken), run.digits[start:taken]
                yield reading.finding(Kind.BANK_CARD, confidence, span, value, reading.label(span[0]).word)
    yield from _social_security(reading)


def _at(reading: Reading, run: Run, start: int) -> tuple[int, Confidence] | None:
    """The end of the card number that begins with this group, and how sure it is."""
    if not (run.digits.startswith(_PREFIXES, start) or _is_called_card(reading, run.at[start])):
        return None
    for length in _LENGTHS:
        end = start + length
        number = run.digits[start:end]
        if run.stops(end) and number.isdigit() and passes_luhn(number):
            confidence = _confidence(reading, run, start, end)
            if confidence:
                return end, confidence
    return None


def _is_called_card(reading: Reading, at: int) -> bool:
    may = reading.may_say(Sort.CARD) or reading.may_say(Sort.ACCOUNT)
    return may and reading.label(at).says(Sort.CARD, Sort.ACCOUNT)


def _confidence(reading: Reading, run: Run, start: int, end: int) -> Confidence | None:
    number = run.digits[start:end]
    sizes = run.sizes(start, end)
    span = run.span(start, end)
    label: Label = reading.label(span[0])
    if label.says(Sort.CARD, Sort.ACCOUNT):
        doubtful = not (label.says(Sort.CARD) or number.startswith(_UNION_PAY))
        return None if doubtful and is_public(reading, *span) else Confidence.EXACT
    if label.says(Sort.CODE) or _is_part(reading, *span):
        return None
    if not _is_card_shape(reading, run, start, end):
        return None
    if number.startswith(_UNION_PAY):
        return Confidence.EXACT
    if label.sorts:
        return None
    alone = start == 0 and end == len(run.digits)
    foreign = alone and sizes == _FOUR_FOURS and _FOREIGN.fullmatch(number)
    old = _OLD_DEBIT.fullmatch(number) or foreign
    return Confidence.CONTEXT if old and not is_citizen_number(number) else None


def _is_part(reading: Reading, start: int, end: int) -> bool:
    """Whether the number is part of something else: of a code, an amount, an index, a web address."""
    text = reading.text
    return bool(
        _BEFORE.search(text[max(0, start - 2) : start])
        or _AFTER.match(text, end)
        or _DECIMALS.match(text, end)
        or _INDEX.match(text, end)
        or reading.in_url(start)
    )


def _is_card_shape(reading: Reading, run: Run, start: int, end: int) -> bool:
    """Whether people write a card number in such groups.

    With blanks between them, and more numbers beside them, uneven groups are a row of a table; a number
    that goes on in the next line is none.
    """
    sizes = run.sizes(start, end)
    first, last = run.span(start, end)
    gaps = re.findall("[^0-9]+", reading.text[first:last])
    if max(sizes) == 1 or all(_BY_DASHES.fullmatch(gap) for gap in gaps):
        return True
    if set(sizes[:-1]) == {4} or (len(sizes) == 2 and (sizes[0] == 6 or _BREAK.fullmatch(gaps[0]))):
        return True
    alone = start == 0 and end == len(run.digits)
    return alone and (
        len(sizes) <= _FEW_GROUPS or (len(sizes) <= _MANY_GROUPS and min(sizes[:-1]) >= _SMALL_GROUP)
    )


def _social_security(reading: Reading) -> Iterator[Finding]:
    """A letter and eight digits, under the label of a social security card."""
    if not reading.may_say(Sort.CARD):
        return
    for match in _SOCIAL_SECURITY.finditer(reading.text):
        label = reading.label(match.start())
        if label.says(Sort.CARD):
            yield reading.finding(Kind.BANK_CARD, Confidence.CONTEXT, match.span(), match.group(), label.word)
