"""The keys of the front matter and of the board's own lists: names, aliases, what is required.

One table for each mapping. The sentence that explains a key to its writer stands under the same
name in `messages/`, and a test keeps the manual in step with both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from .problem import Param, Place, Problem
from .source import Mapping, Node, Scalar


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its English name, the Chinese aliases, and whether it must be there."""

    name: str
    aliases: tuple[str, ...]
    required: bool = False


#: New keys are added at the end: the marks of a clearance's digest count on the order.
NOTICE = (
    Key("title", ("标题",), required=True),
    Key("category", ("类别",), required=True),
    Key("publisher", ("发布单位",), required=True),
    Key("formed_on", ("生成日期",), required=True),
    Key("published_on", ("发布日期",)),
    Key("effective", ("有效期", "公示期"), required=True),
    Key("confidentiality_cleared", ("保密审查通过",), required=True),
    Key("clearance", ("审查记录",)),
    Key("index_number", ("索引号",)),
    Key("document_number", ("文号",)),
    Key("summary", ("内容概述",)),
    Key("audience", ("公开范围",)),
    Key("channels", ("公开渠道",)),
    Key("supersedes", ("替代",)),
    Key("change", ("变更",)),
    Key("erase_on", ("撤下个人信息日期",)),
    Key("attachments", ("附件",)),
    Key("contact", ("联系方式",)),
    Key("supervision_phone", ("监督电话",)),
    Key("period", ("所属期",)),
    Key("limit_from", ("时限起算日",)),
    Key("late_reason", ("逾期原因",)),
)

CLEARANCE = (
    Key("reviewer", ("审查人",), required=True),
    Key("date", ("审查日期",), required=True),
    Key("approver", ("批准人",)),
    Key("basis", ("依据",)),
    Key("note", ("说明",)),
    Key("digest", ("摘要",)),
    Key("referred_to", ("报请确定",)),
    Key("unreadable", ("人工核对文件",)),
    Key("waivers", ("豁免",)),
)
#: A file that no machine can read, and who looked at it.
SEEN = (
    Key("sha256", ("摘要值",), required=True),
    Key("reviewer", ("核对人", "审查人"), required=True),
)
#: A finding that may stay, who decided so, and on what legal ground.
WAIVER = (
    Key("finding", ("指纹",), required=True),
    Key("reviewer", ("审查人",), required=True),
    Key("reason", ("理由",), required=True),
)

CHANGE = (
    Key("type", ("类型",), required=True),
    Key("date", ("日期",), required=True),
    Key("reason", ("原因",), required=True),
    Key("remove_text", ("撤下正文",)),
)

EFFECTIVE = (
    Key("from", ("起",), required=True),
    Key("until", ("止",)),
    Key("days", ("天数",)),
    Key("working_days", ("工作日",)),
)

ATTACHMENT = (
    Key("path", ("路径", "文件"), required=True),
    Key("name", ("名称",)),
)

BOARD = (
    Key("name", ("名称",), required=True),
    Key("place", ("地区",), required=True),
    Key("owner", ("主办单位",), required=True),
)

PUBLISHER = (
    Key("code", ("代码",), required=True),
    Key("name", ("名称",), required=True),
    Key("short_name", ("简称",)),
    Key("kind", ("类型",), required=True),
    Key("regime", ("公开类别",), required=True),
    Key("institution_code", ("机构代码",)),
    Key("address", ("地址",)),
    Key("hours", ("办公时间",)),
    Key("phone", ("电话",)),
    Key("fax", ("传真",)),
    Key("email", ("邮箱",)),
    Key("supervision_phone", ("监督电话",)),
    Key("board", ("公开栏",)),
    Key("frames", ("版位",)),
)

#: How many sheets of each size a physical board has room for.
FRAMES = (
    Key("A4", ("a4",)),
    Key("A3", ("a3",)),
    Key("A2", ("a2",)),
)

#: Office hours that change with the season.
HOURS = (
    Key("summer", ("夏季", "夏令时"), required=True),
    Key("winter", ("冬季", "冬令时"), required=True),
)

GROUP = (
    Key("code", ("代码",), required=True),
    Key("name", ("名称",), required=True),
    Key("regime", ("公开类别",), required=True),
    Key("groups", ("下级类别",)),
    Key("items", ("事项",)),
)
#: Below another group, which says the regime.
SUBGROUP = (
    Key("code", ("代码",), required=True),
    Key("name", ("名称",), required=True),
    Key("items", ("事项",), required=True),
)

ITEM = (
    Key("code", ("代码",), required=True),
    Key("name", ("名称",), required=True),
    Key("contents", ("公开内容",)),
    Key("basis", ("公开依据",)),
    Key("time_limit", ("公开时限",)),
    Key("responsible", ("公开主体",)),
    Key("channels", ("公开渠道",)),
    Key("audience", ("公开范围", "公开对象")),
    Key("mode", ("公开方式",)),
    Key("level", ("公开层级",)),
    Key("minimum_period", ("最短公示期",)),
    Key("rhythm", ("公开频次",)),
    Key("enforced", ("违反时不公开",)),
    Key("nothing_because", ("暂无原因",)),
)

TIME_LIMIT = (
    Key("n", ("数量",), required=True),
    Key("unit", ("单位",), required=True),
    Key("from", ("起算",), required=True),
    Key("basis", ("依据",)),
)
MINIMUM_PERIOD = (
    Key("n", ("数量",), required=True),
    Key("unit", ("单位",), required=True),
    Key("basis", ("依据",)),
)

LAW = (
    Key("name", ("简称",), required=True),
    Key("full_name", ("全称",)),
    Key("number", ("文号",)),
    Key("in_force", ("施行日期",)),
    Key("url", ("网址",)),
)

PUBLISHERS_FILE = (
    Key("board", ("公开栏",), required=True),
    Key("publishers", ("发布单位",), required=True),
    Key("contacts", ("公开联系人",)),
)
CATALOGUE_FILE = (
    Key("presets", ("标准目录",)),
    Key("omit", ("不用",)),
    Key("laws", ("法律法规",)),
    Key("catalogue", ("目录",)),
)

#: The front matter of guide.md.
GUIDE = (
    Key("office", ("工作机构",)),
    Key("reviewed_on", ("核对日期",)),
    Key("reading_places", ("查阅场所",)),
    Key("supervisor", ("监督机构",)),
)

HOLIDAY_FILE = (Key("years", ("年份",), required=True),)
HOLIDAY_YEAR = (
    Key("off", ("放假",)),
    Key("work", ("上班",)),
    Key("local", ("地方",)),
)


def only_code(table: tuple[Key, ...]) -> tuple[Key, ...]:
    """The same keys for an entry that changes one that is already there: only its code must be given."""
    return tuple(replace(key, required=key.name == "code") for key in table)


def names(table: Iterable[Key]) -> frozenset[str]:
    """Every spelling of every key of a table."""
    return frozenset(spelling for key in table for spelling in (key.name, *key.aliases))


def spellings(table: Iterable[Key], name: str) -> frozenset[str]:
    """Every spelling of one key of a table."""
    return names(key for key in table if key.name == name)


#: Everything that may stand before a colon in a notice's front matter.
FRONT_MATTER_NAMES = names((*NOTICE, *CLEARANCE, *SEEN, *WAIVER, *CHANGE, *EFFECTIVE, *ATTACHMENT))


@dataclass(frozen=True, slots=True)
class Fields:
    """The values of one mapping by English name, with the place of each."""

    values: dict[str, Node]
    keys: dict[str, Scalar]
    place: Place

    def get(self, name: str) -> Node | None:
        """The value, or None where the key is absent or stands there empty."""
        node = self.values.get(name)
        return None if isinstance(node, Scalar) and node.is_empty else node


def read_fields(
    path: str, node: Mapping, table: tuple[Key, ...], problems: list[Problem], within: str = ""
) -> Fields:
    """Look every key up; name the unknown, the doubled and the missing."""
    by_spelling = {spelling: key.name for key in table for spelling in (key.name, *key.aliases)}
    prefix = f"{within}." if within else ""
    values: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    unknown: list[Scalar] = []
    for key, value in node.entries:
        name = by_spelling.get(key.text)
        if name is None:
            unknown.append(key)
        elif name in keys:
            params = {"found": key.text, "line": str(keys[name].place.line)}
            problems.append(Problem("key-duplicate", path, key.place, prefix + name, params))
        else:
            values[name], keys[name] = value, key
    problems.extend(_unknown(path, key, prefix, table, keys) for key in unknown)
    fields = Fields(values, keys, node.place)
    if not any(_is_run_together(key) for key, _ in node.entries):
        required = names(entry for entry in table if entry.required and entry.name not in keys)
        meant = {spelling for key in unknown for spelling in _meant(key, required)}
        waiting = tuple(entry for entry in table if not meant & {entry.name, *entry.aliases})
        problems.extend(_missing(path, fields, waiting, within))
    return fields


def _missing(path: str, fields: Fields, table: tuple[Key, ...], within: str) -> Iterator[Problem]:
    for entry in table:
        if entry.required and fields.get(entry.name) is None:
            place = fields.keys[entry.name].place if entry.name in fields.keys else fields.place
            field = f"{within}.{entry.name}" if within else entry.name
            params: dict[str, Param] = {"key": entry.name, "alias": entry.aliases[0], "keys": (within,)}
            code = "part-missing" if within else "field-missing"
            if entry.name in fields.keys:
                code = "value-empty"
            yield Problem(code, path, place, field, params)


def _is_run_together(key: Scalar) -> bool:
    """A key that YAML took together with its value: 审查人：甲, 审查人:甲."""
    return "：" in key.text or "，" in key.text or ":" in key.text


def _meant(key: Scalar, required: frozenset[str]) -> tuple[str, ...]:
    """The required key that an unknown one was probably meant for."""
    return tuple(get_close_matches(key.text, sorted(required), n=1, cutoff=0.5))


def _unknown(path: str, key: Scalar, prefix: str, table: tuple[Key, ...], used: Iterable[str]) -> Problem:
    if _is_run_together(key):
        if ":" in key.text:
            return Problem("space-missing", path, key.place, "", {"found": key.text.partition(":")[0]})
        wide = "：" if "：" in key.text else "，"
        return Problem("full-width-punctuation", path, key.place, "", {"found": wide})
    waiting = [entry for entry in table if entry.name not in used]
    required = names(entry for entry in waiting if entry.required)
    suggestion = _meant(key, required) or suggest(key.text, sorted(names(waiting or table)))
    params: dict[str, Param] = {"found": key.text, "suggestion": suggestion}
    return Problem("key-unknown", path, key.place, prefix + key.text, params)


#: How many possibilities a message lists; the rest stand in the file that it names.
SUGGESTIONS = 12


def suggest(found: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """The nearest allowed spelling, or the first few where none is near: names before codes."""
    options = list(allowed)
    if near := get_close_matches(found, options, n=1, cutoff=0.5):
        return tuple(near)
    names = [option for option in options if not option.isascii()]
    return tuple((names or options)[:SUGGESTIONS])
