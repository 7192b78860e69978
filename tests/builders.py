"""What tests are made of: a notice that is valid by itself, a little board, and the command line.

A test states only what it is about: `a_notice(confidentiality_cleared="false")`.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from noticeboard.board.load import Board, load_board
from noticeboard.board.register import Register

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 21)

PUBLISHERS = """\
board: {name: 试点镇公开栏, place: 试点县试点镇, owner: town}
publishers:
  - code: town
    name: 试点镇人民政府
    short_name: 镇政府
    kind: township
    regime: government
    address: 试点镇东街1号
    hours: {summer: '8:00—18:00', winter: '8:00—17:30'}
    phone: 0000-5550001
    fax: 0000-5550009
    email: town@board.example
    supervision_phone: 0000-5550002
    institution_code: 11000000MB00000017
  - code: east
    name: 东河村村民委员会
    short_name: 东河村
    kind: village
    regime: village
    phone: 0000-5550003
  - {code: east-coop, name: 东河村股份经济合作社, kind: collective, regime: collective, board: east}
"""

CATALOGUE = """\
catalogue:
  - code: services
    name: 公共服务
    regime: government
    items:
      - {code: outage, name: 停水停电, contents: 时间、范围, basis: [《政府信息公开条例》第二十一条]}
      - {code: policy, name: 政策文件}
  - code: village-affairs
    name: 村务
    regime: village
    items:
      - {code: finance, name: 村级财务}
      - {code: monitored, name: 监测对象, channels: [board]}
"""

GUIDE = """\
---
核对日期: 2026-10-01
---
"""

FIELDS = {
    "title": "东街停水通知",
    "category": "outage",
    "publisher": "town",
    "formed_on": "2026-11-01",
    "effective": "{from: 2026-11-10, until: 2026-11-30}",
    "confidentiality_cleared": "true",
    "clearance": "{reviewer: 甲审, date: 2026-11-02}",
}


def a_notice(body: str = "东街十一月检修管道，届时停水。", **fields: str | None) -> str:
    """The text of a notice file; a field given as None is left out, values are written as they are."""
    merged = {**FIELDS, **fields}
    lines = [f"{key}: {value}" for key, value in merged.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", body, ""])


def having_seen(*files: bytes) -> str:
    """A record of a review in which a person looked at files that no machine reads."""
    listed = ", ".join(sha256(data).hexdigest() for data in files)
    return f"{{reviewer: 甲审, date: 2026-11-02, unreadable: [{listed}]}}"


@dataclass(frozen=True)
class Folder:
    """A board's folder with its own mkdocs.yml, using the project's theme."""

    path: Path

    @property
    def notices(self) -> Path:
        return self.path / "notices"

    @property
    def site(self) -> Path:
        return self.path / "site"

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below notices/."""
        target = self.notices / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return target

    def notice(self, path: str, body: str = "东街十一月检修管道，届时停水。", **fields: str | None) -> Path:
        return self.write(path, a_notice(body, **fields))

    def board(self) -> Board:
        return load_board(self.notices)

    def register(self, day: date = TODAY) -> Register:
        return Register(self.board(), day)

    def codes(self, day: date = TODAY) -> list[str]:
        """The codes of all problems, in order of place."""
        return [problem.code for problem in self.register(day).problems]

    def run(
        self, *arguments: str, day: str = "2026-11-21", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """The console command in a process of its own."""
        return run("-m", "noticeboard", *arguments, cwd=self.path, day=day, **environment)

    def everything(self) -> str:
        """Every text of the built site, packed ones too, with the paths of its files."""
        parts = []
        for file in sorted(self.site.rglob("*")):
            if file.is_file():
                data = file.read_bytes()
                parts += [
                    file.relative_to(self.site).as_posix(),
                    data.decode("utf-8", "replace"),
                    *_packed(data),
                ]
        return "\n".join(parts)


def _packed(data: bytes) -> Iterator[str]:
    """Names and texts of what a sheet or an archive holds."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from (name, archive.read(name).decode("utf-8", "replace"))


def run(
    *arguments: str, cwd: Path, day: str = "2026-11-21", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Python in a process of its own, on a given day, without anything of this machine's settings."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("NOTICEBOARD", "SOURCE_DATE"))
    }
    env = {**kept, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", "NOTICEBOARD_TODAY": day, **environment}
    env = {key: value for key, value in env.items() if value}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def a_folder(path: Path, options: str = "") -> Folder:
    """An empty board: lists and configuration, no notice. `options` are lines of the plugin's options."""
    folder = Folder(path)
    folder.write("publishers.yml", PUBLISHERS)
    folder.write("catalogue.yml", CATALOGUE)
    folder.write("guide.md", GUIDE)
    shutil.copytree(ROOT / "theme", path / "theme")
    lines = "".join(f"      {line}\n" for line in options.splitlines()) or "      notices_dir: notices\n"
    (path / "mkdocs.yml").write_text(
        "site_name: 试点镇公开栏\nsite_url: https://board.example/town/\ndocs_dir: theme/without-plugin\n"
        "theme: {name: material, custom_dir: theme, language: zh, font: false}\n"
        f"plugins:\n  - noticeboard:\n{lines}",
        encoding="utf-8",
    )
    return folder
