"""`noticeboard hooks`: a plain git hook that checks what is about to be committed."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from ..history.git import NoGit, git
from ..messages import Messages, messages
from .context import Project, Usage, console, open_project, sub_command, without_git

_MARK = "# noticeboard-hook"
_BESIDE = "pre-commit.noticeboard"
#: What another program's hook calls ours with, wherever git keeps its hooks.
_CALL = f'sh "$(git rev-parse --git-path hooks)/{_BESIDE}" || exit 1'

#: For any POSIX shell, that of Git for Windows too; git starts it at the top of the work tree.
_SCRIPT = """\
#!/bin/sh
{mark}
# {about}
board={board}
if [ ! -f "$board" ]; then
  printf '%s\\n' {no_board} >&2
  exit 0
fi
folder=$(dirname "$board")
set --
for python in {python} "$folder/.venv/Scripts/python.exe" "$folder/.venv/bin/python"; do
  if [ -x "$python" ] && "$python" -P -c 'import noticeboard' >/dev/null 2>&1; then
    set -- "$python" -P -m noticeboard
    break
  fi
done
if [ $# -eq 0 ] && command -v noticeboard >/dev/null 2>&1; then
  set -- noticeboard
fi
if [ $# -eq 0 ]; then
  printf '%s\\n' {no_program} >&2
  exit 1
fi
PYTHONUTF8=1 "$@" check --staged --lang {language} --config "$board" && exit 0
printf '%s\\n' {stopped} >&2
exit 1
"""


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    remove = click.Option(["--remove"], is_flag=True, help=messages(language)("cli.option-remove"))
    return sub_command("hooks", _run, language, remove)


def _run(language: str, remove: bool, config: str) -> int:
    say = messages(language)
    project = open_project(config, language)
    try:
        place = _place(project, say)
    except NoGit as unknown:
        raise without_git(unknown, project, say) from None
    try:
        return _remove(place, say) if remove else _install(place, _script(place, say), say)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        console(stderr=True).print(
            say("cli.hook.not-written", path=place.folder, reason=reason), markup=False
        )
        return 1


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a repository has its hooks, and the board's configuration as seen from the top of its files."""

    folder: Path
    board: str

    @property
    def hook(self) -> Path:
        return self.folder / "pre-commit"

    @property
    def beside(self) -> Path:
        """Ours where another program's hook has the name that git looks for."""
        return self.folder / _BESIDE

    @property
    def is_foreign(self) -> bool:
        return os.path.lexists(self.hook) and not _is_ours(self.hook)

    @property
    def is_called(self) -> bool:
        """Whether another program's hook has our line."""
        text = self.hook.read_bytes().decode("utf-8", "replace") if self.hook.is_file() else ""
        return any(_BESIDE in line.partition("#")[0] for line in text.splitlines())


def _place(project: Project, say: Messages) -> _Place:
    """Raises NoGit, and Usage where the hooks are those of other repositories too."""
    folder = project.root.resolve()
    asked = ("rev-parse", "--git-path", "hooks", "--git-common-dir", "--show-toplevel")
    answers = os.fsdecode(git(folder, *asked)).splitlines()
    hooks, common, top = ((folder / answer).resolve() for answer in answers)
    if not (hooks.is_relative_to(common) or hooks.is_relative_to(top)):
        raise Usage(say("cli.hook.elsewhere", path=hooks))
    config = Path(project.config.config_file_path).resolve()
    return _Place(hooks, Path(os.path.relpath(config, top)).as_posix())


def _script(place: _Place, say: Messages) -> str:
    return _SCRIPT.format(
        mark=_MARK,
        about=say("cli.hook.about"),
        board=shlex.quote(place.board),
        python=shlex.quote(Path(sys.executable).as_posix()),
        language=say.language,
        no_board=shlex.quote(say("cli.hook.no-board", board=place.board)),
        no_program=shlex.quote(say("cli.hook.no-program")),
        stopped=shlex.quote(say("cli.hook.stopped")),
    )


def _install(place: _Place, script: str, say: Messages) -> int:
    out = console()
    if place.is_foreign:
        _write(place.beside, script)
        if place.is_called:
            out.print(say("cli.hook.called", path=place.hook, ours=place.beside.name), markup=False)
            return 0
        out.print(say("cli.hook.foreign", path=place.hook, ours=place.beside.name), markup=False)
        out.print(f"  {_CALL}", markup=False)
        return 1
    said = "installed" if _write(place.hook, script) else "current"
    if _is_ours(place.beside):
        place.beside.unlink()
    out.print(say(f"cli.hook.{said}", path=place.hook), markup=False)
    return 0


def _write(path: Path, script: str) -> bool:
    """Whether anything had to be written. With line ends that every shell reads."""
    data = script.encode()
    if path.is_file() and path.read_bytes() == data and os.access(path, os.X_OK):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o755)
    return True


def _remove(place: _Place, say: Messages) -> int:
    out = console()
    if place.is_foreign and place.is_called and _is_ours(place.beside):
        out.print(say("cli.hook.still-called", path=place.hook, ours=place.beside.name), markup=False)
        return 1
    found = [path for path in (place.hook, place.beside) if _is_ours(path)]
    for path in found:
        path.unlink()
        out.print(say("cli.hook.removed", path=path), markup=False)
    if not found:
        out.print(say("cli.hook.nothing"), markup=False)
    return 0


def _is_ours(path: Path) -> bool:
    """Whether a file is a hook that this command wrote: never a link, never another program's."""
    if path.is_symlink() or not path.is_file():
        return False
    return _MARK.encode() in (line.strip() for line in path.read_bytes().split(b"\n")[:3])
