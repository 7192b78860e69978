"""The last door of everything that is printed: a number that is somebody's by its form alone goes masked.

Titles, names of files and lines with a mistake are told as they stand in a notice, and may hold anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, TextIO, cast

from ..readers.passage import Passage
from .finding import Kind
from .scan import Known, scan

_GUARDED = frozenset({Kind.ID_NUMBER, Kind.BANK_CARD, Kind.MOBILE, Kind.ACCOUNT, Kind.PERMIT})
_ANYBODY = Known()


def guarded(text: str) -> str:
    """The text with a masked sample in the place of every ID number, bank card and mobile number."""
    parts: list[str] = []
    at = 0
    for finding in scan(Passage(text), _ANYBODY):
        if finding.kind in _GUARDED:
            parts += (text[at : finding.start], finding.sample)
            at = finding.end
    return "".join((*parts, text[at:]))


class Guarded:
    """A stream of text that passes on what is written to it guarded. All else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the guarded text; returns the length of what was given."""
        self._stream.write(guarded(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of the lines guarded."""
        for line in lines:
            self.write(line)

    @property
    def buffer(self) -> BinaryIO:
        """The stream of bytes below, guarded as well."""
        return cast(BinaryIO, _GuardedBytes(self._stream.buffer))

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


class _GuardedBytes:
    """As `Guarded`, for what is written as UTF-8 to the byte."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        self._stream.write(guarded(data.decode("utf-8", "replace")).encode())
        return len(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)
