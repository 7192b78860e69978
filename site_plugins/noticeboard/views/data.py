"""Open data: the register as JSON and CSV, exactly as the contract promises."""

from __future__ import annotations

from typing import Any

from ..board.catalogue import Item
from ..board.law import Span, TimeLimit
from ..board.links import page_of
from ..board.register import Published, Register
from .days import count, is_current
from .encode import Cell, csv_bytes, json_bytes
from .shelves import Shelves
from .words import Words

CSV_COLUMNS = (
    *("id", "index_number", "document_number", "title", "summary", "formed_on", "published_on"),
    *("category_code", "category_name", "publisher_code", "publisher_name", "regime"),
    *("effective_from", "effective_until", "status", "url", "change", "supersedes", "superseded_by"),
    "attachments",
)


def as_record(register: Register, row: Published, words: Words) -> dict[str, Any]:
    """One notice as it stands in data/notices.json."""
    notice, board = row.notice, register.board
    assert board.catalogue is not None and board.publishers is not None
    item, publisher = board.catalogue.items[notice.category], board.publishers.by_code[notice.publisher]
    until, change = notice.effective.until, row.change
    return {
        "id": row.id,
        "index_number": notice.index_number,
        "document_number": notice.document_number,
        "title": notice.title,
        "summary": words.summary(row),
        "formed_on": notice.formed_on.isoformat(),
        "published_on": notice.published_on.isoformat(),
        "category": {"code": item.code, "name": item.name},
        "publisher": {"code": publisher.code, "name": publisher.name, "regime": publisher.regime.value},
        "effective": {
            "from": notice.effective.first.isoformat(),
            "until": until.isoformat() if until else None,
        },
        "status": row.status.value,
        "url": page_of(row.id),
        "change": change and {"type": change.type, "date": change.date.isoformat(), "reason": change.reason},
        "supersedes": list(row.supersedes),
        "superseded_by": row.superseded_by,
        "attachments": [
            {
                "name": attachment.name,
                "url": page_of(row.id) + attachment.address,
                "bytes": board.tree.size(attachment.path),
                "sha256": board.tree.sha256(attachment.path),
            }
            for attachment in row.attachments
        ],
    }


def notices_json(register: Register, records: list[dict[str, Any]]) -> bytes:
    """data/notices.json, from the records of everything published."""
    assert register.board.publishers is not None
    document = {
        "as_of": register.day.isoformat(),
        "board": register.board.publishers.board_name,
        "notices": records,
    }
    return json_bytes(document)


def catalogue_json(shelves: Shelves) -> bytes:
    """data/catalogue.json: groups and items with their columns as codes, the laws, and counts."""
    catalogue = shelves.catalogue
    document = {
        "as_of": shelves.register.day.isoformat(),
        "board": shelves.publishers.board_name,
        "laws": [
            {"name": law.name, "full_name": law.full_name, "url": law.url or None}
            for law in catalogue.laws.values()
        ],
        "groups": [
            {"code": g.code, "name": g.name, "regime": g.regime.value, "parent": g.parent or None}
            for g in catalogue.groups.values()
        ],
        "items": [_item_record(shelves, item) for item in catalogue.items.values()],
    }
    return json_bytes(document)


def _item_record(shelves: Shelves, item: Item) -> dict[str, Any]:
    rows, least = shelves.by_item[item.code], item.minimum_period
    limit = item.time_limit
    return {
        "code": item.code,
        "name": item.name,
        "group": item.group,
        "regime": item.regime.value,
        "contents": item.contents,
        "basis": list(item.basis),
        "time_limit": limit and {**_span(limit), "from": limit.start},
        "responsible": list(item.responsible),
        "channels": list(item.channels),
        "audience": item.audience,
        "mode": item.mode,
        "level": list(item.level),
        "minimum_period": least and _span(least),
        "rhythm": item.rhythm or None,
        "nothing_because": item.nothing_because or None,
        "notices": len(rows),
        "current": count(rows, is_current).number,
        "url": f"directory/{item.code}/",
    }


def _span(span: Span | TimeLimit) -> dict[str, Any]:
    return {"n": span.n, "unit": span.unit, "basis": span.basis or None}


def notices_csv(records: list[dict[str, Any]]) -> bytes:
    """data/notices.csv, with a byte-order mark so that office programs read it as UTF-8."""
    return csv_bytes([CSV_COLUMNS, *map(_csv_row, records)])


def _csv_row(record: dict[str, Any]) -> tuple[Cell, ...]:
    change, effective = record["change"], record["effective"]
    return (
        *(record[key] for key in CSV_COLUMNS[:7]),
        record["category"]["code"],
        record["category"]["name"],
        record["publisher"]["code"],
        record["publisher"]["name"],
        record["publisher"]["regime"],
        effective["from"],
        effective["until"],
        record["status"],
        record["url"],
        change and f"{change['type']} {change['date']} {change['reason']}",
        " ".join(record["supersedes"]),
        record["superseded_by"],
        " ".join(attachment["url"] for attachment in record["attachments"]),
    )
