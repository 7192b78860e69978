"""What stands in the files, read without a browser: nothing foreign, nothing inline, no dead link."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest

pytestmark = pytest.mark.browser

#: Attributes by which a page may ask for something.
ASKING = ("src", "srcset", "href", "poster", "data", "action", "formaction", "background", "ping", "manifest")


class Reader(HTMLParser):
    """Collects the faults, links and ids of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[str] = []
        self.asked: list[str] = []
        self.ids: list[str] = []
        self.data: list[str] = []
        self._in_data = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        for name, value in found.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name in ASKING and re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE):
                self.faults.append(f"<{tag} {name}={value!r}>")
        if tag in {"style", "iframe", "object", "embed", "base", "frame"}:
            self.faults.append(f"<{tag}>")
        self._in_data = tag == "script" and found == {"type": "application/ld+json"}
        if self._in_data:
            self.data.append("")
        elif tag == "script" and "src" not in found:
            self.faults.append("an inline <script>")
        if "id" in found:
            self.ids.append(found["id"])
        named = tag == "a" or (tag == "link" and found.get("rel") in {"canonical", "alternate"})
        for name in ASKING:
            if name in found and not named:
                self.asked.append(found[name])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])

    def handle_data(self, text: str) -> None:
        if self._in_data:
            self.data[-1] += text

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False


@pytest.fixture(scope="session")
def pages(sample_site):
    """Every page of the site, by its path."""
    found = {
        file.relative_to(sample_site).as_posix(): file.read_text("utf-8")
        for file in sample_site.rglob("*.html")
    }
    assert len(found) > 200
    return {path: (text, Reader(text)) for path, text in found.items()}


#: A screen goes without the network: icon and code stand in it, and its policy names the code's hashes.
SCREENS_OWN = re.compile(r"<style>|an inline <script>|<link href='data:image/svg\+xml,[\w.%-]+'>")


def test_nothing_is_inline(pages):
    faults = {
        path: [
            fault
            for fault in reader.faults
            if not (path.startswith("screen/") and SCREENS_OWN.fullmatch(fault))
        ]
        for path, (_, reader) in pages.items()
    }
    assert {path: found for path, found in faults.items() if found} == {}


def test_what_stands_in_a_page_for_machines_is_data_and_cannot_end_itself(pages):
    found = [(path, text) for path, (_, reader) in pages.items() for text in reader.data]
    assert len(found) > 100
    for path, text in found:
        assert "@context" in json.loads(text), path
        assert not re.search(r"</|<!--", text), path


def test_nothing_is_asked_of_another_site(pages, sample_site):
    foreign = [
        (path, address) for path, (_, reader) in pages.items() for address in reader.asked if "//" in address
    ]
    assert foreign == []
    for file in sample_site.rglob("*.css"):
        text = file.read_text("utf-8")
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", text), file
        assert "@import" not in text, file
    for file in sample_site.rglob("*.js"):
        assert "//" not in re.sub(r"^\s*//.*$", "", file.read_text("utf-8"), flags=re.MULTILINE), file


def test_ids_are_unique(pages):
    twice = {
        path: {name for name in reader.ids if reader.ids.count(name) > 1}
        for path, (_, reader) in pages.items()
        if len(set(reader.ids)) != len(reader.ids)
    }
    assert twice == {}


def test_every_link_inside_the_site_leads_somewhere(pages, sample_site):
    """Under a sub-path: relative addresses only, except on the page for what is not there."""
    dead = []
    for path, (_, reader) in pages.items():
        root = "/" if path == "404.html" else "/some/town/"
        here = urljoin(f"https://host.example{root}", re.sub(r"(^|/)index\.html$", r"\1", path))
        for link in reader.links:
            if re.match(r"(tel|mailto|https?):", link):
                continue
            target = urlsplit(urljoin(here, link))
            if not target.path.startswith(root) or target.netloc != "host.example":
                dead.append((path, link))
                continue
            file = sample_site / unquote(target.path.removeprefix(root))
            if target.path.endswith("/"):
                file = file / "index.html"
            if not file.is_file():
                dead.append((path, link))
            elif target.fragment and file.suffix == ".html":
                other = pages[file.relative_to(sample_site).as_posix()][1]
                if unquote(target.fragment) not in other.ids:
                    dead.append((path, link))
    assert dead == []


def test_every_page_forbids_what_it_does_not_need(pages):
    for path, (text, _) in pages.items():
        if path.startswith("n/"):
            continue
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        assert policy, path
        assert "default-src 'none'" in policy[1] and "unsafe" not in policy[1], path
        assert text.index("Content-Security-Policy") < text.index("<script"), path


def test_every_page_says_what_it_is(pages):
    for path, (text, _) in pages.items():
        assert re.search(r'<html lang="zh(-[A-Za-z]+)?"', text), path
        assert text.count("<h1") == 1, path
        title = re.search(r"<title>([^<]+)</title>", text)
        assert title and title[1].strip(), path
        if not path.startswith("n/"):
            assert "示例" in text, f"{path} does not say that the township is made up"
