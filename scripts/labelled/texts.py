"""The texts of the corpus: every scene, table and look-alike, as a document's reader would hand them over."""

# ruff: noqa: S311  (nothing here is a secret)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from noticeboard.privacy.finding import Kind
from noticeboard.readers.passage import Passage

from .label import Label, Verdict
from .lookalikes import NUMBERS, WORDS, LookAlike, like
from .people import Maker, Turns
from .scenes import INNOCENT_GRIDS, INNOCENT_SCENES, REAL_GRIDS, REAL_SCENES, Rows, Scene

Labelled = tuple[Passage, tuple[Label, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    """One text: its passages with the labels of each."""

    name: str
    passages: tuple[Labelled, ...]


def texts(seed: int, share: int = 1) -> Iterator[Text]:
    """All texts, or every so many-th of the repetitions."""
    random, turns = Random(seed), Turns()
    for round_ in range(12 // share):
        for scene in REAL_SCENES:
            yield _of_scene(scene, round_, Maker(random, turns))
    for round_ in range(10 // share):
        for scene in INNOCENT_SCENES:
            yield _of_scene(scene, round_, Maker(random, turns))
    for look in NUMBERS:
        for round_, place in enumerate((_in_sentence, _in_brackets, _in_column, _in_line)):
            if round_ % share == 0:
                yield place(look, round_, Maker(random, turns))
    for form, kind, sentence in WORDS:
        for round_ in range(4 // share):
            yield _of_words(form, kind, sentence, round_, Maker(random, turns))
    for grid in (*REAL_GRIDS, *INNOCENT_GRIDS):
        for round_, layout in enumerate((_as_markdown, _as_cells, _with_tabs)):
            maker = Maker(random, turns)
            _, rows = grid(maker)
            yield Text(f"{grid.__name__}-{round_}", layout(maker, rows))


def _one(name: str, maker: Maker, marked: str) -> Text:
    text, labels = maker.finished(marked)
    return Text(name, ((Passage(text), labels),))


def _of_scene(scene: Scene, round_: int, maker: Maker) -> Text:
    return _one(f"{scene.__name__.strip('_')}-{round_}", maker, scene(maker))


def _of_words(form: str, kind: Kind, sentence: str, round_: int, maker: Maker) -> Text:
    written = sentence.format(n=maker.number(20, 400), k=maker.number(3, 19), v=maker.village())
    return _one(f"{form}-{round_}", maker, maker.piece(Verdict.NOT, kind, form, written))


def _label(look: LookAlike, maker: Maker) -> str:
    return maker.random.choice(look.labels)


def _in_sentence(look: LookAlike, round_: int, maker: Maker) -> Text:
    label = _label(look, maker)
    before = (
        f"{label}{maker.one_of('：', '为', ':', ' ', '')}" if label else maker.one_of("见", "，", "。", "")
    )
    return _one(
        f"{look.name}-{round_}",
        maker,
        f"{maker.village()}村公示，{before}{like(maker, look.name)}，特此公告。",
    )


def _in_brackets(look: LookAlike, round_: int, maker: Maker) -> Text:
    label = _label(look, maker)
    inside = f"{label}：{like(maker, look.name)}" if label else like(maker, look.name)
    return _one(
        f"{look.name}-{round_}",
        maker,
        f"经研究，同意该项目（{inside}）实施，于{maker.number(1, 12)}月底前完成。",
    )


def _in_line(look: LookAlike, round_: int, maker: Maker) -> Text:
    label = _label(look, maker) or "其他"
    other = like(maker, maker.one_of("文号", "固定电话", "日期和时间"))
    return _one(
        f"{look.name}-{round_}",
        maker,
        f"名称：{maker.village()}村道路硬化\n{label}：{like(maker, look.name)}\n备注：{other}",
    )


def _in_column(look: LookAlike, round_: int, maker: Maker) -> Text:
    label = next(filter(None, look.labels), "说明")
    rows = [
        ["序号", label, "金额（元）"],
        *([str(n), like(maker, look.name), maker.amount()] for n in range(1, 4)),
    ]
    layout = maker.random.choice((_as_markdown, _as_cells))
    return Text(f"{look.name}-{round_}", layout(maker, rows))


def _as_markdown(maker: Maker, rows: Rows) -> tuple[Labelled, ...]:
    heading, *rest = (" | ".join(cell.replace("\r", "").replace("\n", " ") for cell in row) for row in rows)
    rule = " | ".join("---" for _ in rows[0])
    text, labels = maker.finished("\n".join(f"| {line} |" for line in (heading, rule, *rest)))
    return ((Passage(text), labels),)


def _with_tabs(maker: Maker, rows: Rows) -> tuple[Labelled, ...]:
    flat = ("\t".join(cell.replace("\r", "").replace("\n", "") for cell in row) for row in rows)
    text, labels = maker.finished("\n".join(flat))
    return ((Passage(text), labels),)


def _as_cells(maker: Maker, rows: Rows) -> tuple[Labelled, ...]:
    heading = [maker.finished(cell)[0] for cell in rows[0]]
    passages: list[Labelled] = []
    for number, row in enumerate(rows):
        plain = [maker.finished(cell) for cell in row]
        for column, (text, labels) in enumerate(plain):
            beside = " ".join(other for at, (other, _) in enumerate(plain) if at != column)
            passages.append((Passage(text, heading=heading[column] if number else "", row=beside), labels))
    return tuple(passages)
