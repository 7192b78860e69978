"""What holds for every input, tried on random ones: nothing crashes, nothing gets out, nothing runs."""

from __future__ import annotations

import re
import tempfile
from datetime import date, timedelta
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import a_board, all_data, outputs_of
from builders import CATALOGUE, FIELDS, PUBLISHERS, TODAY, a_notice
from noticeboard.board.catalogue import read_catalogue
from noticeboard.board.document import CommentNotClosed, Renderer, sanitise, without_comments
from noticeboard.board.fields import (
    ATTACHMENT,
    CHANGE,
    CLEARANCE,
    EFFECTIVE,
    FRONT_MATTER_NAMES,
    NOTICE,
    names,
)
from noticeboard.board.files import Tree
from noticeboard.board.links import Links
from noticeboard.board.notice import Lists, read_notice
from noticeboard.board.period import of_days, of_working_days
from noticeboard.board.problem import Place, Problem, errors
from noticeboard.board.publisher import read_publishers
from noticeboard.board.source import read_source
from noticeboard.board.workdays import WorkingDays
from noticeboard.messages import messages

PATH = "notices/2026/town/0001.md"
CALENDAR = WorkingDays()
WHO = read_publishers("publishers.yml", PUBLISHERS.encode(), [])
LISTS = Lists(WHO, read_catalogue("catalogue.yml", CATALOGUE.encode(), WHO, []), CALENDAR)
FLAG_NAMES = "confidentiality_cleared|保密审查通过"


def is_cleared(data: bytes) -> bool:
    """Reads a notice as the board does, words every problem, and tells whether it may be published."""
    source = read_source(PATH, data, FRONT_MATTER_NAMES)
    problems: list[Problem] = list(source.problems)
    notice = read_notice("2026/town/0001", source, LISTS, problems)
    for problem in problems:
        for language in ("zh", "en"):
            assert all(messages(language).problem(problem))
        assert problem.path == PATH and problem.place.line >= 1 and problem.place.column >= 1
    assert notice is not None or problems, "refused without a word"
    return notice is not None and notice.cleared and not errors(problems)


def says_so(data: bytes) -> bool:
    """An oracle that knows no YAML: one line sets the flag, and it sets it to a plain true or 是."""
    text = re.sub("\r\n?", "\n", data.decode("utf-8-sig")).lstrip()
    front = re.split(r"^---[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)[1]
    lines = re.findall(rf"^[ ]*[\"']?(?:{FLAG_NAMES})[\"']?[ ]*:(.*)$", front, re.MULTILINE)
    return len(lines) == 1 and re.fullmatch(r"[ ]+(?:true|是)[ ]*(?:[ ]#.*)?", lines[0]) is not None


def test_the_oracle_and_the_reader_agree_on_plain_notices() -> None:
    for value, expected in (("true", True), ("是", True), ("false", False), ("否", False), ('"是"', False)):
        data = a_notice(confidentiality_cleared=value).encode()
        assert is_cleared(data) == says_so(data) == expected


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader_or_are_cleared(data: bytes) -> None:
    assert not is_cleared(data)


@settings(max_examples=200)
@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 20))
def test_bytes_thrown_into_a_good_notice_clear_nothing_that_does_not_say_so(
    noise: bytes, at: int, gone: int
) -> None:
    good = a_notice(confidentiality_cleared="false").encode()
    assert not is_cleared(good[:at] + noise + good[at + gone :])


SCALARS = (
    *(
        "true",
        "是",
        "false",
        "否",
        "yes",
        "on",
        "1",
        "True",
        "TRUE",
        '"true"',
        "'是'",
        "ｔｒｕｅ",
        "t\u200brue",
    ),
    *("[true]", "{true: true}", "!!bool true", "!!bool 'true'", "&a true", "*a", "|\n  true", ">-\n  true"),
    *(
        "true # 已审",
        "true#",
        "true x",
        "true\n  false",
        "true: false",
        "? true",
        "~",
        "",
        "null",
        "012",
        "0x1F",
    ),
    *("2026-11-10", "2026-2-3", "2026-02-30", "2026-11-10 至 2026-11-30", "2026-11-10 起长期", "9999-12-31"),
    *("{from: 2026-11-10, days: 7}", "{起: 2026-11-10, 工作日: 999999}", "{reviewer: 甲, date: 2026-11-02}"),
    *(
        "town",
        "镇政府",
        "outage",
        "停水停电",
        "[网站, 公开栏]",
        "[",
        "{",
        '"',
        "'",
        "- a",
        "a: b: c",
        "%",
        "@",
        "`",
    ),
    *("{a: {b: {c: {d: {e: {f: {g: h}}}}}}}", "<<: *a", "\x00", "\u2028", "\x85", "---", "...", "：", "\t"),
)
KEYS = sorted(names((*NOTICE, *CLEARANCE, *CHANGE, *EFFECTIVE, *ATTACHMENT)))
FLAG_KEYS = (
    "confidentiality_cleared",
    "保密审查通过",
    '"confidentiality_cleared"',
    "confidentiality_clearеd",
)
LINE = st.builds(
    lambda indent, key, colon, value, end: f"{indent}{key}{colon}{value}{end}",
    st.sampled_from(["", "", "", "", "  ", "\t", "- ", "# "]),
    st.one_of(st.sampled_from(KEYS), st.sampled_from(FLAG_KEYS), st.text(max_size=6)),
    st.sampled_from([": ", ": ", ": ", ":", "：", ":\t", " : ", ""]),
    st.one_of(st.sampled_from(SCALARS), st.text(max_size=12)),
    st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", ""]),
)
FENCE = st.sampled_from(["---\n", "---\n", "---\n", "--- \n", "—--\n", "----\n", "\n", "...\n"])


@settings(max_examples=500)
@given(FENCE, st.lists(LINE, max_size=14), FENCE, st.text(max_size=20))
def test_random_front_matter_neither_crashes_nor_is_cleared_against_its_words(
    opening: str, lines: list[str], closing: str, body: str
) -> None:
    data = f"{opening}{''.join(lines)}{closing}{body}".encode("utf-8", "surrogatepass")
    if is_cleared(data):
        assert says_so(data)


@settings(max_examples=500)
@given(
    st.sampled_from(SCALARS),
    st.lists(st.tuples(st.sampled_from(list(FIELDS)), st.sampled_from(SCALARS)), max_size=2),
    st.lists(LINE, max_size=2),
    st.integers(0, 9),
)
def test_a_good_notice_with_any_flag_and_strange_lines_is_cleared_only_by_its_words(
    flag: str, changes: list[tuple[str, str]], extra: list[str], where: int
) -> None:
    fields = {**FIELDS, **dict(changes), "confidentiality_cleared": flag}
    lines = a_notice(**fields).split("\n")
    lines[1 + where : 1 + where] = [line.rstrip("\r\n") for line in extra]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    if is_cleared(data):
        assert says_so(data)


EDITS = st.lists(
    st.tuples(
        st.integers(0, 260),
        st.integers(0, 3),
        st.sampled_from([*" \n\t:：#'\"&*!|>-[]{}%@`~?,", "true", "是", "\u00a0", "\x00", "---\n", ""]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=500)
@given(st.sampled_from(["true", "是", "false", '"true"']), EDITS)
def test_slips_of_the_pen_clear_nothing_that_does_not_say_so(
    flag: str, edits: list[tuple[int, int, str]]
) -> None:
    text = a_notice(confidentiality_cleared=flag)
    for at, gone, put in edits:
        text = text[:at] + put + text[at + gone :]
    data = text.encode()
    if is_cleared(data):
        assert says_so(data)


DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))


@settings(max_examples=200)
@given(DAYS, st.integers(1, 3000))
def test_a_period_of_n_days_has_n_days(first: date, count: int) -> None:
    period = of_days(first, count)
    assert period.until is not None and period.until >= first
    inside = (first + timedelta(days=n) for n in range(-2, count + 3))
    assert sum(not period.begins_after(day) and not period.ended_before(day) for day in inside) == count


@settings(max_examples=200)
@given(DAYS, st.integers(1, 250))
def test_a_period_of_n_working_days_has_n_of_them_and_ends_on_one(first: date, count: int) -> None:
    period = of_working_days(first, count, CALENDAR)
    assert period.until is not None and period.until >= first
    length = (period.until - first).days + 1
    worked = [day for n in range(length) if CALENDAR.is_working_day(day := first + timedelta(days=n))]
    assert len(worked) == count and worked[-1] == period.until
    assert period.estimated == (period.until.year > 2026)


@settings(max_examples=100)
@given(DAYS, st.one_of(st.none(), st.integers(0, 400)), st.integers(-3, 410))
def test_a_day_is_before_in_or_after_a_period_and_only_one_of_them(
    first: date, length: int | None, at: int
) -> None:
    until = "长期" if length is None else first + timedelta(days=length)
    data = a_notice(formed_on="2004-01-01", effective=f"{{from: {first}, until: {until}}}").encode()
    problems: list[Problem] = []
    notice = read_notice("2026/a", read_source(PATH, data, FRONT_MATTER_NAMES), LISTS, problems)
    assert notice is not None, problems
    day, period = first + timedelta(days=at), notice.effective
    inside = at >= 0 and (length is None or at <= length)
    assert inside == (not period.begins_after(day) and not period.ended_before(day))
    assert not (period.begins_after(day) and period.ended_before(day))


LAW = "".join(
    file.read_text("utf-8") for file in files("noticeboard.law").iterdir() if file.name.endswith(".yml")
)
COMMON = set(PUBLISHERS + CATALOGUE + LAW + str(messages("zh").tree) + a_notice())
SECRET = [char for char in map(chr, range(0x5000, 0x6500)) if char not in COMMON]
OPEN = [char for char in map(chr, range(0x7000, 0x8500)) if char not in COMMON]
WITHHELD = (
    {"confidentiality_cleared": "false"},
    {"confidentiality_cleared": "否", "clearance": None},
    {"confidentiality_cleared": '"true"'},
    {"clearance": "{reviewer: 甲审, date: 2026-11-22}"},
    {"effective": "{from: 2026-11-22, days: 7}"},
    {"published_on": "2026-11-22"},
    {"channels": "[board]"},
    {"category": "monitored", "publisher": "east"},
    {"title": None},
    {"天气": "晴"},
)
SHOWN = (
    {},
    {"effective": "{from: 2026-11-01, days: 3}"},
    {"effective": "2026-11-10 起长期"},
    {"change": "{type: 撤销, date: 2026-11-15, reason: 重复}"},
    {"erase_on": "2026-11-20"},
    {"category": "finance", "publisher": "east"},
    {"category": "policy", "publisher": "town"},
)
A_SECRET = st.tuples(
    st.sampled_from(WITHHELD), st.lists(st.sampled_from(SECRET), min_size=4, max_size=4, unique=True)
)
AN_OPEN_ONE = st.tuples(
    st.sampled_from(SHOWN),
    st.lists(st.sampled_from(OPEN), min_size=4, max_size=4, unique=True),
    st.dates(date(2026, 11, 1), TODAY),
)


@settings(max_examples=60)
@given(
    st.lists(A_SECRET, min_size=1, max_size=5, unique_by=lambda one: one[1][2]),
    st.lists(AN_OPEN_ONE, max_size=5, unique_by=lambda one: one[1][2]),
    st.booleans(),
)
def test_nothing_of_the_withheld_is_in_what_the_site_consists_of(secrets, shown, replacing: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        board = a_board(Path(place))
        for number, (fields, chars, published) in enumerate(shown):
            title, text, name, word = (char * 3 for char in chars)
            own = {"title": title, "published_on": str(published), "summary": word, **fields}
            board.write(f"2026/town/{name}/{name}.xlsx", text.encode())
            body = f"{text}。[附件]({name}.xlsx)<!-- {secrets[0][1][1]} -->"
            board.notice(f"2026/town/{name}/index.md", body, index_number=f"S/{number}", **own)
        targets = [f"2026/town/{chars[2] * 3}" for _, chars, _ in shown]
        for fields, chars in secrets:
            title, text, name, word = (char * 3 for char in chars)
            own = {"title": title, "summary": word, "index_number": word, "contact": word, **fields}
            if replacing and targets:
                own["supersedes"] = f"[{', '.join(targets)}]"
            board.write(f"2026/town/{name}/{name}.xlsx", text.encode())
            board.notice(f"2026/town/{name}/index.md", f"{text}。[{word}]({name}.xlsx)", **own)
        outputs = outputs_of(board)
        everything = "\n".join(
            [
                *map(repr, (outputs.pages, outputs.redirects, outputs.attachments, outputs.paths())),
                all_data(outputs),
            ]
        )
        published = list(outputs.register.published.values())
    assert len(published) == len(shown)
    leaked = {char for _, chars in secrets for char in chars} & set(everything + unquote(everything))
    assert not leaked
    assert not [char for _, chars in secrets for char in chars if quote(char) in everything]
    order = [(row.notice.published_on, row.id) for row in published]
    assert order == sorted(sorted(order, key=lambda one: one[1]), key=lambda one: one[0], reverse=True)


PIECES = (
    *("<script>", "</script>", "<SCRIPT SRC=x>", "<scr<script>ipt>", "<style>", "</style>"),
    *("<style>*{}</style>", "<img src=x onerror=alert(1)>", "<img src='javascript:alert(1)'>"),
    *("<svg onload=alert(1)>", "</svg>", "<math>", "<a href='javascript:alert(1)'>"),
    *("<a href=' java&#9;script:alert(1)'>", "<a href=data:text/html,x>", "</a>"),
    *("[x](javascript:alert(1))", "[x](<javascript:alert(1)>)", "![x](data:image/png;base64,A)"),
    *("[x]: javascript:a", "[x]", "[x][x]", "<javascript:alert(1)>", "<https://x.example>"),
    *("[x](https://x.example 'a\"onclick=b')", "<p style='color:red' onclick=x>"),
    *("<div class='admin' id='main' data-x=1>", "</div>", "<iframe src=//x>", "<form action=x>"),
    *("<input autofocus onfocus=x>", "<button>", "<base href=//x>", "<meta http-equiv=refresh>"),
    *("<link rel=stylesheet href=x>", "<object data=x>", "<embed src=x>", "<template>", "<noscript>"),
    *("<title>", "<textarea>", "<table>", "<tr>", "<td colspan=2 onclick=x>", "</td>", "</table>"),
    *("| a | b |\n| - | :-: |\n| c | d |\n", "<h1>", "</h1>", "<h3 id=x>", "</h3>", "# a\n", "### b\n"),
    *("<details open>", "<summary>", "{: onclick=x }", "[^1]", "[^1]: 注\n", "`<script>`"),
    *("```\n<script>\n```\n", "<!-- x -->", "<![CDATA[", "]]>", "<?php x ?>", "<!DOCTYPE x>"),
    *("&lt;script&gt;", "&#60;script&#62;", "\\<", "<", ">", '"', "'", "&", "\n", "\n\n", "    ", "> "),
    *("- ", "1. ", "**", "_", "<a title='<img src=x onerror=y>'>", "<img alt='</div><script>'>"),
    *("<td align=left scope=x>", "<li id='fn:1'>", "<sup id=x>"),
)  # fmt: skip
TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "div", "span", "blockquote", "pre", "code"),
    *("strong", "b", "em", "i", "u", "s", "del", "ins", "sub", "sup", "mark", "small"),
    *("ul", "ol", "li", "dl", "dt", "dd", "a", "img", "figure", "figcaption", "details", "summary"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title", "rel", "class"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "div": {"class", "tabindex"},
    "ol": {"start"},
    "col": {"span"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "td": {"colspan", "rowspan", "align"},
    "sup": {"id"},
    "li": {"id"},
}
CLASSES = {"footnote", "footnote-ref", "footnote-backref", "table-scroll"}
VOID = {"br", "hr", "img", "col"}


class Judge(HTMLParser):
    """Fails on anything that the text of a notice may not have on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, ()), f"{tag} {name}"
            if name == "class":
                assert set(value.split()) <= CLASSES, value
            if name in {"href", "src"}:
                bare = re.sub(r"[\x00-\x20]", "", value or "").lower()
                scheme = re.match(r"([a-z][a-z0-9+.-]*):", bare)
                assert scheme is None or scheme[1] in {"http", "https", "mailto", "tel"}, value
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_comment(self, data) -> None:
        raise AssertionError(f"comment {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


RENDERER = Renderer()


def judged(body: str) -> str:
    try:
        text, _ = without_comments(body)
    except CommentNotClosed:
        return ""
    links = Links("2026/a", "2026/a.md", "notices/", Tree(Path("nowhere")))
    html = sanitise(RENDERER.raw(text), lambda link, picture: links.to(link, picture, Place())).html
    judge = Judge()
    judge.feed(html)
    judge.close()
    assert not judge.open
    return html


NESTED = (
    *(
        "<h1><div><h2>x</h2></div></h1>",
        "<h3>a<blockquote><h1>b</h1></blockquote>c</h3>",
        "<h1>a<h2>b</h1>c</h2>",
    ),
    *(
        "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>",
        "<table>",
        "</table>",
        "</div></div>",
    ),
    *("<p><table><tr><td>x</table></p>", "<a href='https://x.example'><a href='https://y.example'>x</a></a>"),
    *(
        "> # a\n> ## b",
        "- # a\n- ### b",
        "<td title='<table>'>",
        "<img alt='<table>' src='https://x.example'>",
    ),
)


@pytest.mark.parametrize("body", NESTED)
def test_what_is_nested_strangely_comes_out_well_formed(body: str) -> None:
    judged(body)


@settings(max_examples=1000)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12).map("".join))
def test_of_any_soup_only_harmless_well_formed_html_is_left(body: str) -> None:
    judged(body)


def test_the_judge_of_the_soup_is_not_asleep() -> None:
    assert "<table>" in judged("| a |\n| - |\n| b |\n")
    for bad in ("<script>", "<p onclick=x>", "<p style=x>", "<a href='javascript:x'>", "<p>", "<!-- x -->"):
        judge = Judge()
        try:
            judge.feed(bad)
            assert not judge.open
        except AssertionError:
            continue
        raise AssertionError(bad)
