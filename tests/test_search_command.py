"""`noticeboard search`: what is on the site, nothing else, and as the site finds it."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from builders import ROOT, TODAY, Folder
from noticeboard.cli.context import open_project
from noticeboard.messages import messages
from noticeboard.search.find import Finder
from noticeboard.search.fold import fold
from noticeboard.search.index import Index
from noticeboard.search.reader import Reader
from noticeboard.views.search import collection
from noticeboard.views.shelves import Shelves
from noticeboard.views.words import Words
from samples import docx_table, xlsx_table

PAST = {"effective": "{from: 2026-10-01, until: 2026-10-10}", "formed_on": "2026-09-30"}


@pytest.fixture
def board(folder: Folder) -> Folder:
    folder.notice(
        "2026/town/0001.md",
        "按规定公示下列人员。\n\n| 姓名 | 金额 |\n| --- | --- |\n"
        "| 谭喜莲 | 12,800.00 |\n| 张　三 | 600元 |\n",
        title="东河村特困人员名单公示",
        document_number="永三府发〔2026〕12号",
    )
    folder.notice("2026/east/0002.md", "東河村停水，聯繫人張小三。", title="停水", publisher="east", **PAST)
    folder.write("2026/town/0003/明细表.xlsx", xlsx_table([["姓名", "金额"], ["欧阳桂珍", 3600]]))
    folder.write("2026/town/0003/说明.docx", docx_table([["耕地地力保护补贴", "每亩"]]))
    folder.notice(
        "2026/town/0003/index.md", "见[明细表](明细表.xlsx)和[说明](说明.docx)。", title="补贴发放公示"
    )
    folder.notice("2026/town/0004.md", "谭喜莲的草稿。", confidentiality_cleared="false", clearance=None)
    folder.notice("2026/town/0005.md", "谭喜莲以后公示。", effective="{from: 2026-12-01, days: 7}")
    folder.notice("2026/town/0006.md", "谭喜莲的旧名单。", title="旧名单", erase_on="2026-11-20", **PAST)
    folder.notice("2026/town/0007.md", "谭喜莲贴在墙上。", channels="[board]")
    return folder


def found(board: Folder, *query: str, **environment: str) -> dict[str, Any]:
    done = board.run("search", *query, "--format", "json", **environment)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def ids(answer: dict[str, Any], key: str = "results") -> list[str]:
    return [result["id"] for result in answer[key]]


FIRST, SECOND, THIRD = "2026/town/0001", "2026/east/0002", "2026/town/0003"
EXACT = {
    "a_name_in_a_table": ("谭喜莲", [FIRST]),
    "a_name_written_with_a_space": ("张三", [FIRST]),
    "a_number_with_other_brackets": ("永三府发[2026]12号", [FIRST]),
    "a_number_in_full_width": ("永三府发［２０２６］１２号", [FIRST]),
    "simplified_for_traditional": ("东河村停水", [SECOND]),
    "traditional_for_simplified": ("特困人員名單", [FIRST]),
    "a_name_in_a_sheet": ("欧阳桂珍", [THIRD]),
    "a_word_in_a_document": ("地力保护", [THIRD]),
    "the_name_of_a_file": ("明细表.xlsx", [THIRD]),
    "two_words": ("公示 金额", [FIRST, THIRD]),
    "a_word_that_is_excluded": ("公示 -谭喜莲", [THIRD]),
    "a_phrase": ('"规定公示"', [FIRST]),
    "a_document_number": ("文号:2026", [FIRST]),
    "a_village": ("村:东河 停水", [SECOND]),
    "a_category": ("类别：停水停电", [FIRST, THIRD, SECOND, "2026/town/0006"]),
    "one_character": ("莲", [FIRST]),
    "nothing_across_cells": ("谭喜莲12", []),
}


@pytest.mark.parametrize("query", EXACT, ids=str)
def test_exactly_what_contains_the_words(board: Folder, query: str) -> None:
    typed, expected = EXACT[query]
    assert sorted(ids(found(board, typed))) == sorted(expected)


def test_what_was_withheld_is_not_found(board: Folder) -> None:
    for word in ("草稿", "以后公示", "的旧名单", "墙上"):
        assert found(board, word)["results"] == []
    # A notice whose text was taken away is still there, and says so.
    assert ids(found(board, "旧名单")) == ["2026/town/0006"]


def test_a_result_says_what_it_is(board: Folder) -> None:
    (result,) = found(board, "谭喜莲")["results"]
    assert result == {
        "id": FIRST,
        "title": "东河村特困人员名单公示",
        "url": f"notices/{FIRST}/",
        "status": "current",
        "published_on": "2026-11-10",
        "period": "2026年11月10日至11月30日",
        "publisher": "town",
        "category": "outage",
        "document_number": "永三府发〔2026〕12号",
        "index_number": "11000000MB00000017/2026-00001",
        "because": [],
        "snippet": "按规定公示下列人员。　姓名　金额　谭喜莲　12,800.00　张 三　600元",
    }
    assert found(board, "停水", day="2027-01-01")["results"][0]["status"] == "expired"


def test_old_words_and_other_spellings_are_related(board: Folder) -> None:
    answer = found(board, "五保")
    assert answer["how"] == "related" and ids(answer) == [FIRST]
    assert answer["results"][0]["because"] == [{"word": "五保", "kind": "synonym", "found": "特困"}]
    assert found(board, "12800")["results"][0]["because"][0]["found"] == "12,800"
    assert ids(found(board, "永三府发（2026）12号")) == [FIRST]
    # What contains the word comes first, what stands under that name apart.
    answer = found(board, "东河")
    assert FIRST in ids(answer) and SECOND in ids(answer)
    assert found(board, "五保", "--strict")["results"] == []


def test_pinyin_and_near_matches_are_offered(board: Folder) -> None:
    answer = found(board, "tekun")
    assert (answer["how"], answer["searched_for"], ids(answer)) == ("pinyin", "特困", [FIRST])
    answer = found(board, "谭喜连")
    assert answer["results"] == []
    assert {"kind": "apart", "query": "谭喜莲", "count": 1} in answer["offers"]
    answer = found(board, "特困名单")
    assert (answer["how"], answer["searched_for"]) == ("parts", "特困 名单")
    assert answer["results"] == [] and ids(answer, "near") == [FIRST]


def test_the_terminal_says_what_it_did(board: Folder) -> None:
    text = board.run("search", "谭喜连").stdout
    assert "没有找到“谭喜连”。" in text and "谭喜莲（1 条）" in text
    text = board.run("search", "五保").stdout
    assert "相近的有 1 条" in text and "也叫：特困" in text
    text = board.run("search", "公示", "--limit", "1").stdout
    assert "找到 2 条" in text and "只列出 1 条" in text
    assert "Nothing contains" in board.run("--lang", "en", "search", "没有这个").stdout


def test_a_misspelt_option_is_no_word(board: Folder) -> None:
    done = board.run("search", "公示", "--strct")
    assert done.returncode == 2 and "--strct" in done.stderr
    assert board.run("search").returncode == 2


def test_a_board_that_cannot_be_read_is_not_searched(board: Folder) -> None:
    (board.notices / "publishers.yml").unlink()
    done = board.run("search", "公示")
    assert done.returncode == 2 and "Traceback" not in done.stderr


def test_a_query_without_a_word_is_refused(board: Folder) -> None:
    for nothing in ("", "  ", '""'):
        done = board.run("search", nothing)
        assert done.returncode == 2 and "请写要找的词" in done.stderr


def test_staff_are_told_what_was_not_searched(board: Folder) -> None:
    assert "没有公开的 3 条没有查" in board.run("search", "草稿").stderr


def test_the_finished_site_finds_the_same(board: Folder) -> None:
    assert board.run("build").returncode == 0
    index = board.site / "search"

    def fetch(name: str) -> bytes | None:
        return (index / name).read_bytes() if (index / name).is_file() else None

    finder = Finder(Reader(fetch), TODAY)
    for query in ("公示", "谭喜莲", "停水", "五保", "文号:2026"):
        numbers = finder.search(query).all
        there = [finder.reader.notice(number)["id"] for number in numbers]
        answer = found(board, query)
        assert there == ids(answer) + ids(answer, "related")


def test_no_file_of_the_index_holds_what_is_withheld(board: Folder) -> None:
    assert board.run("build").returncode == 0
    texts = [file.read_text("utf-8") for file in (board.site / "search").rglob("*.js")]
    assert len(texts) > 5 and any("谭喜莲" in text for text in texts)
    for word in ("草稿", "以后", "墙上"):
        assert not [text for text in texts if word in text and '"variants"' not in text[:60]]


def test_substrings_of_the_sample_are_found_exactly() -> None:
    register = open_project(str(ROOT / "mkdocs.yml"), "zh").whole_register(messages("zh"))
    everything = collection(Shelves(register, Words()))
    finder = Finder(Reader(Index(everything).files.get), TODAY)
    parts = ((*each.headings, each.text, each.attached) for each in everything.documents)
    texts = [[fold(line) for text in texts for line in text.split("\n")] for texts in parts]
    chosen = random.Random(6)
    lines = [line for lines in texts for line in lines if line]
    for _ in range(400):
        line = chosen.choice(lines)
        begin = chosen.randrange(len(line))
        word = line[begin : begin + chosen.choice((1, 2, 2, 3, 3, 4, 5, 8, 13))]
        expected = {number for number, lines in enumerate(texts) if any(word in line for line in lines)}
        assert {unit // 2 for unit in finder.reader.holding(word)} == expected, word
