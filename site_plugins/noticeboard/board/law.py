"""What the law sets: read from the package's own data, each figure with its article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from .values import spelled

_PACKAGE = "noticeboard.law"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: `unit` is day (calendar days) or working-day; `basis` is what sets it, or empty."""

    n: int
    unit: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Within how long after what something must be published; counted from the day after.

    `basis` is the article that sets it, or empty where only the catalogue does.
    """

    n: int
    unit: str
    start: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """A law as it is cited (`name`) and as it is called in full; `url` is an official address or empty."""

    name: str
    full_name: str
    number: str = ""
    in_force: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an application for disclosure, or one remedy; `days` are working days, 0 for none."""

    key: str
    basis: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Fee:
    """The rate in yuan for each unit up to and including `upto` (None: without end)."""

    upto: int | None
    rate: int
    step: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of law/limits.yml."""

    disclosure: TimeLimit
    village_posting: Span
    village_posting_since: date
    guide_basis: str
    guide_office: tuple[str, ...]
    guide_review_months: int
    application: tuple[Step, ...]
    fees_basis: str
    fees_rules: str
    fees_by_item: tuple[Fee, ...]
    fees_by_page: tuple[Fee, ...]
    remedies: tuple[Step, ...]


def _read(name: str) -> Any:
    return yaml.safe_load(files(_PACKAGE).joinpath(name).read_text(encoding="utf-8"))


@cache
def limits() -> Limits:
    """The statutory figures."""
    data = _read("limits.yml")
    disclosure, posting, guide, fees = (
        data[key] for key in ("disclosure", "village_posting", "guide", "fees")
    )
    limit = disclosure["limit"]
    return Limits(
        disclosure=TimeLimit(limit["n"], limit["unit"], limit["from"], disclosure["basis"]),
        village_posting=Span(**posting["least"], basis=posting["basis"]),
        village_posting_since=posting["since"],
        guide_basis=guide["basis"],
        guide_office=tuple(guide["office"]),
        guide_review_months=guide["review_months"],
        application=tuple(Step(step["step"], step["basis"], step["days"]) for step in data["application"]),
        fees_basis=fees["basis"],
        fees_rules=fees["rules"],
        fees_by_item=tuple(Fee(**fee) for fee in fees["by_item"]),
        fees_by_page=tuple(Fee(**fee) for fee in fees["by_page"]),
        remedies=tuple(Step(step["step"], step["basis"]) for step in data["remedies"]),
    )


@cache
def laws() -> dict[str, Law]:
    """Every law that the presets cite, by the name between 《 and 》."""
    return {entry["name"]: Law(**entry) for entry in _read("laws.yml")["laws"]}


#: The standard directories that come with the package; each is law/presets/<name>.yml.
PRESETS = spelled({"township": "乡镇", "village": "村"})


@cache
def preset(name: str) -> bytes:
    """The text of a standard directory, in the form of a board's own catalogue."""
    return files(_PACKAGE).joinpath("presets", f"{name}.yml").read_bytes()


@cache
def holidays() -> bytes:
    """The text of our own list of holidays, which overrides the package's."""
    return files(_PACKAGE).joinpath("holidays.yml").read_bytes()
