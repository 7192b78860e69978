"""Masks one file: a copy of it in which nothing is left that the gate would find, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..privacy.finding import Kind
from ..readers.kinds import ending
from ..readers.open import open_bytes
from ..readers.passage import Opened, Passage, Unread
from ..readers.sink import Exhausted, Unreadable
from .docx import masked_document
from .look import Hit, Look, Seen
from .notice import as_read, masked_notice
from .text import NotText, masked_text
from .xlsx import masked_workbook

#: Masking one thing may uncover another; after so many rounds the rest is a person's.
_ROUNDS = 3


class Refused(Exception):
    """A file that is not masked: `secret`, `kind`, `encoding`, or why it could not be read."""

    def __init__(self, reason: str, unread: Unread | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.unread = unread


@dataclass(frozen=True, slots=True, repr=False)
class Masked:
    """The bytes of the copy, what was masked in it, what is left to people, and what no reader can see."""

    data: bytes
    done: Seen
    left: Seen
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True, repr=False)
class _File:
    """A file as it is read at one moment."""

    name: str
    data: bytes
    opened: Opened
    seen: Seen


_Editor = Callable[[_File, Look], bytes]

#: Ending of a name → how such a file is masked.
_EDITORS: dict[str, _Editor] = {
    "md": lambda file, look: masked_notice(file.data, file.opened, look),
    "txt": lambda file, look: masked_text(file.data, file.opened, look),
    "csv": lambda file, look: masked_text(file.data, file.opened, look, separated=True),
    "xlsx": lambda file, look: masked_workbook(file.name, file.data, file.seen, look),
    "docx": lambda file, look: masked_document(file.name, file.data, look),
}
KINDS = tuple(_EDITORS)
"""The endings of the names of files that can be masked."""


def mask(name: str, data: bytes, look: Look) -> Masked:
    """A masked copy of a file. Raises Refused."""
    editor = _EDITORS.get(ending(name))
    if editor is None:
        raise Refused("kind")
    before = now = _read(name, data, look)
    if any(hit.kind == Kind.SECRET for _, hits in before.seen for hit in hits):
        raise Refused("secret")
    for unread in before.opened.unread:
        if not unread.steps:
            raise Refused("unread", unread)
    for _ in range(_ROUNDS):
        masked = _edited(editor, now, look) if _maskable(now.seen) else now.data
        if masked == now.data:
            break
        now = _read(name, masked, look)
    return Masked(now.data, _without(before.seen, now.seen), now.seen, now.opened.unread)


def _maskable(seen: Seen) -> bool:
    return any(hit.shown is not None for _, hits in seen for hit in hits)


def _edited(editor: _Editor, file: _File, look: Look) -> bytes:
    try:
        return editor(file, look)
    except NotText:
        raise Refused("encoding") from None
    except (Unreadable, Exhausted) as fault:
        raise Refused("unread", Unread(fault.reason)) from None


def _read(name: str, data: bytes, look: Look) -> _File:
    opened = open_bytes(name, data)
    seen = look.over(opened.passages)
    return _File(name, data, opened, [*seen, *_also(name, data, seen, look)])


def _also(name: str, data: bytes, seen: Seen, look: Look) -> Iterator[tuple[Passage, tuple[Hit, ...]]]:
    """What shows only in a notice as a whole, or when the public reads it."""
    if ending(name) != "md":
        return
    told = {(hit.kind, hit.value) for _, hits in seen for hit in hits}
    try:
        passages = list(as_read(data))
    except NotText:
        raise Refused("encoding") from None
    for passage in passages:
        hits = tuple(hit for hit in look(passage) if (hit.kind, hit.value) not in told)
        told |= {(hit.kind, hit.value) for hit in hits}
        if hits:
            yield passage, hits


def _without(seen: Seen, left: Seen) -> Seen:
    """What is in `seen` and not `left`."""
    kept = {_key(passage, hit) for passage, hits in left for hit in hits}
    return [
        (passage, rest)
        for passage, hits in seen
        if (rest := tuple(hit for hit in hits if _key(passage, hit) not in kept))
    ]


def _key(passage: Passage, hit: Hit) -> tuple[object, ...]:
    return hit.kind, hit.value, passage.steps, passage.place
