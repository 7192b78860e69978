"""The text of a notice as sanitised HTML: what the site, posters and search all start from.

Notice text is data. Markdown allows tables and footnotes and no attribute lists; raw HTML passes
an allow-list; comments are not part of the notice. Links are handed to a resolver, because only
the register knows what they may lead to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

import markdown
import nh3

#: More opening brackets than this in one paragraph is no notice; Markdown takes for ever over them.
MAX_BRACKETS = 400

_UNCLOSED = re.compile(r"<[A-Za-z][^<>]*(?=<|\Z)")
_NEW_PIECE = re.compile(r"\s*(?:[-*+|>]|\d+[.)]|\[\^|</?t(?:r|d|h|able|body|head|foot)\b)")

_TABLE_HEAD = re.compile(r"\|.*\|\s*$")
_TABLE_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,2}\.) \S")

#: Asterisks that hide something: 138****5678, 370828********1234, 尾号 ****1234, 张*三, 王**. Markdown would
#: take two such numbers in one paragraph for emphasis, and show their digits run together.
#: `name` is the end of **2026年12月31日** as well, so what was opened before is kept in mind.
_MASK = re.compile(
    r"(?<=[0-9])\*{3,}(?=[0-9Xx])|(?<=[0-9])\*{4,}|\*{4,}(?=[0-9])|(?<!\*)\*{3}(?=[0-9]{3,}(?![0-9*]))"
    r"|(?P<name>(?<=(?<![\u4e00-\u9fff*])[\u4e00-\u9fff])\*\*"
    r"(?=[\u4e00-\u9fff]{1,2}(?![\u4e00-\u9fff*])|[、，。；）|\s]|$))"
    r"|(?P<bold>(?<!\*)\*\*(?!\*))|(?P<line>\n)"
)
#: What bold text that ends like a masked name is made of: no names are listed in it.
_UNBROKEN = re.compile(r"[^\s、，。；：（(|*]{1,60}")
#: One asterisk: emphasis where a plain phrase and another follow, else part of a name behind a character.
_SINGLE = re.compile(r"(?<![\\*])\*(?!\*)")
_PHRASE = re.compile(r"[^\s*、，。；：）（|]{2,}\*(?!\*)")
_IN_A_NAME = re.compile(r"[\u4e00-\u9fff]")
#: Stands for an asterisk while Markdown reads.
_HIDING = "\ue02a"
_TAG_OR_TEXT = re.compile(r"(<[^>]*>)")
_MASKED = re.compile(r"[0-9]*\*{3,}[0-9]+[Xx]?|[0-9]+\*{3,}")

_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "blockquote", "pre", "code"),
    *("strong", "b", "em", "i", "u", "s", "del", "ins", "sub", "sup", "mark", "small"),
    *("ul", "ol", "li", "dl", "dt", "dd", "a", "img", "figure", "figcaption", "details", "summary"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_DROPPED_WITH_CONTENT = {
    *("script", "style", "template", "noscript", "iframe", "frame", "frameset", "object", "embed"),
    *("svg", "math", "title", "textarea", "select", "xmp", "noembed", "noframes", "plaintext"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "col": {"span"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "sup": {"id"},
    "li": {"id"},
}
_ATTRIBUTE_VALUES = {
    "th": {"align": {"left", "right", "center"}, "scope": {"col", "row", "colgroup", "rowgroup"}},
    "td": {"align": {"left", "right", "center"}},
}
_CLASSES = {"div": {"footnote"}, "a": {"footnote-ref", "footnote-backref"}}
#: The only ids that may stand in a text: those of its footnotes.
_FOOTNOTE_ID = re.compile(r"fn(ref[0-9]*)?:[^\s\"'<>]+")
_SIZE = re.compile(r"[1-9][0-9]{0,3}")
_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]*)\s*:")
_LINK = re.compile(r"<(a|img)\b[^<>]*?\s(?:href|src)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
#: What was meant as a link to a file: [明细]（明细.xlsx）, [明细] (明细.xlsx).
WIDE_LINK = re.compile(
    r"[\[【][^\[\]【】\n]{1,80}[\]】](?: ?（[^（）\n]{1,80}\.\w{2,5}）| \([^()\n]{1,80}\.\w{2,5}\))"
)
_NOT_IN_SUMMARY = re.compile(r'<sup id="fnref[^>]*>.*?</sup>|<(del|s)>.*?</\1>', re.DOTALL)
_FOOTNOTE_MARK = re.compile(r'<sup id="fnref[^>]*>.*?</sup>|<a [^>]*footnote-backref.*?</a>', re.DOTALL)
_LINE_BREAK = re.compile("<br ?/?>\n?")
_BLOCK = re.compile(
    r"</?(?:p|[uod]l|li|t[rdh]|thead|tbody|tfoot|table|h[1-6]|hr|div|d[td]|caption|fig\w+|blockquote|pre"
    r"|details|summary)\b[^>]*>"
)
_REMOVED = re.compile(
    r"<\s*(script|style|iframe|object|embed|form|input|button|link|meta|base|svg|math|template|noscript|frame)\b"
    r"|<[a-zA-Z][^<>]*\s(on[a-z]+|style)\s*=",
    re.IGNORECASE,
)

#: Gets a link as written and whether it is a picture; returns the address to write, or None to drop it.
Resolver = Callable[[str, bool], str | None]


@dataclass(frozen=True, slots=True)
class Document:
    """`html` is safe to place on a page; `text` is what a reader reads, one block a line."""

    html: str
    text: str


class CommentNotClosed(ValueError):
    """A `<!--` without its `-->`; `line` counts from 1 within the body."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def without_comments(body: str) -> tuple[str, tuple[str, ...]]:
    """The body without its comments (line count unchanged), and the comments' texts.

    Raises CommentNotClosed, since nobody can tell where the unfinished one was meant to end.
    """
    parts: list[str] = []
    comments: list[str] = []
    at = 0
    while (begun := body.find("<!--", at)) >= 0:
        end = body.find("-->", begun + 4)
        if end < 0:
            raise CommentNotClosed(body.count("\n", 0, begun) + 1)
        comments.append(body[begun + 4 : end].strip())
        parts += (body[at:begun], "\n" * body.count("\n", begun, end))
        at = end + 3
    return "".join((*parts, body[at:])), tuple(comments)


def tangled(body: str) -> int | None:
    """The line (from 1) of a piece of text with more brackets than a notice ever has, or None.

    A piece is what Markdown reads in one go: a paragraph, an item of a list, a row of a table.
    """
    unclosed = list(_UNCLOSED.finditer(body))  # Markdown's HTML reader is quadratic in these
    if len(unclosed) > MAX_BRACKETS:
        return body.count("\n", 0, unclosed[0].start()) + 1
    begun, count = 1, 0
    for number, line in enumerate(body.split("\n"), start=1):
        if not line.strip() or _NEW_PIECE.match(line):
            begun, count = number, 0
        count += max(line.count("["), line.count("<") - len(_TAG.findall(line)))
        if count > MAX_BRACKETS:
            return begun
    return None


class Renderer:
    """Markdown to HTML, not yet sanitised. One for many texts: it remembers those it has done."""

    def __init__(self) -> None:
        self._markdown = markdown.Markdown(
            extensions=["tables", "footnotes", "sane_lists", "nl2br", "fenced_code"],
            extension_configs={
                "tables": {"use_align_attribute": True},
                "footnotes": {"BACKLINK_TEXT": "↩", "BACKLINK_TITLE": ""},
            },
            output_format="html",
        )
        # Clerks indent paragraphs with spaces; nobody writes a block of code on a board.
        self._markdown.parser.blockprocessors.deregister("code")
        self._done: dict[str, str] = {}
        self._used: dict[str, str] = {}

    def raw(self, body: str) -> str:
        """Raises whatever Python-Markdown raises on a text it cannot take."""
        html = self._done.get(body)
        if html is None:
            self._markdown.reset()
            hidden = _without_single(_without_masks(_with_blank_lines(body)))
            html = self._markdown.convert(hidden).replace(_HIDING, "*")
        self._used[body] = html
        return html

    def forget_the_unused(self) -> None:
        """Keep only what was asked for since the last time: a preview runs all day."""
        self._done, self._used = self._used, {}


def _without_masks(body: str) -> str:
    """A text whose asterisks that hide something are no emphasis."""
    opened: int | None = None  # where bold text begins

    def hide(match: re.Match[str]) -> str:
        nonlocal opened
        kind, was_open = match.lastgroup, opened
        if kind == "name" and (was_open is None or not _UNBROKEN.fullmatch(body, was_open, match.start())):
            kind = None
        if kind is None:
            return _HIDING * len(match[0])
        opened = match.end() if kind != "line" and was_open is None else None
        return match[0]

    return _MASK.sub(hide, body)


def _without_single(body: str) -> str:
    """A text whose single asterisks that hide part of a name are no emphasis: 联系人张*三、李*英."""
    parts: list[str] = []
    at = 0
    for found in _SINGLE.finditer(body):
        start = found.start()
        if start < at:
            continue  # the end of a phrase
        phrase = _PHRASE.match(body, start + 1)
        hides = phrase is None and _IN_A_NAME.match(body, start - 1) if start else None
        parts += (body[at:start], _HIDING if hides else "*", phrase[0] if phrase else "")
        at = phrase.end() if phrase else start + 1
    return "".join((*parts, body[at:]))


def _with_blank_lines(body: str) -> str:
    """A blank line before a table or list that follows a line of text at once, as it was meant."""
    lines = body.split("\n")
    spaced: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        if before.strip() and not before.startswith((" ", "\t")):
            table = _TABLE_HEAD.match(line) and _TABLE_RULE.match("".join(lines[number + 1 : number + 2]))
            if (table and not _TABLE_HEAD.match(before)) or (_ITEM.match(line) and not _ITEM.match(before)):
                spaced.append("")
        spaced.append(line)
    return "\n".join(spaced)


def removed(body: str) -> re.Match[str] | None:
    """The first piece of raw HTML in a body that the allow-list takes away."""
    return _REMOVED.search(body)


def scheme_of(link: str) -> str:
    """The scheme of an address in small letters, or an empty string for a relative one."""
    cleaned = re.sub(r"[\x00-\x20\u200b-\u200f\ufeff]", "", unescape(link))
    if cleaned.startswith("//"):
        return "https"
    match = _SCHEME.match(cleaned)
    return match[1].lower() if match else ""


def sanitise(raw: str, resolve: Resolver) -> Document:
    """Allow-listed HTML with resolved links, headings in order below the page's own, tables that scroll."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return value if _FOOTNOTE_ID.fullmatch(value) else None
        if name in {"width", "height", "colspan", "rowspan", "start", "span"}:
            return value if _SIZE.fullmatch(value) else None
        if name in {"href", "src"}:
            if (tag, name) not in {("a", "href"), ("img", "src")}:
                return None
            address = _address(value, name == "src", resolve)
            return None if address is None else address.replace("<", "%3C").replace(">", "%3E")
        # A "<" in a value would look like a tag to the replacements below.
        return value.replace("<", "〈").replace(">", "〉")

    for picture, link in _links(raw):
        if scheme_of(link) not in _SCHEMES and scheme_of(link):
            resolve(link, picture)  # nh3 drops these before it asks, and somebody should know

    html = nh3.clean(
        raw,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        tag_attribute_values=_ATTRIBUTE_VALUES,
        allowed_classes=_CLASSES,
        set_tag_attribute_values={"img": {"loading": "lazy"}},
        attribute_filter=attribute,
        url_schemes=_SCHEMES,
        strip_comments=True,
    )
    html = _headings_in_order(html)
    html = html.replace("<table>", '<div class="table-scroll" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    html = re.sub(r"<img(?![^>]*\salt=)", '<img alt=""', html)
    if "***" in html:
        html = "".join(_marked(part) for part in _TAG_OR_TEXT.split(html))
    return Document(html, text_of(html))


def _marked(part: str) -> str:
    """A piece of text with what is masked in it visibly so; a tag as it is."""
    if part.startswith("<"):
        return part
    return _MASKED.sub(lambda match: f'<span class="masked">{match[0]}</span>', part)


def _links(raw: str) -> Iterator[tuple[bool, str]]:
    """Every link of unsanitised HTML, and whether it is a picture."""
    for match in _LINK.finditer(raw):
        yield match[1].lower() == "img", unescape(match[2].strip("\"'"))


def _address(link: str, picture: bool, resolve: Resolver) -> str | None:
    if _FOOTNOTE_ID.fullmatch(link.removeprefix("#")) and link.startswith("#"):
        return link
    return resolve(link, picture)


def _headings_in_order(html: str) -> str:
    """The page's title is h1, so the text's headings begin at h2 and never skip a level."""
    above: list[tuple[int, int]] = []  # as written and as shown, from the outermost section inwards
    opened: list[int] = []

    def shown(match: re.Match[str]) -> str:
        if match[1]:
            return f"</h{opened.pop()}>"
        written = int(match[2])
        while above and above[-1][0] >= written:
            above.pop()
        level = min((above[-1][1] if above else 1) + 1, 6)
        above.append((written, level))
        opened.append(level)
        return f"<h{level}>"

    return re.sub(r"<(/)?h([1-6])>", shown, html)


def text_of(html: str) -> str:
    """The text a reader sees: tags away, one line a block or a table cell."""
    spaced = re.sub(
        r"</(?:p|li|tr|td|th|h[1-6]|div|dt|dd|caption|figcaption|blockquote|pre)>|<br ?/?>", "\n", html
    )
    lines = (re.sub(r"\s+", " ", unescape(line)).strip() for line in _TAG.sub("", spaced).split("\n"))
    return "\n".join(line for line in lines if line)


def searchable(document: Document) -> str:
    """What a reader reads, for the search: one line for each block, also where it was broken with `<br>`."""
    html = _LINE_BREAK.sub(" ", _FOOTNOTE_MARK.sub("", document.html))
    return text_of(_BLOCK.sub("\n", html))


def first_paragraph(html: str) -> str:
    """The text of the first paragraph, or the first line of text where there is none.

    Without footnote numbers and struck-out text, which would falsify an amount.
    """
    html = _NOT_IN_SUMMARY.sub("", html)
    for match in re.finditer(r"<p>(.*?)</p>", html, re.DOTALL):
        if text := text_of(match[1]).replace("\n", " "):
            return text
    return text_of(html).split("\n")[0]
