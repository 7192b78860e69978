"""One notice as it goes to paper: what stands on the sheet, in words, before anything is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Size(StrEnum):
    """Paper, upright unless it is laid across."""

    A4 = "A4"
    A3 = "A3"
    A2 = "A2"


class Orientation(StrEnum):
    """How the paper hangs; `auto` lays it across where a table would not fit upright."""

    AUTO = "auto"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Style(StrEnum):
    """`board` is read from a metre away; `official` is the page of GB/T 9704, 22 lines of 28 characters."""

    BOARD = "board"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of one poster, in the order in which they are read.

    `title` is in phrases, between which alone a line may end. `head` is the red head of a document
    that has a 文号, else empty. `mark` and `notes` say why a notice is no longer in force; both are
    empty while it is. `html` is the sanitised text without the signature and the date at its end,
    which are `signature` and `date`. `pictures` are the addresses in `html`, each with the file's path
    within the notices folder; `links` the addresses in `html`, each with what paper says in its place
    (empty where the link's own words say enough). `facts` are names and values: period, telephones.
    `code` is the address in the QR code, and `address` the same in words; both are empty where no page
    of the site answers for the notice. `strip` names the fields of the proof of posting.
    """

    id: str
    path: str
    title: tuple[str, ...]
    head: str
    document_number: str
    mark: str
    notes: tuple[str, ...]
    html: str
    attachments: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    signature: str
    date: str
    code: str
    code_label: str
    address: str
    strip: tuple[str, ...]
    example: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """A sheet and the paper it is wanted on."""

    sheet: Sheet
    size: Size = Size.A4
    orientation: Orientation = Orientation.AUTO
    style: Style = Style.BOARD
