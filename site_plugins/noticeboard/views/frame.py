"""What stands round every page: whose board it is, of which day it speaks, who answers the telephone."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..board.register import Register
from ..posters.sheet import Size
from .words import Words

#: The columns of the site, in the order of the navigation.
COLUMNS = ("home", "publishers", "directory", "archive", "guide", "search")


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the configuration says of the site.

    `url` is its address with a final slash, `given_url` the same or empty where mkdocs.yml names none.
    `rebuild_days` is how often the board promises to be built anew; 0 promises nothing. `posters` are the
    paper sizes in which each notice's page offers itself, `unset` the paths of posters that no machine
    could set: the site does without them.
    """

    url: str
    time_zone: str
    given_url: str = ""
    id_code: str = ""
    icp_number: str = ""
    police_number: str = ""
    rebuild_days: int = 0
    example: bool = False
    posters: tuple[Size, ...] = ()
    unset: frozenset[str] = frozenset()


#: A site that has no address yet.
NOWHERE = SiteSettings("", "Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Frame:
    """`words` is what the page's script says, as JSON; `nav` the columns as names and addresses."""

    name: str
    place: str
    owner: str
    address: str
    phone: str
    supervision_phone: str
    as_of: str
    as_of_text: str
    nav: tuple[tuple[str, str], ...]
    words: str
    settings: SiteSettings


def frame(register: Register, settings: SiteSettings, words: Words, name: str = "") -> Frame:
    """The frame of a board; `name` is used where publishers.yml could not be read."""
    publishers = register.board.publishers
    owner = publishers.by_code[publishers.owner] if publishers else None
    return Frame(
        name=publishers.board_name if publishers else name,
        place=publishers.place if publishers else "",
        owner=owner.name if owner else "",
        address=owner.address if owner else "",
        phone=owner.phone if owner else "",
        supervision_phone=owner.supervision_phone if owner else "",
        as_of=register.day.isoformat(),
        as_of_text=words.day(register.day),
        nav=tuple((words(f"pages.{key}"), "" if key == "home" else f"{key}/") for key in COLUMNS),
        words=json.dumps(words.script(), ensure_ascii=False, sort_keys=True),
        settings=settings,
    )
