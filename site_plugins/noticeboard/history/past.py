"""What still stands in old commits: what was committed once is in the history of every clone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import tzinfo
from hashlib import sha256

from ..board.load import Board
from ..board.problem import Param, Problem
from ..gate.public import known_to
from ..privacy.finding import Finding
from ..privacy.policy import Policy, Weight
from ..privacy.scan import Known, scan
from ..readers.open import open_bytes
from ..readers.passage import Passage
from .git import Touch, contents, look_round, touches


def past_problems(board: Board, policy: Policy, zone: tzinfo) -> list[Problem]:
    """Files of the notices folder that an old commit of any branch has with what may not be public.

    One problem for each path, at its first commit that holds it. What a file of the folder holds today, and
    what an inspected `board` tolerates, is not told. Raises NoGit.
    """
    look_round(board.root)
    versions: dict[str, list[Touch]] = defaultdict(list)
    for touch in touches(board.root, everywhere=True):
        if touch.blob:
            versions[touch.blob].append(touch)
    known = known_to(board)
    tolerated = frozenset().union(*board.tolerated.values())
    files = (*board.tree.notices.values(), *board.tree.others - board.tree.too_large)
    today = {(path, board.tree.sha256(path)) for path in files}
    found: dict[str, list[tuple[Touch, list[Finding]]]] = defaultdict(list)
    for blob, data in contents(board.root, versions):
        digest = sha256(data).hexdigest()
        for path, first in {touch.path: touch for touch in reversed(versions[blob])}.items():
            if (path, digest) in today:
                continue
            findings = [
                finding
                for finding in _in(path, data, known)
                if policy.weight(finding) is Weight.ERROR and finding.value not in tolerated
            ]
            if findings:
                found[path].append((first, findings))
    problems = [_problem(board, path, held, zone) for path, held in found.items()]
    return sorted(problems, key=lambda problem: problem.sort_key)


def _in(path: str, data: bytes, known: Known) -> Iterator[Finding]:
    for passage in (Passage(path), *open_bytes(path, data).passages):
        yield from scan(passage, known)


def _problem(board: Board, path: str, held: list[tuple[Touch, list[Finding]]], zone: tzinfo) -> Problem:
    first, findings = min(held, key=lambda version: (version[0].commit.day(zone), version[0].commit.hash))
    params: dict[str, Param] = {
        "found": findings[0].sample,
        "count": str(len({finding.value for _, each in held for finding in each})),
        "commit": first.commit.short,
        "committed": first.commit.day(zone).isoformat(),
    }
    return Problem("history-private", board.prefix + path, params=params)
