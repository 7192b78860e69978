"""A notice: masked where it stands in the source, so that its front matter stays the same YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from ..board.document import Renderer, without_comments
from ..board.fields import CLEARANCE, FRONT_MATTER_NAMES, NOTICE, spellings
from ..board.source import Mapping, Source, read_source
from ..readers.open import open_bytes
from ..readers.passage import Opened, Passage
from .look import Edits, Look, add_edits, applied
from .text import Written, decoded

_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_RECORD, _DIGEST = spellings(NOTICE, "clearance"), spellings(CLEARANCE, "digest")


def masked_notice(data: bytes, opened: Opened, look: Look) -> bytes:
    """The same notice, masked. Raises NotText.

    Tables are looked at cell by cell; what only shows in the text as a whole is masked too, unless a table's
    heading has said what it is.
    """
    text = decoded(data)
    written = Written(text.content)
    edits = written.edits(opened.passages, look)
    whole = written.whole
    for hit in look(whole):
        if not any(written.place(at) in edits for at in range(hit.start, hit.end)):
            add_edits(edits, whole.text, (hit,), written.place)
    if not edits:
        return data
    edits |= _quotes(text.content, edits)
    return text.written(applied(text.content, edits))


def as_read(data: bytes) -> Iterator[Passage]:
    """A notice as a whole, and as the public reads it: what neither lines nor cells show."""
    yield Written(decoded(data).content).whole
    source = _source(data)
    try:
        html = Renderer().raw(without_comments(source.body)[0])
    except Exception:  # as in board.body: a hostile text has no page, and is withheld for that
        return
    yield from open_bytes("text.html", html.encode()).passages


def is_bound(data: bytes) -> bool:
    """Whether the record of its review holds a digest, which no change survives."""
    front = _source(data).front
    records = (node for key, node in front.entries if key.text in _RECORD) if front else ()
    return any(
        key.text in _DIGEST for record in records if isinstance(record, Mapping) for key, _ in record.entries
    )


def _source(data: bytes) -> Source:
    return read_source("", data, FRONT_MATTER_NAMES)


def _quotes(text: str, edits: Edits) -> Edits:
    """Quotation marks for values of the front matter that begin with an asterisk now, a sign of YAML."""
    fences = [fence for _, fence in zip(range(2), _FENCE.finditer(text), strict=False)]
    if len(fences) < 2 or text[: fences[0].start()].strip():
        return {}
    first = fences[0].end()
    block = text[first : fences[1].start()]
    quotes: Edits = {}
    for start, end in _plain_scalars(block):
        value = applied(block[start:end], edits, first + start)
        if value.startswith("*"):
            quoted = value.replace("'", "''")
            quotes |= dict.fromkeys(range(first + start, first + end), "")
            quotes[first + start] = f"'{quoted}'"
    return quotes


def _plain_scalars(block: str) -> Iterator[tuple[int, int]]:
    """Where values without quotes stand in YAML; none where it is no YAML."""
    try:
        for event in yaml.parse(block, Loader=yaml.SafeLoader):
            if (
                isinstance(event, yaml.ScalarEvent)
                and not event.style
                and event.start_mark
                and event.end_mark
            ):
                yield event.start_mark.index, event.end_mark.index
    except yaml.YAMLError:
        return
