"""Documents of Word: text in paragraphs and tables, headers, notes, comments, text boxes, deletions."""

from __future__ import annotations

import re

from .look import Look
from .package import masked_part, package, rewritten

_TEXTS = re.compile(r"(?:word|docProps|customXml)/(?!embeddings/|_rels/).*\.xml")


def masked_document(name: str, data: bytes, look: Look) -> bytes:
    """The same document, masked. Raises Unreadable, Exhausted."""
    document = package(name, data)
    changed = {}
    for part in filter(_TEXTS.fullmatch, document.parts):
        masked = masked_part(document.data(part), look)
        if masked is not None:
            changed[part] = masked
    return rewritten(data, changed)
