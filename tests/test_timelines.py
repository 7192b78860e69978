"""What a page knows of the days to come: exactly what the notices on it say, and nothing of any other.

The oracle is the site itself, built on the later day from what is public today. How the browser works
the attributes out is told again here in a few lines of Python; tests/browser/test_days.py watches it
do so.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import SITE_URL, a_board
from builders import ROOT, TODAY, Folder
from noticeboard.board.load import Board, load_board
from noticeboard.board.register import Published, Register, State
from noticeboard.board.status import PUBLIC, Status
from noticeboard.messages import messages
from noticeboard.views import boards, home
from noticeboard.views.days import Count, Shown, always, count, is_current, is_past, when
from noticeboard.views.frame import SiteSettings
from noticeboard.views.home import Home
from noticeboard.views.outputs import Outputs
from noticeboard.views.page import Page
from noticeboard.views.pages import Site
from noticeboard.views.rows import Listing, Row
from noticeboard.views.words import Words

WORDS = Words(messages("zh"))
AHEAD = 45


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def only_public(register: Register) -> Board:
    """The board as it would be if there were nothing but what is public today."""
    public = {i for i in register.board.entries if register.status(i) in PUBLIC}
    entries = {
        i: replace(entry, supersedes=tuple(target for target in entry.supersedes if target in public))
        for i, entry in register.board.entries.items()
        if i in public
    }
    return replace(register.board, entries=entries)


# -- how a browser reads the attributes


def stands(days: str, day: date) -> bool:
    """The ranges of `data-when`: `/2026-11-30 2027-01-05/`; without any, always."""
    ends = [part.split("/") for part in days.split()]
    return not ends or any(
        (not first or first <= str(day)) and (not last or str(day) <= last) for first, last in ends
    )


def is_shown(shown: Shown | None, day: date) -> bool:
    if shown is None:
        return False
    return shown.now if day == TODAY and not shown.days else stands(shown.days, day)


def number_on(number: Count, day: date) -> int:
    """The steps of `data-changes`: `2026-12-01+1 2026-12-05-2`."""
    steps = ((step[:10], int(step[10:])) for step in number.changes.split())
    return number.number + sum(step for at, step in steps if at <= str(day))


def mark_on(row: Row, day: date) -> str:
    """The marks of `data-days`: `2026-12-01:expired`."""
    reached = [step[11:] for step in row.days.split() if step[:10] <= str(day)]
    return reached[-1] if reached else row.mark


def left_on(row: Row, day: date) -> str:
    if not row.until or mark_on(row, day) not in {"current", "expired"}:
        return ""
    days = (date.fromisoformat(row.until) - day).days
    return f"还有 {days} 天" if days > 0 else "今天是最后一天" if days == 0 else f"已过 {-days} 天"


def lines_on(listing: Listing, day: date) -> list[str]:
    found = [line.row.url for line in listing.lines if stands(line.shown.days, day)]
    return found[: listing.most] if listing.most else found


def ending_on(view: Home, day: date) -> list[str]:
    """The next to end, out of the list of all that are current."""
    dated = [line.row for line in view.current.lines if line.row.until and stands(line.shown.days, day)]
    return [row.url for row in sorted(dated, key=lambda row: (row.until, row.url))][: home.FEW]


# -- everything on a page that depends on the day, as it is on a day


def face(view: Any, day: date, where: str = "") -> Iterator[tuple[str, Any]]:
    """Place on the page → what stands there. What stands there only on other days is left out."""
    if isinstance(view, Count):
        yield where, number_on(view, day) or None
    elif isinstance(view, Listing):
        yield where, lines_on(view, day) or None
    elif isinstance(view, Row):
        yield where, row_on(view, day)
    elif isinstance(view, int) and not isinstance(view, bool):
        yield where, view or None
    elif isinstance(view, tuple):
        for at, part in enumerate(view):
            yield from face(part, day, f"{where}/{name_of(part) or at}")
    elif is_dataclass(view):
        for field in fields(view):
            if isinstance(view, Home) and field.name == "ending":
                yield f"{where}.ending", ending_on(view, day) or None
            elif not (isinstance(view, Listing) and field.name == "most"):
                yield from face(getattr(view, field.name), day, f"{where}.{field.name}")


def name_of(part: Any) -> str:
    return next((getattr(part, key) for key in ("url", "name") if getattr(part, key, "")), "")


def row_on(row: Row, day: date) -> dict[str, Any]:
    mark = mark_on(row, day)
    removed = is_shown(row.removed, day)
    return {
        "url": row.url,
        "mark": mark,
        "label": WORDS.label(mark),
        "left": left_on(row, day),
        "summary": row.summary if is_shown(row.whole, day) else "",
        "removal": row.removal if removed else "",
        "is whole": is_shown(row.whole, day) is not removed,
        "notes": [(note.text, note.url, note.title) for note in row.notes if is_shown(note.shown, day)],
    }


def faces(pages: list[Page], day: date) -> dict[str, Any]:
    found = [one for page in pages for one in face(page.view, day, page.address)]
    assert len(found) == len(dict(found)), "each place has a name of its own"
    return {where: what for where, what in found if what is not None}


def pages_of(register: Register) -> list[Page]:
    return list(Site(register, WORDS).pages())


# -- small examples


def a_row(*later: tuple[int, Status], today: Status = Status.CURRENT) -> Published:
    def state(status: Status) -> State:
        return State(status, status.value, None, False)

    return cast(
        Published,
        SimpleNamespace(state=state(today), later=tuple((after(n), state(status)) for n, status in later)),
    )


C, E, W, S = Status.CURRENT, Status.EXPIRED, Status.WITHDRAWN, Status.SUPERSEDED
WHEN = {
    "for good": (a_row(), "", None),
    "until a day": (a_row((1, E)), "/2026-11-21", "2026-11-22/"),
    "never more": (a_row(today=E), None, ""),
    "again from a day on": (a_row((10, C), today=S), "2026-12-01/", "/2026-11-30"),
    "with a gap": (a_row((3, S), (10, C), (40, E)), "/2026-11-23 2026-12-01/2026-12-30",
                   "2026-11-24/2026-11-30 2026-12-31/"),
    "for a day": (a_row((1, C), (2, E), today=S), "2026-11-22/2026-11-22", "/2026-11-21 2026-11-23/"),
    "through a change of another kind": (a_row((5, S), (9, W)), "/2026-11-25", "2026-11-26/"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "current", "past"), WHEN.values(), ids=WHEN)
def test_the_days_on_which_something_is_shown(row: Published, current: str | None, past: str | None) -> None:
    now = row.state.status is Status.CURRENT
    assert when(row, is_current) == (None if current is None else Shown(now, current))
    assert when(row, is_past) == (None if past is None else Shown(not now, past))
    assert when(row, always) == Shown(True, "")


def test_the_steps_of_a_number() -> None:
    rows = [
        a_row(),
        a_row((1, E)),
        a_row((1, E)),
        a_row((3, C), today=S),
        a_row((3, S), (5, C)),
        a_row(today=W),
    ]
    assert count(rows, is_current) == Count(4, "2026-11-22-2 2026-11-26+1")
    assert count(rows, is_past) == Count(2, "2026-11-22+2 2026-11-26-1")
    assert count(rows, always) == Count(6) and count([], is_current) == Count(0)


# -- random boards


@dataclass(frozen=True)
class Made:
    """A notice; days are counted from today, `replaces` and `links` are numbers of earlier ones."""

    begins: int
    length: int | None
    publisher: str
    fields: tuple[tuple[str, str | None], ...]
    change: tuple[str, int, bool] | None
    erased: int | None
    replaces: tuple[int, ...]
    links: int | None


OWN = {
    "town": ("outage", "policy"),
    "east": ("finance",),
}
HIDING: tuple[tuple[tuple[str, str | None], ...], ...] = (
    (("confidentiality_cleared", "false"), ("clearance", None)),
    (("channels", "[board]"),),
    (("天气", "晴"),),
)
PLAIN: tuple[tuple[tuple[str, str | None], ...], ...] = ((), (("summary", "一句话"),))
NEAR = st.integers(-12, 25)
EARLIER = st.lists(st.integers(0, 8), max_size=3, unique=True).map(tuple)


def sometimes(one: st.SearchStrategy[Any], often: int = 2) -> st.SearchStrategy[Any]:
    """Mostly nothing."""
    return st.one_of(*[st.none()] * often, one)


A_NOTICE = st.builds(
    Made,
    begins=st.sampled_from([*range(-15, 1), *range(-15, 1), 1, 2, 4, 6, 9, 14]),
    length=st.one_of(st.none(), st.integers(1, 30), st.integers(16, 30)),
    publisher=st.sampled_from(list(OWN)),
    fields=st.sampled_from([*PLAIN, *PLAIN, *PLAIN, *HIDING]),
    change=sometimes(st.tuples(st.sampled_from(["变更", "撤销", "终止"]), NEAR, st.booleans())),
    erased=sometimes(NEAR, 3),
    replaces=st.one_of(st.just(()), EARLIER),
    links=sometimes(st.integers(0, 8), 3),
)
#: Not public yet, and would change what is said of those that it will replace.
A_SECRET = st.builds(
    Made,
    begins=st.integers(1, 14),
    length=st.one_of(st.none(), st.integers(5, 30)),
    publisher=st.sampled_from(list(OWN)),
    fields=st.just(()),
    change=st.none(),
    erased=st.none(),
    replaces=st.lists(st.integers(0, 4), min_size=1, unique=True).map(tuple),
    links=st.none(),
)
NOTICES = st.builds(
    lambda some, secrets: [*some, *secrets],
    st.lists(A_NOTICE, min_size=2, max_size=8),
    st.lists(A_SECRET, max_size=2),
)


def lay_out(place: Path, notices: list[Made]) -> Folder:
    board = a_board(place)
    for number, notice in enumerate(notices):
        begins = after(notice.begins)
        period = f"{begins} 起长期" if notice.length is None else f"{{from: {begins}, days: {notice.length}}}"
        given = {
            "title": f"第{number}条",
            "publisher": notice.publisher,
            "category": OWN[notice.publisher][number % len(OWN[notice.publisher])],
            "effective": period,
            "clearance": "{reviewer: 甲审, date: 2026-11-01}",
            **dict(notice.fields),
        }
        earlier = [other for other in notice.replaces if other < number]
        if earlier and "channels" not in given:  # what hangs on a board alone keeps its dates to itself
            given["supersedes"] = f"[{', '.join(path_of(other) for other in earlier)}]"
        if notice.change is not None:
            kind, day, remove = notice.change
            removing = ", remove_text: true" if remove and kind != "变更" else ""
            given["change"] = f"{{type: {kind}, date: {after(day)}, reason: 第{number}条的原因{removing}}}"
        if notice.erased is not None:
            given["erase_on"] = str(after(notice.erased))
        link = "" if (to := notice.links) is None or to >= number else f"[见](../../{path_of(to)}.md)"
        board.notice(f"{path_of(number)}.md", f"第{number}条的正文。{link}", **given)
    return board


def path_of(number: int) -> str:
    return f"2026/town/{number:04d}"


def the_board(notices: list[Made]) -> Board:
    with tempfile.TemporaryDirectory() as place:
        return lay_out(Path(place), notices).board()


@settings(max_examples=80)
@given(NOTICES)
def test_what_a_page_foretells_is_what_comes(notices: list[Made]) -> None:
    register = Register(the_board(notices), TODAY)
    public = only_public(register)
    foretold = {identifier: row.state for identifier, row in register.published.items()}
    for n in range(AHEAD):
        for identifier, row in register.published.items():
            foretold[identifier] = dict(row.later).get(after(n), foretold[identifier])
        then = Register(public, after(n)).published
        assert {identifier: row.state for identifier, row in then.items()} == foretold, after(n)


@settings(max_examples=40)
@given(NOTICES)
def test_each_day_that_is_foretold_changes_something_and_lies_ahead(notices: list[Made]) -> None:
    for row in Register(the_board(notices), TODAY).published.values():
        days = [TODAY, *(day for day, _ in row.later)]
        states = [row.state, *(state for _, state in row.later)]
        assert days == sorted(set(days)) and all(a != b for a, b in pairwise(states))


@settings(max_examples=50)
@given(NOTICES, st.sets(st.integers(1, AHEAD), min_size=3, max_size=5))
def test_a_page_that_is_days_old_says_what_a_new_one_says(notices: list[Made], later: set[int]) -> None:
    with mock.patch.multiple(home, FRONT=2, FEW=1), mock.patch.object(boards, "RECENT", 1):
        register = Register(the_board(notices), TODAY)
        public = only_public(register)
        old = pages_of(register)
        for n in (0, *sorted(later)):
            new = pages_of(Register(public, after(n)))
            assert {page.address for page in new} == {page.address for page in old}
            assert faces(old, after(n)) == now_of(new, after(n)), after(n)


def now_of(pages: list[Page], day: date) -> dict[str, Any]:
    """What a site says on the day that it is built: the same faces, with nothing worked out."""
    found = faces(pages, day)
    for page in pages:
        for where, view in walk(page.view, page.address):
            if isinstance(view, Count):
                assert found.get(where, 0) == view.number
            elif isinstance(view, Listing) and not where.endswith(".ending"):
                assert found.get(where, []) == [line.row.url for line in view.lines if line.shown.now]
            elif isinstance(view, Row):
                said = found[where]
                assert (said["mark"], said["label"], said["left"]) == (view.mark, view.label, view.time_left)
            elif isinstance(view, Home):
                assert found.get(f"{where}.ending", []) == [line.row.url for line in view.ending.lines]
    return found


def walk(view: Any, where: str) -> Iterator[tuple[str, Any]]:
    yield where, view
    if isinstance(view, tuple):
        for at, part in enumerate(view):
            yield from walk(part, f"{where}/{name_of(part) or at}")
    elif is_dataclass(view) and not isinstance(view, (Count, Listing, Row)):
        for field in fields(view):
            yield from walk(getattr(view, field.name), f"{where}.{field.name}")


# -- nothing of what is not public


@settings(max_examples=40)
@given(NOTICES)
def test_the_site_is_the_same_as_if_there_were_nothing_but_what_is_public(notices: list[Made]) -> None:
    """Byte for byte: so nothing scheduled or withheld is in what is foretold, or anywhere else."""
    settings = SiteSettings(SITE_URL, "Asia/Shanghai")
    with tempfile.TemporaryDirectory() as place:
        register = Register(lay_out(Path(place), notices).board(), TODAY)
        made = Outputs(register, settings, WORDS)
        without = Outputs(Register(only_public(register), TODAY), settings, WORDS)
    assert (made.pages, made.redirects, made.frame) == (without.pages, without.redirects, without.frame)
    assert made.data == without.data and made.heads == without.heads


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def test_a_scheduled_notice_is_not_foretold_by_what_it_will_replace(board: Folder) -> None:
    board.notice("2026/town/0001.md", effective="2026-11-10 起长期")
    board.notice("2026/town/0002.md", effective="2026-12-10 起长期", supersedes="0001.md")
    board.notice("2026/town/0003.md", effective="{from: 2026-11-10, days: 20}", supersedes="0004.md")
    board.notice("2026/town/0004.md", confidentiality_cleared="false", clearance=None)
    board.notice("2026/town/0005.md", effective="{from: 2026-12-10, until: 2027-01-31}", supersedes="0003.md")
    later = {row.id: row.later for row in board.register().published.values()}
    assert later["2026/town/0001"] == ()
    assert [(day, state.status) for day, state in later["2026/town/0003"]] == [(date(2026, 11, 30), E)]
    assert "2026-12-10" not in repr(pages_of(board.register()))


@pytest.mark.parametrize("kind", ["变更", "撤销", "终止"])
def test_a_change_to_come_is_foretold_without_its_reason(board: Folder, kind: str) -> None:
    board.notice("2026/town/0001.md", change=f"{{type: {kind}, date: 2026-12-01, reason: 机密的原因}}")
    register = board.register()
    page = next(page for page in pages_of(register) if page.address == "notices/2026/town/0001/")
    (note,) = page.view.row.notes
    assert (note.text, note.shown) == (f"2026年12月1日{kind}", Shown(False, "2026-12-01/"))
    assert note.reason == WORDS("note-reason-later")
    assert "机密的原因" not in repr(pages_of(register))


def test_the_dates_of_what_hangs_on_a_board_alone_stay_off_the_site(board: Folder) -> None:
    board.notice("2026/town/0001.md", effective="{from: 2026-11-10, until: 2027-03-31}")
    board.notice(
        "2026/town/0002.md",
        effective="{from: 2026-11-15, until: 2026-12-24}",
        channels="[board]",
        supersedes="0001.md",
    )
    register = board.register()
    (row,) = register.published.values()
    assert row.status is Status.SUPERSEDED and row.superseded_by is None
    assert [str(day) for day, _ in row.later] == ["2027-04-01"]
    assert "2026-12-2" not in repr(pages_of(register)) and "12月2" not in repr(pages_of(register))


def test_a_chain_is_foretold_link_by_link(board: Folder) -> None:
    board.notice("2026/town/0001.md", effective="2026-11-01 起长期")
    board.notice("2026/town/0002.md", effective="{from: 2026-11-10, until: 2026-11-25}", supersedes="0001.md")
    board.notice("2026/town/0003.md", effective="{from: 2026-11-15, until: 2026-11-23}", supersedes="0002.md")
    found = board.register().published
    marks = {
        row.id[-1]: [(str(day)[5:], s.mark, s.superseded_by) for day, s in row.later]
        for row in found.values()
    }
    one, two, three = (f"2026/town/000{n}" for n in (1, 2, 3))
    assert [found[i].status for i in (one, two, three)] == [S, S, C]
    assert (found[one].superseded_by, found[two].superseded_by) == (two, three)
    assert marks == {
        "1": [("11-26", "long-term", None)],
        "2": [("11-24", "current", None), ("11-26", "expired", None)],
        "3": [("11-24", "expired", None)],
    }


def test_the_sample_board_foretells_a_year_rightly() -> None:
    register = Register(load_board(ROOT / "notices"), TODAY)
    public, old = only_public(register), pages_of(register)
    for n in (1, 30, 120, 365):
        assert faces(old, after(n)) == now_of(pages_of(Register(public, after(n))), after(n)), after(n)
