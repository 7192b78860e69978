"""The strings in the bytes of a PDF outside of its pages: properties, bookmarks, notes, values of forms."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

from .raw import some_text, telling
from .sink import Sink

_STREAM = re.compile(rb"stream\r?\n")
_END_STREAM = b"endstream"
#: Bytes before a stream in which its dictionary stands.
_DICTIONARY = 2_000
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
_METADATA = (b"<x:xmpmeta", b"<rdf:RDF")
#: Bytes of strings that are read; more are a sign of data that are no strings.
_MAX_STRINGS = 20_000


@dataclass(slots=True)
class Body:
    """What was found. `acts`: the file carries a program or starts one."""

    strings: list[str] = field(default_factory=list)
    metadata: list[str] = field(default_factory=list)
    acts: bool = False


def body(data: bytes, sink: Sink) -> Body:
    """Everything outside of streams, and in streams that hold objects or metadata. Raises Exhausted."""
    found = Body()
    outside: list[bytes] = []
    at = 0
    while (begin := _STREAM.search(data, at)) is not None:
        outside.append(data[at : begin.start()])
        end = data.find(_END_STREAM, begin.end())
        end = len(data) if end < 0 else end
        dictionary = data[max(at, begin.start() - _DICTIONARY) : begin.start()].rpartition(b" obj")[2]
        _stream(dictionary, data[begin.end() : end], found, outside, sink)
        at = min(len(data), end + len(_END_STREAM))
    outside.append(data[at:])
    whole = b"\n".join(outside)
    names = _NAME_CODE.sub(lambda code: bytes([int(code[1], 16)]), whole)
    found.acts = _ACTS.search(names) is not None
    found.strings = list(dict.fromkeys(_strings(whole)))
    return found


def _stream(dictionary: bytes, data: bytes, found: Body, outside: list[bytes], sink: Sink) -> None:
    holds_objects = b"/ObjStm" in dictionary
    if not holds_objects and b"/Metadata" not in dictionary and b"/XML" not in dictionary:
        return
    if b"/FlateDecode" in dictionary or b"/Fl " in dictionary:
        data = _unpacked(data, sink)
    if holds_objects:
        outside.append(data)
    elif any(sign in data for sign in _METADATA):
        found.metadata.append(some_text(data))


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
        if telling(text) and text.isprintable() and not _DATE.fullmatch(text):
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
