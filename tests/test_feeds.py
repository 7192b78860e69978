"""What others subscribe to, read by parsers that are not ours and held to RFC 4287 and RFC 5545."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from boards import SITE_URL, a_board
from builders import ROOT, TODAY, Folder
from noticeboard.board.load import load_board
from noticeboard.board.notice import short_code
from noticeboard.board.register import Register
from noticeboard.messages import messages
from noticeboard.views.feeds import FEED_ENTRIES, calendar, feeds, sitemap
from noticeboard.views.shelves import Shelves
from noticeboard.views.words import Words

WORDS = Words(messages("zh"))
ZONE = "Asia/Shanghai"
SPACE = "{http://www.w3.org/2005/Atom}"
#: Element → the children it may have, with how many of each: at least, at most.
MANY = 10**6
ENTRY = {
    **dict.fromkeys(("id", "title", "updated", "summary"), (1, 1)),
    "published": (0, 1),
    "author": (1, MANY),
    "link": (1, MANY),
    "category": (0, MANY),
}
FEED = {
    **dict.fromkeys(("id", "title", "updated"), (1, 1)),
    "author": (1, MANY),
    "link": (2, 2),
    "entry": (0, FEED_ENTRIES),
}
ATTRIBUTES = {"link": {"rel", "href", "type"}, "category": {"term", "label"}}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)")


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    folder = a_board(tmp_path)
    folder.notice("2026/town/0001.md", title="东街“停水”，通知; <一> & 二")
    folder.notice("2026/town/0002.md", title="长期通知", effective="2026-11-10 起长期", summary="一句话。")
    folder.notice(
        "2026/town/0003.md", title="撤销了", change="{type: 撤销, date: 2026-11-12, reason: 施工改期}"
    )
    folder.notice(
        "2026/town/0004.md",
        "不该再看到的正文。",
        title="终止并撤文",
        summary="不该再看到的概述。",
        change="{type: 终止, date: 2026-11-13, reason: 数字有误, remove_text: true}",
    )
    folder.notice(
        "2026/town/0005.md", title="改过", change="{type: 变更, date: 2026-11-14, reason: 日期改了}"
    )
    folder.notice(
        "2026/town/0006.md",
        "某某某，领取一百元。",
        title="到期撤下",
        summary="某某某的概述。",
        erase_on="2026-11-15",
    )
    east = {"category": "finance", "publisher": "east"}
    folder.notice("2026/east/0001.md", title="旧账", **east)
    folder.notice(
        "2026/east/0002.md",
        title="新账",
        supersedes="0001.md",
        effective="{from: 2026-11-16, until: 2026-12-01}",
        **east,
    )
    folder.notice("2026/east-coop/0001.md", title="草稿", confidentiality_cleared="false")
    return folder


def every_feed(folder: Folder, day: date = TODAY) -> dict[str, bytes]:
    found = list(feeds(Shelves(folder.register(day), WORDS), SITE_URL, ZONE))
    assert len(dict(found)) == len(found)
    return dict(found)


def check_children(element: ET.Element, allowed: dict[str, tuple[int, int]]) -> None:
    counted = Counter(child.tag.removeprefix(SPACE) for child in element)
    assert set(counted) <= set(allowed)
    for name, (least, most) in allowed.items():
        assert least <= counted[name] <= most, name


def whole_feed(register: Register) -> bytes:
    """The feed of the whole board, which comes first."""
    return next(data for _, data in feeds(Shelves(register, WORDS), SITE_URL, ZONE))


def check_atom(address: str, data: bytes) -> None:
    """The structure that RFC 4287 asks for, section by section."""
    root = ET.fromstring(data)  # noqa: S314
    assert root.tag == f"{SPACE}feed" and root.attrib == {
        "{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"
    }
    check_children(root, FEED)
    for entry in root.iter(f"{SPACE}entry"):
        check_children(entry, ENTRY)
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        if name == "feed":
            continue
        assert set(element.attrib) <= ATTRIBUTES.get(name, set())
        if name in {"id", "title", "updated", "published", "name"}:
            assert len(element) == 0 and (element.text or "").strip()
        if name in {"updated", "published"}:  # 3.3: a date as in RFC 3339
            assert MOMENT.fullmatch(element.text)
        if name == "id":  # 4.2.6: an IRI, absolute
            assert urlsplit(element.text).scheme == "https" and urlsplit(element.text).netloc
        if name == "author":  # 3.2
            check_children(element, {"name": (1, 1)})
        if name == "link":  # 4.2.7
            assert element.get("href", "").startswith(SITE_URL) and element.get("rel")
        if name == "category":  # 4.2.2
            assert element.get("term")
    for parent in (root, *root.iter(f"{SPACE}entry")):  # 4.1.1, 4.1.2: one alternate of a type
        alternates = [(e.get("rel"), e.get("type")) for e in parent.findall(f"{SPACE}link")]
        assert len(set(alternates)) == len(alternates) and ("alternate", "text/html") in alternates
    (own,) = [e.get("href") for e in root.findall(f"{SPACE}link") if e.get("rel") == "self"]
    assert own == SITE_URL + address
    ids = [e.findtext(f"{SPACE}id") for e in root.iter(f"{SPACE}entry")]
    assert len(set(ids)) == len(ids)
    newest = max((e.findtext(f"{SPACE}updated") for e in root.iter(f"{SPACE}entry")), default="")
    assert root.findtext(f"{SPACE}updated") >= newest


def check_read(data: bytes) -> None:
    read = feedparser.parse(data)
    assert not read.bozo and read.version == "atom10"


def titles(data: bytes) -> list[str]:
    return [entry.title for entry in feedparser.parse(data).entries]


def entry_of(data: bytes, title: str) -> feedparser.FeedParserDict:
    (entry,) = [entry for entry in feedparser.parse(data).entries if entry.title == title]
    return entry


def test_there_is_a_feed_of_everything_that_is_a_page(board: Folder) -> None:
    assert list(every_feed(board)) == [
        "feed.xml",
        *(f"feeds/board/{code}.xml" for code in ("town", "east")),
        *(f"feeds/publisher/{code}.xml" for code in ("town", "east", "east-coop")),
        *(f"feeds/category/{code}.xml" for code in ("outage", "policy", "finance", "monitored")),
        *(f"feeds/category/{code}.xml" for code in ("services", "village-affairs")),
    ]


def test_every_feed_is_valid_whether_it_has_entries_or_not(board: Folder) -> None:
    for address, data in every_feed(board).items():
        check_atom(address, data)
        check_read(data)


def test_each_feed_holds_its_own_and_nothing_else(board: Folder) -> None:
    found = every_feed(board)
    records = [row.notice.title for row in board.register().published.values()]
    assert titles(found["feed.xml"]) == records and len(records) == 8
    village = ["新账", "旧账"]
    for address in ("board/east", "publisher/east", "category/finance", "category/village-affairs"):
        assert titles(found[f"feeds/{address}.xml"]) == village
    assert titles(found["feeds/publisher/east-coop.xml"]) == []
    others = [title for title in records if title not in village]
    assert titles(found["feeds/board/town.xml"]) == titles(found["feeds/category/services.xml"]) == others


def test_what_a_board_shows_of_several_publishers_is_in_its_feed(tmp_path: Path) -> None:
    folder = a_board(tmp_path)
    coop = {"category": "shares", "publisher": "east-coop"}
    catalogue = (folder.notices / "catalogue.yml").read_text("utf-8")
    folder.write(
        "catalogue.yml",
        catalogue
        + "  - {code: collective, name: 集体, regime: collective, items: [{code: shares, name: 分红}]}\n",
    )
    folder.notice("2026/east-coop/0001.md", title="分红", **coop)
    folder.notice("2026/east/0001.md", title="账", category="finance", publisher="east")
    found = every_feed(folder)
    assert titles(found["feeds/board/east.xml"]) == ["分红", "账"]
    assert titles(found["feeds/publisher/east.xml"]) == ["账"]
    assert "feeds/board/east-coop.xml" not in found


def test_a_feed_says_whose_it_is_and_leads_to_its_page(board: Folder) -> None:
    feed = feedparser.parse(every_feed(board)["feeds/board/east.xml"]).feed
    assert (feed.title, feed.author) == ("试点镇公开栏：东河村公开栏", "东河村村民委员会")
    assert feed.id == f"{SITE_URL}feeds/board/east.xml" and feed.link == f"{SITE_URL}publishers/east/"
    feed = feedparser.parse(every_feed(board)["feeds/category/finance.xml"]).feed
    assert (feed.title, feed.link) == ("试点镇公开栏：村级财务", f"{SITE_URL}directory/finance/")
    assert feed.author == "试点镇人民政府"


def test_an_entry_says_what_became_of_its_notice_and_when(board: Folder) -> None:
    data = every_feed(board)["feed.xml"]
    moments = {
        entry.title: (entry.updated[:10], entry.published[:10]) for entry in feedparser.parse(data).entries
    }
    assert moments["撤销了"] == ("2026-11-12", "2026-11-10")
    assert entry_of(data, "撤销了").summary.startswith("【已撤销】2026年11月12日，原因：施工改期")
    assert moments["终止并撤文"][0] == "2026-11-13" and "【已终止】" in entry_of(data, "终止并撤文").summary
    assert moments["改过"][0] == "2026-11-14" and "【变更】" in entry_of(data, "改过").summary
    assert moments["到期撤下"][0] == "2026-11-15"
    assert moments["旧账"] == ("2026-11-16", "2026-11-10")  # the day on which the new one took over
    assert entry_of(data, "旧账").summary.startswith("【已被替代】新的是《新账》")
    links = {link.rel: link.href for link in entry_of(data, "旧账").links}
    assert links["related"] == f"{SITE_URL}notices/2026/east/0002/"
    assert entry_of(data, "长期通知").summary == "一句话。"
    assert entry_of(data, "新账").tags[0].label == "村级财务"


def test_what_was_taken_down_is_in_no_feed(board: Folder) -> None:
    for data in every_feed(board).values():
        text = data.decode()
        assert not [trace for trace in ("不该再看到", "某某某", "草稿", "一百元") if trace in text]
    assert "2026年11月15日" in entry_of(every_feed(board)["feed.xml"], "到期撤下").summary
    before = every_feed(board, date(2026, 11, 14))["feed.xml"]
    assert "某某某的概述。" in entry_of(before, "到期撤下").summary


def test_ids_stay_whatever_happens(board: Folder) -> None:
    def ids(day: date) -> set[str]:
        found = {feedparser.parse(data).feed.id for data in every_feed(board, day).values()}
        return found | {
            e.id for data in every_feed(board, day).values() for e in feedparser.parse(data).entries
        }

    assert ids(date(2026, 11, 12)) <= ids(TODAY) == ids(date(2030, 1, 1))


def test_a_feed_is_never_longer_than_fifty_and_does_not_forget_what_just_happened(tmp_path: Path) -> None:
    folder = a_board(tmp_path)
    for number in range(1, 58):
        day = f"2026-{9 + number // 30:02}-{number % 28 + 1:02}"
        folder.notice(
            f"2026/town/{number:04}.md",
            title=f"第{number}号",
            formed_on="2026-08-01",
            clearance="{reviewer: 甲审, date: 2026-08-02}",
            effective=f"{{from: {day}, until: 2027-01-01}}",
            change="{type: 撤销, date: 2026-11-20, reason: 重复}" if number == 28 else None,
        )
    register = folder.register()
    every = [row.notice.title for row in register.published.values()]
    assert len(every) == 57 and every[-1] == "第28号"  # the oldest of all
    data = whole_feed(register)
    check_atom("feed.xml", data)
    shown = titles(data)
    assert len(shown) == FEED_ENTRIES and shown[-1] == "第28号"
    assert shown[:-1] == every[: FEED_ENTRIES - 1]


def test_the_whole_feed_is_the_same_alone(board: Folder) -> None:
    assert whole_feed(board.register()) == every_feed(board)["feed.xml"]
    assert every_feed(board) == every_feed(board)


# ------------------------------------------------------------------------------------- calendar


def raw_events(data: bytes) -> list[dict[str, str]]:
    """Each event's content lines, unfolded, by name; a name that stands twice is an error."""
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT" and line not in {"END:VCALENDAR", ""}:
            assert name not in found[-1]
            found[-1][name] = value
    return found


def read_calendar(data: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(data.decode())


def events(folder: Folder, day: date = TODAY) -> dict[str, Event]:
    read = read_calendar(calendar(folder.register(day), SITE_URL, WORDS))
    return {event.uid: event for event in read.events}


def uid(identifier: str, which: str) -> str:
    return f"{short_code(identifier)}-{which}@board.example"


def test_feeds_and_calendar_of_the_sample_are_read_whole() -> None:
    register = Register(load_board(ROOT / "notices"), TODAY)
    data = calendar(register, SITE_URL, WORDS)
    until = [row.notice.effective.until for row in register.published.values()]
    assert len(read_calendar(data).events) == len(until) + sum(day is not None for day in until) > 100
    for address, feed in feeds(Shelves(register, WORDS), SITE_URL, ZONE):
        check_atom(address, feed)
    check_read(whole_feed(register))


def test_the_calendar_is_valid(board: Folder) -> None:
    data = calendar(board.register(), SITE_URL, WORDS)
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"") and all(len(line) <= 75 for line in lines)
    head = data.decode().partition("BEGIN:VEVENT")[0].split("\r\n")
    assert head[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "PRODID:-//noticeboard//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"} <= set(head)
    for event in raw_events(data):
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY", "SEQUENCE"} <= set(event)
        assert re.fullmatch(r"\d{8}T000000Z", event["DTSTAMP"]) and event["SEQUENCE"].isdigit()
        assert re.fullmatch(r"\d{8}", event["DTSTART;VALUE=DATE"])
    assert len({event["UID"] for event in raw_events(data)}) == len(raw_events(data))


def test_every_period_has_its_first_and_its_last_day(board: Folder) -> None:
    found = events(board)
    begins, ends = found[uid("2026/town/0001", "start")], found[uid("2026/town/0001", "end")]
    assert begins.summary == "开始公示：东街“停水”，通知; <一> & 二"
    assert ends.summary == "期满：东街“停水”，通知; <一> & 二"
    # A day without a time and without an end lasts that one day (3.6.1).
    assert (begins.dtstart, ends.dtstart) == (date(2026, 11, 10), date(2026, 11, 30))
    assert begins.dtend is ends.dtend is begins.duration is ends.duration is None
    assert begins.transparency == ends.transparency == "TRANSPARENT"
    assert begins.url == ends.url == f"{SITE_URL}notices/2026/town/0001/"
    assert uid("2026/town/0002", "start") in found and uid("2026/town/0002", "end") not in found
    records = board.register().published
    assert len(found) == 2 * len(records) - 1
    assert not [event for event in found.values() if "草稿" in event.summary]


def test_the_end_of_what_no_longer_holds_is_called_off(board: Folder) -> None:
    raw = {event["UID"]: event for event in raw_events(calendar(board.register(), SITE_URL, WORDS))}
    found = events(board)
    for name, reason in (("town/0003", "施工改期"), ("town/0004", "数字有误"), ("east/0001", "新账")):
        begins, ends = uid(f"2026/{name}", "start"), uid(f"2026/{name}", "end")
        assert found[ends].status == "CANCELLED" and int(raw[ends]["SEQUENCE"]) > 0
        assert reason in found[ends].description
        assert found[begins].status is None and raw[begins]["SEQUENCE"] == "0"
    assert raw[uid("2026/town/0003", "end")]["DTSTAMP"] == "20261112T000000Z"
    # An amended notice may have another period now: whoever has the old one takes the new one.
    for which in ("start", "end"):
        amended = raw[uid("2026/town/0005", which)]
        assert int(amended["SEQUENCE"]) > 0 and "STATUS" not in amended
    plain_end = raw[uid("2026/town/0001", "end")]
    assert plain_end["SEQUENCE"] == "0" and "STATUS" not in plain_end and "DESCRIPTION" not in plain_end


def test_a_later_revision_never_has_a_lower_number(board: Folder) -> None:
    days = [date(2026, 11, day) for day in range(10, 22)]
    last: dict[str, int] = {}
    for day in days:
        for event in raw_events(calendar(board.register(day), SITE_URL, WORDS)):
            number = int(event["SEQUENCE"])
            assert number >= last.get(event["UID"], 0)
            last[event["UID"]] = number


def test_the_calendar_is_the_same_on_another_day_while_nothing_happens(board: Folder) -> None:
    assert calendar(board.register(date(2027, 5, 1)), SITE_URL, WORDS) == calendar(
        board.register(date(2028, 5, 1)), SITE_URL, WORDS
    )


def test_nothing_taken_down_is_in_the_calendar(board: Folder) -> None:
    text = calendar(board.register(), SITE_URL, WORDS).decode().replace("\r\n ", "")
    assert "不该再看到" not in text and "某某某" not in text


def test_an_empty_board_has_valid_feeds_and_an_empty_calendar(tmp_path: Path) -> None:
    folder = a_board(tmp_path)
    for address, data in every_feed(folder).items():
        check_atom(address, data)
        check_read(data)
    assert read_calendar(calendar(folder.register(), SITE_URL, WORDS)).events == []


def test_the_sitemap_takes_any_addresses() -> None:
    data = sitemap([("", None), ("guide/", date(2026, 1, 2))], SITE_URL)
    root = ET.fromstring(data)  # noqa: S314
    found = [[element.text for element in url] for url in root]
    assert found == [[SITE_URL], [f"{SITE_URL}guide/", "2026-01-02"]]
