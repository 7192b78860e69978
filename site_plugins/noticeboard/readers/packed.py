"""Archives: every member is read as the file it is, its name too; one file packed by gzip likewise."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from .archive import Archive
from .around import read_around
from .family import read_file
from .raw import some_text
from .sink import Exhausted, File, Sink, Unreadable

_GZIP = 31  # window bits that make zlib expect a gzip header


def read(file: File, sink: Sink) -> None:
    """A zip archive or a gzip file. Raises Unreadable, Exhausted."""
    if file.data.startswith(b"PK"):
        _read_zip(file, sink)
    else:
        _read_gzip(file, sink)


def _read_zip(file: File, sink: Sink) -> None:
    archive = Archive(file, sink)
    read_around(archive, file, sink)
    for name, info in archive.members():
        steps = (*file.steps, ("member", name))
        sink.add(some_text(info.comment), (*steps, ("comment", "")))
        if not _is_tame(name) or _is_link(info):
            sink.mark("unsafe", steps)
        try:
            data = archive.read(info)
        except Unreadable as fault:
            sink.mark(fault.reason, steps, fault.found)
            continue
        read_file(File(name, data, steps, file.depth + 1), sink)


def _is_tame(name: str) -> bool:
    """Whether a name stays in the folder where the archive is unpacked."""
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name and "\0" not in name


def _is_link(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a symbolic link."""
    return stat.S_ISLNK(info.external_attr >> 16)


def _read_gzip(file: File, sink: Sink) -> None:
    packer = zlib.decompressobj(_GZIP)
    limit = sink.left("unpacked")
    try:
        data = packer.decompress(file.data, limit + 1)
    except zlib.error as fault:
        raise Unreadable("broken") from fault
    if len(data) > limit:
        raise Exhausted("too-large")
    sink.spend("unpacked", len(data))
    sink.spend("members")
    if not packer.eof:
        sink.mark("broken", file.steps)
    if packer.unused_data.strip(b"\0"):
        read_file(File("", packer.unused_data, file.steps, file.depth + 1), sink)
    name = file.name[: -len(".gz")] if file.name.lower().endswith(".gz") else ""
    read_file(File(name, data, (*file.steps, ("member", name)), file.depth + 1), sink)
