"""What is about to be committed of a notices folder, and which problems are its own.

The content is that of git's index, not of the folder: what was changed again after `git add`, and what was
never added, is not committed. Where the two are the same, as they mostly are, the folder itself is read.

For a commit to be checked at once, only the texts that it concerns are read to the end: those of notices
that changed, and those that name a file that changed. Every front matter is read, since index numbers,
dates and replacements hang together across the whole board. Where one of the board's lists changed,
everything is read. The same notices are read again in full wherever the site is built.
"""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from ahocorasick_rs import AhoCorasick

from ..board.files import notice_id
from ..board.load import CATALOGUE_FILE, HOLIDAYS_FILE, PUBLISHERS_FILE, Board
from ..board.notice import short_code
from ..board.problem import Problem
from ..board.source import Source
from .git import NoGit, git

_SLASHES = re.compile(r"/+(?:\./+)*")
#: What all notices depend on.
_LISTS = frozenset((PUBLISHERS_FILE, CATALOGUE_FILE, HOLIDAYS_FILE))


@dataclass(frozen=True)
class Change:
    """What a commit would change: paths within the notices folder, removed ones too.

    `prefix` stands before every path in problems; `everything` tells that no notice is left out, whatever
    the paths.
    """

    paths: frozenset[str]
    prefix: str
    everything: bool = False

    def __bool__(self) -> bool:
        return self.everything or bool(self.paths)

    def reads(self, source: Source) -> bool:
        """Whether the text of a notice must be read: it changed, or it may name a file that did."""
        path = source.path.removeprefix(self.prefix)
        if self.concerns(path):
            return True
        beside = self._beside.get(posixpath.dirname(_composed(path)), ())
        return any(
            self._names.find_matches_as_indexes(text) or any(name in text for name in beside)
            for text in _spellings(source.text)
        )

    def concerns(self, path: str) -> bool:
        """Whether a file changed, or may be another one by what changed."""
        return self._all or _composed(path) in self.paths

    def own(self, board: Board, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems at a file that changed, at a notice with such a file, or that name one.

        Those at the files of a notice that changed too: it may have taken up an old one.
        """
        concerned = set(self.paths)
        for entry in board.entries.values():
            files = {_composed(attachment.path) for attachment in entry.attachments}
            if _composed(entry.path) in self.paths:
                concerned |= files
            elif files & self.paths:
                concerned.add(_composed(entry.path))
        for problem in problems:
            path = _composed(problem.path.removeprefix(self.prefix))
            if self._all or path in concerned or self._spoken_of & set(_meant(problem, path, self.prefix)):
                yield problem

    @property
    def _all(self) -> bool:
        return self.everything or bool(self.paths & _LISTS)

    @cached_property
    def _names(self) -> AhoCorasick:
        """How a text elsewhere names the files: 0012/名单.xlsx, ../名单.xlsx, or ../0012 for an index.md."""
        names = []
        for path in self.paths:
            folder, name = posixpath.split(path)
            above = posixpath.basename(folder)
            names += [f"{above}/{name}", f"../{name}"]
            if name == "index.md":
                names += [f"{before}{above}" for before in "/(\"'"]
        return AhoCorasick([_folded(name) for name in names])

    @cached_property
    def _beside(self) -> dict[str, list[str]]:
        """The names of the files by their folders: a text there needs no more."""
        names: dict[str, list[str]] = defaultdict(list)
        for path in self.paths:
            folder, name = posixpath.split(path)
            names[folder].append(_folded(name))
        return names

    @cached_property
    def _spoken_of(self) -> frozenset[str]:
        """The files, and the notices' pages, as problems of other files name them."""
        ids = [identifier for path in self.paths if (identifier := notice_id(path))]
        pages = (f"notices/{identifier}/" for identifier in ids)
        return frozenset((*self.paths, *ids, *pages, *(f"n/{short_code(identifier)}/" for identifier in ids)))


def _spellings(text: str) -> Iterator[str]:
    """A text as it stands, and what its escapes, backslashes and doubled slashes mean."""
    folded = _folded(text)
    yield folded
    if "\\" in folded:
        yield folded.replace("\\", "/")
        yield folded.replace("\\", "")
    if "//" in folded or "/./" in folded:
        yield _SLASHES.sub("/", folded)
    if "%" in folded or "&" in folded:
        yield _folded(unquote(unescape(text)))


def _folded(text: str) -> str:
    return _composed(text).casefold()


def _composed(path: str) -> str:
    """As git has it: a name typed on a Mac may come decomposed."""
    return unicodedata.normalize("NFC", path)


def _meant(problem: Problem, path: str, prefix: str) -> Iterator[str]:
    """What the values of a problem may stand for: a path from the file it is at, or from the top."""
    for value in problem.params.values():
        for text in (value,) if isinstance(value, str) else value:
            written = unquote(text.partition("#")[0].replace("\\", "/"))
            yield from (text, text.removeprefix(prefix))
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), written))


@dataclass(frozen=True, slots=True)
class Staged:
    """What is about to be committed of a notices folder: its `change`, and where its content lies.

    `root` is the folder itself, or a copy where the folder holds something else by now.
    """

    change: Change
    root: Path
    is_copy: bool


@contextmanager
def staged(folder: Path, prefix: str, config: Path) -> Iterator[Staged]:
    """What git has in its index for the next commit; a copy of it is gone afterwards.

    `config` is the board's configuration: where that changes, so may all. Raises NoGit.
    """
    if not folder.is_dir():
        raise NoGit("outside")
    home, top, within = _repository(folder)
    index = _index(home)
    names = _names(
        git(folder, "diff", "--cached", "--name-only", "--no-renames", "--no-relative", "-z", index=index)
    )
    paths = frozenset(name.removeprefix(within) for name in names if name.startswith(within))
    configured = _composed(Path(os.path.relpath(config.resolve(), top)).as_posix()) in names
    change = Change(paths, prefix, configured)
    edited = git(folder, "diff", "--name-only", "-z", "--", ".", index=index)
    added = git(folder, "ls-files", "--others", "-z", "--", ".", index=index)
    if not change or not (edited or added):
        yield Staged(change, folder, is_copy=False)
        return
    with TemporaryDirectory() as place:
        listed = git(folder, "ls-files", "-z", "--cached", "--", ".", index=index)
        target = f"--prefix={Path(place).as_posix()}/"
        git(folder, "checkout-index", "-z", "--quiet", target, "--stdin", index=index, stdin=listed)
        yield Staged(change, Path(place) / within, is_copy=True)


def _repository(folder: Path) -> tuple[Path, Path, str]:
    """Where git keeps its own files, the top of the work tree, and the folder seen from there (`a/b/`)."""
    asked = ("rev-parse", "--absolute-git-dir", "--show-toplevel", "--show-prefix")
    home, top, within = os.fsdecode(git(folder, *asked)).split("\n")[:3]
    return Path(home).resolve(), Path(top).resolve(), _composed(within)


def _index(home: Path) -> str:
    """The index that git made for this very commit, as `git commit --all` does; empty for the usual one."""
    given = os.environ.get("GIT_INDEX_FILE")
    path = Path(given).resolve() if given else None
    return str(path) if path is not None and path.is_relative_to(home) else ""


def _names(answer: bytes) -> frozenset[str]:
    return frozenset(_composed(os.fsdecode(name)) for name in answer.split(b"\0") if name)
