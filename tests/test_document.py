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
    "amounts_stay_right": ("| 金额 |\n|---:|\n| 1 |", '<td align="right">1</td>'),
}


@pytest.mark.parametrize("case", MEANT.values(), ids=MEANT)
def test_it_is_set_as_it_was_meant(case: tuple[str, ...]) -> None:
    text, *expected = case
    html = sanitise(Renderer().raw(text), lambda link, picture: link).html.replace("\n", "")
    for part in expected:
        assert part in html
    assert html.count("<table>") <= 1
