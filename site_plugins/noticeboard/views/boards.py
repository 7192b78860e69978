"""The boards of villages and offices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..board.publisher import Publisher
from .days import Count, count, is_current, is_past
from .home import BoardTile, tile
from .page import Page
from .rows import Listing
from .shelves import Shelves

#: How many notices that are no longer current a board lists; the archive holds them all.
RECENT = 30


@dataclass(frozen=True, slots=True)
class Companion:
    """Another publisher of the same board."""

    name: str
    url: str
    regime: str
    total: int


@dataclass(frozen=True, slots=True)
class BoardPage:
    publisher: Publisher
    hours: tuple[str, ...]
    regime: str
    companions: tuple[Companion, ...]
    current: Listing
    current_count: Count
    past: Listing
    past_count: Count
    archive_url: str
    directory_url: str


@dataclass(frozen=True, slots=True)
class BoardIndex:
    boards: tuple[tuple[BoardTile, tuple[Companion, ...]], ...]


def pages(shelves: Shelves) -> Iterator[Page]:
    """The list of boards, then one page for each publisher."""
    publishers = shelves.publishers
    index = BoardIndex(
        tuple(
            (tile(shelves, owner), tuple(_companion(shelves, p) for p in publishers.on_board(owner.code)))
            for owner in publishers.boards
        )
    )
    yield shelves.page("publishers/", "publishers.html", "publishers", index)
    for publisher in publishers.by_code.values():
        hanging = shelves.on_board(publisher)
        view = BoardPage(
            publisher=publisher,
            hours=shelves.words.hours(publisher.hours),
            regime=shelves.regime_name(publisher.regime),
            companions=tuple(
                _companion(shelves, p)
                for p in publishers.on_board(publisher.board)
                if p.code != publisher.code
            ),
            current=shelves.rows.of(hanging, is_current),
            current_count=count(hanging, is_current),
            past=shelves.rows.of(hanging, is_past, RECENT),
            past_count=count(hanging, is_past),
            archive_url=f"archive/publisher/{publisher.code}/",
            directory_url=f"directory/publisher/{publisher.code}/",
        )
        kind = "board" if publisher.board == publisher.code else "publisher"
        yield Page(
            f"publishers/{publisher.code}/", "board.html", publisher.name,
            (shelves.crumb("publishers", "publishers/"),), view, feed=f"feeds/{kind}/{publisher.code}.xml",
        )  # fmt: skip


def _companion(shelves: Shelves, publisher: Publisher) -> Companion:
    return Companion(
        publisher.name,
        f"publishers/{publisher.code}/",
        shelves.words(f"regime-codes.{publisher.regime.value}"),
        len(shelves.by_publisher[publisher.code]),
    )
