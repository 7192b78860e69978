"""The standard directory (标准目录): `notices/catalogue.yml` on top of the presets that it names.

An entry of the board's file whose code a preset has changes the fields that it gives; any other is
added. `omit` takes entries out. Order is that of the presets, then of the board's own additions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from . import law
from .fields import (
    CATALOGUE_FILE,
    GROUP,
    ITEM,
    LAW,
    MINIMUM_PERIOD,
    SUBGROUP,
    TIME_LIMIT,
    Key,
    only_code,
)
from .law import Law, Span, TimeLimit
from .problem import Problem, excerpt
from .publisher import KINDS, REGIMES, Publishers, Regime, read_code
from .source import Mapping, Scalar
from .values import Reader, read_file, spelled

#: Where a notice may be made known; the site is one of several places.
CHANNELS = spelled(
    {
        "website": "网站",
        "board": "公开栏",
        "screen": "电子屏",
        "broadcast": "广播",
        "wechat": "微信",
        "weibo": "微博",
        "app": "客户端",
        "newspaper": "报纸",
        "television": "电视",
        "meeting": "会议",
        "household": "入户",
        "hall": "政务服务中心",
        "gazette": "政府公报",
        "library": "公开查阅点",
        "sms": "短信",
    }
)
AUDIENCES = spelled({"public": "全社会", "villagers": "本村村民", "group": "特定群体"})
UNITS = spelled({"day": "天 日", "working-day": "工作日"})
#: What a time limit counts from.
STARTS = spelled(
    {
        "formation": "形成",
        "obtaining": "取得",
        "decision": "决定",
        "approval": "批准",
        "allocation": "分配结果确定",
        "receipt": "收到",
        "period-end": "所属期结束",
        "event": "事项发生",
    }
)
MODES = spelled({"proactive": "主动", "on-request": "依申请"})
LEVELS = spelled({"county": "县级", "township": "乡级", "village": "村级"})
RHYTHMS = spelled(
    {"fixed": "固定", "monthly": "每月", "quarterly": "每季度", "yearly": "每年", "at-once": "临时"}
)
#: Words that the directory's own addresses use beside the codes.
RESERVED = frozenset({"regime", "publisher", "year", "number", "gaps"})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that must be published (公开事项), with the columns of the national form.

    `responsible` holds kinds of publishers or codes of single ones; `rhythm` is fixed, monthly,
    quarterly, yearly, at-once or empty. `enforced` makes errors of what are warnings elsewhere.
    """

    code: str
    name: str
    group: str
    regime: Regime
    contents: str = ""
    basis: tuple[str, ...] = ()
    time_limit: TimeLimit | None = None
    responsible: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("website", "board")
    audience: str = "public"
    mode: str = "proactive"
    level: tuple[str, ...] = ()
    minimum_period: Span | None = None
    rhythm: str = ""
    enforced: bool = False
    nothing_because: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one area under one regime; `parent` is the group above it, or empty."""

    code: str
    name: str
    regime: Regime
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Groups and items by code, in order; the laws they cite by name."""

    groups: dict[str, Group]
    items: dict[str, Item]
    laws: dict[str, Law] = field(default_factory=dict)

    @property
    def spellings(self) -> dict[str, str]:
        """Every item's code and name → its code."""
        return {text: item.code for item in self.items.values() for text in (item.code, item.name)}

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """Those that have a directory here, in the order of the file."""
        return tuple(dict.fromkeys(group.regime for group in self.groups.values()))

    def top(self, regime: Regime) -> tuple[Group, ...]:
        """The areas of one regime's directory."""
        return tuple(g for g in self.groups.values() if g.regime is regime and not g.parent)

    def below(self, code: str) -> tuple[Group, ...]:
        """The second level under a group."""
        return tuple(g for g in self.groups.values() if g.parent == code)

    def items_of(self, code: str) -> tuple[Item, ...]:
        """The items that stand directly in a group."""
        return tuple(item for item in self.items.values() if item.group == code)

    def within(self, code: str) -> tuple[Item, ...]:
        """The items of a group, those of the groups below it included."""
        return (
            *self.items_of(code),
            *(item for group in self.below(code) for item in self.items_of(group.code)),
        )

    def way_to(self, item: Item) -> tuple[Group, ...]:
        """The groups that lead to an item, the area first."""
        group = self.groups[item.group]
        return (self.groups[group.parent], group) if group.parent else (group,)


def read_channels(reader: Reader) -> tuple[str, ...] | None:
    """The channels as codes, without repetition; None where the key is absent or wrong."""
    nodes = reader.several("channels")
    if wide := next((char for node in nodes for char in node.text if char in "，、【】"), None):
        reader.name("list-full-width", "channels", nodes[0], found=wide)
        return None
    return _codes(reader, "channels", nodes, CHANNELS)


def read_catalogue(
    path: str, data: bytes | None, publishers: Publishers | None, problems: list[Problem]
) -> Catalogue | None:
    """None where the catalogue cannot be trusted; every reason is added to `problems`."""
    before = len(problems)
    top = read_file(path, data, CATALOGUE_FILE, problems)
    if top is None:
        return None
    presets = _choices(top, "presets", law.PRESETS)
    if presets is None and top.fields.get("presets") is not None:
        return None  # named already; without its presets nothing in the file can be judged
    building = _Building(publishers)
    for name in presets or ():
        building.add(f"{name}.yml", law.preset(name), problems)
    building.begin_the_board_s_own()
    building.read(top)
    building.omit(top)
    for reader in top.mappings("laws", LAW):
        building.law(reader)
    if len(problems) == before and building.is_empty:
        top.name("catalogue-empty", "catalogue", top.fields.keys.get("catalogue"))
    return None if len(problems) > before else building.catalogue()


class _Building:
    """A catalogue while it is put together: presets first, then what the board changes and adds."""

    def __init__(self, publishers: Publishers | None) -> None:
        self._groups: dict[str, Group] = {}
        self._items: dict[str, Item] = {}
        self._laws = dict(law.laws())
        self._responsible = {**KINDS, **(publishers.spellings if publishers else {})}
        self._any_responsible = publishers is None
        self._preset: frozenset[str] = frozenset()
        self._taken: dict[str, int] = {}
        self._names: dict[str, int] = {}

    def add(self, path: str, data: bytes, problems: list[Problem]) -> None:
        top = read_file(path, data, CATALOGUE_FILE, problems)
        if top is not None:
            self.read(top)

    def begin_the_board_s_own(self) -> None:
        """From here on a code that is known already changes what stands under it."""
        self._preset = frozenset((*self._groups, *self._items))
        self._taken.clear()
        self._names.clear()

    def read(self, top: Reader) -> None:
        for reader in top.mappings("catalogue", self._group_table):
            group = self._group(reader, None)
            for below in reader.mappings("groups", self._table(SUBGROUP)):
                inner = self._group(below, group)
                for entry in below.mappings("items", self._table(ITEM)):
                    self._item(entry, inner)
            for entry in reader.mappings("items", self._table(ITEM)):
                self._item(entry, group)

    def omit(self, top: Reader) -> None:
        codes = {code: code for code in (*self._groups, *self._items)}
        names = {group.name: group.code for group in self._groups.values()}
        names |= {item.name: item.code for item in self._items.values()}
        for code in _choices(top, "omit", {**codes, **names}) or ():
            gone = {code, *(group.code for group in self._groups.values() if group.parent == code)}
            self._items = {c: i for c, i in self._items.items() if c not in gone and i.group not in gone}
            self._groups = {c: g for c, g in self._groups.items() if c not in gone}

    def law(self, reader: Reader) -> None:
        name, day = reader.text("name", 60), reader.day("in_force")
        if name:
            texts = {key: reader.text(key, 300) or "" for key in ("full_name", "number", "url")}
            texts["full_name"] = texts["full_name"] or name
            if texts["url"] and not texts["url"].startswith(("https://", "http://")):
                reader.name("link-scheme", "url", reader.fields.get("url"), found=excerpt(texts["url"], 60))
                texts["url"] = ""
            self._laws[name] = Law(name, in_force=day, **texts)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that could be published under."""
        return not self._items

    def catalogue(self) -> Catalogue:
        """Groups that nothing stands in are left out."""
        filled = {item.group for item in self._items.values()}
        filled |= {self._groups[code].parent for code in filled}
        groups = {code: group for code, group in self._groups.items() if code in filled}
        order = {code: at for at, code in enumerate(groups)}
        items = sorted(self._items.values(), key=lambda item: order[item.group])
        return Catalogue(
            groups, {item.code: replace(item, time_limit=_in_force(item)) for item in items}, self._laws
        )

    def _group_table(self, node: Mapping) -> tuple[Key, ...]:
        """The keys of an area; a preset's sub-area may stand in its place, and has no groups of its own."""
        known = self._groups.get(_code_of(node))
        table = tuple(key for key in GROUP if key.name != "groups") if known and known.parent else GROUP
        return self._table(table)(node)

    def _table(self, table: tuple[Key, ...]) -> Callable[[Mapping], tuple[Key, ...]]:
        """All keys of the table for something new, only the code for what a preset has."""
        lighter = only_code(table)
        return lambda node: lighter if _code_of(node) in self._preset else table

    def _group(self, reader: Reader, parent: Group | None) -> Group | None:
        code, name = self._code(reader), reader.text("name", 60)
        known = self._groups.get(code or "")
        # A preset's area keeps its regime: everything in it was written for that one.
        regimes = {text: r for text, r in REGIMES.items() if known is None or r == known.regime}
        regime = parent.regime if parent else reader.choice("regime", regimes)
        if known is not None:
            group = replace(known, name=name or known.name)
            if parent is not None and known.parent and parent.regime is known.regime:
                group = replace(group, parent=parent.code)
            elif parent is not None:
                reader.name("code-reserved", "code", reader.fields.get("code"), found=known.code)
        elif code and self._is_free(reader, code) and name and regime:
            group = Group(code, name, Regime(regime), parent.code if parent else "")
            if not any(reader.fields.get(key) for key in ("items", "groups")):
                reader.name("field-missing", "items", None, key="items", alias="事项")
        else:
            return None
        self._groups[group.code] = group
        return group

    def _item(self, reader: Reader, group: Group | None) -> None:
        code, name = self._code(reader), self._name(reader)
        known = self._items.get(code or "")
        given = {key: value for key, value in self._details(reader).items() if value is not None}
        if known is not None:
            if group is not None and group.regime is not known.regime:
                reader.name("code-reserved", "code", reader.fields.get("code"), found=known.code)
            elif group is not None:
                given["group"] = group.code
            self._items[known.code] = replace(known, name=name or known.name, **given)
        elif code and self._is_free(reader, code) and name and group:
            self._items[code] = Item(code, name, group.code, group.regime, **given)

    def _details(self, reader: Reader) -> dict[str, Any]:
        return {
            "contents": reader.paragraph("contents"),
            "basis": self._basis(reader),
            "time_limit": _time_limit(reader),
            "responsible": _choices(reader, "responsible", self._responsible, self._any_responsible),
            "channels": read_channels(reader),
            "audience": reader.choice("audience", AUDIENCES),
            "mode": reader.choice("mode", MODES),
            "level": _choices(reader, "level", LEVELS),
            "minimum_period": _minimum_period(reader),
            "rhythm": reader.choice("rhythm", RHYTHMS),
            "enforced": reader.flag("enforced"),
            "nothing_because": reader.paragraph("nothing_because", 200),
        }

    def _basis(self, reader: Reader) -> tuple[str, ...] | None:
        lines = [reader.line("basis", node, 200) for node in reader.several("basis")]
        return tuple(line for line in lines if line) or None

    def _code(self, reader: Reader) -> str | None:
        return read_code(reader, self._taken)

    def _is_free(self, reader: Reader, code: str) -> bool:
        """Whether neither an address of the directory nor the other kind of entry has this code."""
        if code not in RESERVED | self._preset:
            return True
        reader.name("code-reserved", "code", reader.fields.get("code"), found=code)
        return False

    def _name(self, reader: Reader) -> str | None:
        """The name of an item; notices may use it in place of the code, so it is given once only."""
        name, where = reader.text("name", 60), reader.fields.get("name")
        if name and where is not None:
            if name in self._names:
                reader.name("code-duplicate", "name", where, found=name, line=str(self._names[name]))
            elif any(i.name == name and i.code != _given(reader, "code") for i in self._items.values()):
                reader.name("name-in-preset", "name", where, found=name)
            self._names.setdefault(name, where.place.line)
        return name


def _given(reader: Reader, name: str) -> str:
    node = reader.fields.get(name)
    return node.text if isinstance(node, Scalar) else ""


def _code_of(node: Mapping) -> str:
    for key, value in node.entries:
        if key.text in {"code", "代码"} and isinstance(value, Scalar):
            return value.text
    return ""


def _choices(
    reader: Reader, name: str, allowed: dict[str, str], anything: bool = False
) -> tuple[str, ...] | None:
    """The choices of a list as codes; `anything` lets pass what cannot be looked up."""
    nodes = reader.several(name)
    if anything:
        return tuple(allowed.get(node.text, node.text) for node in nodes) or None
    return _codes(reader, name, nodes, allowed)


def _codes(reader: Reader, name: str, nodes: list[Scalar], allowed: dict[str, str]) -> tuple[str, ...] | None:
    """What the spellings stand for, without repetition; None where there are none or one is wrong."""
    codes = [reader.choice_of(name, node, allowed) for node in nodes]
    if not codes or None in codes:
        return None
    return tuple(dict.fromkeys(code for code in codes if code))


def _time_limit(reader: Reader) -> TimeLimit | None:
    parts = reader.nested("time_limit", TIME_LIMIT)
    if parts is None:
        return None
    n, unit, start = parts.whole_number("n", 3650), parts.choice("unit", UNITS), parts.choice("from", STARTS)
    basis = parts.text("basis", 200) or ""
    return TimeLimit(n, unit, start, basis) if n and unit and start else None


def _in_force(item: Item) -> TimeLimit | None:
    """The time limit that holds; where a government item is silent it is that of 条例第二十六条."""
    general, own = law.limits().disclosure, item.time_limit
    if own is None:
        return general if item.regime is Regime.GOVERNMENT else None
    return general if own == replace(general, basis="") else own


def _minimum_period(reader: Reader) -> Span | None:
    parts = reader.nested("minimum_period", MINIMUM_PERIOD)
    if parts is None:
        return None
    n, unit = parts.whole_number("n", 3650), parts.choice("unit", UNITS)
    basis = parts.text("basis", 200) or ""
    return Span(n, unit, basis) if n and unit else None


def cited(basis: str) -> str:
    """The name of the law between 《 and 》 at the beginning of a citation, or empty."""
    return basis[1:].partition("》")[0] if basis.startswith("《") and "》" in basis else ""
