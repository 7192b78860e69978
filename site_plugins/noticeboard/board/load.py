"""The whole notices folder, read and checked: everything that does not depend on the day."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from .addresses import AddressList, read_addresses
from .body import EMPTY, read_body
from .catalogue import Catalogue, read_catalogue
from .clearance import clearance_problems
from .document import Document, Renderer
from .fields import FRONT_MATTER_NAMES
from .files import Tree, read_tree
from .guide import GUIDE_FILE, Guide, read_guide
from .links import Attachment, LinkedNotice, Links, unused
from .notice import NATIONAL_FORM, Lists, Notice, Reference, read_notice
from .problem import Param, Place, Problem, Severity, excerpt
from .publisher import Publishers, read_publishers
from .rules import check_dates
from .source import MAX_BYTES, Scalar, Source, read_source
from .workdays import WorkingDays, read_holidays

PUBLISHERS_FILE = "publishers.yml"
CATALOGUE_FILE = "catalogue.yml"
HOLIDAYS_FILE = "holidays.yml"
ADDRESSES_FILE = "addresses.txt"
#: What proves that a notice was reviewed: the flag alone, a record, or a record bound to the content.
ClearanceMode = Literal["flag", "record", "bound"]
OWN_FILES = (PUBLISHERS_FILE, CATALOGUE_FILE, HOLIDAYS_FILE, GUIDE_FILE, ADDRESSES_FILE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice file. `notice` is None where its front matter could not be understood."""

    id: str
    path: str
    source: Source
    notice: Notice | None
    document: Document
    comments: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    links: tuple[LinkedNotice, ...]
    supersedes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title as far as it can be read: staff are told which notice is meant."""
        if self.notice is not None:
            return self.notice.title
        for key, value in self.source.front.entries if self.source.front else ():
            if key.text in {"title", "标题"} and isinstance(value, Scalar):
                return value.text.strip()
        return ""


@dataclass(slots=True)
class Reading:
    """Remembers parsed texts between two builds of one process (live preview)."""

    renderer: Renderer = field(default_factory=Renderer)
    sources: dict[tuple[str, bytes], Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Board:
    """What the notices folder holds. `problems` are those that hold on every day."""

    root: Path
    prefix: str
    tree: Tree
    publishers: Publishers | None
    catalogue: Catalogue | None
    entries: dict[str, Entry]
    guide: Guide
    addresses: AddressList
    problems: tuple[Problem, ...]
    #: id → what the gate found in the notice and its files and let pass; under "", in the board's own files.
    #: Never shown: a finished site is compared with it.
    tolerated: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    #: Path of an attachment → the lines that a reader of it sees; of every notice that was looked into, also
    #: of those that are not published. Empty where the gate has not looked.
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    working_days: WorkingDays = field(default_factory=WorkingDays, repr=False)

    @property
    def has_lists(self) -> bool:
        """Whether publishers and catalogue could be read; without them there is no site."""
        return self.publishers is not None and self.catalogue is not None


def load_board(
    root: Path,
    prefix: str = "notices/",
    reading: Reading | None = None,
    numbering: str = NATIONAL_FORM,
    reads: Callable[[Source], bool] = lambda source: True,
    clearance: ClearanceMode = "record",
    drafts: Mapping[str, bytes] | None = None,
) -> Board:
    """Read everything below `root`. Never raises for what a clerk may have written.

    `prefix` stands before every path in problems; `numbering` is the template of index numbers. Of a
    notice that `reads` denies, the text is left unread, with what it links to: enough to check others by,
    and never to publish. `clearance` is what proves a review. `drafts` are texts that are read in the place
    of what lies in the folder, by path within it. Raises OSError where a file cannot be opened.
    """
    reading = reading or Reading()
    tree = read_tree(root, prefix)
    problems = list(tree.problems)
    own = {name: (prefix + name, _optional(root / name)) for name in OWN_FILES}
    publishers = read_publishers(*own[PUBLISHERS_FILE], problems)
    catalogue = read_catalogue(*own[CATALOGUE_FILE], publishers, problems)
    days = WorkingDays(read_holidays(*own[HOLIDAYS_FILE], problems))
    lists = Lists(publishers, catalogue, days, numbering, record_needed=clearance != "flag")
    drafts = drafts or {}
    read: list[Entry] = []
    kept: dict[tuple[str, bytes], Source] = {}
    for identifier, path in tree.notices.items():
        try:
            data = drafts[path] if path in drafts else tree.read(path, MAX_BYTES + 1)
        except OSError:
            problems.append(Problem("file-unreadable", prefix + path))
            data = b""
        source = reading.sources.get((path, data)) or read_source(prefix + path, data, FRONT_MATTER_NAMES)
        kept[path, data] = source
        problems.extend(source.problems)
        notice = read_notice(identifier, source, lists, problems)
        if notice is not None and catalogue is not None:
            problems.extend(check_dates(notice, catalogue.items[notice.category], days))
        renderer = reading.renderer if reads(source) else None
        entry = _entry(identifier, path, source, notice, tree, prefix, renderer, problems)
        if notice is not None and renderer is not None:
            bound = clearance == "bound"
            problems.extend(clearance_problems(notice, source, entry.attachments, tree, prefix, bound))
        read.append(entry)
    reading.sources = kept
    reading.renderer.forget_the_unused()
    entries = _with_supersedes(read, tree, prefix, problems)
    problems.extend(_doubled(entries.values()))
    problems.extend(_address_clashes(entries.values()))
    used = {attachment.path for entry in entries.values() for attachment in entry.attachments}
    problems.extend(unused(tree, used, prefix))
    guide = read_guide(*own[GUIDE_FILE], root, publishers, reading.renderer, problems)
    addresses = read_addresses(*own[ADDRESSES_FILE], problems)
    ordered = tuple(sorted(problems, key=lambda problem: problem.sort_key))
    return Board(
        root, prefix, tree, publishers, catalogue, entries, guide, addresses, ordered, working_days=days
    )


def _optional(path: Path) -> bytes | None:
    """The bytes of one of the board's own files; a link is never followed."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _entry(
    identifier: str,
    path: str,
    source: Source,
    notice: Notice | None,
    tree: Tree,
    prefix: str,
    renderer: Renderer | None,
    problems: list[Problem],
) -> Entry:
    """One notice with what it names; without its text where there is no renderer."""
    links = Links(identifier, path, prefix, tree)
    for reference in notice.attachments if notice else ():
        links.attach(reference.text, reference.name, reference.place)
    document = EMPTY
    comments: tuple[str, ...] = ()
    if source.front is not None and renderer is not None:
        document, comments = read_body(source, links, renderer, problems)
    problems.extend(links.problems)
    return Entry(identifier, path, source, notice, document, comments, links.files, tuple(links.notices), ())


def _with_supersedes(read: list[Entry], tree: Tree, prefix: str, problems: list[Problem]) -> dict[str, Entry]:
    by_number = {entry.notice.index_number: entry.id for entry in read if entry.notice}
    entries = {}
    for entry in read:
        replaced = []
        for reference in entry.notice.supersedes if entry.notice else ():
            target = _superseded(entry, reference, tree, by_number)
            code = (
                "supersedes-unknown" if target is None else "supersedes-itself" if target == entry.id else ""
            )
            if target is None or code:
                place = reference.place
                params = {"found": excerpt(reference.text, 80)}
                problems.append(Problem(code, prefix + entry.path, place, "supersedes", params))
            else:
                replaced.append(target)
        unique = tuple(dict.fromkeys(replaced))
        entries[entry.id] = replace(entry, supersedes=unique)
    problems.extend(_cycles(entries))
    return entries


def _superseded(entry: Entry, written: Reference, tree: Tree, by_number: dict[str, str]) -> str | None:
    """The id that a path, an id or an index number stands for."""
    if written.text in by_number:
        return by_number[written.text]
    links = Links(entry.id, entry.path, "", tree)
    text = written.text.replace("\\", "/")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(entry.path), text))
    rooted = posixpath.normpath(text.removeprefix("notices/"))
    for path in (joined, rooted, f"{joined}.md", f"{rooted}.md"):
        if (identifier := links.notice_at(path)) is not None:
            return identifier
    return None


def _cycles(entries: dict[str, Entry]) -> Iterator[Problem]:
    """Notices that replace each other in a ring: none of them could ever be in force."""
    for entry in entries.values():
        waiting, seen = list(entry.supersedes), set()
        while waiting:
            current = waiting.pop()
            if current == entry.id:
                place = entry.notice.supersedes[0].place if entry.notice else Place()
                yield Problem("supersedes-cycle", entry.source.path, place, "supersedes")
                break
            if current not in seen:
                seen.add(current)
                waiting.extend(entries[current].supersedes)


def _doubled(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Index numbers and short addresses that two notices share; both files are named."""
    numbers: dict[str, list[Entry]] = defaultdict(list)
    shorts: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.notice is not None:
            numbers[entry.notice.index_number].append(entry)
            shorts[entry.notice.short].append(entry)
    for code, groups in (("index-number-duplicate", numbers), ("short-address-duplicate", shorts)):
        for value, sharing in groups.items():
            if len(sharing) > 1:
                for entry in sharing:
                    others = tuple(other.source.path for other in sharing if other is not entry)
                    params: dict[str, Param] = {"found": value, "other": others}
                    place = entry.notice.place("index_number") if entry.notice else Place()
                    yield Problem(code, entry.source.path, place, "index_number", params)


def _address_clashes(entries: Iterable[Entry]) -> Iterator[Problem]:
    """A file of the site where another file needs a folder: `1/2.pdf` beside the notice `1/2.pdf.md`."""
    owners: dict[str, Entry] = {}
    for entry in entries:
        owners[f"{entry.id}/index.html".casefold()] = entry
        for attachment in entry.attachments:
            owners[f"{entry.id}/{posixpath.basename(attachment.path)}".casefold()] = entry
    for path, entry in owners.items():
        for folder in PurePosixPath(path).parents:
            if (other := owners.get(str(folder))) is not None:
                yield Problem("address-clash", entry.source.path, params={"other": other.source.path})
                yield Problem("address-clash", other.source.path, params={"other": entry.source.path})


def erroneous_paths(problems: Iterable[Problem]) -> frozenset[str]:
    """The files that an error was found in."""
    return frozenset(problem.path for problem in problems if problem.severity is Severity.ERROR)
