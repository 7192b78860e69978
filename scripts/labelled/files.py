"""The files of the corpus: lists in every format, and people and codes in each place where text hides."""

# ruff: noqa: S311  (nothing here is a secret)

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from random import Random

import openpyxl
import xlwt
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

import samples

from .label import Label
from .lookalikes import like
from .people import Maker, Turns
from .scenes import INNOCENT_GRIDS, REAL_GRIDS, Grid, Rows

#: Codes that stand in hidden places.
CODES = ("统一社会信用代码：N2", "统一社会信用代码：全数字", "统一社会信用代码：企业", "宗地代码")
#: Places with room for eighteen signs and no more.
NARROW = {"owner of the camera"}
_POINTS = 7


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """One file with all its labels."""

    name: str
    data: bytes
    labels: tuple[Label, ...]


def files(seed: int, share: int = 1) -> Iterator[File]:
    """All files, or every so many-th."""
    random, turns = Random(seed), Turns()
    for number, make in enumerate((*_lists(random, turns), *_hiding(random, turns))):
        if number % share == 0:
            yield make()


# Lists


def _lists(random: Random, turns: Turns) -> Iterator[Callable[[], File]]:
    for grid in (*REAL_GRIDS, *INNOCENT_GRIDS):
        for name in LAYOUTS:
            yield partial(_list, Maker(random, turns), grid, name)


def _list(maker: Maker, grid: Grid, layout: str) -> File:
    title, rows = grid(maker)
    finished = [[maker.finished(cell) for cell in row] for row in rows]
    labels = tuple(label for row in finished for _, found in row for label in found)
    data = LAYOUTS[layout](title, [[_line_ends(text) for text, _ in row] for row in finished])
    return File(f"{grid.__name__}-{layout.replace(' ', '-')}.{layout.partition(' ')[0]}", data, labels)


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n")


def _xlsx(title: str, rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "户表"
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    for row in rows:
        sheet.append([_number_or_text(cell) for cell in row])
    return samples.saved(book.save)


def _number_or_text(cell: str) -> str | int | float:
    """As a clerk's sheet has it: short numbers are numbers, and mobile numbers too."""
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) <= 15 and cell[0] != "0" else cell


def _xlsx_hidden(what: str) -> Callable[[str, Rows], bytes]:
    def write(title: str, rows: Rows) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(_xlsx(title, rows)))
        sheet = book.active
        if what == "columns":
            for letter in "BCDEFG":
                sheet.column_dimensions[letter].hidden = True
        elif what == "rows":
            for row in range(3, sheet.max_row + 1):
                sheet.row_dimensions[row].hidden = True
        else:
            book.create_sheet("公示", 0)["A1"] = title
            sheet.sheet_state = "veryHidden"
            book.active = 0
        return samples.saved(book.save)

    return write


def _xls(title: str, rows: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("户表")
    sheet.write(0, 0, title)
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write(at, column, _number_or_text(cell))
    return samples.saved(book.save)


def _ods(title: str, rows: Rows) -> bytes:
    return samples.ods([[title], *([_xml(cell) for cell in row] for row in rows)])


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _pdf(title: str, rows: Rows) -> bytes:
    """Cells in columns wide enough; what stands in a cell below a line break goes on below."""

    def page(canvas: Canvas) -> None:
        canvas.setPageSize(landscape(A4))
        canvas.setFont(samples.PDF_FONT, _POINTS)
        canvas.drawString(30, 560, title)
        cells = [[cell.split("\n") for cell in row] for row in rows]
        widths = [
            8 + max(stringWidth(line, samples.PDF_FONT, _POINTS) for cell in column for line in cell)
            for column in zip(*cells, strict=True)
        ]
        for at, row in enumerate(cells):
            for column, cell in enumerate(row):
                for below, line in enumerate(cell):
                    canvas.drawString(30 + sum(widths[:column]), 530 - 24 * at - 8 * below, line.strip())

    return samples.pdf(page)


def _pdf_lines(title: str, rows: Rows) -> bytes:
    """Each row as one line of text."""

    def page(canvas: Canvas) -> None:
        canvas.setFont(samples.PDF_FONT, 7)
        for at, line in enumerate([title, *("  ".join(row) for row in rows)]):
            canvas.drawString(30, 800 - 16 * at, " ".join(line.split()))

    return samples.pdf(page)


def _csv(encoding: str, mark: str = ",", *, guarded: bool = False) -> Callable[[str, Rows], bytes]:
    """A list as office programs write it; `guarded`: long numbers as ="…", so that a sheet keeps them."""

    def write(title: str, rows: Rows) -> bytes:
        stream = io.StringIO(newline="")
        for row in rows:
            cells = [f'="{cell}"' if guarded and cell[:12].isdigit() else cell for cell in row]
            csv.writer(stream, delimiter=mark, lineterminator="\r\n").writerow(cells)
        return stream.getvalue().encode(encoding)

    return write


def _html(title: str, rows: Rows) -> bytes:
    body = "".join(
        "<tr>" + "".join(f"<td>{_xml(cell).replace(chr(10), '<br>')}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    head = f'<meta charset="utf-8"><title>{title}</title>'
    return f"<!doctype html><html>{head}<table>{body}</table></html>".encode()


def _markdown(title: str, rows: Rows) -> bytes:
    lines = [" | ".join(" ".join(cell.split()) for cell in row) for row in rows]
    rule = " | ".join("---" for _ in rows[0])
    return "\n".join(
        [f"# {title}", "", *(f"| {line} |" for line in (lines[0], rule, *lines[1:])), ""]
    ).encode()


def _txt(title: str, rows: Rows) -> bytes:
    flat = (["".join(cell.splitlines()) for cell in row] for row in rows)
    return "\r\n".join([title, *("    ".join(row) for row in flat)]).encode("gb18030")


def _zip_in_zip(title: str, rows: Rows) -> bytes:
    inner = samples.zipped([("花名册.xlsx", _xlsx(title, rows)), ("说明.txt", "见表。".encode())])
    return samples.zipped([("附件/名单.zip", inner), ("公示.txt", title.encode())])


def _pdf_with_file(title: str, rows: Rows) -> bytes:
    return samples.rewritten(
        samples.pdf_text(title), lambda writer: writer.add_attachment("list.csv", _csv("utf-8")(title, rows))
    )


LAYOUTS: dict[str, Callable[[str, Rows], bytes]] = {
    "xlsx": _xlsx,
    "xlsx hidden columns": _xlsx_hidden("columns"),
    "xlsx hidden rows": _xlsx_hidden("rows"),
    "xlsx hidden sheet": _xlsx_hidden("sheet"),
    "xls": _xls,
    "ods": _ods,
    "docx": lambda title, rows: samples.docx_table(rows),
    "pptx": lambda title, rows: samples.pptx_table(rows),
    "pdf": _pdf,
    "pdf lines": _pdf_lines,
    "pdf embedded": _pdf_with_file,
    "csv utf-8": _csv("utf-8"),
    "csv utf-8-sig": _csv("utf-8-sig", guarded=True),
    "csv gb18030": _csv("gb18030"),
    "csv utf-16": _csv("utf-16", "\t"),
    "txt": _txt,
    "html": _html,
    "md": _markdown,
    "zip": _zip_in_zip,
}


# Where text hides

Carrier = tuple[str, Callable[[str], bytes], str]
_PLACES: dict[str, dict[str, Carrier]] = {
    ending: {place: (f"a.{ending}", make, step) for place, (make, step) in table.items()}
    for ending, table in {
        "xlsx": samples.XLSX,
        "docx": samples.DOCX,
        "pptx": samples.PPTX,
        "ods": samples.ODS,
        "xls": samples.XLS,
        "pdf": samples.PDF,
    }.items()
} | {"picture": samples.IMAGES, "text": samples.TEXTS}


def _hiding(random: Random, turns: Turns) -> Iterator[Callable[[], File]]:
    for ending, places in _PLACES.items():
        for place, carrier in places.items():
            for sort in ("id", "card", "innocent"):
                stem = f"{ending}-{place.replace(' ', '-')}-{sort}"
                line = partial(_hidden, Maker(random, turns), sort, alone=place in NARROW)
                yield partial(_carried, stem, carrier, line)


def _carried(stem: str, carrier: Carrier, line: Callable[[], tuple[str, tuple[Label, ...]]]) -> File:
    name, write, step = carrier
    text, labels = line()
    return File(
        stem + name.removeprefix("a"), write(text), tuple(replace(label, step=step) for label in labels)
    )


def _hidden(maker: Maker, sort: str, *, alone: bool) -> tuple[str, tuple[Label, ...]]:
    """A line for a hidden place; `alone`: eighteen signs and no word."""
    if sort == "innocent":
        marked = like(maker, CODES[1] if alone else maker.one_of(*CODES))
    elif sort == "card" and not alone:
        marked = f"{maker.name()}{maker.card(plain=True)}"
    else:
        marked = maker.id(plain=True) if alone else f"{maker.name()}{maker.id(plain=True)}"
    return maker.finished(marked)
