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
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from ..board.load import Board
from ..board.register import Register
from ..views.outputs import MANIFEST, NOTICES_JSON, Outputs, SiteSettings, path_of
from ..views.words import Words
from .forbidden import Forbidden

_TEXT = (".html", ".xml", ".json", ".csv", ".ics", ".txt", ".js", ".css", ".svg", ".md", ".yml", ".map")
_BODY = re.compile(r"<!--body-->(.*)<!--/body-->", re.DOTALL)
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
    """What the theme adds to every site: path in the site → file, and the words in its templates."""

    files: Mapping[str, Path]
    text: tuple[str, ...]


def verify_site(
    site: Path, board: Board, today: date, settings: SiteSettings, theme: ThemeFiles, words: Words
) -> tuple[list[Finding], int]:
    """Everything wrong with the site in `site`, in order of path, and how many files were read.

    The site is held to the day it was built for, which may not lie after `today`; what must not be
    seen is decided on `today`. Raises OSError where a file of the site cannot be read.
    """
    if board.publishers is None or board.catalogue is None:
        return [Finding(MANIFEST, "board-faulty")], 0
    as_of = _as_of(site)
    if as_of is None:
        return [Finding(NOTICES_JSON, "manifest-missing")], 0
    if as_of > today:
        return [Finding(NOTICES_JSON, "as-of-in-future", as_of.isoformat())], 0
    check = _Check(site, board, as_of, today, settings, theme, words)
    return sorted(check.findings(), key=lambda finding: (finding.path, finding.code)), check.files_read


def _as_of(site: Path) -> date | None:
    try:
        found = json.loads((site / NOTICES_JSON).read_bytes())
        return date.fromisoformat(found["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_manifest(site: Path, day: date) -> None:
    """data/manifest.json: SHA-256 of every file of a site that has just been built."""
    hashes = {
        path: sha256(file.read_bytes()).hexdigest() for path, file in sorted(_walk(site)) if path != MANIFEST
    }
    text = json.dumps({"as_of": day.isoformat(), "files": hashes}, ensure_ascii=False, indent=1)
    (site / MANIFEST).write_bytes(text.encode() + b"\n")


def _walk(site: Path) -> Iterator[tuple[str, Path]]:
    for folder, _, names in os.walk(site):
        for name in names:
            path = Path(folder, name)
            yield path.relative_to(site).as_posix(), path


class _Check:
    def __init__(
        self,
        site: Path,
        board: Board,
        as_of: date,
        today: date,
        settings: SiteSettings,
        theme: ThemeFiles,
        words: Words,
    ) -> None:
        self._site = site
        register = Register(board, as_of)
        self._register = register
        self._outputs = Outputs(register, settings, words)
        self._theme = theme
        self._forbidden = Forbidden(register if as_of == today else Register(board, today), theme.text)
        self._manifest = self._read_manifest()
        self._bodies = {
            path_of(self._outputs.site.rows[row.id].url): row for row in register.published.values()
        }
        self.files_read = 0

    def findings(self) -> Iterator[Finding]:
        found: set[str] = set()
        expected = self._outputs.paths() | set(self._theme.files)
        for path, file in sorted(_walk(self._site)):
            found.add(path)
            self.files_read += 1
            if file.is_symlink():
                yield Finding(path, "symlink")
                continue
            data = file.read_bytes()
            if path not in expected:
                yield Finding(path, "file-not-accounted")
            yield from self._unchanged(path, data)
            yield from self._clean(path, data)
        for path in sorted(expected - found):
            yield Finding(path, "file-missing")
        for folder, names, _ in os.walk(self._site):
            for name in names:
                if Path(folder, name).is_symlink():
                    yield Finding(Path(folder, name).relative_to(self._site).as_posix(), "symlink")

    def _read_manifest(self) -> dict[str, str]:
        try:
            return dict(json.loads((self._site / MANIFEST).read_bytes())["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _unchanged(self, path: str, data: bytes) -> Iterator[Finding]:
        """Each file is what its source says, and what it was when it was built."""
        digest = sha256(data).hexdigest()
        if path in self._outputs.data:
            if data != self._outputs.data[path]:
                yield Finding(path, "data-changed")
        elif path in self._outputs.attachments:
            if digest != self._register.board.tree.sha256(self._outputs.attachments[path]):
                yield Finding(path, "attachment-changed")
        elif path in self._theme.files:
            if data != self._theme.files[path].read_bytes():
                yield Finding(path, "file-changed")
        elif path in self._bodies and not self._says_the_same(path, data):
            yield Finding(path, "page-changed")
        if path != MANIFEST and self._manifest.get(path) != digest:
            yield Finding(path, "file-changed")

    def _says_the_same(self, path: str, data: bytes) -> bool:
        row = self._bodies[path]
        body = _BODY.search(data.decode("utf-8", "replace"))
        return row.erased == (body is None) and (body is None or body[1] == row.document.html)

    def _clean(self, path: str, data: bytes) -> Iterator[Finding]:
        """Nothing of the unpublished stands in the file, its name or what is packed in it."""
        if path in self._theme.files:
            return  # compared byte by byte with the theme's own
        cleared = path in self._outputs.attachments
        yield from self._clean_name(path, path)
        yield from self._clean_bytes(path, path, data, cleared, 0)

    def _clean_name(self, path: str, name: str) -> Iterator[Finding]:
        if (source := self._forbidden.in_name(unquote(name))) is not None:
            yield Finding(path, "withheld-name", source)

    def _clean_bytes(self, path: str, name: str, data: bytes, cleared: bool, depth: int) -> Iterator[Finding]:
        if (source := self._forbidden.hashes.get(sha256(data).hexdigest())) is not None:
            yield Finding(path, "withheld-file", source)
        if data[:2] == b"\x1f\x8b" or data[:4] == b"PK\x03\x04":
            yield from self._packed(path, data, cleared, depth + 1)
        elif not cleared or name.lower().endswith(_TEXT):
            yield from self._clean_text(path, name, data, cleared)

    def _clean_text(self, path: str, name: str, data: bytes, cleared: bool) -> Iterator[Finding]:
        text = _decoded(name, data)
        if cleared:
            if (source := self._forbidden.in_cleared_file(text)) is not None:
                yield Finding(path, "withheld-title", source)
            return
        if path == MANIFEST:
            text = re.sub(r'"[0-9a-f]{64}"', '""', text)
        texts = [text, unquote(text)] if "%" in text else [text]
        for each in texts:
            if (hit := self._forbidden.in_text(each)) is not None:
                yield Finding(path, f"withheld-{hit[0]}", hit[1])
                break
        names = (self._forbidden.in_name(line) for line in texts)
        if (source := next((found for found in names if found), None)) is not None:
            yield Finding(path, "withheld-name", source)

    def _packed(self, path: str, data: bytes, cleared: bool, depth: int) -> Iterator[Finding]:
        if depth > MAX_DEPTH:
            yield Finding(path, "archive-too-large")
            return
        try:
            for name, content in _unpack(data):
                yield from self._clean_name(path, name)
                yield from self._clean_bytes(path, name, content, cleared, depth)
        except _TooLarge:
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
        for member in members:
            with archive.open(member) as stream:
                content = stream.read(member.file_size + 1)
            if len(content) > member.file_size:
                raise _TooLarge
            yield member.filename, content


def _decoded(name: str, data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    if name.endswith(".ics"):
        return re.sub(r"\\([,;\\])", r"\1", text.replace("\r\n ", ""))
    if name.endswith(".json"):
        try:
            return json.dumps(json.loads(text), ensure_ascii=False, indent=0).replace('\\"', '"')
        except ValueError:
            return text
    return text
