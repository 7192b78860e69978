"""What depends on the day, in a form that the reader's browser can work out again without the network.

A page knows what each notice on it becomes and when (`Published.later`). Three attributes carry that:
`days` the marks to come, `when` the days on which something is shown, `changes` the steps of a number.
`theme/assets/board.js` reads them; nothing else decides anything about days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from ..board.register import Published, State
from ..board.status import Status

T = TypeVar("T")
Test = Callable[[State], bool]
#: First and last day of a stretch of time; `date.min` or `date.max` where it has no such day.
Span = tuple[date, date]
ONE_DAY = timedelta(days=1)


def is_current(state: State) -> bool:
    """On the board."""
    return state.status is Status.CURRENT


def is_past(state: State) -> bool:
    """No longer current: what the archive holds."""
    return state.status is not Status.CURRENT


def always(state: State) -> bool:
    """In lists that hold every notice."""
    return True


@dataclass(frozen=True, slots=True)
class Count:
    """A number of notices on the day of the build, and its steps on later days: `2026-12-01+1 …`."""

    number: int
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether something is shown on the day of the build, and the days from it on which it is.

    `days` is empty where it always is; otherwise ranges such as `/2026-11-30 2027-01-05/`, first and
    last day included, open where a side is empty.
    """

    now: bool = True
    days: str = ""


#: On every day.
ALWAYS = Shown()


def spans(steps: Iterable[tuple[date, T]], test: Callable[[T], bool]) -> list[Span]:
    """The stretches of days on which `test` holds of what is so from each of these days on."""
    found: list[Span] = []
    begun: date | None = None
    for day, value in steps:
        holds = test(value)
        if holds and begun is None:
            begun = day
        elif not holds and begun is not None:
            found.append((begun, day - ONE_DAY))
            begun = None
    if begun is not None:
        found.append((begun, date.max))
    return found


def shown(found: Sequence[Span], day: date = date.min) -> Shown:
    """What is shown on these days, as a page that is built on `day` says it.

    `date.min` stands for the day of the build whichever it is, in `found` too: every later day is after it.
    """
    said = " ".join(f"{_iso(first)}/{_iso(last)}" for first, last in found)
    return Shown(any(first <= day <= last for first, last in found), "" if said == "/" else said)


def counted(found: Iterable[Span], day: date = date.min) -> Count:
    """How many of these stretches the day of the build lies in, and the steps of that number after it.

    `day` is as in `shown`.
    """
    number = 0
    steps: Counter[date] = Counter()
    for first, last in found:
        if first > day:
            steps[first] += 1
        elif last >= day:
            number += 1
        if day <= last < date.max:
            steps[last + ONE_DAY] -= 1
    changes = (f"{at.isoformat()}{step:+d}" for at, step in sorted(steps.items()) if step)
    return Count(number, " ".join(changes))


def when(row: Published, test: Test) -> Shown | None:
    """The days on which `test` holds, or None where it never will."""
    found = _from_now(row, test)
    return shown(found) if found else None


def count(rows: Iterable[Published], test: Test) -> Count:
    """How many pass the test, today and later."""
    return counted(span for row in rows for span in _from_now(row, test))


def _from_now(row: Published, test: Test) -> list[Span]:
    return spans([(date.min, row.state), *row.later], test)


def _iso(day: date) -> str:
    return "" if day in (date.min, date.max) else day.isoformat()
