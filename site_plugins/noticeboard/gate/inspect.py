"""Looks into every notice and every file that one names for what is private, secret or unreadable.

What it finds becomes problems at the file itself, so that a notice with such an error is withheld like
one with any other. Of a finding a problem holds its kind, its place, a masked sample and its fingerprint.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote

from ..board.catalogue import Catalogue
from ..board.document import Document
from ..board.fields import CLEARANCE, NOTICE
from ..board.guide import GUIDE_FILE
from ..board.load import OWN_FILES, Board, Entry
from ..board.notice import Clearance, Notice
from ..board.problem import Param, Place, Problem
from ..board.source import Listing, Mapping, Node, Scalar, Source
from ..privacy.finding import Finding, Kind
from ..privacy.policy import Policy, Weight
from ..privacy.scan import Known, scan
from ..readers.open import open_bytes, open_path
from ..readers.passage import FOR_A_PERSON, Opened, Passage, Steps, Unread
from ..readers.seen import seen_lines
from .fingerprint import fingerprint
from .public import contacts_of, contacts_of_notice, known_to
from .told import PICTURE_CODES, found_problem, steps_of, unread_problem

_CONSULTATION = re.compile("征求意见|意见征集|征集意见|听证|公开征集")
#: Parts of a record that hold hashes and nothing to look for.
_HASHES = frozenset({"digest", "unreadable", "waivers"})
#: Of one passage of a file. Honest texts are looked through in a hundredth of a second for each of these.
MAX_CHARACTERS = 250_000
#: Seconds of processor time for all of a file; honest files need less than a tenth of them.
MAX_SECONDS = 1.0
#: More findings of one kind in one column than this are told as one problem.
_SINGLE = 3
_SPELLED = {spelling: key.name for key in (*NOTICE, *CLEARANCE) for spelling in (key.name, *key.aliases)}


@dataclass(frozen=True, slots=True, repr=False)
class _Hit:
    """A finding with the file and the passage that it stands in; `at` is where in the file, if that is known
    better than by the passage.
    """

    path: str
    passage: Passage
    finding: Finding
    at: Place | None = None

    @property
    def place(self) -> Place:
        return self.at or self.passage.place_of(self.finding.start)


@dataclass(frozen=True, slots=True, repr=False)
class _Looked:
    """What one file holds: findings in their passages, what pictures tell of themselves, what is unread, and
    the lines that a reader of it sees.
    """

    hits: tuple[tuple[Passage, Finding], ...] = ()
    pictures: tuple[tuple[str, Steps], ...] = ()
    unread: tuple[Unread, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(slots=True)
class Inspector:
    """Inspects boards by one policy. Remembers the files of a board by their bytes until its next reading.

    `key` gives the key of the fingerprints; it is asked for only where something was found.
    """

    policy: Policy
    key: Callable[[], bytes]
    _known: Known = field(default_factory=Known)
    _files: dict[str, _Looked] = field(default_factory=dict)
    _before: dict[str, _Looked] = field(default_factory=dict)

    def inspect(
        self,
        board: Board,
        reads: Callable[[Source], bool] = lambda source: True,
        opens: Callable[[str], bool] = lambda path: True,
    ) -> Board:
        """The same board with what was found among its problems, what was looked at and let pass, and the
        texts of the attachments.

        Notices that `reads` denies are not looked into, nor files that no notice names and `opens`
        denies, by their path in the folder. Raises OSError where a file cannot be opened.
        """
        known = known_to(board)
        if known != self._known:
            self._known, self._files = known, {}
        self._before, self._files = self._files, {}
        looking = _Looking(self, board, reads, opens, known)
        problems = sorted((*board.problems, *looking.problems()), key=lambda problem: problem.sort_key)
        tolerated = {identifier: frozenset(values) for identifier, values in looking.tolerated.items()}
        self._before = {}
        return replace(board, problems=tuple(problems), tolerated=tolerated, texts=looking.texts)

    def looked(self, board: Board, path: str) -> _Looked:
        """What a file of the notices folder holds."""
        if path in board.tree.too_large:
            return _Looked()  # named as such already, and never read
        name = path.rpartition("/")[2]
        known = f"{board.tree.sha256(path)} {name}"
        if known not in self._files:
            seen_before = self._before.get(known)
            self._files[known] = seen_before or _look(name, open_path(board.root / path), self._known)
        return self._files[known]


def _look(name: str, opened: Opened, known: Known) -> _Looked:
    hits: list[tuple[Passage, Finding]] = []
    unread = list(opened.unread)
    until = time.process_time() + MAX_SECONDS
    for passage in opened.passages:
        if len(passage.text) > MAX_CHARACTERS or time.process_time() > until:
            unread.append(Unread("too-long", passage.steps))
            break
        hits += ((passage, finding) for finding in scan(passage, known))
    pictures = ((PICTURE_CODES.get(passage.steps[-1:], ""), passage.steps) for passage in opened.passages)
    told = tuple((code, steps) for code, steps in pictures if code)
    return _Looked(tuple(hits), told, tuple(unread), seen_lines(name, opened.passages))


class _Looking:
    """One inspection of one board."""

    def __init__(
        self,
        inspector: Inspector,
        board: Board,
        reads: Callable[[Source], bool],
        opens: Callable[[str], bool],
        known: Known,
    ) -> None:
        self._inspector = inspector
        self._board = board
        self._reads = reads
        self._opens = opens
        self._known = known
        #: Values that stand in a notice and may: a finished site that shows it may hold them too.
        self.tolerated: dict[str, set[str]] = defaultdict(set)
        self.texts: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _public(self) -> frozenset[str]:
        return contacts_of(self._board)

    @cached_property
    def _key(self) -> bytes:
        return self._inspector.key()

    def problems(self) -> Iterator[Problem]:
        for entry in self._board.entries.values():
            if self._reads(entry.source):
                yield from self._of_entry(entry)
        yield from self._of_own_files()
        yield from self._of_unused()

    def _of_entry(self, entry: Entry) -> Iterator[Problem]:
        notice = entry.notice
        record = notice.clearance if notice else None
        public = self._public | contacts_of_notice(entry)
        may_be_draft = notice is None or not notice.cleared or _is_consultation(notice, self._board.catalogue)
        hits = [
            hit
            for hit in self._hits(entry)
            if not (hit.finding.kind is Kind.DRAFT and may_be_draft)
            and not self._is_public(hit, public, entry.id)
        ]
        waived = self._waived(hits, record)
        groups: dict[tuple[str, ...], list[_Hit]] = defaultdict(list)
        for hit in hits:
            weight = Weight.OFF if hit in waived else self._inspector.policy.weight(hit.finding)
            if weight is not Weight.ERROR:
                self.tolerated[entry.id].add(hit.finding.value)
            if weight is not Weight.OFF:
                groups[_group(hit, weight)].append(hit)
        for alike in groups.values():
            yield from self._told(alike)
        if record is not None:
            named = {self._name(hit) for hit in waived}
            for waiver in record.waivers:
                if waiver.finding not in named:
                    yield Problem(
                        "waiver-unmatched", entry.source.path, waiver.place, "clearance.waivers",
                        {"found": waiver.finding},
                    )  # fmt: skip
        for attachment in entry.attachments:
            looked = self._inspector.looked(self._board, attachment.path)
            self.texts[attachment.path] = looked.lines
            for code, steps in looked.pictures:
                yield Problem(
                    code, self._board.prefix + attachment.path, params={"steps": steps_of(steps[:-1])}
                )
            yield from self._unread(attachment.path, record)

    def _is_public(self, hit: _Hit, public: frozenset[str], owner: str) -> bool:
        if hit.finding.value in public:
            self.tolerated[owner].add(hit.finding.value)
            return True
        return False

    def _waived(self, hits: list[_Hit], record: Clearance | None) -> list[_Hit]:
        names = {waiver.finding for waiver in record.waivers} if record else set()
        return [hit for hit in hits if self._name(hit) in names] if names else []

    def _hits(self, entry: Entry) -> Iterator[_Hit]:
        yield from _in_source(entry, self._known)
        for attachment in entry.attachments:
            yield from self._in_file(attachment.path)

    def _in_file(self, path: str) -> Iterator[_Hit]:
        for passage, finding in self._inspector.looked(self._board, path).hits:
            yield _Hit(self._board.prefix + path, passage, finding)

    def _told(self, hits: list[_Hit]) -> Iterator[Problem]:
        """One problem for each, or one for all of a column."""
        together = len(hits) > _SINGLE
        for hit in hits[:1] if together else hits:
            weight = self._inspector.policy.weight(hit.finding)
            yield self._problem(hit, weight, len(hits) if together else 1)

    def _problem(self, hit: _Hit, weight: Weight, count: int = 1) -> Problem:
        return found_problem(hit.path, hit.place, hit.passage, hit.finding, weight, count, self._name(hit))

    def _name(self, hit: _Hit) -> str:
        return fingerprint(self._key, hit.path, hit.passage, hit.finding)

    def _unread(self, path: str, record: Clearance | None) -> Iterator[Problem]:
        """What of a file no machine could read, unless a person looked at these very bytes."""
        listed = {seen.sha256 for seen in record.unreadable} if record else set()
        told = set()
        for unread in self._inspector.looked(self._board, path).unread:
            digest = self._board.tree.sha256(path)
            if unread.reason in told or (unread.reason in FOR_A_PERSON and digest in listed):
                continue
            told.add(unread.reason)
            yield unread_problem(self._board.prefix + path, unread, digest)

    def _of_own_files(self) -> Iterator[Problem]:
        """The board's own files are published as well: the guide, the publishers, the catalogue."""
        for name in OWN_FILES:
            file = self._board.root / name
            if not self._opens(name) or not file.is_file() or file.is_symlink():
                continue
            text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
            guide = self._board.guide
            shown = _as_read(guide.document, guide.place) if name == GUIDE_FILE else ()
            told = set()
            for passage in (Passage(text), *shown):
                for finding in scan(passage, self._known):
                    hit = _Hit(self._board.prefix + name, passage, finding)
                    weight = self._inspector.policy.weight(finding)
                    if self._is_public(hit, self._public, "") or weight is not Weight.ERROR:
                        self.tolerated[""].add(finding.value)
                    elif finding.value not in told:
                        told.add(finding.value)
                        yield self._problem(hit, weight)

    def _of_unused(self) -> Iterator[Problem]:
        """Files that no notice names stay at home; what is private in one lies in the repository."""
        tree = self._board.tree
        used = {attachment.path for entry in self._board.entries.values() for attachment in entry.attachments}
        for path in sorted(filter(self._opens, tree.others - used - tree.mistaken)):
            policy = self._inspector.policy
            hits = [hit for hit in self._in_file(path) if policy.weight(hit.finding) is Weight.ERROR]
            if hits:
                params: dict[str, Param] = {"count": str(len(hits)), "steps": steps_of(hits[0].passage.steps)}
                yield Problem("unused-private", hits[0].path, hits[0].place, params=params)


def _is_consultation(notice: Notice, catalogue: Catalogue | None) -> bool:
    """Whether the notice's item is one under which drafts are put to the public."""
    item = catalogue.items.get(notice.category) if catalogue else None
    return item is not None and bool(_CONSULTATION.search(item.name + item.contents))


def _in_source(entry: Entry, known: Known) -> Iterator[_Hit]:
    """What stands in a notice's own file: fields, the text as the public reads it, then all the rest.

    Read as a page, a number is whole although marks stand between its digits, and a table has headings;
    the file as it was written tells the line, and holds what no page shows, such as comments, and links
    with their percent signs.
    """
    path, text = entry.source.path, entry.source.text
    written = [
        _Hit(path, whole, finding, place)
        for whole in map(Passage, dict.fromkeys((text, unquote(text))))
        for finding, place in _placed(whole, scan(whole, known))
    ]
    lines = {(hit.finding.kind, hit.finding.value): hit.at for hit in reversed(written)}
    told = set()
    for passage in (
        Passage(path),
        *_fields(entry.source.front),
        *_as_read(entry.document, Place(entry.source.body_line)),
    ):
        for finding in scan(passage, known):
            told.add(finding.value)
            place = lines.get((finding.kind, finding.value)) or passage.place
            yield _Hit(path, passage, finding, place)
    unseen = (hit for hit in written if hit.finding.value not in told)
    yield from {(hit.finding.value, hit.place.line): hit for hit in unseen}.values()


def _placed(whole: Passage, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Place]]:
    """Findings of a whole text with their lines and columns, however many they are."""
    starts = [0, *(match.end() for match in re.finditer("\n", whole.text))]
    for finding in findings:
        line = bisect_right(starts, finding.start)
        yield finding, Place(line, finding.start - starts[line - 1] + 1)


def _fields(node: Node | None, heading: str = "") -> Iterator[Passage]:
    if isinstance(node, Scalar):
        yield Passage(node.text, node.place, heading=heading)
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _fields(item, heading)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if _SPELLED.get(key.text) not in _HASHES:
                yield from _fields(value, key.text)


def _as_read(document: Document, place: Place) -> Iterator[Passage]:
    """A text as the public reads it; all of it at the place where it begins."""
    if document.html:
        for passage in open_bytes("text.html", document.html.encode()).passages:
            yield replace(passage, place=place)


def _group(hit: _Hit, weight: Weight) -> tuple[str, ...]:
    """Findings told together: alike, and in one column of one file."""
    finding, sheets = hit.finding, (name for kind, name in hit.passage.steps if kind == "sheet")
    return (hit.path, finding.kind, finding.confidence, weight, finding.word, hit.passage.heading, *sheets)
