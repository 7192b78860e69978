#!/usr/bin/env python3
"""Make the attachments of the sample notices of 三棠镇 (an invented place).

Needs from PyPI: openpyxl, python-docx, pillow, reportlab

    python -m pip install openpyxl python-docx pillow reportlab
    python scripts/sample_attachments.py            # writes below notices/
    python scripts/sample_attachments.py --check    # writes nothing, exit 1 if a file differs

Every file comes out the same byte for byte with the same versions of Python and
these packages: no clock, no unseeded randomness, fixed document properties and zip
timestamps. Names and figures are invented. The same figures stand in the text
of the notices, so a change here asks for a change there.
"""

# ruff: noqa: E501  (running Chinese text and rows of figures read better unbroken)

from __future__ import annotations

import argparse
import io
import math
import re
import sys
import zipfile
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from PIL import Image, ImageDraw
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Point = tuple[float, float]
Points = Sequence[Point]
Colour = str | tuple[int, ...]

NOTICES = Path(__file__).resolve().parent.parent / "notices"

# Where each notice lives: the attachments of a notice go into its folder.
FOLDERS = {
    "levy-2026": "2026/liulinping/0003",
    "fertility-2026": "2026/santang-nongye/0001",
    "machinery-2026-3": "2026/santang-nongye/0005",
    "temporary-aid-2026-10": "2026/santang-shehui/0005",
    "jobs-2026": "2026/santang-shehui/0006",
    "elderly-2026q4": "2026/santang-shehui/0008",
    "homestead-guide-2026": "2026/santang/0002",
    "roads-policy-2026": "2026/santang/0005",
    "accounts-2025": "2026/santang/0011",
    "forest-fire-2026": "2026/santang/0013",
    "land-comp-2026": "2026/santang/0017",
    "roadworks-2026": "2026/santang/0018",
    "bid-result-2026": "2026/santang/0019",
    "adjustment-2026": "2026/santang/0020",
    "relief-2026": "2026/shiqiaopu/0002",
    "pond-lease-2026": "2026/tongshuwan-coop/0002",
    "square-done-2026": "2026/tongshuwan/0004",
}

# ---------------------------------------------------------------- invented data

SURNAMES = list("周罗沈唐彭谭贺邓欧向龚易石田蒋覃廖梁温戴夏汪柳姚涂熊舒晏万颜阳左卢尹申游苏葛钟凌宋")
GIVEN = [
    "长福",
    "桂英",
    "德生",
    "秀兰",
    "自强",
    "冬梅",
    "本善",
    "月娥",
    "友才",
    "金莲",
    "正义",
    "腊秀",
    "光华",
    "玉珍",
    "先进",
    "翠云",
    "福生",
    "菊香",
    "开明",
    "银花",
    "志刚",
    "春桃",
    "水生",
    "凤英",
    "永红",
    "秋菊",
    "海清",
    "素珍",
    "传贵",
    "美容",
    "宗礼",
    "小妹",
    "立新",
    "荷花",
    "祖望",
    "桃英",
    "云山",
    "淑贤",
    "庆余",
    "梅香",
    "孝文",
    "爱莲",
    "良富",
    "巧云",
    "运来",
    "桂枝",
    "大成",
    "满秀",
    "辉煌",
    "细妹",
    "克勤",
    "娥英",
    "茂林",
    "翠娥",
    "恒山",
    "双喜",
    "见明",
    "彩霞",
    "火生",
    "金桃",
    "道远",
    "喜珍",
    "元清",
    "莲英",
    "仁贵",
    "玉兰",
    "兴旺",
    "芝兰",
    "宏业",
    "香云",
    "守业",
    "春秀",
    "望生",
    "银娥",
    "绍华",
    "雪娥",
    "炳坤",
    "翠兰",
    "怀德",
    "早香",
    "才林",
    "珍秀",
    "如意",
    "寿英",
    "土生",
    "叶香",
    "冬生",
    "兰芳",
    "安国",
    "凤莲",
    "来宝",
    "桂芳",
    "有根",
    "丁香",
    "明才",
    "四妹",
    "润生",
    "丽华",
    "启发",
    "秋娥",
    "天佑",
]

# The nine villages and how many groups (村民小组) each has.
VILLAGES = [
    ("桐树湾村", 8),
    ("石桥铺村", 7),
    ("柳林坪村", 6),
    ("青石坳村", 6),
    ("渔溪口村", 7),
    ("长岭村", 5),
    ("黄泥塘村", 8),
    ("白果树村", 6),
    ("云盘岭村", 5),
]
GROUPS = "一二三四五六七八"


def people(start: int, count: int) -> list[str]:
    """`count` invented names; different `start` ranges give different people."""
    return [
        SURNAMES[(start + i) * 7 % len(SURNAMES)] + GIVEN[(start + i) * 13 % len(GIVEN)]
        for i in range(start, start + count)
    ]


def spread(seed: int, count: int, low: int, high: int) -> list[int]:
    """`count` integers in low…high from a small linear congruential generator."""
    state, values = seed * 2654435761 % 2**32, []
    for _ in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        values.append(low + (state >> 8) % (high - low + 1))
    return values


def yuan(value: Decimal | int | str) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def elderly_2026q4() -> list[tuple]:
    """(village, group, name, band, months, yuan): old-age allowance, October to December 2026."""
    monthly = {"80—89周岁": 50, "90—99周岁": 100, "100周岁及以上": 300}
    names, ages, rows, k = people(300, 126), spread(7, 126, 0, 99), [], 0
    names[4], names[41], names[77] = "晏䶮", "罗㛃", "申𬎆"
    for village, groups in VILLAGES:
        for _ in range(14):
            band = "80—89周岁" if ages[k] < 80 else "90—99周岁"
            if (village, k % 14) in {("石桥铺村", 9), ("白果树村", 3)}:
                band = "100周岁及以上"
            months = 3 if ages[k] % 11 else 1 + ages[k] % 2
            rows.append(
                (village, GROUPS[ages[k] % groups] + "组", names[k], band, months, monthly[band] * months)
            )
            k += 1
        rows[-14:] = sorted(rows[-14:], key=lambda row: GROUPS.index(row[1][0]))
    return rows


FERTILITY_RATE = Decimal("112.60")  # yuan per mu


def fertility_2026() -> list[tuple]:
    """(village, group, households, mu, yuan): arable land fertility subsidy 2026."""
    rows, k = [], 0
    households, area = spread(26, 60, 24, 58), spread(2026, 60, 380, 640)
    tail = spread(11, 60, 0, 99)
    for village, groups in VILLAGES:
        for g in range(groups):
            mu = Decimal(households[k] * area[k] // 100) + Decimal(tail[k]) / 100
            rows.append((village, GROUPS[g] + "组", households[k], mu, yuan(mu * FERTILITY_RATE)))
            k += 1
    return rows


def machinery_2026() -> list[tuple]:
    """(village, group, buyer, machine, count, price, subsidy): third batch of 2026, yuan."""
    kinds = [
        ("微耕机（4kW以下）", 2600, 600),
        ("履带式旋耕机", 38500, 9800),
        ("联合收割机（2.5kg/s）", 86800, 21600),
        ("谷物烘干机（批处理6t）", 52000, 14200),
        ("植保无人飞机", 41600, 10000),
        ("水稻插秧机（6行手扶）", 16800, 4900),
        ("田园管理机", 4200, 900),
        ("茶叶揉捻机", 3800, 850),
        ("碾米机组", 6900, 1500),
    ]
    names, pick, groups = people(520, 28), spread(33, 28, 0, 8), spread(34, 28, 0, 4)
    names[9] = "阳㛃"
    rows = []
    for i in range(28):
        machine, price, subsidy = kinds[0 if pick[i] == 2 and i % 3 else pick[i]]
        rows.append(
            (VILLAGES[i * 9 // 28][0], GROUPS[groups[i]] + "组", names[i], machine, 1, price, subsidy)
        )
    return rows


def relief_2026() -> list[tuple]:
    """(group, name, people, rice bags, oil, quilts, cash): 石桥铺村 after the July flood."""
    names, size, extra, group = people(700, 54), spread(5, 54, 1, 6), spread(6, 54, 0, 9), spread(9, 54, 0, 6)
    names[12], names[30] = "唐𬎆", "石䶮"
    rows = []
    for i in range(54):
        cash = 800 if extra[i] == 0 else 500 if extra[i] < 3 else 0
        rows.append((GROUPS[group[i]] + "组", names[i], size[i], 1 + (size[i] > 3), 1, min(size[i], 2), cash))
    return sorted(rows, key=lambda row: GROUPS.index(row[0][0]))


INCOME_2025 = [
    ("一般公共预算财政拨款收入", "2984.60", "3058.12", "3058.12"),
    ("政府性基金预算财政拨款收入", "160.00", "142.36", "142.36"),
    ("上级专项转移支付收入", "590.00", "674.85", "671.30"),
    ("上年结转", "61.28", "61.28", "61.28"),
]
SPENDING_2025 = [
    ("一般公共服务支出", "1142.30", "1128.46"),
    ("公共安全支出", "36.00", "35.72"),
    ("文化旅游体育与传媒支出", "44.00", "43.18"),
    ("社会保障和就业支出", "588.40", "596.25"),
    ("卫生健康支出", "206.12", "204.90"),
    ("节能环保支出", "90.00", "92.64"),
    ("城乡社区支出", "251.30", "238.77"),
    ("农林水支出", "1086.16", "1174.53"),
    ("交通运输支出", "132.00", "141.20"),
    ("住房保障支出", "149.60", "148.12"),
    ("灾害防治及应急管理支出", "50.00", "76.55"),
    ("预备费", "20.00", "0.00"),
]
THREE_PUBLIC_2025 = [
    ("因公出国（境）费", "0.00", "0.00"),
    ("公务用车购置费", "0.00", "0.00"),
    ("公务用车运行维护费", "9.20", "8.74"),
    ("公务接待费", "3.60", "2.95"),
]
BUDGET_2026 = [
    ("一般公共服务支出", "1186.52"),
    ("公共安全支出", "38.60"),
    ("文化旅游体育与传媒支出", "46.35"),
    ("社会保障和就业支出", "612.87"),
    ("卫生健康支出", "218.44"),
    ("节能环保支出", "96.00"),
    ("城乡社区支出", "264.18"),
    ("农林水支出", "1142.66"),
    ("交通运输支出", "146.00"),
    ("住房保障支出", "158.30"),
    ("灾害防治及应急管理支出", "57.50"),
    ("预备费", "40.00"),
]
ADJUSTMENT_2026 = [  # changes against BUDGET_2026, 万元
    ("一般公共服务支出", "-12.40"),
    ("城乡社区支出", "-18.60"),
    ("农林水支出", "86.20"),
    ("交通运输支出", "24.80"),
    ("灾害防治及应急管理支出", "31.50"),
    ("预备费", "-31.50"),
]
LAND_2026 = [  # hectares
    ("水田", "1.2036"),
    ("旱地", "0.7542"),
    ("园地", "0.3318"),
    ("林地", "0.2764"),
    ("农村宅基地", "0.1872"),
    ("其他土地", "0.1082"),
]
LAND_RATES = [  # yuan per mu: land, resettlement
    ("水田", 20160, 30240),
    ("旱地", 16320, 24480),
    ("园地", 16320, 24480),
    ("林地", 9600, 14400),
    ("农村宅基地", 20160, 30240),
    ("其他土地", 8400, 12600),
]
CROP_RATES = [
    ("水稻、小麦等粮食作物", "亩", 1200),
    ("蔬菜（露地）", "亩", 2600),
    ("油菜、薯类", "亩", 1000),
    ("柑橘（盛果期）", "株", 180),
    ("茶树（成龄园）", "亩", 6800),
    ("杉木、松木（胸径8—15厘米）", "株", 25),
    ("楠竹", "株", 12),
    ("水泥晒坪", "平方米", 65),
    ("机井（含泵）", "口", 3200),
    ("坟墓迁移", "座", 2000),
]
RENT_POND = [
    ("一档水面（东塘）", "18.6", 620),
    ("二档水面（西塘）", "12.4", 540),
    ("塘埂及附属用房", "1.5", 400),
]


# ---------------------------------------------------------------- containers

STAMP = (1980, 1, 1, 0, 0, 0)
CORE_DATE = "2026-01-01T00:00:00Z"


def repack(data: bytes) -> bytes:
    """The same zip with fixed times, order, attributes and core properties."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n))
        for name in names:
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", CORE_DATE.encode(), content)
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(info, content)
    return out.getvalue()


THIN = Border(*[Side(style="thin", color="666666")] * 4)


def sheet(
    book: Workbook,
    *,
    name: str,
    title: str,
    head: list[str],
    rows: list,
    widths: list[int],
    unit: str = "",
    total: list | None = None,
    notes: tuple[str, ...] = (),
) -> None:
    ws = book.create_sheet(name)
    last = get_column_letter(len(head))
    ws.merge_cells(f"A1:{last}1")
    ws["A1"] = title
    ws["A1"].font, ws["A1"].alignment = Font(name="宋体", size=15, bold=True), Alignment("center", "center")
    ws.row_dimensions[1].height = 32
    top = 2
    if unit:
        ws.merge_cells(f"A2:{last}2")
        ws["A2"], ws["A2"].alignment, top = unit, Alignment("right"), 3
    body = [head, *rows] + ([total] if total else [])
    for r, row in enumerate(body, top):
        for c, value in enumerate(row, 1):
            cell = ws.cell(r, c, value)
            number = isinstance(value, (int, float, Decimal)) and not (c == 1 and head[0] == "序号")
            cell.border, cell.font = (
                THIN,
                Font(name="宋体", size=11, bold=r == top or (total is not None and row is total)),
            )
            cell.alignment = Alignment("right" if number else "center", "center", wrap_text=True)
            if isinstance(value, Decimal):
                cell.number_format = "#,##0.0000" if value.as_tuple().exponent == -4 else "#,##0.00"
    for i, note in enumerate(notes):
        r = top + len(body) + i
        ws.merge_cells(start_row=r, start_column=1, end_row=r, end_column=len(head))
        ws.cell(r, 1, note).alignment = Alignment("left", wrap_text=True)
    for c, width in enumerate(widths, 1):
        ws.column_dimensions[get_column_letter(c)].width = width
    ws.freeze_panes = ws.cell(top + 1, 1)
    ws.print_title_rows = f"{top}:{top}"
    ws.page_setup.paperSize, ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 9, 1, 0
    ws.sheet_properties.pageSetUpPr.fitToPage = True


def workbook(author: str, *sheets: dict) -> bytes:
    book = Workbook()
    book.remove(book.active)
    book.properties.creator, book.properties.lastModifiedBy = author, author
    for one in sheets:
        sheet(book, **one)
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue())


def word(author: str, title: str, parts: list) -> bytes:
    """parts: text, ("h", text), ("right", text) or a list of rows (a table)."""
    doc = Document()
    doc.core_properties.author = doc.core_properties.last_modified_by = author
    doc.core_properties.title, doc.core_properties.comments = title, ""
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    head = doc.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(title)
    run.bold, run.font.size = True, Pt(18)
    for part in parts:
        if isinstance(part, list):
            table = doc.add_table(rows=0, cols=max(map(len, part)), style="Table Grid")
            for row in part:
                cells = table.add_row().cells
                for cell, value in zip(cells, row, strict=False):
                    cell.text = str(value)
                for cell in cells[len(row) :]:
                    cells[len(row) - 1].merge(cell)
            doc.add_paragraph()
        elif isinstance(part, tuple):
            p = doc.add_paragraph()
            p.add_run(part[1]).bold = part[0] == "h"
            if part[0] == "right":
                p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            doc.add_paragraph(part).paragraph_format.first_line_indent = Pt(24)
    out = io.BytesIO()
    doc.save(out)
    return repack(out.getvalue())


def pdf(author: str, title: str, parts: list) -> bytes:
    """parts: text, ("h", text), ("right", text) or a list of rows (a table)."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    base = ParagraphStyle(
        "base", fontName="STSong-Light", fontSize=12, leading=21, firstLineIndent=24, wordWrap="CJK"
    )
    head = ParagraphStyle(
        "head", base, fontSize=18, leading=28, alignment=TA_CENTER, firstLineIndent=0, spaceAfter=12
    )
    bold = ParagraphStyle("bold", base, fontSize=13, spaceBefore=6)
    right = ParagraphStyle("right", base, alignment=2, firstLineIndent=0)
    cell = ParagraphStyle("cell", base, fontSize=10.5, leading=14, firstLineIndent=0, alignment=TA_CENTER)
    flow = [Paragraph(title, head)]
    for part in parts:
        if isinstance(part, list):
            table = Table([[Paragraph(str(v), cell) for v in row] for row in part], repeatRows=1)
            table.setStyle(
                TableStyle(
                    [
                        ("GRID", (0, 0), (-1, -1), 0.6, colors.Color(0.35, 0.35, 0.35)),
                        ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.93, 0.93, 0.93)),
                        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                    ]
                )
            )
            flow += [Spacer(1, 6), table, Spacer(1, 8)]
        elif isinstance(part, tuple):
            flow.append(Paragraph(part[1], {"h": bold, "right": right}[part[0]]))
        else:
            flow.append(Paragraph(part, base))
    out = io.BytesIO()
    SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=28 * mm,
        rightMargin=26 * mm,
        topMargin=30 * mm,
        bottomMargin=28 * mm,
        title=title,
        author=author,
        creator="",
        producer="",
        invariant=1,
        pageCompression=1,
    ).build(flow)
    return out.getvalue()


# ---------------------------------------------------------------- drawings

SCALE = 3  # drawn larger and reduced, for smooth edges


class Canvas:
    def __init__(self, width: int, height: int, ground: str) -> None:
        self.size = (width, height)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    @staticmethod
    def up(points: Points) -> list[Point]:
        return [(x * SCALE, y * SCALE) for x, y in points]

    def area(self, points: Points, fill: Colour, outline: Colour | None = None, width: float = 0) -> None:
        self.draw.polygon(self.up(points), fill=fill)
        if outline:
            self.line([*points, points[0]], outline, width)

    def line(self, points: Points, fill: Colour, width: float) -> None:
        self.draw.line(self.up(points), fill=fill, width=int(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.dot(x, y, width / 2, fill)

    def dot(self, x: float, y: float, r: float, fill: Colour) -> None:
        self.draw.ellipse(self.up([(x - r, y - r), (x + r, y + r)]), fill=fill)

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Colour, r: float = 0) -> None:
        self.draw.rounded_rectangle([v * SCALE for v in (x0, y0, x1, y1)], r * SCALE, fill=fill)

    def dashes(self, points: Points, fill: Colour, width: float, on: float = 16, off: float = 10) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            length = math.hypot(x1 - x0, y1 - y0)
            at = 0.0
            while at < length:
                end = min(at + on, length)
                a, b = at / length, end / length
                self.line(
                    [(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)],
                    fill,
                    width,
                )
                at += on + off

    def hatch(self, points: Points, fill: Colour, step: int = 16, width: int = 2) -> None:
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(self.up(points), fill=255)
        lines = Image.new("RGBA", self.image.size, (0, 0, 0, 0))
        pen = ImageDraw.Draw(lines)
        w, h = self.image.size
        for x in range(-h, w, step * SCALE):
            pen.line([(x, h), (x + h, 0)], fill=fill, width=width * SCALE)
        self.image.paste(
            lines, (0, 0), Image.composite(lines.getchannel("A"), Image.new("L", mask.size, 0), mask)
        )

    def arrow(self, points: Points, fill: Colour, width: float, head: float = 18) -> None:
        self.line(points, fill, width)
        (x0, y0), (x1, y1) = points[-2:]
        a = math.atan2(y1 - y0, x1 - x0)
        tip = (x1 + head * math.cos(a), y1 + head * math.sin(a))
        wings = [
            (
                x1 + head * 0.75 * math.cos(a + s * math.pi / 2),
                y1 + head * 0.75 * math.sin(a + s * math.pi / 2),
            )
            for s in (1, -1)
        ]
        self.area([tip, *wings], fill)

    def north(self, x: float, y: float) -> None:
        self.dot(x, y, 30, "#ffffff")
        self.area([(x, y - 24), (x - 10, y + 14), (x, y + 6)], "#333333")
        self.area([(x, y - 24), (x + 10, y + 14), (x, y + 6)], "#999999")

    def scalebar(self, x: float, y: float) -> None:
        for i in range(4):
            self.box(x + 50 * i, y, x + 50 * (i + 1), y + 10, "#333333" if i % 2 == 0 else "#ffffff")
        self.line([(x, y + 10), (x + 200, y + 10)], "#333333", 1.5)
        self.line([(x, y), (x + 200, y)], "#333333", 1.5)

    def tree(self, x: float, y: float, r: float, tone: Colour = "#5e8f56") -> None:
        self.dot(x + r * 0.15, y + r * 0.2, r, "#00000030")
        self.dot(x, y, r, tone)
        self.dot(x - r * 0.28, y - r * 0.3, r * 0.5, "#ffffff28")

    def house(self, x: float, y: float, w: float, h: float, roof: Colour = "#b96a4b") -> None:
        self.box(x + 4, y + 5, x + w + 4, y + h + 5, "#00000028")
        self.box(x, y, x + w, y + h, roof)
        self.line([(x, y + h / 2), (x + w, y + h / 2)], "#7d4430", 2)

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        self.image.resize(self.size, Image.Resampling.LANCZOS).save(
            out, "JPEG", quality=78, optimize=False, progressive=False, subsampling=0
        )
        return out.getvalue()


def land_plan() -> bytes:
    c = Canvas(1120, 760, "#f3efe2")
    tones = ["#dbe7b8", "#cfe0a6", "#e6e3ae", "#d5e6c2", "#e9dfb4"]
    shade = spread(41, 99, 0, 4)
    for i in range(9):
        for j in range(7):
            x, y = 20 + i * 124, 16 + j * 108
            jitter = spread(i * 10 + j, 8, -13, 13)
            c.area(
                [
                    (x + jitter[0], y + jitter[1]),
                    (x + 118 + jitter[2], y + jitter[3]),
                    (x + 118 + jitter[4], y + 102 + jitter[5]),
                    (x + jitter[6], y + 102 + jitter[7]),
                ],
                tones[shade[i * 7 + j]],
                "#b9bd8b",
                1.5,
            )
    river = [(-20, 610), (140, 590), (300, 640), (480, 620), (640, 668), (860, 640), (1140, 690)]
    c.line(river, "#8fbfdc", 46)
    c.line(river, "#a9d0e8", 30)
    road = [(-20, 250), (260, 235), (520, 262), (820, 205), (1140, 190)]
    c.line(road, "#8c8c8c", 26)
    c.line(road, "#f7f7f2", 20)
    c.dashes(road, "#d8b24a", 2, 18, 14)
    lane = [(520, 262), (548, 400), (530, 520), (556, 640)]
    c.line(lane, "#a49c8a", 14)
    c.line(lane, "#fbf8ee", 10)
    for x, y, w, h in [
        (90, 120, 64, 40),
        (170, 140, 52, 36),
        (120, 178, 58, 34),
        (880, 90, 70, 42),
        (964, 116, 56, 38),
        (900, 146, 50, 30),
    ]:
        c.house(x, y, w, h)
    scope = [(575, 330), (760, 300), (905, 322), (948, 430), (900, 540), (742, 572), (588, 545), (560, 430)]
    c.area(scope, "#e2575722")
    c.hatch(scope, (200, 48, 48, 130))
    c.dashes([*scope, scope[0]], "#c62828", 5, 22, 12)
    for x, y in scope:
        c.dot(x, y, 8, "#ffffff")
        c.dot(x, y, 5.5, "#c62828")
    c.box(640, 372, 716, 424, "#ffffffd0", 4)
    c.box(650, 382, 706, 414, "#9fb8cc", 3)
    for x in (772, 836):
        c.dot(x, 400, 27, "#ffffffd0")
        c.dot(x, 400, 21, "#9fb8cc")
    for k, (x, y) in enumerate(zip(spread(3, 46, 20, 500), spread(4, 46, 330, 570), strict=False)):
        c.tree(x, y, 9 + k % 5)
    for k, (x, y) in enumerate(zip(spread(13, 24, 970, 1100), spread(14, 24, 260, 600), strict=False)):
        c.tree(x, y, 10 + k % 6, "#4f8050")
    c.north(1058, 62)
    c.scalebar(60, 716)
    return c.jpeg()


def detour_plan() -> bytes:
    c = Canvas(1120, 700, "#eef1e4")
    tone = spread(8, 60, 0, 3)
    for i in range(10):
        for j in range(6):
            c.box(
                6 + i * 112,
                6 + j * 116,
                112 + i * 112,
                116 + j * 116,
                ["#dfe9c6", "#e7ecd0", "#d7e4bb", "#eae6cc"][tone[i * 6 + j]],
                6,
            )
    stream = [(560, -20), (545, 140), (585, 300), (560, 460), (600, 720)]
    c.line(stream, "#9cc7e2", 40)
    main = [(-20, 400), (200, 392), (420, 350), (700, 348), (920, 300), (1140, 290)]
    c.line(main, "#777777", 40)
    c.line(main, "#c9c9c4", 34)
    c.dashes(main, "#ffffff", 3, 22, 18)
    loop = [(200, 392), (230, 560), (420, 632), (660, 622), (860, 560), (920, 300)]
    c.line(loop, "#8d8d88", 26)
    c.line(loop, "#dcdcd6", 20)
    for p in ([(540, 621), (600, 629)], [(545, 350), (610, 349)]):
        c.line(p, "#8a6d4a", 44)
        c.line(p, "#b08f63", 30)
    closed = [(430, 350), (700, 348)]
    c.line(closed, "#c62828", 34)
    c.dashes(closed, "#ffd54f", 22, 20, 26)
    for x in (404, 728):
        c.box(x - 8, 304, x + 8, 396, "#ffffff", 3)
        for k in range(4):
            c.box(x - 8, 304 + k * 24, x + 8, 316 + k * 24, "#d32f2f", 2)
        c.dot(x, 282, 24, "#d32f2f")
        c.box(x - 15, 277, x + 15, 287, "#ffffff", 2)
    for seg in (
        [(216, 452), (226, 510)],
        [(290, 590), (360, 612)],
        [(470, 628), (520, 626)],
        [(690, 614), (760, 594)],
        [(872, 500), (888, 440)],
    ):
        c.arrow(seg, "#1b5e9b", 9, 20)
    for k, (x, y) in enumerate(zip(spread(51, 60, 20, 1100), spread(52, 60, 20, 250), strict=False)):
        if abs(x - 560) > 60:
            c.tree(x, y, 9 + k % 6, "#6b9b5e")
    for x, y, w, h in [
        (60, 300, 60, 40),
        (130, 316, 50, 36),
        (70, 450, 64, 40),
        (976, 208, 66, 42),
        (1050, 218, 48, 34),
        (980, 352, 60, 38),
        (300, 470, 56, 36),
        (640, 470, 62, 40),
    ]:
        c.house(x, y, w, h, "#a9745c")
    c.north(1060, 636)
    c.scalebar(50, 660)
    return c.jpeg()


def square_view() -> bytes:
    c = Canvas(1120, 720, "#cfe6f5")
    for i in range(60):
        t = i / 60
        c.box(0, i * 6, 1120, i * 6 + 7, (int(172 + 60 * t), int(212 + 28 * t), int(240 + 10 * t)))
    c.area(
        [
            (0, 330),
            (180, 210),
            (330, 290),
            (520, 170),
            (720, 280),
            (900, 190),
            (1120, 300),
            (1120, 420),
            (0, 420),
        ],
        "#9db8a4",
    )
    c.area(
        [(0, 370), (240, 290), (460, 350), (700, 270), (960, 350), (1120, 310), (1120, 440), (0, 440)],
        "#7da183",
    )
    c.box(0, 410, 1120, 720, "#a9c48f")
    c.area([(180, 440), (940, 440), (1120, 720), (0, 720)], "#d9d2c3")
    for k in range(1, 9):
        y = 440 + 280 * (k / 9) ** 1.6
        c.line([(180 - 180 * (y - 440) / 280, y), (940 + 180 * (y - 440) / 280, y)], "#c2b9a6", 2)
    for k in range(11):
        c.line([(180 + 76 * k, 440), (112 * k, 720)], "#c2b9a6", 2)
    c.box(330, 300, 790, 452, "#efe6d5", 4)
    c.area([(300, 306), (345, 238), (775, 238), (820, 306)], "#8f3f33")
    for k in range(18):
        c.line([(352 + 24 * k, 240), (318 + 28.4 * k, 304)], "#a5574a", 2)
    for x in (346, 440, 534, 586, 680, 774):
        c.box(x - 7, 306, x + 7, 452, "#a23f34")
    c.box(452, 334, 668, 430, "#7b5a44")
    c.box(462, 342, 658, 424, "#d8c49c")
    for x in (90, 250, 870, 1030):
        base = 470 if 200 < x < 900 else 500
        c.box(x - 3, base - 230, x + 3, base, "#5f6368")
        c.box(x - 34, base - 240, x + 34, base - 228, "#3d4f63", 3)
        c.dot(x + 26, base - 220, 8, "#fff3c4")
    for x, y, r in [
        (60, 430, 46),
        (150, 420, 36),
        (1070, 430, 48),
        (980, 418, 38),
        (230, 404, 26),
        (892, 404, 26),
    ]:
        c.box(x - 5, y, x + 5, y + r + 18, "#7a5a3c")
        c.tree(x, y - r * 0.3, r, "#4f8a4d")
    for x in (200, 300, 840, 940):
        c.box(x - 20, 560, x + 50, 572, "#8b6b4c", 3)
        c.box(x - 14, 572, x - 6, 594, "#5b5b5b")
        c.box(x + 36, 572, x + 44, 594, "#5b5b5b")
    for x, y, tone in [
        (500, 600, "#355c7d"),
        (556, 612, "#c06c4f"),
        (640, 592, "#6c5b7b"),
        (420, 640, "#4f7d5a"),
    ]:
        c.dot(x + 8, y + 70, 16, "#00000025")
        c.box(x - 13, y, x + 13, y + 40, tone, 10)
        c.box(x - 9, y + 34, x - 1, y + 70, "#3a3a3a", 3)
        c.box(x + 1, y + 34, x + 9, y + 70, "#3a3a3a", 3)
        c.dot(x, y - 12, 11, "#e8b98f")
    return c.jpeg()


def fire_poster() -> bytes:
    c = Canvas(900, 1120, "#f9d9a4")
    for i in range(112):
        t = i / 111
        c.box(0, i * 10, 900, i * 10 + 11, (int(253 - 40 * t), int(222 - 118 * t), int(160 - 100 * t)))
    c.dot(690, 210, 92, "#fff4d8")
    c.area(
        [(0, 640), (170, 470), (320, 590), (500, 420), (690, 580), (900, 460), (900, 820), (0, 820)],
        "#8a5a3c",
    )
    c.area([(0, 740), (210, 600), (420, 720), (620, 590), (900, 720), (900, 900), (0, 900)], "#4c5f3f")
    c.box(0, 850, 900, 1120, "#2f4a35")

    def pine(x: float, y: float, s: float, tone: Colour) -> None:
        c.box(x - 6 * s, y, x + 6 * s, y + 46 * s, "#5a3d28")
        for k in range(4):
            w, top = (30 + 17 * k) * s, y - (170 - 42 * k) * s
            c.area([(x, top), (x - w, top + 72 * s), (x + w, top + 72 * s)], tone)

    for x, y, s, tone in [
        (70, 820, 1.0, "#2f5d3d"),
        (190, 850, 1.3, "#28553a"),
        (320, 830, 0.9, "#376845"),
        (600, 826, 0.9, "#376845"),
        (730, 856, 1.35, "#28553a"),
        (846, 826, 1.0, "#2f5d3d"),
        (120, 930, 1.2, "#214a31"),
        (800, 940, 1.2, "#214a31"),
    ]:
        pine(x, y, s, tone)
    c.dot(450, 620, 232, "#ffffff")
    c.dot(450, 620, 222, "#c62828")
    c.dot(450, 620, 174, "#fffaf0")

    def flame(s: float, tone: Colour, dy: float = 0) -> None:
        left = [(0, -150), (-34, -96), (-66, -64), (-92, -8), (-88, 52), (-56, 98), (0, 112)]
        points = left + [
            (-x * 0.96 + (14 if 0 < i < 4 else 0), y + (10 if i == 2 else 0))
            for i, (x, y) in enumerate(reversed(left))
        ]
        smooth = [points[0]]
        for _ in range(3):
            smooth = []
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=False):
                smooth += [
                    (x0 * 0.75 + x1 * 0.25, y0 * 0.75 + y1 * 0.25),
                    (x0 * 0.25 + x1 * 0.75, y0 * 0.25 + y1 * 0.75),
                ]
            points = smooth
        c.area([(450 + x * s, 632 + dy + y * s) for x, y in points], tone)

    flame(1.06, "#e64a19")
    flame(0.74, "#ff9800", 28)
    flame(0.42, "#ffe082", 58)
    a = math.radians(45)
    dx, dy = 196 * math.cos(a), 196 * math.sin(a)
    c.line([(450 - dx, 620 - dy), (450 + dx, 620 + dy)], "#c62828", 40)
    for x in range(0, 900, 30):
        h = spread(x + 1, 1, 24, 70)[0]
        c.area([(x, 1120), (x + 16, 1120 - h - 90), (x + 34, 1120)], "#1d3a28")
    return c.jpeg()


# ---------------------------------------------------------------- the files


def files() -> dict[tuple[str, str], bytes]:
    town, social, farm = "三棠镇人民政府", "三棠镇社会事务办公室", "三棠镇农业农村办公室"
    made: dict[tuple[str, str], bytes] = {}

    rows = elderly_2026q4()
    made["elderly-2026q4", "附件-2026年第四季度高龄津贴发放名单.xlsx"] = workbook(
        social,
        {
            "name": "发放名单",
            "title": "三棠镇2026年第四季度高龄津贴发放名单",
            "unit": "单位：元",
            "head": ["序号", "村", "组", "姓名", "年龄段", "发放月数", "发放金额"],
            "rows": [[i, *row] for i, row in enumerate(rows, 1)],
            "widths": [7, 14, 9, 12, 18, 11, 13],
            "total": ["合计", "", "", f"{len(rows)}人", "", sum(r[4] for r in rows), sum(r[5] for r in rows)],
            "notes": ("标准：80—89周岁每人每月50元，90—99周岁每人每月100元，100周岁及以上每人每月300元。",),
        },
    )

    rows = fertility_2026()
    made["fertility-2026", "附件1-耕地地力保护补贴分组汇总表.xlsx"] = workbook(
        farm,
        {
            "name": "分组汇总",
            "title": "三棠镇2026年耕地地力保护补贴分组汇总表",
            "unit": "补贴标准：112.60元/亩",
            "head": ["序号", "村", "组", "农户数（户）", "补贴面积（亩）", "补贴金额（元）"],
            "rows": [[i, *row] for i, row in enumerate(rows, 1)],
            "widths": [7, 14, 9, 14, 17, 18],
            "total": [
                "合计",
                "",
                "",
                sum(r[2] for r in rows),
                sum(r[3] for r in rows),
                sum(r[4] for r in rows),
            ],
        },
    )

    rows = machinery_2026()
    made["machinery-2026-3", "附件-农机购置与应用补贴明细表.xlsx"] = workbook(
        farm,
        {
            "name": "第三批",
            "title": "三棠镇2026年农机购置与应用补贴（第三批）明细表",
            "unit": "单位：台、元",
            "head": ["序号", "村", "组", "购机者", "机具品目", "台数", "销售价格", "补贴金额"],
            "rows": [[i, *row] for i, row in enumerate(rows, 1)],
            "widths": [7, 13, 8, 11, 25, 8, 13, 13],
            "total": [
                "合计",
                "",
                "",
                "",
                "",
                sum(r[4] for r in rows),
                sum(r[5] for r in rows),
                sum(r[6] for r in rows),
            ],
        },
    )

    rows = relief_2026()
    made["relief-2026", "附件-救灾款物发放表.xlsx"] = workbook(
        "石桥铺村村民委员会",
        {
            "name": "发放表",
            "title": "石桥铺村“7·12”洪涝灾害救灾款物发放表",
            "unit": "大米10公斤/袋，食用油5升/桶",
            "head": [
                "序号",
                "组",
                "户主",
                "家庭人口",
                "大米（袋）",
                "食用油（桶）",
                "棉被（床）",
                "慰问金（元）",
            ],
            "rows": [[i, *row] for i, row in enumerate(rows, 1)],
            "widths": [7, 9, 12, 11, 12, 13, 12, 14],
            "total": ["合计", "", f"{len(rows)}户", *[sum(r[k] for r in rows) for k in range(2, 7)]],
        },
    )

    def add(table: Sequence[tuple], column: int) -> Decimal:
        return sum((Decimal(r[column]) for r in table), Decimal("0.00"))

    made["accounts-2025", "附件-三棠镇2025年度财政决算公开表.xlsx"] = workbook(
        town,
        {
            "name": "收入决算",
            "title": "三棠镇2025年度收入决算表",
            "unit": "单位：万元",
            "head": ["项目", "年初预算数", "调整预算数", "决算数"],
            "rows": [[r[0], *map(Decimal, r[1:])] for r in INCOME_2025],
            "widths": [34, 16, 16, 16],
            "total": ["本年收入合计", *[add(INCOME_2025, k) for k in (1, 2, 3)]],
        },
        {
            "name": "支出决算",
            "title": "三棠镇2025年度支出决算表（按功能分类）",
            "unit": "单位：万元",
            "head": ["项目", "年初预算数", "决算数"],
            "rows": [[r[0], *map(Decimal, r[1:])] for r in SPENDING_2025],
            "widths": [34, 16, 16],
            "total": ["本年支出合计", *[add(SPENDING_2025, k) for k in (1, 2)]],
            "notes": ("结转下年52.74万元，收支总计3,933.06万元。",),
        },
        {
            "name": "三公经费",
            "title": "三棠镇2025年度“三公”经费支出决算表",
            "unit": "单位：万元",
            "head": ["项目", "预算数", "决算数"],
            "rows": [[r[0], *map(Decimal, r[1:])] for r in THREE_PUBLIC_2025],
            "widths": [30, 16, 16],
            "total": ["合计", *[add(THREE_PUBLIC_2025, k) for k in (1, 2)]],
        },
        {
            "name": "国有资本经营",
            "title": "三棠镇2025年度国有资本经营预算支出决算表",
            "unit": "单位：万元",
            "head": ["项目", "预算数", "决算数"],
            "rows": [["本镇无国有资本经营预算收支", Decimal("0.00"), Decimal("0.00")]],
            "widths": [36, 14, 14],
            "notes": ("没有数据的表格，按规定列出空表并说明。",),
        },
    )

    change = dict(ADJUSTMENT_2026)
    made["adjustment-2026", "附件-2026年预算调整表（送审稿）.xlsx"] = workbook(
        town,
        {
            "name": "调整表",
            "title": "三棠镇2026年财政支出预算调整表（送审稿）",
            "unit": "单位：万元",
            "head": ["项目", "年初预算数", "调整数", "调整后预算数"],
            "rows": [
                [n, Decimal(v), Decimal(change.get(n, "0.00")), Decimal(v) + Decimal(change.get(n, "0.00"))]
                for n, v in BUDGET_2026
            ],
            "widths": [32, 16, 14, 18],
            "total": [
                "合计",
                add(BUDGET_2026, 1),
                add(ADJUSTMENT_2026, 1),
                add(BUDGET_2026, 1) + add(ADJUSTMENT_2026, 1),
            ],
        },
    )

    made["land-comp-2026", "附件2-征地补偿及青苗附着物补偿标准.xlsx"] = workbook(
        town,
        {
            "name": "土地",
            "title": "土地补偿费和安置补助费标准",
            "unit": "单位：元/亩",
            "head": ["地类", "土地补偿费", "安置补助费", "合计"],
            "rows": [[n, a, b, a + b] for n, a, b in LAND_RATES],
            "widths": [20, 16, 16, 16],
        },
        {
            "name": "青苗及附着物",
            "title": "青苗和地上附着物补偿标准",
            "unit": "单位：元",
            "head": ["种类", "计量单位", "补偿标准"],
            "rows": [list(r) for r in CROP_RATES],
            "widths": [34, 14, 16],
        },
        {
            "name": "面积",
            "title": "拟征收黄泥塘村集体土地面积表",
            "unit": "单位：公顷",
            "head": ["地类", "面积"],
            "rows": [[n, Decimal(a)] for n, a in LAND_2026],
            "widths": [24, 16],
            "total": ["合计", add(LAND_2026, 1)],
        },
    )

    names = people(1500, 12)
    made["temporary-aid-2026-10", "名单（未脱敏，勿公开）.xlsx"] = workbook(
        social,
        {
            "name": "内部",
            "title": "临时救助入户核查登记（内部使用，勿公开）",
            "head": ["序号", "申请人", "组", "家庭困难情况（核查记录）", "核查人意见"],
            "rows": [
                [
                    i,
                    n,
                    GROUPS[i % 6] + "组",
                    ["家中主要劳动力外伤住院", "住房受灾损毁", "突发重大支出"][i % 3],
                    "拟救助",
                ]
                for i, n in enumerate(names, 1)
            ],
            "widths": [7, 12, 9, 32, 14],
            "notes": ("样例：内容均为虚构。此文件没有任何公示引用，不得发布。",),
        },
    )

    made["jobs-2026", "附件-公益性岗位报名登记表.docx"] = word(
        social,
        "三棠镇公益性岗位报名登记表",
        [
            [
                ["姓名", "", "性别", ""],
                ["出生年月", "", "文化程度", ""],
                ["所在村组", "", "联系电话", ""],
                ["应聘岗位", ""],
                [
                    "就业困难人员类别",
                    "□零就业家庭  □大龄失业  □低保家庭劳动力  □脱贫人口（含监测对象）  □其他",
                ],
                ["本人简历", "\n\n\n\n"],
                [
                    "本人承诺",
                    "以上所填内容属实，如有虚假，愿意承担相应责任。\n\n签名：          年   月   日",
                ],
                ["村民委员会意见", "\n\n（盖章）        年   月   日"],
                ["镇社会事务办公室审核意见", "\n\n（盖章）        年   月   日"],
            ],
            "填表说明：本表一式两份，村民委员会和镇社会事务办公室各存一份。身份证件由工作人员当面查验，不收取复印件。",
        ],
    )

    made["levy-2026", "附件-柳林坪村灌溉渠整修一事一议筹资筹劳方案.docx"] = word(
        "柳林坪村村民委员会",
        "柳林坪村灌溉渠整修一事一议筹资筹劳方案",
        [
            ("h", "一、项目内容"),
            "整修二组至五组灌溉主渠1,460米，采用C25混凝土“三面光”断面（净宽60厘米、净深70厘米），更换放水闸6座，受益农田612亩、农户218户。",
            ("h", "二、资金概算"),
            [
                ["项目", "数量", "单价（元）", "金额（元）"],
                ["渠道清淤及基础开挖", "1,460米", "28", "40,880"],
                ["C25混凝土衬砌", "1,460米", "136", "198,560"],
                ["放水闸制安", "6座", "1,850", "11,100"],
                ["机耕便桥", "2座", "4,600", "9,200"],
                ["设计、监理及其他", "", "", "8,260"],
                ["合计", "", "", "268,000"],
            ],
            ("h", "三、资金来源"),
            [
                ["来源", "金额（元）", "说明"],
                ["上级财政奖补", "134,000", "按概算50%申报"],
                ["村集体经济组织投入", "66,880", "从集体积累中列支"],
                ["村民筹资", "40,320", "672人，每人60元"],
                ["村民筹劳折资", "26,800", "268个工，每工100元"],
                ["合计", "268,000", ""],
            ],
            ("h", "四、筹集办法"),
            "筹资对象为本村受益村民小组户籍人口，每人60元，11月30日前交村报账员，开具专用收据。现役军人、全日制在校学生的家庭按实际在村人口计算；低保户、特困人员和无劳动能力户免予筹资筹劳。",
            "筹劳对象为男18至60周岁、女18至55周岁的劳动力，自愿以资代劳的，每个工100元，不得强行以资代劳。",
            ("h", "五、监督"),
            "工程由村民代表会议推选5人监督小组全程监督，完工后15日内公布决算。",
            ("right", "柳林坪村村民委员会"),
            ("right", "2026年11月9日"),
        ],
    )

    made["homestead-guide-2026", "附件-农村宅基地和建房（规划许可）申请表.docx"] = word(
        town,
        "农村宅基地和建房（规划许可）申请表",
        [
            [
                ["申请户主", "", "所在村组", ""],
                ["家庭成员人数", "", "联系电话", ""],
                ["现有宅基地面积", "        平方米", "现有建筑面积", "        平方米"],
                ["现有宅基地处置", "□保留  □退给村集体  □其他"],
                ["申请理由", "□分户新建  □原址翻建  □改扩建  □异址新建  □其他"],
                ["拟用地面积", "        平方米", "房基占地面积", "        平方米"],
                ["拟建层数", "", "建筑高度", "        米"],
                ["地类", "□建设用地  □未利用地  □农用地"],
                ["四至", "东：      南：      西：      北：      "],
                ["相邻权利人意见", "\n\n签名："],
                [
                    "申请人承诺",
                    "按批准的位置、面积建设，建新后按约定拆除旧房并退出原宅基地。\n\n签名：          年   月   日",
                ],
                ["村民小组意见", "\n\n负责人签名：        年   月   日"],
                ["村集体经济组织或村民委员会意见", "\n\n（盖章）        年   月   日"],
            ],
            "说明：家庭成员身份由受理窗口当面核验，表中不填写证件号码。",
        ],
    )

    made["roads-policy-2026", "附件-三棠镇农村公路养护考核评分表.pdf"] = pdf(
        town,
        "三棠镇农村公路养护考核评分表",
        [
            "本表是《三棠镇农村公路养护管理办法》的附件，每季度由镇交通管理站会同村民委员会按路线逐条考核，满分100分。",
            [
                ["考核项目", "分值", "评分办法"],
                ["路面", "30", "坑槽、沉陷未及时修补的，每处扣2分；路面有堆积物的，每处扣1分"],
                ["路肩边坡", "15", "杂草超过30厘米的，每50米扣1分；缺口未补的，每处扣1分"],
                ["排水设施", "20", "边沟、涵洞淤塞的，每处扣2分"],
                ["桥梁隧涵", "15", "伸缩缝、泄水孔堵塞的，每处扣1分；未按月巡查的，扣5分"],
                ["标志标线和安全设施", "10", "缺损未报告的，每处扣2分"],
                ["绿化和环境", "5", "行道树缺株、垃圾未清的，每处扣0.5分"],
                ["巡查记录", "5", "记录缺页、后补的，扣5分"],
                ["合计", "100", ""],
            ],
            "考核得分90分以上为优秀，75分以上不足90分为合格，不足75分为不合格。优秀的全额拨付当季养护补助，合格的按95%拨付，不合格的限期整改，整改合格后按80%拨付。",
            ("right", "三棠镇人民政府"),
            ("right", "2026年4月20日"),
        ],
    )

    made["bid-result-2026", "附件-评标结果一览表.pdf"] = pdf(
        town,
        "三棠镇长岭村至云盘岭村道路提质改造工程评标结果一览表",
        [
            "招标编号：STZB-2026-07；开标时间：2026年11月12日9时30分；评标办法：经评审的最低投标价法。",
            [
                ["序号", "投标人", "投标报价（元）", "评标价（元）", "工期（日历天）", "排序"],
                ["1", "永澜恒通路桥工程有限公司", "1,862,340.00", "1,862,340.00", "120", "1"],
                ["2", "永澜县宏岭市政建设有限公司", "1,879,515.60", "1,879,515.60", "120", "2"],
                ["3", "青屏建设工程有限公司", "1,893,208.00", "1,893,208.00", "115", "3"],
                ["4", "永澜安路养护工程有限公司", "1,951,770.20", "1,953,120.20", "120", "4"],
                ["5", "丰和公路工程有限公司", "—", "—", "—", "未通过资格审查"],
            ],
            "最高投标限价1,986,500.00元。未通过资格审查的原因：未提供有效的安全生产许可证。",
            ("right", "评标委员会"),
            ("right", "2026年11月12日"),
        ],
    )

    total = sum(Decimal(a) * r for _, a, r in RENT_POND)
    made["pond-lease-2026", "附件-鱼塘承包合同（示范文本）.pdf"] = pdf(
        "桐树湾村股份经济合作社",
        "桐树湾村鱼塘承包合同（示范文本）",
        [
            "发包方：桐树湾村股份经济合作社（以下称甲方）",
            "承包方：________________（以下称乙方）",
            "根据2026年9月18日本社成员代表会议决议和公开竞价结果，甲、乙双方订立本合同。",
            ("h", "第一条　标的"),
            "甲方将集体所有的下列水面及附属设施发包给乙方从事水产养殖，不得改变用途。",
            [
                ["标的", "面积（亩）", "起拍价（元/亩·年）", "年承包金底价（元）"],
                *[[n, a, str(r), f"{Decimal(a) * r:,.2f}"] for n, a, r in RENT_POND],
                ["合计", str(sum(Decimal(a) for _, a, _ in RENT_POND)), "", f"{total:,.2f}"],
            ],
            ("h", "第二条　期限"),
            "承包期五年，自2027年1月1日起至2031年12月31日止。",
            ("h", "第三条　承包金"),
            "承包金按年支付，先交后用，每年12月20日前一次付清下一年度承包金。第一年承包金在签订合同时付清，另交履约保证金10,000元，合同期满无违约情形的无息退还。",
            ("h", "第四条　双方的权利和义务"),
            "乙方应当保证下游农田灌溉用水，干旱时服从村里统一调度；不得投放禁用药物；未经甲方书面同意不得转包。甲方负责塘坝安全，不干涉乙方正常生产经营。",
            ("h", "第五条　违约责任"),
            "逾期三十日不交承包金的，甲方可以解除合同，保证金不退。甲方无故终止合同的，双倍返还保证金，并赔偿直接损失。",
            ("h", "第六条　争议解决"),
            "发生争议先行协商；协商不成的，请镇人民政府调解，或者依法申请仲裁、提起诉讼。",
            "本合同一式四份，甲、乙双方各执一份，报镇农村经营管理站备案一份，存档一份。",
        ],
    )

    made["land-comp-2026", "附件1-征收土地范围示意图.jpg"] = land_plan()
    made["roadworks-2026", "绕行路线示意图.jpg"] = detour_plan()
    made["square-done-2026", "文化广场完工示意图.jpg"] = square_view()
    made["forest-fire-2026", "森林防火宣传画.jpg"] = fire_poster()
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    only_check = parser.parse_args().check
    different = 0
    for (notice, name), data in files().items():
        path = NOTICES / FOLDERS[notice] / name
        same = path.is_file() and path.read_bytes() == data
        different += not same
        print(
            f"{'same' if same else 'differs' if only_check else 'written'}  {len(data):>7}  {path.relative_to(NOTICES.parent)}"
        )
        if not same and not only_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return 1 if only_check and different else 0


if __name__ == "__main__":
    sys.exit(main())
