"""Files of every kind, made at run time: with a text in each place where one can hide, and hostile ones."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable

import docx
import olefile
import openpyxl
import pptx
import pypdf
import xlwt
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image, PngImagePlugin
from pypdf.annotations import Text
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f'xmlns:w="{WORD}"'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PDF_FONT = "STSong-Light"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Saver = Callable[[io.BytesIO], object]


def saved(save: Saver) -> bytes:
    """The bytes that a library's `save` writes."""
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def zipped(
    members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip archive with these members, in this order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def with_part(package: bytes, name: str, data: bytes) -> bytes:
    """A package with one part more, or another in its place."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = [
            (info.filename, archive.read(info)) for info in archive.infolist() if info.filename != name
        ]
    return zipped([*members, (name, data)])


def part(package: bytes, name: str) -> bytes:
    """One part of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


# Workbooks


def xlsx(change: Callable[[openpyxl.Workbook], object] = lambda book: None) -> bytes:
    """A workbook with one sheet 户表 and a cell in it."""
    book = openpyxl.Workbook()
    book.active.title = "户表"
    book.active["A1"] = "标题"
    change(book)
    return saved(book.save)


def xlsx_table(rows: Iterable[Iterable[object]], merged: Iterable[str] = ()) -> bytes:
    """A workbook with these rows."""

    def fill(book: openpyxl.Workbook) -> None:
        book.active.delete_rows(1)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    book.active.cell(number, column, value)
        for area in merged:
            book.active.merge_cells(area)

    return xlsx(fill)


def _hidden_sheet(state: str, text: str) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("底稿")
        sheet["B2"] = text
        sheet.sheet_state = state

    return xlsx(change)


def _hidden_cell(text: str, *, row: bool) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book.active["C3"] = text
        if row:
            book.active.row_dimensions[3].hidden = True
        else:
            book.active.column_dimensions["C"].hidden = True

    return xlsx(change)


def _xlsx_set(apply: Callable[[openpyxl.worksheet.worksheet.Worksheet], object]) -> bytes:
    return xlsx(lambda book: apply(book.active))


def _validated(text: str) -> bytes:
    rule = DataValidation(
        type="list", formula1='"是,否"', promptTitle="说明", prompt=text, showInputMessage=True
    )
    rule.add("A2")
    return _xlsx_set(lambda sheet: sheet.add_data_validation(rule))


def _named(text: str) -> bytes:
    name = openpyxl.workbook.defined_name.DefinedName("名单", attr_text=f'"{text}"')
    return xlsx(lambda book: book.defined_names.add(name))


def _custom_property(text: str) -> bytes:
    entry = openpyxl.packaging.custom.StringProperty(name="编制人", value=text)
    return xlsx(lambda book: book.custom_doc_props.append(entry))


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx_strings(items: str) -> bytes:
    """A workbook whose one cell shows the first of these shared strings."""
    sheet = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    links = part(xlsx(), "xl/_rels/workbook.xml.rels").decode()
    shared = (
        '<Relationship Id="rId99" Type="urn:x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    book = with_part(xlsx(), "xl/sharedStrings.xml", f'<sst xmlns="{SHEET}">{items}</sst>'.encode())
    book = with_part(book, "xl/_rels/workbook.xml.rels", links.replace("</Relationships>", shared).encode())
    return with_part(
        book, "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>'.encode()
    )


def _xlsx_part(name: str, template: str, text: str) -> bytes:
    return with_part(xlsx(), name, template.format(text).encode())


THREADED = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="B5"><text>{}</text></threadedComment></ThreadedComments>'
)
TEXT_BOX = (
    f'<xdr:wsDr xmlns:xdr="urn:x" xmlns:a="{DRAWING}"><xdr:sp><xdr:txBody>'
    "<a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
)
CHART = (
    '<c:chartSpace xmlns:c="urn:c"><c:strCache><c:pt idx="0"><c:v>{}</c:v></c:pt></c:strCache></c:chartSpace>'
)
PIVOT = '<pivotCacheRecords xmlns="urn:x"><r><s v="{}"/></r></pivotCacheRecords>'
EXTERNAL = (
    '<externalLink xmlns="urn:x"><externalBook><sheetDataSet><row r="1"><cell r="A1">'
    "<v>{}</v></cell></row></sheetDataSet></externalBook></externalLink>"
)
ITEM = "<r><f>{}</f></r>"


def xlsx_sheet(cells: str, after: str = "") -> bytes:
    """A workbook whose one sheet has one row of these cells, and elements behind the rows."""
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData><row r="1">{cells}</row></sheetData>{after}</worksheet>'
    return with_part(xlsx(), "xl/worksheets/sheet1.xml", sheet.encode())


def xlsx_header(text: str) -> bytes:
    """A workbook with this header, codes included."""
    return xlsx_sheet("", f"<headerFooter><oddHeader>{text.replace('&', '&amp;')}</oddHeader></headerFooter>")


def xlsx_format(value: object, code: str) -> bytes:
    """A workbook with one cell in this number format."""

    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["C3"] = value
        sheet["C3"].number_format = code

    return _xlsx_set(change)


def _split(text: str) -> str:
    return f"{text[:2]}<!-- {text[0]} -->{text[2:4]}<?a b?>{text[4:]}"


#: Where a text hides in a workbook: how to put it there, and a step that leads to it.
XLSX: dict[str, tuple[Callable[[str], bytes], str]] = {
    "value with a comment in it": (
        lambda text: xlsx_sheet(f'<!--x--><c r="A1" t="str"><v>{_split(text)}</v></c>'),
        "cell",
    ),
    "inline text with a comment in it": (
        lambda text: xlsx_sheet(f'<c t="inlineStr"><is><!--x--><t>{_split(text)}</t></is></c>'),
        "cell",
    ),
    "shared text with a comment in it": (
        lambda text: xlsx_strings(f"<si><r><t>{_split(text)}</t></r></si>"),
        "cell",
    ),
    "comment in a cell": (
        lambda text: xlsx_sheet(f'<c r="A1" t="str"><v>1<!--{text}--></v></c>'),
        "comment",
    ),
    "comment between shared texts": (
        lambda text: xlsx_strings(f"<!--{text}--><si><t>1</t></si>"),
        "comment",
    ),
    "font of a header": (lambda text: xlsx_header(f'&C&"{text},Bold"甲'), "header"),
    "cell": (lambda text: _xlsx_set(lambda sheet: sheet.cell(5, 4, text)), "cell"),
    "hidden sheet": (lambda text: _hidden_sheet("hidden", text), "hidden-sheet"),
    "very hidden sheet": (lambda text: _hidden_sheet("veryHidden", text), "hidden-sheet"),
    "hidden row": (lambda text: _hidden_cell(text, row=True), "hidden-row"),
    "hidden column": (lambda text: _hidden_cell(text, row=False), "hidden-column"),
    "name of a sheet": (lambda text: xlsx(lambda book: book.create_sheet(text)), "attribute"),
    "comment": (
        lambda text: _xlsx_set(lambda sheet: setattr(sheet["B5"], "comment", Comment(text, "甲"))),
        "comment",
    ),
    "author of a comment": (
        lambda text: _xlsx_set(lambda sheet: setattr(sheet["B5"], "comment", Comment("好", text))),
        "comment",
    ),
    "threaded comment": (lambda text: _xlsx_part("xl/threadedComments/tc1.xml", THREADED, text), "comment"),
    "defined name": (_named, "defined-name"),
    "header": (lambda text: _xlsx_set(lambda sheet: setattr(sheet.oddHeader.center, "text", text)), "sheet"),
    "footer": (lambda text: _xlsx_set(lambda sheet: setattr(sheet.evenFooter.left, "text", text)), "sheet"),
    "data validation": (_validated, "attribute"),
    "formula": (lambda text: _xlsx_set(lambda sheet: sheet.cell(2, 2, f'=IF(TRUE,"{text}","")')), "formula"),
    "property": (lambda text: xlsx(lambda book: setattr(book.properties, "creator", text)), "property"),
    "property of one's own": (_custom_property, "property"),
    "shared text": (
        lambda text: xlsx_strings(f"<si><r><t>{text[:2]}</t></r><r><rPr/><t>{text[2:]}</t></r></si>"),
        "cell",
    ),
    "reading of a shared text": (
        lambda text: xlsx_strings(f"<si><t>一</t><rPh><t>{text}</t></rPh></si>"),
        "phonetic",
    ),
    "text that no cell shows": (
        lambda text: xlsx_strings(f"<si><t>一</t></si><si><t>{text}</t></si>"),
        "unused-text",
    ),
    "text box": (lambda text: _xlsx_part("xl/drawings/drawing1.xml", TEXT_BOX, text), "drawing"),
    "chart": (lambda text: _xlsx_part("xl/charts/chart1.xml", CHART, text), "chart"),
    "pivot table": (lambda text: _xlsx_part("xl/pivotCache/pivotCacheRecords1.xml", PIVOT, text), "pivot"),
    "external link": (
        lambda text: _xlsx_part("xl/externalLinks/externalLink1.xml", EXTERNAL, text),
        "external",
    ),
    "custom XML": (lambda text: _xlsx_part("customXml/item1.xml", ITEM, text), "custom-xml"),
    "a part of no known kind": (lambda text: _xlsx_part("xl/whatever/strange.xml", ITEM, text), "part"),
    "XML comment": (lambda text: _xlsx_part("xl/whatever/strange.xml", "<r><!--{}--></r>", text), "comment"),
    "a file in no known folder": (lambda text: _xlsx_part("attic/note.txt", "{}", text), "member"),
}


# Documents


def word(change: Callable[[docx.document.Document], object] = lambda document: None) -> bytes:
    """A document with one paragraph."""
    document = docx.Document()
    document.add_paragraph("正文")
    change(document)
    return saved(document.save)


def docx_table(rows: Iterable[Iterable[str]]) -> bytes:
    """A document with a table."""
    cells = [list(row) for row in rows]

    def change(document: docx.document.Document) -> None:
        table = document.add_table(len(cells), max(map(len, cells)))
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text

    return word(change)


def _word_xml(xml: str) -> bytes:
    """A document with a paragraph of this content."""
    return word(lambda document: document.element.body.insert(0, parse_xml(f"<w:p {W}>{xml}</w:p>")))


def _in_section(name: str, text: str) -> bytes:
    return word(lambda document: setattr(getattr(document.sections[0], name).paragraphs[0], "text", text))


def _word_part(name: str, xml: str) -> bytes:
    return with_part(word(), name, xml.encode())


def _word_comment(text: str) -> bytes:
    def change(document: docx.document.Document) -> None:
        document.add_comment(document.paragraphs[0].runs[0], text, "甲")

    return word(change)


VML_BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
NOTES = f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:footnote></w:footnotes>"

DOCX: dict[str, tuple[Callable[[str], bytes], str]] = {
    "header": (lambda text: _in_section("header", text), "header"),
    "footer": (lambda text: _in_section("footer", text), "footer"),
    "footnote": (lambda text: _word_part("word/footnotes.xml", NOTES.format(text)), "footnote"),
    "comment": (_word_comment, "comment"),
    "tracked insertion": (
        lambda text: _word_xml(f'<w:ins w:id="1"><w:r><w:t>{text}</w:t></w:r></w:ins>'),
        "",
    ),
    "tracked deletion": (
        lambda text: _word_xml(f'<w:del w:id="1"><w:r><w:delText>{text}</w:delText></w:r></w:del>'),
        "deleted",
    ),
    "text moved away": (
        lambda text: _word_xml(f'<w:moveFrom w:id="1"><w:r><w:t>{text}</w:t></w:r></w:moveFrom>'),
        "deleted",
    ),
    "text box": (lambda text: _word_xml(VML_BOX.format(text)), "text-box"),
    "hidden text": (
        lambda text: _word_xml(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{text}</w:t></w:r>"),
        "hidden-text",
    ),
    "field code": (
        lambda text: _word_xml(f"<w:r><w:instrText> QUOTE {text} </w:instrText></w:r>"),
        "field-code",
    ),
    "simple field": (lambda text: _word_xml(f'<w:fldSimple w:instr="QUOTE {text}"/>'), "attribute"),
    "placeholder": (
        lambda text: _word_xml(f'<w:sdt><w:sdtPr><w:alias w:val="{text}"/></w:sdtPr><w:sdtContent/></w:sdt>'),
        "attribute",
    ),
    "content control": (
        lambda text: _word_xml(f"<w:sdt><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"),
        "",
    ),
    "text in many runs": (
        lambda text: _word_xml("".join(f"<w:r><w:t>{sign}</w:t></w:r>" for sign in text)),
        "",
    ),
    "property": (
        lambda text: word(lambda document: setattr(document.core_properties, "subject", text)),
        "property",
    ),
    "embedded page": (lambda text: _word_part("word/afchunk.htm", f"<html><p>{text}</p></html>"), "member"),
    "embedded workbook": (
        lambda text: with_part(word(), "word/embeddings/sheet1.xlsx", xlsx_table([[text]])),
        "member",
    ),
    "embedded object": (
        lambda text: with_part(
            word(), "word/embeddings/oleObject1.bin", b"\x01\x02\0\0" + text.encode("utf-16-le")
        ),
        "member",
    ),
    "building block": (
        lambda text: _word_part("word/glossary/document.xml", f"<w:p {W}><w:r><w:t>{text}</w:t></w:r></w:p>"),
        "part",
    ),
    "link": (
        lambda text: word(
            lambda document: document.part.relate_to(f"mailto:{text}", "urn:hyperlink", is_external=True)
        ),
        "link",
    ),
}


def slides(change: Callable[[pptx.presentation.Presentation], object]) -> bytes:
    """A presentation with one blank slide."""
    presentation = pptx.Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[6])
    change(presentation)
    return saved(presentation.save)


def _slide_text(text: str) -> bytes:
    return slides(
        lambda shown: setattr(shown.slides[0].shapes.add_textbox(0, 0, 9, 9).text_frame, "text", text)
    )


def _slide_notes(text: str) -> bytes:
    return slides(lambda shown: setattr(shown.slides[0].notes_slide.notes_text_frame, "text", text))


def _slide_master(text: str) -> bytes:
    return slides(lambda shown: setattr(shown.slide_master.placeholders[0].text_frame, "text", text))


def _hidden_slide(text: str) -> bytes:
    def change(shown: pptx.presentation.Presentation) -> None:
        shown.slides[0].shapes.add_textbox(0, 0, 9, 9).text_frame.text = text
        shown.slides[0]._element.set("show", "0")

    return slides(change)


def pptx_table(rows: list[list[str]]) -> bytes:
    """A presentation with a table."""

    def change(shown: pptx.presentation.Presentation) -> None:
        table = shown.slides[0].shapes.add_table(len(rows), len(rows[0]), 0, 0, 99, 99).table
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text

    return slides(change)


PPTX: dict[str, tuple[Callable[[str], bytes], str]] = {
    "slide": (_slide_text, "slide"),
    "notes": (_slide_notes, "note"),
    "master": (_slide_master, "master"),
    "hidden slide": (_hidden_slide, "hidden-slide"),
}


# OpenDocument

ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def opendocument(kind: str, body: str, **parts: str) -> bytes:
    """An OpenDocument file: `text`, `spreadsheet` or `presentation`, with the content of its body."""
    content = (
        f"<office:document-content {ODF}>{parts.pop('automatic', '')}<office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>"
    )
    members = [
        ("content.xml", content),
        *((f"{name}.xml", f"<office:{name} {ODF}>{text}</office:{name}>") for name, text in parts.items()),
    ]
    mimetype = zipfile.ZipInfo("mimetype")
    return zipped(
        [
            (mimetype, f"application/vnd.oasis.opendocument.{kind}".encode()),
            *((name, text.encode()) for name, text in members),
        ]
    )


def ods(rows: Iterable[Iterable[str]], *, sheet: str = "", automatic: str = "", columns: str = "") -> bytes:
    """A sheet with these texts."""
    written = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            if text
            else "<table:table-cell/>"
            for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return opendocument(
        "spreadsheet",
        f'<table:table table:name="户表" {sheet}>{columns}{written}</table:table>',
        automatic=automatic,
    )


HIDDEN_STYLE = (
    '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def ods_cell(content: str, row: str = "") -> bytes:
    """A sheet with one cell of this content."""
    cell = f"<table:table-cell>{content}</table:table-cell>"
    rows = f"<table:table-row {row}>{cell}</table:table-row>"
    return opendocument("spreadsheet", f'<table:table table:name="a">{rows}</table:table>')


def ods_value(kind: str, stored: str, shown: str) -> bytes:
    """A sheet with one cell of a value and what is shown of it."""
    name = "date-value" if kind == "date" else "value"
    attributes = f'office:value-type="{kind}" office:{name}="{stored}"'
    cell = f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"
    table = f'<table:table table:name="a"><table:table-row>{cell}</table:table-row></table:table>'
    return opendocument("spreadsheet", table)


ODS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "shown of a date": (lambda text: ods_value("date", "2026-01-02", text), "cell"),
    "shown of a number": (lambda text: ods_value("float", "2.5", text), "cell"),
    "shown of a percentage": (lambda text: ods_value("percentage", "2.5", text), "cell"),
    "cell": (lambda text: ods([["甲", text]]), "cell"),
    "hidden sheet": (
        lambda text: ods([[text]], sheet='table:style-name="ta1"', automatic=HIDDEN_STYLE),
        "hidden-sheet",
    ),
    "hidden column": (
        lambda text: ods([[text]], columns='<table:table-column table:visibility="collapse"/>'),
        "hidden-column",
    ),
    "hidden row": (
        lambda text: ods_cell(f"<text:p>{text}</text:p>", 'table:visibility="collapse"'),
        "hidden-row",
    ),
    "comment": (
        lambda text: ods_cell(
            f"<office:annotation><text:p>{text}</text:p></office:annotation><text:p>1</text:p>"
        ),
        "comment",
    ),
    "property": (
        lambda text: opendocument("spreadsheet", "", meta=f"<dc:subject>{text}</dc:subject>"),
        "property",
    ),
}


def odt(content: str) -> bytes:
    """A text with this content."""
    return opendocument("text", content)


ODT: dict[str, tuple[Callable[[str], bytes], str]] = {
    "paragraph": (lambda text: odt(f"<text:p>{text[:2]}<text:span>{text[2:]}</text:span></text:p>"), ""),
    "header": (
        lambda text: opendocument("text", "", styles=f"<style:header><text:p>{text}</text:p></style:header>"),
        "master",
    ),
    "deletion": (
        lambda text: odt(
            "<text:tracked-changes><text:changed-region><text:deletion>"
            f"<text:p>{text}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        ),
        "deleted",
    ),
    "note": (
        lambda text: odt(f"<text:p>上<text:note><text:p>{text}</text:p></text:note></text:p>"),
        "footnote",
    ),
    "comment": (
        lambda text: odt(
            f"<text:p>上<office:annotation><text:p>{text}</text:p></office:annotation>下</text:p>"
        ),
        "comment",
    ),
    "text box": (
        lambda text: odt(f"<text:p><draw:text-box><text:p>{text}</text:p></draw:text-box></text:p>"),
        "text-box",
    ),
}

ODP: dict[str, tuple[Callable[[str], bytes], str]] = {
    "slide": (
        lambda text: opendocument(
            "presentation", f"<draw:page><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:page>"
        ),
        "text-box",
    ),
}


def ofd(text: str) -> bytes:
    """An OFD file with one page and one line."""
    page = (
        '<?xml version="1.0"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:TextObject>'
        f"<ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject></ofd:Page>"
    )
    return zipped([("OFD.xml", b"<OFD/>"), ("Doc_0/Pages/Page_0/Content.xml", page.encode())])


# Old workbooks


def xls(
    change: Callable[[xlwt.Worksheet], object],
    book_change: Callable[[xlwt.Workbook], object] = lambda book: None,
) -> bytes:
    """A workbook of Excel 97."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("户表")
    sheet.write(0, 0, "标题")
    change(sheet)
    book_change(book)
    return saved(book.save)


def _xls_hidden(text: str, what: str) -> bytes:
    def change(sheet: xlwt.Worksheet) -> None:
        sheet.write(4, 3, text)
        if what == "row":
            sheet.row(4).hidden = True
        elif what == "column":
            sheet.col(3).hidden = True
        else:
            sheet.visibility = 1

    return xls(change, lambda book: book.add_sheet("第二页"))


XLS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "cell": (lambda text: xls(lambda sheet: sheet.write(4, 3, text)), "cell"),
    "hidden sheet": (lambda text: _xls_hidden(text, "sheet"), "hidden-sheet"),
    "hidden row": (lambda text: _xls_hidden(text, "row"), "hidden-row"),
    "hidden column": (lambda text: _xls_hidden(text, "column"), "hidden-column"),
    "header": (
        lambda text: xls(lambda sheet: setattr(sheet, "_Worksheet__header_str", text)),
        "part",
    ),
}


# PDF


def pdf(
    *pages: Callable[[Canvas], object], change: Callable[[Canvas], object] = lambda canvas: None
) -> bytes:
    """A PDF with these pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(PDF_FONT))

    def save(stream: io.BytesIO) -> None:
        canvas = Canvas(stream, pagesize=A4, invariant=True)
        change(canvas)
        for page in pages:
            canvas.setFont(PDF_FONT, 12)
            page(canvas)
            canvas.showPage()
        canvas.save()

    return saved(save)


def pdf_text(text: str) -> bytes:
    """A PDF with one line on one page."""
    return pdf(lambda canvas: canvas.drawString(72, 700, text))


def rewritten(data: bytes, change: Callable[[pypdf.PdfWriter], object], **options: bool) -> bytes:
    """A PDF after `change`."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data), **options)
    change(writer)
    return saved(writer.write)


def _pdf_note(text: str) -> bytes:
    note = Text(rect=(50, 550, 200, 650), text=text)
    return rewritten(pdf_text("页"), lambda writer: writer.add_annotation(0, note))


def _pdf_field(text: str) -> bytes:
    return pdf(
        lambda canvas: canvas.acroForm.textfield(
            name="field", value=text.encode("ascii", "replace").decode(), x=50, y=50
        )
    )


def _pdf_xmp(text: str) -> bytes:
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><d>{text}</d></rdf:RDF></x:xmpmeta>'
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(xmp.encode())
    stream.update({pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Metadata")})

    def change(writer: pypdf.PdfWriter) -> None:
        writer._root_object[pypdf.generic.NameObject("/Metadata")] = writer._add_object(stream.flate_encode())

    return rewritten(pdf_text("页"), change)


def _pdf_earlier(text: str) -> bytes:
    """A PDF whose page was emptied by a later saving, the first one still in the file."""
    first = pdf_text(text)
    table = int(first.rpartition(b"startxref")[2].split()[0])
    number, body = next(
        (number, body)
        for number in range(1, 20)
        if b"/Type /Page\n" in (body := first.partition(b"\n%d 0 obj" % number)[2].partition(b"endobj")[0])
    )
    changed = b"%d 0 obj%sendobj\n" % (number, body.replace(b"/Contents", b"/Before"))
    entry = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(first))
    root = first.partition(b"/Root ")[2].split()[0]
    tail = b"trailer<</Size 99/Root %s 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return first + changed + entry + tail % (root, table, len(first) + len(changed))


def pdf_objects(catalogue: bytes, page: bytes, *more: bytes) -> bytes:
    """A PDF with one empty page and these entries in catalogue and page; `more` are objects from 4 on."""
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]%s>>" % page,
        *more,
    )


def _deflated(data: bytes, entries: bytes = b"") -> bytes:
    return pdf_stream(zlib.compress(data), b"/Filter/FlateDecode" + entries)


FILE = b"/Type/EmbeddedFile"


def _pinned_file(text: str) -> bytes:
    """A workbook pinned to a page."""
    note = b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 5 0 R>>"
    spec = b"<</Type/Filespec/F(a.xlsx)/EF<</F 6 0 R>>>>"
    return pdf_objects(b"", b"/Annots[4 0 R]", note, spec, _deflated(xlsx_table([[text]]), FILE))


def _associated_file(text: str, reference: bytes = b"<</F 5 0 R>>", *more: bytes) -> bytes:
    """A text that belongs to a document without standing in its list of attachments."""
    spec = b"<</Type/Filespec/F(a.txt)/EF %s>>" % reference
    return pdf_objects(b"/AF[4 0 R]", b"", spec, *more, _deflated(text.encode()))


def _filtered_file(text: str) -> bytes:
    hexed = zlib.compress(text.encode()).hex().encode() + b">"
    return pdf_objects(b"", b"", pdf_stream(hexed, FILE + b"/Filter[/ASCIIHexDecode/FlateDecode]"))


def _file_in_file(text: str) -> bytes:
    """A PDF in a PDF, not compressed: its ends of streams are no ends of the outer one."""
    return pdf_objects(b"", b"", pdf_stream(pdf_text(text), FILE))


def _pdf_form(text: str) -> bytes:
    """A form of XML in three pieces, no one of which is well-formed."""
    pieces = (f"<xdp><data><name>{text[:3]}", f"&#{ord(text[3])};", f"{text[4:]}</name></data></xdp>")
    names = b"/AcroForm<</Fields[]/XFA[(a)4 0 R(b)5 0 R(c)6 0 R]>>"
    return pdf_objects(names, b"", *(_deflated(piece.encode()) for piece in pieces))


def _private_string(text: str) -> bytes:
    coded = (b"\xfe\xff" + f"一\n{text}".encode("utf-16-be")).hex().encode()
    return pdf_objects(b"", b"/PieceInfo<</A<</LastModified(D:2026)/Private<</B<%s>>>>>>" % coded)


def _private_stream(text: str) -> bytes:
    return pdf_objects(b"", b"/PieceInfo<</A<</Private 4 0 R>>>>", _deflated(f"[{text}]{text}".encode()))


def saved_again(data: bytes, times: int) -> bytes:
    """A PDF that was saved so many times more, without a change."""
    root = data.rpartition(b"/Root ")[2].split()[0]
    for _ in range(times):
        table = int(data.rpartition(b"startxref")[2].split()[0])
        tail = b"xref\n0 0\ntrailer<</Size 99/Root %s 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        data += tail % (root, table, len(data))
    return data


PDF: dict[str, tuple[Callable[[str], bytes], str]] = {
    "file pinned to a page": (_pinned_file, "sheet"),
    "associated file": (_associated_file, "member"),
    "associated file by way of an object": (
        lambda text: _associated_file(text, b"5 0 R", b"<</UF 6 0 R>>"),
        "member",
    ),
    "file through two filters": (_filtered_file, "member"),
    "PDF in a PDF": (_file_in_file, "member"),
    "form in XML": (_pdf_form, "field"),
    "private string": (_private_string, "part"),
    "private stream": (_private_stream, "part"),
    "archive after the end": (lambda text: pdf_text("页") + zipped([("a.txt", text.encode())]), "after-end"),
    "PDF in an archive after the end": (
        lambda text: pdf_text("页") + zipped([("a.pdf", pdf_text(text))], zipfile.ZIP_STORED),
        "after-end",
    ),
    "text after the end": (lambda text: pdf_text("页") + text.encode() * 3, "after-end"),
    "version before ten others": (lambda text: saved_again(_pdf_earlier(text), 10), "earlier-version"),
    "page": (pdf_text, "page"),
    "invisible text": (
        lambda text: pdf(lambda canvas: canvas.drawString(72, 700, text, mode=3)),
        "page",
    ),
    "annotation": (_pdf_note, "annotation"),
    "property": (
        lambda text: pdf(lambda canvas: None, change=lambda canvas: canvas.setSubject(text)),
        "property",
    ),
    "property of one's own": (
        lambda text: rewritten(pdf_text("页"), lambda writer: writer.add_metadata({"/Bianzhi": text})),
        "part",
    ),
    "XMP": (_pdf_xmp, "property"),
    "bookmark": (
        lambda text: rewritten(
            pdf_text("页"), lambda writer: writer.add_outline_item(title=text, page_number=0)
        ),
        "part",
    ),
    "embedded file": (
        lambda text: rewritten(pdf_text("页"), lambda writer: writer.add_attachment("a.csv", text.encode())),
        "member",
    ),
    "earlier version": (_pdf_earlier, "earlier-version"),
}


# Pictures


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 8), **options: object) -> bytes:
    """A picture in one colour."""
    return saved(lambda stream: Image.new("RGB", size, "red").save(stream, kind, **options))


def _exif(tag: int, value: object, inside: int = 0) -> Image.Exif:
    exif = Image.Exif()
    if inside:
        exif.get_ifd(inside)[tag] = value
    else:
        exif[tag] = value
    return exif


def _png_text(text: str, *, packed: bool) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Comment", text, zip=packed)
    return picture(pnginfo=notes)


def with_position(kind: str) -> bytes:
    """A picture that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 24.0, 18.5), 3: "E", 4: (116.0, 35.0, 2.0)})
    return exif.tobytes().removeprefix(b"Exif\0\0") if kind == "TIFF" else picture(kind, exif=exif.tobytes())


def with_owner(name: str) -> bytes:
    """A picture that says who took it."""
    return picture("JPEG", exif=_exif(0x013B, name).tobytes())


def with_archive(kind: str) -> Callable[[str], bytes]:
    """A picture with an archive behind it, in which there is a picture of the same kind."""
    return lambda text: (
        picture(kind) + zipped([("a.txt", text.encode()), ("a.img", picture(kind))], zipfile.ZIP_STORED)
    )


def _late_jpeg_note(text: str) -> bytes:
    """A picture with a note behind its drawing."""
    note = text.encode()
    return picture("JPEG")[:-2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + b"\xff\xd9"


IMAGES: dict[str, tuple[str, Callable[[str], bytes], str]] = {
    **{
        f"archive behind a {kind}": (f"a.{ending}", with_archive(kind), "member")
        for kind, ending in (
            ("PNG", "png"),
            ("JPEG", "jpg"),
            ("GIF", "gif"),
            ("WEBP", "webp"),
            ("BMP", "bmp"),
        )
    },
    **{
        f"text behind a {kind}": (
            f"a.{ending}",
            lambda text, kind=kind: picture(kind) + text.encode() * 3,
            "after-end",
        )
        for kind, ending in (("GIF", "gif"), ("WEBP", "webp"), ("BMP", "bmp"))
    },
    "PDF behind a picture": ("a.png", lambda text: picture() + b"\0\n" + pdf_text(text), "page"),
    "note behind the drawing of a JPEG": ("a.jpg", _late_jpeg_note, "picture-note"),
    "PNG note": ("a.png", lambda text: _png_text(text, packed=False), "picture-note"),
    "packed PNG note": ("a.png", lambda text: _png_text(text, packed=True), "picture-note"),
    "EXIF in PNG": (
        "a.png",
        lambda text: picture(exif=_exif(0x9C9D, text.encode("utf-16-le"))),
        "picture-note",
    ),
    "JPEG comment": ("a.jpg", lambda text: picture("JPEG", comment=text.encode()), "picture-note"),
    "EXIF artist": (
        "a.jpg",
        lambda text: picture("JPEG", exif=_exif(0x9C9D, text.encode("utf-16-le"))),
        "picture-note",
    ),
    "XMP in JPEG": ("a.jpg", lambda text: picture("JPEG", xmp=f"<x>{text}</x>".encode()), "picture-note"),
    "owner of the camera": (
        "a.jpg",
        lambda text: picture("JPEG", exif=_exif(0xA430, "0" * 18, 0x8769).tobytes()).replace(
            b"0" * 18, text.encode()
        ),
        "picture-note",
    ),
    "after the end of a JPEG": ("a.jpg", lambda text: picture("JPEG") + text.encode() * 3, "after-end"),
    "after the end of a PNG": ("a.png", lambda text: picture() + text.encode() * 3, "after-end"),
    "EXIF in WebP": (
        "a.webp",
        lambda text: picture("WEBP", exif=_exif(0x9C9D, text.encode("utf-16-le"))),
        "picture-note",
    ),
    "XMP in WebP": ("a.webp", lambda text: picture("WEBP", xmp=f"<x>{text}</x>".encode()), "picture-note"),
    "GIF comment": ("a.gif", lambda text: picture("GIF", comment=text.encode() * 3), "picture-note"),
    "TIFF tag": (
        "a.tif",
        lambda text: picture("TIFF", exif=_exif(0x9C9D, text.encode("utf-16-le"))),
        "picture-note",
    ),
}


# Texts and archives

TEXTS: dict[str, tuple[str, Callable[[str], bytes], str]] = {
    "UTF-8": ("a.txt", lambda text: f"一\n{text}".encode(), ""),
    "UTF-8 with mark": ("a.txt", lambda text: f"一\n{text}".encode("utf-8-sig"), ""),
    "UTF-16": ("a.txt", lambda text: f"一\n{text}".encode("utf-16"), ""),
    "UTF-16 without mark": ("a.txt", lambda text: f"name, number and so on {text}".encode("utf-16-le"), ""),
    "GB18030": ("a.txt", lambda text: f"一\n{text}".encode("gb18030"), ""),
    "CSV": ("a.csv", lambda text: f"甲,乙\n1,{text}".encode(), "cell"),
    "CSV with tabs in UTF-16": ("a.csv", lambda text: f"甲\t乙\n1\t{text}".encode("utf-16"), "cell"),
    "CSV with semicolons": ("a.csv", lambda text: f"甲;乙\n1;{text}".encode("gb18030"), "cell"),
    "Markdown": ("a.md", lambda text: f"# 一\n\n| 甲 | 乙 |\n|---|---|\n| 1 | {text} |\n".encode(), "cell"),
    "JSON": ("a.json", lambda text: f'{{"a": "{text}"}}'.encode(), ""),
    "calendar": ("a.ics", lambda text: f"BEGIN:VCALENDAR\nSUMMARY:{text}\n".encode(), ""),
    "XML": ("a.xml", lambda text: f"<a><b>{text}</b></a>".encode(), ""),
    "XML attribute": ("a.xml", lambda text: f'<a b="{text}"/>'.encode(), "attribute"),
    "SVG": (
        "a.svg",
        lambda text: f'<svg xmlns="urn:svg"><text>{text[:2]}<tspan>{text[2:]}</tspan></text></svg>'.encode(),
        "",
    ),
    "HTML": ("a.html", lambda text: f"<p>{text[:2]}<b>{text[2:]}</b></p>".encode(), ""),
    "HTML in GBK": ("a.html", lambda text: f'<meta charset="gbk"><p>{text}'.encode("gbk"), ""),
    "HTML attribute": ("a.html", lambda text: f'<img alt="{text}">'.encode(), "attribute"),
    "HTML comment": ("a.html", lambda text: f"<html><p>1</p><!-- {text} --></html>".encode(), "comment"),
    "HTML script": ("a.html", lambda text: f"<script>var a = '{text}'</script>".encode(), "script"),
    "HTML hidden": (
        "a.html",
        lambda text: f'<div style="display: none">{text}</div>'.encode(),
        "hidden-text",
    ),
    "HTML table": (
        "a.html",
        lambda text: f"<table><tr><td>1</td><td>{text}</td></tr></table>".encode(),
        "table",
    ),
    "zip": ("a.zip", lambda text: zipped([("b.txt", text.encode())]), "member"),
    "zip in zip": ("a.zip", lambda text: zipped([("b.zip", zipped([("c.csv", text.encode())]))]), "member"),
    "text behind an archive": ("a.zip", lambda text: zipped([("b", b"1")]) + text.encode() * 3, "after-end"),
    "archive behind a document": (
        "a.docx",
        lambda text: word() + b"\0" + pdf_text(text),
        "after-end",
    ),
    "name of a folder in zip": ("a.zip", lambda text: zipped([(f"{text}/", b"")]), "file-name"),
    "name of a part": (
        "a.docx",
        lambda text: with_part(word(), f"word/media/{text}.xml", b"<a/>"),
        "file-name",
    ),
    "name of a part of OpenDocument": (
        "a.ods",
        lambda text: with_part(ods([["1"]]), f"{text}.xml", b"<a/>"),
        "file-name",
    ),
    "name in zip": ("a.zip", lambda text: zipped([(f"{text}.txt", b"1")]), "file-name"),
    "name in zip in GBK": (
        "a.zip",
        lambda text: zipped([("\x01" * len(text.encode("gbk")) + ".txt", b"1")]).replace(
            b"\x01" * len(text.encode("gbk")), text.encode("gbk")
        ),
        "file-name",
    ),
    "workbook in zip": ("a.zip", lambda text: zipped([("b.xlsx", xlsx_table([[text]]))]), "sheet"),
    "gzip": ("a.txt.gz", lambda text: gzip.compress(text.encode()), "member"),
    "OFD": ("a.ofd", ofd, "page"),
}


# Files that are not what they seem, cannot be read, or do harm


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (OLE) with these streams, each filled up to 4096 bytes at least."""
    sector, free, end, fat_mark = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    body, fat, entries = b"", [fat_mark], []
    entries.append(_entry("Root Entry", 5, 1 if streams else free, end, 0))
    starts = []
    for data in streams.values():
        padded = data.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % sector)
        count = len(padded) // sector
        starts.append((len(fat), len(data.ljust(4096, b"\0"))))
        fat += [*range(len(fat) + 1, len(fat) + count), end]
        body += padded
    for number, (name, (start, size)) in enumerate(zip(streams, starts, strict=True), 1):
        following = number + 1 if number < len(streams) else free
        entries.append(_entry(name, 2, free, start, size, following))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * sector, b"\0")
    first = len(fat)
    fat += [*range(first + 1, first + len(directory) // sector), end]
    assert len(fat) <= 128
    table = struct.pack("<128L", *fat, *[free] * (128 - len(fat)))
    head = OLE + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<9L", 0, 1, first, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109L", 0, *[free] * 108)
    return head + table + body + directory


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    coded = (name + "\0").encode("utf-16-le")
    return (
        coded.ljust(64, b"\0")
        + struct.pack("<HBB3L", len(coded), kind, 1, 0xFFFFFFFF, right, child)
        + b"\0" * 36
        + struct.pack("<LQ", start, size)
    )


def encrypted_zip() -> bytes:
    """An archive whose member says that it is encrypted."""
    data = bytearray(zipped([("a.txt", b"secret")]))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def encrypted_pdf(password: str) -> bytes:
    """A PDF that opens with this password."""
    return rewritten(pdf_text("内部"), lambda writer: writer.encrypt(password, "owner", algorithm="RC4-128"))


def macro_workbook() -> bytes:
    """A workbook with a program in it."""
    return with_part(xlsx(), "xl/vbaProject.bin", OLE + b"\0" * 600)


def flat_bomb(size: int = 10 * 10**9) -> bytes:
    """An archive of a few bytes with a member of `size` zeros: whole blocks of one compressed megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b"\0" * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * (size // 2**20) + b"\x03\0"
    name = b"zeros.txt"
    local = (
        struct.pack("<4s5H3L2H", b"PK\3\4", 45, 0, 8, 0, 0, 0, len(packed), 0xFFFFFFFF, len(name), 20) + name
    )
    extra = struct.pack("<HHQQ", 1, 16, size // 2**20 * 2**20, len(packed))
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 45, 45, 0, 8, 0, 0, 0, len(packed), 0xFFFFFFFF, len(name), 12, 0, 0, 0, 0, 0
    )
    central += name + struct.pack("<HHQ", 1, 8, size // 2**20 * 2**20)
    start = len(local) + len(extra) + len(packed)
    return (
        local
        + extra
        + packed
        + central
        + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central), start, 0)
    )


def lying_bomb(size: int = 10**9) -> bytes:
    """An archive whose member claims to be small and is not."""
    data = flat_bomb(size)
    real = struct.pack("<Q", size // 2**20 * 2**20)
    return data.replace(real, struct.pack("<Q", 10))


def nested_bomb(levels: int = 6, width: int = 16) -> bytes:
    """Archives in archives, as 42.zip."""
    data = b"\0" * 10**6
    for _ in range(levels):
        packed = zipped([("0.zip", data)])
        data = zipped([(f"{number}.zip", packed) for number in range(width)])
    return data


def many_members(count: int = 100_000) -> bytes:
    """An archive with a great many empty members."""
    return zipped(((str(number), b"") for number in range(count)), zipfile.ZIP_STORED)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><x>{"&a;" * 100_000}</x>'


def pdf_pages(count: int) -> bytes:
    """A PDF with so many pages, all alike."""
    kids = b" ".join(b"3 0 R" for _ in range(count))
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), PAGE
    )


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>"


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + tail


def pdf_stream(data: bytes, entries: bytes = b"") -> bytes:
    """An object with a stream."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def one_page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """A PDF with one page of this content stream; `more` are objects from number 5."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<<%s>>>>" % resources
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content, *more
    )


def packed_blocks(block: bytes, count: int, window: int) -> bytes:
    """The same block over and over, compressed; `window` as zlib takes it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return b"".join([*(packer.compress(block) for _ in range(count)), packer.flush()])


def flate_bomb_pdf() -> bytes:
    """A page whose drawing instructions unpack to a gigabyte."""
    packed = zlib.compress(packed_blocks(b"q Q " * 2**18, 1000, 15), 9)
    return one_page(pdf_stream(packed, b"/Filter[/FlateDecode/FlateDecode]"))


def deep_page_tree(depth: int = 20_000) -> bytes:
    """Folders of pages in folders of pages."""
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % number for number in range(3, depth + 3)]
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def endless_form_pdf() -> bytes:
    """A form that draws itself ten times over."""
    form = pdf_stream(
        b"/F Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    )
    return one_page(pdf_stream(b"/F Do"), form, resources=b"/XObject<</F 5 0 R>>")


def huge_image_pdf() -> bytes:
    """A picture of 60,000 × 60,000 pixels that a few bytes say is black."""
    image = pdf_stream(
        zlib.compress(b"\0" * 10**6),
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/FlateDecode",
    )
    return one_page(pdf_stream(b"q 99 0 0 99 0 0 cm /I Do Q"), image, resources=b"/XObject<</I 5 0 R>>")


def wide_sheet() -> bytes:
    """A sheet that claims all cells there can be, and writes a few of them."""
    sheet = part(xlsx(), "xl/worksheets/sheet1.xml").decode()
    claimed = sheet.replace('ref="A1"', 'ref="A1:XFD1048576"').replace(
        "</sheetData>",
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>尽头</t></is></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    return with_part(xlsx(), "xl/worksheets/sheet1.xml", claimed.encode())


def endless_sheet(rows: int = 1_000_000) -> bytes:
    """A sheet that writes so many rows."""
    cells = '<row><c t="str"><v>1</v></c></row>' * rows
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>'
    return with_part(xlsx(), "xl/worksheets/sheet1.xml", sheet.encode())


def many_runs(count: int = 1_000_000) -> bytes:
    """A document whose one paragraph has so many runs."""
    runs = "<w:r><w:t>字</w:t></w:r>" * count
    return with_part(
        word(),
        "word/document.xml",
        f"<w:document {W}><w:body><w:p>{runs}</w:p></w:body></w:document>".encode(),
    )


def repeated_ods() -> bytes:
    """A sheet of OpenDocument that repeats one row a million times and one cell sixteen thousand times."""
    return opendocument(
        "spreadsheet",
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell'
        ' table:number-columns-repeated="16384"><text:p>满</text:p></table:table-cell></table:table-row>'
        "</table:table>",
    )


def png_bomb() -> bytes:
    """A picture of 50,000 × 50,000 pixels in a few bytes."""
    return png_size(picture(), 50_000, 50_000)


def png_size(data: bytes, width: int, height: int) -> bytes:
    """A PNG that says it is of this size."""
    head = b"IHDR" + struct.pack(">2L", width, height) + data[24:29]
    return data[:12] + head + struct.pack(">L", zlib.crc32(head)) + data[33:]


def png_note_bomb() -> bytes:
    """A picture with a note that unpacks to a hundred megabytes."""
    body = b"Comment\0\0" + zlib.compress(b"\0" * 10**8, 9)
    chunk = struct.pack(">L", len(body)) + b"zTXt" + body + struct.pack(">L", zlib.crc32(b"zTXt" + body))
    data = picture()
    return data[:33] + chunk + data[33:]


#: A good file of each ending.
GOOD: dict[str, Callable[[], bytes]] = {
    "xlsx": xlsx,
    "docx": word,
    "pptx": lambda: _slide_text("页"),
    "ods": lambda: ods([["甲"]]),
    "odt": lambda: opendocument("text", "<text:p>甲</text:p>"),
    "ofd": lambda: ofd("甲"),
    "xls": lambda: xls(lambda sheet: None),
    "pdf": lambda: pdf_text("甲"),
    "zip": lambda: zipped([("a.txt", b"1")]),
    "gz": lambda: gzip.compress(b"1"),
    "png": picture,
    "jpg": lambda: picture("JPEG"),
    "gif": lambda: picture("GIF"),
    "webp": lambda: picture("WEBP"),
    "bmp": lambda: picture("BMP"),
    "tif": lambda: picture("TIFF"),
    "csv": "甲,乙\n1,2\n".encode,
    "txt": "甲\n".encode,
    "html": "<!doctype html><p>甲".encode,
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "xml": lambda: b"<?xml version='1.0'?><a/>",
    "md": "# 甲\n".encode,
    "json": lambda: b"{}",
}


def xls_stream() -> bytes:
    """The stream of an old workbook, out of its compound file."""
    with olefile.OleFileIO(io.BytesIO(xls(lambda sheet: None))) as book:
        return bytes(book.openstream("Workbook").read())


def hidden_member() -> bytes:
    """An archive with a member that its directory does not name."""
    data = zipped([("a.txt", b"1"), ("b.txt", b"2"), ("c.txt", b"3")], zipfile.ZIP_STORED)
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02"))
    end = data.rfind(b"PK\x01\x02")
    size = struct.unpack_from("<L", data, data.rfind(b"PK\x05\x06") + 12)[0] - (end - start)
    tail = bytearray(data[data.rfind(b"PK\x05\x06") :])
    struct.pack_into("<HHL", tail, 8, 2, 2, size)
    return data[:start] + data[end : data.rfind(b"PK\x05\x06")] + bytes(tail)
