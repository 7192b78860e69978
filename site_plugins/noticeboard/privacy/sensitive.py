"""敏感个人信息 (个人信息保护法第二十八条): illness, disability, causes of poverty, religion, crime, minors.

In a table, a cell under such a heading that says something, in a row with somebody's name: the column of a
form that nobody filled in, and a table of standards by grade of disability, tell nothing of anybody. In
prose, only a sentence that tells such a fact of a person with a name. What is masked is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Confidence, Finding, Kind
from .fold import compact
from .known import Known
from .names import NAME, has_name, is_name
from .reading import Reading

#: What must stand in a text or its heading for this detector to look.
TRIGGERS = (
    *(
        "病",
        "残",
        "致贫",
        "返贫",
        "宗教",
        "信教",
        "信仰",
        "犯罪",
        "服刑",
        "刑",
        "矫正",
        "吸毒",
        "戒毒",
        "诊断",
        "健康",
        "学校",
        "癌",
    ),
    *(
        "学生",
        "子女",
        "孩子",
        "儿童",
        "幼儿",
        "孤儿",
        "未成年",
        "出生日期",
        "出生年月",
        "瘤",
        "尿毒症",
        "血症",
        *("肝", "癫痫", "中风", "脑", "帕金森", "尘肺", "结核", "狼疮", "抑郁"),
        "智力",
        "精神",
    ),
)
_FACT = re.compile(
    "病种|疾病(?:名称|种类|类型|类别|诊断|情况)?|所患疾病|患病(?:情况|种类|类型|名称|原因)?|病情|病史|病名|诊断(?:结果|病名)?"
    "|残疾(?:等级|类别|类型|程度|级别|情况|状况|种类)|伤残等级|残疾$|[致返]贫(?:返贫)?(?:主要)?原因|主要致贫原因|致贫因素"
    "|宗教信仰|信教(?:情况)?|信仰|犯罪(?:记录|情况|类型|罪名)?|罪名|前科|服刑(?:情况)?|刑期|矫正(?:类别|类型|期限)"
    "|吸毒|戒毒|健康(?:状况|情况)|身体(?:状况|情况)|就读(?:学校|院校|班级)|就学(?:学校|情况)|所在学校"
)
_MINOR = re.compile(
    "(?:未成年人|学生|子女|孩子|儿童|幼儿|孤儿|留守儿童|困境儿童|被监护人)(?:的)?(?:姓名|名字|名单)|^(?:孤儿|儿童|学生)$"
)
_BORN = re.compile("出生(?:日期|年月日?|时间)")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[01][0-9][0-3][0-9])")
_NOTHING = re.compile(
    r"[\s\-—–/\\|_.。、*×●■□○#%~～…]*|无|没有|否|是|有|不详|未知|同上|健康|良好|正常|一般|无病|健全|汉族|—|略|不公开|已隐去|[0-9.,]+人?"
)
_MASKED = re.compile(r"[*×●■○]")

_ILLNESS = (
    "(?:[\u4e00-\u9fff]{0,4}癌|[\u4e00-\u9fff]{0,3}肿瘤|白血病|尿毒症|糖尿病|高血压|冠心病|心脏病|精神病|精神分裂症?|抑郁症|癫痫|艾滋病"
    "|肺结核|结核病|肝炎|乙肝|肝硬化|脑梗塞?|脑出血|中风|帕金森[病症]?|阿尔茨海默[病症]|老年痴呆|脑瘫|血友病|红斑狼疮|肾衰竭?|尘肺病?"
    "|类风湿|重大疾病|重病|大病|慢性病|传染病|性病|残疾)"
)
_DISABILITY = "(?:视力|听力|言语|肢体|智力|精神|多重)"
_DISABLED = f"(?:{_DISABILITY}(?:残疾)?[一二三四1-4]级|[一二三四1-4]级{_DISABILITY}(?:残疾)?)"
_HEADING = re.compile(f"{_FACT.pattern}|{_MINOR.pattern}|{_BORN.pattern}")
_TOLD = (
    (re.compile("因(?:病|残)(?:致贫|返贫|丧失劳动能力|瘫痪|卧床)"), "致贫原因"),
    (re.compile(f"因(?:患)?{_ILLNESS}"), "疾病"),
    (re.compile(f"(?:身患有?|长期患有?|患有?|得了?|确诊(?:为|患)?|诊断为|罹患){_ILLNESS}"), "疾病"),
    (re.compile(_DISABLED), "残疾等级"),
    (re.compile("(?:信仰|信奉)(?:基督|天主|伊斯兰|佛|道)教|信教(?:群众|人员)"), "宗教信仰"),
    (
        re.compile("(?:被判处?|获刑|刑满释放|正在服刑|在押|社区矫正对象|吸毒人员|强制戒毒|有(?:犯罪)?前科)"),
        "犯罪",
    ),
)
_WHO = (
    "(?:村民|户主|申请人|姓名[:： ]*|低保户|贫困户|脱贫户|监测户|监测对象|特困人员|残疾人|患者|学生|农户|居民"
    "|党员|老人|对象|本人|配偶|妻子|丈夫|儿子|女儿|父亲|母亲)"
)
_PERSON = re.compile(
    rf"{_WHO}[:： ]*({NAME})"
    rf"|(?:^|[。；;\n、，,|（(\s0-9.])({NAME})"
    r"(?=[，,（(、:：\s]|因|患|身患|系|被|的|家|一家|全家|之|现|有|曾|刑|社|正|在|确|吸|，?[男女]|视|听|肢|智|精|言|多|[一二三四])"
)
#: A form: 致贫原因：因病.
_LABELLED = re.compile(rf"(?:{_FACT.pattern})[ \t]*[:：][ \t]*([^\s，,。；;|:：]{{1,16}})")
_CLAUSE = re.compile(r"[^，,。；;！？!?\n|]{0,60}")
_REACH = 120


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every sensitive fact that is told of a person, by context. The word is the heading, or the topic."""
    if reading.passage.heading:
        yield from _in_cell(reading, 0, len(reading.text), reading.heading_text, reading.row)
    elif "\n" in reading.text:
        for cell in reading.tables.cells(_HEADING):
            yield from _in_cell(reading, cell.start, cell.end, compact(cell.heading), cell.row)
    yield from _in_prose(reading)
    yield from _in_form(reading)


def _in_cell(reading: Reading, start: int, end: int, heading: str, row: str) -> Iterator[Finding]:
    text = reading.text[start:end]
    content = "".join(text.split()).strip("*_`")
    if _NOTHING.fullmatch(content) or _MASKED.search(content) or content in heading:
        return
    word = _word(heading, content, row)
    if word:
        left, right = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        yield reading.finding(Kind.SENSITIVE, Confidence.CONTEXT, (left, right), content, word)


def _word(heading: str, content: str, row: str) -> str:
    """The word of the heading that makes the cell a fact about a person, or an empty text."""
    if minor := _MINOR.search(heading):
        return minor.group() if is_name(content) else ""
    if born := _BORN.search(heading):
        return born.group() if _DAY.fullmatch(content) and has_name(row) else ""
    fact = _FACT.search(heading)
    return fact.group() if fact and has_name(row) else ""


def _in_prose(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    for pattern, word in _TOLD:
        for match in pattern.finditer(text):
            nearest = max(0, match.start() - _REACH)
            start = max(nearest, *(text.rfind(mark, nearest, match.start()) + 1 for mark in "。！？!?\n"))
            rest = _CLAUSE.match(text, match.end())
            if _names_somebody(text[start : rest.end() if rest else match.end()]):
                yield reading.finding(Kind.SENSITIVE, Confidence.CONTEXT, match.span(), match.group(), word)


def _in_form(reading: Reading) -> Iterator[Finding]:
    """What is filled in behind 病种： or 致贫原因： in a text that names somebody nearby."""
    text = reading.text
    for match in _LABELLED.finditer(text):
        told = match[1]
        if _NOTHING.fullmatch(told) or _MASKED.search(told):
            continue
        if _names_somebody(text[max(0, match.start() - _REACH) : match.end() + _REACH]):
            word = compact(text[match.start() : match.start(1)]).rstrip(":：")
            yield reading.finding(Kind.SENSITIVE, Confidence.CONTEXT, match.span(1), told, word)


def _names_somebody(clause: str) -> bool:
    """Whether the clause before a fact names somebody, by a word for a person or in a name's place."""
    return any(is_name(name) for match in _PERSON.finditer(clause) for name in _shorter(match[1] or match[2]))


def _shorter(name: str) -> tuple[str, ...]:
    """A name as matched, and without its last character: the pattern may have taken one too many."""
    return (name, name[:-1]) if len(name) > 2 else (name,)
