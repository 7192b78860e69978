"""Every kind of page on every width: nothing sticks out, and text can be read."""

from __future__ import annotations

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
