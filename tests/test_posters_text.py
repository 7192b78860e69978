"""What is read from a poster's PDF is what the notice says: for the whole sample, and for hostile texts."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from builders import Folder
from noticeboard.board.document import sanitise, text_of
from noticeboard.messages import messages
from noticeboard.posters.content import blocks_of, plain_text
from noticeboard.posters.fonts import find_fonts
from noticeboard.posters.reading import Facts, Unreadable, facts_of_pdf, text_of_pdf
from noticeboard.posters.setting import Setter, poster_input, reading_order
from noticeboard.posters.sheet import Sheet, Size, Style, Wish
from noticeboard.views.frame import SiteSettings
from noticeboard.views.poster import Posters
from noticeboard.views.shelves import Shelves
from noticeboard.views.words import Words
from samples import flate_bomb_pdf, pdf_text, picture, raw_pdf

BOARD = Path(__file__).parent.parent
SITE = SiteSettings("https://board.example/", "Asia/Shanghai", "https://board.example/")
WORDS = Words(messages("zh"))
FACES = find_fonts()
#: Drawn as nothing: where a line may end, and where not.
INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f]")
#: What a poster adds within a text.
MARKS = re.compile("〔[0-9]{1,2}〕")


def flat(text: str) -> str:
    """Only what is seen. A ligature or a compatibility form comes out of a PDF as its plain characters."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def sheets() -> list[Sheet]:
    """A sheet for every notice of the sample that has a text, hidden from the website or not."""
    register = Folder(BOARD).register(date(2026, 11, 21))
    posters = Posters(Shelves(register, WORDS, SITE))
    return [posters.sheet(row) for row in register.posted.values() if not row.removed]


SHEETS = sheets()


def pdf_of(
    sheet: Sheet, style: Style = Style.BOARD, root: Path = BOARD / "notices", size: Size = Size.A4
) -> tuple[bytes, str]:
    """A poster, and its words in reading order."""
    blocks, losses = blocks_of(sheet.html, sheet.pictures, sheet.links)
    assert losses == []
    data = poster_input(Wish(sheet, size, style=style), blocks, WORDS.poster(), FACES.stacks)
    return Setter(root, FACES).set(data).pdf, reading_order(data)


def page_says(html: str) -> list[str]:
    """The lines of a text as the website shows it, without footnote marks."""
    html = re.sub(r'<sup id="fnref[^>]*>.*?</sup>|<a [^>]*footnote-backref.*?</a>', "", html, flags=re.DOTALL)
    return [flat(line) for line in text_of(html).split("\n")]


def without_addresses(text: str, sheet: Sheet) -> str:
    """The text of a PDF without what paper adds to the website's words."""
    for shown in filter(None, sheet.links.values()):
        text = text.replace(flat(f"（{shown}）"), "")
    return MARKS.sub("", text)


def seen_by_a_telephone(pdf: bytes) -> str:
    """What the code on a picture of the last sheet says, at 100 dots an inch; empty where there is none."""
    document = pypdfium2.PdfDocument(pdf)
    shown = document[len(document) - 1].render(scale=100 / 72).to_pil()
    found = zxingcpp.read_barcodes(shown)
    return found[0].text if found else ""


def judged_by_another_reader(pdf: bytes, sheet: Sheet) -> None:
    """PDF/UA-1 as pypdf sees it: tags with a title and tables with heads, language, title, whole fonts."""
    reader = PdfReader(BytesIO(pdf))
    catalogue = reader.root_object
    assert catalogue["/MarkInfo"]["/Marked"] and catalogue["/Lang"] == "zh-CN"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None and reader.metadata.title == "".join(sheet.title)
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    roles = set(roles_of(catalogue["/StructTreeRoot"]))
    assert {"/H1", "/P"} & roles == {"/H1", "/P"}
    assert "/Table" not in roles or {"/TR", "/TD"} <= roles
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (whole,) = (part.get_object() for part in font["/DescendantFonts"])
        assert {"/FontFile2", "/FontFile3"} & set(whole["/FontDescriptor"]), "the font is in the file"
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"]), "and only what is used of it"
        assert "/ToUnicode" in font


def roles_of(element: Any) -> Iterator[str]:
    """The roles of all elements of a structure."""
    waiting = [element]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield str(one.get("/S", ""))
            waiting += [one["/K"]] if "/K" in one else []


@pytest.mark.parametrize(
    ("size", "style"), [(Size.A4, Style.BOARD), (Size.A3, Style.BOARD), (Size.A4, Style.OFFICIAL)], ids=str
)
@pytest.mark.parametrize("sheet", SHEETS, ids=[sheet.id for sheet in SHEETS])
def test_a_poster_of_the_sample_says_what_its_notice_says(sheet: Sheet, size: Size, style: Style) -> None:
    pdf, words = pdf_of(sheet, style, size=size)
    found = flat(text_of_pdf(pdf))
    assert found == flat(words)
    text = without_addresses(flat(text_of_pdf(pdf, labels=False)), sheet)
    at = 0
    for line in page_says(sheet.html):
        at = text.find(line, at)
        assert at >= 0, line
    facts = facts_of_pdf(pdf)
    assert (facts.title, facts.language, facts.is_tagged) == ("".join(sheet.title), "zh-CN", True)
    assert facts.extras == () and all(embedded for _, embedded in facts.fonts)
    assert not sheet.code or sheet.code in facts.links
    assert seen_by_a_telephone(pdf) == sheet.code
    judged_by_another_reader(pdf, sheet)


def test_the_sample_is_whole() -> None:
    assert len(SHEETS) >= 130


def blank_sheet(html: str, **fields: object) -> Sheet:
    """A sheet of nothing but a title and a text."""
    empty = Sheet(
        id="2026/town/1", path="notices/2026/town/1.md", title=("停水", "通知"), head="", document_number="",
        mark="", notes=(), html=html, attachments=(), facts=(), signature="", date="", code="", code_label="",
        address="", strip=(),
    )  # fmt: skip
    return dataclasses.replace(empty, **fields)


NESTED = (
    "<p>甲<br>乙<sub>二</sub><sup>三</sup><del>删</del><ins>增</ins><u>线</u><mark>亮</mark><small>小</small>"
    '<code>a*_b</code><a href="https://a.example/x">办法</a></p><h2>节</h2><h3>目</h3>'
    "<ul><li>一<ol start='7'><li>七<p>段</p><blockquote>引</blockquote></li><li></li></ol></li>"
    "<li><table><tr><td>格<ul><li>点</li></ul></td><td rowspan='2'>并</td></tr><tr><td></td></tr></table>"
    "</li></ul>"
    "<dl><dt>词</dt><dd>义</dd></dl><pre># 号 $x$ \\ *\n  缩进</pre>"
    "<details><summary>要</summary>详</details>"
    "<table><caption>表</caption><thead><tr><th colspan='2'>头</th></tr></thead>"
    "<tbody><tr><th>行</th><td align='right'>1</td></tr></tbody>"
    "<tfoot><tr><td colspan='2'>脚</td></tr></tfoot></table>"
    "<figure><p>图</p></figure><hr>"
    "<p>#let x = 1; $a$ @b &lt;c&gt; ~ -- --- ... // 注 /* */ [] {} \"引\" '号' = 题 + 1. / 项</p>"
)


@pytest.mark.parametrize("style", list(Style))
def test_every_kind_of_block_is_set_and_nothing_in_it_is_taken_for_a_command(style: Style) -> None:
    html = sanitise(NESTED, lambda link, picture: link).html
    sheet = blank_sheet(html, links={"https://a.example/x": "a.example/x"})
    pdf, words = pdf_of(sheet, style)
    assert flat(text_of_pdf(pdf)) == flat(words)
    found = without_addresses(flat(text_of_pdf(pdf, labels=False)), sheet)
    assert found == flat("停水通知" + text_of(html))
    assert facts_of_pdf(pdf).links == ("https://a.example/x",)


def test_a_figure_has_its_caption() -> None:
    html = "<figure><p>图</p><figcaption>说</figcaption></figure>"
    pdf, words = pdf_of(blank_sheet(html))
    # In the structure of a PDF a caption stands before what it explains.
    assert flat(text_of_pdf(pdf)) == flat(words) == flat("停水通知说图")


def test_a_footnote_and_its_mark_are_set() -> None:
    html = (
        '<p>甲<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        '<div class="footnote"><hr>'
        '<ol><li id="fn:1"><p>注文&#160;<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>'
    )
    pdf, words = pdf_of(blank_sheet(html))
    assert flat(text_of_pdf(pdf)) == flat(words) == flat("停水通知甲〔1〕注〔1〕注文")


def test_a_picture_is_set_from_the_notices_folder(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    for ending, kind in (("png", "PNG"), ("jpg", "JPEG"), ("gif", "GIF"), ("webp", "WEBP")):
        (tmp_path / f"town/图.{ending}").write_bytes(picture(kind))
        sheet = blank_sheet(
            f'<p>甲<img src="图.{ending}" alt="水管">乙</p>', pictures={f"图.{ending}": f"town/图.{ending}"}
        )
        pdf, _ = pdf_of(sheet, root=tmp_path)
        assert flat(text_of_pdf(pdf)) == flat("停水通知甲乙")


WORD = st.text("甲乙1a *#$_@<>\\[]`~-=\"'、。（）·", max_size=8).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
TAGS = ("p", "b", "u", "del", "code", "sub", "h2", "h4", "blockquote", "ul", "ol", "li", "dl", "dt", "dd",
        "pre", "div", "details", "summary", "figure", "figcaption")  # fmt: skip


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=3).map("".join)).map(
        lambda made: f"<{made[0]}>{made[1]}</{made[0]}>"
    )


def _table(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def row(cells: Iterable[tuple[int, int, str]]) -> str:
        made = (f'<td colspan="{across}" rowspan="{down}">{text}</td>' for across, down, text in cells)
        return f"<tr>{''.join(made)}</tr>"

    cell = st.tuples(st.sampled_from((1, 2, 9999)), st.sampled_from((1, 2, 9999)), inner)
    return st.lists(st.lists(cell, max_size=3).map(row), max_size=4).map(
        lambda rows: f"<table><thead>{''.join(rows[:1])}</thead>{''.join(rows[1:])}</table>"
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.recursive(WORD, lambda inner: _element(inner) | _table(inner), max_leaves=12), max_size=4))
def test_no_text_is_lost_however_it_is_written(parts: list[str]) -> None:
    sheet = blank_sheet(sanitise("".join(parts), lambda link, picture: link).html)
    blocks, _ = blocks_of(sheet.html, {}, {})
    pdf, words = pdf_of(sheet)
    assert flat(text_of_pdf(pdf)) == flat(words)
    assert flat(text_of_pdf(pdf, labels=False)) == flat("停水通知" + plain_text(blocks))


def test_what_is_repeated_on_every_page_is_read_once() -> None:
    rows = "".join(f"<tr><td>户{number}</td><td>{number}</td></tr>" for number in range(150))
    pdf, _ = pdf_of(blank_sheet(f"<table><thead><tr><th>户名</th><th>元</th></tr></thead>{rows}</table>"))
    found = flat(text_of_pdf(pdf))
    assert facts_of_pdf(pdf).pages > 1
    assert (found.count("户名"), found.count("停水通知"), found.count("户149")) == (1, 1, 1)


# Reading, without posters


def set_in(source: str) -> bytes:
    head = '#set document(title: "公示")\n#set text(font: "Noto Serif CJK SC", lang: "zh", region: "cn")\n'
    pdf = typst.Compiler(font_paths=FACES.fonts).compile(
        input=(head + source).encode(), format="pdf", pdf_standards="ua-1"
    )
    assert isinstance(pdf, bytes)
    return pdf


def test_marks_of_lists_are_read_or_left_out() -> None:
    pdf = set_in("- 甲\n  - 乙\n+ 丙\n+ 丁#footnote[注]")
    assert flat(text_of_pdf(pdf, labels=False)) == "甲乙丙丁注"
    assert re.fullmatch("•甲.乙1.丙2.丁11注", flat(text_of_pdf(pdf)))


def test_artifacts_are_no_text_and_forms_are() -> None:
    assert flat(text_of_pdf(set_in("甲#pdf.artifact[乙]丙"))) == "甲丙"


def test_a_file_of_another_hand_is_told_by_its_facts() -> None:
    facts = facts_of_pdf(pdf_text("甲"))
    assert (facts.is_tagged, facts.language, facts.pages) == (False, "", 1)
    assert facts.fonts and not all(embedded for _, embedded in facts.fonts)
    action = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    names = b"<</JavaScript<</Names[(a) 4 0 R]>>>>"
    pinned = b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Annots[%s]>>" % pinned
    odd = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/Names %s>>" % names,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page,
        action,
    )
    odds = ("script", "JS", "JavaScript", "annotation 17")
    assert facts_of_pdf(odd) == Facts("", "", False, 1, (), (), odds)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", bytes(99)])
def test_what_is_no_pdf_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        facts_of_pdf(data)
    with pytest.raises(Unreadable):
        text_of_pdf(data)


def test_a_bomb_is_read_or_refused() -> None:
    assert text_of_pdf(flate_bomb_pdf()) == ""
