"""What is public already: the telephones, mail addresses and offices of the board's own publishers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .fold import compact, fold

_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*$")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}")
_LONGEST_LOCAL = 64
_PHONE = re.compile(
    r"(?:(?:\+|00)?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9])"
    r"|\(?0[0-9]{2,3}\)?[- ]?[0-9]{7,8}(?![0-9])"
    r"|[48]00[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}(?![0-9])"
    r"|[0-9]{7,8}(?![0-9])"
)
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9][0-9]{9}$|0)")


@dataclass(frozen=True, slots=True)
class Known:
    """What detectors leave alone.

    `contacts`: telephones as `normal_phone` has them, mail addresses in lower case. `addresses`: where
    offices are.
    """

    contacts: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


def normal_phone(text: str) -> str:
    """The digits of a telephone number, without the country's code and any separators."""
    plain = re.sub(r"[^0-9+]", "", compact(text))
    return _COUNTRY.sub("", plain).lstrip("+")


def emails(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of mail addresses in a folded text."""
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text[max(0, at - _LONGEST_LOCAL) : at])
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            yield at - len(local.group()), domain.end()
        at = text.find("@", at + 1)


def contacts_in(text: str) -> frozenset[str]:
    """The telephones and mail addresses in free text, such as a publisher's contact line, for `Known`."""
    plain = fold(text).text
    phones = (match.group() for match in _PHONE.finditer(plain))
    mails = (plain[start:end].lower() for start, end in emails(plain))
    return frozenset((*map(normal_phone, phones), *mails))
