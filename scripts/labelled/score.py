"""Holds what was found against the labels, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from noticeboard.privacy.finding import Confidence, Finding, Kind
from noticeboard.readers.passage import Passage

from .label import INNOCENT, Label, Verdict, bare

#: Kinds whose findings are a number; the others are words, of which any part may be shown.
BY_VALUE = frozenset(
    {Kind.ID_NUMBER, Kind.BANK_CARD, Kind.ACCOUNT, Kind.MOBILE, Kind.PERMIT, Kind.PLATE, Kind.ONLINE}
)


@dataclass(frozen=True, slots=True)
class Miss:
    """One fault: in which sample, of what form; the sample is masked."""

    what: str
    where: str
    kind: Kind
    form: str
    sample: str


@dataclass(slots=True)
class Score:
    """Counts by kind and form."""

    right: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    missed: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    wrong: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    innocent: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count in what another counted."""
        for name in ("right", "missed", "wrong", "innocent"):
            getattr(self, name).update(getattr(other, name))
        self.misses += other.misses

    def of(self, kind: Kind) -> tuple[int, int, int, int]:
        """Right, missed, wrong and innocent ones of a kind."""
        counts = (self.right, self.missed, self.wrong, self.innocent)
        return tuple(sum(n for (k, _), n in count.items() if k is kind) for count in counts)  # type: ignore[return-value]

    def recall(self, kind: Kind) -> float:
        """Of what must be found, how much was."""
        right, missed, _, _ = self.of(kind)
        return right / (right + missed) if right + missed else 1.0

    def precision(self, kind: Kind) -> float:
        """Of what was found, how much is right."""
        right, _, wrong, _ = self.of(kind)
        return right / (right + wrong) if right + wrong else 1.0

    def found(self, label: Label) -> None:
        """A label that was met."""
        self.right[label.kind, label.form] += 1

    def miss(self, where: str, label: Label, note: str = "") -> None:
        """A label that was not met."""
        self.missed[label.kind, label.form] += 1
        self.misses.append(Miss("漏报", where, label.kind, label.form, masked(label.value) + note))

    def false_alarm(self, where: str, finding: Finding, labels: Iterable[Label]) -> None:
        """A finding where nothing of the kind stands; `labels` are the pieces that it touches."""
        form = next((label.form for label in labels), "正文")
        self.wrong[finding.kind, form] += 1
        note = f"（{finding.confidence}，{finding.word}）"
        self.misses.append(Miss("误报", where, finding.kind, form, finding.sample + note))

    def count_innocents(self, labels: Iterable[Label]) -> None:
        """Look-alikes, found or not."""
        self.innocent.update((label.kind, label.form) for label in labels if label.verdict in INNOCENT)


def masked(value: str) -> str:
    """The first two and the last signs."""
    return value[:2] + "*" * max(len(value) - 3, 1) + value[-1:]


def _is_met(label: Label, finding: Finding) -> bool:
    """Whether this finding, which touches the label, is what is right there."""
    stronger = (label.kind, finding.kind) == (Kind.ACCOUNT, Kind.BANK_CARD)
    if finding.kind is not label.kind and not stronger:
        return False
    asks = finding.confidence is Confidence.DOUBTFUL
    return {Verdict.MUST: not asks, Verdict.ASK: asks, Verdict.QUIET: asks, Verdict.MAY: True}.get(
        label.verdict, False
    )


def in_passage(where: str, labels: Sequence[Label], findings: Sequence[Finding]) -> Score:
    """The score of one passage, by place: a finding belongs to the label that it overlaps."""
    score = Score()
    score.count_innocents(labels)
    met: set[Label] = set()
    for finding in findings:
        touched = [label for label in labels if label.start < finding.end and finding.start < label.end]
        right = [
            label
            for label in touched
            if _is_met(label, finding)
            and (finding.kind not in BY_VALUE or label.verdict is Verdict.MAY or _same(label, finding))
        ]
        met.update(right)
        if not right:
            score.false_alarm(where, finding, touched)
    for label in labels:
        if label.verdict in {Verdict.MUST, Verdict.ASK}:
            score.found(label) if label in met else score.miss(where, label)
    return score


def in_file(where: str, labels: Sequence[Label], findings: Sequence[tuple[Passage, Finding]]) -> Score:
    """The score of one file, by value: where in the file a label stands is known only by its step."""
    score = Score()
    score.count_innocents(labels)
    met: set[Label] = set()
    for passage, finding in findings:
        text = bare(passage.text[finding.start : finding.end])
        touched = [label for label in labels if text and (text in label.value or label.value in text)]
        right = [label for label in touched if _is_met(label, finding)]
        met.update(label for label in right if not label.step or label.step in dict(passage.steps))
        if not right:
            score.false_alarm(where, finding, touched)
    for label in labels:
        if label.verdict in {Verdict.MUST, Verdict.ASK}:
            score.found(label) if label in met else score.miss(where, label, f" @{label.step}")
    return score


def in_notice(where: str, labels: Sequence[Label], problems: Iterable[tuple[str, str]]) -> Score:
    """The score of one notice, by the code and the masked sample that the gate gives for each finding."""
    score, told = Score(), list(problems)
    score.count_innocents(labels)
    for label in labels:
        codes = [code for code, sample in told if _is_of(label, code) and _fits(label.value, sample)]
        asks = [code for code in codes if code.endswith("-doubtful")]
        if label.verdict is Verdict.MUST:
            score.found(label) if len(codes) > len(asks) else score.miss(where, label)
        elif label.verdict is Verdict.ASK:
            score.found(label) if asks else score.miss(where, label)
        told = [(code, sample) for code, sample in told if code not in codes]
    for code, sample in told:
        kind = next((kind for kind in Kind if kind.value in code), Kind.SENSITIVE)
        if not any(label.verdict is Verdict.MAY and label.kind is kind for label in labels):
            score.wrong[kind, "公示"] += 1
            score.misses.append(Miss("误报", where, kind, "公示", sample))
    return score


def _is_of(label: Label, code: str) -> bool:
    asked = code.endswith("-doubtful")
    right = {Verdict.MUST: True, Verdict.ASK: asked, Verdict.QUIET: asked}.get(label.verdict, False)
    return right and label.kind.value in code


def _fits(value: str, sample: str) -> bool:
    """Whether a masked sample may be of this value."""
    shown = bare(sample.strip("*×"))
    return not shown or value.endswith(shown[-2:])


def _same(label: Label, finding: Finding) -> bool:
    value = bare(finding.value)
    return value in label.value or label.value in value
