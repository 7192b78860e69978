"""`noticeboard verify DIR`: a finished site, judged by the notices alone."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ..board.load import Entry
from ..board.problem import errors
from ..board.register import Register
from ..messages import Messages, messages
from .context import Project, Usage, console, open_project, sub_command, without_git

if TYPE_CHECKING:
    from ..gate.explain import Origin
    from ..gate.verify import Finding


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    folder = click.Argument(["folder"], type=click.Path(), metavar=say("cli.metavar-folder"))
    explain = click.Option(["--explain"], help=say("cli.option-explain"), metavar=say("cli.metavar-file"))
    return sub_command("verify", _run, language, folder, explain)


def _run(language: str, folder: str, explain: str | None, config: str) -> int:
    from ..gate.verify import OTHER_FONTS, verify_site
    from ..plugin import finding_text, theme_files
    from ..views.words import Words

    say, site = messages(language), Path(folder)
    if not site.is_dir():
        raise Usage(say("cli.no-site", path=folder))
    project = open_project(config, language)
    if explain is not None:
        return _explain(project, site, explain, say)
    settings, theme = project.settings, theme_files(project.config)
    board, day = project.board(), project.today()
    again, unset = _made_again(site, day, language, config) if board.has_lists else ([], frozenset())
    settings = replace(settings, unset=unset)
    findings, files = verify_site(site, board, day, settings, theme, Words(), project.plugin.config.privacy)
    known = {finding.path for finding in findings}
    findings += [finding for finding in again if finding.path not in known]
    if elsewhere := sum(finding.code == OTHER_FONTS for finding in findings):
        console().print(say(f"verify.{OTHER_FONTS}", count=elsewhere), markup=False)
        findings = [finding for finding in findings if finding.code != OTHER_FONTS]
    if not findings:
        console().print(say("cli.verified", files=files), markup=False)
        return 0
    out = console(stderr=True)
    for finding in findings:
        out.print(finding_text(finding, say), markup=False)
    out.print(say("cli.verify-failed", count=len(findings)), markup=False)
    out.print(say("verify.hint"), markup=False)
    return 1


def _explain(project: Project, site: Path, given: str, say: Messages) -> int:
    """Where one file of the site comes from. Raises Usage where the site has no such file."""
    from ..gate.explain import origin
    from ..gate.verify import as_of, walk
    from ..plugin import theme_files
    from ..views.outputs import Outputs
    from ..views.words import Words

    path = posixpath.normpath(given.replace("\\", "/").lstrip("/"))
    names = {found for found, _ in walk(site)}
    if path not in names:
        path = posixpath.normpath(f"{path}/index.html")
    day = as_of(site)
    if day is None or path not in names:
        raise Usage(say("cli.explain.missing", path=given))
    register = Register(project.board(), day)
    outputs = Outputs(register, project.settings, Words())
    found = origin(path, outputs, frozenset(theme_files(project.config).files))
    out = console()
    out.print(say("cli.explain.file", path=path), markup=False)
    title, count = found.entry.title if found.entry else "", len(register.published)
    out.print(say(f"cli.explain.{found.kind}", title=title, count=count), markup=False)
    if found.entry is not None:
        for line in (*_sources(project, found, say), *_clearance(found.entry, register, say)):
            out.print(line, markup=False)
    return 1 if found.kind in {"other", "withheld"} else 0


def _sources(project: Project, found: Origin, say: Messages) -> Iterator[str]:
    """Each source file with the last commit that touched it."""
    from ..history.git import NoGit, latest, uncommitted

    root = project.root
    for path in found.sources:
        yield say("cli.explain.source", path=project.prefix + path)
        try:
            commit = None if uncommitted(root, [path]) else latest(root, [path]).get(path)
        except NoGit as unknown:
            yield say("cli.explain.no-git", reason=without_git(unknown, project, say).message)
            continue
        if commit is None:
            yield say("cli.explain.uncommitted")
        else:
            day = commit.day(project.zone).isoformat()
            yield say("cli.explain.commit", commit=commit.short, date=day, author=commit.author)


def _clearance(entry: Entry, register: Register, say: Messages) -> Iterator[str]:
    record = entry.notice.clearance if entry.notice else None
    if record is None:
        return
    parts = {
        key: say(f"cli.explain.{key}", found=found) if (found := getattr(record, key)) else ""
        for key in ("approver", "basis")
    }
    yield say("cli.explain.cleared", reviewer=record.reviewer, date=record.date, **parts)
    changed = any(problem.code.startswith("clearance-") for problem in errors(register.problems_of(entry.id)))
    yield say(f"cli.explain.{'changed' if changed else 'bound' if record.digest else 'unbound'}")


def _made_again(site: Path, today: date, language: str, config: str) -> tuple[list[Finding], frozenset[str]]:
    """What differs from the site that the same notices make on its day: every byte of every page.

    And the posters that neither has, because they cannot be set.
    """
    from mkdocs.commands.build import build

    from ..gate.verify import as_of, compare_sites

    day = as_of(site)
    if day is None or day > today:
        return [], frozenset()
    with TemporaryDirectory() as place:
        again = open_project(config, language, site_dir=place)
        again.plugin.rehearsal, again.plugin.compared = day, site
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        build(again.config)
        return list(compare_sites(site, Path(place))), again.plugin.unset
