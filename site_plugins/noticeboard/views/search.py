"""The search page, and everything that can be found."""

from __future__ import annotations

from collections.abc import Iterator

from ..board.document import searchable
from ..board.register import Published
from ..search.files import MANIFEST, NOTICES, TEXTS, is_text_of_attachments, loaded
from ..search.index import Attachment, Category, Collection, Document, Publisher
from .page import Page
from .shelves import Shelves

#: Where the page is, and the files of the index.
SEARCH = "search/"


def pages(shelves: Shelves) -> Iterator[Page]:
    """The one search page."""
    yield shelves.page(SEARCH, "search.html", "search", None)


def collection(shelves: Shelves) -> Collection:
    """What the search knows of the published notices, the oldest first."""
    catalogue = shelves.catalogue
    used = {row.notice.category for row in shelves.all}
    return Collection(
        day=shelves.register.day,
        documents=tuple(_document(shelves, row) for row in reversed(shelves.all)),
        publishers=tuple(
            Publisher(each.code, each.name, each.regime.value, each.short_name)
            for each in shelves.publishers.by_code.values()
        ),
        categories=tuple(Category(code, item.name) for code, item in catalogue.items.items() if code in used),
    )


def is_only_compared(address: str) -> bool:
    """Whether a file of the index says nothing that another of its files does not say in full.

    Pieces of texts, numbers, and whole headings, which stand in the files of notices too. Where such a file
    is what the register gives, there is nothing left to look for in it.
    """
    return address.startswith(SEARCH) and address.endswith(".js") and not _holds_text(address)


def is_attached_text(address: str) -> bool:
    """Whether a file of the index holds what stands in the attachments of a notice."""
    return address.startswith(SEARCH) and is_text_of_attachments(address.removeprefix(SEARCH))


def lines_to_find(address: str, data: bytes) -> list[str]:
    """The lines of text that a file of the index holds; none of any other file."""
    if not (address.startswith(SEARCH) and _holds_text(address)):
        return []
    try:
        _, content = loaded(data)
    except ValueError:
        return []
    return [line for text in _strings(content) for line in text.split("\n")]


def _holds_text(address: str) -> bool:
    name = address.removeprefix(SEARCH)
    return name == f"{MANIFEST}.js" or name.startswith((NOTICES, TEXTS))


def _strings(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, (list, dict)):
        for value in content.values() if isinstance(content, dict) else content:
            yield from _strings(value)


def _document(shelves: Shelves, row: Published) -> Document:
    line, notice = shelves.rows[row.id], row.notice
    texts = shelves.register.board.texts
    return Document(
        id=row.id,
        url=line.url,
        title=line.title,
        document_number=line.document_number,
        index_number=line.index_number,
        text=_text(row),
        attachments=tuple(
            Attachment(attachment.name, "\n".join(texts.get(attachment.path, ())))
            for attachment in row.attachments
        ),
        publisher=notice.publisher,
        category=notice.category,
        published_on=line.published_on,
        period=line.period,
        mark=line.mark,
        days=line.days,
        removed_on=notice.removed_on.isoformat() if notice.removed_on else "",
    )


def _text(row: Published) -> str:
    """What a reader reads on the page of a notice below its headings; nothing where text was taken away."""
    if row.removed:
        return ""
    text = searchable(row.document)
    others = (row.notice.summary or "", row.change.reason if row.change else "")
    return "\n".join(line for line in (text, *(other for other in others if other not in text)) if line)
