"""`noticeboard verify DIR`: a finished site, judged by the notices alone."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ..messages import messages
from .context import Usage, console, open_project, sub_command

if TYPE_CHECKING:
    from ..gate.verify import Finding


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    metavar = messages(language)("cli.metavar-folder")
    folder = click.Argument(["folder"], type=click.Path(), metavar=metavar)
    return sub_command("verify", _run, language, folder)


def _run(language: str, folder: str, config: str) -> int:
    from ..gate.verify import verify_site
    from ..plugin import finding_text, site_settings, theme_files
    from ..views.words import Words

    say, site = messages(language), Path(folder)
    if not site.is_dir():
        raise Usage(say("cli.no-site", path=folder))
    project = open_project(config, language)
    settings, theme = site_settings(project.config, project.plugin.config), theme_files(project.config)
    board, day = project.board(), project.today()
    findings, files = verify_site(site, board, day, settings, theme, Words(), project.plugin.config.privacy)
    known = {finding.path for finding in findings}
    if board.has_lists:
        again = _made_again(site, day, language, config)
        findings += [finding for finding in again if finding.path not in known]
    if not findings:
        console().print(say("cli.verified", files=files), markup=False)
        return 0
    out = console(stderr=True)
    for finding in findings:
        out.print(finding_text(finding, say), markup=False)
    out.print(say("cli.verify-failed", count=len(findings)), markup=False)
    out.print(say("verify.hint"), markup=False)
    return 1


def _made_again(site: Path, today: date, language: str, config: str) -> list[Finding]:
    """What differs from the site that the same notices make on its day: every byte of every page."""
    from mkdocs.commands.build import build

    from ..gate.verify import as_of, compare_sites

    day = as_of(site)
    if day is None or day > today:
        return []
    with TemporaryDirectory() as place:
        again = open_project(config, language, site_dir=place)
        again.plugin.rehearsal = day
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        build(again.config)
        return list(compare_sites(site, Path(place)))
