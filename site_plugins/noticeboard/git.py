"""Git, asked about the repository that a folder lies in, whatever repository a hook was started for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

#: Set by git for its hooks; they would lead away from the repository that the folder lies in.
_OF_HOOKS = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")
)


class NoGit(Exception):
    """Git cannot tell.

    `code`: git is `missing`; the folder lies `outside` of any repository; `none` of it was ever
    committed; the history is `shallow`; or git `failed`, with its own words in `reason`.
    """

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


def git(folder: Path, *arguments: str, index: str = "", stdin: bytes = b"") -> bytes:
    """What a git command says in `folder`; `index` is another index than the repository's own.

    Raises NoGit where it fails.
    """
    environment = environment_of_git()
    if index:
        environment["GIT_INDEX_FILE"] = index
    done = subprocess.run(  # noqa: S603  # every argument is ours
        [program(), *arguments], cwd=folder, env=environment, input=stdin, capture_output=True, check=False
    )
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in said:
        raise NoGit("outside")
    if "does not have any commits yet" in said:
        raise NoGit("none")
    raise NoGit("failed", said.partition("\n")[0].removeprefix("fatal: "))


def program() -> str:
    """Where git is. Raises NoGit."""
    if (found := shutil.which("git")) is None:
        raise NoGit("missing")
    return found


def environment_of_git() -> dict[str, str]:
    """Git's answers in English, about the repository that the folder itself lies in."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    return {**kept, "LC_ALL": "C", "LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0"}
