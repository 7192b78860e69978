"""Git, asked about the repository that a folder lies in, whatever repository a hook was started for."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from tempfile import TemporaryFile

#: Set by git for its hooks; they would lead away from the repository that the folder lies in.
_OF_HOOKS = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")
)
_READING = ("-c", "core.quotepath=off", "-c", "log.showRoot=true", "-c", "log.follow=false", "--no-pager")
_COMMIT = "--format=%x01%H%x02%at%x02%an%x02%cn"
_LOG = (
    *("log", "--topo-order", "--reverse", "--full-history", "-m", "--relative", "--no-show-signature"),
    *("--raw", "-z", "--no-abbrev", "--no-color", "-M", _COMMIT),
)
_LATEST = ("log", "--relative", "--no-show-signature", "--name-only", "-z", "--no-color", _COMMIT, "--")
#: Brackets in a name are no pattern.
_LITERAL = "--literal-pathspecs"
#: Windows takes 32,767 characters.
_LONGEST = 20_000
_PLAIN_FILES = (b"100644", b"100755")


class NoGit(Exception):
    """Git cannot tell.

    `code`: git is `missing`; the folder lies `outside` of any repository; `none` of it was ever
    committed; the history is `shallow`; or git `failed`, with its own words in `reason`.
    """

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


def git(folder: Path, *arguments: str, index: str = "", stdin: bytes = b"") -> bytes:
    """What a git command says in `folder`; `index` is another index than the repository's own.

    Raises NoGit where it fails.
    """
    environment = environment_of_git()
    if index:
        environment["GIT_INDEX_FILE"] = index
    done = subprocess.run(  # noqa: S603  # every argument is ours
        [program(), *arguments], cwd=folder, env=environment, input=stdin, capture_output=True, check=False
    )
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in said:
        raise NoGit("outside")
    if "does not have any commits yet" in said:
        raise NoGit("none")
    raise NoGit("failed", said.partition("\n")[0].removeprefix("fatal: "))


def program() -> str:
    """Where git is. Raises NoGit."""
    if (found := shutil.which("git")) is None:
        raise NoGit("missing")
    return found


def environment_of_git() -> dict[str, str]:
    """Git's answers in English, about the repository that the folder itself lies in."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    return {**kept, "LC_ALL": "C", "LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0"}


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its hash, its author's date in seconds, and who wrote and who committed it."""

    hash: str
    seconds: bytes
    author: str
    committer: str

    @property
    def short(self) -> str:
        """The hash as people are told it."""
        return self.hash[:8]

    def day(self, zone: tzinfo) -> date:
        """The author's day."""
        return day_of(self.seconds, zone)


@dataclass(frozen=True, slots=True)
class Touch:
    """What one commit did to one file: `status` is A, M, D, R or T; `old` is the path that a rename left.

    Paths are relative to the folder. `blob` is the name that git has for the content; it is empty where the
    file is gone, or is no plain file.
    """

    commit: Commit
    status: str
    path: str
    old: str
    blob: str


def look_round(folder: Path) -> None:
    """Raises NoGit where the folder lies in no repository, or in one whose history is cut off."""
    if not folder.is_dir():
        raise NoGit("outside")
    if b"true" in git(folder, "rev-parse", "--is-shallow-repository"):
        raise NoGit("shallow")


def touches(folder: Path, everywhere: bool = False) -> Iterator[Touch]:
    """Everything that was ever done to the files below a folder, oldest first; merges tell of each side.

    On this branch, or `everywhere`: on all branches and tags. Raises NoGit.
    """
    commit = Commit("", b"", "", "")
    refs = ("--all",) if everywhere else ()
    tokens = iter(git(folder, *_READING, *_LOG, *refs, "--", ".").split(b"\0"))
    for token in map(bytes.lstrip, tokens):
        if token.startswith(b"\x01"):
            commit = _commit(token)
        if not token.startswith(b":"):
            continue
        _, mode, _, blob, status = token.split(b" ")
        old = path = _path(next(tokens))
        if status[:1] in b"RC":
            path = _path(next(tokens))
        content = blob.decode("ascii") if mode in _PLAIN_FILES else ""
        yield Touch(commit, status[:1].decode("ascii"), path, old, content)


def lives(touches: Iterable[Touch]) -> dict[str, list[Touch]]:
    """What happened to each file, by every path that it had; renames are followed."""
    found: dict[str, list[Touch]] = {}
    renamed: set[str] = set()
    for touch in touches:
        if not touch.blob and touch.status != "D":
            continue
        if touch.status == "A" and touch.path in renamed:
            found[touch.path] = []  # another file under a name that was given up
        life = found[touch.path] = found.get(touch.old, [])
        if touch.status == "R":
            renamed.add(touch.old)
        renamed.discard(touch.path)
        life.append(touch)
    return found


def contents(folder: Path, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Each of the blobs with its bytes; they are read one after the other, never all at once.

    Raises NoGit.
    """
    with TemporaryFile() as wanted:
        wanted.write("".join(f"{blob}\n" for blob in sorted(set(blobs))).encode("ascii"))
        wanted.seek(0)
        with subprocess.Popen(  # noqa: S603  # every argument is ours
            [program(), "cat-file", "--batch"],
            cwd=folder,
            env=environment_of_git(),
            stdin=wanted,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdout is not None
            while header := process.stdout.readline().split():
                if header[-1] == b"missing":
                    raise NoGit("failed", b" ".join(header).decode("ascii", "replace"))
                data = process.stdout.read(int(header[2]))
                process.stdout.readline()
                yield header[0].decode("ascii"), data
        if process.returncode:
            raise NoGit("failed", f"cat-file: {process.returncode}")


def uncommitted(folder: Path, paths: Iterable[str]) -> set[str]:
    """Those of the paths that are not what the last commit has. Raises NoGit."""
    given = ("-z", "--", *_few(paths))
    said = git(folder, _LITERAL, "diff", "--name-only", "--no-renames", "--relative", "HEAD", *given)
    said += git(folder, _LITERAL, "ls-files", "--others", *given)
    return {_path(token) for token in said.split(b"\0") if token}


def latest(folder: Path, paths: Iterable[str]) -> dict[str, Commit]:
    """The last commit that touched each of the paths, in order of time, newest first. Raises NoGit."""
    found: dict[str, Commit] = {}
    commit = Commit("", b"", "", "")
    for token in git(folder, _LITERAL, *_READING, *_LATEST, *_few(paths)).split(b"\0"):
        name = token.lstrip(b"\n")
        if name.startswith(b"\x01"):
            commit = _commit(name)
        elif name:
            found.setdefault(_path(name), commit)
    return found


def _few(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths, or the whole folder where a command line could not hold them all."""
    given = tuple(paths)
    return given if sum(map(len, given)) < _LONGEST else (".",)


def day_of(seconds: bytes, zone: tzinfo) -> date:
    """The day of an author's date; the first of all days for one that no calendar has."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        return date.min


def _commit(token: bytes) -> Commit:
    name, seconds, author, committer = token.strip(b"\x01\n").split(b"\x02")[:4]
    said = (author.decode("utf-8", "replace"), committer.decode("utf-8", "replace"))
    return Commit(name.decode("ascii"), seconds, *said)


def _path(token: bytes) -> str:
    """A path as the board has it: a name typed on a Mac may come decomposed."""
    return unicodedata.normalize("NFC", token.decode("utf-8", "surrogateescape"))
