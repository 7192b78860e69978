"""Office files before 2007: workbooks of Excel and WPS cell by cell, others as far as writing can be seen."""

from __future__ import annotations

import io
import re
from typing import Any

import olefile

from . import xls
from .family import read_file
from .kinds import sniff
from .passage import Steps
from .raw import add_writing
from .sink import File, Sink, Unreadable

_MACROS = re.compile(r"(?:^|/)(?:_VBA_PROJECT_CUR|Macros|VBA|_VBA_PROJECT)(?:/|$)", re.IGNORECASE)
_PROPERTIES = "\x05"
_NATIVE = "\x01Ole10Native"
_PACKAGE = frozenset({"Package", "CONTENTS"})
_BOOKS = ("Workbook", "Book")
_MAX_STREAMS = 500
#: Beginnings of files that an older program wraps with a header of its own.
_INNER = re.compile(rb"PK\x03\x04|%PDF-|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\x89PNG|\xff\xd8\xff")


def read(file: File, sink: Sink) -> None:
    """A compound file, or the bare stream of a very old workbook. Raises Unreadable, Exhausted."""
    if not olefile.isOleFile(file.data):
        xls.read_stream(file, file.data, sink)
        return
    with olefile.OleFileIO(io.BytesIO(file.data)) as compound:
        streams = ["/".join(entry) for entry in compound.listdir(streams=True, storages=False)]
        if "EncryptedPackage" in streams:
            raise Unreadable("encrypted")
        if len(streams) > _MAX_STREAMS:
            raise Unreadable("too-long")
        if any(_MACROS.search(stream) for stream in streams):
            sink.mark("macro", file.steps)
        book = next((name for name in _BOOKS if name in streams), "")
        for stream in streams:
            if stream != book:
                _read_stream(file, stream, _bytes(compound, stream, sink), sink)
        if book:
            xls.read_stream(file, _bytes(compound, book, sink), sink)
        else:
            sink.mark("unknown-kind", file.steps)


def _bytes(compound: olefile.OleFileIO[Any], stream: str, sink: Sink) -> bytes:
    sink.spend("unpacked", compound.get_size(stream))
    with compound.openstream(stream) as opened:
        return bytes(opened.read())


def _read_stream(file: File, stream: str, data: bytes, sink: Sink) -> None:
    """Properties and embedded files as such, of all others what looks like writing."""
    name = stream.rpartition("/")[2]
    steps: Steps = (*file.steps, ("part", stream.strip("\x01\x02\x03\x05")))
    if name.startswith(_PROPERTIES):
        steps = (*file.steps, ("property", ""))
    if name == _NATIVE or name in _PACKAGE:
        inner = _INNER.search(data)
        member = data[inner.start() :] if inner else data
        if inner and sniff(member) != "unknown":
            sink.spend("members")
            read_file(File("", member, steps, file.depth + 1), sink)
    add_writing(data, sink, steps)
