"""What a notice is on a day, and which day it is."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from boards import a_board, all_data, outputs_of
from builders import Folder
from noticeboard import clock
from noticeboard.clock import BadDay, today

OLD = "2026/town/0001"
NEW = "2026/town/0002"
NEWEST = "2026/town/0003"


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def november(number: int) -> date:
    return date(2026, 11, 1) + timedelta(days=number - 1)


def a_period(first: int, last: int) -> str:
    return f"{{from: {november(first)}, until: {november(last)}}}"


def statuses(board: Folder, identifier: str, *days: int) -> list[str]:
    loaded = [board.register(november(day)) for day in days]
    return [register.status(identifier).value for register in loaded]


ALL = (9, 10, 12, 13, 16, 17)
WEEK = {"effective": a_period(10, 16)}
S, C, E, W, H = "scheduled", "current", "expired", "withdrawn", "withheld"


def changed(kind: str, day: int = 13) -> dict[str, str]:
    return {"change": f"{{type: {kind}, date: {november(day)}, reason: 施工改期}}"}


TABLE: dict[str, tuple[dict[str, str | None], list[str]]] = {
    "plain": ({}, [S, C, C, C, C, E]),
    "long_term": ({"effective": "2026-11-10 起长期"}, [S, C, C, C, C, C]),
    "published_later_than_it_begins": ({"published_on": "2026-11-13"}, [S, S, S, C, C, E]),
    "published_before_it_begins": ({"published_on": "2026-11-09"}, [S, C, C, C, C, E]),
    "published_after_it_ended": ({"published_on": "2026-11-17"}, [S, S, S, S, S, E]),
    "amended": (changed("amended"), [S, C, C, C, C, E]),
    "withdrawn": (changed("withdrawn"), [S, C, C, W, W, W]),
    "withdrawn_in_chinese": (changed("撤销"), [S, C, C, W, W, W]),
    "terminated": (changed("终止"), [S, C, C, W, W, W]),
    "withdrawn_before_it_begins": (changed("撤销", 9), [S, W, W, W, W, W]),
    "withdrawn_after_it_ended": (changed("撤销", 17), [S, C, C, C, C, W]),
    "not_cleared": ({"confidentiality_cleared": "false"}, [H] * 6),
    "cleared_on_the_first_day": ({"clearance": "{reviewer: 甲审, date: 2026-11-10}"}, [H, C, C, C, C, E]),
    "cleared_in_the_middle": ({"clearance": "{reviewer: 甲审, date: 2026-11-13}"}, [H, H, H, C, C, E]),
    "not_cleared_and_withdrawn": ({"confidentiality_cleared": "否", **changed("撤销")}, [H] * 6),
    "with_an_error": ({"title": None}, [H] * 6),
    "board_only": ({"channels": "[board]"}, [S, C, C, C, C, E]),
}


@pytest.mark.parametrize(("fields", "expected"), TABLE.values(), ids=TABLE)
def test_first_match_wins(board: Folder, fields: dict[str, str | None], expected: list[str]) -> None:
    board.notice(f"{OLD}.md", **{**WEEK, **fields})
    assert statuses(board, OLD, *ALL) == expected


@pytest.mark.parametrize(("fields", "expected"), TABLE.values(), ids=TABLE)
def test_only_what_is_public_is_in_the_register(
    board: Folder, fields: dict[str, str | None], expected: list[str]
) -> None:
    board.notice(f"{OLD}.md", **{**WEEK, **fields})
    shown = [bool(board.register(november(day)).published) for day in ALL]
    assert shown == [status in {C, E, W} and "channels" not in fields for status in expected]


def test_an_address_stays_from_the_first_day_on(board: Folder) -> None:
    board.notice(f"{OLD}.md", **WEEK, erase_on="2026-12-01", **changed("撤销", 20))
    for day in (10, 16, 17, 20, 31, 400):
        assert list(board.register(november(day)).published) == [OLD]


LABELS = {
    "first_day": ({}, 10, "公示中", "还有 6 天"),
    "last_but_one_day": ({}, 15, "公示中", "还有 1 天"),
    "last_day": ({}, 16, "公示中", "今天是最后一天"),
    "day_after": ({}, 17, "已期满", "已过 1 天"),
    "long_term": ({"effective": "2026-11-10 起长期"}, 17, "长期有效", ""),
    "withdrawn": (changed("撤销"), 13, "已撤销", ""),
    "terminated": (changed("终止"), 13, "已终止", ""),
    "amended": (changed("变更"), 13, "公示中", "还有 3 天"),
}


@pytest.mark.parametrize(("fields", "day", "label", "left"), LABELS.values(), ids=LABELS)
def test_the_page_says_the_status_in_words(
    board: Folder, fields: dict[str, str], day: int, label: str, left: str
) -> None:
    board.notice(f"{OLD}.md", **{**WEEK, **fields})
    row = outputs_of(board, november(day)).site.rows[OLD]
    assert (row.label, row.time_left) == (label, left)


@pytest.mark.parametrize("kind", ["amended", "withdrawn", "terminated"])
def test_a_change_is_told_from_its_day_on(board: Folder, kind: str) -> None:
    board.notice(f"{OLD}.md", **WEEK, **changed(kind))
    assert board.register(november(12)).published[OLD].change is None
    change = board.register(november(13)).published[OLD].change
    assert change is not None and change.reason == "施工改期"


def superseding(board: Folder, *periods: tuple[int, int], **of_the_last: str | None) -> None:
    """Notices that each supersede the one before."""
    for number, (first, last) in enumerate(periods, start=1):
        fields = of_the_last if number == len(periods) else {}
        replaced = f"{number - 1:04d}.md" if number > 1 else None
        board.notice(
            f"2026/town/{number:04d}.md", effective=a_period(first, last), supersedes=replaced, **fields
        )


def test_superseded_while_the_new_one_is_in_force(board: Folder) -> None:
    superseding(board, (10, 20), (13, 15))
    assert statuses(board, OLD, 9, 10, 12, 13, 15, 16, 20, 21) == [
        S,
        C,
        C,
        "superseded",
        "superseded",
        C,
        C,
        E,
    ]
    assert statuses(board, NEW, 12, 13, 15, 16) == [S, C, C, E]


def test_the_two_link_to_each_other_only_while_both_may_be_seen(board: Folder) -> None:
    superseding(board, (10, 20), (13, 15))
    before = board.register(november(12)).published
    assert list(before) == [OLD] and before[OLD].superseded_by is None
    during = board.register(november(13)).published
    assert during[OLD].superseded_by == NEW and during[NEW].supersedes == (OLD,)
    after = board.register(november(16)).published
    assert after[OLD].superseded_by is None and after[NEW].supersedes == (OLD,)


def test_superseded_comes_before_expired_and_after_withdrawn(board: Folder) -> None:
    superseding(board, (10, 12), (13, 20))
    assert statuses(board, OLD, 13) == ["superseded"]
    board.notice(f"{OLD}.md", effective=a_period(10, 12), **changed("撤销"))
    assert statuses(board, OLD, 13) == [W]


NOT_IN_FORCE = {
    "a_draft": {"confidentiality_cleared": "false"},
    "cleared_later": {"clearance": "{reviewer: 甲审, date: 2026-11-20}"},
    "withdrawn": changed("撤销", 14),
    "with_an_error": {"title": None},
    "with_a_link_to_nothing": {"body": "[无](none.md)"},
}


@pytest.mark.parametrize("fields", NOT_IN_FORCE.values(), ids=NOT_IN_FORCE)
def test_what_is_not_in_force_supersedes_nothing(board: Folder, fields: dict[str, str | None]) -> None:
    superseding(board, (10, 20), (13, 18), **fields)
    assert statuses(board, OLD, 15) == [C]


def test_in_a_chain_of_three_only_the_last_is_current(board: Folder) -> None:
    superseding(board, (10, 30), (13, 30), (16, 20))
    days = (10, 13, 16, 20, 21)
    assert statuses(board, OLD, *days) == [C, *["superseded"] * 4]
    assert statuses(board, NEW, *days) == [S, C, "superseded", "superseded", C]
    assert statuses(board, NEWEST, *days) == [S, S, C, C, E]
    chain = board.register(november(16)).published
    assert [chain[i].superseded_by for i in (OLD, NEW, NEWEST)] == [NEW, NEWEST, None]


def test_two_that_supersede_the_same_the_newer_is_named(board: Folder) -> None:
    board.notice(f"{OLD}.md", effective=a_period(10, 30))
    board.notice(f"{NEWEST}.md", effective=a_period(11, 30), supersedes="0001.md")
    board.notice(f"{NEW}.md", effective=a_period(12, 30), supersedes="0001.md")
    assert board.register(november(13)).published[OLD].superseded_by == NEW


def test_from_erase_on_text_summary_and_files_are_gone_and_the_line_stays(board: Folder) -> None:
    board.write(f"{OLD}/名册.xlsx", b"rows")
    board.notice(f"{OLD}/index.md", "甲领取三百元。[名册](名册.xlsx)", **WEEK, erase_on="2026-11-13")
    before = board.register(november(12)).published[OLD]
    after = board.register(november(13)).published[OLD]
    assert "三百元" in before.document.html and before.summary and before.attachments
    assert (after.document.html, after.summary, after.attachments, after.removed) == ("", "", (), True)
    assert after.notice.title == "东街停水通知"
    assert "三百元" not in all_data(outputs_of(board, november(13)))


def test_a_summary_written_by_hand_is_erased_too(board: Folder) -> None:
    board.notice(f"{OLD}.md", **WEEK, summary="甲领取三百元", erase_on="2026-11-13")
    assert "三百元" in str(outputs_of(board, november(12)).data["data/notices.json"].decode())
    views = "".join(repr(page) for page in outputs_of(board, november(13)).pages)
    assert "三百元" not in views + all_data(outputs_of(board, november(13)))


def removing(kind: str, day: int = 13, remove: str = "是") -> dict[str, str]:
    return {"change": f"{{type: {kind}, date: {november(day)}, reason: 误登了名单, 撤下正文: {remove}}}"}


def everything(board: Folder, day: int) -> str:
    """Every text of the site of a day, and the paths of its files."""
    outputs = outputs_of(board, november(day))
    return "\n".join([repr(outputs.pages), repr(outputs.heads), all_data(outputs), *outputs.paths()])


@pytest.mark.parametrize("kind", ["撤销", "终止", "withdrawn", "terminated"])
def test_a_withdrawal_may_take_the_text_and_leaves_what_the_register_needs(board: Folder, kind: str) -> None:
    board.write(f"{OLD}/名册.xlsx", b"rows")
    board.notice(
        f"{OLD}/index.md",
        "甲领取三百元。[名册](名册.xlsx)",
        **WEEK,
        **removing(kind),
        summary="甲领钱的一句话",
        document_number="试府发〔2026〕12号",
    )
    secrets = ("三百元", "名册.xlsx", "甲领钱")
    before = everything(board, 12)
    assert all(secret in before for secret in secrets) and "误登了名单" not in before
    for day in (13, 16, 17, 400):
        assert statuses(board, OLD, day) == [W]
        text = everything(board, day)
        assert not [secret for secret in secrets if secret in text]
        outputs = outputs_of(board, november(day))
        (record,) = json.loads(outputs.data["data/notices.json"])["notices"]
        assert (record["title"], record["document_number"]) == ("东街停水通知", "试府发〔2026〕12号")
        assert record["index_number"] == "11000000MB00000017/2026-00001"
        assert (record["formed_on"], record["published_on"]) == ("2026-11-01", "2026-11-10")
        assert record["effective"] == {"from": "2026-11-10", "until": "2026-11-16"}
        assert record["change"]["date"] == "2026-11-13" and record["change"]["reason"] == "误登了名单"
        assert (record["summary"], record["attachments"]) == (
            "正文和附件已于2026年11月13日按规定从网站撤下",
            [],
        )
        assert not outputs.attachments
        (page,) = [page for page in outputs.pages if page.address == f"notices/{OLD}/"]
        assert (page.view.body, page.view.files, page.description) == ("", (), "")
        assert "误登了名单" in [note.reason for note in page.view.row.notes]
        for feed in (address for address in outputs.data if address.endswith(".xml") and "feed" in address):
            assert "三百元" not in outputs.data[feed].decode()


@pytest.mark.parametrize("remove", ["否", "false", None])
def test_without_asking_a_withdrawal_keeps_the_text(board: Folder, remove: str | None) -> None:
    change = removing("撤销", 13, remove) if remove else changed("撤销")
    board.notice(f"{OLD}.md", "甲领取三百元。", **WEEK, **change)
    row = board.register(november(13)).published[OLD]
    assert row.status == W and not row.removed and "三百元" in row.document.html


def test_an_amendment_takes_no_text_and_the_notice_waits(board: Folder) -> None:
    board.notice(f"{OLD}.md", "甲领取三百元。", **WEEK, **removing("变更"))
    register = board.register(november(13))
    assert [problem.code for problem in register.problems] == ["remove-text-amended"]
    assert register.status(OLD) == H and not register.published
    assert "三百元" not in everything(board, 13)


def test_a_draft_may_say_that_its_text_will_go(board: Folder) -> None:
    draft = {"confidentiality_cleared": "false", "clearance": None}
    board.notice(f"{OLD}.md", "甲领取三百元。", **WEEK, **removing("撤销"), **draft)
    assert board.codes(november(13)) == []
    assert "三百元" not in everything(board, 12) + everything(board, 13)


@pytest.mark.parametrize(("erased", "day"), [("2026-11-12", 12), ("2026-11-15", 13)])
def test_the_earlier_of_two_removals_counts(board: Folder, erased: str, day: int) -> None:
    board.notice(f"{OLD}.md", "甲领取三百元。", **WEEK, **removing("撤销"), erase_on=erased)
    assert "三百元" in everything(board, day - 1)
    for later in (day, day + 1, day + 40):
        text = everything(board, later)
        assert "三百元" not in text and f"正文和附件已于2026年11月{day}日按规定从网站撤下" in text


def test_what_was_removed_may_not_come_back_by_another_notice(board: Folder) -> None:
    board.write(f"{OLD}/名册.xlsx", b"rows")
    board.notice(f"{OLD}/index.md", "[名册](名册.xlsx)", **WEEK, **removing("撤销"))
    board.notice(f"{NEW}.md", "[名册](0001/名册.xlsx)", effective=a_period(10, 30))
    assert board.codes(november(12)) == ["change-in-future"]
    assert board.codes(november(13)) == ["attachment-erased"]
    assert not outputs_of(board, november(13)).attachments


def test_a_replacement_withdrawn_with_its_text_replaces_nothing(board: Folder) -> None:
    superseding(board, (10, 30), (12, 30), **removing("撤销", 14))
    assert statuses(board, OLD, 11, 12, 13, 14) == [C, "superseded", "superseded", C]


BEIJING = "Asia/Shanghai"


def at(text: str) -> str:
    """Seconds since 1970 of a time in UTC."""
    return str(int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()))


HOURS = {
    "last_second_of_the_day_in_beijing": ("2026-11-20T15:59:59", date(2026, 11, 20)),
    "first_second_of_the_day_in_beijing": ("2026-11-20T16:00:00", date(2026, 11, 21)),
    "before_eight_in_beijing": ("2026-11-20T23:59:59", date(2026, 11, 21)),
    "midnight_in_greenwich": ("2026-11-21T00:00:00", date(2026, 11, 21)),
    "new_year": ("2026-12-31T16:00:00", date(2027, 1, 1)),
}


@pytest.mark.parametrize(("moment", "day"), HOURS.values(), ids=HOURS)
def test_it_is_the_day_of_beijing_at_any_hour(
    monkeypatch: pytest.MonkeyPatch, moment: str, day: date
) -> None:
    assert today(BEIJING, {"SOURCE_DATE_EPOCH": at(moment)}) == day

    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            assert tz is not None, "the machine's own zone is never asked"
            return datetime.fromtimestamp(int(at(moment)), tz)

    monkeypatch.setattr(clock, "datetime", Stopped)
    assert today(BEIJING, {}) == day


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Shanghai"])
def test_the_machines_zone_does_not_matter(zone: str) -> None:
    code = (
        "from datetime import datetime, timedelta, timezone\n"
        "from noticeboard.clock import today\n"
        "beijing = lambda: datetime.now(timezone(timedelta(hours=8))).date()\n"
        f"given = {{'SOURCE_DATE_EPOCH': '{at('2026-11-20T16:00:00')}'}}\n"
        f"assert str(today('{BEIJING}', given)) == '2026-11-21'\n"
        f"before = beijing(); found = today('{BEIJING}', {{}}); after = beijing()\n"
        "assert before <= found <= after\n"
    )
    subprocess.run([sys.executable, "-c", code], env={"TZ": zone, "PATH": ""}, check=True, timeout=60)


def test_another_zone_may_be_configured() -> None:
    assert today("Asia/Urumqi", {"SOURCE_DATE_EPOCH": at("2026-11-20T17:59:59")}) == date(2026, 11, 20)


def test_the_day_given_comes_before_the_seconds_given() -> None:
    environment = {"NOTICEBOARD_TODAY": "2026-11-01", "SOURCE_DATE_EPOCH": at("2026-11-20T00:00:00")}
    assert today(BEIJING, environment) == date(2026, 11, 1)


def test_a_variable_that_is_set_to_nothing_is_not_set() -> None:
    environment = {"NOTICEBOARD_TODAY": "", "SOURCE_DATE_EPOCH": at("2026-11-20T00:00:00")}
    assert today(BEIJING, environment) == date(2026, 11, 20)


BAD = [
    *(("NOTICEBOARD_TODAY", text) for text in ("today", "2026-2-3", "20260203", "2026-02-30", "2026/02/03")),
    *(("NOTICEBOARD_TODAY", text) for text in ("2026-W01-1", "2026-01-31 ", "2026-01-31T00:00:00", "今天")),
    *(("SOURCE_DATE_EPOCH", text) for text in ("now", "1e9", "1.5", "2026-11-20", "9" * 30, "-" + "9" * 30)),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_day_that_is_none_is_named(name: str, value: str) -> None:
    with pytest.raises(BadDay) as caught:
        today(BEIJING, {name: value})
    assert (caught.value.name, caught.value.found) == (name, value)


def test_a_bad_day_is_wrong_usage_on_the_command_line(folder: Folder) -> None:
    done = folder.run("check", day="2026-2-3")
    assert done.returncode == 2
    assert "NOTICEBOARD_TODAY" in done.stderr and "Traceback" not in done.stderr
