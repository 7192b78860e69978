"""Posters as part of the site: who offers them, what they are remembered by, and how `verify` judges them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from builders import Folder, a_folder

SHOWN = {"2026/east/a": "第一条的正文，届时停水。", "2026/east/b": "第二条的正文，届时停电。"}
HIDDEN = {
    "2026/east/kept": {"confidentiality_cleared": "false"},
    "2026/east/coming": {"effective": "{from: 2026-11-22, until: 2026-12-22}"},
    "2026/east/gone": {"erase_on": "2026-11-21"},
    "2026/east/paper": {"category": "monitored", "publisher": "east", "channels": "[board]"},
}


def a_board(path: Path, options: str = "posters: [A4, A3]") -> Folder:
    folder = a_folder(path, options)
    for identifier, body in SHOWN.items():
        folder.notice(f"{identifier}.md", body, title=f"公示{identifier[-1]}")
    for identifier, fields in HIDDEN.items():
        folder.notice(f"{identifier}.md", "这一条不该有海报。", title="不该有的", **fields)
    return folder


def build(folder: Folder, day: str = "2026-11-21") -> None:
    done = folder.run("build", day=day)
    assert done.returncode == 0, done.stdout + done.stderr


def posters(folder: Folder) -> dict[str, bytes]:
    root = folder.site / "posters"
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*.pdf"))}


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = a_board(tmp_path_factory.mktemp("board"))
    build(folder)
    return folder


def test_each_published_notice_with_a_text_has_one_of_each_size(built: Folder) -> None:
    assert set(posters(built)) == {f"{name}-{size}.pdf" for name in SHOWN for size in ("A3", "A4")}


def test_nothing_hidden_stands_on_a_poster(built: Folder) -> None:
    assert not any("不该有" in words(pdf) for pdf in posters(built).values())


def test_a_page_links_its_own_posters(built: Folder) -> None:
    page = (built.site / "notices/2026/east/a/index.html").read_text("utf-8")
    for size in ("A4", "A3"):
        assert f"posters/2026/east/a-{size}.pdf" in page
    assert "posters/2026/east/b" not in page


def test_a_removed_notice_links_none(built: Folder) -> None:
    assert "posters/" not in (built.site / "notices/2026/east/gone/index.html").read_text("utf-8")


def test_without_the_option_there_are_none(tmp_path: Path) -> None:
    folder = a_board(tmp_path, "")
    build(folder)
    assert not (folder.site / "posters").exists()
    assert "-A4.pdf" not in (folder.site / "notices/2026/east/a/index.html").read_text("utf-8")


def test_the_same_bytes_with_and_without_what_was_kept(tmp_path: Path) -> None:
    folder = a_board(tmp_path)
    build(folder)
    first, kept = posters(folder), set((tmp_path / ".noticeboard-cache").iterdir())
    build(folder)
    assert posters(folder) == first
    assert set((tmp_path / ".noticeboard-cache").iterdir()) == kept
    for file in kept:
        file.unlink()
    build(folder)
    assert posters(folder) == first


def test_what_was_taken_down_is_not_kept(tmp_path: Path) -> None:
    folder = a_board(tmp_path)
    build(folder)
    folder.notice("2026/east/a.md", SHOWN["2026/east/a"], title="公示a", erase_on="2026-11-21")
    build(folder)
    for file in (tmp_path / ".noticeboard-cache").iterdir():
        assert "第一条的正文" not in words(file.read_bytes())
    assert set(posters(folder)) == {"2026/east/b-A4.pdf", "2026/east/b-A3.pdf"}


def test_past_notices_say_so(tmp_path: Path) -> None:
    folder = a_board(tmp_path, "posters: A4")
    build(folder, "2026-12-01")
    assert "已期满" in words(posters(folder)["2026/east/a-A4.pdf"])


def other_text(pdf: bytes) -> bytes:
    """A poster of the same look that says something else."""
    reader = PdfReader(BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    stream = writer.pages[0]["/Contents"].get_object()
    stream.set_data(stream.get_data().replace(b" Tj", b"  ", 1))
    return written(writer)


def hidden_file(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.add_attachment("a.txt", b"1")
    return written(writer)


def script(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    )
    writer.root_object[NameObject("/OpenAction")] = action
    return written(writer)


def other_title(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.add_metadata({"/Title": "别的"})
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "change", [other_text, hidden_file, script, other_title, lambda pdf: pdf[:200], lambda pdf: b""]
)
def test_a_changed_poster_is_found(built: Folder, change: object) -> None:
    path = built.site / "posters/2026/east/a-A4.pdf"
    before = path.read_bytes()
    try:
        path.write_bytes(change(before))  # type: ignore[operator]
        done = built.run("verify", "site")
        assert done.returncode == 1
        assert "posters/2026/east/a-A4.pdf" in done.stderr
    finally:
        path.write_bytes(before)
    assert built.run("verify", "site").returncode == 0


def test_the_poster_of_another_notice_is_found(built: Folder) -> None:
    path, other = built.site / "posters/2026/east/a-A4.pdf", built.site / "posters/2026/east/b-A4.pdf"
    before = path.read_bytes()
    try:
        path.write_bytes(other.read_bytes())
        assert built.run("verify", "site").returncode == 1
    finally:
        path.write_bytes(before)


def test_a_poster_too_many_is_found(built: Folder) -> None:
    path = built.site / "posters/2026/east/kept-A4.pdf"
    path.write_bytes((built.site / "posters/2026/east/a-A4.pdf").read_bytes())
    try:
        assert built.run("verify", "site").returncode == 1
    finally:
        path.unlink()


def test_a_wrong_size_is_named(tmp_path: Path) -> None:
    done = a_board(tmp_path, "posters: [A5]").run("build")
    assert done.returncode == 2
    assert "A5" in done.stderr
    assert "A4、A3、A2" in done.stderr
