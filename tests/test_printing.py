"""What cannot be put on a poster is told with the notice and the line, and nothing is lost in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builders import TODAY, Folder, a_folder
from noticeboard.board.problem import Problem
from noticeboard.posters.fonts import find_fonts
from noticeboard.posters.press import Fault, Press, Printed
from noticeboard.posters.sheet import Wish
from noticeboard.printing import poster_problems, press_of
from noticeboard.views.frame import SiteSettings
from noticeboard.views.poster import Posters
from noticeboard.views.shelves import Shelves
from noticeboard.views.words import Words
from samples import picture

NAME = "2026/east/a"
#: A Han character that no font has: the last of a plane that nobody has filled yet.
UNKNOWN = chr(0x3347F)
SETTINGS = SiteSettings("https://board.example/", "Asia/Shanghai", "https://board.example/")


def wish_of(folder: Folder) -> Wish:
    register = folder.register(TODAY)
    return Wish(Posters(Shelves(register, Words(), SETTINGS)).sheet(register.published[NAME]))


def problems(folder: Folder, press: Press | None = None) -> tuple[Problem, ...]:
    press = press or press_of(folder.notices, folder.path, "", Words())
    return poster_problems(press.prints([wish_of(folder)]), folder.board())


@pytest.mark.parametrize(
    ("fields", "body", "line", "column"),
    [
        ({}, f"一行\n\n名单：张{UNKNOWN}，李四。", 13, 5),
        ({"title": f"关于{UNKNOWN}某的公示"}, "正文。", 2, 10),
    ],
)
def test_a_character_that_no_font_has_is_named_with_its_place(
    tmp_path: Path, fields: dict[str, str], body: str, line: int, column: int
) -> None:
    folder = a_folder(tmp_path)
    folder.notice(f"{NAME}.md", body, **fields)
    (problem,) = problems(folder)
    assert (problem.code, problem.path) == ("poster-character", f"notices/{NAME}.md")
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.params == {"found": UNKNOWN, "code": "U+3347F"}


def test_nothing_is_published_while_a_poster_would_have_a_hole(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "posters: [A4]")
    folder.notice(f"{NAME}.md", f"名单：张{UNKNOWN}。")
    done = folder.run("build")
    assert done.returncode == 1
    assert "poster-character" in done.stderr and f"{NAME}.md:11" in done.stderr
    assert not folder.site.exists()


def test_what_the_setter_cannot_take_is_named(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    folder.notice(f"{NAME}.md", "<blockquote>" * 30 + "深处" + "</blockquote>" * 30)
    assert {problem.code for problem in problems(folder)} == {"poster-loss"}


def test_a_machine_without_chinese_fonts_says_so(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    folder.notice(f"{NAME}.md")
    none = replace(find_fonts(), is_usable=False)
    press = Press(folder.notices, Words().poster(), faces=none)
    assert [problem.code for problem in problems(folder, press)] == ["poster-fonts"]


def test_what_the_setter_refuses_is_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    folder.write("2026/east/a/图.png", picture())
    folder.notice(f"{NAME}/index.md", "![图](图.png)")
    wish = wish_of(folder)
    folder.write("2026/east/a/图.png", b"no picture any more")
    press = press_of(folder.notices, folder.path, "", Words())
    (problem,) = poster_problems(press.prints([wish]), folder.board())
    assert problem.code == "poster-failed" and problem.params["found"]


def test_another_picture_of_the_same_name_is_set_anew(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    folder.write("2026/east/a/图.png", picture())
    folder.notice(f"{NAME}/index.md", "![图](图.png)")
    wish, press = wish_of(folder), press_of(folder.notices, folder.path, "", Words(), tmp_path / "kept")
    (first,) = press.prints([wish])
    folder.write("2026/east/a/图.png", picture("PNG", (9, 5)))
    (second,) = press.prints([wish])
    assert first.pdf and second.pdf and first.pdf != second.pdf


def test_each_fault_is_told_once(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    folder.notice(f"{NAME}.md")
    wish = wish_of(folder)
    twice = [Printed(wish, faults=(Fault("character", "水"),))] * 2
    assert len(poster_problems(twice, folder.board())) == 1
