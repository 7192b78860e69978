"""The fonts that posters are set in: which of the official ones the machine has, and what they can draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeAlias, TypedDict

import typst
from fontTools.ttLib import TTFont, TTLibError


class Partly(TypedDict):
    """A family that may draw only characters of the class `covers`, as of regular expressions."""

    name: str
    covers: str


Family: TypeAlias = str | Partly

#: The optional package with open Chinese fonts; the folder is all that is used of it.
_EXTRA: Final = "manimgx_fonts_cjk"

#: Fandol draws ￥ as $ and has no ㎡: nothing but Han and the marks of sentences comes from it.
_SENTENCES: Final = "[一-龥、。，：；！？（）《》〈〉【】〔〕“”‘’…—]"
_PARTLY: Final = {
    **dict.fromkeys(("fandolfang r", "fandolfang", "fandolkai", "fandolkai r"), _SENTENCES),
    **dict.fromkeys(("fandolsong", "fandolhei", "fandolsong r", "fandolhei r"), _SENTENCES),
}

#: Simplified Chinese printing types that stand in where an official one is missing.
_SERIF: Final = (
    *("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC", "思源宋体"),
    *("宋体", "SimSun", "华文宋体", "STSong", "Songti SC", "方正书宋_GBK", "FZShuSong-Z01", "FandolSong"),
)
_SANS: Final = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "思源黑体"),
    *("Microsoft YaHei", "微软雅黑", "PingFang SC", "Heiti SC", "SimHei", "黑体"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "FandolHei", "FandolHei R"),
)
#: For what no other has: rare Han, then ticks, arrows and numbers in circles.
_LAST: Final = (
    *("HanaMinA", "HanaMinB", "BabelStone Han", "TW-Kai", "TW-Kai-Ext-B", "SimSun-ExtB", "Noto Sans CJK SC"),
    *("DejaVu Sans", "Segoe UI Symbol", "Apple Symbols", "Noto Sans Symbols2"),
)
#: Families in order. Windows tells a family's English name, and the Chinese one where there is no other.
STACKS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": (
        *("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
        *("华文中宋", "STZhongsong", *_SERIF, *_SANS, *_LAST),
    ),
    "body": (
        *("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong", "方正仿宋_GBK"),
        *("FZFangSong-Z02S", "FZFangSong-Z02", "FandolFang", "FandolFang R", *_SERIF, *_SANS, *_LAST),
    ),
    "kai": (
        *("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti", "Kaiti SC", "方正楷体_GBK"),
        *("FZKai-Z03S", "FZKai-Z03", "LXGW WenKai", "LXGW WenKai GB", "霞鹜文楷", "FandolKai", "FandolKai R"),
        *(*_SERIF, *_SANS, *_LAST),
    ),
    "hei": (
        *("黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "PingFang SC", "华文黑体", "STHeiti", "Heiti SC"),
        *("方正黑体_GBK", "FZHei-B01S", "FZHei-B01", *_SANS, *_SERIF, *_LAST),
    ),
    "number": ("宋体", "SimSun", "华文宋体", "STSong", *_SERIF, *_SANS, *_LAST),
}

#: A family draws Chinese if it has these.
_CHINESE: Final = frozenset(map(ord, "的一是公示村镇通知"))
#: Drawn as nothing: Typst sets them without a glyph, and PDF/UA allows it.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164]"
)
#: OS/2 fsType of a font whose licence allows no embedding at all; other bits with it allow some.
_USAGE, _RESTRICTED = 0x000E, 0x0002


@dataclass(frozen=True, slots=True)
class _Face:
    """One face in a font file, which may hold several."""

    path: str
    index: int
    size: int

    @property
    def characters(self) -> frozenset[int]:
        """The code points that it draws."""
        return _characters(self.path, self.index, self.size)


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts for posters.

    `stacks` are families in order for "title", "body", "kai", "hei" and "number", all of which exist.
    `refused` names the families that are there and may not be embedded. `identity` is the same wherever
    the same fonts are. `is_usable` says whether Chinese can be set at all. `fonts` is for Typst.
    """

    fonts: typst.Fonts
    stacks: Mapping[str, tuple[Family, ...]]
    refused: tuple[str, ...]
    identity: str
    is_usable: bool
    _faces: Mapping[str, tuple[_Face, ...]]

    def uncovered(self, stack: str, text: str) -> list[str]:
        """The characters, each once and in order, that no family of the stack draws."""
        missing = {character: None for character in dict.fromkeys(text) if not _draws_nothing(character)}
        for family in self.stacks[stack]:
            if not missing:
                break
            for character in self._drawn(family, missing):
                del missing[character]
        return list(missing)

    def _drawn(self, family: Family, characters: Iterable[str]) -> list[str]:
        name = family if isinstance(family, str) else family["name"]
        covers = None if isinstance(family, str) else re.compile(family["covers"])
        held = [face.characters for face in self._faces[name]]
        return [
            character
            for character in characters
            if all(ord(character) in codes for codes in held) and (covers is None or covers.match(character))
        ]


def find_fonts(folders: Sequence[Path] = (), *, machine: bool = True) -> Faces:
    """The machine's fonts and those in `folders`; the optional package's where these draw no Chinese.

    Without `machine`, fonts that are installed do not count.
    """
    faces = _found(folders, machine)
    extra = None if faces.is_usable else _extra_folder()
    return faces if extra is None else _found((*folders, extra), machine)


def _found(folders: Sequence[Path], machine: bool) -> Faces:
    fonts = typst.Fonts(machine, False, [str(folder) for folder in folders])
    known: dict[str, tuple[str, list[typst.FontInfo]]] = {}
    for info in fonts.fonts():
        if info.path is not None and info.style == "normal":
            known.setdefault(info.family.lower(), (info.family, []))[1].append(info)
    wanted = dict.fromkeys(name.lower() for stack in STACKS.values() for name in stack)
    faces: dict[str, tuple[_Face, ...]] = {}
    refused: list[str] = []
    digest = sha256()
    for key in wanted:
        if key not in known:
            continue
        name, infos = known[key]
        chosen = _used(infos)
        try:
            marks = [_marks(face) for face in chosen]
        except (TTLibError, OSError, AssertionError):
            continue
        if any(usage & _USAGE == _RESTRICTED for usage, _ in marks):
            refused.append(name)
            continue
        faces[name] = chosen
        digest.update(
            repr((name, [(face.size, mark) for face, mark in zip(chosen, marks, strict=True)])).encode()
        )
    stacks = {
        stack: tuple(_family(name) for name in _existing(names, {name.lower(): name for name in faces}))
        for stack, names in STACKS.items()
    }
    usable = any(face.characters >= _CHINESE for face in _chinese(faces))
    return Faces(fonts, stacks, tuple(refused), digest.hexdigest(), usable, faces)


def _existing(names: Iterable[str], faces: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(faces[name.lower()] for name in names if name.lower() in faces))


def _family(name: str) -> Family:
    covers = _PARTLY.get(name.lower())
    return name if covers is None else {"name": name, "covers": covers}


def _used(infos: Sequence[typst.FontInfo]) -> tuple[_Face, ...]:
    """The faces of a family that regular and bold text is set in."""
    nearest = {
        (found.path, found.index): found
        for weight in (400, 700)
        for found in [min(infos, key=lambda info: (abs(info.stretch - 1), abs(info.weight - weight)))]
    }
    return tuple(_Face(path, index, Path(path).stat().st_size) for path, index in nearest if path is not None)


def _chinese(faces: Mapping[str, tuple[_Face, ...]]) -> list[_Face]:
    """A face of each family that may draw Chinese; the last resorts alone are no type for a text."""
    last = {name.lower() for name in _LAST} - {name.lower() for name in _SANS}
    return [of[0] for name, of in faces.items() if name.lower() not in last]


def _marks(face: _Face) -> tuple[int, float]:
    """OS/2 fsType and the revision of a face."""
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        usage = font["OS/2"].fsType if "OS/2" in font else 0
        return usage, round(font["head"].fontRevision, 4)


@lru_cache(maxsize=64)
def _characters(path: str, index: int, _size: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        # Glyph names are not needed, and reading them out of a CFF font takes a second.
        font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
        return frozenset(code for code, glyph in (font.getBestCmap() or {}).items() if glyph != "0")


def _draws_nothing(character: str) -> bool:
    code = ord(character)
    return (
        character.isspace()
        or _INVISIBLE.match(character) is not None
        or unicodedata.category(character) == "Cc"
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
    )


def _extra_folder() -> Path | None:
    spec = find_spec(_EXTRA)
    places = spec.submodule_search_locations if spec is not None else None
    return Path(places[0]) if places else None
