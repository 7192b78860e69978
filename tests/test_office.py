"""The workbooks in an office program that is not ours: LibreOffice shows the rows that the JSON has."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

#: A directory, an archive and one year of it; their days, numbers and reasons are of every kind.
WORKBOOKS = ("directory", "archive", "archive/2026")

#: CSV with commas, quotes, UTF-8 and every cell as it is shown; of several sheets it takes the first.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice. CI must have it; elsewhere a machine without it cannot say anything about workbooks."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and os.environ.get("CI"):
        pytest.fail("No LibreOffice: .ci/run installs libreoffice-calc.", pytrace=False)
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed; CI runs this test")
    return found


@pytest.fixture(scope="session")
def shown(soffice: str, sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    """What LibreOffice shows of each workbook, row by row. It is started once for all."""
    folder = tmp_path_factory.mktemp("office")
    files = {}
    for name in WORKBOOKS:
        files[name] = folder / f"{name.replace('/', '-')}.xlsx"
        shutil.copy(sample_site / "data" / f"{name}.xlsx", files[name])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--norestore", "--convert-to", AS_SHOWN, "--outdir", folder]
    done = subprocess.run(
        [*command, *files.values()], capture_output=True, text=True, check=False, timeout=180
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = {}
    for name, file in files.items():
        with file.with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
            found[name] = list(csv.reader(stream))
    return found


@pytest.mark.parametrize("name", WORKBOOKS)
def test_libreoffice_shows_the_rows_of_the_json(shown: dict[str, list], sample_site: Path, name: str) -> None:
    document = json.loads((sample_site / "data" / f"{name}.json").read_text("utf-8"))
    head, *rows = shown[name]
    assert head == [column["heading"] for column in document["columns"]]
    assert len(rows) == len(document["rows"]) >= 20
    assert rows == [["" if v is None else str(v) for v in row.values()] for row in document["rows"]]
    keys = [column["key"] for column in document["columns"]]
    days = [row[keys.index(key)] for row in rows for key in ("formed_on", "published_on", "effective_from")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)
