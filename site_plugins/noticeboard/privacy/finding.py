"""What a detector finds: a kind, a place in a passage, how sure; never the thing itself in print."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What was found. Each has a detector module of its own."""

    ID_NUMBER = "id-number"  # 公民身份号码 GB 11643
    BANK_CARD = "bank-card"  # 银行卡、社会保障卡
    ACCOUNT = "account"  # 存折、银行账号
    MOBILE = "mobile"  # 手机号码
    PERMIT = "permit"  # 护照、港澳台通行证、军官证
    PLATE = "plate"  # 车牌
    ADDRESS = "address"  # 门牌到户的住址
    ONLINE = "online"  # 电子邮箱、QQ、微信
    SENSITIVE = "sensitive"  # 病种、残疾等级、致贫原因等
    SECRET = "secret"  # noqa: S105  # 绝密、机密、秘密★
    INTERNAL = "internal"  # 内部资料、工作秘密、注意保存
    DRAFT = "draft"  # 征求意见稿、送审稿


class Confidence(StrEnum):
    """How sure a detector is.

    `exact`: the form proves it by itself (checksum, prefix, date). `context`: the words around it say
    so, or the form alone could also be something else. `doubtful`: the form says so, the words around
    it say that it is something else, and a person is asked.
    """

    EXACT = "exact"
    CONTEXT = "context"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something private or secret at [start, end) of a passage's text.

    `value` is the normalised thing itself (digits only, upper-case X); it is for comparing in memory and
    never printed, stored or put into a problem. `sample` is safe to show. `word` is the heading, label or
    marking that gave it away, where there is one.
    """

    kind: Kind
    confidence: Confidence
    start: int
    end: int
    sample: str
    value: str = field(repr=False)
    word: str = ""
