"""What the public reads in an attachment, as the search gets it: all that a reader sees, and nothing else."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest

import samples
from boards import a_board
from builders import Folder, having_seen
from noticeboard.board.load import Board, load_board
from noticeboard.gate import inspect
from noticeboard.gate.inspect import Inspector
from noticeboard.privacy.policy import Policy
from noticeboard.readers.kinds import ENDINGS
from noticeboard.readers.open import open_bytes, open_path
from noticeboard.readers.seen import seen_lines

NOTICE = "2026/town/0001/index.md"
HERE = "2026/town/0001/"
SAID = "藏在此处的字"
#: Of the places in `samples` where a text can stand, those where a reader of the file sees it.
SEEN = {
    "xlsx": {
        "value with a comment in it",
        "inline text with a comment in it",
        "shared text with a comment in it",
        "cell",
        "shared text",
    },
    "docx": {
        "header",
        "footer",
        "footnote",
        "tracked insertion",
        "text box",
        "content control",
        "text in many runs",
    },
    "pptx": {"slide"},
    "ods": {"shown of a date", "shown of a number", "shown of a percentage", "cell"},
    "odt": {"paragraph", "note", "text box"},
    "odp": {"slide"},
    "xls": {"cell"},
    # PDFium takes the last document in the bytes, as its viewers do.
    "pdf": {"page", "invisible text", "PDF in an archive after the end"},
    "": {
        *("UTF-8", "UTF-8 with mark", "UTF-16", "UTF-16 without mark", "GB18030", "JSON", "calendar"),
        *("CSV", "CSV with tabs in UTF-16", "CSV with semicolons", "Markdown", "XML", "SVG"),
        *("HTML", "HTML in GBK", "HTML table", "zip", "zip in zip", "workbook in zip", "gzip", "OFD"),
        *("name of a folder in zip", "name in zip", "name in zip in GBK"),
    },
}
SAMPLES = {
    "xlsx": samples.XLSX,
    "docx": samples.DOCX,
    "pptx": samples.PPTX,
    "ods": samples.ODS,
    "odt": samples.ODT,
    "odp": samples.ODP,
    "xls": samples.XLS,
    "pdf": samples.PDF,
}


def lines(name: str, data: bytes) -> tuple[str, ...]:
    return seen_lines(name, open_bytes(name, data).passages)


def hiding_places() -> Iterator[object]:
    for ending, places in SAMPLES.items():
        for where, (make, _) in places.items():
            yield pytest.param(f"a.{ending}", make, where in SEEN[ending], id=f"{ending}: {where}")
    for where, (name, make, _) in {**samples.IMAGES, **samples.TEXTS}.items():
        yield pytest.param(name, make, where in SEEN[""], id=where)


def test_every_place_of_the_list_is_one_of_the_samples() -> None:
    assert SEEN[""] <= {*samples.IMAGES, *samples.TEXTS}
    assert all(SEEN[ending] <= places.keys() for ending, places in SAMPLES.items())


@pytest.mark.parametrize(("name", "make", "is_seen"), list(hiding_places()))
def test_only_what_a_reader_sees_comes_out(name: str, make: Callable[[str], bytes], is_seen: bool) -> None:
    assert any(SAID in line for line in lines(name, make(SAID))) is is_seen


#: What the good file of each ending says; nothing of what its program writes into it.
GOOD = {
    **dict.fromkeys(("xlsx", "xls"), ("户表", "标题")),
    **dict.fromkeys(("odt", "ofd", "pdf", "txt", "html"), ("甲",)),
    **dict.fromkeys(("png", "jpg", "gif", "webp", "bmp", "tif", "svg", "xml"), ()),
    "docx": ("正文",),
    "pptx": ("页",),
    "ods": ("户表", "甲"),
    "zip": ("a.txt", "1"),
    "gz": (),
    "csv": ("甲", "乙", "1", "2"),
    "md": ("# 甲",),
    "json": ("{}",),
}


@pytest.mark.parametrize("ending", samples.GOOD)
def test_a_good_file_says_what_stands_in_it_and_no_more(ending: str) -> None:
    assert lines(f"a.{ending}", samples.GOOD[ending]()) == GOOD[ending]


@pytest.mark.parametrize("ending", sorted(ENDINGS.keys() - {"html", "htm", "xhtml"}))
def test_an_ending_in_capitals_is_the_same_ending(ending: str) -> None:
    data = samples.GOOD.get(ending, "甲".encode)()
    assert lines(f"A.{ending.upper()}", data) == lines(f"A.{ending}", data)


# Lines

ROWS = [["序号", "户主姓名", "金额"], ["1", "张三", "120"], ["2", "李四", "120"]]
CELLS = tuple(cell for row in ROWS for cell in row)
TABLES: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "xlsx": (lambda: samples.xlsx_table(ROWS), ("户表",)),
    "docx": (lambda: samples.docx_table(ROWS), ("正文",)),
    "pptx": (lambda: samples.pptx_table(ROWS), ()),
    "ods": (lambda: samples.ods(ROWS), ("户表",)),
    "csv": (lambda: "\n".join(",".join(row) for row in ROWS).encode(), ()),
    "txt": (lambda: "\n".join("\t".join(row) for row in ROWS).encode("gb18030"), ()),
    "html": (
        ("<table>" + "".join(f"<tr><td>{'<td>'.join(row)}</tr>" for row in ROWS) + "</table>").encode,
        (),
    ),
}


@pytest.mark.parametrize("ending", TABLES)
def test_each_cell_is_a_line_and_stays_where_it_stands(ending: str) -> None:
    make, before = TABLES[ending]
    assert lines(f"a.{ending}", make()) == (*before, *CELLS)


def test_a_cell_is_one_line_and_white_space_is_one_space() -> None:
    book = samples.xlsx_table([["补贴\n金额　（元）", "  甲\t乙 "]])
    assert lines("a.xlsx", book) == ("户表", "补贴 金额 （元）", "甲 乙")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c"])
def test_no_line_holds_a_break(end: str) -> None:
    assert lines("a.txt", f"甲{end}{end} 乙 {end}".encode()) == ("甲", "乙")
    assert all(len(line.splitlines()) == 1 for line in lines("a.csv", f'甲,"乙{end}丙"\n'.encode()))


def test_paragraphs_are_lines_and_runs_are_not() -> None:
    document = docx.Document()
    document.add_paragraph("三棠镇").add_run("人民政府")
    document.add_paragraph("第一行").add_run().add_break()
    document.paragraphs[1].add_run("第二行")
    assert lines("a.docx", samples.saved(document.save)) == ("三棠镇人民政府", "第一行", "第二行")


def test_a_cell_with_a_format_is_read_as_it_is_displayed_only() -> None:
    book = samples.xlsx_format(12, '"第2026"000"号"')
    assert lines("a.xlsx", book) == ("户表", "标题", "第2026012号")
    assert lines("a.ods", samples.ods_value("date", "2026-01-02", "2026年1月2日")) == ("a", "2026年1月2日")


def test_a_sheet_of_which_nothing_is_seen_has_no_name() -> None:
    data = samples.XLSX["hidden sheet"][0]("甲")
    assert lines("a.xlsx", data) == ("户表", "标题")


def test_a_drawing_is_read_where_its_sheet_is_seen() -> None:
    box = samples.TEXT_BOX.replace("<xdr:sp>", "<xdr:from><xdr:col>31</xdr:col></xdr:from><xdr:sp>")
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="urn:x/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )

    def drawn(book: bytes, number: int) -> bytes:
        book = samples.with_part(book, "xl/drawings/drawing1.xml", box.format("文本框").encode())
        return samples.with_part(book, f"xl/worksheets/_rels/sheet{number}.xml.rels", links.encode())

    assert lines("a.xlsx", drawn(samples.xlsx(), 1)) == ("户表", "标题", "文本框")
    hidden = samples.XLSX["hidden sheet"][0]("甲")
    assert lines("a.xlsx", drawn(hidden, 2)) == ("户表", "标题")


def _word_body(xml: str) -> bytes:
    namespaces = (
        f'{samples.W} xmlns:wp="urn:wp" xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:v="urn:v" '
        f'xmlns:a="{samples.DRAWING}"'
    )
    document = f"<w:document {namespaces}><w:body>{xml}</w:body></w:document>"
    return samples.with_part(samples.word(), "word/document.xml", document.encode())


def test_where_a_seal_is_placed_does_not_stand_in_the_text() -> None:
    seal = (
        "<w:r><w:drawing><wp:anchor><wp:positionH><wp:posOffset>-114300</wp:posOffset></wp:positionH>"
        "<wp:positionV><wp:align>top</wp:align></wp:positionV></wp:anchor></w:drawing></w:r>"
    )
    body = f"<w:p><w:r><w:t>三棠村</w:t></w:r>{seal}<w:r><w:t>村民委员会</w:t></w:r></w:p>"
    assert lines("a.docx", _word_body(body)) == ("三棠村村民委员会",)


def test_what_a_program_keeps_of_a_field_does_not_stand_in_the_text() -> None:
    field = '<w:r><w:fldChar><w:fldData xml:space="preserve">AAAAkA==</w:fldData></w:fldChar></w:r>'
    body = f"<w:p><w:r><w:t>见</w:t></w:r>{field}<w:r><w:t>附表</w:t></w:r></w:p>"
    assert lines("a.docx", _word_body(body)) == ("见附表",)


def test_a_text_box_that_is_kept_for_old_programs_too_is_read_once() -> None:
    inner = "<w:txbxContent><w:p><w:r><w:t>公开监督电话</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{inner}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    twice = "<w:p><w:r><w:t>特此公示</w:t></w:r></w:p>" * 2
    assert lines("a.docx", _word_body(f"<w:p>{box}</w:p>{twice}")) == ("公开监督电话", "特此公示", "特此公示")


def test_of_a_chart_the_title_is_read_and_not_what_it_is_made_of() -> None:
    title = f'<a:p xmlns:a="{samples.DRAWING}"><a:r><a:t>历年收支</a:t></a:r></a:p>'
    chart = samples.CHART.format("120").replace("<c:strCache>", f"<c:title>{title}</c:title><c:strCache>")
    document = samples.with_part(samples.word(), "word/charts/chart1.xml", chart.encode())
    assert lines("a.docx", document) == ("正文", "历年收支")
    # Nothing tells whether the sheet or the slide that it stands on is hidden.
    for ending, make in (("xlsx", samples.xlsx), ("pptx", samples.GOOD["pptx"])):
        data = samples.with_part(make(), "x/charts/chart1.xml", chart.encode())
        assert "历年收支" not in lines(f"a.{ending}", data)


def test_what_an_ofd_page_draws_is_no_text() -> None:
    page = (
        '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:TextCode>甲</ofd:TextCode>'
        "<ofd:PathObject><ofd:AbbreviatedData>M 0 0 L 9 9</ofd:AbbreviatedData></ofd:PathObject></ofd:Page>"
    )
    data = samples.with_part(samples.ofd("乙"), "Doc_0/Pages/Page_0/Content.xml", page.encode())
    assert lines("a.ofd", data) == ("甲",)


# Pages


def _written(*rows: str) -> bytes:
    def write(canvas: samples.Canvas) -> None:
        for number, row in enumerate(rows):
            canvas.drawString(40, 780 - 20 * number, row)

    return samples.pdf(write)


def test_a_paragraph_that_runs_over_lines_of_a_page_is_one_line() -> None:
    full = "三棠镇人民政府关于做好城乡居民基本养老保险缴费工作的通知如下请各村"
    rows = (full, "认真组织" + full[4:], "按期缴费。", "二〇二六年一月")
    assert lines("a.pdf", _written(*rows)) == ("".join(rows[:3]), rows[3])


@pytest.mark.parametrize(
    "rows",
    [
        ("张三 120元", "李四 130元", "王五 140元"),
        (
            "三棠镇二〇二六年耕地地力保护补贴发放情况公示完毕。",
            "石桥铺村二〇二六年耕地地力保护补贴发放情况公示",
        ),
        (
            "三棠镇二〇二六年耕地地力保护补贴发放情况公示",
            "三棠镇二〇二六年耕地地力保护补贴发放情况公示表第一页到此为止",
        ),
    ],
)
def test_lines_that_end_by_themselves_stay_apart(rows: tuple[str, ...]) -> None:
    assert lines("a.pdf", _written(*rows)) == rows


def test_words_in_latin_letters_keep_their_space() -> None:
    rows = ("The village committee of Santang publishes the accounts of", "its cooperative twice a year")
    assert lines("a.pdf", _written(*rows)) == (" ".join(rows),)


def test_a_word_that_a_hyphen_divides_is_whole() -> None:
    assert lines("a.pdf", _written("The govern-", "ment of a town")) == ("The government of a town",)


def test_what_is_filled_into_a_form_is_read_and_what_it_is_called_is_not() -> None:
    data = samples.pdf(
        lambda canvas: canvas.acroForm.textfield(
            name="inner name", tooltip="help text", value="filled in", x=50, y=50
        )
    )
    assert lines("a.pdf", data) == ("filled in",)


def test_a_drawing_instruction_is_read_on_the_page_only() -> None:
    packed = samples.pdf_stream(zlib.compress(b"q Q"), b"/Filter/FlateDecode")
    assert lines("a.pdf", samples.one_page(packed)) == ()


# The board


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def inspector() -> Inspector:
    return Inspector(Policy(), lambda: b"key")


def read(folder: Folder) -> Board:
    return inspector().inspect(load_board(folder.notices))


def test_the_board_has_the_texts_of_the_attachments_of_its_notices(board: Folder) -> None:
    board.write(HERE + "户表.csv", "姓名,面积\n张某,3\n".encode())
    board.write(HERE + "说明.pdf", samples.pdf_text("补贴标准"))
    board.write(HERE + "另存.csv", "不发布\n".encode())
    board.notice(NOTICE, "见[表](户表.csv)、[说明](说明.pdf)。")
    assert read(board).texts == {
        HERE + "户表.csv": ("姓名", "面积", "张某", "3"),
        HERE + "说明.pdf": ("补贴标准",),
    }
    assert load_board(board.notices).texts == {}


def test_a_file_that_no_machine_reads_has_an_empty_text(board: Folder) -> None:
    photo = samples.picture("JPEG", (90, 90))
    board.write(HERE + "图.jpg", photo)
    board.notice(NOTICE, "见[图](图.jpg)。", clearance=having_seen(photo))
    assert read(board).texts == {HERE + "图.jpg": ()}


def test_notices_that_are_not_read_have_no_texts(board: Folder) -> None:
    board.write(HERE + "表.csv", "甲\n".encode())
    board.notice(NOTICE, "见[表](表.csv)。")
    loaded = load_board(board.notices)
    assert inspector().inspect(loaded, reads=lambda source: False).texts == {}


def test_a_file_is_opened_once_for_findings_and_text(board: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def counting(path: Path) -> object:
        opened.append(path.name)
        return open_path(path)

    monkeypatch.setattr(inspect, "open_path", counting)
    for folder in ("0001", "0002"):
        board.write(f"2026/town/{folder}/表.csv", "甲\n".encode())
        board.notice(f"2026/town/{folder}/index.md", "见[表](表.csv)。", title=f"通知{folder}")
    inspecting = inspector()
    first = inspecting.inspect(load_board(board.notices)).texts
    assert opened == ["表.csv"]
    again = inspecting.inspect(load_board(board.notices)).texts
    assert opened == ["表.csv"]
    kept = {id(text) for texts in (first, again) for text in texts.values()}
    assert len(kept) == 1


def test_a_text_that_no_file_holds_any_more_is_forgotten(board: Folder) -> None:
    inspecting = inspector()
    for text in ("甲", "乙"):
        board.write(HERE + "表.csv", f"{text}\n".encode())
        board.notice(NOTICE, "见[表](表.csv)。")
        inspecting.inspect(load_board(board.notices))
    assert [looked.lines for looked in inspecting._files.values()] == [("乙",)]


def test_a_text_is_not_shown_where_a_board_is(board: Folder) -> None:
    board.write(HERE + "表.csv", f"{SAID}\n".encode())
    board.notice(NOTICE, "见[表](表.csv)。")
    assert SAID not in repr(read(board))


def test_a_long_file_is_not_cut(board: Folder) -> None:
    rows = [f"第{number}户，" + "补贴" * 20 for number in range(9000)]
    board.write(HERE + "长.txt", "\n".join(rows).encode())
    board.notice(NOTICE, "见[表](长.txt)。")
    inspected = read(board)
    assert inspected.texts[HERE + "长.txt"] == tuple(rows)
    assert "attachment-unread-too-long" in {problem.code for problem in inspected.problems}


def test_many_cells_that_say_the_same_are_one_text_in_memory() -> None:
    data = io.BytesIO()
    data.write("东河村\n".encode() * 2000)
    found = lines("a.csv", data.getvalue())
    assert len(found) == 2000
    assert len({id(line) for line in found}) == 1
