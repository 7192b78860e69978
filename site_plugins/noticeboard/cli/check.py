"""`noticeboard check`: every problem of every notice, without building."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ..board.problem import Problem, errors
from ..board.register import Register
from ..messages import Messages, messages
from ..problems import as_annotations, as_json, count
from .context import Project, Usage, console, open_project, print_problems, sub_command


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    paths = click.Argument(["paths"], nargs=-1, type=click.Path(), metavar=say("cli.metavar-paths"))
    form = click.Option(["--format", "form"], type=click.Choice(["text", "json", "github"]), default="text",
                        help=say("cli.option-format"), show_default=True)  # fmt: skip
    git = click.Option(["--git"], is_flag=True, help=say("cli.option-git"))
    return sub_command("check", _run, language, paths, form, git)


def _run(language: str, paths: tuple[str, ...], form: str, git: bool, config: str) -> int:
    say = messages(language)
    project = open_project(config, language)
    register = project.register()
    wanted = [_within(path, Path(project.config.config_file_path).parent, say("cli.no-such-path", path=path))
              for path in paths]  # fmt: skip
    problems = tuple(
        problem
        for problem in _found(project, register, git, say)
        if not wanted
        or any(problem.path == path or problem.path.startswith(f"{path}/") or path == "." for path in wanted)
    )
    counts = count(problems, len(register.board.entries))
    if form == "json":
        click.echo(as_json(problems, counts, say))
    elif form == "github":
        if text := as_annotations(problems, say):
            click.echo(text)
    else:
        print_problems(console(), problems, say)
        console().print(say("cli.checked", **counts), markup=False)
    return 1 if errors(problems) else 0


def _found(project: Project, register: Register, git: bool, say: Messages) -> list[Problem]:
    """Everything wrong, in order of place. Raises Usage where git was asked for and cannot tell."""
    from ..views.addresses import lost_addresses

    found = [*register.problems, *lost_addresses(register)]
    if git:
        found += _dates(project, register, say)
    return sorted(found, key=lambda problem: problem.sort_key)


def _dates(project: Project, register: Register, say: Messages) -> list[Problem]:
    from ..git import NoGit
    from ..history import date_problems

    try:
        return date_problems(register.board, register.day, ZoneInfo(project.plugin.config.time_zone))
    except NoGit as unknown:
        folder = register.board.prefix.rstrip("/")
        raise Usage(say(f"cli.history.{unknown.code}", folder=folder, reason=unknown.reason)) from None


def _within(path: str, root: Path, missing: str) -> str:
    """A path as problems name it. Raises Usage where nothing is there."""
    found = Path(path)
    if not found.exists():
        found = root / path
    if not found.exists():
        raise Usage(missing)
    try:
        return found.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise Usage(missing) from None
