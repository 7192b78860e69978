"""The addresses that a site has for good: pages and short addresses, but no data file and no attachment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..board.addresses import lost, readable
from ..board.problem import Problem
from ..board.register import Register
from .page import Page, Redirect
from .pages import Site
from .words import Words


def addresses_of(places: Iterable[Page | Redirect]) -> frozenset[str]:
    """What `addresses.txt` may list, as a person reads it; the front page cannot be lost and is left out.

    `places` are the pages and the short addresses, not the pages that only an arrow of the list makes.
    """
    return frozenset(readable(place.address) for place in places if place.address.endswith("/"))


def addresses_on_site(register: Register) -> frozenset[str]:
    """The addresses of the site that a register makes. Both lists of the board must be readable."""
    site = Site(register, Words())
    return addresses_of([*site.pages(), *site.redirects()])


def lost_addresses(register: Register) -> Iterator[Problem]:
    """What the site lacks of the addresses that the board has listed; nothing where there is no list."""
    board = register.board
    if board.addresses.is_there and board.publishers is not None and board.catalogue is not None:
        yield from lost(board.addresses, addresses_on_site(register))
