"""How build time and size grow, and what the check of one commit costs, as ratios within one run.

    python scripts/bench.py [NOTICES ...]      (default 250 500 1000)

Absolute times say little about another machine; the ratio of one size to the one before it should
stay near the ratio of their notices, and the bytes of a page should stay the same. Every tenth notice
has a sheet of 200 rows, which the gate opens. The last column is the check of a commit of one notice with
its sheet (`check --staged`), in seconds and as a part of the check of the whole board.
What a search costs is measured by `bench_search.py`, and what posters cost by `bench_posters.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

_NOBODY = ("-c", "user.name=量度", "-c", "user.email=bench@board.example", "-c", "core.hooksPath=/dev/null")
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
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8").replace("clearance: bound", "clearance: record")
    configuration = re.sub(r"(?m)^ +posters:.*\n", "", configuration)
    (folder / "mkdocs.yml").write_text(configuration, encoding="utf-8")
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
        path = root / str(year) / f"v{village}" / f"{n:05d}" / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = "\n".join(f"| {r} | 第{n}次第{r}项 | {r * 37 + n} |" for r in range(1, 21))
        text = NOTICE.format(
            n=n, village=village, category=f"c{n % 7}", day=f"{year}-{month:02d}-01", rows=rows
        )
        if n % 10 == 0:
            write_sheet(path.parent / "明细.xlsx", n)
            text += "\n见[明细](明细.xlsx)。\n"
        path.write_text(text, encoding="utf-8")


def write_sheet(path: Path, n: int) -> None:
    """A sheet of 200 rows."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("明细")
        sheet.write_row(0, 0, ("序号", "户主", "面积（亩）", "金额（元）"))
        for row in range(1, 201):
            sheet.write_row(row, 0, (row, f"第{row}户", row / 10, row * 37 + n))


def commit(folder: Path) -> None:
    """Put the board under git, and stage a change of one notice with its sheet."""
    for arguments in (("init", "-q"), ("add", "."), (*_NOBODY, "commit", "-qm", "一")):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    notice = next(folder.glob("notices/*/*/00000/index.md"))
    notice.write_text(notice.read_text("utf-8") + "\n补充一句。\n", encoding="utf-8")
    write_sheet(notice.with_name("明细.xlsx"), 7)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)


def run(folder: Path, *arguments: str) -> float:
    """Processor seconds of a whole command (seconds by the clock where a system does not tell)."""
    started, used = time.perf_counter(), _processor_seconds()
    command = [sys.executable, "-m", "noticeboard", *arguments]
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
    heads = ("notices", "seconds", "bytes/page", "time ratio / notice ratio", "1 commit", "/ all")
    print("{:>8} {:>8} {:>11} {:>26} {:>9} {:>6}".format(*heads))
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "board"
            make_board(folder, size)
            spent = min(run(folder, "build") for _ in range(2))
            ratio = f"{(spent / before[1]) / (size / before[0]):.2f}" if before else "-"
            page = page_bytes(folder)
            shutil.rmtree(folder / "site")
            commit(folder)
            whole = min(run(folder, "check") for _ in range(2))
            staged = min(run(folder, "check", "--staged") for _ in range(2))
            print(
                f"{size:>8} {spent:>8.2f} {page:>11.0f} {ratio:>26} {staged:>9.2f} {staged / whole:>6.2f}",
                flush=True,
            )
            before = (size, spent)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [250, 500, 1000])
