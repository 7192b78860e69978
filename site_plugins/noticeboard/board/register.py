"""The register: what the board holds on one day. The publishable apart from everything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter
from pathlib import PurePosixPath

from .document import Document, first_paragraph
from .links import Attachment
from .load import Board, Entry, erroneous_paths
from .notice import Change, Notice
from .problem import Problem
from .status import PUBLIC, Status, status_on

SUMMARY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Published:
    """One notice that the public may see, with exactly what may be seen of it.

    `erased` tells that the text and files were taken out on `erase_on`. `supersedes` and
    `superseded_by` name only notices that are themselves on the site.
    """

    notice: Notice
    status: Status
    document: Document
    attachments: tuple[Attachment, ...]
    summary: str
    change: Change | None
    supersedes: tuple[str, ...]
    superseded_by: str | None
    erased: bool

    @property
    def id(self) -> str:
        return self.notice.id


class Register:
    """Every notice's status on `day`, and the notices that may be handed to a generator.

    `published` is the only way out: a notice is in it because it passed every test, never because
    something removed the others. What is not in it has no page, file, row or count.
    """

    def __init__(self, board: Board, day: date) -> None:
        self.board = board
        self.day = day
        self._replaced_by: dict[str, list[str]] = defaultdict(list)
        for entry in board.entries.values():
            for target in entry.supersedes:
                self._replaced_by[target].append(entry.id)
        self._faulty = set(erroneous_paths(board.problems))
        found: list[Problem] = []
        while new := list(self._evaluate()):
            # A notice withheld for a broken link may itself be linked to: look again.
            found.extend(new)
            self._faulty.update(problem.path for problem in new)
        found.extend(self._cautions())
        self.problems = tuple(sorted((*board.problems, *found), key=lambda problem: problem.sort_key))
        self.published = {p.id: p for p in self._published()}

    def status(self, identifier: str) -> Status:
        """The status of one notice; withheld for one that has an error anywhere."""
        return self._statuses[identifier]

    @property
    def faulty_paths(self) -> frozenset[str]:
        """The files that an error was found in."""
        return frozenset(self._faulty)

    def _evaluate(self) -> Iterator[Problem]:
        self._decide()
        self._shown = {
            entry.id
            for entry in self.board.entries.values()
            if entry.notice and entry.notice.on_website and self._statuses[entry.id] in PUBLIC
        }
        erased = {
            attachment.path
            for entry in self.board.entries.values()
            if self._is_erased(entry)
            for attachment in entry.attachments
        }
        for identifier in sorted(self._shown):
            entry = self.board.entries[identifier]
            if self._is_erased(entry):
                continue
            for attachment in entry.attachments:
                if attachment.path in erased:
                    params = {"found": attachment.path}
                    yield Problem("attachment-erased", entry.source.path, field="attachments", params=params)
            for link in entry.links:
                if link.id not in self._shown:
                    params = {"found": link.written[:80], "status": self._statuses[link.id].value}
                    yield Problem("link-not-shown", entry.source.path, link.place, "body", params)

    def _decide(self) -> None:
        """Every status, those of the notices that replace before those that they replace."""
        entries = self.board.entries.values()
        sound = {e.id: e.notice for e in entries if e.notice is not None and not self._is_faulty(e)}
        # Rings are errors, so what is sound has an order.
        before = {one: [other for other in self._replaced_by[one] if other in sound] for one in sound}
        self._statuses = dict.fromkeys(self.board.entries, Status.WITHHELD)
        self._successors: dict[str, list[str]] = {}
        for identifier in TopologicalSorter(before).static_order():
            in_force = self._successors[identifier] = list(self._in_force(before[identifier]))
            self._statuses[identifier] = status_on(self.day, sound[identifier], bool(in_force))

    def _in_force(self, replacing: list[str]) -> Iterator[str]:
        """Those in force; where one of them was withdrawn, those that replace it in turn."""
        for other in replacing:
            if self._statuses[other] in {Status.CURRENT, Status.SUPERSEDED}:
                yield other
            elif self._statuses[other] in PUBLIC:
                yield from self._successors[other]

    def _is_faulty(self, entry: Entry) -> bool:
        """Whether the file, one it names, or a folder that either lies in has an error."""
        prefix = self.board.prefix
        paths = [PurePosixPath(entry.source.path)]
        paths += (PurePosixPath(prefix + attachment.path) for attachment in entry.attachments)
        return any(str(place) in self._faulty for path in paths for place in (path, *path.parents))

    def _is_erased(self, entry: Entry) -> bool:
        notice = entry.notice
        return notice is not None and notice.erase_on is not None and notice.erase_on <= self.day

    def _cautions(self) -> Iterator[Problem]:
        for entry in self.board.entries.values():
            notice = entry.notice
            if notice is None:
                continue
            record = notice.clearance
            if notice.cleared and record and notice.starts <= self.day < record.date:
                params = {"found": record.date.isoformat()}
                yield Problem(
                    "clearance-in-future", entry.source.path, record.place, "clearance.date", params
                )
            if notice.change is not None and self.day < notice.change.date:
                params = {"found": notice.change.date.isoformat()}
                where = notice.change.place
                yield Problem("change-in-future", entry.source.path, where, "change.date", params)
            for target in entry.supersedes if entry.id in self._shown else ():
                if target not in self._shown:
                    params = {"found": self.board.entries[target].source.path}
                    place = notice.supersedes[0].place
                    yield Problem("supersedes-not-shown", entry.source.path, place, "supersedes", params)

    def _published(self) -> list[Published]:
        rows = [self._row(self.board.entries[identifier]) for identifier in self._shown]
        rows.sort(key=lambda row: row.id)
        rows.sort(key=lambda row: row.notice.published_on, reverse=True)
        return rows

    def _row(self, entry: Entry) -> Published:
        notice = entry.notice
        assert notice is not None
        erased = self._is_erased(entry)
        document = Document("", "") if erased else entry.document
        summary = notice.summary or _shortened(first_paragraph(document.html))
        change = notice.change if notice.change and notice.change.date <= self.day else None
        replacing = [other for other in self._successors[entry.id] if other in self._shown]
        newest = max(replacing, key=self._newest, default=None)
        return Published(
            notice=notice,
            status=self._statuses[entry.id],
            document=document,
            attachments=() if erased else entry.attachments,
            summary="" if erased else summary,
            change=change,
            supersedes=tuple(target for target in entry.supersedes if target in self._shown),
            superseded_by=newest,
            erased=erased,
        )

    def _newest(self, identifier: str) -> tuple[date, str]:
        notice = self.board.entries[identifier].notice
        assert notice is not None
        return (notice.published_on, identifier)


def _shortened(text: str) -> str:
    return text if len(text) <= SUMMARY_LENGTH else text[: SUMMARY_LENGTH - 1] + "…"
