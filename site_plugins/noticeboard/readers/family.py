"""From the kind of a file to the module that reads it; modules are loaded when first needed."""

from __future__ import annotations

import struct
import zlib
from importlib import import_module
from typing import Protocol, cast

from .kinds import PICTURES, TEXTS, accepted, sniff
from .limits import MAX_DEPTH
from .sink import Exhausted, File, Sink, Unreadable

#: Kind → module of this package with `read(file, sink)`.
MODULES = {
    **dict.fromkeys(("xlsx", "docx", "pptx"), "ooxml"),
    **dict.fromkeys(("ods", "odt", "odp", "odf"), "odf"),
    **dict.fromkeys(("xls", "ole", "encrypted-ooxml"), "ole"),
    **dict.fromkeys(PICTURES, "images"),
    **dict.fromkeys(("zip", "gz"), "packed"),
    **dict.fromkeys(TEXTS, "text"),
    "ofd": "ofd",
    "pdf": "pdf",
}

#: What damaged or malicious bytes make the parsers raise; each means that the file is broken.
_DAMAGE = (
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    EOFError,
    OSError,
    SyntaxError,
    RuntimeError,
    struct.error,
    zlib.error,
)


class _Reader(Protocol):
    def read(self, file: File, sink: Sink) -> None: ...


def read_file(file: File, sink: Sink) -> None:
    """Everything of one file, with what lies in it; what cannot be read is marked. Raises Exhausted."""
    try:
        _read(file, sink)
    except Unreadable as fault:
        sink.mark(fault.reason, file.steps, fault.found)


def read_whole(file: File, sink: Sink) -> None:
    """As `read_file`, for the outermost file: reaching a limit is a mark too. Raises nothing."""
    try:
        read_file(file, sink)
    except Exhausted as limit:
        sink.mark(limit.reason, file.steps)
    except RecursionError:
        sink.mark("too-deep", file.steps)
    except MemoryError:
        sink.mark("too-large", file.steps)


def _read(file: File, sink: Sink) -> None:
    if file.depth > MAX_DEPTH:
        raise Exhausted("too-deep")
    if not file.data:
        return
    kind = sniff(file.data)
    if not accepted(file.name, kind):
        if kind == "unknown":
            raise Unreadable("broken")
        sink.mark("mislabelled", file.steps, kind)
    module = MODULES.get(kind)
    if module is None:
        raise Unreadable("unknown-kind", "" if kind == "unknown" else kind)
    reader = cast(_Reader, import_module(f".{module}", __package__))
    try:
        reader.read(file, sink)
    except RecursionError as fault:
        raise Unreadable("too-deep") from fault
    except _DAMAGE as fault:
        raise Unreadable("broken") from fault
