"""A board full of hostile files: each is named for what it is, quickly, and nothing at all is published."""

from __future__ import annotations

import re
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

import samples
from builders import Folder, a_folder

FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": ("资料.zip", samples.flat_bomb, "attachment-too-large"),
    "a zip bomb in a zip bomb": ("资料.zip", samples.nested_bomb, "attachment-too-deep"),
    "an XML bomb": (
        "名单.xlsx",
        lambda: samples.with_part(samples.xlsx(), "xl/worksheets/sheet1.xml", samples.LAUGHS.encode()),
        "attachment-too-large",
    ),
    "an encrypted PDF": ("决定.pdf", lambda: samples.encrypted_pdf("a"), "attachment-unread-encrypted"),
    "a macro workbook": ("名单.xlsm", samples.macro_workbook, "attachment-kind"),
    "a macro workbook under another name": ("名单.xlsx", samples.macro_workbook, "attachment-macro"),
    "a page as a document": ("决定.pdf", lambda: b"<html><script>1</script>", "attachment-mislabelled"),
    "a program as a picture": ("图.jpg", lambda: b"MZ" + b"\0" * 200, "attachment-mislabelled"),
    "a name that leads out": (
        "资料.zip",
        lambda: samples.zipped([("../../../a.txt", b"1")]),
        "attachment-unsafe",
    ),
    "ten thousand pages": ("决定.pdf", lambda: samples.pdf_pages(10_000), "attachment-unread-too-long"),
}


SECONDS_EACH = 2.0


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    """A site that stands, and then a notice for each of the files."""
    folder = a_folder(tmp_path)
    folder.notice("2026/town/0001.md", title="没有问题的一条")
    assert folder.run("build").returncode == 0
    for number, (name, made, _) in enumerate(FILES.values(), start=2):
        folder.write(f"2026/town/{number:04}/{name}", made())
        folder.notice(f"2026/town/{number:04}/index.md", f"见[附件]({name})。", title=f"第{number}条")
    return folder


def test_each_is_named_in_time_and_nothing_is_published(board: Folder, tmp_path: Path) -> None:
    sparse = board.write("2026/town/0101/资料.zip", b"")
    with sparse.open("wb") as file:
        file.truncate(2 << 30)
    board.notice("2026/town/0101/index.md", "见[附件](资料.zip)。")
    outside = tmp_path / "外面.csv"
    outside.write_text("姓名\n张某\n", encoding="utf-8")
    (board.notices / "2026/town/0102").mkdir()
    (board.notices / "2026/town/0102/名单.csv").symlink_to(outside)
    board.notice("2026/town/0102/index.md", "见[附件](名单.csv)。")
    board.notice("2026/town/0103.md", "见[附件](../../../外面.csv)。")
    before = board.everything()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = board.run("check")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    for number, (name, _, code) in enumerate(FILES.values(), start=2):
        assert re.search(rf"2026/town/{number:04}/({name}|index\.md):.*\[{code}\]", done.stdout), code
    for number, code in ((101, "attachment-too-large"), (102, "symlink-leaves"), (103, "link-leaves")):
        assert re.search(rf"2026/town/{number:04}\S*:.*\[{code}\]", done.stdout), code
    used = after.ru_utime + after.ru_stime - spent.ru_utime - spent.ru_stime
    assert used < SECONDS_EACH * (len(FILES) + 1), "processor time of the whole command"
    done = board.run("build")
    assert done.returncode == 1 and "attachment-too-large" in done.stderr
    assert board.everything() == before
