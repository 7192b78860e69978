"""The text of a notice, or of the guide: Markdown → what may be shown, and what is wrong with it."""

from __future__ import annotations

from html import unescape

from .document import (
    WIDE_LINK,
    CommentNotClosed,
    Document,
    Renderer,
    removed,
    sanitise,
    tangled,
    without_comments,
)
from .links import Links
from .problem import Place, Problem, excerpt
from .source import INVISIBLE, Source, code_point

EMPTY = Document("", "")


def read_body(
    source: Source, links: Links, renderer: Renderer, problems: list[Problem]
) -> tuple[Document, tuple[str, ...]]:
    """The document and the comments taken out of it; every fault is added to `problems`."""

    def name(code: str, line: int, **params: str) -> None:
        problems.append(Problem(code, source.path, Place(line), "body", params))

    first = source.body_line
    try:
        body, comments = without_comments(source.body)
    except CommentNotClosed as error:
        name("comment-not-closed", first + error.line - 1)
        return EMPTY, (source.body,)
    if (line := tangled(body)) is not None:
        name("body-tangled", first + line - 1)
        return EMPTY, comments
    if found := removed(body):
        name("html-removed", first + body.count("\n", 0, found.start()), found=excerpt(found[0], 40))
    if wide := WIDE_LINK.search(body):
        name("link-full-width", first + body.count("\n", 0, wide.start()), found=excerpt(wide[0], 40))

    def resolve(link: str, picture: bool) -> str | None:
        at = _where(link, body)
        line = first + body.count("\n", 0, at)
        return links.to(link, picture, Place(line, at - (body.rfind("\n", 0, at) + 1) + 1))

    try:
        document = sanitise(renderer.raw(body), resolve)
    except (Exception, RecursionError):  # Python-Markdown has asserted and recursed on hostile text
        name("body-unreadable", first)
        return EMPTY, comments
    links.keep_what_the_text_shows(document.html)
    hidden = INVISIBLE.search(document.text)
    if hidden and not INVISIBLE.search(source.body):  # written as a character reference
        name("invisible-character", first, found=code_point(hidden[0]))
    if not document.text and "<img" not in document.html:
        name("body-empty", first)
    return document, comments


def _where(link: str, body: str) -> int:
    """Where a link stands in a body: as Markdown, as HTML, anywhere, or behind character references."""
    for text, form in ((body, f"]({link}"), (body, f'="{link}'), (body, link), (unescape(body), link)):
        if (at := text.find(form)) >= 0:
            return at + len(form) - len(link)
    return 0
