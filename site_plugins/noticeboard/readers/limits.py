"""How much of one file is read, so that no file holds up the machine.

The counts come first and are the same on every machine: the same file is refused everywhere. Memory and
time are the last fence around the process that reads foreign formats; few files ever touch it.
"""

from __future__ import annotations

MAX_FILE = 50_000_000
"""Bytes of the file itself."""
MAX_UNPACKED = 100_000_000
"""Bytes of all members of a file together, at every depth."""
MAX_DIRECTORY = 1_000_000
"""Bytes of the directory of a zip archive."""
MAX_MEMBERS = 2_000
"""Members of archives and embedded files together, at every depth."""
MAX_DEPTH = 3
"""Files within files: a workbook in a zip in a zip is read, one level more is not."""
MAX_XML = 24_000_000
"""Bytes of one XML or HTML text."""
MAX_MARKS = 600_000
"""Signs `<` and `=` in one XML or HTML text that is held in memory as a tree."""
MAX_NESTING = 200
"""Elements within elements."""
MAX_CELLS = 150_000
"""Cells with content, of all sheets and tables together."""
MAX_EMPTY_CELLS = 1_000_000
"""Cells without content that a sheet writes out nevertheless."""
MAX_PAGES = 400
"""Pages of a PDF and of its earlier versions together."""
MAX_VERSIONS = 20
"""Earlier versions of a PDF that are opened, the latest first."""
MAX_PAGE_CHARACTERS = 250_000
"""Characters of the pages of a PDF together."""
MAX_PAGE_OBJECTS = 20_000
"""Objects drawn on one page of a PDF that are looked at one by one."""
MAX_PASSAGES = 200_000
"""Passages of a file."""
MAX_CHARACTERS = 8_000_000
"""Characters of all passages of a file together, headings and rows not counted."""
MAX_ROW = 600
"""Characters of the other cells of a row that stand with a cell, half before and half after it."""
MAX_HEADING = 120
"""Characters of a heading."""
MIN_PICTURE = 64
"""Pixels: a picture with a side below this is too small for a line of digits."""
MAX_PATHS = 200
"""Drawn outlines on a page without text: more than these may be text turned into outlines."""

MEMORY = 200_000_000
"""Bytes that the reading process may take on top of what it has when it starts (POSIX)."""
RECYCLE = 60_000_000
"""Bytes on top of the same that make it end itself after a file, so that the next one finds a fresh one."""
CPU = 1.5
"""Seconds of processor time for one file (POSIX)."""
WALL = 10.0
"""Seconds on the wall for one file, where processor time is limited too."""
WALL_ALONE = 5.0
"""Seconds on the wall for one file, where it is not (Windows)."""
MAX_ANSWER = 200_000_000
"""Bytes of an answer of the reading process; a longer one is not believed."""
