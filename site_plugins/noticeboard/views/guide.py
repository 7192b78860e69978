"""The disclosure guide (公开指南): the nine contents of 条例第十二条, the steps, the limits, the remedies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..board import law
from ..board.law import Fee
from ..board.publisher import Publisher, Regime
from .page import Page
from .shelves import Shelves


@dataclass(frozen=True, slots=True)
class Class:
    """One class of information: a regime and its areas, each with its address."""

    name: str
    url: str
    areas: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens within how long, and the article that says so."""

    text: str
    limit: str
    basis: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """`is_written` tells whether the board has a guide.md; without one only what is known is shown."""

    office: Publisher
    owner: Publisher
    hours: tuple[str, ...]
    classes: tuple[Class, ...]
    numbering: str
    boards: tuple[tuple[str, str], ...]
    reading_places: tuple[str, ...]
    channels: tuple[str, ...]
    limits: tuple[Step, ...]
    steps: tuple[Step, ...]
    fees_by_item: tuple[str, ...]
    fees_by_page: tuple[str, ...]
    fees_basis: str
    fees_rules: str
    remedies: tuple[Step, ...]
    supervisor: str
    reviewed_on: str
    text: str
    is_written: bool


def pages(shelves: Shelves) -> Iterator[Page]:
    """The one page of the guide."""
    words, guide, limits = shelves.words, shelves.register.board.guide, law.limits()
    catalogue, publishers = shelves.catalogue, shelves.publishers
    office = publishers.by_code[guide.office]
    classes = tuple(
        Class(
            shelves.regime_name(regime),
            f"directory/regime/{regime.value}/",
            tuple((group.name, f"directory/{group.code}/") for group in catalogue.top(regime)),
        )
        for regime in catalogue.regimes
    )
    government = [item for item in catalogue.items.values() if item.regime is Regime.GOVERNMENT]
    channels = dict.fromkeys(channel for item in government for channel in item.channels)
    view = GuidePage(
        office=office,
        owner=publishers.by_code[publishers.owner],
        hours=words.hours(office.hours),
        classes=classes,
        numbering=_example(shelves),
        boards=tuple((p.short_name, f"publishers/{p.code}/") for p in publishers.boards),
        reading_places=guide.reading_places,
        channels=tuple(words(f"channels.{channel}") for channel in channels),
        limits=tuple(_limits(shelves)),
        steps=tuple(
            Step(words(f"guide-steps.{step.key}"), words.span(step.days, "working-day"), step.basis)
            for step in limits.application
        ),
        fees_by_item=tuple(_fees(shelves, limits.fees_by_item, "item")),
        fees_by_page=tuple(_fees(shelves, limits.fees_by_page, "page")),
        fees_basis=limits.fees_basis,
        fees_rules=limits.fees_rules,
        remedies=tuple(Step(words(f"guide-steps.{step.key}"), "", step.basis) for step in limits.remedies),
        supervisor=guide.supervisor,
        reviewed_on=words.day(guide.reviewed_on) if guide.reviewed_on else "",
        text=guide.document.html,
        is_written=guide.is_there,
    )
    yield shelves.page("guide/", "guide.html", "guide", view)


def _example(shelves: Shelves) -> str:
    """An index number as it really stands on the board, to show how they are made."""
    owner = shelves.publishers.owner
    rows = shelves.by_publisher[owner] or shelves.all
    return rows[0].notice.index_number if rows else ""


def _limits(shelves: Shelves) -> Iterator[Step]:
    """The general limit, then those of items that have another, each once."""
    words, general = shelves.words, law.limits().disclosure
    yield Step(words("guide-general"), words.limit(general), general.basis)
    found: dict[tuple[str, str], list[str]] = {}
    for item in shelves.catalogue.items.values():
        limit = item.time_limit
        if item.regime is Regime.GOVERNMENT and limit is not None and limit != general:
            basis = limit.basis or words("pages.directory")
            found.setdefault((words.limit(limit), basis), []).append(item.name)
    for (limit_text, basis), names in found.items():
        yield Step(words.joined(names), limit_text, basis)


def _fees(shelves: Shelves, fees: tuple[Fee, ...], kind: str) -> Iterator[str]:
    """Each step of a scale: 第1至10件，不收费；第11至30件，每件100元 …"""
    words, first = shelves.words, 1
    for fee in fees:
        key = "free" if not fee.rate else "rising" if fee.step else "rate"
        unit, ends = words(f"fees.units.{kind}"), "span" if fee.upto else "above"
        span = words(f"fees.{ends}", first=first, last=fee.upto, unit=unit)
        yield words(f"fees.{key}", span=span, unit=unit, rate=fee.rate, step=fee.step)
        first = (fee.upto or 0) + 1
