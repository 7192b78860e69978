"""The package of an office file since 2007: its parts, and which of them hangs on which."""

from __future__ import annotations

import posixpath
from functools import cached_property

from .archive import Archive
from .markup import Element, attribute, local, tree
from .passage import Steps
from .sink import File, Sink, Unreadable

#: The table of contents of a package.
TYPES = "[Content_Types].xml"


class Package:
    """The parts of one file by path, and which part each of them points to."""

    def __init__(self, file: File, sink: Sink) -> None:
        self.file = file
        self.sink = sink
        self.archive = Archive(file, sink)
        self.parts = dict(self.archive.members())
        self.done: set[str] = set()
        self.places: dict[str, Steps] = {}

    def data(self, name: str) -> bytes:
        """The bytes of a part. Raises Unreadable, Exhausted."""
        info = self.parts.get(name)
        if info is None:
            raise Unreadable("broken")
        return self.archive.read(info)

    def links(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part points to: id → (last word of the relation's type, path of the target)."""
        folder, _, last = name.rpartition("/")
        relations = f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"
        if relations not in self.parts:
            return {}
        return {
            attribute(link, "Id"): (
                attribute(link, "Type").rpartition("/")[2],
                _target(folder, attribute(link, "Target")),
            )
            for link in tree(self.data(relations))
            if local(link) == "Relationship" and attribute(link, "TargetMode") != "External"
        }

    @cached_property
    def main(self) -> str:
        """The path of the part that everything hangs on; "" where there is none."""
        return next((path for kind, path in self.links("").values() if kind == "officeDocument"), "")

    @cached_property
    def types(self) -> Element | None:
        """The table of contents with the type of each part."""
        return tree(self.data(TYPES)) if TYPES in self.parts else None


def _target(folder: str, target: str) -> str:
    path = target if target.startswith("/") else f"{folder}/{target}"
    return posixpath.normpath(path).lstrip("/")
