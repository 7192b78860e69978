"""Masking workbooks and documents made by real programs' libraries: what changes, and all that does not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

import docx
import openpyxl
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from identifiers import bank_card, id_number
from noticeboard.masking.look import Hit, Look
from noticeboard.masking.mask import Masked, Refused, mask
from noticeboard.masking.rules import Rules

LOOK = Look(Rules("不公开"))
PARTIAL = Look(Rules("不公开", {"names": "partial"}))
IDS = [id_number("379900", f"198{number}0615", f"01{number}") for number in range(10)]
ID, OTHER, THIRD = IDS[:3]
CARD = bank_card(Random(4))
MOBILE = "138" + "2468" + "1357"
SECRETS = [*IDS, CARD, MOBILE]


def hidden(number: str) -> str:
    return f"{number[:6]}********{number[-4:]}"


def hits(done: Masked) -> list[Hit]:
    return [hit for _, found in done.left for hit in found]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def leaks(data: bytes) -> list[tuple[str, str]]:
    """Numbers that stand anywhere in the unpacked bytes, also split over runs, and in what is not XML."""
    found = []
    for name, content in members(data).items():
        raw = content.decode("utf-8", "replace")
        joined = re.sub(r"<[^>]*>|\s", "", raw)
        found += [(name, secret) for secret in SECRETS if secret in raw or secret in joined]
    return found


def masked(name: str, data: bytes, look: Look = LOOK) -> Masked:
    """A file after masking, where masking it again changes nothing."""
    kept = bytes(data)
    done = mask(name, data, look)
    assert data == kept
    assert mask(name, done.data, look).data == done.data
    return done


def changed(before: bytes, after: bytes) -> set[str]:
    """The members that differ; their names, order and times do not."""
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as other:
        described = [
            [(i.filename, i.date_time, i.compress_type, i.external_attr) for i in z.infolist()]
            for z in (one, other)
        ]
    assert described[0] == described[1]
    old, new = members(before), members(after)
    return {name for name in old if old[name] != new[name]}


# Workbooks


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_workbook() -> openpyxl.Workbook:
    """A list as clerks make them, with everything that must survive."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["2026年补贴花名册"])
    sheet.merge_cells("A1:F1")
    sheet.append(["姓名", "身份证号", "手机号码", "银行卡号", "金额", "承包方编码"])
    sheet.append(["张小三", ID, int(MOBILE), CARD, 1234.5, THIRD])
    sheet.append(["李四", OTHER, MOBILE, CARD, "=E3*2", "无"])
    sheet.append(["合计", None, None, None, "=SUM(E3:E4)", None])
    sheet["B3"].font, sheet["B3"].fill = Font(bold=True, color="FFFF0000"), PatternFill("solid", "FFFFFF00")
    sheet["C3"].alignment, sheet["E3"].number_format = Alignment(horizontal="center"), "#,##0.00"
    sheet["A3"].comment = Comment(f"核对 {IDS[3]}", "甲")
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = "A2:F5"
    sheet.oddHeader.center.text = f"经办 {MOBILE}"
    other = book.create_sheet("底稿")
    other.append(["水渠", "2026-0001"])
    other.append(["电话", MOBILE])
    other.sheet_state = "hidden"
    book.properties.description = f"联系 {MOBILE}"
    return book


def test_a_workbook_loses_its_numbers_and_nothing_else() -> None:
    data = saved(a_workbook())
    done = masked("名单.xlsx", data)
    doubtful = [(hit.kind, hit.doubtful) for hit in hits(done)]
    assert doubtful == [("id-number", True)] and not done.unread
    assert {secret for _, secret in leaks(done.data)} == {THIRD}
    assert (
        changed(data, done.data)
        == {
            *("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"),
            *("xl/comments/comment1.xml", "docProps/core.xml"),
        }
        & members(data).keys()
    )
    before, after = openpyxl.load_workbook(io.BytesIO(data)), openpyxl.load_workbook(io.BytesIO(done.data))
    expected = {
        **{"B3": hidden(ID), "B4": hidden(OTHER), "C3": "138****1357", "C4": "138****1357"},
        **{"D3": f"{'*' * 15}{CARD[-4:]}", "D4": f"{'*' * 15}{CARD[-4:]}"},
    }
    for cell in (cell for row in before["名单"].iter_rows() for cell in row):
        same = after["名单"][cell.coordinate]
        assert same.value == expected.get(cell.coordinate, cell.value), cell.coordinate
        assert same._style == cell._style
    assert list(after["底稿"].values) == [("水渠", "2026-0001"), ("电话", "138****1357")]
    sheet = after["名单"]
    assert sheet["A3"].comment.text == f"核对 {hidden(IDS[3])}"
    assert sheet.oddHeader.center.text == "经办 138****1357"
    assert after.properties.description == "联系 138****1357"
    assert str(sheet.merged_cells.ranges) == str(before["名单"].merged_cells.ranges)
    assert sheet.column_dimensions["D"].hidden and sheet.row_dimensions[4].hidden
    assert (sheet.freeze_panes, sheet.auto_filter.ref, after["底稿"].sheet_state) == ("A3", "A2:F5", "hidden")


def test_names_are_masked_in_part_where_the_county_says_so() -> None:
    done = masked("名单.xlsx", saved(a_workbook()), PARTIAL)
    sheet = openpyxl.load_workbook(io.BytesIO(done.data))["名单"]
    assert [sheet[f"A{row}"].value for row in range(2, 6)] == ["姓名", "张*三", "李*", "合计"]


def written(make: Callable[[xlsxwriter.Workbook], None], **options: Any) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as book:
        make(book)
    return stream.getvalue()


def rows_written(*rows: Any, **options: Any) -> bytes:
    """A workbook with shared strings, or with inline ones."""

    def make(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)

    return written(make, **options)


def test_a_shared_text_is_masked_only_where_it_is_what_its_heading_says() -> None:
    data = rows_written(
        ("姓名", "残疾等级", "评定", "身份证号", "承包方编码"),
        ("张小三", "二级", "二级", ID, ID),
        ("李四", "二级", "一级", OTHER, "无"),
    )
    done = masked("名单.xlsx", data)
    assert changed(data, done.data) == {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}
    rows = list(openpyxl.load_workbook(io.BytesIO(done.data)).active.values)
    assert rows[1:] == [
        ("张小三", "不公开", "二级", hidden(ID), ID),
        ("李四", "不公开", "一级", hidden(OTHER), "无"),
    ]
    strings = members(done.data)["xl/sharedStrings.xml"].decode()
    (unique,) = re.findall(r'uniqueCount="(\d+)"', strings)
    assert int(unique) == strings.count("<si>") == 14
    assert OTHER not in strings


def test_inline_texts_rich_texts_and_results_of_formulas() -> None:
    def make(book: xlsxwriter.Workbook) -> None:
        bold, sheet = book.add_format({"bold": True}), book.add_worksheet("表")
        sheet.write_row(0, 0, ["姓名", "身份证号", "再写", "拼成", "金额"])
        sheet.write(1, 0, "张小三")
        sheet.write_rich_string(1, 1, "证", bold, ID[:9], ID[9:])
        sheet.write_formula(1, 2, "=B2", None, ID)
        sheet.write_formula(1, 3, f'="{ID[:6]}"&"{ID[6:]}"', None, ID)
        sheet.write_formula(1, 4, "=1+1", None, 2)
        sheet.write_formula(2, 2, f'=IF(A2="","{OTHER}","")', None, "")

    for options in ({}, {"constant_memory": True}):
        data = written(make, **options)
        done = masked("名单.xlsx", data)
        assert not hits(done) and not leaks(done.data), options
        book = openpyxl.load_workbook(io.BytesIO(done.data), rich_text=True)
        rich = book.active["B2"].value
        assert str(rich) == f"证{hidden(ID)}"
        if not options:
            assert [str(part) for part in rich] == ["证", f"{ID[:6]}***", f"*****{ID[-4:]}"]
        assert [cell.value for cell in book.active[2][2:]] == ["=B2", f'="{hidden(ID)}"', "=1+1"]
        assert book.active["C3"].value == f'=IF(A2="","{hidden(OTHER)}","")'
        shown = openpyxl.load_workbook(io.BytesIO(done.data), data_only=True).active
        assert [cell.value for cell in shown[2][2:]] == [hidden(ID), hidden(ID), 2]


def test_a_number_in_a_formula_outside_of_its_texts_leaves_a_text() -> None:
    def make(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("表").write_formula(0, 0, f"={MOBILE}+0", None, int(MOBILE))

    done = masked("表.xlsx", written(make))
    assert not hits(done) and not leaks(done.data)
    assert openpyxl.load_workbook(io.BytesIO(done.data)).active["A1"].value == '="138****1357+0"'


def test_a_code_stays_a_number() -> None:
    code = int(MOBILE)
    data = rows_written(("姓名", "身份证号", "承包方编码"), ("张小三", ID, 100), ("李四", "无", code))
    sheet = openpyxl.load_workbook(io.BytesIO(masked("表.xlsx", data).data)).active
    assert sheet["C3"].value == code


def test_a_rare_character_in_an_attribute_is_no_place_in_the_text() -> None:
    document = docx.Document()
    document.add_paragraph("桐" * 0x30)
    document.element.body.set("note", f"家庭住址：\U00010010\U00010011村三组15号，{ID}")
    done = mask("公示.docx", stored(document), LOOK)
    assert docx.Document(io.BytesIO(done.data)).paragraphs[0].text == "桐" * 0x30
    assert {hit.kind for hit in hits(done)} == {"address", "id-number"}


def test_text_boxes_charts_and_pictures_stay_and_what_they_say_is_masked() -> None:
    def make(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("表")
        sheet.write_column(0, 0, ["甲", "乙"])
        sheet.write_column(0, 1, [1, 2])
        chart = book.add_chart({"type": "pie"})
        chart.add_series({"categories": "=表!$A$1:$A$2", "values": "=表!$B$1:$B$2"})
        chart.set_title({"name": f"咨询 {MOBILE}"})
        sheet.insert_chart("D2", chart)
        sheet.insert_textbox("D20", f"身份证号 {ID}")
        sheet.set_footer(f"&L电话 {MOBILE}")

    data = written(make)
    done = masked("表.xlsx", data)
    assert not hits(done) and not leaks(done.data)
    assert changed(data, done.data) == {
        *("xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml", "xl/charts/chart1.xml")
    }


def test_what_the_program_itself_takes_apart_is_left_to_people() -> None:
    book = a_workbook()
    book["名单"].title = f"张某{IDS[5]}"
    book.defined_names["编号"] = DefinedName("编号", attr_text=f'"{IDS[6]}"')
    done = mask("名单.xlsx", saved(book), LOOK)
    places = {
        (dict(passage.steps).keys() & {"defined-name", "attribute"} or {"sheet"}).pop()
        for passage, found in done.left
        if not found[0].doubtful
    }
    assert {"defined-name", "attribute"} <= places
    assert {secret for _, secret in leaks(done.data)} == {IDS[5], IDS[6], THIRD}


LIST = (("姓名", "身份证号", "金额"), ("张小三", ID, 100), ("李四", OTHER, 200))


def test_texts_that_no_cell_shows_any_more_are_masked() -> None:
    strings = members(rows_written(*LIST))["xl/sharedStrings.xml"].decode()
    more = strings.replace("</sst>", f"<si><t>旧 {IDS[7]}</t></si></sst>")
    done = masked("名单.xlsx", with_parts(rows_written(*LIST), {"xl/sharedStrings.xml": more}))
    assert not leaks(done.data) and hidden(IDS[7]) in members(done.data)["xl/sharedStrings.xml"].decode()


def test_how_a_text_is_read_out_would_tell_it_again() -> None:
    strings = members(rows_written(*LIST))["xl/sharedStrings.xml"].decode()
    read_out = strings.replace(f"<t>{ID}</t>", f'<t>{ID}</t><rPh sb="0" eb="18"><t>{ID}</t></rPh>')
    assert read_out != strings
    assert not leaks(
        masked("名单.xlsx", with_parts(rows_written(*LIST), {"xl/sharedStrings.xml": read_out})).data
    )


@pytest.mark.parametrize("inline", [True, False])
def test_cells_without_references_are_found_by_counting(inline: bool) -> None:
    data = rows_written(*LIST, constant_memory=inline)
    sheet = members(data)["xl/worksheets/sheet1.xml"].decode()
    bare = re.sub(r'(<(?:c|row)) r="[A-Z]*\d+"', r"\1", sheet)
    assert bare != sheet
    assert not leaks(masked("名单.xlsx", with_parts(data, {"xl/worksheets/sheet1.xml": bare})).data)


def with_parts(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    """An archive with some members replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in (members(data) | parts).items():
            archive.writestr(member, content)
    return stream.getvalue()


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["张小三", "李四", "王五"]),
            st.sampled_from([*IDS, "无", None]),
            st.one_of(st.none(), st.sampled_from([MOBILE, int(MOBILE), "桐树湾村", 100, 1.5, True])),
            st.one_of(st.none(), st.text("甲乙丙丁abc 　", max_size=5)),
        ),
        min_size=1,
        max_size=12,
    ),
    st.booleans(),
)
def test_any_workbook_loses_its_numbers_and_nothing_else(rows: list[tuple[Any, ...]], inline: bool) -> None:
    table = [("姓名", "身份证号", "联系电话", "备注"), *rows]
    done = masked("名单.xlsx", rows_written(*table, constant_memory=inline))
    assert not hits(done) and not leaks(done.data)

    def shown(value: Any) -> Any:
        return hidden(value) if value in IDS else "138****1357" if str(value) == MOBILE else value or None

    found = openpyxl.load_workbook(io.BytesIO(done.data)).active
    for number, row in enumerate(table, 1):
        for column, value in enumerate(row, 1):
            assert found.cell(number, column).value == (value if value is True else shown(value))


# Documents


_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_DELETED = (
    '<w:r><w:t>删去：</w:t></w:r><w:del w:id="1" w:author="甲">'
    f"<w:r><w:delText>{IDS[4][:9]}</w:delText></w:r><w:r><w:delText>{IDS[4][9:]}</w:delText></w:r></w:del>"
)
_TEXT_BOX_AND_HIDDEN = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>"
    f"<w:r><w:t>{IDS[5][:6]}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>{IDS[5][6:]}</w:t></w:r>"
    "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{IDS[6]}</w:t></w:r>"
)
_FIELD = f'<w:r><w:instrText> HYPERLINK "tel:{MOBILE}" </w:instrText></w:r>'


def a_document() -> Any:
    """A document with numbers in every corner, split as Word splits them."""
    document = docx.Document()
    document.add_heading("关于发放补贴的公示", 1)
    paragraph = document.add_paragraph("张小三，身份证号：")
    for text, bold in ((ID[:5], True), (ID[5:12], False), (ID[12:] + "，电话", True), (MOBILE, None)):
        paragraph.add_run(text).bold = bold
    document.add_paragraph("没有号码的一段。").runs[0].italic = True
    table = document.add_table(3, 4, style="Table Grid")
    for cells, row in zip(
        (row.cells for row in table.rows),
        (
            ("姓名", "身份证号", "残疾等级", "承包方编码"),
            ("张小三", OTHER, "二级", THIRD),
            ("李四", IDS[3], "无", "无"),
        ),
        strict=True,
    ):
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    table.rows[1].cells[1].paragraphs[0].runs[0].font.bold = True
    section = document.sections[0]
    section.header.paragraphs[0].text = f"经办 {MOBILE}"
    section.footer.paragraphs[0].text = "永三府发〔2026〕12号"
    document.core_properties.comments = f"卡号 {CARD}"
    for xml in (_DELETED, _TEXT_BOX_AND_HIDDEN, _FIELD):
        document.element.body.append(parse_xml(f"<w:p {nsdecls('w')} {_VML}>{xml}</w:p>"))
    if hasattr(document, "add_comment"):
        document.add_comment(paragraph.runs[0], text=f"核对 {IDS[7]}", author="甲")
    return document


def stored(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_document_loses_its_numbers_and_nothing_else() -> None:
    data = stored(a_document())
    done = masked("公示.docx", data)
    assert [(hit.kind, hit.doubtful) for hit in hits(done)] == [("id-number", True)] and not done.unread
    assert {secret for _, secret in leaks(done.data)} == {THIRD}
    parts = {"word/document.xml", "word/header1.xml", "word/comments.xml", "docProps/core.xml"}
    assert changed(data, done.data) == parts & members(data).keys()
    before, after = (docx.Document(io.BytesIO(content)) for content in (data, done.data))
    runs = [run for run in after.paragraphs[1].runs if run.text]
    assert [run.text for run in runs] == [
        "张小三，身份证号：",
        ID[:5],
        f"{ID[5]}******",
        f"**{ID[-4:]}，电话",
        "138****1357",
    ]
    assert [run.bold for run in runs] == [None, True, False, True, None]
    assert [[cell.text for cell in row.cells] for row in after.tables[0].rows][1:] == [
        ["张小三", hidden(OTHER), "不公开", THIRD],
        ["李四", hidden(IDS[3]), "无", "无"],
    ]
    assert after.sections[0].header.paragraphs[0].text == "经办 138****1357"
    assert after.sections[0].footer.paragraphs[0].text == "永三府发〔2026〕12号"
    assert after.core_properties.comments == f"卡号 {'*' * 15}{CARD[-4:]}"
    assert shape(before.element) == shape(after.element)
    xml = members(done.data)["word/document.xml"].decode()
    assert f"<w:delText>{IDS[4][:6]}***</w:delText>" in xml and "tel:138****1357" in xml


def shape(root: Any) -> list[tuple[str, dict[str, str]]]:
    """A tree without its texts."""
    return [(element.tag, dict(element.attrib)) for element in root.iter(etree.Element)]


def test_a_document_without_anything_to_mask_stays_byte_for_byte() -> None:
    document = docx.Document()
    document.add_paragraph("索引号 11000000MB00000017/2026-00012，金额 123456.78 元。")
    data = stored(document)
    assert mask("公示.docx", data, LOOK).data == data
    book = openpyxl.Workbook()
    book.active.append(["项目", "金额"])
    data = saved(book)
    assert mask("公示.xlsx", data, LOOK).data == data


@settings(max_examples=25)
@given(st.lists(st.integers(1, 17), max_size=6, unique=True), st.sampled_from(["", "张小三 ", "身份证号："]))
def test_a_number_is_masked_however_it_is_split(cuts: list[int], before: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph(before)
    ends = [0, *sorted(cuts), 18]
    for start, end in pairwise(ends):
        paragraph.add_run(ID[start:end])
    done = masked("公示.docx", stored(document))
    after = docx.Document(io.BytesIO(done.data)).paragraphs[0]
    assert after.text == before + hidden(ID)
    lengths = [end - start for start, end in pairwise(ends)]
    assert [len(run.text) for run in after.runs if run.text][-len(lengths) :] == lengths


def test_a_table_in_a_table_and_cells_of_several_paragraphs() -> None:
    document = docx.Document()
    outer = document.add_table(1, 1)
    inner = outer.rows[0].cells[0].add_table(2, 2)
    for cell, text in zip(
        [c for r in inner.rows for c in r.cells], ("姓名", "病种", "张小三", "尿毒症"), strict=True
    ):
        cell.text = text
    inner.rows[1].cells[1].add_paragraph("糖尿病")
    done = masked("公示.docx", stored(document))
    xml = members(done.data)["word/document.xml"].decode()
    assert "尿毒症" not in xml and "糖尿病" not in xml and "不公开" in xml and "张小三" in xml
    assert not hits(done)


def test_a_picture_is_named_as_what_no_machine_sees() -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(picture, "png")
    document = docx.Document()
    document.add_paragraph(f"身份证号：{ID}")
    picture.seek(0)
    document.add_picture(picture)
    done = masked("公示.docx", stored(document))
    assert [unread.reason for unread in done.unread] == ["picture"]
    assert not leaks(done.data)


def test_a_workbook_in_a_document_is_left_to_people() -> None:
    data = with_parts(stored(a_document()), {"word/embeddings/a.xlsx": saved(a_workbook())})
    done = mask("公示.docx", data, LOOK)
    assert any(dict(passage.steps).get("member") for passage, _ in done.left)


HOSTILE = {
    "an entity": {"word/document.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'},
    "broken XML": {"word/document.xml": b"<a><b></a>"},
    "a program": {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
}


@pytest.mark.parametrize("parts", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused(parts: dict[str, str | bytes]) -> None:
    with pytest.raises(Refused, match="unread"):
        mask("公示.docx", with_parts(stored(docx.Document()), parts), LOOK)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
@pytest.mark.parametrize("name", ["名单.xlsx", "公示.docx"])
def test_what_is_no_document_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Refused):
        mask(name, data, LOOK)
