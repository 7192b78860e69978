"""The house keeps its walls: what may know what, and that every key is declared once and explained."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import ROOT
from noticeboard.board.fields import CHANGE, CLEARANCE, EFFECTIVE, NOTICE, SEEN, WAIVER, Key
from noticeboard.messages import messages

PACKAGE = ROOT / "site_plugins/noticeboard"
FILES = {file.relative_to(PACKAGE).as_posix(): file for file in sorted(PACKAGE.rglob("*.py"))}
CORE = [path for path in FILES if path.startswith(("board/", "views/", "search/"))]
LANGUAGES = ("zh", "en")


def tree(path: str) -> ast.Module:
    return ast.parse(FILES[path].read_text("utf-8"))


def imported(path: str) -> set[str]:
    """The full names of the modules that a file imports, relative ones resolved."""
    package = ["noticeboard", *Path(path).parent.parts]
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def within(names: set[str], *packages: str) -> set[str]:
    return {name for name in names if any(name == p or name.startswith(f"{p}.") for p in packages)}


def calls(path: str) -> Iterator[str]:
    return (ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def test_the_core_is_found() -> None:
    assert {"board/register.py", "board/notice.py", "views/outputs.py", "views/pages.py"} <= set(CORE)
    assert {"search/index.py", "search/reader.py", "search/find.py"} <= set(CORE)


@pytest.mark.parametrize("path", CORE)
def test_the_core_knows_no_framework_no_clock_and_no_network(path: str) -> None:
    outside = (
        "mkdocs",
        "material",
        "jinja2",
        "click",
        "rich",
        "time",
        "socket",
        "urllib.request",
        "http",
        "requests",
    )
    assert not within(imported(path), *outside, "noticeboard.clock")
    assert not within(imported(path), "os.environ", "os.getenv", "random", "uuid", "locale")


@pytest.mark.parametrize("path", CORE)
def test_the_core_never_asks_what_day_it_is(path: str) -> None:
    asking = re.compile(r"\b(now|today|utcnow|getenv|localtime|gmtime|strftime)$|^os\.environ|^time\.")
    assert not [call for call in calls(path) if asking.search(call)]


@pytest.mark.parametrize("path", [path for path in FILES if path != "clock.py"])
def test_only_one_module_reads_the_clock(path: str) -> None:
    asking = re.compile(r"\b(datetime\.now|date\.today|datetime\.today|utcnow|time\.time|localtime|gmtime)$")
    assert not [call for call in calls(path) if asking.search(call)]


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith("board/")])
def test_the_board_knows_nothing_above_it(path: str) -> None:
    above = (
        "views",
        "gate",
        "cli",
        "messages",
        "plugin",
        "config",
        "problems",
        "readers",
        "privacy",
        "masking",
        "search",
        "history",
        "posters",
        "printing",
    )
    assert not within(imported(path), *(f"noticeboard.{name}" for name in above))


#: Package → all that its modules may know of this program.
NARROW = {
    "readers": ("noticeboard.readers", "noticeboard.board.problem", "noticeboard.board.files"),
    "privacy": ("noticeboard.privacy", "noticeboard.readers.passage"),
    "search": ("noticeboard.search",),
    "posters": ("noticeboard.posters",),
}


@pytest.mark.parametrize("path", [path for path in FILES if path.partition("/")[0] in NARROW])
def test_readers_know_no_privacy_detectors_no_files_and_search_and_posters_no_board(path: str) -> None:
    known = within(imported(path), "noticeboard")
    assert known == within(known, *NARROW[path.partition("/")[0]])


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith("masking/")])
def test_masking_knows_nothing_of_pages_and_commands(path: str) -> None:
    assert not within(imported(path), "noticeboard.views", "noticeboard.gate", "noticeboard.cli")


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith(("board/", "views/", "gate/"))])
def test_nothing_that_is_published_depends_on_git(path: str) -> None:
    assert not within(imported(path), "noticeboard.history")


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith(("views/", "gate/"))])
def test_a_site_needs_an_index_and_asks_it_nothing(path: str) -> None:
    known = within(imported(path), "noticeboard.search")
    making = ("noticeboard.search.files", "noticeboard.search.index")
    assert known == within(known, *(making if path.startswith("views/") else ()))


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith(("views/", "gate/"))])
def test_views_and_gate_know_neither_plugin_nor_commands(path: str) -> None:
    assert not within(
        imported(path), "noticeboard.plugin", "noticeboard.config", "noticeboard.cli", "mkdocs", "jinja2"
    )


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith("views/")])
def test_views_set_nothing(path: str) -> None:
    """A page needs the code and the signature of a poster, and no fonts and no Typst."""
    assert not within(imported(path), "typst", "fontTools", "pypdfium2")
    known = within(imported(path), "noticeboard.posters")
    pure = ("code", "sheet", "signing")
    assert known == within(known, *(f"noticeboard.posters.{name}" for name in pure))


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.startswith("views/") and path != "views/posting.py"]
)
def test_what_stays_off_the_website_is_named_by_one_view(path: str) -> None:
    named = (node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute))
    assert "posted" not in named


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith("views/")])
def test_views_see_only_what_is_published(path: str) -> None:
    """The withheld stand in `Board.entries`; a view that never names it cannot show them."""
    roads = {
        "entries",
        "comments",
        "source",
        "sources",
        "faulty_paths",
        "problems",
        "others",
        "notices",
        "status",
    }
    owners = {"board", "register", "tree"}
    taken = {
        ast.unparse(node)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in roads
        and ast.unparse(node.value).rpartition(".")[2].lstrip("_") in owners
    }
    assert not taken


BLOCKED = """
import sys

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"mkdocs", "jinja2", "material", "click", "rich"}:
            raise ImportError(f"{name} is not for the core")

sys.meta_path.insert(0, Wall())
import noticeboard.search.find, noticeboard.search.index, noticeboard.search.near
assert not [name for name in sys.modules if name.startswith(("noticeboard.board", "noticeboard.views"))]
import noticeboard.board.register, noticeboard.views.outputs, noticeboard.views.pages
assert "noticeboard.clock" not in sys.modules
assert "noticeboard.plugin" not in sys.modules
"""


def test_the_core_can_be_used_where_mkdocs_and_jinja_are_not_installed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


# Section 1 of the public contract. None of these is ever removed or renamed.
CONTRACT = {
    "title": ["标题"],
    "category": ["类别"],
    "publisher": ["发布单位"],
    "formed_on": ["生成日期"],
    "published_on": ["发布日期"],
    "effective": ["有效期", "公示期"],
    "confidentiality_cleared": ["保密审查通过"],
    "clearance": ["审查记录"],
    "index_number": ["索引号"],
    "document_number": ["文号"],
    "summary": ["内容概述"],
    "audience": ["公开范围"],
    "channels": ["公开渠道"],
    "supersedes": ["替代"],
    "change": ["变更"],
    "erase_on": ["撤下个人信息日期"],
    "attachments": ["附件"],
    "contact": ["联系方式"],
    "supervision_phone": ["监督电话"],
    "period": ["所属期"],
}
#: What later versions added.
ADDED = {"limit_from": ["时限起算日"], "late_reason": ["逾期原因"]}
REQUIRED = {"title", "category", "publisher", "formed_on", "effective", "confidentiality_cleared"}
RECORD = {
    "reviewer": ["审查人"],
    "date": ["审查日期"],
    "approver": ["批准人"],
    "basis": ["依据"],
    "note": ["说明"],
    "digest": ["摘要"],
    "referred_to": ["报请确定"],
    "unreadable": ["人工核对文件"],
    "waivers": ["豁免"],
}


def declared(table: tuple[Key, ...]) -> dict[str, list[str]]:
    return {key.name: list(key.aliases) for key in table}


def test_every_key_of_the_contract_is_declared_with_its_aliases() -> None:
    known = declared(NOTICE)
    assert known == CONTRACT | ADDED
    assert {key.name for key in NOTICE if key.required} == REQUIRED
    assert declared(CLEARANCE) == RECORD
    assert {key.name for key in CLEARANCE if key.required} == {"reviewer", "date"}
    assert declared(SEEN) == {"sha256": ["摘要值"], "reviewer": ["核对人", "审查人"]}
    assert declared(WAIVER) == {"finding": ["指纹"], "reviewer": ["审查人"], "reason": ["理由"]}
    assert all(key.required for key in (*SEEN, *WAIVER))
    assert set(declared(CHANGE)) == {"type", "date", "reason", "remove_text"}
    assert {key.name for key in CHANGE if key.required} == {"type", "date", "reason"}
    assert {"from", "until", "days", "working_days"} == set(declared(EFFECTIVE))


@pytest.mark.parametrize(
    "table",
    [NOTICE, CLEARANCE, SEEN, WAIVER, CHANGE, EFFECTIVE],
    ids=["notice", "record", "seen", "waiver", "change", "period"],
)
def test_no_spelling_stands_for_two_keys(table: tuple[Key, ...]) -> None:
    spellings = [spelling for key in table for spelling in (key.name, *key.aliases)]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_a_sentence_and_every_sentence_its_key(language: str) -> None:
    sentences = messages(language).section("fields")
    keys = {
        *(key.name for key in NOTICE),
        *(f"clearance.{key.name}" for key in CLEARANCE),
        *(f"clearance.unreadable.{key.name}" for key in SEEN),
        *(f"clearance.waivers.{key.name}" for key in WAIVER),
        *(f"change.{key.name}" for key in CHANGE),
    }
    assert keys <= set(sentences)
    assert not {name for name in sentences if name.partition(".")[0] not in CONTRACT | ADDED}
    assert all(str(sentence).strip() for sentence in sentences.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_the_code_asks_for_is_there(language: str) -> None:
    say = messages(language)
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                match = re.fullmatch(r"(cli|site|verify|statuses|severities)(\.[a-z-]+)+", node.value)
                if match:
                    assert say.section(node.value), f"{path}: {node.value}"


@pytest.mark.parametrize("path", FILES)
def test_no_exception_is_swallowed(path: str) -> None:
    """`except …: pass` hides what a clerk or a developer should hear of."""
    silent = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and all(isinstance(part, ast.Pass) for part in node.body)
    ]
    assert not silent
    assert not [
        node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler) and not node.type
    ]


@pytest.mark.parametrize("path", FILES)
def test_every_module_and_public_class_says_what_it_is(path: str) -> None:
    module = tree(path)
    if module.body:
        assert ast.get_docstring(module), path
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    assert not [f.name for f in functions if not f.name.startswith("_") and not ast.get_docstring(f)]
