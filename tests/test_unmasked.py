"""Nothing that was found is ever shown or stored unmasked: every output of every command is searched."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from random import Random

import openpyxl
import pytest

from builders import Folder, a_folder
from identifiers import bank_card, id_number, mobile, old_id_number

SECRETS = {
    "id": id_number("379900", "19870615", "012"),
    "hidden": id_number("379900", "19870616", "021"),
    "old": old_id_number("379900", "620101", "001"),
    "card": bank_card(Random(1)),
    "mobile": mobile(Random(7)),
    "name": id_number("379900", "19870617", "031"),
    "comment": id_number("379900", "19870618", "041"),
    "front": id_number("379900", "19870619", "051"),
    "zip": id_number("379900", "19870620", "061"),
    "past": id_number("379900", "19870621", "071"),
    "title": id_number("379900", "19870622", "081"),
    "mail": "zhangmou@mail.example",
    "permit": "E" + "12345678",
}
NOTICE = "2026/town/0001/index.md"
FOLDER = "2026/town/0001"


def a_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("姓名", "身份证号", "银行卡号"))
    sheet.append(("张某", SECRETS["hidden"], SECRETS["card"]))
    sheet.column_dimensions["B"].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def an_archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("名单.csv", f"姓名,身份证号\n张某,{SECRETS['zip']}\n")
    return stream.getvalue()


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=甲", "-c", "user.email=a@board.example", "-c", "core.hooksPath=/nowhere")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A board that has everything private in every place, in its history as well."""
    folder = a_folder(tmp_path_factory.mktemp("unmasked"))
    git(folder.path, "init", "-q")
    folder.notice("2026/town/0002.md", f"旧的一版：{SECRETS['past']}。")
    folder.notice("2026/town/0003.md", title=f"张某{SECRETS['title']}的补贴")
    git(folder.path, "add", "notices")
    git(folder.path, "commit", "-qm", "旧的一版")
    folder.notice("2026/town/0002.md", "改好的一版。")
    folder.write(f"{FOLDER}/名单.xlsx", a_workbook())
    folder.write(f"{FOLDER}/打包.zip", an_archive())
    folder.write(f"{FOLDER}/张某{SECRETS['name']}.txt", "见名单。")
    folder.notice(
        NOTICE,
        f"张某，{SECRETS['id']}，旧证 身份证号：{SECRETS['old']}，电话 {SECRETS['mobile']}，"
        f"邮箱 {SECRETS['mail']}，护照号：{SECRETS['permit']}。<!-- 核对 {SECRETS['comment']} -->\n\n"
        f"[名单](名单.xlsx) [打包](打包.zip) [表](张某{SECRETS['name']}.txt)",
        summary=f"'张某 {SECRETS['front']}'",
    )
    git(folder.path, "add", "notices")
    return folder


COMMANDS = [
    *(("check", "--format", form) for form in ("text", "json", "github", "gitlab")),
    *(("--lang", "en", "check", "--format", form) for form in ("text", "json", "github", "gitlab")),
    ("check", f"notices/{FOLDER}"),
    ("check", "--staged"),
    ("check", "--git"),
    ("check", "--history"),
    ("check", "--history", "--format", "json"),
    ("build",),
    ("clear", f"notices/{NOTICE}", "--reviewer", "甲审", "--yes"),
    *(("review", "--format", form) for form in ("text", "json", "csv")),
    *(("clearances", "--format", form) for form in ("text", "json", "csv")),
    *(("list", "--format", form) for form in ("text", "json", "csv")),
    *(("search", "公示", "--format", form) for form in ("text", "json")),
    *(("board", "--format", form) for form in ("text", "json")),
    ("board", "--month", "2026-11", "--out", "papers"),
    ("board", "--out", "papers"),
    ("addresses", "--dry-run"),
    ("next-change",),
    ("verify", "site"),
]


def shown(text: str) -> str:
    """What is looked through: with and without what may stand between digits."""
    return text + "\n" + re.sub(r"[\s\-_,.，、*]", "", text)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_shows_what_it_found(board: Folder, command: tuple[str, ...]) -> None:
    before = {file: file.read_bytes() for file in board.path.rglob("*") if file.is_file()}
    done = board.run(*command)
    said = shown(done.stdout + done.stderr)
    # Nothing was built, so there is no site to verify; every other command is carried out.
    assert done.returncode in ({2} if "verify" in command else {0, 1}) and said.strip()
    assert "Traceback" not in said
    for name, secret in SECRETS.items():
        assert secret not in said, name
    for file in board.path.rglob("*"):
        if file.is_file() and before.get(file) != file.read_bytes() and ".git" not in file.parts:
            stored = shown(file.name + file.read_bytes().decode("utf-8", "replace"))
            assert not [name for name, secret in SECRETS.items() if secret in stored], file.name


@pytest.mark.parametrize("kind", ["名单.xlsx", "index.md"])
def test_masking_shows_nothing_either(board: Folder, kind: str) -> None:
    done = board.run("mask", f"notices/{FOLDER}/{kind}", "--out", str(board.path / f"masked-{kind}"))
    said = shown(done.stdout + done.stderr)
    assert said.strip() and not [name for name, secret in SECRETS.items() if secret in said]


def test_the_commands_did_find_it_all(board: Folder) -> None:
    """Or the searches above would have found nothing because there was nothing to tell."""
    text = board.run("check").stdout
    for code in ("id-number", "bank-card", "mobile"):
        assert f"[private-{code}]" in text
    assert text.count("[private-id-number]") >= 5
