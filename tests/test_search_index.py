"""A query finds exactly the notices that contain it, in order; what else it finds says why."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.search import digits
from noticeboard.search.files import READINGS, VARIANTS
from noticeboard.search.find import Choice, Finder, Reason
from noticeboard.search.fold import Folded, fold, fold_char, variants
from noticeboard.search.grams import ROOMS, TEXT, shard_of, shards_of
from noticeboard.search.index import Attachment, Index
from noticeboard.search.near import Nearby, Offer
from noticeboard.search.pinyin import Spoken
from noticeboard.search.query import Word, parse
from noticeboard.search.reader import NoIndex, Reader, cover
from noticeboard.search.snippet import marked, snippet
from noticeboard.search.synonyms import synonyms
from noticeboard.search.vocabulary import readings
from search_cases import (
    BUILT,
    CATEGORIES,
    PUBLISHERS,
    Board,
    a_board,
    a_collection,
    a_document,
    files_of,
    finder_of,
    scanned,
    small,
)

# Any board, any query


@pytest.fixture(scope="module")
def boards() -> Iterator[Callable[[int], Board]]:
    made: dict[int, Board] = {}

    def board(seed: int) -> Board:
        if seed not in made:
            with small((1, 2, 5, 2000)[seed % 4]):
                made[seed] = a_board(seed, 60)
        return made[seed]

    yield board


@pytest.mark.parametrize("seed", range(60))
def test_a_query_finds_exactly_the_notices_that_contain_it(boards: Callable[[int], Board], seed: int) -> None:
    board = boards(seed)
    for query in board.queries:
        found = board.finder.search(query)
        assert set(found.strict) == scanned(board, query), query
        assert len(set(found.all)) == len(found.all)
        assert board.finder.search(query, widely=False).all == found.strict


@pytest.mark.parametrize("seed", range(60))
def test_what_is_related_says_what_stands_there_instead(boards: Callable[[int], Board], seed: int) -> None:
    board = boards(seed)
    for query in board.queries:
        found = board.finder.search(query)
        assert found.reasons.keys() == set(found.related)
        for number, reasons in found.reasons.items():
            assert reasons
            for reason in reasons:
                document = board.collection.documents[number]
                if reason.kind in ("publisher", "category"):
                    named = PUBLISHERS if reason.kind == "publisher" else CATEGORIES
                    names = {each.code: each.name for each in named}
                    assert names[getattr(document, reason.kind)] == reason.found
                    assert fold(reason.word) in fold(reason.found)
                else:
                    assert number in scanned(board, f'"{reason.found}"') or '"' in reason.found


@pytest.mark.parametrize("seed", range(60))
def test_an_offer_finds_as_many_as_it_says_and_differs_by_little(
    boards: Callable[[int], Board], seed: int
) -> None:
    board = boards(seed)
    for query in board.queries:
        if board.finder.search(query).all:
            continue
        for offer in board.nearby.offers(query):
            found = board.finder.search(offer.query, widely=offer.kind == "parts")
            assert offer.count == len(found.all) > 0
            if offer.kind == "parts":
                left = iter(fold(query))
                assert all(char in left for char in fold(offer.query))  # nothing but what was typed, in order


@pytest.mark.parametrize("common", [1, 2, 5, 2000])
def test_every_place_of_every_piece_of_a_text_is_known(common: int) -> None:
    """Also what does not stand there: pieces with one character that is another."""
    for seed in range(8):
        with small(common):
            board = a_board(seed, 0)
        reader = Reader(board.files.get)
        at = random.Random(seed)
        texts = [fold(line) for each in board.collection.documents for line in each.text.split("\n")]
        alphabet = "".join(texts) or "公"
        for text in texts:
            begin = at.randrange(len(text) + 1)
            piece = text[begin : begin + at.randrange(1, 14)] or "公"
            other = at.randrange(len(piece))
            for word in (piece, piece[:other] + at.choice(alphabet) + piece[other + 1 :]):
                rooms = {unit: held.rooms for unit, held in reader.holding(word).items()}
                stands = {unit: bits for unit, bits in _rooms(board, word) if bits}
                assert rooms == stands, word


def _rooms(board: Board, word: str) -> Iterator[tuple[int, int]]:
    """For each unit the rooms in which a word stands, as bits."""
    for number, document in enumerate(board.collection.documents):
        bits = 0
        for at, (heading, (base, end)) in enumerate(
            zip(document.headings, pairwise((*ROOMS, TEXT)), strict=True)
        ):
            if word in fold(heading):
                bits |= 1 << at if len(fold(heading)) < end - base else 8
        bits |= 8 * any(word in fold(line) for line in document.text.split("\n"))
        # Of a common word that stands in a heading it is not known whether it stands in the text too.
        yield 2 * number, bits & 7 or bits if board.finder.reader.is_common(word) else bits
        yield 2 * number + 1, 8 * any(word in fold(line) for line in document.attached.split("\n"))


@given(st.lists(st.text(alphabet="公示村低保12\n 〔𠮷", max_size=40), min_size=1, max_size=6), st.data())
def test_whatever_is_cut_out_of_a_text_is_found(texts: list[str], data: st.DataObject) -> None:
    with small(2):
        finder = finder_of(*(a_document(number, text=text) for number, text in enumerate(texts)))
    number = data.draw(st.integers(0, len(texts) - 1))
    line = data.draw(st.sampled_from(texts[number].split("\n")))
    begin = data.draw(st.integers(0, len(line)))
    piece = fold(line[begin : data.draw(st.integers(begin, len(line)))])
    if piece:
        assert number in finder.search(f'"{piece}"').strict


# Folding


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("１２，８００", "12,800"),
        ("ＷｉＦｉ", "wifi"),
        ("養老保險", "养老保险"),
        ("永三府发〔2026〕12号", "永三府发[2026]12号"),
        ("［2026］【2026】", "[2026][2026]"),
        ("张 三　丰\u200b", "张三丰"),
        ("\ufeff公\ufe0f示\U000e0100", "公示"),
        ("第十二\n条", "第十二条"),
        ("㈱", "(株)"),
        ("…", "..."),
        ("西·南•", "西·南·"),
        ("𠮷野", "吉野"),
        ("乾坤", "干坤"),
    ],
)
def test_every_way_of_writing_is_folded_to_one(written: str, searched: str) -> None:
    assert fold(written) == searched


def test_what_is_folded_stays_as_it_is() -> None:
    """For every character there is, and so no character that the table maps ever stands in an index."""
    for code in (*range(0xD800), *range(0xE000, 0x110000)):
        piece = fold_char(chr(code))
        assert fold(piece) == piece
        assert not variants().keys() & set(piece)


def test_digits_and_latin_letters_are_never_variants() -> None:
    """The engine in the browser relies on it."""
    assert not variants().keys() & set("0123456789abcdefghijklmnopqrstuvwxyz")
    assert all(len(target) == 1 for target in variants().values())


def test_no_synonym_is_a_number() -> None:
    """A browser would put it before the others."""
    assert not [word for word in synonyms() if word.isdecimal()]
    assert not [syllable for syllable in readings() if not syllable.isalpha()]


@given(st.text(), st.text())
def test_folding_goes_character_by_character(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


def test_a_place_in_a_folded_line_is_known_in_the_original() -> None:
    line = Folded.of("关于 ㈱〔２０２６〕")
    assert line.find("株") == [(3, 4)]
    assert line.find("[2026]") == [(4, 10)]
    assert line.find("于(") == [(1, 4)]
    assert Folded.of("一一一").find("一一") == [(0, 2)]
    assert line.find("无") == []


# What was typed


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ()),
        (" 　\u200b", ()),
        ("低保 张家村", (Word("低保", "低保"), Word("张家村", "张家村"))),
        ("低保　-公示", (Word("低保", "低保"), Word("公示", "公示", excluded=True))),
        ("－公示", (Word("公示", "公示", excluded=True),)),
        ('"张家村 低保"', (Word("张家村低保", "张家村 低保", quoted=True),)),
        ("“低保", (Word("低保", "低保", quoted=True),)),
        ("「低保」公示", (Word('"低保"公示', "「低保」公示"),)),
        ("关于“三公”经费 公示", (Word('关于"三公"经费', "关于“三公”经费"), Word("公示", "公示"))),
        (
            "文号:永三府发〔2026〕12号",
            (
                Word(
                    *("永三府发[2026]12号", "永三府发〔2026〕12号", "document_number"),
                    literal="文号:永三府发[2026]12号",
                ),
            ),
        ),
        ("村：张家村", (Word("张家村", "张家村", "publisher", literal="村:张家村"),)),
        ("发布单位:三棠", (Word("三棠", "三棠", "publisher", literal="发布单位:三棠"),)),
        ('-类别:"社会 救助"', (Word("社会救助", "社会 救助", "category", True, True, "类别:社会救助"),)),
        ("年: 2026", (Word("2026", "2026", "year", literal="年:2026"),)),
        ("村:", (Word("村:", "村:"),)),
        ("-", (Word("-", "-"),)),
        ("日期:2026", (Word("日期:2026", "日期:2026"),)),
        ('""', ()),
        ("三农-补贴", (Word("三农-补贴", "三农-补贴"),)),
        ("公\x1c示\x85条", (Word("公", "公"), Word("示", "示"), Word("条", "条"))),
    ],
)
def test_a_query_is_words(query: str, words: tuple[Word, ...]) -> None:
    assert parse(query) == words


@given(st.text(alphabet='低保 -－:："“”村年文号标题a1　', max_size=20))
def test_whatever_was_typed_is_words(query: str) -> None:
    for word in parse(query):
        assert word.text == fold(word.text) != ""
        assert fold(word.shown) == word.text


# Postings


@given(st.lists(st.integers(0, 2**40)))
def test_numbers_are_written_and_read(numbers: list[int]) -> None:
    text = digits.encode(numbers)
    assert digits.decode(text) == numbers
    assert not set(text) & set("0123456789\\ \"'")


@given(st.text(min_size=1, max_size=6), st.integers(0, 20))
def test_one_gram_and_many_are_in_the_same_shard(gram: str, bits: int) -> None:
    codes = np.array([[ord(char) for char in gram]], dtype=np.uint32)
    assert shards_of(codes, bits).tolist() == [shard_of(gram, bits)]


def test_a_word_is_covered_by_grams_that_are_not_common() -> None:
    def is_common(gram: str) -> bool:
        return len(gram) == 1 or gram in ("公示", "示公")

    assert cover("低保户", is_common) == [(0, "低保"), (1, "保户")]
    assert cover("低保户数", is_common) == [(0, "低保"), (2, "户数")]
    assert cover("公示栏", is_common) == [(0, "公示栏")]
    assert cover("低保公示", is_common) == [(0, "低保"), (1, "保公示")]
    assert cover("公示公", is_common) == [(0, "公示公")]


@given(st.text("公示村", min_size=2, max_size=12), st.sets(st.text("公示村", min_size=2, max_size=4)))
def test_a_cover_leaves_nothing_out(word: str, grams: set[str]) -> None:
    """A gram can only be common where all that it begins and ends with is."""
    common = set("公示村")
    for gram in sorted(grams, key=len):
        if gram[1:] in common and gram[:-1] in common:
            common.add(gram)
    if word in common:
        return
    covered: set[int] = set()
    for offset, gram in cover(word, common.__contains__):
        assert gram not in common
        assert word[offset : offset + len(gram)] == gram
        assert gram[1:] in common or gram[:-1] in common
        covered |= {*range(offset, offset + len(gram))}
    assert covered == {*range(len(word))}


def test_an_index_of_another_format_is_refused() -> None:
    files = files_of(a_collection(a_document(0)))
    files["index.js"] = files["index.js"].replace(b'"format":', b'"format":9')
    with pytest.raises(NoIndex):
        Reader(files.get)
    with pytest.raises(NoIndex):
        Reader({}.get)


def test_the_same_notices_make_the_same_files() -> None:
    with small(2):
        board = a_board(3, 0)
        files_of(a_collection(a_document(0, text="别的")))
        assert files_of(board.collection) == board.files


@pytest.mark.parametrize("seed", range(40))
def test_an_index_made_of_the_one_before_is_the_same(seed: int) -> None:
    """Whatever changed in between: notices that come, go, move or get the texts of others."""
    at = random.Random(seed)
    with small(at.choice([1, 2, 5, 2000]), at.choice([100, 1000])):
        documents = [*a_board(seed, 0, 30).collection.documents]
        others = a_board(seed + 1, 0, 30).collection.documents
        before = Index(a_collection(*documents))
        for _ in range(at.randrange(1, 4)):
            number = at.randrange(len(documents) + 1)
            documents[number : number + at.choice([0, 1, 1, 1, 2])] = at.sample(others, at.choice([0, 1, 1]))
            after = Index(a_collection(*documents), before)
            assert after.files == Index(a_collection(*documents)).files
            before = after


def test_a_board_without_notices_answers() -> None:
    finder = finder_of()
    assert finder.search("低保").all == ()
    assert finder.search("-低保").all == ()
    assert Nearby(finder).offers("低保公示") == ()
    assert Nearby(finder).offers("dibao") == ()


def test_characters_outside_of_the_basic_plane_are_characters() -> None:
    finder = finder_of(a_document(0, text="𠀀𠀁一"), a_document(1, text="𠀁𠀀"))
    assert finder.search("𠀀𠀁").strict == (0,)
    assert finder.search("𠀁一").strict == (0,)
    assert finder.search("𠀀").strict == (1, 0)


def test_no_word_reaches_from_one_place_into_the_next() -> None:
    finder = finder_of(
        a_document(
            0,
            title="甲",
            document_number="乙",
            text="丙\n丁",
            attachments=(Attachment("戊", "己"), Attachment("庚", "")),
        )
    )
    for word in ("甲乙", "乙丙", "丙丁", "丁戊", "戊己", "戊庚"):
        assert finder.search(word).strict == ()
    for word in "甲乙丙丁戊己庚":
        assert finder.search(word).strict == (0,)


def test_a_heading_that_is_too_long_for_its_room_is_found_like_text() -> None:
    finder = finder_of(
        a_document(0, text="公示"),
        a_document(1, title="关于" * 200 + "公示", document_number="示〔2026〕1号"),
    )
    assert finder.search("公示").strict == (1, 0)
    assert finder.search("标题:公示").strict == ()
    assert finder.search("文号:示").strict == (1,)
    assert finder.search("关于" * 200 + "公示").strict == (1,)


def test_what_only_looks_like_a_field_is_looked_for_as_it_stands() -> None:
    finder = finder_of(a_document(0, text="单位：万元"), a_document(1, text="万元"))
    assert finder.search("单位：万元").strict == (0,)
    assert finder.search("年：二〇二六").strict == ()


def test_a_text_that_is_gone_by_the_day_is_not_in_the_index_whoever_left_it_in() -> None:
    gone = a_document(
        0, title="名单", text="谭喜莲", attachments=(Attachment("表", "谭"),), removed_on=BUILT.isoformat()
    )
    files = files_of(a_collection(gone))
    finder = Finder(Reader(files.get), BUILT)
    assert finder.search("名单").strict == (0,) and finder.search("谭").strict == ()
    table = f"{VARIANTS}.js", f"{READINGS}.js"
    assert not [name for name, data in files.items() if "莲".encode() in data and name not in table]


# Order


def test_a_whole_heading_comes_before_headings_before_text_before_attachments() -> None:
    finder = finder_of(
        a_document(0, title="停电通知"),
        a_document(1, document_number="停电通知"),
        a_document(2, title="关于停电通知"),
        a_document(3, index_number="停电通知-3"),
        a_document(4, text="停电通知"),
        a_document(5, attachments=(Attachment("停电通知.pdf", ""),)),
        a_document(6, attachments=(Attachment("表.pdf", "停电通知"),)),
    )
    assert finder.search("停电通知").strict == (1, 0, 2, 4, 6, 5, 3)
    assert finder.search("停电 通知").strict == (1, 0, 2, 4, 6, 5, 3)


def test_the_worst_place_of_several_words_counts() -> None:
    finder = finder_of(
        a_document(0, title="停电", attachments=(Attachment("通知", ""),)),
        a_document(1, title="停电", text="通知"),
        a_document(2, text="停电", attachments=(Attachment("通知", ""),)),
        a_document(3, title="停电", text="停电通知"),
    )
    assert finder.search("停电 通知").strict == (3, 1, 2, 0)


def test_current_comes_before_past_and_newer_before_older() -> None:
    marks = ("current", "expired", "long-term", "superseded", "withdrawn", "current", "terminated")
    finder = finder_of(*(a_document(number, text="低保", mark=mark) for number, mark in enumerate(marks)))
    assert finder.search("低保").strict == (5, 2, 0, 6, 4, 3, 1)


def test_order_is_by_place_before_it_is_by_status() -> None:
    finder = finder_of(a_document(0, title="低保名单", mark="expired"), a_document(1, text="低保名单"))
    assert finder.search("低保").strict == (0, 1)


# What a word is looked for in


def test_a_field_is_looked_for_where_it_says() -> None:
    finder = finder_of(
        a_document(0, title="低保", publisher="v01", category="low"),
        a_document(1, document_number="低保", publisher="c01", published_on="2025-01-01"),
        a_document(2, index_number="低保", category="relief"),
        a_document(3, text="低保"),
        a_document(4, attachments=(Attachment("低保", ""),)),
    )

    def strict(query: str) -> set[int]:
        return set(finder.search(query).strict)

    assert strict("低保") == {0, 1, 2, 3, 4}
    assert strict("标题:低保") == {0}
    assert strict("文号:低保") == {1}
    assert strict("索引号:低保") == {2}
    assert strict("附件:低保") == {4}
    assert strict("村:张家") == {0}
    assert strict("村:v01") == {0}
    assert strict("单位:石桥铺村经济合作社") == {1}
    assert strict("类别:社会") == {2}
    assert strict("类别:低保〔公示〕") == {0}
    assert strict("年:2025") == strict("年:2025年") == {1}
    assert strict("低保 -年:2026") == {1}
    assert strict("低保 -村:v01 -类别:relief -附件:低保 -文号:低保") == {3}
    assert strict("-低保") == set()
    assert strict("-村:石桥") == {0, 2, 3, 4}


def test_the_text_of_a_removed_notice_is_not_found() -> None:
    documents = (
        a_document(
            0,
            title="公示",
            text="谭喜莲",
            attachments=(Attachment("名单", "谭喜莲"),),
            removed_on="2026-12-01",
        ),
        a_document(1, text="谭喜莲"),
    )
    before, after = (finder_of(*documents, day=date(2026, *day)) for day in ((11, 30), (12, 1)))
    assert before.search("谭喜莲").strict == (1, 0)
    assert before.search("附件:名单").strict == (0,)
    assert after.search("谭喜莲").strict == (1,)
    assert after.search("名单").strict == ()
    assert after.search("谭喜莲 公示").strict == ()
    assert after.search("公示").strict == after.search("标题:公示").strict == (0,)
    assert after.search("X/2026-0000").strict == (0,)


def test_marks_are_those_of_the_day() -> None:
    documents = (
        a_document(0),
        a_document(1, days="2026-12-01:expired"),
        a_document(2, days="2026-12-01:expired 2026-12-05:withdrawn"),
        a_document(3, mark="long-term", days="2026-12-02:superseded"),
        a_document(4, mark="withdrawn"),
        a_document(5, days="2026-12-02:terminated"),
    )

    def marks(month: int, day: int) -> list[str]:
        return finder_of(*documents, day=date(2026, month, day)).marks

    assert marks(11, 30) == ["current", "current", "current", "long-term", "withdrawn", "current"]
    assert marks(12, 1) == ["current", "expired", "expired", "long-term", "withdrawn", "current"]
    assert marks(12, 2) == ["current", "expired", "expired", "superseded", "withdrawn", "terminated"]
    assert marks(12, 5) == ["current", "expired", "withdrawn", "superseded", "withdrawn", "terminated"]


def test_filters_combine_and_are_counted_without_themselves() -> None:
    finder = finder_of(
        a_document(0, publisher="v01", category="low", published_on="2025-01-01", mark="expired"),
        a_document(1, publisher="v01", category="money"),
        a_document(2, publisher="c01", category="money", mark="terminated"),
        a_document(3, publisher="t01", category="money", mark="long-term"),
    )
    every = (3, 2, 1, 0)
    assert finder.chosen(every, Choice()) == every
    assert finder.chosen(every, Choice(status="current")) == (3, 1)
    assert finder.chosen(every, Choice(status="withdrawn", regime="collective")) == (2,)
    assert finder.chosen(every, Choice(publisher="v01", year="2025")) == (0,)
    assert finder.chosen(every, Choice(publisher="v01", year="2025"), "year") == (1, 0)
    counts = finder.counts(every, Choice(publisher="v01"))
    assert counts["publisher"] == {"t01": 1, "c01": 1, "v01": 2}
    assert counts["status"] == {"current": 1, "expired": 1}
    assert counts["category"] == {"money": 1, "low": 1}
    assert counts["year"] == {"2026": 1, "2025": 1}
    assert counts["regime"] == {"village": 2}


# What else is found


def related(finder: Finder, query: str) -> dict[int, tuple[tuple[str, str], ...]]:
    found = finder.search(query)
    return {
        number: tuple((each.kind, each.found) for each in found.reasons[number]) for number in found.related
    }


def test_synonyms_are_related_in_the_direction_of_the_data() -> None:
    finder = finder_of(
        a_document(0, text="五保户名单"), a_document(1, text="特困人员名单"), a_document(2, text="低保")
    )
    found = finder.search("五保")
    assert (found.strict, found.related, found.how) == ((0,), (1,), "words")
    assert found.reasons == {1: (Reason("五保", "synonym", "特困"),)}
    assert set(found.words) == {"五保", "特困"}
    assert related(finder, "特困") == {}
    assert finder.search("最低生活保障").related == (2,)
    assert finder.search("最低生活保障").how == "related"
    assert finder.search("最低生活保障", widely=False).how == "nothing"


def test_a_synonym_stands_for_its_part_of_a_word() -> None:
    finder = finder_of(a_document(0, text="特困人员供养名单公示"))
    assert related(finder, "五保供养名单") == {0: (("synonym", "特困人员供养名单"),)}
    assert related(finder, '"五保供养名单"') == {}
    assert related(finder, "附件:五保") == {}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("12800", "12,800"),
        ("12,800", "12800"),
        ("12800元", "共12,800元"),
        ("(2026)", "[2026]"),
        ("[2026]12号", "(2026)12号"),
        ("(2026)", "〔2026〕"),
        ("1280000", "1,280,000"),
    ],
)
def test_another_spelling_is_related(typed: str, written: str) -> None:
    finder = finder_of(a_document(0, text=written))
    found = finder.search(typed)
    assert (found.strict, found.related) == ((), (0,))
    assert [each.kind for each in found.reasons[0]] == ["spelling"]


@pytest.mark.parametrize("typed", ["1.2800", "280", "1280000000000", "12,80"])
def test_what_is_no_amount_has_no_other_spelling(typed: str) -> None:
    finder = finder_of(a_document(0, text="1.2,800 2,80 1,280,000,000,000 1280"))
    assert not [reason for found in finder.search(typed).reasons.values() for reason in found]


def test_the_names_of_publishers_and_categories_are_related() -> None:
    documents = (a_document(0, publisher="v01"), a_document(1, text="张家村"), a_document(2, category="low"))
    finder = finder_of(*documents)
    assert related(finder, "张家村") == {0: (("publisher", "张家村村民委员会"),)}
    assert related(finder, "低保[公示]") == {2: (("category", "低保【公示】"),)}
    assert related(finder, "张家村 之0") == {0: (("publisher", "张家村村民委员会"),)}
    assert related(finder, "-张家村") == {}


# What nearly matches


def offers(*texts: str, query: str) -> list[tuple[str, str, int]]:
    nearby = Nearby(finder_of(*(a_document(number, text=text) for number, text in enumerate(texts))))
    return [(offer.kind, offer.query, offer.count) for offer in nearby.offers(query)]


def test_letters_are_read_as_pinyin_and_as_initials() -> None:
    texts = ("低保名单公示", "低保对象", "独步")
    assert ("pinyin", "低保", 2) in offers(*texts, query="dibao")
    assert offers(*texts, query="db")[0] == ("pinyin", "低保", 2)
    assert ("pinyin", "独步", 1) in offers(*texts, query="DB")
    assert offers(*texts, query="mingdan") == [("pinyin", "名单", 1)]
    assert offers(*texts, query="mdgs") == [("pinyin", "名单公示", 1)]
    assert offers(*texts, query="di bao")[0] == ("pinyin", "低保", 2)
    assert offers(*texts, query="zzz") == []


def test_a_character_with_two_readings_is_found_by_both() -> None:
    assert offers("银行存款", query="yinhang") == [("pinyin", "银行", 1)]
    assert ("pinyin", "行人", 1) in offers("行人", query="xingren")


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("谭喜连", "谭喜莲"),
        ("农合作社", "农业合作社"),
        ("谭喜喜莲", "谭喜莲"),
        ("譚喜連", "谭喜莲"),
        ("章家村", "张家村"),
        ("谭喜莲们", "谭喜莲"),
        ("住宅用第", "住宅用地"),
    ],
)
def test_one_character_apart_is_offered(query: str, written: str) -> None:
    found = offers(f"户主{written}，三口人", query=query)
    assert ("apart", written, 1) in found


def test_parts_are_offered_together() -> None:
    found = offers("张家村的低保名单", "张家村", "低保", query="张家村低保")
    assert found[-1] == ("parts", "张家村 低保", 1)
    assert [offer for offer in found if offer[0] == "parts"] == found[-1:]


def test_numbers_have_no_near_numbers() -> None:
    assert offers("共12800元", query="12900") == []


def test_a_heading_is_read_where_it_stands() -> None:
    nearby = Nearby(finder_of(a_document(0, title="谭喜莲", document_number="永三府发〔2026〕12号")))
    assert Offer("apart", "谭喜莲", 1) in nearby.offers("谭喜连")
    assert Offer("apart", "永三府发[2026]12号", 1) in nearby.offers("永三府办〔2026〕12号")


def test_only_the_word_that_is_missing_is_changed() -> None:
    texts = ("谭喜莲的低保",)
    assert ("apart", "低保 谭喜莲", 1) in offers(*texts, query="低保 谭喜连")
    assert offers(*texts, query="谭喜连 村规民约") == []
    assert offers(*texts, query='"谭喜连"') == []
    assert offers(*texts, query="连") == []
    assert offers(*texts, query="") == []


def test_initials_are_words_of_the_index_only() -> None:
    spoken = Spoken(finder_of(a_document(0, text="低保\n公示")).reader)
    assert spoken.words("bg") == []
    assert spoken.words("dibaogongshi") == []


# What is shown


def shown(pieces: list) -> str:
    return "".join(f"<{piece.text}>" if piece.marked else piece.text for piece in pieces)


def test_words_are_marked_as_they_are_written() -> None:
    assert shown(marked("關於〔２０２６〕低 保", ("关于", "[2026]", "低保"))) == "<關於><〔２０２６〕><低 保>"
    assert shown(marked("低保低保", ("低保", "保低"))) == "<低保><低保>"
    assert shown(marked("公示", ("低保",))) == "公示"
    assert marked("", ("低保",)) == []


def test_a_snippet_is_what_stands_around_the_first_word() -> None:
    long = "前" * 30 + "低保" + "后" * 100
    finder = finder_of(
        a_document(0, title="低保", text=f"公示\n{long}\n低保", attachments=(Attachment("低保表", ""),)),
        a_document(1, text="公示", attachments=(Attachment("低保表", "低保"),)),
        a_document(2, title="低保", text="公示"),
    )
    assert shown(snippet(finder.reader, 0, ("低保",))) == "…" + "前" * 20 + "<低保>" + "后" * 58 + "…"
    assert shown(snippet(finder.reader, 1, ("低保",))) == "<低保>表　<低保>"
    assert snippet(finder.reader, 2, ("低保",)) == []


def test_a_snippet_is_read_from_the_piece_that_has_the_word() -> None:
    with small(2000, 40):
        text = "\n".join(f"第{number}户，五口人，公示如下" for number in range(40))
        finder = finder_of(a_document(0, text=text), a_document(1, attachments=(Attachment("表", text),)))
    expected = "<第37户>，五口人，公示如下　第38户，五口人，公示如下"
    assert shown(snippet(finder.reader, 0, ("第37户",))) == expected
    assert shown(snippet(finder.reader, 1, ("第37户",))) == expected


# The files


def test_the_variants_of_the_board_are_in_the_manifest() -> None:
    files = files_of(a_collection(a_document(0, title="關於〔2026〕", attachments=(Attachment("﨑", "·"),))))
    known = Reader(files.get).manifest["variants"]
    assert known["关"] == "關"
    assert "〔" in known["["]
    assert "養" not in "".join(known.values())
    others = fold("".join(word for words in synonyms().values() for word in words))
    assert set(known) <= set(fold("關於〔2026〕﨑【】")) | set(others)
