"""电子邮箱、QQ、微信: mail addresses by their form, the others by the label before them.

Whose a mail address is its form does not say, so it is by context. Addresses of offices (gov.cn), public
contacts, groups and public accounts (公众号) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Confidence, Finding, Kind
from .known import Known, emails
from .reading import Reading

#: What must stand in a text or its heading for this detector to look.
TRIGGERS = ("@", "QQ", "qq", "扣扣", "微信", "WeChat", "wechat", "Wechat", "wxid_")
_OFFICE = re.compile(r"[@.]gov\.cn$")
_QQ = re.compile(
    r"(?:[Qq]{2}|扣扣)\s*(?:号码|[账帐]号|号)?(?!群)[\s:：为是]*(?<![0-9])([1-9][0-9]{4,10})(?![0-9@*A-Za-z])"
)
_WECHAT = re.compile(
    r"(?:微信|[Ww]e[Cc]hat)\s*(?:号码|[账帐]号|号|ID|id|[:：])[\s:：为是]*([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9*])"
    r"|\b(wxid_[a-z0-9]{6,20})"
)
_NO_NAMES = frozenset({"wechat", "weixin", "weibo", "website"})
_PUBLIC_ACCOUNT = re.compile("公众|小程序|视频号|服务号|订阅号|官方|群$")
_QQ_HEADING = re.compile(r"^\w{0,4}?(?:[Qq]{2}|扣扣)(?:号码?|[账帐]号)?$")
_WECHAT_HEADING = re.compile(r"^\w{0,4}?(?:微信|[Ww]e[Cc]hat)(?:号码?|[账帐]号|ID)?$")
_QQ_NUMBER = re.compile("(?<![0-9*])[1-9][0-9]{4,10}(?![0-9*])")
_WECHAT_NAME = re.compile("(?<![A-Za-z0-9_*-])[A-Za-z][A-Za-z0-9_-]{5,19}(?![A-Za-z0-9_*-])")
#: What names an event in a calendar (RFC 5545) has the form of a mail address.
_EVENT = "UID:"
_NEAR = 8


def find(reading: Reading, known: Known) -> Iterator[Finding]:
    """Every mail address, QQ number and WeChat name that is not public."""
    for word, start, end in _places(reading):
        value = reading.text[start:end]
        if value.lower() not in known.contacts | _NO_NAMES:
            kept = value.lower() if "@" in value else value
            yield reading.finding(Kind.ONLINE, Confidence.CONTEXT, (start, end), kept, word)


def _places(reading: Reading) -> Iterator[tuple[str, int, int]]:
    text = reading.text
    for start, end in emails(text):
        if not text.endswith(_EVENT, 0, start) and not _OFFICE.search(text[start:end].lower()):
            yield "", start, end
    for pattern, word in ((_QQ, "QQ"), (_WECHAT, "微信")):
        for match in pattern.finditer(text):
            group = match.lastindex or 1
            if not _PUBLIC_ACCOUNT.search(text[max(0, match.start() - _NEAR) : match.start()]):
                yield word, *match.span(group)
    for heading, pattern, word in (
        (_QQ_HEADING, _QQ_NUMBER, "QQ"),
        (_WECHAT_HEADING, _WECHAT_NAME, "微信"),
    ):
        if heading.search(reading.heading_text) and not _PUBLIC_ACCOUNT.search(reading.heading_text):
            for match in pattern.finditer(text):
                if "@" not in text:
                    yield word, *match.span()
