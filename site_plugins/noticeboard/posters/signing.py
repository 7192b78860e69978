"""The signing bodies and the date with which a notice ends, apart from its text."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Collection, Sequence
from html import unescape

#: How names of bodies that sign notices end.
BODY_ENDINGS = (
    *("人民政府", "委员会", "村委会", "居委会", "合作社", "党支部", "党总支", "党委", "办公室"),
    *("中心", "局", "所", "站", "工作组"),
)
#: Words of a sentence that ends like a name: 特此通知各村村民委员会.
_SENTENCE = re.compile("特此|以上|现将|请|各|由|将|向|的|送|报|致")
#: Longer than any name of a body, in characters.
MAX_NAME = 30
#: Stands behind a name for the seal that goes there.
_SEAL = re.compile(r"[（(](?:盖章|公章|章|印章)[）)]$")
_DATE = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_CHINESE_DATE = re.compile(
    r"([〇零○ＯO一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = {**dict.fromkeys("〇零○ＯO", 0), **dict(zip("一二三四五六七八九", range(1, 10), strict=True))}
_FOOTNOTES = '<div class="footnote">'
_BREAK = re.compile(r"<br ?/?>")
_STYLE = re.compile(r"</?(?:span|strong|b)(?: class=\"masked\")?>")
_BLANK = re.compile(r"(?:\s|&nbsp;|<br ?/?>)*")


def signature_of(html: str, publisher: str, spoken: Sequence[str]) -> tuple[str, str, str]:
    """The text without the signature at its end, the signing bodies a line each, and the date.

    `html` is sanitised, so its tags are in order; `publisher` and `spoken` are names of bodies that the
    board knows. The date comes as 2026年1月30日 however it was written. Text that does not end with
    nothing but names and a date comes back as it is, with two empty strings; footnotes behind stay.
    """
    end = _end_of_text(html)
    known = {_without_spaces(name) for name in (publisher, *spoken) if name}
    names: list[str] = []
    date = ""
    start = end
    while (piece := _last_piece(html, start)) is not None:
        begun, inner = piece
        lines = _lines(inner)
        if lines and not date:
            date = _date(lines.pop())
            if not date:
                break
        bodies = [_bodies(line, known) for line in lines]
        if not all(bodies):
            break
        names = [name for line in bodies for name in line] + names
        start = begun
    if not names:
        return html, "", ""
    return html[:start].rstrip() + html[end:], "\n".join(names), date


def _end_of_text(html: str) -> int:
    """Where the text ends: before the footnotes, if these are its last element."""
    end = len(html.rstrip())
    begun = html.rfind(_FOOTNOTES)
    if begun < 0 or not html.endswith("</div>", 0, end):
        return end
    inner = html[begun + len(_FOOTNOTES) : end - len("</div>")]
    within = 0
    for tag in re.finditer(r"<(/?)div\b", inner):
        within += -1 if tag[1] else 1
        if within < 0:
            return end
    return len(html[:begun].rstrip())


def _last_piece(html: str, end: int) -> tuple[int, str] | None:
    """Where the paragraph begins that ends at `end`, and what is in it; None for anything but words."""
    end = len(html[:end].rstrip())
    for tag in ("p", "div"):
        if html.endswith(f"</{tag}>", 0, end):
            begun = html.rfind(f"<{tag}>", 0, end)
            inner = _STYLE.sub("", html[begun + len(tag) + 2 : end - len(tag) - 3])
            words = _BREAK.sub("", inner)
            return None if begun < 0 or "<" in words else (begun, inner)
    return None


def _lines(inner: str) -> list[str]:
    if _BLANK.fullmatch(inner):
        return []
    lines = (unescape(line).strip() for line in _BREAK.split(inner))
    return [line for line in lines if line]


def _bodies(line: str, known: Collection[str]) -> list[str]:
    """The bodies that a line names, side by side or alone; none if it says anything else."""
    side_by_side = line.split()
    if len(side_by_side) > 1 and all(_is_body(name, known) for name in side_by_side):
        return side_by_side
    name = _without_spaces(line)
    return [name] if _is_body(name, known) else []


def _is_body(name: str, known: Collection[str]) -> bool:
    bare = _SEAL.sub("", name)
    if bare in known:
        return True
    looks = len(bare) <= MAX_NAME and bare.endswith(BODY_ENDINGS) and not _SENTENCE.search(bare)
    return looks and not any(map(_is_punctuation, bare))


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PSZC"


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _date(line: str) -> str:
    """A line that is nothing but a day, without leading zeros; empty for anything else."""
    text = _without_spaces(line)
    if found := _DATE.fullmatch(unicodedata.normalize("NFKC", text)):
        year, month, day = (int(part) for part in found.groups())
    elif found := _CHINESE_DATE.fullmatch(text):
        year = int("".join(str(_DIGITS[digit]) for digit in found[1]))
        month, day = _chinese_number(found[2]), _chinese_number(found[3])
    else:
        return ""
    try:
        datetime.date(year, month, day)
    except ValueError:
        return ""
    return f"{year}年{month}月{day}日"


def _chinese_number(text: str) -> int:
    """一 to 九十九; 0 for what is no number, as 十二三."""
    found = re.fullmatch(r"([一二三四五六七八九])?(十)?([一二三四五六七八九])?", text)
    if found is None or (found[1] and found[3] and not found[2]):
        return 0
    tens, ten, ones = found.groups()
    if not ten:
        return _DIGITS[tens or ones]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
