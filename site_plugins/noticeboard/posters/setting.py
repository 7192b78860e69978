"""Sets posters: a sheet and its blocks become a PDF with Typst.

The layout is in poster.typ. What it cannot find out by itself is done here: the largest type with which a
poster takes the fewest pages.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from math import ceil, log, pow, sqrt
from pathlib import Path
from typing import Any, Final, Protocol

import typst

from .blocks import parts_of
from .code import share, svg
from .columns import measured, needed, tables
from .fonts import Faces
from .lines import BREAK, bound, dated, longest_word, text_of
from .order import reading_order
from .sheet import Orientation, Size, Style, Wish

__all__ = ["IDENTITY", "Poster", "Setter", "Unsettable", "poster_input", "reading_order"]

Block = Mapping[str, Any]

_MM: Final = 72 / 25.4
#: Sizes of type: least, most, floor and foot of `_Paper`.
_Type = tuple[float, float, float, float]
_TEMPLATE_FILE: Final = Path(__file__).resolve().with_name("poster.typ")
_TEMPLATE: Final = _TEMPLATE_FILE.read_bytes()
#: Changes with the layout and with Typst: what was set before is then to be set anew.
IDENTITY: Final = sha256(
    _TEMPLATE + Path(__file__).read_bytes() + version("typst").encode(),
).hexdigest()


class Unsettable(Exception):
    """Typst refused the poster; `reason` is what it said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Poster:
    """A finished poster. `points` is the size of its text."""

    pdf: bytes
    pages: int
    points: float


@dataclass(frozen=True, slots=True)
class _Paper:
    """Paper, margins and sizes of type, all in points.

    Text is never smaller than `least` nor larger than `most`; a table's type goes down to `floor` where its
    columns need it. `code` is the width of the QR code
    without its quiet zone, `strip` the height of the proof of posting, `foot` the type of the footer.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    least: float
    most: float
    floor: float
    foot: float
    code: float
    strip: float


def _paper(
    sides: tuple[float, float],
    margins: tuple[float, float, float, float],
    drawn: tuple[float, float],
    type_: _Type,
) -> _Paper:
    """Paper of sides, margins (above, below, left, right), code and strip in millimetres."""
    (width, height), (top, bottom, left, right), (code, strip) = sides, margins, drawn
    millimetres = {
        "width": width,
        "height": height,
        "top": top,
        "bottom": bottom,
        "left": left,
        "right": right,
    }
    lengths = {name: length * _MM for name, length in (millimetres | {"code": code, "strip": strip}).items()}
    least, most, floor, foot = type_
    return _Paper(**lengths, least=least, most=most, floor=floor, foot=foot)


_BOARD: Final = {
    Size.A4: _paper((210, 297), (16, 16, 17, 17), (45.4, 10), (14, 40, 10.5, 9)),
    Size.A3: _paper((297, 420), (22, 22, 23, 23), (70.4, 13), (16, 56, 12, 12)),
    Size.A2: _paper((420, 594), (30, 30, 32, 32), (95.4, 17), (22, 80, 16, 16)),
}
#: GB/T 9704: 156 × 225 mm of text, 37 mm above it and 28 mm to its left.
_OFFICIAL: Final = _paper((210, 297), (37, 34.8, 28, 26), (45.4, 10), (16, 16, 10.5, 9))

#: Printed addresses up to this length end a line in one place alone.
_WHOLE: Final = 40
#: By what factor the type must get larger to be worth trying.
_WORTH: Final = 1.05
#: Most sizes that are tried after the smallest.
_STEPS: Final = 3
#: Blocks and inlines of which the size can be guessed by counting characters.
_PLAIN: Final = frozenset({"p", "s", "b", "i", "br", "a"})
#: The type of a table, in parts of the text's.
_TABLE: Final = 0.9
#: The part of a sheet that is left for the text, and how near to its size a guess goes.
_FOR_TEXT, _NEARLY = 0.27, 0.85
#: How much of a page's height a picture may take, and how much where that saves a page.
_TALLEST, _LESS_TALL = 0.5, 0.32
#: The height of a line in parts of its type, at most.
_LINE: Final = 1.8
#: Least lines of text or rows of a table that stand over the signature on the last page.
_OVER: Final = 2


def poster_input(
    wish: Wish, blocks: Sequence[Block], words: Mapping[str, str], stacks: Mapping[str, Sequence[Any]]
) -> dict[str, Any]:
    """What poster.typ is given. The official style knows only A4 upright.

    `words` are `page` ("{page}" and "{pages}" in it), `attachments` and `notes`. `stacks` are the
    families of `title`, `body`, `kai`, `hei` and `number`, the first preferred.
    """
    sheet, style = wish.sheet, wish.style
    ready = _ready(blocks)
    found = list(tables(ready))
    paper = _paper_of(wish, found)
    tabled = any(len(one["rows"]) > 8 for one in found)
    text = text_of(ready)
    largest = _largest(paper, text, found)
    return {
        "style": style.value,
        "sheet": asdict(paper),
        "smallest": paper.least,
        "first": min(largest, _first(paper, ready, text)),
        "largest": largest,
        # A line grows in height and length together, a row of a table in height alone, and later.
        "power": 1.3 if tabled else 1.8,
        "steady": paper.least / _TABLE if tabled else paper.least,
        "table": _TABLE,
        "title": [bound(phrase) for phrase in sheet.title],
        "title_text": "".join(sheet.title),
        "head": sheet.head,
        "document_number": sheet.document_number,
        "mark": sheet.mark,
        "notes": [bound(note) for note in sheet.notes],
        "blocks": ready,
        "attachments": [bound(name) for name in sheet.attachments],
        "facts": [[name, dated(value)] for name, value in sheet.facts],
        "signature": bound(sheet.signature),
        "date": sheet.date,
        "code": {"svg": svg(sheet.code), "part": share(sheet.code)} if sheet.code else None,
        "code_label": sheet.code_label,
        "code_url": sheet.code,
        "code_alt": f"{sheet.code_label} {sheet.code}".strip(),
        "address": bound(sheet.address),
        "strip": list(sheet.strip),
        "example": bound(sheet.example),
        "words": dict(words),
        "fonts": {name: list(families) for name, families in stacks.items()},
    }


def _paper_of(wish: Wish, found: Sequence[Mapping[str, Any]]) -> _Paper:
    """The paper as it hangs: across where a table would not fit upright in the least type of text."""
    if wish.style is Style.OFFICIAL:
        return _OFFICIAL
    upright = _BOARD[wish.size]
    room = (upright.width - upright.left - upright.right) / upright.least
    crowded = any(needed(one) > room for one in found)
    across = wish.orientation is Orientation.LANDSCAPE or (wish.orientation is Orientation.AUTO and crowded)
    return replace(upright, width=upright.height, height=upright.width) if across else upright


class Setter:
    """Sets posters one after another. `root` is the folder that pictures are read from.

    Typst holds the interpreter while it works: what is to be set side by side needs processes.
    """

    def __init__(self, root: Path, faces: Faces) -> None:
        self._fonts = faces.fonts
        self._main: Any
        try:
            # From a file, Typst remembers what it did before; with bytes it starts anew each time.
            self._root = Path(os.path.commonpath([_TEMPLATE_FILE, root.resolve()]))
            self._main = str(_TEMPLATE_FILE)
        except ValueError:  # Windows: on two drives
            self._root = root.resolve()
            self._main = _TEMPLATE
        inside = root.resolve().relative_to(self._root).as_posix()
        self._pictures = "/" if inside == "." else f"/{inside}/"

    def set(self, data: Mapping[str, Any]) -> Poster:
        """The poster of what `poster_input` made; raises `Unsettable`. Same data, same bytes."""
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)

        def attempt(
            scale: float,
            *,
            alone: bool = False,
            hold: int = 0,
            spare: float = 0,
            shorter: float = 0,
            tallest: float = _TALLEST,
        ) -> _Fit:
            inputs = {
                "data": text,
                "scale": f"{scale:.2f}",
                "shorter": f"{shorter:.2f}",
                "spare": f"{spare:.2f}",
                "hold": str(min(hold, len(data["blocks"]))),
                "alone": "yes" if alone else "no",
                "tallest": f"{tallest:g}",
                "pictures": self._pictures,
            }
            found = json.loads(self._compiler(inputs).query("<fit>", field="value", one=True))
            return _Fit(inputs, scale, **found)

        try:
            pictured = '"t": "img"' in text
            sizes = _Sizes(*(data[name] for name in ("smallest", "first", "largest", "power", "steady")))
            fit = _best(attempt, sizes, pictured)
            pdf = self._compiler(fit.inputs).compile(format="pdf", pdf_standards="ua-1")
        except RuntimeError as error:
            # A query's failure is no TypstError, only what that is made from.
            raise Unsettable(str(getattr(error, "message", error))) from error
        assert isinstance(pdf, bytes)
        return Poster(pdf, fit.pages, round(fit.points, 2))

    def _compiler(self, inputs: dict[str, str]) -> typst.Compiler:
        return typst.Compiler(
            self._main,
            root=str(self._root),
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )


# ---------------------------------------------------------------- sizes


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a poster comes out with these inputs, in points.

    `high` is the height of a page's text, `taken` what the text takes of all pages, `fixed` what the
    signature and the foot need below it; `over` counts lines and rows over the signature on the last page.
    """

    inputs: dict[str, str]
    scale: float
    pages: int
    points: float
    high: float
    taken: float
    fixed: float
    over: int

    @property
    def is_lone(self) -> bool:
        """Whether the signature has the last page nearly to itself."""
        return self.pages > 1 and self.over < _OVER

    def growth(self, pages: int) -> float:
        """By what factor the text's height may grow to fill so many pages."""
        return max(1.0, pages * self.high - self.fixed) / max(1.0, self.taken)


class _Attempt(Protocol):
    """Tries a size of type."""

    def __call__(
        self,
        scale: float,
        *,
        alone: bool = ...,
        hold: int = ...,
        spare: float = ...,
        shorter: float = ...,
        tallest: float = ...,
    ) -> _Fit: ...


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Between which sizes to look, in points; `first` is a guess for a short text, 0 for a long one.

    The height of a text grows with its size to the `power`, from the size `steady` on.
    """

    smallest: float
    first: float
    largest: float
    power: float
    steady: float


def _best(attempt: _Attempt, sizes: _Sizes, pictured: bool) -> _Fit:
    """The largest type that takes no more pages than the smallest, and leaves no lone signature.

    Pictures may get smaller where that saves a page.
    """
    if sizes.first and (guessed := attempt(sizes.first, alone=True)).pages == 1:
        return _grown(attempt, guessed, sizes, 2)
    least = attempt(sizes.smallest)
    if pictured and least.pages > 1:
        less = partial(attempt, tallest=_LESS_TALL)
        saving = less(sizes.smallest)
        if saving.pages < least.pages:
            attempt, least = less, saving
    # Of many pages the type can hardly grow before it takes one more.
    best = _grown(attempt, least, sizes, max(1, min(_STEPS, 5 - least.pages)))
    return _together(attempt, best) if best.is_lone else best


def _grown(attempt: _Attempt, least: _Fit, sizes: _Sizes, steps: int) -> _Fit:
    """Looks for the largest type step by step, each step guessed from the room that the last one left."""
    best = good = least
    bad: _Fit | None = None
    for _ in range(steps):
        guess = _guess(good, bad, least.pages, sizes)
        if guess < good.scale * _WORTH:
            break
        fit = attempt(guess, alone=least.pages == 1)
        if fit.pages > least.pages:
            bad = fit
            continue
        good = fit
        if best.is_lone or not fit.is_lone:
            best = fit
    return best


def _guess(good: _Fit, bad: _Fit | None, pages: int, sizes: _Sizes) -> float:
    """The size that may fill so many pages, by what one size that fits takes, and one that is too large."""
    start = max(good.scale, sizes.steady)
    power, most = sizes.power, sizes.largest
    if bad is not None:
        most = (good.scale + 2 * bad.scale) / 3
        if bad.scale > start and bad.taken > good.taken:
            power = max(1.0, log(bad.taken / max(1.0, good.taken)) / log(bad.scale / start))
    return min(most, start * pow(good.growth(pages) * 0.985, 1 / power))


def _together(attempt: _Attempt, lone: _Fit) -> _Fit:
    """Brings lines of the last blocks over to the signature, or these as a whole, or rows of a long table."""
    full = max(1, ceil(lone.taken / lone.high - 0.01))
    empty = max(0.0, full * lone.high - lone.taken)
    line = _LINE * lone.points
    lines = [partial(attempt, hold=hold, spare=empty + (hold + 1) * line) for hold in (1, 2, 3)]
    whole = [partial(attempt, hold=hold) for hold in (1, 2)]
    # Where a table comes over from the page before, Typst may shorten that page instead.
    for attempt_at in lines + whole if full == 1 else whole + lines:
        fit = attempt_at(lone.scale)
        if fit.pages == lone.pages and not fit.is_lone:
            return fit
    for rows in range(1, 9):
        fit = attempt(lone.scale, shorter=rows * 1.5 * lone.points)
        if not fit.is_lone:
            return fit
    return lone


def _first(paper: _Paper, ready: Sequence[Block], text: str) -> float:
    """A size at which a short text probably fills its sheet, or 0 where that cannot be guessed."""
    if any(part.get("t") not in _PLAIN for part in parts_of(ready)):
        return 0.0
    room = (paper.width - paper.left - paper.right) * (paper.height - paper.top - paper.bottom) * _FOR_TEXT
    guess = _NEARLY * sqrt(room / (1.6 * max(60, len(text))))
    return 0.0 if guess < 1.2 * paper.least else guess


def _largest(paper: _Paper, text: str, found: Sequence[Mapping[str, Any]]) -> float:
    """The largest type to try: near the one that the broadest table leaves room for, and the longest word."""
    room = paper.width - paper.left - paper.right
    limits = [room / needed(one) for one in found]
    word = longest_word(text)
    most = min(paper.most, max(paper.least, room / word)) if word else paper.most
    return min([most, *(max(paper.least, 1.6 * max(limit, paper.floor)) for limit in limits)])


def _ready(blocks: Sequence[Block]) -> list[Any]:
    """The blocks with text bound, levels of headings in steps of one, and tables measured."""
    levels = _Levels()
    return [_prepare(block, levels) for block in blocks]


class _Levels:
    """PDF/UA lets no level of headings be skipped; the title is the first."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def __call__(self, level: int) -> int:
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return len(self._open) + 1


def _address(shown: str) -> str:
    """A printed address; one of ours goes into two lines at most: the host, and what stands behind it."""
    return shown.replace("/", f"/{BREAK}", 1) if len(shown) <= _WHOLE else bound(shown)


def _prepare(value: Any, levels: _Levels) -> Any:
    if isinstance(value, Mapping):
        made = {key: _prepare(inner, levels) for key, inner in value.items() if key != "v"}
        if "v" in value:
            made["v"] = bound(value["v"])
        if value.get("shown"):
            made["shown"] = _address(value["shown"])
        if value.get("t") == "p" and BREAK in text_of(made):
            made["ragged"] = True
        if value.get("t") == "h":
            made["level"] = levels(value["l"])
        if value.get("t") == "table":
            made |= measured(made)
        return made
    if isinstance(value, (list, tuple)):
        return [_prepare(inner, levels) for inner in value]
    return value
