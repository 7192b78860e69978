"""The form of the files of an index: scripts that call one function with their name and what they hold.

A script can be read from a folder as well as from a server, which data cannot.
"""

from __future__ import annotations

import json
import re
from typing import Any

#: Raised whenever the form of the files changes.
FORMAT = 1
#: What every file calls.
CALL = "noticeboardIndex"
MANIFEST = "index"
#: Tells of a manifest whether it is still that of the other files.
VERSION = "version"
FACETS = "facets"
VARIANTS = "variants"
READINGS = "readings"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
#: The folders of notices, and of the rest of their texts.
NOTICES, TEXTS = "n/", "t/"


def grams_file(shard: int) -> str:
    """The name of a file of grams."""
    return f"g/{shard:x}"


def words_file(shard: int) -> str:
    """The name of a file of words by their initials."""
    return f"p/{shard:x}"


def notice_file(number: int) -> str:
    """The name of the file of a notice."""
    return f"{NOTICES}{number}"


def text_file(unit: int, part: int) -> str:
    """The name of a file with a part of a unit's text."""
    return f"{TEXTS}{unit}-{part}"


def is_text_of_attachments(name: str) -> bool:
    """Whether a file is one that `text_file` names for a unit of attachments."""
    return bool(re.fullmatch(rf"{TEXTS}[0-9]*[13579]-[0-9]+\.js", name))


def dumped(name: str, content: object) -> tuple[str, bytes]:
    """A file with its path below the folder of the index."""
    # Until ES2019 these two ended a line within a string.
    text = _JSON.encode(content)
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{name}.js", f'{CALL}("{name}",{text});\n'.encode("utf-8", "replace")


def loaded(data: bytes) -> tuple[str, Any]:
    """The name and the content of a file. Raises ValueError where it is none of an index."""
    text = data.decode("utf-8")
    begin, end = f"{CALL}(", ");\n"
    if not (text.startswith(begin) and text.endswith(end)):
        raise ValueError("no file of a search index")
    name, content = json.loads(f"[{text[len(begin) : -len(end)]}]")
    return name, content
