"""`noticeboard search`: the site's own search on the terminal, from the same index with the same results."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.text import Text

from ..messages import Messages, messages
from ..search.find import STATUS_OF, Finder, Found
from ..search.index import Index
from ..search.near import Nearby, Offer
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
    register = open_project(config, language).whole_register(say)
    reader = Reader(Index(collection(Shelves(register, Words()))).files.get)
    answer = _Answer(Finder(reader, register.day), " ".join(query), widely=not strict)
    if form == "json":
        click.echo(json.dumps(answer.as_json(limit), ensure_ascii=False, indent=1))
    else:
        answer.print(say, limit or SHOWN)
    return 0


class _Answer:
    """What is found for a query, and what is offered where nothing is."""

    def __init__(self, finder: Finder, query: str, widely: bool) -> None:
        self._finder = finder
        self._query = query
        self._searched = query
        self._found: Found = finder.search(query, widely)
        self._how = self._found.how
        self._offers: tuple[Offer, ...] = ()
        if widely and not self._found.all:
            self._offers = Nearby(finder).offers(query)
            if self._offers and self._offers[0].kind == "pinyin":
                self._how, self._searched = "pinyin", self._offers[0].query
                self._found = finder.search(self._searched)

    def as_json(self, limit: int | None) -> dict[str, Any]:
        first, second = self._found.strict, self._found.related
        if not first:
            first, second = second, ()
        return {
            "query": self._query,
            "searched_for": self._searched,
            "how": self._how,
            "total": len(first),
            "results": [self._record(number) for number in first[:limit]],
            "related": [self._record(number) for number in second[:limit]],
            "offers": [
                {"kind": offer.kind, "query": offer.query, "count": offer.count} for offer in self._offers
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
        found, out = self._found, console()
        if self._how == "pinyin":
            out.print(say("cli.search-pinyin", query=self._query, word=self._searched), markup=False)
        if found.strict:
            out.print(say("cli.search-found", count=len(found.strict)), markup=False)
            self._list(say, found.strict[:limit])
        elif not found.related:
            out.print(say("cli.search-nothing", query=self._query), markup=False)
            for offer in self._offers:
                words = {"query": offer.query, "count": offer.count}
                out.print("  " + say(f"cli.search-offer.{offer.kind}", **words), markup=False)
        if found.related:
            key = "search-related" if found.strict else "search-only-related"
            out.print(say(f"cli.{key}", count=len(found.related), query=self._query), markup=False)
            self._list(say, found.related[: max(limit - len(found.strict), 1)])
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
