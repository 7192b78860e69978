"""A clearance is bound to what was reviewed: what voids it, what does not, and how it is written."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from boards import a_board
from builders import TODAY, Folder, a_folder, a_notice
from noticeboard.board.clearance import PARTS, digest_of, read_digest, written
from noticeboard.board.edit import NotEditable, Record, with_record
from noticeboard.board.fields import FRONT_MATTER_NAMES, NOTICE
from noticeboard.board.load import Board, load_board
from noticeboard.board.notice import Seen
from noticeboard.board.problem import Place
from noticeboard.board.register import Register
from noticeboard.board.source import read_source
from noticeboard.board.status import Status
from noticeboard.cli.main import main
from test_history import Repository

FILE = "2026/town/0001.md"
FOLDER = "2026/town/0002/index.md"
ID = "2026/town/0001"
GOLDENS = Path(__file__).parent / "goldens" / "clearance"


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def bind(folder: Folder, path: str = FILE) -> bytes:
    """Bind the record of a notice to what stands there now, as `noticeboard clear` does."""
    found = folder.board()
    (entry,) = (entry for entry in found.entries.values() if entry.path == path)
    assert entry.notice is not None and entry.notice.clearance is not None
    digest = str(digest_of(entry.notice, entry.source, entry.attachments, found.tree))
    data = with_record((folder.notices / path).read_bytes(), Record("甲审", date(2026, 11, 2), digest))
    folder.write(path, data)
    return data


def bound(folder: Folder) -> Board:
    return load_board(folder.notices, clearance="bound")


def changed(folder: Folder) -> list[tuple[str, ...]]:
    """What each notice is said to have changed in."""
    problems = Register(bound(folder), TODAY).problems
    assert {problem.code for problem in problems} <= {"clearance-changed", "attachment-unused"}
    return [problem.params["parts"] for problem in problems if problem.code == "clearance-changed"]


# What voids a clearance


def test_a_bound_notice_is_public_and_one_that_changed_is_not(board: Folder) -> None:
    board.notice(FILE)
    assert [p.code for p in bound(board).problems] == ["clearance-unbound"]
    assert Register(bound(board), TODAY).status(ID) is Status.WITHHELD
    data = bind(board)
    assert Register(bound(board), TODAY).status(ID) is Status.CURRENT
    board.write(FILE, data.replace("停水".encode(), "停电".encode()))
    register = Register(bound(board), TODAY)
    assert register.status(ID) is Status.WITHHELD and not register.published
    assert changed(board) == [("body", "title")]


@pytest.mark.parametrize("mode", ["flag", "record", "bound"])
def test_a_digest_that_is_there_is_a_promise_in_every_mode(board: Folder, mode: str) -> None:
    board.notice(FILE)
    board.write(FILE, bind(board).replace("届时".encode(), "到时".encode()))
    found = load_board(board.notices, clearance=mode).problems
    assert [problem.code for problem in found] == ["clearance-changed"]


HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "windows_line_ends": lambda data: data.replace(b"\n", b"\r\n"),
    "old_mac_line_ends": lambda data: data.replace(b"\n", b"\r"),
    "byte_order_mark": lambda data: b"\xef\xbb\xbf" + data,
    "mark_and_windows_line_ends": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    "no_final_line_end": lambda data: data.rstrip(b"\n"),
    "final_line_ends": lambda data: data + b"\n\n",
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_git_and_editors_do_to_a_file_voids_nothing(
    board: Folder, change: Callable[[bytes], bytes]
) -> None:
    board.notice(FILE, "第一行。\n第二行。\n\n| 户主 | 元 |\n| --- | ---: |\n| 甲 | 1 |")
    board.write(FILE, change(bind(board)))
    assert changed(board) == []


TEXTS = st.text(st.sampled_from("停水公示通知甲乙丙丁0123456789abc，。"), min_size=2, max_size=12)
BODIES = st.lists(TEXTS, min_size=1, max_size=4).map("\n\n".join)


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(title=TEXTS, summary=TEXTS, body=BODIES, data=st.data())
def test_any_other_character_voids_it_and_the_part_is_named(
    tmp_path_factory: pytest.TempPathFactory, title: str, summary: str, body: str, data: st.DataObject
) -> None:
    folder = a_board(tmp_path_factory.mktemp("board"))
    quoted = {"title": f"'{title}'", "summary": f"'{summary}'"}
    folder.notice(FILE, body, **quoted)
    text = bind(folder).decode()
    part = data.draw(st.sampled_from(["title", "summary", "body"]))
    old = {"title": f"'{title}'", "summary": f"'{summary}'", "body": body}[part]
    at = data.draw(st.integers(0, len(old.strip("'")) - 1)) + old.startswith("'")
    new = old[:at] + data.draw(st.sampled_from(["别", "7", ""])) + old[at + 1 :]
    front, _, rest = text.rpartition("\n---\n")
    if part == "body":
        rest = rest.replace(old, new)
        assume(new.strip())
    else:
        front = front.replace(f"{part}: {old}", f"{part}: {new}")
        assume(new != "''")
    assume(new.strip() != old.strip())
    ending = data.draw(st.sampled_from(list(HARMLESS.values())))
    folder.write(FILE, ending(f"{front}\n---\n{rest}".encode()))
    assert changed(folder) == [(part,)]


FIELDS = {
    "title": "东街停水的通知",
    "category": "policy",
    "publisher": "镇政府",
    "formed_on": "2026-10-31",
    "published_on": "2026-11-10",
    "effective": "2026-11-10 至 2026-11-30",
    "index_number": "A/1",
    "document_number": "永三府发〔2026〕12号",
    "summary": "停水。",
    "audience": "全社会",
    "channels": "[网站]",
    "supersedes": "0009.md",
    "change": "{type: 变更, date: 2026-11-20, reason: 改了时间}",
    "erase_on": "2027-01-01",
    "attachments": "[名单.csv]",
    "contact": "0000-5550101",
    "supervision_phone": "0000-5550102",
    "period": "2026-11",
    "limit_from": "2026-11-02",
    "late_reason": "设备检修。",
}


def test_every_field_that_the_public_sees_is_bound(board: Folder) -> None:
    assert set(FIELDS) == {key.name for key in NOTICE} - {"confidentiality_cleared", "clearance"}


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_comes_goes_or_changes_voids_it(board: Folder, field: str) -> None:
    board.notice("2026/town/0009.md", title="旧的一条")
    board.write("2026/town/名单.csv", "甲,1\n")
    board.notice(FILE)
    record = re.search(r"(?s)clearance:.*?\n(?=---)", bind(board).decode())
    assert record is not None
    board.notice(FILE, **{field: FIELDS[field], "clearance": record[0].partition(":")[2].rstrip("\n")})
    (problem,) = (p for p in bound(board).problems if p.code == "clearance-changed")
    extra = {"attachments": ("file-new:名单.csv",), "category": (), "audience": ()}.get(field, ())
    assert problem.params["parts"] == (field, *extra)


def test_the_same_thing_in_other_words_is_the_same(board: Folder) -> None:
    board.notice(FILE, effective="{from: 2026-11-10, until: 2026-11-30}", title="停水通知")
    text = bind(board).decode()
    other = text.replace("{from: 2026-11-10, until: 2026-11-30}", "\n  止: 2026-11-30\n  起: '2026-11-10'")
    board.write(FILE, other.replace("title: 停水通知", '标题:   "停水通知"  # 备注').encode())
    assert changed(board) == []


def test_other_holidays_that_move_the_last_day_void_it(board: Folder) -> None:
    board.notice(FILE, effective="{from: 2026-11-10, working_days: 5}")
    bind(board)
    assert changed(board) == []
    board.write("holidays.yml", "years: {2026: {off: [2026-11-12], local: true}}\n")
    (problem,) = (p for p in bound(board).problems if p.code == "clearance-changed")
    assert problem.params["parts"] == ("counted-end",)


def test_a_channel_that_the_catalogue_changes_voids_it(board: Folder) -> None:
    board.notice(FILE, category="monitored", publisher="east")
    bind(board)
    assert changed(board) == []
    lists = (board.notices / "catalogue.yml").read_text("utf-8")
    board.write("catalogue.yml", lists.replace("channels: [board]", "channels: [board, website]"))
    (problem,) = (p for p in bound(board).problems if p.code == "clearance-changed")
    assert problem.params["parts"] == ("default-channels",)
    assert problem.params["files"] == ("notices/catalogue.yml",)


def test_a_notice_that_moved_is_another_notice(board: Folder) -> None:
    board.notice(FILE)
    data = bind(board)
    (board.notices / FILE).unlink()
    board.write("2026/town/0007.md", data)
    assert changed(board) == [("id",)]


# Attached files


def sheet(amount: int = 100) -> bytes:
    """Forty rows; the amount stands in row 31."""
    book = openpyxl.Workbook()
    for row in range(1, 41):
        book.active.append([f"第{row}户", amount if row == 31 else 100])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def attached(board: Folder) -> Folder:
    """A bound notice with a sheet, a table in a text file, and a file of bytes."""
    board.write("2026/town/0002/补贴.xlsx", sheet())
    board.write("2026/town/0002/名单.csv", "户主,元\n甲,1\n乙,2\n")
    board.write("2026/town/0002/图.png", b"\x89PNG\r\n\x1a\n\x00\x01")
    board.notice(FOLDER, "[补贴](补贴.xlsx)、[名单](名单.csv)、![图](图.png)")
    bind(board, FOLDER)
    return board


def test_one_digit_in_row_31_voids_it(attached: Folder) -> None:
    assert changed(attached) == []
    attached.write("2026/town/0002/补贴.xlsx", sheet(101))
    assert changed(attached) == [("file:补贴.xlsx",)]
    (problem,) = (p for p in bound(attached).problems if p.code == "clearance-changed")
    assert problem.params["files"] == ("notices/2026/town/0002/补贴.xlsx",)


def test_line_ends_of_an_attached_text_may_change_and_nothing_else(attached: Folder) -> None:
    attached.write("2026/town/0002/名单.csv", "户主,元\r\n甲,1\r\n乙,2\r\n")
    assert changed(attached) == []
    attached.write("2026/town/0002/名单.csv", "户主,元\r\n甲,1\r\n乙,3\r\n")
    assert changed(attached) == [("file:名单.csv",)]


def test_bytes_of_what_is_no_text_are_all_bound(attached: Folder) -> None:
    attached.write("2026/town/0002/图.png", b"\x89PNG\n\x1a\n\x00\x01")
    attached.write("2026/town/0002/名单.csv", "户主,元\n甲,1\n乙,2\n".encode("utf-16-le"))
    assert changed(attached) == [("file:名单.csv", "file:图.png")]


def test_an_attachment_with_another_name_is_another_file(attached: Folder) -> None:
    (attached.notices / "2026/town/0002/补贴.xlsx").rename(attached.notices / "2026/town/0002/补助.xlsx")
    path = attached.notices / FOLDER
    path.write_bytes(path.read_bytes().replace("](补贴.xlsx)".encode(), "](补助.xlsx)".encode()))
    assert changed(attached) == [("body", "file-new:补助.xlsx", "files-gone:1")]


def test_the_name_that_readers_see_is_bound_too(board: Folder) -> None:
    board.write("2026/town/0002/补贴.xlsx", sheet())
    board.notice(FOLDER, attachments="[{path: 补贴.xlsx, name: 补贴表}]")
    data = bind(board, FOLDER)
    board.write(FOLDER, data.replace("补贴表".encode(), "补贴总表".encode()))
    assert changed(board) == [("attachments", "file:补贴总表")]


# The digest


def test_a_digest_is_read_as_it_was_written(attached: Folder) -> None:
    found = attached.board()
    entry = found.entries["2026/town/0002"]
    assert entry.notice is not None
    digest = digest_of(entry.notice, entry.source, entry.attachments, found.tree)
    assert read_digest(str(digest)) == digest
    assert re.fullmatch(r"1-[0-9a-f]{64}-[\w-]+\.[\w-]{18}", str(digest))
    for wrong in ("", "abc", str(digest)[:-1], "2" + str(digest)[1:], str(digest).replace("-", "_", 1)):
        assert read_digest(wrong) is None


def test_old_digests_stay_right_when_keys_are_added() -> None:
    """The order is a promise: what is here stays where it is, and new keys come after it."""
    assert PARTS[24] == "counted-end"
    assert PARTS[:24] == (
        *("id", "body", "default-audience", "default-channels"),
        *("title", "category", "publisher", "formed_on", "published_on", "effective", "index_number"),
        *("document_number", "summary", "audience", "channels", "supersedes", "change", "erase_on"),
        *("attachments", "contact", "supervision_phone", "period", "limit_from", "late_reason"),
    )


def test_the_digest_of_a_known_notice_never_changes(board: Folder) -> None:
    """Other programs may compute it from what clearance.py says; so may later versions of this one."""
    board.notice(FILE)
    found = board.board()
    entry = found.entries[ID]
    assert entry.notice is not None
    digest = str(digest_of(entry.notice, entry.source, entry.attachments, found.tree))
    assert digest == (
        "1-3faba7c9e728ca145ecf719b2ae60564a7ac87c988d78e77e407791a0a6defba"
        "-ASAYBbUxCt4UDcs4EzraFC08GDmtHN-FJMjx"
    )


# What proves a review


def test_the_flag_alone_may_suffice(board: Folder) -> None:
    board.notice(FILE, clearance=None)
    assert [p.code for p in board.board().problems] == ["clearance-missing"]
    flag = load_board(board.notices, clearance="flag")
    assert not flag.problems and Register(flag, TODAY).status(ID) is Status.CURRENT
    for record in ("{reviewer: 甲审}", "甲审", "{reviewer: 甲审, date: 明天}"):
        board.notice(FILE, clearance=record)
        wrong = load_board(board.notices, clearance="flag")
        assert wrong.problems and Register(wrong, TODAY).status(ID) is Status.WITHHELD
    board.notice(FILE, confidentiality_cleared="否", clearance=None)
    assert Register(load_board(board.notices, clearance="flag"), TODAY).status(ID) is Status.WITHHELD


@pytest.mark.parametrize("mode", ["flag", "record", "bound"])
def test_what_was_referred_is_withheld_whatever_the_flag_says(board: Folder, mode: str) -> None:
    board.notice(FILE)
    board.write(FILE, bind(board).replace(b"  reviewer:", "  报请确定: 县保密局\n  reviewer:".encode()))
    found = load_board(board.notices, clearance=mode)
    assert [(p.code, p.severity) for p in found.problems] == [("clearance-referred", "warning")]
    register = Register(found, TODAY)
    assert register.status(ID) is Status.WITHHELD and not register.published


def test_a_draft_knows_what_was_referred_seen_and_waived(board: Folder) -> None:
    digest = "ab" * 32
    record = (
        "{报请确定: 县保密局, 人工核对文件: [{摘要值: "
        f"{digest}, 核对人: 乙核}}], 豁免: [{{指纹: a1, 审查人: 丙, 理由: 依法}}]}}"
    )
    board.notice(FILE, confidentiality_cleared="否", clearance=record)
    notice = board.board().entries[ID].notice
    assert notice is not None and notice.clearance is not None
    known = notice.clearance
    assert (known.reviewer, known.date, known.referred_to) == ("", None, "县保密局")
    assert [(seen.sha256, seen.reviewer) for seen in known.unreadable] == [(digest, "乙核")]
    assert [(w.finding, w.reviewer, w.reason) for w in known.waivers] == [("a1", "丙", "依法")]


# Writing the record

LOOKED_AT = (Seen("f" * 64, "新审", Place()),)
ANSWER = Record("新审", date(2026, 11, 20), "1-新的", approver="批准者", seen=LOOKED_AT)


CASES = sorted(path.name.removesuffix(".before.md") for path in GOLDENS.glob("*.before.md"))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("windows", [False, True], ids=["unix", "windows"])
def test_the_record_is_written_and_every_other_byte_kept(case: str, windows: bool) -> None:
    """Files as clerks write them, before and after; on Windows with a byte-order mark and CRLF."""
    before, after = (GOLDENS / f"{case}.{when}.md" for when in ("before", "after"))
    if os.environ.get("NOTICEBOARD_UPDATE_GOLDENS"):
        after.write_bytes(with_record(before.read_bytes(), ANSWER))
    old, new = before.read_bytes(), after.read_bytes()
    if windows:
        old, new = (b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for data in (old, new))
    assert with_record(old, ANSWER) == new
    assert with_record(new, ANSWER) == new
    ours = "审查|保密|clearance|confid|reviewer|unreadable|digest"
    gone = [line for line in old.split(b"\n") if line not in new.split(b"\n")]
    assert all(re.search(ours.encode(), line) for line in gone)


ENGLISH = {"审查人": "reviewer", "审查日期": "date", "说明": "note", "依据": "basis"}
KEYS = st.sampled_from([*ENGLISH, "reviewer", "date", "approver", "note", "digest"])
VALUES = st.sampled_from(["甲", "'乙: 丙'", "2026-01-02", "", '"丁"', "甲 # 注"])


@settings(max_examples=150)
@given(
    entries=st.dictionaries(KEYS, VALUES, max_size=6),
    style=st.sampled_from(["block", "flow", "none", "empty"]),
    flag=st.sampled_from(["保密审查通过: 否", "confidentiality_cleared: false # 待审", "保密审查通过: 是"]),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    first=st.booleans(),
    mark=st.booleans(),
)
def test_only_the_record_changes_in_any_front_matter(
    entries: dict[str, str], style: str, flag: str, ends: str, first: bool, mark: bool
) -> None:
    lines = [f"{key}: {value}" for key, value in entries.items()]
    record = {
        "block": ["审查记录:", *(f"  {line}" for line in lines)],
        "flow": ["clearance: {" + ", ".join(line.replace(" # 注", "") for line in lines) + "}  # 记"],
        "none": [],
        "empty": ["审查记录:"],
    }[style]
    rest = ["# 头", "标题: '停水'  # 题", flag, "channels: [网站]", ""]
    text = ends.join(["---", *(record + rest if first else rest + record), "---", "", "正文 # 一", ""])
    data = b"\xef\xbb\xbf" * mark + text.encode()
    keys = [ENGLISH.get(key, key) for key in entries]
    try:
        made = with_record(data, ANSWER)
    except NotEditable:
        assert len(keys) != len(set(keys))
        return
    before, after = (read_source("", d, FRONT_MATTER_NAMES) for d in (data, made))
    assert written(before) == written(after) and after.body == before.body
    assert made.startswith(b"\xef\xbb\xbf") == mark
    assert set(re.findall(r"\r\n|\r|\n", made.decode())) == {ends}
    for line in ("# 头", "标题: '停水'  # 题", "channels: [网站]", "正文 # 一"):
        assert f"{line}{ends}" in made.decode()
    assert "1-新的" in made.decode() and "f" * 64 in made.decode()
    assert with_record(made, ANSWER) == made


FIXED = ("{title: 一, confidentiality_cleared: false}", "title: 一", "a: [", "title: 一\nconfidentiality: 否")


@pytest.mark.parametrize("text", ["文", *(f"---\n{front}\n---\n文" for front in FIXED)])
def test_what_cannot_be_changed_in_place_is_left_alone(text: str) -> None:
    with pytest.raises(NotEditable):
        with_record(text.encode(), ANSWER)


def test_values_that_yaml_would_take_for_something_else_are_quoted(board: Folder) -> None:
    odd = ["甲: 乙", "#1", "'", "null", "- 甲", "a #b", "〔2026〕1号", "@x", "{x}", "是"]
    for value in odd:
        made = with_record(a_notice().encode(), Record(value, date(2026, 11, 2), basis=value))
        board.write(FILE, made)
        notice = board.board().entries[ID].notice
        assert notice is not None and notice.clearance is not None
        assert (notice.clearance.reviewer, notice.clearance.basis) == (value, value)


# The commands


class Input(io.TextIOWrapper):
    """Standard input: somebody at a terminal who types these answers, or nobody at all."""

    def __init__(self, typed: str | None) -> None:
        super().__init__(io.BytesIO((typed or "").encode()), encoding="utf-8")
        self._typed = typed

    def isatty(self) -> bool:
        return self._typed is not None


Command = Callable[..., tuple[int, str, str]]
DRAFT = {"confidentiality_cleared": "否", "clearance": None}


@pytest.fixture
def town(tmp_path: Path) -> Folder:
    """A board whose clearances are bound, with a notice of each kind that waits for review."""
    folder = a_folder(tmp_path, "clearance: bound")
    folder.write("2026/town/0002/补贴.xlsx", sheet())
    folder.notice(FOLDER, "见[补贴表](补贴.xlsx)。", title="补贴公示", **DRAFT)
    folder.notice(FILE, 保密审查通过="否", confidentiality_cleared=None, clearance=None)
    return folder


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line in this process, on 21 November 2026; `typed` are the answers on a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTICEBOARD_TODAY", TODAY.isoformat())
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    def run(*arguments: str, typed: str | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", Input(typed))
        with pytest.raises(SystemExit) as end:
            main(arguments)
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err

    return run


def reads(name: str, said: str) -> None:
    """Compare what a clerk reads with the golden of that name."""
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("NOTICEBOARD_UPDATE_GOLDENS"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text("utf-8")


def record_of(folder: Folder, path: str = FILE) -> str:
    text = (folder.notices / path).read_text("utf-8")
    return text[text.index("审查记录" if "审查记录" in text else "clearance:") :].partition("\n---")[0]


def test_a_reviewer_sees_what_is_cleared_and_the_record_is_written(town: Folder, command: Command) -> None:
    status, said, _ = command(
        *("clear", "notices/2026/town/0002", "--reviewer", "周审", "--approver", "郑批"),
        *("--basis", "条例第十七条", "--yes"),
    )
    assert status == 0
    digest = r"[0-9a-f]{64}"
    reads("clear", re.sub(r"[0-9,]+ 字节", "… 字节", re.sub(digest, "…", said)))
    assert re.fullmatch(
        "clearance:\n  reviewer: 周审\n  date: 2026-11-21\n  approver: 郑批\n  basis: 条例第十七条\n"
        rf"  digest: 1-{digest}-[\w-]+\.[\w-]+",
        record_of(town, FOLDER),
    )
    assert Register(bound(town), TODAY).status("2026/town/0002") is Status.CURRENT
    assert command("check", "notices/2026/town/0002")[0] == 0


@pytest.mark.parametrize("path", [f"notices/{FILE}", ID, f"{ID}/", "notices/2026/town", "notices", "."])
def test_a_notice_is_named_by_its_file_folder_or_id(town: Folder, command: Command, path: str) -> None:
    assert command("clear", path, "--reviewer", "周审", "--yes")[0] == 0
    assert record_of(town).startswith("审查记录:\n  审查人: 周审\n  审查日期: 2026-11-21\n  摘要: 1-")


def test_of_a_folder_only_what_waits_is_reviewed(town: Folder, command: Command) -> None:
    command("clear", ID, "--reviewer", "周审", "--yes")
    command("clear", "notices", "--reviewer", "吴审", "--yes")
    assert "周审" in record_of(town) and "吴审" in record_of(town, FOLDER)
    assert command("clear", "notices", "--reviewer", "王审", "--yes")[:2] == (0, "没有等待审查的公示。\n")
    command("clear", ID, "--reviewer", "王审", "--yes")
    assert "王审" in record_of(town)


def test_nothing_is_written_where_there_is_an_error(town: Folder, command: Command) -> None:
    town.notice("2026/town/0003.md", formed_on="明天", **DRAFT)
    before = {path: path.read_bytes() for path in town.notices.rglob("*.md")}
    status, said, _ = command("clear", "notices", "--reviewer", "周审", "--yes")
    assert status == 1
    reads("clear_refused", said)
    assert {path: path.read_bytes() for path in town.notices.rglob("*.md")} == before


def test_two_notices_that_link_each_other_are_cleared_together(town: Folder, command: Command) -> None:
    town.notice(FILE, "见[补贴](0002/index.md)。", **DRAFT)
    status, said, _ = command("clear", ID, "--reviewer", "周审", "--yes")
    assert status == 1 and "link-not-shown" in said
    assert command("clear", ID, "2026/town/0002", "--reviewer", "周审", "--yes")[0] == 0


def test_without_a_terminal_nobody_says_yes(town: Folder, command: Command) -> None:
    status, said, error = command("clear", ID, "--reviewer", "周审")
    assert (status, said) == (2, "") and "--yes" in error
    assert "审查记录" not in (town.notices / FILE).read_text("utf-8")


@pytest.mark.parametrize(("answer", "cleared"), [("是", True), ("y", True), ("", False), ("否", False)])
def test_on_a_terminal_each_notice_is_asked_about(
    town: Folder, command: Command, answer: str, cleared: bool
) -> None:
    status, said, _ = command("clear", ID, "2026/town/0002", "--reviewer", "周审", typed=f"{answer}\n否\n")
    assert status == 0 and said.count("审查通过，写入审查记录？") == 2
    assert ("审查记录" in (town.notices / FILE).read_text("utf-8")) == cleared
    assert "clearance" not in (town.notices / FOLDER).read_text("utf-8")
    assert f"审查通过 {int(cleared)} 条" in said


def test_a_review_has_a_reviewer(town: Folder, command: Command) -> None:
    assert command("clear", ID, "--yes")[0] == 2
    assert command("clear", ID, "--reviewer", " ", "--yes")[0] == 2


def test_what_was_changed_while_the_reviewer_looked_is_not_cleared(
    town: Folder, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*arguments: object, **options: object) -> str:
        town.notice(FILE, "换了内容。", 保密审查通过="否", confidentiality_cleared=None, clearance=None)
        return "是"

    monkeypatch.setattr("click.prompt", meanwhile)
    status, _, error = command("clear", ID, "--reviewer", "周审", typed="")
    assert status == 2 and "刚才又被改过" in error
    assert "审查记录" not in (town.notices / FILE).read_text("utf-8")


def test_what_a_machine_cannot_read_a_person_looks_at(town: Folder, command: Command) -> None:
    town.write("2026/town/0002/名册.bin.zip", b"PK\x03\x04broken")
    town.notice(FOLDER, "见[名册](名册.bin.zip)。", **DRAFT)
    (town.notices / "2026/town/0002/补贴.xlsx").unlink()
    arguments = ("clear", "2026/town/0002", "--reviewer", "周审")
    status, said, _ = command(*arguments, "--yes")
    assert status == 1 and "attachment-unread" in said
    status, _, error = command(*arguments, "--yes", "--seen", "notices/publishers.yml")
    assert status == 2 and "不是这几条公示的附件" in error
    assert command(*arguments, typed="否\n")[0] == 1
    assert "clearance" not in (town.notices / FOLDER).read_text("utf-8")
    assert command(*arguments, typed="是\n是\n")[0] == 0
    line = r"  unreadable:\n    - \{sha256: [0-9a-f]{64}, reviewer: 周审\}\n  digest: 1-"
    assert re.search(line, record_of(town, FOLDER))
    town.notice(FOLDER, "见[名册](名册.bin.zip)。", **DRAFT)
    assert command(*arguments, "--yes", "--seen", "名册.bin.zip")[0] == 0
    assert re.search(line, record_of(town, FOLDER))


def test_what_was_referred_waits_for_the_answer(town: Folder, command: Command) -> None:
    town.notice(FILE, confidentiality_cleared="否", clearance="{报请确定: 县保密局}")
    status, said, _ = command("clear", ID, "--reviewer", "周审", "--yes")
    assert status == 1
    reads("clear_referred", said)
    assert command("clear", ID, "--reviewer", "周审", "--yes", "--basis", "永保函〔2026〕8号")[0] == 0
    record = record_of(town)
    assert "永保函〔2026〕8号" in record and "报请确定" not in record
    assert Register(bound(town), TODAY).status(ID) is Status.CURRENT


def test_a_new_review_is_told_what_changed_since_the_last(town: Folder, command: Command) -> None:
    command("clear", "notices", "--reviewer", "周审", "--yes")
    town.write("2026/town/0002/补贴.xlsx", sheet(101))
    status, said, _ = command("clear", "2026/town/0002", "--reviewer", "吴审", "--yes")
    assert status == 0 and "周审 2026-11-21 审查以后，内容变了：附件“补贴.xlsx”" in said
    _, said, _ = command("clear", "2026/town/0002", "--reviewer", "吴审", "--yes")
    assert "吴审 2026-11-21 审查以后没有变" in said


def test_front_matter_that_cannot_be_changed_in_place_is_said_so(town: Folder, command: Command) -> None:
    text = a_notice(confidentiality_cleared="false", clearance=None)
    front, _, rest = text.removeprefix("---\n").partition("\n---\n")
    town.write(FILE, "---\n{" + front.replace("\n", ", ") + "}\n---\n" + rest)
    status, _, error = command("clear", ID, "--reviewer", "周审", "--yes")
    assert status == 2 and "程序不敢改" in error


@pytest.mark.parametrize("path", ["notices/none.md", "2026/town/0009", "notices/publishers.yml", ".."])
def test_what_is_no_notice_is_wrong_usage(town: Folder, command: Command, path: str) -> None:
    assert command("clear", path, "--reviewer", "周审", "--yes")[0] == 2


# What waits


def test_review_lists_what_waits_and_why(town: Folder, command: Command) -> None:
    referred = {**DRAFT, "clearance": "{报请确定: 县保密局}"}
    town.notice("2026/town/0003.md", title="报请的", **referred)
    town.notice("2026/town/0004.md", title="没有绑定的", effective="2026-12-01 至 2026-12-30")
    town.notice("2026/town/0005.md", title="审查不全的", clearance="{reviewer: 甲审}")
    town.notice("2026/town/0006.md", title="日期没写对的", formed_on="明天", **DRAFT)
    town.notice("2026/town/0007.md", title="审查以后又改的")
    town.write("2026/town/0007.md", bind(town, "2026/town/0007.md").replace("届时".encode(), "到时".encode()))
    town.notice("2026/town/0008.md", title="没有问题的")
    bind(town, "2026/town/0008.md")
    status, said, _ = command("review")
    assert status == 0
    reads("review", said)
    records = json.loads(command("review", "--format", "json")[1])
    reasons = {r["title"]: [reason["code"] for reason in r["reasons"]] for r in records["notices"]}
    assert reasons == {
        "东街停水通知": ["draft"],
        "补贴公示": ["draft"],
        "报请的": ["referred"],
        "没有绑定的": ["incomplete"],
        "审查不全的": ["incomplete"],
        "日期没写对的": ["errors"],
        "审查以后又改的": ["changed"],
    }
    assert [r["days"] for r in records["notices"]] == [-11, -11, -11, -11, 10, None, None]
    table = command("review", "--format", "csv")[1]
    assert table.startswith("\ufeff文件,标题,发布单位,开始公开,还有或已过,原因") and table.count("\n") == 8


def test_a_board_without_anything_to_review_says_so(town: Folder, command: Command) -> None:
    command("clear", "notices", "--reviewer", "周审", "--yes")
    assert command("review")[:2] == (0, "没有等待审查的公示。\n")


# The log


@pytest.fixture
def repository(town: Folder) -> Repository:
    return Repository(town.path, town)


def test_the_log_tells_who_cleared_what_and_what_was_changed_after(
    town: Folder, repository: Repository, command: Command
) -> None:
    town.notice("2026/town/0003.md", title="=1+1", **DRAFT)
    repository.commit("2026-11-03T09:00:00+0800")
    record = ("--reviewer", "周审", "--approver", "郑批", "--basis", "条例第十七条")
    command("clear", "notices", *record, "--yes")
    repository.commit("2026-11-04T09:00:00+0800")
    town.write("2026/town/0002/补贴.xlsx", sheet(101))
    repository.commit("2026-11-05T09:00:00+0800")
    path = town.notices / FILE
    path.write_bytes(path.read_bytes().replace("届时".encode(), "到时".encode()))
    repository.commit("2026-11-06T09:00:00+0800")
    command("clear", ID, "--reviewer", "吴审", "--yes")
    repository.commit("2026-11-07T09:00:00+0800")
    path.rename(town.notices / "2026/town/0011.md")
    text = (town.notices / "2026/town/0003.md").read_text("utf-8")
    change = "change: {type: withdrawn, date: 2026-11-08, reason: 标题有误}\n"
    town.write("2026/town/0003.md", text.replace("clearance:", f"{change}clearance:", 1))
    repository.commit("2026-11-08T09:00:00+0800")
    (town.notices / "2026/town/0003.md").unlink()
    repository.commit("2026-11-09T09:00:00+0800")
    status, said, _ = command("clearances")
    assert status == 0 and said.startswith("\ufeff提交日期,提交,作者,")
    rows = list(csv.DictReader(io.StringIO(said.removeprefix("\ufeff"))))
    assert all(re.fullmatch("[0-9a-f]{10}", row.pop("提交")) for row in rows)
    reads("clearances", "".join("　".join(filter(None, row.values())) + "\n" for row in rows))
    assert "'=1+1" in said
    later = command("clearances", "--since", "2026-11-05", "--until", "2026-11-30", "--format", "json")[1]
    (row,) = json.loads(later)["clearances"]
    assert (row["reviewer"], row["binding"], row["after"]) == ("吴审", "bound", "moved")
    assert command("clearances", "--since", "2026-11-08")[1].count("\n") == 1
    assert command("clearances", "--since", "昨天")[0] == 2
    assert "作者" not in command("clearances", "--lang", "en")[1]
    assert "周审（2026-11-21）《=1+1》" in command("clearances", "--format", "text")[1]


def test_without_a_history_the_log_says_why(town: Folder, command: Command) -> None:
    status, said, error = command("clearances")
    assert (status, said) == (2, "") and "不在 git 仓库里" in error


def test_what_was_said_of_the_old_content_stands_under_no_other(town: Folder, command: Command) -> None:
    record = ("--reviewer", "周审", "--approver", "郑批", "--basis", "条例第十七条", "--yes")
    command("clear", ID, *record)
    command("clear", ID, "--reviewer", "吴审", "--yes")
    path = town.notices / FILE
    assert "郑批" in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("届时", "到时"), "utf-8")
    command("clear", ID, "--reviewer", "吴审", "--yes")
    text = path.read_text("utf-8")
    assert "吴审" in text and "郑批" not in text and "条例第十七条" not in text


# When it changed


def said_of(command: Command) -> str:
    _, said, _ = command("check", "--format", "json")
    (problem,) = (p for p in json.loads(said)["problems"] if p["code"] == "clearance-changed")
    return str(problem["message"])


def test_check_says_when_it_changed_as_far_as_git_knows(
    town: Folder, repository: Repository, command: Command
) -> None:
    command("clear", "notices", "--reviewer", "周审", "--yes")
    repository.commit("2026-11-21T09:00:00+0800")
    town.write("2026/town/0002/补贴.xlsx", sheet(101))
    head = "周审 2026-11-21 审查以后，内容变了：附件“补贴.xlsx”"
    assert said_of(command) == f"{head}（改动还没有提交到 git）"
    repository.commit("2026-11-24T00:30:00+0800")
    name = repository.git("rev-parse", "HEAD")[:8]
    assert said_of(command) == f"{head}（最近一次改动：2026-11-24，某经办人，提交 {name}）"
    repository.git("commit", "--quiet", "--allow-empty", "--message", "别的")
    assert said_of(command) == f"{head}（最近一次改动：2026-11-24，某经办人，提交 {name}）"


def test_without_git_check_says_what_changed_all_the_same(town: Folder, command: Command) -> None:
    command("clear", "notices", "--reviewer", "周审", "--yes")
    town.write("2026/town/0002/补贴.xlsx", sheet(101))
    assert said_of(command).endswith("（不知道什么时候改的）")
