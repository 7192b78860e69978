"""Atom, iCalendar and the sitemap."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import icalendar

from ..board.links import page_of
from ..board.register import Published, Register
from ..board.status import Status
from .words import Words

FEED_ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _changed_on(row: Published) -> date:
    return row.change.date if row.change else row.notice.published_on


def _midnight(day: date, time_zone: str) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(time_zone)).isoformat()


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def atom(register: Register, site_url: str, time_zone: str, words: Words) -> bytes:
    """feed.xml: the newest notices (Atom, RFC 4287). `site_url` ends with a slash."""
    assert register.board.publishers is not None
    board = register.board.publishers
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})

    def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        child = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        child.text = text or None
        return child

    rows = list(register.published.values())[:FEED_ENTRIES]
    add(feed, "id", site_url)
    add(feed, "title", words("feed-title", board=board.board_name))
    newest = max((_changed_on(row) for row in rows), default=register.day)
    add(feed, "updated", _midnight(newest, time_zone))
    add(feed, "link", rel="self", href=urljoin(site_url, "feed.xml"), type="application/atom+xml")
    add(feed, "link", rel="alternate", href=site_url, type="text/html")
    add(add(feed, "author"), "name", board.by_code[board.owner].name)
    for row in rows:
        entry = add(feed, "entry")
        address = urljoin(site_url, page_of(row.id))
        add(entry, "id", address)
        add(entry, "title", row.notice.title)
        add(entry, "updated", _midnight(_changed_on(row), time_zone))
        add(entry, "published", _midnight(row.notice.published_on, time_zone))
        add(entry, "link", rel="alternate", href=address, type="text/html")
        add(add(entry, "author"), "name", board.by_code[row.notice.publisher].name)
        add(entry, "category", term=row.notice.category)
        add(entry, "summary", row.summary)
    return _xml(feed)


def calendar(register: Register, site_url: str, words: Words) -> bytes:
    """calendar.ics: the last day of every period that has one (RFC 5545)."""
    assert register.board.publishers is not None
    host = urlsplit(site_url).hostname or "noticeboard"
    cal = icalendar.Calendar()
    cal.add("prodid", "-//noticeboard//ZH")
    cal.add("version", "2.0")
    cal.add("method", "PUBLISH")
    cal.add("x-wr-calname", words("calendar-name", board=register.board.publishers.board_name))
    for row in register.published.values():
        until = row.notice.effective.until
        if until is None:
            continue
        event = icalendar.Event()
        event.add("uid", f"{row.notice.short}-end@{host}")
        changed = _changed_on(row)
        event.add("dtstamp", datetime(changed.year, changed.month, changed.day, tzinfo=UTC))
        event.add("dtstart", until)
        event.add("summary", words("calendar-end", title=row.notice.title))
        event.add("url", urljoin(site_url, page_of(row.id)))
        if row.status in {Status.WITHDRAWN, Status.SUPERSEDED}:
            event.add("status", "CANCELLED")
        cal.add_component(event)
    return bytes(cal.to_ical())


def sitemap(addresses: list[tuple[str, date | None]], site_url: str) -> bytes:
    """sitemap.xml: every page with the day it last changed, where that is known."""
    ET.register_namespace("", _SITEMAP)
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    for address, changed in addresses:
        url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
        ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = urljoin(site_url, address)
        if changed is not None:
            ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = changed.isoformat()
    return _xml(root)
