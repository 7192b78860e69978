"""The files for CI and for pre-commit: what they run exists, and their clocks are right."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest
import yaml

from builders import ROOT
from noticeboard.cli.main import _commands

GITHUB = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITEE = sorted((ROOT / ".workflow").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
PRE_COMMIT = (ROOT / ".pre-commit-config.yaml", ROOT / ".pre-commit-hooks.yaml")
DOCS = (ROOT / "docs/publishing.md", ROOT / "docs/privacy.md")
FILES = (*GITHUB, *GITEE, GITLAB, *PRE_COMMIT)
_RUN = re.compile(r"(?:python3? scripts/dev\.py run|(?<![/\w.-])noticeboard) +([^`|&;>#\n]+)")
_KEYS_THAT_RUN = {"run", "script", "before_script", "commands", "entry"}


def parsed(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def scripts(node: object, key: str = "") -> Iterator[str]:
    """Every text that a shell would be given."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from scripts(value, str(name))
    elif isinstance(node, list):
        for value in node:
            yield from scripts(value, key)
    elif isinstance(node, str) and key in _KEYS_THAT_RUN:
        yield node


def calls(text: str) -> list[list[str]]:
    """The arguments of every noticeboard command of a text."""
    return [shlex.split(found[1].strip().removesuffix(")")) for found in _RUN.finditer(text)]


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in parsed(path)["jobs"].values() for step in job["steps"]]


def understood(arguments: list[str]) -> None:
    """Raises what click raises for a command, an option or a value that is not there."""
    group = _commands("zh")
    if arguments[:1] == ["--version"]:
        return
    name, *rest = arguments
    command = group.commands[name]
    command.make_context(name, list(rest), resilient_parsing=False)


def test_there_is_a_file_for_each_forge() -> None:
    assert {path.stem for path in GITHUB} == {path.stem for path in GITEE} == {"check", "publish", "watch"}
    assert GITLAB.is_file()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_in_it_is_one_that_we_have(path: Path) -> None:
    found = [arguments for text in scripts(parsed(path)) for arguments in calls(text)]
    assert found
    for arguments in found:
        understood(arguments)


def test_a_command_that_is_not_there_would_be_noticed() -> None:
    (arguments,) = calls("python scripts/dev.py run check --git --format gitlab > report.json")
    assert arguments == ["check", "--git", "--format", "gitlab"]
    for wrong in (["check", "--github"], ["check", "--format", "gitee"], ["alive"]):
        with pytest.raises(click.ClickException):
            understood(wrong)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_command_of_the_manual_is_one_that_we_have(path: Path) -> None:
    text = path.read_text("utf-8")
    blocks = re.findall(r"```(?:sh|bat)\n(.*?)```", text, re.DOTALL)
    found = [arguments for block in blocks for arguments in calls(re.sub(r" {2,}#.*", "", block))]
    assert found
    for arguments in found:
        understood([argument for argument in arguments if argument != "…"])


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_everything_the_manual_links_to_is_there(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!http)([^)#]+)[^)]*\)", text):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", GITHUB, ids=lambda path: path.name)
def test_actions_are_pinned_to_a_major_version_and_may_do_little(path: Path) -> None:
    uses = [step["uses"] for step in steps(path) if "uses" in step]
    assert uses and all(re.fullmatch(r"actions/[a-z-]+@v\d+", each) for each in uses)
    assert parsed(path)["permissions"] == {"contents": "read"}
    assert "secrets." not in path.read_text("utf-8")
    assert all("timeout-minutes" in job for job in parsed(path)["jobs"].values())


def crons(path: Path) -> list[str]:
    triggers = parsed(path)[True]  # YAML 1.1 takes `on` for true
    return [each["cron"] for each in triggers.get("schedule", ())]


def beijing(cron: str) -> list[str]:
    """When a daily schedule that counts in UTC runs, by the clock of Beijing."""
    minute, hours, *rest = cron.split()
    assert rest == ["*", "*", "*"]
    moments = (
        datetime(2026, 11, 20, int(hour), int(minute), tzinfo=ZoneInfo("UTC")) for hour in hours.split(",")
    )
    return [
        moment.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%H:%M").removeprefix("0") for moment in moments
    ]


@pytest.mark.parametrize("path", GITHUB[1:], ids=lambda path: path.name)
def test_the_clocks_of_github_are_those_of_beijing(path: Path) -> None:
    text = path.read_text("utf-8")
    assert crons(path)
    for cron in crons(path):
        (remark,) = re.findall(rf'"{re.escape(cron)}" # 北京时间 ([0-9:、]+)', text)
        assert sorted(remark.split("、")) == sorted(beijing(cron))


def test_the_site_is_built_five_minutes_into_the_day() -> None:
    publish = ROOT / ".github/workflows/publish.yml"
    daily, extra = crons(publish)
    assert beijing(daily) == ["0:05"]
    (condition,) = re.findall(r"github\.event\.schedule != '([^']+)'", publish.read_text("utf-8"))
    assert condition == daily != extra
    assert parsed(ROOT / ".workflow/publish.yml")["triggers"]["schedule"] == [{"cron": "5 0 * * ?"}]
    assert "5 0 * * *" in GITLAB.read_text("utf-8")


def test_a_whole_history_is_fetched_where_dates_are_compared() -> None:
    for path in GITHUB:
        for job in parsed(path)["jobs"].values():
            if any("--git" in text for text in scripts(job)):
                (checkout,) = [s for s in job["steps"] if s.get("uses", "").startswith("actions/checkout@")]
                assert checkout["with"]["fetch-depth"] == 0
    assert parsed(GITLAB)["variables"]["GIT_DEPTH"] == "0"


def test_nothing_is_published_that_was_not_verified() -> None:
    built = [" ".join(scripts(parsed(path))) for path in (ROOT / ".github/workflows/publish.yml", GITLAB)]
    built.append(" ".join(scripts(parsed(ROOT / ".workflow/publish.yml"))))
    for text in built:
        assert 0 <= text.index("run build") < text.index("run verify")
    assert parsed(GITLAB)["pages"]["needs"] == ["build"]
    assert parsed(ROOT / ".github/workflows/publish.yml")["jobs"]["pages"]["needs"] == "build"


def test_pre_commit_runs_what_the_hook_runs() -> None:
    (repository,) = parsed(PRE_COMMIT[0])["repos"]
    (ours,) = parsed(PRE_COMMIT[1])
    (local,) = repository["hooks"]
    assert repository["repo"] == "local" and local["id"] == ours["id"]
    for hook in (local, ours):
        assert hook["entry"].endswith(" check --staged")
        assert (hook["language"], hook["pass_filenames"], hook["always_run"]) == ("python", False, True)
