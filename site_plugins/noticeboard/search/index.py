"""The files of the index, from the notices that may be found. docs/search-index.md describes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import count, takewhile, zip_longest
from typing import Any
from zlib import crc32

import numpy as np

from . import digits
from .files import (
    FACETS,
    FORMAT,
    MANIFEST,
    READINGS,
    VARIANTS,
    VERSION,
    dumped,
    grams_file,
    loaded,
    notice_file,
    text_file,
    words_file,
)
from .fold import fold_char, lightly, variants
from .grams import ROOMS, TEXT, Field, Shards, Tally, folded, levels, text_of, written
from .patch import patched
from .synonyms import synonyms
from .vocabulary import Pairs, pairs_in, readings, vocabulary
from .wholes import changed, changes, wholes

#: Of postings, in one file, about: characters.
SHARD_SIZE = 8_000
#: Of a text, in one file, at most: characters. Longer ones are cut, at a line break if there is one.
CHUNK = 4_000
#: Where more notices than this have other texts, an index is made without the one before.
MOST_CHANGED = 20


@dataclass(frozen=True, slots=True)
class Attachment:
    """The name of a file, and what a reader reads in it, a line for each piece that belongs together."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One notice as the search knows it.

    `days` are the marks to come (`2026-12-01:expired …`), `removed_on` the ISO day from which text and
    attachments are not found any more, or empty. `publisher` and `category` are codes.
    """

    id: str
    url: str
    title: str
    document_number: str
    index_number: str
    text: str
    attachments: tuple[Attachment, ...]
    publisher: str
    category: str
    published_on: str
    period: str
    mark: str
    days: str
    removed_on: str

    @property
    def headings(self) -> tuple[str, str, str]:
        """What is more than text, each in a room of its own."""
        return self.title, self.document_number, self.index_number

    @property
    def attached(self) -> str:
        """Names and texts of the attachments: first all names."""
        names = (attachment.name for attachment in self.attachments)
        texts = (attachment.text for attachment in self.attachments if attachment.text)
        return "\n".join((*names, *texts))


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: `regime` is a code."""

    code: str
    name: str
    regime: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """What a notice is about."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that can be found on a day, the oldest notice first."""

    day: date
    documents: tuple[Document, ...]
    publishers: tuple[Publisher, ...]
    categories: tuple[Category, ...]

    def without_removed(self) -> Collection:
        """The same without the texts and attachments that are gone by the day, whoever left them in."""
        day = self.day.isoformat()
        kept = (
            replace(document, text="", attachments=()) if "" < document.removed_on <= day else document
            for document in self.documents
        )
        return replace(self, documents=tuple(kept))


@dataclass(frozen=True, slots=True)
class _Searched:
    """What is searched of a notice, folded: whole headings, and all fields in the order of places."""

    headings: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def begin(self) -> int:
        """The position of the first character of its text, which is the last field but the attachments."""
        return self.fields[-2].base


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the files do not tell, and an index that is made from them must know."""

    tally: Tally
    pairs: Pairs
    #: How many tables of words there are.
    tables: int
    #: How often each character stands in the texts of notices as they are written.
    characters: Counter[str]


class Index:
    """The files of an index, by name. Files whose notices have not changed have not changed either.

    Files that are as in the `previous` index are the very same objects. Where few notices have changed since,
    only the others are made; what comes out is the same.
    """

    def __init__(self, collection: Collection, previous: Index | None = None) -> None:
        self.collection = collection.without_removed()
        self.files: dict[str, bytes] = {}
        #: The checksums of all files but the manifest, which is made last: it tells their version.
        self._sums: dict[str, int] = {}
        self._counted = (previous and self._changed(previous)) or self._whole()
        self._put(dumped(FACETS, self._facets()))
        manifest = self._manifest()
        self.files.update([dumped(MANIFEST, manifest), dumped(VERSION, manifest["version"])])
        if previous:
            same = ((name, data) for name, data in previous.files.items() if self.files.get(name) == data)
            self.files.update(same)

    def _put(self, *made: tuple[str, bytes]) -> None:
        for name, data in made:
            self.files[name] = data
            self._sums[name] = crc32(data)

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            del self.files[name], self._sums[name]

    def _whole(self) -> _Counted:
        """Make the files of all grams, words and notices."""
        searched, characters = _searched(dict(enumerate(self.collection.documents)))
        fields = [field for each in searched.values() for field in each.fields]
        with ThreadPoolExecutor(max_workers=1) as beside:
            spread = beside.submit(_spread, fields)
            resized = _resized(characters)
            for number, each in searched.items():
                self._put(*self._notice(number, each.begin, resized))
            self._put(*tables())
            shards, pairs = spread.result()
        headings = wholes((each.headings for each in searched.values()), shards.tally)
        for number, text in enumerate(shards.texts):
            self._put(dumped(grams_file(number), [text, headings.get(number, "")]))
        return _Counted(shards.tally, pairs, self._put_words(pairs), characters)

    def _changed(self, previous: Index) -> _Counted | None:
        """Make the files of the previous index that change. None, and no files, where all have to be made."""
        was, now = previous.collection.documents, self.collection.documents
        both = enumerate(zip_longest(was, now))
        numbers = [number for number, (one, other) in both if one is not other and one != other]
        old, lost = _searched({number: was[number] for number in numbers if number < len(was)})
        new, gained = _searched({number: now[number] for number in numbers if number < len(now)})
        others = [number for number in numbers if old.get(number) != new.get(number)]
        if len(others) > MOST_CHANGED:
            return None
        counted = previous._counted
        shard = cache(partial(_shard, previous.files))
        patch = patched(
            counted.tally,
            lambda number: shard(number)[0],
            [field for number in others if number in old for field in old[number].fields],
            [field for number in others if number in new for field in new[number].fields],
            SHARD_SIZE,
        )
        if patch is None:
            return None
        self.files, self._sums = dict(previous.files), dict(previous._sums)
        headings = changes(
            {number: each.headings for number, each in old.items()},
            {number: each.headings for number, each in new.items()},
            counted.tally,
        )
        for number in {*patch.texts, *headings}:
            text, whole = shard(number)
            if number in headings:
                whole = changed(whole, headings[number])
            self._put(dumped(grams_file(number), [patch.texts.get(number, text), whole]))
        pairs, tables = counted.pairs, counted.tables
        if patch.pairs:
            pairs = pairs.changed(patch.pairs)
            tables = self._put_words(pairs, tables)
        resized = _resized(gained)
        for number in numbers:
            made = dict(self._notice(number, new[number].begin, resized)) if number in new else {}
            self._drop(set(_files_of(number, previous.files)) - made.keys())
            self._put(*made.items())
        return _Counted(patch.tally, pairs, tables, counted.characters + gained - lost)

    def _put_words(self, pairs: Pairs, before: int = 0) -> int:
        """Make the tables of words, of which there were some before. Returns how many there are."""
        words = vocabulary(pairs)
        self._put(*(dumped(words_file(number), table) for number, table in enumerate(words)))
        self._drop(f"{words_file(number)}.js" for number in range(len(words), before))
        return len(words)

    def _manifest(self) -> dict[str, Any]:
        documents = self.collection.documents
        day = self.collection.day
        kinds: dict[tuple[str, bool], int] = {}
        marks, ends, later = [], [], {}
        removed: dict[int, int] = {}
        for number, document in enumerate(documents):
            until = _usual_end(document, day)
            marks.append(kinds.setdefault((document.mark, until is not None), len(kinds)))
            if until is not None:
                ends.append(until)
            elif document.days:
                later[number] = document.days
            if document.removed_on > day.isoformat():
                removed[number] = (date.fromisoformat(document.removed_on) - day).days
        return {
            "format": FORMAT,
            "version": self._version(),
            "as_of": day.isoformat(),
            "count": len(documents),
            "bits": self._counted.tally.bits,
            "spoken": self._counted.tables.bit_length() - 1,
            "common": " ".join(self._counted.tally.common),
            "marks": [list(kind) for kind in kinds],
            "mark": digits.encode(marks),
            "ends": digits.encode(ends),
            "later": later,
            "removed": digits.encode(
                part for pair in zip(digits.stepped(removed), removed.values(), strict=True) for part in pair
            ),
            "publishers": [
                [each.code, each.name, each.regime, each.short_name] for each in self.collection.publishers
            ],
            "categories": [[each.code, each.name] for each in self.collection.categories],
            "synonyms": synonyms(),
            "variants": self._variants(),
        }

    def _variants(self) -> dict[str, str]:
        """What the table says of the characters of this board: marking its words takes no more."""
        named: tuple[Publisher | Category, ...] = (*self.collection.publishers, *self.collection.categories)
        names = (each.name for each in named)
        others = (other for others in synonyms().values() for other in others)
        used = {*self._counted.characters, *"".join((*names, *others))}
        return _by_target({each for char in used for each in lightly(char)})

    def _version(self) -> str:
        """Another one whenever any part is another, so that parts of two versions are never read together."""
        # Every file holds its own name.
        sums = np.sort(np.fromiter(self._sums.values(), dtype="<u4", count=len(self._sums)))
        return f"{crc32(sums.tobytes()):08x}"

    def _facets(self) -> dict[str, Any]:
        """A column for each filter: publishers and categories by number, years counted from the first."""
        documents = self.collection.documents
        publishers = {each.code: number for number, each in enumerate(self.collection.publishers)}
        categories = {each.code: number for number, each in enumerate(self.collection.categories)}
        years = [int(document.published_on[:4]) for document in documents]
        first = min(years, default=0)
        return {
            "publisher": digits.encode(publishers[document.publisher] for document in documents),
            "category": digits.encode(categories[document.category] for document in documents),
            "first_year": first,
            "year": digits.encode(year - first for year in years),
        }

    def _notice(self, number: int, begin: int, resized: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
        """The files of a notice, the text of which begins at a position; `resized` as `_resized` tells."""
        document = self.collection.documents[number]
        own = list(_chunks(document.text, begin, resized))
        attached = list(_chunks(document.attached, 0, resized))
        record = {
            "id": document.id,
            "url": document.url,
            "title": document.title,
            "document_number": document.document_number,
            "index_number": document.index_number,
            "published_on": document.published_on,
            "period": document.period,
            "publisher": document.publisher,
            "category": document.category,
            "days": document.days,
            "text": own[0][1] if own else "",
            "more": [[start for start, _ in own], [start for start, _ in attached]],
        }
        yield dumped(notice_file(number), record)
        for part, (_, text) in enumerate(own[1:], start=1):
            yield dumped(text_file(2 * number, part), text)
        for part, (_, text) in enumerate(attached):
            yield dumped(text_file(2 * number + 1, part), text)


@cache
def tables() -> tuple[tuple[str, bytes], ...]:
    """The tables that are the same on every board."""
    return dumped(VARIANTS, _by_target(variants().keys())), dumped(READINGS, readings())


def _by_target(sources: Set[str]) -> dict[str, str]:
    """For each target of the table of variants those of the characters that are written for it."""
    found: dict[str, str] = defaultdict(str)
    for source, target in variants().items():
        if source in sources:
            found[target] += source
    return dict(found)


def _searched(documents: Mapping[int, Document]) -> tuple[dict[int, _Searched], Counter[str]]:
    """What is searched of notices, and how often each character stands in it before it is folded."""
    texts = [text for each in documents.values() for text in (*each.headings, each.text, each.attached)]
    flat, characters = folded(texts)
    found = {}
    width = len(ROOMS) + 2
    for number, at in zip(documents, range(0, len(flat), width), strict=True):
        *headings, text, attached = flat[at : at + width]
        found[number] = _Searched(tuple(headings), tuple(_fields(number, headings, text, attached)))
    return found, characters


def _fields(number: int, headings: Sequence[str], text: str, attached: str) -> Iterator[Field]:
    rooms = (*ROOMS, TEXT)
    begin = TEXT
    longer = []
    for base, end, heading in zip(rooms, rooms[1:], headings, strict=False):
        if len(heading) < end - base:
            yield Field(2 * number, base, heading)
        else:  # no room: it is found as text
            longer.append(Field(2 * number, begin, heading))
            begin += len(heading) + 1
    yield from longer
    yield Field(2 * number, begin, text)
    yield Field(2 * number + 1, 0, attached)


def _shard(files: Mapping[str, bytes], number: int) -> tuple[str, str]:
    """The grams of a shard, and the headings."""
    text, whole = loaded(files[f"{grams_file(number)}.js"])[1]
    return text, whole


def _usual_end(document: Document, day: date) -> int | None:
    """The days until a current notice expires, where that is all that is to come."""
    ends, _, mark = document.days.partition(":")
    days = (date.fromisoformat(ends) - day).days if mark == "expired" else 0
    return days if days > 0 else None


def _files_of(number: int, files: Container[str]) -> Iterator[str]:
    """The files that there are of a notice."""
    if (name := f"{notice_file(number)}.js") in files:
        yield name
    for unit, first in ((2 * number, 1), (2 * number + 1, 0)):
        names = (f"{text_file(unit, part)}.js" for part in count(first))
        yield from takewhile(files.__contains__, names)


def _chunks(text: str, base: int, resized: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """A text in pieces, each with the position of its first character; `resized` as `_resized` tells."""
    at = 0
    while at < len(text):
        end = at + CHUNK
        if end < len(text):
            end = text.rfind("\n", at + 1, end) + 1 or end
        yield base, text[at:end]
        if end < len(text):
            base += end - at + sum(text.count(char, at, end) * by for char, by in resized.items())
        at = end


def _resized(characters: Iterable[str]) -> dict[str, int]:
    """By how much each character that is folded to none or several makes a text longer."""
    sizes = {char: len(fold_char(char)) for char in characters if char != "\n"}
    return {char: size - 1 for char, size in sizes.items() if size != 1}


def _spread(fields: Sequence[Field]) -> tuple[Shards, Pairs]:
    """All that has to be worked out of all fields together."""
    found = levels(text_of(fields))
    return written(found, SHARD_SIZE), pairs_in(found)
