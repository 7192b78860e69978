"""Open data: the register as JSON and CSV, exactly as the contract promises."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from ..board.links import page_of
from ..board.register import Published, Register
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
        "summary": _summary(row, words),
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


def _summary(row: Published, words: Words) -> str:
    """The summary; of an erased notice the line that says why there is none."""
    if row.erased and row.notice.erase_on is not None:
        return words("erased", date=words.day(row.notice.erase_on))
    return row.summary


def notices_json(register: Register, records: list[dict[str, Any]]) -> bytes:
    """data/notices.json, from the records of everything published."""
    assert register.board.publishers is not None
    document = {
        "as_of": register.day.isoformat(),
        "board": register.board.publishers.board_name,
        "notices": records,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def notices_csv(records: list[dict[str, Any]]) -> bytes:
    """data/notices.csv, with a byte-order mark so that office programs read it as UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for record in records:
        change, effective = record["change"], record["effective"]
        writer.writerow(
            _harmless(value)
            for value in (
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
        )
    return stream.getvalue().encode("utf-8-sig")


def _harmless(value: str | None) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    text = value or ""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def words_for_script(words: Words) -> str:
    """What the page's script says, as JSON for an attribute."""
    return json.dumps(words.script(), ensure_ascii=False, sort_keys=True)
