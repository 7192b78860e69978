"""Effective periods: every form of the contract, both ends included, working days with 调休."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from boards import a_board
from builders import Folder
from noticeboard.board.period import Period, of_days, of_working_days
from noticeboard.board.workdays import WorkingDays

FIRST = date(2026, 10, 10)
CALENDAR = WorkingDays()


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def period_of(board: Folder, effective: str, key: str = "effective") -> Period:
    """The period as a notice with this front matter has it."""
    record = "{reviewer: 甲审, date: 2026-10-09}"
    fields = {"effective": None, key: effective, "formed_on": "2026-10-08", "clearance": record}
    board.notice("2026/town/0001.md", **fields)
    notice = board.board().entries["2026/town/0001"].notice
    assert notice is not None, board.codes()
    return notice.effective


FORMS = {
    "from_until": ("{from: 2026-10-10, until: 2026-10-16}", date(2026, 10, 16)),
    "one_day": ("{from: 2026-10-10, until: 2026-10-10}", date(2026, 10, 10)),
    "days": ("{from: 2026-10-10, days: 7}", date(2026, 10, 16)),
    "one_of_the_days": ("{from: 2026-10-10, days: 1}", date(2026, 10, 10)),
    "working_days": ("{from: 2026-10-10, working_days: 5}", date(2026, 10, 15)),
    "long_term_in_chinese": ("{from: 2026-10-10, until: 长期}", None),
    "long_term_in_english": ("{from: 2026-10-10, until: long-term}", None),
    "chinese_keys": ("{起: 2026-10-10, 止: 2026-10-16}", date(2026, 10, 16)),
    "chinese_days": ("{起: 2026-10-10, 天数: 7}", date(2026, 10, 16)),
    "chinese_working_days": ("{起: 2026-10-10, 工作日: 5}", date(2026, 10, 15)),
    "block": ("\n  from: 2026-10-10\n  until: 2026-10-16", date(2026, 10, 16)),
    "quoted_dates": ("{from: '2026-10-10', until: \"2026-10-16\"}", date(2026, 10, 16)),
    "words": ("2026-10-10 至 2026-10-16", date(2026, 10, 16)),
    "words_without_spaces": ("2026-10-10至2026-10-16", date(2026, 10, 16)),
    "other_word": ("2026-10-10 到 2026-10-16", date(2026, 10, 16)),
    "tilde": ("2026-10-10 ~ 2026-10-16", date(2026, 10, 16)),
    "wide_tilde": ("2026-10-10～2026-10-16", date(2026, 10, 16)),
    "long_dash": ("2026-10-10——2026-10-16", date(2026, 10, 16)),
    "quoted_words": ("'2026-10-10 至 2026-10-16'", date(2026, 10, 16)),
    "words_without_end": ("2026-10-10 起长期", None),
    "words_without_end_or_spaces": ("2026-10-10起长期", None),
    "words_without_end_with_a_comma": ("2026-10-10起，长期", None),
    "words_until_long_term": ("2026-10-10 至 长期", None),
}


@pytest.mark.parametrize(("written", "until"), FORMS.values(), ids=FORMS)
def test_every_form_of_the_contract_is_understood(board: Folder, written: str, until: date | None) -> None:
    assert period_of(board, written) == Period(FIRST, until)
    assert not board.codes()


@pytest.mark.parametrize("key", ["effective", "有效期", "公示期"])
def test_the_period_has_three_names(board: Folder, key: str) -> None:
    assert period_of(board, "2026-10-10 至 2026-10-16", key) == Period(FIRST, date(2026, 10, 16))


def test_both_ends_belong_to_the_period() -> None:
    period = Period(FIRST, date(2026, 10, 16))
    days = [FIRST + timedelta(days=n) for n in range(-1, 8)]
    inside = [day for day in days if not period.begins_after(day) and not period.ended_before(day)]
    assert inside == days[1:8]


def test_a_long_term_period_never_ends() -> None:
    assert not Period(FIRST, None).ended_before(date.max)


def test_days_may_cross_months_years_and_leap_days() -> None:
    assert of_days(date(2028, 2, 28), 3).until == date(2028, 3, 1)
    assert of_days(date(2027, 2, 28), 2).until == date(2027, 3, 1)
    assert of_days(date(2026, 12, 31), 2).until == date(2027, 1, 1)


# From domain.md, section 10: the 20th working day after the day of formation.
TWENTIETH = {
    "spring_festival": (date(2026, 2, 10), date(2026, 3, 16)),
    "mid_autumn_and_national_day": (date(2026, 9, 21), date(2026, 10, 26)),
    "labour_day": (date(2026, 4, 20), date(2026, 5, 20)),
    "last_that_is_announced": (date(2026, 12, 3), date(2026, 12, 31)),
    "formed_at_a_weekend": (date(2026, 1, 3), date(2026, 1, 29)),
}


@pytest.mark.parametrize(("formed", "expected"), TWENTIETH.values(), ids=TWENTIETH)
def test_working_days_follow_the_announced_holidays(formed: date, expected: date) -> None:
    assert of_working_days(formed + timedelta(days=1), 20, CALENDAR) == Period(
        formed + timedelta(days=1), expected
    )


DAY_ONE = {
    "a_working_day": (date(2026, 11, 4), date(2026, 11, 4)),
    "a_saturday": (date(2026, 11, 7), date(2026, 11, 9)),
    "a_sunday": (date(2026, 11, 8), date(2026, 11, 9)),
    "a_saturday_that_is_worked": (date(2026, 10, 10), date(2026, 10, 10)),
    "a_sunday_that_is_worked": (date(2026, 9, 20), date(2026, 9, 20)),
    "a_holiday": (date(2026, 10, 1), date(2026, 10, 8)),
    "a_holiday_in_a_week": (date(2026, 10, 7), date(2026, 10, 8)),
}


@pytest.mark.parametrize(("first", "expected"), DAY_ONE.values(), ids=DAY_ONE)
def test_day_one_is_the_first_working_day_on_or_after_the_start(first: date, expected: date) -> None:
    assert of_working_days(first, 1, CALENDAR) == Period(first, expected)


def test_beyond_the_announced_years_the_end_is_estimated_monday_to_friday() -> None:
    assert of_working_days(date(2026, 12, 5), 20, CALENDAR) == Period(
        date(2026, 12, 5), date(2027, 1, 1), estimated=True
    )
    assert of_working_days(date(2027, 10, 1), 5, CALENDAR).until == date(2027, 10, 7)
    assert of_working_days(date(2003, 10, 1), 1, CALENDAR).estimated


def test_an_estimated_end_is_mentioned_and_the_notice_published_all_the_same(board: Folder) -> None:
    period_of(board, "{from: 2026-10-10, working_days: 100}")
    register = board.register()
    assert [problem.code for problem in register.problems] == ["period-estimated"]
    assert list(register.published) == ["2026/town/0001"]


@pytest.mark.parametrize("count", [of_days, lambda first, days: of_working_days(first, days, CALENDAR)])
def test_no_period_runs_past_the_calendar(count) -> None:
    with pytest.raises(OverflowError):
        count(date(9999, 12, 30), 5)


OVERFLOWING = ["{from: 9999-12-30, days: 5}", "{from: 9999-12-30, working_days: 5}"]


@pytest.mark.parametrize("written", OVERFLOWING)
def test_a_clerk_is_told_of_a_period_past_the_calendar(board: Folder, written: str) -> None:
    board.notice("2026/town/0001.md", effective=written)
    assert board.codes() == ["period-too-long"]


def test_publication_defaults_to_the_first_day(board: Folder) -> None:
    board.notice("2026/town/0001.md", effective="2026-11-10 至 2026-11-30")
    assert board.board().entries["2026/town/0001"].notice.published_on == date(2026, 11, 10)
