"""Invented people and their numbers, in every dress in which lists and letters show them."""

# ruff: noqa: E501, SIM905  (names and addresses read better unbroken)

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from random import Random

import identifiers as ids
from noticeboard.privacy.finding import Kind

from .label import Draft, Verdict

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "建国秀英桂兰德海玉珍志强淑芬明辉春花永福翠莲国栋美华长林凤霞振华爱民金宝银环守义冬梅学军红艳"
VILLAGES = ("柳林坪", "桐树湾", "东河", "石桥", "上马庄", "下洼", "大槐树", "白家沟", "青龙", "双井")
REGIONS = (
    "110105 130121 321102 370828 429006 510781 620102 410122 440224 500228 360222 530581 371323 421126 "
    "360281 430528 610425 510812 653023 530724 230183 450123 340121 350424"
).split()
CARD_PREFIXES = (
    "621700",
    "622848",
    "621788",
    "623052",
    "622188",
    "621485",
    "622202",
    "621226",
    "623190",
    "620522",
)
LONG_PREFIXES = ("621", "622", "623", "620")


def groups(number: str, *sizes: int) -> list[str]:
    """A number in groups of these sizes, the rest last."""
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return [part for part in (*parts, number[at:]) if part]


Dress = Callable[[Random, list[str]], str]
#: How a number in its usual groups is written.
DRESSES: dict[str, Dress] = {
    "原样": lambda random, parts: "".join(parts),
    "全角": lambda random, parts: "".join(parts).translate(ids.FULL_WIDTH),
    "空格": lambda random, parts: " ".join(parts),
    "全角空格": lambda random, parts: "\u3000".join(parts),
    "不换行空格": lambda random, parts: "\xa0".join(parts),
    "横线": lambda random, parts: "-".join(parts),
    "全角横线": lambda random, parts: random.choice("－—–‑").join(parts),
    "换行": lambda random, parts: "\n".join(("".join(parts[:-1]), parts[-1])),
    "换行加缩进": lambda random, parts: "\r\n  ".join((parts[0], "".join(parts[1:]))),
    "零宽": lambda random, parts: random.choice("\u200b\u200c\u2060\ufeff").join(parts),
    "软连字符": lambda random, parts: "\xad".join(parts),
    "全角加空格": lambda random, parts: " ".join(parts).translate(ids.FULL_WIDTH),
    "逐位空格": lambda random, parts: " ".join("".join(parts)),
}


class Turns:
    """Counts for the whole corpus, so that every form has its turn."""

    def __init__(self) -> None:
        self._counts: dict[str, count[int]] = {}

    def of(self, what: str, forms: tuple[str, ...]) -> str:
        """The next of these forms."""
        return forms[next(self._counts.setdefault(what, count())) % len(forms)]


class Maker(Draft):
    """Writes a text with people in it."""

    def __init__(self, random: Random, turns: Turns) -> None:
        super().__init__(random)
        self.turns = turns

    def one_of(self, *texts: str) -> str:
        """Any of these."""
        return self.random.choice(texts)

    def number(self, low: int, high: int) -> int:
        """Any whole number from low to high."""
        return self.random.randint(low, high)

    def digits(self, length: int) -> str:
        """So many digits, the first of them not 0."""
        return str(self.random.randint(1, 9)) + ids.digits(self.random, length - 1)

    def name(self) -> str:
        """A person."""
        return self.random.choice(SURNAMES) + "".join(self.random.sample(GIVEN, self.number(1, 2)))

    def village(self) -> str:
        """A village, without the word 村."""
        return self.random.choice(VILLAGES)

    def amount(self) -> str:
        """Yuan."""
        return self.one_of(
            f"{self.number(100, 99999)}",
            f"{self.number(1, 999)},{self.number(0, 999):03d}.{self.number(0, 99):02d}",
            f"{self.number(100, 9999)}.{self.number(0, 99):02d}",
        )

    def day(self, first: int = 2024, last: int = 2026) -> tuple[int, int, int]:
        """Year, month and day."""
        return self.number(first, last), self.number(1, 12), self.number(1, 28)

    def dressed(self, what: str, parts: list[str]) -> tuple[str, str]:
        """A number in the dress whose turn it is, and the dress."""
        dress = self.turns.of(what, tuple(DRESSES))
        return DRESSES[dress](self.random, parts), dress

    # what must be found

    def plain_id(self, first: int = 1935, last: int = 2020) -> str:
        """The digits of an ID number, without a label on them."""
        born = "{}{:02}{:02}".format(*self.day(first, last))
        return ids.id_number(self.random.choice(REGIONS), born, f"{self.number(0, 999):03}")

    def id(self, *, plain: bool = False) -> str:
        """An ID number of 18 characters."""
        number = self.plain_id()
        if not plain and self.number(1, 8) == 1:
            while number[-1] != "X":
                number = self.plain_id()
            return self.real(Kind.ID_NUMBER, "18位：小写x", number.lower(), number)
        written, dress = (number, "原样") if plain else self.dressed("id", groups(number, 6, 8))
        return self.real(Kind.ID_NUMBER, f"18位：{dress}", written, number)

    def old_id(self) -> str:
        """One of 15 digits; only where a label says what it is."""
        born = f"{self.number(35, 79)}{self.number(1, 12):02}{self.number(1, 28):02}"
        number = ids.old_id_number(self.random.choice(REGIONS), born, f"{self.number(1, 999):03}")
        written, dress = (
            self.dressed("old id", groups(number, 6, 6)) if self.number(0, 1) else (number, "原样")
        )
        return self.real(Kind.ID_NUMBER, f"15位：{dress}", written, number)

    def mistyped_id(self) -> str:
        """One with a wrong check digit, under a label."""
        born = f"19{self.number(40, 99)}{self.number(1, 12):02}{self.number(1, 28):02}"
        number = ids.wrong_id_number(
            region=self.random.choice(REGIONS), born=born, serial=f"{self.number(1, 999):03}"
        )
        return self.real(Kind.ID_NUMBER, "18位：校验位不对，有标签", number)

    def disability(self) -> str:
        """残疾人证号: the ID number, a category and a grade, sometimes a letter and count of reissues."""
        number = self.plain_id()
        tail = f"{self.number(1, 7)}{self.number(1, 4)}{self.one_of('', '', 'B1', 'B2')}"
        written = self.one_of(
            number + tail, f"{number[:6]} {number[6:14]} {number[14:]}{tail}", f"{number}-{tail}"
        )
        return self.real(Kind.ID_NUMBER, "残疾人证号里", written, number)

    def pupil(self) -> str:
        """学籍号: a letter and the ID number."""
        number = self.plain_id(2008, 2019)
        return self.real(Kind.ID_NUMBER, "学籍号里", self.one_of("G", "L") + number, number)

    def certificate(self) -> str:
        """特种作业操作证 and the like: T and the ID number."""
        number = self.plain_id(1960, 2005)
        return self.real(Kind.ID_NUMBER, "操作证号里", f"T{number}", number)

    def card(self, *, plain: bool = False, other: bool = False) -> str:
        """A bank card; `other` than UnionPay's 62 only under a label."""
        length = 19 if self.number(1, 3) > 1 else 16
        prefix = (
            self.one_of("955880", "955988", "436742", "456351", "603708", "940001")
            if other
            else self.one_of(*CARD_PREFIXES)
        )
        length = 19 if other else length
        number = ids.bank_card(self.random, prefix, length)
        form = f"{length}位" + ("（非62开头）" if other else "")
        if plain:
            return self.real(Kind.BANK_CARD, f"{form}：原样", number)
        written, dress = self.dressed(
            "card", groups(number, 4, 4, 4, 4) if self.number(0, 1) else groups(number, 6)
        )
        return self.real(Kind.BANK_CARD, f"{form}：{dress}", written, number)

    def odd_card(self) -> str:
        """A card number of 17 or 18 digits (信用社) under a label."""
        number = ids.bank_card(self.random, self.one_of(*LONG_PREFIXES), self.number(17, 18))
        return self.real(Kind.BANK_CARD, f"{len(number)}位", number)

    def account(self) -> str:
        """The number of a passbook: nothing proves it."""
        prefix = self.one_of("9", "8", "15", "37", "90", "101")
        number = prefix + ids.digits(self.random, self.random.choice((15, 16, 16, 18)))
        written = self.one_of(number, " ".join(groups(number, 4, 4, 4, 4)))
        return self.real(Kind.ACCOUNT, f"{len(number)}位账号", written, number)

    def mobile(self, *, plain: bool = False) -> str:
        """A mobile number."""
        number = f"1{self.one_of('3', '5', '7', '8', '9')}{ids.digits(self.random, 9)}"
        if plain:
            return self.real(Kind.MOBILE, "原样", number)
        forms: dict[str, str] = {
            "原样": number,
            "三四四空格": " ".join(groups(number, 3, 4)),
            "三四四横线": "-".join(groups(number, 3, 4)),
            "加86": f"+86{number}",
            "加86空格": f"+86 {number[:3]} {number[3:7]} {number[7:]}",
            "括号86": f"（86）{number}",
            "86连写": f"86{number}",
            "86横线": f"86-{number}",
            "全角": number.translate(ids.FULL_WIDTH),
            "零宽": "\u200b".join(groups(number, 3, 4)),
            "四四三": "-".join(groups(number, 4, 4)),
            "不换行空格": "\xa0".join(groups(number, 3, 4)),
        }
        form = self.turns.of("mobile", tuple(forms))
        return self.real(Kind.MOBILE, form, forms[form], number)

    def permit(self) -> str:
        """A label and the number of a passport, a permit, or a soldier."""
        label, form, number = self.random.choice(
            (
                ("护照号码：", "护照E", f"E{self.digits(8)}"),
                ("护照号：", "护照EA", f"E{self.one_of('A', 'B', 'J')}{self.digits(7)}"),
                ("因公护照", "公务护照", f"SE{self.digits(7)}"),
                ("往来港澳通行证号：", "港澳通行证", f"C{self.digits(8)}"),
                ("港澳居民来往内地通行证：", "回乡证", f"H{self.digits(8)}"),
                ("台湾居民来往大陆通行证号码", "台胞证", self.digits(8)),
                ("军官证号：", "军官证", f"军字第{self.digits(7)}号"),
                ("大陆居民往来台湾通行证", "赴台证", f"L{self.digits(8)}"),
            )
        )
        return label + self.real(Kind.PERMIT, form, number)

    def plate(self) -> str:
        """A number plate."""
        city = self.one_of("鲁H", "冀A", "川B", "苏L", "粤F", "渝C", "陕D", "皖A", "鄂J", "赣E")
        body = self.one_of(
            self.digits(5),
            f"{self.one_of('A', 'K', 'Q', 'U')}{self.digits(4)}",
            f"{self.digits(4)}{self.one_of('N', 'X')}",
        )
        forms = {
            "原样": city + body,
            "间隔点": f"{city}·{body}",
            "空格": f"{city} {body}",
            "新能源": f"{city}{self.one_of('D', 'F')}{self.digits(5)}",
            "挂车": f"{city}{self.digits(4)}挂",
        }
        form = self.turns.of("plate", tuple(forms))
        return self.real(Kind.PLATE, form, forms[form])

    def address(self) -> str:
        """A home, to the door."""
        forms = {
            "村组门牌": f"{self.village()}村{self.one_of('一', '二', '三', '四')}组{self.number(1, 199)}号",
            "村门牌": f"三棠镇{self.village()}村{self.number(1, 399)}号",
            "街道门牌": f"永澜县三棠镇{self.one_of('西街', '南门街', '建设路', '解放路')}{self.number(1, 299)}号",
            "楼栋单元室": f"{self.one_of('阳光', '幸福', '锦绣')}小区{self.number(1, 30)}号楼{self.number(1, 4)}单元{self.number(1, 17)}0{self.number(1, 4)}室",
            "组号门牌": f"{self.village()}村第{self.number(1, 12)}村民小组{self.number(1, 99)}号",
        }
        form = self.turns.of("address", tuple(forms))
        return self.real(Kind.ADDRESS, form, forms[form])

    def online(self) -> str:
        """A label and a mail address, a QQ number, or a WeChat name."""
        forms = {
            "邮箱": (
                "邮箱：",
                f"{self.one_of('wang', 'liu', 'zhao')}{self.digits(4)}@{self.one_of('163.com', 'qq.com', '126.com', 'sina.cn')}",
            ),
            "QQ": (self.one_of("QQ：", "QQ号", "扣扣："), self.digits(self.number(6, 10))),
            "微信": (
                self.one_of("微信号：", "微信："),
                f"{self.one_of('wx', 'zhang_', 'love-')}{self.digits(6)}",
            ),
        }
        form = self.turns.of("online", tuple(forms))
        label, value = forms[form]
        return label + self.real(Kind.ONLINE, form, value)

    def may(self, kind: Kind, form: str, written: str) -> str:
        """A piece of which the words leave open what it is."""
        return self.piece(Verdict.MAY, kind, form, written)
