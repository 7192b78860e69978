"""`noticeboard check`: every problem of every notice, without building."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from ..board.problem import Problem, errors
from ..board.register import Register
from ..messages import Messages, messages
from ..problems import as_annotations, as_code_quality, as_json, count
from .context import (
    Project,
    Usage,
    console,
    format_option,
    open_project,
    print_problems,
    sub_command,
    within,
    without_git,
)


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    paths = click.Argument(["paths"], nargs=-1, type=click.Path(), metavar=say("cli.metavar-paths"))
    form = format_option(say, "text", "json", "github", "gitlab")
    git = click.Option(["--git"], is_flag=True, help=say("cli.option-git"))
    staged = click.Option(["--staged"], is_flag=True, help=say("cli.option-staged"))
    history = click.Option(["--history"], is_flag=True, help=say("cli.option-history"))
    return sub_command("check", _run, language, paths, form, git, history, staged)


def _run(
    language: str, paths: tuple[str, ...], form: str, git: bool, history: bool, staged: bool, config: str
) -> int:
    say = messages(language)
    if staged and (paths or git or history):
        raise Usage(say("cli.staged-alone"))
    project = open_project(config, language)
    if staged:
        return _check_staged(project, form, say)
    register = project.register()
    wanted = [within(path, project.home, say("cli.no-such-path", path=path)) for path in paths]
    problems = tuple(
        problem
        for problem in _found(project, register, say, git, history)
        if not wanted
        or any(problem.path == path or problem.path.startswith(f"{path}/") or path == "." for path in wanted)
    )
    return _report(problems, "checked", len(register.board.entries), form, say)


def _check_staged(project: Project, form: str, say: Messages) -> int:
    """What is about to be committed, with the problems that it would bring. Raises Usage without git."""
    from ..history.git import NoGit
    from ..history.staged import staged
    from ..plugin import read_board

    config = project.config
    try:
        with staged(project.root, project.prefix, Path(config.config_file_path)) as found:
            if not found.change:
                return _report((), "checked-staged", 0, form, say)
            board = read_board(config, project.plugin.config, staged=found)
            register = Register(board, project.today())
            own = tuple(map(_once_for_all, found.change.own(board, _found(project, register, say))))
    except NoGit as unknown:
        raise without_git(unknown, project, say) from None
    status = _report(own, "checked-staged", len(found.change.paths), form, say)
    if own and form == "text" and found.is_copy:
        console().print(say("cli.staged-differs"), markup=False)
    return status


def _once_for_all(problem: Problem) -> Problem:
    """Before a commit, private things in a file that no notice uses are an error: git never forgets them."""
    return replace(problem, enforced=True) if problem.code == "unused-private" else problem


def _report(problems: tuple[Problem, ...], summary: str, read: int, form: str, say: Messages) -> int:
    """Tell what was found in one of the formats, and the exit status: 1 where there is an error."""
    counts = count(problems, read)
    if form == "json":
        click.echo(as_json(problems, counts, say))
    elif form == "gitlab":
        click.echo(as_code_quality(problems, say))
    elif form == "github":
        if text := as_annotations(problems, say):
            click.echo(text)
    else:
        print_problems(console(), problems, say)
        console().print(say(f"cli.{summary}", **counts), markup=False)
    return 1 if errors(problems) else 0


def _found(
    project: Project, register: Register, say: Messages, git: bool = False, history: bool = False
) -> list[Problem]:
    """Everything wrong, in order of place. Raises Usage where git was asked for and cannot tell."""
    from ..history.clearances import dated
    from ..history.dates import date_problems
    from ..history.git import NoGit
    from ..history.past import past_problems
    from ..views.addresses import lost_addresses

    board, zone = register.board, project.zone
    found = dated([*register.problems, *lost_addresses(register)], project.root, board.prefix, zone)
    try:
        if git:
            found += date_problems(board, register.day, zone)
        if history:
            found += past_problems(board, project.plugin.config.privacy, zone)
    except NoGit as unknown:
        raise without_git(unknown, project, say, "history") from None
    return sorted(found, key=lambda problem: problem.sort_key)
