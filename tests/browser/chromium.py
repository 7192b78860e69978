"""The browser that the tests drive: the machine's own, or the one that Playwright brought.

Run as a program it prints the path, or exits with 1 where there is none: the set-up asks it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ON_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
ON_MACOS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)


def places() -> Iterator[Path]:
    """Where a browser usually is when it is not on PATH."""
    if sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if folder := os.environ.get(variable):
                yield from (Path(folder) / name for name in ON_WINDOWS)
    elif sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (folder / name for name in ON_MACOS)
    else:
        yield from (Path("/usr/bin/chromium"), Path("/snap/bin/chromium"), Path("/opt/google/chrome/chrome"))


def find(own: Path) -> Path | None:
    """NOTICEBOARD_CHROMIUM, else a browser of the machine, else `own`, Playwright's."""
    if named := os.environ.get("NOTICEBOARD_CHROMIUM"):
        return Path(named) if Path(named).is_file() else None
    on_path = (Path(found) for name in NAMES if (found := shutil.which(name)))
    return next((path for path in (*on_path, *places(), own) if path.is_file()), None)


if __name__ == "__main__":
    with sync_playwright() as playwright:
        found = find(Path(playwright.chromium.executable_path))
    print(found or "")
    sys.exit(found is None)
