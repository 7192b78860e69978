"""A text as detectors read it: one form for each digit and letter, nothing invisible, and the way back.

Every character either stands for one character or is dropped, so that a place in the folded text is a
place in the original too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

# What ordinary Chinese is made of; a text of nothing else is folded already.
_PLAIN = (
    "\t\n\r\x20-\x7e·×\u2010-\u2027※℃㎡№\u2190-\u23ff①-⑳\u2500-\u26ff\u3001-\u303f\u3400-\u9fff"
    "（），：；！？￥％"
)
_ODD = re.compile(f"[^{_PLAIN}]")
_KEPT_CONTROLS = "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85"

_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
_AS_DIGITS = str.maketrans(_CIRCLED, "0123456789")
# A circled digit alone is the mark of an item or a note; among digits, or with its like, it is a digit.
_CIRCLED_NUMBER = re.compile(f"[{_CIRCLED}]{{2,}}|(?<=[0-9])[{_CIRCLED}](?=[0-9])")


class _Table(dict[int, "str | None"]):
    """`str.translate` asks it for each character; what it has worked out once it keeps."""

    def __missing__(self, code: int) -> str | None:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(char: str) -> str | None:
    """The one character that `char` stands for, or None where it shows nothing."""
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me"} or (category == "Cc" and char not in _KEPT_CONTROLS):
        return None
    if category == "Cs":
        return "\ufffd"
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in {"Zs", "Zl", "Zp"}:
        return " " if category == "Zs" else "\n"
    if category == "No":
        return char
    same = unicodedata.normalize("NFKC", char)
    return same if len(same) == 1 else char


_TABLE = _Table()


@dataclass(frozen=True, slots=True, repr=False)
class Folded:
    """`text` is what detectors match; `source` is what stands there. Offsets are in characters."""

    source: str
    text: str
    _origin: Sequence[int] = field(default=())

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of `text`, not empty, as [start, end) of `source`."""
        if not self._origin:
            return start, end
        return self._origin[start], self._origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Folds full-width and mathematical forms, drops zero-width and bidirectional characters."""
    if not _ODD.search(text) and not _CIRCLED_NUMBER.search(text):
        return Folded(text, text)
    plain = text.translate(_TABLE)
    origin: Sequence[int] = ()
    if len(plain) != len(text):
        origin = [at for at, char in enumerate(text) if _TABLE[ord(char)] is not None]
    plain = _CIRCLED_NUMBER.sub(lambda match: match.group().translate(_AS_DIGITS), plain)
    return Folded(text, plain, origin)


def compact(text: str) -> str:
    """`text` folded and without any space: for headings and labels, which are often spread out."""
    return "".join(fold(text).text.split())
