"""Notices in Markdown as the gate reads them: fields, text, marks between digits, and what no page shows."""

# ruff: noqa: E501, S311  (running text reads better unbroken; nothing here is a secret)

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import identifiers as ids
from noticeboard.privacy.finding import Kind

from .label import Label
from .lookalikes import like
from .people import CARD_PREFIXES, Maker, Turns, groups

Body = Callable[[Maker], str]


@dataclass(frozen=True, slots=True, repr=False)
class Notice:
    """One notice: its body and front matter, and the labels of all that stands in it."""

    name: str
    body: str
    fields: dict[str, str]
    labels: tuple[Label, ...]


def _split(maker: Maker, form: str, *between: str) -> str:
    """An ID number whose groups a page shows as one, whatever stands between them in the file."""
    number = maker.plain_id()
    first, second, third = groups(number, 6, 8)
    left, right = between
    return maker.real(Kind.ID_NUMBER, f"公示正文：{form}", f"{first}{left}{second}{right}{third}", number)


def _card(maker: Maker, form: str, write: Callable[[str], str]) -> str:
    number = ids.bank_card(maker.random, maker.one_of(*CARD_PREFIXES))
    return maker.real(Kind.BANK_CARD, f"公示正文：{form}", write(number), number)


BODIES: dict[str, Body] = {
    "加粗": lambda m: f"户主{m.name()}，{_split(m, '加粗中间', '**', '**')}。",
    "斜体": lambda m: f"户主{m.name()}，{_split(m, '斜体中间', '*', '*')}。",
    "代码": lambda m: f"户主{m.name()}，`{m.id(plain=True)}`。",
    "换行标记": lambda m: f"身份证号：{_split(m, '换行标记', '<br>', '<br/>')}",
    "实体空格": lambda m: f"身份证号：{_split(m, '实体空格', '&nbsp;', '&nbsp;')}",
    "实体零宽": lambda m: f"身份证号：{_split(m, '实体零宽', '&#8203;', '&#x200b;')}",
    "标签": lambda m: f"{m.name()}：{_split(m, '标签', '<b>', '</b>')}",
    "反斜线": lambda m: f"{m.name()}：{_split(m, '反斜线', chr(92) + '-', chr(92) + '-')}",
    "链接文字": lambda m: f"详见[{m.name()}{m.id(plain=True)}](https://www.example.gov.cn/a.html)。",
    "网页注释": lambda m: f"名单已公示。\n\n<!-- {m.name()} {m.id(plain=True)} -->\n",
    "表格": lambda m: f"| 姓名 | 身份证号 |\n| --- | --- |\n| {m.name()} | {m.id(plain=True)} |\n",
    "列表": lambda m: f"1. {m.name()} {m.id(plain=True)}\n2. {m.name()} {like(m, '已遮盖的身份证号')}\n",
    "引用": lambda m: f"> {m.name()}，{m.id(plain=True)}\n",
    "标题": lambda m: f"## {m.name()}{m.id(plain=True)}\n\n符合条件。",
    "脚注样": lambda m: f"{m.name()}[^1]。\n\n[^1]: {m.id(plain=True)}\n",
    "卡号加粗": lambda m: f"补贴打入{_card(m, '加粗中间', lambda n: f'{n[:6]}**{n[6:12]}**{n[12:]}')}。",
    "卡号表格": lambda m: f"| 姓名 | 一卡通 |\n| --- | --- |\n| {m.name()} | {_card(m, '表格', str)} |\n",
    "卡号分组": lambda m: f"卡号：{_card(m, '分组', lambda n: ' '.join(groups(n, 4, 4, 4, 4)))}",
    "无害：编码表": lambda m: (
        f"| 承包方编码 | 承包方代表 | 地块编码 |\n| --- | --- | --- |\n| {like(m, '承包方编码')} | {m.name()} | {like(m, '地块编码')} |\n"
    ),
    "该问：编码表": lambda m: (
        f"| 承包方编码 | 承包方代表 |\n| --- | --- |\n| {like(m, '承包方编码：可作身份号码')} | {m.name()} |\n"
    ),
    "无害：信用代码": lambda m: (
        f"登记单位：{m.village()}村股份经济合作社，{like(m, '统一社会信用代码：N2')}；{like(m, '统一社会信用代码：全数字')}。"
    ),
    "无害：链接": lambda m: f"见[原文]({like(m, '网址里的长数字')})。",
    "无害：遮盖": lambda m: (
        f"{m.name()}，身份证号{like(m, '已遮盖的身份证号').replace('*', chr(92) + '*')}，卡号{like(m, '已遮盖的银行卡号').replace('*', chr(92) + '*')}。"
    ),
    "无害：许可": lambda m: (
        f"建设工程规划许可证{like(m, '规划许可证')}，{like(m, '不动产单元号')}，造价{like(m, '金额')}。"
    ),
    "无害：票据": lambda m: (
        f"订单号：{like(m, '订单号：过Luhn')}，发票号码：{like(m, '数电发票号码')}，电话{like(m, '固定电话')}。"
    ),
    "无害：索引": lambda m: (
        f"索引号：{like(m, '索引号：全数字信用代码')}，{like(m, '索引号：六段')}，{like(m, '文号')}"
    ),
}
FIELDS: dict[str, Body] = {
    "title": lambda m: f"关于{m.name()}{m.id(plain=True)}低保待遇的公示",
    "summary": lambda m: f"户主{m.name()}，身份证号{m.id(plain=True)}",
}


def notices(seed: int) -> Iterator[Notice]:
    """All notices."""
    random, turns = Random(seed), Turns()
    for round_ in range(2):
        for form, write in BODIES.items():
            maker = Maker(random, turns)
            body, labels = maker.finished(write(maker))
            yield Notice(f"{form}-{round_}", body, {}, labels)
        for key, write in FIELDS.items():
            maker = Maker(random, turns)
            value, labels = maker.finished(write(maker))
            yield Notice(f"{key}-{round_}", "见标题。", {key: value}, labels)
