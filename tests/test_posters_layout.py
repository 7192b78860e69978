"""What a poster looks like: sizes, pages, lines, rows, the signature, the code."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pypdfium2 import raw

from noticeboard.posters.fonts import Faces, find_fonts
from noticeboard.posters.setting import Poster, Setter, Unsettable, poster_input, reading_order
from noticeboard.posters.sheet import Orientation, Sheet, Size, Style, Wish

WORDS = {"page": "第{page}页 共{pages}页", "attachments": "附件", "notes": "注", "colon": "："}
SHEET = Sheet(
    id="2026/zhang/0001",
    path="notices/2026/zhang/0001.md",
    title=("停水", "通知"),
    head="",
    document_number="",
    mark="",
    notes=(),
    html="",
    attachments=(),
    facts=(
        ("公示期", "2026年11月20日至2026年11月26日"),
        ("联系电话", "0000-5550123"),
        ("监督电话", "0000-5550199"),
    ),
    signature="张家村村民委员会",
    date="2026年11月20日",
    code="https://gongkai.example/n/abc234/",
    code_label="扫码看原文",
    address="gongkai.example/n/abc234/",
    strip=("张贴人", "张贴日期", "撤下日期", "照片编号"),
)
LONG_TITLE = ("张家村", "2026年", "第三季度", "农村", "最低", "生活", "保障", "对象", "公示")
#: Invented, and full of what must not stand at the ends of lines.
TEXT = (
    "根据《村务公开办法》（试行）和“阳光村务”要求，经村民代表会议讨论、乡镇审核（2026年第3次），"
    "现将《2026年度集体收支明细》予以公示；如有异议，请于公示期内反映：阿依古丽·买买提、"
    "迪丽热巴·吐尔逊……以及其他代表——均可受理！是否属实？请拨打0000-5550123。"
)
HEAD = ("序号", "户主姓名", "村民小组", "保障人数", "月保障金（元）", "备注")
INVISIBLE = re.compile("[\\s\u200b\u2060\ufeff\u00ad\ufffe\u0002]")


def words(text: str) -> dict[str, Any]:
    return {"t": "s", "v": text}


def paragraph(text: str) -> dict[str, Any]:
    return {"t": "p", "c": [words(text)]}


def cell(text: str, **more: Any) -> dict[str, Any]:
    return {"c": [paragraph(text)], "colspan": 1, "rowspan": 1, "align": "", "th": False} | more


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    lines = [[cell(text, th=True) for text in head], *([cell(text) for text in row] for row in rows)]
    return {"t": "table", "caption": None, "cols": len(head), "head": 1, "rows": lines}


def households(count: int) -> dict[str, Any]:
    surnames, given = "王李张刘陈杨黄赵", "伟芳娜敏静丽强磊"
    rows = [
        (
            str(at),
            f"{surnames[at % 8]}{given[at // 8 % 8]}{given[at % 7]}",
            "三组",
            str(at % 5 + 1),
            "735",
            "",
        )
        for at in range(1, count + 1)
    ]
    return table(HEAD, rows)


@lru_cache
def faces() -> Faces:
    return find_fonts()


@lru_cache
def setter(root: Path = Path(__file__).parent) -> Setter:
    return Setter(root, faces())


def data_of(blocks: Sequence[Any], wish: Wish) -> dict[str, Any]:
    return poster_input(wish, blocks, WORDS, faces().stacks)


def poster(blocks: Sequence[Any], size: Size = Size.A4, style: Style = Style.BOARD, **changes: Any) -> Poster:
    wish = Wish(replace(SHEET, **changes), size, Orientation.PORTRAIT, style)
    return setter().set(data_of(blocks, wish))


@dataclass(frozen=True)
class Line:
    """A line as printed: its baseline above the foot of the page, its text, and its largest type."""

    y: float
    text: str
    size: float
    left: float
    right: float


def lines_of(pdf: bytes, page: int) -> list[Line]:
    """The lines of a page from above, made of characters that stand at one height."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[page if page >= 0 else len(document) + page].get_textpage()
    rows: dict[float, list[tuple[float, str, float]]] = {}
    for at in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, at))
        if INVISIBLE.fullmatch(character):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        height = next((known for known in rows if abs(known - y.value) < 1.5), y.value)
        rows.setdefault(height, []).append((x.value, character, raw.FPDFText_GetFontSize(text, at)))
    made = []
    for y, row in sorted(rows.items(), reverse=True):
        row.sort()
        text_of_row = "".join(character for _, character, _ in row)
        made.append(Line(y, text_of_row, max(size for *_, size in row), row[0][0], row[-1][0]))
    return made


def over_signature(pdf: bytes, head: str) -> int:
    """Lines and rows that stand over the signature on the last page, without a repeated header."""
    lines = lines_of(pdf, -1)
    at = next(at for at, line in enumerate(lines) if SHEET.signature == line.text)
    return sum(1 for line in lines[:at] if not (head and line.text.startswith(head)))


def pages_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return INVISIBLE.sub("", "".join(page.get_textpage().get_text_range() for page in document))


# Sizes


@pytest.mark.parametrize(
    ("size", "least", "most"), [(Size.A4, 26, 40), (Size.A3, 38, 56), (Size.A2, 55, 80)], ids=str
)
def test_a_short_notice_fills_its_sheet(size: Size, least: float, most: float) -> None:
    made = poster([paragraph(TEXT[:80])], size)
    assert made.pages == 1
    assert least <= made.points <= most


@pytest.mark.parametrize(("size", "least"), [(Size.A4, 14), (Size.A3, 16), (Size.A2, 22)], ids=str)
@pytest.mark.parametrize("count", [12, 40])
def test_a_long_notice_keeps_its_type_readable(size: Size, least: float, count: int) -> None:
    made = poster([paragraph(TEXT)] * count, size)
    assert made.points >= least
    sizes = Counter(round(line.size) for line in lines_of(made.pdf, 0)[1:-1])
    assert sizes.most_common(1)[0][0] == pytest.approx(made.points, abs=0.6)


def test_another_page_begins_only_where_the_type_cannot_get_smaller() -> None:
    made = [poster([paragraph(TEXT)] * count) for count in range(3, 13)]
    last = next(one for one, more in pairwise(made) if one.pages == 1 < more.pages)
    assert last.points < 16.5
    sizes = [one.points for one in made if one.pages == 1]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(("size", "floor"), [(Size.A4, 10.4), (Size.A3, 11.9)], ids=str)
def test_a_table_of_many_columns_stays_readable(size: Size, floor: float) -> None:
    row = ("1", "大湾头", "王伟芳", "12.50", "650.00", *["12,345.60"] * 6, "123,456.78", "赵静", "另行结算")
    wide = table([f"第{at}栏目" for at in range(14)], [row] * 5)
    wish = Wish(SHEET, size, Orientation.AUTO)
    data = data_of([wide], wish)
    made = setter().set(data)
    lines = [line for page in range(made.pages) for line in lines_of(made.pdf, page)]
    rows = [line for line in lines if "12,345.60" in line.text]
    assert len(rows) == 5, "amounts stay in one line"
    assert all(line.size >= floor for line in rows)
    assert made.pages == 1 or over_signature(made.pdf, "第") >= 2


def test_a_table_that_does_not_fit_upright_lies_across() -> None:
    wide = table(["合计"] * 16, [["123,456.78"] * 16])
    across = data_of([wide], Wish(SHEET, Size.A4, Orientation.AUTO))["sheet"]
    upright = data_of([wide], Wish(SHEET, Size.A4, Orientation.PORTRAIT))["sheet"]
    narrow = data_of([households(3)], Wish(SHEET, Size.A4, Orientation.AUTO))["sheet"]
    assert across["width"] > across["height"]
    assert upright["width"] < upright["height"]
    assert narrow["width"] < narrow["height"]


# The signature


@pytest.mark.parametrize("size", [Size.A4, Size.A3], ids=str)
@pytest.mark.parametrize("count", [1, 5, 9, 10, 11, 17, 23, 29, 41, 60])
def test_no_signature_stands_alone_after_paragraphs(size: Size, count: int) -> None:
    made = poster([paragraph(TEXT)] * count, size)
    assert over_signature(made.pdf, "") >= 2


@pytest.mark.parametrize("size", [Size.A4, Size.A3], ids=str)
@pytest.mark.parametrize("count", [1, 14, 22, 23, 30, 47, 64, 89, 120])
def test_no_signature_stands_alone_after_rows(size: Size, count: int) -> None:
    made = poster([paragraph(TEXT), households(count)], size)
    assert over_signature(made.pdf, "序号") >= 2


@pytest.mark.parametrize("count", range(3, 33, 3))
def test_no_signature_stands_alone_in_the_official_layout(count: int) -> None:
    made = poster([paragraph(TEXT)] * count, style=Style.OFFICIAL)
    assert over_signature(made.pdf, "") >= 2


@pytest.mark.parametrize("count", [3, 4, 7, 10, 11, 30])
def test_no_signature_stands_alone_after_rows_in_the_official_layout(count: int) -> None:
    made = poster([paragraph(TEXT), households(count)], style=Style.OFFICIAL)
    assert over_signature(made.pdf, "序号") >= 2


@pytest.mark.parametrize("kind", ["p", "ol"])
@pytest.mark.parametrize("lines", [13, 15, 17, 19])
def test_no_more_lines_go_over_to_the_signature_than_it_needs(lines: int, kind: str) -> None:
    texts = [paragraph("永" * 20)] * lines
    blocks = [{"t": "ol", "start": 1, "items": [[one] for one in texts]}] if kind == "ol" else texts
    made = poster(blocks, style=Style.OFFICIAL)
    assert made.pages == 2
    assert 2 <= over_signature(made.pdf, "") <= 4


@pytest.mark.parametrize("style", Style)
def test_the_date_keeps_four_characters_from_the_edge_under_the_middle_of_the_signature(style: Style) -> None:
    made = poster([paragraph(TEXT)] * 3, style=style)
    lines = lines_of(made.pdf, -1)
    at = next(at for at, line in enumerate(lines) if line.text == SHEET.signature)
    signature, date = lines[at], lines[at + 1]
    edge = {Style.BOARD: 210 - 17, Style.OFFICIAL: 210 - 26}[style] / 25.4 * 72
    outer = max(signature.right, date.right) + made.points
    assert date.text == SHEET.date
    assert edge - date.right - made.points == pytest.approx(4 * made.points, abs=0.6 * made.points)
    assert outer <= edge
    middle = (signature.left + signature.right) / 2
    assert middle == pytest.approx((date.left + date.right) / 2, abs=0.3 * made.points)


def test_there_is_room_for_a_seal() -> None:
    made = poster([paragraph(TEXT)] * 3, facts=(), code="", strip=())
    lines = lines_of(made.pdf, -1)
    at = next(at for at, line in enumerate(lines) if line.text == SHEET.signature)
    below = lines[at + 2].y if at + 2 < len(lines) else 0
    assert lines[at - 1].y - below > 40 / 25.4 * 72


# Tables


def test_a_long_table_has_its_header_on_every_page() -> None:
    made = poster([paragraph(TEXT), households(200)])
    assert made.pages > 3
    for page in range(made.pages):
        lines = [line.text for line in lines_of(made.pdf, page)]
        rows = [line for line in lines if re.fullmatch(r"\d+[\u4e00-\u9fff]{3}三组\d735", line)]
        assert not rows or any("序号" in line for line in lines[:20]), page
    everything = pages_text(made.pdf)
    assert all(f"{at}{name}" in everything for at, name in ((1, "李"), (100, "陈"), (200, "王")))


def test_no_row_is_cut_between_pages() -> None:
    """Rows of three lines: on every page the first line of a row comes with the other two."""
    text = "甲乙丙丁戊己庚辛壬癸" * 9
    rows = [(f"{at}", f"始{text}终") for at in range(100, 140)]
    made = poster([table(("序号", "说明"), rows)])
    assert made.pages > 1
    for page in range(made.pages):
        said = "".join(line.text for line in lines_of(made.pdf, page))
        assert said.count("始") == said.count("终")


def test_merged_cells_and_headers_of_two_rows() -> None:
    merged = {
        "t": "table",
        "caption": [words("表1 造价")],
        "cols": 3,
        "head": 2,
        "rows": [
            [cell("项目", rowspan=2, th=True), cell("金额", colspan=2, th=True)],
            [cell("预算", th=True), cell("决算", th=True)],
            *([cell(f"工程{at}"), cell("10,000.00"), cell("9,800.00")] for at in range(60)),
            [cell("合计", colspan=2), cell("588,000.00")],
        ],
    }
    made = poster([merged])
    assert made.pages > 1
    assert all(
        "预算" in "".join(line.text for line in lines_of(made.pdf, at)[:4]) for at in range(1, made.pages)
    )


# Titles and lines


@pytest.mark.parametrize("size", Size)
def test_titles_break_only_between_phrases(size: Size) -> None:
    made = poster([paragraph(TEXT)] * 4, size, title=LONG_TITLE)
    whole = "".join(LONG_TITLE)
    ends = {len("".join(LONG_TITLE[:at])) for at in range(1, len(LONG_TITLE) + 1)}
    said, lines = "", lines_of(made.pdf, 0)
    while said != whole:
        said += lines.pop(0).text
        assert len(said) in ends


def test_a_phrase_that_is_longer_than_a_line_is_broken_all_the_same() -> None:
    made = poster([paragraph(TEXT)], title=("永" * 60, "通知"))
    right = (210 - 17) / 25.4 * 72
    assert all(line.right < right for line in lines_of(made.pdf, 0))
    assert "永" * 60 in pages_text(made.pdf)


@pytest.mark.parametrize("style", Style)
def test_no_line_begins_or_ends_with_what_it_must_not(style: Style) -> None:
    """The text after 1, 2, 3 … characters more breaks everywhere it may."""
    made = poster([paragraph("甲" * at + TEXT) for at in range(45)], style=style)
    first, last = [], []
    for page in range(made.pages):
        for line in lines_of(made.pdf, page):
            if line.size == pytest.approx(made.points, abs=0.3):
                first.append(line.text[0])
                last.append(line.text[-1])
    assert len(first) > 150
    assert not set(first) & set("、。，；：？！）》」』”’·")
    assert not set(last) & set("（《「『“‘")
    assert not any(a == b and a in "—…" for a, b in zip(last, first[1:], strict=False))


def test_an_official_page_has_22_lines_of_28_characters() -> None:
    made = poster([paragraph("甲" * 2700)], style=Style.OFFICIAL)
    lines = [line for line in lines_of(made.pdf, 1) if set(line.text) == {"甲"}]
    assert len(lines) == 22
    assert {len(line.text) for line in lines} == {28}
    pitch = [above.y - below.y for above, below in pairwise(lines)]
    assert pitch == pytest.approx([28.99] * 21, abs=0.05)
    assert lines[0].size == pytest.approx(16, abs=0.1)


def test_official_page_numbers_stand_at_the_outer_edge() -> None:
    made = poster([paragraph(TEXT)] * 20, style=Style.OFFICIAL)
    numbers = [lines_of(made.pdf, page)[-1] for page in range(made.pages)]
    assert [line.text for line in numbers] == [f"—{at}—" for at in range(1, made.pages + 1)]
    assert numbers[0].left > 300 > numbers[1].left


# The code, and the whole


@pytest.mark.parametrize(("size", "least"), [(Size.A4, 45), (Size.A3, 70), (Size.A2, 95)], ids=str)
@pytest.mark.parametrize("style", Style)
def test_the_code_is_large_and_is_read_at_100_dots_an_inch(size: Size, least: float, style: Style) -> None:
    made = poster([paragraph(TEXT)], size, style)
    page = pypdfium2.PdfDocument(made.pdf)[made.pages - 1]
    image = page.render(scale=100 / 72, grayscale=True).to_numpy()
    (found,) = zxingcpp.read_barcodes(image[:, :, 0] if image.ndim == 3 else image)
    assert found.text == SHEET.code
    width = found.position.top_right.x - found.position.top_left.x
    assert width / 100 * 25.4 >= (least if style is Style.BOARD else 45) - 0.6


def test_without_an_address_there_is_no_code() -> None:
    made = poster([paragraph(TEXT)], code="", address="")
    image = pypdfium2.PdfDocument(made.pdf)[0].render(scale=100 / 72, grayscale=True).to_numpy()
    assert not zxingcpp.read_barcodes(image[:, :, 0] if image.ndim == 3 else image)
    assert "0000-5550123" in pages_text(made.pdf)


EVERYTHING: tuple[dict[str, Any], ...] = (
    {"t": "h", "l": 3, "c": [words("一、总则")]},
    {
        "t": "p",
        "c": [
            words("甲"),
            *(
                {"t": kind, "c": [words(f"乙{at}")]}
                for at, kind in enumerate(
                    ("b", "i", "u", "del", "ins", "sub", "sup", "mark", "small", "code")
                )
            ),
            {"t": "ref", "n": "1"},
            {"t": "br"},
            {"t": "a", "href": "https://example.org/", "c": [words("原文")], "shown": "example.org"},
            {"t": "a", "href": None, "c": [words("旧文")], "shown": ""},
        ],
    },
    {"t": "h", "l": 6, "c": [words("六级")]},
    {"t": "hr"},
    {"t": "ul", "items": [[paragraph("丙"), {"t": "ol", "start": 3, "items": [[paragraph("丁")], []]}], []]},
    {"t": "dl", "items": [{"term": [words("地点")]}, {"c": [paragraph("村委会")]}]},
    {"t": "quote", "c": [paragraph("引文")]},
    {"t": "pre", "v": "戊  己\n  庚"},
    {"t": "figure", "c": [paragraph("图中")], "caption": [words("图1")]},
    households(2),
    {"t": "notes", "items": [{"n": "1", "c": [paragraph("脚注")]}]},
)


@pytest.mark.parametrize("style", Style)
def test_every_kind_of_block_is_set_in_reading_order(style: Style) -> None:
    changes: dict[str, Any] = {
        "head": "永和镇人民政府文件",
        "document_number": "永三府发〔2026〕12号",
        "mark": "已期满",
        "notes": ("本公示已于2026年11月26日期满。",),
        "attachments": ("名单.xlsx", "流程.pdf"),
        "example": "示例：内容为虚构",
    }
    wish = Wish(replace(SHEET, **changes), style=style)
    data = data_of(EVERYTHING, wish)
    made = setter().set(data)
    said = pages_text(made.pdf)
    for line in reading_order(data).split("\n"):
        assert INVISIBLE.sub("", line) in said
    if made.pages == 1:
        foot = INVISIBLE.sub("", "第1页 共1页")
        assert said.replace(foot, "") == INVISIBLE.sub("", reading_order(data))


@pytest.mark.parametrize("broken", [{"t": "video"}, {"t": "p", "c": [{"t": "blink", "c": []}]}])
def test_what_cannot_be_set_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(Unsettable, match="unknown"):
        poster([broken])


@pytest.mark.parametrize(
    "source", ["../secret.png", "/etc/secret.png", "a/../../secret.png", "..\\secret.png"]
)
def test_a_picture_from_outside_of_its_folder_is_refused(source: str) -> None:
    with pytest.raises(Unsettable, match="outside"):
        poster([{"t": "img", "src": source, "alt": "图", "w": None, "h": None}])


@pytest.mark.parametrize(("alt", "wide", "tall"), [("广场", 40, 20), ("", 2000, 20), ("广场", 200, 3000)])
def test_a_picture_goes_into_the_page(tmp_path: Path, alt: str, wide: int, tall: int) -> None:
    """However long or wide, it takes at most half a page: text and signature need two sheets, not three."""
    namespace = 'xmlns="http://www.w3.org/2000/svg"'
    svg = f'<svg {namespace} width="{wide}" height="{tall}"><rect width="{wide}" height="{tall}"/></svg>'
    (tmp_path / "广场.svg").write_text(svg, encoding="utf-8")
    picture = {"t": "img", "src": "广场.svg", "alt": alt, "w": None, "h": None}
    made = Setter(tmp_path, faces()).set(data_of([paragraph(TEXT), picture], Wish(SHEET)))
    assert made.pages <= 2
    heights, widths = [], []
    for page in pypdfium2.PdfDocument(made.pdf):
        for thing in page.get_objects(max_depth=4):
            left, bottom, right, top = thing.get_bounds()
            heights.append(top - bottom)
            widths.append(right - left)
    assert max(heights) <= (297 - 32) / 2 / 25.4 * 72 + 1
    assert max(widths) <= (210 - 34) / 25.4 * 72 + 3


def test_a_poster_of_nothing_but_a_title_is_set() -> None:
    nothing: dict[str, Any] = {"facts": (), "signature": "", "date": "", "code": "", "strip": ()}
    assert poster([], **nothing).pages == 1


def test_same_data_same_bytes() -> None:
    data = data_of([paragraph(TEXT), households(30)], Wish(SHEET))
    first = setter().set(data)
    other = Setter(Path(__file__).parent, faces()).set(data)
    assert first == other


def test_the_pdf_says_its_language_its_title_and_its_standard() -> None:
    made = poster([paragraph(TEXT), households(3)])
    assert b"zh-CN" in made.pdf
    assert "停水通知".encode() in made.pdf
    assert re.search(rb"pdfuaid:part(>|=\")1", made.pdf)
