"""What may not stand in a site: the titles, texts, names and bytes of all that is not published.

A piece of text that the published notices hold as well is no leak and is left out; what remains
could only have come from what is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import PurePosixPath

from ahocorasick_rs import AhoCorasick

from ..board.catalogue import AUDIENCES, CHANNELS
from ..board.fields import FRONT_MATTER_NAMES
from ..board.load import Entry
from ..board.notice import CHANGE_TYPES
from ..board.publisher import REGIMES
from ..board.register import Register
from ..board.source import Listing, Mapping, Node, Scalar
from ..board.status import Status

_BREAKS = re.compile(r"[\s|。；！？，、：,;!?:（）()【】\[\]{}<>《》“”\"'`*_#>~\-—…·]+")
_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_TAG = re.compile(r"<[^>]*>")
_CJK = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
# Dates, amounts and counts: pages make these of their own, so they prove nothing.
_NUMERIC = re.compile(r"[\d.,，+/%‰年月日时分秒至起元万亩户人口份个次条件天号第期组共计合—\-]+")
_HEX = re.compile(r"[0-9a-f]+", re.IGNORECASE)
#: Shorter pieces are looked for only where no tag has been taken away between two characters.
_LONG = 4


def squeeze(text: str) -> str:
    """Text without the spaces that layout puts in; line ends stay."""
    return _SPACES.sub("", text)


def readings(text: str) -> tuple[str, str]:
    """The two ways a text of the site is looked at: with its markup, and with inline tags away."""
    if "&" in text:
        plain = unescape(text)
        return squeeze(plain), squeeze(unescape(_TAG.sub("", text)))
    return squeeze(text), squeeze(_TAG.sub("", text))


def _telling(piece: str) -> bool:
    """Whether a piece of text could only come from where it was written."""
    if _NUMERIC.fullmatch(piece) or _HEX.fullmatch(piece):
        return False
    return len(_CJK.findall(piece)) >= 2 or len(piece) >= 8


def _pieces(text: str) -> Iterator[str]:
    for piece in _BREAKS.split(unescape(text)):
        if _telling(piece):
            yield piece


def _scalars(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from _scalars(value)


class Forbidden:
    """Looks for anything of the unpublished in texts, names and hashes.

    `also_allowed` is the theme's own text. Built for one register, asked for many files.
    """

    def __init__(self, register: Register, also_allowed: Iterable[str]) -> None:
        self._register = register
        tree = register.board.tree
        published = register.published
        allowed = "\n".join((*self._published_text(), *also_allowed))
        self._allowed = "\n".join((*readings(allowed), squeeze(_BREAKS.sub("", allowed))))
        handed_over = {a.path for row in published.values() for a in row.attachments}
        kept_files = [path for path in sorted(tree.others) if path not in handed_over]
        allowed_hashes = {tree.sha256(path) for path in handed_over}
        #: SHA-256 → path of the file that must stay at home
        self.hashes = {
            digest: path
            for path in (*kept_files, *tree.notices.values())
            if (digest := tree.sha256(path)) not in allowed_hashes
        }
        self._names = _Finder(self._kept_names(kept_files))
        titles: dict[str, str] = {}
        texts: dict[str, str] = {}
        for entry in register.board.entries.values():
            self._collect(entry, entry.id in published, titles, texts)
        self._titles = self._not_allowed(titles)
        every = {**self._not_allowed(texts), **self._titles}
        self._every = _Finder(every)
        self._longer = _Finder({text: source for text, source in every.items() if len(text) >= _LONG})
        self._titled = _Finder({text: source for text, source in self._titles.items() if len(text) >= _LONG})

    def in_text(self, text: str) -> tuple[str, str] | None:
        """The kind (`title` or `text`) and source of the first thing found, or None."""
        marked, bare = readings(text)
        for finder, reading in ((self._every, marked), (self._longer, bare)):
            if (found := finder.first(reading)) is not None:
                piece, source = found
                return ("title" if piece in self._titles else "text"), source
        return None

    def in_cleared_file(self, text: str) -> str | None:
        """The source of a withheld title in an attachment that a reviewer cleared, or None."""
        found = self._titled.first(readings(text)[1])
        return found[1] if found else None

    def in_name(self, text: str) -> str | None:
        """The source of a withheld file name or address in a path or a text, or None."""
        folded = text.casefold()
        for at, piece, source in self._names.every(folded):
            before = folded[at - 1 : at]
            if piece.startswith("notices/") or not (before.isalnum() or before == "_"):
                return source
        return None

    def _kept_names(self, kept: list[str]) -> dict[str, str]:
        published = self._register.published
        allowed = {
            PurePosixPath(a.path).name.casefold() for row in published.values() for a in row.attachments
        }
        names = {}
        for path in kept:
            name = PurePosixPath(path).name.casefold()
            if name not in allowed and name not in self._allowed:
                names[name] = path
        for entry in self._register.board.entries.values():
            if entry.id not in published:
                names[f"notices/{entry.id.casefold()}/"] = entry.path
        return names

    def _published_text(self) -> Iterator[str]:
        register = self._register
        board = register.board
        for row in register.published.values():
            notice = row.notice
            yield from (row.id, row.notice.title, row.summary, row.document.html, row.document.text)
            yield from (
                notice.index_number,
                notice.document_number or "",
                notice.contact,
                notice.supervision_phone,
            )
            yield row.change.reason if row.change else ""
            yield from (attachment.name for attachment in row.attachments)
        assert board.publishers is not None and board.catalogue is not None
        yield from (board.publishers.board_name, board.publishers.place, board.guide.html, board.guide.text)
        for publisher in board.publishers.by_code.values():
            yield from (
                publisher.name,
                publisher.short_name,
                publisher.code,
                publisher.address,
                publisher.hours,
            )
            yield from (publisher.institution_code, publisher.phone, publisher.fax, publisher.email)
            yield publisher.supervision_phone
        # The words of the format itself: they stand in every file and in the open data.
        yield from FRONT_MATTER_NAMES
        yield from (*CHANNELS, *AUDIENCES, *REGIMES, *CHANGE_TYPES, *Status)
        for group in board.catalogue.groups.values():
            yield from (group.name, group.code)
        for item in board.catalogue.items.values():
            yield from (item.name, item.code, item.contents, *item.basis)

    def _collect(self, entry: Entry, published: bool, titles: dict[str, str], texts: dict[str, str]) -> None:
        if published:
            # Of a published notice only its comments, its review notes and an erased text stay home.
            row = self._register.published[entry.id]
            record = row.notice.clearance
            home = [*entry.comments, *((record.basis, record.note) if record else ())]
            if row.erased:
                home.append(entry.source.body)
        else:
            _add(titles, [entry.title], entry.path)
            values = _scalars(entry.source.front) if entry.source.front else ()
            home = [*values, entry.source.body or entry.source.text]
        for text in home:
            _add(texts, _pieces(text), entry.path)

    def _not_allowed(self, sources: dict[str, str]) -> dict[str, str]:
        """Those that stand nowhere in what the public may see; one pass, however many they are."""
        allowed = {piece for _, piece, _ in _Finder(sources).every(self._allowed)}
        return {piece: source for piece, source in sources.items() if piece not in allowed}


def _add(into: dict[str, str], pieces: Iterable[str], source: str) -> None:
    for piece in pieces:
        squeezed = squeeze(piece)
        if len(squeezed) >= 2 and not _NUMERIC.fullmatch(squeezed):
            into.setdefault(squeezed, source)


class _Finder:
    """The first of many texts in one pass over another."""

    def __init__(self, sources: dict[str, str]) -> None:
        self._texts = list(sources)
        self._sources = sources
        self._automaton = AhoCorasick(self._texts) if self._texts else None

    def first(self, text: str) -> tuple[str, str] | None:
        return next(((piece, source) for _, piece, source in self.every(text)), None)

    def every(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Where each text stands, the text and its source."""
        if self._automaton is None:
            return
        for index, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            yield start, self._texts[index], self._sources[self._texts[index]]
