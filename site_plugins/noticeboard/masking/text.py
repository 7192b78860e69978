"""Texts and CSV: masked in place, with encoding, byte-order mark, quotes and line ends as they were."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from ..readers.kinds import decode
from ..readers.passage import Opened, Passage
from .look import Edits, Hits, Look, add_edits, applied, masked_whole

_FORMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"", "utf-8"),
    (b"", "gb18030"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
)
#: How many characters may stand between two cells: quotes, separators, blank cells.
_BETWEEN = 4096


class NotText(Exception):
    """The bytes are no text of an encoding that could be written again."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the way in which it was written."""

    content: str
    mark: bytes
    encoding: str

    def written(self, content: str) -> bytes:
        """Another content in the same way."""
        return self.mark + content.encode(self.encoding)


def decoded(data: bytes) -> Text:
    """The text that these bytes are, and of which they can be made again. Raises NotText."""
    content = decode(data)
    if content is not None:
        for mark, encoding in _FORMS:
            if data.startswith(mark) and mark + content.encode(encoding, "replace") == data:
                return Text(content, mark, encoding)
    raise NotText


def masked_text(data: bytes, opened: Opened, look: Look, *, separated: bool = False) -> bytes:
    """The same text, masked. `separated` is CSV. Raises NotText."""
    text = decoded(data)
    written = Written(text.content, separated)
    edits = written.edits(opened.passages, look)
    return text.written(applied(text.content, edits)) if edits else data


class Written:
    """A text as its reader cuts it up, and the way back: passages stand in it one after the other."""

    def __init__(self, text: str, separated: bool = False) -> None:
        lines = list(io.StringIO(text, newline="")) if separated else text.splitlines(keepends=True)
        self._starts = [0, *accumulate(map(len, lines))]
        if separated:
            self._text, self._read = text, self._starts
        else:
            bare = [line.splitlines()[0] for line in lines]
            self._text = "\n".join(bare)
            self._read = [0, *accumulate(len(line) + 1 for line in bare)]
        self._separated = separated

    @property
    def whole(self) -> Passage:
        """All of it as one passage."""
        return Passage(self._text)

    def place(self, at: int) -> int:
        """Where a character of the `whole` stands in the text."""
        line = bisect_right(self._read, at) - 1
        return self._starts[line] + at - self._read[line]

    def _from(self, start: int) -> Callable[[int], int]:
        return lambda at: self.place(start + at)

    def edits(self, passages: tuple[Passage, ...], look: Look) -> Edits:
        """What must be changed so that nothing is left in the passages; one that is not found here stays."""
        edits: Edits = {}
        end = 0
        for passage in passages:
            line = min(passage.place.line, len(self._read)) - 1
            found = self._find(passage.text, max(end, self._read[line]))
            if found is None:
                continue
            start, doubled = found
            end = start + len(passage.text) + (passage.text.count('"') if doubled else 0)
            if hits := look(passage):
                if doubled:
                    edits |= _cell(passage.text, hits, range(start, end))
                else:
                    add_edits(edits, passage.text, hits, self._from(start))
        return edits

    def _find(self, text: str, start: int) -> tuple[int, bool] | None:
        """Where a text stands next, and whether with its quotation marks doubled."""
        forms = {False: text}
        if self._separated and '"' in text:
            forms[True] = text.replace('"', '""')
        hits = [
            (at, doubled)
            for doubled, form in forms.items()
            if (at := self._text.find(form, start, start + len(form) + _BETWEEN)) >= 0
        ]
        return min(hits, default=None)


def _cell(text: str, hits: Hits, places: range) -> Edits:
    """A cell of CSV with quotation marks in it: written anew as a whole."""
    return dict.fromkeys(places, "") | {places[0]: masked_whole(text, hits).replace('"', '""')}
