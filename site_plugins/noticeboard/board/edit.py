"""Writes the record of a review into a notice's file; every other byte stays as it is.

The front matter is a clerk's own: its comments, quotation marks, order, line ends and byte-order mark are
kept. What changes is a span of text at the place where YAML says that a value stands. The result is read
again as every notice is, and must be the same notice but for the record; otherwise nothing is written.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from .clearance import written
from .fields import CLEARANCE, FRONT_MATTER_NAMES, NOTICE, SEEN, Key, spellings
from .notice import Seen
from .problem import errors
from .source import FENCE, Listing, Mapping, Node, Scalar, Source, decode, read_source
from .values import FLAGS

#: What may stand in a YAML value without quotes, here and in a flow mapping: letters of any script,
#: digits, Chinese punctuation, and spaces between them.
_PLAIN = re.compile(r"[^\W_]([\w./·—〔〕（）《》“”、，。；-]| (?=[^\W_]))*")
_FLAG, _RECORD = (spellings(NOTICE, name) for name in ("confidentiality_cleared", "clearance"))
_NO_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off"})


class NotEditable(Exception):
    """The front matter is written in a way that cannot be changed in place; nothing was written."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a review leaves in the file. None leaves what stands there, unless its key is `dropped`."""

    reviewer: str
    date: date
    digest: str = ""
    approver: str | None = None
    basis: str | None = None
    note: str | None = None
    seen: tuple[Seen, ...] = ()
    dropped: frozenset[str] = frozenset()

    def values(self) -> dict[str, str]:
        """The scalars to be written, by English key, in the order in which they are written."""
        given = {
            "reviewer": self.reviewer,
            "date": self.date.isoformat(),
            "approver": self.approver,
            "basis": self.basis,
            "note": self.note,
            "digest": self.digest,
        }
        return {key: " ".join(value.split()) for key, value in given.items() if value}


def with_record(data: bytes, record: Record) -> bytes:
    """The bytes of a notice file with the record of a review, cleared. Raises NotEditable."""
    before = read_source("", data, FRONT_MATTER_NAMES)
    if before.front is None or errors(before.problems):
        raise NotEditable
    changed = _applied(data, _Front(decode(data), before.front).edits(record))
    if not _is_the_same_but_for(record, before, read_source("", changed, FRONT_MATTER_NAMES)):
        raise NotEditable
    return changed


def write_whole(path: Path, data: bytes) -> None:
    """Put new bytes in the place of a file, whole or not at all. Raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


#: Where a text begins and ends that is replaced, and by what.
_Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One `key: value` of a block mapping: as read, and where it begins and ends in the text."""

    name: str
    spelling: str
    key_start: int
    value_start: int
    end: int
    indent: int
    node: yaml.Node


class _Front:
    """The front matter as text with the spans of its keys and values."""

    def __init__(self, text: str, front: Mapping) -> None:
        self._text = text
        start = text.index("\n", len(text) - len(text.lstrip())) + 1
        fence = FENCE.search(text, start)
        assert fence is not None  # read_source found it
        self._offset = start
        self._nodes = {key.text: node for key, node in front.entries}
        try:
            node = yaml.compose(text[start : fence.start()], Loader=yaml.SafeLoader)
        except yaml.YAMLError:
            raise NotEditable from None
        self._entries = self._block(node, NOTICE)
        if "confidentiality_cleared" not in self._entries:
            raise NotEditable

    def edits(self, record: Record) -> Iterator[_Edit]:
        """What must be changed for the notice to be cleared, with this record."""
        flag, old = self._entries["confidentiality_cleared"], self._entries.get("clearance")
        chinese = not (old or flag).spelling.isascii()
        yield from self._flag_edits(flag, chinese)
        if old is None:
            at, indent = self._line_end(flag.end), " " * flag.indent
            head = _spelled(NOTICE, "clearance", chinese)
            yield at, at, f"{indent}{head}:\n{self._new_block(record, chinese, f'{indent}  ')}"
        else:
            yield from self._record_edits(old, record, chinese)

    def _flag_edits(self, flag: _Entry, chinese: bool) -> Iterator[_Edit]:
        value = self._text[flag.value_start : flag.end]
        if FLAGS.get(value) is not True:
            yes = "true" if value == "false" or (value != "否" and not chinese) else "是"
            yield flag.value_start, flag.end, ("" if value else " ") + yes

    def _record_edits(self, old: _Entry, record: Record, chinese: bool) -> Iterator[_Edit]:
        entries = self._block(old.node, CLEARANCE)
        if not entries:
            # {审查人: 甲, …}, or nothing: a block takes its place, and what it held is written anew.
            indent, kept = " " * (old.indent + 2), self._kept(old, record)
            block = self._new_block(record, chinese, indent, kept, self._seen_before(old))
            yield self._after_colon(old), old.end, "\n" + block.removesuffix("\n")
            return
        last = max(entries.values(), key=lambda entry: entry.end)
        chinese = not next(iter(entries.values())).spelling.isascii()
        indent = " " * next(iter(entries.values())).indent
        missing: dict[str, str] = {}
        for name, value in record.values().items():
            if name in entries:
                entry = entries[name]
                if not isinstance(entry.node, yaml.ScalarNode):
                    raise NotEditable
                yield self._after_colon(entry), entry.end, f" {_scalar(value)}"
            else:
                missing[name] = f"{indent}{_spelled(CLEARANCE, name, chinese)}: {_scalar(value)}\n"
        if record.seen:
            missing["unreadable"] = _seen_block((*self._seen_before(old), *record.seen), chinese, indent)
        replaced = {}
        if record.seen and "unreadable" in entries:
            replaced["unreadable"] = missing.pop("unreadable")
        replaced |= dict.fromkeys(record.dropped & entries.keys() - record.values().keys(), "")
        for name, block in replaced.items():
            yield self._line_start(entries[name].key_start), self._line_end(entries[name].end), block
        if missing:
            closing = missing.pop("digest", "")
            at = self._line_end(last.end)
            if last.name == "digest":  # which closes the record
                at = self._line_start(last.key_start)
            yield at, at, "".join(missing.values()) + closing

    def _kept(self, old: _Entry, record: Record) -> Iterator[tuple[Key, Node]]:
        """What an old record holds that a new one does not say anew."""
        node = self._nodes[old.spelling]
        dropped = {*record.values(), *record.dropped}
        if record.seen:
            dropped.add("unreadable")
        told = set()
        for key, value in node.entries if isinstance(node, Mapping) else ():
            known = _key(CLEARANCE, key.text)
            if known is None or known.name in told:
                raise NotEditable
            told.add(known.name)
            if known.name not in dropped:
                yield known, value

    def _seen_before(self, old: _Entry) -> tuple[Seen, ...]:
        """The files that were listed already, with those who looked at them."""
        node = self._nodes[old.spelling]
        entries = node.entries if isinstance(node, Mapping) else ()
        values = {known.name: value for key, value in entries if (known := _key(CLEARANCE, key.text))}
        listed, by = values.get("unreadable"), values.get("reviewer")
        reviewer = by.text if isinstance(by, Scalar) else ""
        found = []
        for item in listed.items if isinstance(listed, Listing) else () if listed is None else (listed,):
            parts = {"reviewer": reviewer}
            if isinstance(item, Scalar):
                parts["sha256"] = item.text
            elif isinstance(item, Mapping):
                parts |= {
                    known.name: value.text
                    for key, value in item.entries
                    if (known := _key(SEEN, key.text)) and isinstance(value, Scalar)
                }
            if "sha256" in parts:
                found.append(Seen(parts["sha256"], parts["reviewer"], item.place))
        return tuple(found)

    def _new_block(
        self,
        record: Record,
        chinese: bool,
        indent: str,
        kept: Iterable[tuple[Key, Node]] = (),
        seen_before: tuple[Seen, ...] = (),
    ) -> str:
        """The lines of a record, each with its line end; what was kept stands before the digest."""
        values = record.values()
        digest = values.pop("digest", None)
        lines = [
            f"{indent}{_spelled(CLEARANCE, name, chinese)}: {_scalar(value)}\n"
            for name, value in values.items()
        ]
        lines += [_block(key.aliases[0] if chinese else key.name, value, indent) for key, value in kept]
        if record.seen:
            lines.append(_seen_block((*seen_before, *record.seen), chinese, indent))
        if digest:
            lines.append(f"{indent}{_spelled(CLEARANCE, 'digest', chinese)}: {digest}\n")
        return "".join(lines)

    def _block(self, node: yaml.Node | None, table: tuple[Key, ...]) -> dict[str, _Entry]:
        """The entries of a mapping that is written line by line; nothing for any other node."""
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            return {}
        entries = {}
        for key, value in node.value:
            known = _key(table, key.value)
            if known is None or known.name in entries:
                raise NotEditable
            start, end = self._span(value)
            key_start = key.start_mark.index + self._offset
            entries[known.name] = _Entry(
                known.name, key.value, key_start, start, end, key.start_mark.column, value
            )
        return entries

    def _span(self, node: yaml.Node) -> tuple[int, int]:
        """Where the text of a value begins and ends: a block ends with what stands last in it."""
        start = node.start_mark.index + self._offset
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return start, self._span(last[1] if isinstance(last, tuple) else last)[1]
        end = node.end_mark.index + self._offset
        return start, start + len(self._text[start:end].rstrip())

    def _after_colon(self, entry: _Entry) -> int:
        return self._text.index(":", entry.key_start + len(entry.spelling)) + 1

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Behind the line end of the line that `at` lies in, its comment included."""
        return self._text.index("\n", at) + 1


def _key(table: tuple[Key, ...], spelling: str) -> Key | None:
    return next((key for key in table if spelling in (key.name, *key.aliases)), None)


def _spelled(table: tuple[Key, ...], name: str, chinese: bool) -> str:
    (key,) = (key for key in table if key.name == name)
    return key.aliases[0] if chinese else key.name


def _scalar(text: str) -> str:
    """A text as a YAML value: in single quotes where it could be taken for something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT:
        return text
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


def _seen_block(seen: Iterable[Seen], chinese: bool, indent: str) -> str:
    """The list of files that a person has looked at, one line each and none twice."""
    names = [_spelled(SEEN, name, chinese) for name in ("sha256", "reviewer")]
    lines = [
        f"{indent}  - {{{names[0]}: {digest}, {names[1]}: {_scalar(by)}}}\n"
        for digest, by in {one.sha256: one.reviewer for one in seen}.items()
    ]
    return f"{indent}{_spelled(CLEARANCE, 'unreadable', chinese)}:\n" + "".join(lines)


def _block(key: str, node: Node, indent: str) -> str:
    """A key with its value, however deep, in lines that end with a line end."""
    if isinstance(node, Scalar):
        return f"{indent}{key}: {_written_again(node)}\n"
    if isinstance(node, Listing):
        return f"{indent}{key}: [{', '.join(_flow(item) for item in node.items)}]\n"
    return f"{indent}{key}: {_flow(node)}\n"


def _flow(node: Node) -> str:
    if isinstance(node, Scalar):
        return _written_again(node)
    if isinstance(node, Listing):
        return f"[{', '.join(map(_flow, node.items))}]"
    return "{" + ", ".join(f"{_scalar(key.text)}: {_flow(value)}" for key, value in node.entries) + "}"


def _written_again(node: Scalar) -> str:
    if node.is_empty:
        return ""
    return _scalar(" ".join(node.text.split("\n")))


def _is_the_same_but_for(record: Record, before: Source, after: Source) -> bool:
    """Whether the new text says what the old one said, cleared, with exactly this record."""
    if after.front is None or errors(after.problems) or written(before) != written(after):
        return False
    old, new = _record_of(before), _record_of(after)
    flags = {key.text: value for key, value in after.front.entries if isinstance(value, Scalar)}
    cleared = (FLAGS.get(flags[spelling].text) for spelling in _FLAG if spelling in flags)
    if not all(cleared) or {key: new.get(key) for key in record.values()} != record.values():
        return False
    if not all(one.sha256 in str(new.get("unreadable")) for one in record.seen):
        return False
    untouched = old.keys() - record.values().keys() - {"unreadable"} - record.dropped
    return all(new.get(key) == old[key] for key in untouched)


def _record_of(source: Source) -> dict[str, object]:
    """The record's values by English key, for comparing; what is empty is left out."""
    for key, node in source.front.entries if source.front else ():
        if key.text in _RECORD and isinstance(node, Mapping):
            named = ((_key(CLEARANCE, part.text), value) for part, value in node.entries)
            return {key.name: _bare(value) for key, value in named if key and _bare(value) is not None}
    return {}


def _bare(node: Node) -> object:
    if isinstance(node, Scalar):
        return None if node.is_empty else " ".join(node.text.split())
    if isinstance(node, Listing):
        return tuple(_bare(item) for item in node.items)
    return tuple(sorted((key.text, str(_bare(value))) for key, value in node.entries))


def _applied(data: bytes, edits: Iterable[_Edit]) -> bytes:
    """The bytes with a text's edits made in them; what is new ends its lines as the first line does."""
    raw = data.decode()
    mark = len("\ufeff") if raw.startswith("\ufeff") else 0
    places = [mark + found.start() for found in re.finditer(r"\r\n|[\s\S]", raw[mark:])] + [len(raw)]
    line_end = re.search(r"\r\n|\r|\n", raw)
    assert line_end is not None  # behind the first fence
    for start, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        raw = raw[: places[start]] + new.replace("\n", line_end[0]) + raw[places[end] :]
    return raw.encode()
