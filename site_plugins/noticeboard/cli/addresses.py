"""`noticeboard addresses`: no address that was ever public may die; new ones are added to the list."""

from __future__ import annotations

from pathlib import Path

import click

from ..board.addresses import AddressList, lost, unlisted, with_new
from ..board.edit import write_whole
from ..board.load import ADDRESSES_FILE
from ..board.problem import errors
from ..messages import Messages, messages
from .context import Usage, console, open_project, print_problems, sub_command


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    dry_run = click.Option(["--dry-run"], is_flag=True, help=messages(language)("cli.option-dry-run"))
    return sub_command("addresses", _run, language, dry_run)


def _run(language: str, dry_run: bool, config: str) -> int:
    from ..views.addresses import addresses_on_site

    say, out = messages(language), console()
    project = open_project(config, language)
    register = project.whole_register(say)
    board = register.board
    listed, existing = board.addresses, addresses_on_site(register)
    # What is wrong with the file itself; then nothing is added to it, and what it lacks is not known.
    faults = errors(problem for problem in register.problems if problem.path == listed.path)
    if faults:
        print_problems(out, tuple(faults), say)
        out.print(say("cli.addresses-lost", count=len(faults)), markup=False)
        return 1
    out.print(say("cli.addresses-counted", count=len(existing)), markup=False)
    new, gone = unlisted(listed, existing), tuple(lost(listed, existing))
    if new and not dry_run:
        _write(board.root / ADDRESSES_FILE, listed, new, say)
        out.print(say("cli.addresses-written", count=len(new), path=listed.path), markup=False)
    elif new:
        out.print(say("cli.addresses-new", count=len(new)), markup=False)
        for address in new:
            out.print(f"  {address}", markup=False)
        out.print(say("cli.addresses-to-write", path=listed.path), markup=False)
    else:
        out.print(say("cli.addresses-complete", path=listed.path), markup=False)
    if gone:
        print_problems(out, gone, say)
        out.print(say("cli.addresses-lost", count=len(gone)), markup=False)
    return 1 if gone else 0


def _write(path: Path, listed: AddressList, new: tuple[str, ...], say: Messages) -> None:
    """Put the longer list in the place of the old one, whole or not at all. Raises Usage."""
    text = listed.text if listed.text.strip() else say("cli.addresses-header") + "\n"
    try:
        write_whole(path, with_new(text, new).encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise Usage(say("cli.addresses-not-written", path=listed.path, reason=reason)) from None
