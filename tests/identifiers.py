"""Numbers that look like people's, built at run time: none of them stands in a file.

Each is made from parts that a test chooses or a random generator gives, with the check digit worked out here
by the text of the standard, not by the code under test.
"""

from __future__ import annotations

from random import Random

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
REGIONS = ("110105", "130121", "321102", "370828", "429006", "510781", "620102", "810000", "830000", "911111")
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")


def id_number(region: str = "370828", born: str = "20020101", serial: str = "000") -> str:
    """A 公民身份号码 with its check character (GB 11643)."""
    digits = region + born + serial
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, _ID_WEIGHTS, strict=True)) % 11]


def wrong_id_number(**parts: str) -> str:
    """An ID number with a wrong check digit."""
    right = id_number(**parts)
    return right[:-1] + ("1" if right[-1] != "1" else "2")


def any_id_number(random: Random) -> str:
    """An ID number of any region, birth date and serial."""
    born = f"{random.randint(1900, 2099)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    return id_number(random.choice(REGIONS), born, f"{random.randint(0, 999):03}")


def old_id_number(region: str = "370828", born: str = "620101", serial: str = "001") -> str:
    """An ID number of before 1999: 15 digits, no check digit."""
    return region + born + serial


def with_luhn(digits: str) -> str:
    """`digits` and their check digit."""
    doubled = (int(d) * (2 - at % 2) for at, d in enumerate(reversed(digits)))
    return digits + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def bank_card(random: Random, prefix: str = "62", length: int = 19) -> str:
    """A card number with a right check digit."""
    return with_luhn(prefix + digits(random, length - 1 - len(prefix)))


def without_luhn(random: Random, prefix: str = "62", length: int = 19) -> str:
    """A number of a card's length with a wrong check digit."""
    right = bank_card(random, prefix, length)
    return right[:-1] + str((int(right[-1]) + 1) % 10)


def uscc(front: str, body: str) -> str:
    """A 统一社会信用代码 (GB 32100): two characters and a region, nine of the body, and the check character.

    Raises ValueError where the body is not nine characters long.
    """
    code = front + body
    total = sum(_USCC_ALPHABET.index(char) * weight for char, weight in zip(code, _USCC_WEIGHTS, strict=True))
    return code + _USCC_ALPHABET[-total % 31]


def any_uscc(random: Random, kind: str = "N2", alphabet: str = _USCC_ALPHABET) -> str:
    """A 统一社会信用代码 of a kind (11 offices, 91 companies, N2 villages' collectives)."""
    return uscc(kind + random.choice(REGIONS[:6]), "".join(random.choice(alphabet) for _ in range(9)))


def mobile(random: Random) -> str:
    """A mobile number."""
    return f"1{random.randint(3, 9)}{digits(random, 9)}"


def digits(random: Random, length: int) -> str:
    """Any digits."""
    return "".join(random.choice("0123456789") for _ in range(length))
