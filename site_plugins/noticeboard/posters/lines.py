"""Text with the invisible marks that tell Typst where a line may end and where it must not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

#: Between two characters that stay together.
JOINER: Final = "\u2060"
#: Where a line may end.
BREAK: Final = "\u200b"

#: Dots within names and amounts, which Typst lets stand at the start of a line.
_DOT = re.compile("(?=[·•‧・])")
#: An address or a code so long that it would not go into a line.
_LONG = re.compile(r"[!-~]{24,}")
#: Signs in a row, between which no line may end by the rules: ……, ！！！, 。。。
_ROW = re.compile(r"([…—！？。，、；：·・～_＿])\1{11,}")
_WORD = re.compile(r"[!-~]{8,}")
_PART = re.compile(r"[^/._?&=#:-]{0,8}[/._?&=#:-]{1,8}|[^/._?&=#:-]{1,8}")
#: With the character before, so that the gap between Han and figures stays within.
_DATE = re.compile(r"[\u4e00-\u9fff]?[0-9]{1,4}[年月](?:[0-9]{1,2}[月日])*")
#: 8:00—18:00, 2021—2035: no line begins with the dash.
_SPAN = re.compile(
    r"(?:[0-9]{1,4}[\u4e00-\u9fff]|[\u4e00-\u9fff]?)(?<![0-9:.])[0-9][0-9:.]{0,7}[—–~～－][0-9][0-9:.]{0,7}(?![0-9])[\u4e00-\u9fff]?"
)
#: What ends a line by itself.
_ENDS: Final = frozenset({"p", "br", "h", "hr", "pre", "table", "figure", "img"})


def bound(text: str) -> str:
    """The text with dots bound to what stands before, spans whole, and ends of lines in long addresses."""
    text = _ROW.sub(lambda row: BREAK.join(re.findall(".{1,6}", row[0])), text)
    text = _SPAN.sub(lambda span: JOINER.join(span[0]), _DOT.sub(JOINER, text))
    return _LONG.sub(lambda long: _PART.sub(lambda part: part[0] + BREAK, long[0]), text)


def dated(text: str) -> str:
    """Bound text whose dates stay in one line."""
    return bound(_DATE.sub(lambda date: JOINER.join(date[0]), text))


def longest_word(text: str) -> float:
    """The ems of the longest run of a text, bound already, in which no line may end."""
    return max((0.7 * len(word) for word in _WORD.findall(text.replace(JOINER, ""))), default=0.0)


def text_of(value: Any) -> str:
    """The words of blocks or inlines; blocks and line breaks end a line."""
    if isinstance(value, list):
        return "".join(map(text_of, value))
    if not isinstance(value, Mapping):
        return ""
    if "v" in value:
        return str(value["v"])
    inner = "".join(text_of(value[key]) for key in ("c", "items", "rows", "term") if key in value)
    return inner + str(value.get("shown", "")) + ("\n" if value.get("t") in _ENDS else "")
