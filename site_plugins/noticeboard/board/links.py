"""Where a notice's links lead: other notices, files of the notices folder, or elsewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from .document import scheme_of
from .files import Tree, notice_id
from .problem import Place, Problem, excerpt

# Kinds of file that may be published. Others can carry scripts, or cannot be opened by the public.
_DOCUMENTS = (
    ".pdf",
    ".ofd",
    ".doc",
    ".docx",
    ".wps",
    ".odt",
    ".rtf",
    ".txt",
    ".ppt",
    ".pptx",
    ".dps",
    ".odp",
)
_SHEETS = (".xls", ".xlsx", ".et", ".ods", ".csv")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp")
_OTHERS = (".tif", ".tiff", ".zip", ".rar", ".7z", ".mp3", ".m4a", ".wav", ".mp4")
FILE_KINDS = frozenset((*_DOCUMENTS, *_SHEETS, *_PICTURES, *_OTHERS))
PICTURE_KINDS = frozenset(_PICTURES)


_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a notice: its path in the notices folder, its name, its address.

    `address` is relative to the notice's own; `in_text` marks a picture that the text shows.
    """

    path: str
    name: str
    address: str
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class LinkedNotice:
    """Another notice that the text links to."""

    id: str
    written: str
    place: Place


def page_of(identifier: str) -> str:
    """The address of a notice's page, relative to the site's root, ready for a link."""
    return f"notices/{quote(identifier)}/"


def relative_address(target: str, start: str) -> str:
    """One address of the site seen from another; both relative to the root, ending with a slash."""
    return posixpath.relpath("/" + target, "/" + start) + ("/" if target.endswith("/") else "")


class Links:
    """Resolves what one notice names. Everything it leads to, and everything wrong, is kept."""

    def __init__(self, identifier: str, path: str, prefix: str, tree: Tree) -> None:
        self._id = identifier
        self._path = path  # within the notices folder
        self._prefix = prefix
        self._tree = tree
        self.notices: list[LinkedNotice] = []
        self.problems: list[Problem] = []
        self._files: dict[str, Attachment] = {}
        self._named_in_text: set[str] = set()

    @property
    def files(self) -> tuple[Attachment, ...]:
        return tuple(self._files.values())

    def name(self, code: str, field: str, place: Place, **params: str) -> None:
        self.problems.append(Problem(code, self._prefix + self._path, place, field, params))

    def to(self, link: str, picture: bool, place: Place) -> str | None:
        """The address to write for a link of the text, or None where it may not stand there."""
        if _DRIVE.match(link) or link.lower().startswith("file:"):
            self.name("link-absolute", "body", place, found=excerpt(link, 60))
            return None
        scheme = scheme_of(link)
        if scheme in {"http", "https", "mailto", "tel"} and not picture:
            return f"https:{link.strip()}" if link.strip().startswith("//") else link
        if scheme:
            self.name(
                "picture-elsewhere" if picture else "link-scheme", "body", place, found=excerpt(link, 60)
            )
            return None
        bare = link.partition("#")[0].partition("?")[0]
        if not bare.strip():
            self.name("link-within", "body", place, found=excerpt(link, 60))
            return None
        target = self.target(unquote(bare), "body", place)
        if target is None:
            return None
        identifier = self.notice_at(target)
        if identifier is not None:
            self.notices.append(LinkedNotice(identifier, link, place))
            return relative_address(page_of(identifier), page_of(self._id))
        attachment = self.add_file(target, "", "body", place, in_text=picture)
        return attachment.address if attachment else None

    def keep_what_the_text_shows(self, html: str) -> None:
        """Forget files that were named only in a piece of HTML that the allow-list took away."""
        for path in self._named_in_text:
            address = self._files[path].address
            if f'href="{address}"' not in html and f'src="{address}"' not in html:
                del self._files[path]

    def attach(self, written: str, name: str, place: Place) -> None:
        """A file that the front matter names."""
        target = self.target(written, "attachments", place)
        if target is None:
            return
        if self.notice_at(target) is not None or target.endswith(".md"):
            self.name("attachment-kind", "attachments", place, found=written)
            return
        self.add_file(target, name, "attachments", place)

    def target(self, written: str, field: str, place: Place) -> str | None:
        """A path within the notices folder, or None with the problem named."""
        path = written.strip().replace("\\", "/")
        if path.startswith("/") or path[1:3] == ":/":
            self.name("link-absolute", field, place, found=excerpt(written, 80))
            return None
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(self._path), path))
        if joined == ".." or joined.startswith("../"):
            self.name("link-leaves", field, place, found=excerpt(written, 80))
            return None
        if joined in self._tree.others or self.notice_at(joined) is not None:
            return joined
        near = self._other_case(joined)
        if near:
            self.name("link-case", field, place, found=excerpt(written, 80), suggestion=near)
        else:
            self.name("link-missing", field, place, found=excerpt(written, 80))
        return None

    def notice_at(self, path: str) -> str | None:
        """The id of the notice that a path (a .md file, or the folder of an index.md) leads to."""
        if path in self._tree.notices:
            return path if self._tree.notices[path] == f"{path}/index.md" else None
        identifier = notice_id(path)
        return identifier if identifier and self._tree.notices.get(identifier) == path else None

    def add_file(
        self, path: str, name: str, field: str, place: Place, in_text: bool = False
    ) -> Attachment | None:
        suffix = posixpath.splitext(path)[1].lower()
        if suffix not in (PICTURE_KINDS if in_text else FILE_KINDS):
            self.name("attachment-kind", field, place, found=posixpath.basename(path))
            return None
        known = self._files.get(path)
        if known is not None:
            if name and not known.in_text:
                self._files[path] = Attachment(path, name, known.address)
            return known
        base = posixpath.basename(path)
        if any(posixpath.basename(other).casefold() == base.casefold() for other in self._files):
            self.name("attachment-same-name", field, place, found=base)
            return None
        self._files[path] = Attachment(path, name or base, quote(base), in_text)
        if field == "body":
            self._named_in_text.add(path)
        return self._files[path]

    def _other_case(self, path: str) -> str:
        folded = path.casefold()
        for candidate in self._candidates():
            if candidate.casefold() == folded:
                return posixpath.relpath(candidate, posixpath.dirname(self._path))
        return ""

    def _candidates(self) -> Iterator[str]:
        yield from self._tree.others
        yield from self._tree.notices.values()


def unused(tree: Tree, used: Iterable[str], prefix: str) -> Iterator[Problem]:
    """Files that no notice names: they stay at home, and somebody should know."""
    for path in sorted(tree.others - set(used) - tree.mistaken):
        if not path.endswith(".md"):  # the second of two files with one address is named as such
            yield Problem("attachment-unused", prefix + path)
