"""`noticeboard serve`: live preview; problems appear on the page instead of ending it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import click
from mkdocs.exceptions import MkDocsException

from ..messages import Messages, messages
from .context import Usage, console, open_project, sub_command


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    address = click.Option(
        ["-a", "--address"], help=say("cli.option-address"), metavar=say("cli.metavar-address")
    )
    return sub_command("serve", _run, language, address)


class _InOurWords(logging.Handler):
    """MkDocs' preview server tells its progress in English only; the few lines that matter, in ours."""

    def __init__(self, say: Messages) -> None:
        super().__init__(logging.INFO)
        self._say = say
        self._out = console()

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if found := re.search(r"Serving on (\S+)", text):
            self._out.print(self._say("cli.serving", url=found[1]), markup=False)
        elif found := re.search(r"built in ([\d.]+) seconds", text):
            self._out.print(self._say("cli.rebuilt", seconds=found[1]), markup=False)
        elif record.levelno >= logging.WARNING:
            self._out.print(text, markup=False)


def _keeping_the_last_good(load: Callable[..., Any], path: str, say: Messages) -> Callable[..., Any]:
    """A reader of the configuration that says what is wrong and goes on with the one before."""
    kept: list[Any] = []

    def load_or_keep(**options: Any) -> Any:
        try:
            kept[:] = [load(**options)]
        except MkDocsException as error:
            if not kept:
                raise
            console().print(say("cli.bad-config", path=path, reason=error.format_message()), markup=False)
        return kept[0]

    return load_or_keep


def _run(language: str, address: str | None, config: str) -> int:
    from mkdocs.commands import serve

    say = messages(language)
    if address is not None and not re.fullmatch(r"[^\s:]+:[0-9]{1,5}", address):
        raise Usage(say("cli.bad-address", found=address))
    project = open_project(config, language, dev_addr=address)
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(_InOurWords(say))
    try:
        # The preview reads mkdocs.yml again at every change; one with a mistake must not end it.
        load = _keeping_the_last_good(serve.load_config, config, say)  # type: ignore[attr-defined]
        serve.load_config = load  # type: ignore[attr-defined]
        serve.serve(config, dev_addr=address)
    except OSError:
        host, port = project.config.dev_addr
        raise Usage(say("cli.address-in-use", address=f"{host}:{port}")) from None
    console().print(say("cli.stopped"), markup=False)
    return 0
