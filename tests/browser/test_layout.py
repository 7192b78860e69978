"""Every kind of page on every width: nothing sticks out, and what is to be read can be read, paper included."""

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
    page.wait_for_function("document.querySelector('.table-scroll').scrollLeft > 0")


# What a reader reads: sizes of every text that is drawn, and how long the lines of running text are.
READING = """() => {
  const base = [], small = [], long = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !element.getClientRects().length) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < 16 && !element.closest("sup, rt")) small.push(`${element.className} ${size} ${element.textContent.slice(0, 20)}`);
  }
  const text = element => `${element.tagName} ${element.textContent.trim().slice(0, 20)}`;
  for (const element of document.querySelectorAll(".nb-main p, .nb-main li, .nb-main dd, .nb-main blockquote")) {
    if (!element.getClientRects().length || element.closest("table")) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize), line = parseFloat(style.lineHeight);
    const running = element.matches(".nb-body p, .nb-body li, .nb-main > p, .nb-note, .nb-empty") && !element.closest(".footnote");
    if (running && (size < 18 || line / size < 1.695)) base.push(`${text(element)}: ${size} px, ${line / size}`);
    const inner = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const blocks = [...element.children].some(child => getComputedStyle(child).display === "block");
    if (!blocks && element.clientHeight > 1.5 * line && inner / size > 38.01) long.push(`${text(element)}: ${inner / size}`);
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


def test_a_long_table_on_paper(look, town, sample):
    notice = sample.longest_table
    page = look.settle(town).go(notice["url"])
    heads = [
        re.sub(r"\s", "", head)
        for head in page.locator(".nb-body table").first.locator("thead th").all_inner_texts()
    ]
    first_cells = page.evaluate(
        """() => [...document.querySelectorAll(".nb-body table")[0].tBodies[0].rows]
          .map(row => [...row.cells].map(cell => cell.innerText.replace(/\\s/g, "")).join(""))"""
    )
    assert len(first_cells) >= 38
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        pages = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages
        texts = [
            re.sub(r"\s", "", unicodedata.normalize("NFKC", sheet.extract_text() or "")) for sheet in pages
        ]
        for sheet in pages:
            assert (
                abs(float(sheet.mediabox.width) - 595.3) < 2 and abs(float(sheet.mediabox.height) - 841.9) < 2
            )
        rows = [
            sum(unicodedata.normalize("NFKC", row) in text for row in dict.fromkeys(first_cells))
            for text in texts
        ]
        assert sum(rows) == len(dict.fromkeys(first_cells)), "no row is lost or cut in two"
        with_rows = [text for text, count in zip(texts, rows, strict=True) if count]
        assert len(with_rows) >= 2
        for text in with_rows:
            assert unicodedata.normalize("NFKC", "".join(heads)) in text
        whole = "".join(texts)
        assert re.sub(r"\s", "", unicodedata.normalize("NFKC", notice["title"])) in whole
        for word in ("各村各单位", "跳到正文", "大字", "深色", "上一条"):
            assert word not in whole
        assert len(pages) <= 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("chosen", [None, "on", "off"])
def test_paper_is_white_and_ink_is_black(look, town, sample, scheme, chosen):
    page = look.settle(town).go(sample.address("withdrawn"))
    if chosen:
        page.evaluate("chosen => document.documentElement.setAttribute('data-nb-dark', chosen)", chosen)
    page.emulate_media(media="print", color_scheme=scheme)
    found = page.evaluate(
        """() => [...document.querySelectorAll(".nb-main, .nb-notice h1, .nb-body p, .nb-body td, .nb-facts dt, .nb-note, .nb-left")]
          .filter(element => element.getClientRects().length)
          .map(element => getComputedStyle(element).color)"""
    )
    assert set(found) == {"rgb(0, 0, 0)"}
    grounds = page.evaluate(
        """() => [...document.querySelectorAll("html, body, .nb-main, .nb-notice, .nb-status, .nb-body td")]
          .map(element => getComputedStyle(element).backgroundColor)"""
    )
    assert set(grounds) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
