"""One item of the directory (公开事项) with the columns of the national form, in words: flat, frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..board.catalogue import Catalogue, Item, cited
from ..board.publisher import Publishers
from ..board.register import Published
from .days import Count, count, is_current
from .words import Words


@dataclass(frozen=True, slots=True)
class Citation:
    """A basis (公开依据), with the official text's address where it is known."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """`nothing` tells why an item may rightly be empty here; it is empty where it may not, or is not."""

    name: str
    url: str
    area: str
    contents: str
    basis: tuple[Citation, ...]
    time_limit: str
    responsible: str
    channels: str
    audience: str
    mode: str
    level: str
    minimum_period: str
    rhythm: str
    nothing: str
    current: Count
    total: int


class Items:
    """Words items, each once."""

    def __init__(self, catalogue: Catalogue, publishers: Publishers, words: Words) -> None:
        self._catalogue = catalogue
        self._publishers = publishers.by_code
        self._words = words

    def view(self, item: Item, rows: Sequence[Published]) -> ItemView:
        """`rows` are the notices that count under the item."""
        words, limit, least = self._words, item.time_limit, item.minimum_period
        return ItemView(
            name=item.name,
            url=f"directory/{item.code}/",
            area=words("path").join(group.name for group in self._catalogue.way_to(item)),
            contents=item.contents,
            basis=tuple(self._citation(text) for text in item.basis),
            time_limit=words.limit(limit) if limit else "",
            responsible=words.joined(self._who(code) for code in item.responsible),
            channels=words.joined(words(f"channels.{code}") for code in item.channels),
            audience=words(f"audiences.{item.audience}"),
            mode=words(f"modes.{item.mode}"),
            level=words.joined(words(f"levels.{code}") for code in item.level),
            minimum_period=words.span(least.n, least.unit) if least else "",
            rhythm=words(f"rhythms.{item.rhythm}") if item.rhythm else "",
            nothing="" if rows else self._why_nothing(item),
            current=count(rows, is_current),
            total=len(rows),
        )

    def _who(self, code: str) -> str:
        """A single publisher by name, or a kind of them."""
        return self._publishers[code].name if code in self._publishers else self._words(f"kinds.{code}")

    def _why_nothing(self, item: Item) -> str:
        if item.nothing_because:
            return item.nothing_because
        if "website" not in item.channels:
            return self._words("nothing-on-website")
        return self._words("nothing-on-request") if item.mode == "on-request" else ""

    def _citation(self, text: str) -> Citation:
        law = self._catalogue.laws.get(cited(text))
        return Citation(text, law.url if law else "")
