"""From a board to its posters: the press with the board's words, and what it could not set as problems."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .board.load import Board
from .board.problem import Param, Place, Problem
from .board.source import code_point
from .posters.press import Press, Printed
from .views.words import Words

#: Kind of fault → code of the problem.
POSTER_CODES = {
    "character": "poster-character",
    "failed": "poster-failed",
    "fonts": "poster-fonts",
    "loss": "poster-loss",
}

#: Beside mkdocs.yml: posters that were set before.
CACHE = ".noticeboard-cache"


def press_of(root: Path, home: Path, fonts_dir: str, words: Words, cache: Path | None = None) -> Press:
    """What prints the posters of a board.

    `root` is the notices folder, `home` that of mkdocs.yml, which `fonts_dir` (or nothing) is relative to.
    """
    return Press(root, words.poster(), (home / fonts_dir,) if fonts_dir else (), cache)


def poster_problems(printed: Iterable[Printed], board: Board) -> tuple[Problem, ...]:
    """What could not be set, with the notice and the place in it; each told once."""
    found: dict[tuple[str, str, str], Problem] = {}
    for one in printed:
        sheet = one.wish.sheet
        for fault in one.faults:
            place = _place_of(fault.found, board.entries[sheet.id].source.text)
            code = POSTER_CODES[fault.kind]
            shown = code_point(fault.found) if len(fault.found) == 1 else ""
            params: dict[str, Param] = {"found": fault.found, "code": shown}
            problem = Problem(code, sheet.path, place, "", params)
            found.setdefault((code, sheet.path, fault.found), problem)
    return tuple(found.values())


def _place_of(found: str, text: str) -> Place:
    """Where a character or a piece of text stands in a file; its beginning where it is not written so."""
    at = text.find(found) if found else -1
    if at < 0:
        return Place()
    return Place(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
