"""How a county wants private things published: what is hidden of each, where the county has a choice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..privacy.finding import Kind
from ..privacy.fold import compact, fold
from ..privacy.masking import fold_width, masked

#: What a configuration may choose, the first of each being what counts where it says nothing.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "names": ("full", "partial"),
    Kind.ID_NUMBER: ("middle", "all"),
    Kind.MOBILE: ("middle", "all"),
}
NAME = "name"
"""The kind of a name. No detector looks for one: names are public unless a county says otherwise."""

_NAMED = re.compile(r".*(?:姓名|名字|户主|成员|户名|申请人|持卡人|领取人|受益人|承包方代表)(?:[（(].*[)）])?")
# 张　三 is one name, 张三 李四 are two.
_HAN = "[\u3400-\u9fff]"
_NAME = re.compile(rf"(?<!{_HAN})(?:{_HAN}[ \u3000]+{_HAN}|{_HAN}+(?:[·•]{_HAN}+)+|{_HAN}{{2,4}})(?!{_HAN})")
_NO_NAMES = frozenset({"户主", "姓名", "本人", "合计", "小计", "总计", "共计", "以下空白", "同上", "空缺"})
_WHOLE_ID = frozenset({15, 18})
_REGION = 6


@dataclass(frozen=True, slots=True)
class Rules:
    """What of each kind is hidden. `blank` stands in the place of what is not published at all."""

    blank: str
    chosen: Mapping[str, str] = field(default_factory=dict)

    def published(self, kind: Kind, text: str, *, whole: bool) -> str:
        """What is published of a private thing, given as it stands. Raises ValueError for a marking.

        `whole` tells that it fills its cell.
        """
        if kind is Kind.SENSITIVE and whole:
            return self.blank
        if self.chosen.get(kind) == "all":
            return _starred(text)
        if kind is Kind.ID_NUMBER and sum(char.isalnum() for char in fold(text).text) not in _WHOLE_ID:
            return _starred(text, _REGION)  # mistyped, or half masked: who knows where the birth date stands
        return masked(kind, text)

    def names(self, heading: str, text: str) -> list[tuple[int, int]]:
        """The ranges of the names in a cell, if names are hidden and the heading says that it holds names."""
        if self.chosen.get("names") != "partial" or not _NAMED.fullmatch(compact(heading)):
            return []
        names = _NAME.finditer(text)
        return [name.span() for name in names if compact(name[0]) not in {*_NO_NAMES, self.blank}]


def partial_name(name: str) -> str:
    """张三 → 张*, 张小三 → 张*三: the first character, and the last of three and more."""
    letters = [at for at, char in enumerate(name) if not char.isspace()]
    hidden = set(letters[1:-1] or letters[1:])
    return "".join("*" if at in hidden else char for at, char in enumerate(name))


def _starred(text: str, shown: int = 0) -> str:
    """Hides all letters and digits but the first `shown`; separators stay."""
    shape, met = [], 0
    for char in fold_width(text):
        met += char.isalnum()
        shape.append("*" if char.isalnum() and met > shown else char)
    return "".join(shape)
