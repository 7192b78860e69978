"""Masking texts: notices, CSV, plain text; the rules of a county; what a clerk is told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import Folder, a_folder
from identifiers import CIRCLED, FULL_WIDTH, bank_card, id_number, old_id_number
from noticeboard.masking.look import Hit, Look
from noticeboard.masking.mask import Masked, Refused, mask
from noticeboard.masking.rules import Rules, partial_name
from noticeboard.privacy.finding import Kind
from noticeboard.privacy.policy import Policy, Weight
from noticeboard.privacy.scan import Known
from test_config import options, wrong_with

ID = id_number("379900", "19870615", "012")
OTHER = id_number("379900", "19871224", "345")
CARD = bank_card(Random(4))
MOBILE = "138" + "2468" + "1357"
LOOK = Look(Rules("不公开"))


def masked(name: str, text: str, look: Look = LOOK, encoding: str = "utf-8") -> str:
    """A text after masking, where masking it again changes nothing."""
    done = mask(name, text.encode(encoding), look)
    assert not hits(done.left), done.left
    assert mask(name, done.data, look).data == done.data
    return done.data.decode(encoding)


def hits(seen: object) -> list[Hit]:
    return [hit for _, found in seen for hit in found]  # type: ignore[attr-defined]


def left(done: Masked) -> list[tuple[str, bool]]:
    return [(hit.kind, hit.doubtful) for hit in hits(done.left)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"张某 {ID}。", f"张某 {ID[:6]}********{ID[-4:]}。"),
        (f"身份证号：{ID[:6]} {ID[6:14]} {ID[14:]}", f"身份证号：{ID[:6]} ******** {ID[14:]}"),
        (f"身份证号：{ID[:6]}\u200b{ID[6:]}", f"身份证号：{ID[:6]}********{ID[-4:]}"),
        (f"残疾人证号：{ID}32", f"残疾人证号：{ID[:6]}********{ID[-4:]}32"),
        (f"身份证号：{old_id_number()}", f"身份证号：{old_id_number()[:6]}******{old_id_number()[-3:]}"),
        (f"身份证号：{ID[:6]}{ID[6:14]}****", f"身份证号：{ID[:6]}************"),
        (f"电话{MOBILE}", "电话138****1357"),
        (f"电话 {MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}", "电话 138-****-1357"),
        (f"卡号 {CARD}", f"卡号 {'*' * 15}{CARD[-4:]}"),
        ("2026年拨付 123456.78 元", "2026年拨付 123456.78 元"),
        ("咨询 0000-5550001、12345", "咨询 0000-5550001、12345"),
    ],
)
def test_the_published_form(text: str, shown: str) -> None:
    assert masked("说明.txt", text) == shown


@pytest.mark.parametrize("form", [FULL_WIDTH, CIRCLED])
def test_numbers_in_other_digits_are_masked_too(form: dict[int, str]) -> None:
    shown = masked("说明.txt", f"身份证号：{ID.translate(form)}")
    assert ID[6:14].translate(form) not in shown and ID[:6].translate(form) in shown


def test_a_number_across_two_lines_keeps_its_line_break() -> None:
    text = f"身份证号：{ID[:10]}\r\n{ID[10:]}\r\n完\r\n"
    assert masked("说明.txt", text) == f"身份证号：{ID[:6]}****\r\n****{ID[-4:]}\r\n完\r\n"


CHOICES = [
    ({}, f"{ID[:6]}********{ID[-4:]}", "138****1357", "张小三"),
    ({"id-number": "all"}, "*" * 18, "138****1357", "张小三"),
    ({"mobile": "all"}, f"{ID[:6]}********{ID[-4:]}", "*" * 11, "张小三"),
    ({"names": "partial"}, f"{ID[:6]}********{ID[-4:]}", "138****1357", "张*三"),
    ({"names": "full", "id-number": "middle"}, f"{ID[:6]}********{ID[-4:]}", "138****1357", "张小三"),
]


@pytest.mark.parametrize(("chosen", "number", "phone", "name"), CHOICES)
def test_a_county_chooses(chosen: dict[str, str], number: str, phone: str, name: str) -> None:
    text = f"姓名,身份证号,电话\n张小三,{ID},{MOBILE}\n"
    shown = masked("名单.csv", text, Look(Rules("不公开", chosen)))
    assert shown == f"姓名,身份证号,电话\n{name},{number},{phone}\n"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳小三", "欧**三"),
        ("张\u3000三", "张\u3000*"),
        ("阿卜杜拉·买买提", "阿******提"),
    ],
)
def test_a_name_in_part(name: str, shown: str) -> None:
    assert partial_name(name) == shown


def test_only_names_under_the_heading_of_names_are_masked_in_part() -> None:
    text = "户主姓名,配偶姓名,村组\n张小三、李四,王\u3000五,桐树湾\n东河村股份经济合作社,无,合计\n合计,,\n"
    shown = masked("名单.csv", text, Look(Rules("不公开", {"names": "partial"})))
    assert (
        shown == "户主姓名,配偶姓名,村组\n张*三、李*,王\u3000*,桐树湾\n东河村股份经济合作社,无,合计\n合计,,\n"
    )


def test_what_is_sensitive_is_not_published() -> None:
    text = "姓名,残疾等级,致贫原因,金额\n张小三,二级,因病,100\n李四,,无,100\n"
    assert masked("名单.csv", text) == "姓名,残疾等级,致贫原因,金额\n张小三,不公开,不公开,100\n李四,,无,100\n"
    assert masked("说明.txt", "村民张小三因病致贫，特此公示。") == "村民张小三***，特此公示。"


def test_the_names_of_children_are_not_published_even_in_part() -> None:
    text = "户主,儿童姓名\n张小三,张小四\n"
    for look in (LOOK, Look(Rules("不公开", {"names": "partial"}))):
        assert masked("名单.csv", text, look).endswith(",不公开\n")


def test_what_the_board_makes_public_stays() -> None:
    known = Look(Rules("不公开"), Known(frozenset({MOBILE})))
    assert masked("说明.txt", f"经办人电话 {MOBILE}", known) == f"经办人电话 {MOBILE}"


def test_what_the_board_lets_pass_stays() -> None:
    lenient = Look(Rules("不公开"), policy=Policy({Kind.MOBILE: Weight.OFF}))
    assert masked("说明.txt", f"电话 {MOBILE}，{ID}", lenient).startswith(f"电话 {MOBILE}，{ID[:6]}*")


def test_what_is_doubtful_stays_and_is_asked_about() -> None:
    text = f"承包方代表,承包方编码,身份证号\n张小三,{ID},{ID}\n"
    done = mask("名单.csv", text.encode(), LOOK)
    assert done.data.decode() == f"承包方代表,承包方编码,身份证号\n张小三,{ID},{ID[:6]}********{ID[-4:]}\n"
    assert left(done) == [("id-number", True)]


def test_markings_are_no_matter_for_a_mask() -> None:
    with pytest.raises(Refused, match="secret"):
        mask("说明.txt", f"机密★长期\n{ID}".encode(), LOOK)
    done = mask("说明.txt", f"内部资料\n{ID}".encode(), LOOK)
    assert left(done) == [("internal", False)] and ID.encode() not in done.data


@pytest.mark.parametrize("name", ["名单.xls", "名单.pdf", "名单", "名单.zip", "照片.jpg"])
def test_other_kinds_are_refused(name: str) -> None:
    with pytest.raises(Refused, match="kind"):
        mask(name, b"1", LOOK)


def test_a_text_that_could_not_be_written_again_is_refused() -> None:
    with pytest.raises(Refused, match="encoding"):
        mask("说明.txt", ("正文" * 60 + ID).encode() + b"\xff" + "正文".encode() * 60, LOOK)


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_keeps_everything_else_byte_for_byte(encoding: str, delimiter: str, end: str) -> None:
    rows = [
        ["姓名", "身份证号", "备注"],
        ['"张小三"', f'"{ID}"', '"他说：""好""，\r\n' + f'电话""{MOBILE}"""'],
        ["李四", OTHER, f'"{delimiter}"'],
        ["", f"' {ID}", '""'],
        ["王五", "无", ""],
    ]
    text = end.join(delimiter.join(row) for row in rows) + end
    shown = text
    for number in (ID, OTHER):
        shown = shown.replace(number, f"{number[:6]}********{number[-4:]}")
    shown = shown.replace(MOBILE, "138****1357")
    data = mask("名单.csv", text.encode(encoding), LOOK).data
    assert data == shown.encode(encoding)


def test_a_cell_with_quotation_marks_that_is_not_published_stays_one_cell() -> None:
    text = '姓名,病种\n张小三,"""尿毒症"""\n李四,"糖尿病, ""二型"""\n'
    shown = masked("名单.csv", text)
    assert list(csv.reader(io.StringIO(shown)))[1:] == [["张小三", "不公开"], ["李四", "不公开"]]


CELLS = st.one_of(
    st.sampled_from(["", "桐树湾村", "无", "100", '"引"', "a,b", "行\n行", " ", "；", "-"]),
    st.text('甲乙丙丁abc,;"\n 　', max_size=6),
)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(CELLS, st.integers(0, 10**6), CELLS), min_size=1, max_size=8),
    st.sampled_from(ENCODINGS),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_any_table_loses_its_numbers_and_nothing_else(
    rows: list[tuple[str, int, str]], encoding: str, quoting: int
) -> None:
    def number(seed: int) -> str:
        return id_number("379900", f"19{seed % 90 + 10}0{seed % 9 + 1}1{seed % 9}", f"{seed % 1000:03}")

    table = [["村组", "身份证号", "备注"], *([one, number(seed), other] for one, seed, other in rows)]
    expected = [list(row) for row in table]
    for row in expected[1:]:
        row[1] = f"{row[1][:6]}********{row[1][-4:]}"
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    data = mask("名单.csv", stream.getvalue().encode(encoding), LOOK).data
    assert list(csv.reader(io.StringIO(data.decode(encoding), newline=""))) == expected


NOTICE = f"""\
---
title: 张小三 {ID}
summary: "{MOBILE}"
period: {CARD}
note: {{卡号: {CARD}, 清单: [{MOBILE}, '{ID}']}}
clearance: {{reviewer: 甲审, date: 2026-11-02, digest: v1}}
---
村民{ID}，电话 {MOBILE}。<!-- 核对 {OTHER} -->

| 姓名 | 身份证号 | 残疾等级 |
| --- | --- | --- |
| 张小三 | {ID} | 二级 |
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_notice_keeps_its_form(end: str, mark: bytes) -> None:
    done = mask("0001.md", mark + NOTICE.replace("\n", end).encode(), LOOK)
    number, card = f"{ID[:6]}********{ID[-4:]}", f"{'*' * 15}{CARD[-4:]}"
    shown = (
        NOTICE.replace(f"'{ID}'", f"'{number}'")
        .replace(ID, number)
        .replace(OTHER, f"{OTHER[:6]}********{OTHER[-4:]}")
        .replace(MOBILE, "138****1357")
        .replace(f" {CARD}", f" '{card}'")
        .replace("二级", "不公开")
    )
    assert done.data == mark + shown.replace("\n", end).encode()
    assert not hits(done.left)
    front = yaml.safe_load(shown.split("---\n")[1])
    assert front["period"] == card and front["note"]["清单"] == ["138****1357", number]


def test_what_only_the_page_shows_is_left_to_people() -> None:
    done = mask("0001.md", f"---\ntitle: 一\n---\n{ID[:8]}**{ID[8:12]}**{ID[12:]}\n".encode(), LOOK)
    assert left(done) == [("id-number", False)]


# The command


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_folder(tmp_path)


def a_list(board: Folder, rows: int = 1, name: str = "名单.csv") -> Path:
    text = "姓名,身份证号,电话\n" + f"张小三,{ID},{MOBILE}\n" * rows
    return board.write(f"2026/town/0001/{name}", text)


def test_a_copy_is_written_beside_the_original(board: Folder) -> None:
    file = a_list(board, 4)
    before = file.read_bytes()
    done = board.run("mask", str(file))
    copy = file.with_name("名单（已遮盖）.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"""\
名单.csv：遮盖了 8 处。
  公民身份号码  4 处
    B2：{ID[:6]}********{ID[-4:]}
    B3：{ID[:6]}********{ID[-4:]}
    B4：{ID[:6]}********{ID[-4:]}
    还有 1 处
  手机号码  4 处
    C2：138****1357
    C3：138****1357
    C4：138****1357
    还有 1 处
副本：{copy}。原件没有动。
接下来：打开副本从头到尾看一遍；原件移出 notices，公示里的附件换成副本；再运行 noticeboard check。
"""
    )
    assert file.read_bytes() == before
    assert ID.encode() not in copy.read_bytes() and MOBILE.encode() not in copy.read_bytes()


def test_a_copy_is_not_overwritten_and_the_original_never(board: Folder) -> None:
    file = a_list(board)
    before = file.read_bytes()
    assert board.run("mask", str(file)).returncode == 0
    again = board.run("mask", str(file))
    assert again.returncode == 2 and "--force" in again.stderr
    assert board.run("mask", str(file), "--force").returncode == 0
    for same in (str(file), str(file.parent / "../0001/名单.csv")):
        done = board.run("mask", str(file), "--force", "--out", same)
        assert done.returncode == 2 and "原件" in done.stderr
    assert file.read_bytes() == before


def test_out_names_another_file_of_the_same_kind(board: Folder) -> None:
    file, out = a_list(board), board.path / "遮好.csv"
    assert board.run("mask", str(file), "--out", str(out)).returncode == 0
    assert out.is_file() and not file.with_name("名单（已遮盖）.csv").exists()
    assert "扩展名" in board.run("mask", str(file), "--out", "遮好.xlsx").stderr
    done = board.run("mask", str(file), "--out", f"{ID}.csv")
    assert done.returncode == 2 and "文件名" in done.stderr and ID not in done.stderr


def test_masking_the_copy_changes_nothing_and_writes_nothing(board: Folder) -> None:
    file, out = a_list(board), board.path / "遮好.csv"
    board.run("mask", str(file), "--out", str(out))
    before = sorted(board.path.rglob("*"))
    done = board.run("mask", str(out))
    assert (done.returncode, done.stdout) == (0, "遮好.csv：没有找到要遮盖的。\n")
    assert sorted(board.path.rglob("*")) == before
    assert board.run("mask", str(out), "--out", "再遮.csv").returncode == 0
    assert (board.path / "再遮.csv").read_bytes() == out.read_bytes()


def test_a_name_that_holds_a_number_is_not_shown_nor_kept(board: Folder) -> None:
    file = a_list(board, name=f"张某{ID}.csv")
    done = board.run("mask", str(file))
    assert done.returncode == 0 and ID not in done.stdout + done.stderr
    assert file.with_name(f"张某{ID[:6]}********{ID[-4:]}（已遮盖）.csv").is_file()


def test_a_name_that_bears_a_marking_may_be_kept(board: Folder) -> None:
    file = a_list(board, name="名单（征求意见稿）.csv")
    assert board.run("mask", str(file)).returncode == 0
    assert file.with_name("名单（征求意见稿）（已遮盖）.csv").is_file()


def test_the_contacts_of_the_board_and_of_the_notice_stay(board: Folder) -> None:
    other = "139" + "1111" + "2222"
    file = board.write("2026/town/0001/名单.csv", f"姓名,电话\n甲,{MOBILE}\n乙,{other}\n")
    board.notice("2026/town/0001/index.md", "见[名单](名单.csv)。", contact=f"'{MOBILE}'")
    assert board.run("mask", str(file)).returncode == 0
    assert MOBILE in file.with_name("名单（已遮盖）.csv").read_text("utf-8")
    assert other not in file.with_name("名单（已遮盖）.csv").read_text("utf-8")
    board.notice("2026/town/0001/index.md", "见[名单](名单.csv)。")
    assert board.run("mask", str(file), "--force").returncode == 0
    assert MOBILE not in file.with_name("名单（已遮盖）.csv").read_text("utf-8")


def test_the_addresses_of_the_offices_stay(board: Folder) -> None:
    file = board.write("2026/town/0001/名单.csv", "姓名,住址\n甲,试点镇东街1号\n乙,试点镇东街2号\n")
    assert board.run("mask", str(file)).returncode == 0
    masked = file.with_name("名单（已遮盖）.csv").read_text("utf-8")
    assert "东街1号" in masked and "东街2号" not in masked


def test_the_rules_of_the_board_and_the_option(tmp_path: Path) -> None:
    for lines, arguments, shown in (
        ("mask: {names: partial, mobile: all}", [], f"张*三,{ID[:6]}********{ID[-4:]},{'*' * 11}"),
        ("mask: {names: full}", ["--names"], f"张*三,{ID[:6]}********{ID[-4:]},138****1357"),
    ):
        home = tmp_path / shown[-3:]
        home.mkdir()
        board = a_folder(home, lines)
        file = a_list(board)
        assert board.run("mask", str(file), *arguments).returncode == 0
        assert shown in file.with_name("名单（已遮盖）.csv").read_text("utf-8")


def test_without_a_board_the_defaults_count_and_that_is_said(tmp_path: Path) -> None:
    board = Folder(tmp_path)
    file = a_list(board)
    done = board.run("mask", str(file))
    assert done.returncode == 0 and "没有 mkdocs.yml" in done.stderr
    assert board.run("mask", str(file), "--config", "没有.yml").returncode == 2


def test_a_notice_must_be_cleared_again(board: Folder) -> None:
    record = "{reviewer: 甲审, date: 2026-11-02, digest: '" + "0" * 64 + "'}"
    file = board.notice("2026/town/0001.md", f"村民{ID}。", clearance=record)
    done = board.run("mask", str(file))
    assert done.returncode == 0
    line = file.read_text("utf-8")[: file.read_text("utf-8").index(ID)].count("\n") + 1
    assert f"第 {line} 行" in done.stdout and "重新审查" in done.stdout and "改成原件的文件名" in done.stdout
    file = board.notice("2026/town/0002.md", f"村民{ID}。")
    assert "重新审查" not in board.run("mask", str(file)).stdout


def test_what_is_left_is_named_and_the_status_is_1(board: Folder) -> None:
    file = board.notice("2026/town/0001.md", f"村民{ID[:8]}**{ID[8:12]}**{ID[12:]}，{OTHER}。")
    done = board.run("mask", str(file))
    assert done.returncode == 1
    assert "下面 1 处遮不了，请您打开副本改好：" in done.stdout and ID not in done.stdout


def test_secrets_are_refused_with_status_1_and_nothing_is_written(board: Folder) -> None:
    file = board.write("2026/town/0001/说明.txt", f"机密★长期\n{ID}\n")
    before = sorted(board.path.rglob("*"))
    done = board.run("mask", str(file))
    assert done.returncode == 1 and "密级标志" in done.stderr and not done.stdout
    assert sorted(board.path.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("名单.xls", ".xlsx"),
        ("名单.doc", ".docx"),
        ("名单.pdf", "重新导出"),
        ("照片.jpg", "实心"),
        ("打包.zip", "解开"),
        ("名单.数据", "另存为"),
    ],
)
def test_another_kind_is_told_what_to_do(board: Folder, name: str, word: str) -> None:
    done = board.run("mask", str(board.write(f"2026/town/0001/{name}", "一")))
    assert done.returncode == 2 and word in done.stderr and ".md、.txt、.csv、.xlsx、.docx" in done.stderr


def test_files_that_are_not_there_or_not_what_they_say(board: Folder) -> None:
    assert board.run("mask", "没有.csv").returncode == 2
    assert board.run("mask", "notices").returncode == 2
    done = board.run("mask", str(board.write("2026/town/0001/名单.xlsx", f"姓名,{ID}")))
    assert done.returncode == 2 and "扩展名" in done.stderr and "Traceback" not in done.stderr


def test_for_other_programs(board: Folder) -> None:
    file = board.write("2026/town/0001/名单.csv", f"承包方编码,身份证号\n{OTHER},{ID}\n")
    done = board.run("mask", str(file), "--format", "json", "--out", "遮好.csv")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "file": str(file),
        "copy": "遮好.csv",
        "masked": [{"kind": "id-number", "where": "B2", "shown": f"{ID[:6]}********{ID[-4:]}"}],
        "left": [],
        "asked": [{"kind": "id-number", "where": "A2", "shown": f"{OTHER[:3]}{'*' * 13}{OTHER[-2:]}"}],
        "unread": [],
        "counts": {"masked": 1, "left": 0, "asked": 1, "unread": 0},
    }


def test_in_english(board: Folder) -> None:
    done = board.run("mask", str(a_list(board)), "--lang", "en")
    assert done.returncode == 0 and "places masked: 2" in done.stdout
    assert (board.notices / "2026/town/0001/名单-masked.csv").is_file()


# The option


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("", {}),
        ("mask:", {}),
        ("mask: {names: partial}", {"names": "partial"}),
        ("mask: {id-number: all, mobile: middle}", {"id-number": "all", "mobile": "middle"}),
    ],
)
def test_the_option_takes(line: str, value: dict[str, str]) -> None:
    config, wrong = options(line)
    assert not wrong and config.mask == value


@pytest.mark.parametrize(
    "value", ["partial", "{names: half}", "{plate: all}", "{names: [full]}", "[names]", "3"]
)
def test_a_wrong_choice_is_told_what_is_allowed(value: str) -> None:
    text = wrong_with(f"mask: {value}")
    assert all(
        word in text for word in ("names: full、partial", "id-number: middle、all", "mobile: middle、all")
    )
