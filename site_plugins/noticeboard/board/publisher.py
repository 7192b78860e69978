"""Who publishes: `notices/publishers.yml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum

from .fields import BOARD, FRAMES, HOURS, PUBLISHER, PUBLISHERS_FILE
from .frames import MOST_FRAMES, Frames
from .problem import Place, Problem
from .source import Mapping
from .values import Reader, read_file, spelled

#: A code is a folder and a file name in the site.
LONGEST_CODE = 60
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Regime(StrEnum):
    """The body of law a notice is published under; each has a directory of its own."""

    GOVERNMENT = "government"
    VILLAGE = "village"
    COLLECTIVE = "collective"
    PARTY = "party"


REGIMES = spelled({"government": "政务", "village": "村务", "collective": "集体财务", "party": "党务"})
KINDS = spelled(
    {
        "township": "乡镇政府",
        "office": "镇办",
        "village": "村民委员会",
        "collective": "集体经济组织",
        "party-committee": "乡镇党委",
        "party-branch": "党组织",
    }
)


@dataclass(frozen=True, slots=True)
class Publisher:
    """One authority, village committee, collective or party organisation.

    `board` is the code of the publisher on whose physical board its notices hang.
    `hours` are pairs of a season (summer, winter, or empty for the whole year) and the hours.
    `frames` are the places for paper on the board that it owns. `place` is where the entry stands in
    publishers.yml. `institution_code` is the 统一社会信用代码 or
    organisation code that index numbers begin with.
    """

    code: str
    name: str
    short_name: str
    kind: str
    regime: Regime
    board: str
    institution_code: str = ""
    address: str = ""
    hours: tuple[tuple[str, str], ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""
    supervision_phone: str = ""
    frames: Frames = attribute(default_factory=Frames)
    place: Place = attribute(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Publishers:
    """The board's name and place, and its publishers by code, in the order of the file."""

    board_name: str
    place: str
    owner: str
    by_code: dict[str, Publisher]
    contacts: tuple[str, ...] = ()

    @property
    def contact_lines(self) -> tuple[str, ...]:
        """Every line with telephones and addresses that the board makes public."""
        return (
            *self.contacts,
            *(line for p in self.by_code.values() for line in (p.phone, p.fax, p.supervision_phone, p.email)),
        )

    @property
    def spellings(self) -> dict[str, str]:
        """Every code, name and unambiguous short name → code."""
        found: dict[str, str] = {}
        doubled: set[str] = set()
        for publisher in self.by_code.values():
            for spelling in {publisher.code, publisher.name, publisher.short_name}:
                if found.setdefault(spelling, publisher.code) != publisher.code:
                    doubled.add(spelling)
        exact = {text: p.code for p in self.by_code.values() for text in (p.code, p.name)}
        return {
            text: exact.get(text, code)
            for text, code in found.items()
            if text in exact or text not in doubled
        }

    def on_board(self, code: str) -> tuple[Publisher, ...]:
        """The publishers whose notices hang on the board of `code`, its own first."""
        others = [p for p in self.by_code.values() if p.board == code and p.code != code]
        return (self.by_code[code], *others)

    @property
    def boards(self) -> tuple[Publisher, ...]:
        """The publishers that have a physical board of their own."""
        return tuple(p for p in self.by_code.values() if p.board == p.code)


def read_code(reader: Reader, taken: dict[str, int]) -> str | None:
    """A code of small letters, digits and hyphens that no other entry of the file has."""
    node = reader.scalar("code")
    if node is None:
        return None
    if not _CODE.fullmatch(node.text) or len(node.text) > LONGEST_CODE:
        reader.name("code-format", "code", node, found=node.text)
        return None
    if node.text in taken:
        reader.name("code-duplicate", "code", node, found=node.text, line=str(taken[node.text]))
        return None
    taken[node.text] = node.place.line
    return node.text


def _hours(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Office hours: one text for the whole year, or one each for summer and winter."""
    if not isinstance(reader.fields.get("hours"), Mapping):
        text = reader.text("hours", 200)
        return (("", text),) if text else ()
    parts = reader.nested("hours", HOURS)
    assert parts is not None
    seasons = ((key.name, parts.text(key.name, 200)) for key in HOURS)
    return tuple((season, text) for season, text in seasons if text)


def _frames(reader: Reader, owns_board: bool) -> Frames:
    """How many sheets of each size the board has room for; nothing is said of what hangs elsewhere."""
    parts = reader.nested("frames", FRAMES)
    if parts is None:
        return Frames()
    if not owns_board:
        reader.name("frames-elsewhere", "frames", reader.fields.get("frames"))
    counts = {key.name: parts.whole_number(key.name, MOST_FRAMES) for key in FRAMES}
    return Frames({size: count for size, count in counts.items() if count})


def read_publishers(path: str, data: bytes | None, problems: list[Problem]) -> Publishers | None:
    """None where the list cannot be trusted; every reason is added to `problems`."""
    before = len(problems)
    top = read_file(path, data, PUBLISHERS_FILE, problems)
    if top is None:
        return None
    by_code: dict[str, Publisher] = {}
    taken: dict[str, int] = {}
    named: dict[str, int] = {}
    boards = []
    for reader in top.mappings("publishers", PUBLISHER):
        code, name = read_code(reader, taken), reader.text("name", 60)
        kind, regime = reader.choice("kind", KINDS), reader.choice("regime", REGIMES)
        details = {
            field: reader.text(field, 200) or ""
            for field in (
                "institution_code",
                "address",
                "phone",
                "fax",
                "email",
                "supervision_phone",
            )
        }
        short, board = reader.text("short_name", 30), reader.text("board", 60)
        frames = _frames(reader, board in (None, code))
        for field, text in (("name", name), ("short_name", short)):
            where = reader.fields.get(field)
            if text and where is not None and named.setdefault(text, where.place.line) != where.place.line:
                reader.name("code-duplicate", field, where, found=text, line=str(named[text]))
        if code and name and kind and regime:
            by_code[code] = Publisher(
                code, name, short or name, kind, Regime(regime), board or code,
                hours=_hours(reader), frames=frames, place=reader.fields.place, **details,
            )  # fmt: skip
            boards.append((reader, board or code))
    for reader, board in boards:
        if board not in by_code:
            suggestion = tuple(by_code)
            reader.name(
                "publisher-unknown", "board", reader.fields.get("board"), found=board, suggestion=suggestion
            )
    about = top.nested("board", BOARD)
    if about is None:
        return None
    board_name, place = about.text("name", 60), about.text("place", 60)
    owner = about.choice("owner", {code: code for code in by_code}, "publisher-unknown")
    contacts = tuple(node.text.strip() for node in top.several("contacts"))
    if len(problems) > before or not (board_name and place and owner):
        return None
    return Publishers(board_name, place, owner, by_code, contacts)
