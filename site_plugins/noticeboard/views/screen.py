"""The pages for televisions and LED walls: what is current, in one file, for weeks without a network."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Any

from ..board.register import Published
from ..posters.code import modules
from .days import when
from .metadata import for_script
from .page import Page
from .poster import Posters, without_scheme
from .shelves import Shelves

SCREEN = "screen/"
TEMPLATE = "screen.html"
#: Of the data within the page. A page takes no data of another number than its own script's.
FORMAT = 1
#: Bytes of one picture, and of all pictures of one page. What is larger is told of in words.
MOST_OF_PICTURE = 300_000
MOST_OF_PICTURES = 2_000_000
VERSION_FILE = "version.json"
MANIFEST_FILE = "manifest.webmanifest"

_IMAGE = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'\s(src|alt)="([^"]*)"')
_MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".bmp": "image/bmp",
}

Slide = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """One screen. `data` is JSON, safe in a script element; `sha256` that of its UTF-8 bytes.

    `as_of` is the ISO day of the build. `root` leads from the page to the folder of all screens.
    `short_name` stands below its icon on a device.
    """

    name: str
    short_name: str
    root: str
    as_of: str
    data: str
    sha256: str


def pages(shelves: Shelves) -> Iterator[Page]:
    """The screen of all boards, then one for each board."""
    publishers, phone = shelves.publishers, shelves.publishers.by_code[shelves.publishers.owner].phone
    crumb = shelves.crumb("screen", SCREEN)
    names = (publishers.board_name, publishers.board_name)
    view = _screen(shelves, names, phone, shelves.all)
    yield Page(SCREEN, TEMPLATE, crumb.name, (), view, is_listed=False)
    for publisher in publishers.boards:
        names, hanging = (publisher.name, publisher.short_name), shelves.on_board(publisher)
        view = _screen(shelves, names, publisher.phone or phone, hanging, "../")
        address = f"{SCREEN}{publisher.code}/"
        yield Page(address, TEMPLATE, publisher.name, (crumb,), view, is_listed=False)


def files(made: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
    """Of each screen among the pages: which data it holds, and what a device installs it by."""
    for page in made:
        if page.template == TEMPLATE:
            yield page.address + VERSION_FILE, _version(page.view)
            yield page.address + MANIFEST_FILE, _manifest(page.view)


def _version(view: ScreenPage) -> bytes:
    told = {
        "format": FORMAT,
        "as_of": view.as_of,
        "length": len(view.data.encode()),
        "sha256": view.sha256,
    }
    return (json.dumps(told, sort_keys=True) + "\n").encode()


def _manifest(view: ScreenPage) -> bytes:
    manifest = {
        "name": view.name,
        "short_name": view.short_name,
        "lang": "zh-CN",
        "start_url": "./",
        "scope": "./",
        "display": "fullscreen",
        "background_color": "#f5f1e8",
        "theme_color": "#9e1b1b",
        "icons": [
            {
                "src": f"{view.root}../assets/favicon.svg",
                "sizes": "any",
                "type": "image/svg+xml",
                "purpose": "any",
            }
        ],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def _screen(
    shelves: Shelves, names: tuple[str, str], phone: str, rows: Iterable[Published], root: str = ""
) -> ScreenPage:
    """`names` are the whole and the short one; `phone` is for those who find nothing on the screen."""
    register, publishers = shelves.register, shelves.publishers
    posters, pictures = Posters(shelves), _Pictures(shelves)
    slides = [slide for row in rows if (slide := _slide(shelves, row, posters, pictures)) is not None]
    as_of = register.day.isoformat()
    data = for_script(
        {
            "format": FORMAT,
            "as_of": as_of,
            "as_of_text": shelves.words.day(register.day),
            "board": publishers.board_name,
            "name": names[0],
            "phone": phone,
            "example": shelves.words("screen.example", place=publishers.place)
            if shelves.settings.example
            else "",
            "zone": shelves.settings.time_zone,
            "rebuild_days": shelves.settings.rebuild_days,
            "notices": slides,
            "pictures": pictures.embedded,
        }
    )
    digest = sha256(data.encode()).hexdigest()
    return ScreenPage(*names, root, as_of, data, digest)


def _slide(shelves: Shelves, row: Published, posters: Posters, pictures: _Pictures) -> Slide | None:
    """What the screen says of a notice, or None for one that it will never show."""
    shown = when(row, lambda state: state.hangs)
    if shown is None or row.removed:
        return None
    notice, worded, words = row.notice, shelves.rows[row.id], shelves.words
    (term, _), *calls = posters.facts(row, worded.period)
    address = posters.short_address(row)
    return {
        "id": row.id,
        "title": shelves.phrases(notice.title),
        "publisher": worded.publisher,
        "category": worded.category,
        "number": worded.document_number,
        "term": term,
        # In two parts, because a small screen shows them on two lines.
        "period": words.period_parts(notice.effective),
        "days": shown.days,
        "now": shown.now,
        "calls": calls,
        "notes": [
            {
                "text": words("screen.note", text=note.text, reason=note.reason)
                if note.reason
                else note.text,
                "days": note.shown.days,
                "now": note.shown.now,
            }
            for note in worded.notes
        ],
        "body": pictures.within(row),
        "files": [file.name for file in row.attachments if not file.in_text],
        "address": without_scheme(address),
        "code": modules(address) if address else None,
    }


class _Pictures:
    """The pictures of one page as data, as far as they fit."""

    def __init__(self, shelves: Shelves) -> None:
        self._tree = shelves.register.board.tree
        self._words = shelves.words
        self._places: dict[str, int] = {}
        self._left = MOST_OF_PICTURES
        self.embedded: list[str] = []

    def within(self, row: Published) -> str:
        """The text of a notice with a number in the place of each picture, or words for one too large."""
        paths = {file.address: file.path for file in row.attachments}

        def instead(match: re.Match[str]) -> str:
            said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match[0])}
            place = self._place(paths.get(said.get("src", ""), ""))
            if place is None:
                return f"<em>{escape(self._words('screen.picture', alt=said.get('alt', '')))}</em>"
            return f'<img data-picture="{place}" alt="{escape(said.get("alt", ""))}">'

        return _IMAGE.sub(instead, row.document.html)

    def _place(self, path: str) -> int | None:
        """The number of a picture of the notices folder, or None where it does not fit or is none."""
        kind = _MEDIA_TYPES.get(PurePosixPath(path).suffix.lower())
        if path in self._places or kind is None:
            return self._places.get(path)
        size = self._tree.size(path)
        if size > min(MOST_OF_PICTURE, self._left):
            return None
        self._left -= size
        self._places[path] = len(self.embedded)
        self.embedded.append(f"data:{kind};base64,{b64encode(self._tree.read(path, size)).decode()}")
        return self._places[path]
