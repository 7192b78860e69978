"""What a site must consist of: asked by the build to make it, and by `verify` to judge it.

Everything follows from the register alone, so that a finished site can be judged without its build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from urllib.parse import unquote

from ..board.register import Register
from .data import as_record, notices_csv, notices_json
from .feeds import atom, calendar, sitemap
from .pages import Page, Redirect, Site
from .words import Words

NOTICES_JSON = "data/notices.json"
NOT_FOUND = "404.html"
#: Larger counts are never a whole sentence of anybody's draft.
MOST_COUNTED = 200


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the configuration says of the site: its address (with a final slash) and time zone."""

    url: str
    time_zone: str


class Outputs:
    """The pages, data and attachments of the site for one register."""

    def __init__(self, register: Register, settings: SiteSettings, words: Words) -> None:
        self.register = register
        self.site = Site(register, words)
        self.pages: tuple[Page, ...] = tuple(self.site.pages())
        self.redirects: tuple[Redirect, ...] = tuple(self.site.redirects())
        records = [as_record(register, row, words) for row in register.published.values()]
        addresses: list[tuple[str, date | None]] = [(page.address, page.changed) for page in self.pages]
        #: address → bytes
        self.data: dict[str, bytes] = {
            NOTICES_JSON: notices_json(register, records),
            "data/notices.csv": notices_csv(records),
            "feed.xml": atom(register, settings.url, settings.time_zone, words),
            "calendar.ics": calendar(register, settings.url, words),
            "sitemap.xml": sitemap(addresses, settings.url),
        }
        #: path in the site → path in the notices folder
        self.attachments: dict[str, str] = dict(self._attachments())

    def _attachments(self) -> Iterator[tuple[str, str]]:
        for row in self.register.published.values():
            for attachment in row.attachments:
                yield f"notices/{row.id}/{unquote(attachment.address)}", attachment.path

    def paths(self) -> frozenset[str]:
        """Every path of the site but those of the theme."""
        pages = {path_of(page.address) for page in self.pages}
        short = {path_of(redirect.address) for redirect in self.redirects}
        return frozenset({*pages, *short, *self.data, *self.attachments, NOT_FOUND})

    def texts(self) -> Iterator[str]:
        """Everything that the published notices put on pages and into data, as it is worded there."""
        for page in self.pages:
            yield from (page.address, page.title, page.description)
            yield from _strings((page.crumbs, page.view))
        yield from (data.decode("utf-8-sig") for data in self.data.values())
        # What templates say of a number of notices, or of a month.
        yield from (self.site.words("counted", number=number) for number in range(MOST_COUNTED))
        yield from self.attachments


def _strings(value: object) -> Iterator[str]:
    """Every text and number in a view."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _strings(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


def path_of(address: str) -> str:
    """The file that answers for an address: `guide/` → `guide/index.html`."""
    return unquote(address) + "index.html"
