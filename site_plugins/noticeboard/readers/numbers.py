"""Numbers and dates of sheets as text: as displayed, but with every digit that is stored."""

from __future__ import annotations

import re
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
_SLOTS = re.compile(r"[0#?@](?:[0#?@,.]*[0#?@])?")
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


@lru_cache(maxsize=1024)
def literal_frame(code: str) -> tuple[str, int, str] | None:
    """What a format writes around a whole number: text before, least number of digits, text after.

    None where it only shows the number. `"370828"000000000000` → `("370828", 12, "")`.
    """
    section = code.partition(";")[0]
    slots = _SLOTS.search(_QUOTED.sub(lambda match: "\0" * len(match[0]), section))
    if slots is None or set(slots[0]) - set("0#@?"):
        return None
    before, after = (_literal(part) for part in (section[: slots.start()], section[slots.end() :]))
    least = slots[0].count("0")
    digits = sum(sign.isdigit() for sign in before + after)
    return (before, least, after) if digits or least > 1 else None


def _literal(part: str) -> str:
    """What stands in quotes or behind a backslash, and signs that need neither."""
    return _QUOTED.sub(lambda match: match[1] or match[2] or "", part)


def framed(value: str, code: str) -> str:
    """A number as its format writes it, where the format adds digits of its own or zeros in front."""
    frame = literal_frame(code)
    if frame is None or not value.lstrip("-").isdigit():
        return value
    before, least, after = frame
    return f"{before}{value.zfill(least)}{after}"
