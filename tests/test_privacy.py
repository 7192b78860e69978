"""What is private is found, in any dress; what only looks like it is left alone; nothing of it is shown."""

from __future__ import annotations

from random import Random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import identifiers as ids
from noticeboard.privacy.checks import is_citizen_number, is_uscc
from noticeboard.privacy.finding import Confidence, Finding, Kind
from noticeboard.privacy.fold import fold
from noticeboard.privacy.known import contacts_in, normal_phone
from noticeboard.privacy.masking import MASKABLE, masked
from noticeboard.privacy.scan import Known, scan
from noticeboard.readers.passage import Passage

EXACT, CONTEXT, DOUBTFUL = Confidence.EXACT, Confidence.CONTEXT, Confidence.DOUBTFUL
NOTHING = Known()
#: The number of the issue, from its parts.
ID = ids.id_number("370828", "20020101", "000")
WORDS = "经村民代表会议讨论，现将名单公示如下。三组户主王建国补助金额请监督"


def found(text: str, heading: str = "", row: str = "", known: Known = NOTHING) -> tuple[Finding, ...]:
    return scan(Passage(text, heading=heading, row=row), known)


def kinds(
    text: str, heading: str = "", row: str = "", known: Known = NOTHING
) -> list[tuple[Kind, Confidence]]:
    return [(finding.kind, finding.confidence) for finding in found(text, heading, row, known)]


def chinese(random: Random) -> str:
    return "".join(random.choice(WORDS) for _ in range(random.randint(1, 20)))


# ---- the arithmetic


def test_the_numbers_of_the_issue() -> None:
    assert ID.endswith("03") and is_citizen_number(ID)
    assert is_uscc("1137082800" + "43326001") and not is_citizen_number("1137082800" + "43326001")


@pytest.mark.parametrize("born", ["20020230", "20021301", "18991231", "21000101", "20010229"])
def test_a_birth_date_is_a_day_of_the_calendar(born: str) -> None:
    assert not is_citizen_number(ids.id_number(born=born))


def test_village_codes_of_the_agricultural_register_are_credit_codes() -> None:
    random = Random(1)
    assert all(is_uscc(ids.any_uscc(random, kind)) for kind in ("11", "52", "91", "N1", "N2", "N3") * 20)


# ---- folding


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_a_place_in_the_folded_text_is_a_place_in_the_original(text: str) -> None:
    folded = fold(text)
    for at, char in enumerate(folded.text):
        start, end = folded.span(at, at + 1)
        assert end == start + 1 and fold(text[start:end]).text in {char, text[start:end]}


# ---- ID numbers


def dressed(random: Random, number: str) -> str:
    """A number as people, word processors and those who hide it write it."""
    dress = random.randrange(9)
    if dress == 0:
        return number
    if dress == 1:
        return number.translate(ids.FULL_WIDTH)
    if dress == 2:
        return number.lower()
    if dress == 3:
        return number.translate(ids.CIRCLED)
    if dress == 4:
        return random.choice(" \u3000\xa0-–·\u200b").join(number)
    gap = [
        *" \u3000\xa0\u2009-‐–—·_\n",
        "\u200b",
        "\u00ad",
        "\u202c",
        "\ufeff",
        "\r\n",
        " \n ",
        "- ",
        "\u2060 ",
    ]
    cuts = sorted(random.sample(range(1, len(number)), random.randint(1, 4)))
    parts = [number[a:b] for a, b in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    text = parts[0] + "".join(random.choice(gap) + part for part in parts[1:])
    return text.translate(ids.FULL_WIDTH) if dress == 5 else text


def plain(text: str) -> str:
    """The digits and X of a piece of text, folded."""
    return "".join(char for char in fold(text).text.upper() if char.isdigit() or char == "X")


@settings(max_examples=1500)
@given(st.integers(0, 2**32))
def test_any_id_number_in_any_dress_is_found_once_and_where_it_stands(seed: int) -> None:
    random = Random(seed)
    number = ids.any_id_number(random)
    if random.random() < 0.9:
        while number[:2] == "91":
            number = ids.any_id_number(random)
        middle = dressed(random, number)
    else:
        middle = number
    before, after = chinese(random), chinese(random)
    text = before + middle + after
    (finding,) = found(text)
    assert (finding.kind, finding.confidence) == (Kind.ID_NUMBER, EXACT)
    assert text[finding.start : finding.end] == middle.strip("\u200b")
    assert finding.value == plain(middle) == number


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        (ID, "", EXACT),
        (ID, "身份证号", EXACT),
        (ID, "身 份 证\n号 码", EXACT),
        (ID, "公民身份号码", EXACT),
        (ID, "承包方编码", DOUBTFUL),
        (ID, "统一社会信用代码", DOUBTFUL),
        (ID, "项目编号", DOUBTFUL),
        (ID, "承包方编码/身份证号", EXACT),
        (f"承包方编码：{ID}", "", DOUBTFUL),
        (f"承包方编码（18位）：{ID}", "", DOUBTFUL),
        (f"承包方编码：{ID}", "身份证号", DOUBTFUL),
        (f"身份证号：{ID}", "承包方编码", EXACT),
        (f"承包方编码甲，身份证号{ID}", "", EXACT),
        (f"承包方身份证编号：{ID}", "", EXACT),
        (f"证件号码（户主）：{ID}", "备注", EXACT),
        (f"| 序号 | 承包方编码 |\n| --- | --- |\n| 1 | {ID} |", "", DOUBTFUL),
        (f"| 序号 | 身份证号 |\n| --- | --- |\n| 1 | {ID} |", "", EXACT),
        (f"序号\t承包方编码\n1\t{ID}\n", "", DOUBTFUL),
        (f"序号  姓名  承包方编码  面积\n1  甲某  {ID}  3.2\n", "", DOUBTFUL),
        (f"序号  姓名  承包方编码  身份证号\n1  甲某  无  {ID}\n", "", EXACT),
        (f"承包方编码 承包方代表 面积（亩） 四至\n{ID} 王建国 3.2 南至沟\n", "", DOUBTFUL),
        (f"序号 姓名 身份证号 备注\n1 王建国 {ids.wrong_id_number()}\n", "", EXACT),
        (f"姓名 金额 联系电话 身份证号\n王建国 共 30 元 0000-5550101 {ids.wrong_id_number()}\n", "", EXACT),
        (f"{ID}43", "", EXACT),
        (f"{ID}43B1", "", EXACT),
        (f"{ID}99", "残疾人证号", EXACT),
        (f"G{ID}", "", EXACT),
        (f"第1号{ID}A", "", EXACT),
        (f"7{ID}", "证件号码", EXACT),
        (f"https://example.com/query?id={ID}", "", EXACT),
        (f"({ID})", "", EXACT),
        (f"1.{ID}", "", EXACT),
        (f"{ID}①", "", EXACT),
        (f"①{ID}", "", EXACT),
        (f"{ID}.00", "", CONTEXT),
        (ids.wrong_id_number(), "身份证号码", EXACT),
        (f"身份证号：{ids.wrong_id_number()}", "", EXACT),
        (ID[:15] + "000", "身份证号", EXACT),
        ("3.70828200201010E+17", "身份证号", EXACT),
        ("3.70828200201010E+17", "公民身份号码", EXACT),
        (ID[:-1], "身份证号", CONTEXT),
        (ID[:9] + "0" + ID[9:], "身份证号", None),
        ("37082820029901000", "身份证号", None),
        (ids.old_id_number(), "身份证号", EXACT),
        (f"身份证{ids.old_id_number()}", "", EXACT),
        (ids.old_id_number(), "", CONTEXT),
        (ids.old_id_number(), "注册号", None),
        (f"{ids.old_id_number()}元", "", None),
        (f"{ids.old_id_number()}.50", "", None),
        (ids.old_id_number("999999"), "身份证号", None),
        (f"{ID[:14]}****", "身份证号", CONTEXT),
        (f"身份证号：{ID[:12]}******", "", CONTEXT),
        (f"{ID[:14]}****", "", None),
        (f"{ID[:6]}********{ID[14:]}", "身份证号", None),
        (f"{ID[:6]}XXXXXXXX{ID[14:]}", "身份证号", None),
        (f"{ID[:6]}****{ID[14:]}", "身份证号", None),
        (f"{ID[:6]}20******{ID[14:]}", "身份证号", None),
        ("******************", "身份证号", None),
        ("", "身份证号", None),
        (f"7{ID}", "", None),
        (f"{ID}99", "", None),
        (f"{ID}0000", "", None),
        (ids.wrong_id_number(), "", None),
        (ids.wrong_id_number(), "承包方编码", None),
    ],
)
def test_id_numbers_and_what_is_said_of_them(text: str, heading: str, expected: Confidence | None) -> None:
    of_ids = [f for f in found(text, heading) if f.kind is Kind.ID_NUMBER]
    assert [finding.confidence for finding in of_ids] == ([expected] if expected else [])


def test_an_id_number_that_adds_up_as_a_credit_code_of_no_region_is_one() -> None:
    codes = (ids.uscc("4211261980", f"0804{n:03}") for n in range(1000))
    mistyped = next(code for code in codes if code.isdigit() and not is_citizen_number(code))
    assert kinds(mistyped, "身份证号") == [(Kind.ID_NUMBER, EXACT)]


def test_a_card_in_a_list_begins_after_the_id_number() -> None:
    card, number = ids.bank_card(Random(3), "622848"), f"{ID[:6]} {ID[6:14]} {ID[14:]}"
    for serial in range(200):
        row = f"{serial} 王建国 {number} {card[:6]} {card[6:]} 1.29 86-138 1234 5678"
        values = [f.value for f in found(f"序号 姓名 身份证号 开户账号 金额 电话\n{row}\n")]
        assert values == [ID, card, "138" + "12345678"]
        card = ids.bank_card(Random(serial), "622848")


def test_two_people_are_two_findings() -> None:
    other = ids.id_number(born="19491001", serial="123")
    assert [f.value for f in found(f"{ID}、{other}")] == [ID, other]
    assert [f.value for f in found(f"{ID} {other}")] == [ID, other]
    assert kinds(f"承包方编码：{ID}、{other}") == [(Kind.ID_NUMBER, DOUBTFUL)] * 2


def test_a_credit_code_that_passes_as_an_id_number_is_asked_about_only_if_both_regions_exist() -> None:
    def both(front: str) -> str:
        codes = (ids.uscc(front, f"{year:02}0101{n:03}") for year in range(100) for n in range(1000))
        return next(code for code in codes if is_citizen_number(code))

    assert not found(both("11310120"))
    assert kinds(both("11310120"), "身份证号") == [(Kind.ID_NUMBER, EXACT)]


# ---- bank cards


CARD = ids.bank_card(Random(7))
FOREIGN = ids.bank_card(Random(1), "4", 16)
FOUR_FOURS = " ".join(FOREIGN[at : at + 4] for at in range(0, 16, 4))


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        (CARD, "", (Kind.BANK_CARD, EXACT)),
        (CARD, "一卡通账号", (Kind.BANK_CARD, EXACT)),
        (CARD, "地块编码", None),
        (CARD, "订单号", None),
        (f"地块编码：{CARD}", "", None),
        (f"{CARD}.00", "", None),
        (f"ZB{CARD}", "", None),
        (f"https://example.com/{CARD}.html", "", None),
        (" ".join(CARD[at : at + 4] for at in range(0, 19, 4)), "", (Kind.BANK_CARD, EXACT)),
        ("-".join(CARD[at : at + 4] for at in range(0, 19, 4)), "", (Kind.BANK_CARD, EXACT)),
        (CARD[:10] + "\n" + CARD[10:], "", (Kind.BANK_CARD, EXACT)),
        (f"王建国 {CARD[:16]}\n{CARD[16:]} 120.50", "", (Kind.BANK_CARD, EXACT)),
        (f'{{"bankNo": "{CARD}"}}', "", (Kind.BANK_CARD, EXACT)),
        (CARD.translate(ids.FULL_WIDTH), "", (Kind.BANK_CARD, EXACT)),
        ("\u200b".join(CARD), "", (Kind.BANK_CARD, EXACT)),
        (" ".join(CARD), "", (Kind.BANK_CARD, EXACT)),
        (f"{CARD[:6]} {CARD[6:10]} {CARD[10:14]} {CARD[14:]}", "", (Kind.BANK_CARD, EXACT)),
        (f"{CARD[:2]} {CARD[2:4]} {CARD[4:9]} {CARD[9:]}", "", None),
        (f"{CARD[:2]} {CARD[2:4]} {CARD[4:9]} {CARD[9:]}", "银行卡号", (Kind.BANK_CARD, EXACT)),
        (f"3,王建国,{CARD},120.50", "", (Kind.BANK_CARD, EXACT)),
        (f"3,{CARD},12", "", (Kind.BANK_CARD, EXACT)),
        (f"王建国_{CARD}_存折.jpg", "", (Kind.BANK_CARD, EXACT)),
        (ids.bank_card(Random(1), "95", 19), "", None),
        (ids.bank_card(Random(1), "95", 19), "银行卡号", (Kind.BANK_CARD, EXACT)),
        (ids.bank_card(Random(1), "436742", 19), "", (Kind.BANK_CARD, CONTEXT)),
        (ids.bank_card(Random(1), "4", 16), "", None),
        (ids.bank_card(Random(1), "4", 16), "卡号", (Kind.BANK_CARD, EXACT)),
        (FOUR_FOURS, "", (Kind.BANK_CARD, CONTEXT)),
        (f"2653 {FOUR_FOURS} 3838", "", None),
        (ids.bank_card(Random(1), "95", 19), "投标保证金缴款账号", None),
        (ids.without_luhn(Random(7)), "", None),
        ("A12345678", "社保卡号", (Kind.BANK_CARD, CONTEXT)),
        ("A12345678", "", None),
        ("6222********1234", "银行卡号", None),
    ],
)
def test_bank_cards(text: str, heading: str, expected: tuple[Kind, Confidence] | None) -> None:
    assert kinds(text, heading) == ([expected] if expected else [])


@settings(max_examples=500)
@given(st.integers(0, 2**32), st.sampled_from([16, 17, 18, 19]))
def test_any_card_of_union_pay_is_found_bare(seed: int, length: int) -> None:
    random = Random(seed)
    card = ids.bank_card(random, "62", length)
    (finding,) = found(chinese(random) + card + chinese(random))
    assert finding.confidence is EXACT and finding.value == card
    assert finding.kind is Kind.BANK_CARD or is_citizen_number(card)


# ---- mobile numbers


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138-1234-5678",
        "138 1234 5678",
        "+86 138 1234 5678",
        "+8613812345678",
        "86-13812345678",
        "008613812345678",
        "１３８１２３４５６７８",
        "tel:13812345678",
        "1381234 5678",
        "张三13812345678",
        "13812345678（微信同号）",
        "0000-5550101/13812345678",
        "①13812345678",
        "1.13812345678",
        "3,王建国,13812345678,120.50",
        "3,13812345678,0.5",
        "王建国_13812345678.jpg",
        "咨询面积和金额请拨打13812345678",
    ],
)
def test_a_mobile_number_is_found_and_a_public_one_is_not(text: str) -> None:
    assert kinds(text) == [(Kind.MOBILE, EXACT)]
    assert found(text)[0].value == "13812345678" and found(text)[0].sample == "138****5678"
    assert not found(text, known=Known(contacts=frozenset({"13812345678"})))


def test_three_numbers_of_a_row_only_seem_to_be_a_mobile_number() -> None:
    (finding,) = found("一组\n水泥路 156 2340 1170\n合计")
    assert (finding.kind, finding.confidence) == (Kind.MOBILE, CONTEXT)
    (finding,) = found("请拨打156 2340 1170。")
    assert finding.confidence is EXACT


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("13812345678", "编号"),
        ("13812345678", "序号"),
        ("项目编号13812345678", ""),
        ("13812345678元", ""),
        ("13812345678.50", ""),
        ("116.13812345678", ""),
        ("t20260105_13812345678.html", ""),
        ("ZB13812345678", ""),
        ("138****5678", "手机号码"),
        ("113812345678", ""),
        ("138123456789", ""),
        ("https://example.com/t13812345678.html", ""),
        ("https://example.com/13812345678", ""),
        ("2026-01-05 13:30", ""),
    ],
)
def test_what_is_no_mobile_number(text: str, heading: str) -> None:
    assert not found(text, heading)


def test_contact_lines_become_known_contacts() -> None:
    line = "办公室 0537-1234567，值班手机138-0000-1111、＋86 13900002222；电子邮箱：Zhen@Example.com"
    assert contacts_in(line) == {"05371234567", "13800001111", "13900002222", "zhen@example.com"}
    assert normal_phone("+86 138-0000-1111") == "13800001111"
    assert normal_phone("（0537）1234567") == "05371234567"


# ---- by the words around


@pytest.mark.parametrize(
    ("text", "heading", "row", "expected", "sample"),
    [
        ("账号：12345678901234", "", "", Kind.ACCOUNT, "***1234"),
        ("存折账号 10-200300400500", "", "", Kind.ACCOUNT, "***0500"),
        ("123 456 789 0123", "存折号", "王建国", Kind.ACCOUNT, "***0123"),
        ("123456789012345", "银行账号", "王建国 桐树湾村民委员会三组", Kind.ACCOUNT, "***2345"),
        ("1.23456789012E+18", "银行账号", "王建国", Kind.ACCOUNT, "***9012"),
        (ids.without_luhn(Random(7)), "银行卡号", "", Kind.ACCOUNT, None),
        ("护照号：E12345678", "", "", Kind.PERMIT, "E***78"),
        ("H1234567890", "港澳居民来往内地通行证号码", "", Kind.PERMIT, "H***90"),
        ("军官证：军字第1234567号", "", "", Kind.PERMIT, None),
        ("车牌号鲁H12345", "", "", Kind.PLATE, "鲁H***"),
        ("鲁Ｈ·Ｄ１２３４５", "", "", Kind.PLATE, "鲁H***"),
        ("家庭住址：永澜县三棠镇桐树湾村三组15号", "", "", Kind.ADDRESS, "永澜县三棠镇桐树湾村…"),
        ("三棠镇解放路88号2单元301室", "现住址", "", Kind.ADDRESS, "三棠镇解放路…"),
        ("地点在阳光小区3号楼2单元501室", "", "", Kind.ADDRESS, None),
        ("住三棠村2组15号", "", "", Kind.ADDRESS, None),
        ("被告王建国，男，住永澜县三棠镇西街12号，汉族", "", "", Kind.ADDRESS, None),
        ("| 姓名 | 家庭住址 |\n| --- | --- |\n| 王建国 | 三棠镇东河村123号 |", "", "", Kind.ADDRESS, None),
        ("zhang.san@qq.com", "", "", Kind.ONLINE, "z***@qq.com"),
        ("ＱＱ：１２３４５６７８９", "", "", Kind.ONLINE, "1***"),
        ("123456789", "QQ号码", "", Kind.ONLINE, "1***"),
        ("微信号：zhangsan_123", "", "", Kind.ONLINE, "z***"),
        ("尿毒症", "患病情况", "3 王建国 三组", Kind.SENSITIVE, "患病情况"),
        ("肢体二级", "残疾类别", "李*芳 三组", Kind.SENSITIVE, "残疾类别"),
        ("因病", "主要致贫原因", "欧阳小梅", Kind.SENSITIVE, "主要致贫原因"),
        ("佛教", "宗教信仰", "王建国", Kind.SENSITIVE, "宗教信仰"),
        ("张小红", "学生姓名", "三年级", Kind.SENSITIVE, "学生姓名"),
        ("三棠镇中心小学", "就读学校", "王建国 张小红", Kind.SENSITIVE, "就读学校"),
        ("2015-03-04", "出生日期", "王建国", Kind.SENSITIVE, "出生日期"),
        ("| 姓名 | 病种 |\n| --- | --- |\n| 王建国 | 尿毒症 |", "", "", Kind.SENSITIVE, "病种"),
        ("村民王建国因病致贫，申请救助。", "", "", Kind.SENSITIVE, "致贫原因"),
        ("姓名 病种 金额\n王建国 肺结核 340\n", "", "", Kind.SENSITIVE, "病种"),
        ("致贫原因：缺劳动力，户主王建国，3口人。", "", "", Kind.SENSITIVE, "致贫原因"),
        ("王建国因乙肝住院，自付费用1200元。", "", "", Kind.SENSITIVE, "疾病"),
        ("王建国有犯罪前科。", "", "", Kind.SENSITIVE, "犯罪"),
        ("王建国，男，身患尿毒症多年。", "", "", Kind.SENSITIVE, "疾病"),
        ("肢体二级残疾人李秀英每月补贴100元。", "", "", Kind.SENSITIVE, "残疾等级"),
        ("内部资料", "", "", Kind.INTERNAL, "内部资料"),
        ("关于三棠镇维稳工作的情况（内部资料 注意保存）", "", "", Kind.INTERNAL, None),
        ("【内部文件，不得外传】", "", "", Kind.INTERNAL, None),
        ("三棠镇道路养护办法（征求意见稿）", "", "", Kind.DRAFT, "征求意见稿"),
        ("# 三棠镇道路养护办法（送审稿）\n\n第一条", "", "", Kind.DRAFT, "送审稿"),
        ("附件：三棠镇道路养护办法（讨论稿）.docx", "", "", Kind.DRAFT, "讨论稿"),
        ("征求意见稿", "", "", Kind.DRAFT, "征求意见稿"),
    ],
)
def test_found_by_the_words_around(
    text: str, heading: str, row: str, expected: Kind, sample: str | None
) -> None:
    (finding,) = found(text, heading, row)
    assert finding.kind is expected
    assert finding.confidence is (EXACT if expected is Kind.PLATE else CONTEXT)
    assert sample is None or finding.sample == sample


@pytest.mark.parametrize(
    "text",
    [
        "秘密★1年",
        "机密★",
        "绝 密 ★ 长期",
        "　机　密　",
        "密级：秘密",
        "【机密】关于某事的报告",
        "秘密★启用前",
        "绝密☆10年",
    ],
)
def test_markings_of_secrecy(text: str) -> None:
    assert kinds(text) == [(Kind.SECRET, EXACT)]
    assert kinds(f"三棠镇人民政府\n{text}\n关于某事的报告") == [(Kind.SECRET, EXACT)]


# ---- the innocents

INNOCENT = [
    ("国家秘密、商业秘密和个人隐私不予公开。", ""),
    ("依照保守国家秘密法，国家秘密标志为“机密★1年”字样。", ""),
    ("密级：绝密□ 机密□ 秘密□", ""),
    ("属于工作秘密、内部资料的，不予公开；内部资料室在二楼。", ""),
    ("关于《三棠镇道路养护办法（征求意见稿）》公开征求意见的公告", ""),
    ("请对征求意见稿提出修改意见。", ""),
    ("三棠镇2026年财政预算（草案）", ""),
    ("三棠镇2025年预算执行情况和2026年预算草案的报告", ""),
    ("会议审议村规民约修订草案", ""),
    ("残疾人两项补贴的标准与残疾等级有关，一级肢体残疾每人每月100元。", ""),
    ("对因病致贫、因残致贫的家庭，符合条件的纳入低保。", ""),
    ("患有尿毒症、白血病等重大疾病的患者可以申请医疗救助。", ""),
    ("刑满释放人员、社区矫正对象、吸毒人员的帮教由司法所负责。", ""),
    ("| 姓名 | 身份证号 | 病种 |\n| --- | --- | --- |\n|  |  |  |\n|  |  |  |", ""),
    ("| 残疾等级 | 补贴标准 |\n| --- | --- |\n| 一级 | 100元 |\n| 二级 | 80元 |", ""),
    ("无", "病种"),
    ("***", "病种"),
    ("健康", "健康状况"),
    ("张*", "学生姓名"),
    ("办公地址：永澜县三棠镇棠园路1号办公楼二楼", ""),
    ("永澜县三棠镇桐树湾村三组", "家庭住址"),
    ("桐树湾村3组5号机井维修工程", ""),
    ("三棠镇便民服务中心3号楼2单元501室", "办公地址"),
    ("本村住在集镇的有12户，其余住在村里。", ""),
    ("永三府发〔2026〕12号", ""),
    ("鲁政发〔2026〕5号、鲁H2026001号", ""),
    ("京ICP备20260105号-1 京公网安备11010502000001号", ""),
    ("增值电信业务经营许可证 京B2-20041234", ""),
    ("微信公众号：santang_gov，QQ群：123456789", ""),
    ("工作邮箱：gongkai@santang.gov.cn", ""),
    ("缴款账户：123456789012345，开户行三棠农商行", ""),
    ("户名：三棠镇财政所\n账号：123456789012345", ""),
    ("123456789012345", "对公账户"),
    ("6222 **** **** 1234", "银行卡号"),
    ("监督电话0537-1234567，(0537)1234568，12345、12317、12388、12315、12348、110、400-800-8000", ""),
    ("2026年1月5日 20260105 2026-01-05 2026.1.5 2026/01/05 20260105093000", ""),
    ("补贴资金1,378,794.93元，合计123456789012.00元，12345678901234567.89", ""),
    ("35.123456789012345, 116.370828200201", ""),
    ("ISBN 978-7-5092-1234-5 9787509212345", ""),
    ("网站标识码3708280001 政府网站标识码：4303000006", ""),
    ("https://www.example.gov.cn/art/2026/1/5/art_63224_13812345678901234.html?id=13812345678", ""),
    ("索引号：11370828MB28000000/2026-00012 000014349/2017-00110 4303000006/2026-1415749", ""),
    ("113708280043326001/2024-02411", "索引号"),
    ("1137082800" + "43326001", "统一社会信用代码"),
    ("1137082800" + "43326001", ""),
    ("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", ""),
    ("VGhpcyBpcyAxMzgxMjM0NTY3OCBiYXNlNjQgdGV4dCAxMjM0NTY3ODkwMTIzNDU2Nzg5MA==", ""),
    ("550e8400-e29b-41d4-a716-446655440000", ""),
    ("不动产单元号370828003015GB00023F00010001", ""),
    ("宗地代码370828003015JC00023", ""),
    ("370828003015", "统计用区划代码"),
    ("项目编号：SDGP370828202602000012", ""),
    ("持护照或通行证办理，有效期至20261231", ""),
    ("社保基金账户1234567890.50元", ""),
    ("快递单号 75123456789012 SF1234567890123", ""),
    ("卡号尾号：1234\n备注：0537-1234567", ""),
    ("物联网卡号：" + "898600" + "12345678901234", ""),
    ("村民王建国，住房公积金按住建部门3号令执行", ""),
    ("投标保证金缴款账号\t金额\n12345678901234567\t100\n", ""),
    ("发票代码 037002600111 发票号码 26372000000012345678", ""),
]


@pytest.mark.parametrize(("text", "heading"), INNOCENT)
def test_the_innocent_are_left_alone(text: str, heading: str) -> None:
    assert not [(finding.kind, finding.sample, finding.word) for finding in found(text, heading)]


def test_public_addresses_and_mail_are_known() -> None:
    known = Known(contacts=contacts_in("zhen@163.com"), addresses=frozenset({"三棠镇解放路8号"}))
    assert found("住址：三棠镇解放路8号") and not found("住址：三棠镇解放路8号", known=known)
    assert found("Zhen@163.com") and not found("Zhen@163.com", known=known)


def look_alike(random: Random) -> tuple[str, str]:
    """A number that is nobody's, and the heading it stands under, if any."""
    number = random.randrange
    year, serial = number(2018, 2030), f"{number(99999):05}"
    day = f"{number(1, 13):02}{number(1, 29):02}"
    amount = f"{number(10**11)}.{number(100):02}"
    land = "370828" + ids.digits(random, 13)
    return random.choice(
        [
            (ids.any_uscc(random, random.choice(["11", "12", "51", "91", "92", "N1", "N2", "N3"])), ""),
            (ids.any_uscc(random, random.choice(["11", "12", "52"]), "0123456789"), "统一社会信用代码"),
            (f"{ids.any_uscc(random, '11')}/{year}-{serial}", "索引号"),
            (f"永三府发〔{year}〕{number(1, 200)}号", ""),
            (f"0{number(10, 1000)}-{number(2000000, 89999999)}", ""),
            (f"{year}{day}", ""),
            (amount, ""),
            (f"{number(1, 999)},{number(100, 999)},{number(100, 999)}.{number(10, 99)}元", ""),
            (ids.digits(random, 10), ""),
            (land, "地块编码"),
            (f"地块编码：{land}", ""),
            ("9" + land[:11] + "GB" + ids.digits(random, 5) + "F" + ids.digits(random, 8), ""),
            ("370828" + ids.digits(random, 8), "发包方编码"),
            (ids.digits(random, 12), "区划代码"),
            ("".join(random.choice("0123456789abcdef") for _ in range(64)), ""),
            (f"1{ids.digits(random, 10)}", random.choice(["编号", "序号", "户编号", "合同编号", "金额"])),
            (f"https://www.example.cn/{year}/t{year}{day}_{ids.digits(random, 11)}.html", ""),
            (f"{number(73, 135)}.{ids.digits(random, 9)},{number(18, 53)}.{ids.digits(random, 9)}", ""),
            ("978" + ids.digits(random, 10), ""),
            (f"XM{year}{day}{ids.digits(random, 4)}", "项目编号"),
            (
                random.choice(["******************", "370828********0003", "138****5678", "6222****1234"]),
                "证件号码",
            ),
        ]
    )


@settings(max_examples=3000)
@given(st.integers(0, 2**32))
def test_look_alikes_are_left_alone(seed: int) -> None:
    random = Random(seed)
    text, heading = look_alike(random)
    assert not [(text, finding.kind, finding.confidence) for finding in found(text, heading)]
    around = f"公开{'' if not heading else heading + '：'}{text}。"
    assert not [(around, finding.kind) for finding in found(around) if not heading or ":" not in heading]


# ---- whatever stands there


ANYTHING = st.text(
    st.one_of(
        st.sampled_from(
            "0123456789Xx-—· \n\t|:：*★（）()@.号卡证账户身份编码手机住址村组室密秘机绝稿草案病残"
        ),
        st.sampled_from("\u200b\u00ad\ufeff\u3000３７０８①③\ud800𝟑𝟕"),
        st.characters(),
    ),
    max_size=120,
)


@settings(max_examples=1500)
@given(ANYTHING, ANYTHING, ANYTHING)
def test_no_text_makes_it_stumble(text: str, heading: str, row: str) -> None:
    for finding in found(text, heading, row):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.value and finding.sample


def private(random: Random) -> tuple[str, str, str]:
    """Something private under its heading, and in a row with a name."""
    return random.choice(
        [
            (ids.any_id_number(random), "身份证号", "王建国"),
            (ids.bank_card(random), "银行卡号", "王建国"),
            (ids.digits(random, 15), "存折账号", "王建国"),
            (ids.mobile(random), "手机号码", "王建国"),
            (f"E{ids.digits(random, 8)}", "护照号码", "王建国"),
            (f"鲁H{ids.digits(random, 5)}", "车牌", "王建国"),
            (f"三棠镇桐树湾村三组{random.randint(1, 99)}号", "家庭住址", "王建国"),
            (f"{ids.digits(random, 9)}@qq.com", "邮箱", "王建国"),
            (f"wang_{ids.digits(random, 6)}", "微信号", "王建国"),
            ("尿毒症", "病种", "王建国"),
        ]
    )


@settings(max_examples=400)
@given(st.integers(0, 2**32))
def test_nothing_shown_of_a_finding_holds_it_and_a_mask_hides_it(seed: int) -> None:
    text, heading, row = private(Random(seed))
    (finding,) = found(text, heading, row)
    for shown in (finding.sample, finding.word, repr(finding), str(finding)):
        assert finding.value not in shown and text not in shown
    hidden = masked(finding.kind, text[finding.start : finding.end])
    assert hidden != text and not found(hidden, heading, row)


@pytest.mark.parametrize(
    ("kind", "text", "published"),
    [
        (Kind.ID_NUMBER, ID, f"{ID[:6]}********{ID[14:]}"),
        (Kind.ID_NUMBER, ids.id_number(serial="001"), f"{ID[:6]}********{ids.id_number(serial='001')[14:]}"),
        (Kind.ID_NUMBER, f"{ID[:6]} {ID[6:14]} {ID[14:]}", f"{ID[:6]} ******** {ID[14:]}"),
        (Kind.ID_NUMBER, f"{ID[:6]}\u200b{ID[6:]}", f"{ID[:6]}********{ID[14:]}"),
        (Kind.ID_NUMBER, ids.old_id_number(), "370828******001"),
        (Kind.MOBILE, "138-1234-5678", "138-****-5678"),
        (Kind.MOBILE, "１３８１２３４５６７８", "１３８＊＊＊＊５６７８"),
        (Kind.BANK_CARD, "6222 0212 3456 7890", "**** **** **** 7890"),
        (Kind.ACCOUNT, "12345678901234", "**********1234"),
        (Kind.ADDRESS, "三棠镇桐树湾村三组15号", "三棠镇桐树湾村三组***"),
        (Kind.PLATE, "鲁H12345", "鲁H*****"),
        (Kind.ONLINE, "zhang@qq.com", "z***@qq.com"),
        (Kind.SENSITIVE, "尿毒症", "***"),
    ],
)
def test_the_published_forms(kind: Kind, text: str, published: str) -> None:
    assert masked(kind, text) == published


@pytest.mark.parametrize("kind", [Kind.SECRET, Kind.INTERNAL, Kind.DRAFT])
def test_a_marking_is_nothing_to_mask(kind: Kind) -> None:
    assert kind not in MASKABLE
    with pytest.raises(ValueError, match="cannot be masked"):
        masked(kind, "秘密")


HOSTILE = [
    *(
        "1 ",
        "1\n",
        "1 9 2 0 卡\n",
        "证1\n",
        "草案",
        "（草案）",
        "秘密★ ",
        f"{ID}\t",
        f"{ID}|",
        "a@",
        "住在1",
        "1\u200b",
    ),
    *(
        "病因病致贫",
        "村1组1号",
        "微信：a",
        "3X",
        "1" * 999 + "住",
        "1" + " " * 99,
        "https://1",
        "123**证",
        "（证",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE, ids=range(len(HOSTILE)))
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Quadratic in any of them, 60,000 characters take minutes; the limit is far above what they take."""
    text = (piece * (60_000 // len(piece) + 1))[:60_000]
    begun = perf_counter()
    found(text)
    found(f"序号 {text}\n1 {text}")
    found("", text, text)
    assert perf_counter() - begun < 5
