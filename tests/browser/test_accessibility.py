"""Every kind of page: axe finds nothing; the keyboard reaches everything; fingers hit what they aim at."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# Colours that are still changing are not the colours that a reader sees. Best practices are among the rules.
RULES = """async only => {
  document.getAnimations().forEach(animation => animation.finish());
  const found = await axe.run(document, {
    resultTypes: ["violations"],
    ...(only ? {runOnly: {type: "rule", values: only}} : {rules: {"target-size": {enabled: true}}}),
  });
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 200)} ${node.failureSummary || ""}`));
}"""


#: What a dark page may fail that its light twin, the same in all else, does not.
OF_COLOUR = ["color-contrast", "link-in-text-block"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_axe_finds_nothing(look, place, axe, kind, scripts):
    site, address = place(kind, scripts)
    page = look.settle(site).go(address)
    page.evaluate(axe)
    found = {}
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if violations := page.evaluate(RULES, OF_COLOUR if scheme == "dark" and width > 360 else None):
                found[f"{width} px, {scheme}"] = violations
    assert found == {}


SMALL_TARGETS = """() => [...document.querySelectorAll(
    `.nb-header a, .nb-header button, nav a, form[role=search] input, form[role=search] button,
     .nb-ways a, .nb-tile, .nb-more, .nb-downloads a`)]
  .filter(element => element.getClientRects().length)
  .map(element => [element.getBoundingClientRect(), element])
  .filter(([box]) => box.height < 43.99 || box.width < 43.99)
  .map(([box, element]) => `${element.textContent.trim()} ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_fingers_hit_what_they_aim_at(look, sample, town, width):
    look.settle(town).page.set_viewport_size({"width": width, "height": 800})
    small = {}
    kinds = ("home", "board", "group", "item", "archive_year", "search", "current", "superseding")
    kinds += ("directory", "regime", "directory_publisher", "directory_years", "gaps", "archive")
    for kind in kinds:
        page = look.go(sample.address(kind))
        if found := page.evaluate(SMALL_TARGETS):
            small[kind] = found
    assert small == {}


def test_the_first_key_offers_the_way_to_the_text(visitor, sample, town):
    page = visitor(town, viewport={"width": 360, "height": 700}).go(sample.address("current"))
    page.keyboard.press("Tab")
    skip = page.locator(".nb-skip")
    assert page.evaluate("document.activeElement.className") == "nb-skip"
    box = skip.bounding_box()
    assert box["y"] >= 0 and box["x"] >= 0, "a link that has the focus is seen"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#main') !== null"), "the next stop is in the text"


def test_the_way_to_the_text_works_without_scripts(visitor, sample, town):
    page = visitor(town, java_script_enabled=False).go(sample.address("current"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_the_keyboard_reaches_every_link_and_button_in_the_order_of_the_page(visitor, sample, town):
    page = visitor(town).go(sample.address("attachments"))
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, [tabindex='0']")]
          .filter(element => element.getClientRects().length && !element.closest("[hidden]"))
          .map((element, at) => { element.dataset.stop = at; return String(at); })"""
    )
    reached = []
    for _ in wanted:
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const it = document.activeElement, style = getComputedStyle(it);
              return [it.dataset.stop || it.outerHTML.slice(0, 80), style.outlineStyle, style.outlineWidth];
            }"""
        )
        reached.append(stop[0])
        assert stop[1:] != ["none", "0px"] and stop[2] != "0px", f"no mark of the focus on {stop[0]}"
    assert reached == wanted


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_large_type_and_the_dark_look_by_keyboard_and_for_good(visitor, sample, town, scheme):
    page = visitor(town, color_scheme=scheme).go(sample.address("current"))
    size, dark = page.get_by_role("button", name="大字", exact=True), page.get_by_role("button", name="深色")

    def looks() -> tuple[float, int]:
        """The size of the text, and how light the ground is (0 to 255)."""
        return tuple(
            page.evaluate(
                """() => {
                  const text = document.querySelector(".nb-body p");
                  const ground = getComputedStyle(document.body).backgroundColor;
                  const [r, g, b] = ground.match(/\\d+/g).map(Number);
                  return [parseFloat(getComputedStyle(text).fontSize), (r + g + b) / 3];
                }"""
            )
        )

    was_dark = scheme == "dark"
    assert size.get_attribute("aria-pressed") == "false"
    assert dark.get_attribute("aria-pressed") == str(was_dark).lower(), "it shows what the reader sees"
    text, ground = looks()
    assert (ground < 60) == was_dark

    size.focus()
    page.keyboard.press("Enter")
    dark.focus()
    page.keyboard.press("Space")
    for load in ("at once", "after a reload", "on another page"):
        if load == "after a reload":
            page.reload()
        elif load == "on another page":
            page.goto(town + sample.address("expired"))
        assert size.get_attribute("aria-pressed") == "true", load
        assert dark.get_attribute("aria-pressed") == str(not was_dark).lower(), load
        large, other_ground = looks()
        assert large >= text * 1.25, load
        assert (other_ground < 60) == (not was_dark), load

    size.focus()
    page.keyboard.press("Space")
    dark.focus()
    page.keyboard.press("Enter")
    page.reload()
    assert size.get_attribute("aria-pressed") == "false"
    assert dark.get_attribute("aria-pressed") == str(was_dark).lower()
    assert looks()[0] == text


def test_a_chosen_look_passes_axe_too(visitor, axe, sample, town):
    """Chosen against the system's own wish, which takes other rules of the style sheet."""
    for scheme in ("light", "dark"):
        page = visitor(town, color_scheme=scheme, viewport={"width": 360, "height": 800}).go(
            sample.address("superseding")
        )
        page.get_by_role("button", name="深色").click()
        page.get_by_role("button", name="大字", exact=True).click()
        page.evaluate(axe)
        assert page.evaluate(RULES) == []


def _suggestions(page: Page) -> None:
    page.locator("#find").fill("低保")
    expect(page.get_by_role("option").last).to_be_visible()
    page.keyboard.press("ArrowDown")


def _filters(page: Page) -> None:
    page.locator(".nb-filters summary").click()
    expect(page.locator(".nb-chips button").first).to_be_visible()


def _offers(page: Page) -> None:
    expect(page.locator(".nb-offers a").first).to_be_visible()


def _nothing(page: Page) -> None:
    expect(page.locator("#help")).to_be_visible()


def _related(page: Page) -> None:
    expect(page.locator("#related .nb-row__reason").last).to_be_visible()


#: The search as it is used: an address, and what is done there.
SEARCHING: dict[str, tuple[str, Callable[[Page], None]]] = {
    "suggestions": ("guide/", _suggestions),
    "start": ("search/", _nothing),
    "related": ("search/?q=" + quote("低保"), _related),
    "filters": ("search/?status=current&regime=village&q=" + quote("公示"), _filters),
    "offers": ("search/?q=" + quote("石桥铺低保"), _offers),
    "nothing": ("search/?q=" + quote("查无此事哦"), _nothing),
}


@pytest.mark.parametrize("step", SEARCHING)
def test_axe_finds_nothing_while_one_searches(visitor, town, axe, step):
    address, act = SEARCHING[step]
    page = visitor(town).go(address)
    act(page)
    page.evaluate(axe)
    found = {}
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if violations := page.evaluate(RULES, None):
                found[f"{width} px, {scheme}"] = violations
    assert found == {}


@pytest.mark.parametrize("step", ["suggestions", "filters", "offers"])
def test_fingers_hit_what_they_aim_at_while_one_searches(visitor, town, step):
    address, act = SEARCHING[step]
    page = visitor(town, viewport={"width": 360, "height": 740}).go(address)
    act(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            ".nb-options li, .nb-finder select, .nb-finder summary, .nb-finder button, " +
            ".nb-switch, .nb-button, .nb-offers a, .nb-find input, .nb-find button")]
          .filter(element => element.getClientRects().length)
          .map(element => [element.getBoundingClientRect().height, element])
          .filter(([height]) => height < 43.99)
          .map(([height, element]) => `${element.outerHTML.slice(0, 80)} ${height}`)"""
    )
    assert small == []


@pytest.mark.parametrize("step", SEARCHING)
@pytest.mark.parametrize("size", ["off", "on"], ids=["text", "large_text"])
def test_nothing_sticks_out_while_one_searches(visitor, town, step, size):
    address, act = SEARCHING[step]
    page = visitor(town).go(address)
    act(page)
    page.evaluate("size => document.documentElement.setAttribute('data-nb-size', size)", size)
    for width in (320, 360, 768):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width


def test_what_is_chosen_is_seen_in_forced_colours(visitor, town):
    page = visitor(town, forced_colors="active").go("guide/")
    _suggestions(page)
    style = "it => [getComputedStyle(it).outlineStyle, getComputedStyle(it).outlineWidth]"
    assert page.locator("[aria-selected=true]").evaluate(style) == ["solid", "3px"]
    assert page.locator("[aria-selected=false]").first.evaluate(style)[0] == "none"
