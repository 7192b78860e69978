"""The disclosure directory's items (公开事项): `notices/catalogue.yml`."""

from __future__ import annotations

from dataclasses import dataclass

from .fields import CATALOGUE_FILE, GROUP, ITEM, read_fields
from .problem import Problem
from .publisher import REGIMES, Regime, read_code, read_mapping
from .values import Reader

#: Where a notice may be made known; the site is one of several places.
CHANNELS = {
    "website": "website",
    "网站": "website",
    "board": "board",
    "公开栏": "board",
    "screen": "screen",
    "电子屏": "screen",
    "broadcast": "broadcast",
    "广播": "broadcast",
    "wechat": "wechat",
    "微信": "wechat",
    "weibo": "weibo",
    "微博": "weibo",
    "app": "app",
    "客户端": "app",
    "newspaper": "newspaper",
    "报纸": "newspaper",
    "television": "television",
    "电视": "television",
    "meeting": "meeting",
    "会议": "meeting",
    "household": "household",
    "入户": "household",
    "hall": "hall",
    "政务服务中心": "hall",
    "gazette": "gazette",
    "政府公报": "gazette",
    "library": "library",
    "公开查阅点": "library",
    "sms": "sms",
    "短信": "sms",
}
AUDIENCES = {
    "public": "public",
    "全社会": "public",
    "villagers": "villagers",
    "本村村民": "villagers",
    "group": "group",
    "特定群体": "group",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that must be published, with what it says, on which basis, and where."""

    code: str
    name: str
    group: str
    regime: Regime
    contents: str = ""
    basis: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("website", "board")
    audience: str = "public"


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one area under one regime."""

    code: str
    name: str
    regime: Regime
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Groups and items by code, in the order of the file."""

    groups: dict[str, Group]
    items: dict[str, Item]

    @property
    def spellings(self) -> dict[str, str]:
        """Every item's code and name → its code."""
        return {text: item.code for item in self.items.values() for text in (item.code, item.name)}


def read_channels(reader: Reader) -> tuple[str, ...] | None:
    """The channels as codes, without repetition; None where the key is absent or wrong."""
    nodes = reader.several("channels")
    if wide := next((char for node in nodes for char in node.text if char in "，、【】"), None):
        reader.name("list-full-width", "channels", nodes[0], found=wide)
        return None
    codes = [reader.choice_of("channels", node, CHANNELS) for node in nodes]
    if not codes or None in codes:
        return None
    return tuple(dict.fromkeys(code for code in codes if code))


def read_catalogue(path: str, data: bytes | None, problems: list[Problem]) -> Catalogue | None:
    """None where the catalogue cannot be trusted; every reason is added to `problems`."""
    before = len(problems)
    node = read_mapping(path, data, problems)
    if node is None:
        return None
    top = Reader(path, read_fields(path, node, CATALOGUE_FILE, problems), problems)
    groups: dict[str, Group] = {}
    items: dict[str, Item] = {}
    taken: dict[str, int] = {}
    names: dict[str, int] = {}
    for reader in top.mappings("catalogue", GROUP):
        code, name = read_code(reader, taken), reader.text("name", 60)
        regime = reader.choice("regime", REGIMES)
        codes = []
        for entry in reader.mappings("items", ITEM):
            item = _read_item(entry, taken, names, code or "", Regime(regime or "government"))
            if item:
                items[item.code] = item
                codes.append(item.code)
        if code and name and regime:
            groups[code] = Group(code, name, Regime(regime), tuple(codes))
    return None if len(problems) > before else Catalogue(groups, items)


def _read_item(
    reader: Reader, taken: dict[str, int], names: dict[str, int], group: str, regime: Regime
) -> Item | None:
    code, name = read_code(reader, taken), reader.text("name", 60)
    contents = reader.text("contents", 500) or ""
    basis = tuple(text for node in reader.several("basis") if (text := reader.line("basis", node, 200)))
    channels = read_channels(reader) or ("website", "board")
    audience = reader.choice("audience", AUDIENCES) or "public"
    if not (code and name):
        return None
    node = reader.fields.get("name")
    if node is not None and name in names:
        reader.name("code-duplicate", "name", node, found=name, line=str(names[name]))
    elif node is not None:
        names[name] = node.place.line
    return Item(code, name, group, regime, contents, basis, channels, audience)
