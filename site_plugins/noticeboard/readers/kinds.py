"""What a file really is, by its bytes, and whether its name says the same."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from .archive import main_kind

#: Kinds of text; HTML and SVG are told from the others by how they begin.
TEXTS = ("text", "html", "svg", "xml")
PICTURES = ("png", "jpg", "gif", "webp", "bmp", "tiff")

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x1f\x8b\x08", "gz"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x00\x00\x01\x00", "ico"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"OTTO", "font"),
    (b"\x00\x01\x00\x00\x00", "font"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bz2"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: A bare BIFF stream, as very old programs write: the record BOF of BIFF 2 to 5.
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", re.DOTALL)
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*<(?:!doctype html|html\b|head\b|body\b|table\b)", re.I | re.S
)
_SVG = re.compile(r"\s*(?:<!--.*?-->\s*|<\?.*?\?>\s*|<!doctype svg.*?>\s*)*<svg\b", re.I | re.S)
_XML = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_][\w:.-]*(?:\s+xmlns[:=]))")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
#: Bytes at the beginning that tell a kind of text.
_BEGINNING = 4096

#: Ending of a name → the kinds that may stand behind it. An ending that is not here tells nothing.
_TEXT = frozenset({"text", "xml", "svg"})
ENDINGS: dict[str, frozenset[str]] = {
    **{ending: frozenset({ending}) for ending in ("xlsx", "docx", "pptx", "ods", "odt", "odp", "ofd", "pdf")},
    **{
        ending: frozenset({ending})
        for ending in ("png", "gif", "webp", "bmp", "rtf", "zip", "gz", "rar", "7z")
    },
    **dict.fromkeys(("xlsm", "xltx", "xltm"), frozenset({"xlsx"})),
    **dict.fromkeys(("docm", "dotx", "dotm"), frozenset({"docx"})),
    **dict.fromkeys(("pptm", "ppsx", "ppsm", "potx", "potm"), frozenset({"pptx"})),
    **dict.fromkeys(("xls", "xlt", "et", "ett"), frozenset({"xls"})),
    **dict.fromkeys(("doc", "dot", "ppt", "pps", "wps", "wpt", "dps", "dpt"), frozenset({"ole"})),
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif"), frozenset({"jpg"})),
    **dict.fromkeys(("tif", "tiff"), frozenset({"tiff"})),
    **dict.fromkeys(("csv", "tsv", "txt", "json", "jsonl", "ics", "css", "js", "yml", "yaml", "log"), _TEXT),
    **dict.fromkeys(("md", "markdown", "xml", "rss", "atom"), frozenset({"text", "xml", "svg", "html"})),
    **dict.fromkeys(("html", "htm", "xhtml"), frozenset({"html", "xml", "text"})),
    "svg": frozenset({"svg"}),
    "tgz": frozenset({"gz"}),
}
#: Kinds that a protected document has outside, whatever it is inside.
_WRAPPED = frozenset({"xlsx", "docx", "pptx"})


def ending(name: str) -> str:
    """The ending of a name in lower case, without its dot; "" where there is none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")


def accepted(name: str, kind: str) -> bool:
    """Whether a file of this kind may bear this name. An ending unknown here may stand for anything."""
    allowed = ENDINGS.get(ending(name))
    return allowed is None or kind in allowed or (kind == "encrypted-ooxml" and bool(allowed & _WRAPPED))


def sniff(data: bytes) -> str:
    """The kind of these bytes: a key of `family.MODULES`, a word for what nobody reads, or `unknown`."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return main_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return _ole_kind(data)
    if _BIFF.match(data):
        return "xls"
    if data[:4] == b"RIFF":
        return "webp" if data[8:12] == b"WEBP" else "audio"
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in {b"heic", b"heix", b"mif1", b"avif"} else "video"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind if kind != "bmp" or _is_bitmap(data) else _text_kind(data)
    return _text_kind(data)


def _is_bitmap(data: bytes) -> bool:
    """BM may begin a text as well: a bitmap's header has a known length."""
    return int.from_bytes(data[14:18], "little") in {12, 40, 52, 56, 64, 108, 124}


def _ole_kind(data: bytes) -> str:
    """A compound file, by the names of its streams, which stand in it in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted-ooxml"
    if "Workbook".encode("utf-16-le") in data or "\x04\x00Book\x00".encode("utf-16-le") in data:
        return "xls"
    return "xls" if "Book\x00".encode("utf-16-le") in data and b"W\0o\0r\0d\0D" not in data else "ole"


def _text_kind(data: bytes) -> str:
    beginning = decode(data[:_BEGINNING], whole=False)
    if beginning is None:
        return "unknown"
    if _HTML.match(beginning):
        return "html"
    if _SVG.match(beginning):
        return "svg"
    return "xml" if _XML.match(beginning) else "text"


def decode(data: bytes, *, whole: bool = True) -> str | None:
    """Bytes of a text in UTF-8, UTF-16 or GB18030, or None where they are no text.

    Without `whole` the last sign may be cut.
    """
    for encoding in _encodings(data):
        for cut in range(1 if whole else 4):
            try:
                text = data[: len(data) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return text if _is_writing(text) else None
    return _mended(data)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    sample = data[:_BEGINNING]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 4 * even and odd > len(sample) // 16:
        return ("utf-16-le",)
    if even > 4 * odd and even > len(sample) // 16:
        return ("utf-16-be",)
    return ("utf-8", "gb18030")


def _is_writing(text: str) -> bool:
    sample = text[:100_000]
    return len(_CONTROL.findall(sample)) <= len(sample) // 200


def _mended(data: bytes) -> str | None:
    """A text with a few damaged bytes; None where there are many."""
    text = data.decode("gb18030" if b"\x00" not in data else "utf-8", "replace")
    return text if text.count("\ufffd") <= len(text) // 100 and _is_writing(text) else None
