"""住址到户: where somebody lives, down to the door.

By label or heading (家庭住址) an address with the number of a house, a flat or a room; without one, a flat
of a housing estate (3栋2单元501室) or a house of a village group (三组15号). Offices are none, nor is what
`Known.addresses` holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Confidence, Finding, Kind
from .known import Known
from .reading import Reading

#: What must stand in a text or its heading for this detector to look.
TRIGGERS = ("住", "家庭地址", "户籍", "户口", "门牌", "单元", "室", "户", "组", "社", "队")
_LONGEST_NAME = 24
_BEHIND = 6
_N = "[0-9一二三四五六七八九十百零〇]{1,6}(?:[-－—][0-9]{1,5}){0,3}"
_LABEL = re.compile(
    "家庭(?:居?住)?(?:地址|住址|住所|址)|(?:现|常|经常)(?:居住?|住)(?:地址|地|址)?|家住|居住(?:地址|地|址|[在于])|住(?:址|地址|[在于])"
    "|户籍(?:所在地|地址|地|住址)|户口(?:所在地|地址|住址)|(?<=[，,、；;])住(?![房宅建院宿户持校])"
)
_HEADING = re.compile("(?:家庭|现|常|经常)?居?住(?:地址?|址)|家庭地址|户籍(?:所在)?地|户口所在地|门牌")
_PIECE = re.compile(r"[^，,。；;！？!?\n|\t（(）)]{3,60}")
_JOINT = re.compile(r"[\s:：为是|]*")
_DOOR = re.compile(rf"{_N}\s*(?:号(?![线机令文])|室|单元)|[栋幢座楼#]\s*{_N}\s*户")
_BUILDING = r"\s*(?:号楼|栋|幢|座|#)\s*"
_ESTATE = "(?:小区|花园|家园|公寓|新村|社区|安置[点房区]|[苑园里城府庭湾])"

_FLAT = re.compile(
    rf"{_N}(?:{_BUILDING}|号\s*){_N}\s*单元\s*(?:{_N}\s*[层楼]\s*)?{_N}\s*(?:室|户|号)?"
    rf"|{_ESTATE}(?:[A-Za-z0-9]{{1,3}}区)?{_N}{_BUILDING}{_N}\s*(?:室|户)"
)
_HOUSE = re.compile(
    rf"[村屯庄寨](?:民)?第?{_N}(?:村民)?(?:小组|组|社|队){_N}号"
    r"(?![\u4e00-\u9fff]?[机地宗田线变桥塘杆坑井池泵站公告令合桩点灯路渠沟坝堰楼])"
)
_NAME_BEFORE = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]{0,24}$")
_OFFICE = re.compile(
    "办公|中心|大厅|窗口|政府|委员会|村委|局|公司|学校|医院|卫生院|卫生室|大厦|酒店|宾馆|银行|车间|厂|仓库|门市|商铺|店"
    "|派出所|法院|检察院|广场|服务站|会议室|活动室|阅览室|教室|实验室"
)


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every home to the door, by context."""
    for start, end, word in _places(reading):
        stop = _door(reading.text, start, end)
        value = "".join(reading.text[start:stop].split())
        if stop and not _is_office(reading.text, start, stop) and not _is_known(value, known):
            yield reading.finding(Kind.ADDRESS, Confidence.CONTEXT, (start, stop), value, word)


def _places(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Where an address may stand, and the label or heading that says so."""
    text = reading.text
    if heading := _HEADING.search(reading.heading_text):
        for piece in _PIECE.finditer(text):
            yield *piece.span(), heading.group()
        return
    for label in _LABEL.finditer(text):
        joint = _JOINT.match(text, label.end())
        found = _PIECE.match(text, joint.end()) if joint else None
        if found:
            yield *found.span(), label.group()
    if "\n" in text and _HEADING.search(text):
        for cell in reading.tables.cells(_HEADING):
            yield cell.start, cell.end, cell.heading
    for pattern in (_FLAT, _HOUSE):
        for flat in pattern.finditer(text):
            before = _NAME_BEFORE.search(text, max(0, flat.start() - _LONGEST_NAME), flat.start())
            yield before.start() if before else flat.start(), flat.end(), ""


def _door(text: str, start: int, end: int) -> int:
    """Where the last number of a house or a flat in [start, end) ends; 0 where there is none."""
    return max((match.end() for match in _DOOR.finditer(text, start, end)), default=0)


def _is_office(text: str, start: int, end: int) -> bool:
    return bool(_OFFICE.search(text[start : end + _BEHIND]))


def _is_known(value: str, known: Known) -> bool:
    """Whether the address of an office holds this one, or this one the office's."""
    offices = ("".join(address.split()) for address in known.addresses)
    return any(value in office or office in value for office in offices)
