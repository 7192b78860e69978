"""One notice as a line of a list: flat, frozen, worded, ready for any template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..board.links import page_of
from ..board.register import Published, Register
from .words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """`mark` is the key of the status label; `first` and `until` are ISO days, `until` may be empty.

    `status` and the days let the reader's browser correct the mark of a page built days ago.
    """

    id: str
    url: str
    title: str
    status: str
    mark: str
    label: str
    first: str
    until: str
    period: str
    time_left: str
    published_on: str
    published: str
    publisher: str
    publisher_url: str
    category: str
    category_url: str
    index_number: str
    document_number: str
    summary: str
    formed: str


class Rows:
    """Makes rows from a register, each notice once."""

    def __init__(self, register: Register, words: Words) -> None:
        self._register = register
        self._words = words
        self._made = {row.id: self._row(row) for row in register.published.values()}

    def __getitem__(self, identifier: str) -> Row:
        return self._made[identifier]

    def of(self, published: Iterable[Published]) -> tuple[Row, ...]:
        return tuple(self._made[row.id] for row in published)

    def _row(self, row: Published) -> Row:
        board, notice, words = self._register.board, row.notice, self._words
        assert board.catalogue is not None and board.publishers is not None
        publisher = board.publishers.by_code[notice.publisher]
        mark = words.mark(row)
        until = notice.effective.until
        return Row(
            id=row.id,
            url=page_of(row.id),
            title=notice.title,
            status=row.status.value,
            mark=mark,
            label=words.label(mark),
            first=notice.effective.first.isoformat(),
            until=until.isoformat() if until else "",
            period=words.period(notice.effective),
            time_left=words.time_left(row, self._register.day),
            published_on=notice.published_on.isoformat(),
            published=words.day(notice.published_on),
            publisher=publisher.name,
            publisher_url=f"publishers/{publisher.code}/",
            category=board.catalogue.items[notice.category].name,
            category_url=f"directory/{notice.category}/",
            index_number=notice.index_number,
            document_number=notice.document_number or "",
            summary=row.summary,
            formed=words.day(notice.formed_on),
        )
