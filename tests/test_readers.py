"""What stands in a file comes out of it, wherever it hides, with its heading and its row."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from noticeboard.readers.kinds import ENDINGS, sniff
from noticeboard.readers.limits import MAX_FILE, MAX_VERSIONS
from noticeboard.readers.numbers import date_text, is_date_format, plain, shown
from noticeboard.readers.open import Readers, open_bytes, open_path
from noticeboard.readers.passage import REASONS, Opened, Passage

HIDDEN = "藏在此处的字"
#: The number of the issue, from its parts.
CODE = "370828" + "20020101" + "0003"


def texts(opened: Opened) -> list[str]:
    return [passage.text for passage in opened.passages]


def at(opened: Opened, text: str) -> Passage:
    return next(passage for passage in opened.passages if passage.text == text)


def reasons(opened: Opened) -> set[str]:
    return {mark.reason for mark in opened.unread}


def hiding_places():
    for ending, places in (
        ("xlsx", samples.XLSX),
        ("docx", samples.DOCX),
        ("pptx", samples.PPTX),
        ("ods", samples.ODS),
        ("odt", samples.ODT),
        ("odp", samples.ODP),
        ("xls", samples.XLS),
        ("pdf", samples.PDF),
    ):
        for where, (make, step) in places.items():
            yield pytest.param(f"a.{ending}", make, step, id=f"{ending}: {where}")
    for where, (name, make, step) in {**samples.IMAGES, **samples.TEXTS}.items():
        yield pytest.param(name, make, step, id=where)


@pytest.mark.parametrize(("name", "make", "step"), list(hiding_places()))
def test_a_text_comes_out_of_wherever_it_hides(name, make, step):
    opened = open_bytes(name, make(HIDDEN))
    found = [passage for passage in opened.passages if HIDDEN in passage.text]
    assert found, texts(opened)
    assert not step or any(step in dict(passage.steps) for passage in found), [p.steps for p in found]


@pytest.mark.parametrize("ending", samples.GOOD)
def test_a_good_file_of_each_kind_has_nothing_unread(ending):
    assert open_bytes(f"a.{ending}", samples.GOOD[ending]()).unread == ()


def test_an_empty_file_has_nothing_in_it():
    assert open_bytes("a.pdf", b"") == Opened()


# Headings

HEADINGS = ["序号", "户主姓名", "承包方编码", "面积（亩）"]
ROW = ["1", "张三", CODE, "3.5"]
TABLES = {
    "xlsx": samples.xlsx_table,
    "docx": samples.docx_table,
    "pptx": samples.pptx_table,
    "ods": samples.ods,
    "csv": lambda rows: "\n".join(",".join(row) for row in rows).encode(),
    "md": lambda rows: "\n".join(
        [f"|{'|'.join(rows[0])}|", "|" + "---|" * len(rows[0]), *(f"|{'|'.join(row)}|" for row in rows[1:])]
    ).encode(),
    "txt": lambda rows: "\n".join("\t".join(row) for row in rows).encode("gb18030"),
    "html": lambda rows: (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{x}</td>" for x in row) + "</tr>" for row in rows)
        + "</table>"
    ).encode(),
    "xls": lambda rows: samples.xls(
        lambda sheet: [
            sheet.write(at + 1, column, text)
            for at, row in enumerate(rows)
            for column, text in enumerate(row)
        ]
    ),
}


@pytest.mark.parametrize("ending", TABLES)
def test_a_cell_stands_with_its_heading_and_its_row(ending):
    found = at(open_bytes(f"a.{ending}", TABLES[ending]([HEADINGS, ROW])), CODE)
    assert found.heading == "承包方编码"
    assert found.row == "1 张三 3.5"


def headings(rows, merged=()):
    opened = open_bytes("a.xlsx", samples.xlsx_table(rows, merged))
    return {
        passage.text: passage.heading
        for passage in opened.passages
        if passage.steps[:1] == (("sheet", "户表"),)
    }


def test_titles_above_a_head_are_no_headings():
    found = headings(
        [["永安镇三台村承包方名单"], [], ["单位：三台村", None, "日期：2026年1月"], HEADINGS, ROW], ["A1:D1"]
    )
    assert found[CODE] == "承包方编码"
    assert found["承包方编码"] == ""


def test_a_head_of_two_rows_is_joined():
    rows = [
        ["序号", "户主信息", None, None, "面积"],
        [None, "姓名", "身份证号", "电话", None],
        [1, "张三", "1" * 18, "2", 3],
    ]
    merged = ["A1:A2", "B1:D1", "E1:E2"]
    assert headings(rows, merged)["1" * 18] == "户主信息 身份证号"
    assert headings(rows)["1" * 18].endswith("身份证号")


def test_each_block_has_its_own_head():
    rows = [HEADINGS, ROW, [], ["二组"], ["序号", "姓名", "身份证号", "电话"], ["1", "李四", "9" * 18, "8"]]
    found = headings(rows)
    assert (found[CODE], found["9" * 18]) == ("承包方编码", "身份证号")


def test_in_a_form_the_label_stands_to_the_left():
    found = headings([["姓名", "张三", "性别", "男"], ["身份证号", "1" * 18, "联系电话", "2" * 11]])
    assert (found["1" * 18], found["2" * 11]) == ("身份证号", "联系电话")


def test_a_table_may_lie_on_its_side():
    found = headings([["姓名", "张三", "李四"], ["身份证号", "1" * 18, "2" * 18]])
    assert (found["1" * 18], found["2" * 18]) == ("身份证号", "身份证号")


def test_unknown_words_head_columns_too():
    assert headings([["甲栏", "乙栏"], ["张三", "1" * 18]])["1" * 18] == "乙栏"


@pytest.mark.parametrize("second", ["承包方代表", "某某"])
def test_one_known_word_before_an_unknown_one_heads_what_is_no_label(second):
    assert headings([["承包方编码", second], ["1" * 18, "张三"]])["1" * 18] == "承包方编码"
    assert (
        headings([["承包方编码", second], ["1" * 18, "张三"], ["2" * 18, "李四"]])["2" * 18] == "承包方编码"
    )


WORDS = st.sampled_from(["姓名", "身份证号", "联系电话", "承包方编码", "银行账号", "面积", "备注", "性别"])
VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@settings(max_examples=40)
@given(st.data())
def test_a_table_of_any_cells_comes_out_with_its_headings(data):
    head = data.draw(st.lists(WORDS, min_size=2, max_size=6, unique=True))
    rows = data.draw(
        st.lists(
            st.lists(VALUES.map("0{}".format), min_size=len(head), max_size=len(head)), min_size=1, max_size=8
        )
    )
    book = samples.xlsx_table([head, *([cell.removeprefix("=") for cell in row] for row in rows)])
    opened = open_bytes("a.xlsx", book)
    cells = {passage.place: passage for passage in opened.passages if "cell" in dict(passage.steps)}
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(row, 1):
            passage = next(p for place, p in cells.items() if (place.line, place.column) == (number, column))
            assert (passage.text, passage.heading) == (text, head[column - 1])


# Numbers


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("3.7082820020101E+17", "370828200201010000"),
        (CODE, CODE),
        ("13800001111", "13800001111"),
        ("5.0", "5"),
        ("0.10000000000000001", "0.1"),
        ("1234.5", "1234.5"),
        ("-2.50", "-2.5"),
        ("1E-3", "0.001"),
        ("1E+300", "1E+300"),
        ("不是数", "不是数"),
    ],
)
def test_a_number_keeps_its_digits(stored, shown):
    assert plain(stored) == shown


def test_a_long_number_in_a_cell_keeps_its_digits():
    opened = open_bytes("a.xlsx", samples.xlsx_table([["身份证号", "电话"], [int(CODE), 13800001111]]))
    assert "13800001111" in texts(opened)
    assert any(text.startswith(CODE[:15]) and len(text) == 18 for text in texts(opened))


@pytest.mark.parametrize(
    ("serial", "day"),
    [("46307", "2026-10-12"), ("46307.5", "2026-10-12 12:00:00"), ("0.25", "06:00:00"), ("1", "1900-01-01")],
)
def test_a_day_is_written_as_iso(serial, day):
    assert date_text(serial, since_1904=False) == day


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("yyyy-mm-dd", True),
        ('yyyy"年"m"月"', True),
        ("0.00", False),
        ("General", False),
        ('0"天"', False),
        ("@", False),
    ],
)
def test_a_format_of_days_is_known(code, is_date):
    assert is_date_format(164, code) is is_date


@pytest.mark.parametrize(
    ("value", "code", "written"),
    [
        (CODE[6:].lstrip("0"), f'"{CODE[:6]}"000000000000', CODE),
        (CODE[:6] + CODE[14:], f'000000"{CODE[6:14]}"0000', CODE),
        (CODE[:6] + CODE[14:], rf"000000{''.join(map(chr(92).__add__, CODE[6:14]))}0000", CODE),
        ("-" + CODE[6:], f'0;"{CODE[:6]}"0', CODE),
        ("0", f'0;0;"{CODE}"', CODE),
        (CODE[6:], f'[>9]"{CODE[:6]}"0;0', CODE),
        (CODE[6:], f'[>9]0;[>5]"{CODE[:6]}"0;0', CODE),
        (CODE[6:], f"[${CODE[:6]}-804]0", CODE),
        (CODE[6:], f'"{CODE[:6]}"General', CODE),
        (CODE[6:], f'"{CODE[:6]}"@', CODE),
        (CODE[6:-1] + "X", f'0;0;0;"{CODE[:6]}"@', CODE[:-1] + "X"),
        (CODE, '"1"0', CODE),
        ("12", "0000", "0012"),
        ("12", '0"元"', "12"),
        ("-12", '#,##0_ ;[Red]-#,##0\\ ;"-"??_ ;_ @_ ', "-12"),
        ("张三", "@", "张三"),
    ],
)
def test_a_format_may_show_digits_that_are_not_stored(value, code, written):
    assert written in shown(value, code)
    assert written in texts(open_bytes("a.xlsx", samples.xlsx_format(_number(value), code)))


def _number(value: str) -> object:
    return int(value) if value.lstrip("-").isdigit() and len(value) < 16 else value


def test_a_format_without_digits_of_its_own_shows_one_text():
    assert shown("12", "0000;-0000") == ("0012",)
    assert shown("12", '0"元";-0"元"') == ("12",)


@pytest.mark.parametrize(
    "header", ["&L{}", "&L&14{}", '&C&"宋体,常规"&8{}&R甲', "&K000000{}&K01+000", "&A{}", "{}&P", "&10&B{}"]
)
def test_the_codes_of_a_header_stand_for_themselves(header):
    opened = open_bytes("a.xlsx", samples.xlsx_header(header.format(CODE)))
    assert any(CODE in text.split() for text in texts(opened)), texts(opened)


@pytest.mark.parametrize(
    "formula",
    ['"{}"&"{}"&"{}"', '"{}"&{}&"{}"', 'CONCATENATE("{}","{}","{}")', 'CONCAT({},{},"{}")'],
)
def test_the_pieces_of_a_formula_are_joined(formula):
    written = formula.format(CODE[:6], CODE[6:14], CODE[14:])
    opened = open_bytes("a.xlsx", samples.xlsx_sheet(f'<c r="B1"><f>{written.replace("&", "&amp;")}</f></c>'))
    found = at(opened, CODE)
    assert ("formula", "") in found.steps
    assert (found.place.line, found.place.column) == (1, 2)


# What cannot be read


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.webp", "a.bmp", "a.tif"])
def test_a_picture_is_for_a_person_unless_it_is_tiny(name):
    kind = {"jpg": "JPEG", "tif": "TIFF"}.get(name[2:], name[2:].upper())
    assert reasons(open_bytes(name, samples.picture(kind, (64, 64)))) == {"picture"}
    assert reasons(open_bytes(name, samples.picture(kind, (200, 63)))) == set()


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP"), ("a.tif", "TIFF")]
)
def test_a_position_is_named_as_such(name, kind):
    found = next(p for p in open_bytes(name, samples.with_position(kind)).passages if "gps" in dict(p.steps))
    assert found.text == "N 35 24 18.5 E 116 35 2"


def test_pictures_behind_a_picture_are_not_nested():
    photo = samples.picture("JPEG", (64, 64))
    first, second = open_bytes("a.jpg", photo * 9).unread
    assert (first.reason, first.found, dict(first.steps)) == ("picture", "8", {"after-end": ""})
    assert (second.reason, second.steps) == ("picture", ())


def test_pictures_in_a_document_are_counted_once():
    picture = samples.picture(size=(90, 90))

    def add(document):
        for size in (90, 91, 92):
            document.add_picture(io.BytesIO(samples.picture(size=(size, size))))

    (mark,) = open_bytes("a.docx", samples.word(add)).unread
    assert (mark.reason, mark.found, mark.steps[0][0]) == ("picture", "3", "member")
    assert reasons(open_bytes("a.zip", samples.zipped([("a.png", picture)]))) == {"picture"}


def test_a_page_without_text_is_a_scan_and_one_with_text_has_a_picture():
    from reportlab.lib.utils import ImageReader

    image = ImageReader(io.BytesIO(samples.picture(size=(90, 90))))
    small = ImageReader(io.BytesIO(samples.picture(size=(20, 20))))

    def draw(source, text):
        def page(canvas):
            canvas.drawImage(source, 9, 9)
            canvas.drawString(9, 200, text)

        return page

    (scan,) = open_bytes("a.pdf", samples.pdf(draw(image, ""), draw(image, ""))).unread
    assert (scan.reason, scan.steps, scan.found) == ("scan", (("page", "1"),), "2")
    (mark,) = open_bytes("a.pdf", samples.pdf(lambda canvas: None, draw(image, "字"))).unread
    assert (mark.reason, mark.steps) == ("picture", (("page", "2"),))
    assert open_bytes("a.pdf", samples.pdf(draw(small, "字"))).unread == ()


def test_a_form_field_comes_with_its_name():
    form = samples.pdf(
        lambda canvas: canvas.acroForm.textfield(name="idcard", value="hidden value", x=50, y=50)
    )
    found = at(open_bytes("a.pdf", form), "hidden value")
    assert found.heading == "idcard"
    assert "field" in dict(found.steps)


@pytest.mark.parametrize(
    "action", [b"/JavaScript/JS(app.alert\\(1\\))", b"/Launch/F(a.exe)", b"/J#61vaScript/J#53(1)"]
)
def test_a_program_in_a_pdf_is_a_macro(action):
    data = samples.raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S%s>>>>" % action,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    assert reasons(open_bytes("a.pdf", data)) == {"macro"}


def test_a_file_in_the_list_of_attachments_is_read_once():
    opened = open_bytes("a.pdf", samples.PDF["embedded file"][0](HIDDEN))
    assert texts(opened).count(HIDDEN) == 1


def test_a_pdf_saved_very_often_is_for_a_person():
    (mark,) = open_bytes("a.pdf", samples.saved_again(samples.pdf_text("页"), MAX_VERSIONS + 5)).unread
    assert (mark.reason, mark.found, dict(mark.steps)) == ("too-long", "5", {"earlier-version": ""})


def test_an_object_of_an_unknown_program_is_for_a_person():
    document = samples.with_part(samples.word(), "word/embeddings/oleObject1.bin", b"\x01\x02\x03\x00" * 99)
    assert reasons(open_bytes("a.docx", document)) == {"unknown-kind"}


def test_a_database_of_access_is_no_font():
    document = samples.with_part(
        samples.odt(""), "Object 1", b"\x00\x01\x00\x00Standard Jet DB\x00" + b"\xff" * 99
    )
    assert reasons(open_bytes("a.odt", document)) == {"unknown-kind"}


def test_an_old_document_gives_up_its_writing():
    document = samples.compound({"WordDocument": f"户主 {CODE} 张三".encode("utf-16-le"), "1Table": b"x"})
    opened = open_bytes("a.doc", document)
    assert reasons(opened) == {"unknown-kind"}
    assert any(CODE in text for text in texts(opened))


# The fence


def test_many_threads_may_ask_at_once():
    with Readers() as readers:
        found: list[Opened] = []
        threads = [
            threading.Thread(target=lambda n=n: found.append(readers.read("a.txt", f"第{n}".encode())))
            for n in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(texts(opened)[0] for opened in found) == sorted(f"第{n}" for n in range(12))


def test_a_dead_process_is_replaced():
    with Readers() as readers:
        assert texts(readers.read("a.txt", b"one")) == ["one"]
        readers._worker.kill()
        readers._worker.wait()
        assert texts(readers.read("a.txt", b"two")) == ["two"]


ENDS = """
from noticeboard.readers.open import open_bytes
assert open_bytes("a.txt", b"one").passages[0].text == "one"
"""


def test_the_process_ends_with_its_parent_and_is_not_led_astray_by_the_folder(tmp_path: Path):
    (tmp_path / "lxml.py").write_text("raise SystemExit(9)")
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    done = subprocess.run(
        [sys.executable, "-P", "-c", ENDS], cwd=tmp_path, timeout=30, check=False, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_not_followed(tmp_path: Path):
    (tmp_path / "a.txt").write_text("字", "utf-8")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert texts(open_path(tmp_path / "a.txt")) == ["字"]
    with pytest.raises(OSError, match="link"):
        open_path(tmp_path / "b.txt")


def test_only_a_file_that_cannot_be_read_raises(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        open_path(tmp_path / "none.pdf")
    with pytest.raises(OSError, match=r"regular|directory|denied"):
        open_path(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_no_file(tmp_path: Path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(OSError, match="regular"):
        open_path(tmp_path / "a.txt")


@settings(max_examples=300)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"%PDF-1.4\n",
            samples.OLE,
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"<a>",
            b"GIF89a",
            b"\x09\x08\x10\x00",
            b"\x1f\x8b\x08",
            b"II*\x00",
            b"RIFF1234WEBP",
            b"<html>",
        ]
    ),
    st.sampled_from(sorted(ENDINGS)),
)
def test_no_bytes_under_any_name_raise(data, magic, ending):
    opened = open_bytes(f"a.{ending}", magic + data)
    assert reasons(opened) <= REASONS


def test_the_kind_is_told_by_the_bytes():
    told = {ending: sniff(make()) for ending, make in samples.GOOD.items()}
    same = {"tif": "tiff", "csv": "text", "txt": "text", "md": "text", "json": "text"}
    assert told == {ending: same.get(ending, ending) for ending in samples.GOOD}


def test_a_file_beyond_the_limit_is_not_looked_at():
    assert reasons(open_bytes("a.txt", b"\0" * (MAX_FILE + 1))) == {"too-large"}


@pytest.mark.parametrize(
    ("name", "text"), [("信.eml", "Subject: a\n\nYQ=="), ("页.txt", "Subject: a\nMIME-Version: 1.0\n\nYQ==")]
)
def test_a_mail_in_an_archive_is_left_to_a_person(name: str, text: str) -> None:
    opened = open_bytes("资料.zip", samples.zipped([(name, text.encode())]))
    assert [unread.reason for unread in opened.unread] == ["unknown-kind"]
