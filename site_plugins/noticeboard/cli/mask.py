"""`noticeboard mask`: a masked copy of a notice or of a file, and what was masked in it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..board.edit import write_whole
from ..gate.public import contacts_of, contacts_of_notice, known_to
from ..gate.told import unread_problem
from ..masking.look import Hit, Look, Seen
from ..masking.mask import KINDS, Masked, Refused, mask
from ..masking.notice import is_bound
from ..masking.rules import Rules
from ..messages import Messages, messages
from ..privacy.scan import Known
from ..readers.kinds import ending
from ..readers.limits import MAX_FILE
from ..readers.passage import Passage, Unread
from .context import Usage, console, format_option, open_project, sub_command

if TYPE_CHECKING:
    from rich.console import Console

    from ..board.load import Entry
    from ..board.source import Source
    from .context import Project

_CONFIG = "mkdocs.yml"
_FIRST_PLACES, _MOST_PLACES = 3, 30
#: Places of one kind in files that have lines; the reader calls them by cells too.
_LINED = frozenset({"md", "txt"})
#: Endings of other files → which way they can be masked after all.
_INSTEAD = {
    **dict.fromkeys(("xls", "xlt", "et", "ods", "xlsm", "xlsb", "tsv"), "sheet"),
    **dict.fromkeys(("doc", "wps", "odt", "rtf", "docm"), "document"),
    **dict.fromkeys(("pdf", "ofd"), "printed"),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "heic"), "picture"),
    **dict.fromkeys(("zip", "rar", "7z", "gz"), "archive"),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing as it is told: its kind, its place in words, what may be shown of it."""

    kind: str
    where: str
    shown: str


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    metavar = say("cli.metavar-file")
    options = [
        click.Argument(["file"], metavar=metavar),
        click.Option(["--out"], metavar=metavar, help=say("cli.option-mask-out")),
        click.Option(["--force"], is_flag=True, help=say("cli.option-mask-force")),
        click.Option(["--names"], is_flag=True, help=say("cli.option-mask-names")),
        format_option(say, "text", "json"),
    ]
    return sub_command("mask", _run, language, *options)


def _run(language: str, file: str, out: str | None, force: bool, names: bool, form: str, config: str) -> int:
    say = messages(language)
    path, look = _opened(file, names, config, language, say)
    copy = (
        Path(out) if out else path.with_name(f"{look.safe(path.stem)}{say('cli.mask-suffix')}{path.suffix}")
    )
    _refuse_place(path, copy, force, look, say)
    try:
        data = path.read_bytes()
        masked = mask(path.name, data, look)
        if masked.data != data or out:
            write_whole(copy, masked.data)
            written = look.safe(str(copy))
        else:
            written = ""
    except OSError as error:
        reason = error.strerror or str(error)
        raise Usage(say("cli.mask-failed", path=look.safe(file), reason=reason)) from None
    except Refused as refused:
        return _refused(refused, path, look, say)
    report = _Report(masked, path, look, say)
    if form == "json":
        click.echo(report.as_json(written))
    else:
        report.print(console(), written)
        if written:
            _say_what_next(console(), path, data, say)
    return 1 if report.left or report.unread else 0


def _opened(file: str, names: bool, config: str, language: str, say: Messages) -> tuple[Path, Look]:
    """The file, and what is masked in it by the board's rules. Raises Usage."""
    path, blank = Path(file), say("cli.mask-blank")
    chosen: dict[str, str] = {"names": "partial"} if names else {}
    if config == _CONFIG and not Path(config).is_file():
        look = Look(Rules(blank, chosen))
        console(stderr=True).print(say("cli.mask-no-board"), markup=False)
    else:
        project = open_project(config, language)
        options = project.plugin.config
        if not path.exists():
            path = project.home / file
        rules = Rules(blank, {**options.mask, **chosen})
        look = Look(rules, _known(project, path), options.privacy)
    if not path.is_file():
        raise Usage(say("cli.no-such-path", path=look.safe(file)))
    if path.stat().st_size > MAX_FILE:
        raise Usage(_unread_text(Unread("too-large"), path, look, say))
    return path, look


def _known(project: Project, file: Path) -> Known:
    """What the board makes public itself, and what the notices do that the file belongs to."""
    from ..board.load import load_board

    root, prefix = project.root, project.prefix
    try:
        own = file.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        own = ""

    def near(source: Source) -> bool:
        return own.startswith(source.path.removeprefix(prefix).rpartition("/")[0])

    board = load_board(root, prefix, reads=near if own else lambda source: False)
    notices = (entry for entry in board.entries.values() if own and own in _files(entry))
    contacts = contacts_of(board).union(*map(contacts_of_notice, notices))
    return replace(known_to(board), contacts=contacts)


def _files(entry: Entry) -> set[str]:
    return {entry.path, *(attachment.path for attachment in entry.attachments)}


def _refuse_place(path: Path, copy: Path, force: bool, look: Look, say: Messages) -> None:
    """Raises Usage where the copy must not be written."""
    shown = look.safe(str(copy))
    if copy.exists() and copy.samefile(path):
        raise Usage(say("cli.mask-original"))
    if ending(copy.name) != ending(path.name):
        raise Usage(say("cli.mask-ending", path=shown, ending=path.suffix))
    if any(hit.shown is not None for hit in look(Passage(copy.name))):
        raise Usage(say("cli.mask-name", path=shown))
    if copy.exists() and not force:
        raise Usage(say("cli.mask-exists", path=shown))


def _refused(refused: Refused, path: Path, look: Look, say: Messages) -> int:
    """1 for what must not be published at all. Raises Usage for what cannot be masked."""
    name = look.safe(path.name)
    if refused.reason == "secret":
        console(stderr=True).print(say("cli.mask-secret", path=name), markup=False)
        return 1
    if refused.unread is not None:
        raise Usage(_unread_text(refused.unread, path, look, say))
    if refused.reason == "kind":
        instead = say(f"cli.mask-instead.{_INSTEAD.get(ending(path.name), 'other')}")
        kinds = say("list").join(f".{kind}" for kind in KINDS)
        raise Usage(say("cli.mask-kind", path=name, kinds=kinds, instead=instead))
    raise Usage(say("cli.mask-encoding", path=name))


def _unread_text(unread: Unread, path: Path, look: Look, say: Messages) -> str:
    name, steps = look.safe(path.name), tuple((kind, look.safe(name)) for kind, name in unread.steps)
    message, hint = say.problem(unread_problem(name, replace(unread, steps=steps), sha256=""))
    return f"{name}{say('colon')}{message}\n{say('cli.hint', hint=hint)}"


class _Report:
    """What is told of one masked file; nothing in it is unmasked."""

    def __init__(self, masked: Masked, path: Path, look: Look, say: Messages) -> None:
        self._path = path
        self._look = look
        self._say = say
        self.done = [self._line(*found) for found in _each(masked.done)]
        rest = [(hit.doubtful, self._line(passage, hit)) for passage, hit in _each(masked.left)]
        self.left = [line for doubtful, line in rest if not doubtful]
        self.asked = [line for doubtful, line in rest if doubtful]
        self.unread = [_unread_text(unread, path, look, say) for unread in masked.unread]

    def _line(self, passage: Passage, hit: Hit) -> _Line:
        """A place in the words of `messages/`, or the line."""
        words = [
            self._say(f"places.{kind}", found=self._look.safe(name))
            for kind, name in passage.steps
            if ending(self._path.name) not in _LINED
        ]
        line = passage.place_of(hit.start).line
        where = self._say("places.then").join(words) if words else self._say("cli.mask-line", line=line)
        return _Line(hit.kind, where, hit.sample if hit.shown is None else hit.shown)

    def as_json(self, written: str) -> str:
        """For other programs: everything, place by place."""

        def records(lines: list[_Line]) -> list[dict[str, Any]]:
            return [{"kind": str(line.kind), "where": line.where, "shown": line.shown} for line in lines]

        return json.dumps(
            {
                "file": self._look.safe(str(self._path)),
                "copy": written or None,
                "masked": records(self.done),
                "left": records(self.left),
                "asked": records(self.asked),
                "unread": self.unread,
                "counts": {
                    "masked": len(self.done),
                    "left": len(self.left),
                    "asked": len(self.asked),
                    "unread": len(self.unread),
                },
            },
            ensure_ascii=False,
            indent=1,
        )

    def print(self, out: Console, written: str) -> None:
        """By kind, with how many and the first places."""
        say, name = self._say, self._look.safe(self._path.name)
        if self.done:
            out.print(say("cli.mask-done", path=name, count=len(self.done)), markup=False)
            self._print_kinds(out, self.done, _FIRST_PLACES)
        else:
            out.print(say("cli.mask-nothing", path=name), markup=False)
        for heading, lines, most in (
            (say("cli.mask-asked", count=len(self.asked)), self.asked, _FIRST_PLACES),
            (say("cli.mask-left", count=len(self.left)), self.left, _MOST_PLACES),
        ):
            if lines:
                out.print(heading, markup=False)
                self._print_kinds(out, lines, most)
        if self.unread:
            out.print(say("cli.mask-unread", count=len(self.unread)), markup=False)
            for text in self.unread:
                out.print("  " + text.replace("\n", "\n    "), markup=False)
        if written:
            out.print(say("cli.mask-written", path=written), markup=False)

    def _print_kinds(self, out: Console, lines: list[_Line], most: int) -> None:
        kinds: dict[str, list[_Line]] = defaultdict(list)
        for line in lines:
            kinds[line.kind].append(line)
        say = self._say
        for alike in kinds.values():
            count = say("cli.mask-count", count=len(alike))
            out.print(f"  {say(f'cli.mask-kinds.{alike[0].kind}')}  {count}", markup=False)
            for line in alike[:most]:
                out.print(f"    {line.where}{say('colon')}{line.shown}", markup=False)
            if len(alike) > most:
                out.print(f"    {say('cli.mask-more', count=len(alike) - most)}", markup=False)


def _each(seen: Seen) -> Iterator[tuple[Passage, Hit]]:
    return ((passage, hit) for passage, hits in seen for hit in hits)


def _say_what_next(out: Console, path: Path, data: bytes, say: Messages) -> None:
    is_notice = ending(path.name) == "md"
    out.print(say("cli.mask-next-notice" if is_notice else "cli.mask-next"), markup=False)
    if is_notice and is_bound(data):
        out.print(say("cli.mask-clear-again"), markup=False)
