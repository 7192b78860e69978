#!/usr/bin/env python3
"""Make the tables of characters that the search reads: which is written for which, and how each is spoken.

    python scripts/search_data.py            # writes variants.txt and readings.txt of the package
    python scripts/search_data.py --check    # writes nothing, exit 1 if a file differs

Needs opencc and pypinyin (in the dev group). What these packages do not know, or know otherwise than a reader
of notices expects, stands in the files of scripts/search_characters/.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from opencc import OpenCC
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

HERE = Path(__file__).resolve().parent
KEPT = HERE / "search_characters"
DATA = HERE.parent / "site_plugins/noticeboard/search/data"

#: Ideographs from which variants are taken: extension A, the basic block, extensions B to H.
IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
#: Standard characters that are folded all the same: each is also the Traditional form, or a second simplified
#: form, of a far more common one.
TRADITIONAL = {"乾": "干", "剋": "克", "夥": "伙", "徵": "征", "於": "于", "麽": "么", "锺": "钟"}
#: Readings of one character at most.
MOST_READINGS = 3
#: A further reading counts from this many words of pypinyin's, and from this share of the character's words.
LEAST_WORDS, LEAST_SHARE = 2, 0.02
#: Interjections without a vowel are no syllables that anybody types.
NO_SYLLABLES = frozenset({"", "m", "n", "ng", "hm", "hng", "ê"})

VARIANTS_HEADER = """\
# 检索时按同一个字看待的字：每行先写归到的字，空一格，后面是归到它的各种写法。
# 由 scripts/search_data.py 生成，不要手改。用在 NFKC 和小写之后；归到的字自己不再归到别的字。
#
# 一、《通用规范汉字表》（2013）的字不归到别的字，人名才不混：昇升、喆哲、堃坤、甦苏、祕秘、邨村、甯宁
#     各是各的，著着、瞭了、藉借也是。例外只有这几个：{traditional}。
#     它们又是一个常用字的繁体，或者同一个繁体的另一个简化字。
# 二、其他的字归到规范字。繁体字、港台和日本的字形按 OpenCC 的单字表，一对多的归到最常用的那个；
#     异体字按《第一批异体字整理表》；旧字形、俗字、部首见 scripts/search_characters/variants.txt。
# 三、括号、引号、连接号、间隔号各归一种，○ 归到 〇。书名号、顿号、圆括号不在这里。
#
# 来源：OpenCC 的字表（Apache License 2.0）；
# Unicode 的 Unihan 和 EquivalentUnifiedIdeograph（Unicode License v3）。
"""
READINGS_HEADER = """\
# 读音：每行一个不带声调的音节，ü 写作 v，空一格，后面是读这个音的字，常读这个音的在前。
# 由 scripts/search_data.py 生成，不要手改。
#
# 收《通用规范汉字表》和 GB 2312 的字，variants.txt 里归到别的字的不收。
# 多音字每个常用读音一行，最多三个，姓氏、地名的读音在内。
#
# 来源：pypinyin 的字词读音（MIT）；补充的读音见 scripts/search_characters/readings.txt。
"""


def rows(name: str) -> Iterator[tuple[str, str]]:
    """The lines `target sources` of a kept file."""
    for line in (KEPT / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            target, _, sources = line.partition(" ")
            yield target, sources


def standard() -> list[str]:
    """The characters of 通用规范汉字表 in its order."""
    return [char for line, _ in rows("standard.txt") for char in line]


def is_stable(char: str) -> bool:
    return unicodedata.normalize("NFKC", char).lower() == char


def variants(known: list[str]) -> dict[str, str]:
    """Each character that is written for another one, with that one."""
    official = frozenset(known)
    simplified, old_forms = OpenCC("t2s"), OpenCC("jp2t")
    regional = [OpenCC(name) for name in ("tw2s", "hk2s")]
    kept = {source: target for target, sources in rows("variants.txt") for source in sources}

    def alike(char: str) -> Iterator[str]:
        yield kept.get(char, char)
        yield simplified.convert(char)
        yield from (each.convert(char) for each in regional)
        yield simplified.convert(old_forms.convert(char))

    said: dict[str, str] = {}
    for char in (chr(code) for block in IDEOGRAPHS for code in block):
        if char in official:
            # what Japan writes as China does has an old form: 愼 is 慎
            old = old_forms.convert(char)
            if len(old) == 1 and old not in official and simplified.convert(old) == old:
                said[old] = char
    for char in (chr(code) for block in IDEOGRAPHS for code in block):
        other = next((each for each in alike(char) if each != char and len(each) == 1), None)
        if other and char not in official:
            said[char] = other
    said |= kept | TRADITIONAL

    table = {source: _end(source, said) for source in said}
    return {
        source: target
        for source, target in table.items()
        if is_stable(source) and (target in official or source in kept or 0x4E00 <= ord(target) < 0xA000)
    }


def _end(source: str, said: dict[str, str]) -> str:
    passed = [source]
    while passed[-1] in said:
        passed.append(said[passed[-1]])
        if passed[-1] in passed[:-1]:
            raise ValueError(f"a ring of variants: {' '.join(passed)}")
    return passed[-1]


def readings(known: list[str], folded: dict[str, str]) -> dict[str, list[str]]:
    """The readings of each character, commonest first."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for word, spoken in PHRASES_DICT.items():
        if len(word) == len(spoken):
            for char, each in zip(word, spoken, strict=True):
                words[char][_syllable(each[0])] += 1
    kept: dict[str, list[str]] = defaultdict(list)
    for syllable, chars in rows("readings.txt"):
        for char in chars:
            kept[char].append(syllable)

    found = {}
    for char in dict.fromkeys([*known, *_gb2312()]):
        if char in folded or ord(char) not in PINYIN_DICT:
            continue
        given = dict.fromkeys(_syllable(each) for each in PINYIN_DICT[ord(char)].split(","))
        ordered = sorted(given, key=lambda each: -words[char][each])
        least = max(LEAST_WORDS, LEAST_SHARE * words[char].total())
        usual = next(iter(given))
        common = [each for each in ordered if each == usual or words[char][each] >= least]
        most = MOST_READINGS - len(kept[char])
        chosen = [each for each in (*common[:most], *kept[char]) if each not in NO_SYLLABLES]
        if chosen:
            found[char] = chosen
    return found


def _syllable(spoken: str) -> str:
    return to_normal(spoken, v_to_u=False)


def _gb2312() -> Iterator[str]:
    """The ideographs of GB 2312: rows 16 to 87."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            yield from bytes((high, low)).decode("gb2312", errors="ignore")


def texts() -> dict[str, str]:
    """File name → what it holds."""
    known = standard()
    folded = variants(known)
    by_target: dict[str, list[str]] = defaultdict(list)
    for source, target in sorted(folded.items()):
        by_target[target].append(source)
    spoken = readings(known, folded)
    by_syllable: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for char, syllables in spoken.items():
        for rank, syllable in enumerate(syllables):
            by_syllable[syllable].append((min(rank, 1), char))
    traditional = " ".join(source + target for source, target in sorted(TRADITIONAL.items()))
    return {
        "variants.txt": VARIANTS_HEADER.format(traditional=traditional)
        + "".join(f"{target} {''.join(sources)}\n" for target, sources in sorted(by_target.items())),
        "readings.txt": READINGS_HEADER
        + "".join(
            f"{syllable} {''.join(char for _, char in sorted(chars, key=lambda pair: pair[0]))}\n"
            for syllable, chars in sorted(by_syllable.items())
        ),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if a file differs")
    check = parser.parse_args().check
    differing = []
    for name, text in texts().items():
        file = DATA / name
        if not file.exists() or file.read_bytes() != text.encode():
            differing.append(name)
            if not check:
                file.write_bytes(text.encode())
    print(*(differing or ["nothing"]), "differs" if check else "written")
    return 1 if check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
