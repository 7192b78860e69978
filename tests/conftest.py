"""Fixtures: an empty board for each test, and the sample board built once for each worker."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

from builders import ROOT, Folder, a_folder, run

# The same examples on every machine, and no clock.
settings.register_profile(
    "everywhere",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("everywhere")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A board with publishers and a catalogue and no notice yet."""
    return a_folder(tmp_path)


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample board, built on 2026-11-21."""
    site = tmp_path_factory.mktemp("sample") / "site"
    done = run("-m", "noticeboard", "build", "--site-dir", str(site), cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return site
