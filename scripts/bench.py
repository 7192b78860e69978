"""How build time and size grow, as ratios within one run.

    python scripts/bench.py [NOTICES ...]      (default 250 500 1000)

Absolute times say little about another machine; the ratio of one size to the one before it should
stay near the ratio of their notices, and the bytes of a page should stay the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VILLAGES = 10

NOTICE = """\
---
title: 第{n}号：{village}村第{n}次公开
category: {category}
publisher: v{village}
formed_on: {day}
effective: {{from: {day}, days: 20}}
confidentiality_cleared: true
clearance: {{reviewer: 审查员, date: {day}}}
---

{village}村第{n}次公开的说明，按规定的格式写明事由、依据、金额和联系方式。

| 序号 | 项目 | 金额（元） |
| --- | --- | ---: |
{rows}

如有异议，请在公示期内向村民委员会反映。
"""


def make_board(folder: Path, notices: int) -> None:
    """A board of that many realistic notices, ten villages and ten categories."""
    root = folder / "notices"
    root.mkdir(parents=True)
    shutil.copytree(ROOT / "theme", folder / "theme")
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    people = "\n".join(
        f"  - {{code: v{v}, name: 第{v}村村民委员会, short_name: 第{v}村, kind: village, regime: village}}"
        for v in range(VILLAGES)
    )
    (root / "publishers.yml").write_text(
        f"board: {{name: 量度公开栏, place: 量度镇, owner: v0}}\npublishers:\n{people}\n", encoding="utf-8"
    )
    items = "\n".join(f"      - {{code: c{c}, name: 第{c}类}}" for c in range(10))
    (root / "catalogue.yml").write_text(
        f"catalogue:\n  - code: all\n    name: 村务\n    regime: village\n    items:\n{items}\n",
        encoding="utf-8",
    )
    for n in range(notices):
        village, year, month = n % VILLAGES, 2023 + n % 4, 1 + n % 12
        path = root / str(year) / f"v{village}" / f"{n:05d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = "\n".join(f"| {r} | 第{n}次第{r}项 | {r * 37 + n} |" for r in range(1, 21))
        text = NOTICE.format(
            n=n, village=village, category=f"c{n % 7}", day=f"{year}-{month:02d}-01", rows=rows
        )
        path.write_text(text, encoding="utf-8")


def build(folder: Path) -> float:
    """Processor seconds of the whole command (seconds by the clock where a system does not tell)."""
    started, used = time.perf_counter(), _processor_seconds()
    command = [sys.executable, "-m", "noticeboard", "build"]
    env_day = {"NOTICEBOARD_TODAY": "2026-11-21", "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **env_day}, capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout.decode() + done.stderr.decode())
    return (_processor_seconds() - used) or (time.perf_counter() - started)


def _processor_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system


def page_bytes(folder: Path) -> float:
    """Mean bytes of a notice's page."""
    pages = list((folder / "site" / "notices").rglob("index.html"))
    return sum(page.stat().st_size for page in pages) / len(pages)


def main(sizes: list[int]) -> None:
    """Print a row for each size."""
    before: tuple[int, float] | None = None
    print(f"{'notices':>8} {'seconds':>8} {'bytes/page':>11} {'time ratio / notice ratio':>26}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "board"
            make_board(folder, size)
            spent = min(build(folder) for _ in range(2))
            ratio = f"{(spent / before[1]) / (size / before[0]):.2f}" if before else "-"
            print(f"{size:>8} {spent:>8.2f} {page_bytes(folder):>11.0f} {ratio:>26}", flush=True)
            before = (size, spent)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [250, 500, 1000])
