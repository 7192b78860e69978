"""An index that is made from the one before is the same as one that is made anew, and takes little."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from noticeboard.search import grams
from noticeboard.search.files import MANIFEST, loaded
from noticeboard.search.index import (
    MOST_CHANGED,
    Attachment,
    Category,
    Collection,
    Document,
    Index,
    Publisher,
)
from search_cases import BUILT, a_board, a_collection, a_document, small

LINES = (
    "张家村低保名单公示",
    "养老保险缴费12800元",
    "永三府发〔2026〕12号",
    "第三组户主李红",
    "",
    "五保对象",
    "停水通知",
)


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days of the indexes that were made without the one before."""
    days: list[date] = []
    whole = Index._whole

    def spy(index: Index) -> object:
        days.append(index.collection.day)
        return whole(index)

    monkeypatch.setattr(Index, "_whole", spy)
    return days


def updated(previous: Index, collection: Collection) -> Index:
    """The index made from the one before, compared with one made anew."""
    index = Index(collection, previous)
    fresh = Index(collection)
    assert index.files == fresh.files
    for name, data in index.files.items():
        assert data is previous.files.get(name) or data != previous.files.get(name), name
    return index


def with_document(collection: Collection, number: int, **values: object) -> Collection:
    """A collection with one notice changed."""
    documents = list(collection.documents)
    documents[number] = replace(documents[number], **values)  # type: ignore[arg-type]
    return replace(collection, documents=tuple(documents))


# Any change


class _Editor:
    """Changes of a board at random: notices get what other boards have, or a little of themselves."""

    def __init__(self, seed: int) -> None:
        self._at = random.Random(seed)
        self._others = a_board(seed % 7, 0).collection.documents

    def edited(self, collection: Collection) -> Collection:
        at = self._at
        chosen = at.random()
        documents = collection.documents
        if chosen < 0.1:
            return replace(collection, documents=(*documents, at.choice(self._others)))
        if chosen < 0.15:
            return replace(collection, documents=documents[:-1])
        if chosen < 0.2:
            return replace(collection, documents=(*documents[:1], *documents[2:]))
        if chosen < 0.25:
            return replace(collection, day=BUILT - timedelta(days=at.randrange(9)))
        if chosen < 0.3:
            return replace(
                collection, publishers=(*collection.publishers, Publisher("x", "于家村", "village"))
            )
        for _ in range(at.choice([1, 1, 2, 3])):
            if documents:
                number = at.randrange(len(documents))
                documents = (*documents[:number], self._changed(documents[number]), *documents[number + 1 :])
        return replace(collection, documents=documents)

    def _changed(self, document: Document) -> Document:
        at = self._at
        other = at.choice(self._others)
        changes: list[Callable[[], Document]] = [
            lambda: replace(document, text=self._touched(document.text)),
            lambda: replace(document, text=self._touched(document.text)),
            lambda: replace(document, text=other.text),
            lambda: replace(document, text="", attachments=()),
            lambda: replace(document, title=self._touched(document.title)),
            lambda: replace(document, title=other.title, document_number=other.document_number),
            lambda: replace(document, index_number=other.index_number),
            lambda: replace(document, attachments=other.attachments),
            lambda: replace(document, attachments=tuple(map(self._renamed, document.attachments))),
            lambda: replace(document, mark="withdrawn", days="", removed_on="2026-11-25"),
            lambda: replace(document, publisher=other.publisher, category=other.category),
            lambda: replace(document, title=document.title + "长" * 260),
        ]
        return at.choice(changes)()

    def _renamed(self, attachment: Attachment) -> Attachment:
        return Attachment(self._touched(attachment.name), self._touched(attachment.text))

    def _touched(self, text: str) -> str:
        """With a few characters more, fewer or other ones."""
        at = self._at
        begin = at.randrange(len(text) + 1)
        piece = at.choice(
            ["", "公", "𠮷", '"', "\\", "㈱", "\n", "\x01", "\u200b", text[begin : begin + 3], text[:5]]
        )
        return text[:begin] + piece + text[begin + at.randrange(3) :]


@pytest.mark.parametrize("common", [1, 2, 3, 5, 2000])
@pytest.mark.parametrize("seed", range(9))
def test_an_index_made_from_the_one_before_is_the_same(seed: int, common: int) -> None:
    with small(common, size=(60, 200, 900)[seed % 3]):
        editor = _Editor(seed)
        index = Index(a_board(seed, 0).collection)
        for _ in range(6):
            index = updated(index, editor.edited(index.collection))


def test_most_changes_need_no_index_made_anew(made_anew: list[date]) -> None:
    anew: list[bool] = []
    with small(5):
        for seed in range(40):
            index = Index(a_board(seed, 0, notices=25).collection)
            changed = _Editor(seed).edited(index.collection)
            before = len(made_anew)
            Index(changed, index)
            anew.append(len(made_anew) > before)
    assert 0 < sum(anew) < len(anew) / 2


# What needs little


@pytest.fixture
def board() -> Iterator[Index]:
    """Many notices, and grams that are common and stay so."""
    with small(40, size=400):
        at = random.Random(1)
        texts = ("\n".join(at.choice(LINES) + at.choice("甲乙丙丁") for _ in range(6)) for _ in range(90))
        documents = (
            a_document(number, text=text, days="2026-12-01:expired" if number % 3 else "")
            for number, text in enumerate(texts)
        )
        yield Index(a_collection(*documents))


@pytest.mark.parametrize("number", [0, 45, 89])
@pytest.mark.parametrize(
    "change",
    [
        lambda each: {"text": each.text[:3] + "补一句" + each.text[3:]},
        lambda each: {"text": each.text.replace("甲", "乙")},
        lambda each: {"text": ""},
        lambda each: {"text": each.text + "\n𠮷野第八组" * 39},
        lambda each: {"title": "另一个题目", "document_number": "永三府发〔2026〕3号"},
        lambda each: {"attachments": (Attachment("名单.xlsx", "李红 480元"),)},
        lambda each: {"url": "notices/elsewhere/", "category": "relief"},
    ],
)
def test_one_changed_notice_needs_only_some_files(
    board: Index, made_anew: list[date], number: int, change: Callable[[Document], dict[str, object]]
) -> None:
    document = board.collection.documents[number]
    index = Index(with_document(board.collection, number, **change(document)), board)
    assert not made_anew
    assert index.files == Index(index.collection).files
    same = [name for name, data in index.files.items() if data is board.files.get(name)]
    assert len(same) > len(index.files) / 2
    # And back again.
    assert updated(index, board.collection).files == board.files


def test_a_new_notice_and_one_that_is_gone_again(board: Index, made_anew: list[date]) -> None:
    newest = a_document(90, title="新的题目", text="张家村新来的李红，住三组", published_on="2027-01-01")
    index = Index(replace(board.collection, documents=(*board.collection.documents, newest)), board)
    assert "n/90.js" in index.files
    again = Index(board.collection, index)
    assert not made_anew
    assert index.files == Index(index.collection).files
    assert again.files == board.files


def test_another_day_changes_the_manifest_only(board: Index, made_anew: list[date]) -> None:
    index = Index(replace(board.collection, day=BUILT + timedelta(days=3)), board)
    assert not made_anew
    assert [name for name, data in index.files.items() if data is not board.files[name]] == [f"{MANIFEST}.js"]
    assert index.files == Index(index.collection).files


def test_what_expires_by_the_dozen_needs_no_index_made_anew(board: Index, made_anew: list[date]) -> None:
    documents = (replace(each, days="", mark="expired") for each in board.collection.documents)
    index = Index(replace(board.collection, day=date(2026, 12, 1), documents=tuple(documents)), board)
    assert not made_anew
    assert index.files == Index(index.collection).files


def test_names_of_publishers_and_categories(board: Index, made_anew: list[date]) -> None:
    changed = replace(
        board.collection,
        publishers=tuple(reversed(board.collection.publishers)),
        categories=(*board.collection.categories, Category("more", "關於其他")),
    )
    index = Index(changed, board)
    assert not made_anew
    assert index.files == Index(changed).files


def test_a_board_that_was_empty() -> None:
    empty = Index(a_collection())
    index = updated(empty, a_collection(a_document(0, text="公示")))
    assert updated(index, a_collection()).files == empty.files


# What needs all


def test_a_gram_that_becomes_common_and_one_that_is_so_no_more(board: Index, made_anew: list[date]) -> None:
    often = "从前没有的词\n" * (grams.COMMON + 1)
    index = updated(board, with_document(board.collection, 7, text=often))
    assert len(made_anew) == 2
    assert "有的" in loaded(index.files["index.js"])[1]["common"].split(" ")
    updated(index, board.collection)
    assert len(made_anew) == 4


def test_more_shards_or_fewer(board: Index, made_anew: list[date]) -> None:
    at = random.Random(2)
    long = "".join(chr(at.randrange(0x4E00, 0x9000)) for _ in range(4000))
    index = updated(board, with_document(board.collection, 7, text=long))
    assert len(made_anew) == 2
    bits = [loaded(each.files["index.js"])[1]["bits"] for each in (board, index)]
    assert bits[0] < bits[1]
    updated(index, board.collection)
    assert len(made_anew) == 4


def test_many_notices_with_other_texts(board: Index, made_anew: list[date]) -> None:
    documents = list(board.collection.documents)
    for number in range(MOST_CHANGED):
        documents[number] = replace(documents[number], title=f"第{number}个题目")
    index = Index(replace(board.collection, documents=tuple(documents)), board)
    assert not made_anew
    documents[-1] = replace(documents[-1], title="还有一个")
    updated(board, replace(board.collection, documents=tuple(documents)))
    assert len(made_anew) == 2
    assert index.files == Index(index.collection).files


# The version


def test_the_version_is_another_one_whenever_a_part_is(board: Index) -> None:
    versions = {loaded(board.files["index.js"])[1]["version"]}
    for number in range(10):
        index = Index(with_document(board.collection, 0, url=f"notices/{number}/"), board)
        versions.add(loaded(index.files["index.js"])[1]["version"])
    assert len(versions) == 11
