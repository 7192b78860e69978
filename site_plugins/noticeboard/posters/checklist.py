"""Sets what staff take along to a physical board: checklist, plan of its frames, record of postings.

The layout is in checklist.typ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pypdfium2 as pdfium
import typst

from .code import svg
from .setting import Unsettable

_TEMPLATE: Final = Path(__file__).with_name("checklist.typ").read_bytes()


class Paper(StrEnum):
    """The documents that there are."""

    CHECKLIST = "checklist"
    PLAN = "plan"
    RECORD = "record"


def printed(
    paper: Paper,
    data: Mapping[str, Any],
    words: Mapping[str, str],
    families: Mapping[str, Sequence[Any]],
    fonts: typst.Fonts,
) -> bytes:
    """The PDF (PDF/UA-1) of one document. Same data, same bytes; raises `Unsettable`.

    `data` is what the document tells, in words: the fields of the view, lists and mappings all through.
    Every `code` in it is an address and gets its QR code. `words` are the document's own. `families` are
    those of `title`, `body` and `hei`, the first preferred, and `fonts` where they are found.
    """
    value = {
        "paper": paper.value,
        "data": _with_codes(data),
        "words": dict(words),
        "fonts": {name: list(chosen) for name, chosen in families.items()},
    }
    compiler = typst.Compiler(
        _TEMPLATE,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(value, ensure_ascii=False, sort_keys=True)},
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        raise Unsettable(error.message) from error
    assert isinstance(pdf, bytes)
    return pdf


def lies_across(pdf: bytes) -> bool:
    """Whether the first page of a PDF is wider than it is high."""
    width, height = pdfium.PdfDocument(pdf).get_page_size(0)
    return bool(width > height)


def _with_codes(value: Any) -> Any:
    """The same, with a picture beside every address of a QR code."""
    if isinstance(value, Mapping):
        made = {key: _with_codes(part) for key, part in value.items()}
        return {**made, "picture": svg(value["code"])} if value.get("code") else made
    if isinstance(value, (list, tuple)):
        return [_with_codes(part) for part in value]
    return value
