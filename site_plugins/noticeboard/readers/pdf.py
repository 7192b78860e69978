"""PDF: pages, what is pinned to them, forms, properties, files inside, and versions before the last.

Two ways lead in. PDFium reads pages as a viewer does. Beside it every string outside of the pages'
drawing instructions is read from the bytes: properties of any name, bookmarks, form values, notes.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from .around import begins, read_appended
from .family import read_file
from .limits import MAX_PAGE_CHARACTERS, MAX_PAGE_OBJECTS, MAX_PAGES, MAX_PATHS, MAX_VERSIONS, MIN_PICTURE
from .markup import tree
from .passage import Steps
from .pdfstrings import Body, body
from .raw import add_writing, some_text
from .sink import File, Sink, Unreadable
from .story import Story

_ERRORS = {c.FPDF_ERR_PASSWORD: "encrypted", c.FPDF_ERR_SECURITY: "encrypted"}
_END = re.compile(rb"%%EOF[ \t\r\n]*")
_PAGE_STRINGS = (b"Contents", b"T", b"Subj", b"RC", b"V", b"DV", b"TU", b"TM", b"CA", b"OverlayText")
#: Signs of a page whose mapping to Unicode is looked at.
_SAMPLE = 300
_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ufffe\uffff\ue000-\uf8ff]")
_FORM_DEPTH = 8
_MAX_STRING = 2_000_000  # bytes


def read(file: File, sink: Sink) -> None:
    """A PDF. Raises Unreadable where it is encrypted or broken, Exhausted."""
    document = _open(file.data)
    try:
        data = _decrypted(document, file.data)
        strings = body(data, sink)
        _mark_actions(document, strings, file, sink)
        _read_properties(document, file, sink)
        _read_pages(document, sink, file.steps)
        known = _read_attachments(document, file, sink)
        _read_files([content for content in strings.files if content not in known], file, sink)
        _read_strings(strings, file, sink)
        _read_form(strings.form, file, sink)
    finally:
        document.close()
    ends = _ends(file.data)
    _read_versions(file, ends[:-1], sink)
    if ends:
        read_appended(file, ends[-1], sink)


def _ends(data: bytes) -> list[int]:
    """Where each version of the document ends. What stands in a file behind the last of them is none."""
    ends: list[int] = []
    for found in _END.finditer(data):
        ends.append(found.end())
        if begins(data, found.end()):
            break
    return ends


def _open(data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        raise Unreadable(_ERRORS.get(getattr(fault, "err_code", 0) or 0, "broken")) from fault


def _decrypted(document: Any, data: bytes) -> bytes:
    """The bytes without the encryption that an empty password opens."""
    if c.FPDF_GetSecurityHandlerRevision(document) < 0:
        return data
    parts: list[bytes] = []

    def write(_: Any, block: Any, size: int) -> int:
        parts.append(ctypes.string_at(block, size))
        return 1

    kind: Any = dict(c.FPDF_FILEWRITE._fields_)["WriteBlock"]
    writer = c.FPDF_FILEWRITE(version=1, WriteBlock=kind(write))
    c.FPDF_SaveAsCopy(document, writer, c.FPDF_REMOVE_SECURITY)
    return b"".join(parts) or data


def _mark_actions(document: Any, strings: Body, file: File, sink: Sink) -> None:
    """Programs and the starting of programs: what a reader sees may not be what the file holds."""
    if strings.acts or c.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        sink.mark("macro", file.steps)


def _read_properties(document: Any, file: File, sink: Sink) -> None:
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        if not key.endswith("Date"):
            sink.add(value, (*file.steps, ("property", key)), heading=key)


def _read_pages(document: Any, sink: Sink, steps: Steps) -> None:
    document.init_forms()
    left = MAX_PAGE_CHARACTERS
    if len(document) > MAX_PAGES:
        sink.mark("too-long", steps)
    for index in range(min(len(document), MAX_PAGES)):
        sink.spend("pages")
        where = (*steps, ("page", str(index + 1)))
        try:
            page = document[index]
        except pdfium.PdfiumError:
            sink.mark("broken", where)
            continue
        left -= _read_page(document, page, index, sink, where)
        page.close()
        if left < 0:
            sink.mark("too-long", where)
            return


def _read_page(document: Any, page: Any, index: int, sink: Sink, where: Steps) -> int:
    """Text, pictures and annotations of a page; how many characters it has."""
    text, mapped = _text(page)
    sink.add(text, where)
    pictures, texts, paths = _drawn(page)
    blank = not text.strip()
    if not mapped or (blank and (pictures or texts or paths > MAX_PATHS)):
        sink.count("scan", where)
    elif pictures:
        sink.count("picture", where)
    noted = [
        _read_annotation(document, page, at, sink, where)
        for at in range(min(c.FPDFPage_GetAnnotCount(page), MAX_PAGE_OBJECTS))
    ]
    if any(noted) and c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY) == c.FLATTEN_SUCCESS:
        _read_flattened(document[index], text, sink, where)
    return len(text)


def _text(page: Any) -> tuple[str, bool]:
    """The text of a page, and whether its signs can be told."""
    lines = page.get_textpage()
    try:
        text = lines.get_text_range() if lines.count_chars() else ""
        number = min(lines.count_chars(), _SAMPLE)
        lost = sum(c.FPDFText_HasUnicodeMapError(lines, at) == 1 for at in range(number))
        odd = len(_UNMAPPED.findall(text[: 4 * _SAMPLE]))
        return text, 4 * lost <= number and 4 * odd <= len(text[: 4 * _SAMPLE])
    finally:
        lines.close()


def _drawn(page: Any) -> tuple[int, int, int]:
    """How many pictures big enough to be read, texts and outlines are drawn on a page."""
    pictures = texts = paths = 0
    for seen, thing in enumerate(_objects(page)):
        if seen >= MAX_PAGE_OBJECTS:
            break
        kind = c.FPDFPageObj_GetType(thing)
        if kind == c.FPDF_PAGEOBJ_IMAGE:
            pictures += _is_big(thing)
        elif kind == c.FPDF_PAGEOBJ_TEXT:
            texts += 1
        else:
            paths += 1
    return pictures, texts, paths


def _objects(page: Any) -> Iterator[Any]:
    """What is drawn on a page, also inside of forms."""
    waiting = [(page, c.FPDFPage_CountObjects, c.FPDFPage_GetObject, 0)]
    while waiting:
        holder, count, get, depth = waiting.pop()
        for index in range(min(count(holder), MAX_PAGE_OBJECTS)):
            thing = get(holder, index)
            if c.FPDFPageObj_GetType(thing) == c.FPDF_PAGEOBJ_FORM:
                if depth < _FORM_DEPTH:
                    waiting.append((thing, c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject, depth + 1))
            else:
                yield thing


def _is_big(picture: Any) -> bool:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not c.FPDFImageObj_GetImagePixelSize(picture, width, height):
        return True
    return min(width.value, height.value) >= MIN_PICTURE


def _read_annotation(document: Any, page: Any, index: int, sink: Sink, where: Steps) -> bool:
    """What is pinned to a page; whether it draws something of its own there."""
    note = c.FPDFPage_GetAnnot(page, index)
    if not note:
        return False
    kind = c.FPDFAnnot_GetSubtype(note)
    name = _wide(c.FPDFAnnot_GetFormFieldName, document.formenv, note) if document.formenv else ""
    steps = (*where, ("field", name) if kind == c.FPDF_ANNOT_WIDGET else ("annotation", ""))
    if document.formenv:
        sink.add(_wide(c.FPDFAnnot_GetFormFieldValue, document.formenv, note), steps, heading=name)
    for key in _PAGE_STRINGS:
        sink.add(_wide(c.FPDFAnnot_GetStringValue, note, key), steps, heading=name)
    c.FPDFPage_CloseAnnot(note)
    return bool(kind not in {c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP})


def _wide(call: Any, *arguments: Any) -> str:
    """A string that PDFium writes as UTF-16 into a buffer, asked for its size first."""
    size = call(*arguments, None, 0)
    if not 2 < size <= _MAX_STRING:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(*arguments, ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _read_flattened(page: Any, before: str, sink: Sink, where: Steps) -> None:
    """What annotations and form fields show, which need not be what they say."""
    text, _ = _text(page)
    page.close()
    seen = set(before.split("\n"))
    fresh = "\n".join(line for line in text.split("\n") if line not in seen)
    sink.add(fresh, (*where, ("appearance", "")))


def _read_attachments(document: Any, file: File, sink: Sink) -> set[bytes]:
    """The files in the list of attachments; their bytes."""
    known: set[bytes] = set()
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        name = attachment.get_name()
        steps = (*file.steps, ("member", name))
        sink.spend("members")
        sink.add(name, (*steps, ("file-name", "")))
        try:
            data = bytes(attachment.get_data())
        except pdfium.PdfiumError:
            sink.mark("broken", steps)
            continue
        sink.spend("unpacked", len(data))
        known.add(data)
        read_file(File(name, data, steps, file.depth + 1), sink)
    return known


def _read_files(contents: list[bytes | None], file: File, sink: Sink) -> None:
    """Files that hang on a page, an annotation or on nothing."""
    steps = (*file.steps, ("member", ""))
    for content in contents:
        sink.spend("members")
        if content is None:
            sink.mark("unknown-kind", steps)
        else:
            read_file(File("", content, steps, file.depth + 1), sink)


def _read_form(form: bytes, file: File, sink: Sink) -> None:
    """A form in XML; where it is not well-formed, as it stands there."""
    if not form:
        return
    steps = (*file.steps, ("field", ""))
    try:
        Story(sink, steps).read(tree(form))
    except Unreadable as fault:
        if fault.reason != "broken":
            raise
        sink.add(some_text(form), steps)


def _read_strings(strings: Body, file: File, sink: Sink) -> None:
    """What stands in the file beside its pages."""
    sink.add("\n".join(strings.strings), (*file.steps, ("part", "")))
    add_writing(strings.private, sink, (*file.steps, ("part", "")))
    for text in strings.metadata:
        sink.add(text, (*file.steps, ("property", "XMP")))


def _read_versions(file: File, ends: list[int], sink: Sink) -> None:
    """Each saving may append to a file and leave all that was there; what it looked like before."""
    before: set[str] = set()
    if len(ends) > MAX_VERSIONS:
        sink.mark("too-long", (*file.steps, ("earlier-version", "")), str(len(ends) - MAX_VERSIONS))
    for number, end in enumerate(ends[-MAX_VERSIONS:], 1):
        try:
            document = pdfium.PdfDocument(file.data[:end])
        except pdfium.PdfiumError:
            continue
        try:
            _read_version(document, (*file.steps, ("earlier-version", str(number))), before, sink)
        finally:
            document.close()


def _read_version(document: Any, steps: Steps, before: set[str], sink: Sink) -> None:
    if len(document) > sink.left("pages"):
        sink.mark("too-long", steps)
    for index in range(min(len(document), sink.left("pages"))):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            continue
        sink.spend("pages")
        text, _ = _text(page)
        page.close()
        if text not in before:
            before.add(text)
            sink.add(text, (*steps, ("page", str(index + 1))))
