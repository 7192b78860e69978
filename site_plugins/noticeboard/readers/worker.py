"""The process behind the fence: takes names and bytes, answers with passages and marks."""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from .family import read_whole
from .fence import receive, send
from .limits import CPU, MAX_FILE, MEMORY, RECYCLE
from .sink import File, Sink

_MAX_NAME = 1 << 20
_PORTION = 10_000  # records in one message
_STATM = Path("/proc/self/statm")


def main() -> None:
    """Serve until the input is closed. What libraries print goes nowhere.

    Parsing makes many values and hardly a cycle: the search for cycles would take half of the time.
    """
    source = sys.stdin.buffer
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    gc.disable()
    limits = _Limits()
    while (name := receive(source, _MAX_NAME)) is not None:
        data = receive(source, MAX_FILE)
        if data is None or not _serve(name, data, target, limits):
            return


def _serve(name: bytes, data: bytes, target: IO[bytes], limits: _Limits) -> bool:
    """Answer one question; whether this process is fit for another."""
    sink = Sink()
    limits.begin()
    read_whole(File(name.decode("utf-8", "surrogateescape"), data), sink)
    limits.end()
    last = limits.grown()
    for start in range(0, len(sink.records), _PORTION):
        _answer(target, {"records": sink.records[start : start + _PORTION]})
    _answer(target, {"records": [], "marks": sink.marks, "last": last})
    return not last


def _answer(target: IO[bytes], content: dict[str, Any]) -> None:
    send(target, json.dumps(content, separators=(",", ":")).encode())


def _resource() -> ModuleType | None:
    """The module for limits, which Windows has not."""
    try:
        return importlib.import_module("resource")
    except ImportError:
        return None


class _Limits:
    """Memory and processor time of this process; nothing where the system knows no such limits."""

    def __init__(self) -> None:
        self._resource = _resource()
        self._base = _virtual_size()
        if self._resource is not None and self._base:
            most = self._base + MEMORY
            _, hard = self._resource.getrlimit(self._resource.RLIMIT_AS)
            if hard in {self._resource.RLIM_INFINITY} or hard > most:
                self._resource.setrlimit(self._resource.RLIMIT_AS, (most, hard))

    def begin(self) -> None:
        """From now on this process has `CPU` seconds."""
        self._clock(CPU)

    def end(self) -> None:
        """The file is read; the clock stops."""
        self._clock(0)

    def grown(self) -> bool:
        """Whether so much memory stays taken that the next file should find a fresh process."""
        return _virtual_size() > self._base + RECYCLE

    def _clock(self, seconds: float) -> None:
        if self._resource is not None:
            signals = importlib.import_module("signal")
            signals.setitimer(signals.ITIMER_PROF, seconds)


def _virtual_size() -> int:
    """Bytes of address space of this process, 0 where the system does not tell."""
    try:
        return int(_STATM.read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0


if __name__ == "__main__":
    main()
