"""What lies in the notices folder: which files are notices, what else is there, what must not be.

Paths are relative to the notices folder, with forward slashes. Of what is in the files, only the first
bytes of a .txt are looked at.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from .problem import Problem

YEAR = re.compile(r"[0-9]{4}")

#: A file of more bytes is no attachment; it is never opened.
MAX_FILE_BYTES = 50_000_000

#: Hand-written Markdown of the board itself, which is no notice.
HAND_WRITTEN = frozenset({"guide.md", "README.md"})

#: Left behind by systems and office programs; like hidden files, never worth a word.
_JUNK = re.compile(r"^(Thumbs\.db|desktop\.ini|~\$.*|.*\.sw[po])$", re.IGNORECASE)
_NEARLY_MARKDOWN = re.compile(r"\.(markdown|mdown|mkd|md\.txt|md\.md|md~|md\.bak)$|\.(MD|Md|mD)$")
#: Not allowed in a file's name on Windows, or with a meaning of its own in an address.
_UNSAFE = re.compile(r'[<>:"|?*\\#%\x00-\x1f\x7f]|[ .]$|^-')


@dataclass(slots=True)
class Tree:
    """The files below one notices folder."""

    root: Path
    #: notice id → path of its Markdown file
    notices: dict[str, str] = field(default_factory=dict)
    #: every other file below a year, by exact path
    others: set[str] = field(default_factory=set)
    #: those of them that were meant to be notices
    mistaken: set[str] = field(default_factory=set)
    #: those of them that are too large to be opened
    too_large: set[str] = field(default_factory=set)
    #: as `problems`, by path; a notice whose file is named here is withheld
    problems: list[Problem] = field(default_factory=list)
    _hashes: dict[str, tuple[tuple[int, int], str]] = field(default_factory=dict)

    def read(self, path: str, most: int) -> bytes:
        """The first `most` bytes of a file."""
        with (self.root / path).open("rb") as stream:
            return stream.read(most)

    def sha256(self, path: str) -> str:
        """SHA-256 of a file's bytes, in hexadecimal; read again only when the file was touched."""
        stat = (self.root / path).stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        known = self._hashes.get(path)
        if known is None or known[0] != stamp:
            digest = sha256()
            with (self.root / path).open("rb") as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
            known = self._hashes[path] = (stamp, digest.hexdigest())
        return known[1]

    def size(self, path: str) -> int:
        return (self.root / path).stat().st_size


def notice_id(path: str) -> str | None:
    """The id of the notice that a path below the notices folder is, or None."""
    parts = PurePosixPath(path).parts
    if len(parts) < 2 or not YEAR.fullmatch(parts[0]) or not path.endswith(".md"):
        return None
    if any(part.strip(".") == "" or part == ".md" for part in parts):
        return None
    if parts[-1] == "index.md":
        return "/".join(parts[:-1]) if len(parts) > 2 else None
    return path[: -len(".md")]


def read_tree(root: Path, prefix: str) -> Tree:
    """Walk the folder. `prefix` is put before every path in problems (`notices/`)."""
    tree = Tree(root)
    if not root.is_dir():
        tree.problems.append(Problem("board-file-missing", prefix.rstrip("/")))
        return tree
    home = Path(os.path.realpath(root))
    seen: dict[str, str] = {}
    for path, entry in _walk(root, ""):
        if not _is_text(path):
            shown = path.encode("utf-8", "replace").decode()
            tree.problems.append(Problem("name-unsafe", prefix + shown, params={"found": "?"}))
        elif entry.is_symlink():
            tree.problems.append(_link_problem(entry, home, prefix + path))
        elif entry.is_dir(follow_symlinks=False):
            _clash(tree, seen, path, prefix)
        elif not YEAR.fullmatch(path.split("/")[0]) or "/" not in path:
            if path.lower().endswith(".md") and path not in HAND_WRITTEN:
                tree.problems.append(Problem("notice-misplaced", prefix + path))
        elif not entry.is_file(follow_symlinks=False):
            tree.problems.append(Problem("file-special", prefix + path))
        else:
            _clash(tree, seen, path, prefix)
            _classify(tree, path, prefix)
            _weigh(tree, path, entry.stat().st_size, prefix)
    return tree


def _walk(root: Path, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything but what is hidden or junk, in the order of names."""
    with os.scandir(root / folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name.startswith(".") or _JUNK.match(entry.name):
            continue
        path = f"{folder}/{entry.name}" if folder else entry.name
        yield path, entry
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path)


def _is_text(path: str) -> bool:
    """Whether a name is Unicode: one unpacked from an old archive may be bytes of another encoding."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _link_problem(entry: os.DirEntry[str], home: Path, path: str) -> Problem:
    """A link is never followed: what it shows can change without its notice being reviewed again."""
    leaves = not Path(os.path.realpath(entry.path)).is_relative_to(home)
    return Problem("symlink-leaves" if leaves else "symlink-inside", path)


def _clash(tree: Tree, seen: dict[str, str], path: str, prefix: str) -> None:
    """Two names that are one on Windows or macOS."""
    folded = unicodedata.normalize("NFC", path).casefold()
    other = seen.setdefault(folded, path)
    if other != path:
        _name_both(tree, "name-case", prefix + path, prefix + other)


def _name_both(tree: Tree, code: str, path: str, other: str) -> None:
    """Neither of two clashing files may be taken for the right one."""
    tree.problems.append(Problem(code, path, params={"other": other}))
    tree.problems.append(Problem(code, other, params={"other": path}))


def _classify(tree: Tree, path: str, prefix: str) -> None:
    name = path.rpartition("/")[2]
    if bad := next((found for part in path.split("/") if (found := _UNSAFE.search(part))), None):
        shown = bad[0] if bad[0].isprintable() and bad[0].strip() else f"U+{ord(bad[0]):04X}"
        tree.problems.append(Problem("name-unsafe", prefix + path, params={"found": shown}))
    identifier = notice_id(path)
    if identifier is not None:
        if other := tree.notices.get(identifier):
            _name_both(tree, "id-duplicate", prefix + path, prefix + other)
            tree.others.add(path)
        else:
            tree.notices[identifier] = path
    elif name == "index.md" and path.count("/") == 1:
        tree.problems.append(Problem("notice-without-folder", prefix + path))
    else:
        if _NEARLY_MARKDOWN.search(name) or (name.endswith(".txt") and tree.read(path, 3) == b"---"):
            tree.problems.append(Problem("notice-wrong-extension", prefix + path))
            tree.mistaken.add(path)
        tree.others.add(path)


def _weigh(tree: Tree, path: str, size: int, prefix: str) -> None:
    if path in tree.others and size > MAX_FILE_BYTES:
        params = {"bytes": str(size), "limit": str(MAX_FILE_BYTES)}
        tree.problems.append(Problem("attachment-too-large", prefix + path, params=params))
        tree.too_large.add(path)
