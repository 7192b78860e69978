"""The plan of a physical board in words: what hangs in which frame, and what has no place."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from ..board.frames import AREAS, Frame, Plan, Sheet
from .words import Words


@dataclass(frozen=True, slots=True)
class SheetView:
    """Page `page` of the `pages` of a notice on paper of `size`; `said` tells size and page."""

    id: str
    title: str
    size: str
    page: int
    pages: int
    said: str


@dataclass(frozen=True, slots=True)
class FrameView:
    """One frame, the `number`-th of its size, with what hangs in it; `free` is in sheets of A4.

    `across` tells that it has to lie across for what it holds.
    """

    name: str
    size: str
    number: int
    free: int
    across: bool
    sheets: tuple[SheetView, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """A notice without a place; `said` tells how many more `frames` of A4 it would need."""

    id: str
    title: str
    frames: int
    said: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The frames, the largest first, and what does not fit into them."""

    frames: tuple[FrameView, ...]
    missing: tuple[MissingView, ...]


def plan_view(
    planned: Plan, titles: Mapping[str, str], words: Words, across: Set[tuple[str, str]] = frozenset()
) -> PlanView:
    """A plan in words. `titles` are those of the notices in it, by id.

    `across` are ids with the sizes of paper on which their posters lie across; all others stand upright.
    """
    return PlanView(
        frames=tuple(_frame(frame, titles, words, across) for frame in planned.frames),
        missing=tuple(
            MissingView(one.id, titles[one.id], one.frames, words("posting.sheet.more", count=one.frames))
            for one in planned.missing
        ),
    )


def sheets_of(planned: Plan, words: Words) -> dict[str, str]:
    """For each notice of a plan on how many sheets of which paper it hangs, or that it has no place."""
    hanging = {
        identifier: words("posting.sheet.size", size=size, count=count)
        for identifier, (size, count) in planned.sizes.items()
    }
    return hanging | {one.id: words("posting.sheet.no-room") for one in planned.missing}


def _frame(frame: Frame, titles: Mapping[str, str], words: Words, across: Set[tuple[str, str]]) -> FrameView:
    return FrameView(
        name=words("posting.sheet.frame", size=frame.size, number=frame.number),
        size=frame.size,
        number=frame.number,
        free=frame.free,
        across=_lies_across(frame, across),
        sheets=tuple(_sheet(sheet, titles, words) for sheet in frame.sheets),
    )


def _lies_across(frame: Frame, across: Set[tuple[str, str]]) -> bool:
    """Two sheets of half the size stand side by side where it lies; else it hangs as the first in it."""
    if not frame.sheets:
        return False
    first = frame.sheets[0]
    is_half = AREAS[frame.size] == 2 * AREAS[first.size]
    return ((first.id, first.size) in across) is not is_half


def _sheet(sheet: Sheet, titles: Mapping[str, str], words: Words) -> SheetView:
    key = "of" if sheet.pages > 1 else "one"
    said = f"{sheet.size}　{words(f'posting.sheet.{key}', page=sheet.page, pages=sheet.pages)}"
    return SheetView(sheet.id, titles[sheet.id], sheet.size, sheet.page, sheet.pages, said)
