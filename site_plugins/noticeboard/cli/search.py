"""`noticeboard search`: the site's own search on the terminal, from the same index with the same results."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.text import Text

from ..messages import Messages, messages
from ..search.answer import Answer, answer
from ..search.find import STATUS_OF, Finder, Found
from ..search.index import Index
from ..search.query import parse
from ..search.reader import Reader
from ..search.snippet import marked, snippet
from ..views.search import collection
from ..views.shelves import Shelves
from ..views.words import Words
from .context import Usage, console, format_option, open_project, sub_command

#: Results that are printed as text unless `--limit` says otherwise.
SHOWN = 20


def command(language: str) -> click.Command:
    """The sub-command in one language."""
    say = messages(language)
    query = click.Argument(["query"], nargs=-1, required=True, metavar=say("cli.metavar-query"))
    strict = click.Option(["--strict"], is_flag=True, help=say("cli.option-strict"))
    limit = click.Option(["--limit"], type=click.IntRange(min=1), help=say("cli.option-limit", shown=SHOWN))
    made = sub_command("search", _run, language, query, strict, limit, format_option(say, "text", "json"))
    # A word that must not be there begins with a minus.
    made.context_settings = {"ignore_unknown_options": True}
    return made


def _run(
    language: str, query: tuple[str, ...], strict: bool, limit: int | None, form: str, config: str
) -> int:
    say = messages(language)
    if unknown := next((word for word in query if word.startswith("--")), None):
        raise Usage(say("cli.search-unknown-option", found=unknown))
    typed = " ".join(query)
    if not parse(typed):
        raise Usage(say("cli.search-empty"))
    register = open_project(config, language).whole_register(say)
    finder = Finder(Reader(Index(collection(Shelves(register, Words()))).files.get), register.day)
    shown = _Shown(finder, typed, answer(finder, typed, widely=not strict))
    if form == "json":
        click.echo(json.dumps(shown.as_json(limit), ensure_ascii=False, indent=1))
        return 0
    shown.print(say, limit or SHOWN)
    if unseen := len(register.board.entries) - len(register.published):
        console(stderr=True).print(say("cli.search-unseen", count=unseen), markup=False)
    return 0


class _Shown:
    """An answer on the terminal."""

    def __init__(self, finder: Finder, query: str, answer: Answer) -> None:
        self._finder = finder
        self._query = query
        self._answer = answer
        self._found: Found = answer.found

    def as_json(self, limit: int | None) -> dict[str, Any]:
        """What nearly matches is no result: it stands by itself."""
        found, how = self._found, self._answer.how
        near = found.all if how == "parts" else ()
        results = () if near else found.strict or found.related
        related = found.related if found.strict and not near else ()
        return {
            "query": self._query,
            "searched_for": self._answer.searched_for,
            "how": how,
            "total": len(results),
            "results": [self._record(number) for number in results[:limit]],
            "related": [self._record(number) for number in related[:limit]],
            "near": [self._record(number) for number in near[:limit]],
            "offers": [
                {"kind": offer.kind, "query": offer.query, "count": offer.count}
                for offer in self._answer.offers
            ],
        }

    def _record(self, number: int) -> dict[str, Any]:
        notice = self._finder.reader.notice(number)
        reasons = self._found.reasons.get(number, ())
        return {
            "id": notice["id"],
            "title": notice["title"],
            "url": notice["url"],
            "status": STATUS_OF[self._finder.marks[number]],
            "published_on": notice["published_on"],
            "period": notice["period"],
            "publisher": notice["publisher"],
            "category": notice["category"],
            "document_number": notice["document_number"] or None,
            "index_number": notice["index_number"],
            "because": [
                {"word": reason.word, "kind": reason.kind, "found": reason.found} for reason in reasons
            ],
            "snippet": "".join(
                piece.text for piece in snippet(self._finder.reader, number, self._found.words)
            ),
        }

    def print(self, say: Messages, limit: int) -> None:
        """The results as lines: status, day, publisher and title, then what stands around the words."""
        found, how, out = self._found, self._answer.how, console()
        if how not in ("words", "related"):
            out.print(say("cli.search-nothing", query=self._query), markup=False)
        if how in ("pinyin", "parts"):
            words = self._answer.searched_for
            out.print(say(f"cli.search-instead.{how}", words=words, count=len(found.all)), markup=False)
        for offer in self._answer.offers:
            texts = {"query": offer.query, "count": offer.count}
            out.print("  " + say(f"cli.search-offer.{offer.kind}", **texts), markup=False)
        if found.strict:
            if how == "words":
                out.print(say("cli.search-found", count=len(found.strict)), markup=False)
            self._list(say, found.strict[:limit])
        if found.related:
            key = "search-only-related" if how == "related" else "search-related"
            out.print(say(f"cli.{key}", count=len(found.related), query=self._query), markup=False)
            self._list(say, found.related[: max(limit - len(found.strict), 0)])
        if len(found.all) > limit:
            out.print(say("cli.search-more", shown=limit), markup=False)

    def _list(self, say: Messages, numbers: tuple[int, ...]) -> None:
        out = console()
        for number in numbers:
            record, words = self._record(number), self._found.words
            label = say(f"statuses.{self._finder.marks[number]}")
            out.print(Text.assemble(f"[{label}] {record['published_on']} ", _styled(record["title"], words)))
            out.print(Text(f"    {record['url']}"))
            if record["snippet"]:
                out.print(Text.assemble("    ", _styled(record["snippet"], words)))
            for reason in record["because"]:
                out.print(Text("    " + say(f"cli.search-because.{reason['kind']}", found=reason["found"])))


def _styled(line: str, words: tuple[str, ...]) -> Text:
    pieces = ((piece.text, "bold" if piece.marked else "") for piece in marked(line, words))
    return Text.assemble(*pieces)
