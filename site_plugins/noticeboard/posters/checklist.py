"""Sets what staff take along to a physical board: checklist, plan of its frames, record of postings.

The layout is in checklist.typ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import typst

from .code import outline

_TEMPLATE: Final = Path(__file__).with_name("checklist.typ")


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
    """The PDF (PDF/UA-1) of one document. Same data, same bytes; raises `typst.TypstError`.

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
    source = _TEMPLATE.read_bytes()
    compiler = typst.Compiler(
        source,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(value, ensure_ascii=False, sort_keys=True)},
    )
    pdf = compiler.compile(source, format="pdf", pdf_standards="ua-1")
    assert isinstance(pdf, bytes)
    return pdf


def _with_codes(value: Any) -> Any:
    """The same, with a picture beside every address of a QR code."""
    if isinstance(value, Mapping):
        made = {key: _with_codes(part) for key, part in value.items()}
        return {**made, "picture": _picture(value["code"])} if value.get("code") else made
    if isinstance(value, (list, tuple)):
        return [_with_codes(part) for part in value]
    return value


def _picture(address: str) -> str:
    """A QR code with its quiet zone as an SVG."""
    width, path = outline(address)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}" width="{width}"'
        f' height="{width}" shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )
