"""The next day on which the site would be another one: exact, for timers; told, for staff."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import a_board
from builders import TODAY, Folder, a_folder
from noticeboard.board.load import Board
from noticeboard.board.register import Register
from noticeboard.board.upcoming import KINDS, next_change
from noticeboard.cli.main import main
from noticeboard.messages import messages

Fields = dict[str, str | None]
FIRST, LAST = date(2026, 11, 15), date(2026, 12, 10)


def coming(folder: Folder, day: date = TODAY) -> tuple[str, list[tuple[str, str]]] | None:
    found = next_change(folder.register(day))
    return found and (found.day.isoformat(), [(turn.entry.id[5:], turn.kind) for turn in found.turns])


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


LASTING = {"effective": "{from: 2026-11-10, until: 长期}"}
ALONE: dict[str, tuple[Fields, tuple[str, list[tuple[str, str]]] | None]] = {
    "starts": ({"effective": "{from: 2026-11-24, until: 长期}"}, ("2026-11-24", [("a", "starts")])),
    "published_later_than_it_begins": (
        {**LASTING, "published_on": "2026-11-25"},
        ("2026-11-25", [("a", "starts")]),
    ),
    "begins_later_than_it_is_published": (
        {"published_on": "2026-11-23", "effective": "{from: 2026-11-26, until: 长期}"},
        ("2026-11-26", [("a", "starts")]),
    ),
    "cleared_later": (
        {**LASTING, "clearance": "{reviewer: 甲, date: 2026-11-27}"},
        ("2026-11-27", [("a", "starts")]),
    ),
    "over_before_it_is_cleared": (
        {"effective": "{from: 2026-11-10, days: 3}", "clearance": "{reviewer: 甲, date: 2026-11-27}"},
        ("2026-11-27", [("a", "starts")]),
    ),
    "expires_on_the_day_after_its_last": ({}, ("2026-12-01", [("a", "expired")])),
    "withdrawn": (
        {"change": "{type: withdrawn, date: 2026-11-22, reason: 有误}"},
        ("2026-11-22", [("a", "withdrawn")]),
    ),
    "amended": (
        {"change": "{type: amended, date: 2026-11-23, reason: 有误}"},
        ("2026-11-23", [("a", "amended")]),
    ),
    "erased": ({"erase_on": "2026-11-25"}, ("2026-11-25", [("a", "removed")])),
    "long_term": (LASTING, None),
    "over": ({"effective": "{from: 2026-11-10, days: 3}"}, None),
    "draft": ({"confidentiality_cleared": "false", "effective": "{from: 2026-11-24, days: 3}"}, None),
    "only_on_the_wall": ({"channels": "[board]", "effective": "{from: 2026-11-24, days: 3}"}, None),
    "with_an_error": ({"formed_on": "昨天", "effective": "{from: 2026-11-24, days: 3}"}, None),
    "to_the_end_of_time": ({"effective": "{from: 2026-11-10, until: 9999-12-31}"}, None),
}


@pytest.mark.parametrize(("fields", "expected"), ALONE.values(), ids=ALONE)
def test_a_notice_by_itself(
    board: Folder, fields: Fields, expected: tuple[str, list[tuple[str, str]]] | None
) -> None:
    board.notice("2026/a.md", **fields)
    assert coming(board) == expected


def test_nothing_comes_to_an_empty_board(board: Folder) -> None:
    assert coming(board) is None


def test_everything_of_the_day_is_told_and_nothing_of_later_days(board: Folder) -> None:
    board.notice("2026/b.md", effective="{from: 2026-11-10, until: 2026-11-23}")
    board.notice("2026/a.md", effective="{from: 2026-11-24, days: 3}")
    board.notice("2026/c.md", effective="{from: 2026-11-25, days: 3}")
    assert coming(board) == ("2026-11-24", [("a", "starts"), ("b", "expired")])
    assert coming(board, date(2026, 11, 24)) == ("2026-11-25", [("c", "starts")])


def test_one_notice_takes_the_place_of_another(board: Folder) -> None:
    board.notice("2026/a.md", **LASTING)
    board.notice("2026/b.md", supersedes="a.md", effective="{from: 2026-11-24, until: 2026-11-26}")
    board.notice("2026/c.md", supersedes="a.md", effective="{from: 2026-11-25, until: 长期}")
    assert coming(board) == ("2026-11-24", [("a", "superseded"), ("b", "starts")])
    assert coming(board, date(2026, 11, 24)) == ("2026-11-25", [("a", "successor"), ("c", "starts")])


def test_what_was_replaced_comes_back_when_the_new_one_ends(board: Folder) -> None:
    board.notice("2026/a.md", **LASTING)
    board.notice("2026/b.md", supersedes="a.md", effective="{from: 2026-11-10, until: 2026-11-26}")
    assert coming(board) == ("2026-11-27", [("a", "current"), ("b", "expired")])


def test_a_notice_that_waits_for_another_comes_with_it(board: Folder) -> None:
    board.notice("2026/a.md", "见[另一条](b.md)。", **LASTING)
    board.notice("2026/b.md", effective="{from: 2026-11-24, until: 长期}")
    assert coming(board) == ("2026-11-24", [("a", "starts"), ("b", "starts")])


def test_a_notice_that_an_erasure_drives_off_is_told_of_in_time(board: Folder) -> None:
    board.notice("2026/a.md", "[名册](名册.pdf)", erase_on="2026-11-25", **LASTING)
    board.notice("2026/b.md", "[名册](名册.pdf)", **LASTING)
    board.write("2026/名册.pdf", b"1")
    assert coming(board) == ("2026-11-25", [("a", "removed"), ("b", "gone")])


def site_on(board: Board, day: date) -> dict[str, object]:
    """What a build of that day shows of each notice, apart from the day itself."""
    return {
        row.id: (row.status, row.removed, row.change, row.superseded_by)
        for row in Register(board, day).published.values()
    }


DAYS = st.dates(FIRST, LAST).map(date.isoformat)
PERIODS = st.one_of(
    st.builds("{{from: {}, until: 长期}}".format, DAYS),
    st.builds("{{from: {}, days: {}}}".format, DAYS, st.integers(1, 12)),
)
NOTICES = st.fixed_dictionaries(
    {"effective": PERIODS, "formed_on": st.just("2026-11-01")},
    optional={
        "published_on": DAYS,
        "clearance": st.builds("{{reviewer: 甲, date: {}}}".format, DAYS),
        "confidentiality_cleared": st.sampled_from(["false", "true"]),
        "channels": st.just("[board]"),
        "erase_on": DAYS,
        "change": st.builds(
            "{{type: {}, date: {}, reason: 有误}}".format,
            st.sampled_from(["amended", "withdrawn", "terminated"]),
            DAYS,
        ),
        "supersedes": st.sampled_from(["0.md", "1.md", "[0.md, 1.md]"]),
    },
)
BODIES = st.sampled_from(["停水。", "见[一](0.md)。", "见[二](2.md)。", "[名册](名册.pdf)"])


@settings(max_examples=120)
@given(st.lists(st.tuples(NOTICES, BODIES), min_size=1, max_size=5), st.dates(FIRST, LAST))
def test_no_build_before_the_day_changes_anything(notices: list[tuple[Fields, str]], today: date) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = a_board(Path(place))
        folder.write("2026/名册.pdf", b"1")
        for number, (fields, body) in enumerate(notices):
            folder.notice(f"2026/{number}.md", body, **fields)
        board = folder.board()
    register = Register(board, today)
    found = next_change(register)
    now = site_on(board, today)
    end = found.day if found else LAST + timedelta(days=20)
    for passed in range(1, (end - today).days):
        assert site_on(board, today + timedelta(days=passed)) == now
    if found is None:
        return
    then = site_on(board, found.day)
    assert found.day > today and then != now
    assert [turn.entry.id for turn in found.turns] == sorted(
        identifier for identifier in now.keys() | then.keys() if now.get(identifier) != then.get(identifier)
    )
    for turn in found.turns:
        assert turn.before is register.status(turn.entry.id)
        assert turn.after is Register(board, found.day).status(turn.entry.id)
        assert turn.kind in KINDS


# The command


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`next-change` in this process, on 21 November 2026, on a machine in America."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTICEBOARD_TODAY", TODAY.isoformat())
    monkeypatch.setenv("TZ", "America/Los_Angeles")

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["next-change", *arguments])
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err

    return run


def test_the_moment_stands_on_the_first_line_and_staff_are_told_what_happens(
    folder: Folder, command: Command
) -> None:
    folder.notice("2026/town/0001.md", title="快要公开的一条", effective="{from: 2026-11-24, days: 3}")
    folder.notice(
        "2026/town/0002.md", title="快要期满的[一条]", effective="{from: 2026-11-10, until: 2026-11-23}"
    )
    folder.notice(
        "2026/town/0003.md", title="快要期满的又一条", effective="{from: 2026-11-10, until: 2026-11-23}"
    )
    status, said, _ = command()
    assert status == 0
    assert said.splitlines() == [
        "2026-11-24T00:00:00+08:00",
        "1 条开始公开：",
        "  快要公开的一条  notices/2026/town/0001.md",
        "2 条期满：",
        "  快要期满的[一条]  notices/2026/town/0002.md",
        "  快要期满的又一条  notices/2026/town/0003.md",
    ]
    assert command("--lang", "en")[1].splitlines()[:2] == ["2026-11-24T00:00:00+08:00", "Become public: 1"]


def test_programs_get_json(folder: Folder, command: Command) -> None:
    folder.notice("2026/town/0001.md", effective="{from: 2026-11-24, days: 3}")
    folder.notice("2026/town/0002/index.md", change="{type: 撤销, date: 2026-11-24, reason: 有误}")
    status, said, _ = command("--format", "json")
    assert status == 0
    assert json.loads(said) == {
        "next_change": "2026-11-24T00:00:00+08:00",
        "changes": [
            {
                "id": "2026/town/0001", "path": "notices/2026/town/0001.md",
                "from": "scheduled", "to": "current",
            },
            {
                "id": "2026/town/0002", "path": "notices/2026/town/0002/index.md",
                "from": "current", "to": "withdrawn",
            },
        ],
    }  # fmt: skip


def test_nothing_ahead_is_said_in_a_sentence(folder: Folder, command: Command) -> None:
    for language in ("zh", "en"):
        assert command("--lang", language) == (0, messages(language)("cli.nothing-ahead") + "\n", "")
    assert json.loads(command("--format", "json")[1]) == {"next_change": None, "changes": []}


ZONES = {
    "Asia/Urumqi": "2026-11-24T00:00:00+06:00",
    "America/New_York": "2026-11-24T00:00:00-05:00",
    "UTC": "2026-11-24T00:00:00+00:00",
}


@pytest.mark.parametrize(("zone", "moment"), ZONES.items(), ids=ZONES)
def test_the_moment_is_midnight_of_the_board(
    tmp_path: Path, command: Command, zone: str, moment: str
) -> None:
    a_folder(tmp_path, f"time_zone: {zone}").notice("2026/a.md", effective="{from: 2026-11-24, days: 3}")
    assert command()[1].splitlines()[0] == moment


def test_without_its_lists_a_board_has_nothing_to_tell(folder: Folder, command: Command) -> None:
    folder.write("publishers.yml", "单位")
    status, said, error = command()
    assert (status, said) == (2, "") and "publishers.yml" in error


def test_every_kind_has_its_words() -> None:
    for language in ("zh", "en"):
        assert set(messages(language).section("cli.changes-ahead")) == set(KINDS)
