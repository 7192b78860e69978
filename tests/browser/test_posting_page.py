"""The list to print of a physical board: right on a later day than that of its build, and clean on paper."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp
from test_paper import holds, joined, places_of

from builders import Folder, a_folder

pytestmark = pytest.mark.browser

FRIDAY = "2026-11-20"
PAGE = "publishers/town/posting/"
LISTS = ("put-up", "take-down", "stay")
#: What a reader sees of each list: titles with what is said of them, the number, the sentence for none.
SEEN = """() => Object.fromEntries(["put-up", "take-down", "stay"].map(key => {
  const part = document.getElementById(key).closest("section");
  const seen = selector => [...part.querySelectorAll(selector)].filter(it => it.checkVisibility());
  const words = it => it.innerText.replace(/\\s+/g, " ").trim();
  return [key, {
    lines: seen(".nb-posting__text").map(words),
    number: words(part.querySelector(".nb-count")),
    none: seen(".nb-empty").length,
  }];
}))"""


def write(folder: Folder) -> None:
    """Notices that have all begun by the day of the build and change at different times."""
    ends = ("2026-11-19", FRIDAY, "2026-11-21", "2026-11-22", "2026-11-23", "2026-12-04", "长期")
    for at, end in enumerate(ends, 1):
        folder.notice(
            f"2026/town/{at:04}.md", title=f"{end}止的", effective=f"{{from: 2026-11-09, until: {end}}}"
        )
    folder.notice("2026/town/0011.md", title="周五起的", effective=f"{{from: {FRIDAY}, until: 长期}}")
    folder.notice("2026/town/0012.md", "某人的名字。", title="周六撤下正文的", erase_on="2026-11-21")
    folder.notice(
        "2026/town/0013.md",
        title="周二撤销的",
        change="{type: withdrawn, date: 2026-11-24, reason: 金额有出入}",
    )
    folder.notice("2026/town/0014.md", title="旧的", effective="{from: 2026-11-02, until: 长期}")
    folder.notice(
        "2026/town/0015.md",
        title="试行的",
        effective="{from: 2026-11-10, until: 2026-11-25}",
        supersedes="[0014.md]",
    )
    folder.notice("2026/town/0016.md", title="墙上专有的", channels="[board]")
    folder.notice("2026/town/0017.md", title="只上网的", channels="[website]")
    folder.notice("2026/town/0018.md", title="没审查的", confidentiality_cleared="false", clearance=None)
    folder.notice("2026/town/0019.md", title="早已撤下的", erase_on="2026-11-12")
    for at in range(30):
        folder.notice(
            f"2026/town/{at + 101:04}.md",
            title=f"试点镇2026年第{at + 1}项很长的工作开展情况和下一步打算的公示",
            effective="{from: 2026-11-02, until: 2026-12-24}",
        )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Folder]:
    """The board as it was built on a day."""
    made: dict[str, Folder] = {}

    def on(day: str) -> Folder:
        if day not in made:
            made[day] = a_folder(tmp_path_factory.mktemp("posting"))
            write(made[day])
            done = made[day].run("build", day=day)
            assert done.returncode == 0, done.stdout + done.stderr
        return made[day]

    return on


@pytest.fixture(scope="module")
def friday(server, built) -> str:
    return server.mount("/friday/", built(FRIDAY).site)


@pytest.mark.parametrize("day", [f"2026-11-{n}" for n in range(20, 28)] + ["2026-12-05", "2026-12-25"])
def test_a_page_built_on_friday_says_what_the_command_says_on_each_later_day(visitor, built, friday, day):
    said = built(FRIDAY).run("board", "--publisher", "town", "--format", "json", "--date", day)
    (board,) = json.loads(said.stdout)["boards"]
    reader = visitor(friday, locale="zh-CN", timezone_id="America/Los_Angeles")
    reader.page.clock.set_fixed_time(f"{day}T00:00:30+08:00")
    page = reader.go(PAGE)
    seen = page.evaluate(SEEN)
    for key in LISTS:
        # The page knows nothing of what hangs on the board alone, nor why something will be withdrawn.
        wanted = [line for line in board[key.replace("-", "_")] if line["code"]]
        assert len(seen[key]["lines"]) == len(wanted), key
        for line in wanted:
            (found,) = (text for text in seen[key]["lines"] if text.startswith(line["title"] + " "))
            reason = line["reason"].partition("，")[0]
            assert (reason or line["until"]) in found and line["address"] in found
            assert line["period"] in found and line["index_number"] in found
        assert seen[key]["number"] == str(len(wanted))
        assert seen[key]["none"] == (0 if wanted else 1)
    assert page.locator(".nb-posting__day").inner_text() == board["day_text"]


def test_without_scripts_the_page_speaks_of_the_day_of_its_build(browser, friday):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(friday + PAGE)
    assert page.locator(".nb-posting__day").inner_text() == "2026年11月20日　星期五"
    assert page.locator(".nb-posting__part--put-up .nb-posting__title:visible").all_inner_texts() == [
        "周五起的"
    ]
    context.close()


def test_what_nobody_may_know_is_not_on_the_page(built):
    said = (built(FRIDAY).site / PAGE / "index.html").read_text("utf-8")
    for hidden in ("墙上专有的", "只上网的", "没审查的", "早已撤下的", "某人的名字", "金额有出入"):
        assert hidden not in said
    assert "周六撤下正文的" in said


def test_on_paper_no_line_is_cut_and_every_code_leads_to_its_notice(look, friday, built):
    page = look.settle(friday).go(PAGE)
    codes = page.locator(".nb-posting__line:visible .nb-posting__code")
    wanted = {
        codes.nth(at).get_attribute("aria-label").removeprefix("二维码：") for at in range(codes.count())
    }
    assert len(wanted) == codes.count() > 30
    page.emulate_media(media="print")
    titles = page.locator(".nb-posting__line:visible .nb-posting__title").all_inner_texts()
    file = page.pdf(prefer_css_page_size=True, print_background=False)
    texts = [joined(sheet.extract_text()) for sheet in pypdf.PdfReader(io.BytesIO(file)).pages]
    assert len(texts) >= 4 and all(len(text) > 60 for text in texts), "no sheet is nearly empty"
    for part in (
        "张贴清单",
        "试点镇人民政府",
        "张贴人",
        "撤下人",
        "检查人",
        "今天张贴",
        "今天撤下",
        "继续张贴",
    ):
        assert sum(len(places_of(text, part)) for text in texts) == 1, part
    for word in ("公开目录", "大字", "查找", "首页", "noticeboard"):
        assert not [text for text in texts if holds(text, word)]
    assert all(sum(holds(text, title) for text in texts) == 1 for title in titles), "no title is cut in two"
    read: list[str] = []
    for at, sheet in enumerate(pypdfium2.PdfDocument(file)):
        found = zxingcpp.read_barcodes(sheet.render(scale=100 / 72).to_pil())
        assert len(found) == sum(holds(texts[at], title) for title in titles), (
            "a code stands beside its title"
        )
        for code in found:
            side = code.position.top_right.x - code.position.top_left.x
            assert side / 100 * 25.4 >= 18, "millimetres"
            read.append(code.text)
    assert len(read) == len(set(read))
    assert {address.removeprefix("https://") for address in read} == wanted
    for address in read:
        redirect = address.removeprefix("https://board.example/town/") + "index.html"
        assert (Path(built(FRIDAY).site) / redirect).is_file()
