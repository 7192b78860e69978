"""The search page, and what its script needs to know of the days to come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .page import Page
from .shelves import Shelves


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Days to come by id, as JSON.

    `later` holds the marks to come of the notices whose last day does not tell them, `removed` the day
    from which the summary of a notice is gone.
    """

    later: str
    removed: str


def pages(shelves: Shelves) -> Iterator[Page]:
    """The one search page."""
    later, removed = {}, {}
    for row in shelves.all:
        until = row.notice.effective.until
        ends = until is not None and until < date.max and row.status == "current"
        usual = f"{(until + timedelta(days=1)).isoformat()}:expired" if ends and until else ""
        if (days := shelves.rows[row.id].days) != usual:
            later[row.id] = days
        if row.summary and row.notice.removed_on:
            removed[row.id] = row.notice.removed_on.isoformat()
    view = SearchPage(json.dumps(later, sort_keys=True), json.dumps(removed, sort_keys=True))
    yield shelves.page("search/", "search.html", "search", view)
