"""`noticeboard poster`: notices as PDF posters for the physical board."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from ..board.fields import suggest
from ..board.problem import errors
from ..board.register import Published, Register
from ..messages import Messages, messages
from ..posters.sheet import Orientation, Size, Style, Wish
from ..views.poster import LONGEST_ADDRESS, Posters
from ..views.shelves import Shelves
from ..views.words import Words
from .context import (
    Project,
    Usage,
    as_called,
    console,
    day_of,
    open_project,
    print_problems,
    publisher_code,
    sub_command,
    tracked,
    write_file,
)

#: Where posters go unless `--out` says otherwise, beside mkdocs.yml.
FOLDER = "posters"
#: The paper of the official layout.
_OFFICIAL = ((Size.A4, Orientation.AUTO), (Size.A4, Orientation.PORTRAIT))


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    return sub_command(
        "poster",
        _run,
        language,
        click.Argument(["notices"], nargs=-1, metavar=say("cli.metavar-notices")),
        click.Option(["--current"], is_flag=True, help=say("cli.option-poster-current")),
        click.Option(
            ["--publisher"], help=say("cli.option-poster-publisher"), metavar=say("cli.metavar-publisher")
        ),
        click.Option(["--since"], help=say("cli.option-poster-since"), metavar="YYYY-MM-DD"),
        _choice("size", Size, Size.A4, say),
        _choice("orientation", Orientation, Orientation.AUTO, say),
        _choice("style", Style, Style.BOARD, say),
        click.Option(
            ["--out"],
            type=click.Path(file_okay=False, path_type=Path),
            help=say("cli.option-poster-out", folder=FOLDER),
            metavar=say("cli.metavar-folder"),
        ),
    )


def _choice(name: str, values: type[Size | Orientation | Style], default: str, say: Messages) -> click.Option:
    return click.Option(
        [f"--{name}"],
        type=click.Choice([value.value for value in values], case_sensitive=False),
        default=default,
        show_default=True,
        help=say(f"cli.option-poster.{name}"),
    )


def _run(
    language: str,
    notices: tuple[str, ...],
    current: bool,
    publisher: str | None,
    since: str | None,
    size: str,
    orientation: str,
    style: str,
    out: Path | None,
    config: str,
) -> int:
    say = messages(language)
    project = open_project(config, language)
    register = project.whole_register(say)
    if not (notices or current or publisher or since):
        raise Usage(say("cli.poster-which"))
    if notices and (current or publisher or since):
        raise Usage(say("cli.poster-either"))
    if style == Style.OFFICIAL and (Size(size), Orientation(orientation)) not in _OFFICIAL:
        raise Usage(say("cli.poster-official"))
    chosen = (
        [_named(register, name, project, say) for name in notices]
        if notices
        else list(_selected(register, publisher, day_of(since, say) if since else None, say))
    )
    if not chosen:
        key = "poster-none-since" if since else "poster-none"
        console().print(say(f"cli.{key}", since=since), markup=False)
        return 0
    posters = Posters(Shelves(register, Words(), project.settings))
    wishes = [Wish(posters.sheet(row), Size(size), Orientation(orientation), Style(style)) for row in chosen]
    folder = out or project.home / FOLDER
    return _print(project, register, wishes, folder, say)


def _selected(
    register: Register, publisher: str | None, since: date | None, say: Messages
) -> Iterator[Published]:
    """The current notices of a board that has them on paper."""
    codes = {publisher_code(register, publisher, say)} if publisher else None
    for row in register.posted.values():
        if not (row.state.hangs and row.notice.on_board):
            continue
        if (codes is None or row.notice.publisher in codes) and (since is None or row.notice.starts >= since):
            yield row


def _named(register: Register, given: str, project: Project, say: Messages) -> Published:
    """A notice by id, path or index number. Raises Usage where it may not go to paper."""
    identifier = _identifier(register, given, project)
    if identifier is None:
        ids = sorted(register.board.entries, reverse=True)
        near = tuple(one for one in ids if one.endswith(given))[:5] or suggest(given, ids)
        raise Usage(say("cli.poster-unknown", found=given, suggestion=say("list").join(near or ids[:1])))
    row = register.posted.get(identifier)
    if row is None:
        status = register.status(identifier)
        path = register.board.entries[identifier].source.path
        key = "faulty" if errors(register.problems_of(identifier)) else status.value
        raise Usage(as_called(say(f"cli.poster-kept.{key}", path=path, status=say(f"statuses.{status}"))))
    if row.removed:
        raise Usage(say("cli.poster-removed", path=register.board.entries[identifier].source.path))
    return row


def _identifier(register: Register, given: str, project: Project) -> str | None:
    """What a clerk may have typed or pasted: an id, a path, an index number, a short or long address."""
    text = given.strip().replace("\\", "/").rstrip("/")
    for entry in register.board.entries.values():
        paths = {entry.id, entry.source.path, entry.path, f"{project.root.as_posix()}/{entry.path}"}
        paths |= {f"{project.prefix}{entry.id}", f"./{entry.source.path}"}
        ends = [f"/notices/{entry.id}"]
        if entry.notice is not None:
            paths |= {entry.notice.index_number, entry.notice.short}
            ends.append(f"/n/{entry.notice.short}")
        if text in paths or text.endswith(tuple(ends)):
            return entry.id
    return None


def _print(project: Project, register: Register, wishes: list[Wish], folder: Path, say: Messages) -> int:
    from ..printing import poster_problems

    out = console()
    printed = list(tracked(project.press().prints(wishes), len(wishes), say("cli.posters"), out))
    problems = poster_problems(printed, register.board)
    print_problems(console(stderr=True), problems, say)
    made = [one for one in printed if one.pdf]
    for one in printed:
        if not one.pdf and (old := folder / file_name(one.wish)).exists():
            old.unlink()
            console(stderr=True).print(say("cli.poster-old", path=old), markup=False)
    for one in made:
        target = folder / file_name(one.wish)
        write_file(target, one.pdf, say)
        out.print(say("cli.poster-made", path=target, pages=one.pages), markup=False)
    if made:
        out.print(say("cli.posters-made", count=len(made), folder=folder), markup=False)
    address = max((one.wish.sheet.address for one in made), key=len, default="")
    if len(address) > LONGEST_ADDRESS:
        params = {"address": address, "count": len(address), "most": LONGEST_ADDRESS}
        console(stderr=True).print(say("cli.poster-address-long", **params), markup=False)
    return 1 if problems else 0


def file_name(wish: Wish) -> str:
    """What a poster is called on a clerk's disk: `2026-santang-0012-A4.pdf`."""
    style = "-official" if wish.style is Style.OFFICIAL else ""
    return f"{wish.sheet.id.replace('/', '-')}-{wish.size}{style}.pdf"
