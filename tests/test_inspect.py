"""What the gate finds in notices and in files becomes problems at their places, and withholds them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from random import Random
from time import process_time

import pytest

from boards import a_board
from builders import TODAY, Folder, having_seen
from identifiers import bank_card, id_number, mobile
from noticeboard.board.load import load_board
from noticeboard.board.problem import Problem
from noticeboard.board.register import Register
from noticeboard.board.status import Status
from noticeboard.gate.fingerprint import KEY_FILE, kept_key
from noticeboard.gate.inspect import Inspector
from noticeboard.messages import messages
from noticeboard.privacy.finding import Kind
from noticeboard.privacy.guard import guarded
from noticeboard.privacy.policy import Policy, Weight
from samples import xlsx_table

KEY = b"a key of the tests"
BY_LAW = Policy()
NOTICE = "2026/town/0001/index.md"
HERE = "notices/2026/town/0001/"
#: The digits of the issue, which are a person's or a contractor's by what stands above them.
AMBIGUOUS = "370828" + "20020101" + "0003"


def an_id_number(serial: int) -> str:
    """One of a region that does not exist."""
    return id_number("379900", "19900307", f"{serial:03d}")


def a_mobile(seed: int) -> str:
    return mobile(Random(seed))


def a_bank_card(seed: int) -> str:
    return bank_card(Random(seed))


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def register(folder: Folder, policy: Policy = BY_LAW, key: bytes = KEY) -> Register:
    inspected = Inspector(policy, lambda: key).inspect(load_board(folder.notices))
    return Register(inspected, TODAY)


def found(folder: Folder, policy: Policy = BY_LAW) -> list[tuple[str, str, int, str]]:
    """Path below the notice, code, line and severity of each problem."""
    problems = register(folder, policy).problems
    return [(p.path.removeprefix(HERE), p.code, p.place.line, p.severity.value) for p in problems]


def codes(folder: Folder, policy: Policy = BY_LAW) -> list[str]:
    return [code for _, code, _, _ in found(folder, policy)]


def a_list(folder: Folder, name: str, data: bytes, **fields: str | None) -> None:
    folder.write(f"2026/town/0001/{name}", data)
    folder.notice(NOTICE, f"名单见[{name}]({name})。", **fields)


def the(problems: tuple[Problem, ...], code: str) -> Problem:
    (problem,) = [problem for problem in problems if problem.code == code]
    return problem


def test_an_id_number_in_the_text_withholds_the_notice_and_names_the_line(board: Folder) -> None:
    board.notice(NOTICE, f"下列人员领取补贴。\n\n张某，{an_id_number(1)}，一百元。")
    assert found(board) == [("index.md", "private-id-number", 13, "error")]
    assert register(board).status("2026/town/0001") is Status.WITHHELD


@pytest.mark.parametrize(
    "written",
    ["**{0}**{1}", "{0}<b>{1}</b>", "{0}<!-- -->{1}", "{0} {1}", "{0}\u200b{1}", "{0}-{1}"],
)
def test_marks_between_the_digits_hide_nothing(board: Folder, written: str) -> None:
    number = an_id_number(2)
    board.notice(NOTICE, "甲。\n\n" + written.format(number[:6], number[6:]))
    assert "private-id-number" in codes(board)


def test_a_link_hides_nothing_behind_percent_signs(board: Folder) -> None:
    coded = "".join(f"%{ord(digit):02X}" for digit in an_id_number(2))
    board.notice(NOTICE, f"甲。\n\n见[名单](https://board.example/{coded})。")
    assert found(board) == [("index.md", "private-id-number", 13, "error")]


@pytest.mark.parametrize("where", ["title", "summary", "late_reason", "contact"])
def test_every_field_is_looked_into(board: Folder, where: str) -> None:
    board.notice(NOTICE, **{where: f"'张某 {an_id_number(3)}'"})
    assert "private-id-number" in codes(board)


def test_a_comment_is_committed_too(board: Folder) -> None:
    board.notice(NOTICE, f"公示。\n\n<!-- 核对过 {an_id_number(4)} -->")
    assert found(board) == [("index.md", "private-id-number", 13, "error")]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("承包方编码", ["private-id-number-doubtful"]), ("身份证号", ["private-id-number"])],
)
def test_what_stands_above_a_number_decides(board: Folder, heading: str, expected: list[str]) -> None:
    a_list(board, "户表.xlsx", xlsx_table([("户主", heading), ("张某", AMBIGUOUS), ("李某", "")]))
    assert codes(board) == expected
    a_list(board, "户表.csv", f"户主,{heading}\r\n张某,{AMBIGUOUS}\r\n".encode("utf-8-sig"))
    (board.notices / "2026/town/0001/户表.xlsx").unlink()
    assert codes(board) == expected
    (board.notices / "2026/town/0001/户表.csv").unlink()
    for body in (
        f"| 户主 | {heading} |\n|---|---|\n| 张某 | {AMBIGUOUS} |",
        f"张某，{heading}：{AMBIGUOUS}。",
        f"<table><tr><th>户主<th>{heading}<tr><td>张某<td>{AMBIGUOUS}</table>",
    ):
        board.notice(NOTICE, body)
        assert codes(board) == expected


def test_the_place_in_a_sheet_is_told_as_the_clerk_sees_it(board: Folder) -> None:
    a_list(board, "名单.xlsx", xlsx_table([("姓名", "身份证号"), ("张某", an_id_number(5))]))
    problem = the(register(board).problems, "private-id-number")
    assert (problem.path, problem.place.line, problem.place.column) == (f"{HERE}名单.xlsx", 2, 2)
    message, hint = messages("zh").problem(problem)
    assert message.startswith("工作表“户表”，B2：有公民身份号码：")
    assert an_id_number(5) not in message + hint


def test_a_column_of_numbers_is_one_problem_with_a_count(board: Folder) -> None:
    rows = [("姓名", "身份证号"), *((f"张{i}", an_id_number(i)) for i in range(1, 41))]
    a_list(board, "名单.xlsx", xlsx_table(rows))
    problem = the(register(board).problems, "private-id-number")
    assert problem.params["count"] == "40"
    assert "共 40 处" in messages("zh").problem(problem)[0]


def test_a_mobile_number_is_public_only_where_it_is_listed(board: Folder) -> None:
    number = a_mobile(1)
    board.notice(NOTICE, f"请与张某联系：{number}。")
    assert codes(board) == ["private-mobile"]
    board.notice(NOTICE, f"请与张某联系：{number}。", contact=f"张某 {number[:3]}-{number[3:7]}-{number[7:]}")
    assert codes(board) == []
    board.notice(NOTICE, f"请与张某联系：{number}。")
    lists = (board.notices / "publishers.yml").read_text("utf-8")
    board.write("publishers.yml", lists + f"contacts:\n  - 张某 {number}\n")
    assert codes(board) == []


def test_the_board_decides_what_it_may_and_no_more(board: Folder) -> None:
    board.notice(NOTICE, f"{a_mobile(2)}，{an_id_number(6)}，{a_bank_card(1)}。")
    lenient = Policy(dict.fromkeys(Kind, Weight.OFF))
    assert codes(board, lenient) == ["private-id-number", "private-bank-card"]
    warned = Policy({Kind.MOBILE: Weight.WARNING})
    assert ("index.md", "private-mobile", 11, "warning") in found(board, warned)


def a_waiver(name: str) -> str:
    return (
        "{reviewer: 甲审, date: 2026-11-02, waivers: [{finding: "
        + name
        + ", reviewer: 乙审, reason: 法院公告依法载明}]}"
    )


def test_a_waiver_holds_until_the_text_around_it_changes(board: Folder) -> None:
    body = f"依照判决，被执行人张某（{an_id_number(7)}）应当履行。"
    board.notice(NOTICE, body)
    name = str(the(register(board).problems, "private-id-number").params["fingerprint"])
    assert re.fullmatch("[0-9a-f]{20}", name)
    board.notice(NOTICE, body, clearance=a_waiver(name))
    assert codes(board) == []
    board.notice(NOTICE, body.replace("张某", "李某"), clearance=a_waiver(name))
    assert sorted(codes(board)) == ["private-id-number", "waiver-unmatched"]
    board.notice(NOTICE, body.replace(an_id_number(7), an_id_number(8)), clearance=a_waiver(name))
    assert sorted(codes(board)) == ["private-id-number", "waiver-unmatched"]
    other = Register(
        Inspector(Policy(), lambda: b"another key").inspect(load_board(board.notices)), TODAY
    ).problems
    assert "private-id-number" in [problem.code for problem in other]


def test_a_waiver_of_a_doubt_is_none_of_a_certainty(board: Folder) -> None:
    board.notice(NOTICE, f"承包方编码：{AMBIGUOUS}。")
    name = str(the(register(board).problems, "private-id-number-doubtful").params["fingerprint"])
    board.notice(NOTICE, f"身份证号：{AMBIGUOUS}。", clearance=a_waiver(name))
    assert "private-id-number" in codes(board)


def test_what_a_withheld_notice_holds_is_let_pass_nowhere_else(board: Folder) -> None:
    board.notice("2026/town/0001.md", f"承包方编码：{AMBIGUOUS}。", confidentiality_cleared="false")
    board.notice("2026/town/0002.md", "没有编码。")
    inspected = Inspector(BY_LAW, lambda: KEY).inspect(load_board(board.notices))
    assert inspected.tolerated["2026/town/0001"] == {AMBIGUOUS}
    assert not inspected.tolerated.get("2026/town/0002")


@pytest.mark.parametrize("text", ["机密★ " * 100_000, "张某 " + "1 " * 150_000])
def test_a_hostile_text_is_left_to_a_person_in_time(board: Folder, text: str) -> None:
    a_list(board, "名单.txt", text.encode())
    before = process_time()
    assert "attachment-unread-too-long" in codes(board)
    assert process_time() - before < 3


def test_a_quotation_never_ends_within_a_number(board: Folder) -> None:
    number = an_id_number(14)
    for pad in range(40, 62):
        board.notice(NOTICE, f"甲。[一](http:{'a' * pad}{number}.pdf) [二]({'b' * pad}{number}.pdf)")
        for problem in register(board).problems:
            said = guarded(" ".join(messages("zh").problem(problem)))
            assert number[:15] not in said, problem.code


def test_what_no_machine_reads_waits_for_a_person(board: Folder) -> None:
    data = b"Rar!\x1a\x07\x01\x00" + b"nothing that anybody knows " * 9
    a_list(board, "旧档.rar", data)
    assert codes(board) == ["attachment-unread-unknown-kind"]
    assert register(board).status("2026/town/0001") is Status.WITHHELD
    a_list(board, "旧档.rar", data, clearance=having_seen(data))
    assert codes(board) == []
    a_list(board, "旧档.rar", data + b"!", clearance=having_seen(data))
    assert codes(board) == ["attachment-unread-unknown-kind"]


def test_a_file_that_lies_about_itself_is_refused_whatever_is_listed(board: Folder) -> None:
    data = xlsx_table([("a", "b")])
    a_list(board, "名单.pdf", data, clearance=having_seen(data))
    assert codes(board) == ["attachment-mislabelled"]


def test_a_file_too_large_to_open_is_never_opened(board: Folder) -> None:
    a_list(board, "大.zip", b"")
    with (board.notices / "2026/town/0001/大.zip").open("wb") as file:
        file.truncate(2 << 30)
    assert codes(board) == ["attachment-too-large"]


def test_a_draft_is_a_draft_unless_it_is_put_to_the_public(board: Folder) -> None:
    board.notice(NOTICE, title="村规民约（征求意见稿）")
    assert found(board) == [("index.md", "marked-draft", 2, "warning")]
    catalogue = (board.notices / "catalogue.yml").read_text("utf-8")
    board.write("catalogue.yml", catalogue.replace("name: 停水停电", "name: 公开征求意见"))
    assert codes(board) == []


def test_a_marking_of_secrecy_stops_everything(board: Folder) -> None:
    board.notice(NOTICE, "秘密★1年\n\n关于某事的通知。")
    assert ("index.md", "marked-secret", 11, "error") in found(board)


def test_a_file_that_no_notice_uses_is_named_for_what_it_holds(board: Folder) -> None:
    board.notice(NOTICE)
    board.write("2026/town/0001/原件.xlsx", xlsx_table([("姓名", "身份证号"), ("张某", an_id_number(9))]))
    assert sorted(codes(board)) == ["attachment-unused", "unused-private"]


def test_the_boards_own_files_are_published_too(board: Folder) -> None:
    board.notice(NOTICE)
    guide = (board.notices / "guide.md").read_text("utf-8")
    board.write("guide.md", f"{guide}\n负责人 {an_id_number(10)}\n")
    assert [p.path for p in register(board).problems if p.code == "private-id-number"] == ["notices/guide.md"]


def test_only_the_notices_asked_for_are_looked_into(board: Folder) -> None:
    board.notice("2026/town/0001.md", f"{an_id_number(11)}")
    board.notice("2026/town/0002.md", f"{an_id_number(12)}")
    inspector = Inspector(Policy(), lambda: KEY)
    some = inspector.inspect(load_board(board.notices), lambda source: source.path.endswith("0002.md"))
    assert [p.path for p in some.problems if p.code == "private-id-number"] == ["notices/2026/town/0002.md"]


def test_a_csv_for_spreadsheets_in_chinese_windows_is_read(board: Folder) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([("姓名", "身份证号码"), ("张某", an_id_number(13))])
    a_list(board, "名单.csv", stream.getvalue().encode("gb18030"))
    assert codes(board) == ["private-id-number"]


def test_the_key_is_made_once_and_a_board_that_cannot_keep_one_is_checked(
    tmp_path: Path,
) -> None:
    key = kept_key(tmp_path)
    assert re.fullmatch(b"[0-9a-f]{64}", key) and kept_key(tmp_path) == key
    (tmp_path / KEY_FILE).unlink()
    (tmp_path / KEY_FILE).mkdir()
    assert re.fullmatch(b"[0-9a-f]{64}", kept_key(tmp_path))
    assert kept_key(tmp_path / "nowhere") != key
