"""The engine in the browser answers as the program does, loads what it needs, and gets over faults."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from builders import ROOT
from noticeboard.search.find import FILTERS, Choice
from noticeboard.search.fold import fold, lightly, variants
from noticeboard.search.index import Document
from noticeboard.search.query import parse
from noticeboard.search.snippet import Piece, marked, snippet
from search_cases import Board, a_board, a_collection, a_document, files_of, small

pytestmark = pytest.mark.browser

PAGE = b"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>engine</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<script src="search-engine.js"></script></head><body></body></html>"""
#: What a page does with a query: all that the engine can tell.
ANSWER = """
  async ([base, day, asks]) => {
    const engine = noticeboardSearch.open(base, "1", () => day);
    await engine.columns();
    const pieces = (all) => all.map((piece) => [piece.text, piece.marked]);
    const answers = [];
    for (const ask of asks) {
      const found = await engine.search(ask.query, { widely: true });
      const only = await engine.search(ask.query, { widely: false });
      const shown = [];
      for (const number of found.all.slice(0, 3)) {
        const record = await engine.notice(number);
        const snippet = await engine.snippet(number, found);
        shown.push([record.id, record.mark, pieces(engine.marked(record.title, found)), pieces(snippet)]);
      }
      answers.push({
        strict: found.strict, related: found.related, all: found.all, how: found.how, typed: found.typed,
        reasons: found.reasons, words: found.words.slice().sort(), only: only.all,
        newest: engine.newest(found.all),
        offers: found.all.length ? [] : await engine.offers(ask.query),
        chosen: ask.choices.map((choice) => engine.chosen(found.all, choice)),
        but: ask.choices.map((choice) => engine.chosen(found.all, choice, "status")),
        counts: ask.choices.map((choice) => engine.counts(found.all, choice)),
        shown: shown
      });
    }
    return answers;
  }
"""


class Town:
    """A folder on the server with the engine, a page, and one folder for each index."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        shutil.copy(ROOT / "theme/assets/search-engine.js", folder)
        (folder / "index.html").write_bytes(PAGE)

    def put(self, name: str, files: dict[str, bytes]) -> Path:
        """Publish an index, in the place of the one before."""
        index = self.folder / name
        shutil.rmtree(index, ignore_errors=True)
        for path, data in files.items():
            file = index / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return index


@pytest.fixture
def town(tmp_path: Path, server) -> Town:
    return Town(tmp_path, server.mount("/engine/", tmp_path))


@pytest.fixture
def reading(town: Town, visitor):
    opened = visitor(town.address)
    opened.go("")
    return opened


@pytest.fixture
def page(reading) -> Page:
    return reading.page


@pytest.fixture
def watch(reading):
    return reading.watch


def by_code_unit(words: tuple[str, ...]) -> list[str]:
    return sorted(words, key=lambda word: word.encode("utf-16-be"))


def expected(board: Board, query: str, choices: list[Choice]) -> dict[str, object]:
    """What the program answers, in the form in which the page tells it."""
    finder = board.finder
    found = finder.search(query)
    return {
        "strict": [*found.strict],
        "related": [*found.related],
        "all": [*found.all],
        "how": found.how,
        "typed": bool(parse(query)),
        "reasons": {
            str(number): [{"word": each.word, "kind": each.kind, "found": each.found} for each in reasons]
            for number, reasons in found.reasons.items()
        },
        "words": by_code_unit(found.words),
        "only": [*finder.search(query, widely=False).all],
        "newest": sorted(found.all, reverse=True),
        "offers": []
        if found.all
        else [
            {"kind": offer.kind, "query": offer.query, "count": offer.count}
            for offer in board.nearby.offers(query)
        ],
        "chosen": [[*finder.chosen(found.all, choice)] for choice in choices],
        "but": [[*finder.chosen(found.all, choice, "status")] for choice in choices],
        "counts": [finder.counts(found.all, choice) for choice in choices],
        "shown": [shown(board, number, found.words) for number in found.all[:3]],
    }


def shown(board: Board, number: int, words: tuple[str, ...]) -> list[object]:
    document = board.collection.documents[number]
    is_removed = bool(document.removed_on) and document.removed_on <= board.day.isoformat()
    around = [] if is_removed else snippet(board.finder.reader, number, words)
    return [
        document.id,
        board.finder.marks[number],
        as_pairs(marked(document.title, words)),
        as_pairs(around),
    ]


def as_pairs(pieces: list[Piece]) -> list[list[object]]:
    return [[piece.text, piece.marked] for piece in pieces]


def asks(board: Board, choices: list[Choice]) -> list[dict[str, object]]:
    given = [{name: getattr(choice, name) for name in FILTERS} for choice in choices]
    return [{"query": query, "choices": given} for query in board.queries]


@pytest.mark.parametrize("seed", range(40))
def test_the_browser_answers_as_the_program_does(town: Town, page: Page, seed: int) -> None:
    with small((1, 2, 5, 2000)[seed % 4]):
        board = a_board(1000 + seed, 30)
    town.put("index", board.files)
    choices = [*board.choices()]
    answers = page.evaluate(ANSWER, ["index/", board.day.isoformat(), asks(board, choices)])
    for query, answer in zip(board.queries, answers, strict=True):
        assert answer == expected(board, query, choices), query


def test_every_character_is_folded_as_the_program_does(town: Town, page: Page) -> None:
    """Each by itself, between quotation marks. A newer browser knows some that have no category here."""
    codes = [
        code
        for code in range(0x110000)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
        and (lightly(chr(code)) != chr(code) or chr(code) in variants())
        and chr(code) not in '"“”„＂「」'
    ]
    assert len(codes) > 10_000
    town.put("index", files_of(a_collection(a_document(0, title="公示"))))
    folded = page.evaluate(
        """async (codes) => {
          const engine = noticeboardSearch.open("index/", "1", () => "2026-11-21");
          const found = [];
          for (const code of codes) found.push(await engine.search('"' + String.fromCodePoint(code) + '"'));
          return found.map((each) => each.words.join(" "));
        }""",
        codes,
    )
    wrong = {hex(code): got for code, got in zip(codes, folded, strict=True) if got != fold(chr(code))}
    assert wrong == {}


# What is loaded

#: A page with one engine; `counts` tells which files were loaded how often.
OPEN = """(day) => {
  window.day = day;
  window.engine = noticeboardSearch.open("index/", "1", () => window.day);
  window.loads = [];
  const append = document.head.appendChild;
  document.head.appendChild = function (script) {
    loads.push(script.getAttribute("src").replace(/^index\\/|\\.js.*$/g, ""));
    return append.call(this, script);
  };
}"""
ASK = "(query) => engine.search(query).then((found) => found.all, (error) => error.code)"


@pytest.fixture
def opened(town: Town, page: Page) -> Callable[..., Page]:
    """A page with an engine over an index of these notices, read on a day."""

    def open_page(*documents: Document, day: str = "2026-11-21") -> Page:
        town.put("index", files_of(a_collection(*documents)))
        page.evaluate(OPEN, day)
        return page

    return open_page


def loads(page: Page) -> list[str]:
    """What was loaded since the last time, but for the version that every search asks for."""
    names: list[str] = page.evaluate("() => loads.splice(0)")
    return [name for name in names if name != "version"]


NAMES = ("谭喜莲", "张家村的低保", "永三府发〔2026〕12号", "停电通知")


def documents() -> list[Document]:
    return [a_document(number, text=text) for number, text in enumerate(NAMES)]


def test_only_what_a_query_needs_is_loaded_and_once(opened: Callable[..., Page]) -> None:
    page = opened(*documents())
    assert page.evaluate(ASK, "谭喜莲") == [0]
    assert loads(page) == ["index", "g/0"]
    assert page.evaluate(ASK, "停电 通知") == [3]
    assert page.evaluate(ASK, "谭喜莲") == [0]
    assert page.evaluate(ASK, "") == []
    assert loads(page) == []
    assert page.evaluate(ASK, "村:张家") == []
    assert page.evaluate("() => engine.columns().then(() => engine.counts([0, 1], {}).year)") == {"2026": 2}
    assert loads(page) == ["facets"]
    assert page.evaluate("() => engine.notice(2).then((record) => record.id)") == "n0002"
    assert page.evaluate("() => Promise.all([engine.notice(2), engine.notice(2)]).then(() => 1)") == 1
    assert loads(page) == ["n/2"]


@pytest.mark.parametrize(
    ("query", "found", "is_needed"),
    [
        ("谭喜莲", [0], False),
        ("停 电 -谭喜莲", [3], False),
        ("〔2026〕", [2], False),
        ("[2026]", [2], False),
        ("ＸＨ谭", [], True),
        ("譚喜蓮", [0], True),
        ("-譚喜蓮 -永三 -停电", [1], True),
        ("村:張家村", [], True),
        ("五保 2026", [], False),
    ],
)
def test_the_table_of_variants_is_loaded_where_it_could_matter(
    opened: Callable[..., Page], query: str, found: list[int], is_needed: bool
) -> None:
    page = opened(*documents())
    assert page.evaluate(ASK, query) == found
    assert ("variants" in loads(page)) is is_needed


def test_a_long_word_is_loaded_in_rounds_until_nothing_is_left(opened: Callable[..., Page]) -> None:
    alphabet = [chr(0x4E00 + 37 * number) for number in range(300)]
    with small(2000, 30):
        page = opened(a_document(0, text="".join(alphabet)))
    missing = "".join(alphabet[10:20]) + "".join(alphabet[30:120])
    assert page.evaluate(ASK, '"' + "".join(alphabet[10:20]) + '"') == [0]
    loads(page)
    assert page.evaluate(ASK, f'"{missing}"') == []
    assert len([name for name in loads(page) if name.startswith("g/")]) <= 9
    assert page.evaluate(ASK, '"' + "".join(alphabet) + '"') == [0]


def test_not_more_than_some_files_are_kept(opened: Callable[..., Page]) -> None:
    page = opened(*(a_document(number) for number in range(450)))
    read = "(numbers) => Promise.all(numbers.map((each) => engine.notice(each))).then((all) => all.length)"
    assert page.evaluate(read, [*range(450)]) == 450
    loads(page)
    assert page.evaluate(read, [449, 0, 448]) == 3
    assert loads(page) == ["n/0"]


def test_no_script_is_left_in_the_page(opened: Callable[..., Page]) -> None:
    page = opened(*documents())
    assert page.evaluate(ASK, "谭喜莲") == [0]
    assert page.evaluate("() => document.scripts.length") == 1


def test_it_works_from_a_folder(town: Town, browser) -> None:
    town.put("index", files_of(a_collection(*documents())))
    page = browser.new_page()
    try:
        page.goto((town.folder / "index.html").as_uri())
        page.evaluate(OPEN, "2026-11-21")
        assert page.evaluate(ASK, "譚喜蓮") == [0]
        assert page.evaluate("() => engine.notice(0).then((record) => record.text)") == "谭喜莲"
    finally:
        page.close()


# What goes wrong


def test_what_cannot_be_loaded_can_be_asked_for_again(town: Town, page: Page, watch) -> None:
    page.evaluate(OPEN, "2026-11-21")
    assert page.evaluate("() => engine.ready().catch((error) => error.code)") == "network"
    assert page.evaluate(ASK, "谭喜莲") == "network"
    index = town.put("index", files_of(a_collection(*documents())))
    assert page.evaluate("() => engine.ready().then((manifest) => manifest.count)") == 4
    hidden = index / "g"
    hidden.rename(town.folder / "g")
    assert page.evaluate(ASK, "谭喜莲") == "network"
    assert page.evaluate("() => engine.offers('谭喜连').catch((error) => error.code)") == "network"
    (town.folder / "g").rename(hidden)
    assert page.evaluate(ASK, "谭喜莲") == [0]
    (index / "n/0.js").rename(index / "n/other.js")
    assert page.evaluate("() => engine.notice(0).catch((error) => error.code)") == "network"
    (index / "n/other.js").rename(index / "n/0.js")
    assert page.evaluate("() => engine.notice(0).then((record) => record.id)") == "n0000"
    watch.expect("404")


def test_a_site_that_was_renewed_is_read_anew_although_every_file_is_there(
    town: Town, opened: Callable[..., Page]
) -> None:
    page = opened(*documents())
    assert page.evaluate(ASK, "停电") == [3]
    with small(1, 30):
        # As many notices in other places, and other grams in more shards.
        town.put("index", files_of(a_collection(*reversed(documents()))))
    assert page.evaluate(ASK, "停电") == [0]
    assert page.evaluate(ASK, "谭喜莲") == [3]


def test_an_index_of_another_format_is_refused(town: Town, page: Page) -> None:
    files = files_of(a_collection(*documents()))
    files["index.js"] = files["index.js"].replace(b'"format":', b'"format":9')
    town.put("index", files)
    page.evaluate(OPEN, "2026-11-21")
    assert page.evaluate("() => engine.ready().catch((error) => error.code)") == "index"
    assert page.evaluate(ASK, "谭喜莲") == "index"


def test_a_file_that_is_gone_makes_it_read_the_site_anew(
    town: Town, opened: Callable[..., Page], watch
) -> None:
    with small(2000, 30):
        page = opened(*documents())
    page.evaluate("() => engine.columns()")
    loads(page)
    town.put("index", files_of(a_collection(a_document(0), *documents())))
    assert page.evaluate(ASK, "谭喜莲") == [1]
    assert loads(page).count("index") == 1
    assert page.evaluate("() => engine.ready().then((manifest) => manifest.count)") == 5
    assert page.evaluate("() => engine.counts([0, 4], {}).year") == {"2026": 2}
    assert page.evaluate(ASK, "停电") == [4]
    assert loads(page) == []
    watch.expect("404")


def test_a_number_beyond_the_last_notice_makes_it_read_the_site_anew(
    town: Town, opened: Callable[..., Page]
) -> None:
    page = opened(a_document(0, text="停电通知"))
    assert page.evaluate("() => engine.ready().then((manifest) => manifest.count)") == 1
    town.put("index", files_of(a_collection(*documents())))
    assert page.evaluate("() => Promise.all([engine.columns(), engine.columns()]).then(() => 1)") == 1
    assert page.evaluate(ASK, "停电") == [3]
    assert loads(page).count("index") == 2


# Asked for one after the other


def test_only_the_last_search_answers(opened: Callable[..., Page]) -> None:
    page = opened(*documents())
    answered = page.evaluate(
        """async () => {
          const answered = [];
          ["谭", "谭喜", "谭喜莲"].forEach((query) => engine.search(query).then(() => answered.push(query)));
          const found = await engine.search("停电");
          await new Promise((resolve) => setTimeout(resolve, 300));
          return [answered, found.strict];
        }"""
    )
    assert answered == [[], [3]]


def test_offers_that_were_overtaken_load_nothing_more(opened: Callable[..., Page]) -> None:
    page = opened(*documents())
    page.evaluate("() => engine.ready()")
    answered = page.evaluate(
        """async () => {
          const answered = [];
          engine.offers("谭喜连").then(() => answered.push("offers"));
          const found = await engine.search("停电");
          await new Promise((resolve) => setTimeout(resolve, 300));
          return [answered, found.strict];
        }"""
    )
    assert answered == [[], [3]]
    assert not [name for name in loads(page) if name.startswith(("n/", "p/"))]


def test_a_search_that_was_overtaken_leaves_nothing_behind_that_another_waits_for(
    opened: Callable[..., Page],
) -> None:
    page = opened(*documents())
    found = page.evaluate(
        """async () => {
          engine.search("譚喜蓮");
          engine.offers("譚喜連");
          engine.search("譚喜蓮");
          const found = await engine.search("譚喜蓮");
          const offers = await engine.offers("譚喜連");
          return [found.strict, offers.map((offer) => offer.query)];
        }"""
    )
    assert found == [[0], ["谭喜莲"]]


def test_a_day_that_ends_while_the_page_is_open(opened: Callable[..., Page]) -> None:
    page = opened(a_document(0, text="停电"), a_document(1, text="停电", days="2026-11-22:expired"))
    assert page.evaluate(ASK, "停电") == [1, 0]
    page.evaluate("() => (window.day = '2026-11-22')")
    assert page.evaluate(ASK, "停电") == [0, 1]
    assert page.evaluate("() => engine.notice(1).then((record) => record.mark)") == "expired"


def test_two_engines_on_a_page_do_not_mix_their_files(town: Town, page: Page) -> None:
    town.put("one", files_of(a_collection(a_document(0, text="停电"))))
    town.put("other", files_of(a_collection(a_document(0), a_document(1, text="停电"))))
    found = page.evaluate(
        """() => Promise.all(["one/", "other/"].map(async (base) => {
          const engine = noticeboardSearch.open(base, "1", () => "2026-11-21");
          return (await engine.search("停电")).all;
        }))"""
    )
    assert found == [[0], [1]]
