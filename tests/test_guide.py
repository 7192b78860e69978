"""The disclosure guide: the nine contents of 条例第十二条, its yearly review, and what its page says."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import a_board, outputs_of
from builders import CATALOGUE, GUIDE, PUBLISHERS, TODAY, Folder
from noticeboard.board.document import Document
from noticeboard.board.fields import GUIDE as GUIDE_KEYS
from noticeboard.board.guide import Guide
from noticeboard.board.problem import Place, Problem
from noticeboard.messages import messages
from noticeboard.views.guide import GuidePage, Step


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def the_page(board: Folder) -> GuidePage:
    (page,) = [page for page in outputs_of(board).pages if page.address == "guide/"]
    assert isinstance(page.view, GuidePage)
    return page.view


def said(problem: Problem) -> str:
    return messages("zh").problem(problem)[0]


# -- the nine contents: six in publishers.yml, three by the catalogue

OFFICE = {
    "address": ("    address: 试点镇东街1号\n", "地址"),
    "hours": ("    hours: {summer: '8:00—18:00', winter: '8:00—17:30'}\n", "办公时间"),
    "phone": ("    phone: 0000-5550001\n", "电话"),
    "fax": ("    fax: 0000-5550009\n", "传真"),
    "email": ("    email: town@board.example\n", "邮箱"),
}
LINE = PUBLISHERS[: PUBLISHERS.index("- code: town")].count("\n") + 1


@pytest.mark.parametrize("field", OFFICE)
def test_the_guide_is_refused_for_each_thing_that_its_office_lacks(board: Folder, field: str) -> None:
    line, alias = OFFICE[field]
    assert line in PUBLISHERS
    board.write("publishers.yml", PUBLISHERS.replace(line, ""))
    (problem,) = board.register().problems
    assert (problem.code, problem.severity, problem.field) == ("guide-field-missing", "error", field)
    assert (problem.path, problem.place) == ("notices/publishers.yml", Place(LINE, 5))
    sentence = said(problem)
    assert sentence.startswith(f"公开指南缺少“{alias}”") and "《政府信息公开条例》第十二条" in sentence
    assert "。" not in sentence, "one sentence"
    hint = messages("zh").problem(problem)[1]
    assert f"{alias}: " in hint and "试点镇人民政府" in hint and "“无”" in hint


def test_the_name_of_the_office_must_be_there_as_any_name(board: Folder) -> None:
    board.write("publishers.yml", PUBLISHERS.replace("    name: 试点镇人民政府\n", ""))
    found = [(problem.code, problem.place.line) for problem in board.register().problems]
    assert ("part-missing", LINE) in found


@pytest.mark.parametrize("field", OFFICE)
def test_a_thing_written_without_a_value_is_missing(board: Folder, field: str) -> None:
    board.write("publishers.yml", PUBLISHERS.replace(OFFICE[field][0], f"    {field}:\n"))
    assert board.codes() == ["guide-field-missing"]


@pytest.mark.parametrize("field", OFFICE)
def test_none_is_an_answer(board: Folder, field: str) -> None:
    board.write("publishers.yml", PUBLISHERS.replace(OFFICE[field][0], f"    {field}: 无\n"))
    assert board.codes() == []


def test_all_that_is_missing_is_named_in_one_run(board: Folder) -> None:
    text = PUBLISHERS
    for line, _ in OFFICE.values():
        text = text.replace(line, "")
    board.write("publishers.yml", text)
    problems = board.register().problems
    assert {problem.field for problem in problems} == set(OFFICE)
    assert {problem.code for problem in problems} == {"guide-field-missing"} and len(problems) == len(OFFICE)


OTHER_OFFICE = """\
  - code: hall
    name: 试点镇便民服务中心
    kind: office
    regime: government
    address: 试点镇东街2号
    hours: 工作日8:30—17:00
    phone: 0000-5550004
    email: hall@board.example
"""


def test_another_office_may_be_responsible_and_then_it_is_asked(board: Folder) -> None:
    board.write("guide.md", GUIDE.replace("---\n", "---\n工作机构: 试点镇便民服务中心\n", 1))
    board.write("publishers.yml", PUBLISHERS.replace(OFFICE["fax"][0], "") + OTHER_OFFICE)
    (problem,) = board.register().problems
    assert (problem.code, problem.field) == ("guide-field-missing", "fax")
    assert problem.place.line == PUBLISHERS.count("\n"), "a line was taken away above"
    board.write("publishers.yml", PUBLISHERS.replace(OFFICE["fax"][0], "") + OTHER_OFFICE + "    fax: 无\n")
    assert board.codes() == [] and the_page(board).office.code == "hall"


def test_an_office_that_nobody_knows_is_named(board: Folder) -> None:
    board.write("guide.md", GUIDE.replace("---\n", "---\noffice: 县政府\n", 1))
    (problem,) = board.register().problems
    assert (problem.path, problem.code, problem.place.line) == ("notices/guide.md", "publisher-unknown", 2)


VILLAGE = """\
board: {name: 东河村公开栏, place: 试点镇, owner: east}
publishers:
  - {code: east, name: 东河村村民委员会, kind: village, regime: village}
"""
VILLAGE_CATALOGUE = "catalogue:\n- {code: a, name: 甲, regime: 村务, items: [{code: b, name: 乙}]}\n"


def test_a_village_by_itself_has_no_duty_of_the_government(board: Folder) -> None:
    board.write("publishers.yml", VILLAGE)
    board.write("catalogue.yml", VILLAGE_CATALOGUE)
    assert board.codes() == []
    (board.notices / "guide.md").unlink()
    assert board.codes() == []


def test_what_is_missing_stops_the_check(folder: Folder) -> None:
    folder.write("publishers.yml", PUBLISHERS.replace(OFFICE["fax"][0], ""))
    done = folder.run("check")
    assert done.returncode == 1
    assert "传真" in done.stdout and "《政府信息公开条例》第十二条" in done.stdout


# -- looked through once a year

REVIEWS = {
    "today": ("2026-11-21", "2026-11-21", False),
    "a day before a year": ("2025-11-22", "2026-11-21", False),
    "exactly a year": ("2025-11-21", "2026-11-21", True),
    "long ago": ("2019-05-15", "2026-11-21", True),
    "the last day of a month, a day before": ("2025-01-31", "2026-01-30", False),
    "the last day of a month": ("2025-01-31", "2026-01-31", True),
    "a leap day, on 28 February": ("2024-02-29", "2025-02-28", False),
    "a leap day, on 1 March": ("2024-02-29", "2025-03-01", True),
    "into a leap year, on 27 February": ("2027-02-28", "2028-02-27", False),
    "into a leap year, on 28 February": ("2027-02-28", "2028-02-28", True),
    "New Year's Eve": ("2025-12-31", "2026-12-30", False),
    "New Year's Day": ("2026-01-01", "2027-01-01", True),
}


@pytest.mark.parametrize(("reviewed", "day", "late"), REVIEWS.values(), ids=REVIEWS)
def test_a_guide_not_reviewed_for_a_year_is_a_warning(
    board: Folder, reviewed: str, day: str, late: bool
) -> None:
    board.write("guide.md", f"---\nreviewed_on: {reviewed}\n---\n")
    problems = board.register(date.fromisoformat(day)).problems
    assert [(p.code, p.severity) for p in problems] == ([("guide-not-reviewed", "warning")] if late else [])
    for problem in problems:
        assert (problem.path, problem.place.line) == ("notices/guide.md", 2)
        assert "12 个月" in said(problem) and reviewed in said(problem)


@pytest.mark.parametrize("text", ["---\noffice: town\n---\n", "---\n---\n补充。\n", "只有文字。\n", ""])
def test_a_guide_without_a_day_of_review_is_one_not_reviewed(board: Folder, text: str) -> None:
    board.write("guide.md", text)
    assert board.codes() == ["guide-not-reviewed"]


@settings(max_examples=100)
@given(st.dates(date(2019, 5, 15), date(2030, 12, 31)), st.integers(0, 800))
def test_it_is_due_from_the_same_day_of_the_next_year_on(reviewed: date, later: int) -> None:
    day = reviewed + timedelta(days=later)
    first = date(reviewed.year + 1, reviewed.month, 1)
    last = first + timedelta(days=reviewed.day - 1)  # from 29 February: 1 March
    guide = Guide("guide.md", True, "town", reviewed, Place(), (), "", Document("", ""))
    assert bool(list(guide.problems_on(day))) is (day >= last)


def test_no_guide_is_a_warning_and_its_page_says_so(board: Folder) -> None:
    (board.notices / "guide.md").unlink()
    (problem,) = board.register().problems
    assert (problem.path, problem.code, problem.severity) == ("notices/guide.md", "guide-missing", "warning")
    page = the_page(board)
    assert not page.is_written and page.reviewed_on == "" and page.office.code == "town"
    board.write("guide.md", GUIDE)
    assert board.codes() == [] and the_page(board).is_written


# -- what is written by hand

WRITTEN = """\
---
工作机构: town
核对日期: 2026-10-01
查阅场所: [镇便民服务中心一楼, 县档案馆]
监督机构: 县政府办公室，电话 0000-5550008
---

（一）本指南**每年**核对。

- [县政府](https://county.example/)
- [写信](mailto:town@board.example)
"""


def test_what_is_written_stands_on_the_page(board: Folder) -> None:
    board.write("guide.md", WRITTEN)
    assert board.codes() == []
    page = the_page(board)
    assert page.reading_places == ("镇便民服务中心一楼", "县档案馆")
    assert (page.supervisor, page.reviewed_on) == ("县政府办公室，电话 0000-5550008", "2026年10月1日")
    assert "<strong>每年</strong>" in page.text and 'href="https://county.example/"' in page.text


def test_the_keys_may_be_english(board: Folder) -> None:
    chinese = outputs_pages(board, WRITTEN)
    english = WRITTEN
    for key in GUIDE_KEYS:
        english = english.replace(f"{key.aliases[0]}:", f"{key.name}:")
    assert english != WRITTEN and outputs_pages(board, english) == chinese


def outputs_pages(board: Folder, guide: str) -> GuidePage:
    board.write("guide.md", guide)
    return the_page(board)


WRONG: dict[str, tuple[str | bytes, list[tuple[int, str]]]] = {
    "an unknown key": ("---\n核对日期: 2026-10-01\n核对人: 甲\n---\n", [(3, "key-unknown")]),
    "a loose date": ("---\n核对日期: 2026-10-1\n---\n", [(2, "date-format"), (2, "guide-not-reviewed")]),
    "front matter without an end": ("---\n核对日期: 2026-10-01\n", [(1, "guide-not-reviewed"),
                                                               (2, "front-matter-unclosed")]),
    "GBK": ("---\n核对日期: 2026-10-01\n---\n".encode("gbk"), [(1, "guide-not-reviewed"),
                                                            (2, "encoding-gbk")]),
    "a script": (f"{GUIDE}\n<script>alert(1)</script>说明\n", [(5, "html-removed")]),
    "a comment without an end": (f"{GUIDE}\n<!-- 草稿\n", [(5, "comment-not-closed")]),
    "an invisible character": (f"{GUIDE}\n说\u200b明\n", [(5, "invisible-character")]),
    "a link to a notice": (f"{GUIDE}\n[公示](2026/town/0001.md)\n", [(5, "guide-link")]),
    "a link to a draft": (f"{GUIDE}\n[公示](2026/town/0002.md)\n", [(5, "guide-link")]),
    "a link to a file": (f"{GUIDE}\n[申请表](申请表.docx)\n", [(5, "guide-link")]),
    "a picture": (f"{GUIDE}\n说明 ![图](图.png)\n", [(5, "guide-link")]),
    "a link that runs a script": (f"{GUIDE}\n[点](javascript:alert)\n", [(5, "link-scheme")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_the_guide_is_named_with_its_line(
    board: Folder, text: str | bytes, expected: list[tuple[int, str]]
) -> None:
    board.notice("2026/town/0001.md")
    board.notice("2026/town/0002.md", confidentiality_cleared="false", clearance=None)
    for name in ("申请表.docx", "图.png"):
        board.write(name, b"1")
    board.write("guide.md", text)
    found = [p for p in board.register().problems if p.path == "notices/guide.md"]
    assert sorted((p.place.line, p.code) for p in found) == sorted(expected)
    for problem in found:
        assert all(messages("en").problem(problem)) and all(messages("zh").problem(problem))
    html = the_page(board).text
    assert "<script" not in html and "src" not in html and "href" not in html and "草稿" not in html


# -- what the page says


def steps(found: tuple[Step, ...]) -> dict[str, tuple[str, str]]:
    return {step.text: (step.limit, step.basis) for step in found}


def test_the_page_holds_the_nine_contents(board: Folder) -> None:
    board.notice("2026/town/0012.md")
    page = the_page(board)
    # classification, arrangement, how to obtain
    assert [(c.name, c.url) for c in page.classes] == [
        ("政务公开", "directory/regime/government/"),
        ("村务公开", "directory/regime/village/"),
    ]
    assert page.classes[0].areas == (("公共服务", "directory/services/"),)
    assert page.numbering == "11000000MB00000017/2026-00012"
    assert page.boards == (("镇政府", "publishers/town/"), ("东河村", "publishers/east/"))
    assert page.channels == ("网站", "公开栏")
    # name, address, hours, telephone, fax and internet of the office
    office = page.office
    assert (office.name, office.address, office.phone, office.fax, office.email) == (
        "试点镇人民政府",
        "试点镇东街1号",
        "0000-5550001",
        "0000-5550009",
        "town@board.example",
    )
    assert page.hours == ("夏季：8:00—18:00", "冬季：8:00—17:30")


def test_it_says_the_steps_of_an_application_and_their_limits(board: Folder) -> None:
    rules = "《政府信息公开条例》"
    found = [(step.limit, step.basis) for step in the_page(board).steps]
    assert found == [
        ("7个工作日", f"{rules}第三十条"),
        ("15个工作日", f"{rules}第三十二条"),
        ("15个工作日", f"{rules}第三十四条"),
        ("20个工作日", f"{rules}第三十三条"),
        ("20个工作日", f"{rules}第三十三条"),
    ]
    assert len(steps(the_page(board).steps)) == 5, "each in words of its own"


TWENTY_DAYS = "{n: 20, unit: 天, from: 批准, basis: 《预算法》第十四条}"
LIMITED = CATALOGUE.replace(
    "      - {code: policy, name: 政策文件}\n",
    "      - {code: policy, name: 政策文件, time_limit: {n: 20, unit: 工作日, from: 形成}}\n"
    f"      - {{code: budget, name: 预算, time_limit: {TWENTY_DAYS}}}\n"
    f"      - {{code: accounts, name: 决算, time_limit: {TWENTY_DAYS}}}\n"
    "      - {code: permits, name: 许可, time_limit: {n: 7, unit: 工作日, from: 决定}}\n",
).replace(
    "      - {code: finance, name: 村级财务}\n",
    "      - {code: finance, name: 村级财务, time_limit: {n: 10, unit: 天, from: 所属期结束}}\n",
)


def test_it_says_within_which_limits_things_are_published(board: Folder) -> None:
    assert LIMITED.count("time_limit") == 5
    board.write("catalogue.yml", LIMITED)
    assert [(step.text, step.limit, step.basis) for step in the_page(board).limits] == [
        ("一般事项", "自信息形成之日起20个工作日内", "《政府信息公开条例》第二十六条"),
        ("预算、决算", "自批准之日起20日内", "《预算法》第十四条"),
        ("许可", "自作出决定之日起7个工作日内", "公开目录"),
    ]


def test_it_says_what_it_may_cost(board: Folder) -> None:
    page = the_page(board)
    assert page.fees_by_item == (
        "第1至10件：不收费",
        "第11至30件：每件100元",
        "第31件以上：每增加10件，每件的收费标准再提高100元",
    )
    assert page.fees_by_page == (
        "第1至30页：不收费",
        "第31至100页：每页10元",
        "第101至200页：每页20元",
        "第201页以上：每页40元",
    )
    assert (page.fees_basis, page.fees_rules) == ("《政府信息公开条例》第四十二条", "国办函〔2020〕109号")


def test_it_says_where_to_complain_and_by_which_article(board: Folder) -> None:
    bases = [step.basis for step in the_page(board).remedies]
    assert bases == [
        "《政府信息公开条例》第四十一条",
        "《政府信息公开条例》第五十一条",
        "《行政复议法》第二十三条",
        "《村民委员会组织法》第三十六条",
    ]
    assert all(step.text and not step.limit for step in the_page(board).remedies)


HOURS = {
    "one text": ("hours: 工作日8:00—18:00", ("工作日8:00—18:00",)),
    "summer and winter": ("hours: {summer: 甲, winter: 乙}", ("夏季：甲", "冬季：乙")),
    "in Chinese": ("办公时间: {夏令时: 甲, 冬令时: 乙}", ("夏季：甲", "冬季：乙")),
    "winter first": ("办公时间: {冬季: 乙, 夏季: 甲}", ("夏季：甲", "冬季：乙")),
}


@pytest.mark.parametrize(("line", "expected"), HOURS.values(), ids=HOURS)
def test_office_hours_are_one_text_or_one_for_each_season(
    board: Folder, line: str, expected: tuple[str, ...]
) -> None:
    board.write("publishers.yml", PUBLISHERS.replace(OFFICE["hours"][0], f"    {line}\n"))
    assert board.codes() == [] and the_page(board).hours == expected


WRONG_HOURS = {
    "only summer": ("hours: {summer: 甲}", "part-missing", "“办公时间”里缺少“冬季”（winter）"),
    "another season": ("hours: {summer: 甲, winter: 乙, 秋季: 丙}", "key-unknown", "没有“秋季”这个键"),
    "a list": ("hours: [甲, 乙]", "value-not-text", "“办公时间”"),
}


@pytest.mark.parametrize(("line", "code", "words"), WRONG_HOURS.values(), ids=WRONG_HOURS)
def test_office_hours_that_are_half_written_are_named(
    board: Folder, line: str, code: str, words: str
) -> None:
    board.write("publishers.yml", PUBLISHERS.replace(OFFICE["hours"][0], f"    {line}\n"))
    (problem,) = board.register().problems
    assert problem.code == code and words in said(problem)
    assert problem.place.line == LINE + PUBLISHERS[PUBLISHERS.index("- code: town") :].split("\n").index(
        OFFICE["hours"][0].rstrip("\n")
    )


def test_the_guide_of_the_sample_board_lacks_nothing(sample_site: Path) -> None:
    html = (sample_site / "guide" / "index.html").read_text("utf-8")
    text = re.sub(r"<[^>]+>", " ", html)
    words = ("机构名称", "办公地址", "办公时间", "联系电话", "传真号码", "互联网联系方式", "夏季", "冬季")
    assert not [word for word in words if word not in text]
    assert TODAY.isoformat() in html
