"""The schemas of the open data: what we publish keeps to them, and what is broken does not pass."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from boards import SITE_URL, a_board
from builders import ROOT, TODAY
from noticeboard.board.load import load_board
from noticeboard.board.register import Register
from noticeboard.messages import messages
from noticeboard.views.data import as_record, catalogue_json, notices_json
from noticeboard.views.schema import catalogue_schema, notices_schema, schemas
from noticeboard.views.shelves import Shelves
from noticeboard.views.words import Words

WORDS = Words(messages("zh"))
NOTICES, CATALOGUE = notices_schema(SITE_URL), catalogue_schema(SITE_URL)


def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def strict(schema: Any) -> Any:
    """The schema with no key allowed that it does not name: what we publish, we explain."""
    if isinstance(schema, dict):
        inner = {key: strict(value) for key, value in schema.items() if key != "allOf"}
        return {**inner, "additionalProperties": False} if "properties" in schema else inner
    return [strict(value) for value in schema] if isinstance(schema, list) else schema


def notices_of(register: Register) -> Any:
    records = [as_record(register, row, WORDS) for row in register.published.values()]
    return json.loads(notices_json(register, records))


@pytest.fixture
def register(tmp_path: Path) -> Register:
    folder = a_board(tmp_path)
    folder.write("2026/town/0001/表.xlsx", b"rows")
    folder.notice("2026/town/0001/index.md", "见[表](表.xlsx)。", document_number="试府发〔2026〕1号")
    folder.notice("2026/town/0002.md", title="长期", effective="2026-11-10 起长期")
    folder.notice("2026/town/0003.md", change="{type: 撤销, date: 2026-11-12, reason: 改期}")
    folder.notice(
        "2026/town/0004.md", change="{type: 终止, date: 2026-11-12, reason: 错了, remove_text: true}"
    )
    folder.notice("2026/town/0005.md", change="{type: 变更, date: 2026-11-12, reason: 改了}")
    folder.notice("2026/town/0006.md", erase_on="2026-11-15")
    folder.notice("2026/town/0007.md", supersedes="0006.md")
    return folder.register()


@pytest.mark.parametrize("schema", [NOTICES, CATALOGUE], ids=["notices", "catalogue"])
def test_the_schemas_are_schemas_and_say_in_chinese_what_everything_is(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for name, part in properties(schema):
        for key in ("title", "description"):
            assert re.search("[\u4e00-\u9fff]", part[key]), name
        assert {"type", "enum"} & set(part), name


def properties(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every named property at any depth, but those of conditions."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for key, part in schema.items():
            if key not in {"allOf", "if", "then"}:
                yield from properties(part)


def test_the_schemas_have_addresses_of_their_own_and_are_the_same_bytes() -> None:
    found = dict(schemas(SITE_URL))
    assert list(found) == ["data/notices.schema.json", "data/catalogue.schema.json"]
    for address, data in found.items():
        assert json.loads(data)["$id"] == SITE_URL + address and b"\\u" not in data
    assert found == dict(schemas(SITE_URL))


def test_a_small_board_keeps_to_the_schema(register: Register) -> None:
    document = notices_of(register)
    assert len(document["notices"]) == 7
    validator(NOTICES).validate(document)
    validator(strict(NOTICES)).validate(document)


def test_an_empty_board_keeps_to_the_schema(tmp_path: Path) -> None:
    register = a_board(tmp_path).register()
    validator(NOTICES).validate(notices_of(register))
    validator(CATALOGUE).validate(json.loads(catalogue_json(Shelves(register, WORDS))))


@pytest.mark.parametrize("day", [date(2024, 6, 1), TODAY, date(2030, 1, 1)])
def test_the_sample_board_keeps_to_the_schema(day: date) -> None:
    register = Register(load_board(ROOT / "notices"), day)
    document = notices_of(register)
    assert document["notices"]
    validator(strict(NOTICES)).validate(document)
    catalogue = json.loads(catalogue_json(Shelves(register, WORDS)))
    assert catalogue["items"]
    validator(CATALOGUE).validate(catalogue)
    validator(strict(CATALOGUE)).validate(catalogue)


def test_keys_may_be_added_to_the_data_later(register: Register) -> None:
    document = notices_of(register)
    document["licence"] = "…"
    document["notices"][0]["keywords"] = ["停水"]
    validator(NOTICES).validate(document)


Break = Callable[[dict[str, Any]], object]
OF_A_NOTICE = tuple(NOTICES["properties"]["notices"]["items"]["properties"])
BROKEN: dict[str, Break] = {
    "no day": lambda d: d.pop("as_of"),
    "a day that is none": lambda d: d.update(as_of="2026-02-30"),
    "a day with a time": lambda d: d.update(as_of="2026-11-21T00:00:00"),
    "no board": lambda d: d.update(board=""),
    "notices by id": lambda d: d.update(notices={}),
    **{f"no {key}": lambda d, key=key: d["notices"][0].pop(key) for key in OF_A_NOTICE},
    **{
        f"{key} is null": lambda d, key=key: d["notices"][0].update({key: None})
        for key in OF_A_NOTICE
        if key not in {"document_number", "change", "superseded_by"}
    },
    "an id without its year": lambda d: d["notices"][0].update(id="town/0001"),
    "an absolute address": lambda d: d["notices"][0].update(url="https://board.example/notices/x/"),
    "a status that is not public": lambda d: d["notices"][0].update(status="scheduled"),
    "a status in Chinese": lambda d: d["notices"][0].update(status="公示中"),
    "a day in Chinese": lambda d: d["notices"][0].update(formed_on="2026年11月1日"),
    "an unknown regime": lambda d: d["notices"][0]["publisher"].update(regime="town"),
    "a category as text": lambda d: d["notices"][0].update(category="outage"),
    "a category without a code": lambda d: d["notices"][0]["category"].pop("code"),
    "no last day": lambda d: d["notices"][0]["effective"].pop("until"),
    "long-term as a word": lambda d: d["notices"][0]["effective"].update(until="长期"),
    "withdrawn without a change": lambda d: d["notices"][0].update(status="withdrawn", change=None),
    "withdrawn by an amendment": lambda d: d["notices"][0].update(
        status="withdrawn", change={"type": "amended", "date": "2026-11-12", "reason": "改"}
    ),
    "a change without a reason": lambda d: d["notices"][0].update(
        change={"type": "amended", "date": "2026-11-12", "reason": ""}
    ),
    "supersedes a word": lambda d: d["notices"][0].update(supersedes="2026/town/0001"),
    "superseded by a number": lambda d: d["notices"][0].update(superseded_by=1),
    "an attachment without its hash": lambda d: d["notices"][0].update(
        attachments=[{"name": "a", "url": "notices/x/a", "bytes": 1}]
    ),
    "an attachment of less than nothing": lambda d: d["notices"][0].update(
        attachments=[{"name": "a", "url": "notices/x/a", "bytes": -1, "sha256": "0" * 64}]
    ),
    "a hash that is none": lambda d: d["notices"][0].update(
        attachments=[{"name": "a", "url": "notices/x/a", "bytes": 1, "sha256": "x"}]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_register_does_not_pass(register: Register, name: str) -> None:
    document = notices_of(register)
    BROKEN[name](document)
    assert not validator(NOTICES).is_valid(document)


A_CATALOGUE: dict[str, Any] = {
    "as_of": "2026-11-21",
    "board": "试点镇公开栏",
    "laws": [
        {"name": "预算法", "full_name": "中华人民共和国预算法", "url": None},
        {"name": "政府信息公开条例", "full_name": "中华人民共和国政府信息公开条例", "url": "https://a.example/x"},
    ],
    "groups": [
        {"code": "aid", "name": "社会救助", "regime": "government", "parent": None},
        {"code": "dibao", "name": "低保", "regime": "government", "parent": "aid"},
    ],
    "items": [
        {
            "code": "dibao-list", "name": "低保名单", "group": "dibao", "regime": "government",
            "contents": "户主、人数、金额", "basis": ["《社会救助暂行办法》第十一条"],
            "time_limit": {"n": 20, "unit": "working-day", "basis": None, "from": "formation"},
            "responsible": ["township"], "channels": ["website", "board"], "audience": "public",
            "mode": "proactive", "level": ["township", "village"],
            "minimum_period": {"n": 7, "unit": "day", "basis": None}, "rhythm": "monthly",
            "nothing_because": None, "notices": 3, "current": 1, "url": "directory/dibao-list/",
        },
        {
            "code": "fund", "name": "基金", "group": "aid", "regime": "government",
            "contents": "", "basis": [], "time_limit": None, "responsible": [], "channels": [],
            "audience": "group", "mode": "on-request", "level": [], "minimum_period": None,
            "rhythm": None, "nothing_because": "本镇没有这项资金", "notices": 0, "current": 0,
            "url": "directory/fund/",
        },
    ],
}  # fmt: skip

A_GROUP = tuple(A_CATALOGUE["groups"][0])
BROKEN_CATALOGUE: dict[str, Break] = {
    **{f"no {key}": lambda d, key=key: d.pop(key) for key in CATALOGUE["properties"]},
    **{f"no {key} of an item": lambda d, key=key: d["items"][0].pop(key) for key in A_CATALOGUE["items"][0]},
    **{f"no {key} of a group": lambda d, key=key: d["groups"][0].pop(key) for key in A_GROUP},
    **{f"no {key} of a law": lambda d, key=key: d["laws"][0].pop(key) for key in A_CATALOGUE["laws"][0]},
    "a limit of nothing": lambda d: d["items"][0]["time_limit"].update(n=0),
    "a limit in weeks": lambda d: d["items"][0]["time_limit"].update(unit="week"),
    "a limit from nowhere": lambda d: d["items"][0]["time_limit"].pop("from"),
    "a limit as text": lambda d: d["items"][0].update(time_limit="20个工作日"),
    "a minimum without a unit": lambda d: d["items"][0]["minimum_period"].pop("unit"),
    "a rhythm in Chinese": lambda d: d["items"][0].update(rhythm="每月"),
    "an empty rhythm": lambda d: d["items"][0].update(rhythm=""),
    "an unknown audience": lambda d: d["items"][0].update(audience="all"),
    "an unknown mode": lambda d: d["items"][0].update(mode="secret"),
    "an unknown level": lambda d: d["items"][0].update(level=["province"]),
    "an unknown channel": lambda d: d["items"][0].update(channels=["pigeon"]),
    "one basis as text": lambda d: d["items"][0].update(basis="《预算法》"),
    "fewer than none": lambda d: d["items"][0].update(notices=-1),
    "half a notice": lambda d: d["items"][0].update(current=0.5),
    "an item elsewhere": lambda d: d["items"][0].update(url="https://a.example/"),
    "a code with capitals": lambda d: d["groups"][0].update(code="Aid"),
}  # fmt: skip


def test_a_catalogue_keeps_to_the_schema() -> None:
    validator(CATALOGUE).validate(A_CATALOGUE)
    validator(strict(CATALOGUE)).validate(A_CATALOGUE)


@pytest.mark.parametrize("name", BROKEN_CATALOGUE)
def test_a_broken_catalogue_does_not_pass(name: str) -> None:
    document = copy.deepcopy(A_CATALOGUE)
    BROKEN_CATALOGUE[name](document)
    assert not validator(CATALOGUE).is_valid(document)
