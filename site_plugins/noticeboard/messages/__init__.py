"""Everything a person reads from the program, in one file for each language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ..board import fields
from ..board.problem import Param, Problem

LANGUAGES = ("zh", "en")

_NESTED = {
    "clearance": fields.CLEARANCE,
    "unreadable": fields.SEEN,
    "waivers": fields.WAIVER,
    "change": fields.CHANGE,
    "effective": fields.EFFECTIVE,
    "attachments": fields.ATTACHMENT,
    "hours": fields.HOURS,
    "time_limit": fields.TIME_LIMIT,
    "minimum_period": fields.MINIMUM_PERIOD,
}
_TABLES = (
    *(fields.PUBLISHERS_FILE, fields.CATALOGUE_FILE, fields.HOLIDAY_FILE, fields.HOLIDAY_YEAR),
    *(fields.LAW, fields.GUIDE, fields.ITEM, fields.GROUP),
    *(fields.BOARD, fields.PUBLISHER, fields.NOTICE),
)
_ALIASES = {
    **{key.name: key.aliases[0] for table in _TABLES for key in table},
    **{f"{name}.{key.name}": key.aliases[0] for name, table in _NESTED.items() for key in table},
}


class Messages:
    """The texts of one language, by dotted key."""

    def __init__(self, language: str) -> None:
        text = files(__package__).joinpath(f"{language}.yml").read_text(encoding="utf-8")
        self.language = language
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.tree: dict[str, Any] = yaml.load(text, loader)  # noqa: S506

    def __call__(self, key: str, /, **params: object) -> str:
        """The text under `key`, filled in. Raises KeyError for a key that the file lacks."""
        text = str(self.section(key))
        return text.format_map(params) if params else text

    def section(self, key: str) -> Any:
        node: Any = self.tree
        for part in key.split("."):
            node = node[part]
        return node

    def problem(self, problem: Problem) -> tuple[str, str]:
        """What is wrong, and how to write it right."""
        texts = self.section("problems")[problem.code]
        params: dict[str, Param] = {
            "path": problem.path,
            "field": self.field(problem.field),
            **problem.params,
        }
        if "status" in params:
            params["status"] = self(f"statuses.{params['status']}")
        if params.get("basis") == "":
            params["basis"] = self("own-catalogue")
        params["where"] = self._where(params.pop("steps", ()))
        if "count" in params:
            params["several"] = "" if params["count"] == "1" else self("several", count=params["count"])
        if "parts" in params:
            params["parts"] = tuple(self.part(part) for part in params["parts"])
        if "when" in params:
            params["when"] = self.when(*params["when"])
        if "unit" in params:
            params["unit"] = self(f"units.{params['unit']}")
        if "keys" in params:
            params["keys"] = tuple(self.field(key) for key in params["keys"])
        words = {
            key: value if isinstance(value, str) else self("list").join(value)
            for key, value in params.items()
        }
        return texts["message"].format_map(words), texts["hint"].format_map(words)

    def _where(self, steps: Iterable[str]) -> str:
        """The way to a place inside a file; nothing where the line says it all."""
        parts = (step.partition(":") for step in steps)
        words = [self(f"places.{kind}", found=name) for kind, _, name in parts]
        return self("places.way", steps=self("places.then").join(words)) if words else ""

    def part(self, part: str) -> str:
        """A part of a notice that changed since its review: a field, the text, an attachment."""
        kind, _, name = part.partition(":")
        return self(f"parts.{kind}", name=name) if kind in self.section("parts") else self.field(kind)

    def when(self, kind: str, date: str = "", commit: str = "", author: str = "") -> str:
        """When it changed, as far as git tells."""
        return self(f"when.{kind}", date=date, commit=commit, author=author)

    def field(self, field: str) -> str:
        """A field as staff know it: in Chinese by its alias."""
        if self.language != "zh":
            return field.rpartition(".")[2]
        parts = field.split(".")
        known = (".".join(parts[at:]) for at in range(len(parts)))  # items.time_limit.n, time_limit.n, n
        return next((_ALIASES[name] for name in known if name in _ALIASES), parts[-1])


@cache
def messages(language: str) -> Messages:
    """The texts of `zh` or `en`, read once."""
    return Messages(language)
