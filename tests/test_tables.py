"""Tables as CSV, JSON and workbook: the same rows in each, whatever somebody wrote in a cell."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from noticeboard.views.encode import harmless, plain
from noticeboard.views.tables import (
    CELL_LENGTH,
    Column,
    Table,
    _cut,
    display_width,
    table_csv,
    table_json,
    table_xlsx,
    workbook_texts,
)

DAY = date(2026, 11, 21)
COLUMNS = (
    Column("title", "标题", 40),
    Column("bytes", "大小", 10, "number"),
    Column("formed_on", "生成日期", 12, "day"),
    Column("url", "网址", 30, "link"),
)
ROWS = (
    (
        "东街“停水”通知 <一> & 二",
        4,
        "2026-11-21",
        "https://board.example/town/notices/2026/town/0012/?a=1&b#c",
    ),
    ("两行\n第二行", None, None, None),
    ("0012", 0, "长期", "notices/2026/town/0013/"),
    ("113708280043326001", 999_999_999_999_999, "1899-12-31", "javascript:alert(1)"),
    ("=cmd|' /C calc'!A0", 113708280043326001, "2026-02-30", "https://board.example/" + "页" * 3000),
    ("+1", -5, "1900-03-01", "internal:Sheet1!A1"),
    ("<r>不是 XML & 不转义</r>", 10**15, "9999-12-31", "https://board.example/a b"),
    ("{=1+1}", 1, "0001-01-01", "mailto:a@board.example"),
    ("https://board.example/", 1, "2026-1-1", "file:///etc/passwd"),
    ("_x0041_ 😀 𬎆", 1, "20261121", 'https://board.example/"'),
)
TABLE = Table("登记册", COLUMNS, ROWS)


def workbook(*tables: Table, title: str = "登记册") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(table_xlsx(tables, title, DAY)))


def as_written(value: object) -> object:
    """What a reader sees in a cell: a real date as the day it shows, an empty cell as nothing."""
    return value.date().isoformat() if isinstance(value, datetime) else value


def sheet_rows(table: Table) -> list[list[object]]:
    """The rows of a workbook; a row of the table whose cells are all empty is one here, too."""
    (sheet,) = workbook(table)
    found = [[as_written(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert found[0] == [column.heading for column in table.columns]
    return found[1:]


def json_rows(table: Table) -> list[list[object]]:
    return [list(row.values()) for row in json.loads(table_json(table, {}))["rows"]]


def shown(value: object) -> object:
    """A value of the JSON as a workbook can hold it: numbers of more than 15 digits are texts."""
    return str(value) if isinstance(value, int) and abs(value) >= 10**15 else value


def test_the_json_has_its_head_the_headings_and_the_rows() -> None:
    document = json.loads(table_json(TABLE, {"as_of": "2026-11-21", "board": "试点镇公开栏"}))
    assert list(document) == ["as_of", "board", "columns", "rows"]
    assert document["columns"][0] == {"key": "title", "heading": "标题"}
    assert document["rows"][0] == dict(zip(("title", "bytes", "formed_on", "url"), ROWS[0], strict=True))
    data = table_json(TABLE, {})
    assert "东街".encode() in data and data.endswith(b"}\n") and b"\r" not in data


def test_the_csv_opens_in_office_programs() -> None:
    data = table_csv(TABLE)
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["标题", "大小", "生成日期", "网址"]
    assert rows[2] == ["两行\n第二行", "", "", ""]
    assert [row[0] for row in rows[5:7]] == ["'=cmd|' /C calc'!A0", "'+1"]
    assert rows[6][1] == "-5"  # a number is one


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t1", "\r1", "\n=1", "＝1", "＋1", "－1", "＠a"])
def test_no_text_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "永三府发〔2026〕12号", "——", "'"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_the_workbook_holds_the_rows_of_the_json() -> None:
    assert sheet_rows(TABLE) == [[shown(value) for value in row] for row in json_rows(TABLE)]


def test_days_are_dates_numbers_are_numbers_and_texts_are_texts() -> None:
    (sheet,) = workbook(TABLE)
    kinds = {cell.value: (cell.data_type, cell.number_format) for row in sheet.iter_rows() for cell in row}
    assert kinds[datetime(2026, 11, 21)] == ("d", "yyyy-mm-dd")  # noqa: DTZ001
    assert kinds["2026-02-30"][0] == kinds["1899-12-31"][0] == kinds["长期"][0] == "s"
    assert kinds[4] == ("n", "0") and kinds["113708280043326001"][0] == "s"
    assert kinds["0012"][0] == kinds["=cmd|' /C calc'!A0"][0] == kinds["{=1+1}"][0] == "s"
    assert not any(kind == "f" for kind, _ in kinds.values())
    assert all(sheet[place].quotePrefix for place in ("A4", "A5", "A6", "A7"))
    assert not sheet["A2"].quotePrefix


def test_only_web_addresses_in_a_column_of_links_are_links() -> None:
    (sheet,) = workbook(TABLE)
    links = {cell.coordinate: cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert list(links) == ["D2"]
    assert f"{links['D2'].target}#{links['D2'].location}" == ROWS[0][3]


def test_the_sheet_is_made_for_reading_and_for_printing() -> None:
    (sheet,) = workbook(TABLE, title="三棠镇 & 登记册")
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("登记册", "A2", "A1:D11")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [cell.font.b for cell in sheet[1]] == [True] * 4 and not sheet["A2"].font.b
    assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {"宋体"}
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == ("三棠镇 && 登记册", "2026-11-21")


def test_chinese_takes_two_places_and_a_column_no_more_than_its_width() -> None:
    assert [display_width(text) for text in ("", "abc", "中文", "〔2026〕", "“”…")] == [0, 3, 4, 8, 6]
    columns = (Column("a", "文号", 40), Column("b", "题", 40), Column("c", "题", 20))
    (sheet,) = workbook(Table("表", columns, (("永三府发〔2026〕12号", "a", "中" * 100),)))
    widths = [round(sheet.column_dimensions[letter].width) for letter in "ABC"]
    assert widths[0] in range(21, 25) and widths[1] in range(6, 9) and widths[2] in range(20, 23)


def test_the_same_table_on_the_same_day_is_the_same_bytes() -> None:
    data = table_xlsx([TABLE], "登记册", DAY)
    assert data == table_xlsx([TABLE], "登记册", DAY)
    assert data != table_xlsx([TABLE], "登记册", date(2026, 11, 22))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {part.date_time[:3] for part in archive.infolist()} == {(1980, 1, 1)}
        # Compressed bytes would differ from one machine's zlib to the next.
        assert {(part.compress_type, part.create_system) for part in archive.infolist()} == {(0, 3)}
        assert b"2026-11-21T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_workbook_has_a_sheet_for_each_table() -> None:
    names = ("登记册", "登记册", "", "一/二:三[四]?*\\", "'单引号'", "很" * 40, "很" * 40, "History")
    book = workbook(*(Table(name, COLUMNS, ()) for name in names))
    assert book.sheetnames[:5] == ["登记册", "登记册 2", "Sheet", "一 二 三 四", "单引号"]
    assert len({name.casefold() for name in book.sheetnames}) == len(names)
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_nothing_at_all_is_a_workbook_too() -> None:
    assert len(workbook().sheetnames) == 1
    assert sheet_rows(Table("空", COLUMNS, ())) == []
    assert list(csv.reader(io.StringIO(table_csv(Table("空", (), ())).decode("utf-8-sig")))) in ([], [[]])


def test_a_long_cell_is_whole_up_to_the_limit_of_the_program() -> None:
    longest, over, emoji = "长" * CELL_LENGTH, "长" * CELL_LENGTH + "多", "😀" * 20_000
    table = Table("长", (Column("a", "文", 40),), ((longest,), (over,), (emoji,)))
    (first,), (second,), (third,) = sheet_rows(table)
    assert first == longest
    assert second == "长" * (CELL_LENGTH - 1) + "…"
    assert third == "😀" * ((CELL_LENGTH - 1) // 2) + "…"
    assert json_rows(table) == [[longest], [over], [emoji]]


def test_the_texts_of_a_workbook_are_told() -> None:
    texts = "\n".join(workbook_texts(table_xlsx([TABLE], "登记册", DAY)))
    assert "东街“停水”通知 &lt;一&gt; &amp; 二" in texts and "xl/workbook.xml" in texts


NASTY = st.sampled_from(
    (
        *("=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "{=1}", "0012", "1e5", "1/2", "TRUE", "'a", "#N/A"),
        *("113708280043326001", "370828200201010003", "\r\n", "a\rb", "\n", " 首尾 ", "\t", "\x00\x1f\x7f"),
        *(
            "\ufffe\uffff",
            "\ufeff",
            "\u2028",
            "😀👨‍👩‍👧",
            "<r>&</r>",
            "<r></r>",
            "</t>",
            "_x000D_",
            "]]>",
            "https://a.example/",
        ),
        *(
            "mailto:a@b.example",
            "internal:A1",
            "external:x",
            "file://x",
            "2026-11-21",
            "1900-01-01",
            "长" * 40_000,
        ),
    )
)
# openpyxl takes `x005F_`, part of Excel's own way of escaping, for that escape wherever it stands.
ANY_TEXT = st.text(max_size=40).filter(lambda text: "x005F_" not in text)
CELLS = st.one_of(st.none(), st.integers(), NASTY, ANY_TEXT, st.builds(str.__add__, NASTY, ANY_TEXT))


def held(value: object) -> object:
    """What a workbook holds of a value of the JSON."""
    value = shown(value)
    return _cut(value) if isinstance(value, str) else value


def in_csv(value: object) -> str:
    return harmless(value) if isinstance(value, str) else "" if value is None else str(value)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=3), ANY_TEXT)
@settings(max_examples=60)
def test_whatever_is_written_the_forms_agree_and_open(rows: list[tuple], title: str) -> None:
    table = Table(title, COLUMNS, tuple(rows))
    data = table_xlsx([table], title, DAY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
            assert b"<f>" not in archive.read(name)
    expected = json_rows(table)
    assert all(value == plain(value) for row in expected for value in row if isinstance(value, str))
    assert sheet_rows(table) == [[held(value) for value in row] for row in expected]
    text = table_csv(table).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [list(map(in_csv, row)) for row in expected]
