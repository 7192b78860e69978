"""What posters cost: 200 notices of mixed length from the press, beside headless Chromium with their pages.

    python scripts/bench_posters.py [POSTERS] [--browser N]      (defaults 200 and 40)

Both run on the same notices in one go, so that the ratio counts and not the seconds. The press starts cold,
with as many processes as the machine has cores; its fonts are read within the measured time. Chromium
prints the pages of the built site through one browser, N of the notices evenly chosen, because it takes
so much longer; a page of the site fits its type to nothing, a poster does.
"""

# ruff: noqa: E402  (the place of the browser is known to the tests)

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "browser")]

import chromium
from playwright.sync_api import sync_playwright

from bench import make_board, run
from noticeboard.board.load import load_board
from noticeboard.board.register import Published, Register
from noticeboard.posters.press import Printed
from noticeboard.posters.sheet import Wish
from noticeboard.printing import press_of
from noticeboard.views.frame import SiteSettings
from noticeboard.views.poster import Posters
from noticeboard.views.shelves import Shelves
from noticeboard.views.words import Words

DAY = date(2026, 11, 21)
SETTINGS = SiteSettings("https://gongkai.board.example/", "Asia/Shanghai", "https://gongkai.board.example/")
#: Rows of the table, and how many of ten notices have so many; 0 is a short notice, -1 one of paragraphs.
MIX = (0, 0, 0, 0, -1, -1, -1, 40, 40, 200)

SENTENCES = (
    "根据有关规定，经本人申请、入户调查、民主评议和审核确认，现将名单予以公布，接受群众监督。",
    "公示期间如有异议，请以书面、电话、来访等方式反映；反映情况应当实事求是，提倡署真实姓名。",
    "本次共涉及三个村民小组，资金由镇财政统一拨付，逐户打卡发放，不收取任何费用。",
    "请各户核对姓名、组别和金额，发现差错的，及时到便民服务中心更正。",
)


def body(number: int) -> str:
    """The text of one notice of the mix."""
    rows = MIX[number % len(MIX)]
    if rows == 0:
        return f"因管道检修，第{number}组定于明日8时至18时停水，请提前储水。不便之处，敬请谅解。\n"
    if rows < 0:
        return "\n\n".join(SENTENCES[at % len(SENTENCES)] for at in range(number % 7 + 6)) + "\n"
    lines = "\n".join(
        f"| {row} | 第{row}户 | {row % 9 + 1}组 | {row % 6 + 1} | {row * 37 % 900 + 100}.00 | |"
        for row in range(1, rows + 1)
    )
    head = "| 序号 | 户主 | 组别 | 人数 | 金额（元） | 备注 |\n| --- | --- | --- | --- | ---: | --- |\n"
    return f"{SENTENCES[0]}\n\n{head}{lines}\n\n{SENTENCES[1]}\n"


def register_of(folder: Path, posters: int) -> Register:
    """A board whose notices have the mixed texts; some are not public yet, so it has more than enough."""
    make_board(folder, posters * 5 // 4)
    for number, path in enumerate(sorted((folder / "notices").rglob("index.md"))):
        front = path.read_text("utf-8").split("---\n")[1]
        path.write_text(f"---\n{front}---\n\n{body(number)}", encoding="utf-8")
    return Register(load_board(folder / "notices"), DAY)


def printed(folder: Path, rows: Sequence[Published], register: Register) -> tuple[float, list[Printed]]:
    """Seconds by the clock, and the posters."""
    words = Words()
    posters = Posters(Shelves(register, words, SETTINGS))
    started = time.perf_counter()
    press = press_of(folder / "notices", folder, "", words)
    made = list(press.prints(Wish(posters.sheet(row)) for row in rows))
    return time.perf_counter() - started, made


def by_browser(folder: Path, names: list[str]) -> Iterator[tuple[float, int]]:
    """Seconds and bytes of each page that Chromium prints."""
    with sync_playwright() as playwright:
        path = chromium.find(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        for name in names:
            started = time.perf_counter()
            page.goto((folder / "site" / "notices" / name / "index.html").as_uri())
            data = page.pdf(prefer_css_page_size=True)
            yield time.perf_counter() - started, len(data)


def main() -> None:
    """Print both and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("posters", type=int, nargs="?", default=200)
    parser.add_argument("--browser", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "board"
        register = register_of(folder, given.posters)
        rows = list(register.published.values())[: given.posters]
        spent, made = printed(folder, rows, register)
        faults = [fault for one in made for fault in one.faults]
        if faults or len(made) != given.posters:
            raise SystemExit(f"{len(made)} {faults}")
        pages, size = sum(one.pages for one in made), statistics.mean(len(one.pdf) for one in made)
        each = spent / given.posters
        cores = os.cpu_count()
        print(f"press     {given.posters:>4} posters {each * 1000:>18.1f} ms each, {size / 1000:.0f} kB each")
        print(f"          {pages:>4} pages, on {cores} cores")
        run(folder, "build")
        names = [row.id for row in rows][:: max(given.posters // given.browser, 1)]
        found = list(by_browser(folder, names))
        page = statistics.mean(seconds for seconds, _ in found)
        weight = statistics.mean(length for _, length in found)
        print(f"Chromium  {len(found):>4} pages  {page * 1000:>20.1f} ms each, {weight / 1000:.0f} kB each")
        print(f"ratio     {page / each:.1f}")


if __name__ == "__main__":
    main()
