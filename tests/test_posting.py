"""The physical board: what goes up, comes down and stays on a day, on days off too, and a month's record."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import SITE_URL, a_board, outputs_of
from builders import TODAY, Folder
from noticeboard.board.register import Register
from noticeboard.views.frame import SiteSettings
from noticeboard.views.posting import Checklist, PageList, Postings, Record
from noticeboard.views.shelves import Shelves
from noticeboard.views.words import Words

SETTINGS = SiteSettings(SITE_URL, "Asia/Shanghai", given_url=SITE_URL)
FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 11, 20) + timedelta(days=n) for n in range(5))


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def postings(folder: Folder, day: date = TODAY) -> Postings:
    return Postings(Shelves(Register(folder.board(), day), Words(), SETTINGS))


def owner_of(folder: Folder, code: str = "town"):
    publishers = folder.board().publishers
    assert publishers is not None
    return publishers.by_code[code]


def checklist(folder: Folder, day: date, code: str = "town") -> Checklist:
    return postings(folder, day).checklist(owner_of(folder, code))


def lists(folder: Folder, day: date, code: str = "town") -> tuple[list[str], list[str], list[str]]:
    """The titles to put up, to take down and to leave."""
    found = checklist(folder, day, code)
    put_up, take_down, stay = (
        [line.title for line in lines] for lines in (found.put_up, found.take_down, found.stay)
    )
    return put_up, take_down, stay


def texts(value: object) -> list[str]:
    """Every text in a view."""
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts(getattr(value, field.name))]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in texts(part)]
    return [str(value)]


def test_a_notice_goes_up_on_its_first_day_stays_and_comes_down_after_its_last(board: Folder) -> None:
    board.notice("2026/town/0001.md", title="一条", effective="{from: 2026-11-17, until: 2026-11-18}")
    monday = date(2026, 11, 16)
    days = [lists(board, monday + timedelta(days=n)) for n in range(5)]
    assert days == [
        ([], [], []),
        (["一条"], [], []),
        ([], [], ["一条"]),
        ([], ["一条"], []),
        ([], [], []),
    ]
    line = checklist(board, date(2026, 11, 18)).stay[0]
    assert (line.until, line.reason, line.publisher) == ("贴到2026年11月18日", "", "镇政府")
    assert line.period == "2026年11月17日至11月18日"
    assert line.code.startswith(f"{SITE_URL}n/") and line.address == line.code.removeprefix("https://")
    assert checklist(board, date(2026, 11, 19)).take_down[0].reason == "已期满"


def test_what_begins_or_ends_on_days_off_is_due_on_the_first_working_day_after_them(board: Folder) -> None:
    board.notice("2026/town/0001.md", title="周六起", effective="{from: 2026-11-21, until: 长期}")
    board.notice("2026/town/0002.md", title="周五止", effective="{from: 2026-11-10, until: 2026-11-20}")
    board.notice("2026/town/0003.md", title="只在周末", effective="{from: 2026-11-21, until: 2026-11-22}")
    assert lists(board, FRIDAY) == ([], [], ["周五止"])
    assert lists(board, SATURDAY) == (["周六起", "只在周末"], ["周五止"], []), "for those who work that day"
    assert lists(board, SUNDAY) == (["周六起", "只在周末"], ["周五止"], [])
    assert lists(board, MONDAY) == (["周六起"], ["周五止"], []), "what is over already never goes up"
    assert lists(board, TUESDAY) == ([], [], ["周六起"])
    assert checklist(board, MONDAY).since == "2026年11月20日　星期五"
    assert checklist(board, TUESDAY).stay[0].until == "长期张贴"


def test_after_a_holiday_and_on_weekends_that_are_worked(board: Folder) -> None:
    board.notice("2026/town/0001.md", title="国庆起", effective="{from: 2026-10-02, until: 长期}", **OLD)
    board.notice(
        "2026/town/0002.md", title="节前止", effective="{from: 2026-09-10, until: 2026-09-30}", **OLD
    )
    assert lists(board, date(2026, 9, 30)) == ([], [], ["节前止"])
    assert lists(board, date(2026, 10, 8)) == (["国庆起"], ["节前止"], [])
    assert lists(board, date(2026, 10, 9)) == ([], [], ["国庆起"])
    # Saturday 10 October is worked in exchange for the holiday, so Monday tells nothing of Friday's work.
    board.notice(
        "2026/town/0003.md", title="周六止", effective="{from: 2026-09-10, until: 2026-10-09}", **OLD
    )
    assert lists(board, date(2026, 10, 10))[1] == ["周六止"]
    assert lists(board, date(2026, 10, 12))[1] == []


def test_the_reason_is_told_for_what_comes_down(board: Folder) -> None:
    change = "{type: withdrawn, date: 2026-11-19, reason: 面积量错了}"
    board.notice("2026/town/0001.md", title="撤销的", change=change)
    board.notice(
        "2026/town/0002.md", title="终止的", change="{type: terminated, date: 2026-11-19, reason: 停办}"
    )
    board.notice("2026/town/0003.md", title="旧的")
    board.notice(
        "2026/town/0004.md",
        title="新的",
        effective="{from: 2026-11-19, until: 长期}",
        supersedes="[0003.md]",
    )
    board.notice("2026/town/0005.md", "名单里的某人。", title="撤下正文的", erase_on="2026-11-19")
    found = checklist(board, date(2026, 11, 19))
    assert {line.title: line.reason for line in found.take_down} == {
        "撤销的": "已撤销，原因：面积量错了",
        "终止的": "已终止，原因：停办",
        "旧的": "已被新的公示替代",
        "撤下正文的": "正文已按规定撤下",
    }
    assert [line.title for line in found.put_up] == ["新的"]
    assert "某人" not in "".join(texts(found))
    assert set(lists(board, date(2026, 11, 18))[2]) == {"旧的", "撤销的", "终止的", "撤下正文的"}


def test_withheld_scheduled_and_erased_notices_have_no_line_anywhere(board: Folder) -> None:
    board.notice("2026/town/0001.md", title="没审查的", confidentiality_cleared="false", clearance=None)
    board.notice("2026/town/0002.md", title="有错误的", category="没有的")
    board.notice("2026/town/0003.md", title="还没到的", effective="{from: 2026-11-23, until: 长期}")
    board.notice("2026/town/0004.md", title="早已撤下的", erase_on="2026-11-12")
    board.notice(
        "2026/town/0005.md",
        title="报请确定的",
        clearance="{reviewer: 甲审, date: 2026-11-02, 报请确定: 县保密局}",
    )
    board.notice("2026/town/0006.md", title="看得见的")
    shown = postings(board)
    town = owner_of(board)
    november = shown.record(town, TODAY)
    for view in (shown.checklist(town), shown.page(town), november):
        said = "".join(texts(view))
        assert "看得见的" in said
        for hidden in ("没审查的", "有错误的", "还没到的", "早已撤下的", "报请确定的"):
            assert hidden not in said
    assert [item.id for item in shown.wanted(town)] == ["2026/town/0006"]
    assert november.left_out == 1, "it hung until its text was erased"
    page = outputs_of(board).site.shelves
    assert "还没到的" not in "".join(texts(Postings(page).page(town)))


def test_what_is_for_the_board_alone_is_in_the_list_and_not_on_the_page(board: Folder) -> None:
    alone = {"publisher": "east", "category": "monitored", "effective": "{from: 2026-11-19, until: 长期}"}
    board.notice("2026/east/0001.md", title="只贴公开栏的", **alone)
    board.notice(
        "2026/east/0002.md", title="只上网的", publisher="east", category="finance", channels="[website]"
    )
    board.notice("2026/east-coop/0001.md", title="合作社的", publisher="east-coop", category="finance")
    found = checklist(board, date(2026, 11, 19), "east")
    assert [line.title for line in found.put_up] == ["只贴公开栏的"]
    assert [line.title for line in found.stay] == ["合作社的"], "all of the same board"
    assert (found.put_up[0].code, found.put_up[0].address) == ("", ""), "no page answers for it"
    page = postings(board, date(2026, 11, 19)).page(owner_of(board, "east"))
    assert "只贴公开栏的" not in "".join(texts(page)) and "合作社的" in "".join(texts(page))
    assert "2026/east/0001" not in "".join(text for p in outputs_of(board).pages for text in texts(p.view))


def test_a_site_without_an_address_has_no_codes(board: Folder) -> None:
    board.notice("2026/town/0001.md")
    bare = Postings(Shelves(board.register(), Words()))
    assert bare.checklist(owner_of(board)).stay[0].code == ""
    (line,) = bare.page(owner_of(board)).stay.lines
    assert (line.width, line.path) == (0, "")


def test_every_physical_board_has_a_page_and_no_other_publisher(board: Folder) -> None:
    addresses = {page.address for page in outputs_of(board).pages if page.template == "posting.html"}
    assert addresses == {"publishers/town/posting/", "publishers/east/posting/"}


PERIODS = st.tuples(st.integers(-20, 0), st.none() | st.integers(0, 25))
CHANGES = st.none() | st.tuples(st.sampled_from(["withdrawn", "terminated"]), st.integers(-5, 25))
NOTICES = st.lists(
    st.tuples(PERIODS, CHANGES, st.none() | st.integers(-5, 25), st.booleans()), min_size=1, max_size=6
)


def write_some(folder: Folder, built: date, notices: list) -> None:
    """Notices that have all begun by the day of the build; some replace the one before."""
    for at, ((first, length), change, erased, replaces) in enumerate(notices):
        begun = built + timedelta(days=first)
        until = "长期" if length is None else (begun + timedelta(days=length)).isoformat()
        more: dict[str, str] = {}
        if change:
            kind, after = change
            day = max(begun, built + timedelta(days=after))
            more["change"] = f"{{type: {kind}, date: {day}, reason: 不办了}}"
        if erased is not None:
            more["erase_on"] = max(begun + timedelta(days=1), built + timedelta(days=erased)).isoformat()
        if replaces and at:
            more["supersedes"] = f"[{at:04}.md]"
        folder.notice(
            f"2026/town/{at + 1:04}.md",
            title=f"第{at + 1}条",
            effective=f"{{from: {begun}, until: {until}}}",
            formed_on=(built - timedelta(days=40)).isoformat(),
            clearance=f"{{reviewer: 甲审, date: {built - timedelta(days=40)}}}",
            **more,
        )


def on(page_list: PageList, day: date) -> list[str]:
    """What a list of the page says on a day, as the browser works it out."""
    found = []
    for one in page_list.lines:
        ranges = [span.split("/") for span in one.shown.days.split()]
        if any(first <= day.isoformat() and (not last or day.isoformat() <= last) for first, last in ranges):
            found.append((one.line.title, one.line.reason))
    return sorted(found)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["2026-11-18", "2026-11-20", "2026-11-21", "2026-09-30", "2026-10-05"]), NOTICES)
def test_a_page_built_days_ago_says_on_every_later_day_what_the_list_of_that_day_says(built, notices) -> None:
    built = date.fromisoformat(built)
    with TemporaryDirectory() as path:
        folder = a_board(Path(path))
        write_some(folder, built, notices)
        board, words, town = folder.board(), Words(), owner_of(folder)
        page = Postings(Shelves(Register(board, built), words, SETTINGS)).page(town)
        for n in range(35):
            day = built + timedelta(days=n)
            shown = Postings(Shelves(Register(board, day), words, SETTINGS))
            said = shown.checklist(town)
            for name in ("put_up", "take_down", "stay"):
                # Why something is withdrawn is not public before its day, so the page never says it.
                expected = sorted(
                    (line.title, line.reason.partition("，")[0]) for line in getattr(said, name)
                )
                assert on(getattr(page, name), day) == expected, (day, name)
                number = getattr(page, name).count
                steps = (step for step in number.changes.split() if step[:10] <= day.isoformat())
                assert number.number + sum(int(step[10:]) for step in steps) == len(expected)
            if n == 0:
                for name in ("put_up", "take_down", "stay"):
                    now = [one.line.title for one in getattr(page, name).lines if one.shown.now]
                    assert sorted(now) == sorted(line.title for line in getattr(said, name))


OLD = {"formed_on": "2026-09-01", "clearance": "{reviewer: 甲审, date: 2026-09-02}"}


def hung(record: Record) -> list[tuple[str, str, str, str]]:
    return [(one.line.title, one.up, one.down, one.line.reason) for one in record.postings]


def test_the_record_of_a_month_names_everything_that_hung_and_when(board: Folder) -> None:
    period = "{{from: {}, until: {}}}".format
    board.notice("2026/town/0001.md", title="上月起", effective=period("2026-10-03", "2026-11-06"), **OLD)
    board.notice("2026/town/0002.md", title="上月止", effective=period("2026-10-12", "2026-10-30"), **OLD)
    board.notice("2026/town/0003.md", title="更早的", effective=period("2026-09-12", "2026-10-20"), **OLD)
    board.notice("2026/town/0004.md", title="还贴着的", effective=period("2026-11-14", "长期"))
    board.notice("2026/town/0005.md", title="下周的", effective=period("2026-11-24", "长期"))
    record = postings(board).record(owner_of(board), TODAY)
    assert hung(record) == [
        ("上月起", "2026-10-08", "2026-11-09", "已期满"),
        ("上月止", "2026-10-12", "2026-11-02", "已期满"),
        ("还贴着的", "2026-11-16", "", ""),
    ]
    assert (record.month, record.month_text, record.as_of) == ("2026-11", "2026年11月", "2026-11-21")
    assert record.postings[-1].down_text == "还贴着" and record.left_out == 0
    at_its_end = postings(board, date(2026, 11, 30)).record(owner_of(board), TODAY)
    assert at_its_end.postings[-1].down_text == "还贴着"
    october = postings(board).record(owner_of(board), date(2026, 10, 15))
    assert hung(october) == [
        ("更早的", "2026-09-14", "2026-10-21", "已期满"),
        ("上月起", "2026-10-08", "", ""),
        ("上月止", "2026-10-12", "", ""),
    ]
    assert october.postings[-1].down_text == "月底还贴着", "the month is over"


def test_the_record_has_a_line_for_each_time_that_a_notice_hung(board: Folder) -> None:
    board.notice("2026/town/0001.md", title="旧的", effective="{from: 2026-11-03, until: 长期}")
    board.notice(
        "2026/town/0002.md",
        title="试行的",
        effective="{from: 2026-11-10, until: 2026-11-12}",
        supersedes="[0001.md]",
    )
    assert hung(postings(board).record(owner_of(board), TODAY)) == [
        ("旧的", "2026-11-03", "2026-11-10", "已被新的公示替代"),
        ("试行的", "2026-11-10", "2026-11-13", "已期满"),
        ("旧的", "2026-11-13", "", ""),
    ]


def test_what_went_up_again_before_the_month_is_recorded_with_its_last_day_of_putting_up(
    board: Folder,
) -> None:
    board.notice("2026/town/0001.md", title="旧的", effective="{from: 2026-09-16, until: 长期}", **OLD)
    board.notice(
        "2026/town/0003.md",
        title="停了的",
        effective="{from: 2026-09-27, until: 长期}",
        supersedes="[0001.md]",
        change="{type: terminated, date: 2026-09-29, reason: 停办}",
        **OLD,
    )
    assert lists(board, date(2026, 9, 29))[0] == ["旧的"]
    record = postings(board).record(owner_of(board), date(2026, 10, 1))
    assert hung(record) == [("旧的", "2026-09-29", "", "")]


def test_the_record_knows_what_is_not_on_the_board_and_yet_decides_what_hangs(board: Folder) -> None:
    board.notice("2026/town/0001.md", title="旧的", effective="{from: 2026-11-03, until: 长期}")
    board.notice(
        "2026/town/0002.md",
        title="只上网的",
        channels="[website]",
        effective="{from: 2026-11-11, until: 2026-11-12}",
        supersedes="[0001.md]",
    )
    board.notice(
        "2026/town/0003.md",
        "见[说明](0004.md)。",
        title="等着的",
        effective="{from: 2026-10-20, until: 长期}",
        **OLD,
    )
    board.notice(
        "2026/town/0004.md",
        title="说明",
        channels="[website]",
        effective="{from: 2026-10-27, until: 长期}",
        **OLD,
    )
    assert hung(postings(board).record(owner_of(board), TODAY)) == [
        ("等着的", "2026-10-27", "", ""),
        ("旧的", "2026-11-03", "2026-11-11", "已被新的公示替代"),
        ("旧的", "2026-11-13", "", ""),
    ]


def test_a_page_built_on_a_holiday_gives_the_reason_of_the_day_on_which_it_is_read(board: Folder) -> None:
    ended = "{from: 2026-09-14, until: 2026-10-01}"
    board.notice(
        "2026/town/0001.md",
        title="又撤销的",
        effective=ended,
        change="{type: withdrawn, date: 2026-10-08, reason: 名单有误}",
        **OLD,
    )
    board.notice("2026/town/0002.md", title="正文撤下的", effective=ended, erase_on="2026-10-07", **OLD)
    for built in (date(2026, 9, 30), date(2026, 10, 5)):
        page = postings(board, built).page(owner_of(board)).take_down
        for day in (built + timedelta(days=n) for n in range(12)):
            said = checklist(board, day).take_down
            expected = sorted((line.title, line.reason.partition("，")[0]) for line in said)
            assert on(page, day) == expected, (built, day)
    assert on(page, date(2026, 10, 8)) == [("又撤销的", "已撤销"), ("正文撤下的", "正文已按规定撤下")]
    assert on(page, date(2026, 10, 6)) == [("又撤销的", "已期满"), ("正文撤下的", "已期满")]


def test_what_is_not_public_though_its_period_has_begun_is_counted_and_never_named(board: Folder) -> None:
    unseen = {"confidentiality_cleared": "false", "clearance": None}
    board.notice("2026/town/0001.md", title="撤了审查的", **unseen)
    board.notice("2026/town/0002.md", title="改坏的", category="没有的")
    board.notice(
        "2026/town/0003.md", title="还没开始的", effective="{from: 2026-11-23, until: 长期}", **unseen
    )
    board.notice(
        "2026/town/0004.md", title="早就期满的", effective="{from: 2026-11-02, until: 2026-11-12}", **unseen
    )
    board.notice("2026/town/0005.md", title="只上网的", channels="[website]", **unseen)
    board.notice("2026/town/0006.md", title="看得见的")
    board.notice(
        "2026/east-coop/0001.md", title="合作社的", publisher="east-coop", category="finance", **unseen
    )
    found = checklist(board, TODAY)
    assert found.withheld == 2 and checklist(board, TODAY, "east").withheld == 1
    assert [line.title for line in found.stay] == ["看得见的"]
    hidden = ("撤了审查的", "改坏的", "town/0001", "town/0002")
    assert not [text for text in texts(found) if any(part in text for part in hidden)]
    assert checklist(board, MONDAY).withheld == 3
    (board.notices / "2026/town/0002.md").write_text("---\ntitle: [\n---\n", "utf-8")
    assert checklist(board, TODAY).withheld == 2, "by its folder, where nothing in it can be read"


@settings(deadline=None, max_examples=40)
@given(NOTICES)
def test_the_record_is_what_the_lists_of_its_working_days_said(notices) -> None:
    built = date(2026, 10, 15)
    with TemporaryDirectory() as path:
        folder = a_board(Path(path))
        write_some(folder, built, notices)
        board, words, town = folder.board(), Words(), owner_of(folder)
        end = date(2026, 11, 30)
        latest = Postings(Shelves(Register(board, end), words, SETTINGS))
        kept = {row.id for row in Register(board, end).posted.values() if not row.removed}
        said = []
        for n in range(30):
            day = date(2026, 11, 1) + timedelta(days=n)
            if not board.working_days.is_working_day(day):
                continue
            found = Postings(Shelves(Register(board, day), words, SETTINGS)).checklist(town)
            said += [(line.id, "up", day.isoformat()) for line in found.put_up if line.id in kept]
            said += [(line.id, "down", day.isoformat()) for line in found.take_down if line.id in kept]
        record = latest.record(town, end)
        told = [(one.line.id, "up", one.up) for one in record.postings if one.up >= "2026-11"]
        told += [(one.line.id, "down", one.down) for one in record.postings if one.down]
        assert sorted(told) == sorted(said)
