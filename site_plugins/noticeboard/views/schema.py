"""JSON Schemas (draft 2020-12) of the open data, so that who reads it knows what stands where.

Keys that are not named here may be added to the data later; none that is named is taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from ..board.catalogue import AUDIENCES, CHANNELS, LEVELS, MODES, RHYTHMS, STARTS, UNITS
from ..board.notice import CHANGE_TYPES
from ..board.publisher import REGIMES
from ..board.status import PUBLIC
from .encode import json_bytes

NOTICES_SCHEMA = "data/notices.schema.json"
CATALOGUE_SCHEMA = "data/catalogue.schema.json"

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_CODE: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_ID: Schema = {"type": "string", "pattern": "^[0-9]{4}/.+$"}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def schemas(site_url: str) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of each schema. `site_url` ends with a slash."""
    yield NOTICES_SCHEMA, json_bytes(notices_schema(site_url))
    yield CATALOGUE_SCHEMA, json_bytes(catalogue_schema(site_url))


def notices_schema(site_url: str) -> Schema:
    """What data/notices.json promises."""
    notice = _object(
        "公开信息",
        "一条已经公开的信息",
        id=_as(_ID, "编号", "公示文件在 notices 文件夹里的路径，不含扩展名；永远不变"),
        index_number=_as(_TEXT, "索引号", "不重复，不因别的信息增减而变"),
        document_number=_or_null(_TEXT, "文号", "发文字号；没有就是 null"),
        title=_as(_TEXT, "标题", "信息的名称"),
        summary=_as({"type": "string"}, "内容概述", "纯文字；正文已经撤下的，只说明何时撤下"),
        formed_on=_as(_DAY, "生成日期", "信息形成、制作的日期"),
        published_on=_as(_DAY, "发布日期", "信息公开的日期"),
        category=_object(
            "公开事项",
            "公开目录里的一个事项",
            code=_as(_CODE, "代码", "事项的代码"),
            name=_as(_TEXT, "名称", "事项的名称"),
        ),
        publisher=_object(
            "发布单位",
            "公开这条信息的单位",
            code=_as(_CODE, "代码", "单位的代码"),
            name=_as(_TEXT, "名称", "单位的全称"),
            regime=_choice(REGIMES, "公开类别"),
        ),
        effective=_object(
            "有效期",
            "首尾两天都算",
            **{
                "from": _as(_DAY, "起", "第一天"),
                "until": _or_null(_DAY, "止", "最后一天；长期有效的是 null"),
            },
        ),
        status=_as(
            {"enum": sorted(status.value for status in PUBLIC)},
            "状态",
            "截至 as_of 那天：current 公示中，expired 已期满，superseded 已被替代，withdrawn 已撤销或已终止",
        ),
        url=_as({"type": "string", "pattern": "^notices/.+/$"}, "网址", "网页的地址，从网站的根目录算起"),
        change=_or_null(_change(), "变更", "公开以后的变更、撤销或终止；没有就是 null"),
        supersedes=_list(_ID, "替代", "被这一条替代的信息的编号"),
        superseded_by=_or_null(_ID, "被替代", "替代这一条的信息的编号；没有就是 null"),
        attachments=_list(_attachment(), "附件", "随这条信息公开的文件"),
    )
    notice["allOf"] = [
        {
            "if": {"properties": {"status": {"const": "withdrawn"}}},
            "then": {
                "properties": {
                    "change": {
                        "type": "object",
                        "properties": {"type": {"enum": ["withdrawn", "terminated"]}},
                    }
                }
            },
        }
    ]
    return _document(
        site_url,
        NOTICES_SCHEMA,
        "登记册",
        "公开栏上已经公开的全部信息，按发布日期从新到旧，同一天的按编号",
        notices=_list(notice, "公开信息", "每条一项"),
    )


def catalogue_schema(site_url: str) -> Schema:
    """What data/catalogue.json promises."""
    law = _object(
        "法律法规",
        "公开依据里引用的一部",
        name=_as(_TEXT, "简称", "引用时的名称"),
        full_name=_as(_TEXT, "全称", "法律法规的全称"),
        url=_or_null({"type": "string", "format": "uri"}, "网址", "官方文本的地址；没有就是 null"),
    )
    group = _object(
        "类别",
        "目录里的一级或二级类别",
        code=_as(_CODE, "代码", "类别的代码"),
        name=_as(_TEXT, "名称", "类别的名称"),
        regime=_choice(REGIMES, "公开类别"),
        parent=_or_null(_CODE, "上级类别", "上级类别的代码；一级类别是 null"),
    )
    return _document(
        site_url,
        CATALOGUE_SCHEMA,
        "公开目录",
        "应当公开的事项，以及每项有多少条",
        laws=_list(law, "法律法规", "公开依据引用的法律法规"),
        groups=_list(group, "类别", "按目录的顺序"),
        items=_list(_item(), "公开事项", "按目录的顺序"),
    )


def _span() -> dict[str, Schema]:
    return {
        "n": _as({"type": "integer", "minimum": 1}, "数", "多少天或工作日"),
        "unit": _choice(UNITS, "单位"),
        "basis": _or_null(_TEXT, "依据", "定这个数字的条文；通行做法是 null"),
    }


def _item() -> Schema:
    return _object(
        "公开事项",
        "目录里的一行，各栏照基层政务公开标准目录",
        code=_as(_CODE, "代码", "事项的代码"),
        name=_as(_TEXT, "名称", "事项的名称"),
        group=_as(_CODE, "类别", "所在类别的代码"),
        regime=_choice(REGIMES, "公开类别"),
        contents=_as({"type": "string"}, "公开内容", "应当公开哪些要素"),
        basis=_list(_TEXT, "公开依据", "法律法规和条款"),
        time_limit=_or_null(
            _shape(**_span(), **{"from": _choice(STARTS, "起算")}),
            "公开时限",
            "多少天以内公开；没有规定就是 null",
        ),
        responsible=_list(_TEXT, "公开主体", "单位类型或单位代码"),
        channels=_list(_choice(CHANNELS, "渠道"), "公开渠道和载体", "网站、公开栏等"),
        audience=_choice(AUDIENCES, "公开范围"),
        mode=_choice(MODES, "公开方式"),
        level=_list(_choice(LEVELS, "层级"), "公开层级", "可以有几级"),
        minimum_period=_or_null(
            _shape(**_span()),
            "最短公示期",
            "至少公示多久；没有规定就是 null",
        ),
        rhythm=_as(
            {"enum": [*_codes(RHYTHMS), None]}, "公开频次", f"{_explained(RHYTHMS)}；没有规定就是 null"
        ),
        nothing_because=_or_null(
            _TEXT, "暂无内容的原因", "这一项暂时没有可公开的，原因是什么；不适用就是 null"
        ),
        notices=_as(_COUNT, "条数", "这一项已经公开多少条"),
        current=_as(_COUNT, "在公示", "其中正在公示的有多少条"),
        url=_as({"type": "string", "pattern": "^directory/.+/$"}, "网址", "目录页的地址，从网站的根目录算起"),
    )


def _change() -> Schema:
    return _shape(
        type=_choice(CHANGE_TYPES, "类型"),
        date=_as(_DAY, "日期", "变更、撤销或终止的日期"),
        reason=_as(_TEXT, "原因", "向公众说明的原因"),
    )


def _attachment() -> Schema:
    return _object(
        "附件",
        "一个文件",
        name=_as(_TEXT, "名称", "给人看的文件名"),
        url=_as({"type": "string", "pattern": "^notices/.+$"}, "网址", "文件的地址，从网站的根目录算起"),
        bytes=_as(_COUNT, "大小", "字节数"),
        sha256=_as({"type": "string", "pattern": "^[0-9a-f]{64}$"}, "校验值", "文件的 SHA-256"),
    )


def _document(site_url: str, address: str, title: str, description: str, /, **properties: Schema) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": urljoin(site_url, address),
        **_object(
            title,
            description,
            as_of=_as(_DAY, "截至", "这份数据说的是哪一天"),
            board=_as(_TEXT, "公开栏", "公开栏的名称"),
            **properties,
        ),
    }


def _object(title: str, description: str, /, **properties: Schema) -> Schema:
    return _as(_shape(**properties), title, description)


def _shape(**properties: Schema) -> Schema:
    """An object that has all of these; more may be added."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Schema, title: str, description: str) -> Schema:
    return _as({"type": "array", "items": items}, title, description)


def _as(schema: Schema, title: str, description: str) -> Schema:
    return {"title": title, "description": description, **schema}


def _or_null(schema: Schema, title: str, description: str) -> Schema:
    return _as({**schema, "type": [schema["type"], "null"]}, title, description)


def _choice(spellings: Mapping[str, str], title: str) -> Schema:
    """One of the codes that a table of spellings leads to."""
    return _as({"enum": _codes(spellings)}, title, _explained(spellings))


def _codes(spellings: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(spellings.values()))


def _explained(spellings: Mapping[str, str]) -> str:
    """Each code with the first Chinese word for it."""
    words: dict[str, str] = {}
    for spelling, code in spellings.items():
        if spelling != code:
            words.setdefault(code, spelling)
    return "，".join(f"{code} {word}" for code, word in words.items())
