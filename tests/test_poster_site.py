"""Posters as part of the site: who offers them, what they are remembered by, and how `verify` judges them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from builders import Folder, a_folder
from noticeboard.posters.reading import read_poster

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


UNKNOWN = chr(0x3347F)


def test_one_poster_that_cannot_be_set_holds_up_nothing_else(tmp_path: Path) -> None:
    folder = a_board(tmp_path, "posters: [A4]\non_problem: withhold")
    (tmp_path / "notices/2026/east/kept.md").unlink()
    folder.notice("2026/east/a.md", f"名单：张{UNKNOWN}。", title="公示a")
    done = folder.run("build")
    assert done.returncode == 1
    assert "poster-character" in done.stderr and "2026/east/a.md" in done.stderr
    assert set(posters(folder)) == {"2026/east/b-A4.pdf"}
    assert "posters/" not in (folder.site / "notices/2026/east/a/index.html").read_text("utf-8")
    assert folder.run("verify", "site").returncode == 0


def test_nothing_is_kept_where_no_poster_is_wanted_any_more(tmp_path: Path) -> None:
    folder = a_board(tmp_path)
    build(folder)
    configuration = tmp_path / "mkdocs.yml"
    configuration.write_text(configuration.read_text("utf-8").replace("posters: [A4, A3]", "posters: []"))
    build(folder)
    assert not list((tmp_path / ".noticeboard-cache").iterdir())


def another_maker(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.add_metadata({"/Creator": "Typst 9.9.9"})
    return written(writer)


def note(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.add_metadata({"/Creator": "Typst 9.9.9", "/Subject": "别的"})
    return written(writer)


def added(pdf: bytes) -> bytes:
    return pdf + b"\n% more\n%%EOF\n"


def named_in_code(pdf: bytes) -> bytes:
    return pdf.replace(b"/Type/Catalog", b"/Type/Catalog/Open#41ction 1 0 R", 1)


def said_beside(pdf: bytes) -> bytes:
    """Something in the place of a page number, which nobody reads aloud."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    stream = writer.pages[0]["/Contents"].get_object()
    stream.set_data(stream.get_data() + b"\n/Artifact BMC BT /f0 9 Tf 99 99 Td <0001> Tj ET EMC\n")
    writer.add_metadata({"/Creator": "Typst 9.9.9"})
    return written(writer)


@pytest.mark.parametrize("change", [another_maker, note, added, named_in_code, said_beside])
def test_another_maker_excuses_no_single_poster(built: Folder, change: Callable[[bytes], bytes]) -> None:
    path = built.site / "posters/2026/east/a-A4.pdf"
    before = path.read_bytes()
    try:
        path.write_bytes(change(before))
        done = built.run("verify", "site")
        assert done.returncode == 1
        assert "posters/2026/east/a-A4.pdf" in done.stderr
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Microsoft-Windows10系统停用通知", "东街 Wi-Fi 停用。"),
        ("关于/Launch系统停用的通知", "[网页](https://developer.example/docs/Web/JavaScript)"),
        ("关于XYZ202611210001ABCDEFG项目的公告", "项目编号XYZ202611210001ABCDEFG，" + "A" * 60),
        ("停水通知", "东街 شىنجاڭ ئۇيغۇر 检修"),
        ("补偿标准公示", "每亩10²元，联系人：" + "." * 70 + "（签字）"),
        ("目录", f"| 项目 | 说明 |\n|---|---|\n| 甲 | {'长' * 1800} |"),
        ("两页的格", f"<table><tr><td>{'很长的一格。' * 200}</td><td>右</td></tr></table>"),
        ("跨行", f"<table><tr><td rowspan=2>{'高' * 1500}</td><td>右</td></tr><tr><td>下</td></tr></table>"),
        ("名册", "<table>" + "<tr><th>甲</th><th>乙</th></tr>" * 45 + "</table>"),
        ("很长的标题", "## " + "很长的小标题" * 200),
        ("代码", "```\n" + "x" * 300 + "\n" + "行\n" * 120 + "```"),
    ],
)
def test_no_honest_notice_is_refused_and_none_runs_off_the_paper(
    tmp_path: Path, title: str, body: str
) -> None:
    folder = a_folder(tmp_path, "posters: [A4, A3]")
    folder.notice("2026/east/a.md", body, title=title)
    build(folder)
    for pdf in posters(folder).values():
        assert not read_poster(pdf).outside


def test_many_attachments_go_over_the_page(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "posters: [A4]")
    for number in range(60):
        folder.write(f"2026/east/a/附件{number}.txt", f"第{number}份")
    links = "\n\n".join(f"[附件{number}](附件{number}.txt)" for number in range(60))
    folder.notice("2026/east/a/index.md", links, title="附件很多的公示")
    build(folder)
    (pdf,) = posters(folder).values()
    assert not read_poster(pdf).outside and "60.附件59.txt" in words(pdf)


def test_a_poster_is_explained_by_its_notice(built: Folder) -> None:
    done = built.run("verify", "site", "--explain", "posters/2026/east/a-A4.pdf")
    assert done.returncode == 0, done.stderr
    assert "公示的海报：公示a" in done.stdout and "notices/2026/east/a.md" in done.stdout
