"""What may be shown of a private thing: a sample for a message, the published form for a masked copy."""

from __future__ import annotations

import re
import unicodedata

from .finding import Kind
from .fold import fold

#: What `masked` can mask; a marking of secrecy or of a draft is nothing that a mask mends.
MASKABLE = frozenset(set(Kind) - {Kind.SECRET, Kind.INTERNAL, Kind.DRAFT})
_HIDDEN = "***"
_OLD_ID = 15
_DOOR = re.compile(
    r"[0-9一二三四五六七八九十百零〇]+(?:[-—－之][0-9]+)*\s*(?:号|室|栋|幢|座|单元|楼|户|院|弄|门|#)"
)
_GROUP = re.compile(r".*(?:村|社区|居委会|组|社|屯|路|街|巷|道|里|镇|乡)")
_ROAD = re.compile(r".*(?:村|社区|居委会|路|街|巷|道|镇|乡|县|市)")


def sample(kind: Kind, value: str, word: str = "") -> str:
    """What a message may show of a finding with this normalised value; of facts and markings, the word."""
    match kind:
        case Kind.ID_NUMBER:
            return value[:3] + "*" * (len(value) - 5) + value[-2:]
        case Kind.BANK_CARD | Kind.ACCOUNT:
            return _HIDDEN + value[-4:]
        case Kind.MOBILE:
            return f"{value[:3]}****{value[-4:]}"
        case Kind.PERMIT:
            return value[:1] + _HIDDEN + value[-2:]
        case Kind.PLATE:
            return value[:2] + _HIDDEN
        case Kind.ADDRESS:
            return _up_to(_ROAD, value) + "…"
        case Kind.ONLINE:
            return _online(value)
        case _:
            return word


def masked(kind: Kind, text: str) -> str:
    """The published form of a private thing, given as it stands in a text.

    An ID number loses its birth date, a mobile number its middle four digits, a card or an account all but
    the last four, an address what follows the village group or the road. Separators and widths stay,
    invisible characters go. Raises ValueError for a kind that is not MASKABLE.
    """
    plain = fold_width(text)
    match kind:
        case Kind.ID_NUMBER:
            return _starred(plain, 6, 3 if _signs(plain) == _OLD_ID else 4)
        case Kind.MOBILE:
            return _starred(plain, _signs(plain) - 8, 4)
        case Kind.BANK_CARD | Kind.ACCOUNT:
            return _starred(plain, 0, 4)
        case Kind.PERMIT:
            return _starred(plain, 1, 2)
        case Kind.PLATE:
            return _starred(plain, 2, 0)
        case Kind.ADDRESS:
            return _up_to(_GROUP, plain) + _HIDDEN
        case Kind.ONLINE:
            return _online(plain)
        case Kind.SENSITIVE:
            return _HIDDEN
        case _:
            raise ValueError(f"{kind} cannot be masked")


def fold_width(text: str) -> str:
    """`text` without its invisible characters; all else as it stands."""
    return "".join(char for char in text if fold(char).text)


def _signs(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _starred(text: str, first: int, last: int) -> str:
    """Hides all letters and digits but the `first` and the `last`, each by a star of its width."""
    places = [at for at, char in enumerate(text) if char.isalnum()]
    hidden = frozenset(places[max(0, first) : len(places) - last])
    return "".join(_star(char) if at in hidden else char for at, char in enumerate(text))


def _star(char: str) -> str:
    return "＊" if unicodedata.east_asian_width(char) == "F" else "*"


def _up_to(end: re.Pattern[str], address: str) -> str:
    """An address up to the last such word before its first number of a house."""
    door = _DOOR.search(fold(address).text)
    kept = end.match(address[: door.start()] if door else address)
    return kept.group() if kept else ""


def _online(value: str) -> str:
    _, at, domain = value.partition("@")
    return value[:1] + _HIDDEN + at + domain
