"""Problems in words: a line, a block, JSON or an annotation. The words themselves are in `messages/`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from .board.problem import Problem, Severity
from .messages import Messages


def as_text(problems: Iterable[Problem], say: Messages) -> str:
    """One block a problem: where, what, how to mend it."""
    return "\n".join(_block(problem, say) for problem in problems)


def _block(problem: Problem, say: Messages) -> str:
    message, hint = say.problem(problem)
    severity = say(f"severities.{problem.severity}")
    return f"{where(problem)}  {severity}  {message}  [{problem.code}]\n    {say('cli.hint', hint=hint)}"


def where(problem: Problem) -> str:
    """`path:line:column`, as editors understand it."""
    return f"{problem.path}:{problem.place.line}:{problem.place.column}"


def as_json(problems: Sequence[Problem], counts: dict[str, int], say: Messages) -> str:
    """The form that the contract promises to other programs."""
    return json.dumps(
        {"problems": [_record(problem, say) for problem in problems], "counts": counts},
        ensure_ascii=False,
        indent=1,
    )


def _record(problem: Problem, say: Messages) -> dict[str, Any]:
    message, hint = say.problem(problem)
    return {
        "path": problem.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "field": problem.field,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": message,
        "hint": hint,
    }


def as_annotations(problems: Iterable[Problem], say: Messages) -> str:
    """Workflow commands that mark the line in a proposal."""
    lines = []
    for problem in problems:
        message, hint = say.problem(problem)
        kind = "error" if problem.severity is Severity.ERROR else "warning"
        place = f"file={_property(problem.path)},line={problem.place.line},col={problem.place.column}"
        text = f"{message} {hint}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        lines.append(f"::{kind} {place},title={_property(problem.code)}::{text}")
    return "\n".join(lines)


def as_code_quality(problems: Iterable[Problem], say: Messages) -> str:
    """GitLab's code quality report, which it shows beside the lines of a merge request.

    A fingerprint says which problem is the same one after lines were added above it.
    """
    records = []
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        message, hint = say.problem(problem)
        alike = (problem.path, problem.code, message)
        seen[alike] += 1
        records.append(
            {
                "description": f"{message} {hint}",
                "check_name": problem.code,
                "fingerprint": sha256("\n".join((*alike, str(seen[alike]))).encode()).hexdigest(),
                "severity": "major" if problem.severity is Severity.ERROR else "minor",
                "location": {"path": problem.path, "lines": {"begin": problem.place.line}},
            }
        )
    return json.dumps(records, ensure_ascii=False, indent=1)


def _property(text: str) -> str:
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(char, code)
    return text


def count(problems: Iterable[Problem], notices: int) -> dict[str, int]:
    """How many notices were read, and how many errors and warnings they have."""
    found = Counter(problem.severity for problem in problems)
    return {"notices": notices, "errors": found[Severity.ERROR], "warnings": found[Severity.WARNING]}
