"""An address that was ever public never dies: the list of them, what it finds lost, and how it grows."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import a_board, outputs_of
from builders import CATALOGUE, TODAY, Folder, a_folder
from noticeboard.board.addresses import AddressList, lost, read_addresses, readable, unlisted, with_new
from noticeboard.board.problem import Problem
from noticeboard.board.register import Register
from noticeboard.cli.main import main
from noticeboard.views.addresses import addresses_on_site, lost_addresses, places_of
from test_next_change import FIRST, LAST, NOTICES, Fields

PATH = "notices/addresses.txt"
DRAFT = {"confidentiality_cleared": "false", "clearance": None}


def reading(text: str | bytes) -> tuple[AddressList, list[Problem]]:
    problems: list[Problem] = []
    data = text if isinstance(text, bytes) else text.encode()
    return read_addresses(PATH, data, problems), problems


def codes(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(problem.code, problem.place.line) for problem in problems]


def test_a_list_is_read_with_its_lines_and_arrows() -> None:
    text = "# 说明\n\nnotices/2026/santang/0001/\n  directory/old/  ->  directory/new/  \nn/abc123/->guide/\n"
    listed, problems = reading(text)
    assert not problems
    assert dict(listed.lines) == {"notices/2026/santang/0001/": 3, "directory/old/": 4, "n/abc123/": 5}
    assert listed.redirects == {"directory/old/": "directory/new/", "n/abc123/": "guide/"}
    assert listed.is_there and listed.text == text


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有说明", "\ufeffguide/\r\nsearch/\r\n"])
def test_what_editors_do_to_a_file_is_no_mistake(text: str) -> None:
    listed, problems = reading(text)
    assert not problems and listed.is_there and "\r" not in listed.text


def test_an_address_is_the_same_with_and_without_percent_codes() -> None:
    written = "notices/2026/三棠 镇/第1号/"
    listed, problems = reading("notices/2026/%E4%B8%89%E6%A3%A0%20%E9%95%87/%E7%AC%AC1%E5%8F%B7/\n")
    assert not problems and list(listed.lines) == [written] and readable(written) == written


WRONG = {
    "slash_in_front": "/guide/",
    "no_slash_at_the_end": "notices/2026/a",
    "a_file": "notices/2026/a/index.html",
    "whole_address": "https://board.example/guide/",
    "upwards": "notices/../guide/",
    "here": "./guide/",
    "two_slashes": "notices//a/",
    "front_page": "/",
    "question": "guide/?a=1/",
    "fragment_at_the_end": "guide/#top",
    "backslashes": "notices\\2026\\a\\",
    "percent_of_nothing": "guide/%ZZ/",
    "hidden_character": "gui\u200bde/",
    "arrow_to_nothing": "guide/ ->",
    "arrow_from_nothing": "-> guide/",
    "two_arrows": "a/ -> b/ -> c/",
    "wrong_target": "a/ -> https://elsewhere.example/",
    "wide_arrow": "a/ → b",
    "words": "这一条已经删了",
    "another_arrow": "a/ => b/",
}


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_a_line_that_is_no_address_is_named(line: str) -> None:
    listed, problems = reading(f"guide/\n{line}\n")
    assert codes(problems) == [("address-line", 2)]
    assert problems[0].path == PATH and problems[0].params["found"] == line
    assert list(listed.lines) == ["guide/"]


def test_an_address_that_stands_there_twice_is_named() -> None:
    listed, problems = reading("a/\nb/\na/ -> b/\nb/\n")
    assert codes(problems) == [("address-doubled", 3), ("address-doubled", 4)]
    assert problems[0].params == {"found": "a/", "line": "1"}
    assert not listed.redirects


@pytest.mark.parametrize(
    ("data", "code"), [("网址".encode("gbk"), "encoding-gbk"), (b"PK\x03\x04", "encoding-office")]
)
def test_a_file_that_is_no_text_is_named(data: bytes, code: str) -> None:
    listed, problems = reading(data)
    assert [problem.code for problem in problems] == [code]
    assert listed.is_there and not listed.lines


def test_without_the_file_nothing_is_lost() -> None:
    problems: list[Problem] = []
    listed = read_addresses(PATH, None, problems)
    assert not problems and not listed.is_there
    assert not list(lost(listed, frozenset()))


def test_what_the_site_lacks_is_lost() -> None:
    listed, _ = reading("# 说明\na/\nb/\nc/\n")
    found = list(lost(listed, frozenset({"b/", "d/"})))
    assert codes(found) == [("address-lost", 2), ("address-lost", 4)]
    assert [problem.params["found"] for problem in found] == ["a/", "c/"]
    assert {(problem.severity, problem.path) for problem in found} == {("error", PATH)}
    assert unlisted(listed, frozenset({"b/", "e/", "d/"})) == ("d/", "e/")


ARROWS = {
    "moved": ("a/ -> b/", {"b/"}, {"a/": "b/"}, []),
    "moved_twice": ("a/ -> b/\nb/ -> c/", {"c/"}, {"a/": "c/", "b/": "c/"}, []),
    "stops_at_the_first_that_is_there": ("a/ -> b/\nc/ -> a/", {"a/", "b/"}, {"c/": "a/"}, [1]),
    "target_gone": ("a/ -> b/", {"c/"}, {}, [1]),
    "target_gone_at_the_end": ("a/ -> b/\nb/ -> c/", {"d/"}, {}, [1, 2]),
    "still_there": ("a/ -> b/", {"a/", "b/"}, {}, [1]),
    "to_itself": ("a/ -> a/", {"b/"}, {}, [1]),
    "in_a_ring": ("a/ -> b/\nb/ -> c/\nc/ -> b/", {"d/"}, {}, [1, 2, 3]),
}


@pytest.mark.parametrize(("text", "existing", "leads", "lines"), ARROWS.values(), ids=ARROWS)
def test_an_arrow_leads_to_what_the_site_has(
    text: str, existing: set[str], leads: dict[str, str], lines: list[int]
) -> None:
    listed, problems = reading(text)
    assert not problems
    assert listed.leads(frozenset(existing)) == leads
    assert codes(list(lost(listed, frozenset(existing)))) == [("address-arrow", line) for line in lines]


NAMES = st.sampled_from([f"{letter}{number}/" for letter in "abc中" for number in range(4)])
LINES = st.one_of(
    NAMES, st.builds("{} -> {}".format, NAMES, NAMES), st.sampled_from(["", "# 说明", "  # 又一句", "#"])
)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=12), st.sets(NAMES), st.booleans())
def test_a_list_only_grows(lines: list[str], names: set[str], in_order: bool) -> None:
    text = "\n".join(sorted(lines) if in_order else lines)
    listed, problems = reading(text)
    if problems:
        return  # nothing is written into a list that is not sound
    new = unlisted(listed, frozenset(names))
    grown = with_new(listed.text, new)
    again, problems = reading(grown)
    assert not problems and (grown.endswith("\n") or not grown)
    assert again.lines.keys() == listed.lines.keys() | names
    assert again.redirects == listed.redirects
    rest = iter(grown.split("\n"))
    assert all(line in rest for line in listed.text.rstrip("\n").split("\n")), "each line stays, in its order"
    assert len(grown.rstrip("\n").split("\n")) <= len(listed.text.split("\n")) + len(new)
    if list(listed.lines) == sorted(listed.lines):
        assert list(again.lines) == sorted(again.lines)
    assert with_new(grown, ()) == grown


def test_remarks_stay_where_they_belong() -> None:
    text = "# 第一句\n# 第二句\n\nb/\n# 说 d\nd/ -> b/\n# 最后一句"
    grown = "# 第一句\n# 第二句\n\na/\nb/\nc/\n# 说 d\nd/ -> b/\ne/\n# 最后一句\n"
    assert with_new(text, ("a/", "c/", "e/")) == grown


# What a site's addresses are


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    folder = a_board(tmp_path)
    folder.notice("2026/东街/第1号.md")
    folder.notice("2026/town/draft.md", title="没有审查的一条", **DRAFT)
    folder.notice("2026/town/later.md", title="还没到的一条", effective="{from: 2026-12-01, days: 3}")
    folder.notice("2026/town/wall.md", title="只贴墙上的一条", channels="[board]")
    folder.notice("2026/town/gone/index.md", "[名单](名单.pdf)", effective="{from: 2025-11-10, days: 3}",
                  formed_on="2025-11-01")  # fmt: skip
    folder.write("2026/town/gone/名单.pdf", b"%PDF")
    return folder


def test_addresses_are_pages_and_short_addresses_of_what_is_public(board: Folder) -> None:
    register = board.register()
    addresses = addresses_on_site(register)
    short = {f"n/{row.notice.short}/" for row in register.published.values()}
    assert short <= addresses and len(short) == 2
    assert {"notices/2026/东街/第1号/", "notices/2026/town/gone/", "directory/outage/", "archive/2025/",
            "publishers/east/", "guide/", "search/"} <= addresses  # fmt: skip
    assert all(re.fullmatch(r"[^/%].*/", address) for address in addresses)
    shown = "\n".join(addresses)
    assert not [name for name in ("draft", "later", "wall", "pdf", "data", ".xml") if name in shown]
    for hidden in ("draft", "later", "wall"):
        assert f"n/{register.board.entries[f'2026/town/{hidden}'].notice.short}/" not in addresses


def test_an_old_address_gets_a_page_that_leads_on(board: Folder) -> None:
    board.write("addresses.txt", "directory/停水/ -> directory/outage/\nguide/ -> search/\nx/ -> n/none/\n"
                                 "y/ -> notices/2026/东街/第1号/\n")  # fmt: skip
    found = [redirect for redirect in outputs_of(board).redirects if not redirect.address.startswith("n/")]
    assert [(redirect.address, redirect.target, redirect.title) for redirect in found] == [
        ("directory/%E5%81%9C%E6%B0%B4/", "directory/outage/", "停水停电"),
        ("y/", "notices/2026/%E4%B8%9C%E8%A1%97/%E7%AC%AC1%E5%8F%B7/", "东街停水通知"),
    ]
    assert outputs_of(board).addresses == addresses_on_site(board.register())


def test_the_list_is_the_boards_own_and_is_not_published(board: Folder) -> None:
    board.write("addresses.txt", "guide/\n")
    register = board.register()
    assert not [problem for problem in register.problems if "addresses" in problem.path]
    assert not [path for path in outputs_of(board).paths() if "addresses" in path]
    assert not list(lost_addresses(register))
    board.write("addresses.txt", "guide/\nguide/\nwrong\n")
    found = [problem for problem in board.register().problems if problem.path == PATH]
    assert codes(found) == [("address-doubled", 2), ("address-line", 3)]


def test_the_front_page_and_what_is_no_page_are_left_out(board: Folder) -> None:
    assert "" not in places_of(outputs_of(board).pages)


@settings(max_examples=60)
@given(st.lists(NOTICES, min_size=1, max_size=5), st.dates(FIRST, LAST), st.integers(1, 20))
def test_time_alone_takes_no_address_away(notices: list[Fields], day: date, passed: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = a_board(Path(place))
        for number, fields in enumerate(notices):
            folder.notice(f"2026/{number}.md", **fields)
        board = folder.board()
    later = Register(board, day + timedelta(days=passed))
    assert addresses_on_site(Register(board, day)) <= addresses_on_site(later)


# The command


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The console command in this process, on 21 November 2026."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTICEBOARD_TODAY", TODAY.isoformat())
    capsys.readouterr()

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err

    return run


@pytest.fixture
def listed(tmp_path: Path, command: Command) -> Folder:
    """A board with one notice, whose addresses are all listed."""
    folder = a_folder(tmp_path)
    folder.notice("2026/town/0001.md")
    assert command("addresses")[0] == 0
    return folder


def text_of(folder: Folder) -> str:
    return (folder.notices / "addresses.txt").read_bytes().decode()


def entries_of(folder: Folder) -> list[str]:
    return [line for line in text_of(folder).splitlines() if line and not line.startswith("#")]


def test_without_a_list_the_command_tells_what_it_would_hold(folder: Folder, command: Command) -> None:
    folder.notice("2026/town/0001.md")
    status, said, _ = command("addresses", "--dry-run")
    assert status == 0
    assert "  notices/2026/town/0001/\n" in said and "--dry-run" in said and PATH in said
    assert not (folder.notices / "addresses.txt").exists()


def test_write_makes_the_list(listed: Folder, command: Command) -> None:
    text = text_of(listed)
    assert text.startswith("# ") and re.search("[\u4e00-\u9fff]", text.split("\n")[0])
    entries = entries_of(listed)
    assert entries == sorted(entries) and set(entries) == addresses_on_site(listed.register())
    assert "\r" not in text and text.endswith("/\n")
    assert [path.name for path in listed.notices.iterdir() if path.name.startswith(".")] == []
    status, said, _ = command("addresses")
    assert status == 0 and str(len(entries)) in said and "notices/2026" not in said
    assert command("addresses")[0] == 0 and text_of(listed) == text
    assert command("check")[0] == 0


def test_write_adds_what_is_new_and_nothing_of_what_is_hidden(listed: Folder, command: Command) -> None:
    before = text_of(listed)
    listed.notice("2026/town/0002.md", title="第二条")
    listed.notice("2026/town/0003.md", title="没有审查", **DRAFT)
    listed.notice("2026/town/0004.md", title="还没有到", effective="{from: 2026-12-01, days: 3}")
    listed.notice("2026/town/0005.md", title="有错误", formed_on="昨天")
    status, said, _ = command("addresses", "--dry-run")
    assert status == 0 and "0002" in said and not re.search("000[345]", said)
    assert command("addresses")[0] == 0
    added = set(text_of(listed).splitlines()) - set(before.splitlines())
    assert len(added) == 2 and "notices/2026/town/0002/" in added
    assert [line for line in text_of(listed).splitlines() if line not in added] == before.splitlines()


def test_write_keeps_remarks_and_arrows_and_ends_lines_as_unix_does(listed: Folder, command: Command) -> None:
    text = text_of(listed).replace("guide/\n", "# 改过一次\r\ngone/ -> guide/\r\nguide/\r\n")
    listed.write("addresses.txt", "\ufeff" + text)
    listed.notice("2026/town/0002.md")
    assert command("addresses")[0] == 0
    kept = text_of(listed)
    assert "\r" not in kept and "\ufeff" not in kept
    assert "# 改过一次\ngone/ -> guide/\nguide/\n" in kept and "notices/2026/town/0002/\n" in kept


def test_a_lost_address_is_told_with_the_way_back(listed: Folder, command: Command) -> None:
    (listed.notices / "2026/town/0001.md").unlink()
    line = text_of(listed).splitlines().index("notices/2026/town/0001/") + 1
    for arguments in (("addresses", "--dry-run"), ("check",), ("addresses",)):
        status, said, _ = command(*arguments)
        assert status == 1
        assert f"{PATH}:{line}:1" in said and "notices/2026/town/0001/" in said and "[address-lost]" in said
        assert "变更: {类型: 撤销, 日期: " in said and "撤下正文: 是}" in said
    assert "notices/2026/town/0001/" in entries_of(listed)


HIDING = {
    "uncleared": DRAFT,
    "postponed": {"effective": "{from: 2026-12-01, days: 3}"},
    "off_the_website": {"channels": "[board]"},
    "spoiled": {"formed_on": "昨天"},
}


@pytest.mark.parametrize("fields", HIDING.values(), ids=HIDING)
def test_whatever_hides_a_published_notice_loses_its_addresses(
    listed: Folder, command: Command, fields: dict[str, str | None]
) -> None:
    listed.notice("2026/town/0001.md", **fields)
    status, said, _ = command("addresses")
    assert status == 1 and said.count("[address-lost]") >= 2  # its page, its short address


@pytest.mark.parametrize(
    "fields", [{"change": "{type: withdrawn, date: 2026-11-20, reason: 有误}"}, {"erase_on": "2026-11-20"}]
)
def test_withdrawing_in_the_right_way_loses_nothing(
    listed: Folder, command: Command, fields: dict[str, str]
) -> None:
    listed.notice("2026/town/0001.md", **fields)
    assert command("addresses")[0] == 0


def test_a_renamed_item_leads_on_by_an_arrow(listed: Folder, command: Command) -> None:
    listed.write("catalogue.yml", CATALOGUE.replace("code: policy", "code: papers"))
    status, said, _ = command("addresses")
    assert status == 1 and "directory/policy/" in said
    text = text_of(listed)
    assert "directory/papers/\n" in text
    listed.write(
        "addresses.txt", text.replace("directory/policy/\n", "directory/policy/ -> directory/papers/\n")
    )
    assert command("addresses")[0] == 0
    assert command("check")[0] == 0


def test_a_list_that_is_not_sound_is_not_written(listed: Folder, command: Command) -> None:
    listed.notice("2026/town/0002.md")
    for wrong in ("guide\n", "guide/\nguide/\n"):
        listed.write("addresses.txt", wrong)
        status, said, _ = command("addresses")
        assert status == 1 and f"{PATH}:" in said
        assert text_of(listed) == wrong


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_list_that_is_a_link_is_not_written(listed: Folder, command: Command, tmp_path: Path) -> None:
    path = listed.notices / "addresses.txt"
    path.rename(tmp_path / "elsewhere.txt")
    path.symlink_to(tmp_path / "elsewhere.txt")
    listed.notice("2026/town/0002.md")
    status, said, _ = command("addresses")
    assert status == 1 and "symlink-leaves" in said and path.is_symlink()


def test_a_list_that_cannot_be_written_stays_as_it_was(
    listed: Folder, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text_of(listed)
    listed.notice("2026/town/0002.md")

    def refused(self: Path, target: Path) -> Path:
        raise PermissionError(13, "refused", str(target))

    monkeypatch.setattr(Path, "replace", refused)
    status, _, error = command("addresses")
    assert status == 2 and PATH in error and "refused" in error and "Traceback" not in error
    assert text_of(listed) == before
    assert not [path for path in listed.notices.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
def test_the_rights_of_the_file_stay(listed: Folder, command: Command) -> None:
    path = listed.notices / "addresses.txt"
    path.chmod(0o640)
    listed.notice("2026/town/0002.md")
    assert command("addresses")[0] == 0
    assert path.stat().st_mode & 0o777 == 0o640


def test_without_its_lists_a_board_has_no_addresses_to_tell(folder: Folder, command: Command) -> None:
    folder.write("catalogue.yml", "目录")
    status, said, error = command("addresses")
    assert (status, said) == (2, "") and "catalogue.yml" in error
    folder.write("addresses.txt", "guide/\n")
    assert "address-lost" not in command("check")[1]


@pytest.mark.parametrize("mode", ["stop", "withhold"])
def test_no_site_is_built_that_loses_an_address(tmp_path: Path, mode: str) -> None:
    folder = a_folder(tmp_path, f"on_problem: {mode}")
    folder.notice("2026/town/0001.md")
    assert folder.run("addresses").returncode == folder.run("build").returncode == 0
    front = (folder.site / "index.html").read_bytes()
    text = text_of(folder)
    folder.write("catalogue.yml", CATALOGUE.replace("code: policy", "code: papers"))
    done = folder.run("build")
    assert done.returncode == 1 and "[address-lost]" in done.stderr and "directory/policy/" in done.stderr
    assert (folder.site / "index.html").read_bytes() == front
    arrow = "directory/policy/ -> directory/papers/\n"
    folder.write("addresses.txt", text.replace("directory/policy/\n", arrow))
    assert folder.run("build").returncode == folder.run("verify", "site").returncode == 0
    assert "../../directory/papers/" in (folder.site / "directory/policy/index.html").read_text("utf-8")
    folder.write("addresses.txt", "bad line\n")
    assert folder.run("build").returncode == 1, "a list that cannot be read protects nothing"
    assert (folder.site / "directory/policy/index.html").exists()
    folder.write("addresses.txt", text.replace("directory/policy/\n", arrow))
    # A site of an earlier day is not held to what became public later.
    folder.notice("2026/town/0002.md", title="后来的一条", effective="{from: 2026-11-22, days: 30}")
    assert folder.run("addresses", day="2026-11-23").returncode == 0
    assert folder.run("verify", "site", day="2026-11-23").returncode == 0
