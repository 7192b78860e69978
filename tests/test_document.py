"""Markdown as clerks write it becomes what they meant."""

from __future__ import annotations

import pytest

from noticeboard.board.document import Renderer, sanitise

MEANT = {
    "table_right_below_a_line": (
        "名单如下：\n| 姓名 | 金额 |\n|---|---:|\n| 甲 | 1 |",
        "<p>名单如下：</p>",
        "<table>",
    ),
    "list_right_below_a_line": ("如下：\n- 甲\n- 乙", "<p>如下：</p>", "<li>乙</li>"),
    "numbered_list_right_below_a_line": ("如下：\n1. 甲\n2. 乙", "<ol>", "<li>乙</li>"),
    "paragraph_indented_by_four_spaces": ("    各位村民：", "<p>各位村民：</p>"),
    "nested_list": ("- 甲\n    - 乙", "<li>甲<ul>", "<li>乙</li>"),
    "signature_block": ("东河村村民委员会\n2026年11月6日", "东河村村民委员会<br>"),
    "second_table_row_is_no_new_table": ("| a | b |\n|--|--|\n| c | d |\n| e | f |", "<td>f</td>"),
    "year_is_no_list": ("公开时间：\n2026. 11. 6", "公开时间：<br>"),
    "headings_follow_the_title": ("### 一、\n\n# 二、", "<h2>一、</h2>", "<h2>二、</h2>"),
    "two_masked_numbers_in_a_paragraph": (
        "138****5678 和 139****1234",
        '<span class="masked">138****5678</span> 和 <span class="masked">139****1234</span>',
    ),
    "masked_names_in_a_paragraph": ("张*三、李*四、王**、赵** 领取", "张*三、李*四、王**、赵** 领取"),
    "short_masks_and_names": (
        "账户***6039，联系人张*三、李*英。卡号***6039和***6040。张某*、李某*。",
        '账户<span class="masked">***6039</span>，联系人张*三、李*英。',
        '<span class="masked">***6039</span>和<span class="masked">***6040</span>。张某*、李某*。',
    ),
    "bold_with_punctuation": ("请看**重点，难点**，*很*好", "<strong>重点，难点</strong>"),
    "emphasis_beside_masks": (
        "请*务必*核对：**尾号****1234**，共**12**户",
        "<em>务必</em>",
        '<strong>尾号<span class="masked">****1234</span></strong>',
        "<strong>12</strong>户",
    ),
    "bold_that_ends_in_a_number_with_its_unit": (
        "缴费到**2026年12月31日**止，共**5元**、**A类**。",
        "到<strong>2026年12月31日</strong>止，共<strong>5元</strong>、<strong>A类</strong>。",
    ),
    "bold_numbers": (
        "从**8:00**到**18:00**，**12**户，**268,000元**",
        "从<strong>8:00</strong>到<strong>18:00</strong>，<strong>12</strong>户，<strong>268,000元</strong>",
    ),
    "bold_in_brackets": ("到期（**2026年**）", "（<strong>2026年</strong>）"),
    "masked_names_beside_bold_days": (
        "到**2026年**止，张**领取，李**、王**。",
        "到<strong>2026年</strong>止，张**领取，李**、王**。",
    ),
    "a_masked_name_behind_its_number": ("1张**、2李**、3王**。", "1张**、2李**、3王**。"),
    "masked_names_after_what_is_left_open": ("甲 王**（5组）、李**。", "王**（5组）、李**。"),
    "names_masked_in_the_middle": (
        "王*三，尾号 ****1234，卡号1234****",
        "王*三，尾号 <span",
        "****1234</span>",
    ),
    "a_mask_in_a_picture_is_no_tag": ("![138****5678](a.png)", 'alt="138****5678"'),
    "amounts_stay_right": ("| 金额 |\n|---:|\n| 1 |", '<td align="right">1</td>'),
}


@pytest.mark.parametrize("case", MEANT.values(), ids=MEANT)
def test_it_is_set_as_it_was_meant(case: tuple[str, ...]) -> None:
    text, *expected = case
    html = sanitise(Renderer().raw(text), lambda link, picture: link).html.replace("\n", "")
    for part in expected:
        assert part in html
    assert html.count("<table>") <= 1
