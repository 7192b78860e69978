"""Text in bytes that nobody here can take apart: whatever looks like writing, best effort."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .passage import Steps
from .sink import Sink

_DIGIT = r"[0-9０-９]"
_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_MANY_DIGITS = re.compile(rf"(?:{_DIGIT}[^0-9０-９]*?){{8}}")
_UUID = re.compile(r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?")
#: At least six signs in UTF-16, little-endian: ASCII, CJK, full-width.
_WIDE = re.compile(rb"(?:[\x09\x0a\x0d\x20-\x7e]\x00|[\x00-\xff][\x30\x4e-\x9f\xff]){6,}")
#: At least six signs in ASCII or in two bytes of GB18030 or three of UTF-8.
_NARROW = re.compile(rb"(?:[\x09\x0a\x0d\x20-\x7e]|[\x81-\xfe][\x40-\xfe]){6,}")


def telling(text: str) -> bool:
    """Whether a value from the workings of a file is worth a passage: Chinese, an address, eight digits."""
    if _CJK.search(text) or "@" in text:
        return True
    return _MANY_DIGITS.search(text) is not None and not _UUID.fullmatch(text)


def writing(data: bytes) -> Iterator[str]:
    """Runs of text in unknown bytes, in UTF-16, UTF-8, GB18030 and ASCII, that are `telling`."""
    for found in _WIDE.finditer(data):
        text = found[0].decode("utf-16-le", "replace")
        if telling(text):
            yield text
    for found in _NARROW.finditer(data):
        text = some_text(found[0])
        if telling(text):
            yield text


def some_text(data: bytes) -> str:
    """Bytes that are text in UTF-8 or GB18030, at worst with replacements."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def add_writing(data: bytes, sink: Sink, steps: Steps) -> None:
    """One passage with all `writing` of these bytes."""
    sink.add("\n".join(dict.fromkeys(writing(data))), steps)
