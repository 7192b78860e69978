"""What a board makes public itself: the telephones, mail addresses and offices of its publishers."""

from __future__ import annotations

from ..board.fields import NOTICE, spellings
from ..board.load import Board, Entry
from ..board.source import Scalar
from ..privacy.scan import Known, contacts_in

_CONTACTS = spellings(NOTICE, "contact") | spellings(NOTICE, "supervision_phone")


def known_to(board: Board) -> Known:
    """What is no home on any page of a board: the addresses of its offices."""
    offices = board.publishers.by_code.values() if board.publishers else ()
    return Known(addresses=frozenset(office.address for office in offices if office.address))


def contacts_of(board: Board) -> frozenset[str]:
    """The contacts in the board's list of publishers."""
    return contacts_in("\n".join(board.publishers.contact_lines)) if board.publishers else frozenset()


def contacts_of_notice(entry: Entry) -> frozenset[str]:
    """What a notice gives as its own contact (联系方式、监督电话), also one that has errors."""
    front = entry.source.front.entries if entry.source.front else ()
    lines = (value.text for key, value in front if key.text in _CONTACTS and isinstance(value, Scalar))
    return contacts_in("\n".join(lines))
