"""What the READMEs promise holds, and the two of them say the same."""

from __future__ import annotations

import io
import re
import shutil
import sys
from pathlib import Path

import docx
import openpyxl
import PIL.Image
import pypdf
import pytest

from builders import ROOT, Folder, run
from noticeboard.board.fields import (
    BOARD,
    CATALOGUE_FILE,
    CHANGE,
    CLEARANCE,
    GROUP,
    GUIDE,
    HOLIDAY_YEAR,
    HOURS,
    ITEM,
    LAW,
    MINIMUM_PERIOD,
    NOTICE,
    PUBLISHER,
    SEEN,
    TIME_LIMIT,
    WAIVER,
)
from noticeboard.config import NoticeboardConfig

sys.path.insert(0, str(ROOT / "scripts"))

import sample_attachments

READMES = ("README.md", "README.zh.md")


@pytest.fixture
def sample(tmp_path: Path) -> Folder:
    """A copy of the sample board that a test may write in."""
    for name in ("notices", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    options = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "clearance: bound" in options
    # The README's record is typed by hand, and has no digest.
    (tmp_path / "mkdocs.yml").write_text(options.replace("clearance: bound", "clearance: record"), "utf-8")
    return Folder(tmp_path)


@pytest.mark.parametrize("readme", READMES)
def test_the_notice_to_copy_is_right_and_is_published_once_it_is_cleared(sample: Folder, readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    (block,) = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    (cleared,) = re.findall(
        r"```yaml\n(.*(?:true|是)\n.*)\n *```", text.partition("4. ")[2].partition("5. ")[0]
    )
    notice = re.sub(r"^ {3}", "", block, flags=re.MULTILINE)
    sample.write("2026/tongshuwan/0099.md", notice)
    assert sample.run("check", "notices/2026/tongshuwan/0099.md").returncode == 0
    key = "confidentiality_cleared: false" if "confidentiality_cleared" in notice else "保密审查通过: 否"
    assert key in notice
    sample.write(
        "2026/tongshuwan/0099.md",
        notice.replace(key, re.sub(r"^ {3}", "", cleared, flags=re.MULTILINE).strip()),
    )
    done = sample.run("build")
    assert done.returncode == 0, done.stderr
    assert (sample.site / "notices/2026/tongshuwan/0099/index.html").exists()


@pytest.mark.parametrize("readme", READMES)
def test_the_notice_to_copy_is_cleared_by_the_command_that_stands_there(sample: Folder, readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    (block,) = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    (command,) = re.findall(r"^ +python3 scripts/dev.py run (clear .*)$", text, re.MULTILINE)
    shutil.copy(ROOT / "mkdocs.yml", sample.path)
    sample.write("2026/tongshuwan/0099.md", re.sub(r"^ {3}", "", block, flags=re.MULTILINE))
    done = sample.run(*command.split(), "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert sample.run("check").returncode == 0
    assert "2026/tongshuwan/0099" in sample.run("list", "--status", "current").stdout


@pytest.mark.parametrize("readme", READMES)
def test_every_key_is_explained(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    for key in NOTICE:
        (row,) = re.findall(rf"^\| `{key.name}` \|.*$", text, re.MULTILINE)
        assert all(alias in row for alias in key.aliases)
        assert key.required == ("| yes |" in row or "| 是 |" in row)
    for key in (*CLEARANCE, *SEEN, *WAIVER, *CHANGE):
        assert f"`{key.name}`" in text


def test_every_key_of_the_board_s_own_files_is_explained() -> None:
    text = (ROOT / "docs/board-files.md").read_text("utf-8")
    tables = (BOARD, PUBLISHER, HOURS, CATALOGUE_FILE, LAW, GROUP, ITEM, GUIDE)
    for key in (key for table in tables for key in table):
        assert f"`{key.name}`" in text, key.name
        assert all(alias in text for alias in key.aliases), key.aliases
    for table in (TIME_LIMIT, MINIMUM_PERIOD, HOLIDAY_YEAR):
        assert all(key.name in text for key in table)


@pytest.mark.parametrize("readme", READMES)
def test_every_option_is_explained(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    for name, _ in NoticeboardConfig._schema:
        assert f"`{name}" in text, name


@pytest.mark.parametrize("readme", READMES)
def test_everything_the_readme_names_is_there(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    for path in re.findall(r"\]\((?!http|<)([^)#]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if not path.endswith(".xlsx") and "../../" not in path:
            assert (ROOT / path).exists(), path
    for path in re.findall(r"^\| `([a-z_./]+/?)` \|", text, re.MULTILINE):
        if "/" in path:
            assert (ROOT / path).exists(), path


def test_the_sample_board_has_what_it_must_show() -> None:
    import json

    records = json.loads(run("-m", "noticeboard", "list", "--format", "json", cwd=ROOT).stdout)["notices"]
    statuses = [record["status"] for record in records]
    assert len(records) >= 90
    for status in ("withheld", "scheduled", "expired", "withdrawn", "superseded", "current"):
        assert statuses.count(status) >= 2, status
    known = [record for record in records if "effective" in record]
    assert sum(record["effective"]["until"] is None for record in known) >= 2
    assert (
        sum("channels" in r and "website" not in r["channels"] for r in known if r["status"] != "scheduled")
        >= 2
    )
    assert {record["id"][:4] for record in records} == {"2023", "2024", "2025", "2026"}
    assert {r["publisher"]["regime"] for r in known if "regime" in r["publisher"]} == {
        "government",
        "village",
        "collective",
        "party",
    }
    kinds = {Path(a["name"]).suffix for r in known for a in r.get("attachments", ())}
    assert kinds >= {".xlsx", ".docx", ".pdf", ".jpg"}
    texts = "".join(path.read_text("utf-8") for path in (ROOT / "notices").rglob("*.md"))
    assert all(char in texts for char in "䶮\U0002c386")


def contents(name: str, data: bytes) -> object:
    """What a reader finds in a file, whatever library version wrote it."""
    stream = io.BytesIO(data)
    if name.endswith(".xlsx"):
        return [
            [list(row) for row in sheet.iter_rows(values_only=True)]
            for sheet in openpyxl.load_workbook(stream)
        ]
    if name.endswith(".docx"):
        document = docx.Document(stream)
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [paragraph.text for paragraph in document.paragraphs] + cells
    if name.endswith(".pdf"):
        return [page.extract_text() for page in pypdf.PdfReader(stream).pages]
    picture = PIL.Image.open(stream)
    return (picture.size, picture.convert("L").resize((8, 8)).tobytes())


def test_the_sample_attachments_are_what_their_script_makes() -> None:
    made = sample_attachments.files()
    assert len(made) >= 16
    for (notice, name), data in made.items():
        kept = (ROOT / "notices" / sample_attachments.FOLDERS[notice] / name).read_bytes()
        assert contents(name, kept) == contents(name, data), name
