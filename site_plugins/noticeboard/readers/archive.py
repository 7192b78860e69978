"""Zip archives: members within limits, and nothing between them that the directory does not name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .limits import MAX_DIRECTORY, MAX_MEMBERS
from .sink import Exhausted, File, Sink, Unreadable

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
_OPENDOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OFFICE = (
    (
        "docx",
        re.compile(
            rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled)\.main",
            re.I,
        ),
    ),
    ("xlsb", re.compile(rb"ms-excel\.sheet\.binary", re.I)),
    (
        "xlsx",
        re.compile(
            rb"(?:spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template)\.macroEnabled)\.main", re.I
        ),
    ),
    (
        "pptx",
        re.compile(
            rb"(?:presentationml\.(?:presentation|template|slideshow)"
            rb"|ms-powerpoint\.(?:presentation|template|slideshow)\.macroEnabled)\.main",
            re.I,
        ),
    ),
)


def main_kind(data: bytes) -> str:
    """What a zip archive really is: an office document, OFD, or `zip`."""
    try:
        archive = _directory(data)
        names = set(archive.namelist())
        if "mimetype" in names:
            mimetype = _beginning(archive, "mimetype", 200).strip()
            if mimetype.startswith(b"application/vnd.oasis.opendocument"):
                return _OPENDOCUMENT.get(mimetype.removesuffix(b"-template"), "odf")
        if "OFD.xml" in names:
            return "ofd"
        if "[Content_Types].xml" in names:
            types = _beginning(archive, "[Content_Types].xml", MAX_DIRECTORY).replace(b"\0", b"")
            return next((kind for kind, pattern in _OFFICE if pattern.search(types)), "zip")
    except (Unreadable, Exhausted):
        return "zip"
    return "zip"


def _beginning(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        with archive.open(name) as stream:
            return stream.read(most)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        return b""


def _directory(data: bytes) -> zipfile.ZipFile:
    """The archive, once its directory is known to be of a reasonable size. Raises Unreadable, Exhausted."""
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(data):
        raise Unreadable("broken")
    _, _, _, _, entries, size, _, _ = _END.unpack_from(data, at)
    wide = data.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and wide + _END_64.size <= len(data):
        fields = _END_64.unpack_from(data, wide)
        entries, size = max(entries % 0xFFFF, fields[7]), max(size % 0xFFFFFFFF, fields[8])
    if size > MAX_DIRECTORY or entries > MAX_MEMBERS:
        raise Exhausted("too-large")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, LookupError) as fault:
        raise Unreadable("broken") from fault


class Archive:
    """The members of one zip archive, read within the limits of the whole file."""

    def __init__(self, file: File, sink: Sink) -> None:
        self._sink = sink
        self._zip = _directory(file.data)
        self.comment = self._zip.comment
        self.end = file.data.rfind(b"PK\x05\x06") + _END.size + len(self.comment)
        infos = self._zip.infolist()
        sink.spend("members", len(infos))
        if sum(info.file_size for info in infos) > sink.left("unpacked"):
            raise Exhausted("too-large")
        self._infos = [info for info in infos if not info.is_dir()]
        self.names = [member_name(info) for info in infos]
        self.whole = not _hides_members(file.data, infos)

    def members(self) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        """Name and entry of every member that is no folder, in the order of the directory."""
        return ((member_name(info), info) for info in self._infos)

    def read(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of a member. Raises Unreadable where it is encrypted or broken, Exhausted."""
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("encrypted")
        if info.compress_type not in _METHODS:
            raise Unreadable("unknown-kind", f"zip method {info.compress_type}")
        self._sink.spend("unpacked", info.file_size)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(info.file_size)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
            ValueError,
            struct.error,
        ) as fault:
            raise Unreadable("broken") from fault
        return data


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: Chinese Windows writes GBK where the standard says CP437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.orig_filename.encode("cp437").decode("gb18030").replace("\\", "/")
    except UnicodeError:
        return info.filename


def _hides_members(data: bytes, infos: list[zipfile.ZipInfo]) -> bool:
    """Whether a member lies between those of the directory; unpacking from the front would find it."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        start = info.header_offset
        if _LOCAL in data[end:start]:
            return True
        lengths = data[start + 26 : start + _LOCAL_SIZE]
        names = sum(struct.unpack("<2H", lengths)) if len(lengths) == 4 else 0
        end = max(end, start + _LOCAL_SIZE + names + info.compress_size)
    return _LOCAL in data[end : data.rfind(b"PK\x05\x06")]
