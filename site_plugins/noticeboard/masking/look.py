"""What of a passage is masked, by whose rules, and what takes its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..privacy.finding import Confidence, Finding, Kind
from ..privacy.fold import fold
from ..privacy.masking import MASKABLE
from ..privacy.policy import Policy, Weight
from ..privacy.scan import Known, scan
from ..readers.passage import Passage
from .rules import NAME, Rules, partial_name

_BREAKS = "\n\r\v\f\x85\u2028\u2029"
#: Place of a character in what is edited → what stands there instead.
Edits = dict[int, str]


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """Something at [start, end) of a passage. `value` is never printed, `sample` may be.

    `shown` is what takes its place; it is None for a marking, which no mask mends, and for what is
    `doubtful`: that asks a person and stays.
    """

    kind: str
    start: int
    end: int
    value: str
    sample: str
    shown: str | None
    doubtful: bool = False

    def overlaps(self, other: Hit) -> bool:
        """Whether both stand at one place."""
        return self.start < other.end and other.start < self.end


Hits = tuple[Hit, ...]
#: Passages with what was found in them.
Seen = Sequence[tuple[Passage, Hits]]


@dataclass(frozen=True, slots=True)
class Look:
    """Finds what must be masked by the rules, and leaves alone what is public or let pass by the policy."""

    rules: Rules
    known: Known = field(default_factory=Known)
    policy: Policy = field(default_factory=Policy)

    def __call__(self, passage: Passage) -> Hits:
        """What a passage holds, in the order in which it stands there; what is masked already is nothing."""
        private = tuple(self._private(passage))
        names = (name for name in self._names(passage) if not any(map(name.overlaps, private)))
        return (*private, *names)

    def over(self, passages: Iterable[Passage]) -> Seen:
        """The passages that hold something, each with it."""
        return [(passage, hits) for passage in passages if (hits := self(passage))]

    def safe(self, text: str) -> str:
        """A name or a path as it may be shown."""
        hits = (replace(hit, shown=hit.shown or hit.sample, doubtful=False) for hit in self(Passage(text)))
        return masked_whole(text, tuple(hits))

    def _private(self, passage: Passage) -> Iterator[Hit]:
        for finding in scan(passage, self.known):
            if finding.value in self.known.contacts or self.policy.weight(finding) is Weight.OFF:
                continue
            text = passage.text[finding.start : finding.end]
            doubtful = finding.confidence is Confidence.DOUBTFUL or finding.kind is Kind.DRAFT
            shown = None if doubtful else self._shown(finding, passage.text)
            if shown != text:
                yield Hit(
                    finding.kind, finding.start, finding.end, finding.value, finding.sample, shown, doubtful
                )

    def _shown(self, finding: Finding, text: str) -> str | None:
        if finding.kind not in MASKABLE:
            return None
        found = text[finding.start : finding.end]
        return self.rules.published(finding.kind, found, whole=found == text.strip())

    def _names(self, passage: Passage) -> Iterator[Hit]:
        for start, end in self.rules.names(passage.heading, passage.text):
            name = passage.text[start:end]
            shown = partial_name(name)
            yield Hit(NAME, start, end, name, shown, shown)


def add_edits(edits: Edits, text: str, hits: Hits, place: Callable[[int], int]) -> None:
    """Masks the hits in a text; `place` says where a character of it stands, below nought is nowhere.

    What is masked sign by sign keeps each sign where it stood, so that the formatting of runs stays; a mask
    of another length stands at the first, and lines end where they ended. What is doubtful stays, whatever
    another look may say of it.
    """
    taken: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        shown = text[hit.start : hit.end] if hit.doubtful else hit.shown
        if shown is None or any(map(hit.overlaps, taken)):
            continue
        taken.append(hit)
        for at, sign in _signs(text, shown, hit.start, hit.end, place):
            if place(at) >= 0 and not (sign == text[at] and sign.isspace()):
                edits.setdefault(place(at), sign)


def _signs(
    text: str, shown: str, start: int, end: int, place: Callable[[int], int]
) -> Iterator[tuple[int, str]]:
    """What stands at each character of [start, end) instead: sign for sign, or all of it at the first."""
    seen = [at for at in range(start, end) if fold(text[at]).text]
    for ats in (range(start, end), seen):
        if len(ats) == len(shown) and all(
            sign == text[at] for at, sign in zip(ats, shown, strict=True) if text[at].isspace()
        ):
            signs = dict(zip(ats, shown, strict=True))
            break
    else:
        first = next((at for at in seen if place(at) >= 0 and not text[at].isspace()), start)
        signs = {at: text[at] for at in seen if text[at] in _BREAKS} | {first: shown}
    return ((at, signs.get(at, "")) for at in range(start, end))


def applied(text: str, edits: Edits, first: int = 0) -> str:
    """`text`, whose first character stands at `first`, with the edits."""
    return "".join(edits.get(place, char) for place, char in enumerate(text, first))


def masked_whole(text: str, hits: Hits) -> str:
    """A text with its hits masked."""
    edits: Edits = {}
    add_edits(edits, text, hits, lambda at: at)
    return applied(text, edits)
