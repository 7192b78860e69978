"""The disclosure directory (公开目录): one for every regime, level by level, and four other ways in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..board.catalogue import Group, Item
from ..board.publisher import Publisher, Regime
from ..board.register import Published
from .days import Count, count, is_current
from .items import ItemView
from .page import Crumb, Page
from .rows import Listing
from .shelves import Shelves


@dataclass(frozen=True, slots=True)
class GroupView:
    """An area or sub-area; `items` are those that stand directly in it."""

    name: str
    url: str
    items: tuple[ItemView, ...]
    groups: tuple[GroupView, ...]
    current: Count
    total: int

    @property
    def all_items(self) -> tuple[ItemView, ...]:
        """Its own items and those of the groups below it."""
        return (*self.items, *(item for group in self.groups for item in group.items))


@dataclass(frozen=True, slots=True)
class RegimeView:
    """The directory of one regime. `strays` of its notices stand under an item of another's."""

    name: str
    url: str
    groups: tuple[GroupView, ...]
    items: int
    filled: int
    current: Count
    total: int
    strays: int
    downloads: str


@dataclass(frozen=True, slots=True)
class Directory:
    regimes: tuple[RegimeView, ...]
    total: int
    gaps: int


@dataclass(frozen=True, slots=True)
class GroupPage:
    group: GroupView
    regime: RegimeView
    notices: Listing


@dataclass(frozen=True, slots=True)
class ItemPage:
    item: ItemView
    regime: RegimeView
    notices: Listing
    strays: Listing
    publishers: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Notices under a heading of a list."""

    name: str
    url: str
    notices: Listing
    total: int


@dataclass(frozen=True, slots=True)
class Sections:
    """A list in sections; `downloads` is the address of its files without their endings, or empty."""

    sections: tuple[Section, ...]
    total: int
    current: Count
    downloads: str = ""


@dataclass(frozen=True, slots=True)
class TallyLine:
    """The numbers of one publisher, regime or of all, year by year, and their sum."""

    name: str
    url: str
    years: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many notices each publisher made known in each year: each column adds up as each line does."""

    years: tuple[int, ...]
    regimes: tuple[tuple[TallyLine, tuple[TallyLine, ...]], ...]
    whole: TallyLine


@dataclass(frozen=True, slots=True)
class Entrance:
    """One way into a part of the directory, with what stands behind it."""

    name: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class Gap:
    """An item under which something is missing: nothing at all, or nothing of some publishers."""

    item: ItemView
    missing: tuple[str, ...]
    of: int


@dataclass(frozen=True, slots=True)
class RegimeGaps:
    """What is missing in one regime's directory; `explained` are empty for a reason that is given."""

    name: str
    empty: tuple[Gap, ...]
    partly: tuple[Gap, ...]
    explained: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    regimes: tuple[RegimeGaps, ...]
    total: int
    partly: int


def pages(shelves: Shelves) -> Iterator[Page]:
    """Every page of the directory."""
    yield from _Directory(shelves).pages()


class _Directory:
    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._words = shelves.words
        self._catalogue = shelves.catalogue
        self._home = shelves.crumb("directory", "directory/")
        self._items = shelves.items
        self._groups = {g.code: self._group(g) for g in self._catalogue.groups.values() if g.parent}
        self._groups |= {g.code: self._group(g) for g in self._catalogue.groups.values() if not g.parent}
        self._regimes = {regime: self._regime(regime) for regime in shelves.regimes}

    def pages(self) -> Iterator[Page]:
        gaps = self._gaps()
        view = Directory(tuple(self._regimes.values()), len(self._shelves.all), gaps.total)
        yield self._shelves.page("directory/", "directory.html", "directory", view)
        for regime, shown in self._regimes.items():
            name = self._words("directory-of", regime=shown.name)
            address = f"directory/regime/{regime.value}/"
            yield Page(address, "directory-regime.html", name, (self._home,), shown)
        for group in self._catalogue.groups.values():
            yield self._group_page(group)
        for item in self._catalogue.items.values():
            yield self._item_page(item)
        yield from self._by_publisher()
        yield from self._by_year()
        yield from self._by_number()
        yield self._shelves.page("directory/gaps/", "directory-gaps.html", "gaps", gaps, self._home)

    # -- level by level

    def _group(self, group: Group) -> GroupView:
        items = tuple(self._items[item.code] for item in self._catalogue.items_of(group.code))
        below = tuple(self._groups[g.code] for g in self._catalogue.below(group.code))
        rows = self._shelves.of_items(item.code for item in self._catalogue.within(group.code))
        url = f"directory/{group.code}/"
        return GroupView(group.name, url, items, below, count(rows, is_current), len(rows))

    def _regime(self, regime: Regime) -> RegimeView:
        groups = tuple(self._groups[group.code] for group in self._catalogue.top(regime))
        rows = self._shelves.of_regime(regime)
        items = [item for group in groups for item in group.all_items]
        return RegimeView(
            name=self._shelves.regime_name(regime),
            url=f"directory/regime/{regime.value}/",
            groups=groups,
            items=len(items),
            filled=sum(bool(item.total) for item in items),
            current=count(rows, is_current),
            total=len(rows),
            strays=len(rows) - sum(item.total for item in items),
            downloads=f"data/directory-{regime.value}",
        )

    def _way(self, groups: Iterable[Group]) -> tuple[Crumb, ...]:
        return (self._home, *(Crumb(group.name, f"directory/{group.code}/") for group in groups))

    def _group_page(self, group: Group) -> Page:
        shown = self._groups[group.code]
        rows = self._shelves.of_items(item.code for item in self._catalogue.within(group.code))
        view = GroupPage(shown, self._regimes[group.regime], self._shelves.rows.of(rows))
        way = self._way((self._catalogue.groups[group.parent],) if group.parent else ())
        feed = f"feeds/category/{group.code}.xml"
        return Page(shown.url, "directory-group.html", group.name, way, view, feed=feed)

    def _item_page(self, item: Item) -> Page:
        rows = self._shelves.by_item[item.code]
        by_publisher: dict[str, int] = defaultdict(int)
        for row in rows:
            by_publisher[row.notice.publisher] += 1
        publishers = tuple(
            (publisher.name, f"publishers/{publisher.code}/", by_publisher[publisher.code])
            for publisher in self._shelves.publishers.by_code.values()
            if by_publisher[publisher.code]
        )
        shown = self._items[item.code]
        strays = self._shelves.rows.of(self._shelves.strays[item.code])
        view = ItemPage(shown, self._regimes[item.regime], self._shelves.rows.of(rows), strays, publishers)
        way = self._way(self._catalogue.way_to(item))
        feed = f"feeds/category/{item.code}.xml"
        return Page(shown.url, "directory-item.html", item.name, way, view, None, item.contents, feed)

    # -- by publisher, year and index number

    def _by_publisher(self) -> Iterator[Page]:
        publishers = self._shelves.publishers.by_code.values()
        home = self._shelves.crumb("directory-publisher", "directory/publisher/")
        tally = self._tally()
        yield self._shelves.page(
            "directory/publisher/", "directory-publishers.html", "directory-publisher", tally, self._home
        )
        for publisher in publishers:
            mine = self._shelves.by_publisher[publisher.code]
            items = [item for item in self._catalogue.items.values() if item.regime is publisher.regime]
            by_item: dict[str, list[Published]] = {item.code: [] for item in items}
            other: list[Published] = []
            for row in mine:
                by_item.get(row.notice.category, other).append(row)
            sections = [
                self._section(item.name, f"directory/{item.code}/", by_item[item.code])
                for item in items
                if by_item[item.code]
            ]
            if other:  # under an item of another regime; `check` says so
                sections.append(self._section(self._words("other-regime"), "", other))
            view = Sections(
                tuple(sections), len(mine), count(mine, is_current), f"data/directory/{publisher.code}"
            )
            name = self._words("directory-of", regime=publisher.name)
            address = f"directory/publisher/{publisher.code}/"
            yield Page(
                address, "directory-list.html", name, (self._home, home), view,
                feed=f"feeds/publisher/{publisher.code}.xml",
            )  # fmt: skip

    def _section(self, name: str, url: str, rows: list[Published]) -> Section:
        return Section(name, url, self._shelves.rows.of(rows), len(rows))

    def _tally(self) -> Tally:
        shelves, years = self._shelves, tuple(sorted(self._shelves.years))
        regimes = []
        for regime in self._regimes_of_publishers():
            lines = tuple(
                _line(p.name, f"directory/publisher/{p.code}/", shelves.by_publisher[p.code], years)
                for p in shelves.publishers.by_code.values()
                if p.regime is regime
            )
            regimes.append((_line(shelves.regime_name(regime), "", shelves.of_regime(regime), years), lines))
        return Tally(years, tuple(regimes), _line("", "", shelves.all, years))

    def _regimes_of_publishers(self) -> tuple[Regime, ...]:
        return tuple(dict.fromkeys(p.regime for p in self._shelves.publishers.by_code.values()))

    def _by_year(self) -> Iterator[Page]:
        home = self._shelves.crumb("directory-year", "directory/year/")
        entrances = tuple(
            Entrance(
                self._words("year", year=year), f"directory/year/{year}/", len(self._shelves.by_year[year])
            )
            for year in self._shelves.years
        )
        yield self._shelves.page(
            "directory/year/", "directory-ways.html", "directory-year", entrances, self._home
        )
        for year in self._shelves.years:
            rows = self._shelves.by_year[year]
            sections = []
            for regime in self._regimes_of_publishers():
                mine = [row for row in rows if self._shelves.regime_of(row) is regime]
                if mine:
                    sections.append(self._section(self._shelves.regime_name(regime), "", mine))
            view = Sections(tuple(sections), len(rows), count(rows, is_current))
            name = self._words("directory-of", regime=self._words("year", year=year))
            yield Page(f"directory/year/{year}/", "directory-list.html", name, (self._home, home), view)

    def _by_number(self) -> Iterator[Page]:
        home = self._shelves.crumb("directory-number", "directory/number/")
        shelves: dict[str, list[Published]] = defaultdict(list)
        for row in sorted(self._shelves.all, key=lambda row: row.notice.index_number):
            shelves[_letter(row.notice.index_number)].append(row)
        entrances = tuple(
            Entrance(self._letter_name(letter), f"directory/number/{letter}/", len(rows))
            for letter, rows in sorted(shelves.items())
        )
        yield self._shelves.page(
            "directory/number/", "directory-ways.html", "directory-number", entrances, self._home
        )
        for letter, rows in sorted(shelves.items()):
            fronts: dict[str, list[Published]] = defaultdict(list)
            for row in rows:
                fronts[row.notice.index_number.partition("/")[0]].append(row)
            sections = tuple(self._section(front, "", found) for front, found in fronts.items())
            view = Sections(sections, len(rows), count(rows, is_current))
            address = f"directory/number/{letter}/"
            yield Page(address, "directory-list.html", self._letter_name(letter), (self._home, home), view)

    def _letter_name(self, letter: str) -> str:
        if letter == OTHER:
            return self._words("number-other")
        return self._words("number-begins", letter=letter.upper())

    # -- what is missing

    def _gaps(self) -> Gaps:
        regimes = tuple(self._regime_gaps(regime) for regime in self._catalogue.regimes)
        total = sum(len(regime.empty) for regime in regimes)
        partly = sum(len(regime.partly) for regime in regimes)
        return Gaps(regimes, total, partly)

    def _regime_gaps(self, regime: Regime) -> RegimeGaps:
        empty, partly, explained = [], [], []
        for code, item in self._catalogue.items.items():
            if item.regime is not regime:
                continue
            shown, wanted = self._items[code], self._wanted(item)
            having = {row.notice.publisher for row in self._shelves.by_item[code]}
            missing = tuple(p.short_name for p in wanted if p.code not in having)
            if shown.nothing:
                explained.append(shown)
            elif not shown.total:
                empty.append(Gap(shown, (), len(wanted)))
            elif missing:
                partly.append(Gap(shown, missing, len(wanted)))
        return RegimeGaps(self._shelves.regime_name(regime), tuple(empty), tuple(partly), tuple(explained))

    def _wanted(self, item: Item) -> list[Publisher]:
        """Each village, collective or branch publishes by itself; offices of a township share the work."""
        own = {"village", "collective", "party-committee", "party-branch"} & set(item.responsible)
        return [
            publisher
            for publisher in self._shelves.publishers.by_code.values()
            if publisher.regime is item.regime
            and (publisher.kind in own or publisher.code in item.responsible)
        ]


OTHER = "other"


def _letter(number: str) -> str:
    """The first letter or digit that an index number begins with, as it stands in an address."""
    first = number[:1].lower()
    return first if first.isascii() and first.isalnum() else OTHER


def _line(name: str, url: str, rows: Iterable[Published], years: tuple[int, ...]) -> TallyLine:
    found = Counter(row.notice.published_on.year for row in rows)
    return TallyLine(name, url, tuple(found[year] for year in years), found.total())
