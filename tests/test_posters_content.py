"""The text of a notice as blocks for paper: everything that the site shows, in its form."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import Folder
from noticeboard.board.document import Renderer, sanitise, text_of
from noticeboard.posters.content import Block, Loss, blocks_of, plain_text, signature_of

RENDERER = Renderer()
PICTURES = {"图.png": "2026/town/图.png", "图.JPG": "2026/town/图.JPG"}
NAMES = ("三棠镇人民政府", "三棠镇老年协会")


def html_of(markdown: str) -> str:
    """Sanitised HTML in which every address stays as written."""
    return sanitise(RENDERER.raw(markdown), lambda link, picture: link).html


def blocks(html: str) -> list[Block]:
    made, losses = blocks_of(sanitise(html, lambda link, picture: link).html, PICTURES, {})
    assert losses == []
    return made


def of_markdown(markdown: str) -> list[Block]:
    made, losses = blocks_of(html_of(markdown), PICTURES, {})
    assert losses == []
    return made


def words(text: str) -> dict[str, object]:
    return {"t": "s", "v": text}


def p(*parts: object) -> dict[str, object]:
    return {"t": "p", "c": [words(part) if isinstance(part, str) else part for part in parts]}


BR = {"t": "br"}


def grid(table: Block) -> list[list[tuple[str, int, int]]]:
    """A table's cells as text, columns and rows."""
    assert table["t"] == "table"
    return [[(plain_text(c["c"]), c["colspan"], c["rowspan"]) for c in row] for row in table["rows"]]


def is_full(table: Block) -> bool:
    """Every place of a table belongs to exactly one cell."""
    assert table["t"] == "table"
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(table["rows"]):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            place = {(x + dx, y + dy) for dx in range(cell["colspan"]) for dy in range(cell["rowspan"])}
            if place & taken:
                return False
            taken |= place
    return taken == {(x, y) for x in range(table["cols"]) for y in range(len(table["rows"]))}


def tables_in(value: object) -> list[Block]:
    if isinstance(value, dict):
        found = [value] if value.get("t") == "table" else []
        return found + [table for inner in value.values() for table in tables_in(inner)]
    return [table for inner in value for table in tables_in(inner)] if isinstance(value, list) else []


# Lines


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>甲</p>", [p("甲")]),
        ("<p>第一行\n第二行</p>", [p("第一行第二行")]),
        ("<p>第一行\n  second line\n third</p>", [p("第一行 second line third")]),
        ("<p>  甲   乙 </p>", [p("甲 乙")]),
        ("<p>甲<br>乙<br></p>", [p("甲", BR, "乙")]),
        ("<p>　　甲&nbsp;</p><p>&nbsp;</p><p></p>", [p("甲")]),
        ("甲<p>乙</p>丙", [p("甲"), p("乙"), p("丙")]),
        ("<div>甲<div>乙</div>丙</div>", [p("甲"), p("乙"), p("丙")]),
        (
            "<p>甲 <b>乙</b>\n<b>丙</b></p>",
            [p("甲", {"t": "b", "c": [words(" 乙")]}, {"t": "b", "c": [words("丙")]})],
        ),
        ("<p>&lt;b&gt; &amp;amp;</p>", [p("<b> &amp;")]),
        ("<p>电话138****5678</p>", [p("电话138****5678")]),
        ("<p>尾号****12345</p>", [p("尾号****12345")]),
        ("甲<hr>乙", [p("甲"), {"t": "hr"}, p("乙")]),
        (
            "<h1>甲</h1><h4>乙</h4>",
            [{"t": "h", "l": 2, "c": [words("甲")]}, {"t": "h", "l": 3, "c": [words("乙")]}],
        ),
        ("<blockquote><p>甲</p></blockquote>", [{"t": "quote", "c": [p("甲")]}]),
        ("<pre><code>a  b\n c\n</code></pre>", [{"t": "pre", "v": "a  b\n c"}]),
        ("<pre>甲 \n<del>乙</del></pre>", [p("甲 ", BR, {"t": "del", "c": [words("乙")]})]),
        ("<pre>甲<p>乙</p></pre>", [p("甲"), p("乙")]),
        ("<p>甲\ufeff\x7f乙\ufffd</p>", [p("甲乙\ufffd")]),
    ],
)
def test_lines_are_set_as_a_browser_shows_them(html: str, expected: list[object]) -> None:
    assert blocks(html) == expected


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("strong", "b"),
        ("b", "b"),
        ("em", "i"),
        ("i", "i"),
        ("u", "u"),
        ("s", "del"),
        ("del", "del"),
        ("ins", "ins"),
    ]
    + [(tag, tag) for tag in ("sub", "sup", "mark", "small", "code")],
)
def test_styles_of_words_are_kept(tag: str, kind: str) -> None:
    assert blocks(f"<p>甲<{tag}>乙</{tag}></p>") == [p("甲", {"t": kind, "c": [words("乙")]})]


def test_a_style_around_paragraphs_goes_into_each() -> None:
    made = blocks("<del><p>甲</p><ul><li>乙</li></ul></del>")
    struck = {"t": "del", "c": [words("甲")]}
    assert made == [p(struck), {"t": "ul", "items": [[p({"t": "del", "c": [words("乙")]})]]}]


def test_details_are_opened_and_their_summary_stands_first_and_bold() -> None:
    made = blocks("<details><summary>说明</summary>甲<p>乙</p></details>")
    assert made == [p({"t": "b", "c": [words("说明")]}), p("甲"), p("乙")]


# Lists


def test_lists_hold_paragraphs_lists_and_tables() -> None:
    made = blocks(
        "<ol start='3'><li>甲<ul><li>乙</li></ul></li>"
        "<li><p>丙</p><table><tr><td>丁</td></tr></table></li></ol>"
    )
    assert made[0]["t"] == "ol" and made[0]["start"] == 3
    first, second = made[0]["items"]
    assert first == [p("甲"), {"t": "ul", "items": [[p("乙")]]}]
    assert second[0] == p("丙") and second[1]["t"] == "table"


def test_what_stands_in_a_list_and_in_no_item_is_kept() -> None:
    made = blocks("<ul><li>甲</li><ul><li>乙</li></ul>丙</ul>")
    first = [p("甲"), {"t": "ul", "items": [[p("乙")]]}]
    assert made == [{"t": "ul", "items": [first, [p("丙")]]}]


def test_terms_have_their_meanings() -> None:
    made = blocks("<dl><dt>甲</dt><dd>乙</dd><div><dt>丙</dt><dd><p>丁</p></dd></div></dl>")
    assert made == [
        {
            "t": "dl",
            "items": [{"term": [words("甲")]}, {"c": [p("乙")]}, {"term": [words("丙")]}, {"c": [p("丁")]}],
        }
    ]


# Pictures, links, footnotes


def test_pictures_stand_in_lines_and_alone() -> None:
    alone = {"t": "img", "src": "2026/town/图.png", "alt": "水管", "w": 300, "h": None}
    made = blocks('<p><img src="图.png" alt="水管" width="300"></p><p>甲<img src="图.JPG">乙</p>')
    within = {"t": "img", "src": "2026/town/图.JPG", "alt": "", "w": None, "h": None}
    assert made == [alone, p("甲", within, "乙")]


def test_a_figure_has_its_caption_below_and_one_written_first_stays_first() -> None:
    picture = {"t": "img", "src": "2026/town/图.png", "alt": "", "w": None, "h": None}
    assert blocks('<figure><img src="图.png"><figcaption>甲</figcaption></figure>') == [
        {"t": "figure", "c": [picture], "caption": [words("甲")]}
    ]
    assert blocks('<figure><figcaption>甲</figcaption><img src="图.png"></figure>') == [
        {"t": "figure", "c": [p("甲"), picture], "caption": []}
    ]


@pytest.mark.parametrize(("source", "kind"), [("图.bmp", "picture-kind"), ("无.png", "picture-missing")])
def test_a_picture_that_cannot_be_set_is_a_loss(source: str, kind: str) -> None:
    made, losses = blocks_of(f'<p>甲<img src="{source}" alt="水管"></p>', {"图.bmp": "2026/town/图.bmp"}, {})
    assert (made, losses) == ([p("甲")], [Loss(kind, source)])


def test_links_say_on_paper_where_they_lead() -> None:
    html = '<p><a href="https://a.example/x">办法</a><a href="../0002/">通知</a><a href="#fn:9">九</a></p>'
    made, losses = blocks_of(html, {}, {"https://a.example/x": "a.example/x", "../0002/": ""})
    abroad = {"t": "a", "href": "https://a.example/x", "c": [words("办法")], "shown": "a.example/x"}
    home = {"t": "a", "href": None, "c": [words("通知")], "shown": ""}
    assert (made, losses) == ([p(abroad, home, "九")], [])


def test_the_address_of_a_link_is_never_lost_without_a_word() -> None:
    dial = '<a href="tel:0000-5550000">0000-5550000</a>'
    html = f'<p><a href="https://a.example/x">办法</a>{dial}<a href="../2/">二</a></p>'
    made, losses = blocks_of(html, {}, {})
    assert [link["shown"] for link in made[0]["c"]] == ["https://a.example/x", "", ""]  # type: ignore[typeddict-item]
    assert losses == [Loss("link", "../2/")]


def test_footnotes_are_numbered_and_their_arrows_left_out() -> None:
    made = of_markdown("甲[^a]乙[^b]，再见[^a]。\n\n[^a]: 注一\n[^b]: 注二\n\n    又一段\n")
    assert made == [
        p("甲", {"t": "ref", "n": "1"}, "乙", {"t": "ref", "n": "2"}, "，再见", {"t": "ref", "n": "1"}, "。"),
        {"t": "notes", "items": [{"n": "1", "c": [p("注一")]}, {"n": "2", "c": [p("注二"), p("又一段")]}]},
    ]


def test_a_footnote_mark_without_its_note_stays_a_number() -> None:
    made = blocks('<p>甲<sup id="fnref:x"><a class="footnote-ref" href="#fn:x">1</a></sup></p>')
    assert made == [p("甲", {"t": "sup", "c": [words("1")]})]


# Tables


def test_a_table_of_markdown_has_a_head_and_sides() -> None:
    table = of_markdown("| 户 | 元 |\n| --- | --: |\n| 甲 | 1 |\n")[0]
    assert table["t"] == "table" and (table["cols"], table["head"], table["caption"]) == (2, 1, None)
    assert [[cell["align"] for cell in row] for row in table["rows"]] == [["", "right"], ["", "right"]]
    assert [cell["th"] for cell in table["rows"][0]] == [True, True]


def test_a_blank_head_is_no_head() -> None:
    table = of_markdown("|  |  |\n| --- | --- |\n| 甲 | 1 |\n")[0]
    assert table["t"] == "table" and (table["head"], len(table["rows"])) == (0, 1)


def test_a_head_of_several_rows_a_foot_and_a_caption() -> None:
    table = blocks(
        "<table><caption>表一</caption><colgroup><col span='2'></colgroup><thead><tr><th rowspan='2'>户</th>"
        "<th colspan='2'>款</th></tr><tr><th>低保</th><th>五保</th></tr></thead>"
        "<tfoot><tr><td>计</td><td>1</td><td>2</td></tr></tfoot>"
        "<tbody><tr><th scope='row'>甲</th><td>1</td><td>2</td></tr></tbody></table>"
    )[0]
    assert table["t"] == "table" and table["caption"] == [words("表一")]
    assert (table["cols"], table["head"]) == (3, 2) and is_full(table)
    assert [row[0][0] for row in grid(table)] == ["户", "低保", "甲", "计"]
    assert [cell["th"] for cell in table["rows"][2]] == [True, False, False]


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ("<tr><th>甲<th>乙<tr><td>1<td>2", 1),
        ("<tr><th rowspan=2>甲<th colspan=2>乙<tr><th>1<th>2<tr><td>1<td>2<td>3", 2),
        ("<tr><th rowspan=2>甲<th>乙<tr><td>1", 0),
        ("<tr><th>甲<td>1<tr><th>乙<td>2", 0),
        ("<tr><th>甲<th>乙", 0),
    ],
)
def test_header_rows_without_a_thead_are_those_on_top(rows: str, head: int) -> None:
    table = blocks(f"<table>{rows}</table>")[0]
    assert table["t"] == "table" and table["head"] == head


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>a<td>b<tr><td>c", [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("", 1, 1)]]),
        ("<tr><td colspan=9999>a<tr><td>b<td>c", [[("a", 2, 1)], [("b", 1, 1), ("c", 1, 1)]]),
        ("<tr><td rowspan=9999>a<td>b<tr><td>c", [[("a", 1, 2), ("b", 1, 1)], [("c", 1, 1)]]),
        ("<tr><td colspan=9999>a<td>b", [[("a", 1, 1), ("b", 1, 1)]]),
        ("<tr><td>a<td rowspan=2>b<tr><td colspan=2>c", [[("a", 1, 1), ("b", 1, 2)], [("c", 1, 1)]]),
        ("<tr><td rowspan=2>a<tr><tr><td>b", [[("a", 1, 2)], [], [("b", 1, 1)]]),
        ("<tr><td>a<tr><tr><td>b", [[("a", 1, 1)], [("b", 1, 1)]]),
        (
            "<tr><td>a<td>b<td rowspan=2>c<tr><td>d",
            [[("a", 1, 1), ("b", 1, 1), ("c", 1, 2)], [("d", 1, 1), ("", 1, 1)]],
        ),
    ],
)
def test_merged_cells_fill_the_table_exactly(rows: str, expected: list[object]) -> None:
    table = blocks(f"<table>{rows}</table>")[0]
    assert is_full(table) and grid(table) == expected


def test_a_cell_ends_with_its_part_of_the_table() -> None:
    table = blocks("<table><thead><tr><th rowspan=3>a<th>b<tbody><tr><td>c<td>d</table>")[0]
    assert is_full(table) and grid(table)[0][0] == ("a", 1, 1)


def test_an_endless_row_is_not_endless() -> None:
    table = blocks("<table>" + "<tr><td colspan=9999 rowspan=9999>a" * 300 + "</table>")[0]
    assert is_full(table) and plain_text([table]).count("a") == 300


def test_text_of_a_table_outside_of_its_cells_is_kept() -> None:
    made, _ = blocks_of("<table>甲<tbody>乙<tr>丙<td>丁</td></tr></tbody></table>", {}, {})
    assert plain_text(made).split() == ["甲", "乙", "丙", "丁"] and is_full(made[0])


def test_what_is_nested_too_deeply_keeps_its_text_and_is_told() -> None:
    made, losses = blocks_of("<blockquote>" * 500 + "底<p>部</p>" + "</blockquote>" * 500 + "外", {}, {})
    assert plain_text(made).split() == ["底", "部", "外"]
    assert [loss.kind for loss in losses] == ["nesting"]
    assert blocks("<div><span>" * 500 + "底") == [p("底")]


# For every text


def flat(text: str) -> str:
    return "".join(text.split())


def without_marks(html: str) -> str:
    """Footnote marks and arrows are drawn by the layout, so they are not in the text of the blocks."""
    return re.sub(r'<sup id="fnref[^>]*>.*?</sup>|<a [^>]*footnote-backref.*?</a>', "", html, flags=re.DOTALL)


TEXT = st.text("甲乙丙ab1 \n　&<>*", max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
INLINE = ("b", "em", "u", "s", "del", "ins", "sub", "sup", "mark", "small", "code", "span", "a")
FLOW = (
    "p",
    "div",
    "h2",
    "blockquote",
    "li",
    "ul",
    "ol",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "pre",
    "figure",
)


def element(tags: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(tags), st.lists(inner, max_size=4).map("".join)).map(
        lambda made: f"<{made[0]}>{made[1]}</{made[0]}>"
    )


def table(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cell = st.tuples(
        st.sampled_from(("td", "th")), st.sampled_from((1, 2, 3, 9999)), st.sampled_from((1, 2, 9999)), inner
    ).map(lambda made: f'<{made[0]} colspan="{made[1]}" rowspan="{made[2]}">{made[3]}</{made[0]}>')
    rows = st.lists(st.lists(cell, max_size=4).map(lambda row: f"<tr>{''.join(row)}</tr>"), max_size=4).map(
        "".join
    )
    caption = st.just("") | TEXT.map(lambda text: f"<caption>{text}</caption>")
    return st.tuples(caption, rows, rows, rows).map(
        lambda made: (
            f"<table>{made[0]}<thead>{made[1]}</thead><tbody>{made[2]}</tbody><tfoot>{made[3]}</tfoot></table>"
        )
    )


TREES = st.recursive(
    TEXT | st.sampled_from(("<br>", "<hr>", '<img src="图.png">')),
    lambda inner: element(INLINE, inner) | element(FLOW, inner) | table(inner),
    max_leaves=25,
)
SOUP = st.lists(
    st.sampled_from(
        [
            f"<{tag}>"
            for tag in (*INLINE, *FLOW, "table", "tr", "td", "th", "thead", "tfoot", "caption", "figcaption")
        ]
        + [
            f"</{tag}>"
            for tag in (*INLINE, *FLOW, "table", "tr", "td", "th", "thead", "tfoot", "caption", "figcaption")
        ]
        + [
            "甲",
            "乙 ",
            "\nc",
            '<td colspan="3" rowspan="2">',
            '<div class="footnote">',
            '<ol start="2">',
            "<br>",
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(html=st.lists(TREES, max_size=4).map("".join))
def test_paper_says_what_the_page_says(html: str) -> None:
    clean = sanitise(html, lambda link, picture: link).html
    made, losses = blocks_of(clean, PICTURES, {})
    assert losses == []
    assert flat(plain_text(made)) == flat(text_of(without_marks(clean)))
    assert all(is_full(found) for found in tables_in(made))


@settings(max_examples=150, deadline=None)
@given(html=SOUP)
def test_no_soup_of_tags_loses_a_character(html: str) -> None:
    """A table's parts may stand in any order in the source; paper has them in the order of a browser."""
    clean = sanitise(html, lambda link, picture: link).html
    made, _ = blocks_of(clean, PICTURES, {})
    assert Counter(flat(plain_text(made))) == Counter(flat(text_of(without_marks(clean))))
    assert all(is_full(found) for found in tables_in(made))


# Signatures


@pytest.mark.parametrize(
    ("end", "signature", "day"),
    [
        ("三棠镇人民政府\n2026年1月30日", "三棠镇人民政府", "2026年1月30日"),
        ("三棠镇人民政府\n\n2026年1月30日", "三棠镇人民政府", "2026年1月30日"),
        ("三棠镇老年协会\n2026年01月05日", "三棠镇老年协会", "2026年1月5日"),
        ("三棠镇党委\n三棠镇人民政府\n2026 年 1 月 30 日", "三棠镇党委\n三棠镇人民政府", "2026年1月30日"),
        ("三棠镇党委\n\n三棠镇人民政府\n\n2026年1月30日", "三棠镇党委\n三棠镇人民政府", "2026年1月30日"),
        ("三棠镇党委　　三棠镇人民政府\n2026年1月30日", "三棠镇党委\n三棠镇人民政府", "2026年1月30日"),
        ("三 棠 镇 人 民 政 府\n２０２６年１月３０日", "三棠镇人民政府", "2026年1月30日"),
        ("张家村村民委员会（盖章）\n2026年1月30日", "张家村村民委员会（盖章）", "2026年1月30日"),
        ("张家村村务监督委员会\n二〇二六年一月三十日", "张家村村务监督委员会", "2026年1月30日"),
        ("张家村股份经济合作社\n二○二六年十二月二十一日", "张家村股份经济合作社", "2026年12月21日"),
        ("**三棠镇人民政府**\n2026年1月30日", "三棠镇人民政府", "2026年1月30日"),
        ("<div align=right>三棠镇人民政府<br>2026年1月30日</div>", "三棠镇人民政府", "2026年1月30日"),
    ],
)
@pytest.mark.parametrize("notes", ["", "\n\n[^1]: 三棠镇人民政府，2026年2月1日。\n"])
def test_a_signature_at_the_end_is_taken_off(end: str, signature: str, day: str, notes: str) -> None:
    mark = "[^1]" if notes else ""
    html = html_of(f"东街停水{mark}。\n\n{end}{notes}")
    rest, *signed = signature_of(html, NAMES[0], NAMES)
    assert signed == [signature, day]
    assert flat(rest) == flat(html_of(f"东街停水{mark}。{notes}"))


@pytest.mark.parametrize(
    "end",
    [
        "三棠镇人民政府",
        "2026年1月30日",
        "联系单位：三棠镇人民政府\n2026年1月30日",
        "特此公告。\n三棠镇人民政府\n2026年1月30日",
        "三棠镇人民政府\n2026年2月30日",
        "三棠镇人民政府\n二〇二六年十三月一日",
        "三棠镇人民政府\n2026年1月30日前",
        "王小明\n2026年1月30日",
        "- 三棠镇人民政府\n- 2026年1月30日",
        "> 三棠镇人民政府\n> 2026年1月30日",
        "三棠镇人民政府\n2026年1月30日\n\n（此件公开）",
        "[三棠镇人民政府](0001.md)\n2026年1月30日",
        "~~三棠镇人民政府\n2026年1月30日~~",
        "长" * 40 + "人民政府\n2026年1月30日",
        "| 三棠镇人民政府 |\n| --- |\n| 2026年1月30日 |",
    ],
)
def test_any_other_end_stays_in_the_text(end: str) -> None:
    html = html_of(f"东街停水。\n\n{end}")
    assert signature_of(html, NAMES[0], NAMES) == (html, "", "")


def test_a_text_that_is_only_a_signature_leaves_nothing() -> None:
    assert signature_of("<p>三棠镇人民政府<br>2026年1月30日</p>", "", ()) == (
        "",
        "三棠镇人民政府",
        "2026年1月30日",
    )
    assert signature_of("", "", ()) == ("", "", "")


def test_every_sample_notice_ends_with_a_signature_and_loses_nothing() -> None:
    board = Folder(Path(__file__).parent.parent)
    register = board.register(date(2026, 11, 21))
    names = tuple(publisher.name for publisher in register.board.publishers.by_code.values())
    signed = 0
    for row in register.posted.values():
        html = row.document.html
        made, losses = blocks_of(html, {file.address: file.path for file in row.attachments}, {})
        assert [loss for loss in losses if loss.kind != "link"] == []
        assert flat(plain_text(made)) == flat(text_of(without_marks(html))), row.id
        rest, signature, day = signature_of(html, "", names)
        assert Counter(flat(text_of(html))) == Counter(flat(text_of(rest) + signature + day)), row.id
        signed += bool(signature)
    assert signed >= 130
