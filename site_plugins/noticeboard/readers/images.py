"""Pictures: only their headers and notes are read, never a pixel. What they show is for a person to see."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from .around import AFTER_END, read_appended
from .kinds import sniff
from .limits import MIN_PICTURE
from .passage import Steps
from .raw import add_writing, some_text, writing
from .sink import File, Sink, Unreadable

#: Width and height in pixels, and where the picture ends in its bytes.
_Size = tuple[int, int, int]

_MAX_NOTE = 1_000_000  # bytes of one unpacked note
_MAX_ENTRIES = 500  # entries of one directory of EXIF
_MAX_DIRECTORIES = 16
_GPS = 0x8825
_POINTERS = frozenset({0x8769, 0xA005, 0x014A})
_MAKER_NOTE = 0x927C
_WIDTH, _HEIGHT = 0x0100, 0x0101
#: A marker of JPEG that is followed by a length, or its end; between them lie the drawing and filling bytes.
_MARKER = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
_JPEG_END = 0xD9
_GIF_EXTENSION, _GIF_IMAGE, _GIF_END = b"!,;"
_STRIPS = frozenset({0x0111, 0x0117, 0x0144, 0x0145})
#: Names of EXIF entries that name a person, a device, or the picture's subject.
_NAMES = {
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x013B: "Artist",
    0x013C: "HostComputer",
    0x8298: "Copyright",
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9D: "XPAuthor",
    0x9C9E: "XPKeywords",
    0x9C9F: "XPSubject",
    0x9286: "UserComment",
    0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber",
    0xA435: "LensSerialNumber",
    0xA420: "ImageUniqueID",
}
_WIDE_TEXT = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}


def read(file: File, sink: Sink) -> None:
    """Size, position, owner and notes of a picture. Raises Unreadable where it is broken."""
    kind = sniff(file.data)
    try:
        width, height, end = _READERS[kind](file.data, sink, file.steps)
    except (struct.error, IndexError) as fault:
        raise Unreadable("broken") from fault
    read_appended(file, end, sink)
    if min(width, height) >= MIN_PICTURE:
        is_second = file.steps[-1:] == (AFTER_END,)
        (sink.count if is_second else sink.mark)("picture", file.steps)


def read_embedded(file: File, kind: str, sink: Sink) -> None:
    """As `read`, for one of many pictures in a file: they are counted, not listed."""
    try:
        width, height, end = _READERS[kind](file.data, sink, file.steps)
    except (struct.error, IndexError):
        width, height, end = MIN_PICTURE, MIN_PICTURE, len(file.data)
    read_appended(file, end, sink)
    if min(width, height) >= MIN_PICTURE:
        sink.count("picture", file.steps)


def _png(data: bytes, sink: Sink, steps: Steps) -> _Size:
    width, height = struct.unpack_from(">2L", data, 16)
    at = 8
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">L4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if name == b"eXIf":
            _exif(body, sink, steps)
        elif name in {b"tEXt", b"zTXt", b"iTXt"}:
            _png_note(name, body, sink, steps)
        at += 12 + length
        if name == b"IEND":
            break
    return width, height, at


def _png_note(name: bytes, body: bytes, sink: Sink, steps: Steps) -> None:
    key, _, text = body.partition(b"\0")
    if name == b"zTXt":
        text = _unpacked(text[1:])
    elif name == b"iTXt":
        packed, rest = text[:1] == b"\x01", text[2:].split(b"\0", 2)
        text = _unpacked(rest[-1]) if packed else rest[-1]
    sink.add(some_text(text), (*steps, ("picture-note", some_text(key)[:79])))


def _unpacked(data: bytes) -> bytes:
    """Raises Unreadable where a note unpacks to more than any note says."""
    packer = zlib.decompressobj()
    try:
        text = packer.decompress(data, _MAX_NOTE)
    except zlib.error:
        return b""
    if packer.unconsumed_tail:
        raise Unreadable("too-large")
    return text


def _jpg(data: bytes, sink: Sink, steps: Steps) -> _Size:
    width = height = MIN_PICTURE
    at = 2
    while (found := _MARKER.search(data, at)) is not None:
        at, marker = found.end(), data[found.end() - 1]
        if marker == _JPEG_END:
            return width, height, at
        length = int.from_bytes(data[at : at + 2], "big")
        body = data[at + 2 : at + length]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack_from(">2H", body, 1)
        elif 0xE1 <= marker <= 0xEF or marker == 0xFE:
            _jpg_note(marker, body, sink, steps)
        at += length
    return width, height, len(data)


def _jpg_note(marker: int, body: bytes, sink: Sink, steps: Steps) -> None:
    if body.startswith(b"Exif\0\0"):
        _exif(body[6:], sink, steps)
    elif marker == 0xFE:
        sink.add(some_text(body), (*steps, ("picture-note", "comment")))
    elif body.startswith(b"http://ns.adobe.com/"):
        sink.add(some_text(body.partition(b"\0")[2]), (*steps, ("picture-note", "XMP")))
    elif not body.startswith((b"ICC_PROFILE", b"Adobe\0")):
        add_writing(body, sink, (*steps, ("picture-note", f"APP{marker - 0xE0}")))


def _gif(data: bytes, sink: Sink, steps: Steps) -> _Size:
    width, height = struct.unpack_from("<2H", data, 6)
    for at in _all(data, b"\x21\xfe"):
        add_writing(data[at + 2 : at + 2 + 4096], sink, (*steps, ("picture-note", "comment")))
    if (xmp := data.find(b"XMP DataXMP")) >= 0:
        sink.add(
            some_text(data[xmp + 11 : xmp + _MAX_NOTE].partition(b"<?xpacket end")[0]),
            (*steps, ("picture-note", "XMP")),
        )
    return width, height, _gif_end(data)


def _gif_end(data: bytes) -> int:
    """Where the last block of a GIF ends; all of it where the blocks do not lead to an end."""
    at = 13 + _colours(data[10])
    while at < len(data):
        sign = data[at]
        if sign == _GIF_END:
            return at + 1
        if sign == _GIF_EXTENSION:
            at += 2
        elif sign == _GIF_IMAGE:
            at += 11 + _colours(data[at + 9])
        else:
            break
        while data[at]:
            at += 1 + data[at]
        at += 1
    return len(data)


def _colours(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _all(data: bytes, sign: bytes) -> Iterator[int]:
    at = data.find(sign)
    for _ in range(_MAX_ENTRIES):
        if at < 0:
            return
        yield at
        at = data.find(sign, at + len(sign))


def _webp(data: bytes, sink: Sink, steps: Steps) -> _Size:
    width = height = MIN_PICTURE
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= min(end, len(data)):
        name, length = struct.unpack_from("<4sL", data, at)
        body = data[at + 8 : at + 8 + length]
        if name == b"EXIF":
            _exif(body.removeprefix(b"Exif\0\0"), sink, steps)
        elif name == b"XMP ":
            sink.add(some_text(body), (*steps, ("picture-note", "XMP")))
        elif name == b"VP8X":
            width = 1 + int.from_bytes(body[4:7], "little")
            height = 1 + int.from_bytes(body[7:10], "little")
        elif name == b"VP8L":
            bits = int.from_bytes(body[1:5], "little")
            width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        elif name == b"VP8 ":
            width, height = (size & 0x3FFF for size in struct.unpack_from("<2H", body, 6))
        at += 8 + length + length % 2
    return width, height, end


def _bmp(data: bytes, sink: Sink, steps: Steps) -> _Size:
    if data[14] == 12:
        width, height = struct.unpack_from("<2H", data, 18)
    else:
        width, height = struct.unpack_from("<2l", data, 18)
    return abs(width), abs(height), int.from_bytes(data[2:6], "little") or len(data)


def _tiff(data: bytes, sink: Sink, steps: Steps) -> _Size:
    width, height = _exif(data, sink, steps) or (MIN_PICTURE, MIN_PICTURE)
    return width, height, len(data)


_READERS = {"png": _png, "jpg": _jpg, "gif": _gif, "webp": _webp, "bmp": _bmp, "tiff": _tiff}


def _exif(data: bytes, sink: Sink, steps: Steps) -> tuple[int, int] | None:
    """Every directory of a TIFF structure; the size of the picture where it says so."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return None
    size: dict[int, int] = {}
    waiting, seen = [(struct.unpack_from(order + "L", data, 4)[0], False)], set[int]()
    while waiting and len(seen) < _MAX_DIRECTORIES:
        at, is_position = waiting.pop()
        if at in seen or not 8 <= at <= len(data) - 2:
            continue
        seen.add(at)
        position: dict[int, str] = {}
        for tag, kind, count, value in _entries(data, order, at):
            if tag == _GPS or tag in _POINTERS:
                waiting.extend((pointer, tag == _GPS) for pointer in _integers(value, kind, order))
            elif is_position:
                position[tag] = _shown(kind, value, order)
            elif tag in {_WIDTH, _HEIGHT}:
                size[tag] = max([size.get(tag, 0), *_integers(value, kind, order)])
            elif tag not in _STRIPS:
                _note(tag, kind, count, value, sink, steps)
        if is_position:
            _add_position(position, sink, steps)
        following = at + 2 + 12 * struct.unpack_from(order + "H", data, at)[0]
        if following + 4 <= len(data):
            waiting.append((struct.unpack_from(order + "L", data, following)[0], False))
    return (size[_WIDTH], size[_HEIGHT]) if len(size) == 2 else None


def _entries(data: bytes, order: str, at: int) -> Iterator[tuple[int, int, int, bytes]]:
    """Tag, type, count and bytes of each entry of one directory."""
    number = min(struct.unpack_from(order + "H", data, at)[0], _MAX_ENTRIES)
    for entry in range(at + 2, min(at + 2 + 12 * number, len(data) - 11), 12):
        tag, kind, count = struct.unpack_from(order + "HHL", data, entry)
        length = _SIZES.get(kind, 1) * count
        start = entry + 8 if length <= 4 else struct.unpack_from(order + "L", data, entry + 8)[0]
        yield tag, kind, count, data[start : start + min(length, _MAX_NOTE)]


def _integers(value: bytes, kind: int, order: str) -> list[int]:
    code = {3: "H", 4: "L", 13: "L"}.get(kind)
    if code is None:
        return []
    number = min(len(value) // _SIZES[kind], _MAX_DIRECTORIES)
    return list(struct.unpack_from(f"{order}{number}{code}", value))


def _note(tag: int, kind: int, count: int, value: bytes, sink: Sink, steps: Steps) -> None:
    name = _NAMES.get(tag)
    where = (*steps, ("picture-note", name or f"0x{tag:04X}"))
    if tag in _WIDE_TEXT:
        sink.add(value.decode("utf-16-le", "replace").rstrip("\0"), where)
    elif kind == 2:
        sink.add(some_text(value).strip("\0 "), where)
    elif name or tag == _MAKER_NOTE or (kind in {1, 7} and count > 8):
        sink.add("\n".join(dict.fromkeys(writing(value))), where)


def _shown(kind: int, value: bytes, order: str) -> str:
    """An entry of the position as text: fractions as numbers."""
    if kind in {5, 10}:
        parts = struct.unpack_from(f"{order}{len(value) // 4}L", value)
        pairs = zip(parts[::2], parts[1::2], strict=False)
        return " ".join(
            f"{above / below:.6f}".rstrip("0").rstrip(".") if below else "0" for above, below in pairs
        )
    return some_text(value).strip("\0 ") if kind in {2, 7} else ""


def _add_position(position: dict[int, str], sink: Sink, steps: Steps) -> None:
    """Latitude and longitude as `N 35 24 18.5 E 116 35 2`, and the name of the place where it is given."""
    words = [position.get(tag, "") for tag in (1, 2, 3, 4, 0x1C)]
    if position.get(2) or position.get(4):
        sink.add(" ".join(word for word in words if word), (*steps, ("gps", "")))
