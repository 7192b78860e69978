"""What is shown for a query: its results, or where there are none those of the best other query."""

from __future__ import annotations

from dataclasses import dataclass

from .find import Finder, Found
from .near import Nearby, Offer


@dataclass(frozen=True, slots=True)
class Answer:
    """`how` is words, related, pinyin, parts or nothing; `searched_for` the query that `found` answers.

    `offers` are further queries that may have been meant.
    """

    found: Found
    how: str
    searched_for: str
    offers: tuple[Offer, ...] = ()


def answer(finder: Finder, query: str, widely: bool = True) -> Answer:
    """The results of a query. Where there are none, those by pinyin or of its parts, and other offers.

    `widely` False looks for the very words alone.
    """
    found = finder.search(query, widely)
    if found.all or not widely:
        return Answer(found, found.how, query)
    offers = Nearby(finder).offers(query)
    best = next((offer for offer in offers if offer.kind != "apart"), None)
    if best is None:
        return Answer(found, found.how, query, offers)
    others = tuple(offer for offer in offers if offer is not best)
    return Answer(finder.search(best.query), best.kind, best.query, others)
