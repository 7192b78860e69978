"""The register: what the board holds on one day. The publishable apart from everything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter
from pathlib import PurePosixPath

from .document import Document, first_paragraph
from .links import Attachment
from .load import Board, Entry, erroneous_paths
from .notice import Change, Notice
from .problem import Problem, excerpt
from .publisher import Regime
from .status import PUBLIC, Status, mark_of, status_on, turning_days

SUMMARY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class State:
    """What a notice is on one day, and `mark`, the key of what a reader is told of it.

    `superseded_by` is the newest notice on the site that replaces it and is in force. `removed` tells
    that text and files are gone, on `erase_on` or by `change.remove_text`.
    """

    status: Status
    mark: str
    superseded_by: str | None
    removed: bool

    @property
    def hangs(self) -> bool:
        """In force with its text: what may stand on a board of paper or on a screen."""
        return self.status is Status.CURRENT and not self.removed


@dataclass(frozen=True, slots=True)
class Published:
    """One notice that the public may see, with exactly what may be seen of it.

    `supersedes` and `superseded_by` name only notices that are themselves on the site. `later` holds
    what it becomes, and from which day, as far as the notices of today's site alone can tell: a page
    built today may know that, and nothing of what is still to come.
    """

    notice: Notice
    state: State
    document: Document
    attachments: tuple[Attachment, ...]
    summary: str
    change: Change | None
    supersedes: tuple[str, ...]
    later: tuple[tuple[date, State], ...]

    @property
    def id(self) -> str:
        return self.notice.id

    @property
    def status(self) -> Status:
        return self.state.status

    @property
    def superseded_by(self) -> str | None:
        return self.state.superseded_by

    @property
    def removed(self) -> bool:
        return self.state.removed


class Register:
    """Every notice's status on `day`, and the notices that may be handed to a generator.

    `published` is the only way to the site: a notice is in it because it passed every test, never because
    something removed the others. What is not in it has no page, file, row or count. `posted` are those that
    may go up on paper: the published, and what its channels keep off the website.
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
        self.posted = {row.id: row for row in self._posted()}
        self.published = {row.id: row for row in self.posted.values() if row.notice.on_website}

    def status(self, identifier: str) -> Status:
        """The status of one notice; withheld for one that has an error anywhere."""
        return self._statuses[identifier]

    def problems_of(self, identifier: str) -> tuple[Problem, ...]:
        """Everything found in a notice, the files that it names, and the folders that they lie in."""
        places = self._places(self.board.entries[identifier])
        return tuple(problem for problem in self.problems if problem.path in places)

    @property
    def faulty_paths(self) -> frozenset[str]:
        """The files that an error was found in."""
        return frozenset(self._faulty)

    def _evaluate(self) -> Iterator[Problem]:
        self._decide()
        self._public = {
            entry.id: entry.notice
            for entry in self.board.entries.values()
            if entry.notice and self._statuses[entry.id] in PUBLIC
        }
        self._shown = {identifier for identifier, notice in self._public.items() if notice.on_website}
        erased = {
            attachment.path
            for entry in self.board.entries.values()
            if self._is_erased(entry) and self._statuses[entry.id] in PUBLIC
            for attachment in entry.attachments
        }
        for identifier, notice in sorted(self._public.items()):
            entry = self.board.entries[identifier]
            if self._is_erased(entry):
                continue
            seen = self._shown if notice.on_website else self._public
            for attachment in entry.attachments:
                if attachment.path in erased:
                    params = {"found": attachment.path}
                    yield Problem("attachment-erased", entry.source.path, field="attachments", params=params)
            for link in entry.links:
                if link.id not in seen:
                    params = {"found": excerpt(link.written, 80), "status": self._statuses[link.id].value}
                    yield Problem("link-not-shown", entry.source.path, link.place, "body", params)

    def _decide(self) -> None:
        """Every status today, and which notices in force replace which."""
        entries = self.board.entries.values()
        self._sound = {e.id: e.notice for e in entries if e.notice is not None and not self._is_faulty(e)}
        self._statuses = dict.fromkeys(self.board.entries, Status.WITHHELD)
        statuses, self._successors = self._on(self.day, self._sound)
        self._statuses.update(statuses)

    def _on(self, day: date, notices: Mapping[str, Notice]) -> tuple[dict[str, Status], dict[str, list[str]]]:
        """Statuses on a day, and what replaces each and is in force, if these were all there is.

        Those of the notices that replace are decided before those that they replace.
        """
        # Rings are errors, so what is sound has an order.
        before = {one: [other for other in self._replaced_by[one] if other in notices] for one in notices}
        statuses: dict[str, Status] = {}
        successors: dict[str, list[str]] = {}
        for identifier in TopologicalSorter(before).static_order():
            in_force = successors[identifier] = []
            for other in before[identifier]:
                if statuses[other] in {Status.CURRENT, Status.SUPERSEDED}:
                    in_force.append(other)
                elif statuses[other] in PUBLIC:
                    # One that was withdrawn passes on to those that replace it in turn.
                    in_force.extend(successors[other])
            statuses[identifier] = status_on(day, notices[identifier], bool(in_force))
        return statuses, successors

    def _is_faulty(self, entry: Entry) -> bool:
        """Whether the file, one it names, or a folder that either lies in has an error."""
        return not self._faulty.isdisjoint(self._places(entry))

    def _places(self, entry: Entry) -> frozenset[str]:
        """The paths that a problem of a notice may have."""
        prefix = self.board.prefix
        paths = [PurePosixPath(entry.source.path)]
        paths += (PurePosixPath(prefix + attachment.path) for attachment in entry.attachments)
        return frozenset(str(place) for path in paths for place in (path, *path.parents))

    def _is_erased(self, entry: Entry) -> bool:
        return entry.notice is not None and _removed(entry.notice, self.day)

    def _cautions(self) -> Iterator[Problem]:
        catalogue = self.board.catalogue
        if catalogue is not None and Regime.GOVERNMENT in catalogue.regimes:
            yield from self.board.guide.problems_on(self.day)
        for entry in self.board.entries.values():
            notice = entry.notice
            if notice is None:
                continue
            record = notice.clearance
            if record and record.date and notice.starts <= self.day < record.date:
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

    def _posted(self) -> list[Published]:
        states = {
            identifier: self._state(identifier, self.day, self._statuses, self._successors)
            for identifier in self._public
        }
        later = self._later(states)
        rows = [
            self._row(self.board.entries[identifier], state, later.get(identifier, ()))
            for identifier, state in states.items()
        ]
        rows.sort(key=lambda row: row.id)
        rows.sort(key=lambda row: row.notice.published_on, reverse=True)
        return rows

    def _state(
        self, identifier: str, day: date, statuses: Mapping[str, Status], successors: Mapping[str, list[str]]
    ) -> State:
        replacing = [other for other in successors[identifier] if other in self._shown]
        newest = max(replacing, key=self._newest, default=None)
        notice, status = self._sound[identifier], statuses[identifier]
        return State(status, mark_of(notice, status), newest, _removed(notice, day))

    def _later(self, today: dict[str, State]) -> dict[str, tuple[tuple[date, State], ...]]:
        """What each notice on the site becomes, by the dates of those that are public today."""
        public = {i: notice for i, notice in self._sound.items() if self._statuses[i] in PUBLIC}
        later: dict[str, list[tuple[date, State]]] = {identifier: [] for identifier in self._shown}
        for family in self._families(public):
            # The dates of what hangs on a board alone stay off the site.
            dated = (notice for identifier, notice in family.items() if identifier in self._shown)
            days = {day for notice in dated for day in turning_days(notice) if day > self.day}
            latest = {identifier: today[identifier] for identifier in family if identifier in self._shown}
            for day in sorted(days):
                statuses, successors = self._on(day, family)
                for identifier, before in latest.items():
                    state = self._state(identifier, day, statuses, successors)
                    if state != before:
                        later[identifier].append((day, state))
                        latest[identifier] = state
        return {identifier: tuple(found) for identifier, found in later.items()}

    def _families(self, notices: Mapping[str, Notice]) -> Iterator[dict[str, Notice]]:
        """Notices that replace one another, directly or through others; most stand alone."""
        near: dict[str, set[str]] = {identifier: set() for identifier in notices}
        for one in notices:
            for other in self._replaced_by[one]:
                if other in notices:
                    near[one].add(other)
                    near[other].add(one)
        waiting = set(notices)
        for identifier in sorted(notices):
            if identifier not in waiting:
                continue
            family, found = {identifier}, [identifier]
            while found:
                new = near[found.pop()] - family
                family |= new
                found.extend(new)
            waiting -= family
            yield {member: notices[member] for member in sorted(family)}

    def _row(self, entry: Entry, state: State, later: tuple[tuple[date, State], ...]) -> Published:
        notice = entry.notice
        assert notice is not None
        document = Document("", "") if state.removed else entry.document
        summary = notice.summary or _shortened(first_paragraph(document.html))
        return Published(
            notice=notice,
            state=state,
            document=document,
            attachments=() if state.removed else entry.attachments,
            summary="" if state.removed else summary,
            change=notice.change if notice.change and notice.change.date <= self.day else None,
            supersedes=tuple(target for target in entry.supersedes if target in self._shown),
            later=later,
        )

    def _newest(self, identifier: str) -> tuple[date, str]:
        return (self._sound[identifier].published_on, identifier)


def _removed(notice: Notice, day: date) -> bool:
    """Whether text and files are gone on a day."""
    return notice.removed_on is not None and notice.removed_on <= day


def _shortened(text: str) -> str:
    return text if len(text) <= SUMMARY_LENGTH else text[: SUMMARY_LENGTH - 1] + "…"
