"""A passage as the detectors see it: folded, with its numbers and what the words around them say."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache

from ..readers.passage import Passage
from . import labels
from .finding import Confidence, Finding, Kind
from .fold import compact, fold
from .labels import HINTS, Label, Sort
from .masking import sample
from .numbers import Run, runs
from .tables import Tables

_URL = re.compile(r"""(?:https?://|www\.)[^\s，。；、）》】”"'<>\u4e00-\u9fff]+""")

_PERSONAL = (Sort.ID, Sort.CARD, Sort.ACCOUNT, Sort.PHONE)

#: Few headings stand over many cells.
_compact = lru_cache(maxsize=512)(compact)


class Reading:
    """One passage, worked out only as far as a detector asks."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self._folded = fold(passage.text)
        self.text = self._folded.text
        self._may_say: dict[Sort, bool] = {}
        self._labels: dict[int, Label] = {}

    @cached_property
    def heading(self) -> Label:
        """What the heading of the passage says."""
        return labels.of_heading(self.passage.heading)

    @cached_property
    def heading_text(self) -> str:
        """The heading folded, without blanks."""
        return _compact(self.passage.heading)

    @cached_property
    def row(self) -> str:
        """The rest of the row, folded."""
        return fold(self.passage.row).text

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All numbers of at least ten digits."""
        return tuple(runs(self.text))

    @cached_property
    def tables(self) -> Tables:
        """The tables written out in the text."""
        return Tables(self.text)

    @cached_property
    def _urls(self) -> list[tuple[int, int]]:
        return [match.span() for match in _URL.finditer(self.text)]

    def in_url(self, at: int) -> bool:
        """Whether a place of the folded text is within a web address."""
        before = bisect_right(self._urls, (at, len(self.text))) - 1
        return before >= 0 and at < self._urls[before][1]

    def may_say(self, sort: Sort) -> bool:
        """Whether any word of the passage or its heading can promise this sort."""
        known = self._may_say.get(sort)
        if known is None:
            hint = HINTS[sort]
            known = bool(hint.search(self.text) or hint.search(self.heading_text))
            self._may_say[sort] = known
        return known

    def label(self, at: int) -> Label:
        """What is said of the value that begins at `at`: by the label before it, else the heading over it."""
        found = self._labels.get(at)
        if found is None:
            found = self._labels[at] = self._label(at)
        return found

    def _label(self, at: int) -> Label:
        label = labels.before(self.text, at)
        if "\n" in self.text and (not label.sorts or self.tables.begins_row(at)):
            above = labels.of_heading(self.tables.heading(at))
            label = above if above.sorts else label if label.sorts else self._nearby(at)
        return label if label.sorts else self.heading

    def _nearby(self, at: int) -> Label:
        """What a list may say of a number whose column is uncertain: that it is a person's, never a code."""
        said = map(labels.of_heading, self.tables.headings_nearby(at))
        return next((label for label in said if label.says(*_PERSONAL)), labels.NONE)

    def heading_over(self, at: int) -> str:
        """The heading over a place, of the passage or of a table within it, without blanks."""
        return self.heading_text or _compact(self.tables.heading(at))

    def finding(
        self, kind: Kind, confidence: Confidence, span: tuple[int, int], value: str, word: str = ""
    ) -> Finding:
        """A finding at a range of the folded text, with its sample."""
        start, end = self._folded.span(*span)
        return Finding(kind, confidence, start, end, sample(kind, value, word), value, word)
