"""What is checked before a commit, and the hook that does it: real repositories, real commits."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import Folder, a_folder, a_notice
from noticeboard.board.document import Renderer
from noticeboard.board.load import load_board
from noticeboard.board.notice import short_code
from noticeboard.board.problem import Problem
from noticeboard.cli.main import main
from noticeboard.gate import inspect
from noticeboard.history.staged import Change
from test_history import Repository, plain_git  # noqa: F401  # nothing of this machine's git counts

NOTICE = "2026/town/0001.md"
MOMENT = "2026-11-05T09:00:00+0800"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A whole board with one notice, committed; its folder has a space and Chinese in its name."""
    top = tmp_path / "公开 栏"
    made = Repository(top, a_folder(top))
    made.notice(MOMENT, NOTICE)
    return made


def staged(repository: Repository, *options: str) -> dict[str, list[str]]:
    """The codes of the problems that a commit would bring, by file, and its exit status under ''."""
    done = repository.folder.run("check", "--staged", "--format", "json", *options)
    found: dict[str, list[str]] = {"": [str(done.returncode)]}
    for problem in json.loads(done.stdout)["problems"]:
        found.setdefault(problem["path"].removeprefix("notices/"), []).append(problem["code"])
    return found


def add(repository: Repository, path: str, text: str | bytes | None = None, **fields: str | None) -> None:
    repository.folder.write(path, a_notice(**fields) if text is None else text)
    repository.git("add", f"notices/{path}")


FINE = {"": ["0"]}


def test_a_commit_of_nothing_is_fine(repository: Repository) -> None:
    repository.folder.write("2026/town/0002.md", "不是公示")
    assert staged(repository) == FINE
    assert "检查了就要提交的 0 个文件" in repository.folder.run("check", "--staged").stdout


def test_only_what_is_staged_is_named(repository: Repository) -> None:
    add(repository, "2026/town/0002.md", title=None)
    repository.commit(MOMENT)
    add(repository, "2026/town/0003.md")
    assert staged(repository) == FINE
    add(repository, "2026/town/0004.md", formed_on="2026-2-3")
    assert staged(repository) == {"": ["1"], "2026/town/0004.md": ["date-format"]}


def test_the_index_counts_and_not_the_folder(repository: Repository) -> None:
    add(repository, NOTICE, title=None)
    repository.folder.notice(NOTICE)
    assert staged(repository) == {"": ["1"], NOTICE: ["field-missing"]}
    done = repository.folder.run("check", "--staged")
    assert "git add" in done.stdout and "和文件夹里现在的不一样" in done.stdout
    add(repository, NOTICE, title="改好了的标题")
    repository.folder.notice(NOTICE, title=None)
    assert staged(repository) == FINE


def test_an_attachment_that_was_not_added_is_missing(repository: Repository) -> None:
    repository.folder.write("2026/town/明细.csv", "项目,金额\n修渠,120\n")
    add(repository, "2026/town/0002.md", a_notice("[明细](明细.csv)"))
    assert staged(repository) == {"": ["1"], "2026/town/0002.md": ["link-missing"]}
    repository.git("add", "--all")
    assert staged(repository) == FINE


@pytest.mark.parametrize("link", ["明细 表.csv", "%E6%98%8E%E7%BB%86%20%E8%A1%A8.csv"])
def test_a_notice_that_names_a_removed_file_is_named(repository: Repository, link: str) -> None:
    repository.folder.write("2026/附件/明细 表.csv", "项目,金额\n修渠,120\n")
    repository.notice(MOMENT, "2026/town/0002.md", body=f"见[表](<../附件/{link}>)。")
    assert repository.folder.run("check").returncode == 0
    repository.git("rm", "--quiet", "notices/2026/附件/明细 表.csv")
    assert staged(repository) == {"": ["1"], "2026/town/0002.md": ["link-missing"]}


@pytest.mark.parametrize("path", ["2026/town/0002.md", "2026/town/0002/index.md"])
def test_a_notice_that_links_to_a_withheld_one_is_named(repository: Repository, path: str) -> None:
    add(repository, path)
    link = path.removeprefix("2026/town/")
    repository.notice(MOMENT, "2026/town/0003.md", body=f"见[上次的]({link})。")
    add(repository, path, confidentiality_cleared="false", clearance=None)
    assert staged(repository) == {"": ["1"], "2026/town/0003.md": ["link-not-shown"]}


def test_an_index_number_doubled_with_an_older_notice_is_named_at_both(repository: Repository) -> None:
    repository.notice(MOMENT, "2026/town/0002.md", index_number="甲-1")
    add(repository, "2026/town/0003.md", index_number="甲-1")
    found = staged(repository)
    assert found.pop("") == ["1"]
    both = ("2026/town/0002.md", "2026/town/0003.md")
    assert found == {path: ["index-number-duplicate"] for path in both}


def test_an_address_that_would_die_is_named(repository: Repository) -> None:
    address = "notices/2026/town/0001/"
    add(repository, "addresses.txt", f"{address}\nn/{short_code('2026/town/0001')}/\n")
    repository.commit(MOMENT)
    repository.git("rm", "--quiet", f"notices/{NOTICE}")
    assert staged(repository)["addresses.txt"] == ["address-lost", "address-lost"]


@pytest.mark.parametrize("path", ["publishers.yml", "../mkdocs.yml"])
def test_where_a_list_or_the_configuration_changes_everything_is_read(
    repository: Repository, path: str
) -> None:
    repository.notice(MOMENT, "2026/town/0002.md", title=None)
    target = repository.folder.notices / path
    target.write_text(target.read_text("utf-8") + "\n", encoding="utf-8")
    repository.git("add", "--all")
    assert staged(repository) == {"": ["1"], "2026/town/0002.md": ["field-missing"]}


def test_the_first_commit_of_all_is_checked(tmp_path: Path) -> None:
    repository = Repository(tmp_path, a_folder(tmp_path))
    add(repository, NOTICE, title=None)
    repository.git("add", "--all")
    assert staged(repository) == {"": ["1"], NOTICE: ["field-missing"]}


def test_it_stands_alone_and_needs_git(repository: Repository, tmp_path: Path) -> None:
    for options in (["--git"], ["notices"]):
        done = repository.folder.run("check", "--staged", *options)
        assert done.returncode == 2 and "--staged" in done.stderr
    outside = a_folder(tmp_path / "outside")
    done = outside.run("check", "--staged")
    assert done.returncode == 2 and "不在 git 仓库里" in done.stderr
    done = outside.run("hooks", "--lang", "en")
    assert done.returncode == 2 and "not in a git repository" in done.stderr


def test_only_the_texts_that_matter_are_read(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(20):
        repository.folder.notice(f"2026/east/{number:04}.md", body=f"第{number}次。")
    repository.folder.notice("2026/east/link.md", body="见[第七次](0007.md)。")
    repository.commit(MOMENT)
    add(repository, "2026/east/0007.md", a_notice("改过的。"))
    read: list[str] = []
    raw = Renderer.raw

    def noted(self: Renderer, body: str) -> str:
        read.append(body)
        return raw(self, body)

    monkeypatch.setattr(Renderer, "raw", noted)
    monkeypatch.chdir(repository.top)
    monkeypatch.setenv("NOTICEBOARD_TODAY", "2026-11-21")
    with pytest.raises(SystemExit) as end:
        main(["check", "--staged"])
    assert end.value.code == 0, capsys.readouterr()
    assert sorted(body.strip() for body in read if body.strip()) == ["改过的。", "见[第七次](0007.md)。"]


PERSON = "370828" + "20020101" + "0003"  # invented; its checksum is right
ROLL = f"姓名,身份证号\n某某,{PERSON}\n"


def test_a_private_number_is_found_before_it_is_committed(repository: Repository) -> None:
    add(repository, "2026/town/花名册.csv", ROLL)
    assert staged(repository) == {
        "": ["1"],
        "2026/town/花名册.csv": ["attachment-unused", "unused-private"],
    }
    add(repository, "2026/town/0002.md", a_notice("[花名册](花名册.csv)"))
    assert staged(repository) == {"": ["1"], "2026/town/花名册.csv": ["private-id-number"]}
    for form in ("text", "json", "github", "gitlab"):
        done = repository.folder.run("check", "--staged", "--format", form)
        assert done.returncode == 1 and PERSON not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "body", "fields"),
    [
        ("名单.csv", "公示。", {"attachments": "[名单.csv]"}),
        ("名单.csv", "公示。", {"附件": "[{路径: 名单.csv, 名称: 附件}]"}),
        ("名_单.csv", "[名单](名\\_单.csv)", {}),
        ("名单.csv", "[名单](.//名单.csv)", {}),
        ("表/名单.csv", "[名单](表//名单.csv)", {}),
        ("表/名单.csv", "[名单](表/./名单.csv)", {}),
    ],
)
def test_a_new_version_of_a_file_is_looked_into_however_its_notice_names_it(
    repository: Repository, name: str, body: str, fields: dict[str, str]
) -> None:
    add(repository, f"2026/town/{name}", "姓名,金额\n张某,1\n")
    add(repository, "2026/town/0003.md", a_notice(body, **fields))
    repository.commit("2026-11-20T09:00:00+0800")
    add(repository, f"2026/town/{name}", ROLL)
    assert staged(repository) == {"": ["1"], f"2026/town/{name}": ["private-id-number"]}


def test_an_old_file_that_a_changed_notice_takes_up_is_looked_into_and_no_other(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.folder.write("2026/town/花名册.csv", ROLL)
    for number in range(5):
        repository.folder.write(f"2026/east/{number}.csv", "项目,金额\n修渠,120\n")
        repository.folder.notice(f"2026/east/{number}.md", body=f"[表]({number}.csv)")
    repository.commit(MOMENT)
    add(repository, NOTICE, a_notice("[花名册](花名册.csv)"))
    opened: list[str] = []
    monkeypatch.setattr(
        inspect,
        "open_path",
        lambda path: opened.append(path.name) or inspect.open_bytes(path.name, path.read_bytes()),
    )
    monkeypatch.chdir(repository.top)
    monkeypatch.setenv("NOTICEBOARD_TODAY", "2026-11-21")
    with pytest.raises(SystemExit) as end:
        main(["check", "--staged"])
    assert end.value.code == 1 and "private-id-number" in capsys.readouterr().out
    assert opened == ["花名册.csv"]


def test_a_notice_answers_for_the_files_that_it_names(tmp_path: Path) -> None:
    """What the gate finds in a file stands at the file; what no longer matches a record, at the notice."""
    folder = a_folder(tmp_path)
    folder.write("2026/town/表.csv", "甲")
    folder.notice("2026/town/0002.md", body="[表](表.csv)")
    at_file, at_notice = Problem("x", "notices/2026/town/表.csv"), Problem("y", f"notices/{NOTICE}")
    at_other = Problem("z", "notices/2026/town/0002.md")
    for changed, own in (
        ("2026/town/0002.md", [at_file, at_other]),
        ("2026/town/表.csv", [at_file, at_other]),
        (NOTICE, [at_notice]),
    ):
        change = Change(frozenset([changed]), "notices/")
        board = load_board(folder.notices, reads=change.reads)
        assert list(change.own(board, [at_file, at_notice, at_other])) == own


# The hook


def commit(repository: Repository, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    day = {"NOTICEBOARD_TODAY": "2026-11-21"}
    return subprocess.run(
        ["git", "commit", "--quiet", "--message", "改", *options], cwd=repository.top,
        env={**os.environ, **day, **environment}, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip


def hook(repository: Repository) -> Path:
    return repository.top / ".git/hooks/pre-commit"


def test_the_hook_stops_a_commit_with_an_error_and_lets_others_pass(repository: Repository) -> None:
    done = repository.folder.run("hooks")
    assert done.returncode == 0 and "已装好" in done.stdout
    add(repository, NOTICE, title=None)
    stopped = commit(repository)
    assert stopped.returncode == 1
    assert "field-missing" in stopped.stdout + stopped.stderr and "没有提交" in stopped.stderr
    add(repository, NOTICE, title="改好了的标题")
    assert commit(repository).returncode == 0
    assert not repository.git("status", "--porcelain").strip()


def test_it_sees_what_commit_all_and_commit_of_a_path_would_commit(repository: Repository) -> None:
    repository.folder.run("hooks")
    add(repository, "2026/town/0002.md")
    repository.commit(MOMENT)
    repository.folder.notice(NOTICE, title=None)
    repository.folder.notice("2026/town/0002.md", title="好的")
    assert commit(repository, "--all").returncode == 1
    assert commit(repository, f"notices/{NOTICE}").returncode == 1
    assert commit(repository, "notices/2026/town/0002.md").returncode == 0


def test_it_is_installed_once_and_taken_away_whole(repository: Repository) -> None:
    before = sorted((repository.top / ".git").rglob("*"))
    repository.folder.run("hooks")
    text = hook(repository).read_bytes()
    again = repository.folder.run("hooks")
    assert again.returncode == 0 and "早已装好" in again.stdout
    assert hook(repository).read_bytes() == text and b"\r" not in text
    assert os.access(hook(repository), os.X_OK)
    assert "已移走" in repository.folder.run("hooks", "--remove").stdout
    assert sorted((repository.top / ".git").rglob("*")) == before
    gone = repository.folder.run("hooks", "--remove")
    assert gone.returncode == 0 and "没有装过" in gone.stdout


FOREIGN = "#!/bin/sh\necho foreign\n"


def test_another_program_s_hook_is_left_alone_and_may_call_ours(repository: Repository) -> None:
    hook(repository).write_text(FOREIGN, encoding="utf-8")
    hook(repository).chmod(0o755)
    told = repository.folder.run("hooks")
    assert told.returncode == 1 and hook(repository).read_text("utf-8") == FOREIGN
    (line,) = [line.strip() for line in told.stdout.splitlines() if line.startswith("  ")]
    hook(repository).write_text(f"{FOREIGN}{line}\n", encoding="utf-8")
    assert repository.folder.run("hooks").returncode == 0
    add(repository, NOTICE, title=None)
    stopped = commit(repository)
    assert stopped.returncode == 1 and "foreign" in stopped.stdout + stopped.stderr
    kept = repository.folder.run("hooks", "--remove")
    assert kept.returncode == 1 and "先删去那一行" in kept.stdout
    hook(repository).write_text(FOREIGN, encoding="utf-8")
    assert repository.folder.run("hooks", "--remove").returncode == 0
    assert hook(repository).read_text("utf-8") == FOREIGN
    assert not (hook(repository).parent / "pre-commit.noticeboard").exists()


def test_a_link_to_another_program_s_hook_is_never_written_through(repository: Repository) -> None:
    target = repository.top / "theirs.sh"
    target.write_text(FOREIGN, encoding="utf-8")
    hook(repository).symlink_to(target)
    assert repository.folder.run("hooks").returncode == 1
    assert target.read_text("utf-8") == FOREIGN and hook(repository).is_symlink()


def test_the_folder_that_git_is_told_to_look_in_is_used(repository: Repository) -> None:
    repository.git("config", "core.hooksPath", ".githooks")
    assert repository.folder.run("hooks").returncode == 0
    assert (repository.top / ".githooks/pre-commit").is_file() and not hook(repository).exists()
    add(repository, NOTICE, title=None)
    assert commit(repository).returncode == 1


def test_hooks_of_every_repository_are_not_touched(repository: Repository, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    repository.git("config", "core.hooksPath", str(shared))
    done = repository.folder.run("hooks")
    assert done.returncode == 2 and "core.hooksPath" in done.stderr and not shared.exists()


def test_one_hook_serves_every_work_tree(repository: Repository, tmp_path: Path) -> None:
    other = tmp_path / "另一处"
    repository.git("worktree", "add", "--quiet", str(other))
    beside = Folder(other)
    assert beside.run("hooks").returncode == 0 and hook(repository).is_file()
    linked = Repository.__new__(Repository)
    linked.top, linked.folder = other, beside
    add(linked, NOTICE, title=None)
    assert commit(linked).returncode == 1
    add(linked, NOTICE, title="好的")
    assert commit(linked).returncode == 0


def test_a_board_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    board = tmp_path / "镇 上/board"
    board.mkdir(parents=True)
    repository = Repository(tmp_path, a_folder(board))
    repository.commit(MOMENT)
    assert repository.folder.run("hooks").returncode == 0
    repository.folder.notice(NOTICE, title=None)
    repository.git("add", "--all")
    assert commit(repository).returncode == 1
    repository.folder.notice(NOTICE, title="好的")
    assert commit(repository, "--all").returncode == 0
    (tmp_path / "别的.txt").write_text("与公开栏无关", encoding="utf-8")
    repository.git("add", "--all")
    assert commit(repository).returncode == 0


def elsewhere(repository: Repository, python: str = "/nowhere/python 3") -> None:
    """As if the hook had been installed with a Python that is gone."""
    text = hook(repository).read_text("utf-8")
    here = shlex.quote(Path(sys.executable).as_posix())
    assert here in text
    hook(repository).write_text(text.replace(here, shlex.quote(python)), encoding="utf-8")


def test_a_program_that_is_gone_is_looked_for_beside_the_board(repository: Repository) -> None:
    repository.folder.run("hooks")
    elsewhere(repository)
    venv = repository.top / ".venv/bin"
    venv.mkdir(parents=True)
    (venv / "python").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    (venv / "python").chmod(0o755)
    add(repository, NOTICE, title=None)
    assert "field-missing" in commit(repository).stdout + commit(repository).stderr


def test_without_a_program_nothing_is_committed_and_it_is_said_what_to_do(
    repository: Repository, tmp_path: Path
) -> None:
    repository.folder.run("hooks")
    elsewhere(repository)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("git", "sh", "dirname", "printf"):
        (programs / name).symlink_to(str(shutil.which(name)))
    add(repository, NOTICE)
    repository.folder.notice(NOTICE, title="改过")
    repository.git("add", "--all")
    stopped = commit(repository, PATH=str(programs))
    assert stopped.returncode == 1 and "dev.py run hooks" in stopped.stderr


def test_a_branch_without_a_board_is_not_held_up(repository: Repository) -> None:
    repository.folder.run("hooks")
    repository.git("checkout", "--quiet", "--orphan", "pages")
    repository.git("rm", "-rf", "--quiet", ".")
    (repository.top / "index.html").write_text("x", encoding="utf-8")
    repository.git("add", "index.html")
    done = commit(repository)
    assert done.returncode == 0 and "没有检查公示" in done.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_script_is_one_that_every_shell_reads(repository: Repository, language: str) -> None:
    repository.folder.run("hooks", "--lang", language)
    assert subprocess.run(["sh", "-n", str(hook(repository))], check=False).returncode == 0
    assert f"--lang {language}" in hook(repository).read_text("utf-8")
