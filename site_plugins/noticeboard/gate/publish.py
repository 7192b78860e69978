"""A new site takes the old one's place only when it is whole and verified."""

from __future__ import annotations

import shutil
from pathlib import Path


class NotOurs(Exception):
    """The folder that should hold the site holds something else; it is not touched."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Staging:
    """Builds beside the site and swaps at the end.

    The old site is moved aside and the new one moved in by two renames on one file system. A build
    that is killed leaves the old site as it was; killed between the two renames, it leaves the old
    site under its other name, and the next build puts it back first.
    """

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()
        self.path = self.target.with_name(f".{self.target.name}.new")
        self._old = self.target.with_name(f".{self.target.name}.old")

    def prepare(self) -> Path:
        """An empty folder to build in. Raises NotOurs where the target holds other people's files."""
        if self._old.exists() and not self.target.exists():
            self._old.rename(self.target)
        if self.target.exists() and not self._looks_like_a_site():
            raise NotOurs(self.target)
        self.discard()
        self.path.mkdir(parents=True)
        return self.path

    def promote(self) -> None:
        """Put the new site in the old one's place."""
        shutil.rmtree(self._old, ignore_errors=True)
        if self.target.exists():
            self.target.rename(self._old)
        self.path.rename(self.target)
        shutil.rmtree(self._old, ignore_errors=True)

    def discard(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def _looks_like_a_site(self) -> bool:
        if not self.target.is_dir():
            return False
        names = {entry.name for entry in self.target.iterdir()}
        return not names or (("index.html" in names) and not names & {"mkdocs.yml", ".git"})
