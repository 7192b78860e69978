"""Screens: everything is shown, nothing is cut, empty or too small, for weeks, also without a network."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from builders import Folder, a_folder, having_seen

pytestmark = pytest.mark.browser

WIDE, TALL, LED = (
    {"width": 1920, "height": 1080},
    {"width": 1080, "height": 1920},
    {"width": 320, "height": 160},
)
SIZES = {"1920x1080": WIDE, "1080x1920": TALL, "1366x768": {"width": 1366, "height": 768}, "320x160": LED}
MORNING = "2026-11-21T10:00:00+08:00"
POLL = 300_000
IDLE = 60_000

# One turn through all notices: of each page what it says, how full it is and what is wrong with it.
ROTATION = r"""() => {
  const id = name => document.getElementById(name);
  const box = id("text"), small = document.documentElement.className === "small";
  const least = Math.min(innerWidth, innerHeight) / 30;
  const size = element => parseFloat(getComputedStyle(element).fontSize);
  const over = element =>
    element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
  const told = () => id("count").textContent + id("where").textContent + box.textContent;
  const pages = [], first = told();
  do {
    const page = box.firstElementChild, wrong = [];
    if (over(box) || box.scrollHeight > box.clientHeight) wrong.push("text is cut");
    for (const name of [".stage", ".band", ".middle", ".notice", ".facts", ".ending", ".title"])
      for (const element of document.querySelectorAll(name))
        if (element.getClientRects().length && over(element)) wrong.push(name + " is cut");
    const bottom = element => element.getBoundingClientRect().bottom;
    if (bottom(page) > bottom(box) + 1) wrong.push("out of sight");
    if (size(page) < (small ? least * 5 : least) - .1) wrong.push("small type: " + size(page));
    for (const cell of page.querySelectorAll("th, td"))
      if (size(cell) < least * 28 / 36 - .1) { wrong.push("small type in a table: " + size(cell)); break; }
    for (const table of page.querySelectorAll("table"))
      if (!table.tHead || table.rows.length <= table.tHead.rows.length) wrong.push("rows without a head");
    if (!page.textContent.trim() && !page.querySelector("img")) wrong.push("nothing on it");
    const copy = page.cloneNode(true);
    for (const again of copy.querySelectorAll(".again")) again.remove();
    pages.push({
      title: id("title").textContent, count: id("count").textContent, where: id("where").textContent,
      text: copy.textContent.replace(/\s+/g, ""), fill: page.offsetHeight / box.clientHeight, wrong,
    });
    if (pages.length > 1500) throw new Error("no end");
    document.dispatchEvent(new Event("nb-turn"));
  } while (told() !== first);
  return pages;
}"""

# What each notice of the page's data says, in order.
SAID = r"""() => JSON.parse(document.getElementById("data").textContent).notices.map(notice => {
  const body = new DOMParser().parseFromString(notice.body, "text/html").body;
  for (const link of body.querySelectorAll(".footnote-backref")) link.remove();
  const files = notice.files.length ? "附件（扫码下载）" + notice.files.join("") : "";
  const notes = notice.notes.filter(note => note.now).map(note => note.text).join("");
  const text = (notes + body.textContent + files).replace(/\s+/g, "");
  return {id: notice.id, title: notice.title.join(""), period: notice.period.join(""), now: notice.now, text,
    table: notice.body.includes("<table")};
})"""


def shown(page: Page) -> str:
    return page.locator("#title").inner_text()


def turn(page: Page) -> None:
    page.evaluate("document.dispatchEvent(new Event('nb-turn'))")


def titles(page: Page) -> list[str]:
    """The titles of one turn through all notices."""
    return list(dict.fromkeys(one["title"] for one in page.evaluate(ROTATION)))


def until(page: Page, come: Callable[[], bool]) -> None:
    """Wait for what comes by itself, by the real clock: the page's own stands still."""
    for _ in range(200):
        if come():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it does not come")


def open_at(
    visitor: Callable,
    site: str,
    when: str = MORNING,
    size: dict = WIDE,
    address: str = "screen/",
    worker: bool = True,
    **more: object,
) -> tuple:
    """A screen that is switched on at a moment; its time stands still but for what a test lets go by.

    Without a `worker` it is one to which pages come without encryption, or an old one.
    """
    reader = visitor(site, viewport=size, **more)
    if not worker:
        reader.page.add_init_script("delete Navigator.prototype.serviceWorker")
    moment = datetime.fromisoformat(when)
    reader.page.clock.install(time=moment - timedelta(minutes=1))
    reader.page.clock.pause_at(moment)
    page = reader.go(address)
    expect(page.locator(".page")).to_have_count(1)
    return reader, page


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_rotation_shows_everything_once_and_cuts_nothing(visitor, town, size):
    _, page = open_at(visitor, town, size=size)
    pages = page.evaluate(ROTATION)
    assert [(one["title"], one["where"], one["wrong"]) for one in pages if one["wrong"]] == []
    said = [one for one in page.evaluate(SAID) if one["now"]]
    by_notice: dict[str, str] = {}
    for one in pages:
        by_notice[one["count"]] = by_notice.get(one["count"], "") + one["text"]
    assert len(by_notice) == len(said) > 50
    for told, notice in zip(by_notice.values(), said, strict=True):
        if size is LED:
            assert told == re.sub(r"\s+", "", notice["title"] + notice["period"])
        elif told != notice["text"]:
            # A table in two parts says everything too, in another order.
            assert notice["table"] and Counter(told) == Counter(notice["text"]), notice["title"]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A board with a notice of every kind of text that is hard to set."""
    folder = a_folder(tmp_path_factory.mktemp("kinds"))
    rows = "\n".join(f"|{n}|东河村{n}组|户主{n}|{n * 120}|" for n in range(1, 61))
    table = f"|序号|村组|户主|金额（元）|\n|-|-|-|-:|\n{rows}"
    columns = "|".join(f"第{n}项内容和金额" for n in range(1, 16))
    cells = "|".join(f"第{n}项的说明文字{n * 1000}" for n in range(1, 16))
    wide = f"|{columns}|\n|{'|'.join('-' * 15)}|\n|{cells}|\n|{cells}|"
    spans = "".join(
        f"<tr><td rowspan=3>{n}组</td><td>甲{n}</td><td>1</td></tr><tr><td>乙{n}</td><td>2</td></tr>"
        f"<tr><td>丙{n}</td><td>3</td></tr>"
        for n in range(1, 15)
    )
    group = "".join(f"<tr><td>户{n}</td><td>{n}</td></tr>" for n in range(2, 40))
    merged = (
        "<table><thead><tr><th rowspan=2>组</th><th colspan=2>人员和金额</th></tr>"
        f"<tr><th>户</th><th>数</th></tr></thead><tbody>{spans}"
        f"<tr><td rowspan=39>大组</td><td>户1</td><td>1</td></tr>{group}</tbody></table>"
    )
    long = "，".join(f"第{n}句话说明这一次检修的范围和时间" for n in range(1, 90)) + "。"
    nested = "\n".join(
        f"{n}. 第{n}条规定\n    - 其中一款写在这里，说明第{n}条怎么办\n    - 另外一款" for n in range(1, 30)
    )
    picture = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(picture, "png")
    folder.write("2026/town/0010/图.png", picture.getvalue())
    bodies = {
        "0001": "今天停水。",
        "0002": long,
        "0003": "说明在前。\n\n" + table,
        "0004": wide,
        "0005": merged,
        "0006": nested,
        "0007": f"## 一、范围\n\n{long}\n\n### （一）时间\n\n> {long}\n\n结束[^1]。\n\n[^1]: 脚注在这里。",
        "0008": "|事项|说明|\n|-|-|\n|停水|" + long + "|\n|停电|没有|",
        "0009": "电话" * 900,
        "0010/index": "看图：\n\n![平面图](图.png)\n\n图在上面。",
        "0011": "没有标点的一长串" * 200 + "\n\n试点镇人民政府\n2026年11月20日",
        "0012": "<table>"
        + "".join(f"<tr><th>项{n}</th><th>值{n}元</th></tr>" for n in range(40))
        + "</table>",
        "0013": "<table><thead>"
        + "".join(f"<tr><th>头{n}号</th><th>乙</th></tr>" for n in range(60))
        + "</thead><tbody><tr><td>体一行</td><td>二</td></tr></tbody></table>",
        "0014": "因检修，请拨打0000-5550120，谢谢。",
    }
    for name, body in bodies.items():
        title = f"第{int(name[:4])}号通知：{'停水' * int(name[2:4])}"
        folder.notice(f"2026/town/{name}.md", body, title=title, clearance=having_seen(picture.getvalue()))
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_hard_texts_are_set_whole(visitor, server, kinds, size):
    _, page = open_at(visitor, server.mount("/kinds/", kinds.site), size=size)
    pages = page.evaluate(ROTATION)
    assert [(one["title"], one["where"], one["wrong"]) for one in pages if one["wrong"]] == []
    if size is LED:
        return
    for notice in page.evaluate(SAID):
        told = "".join(one["text"] for one in pages if one["title"] == notice["title"])
        same = told == notice["text"] or (notice["table"] and Counter(told) == Counter(notice["text"]))
        assert same, notice["title"]


#: Both sides from 200 to 700 pixels: modules, small televisions and walls of every shape.
BETWEEN = [
    (200, 200),
    (320, 160),
    (320, 320),
    (384, 384),
    (480, 320),
    (512, 512),
    (640, 360),
    (800, 480),
    (360, 640),
    (480, 800),
    (700, 300),
    (200, 700),
]


@pytest.mark.parametrize("sides", BETWEEN, ids=[f"{wide}x{high}" for wide, high in BETWEEN])
def test_a_screen_between_a_module_and_a_television_cuts_nothing(visitor, server, kinds, sides):
    size = dict(zip(("width", "height"), sides, strict=True))
    _, page = open_at(visitor, server.mount("/kinds/", kinds.site), size=size)
    pages = page.evaluate(ROTATION)
    wrong = [(one["title"], one["where"], one["wrong"]) for one in pages if one["wrong"]]
    assert wrong == [], wrong[:6]
    small = page.locator("html").get_attribute("class") == "small"
    assert small == (min(sides) < 360 or sides == (384, 384))
    for place, notice in enumerate(page.evaluate(SAID), 1):
        told = "".join(one["text"] for one in pages if one["count"].startswith(f"第{place}条"))
        wanted = notice["title"] + notice["period"] if small else notice["text"]
        assert Counter(told) == Counter(re.sub(r"\s+", "", wanted)), notice["title"]
    if small:
        return
    line = "parseFloat(getComputedStyle(document.documentElement).fontSize) * 1.62"
    page.mouse.click(150, 150)
    for button in ("下一条", "今日全部"):
        page.get_by_role("button", name=button).click()
        assert page.evaluate(f"document.getElementById('text').clientHeight >= 2.4 * {line}")
        assert page.evaluate('(b => b.scrollHeight <= b.clientHeight)(document.getElementById("text"))')


# How many layouts a page asks for, and how many rows of tables are in them.
LAYOUTS = """() => {
  const seen = window.seen = {layouts: 0, rows: 0};
  const count = (kind, name) => {
    const own = Object.getOwnPropertyDescriptor(kind, name), get = own.get;
    own.get = function () {
      seen.layouts += 1;
      seen.rows += document.getElementById("text").getElementsByTagName("tr").length;
      return get.call(this);
    };
    Object.defineProperty(kind, name, own);
  };
  count(Element.prototype, "scrollHeight");
  count(HTMLElement.prototype, "offsetHeight");
  const told = Element.prototype.getBoundingClientRect;
  Element.prototype.getBoundingClientRect = function () {
    if (this.tagName === "TR") seen.rows += 1;
    return told.call(this);
  };
}"""


@pytest.fixture(scope="module")
def long_tables(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A board with the same table of 14 columns in 60, 120 and 240 rows."""
    folder = a_folder(tmp_path_factory.mktemp("tables"))
    for rows in (60, 120, 240):
        head = "|".join(f"列{x}" for x in range(14))
        body = "\n".join("|".join(f"r{y}c{x}" for x in range(14)) for y in range(rows))
        marks = "|".join("-" * 14)
        folder.notice(f"2026/town/{rows:04}.md", f"{head}\n{marks}\n{body}", title=f"{rows}行公示")
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize("size", [WIDE, {"width": 800, "height": 480}], ids=["wide", "little"])
def test_the_work_for_a_table_grows_with_its_rows_and_not_with_their_square(
    visitor, server, long_tables, size
):
    _, page = open_at(visitor, server.mount("/tables/", long_tables.site), size=size)
    page.evaluate(LAYOUTS)
    work: dict[str, dict] = {}
    while "60行公示" not in work or len(work) < 3:
        # A day on, everything is set anew.
        page.evaluate("window.seen.layouts = window.seen.rows = 0")
        page.evaluate("window.dispatchEvent(new Event('resize'))")
        page.evaluate("window.seen.layouts = window.seen.rows = 0")
        before = shown(page)
        while shown(page) == before:
            page.evaluate("window.seen.layouts = window.seen.rows = 0")
            turn(page)
        work[shown(page)] = page.evaluate("({...window.seen})")
    short, long = work["120行公示"], work["240行公示"]
    assert 0 < long["layouts"] <= 2.4 * short["layouts"], work
    # Each row is weighed, measured and set a few times, in every part of the table.
    assert 0 < long["rows"] <= 2.4 * short["rows"], work
    assert long["rows"] <= 240 * 40, work


@pytest.mark.parametrize("size", [WIDE, TALL, {"width": 800, "height": 480}], ids=["wide", "tall", "little"])
def test_a_telephone_number_is_not_broken(visitor, server, tmp_path, size):
    folder = a_folder(tmp_path / "numbers")
    for number in range(1, 4):
        body = "".join(f"{'甲' * (n % 9 + number)}请拨打0000-555{n:04}，" for n in range(40)) + "谢谢。"
        folder.notice(
            f"2026/town/{number:04}.md", body + "\n\n|户|电话|\n|-|-|\n|甲|0000-5550120|", title="拨打电话"
        )
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    _, page = open_at(visitor, server.mount("/numbers/", folder.site), size=size)
    lines = """() => {
      const found = [], range = document.createRange();
      const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
      const number = /[0-9]{4}-[0-9]{7}[，。]?/g;
      while (walker.nextNode()) for (const hit of walker.currentNode.data.matchAll(number)) {
        range.setStart(walker.currentNode, hit.index);
        range.setEnd(walker.currentNode, hit.index + hit[0].length);
        found.push(new Set([...range.getClientRects()].map(line => line.top)).size);
      }
      return found;
    }"""
    seen: list[int] = []
    for _ in range(12):
        seen += page.evaluate(lines)
        turn(page)
    assert len(seen) > 100
    assert set(seen) == {1}


@pytest.mark.parametrize("size", [WIDE, TALL], ids=["wide", "tall"])
def test_a_short_notice_fills_the_screen(visitor, server, kinds, size):
    _, page = open_at(visitor, server.mount("/kinds/", kinds.site), size=size)
    [short] = [one for one in page.evaluate(ROTATION) if one["text"] == "今天停水。"]
    type_size = 'parseFloat(getComputedStyle(document.querySelector(".page")).fontSize)'
    while "今天停水" not in page.locator("#text").inner_text():
        turn(page)
    # Two words fill no page; they are as large as words get.
    assert short["fill"] >= 0.5 or page.evaluate(type_size) > 4.5 * 36


@pytest.fixture(scope="module")
def daily(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A board on which something ends on the day of the build, and something begins on the next."""
    folder = a_folder(tmp_path_factory.mktemp("daily"), "rebuild_days: 7")
    folder.notice(
        "2026/town/0001.md", title="今天到期的公示", effective="{from: 2026-11-10, until: 2026-11-21}"
    )
    folder.notice("2026/town/0002.md", title="月底到期的公示")
    folder.notice(
        "2026/east/0003.md",
        "表在下面。\n\n|户|数|\n|-|-|\n|甲|1|",
        title="长期的公示",
        publisher="east",
        category="finance",
        effective="{from: 2026-11-01, until: 长期}",
    )
    folder.notice(
        "2026/town/0004.md", title="明天才公开的", effective="{from: 2026-11-22, until: 2026-12-22}"
    )
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def daily_town(server, daily: Folder) -> str:
    return server.mount("/daily/", daily.site)


@pytest.fixture
def online(server, daily: Folder, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The screens on a server of which a test may change the files: their address and their folder."""
    folder = tmp_path / "online"
    shutil.copytree(daily.site / "screen", folder / "screen")
    shutil.copytree(daily.site / "assets", folder / "assets")
    yield server.mount(f"/{tmp_path.name}/", folder), folder / "screen"


@pytest.fixture(scope="module")
def tomorrow(daily: Folder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The screens as they are built on the next day, with a notice more."""
    folder = Folder(tmp_path_factory.mktemp("tomorrow") / "board")
    shutil.copytree(daily.path, folder.path)
    folder.notice("2026/town/0005.md", title="新来的公示", effective="{from: 2026-11-22, until: 2026-12-22}")
    done = folder.run("build", day="2026-11-22")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder.site / "screen"


def pass_by(page: Page, milliseconds: int) -> None:
    """Time goes by while the device sleeps; a second later it is awake."""
    page.clock.fast_forward(milliseconds)
    page.clock.run_for(1000)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
def test_a_notice_goes_at_its_last_midnight(visitor, daily_town, zone):
    _, page = open_at(visitor, daily_town, "2026-11-21T23:59:30+08:00", timezone_id=zone)
    assert sorted(titles(page)) == ["今天到期的公示", "月底到期的公示", "长期的公示"]
    expect(page.locator("#clock")).to_have_text("23:59")
    while shown(page) != "今天到期的公示":
        turn(page)
    page.clock.run_for(31_000)
    assert shown(page) != "今天到期的公示"
    expect(page.locator("#clock")).to_have_text("00:00")
    expect(page.locator("#date")).to_have_text("11月22日 星期日")
    assert sorted(titles(page)) == ["月底到期的公示", "长期的公示"]
    assert "明天才公开的" not in page.content()


def test_sleep_and_a_clock_that_jumps_leave_nothing_behind(visitor, daily_town):
    _, page = open_at(visitor, daily_town)
    pass_by(page, 10 * 86_400_000)
    assert titles(page) == ["长期的公示"]
    page.clock.set_system_time("2026-11-21T09:00:00+08:00")
    page.clock.run_for(2000)
    assert len(titles(page)) == 3
    before = shown(page)
    page.clock.run_for(9000)
    assert shown(page) != before


def test_an_empty_board_says_so(visitor, daily_town):
    for size in (WIDE, TALL):
        _, page = open_at(visitor, daily_town, "2026-12-05T10:00:00+08:00", size, "screen/town/")
        expect(page.locator("#text")).to_have_text("今天没有在公示的内容电话：0000-5550001")
        assert shown(page) == "试点镇人民政府"
    _, page = open_at(visitor, daily_town, "2026-12-05T10:00:00+08:00", LED, "screen/town/")
    assert [one["text"] for one in page.evaluate(ROTATION)] == ["今天没有在公示的内容", "试点镇人民政府"]


def test_a_device_without_a_clock_shows_the_day_of_the_build(visitor, daily_town):
    _, page = open_at(visitor, daily_town, "2015-01-01T00:00:00+08:00")
    assert len(titles(page)) == 3
    expect(page.locator("#clock")).to_have_text("")


def test_it_goes_on_without_a_network(visitor, daily_town):
    reader, page = open_at(visitor, daily_town)
    page.context.set_offline(True)
    asked = len(reader.watch.requests)
    for days, old in ((7, False), (1, True), (20, True)):
        pass_by(page, days * 86_400_000)
        expect(page.locator("#old")).to_be_visible(visible=old)
        assert "长期的公示" in titles(page)
    expect(page.locator("#old")).to_have_text("内容截至2026年11月21日")
    assert float(page.locator("#old").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 28
    assert len(reader.watch.requests) == asked


def test_a_network_that_answers_nothing_changes_nothing(visitor, daily_town):
    reader, page = open_at(visitor, daily_town, worker=False)
    page.route("**/version.json", lambda route: route.abort())
    pass_by(page, POLL)
    reader.expect("ERR_FAILED")
    assert len(titles(page)) == 3


def test_it_asks_for_its_version_and_for_nothing_else(visitor, online):
    site, _ = online
    reader, page = open_at(visitor, site, worker=False)
    with page.expect_response("**/version.json"):
        pass_by(page, POLL)
    asked = Counter(url.removeprefix(site) for url in reader.watch.requests if not url.startswith("data:"))
    assert set(asked) == {"screen/", "screen/version.json"}


def test_it_runs_from_a_file(visitor, daily):
    reader, page = open_at(visitor, (daily.site / "screen/index.html").as_uri(), address="")
    assert len(titles(page)) == 3
    pass_by(page, POLL)
    assert [url for url in reader.watch.requests if url.startswith("http")] == []


def test_a_new_version_takes_the_place_of_the_old(visitor, online, tomorrow):
    site, folder = online
    _, page = open_at(visitor, site, "2026-11-22T10:00:00+08:00", worker=False)
    assert sorted(titles(page)) == ["月底到期的公示", "长期的公示"]
    page.evaluate("window.before = true")
    replace(folder, tomorrow)
    with page.expect_response(site + "screen/"):
        pass_by(page, POLL)
    wanted = {"明天才公开的", "新来的公示", "月底到期的公示", "长期的公示"}
    until(page, lambda: set(titles(page)) == wanted)
    assert page.evaluate("window.before")


def replace(folder: Path, new: Path) -> None:
    shutil.copytree(new, folder, dirs_exist_ok=True)


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text("utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, "utf-8", newline="\n")


PORTAL = "<!doctype html><html><head><title>Wi-Fi</title></head><body><p>Log in</p></body></html>"
#: What can be wrong with a new version: a change of its folder.
BROKEN: dict[str, Callable[[Path], object]] = {
    "no version": lambda folder: (folder / "version.json").unlink(),
    "half a version": lambda folder: rewrite(folder / "version.json", lambda text: text[:40]),
    "a version by a portal": lambda folder: rewrite(folder / "version.json", lambda text: PORTAL),
    "no page": lambda folder: (folder / "index.html").unlink(),
    "half a page": lambda folder: rewrite(folder / "index.html", lambda text: text[: len(text) // 2]),
    "a page without its end": lambda folder: rewrite(folder / "index.html", lambda text: text[:-20]),
    "a page by a portal": lambda folder: rewrite(folder / "index.html", lambda text: PORTAL),
    "a word that changed": lambda folder: rewrite(
        folder / "index.html", lambda text: text.replace("新来的", "改过的")
    ),
    "the page of yesterday": lambda folder: rewrite(
        folder / "index.html", lambda text: re.sub('data-sha256="....', 'data-sha256="0000', text)
    ),
    "another script": lambda folder: rewrite(
        folder / "index.html", lambda text: text.replace("var PACE = 5", "var PACE = 6")
    ),
    "an older day": lambda folder: rewrite(
        folder / "version.json", lambda text: text.replace("2026-11-22", "2026-11-20")
    ),
    "another format": lambda folder: rewrite(
        folder / "version.json", lambda text: text.replace('"format": 1', '"format": 2')
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_version_is_not_taken(visitor, online, tomorrow, case):
    site, folder = online
    reader, page = open_at(visitor, site, worker=False)
    page.wait_for_timeout(200)
    page.evaluate("window.before = true")
    replace(folder, tomorrow)
    BROKEN[case](folder)
    with page.expect_response("**/version.json"):
        pass_by(page, POLL)
    page.wait_for_timeout(300)
    assert sorted(titles(page)) == ["今天到期的公示", "月底到期的公示", "长期的公示"]
    assert page.evaluate("window.before")
    if case.startswith("no "):
        reader.expect("404")
    # The next one that is whole is taken.
    replace(folder, tomorrow)
    with page.expect_response(site + "screen/"):
        pass_by(page, POLL)
    until(page, lambda: "今天到期的公示" not in titles(page))
    page.clock.set_system_time("2026-11-22T10:00:00+08:00")
    assert "新来的公示" in titles(page)


def test_a_server_that_goes_back_takes_nothing_with_it(visitor, online, tomorrow, daily):
    site, folder = online
    replace(folder, tomorrow)
    _, page = open_at(visitor, site, "2026-11-22T10:00:00+08:00", worker=False)
    page.wait_for_timeout(200)
    before = titles(page)
    assert "新来的公示" in before
    replace(folder, daily.site / "screen")
    with page.expect_response("**/version.json"):
        pass_by(page, POLL)
    page.wait_for_timeout(300)
    assert sorted(titles(page)) == sorted(before)


def later_code(folder: Path) -> None:
    """The page as a later program would make it: its script reads format 2, its data is in format 2."""

    def renew(text: str) -> str:
        data = re.search(r'id="data" data-sha256="[0-9a-f]{64}">([^<]*)<', text)
        changed = data[1].replace('"format":1', '"format":2')
        digest = hashlib.sha256(changed.encode()).hexdigest()
        text = text.replace(data[0], f'id="data" data-sha256="{digest}">{changed}<')
        script = re.search(r"<script>(.*?)</script>\s*</body>", text, re.DOTALL)[1]
        later = script.replace("var FORMAT = 1;", "var FORMAT = 2;\n  window.later = true;")
        text = text.replace(script, later)
        hashed = base64.b64encode(hashlib.sha256(later.encode()).digest()).decode()
        text = re.sub(r"script-src 'sha256-[^']*'", f"script-src 'sha256-{hashed}'", text)
        version = json.loads((folder / "version.json").read_text("utf-8"))
        version |= {"format": 2, "sha256": digest, "length": len(changed.encode())}
        (folder / "version.json").write_text(json.dumps(version), "utf-8")
        return text

    rewrite(folder / "index.html", renew)


def kept(page: Page) -> None:
    """Wait until the device holds the page and its worker answers for it."""
    ready = "(async () => !!(navigator.serviceWorker.controller && await caches.match(location.href)))()"
    until(page, lambda: page.evaluate(ready))


def test_a_device_that_holds_the_page_starts_without_a_network(visitor, online):
    site, _ = online
    _, page = open_at(visitor, site)
    kept(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".page")).to_have_count(1)
    assert len(titles(page)) == 3


def test_another_program_comes_with_a_reload_where_that_cannot_fail(visitor, online, tomorrow):
    site, folder = online
    _, page = open_at(visitor, site)
    kept(page)
    replace(folder, tomorrow)
    later_code(folder)
    with page.expect_response(site + "screen/"):
        pass_by(page, POLL)
    taken = "(async () => (await (await caches.match(location.href)).text()).includes('window.later'))()"
    until(page, lambda: page.evaluate(taken))
    page.context.set_offline(True)
    with page.expect_event("load"):
        page.evaluate("for (let n = 0; n < 8; n++) document.dispatchEvent(new Event('nb-turn'))")
    assert page.evaluate("window.later")
    assert '"as_of":"2026-11-22"' in page.locator("#data").text_content()


def test_another_program_waits_where_a_reload_could_fail(visitor, online, tomorrow):
    site, folder = online
    _, page = open_at(visitor, site, worker=False)
    replace(folder, tomorrow)
    later_code(folder)
    with page.expect_response(site + "screen/"):
        pass_by(page, POLL)
    page.wait_for_timeout(300)
    assert len(titles(page)) == 3
    assert not page.evaluate("window.later")


def test_a_touch_stops_it_and_nobody_there_starts_it_again(visitor, town):
    _, page = open_at(visitor, town)
    first = shown(page)
    turn(page)
    page.mouse.click(900, 500)
    expect(page.get_by_role("navigation", name="翻阅")).to_be_visible()
    for button in page.get_by_role("button").all():
        assert button.bounding_box()["height"] >= 80 and button.bounding_box()["width"] >= 80
    here = shown(page)
    page.clock.run_for(50_000)
    assert shown(page) == here
    page.get_by_role("button", name="下一条").click()
    assert shown(page) != here
    page.get_by_role("button", name="上一条").click()
    assert shown(page) == here
    page.clock.run_for(IDLE - 2000)
    expect(page.get_by_role("navigation", name="翻阅")).to_be_visible()
    page.clock.run_for(3000)
    expect(page.get_by_role("navigation", name="翻阅")).to_be_hidden()
    assert shown(page) == first


def test_a_notice_is_found_by_publisher_and_by_category_and_taken_along(visitor, town):
    _, page = open_at(visitor, town)
    all_of_them = page.evaluate(SAID)
    page.mouse.click(900, 500)
    for way, field in (("按单位", "publisher"), ("按类别", "category")):
        page.get_by_role("button", name=way).click()
        entry = page.locator(".rows button").nth(2)
        name, count = entry.locator(".name").inner_text(), entry.locator(".about").inner_text()
        entry.click()
        assert shown(page) == f"{name}（{count}）"
        page.locator(".rows button").first.click()
        expect(page.locator("#count")).to_have_text(f"第1条 共{count}　已暂停")
        raw = page.evaluate("JSON.parse(document.getElementById('data').textContent).notices")
        [notice] = [one for one in raw if "".join(one["title"]) == shown(page)]
        assert notice[field] == name
    assert len(all_of_them) > 50
    expect(page.locator("#scan")).to_have_text("扫码带走")
    picture = Image.open(io.BytesIO(page.locator("#code svg").screenshot()))
    assert zxingcpp.read_barcode(picture).text == "https://" + page.locator("#address").inner_text().replace(
        "\n", ""
    )
    assert page.locator("#code svg").bounding_box()["width"] >= 300
    page.get_by_role("button", name="继续播放").click()
    expect(page.get_by_role("navigation", name="翻阅")).to_be_hidden()


def test_every_notice_is_in_the_list_of_all(visitor, town):
    _, page = open_at(visitor, town)
    page.mouse.click(900, 500)
    page.get_by_role("button", name="今日全部").click()
    listed = []
    forward = page.get_by_role("button", name="下一页")
    while True:
        assert page.evaluate('(b => b.scrollHeight <= b.clientHeight)(document.getElementById("text"))')
        listed += page.locator(".rows .name").all_inner_texts()
        if forward.is_disabled():
            break
        forward.click()
    assert listed == [one["title"] for one in page.evaluate(SAID) if one["now"]]


def test_all_of_it_works_with_keys(visitor, town):
    _, page = open_at(visitor, town)
    page.keyboard.press("Tab")
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) in ("下一页", "下一条")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.get_by_role("button", name="按单位").focus()
    page.keyboard.press("Enter")
    first = page.evaluate(focused)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) != first
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#scan")).to_have_text("扫码带走")
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="翻阅")).to_be_hidden()


def test_nothing_moves_for_those_who_want_it_so(visitor, daily_town):
    for wish, moves in (("reduce", False), ("no-preference", True)):
        _, page = open_at(visitor, daily_town, reduced_motion=wish)
        assert (page.locator(".page").evaluate("e => getComputedStyle(e).animationName") != "none") is moves
        assert (page.locator("#bar").evaluate("e => getComputedStyle(e).transitionDuration") != "0s") is moves


def test_it_keeps_a_pace_that_people_can_read(visitor, town):
    _, page = open_at(visitor, town)
    there = "document.getElementById('count').textContent + document.getElementById('text').textContent"
    for _ in range(6):
        turn(page)
        before = page.evaluate(there)
        read = len(re.sub(r"\s", "", page.locator("#text").text_content())) / 5
        page.clock.run_for(int(min(40, max(8, read)) * 1000) - 1500)
        assert page.evaluate(there) == before
        page.clock.run_for(41_000 - int(min(40, max(8, read)) * 1000) + 1500)
        assert page.evaluate(there) != before


def test_it_follows_the_window(visitor, town):
    _, page = open_at(visitor, town)
    for name, size in (("tall", TALL), ("small", LED), ("wide", WIDE)):
        page.set_viewport_size(size)
        expect(page.locator("html")).to_have_class(name)
        assert page.evaluate('(b => b.scrollHeight <= b.clientHeight)(document.getElementById("text"))')


AXE = """async () => {
  document.getAnimations().forEach(animation => animation.finish());
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`));
}"""


@pytest.mark.parametrize("size", [WIDE, TALL, LED], ids=["wide", "tall", "led"])
def test_axe_finds_nothing(visitor, town, axe, size):
    _, page = open_at(visitor, town, size=size)
    page.clock.resume()
    page.evaluate(axe)
    assert page.evaluate(AXE) == []
    if size is not LED:
        page.mouse.click(400, 500)
        assert page.evaluate(AXE) == []
        page.get_by_role("button", name="今日全部").click()
        assert page.evaluate(AXE) == []


def test_ten_thousand_turns_leave_nothing_in_memory(visitor, daily_town):
    reader, page = open_at(visitor, daily_town)
    session = page.context.new_cdp_session(page)

    def weight() -> tuple[float, int, int]:
        session.send("HeapProfiler.collectGarbage")
        used = session.send("Runtime.getHeapUsage")["usedSize"]
        counters = session.send("Memory.getDOMCounters")
        return used, counters["nodes"], counters["jsEventListeners"]

    def turns(number: int) -> None:
        page.evaluate(f"for (let n = 0; n < {number}; n++) document.dispatchEvent(new Event('nb-turn'))")

    turns(500)
    before = weight()
    for _ in range(20):
        turns(500)
    after = weight()
    assert after[0] < before[0] * 1.1 + 100_000
    assert after[1] <= before[1] + 50
    assert after[2] == before[2]
    assert reader.watch.complaints == []
