"""Measures what the gate finds, on a labelled corpus that is made at run time from a seed.

    python scripts/corpus.py [--out DIR] [--kind KIND] [--misses]

`--out` writes the texts, files and notices into a folder, with what is right for each; `--kind` shows one
kind by the forms in which it stands; `--misses` shows each fault, masked. Ends with 1 where a held figure
is not reached. Needs the packages of the group `dev`; nothing that it makes belongs into the repository.
"""

# ruff: noqa: E402  (the builders of the tests are found by their folder)

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

import builders
from labelled.files import files
from labelled.label import Label
from labelled.notices import Notice, notices
from labelled.score import Score, in_file, in_notice, in_passage
from labelled.texts import texts
from noticeboard.board.problem import Problem
from noticeboard.gate.inspect import Inspector
from noticeboard.privacy.finding import Kind
from noticeboard.privacy.policy import Policy
from noticeboard.privacy.scan import Known, scan
from noticeboard.readers.open import open_bytes

SEED = 20261121
NOTHING = Known()
#: What must hold in readable text: recall and precision of ID numbers and bank cards.
HELD = {Kind.ID_NUMBER: (1.0, 0.98), Kind.BANK_CARD: (1.0, 0.98)}
NAMES = {
    Kind.ID_NUMBER: "公民身份号码",
    Kind.BANK_CARD: "银行卡、社保卡",
    Kind.ACCOUNT: "存折、银行账号",
    Kind.MOBILE: "手机号码",
    Kind.PERMIT: "护照、通行证",
    Kind.PLATE: "车牌",
    Kind.ADDRESS: "住址",
    Kind.ONLINE: "邮箱、QQ、微信",
    Kind.SENSITIVE: "敏感情况",
    Kind.SECRET: "密级标志",
    Kind.INTERNAL: "内部标志",
    Kind.DRAFT: "文稿标志",
}
HEADS = ("应查出", "查出", "漏报", "相似的无害", "误报", "召回率", "精确率")


def score_texts(share: int = 1) -> tuple[int, Score]:
    """How many texts, and how they were met; every so many-th of the repetitions."""
    score, number = Score(), 0
    for text in texts(SEED, share):
        number += 1
        for passage, labels in text.passages:
            score.add(in_passage(text.name, labels, scan(passage, NOTHING)))
    return number, score


def score_files(share: int = 1) -> tuple[int, Score]:
    """How many files, and how they were met; every so many-th."""
    score, number = Score(), 0
    for file in files(SEED, share):
        number += 1
        opened = open_bytes(file.name, file.data)
        hits = [(passage, finding) for passage in opened.passages for finding in scan(passage, NOTHING)]
        score.add(in_file(file.name, file.labels, hits))
    return number, score


def score_notices(folder: Path) -> tuple[int, Score]:
    """How many notices, and how the gate met them on a board in this folder."""
    board, made = builders.a_folder(folder), list(notices(SEED))
    for number, notice in enumerate(made):
        fields = {key: json.dumps(value, ensure_ascii=False) for key, value in notice.fields.items()}
        board.notice(_path(number), notice.body, **fields)
    inspected = Inspector(Policy(), lambda: b"a key for the corpus").inspect(board.board())
    score = Score()
    for number, notice in enumerate(made):
        path = f"notices/{_path(number)}"
        score.add(in_notice(notice.name, notice.labels, _findings(inspected.problems, path)))
    return len(made), score


def _path(number: int) -> str:
    return f"2026/town/{number:04}/index.md"


def _findings(problems: tuple[Problem, ...], path: str) -> Iterator[tuple[str, str]]:
    """Code and masked sample of what the gate says of one notice."""
    for problem in problems:
        if problem.path == path and problem.code.startswith(("private-", "marked-")):
            yield problem.code, str(problem.params["found"])


def table(score: Score) -> str:
    """The figures of every kind."""
    rows = [("种类", *HEADS)]
    for kind, name in NAMES.items():
        right, missed, wrong, innocent = score.of(kind)
        counts = (right + missed, right, missed, innocent, wrong)
        rows.append((name, *map(str, counts), f"{score.recall(kind):.4f}", f"{score.precision(kind):.4f}"))
    return _aligned(rows)


def forms(score: Score, kind: Kind) -> str:
    """The figures of one kind by the forms in which it, or what resembles it, stands."""
    counts = (score.right, score.missed, score.innocent, score.wrong)
    keys = sorted({form for count in counts for found, form in count if found is kind})
    rows = [(form, *(str(count[kind, form]) for count in counts)) for form in keys]
    return _aligned([(NAMES[kind], "查出", "漏报", "相似的无害", "误报"), *rows])


def _aligned(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def write(folder: Path) -> None:
    """The whole corpus as files, with labels.json: what is right for each."""
    right: dict[str, list[dict[str, str]]] = {}
    for text in texts(SEED):
        body = "\n\n".join(passage.text for passage, _ in text.passages)
        right[_written(folder / "texts" / f"{text.name}.txt", body.encode())] = [
            _as_data(label) for _, labels in text.passages for label in labels
        ]
    for file in files(SEED):
        right[_written(folder / "files" / file.name, file.data)] = [_as_data(label) for label in file.labels]
    for notice in notices(SEED):
        right[_written(folder / "notices" / f"{notice.name}.md", _source(notice))] = [
            _as_data(label) for label in notice.labels
        ]
    named = {Path(name).relative_to(folder).as_posix(): labels for name, labels in right.items()}
    (folder / "labels.json").write_text(json.dumps(named, ensure_ascii=False, indent=1), encoding="utf-8")


def _written(path: Path, data: bytes) -> str:
    path = path.with_name(path.name.replace("：", "-").replace("/", "-"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def _source(notice: Notice) -> bytes:
    fields = {key: json.dumps(value, ensure_ascii=False) for key, value in notice.fields.items()}
    return builders.a_notice(notice.body, **fields).encode()


def _as_data(label: Label) -> dict[str, str]:
    data = {"right": label.verdict.value, "kind": label.kind.value, "form": label.form, "value": label.value}
    return {**data, **({"step": label.step} if label.step else {})}


def main() -> int:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--out", type=Path, help="a folder to write the corpus into")
    parser.add_argument("--kind", choices=[kind.value for kind in Kind], help="one kind by its forms")
    parser.add_argument("--misses", action="store_true", help="each fault, masked")
    options = parser.parse_args()
    if options.out:
        write(options.out)
    score = Score()
    with tempfile.TemporaryDirectory() as place:
        parts = {"文本": score_texts(), "文件": score_files(), "公示": score_notices(Path(place))}
    for _, part in parts.values():
        score.add(part)
    print("，".join(f"{name} {number}" for name, (number, _) in parts.items()))
    print(forms(score, Kind(options.kind)) if options.kind else table(score))
    for miss in score.misses if options.misses else ():
        if options.kind in {None, miss.kind.value}:
            print(f"{miss.what} {NAMES[miss.kind]} {miss.where} {miss.form} {miss.sample}")
    reached = all(
        score.recall(kind) >= recall and score.precision(kind) >= precision
        for kind, (recall, precision) in HELD.items()
    )
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
