"""A real browser, a little web server, and a watch over everything that a page asks for or complains of.

Every page is served under a sub-path. A test fails when a page asks for anything outside the site it
belongs to, when a script fails, or when the browser writes an error or a refusal to its console.
"""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    WebError,
    sync_playwright,
)

sys.path.insert(0, str(Path(__file__).parent))

import chromium

from builders import Folder, a_folder

#: Where the sample board hangs on the server: a sub-path that it was not built for.
TOWN = "/some/town/"

#: Nothing that a browser does by itself may reach the network.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser(playwright: Playwright) -> Path:
    """The browser to drive. A machine without one cannot say that the pages work, so this never skips."""
    browser = chromium.find(Path(playwright.chromium.executable_path))
    if browser is None:
        pytest.fail(
            "No browser found for the browser tests. Install Chromium, Chrome or Edge, or run "
            "`python -m playwright install chromium`, or set NOTICEBOARD_CHROMIUM to the program's path.",
            pytrace=False,
        )
    return browser


Change = Callable[[str, bytes], bytes]


class Server:
    """Serves folders under sub-paths on this machine only; what is missing gets the site's own 404 page."""

    def __init__(self) -> None:
        mounts: dict[str, tuple[Path, Change | None]] = {}

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # an answer leaves in one piece: two small ones wait for each other

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path)
                mount = max((m for m in mounts if path.startswith(m)), key=len, default="")
                if not mount:
                    return self.answer(404, "text/plain", b"")
                folder, change = mounts[mount]
                file = folder / path.removeprefix(mount)
                if file.is_dir() and not path.endswith("/"):
                    self.send_response(301)
                    self.send_header("Location", path + "/")
                    self.send_header("Content-Length", "0")
                    return self.end_headers()
                file = file / "index.html" if file.is_dir() else file
                status = 200 if file.is_file() else 404
                file = file if file.is_file() else folder / "404.html"
                body = file.read_bytes() if file.is_file() else b""
                kind = guess_type(file.name)[0] or "application/octet-stream"
                kind += "; charset=utf-8" if kind.startswith("text/") else ""
                return self.answer(status, kind, change(file.name, body) if change else body)

            def answer(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if self.path.partition("?")[0].endswith((".css", ".js")):
                    self.send_header("Cache-Control", "max-age=600")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """The watch tells what went wrong; nobody reads a log."""

        self._mounts = mounts
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def mount(self, path: str, folder: Path, change: Change | None = None) -> str:
        """The address at which the folder is now served; `change` may rewrite a file on its way."""
        self._mounts[path] = (folder, change)
        return self.origin + path

    def close(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


class Watch:
    """Records what pages ask for and complain of. `site` is the address outside of which nothing is asked."""

    def __init__(self, context: BrowserContext) -> None:
        self.site = ""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        # A browser fetches the icon when it likes, also after the reader went on to another site.
        inside = request.url.startswith(self._origin if request.url.endswith("/favicon.svg") else self.site)
        if not inside and not request.url.startswith("data:"):
            self.complaints.append(f"a page asks for {request.url}, outside {self.site}")

    @property
    def _origin(self) -> str:
        return self.site[: self.site.index("/", len("http://")) + 1]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type} at {message.location['url']}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.complaints.append(f"script error: {error.error}")

    def expect(self, text: str) -> None:
        """Take away the complaints that a test asked for; there must be one."""
        left = [complaint for complaint in self.complaints if text not in complaint]
        assert left != self.complaints, f"nothing complained of {text!r}"
        self.complaints = left

    def move(self, site: str) -> None:
        self.site = site


class Visitor:
    """A page in a browser on a site, with a watch over it."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page, self.watch = page, watch

    def settle(self, site: str) -> Visitor:
        """Stay on this site from now on."""
        self.watch.move(site)
        return self

    def go(self, address: str) -> Page:
        self.page.goto(self.watch.site + address, wait_until="load")
        return self.page

    def expect(self, text: str) -> None:
        """Wait for a complaint that a test asked for, and take it away."""
        for _ in range(200):
            if any(text in complaint for complaint in self.watch.complaints):
                break
            self.page.wait_for_timeout(50)
        self.watch.expect(text)

    def check(self) -> None:
        assert self.watch.complaints == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for each worker."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=find_browser(playwright), args=list(ARGUMENTS), timeout=60_000
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.close()


@pytest.fixture(scope="session")
def town(server: Server, sample_site: Path) -> str:
    """The address of the sample board."""
    return server.mount(TOWN, sample_site)


def without_scripts(name: str, body: bytes) -> bytes:
    """A file as a browser without scripts takes it, for tools that need scripts to look at the page."""
    if name.endswith(".js"):
        return b""
    return re.sub(rb"<(/?)noscript>", rb"<\1div>", body) if name.endswith(".html") else body


@pytest.fixture(scope="session")
def scriptless_town(server: Server, sample_site: Path) -> str:
    return server.mount("/no/scripts/", sample_site, without_scripts)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """A new reader with a browser of the given settings, who remembers nothing: `visitor(town, ...)`."""
    opened: list[tuple[BrowserContext, Visitor]] = []

    def open_one(site: str, **settings: object) -> Visitor:
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)
        watch = Watch(context)
        made = Visitor(context.new_page(), watch).settle(site)
        opened.append((context, made))
        return made

    yield open_one
    for context, made in opened:
        context.close()
        made.check()


@pytest.fixture(scope="session")
def _reused(browser: Browser) -> Iterator[Visitor]:
    context = browser.new_context()
    context.set_default_timeout(10_000)
    watch = Watch(context)
    yield Visitor(context.new_page(), watch)
    context.close()


@pytest.fixture
def look(_reused: Visitor) -> Iterator[Visitor]:
    """One page for all tests that only look: they leave nothing behind in it."""
    _reused.watch.complaints.clear()
    yield _reused
    _reused.page.emulate_media(color_scheme="null", media="null")
    _reused.check()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, given to a page through the debugger: the page's own policy would refuse it."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


class Sample:
    """The built sample board as data: its register, and where to find a page of every kind."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.notices: list[dict] = json.loads((site / "data/notices.json").read_text("utf-8"))["notices"]

    def html(self, address: str) -> str:
        return (self.site / address / "index.html").read_text("utf-8")

    def first(self, fits: Callable[[dict, str], object]) -> dict:
        for notice in self.notices:
            if fits(notice, self.html(notice["url"])):
                return notice
        raise AssertionError("the sample board has no such notice")

    @cached_property
    def longest_table(self) -> dict:
        found = max(self.notices, key=lambda notice: self.html(notice["url"]).count("<tr"))
        assert self.html(found["url"]).count("<tr") > 40
        return found

    @cached_property
    def village(self) -> dict:
        """A village's notice that stands on its board now and will end."""
        return self.first(
            lambda n, _: (
                n["publisher"]["regime"] == "village" and n["status"] == "current" and n["effective"]["until"]
            )
        )

    def address(self, kind: str) -> str:
        return getattr(self, f"_{kind}")()

    def _home(self) -> str:
        return ""

    def _publishers(self) -> str:
        return "publishers/"

    def _board(self) -> str:
        return f"publishers/{self.village['publisher']['code']}/"

    def _posting(self) -> str:
        return self._board() + "posting/"

    def _directory(self) -> str:
        return "directory/"

    def _group(self) -> str:
        found = re.search(r'scope="rowgroup"[^>]*><a href="([^"]+)"', self.html("directory/"))
        assert found
        return "directory/" + found[1].rstrip("/").rsplit("/", 1)[-1] + "/"

    def _item(self) -> str:
        return f"directory/{self.village['category']['code']}/"

    def _empty_item(self) -> str:
        """An item of the directory under which nothing was published yet."""
        rows = re.findall(r"<tr>.*?</tr>", self.html("directory/"), re.DOTALL)
        row = next(row for row in rows if "尚无" in row)
        found = re.search(r'data-label="事项"[^>]*><a href="([^"]+)"', row)
        assert found
        return "directory/" + found[1].rstrip("/").rsplit("/", 1)[-1] + "/"

    def _regime(self) -> str:
        return "directory/regime/government/"

    def _directory_publishers(self) -> str:
        return "directory/publisher/"

    def _directory_publisher(self) -> str:
        return f"directory/publisher/{self.village['publisher']['code']}/"

    def _directory_years(self) -> str:
        return "directory/year/"

    def _directory_year(self) -> str:
        return f"directory/year/{self.village['published_on'][:4]}/"

    def _directory_numbers(self) -> str:
        return "directory/number/"

    def _directory_number(self) -> str:
        return f"directory/number/{self.village['index_number'][0].lower()}/"

    def _gaps(self) -> str:
        return "directory/gaps/"

    def _guide(self) -> str:
        return "guide/"

    def _archive(self) -> str:
        return "archive/"

    def _archive_year(self) -> str:
        return f"archive/{self.first(lambda n, _: n['status'] == 'expired')['published_on'][:4]}/"

    def _archive_publisher(self) -> str:
        return f"archive/publisher/{self.first(lambda n, _: n['status'] == 'expired')['publisher']['code']}/"

    def _archive_item(self) -> str:
        return f"archive/category/{self.first(lambda n, _: n['status'] == 'expired')['category']['code']}/"

    def _archive_reason(self) -> str:
        return "archive/reason/withdrawn/"

    def _search(self) -> str:
        return "search/"

    def _search_results(self) -> str:
        return "search/?q=" + self.village["publisher"]["name"][:2]

    def _search_nothing(self) -> str:
        return "search/?q=没有这几个字"

    def _current(self) -> str:
        return self.first(lambda n, _: n["status"] == "current" and n["effective"]["until"])["url"]

    def _expired(self) -> str:
        return self.first(lambda n, html: n["status"] == "expired" and "<!--body-->" in html)["url"]

    def _long_term(self) -> str:
        return self.first(lambda n, _: n["status"] == "current" and not n["effective"]["until"])["url"]

    def _withdrawn(self) -> str:
        return self.first(lambda n, _: n["change"] and n["change"]["type"] == "withdrawn")["url"]

    def _terminated(self) -> str:
        return self.first(lambda n, _: n["change"] and n["change"]["type"] == "terminated")["url"]

    def _amended(self) -> str:
        return self.first(lambda n, _: n["change"] and n["change"]["type"] == "amended")["url"]

    def _superseded(self) -> str:
        return self.first(lambda n, _: n["status"] == "superseded")["url"]

    def _superseding(self) -> str:
        return self.first(lambda n, _: n["supersedes"])["url"]

    def _erased(self) -> str:
        return self.first(lambda _, html: "<!--body-->" not in html)["url"]

    def _table(self) -> str:
        return self.longest_table["url"]

    def _image(self) -> str:
        return self.first(lambda _, html: "<img" in html)["url"]

    def _footnotes(self) -> str:
        return self.first(lambda _, html: 'class="footnote"' in html)["url"]

    def _attachments(self) -> str:
        return self.first(lambda n, html: n["attachments"] and "nb-files" in html)["url"]


KINDS = tuple(name[1:] for name in vars(Sample) if name.startswith("_") and not name.startswith("__"))


@pytest.fixture(scope="session")
def sample(sample_site: Path) -> Sample:
    return Sample(sample_site)


#: Pages that are not shown below the sample's sub-path: one leads away, one knows its path by heart.
SPECIAL = ("redirect", "not_found")


@pytest.fixture(scope="session")
def small_board(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A little board made for /town/, with titles that try to be more than text. Built on 2026-11-21."""
    folder = a_folder(tmp_path_factory.mktemp("small"))
    folder.notice("2026/town/0001.md")
    folder.notice("2026/town/0002.md", title="""'<img src=x onerror="window.hacked = 1">停电通知'""")
    folder.notice(
        "2026/town/0003.md", title="'<script>window.hacked = 2</script>&amp; {{ 7 * 7 }}'", category="policy"
    )
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def small_town(server: Server, small_board: Folder) -> str:
    return server.mount("/town/", small_board.site)


@pytest.fixture(scope="session")
def scriptless_small_town(small_board: Folder) -> Iterator[str]:
    """On a server of its own, because a page for what is not there knows its path by heart."""
    own = Server()
    yield own.mount("/town/", small_board.site, without_scripts)
    own.close()


@pytest.fixture(scope="session")
def _redirects(server: Server, sample_site: Path) -> str:
    """The pages of short addresses, kept from leading on so that one can look at them."""
    return server.mount(
        "/stay/", sample_site, lambda _, body: body.replace(b'http-equiv="refresh"', b'name="refresh"')
    )


@pytest.fixture
def place(request: pytest.FixtureRequest, sample: Sample) -> Callable[..., tuple[str, str]]:
    """The site and the address below it of a page of one kind: `place("guide", scripts=False)`."""

    def find(kind: str, scripts: bool = True) -> tuple[str, str]:
        site = request.getfixturevalue
        prefix = "" if scripts else "scriptless_"
        if kind == "redirect":
            return site("_redirects"), f"n/{min(folder.name for folder in (sample.site / 'n').iterdir())}/"
        if kind == "not_found":
            return site(f"{prefix}small_town"), "404.html"
        return site(f"{prefix}town"), sample.address(kind)

    return find


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `kind` runs on a page of every kind."""
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", [*KINDS, *SPECIAL])
