"""A process of its own in which foreign formats are read, with an end to its memory and time.

What makes a parser crash, eat memory or run for ever ends that process, and nothing else: the file is
marked and the next one is read by a new process.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, cast

from .limits import MAX_ANSWER, WALL, WALL_ALONE
from .passage import Opened, Passage, Unread
from .sink import Unpacker

#: Bytes of the length that stands before every message.
LENGTH = struct.Struct(">Q")
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_MODULE = f"{__package__}.worker"
_ON_WINDOWS = sys.platform == "win32"


def send(stream: IO[bytes], message: bytes) -> None:
    """One message with its length before it."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> bytes | None:
    """The next message, or None where the other side is gone or says what cannot be."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > most:
        return None
    message = stream.read(length)
    return message if len(message) == length else None


class Readers:
    """Reads files in a process that it starts when first needed and keeps for the next ones.

    Safe to call from several threads; one file is read at a time. `close` ends the process.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, name: str, data: bytes) -> Opened:
        """The passages and marks of one file. Raises OSError only where no process can be started."""
        with self._lock:
            worker = self._running()
            overdue = threading.Event()
            watch = threading.Timer(WALL_ALONE if _ON_WINDOWS else WALL, _overrun, (worker, overdue))
            watch.daemon = True
            watch.start()
            try:
                with _without_collector():
                    answer, last = _ask(worker, name, data)
            except BaseException:  # an answer half read would be taken for the next file's
                worker.kill()
                self._end()
                raise
            finally:
                watch.cancel()
            if answer is None:
                status = self._end()
                return Opened(unread=(Unread(_reason(status, overdue.is_set())),))
            if last:
                self._end()
        return answer

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started anew where there is none, it has ended, or it is that of a forked parent."""
        if self._worker is not None and self._owner != os.getpid():
            self._worker = None
        if self._worker is not None and self._worker.poll() is not None:
            self._end()
        if self._worker is None:
            self._worker, self._owner = _start(), os.getpid()
        return self._worker

    def _end(self) -> int | None:
        """Close the pipes, which ends the process, and wait for it; its exit status."""
        worker, self._worker = self._worker, None
        if worker is None or self._owner != os.getpid():
            return None
        _shut(worker.stdin)
        try:
            status = worker.wait(timeout=1)
        except subprocess.TimeoutExpired:
            worker.kill()
            status = worker.wait()
        _shut(worker.stdout)
        return status


def _shut(stream: IO[bytes] | None) -> None:
    """Close a pipe; what is still in it goes nowhere when the other end is gone."""
    if stream is not None:
        try:
            stream.close()
        except OSError:
            return


def _start() -> subprocess.Popen[bytes]:
    """A new process. It does not look for modules in the folder it is started in."""
    paths = [str(_PACKAGE_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _overrun(worker: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    worker.kill()


@contextmanager
def _without_collector() -> Iterator[None]:
    """No search for cycles while hundreds of thousands of small values without any are made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _ask(worker: subprocess.Popen[bytes], name: str, data: bytes) -> tuple[Opened | None, bool]:
    """Question and answer, and whether it was the last one; None where the process went away over it."""
    into, out = cast(IO[bytes], worker.stdin), cast(IO[bytes], worker.stdout)
    unpacker, passages = Unpacker(), list[Passage]()
    try:
        send(into, name.encode("utf-8", "surrogateescape"))
        send(into, data)
        while (message := receive(out, MAX_ANSWER)) is not None:
            answer = json.loads(message)
            passages.extend(map(unpacker.passage, answer["records"]))
            if "marks" in answer:
                marks = tuple(map(unpacker.unread, answer["marks"]))
                return Opened(tuple(passages), marks), bool(answer["last"])
    except OSError:
        return None, True
    return None, True


def _reason(status: int | None, overdue: bool) -> str:
    """Why a process went away: out of time, out of memory, or a parser crashed."""
    if overdue or status is None or -status in _OUT_OF_TIME:
        return "too-long"
    return "too-large" if -status == _KILLED else "broken"


#: Signals of a clock that has run out, SIGXCPU, SIGVTALRM and SIGPROF, and of a system without memory.
_OUT_OF_TIME = frozenset({24, 26, 27})
_KILLED = 9

_shared = Readers()
atexit.register(_shared.close)


def shared() -> Readers:
    """The one that all callers of this process share."""
    return _shared
