"""Every page of the site as frozen data: its address, its template and what stands on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from ..board.catalogue import Catalogue, Group, Item
from ..board.publisher import Publisher, Publishers
from ..board.register import Published, Register
from ..board.status import Status
from .rows import Row, Rows
from .words import Words

#: How many notices that are no longer current a board or a group of the directory lists.
RECENT = 30

#: How many current notices the front page lists; the rest are on the boards it leads to.
FRONT = 100


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to a page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """`address` is relative to the site's root and ends with a slash (empty for the front page)."""

    address: str
    template: str
    title: str
    crumbs: tuple[Crumb, ...]
    view: Any
    changed: date | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class BoardTile:
    """One physical board: a village, or the township itself.

    `ends` holds the last day of each current notice (`-` for long-term ones), so that the reader's
    browser can count again on a later day.
    """

    name: str
    url: str
    current: int
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    boards: tuple[BoardTile, ...]
    ending: tuple[Row, ...]
    current: tuple[Row, ...]
    more: int
    recent: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    publisher: Publisher
    regime: str
    companions: tuple[tuple[str, str, str], ...]
    current: tuple[Row, ...]
    past: tuple[Row, ...]
    past_total: int


@dataclass(frozen=True, slots=True)
class BoardIndex:
    boards: tuple[tuple[BoardTile, tuple[tuple[str, str, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class DirectoryItem:
    code: str
    name: str
    url: str
    contents: str
    basis: tuple[str, ...]
    current: int
    ends: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DirectoryGroup:
    code: str
    name: str
    url: str
    items: tuple[DirectoryItem, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DirectoryRegime:
    name: str
    groups: tuple[DirectoryGroup, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Directory:
    regimes: tuple[DirectoryRegime, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Category:
    group: DirectoryGroup
    item: DirectoryItem | None
    regime: str
    current: tuple[Row, ...]
    past: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    years: tuple[tuple[int, str, tuple[tuple[str, int], ...], int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    year: int
    months: tuple[tuple[int, tuple[Row, ...]], ...]
    counts: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class File:
    """An attachment as a reader meets it: its name, kind and size in bytes."""

    name: str
    url: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    row: Row
    formed_on: str
    body: str
    erased: str
    files: tuple[File, ...]
    contact: str
    supervision_phone: str
    audience: str
    change: str
    changed_on: str
    reason: str
    supersedes: tuple[Row, ...]
    superseded_by: Row | None
    newer: Row | None
    older: Row | None
    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class Guide:
    owner: Publisher
    publishers: tuple[Publisher, ...]
    regimes: tuple[tuple[str, str], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """A short address and the notice it leads to, both relative to the site's root."""

    address: str
    target: str
    title: str


class Site:
    """Everything of the site that is a page. Made for one register; knows no template engine."""

    def __init__(self, register: Register, words: Words) -> None:
        board = register.board
        assert board.publishers is not None and board.catalogue is not None
        self.register = register
        self.words = words
        self.publishers: Publishers = board.publishers
        self.catalogue: Catalogue = board.catalogue
        self.rows = Rows(register, words)
        self._all = tuple(register.published.values())
        self._by_item: dict[str, list[Published]] = defaultdict(list)
        self._by_publisher: dict[str, list[Published]] = defaultdict(list)
        for row in self._all:
            self._by_item[row.notice.category].append(row)
            self._by_publisher[row.notice.publisher].append(row)

    def pages(self) -> Iterator[Page]:
        """Every page but the short addresses and the page for what is not there."""
        yield self._home()
        yield from self._boards()
        yield from self._directory()
        yield self._guide()
        yield from self._archive()
        yield self._page("search/", "search.html", "search", None)
        yield from self._notices()

    def redirects(self) -> Iterator[Redirect]:
        for row in self._all:
            yield Redirect(f"n/{row.notice.short}/", self.rows[row.id].url, row.notice.title)

    @property
    def tiles(self) -> tuple[BoardTile, ...]:
        return tuple(self._tile(publisher) for publisher in self.publishers.boards)

    def _page(self, address: str, template: str, key: str, view: Any, **params: object) -> Page:
        title = self.words(f"pages.{key}", **params)
        return Page(address, template, title, (), view)

    def _crumb(self, key: str, url: str) -> Crumb:
        return Crumb(self.words(f"pages.{key}"), url)

    def _home(self) -> Page:
        current, past = _split(self._all)
        soon = sorted(
            (row for row in current if row.notice.effective.until),
            key=lambda row: (row.notice.effective.until or date.max, row.id),
        )
        dated = [row for row in current if row.notice.effective.until]
        lasting = [row for row in current if not row.notice.effective.until]
        view = Home(
            boards=self.tiles,
            ending=self.rows.of(soon[:5]),
            current=self.rows.of([*dated, *lasting][:FRONT]),
            more=max(len(current) - FRONT, 0),
            recent=self.rows.of(past[:5]),
        )
        return self._page("", "home.html", "home", view)

    def _tile(self, publisher: Publisher) -> BoardTile:
        current, _ = _split(self._on_board(publisher))
        return BoardTile(
            publisher.short_name, f"publishers/{publisher.code}/", len(current), self._ends(current)
        )

    def _ends(self, current: list[Published]) -> tuple[str, ...]:
        return tuple(self.rows[row.id].until or "-" for row in current)

    def _on_board(self, publisher: Publisher) -> list[Published]:
        """Everything that hangs on a publisher's board, newest first."""
        codes = {p.code for p in self.publishers.on_board(publisher.code)}
        if len(codes) == 1:
            return self._by_publisher[publisher.code]
        return [row for row in self._all if row.notice.publisher in codes]

    def _boards(self) -> Iterator[Page]:
        index = BoardIndex(
            tuple(
                (
                    self._tile(owner),
                    tuple(
                        (p.name, f"publishers/{p.code}/", len(self._by_publisher[p.code]))
                        for p in self.publishers.on_board(owner.code)
                    ),
                )
                for owner in self.publishers.boards
            )
        )
        yield self._page("publishers/", "publishers.html", "publishers", index)
        for publisher in self.publishers.by_code.values():
            current, past = _split(self._on_board(publisher))
            companions = tuple(
                (p.name, f"publishers/{p.code}/", self.words(f"regime-codes.{p.regime.value}"))
                for p in self.publishers.on_board(publisher.board)
                if p.code != publisher.code
            )
            view = BoardPage(
                publisher=publisher,
                regime=self.words(f"regimes.{publisher.regime.value}"),
                companions=companions,
                current=self.rows.of(current),
                past=self.rows.of(past[:RECENT]),
                past_total=len(past),
            )
            crumbs = (self._crumb("publishers", "publishers/"),)
            yield Page(f"publishers/{publisher.code}/", "board.html", publisher.name, crumbs, view)

    def _directory_item(self, item: Item) -> DirectoryItem:
        rows = self._by_item[item.code]
        current, _ = _split(rows)
        url = f"directory/{item.code}/"
        return DirectoryItem(
            item.code, item.name, url, item.contents, item.basis, len(current), self._ends(current), len(rows)
        )

    def _directory_group(self, group: Group) -> DirectoryGroup:
        items = tuple(self._directory_item(self.catalogue.items[code]) for code in group.items)
        url = f"directory/{group.code}/"
        return DirectoryGroup(group.code, group.name, url, items, sum(item.total for item in items))

    def _directory(self) -> Iterator[Page]:
        groups = {group.code: self._directory_group(group) for group in self.catalogue.groups.values()}
        regimes = []
        for regime in dict.fromkeys(group.regime for group in self.catalogue.groups.values()):
            mine = tuple(
                groups[group.code] for group in self.catalogue.groups.values() if group.regime is regime
            )
            name = self.words(f"regimes.{regime.value}")
            regimes.append(DirectoryRegime(name, mine, sum(group.total for group in mine)))
        view = Directory(tuple(regimes), sum(regime.total for regime in regimes))
        yield self._page("directory/", "directory.html", "directory", view)
        home = self._crumb("directory", "directory/")
        for group in self.catalogue.groups.values():
            shown = groups[group.code]
            regime_name = self.words(f"regimes.{group.regime.value}")
            codes = set(group.items)
            current, past = _split([row for row in self._all if row.notice.category in codes])
            whole = Category(shown, None, regime_name, self.rows.of(current), self.rows.of(past[:RECENT]))
            yield Page(shown.url, "category.html", group.name, (home,), whole)
            for item in shown.items:
                current, past = _split(self._by_item[item.code])
                part = Category(shown, item, regime_name, self.rows.of(current), self.rows.of(past))
                crumbs = (home, Crumb(group.name, shown.url))
                yield Page(item.url, "category.html", item.name, crumbs, part)

    def _guide(self) -> Page:
        used = dict.fromkeys(group.regime for group in self.catalogue.groups.values())
        regimes = tuple(
            (
                self.words(f"regimes.{regime.value}"),
                "、".join(group.name for group in self.catalogue.groups.values() if group.regime is regime),
            )
            for regime in used
        )
        owner = self.publishers.by_code[self.publishers.owner]
        view = Guide(owner, self.publishers.boards, regimes, self.register.board.guide.html)
        return self._page("guide/", "guide.html", "guide", view)

    def _archive(self) -> Iterator[Page]:
        _, past = _split(self._all)
        years: dict[int, list[Published]] = defaultdict(list)
        for row in past:
            years[row.notice.published_on.year].append(row)
        index = Archive(
            tuple((year, f"archive/{year}/", self._counts(rows), len(rows)) for year, rows in years.items()),
            len(past),
        )
        yield self._page("archive/", "archive.html", "archive", index)
        # A year's address must not die when a notice of it is current again, so every year has one.
        for year in sorted({row.notice.published_on.year for row in self._all}, reverse=True):
            rows = years.get(year, [])
            months: dict[int, list[Published]] = defaultdict(list)
            for row in rows:
                months[row.notice.published_on.month].append(row)
            view = ArchiveYear(
                year=year,
                months=tuple((month, self.rows.of(found)) for month, found in months.items()),
                counts=self._counts(rows),
                total=len(rows),
            )
            page = self._page(f"archive/{year}/", "archive-year.html", "archive-year", view, year=year)
            crumbs = (self._crumb("archive", "archive/"),)
            yield Page(page.address, page.template, page.title, crumbs, view)

    def _counts(self, rows: list[Published]) -> tuple[tuple[str, int], ...]:
        counted = Counter(self.rows[row.id].label for row in rows)
        return tuple(counted.most_common())

    def _notices(self) -> Iterator[Page]:
        for rows in self._by_publisher.values():
            for at, row in enumerate(rows):
                newer = rows[at - 1] if at else None
                older = rows[at + 1] if at + 1 < len(rows) else None
                yield self._notice(row, newer, older)

    def _notice(self, row: Published, newer: Published | None, older: Published | None) -> Page:
        notice, line = row.notice, self.rows[row.id]
        publisher = self.publishers.by_code[notice.publisher]
        change = row.change
        view = NoticePage(
            row=line,
            formed_on=notice.formed_on.isoformat(),
            body=row.document.html,
            erased=self.words.day(notice.erase_on) if row.erased and notice.erase_on else "",
            files=tuple(self._files(row)),
            contact=notice.contact,
            supervision_phone=notice.supervision_phone,
            audience=self.words(f"audiences.{notice.audience}"),
            change=self.words(f"changes.{change.type}") if change else "",
            changed_on=self.words.day(change.date) if change else "",
            reason=change.reason if change else "",
            supersedes=tuple(self.rows[other] for other in row.supersedes),
            superseded_by=self.rows[row.superseded_by] if row.superseded_by else None,
            newer=self.rows[newer.id] if newer else None,
            older=self.rows[older.id] if older else None,
            address=publisher.address,
            hours=publisher.hours,
        )
        crumbs = (
            self._crumb("publishers", "publishers/"),
            Crumb(publisher.name, f"publishers/{publisher.code}/"),
        )
        changed = change.date if change else notice.published_on
        return Page(line.url, "notice.html", notice.title, crumbs, view, changed, row.summary)

    def _files(self, row: Published) -> Iterator[File]:
        for attachment in row.attachments:
            if attachment.in_text:
                continue
            kind = PurePosixPath(attachment.path).suffix[1:].upper()
            size = self.register.board.tree.size(attachment.path)
            yield File(attachment.name, attachment.address, kind, readable_size(size))


def _split(rows: list[Published] | tuple[Published, ...]) -> tuple[list[Published], list[Published]]:
    """Those on the board today, and those that no longer are."""
    current = [row for row in rows if row.status is Status.CURRENT]
    return current, [row for row in rows if row.status is not Status.CURRENT]


def readable_size(size: int) -> str:
    """Bytes as a person says them: 812 B, 14 KB, 2.3 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
