"""What the law and the catalogue set for dates: how long posted, how soon published, and what that does."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import a_board, all_data, outputs_of
from builders import PUBLISHERS, Folder, a_notice
from noticeboard.board import law
from noticeboard.board.catalogue import read_catalogue
from noticeboard.board.fields import FRONT_MATTER_NAMES
from noticeboard.board.law import Span, TimeLimit
from noticeboard.board.notice import Lists, read_notice
from noticeboard.board.problem import Problem
from noticeboard.board.publisher import read_publishers
from noticeboard.board.rules import check_dates
from noticeboard.board.source import read_source
from noticeboard.board.workdays import WorkingDays
from noticeboard.messages import messages

CATALOGUE = """\
catalogue:
- code: of-the-township
  name: 镇里的
  regime: government
  items:
  - {code: plain, name: 一般事项}
  - {code: general, name: 照一般期限的, time_limit: {n: 20, unit: working-day, from: formation}}
  - {code: budget, name: 预算, time_limit: {n: 20, unit: day, from: approval, basis: 《预算法》第十四条}}
  - {code: report, name: 年度报告, time_limit: {n: 31, unit: day, from: period-end}}
  - {code: procurement, name: 采购, time_limit: {n: 2, unit: working-day, from: decision}}
  - {code: shown, name: 公示七天的, minimum_period: {n: 7, unit: day, basis: 《救助办法》第十一条}}
  - {code: worked, name: 公示五个工作日的, minimum_period: {n: 5, unit: working-day}}
  - code: strict
    name: 管得严的
    time_limit: {n: 20, unit: working-day, from: formation}
    minimum_period: {n: 7, unit: day}
    enforced: 是
  - code: strict-in-working-days
    name: 管得严的工作日
    minimum_period: {n: 5, unit: working-day}
    enforced: 是
- code: of-the-village
  name: 村里的
  regime: village
  items:
  - {code: posted, name: 村务}
  - {code: shorter, name: 目录写得短的, minimum_period: {n: 10, unit: day}}
  - {code: longer, name: 目录写得长的, minimum_period: {n: 30, unit: day, basis: 本县办法}}
  - {code: soon, name: 十日内的, time_limit: {n: 10, unit: day, from: event}}
  - {code: posted-strictly, name: 管得严的村务, enforced: 是}
- code: of-the-collective
  name: 合作社的
  regime: collective
  items:
  - {code: money, name: 集体财务}
- code: of-the-party
  name: 支部的
  regime: party
  items:
  - {code: members, name: 发展党员}
"""
WHO = read_publishers(
    "publishers.yml",
    f"{PUBLISHERS}  - {{code: branch, name: 东河村党支部, kind: party-branch, regime: party}}\n".encode(),
    [],
)
LISTS = Lists(WHO, read_catalogue("catalogue.yml", CATALOGUE.encode(), WHO, []), WorkingDays())
BY = {"of-the-township": "town", "of-the-village": "east", "of-the-collective": "east-coop"}
PATH = "notices/2026/town/0001.md"


def cleared(day: str) -> str:
    return f"{{reviewer: 甲审, date: {day}}}"


def found(item: str, **fields: str | None) -> list[Problem]:
    """The problems of one notice under an item, by the publisher that the item is for."""
    assert LISTS.catalogue is not None
    under = LISTS.catalogue.items[item]
    own = {"category": item, "publisher": BY.get(under.group, "branch"), **fields}
    text = a_notice(**{"clearance": cleared(own.get("formed_on") or "2026-11-01"), **own})
    problems: list[Problem] = []
    notice = read_notice(
        "2026/town/0001", read_source(PATH, text.encode(), FRONT_MATTER_NAMES), LISTS, problems
    )
    assert notice is not None and not problems, problems
    return list(check_dates(notice, under, LISTS.working_days))


def short(item: str, **fields: str | None) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity.value) for problem in found(item, **fields)]


TOO_SHORT = [("period-below-minimum", "warning")]
TOO_LATE = [("published-late", "warning")]


# -- how long it is posted

POSTED: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "a village for fourteen days": ("posted", "{from: 2026-11-10, days: 14}", TOO_SHORT),
    "a village for fifteen days": ("posted", "{from: 2026-11-10, days: 15}", []),
    "a village for fifteen days by dates": ("posted", "2026-11-10 至 2026-11-24", []),
    "a village for fourteen days by dates": ("posted", "2026-11-10 至 2026-11-23", TOO_SHORT),
    "a village for good": ("posted", "2026-11-10 起长期", []),
    "a village for a day": ("posted", "2026-11-10 至 2026-11-10", TOO_SHORT),
    "a village on the last day of the old law": ("posted", "{from: 2025-12-31, days: 7}", []),
    "a village on the first day of the new law": ("posted", "{from: 2026-01-01, days: 7}", TOO_SHORT),
    "a village's item that says less than the law": ("shorter", "{from: 2026-11-10, days: 12}", TOO_SHORT),
    "the same before the law": ("shorter", "{from: 2025-12-01, days: 12}", []),
    "the same before the law, and even shorter": ("shorter", "{from: 2025-12-01, days: 9}", TOO_SHORT),
    "a village's item that says more than the law": ("longer", "{from: 2026-11-10, days: 29}", TOO_SHORT),
    "the same as long as it says": ("longer", "{from: 2026-11-10, days: 30}", []),
    "a collective for a day": ("money", "{from: 2026-11-10, days: 1}", []),
    "the party for a day": ("members", "{from: 2026-11-10, days: 1}", []),
    "a government for a day": ("plain", "{from: 2026-11-10, days: 1}", []),
    "six days of seven": ("shown", "{from: 2026-11-10, days: 6}", TOO_SHORT),
    "seven days of seven": ("shown", "{from: 2026-11-10, days: 7}", []),
    "for good, of seven": ("shown", "2026-11-10 起长期", []),
    "Monday to Thursday, of five working days": ("worked", "2026-11-16 至 2026-11-19", TOO_SHORT),
    "Monday to Friday, of five working days": ("worked", "2026-11-16 至 2026-11-20", []),
    "Tuesday to Sunday, of five working days": ("worked", "2026-11-17 至 2026-11-22", TOO_SHORT),
    "over the national day, of five working days": ("worked", "2026-09-30 至 2026-10-11", TOO_SHORT),
    "with the Saturday that is worked, of five working days": ("worked", "2026-09-30 至 2026-10-12", []),
    "by its own working days": ("worked", "{from: 2026-09-26, working_days: 5}", []),
}


@pytest.mark.parametrize(("item", "period", "expected"), POSTED.values(), ids=POSTED)
def test_what_is_posted_for_too_short_a_time_is_named(
    item: str, period: str, expected: list[tuple[str, str]]
) -> None:
    (first, *_) = re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}", period)
    assert short(item, formed_on=first, effective=period) == expected


def said(problem: Problem) -> str:
    return messages("zh").problem(problem)[0]


def test_it_says_how_long_it_is_how_long_it_must_be_and_who_says_so() -> None:
    (village,) = found("posted", effective="{from: 2026-11-10, days: 14}")
    assert said(village) == "公示期只有 14 天，“村务”不得少于 15 天（依据《村民委员会组织法》第三十五条）"
    (item,) = found("shown", effective="{from: 2026-11-10, days: 1}")
    assert said(item) == "公示期只有 1 天，“公示七天的”不得少于 7 天（依据《救助办法》第十一条）"
    (worked,) = found("worked", effective="2026-11-16 至 2026-11-19")
    assert said(worked) == "公示期只有 4 个工作日，“公示五个工作日的”不得少于 5 个工作日（依据公开目录）"
    assert (village.field, village.place.line, village.place.column) == ("effective", 6, 12)


def test_the_law_is_said_to_have_been_in_force_since_its_day() -> None:
    posting = law.limits()
    assert posting.village_posting == Span(15, "day", "《村民委员会组织法》第三十五条")
    assert posting.village_posting_since == date(2026, 1, 1)


# -- how soon it is published


def made(formed_on: str, begins: str, /, **more: str) -> dict[str, str | None]:
    """Made on one day and posted from another, for good."""
    return {
        "formed_on": formed_on, "effective": f"{begins} 起长期", "clearance": cleared(formed_on), **more,
    }  # fmt: skip


SOON: dict[str, tuple[str, dict[str, str | None], list[tuple[str, str]]]] = {
    "in the month after its year": ("report", made("2026-01-12", "2026-02-02", period="2025"), []),
    "long after its year": ("report", made("2026-06-10", "2026-06-12", period="2025"), TOO_LATE),
    "after its quarter": ("report", made("2026-11-01", "2026-11-03", period="2026-Q3"), TOO_LATE),
    "its period ended, but the day is written": (
        "report", made("2026-06-10", "2026-06-12", period="2025", limit_from="2026-06-01"), [],
    ),
    "on the twentieth working day": ("plain", made("2026-02-10", "2026-03-16"), []),
    "on the day after it": ("plain", made("2026-02-10", "2026-03-17"), TOO_LATE),
    "under an item that says the same": ("general", made("2026-09-21", "2026-10-27"), TOO_LATE),
    "on its last day": ("general", made("2026-09-21", "2026-10-26"), []),
    "made on a Saturday": ("plain", made("2026-01-03", "2026-01-29"), []),
    "made on a Saturday, a day later": ("plain", made("2026-01-03", "2026-01-30"), TOO_LATE),
    "with a reason": (
        "plain", made("2026-02-10", "2026-03-17", late_reason="等待县里的批复。"), [],
    ),
    "with a reason in Chinese": ("plain", made("2026-02-10", "2026-03-17", 逾期原因="等待批复"), []),
    "counted from another day": ("plain", made("2026-02-10", "2026-03-17", limit_from="2026-02-24"), []),
    "counted from another day, in Chinese": (
        "plain", made("2026-02-10", "2026-03-17", 时限起算日="2026-02-11"), [],
    ),
    "counted from an earlier day": (
        "plain", made("2026-02-10", "2026-03-16", limit_from="2026-02-09"), TOO_LATE,
    ),
    "calendar days that end on a Sunday": ("budget", made("2026-03-02", "2026-03-23"), []),
    "calendar days that end on a Sunday, a day later": ("budget", made("2026-03-02", "2026-03-24"), TOO_LATE),
    "calendar days that end on a holiday": ("budget", made("2026-09-13", "2026-10-08"), []),
    "calendar days that end on a holiday, a day later": (
        "budget", made("2026-09-13", "2026-10-09"), TOO_LATE,
    ),
    "calendar days that end on a Saturday that is worked": (
        "budget", made("2026-04-19", "2026-05-09"), [],
    ),
    "calendar days that end on a Saturday that is worked, later": (
        "budget", made("2026-04-19", "2026-05-10"), TOO_LATE,
    ),
    "a shorter limit": ("procurement", made("2026-11-12", "2026-11-16"), []),
    "a shorter limit, a day later": ("procurement", made("2026-11-12", "2026-11-17"), TOO_LATE),
    "the day by `published_on`": (
        "plain", made("2026-02-10", "2026-03-01", published_on="2026-03-17"), TOO_LATE,
    ),
    "the day on which it could first be read, whatever `published_on` says": (
        "plain", made("2026-02-10", "2026-03-17", published_on="2026-03-16"), TOO_LATE,
    ),
    "a village without a limit": ("posted", made("2025-01-01", "2026-11-01"), []),
    "a village with a limit of its catalogue": ("soon", made("2026-11-01", "2026-11-12"), TOO_LATE),
    "a collective": ("money", made("2025-01-01", "2026-11-01"), []),
    "the party": ("members", made("2025-01-01", "2026-11-01"), []),
}  # fmt: skip


@pytest.mark.parametrize(("item", "fields", "expected"), SOON.values(), ids=SOON)
def test_what_is_published_too_late_is_named(
    item: str, fields: dict[str, str | None], expected: list[tuple[str, str]]
) -> None:
    assert short(item, **fields) == expected


def test_it_says_which_day_was_the_last_from_when_and_who_says_so() -> None:
    (general,) = found("plain", **made("2026-02-10", "2026-03-17"))
    assert said(general) == (
        "发布日期 2026-03-17 晚于期限 2026-03-16：“一般事项”应当自 2026-02-10 起 20 个工作日内公开"
        "（依据《政府信息公开条例》第二十六条）"
    )
    (own,) = found("budget", **made("2026-03-02", "2026-03-24", limit_from="2026-03-01"))
    assert said(own) == (
        "发布日期 2026-03-24 晚于期限 2026-03-23：“预算”应当自 2026-03-01 起 20 天内公开"
        "（依据《预算法》第十四条）"
    )
    (bare,) = found("procurement", **made("2026-11-12", "2026-11-17"))
    assert said(bare).endswith("（依据公开目录）")
    assert general.field == "effective" and general.place.line == 6
    (dated,) = found("plain", **made("2026-02-10", "2026-03-01", published_on="2026-03-17"))
    assert dated.field == "published_on"


def test_the_general_limit_is_that_of_article_26_and_only_the_governments() -> None:
    general = TimeLimit(20, "working-day", "formation", "《政府信息公开条例》第二十六条")
    assert law.limits().disclosure == general and LISTS.catalogue is not None
    limits = {code: item.time_limit for code, item in LISTS.catalogue.items.items()}
    assert limits["plain"] == limits["general"] == limits["strict"] == general
    assert limits["procurement"] == TimeLimit(2, "working-day", "decision")
    assert [limits[code] for code in ("posted", "money", "members")] == [None] * 3
    assert limits["soon"] == TimeLimit(10, "day", "event")


@settings(max_examples=80)
@given(st.dates(date(2004, 1, 1), date(2026, 11, 1)), st.integers(0, 60))
def test_exactly_what_comes_after_the_last_day_is_late(formed: date, later: int) -> None:
    published = formed + timedelta(days=later)
    between = [formed + timedelta(days=n) for n in range(1, later)]
    worked = sum(map(LISTS.working_days.is_working_day, between))
    assert bool(short("plain", **made(str(formed), str(published)))) is (worked >= 20)


# -- what the catalogue enforces, and what is only estimated

TOO_SHORT_AND_REFUSED = [("period-below-minimum", "error")]


def test_an_item_that_is_enforced_makes_errors_of_both() -> None:
    assert short("strict", effective="{from: 2026-11-10, days: 6}") == TOO_SHORT_AND_REFUSED
    assert short("strict", **made("2026-02-10", "2026-03-17")) == [("published-late", "error")]
    assert short("strict", **made("2026-02-10", "2026-03-17", late_reason="等待批复")) == []
    assert short("strict", **made("2026-02-10", "2026-03-16")) == []
    assert short("posted-strictly", effective="{from: 2026-11-10, days: 14}") == TOO_SHORT_AND_REFUSED
    assert short("posted-strictly", effective="{from: 2026-11-10, days: 15}") == []


def test_nobody_is_refused_on_an_estimated_deadline() -> None:
    assert short("strict", **made("2026-12-20", "2027-01-15")) == []
    assert short("strict", **made("2026-12-20", "2027-03-01")) == TOO_LATE
    assert short("strict", **made("2026-12-03", "2027-01-01")) == [("published-late", "error")]


def test_nobody_is_refused_on_an_estimated_number_of_working_days() -> None:
    assert short("strict-in-working-days", effective="2026-11-16 至 2026-11-19") == TOO_SHORT_AND_REFUSED
    new_year = {"formed_on": "2026-12-28"}
    assert short("strict-in-working-days", effective="2026-12-29 至 2027-01-03", **new_year) == TOO_SHORT
    assert short("strict", effective="2026-12-29 至 2027-01-03", **new_year) == TOO_SHORT_AND_REFUSED


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    folder = a_board(tmp_path)
    folder.write("catalogue.yml", CATALOGUE)
    return folder


def test_what_is_refused_is_not_on_the_site_and_what_is_warned_of_is(board: Folder) -> None:
    late = made("2026-02-10", "2026-03-17")
    board.notice("2026/town/0001.md", title="放宽的晚了", category="plain", **late)
    board.notice("2026/town/0002.md", title="从严的晚了", category="strict", **late)
    board.notice("2026/east/0003.md", title="放宽的短了", category="posted", publisher="east",
                 effective="{from: 2026-11-10, days: 7}")  # fmt: skip
    board.notice("2026/east/0004.md", title="从严的短了", category="posted-strictly", publisher="east",
                 effective="{from: 2026-11-10, days: 7}")  # fmt: skip
    register = board.register()
    assert sorted(register.published) == ["2026/east/0003", "2026/town/0001"]
    assert [(problem.code, problem.severity.value) for problem in register.problems] == [
        ("period-below-minimum", "warning"),
        ("period-below-minimum", "error"),
        ("published-late", "warning"),
        ("published-late", "error"),
    ]
    outputs = outputs_of(board)
    everything = all_data(outputs) + repr(outputs.pages)
    assert "放宽的晚了" in everything and "放宽的短了" in everything
    assert "从严的" not in everything


def test_the_reason_for_being_late_is_shown_to_the_public(board: Folder) -> None:
    fields = made("2026-02-10", "2026-03-17", late_reason="等待县里的批复。")
    board.notice("2026/town/0001.md", category="strict", **fields)
    page = next(p for p in outputs_of(board).pages if p.address == "notices/2026/town/0001/")
    assert (page.view.late_reason, page.view.limit_from) == ("等待县里的批复。", "")


def test_the_day_that_the_limit_counts_from_is_shown_where_it_is_another(board: Folder) -> None:
    board.notice("2026/town/0001.md", category="plain", **made("2026-02-10", "2026-03-17"))
    board.notice(
        "2026/town/0002.md", category="plain", **made("2026-02-10", "2026-03-17", limit_from="2026-02-24")
    )
    pages = {page.address: page.view for page in outputs_of(board).pages}
    assert pages["notices/2026/town/0001/"].limit_from == ""
    assert pages["notices/2026/town/0002/"].limit_from == "2026年2月24日"


def test_a_draft_is_told_too_before_it_is_too_late(board: Folder) -> None:
    draft = {"confidentiality_cleared": "false", "clearance": None}
    board.notice("2026/town/0001.md", category="plain", **{**made("2026-02-10", "2026-03-17"), **draft})
    assert board.codes() == ["published-late"]
