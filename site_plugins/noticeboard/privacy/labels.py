"""What the words around a number say that it is: headings of columns and labels before a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .fold import compact


class Sort(StrEnum):
    """What a label promises."""

    ID = "id"
    CARD = "card"
    ACCOUNT = "account"
    PHONE = "phone"
    PERMIT = "permit"
    ONLINE = "online"
    CODE = "code"
    AMOUNT = "amount"


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_NUMBER = r"(?:[:：]?(?:号码|编号|编码|代码|号|[Nn][Oo]\.?|№))?"
_OF_CODE = (
    "承包方 发包方 地块 宗地 合同 项目 订单 索引 单位 机构 组织机构 信用 统一社会信用 社会信用 资产 "
    "设备 档案 行政区划 区划 "
    "户 农户 会员 学生 人员 个人 证书 许可证 备案 登记 注册 受理 业务 采购 招标 标段 工程 产品 商品 "
    "防伪 追溯 不动产单元 权证"
)
# At one place the first that fits wins: 军官证件号 is a permit, 社会保障卡号 a card, 身份证编号 no code.
_WORDS: dict[Sort, str] = {
    Sort.PERMIT: _any(
        "护照 通行证 回乡证 台胞证 台湾居民来往大陆 军官证 士兵证 警官证 士官证 文职干部证 军人证 "
        "军人身份证件 外国人居留"
    )
    + _NUMBER,
    Sort.CARD: _any(
        "银行卡 一卡通 一折通 社保卡 社会保障卡 医保卡 工资卡 借记卡 储蓄卡 信用卡 惠农卡 惠民卡 "
        "补贴卡 卡折 卡号"
    )
    + _NUMBER,
    Sort.ID: _any(
        "(?:居民)?身份证明?件? 公民身份 身份号 身份信息 证件号 证件编号 残疾人?证 学籍号 社会保障号 "
        "社保号 医保号 医疗保障号 "
        "居住证 居留证 居留身份 驾驶证 [Ss][Ff][Zz] [Ii][Dd](?:[Cc]ard|[Nn]umber|[Nn]o|号)"
    )
    + _NUMBER,
    Sort.ONLINE: r"(?:QQ|qq|微信|抖音|快手|登录|用户|公众)(?:[账帐]号|号码|号|名)|邮[箱件]|[Ee]-?mail",
    Sort.ACCOUNT: _any(
        "存折(?:账号|帐号|号码|号)? 银行[账帐]号 银行[账帐]户 [账帐]号 [账帐]户(?:号码|号)? 折号 银行号码"
    ),
    Sort.PHONE: _any(
        "手机(?:号码|号)? 座机(?:号码|号)? (?:联系|办公|家庭|监督|举报)?电话(?:号码)? 联系方式 "
        "联系号码 联系人 热线 传真 "
        "[Tt][Ee][Ll] MOBILE [Mm]obile PHONE [Pp]hone"
    ),
    Sort.CODE: f"{_any(_OF_CODE)}?"
    + _any(
        "编码 编号 代码 单号 订单号? 流水号? 票据号? 票号 发票号? 索引号 合同号 宗地号 地块号 单元号 "
        "标识码 识别号 税号 批号 "
        "序列号 文号 案号 档案号 备案号 许可证号? 注册号 登记号 凭证号 受理号 批次号 回执号 条形?码 "
        "二维码 追溯码 耳标号? "
        "监管码 信用码 会议号 会议ID 商户号 交易号 工单号 户号 序号 行号 证书号 权证号 机号 车架号 学号 "
        "工号 设备号 "
        "货号 卷号 房号 支号 卡片号 "
        "[产使许婚保抚格照考]证号 物联网卡号? ICCID IMEI (?<![A-Za-z])[Nn][Oo]\\.?$ №$"
    ),
    Sort.AMOUNT: _any(
        "金额 总额 余额 数量 面积 价格? 合计 总计 小计 产值 收入 支出 资金 费用 亩数 [（(](?:万?元|亩)[)）]"
    ),
}
_VOCABULARY = re.compile("|".join(f"(?P<{sort}>{words})" for sort, words in _WORDS.items()))
_REMARK = re.compile(r"[（(][^（）()]*[)）]")
# Numbers of one list stand under one label: 承包方编码：甲、乙.
_EARLIER = re.compile(r"(?:[0-9X*]{6,}\s*[、,，;；/和及与或]\s*)+$")
_JOINING = " \t\r\n\v\f\u3000\xa0:：|为是=（(【[“\"'*#-_~>"
_ENDING = re.compile(r"[。；;，,、|\t\n！？!?]")
_FAR = 12
_NEAR = 2
_WINDOW = 64
#: How far a label may stand from its value, in characters; a code's and an amount's nearly touch it.
_REACHES = {Sort.CODE: _NEAR, Sort.AMOUNT: 0}


#: Without one of these characters nothing in a text promises the sort: asked before the vocabulary is.
HINTS: dict[Sort, re.Pattern[str]] = {
    Sort.ID: re.compile("[证份保籍SsIi]"),
    Sort.CARD: re.compile("[卡通折]"),
    Sort.ACCOUNT: re.compile("[账帐折]|银行"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """What a label promises, and the word that says so: always one of the vocabulary, never free text."""

    sorts: frozenset[Sort] = frozenset()
    word: str = ""

    def says(self, *sorts: Sort) -> bool:
        """Whether it promises one of them."""
        return not self.sorts.isdisjoint(sorts)


NONE = Label()


@lru_cache(maxsize=512)
def of_heading(heading: str) -> Label:
    """All that the heading of a column says; 身份证号/一卡通账号 says two things."""
    if not heading:
        return NONE
    matches = list(_VOCABULARY.finditer(compact(heading)))
    return (
        Label(frozenset(Sort(str(match.lastgroup)) for match in matches), matches[0].group())
        if matches
        else NONE
    )


def before(text: str, at: int) -> Label:
    """The label that stands directly before `at` in a folded text: the nearest word decides.

    Remarks in brackets do not count.
    """
    piece = text[max(0, at - _WINDOW) : at]
    piece = _EARLIER.sub("", piece)
    piece = _REMARK.sub("", piece).rstrip(_JOINING)
    piece = "".join(_ENDING.split(piece)[-1][-2 * _FAR :].split())
    last = None
    for match in _VOCABULARY.finditer(piece):
        last = match
    if last is None:
        return NONE
    between = piece[last.end() :]
    sort = Sort(str(last.lastgroup))
    if len(between) > _REACHES.get(sort, _FAR) or re.search("[0-9]{4}", between):
        return NONE
    return Label(frozenset({sort}), last.group())
