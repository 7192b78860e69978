"""Every kind of page on paper: A4, nothing cut, rows whole, the head of a table above all of it."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass

import pypdf
import pytest

pytestmark = pytest.mark.browser

#: A4 in points, and the margins beside the text, for sheets that stand and that lie.
SHORT, LONG = 595.3, 841.9
STANDING, LYING = 18 * 72 / 25.4, 14 * 72 / 25.4

#: The pages that people print, and whether their sheets lie. A notice is for itself below.
PRINTED = {
    "directory": False,
    "regime": True,
    "group": True,
    "item": True,
    "directory_publishers": False,
    "directory_publisher": True,
    "directory_number": True,
    "gaps": False,
    "guide": False,
    "archive": False,
    "archive_year": True,
    "archive_item": True,
}


@dataclass(frozen=True)
class Sheet:
    """One side of paper: its size in points, its text without blanks, and where its texts begin and end."""

    width: float
    height: float
    text: str
    left: float
    right: float


def on_paper(page) -> list[Sheet]:
    """The sheets that a page is printed on."""
    file = page.pdf(prefer_css_page_size=True, print_background=True)
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return [_sheet(sheet, f"{at}/{len(pages)}") for at, sheet in enumerate(pages, 1)]


def _sheet(page: pypdf.PageObject, number: str) -> Sheet:
    starts, ends = [], []

    def visit(text, matrix, text_matrix, _font, size) -> None:
        if not text.strip():
            return
        scale = abs(text_matrix[0] * matrix[0]) * size
        start = text_matrix[4] * matrix[0] + matrix[4]
        starts.append(start)
        # A Chinese character is as wide as it is high; others are half as wide, about.
        widths = (1 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text.strip())
        ends.append(start + scale * sum(widths))

    text = joined(page.extract_text(visitor_text=visit))
    assert text.startswith(number), "every sheet has its number"
    box = page.mediabox
    return Sheet(float(box.width), float(box.height), text.removeprefix(number), min(starts), max(ends))


#: What a font gives back where it has one picture for two characters.
ALIKE = str.maketrans({"戶": "户", "―": "—", "∕": "/"})


def joined(text: str) -> str:
    """Without blanks, and with ordinary characters for those that some fonts give back."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(ALIKE)


def places_of(text: str, part: str) -> list[int]:
    """Where a text begins; a radical that is left may stand for the character that it looks like."""
    pattern = "".join(f"[{re.escape(c)}\u2e80-\u2eff]" for c in joined(part))
    return [found.start() for found in re.finditer(pattern, text)]


def holds(text: str, part: str) -> bool:
    return bool(places_of(text, part))


# What stands in the tables of a page: the text of each head, of each row below it, and of the sums.
TABLES = """() => [...document.querySelectorAll(".table-scroll table")].map(table => [
  table.tHead.innerText,
  [...table.querySelectorAll("tbody tr:not(.nb-group)")]
    .filter(row => row.getClientRects().length).map(row => row.innerText),
  table.tFoot ? table.tFoot.innerText : "",
])"""


#: What a reader uses on a screen, and cannot on paper.
NAVIGATION = (
    "看哪个村",
    "按原因",
    "首页",
    "跳到正文",
    "大字",
    "深色",
    "上一条",
    "下载：",
    "登记册JSON",
    "主办：",
)


def check_sheets(sheets: list[Sheet], lying: bool) -> None:
    """What holds of all paper."""
    margin = LYING if lying else STANDING
    for sheet in sheets:
        size = (LONG, SHORT) if lying else (SHORT, LONG)
        assert (sheet.width, sheet.height) == pytest.approx(size, abs=2), "A4"
        assert sheet.left >= margin - 1, "nothing is cut"
        assert sheet.right <= sheet.width - margin + 1, "nothing is cut"
        assert sheet.text, "no sheet is empty"
    assert not sheets[-1].text.startswith(("主办", "本页内容", "地址", "电话")), "no sheet for the foot alone"
    whole = "".join(sheet.text for sheet in sheets)
    assert holds(whole, "本页内容截至2026年11月21日")
    assert not [word for word in NAVIGATION if holds(whole, word)]


@pytest.mark.parametrize("printed", PRINTED)
def test_lists_on_paper(look, town, sample, printed):
    page = look.settle(town).go(sample.address(printed))
    page.emulate_media(media="print")
    title, tables = page.locator("h1").inner_text(), page.evaluate(TABLES)
    sheets = on_paper(page)
    check_sheets(sheets, PRINTED[printed])
    texts = [sheet.text for sheet in sheets]
    assert any(holds(text, title) for text in texts[:2])
    found: dict[int, list[int]] = {at: [] for at in range(len(texts))}
    for head, rows, _ in tables:
        for row in rows:
            places = {at: places_of(text, row) for at, text in enumerate(texts)}
            assert any(places.values()), f"lost, or cut in two: {row}"
            for at, here in places.items():
                found[at] += here
                assert not here or min(places_of(texts[at], head), default=9**9) < max(here), "no head above"
    assert any(found.values())
    for at, text in enumerate(texts):
        last = max(place for head, _, _ in tables for place in (-1, *places_of(text, head)))
        assert last <= max(found[at], default=-1), "a head without a row below it"
    sums = [foot for _, _, foot in tables if foot]
    for foot in sums:
        assert sum(len(places_of(text, foot)) for text in texts) == sums.count(foot), "sums stand at the end"


def test_a_year_of_the_archive_is_a_register_with_a_title_page(look, town, sample):
    page = look.settle(town).go(sample.address("archive_year"))
    assert not page.locator(".nb-title-page").is_visible(), "on paper alone"
    year = sample.address("archive_year").split("/")[1]
    past = [n for n in sample.notices if n["published_on"][:4] == year and n["status"] != "current"]
    first, second, *_ = on_paper(page)
    named = ("三棠镇公开栏", "往期公开登记册", "三棠镇人民政府", "截至2026年11月21日")
    for part in (*named, f"{year}年", f"共{len(past)}条"):
        assert holds(first.text, part), part
    assert not any(holds(first.text, notice["title"]) for notice in past)
    assert holds(second.text, f"{year}年往期公开") and any(holds(second.text, n["title"]) for n in past)


def test_a_long_table_on_paper(look, town, sample):
    notice = sample.longest_table
    page = look.settle(town).go(notice["url"])
    table = page.locator(".nb-body table").first
    head = "".join(table.locator("thead th").all_inner_texts())
    rows = table.evaluate("it => [...it.tBodies[0].rows].map(row => row.innerText)")
    assert len(rows) >= 40
    sheets = on_paper(page)
    check_sheets(sheets, lying=False)
    counts = [sum(holds(sheet.text, row) for row in rows) for sheet in sheets]
    assert sum(counts) == len(rows), "no row is lost or cut in two"
    assert len([count for count in counts if count]) >= 2
    for sheet, count in zip(sheets, counts, strict=True):
        assert holds(sheet.text, head) == bool(count), "every sheet with rows says what the columns are"
    whole = "".join(sheet.text for sheet in sheets)
    assert holds(whole, notice["title"])
    for word in ("各村各单位", "往期公开", "跳到正文", "大字", "深色", "上一条"):
        assert not holds(whole, word)


def test_notices_on_paper(look, town, sample):
    for kind in ("table", "current", "long_term", "withdrawn"):
        check_sheets(on_paper(look.settle(town).go(sample.address(kind))), lying=False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("chosen", [None, "on", "off"])
def test_paper_is_white_and_ink_is_black(look, town, sample, scheme, chosen):
    page = look.settle(town).go(sample.address("withdrawn"))
    if chosen:
        page.evaluate("chosen => document.documentElement.setAttribute('data-nb-dark', chosen)", chosen)
    page.emulate_media(media="print", color_scheme=scheme)
    found = page.evaluate(
        """() => [...document.querySelectorAll(
            ".nb-main, .nb-notice h1, .nb-body p, .nb-body td, .nb-facts dt, .nb-note, .nb-left")]
          .filter(element => element.getClientRects().length)
          .map(element => getComputedStyle(element).color)"""
    )
    assert set(found) == {"rgb(0, 0, 0)"}
    grounds = page.evaluate(
        """() => [...document.querySelectorAll("html, body, .nb-main, .nb-notice, .nb-status, .nb-body td")]
          .map(element => getComputedStyle(element).backgroundColor)"""
    )
    assert set(grounds) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
