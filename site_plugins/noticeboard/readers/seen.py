"""What somebody who opens a file reads in it, line by line.

Readers bring out everything, also what nobody sees: notes, properties, hidden rows, earlier versions. Here
is said, for each kind of file, which ways lead to what is seen. A way that is not named leads to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from unicodedata import east_asian_width

from .kinds import ending
from .passage import Passage, Steps


@dataclass(frozen=True, slots=True)
class _Sight:
    """Which passages of one kind of file are seen, by the steps that lead to them.

    Every step has to be among `steps`, and the first of them `first`, if that is given. Outside of cells a
    passage with a heading comes from the workings of the file, unless it is `loose`. A cell of a sheet may
    be told in several ways: as it is displayed first, or last with `displayed_last`.
    """

    steps: frozenset[str] = frozenset()
    first: str = ""
    loose: bool = False
    displayed_last: bool = False

    def shows(self, passage: Passage, way: Steps) -> bool:
        """Whether a reader sees a passage that stands at the end of this way into the file."""
        kinds = [kind for kind, _ in way]
        if not self.steps.issuperset(kinds) or (self.first and kinds[:1] != [self.first]):
            return False
        return _CELL in kinds or ((self.loose or not passage.heading) and kinds != ["sheet"])


_CELL = "cell"
_SHEETS = frozenset({"sheet", _CELL, "drawing"})
_FLOW = frozenset({"table", _CELL, "text-box", "footnote"})
_TEXT = _Sight(frozenset({"table", _CELL}), loose=True)
#: Ending of a file's name → what is seen in it. Of a kind that is not here nothing is known to be seen.
_SIGHTS: dict[str, _Sight] = {
    **dict.fromkeys(("xlsx", "xltx", "xls", "xlt", "et", "ett"), _Sight(_SHEETS, "sheet")),
    "ods": _Sight(_SHEETS, "sheet", displayed_last=True),
    **dict.fromkeys(("docx", "dotx"), _Sight(_FLOW | {"header", "footer", "drawing", "chart"})),
    **dict.fromkeys(("pptx", "ppsx", "potx"), _Sight(_FLOW | {"slide"}, "slide")),
    **dict.fromkeys(("odt", "odp"), _Sight(_FLOW)),
    "pdf": _Sight(frozenset({"page", "appearance"}), "page"),
    "ofd": _Sight(frozenset({"page"}), "page"),
    "svg": _Sight(),
    **dict.fromkeys(("csv", "tsv", "txt", "md", "markdown", "log", "json", "jsonl"), _TEXT),
    **dict.fromkeys(("ics", "css", "js", "yml", "yaml", "xml", "rss", "atom", "html", "htm", "xhtml"), _TEXT),
}
#: Endings of files whose members somebody takes out and reads.
_ARCHIVES = frozenset({"zip", "gz"})
_MEMBER_NAME = (("file-name", ""),)
#: What stands beside the running text may be kept twice, for programs of different age.
_ASIDES = frozenset({"text-box", "header", "footer", "drawing", "chart", "appearance"})
#: Widths of a line on a page, a Chinese character counting 2. One at least as wide as this, and as this part
#: of the widest of its page, is full: the next one goes on with what it says.
_FULL, _PART = 40, 5 / 6
_SENTENCE = re.compile(r"[。！？；：!?;:]$")
#: What PDFium writes where a hyphen at the end of a line divides a word.
_DIVIDED = "\ufffe"
_LATIN = re.compile(r"[!-~]{2}")


def seen_lines(name: str, passages: Iterable[Passage]) -> tuple[str, ...]:
    """The lines that a reader of the file called `name` sees, in the order in which they stand there.

    A cell is one line, a paragraph too; no line goes on in the next one. White space within a line is one
    space each, and there is none at its ends. Names of sheets, and of members of archives, are lines.
    """
    words: dict[str, str] = {}
    return tuple(words.setdefault(line, line) for line in _lines(name, passages) if line)


def _lines(name: str, passages: Iterable[Passage]) -> Iterator[str]:
    asides: set[tuple[Steps, str]] = set()
    sheet: Steps = ()
    for steps, together in groupby(passages, attrgetter("steps")):
        file, way = _within(name, steps)
        if way == _MEMBER_NAME and way != steps:
            yield from (_line(passage.text) for passage in together)
            continue
        sight = _SIGHTS.get(ending(file))
        seen = [passage.text for passage in together if sight and sight.shows(passage, way)]
        if not sight or not seen:
            continue
        kinds = {kind for kind, _ in way}
        if "sheet" in kinds:
            if (of := steps[: len(steps) - len(way) + 1]) != sheet:
                sheet = of
                yield _line(way[0][1])
            if _CELL in kinds:
                seen = [seen[-1 if sight.displayed_last else 0]]
        elif kinds & _ASIDES:
            seen = [text for text in dict.fromkeys(seen) if (steps, text) not in asides]
            asides.update((steps, text) for text in seen)
        for text in seen:
            if _CELL in kinds:
                yield _line(text)
            elif "page" in kinds:
                yield from _unbroken(list(map(_line, text.replace(_DIVIDED, "").splitlines())))
            else:
                yield from map(_line, text.splitlines())


def _within(name: str, steps: Steps) -> tuple[str, Steps]:
    """The name of the file that a passage stands in, out of all archives, and the rest of its way."""
    at = 0
    while at < len(steps) and steps[at][0] == "member" and ending(name) in _ARCHIVES:
        name = steps[at][1]
        at += 1
    return name, steps[at:]


def _line(text: str) -> str:
    """A text without the white space around it, and one space wherever it has any inside."""
    return " ".join(text.split())


def _unbroken(lines: list[str]) -> Iterator[str]:
    """The lines of a page; a paragraph that runs on over several of them as one."""
    widths = [sum(1 + (east_asian_width(sign) in "WF") for sign in line) for line in lines]
    full = max(_FULL, max(widths, default=0) * _PART)
    paragraph = ""
    for line, width in zip(lines, widths, strict=True):
        joint = " " if _LATIN.fullmatch(paragraph[-1:] + line[:1]) else ""
        paragraph += joint + line
        if width < full or _SENTENCE.search(line):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph
