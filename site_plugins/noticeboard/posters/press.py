"""Prints posters: checks that the machine's fonts have every character, sets in parallel, keeps what it set.

press = Press(notices_root, words)
for printed in press.prints([Wish(sheet), Wish(sheet, Size.A3)]):
    printed.pdf, printed.pages, printed.faults
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from .blocks import parts_of
from .content import blocks_of
from .fonts import Faces, find_fonts
from .setting import IDENTITY, Setter, Unsettable, poster_input
from .sheet import Wish

#: With fewer posters than this a second process costs more than it saves.
FEW = 6


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sheet cannot be set without losing something.

    `kind` is `character` (no font has it), `loss` (the setter cannot take this piece of the text), `failed`
    (the setter itself says no), or `fonts` (the machine has no Chinese font at all).
    """

    kind: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A poster, or why there is none; `pages` is 0 then and `pdf` empty."""

    wish: Wish
    pdf: bytes = b""
    pages: int = 0
    faults: tuple[Fault, ...] = ()


class Press:
    """Sets sheets with the pictures in `root`, the notices folder.

    `words` are what a poster says of itself, `fonts` folders with font files besides the machine's own.
    In `cache`, a folder, every poster is kept under the hash of all that it was made from, and what
    the last `prints` did not ask for is thrown away: a text that was taken down must not stay there.
    """

    def __init__(
        self,
        root: Path,
        words: Mapping[str, str],
        fonts: Sequence[Path] = (),
        cache: Path | None = None,
        processes: int | None = None,
        faces: Faces | None = None,
    ) -> None:
        self._root = root
        self._words = words
        self._folders = tuple(fonts)
        self._cache = cache
        self._processes = processes or os.cpu_count() or 1
        self._given = faces

    @cached_property
    def faces(self) -> Faces:
        """The fonts that there are."""
        return self._given or find_fonts(self._folders)

    def prints(self, wishes: Iterable[Wish]) -> Iterator[Printed]:
        """Every wish with its poster, in order; those that were set before come from the cache."""
        wanted = list(wishes)
        kept = _Kept(self._cache)
        jobs: list[_Job] = []
        missing: list[_Job] = []

        def data() -> Iterator[dict[str, Any]]:
            for wish in wanted:
                job = self._job(wish)
                job.made = kept.get(job.key)
                jobs.append(job)
                if not job.faults and job.made is None:
                    missing.append(job)
                    yield job.data

        for number, made in enumerate(self._set(data(), len(wanted))):
            job = missing[number]
            job.made = made
            if isinstance(made, _Poster):
                kept.keep(job.key, made)
        for job in jobs:
            yield _printed(job.wish, job.faults, job.made)
        kept.forget_all_but({job.key for job in jobs})

    def _job(self, wish: Wish) -> _Job:
        if not self.faces.is_usable:
            return _Job(wish, {}, "", (Fault("fonts"),))
        sheet = wish.sheet
        blocks, losses = blocks_of(sheet.html, sheet.pictures, sheet.links)
        data = poster_input(wish, blocks, self._words, self.faces.stacks)
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        faults = [Fault("loss", loss.sample) for loss in losses]
        # What else stands in the data than text is ASCII.
        used = "".join(dict.fromkeys(json.dumps({**data, "fonts": None}, ensure_ascii=False)))
        faults += (Fault("character", one) for one in self.faces.uncovered("body", used))
        key = sha256()
        for part in (IDENTITY, self.faces.identity, text):
            key.update(part.encode() + b"\0")
        if '"t": "img"' in text:
            for path in sorted({part["src"] for part in parts_of(blocks) if part.get("t") == "img"}):
                key.update((self._root / path).read_bytes())
        return _Job(wish, data, key.hexdigest(), tuple(faults))

    def _set(self, data: Iterator[dict[str, Any]], most: int) -> Iterator[_Poster | str]:
        """Set what comes; while one is prepared, others are set already."""
        if most < FEW or self._processes < 2:
            setter = Setter(self._root, self.faces)
            yield from (_set_by(setter, one) for one in data)
            return
        # Typst keeps the interpreter locked while it sets, so threads would gain nothing.
        with ProcessPoolExecutor(
            min(self._processes, most), get_context("spawn"), _begin, (self._root, self._folders)
        ) as pool:
            yield from pool.map(_set, data, chunksize=2)


@dataclass(frozen=True, slots=True)
class _Poster:
    pdf: bytes
    pages: int


class _Kept:
    """The posters in a folder, each under its key and the number of its pages; without a folder none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        files = folder.glob("*-*.pdf") if folder is not None else ()
        self._files = {file.stem.partition("-")[0]: file for file in files}

    def get(self, key: str) -> _Poster | None:
        """The poster, or None; another build may have thrown it away in the meantime."""
        if (file := self._files.get(key)) is None:
            return None
        try:
            return _Poster(file.read_bytes(), int(file.stem.partition("-")[2]))
        except FileNotFoundError:
            return None

    def keep(self, key: str, poster: _Poster) -> None:
        """Whole or not at all: a build may be killed."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{key}-{poster.pages}.pdf"
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(poster.pdf)
        part.replace(file)
        self._files[key] = file

    def forget_all_but(self, used: set[str]) -> None:
        for key, file in self._files.items():
            if key not in used:
                file.unlink(missing_ok=True)
        for part in self._folder.glob("*.part") if self._folder is not None else ():
            part.unlink(missing_ok=True)


@dataclass(slots=True)
class _Job:
    wish: Wish
    data: dict[str, Any]
    key: str
    faults: tuple[Fault, ...]
    made: _Poster | str | None = None


#: Of a process that sets: reading the fonts takes longer than a poster.
_own: list[Setter] = []


def _begin(root: Path, folders: tuple[Path, ...]) -> None:
    _own[:] = [Setter(root, find_fonts(folders))]


def _set(data: dict[str, Any]) -> _Poster | str:
    return _set_by(_own[0], data)


def _set_by(setter: Setter, data: dict[str, Any]) -> _Poster | str:
    """The poster, or why it cannot be set."""
    try:
        poster = setter.set(data)
    except Unsettable as refused:
        return refused.reason
    return _Poster(poster.pdf, poster.pages)


def forget(cache: Path | None) -> None:
    """Throw away everything that was kept in a folder; nothing where there is none."""
    _Kept(cache).forget_all_but(set())


def _printed(wish: Wish, faults: tuple[Fault, ...], made: _Poster | str | None) -> Printed:
    if isinstance(made, _Poster):
        return Printed(wish, made.pdf, made.pages)
    return Printed(wish, faults=faults or (Fault("failed", made or ""),))
