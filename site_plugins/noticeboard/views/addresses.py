"""The addresses that a site has for good: pages and short addresses, but no data file and no attachment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..board.addresses import lost, readable
from ..board.problem import Problem
from ..board.register import Register
from .page import Page, Redirect
from .pages import Site
from .words import Words


def places_of(pages: Iterable[Page | Redirect]) -> dict[str, tuple[str, str]]:
    """Address as `addresses.txt` lists it → as a link has it, and the title of what is there.

    `pages` are the pages and the short addresses, not the pages that only an arrow of the list makes.
    The front page cannot be lost and is left out.
    """
    return {readable(page.address): (page.address, page.title) for page in pages if page.address}


def addresses_on_site(register: Register) -> frozenset[str]:
    """The addresses of the site that a register makes. Both lists of the board must be readable."""
    site = Site(register, Words())
    return frozenset(places_of([*site.pages(), *site.redirects()]))


def lost_addresses(register: Register) -> Iterator[Problem]:
    """What the site lacks of the addresses that the board has listed; nothing where there is no list."""
    board = register.board
    if board.addresses.is_there and board.has_lists:
        yield from lost(board.addresses, addresses_on_site(register))
