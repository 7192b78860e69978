"""A problem is a value: found once, worded later, never thrown at a clerk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error withholds its notice, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


#: Codes that leave the notice publishable. Every other code is an error.
WARNINGS = frozenset(
    {
        "attachment-unused",
        "audience-on-website",
        "change-before-start",
        "change-in-future",
        "clearance-after-publication",
        "clearance-in-future",
        "clearance-referred",
        "date-backdated",
        "date-moved-back",
        "html-removed",
        "link-full-width",
        "link-within",
        "link-scheme",
        "marked-draft",
        "marked-internal",
        "notice-misplaced",
        "guide-missing",
        "guide-not-reviewed",
        "period-below-minimum",
        "period-estimated",
        "picture-owner",
        "picture-position",
        "private-account",
        "private-address",
        "private-bank-card-likely",
        "private-id-number-doubtful",
        "private-id-number-likely",
        "private-mobile",
        "private-online",
        "private-permit",
        "private-plate",
        "private-sensitive",
        "published-late",
        "regime-mismatch",
        "supersedes-not-shown",
        "unused-private",
        "waiver-unmatched",
    }
)


#: A value that the wording of a problem needs.
Param = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: 1-based line and column."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and the values its wording needs.

    `path` is relative to the folder of mkdocs.yml, with forward slashes. `code` is stable and
    documented in docs/problems.md. `params` holds what was found and what is allowed (a tuple is a
    list, joined as each language does); the wording for it lives in `messages/`. `enforced` makes an
    error of what is a warning elsewhere: the catalogue says so for some items, the policy for some findings.
    """

    code: str
    path: str
    place: Place = Place()
    field: str = ""
    params: Mapping[str, Param] = attribute(default_factory=dict)
    enforced: bool = False

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.code in WARNINGS and not self.enforced else Severity.ERROR

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        return (self.path, self.place.line, self.place.column, self.code)


class Fault(Exception):
    """Inside the readers only: reading of this one text cannot go on. Becomes a `Problem`.

    Not a ValueError: python-frontmatter takes a ValueError from a handler to mean "no metadata".
    """

    def __init__(self, code: str, place: Place = Place(), **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.place = place
        self.params = params


def as_argument(path: str) -> str:
    """A path as it is typed in a command."""
    return path if re.fullmatch(r"[\w./-]+", path) else f'"{path}"'


_NUMBER = re.compile(r"[\dXx\s.\-]{4,}$")


def excerpt(text: str, most: int) -> str:
    """What a message quotes of a text of more than `most` characters: its beginning, never half a number."""
    return text if len(text) <= most else f"{_NUMBER.sub('', text[:most])}…"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that keep something from being published."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
