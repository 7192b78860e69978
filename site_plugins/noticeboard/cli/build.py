"""`noticeboard build`: the site, then its verification."""

from __future__ import annotations

import logging

import click
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ..board.status import PUBLIC
from ..messages import messages
from .context import Usage, console, open_project, print_problems, sub_command


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    site_dir = click.Option(
        ["-d", "--site-dir"], type=click.Path(file_okay=False), help=say("cli.option-site-dir")
    )
    return sub_command("build", _run, language, site_dir)


def _run(language: str, site_dir: str | None, config: str) -> int:
    from mkdocs.commands.build import build

    from ..plugin import NothingPublished, PartlyPublished

    say, out = messages(language), console()
    project = open_project(config, language, site_dir=site_dir)
    plugin = project.plugin
    target = project.config.site_dir
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    partly = False
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=out, transient=True,
        disable=not out.is_terminal,
    ) as progress:  # fmt: skip
        task = progress.add_task("", total=None)
        plugin.tell_phase = lambda name: progress.update(task, description=say(f"cli.{name}"))
        project.config.plugins.on_startup(command="build", dirty=False)
        try:
            build(project.config)
        except PartlyPublished:
            partly = True
        except NothingPublished as stopped:
            progress.stop()
            print_problems(console(stderr=True), stopped.problems, say)
            console(stderr=True).print(stopped.format_message(), markup=False)
            if stopped.wrong_usage:
                raise Usage("") from None
            return 1
        finally:
            project.config.plugins.on_shutdown()
    register = plugin.register
    print_problems(console(stderr=True), register.problems, say)
    phases = "　".join(f"{say(f'cli.{name}')} {say('cli.seconds', seconds=f'{spent:.1f}')}"
                      for name, spent in plugin.phases.items())  # fmt: skip
    out.print(phases, markup=False)
    out.print(say("cli.verified", files=plugin.files_verified), markup=False)
    kept = sum(register.status(identifier) not in PUBLIC for identifier in register.board.entries)
    day, published = register.day.isoformat(), len(register.published)
    out.print(say("cli.built", dir=target, day=day, published=published, withheld=kept), markup=False)
    if partly:
        console(stderr=True).print(say("cli.built-withheld"), markup=False)
        for path in sorted(register.faulty_paths):
            console(stderr=True).print(f"  {path}", markup=False)
        return 1
    return 0
