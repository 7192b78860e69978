"""Word, Excel and PowerPoint since 2007: every part of the package, each in the way that suits it."""

from __future__ import annotations

import re

from . import images, sheets
from .around import read_around
from .family import read_file
from .kinds import PICTURES, ending, sniff
from .markup import attribute, local, tree
from .package import TYPES, Package
from .passage import Steps
from .raw import add_writing
from .sink import File, Sink, Unreadable
from .story import Story

#: Path of a part → the step that leads to it; a group in the pattern is the step's value.
_PLACES = tuple(
    (re.compile(pattern), step)
    for pattern, step in (
        (r"word/document\d*\.xml", ""),
        (r"word/header\d*\.xml", "header"),
        (r"word/footer\d*\.xml", "footer"),
        (r"word/(?:footnotes|endnotes)\d*\.xml", "footnote"),
        (r".*/comments.*|.*/threadedComments?/.*|.*/persons/.*|.*/commentAuthors\.xml", "comment"),
        (r"ppt/slides/slide(\d+)\.xml", "slide"),
        (r"ppt/notesSlides/notesSlide(\d+)\.xml", "note"),
        (r"ppt/(?:slideMasters|slideLayouts|notesMasters|handoutMasters)/.*\.xml", "master"),
        (r".*/charts/.*\.xml", "chart"),
        (r".*/(?:drawings|diagrams)/.*", "drawing"),
        (r"xl/pivot.*\.xml", "pivot"),
        (r"xl/externalLinks/.*\.xml", "external"),
        (r"(?:.*/)?customXml/.*\.xml", "custom-xml"),
        (r"docProps/.*\.xml", "property"),
        (r".*\.rels", "link"),
    )
)
_MACRO_TYPES = re.compile(r"macroEnabled|vbaProject|macrosheet|intlmacrosheet", re.I)
_MACRO_PARTS = re.compile(r"(?:^|/)(?:vbaProject[^/]*\.bin|macrosheets/.*\.xml)$", re.I)
#: Parts without text of anybody's: fonts, the printer's settings, a small picture of the first page.
_MUTE = re.compile(
    r"(?:^|/)(?:printerSettings/.*\.bin|fonts/.*\.(?:odttf|fntdata|ttf)|docProps/thumbnail\.\w+)$", re.I
)


def read(file: File, sink: Sink) -> None:
    """Every part of a document, workbook or presentation."""
    package = Package(file, sink)
    read_around(package.archive, file, sink)
    _mark_macros(package)
    if package.main.startswith("xl/") or "workbook" in package.main:
        sheets.read_workbook(package)
    for name in package.parts:
        if name not in package.done and name != TYPES:
            _read_part(package, name)


def _mark_macros(package: Package) -> None:
    """Programs in a document run on the reader's machine; nobody can clear them."""
    types = package.types
    declared = types is not None and any(
        _MACRO_TYPES.search(attribute(part, "ContentType")) for part in types
    )
    if declared or any(_MACRO_PARTS.search(name) for name in package.parts):
        package.sink.mark("macro", package.file.steps)


def _read_part(package: Package, name: str) -> None:
    steps = _steps(package, name)
    if _MUTE.search(name):
        return
    try:
        data = package.data(name)
        if _is_xml(name, data):
            _read_xml(package, data, steps)
        elif not _MACRO_PARTS.search(name):
            _read_member(package, name, data)
    except Unreadable as fault:
        package.sink.mark(fault.reason, steps, fault.found)


def _steps(package: Package, name: str) -> Steps:
    own = package.places.get(name, package.file.steps)
    for pattern, step in _PLACES:
        if found := pattern.fullmatch(name):
            value = found[1] or "" if pattern.groups else ""
            return (*own, (step, value)) if step else own
    return (*own, ("part", name))


def _is_xml(name: str, data: bytes) -> bool:
    """XML parts bear many endings; pages of HTML in a package are read as files of their own."""
    beginning = data[:8].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t")
    return ending(name) not in {"html", "htm", "mht", "svg"} and beginning.startswith(b"<")


def _read_xml(package: Package, data: bytes, steps: Steps) -> None:
    root = tree(data)
    if local(root) == "worksheet":
        sheets.read_sheet(data, package.sink, steps)
        return
    if local(root) == "sld" and attribute(root, "show") in {"0", "false"}:
        steps = (*steps, ("hidden-slide", ""))
    Story(package.sink, steps).read(root)


def _read_member(package: Package, name: str, data: bytes) -> None:
    """A picture, a file within the file, or bytes of an unknown kind."""
    steps = (*package.places.get(name, package.file.steps), ("member", name))
    kind = sniff(data)
    if kind in PICTURES:
        images.read_embedded(File(name, data, steps, package.file.depth + 1), kind, package.sink)
    elif kind != "unknown":
        package.sink.spend("members")
        read_file(File(_plain_name(name, kind), data, steps, package.file.depth + 1), package.sink)
    else:
        add_writing(data, package.sink, steps)
        if "embeddings/" in name or "media/" in name:
            package.sink.mark("unknown-kind", steps)


def _plain_name(name: str, kind: str) -> str:
    """A part's ending is the program's choice (`oleObject1.bin`); it says nothing of a disguise."""
    return "" if kind in {"xls", "ole"} else name
