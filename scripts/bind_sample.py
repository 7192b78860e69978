"""Binds the clearances of the sample board to its notices as they stand.

Run it after a sample notice or one of its files was changed. Reviewers and dates stay; what the program
cannot read, such as a picture, is listed as seen by the notice's reviewer. A real board has no use for it:
there a person reviews, with `noticeboard clear`.
"""

from __future__ import annotations

from pathlib import Path

from noticeboard.board.clearance import digest_of
from noticeboard.board.edit import Record, with_record, write_whole
from noticeboard.board.load import Entry
from noticeboard.board.notice import Seen
from noticeboard.board.problem import Place
from noticeboard.board.register import Register
from noticeboard.cli.context import open_project
from noticeboard.gate.told import is_for_a_person

ROOT = Path(__file__).resolve().parent.parent


def bound(entry: Entry, register: Register) -> bytes | None:
    """A cleared notice's file with its record bound to what it holds; None for a draft."""
    notice, tree = entry.notice, register.board.tree
    record = notice.clearance if notice else None
    if notice is None or not notice.cleared or record is None or record.date is None:
        return None
    unread = (p for p in register.problems_of(entry.id) if is_for_a_person(p))
    seen = dict.fromkeys(str(problem.params["sha256"]) for problem in unread)
    digest = digest_of(notice, entry.source, entry.attachments, tree)
    written = Record(
        record.reviewer,
        record.date,
        digest=str(digest),
        seen=tuple(Seen(one, record.reviewer, Place()) for one in seen),
    )
    return with_record((register.board.root / entry.path).read_bytes(), written)


def main() -> None:
    """Write every record anew that is not right."""
    register = open_project(str(ROOT / "mkdocs.yml"), "zh").register()
    for entry in register.board.entries.values():
        path, data = register.board.root / entry.path, bound(entry, register)
        if data is not None and data != path.read_bytes():
            write_whole(path, data)
            print(entry.source.path)


if __name__ == "__main__":
    main()
