"""Boards and queries made at random from a seed, and what a plain scan of their texts finds.

Small boards have few characters and many repetitions, so that everything that is rare on a real board
happens: `small` makes grams common that occur twice, and files short.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

import pytest

from noticeboard.search import grams, index, vocabulary
from noticeboard.search.find import STATUS_OF, Choice, Finder
from noticeboard.search.fold import fold
from noticeboard.search.grams import ROOMS, TEXT
from noticeboard.search.index import Attachment, Category, Collection, Document, Index, Publisher
from noticeboard.search.near import Nearby
from noticeboard.search.query import Word, parse
from noticeboard.search.reader import Reader

#: The day on which the boards are made.
BUILT = date(2026, 11, 21)
PUBLISHERS = (
    Publisher("t01", "三棠镇人民政府", "government"),
    Publisher("v01", "张家村村民委员会", "village"),
    Publisher("v02", "李家坪村〔筹〕", "village"),
    Publisher("c01", "石桥铺村经济合作社", "collective"),
)
CATEGORIES = (Category("relief", "社会救助"), Category("money", "财务公开"), Category("low", "低保【公示】"))
MARKS = ("current", "current", "current", "long-term", "expired", "superseded", "withdrawn", "terminated")
#: Characters that boards are written with, each time some of them.
ALPHABETS = (
    "公示低保村",
    "一二三十",
    "0123456789",
    "12,.%()",
    "aAbB Ａ",
    "〔〕[]［］【】",
    "張张養养於于",
    "𠮷吉𬱖頔",
    " 　\u200b-—",
    "ß㈱İσΣ…",
)
#: What real boards say: words with synonyms, numbers in two spellings, numbers of documents.
PHRASES = (
    *("五保", "特困", "五保户", "特困人员", "低保", "最低生活保障", "新农合", "城乡居民医保"),
    *("村委会", "村民委员会", "养老保险", "養老保險", "公示", "公示栏", "A类低保", "ａ类", "WiFi"),
    *("12800", "12,800", "12,800元", "1,280", "0012800", "(2026)", "[2026]", "〔2026〕"),
    *("永三府发〔2026〕12号", "谭喜莲", "谭喜连", "张家村", "张家", "𠮷野"),
)
TYPED = ("dibao", "db", "DB", "gongshi", "gs", "zhangjiacun", "zjc", "yanglao", "xian", "wifi", "zzz")
NONSENSE = (
    *("", " ", "-", '"', '""', "\u200b", '"公 示'),
    *("村:", "文号：", "年:2026", "没有这几个字", "x" * 40, "-公", "－示"),
)
#: As one says or dictates it, and as money is written: asked of every board.
SPOKEN = ("我想查低保", "我要查张家村", "张家村的低保", "低保。", "12800.50", "12800.00")
FIELDS = ("标题", "文号", "索引号", "村", "单位", "发布单位", "类别", "附件", "年")
TRADITIONAL = str.maketrans("张养于吉医", "張養於𠮷醫")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@contextmanager
def small(common: int, size: int = 200) -> Iterator[None]:
    """Grams are common from few places on, and files have about so many characters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "COMMON", common)
        patch.setattr(index, "SHARD_SIZE", size)
        patch.setattr(index, "CHUNK", size)
        patch.setattr(vocabulary, "SHARD_SIZE", size)
        yield


def a_document(number: int = 0, **values: object) -> Document:
    """A notice with these values; the others are usual ones."""
    usual: dict[str, object] = {
        "id": f"n{number:04}",
        "url": f"notices/n{number:04}/",
        "title": f"通告之{number}",
        "document_number": "",
        "index_number": f"X/2026-{number:04}",
        "text": "",
        "attachments": (),
        "publisher": "t01",
        "category": "money",
        "published_on": "2026-01-01",
        "period": "",
        "mark": "current",
        "days": "",
        "removed_on": "",
    }
    return Document(**{**usual, **values})  # type: ignore[arg-type]


def a_collection(*documents: Document) -> Collection:
    """What the notices, the oldest first, are a board of."""
    return Collection(BUILT, documents, PUBLISHERS, CATEGORIES)


def files_of(collection: Collection) -> dict[str, bytes]:
    return Index(collection).files


def finder_of(*documents: Document, day: date = BUILT) -> Finder:
    return Finder(Reader(files_of(a_collection(*documents)).get), day)


@dataclass(frozen=True)
class Board:
    """A random board, made from a seed: its notices, the files of its index, and queries for it."""

    seed: int
    collection: Collection
    files: dict[str, bytes]
    queries: tuple[str, ...]
    #: The day of the reader: that on which the board was made or a later one.
    day: date

    @cached_property
    def finder(self) -> Finder:
        return Finder(Reader(self.files.get), self.day)

    @cached_property
    def nearby(self) -> Nearby:
        return Nearby(self.finder)

    def choices(self) -> Iterator[Choice]:
        """Some filters."""
        yield Choice()
        at = random.Random(self.seed)
        for _ in range(2):
            yield Choice(
                status=at.choice(["", *STATUS_OF.values()]),
                publisher=at.choice(["", *(each.code for each in PUBLISHERS)]),
                category=at.choice(["", "", *(each.code for each in CATEGORIES)]),
                year=at.choice(["", "", "2025", "2026"]),
                regime=at.choice(["", "", "village"]),
            )


def a_board(seed: int, queries: int, notices: int = 12) -> Board:
    """The board of a seed, with so many random queries and `SPOKEN`. To be made within `small`."""
    made = _Maker(random.Random(seed))
    documents = tuple(made.document(number) for number in range(made.at.randrange(1, notices)))
    asked = (*(made.query(documents) for _ in range(queries)), *SPOKEN)
    collection = a_collection(*documents).without_removed()
    day = BUILT + timedelta(days=made.at.choice([0, 0, 1, 10, 40]))
    return Board(seed, collection, files_of(collection), asked, day)


class _Maker:
    def __init__(self, at: random.Random) -> None:
        self.at = at
        self._alphabet = "".join(at.sample(ALPHABETS, at.randrange(1, 5)))
        self._phrases = at.sample(PHRASES, at.randrange(3, 12))

    def line(self, most: int) -> str:
        parts, size = [], self.at.randrange(most + 1)
        while sum(map(len, parts)) < size:
            is_phrase = self.at.random() < 0.5
            parts.append(self.at.choice(self._phrases if is_phrase else self._alphabet))
        return "".join(parts)

    def text(self, most: int) -> str:
        return "\n".join(self.line(most) for _ in range(self.at.randrange(5)))

    def document(self, number: int) -> Document:
        at = self.at
        days, mark = "", at.choice(MARKS)
        if mark == "current" and at.random() < 0.6:
            ends = at.choice(["2026-11-22", "2026-12-01", "2027-01-01"])
            days = f"{ends}:expired" + (" 2026-12-31:withdrawn" if at.random() < 0.3 else "")
        elif mark == "long-term" and at.random() < 0.3:
            days = "2026-11-22:superseded"
        title = self.line(9) if at.random() < 0.95 else self.line(9) + "长" * 260
        return a_document(
            number,
            title=title,
            document_number=at.choice(["", "", self.line(6), f"永三府发〔2026〕{number}号", "数" * 70]),
            index_number=f"X/{number}",
            text=self.text(40),
            attachments=tuple(Attachment(self.line(6), self.text(60)) for _ in range(at.randrange(3))),
            publisher=at.choice(PUBLISHERS).code,
            category=at.choice(CATEGORIES).code,
            published_on=f"{at.choice([2025, 2026])}-01-01",
            mark=mark,
            days=days,
            removed_on=at.choice(["", "", "", "2026-11-20", "2026-11-25"]),
        )

    def query(self, documents: tuple[Document, ...]) -> str:
        kind = self.at.random()
        if kind < 0.05:
            return self.at.choice(NONSENSE)
        if kind < 0.12:
            return self.at.choice(TYPED)
        count = self.at.choice([1, 1, 1, 1, 2, 3])
        return self.at.choice([" ", " ", "　", ""]).join(self._word(documents) for _ in range(count))

    def _word(self, documents: tuple[Document, ...]) -> str:
        at = self.at
        word = self._piece(documents)
        change = at.random()
        if change < 0.08:
            word = word.translate(TRADITIONAL)
        elif change < 0.16:
            word = word.translate(WIDE)
        elif change < 0.24:
            word = at.choice([word.upper(), " ".join(word), word.swapcase()])
        elif change < 0.35 and word:
            place = at.randrange(len(word))
            word = word[:place] + at.choice(["", "公", "莲", "〇"]) + word[place + at.randrange(2) :]
        if at.random() < 0.15:
            word = at.choice(['"{}"', "“{}”", '"{}', "「{}」"]).format(word)
        if at.random() < 0.15:
            word = at.choice(FIELDS) + at.choice([":", "："]) + word
        return at.choice(["-", "－"]) + word if at.random() < 0.1 else word

    def _piece(self, documents: tuple[Document, ...]) -> str:
        at = self.at
        chosen = at.random()
        if chosen < 0.3:
            return at.choice([*self._phrases, at.choice(PHRASES)])
        if chosen < 0.35:
            return at.choice(["2026", "2025年", "张家", "村", "社会救助", "v01", "低保[公示]", "t01"])
        if chosen < 0.38:
            return self.line(9)
        document = at.choice(documents)
        lines = [*document.headings, *document.text.split("\n"), *document.attached.split("\n")]
        source = at.choice([line for line in lines if line])
        begin = at.randrange(len(source) + 1)
        return source[begin : begin + at.choice([1, 2, 2, 3, 3, 5, 12, 60])]


def scanned(board: Board, query: str) -> set[int]:
    """What a query finds strictly, by looking through every text. Nothing where nothing was typed."""
    words = parse(query)
    return {
        number
        for number, document in enumerate(board.collection.documents)
        if words and all(_answers(document, word, board.day) is not word.excluded for word in words)
    }


def _answers(document: Document, word: Word, day: date) -> bool:
    if word.field == "year":
        return document.published_on[:4] == word.text.rstrip("年")
    if word.field in ("publisher", "category"):
        code = getattr(document, word.field)
        named: tuple[Publisher | Category, ...] = PUBLISHERS if word.field == "publisher" else CATEGORIES
        return word.text == code or any(word.text in fold(each.name) for each in named if each.code == code)
    return any(word.text in fold(line) for line in _lines(document, word.field, day))


def _lines(document: Document, field: str, day: date) -> list[str]:
    """The lines that a word is looked for in, those of removed texts left out."""
    sizes = (end - base for base, end in pairwise((*ROOMS, TEXT)))
    names = ("title", "document_number", "index_number")
    fits = {
        name: heading
        for name, heading, size in zip(names, document.headings, sizes, strict=True)
        if len(fold(heading)) < size
    }
    if field in names:
        return [fits[field]] if field in fits else []
    is_removed = bool(document.removed_on) and document.removed_on <= day.isoformat()
    attached = [] if is_removed else document.attached.split("\n")
    if field == "attachments":
        return attached
    # What is too long for a heading is found like text, and removed with it by a reader of a later day.
    was_removed = bool(document.removed_on) and document.removed_on <= BUILT.isoformat()
    headings = [] if is_removed and not was_removed else [*document.headings]
    text = headings if is_removed else [*headings, *document.text.split("\n")]
    return [*fits.values(), *text, *attached]
