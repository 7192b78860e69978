"""Time and size grow in proportion to the notices: held as shape, never as seconds."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from builders import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

import bench


def test_twice_the_notices_take_less_than_2_4_times_the_time_and_pages_keep_their_size(
    tmp_path: Path,
) -> None:
    folders = [tmp_path / str(size) for size in (300, 600)]
    for folder in folders:
        bench.make_board(folder, int(folder.name))
    # Taken in turn, the best of three each, so that a busy machine slows both.
    times = [[bench.run(folder, "build") for folder in folders] for _ in range(3)]
    small, large = (min(column) for column in zip(*times, strict=True))
    assert large / small < 2.4
    few, many = (bench.page_bytes(folder) for folder in folders)
    assert abs(many / few - 1) < 0.02


def test_notices_are_not_in_the_navigation() -> None:
    configuration = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    assert "nav" not in configuration
