"""What a search costs a phone: bytes and seconds to the first result, beside Pagefind over the same notices.

    python scripts/bench_search.py [NOTICES] [--queries N] [--timed N] [--each]
                                   [--only own|pagefind] [--pagefind PROGRAM]

The notices and queries are those of `search_corpus.py` (default 10000). Each query starts with a cold cache.
Bytes are bodies as a common host sends them (gzip -6 where it is text): everything that was asked for until
the first result stood on the page, script, manifest, shards and notice. Headers are not counted, requests
are. Counts are compared with a naive scan of the folded texts. Needs a Chromium (as the browser tests do)
and, for Pagefind, the package `pagefind-bin-extended`, which is installed into the temporary folder; where
it cannot be had that half is left out. Chromium slows the network of Pagefind's worker, but hardly its
processor time: its seconds are rather too good.
"""

# ruff: noqa: E402  (the place of the browser is known to the tests)

from __future__ import annotations

import argparse
import gzip
import html
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "browser")]

import chromium
from playwright.sync_api import Browser, Page, sync_playwright

from noticeboard.search.fold import fold
from noticeboard.search.index import Index
from search_corpus import AS_OF, SearchNotice, collection_of, notices, queries

#: "Slow 4G" of Chrome's developer tools, in milliseconds and bytes a second, and a phone's processor.
LATENCY, DOWN, UP, SLOWER = 562.5, 180_000, 84_375, 4
#: Results that the search page asks for at once.
ROWS = 10
#: What hosts compress; the rest is sent as it is.
TEXTS = frozenset({".html", ".js", ".json", ".css", ".svg", ".xml", ".txt"})
PAGEFIND = "pagefind-bin-extended==1.5.2"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
ENGINE = ROOT / "theme" / "assets" / "search-engine.js"


# --- serving ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A body that was sent."""

    path: str
    size: int


class Host:
    """Serves a folder from memory as a common host does, and remembers what it sent."""

    def __init__(self, folder: Path) -> None:
        self.sent: list[Sent] = []
        self._folder = folder
        self._bodies: dict[str, tuple[bytes, bool]] = {}
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the folder is, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Send what was asked for."""
        path = unquote(urlsplit(request.path).path).lstrip("/") or "index.html"
        file = self._folder / path
        if not file.is_file():
            request.send_error(404)
            return
        body, packed = self._body(path)
        self.sent.append(Sent(path, len(body)))
        request.send_response(200)
        request.send_header("Content-Type", guess_type(path)[0] or "application/octet-stream")
        request.send_header("Content-Length", str(len(body)))
        request.send_header("Cache-Control", "max-age=600")
        if packed:
            request.send_header("Content-Encoding", "gzip")
        request.end_headers()
        request.wfile.write(body)

    def _body(self, path: str) -> tuple[bytes, bool]:
        if path not in self._bodies:
            self._bodies[path] = as_sent(self._folder / path)
        return self._bodies[path]

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


def as_sent(file: Path) -> tuple[bytes, bool]:
    """The body of a file, and whether it is compressed on the way."""
    body = file.read_bytes()
    packed = file.suffix in TEXTS
    return (gzip.compress(body, 6, mtime=0) if packed else body), packed


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """The folder on a host for a while."""
    host = Host(folder)
    try:
        yield host
    finally:
        host.close()


# --- two searches over the same notices -------------------------------------------------------------------

#: A page with a field and a list. The engine is made ready when the field gets the focus, as on the board's
#: pages. `entered` answers with the moments at which the query came and the first result stood there, by the
#: page's clock, and with how many there are, as soon as ROWS results and what filters need have come.
PAGE = """\
<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>查找</title></head>
<body><label>查找 <input id="field" type="search"></label><ol id="results"></ol>
%s
<script>
"use strict";
var field = document.getElementById("field"), list = document.getElementById("results");
var given = new URLSearchParams(location.search);
var ROWS = Number(given.get("rows"));
function shown(title) {
  var item = document.createElement("li");
  item.textContent = title;
  list.appendChild(item);
  return new Promise(function (done) {
    requestAnimationFrame(function () { done(performance.now()); });
  });
}
field.addEventListener("focus", function () { ready(); });
window.entered = function (query) {
  var from = performance.now();
  field.value = query;
  return find(query).then(function (found) {
    var coming = found.rows.slice(0, ROWS).map(row);
    var first = coming.length ? coming[0].then(shown) : shown("没有找到");
    return Promise.all([first, ROWS > 1 ? beside() : null].concat(coming)).then(function (all) {
      return {from: from, first: all[0], total: found.total};
    });
  });
};
%s
if (given.has("q")) window.answered = window.entered(given.get("q"));
</script></body></html>
"""

OWN_SCRIPT = """\
var engine = noticeboardSearch.open("search/", "1", function () { return "%s"; });
function ready() { return engine.ready().then(function () { return null; }); }
function find(query) {
  return engine.search(query, {widely: true}).then(function (found) {
    var answer = {total: found.strict.length, rows: found.all};
    return found.all.length ? answer : engine.offers(query).then(function () { return answer; });
  });
}
function row(number) { return engine.notice(number).then(function (notice) { return notice.title; }); }
function beside() { return engine.columns().then(function () { return null; }); }
"""

PAGEFIND_SCRIPT = """\
var opened;
function engine() {
  return opened = opened || import("./pagefind/pagefind.js").then(function (module) {
    return module.init().then(function () { return module; });
  });
}
function ready() { return engine().then(function () { return null; }); }
function find(query) {
  return engine().then(function (module) { return module.search(query); }).then(function (found) {
    return {total: found.results.length, rows: found.results};
  });
}
function row(result) { return result.data().then(function (data) { return data.meta.title; }); }
function beside() { return null; }
"""


@dataclass(frozen=True)
class Rival:
    """A search in a folder with a page; `engine` says whether a path is the engine's own code."""

    name: str
    folder: Path
    engine: Callable[[str], bool]


@dataclass(frozen=True)
class Spent:
    """Seconds of processor and by the clock."""

    processor: float
    clock: float

    def __str__(self) -> str:
        return f"{self.processor:.2f} s processor, {self.clock:.2f} s by the clock"


def processor() -> float:
    """Processor seconds of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextmanager
def measured(into: list[Spent]) -> Iterator[None]:
    """Append what the block takes."""
    clock, used = time.perf_counter(), processor()
    yield
    into.append(Spent(processor() - used, time.perf_counter() - clock))


def make_own(folder: Path, made: Sequence[SearchNotice]) -> Rival:
    """The board's own index of these notices; what it takes, and what one more sentence takes, is printed."""
    spent: list[Spent] = []
    collection = collection_of(made)
    with measured(spent):
        index = Index(collection)
    with measured(spent):
        for name, content in index.files.items():
            file = folder / "search" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    print(f"  build: {spent[0]}; writing the files: {spent[1].clock:.2f} s")
    at = len(made) // 2
    changed = replace(collection.documents[at], text=collection.documents[at].text + "\n补充一句。")
    documents = (*collection.documents[:at], changed, *collection.documents[at + 1 :])
    with measured(spent):
        again = Index(replace(collection, documents=documents), index)
    others = sum(again.files.get(name) != content for name, content in index.files.items())
    print(f"  build: {spent[2]} for one changed notice ({others} files differ)")
    shutil.copy(ENGINE, folder)
    (folder / "index.html").write_text(
        PAGE % (f'<script src="{ENGINE.name}"></script>', OWN_SCRIPT % AS_OF.isoformat()), encoding="utf-8"
    )
    return Rival("own", folder, lambda path: path == ENGINE.name)


def pagefind_program(given: str, place: Path) -> Path | str:
    """The program of Pagefind, or why there is none."""
    if given:
        return Path(given) if Path(given).is_file() else f"no file {given}"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(place), PAGEFIND]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"{PAGEFIND} cannot be installed: {done.stderr.strip().splitlines()[-1:]}"
    found = [path for path in (place / "pagefind_bin_extended").glob("pagefind_extended*") if path.is_file()]
    return found[0] if found else f"{PAGEFIND} holds no program for this machine"


def write_pages(folder: Path, made: Sequence[SearchNotice]) -> None:
    """A page for each notice, simple as it can be."""
    for number, notice in enumerate(made):
        lines = [notice.document_number, notice.index_number, *notice.text.split("\n")]
        lines += [line for name, text in notice.attachments for line in (name, *text.split("\n"))]
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines if line)
        page = folder / "n" / str(number) / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(
            '<!doctype html><html lang="zh"><head><meta charset="utf-8"></head><body data-pagefind-body>'
            f"<h1>{html.escape(notice.title)}</h1>\n{body}</body></html>\n",
            encoding="utf-8",
        )


def make_pagefind(folder: Path, program: Path, made: Sequence[SearchNotice]) -> Rival:
    """Pagefind's index over pages with these notices; what it takes is printed."""
    write_pages(folder, made)
    spent: list[Spent] = []
    with measured(spent):
        subprocess.run([program, "--site", folder, "--silent"], check=True, capture_output=True)
    print(f"  build: {spent[0]} (all again for one changed notice)")
    shutil.rmtree(folder / "n")
    (folder / "index.html").write_text(PAGE % ("", PAGEFIND_SCRIPT), encoding="utf-8")
    own = frozenset({"pagefind/pagefind.js", "pagefind/pagefind-worker.js"})
    return Rival("Pagefind", folder, lambda path: path in own or path.startswith("pagefind/wasm."))


# --- asking -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """How many were found, what was sent for it, and the milliseconds to the first result.

    They count from the query's entry into a page whose field has the focus, or from opening a link with it.
    """

    total: int
    bodies: tuple[Sent, ...]
    first: float

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(sent.size for sent in self.bodies)


class Phone:
    """A browser with one host; it knows nothing yet, for each query again."""

    def __init__(self, browser: Browser, host: Host, *, slow: bool) -> None:
        self._browser, self._host, self._slow = browser, host, slow

    def enter(self, query: str, rows: int) -> Answer:
        """Type the query into the field, and wait for so many results."""
        with self._page() as page:
            page.goto(f"{self._host.address}/index.html?rows={rows}", wait_until="load")
            page.focus("#field")
            page.evaluate("() => ready()")
            page.wait_for_load_state("networkidle")
            return self._answer(page.evaluate("query => window.entered(query)", query))

    def follow(self, query: str, rows: int) -> Answer:
        """Open a link with the query."""
        with self._page() as page:
            link = f"{self._host.address}/index.html?rows={rows}&q={quote(query)}"
            page.goto(link, wait_until="commit")
            page.wait_for_function("() => window.answered")
            return self._answer({**page.evaluate("() => window.answered"), "from": 0})

    def _answer(self, got: dict[str, Any]) -> Answer:
        bodies = tuple(sent for sent in self._host.sent if sent.path != "index.html")
        return Answer(got["total"], bodies, got["first"] - got["from"])

    @contextmanager
    def _page(self) -> Iterator[Page]:
        context = self._browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.set_default_timeout(120_000)
        self._host.sent.clear()
        if self._slow:
            slow_down(page)
        try:
            yield page
        finally:
            context.close()


def slow_down(page: Page) -> None:
    """A phone's processor and network."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    conditions = {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP}
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


@dataclass(frozen=True)
class Truth:
    """The folded lines of each notice, for a naive scan."""

    texts: tuple[str, ...]

    @classmethod
    def of(cls, made: Sequence[SearchNotice]) -> Truth:
        """Everything of a notice that may be found."""
        return cls(tuple("\n".join(map(fold, lines_of(notice))) for notice in made))

    def count(self, query: str) -> int:
        """How many notices contain every word."""
        words = [fold(word) for word in query.split()]
        return sum(all(word in text for word in words) for text in self.texts)


def lines_of(notice: SearchNotice) -> Iterator[str]:
    """Every line of a notice in which something can be found."""
    yield from (notice.title, notice.document_number, notice.index_number)
    yield from notice.text.split("\n")
    for name, text in notice.attachments:
        yield from (name, *text.split("\n"))


# --- figures ----------------------------------------------------------------------------------------------


def spread(values: Iterable[float], unit: str, digits: int = 0) -> str:
    """Median, nine tenths, worst."""
    ordered = sorted(values)
    figures = (statistics.median(ordered), ordered[math.ceil(len(ordered) * 0.9) - 1], ordered[-1])
    names = ("median", "p90", "worst")
    return (
        ", ".join(f"{name} {figure:,.{digits}f}" for name, figure in zip(names, figures, strict=True)) + unit
    )


def describe_files(folder: Path, pages: frozenset[str]) -> str:
    """Number and sizes of the files of an index, raw and as they are sent."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in pages]
    raw = sum(path.stat().st_size for path in files)
    sent = {path: len(as_sent(path)[0]) for path in files}
    largest = max(sent, key=lambda path: sent[path])
    return (
        f"{len(files):,} files, {raw / 1e6:.1f} MB raw, {sum(sent.values()) / 1e6:.1f} MB as sent; "
        f"largest as sent {sent[largest]:,} ({largest.relative_to(folder)})"
    )


def compare(
    rival: Rival, browser: Browser, truth: dict[str, int], timed: Sequence[str], *, in_full: bool
) -> None:
    """Ask everything, and print what it took."""
    with hosted(rival.folder) as host:
        phone = Phone(browser, host, slow=False)
        answers = {query: phone.enter(query, 1) for query in truth}
        print_answers(rival, answers, truth, in_full=in_full)
        if timed:
            print(f"  {len(timed)} queries, the first {ROWS} results and the filters asked for at once:")
            print(
                f"    bytes of all these  {spread([phone.enter(query, ROWS).size for query in timed], ' B')}"
            )
            print("    seconds to the first result at a phone's speed", flush=True)
            phone = Phone(browser, host, slow=True)
            for name, ask in (("entered in a page", phone.enter), ("opened by a link ", phone.follow)):
                seconds = {query: ask(query, ROWS).first / 1000 for query in timed}
                print(f"      {name} {spread(seconds.values(), ' s', 2)} ({worst(seconds)})", flush=True)
                for query in timed if in_full else ():
                    print(f"        {query} | {seconds[query]:.2f} s")


def print_answers(rival: Rival, answers: dict[str, Answer], truth: dict[str, int], *, in_full: bool) -> None:
    """How many counts are exact, and the bytes."""
    wrong = {query: answer.total for query, answer in answers.items() if answer.total != truth[query]}
    print(f"  counts exact: {len(truth) - len(wrong)} of {len(truth)}")
    if wrong:
        print("    not: " + ", ".join(f"{query} {many} for {truth[query]}" for query, many in wrong.items()))
    held = {query: answer for query, answer in answers.items() if truth[query]}
    print_bytes(rival, held, "that stand somewhere")
    others = {query: answer for query, answer in answers.items() if not truth[query]}
    print_bytes(rival, others, "that stand nowhere, with what is offered instead")
    for query, answer in answers.items() if in_full else ():
        sizes = " ".join(f"{sent.path}:{sent.size}" for sent in answer.bodies)
        print(f"      {query} | {answer.total} of {truth[query]} | {answer.size} | {sizes}")


def print_bytes(rival: Rival, answers: dict[str, Answer], which: str) -> None:
    """The bytes up to the first result."""
    if not answers:
        return
    whole = {query: answer.size for query, answer in answers.items()}
    bare = [
        sum(sent.size for sent in answer.bodies if not rival.engine(sent.path)) for answer in answers.values()
    ]
    requests = [len(answer.bodies) for answer in answers.values()]
    print(f"  bytes to the first result, {len(answers)} queries {which}:")
    print(f"    with the script     {spread(whole.values(), ' B')} ({worst(whole)})")
    print(f"    without it          {spread(bare, ' B')}")
    print(f"    requests            {spread(requests, '')}", flush=True)


def worst(values: Mapping[str, float]) -> str:
    """The query with the highest value."""
    return max(values, key=lambda query: values[query])


def evenly(of: Sequence[str], count: int) -> list[str]:
    """So many of them, from the whole length."""
    return [of[at * len(of) // count] for at in range(count)] if count < len(of) else list(of)


def options() -> argparse.Namespace:
    """What is asked for on the command line."""
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    command.add_argument("count", nargs="?", type=int, default=10000)
    command.add_argument("--queries", type=int, default=10**6, help="how many of the queries, at most")
    command.add_argument("--timed", type=int, default=50, help="how many of them at a phone's speed")
    command.add_argument("--each", action="store_true", help="print what each query fetched")
    command.add_argument("--only", choices=("own", "pagefind"), help="one of the two")
    command.add_argument("--pagefind", default="", help="the program, where it is installed already")
    return command.parse_args()


def main() -> None:
    """Build both over the same notices, ask both the same, print the figures of each."""
    asked = options()
    made = notices(asked.count)
    truth_of = Truth.of(made)
    truth = {
        query: truth_of.count(query) for query in evenly([query for query, _ in queries()], asked.queries)
    }
    timed = evenly([query for query, count in truth.items() if count], asked.timed)
    characters = sum(len(line) for notice in made for line in lines_of(notice))
    print(f"{len(made)} notices, {characters:,} characters; {len(truth)} queries, a cold cache for each.")
    print("Bytes are bodies, HTTP/1.1, gzip -6. The engine is open when a query is entered, not with a link.")
    print(f"A phone's speed: processor {SLOWER} times slower, slow 4G ({LATENCY} ms to each answer,")
    print(f"{DOWN:,} B/s down, {UP:,} B/s up).")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        program = chromium.find(Path(playwright.chromium.executable_path))
        if program is None:
            raise SystemExit("no browser found; see tests/browser/chromium.py")
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        for rival in rivals(Path(place), made, asked):
            print(f"  index: {describe_files(rival.folder, frozenset({'index.html'}))}")
            compare(rival, browser, truth, timed, in_full=asked.each)
        browser.close()


def rivals(place: Path, made: Sequence[SearchNotice], asked: argparse.Namespace) -> Iterator[Rival]:
    """The board's own search, then Pagefind if it can be had, one after the other."""
    for name in ("own", "pagefind"):
        (place / name).mkdir()
    if asked.only != "pagefind":
        print("own search", flush=True)
        yield make_own(place / "own", made)
    if asked.only != "own":
        program = pagefind_program(asked.pagefind, place / "program")
        if isinstance(program, str):
            print(f"Pagefind: left out, {program}")
            return
        print(f"Pagefind ({PAGEFIND})", flush=True)
        yield make_pagefind(place / "pagefind", program, made)


if __name__ == "__main__":
    main()
