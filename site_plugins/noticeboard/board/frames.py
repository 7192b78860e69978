"""The frames of a physical board, and which sheet goes into which of them.

Paper halves exactly: an A2 frame holds one A2, two A3 or four A4 sheets, or one A3 and two A4; an A3
frame holds one A3 or two A4. So sheets fit wherever their areas do, as long as each size has frames that
are large enough, and counting is all that has to be done to know it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

#: Paper → its area in sheets of A4, the smallest first.
AREAS: Mapping[str, int] = {"A4": 1, "A3": 2, "A2": 4}
_LARGEST_FIRST = (*AREAS,)[::-1]
#: Nobody has a wall for more of one size.
MOST_FRAMES = 200

#: How many sheets a notice needs on paper of a size: `pages("2026/town/0001", "A3")`.
Pages = Callable[[str, str], int]


@dataclass(frozen=True, slots=True)
class Frames:
    """How many frames of each size a board has; a size that is not among `counts` has none."""

    counts: Mapping[str, int] = field(default_factory=dict, hash=False)

    def __bool__(self) -> bool:
        return self.area > 0

    @property
    def area(self) -> int:
        """The sheets of A4 that fill the board."""
        return sum(AREAS[size] * n for size, n in self.counts.items())

    @property
    def papers(self) -> tuple[str, ...]:
        """The sizes of paper that can hang somewhere, the smallest first; A4 in any case."""
        return tuple(size for size in AREAS if size == "A4" or self.hold({size: 1}))

    def hold(self, sheets: Mapping[str, int]) -> bool:
        """Whether so many sheets of each size hang on the board at once."""
        room = 0
        for size in _LARGEST_FIRST:
            # What the frames of this size and of all larger ones have room for, less what has to go there.
            room += AREAS[size] * (self.counts.get(size, 0) - sheets.get(size, 0))
            if room < 0:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Wanted:
    """A notice that should hang: its last day (None for long-term) and the day of its publication."""

    id: str
    until: date | None
    published_on: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a notice: page `page` of `pages`, on paper of `size`."""

    id: str
    page: int
    pages: int
    size: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame, the `number`-th of its size, and what hangs in it; `free` is in sheets of A4."""

    size: str
    number: int
    sheets: tuple[Sheet, ...]

    @property
    def free(self) -> int:
        return AREAS[self.size] - sum(AREAS[sheet.size] for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class Missing:
    """A notice that does not fit, and how many more frames of A4 it would need beside the others."""

    id: str
    frames: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`sizes` are the paper of each notice that hangs and how many sheets, in the order of their places."""

    frames: tuple[Frame, ...]
    sizes: Mapping[str, tuple[str, int]]
    missing: tuple[Missing, ...]


def plan(frames: Frames, wanted: Iterable[Wanted], pages: Pages) -> Plan:
    """What hangs where.

    Places are given to notices whose period ends before long-term ones, to those that end sooner first,
    to the newest of these first. Each gets the paper on which its sheets need the least room; the rest is
    `missing`. Then, in the same order, as many as fit are enlarged to A3, and of these to A2: nothing is
    pushed out for that.
    """
    order = sorted(wanted, key=_priority)
    needed = {item.id: {size: pages(item.id, size) for size in frames.papers} for item in order}
    hanging: Counter[str] = Counter()
    sizes: dict[str, tuple[str, int]] = {}
    for item in order:
        for size, count in _smallest_first(needed[item.id]):
            with_it = hanging + Counter({size: count})
            if frames.hold(with_it):
                sizes[item.id], hanging = (size, count), with_it
                break
    free = frames.area - sum(AREAS[size] * count for size, count in hanging.items())
    missing = tuple(Missing(item.id, needed[item.id]["A4"] - free) for item in order if item.id not in sizes)
    for smaller, larger in pairwise(AREAS):
        for identifier, (size, count) in sizes.items():
            if size != smaller or larger not in needed[identifier]:
                continue
            more = needed[identifier][larger]
            enlarged = hanging + Counter({larger: more}) - Counter({smaller: count})
            if frames.hold(enlarged):
                sizes[identifier], hanging = (larger, more), enlarged
    return Plan(tuple(_filled(frames, sizes)), sizes, missing)


def _priority(item: Wanted) -> tuple[date, int, str]:
    return (item.until or date.max, -item.published_on.toordinal(), item.id)


def _smallest_first(needed: Mapping[str, int]) -> list[tuple[str, int]]:
    """The sizes in the order in which to try them; of two with the same area the smaller paper."""
    return sorted(needed.items(), key=lambda paper: (paper[1] * AREAS[paper[0]], AREAS[paper[0]]))


def _filled(frames: Frames, sizes: Mapping[str, tuple[str, int]]) -> Iterator[Frame]:
    """The frames with their sheets: the largest first, each in the smallest frame that has room."""
    walls: dict[str, list[list[Sheet]]] = {
        size: [[] for _ in range(frames.counts.get(size, 0))] for size in _LARGEST_FIRST
    }
    for size in _LARGEST_FIRST:
        for identifier, (chosen, count) in sizes.items():
            if chosen == size:
                for page in range(1, count + 1):
                    _place(walls, Sheet(identifier, page, count, size))
    for size, wall in walls.items():
        for number, sheets in enumerate(wall, 1):
            yield Frame(size, number, tuple(sheets))


def _place(walls: Mapping[str, Sequence[list[Sheet]]], sheet: Sheet) -> None:
    area = AREAS[sheet.size]
    for size in AREAS:
        for sheets in walls[size]:
            if AREAS[size] - sum(AREAS[other.size] for other in sheets) >= area:
                sheets.append(sheet)
                return
    raise AssertionError("what was counted has a place")
