"""HTML: what is seen, what is hidden, attributes, comments, scripts; pictures written into the page."""

from __future__ import annotations

import base64
import binascii
import re

from .images import read_embedded
from .kinds import PICTURES, sniff
from .markup import html
from .sink import File, Sink
from .story import Story

_DATA_PICTURE = re.compile(r"""["'(]\s*data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s%]{16,})""")


def read_html(text: str, file: File, sink: Sink) -> None:
    """One page of HTML. Raises Unreadable, Exhausted."""
    root = html(text)
    if root is not None:
        Story(sink, file.steps, blocks=True).read(root)
    for found in _DATA_PICTURE.finditer(text):
        _read_picture(found[1], file, sink)


def _read_picture(encoded: str, file: File, sink: Sink) -> None:
    try:
        data = base64.b64decode(encoded.replace("%3D", "="))
    except (ValueError, binascii.Error):
        sink.mark("picture", file.steps)
        return
    kind = sniff(data)
    if kind in PICTURES:
        read_embedded(File("", data, file.steps, file.depth + 1), kind, sink)
