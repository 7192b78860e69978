"""`noticeboard poster`: which notices may go to paper, how a clerk names them, and what comes of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from builders import Folder, a_folder
from noticeboard.board.notice import short_code

COMING, KEPT, GONE, ON_PAPER, HERE = (
    "2026/east/coming",
    "2026/east/kept",
    "2026/east/gone",
    "2026/east/paper",
    "2026/east/here",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """One of each kind: current, on paper alone, not cleared, yet to come, with its text taken down."""
    made = a_folder(tmp_path_factory.mktemp("posters"))
    made.notice(f"{HERE}.md", "东街明日停水，请储水。", title="东街停水通知")
    made.notice(
        f"{ON_PAPER}.md", "只贴在栏里的一段话。", title="只上公开栏的公示",
        category="monitored", publisher="east", channels="[board]",
    )  # fmt: skip
    made.notice(f"{KEPT}.md", "还没有审查的一段话。", title="没有审查的", confidentiality_cleared="false")
    made.notice(
        f"{COMING}.md", "明天才公示的一段话。", title="还没到日子的",
        effective="{from: 2026-11-22, until: 2026-12-22}",
    )  # fmt: skip
    made.notice(f"{GONE}.md", "已经撤下的一段话。", title="撤下的", erase_on="2026-11-20")
    return made


def text(pdf: bytes) -> str:
    """Without spaces: where letters stand apart, the reader takes them for words."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def code(pdf: bytes) -> str:
    """What a telephone reads from a picture of the last page at 100 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[len(document) - 1]
    found = zxingcpp.read_barcodes(page.render(scale=100 / 72).to_pil())
    return found[0].text if found else ""


def only(out: Path) -> bytes:
    (file,) = out.iterdir()
    return file.read_bytes()


def named(folder: Folder) -> dict[str, str]:
    """The ways in which a clerk may name a notice."""
    number = folder.register().published[HERE].notice.index_number
    return {
        "id": HERE,
        "path": f"notices/{HERE}.md",
        "windows": f"notices\\{HERE}.md".replace("/", "\\"),
        "within": f"{HERE}.md",
        "number": number,
        "short": short_code(HERE),
        "address": f"https://board.example/town/notices/{HERE}/",
        "code": f"https://board.example/town/n/{short_code(HERE)}/",
    }


@pytest.mark.parametrize("way", ["id", "path", "windows", "within", "number", "short", "address", "code"])
def test_a_notice_is_found_however_it_is_named(folder: Folder, tmp_path: Path, way: str) -> None:
    done = folder.run("poster", named(folder)[way], "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "东街停水通知" in text(only(tmp_path))


def test_the_code_leads_to_the_short_address(folder: Folder, tmp_path: Path) -> None:
    assert folder.run("poster", HERE, "--out", str(tmp_path)).returncode == 0
    assert code(only(tmp_path)) == f"https://board.example/town/n/{short_code(HERE)}/"


@pytest.mark.parametrize("identifier", [KEPT, COMING, GONE])
def test_what_may_not_be_seen_goes_to_no_paper(folder: Folder, tmp_path: Path, identifier: str) -> None:
    done = folder.run("poster", identifier, "--out", str(tmp_path))
    assert done.returncode == 2
    assert identifier in done.stderr
    assert not list(tmp_path.iterdir())


def test_everything_current_that_hangs_on_a_board(folder: Folder, tmp_path: Path) -> None:
    done = folder.run("poster", "--current", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    texts = [text(file.read_bytes()) for file in tmp_path.iterdir()]
    assert len(texts) == 2
    for hidden in ("还没有审查", "没有审查的", "明天才公示", "还没到日子", "已经撤下", "撤下的"):
        assert not any(hidden in found for found in texts)


def test_what_is_not_on_the_website_has_no_code(folder: Folder, tmp_path: Path) -> None:
    assert folder.run("poster", ON_PAPER, "--out", str(tmp_path)).returncode == 0
    assert "只贴在栏里的一段话。" in text(only(tmp_path))
    assert code(only(tmp_path)) == ""
    assert "/n/" not in text(only(tmp_path))


@pytest.mark.parametrize(
    ("arguments", "status", "files"),
    [
        ((), 2, 0),
        (("--publisher", "东河村"), 0, 1),
        (("--publisher", "town"), 0, 1),
        (("--publisher", "东河"), 2, 0),
        (("--since", "2026-11-10"), 0, 2),
        (("--since", "2026-11-11"), 0, 0),
        (("没有这一条",), 2, 0),
    ],
)
def test_choosing(
    folder: Folder, tmp_path: Path, arguments: tuple[str, ...], status: int, files: int
) -> None:
    done = folder.run("poster", *arguments, "--out", str(tmp_path))
    assert (done.returncode, len(list(tmp_path.iterdir()))) == (status, files), done.stderr


def test_an_unknown_publisher_is_met_with_the_nearest(folder: Folder, tmp_path: Path) -> None:
    assert "东河村" in folder.run("poster", "--publisher", "东河", "--out", str(tmp_path)).stderr


def test_what_is_past_says_so(folder: Folder, tmp_path: Path) -> None:
    done = folder.run("poster", HERE, "--out", str(tmp_path), day="2026-12-01")
    assert done.returncode == 0, done.stderr
    assert "已期满" in text(only(tmp_path))


def test_sizes_and_styles(folder: Folder, tmp_path: Path) -> None:
    for size, width in {"A4": 210, "A3": 297, "A2": 420}.items():
        out = tmp_path / size
        assert folder.run("poster", HERE, "--size", size, "--out", str(out)).returncode == 0
        page = PdfReader(BytesIO(only(out))).pages[0]
        assert round(float(page.mediabox.width) * 25.4 / 72) == width
    across = tmp_path / "across"
    assert folder.run("poster", HERE, "--orientation", "landscape", "--out", str(across)).returncode == 0
    page = PdfReader(BytesIO(only(across))).pages[0]
    assert page.mediabox.width > page.mediabox.height
    assert folder.run("poster", HERE, "--style", "official", "--out", str(tmp_path / "o")).returncode == 0
    assert "东街停水通知" in text(only(tmp_path / "o"))
