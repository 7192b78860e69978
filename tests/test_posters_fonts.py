"""Which fonts a poster is set in, and which characters none of them draws."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import typst
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from noticeboard.posters.fonts import Faces, find_fonts

CHINESE = "的一是公示村镇通知元0123456789¥"
FREE, RESTRICTED, PREVIEW = 0, 2, 4


def square() -> object:
    pen = TTGlyphPen(None)
    for number, point in enumerate([(0, 0), (900, 0), (900, 800), (0, 800)]):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    return pen.glyph()


def font(
    folder: Path,
    family: str,
    characters: Iterable[str] = CHINESE,
    *,
    usage: int = FREE,
    revision: float = 1.0,
    weight: int = 400,
) -> Path:
    """A font file whose every glyph is a square."""
    names = {ord(character): f"u{ord(character):X}" for character in characters}
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: square() for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    style = "Bold" if weight > 500 else "Regular"
    names_of = {
        "familyName": family,
        "styleName": style,
        "fullName": family,
        "psName": family.replace(" ", ""),
    }
    builder.setupNameTable(names_of)
    builder.setupOS2(fsType=usage, usWeightClass=weight)
    builder.setupPost()
    builder.font["head"].fontRevision = revision
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{family}-{weight}.ttf"
    builder.save(path)
    return path


def faces(folder: Path) -> Faces:
    return find_fonts((folder,), machine=False)


def test_official_types_come_first_and_only_those_that_are_there(tmp_path: Path) -> None:
    for family in ("FangSong", "SimHei", "KaiTi", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", "DejaVu Sans"):
        font(tmp_path, family)
    found = faces(tmp_path)
    last = ("SimHei", "DejaVu Sans")
    assert found.stacks == {
        "title": ("FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", *last),
        "body": ("FangSong", "Noto Serif CJK SC", *last),
        "kai": ("KaiTi", "Noto Serif CJK SC", *last),
        "hei": ("SimHei", "Noto Serif CJK SC", "DejaVu Sans"),
        "number": ("Noto Serif CJK SC", *last),
    }
    assert found.is_usable and found.refused == ()


def test_families_are_known_by_their_chinese_names_too(tmp_path: Path) -> None:
    for family in ("仿宋_GB2312", "楷体", "黑体", "方正小标宋简体"):
        font(tmp_path, family)
    found = faces(tmp_path)
    first = {stack: families[0] for stack, families in found.stacks.items()}
    official = {"title": "方正小标宋简体", "body": "仿宋_GB2312", "kai": "楷体", "hei": "黑体"}
    assert first == {**official, "number": "黑体"}


def test_forms_of_other_countries_are_not_taken(tmp_path: Path) -> None:
    for country in ("JP", "KR", "TC", "HK"):
        font(tmp_path, f"Noto Serif CJK {country}")
        font(tmp_path, f"Noto Sans CJK {country}")
    found = faces(tmp_path)
    assert not found.is_usable and set(found.stacks.values()) == {()}
    assert found.uncovered("body", "公示") == ["公", "示"]


def test_a_last_resort_alone_is_no_type_for_a_text(tmp_path: Path) -> None:
    font(tmp_path, "HanaMinA")
    found = faces(tmp_path)
    assert not found.is_usable and found.stacks["body"] == ("HanaMinA",)


def test_fandol_draws_no_amounts(tmp_path: Path) -> None:
    font(tmp_path, "FandolFang R", CHINESE + "￥㎡，")
    found = faces(tmp_path)
    (fandol,) = found.stacks["body"]
    assert isinstance(fandol, dict) and fandol["name"] == "FandolFang R"
    assert found.uncovered("body", "公示，￥1元㎡¥") == ["￥", "1", "㎡", "¥"]
    font(tmp_path, "Noto Serif CJK SC", "￥1㎡¥")
    assert faces(tmp_path).uncovered("body", "公示，￥1元㎡¥") == []


def test_typst_takes_what_covers_a_family_and_draws_no_amount_with_fandol(tmp_path: Path) -> None:
    font(tmp_path, "FandolFang R", CHINESE + "￥")
    font(tmp_path, "Noto Serif CJK SC", CHINESE + "￥")
    found = faces(tmp_path)
    fandol, noto = found.stacks["body"]
    assert isinstance(fandol, dict)

    def names(text: str) -> set[str]:
        source = (
            f'#set text(font: ((name: "{fandol["name"]}", covers: regex("{fandol["covers"]}")), "{noto}"), '
            f"fallback: false)\n{text}"
        ).encode()
        pdf = typst.Compiler(font_paths=found.fonts).compile(input=source, format="pdf")
        assert isinstance(pdf, bytes)
        return {name for name in ("FandolFang", "NotoSerif") if name.encode() in pdf}

    assert (names("公示"), names("￥12")) == ({"FandolFang"}, {"NotoSerif"})


def test_a_font_whose_licence_forbids_embedding_is_left_out_and_named(tmp_path: Path) -> None:
    font(tmp_path, "FangSong", usage=RESTRICTED)
    font(tmp_path, "KaiTi", usage=PREVIEW)
    font(tmp_path, "Noto Serif CJK SC", usage=RESTRICTED | PREVIEW)
    found = faces(tmp_path)
    assert found.refused == ("FangSong",)
    assert found.stacks["body"] == ("Noto Serif CJK SC",) and found.stacks["kai"][0] == "KaiTi"


def test_uncovered_characters_are_named_once_and_in_order(tmp_path: Path) -> None:
    font(tmp_path, "FangSong")
    font(tmp_path, "DejaVu Sans", "☑")
    found = faces(tmp_path)
    assert found.uncovered("body", "公示䶮☑\U0002c386䶮\ue000") == ["䶮", "\U0002c386", "\ue000"]


@pytest.mark.parametrize(
    "text", ["\n\t\r", " \u00a0\u3000\u2003", "\u2060\u200b\u200d\u00ad", "\ufe0f\U000e0100"]
)
def test_what_draws_nothing_needs_no_glyph(tmp_path: Path, text: str) -> None:
    font(tmp_path, "FangSong")
    assert faces(tmp_path).uncovered("body", text) == []


def test_bold_type_is_held_to_the_same_characters(tmp_path: Path) -> None:
    font(tmp_path, "FangSong", CHINESE + "龑")
    assert faces(tmp_path).uncovered("body", "龑") == []
    font(tmp_path, "FangSong", CHINESE, weight=700)
    assert faces(tmp_path).uncovered("body", "龑") == ["龑"]


def test_identity_follows_the_fonts_and_not_their_places(tmp_path: Path) -> None:
    for folder in ("a", "b/c"):
        font(tmp_path / folder, "FangSong")
        font(tmp_path / folder, "SimHei")
    first, second = faces(tmp_path / "a"), faces(tmp_path / "b")
    assert first.identity == second.identity
    font(tmp_path / "a", "Comic Sans")  # no poster is set in it
    assert faces(tmp_path / "a").identity == first.identity
    font(tmp_path / "a", "SimHei", revision=1.5)
    assert faces(tmp_path / "a").identity != first.identity
    (tmp_path / "b/c/SimHei-400.ttf").unlink()
    assert faces(tmp_path / "b").identity != second.identity


def test_a_file_that_is_no_font_does_no_harm(tmp_path: Path) -> None:
    font(tmp_path, "FangSong")
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0" + bytes(64))
    assert faces(tmp_path).stacks["body"] == ("FangSong",)


def test_the_optional_package_helps_where_there_is_no_chinese_font(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "manimgx_fonts_cjk"
    font(package, "Noto Sans CJK SC")
    (package / "__init__.py").write_text("raise RuntimeError('not to be imported')\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    font(tmp_path / "own", "DejaVu Sans", "abc")
    found = faces(tmp_path / "own")
    assert found.is_usable and found.stacks["body"] == ("Noto Sans CJK SC", "DejaVu Sans")
    font(tmp_path / "own", "FangSong")
    assert faces(tmp_path / "own").stacks["hei"] == ("DejaVu Sans",)


def test_the_machines_own_noto_is_found_at_once_and_draws_every_common_character() -> None:
    begun = time.perf_counter()
    found = find_fonts()
    assert time.perf_counter() - begun < 3  # 0.1 s on two idle cores
    assert found.is_usable and "Noto Serif CJK SC" in found.stacks["body"]
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 2000))) + "䶮㛃𫖯𬭎，。（）①㎡￥"
    assert found.uncovered("body", text + "\ue123") == ["\ue123"]
    begun = time.perf_counter()
    assert found.uncovered("body", text + "\ue123") == ["\ue123"]
    assert time.perf_counter() - begun < 0.1  # 1.5 ms on two idle cores
