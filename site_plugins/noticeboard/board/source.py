"""Bytes of a file → text → front matter with a place for every value, and the body.

The only parser of notices, and a strict one: python-frontmatter does the splitting, the handler
here does what its own readers do not. It keeps every scalar as the text that stands in the file
(YAML 1.1 would make `012` ten and `yes` true), refuses anchors, aliases and tags, and keeps
duplicate keys so that they can be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from .problem import Fault, Place, Problem, excerpt

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Keys whose value is a sentence: a " #" in it was not meant to begin a comment.
FREE_TEXT = frozenset(
    (
        *("title", "标题", "summary", "内容概述", "document_number", "文号", "contact", "联系方式"),
        *("reason", "原因", "理由", "late_reason", "逾期原因", "supervisor", "监督机构"),
    )
)

#: Of these every front matter has one.
_ALWAYS_THERE = frozenset(("title", "标题", "confidentiality_cleared", "保密审查通过"))

MAX_BYTES = 500_000
#: How deep mappings and lists may stand in each other: in a notice, and in the board's own files.
MAX_DEPTH = 6
MAX_OWN_DEPTH = 10

FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_FENCE_LIKE = re.compile(r"^\s*[-—－–─_=*]{2,}\s*$")
# Control, zero-width and direction characters: nobody sees them, and they hide or turn text round.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_FULL_WIDTH = "：，｛｝［］“”‘’＂＇＃－"
_KEY = re.compile(r"^( *(?:- *)?)([^\s:：\"'\[\]{}#-][^\s:：]*)[ \u3000]*([:：])(.*)$")
_CUT = re.compile(r"^\s+[^\s\"'\[{|>#].*?\s#")
_COLON_IN_VALUE = re.compile(r"^\s*[^\s:#][^:]*:\s+[^\s\"'\[{|>].*:(\s|$)")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value exactly as written; `plain` tells that it stood there without quotes."""

    text: str
    plain: bool
    place: Place
    last_line: int

    @property
    def is_empty(self) -> bool:
        return self.plain and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class Listing:
    """A YAML sequence."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping as written: order and duplicate keys are kept."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Listing | Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """One notice file, read once. `front` is None when the front matter could not be read."""

    path: str
    text: str
    front: Mapping | None
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def decode(data: bytes) -> str:
    """UTF-8 with or without a BOM, any line ends. Anything else is a `Fault`, never a guess."""
    if len(data) > MAX_BYTES:
        raise Fault("file-too-large", bytes=str(len(data)), limit=str(MAX_BYTES))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Fault("encoding-office")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" in data[:200] and _looks_utf16(data)):
        raise Fault("encoding-utf16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            raise Fault("encoding-unknown", Place(line)) from None
        raise Fault("encoding-gbk", Place(line)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _looks_utf16(data: bytes) -> bool:
    sample = data[:200]
    return max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) // 8


def read_yaml(text: str, first_line: int = 1, depth: int = MAX_DEPTH) -> Node:
    """One YAML document as nodes with places. Raises `Fault` with the place of what is wrong."""
    try:
        events = yaml.parse(text, Loader=_Loader)
        return _document(events, first_line, depth)
    except yaml.MarkedYAMLError as error:
        # Where a bracket, a quotation or a key was begun says more than where its end was missed.
        begun = (error.context or "").startswith(("while scanning", "while parsing a flow"))
        mark = (error.context_mark if begun else None) or error.problem_mark or error.context_mark
        line = min(mark.line if mark else 0, max(text.count("\n"), 0))
        column = mark.column + 1 if mark else 1
        raise _syntax_fault(text.split("\n"), line, column, first_line) from None
    except yaml.YAMLError:
        raise Fault("yaml-syntax", Place(first_line), found="") from None


def _syntax_fault(lines: list[str], index: int, column: int, first_line: int) -> Fault:
    # libyaml often notices only on the line after the one that is wrong.
    for at in (index, index - 1):
        if not 0 <= at < len(lines):
            continue
        place = Place(first_line + at, column if at == index else 1)
        if wide := next((char for char in lines[at] if char in _FULL_WIDTH), None):
            return Fault("full-width-punctuation", place, found=wide)
        if _COLON_IN_VALUE.match(lines[at]):
            return Fault("yaml-colon-in-value", place, found=lines[at].strip())
    found = lines[index].strip() if index < len(lines) else ""
    return Fault("yaml-syntax", Place(first_line + index, column), found=found)


def _document(events: Iterator[yaml.Event], first_line: int, depth: int) -> Node:
    node: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if node is not None:
                raise Fault("yaml-syntax", _place(event, first_line), found="---")
            node = _node(next(events), events, first_line, depth)
    return node or Mapping((), Place(first_line))


def _place(event: yaml.Event, first_line: int) -> Place:
    assert event.start_mark is not None
    return Place(event.start_mark.line + first_line, event.start_mark.column + 1)


def _node(event: yaml.Event, events: Iterator[yaml.Event], first: int, depth: int) -> Node:
    place = _place(event, first)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Fault("yaml-not-plain", place, found=("*" if isinstance(event, yaml.AliasEvent) else "&"))
    if tag := getattr(event, "tag", None):
        raise Fault("yaml-not-plain", place, found=str(tag))
    if depth < 0:
        raise Fault("yaml-not-plain", place, found="[[[")
    if isinstance(event, yaml.ScalarEvent):
        if hidden := INVISIBLE.search(event.value):  # written as an escape such as "\\u202e"
            raise Fault("invisible-character", place, found=code_point(hidden[0]))
        last = event.end_mark.line if event.end_mark else 0
        return Scalar(event.value, event.style in (None, ""), place, last + first)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_node(event, events, first, depth - 1))
        return Listing(tuple(items), place)
    entries = []
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _node(event, events, first, depth - 1)
        if not isinstance(key, Scalar):
            raise Fault("yaml-not-plain", key.place, found="?")
        entries.append((key, _node(next(events), events, first, depth - 1)))
    return Mapping(tuple(entries), place)


class _Handler(BaseHandler):
    """What python-frontmatter splits with. One per text: it remembers where the parts begin."""

    FM_BOUNDARY = FENCE

    def __init__(self, first_line: int, keys: frozenset[str], path: str) -> None:
        super().__init__()
        self._first_line = first_line
        self._keys = keys
        self._path = path
        self.body_line = first_line
        self.problems: list[Problem] = []

    def split(self, text: str) -> tuple[str, str]:
        first, _, rest = text.partition("\n")
        if not FENCE.match(first):
            code = "front-matter-fence" if _FENCE_LIKE.match(first) else "front-matter-missing"
            raise Fault(code, Place(self._first_line), found=excerpt(first, 30))
        end = FENCE.search(rest)
        if end is None:
            raise Fault("front-matter-unclosed", Place(self._first_line + self._last_key(rest)))
        block, content = rest[: end.start()], rest[end.end() :]
        blank = len(content) - len(content.lstrip())
        self.body_line = self._first_line + 1 + block.count("\n") + content.count("\n", 0, blank)
        return block, content

    def load(self, fm: str) -> dict[str, Node]:
        node = read_yaml(self._mended(fm), self._first_line + 1)
        if not isinstance(node, Mapping):
            raise Fault("front-matter-missing", node.place, found=excerpt(fm.strip().split("\n")[0], 30))
        return {"front": node}

    def _last_key(self, rest: str) -> int:
        """How many lines below the fence the last line stands that looks like `key: value`."""
        last = 0
        for number, line in enumerate(rest.split("\n"), start=1):
            if line.partition(":")[0].strip() in self._keys:
                last = number
        return last

    def _mended(self, block: str) -> str:
        """Name what clerks' keyboards put in, mend it, and read on to find the other problems."""
        lines = block.split("\n")
        for number, line in enumerate(lines):
            mended = line
            if (at := line.find("\t")) >= 0:
                self._name("yaml-tab", number, at)
                mended = mended.replace("\t", "  ")
            if found := INVISIBLE.search(mended):
                self._name("invisible-character", number, found.start(), found=code_point(found[0]))
                mended = INVISIBLE.sub("", mended)
            if (found := _KEY.match(mended)) and found[2] in self._keys:
                if found[3] == "：":
                    self._name("full-width-colon", number, found.start(3), found=found[2])
                    mended = f"{found[1]}{found[2]}: {found[4]}"
                elif found[4][:1] in {"\u3000", "\xa0"}:
                    self._name("space-full-width", number, found.start(4), found=found[2])
                    mended = f"{found[1]}{found[2]}: {found[4].lstrip()}"
                elif found[2] in FREE_TEXT and _CUT.search(found[4]):
                    self._name("value-cut-by-hash", number, mended.index("#", found.start(4)), found=found[2])
                elif found[4] and not found[4][0].isspace():
                    self._name("space-missing", number, found.start(4), found=found[2])
                    mended = f"{found[1]}{found[2]}: {found[4]}"
            lines[number] = mended
        return "\n".join(lines)

    def _name(self, code: str, index: int, column: int, **params: str) -> None:
        place = Place(self._first_line + 1 + index, column + 1)
        self.problems.append(Problem(code, self._path, place, "", params))


def code_point(char: str) -> str:
    """A character as U+XXXX."""
    return f"U+{ord(char):04X}"


def read_source(path: str, data: bytes, keys: frozenset[str]) -> Source:
    """Read one notice file. Never raises: what is wrong comes back in `problems`.

    `keys` are the names a front-matter key may have; lines that begin with one are recognised even
    where the punctuation is wrong.
    """
    text = data[:MAX_BYTES].decode("gb18030", "replace")  # as far as a faulty file can be read
    handler = _Handler(1, keys, path)
    try:
        text = decode(data)
        leading = len(text) - len(text.lstrip())
        handler = _Handler(1 + text.count("\n", 0, leading), keys, path)
        if not text.strip():
            raise Fault("file-empty")
        front, body = frontmatter.parse(text, handler=handler)
    except Fault as fault:
        problem = Problem(fault.code, path, fault.place, "", fault.params)
        return Source(path, text, None, "", 1, (*handler.problems, problem))
    node = front.get("front")
    assert isinstance(node, Mapping)
    problems = [*handler.problems, *hidden_in_body(path, body, handler.body_line)]
    problems += _second_notice(path, body, handler.body_line, keys)
    return Source(path, text, node, body, handler.body_line, tuple(problems))


def hidden_in_body(path: str, body: str, first_line: int) -> Iterator[Problem]:
    """The characters of a body that nobody sees, each with its place."""
    for found in INVISIBLE.finditer(body):
        line = body.count("\n", 0, found.start())
        column = found.start() - (body.rfind("\n", 0, found.start()) + 1)
        params = {"found": code_point(found[0])}
        yield Problem("invisible-character", path, Place(first_line + line, column + 1), "", params)


def _second_notice(path: str, body: str, first_line: int, keys: frozenset[str]) -> Iterator[Problem]:
    """A second front matter below the first: two notices in one file, and only one was looked at."""
    fences = [match.start() for match in FENCE.finditer(body)]
    for begun, closed in pairwise(fences):
        block = body[begun:closed].replace("：", ":").split("\n")[1:]
        found = {line.partition(":")[0].strip() for line in block if ":" in line} & keys
        if len(found) > 1 and found & _ALWAYS_THERE:
            yield Problem("front-matter-twice", path, Place(first_line + body.count("\n", 0, begun)), "", {})
            return
