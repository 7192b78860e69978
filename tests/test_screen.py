"""What stands on a screen: the current notices of a board with their text, and nothing else."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from boards import SITE_URL, a_board
from builders import TODAY, Folder, a_folder
from noticeboard.views import screen
from noticeboard.views.frame import SiteSettings
from noticeboard.views.outputs import Outputs
from noticeboard.views.screen import FORMAT, MANIFEST_FILE, MOST_OF_PICTURE, VERSION_FILE
from noticeboard.views.words import Words

ALL = "screen/"
GIF = b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=")
OUTSIDE = re.compile(r"https?://|(?<![:\w])//\w")


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def outputs_of(folder: Folder, day: date = TODAY) -> Outputs:
    """Everything of a site that has an address of its own."""
    return Outputs(folder.register(day), SiteSettings(SITE_URL, "Asia/Shanghai", SITE_URL), Words())


def page(folder: Folder, address: str = ALL, day: date = TODAY):
    return next(page for page in outputs_of(folder, day).pages if page.address == address)


def data(folder: Folder, address: str = ALL, day: date = TODAY) -> dict:
    return json.loads(page(folder, address, day).view.data)


def titles(folder: Folder, address: str = ALL, day: date = TODAY) -> list[str]:
    return ["".join(notice["title"]) for notice in data(folder, address, day)["notices"]]


def test_a_current_notice_is_there_in_full(board: Folder) -> None:
    board.notice("2026/town/0001.md", "东街十一月检修管道，届时停水。\n\n|户|数|\n|-|-|\n|甲|1|")
    [notice] = data(board)["notices"]
    assert "".join(notice["title"]) == "东街停水通知"
    assert notice["body"] == board.register().published["2026/town/0001"].document.html
    assert (notice["publisher"], notice["category"]) == ("试点镇人民政府", "停水停电")
    assert notice["period"] == ["2026年11月10日", "至11月30日"]
    assert notice["term"] == "公示期"
    assert notice["calls"] == [["联系方式", "0000-5550001"], ["监督电话", "0000-5550002"]]
    assert notice["days"] == "/2026-11-30"
    short = board.register().published["2026/town/0001"].notice.short
    assert notice["address"] == f"board.example/town/n/{short}/"
    assert len(notice["code"]) == len(notice["code"][0])


@pytest.mark.parametrize(
    "fields",
    [
        {"confidentiality_cleared": "false"},
        {"clearance": None},
        {"effective": "{from: 2026-11-22, until: 2026-11-30}"},
        {"effective": "{from: 2026-11-01, until: 2026-11-20}"},
        {"channels": "[board]"},
        {"category": "monitored", "publisher": "east"},
        {"change": "{type: withdrawn, date: 2026-11-15, reason: 写错了}"},
        {"erase_on": "2026-11-21"},
    ],
    ids=[
        "withheld",
        "no record",
        "scheduled",
        "ended",
        "board only",
        "item only on boards",
        "withdrawn",
        "erased",
    ],
)
def test_what_the_public_may_not_see_or_no_longer_sees_is_on_no_screen(board: Folder, fields: dict) -> None:
    board.notice("2026/town/0001.md", title="平常的通知")
    board.notice("2026/town/0002.md", "特别的正文在这里。", title="特别的标题", **fields)
    made = outputs_of(board)
    for each in made.pages:
        if each.address.startswith(ALL):
            assert "特别" not in each.view.data
    assert titles(board) == ["平常的通知"]


def test_what_has_no_end_is_named_as_on_paper(board: Folder) -> None:
    board.notice("2026/town/0001.md", effective="{from: 2026-11-10, until: 长期}")
    [notice] = data(board)["notices"]
    assert (notice["term"], notice["period"]) == ("有效期", ["2026年11月10日", "起长期有效"])


def test_a_notice_goes_by_itself_when_its_text_must_go(board: Folder) -> None:
    board.notice("2026/town/0001.md", erase_on="2026-11-25")
    [notice] = data(board)["notices"]
    assert (notice["days"], notice["now"]) == ("/2026-11-24", True)


def test_a_change_to_come_is_not_told_before_its_day(board: Folder) -> None:
    board.notice("2026/town/0001.md", change="{type: amended, date: 2026-11-24, reason: 还不能说的理由}")
    before, on_the_day = data(board), data(board, day=date(2026, 11, 24))
    assert "还不能说的理由" not in json.dumps(before, ensure_ascii=False)
    assert "还不能说的理由" in on_the_day["notices"][0]["notes"][0]["text"]
    assert before["notices"][0]["notes"][0]["days"] == "2026-11-24/"


def test_a_board_shows_what_hangs_on_it(board: Folder) -> None:
    board.notice("2026/town/0001.md", title="镇里的通知")
    board.notice("2026/east/0001.md", title="村里的公示", publisher="east", category="finance")
    board.notice("2026/coop/0001.md", title="合作社的公示", publisher="east-coop", category="finance")
    screens = [page.address for page in outputs_of(board).pages if page.template == screen.TEMPLATE]
    assert screens == [ALL, "screen/town/", "screen/east/"]
    assert sorted(titles(board)) == ["合作社的公示", "村里的公示", "镇里的通知"]
    assert titles(board, "screen/town/") == ["镇里的通知"]
    assert sorted(titles(board, "screen/east/")) == ["合作社的公示", "村里的公示"]
    assert (page(board).view.root, page(board, "screen/east/").view.root) == ("", "../")


def test_an_empty_board_has_a_screen_too(board: Folder) -> None:
    empty, village = data(board), data(board, "screen/east/")
    assert (empty["notices"], empty["name"], empty["phone"]) == ([], "试点镇公开栏", "0000-5550001")
    assert (village["notices"], village["name"], village["phone"]) == ([], "东河村村民委员会", "0000-5550003")


@pytest.mark.parametrize("address", [ALL, "screen/town/"])
def test_the_version_tells_what_the_page_holds(board: Folder, address: str) -> None:
    board.notice("2026/town/0001.md")
    made = outputs_of(board)
    [view] = [page.view for page in made.pages if page.address == address]
    version = json.loads(made.data[address + VERSION_FILE])
    held = view.data.encode()
    assert version == {
        "format": FORMAT,
        "as_of": "2026-11-21",
        "length": len(held),
        "sha256": sha256(held).hexdigest(),
    }
    assert view.sha256 == version["sha256"]
    assert json.loads(view.data)["format"] == FORMAT


def test_the_script_takes_the_format_that_is_written() -> None:
    script = Path(__file__).parent.parent / "theme/screen/screen.js"
    assert re.search(r"var FORMAT = (\d+);", script.read_text("utf-8"))[1] == str(FORMAT)


def test_the_page_and_its_worker_keep_things_in_the_same_place() -> None:
    folder = Path(__file__).parent.parent / "theme/screen"
    names = [
        re.findall(r'var CACHE = "([^"]+)";', (folder / name).read_text("utf-8"))
        for name in ("screen.js", "worker.js")
    ]
    assert names[0] == names[1] and len(names[0]) == 1


def test_screens_and_pages_count_days_alike() -> None:
    theme = Path(__file__).parent.parent / "theme"
    sources = [(theme / name).read_text("utf-8") for name in ("screen/screen.js", "assets/board.js")]
    for name in ("daysBetween", "isShown"):
        found = [re.findall(rf"^  function {name}\(.*?^  }}$", source, re.M | re.S) for source in sources]
        assert found[0] == found[1] and len(found[0]) == 1


def test_the_same_notices_make_the_same_bytes(board: Folder) -> None:
    for number in range(1, 6):
        board.notice(f"2026/town/000{number}.md", title=f"第{number}号通知")
    one, other = outputs_of(board), outputs_of(board)
    assert page(board).view == page(board).view
    for address in (ALL + VERSION_FILE, ALL + MANIFEST_FILE):
        assert one.data[address] == other.data[address]


def test_nothing_on_a_screen_comes_from_elsewhere(board: Folder) -> None:
    board.notice("2026/town/0001.md", "看[原文](https://elsewhere.example/a)。")
    [notice] = data(board)["notices"]
    left = {key: value for key, value in notice.items() if key != "body"}
    assert not OUTSIDE.search(json.dumps(left))
    assert "<img" not in notice["body"]
    template = (Path(__file__).parent.parent / "theme/board/screen.html").read_text("utf-8")
    assert not OUTSIDE.search(template.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", ""))


def test_nothing_in_the_data_ends_the_script_that_holds_it(board: Folder) -> None:
    board.notice("2026/town/0001.md", title="'</script><b>停水 & 停电'")
    text = page(board).view.data
    assert "<" not in text and "&" not in text
    assert titles(board) == ["</script><b>停水 & 停电"]


def test_a_picture_is_in_the_page_itself(board: Folder) -> None:
    board.write("2026/town/0001/广场.gif", GIF)
    board.notice("2026/town/0001/index.md", "![广场](广场.gif)\n\n![广场](广场.gif)")
    made = data(board)
    assert made["pictures"] == [f"data:image/gif;base64,{b64encode(GIF).decode()}"]
    assert re.findall(r'<img data-picture="(\d)" alt="广场">', made["notices"][0]["body"]) == ["0", "0"]


def test_a_picture_that_is_too_large_is_told_of(board: Folder) -> None:
    board.write("2026/town/0001/地图.gif", GIF + bytes(MOST_OF_PICTURE))
    board.notice("2026/town/0001/index.md", "![规划 <图>](地图.gif)")
    made = data(board)
    assert made["pictures"] == []
    [words] = re.findall(r"<em>(.*?)</em>", made["notices"][0]["body"])
    assert "扫码看图" in words and "规划" in unescape(words)


def test_all_pictures_together_stay_within_bounds(board: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "MOST_OF_PICTURES", 2 * len(GIF))
    for name in ("甲", "乙", "丙"):
        board.write(f"2026/town/0001/{name}.gif", GIF + name.encode()[:0])
    board.notice("2026/town/0001/index.md", "![甲](甲.gif)\n\n![乙](乙.gif)\n\n![丙](丙.gif)")
    made = data(board)
    assert len(made["pictures"]) == 2
    assert "丙　请扫码看图" in made["notices"][0]["body"]


def test_files_are_named(board: Folder) -> None:
    board.write("2026/town/0001/名单.txt", "甲\n".encode())
    board.notice("2026/town/0001/index.md", attachments="[{path: 名单.txt, name: 名单全文}]")
    assert data(board)["notices"][0]["files"] == ["名单全文"]


def test_a_device_installs_each_screen_by_itself(board: Folder) -> None:
    made = outputs_of(board).data
    for address, name in ((ALL, "试点镇公开栏"), ("screen/east/", "东河村")):
        manifest = json.loads(made[address + MANIFEST_FILE])
        assert manifest["short_name"] == name
        assert (manifest["start_url"], manifest["display"]) == ("./", "fullscreen")
    assert json.loads(made["screen/east/" + MANIFEST_FILE])["icons"][0]["src"] == "../../assets/favicon.svg"


def test_search_engines_are_not_led_to_screens(board: Folder) -> None:
    assert b"/screen/" not in outputs_of(board).data["sitemap.xml"]


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = a_folder(tmp_path_factory.mktemp("built"))
    folder.notice("2026/town/0001.md", "正文里有金额一百元。")
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def built(built_once: Folder, tmp_path: Path) -> Folder:
    """A copy of a built board, for one test to do with as it likes."""
    return Folder(shutil.copytree(built_once.path, tmp_path / "board"))


def test_a_screen_carries_the_sites_icon(built_once: Folder) -> None:
    page = (built_once.site / "screen/index.html").read_text("utf-8")
    (written,) = re.findall(
        r'<link rel="icon" type="image/svg\+xml" href="data:image/svg\+xml,([^"]*)">', page
    )
    assert unquote(written) == (built_once.site / "assets/favicon.svg").read_text("utf-8").strip()


def said_again(text: str) -> str:
    """Other data with the hash that fits it."""
    old = re.search(r'data-sha256="(\w+)">([^<]*)<', text)
    new = old[2].replace("一百元", "九百元")
    return text.replace(old[1], sha256(new.encode()).hexdigest()).replace(old[2], new)


#: What is done to a screen that was built.
CHANGED: dict[str, Callable[[str], str]] = {
    "data": lambda text: text.replace("一百元", "九百元"),
    "data and its hash": said_again,
    "words": lambda text: text.replace("扫码看原文", "扫码看别的"),
    "script": lambda text: text.replace("var PACE = 5", "var PACE = 6"),
    "style": lambda text: text.replace("--paper: #fffdf9", "--paper: #fffdf8"),
    "hash of the script": lambda text: text.replace("script-src 'sha256-", "script-src 'sha256-A"),
    "no policy": lambda text: re.sub("<meta http-equiv=[^>]*>", "", text),
    "another script": lambda text: text.replace("</body>", "<SCRIPT>1</SCRIPT></body>"),
    "cut off": lambda text: text[: len(text) // 2],
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_a_changed_screen_is_found(built: Folder, change: Callable[[str], str]) -> None:
    path = built.site / "screen/index.html"
    before = path.read_text("utf-8")
    changed = change(before)
    assert changed != before
    path.write_text(changed, "utf-8", newline="\n")
    done = built.run("verify", "site")
    assert done.returncode == 1
    assert "screen/index.html  大屏页面里的内容或程序和应有的不一样" in done.stderr


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-24", "2026-12-05"])
def test_a_screen_of_another_day_is_held_to_its_own(built: Folder, day: str) -> None:
    assert built.run("verify", "site", day=day).returncode == 0
    path = built.site / "screen/town/index.html"
    path.write_text(path.read_text("utf-8").replace("一百元", "九百元"), "utf-8", newline="\n")
    done = built.run("verify", "site", day=day)
    assert "screen/town/index.html  大屏页面里的内容或程序和应有的不一样" in done.stderr


def test_a_build_that_says_other_things_on_a_screen_stops(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "board")
    folder.notice("2026/town/0001.md", "正文里有金额一百元。")
    template = folder.path / "theme/board/screen.html"
    wrong = "{{ view.data | replace('一百元', '九百元') | safe }}"
    template.write_text(template.read_text("utf-8").replace("{{ view.data | safe }}", wrong), "utf-8")
    done = folder.run("build")
    assert done.returncode == 1
    assert "screen/index.html  大屏页面里的内容或程序和应有的不一样" in done.stderr
    assert not folder.site.exists()
