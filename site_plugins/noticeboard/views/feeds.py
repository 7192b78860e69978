"""What other programs subscribe to: Atom feeds, the calendar and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import icalendar

from ..board.links import page_of
from ..board.register import Published, Register
from ..board.status import Status
from .encode import plain
from .shelves import Shelves
from .words import Words

FEED_ENTRIES = 50
WHOLE_FEED = "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: its own address, that of the page it follows, what it is called and who keeps it."""

    address: str
    page_address: str
    title: str
    author: str


def feeds(shelves: Shelves, site_url: str, time_zone: str) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of every feed: the whole board's, then each board's, publisher's and category's.

    A feed holds what the page that leads to it counts. `site_url` ends with a slash.
    """
    return _Atom(shelves, site_url, time_zone).every()


class _Atom:
    """Makes Atom feeds (RFC 4287) of selections of what is published."""

    def __init__(self, shelves: Shelves, site_url: str, time_zone: str) -> None:
        self._shelves = shelves
        self._register = shelves.register
        self._publishers = shelves.publishers
        self._url = site_url
        self._zone = ZoneInfo(time_zone)
        self._words = shelves.words
        self._owner = self._publishers.by_code[self._publishers.owner].name

    def every(self) -> Iterator[tuple[str, bytes]]:
        shelves, publishers = self._shelves, self._publishers
        title = self._words("feed-title", board=publishers.board_name)
        yield self._made(Feed(WHOLE_FEED, "", title, self._owner), shelves.all)
        for owner in publishers.boards:
            title = self._title("feed-board", owner.short_name)
            feed = Feed(f"feeds/board/{owner.code}.xml", f"publishers/{owner.code}/", title, owner.name)
            yield self._made(feed, shelves.on_board(owner))
        for publisher in publishers.by_code.values():
            title, page = self._title("feed-of", publisher.name), f"publishers/{publisher.code}/"
            feed = Feed(f"feeds/publisher/{publisher.code}.xml", page, title, publisher.name)
            yield self._made(feed, shelves.by_publisher[publisher.code])
        for item in shelves.catalogue.items.values():
            yield self._category(item.code, item.name, shelves.by_item[item.code])
        for group in shelves.catalogue.groups.values():
            inside = (item.code for item in shelves.catalogue.within(group.code))
            yield self._category(group.code, group.name, shelves.of_items(inside))

    def _category(self, code: str, name: str, rows: Sequence[Published]) -> tuple[str, bytes]:
        title, page = self._title("feed-of", name), f"directory/{code}/"
        return self._made(Feed(f"feeds/category/{code}.xml", page, title, self._owner), rows)

    def _title(self, key: str, name: str) -> str:
        return self._words(key, board=self._publishers.board_name, name=name)

    def _made(self, feed: Feed, rows: Sequence[Published]) -> tuple[str, bytes]:
        return feed.address, self.feed(feed, rows)

    def feed(self, about: Feed, rows: Sequence[Published]) -> bytes:
        """The feed of a selection, which is in the register's order."""
        shown = self._latest(rows)
        ET.register_namespace("", _ATOM)
        root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
        page = urljoin(self._url, about.page_address)
        own = urljoin(self._url, about.address)
        _add(root, "id", page if about.address == WHOLE_FEED else own)
        _add(root, "title", about.title)
        newest = max((touched(row, self._register) for row in shown), default=self._register.day)
        _add(root, "updated", self._midnight(newest))
        _add(root, "link", rel="self", href=own, type="application/atom+xml")
        _add(root, "link", rel="alternate", href=page, type="text/html")
        _add(_add(root, "author"), "name", about.author)
        for row in shown:
            self._entry(root, row)
        return _xml(root)

    def _latest(self, rows: Sequence[Published]) -> list[Published]:
        """In the register's order, those that something happened to last: an old notice is withdrawn, too."""
        if len(rows) <= FEED_ENTRIES:
            return list(rows)
        last = sorted(rows, key=lambda row: touched(row, self._register), reverse=True)[:FEED_ENTRIES]
        kept = {row.id for row in last}
        return [row for row in rows if row.id in kept]

    def _entry(self, root: ET.Element, row: Published) -> None:
        notice = row.notice
        entry = _add(root, "entry")
        address = urljoin(self._url, page_of(row.id))
        _add(entry, "id", address)
        _add(entry, "title", notice.title)
        _add(entry, "updated", self._midnight(touched(row, self._register)))
        _add(entry, "published", self._midnight(notice.published_on))
        _add(entry, "link", rel="alternate", href=address, type="text/html")
        if row.superseded_by is not None:
            _add(entry, "link", rel="related", href=urljoin(self._url, page_of(row.superseded_by)))
        _add(_add(entry, "author"), "name", self._publishers.by_code[notice.publisher].name)
        item = self._shelves.catalogue.items[notice.category]
        _add(entry, "category", term=item.code, label=item.name)
        _add(entry, "summary", "\n".join(self._summary(row)))

    def _summary(self, row: Published) -> Iterator[str]:
        """What became of the notice, then what it says, or why that is no longer shown."""
        yield from what_became(row, self._register, self._words)
        if summary := self._words.summary(row):
            yield summary

    def _midnight(self, day: date) -> str:
        return datetime(day.year, day.month, day.day, tzinfo=self._zone).isoformat()


def what_became(row: Published, register: Register, words: Words) -> Iterator[str]:
    """A sentence for a change, a withdrawal or a replacement that has happened."""
    if row.change is not None:
        withdrawn = row.status is Status.WITHDRAWN
        label = words.label(row.change.type) if withdrawn else words(f"changes.{row.change.type}")
        yield words(
            "feed-changed", label=label, date=words.day(row.change.date), reason=row.change.reason.strip()
        )
    if row.superseded_by is not None:
        title = register.published[row.superseded_by].notice.title
        yield words("feed-superseded", label=words.label(Status.SUPERSEDED.value), title=title)
    elif row.status is Status.SUPERSEDED:
        yield words("feed-superseded-elsewhere", label=words.label(Status.SUPERSEDED.value))


def touched(row: Published, register: Register) -> date:
    """The last day on which what the public reads of a notice changed; never one still to come."""
    days = [row.notice.starts, *_revised(row, register)]
    if (erased := row.notice.erase_on) is not None and erased <= register.day:
        days.append(erased)
    return max(days)


def _revised(row: Published, register: Register) -> list[date]:
    """The days on which a notice was changed, withdrawn or replaced."""
    days = [row.change.date] if row.change else []
    if row.superseded_by is not None:
        days.append(register.published[row.superseded_by].notice.starts)
    return days


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(
        parent, f"{{{_ATOM}}}{name}", {key: plain(value) for key, value in attributes.items()}
    )
    child.text = plain(text) or None
    return child


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def calendar(register: Register, site_url: str, words: Words) -> bytes:
    """calendar.ics: the first and the last day of every period (RFC 5545)."""
    assert register.board.publishers is not None
    host = urlsplit(site_url).hostname or "noticeboard"
    cal = icalendar.Calendar()
    cal.add("prodid", "-//noticeboard//ZH")
    cal.add("version", "2.0")
    cal.add("calscale", "GREGORIAN")
    cal.add("method", "PUBLISH")
    cal.add("x-wr-calname", words("calendar-name", board=register.board.publishers.board_name))
    for row in register.published.values():
        for which, event in _events(row, register, words):
            event.add("uid", f"{row.notice.short}-{which}@{host}")
            event.add("url", urljoin(site_url, page_of(row.id)))
            event.add("transp", "TRANSPARENT")
            cal.add_component(event)
    return bytes(cal.to_ical())


def _events(row: Published, register: Register, words: Words) -> Iterator[tuple[str, icalendar.Event]]:
    """The first day; the last, where there is one, called off with the notice. Days, not hours."""
    period, title = row.notice.effective, plain(row.notice.title)
    amended = row.change.date if row.change and row.change.type == "amended" else None
    yield "start", _event(row, period.first, words("calendar-start", title=title), amended)
    if period.until is None:
        return
    revised = max(_revised(row, register), default=None)
    end = _event(row, period.until, words("calendar-end", title=title), revised)
    if row.status in {Status.WITHDRAWN, Status.SUPERSEDED}:
        end.add("status", "CANCELLED")
    if what := "\n".join(what_became(row, register, words)):
        end.add("description", plain(what))
    yield "end", end


def _event(row: Published, day: date, summary: str, revised: date | None) -> icalendar.Event:
    """An event of one day. A later revision has a higher sequence and a later stamp, always the same."""
    begun = row.notice.starts
    stamp = max(begun, revised or begun)
    event = icalendar.Event()
    event.add("dtstamp", datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC))
    event.add("dtstart", day)
    event.add("summary", summary)
    event.add("sequence", (stamp - begun).days + 1 if revised else 0)
    return event


def sitemap(addresses: Iterable[tuple[str, date | None]], site_url: str) -> bytes:
    """sitemap.xml: every page with the day it last changed, where that is known."""
    ET.register_namespace("", _SITEMAP)
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    for address, changed in addresses:
        url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
        ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = urljoin(site_url, address)
        if changed is not None:
            ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = changed.isoformat()
    return _xml(root)
