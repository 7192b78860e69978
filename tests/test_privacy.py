"""What is private is found, in any dress; what only looks like it is left alone; nothing of it is shown."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import identifiers as ids
from noticeboard.privacy.checks import is_citizen_number, is_uscc
from noticeboard.privacy.finding import Confidence, Finding, Kind
from noticeboard.privacy.fold import fold
from noticeboard.privacy.known import contacts_in, normal_phone
from noticeboard.privacy.scan import Known, scan
from noticeboard.readers.passage import Passage

EXACT, CONTEXT, DOUBTFUL = Confidence.EXACT, Confidence.CONTEXT, Confidence.DOUBTFUL
NOTHING = Known()
#: The number of the issue, from its parts.
ID = ids.id_number("370828", "20020101", "000")
WORDS = "经村民代表会议讨论，现将名单公示如下。三组户主王建国补助金额请监督"


def tried(examples: int) -> settings:
    """The same examples on every machine, and no clock."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


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


@tried(300)
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


@tried(1500)
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
        (CARD.translate(ids.FULL_WIDTH), "", (Kind.BANK_CARD, EXACT)),
        ("\u200b".join(CARD), "", (Kind.BANK_CARD, EXACT)),
        (" ".join(CARD), "", (Kind.BANK_CARD, EXACT)),
        (f"{CARD[:2]} {CARD[2:7]} {CARD[7:]}", "", None),
        (f"{CARD[:2]} {CARD[2:7]} {CARD[7:]}", "银行卡号", (Kind.BANK_CARD, EXACT)),
        (ids.bank_card(Random(1), "95", 19), "", None),
        (ids.bank_card(Random(1), "95", 19), "银行卡号", (Kind.BANK_CARD, EXACT)),
        (ids.bank_card(Random(1), "436742", 19), "", (Kind.BANK_CARD, CONTEXT)),
        (ids.bank_card(Random(1), "4", 16), "", None),
        (ids.bank_card(Random(1), "4", 16), "卡号", (Kind.BANK_CARD, EXACT)),
        (ids.without_luhn(Random(7)), "", None),
        ("A12345678", "社保卡号", (Kind.BANK_CARD, CONTEXT)),
        ("A12345678", "", None),
        ("6222********1234", "银行卡号", None),
    ],
)
def test_bank_cards(text: str, heading: str, expected: tuple[Kind, Confidence] | None) -> None:
    assert kinds(text, heading) == ([expected] if expected else [])


@tried(500)
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
    ],
)
def test_a_mobile_number_is_found_and_a_public_one_is_not(text: str) -> None:
    assert kinds(text) == [(Kind.MOBILE, EXACT)]
    assert found(text)[0].value == "13812345678" and found(text)[0].sample == "138****5678"
    assert not found(text, known=Known(contacts=frozenset({"13812345678"})))


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("13812345678", "编号"),
        ("13812345678", "序号"),
        ("项目编号13812345678", ""),
        ("13812345678元", ""),
        ("13812345678.50", ""),
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
