"""Whether a site is built as often as it must be: the check that a timer has died."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from builders import Folder, a_folder
from noticeboard.cli.main import main


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    """One notice from 10 to 30 November 2026, and one that is to come on the 24th."""
    folder = a_folder(tmp_path)
    folder.notice("2026/town/0001.md")
    folder.notice("2026/town/0002.md", title="二十四日起的", effective="{from: 2026-11-24, until: 长期}")
    return folder


def site(folder: Folder, as_of: object) -> str:
    """A site that says it was built on a day."""
    data = folder.path / "site/data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "notices.json").write_text(json.dumps({"as_of": as_of, "notices": []}), encoding="utf-8")
    return "site"


DAYS = {
    "built today": ("2026-11-21", "2026-11-21", 0, "没有该变而没有变的"),
    "nothing was due": ("2026-11-21", "2026-11-23", 0, "没有该变而没有变的"),
    "due this very day": ("2026-11-23", "2026-11-24", 1, "2026-11-24 起就该变的"),
    "due long ago": ("2026-11-01", "2026-11-21", 1, "2026-11-10 起就该变的"),
    "expired": ("2026-11-24", "2026-12-01", 1, "2026-12-01 起就该变的"),
    "all over": ("2026-12-01", "2027-06-01", 0, "没有该变而没有变的"),
    "built tomorrow": ("2026-11-22", "2026-11-21", 1, "晚于今天"),
}


@pytest.mark.parametrize(("built", "today", "status", "said"), DAYS.values(), ids=DAYS)
def test_a_site_is_late_when_something_should_have_changed(
    board: Folder, built: str, today: str, status: int, said: str
) -> None:
    done = board.run("alive", site(board, built), day=today)
    assert (done.returncode, said in done.stdout) == (status, True), done.stdout
    assert built in done.stdout


def test_it_says_what_is_late_and_what_to_do(board: Folder) -> None:
    done = board.run("alive", site(board, "2026-11-23"), day="2026-11-24")
    assert "1 条开始公开" in done.stdout and "二十四日起的" in done.stdout
    assert "重新生成" in done.stdout
    done = board.run("alive", "site", "--lang", "en", day="2026-11-24")
    assert done.returncode == 1 and "should have changed on 2026-11-24" in done.stdout


@pytest.mark.parametrize(("days", "status"), [("1", 1), ("2", 0), ("", 0)])
def test_it_may_be_told_how_old_a_site_may_be(board: Folder, days: str, status: int) -> None:
    options = ["--days", days] if days else []
    done = board.run("alive", site(board, "2026-11-21"), *options, day="2026-11-23")
    assert done.returncode == status
    assert ("已经 2 天没有重新生成" in done.stdout) == bool(status)


def test_the_board_s_own_promise_counts(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "rebuild_days: 7")
    assert folder.run("alive", site(folder, "2026-11-14"), day="2026-11-21").returncode == 0
    assert folder.run("alive", "site", day="2026-11-22").returncode == 1
    assert folder.run("alive", "site", "--days", "30", day="2026-11-22").returncode == 0


def test_the_file_alone_or_a_pipe_is_enough(
    board: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = f"{site(board, '2026-11-21')}/data/notices.json"
    assert board.run("alive", file).returncode == 0
    piped = io.TextIOWrapper(io.BytesIO((board.path / file).read_bytes()))
    monkeypatch.setattr("sys.stdin", piped)
    monkeypatch.chdir(board.path)
    monkeypatch.setenv("NOTICEBOARD_TODAY", "2026-11-21")
    with pytest.raises(SystemExit) as end:
        main(["alive", "-"])
    assert end.value.code == 0, capsys.readouterr()


@pytest.mark.parametrize("as_of", [None, "", "2026-11", 20261121, ["2026-11-21"]])
def test_what_is_no_board_counts_as_dead(board: Folder, as_of: object) -> None:
    done = board.run("alive", site(board, as_of))
    assert done.returncode == 1 and "读不出" in done.stdout


@pytest.mark.parametrize("data", [b"", b"<html>404</html>", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_what_a_server_says_instead_counts_as_dead(board: Folder, data: bytes) -> None:
    (board.path / "notices.json").write_bytes(data)
    done = board.run("alive", "notices.json")
    assert done.returncode == 1 and "读不出" in done.stdout
    (board.path / "empty").mkdir()
    assert board.run("alive", "empty").returncode == 1


def test_it_never_goes_to_the_network(board: Folder) -> None:
    done = board.run("alive", "https://board.example/town/")
    assert done.returncode == 2
    assert "curl -fsSo notices.json https://board.example/town/data/notices.json" in done.stderr
    assert board.run("alive", "nowhere").returncode == 2
    assert board.run("alive", "site", "--days", "0").returncode == 2


def test_a_board_that_cannot_be_read_cannot_tell(board: Folder) -> None:
    board.write("publishers.yml", "board: [")
    done = board.run("alive", site(board, "2026-11-21"))
    assert done.returncode == 2 and "noticeboard check" in done.stderr
