"""`noticeboard verify DIR`: a finished site, judged by the notices alone."""

from __future__ import annotations

from pathlib import Path

import click

from ..messages import messages
from .context import Usage, console, open_project, sub_command


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    folder = click.Argument(["folder"], type=click.Path(), metavar="DIR")
    return sub_command("verify", _run, language, folder)


def _run(language: str, folder: str, config: str) -> int:
    from ..gate.verify import verify_site
    from ..plugin import finding_text, site_settings, theme_files
    from ..views.words import Words

    say = messages(language)
    if not Path(folder).is_dir():
        raise Usage(say("cli.no-site", path=folder))
    project = open_project(config, language)
    settings, theme = site_settings(project.config, project.plugin.config), theme_files(project.config)
    site, board, day = Path(folder), project.board(), project.today()
    findings, files = verify_site(site, board, day, settings, theme, Words())
    if not findings:
        console().print(say("cli.verified", files=files), markup=False)
        return 0
    out = console(stderr=True)
    for finding in findings:
        out.print(finding_text(finding, say), markup=False)
    out.print(say("cli.verify-failed", count=len(findings)), markup=False)
    out.print(say("verify.hint"), markup=False)
    return 1
