"""`noticeboard check`: every problem of every notice, without building."""

from __future__ import annotations

from pathlib import Path

import click

from ..board.problem import errors
from ..messages import messages
from ..problems import as_annotations, as_json, count
from .context import Usage, console, open_project, print_problems, sub_command


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    paths = click.Argument(["paths"], nargs=-1, type=click.Path(), metavar=say("cli.metavar-paths"))
    form = click.Option(["--format", "form"], type=click.Choice(["text", "json", "github"]), default="text",
                        help=say("cli.option-format"), show_default=True)  # fmt: skip
    return sub_command("check", _run, language, paths, form)


def _run(language: str, paths: tuple[str, ...], form: str, config: str) -> int:
    say = messages(language)
    project = open_project(config, language)
    register = project.register()
    wanted = [_within(path, Path(project.config.config_file_path).parent, say("cli.no-such-path", path=path))
              for path in paths]  # fmt: skip
    problems = tuple(
        problem
        for problem in register.problems
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
