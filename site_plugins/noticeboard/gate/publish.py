"""A new site takes the old one's place only when it is whole and verified."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

#: Seconds after which what a killed build left behind is cleared away.
ABANDONED = 600


class NotOurs(Exception):
    """The folder that should hold the site holds something else; it is not touched."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Staging:
    """Builds beside the site and swaps at the end.

    The old site is moved aside and the new one moved in by two renames on one file system. A build
    that is killed leaves the old site as it was; killed between the two renames, it leaves the old
    site under its other name, and the next build puts it back before it does anything else.
    """

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()
        self.path = self._beside(f"new-{os.getpid()}")
        self._old = self._beside("old")
        self._put_back()

    def prepare(self) -> Path:
        """An empty folder to build in. Raises NotOurs where the target holds other people's files."""
        if self.target.exists() and not self._is_a_site():
            raise NotOurs(self.target)
        self.discard()
        self.path.mkdir(parents=True)
        now = self.path.stat().st_mtime
        for left in self.target.parent.glob(f".{self.target.name}.new-*"):
            if now - left.stat().st_mtime > ABANDONED:
                shutil.rmtree(left, ignore_errors=True)
        return self.path

    def promote(self) -> None:
        """Put the new site in the old one's place. Raises OSError where a program holds it open."""
        shutil.rmtree(self._old, ignore_errors=True)
        if self.target.exists():
            self.target.rename(self._old)
        try:
            self.path.rename(self.target)
        except OSError:
            self._put_back()
            raise
        shutil.rmtree(self._old, ignore_errors=True)

    def discard(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def _put_back(self) -> None:
        """The old site under its own name again, where nothing stands there."""
        if self._old.exists() and not self.target.exists():
            self._old.rename(self.target)

    def _beside(self, suffix: str) -> Path:
        return self.target.with_name(f".{self.target.name}.{suffix}")

    def _is_a_site(self) -> bool:
        if not self.target.is_dir():
            return False
        return not any(self.target.iterdir()) or (self.target / "data" / "notices.json").is_file()
