"""What a page is: its address, its template and the frozen data that stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to a page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """`address` is relative to the site's root and ends with a slash (empty for the front page).

    `feed` is the Atom feed of what the page lists, where it has one of its own. `is_listed` tells whether
    search engines are led to it.
    """

    address: str
    template: str
    title: str
    crumbs: tuple[Crumb, ...]
    view: Any
    changed: date | None = None
    description: str = ""
    feed: str = ""
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address and the page it leads to, both relative to the site's root."""

    address: str
    target: str
    title: str
