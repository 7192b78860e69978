"""Search lists exactly what the register holds, and nothing of a notice is taken for anything but text."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def plain(text: str) -> str:
    """Without regard to width, case, blanks and the shape of brackets."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"\s", "", re.sub(r"[〔〕\[\]【】]", "|", folded))


def holding(notices: list[dict], query: str) -> set[str]:
    """The addresses of the notices that hold every word of a query."""

    def text(notice: dict) -> str:
        named = (notice["title"], notice["summary"], notice["index_number"], notice["document_number"] or "")
        return "\n".join(
            plain(part) for part in (*named, notice["publisher"]["name"], notice["category"]["name"])
        )

    words = [plain(word) for word in query.split()]
    return {n["url"] for n in notices if all(word in text(n) for word in words)}


def found_on(page, town) -> list[str]:
    links = page.evaluate("() => [...document.querySelectorAll('#results a')].map(link => link.href)")
    return [link.removeprefix(town) for link in links]


def ask(page, query) -> None:
    box = page.locator("#q")
    box.fill(query)
    box.press("Enter")
    expect(page.locator(".nb-result-count")).to_have_text(re.compile("找到|没有"))


def queries(sample) -> list[str]:
    village = sample.village["publisher"]["name"]
    numbered = sample.first(lambda n, _: n["document_number"] and "〔" in n["document_number"])
    number = numbered["document_number"]
    series = number[: number.index("〕") + 1]
    return [
        village,
        village[:3],
        sample.village["title"],
        sample.village["category"]["name"],
        sample.village["index_number"],
        number,
        number.replace("〔", "[").replace("〕", "]"),
        number.replace("〔", "［").replace("〕", "］"),
        series,
        series.replace("〔", "[").replace("〕", "]"),
        f"{village[:3]} 公示",
        f" {village[:3]}　2026 ",
        "水",
        "ａ",
    ]


def test_search_lists_exactly_what_the_register_holds(visitor, town, sample):
    page = visitor(town).go("search/")
    for query in queries(sample):
        ask(page, query)
        found = found_on(page, town)
        expected = holding(sample.notices, query)
        assert len(found) == len(set(found)), query
        assert set(found) == expected, query
        count = page.locator(".nb-result-count").inner_text()
        assert (f"找到 {len(expected)} 条" in count) if expected else ("没有找到" in count), query
    village = sample.village["publisher"]["name"]
    assert holding(sample.notices, village), "the sample has something to find"


def test_results_carry_the_status(visitor, town, sample):
    page = visitor(town).go("search/")
    labels = {
        "long_term": "长期有效",
        "expired": "已期满",
        "withdrawn": "已撤销",
        "terminated": "已终止",
        "superseded": "已被替代",
    }
    for kind, label in labels.items():
        address = sample.address(kind)
        ask(page, next(n["index_number"] for n in sample.notices if n["url"] == address))
        found = page.locator("#results li", has=page.locator(f"a[href$='{address}']"))
        assert found.locator(".nb-mark").inner_text() == label


def test_the_address_carries_the_query(visitor, town, sample):
    reader = visitor(town)
    page = reader.go("")
    village = sample.village["publisher"]["name"]
    page.get_by_role("searchbox").fill(village)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r".*/search/\?q=.+"))
    page.wait_for_selector("#results li")
    assert page.locator("#q").input_value() == village
    assert set(found_on(page, town)) == holding(sample.notices, village)
    page.reload()
    page.wait_for_selector("#results li")
    assert set(found_on(page, town)) == holding(sample.notices, village)
    page.locator("#results a").first.click()
    page.go_back()
    page.wait_for_selector("#results li")


def test_nothing_found_says_so_and_to_everyone(visitor, town):
    page = visitor(town).go("search/")
    ask(page, "查无此事")
    count = page.locator(".nb-result-count")
    assert "没有找到" in count.inner_text()
    assert count.get_attribute("role") == "status"
    assert page.locator("#results li").count() == 0
    page.locator("#q").fill("")
    page.locator("#q").press("Enter")
    assert count.inner_text() == ""


@pytest.mark.parametrize("address", ["search/?q=100%", "search/?q=%E4%B8", "search/?x=1&q=%25", "search/?q="])
def test_a_damaged_address_still_searches(visitor, town, address):
    page = visitor(town).go(address)
    ask(page, "停水")
    assert page.locator("#results li").count() > 0


@pytest.mark.parametrize("fault", ["gone", "broken"])
def test_search_says_so_when_the_register_cannot_be_read(visitor, town, fault):
    reader = visitor(town)
    reader.page.route(
        "**/data/notices.json",
        lambda route: route.abort() if fault == "gone" else route.fulfill(status=503, body="<html>"),
    )
    page = reader.go("search/?q=" + quote("停水"))
    expect(page.locator(".nb-result-count")).to_contain_text("没有连上网站")
    reader.watch.expect("Failed to load resource")


def test_a_title_is_text_wherever_it_stands(visitor, small_town, small_board):
    page = visitor(small_town).page
    titles = [
        """<img src=x onerror="window.hacked = 1">停电通知""",
        "<script>window.hacked = 2</script>&amp; {{ 7 * 7 }}",
    ]
    for address in ("", "publishers/town/", "directory/outage/", "directory/policy/", "search/?q=hacked"):
        page.goto(small_town + address)
        page.wait_for_selector(".nb-row, .nb-register tr")
        text = page.locator("#main").inner_text()
        shown = [title for title in titles if title in text]
        assert len(shown) == (1 if address.startswith("directory/") else 2), address
        assert page.evaluate("window.hacked") is None
        assert page.locator("#main img, #main script").count() == 0
    for number, title in zip(("0002", "0003"), titles, strict=True):
        page.goto(f"{small_town}notices/2026/town/{number}/")
        assert page.locator("h1").inner_text() == title
        assert page.title().startswith(title)
        assert page.evaluate("window.hacked") is None
    page.goto(small_town + "search/?q=" + quote("<img src=x onerror=window.hacked=3>"))
    expect(page.locator(".nb-result-count")).to_contain_text("没有找到")
    assert page.evaluate("window.hacked") is None
