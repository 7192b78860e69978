"""The whole notices folder, read and checked: everything that does not depend on the day."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path, PurePosixPath

from .catalogue import Catalogue, read_catalogue
from .document import (
    WIDE_LINK,
    CommentNotClosed,
    Document,
    Renderer,
    removed,
    sanitise,
    tangled,
    without_comments,
)
from .fields import FRONT_MATTER_NAMES
from .files import Tree, read_tree
from .links import Attachment, LinkedNotice, Links, unused
from .notice import Lists, Notice, Reference, read_notice
from .problem import Fault, Param, Place, Problem, Severity
from .publisher import Publishers, read_publishers
from .source import (
    INVISIBLE,
    MAX_BYTES,
    Mapping,
    Scalar,
    Source,
    code_point,
    decode,
    hidden_in_body,
    read_source,
)
from .workdays import WorkingDays

PUBLISHERS_FILE = "publishers.yml"
CATALOGUE_FILE = "catalogue.yml"
GUIDE_FILE = "guide.md"
_EMPTY = Document("", "")


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
    guide: Document
    problems: tuple[Problem, ...]


def load_board(root: Path, prefix: str = "notices/", reading: Reading | None = None) -> Board:
    """Read everything below `root`. Never raises for what a clerk may have written.

    `prefix` stands before every path in problems. Raises OSError where a file cannot be opened.
    """
    reading = reading or Reading()
    tree = read_tree(root, prefix)
    problems = list(tree.problems)
    publishers = read_publishers(prefix + PUBLISHERS_FILE, _optional(root / PUBLISHERS_FILE), problems)
    catalogue = read_catalogue(prefix + CATALOGUE_FILE, _optional(root / CATALOGUE_FILE), problems)
    lists = Lists(publishers, catalogue, WorkingDays())
    read: list[Entry] = []
    kept: dict[tuple[str, bytes], Source] = {}
    for identifier, path in tree.notices.items():
        try:
            data = tree.read(path, MAX_BYTES + 1)
        except OSError:
            problems.append(Problem("file-unreadable", prefix + path))
            data = b""
        source = reading.sources.get((path, data)) or read_source(prefix + path, data, FRONT_MATTER_NAMES)
        kept[path, data] = source
        problems.extend(source.problems)
        notice = read_notice(identifier, source, lists, problems)
        read.append(_entry(identifier, path, source, notice, tree, prefix, reading.renderer, problems))
    reading.sources = kept
    reading.renderer.forget_the_unused()
    entries = _with_supersedes(read, tree, prefix, problems)
    problems.extend(_doubled(entries.values()))
    problems.extend(_address_clashes(entries.values()))
    used = {attachment.path for entry in entries.values() for attachment in entry.attachments}
    problems.extend(unused(tree, used, prefix))
    guide = _guide(root / GUIDE_FILE, prefix + GUIDE_FILE, reading.renderer, problems)
    ordered = tuple(sorted(problems, key=lambda problem: problem.sort_key))
    return Board(root, prefix, tree, publishers, catalogue, entries, guide, ordered)


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
    renderer: Renderer,
    problems: list[Problem],
) -> Entry:
    links = Links(identifier, path, prefix, tree)
    for reference in notice.attachments if notice else ():
        links.attach(reference.text, reference.name, reference.place)
    document = _EMPTY
    comments: tuple[str, ...] = ()
    if source.front is not None:
        document, comments = _document(source, links, renderer, problems)
    problems.extend(links.problems)
    return Entry(identifier, path, source, notice, document, comments, links.files, tuple(links.notices), ())


def _document(
    source: Source, links: Links, renderer: Renderer, problems: list[Problem]
) -> tuple[Document, tuple[str, ...]]:
    def name(code: str, line: int, **params: str) -> None:
        problems.append(Problem(code, source.path, Place(line), "body", params))

    first = source.body_line
    try:
        body, comments = without_comments(source.body)
    except CommentNotClosed as error:
        name("comment-not-closed", first + error.line - 1)
        return _EMPTY, (source.body,)
    if (line := tangled(body)) is not None:
        name("body-tangled", first + line - 1)
        return _EMPTY, comments
    if found := removed(body):
        name("html-removed", first + body.count("\n", 0, found.start()), found=found[0][:40])
    if wide := WIDE_LINK.search(body):
        name("link-full-width", first + body.count("\n", 0, wide.start()), found=wide[0][:40])

    def resolve(link: str, picture: bool) -> str | None:
        at = _where(link, body)
        line = first + body.count("\n", 0, at)
        return links.to(link, picture, Place(line, at - (body.rfind("\n", 0, at) + 1) + 1))

    try:
        document = sanitise(renderer.raw(body), resolve)
    except (Exception, RecursionError):  # Python-Markdown has asserted and recursed on hostile text
        name("body-unreadable", first)
        return _EMPTY, comments
    links.keep_what_the_text_shows(document.html)
    hidden = INVISIBLE.search(document.text)
    if hidden and not INVISIBLE.search(source.body):  # written as a character reference
        name("invisible-character", first, found=code_point(hidden[0]))
    if not document.text and "<img" not in document.html:
        name("body-empty", first)
    return document, comments


def _where(link: str, body: str) -> int:
    """Where a link stands in a body: as Markdown, as HTML, anywhere, or behind character references."""
    for text, form in ((body, f"]({link}"), (body, f'="{link}'), (body, link), (unescape(body), link)):
        if (at := text.find(form)) >= 0:
            return at + len(form) - len(link)
    return 0


def _guide(path: Path, shown: str, renderer: Renderer, problems: list[Problem]) -> Document:
    """The hand-written part of the disclosure guide: text without links into the notices."""
    data = _optional(path)
    if data is None:
        return _EMPTY
    try:
        text = decode(data)
    except Fault as fault:
        problems.append(Problem(fault.code, shown, fault.place, "", fault.params))
        return _EMPTY
    if not text.strip():
        return _EMPTY
    problems.extend(hidden_in_body(shown, text, 1))
    source = Source(shown, text, Mapping((), Place()), text, 1, ())
    links = Links("", GUIDE_FILE, shown.removesuffix(GUIDE_FILE), Tree(path.parent))
    document, _ = _document(source, links, renderer, problems)
    problems.extend(links.problems)
    return document


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
                params = {"found": reference.text[:80]}
                problems.append(Problem(code, prefix + entry.path, place, "supersedes", params))
            else:
                replaced.append(target)
        unique = tuple(dict.fromkeys(replaced))
        entries[entry.id] = Entry(
            entry.id, entry.path, entry.source, entry.notice, entry.document, entry.comments,
            entry.attachments, entry.links, unique,
        )  # fmt: skip
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
                    place = entry.notice.index_place if entry.notice else Place()
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
