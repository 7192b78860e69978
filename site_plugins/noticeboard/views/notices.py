"""The page of one notice, for ever at its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..board.register import Published
from .feeds import touched
from .page import Crumb, Page, Redirect
from .rows import Row
from .shelves import Shelves


@dataclass(frozen=True, slots=True)
class File:
    """An attachment as a reader meets it: its name, kind and size."""

    name: str
    url: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    row: Row
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


def pages(shelves: Shelves) -> Iterator[Page]:
    """One page for each notice; within a publisher each leads to the newer and the older."""
    for rows in shelves.by_publisher.values():
        for at, row in enumerate(rows):
            newer = rows[at - 1] if at else None
            older = rows[at + 1] if at + 1 < len(rows) else None
            yield _page(shelves, row, newer, older)


def redirects(shelves: Shelves) -> Iterator[Redirect]:
    """The short addresses that posters carry."""
    for row in shelves.all:
        yield Redirect(f"n/{row.notice.short}/", shelves.rows[row.id].url, row.notice.title)


def _page(shelves: Shelves, row: Published, newer: Published | None, older: Published | None) -> Page:
    notice, rows = row.notice, shelves.rows
    publisher = shelves.publishers.by_code[notice.publisher]
    view = NoticePage(
        row=rows[row.id],
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
    )
    crumbs = (
        shelves.crumb("publishers", "publishers/"),
        Crumb(publisher.name, f"publishers/{publisher.code}/"),
    )
    changed = touched(row, shelves.register)
    return Page(rows[row.id].url, "notice.html", notice.title, crumbs, view, changed, row.summary)


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
