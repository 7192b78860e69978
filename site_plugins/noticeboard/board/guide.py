"""The disclosure guide (公开指南): what `guide.md` says, and whether the nine contents are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import law
from .body import EMPTY, read_body
from .document import Document, Renderer
from .fields import FRONT_MATTER_NAMES, GUIDE, names, read_fields
from .files import Tree
from .links import Links
from .problem import Fault, Place, Problem, excerpt
from .publisher import Publisher, Publishers, Regime
from .source import Mapping, Source, decode, hidden_in_body, read_source
from .values import Reader

GUIDE_FILE = "guide.md"
_PUBLISHERS = "publishers.yml"


@dataclass(frozen=True, slots=True)
class Guide:
    """`office` is the code of the responsible office (公开工作机构), by default the board's owner.

    Its name, address, hours, telephone, fax and mail stand in publishers.yml; the other three of the
    nine contents (条例第十二条) follow from the catalogue. `is_there` tells whether there is a file.
    """

    path: str
    is_there: bool
    office: str
    reviewed_on: date | None
    place: Place
    reading_places: tuple[str, ...]
    supervisor: str
    document: Document

    def problems_on(self, day: date) -> Iterator[Problem]:
        """A guide is looked through once a year; one that was not is a warning."""
        if not self.is_there:
            yield Problem("guide-missing", self.path)
            return
        months = law.limits().guide_review_months
        if self.reviewed_on is None or _months_between(self.reviewed_on, day) >= months:
            found = self.reviewed_on.isoformat() if self.reviewed_on else "—"
            params = {"found": found, "months": str(months)}
            yield Problem("guide-not-reviewed", self.path, self.place, "reviewed_on", params)


def _months_between(first: date, last: date) -> int:
    """Whole months that have passed."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def read_guide(
    path: str,
    data: bytes | None,
    root: Path,
    publishers: Publishers | None,
    renderer: Renderer,
    problems: list[Problem],
) -> Guide:
    """The guide as far as it can be read; what is missing or wrong is added to `problems`."""
    owner = publishers.owner if publishers else ""
    if data is None:
        return Guide(path, False, owner, None, Place(), (), "", EMPTY)
    source = _source(path, data, problems)
    node = source.front or Mapping((), Place())
    reader = Reader(path, read_fields(path, node, GUIDE, problems), problems)
    office = reader.choice("office", publishers.spellings, "publisher-unknown") if publishers else None
    given = reader.fields.get("reviewed_on")
    places = [reader.line("reading_places", node, 200) for node in reader.several("reading_places")]
    document = EMPTY
    if source.body.strip():
        links = _Elsewhere("", GUIDE_FILE, path.removesuffix(GUIDE_FILE), Tree(root))
        document, _ = read_body(source, links, renderer, problems)
        problems.extend(links.problems)
    guide = Guide(
        path, True, office or owner, reader.day("reviewed_on"), given.place if given else node.place,
        tuple(place for place in places if place), reader.paragraph("supervisor", 300) or "", document,
    )  # fmt: skip
    # 条例第十二条 binds governments; a village's board may have a guide as it likes.
    if publishers is not None and any(p.regime is Regime.GOVERNMENT for p in publishers.by_code.values()):
        list_path = path.removesuffix(GUIDE_FILE) + _PUBLISHERS
        problems.extend(_missing(list_path, publishers.by_code[guide.office]))
    return guide


class _Elsewhere(Links):
    """Links that lead off the site: no file goes out with the guide, and a notice may not be shown today."""

    def target(self, written: str, field: str, place: Place) -> str | None:
        self.name("guide-link", field, place, found=excerpt(written, 60))
        return None


def _source(path: str, data: bytes, problems: list[Problem]) -> Source:
    """The file in its two parts; one that has no front matter is text alone."""
    empty = Source(path, "", None, "", 1, ())
    try:
        text = decode(data)
    except Fault as fault:
        problems.append(Problem(fault.code, path, fault.place, "", fault.params))
        return empty
    if not text.strip():
        return empty
    if not text.lstrip().startswith("---"):
        if text.lstrip().partition("\n")[0].replace("：", ":").partition(":")[0].strip() in names(GUIDE):
            problems.append(
                Problem("front-matter-missing", path, params={"found": excerpt(text.lstrip(), 30)})
            )
            return empty
        problems.extend(hidden_in_body(path, text, 1))
        return Source(path, text, None, text, 1, ())
    source = read_source(path, data, names(GUIDE) | FRONT_MATTER_NAMES)
    problems.extend(source.problems)
    return source


def _missing(path: str, office: Publisher) -> Iterator[Problem]:
    """Those of the nine contents (条例第十二条) that the responsible office's entry lacks."""
    limits = law.limits()
    for field in limits.guide_office:
        if not getattr(office, field):
            params = {"found": office.name, "basis": limits.guide_basis}
            yield Problem("guide-field-missing", path, office.place, field, params)
