"""Readers of single values: a node in, a value out, or a problem with the place and the remedy."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from .fields import Fields, Key, read_fields, suggest
from .problem import Fault, Param, Problem, excerpt
from .source import MAX_OWN_DEPTH, Listing, Node, Scalar, decode, read_yaml
from .source import Mapping as MappingNode

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LOOSE_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")

#: Nothing on a board is older; a smaller year is a slip of the hand.
OLDEST_YEAR = 1900

_EXAMPLE = date(2026, 1, 31)

#: The only four spellings of a flag; nothing quoted.
FLAGS = {"true": True, "是": True, "false": False, "否": False}


def spelled(words: Mapping[str, str]) -> dict[str, str]:
    """Code → its Chinese spellings, a space between them, as spelling → code; the code is one itself."""
    return {spelling: code for code, chinese in words.items() for spelling in (code, *chinese.split())}


class Reader:
    """Reads the values of one mapping of one file and collects what is wrong with them."""

    def __init__(self, path: str, fields: Fields, problems: list[Problem], within: str = "") -> None:
        self.path = path
        self.fields = fields
        self.problems = problems
        self.within = f"{within}." if within else ""

    def name(self, code: str, field: str, node: Node | None, **params: Param) -> None:
        place = node.place if node is not None else self.fields.place
        self.problems.append(Problem(code, self.path, place, (self.within + field).rstrip("."), params))

    def scalar(self, field: str) -> Scalar | None:
        node = self.fields.get(field)
        if node is None or isinstance(node, Scalar):
            return node
        self.name("value-not-text", field, node)
        return None

    def text(self, field: str, most: int = 500) -> str | None:
        """One line of plain text of 1 to `most` characters."""
        node = self.scalar(field)
        return None if node is None else self.line(field, node, most)

    def line(self, field: str, node: Scalar, most: int = 500) -> str | None:
        text = node.text.strip()
        if "\n" in text or node.last_line > node.place.line:
            self.name("value-two-lines", field, node, found=text.split("\n")[0][:40])
            return None
        if not 1 <= len(text) <= most:
            self.name("value-length", field, node, found=str(len(text)), most=str(most))
            return None
        return text

    def paragraph(self, field: str, most: int = 500) -> str | None:
        """Plain text that may be written over several lines; they are joined."""
        node = self.scalar(field)
        if node is None:
            return None
        text = "".join(line.strip() for line in node.text.split("\n"))
        if 1 <= len(text) <= most:
            return text
        self.name("value-length", field, node, found=str(len(text)), most=str(most))
        return None

    def flag(self, field: str) -> bool | None:
        """Exactly true, false, 是 or 否 without quotes; everything else is a problem."""
        node = self.scalar(field)
        if node is None:
            return None
        if not node.plain or node.text not in FLAGS:
            found = excerpt(" ".join(node.text.split()), 40)
            self.name("flag-not-plain", field, node, found=found if node.plain else f'"{found}"')
            return None
        return FLAGS[node.text]

    def day(self, field: str) -> date | None:
        node = self.scalar(field)
        return None if node is None else self.date_of(field, node, node.text.strip())

    def date_of(self, field: str, node: Node, text: str) -> date | None:
        text = unicodedata.normalize("NFC", text)
        match = _DATE.fullmatch(text) if text.isascii() else None
        if match is None:
            self.name("date-format", field, node, found=excerpt(text, 40), suggestion=_mended_date(text))
            return None
        day = _date(match)
        if day is None:
            self.name("date-impossible", field, node, found=text)
        return day

    def whole_number(self, field: str, most: int) -> int | None:
        node = self.scalar(field)
        if node is None:
            return None
        if re.fullmatch(r"[1-9][0-9]{0,5}", node.text) and int(node.text) <= most:
            return int(node.text)
        self.name("value-not-a-number", field, node, found=excerpt(node.text, 40), most=str(most))
        return None

    def choice(self, field: str, allowed: Mapping[str, str], code: str = "value-unknown") -> str | None:
        """One of the spellings in `allowed`, translated to what the spelling stands for."""
        node = self.scalar(field)
        return None if node is None else self.choice_of(field, node, allowed, code)

    def choice_of(
        self, field: str, node: Scalar, allowed: Mapping[str, str], code: str = "value-unknown"
    ) -> str | None:
        text = node.text.strip()
        if text in allowed:
            return allowed[text]
        self.name(code, field, node, found=excerpt(text, 60), suggestion=suggest(text, allowed))
        return None

    def several(self, field: str) -> list[Scalar]:
        """The scalars of a list, or of a single value written without one."""
        node = self.fields.get(field)
        if node is None:
            return []
        if isinstance(node, Scalar):
            return [node]
        scalars = []
        for item in node.items if isinstance(node, Listing) else [node]:
            if isinstance(item, Scalar) and not item.is_empty:
                scalars.append(item)
            else:
                self.name("value-not-text", field, item)
        if not scalars and isinstance(node, Listing) and not node.items:
            self.name("list-empty", field, node)
        return scalars

    def nested(self, field: str, table: tuple[Key, ...]) -> Reader | None:
        """A reader for the mapping under `field`."""
        node = self.fields.get(field)
        if node is None:
            return None
        if not isinstance(node, MappingNode):
            keys = tuple(f"{field}.{key.name}" for key in table if key.required)
            self.name("value-not-mapping", field, node, keys=keys)
            return None
        fields = read_fields(self.path, node, table, self.problems, self.within + field)
        return Reader(self.path, fields, self.problems, self.within + field)

    def mappings(
        self, field: str, table: tuple[Key, ...] | Callable[[MappingNode], tuple[Key, ...]]
    ) -> Iterable[Reader]:
        """Readers for each mapping of the list under `field`; the table may depend on the mapping."""
        node = self.fields.get(field)
        if node is None:
            return
        if not isinstance(node, Listing):
            self.name("value-not-list", field, node)
            return
        for item in node.items:
            if isinstance(item, MappingNode):
                keys = table(item) if callable(table) else table
                fields = read_fields(self.path, item, keys, self.problems, self.within + field)
                yield Reader(self.path, fields, self.problems, self.within + field)
            else:
                required = (
                    f"{field}.{key.name}"
                    for key in (table(MappingNode((), item.place)) if callable(table) else table)
                    if key.required
                )
                self.name("value-not-mapping", field, item, keys=tuple(required))


def read_file(
    path: str, data: bytes | None, table: tuple[Key, ...], problems: list[Problem]
) -> Reader | None:
    """A reader for one of the board's own YAML files, or None with the reason added to `problems`."""
    if data is None:
        problems.append(Problem("board-file-missing", path))
        return None
    try:
        node = read_yaml(decode(data), depth=MAX_OWN_DEPTH)
    except Fault as fault:
        problems.append(Problem(fault.code, path, fault.place, "", fault.params))
        return None
    if not isinstance(node, MappingNode):
        problems.append(Problem("file-not-mapping", path, node.place))
        return None
    return Reader(path, read_fields(path, node, table, problems), problems)


def _mended_date(text: str) -> str:
    """The date as it must be written, where it can be made out."""
    ascii_text = unicodedata.normalize("NFKC", text).replace("—", "-").replace("－", "-")
    match = _LOOSE_DATE.search(ascii_text)
    day = _date(match) if match else None
    return (day or _EXAMPLE).isoformat()


def _date(match: re.Match[str]) -> date | None:
    """Year, month and day as a date, or None for a day that no calendar of ours has."""
    year, month, day = (int(part) for part in match.groups())
    if year < OLDEST_YEAR or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)
