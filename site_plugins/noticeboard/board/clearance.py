"""What a clearance is bound to: a digest over everything of a notice that the public will see.

A digest is one line of text, `1-<whole>-<marks>` or `1-<whole>-<marks>.<files>`:

- `1` is the form that is described here.
- `whole` is the SHA-256, in hexadecimal, of the JSON array `["1", [[part, value], …], [[address, name,
  sha256], …]]`, without white space and with every character outside ASCII escaped. The parts, in order of
  name, are `id`, `body` (the text between the front matter and the end, comments too), `default-audience`
  and `default-channels` (as they result from the notice and the catalogue), `counted-end` (the last day of a
  period in working days), and every key of the front
  matter by its English name, except the clearance and its flag. A value is JSON text: a string as YAML
  reads it, null where nothing is written, a list, or an object with sorted English keys. The files, in
  order of address, are all that the notice names.
- `marks` tell which part changed: for each part the letter of its place in PARTS (base64url) and three
  characters of base64url, the beginning of the SHA-256 of its value. `files` has six characters for each
  file: three for its address, three for its name and bytes.

Line ends and a byte-order mark do not count: git and editors change them. They do not count either in
attached files of TEXT_KINDS that hold no NUL; every other byte of an attachment counts. Nothing else is
forgiven. PARTS grows at the end only, with NOTICE, so that old digests stay right.
"""

from __future__ import annotations

import json
import posixpath
import re
import string
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .fields import ATTACHMENT, CHANGE, EFFECTIVE, NOTICE, Key, spellings
from .files import MAX_FILE_BYTES, Tree
from .links import Attachment
from .notice import Notice
from .problem import Param, Problem, as_argument
from .source import Listing, Mapping, Node, Scalar, Source

#: Front matter that says who cleared the notice, not what the public sees.
RECORD = frozenset({"confidentiality_cleared", "clearance"})
_KEYS = tuple(key.name for key in NOTICE if key.name not in RECORD)
#: How many of them there were when the form was made.
_OF_THE_FIRST = 20
#: Every part that has a letter, in this order.
PARTS = (
    *("id", "body", "default-audience", "default-channels"),
    *_KEYS[:_OF_THE_FIRST],
    "counted-end",
    *_KEYS[_OF_THE_FIRST:],
)
#: Those that do not stand in the notice's own file.
_OF_THE_BOARD = frozenset({"id", "default-audience", "default-channels", "counted-end"})
_IN_WORKING_DAYS = spellings(EFFECTIVE, "working_days")
#: Kinds of attachments whose line ends git may change.
TEXT_KINDS = frozenset((".csv", ".txt", ".rtf", ".htm", ".html"))

_LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
_DIGEST = re.compile(r"1-([0-9a-f]{64})-((?:[\w-]{4})+)(?:\.((?:[\w-]{6})+))?", re.ASCII)
_NESTED = {"effective": EFFECTIVE, "change": CHANGE, "attachments": ATTACHMENT}
_SPELLED = {spelling: key.name for key in NOTICE for spelling in (key.name, *key.aliases)}


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest taken apart: the hash of all, a mark by part, and a mark by mark of address."""

    whole: str
    marks: dict[str, str]
    files: dict[str, str]

    def __str__(self) -> str:
        marks = "".join(_LETTERS[PARTS.index(part)] + mark for part, mark in self.marks.items())
        files = "".join(address + mark for address, mark in self.files.items())
        return f"1-{self.whole}-{marks}" + (f".{files}" if files else "")


def read_digest(text: str) -> Digest | None:
    """A digest as it stands in a record; None for what is none, or of a later form."""
    match = _DIGEST.fullmatch(text)
    if match is None:
        return None
    marks = {_LETTERS.index(one[0]): one[1:] for one in _cut(match[2], 4)}
    if max(marks) >= len(PARTS):
        return None
    files = {one[:3]: one[3:] for one in _cut(match[3] or "", 6)}
    return Digest(match[1], {PARTS[index]: mark for index, mark in marks.items()}, files)


def _cut(text: str, width: int) -> Iterator[str]:
    return (text[at : at + width] for at in range(0, len(text), width))


def digest_of(notice: Notice, source: Source, attachments: Iterable[Attachment], tree: Tree) -> Digest:
    """The digest of a notice as it stands in the folder now. Raises OSError for a file that is gone."""
    parts = {
        **written(source),
        "id": _json(notice.id),
        "default-audience": _json(notice.audience),
        "default-channels": _json(notice.channels),
        **_counted_end(notice, source),
    }
    files = sorted((file.address, file.name, _bytes_of(tree, file.path)) for file in attachments)
    whole = sha256(_json(["1", sorted(parts.items()), files]).encode()).hexdigest()
    marks = {part: _mark(parts[part]) for part in PARTS if part in parts}
    return Digest(whole, marks, {_mark(file[0]): _mark(_json(file)) for file in files})


def _counted_end(notice: Notice, source: Source) -> dict[str, str]:
    """The last day of a period in working days: other holidays give another one."""
    entries = source.front.entries if source.front else ()
    periods = (node for key, node in entries if _SPELLED.get(key.text) == "effective")
    keys = {key.text for node in periods if isinstance(node, Mapping) for key, _ in node.entries}
    if notice.effective.until is None or keys.isdisjoint(_IN_WORKING_DAYS):
        return {}
    return {"counted-end": _json(notice.effective.until.isoformat())}


def written(source: Source) -> dict[str, str]:
    """The parts that stand in the notice's own file, each as JSON text."""
    parts = {"body": _json(source.body)}
    for key, node in source.front.entries if source.front else ():
        name = _SPELLED.get(key.text, key.text)
        if name not in RECORD and (value := _plain(node, _NESTED.get(name, ()))) is not None:
            parts[name] = _json(value)
    return parts


def changed_text(recorded: Digest, source: Source) -> tuple[str, ...]:
    """The parts of a notice's own file that are not what they were when the digest was taken."""
    now = {part: _mark(value) for part, value in written(source).items()}
    ours = (part for part in PARTS if part not in _OF_THE_BOARD)
    return tuple(part for part in ours if now.get(part) != recorded.marks.get(part))


def _plain(node: Node, table: tuple[Key, ...]) -> Any:
    """A node as JSON has it; the keys of a mapping by their English names."""
    if isinstance(node, Scalar):
        return None if node.is_empty else node.text
    if isinstance(node, Listing):
        return [_plain(item, table) for item in node.items]
    names = {spelling: key.name for key in table for spelling in (key.name, *key.aliases)}
    return {names.get(key.text, key.text): _plain(value, ()) for key, value in node.entries}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _mark(text: str) -> str:
    """18 bits of a text: enough to tell what changed, far too few to be the proof that nothing did."""
    return urlsafe_b64encode(sha256(text.encode()).digest())[:3].decode()


def _bytes_of(tree: Tree, path: str) -> str:
    """SHA-256 of a file; of a text without the carriage returns that git may add or take."""
    if path in tree.too_large:
        return ""  # named as such, and withheld for it
    if posixpath.splitext(path)[1].lower() in TEXT_KINDS:
        data = tree.read(path, MAX_FILE_BYTES)
        if b"\0" not in data:
            return sha256(data.replace(b"\r\n", b"\n")).hexdigest()
    return tree.sha256(path)


def clearance_problems(
    notice: Notice, source: Source, attachments: tuple[Attachment, ...], tree: Tree, prefix: str, bound: bool
) -> Iterator[Problem]:
    """Whether the record of a cleared notice is bound to what stands there now.

    `bound` demands a digest; one that is there must be right in any case: it is a promise.
    """
    record = notice.clearance
    if not notice.cleared or record is None or record.date is None:
        return
    place, file = record.places.get("digest", record.place), as_argument(source.path)
    if not record.digest:
        if bound:
            yield Problem("clearance-unbound", source.path, place, "clearance.digest", {"file": file})
        return
    recorded = read_digest(record.digest)
    if recorded is None:
        found = {"found": record.digest[:12], "file": file}
        yield Problem("clearance-digest", source.path, place, "clearance.digest", found)
        return
    now = digest_of(notice, source, attachments, tree)
    if now.whole != recorded.whole:
        params: dict[str, Param] = {
            "reviewer": record.reviewer,
            "date": record.date.isoformat(),
            **_difference(recorded, now, source, attachments, prefix),
            "when": ("unknown",),
            "file": file,
        }
        yield Problem("clearance-changed", source.path, place, "clearance.digest", params)


def _difference(
    recorded: Digest, now: Digest, source: Source, attachments: tuple[Attachment, ...], prefix: str
) -> dict[str, Param]:
    """`parts`: what changed, for the wording. `files`: the files in which it did, for git."""
    changed = [part for part in PARTS if recorded.marks.get(part) != now.marks.get(part)]
    for field in ("audience", "channels"):
        if field in changed and f"default-{field}" in changed:
            changed.remove(f"default-{field}")
    paths = {prefix + "catalogue.yml"} if any(part.startswith("default-") for part in changed) else set()
    if any(not part.startswith("default-") for part in changed):
        paths.add(source.path)
    for file in attachments:
        address = _mark(file.address)
        if recorded.files.get(address) != now.files[address]:
            changed.append(f"file:{file.name}" if address in recorded.files else f"file-new:{file.name}")
            paths.add(prefix + file.path)
    if gone := len(recorded.files.keys() - now.files.keys()):
        changed.append(f"files-gone:{gone}")
        paths.add(source.path)
    return {"parts": tuple(changed) or ("unknown",), "files": tuple(sorted(paths or {source.path}))}
