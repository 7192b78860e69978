"""The frames of a physical board, and which sheet goes into which of them.

Paper halves exactly: an A2 frame holds one A2, two A3 or four A4 sheets, or one A3 and two A4; an A3
frame holds one A3 or two A4. So sheets fit wherever their areas do, as long as each size has frames that
are large enough, and counting is all that has to be done to know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

#: Paper → its area in sheets of A4, the smallest first.
AREAS: Mapping[str, int] = {"A4": 1, "A3": 2, "A2": 4}
_NOTHING: Mapping[str, int] = dict.fromkeys(AREAS, 0)
#: Nobody has a wall for more of one size.
MOST_FRAMES = 200

#: How many sheets a notice needs on paper of a size: `pages("2026/town/0001", "A3")`.
Pages = Callable[[str, str], int]


@dataclass(frozen=True, slots=True)
class Frames:
    """How many frames of each size a board has."""

    a4: int = 0
    a3: int = 0
    a2: int = 0

    def __bool__(self) -> bool:
        return self.area > 0

    @property
    def area(self) -> int:
        """The sheets of A4 that fill the board."""
        return self.a4 + 2 * self.a3 + 4 * self.a2

    @property
    def sizes(self) -> Iterator[tuple[str, int]]:
        """Each size that there are frames of, the largest first, with their number."""
        return ((size, n) for size, n in (("A2", self.a2), ("A3", self.a3), ("A4", self.a4)) if n)

    @property
    def papers(self) -> tuple[str, ...]:
        """The sizes of paper that can hang somewhere, the smallest first; A4 in any case."""
        return tuple(size for size in AREAS if size == "A4" or self.hold({**_NOTHING, size: 1}))

    def hold(self, sheets: Mapping[str, int]) -> bool:
        """Whether so many sheets of each size hang on the board at once."""
        large = self.a2 - sheets["A2"]
        middle = self.a3 + 2 * large - sheets["A3"]
        return large >= 0 and middle >= 0 and self.a4 + 2 * middle >= sheets["A4"]


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
    """`sizes` are the paper of each notice that hangs, in the order in which places were given."""

    frames: tuple[Frame, ...]
    sizes: Mapping[str, str]
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
    hanging: Mapping[str, int] = _NOTHING
    sizes: dict[str, str] = {}
    for item in order:
        here = needed[item.id]
        if found := next((s for s in _smallest(here) if frames.hold(_with(hanging, s, here))), None):
            sizes[item.id], hanging = found, _with(hanging, found, here)
    free = frames.area - sum(AREAS[size] * count for size, count in hanging.items())
    missing = tuple(Missing(item.id, needed[item.id]["A4"] - free) for item in order if item.id not in sizes)
    for smaller, larger in (("A4", "A3"), ("A3", "A2")):
        for item in order:
            here = needed[item.id]
            if sizes.get(item.id) != smaller or larger not in here:
                continue
            enlarged = _with(hanging, larger, here)
            enlarged[smaller] -= here[smaller]
            if frames.hold(enlarged):
                sizes[item.id], hanging = larger, enlarged
    return Plan(tuple(_filled(frames, sizes, needed)), sizes, missing)


def _priority(item: Wanted) -> tuple[date, int, str]:
    return (item.until or date.max, -item.published_on.toordinal(), item.id)


def _smallest(needed: Mapping[str, int]) -> list[str]:
    """The sizes in the order in which to try them; of two with the same area the smaller paper."""
    return sorted(needed, key=lambda size: (needed[size] * AREAS[size], AREAS[size]))


def _with(hanging: Mapping[str, int], size: str, needed: Mapping[str, int]) -> dict[str, int]:
    return {**hanging, size: hanging[size] + needed[size]}


def _filled(
    frames: Frames, sizes: Mapping[str, str], needed: Mapping[str, Mapping[str, int]]
) -> Iterator[Frame]:
    """The frames with their sheets: the largest first, each in the smallest frame that has room."""
    walls: dict[str, list[list[Sheet]]] = {size: [[] for _ in range(n)] for size, n in frames.sizes}
    for size in [*AREAS][::-1]:
        for identifier, chosen in sizes.items():
            if chosen != size:
                continue
            count = needed[identifier][size]
            for page in range(1, count + 1):
                _place(walls, Sheet(identifier, page, count, size))
    for size, _ in frames.sizes:
        for number, sheets in enumerate(walls[size], 1):
            yield Frame(size, number, tuple(sheets))


def _place(walls: Mapping[str, Sequence[list[Sheet]]], sheet: Sheet) -> None:
    area = AREAS[sheet.size]
    for size in AREAS:
        for sheets in walls.get(size, ()):
            if AREAS[size] - sum(AREAS[other.size] for other in sheets) >= area:
                sheets.append(sheet)
                return
    raise AssertionError("what was counted has a place")
