"""Tables as a grid that is full: every place of it belongs to exactly one cell.

What people write in HTML is often not: spans that reach beyond the table or over each other, rows that
are too short. A browser draws something all the same; a typesetter refuses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span(Generic[T]):
    """A cell and how many columns and rows it takes; `cell` is None where there was none."""

    cell: T | None
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class _Placed(Generic[T]):
    span: Span[T]
    start: int

    @property
    def end(self) -> int:
        return self.start + self.span.columns


def full(groups: Sequence[Sequence[Sequence[Span[T]]]]) -> tuple[int, list[list[list[Span[T]]]]]:
    """The number of columns, and the rows of each group (head, body, foot) without gap or overlap.

    No cell is lost. A cell ends with its group, as in HTML, and before a place that is taken; columns in
    which no cell begins are none, so a span of 9,999 takes the columns that there are. Rows without a
    cell of their own vanish unless a cell from above reaches into them.
    """
    placed = [_group(rows) for rows in groups]
    starts = sorted({cell.start for rows in placed for row in rows for cell in row})
    return len(starts), [_filled(rows, starts) for rows in placed]


def _group(rows: Sequence[Sequence[Span[T]]]) -> list[list[_Placed[T]]]:
    """The cells of a group, each at its column."""
    placed: list[list[_Placed[T]]] = []
    above: list[tuple[int, int, int]] = []  # start, end and the first row that is free again
    rows = _without_empty(rows)
    for number, row in enumerate(rows):
        above = sorted(taken for taken in above if taken[2] > number)
        line: list[_Placed[T]] = []
        at, following = 0, 0
        for span in row:
            while following < len(above) and above[following][0] <= at:
                at = max(at, above[following][1])
                following += 1
            room = above[following][0] - at if following < len(above) else span.columns
            whole = replace(
                span, columns=max(1, min(span.columns, room)), rows=max(1, min(span.rows, len(rows) - number))
            )
            line.append(_Placed(whole, at))
            at += whole.columns
        above += [(cell.start, cell.end, number + cell.span.rows) for cell in line if cell.span.rows > 1]
        placed.append(line)
    return placed


def _without_empty(rows: Sequence[Sequence[Span[T]]]) -> list[Sequence[Span[T]]]:
    kept: list[Sequence[Span[T]]] = []
    reach = 0
    for row in rows:
        if row or reach > len(kept):
            reach = max([reach, *(len(kept) + span.rows for span in row)])
            kept.append(row)
    return kept


def _filled(rows: list[list[_Placed[T]]], starts: list[int]) -> list[list[Span[T]]]:
    """The rows with spans counted in `starts`, and an empty cell wherever there is a gap."""
    filled: list[list[Span[T]]] = []
    above: list[tuple[int, int, int]] = []
    for number, row in enumerate(rows):
        above = [taken for taken in above if taken[2] > number]
        own = [(bisect_left(starts, cell.start), bisect_left(starts, cell.end), cell.span) for cell in row]
        taken = sorted([*((start, end, None) for start, end, _ in above), *own], key=lambda part: part[0])
        line: list[Span[T]] = []
        at = 0
        for start, end, span in (*taken, (len(starts), len(starts), None)):
            if start > at:
                line.append(Span(None, start - at))
            if span is not None:
                line.append(replace(span, columns=end - start))
            at = max(at, end)
        above += [(start, end, number + span.rows) for start, end, span in own if span.rows > 1]
        filled.append(line)
    return filled
