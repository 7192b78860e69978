"""Markings: of state secrets (保守国家秘密法第二十二条), of internal papers, and of drafts.

A marking stands alone in a line, in brackets, or with its ★. Prose that speaks of secrets, of internal
papers or of drafts marks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Confidence, Finding, Kind
from .known import Known
from .reading import Reading

#: What must stand in a text for this detector to look.
TRIGGERS = (
    *("密", "★", "稿", "草案", "内部", "内 部", "内\u3000部", "外传", "保存", "保管", "传阅", "收回", "翻印"),
)
_S = r"[^\S\n]*"
_STAR = "[★☆✩✭⭐✮*]"
_LEVEL = rf"(绝{_S}密|机{_S}密|秘{_S}密)"
_PERIOD = r"(?:长期|启用前|解密前|[0-9一二三四五六七八九十]+\s*(?:年|个?月|天|日))"
_STARRED = re.compile(rf"{_LEVEL}{_S}[★☆✩✭⭐✮]{_S}{_PERIOD}?")
_CLASSED = re.compile(rf"密{_S}级{_S}[:：]{_S}{_LEVEL}(?!\s*[□☐/、]|[\u4e00-\u9fff])")
_ALONE = re.compile(rf"{_LEVEL}{_S}(?:{_STAR}?{_S}{_PERIOD}|件|文件)?")
_BRACKETED_FIRST = re.compile(rf"[【\[]{_S}{_LEVEL}{_S}(?:{_STAR}{_S}{_PERIOD}?)?[】\]]")
_QUOTES = "“”\"'「」『』‘’《》"
_SPEAKING = re.compile("标志|标识|标注|标明|字样|形式|如下|例如|格式")

_INTERNAL_WORD = (
    rf"(?:内{_S}部{_S}(?:资{_S}料|文{_S}件|材{_S}料|刊{_S}物|使{_S}用|参{_S}考|掌{_S}握|传{_S}阅)|工{_S}作{_S}秘{_S}密"
    rf"|注{_S}意{_S}(?:保{_S}存|保{_S}密)|妥{_S}善{_S}保{_S}(?:管|存)|(?:不得|请勿|严禁|禁止|切勿)(?:对)?外传|不得翻印"
    r"|[仅只限供]{1,2}内部(?:使用|参考|工作|传阅|掌握)?(?:使用|参考)?|阅后(?:收回|即焚|销毁))"
)
_INTERNAL = re.compile(
    rf"{_INTERNAL_WORD}(?:[\s,，、;；！!。·★☆]*{_INTERNAL_WORD})*[!！。]?(?:{_S}★{_S}{_PERIOD}?)?"
)

# 草案 alone is none: drafts of plans and budgets are published by law, as such.
_DRAFT_WORD = (
    "(?:公开征求意见(?:修改)?稿|征求意见(?:修改)?稿|送审(?:修改)?稿|讨论(?:修改)?稿|审议稿|报批稿|代拟稿|修改稿|初稿|草稿"
    "|送审草案|征求意见草案|讨论草案)"
)
_DRAFT_BRACKETED = re.compile(
    rf"[（(【\[〔]\s*({_DRAFT_WORD})\s*(?:第?[0-9一二三四五六七八九十]+[次稿版]?)?\s*[）)】\]〕]"
)
_DRAFT_BARE = re.compile(_DRAFT_WORD)
_DRAFT_TITLE = re.compile(
    "(?:办法|规定|方案|细则|规划|章程|公约|制度|条例|意见|规则|合同|协议|计划|规约|清单|目录|通知|报告|决定|指南|规范|标准)$"
)
_TALKING = re.compile(
    "审议|讨论|表决|听取|审查|通过|关于|征求|起草|形成|提交|印发|反馈|修改|完善|公布|[。；，,;]"
)
_AFTER_TITLE = re.compile(
    r"[》”\"\s*_]*(?:\.(?:docx?|pdf|wps|xlsx?|et|ofd|txt|md|zip|rar|html?|pptx?))?\s*$", re.IGNORECASE
)
_MARKS = " \t\r\u3000#>*_-~`|·"
_OPENING, _CLOSING = "【[（(〔", "】])）〕"
_LONGEST_TITLE = 60
_NEAR = 12
_REACH = 200


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every marking of secrecy, of papers for internal use, and of drafts."""
    yield from _secret(reading)
    yield from _internal(reading)
    yield from _draft(reading)


def _line(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands in a line before and after a range, without Markdown's marks; of a long line a part."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    after = text[end : end + _REACH].partition("\n")[0]
    return before.lstrip(_MARKS), after.rstrip(_MARKS)


def _is_alone(text: str, start: int, end: int, brackets: bool = True) -> bool:
    before, after = _line(text, start, end)
    if brackets and before and after and before[-1] in _OPENING and after[0] in _CLOSING:
        before, after = before[:-1], after[1:]
    return not before.strip(_MARKS) and not after.strip(_MARKS)


def _secret(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    for match in _STARRED.finditer(text):
        if not _is_mention(text, *match.span()):
            yield _marked(reading, Kind.SECRET, match.span(), _level(match) + "★")
    for match in _CLASSED.finditer(text):
        yield _marked(reading, Kind.SECRET, match.span(1), _level(match))
    for match in _BRACKETED_FIRST.finditer(text):
        if not _line(text, *match.span())[0]:
            yield _marked(reading, Kind.SECRET, match.span(1), _level(match))
    for match in _ALONE.finditer(text):
        if _is_alone(text, *match.span()):
            yield _marked(reading, Kind.SECRET, match.span(), _level(match))


def _level(match: re.Match[str]) -> str:
    return "".join(match[1].split())


def _is_mention(text: str, start: int, end: int) -> bool:
    """Whether a text speaks of a marking: in quotation marks, or with a word for marking beside it."""
    quoted = text[max(0, start - 1) : start] in set(_QUOTES) and text[end : end + 1] in set(_QUOTES)
    beside = text[max(0, start - _NEAR) : start] + text[end : end + _NEAR]
    return quoted and bool(
        _SPEAKING.search(beside) or not _is_alone(text, start - 1, end + 1, brackets=False)
    )


def _internal(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    for match in _INTERNAL.finditer(text):
        before, after = _line(text, *match.span())
        bracketed = before[-1:] in set(_OPENING) and after[:1] in set(_CLOSING)
        starred = "★" in match.group()
        if bracketed or starred or _is_alone(text, *match.span()):
            word = "".join(match.group().split()).strip("!！。★☆")
            yield _marked(reading, Kind.INTERNAL, match.span(), word, Confidence.CONTEXT)


def _draft(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    for match in _DRAFT_BRACKETED.finditer(text):
        before, after = _line(text, *match.span())
        if _ends_title(before, after):
            yield _marked(reading, Kind.DRAFT, match.span(1), match[1], Confidence.CONTEXT)
    for match in _DRAFT_BARE.finditer(text):
        before, after = _line(text, *match.span())
        alone = _is_alone(text, *match.span(), brackets=False)
        if alone or (_is_title(before, after) and _stands_by_itself(text, match.start())):
            yield _marked(reading, Kind.DRAFT, match.span(), match.group(), Confidence.CONTEXT)


def _ends_title(before: str, after: str) -> bool:
    """Whether a marking in brackets ends the title in its line, and is not in a title that prose names."""
    if not _AFTER_TITLE.fullmatch(after) or len(before) > _LONGEST_TITLE:
        return False
    opened = before.rfind("《")
    if opened < 0 or "》" in before[opened:]:
        return "》" not in after
    return not _TALKING.search(before[:opened])


def _is_title(before: str, after: str) -> bool:
    """Whether a bare word for a draft ends a title: 某某办法征求意见稿."""
    return (
        len(before) <= _LONGEST_TITLE
        and bool(_AFTER_TITLE.fullmatch(after))
        and bool(_DRAFT_TITLE.search(before))
        and not _TALKING.search(before)
    )


def _stands_by_itself(text: str, at: int) -> bool:
    """Whether the line is a title by its place: the first or only one, or a heading of Markdown."""
    start = text.rfind("\n", max(0, at - _REACH), at) + 1
    first = start <= _REACH and not text[:start].strip()
    return first or text.startswith("#", start)


def _marked(
    reading: Reading, kind: Kind, span: tuple[int, int], word: str, confidence: Confidence = Confidence.EXACT
) -> Finding:
    return reading.finding(kind, confidence, span, word, word)
