"""The front page: the board today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..board.publisher import Publisher
from .days import Count, count, is_current, is_past
from .page import Page
from .rows import Listing
from .shelves import Shelves

#: How many current notices the front page shows at first, and how many of those that end or ended.
FRONT = 100
FEW = 5


@dataclass(frozen=True, slots=True)
class BoardTile:
    """One physical board: a village, or the township itself."""

    name: str
    url: str
    current: Count


@dataclass(frozen=True, slots=True)
class Home:
    boards: tuple[BoardTile, ...]
    ending: Listing
    current: Listing
    total: Count
    recent: Listing


def pages(shelves: Shelves) -> Iterator[Page]:
    """The one front page."""
    dated = [row for row in shelves.all if row.notice.effective.until]
    lasting = [row for row in shelves.all if not row.notice.effective.until]
    rows = shelves.rows
    # The reader's browser finds the next ones in the list of all that are current, in this same order.
    ending = [row for row in dated if is_current(row.state)]
    ending.sort(key=lambda row: (row.notice.effective.until or date.max, rows[row.id].url))
    view = Home(
        boards=tuple(tile(shelves, publisher) for publisher in shelves.publishers.boards),
        ending=rows.of(ending[:FEW]),
        current=rows.of([*dated, *lasting], is_current, FRONT),
        total=count(shelves.all, is_current),
        recent=rows.of(shelves.all, is_past, FEW),
    )
    yield shelves.page("", "home.html", "home", view)


def tile(shelves: Shelves, publisher: Publisher) -> BoardTile:
    """A board with the number of its current notices."""
    current = count(shelves.on_board(publisher), is_current)
    return BoardTile(publisher.short_name, f"publishers/{publisher.code}/", current)
