"""The files of the search index are what the page says of them, and what the script in the browser reads."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from builders import ROOT, run

sys.path.insert(0, str(ROOT / "scripts"))

from noticeboard.search import files, find, grams, near, pinyin, query, snippet
from noticeboard.search.files import MANIFEST, dumped, loaded
from noticeboard.search.index import Attachment, Category, Collection, Publisher
from search_cases import BUILT, a_document, files_of
from search_corpus import collection_of, notices

PAGE = (ROOT / "docs/search-index.md").read_text("utf-8")
SCRIPT = (ROOT / "theme/assets/search-engine.js").read_text("utf-8")
#: No file of the index is larger than this when it is sent: a phone waits for whole files.
LARGEST = 64 * 1024

# The example on the page

EXAMPLE = Collection(
    BUILT,
    (
        a_document(
            id="2026/a",
            url="notices/2026/a/",
            title="停水",
            document_number="〔2026〕9号",
            index_number="",
            text="今停水。",
            attachments=(Attachment("表.pdf", "停"),),
            category="outage",
            published_on="2026-11-10",
            days="2026-12-01:expired",
        ),
        a_document(
            id="2026/b",
            url="notices/2026/b/",
            title="停电停水",
            index_number="",
            text="停水",
            category="outage",
            published_on="2026-11-12",
            mark="long-term",
            removed_on="2027-01-01",
        ),
    ),
    (Publisher("t01", "三棠镇人民政府", "government", "三棠镇"),),
    (Category("outage", "停水停电"),),
)
#: Of the manifest: tables of data, and a checksum of them all.
LEFT_OUT = ("version", "synonyms", "variants")
#: Files that hold nothing but those.
NOT_SHOWN = {"version.js", "variants.js", "readings.js"}


def test_the_example_on_the_page_is_what_is_made() -> None:
    shown = dict(_shown())
    made = files_of(EXAMPLE)
    assert shown.keys() == made.keys() - NOT_SHOWN
    for name, text in shown.items():
        assert text == _as_shown(made[name]), name


def _shown() -> Iterator[tuple[str, str]]:
    """The files in the page's code block: name and text."""
    for block in re.findall(r"^```js\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            match = re.match(r'noticeboardIndex\("([^"]+)"', line)
            assert match, line
            yield f"{match[1]}.js", line


def _as_shown(data: bytes) -> str:
    name, content = loaded(data)
    if name == MANIFEST:
        content |= dict.fromkeys(LEFT_OUT, "…")
    return dumped(name, content)[1].decode("utf-8").rstrip("\n").replace('"…"', "…")


def test_the_page_names_every_key_of_the_manifest_and_of_a_notice() -> None:
    made = files_of(EXAMPLE)
    for name in ("index.js", "facets.js", "n/0.js"):
        for key in loaded(made[name])[1]:
            assert f"`{key}`" in PAGE, f"{name}: {key}"


# What the script must know as well

CONSTANTS = {
    "FORMAT": files.FORMAT,
    "ROOMS": list(grams.ROOMS),
    "TEXT": grams.TEXT,
    "FIELDS": query.FIELDS,
    "STATUSES": {status: list(marks) for status, marks in find.STATUSES.items()},
    "BEFORE": snippet.BEFORE,
    "LENGTH": snippet.LENGTH,
    "MOST_READ": near.MOST_READ,
    "MOST_OFFERS": near.MOST_OFFERS,
    "LONGEST_WORD": near.LONGEST_WORD,
    "LONGEST_IN_THREE": near.LONGEST_IN_THREE,
    "SHORT": near.SHORT,
    "MOST_SYLLABLES": pinyin.MOST_SYLLABLES,
    "LONGEST_SYLLABLE": pinyin.LONGEST_SYLLABLE,
    "MOST_WORDS": pinyin.MOST_WORDS,
}


@pytest.mark.parametrize("name", CONSTANTS)
def test_the_script_has_the_same_constants(name: str) -> None:
    assert _constant(name) == CONSTANTS[name]


def _constant(name: str) -> Any:
    """The value of a constant of the script, which is written like JSON but for the quotes of keys."""
    match = re.search(rf"^ *const {name} = (.*?);$", SCRIPT, re.DOTALL | re.MULTILINE)
    assert match, f"no {name} in the script"
    return json.loads(re.sub(r"^( *)(\w+):", r'\1"\2":', match[1], flags=re.MULTILINE))


def test_the_script_takes_the_same_for_filling() -> None:
    match = re.search(r"^ *const FILLING = new RegExp\((.*?)\);$", SCRIPT, re.DOTALL | re.MULTILINE)
    assert match, "no FILLING in the script"
    pieces = re.findall(r'"(?:[^"\\]|\\.)*"', match[1])
    assert "".join(map(json.loads, pieces)) == near._FILLING.pattern


def test_the_script_and_the_page_spread_grams_alike() -> None:
    assert f"0x{grams.SPREAD:X}" in SCRIPT
    assert str(grams.SPREAD) in PAGE
    assert f"Format **{files.FORMAT}**" in PAGE


# A large board


def board_of(count: int) -> Collection:
    """An invented board of so many notices."""
    return collection_of(notices(count, seed=7))


def digests(count: int) -> tuple[str, str]:
    """One digest of the notices of an invented board, and one of all files of its index."""
    collection = board_of(count)
    index = sha256()
    for name, data in files_of(collection).items():
        index.update(f"{name} {len(data)}\n".encode() + data)
    return sha256(repr(collection).encode()).hexdigest(), index.hexdigest()


def test_every_process_makes_the_same_notices_and_the_same_index_of_them() -> None:
    asked = "import test_search_format as made; print(*made.digests(150))"
    seeds = ("0", "1", "42")
    done = [run("-c", asked, cwd=ROOT / "tests", PYTHONHASHSEED=seed) for seed in seeds]
    assert not any(each.returncode for each in done), done[0].stderr
    assert {each.stdout for each in done} == {" ".join(digests(150)) + "\n"}


def test_no_file_of_a_large_board_takes_long_to_load() -> None:
    made = files_of(board_of(1_000))
    large = {name: data for name, data in made.items() if len(data) > LARGEST}
    assert "index.js" in made and len(made) > 1_000
    assert not [name for name, data in large.items() if len(gzip.compress(data, 6)) > LARGEST]
