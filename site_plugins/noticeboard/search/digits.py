"""Numbers as printable characters, small ones short: what postings are written in.

A number is written in digits of base 32, the lowest first; each but the last has 32 added. A digit is one
of 64 characters between ';' and '{' without the backslash. There are no decimal digits among them, so that
no posting ever looks like anybody's number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Column = npt.NDArray[np.int64]

_CODES = np.array([*range(59, 92), *range(93, 124)], dtype=np.uint8)
_CHARACTERS = "".join(map(chr, _CODES.tolist()))
_VALUES = {char: value for value, char in enumerate(_CHARACTERS)}
_BASE_BITS = 5
#: What is added to each digit of a number but the last.
MORE = 1 << _BASE_BITS
#: The value of each digit, by its code.
_VALUE_OF = bytes(_VALUES.get(chr(code), 0) for code in range(256))
#: Numbers of at most so many digits are looked up in a table.
_TABLED = 4


def encode(numbers: Iterable[int]) -> str:
    """Numbers from 0 on as characters."""
    parts = []
    for number in numbers:
        left = number
        while left >= MORE:
            parts.append(_CHARACTERS[(left & (MORE - 1)) + MORE])
            left >>= _BASE_BITS
        parts.append(_CHARACTERS[left])
    return "".join(parts)


def decode(text: str) -> list[int]:
    """The numbers that were encoded. Raises KeyError for a character that is no digit."""
    numbers, number, shift = [], 0, 0
    for char in text:
        value = _VALUES[char]
        number |= (value & (MORE - 1)) << shift
        if value < MORE:
            numbers.append(number)
            number = shift = 0
        else:
            shift += _BASE_BITS
    return numbers


def stepped(numbers: Iterable[int]) -> Iterator[int]:
    """Ascending numbers as the step to each from the one before, the first from −1."""
    return (number - before for before, number in pairwise((-1, *numbers)))


def running(steps: Iterable[int]) -> Iterator[int]:
    """The numbers that were `stepped`."""
    return (number - 1 for number in accumulate(steps))


def values(text: str) -> npt.NDArray[np.uint8]:
    """The values of digits one by one, each but the last of a number with `MORE` added."""
    return np.frombuffer(text.encode("ascii").translate(_VALUE_OF), dtype=np.uint8)


def numbers_at(values: npt.NDArray[np.uint8], starts: Column) -> tuple[Column, Column]:
    """The numbers that begin at some of the digits, and where each ends."""
    digit = values[starts]
    found = (digit & (MORE - 1)).astype(np.int64)
    ends = starts + 1
    longer, shift = np.flatnonzero(digit >= MORE), _BASE_BITS
    while len(longer):
        digit = values[ends[longer]]
        found[longer] |= (digit & (MORE - 1)).astype(np.int64) << shift
        ends[longer] += 1
        longer, shift = longer[digit >= MORE], shift + _BASE_BITS
    return found, ends


def written(numbers: Numbers, counts: Column) -> tuple[str, Column]:
    """Numbers from 0 on as characters, and how many the first so many take, those after them, and so on."""
    most = max(int(numbers.max(initial=0)).bit_length() - 1, 0) // _BASE_BITS + 1
    sizes = np.ones(len(numbers), dtype=np.uint8)
    for digit in range(1, most):
        sizes += numbers >= 1 << (_BASE_BITS * digit)
    wide = _table(most)[numbers].view(np.uint8) if most <= _TABLED else _wide(numbers, most).ravel()
    ends = np.cumsum(counts)
    before = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
    return wide[wide > 0].tobytes().decode("ascii"), before[ends] - before[ends - counts]


@cache
def _table(digits: int) -> npt.NDArray[np.uint32]:
    """The codes of each number of at most so many digits, in one; zeros for those that it has not."""
    return _wide(np.arange(1 << (_BASE_BITS * digits), dtype=np.int32), _TABLED).view(np.uint32).ravel()


def _wide(numbers: Numbers, most: int) -> npt.NDArray[np.uint8]:
    """The codes of the digits of each number in a row, and zeros for those that it has not."""
    rows = np.zeros((len(numbers), most), dtype=np.uint8)
    for digit in range(most):
        left = numbers >> (_BASE_BITS * digit)
        codes = _CODES[(left & (MORE - 1)) + np.where(left >= MORE, MORE, 0)]
        rows[:, digit] = np.where((left > 0) | (digit == 0), codes, 0)
    return rows
