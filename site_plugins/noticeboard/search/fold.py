"""One form for every way of writing the same text.

Folding goes character by character, so that the fold of a text is the fold of its pieces, and a query is
contained in a text exactly when its fold is contained in the text's fold.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: Categories of characters that nobody sees: controls, joiners, spaces; and those that choose a glyph.
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


@cache
def variants() -> dict[str, str]:
    """Characters that are written for another one: Traditional forms, variants, brackets, dashes."""
    table: dict[str, str] = {}
    for line in files(__package__).joinpath("data/variants.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            target, _, sources = line.partition(" ")
            table.update(dict.fromkeys(sources, target))
    return table


def lightly(char: str) -> str:
    """A character without its width, case and spacing: what a browser can do without a table."""
    folded = unicodedata.normalize("NFKC", char).lower()
    return "".join(each for each in folded if not _is_unseen(each))


@cache
def fold_char(char: str) -> str:
    """A character in the form that is searched: none, one or several characters."""
    table = variants()
    return "".join(table.get(each, each) for each in lightly(char))


def _is_unseen(char: str) -> bool:
    code = ord(char)
    return unicodedata.category(char) in _UNSEEN or any(code in block for block in _SELECTORS)


def fold(text: str) -> str:
    """A text in the form that is searched. Line breaks are dropped like all white space."""
    return "".join(map(fold_char, text))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded line, and for each of its characters where it came from in the original."""

    text: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, line: str) -> Folded:
        pieces = [fold_char(char) for char in line]
        origins = (at for at, piece in enumerate(pieces) for _ in piece)
        return cls("".join(pieces), tuple(origins))

    def find(self, word: str) -> list[tuple[int, int]]:
        """Every place of a folded word, as start and end in the original; places do not overlap."""
        found = []
        at = self.text.find(word)
        while at >= 0:
            found.append((self.origins[at], self.origins[at + len(word) - 1] + 1))
            at = self.text.find(word, at + len(word))
        return found
