"""Tables of every kind of file: each cell with the heading of its column and the rest of its row.

People set up tables as they like: titles above, headings in two rows, a new head for every village,
forms with the label to the left. What heads a column decides whether eighteen digits are somebody's
ID number or the code of a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .limits import MAX_ROW
from .passage import Steps
from .sink import Sink

#: What stands in parentheses behind a heading, and colons and spaces in it, do not belong to the word.
_AROUND = re.compile(r"[\s:：*＊]+|[（(\[【][^）)\]】]*[）)\]】]")
#: Words that head columns. A row with two of them side by side, and no data, is a head.
_HEADINGS = re.compile(
    r"序号?|.{0,6}编[号码]|.{0,8}(?:姓名|名字|名单|成员)|户主|性别|年龄|民族|学历|籍贯|党员|职务|职业|职称"
    r"|.{0,10}(?:身份证|证件|证书|残疾证|社保卡|银行卡|一卡通|存折|卡|证|帐|账|电话|手机|联系|QQ|微信|护照|车牌|通行证)"
    r"(?:号码?|[帐账]?[号户](?:码)?|编号|方式|电话|人|类[别型]|号码或证件号)?"
    r"|.{0,8}(?:号码?|编码|代码|代号|账户|帐户|电话|方式)|(?:开户)?(?:银行|行)(?:名称)?|邮箱|电子邮[件箱]|邮编"
    r"|.{0,4}(?:地址|住址|住所|门牌|住处)|.{0,6}(?:日期|时间|年月|年度|月份|年份|期限)"
    r"|.{0,8}(?:金额|面积|人[数口]|数量|数|单价|合计|小计|总计|总额|标准|资金|补[贴助]|费用?|比例|价格?|余额|收入|支出)"
    r"|.{0,6}(?:类[别型]|等级|级别|原因|病种|疾病|关系|状况|情况|性质|名称|项目|内容|事由|用途|来源|依据|结果|状态)"
    r"|一[折卡]通|病[情史因]|.{0,4}致贫.{0,4}|宗教信仰|信仰|.{0,4}(?:犯罪|吸毒|服刑)(?:记录|情况|史)?|罪名|前科|刑期|居住地|户籍(?:所在)?地"
    r"|备注|说明|单位|.{0,4}单位|部门|.{0,4}负责人|经办人|.{0,4}学校|班级|监护人|所[在属].{1,4}|村名?|组别?|村民?小?组|行政村|镇村|乡镇"
    r"|四至|地块|.{0,6}(?:东|南|西|北)至|地类|用地|是否.{1,8}|.{0,4}签[字名]|.{0,4}(?:出生|生日).{0,4}|.{0,6}信息"
    r"|no\.?|id|.{0,20}(?:name|number|phone|tel|telephone|mobile|e-?mail|address|amount|date|account|remarks?|code|card)",
    re.IGNORECASE,
)
#: A label is short, has letters, and no row of digits.
_LABEL = re.compile(r"(?=.*[^\W\d_])(?!.*\d{5}).{1,40}", re.DOTALL)
#: Of a workbook of Excel.
LAST_COLUMN = 16_384
#: A column that has this many columns between itself and its label to the left has none.
_REACH = 60


@lru_cache(maxsize=8192)
def is_label(text: str) -> bool:
    """Whether a text could head a column or name the field to its right."""
    return _LABEL.fullmatch(text.strip()) is not None


@lru_cache(maxsize=8192)
def is_heading(text: str) -> bool:
    """Whether a text is a word that heads columns: 姓名, 身份证号码, 金额（元）."""
    return is_label(text) and _HEADINGS.fullmatch(_AROUND.sub("", text)) is not None


@dataclass(slots=True)
class Row:
    """One row: its number, and its cells from left to right as (column, text), blank ones left out.

    `spans` are cells merged over several columns: first column → last.
    """

    number: int
    cells: list[tuple[int, str]]
    spans: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Layout:
    """How the cells of one table are called, and what else is to be said of them."""

    steps: Steps
    #: whether row and column are a place in a sheet
    placed: bool = True
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def add_table(rows: Sequence[Row], sink: Sink, layout: Layout) -> None:
    """Every cell as a passage with heading and row."""
    head = _Head()
    for index, row in enumerate(rows):
        head.look(rows, index)
        if row.cells:
            _add_row(row, head, sink, layout)


def _add_row(row: Row, head: _Head, sink: Sink, layout: Layout) -> None:
    sink.spend("cells", len(row.cells))
    whole, half, start = " ".join(text for _, text in row.cells), MAX_ROW // 2, 0
    hidden_row = (("hidden-row", ""),) if row.number in layout.hidden_rows else ()
    is_head = row.number in head.numbers
    for position, (column, text) in enumerate(row.cells):
        end = start + len(text)
        rest = (whole[max(0, start - half) : start] + whole[end + 1 : end + half]).strip()
        steps = (*layout.steps, ("cell", f"{column_name(column)}{row.number}"), *hidden_row)
        if column in layout.hidden_columns:
            steps = (*steps, ("hidden-column", ""))
        heading = "" if is_head else _heading(row, position, head.words.get(column, ""))
        sink.add(text, steps, (row.number, column) if layout.placed else (1, 1), heading, rest)
        start = end + 1


def _heading(row: Row, position: int, above: str) -> str:
    """The word above where it is one that heads columns, else the label to the left, else what is above."""
    if above and any(map(is_heading, above.split(" "))):
        return above
    left = ""
    for at in range(position - 1, max(-1, position - 1 - _REACH), -1):
        text = row.cells[at][1]
        if is_heading(text):
            return text
        if not left and at == position - 1 and is_label(text):
            left = text
    return above or left


class _Head:
    """The head in force while going down a table."""

    def __init__(self) -> None:
        self.words: dict[int, str] = {}
        self.numbers: set[int] = set()
        self._until = -1
        self._ended = True

    def look(self, rows: Sequence[Row], index: int) -> None:
        """Take note of the row at `index`: it may begin a head, continue one, or end a block."""
        row = rows[index]
        if index <= self._until:
            return
        if len(row.cells) < 2 or (index and row.number - rows[index - 1].number > 1):
            self._ended = True
            if len(row.cells) < 2:
                return
        if not all(is_label(text) for _, text in row.cells):
            return
        if _named(row) or (self._ended and _shaped(rows, index)):
            self._take(rows, index)

    def _take(self, rows: Sequence[Row], index: int) -> None:
        first = rows[index]
        self.words = _spread(first)
        self.numbers.add(first.number)
        self._until, self._ended = index, False
        for below in range(index + 1, min(index + 3, len(rows))):
            row = rows[below]
            if row.number != rows[below - 1].number + 1 or not _continues(rows[below - 1], row):
                break
            for column, text in row.cells:
                above = self.words.get(column, "")
                self.words[column] = f"{above} {text}" if above and above != text else text
            self.numbers.add(row.number)
            self._until = below


def _beside(row: Row) -> int:
    """The most cells that stand side by side and are words that head columns."""
    longest = run = 0
    before = None
    for column, text in row.cells:
        named = is_heading(text)
        run = run + 1 if named and before is not None and column == before + 1 else int(named)
        longest = max(longest, run)
        before = row.spans.get(column, column) if named else None
    return longest


def _named(row: Row) -> bool:
    return _beside(row) >= 2 and sum(is_heading(text) for _, text in row.cells) * 2 >= len(row.cells)


def _shaped(rows: Sequence[Row], index: int) -> bool:
    """Whether a row of unknown words heads what is below: labels side by side, and data under them."""
    row = rows[index]
    side_by_side = any(
        after[0] == before[0] + 1 for before, after in zip(row.cells, row.cells[1:], strict=False)
    )
    below = rows[index + 1] if index + 1 < len(rows) else None
    if not side_by_side or below is None or len(below.cells) < 2 or _named(below):
        return False
    if is_heading(row.cells[0][1]) and is_label(below.cells[0][1]) and _beside(row) < 2:
        return False  # a form: its labels stand to the left
    columns = {column for column, _ in row.cells}
    return sum(column in columns for column, _ in below.cells) >= 2


def _spread(row: Row) -> dict[int, str]:
    """Column → heading, a merged cell standing over all its columns."""
    words: dict[int, str] = {}
    for column, text in row.cells:
        shown = " ".join(text.split())
        for covered in range(column, min(row.spans.get(column, column), column + 200) + 1):
            words[covered] = shown
    return words


def _continues(above: Row, row: Row) -> bool:
    """Whether a row is the second row of a head: labels below merged cells or in the gaps above."""
    if not row.cells or not all(is_label(text) for _, text in row.cells):
        return False
    known = sum(is_heading(text) for _, text in row.cells)
    if not known or known * 2 < len(row.cells):
        return False
    covered = {
        column for first, last in above.spans.items() for column in range(first, min(last, first + 200) + 1)
    }
    filled = {column for column, _ in above.cells}
    columns = {column for column, _ in row.cells}
    return bool(columns & covered) or bool(columns - filled) or columns != filled


@lru_cache(maxsize=20_000)
def column_name(column: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """A → 1, AA → 27; 0 where this is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or number > LAST_COLUMN:
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def numbered(rows: Iterable[Sequence[str]], start: int = 1) -> list[Row]:
    """Rows of plain texts, as in a CSV file."""
    return [
        Row(number, [(column, text) for column, text in enumerate(texts, 1) if text and not text.isspace()])
        for number, texts in enumerate(rows, start)
    ]
