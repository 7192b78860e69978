"""XML and HTML as trees, without entities, without the network, within limits."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from .kinds import decode
from .limits import MAX_MARKS, MAX_XML
from .sink import Unreadable

#: An element of lxml, which has no types of its own.
Element = Any

_ENTITY = re.compile(rb"<!ENTITY", re.I)
_NOTE = re.compile(r"<!--(.*?)-->|<\?(.*?)\?>", re.DOTALL)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
#: Encodings in which a declaration of entities can be seen in the bytes.
_PLAIN = frozenset(
    {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "gb18030", "gbk", "gb2312", "big5"}
)
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": False}


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its name, in whatever namespace it stands; "" where there is none."""
    value = element.get(name)
    if value is not None:
        return str(value)
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def check(data: bytes) -> None:
    """Refuse what is too big, declares entities, or hides that it does. Raises Unreadable."""
    if len(data) > MAX_XML:
        raise Unreadable("too-long")
    plain = data.replace(b"\0", b"") if b"\0" in data[:200] else data
    if _ENTITY.search(plain):
        raise Unreadable("too-large")
    declared = _ENCODING.match(plain.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t"))
    if declared and declared[1].decode("ascii").lower() not in _PLAIN:
        raise Unreadable("unknown-kind", declared[1].decode("ascii"))


def tree(data: bytes) -> Element:
    """The root element of an XML text. Raises Unreadable."""
    check(data)
    if data.count(b"<") + data.count(b"=") > MAX_MARKS:
        raise Unreadable("too-long")
    try:
        return etree.fromstring(data, etree.XMLParser(load_dtd=False, **_SAFE))
    except etree.XMLSyntaxError as fault:
        raise _unreadable(fault) from fault


def html(text: str) -> Element | None:
    """The root element of an HTML text, or None where nothing stands in it. Raises Unreadable."""
    data = text.encode("utf-8", "replace")
    if len(data) > MAX_XML or data.count(b"<") > MAX_MARKS:
        raise Unreadable("too-long")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise _unreadable(fault) from fault
    if any("depth" in str(entry.message).lower() for entry in parser.error_log):
        raise Unreadable("too-deep")
    return root


def notes(data: bytes) -> list[str]:
    """Comments and instructions to programs in an XML text, wherever they stand."""
    plain = data.replace(b"\0", b"") if b"\0" in data[:200] else data
    if b"<!--" not in plain and plain.count(b"<?") < 2:
        return []
    return [
        text
        for comment, instruction in _NOTE.findall(decode(data) or "")
        if (text := comment or instruction) and not text.startswith("xml ")
    ]


def stream(data: bytes, name: str) -> Iterator[Element]:
    """Every element of that local name, and at last the root without them; each is emptied after use.

    The elements come without `notes`, which would part their texts.
    """
    check(data)
    has_notes = bool(notes(data))
    found = etree.iterparse(io.BytesIO(data), events=("end",), tag="{*}" + name, load_dtd=False, **_SAFE)
    try:
        for _, element in found:
            if has_notes:
                etree.strip_tags(element, etree.Comment, etree.PI)
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as fault:
        raise _unreadable(fault) from fault
    yield found.root


def _unreadable(fault: etree.XMLSyntaxError) -> Unreadable:
    return Unreadable("too-deep" if "depth" in str(fault).lower() else "broken")
