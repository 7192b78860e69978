"""What stands on the paper of a notice, in words: the sheets that `posters/` sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from ..board.document import text_of
from ..board.links import page_of
from ..board.register import Published
from ..board.status import Status
from ..posters.sheet import Sheet, Size
from ..posters.signing import signature_of
from .shelves import Shelves

#: Where the posters of the site lie.
POSTERS = "posters/"
#: The longest short address, host included, that still gives a code of large squares.
LONGEST_ADDRESS = 40

_LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)("[^>]*>)(.*?)</a>', re.DOTALL)
_SHORT_OF_NOTICE = re.compile(r"notices/(.+)/")


class Posters:
    """Makes the sheets of one board."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._settings = shelves.settings
        self._names = tuple(publisher.name for publisher in shelves.publishers.by_code.values())

    def sheet(self, row: Published) -> Sheet:
        """The sheet of a notice that has a text; one whose text is gone goes to no paper."""
        assert not row.removed
        shelves, notice, words = self._shelves, row.notice, self._shelves.words
        publisher = shelves.publishers.by_code[notice.publisher]
        worded = shelves.rows.worded(row)
        html, signature, date = self.signed(row)
        html = self._with_whole_links(html, page_of(row.id))
        return Sheet(
            id=row.id,
            path=notice.path,
            title=shelves.phrases(notice.title),
            head=words("poster.head", publisher=publisher.name) if notice.document_number else "",
            document_number=notice.document_number or "",
            mark="" if row.status is Status.CURRENT else worded.label,
            notes=tuple(
                words("poster.note-title", text=note.text, title=note.title)
                if note.title
                else words("poster.note-reason", text=note.text, reason=note.reason)
                if note.reason
                else words("poster.note", text=note.text)
                for note in worded.notes
                if note.shown.now
            ),
            html=html,
            attachments=tuple(file.name for file in row.attachments if not file.in_text),
            facts=tuple(self.facts(row, worded.period)),
            signature=signature or publisher.name,
            date=date or words.day(notice.formed_on),
            code=self.short_address(row),
            code_label=words("poster.code"),
            address=without_scheme(self.short_address(row)),
            strip=tuple(words(f"poster.strip.{key}") for key in ("by", "on", "down", "photo")),
            example=words("poster.example", place=shelves.publishers.place) if self._settings.example else "",
            pictures={file.address: file.path for file in row.attachments},
            links=self._links(html),
        )

    def signed(self, row: Published) -> tuple[str, str, str]:
        """The text without the signature at its end, the signing bodies, and the date; see `signature_of`."""
        publisher = self._shelves.publishers.by_code[row.notice.publisher].name
        return signature_of(row.document.html, publisher, self._names)

    def short_address(self, row: Published) -> str:
        """The whole address that the code of a notice leads to; empty where no page answers for it."""
        given = self._settings.given_url
        return f"{given}n/{row.notice.short}/" if given and row.notice.on_website else ""

    def facts(self, row: Published, period: str) -> Iterator[tuple[str, str]]:
        """What a reader of the sheet needs: until when it hangs, whom to call, whom to complain to."""
        notice, words = row.notice, self._shelves.words
        key = "period" if notice.effective.until else "long-term"
        yield words(f"poster.{key}"), period
        if notice.contact:
            yield words("poster.contact"), notice.contact
        if notice.supervision_phone:
            yield words("poster.supervision"), notice.supervision_phone

    def _with_whole_links(self, html: str, page: str) -> str:
        """Links as they work from a file: whole addresses, or none where the site has no address."""
        if not (given := self._settings.given_url):
            return html

        def whole(match: re.Match[str]) -> str:
            address = unescape(match[2])
            if address.startswith("#"):
                return match[0]
            joined = urljoin(given + page, address).replace("&", "&amp;")
            return f"{match[1]}{joined}{match[3]}{match[4]}</a>"

        return _LINK.sub(whole, html)

    def _links(self, html: str) -> dict[str, str]:
        """What paper says of each address; it says it of all links to one, where any of them needs it."""
        found: dict[str, str] = {}
        for match in _LINK.finditer(html):
            address = unescape(match[2])
            found[address] = found.get(address) or self._printed(address, text_of(match[4]))
        return found

    def _printed(self, address: str, said: str) -> str:
        """What paper says of a link; nothing where its own words say it, or the code leads there."""
        parts = urlsplit(address)
        if parts.scheme in {"tel", "mailto"}:
            shown = unquote(parts.path)
        elif parts.scheme in {"http", "https"}:
            shown = self._printed_page(address)
        else:
            return ""
        return "" if _bare(shown) in _bare(said) else shown

    def _printed_page(self, address: str) -> str:
        given = self._settings.given_url
        if not given or not address.startswith(given):
            return unquote(without_scheme(address)).rstrip("/")
        found = _SHORT_OF_NOTICE.fullmatch(unquote(address.removeprefix(given)))
        other = self._shelves.register.published.get(found[1]) if found else None
        return without_scheme(self.short_address(other)) if other else ""


def poster_path(identifier: str, size: Size) -> str:
    """Where the site has the poster of a notice: `posters/2026/santang/0012-A4.pdf`."""
    path = PurePosixPath(identifier)
    return f"{POSTERS}{path.parent}/{path.name}-{size}.pdf"


def poster_address(identifier: str, size: Size) -> str:
    """The same, ready for a link."""
    return quote(poster_path(identifier, size))


def without_scheme(address: str) -> str:
    """An address as it is said: without `https://`."""
    return re.sub(r"^https?://", "", address)


def _bare(text: str) -> str:
    return re.sub(r"[\s\-—()（）]", "", without_scheme(text)).rstrip("/").casefold()
