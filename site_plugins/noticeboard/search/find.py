"""From a query to notices, in order.

Strict results contain every word. Related ones contain in place of a word another that means the same, or
stand under a publisher or category of that name. What is offered beyond that is told apart from both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from . import digits
from .fold import fold
from .query import Word, parse
from .reader import DOCUMENT_NUMBER, ELSEWHERE, HEADING, INDEX_NUMBER, TITLE, Reader

#: How well a notice answers: the whole of a heading, within the title or document number, in the text, in an
#: attachment, within an index number (which is full of digits that nobody looks for).
WHOLE, HEADED, IN_TEXT, ATTACHED, NUMBERED = range(5)
_ROOMS = {"title": TITLE, "document_number": DOCUMENT_NUMBER, "index_number": INDEX_NUMBER}
#: What readers choose between, and the marks that belong to it.
STATUSES = {
    "current": ("current", "long-term"),
    "expired": ("expired",),
    "superseded": ("superseded",),
    "withdrawn": ("withdrawn", "terminated"),
}
STATUS_OF = {mark: status for status, marks in STATUSES.items() for mark in marks}
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_PLAIN = re.compile(r"(?<![0-9.,])[0-9]{4,12}(?![0-9])")
_BRACKETED = str.maketrans("()[]", "[]()")
_ZEROS = re.compile(r"(\.[0-9]*[1-9])0+(?![0-9])|\.0+(?![0-9])")
#: What dictation and copying add before and behind a word.
_EDGES = "。，、；：？！,.;:?!()《》<>\"'~-·…"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a notice is related: the `word` that was typed, and the name or other word that is there for it.

    `kind` is publisher, category, synonym or spelling.
    """

    word: str
    kind: str
    found: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters: each empty or one value. A status, the code of a publisher or category, a year, a regime."""

    status: str = ""
    publisher: str = ""
    category: str = ""
    year: str = ""
    regime: str = ""


FILTERS = ("status", "publisher", "category", "year", "regime")


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of notices in order: those that contain every word, then the related with their reasons.

    `how` tells what the results rest on: words, related (nothing contained the words), pinyin or nothing.
    `words` are what is to be marked in them.
    """

    strict: tuple[int, ...] = ()
    related: tuple[int, ...] = ()
    reasons: Mapping[int, tuple[Reason, ...]] = field(default_factory=dict)
    how: str = "nothing"
    words: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """Every number, in the order shown."""
        return self.strict + self.related


class Finder:
    """Answers queries from one index as of one day."""

    def __init__(self, reader: Reader, day: date) -> None:
        self.reader = reader
        self._day = day.isoformat()
        passed = day.toordinal() - date.fromisoformat(reader.manifest["as_of"]).toordinal()
        self._removed = {number for number, days in reader.removals if days <= passed}
        self._publishers = [
            (code, f"{fold(name)}\n{fold(short)}") for code, name, _, short in reader.manifest["publishers"]
        ]
        self._categories = [(code, fold(name)) for code, name in reader.manifest["categories"]]

    @cached_property
    def marks(self) -> list[str]:
        """What each notice is on the day."""
        manifest = self.reader.manifest
        kinds, ends = manifest["marks"], iter(digits.decode(manifest["ends"]))
        built = date.fromisoformat(manifest["as_of"])
        found = []
        for kind in digits.decode(manifest["mark"]):
            mark, is_usual = kinds[kind]
            ended = is_usual and built.toordinal() + next(ends) <= date.fromisoformat(self._day).toordinal()
            found.append("expired" if ended else mark)
        for number, days in manifest["later"].items():
            for step in days.split(" "):
                if step[:10] <= self._day:
                    found[int(number)] = step[11:]
        return found

    def search(self, query: str, widely: bool = True) -> Found:
        """The strict and the related results of a query; `widely` False leaves out the related."""
        words = parse(query)
        if not words:
            return Found()
        excluded = set().union(*(self._answers(word) for word in words if word.excluded))
        wanted = [word for word in words if not word.excluded]
        tiers = self._all([self._answers(word) for word in wanted], excluded)
        for number in self.reader.wholes("".join(word.text for word in wanted if not word.field)):
            if number in tiers:
                tiers[number] = WHOLE
        strict = self._ordered(tiers)
        related: dict[int, int] = {}
        reasons: dict[int, tuple[Reason, ...]] = {}
        if widely:
            wide = [self._wide(word) for word in wanted]
            near = self._all([{n: tier for n, (tier, _) in each.items()} for each in wide], excluded)
            related = {number: tier for number, tier in near.items() if number not in tiers}
            for number in related:
                given = dict.fromkeys(reason for each in wide for reason in each[number][1])
                reasons[number] = tuple(given)
        how = "words" if strict else "related" if related else "nothing"
        marked = dict.fromkeys(word.text for word in wanted if word.field not in _NAMED)
        others = (reason.found for found in reasons.values() for reason in found if reason.kind in _WORDED)
        marked.update(dict.fromkeys(map(fold, others)))
        return Found(strict, self._ordered(related), reasons, how, tuple(marked))

    def _all(self, answers: list[dict[int, int]], excluded: set[int]) -> dict[int, int]:
        """What is in every answer, with its worst tier. Without any, everything that is not excluded."""
        if not answers:
            return dict.fromkeys((n for n in range(self.reader.count) if n not in excluded), IN_TEXT)
        first, *rest = sorted(answers, key=len)
        return {
            number: max(each[number] for each in answers)
            for number in first
            if number not in excluded and all(number in each for each in rest)
        }

    def _ordered(self, tiers: Mapping[int, int]) -> tuple[int, ...]:
        """Best tier first, then current before past, then the newest."""
        current = STATUSES["current"]
        return tuple(sorted(tiers, key=lambda n: (tiers[n], self.marks[n] not in current, -n)))

    def _answers(self, word: Word) -> dict[int, int]:
        """The notices that answer to a word, with their tiers."""
        if word.field in _NAMED or word.field == "year":
            found = dict.fromkeys(self._under(word), HEADED)
        else:
            found = self._tiers(word.text, word.field)
        return found or (self._tiers(word.literal) if word.literal else {})

    def _tiers(self, text: str, only: str = "") -> dict[int, int]:
        found: dict[int, int] = {}
        for unit, held in self.reader.holding(text).items():
            number, attached = divmod(unit, 2)
            rooms = held.rooms & _ROOMS.get(only, -1)
            if number in self._removed:
                rooms &= HEADING
            if not rooms or (only == "attachments" and not attached) or (attached and only in _ROOMS):
                continue
            if attached:
                tier = ATTACHED
            elif rooms & (TITLE | DOCUMENT_NUMBER) or only == "index_number":
                tier = HEADED
            else:
                tier = IN_TEXT if rooms & ELSEWHERE else NUMBERED
            found[number] = min(tier, found.get(number, tier))
        for number in self.reader.wholes(text) if only != "attachments" else ():
            if number in found:
                found[number] = WHOLE
        return found

    def _under(self, word: Word) -> list[int]:
        """The notices of publishers or categories of that name or code, or of a year."""
        column = self.reader.columns[word.field]
        if word.field == "year":
            return [number for number, year in enumerate(column) if str(year) == word.text.rstrip("年")]
        named = self._publishers if word.field == "publisher" else self._categories
        texts = [word.text, *(fold(other) for kind, other in self._others(word.text) if kind == "synonym")]
        chosen = {
            at
            for at, (code, name) in enumerate(named)
            if word.text == code or any(text in name for text in texts)
        }
        return [number for number, value in enumerate(column) if value in chosen]

    def _wide(self, word: Word) -> dict[int, tuple[int, tuple[Reason, ...]]]:
        """The notices that answer to a word or to another in its place, with the reason."""
        found: dict[int, tuple[int, tuple[Reason, ...]]] = {
            number: (tier, ()) for number, tier in self._answers(word).items()
        }
        if word.quoted or word.field:
            return found
        for kind, other in self._others(word.text):
            for number, tier in self._tiers(fold(other)).items():
                found.setdefault(number, (tier, (Reason(word.shown, kind, other),)))
        for kind, named in (("publisher", self._publishers), ("category", self._categories)):
            chosen = {at for at, (_, name) in enumerate(named) if word.text in name}
            names = self.reader.manifest["publishers" if kind == "publisher" else "categories"]
            if chosen:
                for number, value in enumerate(self.reader.columns[kind]):
                    if value in chosen:
                        found.setdefault(number, (HEADED, (Reason(word.shown, kind, names[value][1]),)))
        return found

    def _others(self, text: str) -> Iterator[tuple[str, str]]:
        """Other words and spellings for a folded word."""
        for known, others in self.reader.manifest["synonyms"].items():
            if known in text:
                for other in others:
                    if fold(other) not in text:
                        yield "synonym", text.replace(known, other)
        for spelling in _spellings(text):
            yield "spelling", spelling

    def chosen(self, numbers: tuple[int, ...], choice: Choice, but: str = "") -> tuple[int, ...]:
        """Those that all filters let pass, or all filters `but` one."""
        tests = [
            self._values(name, getattr(choice, name))
            for name in FILTERS
            if name != but and getattr(choice, name)
        ]
        return tuple(number for number in numbers if all(test(number) for test in tests))

    def counts(self, numbers: tuple[int, ...], choice: Choice) -> dict[str, dict[str, int]]:
        """For each filter its values, with how many there would be if that one were chosen."""
        found: dict[str, dict[str, int]] = {}
        for name in FILTERS:
            counted: dict[str, int] = {}
            for number in self.chosen(numbers, choice, name):
                value = self.value(name, number)
                counted[value] = counted.get(value, 0) + 1
            found[name] = counted
        return found

    def value(self, name: str, number: int) -> str:
        """What a filter sees of a notice."""
        manifest = self.reader.manifest
        if name == "status":
            return STATUS_OF.get(self.marks[number], self.marks[number])
        if name == "year":
            return str(self.reader.columns["year"][number])
        if name == "regime":
            return str(manifest["publishers"][self.reader.columns["publisher"][number]][2])
        names = manifest["publishers" if name == "publisher" else "categories"]
        return str(names[self.reader.columns[name][number]][0])

    def _values(self, name: str, value: str) -> Callable[[int], bool]:
        return lambda number: self.value(name, number) == value


_NAMED = frozenset({"publisher", "category"})
_WORDED = frozenset({"synonym", "spelling"})


def _spellings(text: str) -> list[str]:
    """Other ways to write a folded word: without what stands at its edges, numbers, brackets."""
    numbers = (
        text,
        _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text),
        _PLAIN.sub(lambda match: f"{int(match[0]):,}", text),
    )
    rounded = (_ZEROS.sub(lambda match: match[1] or "", number) for number in numbers)
    others = (text.strip(_EDGES), *numbers, *rounded, text.translate(_BRACKETED))
    return [other for other in dict.fromkeys(others) if other and other != text]
