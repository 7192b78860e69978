"""The words of a poster in the order in which its PDF has them, to compare the two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

#: Marks of lists, by depth; the same in poster.typ.
_MARKS: Final = "•–·"


def reading_order(data: Mapping[str, Any]) -> str:
    """The words of what `poster_input` made, a line each.

    Without the headers of tables that are repeated on the next page, and without what stands at the
    foot of every page. Spaces and invisible marks may differ from the PDF's.
    """
    words = data["words"]
    colon = words["colon"]
    several = len(data["attachments"]) > 1
    names = [f"{at}. {name}" if several else name for at, name in enumerate(data["attachments"], 1)]
    number = data["document_number"]
    parts = [data["mark"], *data["notes"], data["head"], number if data["head"] else ""]
    parts += [data["title_text"], "" if data["head"] else number]
    parts += [_read(block, words, 0) for block in data["blocks"]]
    parts += [words["attachments"] + colon, *names] if names else []
    parts += [data["signature"], data["date"]]
    parts += [name + colon + value for name, value in data["facts"]]
    parts += [data["code_label"], data["address"]] if data["code"] else []
    parts += [name + colon for name in data["strip"]]
    return "\n".join(part for part in [*parts, data["example"]] if part)


_Words = Mapping[str, str]


def _read(value: Any, words: _Words, depth: int) -> str:
    """The words of blocks or inlines as poster.typ sets them, marks of lists and footnotes included."""
    if isinstance(value, list):
        return "".join(_read(one, words, depth) for one in value)
    kind = value.get("t", "c")
    return _READERS.get(kind, _content)(value, words, depth)


def _content(value: Any, words: _Words, depth: int) -> str:
    return _read(value.get("c", []), words, depth)


def _line(value: Any, words: _Words, depth: int) -> str:
    return _content(value, words, depth) + "\n"


def _link(value: Any, words: _Words, depth: int) -> str:
    return _content(value, words, depth) + (f"（{value['shown']}）" if value.get("shown") else "")


def _bullets(value: Any, words: _Words, depth: int) -> str:
    mark = _MARKS[depth % len(_MARKS)]
    return "".join(mark + _read(item, words, depth + 1) for item in value["items"])


def _numbered(value: Any, words: _Words, depth: int) -> str:
    items = enumerate(value["items"], value.get("start", 1))
    return "".join(f"{at}. " + _read(item, words, depth) for at, item in items)


def _terms(value: Any, words: _Words, depth: int) -> str:
    return "".join(
        _read(item.get("term") or item.get("c", []), words, depth) + "\n" for item in value["items"]
    )


def _table(value: Any, words: _Words, depth: int) -> str:
    cells = [_content(cell, words, depth) for row in value["rows"] for cell in row]
    return "\n".join([_read(value.get("caption") or [], words, depth), *cells, ""])


def _figure(value: Any, words: _Words, depth: int) -> str:
    # In the structure of a PDF a caption stands before what it explains.
    return _read(value.get("caption") or [], words, depth) + "\n" + _content(value, words, depth)


def _notes(value: Any, words: _Words, depth: int) -> str:
    items = (f"〔{note['n']}〕" + _content(note, words, depth) for note in value["items"])
    return words["notes"] + "\n" + "".join(items)


_READERS: Final[Mapping[str, Callable[[Any, _Words, int], str]]] = {
    "s": lambda value, _words, _depth: str(value["v"]),
    "pre": lambda value, _words, _depth: f"{value['v']}\n",
    "br": lambda _value, _words, _depth: "\n",
    "ref": lambda value, _words, _depth: f"〔{value['n']}〕",
    "p": _line,
    "h": _line,
    "a": _link,
    "ul": _bullets,
    "ol": _numbered,
    "dl": _terms,
    "table": _table,
    "figure": _figure,
    "notes": _notes,
}
