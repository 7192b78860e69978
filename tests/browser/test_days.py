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
    *(f"notices/2026/{path}/" for path in NOTICES),
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


def seen(reader, site: str) -> dict[str, dict]:
    reader.settle(site)
    return {address: reader.go(address).evaluate(SEEN) for address in PAGES}


def common(one: dict[str, dict], other: dict[str, dict]) -> tuple[dict, dict]:
    """The marks of the notices that both pages show."""
    return tuple(
        {
            page: {name: said for name, said in shown["marks"].items() if name in against[page]["marks"]}
            for page, shown in this.items()
        }
        for this, against in ((one, other), (other, one))
    )


@pytest.fixture(params=ZONES, ids=lambda zone: zone.rpartition("/")[2])
def zone(request) -> str:
    return request.param


@pytest.fixture(params=MOMENTS.values(), ids=MOMENTS)
def pair(request, visitor, built, zone):
    """What the site built days ago shows at a moment, and what the site built on that day shows."""
    moment, day = request.param
    reader = visitor(built(BUILT), timezone_id=zone, locale="zh-CN")
    reader.page.clock.set_fixed_time(moment)
    return seen(reader, built(BUILT)), seen(reader, built(day)), day


def test_an_old_page_says_what_a_new_page_says(pair):
    old, new, day = pair
    of_old, of_new = common(old, new)
    assert of_old == of_new
    assert {page: shown["status"] for page, shown in old.items()} == {
        page: shown["status"] for page, shown in new.items()
    }
    ended = "今天是最后一天" if day == "2026-11-24" else "已过"
    assert ended in old["notices/2026/town/0001/"]["marks"]["this notice"][0]


def test_current_lists_drop_what_has_ended_and_counts_follow(pair):
    old, new, _ = pair
    for page in PAGES:
        assert old[page]["lists"] == new[page]["lists"], page


def test_counts_follow(pair):
    old, new, _ = pair
    for page in PAGES:
        assert old[page]["counts"] == new[page]["counts"], page


@pytest.mark.parametrize(
    "moment", ["2026-11-20T15:59:00Z", "2026-11-20T16:01:00Z", "2026-11-21T15:59:00Z", "2019-01-01T00:00:00Z"]
)
def test_a_clock_that_is_not_later_changes_nothing(visitor, built, zone, moment):
    site = built(BUILT)
    without = visitor(site, java_script_enabled=False)
    as_built = seen(without, site)
    reader = visitor(site, timezone_id=zone)
    reader.page.clock.set_fixed_time(moment)
    assert seen(reader, site) == as_built
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
