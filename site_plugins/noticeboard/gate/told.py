"""What was found in a file, as problems: codes, places and masked samples, nothing of the thing itself."""

from __future__ import annotations

from ..board.problem import Param, Place, Problem
from ..privacy.finding import Confidence, Finding, Kind
from ..privacy.policy import Weight
from ..readers.passage import FOR_A_PERSON, Passage, Steps, Unread

#: Begins the code of every file that a person may look at in the machine's place.
_UNREAD = "attachment-unread"
#: What pictures tell of where and by whom they were taken.
PICTURE_CODES: dict[Steps, str] = {
    (("gps", ""),): "picture-position",
    **{(("picture-note", name),): "picture-owner" for name in ("Artist", "XPAuthor", "CameraOwnerName")},
}
#: Where a number that only seems to be one has a code of its own.
_SURENESS = {
    (Kind.ID_NUMBER, Confidence.CONTEXT): "-likely",
    (Kind.ID_NUMBER, Confidence.DOUBTFUL): "-doubtful",
    (Kind.BANK_CARD, Confidence.CONTEXT): "-likely",
    (Kind.BANK_CARD, Confidence.DOUBTFUL): "-likely",
}
_PLAIN_CODES = {Kind.SECRET: "marked-secret", Kind.INTERNAL: "marked-internal", Kind.DRAFT: "marked-draft"}


def code_of(finding: Finding) -> str:
    """The code of the problem that a finding makes."""
    code = _PLAIN_CODES.get(finding.kind, f"private-{finding.kind}")
    return code + _SURENESS.get((finding.kind, finding.confidence), "")


def found_problem(
    path: str, place: Place, passage: Passage, finding: Finding, weight: Weight, count: int, name: str
) -> Problem:
    """A finding, or the first of `count` that are alike; `name` is its fingerprint."""
    params: dict[str, Param] = {
        "found": finding.sample,
        "word": finding.word or passage.heading,
        "count": str(count),
        "steps": steps_of(passage.steps),
        "fingerprint": name,
    }
    return Problem(code_of(finding), path, place, params=params, enforced=weight is Weight.ERROR)


def unread_problem(path: str, unread: Unread, sha256: str) -> Problem:
    """A file of this hash, or a part of one, that no reader could see."""
    code = f"{_UNREAD}-{unread.reason}" if unread.reason in FOR_A_PERSON else f"attachment-{unread.reason}"
    params: dict[str, Param] = {"steps": steps_of(unread.steps), "found": unread.found, "sha256": sha256}
    return Problem(code, path, params=params)


def is_for_a_person(problem: Problem) -> bool:
    """Whether somebody who looks at the file settles it."""
    return problem.code.startswith(f"{_UNREAD}-")


def steps_of(steps: Steps) -> tuple[str, ...]:
    """Steps as a problem carries them; `messages/` has the words."""
    return tuple(f"{kind}:{name}" for kind, name in steps)
