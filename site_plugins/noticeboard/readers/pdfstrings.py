"""The strings in the bytes of a PDF outside of its pages: properties, bookmarks, notes, values of forms."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass, field
from itertools import islice

from .limits import MAX_MEMBERS
from .raw import some_text, telling
from .sink import Sink

_STREAM = re.compile(rb"stream\r?\n")
_END_STREAM = b"endstream"
#: Bytes in which a dictionary stands.
_DICTIONARY = 2_000
#: Times that the letters of `obj` may stand in a dictionary.
_MAX_WORDS = 8
_OBJECT_NUMBER = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+$")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?!\s+\d+\s+R|\d)")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_NAME = re.compile(rb"/([A-Za-z0-9]+)")
_FILE = re.compile(rb"/EmbeddedFile(?![A-Za-z0-9])")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+R(?![A-Za-z])")
#: A reference, a list, or a dictionary without another in it.
_VALUE = re.compile(rb"\s*(?:\d{1,10}\s+\d{1,5}\s+R|\[[^\]]{0,4000}\]|<<[^>]{0,4000}>>)")
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)", re.DOTALL)
_HEX = re.compile(rb"<((?:[0-9A-Fa-f]{2}\s*){4,})>")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\r\n": b"",
    b"\n": b"",
    b"\r": b"",
}
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch)(?![A-Za-z0-9])")
_DATE = re.compile(r"D:\d{8,14}[-+Z]?[\d']*")
_SPACES = re.compile(r"\s+")
_METADATA = (b"<x:xmpmeta", b"<rdf:RDF")
#: Bytes of strings that are read; more are a sign of data that are no strings.
_MAX_STRINGS = 20_000


@dataclass(slots=True)
class Body:
    """What was found. `acts`: the file carries a program or starts one.

    `files` are embedded files, None for one in a coding unknown here; `form` is the XML of a form;
    `private` are data of the program that wrote the file.
    """

    strings: list[str] = field(default_factory=list)
    metadata: list[str] = field(default_factory=list)
    files: list[bytes | None] = field(default_factory=list)
    form: bytes = b""
    private: bytes = b""
    acts: bool = False


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream: number of the object, its dictionary, where its bytes stand."""

    number: int
    dictionary: bytes
    start: int
    end: int


def body(data: bytes, sink: Sink) -> Body:
    """Everything outside of streams, and in streams that hold no page. Raises Exhausted."""
    found = Body()
    outside: list[bytes] = []
    streams: list[_Stream] = []
    at = 0
    while (begin := _STREAM.search(data, at)) is not None:
        outside.append(data[at : begin.start()])
        number, dictionary = _head(outside[-1])
        stream = _Stream(number, dictionary, begin.end(), _stream_end(data, begin.end(), dictionary))
        streams.append(stream)
        if b"/ObjStm" in dictionary:
            outside.append(_plain(stream, data, sink) or b"")
        elif b"/Metadata" in dictionary or b"/XML" in dictionary:
            metadata = _plain(stream, data, sink) or b""
            if any(sign in metadata for sign in _METADATA):
                found.metadata.append(some_text(metadata))
        at = min(len(data), data.find(_END_STREAM, stream.end) + len(_END_STREAM))
        if at < stream.end:
            break
    outside.append(data[at:])
    whole = b"\n".join(outside)
    names = _NAME_CODE.sub(lambda code: bytes([int(code[1], 16)]), whole)
    found.acts = _ACTS.search(names) is not None
    found.strings = list(dict.fromkeys(_strings(whole)))
    _take_streams(streams, names, data, found, sink)
    return found


def _head(before: bytes) -> tuple[int, bytes]:
    """Number and dictionary of the object whose stream begins behind these bytes."""
    head = before
    for _ in range(_MAX_WORDS):
        head, _, rest = head.rpartition(b"obj")
        if (number := _OBJECT_NUMBER.search(head[-40:])) is not None:
            return int(number[1]), before[len(before) - len(rest) :] if head else rest
    return 0, before[-_DICTIONARY:]


def _stream_end(data: bytes, start: int, dictionary: bytes) -> int:
    """Where a stream ends: as long as it says where that is true, for it may hold streams of its own."""
    if (length := _LENGTH.search(dictionary)) is not None:
        end = start + int(length[1])
        if data[end : end + 20].lstrip().startswith(_END_STREAM):
            return end
    end = data.find(_END_STREAM, start)
    return len(data) if end < 0 else end


def _take_streams(streams: list[_Stream], names: bytes, data: bytes, found: Body, sink: Sink) -> None:
    """Embedded files, forms and private data, which are told by what refers to them."""
    numbers = {stream.number for stream in streams}
    files = _referred(b"EF", names, numbers)
    form = _referred(b"XFA", names, numbers)
    private = _referred(b"Private", names, numbers)
    for stream in streams:
        if stream.number in files or _FILE.search(stream.dictionary):
            found.files.append(_plain(stream, data, sink))
        elif stream.number in form:
            found.form += _plain(stream, data, sink) or b""
        elif stream.number in private:
            found.private += _plain(stream, data, sink) or b""


def _referred(key: bytes, names: bytes, streams: set[int]) -> set[int]:
    """Numbers of the streams behind a key: named at once, in a list or dictionary, or by way of an object."""
    found: set[int] = set()
    for value in islice(re.finditer(rb"/%s(?![A-Za-z0-9])" % key, names), MAX_MEMBERS):
        inner = _VALUE.match(names, value.end())
        direct = {int(number) for number in _REFERENCE.findall(inner[0])} if inner else set()
        for number in direct - streams:
            thing = re.search(
                rb"(?<!\d)%d\s+\d{1,5}\s+obj(.{0,%d}?)endobj" % (number, _DICTIONARY), names, re.S
            )
            found.update(int(other) for other in _REFERENCE.findall(thing[1] if thing else b""))
        found |= direct
    return found & streams


def _plain(stream: _Stream, data: bytes, sink: Sink) -> bytes | None:
    """The bytes of a stream without its filters; None where one of them is unknown or the data are broken."""
    plain = data[stream.start : stream.end]
    listed = _FILTER.search(stream.dictionary)
    for name in _NAME.findall(listed[1]) if listed else ():
        try:
            if name in {b"FlateDecode", b"Fl"}:
                plain = _unpacked(plain, sink)
            elif name in {b"ASCIIHexDecode", b"AHx"}:
                plain = bytes.fromhex(plain.partition(b">")[0].decode("ascii"))
            elif name in {b"ASCII85Decode", b"A85"}:
                code = plain.strip().removeprefix(b"<~").removesuffix(b"~>")
                plain = base64.a85decode(code, ignorechars=b" \t\n\r\f\0")
            else:
                return None
        except ValueError:
            return None
    return plain


def _unpacked(data: bytes, sink: Sink) -> bytes:
    packer = zlib.decompressobj()
    try:
        plain = packer.decompress(data, sink.left("unpacked") + 1)
    except zlib.error:
        return b""
    sink.spend("unpacked", len(plain))
    return plain


def _strings(data: bytes) -> list[str]:
    literals = (_unescaped(found[0][1:-1]) for found in _LITERAL.finditer(data))
    coded = (bytes.fromhex(found[1].decode("ascii")) for found in _HEX.finditer(data))
    texts = (_decoded(value) for values in (literals, coded) for value in values if len(value) > 3)
    kept: list[str] = []
    for text in texts:
        if telling(text) and _SPACES.sub("", text).isprintable() and not _DATE.fullmatch(text):
            kept.append(text)
        if len(kept) >= _MAX_STRINGS:
            break
    return kept


def _unescaped(value: bytes) -> bytes:
    return _ESCAPE.sub(_escape, value) if b"\\" in value else value


def _escape(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign.isdigit():
        return bytes([int(sign, 8) & 0xFF])
    return _ESCAPES.get(sign, sign)


def _decoded(value: bytes) -> str:
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    return some_text(value.removeprefix(b"\xef\xbb\xbf"))
