"""What depends on the day, in a form that the reader's browser can work out again without the network.

A page knows what each notice on it becomes and when (`Published.later`). Three attributes carry that:
`days` the marks to come, `when` the days on which something is shown, `changes` the steps of a number.
`theme/assets/board.js` reads them; nothing else decides anything about days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..board.register import Published, State
from ..board.status import Status

Test = Callable[[State], bool]


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


def when(row: Published, test: Test) -> Shown | None:
    """The days on which `test` holds, or None where it never will."""
    ranges: list[str] = []
    begun: str | None = "" if test(row.state) else None
    for day, state in row.later:
        if test(state) and begun is None:
            begun = day.isoformat()
        elif not test(state) and begun is not None:
            ranges.append(f"{begun}/{(day - timedelta(days=1)).isoformat()}")
            begun = None
    if begun is not None:
        ranges.append(f"{begun}/")
    days = "" if ranges == ["/"] else " ".join(ranges)
    return Shown(test(row.state), days) if ranges else None


def count(rows: Iterable[Published], test: Test) -> Count:
    """How many pass the test, today and later."""
    number = 0
    steps: Counter[date] = Counter()
    for row in rows:
        holds = test(row.state)
        number += holds
        for day, state in row.later:
            if test(state) is not holds:
                holds = not holds
                steps[day] += 1 if holds else -1
    changes = (f"{day.isoformat()}{step:+d}" for day, step in sorted(steps.items()) if step)
    return Count(number, " ".join(changes))
