"""OFD (GB/T 33190), the national format for fixed pages: the text of each page, and every other part."""

from __future__ import annotations

import re

from . import images
from .archive import Archive
from .around import read_around
from .family import read_file
from .kinds import PICTURES, sniff
from .markup import tree
from .passage import Steps
from .raw import add_writing
from .sink import File, Sink, Unreadable
from .story import Story

_PAGE = re.compile(r"(?:.*/)?Pages/Page_(\d+)/Content\.xml", re.IGNORECASE)
_SIGNED = re.compile(r"(?:^|/)(?:Signs?|Signatures)/.*\.(?:dat|esl)$", re.IGNORECASE)


def read(file: File, sink: Sink) -> None:
    """Every part of an OFD file. Raises Unreadable, Exhausted."""
    archive = Archive(file, sink)
    read_around(archive, file, sink)
    for name, info in archive.members():
        page = _PAGE.fullmatch(name)
        step = ("page", str(int(page[1]) + 1)) if page else ("part", name)
        steps: Steps = (*file.steps, step)
        try:
            _read_part(File(name, archive.read(info), steps, file.depth + 1), sink)
        except Unreadable as fault:
            sink.mark(fault.reason, steps, fault.found)


def _read_part(file: File, sink: Sink) -> None:
    kind = sniff(file.data)
    if kind == "xml":
        _read_xml(file, sink)
    elif kind in PICTURES:
        images.read_embedded(file, kind, sink)
    elif kind in {"unknown", "font"} or _SIGNED.search(file.name):
        add_writing(file.data, sink, file.steps)
        if kind == "unknown" and not _SIGNED.search(file.name):
            sink.mark("unknown-kind", file.steps)
    else:
        sink.spend("members")
        read_file(file, sink)


def _read_xml(file: File, sink: Sink) -> None:
    """The texts of a page together, for a line may be set in many pieces; then all that is left."""
    root = tree(file.data)
    codes = list(root.iter("{*}TextCode"))
    sink.add("\n".join(code.text or "" for code in codes), file.steps)
    for code in codes:
        code.text = None
    Story(sink, file.steps).read(root)
