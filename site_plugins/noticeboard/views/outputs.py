"""What a site must consist of: asked by the build to make it, and by `verify` to judge it.

Everything follows from the register alone, so that a finished site can be judged without its build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from urllib.parse import quote, unquote

from ..board.links import page_of
from ..board.register import Register
from ..posters.sheet import Wish
from ..search.index import Index
from . import screen
from .addresses import places_of
from .data import as_record, catalogue_json, notices_csv, notices_json
from .downloads import Downloads
from .feeds import calendar, feeds, sitemap
from .frame import SiteSettings, frame
from .metadata import Article, Download, Head, OpenData, SiteFacts, head, site_metas
from .page import Page, Redirect
from .pages import Site
from .poster import Posters, poster_path
from .schema import schemas
from .search import SEARCH, collection
from .tables import workbook_texts
from .words import Words

NOTICES_JSON = "data/notices.json"
NOTICES_CSV = "data/notices.csv"
CATALOGUE_JSON = "data/catalogue.json"
NOT_FOUND = "404.html"
#: Larger counts are never a whole sentence of anybody's draft.
MOST_COUNTED = 200


class Outputs:
    """The pages, data and attachments of the site for one register.

    With the `previous` search index only what changed of it is made again; nothing else comes out.
    """

    def __init__(
        self, register: Register, settings: SiteSettings, words: Words, previous: Index | None = None
    ) -> None:
        self.register = register
        self.settings = settings
        self.site = Site(register, words, settings)
        self.frame = frame(register, settings, words)
        self.pages: tuple[Page, ...] = tuple(self.site.pages())
        short = tuple(self.site.redirects())
        self._places = places_of([*self.pages, *short])
        self.redirects: tuple[Redirect, ...] = (*short, *self._moved())
        #: What each page says of itself to machines, in the order of the pages.
        self.heads: dict[str, Head] = dict(self._heads(words))
        records = [as_record(register, row, words) for row in register.published.values()]
        changed: list[tuple[str, date | None]] = [
            (page.address, page.changed) for page in self.pages if page.is_listed
        ]
        self.index = Index(collection(self.site.shelves), previous)
        #: address → bytes
        self.data: dict[str, bytes] = {
            NOTICES_JSON: notices_json(register, records),
            NOTICES_CSV: notices_csv(records),
            CATALOGUE_JSON: catalogue_json(self.site.shelves),
            "calendar.ics": calendar(register, settings.url, words),
            "sitemap.xml": sitemap(changed, settings.url),
            **dict(schemas(settings.url)),
            **dict(Downloads(self.site.shelves, settings.url).files()),
            **dict(feeds(self.site.shelves, settings.url, settings.time_zone)),
            **{SEARCH + name: data for name, data in self.index.files.items()},
            **dict(screen.files(self.pages)),
        }
        #: path in the site → path in the notices folder
        self.attachments: dict[str, str] = dict(self._attachments())
        #: path in the site → the poster that lies there
        self.posters: dict[str, Wish] = dict(self._posters())

    @property
    def addresses(self) -> frozenset[str]:
        """Those that must stay from now on: the pages and the short addresses."""
        return frozenset(self._places)

    def _moved(self) -> Iterator[Redirect]:
        """Old addresses that the board's list leads to new ones."""
        for old, new in self.register.board.addresses.leads(self.addresses).items():
            yield Redirect(quote(old), *self._places[new])

    def _heads(self, words: Words) -> Iterator[tuple[str, Head]]:
        shelves = self.site.shelves
        publishers, items = shelves.publishers, shelves.catalogue.items
        facts = SiteFacts(
            name=publishers.board_name,
            place=publishers.place,
            owner=publishers.by_code[publishers.owner],
            url=self.settings.given_url,
            id_code=self.settings.id_code,
        )
        yield NOT_FOUND, Head(tuple(site_metas(facts)), "")
        open_data = OpenData(
            self.register.day,
            (
                Download(words("dataset-json"), NOTICES_JSON, "application/json"),
                Download(words("dataset-csv"), NOTICES_CSV, "text/csv"),
                Download(words("dataset-catalogue"), CATALOGUE_JSON, "application/json"),
            ),
        )
        articles = {
            page_of(row.id): Article(
                row, publishers.by_code[row.notice.publisher], items[row.notice.category]
            )
            for row in self.register.published.values()
        }
        for page in self.pages:
            about = articles.get(page.address) or (open_data if not page.address else None)
            yield page.address, head(page, facts, words, about)

    def _attachments(self) -> Iterator[tuple[str, str]]:
        for row in self.register.published.values():
            for attachment in row.attachments:
                yield f"notices/{row.id}/{unquote(attachment.address)}", attachment.path

    def _posters(self) -> Iterator[tuple[str, Wish]]:
        posters = Posters(self.site.shelves)
        for row in self.register.published.values():
            if not row.removed and self.settings.posters:
                sheet = posters.sheet(row)
                wishes = ((poster_path(row.id, size), Wish(sheet, size)) for size in self.settings.posters)
                yield from (wish for wish in wishes if wish[0] not in self.settings.unset)

    def paths(self) -> frozenset[str]:
        """Every path of the site but those of the theme."""
        pages = {path_of(page.address) for page in self.pages}
        short = {path_of(redirect.address) for redirect in self.redirects}
        return frozenset({*pages, *short, *self.data, *self.attachments, *self.posters, NOT_FOUND})

    def texts(self) -> Iterator[str]:
        """Everything that the published notices put on pages and into data, as it is worded there."""
        yield from strings(self.frame)
        for page in self.pages:
            yield from (page.address, page.title, page.description)
            yield from strings((page.crumbs, page.view))
        yield from strings(tuple(self.heads.values()))
        for redirect in self.redirects:
            yield from strings(redirect)
        for sheet in {wish.sheet.id: wish.sheet for wish in self.posters.values()}.values():
            yield from strings((sheet, tuple(sheet.links.values())))
        yield from (document.text for document in self.index.collection.documents)
        for address, data in self.data.items():
            if address.startswith(SEARCH):
                continue
            yield from workbook_texts(data) if address.endswith(".xlsx") else (data.decode("utf-8-sig"),)
        # What templates say of a number of notices.
        yield from (self.site.words("counted", number=number) for number in range(MOST_COUNTED))
        for key in ("days-left", "days-since"):
            yield from (self.site.words(key, days=days) for days in range(1, MOST_COUNTED))
        yield from self.attachments


def strings(value: object) -> Iterator[str]:
    """Every text and number in a view."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from strings(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def path_of(address: str) -> str:
    """The file that answers for an address: `guide/` → `guide/index.html`."""
    return unquote(address) + "index.html"
