"""Every page of the site, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterator

from ..board.register import Register
from . import archive, boards, directory, guide, home, notices, posting, screen, search
from .frame import NOWHERE, SiteSettings
from .page import Page, Redirect
from .shelves import Shelves
from .words import Words


class Site:
    """Everything of the site that is a page. Made for one register; knows no template engine."""

    def __init__(self, register: Register, words: Words, settings: SiteSettings = NOWHERE) -> None:
        self.shelves = Shelves(register, words, settings)
        self.words = words
        self.rows = self.shelves.rows

    def pages(self) -> Iterator[Page]:
        """Every page but those that lead elsewhere and the one for what is not there."""
        for family in (home, boards, posting, directory, guide, archive, search, notices, screen):
            yield from family.pages(self.shelves)

    def redirects(self) -> Iterator[Redirect]:
        """The short addresses."""
        yield from notices.redirects(self.shelves)
