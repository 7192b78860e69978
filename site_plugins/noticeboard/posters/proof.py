"""Does a finished poster say what its sheet says, all of it, and nothing else?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category, normalize

from .blocks import parts_of
from .content import blocks_of
from .lines import text_of
from .reading import Facts, Reading, Unreadable, read_poster
from .setting import poster_input, reading_order
from .sheet import Sheet, Wish

#: Hebrew, Arabic and their forms.
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
#: Characters of a cell that never goes over a page.
_MOST_OF_A_CELL = 200
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class _Saying:
    """What a poster of one sheet has to say on any paper."""

    text: str
    title: str
    links: frozenset[str]
    is_mixed: bool


class Proof:
    """Judges posters by their sheets. `words` are those that they were set with.

    Pictures are not looked at: they come from files that the gate looked into.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._sayings: dict[str, _Saying] = {}

    def holds(self, wish: Wish, pdf: bytes) -> bool:
        """Whether text, title, links and fonts are those of the sheet, and nothing is hidden beside them."""
        try:
            reading = read_poster(pdf)
        except Unreadable:
            return False
        saying = self._saying(wish)
        return (
            self._is_said(_seen(reading.text), saying)
            and _fits(reading.facts, saying)
            and self._is_furniture(reading, saying)
            and not reading.outside
        )

    def _is_said(self, found: str, saying: _Saying) -> bool:
        return found == saying.text or (saying.is_mixed and sorted(found) == sorted(saying.text))

    def _is_furniture(self, reading: Reading, saying: _Saying) -> bool:
        """Whether what stands beside the text only says again what the text says, and counts the pages."""
        pages = range(1, reading.facts.pages + 1)
        counted = (self._words["page"].format(page=page, pages=len(pages)) for page in pages)
        known = "\n".join((saying.text, *map(_seen, counted), *(f"—{page}—" for page in pages)))
        return all(_seen(text) in known for text in reading.beside)

    def _saying(self, wish: Wish) -> _Saying:
        sheet = wish.sheet
        if sheet.id not in self._sayings:
            self._sayings[sheet.id] = self._of(wish, sheet)
        return self._sayings[sheet.id]

    def _of(self, wish: Wish, sheet: Sheet) -> _Saying:
        blocks, _ = blocks_of(sheet.html, sheet.pictures, sheet.links)
        data = poster_input(wish, blocks, self._words, {})
        text = _seen(reading_order(data))
        return _Saying(
            text=text,
            is_mixed=_is_mixed(text, data["blocks"]),
            title="".join(sheet.title),
            links=frozenset(_targets(data["blocks"])) | {sheet.code},
        )


def _fits(facts: Facts, saying: _Saying) -> bool:
    return (
        facts.title == saying.title
        and facts.language == "zh-CN"
        and facts.is_tagged
        and all(is_embedded for _, is_embedded in facts.fonts)
        and saying.links.issuperset(facts.links)
        and not facts.extras
    )


def _is_mixed(text: str, blocks: Any) -> bool:
    """Whether a file may rightly have the text in another order.

    What is written from the right is one case; a row of a table that goes over the page is the other, of
    which each page has its part of all cells.
    """
    cells = (text_of(part["c"]) for part in parts_of(blocks) if "colspan" in part)
    return _FROM_THE_RIGHT.search(text) is not None or any(len(cell) > _MOST_OF_A_CELL for cell in cells)


def _seen(text: str) -> str:
    """As characters are told apart: fonts draw some with one glyph (・ and ·), and the file knows one.

    Raised figures are other figures: 10² is not 102.
    """
    plain = (one if category(one) == "No" else normalize("NFKC", one) for one in text)
    return _UNSEEN.sub("", "".join(plain))


def _targets(blocks: Any) -> Iterator[str]:
    return (part["href"] for part in parts_of(blocks) if part.get("href"))
