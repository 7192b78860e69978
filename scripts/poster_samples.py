"""Pictures of posters for docs/posters.md: a gallery of what is hard to set, from invented notices.

    python scripts/poster_samples.py [--pdf DIR]     writes docs/posters/*.png; with --pdf the PDFs as well

Each picture shows all sheets of one poster side by side, at most six. They are made as `noticeboard
poster` makes them, with the fonts of the machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from builders import CATALOGUE, GUIDE, PUBLISHERS, a_notice  # noqa: E402
from noticeboard.board.load import load_board  # noqa: E402
from noticeboard.board.register import Register  # noqa: E402
from noticeboard.posters.sheet import Size, Style, Wish  # noqa: E402
from noticeboard.printing import press_of  # noqa: E402
from noticeboard.views.frame import SiteSettings  # noqa: E402
from noticeboard.views.poster import Posters  # noqa: E402
from noticeboard.views.shelves import Shelves  # noqa: E402
from noticeboard.views.words import Words  # noqa: E402

ADDRESS = "https://gongkai.board.example/"
SETTINGS = SiteSettings(ADDRESS, "Asia/Shanghai", ADDRESS)
#: Height of a sheet's picture in pixels, for A4; larger paper is shown larger.
HEIGHT = {Size.A4: 560, Size.A3: 680, Size.A2: 800}
MOST_SHEETS = 6
SURNAMES, GIVEN = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张",
    ("家禾", "桂芳", "有田", "秀英", "春生", "明", "金凤", "大山"),
)
RARE = ("尹䶮", "郝㛃", "邓𫖯", "蔡𬭎", "罗𨱏", "龙𬱖", "阿依古丽·买买提", "堃喆", "赟祎", "昇珺")
BASIS = (
    "根据《最低生活保障审核确认办法》和有关文件精神，经本人申请、入户调查、民主评议、乡镇人民政府审核确认，"
    "现将名单予以公示，接受群众监督。"
)
OBJECTION = (
    "公示期间，如有异议，请以书面、电话、来访等方式向试点镇人民政府反映；反映情况应当实事求是，"
    "“一是一、二是二”，提倡署真实姓名。"
)
SIGNED = "试点镇人民政府\n2026年11月10日"


def name(number: int) -> str:
    """An invented name."""
    return SURNAMES[number * 7 % len(SURNAMES)] + GIVEN[number * 5 % len(GIVEN)]


def households(rows: int) -> str:
    """A list of invented households."""
    lines = [
        f"| {n} | {name(n)} | {'一二三四五六七八九'[n * 5 % 9]}组 | {n * 3 % 5 + 1} | "
        f"{n * 137 % 900 + 420}.00 | {('', '重残', '重病', '单人户', '')[n % 5]} |"
        for n in range(1, rows + 1)
    ]
    head = "| 序号 | 户主 | 村民小组 | 保障人数 | 月保障金（元） | 备注 |"
    return "\n".join([head, "|---|---|---|---|---:|---|", *lines])


def wide_table() -> str:
    """Thirteen columns."""
    items = ("保洁", "护林", "路灯电费", "水渠维修", "误工补贴", "办公用品", "慰问", "合计")
    months = "|".join(f"{month}月" for month in range(1, 11))
    lines = [
        f"| {item} | "
        f"{'|'.join(f'{(at + 1) * month * 317 % 9000 + 100:,}' for month in range(1, 11))} | "
        f"{(at + 1) * 12345:,} | {('镇拨', '自筹', '')[at % 3]} |"
        for at, item in enumerate(items)
    ]
    return "\n".join([f"| 项目 |{months}| 全年 | 来源 |", "|---" + "|---:" * 11 + "|---|", *lines])


@dataclass(frozen=True)
class Sample:
    """One picture: what stands in the notice, and the paper that it is printed on."""

    body: str
    title: str
    size: Size = Size.A4
    style: Style = Style.BOARD
    fields: Mapping[str, str] = field(default_factory=dict)


HEADINGS = "\n\n".join(
    f"## {'一二三四五'[at]}、{head}\n\n（一）{OBJECTION}\n\n"
    f"1. 摸清底数，建立台账；\n2. 落实责任，逐户上门；\n    - 每周报送一次；\n    - 发现问题当天处置。"
    for at, head in enumerate(("总体要求", "工作目标", "主要任务", "保障措施", "附则"))
)
OFFICIAL = "各村民委员会：\n\n" + "\n\n".join(
    f"## {'一二三四'[at]}、{head}\n\n### （一）具体安排\n\n{BASIS}{OBJECTION}"
    for at, head in enumerate(("提高认识", "明确任务", "落实责任", "加强监督"))
)
NUMBERED = {"document_number": "试府发〔2026〕12号"}
SAMPLES = {
    "short": Sample(
        "因试点镇自来水厂主管道检修，东河村三组、四组、五组定于2026年11月23日（星期一）8:00—18:00停水。"
        f"请村民提前储水，并相互转告。不便之处，敬请谅解！\n\n{SIGNED}",
        "停水通知",
    ),
    "medium": Sample(
        f"{BASIS}\n\n会议时间：2026年11月24日（星期二）上午9:00。\n\n会议地点：东河村党群服务中心二楼会议室。\n\n"
        f"会议内容：一、听取上半年工作报告；二、审议集体资产处置方案；三、其他事项。\n\n{OBJECTION}\n\n{SIGNED}",
        "关于召开村民代表会议的通知",
    ),
    "rows-40": Sample(
        f"{BASIS}\n\n{households(40)}\n\n{OBJECTION}\n\n{SIGNED}",
        "东河村2026年第三季度农村最低生活保障对象公示",
        fields=NUMBERED,
    ),
    "rows-200": Sample(
        f"{BASIS}\n\n{households(200)}\n\n{OBJECTION}\n\n{SIGNED}", "试点镇2026年第三季度最低生活保障对象名册"
    ),
    "rows-40-a3": Sample(
        f"{BASIS}\n\n{households(40)}\n\n{OBJECTION}\n\n{SIGNED}",
        "东河村2026年第三季度农村最低生活保障对象公示",
        Size.A3,
    ),
    "short-a3": Sample(
        f"东街供电线路检修，11月25日8时至17时停电，涉及一组至四组。请提前做好准备。\n\n{SIGNED}",
        "停电通知",
        Size.A3,
    ),
    "wide": Sample(
        f"现将东河村2026年1—10月村级开支公布如下（单位：元）。\n\n{wide_table()}\n\n{OBJECTION}\n\n{SIGNED}",
        "东河村2026年1—10月村级财务收支明细公布",
    ),
    "headings": Sample(f"{HEADINGS}\n\n{SIGNED}", "试点镇2026年冬季森林防灭火工作方案"),
    "picture": Sample(
        f"东河村文化广场拟于2027年春季动工，位置和范围见下图。\n\n![征收土地范围示意图](图.jpg)\n\n{OBJECTION}\n\n{SIGNED}",
        "东河村文化广场建设选址公示",
    ),
    "rare-names": Sample(
        "经村民选举委员会登记，下列选民的姓名有生僻字，请本人核对。补贴每人￥1,234.50（人民币），面积120㎡，☑已核对。\n\n"
        "| 序号 | 姓名 | 组别 |\n|---|---|---|\n"
        + "\n".join(f"| {n} | {one} | {'一二三'[n % 3]}组 |" for n, one in enumerate(RARE, 1))
        + f"\n\n{SIGNED}",
        "东河村选民登记补充名单公告",
    ),
    "official": Sample(
        f"{OFFICIAL}\n\n{SIGNED}",
        "试点镇人民政府关于做好2026年农村最低生活保障工作的通知",
        style=Style.OFFICIAL,
        fields=NUMBERED,
    ),
    "past": Sample(
        f"{BASIS}{OBJECTION}\n\n{SIGNED}",
        "试点镇临时救助对象公示",
        fields={"effective": "{from: 2026-11-10, days: 7}"},
    ),
}


def picture(pdf: bytes, height: int) -> Image.Image:
    """The first sheets of a poster side by side on grey."""
    document = pypdfium2.PdfDocument(pdf)
    sheets = [
        document[at].render(scale=height / document[at].get_height()).to_pil().convert("RGB")
        for at in range(min(len(document), MOST_SHEETS))
    ]
    whole = Image.new("RGB", (sum(one.width + 8 for one in sheets) + 8, height + 16), "grey")
    left = 8
    for one in sheets:
        whole.paste(one, (left, 8))
        left += one.width + 8
    return whole


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pdf", type=Path)
    given = parser.parse_args()
    target = ROOT / "docs" / "posters"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        notices = Path(place) / "notices"
        for file, text in {
            "publishers.yml": PUBLISHERS,
            "catalogue.yml": CATALOGUE,
            "guide.md": GUIDE,
        }.items():
            (notices / file).parent.mkdir(exist_ok=True)
            (notices / file).write_text(text, encoding="utf-8")
        for key, sample in SAMPLES.items():
            file = notices / f"2026/town/{key}/index.md"
            file.parent.mkdir(parents=True)
            file.write_text(a_notice(sample.body, title=sample.title, **sample.fields), encoding="utf-8")
        map_file = next((ROOT / "notices").rglob("*范围示意图.jpg"))
        (notices / "2026/town/picture/图.jpg").write_bytes(map_file.read_bytes())
        register = Register(load_board(notices), date(2026, 11, 21))
        words = Words()
        posters = Posters(Shelves(register, words, SETTINGS))
        wishes = [
            Wish(posters.sheet(register.published[f"2026/town/{key}"]), sample.size, style=sample.style)
            for key, sample in SAMPLES.items()
        ]
        made = list(press_of(notices, Path(place), "", words).prints(wishes))
        for key, printed in zip(SAMPLES, made, strict=True):
            if printed.faults:
                raise SystemExit(f"{key}: {printed.faults}")
            shown = picture(printed.pdf, HEIGHT[printed.wish.size])
            shown.quantize(64, method=Image.Quantize.MAXCOVERAGE).save(target / f"{key}.png", optimize=True)
            if given.pdf:
                given.pdf.mkdir(parents=True, exist_ok=True)
                (given.pdf / f"{key}.pdf").write_bytes(printed.pdf)
            print(key, printed.pages, "pages")


if __name__ == "__main__":
    main()
