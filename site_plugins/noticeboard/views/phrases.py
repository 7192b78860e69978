"""Titles in phrases: a line may end between two of them, and never within a word (通|知)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rjieba import Jieba

from ..board.publisher import Publishers

#: Never at the end of a line; 发〔2026〕12号 is one.
_OPENING = frozenset("（〔［【《〈「『“‘([{—…·〕")
#: Never at the beginning of a line.
_CLOSING = frozenset("）〔〕］】》〉」』”’)]}、，。；：？！…—–-·・,.;:?!%％℃℉‰°/／+&～~")
#: Words of one character that belong to the word before them; so does every other that is not in _LEADING.
_TRAILING = frozenset("的了等及和与至之")
#: Words of one character that belong to the word behind them: 拟表彰, 原村小, 各村民, 对征地.
_LEADING = frozenset("预拟原各本新老第该副总全每某未非续再首暂现将被对按为向由从在因经以据把给请不无免")
#: Before a number they count it, else they end what stands before: 前三季度, 春节前.
_COUNTING = frozenset("前后约近逾共")
_NUMERALS = "0-9０-９一二三四五六七八九十百千两〇零"
_FIGURE = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_ABOUT = "关于"
#: Written in one: 2026年, 3.5万元, 2021—2035年, A类, K0+000—K3+250, 第三, “三务”.
_WHOLE = re.compile(
    rf"[{_FIGURE}]+(?:[.,:/+\-–—～~&@_．／]+[{_FIGURE}]+)*"
    r"(?: ?(?:年度|学年|个月|[年月日时号户元级类期次亩]|万元|亿元|公里|季度|千伏|批次?))?"
    rf"|第[{_NUMERALS}]+|“[^“”]{{1,6}}”|{_ABOUT}"
)
_ENDS_IN_FIGURE = re.compile(r".*[0-9０-９]", re.DOTALL)
_ORDINAL = re.compile(rf"第[{_NUMERALS}]+")
_PART_OF_DAY = re.compile(r"[0-9０-９]+[月日]")
_NUMBER = re.compile(f"[{_NUMERALS}]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]")
#: No word list has these: what they are written with is not known, so nothing breaks beside them.
_RARE = re.compile("[\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff]")
#: 第三季度, 第二标段; a longer word stands by itself.
_COUNTED = 3
#: A longer name may be broken, as it would be too wide for a narrow screen.
_LONGEST_NAME = 8
#: 永澜县三棠镇人民政府 holds 三棠镇.
_PLACE = re.compile(r"(?:^|(?<=[省市县区镇乡]))[\u4e00-\u9fff]{1,5}?[县区镇乡村]|[\u4e00-\u9fff]{1,5}?社区")
#: What notices speak of and no general list of words has.
_WORDS = (
    *("村民委员会", "居民委员会", "人民政府", "股份经济合作社", "村民代表会议", "村民小组", "村务监督委员会"),
    *("最低生活保障", "特困人员", "高龄津贴", "耕地地力", "医疗保险", "养老保险", "临时救助", "户厕", "晒坪"),
    *("一事一议", "筹资筹劳", "收益分配", "提质改造", "冷链", "山塘", "机耕路", "任前公示", "预公告"),
)


class Phrases:
    """Takes titles apart. `names` are words of the board's own: publishers and their villages."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._jieba = Jieba()
        places = (place for name in names for place in (name, *_PLACE.findall(name)))
        for word in sorted({*_WORDS, *(name for name in places if 1 < len(name) <= _LONGEST_NAME)}):
            self._jieba.add_word(word, 100_000, "n")

    def __call__(self, title: str) -> tuple[str, ...]:
        """The phrases, which together are the title; none of them is empty."""
        words = tuple(self._words(title))
        phrases: list[str] = []
        for at, word in enumerate(words):
            after = words[at + 1] if at + 1 < len(words) else ""
            if phrases and _belongs(phrases[-1], words[at - 1], word, after):
                phrases[-1] += word
            else:
                phrases.append(word)
        return tuple(phrases)

    def _words(self, title: str) -> Iterator[str]:
        at = 0
        for whole in _WHOLE.finditer(title):
            yield from self._cut(title[at : whole.start()])
            yield whole[0]
            at = whole.end()
        yield from self._cut(title[at:])

    def _cut(self, text: str) -> Iterable[str]:
        return (word for word in self._jieba.cut(text, False) if word)


@lru_cache(maxsize=8)
def _phrases_of(names: tuple[str, ...]) -> Phrases:
    return Phrases(names)


def phrases_of(publishers: Publishers) -> Phrases:
    """Those of a board; reading the list of words takes a tenth of a second, so it is done once."""
    own = (name for p in publishers.by_code.values() for name in (p.name, p.short_name))
    return _phrases_of((publishers.board_name, publishers.place, *own))


def _belongs(phrase: str, last: str, word: str, after: str) -> bool:
    """Whether a word stays on the line of the phrase before it, whose last word is `last`."""
    if word[0] in _CLOSING or last[-1] in _OPENING or _is_invisible(word[0]) or word.isspace():
        return True
    if last[-1].isspace():
        return False
    return _is_bound(last, word) or _is_counted(last, word) or _is_lone(phrase, last, word, after)


def _is_bound(last: str, word: str) -> bool:
    """By characters that no list of words has, or that join what stands on both sides."""
    return bool(_RARE.match(last[-1]) or _RARE.match(word[0])) or _is_invisible(last[-1])


def _is_counted(last: str, word: str) -> bool:
    """10|千伏, 第三|季度, 11月|22日."""
    if not _HAN.match(word):
        return last[-1] in "年月" and bool(_PART_OF_DAY.fullmatch(word))
    if _ORDINAL.fullmatch(last):
        return len(word) <= _COUNTED
    return bool(_ENDS_IN_FIGURE.fullmatch(last))


def _is_lone(phrase: str, last: str, word: str, after: str) -> bool:
    """One character alone is no phrase: it goes with the word before or behind it."""
    begun = phrase.lstrip("".join(_OPENING))
    if len(begun) == 1 and _HAN.match(begun):
        return True
    if len(word) > 1 or not _HAN.match(word):
        return False
    if word in _TRAILING or not after or (not _HAN.match(after) and not _NUMBER.match(after)):
        return True
    leads = last == _ABOUT or word in _LEADING or (word in _COUNTING and bool(_NUMBER.match(after)))
    return not leads


def _is_invisible(character: str) -> bool:
    """Marks and joiners that belong to the character before them."""
    return unicodedata.category(character)[0] == "M" or unicodedata.category(character) == "Cf"
