"""Texts with labels on what must be found in them and what must be left alone.

A text is written as it will stand, with each labelled piece between two signs of the private use area, so
that a scene reads like the notice that it imitates; `Draft.finished` takes the signs out and keeps places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from noticeboard.privacy.finding import Kind
from noticeboard.privacy.fold import fold

_FIRST, _END = 0xE000, "\uf8ff"


class Verdict(StrEnum):
    """What is right for a piece."""

    MUST = "must"  # found, and not as a question
    ASK = "ask"  # found as a question, and not otherwise
    MAY = "may"  # neither wrong nor missed: the words are as open as the form
    QUIET = "quiet"  # left alone, or at most a question
    NOT = "not"  # left alone


INNOCENT = frozenset({Verdict.ASK, Verdict.QUIET, Verdict.NOT})


@dataclass(frozen=True, slots=True, repr=False)
class Label:
    """A piece of a text at [start, end): what is right, the kind it is or resembles, the form it has.

    `value` is the number alone, folded; `step` is a step that must lead to it in a file, "" for any.
    """

    verdict: Verdict
    kind: Kind
    form: str
    value: str
    start: int = 0
    end: int = 0
    step: str = ""


def bare(text: str) -> str:
    """Letters and digits only, folded and in upper case: what two writings of a thing share."""
    return "".join(char for char in fold(text).text.upper() if char.isalnum())


class Draft:
    """A text being written. Hands out labelled pieces, later tells where they came to stand."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._labels: list[Label] = []

    def piece(self, verdict: Verdict, kind: Kind, form: str, written: str, value: str = "") -> str:
        """`written` with its label; put it into the text once."""
        self._labels.append(Label(verdict, kind, form, bare(value or written)))
        return f"{chr(_FIRST + len(self._labels) - 1)}{written}{_END}"

    def real(self, kind: Kind, form: str, written: str, value: str = "") -> str:
        """A piece that must be found."""
        return self.piece(Verdict.MUST, kind, form, written, value)

    def finished(self, marked: str) -> tuple[str, tuple[Label, ...]]:
        """The plain text, and the labels of the pieces that stand in it."""
        plain: list[str] = []
        labels: list[Label] = []
        for char in marked:
            if _FIRST <= ord(char) < _FIRST + len(self._labels):
                labels.append(replace(self._labels[ord(char) - _FIRST], start=len(plain)))
            elif char == _END:
                labels[-1] = replace(labels[-1], end=len(plain))
            else:
                plain.append(char)
        return "".join(plain), tuple(labels)
