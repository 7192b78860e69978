"""Reads a finished poster back: the text that its reader gets, and what else the file holds.

The text comes in the order of the file's structure, as a screen reader says it. Artifacts (header rows that
are repeated, page numbers, lines) are not text, and the marks of lists are left out on request.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as c

T = TypeVar("T")

#: Forms within forms, and elements within elements of the structure.
_MAX_DEPTH = 64
#: What no poster has in its file: forms, programs, what happens on opening, notes, objects packed away.
_NEVER = frozenset(
    (
        *("AA", "AcroForm", "Author", "EmbeddedFile", "EmbeddedFiles", "Encrypt", "GoToE", "GoToR"),
        *(
            "ImportData",
            "JS",
            "JavaScript",
            "Keywords",
            "Launch",
            "Movie",
            "ObjStm",
            "OpenAction",
            "Rendition",
        ),
        *("RichMedia", "Sound", "Subject", "SubmitForm"),
    )
)
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_NAME = re.compile(rb"/([^\s/<>\[\](){}%]+)")
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ARTIFACT, _LABEL = "Artifact", "Lbl"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a poster says of itself, and what does not belong into one.

    `fonts` are the names of all fonts that text is set in, each with whether it is embedded. `links` are
    the addresses that it leads to. `extras` name what no poster has: "file", "script", and annotations
    other than links by the number of their kind ("annotation 17").
    """

    title: str
    language: str
    is_tagged: bool
    pages: int
    fonts: tuple[tuple[str, bool], ...]
    links: tuple[str, ...]
    extras: tuple[str, ...]


class Unreadable(ValueError):
    """Not a PDF, or a broken one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A poster read back: `text` is what its reader gets, `beside` the texts of its artifacts.

    `outside` are the texts that do not lie within their page.
    """

    facts: Facts
    text: str
    beside: tuple[str, ...]
    outside: tuple[str, ...]


def read_poster(pdf: bytes) -> Reading:
    """Everything of a poster, each page opened once. Raises Unreadable."""
    document = _open(pdf)
    try:
        pages = list(_of_pages(document, _whole_page))
        return Reading(
            _facts(document, pdf, pages),
            "\n".join(page.text for page in pages),
            tuple(text for page in pages for text in page.beside),
            tuple(text for page in pages for text in page.outside),
        )
    finally:
        document.close()


def made_with(pdf: bytes) -> tuple[str, frozenset[str]]:
    """The program that made it and the fonts that it is set in, without the letters before each name.

    Posters that differ in this cannot be the same bytes. A file that is no PDF was made with nothing.
    """
    try:
        document = _open(pdf)
        try:
            names = {name.partition("+")[2] for found in _of_pages(document, _fonts) for name, _ in found}
            return _wide(partial(c.FPDF_GetMetaText, document, b"Creator")), frozenset(names)
        finally:
            document.close()
    except Unreadable:
        return "", frozenset()


def text_of_pdf(pdf: bytes, *, labels: bool = True) -> str:
    """The text without artifacts, one piece a line; without `labels` also without marks and numbers of lists.

    Raises Unreadable.
    """
    document = _open(pdf)
    try:
        return "\n".join(text for text, *_ in _of_pages(document, partial(_page_text, labels=labels)))
    finally:
        document.close()


def facts_of_pdf(pdf: bytes) -> Facts:
    """What the file says and holds. Raises Unreadable."""
    return read_poster(pdf).facts


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    beside: tuple[str, ...]
    outside: tuple[str, ...]
    fonts: tuple[tuple[str, bool], ...]
    links: tuple[str, ...]
    pinned: tuple[int, ...]


def _whole_page(page: Any) -> _Page:
    text, beside, outside = _page_text(page, labels=True)
    return _Page(text, beside, outside, tuple(_fonts(page)), tuple(_links(page)), tuple(_annotations(page)))


def _facts(document: Any, pdf: bytes, pages: Sequence[_Page]) -> Facts:
    return Facts(
        title=_wide(partial(c.FPDF_GetMetaText, document, b"Title")),
        language=_wide(partial(c.FPDFCatalog_GetLanguage, document)),
        is_tagged=bool(c.FPDFCatalog_IsTagged(document)),
        pages=len(document),
        fonts=tuple(sorted({name: is_in for page in pages for name, is_in in page.fonts}.items())),
        links=tuple(address for page in pages for address in page.links),
        extras=(
            *(("file",) if c.FPDFDoc_GetAttachmentCount(document) else ()),
            *(("script",) if c.FPDFDoc_GetJavaScriptActionCount(document) else ()),
            *_odd(pdf),
            *(f"annotation {kind}" for page in pages for kind in page.pinned if kind != c.FPDF_ANNOT_LINK),
        ),
    )


def _odd(pdf: bytes) -> list[str]:
    """Names that no poster has, and what was added behind the end of the file."""
    bare = _STRING.sub(b"", _STREAM.sub(b"", pdf))
    names = {_CODED.sub(lambda code: bytes([int(code[1], 16)]), name) for name in _NAME.findall(bare)}
    found = sorted(_NEVER.intersection(name.decode("latin-1") for name in names))
    return found if bare.count(b"%%EOF") == 1 and pdf.rstrip().endswith(b"%%EOF") else [*found, "added"]


def _open(pdf: bytes) -> Any:
    try:
        return pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as fault:
        raise Unreadable(str(fault)) from fault


def _of_pages(document: Any, read: Callable[[Any], T]) -> Iterator[T]:
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as fault:
            raise Unreadable(str(fault)) from fault
        try:
            yield read(page)
        finally:
            page.close()


# Text


def _page_text(page: Any, *, labels: bool) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What a screen reader says, in the order of the structure and not of the drawing.

    Then the texts of artifacts, and those that lie outside of the page.
    """
    words = page.get_textpage()
    try:
        tagged: dict[int, list[str]] = {}
        rest: list[str] = []
        beside: list[str] = []
        outside: list[str] = []
        size = page.get_size()
        for thing, depth, is_artifact in _texts(page):
            content = c.FPDFPageObj_GetMarkedContentID(thing) if depth == 0 else -1
            # PDFium gives the hyphen at the end of a line as a mark of its own.
            text = _wide(partial(c.FPDFTextObj_GetText, thing, words)).replace("\x02", "-")
            if depth == 0 and not _is_within(thing, size):
                outside.append(text)
            if is_artifact:
                beside.append(text)
            else:
                (tagged.setdefault(content, []) if content >= 0 else rest).append(text)
    finally:
        words.close()
    lines: list[str] = []
    for content, is_label in _contents(page):
        found = tagged.pop(content, [])
        lines += found if labels or not is_label else []
    return (
        "\n".join((*lines, *(text for found in tagged.values() for text in found), *rest)),
        tuple(beside),
        tuple(outside),
    )


def _is_within(thing: Any, size: tuple[float, float]) -> bool:
    """Whether a thing lies within its page, of so many points."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not c.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return False
    width, height = size
    return left.value >= -1 and bottom.value >= -1 and right.value <= width + 1 and top.value <= height + 1


def _texts(page: Any) -> Iterator[tuple[Any, int, bool]]:
    """The texts of a page as they are drawn: within how many forms, and whether in an artifact."""
    waiting = [(*thing, False) for thing in _things(page, c.FPDFPage_CountObjects, c.FPDFPage_GetObject, 0)]
    while waiting:
        thing, depth, within = waiting.pop()
        is_artifact = within or _ARTIFACT in _marks(thing)
        kind = c.FPDFPageObj_GetType(thing)
        if kind == c.FPDF_PAGEOBJ_TEXT:
            yield thing, depth, is_artifact
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = _things(thing, c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject, depth + 1)
            waiting += [(*one, is_artifact) for one in inner]


def _things(holder: Any, count: Any, get: Any, depth: int) -> list[tuple[Any, int]]:
    return [(get(holder, index), depth) for index in reversed(range(max(0, count(holder))))]


def _marks(thing: Any) -> set[str]:
    """The names of the marked content that a thing stands in."""
    marks = (c.FPDFPageObj_GetMark(thing, at) for at in range(max(0, c.FPDFPageObj_CountMarks(thing))))
    return {_mark_name(mark) for mark in marks}


def _mark_name(mark: Any) -> str:
    size = ctypes.c_ulong()
    c.FPDFPageObjMark_GetName(mark, None, 0, size)
    buffer = ctypes.create_string_buffer(max(size.value, 2))
    c.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), size.value, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _contents(page: Any) -> list[tuple[int, bool]]:
    """The numbers of a page's marked contents in the order of the structure, and which of them are labels."""
    tree = c.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        roots = range(max(0, c.FPDF_StructTree_CountChildren(tree)))
        waiting = [(c.FPDF_StructTree_GetChildAtIndex(tree, at), -1, False, 0) for at in reversed(roots)]
        found: list[tuple[int, bool]] = []
        while waiting:
            element, content, is_label, depth = waiting.pop()
            if content >= 0:
                found.append((content, is_label))
            if not element or depth > _MAX_DEPTH:
                continue
            is_label = is_label or _wide(partial(c.FPDF_StructElement_GetType, element)) == _LABEL
            for at in reversed(range(max(0, c.FPDF_StructElement_CountChildren(element)))):
                child = c.FPDF_StructElement_GetChildAtIndex(element, at)
                number = c.FPDF_StructElement_GetChildMarkedContentID(element, at)
                waiting.append((child, number, is_label, depth + 1))
        return found
    finally:
        c.FPDF_StructTree_Close(tree)


# Facts


def _fonts(page: Any) -> list[tuple[str, bool]]:
    seen: dict[str, bool] = {}
    for thing, _, _ in _texts(page):
        font = c.FPDFTextObj_GetFont(thing)
        size = c.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 1))
        c.FPDFFont_GetBaseFontName(font, buffer, size)
        seen[buffer.value.decode("utf-8", "replace")] = c.FPDFFont_GetIsEmbedded(font) == 1
    return list(seen.items())


def _annotations(page: Any) -> list[int]:
    kinds: list[int] = []
    for index in range(max(0, c.FPDFPage_GetAnnotCount(page))):
        note = c.FPDFPage_GetAnnot(page, index)
        kinds.append(c.FPDFAnnot_GetSubtype(note) if note else 0)
        if note:
            c.FPDFPage_CloseAnnot(note)
    return kinds


def _links(page: Any) -> list[str]:
    addresses: list[str] = []
    at, link = ctypes.c_int(0), c.FPDF_LINK()
    while c.FPDFLink_Enumerate(page, at, link):
        action = c.FPDFLink_GetAction(link)
        if not action:
            continue
        size = c.FPDFAction_GetURIPath(page.pdf, action, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 1))
        c.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
        addresses.append(buffer.value.decode("utf-8", "replace"))
    return addresses


def _wide(call: Callable[[Any, int], int]) -> str:
    """A string that PDFium writes as UTF-16 into a buffer, asked for its size first."""
    size = call(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size + 2)
    call(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
