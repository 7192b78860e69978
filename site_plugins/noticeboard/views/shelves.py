"""The published notices as a clerk would file them: by item, publisher and year, each looked up once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from ..board.catalogue import Catalogue
from ..board.publisher import Publisher, Publishers, Regime
from ..board.register import Published, Register
from .frame import NOWHERE, SiteSettings
from .items import Items, ItemView
from .page import Crumb, Page
from .phrases import Phrases, phrases_of
from .rows import Rows
from .words import Words


class Shelves:
    """What every page is made from. Newest first on each shelf; knows no template engine."""

    def __init__(self, register: Register, words: Words, settings: SiteSettings = NOWHERE) -> None:
        board = register.board
        assert board.publishers is not None and board.catalogue is not None
        self.register = register
        self.words = words
        self.settings = settings
        self.publishers: Publishers = board.publishers
        self.catalogue: Catalogue = board.catalogue
        self.rows = Rows(register, words)
        self.all: tuple[Published, ...] = tuple(register.published.values())
        self.by_item: dict[str, list[Published]] = defaultdict(list)
        self.by_publisher: dict[str, list[Published]] = defaultdict(list)
        self.by_year: dict[int, list[Published]] = defaultdict(list)
        #: Notices under an item of another regime than their publisher's; they count in neither's items.
        self.strays: dict[str, list[Published]] = defaultdict(list)
        for row in self.all:
            regime = self.regime_of(row)
            item = self.catalogue.items[row.notice.category]
            (self.by_item if item.regime is regime else self.strays)[item.code].append(row)
            self.by_publisher[row.notice.publisher].append(row)
            self.by_year[row.notice.published_on.year].append(row)
        worded = Items(self.catalogue, self.publishers, words)
        self.items: dict[str, ItemView] = {
            code: worded.view(item, self.by_item[code]) for code, item in self.catalogue.items.items()
        }

    @cached_property
    def phrases(self) -> Phrases:
        """Titles in phrases."""
        return phrases_of(self.publishers)

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which something on the site was published, the latest first."""
        return tuple(sorted(self.by_year, reverse=True))

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """Those that have a directory: the catalogue's, and any other that something was published under."""
        publishing = (p.regime for p in self.publishers.by_code.values() if self.by_publisher[p.code])
        return tuple(dict.fromkeys((*self.catalogue.regimes, *publishing)))

    def on_board(self, publisher: Publisher) -> list[Published]:
        """Everything that hangs on a publisher's board."""
        codes = {p.code for p in self.publishers.on_board(publisher.code)}
        if len(codes) == 1:
            return self.by_publisher[publisher.code]
        return [row for row in self.all if row.notice.publisher in codes]

    def regime_of(self, row: Published) -> Regime:
        """The regime of a notice is its publisher's: a village never counts in a government's directory."""
        return self.publishers.by_code[row.notice.publisher].regime

    def of_items(self, codes: Iterable[str]) -> list[Published]:
        """The notices that count under several items."""
        wanted = set(codes)
        items = self.catalogue.items
        return [
            row
            for row in self.all
            if row.notice.category in wanted and items[row.notice.category].regime is self.regime_of(row)
        ]

    def of_regime(self, regime: Regime) -> list[Published]:
        """The notices of one regime, in order."""
        return [row for row in self.all if self.regime_of(row) is regime]

    def regime_name(self, regime: Regime) -> str:
        return self.words(f"regimes.{regime.value}")

    def crumb(self, key: str, url: str) -> Crumb:
        return Crumb(self.words(f"pages.{key}"), url)

    def page(
        self, address: str, template: str, key: str, view: object, *crumbs: Crumb, **params: object
    ) -> Page:
        """A page whose title is one of the site's own words."""
        return Page(address, template, self.words(f"pages.{key}", **params), crumbs, view)
