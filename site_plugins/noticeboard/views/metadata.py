"""What a page says of itself to machines: 政府网站发展指引's meta tags, and schema.org's terms as JSON-LD.

The names of the tags are those of the guideline (国办发〔2017〕47号): three on every page, four more on
a column page, three more on an article's, and the optional ones where their content is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..board.catalogue import Item
from ..board.publisher import Publisher, Regime
from ..board.register import Published
from .page import Page
from .words import Words

_LANGUAGE = "zh-CN"
#: What ends or opens something in HTML, and what ends a line in a script.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
#: First part of an address → the key of its kind of column; others are 信息公开.
_COLUMN_TYPES = {"directory": "column-type-directory", "guide": "column-type-guide"}

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What is the same on every page. `url` ends with a slash; it and `id_code` may be empty."""

    name: str
    place: str
    owner: Publisher
    url: str = ""
    id_code: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The notice that a page is about, who published it and as which item of the catalogue."""

    row: Published
    publisher: Publisher
    item: Item


@dataclass(frozen=True, slots=True)
class Download:
    """One file of the open data: its name, its address in the site and its media type."""

    name: str
    address: str
    media_type: str


@dataclass(frozen=True, slots=True)
class OpenData:
    """The register as data, which the front page tells of: its day and its files."""

    as_of: date
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Names and contents of meta tags, not yet escaped; and JSON that is safe in a script element."""

    metas: tuple[tuple[str, str], ...]
    json_ld: str


def head(page: Page, site: SiteFacts, words: Words, about: Article | OpenData | None = None) -> Head:
    """The head of any page: a notice's with its article, the front page's with the open data."""
    graph = _Graph(site, words)
    metas = list(site_metas(site))
    nodes: list[Node] = []
    if isinstance(about, Article):
        metas += _article_metas(page, site, words, about)
        nodes.append(graph.document(page, about))
    elif not page.address:
        nodes += graph.site(about)
    else:
        metas += _column_metas(page, site, words)
    nodes.append(graph.breadcrumbs(page))
    document = {"@context": "https://schema.org", "@graph": nodes}
    return Head(tuple(metas), for_script(document))


def site_metas(site: SiteFacts) -> Iterator[tuple[str, str]]:
    """The tags of every page, that for what is not there included."""
    yield "SiteName", site.name
    if host := urlsplit(site.url).hostname:
        yield "SiteDomain", host
    if site.id_code:
        yield "SiteIDCode", site.id_code


def for_script(document: Any) -> str:
    """JSON that nothing in it can break out of a script element with."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _column_metas(page: Page, site: SiteFacts, words: Words) -> Iterator[tuple[str, str]]:
    key = _COLUMN_TYPES.get(page.address.partition("/")[0], "column-type")
    description = page.description or words("column-description", board=site.name, title=page.title)
    keywords = (page.title, *(crumb.name for crumb in page.crumbs), site.place)
    yield "ColumnName", page.title
    yield "ColumnDescription", description
    yield "ColumnKeywords", ",".join(dict.fromkeys(keywords))
    yield "ColumnType", words(key)
    yield "Description", description


def _article_metas(page: Page, site: SiteFacts, words: Words, about: Article) -> Iterator[tuple[str, str]]:
    row, publisher = about.row, about.publisher
    keywords = (about.item.name, publisher.short_name, site.place)
    yield "ArticleTitle", row.notice.title
    yield "PubDate", f"{row.notice.published_on.isoformat()} 00:00"
    yield "ContentSource", publisher.name
    yield "Keywords", ",".join(dict.fromkeys(keywords))
    yield "Author", publisher.name
    if description := words.summary(row):
        yield "Description", description
    if site.url:
        yield "Url", urljoin(site.url, page.address)


class _Graph:
    """Nodes of JSON-LD. Where the site has no address of its own, nothing has one."""

    def __init__(self, site: SiteFacts, words: Words) -> None:
        self._site = site
        self._words = words

    def site(self, data: OpenData | None) -> Iterator[Node]:
        """The site, who keeps it, and its data."""
        site, owner = self._site, self._site.owner
        yield _node(
            "WebSite",
            **{"@id": self._id("website")},
            name=site.name,
            url=site.url,
            inLanguage=_LANGUAGE,
            publisher={"@id": self._id("owner")},
        )
        address = _node("PostalAddress", addressCountry="CN", streetAddress=owner.address)
        yield {
            **self._organisation(owner),
            "@id": self._id("owner"),
            **_filled(address=address if owner.address else None, telephone=owner.phone, email=owner.email),
        }
        if data is not None:
            yield self._catalogue(data)

    def _catalogue(self, data: OpenData) -> Node:
        name = self._words("dataset-name", board=self._site.name)
        downloads = [
            _node(
                "DataDownload",
                name=download.name,
                contentUrl=self._absolute(download.address),
                encodingFormat=download.media_type,
            )
            for download in data.downloads
        ]
        dataset = _node(
            "Dataset",
            name=name,
            description=self._words("dataset-description", board=self._site.name),
            url=self._site.url,
            inLanguage=_LANGUAGE,
            isAccessibleForFree=True,
            dateModified=data.as_of.isoformat(),
            creator={"@id": self._id("owner")},
            distribution=downloads,
        )
        return _node(
            "DataCatalog",
            **{"@id": self._id("data")},
            name=self._words("data-catalogue-name", board=self._site.name),
            url=self._site.url,
            publisher={"@id": self._id("owner")},
            dataset=[dataset],
        )

    def document(self, page: Page, about: Article) -> Node:
        """A notice. Of one whose text was taken away nothing of the text is said."""
        row, notice = about.row, about.row.notice
        until = notice.effective.until
        modified = max(filter(None, (page.changed, notice.published_on)))
        return _node(
            "DigitalDocument",
            name=notice.title,
            url=self._absolute(page.address),
            identifier=notice.index_number,
            abstract="" if row.removed else row.summary,
            about=_node("Thing", name=about.item.name),
            dateCreated=notice.formed_on.isoformat(),
            datePublished=notice.published_on.isoformat(),
            dateModified=modified.isoformat(),
            expires=until.isoformat() if until else None,
            publisher=self._organisation(about.publisher),
            inLanguage=_LANGUAGE,
            isAccessibleForFree=True,
            creativeWorkStatus=self._words.label(row.state.mark),
        )

    def breadcrumbs(self, page: Page) -> Node:
        """The way from the front page to this one."""
        steps = [(self._site.name, ""), *((crumb.name, crumb.url) for crumb in page.crumbs)]
        if page.address:
            steps.append((page.title, page.address))
        return _node(
            "BreadcrumbList",
            itemListElement=[
                _node("ListItem", position=at, name=name, item=self._absolute(address))
                for at, (name, address) in enumerate(steps, start=1)
            ],
        )

    def _organisation(self, publisher: Publisher) -> Node:
        government = publisher.regime is Regime.GOVERNMENT
        return _node(
            "GovernmentOrganization" if government else "Organization",
            name=publisher.name,
            url=self._absolute(f"publishers/{publisher.code}/"),
        )

    def _id(self, name: str) -> str:
        return f"{self._site.url}#{name}" if self._site.url else f"_:{name}"

    def _absolute(self, address: str) -> str:
        return urljoin(self._site.url, address) if self._site.url else ""


def _node(kind: str, /, **values: Any) -> Node:
    return {"@type": kind, **_filled(**values)}


def _filled(**values: Any) -> Node:
    """Those that say something."""
    return {key: value for key, value in values.items() if value not in (None, "")}
