"""Every kind of page on paper: A4, nothing cut, rows whole, the head of a table above all of it."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass

import pypdf
import pypdfium2
import pytest
import zxingcpp

from builders import Folder, a_folder

pytestmark = pytest.mark.browser

#: A4 in points, and the margins beside the text, for sheets that stand and that lie.
SHORT, LONG = 595.3, 841.9
STANDING, LYING = 18 * 72 / 25.4, 14 * 72 / 25.4

#: The pages that people print, and whether their sheets lie. A notice is for itself below.
PRINTED = {
    "directory": False,
    "regime": True,
    "group": True,
    "item": True,
    "directory_publishers": False,
    "directory_publisher": True,
    "directory_number": True,
    "gaps": False,
    "guide": False,
    "archive": False,
    "archive_year": True,
    "archive_item": True,
}


@dataclass(frozen=True)
class Sheet:
    """One side of paper: its size in points, its text without blanks, and where its texts begin and end."""

    width: float
    height: float
    text: str
    left: float
    right: float


def pdf_of(page) -> bytes:
    return page.pdf(prefer_css_page_size=True, print_background=True)


def on_paper(page) -> list[Sheet]:
    """The sheets that a page is printed on."""
    return sheets_of(pdf_of(page))


def sheets_of(file: bytes) -> list[Sheet]:
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return [_sheet(sheet, f"{at}/{len(pages)}") for at, sheet in enumerate(pages, 1)]


def _sheet(page: pypdf.PageObject, number: str) -> Sheet:
    starts, ends = [], []

    def visit(text, matrix, text_matrix, _font, size) -> None:
        if not text.strip():
            return
        scale = abs(text_matrix[0] * matrix[0]) * size
        start = text_matrix[4] * matrix[0] + matrix[4]
        starts.append(start)
        # A Chinese character is as wide as it is high; others are half as wide, about.
        widths = (1 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text.strip())
        ends.append(start + scale * sum(widths))

    text = joined(page.extract_text(visitor_text=visit))
    assert text.startswith(number), "every sheet has its number"
    box = page.mediabox
    return Sheet(float(box.width), float(box.height), text.removeprefix(number), min(starts), max(ends))


#: What a font gives back where it has one picture for two characters.
ALIKE = str.maketrans({"戶": "户", "―": "—", "∕": "/"})


def joined(text: str) -> str:
    """Without blanks, and with ordinary characters for those that some fonts give back."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(ALIKE)


def places_of(text: str, part: str) -> list[int]:
    """Where a text begins; a radical that is left may stand for the character that it looks like."""
    pattern = "".join(f"[{re.escape(c)}\u2e80-\u2eff]" for c in joined(part))
    return [found.start() for found in re.finditer(pattern, text)]


def holds(text: str, part: str) -> bool:
    return bool(places_of(text, part))


# What stands in the tables of a page: the text of each head, of each row below it, and of the sums.
TABLES = """() => [...document.querySelectorAll(".table-scroll table")].map(table => [
  table.tHead.innerText,
  [...table.querySelectorAll("tbody tr:not(.nb-group)")]
    .filter(row => row.getClientRects().length).map(row => row.innerText),
  table.tFoot ? table.tFoot.innerText : "",
])"""


#: What a reader uses on a screen, and cannot on paper.
NAVIGATION = (
    "打印A4",
    "PDF海报",
    "看哪个村",
    "按原因",
    "首页",
    "跳到正文",
    "大字",
    "深色",
    "上一条",
    "下载：",
    "登记册JSON",
    "主办：",
)


def check_sheets(sheets: list[Sheet], lying: bool) -> None:
    """What holds of all paper."""
    margin = LYING if lying else STANDING
    for sheet in sheets:
        size = (LONG, SHORT) if lying else (SHORT, LONG)
        assert (sheet.width, sheet.height) == pytest.approx(size, abs=2), "A4"
        assert sheet.left >= margin - 1, "nothing is cut"
        assert sheet.right <= sheet.width - margin + 1, "nothing is cut"
        assert sheet.text, "no sheet is empty"
    assert not sheets[-1].text.startswith(("主办", "本页内容", "地址", "电话")), "no sheet for the foot alone"
    whole = "".join(sheet.text for sheet in sheets)
    assert holds(whole, "本页内容截至2026年11月21日")
    assert not [word for word in NAVIGATION if holds(whole, word)]


@pytest.mark.parametrize("printed", PRINTED)
def test_lists_on_paper(look, town, sample, printed):
    page = look.settle(town).go(sample.address(printed))
    page.emulate_media(media="print")
    title, tables = page.locator("h1").inner_text(), page.evaluate(TABLES)
    sheets = on_paper(page)
    check_sheets(sheets, PRINTED[printed])
    texts = [sheet.text for sheet in sheets]
    assert any(holds(text, title) for text in texts[:2])
    found: dict[int, list[int]] = {at: [] for at in range(len(texts))}
    for head, rows, _ in tables:
        for row in rows:
            places = {at: places_of(text, row) for at, text in enumerate(texts)}
            assert any(places.values()), f"lost, or cut in two: {row}"
            for at, here in places.items():
                found[at] += here
                assert not here or min(places_of(texts[at], head), default=9**9) < max(here), "no head above"
    assert any(found.values())
    for at, text in enumerate(texts):
        last = max(place for head, _, _ in tables for place in (-1, *places_of(text, head)))
        assert last <= max(found[at], default=-1), "a head without a row below it"
    sums = [foot for _, _, foot in tables if foot]
    for foot in sums:
        assert sum(len(places_of(text, foot)) for text in texts) == sums.count(foot), "sums stand at the end"


def test_a_year_of_the_archive_is_a_register_with_a_title_page(look, town, sample):
    page = look.settle(town).go(sample.address("archive_year"))
    assert not page.locator(".nb-title-page").is_visible(), "on paper alone"
    year = sample.address("archive_year").split("/")[1]
    past = [n for n in sample.notices if n["published_on"][:4] == year and n["status"] != "current"]
    first, second, *_ = on_paper(page)
    named = ("三棠镇公开栏", "往期公开登记册", "三棠镇人民政府", "截至2026年11月21日")
    for part in (*named, f"{year}年", f"共{len(past)}条"):
        assert holds(first.text, part), part
    assert not any(holds(first.text, notice["title"]) for notice in past)
    assert holds(second.text, f"{year}年往期公开") and any(holds(second.text, n["title"]) for n in past)


def test_a_long_table_on_paper(look, town, sample):
    notice = sample.longest_table
    page = look.settle(town).go(notice["url"])
    table = page.locator(".nb-body table").first
    head = "".join(table.locator("thead th").all_inner_texts())
    rows = table.evaluate("it => [...it.tBodies[0].rows].map(row => row.innerText)")
    assert len(rows) >= 40
    sheets = on_paper(page)
    check_sheets(sheets, lying=False)
    counts = [sum(holds(sheet.text, row) for row in rows) for sheet in sheets]
    assert sum(counts) == len(rows), "no row is lost or cut in two"
    assert len([count for count in counts if count]) >= 2
    for sheet, count in zip(sheets, counts, strict=True):
        assert holds(sheet.text, head) == bool(count), "every sheet with rows says what the columns are"
    whole = "".join(sheet.text for sheet in sheets)
    assert holds(whole, notice["title"])
    for word in ("各村各单位", "往期公开", "跳到正文", "大字", "深色", "上一条"):
        assert not holds(whole, word)


def test_notices_on_paper(look, town, sample):
    for kind in ("table", "current", "long_term", "withdrawn"):
        check_sheets(on_paper(look.settle(town).go(sample.address(kind))), lying=False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("chosen", [None, "on", "off"])
def test_paper_is_white_and_ink_is_black(look, town, sample, scheme, chosen):
    page = look.settle(town).go(sample.address("withdrawn"))
    if chosen:
        page.evaluate("chosen => document.documentElement.setAttribute('data-nb-dark', chosen)", chosen)
    page.emulate_media(media="print", color_scheme=scheme)
    found = page.evaluate(
        """() => [...document.querySelectorAll(
            "body, .nb-main *, .nb-example, .nb-footer *")]
          .filter(element => element.getClientRects().length)
          .flatMap(element => {
            const style = getComputedStyle(element), box = element instanceof SVGElement ? [style.fill] : [];
            for (const side of ["Top", "Right", "Bottom", "Left"])
              if (parseFloat(style[`border${side}Width`])) box.push(style[`border${side}Color`]);
            return [style.color, ...box];
          })"""
    )
    assert set(found) == {"rgb(0, 0, 0)"}
    grounds = page.evaluate(
        """() => [...document.querySelectorAll("html, body, .nb-main, .nb-notice, .nb-status, .nb-body td")]
          .map(element => getComputedStyle(element).backgroundColor)"""
    )
    assert set(grounds) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


#: How many rows, and the most sheets that they may take in ordinary type; in large type twice as many.
ROWS = {60: 4, 200: 13}
SHORT_ADDRESS = re.compile(r"https://board\.example/town/n/([a-z2-7]{6})/")
#: The least side of a code on paper, in millimetres, and the size of the paper in points.
CHOICES = {"": (45, SHORT, LONG), "large": (45, SHORT, LONG), "A3": (70, 841.9, 1190.6)}


def rows_of(count: int) -> list[tuple[str, ...]]:
    """Lines of a list of names; some are two lines high. No two say the same."""
    people = [
        f"{'赵钱孙李周吴郑王'[at % 8]}{'春夏秋冬'[at // 8 % 4]}{'山水云石田'[at // 32 % 5]}"
        for at in range(count)
    ]
    remark = "家中有长期患病需要照护的成员，已经入户核实"
    return [
        (
            f"{at}号",
            f"{'东西南北中'[at % 5]}河组",
            person,
            remark if at % 7 == 3 else "已核实",
            f"{at * 37 + 1000}.50",
        )
        for at, person in enumerate(people, 1)
    ]


def table_of(rows: list[tuple[str, ...]]) -> str:
    lines = ["| 序号 | 组别 | 户主 | 说明 | 金额 |", "| :---: | :--- | :---: | :--- | ---: |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


@pytest.fixture(scope="module")
def paper_board(tmp_path_factory) -> Folder:
    """A board of things that are hard to print."""
    folder = a_folder(tmp_path_factory.mktemp("paper"))
    signed = "试点镇人民政府\n2026年11月1日"
    for number, count in enumerate(ROWS, 1):
        body = f"经核实，下列各户符合条件：\n\n{table_of(rows_of(count))}\n\n请大家监督。\n\n{signed}"
        folder.notice(f"2026/town/000{number}.md", body, title=f"{count}户补助发放名单公示")
    folder.notice(
        "2026/town/0003.md",
        "各村民小组：\n\n详见[县政府网站](https://county.example/news/7)和<https://board.example/own>，"
        "也可看[名单](0001.md)。",
        title="关于第三季度农村最低生活保障对象审核确认结果的公示",
        document_number="试府发〔2026〕3号",
        contact="甲主任 0000-5550001",
    )
    folder.notice(
        "2026/town/0004.md",
        "\n\n".join(
            f"## {title}、说明\n\n" + "按照有关规定，经研究决定，现将有关事项通知如下。" * 7
            for title in "一二三四五六"
        ),
        title="停电通知",
        effective="{from: 2026-11-10, until: 2026-11-30}",
    )
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def paper_town(server, paper_board) -> str:
    return server.mount("/paper/", paper_board.site)


def chosen(page, choice: str):
    """As after a press on the page's button; the browser's own window cannot be tried."""
    page.evaluate("() => { window.print = () => { window.asked = (window.asked || 0) + 1; }; }")
    if choice:
        page.locator(f'[data-print="{choice}"]').click()
        assert page.evaluate("window.asked") == 1
    return page


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("length", ROWS)
def test_tables_of_many_rows(look, paper_town, length, choice):
    number = list(ROWS).index(length) + 1
    page = chosen(look.settle(paper_town).go(f"notices/2026/town/000{number}/"), choice)
    sheets = on_paper(page)
    rows = ["".join(row) for row in rows_of(length)]
    counts = [sum(holds(sheet.text, row) for row in rows) for sheet in sheets]
    assert sum(counts) == len(rows), "each row is whole on one sheet"
    for sheet, count in zip(sheets, counts, strict=True):
        assert holds(sheet.text, "序号组别户主说明金额") == bool(count)
        assert (sheet.width, sheet.height) == pytest.approx(CHOICES[choice][1:], abs=2)
    assert all(counts[:-1]) and len(sheets) <= ROWS[length] * (2 if choice == "large" else 1)
    whole = "".join(sheet.text for sheet in sheets)
    assert len(places_of(whole, "试点镇人民政府")) == 1, "signed once, by the text"
    for part in ("张贴人张贴日期撤下日期照片编号", "监督电话0000-5550002"):
        assert holds(sheets[-1].text, part)


@pytest.mark.parametrize("choice", CHOICES)
def test_the_code_leads_to_the_notice(look, paper_town, paper_board, choice):
    page = chosen(look.settle(paper_town).go("notices/2026/town/0003/"), choice)
    document = pypdfium2.PdfDocument(pdf_of(page))
    (found,) = zxingcpp.read_barcodes(document[len(document) - 1].render(scale=100 / 72).to_pil())
    short = SHORT_ADDRESS.fullmatch(found.text)
    assert short and "2026/town/0003" in (paper_board.site / "n" / short[1] / "index.html").read_text("utf-8")
    place = found.position
    side = (place.top_right.x - place.top_left.x) / 100 * 25.4
    assert CHOICES[choice][0] - 0.5 <= side <= CHOICES[choice][0] + 4
    assert f"board.example/town/n/{short[1]}/" in "".join(sheet.text for sheet in sheets_of(pdf_of(page)))


def test_what_a_poster_says(look, paper_town):
    page = look.settle(paper_town).go("notices/2026/town/0003/")
    (sheet,) = on_paper(page)
    expected = (
        *("关于第三季度农村最低生活保障对象审核确认结果的公示", "试府发〔2026〕3号", "各村民小组："),
        *(
            "县政府网站（https://county.example/news/7）",
            "试点镇人民政府2026年11月1日",
            "公示期2026年11月10日至11月30日",
        ),
        *(
            "联系方式甲主任0000-5550001",
            "监督电话0000-5550002",
            "张贴人",
            "试点镇公开栏本页内容截至2026年11月21日",
        ),
    )
    for part in expected:
        assert holds(sheet.text, part), part
    assert sheet.text.count("board.example/own") == 1, "an address that the text says is not said again"
    for word in ("公示中", "还有", "索引号", "类别", "公开范围", "0001.md", *NAVIGATION):
        assert not holds(sheet.text, word), word


def test_the_choice_ends_with_the_printing(look, paper_town):
    page = chosen(look.settle(paper_town).go("notices/2026/town/0003/"), "A3")
    assert page.evaluate("document.documentElement.dataset.nbPrint") == "A3"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.nbPrint") is None
    assert on_paper(page)[0].width == pytest.approx(SHORT, abs=2)


def test_type_is_large_enough(look, paper_town):
    page = look.settle(paper_town).go("notices/2026/town/0003/")
    page.emulate_media(media="print")
    size = "() => parseFloat(getComputedStyle(document.querySelector('.nb-body p')).fontSize) * 0.75"
    assert page.evaluate(size) >= 14
    for choice, least in (("A3", 16), ("large", 20)):
        page.evaluate("choice => document.documentElement.setAttribute('data-nb-print', choice)", choice)
        assert page.evaluate(size) >= least


def test_headings_stay_with_what_they_head(look, paper_town):
    sheets = on_paper(look.settle(paper_town).go("notices/2026/town/0004/"))
    assert len(sheets) >= 2
    for sheet in sheets:
        assert not re.search("、说明$", sheet.text), "a heading alone at the end of a sheet"


@pytest.mark.parametrize(
    ("day", "said"), {"2026-11-21": False, "2026-11-30": False, "2026-12-01": True}.items()
)
def test_the_mark_is_that_of_the_day_of_printing(visitor, paper_town, day, said):
    page = visitor(paper_town, timezone_id="Asia/Shanghai").page
    page.clock.set_fixed_time(f"{day}T12:00:00+08:00")
    page.goto(paper_town + "notices/2026/town/0004/")
    assert holds(on_paper(page)[0].text, "已期满") is said


def test_a_title_is_one_text_and_breaks_between_words(look, paper_town):
    page = look.settle(paper_town).go("notices/2026/town/0003/")
    title = "关于第三季度农村最低生活保障对象审核确认结果的公示"
    assert page.locator("h1").text_content() == title
    page.set_viewport_size({"width": 360, "height": 800})
    lines = page.locator("h1").evaluate(
        """element => {
          const lines = [], range = document.createRange();
          let last = null;
          for (const node of element.childNodes) {
            if (node.nodeType !== Node.TEXT_NODE) continue;
            for (let at = 0; at < node.length; at += 1) {
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              const top = range.getBoundingClientRect().top;
              if (top !== last) lines.push("");
              lines[lines.length - 1] += node.data[at];
              last = top;
            }
          }
          return lines;
        }"""
    )
    page.set_viewport_size({"width": 1280, "height": 720})
    assert len(lines) >= 2 and "".join(lines) == title
    ends = {"关于", "第三季度", "农村", "最低生活保障", "对象", "审核", "确认", "结果的"}
    assert all(line.endswith(tuple(ends)) for line in lines[:-1]), lines


def test_faces_are_those_of_the_machine(look, paper_town):
    """They come from the machine that prints: the page asks for none, and names those it would like."""
    page = look.settle(paper_town).go("notices/2026/town/0003/")
    file = pdf_of(page)
    assert not [address for address in look.watch.requests if re.search(r"\.(woff2?|ttf|otf)\b", address)]
    used = {
        str(font.get_object().get("/BaseFont"))
        for sheet in pypdf.PdfReader(io.BytesIO(file)).pages
        for font in sheet["/Resources"]["/Font"].values()
    }
    assert used
    page.emulate_media(media="print")
    stack = page.evaluate("getComputedStyle(document.querySelector('.nb-body p')).fontFamily")
    assert stack.split(", ")[:2] == ["仿宋_GB2312", "FangSong_GB2312"] and stack.endswith("serif")
