"""Hostile files end in a named reason, soon and in little memory, and never in an exception."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import samples
from noticeboard.readers.open import open_bytes
from noticeboard.readers.passage import REASONS, REFUSED, Opened

#: Processor seconds and bytes that one file may take, the starting of the process included.
SECONDS, MEMORY = 2.0, 300_000_000
#: Reasons that all mean: too much of it.
TOO_MUCH = {"too-large", "too-long", "too-deep"}


def reasons(opened: Opened) -> set[str]:
    return {mark.reason for mark in opened.unread}


def nested_html(depth: int = 300_000) -> bytes:
    return b"<html>" + b"<div>" * depth + b"x"


def nested_xml(depth: int = 100_000) -> bytes:
    return b"<?xml version='1.0'?>" + b"<a>" * depth + b"</a>" * depth


def link_member() -> bytes:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    return samples.zipped([(link, b"/etc/passwd")])


#: Name and maker of each file, and the reasons of which one at least has to be named.
HOSTILE: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "flat zip bomb": ("a.zip", samples.flat_bomb, {"too-large"}),
    "zip bomb that lies about its size": ("a.zip", samples.lying_bomb, {"too-large", "broken"}),
    "nested zip bomb": ("a.zip", samples.nested_bomb, {"too-deep", "too-large"}),
    "zip of a hundred thousand members": ("a.zip", samples.many_members, {"too-large"}),
    "gzip bomb": ("a.txt.gz", lambda: samples.packed_blocks(b"\0" * 2**20, 1000, 31), {"too-large"}),
    "bomb as a workbook": ("a.xlsx", samples.flat_bomb, {"too-large"}),
    "a gigabyte of zeros as a sheet": (
        "a.xlsx",
        lambda: samples.with_part(samples.xlsx(), "xl/worksheets/sheet1.xml", b"\0" * 95_000_000),
        TOO_MUCH | {"broken"},
    ),
    "billion laughs": (
        "a.xlsx",
        lambda: samples.with_part(samples.xlsx(), "xl/worksheets/sheet1.xml", samples.LAUGHS.encode()),
        {"too-large"},
    ),
    "billion laughs in UTF-16": ("a.xml", lambda: samples.LAUGHS.encode("utf-16"), {"too-large"}),
    "quadratic blow-up": (
        "a.svg",
        lambda: samples.QUADRATIC.encode().replace(b"<x>", b"<svg>"),
        {"too-large", "mislabelled"},
    ),
    "an entity from outside": (
        "a.xml",
        lambda: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        {"too-large"},
    ),
    "deep XML": ("a.xml", nested_xml, {"too-deep"}),
    "deep HTML": ("a.html", nested_html, {"too-deep"}),
    "deep HTML with an end": ("a.html", lambda: nested_html(5_000), {"too-deep"}),
    "HTML of a million elements": ("a.html", lambda: b"<p>" + b"<b>x</b>" * 1_000_000, {"too-long"}),
    "sheet without end": ("a.xlsx", samples.endless_sheet, TOO_MUCH),
    "document of a million runs": ("a.docx", samples.many_runs, TOO_MUCH),
    "CSV of a million cells": ("a.csv", lambda: b"1,2,3,4\n" * 300_000, {"too-long"}),
    "text of thirty million signs": ("a.txt", lambda: "字".encode() * 10_000_000, {"too-long"}),
    "one line of CSV": ("a.csv", lambda: b"x" * 40_000_000, {"too-long", "broken"}),
    "CSV of quotes": ("a.csv", lambda: b'"' * 30_000_001, {"too-long", "broken"}),
    "PDF of ten thousand pages": ("a.pdf", lambda: samples.pdf_pages(10_000), {"too-long"}),
    "PDF with a deep page tree": ("a.pdf", samples.deep_page_tree, TOO_MUCH | {"broken"}),
    "PDF with a flate bomb": ("a.pdf", samples.flate_bomb_pdf, TOO_MUCH | {"broken"}),
    "PDF with a huge picture": ("a.pdf", samples.huge_image_pdf, {"scan"}),
    "encrypted PDF": ("a.pdf", lambda: samples.encrypted_pdf("geheim"), {"encrypted"}),
    "encrypted workbook": (
        "a.xlsx",
        lambda: samples.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}),
        {"encrypted"},
    ),
    "encrypted member": ("a.zip", samples.encrypted_zip, {"encrypted"}),
    "encrypted OpenDocument": (
        "a.ods",
        lambda: samples.with_part(
            samples.ods([["a"]]), "META-INF/manifest.xml", b"<a><encryption-data/></a>"
        ),
        {"encrypted"},
    ),
    "macro workbook": ("a.xlsx", samples.macro_workbook, {"macro"}),
    "macro workbook by name": ("a.xlsm", samples.macro_workbook, {"macro"}),
    "macro in an old workbook": (
        "a.xls",
        lambda: samples.compound({"Workbook": samples.xls_stream(), "_VBA_PROJECT_CUR": b"x"}),
        {"macro"},
    ),
    "macro in OpenDocument": (
        "a.ods",
        lambda: samples.with_part(samples.ods([["a"]]), "Basic/Standard/Module1.xml", b"<a/>"),
        {"macro"},
    ),
    "name that leaves the folder": ("a.zip", lambda: samples.zipped([("../../a.txt", b"1")]), {"unsafe"}),
    "name from the root": ("a.zip", lambda: samples.zipped([("/etc/cron.d/a", b"1")]), {"unsafe"}),
    "link in an archive": ("a.zip", link_member, {"unsafe"}),
    "member that no directory names": ("a.zip", samples.hidden_member, {"broken"}),
    "picture of 2.5 billion pixels": ("a.png", samples.png_bomb, {"picture"}),
    "note that unpacks to 100 MB": ("a.png", samples.png_note_bomb, {"too-large"}),
    "program": ("a.pdf", lambda: b"MZ" + b"\0" * 500, {"mislabelled"}),
}
#: These are harmless to who reads a few of their cells.
HARMLESS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "sheet that claims every cell": ("a.xlsx", samples.wide_sheet),
    "OpenDocument that repeats": ("a.ods", samples.repeated_ods),
    "PDF that draws itself": ("a.pdf", samples.endless_form_pdf),
}

MEASURE = """
import json, resource, sys
from pathlib import Path
from noticeboard.readers.open import Readers, open_path

def used():
    own, gone = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + gone.ru_utime + gone.ru_stime

before = used()
with Readers() as readers:
    opened = open_path(Path(sys.argv[1]), readers)
unit = 1 if sys.platform == "darwin" else 1024
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({
    "reasons": [mark.reason for mark in opened.unread], "passages": len(opened.passages),
    "seconds": used() - before, "bytes": peak * unit,
}))
"""


def measured(path: Path) -> dict:
    """What opening the file in a process of its own found and took.

    A process inherits the peak of the one that forks it: between this one and that stands a small shell.
    """
    command = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-P", "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


posix = pytest.mark.skipif(sys.platform == "win32", reason="what a process took is not told there")


@posix
@pytest.mark.parametrize("what", [*HOSTILE, *HARMLESS])
def test_a_hostile_file_ends_soon_with_a_reason(what, tmp_path):
    name, make, *named = HOSTILE.get(what) or HARMLESS[what]
    path = tmp_path / name
    path.write_bytes(make())
    found = measured(path)
    print(f"{what}: {found}")
    assert not named or named[0] & set(found["reasons"]), found
    assert set(found["reasons"]) <= REASONS
    assert found["seconds"] < 1.5 * SECONDS, found
    assert found["bytes"] < MEMORY, found


@posix
def test_a_sparse_file_of_two_gigabytes_is_not_read(tmp_path):
    path = tmp_path / "a.pdf"
    with path.open("wb") as stream:
        stream.truncate(2 * 2**30)
    found = measured(path)
    assert found["reasons"] == ["too-large"]
    assert found["bytes"] < MEMORY // 3


@posix
def test_a_table_of_sixty_megabytes_is_not_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2,3\n" * 10_000_000)
    assert measured(path)["reasons"] == ["too-large"]


@pytest.mark.parametrize("ending", samples.GOOD)
def test_half_a_file_ends_in_a_reason_or_in_its_half(ending):
    data = samples.GOOD[ending]()
    for share in (0.1, 0.5, 0.9):
        opened = open_bytes(f"a.{ending}", data[: int(len(data) * share)])
        assert reasons(opened) <= REASONS
        if ending in {"xlsx", "docx", "pptx", "ods", "odt", "ofd", "zip", "xls"}:
            assert reasons(opened), share


@pytest.mark.parametrize("ending", samples.GOOD)
def test_damaged_bytes_never_raise(ending):
    chance = random.Random(ending)
    data = samples.GOOD[ending]()
    for _ in range(12):
        damaged = bytearray(data)
        for _ in range(1 + len(data) // 200):
            damaged[chance.randrange(len(data))] = chance.randrange(256)
        assert reasons(open_bytes(f"a.{ending}", bytes(damaged))) <= REASONS


@pytest.mark.parametrize("ending", samples.GOOD)
def test_noise_under_any_name_is_not_taken_for_a_file(ending):
    noise = random.Random(4).randbytes(4000)
    assert reasons(open_bytes(f"a.{ending}", noise)) == {"broken"}
    assert reasons(open_bytes("a.dat", noise)) == {"unknown-kind"}


@pytest.mark.parametrize("real", samples.GOOD)
@pytest.mark.parametrize("claimed", ["xlsx", "xls", "docx", "pdf", "csv", "zip", "jpg", "txt", "doc"])
def test_a_name_that_says_something_else_is_told(claimed, real):
    text = {"csv", "txt", "md", "json", "xml", "svg"}
    same = real == claimed or (claimed in {"csv", "txt"} and real in text)
    opened = open_bytes(f"a.{claimed}", samples.GOOD[real]())
    assert ("mislabelled" in reasons(opened)) is not same


def test_what_is_found_in_a_mislabelled_file_is_named_and_read():
    opened = open_bytes("a.xls", samples.xlsx())
    assert [(mark.reason, mark.found) for mark in opened.unread] == [("mislabelled", "xlsx")]
    assert any(passage.text == "标题" for passage in opened.passages)
    assert {"mislabelled", "macro"} <= REFUSED


def test_a_pdf_that_an_empty_password_opens_is_read():
    opened = open_bytes("a.pdf", samples.encrypted_pdf(""))
    assert opened.unread == ()
    assert any("内部" in passage.text for passage in opened.passages)


@pytest.mark.skipif(not hasattr(os, "getrlimit") and sys.platform == "win32", reason="only where limits are")
def test_after_a_process_was_stopped_the_next_file_is_read():
    open_bytes("a.pdf", samples.flate_bomb_pdf())
    assert open_bytes("a.txt", b"next").passages[0].text == "next"
