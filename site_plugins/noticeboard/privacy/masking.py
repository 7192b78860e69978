"""What may be shown of a private thing: a sample for a message, the published form for a masked copy."""

from __future__ import annotations

import re
import unicodedata

from .finding import Kind
from .fold import fold

#: What `masked` can mask; a marking of secrecy or of a draft is nothing that masking mends.
MASKABLE = frozenset(set(Kind) - {Kind.SECRET, Kind.INTERNAL, Kind.DRAFT})
_HIDDEN = "***"
_FREE_ADDRESS = re.compile(
    r"[0-9一二三四五六七八九十百零〇]+(?:[-—－之][0-9]+)*\s*(?:号|室|栋|幢|座|单元|楼|户|院|弄|门)"
)
_GROUP_END = re.compile(r".*(?:村|社区|居委会|组|社|屯|路|街|巷|道|里|镇|乡)")
_ROAD_END = re.compile(r".*(?:村|社区|居委会|路|街|巷|道|镇|乡|县|市)")


def _stars(text: str, first: int, last: int) -> str:
    """Hides all digits and letters but the `first` and the `last`; separators and widths stay."""
    places = [at for at, char in enumerate(text) if char.isalnum()]
    hidden = set(places[first : len(places) - last])
    shown = (
        ("＊" if unicodedata.east_asian_width(char) == "F" else "*") if at in hidden else char
        for at, char in enumerate(text)
        if char.isalnum() or char.isspace() or char.isprintable()
    )
    return "".join(shown)


def _address(text: str, end: re.Pattern[str]) -> str:
    door = _FREE_ADDRESS.search(fold(text).text)
    kept = end.match(text[: door.start()] if door else text)
    return kept.group() if kept else ""


def _sample_id(value: str) -> str:
    return value[:3] + "*" * max(0, len(value) - 5) + value[-2:]


def _sample_address(value: str) -> str:
    return _address(value, _ROAD_END) + "…"


def sample(kind: Kind, value: str, word: str = "") -> str:
    """What a message may show of a finding with this normalised value; of facts and markings the word."""
    match kind:
        case Kind.ID_NUMBER:
            return _sample_id(value)
        case Kind.BANK_CARD | Kind.ACCOUNT:
            return _HIDDEN + value[-4:]
        case Kind.MOBILE:
            return f"{value[:3]}****{value[-4:]}"
        case Kind.PERMIT:
            return f"{value[:1]}{_HIDDEN}{value[-2:]}"
        case Kind.PLATE:
            return value[:2] + _HIDDEN
        case Kind.ADDRESS:
            return _sample_address(value)
        case Kind.ONLINE:
            return _sample_online(value)
        case _:
            return word


def _sample_online(value: str) -> str:
    _, at, domain = value.partition("@")
    return value[:1] + _HIDDEN + at + domain


def _masked_id(text: str) -> str:
    length = sum(1 for char in fold(text).text if char.isalnum())
    return _stars(fold_width(text), 6, 3 if length == 15 else 4)


def fold_width(text: str) -> str:
    """`text` without its invisible characters, all else as it stands."""
    return "".join(char for char in text if fold(char).text)


def _masked_mobile(text: str) -> str:
    digits = sum(1 for char in fold(text).text if char.isdigit())
    return _stars(fold_width(text), digits - 8, 4)


def masked(kind: Kind, text: str) -> str:
    """The published form of a private thing, as it stands in a text (domain of the county's mask table).

    An ID number loses its birth date, a mobile number its middle four digits, a card or account all but
    the last four, an address what follows the village group. Separators and widths stay, invisible
    characters go. Raises ValueError for a kind that is not MASKABLE.
    """
    plain = fold_width(text)
    match kind:
        case Kind.ID_NUMBER:
            return _masked_id(text)
        case Kind.MOBILE:
            return _masked_mobile(text)
        case Kind.BANK_CARD | Kind.ACCOUNT:
            return _stars(plain, 0, 4)
        case Kind.PERMIT:
            return _stars(plain, 1, 2)
        case Kind.PLATE:
            return _stars(plain, 2, 0)
        case Kind.ADDRESS:
            return _address(plain, _GROUP_END) + _HIDDEN
        case Kind.ONLINE:
            return _sample_online(plain)
        case Kind.SENSITIVE:
            return _HIDDEN
        case _:
            raise ValueError(f"{kind} cannot be masked")
