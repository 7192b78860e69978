"""`verify --explain`: where any file of a site comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import Folder, a_folder
from noticeboard.board.notice import short_code
from samples import xlsx_table

NOTICE = "2026/town/0001"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = a_folder(tmp_path_factory.mktemp("explain"), "clearance: bound")
    folder.notice(f"{NOTICE}/index.md", "见[名单](名单.xlsx)。", title="有名单的一条")
    folder.write(f"{NOTICE}/名单.xlsx", xlsx_table([["姓名", "金额"], ["张某", 1]]))
    done = folder.run("clear", f"notices/{NOTICE}", "--reviewer", "周审", "--basis", "第十七条", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert folder.run("build").returncode == 0
    return folder


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"notices/{NOTICE}/", ("来自公示：有名单的一条", "审查：周审", "依据：第十七条", "和审查时一致")),
        (
            f"notices/{NOTICE}/名单.xlsx",
            ("来自公示的附件：有名单的一条", f"源文件：notices/{NOTICE}/名单.xlsx"),
        ),
        (f"n/{short_code(NOTICE)}/index.html", ("转到公示：有名单的一条", "审查：周审")),
        ("data/notices.json", ("由网站上的 1 条公示一起生成",)),
        ("./assets/board.css", ("网站的样式和程序",)),
    ],
)
def test_every_file_has_an_origin(board: Folder, path: str, expected: tuple[str, ...]) -> None:
    done = board.run("verify", "site", "--explain", path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(part in done.stdout for part in expected), done.stdout


@pytest.mark.parametrize("path", ["nothing.html", "../mkdocs.yml", "/etc/passwd", "a" * 5000])
def test_what_is_not_in_the_site_is_said_to_be_missing(board: Folder, path: str) -> None:
    done = board.run("verify", "site", "--explain", path)
    assert done.returncode == 2 and "网站里没有这个文件" in done.stderr


def test_what_nothing_accounts_for_is_said_so(board: Folder) -> None:
    stray = board.site / "stray.txt"
    stray.write_text("x", encoding="utf-8")
    done = board.run("verify", "site", "--explain", "stray.txt")
    stray.unlink()
    assert done.returncode == 1 and "没有来历" in done.stdout


def test_a_page_that_was_built_before_its_notice_changed_is_told(board: Folder) -> None:
    file: Path = board.notices / NOTICE / "index.md"
    before = file.read_text("utf-8")
    file.write_text(before.replace("见[名单]", "请见[名单]"), "utf-8")
    done = board.run("verify", "site", "--explain", f"notices/{NOTICE}/index.html")
    file.write_text(before, "utf-8")
    assert done.returncode == 1
    assert "现在不公开" in done.stdout and "和审查时不一致" in done.stdout
