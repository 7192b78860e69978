"""Where a file of the site comes from: which notice, and which files of the notices folder made it."""

from __future__ import annotations

from dataclasses import dataclass

from ..board.load import Entry
from ..views.outputs import Outputs, path_of
from ..views.poster import POSTERS


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of one file of a site.

    `kind` is page, attachment, poster or redirect of the one notice `entry`; collection for what many notices
    make together, theme, withheld for what remains of a notice that is not public now, or other where
    nothing accounts for it. `sources` are paths in the notices
    folder, `entry` is None where no single notice is meant.
    """

    kind: str
    entry: Entry | None = None
    sources: tuple[str, ...] = ()


def origin(path: str, outputs: Outputs, theme_files: frozenset[str]) -> Origin:
    """The origin of the file at `path`, relative to the site's root, with forward slashes."""
    entries = outputs.register.board.entries
    rows = outputs.register.published
    pages = {path_of(outputs.site.rows[identifier].url): identifier for identifier in rows}
    if (shown := pages.get(path)) is not None:
        return Origin("page", entries[shown], (entries[shown].path,))
    if (source := outputs.attachments.get(path)) is not None:
        entry = entries[pages[f"{path.rpartition('/')[0]}/index.html"]]
        return Origin("attachment", entry, (entry.path, source))
    if (wish := outputs.posters.get(path)) is not None:
        entry = entries[wish.sheet.id]
        return Origin("poster", entry, (entry.path,))
    for redirect in outputs.redirects:
        if path == path_of(redirect.address):
            target = next((i for i in rows if outputs.site.rows[i].url == redirect.target), None)
            return Origin("redirect", entries[target] if target else None)
    if path in theme_files:
        return Origin("theme")
    if path in outputs.paths():
        return Origin("collection", sources=tuple(entries[identifier].path for identifier in rows))
    for name, withheld in entries.items():
        if path.startswith((f"notices/{name}/", f"{POSTERS}{name}-")):
            return Origin("withheld", withheld, (withheld.path,))
    return Origin("other")
