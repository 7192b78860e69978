"""`noticeboard build`: the site, then its verification."""

from __future__ import annotations

import logging
from collections import Counter

import click
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ..board.status import Status
from ..messages import messages
from .context import Usage, console, open_project, print_problems, sub_command


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    site_dir = click.Option(
        ["-d", "--site-dir"],
        type=click.Path(file_okay=False),
        help=say("cli.option-site-dir"),
        metavar=say("cli.metavar-folder"),
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
            if stopped.wrong_usage:
                raise Usage(stopped.format_message()) from None
            console(stderr=True).print(stopped.format_message(), markup=False)
            return 1
        except BaseException:
            plugin.abandon()
            raise
        finally:
            project.config.plugins.on_shutdown()
    register = plugin.register
    print_problems(console(stderr=True), (*register.problems, *plugin.poster_problems), say)
    phases = "　".join(f"{say(f'cli.{name}')} {say('cli.seconds', seconds=f'{spent:.1f}')}"
                      for name, spent in plugin.phases.items())  # fmt: skip
    out.print(phases, markup=False)
    out.print(say("cli.verified", files=plugin.files_verified), markup=False)
    counted = Counter(register.status(identifier) for identifier in register.board.entries)
    withheld, scheduled = counted[Status.WITHHELD], counted[Status.SCHEDULED]
    published = len(register.published)
    numbers = {
        "published": published,
        "withheld": withheld,
        "scheduled": scheduled,
        "elsewhere": len(register.board.entries) - published - withheld - scheduled,
    }
    out.print(say("cli.built", dir=target, day=register.day.isoformat(), **numbers), markup=False)
    if partly:
        console(stderr=True).print(say("cli.built-withheld"), markup=False)
        for path in sorted({*register.faulty_paths, *(p.path for p in plugin.poster_problems)}):
            console(stderr=True).print(f"  {path}", markup=False)
        return 1
    return 0
