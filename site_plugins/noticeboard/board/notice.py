"""What a notice is, and how one is read from its front matter."""

from __future__ import annotations

import re
from base64 import b32encode
from calendar import monthrange
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from .catalogue import AUDIENCES, Catalogue, read_channels
from .fields import ATTACHMENT, CHANGE, CLEARANCE, EFFECTIVE, NOTICE, SEEN, WAIVER, Fields, read_fields
from .period import LONG_TERM, Period, of_days, of_working_days
from .problem import Place, Problem, as_argument, excerpt
from .publisher import Publishers
from .source import Listing, Mapping, Node, Scalar, Source
from .values import Reader, spelled
from .workdays import WorkingDays

CHANGE_TYPES = spelled({"amended": "变更", "withdrawn": "撤销", "terminated": "终止"})
#: 政府信息公开目录系统实施指引: the institution's code, a slash, the year and a five-digit serial.
NATIONAL_FORM = "{institution}/{year}-{serial:05d}"
_PERIOD_TEXT = re.compile(r"(\S+?)\s*(?:至|到|~|～|—+|--)\s*(\S+)")
_LONG_TERM_TEXT = re.compile(r"(\S+?)\s*起\s*[，,]?\s*长期")
_DUTY_PERIOD = re.compile(r"[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?")
_SHA256 = re.compile("[0-9a-f]{64}")
#: What of the record is read in a draft too.
_OF_DRAFTS = frozenset({"referred_to", "unreadable", "waivers"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that no machine can read: the SHA-256 of its bytes, and the person who looked at it."""

    sha256: str
    reviewer: str
    place: Place


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that may stay, by its fingerprint, with who decided so and the legal reason."""

    finding: str
    reviewer: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Clearance:
    """The record of the confidentiality review (条例第十七条，保密法实施条例第四十二条).

    `digest` binds it to what was reviewed (see clearance.py). `referred_to` names the authority that was
    asked whether the notice may be public at all; as long as it stands there, it is not. In a draft only
    `referred_to`, `unreadable` and `waivers` are read, and there is neither reviewer nor date.
    """

    reviewer: str
    date: date | None
    place: Place
    approver: str = ""
    basis: str = ""
    note: str = ""
    digest: str = ""
    referred_to: str = ""
    unreadable: tuple[Seen, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    places: Table[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a notice after publication; `type` is amended, withdrawn or terminated.

    `remove_text` takes body and attachments away from `date` on; title, number, dates and reason stay.
    """

    type: str
    date: date
    reason: str
    place: Place
    remove_text: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Something a notice names: as written, with where it stands."""

    text: str
    place: Place
    name: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice whose front matter is entirely understood. Whether it may be seen is not said here.

    `record_needed` tells that the flag alone clears nothing: there must be a record of the review.
    """

    id: str
    path: str
    title: str
    category: str
    publisher: str
    formed_on: date
    published_on: date
    effective: Period
    cleared: bool
    clearance: Clearance | None
    index_number: str
    document_number: str | None
    summary: str | None
    audience: str
    channels: tuple[str, ...]
    supersedes: tuple[Reference, ...]
    change: Change | None
    erase_on: date | None
    attachments: tuple[Reference, ...]
    contact: str
    supervision_phone: str
    duty_period: str | None
    limit_from: date
    late_reason: str
    places: Table[str, Place]
    record_needed: bool = True

    @property
    def short(self) -> str:
        """The six characters of the short address."""
        return short_code(self.id)

    @property
    def on_website(self) -> bool:
        return "website" in self.channels

    @property
    def on_board(self) -> bool:
        return "board" in self.channels

    def place(self, field: str) -> Place:
        """Where a field stands in the file; its beginning where the field is not written."""
        return self.places.get(field, Place())

    @property
    def tells_published_on(self) -> str:
        """The field that the date of publication was taken from."""
        return "published_on" if "published_on" in self.places else "effective"

    @property
    def removed_on(self) -> date | None:
        """The day from which text and attachments are gone; None where that is not foreseen."""
        change = self.change
        days = [self.erase_on] if self.erase_on else []
        if change is not None and change.remove_text:
            days.append(change.date)
        return min(days, default=None)

    @property
    def starts(self) -> date:
        """The first day on which the public may see it."""
        return max(self.effective.first, self.published_on)


def period_end(period: str) -> date:
    """The last day of 2026, 2026-Q3 or 2026-09."""
    year, _, part = period.partition("-")
    month = 12 if not part else 3 * int(part[1:]) if part.startswith("Q") else int(part)
    return date(int(year), month, monthrange(int(year), month)[1])


def short_code(identifier: str) -> str:
    """First 6 characters of the lower-case base32 SHA-256 of an id."""
    return b32encode(sha256(identifier.encode()).digest()).decode()[:6].lower()


@dataclass(frozen=True, slots=True)
class Lists:
    """What the front matter refers to. None where a list could not be read: then it is not blamed."""

    publishers: Publishers | None
    catalogue: Catalogue | None
    working_days: WorkingDays
    numbering: str = NATIONAL_FORM
    record_needed: bool = True

    @property
    def categories(self) -> dict[str, str] | None:
        return self.catalogue.spellings if self.catalogue else None

    @property
    def publisher_names(self) -> dict[str, str] | None:
        return self.publishers.spellings if self.publishers else None


def read_notice(identifier: str, source: Source, lists: Lists, problems: list[Problem]) -> Notice | None:
    """The notice, or None with the reasons added to `problems`."""
    if source.front is None:
        return None
    before = len(problems)
    fields = read_fields(source.path, source.front, NOTICE, problems)
    reader = Reader(source.path, fields, problems)
    title = reader.text("title", 120)
    category = _listed(reader, "category", lists.categories, "category-unknown")
    publisher = _listed(reader, "publisher", lists.publisher_names, "publisher-unknown")
    formed_on = reader.day("formed_on")
    effective = _effective(reader, lists.working_days)
    published_on = reader.day("published_on") or (effective.first if effective else None)
    cleared = reader.flag("confidentiality_cleared")
    clearance = _clearance(reader, lists.record_needed) if cleared else _draft_record(reader)
    change = _change(reader)
    given_channels = read_channels(reader)
    audience = reader.choice("audience", AUDIENCES)
    erase_on = reader.day("erase_on")
    index_number = reader.text("index_number", 60)
    document_number = reader.text("document_number", 60)
    summary = reader.paragraph("summary", 200)
    supersedes = tuple(_reference(node) for node in reader.several("supersedes"))
    attachments = tuple(_attachments(reader))
    contact, phone = reader.paragraph("contact", 200), reader.text("supervision_phone", 60)
    duty_period = _duty_period(reader)
    limit_from, late_reason = reader.day("limit_from"), reader.paragraph("late_reason", 200)
    if len(problems) > before and any(p.severity == "error" for p in problems[before:]):
        return None
    if not (title and category and publisher and formed_on and effective and published_on) or cleared is None:
        return None
    if published_on < formed_on:
        where = "published_on" if fields.get("published_on") else "effective"
        params = {"found": published_on.isoformat(), "formed": formed_on.isoformat()}
        reader.name("published-before-formed", where, fields.get(where), **params)
        return None
    assert lists.catalogue is not None and lists.publishers is not None
    item, by = lists.catalogue.items[category], lists.publishers.by_code[publisher]
    if item.regime != by.regime:
        params = {"category": item.name, "publisher": by.name}
        reader.name("regime-mismatch", "category", fields.get("category"), **params)
    channels = given_channels or item.channels
    audience = audience or item.audience
    if audience != "public" and "website" in channels:
        reader.name("audience-on-website", "audience", fields.get("audience") or fields.get("category"))
    if effective.estimated:
        reader.name("period-estimated", "effective", fields.get("effective"), found=str(effective.until))
    if clearance and clearance.date and clearance.date > published_on:
        params = {"found": clearance.date.isoformat(), "published": published_on.isoformat()}
        problems.append(
            Problem("clearance-after-publication", source.path, clearance.place, "clearance.date", params)
        )
    return Notice(
        id=identifier,
        path=source.path,
        title=title,
        category=category,
        publisher=publisher,
        formed_on=formed_on,
        published_on=published_on,
        effective=effective,
        cleared=cleared,
        clearance=clearance,
        index_number=index_number
        or derived_index_number(identifier, publisher, by.institution_code, lists.numbering),
        document_number=document_number,
        summary=summary,
        audience=audience,
        channels=channels,
        supersedes=supersedes,
        change=change,
        erase_on=erase_on,
        attachments=attachments,
        contact=contact or by.phone,
        supervision_phone=phone or by.supervision_phone,
        duty_period=duty_period,
        limit_from=limit_from or formed_on,
        late_reason=late_reason or "",
        places=_places(fields),
        record_needed=lists.record_needed,
    )


def derived_index_number(identifier: str, publisher: str, institution_code: str, template: str) -> str:
    """The index number of a notice from its own place alone, so that it never changes.

    `template` is one of the configuration's. The serial counts within the publisher's own folder. In
    any other folder, and where the name holds no number, the short code of the id is added, which
    keeps it unique.
    """
    year, *folders, last = identifier.split("/")
    values = {"institution": institution_code or publisher, "publisher": publisher, "year": int(year)}
    digits = re.match(r"[0-9]+", last) or re.search(r"[0-9]+(?=[^0-9]*$)", last)
    if digits is None or len(digits[0]) > 8:
        # The front as the template has it, the short code where the serial would stand.
        head = template.partition("{serial")[0]
        return head.format_map(values) + short_code(identifier)
    number = template.format_map({**values, "serial": int(digits[0])})
    own_series = last == digits[0] and folders in ([], [publisher])
    return number if own_series else f"{number}-{short_code(identifier)}"


def _listed(reader: Reader, field: str, spellings: dict[str, str] | None, code: str) -> str | None:
    if spellings is None:
        return None
    return reader.choice(field, spellings, code)


def _effective(reader: Reader, calendar: WorkingDays) -> Period | None:
    node = reader.fields.get("effective")
    if isinstance(node, Scalar):
        return _effective_text(reader, node)
    parts = reader.nested("effective", EFFECTIVE)
    if node is None or parts is None:
        return None
    first, until_day = parts.day("from"), None
    ends = [key for key in ("until", "days", "working_days") if parts.fields.get(key) is not None]
    if len(ends) != 1:
        parts.name(
            "period-two-ends" if ends else "period-no-end",
            "",
            node,
            keys=tuple(f"effective.{end}" for end in ends),
        )
        return None
    until = parts.scalar("until")
    if until is not None and until.text.strip() not in LONG_TERM:
        until_day = parts.day("until")
    if first is None:
        return None
    try:
        if ends == ["days"]:
            days = parts.whole_number("days", 36500)
            return of_days(first, days) if days else None
        if ends == ["working_days"]:
            days = parts.whole_number("working_days", 2500)
            return of_working_days(first, days, calendar) if days else None
    except OverflowError:
        parts.name("period-too-long", ends[0], parts.fields.get(ends[0]))
        return None
    if until is None:
        return None
    if until.text.strip() in LONG_TERM:
        return Period(first, None)
    return _between(parts, "until", until, first, until_day)


def _effective_text(reader: Reader, node: Scalar) -> Period | None:
    text = node.text.strip()
    if match := _LONG_TERM_TEXT.fullmatch(text):
        first = reader.date_of("effective", node, match[1])
        return Period(first, None) if first else None
    if match := _PERIOD_TEXT.fullmatch(text):
        first = reader.date_of("effective", node, match[1])
        if first is None:
            return None
        if match[2] in LONG_TERM:
            return Period(first, None)
        return _between(reader, "effective", node, first, reader.date_of("effective", node, match[2]))
    reader.name("period-format", "effective", node, found=excerpt(text, 60))
    return None


def _between(reader: Reader, field: str, node: Scalar, first: date, until: date | None) -> Period | None:
    if until is None:
        return None
    if until < first:
        params = {"first": first.isoformat(), "until": until.isoformat()}
        reader.name("period-ends-before-it-starts", field, node, **params)
        return None
    return Period(first, until)


def _clearance(reader: Reader, needed: bool) -> Clearance | None:
    """The record of a notice that says it is cleared."""
    if reader.fields.get("clearance") is None:
        if needed:
            at = reader.fields.keys.get("clearance") or reader.fields.get("confidentiality_cleared")
            reader.name("clearance-missing", "clearance", at)
        return None
    parts = reader.nested("clearance", CLEARANCE)
    if parts is None:
        return None
    reviewer, day = parts.text("reviewer", 60), parts.day("date")
    rest = {key: parts.paragraph(key) or "" for key in ("approver", "basis", "note")}
    digest = parts.text("digest", 2000) or ""
    if referred_to := parts.text("referred_to", 60) or "":
        params = {"found": referred_to, "file": as_argument(reader.path)}
        parts.name("clearance-referred", "referred_to", parts.fields.get("referred_to"), **params)
    seen, waivers = _seen(parts, reviewer or ""), _waivers(parts)
    if not reviewer or day is None:
        return None
    places = _places(parts.fields)
    return Clearance(
        reviewer, day, places["date"], **rest, digest=digest, referred_to=referred_to,
        unreadable=seen, waivers=waivers, places=places,
    )  # fmt: skip


def _draft_record(reader: Reader) -> Clearance | None:
    """What must be known of a draft. The rest of its record may be half filled in."""
    node = reader.fields.get("clearance")
    if not isinstance(node, Mapping):
        return None
    found: list[Problem] = []
    fields = read_fields(reader.path, node, CLEARANCE, found, "clearance")
    parts = Reader(reader.path, fields, found, "clearance")
    record = Clearance(
        "", None, node.place, referred_to=parts.text("referred_to", 60) or "",
        unreadable=_seen(parts, ""), waivers=_waivers(parts), places=_places(fields),
    )  # fmt: skip
    told = (problem for problem in found if _OF_DRAFTS & set(problem.field.split(".")))
    reader.problems.extend(told)
    return record


def _seen(parts: Reader, reviewer: str) -> tuple[Seen, ...]:
    """The files that a person looked at; `reviewer` is whoever is not named beside one."""
    node = parts.fields.get("unreadable")
    found = []
    for item in node.items if isinstance(node, Listing) else () if node is None else (node,):
        value, by = _seen_one(parts, item, reviewer)
        if value is None:
            continue
        digest = value.text.strip().lower()
        if not _SHA256.fullmatch(digest):
            parts.name("seen-format", "unreadable", value, found=excerpt(digest, 20))
        elif by:
            found.append(Seen(digest, by, value.place))
    return tuple(found)


def _seen_one(parts: Reader, item: Node, reviewer: str) -> tuple[Scalar | None, str]:
    if isinstance(item, Mapping):
        within = f"{parts.within}unreadable"
        entry = Reader(
            parts.path, read_fields(parts.path, item, SEEN, parts.problems, within), parts.problems, within
        )
        return entry.scalar("sha256"), entry.text("reviewer", 60) or ""
    if isinstance(item, Scalar) and not item.is_empty:
        return item, reviewer
    parts.name("value-not-text", "unreadable", item)
    return None, ""


def _waivers(parts: Reader) -> tuple[Waiver, ...]:
    found = []
    for entry in parts.mappings("waivers", WAIVER):
        finding, by = entry.text("finding", 120), entry.text("reviewer", 60)
        if (reason := entry.paragraph("reason", 200)) and finding and by:
            found.append(Waiver(finding, by, reason, entry.fields.place))
    return tuple(found)


def _places(fields: Fields) -> dict[str, Place]:
    return {name: node.place for name, node in fields.values.items()}


def _change(reader: Reader) -> Change | None:
    parts = reader.nested("change", CHANGE)
    if parts is None:
        return None
    kind, day, reason = parts.choice("type", CHANGE_TYPES), parts.day("date"), parts.paragraph("reason")
    remove = parts.flag("remove_text") or False
    if remove and kind == "amended":
        parts.name("remove-text-amended", "remove_text", parts.fields.get("remove_text"))
    where = parts.fields.get("date")
    return Change(kind, day, reason, where.place, remove) if kind and day and reason and where else None


def _duty_period(reader: Reader) -> str | None:
    text = reader.text("period", 10)
    if text is not None and not _DUTY_PERIOD.fullmatch(text):
        reader.name("duty-period-format", "period", reader.fields.get("period"), found=text)
        return None
    return text


def _reference(node: Scalar, name: str = "") -> Reference:
    return Reference(node.text.strip(), node.place, name)


def _attachments(reader: Reader) -> list[Reference]:
    node = reader.fields.get("attachments")
    nodes = node.items if isinstance(node, Listing) else (node,) if node is not None else ()
    found = []
    for entry in nodes:
        if isinstance(entry, Scalar) and not entry.is_empty:
            found.append(_reference(entry))
        elif isinstance(entry, Mapping):
            fields: Fields = read_fields(reader.path, entry, ATTACHMENT, reader.problems, "attachments")
            parts = Reader(reader.path, fields, reader.problems, "attachments")
            path, name = parts.scalar("path"), parts.text("name", 120)
            if path is not None:
                found.append(_reference(path, name or ""))
        else:
            reader.name("value-not-text", "attachments", entry)
    return found
