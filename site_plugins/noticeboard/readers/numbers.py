"""Numbers and dates of sheets as text: as displayed, but with every digit that is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
#: Digits: a longer number is left as it stands.
_LONGEST = 40
#: Digits that a binary number of eight bytes always keeps; what is beyond them is noise.
_KEPT = 15
#: Built-in number formats of Excel that show a date or a time, the Chinese ones included.
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].')
_DATE_SIGNS = re.compile(r"[yYdDhHsSeE年月日]|(?<![a-z])m{1,5}", re.I)
#: A number format up to the sign that ends one of its sections.
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*')
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].'
    r"|(?P<slot>[0#?@]|General)|(?P<scale>[.,%/]|E[+-])|(?P<other>.)",
    re.DOTALL,
)
_LAST_DAY = 2_958_465  # 9999-12-31
_DAY = timedelta(days=1)


def plain(value: str) -> str:
    """A stored number without exponent and without idle zeros: `3.7E+17` → `370000000000000000`."""
    if (value.isdecimal() and len(value) < _LONGEST) or not _NUMBER.fullmatch(value):
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if abs(number.adjusted()) > _LONGEST:
        return value
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    return f"{+_rounded(number):f}"


def _rounded(number: Decimal) -> Decimal:
    """0.1 is stored as 0.10000000000000001: sixteen and more digits of a fraction are not what is shown."""
    digits = len(number.as_tuple().digits)
    if digits <= _KEPT:
        return number.normalize()
    return number.quantize(Decimal(1).scaleb(number.adjusted() - _KEPT + 1)).normalize()


@lru_cache(maxsize=4096)
def is_date_format(number: int, code: str) -> bool:
    """Whether a number format shows a date or a time."""
    if number in _DATE_FORMATS:
        return True
    bare = _QUOTED.sub("", code.partition(";")[0])
    return (
        bool(_DATE_SIGNS.search(bare)) and "general" not in code.lower() and not re.search(r"[0#]E[+-]", code)
    )


@lru_cache(maxsize=65536)
def date_text(value: str, since_1904: bool) -> str:
    """A serial day as ISO date, time, or both; the number itself where there is no such day."""
    try:
        serial = float(value)
    except ValueError:
        return value
    if not 0 <= serial < _LAST_DAY:
        return plain(value)
    moment = timedelta(days=serial)
    moment = timedelta(seconds=round(moment.total_seconds()))
    clock = f"{moment.seconds // 3600:02}:{moment.seconds // 60 % 60:02}:{moment.seconds % 60:02}"
    if moment < _DAY:
        return clock
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if serial >= 61 else 31)  # noqa: DTZ001
    day = (epoch + timedelta(days=moment.days)).date().isoformat()
    return f"{day} {clock}" if moment.seconds else day


class _Slot(str):
    """A place for one digit in a number format: `0`, `#` or `?`; or for the whole value: `@`."""

    __slots__ = ()


#: What one section of a number format writes, from left to right: texts and places for digits.
_Frame = tuple[str, ...]


@lru_cache(maxsize=1024)
def _frames(code: str) -> tuple[_Frame | None, ...]:
    """Each section of a number format; None where it only shows the number."""
    return tuple(_frame(section) for section in _SECTION.findall(code) if section)


def _frame(section: str) -> _Frame | None:
    pieces: list[str] = []
    for found in _PIECE.finditer(section):
        if found["slot"]:
            pieces.append(_Slot("@" if found["slot"] in {"@", "General"} else found["slot"]))
        elif found["scale"]:
            return None
        else:
            pieces.append(found["quoted"] or found["escaped"] or found["currency"] or found["other"] or "")
    zeros = sum(isinstance(piece, _Slot) and piece == "0" for piece in pieces)
    return tuple(filter(None, pieces)) if zeros > 1 or _has_digits(pieces) else None


def _has_digits(pieces: Iterable[str]) -> bool:
    """Whether a section writes digits of its own."""
    return any(sign.isdigit() for piece in pieces if not isinstance(piece, _Slot) for sign in piece)


def shown(value: str, code: str) -> tuple[str, ...]:
    """A value as its number format writes it, where the format adds digits of its own or zeros in front.

    As displayed first; then, where the format has digits of its own, as stored and as its other sections
    would write it: a condition may choose them.
    """
    frames = _frames(code) if code else ()
    if not any(frames):
        return (value,)
    is_number = value.lstrip("-").isdigit()
    chosen = (int(value) < 0) + 2 * (int(value) == 0) if is_number and value.isascii() else 3
    first = frames[chosen if chosen < len(frames) else 0]
    written = [_written(value, first)]
    if any(frame and _has_digits(frame) for frame in frames):
        written += [value, *(_written(value, frame) for frame in frames)]
    return tuple(dict.fromkeys(written))


def _written(value: str, frame: _Frame | None) -> str:
    """A value in one section: its digits from the right into their places, what is left into the first."""
    slots = [piece for piece in frame or () if isinstance(piece, _Slot)]
    if frame is None or (slots and "@" not in slots and not value.lstrip("-").isdigit()):
        return value
    if "@" in slots:
        return "".join(value if isinstance(piece, _Slot) else piece for piece in frame)
    digits = list(value.lstrip("-"))
    pieces: list[str] = []
    for piece in reversed(frame):
        if not isinstance(piece, _Slot):
            pieces.append(piece)
            continue
        slots.pop()
        if not slots:
            pieces.append("".join(digits) or piece.strip("#?"))
        else:
            pieces.append(digits.pop() if digits else piece.strip("#?"))
    return "".join(reversed(pieces))
