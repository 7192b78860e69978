"""What lies around the part of a file that programs show: behind its end, in the directory of an archive."""

from __future__ import annotations

import re

from .archive import Archive
from .family import MODULES, read_file
from .kinds import sniff
from .raw import add_writing, some_text, telling
from .sink import File, Sink

AFTER_END = ("after-end", "")
#: Beginnings of files that are too long to stand in other bytes by chance.
_BEGINNING = re.compile(
    rb"PK\x03\x04|%PDF-\d|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x89PNG\r\n\x1a\n"
    rb"|\xff\xd8\xff[\xc0-\xfe]|GIF8[79]a|\{\\rtf1"
)


def begins(data: bytes, at: int) -> bool:
    """Whether a file of another kind begins at this place."""
    return _BEGINNING.match(data, at) is not None


def read_appended(file: File, end: int, sink: Sink) -> None:
    """What stands in a file from `end` on: the first file in it as a file, and writing before that.

    Cameras write several pictures one behind the other: these are not nested.
    """
    steps = (*file.steps, AFTER_END)
    found = _BEGINNING.search(file.data, end)
    add_writing(file.data[end : found.start() if found else len(file.data)], sink, steps)
    if found:
        sink.spend("members")
        data = file.data[found.start() :]
        is_picture = MODULES.get(sniff(data)) == "images"
        read_file(File("", data, steps, file.depth + (not is_picture)), sink)


def read_around(archive: Archive, file: File, sink: Sink) -> None:
    """Names and comment of an archive, what stands behind it, and whether it has members in hiding.

    Of the parts of a document only the names that tell something.
    """
    if not archive.whole:
        sink.mark("broken", file.steps)
    is_plain = sniff(file.data) == "zip"
    for name in archive.names:
        if is_plain or telling(name):
            sink.add(name, (*file.steps, ("member", name), ("file-name", "")))
    sink.add(some_text(archive.comment), (*file.steps, ("comment", "")))
    read_appended(file, archive.end, sink)
