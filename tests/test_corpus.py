"""On the labelled corpus every ID number and bank card is found, and hardly anything else taken for one."""

from __future__ import annotations

import re
import sys

import pytest

from builders import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

import corpus
from labelled.files import LAYOUTS, files
from labelled.label import INNOCENT, Verdict
from labelled.lookalikes import NUMBERS
from labelled.score import Score
from labelled.texts import texts
from noticeboard.privacy.finding import Kind


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, Score]]:
    """The whole of the texts and notices, a third of the files."""
    return {
        "texts": corpus.score_texts(),
        "files": corpus.score_files(share=3),
        "notices": corpus.score_notices(tmp_path_factory.mktemp("notices")),
    }


@pytest.mark.parametrize("part", ["texts", "files", "notices"])
@pytest.mark.parametrize("kind", corpus.HELD)
def test_the_held_figures(parts: dict[str, tuple[int, Score]], part: str, kind: Kind) -> None:
    _, score = parts[part]
    recall, precision = corpus.HELD[kind]
    faults = [miss for miss in score.misses if miss.kind is kind]
    assert score.recall(kind) >= recall, faults
    assert score.precision(kind) >= precision, faults


def test_a_code_that_may_be_an_id_number_asks(parts: dict[str, tuple[int, Score]]) -> None:
    asked = [score.right[Kind.ID_NUMBER, "承包方编码：可作身份号码"] for _, score in parts.values()]
    missed = [score.missed[Kind.ID_NUMBER, "承包方编码：可作身份号码"] for _, score in parts.values()]
    assert min(asked) > 0 and not any(missed)


def test_the_corpus_is_large_and_holds_real_and_innocent_ones_of_every_kind() -> None:
    labels = [label for text in texts(corpus.SEED) for _, found in text.passages for label in found]
    for kind in Kind:
        assert sum(label.kind is kind and label.verdict is Verdict.MUST for label in labels) >= 10, kind
        assert sum(label.kind is kind and label.verdict in INNOCENT for label in labels) >= 10, kind
    innocent = sum(label.verdict in INNOCENT for label in labels)
    assert innocent >= sum(label.verdict is Verdict.MUST for label in labels)
    assert {look.name for look in NUMBERS} <= {label.form for label in labels}
    assert sum(1 for _ in texts(corpus.SEED)) >= 600


def test_its_files_are_of_every_kind(parts: dict[str, tuple[int, Score]]) -> None:
    number, _ = parts["files"]
    assert number * 3 >= 150
    assert {layout.partition(" ")[0] for layout in LAYOUTS} >= {
        *("xlsx", "xls", "ods", "docx", "pptx", "pdf", "csv", "txt", "html", "md", "zip"),
    }


def test_it_is_the_same_every_time_and_holds_no_number_in_its_source() -> None:
    once, again = ([(t.name, t.passages[0][0].text) for t in texts(1)] for _ in range(2))
    assert once == again
    assert [file.labels for file in files(1, share=40)] == [file.labels for file in files(1, share=40)]
    sources = [ROOT / "scripts/corpus.py", *(ROOT / "scripts/labelled").glob("*.py")]
    assert not [path.name for path in sources if re.search(r"[1-9]\d{16}[\dXx]", path.read_text("utf-8"))]


def test_faults_are_shown_masked() -> None:
    score = Score()
    for text in list(texts(corpus.SEED))[:200]:
        for _, labels in text.passages:
            score.add(corpus.in_passage(text.name, labels, ()))
            assert all(label.value for label in labels), text.name
    numbers = [miss.sample for miss in score.misses if miss.kind in {Kind.ID_NUMBER, Kind.BANK_CARD}]
    assert numbers and not [sample for sample in numbers if re.search(r"\d{5}", sample)]
