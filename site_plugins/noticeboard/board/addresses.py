"""Addresses that must never die: the board's own list of them, and what it finds lost.

`notices/addresses.txt` holds one address a line, relative to the site's root and as a person reads it
(`notices/2026/santang/0001/`, `directory/budget/`). A line `old/ -> new/` says that the old address now
leads to the new one. Lines that begin with `#` are comments. Only pages and short addresses stand in it:
data files are renewed, and attachments may be taken down lawfully.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from .problem import Fault, Param, Place, Problem, excerpt
from .source import INVISIBLE, decode

_ARROW = re.compile(r"\s*->\s*")
#: What no name in the notices folder may hold, and no code either: an address with it never was one.
_NEVER = re.compile(r'[<>:"|?*\\#%]')


@dataclass(frozen=True, slots=True)
class AddressList:
    """What `addresses.txt` says. Without the file everything is empty, and nothing is ever lost.

    `lines` holds every address that must stay, with its 1-based line; `redirects` the old addresses
    among them, each with the one that it leads to, as written. `text` is the whole file with LF line
    ends and `path` its path in problems.
    """

    path: str
    is_there: bool
    text: str
    lines: Mapping[str, int]
    redirects: dict[str, str]

    def leads(self, existing: frozenset[str]) -> dict[str, str]:
        """Old address → the address of the site that it leads to in the end, for redirect pages.

        Left out are old addresses that the site has itself, and arrows that lead nowhere: `lost`
        names both.
        """
        ends = {old: self._end(old, existing) for old in self.redirects if old not in existing}
        return {old: end for old, end in ends.items() if end is not None}

    def _end(self, old: str, existing: frozenset[str]) -> str | None:
        """The first address on the way that the site has: an address may have moved more than once."""
        seen = {old}
        at = self.redirects[old]
        while at not in existing:
            if at in seen or at not in self.redirects:
                return None
            seen.add(at)
            at = self.redirects[at]
        return at


def read_addresses(path: str, data: bytes | None, problems: list[Problem]) -> AddressList:
    """The list as far as it can be read; what is wrong is added to `problems`. None: there is no file."""
    nothing = AddressList(path, data is not None, "", {}, {})
    if data is None:
        return nothing
    try:
        text = decode(data)
    except Fault as fault:
        problems.append(Problem(fault.code, path, fault.place, "", fault.params))
        return nothing
    lines: dict[str, int] = {}
    redirects: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        written = line.strip()
        if _is_remark(written):
            continue
        params: dict[str, Param] = {"found": excerpt(written, 80)}
        old, *new = map(_address, _ARROW.split(written))
        if old is None or len(new) > 1 or None in new:
            problems.append(Problem("address-line", path, Place(number), "", params))
        elif old in lines:
            params = {"found": old, "line": str(lines[old])}
            problems.append(Problem("address-doubled", path, Place(number), "", params))
        else:
            lines[old] = number
            redirects.update((old, target) for target in new if target is not None)
    return AddressList(path, True, text, lines, redirects)


def readable(address: str) -> str:
    """An address as the list writes it: without the `%` codes of a link."""
    return unquote(address)


#: Where a site has files: no old address may want a folder there.
_FILES = re.compile(r"(?:data|feeds|assets)/|[^/]+\.[a-z]+/|.*/index\.html/")


def lost(listed: AddressList, existing: frozenset[str]) -> Iterator[Problem]:
    """Addresses that the site should still have and has not, and arrows that are of no use.

    `existing` are the readable addresses of today's pages and short addresses, without those that only
    an arrow makes.
    """
    leads = listed.leads(existing)
    folded = {address.casefold() for address in existing}
    for address, number in listed.lines.items():
        target = listed.redirects.get(address)
        if target is None:
            if address not in existing:
                yield Problem("address-lost", listed.path, Place(number), "", {"found": address})
        elif address not in leads or _FILES.match(address) or address.casefold() in folded:
            params: dict[str, Param] = {"found": address, "target": target}
            yield Problem("address-arrow", listed.path, Place(number), "", params)


def unlisted(listed: AddressList, existing: frozenset[str]) -> tuple[str, ...]:
    """The addresses of the site that are not in the list yet, in order."""
    return tuple(sorted(existing - listed.lines.keys()))


def with_new(text: str, new: tuple[str, ...]) -> str:
    """The text of a list with addresses added in their order. No line of it is taken away or moved.

    `text` is one that `read_addresses` found nothing wrong with; `new` is in order and not in it yet.
    """
    waiting = list(reversed(new))
    done: list[str] = []
    remarks: list[str] = []  # those above an address stay above it, those at the top stay at the top
    begun = False
    for line in text.rstrip("\n").split("\n") if text.strip() else []:
        if _is_remark(line.strip()):
            remarks.append(line)
            continue
        address = readable(_ARROW.split(line.strip())[0])
        if not begun:
            done, remarks, begun = remarks, [], True
        while waiting and waiting[-1] < address:
            done.append(waiting.pop())
        done += [*remarks, line]
        remarks = []
    if not begun:
        done, remarks = remarks, []
    return "\n".join([*done, *reversed(waiting), *remarks, ""])


def _is_remark(line: str) -> bool:
    return not line or line.startswith("#")


def _address(written: str) -> str | None:
    """An address as the list keeps it, or None for what cannot be one."""
    address = readable(written)
    parts = address.split("/")
    if parts.pop() or not parts or _NEVER.search(address) or INVISIBLE.search(address):
        return None
    return None if any(not part.strip(". ") for part in parts) else address
