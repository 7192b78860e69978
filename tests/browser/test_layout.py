"""Every kind of page on every width: nothing sticks out, text can be read, and paper holds it all."""

from __future__ import annotations

import io
import re
import unicodedata

import pypdf
import pytest

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1440)

STICKING_OUT = """() => {
  const page = document.documentElement, found = [];
  if (page.scrollWidth > window.innerWidth) found.push(`the page: ${page.scrollWidth}`);
  const scrolls = element => {
    for (let it = element; it && it !== document.body; it = it.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(it).overflowX)) return true;
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width > 1 && (box.right > window.innerWidth + 1 || box.left < -1) && !scrolls(element))
      found.push(`${element.tagName}.${element.className}: ${box.left} to ${box.right}`);
  }
  return found.slice(0, 5);
}"""


@pytest.mark.parametrize("size", ["off", "on"], ids=["text", "large_text"])
def test_nothing_sticks_out(look, place, kind, size):
    site, address = place(kind)
    page = look.settle(site).go(address)
    page.evaluate("size => document.documentElement.setAttribute('data-nb-size', size)", size)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if sticking := page.evaluate(STICKING_OUT):
            found[width] = sticking
    assert found == {}


def test_a_long_word_does_not_widen_the_page(look, town, sample):
    page = look.settle(town).go(sample.address("current"))
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate(
        """() => {
          const word = "https-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
          for (const it of document.querySelectorAll(".nb-notice h1, .nb-body p, .nb-facts dd, .nb-pager a"))
            it.textContent = word;
        }"""
    )
    assert page.evaluate(STICKING_OUT) == []


def test_wide_tables_scroll_by_themselves_and_the_keyboard_can_scroll_them(look, town, sample):
    page = look.settle(town).go(sample.address("table"))
    page.set_viewport_size({"width": 320, "height": 800})
    tables = page.evaluate(
        """() => [...document.querySelectorAll(".nb-body table")].map(table => {
          const box = table.closest(".table-scroll");
          return [!!box, box && box.tabIndex, box && box.scrollWidth > box.clientWidth];
        })"""
    )
    assert tables and all(table[:2] == [True, 0] for table in tables)
    assert any(wide for _, _, wide in tables)
    scroll = page.locator(".table-scroll").first
    scroll.focus()
    page.keyboard.press("ArrowRight")
    for _ in range(20):
        page.wait_for_timeout(50)
        if page.evaluate("document.querySelector('.table-scroll').scrollLeft") > 0:
            return
    pytest.fail("an arrow key does not scroll the table")


# What a reader reads: sizes of every text that is drawn, and how long the lines of running text are.
READING = """() => {
  const base = [], small = [], long = [];
  const seen = element => element.getClientRects().length > 0;
  const text = element => `${element.tagName} ${element.textContent.trim().slice(0, 20)}`;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !seen(element) || element.closest("sup, rt")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < 16) small.push(`${text(element)}: ${size} px`);
  }
  const running = ".nb-body p, .nb-body li, .nb-main > p, .nb-note, .nb-empty";
  for (const element of document.querySelectorAll(".nb-main :is(p, li, dd, blockquote)")) {
    if (!seen(element) || element.closest("table")) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize), line = parseFloat(style.lineHeight);
    if (element.matches(running) && !element.closest(".footnote") && (size < 18 || line / size < 1.695))
      base.push(`${text(element)}: ${size} px, ${line / size}`);
    const padding = (one, other) => parseFloat(style["padding" + one]) + parseFloat(style["padding" + other]);
    const width = element.clientWidth - padding("Left", "Right");
    const height = element.clientHeight - padding("Top", "Bottom");
    const holdsBlocks = [...element.children].some(child => getComputedStyle(child).display === "block");
    if (!holdsBlocks && height > 1.5 * line && width / size > 38.01)
      long.push(`${text(element)}: ${width / size} characters`);
  }
  return {base, small, long};
}"""


def test_text_is_large_enough_and_lines_are_short_enough(look, place, kind):
    if kind == "redirect":
        return  # one heading and one link, in the reader's own style
    site, address = place(kind)
    page = look.settle(site).go(address)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate(READING) == {"base": [], "small": [], "long": []}
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.nb-main')).fontSize)") >= 18


def test_text_is_as_large_on_a_phone_and_follows_the_reader_s_own_size(look, town, sample):
    page = look.settle(town).go(sample.address("current"))
    page.set_viewport_size({"width": 320, "height": 700})
    size = "parseFloat(getComputedStyle(document.querySelector('.nb-body p')).fontSize)"
    assert page.evaluate(size) >= 18
    assert page.evaluate("document.documentElement.style.fontSize = '200%'") and page.evaluate(size) >= 36
    assert page.evaluate(STICKING_OUT) == []


def on_paper(page) -> list[tuple[float, float, str]]:
    """The sheets that a page is printed on: width and height in points, and the text without blanks."""
    file = page.pdf(prefer_css_page_size=True, print_background=True)
    return [
        (float(sheet.mediabox.width), float(sheet.mediabox.height), joined(sheet.extract_text()))
        for sheet in pypdf.PdfReader(io.BytesIO(file)).pages
    ]


def joined(text: str) -> str:
    """Without blanks, and with ordinary characters for the radicals that some fonts give back."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("戶", "户")


def holds(text: str, part: str) -> bool:
    """Whether a sheet holds a text; any radical that is left may stand for the character it looks like."""
    return re.search("".join(f"[{re.escape(c)}\u2e80-\u2eff]" for c in joined(part)), text) is not None


def test_a_long_table_on_paper(look, town, sample):
    notice = sample.longest_table
    page = look.settle(town).go(notice["url"])
    table = page.locator(".nb-body table").first
    head = "".join(table.locator("thead th").all_inner_texts())
    rows = table.evaluate("it => [...it.tBodies[0].rows].map(row => row.innerText)")
    assert len(rows) >= 40
    sheets = on_paper(page)
    for width, height, _ in sheets:
        assert abs(width - 595.3) < 2 and abs(height - 841.9) < 2, "A4"
    counts = [sum(holds(text, row) for row in rows) for _, _, text in sheets]
    assert sum(counts) == len(rows), "no row is lost or cut in two"
    assert len([count for count in counts if count]) >= 2
    for (_, _, text), count in zip(sheets, counts, strict=True):
        assert holds(text, head) == bool(count), "every sheet with rows says what the columns are"
    whole = "".join(text for _, _, text in sheets)
    assert holds(whole, notice["title"])
    for word in ("各村各单位", "往期公开", "跳到正文", "大字", "深色", "上一条"):
        assert not holds(whole, word)


def test_no_sheet_is_printed_for_the_foot_of_the_page_alone(look, town, sample):
    for kind in ("table", "current", "long_term"):
        sheets = on_paper(look.settle(town).go(sample.address(kind)))
        assert not sheets[-1][2].startswith(("主办", "本页内容", "地址", "电话")), kind


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
