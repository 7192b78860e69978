"""Every problem is named: with its place, its code, and words a clerk understands.

The goldens are notices as clerks write them, with what the program answers beside each. After a
wording was changed on purpose: NOTICEBOARD_UPDATE_GOLDENS=1 pytest tests/test_problems.py
"""

from __future__ import annotations

import ast
import os
import re
import string
from functools import reduce
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from boards import a_board
from builders import CATALOGUE, PUBLISHERS, ROOT, Folder, a_notice
from identifiers import bank_card, digits, id_number, mobile, old_id_number
from noticeboard.board import load
from noticeboard.board.problem import Problem, Severity
from noticeboard.gate.inspect import Inspector
from noticeboard.gate.told import PICTURE_CODES, code_of
from noticeboard.messages import messages
from noticeboard.printing import POSTER_CODES
from noticeboard.privacy.finding import Confidence, Finding, Kind
from noticeboard.privacy.policy import Policy, Weight
from noticeboard.readers.passage import FOR_A_PERSON, REFUSED
from samples import (
    encrypted_pdf,
    flat_bomb,
    huge_image_pdf,
    macro_workbook,
    pdf_pages,
    picture,
    with_owner,
    with_position,
    xlsx,
    xlsx_table,
    zipped,
)

GOLDENS = Path(__file__).parent / "goldens" / "problems"
CASES = sorted(file.stem for file in GOLDENS.glob("*.md"))
NOTICE = "2026/town/0001.md"
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def in_words(problem: Problem) -> str:
    message, hint = messages("zh").problem(problem)
    return f"{problem.place.line}:{problem.place.column} [{problem.code}] {message} / {hint}\n"


@pytest.mark.parametrize("case", CASES)
def test_a_notice_gives_exactly_these_problems(board: Folder, case: str) -> None:
    board.write(NOTICE, (GOLDENS / f"{case}.md").read_bytes())
    found = board.register().problems
    assert {problem.path for problem in found} <= {f"notices/{NOTICE}"}
    answer = GOLDENS / f"{case}.txt"
    said = "".join(map(in_words, found))
    assert said.count("\n") == len(found), "each problem is one line"
    if os.environ.get("NOTICEBOARD_UPDATE_GOLDENS"):
        answer.write_text(said, encoding="utf-8", newline="\n")
    assert said == answer.read_text("utf-8")


def test_no_answer_without_its_case() -> None:
    assert {file.stem for file in GOLDENS.glob("*.txt")} == set(CASES)


FINE = a_notice()
BYTES: dict[str, tuple[bytes, list[tuple[str, int]]]] = {
    "utf8": (FINE.encode(), []),
    "byte_order_mark": (FINE.encode("utf-8-sig"), []),
    "windows_line_ends": (FINE.replace("\n", "\r\n").encode(), []),
    "old_mac_line_ends": (FINE.replace("\n", "\r").encode(), []),
    "mixed_line_ends": (FINE.replace("\n", "\r\n", 4).encode(), []),
    "byte_order_mark_and_windows_line_ends": (FINE.replace("\n", "\r\n").encode("utf-8-sig"), []),
    "blank_lines_first": (b"\n\r\n \n" + FINE.encode(), []),
    "no_final_line_end": (FINE.rstrip("\n").encode(), []),
    "gbk": (FINE.encode("gbk"), [("encoding-gbk", 2)]),
    "gb18030_with_a_rare_character": (
        a_notice(title="䶮庄停水通知").encode("gb18030"),
        [("encoding-gbk", 2)],
    ),
    "gbk_only_in_the_body": (
        a_notice("十一月检修管道。", title="Notice", clearance="{reviewer: A, date: 2026-11-02}").encode(
            "gbk"
        ),
        [("encoding-gbk", 11)],
    ),
    "utf16_little_endian": (b"\xff\xfe" + FINE.encode("utf-16-le"), [("encoding-utf16", 1)]),
    "utf16_big_endian": (b"\xfe\xff" + FINE.encode("utf-16-be"), [("encoding-utf16", 1)]),
    "utf16_little_endian_without_mark": (FINE.encode("utf-16-le"), [("encoding-utf16", 1)]),
    "utf16_big_endian_without_mark": (FINE.encode("utf-16-be"), [("encoding-utf16", 1)]),
    "utf32": (FINE.encode("utf-32"), [("encoding-utf16", 1)]),
    "bytes_of_no_encoding": (
        FINE.encode().replace(b"title: ", b"title: \xff\xff"),
        [("encoding-unknown", 2)],
    ),
    "a_word_file_named_md": (b"PK\x03\x04rest", [("encoding-office", 1)]),
    "a_picture_named_md": (b"\x89PNG\r\n\x1a\n\xff\xff", [("encoding-unknown", 1)]),
    "nul_in_the_title": (
        FINE.encode().replace("停水通知".encode(), b"\0" + "停水通知".encode(), 1),
        [("invisible-character", 2)],
    ),
    "nul_in_the_body": (FINE.encode() + b"\0", [("invisible-character", 12)]),
    "form_feed_in_the_body": (FINE.encode() + b"\nend\x0cend\n", [("invisible-character", 13)]),
    "line_separator_in_the_title": (
        a_notice(title="东街\u2028confidentiality_cleared: true", confidentiality_cleared="false").encode(),
        [("invisible-character", 2), ("yaml-colon-in-value", 2)],
    ),
    "second_byte_order_mark": (b"\xef\xbb\xbf\xef\xbb\xbf" + FINE.encode(), [("front-matter-missing", 1)]),
    "empty": (b"", [("file-empty", 1)]),
    "only_a_mark": (b"\xef\xbb\xbf", [("file-empty", 1)]),
    "only_white_space": (b" \r\n\t\n", [("file-empty", 1)]),
    "too_large": (FINE.encode() + b"\n" + b"0" * 2_000_000, [("file-too-large", 1)]),
}


@pytest.mark.parametrize(("data", "expected"), BYTES.values(), ids=BYTES)
def test_bytes_are_read_or_named(board: Folder, data: bytes, expected: list[tuple[str, int]]) -> None:
    board.write(NOTICE, data)
    register = board.register()
    assert [(problem.code, problem.place.line) for problem in register.problems] == expected
    assert list(register.published) == ([] if expected else ["2026/town/0001"])


def test_what_is_read_does_not_depend_on_line_ends_or_mark(board: Folder) -> None:
    text = a_notice("第一段。\n\n| 户主 | 金额 |\n| --- | --- |\n| 甲 | 1 |\n")
    documents = set()
    for data in (text, "\ufeff" + text, text.replace("\n", "\r\n"), text.replace("\n", "\r")):
        board.write(NOTICE, data)
        documents.add(board.register().published["2026/town/0001"].document)
    assert len(documents) == 1
    assert "<table>" in documents.pop().html


Files = dict[str, "str | bytes | dict[str, str | None] | SimpleNamespace"]


def body(text: str, **fields: str) -> str:
    return a_notice(text, **fields)


def link(target: str) -> SimpleNamespace:
    """A symbolic link; {outside} stands for a folder beside the board's."""
    return SimpleNamespace(target=target)


DRAFT = {"confidentiality_cleared": "false", "clearance": None}
FOLDERS: dict[str, tuple[Files, list[tuple[str, str]]]] = {
    "nothing": ({}, []),
    "a_notice_and_its_own_folder": (
        {"2026/a/index.md": body("[名单](名单.xlsx)"), "2026/a/名单.xlsx": b"1", "2026/b/c/d/0001.md": {}},
        [],
    ),
    "files_of_systems_and_office_programs": (
        {"2026/.DS_Store": b"", "2026/a/~$名单.xlsx": b"", "2026/a/Thumbs.db": b"", "2026/.gitkeep": b""},
        [],
    ),
    "names_that_differ_in_case": (
        {"2026/town/a.md": {}, "2026/town/A.md": {}},
        [("2026/town/A.md", "name-case"), ("2026/town/a.md", "name-case")],
    ),
    "folders_that_differ_in_case": (
        {"2026/town/0001.md": {}, "2026/Town/0002.md": {}},
        [("2026/Town", "name-case"), ("2026/town", "name-case")],
    ),
    "attachments_that_differ_in_case": (
        {"2026/a/index.md": body("[一](x.pdf) [二](sub/y.pdf)"), "2026/a/x.pdf": b"", "2026/a/X.pdf": b"",
         "2026/a/sub/y.pdf": b""},
        [("2026/a/X.pdf", "attachment-unused"), ("2026/a/X.pdf", "name-case"), ("2026/a/x.pdf", "name-case")],
    ),
    "names_that_differ_in_composition": (
        {"2026/town/caf\u00e9.md": {}, "2026/town/cafe\u0301.md": {}},
        [("2026/town/cafe\u0301.md", "name-case"), ("2026/town/caf\u00e9.md", "name-case")],
    ),
    "one_id_twice": (
        {"2026/town/0001.md": {}, "2026/town/0001/index.md": {}},
        [("2026/town/0001.md", "id-duplicate"), ("2026/town/0001/index.md", "id-duplicate")],
    ),
    "symbolic_link_out": (
        {"2026/town/0001.md": link("{outside}/secret.md")},
        [("2026/town/0001.md", "symlink-leaves")],
    ),
    "symbolic_link_to_a_folder_outside": (
        {"2026/town": link("{outside}")},
        [("2026/town", "symlink-leaves")],
    ),
    "symbolic_link_out_as_an_attachment": (
        {"2026/a/index.md": body("[名单](名单.xlsx)"), "2026/a/名单.xlsx": link("{outside}/secret.md")},
        [("2026/a/index.md", "link-missing"), ("2026/a/名单.xlsx", "symlink-leaves")],
    ),
    "symbolic_link_out_by_way_of_another": (
        {"2026/a/名单.xlsx": link("step"), "2026/a/step": link("{outside}/secret.md")},
        [("2026/a/step", "symlink-leaves"), ("2026/a/名单.xlsx", "symlink-leaves")],
    ),
    "symbolic_link_within": (
        {"2026/a/index.md": body("[名单](名单.xlsx)"), "2026/a/名单.xlsx": link("../b/名单.xlsx"),
         "2026/b/index.md": body("[名单](名单.xlsx)"), "2026/b/名单.xlsx": b"1"},
        [("2026/a/index.md", "link-missing"), ("2026/a/名单.xlsx", "symlink-inside")],
    ),
    "symbolic_link_to_a_folder_within": (
        {"2026/a/0001.md": {}, "2026/b": link("a")},
        [("2026/b", "symlink-inside")],
    ),
    "symbolic_link_to_nothing": ({"2026/a.md": link("gone.md")}, [("2026/a.md", "symlink-inside")]),
    "symbolic_link_to_itself": ({"2026/a.md": link("a.md")}, [("2026/a.md", "symlink-inside")]),
    "file_where_a_folder_must_be": (
        {"2026/1/index.md": body("[二](2.pdf)"), "2026/1/2.pdf": b"1", "2026/1/2.pdf.md": {}},
        [("2026/1/2.pdf.md", "address-clash"), ("2026/1/index.md", "address-clash")],
    ),
    "notice_where_a_page_must_be": (
        {"2026/1.md": {}, "2026/1/index.html.md": {}},
        [("2026/1.md", "address-clash"), ("2026/1/index.html.md", "address-clash")],
    ),
    "file_that_another_notice_has_erased": (
        {"2026/1/index.md": body("[名册](名册.pdf)", erase_on="2026-11-20"), "2026/1/名册.pdf": b"1",
         "2026/2.md": body("[名册](1/名册.pdf)")},
        [("2026/2.md", "attachment-erased")],
    ),
    "footnote_used_twice": ({"2026/1.md": body("甲[^1]乙[^1]丙[^1.2]\n\n[^1]: 注\n[^1.2]: 注二")}, []),
    "rule_before_a_line_with_a_colon": ({"2026/1.md": body("正文。\n\n---\n附件：1.名单\n\n---\n")}, []),
    "table_in_one_line": (
        {"2026/1.md": body("<table>" + "<tr><td>1</td><td>2</td></tr>" * 200 + "</table>")},
        [],
    ),
    "hidden_files_and_folders": (
        {"2026/.#1.md": b"", "2026/.trash/0001.md": b"", "2026/.md": b"", "2026/..md": b""},
        [],
    ),
    "empty_links": (
        {"2026/1.md": body("[甲]() [乙](#main) [丙](?q=1)")},
        [("2026/1.md", "link-within")] * 3,
    ),
    "name_with_a_hash": ({"2026/a#b.md": {}}, [("2026/a#b.md", "name-unsafe")]),
    "name_with_a_percent": ({"2026/100%.md": {}}, [("2026/100%.md", "name-unsafe")]),
    "name_with_a_backslash": ({"2026/a\\b.md": {}}, [("2026/a\\b.md", "name-unsafe")]),
    "name_with_a_line_end": ({"2026/a\nb.md": {}}, [("2026/a\nb.md", "name-unsafe")]),
    "name_with_a_question_mark": ({"2026/a?.md": {}}, [("2026/a?.md", "name-unsafe")]),
    "name_that_begins_with_a_hyphen": ({"2026/-a.md": {}}, [("2026/-a.md", "name-unsafe")]),
    "folder_that_ends_with_a_full_stop": (
        {"2026/town./0001.md": {}},
        [("2026/town./0001.md", "name-unsafe")],
    ),
    "folder_that_ends_with_a_space": ({"2026/town /0001.md": {}}, [("2026/town /0001.md", "name-unsafe")]),
    "attachment_with_an_unsafe_name": (
        {"2026/a/index.md": body("[名单](<名单:1.xlsx>)"), "2026/a/名单:1.xlsx": b""},
        [("2026/a/名单:1.xlsx", "name-unsafe")],
    ),
    "notice_outside_the_years": (
        {"0001.md": {}, "town/0001.md": {}, "26/0001.md": {}, "2026年/0001.md": {}},
        [("0001.md", "notice-misplaced"), ("2026年/0001.md", "notice-misplaced"),
         ("26/0001.md", "notice-misplaced"), ("town/0001.md", "notice-misplaced")],
    ),
    "hand_written_pages": (
        {"guide.md": "指南。\n", "README.md": "说明。\n"},
        [("guide.md", "guide-not-reviewed")],
    ),
    "index_of_a_year": ({"2026/index.md": {}}, [("2026/index.md", "notice-without-folder")]),
    "text_ending_that_windows_hides": (
        {"2026/0001.md.txt": {}},
        [("2026/0001.md.txt", "notice-wrong-extension")],
    ),
    "ending_in_capitals": (
        {"2026/0001.MD": {}},
        [("2026/0001.MD", "notice-wrong-extension")],
    ),
    "other_ending_of_markdown": (
        {"2026/0001.markdown": {}},
        [("2026/0001.markdown", "notice-wrong-extension")],
    ),
    "notice_saved_as_text": (
        {"2026/0001.txt": {}, "2026/0002.txt": "说明。\n"},
        [("2026/0001.txt", "notice-wrong-extension"), ("2026/0002.txt", "attachment-unused")],
    ),
    "link_to_a_notice": (
        {"2026/a/0001.md": body("[二](../b/0002.md) [三](../c) [四](../c/index.md#x)"), "2026/b/0002.md": {},
         "2026/c/index.md": {}},
        [],
    ),
    "link_missing": ({"2026/a.md": body("[二](b.md)")}, [("2026/a.md", "link-missing")]),
    "link_leaves": ({"2026/a.md": body("[二](../../mkdocs.yml)")}, [("2026/a.md", "link-leaves")]),
    "link_leaves_encoded": ({"2026/a.md": body("[二](%2e%2e/%2e%2e/x.pdf)")}, [("2026/a.md", "link-leaves")]),
    "link_to_the_lists": ({"2026/a.md": body("[二](../publishers.yml)")}, [("2026/a.md", "link-missing")]),
    "link_absolute": ({"2026/a.md": body("[二](/2026/b.md)")}, [("2026/a.md", "link-absolute")]),
    "link_in_other_case": (
        {"2026/a.md": body("[二](B.md) [附件](X.PDF)"), "2026/b.md": {}, "2026/x.pdf": b""},
        [("2026/a.md", "link-case"), ("2026/a.md", "link-case"), ("2026/x.pdf", "attachment-unused")],
    ),
    "link_to_a_draft": (
        {"2026/a.md": body("[二](b.md)"), "2026/b.md": DRAFT},
        [("2026/a.md", "link-not-shown")],
    ),
    "link_to_a_scheduled_notice": (
        {"2026/a.md": body("[二](b.md)"), "2026/b.md": {"effective": "{from: 2026-11-22, days: 3}"}},
        [("2026/a.md", "link-not-shown")],
    ),
    "link_to_a_board_only_notice": (
        {"2026/a.md": body("[二](b.md)"), "2026/b.md": {"channels": "[board]"}},
        [("2026/a.md", "link-not-shown")],
    ),
    "links_along_a_chain_to_a_draft": (
        {"2026/a.md": body("[二](b.md)"), "2026/b.md": body("[三](c.md)"), "2026/c.md": DRAFT},
        [("2026/a.md", "link-not-shown"), ("2026/b.md", "link-not-shown")],
    ),
    "link_to_an_expired_notice": (
        {"2026/a.md": body("[二](b.md)"), "2026/b.md": {"effective": "{from: 2026-11-10, days: 3}"}},
        [],
    ),
    "draft_that_links_to_a_draft": (
        {"2026/a.md": body("[二](b.md)", **DRAFT), "2026/b.md": DRAFT},
        [],
    ),
    "attachment_kinds_that_carry_scripts": (
        {"2026/a/index.md": body("[一](a.html) [二](b.svg) [三](c.exe) [四](d.js) [五](e)"),
         **{f"2026/a/{name}": b"" for name in ("a.html", "b.svg", "c.exe", "d.js", "e")}},
        [*[("2026/a/a.html", "attachment-unused"), ("2026/a/b.svg", "attachment-unused")],
         *[("2026/a/c.exe", "attachment-unused"), ("2026/a/d.js", "attachment-unused")],
         ("2026/a/e", "attachment-unused"), *[("2026/a/index.md", "attachment-kind")] * 5],
    ),
    "picture_that_is_a_document": (
        {"2026/a/index.md": body("![一](a.pdf)"), "2026/a/a.pdf": b""},
        [("2026/a/a.pdf", "attachment-unused"), ("2026/a/index.md", "attachment-kind")],
    ),
    "notice_named_as_an_attachment": (
        {"2026/a/index.md": {"attachments": "[../b.md]"}, "2026/b.md": {}},
        [("2026/a/index.md", "attachment-kind")],
    ),
    "attachments_of_one_name": (
        {"2026/a/index.md": body("[一](x.pdf) [二](old/X.pdf)"), "2026/a/x.pdf": b"",
         "2026/a/old/X.pdf": b""},
        [("2026/a/index.md", "attachment-same-name"), ("2026/a/old/X.pdf", "attachment-unused")],
    ),
    "attachment_linked_and_named": (
        {"2026/a/index.md": body("[一](x.pdf)", attachments="[{path: x.pdf, name: 名单}]"),
         "2026/a/x.pdf": b""},
        [],
    ),
    "attachment_unused": (
        {"2026/a/index.md": {}, "2026/a/原表.xlsx": b""},
        [("2026/a/原表.xlsx", "attachment-unused")],
    ),
    "index_number_written_twice": (
        {"2026/a.md": {"index_number": "A/1"}, "2026/b.md": {"index_number": "A/1"}},
        [("2026/a.md", "index-number-duplicate"), ("2026/b.md", "index-number-duplicate")],
    ),
    "index_number_like_a_derived_one": (
        {"2026/town/0001.md": {}, "2026/town/x.md": {"index_number": "11000000MB00000017/2026-00001"}},
        [("2026/town/0001.md", "index-number-duplicate"), ("2026/town/x.md", "index-number-duplicate")],
    ),
    "index_numbers_derived_from_one_serial": (
        {"2026/town/0001.md": {}, "2026/town/1.md": {}},
        [("2026/town/0001.md", "index-number-duplicate"), ("2026/town/1.md", "index-number-duplicate")],
    ),
    "short_address_twice": (
        {"2026/town/20672.md": {}, "2026/town/80369.md": {}},
        [("2026/town/20672.md", "short-address-duplicate"),
         ("2026/town/80369.md", "short-address-duplicate")],
    ),
    "supersedes_by_path_id_and_index_number": (
        {"2026/a.md": {"supersedes": "[b.md, 2026/c, notices/2026/d.md, A/1]"}, "2026/b.md": {},
         "2026/c.md": {}, "2026/d.md": {}, "2026/e.md": {"index_number": "A/1"}},
        [],
    ),
    "supersedes_unknown": ({"2026/a.md": {"supersedes": "b.md"}}, [("2026/a.md", "supersedes-unknown")]),
    "supersedes_itself": ({"2026/a.md": {"supersedes": "2026/a"}}, [("2026/a.md", "supersedes-itself")]),
    "supersedes_each_other": (
        {"2026/a.md": {"supersedes": "b.md"}, "2026/b.md": {"supersedes": "a.md"}},
        [("2026/a.md", "supersedes-cycle"), ("2026/b.md", "supersedes-cycle")],
    ),
    "supersedes_in_a_ring_of_three": (
        {"2026/a.md": {"supersedes": "b.md"}, "2026/b.md": {"supersedes": "c.md"},
         "2026/c.md": {"supersedes": "a.md"}, "2026/d.md": {"supersedes": "a.md"}},
        [("2026/a.md", "supersedes-cycle"), ("2026/b.md", "supersedes-cycle"),
         ("2026/c.md", "supersedes-cycle"), ("2026/d.md", "supersedes-not-shown")],
    ),
    "supersedes_a_draft": (
        {"2026/a.md": {"supersedes": "b.md"}, "2026/b.md": DRAFT},
        [("2026/a.md", "supersedes-not-shown")],
    ),
    "change_before_it_starts": (
        {"2026/a.md": {"change": "{type: withdrawn, date: 2026-11-05, reason: 没贴就撤了}"},
         "2026/b.md": {"erase_on": "2026-11-05"}},
        [("2026/a.md", "change-before-start"), ("2026/b.md", "change-before-start")],
    ),
    "clearance_in_future": (
        {"2026/a.md": {"clearance": "{reviewer: 甲审, date: 2026-12-02}"}},
        [("2026/a.md", "clearance-after-publication"), ("2026/a.md", "clearance-in-future")],
    ),
    "list_of_addresses": (
        {"addresses.txt": "# 说明\n\n2026/a/\n一/ -> 二/\n/b/\n2026/a/ -> c/\n"},
        [("addresses.txt", "address-line"), ("addresses.txt", "address-doubled")],
    ),
    "no_publishers": ({"publishers.yml": link("gone")}, [("publishers.yml", "board-file-missing"),
                                                         ("publishers.yml", "symlink-inside")]),
    "publishers_are_not_yaml": ({"publishers.yml": "board: {"}, [("publishers.yml", "yaml-syntax")]),
    "publishers_as_gbk": (
        {"publishers.yml": "board: 公开栏".encode("gbk")},
        [("publishers.yml", "encoding-gbk")],
    ),
    "frames_of_a_board_that_is_another_s": (
        {"publishers.yml": PUBLISHERS.replace("board: east}", "board: east, 版位: {A4: 8}}")},
        [("publishers.yml", "frames-elsewhere")],
    ),
    "frames_of_no_size_and_no_number": (
        {"publishers.yml": PUBLISHERS.replace("    fax:", "    frames: {A3: 四, A5: 2, A4: 201}\n    fax:")},
        [("publishers.yml", "key-unknown"), ("publishers.yml", "value-not-a-number"),
         ("publishers.yml", "value-not-a-number")],
    ),
    "catalogue_is_a_word": ({"catalogue.yml": "目录"}, [("catalogue.yml", "file-not-mapping")]),
    "catalogue_is_not_a_list": ({"catalogue.yml": "catalogue: 目录"}, [("catalogue.yml", "value-not-list")]),
    "catalogue_with_bad_codes": (
        {"catalogue.yml": "catalogue:\n- {code: 'A b', name: 甲, regime: 政务, items: [{code: a, name: 甲}, "
                          "{code: a, name: 乙}, {code: c, name: 甲}]}"},
        [("catalogue.yml", "code-format"), ("catalogue.yml", "code-duplicate"),
         ("catalogue.yml", "code-duplicate")],
    ),
    # More of a wrong catalogue stands in test_catalogue.py.
    "catalogue_of_nothing": ({"catalogue.yml": "目录: []"}, [("catalogue.yml", "catalogue-empty")]),
    "catalogue_with_a_word_of_the_addresses": (
        {"catalogue.yml": f"{CATALOGUE}  - {{code: year, name: 年, regime: 政务, "
                          "items: [{code: y, name: 年报}]}"},
        [("catalogue.yml", "code-reserved")],
    ),
    "catalogue_with_a_name_of_its_preset": (
        {"catalogue.yml": "标准目录: 村\n目录: [{代码: a, 名称: 甲, 公开类别: 村务, "
                          "事项: [{代码: b, 名称: 决议实施结果}]}]"},
        [("catalogue.yml", "name-in-preset")],
    ),
    "holidays_of_no_year": (
        {"holidays.yml": "年份: {27: {放假: [2027-01-01]}}"},
        [("holidays.yml", "holiday-year")],
    ),
    # More of the guide stands in test_guide.py.
    "no_guide": ({"guide.md": link("gone")}, [("guide.md", "guide-missing"), ("guide.md", "symlink-inside")]),
    "guide_not_reviewed_for_a_year": (
        {"guide.md": "---\n核对日期: 2025-11-21\n---\n"},
        [("guide.md", "guide-not-reviewed")],
    ),
    "guide_that_links_to_a_notice": (
        {"guide.md": "---\n核对日期: 2026-10-01\n---\n[公示](2026/a.md)", "2026/a.md": {}},
        [("guide.md", "guide-link")],
    ),
    "guide_without_a_fax_number": (
        {"publishers.yml": PUBLISHERS.replace("    fax: 0000-5550009\n", "")},
        [("publishers.yml", "guide-field-missing")],
    ),
}  # fmt: skip


def lay_out(board: Folder, files: Files) -> None:
    outside = board.path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("秘密", encoding="utf-8")
    for path, content in files.items():
        target = board.notices / path
        if isinstance(content, SimpleNamespace):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            try:
                target.symlink_to(content.target.format(outside=outside))
            except OSError:
                pytest.skip("this machine makes no symbolic links")
            continue
        if target.exists() and target.parent != board.notices:  # there the board's own files are replaced
            pytest.skip("this file system takes the two names for one")
        try:
            board.write(path, a_notice(**content) if isinstance(content, dict) else content)
        except OSError:
            pytest.skip("this file system refuses such a name")
        if target.parent.name not in {entry.name for entry in target.parent.parent.iterdir()}:
            pytest.skip("this file system takes the two folders for one")


@pytest.mark.parametrize(("files", "expected"), FOLDERS.values(), ids=FOLDERS)
def test_what_is_wrong_in_a_folder_is_named(
    board: Folder, files: Files, expected: list[tuple[str, str]]
) -> None:
    lay_out(board, files)
    register = board.register()
    found = [(problem.path, problem.code) for problem in register.problems]
    assert sorted(found) == sorted((f"notices/{path}", code) for path, code in expected)
    for problem in register.problems:
        in_words(problem)


ID_NUMBER = id_number("379900", "19870615", "012")  # of a region that does not exist
#: Code → a body with just one thing in it that may not be public, or that a person must look at.
BODIES = {
    "private-account": f"张某的存折账号：{digits(Random(1), 15)}。",
    "private-address": f"张某，家住东河村三组{15}号。",
    "private-bank-card": f"张某，{bank_card(Random(1))}。",
    "private-bank-card-likely": f"张某，社会保障卡号：A{digits(Random(1), 8)}。",
    "private-id-number": f"张某，{ID_NUMBER}。",
    "private-id-number-doubtful": f"张某，承包方编码：{ID_NUMBER}。",
    "private-id-number-likely": f"张某，{old_id_number()}。",
    "private-mobile": f"请与张某联系：{mobile(Random(1))}。",
    "private-online": f"请与张某联系，微信号：zhang_{digits(Random(1), 6)}。",
    "private-permit": f"张某，护照号：E{digits(Random(1), 8)}。",
    "private-plate": f"张某驾驶鲁H{digits(Random(1), 5)}。",
    "private-sensitive": "| 姓名 | 病种 |\n| --- | --- |\n| 张三 | 尿毒症 |",
    "marked-draft": "村规民约（征求意见稿）",
    "marked-internal": "内部资料 注意保存\n\n情况通报。",
    "marked-secret": "秘密★1年\n\n情况通报。",
}
#: Code → an attachment that the program does not read, or not to its end.
ATTACHED = {
    "picture-position": ("图.jpg", with_position("JPEG")),
    "picture-owner": ("图.jpg", with_owner("张某")),
    "attachment-macro": ("户表.xlsx", macro_workbook()),
    "attachment-mislabelled": ("户表.pdf", xlsx()),
    "attachment-too-deep": ("户表.zip", reduce(lambda data, n: zipped([(f"{n}.zip", data)]), range(9), b"")),
    "attachment-too-large": ("户表.zip", flat_bomb(200_000_000)),
    "attachment-unsafe": ("户表.zip", zipped([("../户表.csv", b"1")])),
    "attachment-unread-broken": ("户表.zip", b"PK\x03\x04not a zip"),
    "attachment-unread-encrypted": ("户表.pdf", encrypted_pdf("password")),
    "attachment-unread-picture": ("户表.png", picture(size=(64, 64))),
    "attachment-unread-scan": ("户表.pdf", huge_image_pdf()),
    "attachment-unread-too-long": ("户表.pdf", pdf_pages(1000)),
    "attachment-unread-unknown-kind": ("户表.rar", b"Rar!\x1a\x07\x01\x00" + b"nothing that anybody knows"),
}
INSPECTED: dict[str, tuple[Files, list[tuple[str, str]]]] = {
    **{code: ({"2026/a.md": body(text)}, [("2026/a.md", code)]) for code, text in BODIES.items()},
    **{
        code: (
            {"2026/a/index.md": body(f"[附件]({name})"), f"2026/a/{name}": data},
            [(f"2026/a/{name}", code)],
        )
        for code, (name, data) in ATTACHED.items()
    },
    "unused-private": (
        {"2026/a/index.md": {}, "2026/a/原件.xlsx": xlsx_table([["张某", ID_NUMBER]])},
        [("2026/a/原件.xlsx", "attachment-unused"), ("2026/a/原件.xlsx", "unused-private")],
    ),
    "waiver-unmatched": (
        {
            "2026/a.md": {
                "clearance": "{reviewer: 甲审, date: 2026-11-02, waivers: "
                "[{finding: 0123456789abcdef0123, reviewer: 乙审, reason: 法院公告依法载明}]}"
            }
        },
        [("2026/a.md", "waiver-unmatched")],
    ),
}


@pytest.mark.parametrize(("files", "expected"), INSPECTED.values(), ids=INSPECTED)
def test_what_may_not_be_public_and_what_cannot_be_read_is_named(
    board: Folder, files: Files, expected: list[tuple[str, str]]
) -> None:
    lay_out(board, files)
    inspected = Inspector(Policy(), lambda: b"a key of the tests").inspect(board.board())
    found = [(problem.path, problem.code) for problem in inspected.problems]
    assert found == [(f"notices/{path}", code) for path, code in expected]
    for problem in inspected.problems:
        said = in_words(problem)
        assert said.count("\n") == 1 and "{" not in said
        assert ID_NUMBER not in said


def test_a_pipe_is_not_opened(board: Folder) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on this system")
    (board.notices / "2026").mkdir()
    os.mkfifo(board.notices / "2026" / "a.md")
    assert board.codes() == ["file-special"]


def test_a_file_that_cannot_be_opened_is_named(board: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    board.notice("2026/a.md")

    def refused(self: object, path: str, most: int) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr("noticeboard.board.files.Tree.read", refused)
    assert "file-unreadable" in board.codes()


def test_a_name_that_is_not_unicode_is_named(board: Folder) -> None:
    (board.notices / "2026").mkdir()
    if os.name == "nt":
        pytest.skip("such names cannot exist there")
    Path(os.fsdecode(os.fsencode(board.notices) + b"/2026/\xff\xfe.md")).touch()
    assert board.codes() == ["name-unsafe"]


def test_hostile_text_is_refused_at_once(board: Folder) -> None:
    for number, piece in enumerate(("[", "![", "[a](", "<a ", "<!--", "[^1]")):
        board.notice(f"2026/{number}.md", "正文。\n\n" + piece * 50_000)
    assert set(board.codes()) == {"body-tangled", "comment-not-closed"}


def test_without_a_folder_there_is_one_clear_problem_for_each_missing_thing(tmp_path: Path) -> None:
    codes = [(problem.path, problem.code) for problem in load.load_board(tmp_path / "notices").problems]
    assert codes == [
        (path, "board-file-missing")
        for path in ("notices", "notices/catalogue.yml", "notices/publishers.yml")
    ]


LINES = {
    "quote_not_closed": ("title: 东街停水通知", 'title: "东街停水通知', 2),
    "bracket_not_closed": (
        "effective: {from: 2026-11-10, until: 2026-11-30}",
        "effective: {from: 2026-11-10",
        6,
    ),
    "no_space_after_the_colon": ("category: outage", "category:outage", 3),
    "no_space_after_the_first_colon": ("title: 东街停水通知", "title:东街停水通知", 2),
    "clearance_in_future": ("date: 2026-11-02", "date: 2026-12-02", 8),
    "supersedes_a_draft": ("clearance:", "supersedes: draft.md\nclearance:", 8),
    "supersedes_in_a_ring": ("clearance:", "supersedes: ring.md\nclearance:", 8),
    "index_number_twice": ("clearance:", "index_number: A/1\nclearance:", 8),
}


@pytest.mark.parametrize(("right", "wrong", "line"), LINES.values(), ids=LINES)
def test_a_problem_stands_on_the_line_that_must_be_changed(
    board: Folder, right: str, wrong: str, line: int
) -> None:
    board.notice("2026/town/draft.md", **DRAFT)
    board.notice("2026/town/ring.md", supersedes="0001.md" if "ring" in wrong else None)
    board.notice("2026/town/same.md", index_number="A/1")
    board.write(NOTICE, FINE.replace(right, wrong))
    found = [problem for problem in board.register().problems if problem.path == f"notices/{NOTICE}"]
    assert found
    assert {problem.place.line for problem in found} == {line}


UNUSABLE = {
    "javascript": "[点](javascript:alert(1))",
    "javascript_in_capitals": "[点](JavaScript:alert(1))",
    "javascript_with_a_reference": "[点](javascript&colon;alert(1))",
    "data": "[点](data:text/html,x)",
    "file": "[点](file:///C:/a.docx)",
    "drive": "[点](C:/公示/0002.md)",
    "ftp": "<ftp://x.example/a>",
    "picture_as_data": "![图](data:image/png;base64,AAAA)",
}


@pytest.mark.parametrize("text", UNUSABLE.values(), ids=UNUSABLE)
def test_a_link_that_is_taken_away_is_named(board: Folder, text: str) -> None:
    board.notice(NOTICE, f"第一段。\n\n见{text}。")
    found = {(problem.code, problem.place.line) for problem in board.register().problems}
    codes = ("link-scheme", "picture-elsewhere", "link-absolute")
    assert found in [{(code, 13)} for code in codes]


FINDINGS = [Finding(kind, confidence, 0, 0, "", "") for kind in Kind for confidence in Confidence]


def codes_in_source() -> set[str]:
    """Every code: arguments of the calls that make problems, `code` variables, and what is made of parts."""
    makers = {"Problem", "Fault", "name", "_name", "_name_both", "choice", "choice_of", "_listed"}
    found: set[str] = set()
    package = ROOT / "site_plugins/noticeboard"
    others = (package / "history/dates.py", package / "history/past.py", package / "gate/inspect.py")
    for file in (*sorted((package / "board").glob("*.py")), *others):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            parts: list[ast.AST] = []
            if isinstance(node, ast.Call):
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                parts = list(node.args) if called in makers else []
            elif isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "code" for t in node.targets):
                parts = [node.value]
            elif isinstance(node, ast.For) and "code" in ast.unparse(node.target):
                parts = [node.iter]
            elif isinstance(node, ast.FunctionDef):
                parts = [default for default in node.args.defaults if default]
            strings = {
                constant.value
                for part in parts
                for constant in ast.walk(part)
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
            }
            found |= {text for text in strings if CODE.fullmatch(text)}
    found |= {f"attachment-unread-{reason}" for reason in FOR_A_PERSON}
    found |= {f"attachment-{reason}" for reason in REFUSED}
    found |= set(POSTER_CODES.values())
    return found | set(map(code_of, FINDINGS)) | set(PICTURE_CODES.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_of_the_source_has_wording_and_every_wording_its_code(language: str) -> None:
    assert codes_in_source() == set(messages(language).section("problems"))


def leaves(tree: object, prefix: str = "") -> dict[str, str]:
    if not isinstance(tree, dict):
        return {prefix: str(tree)}
    return {
        key: text for name, part in tree.items() for key, text in leaves(part, f"{prefix}/{name}").items()
    }


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    zh, en = (
        {key: text for key, text in leaves(messages(language).tree).items() if not key.startswith("/click/")}
        for language in ("zh", "en")
    )
    assert set(zh) == set(en)
    different = {key for key in zh if placeholders(zh[key]) != placeholders(en[key])}
    # Chinese names a missing key by its alias first; English has no need to.
    nested = {
        f"/problems/{code}/{text}"
        for code in ("field-missing", "part-missing")
        for text in ("message", "hint")
    }
    assert different <= nested  # Chinese leads with the alias, English with the key


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_wording_has_a_message_and_a_hint_and_nothing_else(language: str) -> None:
    for code, texts in messages(language).section("problems").items():
        assert set(texts) == {"message", "hint"}, code
        assert all(text.strip() for text in texts.values()), code


def test_what_a_hint_tells_to_type_can_be_typed() -> None:
    """A hint that shows a key with a full-width colon teaches the mistake that another code names."""
    for code, texts in messages("zh").section("problems").items():
        assert not re.search(r"(\{alias\}|\btitle|加一行|写 公开渠道)：(?=[…“\[{])", texts["hint"]), code


def codes_of_the_cases() -> set[str]:
    goldens = "".join(file.read_text("utf-8") for file in GOLDENS.glob("*.txt"))
    return {
        *re.findall(r"^\d+:\d+ \[([a-z0-9-]+)\]", goldens, re.MULTILINE),
        *(code for _, expected in BYTES.values() for code, _ in expected),
        *(code for _, expected in (*FOLDERS.values(), *INSPECTED.values()) for _, code in expected),
        *("file-special", "file-unreadable", "link-scheme"),
        # A list of addresses needs a site, dates and old commits a git history: test_addresses.py,
        # test_history.py.
        *("address-arrow", "address-lost", "date-backdated", "date-moved-back", "history-private"),
        "clearance-unbound",  # asks for an option: test_clearance.py
        *POSTER_CODES.values(),  # asks for a press: test_printing.py
    }


def test_every_code_has_a_case_here() -> None:
    assert codes_of_the_cases() == set(messages("zh").section("problems"))


def documented(heading: str) -> dict[str, tuple[str, str]]:
    """The rows of a table of docs/problems.md: code → (severity, what it means)."""
    section = (
        (ROOT / "docs/problems.md").read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    )
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (\S+) \| (.+) \|$", section, re.MULTILINE)
    assert len(rows) == len({code for code, _, _ in rows})
    return {code: (severity, text) for code, severity, text in rows}


def test_every_code_is_documented_with_its_severity_in_one_line() -> None:
    say = messages("zh")
    enforced = {code_of(finding) for finding in FINDINGS if Policy().weight(finding) is Weight.ERROR}
    expected = {
        code: say(f"severities.{Problem(code, '', enforced=code in enforced).severity}")
        for code in say.section("problems")
    }
    rows = documented("公示的问题")
    assert {code: severity for code, (severity, _) in rows.items()} == expected
    assert list(rows) == sorted(rows)
    assert not [code for code, (_, text) in rows.items() if "{" in text.replace("{}", "")]
    assert {severity.value for severity in Severity} == set(say.section("severities"))


def test_every_finding_of_verify_is_documented() -> None:
    assert set(documented("核验发现的问题")) == set(messages("zh").section("verify")) - {"hint"}
