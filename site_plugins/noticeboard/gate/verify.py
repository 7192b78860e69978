"""Reads a finished site and proves that it holds nothing it may not hold, and all that it must.

Nothing of the build is trusted: the notices folder is read again, and what a site must consist of
follows from that alone.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from ..board.load import Board
from ..board.register import Register
from ..posters.proof import Proof
from ..posters.reading import Unreadable, made_with, text_of_pdf
from ..privacy.policy import Policy, Weight
from ..privacy.scan import scan
from ..readers.open import open_bytes
from ..readers.passage import Passage
from ..views.days import Count
from ..views.frame import Frame, SiteSettings
from ..views.outputs import NOTICES_JSON, Outputs, path_of, strings
from ..views.page import Page
from ..views.poster import POSTERS
from ..views.screen import TEMPLATE as SCREEN_TEMPLATE
from ..views.screen import ScreenPage
from ..views.search import is_attached_text, is_only_compared, lines_to_find
from ..views.words import Words
from .forbidden import Forbidden, pieces_of_page
from .public import known_to

_TEXT = (".html", ".xml", ".json", ".csv", ".ics", ".txt", ".js", ".css", ".svg", ".md", ".yml", ".map")
_SHA256 = re.compile(r"\b[0-9a-fA-F]{64}\b")
_STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r'"([^"]+)"')
#: `{{ site.name }}`, `{{ view.items | length }}`, `{{ count(view.total) }}`
_VALUE = re.compile(r"\{\{ (?:count\()?((?:site|here|view)(?:\.\w+)+)\)?( \| length)? \}\}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_BODY = re.compile(r"<!--body-->(.*)<!--/body-->", re.DOTALL)
#: What a screen runs, is drawn with and shows, and the policy that allows it.
_SCREEN_PART = re.compile(
    r"<(script|style)\b[^>]*>.*?</\1\s*>|<meta http-equiv=[^>]*>", re.DOTALL | re.IGNORECASE
)
#: `{{ making.screen.style_hash }}`, `{{ view.data | safe }}`
_FILLED_IN = re.compile(r"\{\{ ([\w.]+)(?: \| safe)? \}\}")
MAX_DEPTH = 3
MAX_MEMBERS = 2_000
MAX_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a finished site: where, which kind, and which source it comes from."""

    path: str
    code: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """What the theme adds to every site.

    `files`: path in the site → file; `text`: the name of a template → its text; `words`: the site's own;
    `screen`: style and script of the screens, with the hash of each.
    """

    files: Mapping[str, Path]
    text: Mapping[str, str]
    words: tuple[str, ...]
    screen: Mapping[str, str]


def verify_site(
    site: Path,
    board: Board,
    today: date,
    settings: SiteSettings,
    theme: ThemeFiles,
    words: Words,
    policy: Policy,
) -> tuple[list[Finding], int]:
    """Everything wrong with the site in `site`, in order of path, and how many files were read.

    The site is held to the day it was built for, which may not lie after `today`; what must not be
    seen is decided on `today`. `board` is an inspected one, by `policy`: what it tolerates may stand in
    the site, other private things may not. Raises OSError where a file of the site cannot be read.
    """
    if not board.has_lists:
        return [Finding(NOTICES_JSON, "board-faulty")], 0
    day = as_of(site)
    if day is None:
        return [Finding(NOTICES_JSON, "register-missing")], 0
    if day > today:
        return [Finding(NOTICES_JSON, "as-of-in-future", day.isoformat())], 0
    check = _Check(site, board, day, today, settings, theme, words, policy)
    return sorted(check.findings(), key=lambda finding: (finding.path, finding.code)), check.files_read


#: No fault, but less proof: a poster that another machine set, with other fonts, cannot be the same bytes.
OTHER_FONTS = "poster-other-fonts"


def compare_sites(site: Path, again: Path) -> Iterator[Finding]:
    """Files that differ from those of the same site made once more from the same notices."""
    posters, different = [], []
    for path, file in sorted(walk(again)):
        found = site / path
        is_poster = path.startswith(POSTERS) and path.endswith(".pdf")
        posters += [path] if is_poster else []
        if _is_plain_file(found) and found.read_bytes() != file.read_bytes():
            different += [path] if is_poster else []
            if not is_poster:
                yield Finding(path, "file-changed")
    # Another machine has other fonts for all of them; one among many was changed by somebody.
    elsewhere = different == posters and all(
        made_with((site / path).read_bytes()) != made_with((again / path).read_bytes()) for path in different
    )
    yield from (Finding(path, OTHER_FONTS if elsewhere else "file-changed") for path in different)


def as_of(site: Path) -> date | None:
    """The day a site says it was built for, or None where it does not say so."""
    try:
        return day_of((site / NOTICES_JSON).read_bytes()) if _is_plain_file(site / NOTICES_JSON) else None
    except OSError:
        return None


def day_of(data: bytes) -> date | None:
    """The day that a site's data/notices.json says it was built for, or None where it does not say so."""
    try:
        return date.fromisoformat(json.loads(data)["as_of"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def walk(site: Path) -> Iterator[tuple[str, Path]]:
    """Every file of a site: its path from there, with forward slashes, and where it lies."""
    for folder, _, names in os.walk(site):
        for name in names:
            path = Path(folder, name)
            yield path.relative_to(site).as_posix(), path


def _is_plain_file(path: Path) -> bool:
    """Not a link, a folder, a pipe or a device: those are never opened."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


class _Check:
    def __init__(
        self,
        site: Path,
        board: Board,
        day: date,
        today: date,
        settings: SiteSettings,
        theme: ThemeFiles,
        words: Words,
        policy: Policy,
    ) -> None:
        self._site = site
        self._policy = policy
        self._known = known_to(board)
        self._proof = Proof(words.poster())
        #: Posters that say what they should.
        self._proven: set[str] = set()
        #: Texts that were looked at: most of a page stands on every other as well.
        self._harmless: set[str] = set()
        self._register = register = Register(board, day)
        self._outputs = Outputs(register, settings, words)
        self._theme = theme
        self._now = now = self._outputs if day == today else Outputs(Register(board, today), settings, words)
        self._expected = self._outputs.paths() | set(theme.files)
        own_names = {PurePosixPath(path).name for path in self._expected - set(self._outputs.attachments)}
        allowed = (
            *now.texts(),
            *theme.words,
            *_frames(theme, now.frame, (page for page in now.pages if page.template != "notice.html")),
            *_frames(theme, self._outputs.frame),  # an older site says an older day
            *strings(self._outputs.frame),
            *own_names,
        )
        shown = (board.tolerated.get(name, frozenset()) for name in (*now.register.published, ""))
        self._tolerated = frozenset().union(*shown)
        self._forbidden = Forbidden(now.register, allowed, own_names)
        self._bodies = {
            path_of(self._outputs.site.rows[row.id].url): row for row in register.published.values()
        }
        self._screens: dict[str, ScreenPage] = {
            path_of(page.address): page.view
            for page in self._outputs.pages
            if page.template == SCREEN_TEMPLATE
        }
        self.files_read = 0

    def findings(self) -> Iterator[Finding]:
        found: set[str] = set()
        for path, file in sorted(walk(self._site)):
            found.add(path)
            self.files_read += 1
            shown = path.encode("utf-8", "replace").decode()
            if file.is_symlink():
                yield Finding(shown, "symlink")
            elif not _is_plain_file(file):
                yield Finding(shown, "file-special")
            else:
                data = file.read_bytes()
                if path not in self._expected:
                    yield Finding(shown, "file-not-accounted")
                yield from self._unchanged(path, data)
                yield from self._clean(shown, data)
        for path in sorted(self._expected - found):
            yield Finding(path, "file-missing")
        yield from self._folders()

    def _folders(self) -> Iterator[Finding]:
        """A folder that holds nothing still has a name."""
        expected = {str(folder) for path in self._expected for folder in PurePosixPath(path).parents}
        for place, names, _ in os.walk(self._site):
            for name in names:
                path = Path(place, name).relative_to(self._site).as_posix()
                if Path(place, name).is_symlink():
                    yield Finding(path.encode("utf-8", "replace").decode(), "symlink")
                elif path not in expected:
                    yield Finding(path.encode("utf-8", "replace").decode(), "file-not-accounted")

    def _unchanged(self, path: str, data: bytes) -> Iterator[Finding]:
        """Each file is what its source says."""
        if path in self._outputs.data:
            if data != self._outputs.data[path]:
                yield Finding(path, "data-changed")
        elif path in self._outputs.attachments:
            expected = self._register.board.tree.sha256(self._outputs.attachments[path])
            if sha256(data).hexdigest() != expected:
                yield Finding(path, "attachment-changed")
        elif path in self._outputs.posters:
            if self._proof.holds(self._outputs.posters[path], data):
                self._proven.add(path)
            else:
                yield Finding(path, "poster-changed")
        elif path in self._theme.files:
            if data != self._theme.files[path].read_bytes():
                yield Finding(path, "file-changed")
        elif path in self._bodies and not self._says_the_same(path, data):
            yield Finding(path, "page-changed")
        elif path in self._screens and not self._is_screen(path, data):
            yield Finding(path, "screen-changed")

    def _says_the_same(self, path: str, data: bytes) -> bool:
        row = self._bodies[path]
        body = _BODY.search(data.decode("utf-8", "replace"))
        return row.removed == (body is None) and (body is None or body[1] == row.document.html)

    def _is_screen(self, path: str, data: bytes) -> bool:
        """Whether the parts of a screen are those of the theme, with its own data in them."""
        view = self._screens[path]
        values = {f"making.screen.{name}": value for name, value in self._theme.screen.items()}
        values |= {"view.data": view.data, "view.sha256": view.sha256}
        parts = _screen_parts(self._theme.text[SCREEN_TEMPLATE])
        expected = [_FILLED_IN.sub(lambda match: values.get(match[1], match[0]), part) for part in parts]
        return _screen_parts(data.decode("utf-8", "replace")) == expected

    def _clean(self, path: str, data: bytes) -> Iterator[Finding]:
        """Nothing of the unpublished stands in the file, its name or what is packed in it."""
        is_data = path in self._outputs.data
        if path in self._theme.files or (is_data and is_only_compared(path)):
            return  # compared byte by byte with the theme's own, or with what the register gives
        if path in self._outputs.posters:
            yield from self._clean_poster(path, data)
            return
        cleared = path in self._outputs.attachments or (is_data and is_attached_text(path))
        yield from self._clean_name(path, path, cleared)
        yield from self._clean_bytes(path, path, data, cleared, 0)
        yield from self._nothing_private(path, data)

    def _clean_poster(self, path: str, data: bytes) -> Iterator[Finding]:
        """A poster that says what a notice says, which is public today, was looked into with that notice."""
        yield from self._clean_name(path, path, False)
        if path in self._proven and self._outputs.posters[path] == self._now.posters.get(path):
            return
        try:
            text = text_of_pdf(data)
        except Unreadable:
            yield Finding(path, "text-unreadable")
            return
        yield from self._clean_text(path, "", text.encode(), False)
        for line in text.split("\n"):
            if (sample := self._private(Passage(line))) is not None:
                yield Finding(path, "private", sample)
                return

    def _nothing_private(self, path: str, data: bytes) -> Iterator[Finding]:
        """The same detectors as before the commit, on what the public gets.

        An attachment with the bytes of its source was looked into with the notice it belongs to.
        """
        source = self._outputs.attachments.get(path)
        if source and sha256(data).hexdigest() == self._register.board.tree.sha256(source):
            return
        passages: Iterable[Passage]
        if source is None and path.endswith(_TEXT):
            pieces = lines_to_find(path, data) or pieces_of_page(
                _unescaped(_SHA256.sub("", data.decode("utf-8", "replace")))
            )
            passages = (Passage(piece) for piece in pieces if piece not in self._harmless)
        else:
            passages = open_bytes(path, data).passages
        for passage in (Passage(path), *passages):
            if (sample := self._private(passage)) is not None:
                yield Finding(path, "private", sample)
                return
            self._harmless.add(passage.text)

    def _private(self, passage: Passage) -> str | None:
        """A masked sample of the first thing that may not be public, or None."""
        for found in scan(passage, self._known):
            if self._policy.weight(found) is Weight.ERROR and found.value not in self._tolerated:
                return found.sample
        return None

    def _clean_name(self, path: str, name: str, cleared: bool) -> Iterator[Finding]:
        name = unquote(name)
        if (source := self._forbidden.in_name(name)) is not None:
            yield Finding(path, "withheld-name", source)
        elif cleared and (source := self._forbidden.in_cleared_file(name)) is not None:
            yield Finding(path, "withheld-title", source)
        elif not cleared and (hit := self._forbidden.in_text(name)) is not None:
            yield Finding(path, f"withheld-{hit[0]}", hit[1])

    def _clean_bytes(self, path: str, name: str, data: bytes, cleared: bool, depth: int) -> Iterator[Finding]:
        if (source := self._forbidden.hashes.get(sha256(data).hexdigest())) is not None:
            yield Finding(path, "withheld-file", source)
        if data[:2] == b"\x1f\x8b" or data[:4] == b"PK\x03\x04":
            yield from self._packed(path, data, cleared, depth + 1)
        elif not cleared or name.lower().endswith(_TEXT):
            yield from self._clean_text(path, name, data, cleared)

    def _clean_text(self, path: str, name: str, data: bytes, cleared: bool) -> Iterator[Finding]:
        try:
            text = _decoded(name, data)
        except UnicodeDecodeError:
            if not cleared:
                yield Finding(path, "text-unreadable")
            return
        if cleared:
            if (source := self._forbidden.in_cleared_file(text)) is not None:
                yield Finding(path, "withheld-title", source)
            return
        for digest in _SHA256.findall(text):
            if (source := self._forbidden.hashes.get(digest.lower())) is not None:
                yield Finding(path, "withheld-file", source)
        texts = {text := _SHA256.sub("", text), unquote(text), unquote(unquote(text)), _unescaped(text)}
        hits = (self._forbidden.in_text(each) for each in texts)
        if (hit := next((found for found in hits if found), None)) is not None:
            yield Finding(path, f"withheld-{hit[0]}", hit[1])
        names = (self._forbidden.in_name(each) for each in texts)
        if (source := next((found for found in names if found), None)) is not None:
            yield Finding(path, "withheld-name", source)

    def _packed(self, path: str, data: bytes, cleared: bool, depth: int) -> Iterator[Finding]:
        if depth > MAX_DEPTH:
            if not cleared:
                yield Finding(path, "archive-too-large")
            return
        try:
            for name, content in _unpack(data):
                yield from self._clean_name(path, name, cleared)
                yield from self._clean_bytes(path, name, content, cleared, depth)
        except _TooLarge:
            if not cleared:
                yield Finding(path, "archive-too-large")
        except (
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
        ):
            if not cleared:  # a cleared attachment is the very bytes that its reviewer released
                yield Finding(path, "archive-unreadable")


def _screen_parts(page: str) -> list[str]:
    return [match[0] for match in _SCREEN_PART.finditer(page)]


def _frames(theme: ThemeFiles, frame: Frame, pages: Iterable[Page] = ()) -> Iterator[str]:
    """The templates with what they say of a board, and of each page that lists, in its place.

    A sentence that a template and a value make together stands in neither of them.
    """
    templates = {name: _STATEMENT.sub("", text) for name, text in theme.text.items()}
    for text in templates.values():
        yield _filled(text, {"site": frame})
    # Sentences that a template goes through one by one.
    for text in theme.text.values():
        yield from (said for part in _STATEMENT.findall(text) for said in _QUOTED.findall(part))
    # Of each page only the lines that say something of it: the rest is the same on all of them.
    saying = {
        name: "\n".join(line for line in text.split("\n") if _VALUE.search(line))
        for name, text in templates.items()
    }
    for page in pages:
        yield _filled(saying.get(page.template, ""), {"site": frame, "here": page, "view": page.view})


def _filled(text: str, values: Mapping[str, object]) -> str:
    return _VALUE.sub(lambda match: _value(match[1], values, bool(match[2])), text)


def _value(path: str, values: Mapping[str, object], counted: bool) -> str:
    """What a dotted name of a template stands for: a text, a number, or how many there are."""
    name, *rest = path.split(".")
    found: object = values.get(name)
    for part in rest:
        found = getattr(found, part, None)
    if counted and isinstance(found, tuple):
        return str(len(found))
    if isinstance(found, Count):
        return str(found.number)
    return str(found) if isinstance(found, (str, int)) else ""


class _TooLarge(Exception):
    """A packed file would unpack to more than the limits allow."""


def _unpack(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:2] == b"\x1f\x8b":
        with gzip.open(io.BytesIO(data)) as stream:
            content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise _TooLarge
        yield "", content
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_BYTES:
            raise _TooLarge
        notes = [archive.comment, *(member.comment for member in archive.infolist())]
        yield "", b"\n".join(notes)
        yield "\n".join(archive.namelist()), b""
        for member in members:
            with archive.open(member) as stream:
                content = stream.read(member.file_size + 1)
            if len(content) > member.file_size:
                raise _TooLarge
            yield member.filename, content


def _unescaped(text: str) -> str:
    """With `\\uXXXX` as the characters they stand for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "\\u" in text else text


def _decoded(name: str, data: bytes) -> str:
    text = data.decode("utf-8")
    if name.endswith(".ics"):
        return re.sub(r"\\([,;\\])", r"\1", text.replace("\r\n ", ""))
    if name.endswith(".json"):
        try:
            return json.dumps(json.loads(text), ensure_ascii=False, indent=0).replace('\\"', '"')
        except (ValueError, RecursionError):
            return text
    return text
