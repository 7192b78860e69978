"""Counts that add up: of every publisher, year, status and regime, on every page and in every file.

One notice is one row of `data/notices.json`. All else that the site says of numbers, in the directory, the
archive, the boards, the open data and the downloads, must follow from those rows: checked on the sample
board and on random ones.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import SITE_URL, a_board, outputs_of
from builders import ROOT, TODAY, Folder
from noticeboard.board.load import load_board
from noticeboard.board.register import Register
from noticeboard.messages import messages
from noticeboard.views.archive import REASONS, Archive, Shelf
from noticeboard.views.frame import SiteSettings
from noticeboard.views.outputs import Outputs
from noticeboard.views.rows import Listing
from noticeboard.views.words import Words

Record = dict[str, Any]
WORDS = Words(messages("zh"))
LABELS = {"公示中": "current", "长期有效": "current", "已期满": "expired", "已被替代": "superseded",
          "已撤销": "withdrawn", "已终止": "withdrawn"}  # fmt: skip
REGIMES = {"政务": "government", "村务": "village", "集体财务": "collective", "党务": "party"}


@dataclass(frozen=True)
class Site:
    """What a site says, by address, and the rows that everything must follow from."""

    views: dict[str, Any]
    data: dict[str, bytes]
    records: list[Record]
    item_regimes: dict[str, str]
    publishers: dict[str, str]

    def that(self, test: Callable[[Record], bool]) -> list[Record]:
        return [record for record in self.records if test(record)]


def the_site(outputs: Outputs) -> Site:
    catalogue, publishers = outputs.register.board.catalogue, outputs.register.board.publishers
    assert catalogue is not None and publishers is not None
    return Site(
        views={page.address: page.view for page in outputs.pages},
        data=outputs.data,
        records=json.loads(outputs.data["data/notices.json"])["notices"],
        item_regimes={code: item.regime.value for code, item in catalogue.items.items()},
        publishers={code: publisher.regime.value for code, publisher in publishers.by_code.items()},
    )


def publisher(record: Record) -> str:
    return record["publisher"]["code"]


def regime(record: Record) -> str:
    return record["publisher"]["regime"]


def item(record: Record) -> str:
    return record["category"]["code"]


def year(record: Record) -> int:
    return int(record["published_on"][:4])


def is_current(record: Record) -> bool:
    return record["status"] == "current"


def reason(record: Record) -> str:
    """Why it is no longer current: withdrawn and terminated are one status and two reasons."""
    return record["change"]["type"] if record["status"] == "withdrawn" else record["status"]


def ids(records: Iterable[Record]) -> list[str]:
    return sorted(record["url"] for record in records)


def urls(*listings: Listing) -> list[str]:
    return sorted(line.row.url for listing in listings for line in listing.lines)


def shown(*listings: Listing) -> list[str]:
    return sorted(line.row.url for listing in listings for line in listing.lines if line.shown.now)


# -- what must agree


def items_of(regime_view: Any) -> list[Any]:
    return [shown for group in regime_view.groups for shown in group.all_items]


def all_items(site: Site) -> dict[str, Any]:
    """Every item as the directory shows it, by code."""
    views = [shown for part in site.views["directory/"].regimes for shown in items_of(part)]
    return {code_of(view): view for view in views}


def code_of(view: Any) -> str:
    """The code of what has an address in the directory: directory/budget/ → budget."""
    return view.url.split("/")[1]


def directory_agrees(site: Site) -> None:
    view = site.views["directory/"]
    assert view.total == len(site.records) == sum(regime.total for regime in view.regimes)
    for part in view.regimes:
        code = part.url.split("/")[2]
        mine = site.that(lambda r, code=code: regime(r) == code)
        assert site.views[part.url] == part
        assert (part.total, part.current.number) == (len(mine), len(list(filter(is_current, mine))))
        assert part.strays == sum(site.item_regimes[item(r)] != code for r in mine)
        assert part.total == part.strays + sum(group.total for group in part.groups)
        assert part.items == len(items_of(part)) == list(site.item_regimes.values()).count(code)
        assert part.filled == sum(bool(view.total) for view in items_of(part))
        for group in part.groups:
            groups_agree(site, group, code)
    seen = [code_of(shown) for part in view.regimes for shown in items_of(part)]
    assert sorted(seen) == sorted(site.item_regimes), "every item in one directory, once"


def groups_agree(site: Site, group: Any, code: str) -> None:
    codes = {code_of(view) for view in group.all_items}
    mine = site.that(lambda r: item(r) in codes and regime(r) == code)
    assert (group.total, group.current.number) == (len(mine), len(list(filter(is_current, mine))))
    assert group.total == sum(shown.total for shown in group.items) + sum(g.total for g in group.groups)
    page = site.views[group.url]
    assert page.group == group and urls(page.notices) == ids(mine)
    for below in group.groups:
        groups_agree(site, below, code)
    for shown_item in group.items:
        items_agree(site, shown_item, code)


def items_agree(site: Site, view: Any, code: str) -> None:
    under = site.that(lambda r: item(r) == code_of(view))
    mine = [r for r in under if regime(r) == code]
    others = [r for r in under if regime(r) != code]
    assert (view.total, view.current.number) == (len(mine), len(list(filter(is_current, mine))))
    page = site.views[view.url]
    assert page.item == view and urls(page.notices) == ids(mine) and urls(page.strays) == ids(others)
    by_url = Counter(f"publishers/{publisher(r)}/" for r in mine)
    assert {url: number for _, url, number in page.publishers} == by_url
    assert not (view.nothing and view.total)


def tally_agrees(site: Site) -> None:
    tally = site.views["directory/publisher/"]
    years = sorted({year(r) for r in site.records})
    assert list(tally.years) == years
    counted = Counter((publisher(r), year(r)) for r in site.records)
    lines = [line for _, below in tally.regimes for line in below]
    assert sorted(line.url.split("/")[2] for line in lines) == sorted(site.publishers)
    for line in lines:
        code = line.url.split("/")[2]
        assert list(line.years) == [counted[code, at] for at in years]
    for head, below in tally.regimes:
        assert len({site.publishers[line.url.split("/")[2]] for line in below}) == 1
        assert head.years == columns(below)
    heads = [head for head, _ in tally.regimes]
    assert tally.whole.years == columns(heads)
    for line in (*lines, *heads, tally.whole):
        assert line.total == sum(line.years)
    assert tally.whole.total == len(site.records)


def columns(lines: Iterable[Any]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(line.years for line in lines), strict=True)))


def lists_agree(site: Site) -> None:
    """By publisher, by year, by letter: each a list in sections, with its entrance."""
    for code in site.publishers:
        sections_agree(site, f"directory/publisher/{code}/", lambda r, code=code: publisher(r) == code)
    for way, key in (("year", lambda r: str(year(r))), ("number", lambda r: letter(r["index_number"]))):
        entrances = site.views[f"directory/{way}/"]
        assert sum(entrance.total for entrance in entrances) == len(site.records)
        found = {entrance.url.split("/")[2]: entrance.total for entrance in entrances}
        assert found == Counter(map(key, site.records))
        for value in found:
            sections_agree(site, f"directory/{way}/{value}/", lambda r, v=value, k=key: k(r) == v)


def letter(number: str) -> str:
    first = number[0].lower()
    return first if first.isascii() and first.isalnum() else "other"


def sections_agree(site: Site, address: str, test: Callable[[Record], bool]) -> None:
    view, mine = site.views[address], site.that(test)
    assert view.total == len(mine) == sum(section.total for section in view.sections)
    assert view.current.number == len(list(filter(is_current, mine)))
    assert urls(*(section.notices for section in view.sections)) == ids(mine)
    for section in view.sections:
        assert section.total == len(section.notices.lines) > 0


def archive_agrees(site: Site) -> None:
    past = site.that(lambda r: not is_current(r))
    view: Archive = site.views["archive/"]
    assert view.total.number == len(past)
    keys: dict[str, tuple[tuple[Shelf, ...], Callable[[Record], str]]] = {
        "year": (view.years, lambda r: str(year(r))),
        "publisher": (view.publishers, publisher),
        "category": (view.items, item),
        "reason": (view.reasons, reason),
    }
    for kind, (shelves, key) in keys.items():
        assert sum(shelf.total.number for shelf in shelves) == len(past), kind
        for shelf in shelves:
            value = shelf.url.split("/")[-2]
            mine = [r for r in past if key(r) == value]
            assert shelf.total.number == len(mine), shelf.url
            if kind != "reason":
                counts = Counter(map(reason, mine))
                assert [c.number for c in shelf.reasons] == [counts[name] for name in REASONS]
            page = site.views[shelf.url]
            assert page.shelf == shelf
            assert shown(*(month.notices for month in page.months)) == ids(mine)
            for month in page.months:
                assert month.total.number == len(shown(month.notices))
    for at, name in enumerate(REASONS):
        column = sum(shelf.reasons[at].number for shelf in view.publishers)
        assert view.reasons[at].total.number == column == sum(reason(r) == name for r in past)


def boards_agree(site: Site) -> None:
    current = ids(filter(is_current, site.records))
    assert site.views[""].total.number == len(current)
    tiles = site.views[""].boards
    assert sum(tile.current.number for tile in tiles) == len(current)
    total = 0
    for tile in tiles:
        page = site.views[tile.url]
        assert tile.current.number == page.current_count.number == len(shown(page.current))
        total += page.current_count.number + page.past_count.number
    assert total == len(site.records)
    companions = [c for _, below in site.views["publishers/"].boards for c in below]
    assert {c.url.split("/")[1]: c.total for c in companions} == {
        code: len(site.that(lambda r, code=code: publisher(r) == code)) for code in site.publishers
    }


def gaps_agree(site: Site) -> None:
    gaps = site.views["directory/gaps/"]
    empty = [gap.item for part in gaps.regimes for gap in part.empty]
    assert gaps.total == len(empty) == site.views["directory/"].gaps
    explained = [shown for part in gaps.regimes for shown in part.explained]
    assert not any(shown.total for shown in (*empty, *explained))
    without = {code for code, view in all_items(site).items() if not view.total}
    assert {code_of(view) for view in (*empty, *explained)} == without


def catalogue_agrees(site: Site) -> None:
    document = json.loads(site.data["data/catalogue.json"])
    totals = all_items(site)
    assert [entry["code"] for entry in document["items"]] == list(site.item_regimes)
    for entry in document["items"]:
        view = totals[entry["code"]]
        assert (entry["notices"], entry["current"]) == (view.total, view.current.number)
        assert entry["regime"] == site.item_regimes[entry["code"]]


# -- the files


def rows_of_json(data: bytes) -> tuple[list[str], list[list[Any]]]:
    document = json.loads(data)
    keys = [column["key"] for column in document["columns"]]
    assert all(list(row) == keys for row in document["rows"])
    return [column["heading"] for column in document["columns"]], [list(r.values()) for r in document["rows"]]


def rows_of_csv(data: bytes) -> tuple[list[str], list[list[str]]]:
    assert data.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return heading, rows


def rows_of_xlsx(data: bytes) -> list[tuple[list[str], list[list[Any]]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = []
    for sheet in book:
        heading, *rows = ([plain(cell.value) for cell in row] for row in sheet.iter_rows())
        sheets.append((heading, rows))
    return sheets


def plain(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value


def as_csv(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in tuple("=+-@＝＋－＠") else text


def rows_of(site: Site, address: str) -> list[dict[str, Any]]:
    """The rows of one download, the same in its three forms; by the keys of the JSON."""
    heading, rows = rows_of_json(site.data[f"{address}.json"])
    assert rows_of_csv(site.data[f"{address}.csv"]) == (heading, [list(map(as_csv, row)) for row in rows])
    (first, *_) = rows_of_xlsx(site.data[f"{address}.xlsx"])
    assert first == (heading, rows)
    return json.loads(site.data[f"{address}.json"])["rows"]


def downloads_agree(site: Site) -> None:
    expected: dict[str, list[Record]] = {"data/directory": site.records}
    for part in site.views["directory/"].regimes:
        code = part.url.split("/")[2]
        assert part.downloads == f"data/directory-{code}"
        expected[part.downloads] = site.that(lambda r, code=code: regime(r) == code)
    for code in site.publishers:
        expected[f"data/directory/{code}"] = site.that(lambda r, code=code: publisher(r) == code)
    past = site.that(lambda r: not is_current(r))
    expected["data/archive"] = past
    for at in {year(r) for r in site.records}:
        expected[f"data/archive/{at}"] = [r for r in past if year(r) == at]
    found = {address.rpartition(".")[0] for address in site.data if address.endswith(".xlsx")}
    assert found == set(expected)
    for address, mine in expected.items():
        rows = rows_of(site, address)
        assert [row["url"] for row in rows] == [SITE_URL + r["url"] for r in mine], address
        for row, record in zip(rows, mine, strict=True):
            row_agrees(row, record)


def row_agrees(row: dict[str, Any], record: Record) -> None:
    for key in ("index_number", "title", "document_number", "formed_on", "published_on"):
        assert row[key] == record[key]
    assert (LABELS[row["status"]], REGIMES[row["regime"]]) == (record["status"], regime(record))
    assert (row["publisher"], row["item"]) == (record["publisher"]["name"], record["category"]["name"])
    first, until = record["effective"].values()
    assert (row["effective_from"], row["effective_until"]) == (first, until or "长期")
    if "reason" in row:
        change = record["change"] or {"date": None, "reason": None}
        assert (row["changed_on"], row["reason"]) == (change["date"], change["reason"])


def sheets_of_items_agree(site: Site) -> None:
    totals = {view.name: view.total for view in all_items(site).values()}
    parts = [part.downloads for part in site.views["directory/"].regimes if part.groups]
    for address in ("data/directory", *parts):
        sheets = rows_of_xlsx(site.data[f"{address}.xlsx"])
        assert len(sheets) == 2
        heading, rows = sheets[1]
        name, number, of = (heading.index(word) for word in ("公开事项", "已公开条数", "公开类别"))
        assert rows and all(row[number] == totals[row[name]] for row in rows)
        if address == "data/directory":
            assert {row[name]: row[number] for row in rows} == totals
        else:
            assert {REGIMES[row[of]] for row in rows} == {address.removeprefix("data/directory-")}


def a_village_is_no_government(site: Site) -> None:
    """Nothing that others than the government's offices published counts or stands among the government's."""
    others = set(ids(site.that(lambda r: regime(r) != "government")))
    for part in site.views["directory/"].regimes:
        if part.url != "directory/regime/government/":
            continue
        assert part.total + len(others) == len(site.records)
        for group in part.groups:
            assert not others & set(urls(site.views[group.url].notices))
        for shown_item in items_of(part):
            assert not others & set(urls(site.views[shown_item.url].notices))
        rows = rows_of(site, part.downloads)
        assert {row["regime"] for row in rows} <= {"政务"}


CHECKS = (
    *(directory_agrees, tally_agrees, lists_agree, archive_agrees, boards_agree, gaps_agree),
    *(catalogue_agrees, downloads_agree, sheets_of_items_agree, a_village_is_no_government),
)


@pytest.fixture(scope="module")
def sample() -> Site:
    register = Register(load_board(ROOT / "notices"), TODAY)
    return the_site(Outputs(register, SiteSettings(SITE_URL, "Asia/Shanghai"), WORDS))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_sample_board_adds_up(sample: Site, check: Callable[[Site], None]) -> None:
    check(sample)


def test_the_sample_board_has_of_everything(sample: Site) -> None:
    """Otherwise the checks above would say little."""
    assert len({publisher(r) for r in sample.records}) > 10 and len({year(r) for r in sample.records}) > 1
    assert {regime(r) for r in sample.records} == set(REGIMES.values())
    assert {reason(r) for r in sample.records} == {"current", *REASONS}


# -- random boards

PUBLISHERS = """\
board: {name: 试点镇公开栏, place: 试点县试点镇, owner: town}
publishers:
- {code: town, name: 镇政府, kind: township, regime: 政务, institution_code: A1, address: 甲, hours: 乙,
   phone: 丙, fax: 无, email: 无}
- {code: office, name: 社会事务办, kind: office, regime: 政务, board: town}
- {code: committee, name: 镇党委, kind: party-committee, regime: 党务, board: town}
- {code: east, name: 东河村, kind: village, regime: 村务}
- {code: east-coop, name: 东河村合作社, kind: collective, regime: 集体财务, board: east}
- {code: west, name: 西河村, kind: village, regime: 村务}
"""
AREAS = {
    "government": """\
- code: aid
  name: 社会救助
  regime: 政务
  groups:
  - code: dibao
    name: 低保
    items: [{code: dibao-list, name: 低保名单}, {code: dibao-rules, name: 低保办法}]
  items: [{code: policy, name: 政策}, {code: never, name: 没有的, nothing_because: 本镇没有}]
- {code: budget, name: 财政, regime: 政务, items: [{code: accounts, name: 决算}]}
""",
    "village": """\
- code: affairs
  name: 村务
  regime: 村务
  groups: [{code: money, name: 村里的钱, items: [{code: village-money, name: 村务财务}]}]
  items: [{code: meeting, name: 村民会议}]
""",
    "collective": "- {code: coop, name: 合作社, regime: 集体财务, items: [{code: dividend, name: 分红}]}\n",
    "party": "- {code: branch, name: 党建, regime: 党务, items: [{code: members, name: 发展党员}]}\n",
}
ITEMS = {
    "government": ("dibao-list", "dibao-rules", "policy", "accounts"),
    "village": ("village-money", "meeting"),
    "collective": ("dividend",),
    "party": ("members",),
}
CODES = ("town", "office", "committee", "east", "east-coop", "west")
KINDS: dict[str, dict[str, str | None]] = {
    "current": {"effective": "{from: %s-01-10, until: 2027-12-31}"},
    "long-term": {"effective": "%s-01-10 起长期"},
    "expired": {"effective": "{from: %s-01-10, days: 20}"},
    "withdrawn": {"change": "{type: 撤销, date: 2026-11-01, reason: 重复}"},
    "terminated": {"change": "{type: 终止, date: 2026-11-01, reason: '=重复'}"},
    "text removed": {"change": "{type: 撤销, date: 2026-11-01, reason: 重复, remove_text: true}"},
    "amended": {"change": "{type: 变更, date: 2026-11-01, reason: 更正}"},
    "erased": {"erase_on": "2026-11-01"},
    "withdrawn later": {"change": "{type: 撤销, date: 2026-11-22, reason: 重复}"},
    "draft": {"confidentiality_cleared": "false", "clearance": None},
    "scheduled": {"effective": "{from: 2026-11-22, days: 30}"},
    "only on the board": {"channels": "[board]"},
    "with an error": {"天气": "晴"},
}
HIDDEN = {"draft", "scheduled", "only on the board", "with an error"}
TITLES = st.sampled_from(["公示", "=1+1", "<r>甲</r>", "007", "2026-01-01", "甲,乙\"丙'", "+8600"])


@dataclass(frozen=True)
class Made:
    """A notice of a random board; `replaces` is the number of an earlier one."""

    publisher: str
    item: str
    year: int
    kind: str
    title: str
    replaces: int | None

    def path(self, number: int) -> str:
        return f"{self.year}/{self.publisher}/{number:04d}"


def made(items: list[str]) -> st.SearchStrategy[Made]:
    return st.builds(
        Made,
        st.sampled_from(CODES),
        st.sampled_from(items),
        st.sampled_from([2024, 2025, 2026]),
        st.sampled_from(list(KINDS)),
        TITLES,
        st.one_of(st.none(), st.integers(0, 8)),
    )


@st.composite
def boards(draw: st.DrawFn) -> tuple[list[str], list[Made]]:
    """Areas of the catalogue, and notices, some of them under an item of another regime."""
    areas = draw(st.lists(st.sampled_from(list(AREAS)), min_size=1, unique=True))
    items = [code for area in areas for code in ITEMS[area]]
    return areas, draw(st.lists(made(items), max_size=9))


def lay_out(place: Path, areas: list[str], notices: list[Made]) -> Folder:
    board = a_board(place)
    board.write("publishers.yml", PUBLISHERS)
    board.write("catalogue.yml", "catalogue:\n" + "".join(AREAS[area] for area in areas))
    for number, notice in enumerate(notices):
        fields = {"effective": KINDS["long-term"]["effective"], **KINDS[notice.kind]}
        effective = str(fields["effective"])
        fields["effective"] = effective % notice.year if "%s" in effective else effective
        if notice.replaces is not None and notice.replaces < number:
            fields["supersedes"] = notices[notice.replaces].path(notice.replaces)
        board.notice(
            f"{notice.path(number)}.md",
            f"第{number}条的正文。",
            title=json.dumps(notice.title, ensure_ascii=False),
            category=notice.item,
            publisher=notice.publisher,
            formed_on=f"{notice.year}-01-05",
            **{"clearance": f"{{reviewer: 甲审, date: {notice.year}-01-06}}", **fields},
        )
    return board


@settings(max_examples=40)
@given(boards())
def test_any_board_adds_up(some: tuple[list[str], list[Made]]) -> None:
    areas, notices = some
    with tempfile.TemporaryDirectory() as place:
        board = lay_out(Path(place), areas, notices)
        site = the_site(outputs_of(board))
    public = [notice.path(n) for n, notice in enumerate(notices) if notice.kind not in HIDDEN]
    assert sorted(record["id"] for record in site.records) == sorted(public)
    for check in CHECKS:
        check(site)


def test_what_no_directory_is_made_for_is_counted_too(tmp_path: Path) -> None:
    """A village publishes on a board whose catalogue has only the government's part."""
    notices = [
        Made("east", "policy", 2026, "current", "村里的", None),
        Made("town", "policy", 2026, "current", "镇里的", None),
    ]
    site = the_site(outputs_of(lay_out(tmp_path, ["government"], notices)))
    found = {part.url.split("/")[2]: (part.total, part.strays) for part in site.views["directory/"].regimes}
    assert found == {"government": (1, 0), "village": (1, 1)}


def test_a_notice_under_an_item_of_another_regime_counts_for_its_publisher(tmp_path: Path) -> None:
    notices = [
        Made("east", "policy", 2026, "current", "村里的", None),
        Made("east", "meeting", 2026, "expired", "会议", None),
    ]
    board = lay_out(tmp_path, ["government", "village"], notices)
    assert "regime-mismatch" in board.codes()
    site = the_site(outputs_of(board))
    government, village = site.views["directory/"].regimes
    assert (government.total, government.strays, government.filled) == (0, 0, 0)
    assert (village.total, village.strays, village.filled) == (2, 1, 1)
    page = site.views["directory/policy/"]
    assert (page.item.total, len(page.notices.lines), len(page.strays.lines)) == (0, 0, 1)
    rows = rows_of(site, "data/directory/east")
    assert [(row["title"], row["regime"], row["item"]) for row in rows] == [
        ("村里的", "村务", "政策"),
        ("会议", "村务", "村民会议"),
    ]
