"""One notice as a line of a list: flat, frozen, worded, ready for any template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ..board.links import page_of
from ..board.register import Published, Register, State
from ..board.status import Status
from .days import ALWAYS, Shown, Test, always, when
from .words import Words


@dataclass(frozen=True, slots=True)
class Note:
    """Why a notice is no longer current, or what was changed: a sentence.

    `url` and `title` are those of the notice that replaces it, or empty.
    """

    text: str
    reason: str = ""
    shown: Shown = ALWAYS
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`mark` is the key of the status label; `days` are the marks to come (`2026-12-01:expired …`).

    `until` is the last day as an ISO day, or empty. `whole` and `removed` tell when text and files are
    there and when `removal` stands in their place; None for never.
    """

    url: str
    title: str
    mark: str
    label: str
    days: str
    until: str
    period: str
    time_left: str
    published_on: str
    published: str
    formed_on: str
    formed: str
    publisher: str
    publisher_url: str
    category: str
    category_url: str
    index_number: str
    document_number: str
    summary: str
    whole: Shown | None
    removal: str
    removed: Shown | None
    notes: tuple[Note, ...]


def _is_superseded_by(other: str | None, state: State) -> bool:
    return state.superseded_by == other


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of one list, and when it stands there."""

    row: Row
    shown: Shown


@dataclass(frozen=True, slots=True)
class Listing:
    """The lines of one list; at most `most` of those that stand there on a day are shown (0: all)."""

    lines: tuple[Listed, ...]
    most: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown on the day of the build."""
        return not any(line.shown.now for line in self.lines)


class Rows:
    """Makes rows from a register, each notice once."""

    def __init__(self, register: Register, words: Words) -> None:
        self._register = register
        self._words = words
        self._made = {row.id: self.worded(row) for row in register.published.values()}

    def __getitem__(self, identifier: str) -> Row:
        return self._made[identifier]

    def of(self, published: Iterable[Published], test: Test = always, most: int = 0) -> Listing:
        """Those that pass the test on the build's day or later, in the given order."""
        return Listing(tuple(self._lines(published, test, most)), most)

    def _lines(self, published: Iterable[Published], test: Test, most: int) -> Iterator[Listed]:
        lasting = standing = 0
        for row in published:
            if (shown := when(row, test)) is None:
                continue
            fits = not most or standing < most
            yield Listed(self._made[row.id], Shown(shown.now and fits, shown.days))
            standing += shown.now
            lasting += not shown.days
            if most and lasting >= most:
                return  # what stands there for good leaves no room for any behind it

    def worded(self, row: Published) -> Row:
        """One notice in words, also one that the website does not show."""
        board, notice, words = self._register.board, row.notice, self._words
        assert board.catalogue is not None and board.publishers is not None
        publisher = board.publishers.by_code[notice.publisher]
        until = notice.effective.until
        return Row(
            url=page_of(row.id),
            title=notice.title,
            mark=row.state.mark,
            label=words.label(row.state.mark),
            days=self._days(row),
            until=until.isoformat() if until else "",
            period=words.period(notice.effective),
            time_left=words.time_left(row, self._register.day),
            published_on=notice.published_on.isoformat(),
            published=words.day(notice.published_on),
            formed_on=notice.formed_on.isoformat(),
            formed=words.day(notice.formed_on),
            publisher=publisher.name,
            publisher_url=f"publishers/{publisher.code}/",
            category=board.catalogue.items[notice.category].name,
            category_url=f"directory/{notice.category}/",
            index_number=notice.index_number,
            document_number=notice.document_number or "",
            summary=row.summary,
            whole=when(row, lambda state: not state.removed),
            removal=words.removed(row.notice),
            removed=when(row, lambda state: state.removed),
            notes=tuple(self._notes(row)),
        )

    def _notes(self, row: Published) -> Iterator[Note]:
        words, published = self._words, self._register.published
        states = (row.state, *(state for _, state in row.later))
        for other in dict.fromkeys(state.superseded_by for state in states if state.superseded_by):
            if (shown := when(row, partial(_is_superseded_by, other))) is not None:
                title = published[other].notice.title
                yield Note(words("note-superseded"), "", shown, page_of(other), title)
        shown = when(row, lambda s: s.status is Status.SUPERSEDED and s.superseded_by is None)
        if shown is not None:
            yield Note(words("note-superseded-elsewhere"), "", shown)
        change = row.notice.change
        if change is None:
            return
        text = words("note-change", date=words.day(change.date), change=words(f"changes.{change.type}"))
        if row.change is not None:
            yield Note(text, change.reason)
        else:  # the reason is not public before its day
            coming = Shown(now=False, days=f"{change.date.isoformat()}/")
            yield Note(text, words("note-reason-later"), coming)

    def _days(self, row: Published) -> str:
        """The marks to come; a day on which only something else changes is left out."""
        found, last = [], row.state.mark
        for day, state in row.later:
            if state.mark != last:
                found.append(f"{day.isoformat()}:{state.mark}")
                last = state.mark
        return " ".join(found)
