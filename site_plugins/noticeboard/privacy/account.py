"""存折、银行账号: 10 to 25 digits under the label of an account, which nothing proves and the words say.

The account of an institution, into which one pays a deposit or a fee, is public: it is known by what its
label says (缴款账户、保证金账户、基本户) or by a holder that is an office, a company or a collective.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Confidence, Finding, Kind
from .known import Known
from .labels import Sort
from .numbers import Run
from .reading import Reading

_SHORTEST, _LONGEST = 10, 25
_INSTITUTION = (
    "(?:公司|政府|委员会|村委会|居委会|合作社|联合社|财政[局所]|管理[局处站所]|[国金]库|中心|学校|医院|卫生院|办公室|总会|基金会|工会"
    "|经管站|信用社|局|总站|联社)"
)
_PUBLIC = re.compile(
    "对公|缴[款费纳存]|保证金|国库|非税|财政专户|专用[账帐]户|专户|基本[账帐]?户|公[账帐]|收款单位|捐[款赠]|慈善"
    rf"|(?:[账帐]户名称?|户名|开户名称?|单位名称|收款人)[:： ]*\S{{2,24}}{_INSTITUTION}"
    rf"|{_INSTITUTION}(?:的|银行|开户|收款)*(?:[账帐][号户])"
)
_HOLDER = re.compile(rf"(?:^|[\s|,，;；])[\u4e00-\u9fff]{{2,24}}{_INSTITUTION}(?:$|[\s|,，;；（(])")
_PERSONAL = re.compile("存折|一卡通|一折通|社保卡|社会保障卡|户主|姓名|农户|领取人|持卡人|本人|个人")
_AROUND = 80
_SCIENTIFIC = re.compile(r"(?<![0-9.])[1-9]\.[0-9]{11,}[Ee]\+?1[0-9](?![0-9])")
_MASK = re.compile(r"[*×●•■xX]")
_MOST_SHOWN = 12
_SUM = re.compile(r"(?:\.[0-9]+)?\s*[万亿]?元")


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every account number that its label gives away and that is not an institution's."""
    if not (reading.may_say(Sort.ACCOUNT) or reading.may_say(Sort.CARD)):
        return
    for run in reading.runs:
        taken = 0
        for number, start in enumerate(run.starts):
            end = _end(run, number) if start >= taken else None
            if end is None:
                continue
            span = run.span(start, end)
            if not reading.label(span[0]).says(Sort.ACCOUNT, Sort.CARD):
                continue
            taken = end
            other = _is_masked(reading.text, *span) or _SUM.match(reading.text, span[1])
            if not other and not is_public(reading, *span):
                yield _finding(reading, span, run.digits[start:end])
    for match in _SCIENTIFIC.finditer(reading.text):
        label = reading.label(match.start())
        if label.says(Sort.ACCOUNT, Sort.CARD) and not label.says(Sort.ID):
            value = re.sub("[^0-9]", "", match.group().upper().partition("E")[0])
            yield _finding(reading, match.span(), value)


def _finding(reading: Reading, span: tuple[int, int], value: str) -> Finding:
    return reading.finding(Kind.ACCOUNT, Confidence.CONTEXT, span, value, reading.label(span[0]).word)


def _end(run: Run, number: int) -> int | None:
    """The end of the account that begins with a group: one long group, or short ones with a blank between."""
    start, end = run.starts[number], run.ends[number]
    others = slice(number + 1, number + _LONGEST)
    if end - start < _SHORTEST:
        for begin, stop in zip(run.starts[others], run.ends[others], strict=True):
            gap = run.at[begin] - run.at[begin - 1] - 1
            if stop - begin >= _SHORTEST or gap > 1 or stop - start > _LONGEST:
                break
            end = stop
    return end if _SHORTEST <= end - start <= _LONGEST else None


def _is_masked(text: str, start: int, end: int) -> bool:
    """Whether a mask hides the rest of the number, and most of it."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return end - start < _MOST_SHOWN and bool(_MASK.search(beside))


def is_public(reading: Reading, start: int, end: int) -> bool:
    """Whether the account at [start, end) is an institution's, by its label, its heading, or the holder."""
    label = reading.label(start)
    if label.word.startswith(("存折", "一", "社")):
        return False
    around = reading.text[max(0, start - _AROUND) : start] + " " + reading.text[end : end + _AROUND]
    heading = reading.heading_over(start)
    if _PUBLIC.search(around) or _PUBLIC.search(heading):
        return True
    return bool(_HOLDER.search(reading.row)) and not _PERSONAL.search(heading)
