"""A page built days ago tells the truth of today: the same marks, days and lists as a site built today.

Today is the board's day, wherever the reader's telephone thinks it is.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builders import Folder, a_folder

pytestmark = pytest.mark.browser

BUILT = "2026-11-21"
ZONES = ["Asia/Shanghai", "America/Los_Angeles"]
#: A moment of the reader's clock, and the board's day then. In Los Angeles it is another day at each of them.
MOMENTS = {
    "first_minute_of_the_last_day": ("2026-11-23T16:00:30Z", "2026-11-24"),
    "last_minute_of_the_last_day": ("2026-11-24T15:59:30Z", "2026-11-24"),
    "first_minute_after": ("2026-11-24T16:00:30Z", "2026-11-25"),
    "a_year_later": ("2027-11-25T03:00:00Z", "2027-11-25"),
}
NOTICES: dict[str, dict[str, str]] = {
    "town/0001": {"title": "到二十四日止"},
    "town/0002": {"title": "到月底止", "effective": "{from: 2026-11-10, until: 2026-11-30}"},
    "town/0003": {"title": "建站那天到期", "effective": "{from: 2026-11-10, until: 2026-11-21}"},
    "town/0004": {"title": "早已期满", "effective": "{from: 2026-11-03, until: 2026-11-18}"},
    "town/0005": {
        "title": "长期有效的",
        "category": "policy",
        "effective": "{from: 2026-11-10, until: 长期}",
    },
    "town/0006": {"title": "撤销了的", "change": "{type: withdrawn, date: 2026-11-15, reason: 写错了}"},
    "town/0007": {"title": "终止了的", "change": "{type: terminated, date: 2026-11-15, reason: 不办了}"},
    "town/0008": {"title": "被替代的"},
    "town/0009": {
        "title": "替代别人的",
        "effective": "{from: 2026-11-10, until: 长期}",
        "supersedes": "[0008.md]",
    },
    "town/0010": {"title": "更正过的", "change": "{type: amended, date: 2026-11-15, reason: 补充一处}"},
    "east/0001": {"title": "村里到二十四日止", "publisher": "east", "category": "finance"},
    "east/0002": {"title": "村集体到二十四日止", "publisher": "east-coop", "category": "finance"},
}
PAGES = [
    "",
    "publishers/",
    "publishers/town/",
    "publishers/east/",
    "directory/",
    "directory/services/",
    "directory/finance/",
    *(f"notices/2026/{path}/" for path in NOTICES if path not in {"town/0002", "town/0009", "east/0002"}),
]


@pytest.fixture(scope="session")
def built(server, tmp_path_factory) -> Callable[[str], str]:
    """The address of the board as it was built on a day."""
    folders: dict[str, str] = {}

    def build(day: str) -> str:
        if day not in folders:
            folder: Folder = a_folder(tmp_path_factory.mktemp(day))
            for path, fields in NOTICES.items():
                folder.notice(
                    f"2026/{path}.md", **{"effective": "{from: 2026-11-10, until: 2026-11-24}", **fields}
                )
            done = folder.run("build", day=day)
            assert done.returncode == 0, done.stdout + done.stderr
            folders[day] = server.mount(f"/{day}/", folder.site)
        return folders[day]

    return build


# What a reader sees of days: the marks and days of each notice, the current lists, the counts.
SEEN = """() => {
  const visible = element => element.getClientRects().length > 0;
  const text = element => element.textContent.replace(/\\s+/g, " ").trim();
  const marks = {}, lists = {}, counts = [];
  for (const row of document.querySelectorAll(".nb-row, .nb-status")) {
    if (!visible(row)) continue;
    const link = row.querySelector("a");
    const name = link ? text(link) : "this notice";
    const left = row.querySelector(".nb-left");
    const mark = row.querySelector(".nb-mark");
    (marks[name] ||= new Set()).add(`${text(mark)}, ${left ? text(left) : "-"}, ${mark.className}`);
  }
  const status = document.querySelector(".nb-status");
  for (const heading of document.querySelectorAll("h2"))
    if (["正在公示", "快到期的"].some(name => text(heading).startsWith(name)) && visible(heading))
      lists[text(heading)] = [...heading.parentElement.querySelectorAll(".nb-row, .nb-empty")].filter(visible)
        .map(row => text(row.querySelector("a") || row));
  for (const number of document.querySelectorAll("[data-ends], td[data-label='在公示']"))
    counts.push(text(number));
  return {
    marks: Object.fromEntries(Object.entries(marks).map(([name, said]) => [name, [...said].sort()])),
    status: status && status.className, lists, counts,
  };
}"""


def seen(reader) -> dict[str, dict]:
    return {address: reader.go(address).evaluate(SEEN) for address in PAGES}


@pytest.fixture(scope="session")
def new(browser, built) -> Callable[[str], dict[str, dict]]:
    """What the site built on a day shows to a reader whose browser runs no scripts."""
    known: dict[str, dict[str, dict]] = {}

    def look(day: str) -> dict[str, dict]:
        if day not in known:
            page = browser.new_page(java_script_enabled=False)
            known[day] = {}
            for address in PAGES:
                page.goto(built(day) + address)
                known[day][address] = page.evaluate(SEEN)
            page.context.close()
        return known[day]

    return look


def differences(old: dict[str, dict], new: dict[str, dict]) -> list[str]:
    """Where an old page says something else than a new one.

    What a page built days ago cannot know is which notice comes next: it may list fewer that end soon,
    and does not move what has ended to the list of the past.
    """
    found = []
    for page in PAGES:
        was, now = old[page], new[page]
        for name in was["marks"].keys() & now["marks"].keys():
            if was["marks"][name] != now["marks"][name]:
                found.append(f"{page}: {name} is {was['marks'][name]}, not {now['marks'][name]}")
        for what in ("status", "counts"):
            if was[what] != now[what]:
                found.append(f"{page}: {what} {was[what]}, not {now[what]}")
        for heading in was["lists"].keys() | now["lists"].keys():
            shown, right = was["lists"].get(heading), now["lists"].get(heading)
            fewer = heading.startswith("快到期的") and shown != [] and set(shown or ()) <= set(right or ())
            if shown != right and not fewer:
                found.append(f"{page}: {heading} lists {shown}, not {right}")
    return found


@pytest.fixture(params=ZONES, ids=lambda zone: zone.rpartition("/")[2])
def zone(request) -> str:
    return request.param


@pytest.mark.parametrize(("moment", "day"), MOMENTS.values(), ids=MOMENTS)
def test_an_old_page_says_what_a_new_page_says(visitor, built, new, zone, moment, day):
    reader = visitor(built(BUILT), timezone_id=zone, locale="zh-CN")
    reader.page.clock.set_fixed_time(moment)
    old = seen(reader)
    assert differences(old, new(day)) == []
    said = "今天是最后一天" if day == "2026-11-24" else "已过"
    assert said in old["notices/2026/town/0001/"]["marks"]["this notice"][0]
    assert len(old[""]["marks"]) >= 3


@pytest.mark.parametrize("moment", ["2019-01-01T00:00:00Z", "2026-11-20T15:59:00Z", "2026-11-21T15:59:00Z"])
def test_a_clock_that_is_not_later_changes_nothing(visitor, built, new, zone, moment):
    reader = visitor(built(BUILT), timezone_id=zone)
    reader.page.clock.set_fixed_time(moment)
    assert seen(reader) == new(BUILT)
    assert not reader.page.locator(".nb-stale").is_visible()


def test_an_old_page_says_that_it_is_old(visitor, built):
    reader = visitor(built(BUILT))
    reader.page.clock.set_fixed_time("2026-11-30T04:00:00Z")
    page = reader.go("notices/2026/town/0001/")
    assert page.locator(".nb-stale").is_visible()
    assert "2026年11月21日" in page.locator(".nb-footer__day").inner_text(), "it still says when it was made"


def test_a_page_left_open_over_midnight_is_right_when_one_returns(visitor, built):
    reader = visitor(built(BUILT), timezone_id="Asia/Shanghai")
    reader.page.clock.set_fixed_time("2026-11-24T15:59:00Z")
    page = reader.go("notices/2026/town/0001/")
    assert "今天是最后一天" in page.locator(".nb-status").inner_text()
    page.clock.set_fixed_time("2026-11-24T16:01:00Z")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert "已过 1 天" in page.locator(".nb-status").inner_text()
    assert "已期满" in page.locator(".nb-status").inner_text()


def test_a_browser_without_time_zones_uses_china_s(visitor, built):
    reader = visitor(built(BUILT), timezone_id="America/Los_Angeles")
    reader.page.add_init_script("Intl.DateTimeFormat.prototype.formatToParts = undefined")
    reader.page.clock.set_fixed_time("2026-11-24T16:01:00Z")
    page = reader.go("notices/2026/town/0001/")
    assert "已期满" in page.locator(".nb-status").inner_text()


def test_search_marks_follow_the_day(visitor, built):
    reader = visitor(built(BUILT))
    reader.page.clock.set_fixed_time("2026-11-24T16:01:00Z")
    page = reader.go("search/?q=二十四日")
    page.wait_for_selector("#results li")
    assert set(page.locator("#results .nb-mark").all_inner_texts()) == {"已期满"}
