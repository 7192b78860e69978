"""Open data, feed, calendar and sitemap: what other programs read, as the contract promises it."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import pytest

from boards import SITE_URL, a_board, all_data, outputs_of
from builders import TODAY, Folder
from noticeboard.board.notice import short_code
from noticeboard.views.outputs import Outputs

XLSX = b"rows"


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    """Four public notices of different states, and two that are not public."""
    folder = a_board(tmp_path)
    folder.write("2026/town/0012/名单 1.xlsx", XLSX)
    folder.notice(
        "2026/town/0012/index.md",
        "东街检修。见[名单](<名单 1.xlsx>)。\n\n第二段。",
        title="东街“停水”通知 <一> & 二",
        document_number="试府发〔2026〕12号",
        published_on="2026-11-09",
        effective="{from: 2026-11-09, until: 2026-11-16}",
        attachments="[{path: 名单 1.xlsx, name: 停水名单.xlsx}]",
    )
    folder.notice("2026/town/0013.md", title="长期通知", effective="2026-11-10 起长期", summary="一句话。")
    folder.notice(
        "2026/town/0014.md",
        title="已撤销的通知",
        change="{type: 撤销, date: 2026-11-12, reason: 施工改期}",
        index_number="'=A/1'",
    )
    folder.notice(
        "2026/east/0015.md", title="村里的账", category="finance", publisher="east", supersedes="0016.md"
    )
    folder.notice("2026/east/0016.md", title="旧账", category="finance", publisher="东河村")
    folder.notice("2026/town/0098.md", title="草稿", confidentiality_cleared="false", supersedes="0013.md")
    folder.notice("2026/town/0099.md", title="明天的", effective="{from: 2026-11-22, days: 7}")
    return folder


@pytest.fixture
def outputs(board: Folder) -> Outputs:
    return outputs_of(board)


def notices(outputs: Outputs) -> list[dict]:
    return json.loads(outputs.data["data/notices.json"])["notices"]


def test_the_register_says_of_which_day_and_board_it_is(outputs: Outputs) -> None:
    document = json.loads(outputs.data["data/notices.json"])
    assert list(document) == ["as_of", "board", "notices"]
    assert (document["as_of"], document["board"]) == ("2026-11-21", "试点镇公开栏")


def test_a_notice_in_the_register_field_by_field(outputs: Outputs) -> None:
    record = next(notice for notice in notices(outputs) if notice["id"] == "2026/town/0012")
    assert record == {
        "id": "2026/town/0012",
        "index_number": "11000000MB00000017/2026-00012",
        "document_number": "试府发〔2026〕12号",
        "title": "东街“停水”通知 <一> & 二",
        "summary": "东街检修。见名单。",
        "formed_on": "2026-11-01",
        "published_on": "2026-11-09",
        "category": {"code": "outage", "name": "停水停电"},
        "publisher": {"code": "town", "name": "试点镇人民政府", "regime": "government"},
        "effective": {"from": "2026-11-09", "until": "2026-11-16"},
        "status": "expired",
        "url": "notices/2026/town/0012/",
        "change": None,
        "supersedes": [],
        "superseded_by": None,
        "attachments": [
            {
                "name": "停水名单.xlsx",
                "url": "notices/2026/town/0012/%E5%90%8D%E5%8D%95%201.xlsx",
                "bytes": 4,
                "sha256": hashlib.sha256(XLSX).hexdigest(),
            }
        ],
    }


def test_long_term_has_no_last_day_and_absent_things_are_null(outputs: Outputs) -> None:
    record = next(notice for notice in notices(outputs) if notice["id"] == "2026/town/0013")
    assert record["effective"] == {"from": "2026-11-10", "until": None}
    assert (record["document_number"], record["change"], record["superseded_by"]) == (None, None, None)
    assert (record["status"], record["summary"], record["attachments"]) == ("current", "一句话。", [])


def test_changes_and_replacements_name_what_is_public(outputs: Outputs) -> None:
    by_id = {notice["id"]: notice for notice in notices(outputs)}
    change = {"type": "withdrawn", "date": "2026-11-12", "reason": "施工改期"}
    assert (by_id["2026/town/0014"]["status"], by_id["2026/town/0014"]["change"]) == ("withdrawn", change)
    assert by_id["2026/east/0015"]["supersedes"] == ["2026/east/0016"]
    assert by_id["2026/east/0016"]["superseded_by"] == "2026/east/0015"
    assert by_id["2026/east/0016"]["status"] == "superseded"
    assert by_id["2026/east/0016"]["publisher"]["regime"] == "village"


def test_newest_first_then_by_id_and_nothing_else(outputs: Outputs) -> None:
    assert [(notice["published_on"], notice["id"]) for notice in notices(outputs)] == [
        ("2026-11-10", "2026/east/0015"),
        ("2026-11-10", "2026/east/0016"),
        ("2026-11-10", "2026/town/0013"),
        ("2026-11-10", "2026/town/0014"),
        ("2026-11-09", "2026/town/0012"),
    ]


def test_chinese_stands_as_it_is_and_the_file_ends_with_a_line_end(outputs: Outputs) -> None:
    data = outputs.data["data/notices.json"]
    assert "东街“停水”通知".encode() in data and b"\\u" not in data and data.endswith(b"}\n")


def rows(outputs: Outputs) -> list[dict[str, str]]:
    text = outputs.data["data/notices.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_byte_order_mark_and_the_same_rows(outputs: Outputs) -> None:
    assert outputs.data["data/notices.csv"].startswith(b"\xef\xbb\xbf")
    records = notices(outputs)
    assert [row["id"] for row in rows(outputs)] == [record["id"] for record in records]
    for row, record in zip(rows(outputs), records, strict=True):
        for name in ("title", "summary", "formed_on", "published_on", "status", "url"):
            assert row[name] == record[name]
        assert row["document_number"] == (record["document_number"] or "")
        assert row["effective_from"] == record["effective"]["from"]
        assert row["effective_until"] == (record["effective"]["until"] or "")
        assert [row["category_code"], row["category_name"]] == [*record["category"].values()]
        assert [row["publisher_code"], row["publisher_name"], row["regime"]] == [
            *record["publisher"].values()
        ]
        assert row["supersedes"].split() == record["supersedes"]
        assert row["superseded_by"] == (record["superseded_by"] or "")
        assert row["attachments"].split() == [attachment["url"] for attachment in record["attachments"]]


def test_a_cell_is_never_a_formula(outputs: Outputs) -> None:
    row = next(row for row in rows(outputs) if row["id"] == "2026/town/0014")
    assert row["index_number"] == "'=A/1"


def test_the_feed_is_valid_and_its_links_are_absolute(outputs: Outputs) -> None:
    feed = feedparser.parse(outputs.data["feed.xml"])
    assert not feed.bozo, feed.get("bozo_exception")
    assert (feed.version, feed.feed.title) == ("atom10", "试点镇公开栏：最新公开")
    links = [*feed.feed.links, *(link for entry in feed.entries for link in entry.links)]
    assert links and all(link.href.startswith(SITE_URL) for link in links)
    assert {link.rel for link in feed.feed.links} == {"self", "alternate"}


def test_the_feed_has_the_public_notices_with_stable_ids(board: Folder, outputs: Outputs) -> None:
    feed = feedparser.parse(outputs.data["feed.xml"])
    assert [entry.id for entry in feed.entries] == [urljoin(SITE_URL, n["url"]) for n in notices(outputs)]
    assert [entry.title for entry in feed.entries] == [n["title"] for n in notices(outputs)]
    later = feedparser.parse(outputs_of(board, date(2026, 12, 31)).data["feed.xml"])
    assert {entry.id for entry in feed.entries} <= {entry.id for entry in later.entries}


def test_a_change_makes_an_entry_of_the_feed_new(outputs: Outputs) -> None:
    feed = feedparser.parse(outputs.data["feed.xml"])
    updated = {entry.title: entry.updated for entry in feed.entries}
    assert updated["已撤销的通知"] == "2026-11-12T00:00:00+08:00"
    assert updated["长期通知"] == "2026-11-10T00:00:00+08:00"
    assert feed.feed.updated == "2026-11-12T00:00:00+08:00"


def events(outputs: Outputs) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(outputs.data["calendar.ics"])
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_the_calendar_holds_the_first_day_of_all_and_the_last_of_what_ends(outputs: Outputs) -> None:
    found, records = events(outputs), notices(outputs)
    begins = {f"开始公示：{notice['title']}" for notice in records}
    ends = {f"期满：{notice['title']}" for notice in records if notice["effective"]["until"]}
    assert set(found) == begins | ends and len(ends) < len(begins)
    event = found["期满：东街“停水”通知 <一> & 二"]
    # A day without a time and without an end lasts that one day (RFC 5545, 3.6.1).
    assert event["dtstart"].dt == date(2026, 11, 16) and "dtend" not in event
    assert str(event["url"]) == f"{SITE_URL}notices/2026/town/0012/"
    assert str(found["期满：已撤销的通知"]["status"]) == "CANCELLED"


def test_every_event_has_an_id_of_its_own_that_stays(board: Folder, outputs: Outputs) -> None:
    before = {title: str(event["uid"]) for title, event in events(outputs).items()}
    assert len(set(before.values())) == len(before)
    board.notice("2026/town/0001.md", title="另外一条")
    after = {
        title: str(event["uid"]) for title, event in events(outputs_of(board, date(2026, 12, 1))).items()
    }
    assert before.items() <= after.items()


def test_the_calendar_is_folded_and_ended_as_the_standard_says(outputs: Outputs) -> None:
    data = outputs.data["calendar.ics"]
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"") and all(len(line) <= 75 for line in lines)
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-1] == b""


def test_the_sitemap_has_every_page_but_the_screens_once(outputs: Outputs) -> None:
    root = ET.fromstring(outputs.data["sitemap.xml"])  # noqa: S314
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    found = [element.text for element in root.iter(f"{space}loc")]
    pages = (page.address for page in outputs.pages if not page.address.startswith("screen/"))
    assert sorted(found) == sorted(SITE_URL + address for address in pages)
    assert len(set(found)) == len(found) and all(urlsplit(address).scheme == "https" for address in found)
    days = {e.find(f"{space}loc").text: e.findtext(f"{space}lastmod") for e in root}
    assert days[f"{SITE_URL}notices/2026/town/0014/"] == "2026-11-12"
    assert days[f"{SITE_URL}notices/2026/town/0013/"] == "2026-11-10"


def test_short_addresses_are_the_first_six_of_the_hash(outputs: Outputs) -> None:
    for notice in notices(outputs):
        digest = base64.b32encode(hashlib.sha256(notice["id"].encode()).digest()).decode().lower()
        assert short_code(notice["id"]) == digest[:6]
        assert {r.target for r in outputs.redirects if r.address == f"n/{digest[:6]}/"} == {notice["url"]}
    assert len(outputs.redirects) == len(notices(outputs))


def test_every_address_of_the_contract_has_a_file(outputs: Outputs) -> None:
    addresses = (
        "",
        "directory/",
        "directory/outage/",
        "directory/services/",
        "guide/",
        "archive/",
        "archive/2026/",
    )
    boards = (
        "publishers/town/",
        "publishers/east/",
        "publishers/east-coop/",
        "search/",
        "notices/2026/town/0012/",
    )
    files = ("data/notices.json", "data/notices.csv", "feed.xml", "calendar.ics", "sitemap.xml", "404.html")
    assert {f"{address}index.html" for address in (*addresses, *boards)} | set(files) <= outputs.paths()
    assert "notices/2026/town/0012/名单 1.xlsx" in outputs.paths()


def test_data_are_the_same_bytes_each_time(board: Folder, outputs: Outputs) -> None:
    assert outputs_of(board, TODAY).data == outputs.data


def test_nothing_withheld_is_in_any_data(outputs: Outputs) -> None:
    text = all_data(outputs)
    assert not [trace for trace in ("草稿", "明天的", "0098", "0099") if trace in text]


def test_a_board_without_notices_has_valid_data_too(tmp_path: Path) -> None:
    outputs = outputs_of(a_board(tmp_path))
    assert notices(outputs) == [] and rows(outputs) == [] and events(outputs) == {}
    assert not feedparser.parse(outputs.data["feed.xml"]).bozo
