"""Everything a newcomer or developer runs, with nothing installed but Python and git.

    python scripts/dev.py serve     set up, then build and preview the board in this folder
    python scripts/dev.py test      set up, then run every test, in a real browser too
    python scripts/dev.py lint      ruff and mypy
    python scripts/dev.py lock      renew the hash-locked requirements
    python scripts/dev.py run ...   a noticeboard command, e.g. `run check`

Standard library only. The virtual environment is `.venv`; it is made once, and brought up to date when
the lock file has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
OLDEST = (3, 11)
HELP = """\
用法：python3 scripts/dev.py 命令
    serve     准备环境，预览这个文件夹里的公开栏
    run …     公开栏的命令，例如 run check、run build、run verify site、run list
    test      准备环境，跑全部测试
    lint      检查代码
    lock      更新锁定的依赖
"""


def say(chinese: str, english: str) -> None:
    """One sentence in both languages, so that nobody is left out before anything is installed."""
    print(f"{chinese}\n{english}", flush=True)


def call(*arguments: str | Path, **environment: str) -> int:
    """Run a command in the project's folder and return its exit status."""
    env = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **environment}
    return subprocess.run(
        [str(argument) for argument in arguments], cwd=ROOT, env=env, check=False
    ).returncode


def need(*arguments: str | Path) -> None:
    """Run a command that must succeed."""
    if status := call(*arguments):
        say("上面这一步没有成功，已停止。", "The step above failed; stopped.")
        sys.exit(status)


def set_up(lock: Path) -> None:
    """Make `.venv` hold at least what the lock file says, in those versions, and this project."""
    digest = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / f"{lock.stem}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    say("正在准备运行环境（只有第一次需要几分钟）……", "Setting up (a few minutes, the first time only) ...")
    if not PYTHON.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        if call(sys.executable, "-m", "venv", VENV):
            say(
                "建不了虚拟环境；Debian 和 Ubuntu 请先装 python3-venv。",
                "Could not make a virtual environment; on Debian and Ubuntu install python3-venv first.",
            )
            sys.exit(1)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    need(*pip, "--require-hashes", "--requirement", lock)
    need(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(digest)


def set_up_browser() -> None:
    """The tests drive a real Chromium: the machine's own, or else the one that Playwright brings."""
    find = [PYTHON, ROOT / "tests" / "browser" / "chromium.py"]
    if call(*find) == 0 or call(PYTHON, "-m", "playwright", "install", "chromium") == 0:
        return
    say(
        "没有找到 Chromium、Chrome 或 Edge，浏览器测试跑不了。请安装其中一个再试。",
        "Found no Chromium, Chrome or Edge, and the browser tests need one. Install one and try again.",
    )
    sys.exit(1)


def main(arguments: list[str]) -> int:
    """Carry out one of the commands above; the rest of the line goes to the tool behind it."""
    if sys.version_info < OLDEST:
        say("需要 Python 3.11 或更新的版本。", "Python 3.11 or newer is needed.")
        return 1
    command, rest = (arguments[0] if arguments else "help"), arguments[1:]
    if command in {"serve", "run"}:
        set_up(RUN_LOCK)
        first = ["serve"] if command == "serve" else []
        return call(PYTHON, "-m", "noticeboard", *first, *rest, NOTICEBOARD_PROG="python3 scripts/dev.py run")
    if command == "test":
        set_up(DEV_LOCK)
        set_up_browser()
        return call(PYTHON, "-m", "pytest", "-n", str(os.cpu_count() or 2), *rest)
    if command == "lint":
        set_up(DEV_LOCK)
        checks = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])
        return max(call(PYTHON, "-m", *check) for check in checks)
    if command == "lock":
        set_up(DEV_LOCK)
        return max(lock("install", RUN_LOCK), lock("dev", DEV_LOCK, "--constraint", str(RUN_LOCK)))
    asked = command in {"help", "-h", "--help"}
    if not asked:
        say(f"没有 {command} 这个命令。", f"There is no command {command}.")
    say(HELP, __doc__ or "")
    return 0 if asked else 2


def lock(group: str, target: Path, *more: str) -> int:
    """Names, versions and hashes for every system and every Python; no address of any index."""
    options = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--upgrade")
    need(PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "uv")
    header = ("--custom-compile-command", "python scripts/dev.py lock")
    return call(
        *(PYTHON, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml", "--group", group),
        *(*options, *header, *more, "--output-file", target),
    )


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("已结束。", "Stopped.")
        sys.exit(130)
