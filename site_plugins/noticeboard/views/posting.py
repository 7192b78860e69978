"""What staff do at a physical board on a day: put up, leave hanging, take down; and the record of a month.

A notice hangs while it is current, has its text, and has the board among its channels. What begins or ends
on days off is due on the first working day after them: the lists of a day tell what is otherwise than on
the working day before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..board.frames import Wanted
from ..board.publisher import Publisher
from ..board.register import Published, Register, State
from ..board.status import Status, turning_days
from ..posters.code import outline
from .days import Count, Shown
from .page import Crumb, Page
from .poster import Posters, without_scheme
from .shelves import Shelves

ONE_DAY = timedelta(days=1)
#: First and last day of a stretch of time; None where it has no end.
Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One notice of a list. `until` says how long it hangs; `reason` why it comes down, or is empty.

    `code` is the address in the QR code and `address` the same in words; both are empty where no page of
    the site answers for the notice. `index_number` and `document_number` are as in the register.
    """

    id: str
    title: str
    publisher: str
    period: str
    until: str
    reason: str
    index_number: str
    document_number: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The work of one day at one board. `since` is the working day whose state it is compared with."""

    board: str
    name: str
    day: str
    day_text: str
    since: str
    put_up: tuple[Line, ...]
    stay: tuple[Line, ...]
    take_down: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Posting:
    """One stretch of time for which a notice hung. `down` is empty while it hangs; days are ISO days."""

    line: Line
    up: str
    up_text: str
    down: str
    down_text: str


@dataclass(frozen=True, slots=True)
class Record:
    """What hung in a month, as far as `as_of`; `left_out` counts notices whose text is gone by now."""

    board: str
    name: str
    month: str
    month_text: str
    as_of: str
    as_of_text: str
    postings: tuple[Posting, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page: when it stands there, and its code as the width and path of an SVG."""

    line: Line
    url: str
    shown: Shown
    width: int
    path: str


@dataclass(frozen=True, slots=True)
class PageList:
    """One of the three lists of the page; `key` is put-up, stay or take-down."""

    key: str
    lines: tuple[PageLine, ...]
    count: Count

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown on the day of the build."""
        return not self.count.number


@dataclass(frozen=True, slots=True)
class PostingPage:
    """`format` and `weekdays` are what the page's script words another day with."""

    publisher: Publisher
    board_url: str
    day: str
    day_text: str
    format: str
    weekdays: str
    put_up: PageList
    stay: PageList
    take_down: PageList


def hangs(state: State) -> bool:
    """Whether the paper of a notice for the board hangs there."""
    return state.status is Status.CURRENT and not state.removed


class Postings:
    """The lists of every board, for the day of the shelves' register."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._words = shelves.words
        self._day = shelves.register.day
        self._calendar = shelves.register.board.working_days
        self._posters = Posters(shelves, shelves.settings)
        self._before = self._calendar.before(self._day)
        self._earlier: Register | None = None

    def checklist(self, owner: Publisher) -> Checklist:
        """The work of the day at the board of `owner`."""
        rows = self._rows(owner)
        before = self._hanging_before(rows)
        now = [row for row in rows if hangs(row.state)]
        gone = [row for row in rows if row.id in before and not hangs(row.state)]
        return Checklist(
            board=owner.code,
            name=owner.name,
            day=self._day.isoformat(),
            day_text=self._dated(self._day),
            since=self._dated(self._before),
            put_up=tuple(self._line(row) for row in now if row.id not in before),
            stay=tuple(self._line(row) for row in sorted(now, key=_ending) if row.id in before),
            take_down=tuple(self._line(row, self.reason(row, row.state)) for row in gone),
        )

    def wanted(self, owner: Publisher) -> tuple[Wanted, ...]:
        """What hangs on the board of `owner` on the day, for a plan of its frames."""
        return tuple(
            Wanted(row.id, row.notice.effective.until, row.notice.published_on)
            for row in self._rows(owner)
            if hangs(row.state)
        )

    def record(self, owner: Publisher, month: date) -> Record:
        """What hung on the board of `owner` in a month, given by any of its days, until the register's day.

        By what is in the register today: a notice that is withheld now is not in it, and one whose text
        is gone is only counted.
        """
        rows = {row.id: row for row in self._rows(owner)}
        kept = {identifier: row for identifier, row in rows.items() if not row.removed}
        first = month.replace(day=1)
        spells = list(self._spells(rows, first))
        postings = [
            self._posting(kept[identifier], up, down, state)
            for identifier, up, down, state in spells
            if identifier in kept
        ]
        left_out = {identifier for identifier, *_ in spells if identifier not in kept}
        return Record(
            board=owner.code,
            name=owner.name,
            month=f"{first.year}-{first.month:02}",
            month_text=self._words("posting.month", year=first.year, month=first.month),
            as_of=self._day.isoformat(),
            as_of_text=self._words.day(self._day),
            postings=tuple(sorted(postings, key=lambda one: (one.up, one.line.id))),
            left_out=len(left_out),
        )

    def page(self, owner: Publisher) -> PostingPage:
        """The page of a board: website notices alone, with the days on which each line stands in a list."""
        rows = [row for row in self._rows(owner) if row.notice.on_website]
        before = self._hanging_before(rows)
        lists: dict[str, list[PageLine]] = {"put-up": [], "stay": [], "take-down": []}
        for row in sorted(rows, key=_ending):
            for key, reason, spans in self._days(row, row.id in before):
                found = [self._shown(span) for span in spans]
                shown = Shown(any(one.now for one in found), " ".join(one.days for one in found))
                lists[key].append(self._page_line(row, reason, shown))
        put_up, stay, take_down = (PageList(key, tuple(lines), _count(lines)) for key, lines in lists.items())
        return PostingPage(
            publisher=owner,
            board_url=f"publishers/{owner.code}/",
            day=self._day.isoformat(),
            day_text=self._dated(self._day),
            format=self._words("posting.dated"),
            weekdays=self._words("posting.weekdays"),
            put_up=put_up,
            stay=stay,
            take_down=take_down,
        )

    def reason(self, row: Published, state: State) -> str:
        """Why the paper of a notice comes down."""
        text = self._words(f"posting.reasons.{_reason_key(state)}")
        if state.status is Status.WITHDRAWN and not state.removed and row.change is not None:
            return self._words("posting.because", text=text, reason=row.change.reason)
        return text

    def _rows(self, owner: Publisher) -> list[Published]:
        """Every public notice for the board of `owner`, on the website or not, newest first."""
        codes = {publisher.code for publisher in self._shelves.publishers.on_board(owner.code)}
        posted = self._shelves.register.posted.values()
        return [row for row in posted if row.notice.publisher in codes and "board" in row.notice.channels]

    def _hanging_before(self, rows: Iterable[Published]) -> set[str]:
        """Those that hung on the working day before."""
        if self._earlier is None:
            self._earlier = Register(self._shelves.register.board, self._before)
        return _hanging(self._earlier, rows)

    def _line(self, row: Published, reason: str = "") -> Line:
        notice, words = row.notice, self._words
        until = notice.effective.until
        code = self._posters.short_address(row)
        return Line(
            id=row.id,
            title=notice.title,
            publisher=self._shelves.publishers.by_code[notice.publisher].short_name,
            period=words.period(notice.effective),
            until=words("posting.until", date=words.day(until)) if until else words("posting.lasting"),
            reason=reason,
            index_number=notice.index_number,
            document_number=notice.document_number or "",
            code=code,
            address=without_scheme(code),
        )

    def _dated(self, day: date) -> str:
        weekday = self._words("posting.weekdays").split()[day.weekday()]
        return self._words("posting.dated", year=day.year, month=day.month, day=day.day, weekday=weekday)

    def _spells(
        self, rows: dict[str, Published], first: date
    ) -> Iterator[tuple[str, date, date | None, State | None]]:
        """Each time a notice hung in the month: its id, put up and taken down on, and what ended it."""
        board = self._shelves.register.board
        turns = {day for row in rows.values() for day in _turns(row)}
        last = min((first + timedelta(days=31)).replace(day=1) - ONE_DAY, self._day)
        day = self._calendar.before(first)
        register = Register(board, day)
        up = {
            identifier: self._calendar.nth(_first_day(rows[identifier]), 1)[0]
            for identifier in _hanging(register, rows.values())
        }
        while (following := self._calendar.nth(day + ONE_DAY, 1)[0]) <= last:
            if any(day < turn <= following for turn in turns):
                register = Register(board, following)
                hanging = _hanging(register, rows.values())
                for identifier in sorted(up.keys() - hanging):
                    row = register.posted.get(identifier)
                    yield identifier, up.pop(identifier), following, row.state if row else None
                up |= dict.fromkeys(sorted(hanging - up.keys()), following)
            day = following
        for identifier, since in up.items():
            yield identifier, since, None, None

    def _posting(self, row: Published, up: date, down: date | None, state: State | None) -> Posting:
        reason = self.reason(row, state) if state else ""
        return Posting(
            line=self._line(row, reason),
            up=up.isoformat(),
            up_text=self._words.day(up),
            down=down.isoformat() if down else "",
            down_text=self._words.day(down) if down else self._words("posting.still-up"),
        )

    def _days(self, row: Published, hung: bool) -> Iterator[tuple[str, str, list[Span]]]:
        """In which list a notice stands when, from the register's day on, and why it comes down.

        Of a withdrawal the page tells no more: its reason is not public before its day.
        """
        steps = [(self._day, row.state), *row.later]
        spells = _spells_of([(self._before, hung), *((day, hangs(state)) for day, state in steps)])
        put_up: list[Span] = []
        stay: list[Span] = []
        for at, (begun, ended) in enumerate(spells):
            hung_before = begun == self._before or _in_any(spells, self._calendar.before(begun))
            due = self._due(begun)
            if not hung_before:
                put_up.append((begun, due if ended is None else min(due, ended)))
            settled = begun if hung_before else due + ONE_DAY
            if ended is None or settled <= ended:
                stay.append((settled, ended))
            if ended is not None and _in_any(spells, self._calendar.before(ended + ONE_DAY)):
                again = spells[at + 1][0] - ONE_DAY if at + 1 < len(spells) else date.max
                gone: Span = (ended + ONE_DAY, min(self._due(ended + ONE_DAY), again))
                state = next(state for day, state in reversed(steps) if day <= max(gone[0], self._day))
                yield "take-down", self._words(f"posting.reasons.{_reason_key(state)}"), self._to_come([gone])
        for key, spans in (("put-up", put_up), ("stay", stay)):
            if to_come := self._to_come(spans):
                yield key, "", to_come

    def _due(self, day: date) -> date:
        """The first working day on or after a day."""
        return self._calendar.nth(day, 1)[0]

    def _to_come(self, spans: Iterable[Span]) -> list[Span]:
        """Without what was over before the register's day."""
        kept = ((max(first, self._day), last) for first, last in spans)
        return [(first, last) for first, last in kept if last is None or first <= last]

    def _shown(self, span: Span) -> Shown:
        first, last = span
        return Shown(first <= self._day, f"{first.isoformat()}/{last.isoformat() if last else ''}")

    def _page_line(self, row: Published, reason: str, shown: Shown) -> PageLine:
        line = self._line(row, reason)
        width, path = outline(line.code) if line.code else (0, "")
        return PageLine(line, self._shelves.rows[row.id].url, shown, width, path)


def pages(shelves: Shelves) -> Iterator[Page]:
    """The list to print of each physical board."""
    postings = Postings(shelves)
    for owner in shelves.publishers.boards:
        crumbs = (
            shelves.crumb("publishers", "publishers/"),
            Crumb(owner.name, f"publishers/{owner.code}/"),
        )
        address = f"publishers/{owner.code}/posting/"
        yield shelves.page(address, "posting.html", "posting", postings.page(owner), *crumbs)


def _hanging(register: Register, rows: Iterable[Published]) -> set[str]:
    """Which of these notices hung on the day of a register."""
    posted = register.posted
    return {row.id for row in rows if row.id in posted and hangs(posted[row.id].state)}


def _ending(row: Published) -> date:
    """What ends first stands first; what never does, last."""
    return row.notice.effective.until or date.max


def _reason_key(state: State) -> str:
    return "removed" if state.removed else state.mark


def _first_day(row: Published) -> date:
    """The first day on which a notice may have hung: it is public, and its review is done."""
    record = row.notice.clearance
    return max(row.notice.starts, record.date) if record and record.date else row.notice.starts


def _turns(row: Published) -> Iterator[date]:
    """The days on which something about a notice may change."""
    yield _first_day(row)
    yield from turning_days(row.notice)
    if row.notice.removed_on:
        yield row.notice.removed_on


def _spells_of(steps: Iterable[tuple[date, bool]]) -> list[Span]:
    """The stretches of days on which something holds, from the days on which that changes."""
    spells: list[Span] = []
    begun: date | None = None
    for day, holds in steps:
        if holds and begun is None:
            begun = day
        elif not holds and begun is not None:
            spells.append((begun, day - ONE_DAY))
            begun = None
    return [*spells, (begun, None)] if begun is not None else spells


def _in_any(spells: Iterable[Span], day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in spells)


def _count(lines: Iterable[PageLine]) -> Count:
    """How many lines stand in a list, today and later."""
    number = 0
    steps: Counter[date] = Counter()
    for line in lines:
        number += line.shown.now
        for at, span in enumerate(line.shown.days.split()):
            first, _, last = span.partition("/")
            if at or not line.shown.now:
                steps[date.fromisoformat(first)] += 1
            if last:
                steps[date.fromisoformat(last) + ONE_DAY] -= 1
    changes = (f"{day.isoformat()}{step:+d}" for day, step in sorted(steps.items()) if step)
    return Count(number, " ".join(changes))
