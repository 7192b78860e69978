"""The commands as a clerk and as another program meet them."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from builders import Folder, a_folder, run
from noticeboard.cli.main import main


@pytest.fixture
def mixed(folder: Folder) -> Folder:
    """One notice of each kind that `list` tells apart."""
    folder.notice("2026/town/0001.md", title="正在公示的一条")
    folder.notice("2026/town/0002.md", title="已经期满的一条", effective="{from: 2026-11-02, days: 3}")
    folder.notice(
        "2026/town/0003.md",
        title="还没到的一条",
        formed_on="2026-11-20",
        effective="{from: 2026-12-01, days: 3}",
    )
    folder.notice("2026/town/0004.md", title="没审查的一条", confidentiality_cleared="false", clearance=None)
    return folder


def test_check_is_silent_about_nothing_and_counts(mixed: Folder) -> None:
    done = mixed.run("check")
    assert (done.returncode, done.stdout) == (0, "检查了 4 条公示：0 个错误，0 个提醒。\n")


def test_check_names_file_line_and_remedy(mixed: Folder) -> None:
    mixed.notice("2026/town/0005.md", formed_on="2026-2-3")
    done = mixed.run("check")
    assert done.returncode == 1
    assert "notices/2026/town/0005.md:5:12  错误  “2026-2-3”不是规定的日期写法  [date-format]" in done.stdout
    assert "怎么改：请写成 2026-02-03" in done.stdout


def test_check_in_english(mixed: Folder) -> None:
    mixed.notice("2026/town/0005.md", title=None)
    for arguments in (("check", "--lang", "en"), ("--lang=en", "check")):
        done = mixed.run(*arguments)
        assert done.returncode == 1
        assert "error" in done.stdout and not any(
            "\u4e00" <= c <= "\u9fff" for c in done.stdout.replace("标题", "")
        )


def test_check_of_some_paths_reports_those_alone(mixed: Folder) -> None:
    mixed.notice("2026/town/0005.md", title=None)
    mixed.notice("2026/east/0001.md", title=None)
    assert mixed.run("check", "notices/2026/town/0001.md").returncode == 0
    done = mixed.run("check", "notices/2026/east")
    assert done.returncode == 1
    assert "2026/east/0001.md" in done.stdout and "2026/town/0005.md" not in done.stdout
    assert mixed.run("check", "notices/2099").returncode == 2


def test_check_as_json_keeps_the_contract(mixed: Folder) -> None:
    mixed.notice("2026/town/0005.md", title=None)
    done = mixed.run("check", "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert found["counts"] == {"notices": 5, "errors": 1, "warnings": 0}
    (problem,) = found["problems"]
    assert list(problem) == ["path", "line", "column", "field", "code", "severity", "message", "hint"]
    assert (problem["path"], problem["field"], problem["code"]) == (
        "notices/2026/town/0005.md",
        "title",
        "field-missing",
    )
    assert (problem["line"], problem["column"], problem["severity"]) == (2, 1, "error")


def test_check_as_annotations(mixed: Folder) -> None:
    mixed.notice("2026/town/0005.md", title=None)
    done = mixed.run("check", "--format", "github")
    assert done.stdout.startswith("::error file=notices/2026/town/0005.md,line=2,col=1,title=field-missing::")


def test_list_shows_staff_every_status(mixed: Folder) -> None:
    records = json.loads(mixed.run("list", "--format", "json").stdout)
    assert {r["title"]: r["status"] for r in records["notices"]} == {
        "正在公示的一条": "current",
        "已经期满的一条": "expired",
        "还没到的一条": "scheduled",
        "没审查的一条": "withheld",
    }
    rows = list(
        csv.DictReader(io.StringIO(mixed.run("list", "--format", "csv", "--status", "expired").stdout))
    )
    assert [(row["title"], row["until"]) for row in rows] == [("已经期满的一条", "2026-11-04")]
    assert "未公开" in mixed.run("list", "--status", "withheld").stdout


USAGE = {
    "no command": ["biuld"],
    "no option": ["build", "--fast"],
    "no status": ["list", "--status", "new"],
    "no site": ["verify", "nowhere"],
    "no argument": ["verify"],
    "no configuration": ["check", "--config", "none.yml"],
    "no language": ["check", "--lang", "fr"],
}


@pytest.mark.parametrize("arguments", USAGE.values(), ids=USAGE)
def test_wrong_usage_is_said_in_chinese_with_status_2(folder: Folder, arguments: list[str]) -> None:
    done = folder.run(*arguments)
    assert done.returncode == 2
    assert any("\u4e00" <= char <= "\u9fff" for char in done.stderr)
    assert "Traceback" not in done.stderr and "Error" not in done.stderr


@pytest.mark.parametrize("day", ["2026-2-3", "tomorrow", "20260131"])
def test_a_day_that_is_none_is_wrong_usage(folder: Folder, day: str) -> None:
    for command in ("check", "build"):
        done = folder.run(command, day=day)
        assert done.returncode == 2, done.stderr
        assert "NOTICEBOARD_TODAY" in done.stderr and "Traceback" not in done.stderr


BROKEN_CONFIGURATIONS = {
    "not yaml": "site_name: [",
    "no plugin": "site_name: x\ndocs_dir: theme/without-plugin\nplugins: []\n",
    "unknown option": "site_name: x\ndocs_dir: theme/without-plugin\n"
    "plugins:\n  - noticeboard: {on_problem: maybe}\n",
}


@pytest.mark.parametrize("text", BROKEN_CONFIGURATIONS.values(), ids=BROKEN_CONFIGURATIONS)
def test_a_broken_configuration_is_named(folder: Folder, text: str) -> None:
    (folder.path / "mkdocs.yml").write_text(text, encoding="utf-8")
    done = folder.run("check")
    assert done.returncode == 2
    assert "mkdocs.yml" in done.stderr and "Traceback" not in done.stderr


def test_every_command_explains_itself_in_both_languages(folder: Folder) -> None:
    for command in (
        "build",
        "serve",
        "check",
        "verify",
        "list",
        "search",
        "board",
        "addresses",
        "next-change",
        "hooks",
        "alive",
    ):
        chinese, english = folder.run(command, "--help"), folder.run(command, "--help", "--lang", "en")
        assert chinese.returncode == english.returncode == 0
        assert "用法：" in chinese.stdout and "Usage:" in english.stdout


def test_an_unforeseen_fault_ends_in_a_sentence(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.chdir(folder.path)
    monkeypatch.delenv("NOTICEBOARD_DEBUG", raising=False)
    monkeypatch.setattr("noticeboard.plugin.load_board", broken)
    with pytest.raises(SystemExit) as end:
        main(["check"])
    shown = capsys.readouterr().err
    assert end.value.code == 1
    assert "程序出了意外" in shown and "inside" in shown and "Traceback" not in shown


def test_mkdocs_builds_through_the_plugin(folder: Folder) -> None:
    folder.notice("2026/town/0001.md", title="由插件生成的一条")
    done = run("-m", "mkdocs", "build", "--strict", cwd=folder.path)
    assert done.returncode == 0, done.stderr
    assert folder.run("verify", "site").returncode == 0
    folder.notice("2026/town/0002.md", title=None)
    done = run("-m", "mkdocs", "build", cwd=folder.path)
    assert done.returncode == 1
    assert "notices/2026/town/0002.md" in done.stderr and "Traceback" not in done.stderr
    assert "由插件生成的一条" in folder.everything()


def test_withhold_publishes_the_rest_and_still_exits_1(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "on_problem: withhold")
    folder.notice("2026/town/0001.md", title="好的一条")
    folder.notice("2026/town/0002.md", title="坏的一条", formed_on="昨天")
    for command in (("-m", "noticeboard", "build"), ("-m", "mkdocs", "build")):
        done = run(*command, cwd=folder.path)
        assert done.returncode == 1
        assert "2026/town/0002.md" in done.stdout + done.stderr
        assert "好的一条" in folder.everything() and "坏的一条" not in folder.everything()


def test_serve_reloads_a_change_and_shows_problems_on_the_page(folder: Folder) -> None:
    path = folder.notice("2026/town/0001.md", "第一版的正文。")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "NOTICEBOARD_TODAY": "2026-11-21", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "noticeboard", "serve", "--address", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        command, cwd=folder.path, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    base = f"http://127.0.0.1:{port}/town/"
    try:
        _wait_for(f"{base}notices/2026/town/0001/", "第一版的正文")
        path.write_text(path.read_text("utf-8").replace("第一版", "第二版"), encoding="utf-8")
        _wait_for(f"{base}notices/2026/town/0001/", "第二版的正文")
        path.write_text(path.read_text("utf-8").replace("true", "yes"), encoding="utf-8")
        page = _wait_for(base, "写成了 yes")
        assert "第二版的正文" not in page and server.poll() is None
        config = folder.path / "mkdocs.yml"
        good = config.read_text("utf-8")
        config.write_text("site_name: [", encoding="utf-8")
        time.sleep(1.5)
        config.write_text(good, encoding="utf-8")
        path.write_text(path.read_text("utf-8").replace("yes", "true"), encoding="utf-8")
        _wait_for(f"{base}notices/2026/town/0001/", "第二版的正文")
    finally:
        server.terminate()
        output = server.communicate(timeout=20)[0].decode("utf-8", "replace")
    assert "预览地址" in output and "配置文件 mkdocs.yml 有错" in output and "Traceback" not in output


def _wait_for(address: str, text: str) -> str:
    page = ""
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                page = answer.read().decode()
        except OSError:
            page = ""
        if text in page:
            return page
        time.sleep(0.1)
    pytest.fail(f"{address} never showed {text!r}; last:\n{page[:2000]}")


def test_a_misspelt_option_stops_everything(folder: Folder) -> None:
    """Its safeguard would be off, and nobody would know."""
    configuration = folder.path / "mkdocs.yml"
    text = configuration.read_text("utf-8").replace("notices_dir: notices", "clearence: bound")
    configuration.write_text(text, "utf-8")
    done = folder.run("check")
    assert done.returncode == 2
    assert "没有“clearence”这一项" in done.stderr and "clearance" in done.stderr
    done = run("-m", "mkdocs", "build", cwd=folder.path)
    assert done.returncode == 1 and "clearance" in done.stdout + done.stderr and not folder.site.exists()


def test_hints_name_the_command_as_it_was_called(folder: Folder) -> None:
    folder.write("2026/town/0001/a.rar", b"Rar!\x1a\x07\x01\x00 nothing that anybody knows")
    folder.notice("2026/town/0001/index.md", "[附件](a.rar)")
    done = folder.run("check", NOTICEBOARD_PROG="python3 scripts/dev.py run")
    assert "python3 scripts/dev.py run clear 公示" in done.stdout
