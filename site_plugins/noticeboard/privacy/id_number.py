"""公民身份号码 (GB 11643): 18 characters with a checksum, the 15 digits of before 1999, and spoilt ones.

What arithmetic proves is exact wherever it stands. Three things take the proof away:

- a label or heading of a code (承包方编码): such codes pass by chance, a person is asked;
- a 统一社会信用代码 that passes as an ID number too: its region and the number's decide, both mean a person
  is asked;
- a longer number. 19 to 28 digits are codes of parcels, indexes and receipts; only 残疾人证号, the ID number
  with a digit of 1–7 and one of 1–4 behind it, is taken for what it is. Under the label of an ID number it
  counts wherever it stands in a longer number.

Under such a label an ID number with a wrong checksum (mistyped, or with its last three digits lost in a
spreadsheet) still says who is meant, and so does one masked too little to hide the birth date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .checks import (
    PROVINCES,
    has_birth_date,
    is_citizen_number,
    is_date,
    is_old_citizen_number,
    is_region,
    is_uscc,
    passes_luhn,
)
from .finding import Confidence, Finding, Kind
from .known import Known
from .labels import Label, Sort
from .numbers import Run
from .reading import Reading

_LENGTH = 18
_OLD_LENGTH = 15
_FEW_GROUPS = 3
_DISABILITY = re.compile("[1-7][1-4]")
_BLANK_OR_BREAK = re.compile(r"\s+")
_DECIMALS = re.compile(r"\.[0-9]{1,2}(?![0-9])")
_MASK = r"\\?[*×#●•■□○?X]"
_MASKED = re.compile(rf"(?<![0-9A-Za-z])(?:[0-9]|{_MASK}){{11,30}}(?![0-9A-Za-z])")
_HALF_MASKED = re.compile(rf"[0-9]{{3}}(?:{_MASK}){{2}}|(?:{_MASK}){{2}}[0-9]{{3}}")
_SCIENTIFIC = re.compile(r"(?<![0-9.])([1-9])\.([0-9]{13,17})[Ee]\+?(17|14)(?![0-9])")
#: So much of the birth date must be hidden that what is left is not the day.
_HIDDEN_AT_LEAST = 6

Hit = tuple[int, int, Confidence]


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every ID number of a passage, exact, by context, or doubtful."""
    for run in reading.runs:
        if len(run.digits) >= _OLD_LENGTH:
            yield from _in_run(reading, run)
    if reading.may_say(Sort.ID):
        if _HALF_MASKED.search(reading.text):
            yield from _half_masked(reading)
        yield from _scientific(reading)


def _in_run(reading: Reading, run: Run) -> Iterator[Finding]:
    taken = 0
    for number, start in enumerate(run.starts):
        if start < taken or len(run.digits) - start < _OLD_LENGTH:
            continue
        hit = _at_group(reading, run, start) or _within_group(reading, run, start, run.ends[number])
        if hit:
            first, taken, confidence = hit
            word = reading.label(run.at[start]).word
            value = run.digits[first:taken]
            yield reading.finding(Kind.ID_NUMBER, confidence, run.span(first, taken), value, word)


def _at_group(reading: Reading, run: Run, start: int) -> Hit | None:
    """The ID number that begins where a group of digits begins, of the 18 or 15 characters of its kind."""
    end = start + _LENGTH
    number = run.digits[start:end]
    if is_citizen_number(number) and (run.stops(end) or _is_disability_card(run, end)):
        confidence = _proved(reading, run, start, number)
        if confidence:
            return start, end, confidence
    if run.stops(start + _OLD_LENGTH) and (confidence := _old(reading, run, start)):
        return start, start + _OLD_LENGTH, confidence
    return _spoilt(reading, run, start)


def _is_disability_card(run: Run, end: int) -> bool:
    """Whether just two more digits follow, of a kind and a grade of disability."""
    return run.stops(end + 2) and bool(_DISABILITY.fullmatch(run.digits, end, end + 2))


def _proved(reading: Reading, run: Run, start: int, number: str) -> Confidence | None:
    """How sure a number with birth date and checksum is, where it stands."""
    label = reading.label(run.at[start])
    if label.says(Sort.ID):
        return Confidence.EXACT
    if label.says(Sort.CODE):
        return Confidence.DOUBTFUL
    if not _hangs_together(reading, run, start, start + _LENGTH, number):
        return None
    if _is_credit_code(number):
        return Confidence.DOUBTFUL if is_region(number[:6]) else None
    if _DECIMALS.match(reading.text, run.at[start + _LENGTH - 1] + 1):
        return Confidence.CONTEXT
    return Confidence.EXACT


def _is_credit_code(number: str) -> bool:
    return is_uscc(number) and is_region(number[2:8])


def _hangs_together(reading: Reading, run: Run, start: int, end: int, number: str) -> bool:
    """Whether groups with blanks between them are one number and not a row of a table.

    A province must fit; among more numbers and of many uneven groups, the county.
    """
    sizes = run.sizes(start, end)
    if len(sizes) < 2:
        return True
    if number[:2] not in PROVINCES:
        return False
    alone = start == 0 and end == len(run.digits)
    few = len(sizes) <= _FEW_GROUPS or max(sizes) == 1
    first, last = run.span(start, end)
    return alone or few or not _BLANK_OR_BREAK.search(reading.text, first, last) or is_region(number[:6])


def _old(reading: Reading, run: Run, start: int) -> Confidence | None:
    """How sure 15 digits are: exact under the label of an ID number; bare, if nothing speaks against it."""
    end = start + _OLD_LENGTH
    number = run.digits[start:end]
    alone = len(run.starts) == 1
    if not (alone or reading.may_say(Sort.ID)) or not number.isdigit() or not is_old_citizen_number(number):
        return None
    label = reading.label(run.at[start])
    if label.says(Sort.ID):
        return Confidence.EXACT
    other = label.sorts or passes_luhn(number) or not is_region(number[:6])
    return (
        Confidence.CONTEXT
        if alone and not other and not _glued(reading.text, *run.span(start, end))
        else None
    )


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a number is part of something else: a decimal, a code with letters, an amount."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(char.isascii() and (char.isalnum() or char in "./_*=#") for char in around) or text[
        end : end + 1
    ] in {
        "元",
        "亩",
    }


def _spoilt(reading: Reading, run: Run, start: int) -> Hit | None:
    """Under the label of an ID number: one that was mistyped, or lost its last digits in a spreadsheet."""
    length = next((length for length in (18, 17, 19) if run.stops(start + length)), 0)
    number = run.digits[start : start + length]
    if not length or not reading.may_say(Sort.ID) or not number[:-1].isdigit() or _is_credit_code(number):
        return None
    whole = length == _LENGTH and len(run.sizes(start, start + length)) == 1
    if length == _LENGTH and has_birth_date(number):
        confidence = Confidence.EXACT
    elif is_date(number[6:14]) or (whole and number[:2] in PROVINCES):
        confidence = Confidence.CONTEXT
    else:
        return None
    return (start, start + length, confidence) if reading.label(run.at[start]).says(Sort.ID) else None


def _within_group(reading: Reading, run: Run, start: int, end: int) -> Hit | None:
    """Under the label of an ID number: one anywhere within a longer group of digits."""
    if end - start <= _LENGTH:
        return None
    for first in range(start, end - _LENGTH + 1):
        if is_citizen_number(run.digits[first : first + _LENGTH]):
            label = reading.label(run.at[start])
            return (first, first + _LENGTH, Confidence.EXACT) if label.says(Sort.ID) else None
    return None


def _half_masked(reading: Reading) -> Iterator[Finding]:
    """Under the label of an ID number: a mask that leaves the birth date to be read."""
    for match in _MASKED.finditer(reading.text):
        value = re.sub(_MASK, "*", match.group().removesuffix("X")) + "X" * match.group().endswith("X")
        if "*" in value and _shown(value) > 8 - _HIDDEN_AT_LEAST:
            label: Label = reading.label(match.start())
            if label.says(Sort.ID):
                yield reading.finding(Kind.ID_NUMBER, Confidence.CONTEXT, match.span(), value, label.word)


def _shown(value: str) -> int:
    """How many digits of the birth date a masked ID number shows; of another length, as if the mask were."""
    if len(value) == _LENGTH:
        return sum(char.isdigit() for char in value[6:14])
    first = len(value) - len(value.lstrip("0123456789"))
    last = len(value) - len(value.rstrip("0123456789X"))
    return min(8, max(0, min(first, 14) - 6) + max(0, last - 4))


def _scientific(reading: Reading) -> Iterator[Finding]:
    """Under the label of an ID number: one that a spreadsheet wrote as 3.70828…E+17."""
    for match in _SCIENTIFIC.finditer(reading.text):
        label = reading.label(match.start())
        length = int(match[3]) + 1
        value = (match[1] + match[2])[:length].ljust(length, "0")
        right = has_birth_date(value) if length == _LENGTH else is_old_citizen_number(value)
        if right and label.says(Sort.ID):
            yield reading.finding(Kind.ID_NUMBER, Confidence.EXACT, match.span(), value, label.word)
