"""Opens any file and says what stands in it: the one way from a file to its passages."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .fence import Readers, shared
from .limits import MAX_FILE
from .passage import Opened, Unread

__all__ = ["Readers", "open_bytes", "open_path"]

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


def open_path(path: Path, readers: Readers | None = None) -> Opened:
    """What stands in a file. Never raises for what is in it.

    A symbolic link is not followed: the caller has to know of it before. Raises OSError where there
    is no such file, it may not be read, it is a link, or it is no regular file.
    """
    if stat.S_ISLNK(path.lstat().st_mode):
        raise OSError(f"a symbolic link is not followed: {path}")
    with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(f"no regular file: {path}")
        if status.st_size > MAX_FILE:
            return Opened(unread=(Unread("too-large"),))
        data = stream.read(MAX_FILE + 1)
    return open_bytes(path.name, data, readers)


def open_bytes(name: str, data: bytes, readers: Readers | None = None) -> Opened:
    """What stands in these bytes, which bear this name. Never raises for what is in them."""
    if len(data) > MAX_FILE:
        return Opened(unread=(Unread("too-large"),))
    return (readers or shared()).read(name, data)
