"""What staff do at a physical board on a day: put up, take down, leave hanging; and the record of a month.

A notice hangs while it is current, has its text, and has the board among its channels. What begins or ends
on days off is due on the first working day after them: the lists of a day tell what is otherwise than on
the working day before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta

from ..board.frames import Plan, Wanted
from ..board.hanging import Bearing, first_day, withheld
from ..board.publisher import Publisher
from ..board.register import Published, Register, State
from ..board.status import Status
from ..posters.code import outline
from .days import ONE_DAY, Count, Shown, Span, counted, shown, spans
from .encode import Cell
from .page import Crumb, Page
from .plan import PlanView, plan_view, sheets_of
from .poster import Posters, without_scheme
from .shelves import Shelves

#: The columns of the record of a month; the last three are written by hand.
_COLUMNS = (
    *("number", "title", "publisher", "index-number", "document-number", "period", "up", "down", "reason"),
    *("by", "down-by", "photo"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One notice of a list. `until` says how long it hangs; `reason` why it comes down, or is empty.

    `code` is the address in the QR code and `address` the same in words; both are empty where no page of
    the site answers for the notice. `index_number` and `document_number` are as in the register.
    `sheets` says on how many sheets of which paper it hangs by the plan of the board's frames; it is empty
    where there is no plan.
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
    sheets: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The work of one day at one board. `since` is the working day whose state it is compared with.

    `withheld` counts the board's notices that are not public on the day though their period has begun:
    paper of theirs may hang, and no list names them.
    """

    board: str
    name: str
    day: str
    day_text: str
    since: str
    put_up: tuple[Line, ...]
    take_down: tuple[Line, ...]
    stay: tuple[Line, ...]
    withheld: int


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
    """One of the three lists of the page; `key` is put-up, take-down or stay."""

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
    take_down: PageList
    stay: PageList


class Postings:
    """The lists of every board, for the day of the shelves' register."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._words = shelves.words
        self._day = shelves.register.day
        self._calendar = shelves.register.board.working_days
        self._posters = Posters(shelves)
        self._before = self._calendar.before(self._day)
        self._earlier: Register | None = None

    def checklist(self, owner: Publisher, planned: Plan | None = None) -> Checklist:
        """The work of the day at the board of `owner`; with a plan of its frames the sheets of each."""
        rows = self._rows(owner)
        before = self._hanging_before(rows)
        now = [row for row in rows if row.state.hangs]
        gone = [row for row in rows if row.id in before and not row.state.hangs]
        sheets = sheets_of(planned, self._words) if planned else {}

        def line(row: Published) -> Line:
            return self._line(row, sheets=sheets.get(row.id, ""))

        return Checklist(
            board=owner.code,
            name=owner.name,
            day=self._day.isoformat(),
            day_text=self._dated(self._day),
            since=self._dated(self._before),
            put_up=tuple(line(row) for row in now if row.id not in before),
            take_down=tuple(self._line(row, self.reason(row, row.state)) for row in gone),
            stay=tuple(line(row) for row in sorted(now, key=_ending) if row.id in before),
            withheld=withheld(self._shelves.register, self._codes(owner), self._before),
        )

    def wanted(self, owner: Publisher) -> tuple[Wanted, ...]:
        """What hangs on the board of `owner` on the day, for a plan of its frames."""
        return tuple(
            Wanted(row.id, row.notice.effective.until, row.notice.published_on)
            for row in self._rows(owner)
            if row.state.hangs
        )

    def plan(self, planned: Plan, across: Set[tuple[str, str]] = frozenset()) -> PlanView:
        """A plan of a board's frames in words; `across` are ids and sizes of posters that lie across."""
        titles = {row.id: row.notice.title for row in self._shelves.register.posted.values()}
        return plan_view(planned, titles, self._words, across)

    def record(self, owner: Publisher, month: date) -> Record:
        """What hung on the board of `owner` in a month, given by any of its days, until the register's day.

        By what is in the register today: a notice that is withheld now is not in it, and one whose text
        is gone is only counted.
        """
        rows = {row.id: row for row in self._rows(owner)}
        kept = {identifier: row for identifier, row in rows.items() if not row.removed}
        first = month.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
        spells = list(self._spells(rows, first, last))
        still_up = self._words("posting.still-up" if self._day <= last else "posting.still-up-then")
        postings = [
            self._posting(kept[identifier], up, down, state, still_up)
            for identifier, up, down, state in spells
            if identifier in kept
        ]
        left_out = {identifier for identifier, *_ in spells if identifier not in kept}
        return Record(
            board=owner.code,
            name=owner.name,
            month=f"{first.year}-{first.month:02}",
            month_text=self._words("month-of", year=first.year, part=first.month),
            as_of=self._day.isoformat(),
            as_of_text=self._words.day(self._day),
            postings=tuple(sorted(postings, key=lambda one: (one.up, one.line.id))),
            left_out=len(left_out),
        )

    def table(self, record: Record) -> Iterator[tuple[Cell, ...]]:
        """The rows of a record, names of the columns first."""
        words = self._words.posting()
        yield tuple(words[key] for key in _COLUMNS)
        for at, one in enumerate(record.postings, 1):
            line = one.line
            yield (
                *(at, line.title, line.publisher, line.index_number, line.document_number, line.period),
                *(one.up, one.down or one.down_text, line.reason, "", "", ""),
            )

    def page(self, owner: Publisher) -> PostingPage:
        """The page of a board: website notices alone, with the days on which each line stands in a list."""
        rows = [row for row in self._rows(owner) if row.notice.on_website]
        before = self._hanging_before(rows)
        lists: dict[str, list[tuple[PageLine, list[Span]]]] = {"put-up": [], "take-down": [], "stay": []}
        for row in sorted(rows, key=_ending):
            for key, reason, found in self._days(row, row.id in before):
                lists[key].append((self._page_line(row, reason, shown(found, self._day)), found))
        put_up, take_down, stay = (self._page_list(key, lines) for key, lines in lists.items())
        return PostingPage(
            publisher=owner,
            board_url=f"publishers/{owner.code}/",
            day=self._day.isoformat(),
            day_text=self._dated(self._day),
            format=self._words("posting.dated"),
            weekdays=self._words("posting.weekdays"),
            put_up=put_up,
            take_down=take_down,
            stay=stay,
        )

    def reason(self, row: Published, state: State) -> str:
        """Why the paper of a notice comes down."""
        text = self._words(f"posting.reasons.{_reason_key(state)}")
        if state.status is Status.WITHDRAWN and not state.removed and row.change is not None:
            return self._words("posting.because", text=text, reason=row.change.reason)
        return text

    def _rows(self, owner: Publisher) -> list[Published]:
        """Every public notice for the board of `owner`, on the website or not, newest first."""
        codes = self._codes(owner)
        posted = self._shelves.register.posted.values()
        return [row for row in posted if row.notice.publisher in codes and row.notice.on_board]

    def _codes(self, owner: Publisher) -> set[str]:
        """Everybody who hangs on the board of `owner`."""
        return {publisher.code for publisher in self._shelves.publishers.on_board(owner.code)}

    def _hanging_before(self, rows: Iterable[Published]) -> set[str]:
        """Those that hung on the working day before."""
        if self._earlier is None:
            self._earlier = Register(self._shelves.register.board, self._before)
        return _hanging(self._earlier, rows)

    def _line(self, row: Published, reason: str = "", sheets: str = "") -> Line:
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
            sheets=sheets,
        )

    def _dated(self, day: date) -> str:
        weekday = self._words("posting.weekdays").split()[day.weekday()]
        return self._words("posting.dated", year=day.year, month=day.month, day=day.day, weekday=weekday)

    def _spells(
        self, rows: dict[str, Published], first: date, last: date
    ) -> Iterator[tuple[str, date, date | None, State | None]]:
        """Each time a notice hung in the month: its id, put up and taken down on, and what ended it."""
        board = self._shelves.register.board
        bearing = Bearing(board)
        turns = bearing.days(rows)
        last = min(last, self._day)
        day = self._calendar.before(first)
        register = Register(board, day)
        up = self._up_since(bearing, sorted(_hanging(register, rows.values())), register)
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

    def _up_since(self, bearing: Bearing, hanging: Iterable[str], register: Register) -> dict[str, date]:
        """For each notice that hangs on the day of `register` the working day on which it was put up."""
        registers = {register.day: register}
        found: dict[str, date] = {}
        for identifier in hanging:
            row = register.posted[identifier]
            found[identifier] = self._due(first_day(row.notice))
            if len(bearing.on([identifier])) == 1:
                # By its own dates alone nothing hangs again that came down.
                continue
            days = {self._due(day) for day in bearing.days([identifier]) if day <= register.day}
            for day in sorted((day for day in days if day <= register.day), reverse=True):
                if day not in registers:
                    registers[day] = Register(register.board, day)
                if not _hanging(registers[day], [row]):
                    break
                found[identifier] = day
        return found

    def _posting(
        self, row: Published, up: date, down: date | None, state: State | None, still_up: str
    ) -> Posting:
        reason = self.reason(row, state) if state else ""
        return Posting(
            line=self._line(row, reason),
            up=up.isoformat(),
            up_text=self._words.day(up),
            down=down.isoformat() if down else "",
            down_text=self._words.day(down) if down else still_up,
        )

    def _days(self, row: Published, hung: bool) -> Iterator[tuple[str, str, list[Span]]]:
        """In which list a notice stands when, from the register's day on, and why it comes down.

        Of a withdrawal the page tells no more: its reason is not public before its day.
        """
        steps = [(self._day, row.state), *row.later]
        spells = spans([(self._before, hung), *((day, state.hangs) for day, state in steps)], bool)
        put_up: list[Span] = []
        stay: list[Span] = []
        for at, (begun, ended) in enumerate(spells):
            hung_before = begun == self._before or _in_any(spells, self._calendar.before(begun))
            due = self._due(begun)
            if not hung_before:
                put_up.append((begun, min(due, ended)))
            settled = begun if hung_before else due + ONE_DAY
            if settled <= ended:
                stay.append((settled, ended))
            if ended < date.max and _in_any(spells, self._calendar.before(ended + ONE_DAY)):
                again = spells[at + 1][0] - ONE_DAY if at + 1 < len(spells) else date.max
                gone: Span = (ended + ONE_DAY, min(self._due(ended + ONE_DAY), again))
                for key, found in self._reasons(steps, gone):
                    yield "take-down", self._words(f"posting.reasons.{key}"), found
        for key, found in (("put-up", put_up), ("stay", stay)):
            if to_come := self._to_come(found):
                yield key, "", to_come

    def _reasons(self, steps: list[tuple[date, State]], gone: Span) -> Iterator[tuple[str, list[Span]]]:
        """The reason why a notice comes down, and on which of these days to come it is that one."""
        keys = [(day, _reason_key(state)) for day, state in steps]
        for reason in dict.fromkeys(key for _, key in keys):
            found = ((max(first, gone[0]), min(last, gone[1])) for first, last in spans(keys, reason.__eq__))
            if to_come := self._to_come(found):
                yield reason, to_come

    def _due(self, day: date) -> date:
        """The first working day on or after a day."""
        return self._calendar.nth(day, 1)[0]

    def _to_come(self, found: Iterable[Span]) -> list[Span]:
        """Without what was over before the register's day."""
        kept = ((max(first, self._day), last) for first, last in found)
        return [(first, last) for first, last in kept if first <= last]

    def _page_list(self, key: str, lines: list[tuple[PageLine, list[Span]]]) -> PageList:
        number = counted((span for _, found in lines for span in found), self._day)
        return PageList(key, tuple(line for line, _ in lines), number)

    def _page_line(self, row: Published, reason: str, shown_on: Shown) -> PageLine:
        line = self._line(row, reason)
        width, path = outline(line.code) if line.code else (0, "")
        return PageLine(line, self._shelves.rows[row.id].url, shown_on, width, path)


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
    return {row.id for row in rows if row.id in posted and posted[row.id].state.hangs}


def _ending(row: Published) -> date:
    """What ends first stands first; what never does, last."""
    return row.notice.effective.until or date.max


def _reason_key(state: State) -> str:
    return "removed" if state.removed else state.mark


def _in_any(found: Iterable[Span], day: date) -> bool:
    return any(first <= day <= last for first, last in found)
