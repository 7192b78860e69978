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

_BREAKS = re.compile(r"[\n|。；！？，、：,;!?:（）()【】\[\]{}<>《》“”\"'`*_#>~\-—…·]+")
_SPACES = re.compile(r"[ \t\u3000\xa0\u00ad\u200b-\u200f\u2060\ufeff]+")
#: Tags that may stand within a word; any other separates what is before it from what is behind.
_INLINE_TAG = re.compile(r"</?(?:a|b|strong|i|em|u|s|del|ins|sub|sup|mark|small|font|code|wbr)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"=\s*\"([^\"<>]+)\"|=\s*'([^'<>]+)'")
_CJK = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
# Dates, amounts and counts: pages make these of their own, so they prove nothing.
_NUMERIC = re.compile(r"[\d.,，+/%‰年月日时分秒至起元万亩户人口份个次条件天号第期组共计合—\-]+")
_HEX = re.compile(r"[0-9a-f]+", re.IGNORECASE)
# Longer than a date written without hyphens: of an identity card, a bank card or a telephone.
_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ -]?\d){8,}[Xx]?")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z.']*(?: [A-Za-z][A-Za-z.']*)+")
_LATIN_LENGTH = 8
_COMMENT_LINE = re.compile(r"(?:^|\s)#(.*)$", re.MULTILINE)
_NOT_IN_A_NAME = " \t\n\"'()（）：:=,，、/<>[]{}|"
_AFTER_A_NAME = _NOT_IN_A_NAME + "?#&.;"
#: Between two elements of a page, so that only the line ends within one of them are ever joined.
_BORDER = "\x1f"
#: Shorter pieces are looked for only where no tag has been taken away between two characters.
_LONG = 4
#: Shorter titles (工作报告) stand in other people's documents by right.
_SINGULAR = 8


def squeeze(text: str) -> str:
    """Text without the spaces that layout puts in and without what nobody sees; line ends stay."""
    return _SPACES.sub("", text)


def readings(text: str) -> tuple[str, str]:
    """The two ways a text of the site is looked at: with its markup, and as a reader sees it."""
    return squeeze(unescape(unescape(text))), squeeze(unescape(unescape(_bare(text))))


def pieces_of_page(text: str) -> Iterator[str]:
    """What stands between two tags that end a word, and in attributes, as a reader has it."""
    for piece in (*_bare(text).split(_BORDER), *map("".join, _ATTRIBUTE.findall(text))):
        if stripped := unescape(unescape(piece)).strip():
            yield stripped


def _bare(text: str) -> str:
    return _TAG.sub(_BORDER, _INLINE_TAG.sub("", text))


def _telling(piece: str) -> bool:
    """Whether a piece of text could only come from where it was written."""
    if _NUMERIC.fullmatch(piece) or _HEX.fullmatch(piece):
        return False
    return len(_CJK.findall(piece)) >= 2 or len(piece) >= 8


def _pieces(text: str) -> Iterator[str]:
    for segment in _BREAKS.split(unescape(text)):
        for piece in {squeeze(segment), *segment.split()}:
            if _telling(piece):
                yield piece
    for number in _LONG_NUMBER.findall(text):
        yield re.sub(r"[ -]", "", number)
    for name in _LATIN_NAME.findall(text):
        if len(squeeze(name)) >= _LATIN_LENGTH:
            yield squeeze(name)


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

    `allowed` is all that the published notices and the theme put on pages; `own_names` are the file
    names that every site has. Built for one register, asked for many files.
    """

    def __init__(self, register: Register, allowed: Iterable[str], own_names: Iterable[str]) -> None:
        self._register = register
        tree = register.board.tree
        published = register.published
        text = "\n".join((*allowed, *_format_words()))
        self._allowed = "\n".join((*readings(text), squeeze(_BREAKS.sub("", text))))
        handed_over = {a.path for row in published.values() for a in row.attachments}
        kept_files = [path for path in sorted(tree.others) if path not in handed_over]
        allowed_hashes = {tree.sha256(path) for path in handed_over}
        #: SHA-256 → path of the file that must stay at home; an empty file is nobody's
        self.hashes = {
            tree.sha256(path): path
            for path in kept_files
            if path not in tree.too_large and tree.size(path) and tree.sha256(path) not in allowed_hashes
        } | {tree.sha256(path): path for path in tree.notices.values()}
        self._names = _Finder(self._kept_names(kept_files, {name.casefold() for name in own_names}))
        titles: dict[str, str] = {}
        texts: dict[str, str] = {}
        for entry in register.board.entries.values():
            self._collect(entry, entry.id in published, titles, texts)
        self._titles = self._not_allowed(titles)
        every = {**self._not_allowed(texts), **self._titles}
        self._every = _Finder(every)
        self._longer = _Finder({text: source for text, source in every.items() if len(text) >= _LONG})
        self._titled = _Finder({text: source for text, source in self._titles.items() if len(text) >= _LONG})
        singular = {text: source for text, source in self._titles.items() if len(text) >= _SINGULAR}
        self._singular = _Finder(singular)

    def in_text(self, text: str) -> tuple[str, str] | None:
        """The kind (`title` or `text`) and source of the first thing found, or None."""
        marked, bare = readings(text)
        joined = "".join(bare.split("\n"))
        for finder, reading in ((self._every, marked), (self._longer, bare), (self._titled, joined)):
            if (found := finder.first(reading)) is not None:
                piece, source = found
                return ("title" if piece in self._titles else "text"), source
        return None

    def in_cleared_file(self, text: str) -> str | None:
        """The source of a withheld title in an attachment that a reviewer cleared, or None."""
        found = self._singular.first(readings(text)[1])
        return found[1] if found else None

    def in_name(self, text: str) -> str | None:
        """The source of a withheld file name or address in a path or a text, or None."""
        folded = text.casefold()
        for at, piece, source in self._names.every(folded):
            before, after = folded[at - 1 : at], folded[at + len(piece) : at + len(piece) + 1]
            if (not before or before in _NOT_IN_A_NAME) and (not after or after in _AFTER_A_NAME):
                return source
        return None

    def _kept_names(self, kept: list[str], own: set[str]) -> dict[str, str]:
        published = self._register.published
        allowed = {
            PurePosixPath(a.path).name.casefold() for row in published.values() for a in row.attachments
        }
        text = self._allowed.casefold()
        names = {}
        for path in kept:
            name = PurePosixPath(path).name.casefold()
            if name not in allowed | own and name not in text:
                names[name] = path
        for entry in self._register.board.entries.values():
            # A published address may begin with that of a withheld notice: then it is no secret.
            if not any(_begins_with(other, entry.id) for other in published):
                names[f"notices/{entry.id}".casefold()] = entry.path
        return names

    def _collect(self, entry: Entry, published: bool, titles: dict[str, str], texts: dict[str, str]) -> None:
        text = entry.source.text
        written = [*_COMMENT_LINE.findall(text.partition("\n---")[0]), *entry.comments]
        if published:
            # Of a published notice these stay home: comments, review notes, what is erased or not yet true.
            row = self._register.published[entry.id]
            notice = row.notice
            if notice.clearance is not None:
                written += (notice.clearance.basis, notice.clearance.note)
            if notice.change is not None and row.change is None:
                written.append(notice.change.reason)
            if row.removed:
                written += (entry.source.body, notice.summary or "", *(a.name for a in entry.attachments))
        else:
            _add(titles, [entry.title], entry.path)
            written += _scalars(entry.source.front) if entry.source.front else ()
            written.append(entry.source.body or text)
        for part in written:
            _add(texts, _pieces(part), entry.path)

    def _not_allowed(self, sources: dict[str, str]) -> dict[str, str]:
        """Those that stand nowhere in what the public may see; one pass, however many they are."""
        allowed = {piece for _, piece, _ in _Finder(sources).every(self._allowed)}
        return {piece: source for piece, source in sources.items() if piece not in allowed}


def _begins_with(address: str, other: str) -> bool:
    """Whether one address is another, or goes on from it with something that ends a name."""
    return address.startswith(other) and (address == other or address[len(other)] in _AFTER_A_NAME)


def _format_words() -> Iterator[str]:
    """The words of the notices' own format: they stand in every file and in the open data."""
    yield from FRONT_MATTER_NAMES
    yield from (*CHANNELS, *AUDIENCES, *REGIMES, *CHANGE_TYPES, *Status)


def _add(into: dict[str, str], pieces: Iterable[str], source: str) -> None:
    for piece in pieces:
        squeezed = squeeze(piece)
        if len(squeezed) >= 2 and (len(squeezed) > 8 or not _NUMERIC.fullmatch(squeezed)):
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
