"""A page built days ago tells the truth of today: word for word what a site built today says.

Today is the board's day, wherever the reader's telephone thinks it is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

import moving_board
import pytest
from moving_board import BUILT, FRONT, REASONS_TO_COME, RECENT
from playwright.sync_api import expect

from builders import Folder, a_folder

pytestmark = pytest.mark.browser

DAYS = {"a_day": "2026-11-22", "a_month": "2026-12-21", "a_year": "2027-11-21"}
#: A reader's time zone, and a time of the board's day: outside China the calendar shows another day then.
ZONES = {
    "Asia/Shanghai": "T12:00:00+08:00",
    "America/Los_Angeles": "T00:00:30+08:00",
    "Pacific/Auckland": "T23:59:30+08:00",
}
SEARCHES = tuple(f"search/?q={quote(words)}" for words in ("公示", "平常", "旧", "撤", "东河村", "特别的人"))

ONE_OF_EACH_KIND = re.compile(
    r"|publishers/(town/)?|directory/((regime/government|services|outage|gaps|year/2026)/)?"
    r"|directory/(publisher|number|year)/|directory/(publisher/town|number/1)/"
    r"|archive/((2026|publisher/town|category/grant|reason/expired)/)?"
    r"|notices/2026/town/00(01|02|08|19|20|27)/|" + re.escape(SEARCHES[0])
)

# Everything that a reader sees of a page: its text line by line, what its links lead to, the looks of marks.
# The day of which the front page speaks is the one thing that an old page rightly says otherwise; buttons
# to print stand only where scripts run.
SEEN = """() => {
  const main = document.getElementById("main");
  const visible = element => element.checkVisibility();
  document.querySelector(".nb-today time")?.remove();
  document.querySelector(".nb-print")?.remove();
  return {
    lines: main.innerText.split("\\n").map(line => line.replace(/\\s+/g, " ").trim()).filter(line => line),
    links: [...main.querySelectorAll("a[href]")].filter(visible)
      .map(link => `${link.textContent.trim()} → ${link.getAttribute("href")}`),
    marks: [...main.querySelectorAll(".nb-mark, .nb-status")].filter(visible)
      .map(mark => mark.className),
  };
}"""


class Sites:
    """The moving board as it was built on each day that somebody asks for, and what its pages say."""

    def __init__(self, server, browser, folder: Callable[[str], Path]) -> None:
        self._server, self._browser, self._folder = server, browser, folder
        self._addresses: dict[str, str] = {}
        self._built: dict[str, Folder] = {}
        self._said: dict[tuple[str, str], dict] = {}

    def folder(self, day: str) -> Folder:
        if day not in self._built:
            folder = a_folder(self._folder(day))
            moving_board.write(folder)
            done = folder.run("build", day=day)
            assert done.returncode == 0, done.stdout + done.stderr
            self._built[day] = folder
        return self._built[day]

    def address(self, day: str) -> str:
        if day not in self._addresses:
            self._addresses[day] = self._server.mount(f"/{day}/", self.folder(day).site)
        return self._addresses[day]

    def pages(self) -> list[str]:
        """Every page but those that lead elsewhere; of the many notices that are alike, some."""
        site = self.folder(BUILT).site
        found = [file.parent.relative_to(site).as_posix() for file in site.rglob("index.html")]
        # Screens say what is on them by a script alone: test_screens.py.
        alike = re.compile(r"n/.*|search|screen(?:/.*)?|notices/2026/town/0[13](?!01|02)\d\d")
        return [
            "",
            *sorted(f"{page}/" for page in found if page != "." and not alike.fullmatch(page)),
            *SEARCHES,
        ]

    def new(self, day: str, pages: Iterable[str]) -> dict[str, dict]:
        """What the site built on that day says without scripts; its search says nothing without them."""
        for scripts in (False, True):
            wanted = [p for p in pages if (p in SEARCHES) is scripts and (day, p) not in self._said]
            if wanted:
                page = self._browser.new_page(java_script_enabled=scripts)
                if scripts:
                    page.clock.set_fixed_time(f"{day}T12:00:00+08:00")
                found = said(page, self.address(day), wanted)
                self._said |= {(day, address): found[address] for address in found}
                page.context.close()
        return {address: self._said[day, address] for address in pages}


def said(page, site: str, pages: Iterable[str]) -> dict[str, dict]:
    """What pages of a site say to one reader."""
    found = {}
    for address in pages:
        page.goto(site + address)
        if address in SEARCHES:
            expect(page.locator(".nb-result-count")).to_have_text(re.compile("条|没有"))
        found[address] = page.evaluate(SEEN)
    return found


@pytest.fixture(scope="session")
def sites(server, browser, tmp_path_factory) -> Sites:
    return Sites(server, browser, tmp_path_factory.mktemp)


@pytest.fixture(params=ZONES, ids=lambda zone: zone.rpartition("/")[2])
def zone(request) -> str:
    return request.param


def without_reasons_to_come(lines: list[str]) -> list[str]:
    """Why something was withdrawn is public from that day on: a page built before cannot know the words."""
    known = "|".join(map(re.escape, REASONS_TO_COME))
    return [re.sub(rf"原因：({known}|网站更新以后公布)", "原因：…", line) for line in lines]


def differences(old: dict[str, dict], new: dict[str, dict]) -> str:
    """Where old pages say something else than new ones."""
    assert old.keys() == new.keys()
    found = []
    for address, now in new.items():
        for what in ("lines", "links", "marks"):
            was, right = (without_reasons_to_come(page[what]) for page in (old[address], now))
            if was != right:
                changes = difflib.unified_diff(was, right, n=0, lineterm="")
                found.append("\n".join([f"{address or 'home'}, {what}:", *list(changes)[2:22]]))
    return "\n\n".join(found)


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_an_old_page_says_what_a_new_page_says(visitor, sites, day):
    """Every page in one time zone that is not China's; in the others one of each kind."""
    some = [page for page in sites.pages() if ONE_OF_EACH_KIND.fullmatch(page)]
    for zone, time in ZONES.items():
        pages = sites.pages() if zone == "America/Los_Angeles" else some
        reader = visitor(sites.address(BUILT), timezone_id=zone, locale="zh-CN")
        reader.page.clock.set_fixed_time(day + time)
        wrong = differences(said(reader.page, sites.address(BUILT), pages), sites.new(day, pages))
        assert not wrong, f"{zone}: {wrong}"


def test_the_board_moves_as_these_tests_need_it(sites):
    """Longer lists than pages show; lists that become empty or fill; a count that rises above the limit."""

    def lines(day: str, address: str) -> str:
        return "\n".join(sites.new(day, [address])[address]["lines"])

    day, month, year = DAYS.values()
    more = f"这里列出前 {FRONT} 条"
    assert f"正在公示\n{FRONT} 条" in lines(BUILT, "") and more not in lines(BUILT, "")
    assert f"正在公示\n{FRONT + 1} 条" in lines(day, "") and more in lines(day, "")
    assert more not in lines(month, "")
    past = re.search(r"以前公开的\n(\d+) 条", lines(BUILT, "publishers/town/"))
    assert past and int(past[1]) > RECENT + 5
    nothing, no_more = "这里现在没有往期公开。", "现在没有正在公示的信息。"
    assert nothing in lines(BUILT, "archive/2024/") and nothing not in lines(year, "archive/2024/")
    assert nothing not in lines(BUILT, "archive/category/plan/")
    assert nothing in lines(month, "archive/category/plan/")
    assert nothing not in lines(month, "archive/reason/superseded/")
    assert nothing in lines(year, "archive/reason/superseded/")
    for address, empty in {"publishers/east-coop/": month, "publishers/east/": year}.items():
        assert no_more not in lines(BUILT, address) and no_more in lines(empty, address)
    assert "今天是最后一天" in lines(day, "notices/2026/town/0002/")
    assert "已过 1 天" in lines(day, "notices/2026/town/0001/")


@pytest.mark.parametrize("moment", ["2019-01-01T00:00:00Z", "2026-11-20T15:59:00Z", "2026-11-21T15:59:00Z"])
def test_a_clock_that_is_not_later_changes_nothing(visitor, sites, zone, moment):
    reader = visitor(sites.address(BUILT), timezone_id=zone)
    reader.page.clock.set_fixed_time(moment)
    pages = ["", "publishers/", "publishers/town/", "directory/", "directory/outage/", "archive/2026/"]
    pages += [f"notices/2026/town/{number}/" for number in ("0001", "0008", "0019", "0027")]
    assert said(reader.page, sites.address(BUILT), pages) == sites.new(BUILT, pages)
    assert not reader.page.locator(".nb-stale").is_visible()


def test_an_old_page_says_that_it_is_old(visitor, sites):
    reader = visitor(sites.address(BUILT))
    reader.page.clock.set_fixed_time("2026-11-30T04:00:00Z")
    page = reader.go("notices/2026/town/0001/")
    assert page.locator(".nb-stale").is_visible()
    assert "2026年11月21日" in page.locator(".nb-footer__day").inner_text(), "it still says when it was made"


def test_a_page_left_open_over_midnight_is_right_when_one_returns(visitor, sites):
    reader = visitor(sites.address(BUILT), timezone_id="Asia/Shanghai")
    reader.page.clock.set_fixed_time("2026-11-22T15:59:00Z")
    page = reader.go("notices/2026/town/0002/")
    assert "今天是最后一天" in page.locator(".nb-status").inner_text()
    page.clock.set_fixed_time("2026-11-22T16:01:00Z")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert "已过 1 天" in page.locator(".nb-status").inner_text()
    assert "已期满" in page.locator(".nb-status").inner_text()


def test_a_page_left_open_for_days_counts_each_day_once(visitor, sites):
    """Whatever is worked out again is worked out from what stood on the page when it was made."""
    reader = visitor(sites.address(BUILT))
    for address in ("", "publishers/town/", "archive/", "directory/"):
        reader.page.clock.set_fixed_time("2026-11-21T12:00:00+08:00")
        page = reader.go(address)
        for day in DAYS.values():
            page.clock.set_fixed_time(day + "T12:00:00+08:00")
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            assert not differences({address: page.evaluate(SEEN)}, sites.new(day, [address])), (address, day)


def test_a_browser_without_time_zones_uses_china_s(visitor, sites):
    reader = visitor(sites.address(BUILT), timezone_id="America/Los_Angeles")
    reader.page.add_init_script("Intl.DateTimeFormat.prototype.formatToParts = undefined")
    reader.page.clock.set_fixed_time("2026-11-22T16:01:00Z")
    page = reader.go("notices/2026/town/0002/")
    assert "已期满" in page.locator(".nb-status").inner_text()


def test_search_marks_follow_the_day(visitor, sites):
    reader = visitor(sites.address(BUILT))
    reader.page.clock.set_fixed_time("2026-11-22T16:01:00Z")
    page = reader.go("search/?q=" + quote("第二天止"))
    page.wait_for_selector("#results li")
    assert page.locator("#results .nb-mark").all_inner_texts() == ["已期满"]


#: What nobody may learn before its day: a notice that begins later and replaces one that is current.
SCHEDULED = {
    "title": "机密的新安排",
    "formed_on": "2026-11-17",
    "published_on": "2027-03-17",
    "effective": "{from: 2027-03-16, until: 2027-04-09}",
    "clearance": "{reviewer: 乙审, date: 2026-11-18}",
    "summary": "谁也不该先知道",
    "document_number": "试府发〔2027〕77号",
    "supersedes": "[0001.md]",
}


def test_no_clock_reveals_what_is_scheduled(visitor, server, tmp_path):
    sites = {}
    for name in ("with", "without"):
        folder = a_folder(tmp_path / name)
        folder.notice("2026/town/0001.md", effective="{from: 2026-11-10, until: 2027-12-31}")
        lasting = "{from: 2026-11-10, until: 长期}"
        folder.notice("2026/town/0002.md", title="另一条", category="policy", effective=lasting)
        if name == "with":
            folder.notice("2026/town/0977.md", "三月里才说的话。", **SCHEDULED)
        done = folder.run("build", day=BUILT)
        assert done.returncode == 0, done.stdout + done.stderr
        sites[name] = {
            file.relative_to(folder.site).as_posix(): file.read_bytes()
            for file in folder.site.rglob("*")
            if file.is_file()
        }
    assert sites["with"] == sites["without"], (
        "the site is the same, byte for byte, as if there were no such notice"
    )
    files = sites["with"].items()
    everything = "\n".join(part for path, data in files for part in (path, data.decode("utf-8", "replace")))
    days = (day for month in "34" for day in (f"2027-0{month}", f"20270{month}", f"2027年{month}月"))
    for secret in ("机密", "0977", "谁也不该", "三月里", "〔2027〕77", *days):
        assert secret not in everything

    site = server.mount("/scheduled/", tmp_path / "with" / "site")
    pages = ["", "publishers/town/", "directory/outage/", "archive/", "notices/2026/town/0001/", SEARCHES[0]]
    reader = visitor(site)
    reader.page.clock.set_fixed_time("2027-03-15T12:00:00+08:00")
    before = said(reader.page, site, pages)
    reader.page.clock.set_fixed_time("2027-03-17T12:00:00+08:00")
    after = said(reader.page, site, pages)
    for page in before.values():
        page["lines"] = [line.replace("还有 291 天", "还有 289 天") for line in page["lines"]]
    assert after == before


def test_a_promise_to_build_anew_that_was_not_kept_is_told(visitor, server, sites, tmp_path):
    folder = a_folder(tmp_path, "notices_dir: notices\nrebuild_days: 3\n")
    folder.notice("2026/town/0001.md")
    done = folder.run("build", day=BUILT)
    assert done.returncode == 0, done.stdout + done.stderr
    promised = server.mount("/promised/", folder.site)
    reader = visitor(promised, timezone_id="America/Los_Angeles")
    for moment, overdue in {
        "2026-11-20T12:00:00+08:00": False,
        "2026-11-21T12:00:00+08:00": False,
        "2026-11-24T23:59:30+08:00": False,
        "2026-11-25T00:00:30+08:00": True,
        "2027-11-25T12:00:00+08:00": True,
    }.items():
        reader.page.clock.set_fixed_time(moment)
        for address in ("", "directory/", "notices/2026/town/0001/"):
            note = reader.go(address).locator(".nb-overdue")
            assert note.is_visible() is overdue, (moment, address)
    text = note.inner_text()
    assert "3 天" in text and "2026年11月21日" in text and "已经过期" in text
    assert note.get_attribute("role") == "status"

    reader = visitor(sites.address(BUILT))
    reader.page.clock.set_fixed_time("2027-11-25T12:00:00+08:00")
    assert reader.go("").locator(".nb-overdue").count() == 0, "what was not promised is not broken"

    reader = visitor(promised, java_script_enabled=False)
    page = reader.go("")
    assert not page.locator(".nb-overdue").is_visible()
    assert "本页内容截至 2026年11月21日" in page.locator(".nb-footer__day").inner_text()
