"""Every problem is named: with its place, its code, and words a clerk understands.

The goldens are notices as clerks write them, with what the program answers beside each. After a
wording was changed on purpose: NOTICEBOARD_UPDATE_GOLDENS=1 pytest tests/test_problems.py
"""

from __future__ import annotations

import ast
import os
import re
import string
from pathlib import Path
from types import SimpleNamespace

import pytest

from boards import a_board
from builders import ROOT, Folder, a_notice
from noticeboard.board import load, notice
from noticeboard.board.problem import Problem, Severity
from noticeboard.messages import messages

GOLDENS = Path(__file__).parent / "goldens" / "problems"
CASES = sorted(file.stem for file in GOLDENS.glob("*.md"))
NOTICE = "2026/town/0001.md"
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    return a_board(tmp_path)


def in_words(problem: Problem) -> str:
    message, hint = messages("zh").problem(problem)
    return f"{problem.place.line}:{problem.place.column} [{problem.code}] {message} / {hint}\n"


@pytest.mark.parametrize("case", CASES)
def test_a_notice_gives_exactly_these_problems(board: Folder, case: str) -> None:
    board.write(NOTICE, (GOLDENS / f"{case}.md").read_bytes())
    found = board.register().problems
    assert {problem.path for problem in found} <= {f"notices/{NOTICE}"}
    answer = GOLDENS / f"{case}.txt"
    said = "".join(map(in_words, found))
    if os.environ.get("NOTICEBOARD_UPDATE_GOLDENS"):
        answer.write_text(said, encoding="utf-8", newline="\n")
    assert said == answer.read_text("utf-8")
