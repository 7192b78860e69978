"""Working days with 调休: what the law counts, what a board's own list changes, what is only estimated."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import a_board
from builders import ROOT, Folder
from noticeboard.board.law import Span
from noticeboard.board.problem import Problem
from noticeboard.board.workdays import Holidays, WorkingDays, read_holidays
from noticeboard.messages import messages

PACKAGE = WorkingDays()


def day(text: str) -> date:
    return date.fromisoformat(text)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]


#: 国务院办公厅关于2026年部分节假日安排的通知, typed in here so that the package is not asked about itself.
OFF_2026 = {
    *("01-01", "01-02", "01-03"),
    *(f"02-{n}" for n in range(15, 24)),
    *("04-04", "04-05", "04-06"),
    *(f"05-0{n}" for n in range(1, 6)),
    *("06-19", "06-20", "06-21"),
    *("09-25", "09-26", "09-27"),
    *(f"10-0{n}" for n in range(1, 8)),
}
WORKED_2026 = {"01-04", "02-14", "02-28", "05-09", "09-20", "10-10"}


def is_worked_in_2026(some: date) -> bool:
    key = some.isoformat()[5:]
    return key in WORKED_2026 or (some.isoweekday() <= 5 and key not in OFF_2026)


WORKED = [some for some in days_of(2026) if is_worked_in_2026(some)]


def naive(start: date, n: int) -> date | None:
    """The `n`-th day of the list of worked days that comes after `start`; None past the year."""
    after = [some for some in WORKED if some > start]
    return after[n - 1] if len(after) >= n else None


def test_every_day_of_2026_is_as_the_state_council_announced() -> None:
    assert [some for some in days_of(2026) if PACKAGE.is_working_day(some)] == WORKED
    assert len(WORKED) == 248


DEADLINES = {
    "over the spring festival": ("2026-02-10", 20, "2026-03-16"),
    "over the national day": ("2026-09-21", 20, "2026-10-26"),
    "over the labour day": ("2026-04-20", 20, "2026-05-20"),
    "the last that is fully announced": ("2026-12-03", 20, "2026-12-31"),
    "from a Saturday": ("2026-01-10", 20, "2026-02-06"),
    "from a Sunday": ("2026-01-11", 20, "2026-02-06"),
    "from the Friday before them": ("2026-01-09", 20, "2026-02-06"),
    "where the package's own count is a day late": ("2026-01-03", 20, "2026-01-29"),
    "from a Sunday that is worked": ("2026-01-04", 20, "2026-01-30"),
    "one day, from a Friday": ("2026-11-20", 1, "2026-11-23"),
    "one day, from before a Saturday that is worked": ("2026-02-13", 1, "2026-02-14"),
    "one day, from before a holiday": ("2026-09-30", 1, "2026-10-08"),
    "from the leap day": ("2024-02-29", 5, "2024-03-07"),
}


@pytest.mark.parametrize(("start", "n", "end"), DEADLINES.values(), ids=DEADLINES)
def test_within_so_many_working_days_is_counted_from_the_day_after(start: str, n: int, end: str) -> None:
    assert PACKAGE.deadline(day(start), n, "working-day") == (day(end), False)


@pytest.mark.parametrize("n", [1, 2, 5, 10, 15, 20])
def test_from_every_day_of_2026_the_count_is_that_of_a_list_of_days(n: int) -> None:
    counted = 0
    for start in days_of(2026):
        if (expected := naive(start, n)) is not None:
            assert PACKAGE.deadline(start, n, "working-day") == (expected, False), start
            counted += 1
    assert counted > 320


def test_from_a_day_that_is_not_worked_it_ends_as_from_the_last_that_is() -> None:
    """Nobody is given a day more, or less, for a document that was made at a weekend."""
    others = [some for some in days_of(2026) if some not in WORKED and WORKED[0] < some]
    assert len(others) == 365 - 248 - 3  # all but the holiday that the year begins with
    for start in others:
        before = max(some for some in WORKED if some < start)
        for n in (1, 7, 20):
            assert PACKAGE.deadline(start, n, "working-day") == PACKAGE.deadline(before, n, "working-day")


def test_calendar_days_end_on_the_last_or_the_next_that_is_worked() -> None:
    for start in days_of(2026)[:340]:
        for n in (1, 3, 7, 20):
            last = start + timedelta(days=n)
            expected = min(some for some in WORKED if some >= last)
            assert PACKAGE.deadline(start, n, "day") == (expected, False), (start, n)


ESTIMATED = {
    "from December into a year that is not announced": ("2026-12-20", 20, "working-day", True),
    "the first that runs over": ("2026-12-04", 20, "working-day", True),
    "the last that does not": ("2026-12-03", 20, "working-day", False),
    "wholly in a year that is not announced": ("2027-03-01", 5, "working-day", True),
    "before the package begins": ("2003-03-03", 5, "working-day", True),
    "calendar days that end in a year that is not announced": ("2026-12-20", 20, "day", True),
    "calendar days within the year": ("2026-12-01", 20, "day", False),
}


@pytest.mark.parametrize(("start", "n", "unit", "estimated"), ESTIMATED.values(), ids=ESTIMATED)
def test_what_runs_through_a_year_that_is_not_announced_is_estimated(
    start: str, n: int, unit: str, estimated: bool
) -> None:
    assert PACKAGE.deadline(day(start), n, unit)[1] is estimated


def test_an_estimate_counts_monday_to_friday() -> None:
    assert PACKAGE.deadline(day("2026-12-20"), 20, "working-day") == (day("2027-01-15"), True)
    assert PACKAGE.is_working_day(day("2027-01-01")) and not PACKAGE.is_announced(day("2027-01-01"))


def test_the_first_day_of_a_period_counts_where_it_is_worked() -> None:
    assert PACKAGE.nth(day("2026-02-10"), 1) == (day("2026-02-10"), False)
    assert PACKAGE.nth(day("2026-02-15"), 1) == (day("2026-02-24"), False)
    assert PACKAGE.nth(day("2026-02-14"), 2) == (day("2026-02-24"), False)


def test_the_length_of_a_period_is_counted_up_to_what_is_asked() -> None:
    first = day("2026-09-20")
    for last in (first + timedelta(days=n) for n in range(40)):
        inside = [some for some in WORKED if first <= some <= last]
        found = PACKAGE.length(first, last, Span(10, "working-day"))
        assert found == min(len(inside), 10)
        assert PACKAGE.length(first, last, Span(10, "day")) == min((last - first).days + 1, 10)
    assert PACKAGE.length(first, date.max, Span(3000, "working-day")) == 3000


# -- a list of its own


def with_list(text: str) -> WorkingDays:
    problems: list[Problem] = []
    found = read_holidays("notices/holidays.yml", text.encode(), problems)
    assert not problems, problems
    return WorkingDays(found)


NEXT_YEAR = """
years:
  2027:
    off: [2027-01-01 至 2027-01-03, 2027-02-05 至 2027-02-11]
    work: [2027-02-14]
"""


def test_a_year_that_is_written_out_is_announced() -> None:
    days = with_list(NEXT_YEAR)
    assert days.is_announced(day("2027-06-01")) and not days.is_announced(day("2028-01-01"))
    assert days.deadline(day("2026-12-20"), 20, "working-day") == (day("2027-01-18"), False)
    assert days.deadline(day("2027-02-04"), 3, "working-day") == (day("2027-02-15"), False)
    assert [n for n in range(1, 16) if days.is_working_day(date(2027, 2, n))] == [1, 2, 3, 4, 12, 14, 15]


def test_the_same_in_chinese_is_the_same() -> None:
    chinese = NEXT_YEAR.replace("years", "年份").replace("off", "放假").replace("work", "上班")
    problems: list[Problem] = []
    read = [read_holidays("notices/holidays.yml", text.encode(), problems) for text in (NEXT_YEAR, chinese)]
    assert read[0] == read[1] != Holidays() and not problems


def test_a_year_that_is_written_out_replaces_the_packages() -> None:
    days = with_list("years: {2026: {off: [2026-01-01], work: [2026-03-07]}}\n")
    for some in days_of(2026):
        expected = some == day("2026-03-07") or (some.isoweekday() <= 5 and some != day("2026-01-01"))
        assert days.is_working_day(some) is expected, some
    assert [days.is_working_day(some) for some in days_of(2025)] == [
        PACKAGE.is_working_day(some) for some in days_of(2025)
    ]


def test_a_local_list_adds_and_announces_nothing() -> None:
    days = with_list("年份: {2026: {放假: [2026-03-30 至 2026-03-31], 上班: 2026-03-28, 地方: 是}}\n")
    changed = {d for d in days_of(2026) if days.is_working_day(d) is not PACKAGE.is_working_day(d)}
    assert changed == {day("2026-03-28"), day("2026-03-30"), day("2026-03-31")}
    assert days.deadline(day("2026-03-27"), 2, "working-day") == (day("2026-04-01"), False)
    ahead = with_list("years: {2027: {off: [2027-01-01], local: true}}\n")
    assert not ahead.is_announced(day("2027-01-01")) and not ahead.is_working_day(day("2027-01-01"))
    assert ahead.deadline(day("2026-12-30"), 2, "working-day") == (day("2027-01-04"), True)


def test_a_local_holiday_on_a_weekend_that_is_worked_is_off() -> None:
    days = with_list("years: {2026: {off: [2026-05-09], local: true}}\n")
    assert PACKAGE.is_working_day(day("2026-05-09")) and not days.is_working_day(day("2026-05-09"))


def test_a_local_working_day_on_a_holiday_is_worked() -> None:
    days = with_list("years: {2026: {work: [2026-10-07], local: true}}\n")
    assert not PACKAGE.is_working_day(day("2026-10-07")) and days.is_working_day(day("2026-10-07"))


@pytest.mark.parametrize("between", ["至", " 至 ", "到", "~", "～", " ~ "])
def test_several_days_are_written_from_the_first_to_the_last(between: str) -> None:
    days = with_list(f"years: {{2027: {{off: ['2027-02-05{between}2027-02-11']}}}}\n")
    off = [n for n in range(1, 13) if not days.is_working_day(date(2027, 2, n))]
    assert off == [5, 6, 7, 8, 9, 10, 11]


HEAD = "years:\n  2027:\n"
FAULTY: dict[str, tuple[str | bytes, list[tuple[int, str]], tuple[str, ...]]] = {
    "no years": ("2027: {off: [2027-01-01]}\n", [(1, "field-missing"), (1, "key-unknown")], ("年份",)),
    "a list of years": ("years: [2027]\n", [(1, "value-not-mapping")], ("年份",)),
    "a year of two digits": ("years:\n  27: {off: [2027-01-01]}\n", [(2, "holiday-year")], ("“27”", "四位")),
    "a year with a word": ("years:\n  2027年: {off: [2027-01-01]}\n", [(2, "holiday-year")], ("“2027年”",)),
    "a year twice": (
        "years:\n  2027: {off: [2027-01-01]}\n  2027: {off: [2027-01-02]}\n",
        [(3, "key-duplicate")],
        ("“2027”", "第 2 行"),
    ),
    "days without a key": ("years:\n  2027: [2027-01-01]\n", [(2, "value-not-mapping")], ("放假、上班",)),
    "an unknown key": (f"{HEAD}    休息: [2027-01-01]\n", [(3, "key-unknown")], ("没有“休息”这个键", "放假")),
    "a day of another year": (f"{HEAD}    off: [2026-12-31]\n", [(3, "holiday-year")], ("“2026-12-31”",)),
    "days that run into another year": (
        f"{HEAD}    off: [2027-12-30 至 2028-01-02]\n",
        [(3, "holiday-year")],
        ("“2028-01-01”", "它自己的年份"),
    ),
    "from the last to the first": (
        f"{HEAD}    off: [2027-02-11 至 2027-02-05]\n",
        [(3, "holiday-year")],
        ("“2027-02-11 至 2027-02-05”", "从早到晚"),
    ),
    "more than two months": (
        f"{HEAD}    off: [2027-02-05 至 2027-05-11]\n", [(3, "holiday-year")], ("不超过 60 天",),
    ),
    "a day both off and worked": (
        f"{HEAD}    off: [2027-02-05 至 2027-02-11]\n    work: [2027-02-07]\n",
        [(4, "holiday-year")],
        ("“2027-02-07”", "又放假又上班"),
    ),
    "a year without holidays that is not local": (
        f"{HEAD}    work: [2027-02-14]\n", [(2, "holiday-year")], ("“2027”", "地方: 是"),
    ),
    "a loose date": (f"{HEAD}    off: [2027/2/5]\n", [(3, "date-format")], ("2027-02-05",)),
    "a loose end": (f"{HEAD}    off: [2027-02-05 至 11日]\n", [(3, "date-format")], ("“11日”",)),
    "a day that is none": (f"{HEAD}    work: [2027-02-30]\n", [(3, "date-impossible")], ("2027-02-30",)),
    "a mapping of days": (f"{HEAD}    off: {{a: b}}\n", [(3, "value-not-text")], ("“放假”",)),
    "local in other words": (f"{HEAD}    local: yes\n", [(3, "flag-not-plain")], ("“地方”写成了 yes",)),
    "no YAML": ("years: {\n", [(2, "yaml-syntax")], ()),
    "a word": ("放假\n", [(1, "file-not-mapping")], ()),
    "GBK": ("# 放假\nyears: {}\n".encode("gbk"), [(1, "encoding-gbk")], ("UTF-8",)),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected", "words"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_list_is_named_with_its_line_and_the_remedy(
    data: str | bytes, expected: list[tuple[int, str]], words: tuple[str, ...]
) -> None:
    problems: list[Problem] = []
    read_holidays("notices/holidays.yml", data if isinstance(data, bytes) else data.encode(), problems)
    assert sorted((problem.place.line, problem.code) for problem in problems) == sorted(expected)
    said = "\n".join(text for problem in problems for text in messages("zh").problem(problem))
    assert not [word for word in words if word not in said], said


def test_the_documented_example_is_a_good_one() -> None:
    text = (ROOT / "docs/board-files.md").read_text("utf-8").partition("\n## holidays.yml\n")[2]
    days = with_list(text.partition("```yaml\n")[2].partition("```")[0])
    assert days.is_announced(day("2027-01-01")) and not days.is_working_day(day("2026-03-31"))


def test_no_list_is_no_problem() -> None:
    problems: list[Problem] = []
    assert read_holidays("notices/holidays.yml", None, problems) == Holidays() and not problems


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def test_the_boards_list_counts_for_its_notices(board: Folder) -> None:
    board.notice("2026/town/0001.md", formed_on="2026-12-20", effective="{from: 2026-12-25, working_days: 6}")
    assert board.codes() == ["period-estimated"]
    notice = board.board().entries["2026/town/0001"].notice
    assert notice is not None and notice.effective.until == day("2027-01-01")
    board.write("holidays.yml", NEXT_YEAR)
    assert board.codes() == []
    notice = board.board().entries["2026/town/0001"].notice
    assert notice is not None and notice.effective.until == day("2027-01-04")


def test_a_faulty_list_is_an_error_of_the_board(board: Folder) -> None:
    board.write("holidays.yml", "years: {27: {off: []}}\n")
    (problem,) = [problem for problem in board.register().problems if problem.severity == "error"]
    assert (problem.path, problem.code) == ("notices/holidays.yml", "holiday-year")


# -- any year


def is_weekday(some: date) -> bool:
    return some.isoweekday() <= 5


ANY_DAY = st.dates(date(1900, 1, 1), date(9998, 12, 31))
UNIT = st.sampled_from(["day", "working-day"])


@settings(max_examples=150)
@given(ANY_DAY, st.integers(1, 250), UNIT)
def test_no_year_crashes_the_count(start: date, n: int, unit: str) -> None:
    end, estimated = PACKAGE.deadline(start, n, unit)
    assert PACKAGE.is_working_day(end) and end > start
    between = [start + timedelta(days=k) for k in range(1, (end - start).days + 1)]
    if unit == "working-day":
        assert sum(map(PACKAGE.is_working_day, between)) == n
        assert estimated is any(not 2004 <= some.year <= 2026 for some in between)
    else:
        assert len(between) >= n and not any(map(PACKAGE.is_working_day, between[n - 1 : -1]))
    if not any(2004 <= some.year <= 2026 for some in between):
        assert estimated and all(PACKAGE.is_working_day(d) is is_weekday(d) for d in between)


@settings(max_examples=150)
@given(ANY_DAY, st.integers(0, 400), st.integers(1, 90), UNIT)
def test_the_length_of_any_period_is_that_of_its_days(first: date, more: int, least: int, unit: str) -> None:
    last = min(first + timedelta(days=more), date(9999, 12, 31))
    days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    counted = days if unit == "day" else list(filter(PACKAGE.is_working_day, days))
    assert PACKAGE.length(first, last, Span(least, unit)) == min(least, len(counted))


@settings(max_examples=60)
@given(
    st.sets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), max_size=30),
    st.sets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), max_size=10),
    st.booleans(),
)
def test_any_list_is_kept_to_the_day(off: set[date], work: set[date], local: bool) -> None:
    off = off or {date(2027, 1, 1)}  # a year without any is refused
    work -= off
    listed = {"off": off, "work": work}
    lines = [f"  {name}: [{', '.join(map(str, sorted(some)))}]" for name, some in listed.items() if some]
    text = "\n".join(["years:", " 2027:", *lines, f"  local: {'是' if local else '否'}", ""])
    days = with_list(text)
    for some in days_of(2027):
        assert days.is_working_day(some) is (some in work or (is_weekday(some) and some not in off))
    assert days.is_announced(date(2027, 1, 1)) is not local


def test_past_the_last_year_the_caller_is_told() -> None:
    for unit in ("day", "working-day"):
        with pytest.raises(OverflowError):
            PACKAGE.deadline(date(9999, 12, 30), 20, unit)
