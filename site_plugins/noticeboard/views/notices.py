"""The page of one notice, for ever at its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from ..board.register import Published, State
from ..posters.code import QUIET, outline
from .days import Shown, when
from .feeds import touched
from .page import Crumb, Page, Redirect
from .poster import Posters, poster_address, poster_path, without_scheme
from .rows import Row
from .shelves import Shelves

#: 各村民小组：
_ADDRESSED = re.compile(r"<p>[^<：]{2,40}：</p>\s*<p>")


@dataclass(frozen=True, slots=True)
class File:
    """An attachment as a reader meets it: its name, kind and size."""

    name: str
    url: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class PosterLink:
    """A poster of the notice: its paper size, its address from the site's root, and when it is right."""

    name: str
    url: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Code:
    """The short address: as squares (`size` to a side, `outline` the dark ones), and as it is said."""

    size: int
    outline: str
    address: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What only the printed page has.

    `facts` are names and values. `addressed` says whether the text begins with whom it speaks to; `signed`
    is `signed` where its last paragraph is its own signature, `signed-apart` where the last two are, and
    empty where it has none: then `signature` and `date` stand for it.
    """

    facts: tuple[tuple[str, str], ...]
    addressed: bool
    signed: str
    signature: str
    date: str
    code: Code | None


@dataclass(frozen=True, slots=True)
class NoticePage:
    row: Row
    #: The title: a line may end between two of them.
    phrases: tuple[str, ...]
    paper: Paper
    body: str
    files: tuple[File, ...]
    contact: str
    supervision_phone: str
    audience: str
    late_reason: str
    limit_from: str
    duty_period: str
    supersedes: tuple[Row, ...]
    newer: Row | None
    older: Row | None
    posters: tuple[PosterLink, ...]


def pages(shelves: Shelves) -> Iterator[Page]:
    """One page for each notice; within a publisher each leads to the newer and the older."""
    posters = Posters(shelves)
    for rows in shelves.by_publisher.values():
        for at, row in enumerate(rows):
            newer = rows[at - 1] if at else None
            older = rows[at + 1] if at + 1 < len(rows) else None
            yield _page(shelves, row, _paper(shelves, posters, row), newer, older)


def redirects(shelves: Shelves) -> Iterator[Redirect]:
    """The short addresses that posters carry."""
    for row in shelves.all:
        yield Redirect(f"n/{row.notice.short}/", shelves.rows[row.id].url, row.notice.title)


def _page(
    shelves: Shelves, row: Published, paper: Paper, newer: Published | None, older: Published | None
) -> Page:
    notice, rows = row.notice, shelves.rows
    publisher = shelves.publishers.by_code[notice.publisher]
    view = NoticePage(
        row=rows[row.id],
        phrases=shelves.phrases(notice.title),
        paper=paper,
        body=row.document.html,
        files=tuple(_files(shelves, row)),
        contact=notice.contact,
        supervision_phone=notice.supervision_phone,
        audience=shelves.words(f"audiences.{notice.audience}"),
        late_reason=notice.late_reason,
        duty_period=shelves.words.duty_period(notice.duty_period),
        limit_from=shelves.words.day(notice.limit_from) if notice.limit_from != notice.formed_on else "",
        supersedes=tuple(rows[other] for other in row.supersedes),
        newer=rows[newer.id] if newer else None,
        older=rows[older.id] if older else None,
        posters=tuple(_posters(shelves, row)),
    )
    crumbs = (
        shelves.crumb("publishers", "publishers/"),
        Crumb(publisher.name, f"publishers/{publisher.code}/"),
    )
    changed = touched(row, shelves.register)
    return Page(rows[row.id].url, "notice.html", notice.title, crumbs, view, changed, row.summary)


def _paper(shelves: Shelves, posters: Posters, row: Published) -> Paper:
    notice, words, html = row.notice, shelves.words, row.document.html
    publisher = shelves.publishers.by_code[notice.publisher].name
    text, signature, day = posters.signed(row)
    own = bool(signature and day)
    address = posters.short_address(row)
    return Paper(
        facts=tuple(posters.facts(row, shelves.rows[row.id].period)),
        addressed=bool(_ADDRESSED.match(html)),
        signed=_signed(html.count("<p>") - text.count("<p>")) if own else "",
        signature="" if own else publisher,
        date="" if own else words.day(notice.formed_on),
        code=_code(address) if address else None,
    )


def _signed(paragraphs: int) -> str:
    return "signed" if paragraphs == 1 else "signed-apart"


def _code(address: str) -> Code:
    size, drawn = outline(address)
    return Code(size - 2 * QUIET, drawn, without_scheme(address))


def _posters(shelves: Shelves, row: Published) -> Iterator[PosterLink]:
    """Posters say what a notice is on the day of the build: another day's would say what is not so."""
    settings, shown = shelves.settings, when(row, partial(_is_as, row.state))
    assert shown is not None
    for size in () if row.removed else settings.posters:
        if poster_path(row.id, size) not in settings.unset:
            yield PosterLink(size, poster_address(row.id, size), shown)


def _is_as(today: State, state: State) -> bool:
    return (state.mark, state.superseded_by, state.removed) == (
        today.mark,
        today.superseded_by,
        today.removed,
    )


def _files(shelves: Shelves, row: Published) -> Iterator[File]:
    for attachment in row.attachments:
        if attachment.in_text:
            continue
        kind = PurePosixPath(attachment.path).suffix[1:].upper()
        size = shelves.register.board.tree.size(attachment.path)
        yield File(attachment.name, attachment.address, kind, readable_size(size))


def readable_size(size: int) -> str:
    """Bytes as a person says them: 812 B, 14 KB, 2.3 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
