"""The arithmetic of numbers: GB 11643 (citizens), GB 32100 (institutions), GB/T 2260 (regions)."""

from __future__ import annotations

import re
from datetime import date

from stdnum import luhn, numdb
from stdnum.iso7064 import mod_11_2

#: The first two digits of GB/T 2260; 81–83 stand on the residence permits of Hong Kong, Macao and Taiwan.
PROVINCES = frozenset(
    str(code)
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for code in range(*codes)
)
_CITIZEN = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9X]")
_USCC = re.compile(r"[1-9A-GNY][1-9][0-9A-HJ-NPQRTUWXY]{16}")
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_date(digits: str) -> bool:
    """Whether yyyymmdd is a day of the calendar between 1900 and 2099."""
    if digits[:2] not in {"19", "20"}:
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def has_birth_date(number: str) -> bool:
    """Whether 18 characters have the form of an ID number: 17 digits, a digit or X, and a birth date."""
    return bool(_CITIZEN.fullmatch(number)) and is_date(number[6:14])


def is_citizen_number(number: str) -> bool:
    """Whether 18 characters are a 公民身份号码: birth date and checksum (ISO 7064 MOD 11-2).

    The region is left open: foreigners' numbers begin with 9.
    """
    return has_birth_date(number) and bool(mod_11_2.checksum(number) == 1)


def is_old_citizen_number(number: str) -> bool:
    """Whether 15 digits are an ID number of before 1999: a province and a birth date in the 1900s."""
    return number[:2] in PROVINCES and is_date("19" + number[6:12])


def is_region(code: str) -> bool:
    """Whether six digits are, or were, a county of GB/T 2260."""
    return bool(code[:2] in PROVINCES and all(props for _, props in numdb.get("cn/loc").info(code)))


def is_uscc(code: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码: MOD 31, and a province or the centre as its region.

    Not python-stdnum's: it knows no N1, N2 and N3 codes of village collectives.
    """
    if not _USCC.fullmatch(code) or (code[2:4] not in PROVINCES and code[2:8] != "100000"):
        return False
    values = [_USCC_ALPHABET.index(char) for char in code]
    total = sum(value * weight for value, weight in zip(values, _USCC_WEIGHTS, strict=False))
    return (total + values[-1]) % 31 == 0


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a bank card; one number in ten passes by chance."""
    return bool(luhn.checksum(digits) == 0)
