"""Ways through the site: short addresses, addresses that are not there, and readers without scripts."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def short(identifier: str) -> str:
    """The contract's words, section 5."""
    return base64.b32encode(hashlib.sha256(identifier.encode()).digest()).decode().lower()[:6]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_short_address_leads_to_the_notice(visitor, town, sample, scripts):
    page = visitor(town, java_script_enabled=scripts).page
    for kind in ("current", "withdrawn", "erased"):
        notice = next(n for n in sample.notices if n["url"] == sample.address(kind))
        page.goto(f"{town}n/{short(notice['id'])}/")
        page.wait_for_url(town + notice["url"])
        assert page.locator("h1").inner_text() == notice["title"]


def test_every_notice_has_its_short_address(sample):
    assert {folder.name for folder in (sample.site / "n").iterdir()} == {
        short(notice["id"]) for notice in sample.notices
    }


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_missing_address_helps_from_any_depth(visitor, small_town, scripts):
    reader = visitor(small_town, java_script_enabled=scripts)
    page = reader.go("notices/1999/no/such/notice/")
    reader.expect("404")
    assert page.locator("h1").inner_text() == "没有这个页面"
    assert (
        page.locator(".nb-header").evaluate("it => getComputedStyle(it).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    links = page.evaluate("() => [...document.querySelectorAll('a[href]')].map(link => link.href)")
    inside = {link.partition("#")[0] for link in links if link.startswith("http")}
    assert {
        small_town,
        small_town + "publishers/",
        small_town + "directory/",
        small_town + "archive/",
    } <= inside
    for link in inside - {page.url}:
        assert link.startswith(small_town)
        assert page.request.get(link).ok, link
    page.locator("#main").get_by_role("link", name="公开目录").click()
    page.wait_for_url(small_town + "directory/")


def test_one_can_search_from_a_missing_address(visitor, small_town):
    reader = visitor(small_town)
    page = reader.go("no/such/page")
    reader.expect("404")
    page.locator("#find").fill("停水")
    page.keyboard.press("Enter")
    page.wait_for_url(small_town + "search/?q=*")
    expect(page.locator(".nb-result-count")).to_have_text("找到 3 条")


def test_without_scripts_the_status_is_there_and_says_as_of_when(visitor, town, sample):
    reader = visitor(town, java_script_enabled=False)
    page = reader.page
    day = json.loads((sample.site / "data/notices.json").read_text("utf-8"))["as_of"]
    year, month, of_month = (int(part) for part in day.split("-"))
    said = f"截至 {year}年{month}月{of_month}日"
    for kind, label in {
        "current": "公示中",
        "expired": "已期满",
        "long_term": "长期有效",
        "withdrawn": "已撤销",
        "terminated": "已终止",
        "superseded": "已被替代",
    }.items():
        reader.go(sample.address(kind))
        status = page.locator(".nb-status")
        assert status.is_visible() and label in status.inner_text(), kind
        day_line = page.locator(".nb-footer__day")
        assert day_line.is_visible() and said in day_line.inner_text(), kind
        assert not page.locator(".nb-stale").is_visible()
        assert not page.locator(".nb-tools").is_visible(), "a switch that does nothing is not shown"


def test_without_scripts_every_part_of_the_site_is_reached_by_its_header(visitor, town):
    page = visitor(town, java_script_enabled=False).go("")
    names = page.locator(".nb-nav a").all_inner_texts()
    assert len(names) >= 5
    for name in names:
        page.locator(".nb-nav").get_by_role("link", name=name, exact=True).click()
        page.wait_for_load_state()
        assert page.locator("h1").count() == 1
        here = page.locator(".nb-nav a[aria-current]")
        assert here.all_inner_texts() == [name]
    page.locator(".nb-brand").click()
    page.wait_for_url(town)


def test_without_scripts_search_shows_other_ways(visitor, town):
    page = visitor(town, java_script_enabled=False).go("")
    page.locator("#find").fill("低保")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r".*/search/\?q=.+"))
    for name, address in (
        ("公开目录", "directory/"),
        ("往期公开", "archive/"),
        ("各村各单位", "publishers/"),
    ):
        page.goto(town + "search/")
        page.locator("#main").get_by_role("link", name=name).click()
        page.wait_for_url(town + address)


def test_a_reader_finds_a_notice_of_the_village_from_the_front_page(visitor, town, sample):
    notice = sample.village
    page = visitor(town, viewport={"width": 360, "height": 740}).go("")
    page.locator(f".nb-tile[href$='{notice['publisher']['code']}/']").click()
    assert notice["publisher"]["name"] in page.locator("h1").inner_text()
    current = page.locator("section[aria-labelledby=current]")
    current.get_by_role("link", name=notice["title"], exact=True).click()
    page.wait_for_url(town + notice["url"])
    assert page.locator(".nb-status").bounding_box()["y"] < 740, "the status is seen without scrolling"


def test_attachments_are_what_the_register_says(visitor, town, sample):
    notice = next(n for n in sample.notices if n["url"] == sample.address("attachments"))
    page = visitor(town).go(notice["url"])
    for attachment in notice["attachments"]:
        answer = page.request.get(town + attachment["url"])
        assert answer.ok
        assert len(answer.body()) == attachment["bytes"]
        assert hashlib.sha256(answer.body()).hexdigest() == attachment["sha256"]
