"""The standard directory: the two presets, what a board changes of them, and how a wrong file is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import PUBLISHERS, ROOT, TODAY
from noticeboard.board import law
from noticeboard.board.catalogue import RESERVED, Catalogue, Item, cited, read_catalogue
from noticeboard.board.fields import CATALOGUE_FILE, GROUP, ITEM, LAW, MINIMUM_PERIOD, SUBGROUP, TIME_LIMIT
from noticeboard.board.law import Law, Span, TimeLimit
from noticeboard.board.load import load_board
from noticeboard.board.problem import Problem
from noticeboard.board.publisher import Regime, read_publishers
from noticeboard.board.register import Register
from noticeboard.messages import messages
from noticeboard.views.shelves import Shelves
from noticeboard.views.words import Words

WHO = read_publishers("notices/publishers.yml", PUBLISHERS.encode(), [])
BOTH = "presets: [township, village]\n"
DISCLOSURE_RULES = "政府信息公开条例"


def read(text: str) -> tuple[Catalogue | None, list[Problem]]:
    problems: list[Problem] = []
    return read_catalogue("notices/catalogue.yml", text.encode(), WHO, problems), problems


def good(text: str) -> Catalogue:
    catalogue, problems = read(text)
    assert catalogue is not None and not problems, problems
    return catalogue


PRESET = {name: good(f"presets: {name}\n") for name in ("township", "village")}
FULL = good(BOTH)


# -- the presets


@pytest.mark.parametrize("name", PRESET)
def test_a_preset_loads_alone_and_together_with_the_other(name: str) -> None:
    alone = PRESET[name]
    assert alone.items and alone.items.items() <= FULL.items.items()
    assert alone.groups and alone.groups.items() <= FULL.groups.items()


def test_together_they_are_both_and_nothing_else() -> None:
    assert len(FULL.items) == sum(len(preset.items) for preset in PRESET.values())
    assert list(FULL.items) == [code for preset in PRESET.values() for code in preset.items]
    assert good("presets: [village, township]\n").items == FULL.items


@pytest.mark.parametrize("spelling", ["乡镇", "township", "[乡镇]", "[township, 乡镇]"])
def test_a_preset_is_named_in_either_language_and_once(spelling: str) -> None:
    assert good(f"标准目录: {spelling}\n") == PRESET["township"]


def test_every_item_has_the_columns_of_the_national_form() -> None:
    for item in FULL.items.values():
        columns = (item.contents, item.responsible, item.channels, item.level, item.rhythm, item.audience)
        assert all(columns) and item.mode == "proactive", item.code


def citations(item: Item) -> Iterator[str]:
    yield from item.basis
    for figure in (item.time_limit, item.minimum_period):
        if figure is not None and figure.basis:
            yield figure.basis


def test_every_item_cites_its_basis_and_every_law_is_known() -> None:
    for item in FULL.items.values():
        assert item.basis, item.code
        for text in citations(item):
            assert re.match("《[^》]+》", text) and cited(text) in law.laws(), (item.code, text)


def test_what_is_not_the_governments_never_cites_the_governments_rules() -> None:
    for item in FULL.items.values():
        if item.regime is not Regime.GOVERNMENT:
            assert DISCLOSURE_RULES not in " ".join(citations(item)), item.code


def test_what_is_the_villages_or_the_partys_cites_the_rules_of_its_own() -> None:
    own = {Regime.VILLAGE: "村民委员会组织法", Regime.PARTY: "中国共产党党务公开条例（试行）"}
    for item in FULL.items.values():
        if item.regime in own:
            assert own[item.regime] in {cited(text) for text in citations(item)}, item.code


def test_who_must_publish_an_item_is_of_its_regime() -> None:
    kinds = {
        Regime.GOVERNMENT: {"township", "office"},
        Regime.VILLAGE: {"village"},
        Regime.COLLECTIVE: {"collective"},
        Regime.PARTY: {"party-branch", "party-committee"},
    }
    for item in FULL.items.values():
        assert set(item.responsible) <= kinds[item.regime], item.code


def test_the_presets_hold_what_the_laws_list() -> None:
    """条例 articles 20 and 21, 村民委员会组织法 article 35, item by item."""
    township = [text for item in PRESET["township"].items.values() for text in item.basis]
    assert sum(text.startswith(f"《{DISCLOSURE_RULES}》第二十一条") for text in township) >= 8
    general = {match[1] for text in township if (match := re.search(r"》第二十条第（(.+)）项", text))}
    assert general >= set("一二三四五六七八九十") | {"十一", "十二", "十三", "十四", "十五"}
    village = {text for item in PRESET["village"].items.values() for text in item.basis}
    assert {f"《村民委员会组织法》第三十五条第（{n}）项" for n in "一二三四五"} <= village


def test_a_villages_items_are_posted_fifteen_days_at_least() -> None:
    for item in FULL.items.values():
        if item.regime is Regime.VILLAGE:
            assert item.minimum_period == Span(15, "day", law.limits().village_posting.basis), item.code


@pytest.mark.parametrize("name", PRESET)
def test_the_two_levels_above_an_item_are_of_its_regime(name: str) -> None:
    catalogue = PRESET[name]
    for item in catalogue.items.values():
        way = catalogue.way_to(item)
        assert 1 <= len(way) <= 2 and {group.regime for group in way} == {item.regime}
        assert item in catalogue.within(way[0].code)


def test_codes_and_names_are_given_once_and_no_address_is_taken() -> None:
    codes = [*FULL.groups, *FULL.items]
    names = [group.name for group in FULL.groups.values()] + [item.name for item in FULL.items.values()]
    assert len(set(codes)) == len(codes) and not RESERVED & set(codes)
    assert len(set(names)) == len(names), "omit takes names too"


def test_the_laws_are_named_once_in_full_and_only_official_addresses_are_given() -> None:
    text = law.files("noticeboard.law").joinpath("laws.yml").read_text("utf-8")
    assert text.count("- name: ") == len(law.laws())
    for entry in law.laws().values():
        assert entry.full_name
        assert not entry.url or re.match(r"https://(www\.gov\.cn|flk\.npc\.gov\.cn)/", entry.url), entry.url


def test_the_figures_of_the_law_cite_laws_that_are_known() -> None:
    limits = law.limits()
    steps = [step.basis for step in (*limits.application, *limits.remedies)]
    for text in (
        *steps, limits.disclosure.basis, limits.village_posting.basis, limits.guide_basis, limits.fees_basis,
    ):  # fmt: skip
        assert cited(text) in law.laws(), text


@pytest.fixture(scope="module")
def sample() -> Shelves:
    return Shelves(Register(load_board(ROOT / "notices"), TODAY), Words())


@pytest.mark.parametrize("name", PRESET)
def test_the_sample_board_fills_at_least_half_of_each_preset(sample: Shelves, name: str) -> None:
    codes = list(PRESET[name].items)
    filled = [code for code in codes if sample.by_item[code]]
    assert set(codes) <= set(sample.catalogue.items)
    assert 2 * len(filled) >= len(codes), f"{len(filled)} of {len(codes)}"


# -- what a board changes

IN_ONE_ITEM = "presets: [township, village]\ncatalogue:\n- {code: %s, items: [{code: %s, %s}]}\n"
BUDGET = FULL.items["budget-plan"]
CHANGES: dict[str, tuple[str, str, object]] = {
    "name": ("name: 预算草案", "name", "预算草案"),
    "contents": ("公开内容: 收支总表", "contents", "收支总表"),
    "one basis": ("basis: 《预算法》第十四条", "basis", ("《预算法》第十四条",)),
    "several bases": ("公开依据: [《预算法》, 县里的目录]", "basis", ("《预算法》", "县里的目录")),
    "limit": (
        "time_limit: {n: 10, unit: 天, from: 批准}", "time_limit", TimeLimit(10, "day", "approval"),
    ),
    "limit with its basis": (
        "公开时限: {数量: 7, 单位: 工作日, 起算: 形成, 依据: 县目录}",
        "time_limit",
        TimeLimit(7, "working-day", "formation", "县目录"),
    ),
    "who by kind": ("responsible: [office, 镇办, township]", "responsible", ("office", "township")),
    "who by name": ("公开主体: 镇政府", "responsible", ("town",)),
    "channels": ("channels: [公开栏, screen]", "channels", ("board", "screen")),
    "audience": ("公开对象: 本村村民", "audience", "villagers"),
    "mode": ("mode: 依申请", "mode", "on-request"),
    "level": ("level: 县级", "level", ("county",)),
    "minimum": ("minimum_period: {n: 5, unit: working-day}", "minimum_period", Span(5, "working-day")),
    "rhythm": ("公开频次: 每月", "rhythm", "monthly"),
    "enforced": ("违反时不公开: 是", "enforced", True),
    "reason": ("暂无原因: 本镇没有", "nothing_because", "本镇没有"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "name", "value"), CHANGES.values(), ids=CHANGES)
def test_the_code_of_a_preset_changes_only_what_is_given(line: str, name: str, value: object) -> None:
    catalogue = good(IN_ONE_ITEM % ("government-budget", "budget-plan", line))
    assert catalogue.items["budget-plan"] == replace(BUDGET, **{name: value}) != BUDGET
    assert {**catalogue.items, "budget-plan": BUDGET} == FULL.items
    assert catalogue.groups == FULL.groups and list(catalogue.items) == list(FULL.items)


def test_every_column_of_an_item_can_be_changed() -> None:
    changed = {name for _, name, _ in CHANGES.values()}
    assert changed | {"code", "group", "regime"} == {field.name for field in fields(Item)}


def test_groups_are_renamed_without_what_stands_in_them() -> None:
    catalogue = good(
        f"{BOTH}catalogue:\n- {{code: budget, name: 预算决算, groups: [{{code: fund-use, name: 钱}}]}}\n"
    )
    assert (catalogue.groups["budget"].name, catalogue.groups["fund-use"].name) == ("预算决算", "钱")
    assert catalogue.items == FULL.items and list(catalogue.groups) == list(FULL.groups)


NEW = """
presets: [township, village]
catalogue:
- code: budget
  groups:
  - code: fund-use
    items: [{code: new-in-old-subgroup, name: 新一}]
  - {code: new-subgroup, name: 新分类, items: [{code: new-in-new-subgroup, name: 新二}]}
  items: [{code: new-in-old-group, name: 新三}]
- {code: new-group, name: 新类, regime: 村务, items: [{code: new-in-new-group, name: 新四}]}
- {code: dibao, items: [{code: new-in-subgroup-by-itself, name: 新五}]}
"""


def test_new_items_and_groups_are_added_where_they_are_written() -> None:
    catalogue = good(NEW)
    added = {item.code: item for item in catalogue.items.values() if item.code not in FULL.items}
    ways = {code: [group.code for group in catalogue.way_to(item)] for code, item in added.items()}
    assert ways == {
        "new-in-old-subgroup": ["budget", "fund-use"],
        "new-in-new-subgroup": ["budget", "new-subgroup"],
        "new-in-old-group": ["budget"],
        "new-in-new-group": ["new-group"],
        "new-in-subgroup-by-itself": ["social-assistance", "dibao"],
    }
    assert added["new-in-new-group"].regime is Regime.VILLAGE
    assert FULL.items.items() <= catalogue.items.items() and FULL.groups.items() <= catalogue.groups.items()


def test_order_is_that_of_the_presets_and_then_of_the_board() -> None:
    catalogue = good(NEW)
    assert [code for code in catalogue.groups if code in FULL.groups] == list(FULL.groups)
    assert [code for code in catalogue.groups if code not in FULL.groups] == ["new-subgroup", "new-group"]
    in_fund_use = [item.code for item in catalogue.items_of("fund-use")]
    assert in_fund_use == [*(item.code for item in FULL.items_of("fund-use")), "new-in-old-subgroup"]


def test_a_new_item_has_the_defaults_of_the_form() -> None:
    item = good(NEW).items["new-in-old-group"]
    general = law.limits().disclosure
    assert item == Item("new-in-old-group", "新三", "budget", Regime.GOVERNMENT, time_limit=general)
    assert (item.channels, item.audience, item.mode) == (("website", "board"), "public", "proactive")
    assert not item.enforced and item.minimum_period is None


@pytest.mark.parametrize("target", ["land", "dibao", "fund-use"])
def test_an_item_written_under_another_group_moves_there(target: str) -> None:
    catalogue = good(IN_ONE_ITEM % (target, "budget-plan", "rhythm: monthly"))
    assert catalogue.items["budget-plan"] == replace(BUDGET, group=target, rhythm="monthly")
    assert [item.code for item in catalogue.items_of("government-budget")] == ["final-accounts"]
    assert set(FULL.items_of(target)) < set(catalogue.items_of(target))
    assert sorted(catalogue.items) == sorted(FULL.items)


def test_a_group_written_below_another_moves_there_with_its_items() -> None:
    catalogue = good(f"{BOTH}catalogue: [{{code: land, groups: [{{code: dibao}}]}}]\n")
    assert catalogue.groups["dibao"].parent == "land"
    assert FULL.items_of("dibao") == catalogue.items_of("dibao")
    assert set(FULL.items_of("dibao")) <= set(catalogue.within("land"))
    assert not set(FULL.items_of("dibao")) & set(catalogue.within("social-assistance"))


def test_a_group_that_everything_moved_out_of_is_left_out() -> None:
    moved = ", ".join(f"{{code: {item.code}}}" for item in FULL.items_of("dibao"))
    catalogue = good(f"{BOTH}catalogue: [{{code: land, items: [{moved}]}}]\n")
    assert "dibao" not in catalogue.groups and "social-assistance" in catalogue.groups
    assert sorted(catalogue.items) == sorted(FULL.items)


OMITTED = {
    "an item by code": ("budget-plan", {"budget-plan"}),
    "an item by name": ("镇级财政预算", {"budget-plan"}),
    "a subgroup by code": ("dibao", {"dibao-review", "dibao-approved"}),
    "a subgroup by name": ("最低生活保障", {"dibao-review", "dibao-approved"}),
    "a group with all below it": (
        "social-assistance", {item.code for item in FULL.within("social-assistance")},
    ),
    "a group and an item of it": ("[dibao, dibao-review]", {"dibao-review", "dibao-approved"}),
    "the same twice": ("[dibao-review, 最低生活保障审核公示]", {"dibao-review"}),
}  # fmt: skip


@pytest.mark.parametrize(("written", "gone"), OMITTED.values(), ids=OMITTED)
def test_what_is_omitted_is_gone_and_nothing_else(written: str, gone: set[str]) -> None:
    catalogue = good(f"{BOTH}omit: {written}\n")
    assert catalogue.items == {code: item for code, item in FULL.items.items() if code not in gone}


def test_an_item_that_moved_out_of_an_omitted_group_stays() -> None:
    catalogue = good(f"{BOTH}omit: dibao\ncatalogue: [{{code: land, items: [{{code: dibao-review}}]}}]\n")
    assert catalogue.items["dibao-review"].group == "land" and "dibao-approved" not in catalogue.items


def left(omitted: set[str]) -> dict[str, Item]:
    """What must be left, told without the reader's own code."""
    kept = {}
    for code, item in FULL.items.items():
        group = FULL.groups[item.group]
        if not {code, group.code, group.parent} & omitted:
            kept[code] = item
    return kept


NAMES = {**{c: g.name for c, g in FULL.groups.items()}, **{c: i.name for c, i in FULL.items.items()}}


@settings(max_examples=40)
@given(st.sets(st.sampled_from(sorted(NAMES)), min_size=1), st.booleans())
def test_omitting_any_leaves_exactly_the_others(omitted: set[str], by_name: bool) -> None:
    written = [NAMES[code] if by_name else code for code in sorted(omitted)]
    catalogue, problems = read("\n".join([BOTH + "omit:", *(f"- '{word}'" for word in written), ""]))
    expected = left(omitted)
    if not expected:
        assert [problem.code for problem in problems] == ["catalogue-empty"]
        return
    assert catalogue is not None and catalogue.items == expected
    areas = {FULL.groups[item.group] for item in expected.values()}
    areas |= {FULL.groups[group.parent] for group in areas if group.parent}
    assert catalogue.groups == {code: group for code, group in FULL.groups.items() if group in areas}


def test_only_what_is_of_one_regime_makes_only_its_directory() -> None:
    codes = [g.code for g in FULL.groups.values() if g.regime is not Regime.VILLAGE and not g.parent]
    assert good(f"{BOTH}omit: [{', '.join(codes)}]\n").regimes == (Regime.VILLAGE,)
    assert FULL.regimes == (Regime.GOVERNMENT, Regime.PARTY, Regime.VILLAGE, Regime.COLLECTIVE)


LAWS = """
presets: township
laws:
- {name: 县公开办法, full_name: 某县政务公开办法, number: 某府发〔2026〕1号, in_force: 2026-01-01, url: 'https://a.example/x'}
- {简称: 预算法}
"""


def test_a_board_adds_laws_and_replaces_the_packages() -> None:
    laws = good(LAWS).laws
    assert laws["县公开办法"] == Law(
        "县公开办法", "某县政务公开办法", "某府发〔2026〕1号", date(2026, 1, 1), "https://a.example/x"
    )
    assert laws["预算法"] == Law("预算法", "预算法")
    assert law.laws()["预算法"].url, "the package's own list is not touched"
    assert laws.keys() - {"县公开办法"} == law.laws().keys()


IN_ENGLISH = """
presets: [village]
omit: [group-affairs]
laws: [{name: a, full_name: b, number: c, in_force: 2026-01-01, url: 'https://a.example/'}]
catalogue:
- code: water
  name: Water
  regime: government
  groups:
  - code: water-supply
    name: Supply
    items:
    - code: water-price
      name: Price
      contents: Price a ton
      basis: [《政府信息公开条例》第二十一条]
      time_limit: {n: 20, unit: working-day, from: formation, basis: x}
      responsible: [township]
      channels: [website]
      audience: public
      mode: proactive
      level: [township]
      minimum_period: {n: 7, unit: day, basis: y}
      rhythm: yearly
      enforced: true
      nothing_because: none
  items: [{code: water-quality, name: Quality}]
"""
IN_CHINESE = """
标准目录: [村]
不用: [村民小组事项]
法律法规: [{简称: a, 全称: b, 文号: c, 施行日期: 2026-01-01, 网址: 'https://a.example/'}]
目录:
- 代码: water
  名称: Water
  公开类别: 政务
  下级类别:
  - 代码: water-supply
    名称: Supply
    事项:
    - 代码: water-price
      名称: Price
      公开内容: Price a ton
      公开依据: [《政府信息公开条例》第二十一条]
      公开时限: {数量: 20, 单位: 工作日, 起算: 形成, 依据: x}
      公开主体: [乡镇政府]
      公开渠道: [网站]
      公开范围: 全社会
      公开方式: 主动
      公开层级: [乡级]
      最短公示期: {数量: 7, 单位: 日, 依据: y}
      公开频次: 每年
      违反时不公开: 是
      暂无原因: none
  事项: [{代码: water-quality, 名称: Quality}]
"""


def test_the_same_catalogue_in_chinese_is_the_same() -> None:
    assert good(IN_CHINESE) == good(IN_ENGLISH) != PRESET["village"]


def test_every_key_of_a_catalogue_is_written_in_both() -> None:
    for key in {*CATALOGUE_FILE, *GROUP, *SUBGROUP, *ITEM, *TIME_LIMIT, *MINIMUM_PERIOD, *LAW}:
        assert f"{key.name}: " in IN_ENGLISH or f"{key.name}:\n" in IN_ENGLISH, key
        assert any(f"{alias}:" in IN_CHINESE for alias in key.aliases), key


def test_a_catalogue_of_its_own_needs_no_preset_and_has_up_to_three_levels() -> None:
    catalogue = good(IN_ENGLISH.replace("presets: [village]\nomit: [group-affairs]\n", ""))
    assert [group.code for group in catalogue.top(Regime.GOVERNMENT)] == ["water"]
    assert [group.code for group in catalogue.below("water")] == ["water-supply"]
    assert [item.code for item in catalogue.items_of("water")] == ["water-quality"]
    assert [item.code for item in catalogue.within("water")] == ["water-quality", "water-price"]
    assert [group.name for group in catalogue.way_to(catalogue.items["water-price"])] == ["Water", "Supply"]
    assert catalogue.spellings["Price"] == catalogue.spellings["water-price"] == "water-price"


def example(of: str) -> str:
    """The example below a heading of docs/board-files.md."""
    text = (ROOT / "docs/board-files.md").read_text("utf-8").partition(f"\n## {of}\n")[2]
    return text.partition("```yaml\n")[2].partition("```")[0]


def test_the_documented_example_is_a_good_one() -> None:
    catalogue = good(example("catalogue.yml"))
    gone = set(FULL.items) - set(catalogue.items)
    assert gone == {"house-expropriation", "group-affairs"}
    assert catalogue.items["dibao-review"].minimum_period == Span(7, "working-day")
    assert catalogue.items["water-price"].regime is Regime.GOVERNMENT


# -- what is wrong

A_GROUP = "catalogue:\n- code: g\n  name: 甲\n  regime: 政务\n  items:\n"
AN_ITEM = f"{A_GROUP}  - code: a\n    name: 乙\n"
#: The text of the file; for each problem its line and code; words of the sentences that a clerk gets.
WRONG: dict[str, tuple[str, list[tuple[int, str]], tuple[str, ...]]] = {
    "nothing": ("{}\n", [(1, "catalogue-empty")], ("标准目录: [乡镇, 村]",)),
    "only remarks": ("# 目录\n", [(1, "catalogue-empty")], ("标准目录: [乡镇, 村]",)),
    "no entry": ("catalogue: []\n", [(1, "catalogue-empty")], ("什么也没有",)),
    "nothing left": (
        f"presets: village\nomit: [{', '.join(PRESET['village'].groups)}]\n",
        [(1, "catalogue-empty")],
        ("“不用”里不要写上所有的类别",),
    ),
    "a group without items": (
        "catalogue:\n- {code: g, name: 甲, regime: 政务}\n", [(2, "field-missing")], ("缺少“事项”",),
    ),
    "an empty list of items": (
        "catalogue:\n- {code: g, name: 甲, regime: 政务, items: []}\n", [(1, "catalogue-empty")], (),
    ),
    "an unknown preset, and nothing blamed for it": (
        "presets: [乡镇, 县]\nomit: [dibao]\ncatalogue:\n- code: land\n  items: [{code: irrigation}]\n",
        [(1, "value-unknown")],
        ("“标准目录”不能写“县”", "乡镇、村"),
    ),
    "a preset in a mapping": ("presets: {a: b}\n", [(1, "value-not-text")], ("标准目录",)),
    "an empty list of presets": ("presets: []\n", [(1, "list-empty")], ()),
    "an unknown key of the file": (
        "presets: 村\n\n不要: [党费]\n", [(3, "key-unknown")], ("没有“不要”这个键", "不用"),
    ),
    "an unknown key of a group": (
        f"{AN_ITEM}- code: h\n  name: 丙\n  公开类: 政务\n  items: [{{code: b, name: 丁}}]\n",
        [(10, "key-unknown")],
        ("公开类别",),
    ),
    "an unknown key of an item": (f"{AN_ITEM}    公开频率: 每月\n", [(8, "key-unknown")], ("公开频次",)),
    "an unknown key of a limit": (
        f"{AN_ITEM}    time_limit: {{n: 2, unit: 天, from: 形成, article: x}}\n", [(8, "key-unknown")], (),
    ),
    "a key twice": (
        f"{AN_ITEM}    rhythm: 每月\n    公开频次: 每年\n", [(9, "key-duplicate")], ("第 8 行",),
    ),
    "no code": (f"{A_GROUP}  - name: 乙\n", [(6, "part-missing")], ("“事项”里缺少“代码”（code）",)),
    "no name": (f"{A_GROUP}  - code: a\n", [(6, "part-missing")], ("缺少“名称”（name）",)),
    "no regime": (
        "catalogue:\n- {code: g, name: 甲, items: [{code: a, name: 乙}]}\n",
        [(2, "part-missing")],
        ("“目录”里缺少“公开类别”（regime）",),
    ),
    "an unknown regime": (
        AN_ITEM.replace("政务", "其他"), [(4, "value-unknown")], ("“公开类别”不能写“其他”", "政务、村务"),
    ),
    "a code in capitals": (AN_ITEM.replace("code: a", "code: A"), [(6, "code-format")], ("小写字母",)),
    "a code in Chinese": (AN_ITEM.replace("code: a", "code: 乙"), [(6, "code-format")], ("小写字母",)),
    "a code that is too long a word": (
        AN_ITEM.replace("code: a", "code: a_b"), [(6, "code-format")], ("连字符",),
    ),
    "a limit that is no number": (
        f"{AN_ITEM}    公开时限:\n      数量: 二十\n      单位: 工作日\n      起算: 形成\n",
        [(9, "value-not-a-number")],
        ("“数量”写的是“二十”", "1 到 3650"),
    ),
    "a limit of no days": (
        f"{AN_ITEM}    time_limit: {{n: 0, unit: day, from: decision}}\n", [(8, "value-not-a-number")], (),
    ),
    "a limit of years": (
        f"{AN_ITEM}    time_limit: {{n: 3651, unit: day, from: decision}}\n",
        [(8, "value-not-a-number")],
        ("3650",),
    ),
    "an unknown unit": (
        f"{AN_ITEM}    公开时限: {{数量: 2, 单位: 周, 起算: 形成}}\n",
        [(8, "value-unknown")],
        ("“单位”不能写“周”", "天、日、工作日"),
    ),
    "an unknown beginning": (
        f"{AN_ITEM}    time_limit: {{n: 2, unit: day, from: 签发}}\n",
        [(8, "value-unknown")],
        ("“起算”不能写“签发”", "批准"),
    ),
    "a limit without its beginning": (
        f"{AN_ITEM}    time_limit: {{n: 2, unit: day}}\n",
        [(8, "part-missing")],
        ("“公开时限”里缺少“起算”（from）",),
    ),
    "a limit in words": (
        f"{AN_ITEM}    time_limit: 20个工作日\n",
        [(8, "value-not-mapping")],
        ("“公开时限”", "数量、单位、起算"),
    ),
    "a minimum without its unit": (
        f"{AN_ITEM}    minimum_period: {{n: 7}}\n",
        [(8, "part-missing")],
        ("“最短公示期”里缺少“单位”（unit）",),
    ),
    "an unknown kind of publisher": (
        f"{AN_ITEM}    responsible: [西河村]\n",
        [(8, "value-unknown")],
        ("“公开主体”不能写“西河村”", "东河村"),
    ),
    "an unknown channel": (f"{AN_ITEM}    channels: [网站, 传单]\n", [(8, "value-unknown")], ("公开栏",)),
    "channels with full-width commas": (
        f"{AN_ITEM}    channels: 网站，公开栏\n", [(8, "list-full-width")], ("半角",),
    ),
    "an unknown audience": (f"{AN_ITEM}    audience: 所有人\n", [(8, "value-unknown")], ("全社会",)),
    "an unknown mode": (f"{AN_ITEM}    mode: 不公开\n", [(8, "value-unknown")], ("依申请",)),
    "an unknown level": (f"{AN_ITEM}    level: [国家级]\n", [(8, "value-unknown")], ("县级",)),
    "an unknown rhythm": (f"{AN_ITEM}    rhythm: 每周\n", [(8, "value-unknown")], ("每月",)),
    "a flag in other words": (
        f"{AN_ITEM}    违反时不公开: 对\n", [(8, "flag-not-plain")], ("“违反时不公开”写成了 对", "是、否"),
    ),
    "a quoted flag": (
        f"{AN_ITEM}    enforced: 'true'\n", [(8, "flag-not-plain")], ("“违反时不公开”", "不加引号"),
    ),
    "an item that is a word": (
        f"{AN_ITEM}  - 丙\n", [(8, "value-not-mapping")], ("“事项”", "代码、名称"),
    ),
    "a group that is a word": ("catalogue:\n- 甲\n", [(2, "value-not-mapping")], ("代码、名称、公开类别",)),
    "items that are no list": (
        "catalogue:\n- {code: g, name: 甲, regime: 政务, items: 乙}\n", [(2, "value-not-list")], ("“事项”",),
    ),
    "a code twice": (
        f"{AN_ITEM}  - {{code: a, name: 丙}}\n", [(8, "code-duplicate")], ("“a”在第 6 行已经用过",),
    ),
    "a group's code for an item": (
        f"{AN_ITEM}  - {{code: g, name: 丙}}\n", [(8, "code-duplicate")], ("“g”在第 2 行已经用过",),
    ),
    "a name twice": (f"{AN_ITEM}  - {{code: b, name: 乙}}\n", [(8, "code-duplicate")], ("“乙”在第 7 行",)),
    "a preset's entry changed twice": (
        f"{BOTH}catalogue:\n- {{code: land}}\n- {{code: land}}\n", [(4, "code-duplicate")], ("第 3 行",),
    ),
    **{
        f"the word {word} of the addresses": (
            f"{AN_ITEM}  - {{code: {word}, name: 丙}}\n", [(8, "code-reserved")], ("固定用词", "-2"),
        )
        for word in sorted(RESERVED)
    },
    "a word of the addresses for a group": (
        AN_ITEM.replace("code: g", "code: publisher"), [(2, "code-reserved")], ("“publisher”",),
    ),
    "a preset's name for a new item": (
        f"{BOTH}catalogue:\n- code: land\n  items:\n  - {{code: a, name: 镇级财政预算}}\n",
        [(5, "name-in-preset")],
        ("“镇级财政预算”", "写它的代码"),
    ),
    "a preset's name for another of its items": (
        f"{BOTH}catalogue:\n- code: land\n  items:\n  - {{code: homestead-approval, name: 镇级财政预算}}\n",
        [(5, "name-in-preset")],
        (),
    ),
    "a preset's group for an item": (
        f"{BOTH}catalogue:\n- code: land\n  items:\n  - {{code: dibao}}\n",
        [(5, "code-reserved")],
        ("“dibao”", "类别写在类别里"),
    ),
    "a preset's group for a new item": (
        f"{BOTH}catalogue:\n- code: land\n  items:\n  - {{code: dibao, name: 低保户}}\n",
        [(5, "code-reserved")],
        (),
    ),
    "a preset's item for a group": (
        f"{BOTH}catalogue:\n- code: budget-plan\n  items: [{{code: a, name: 乙}}]\n",
        [(3, "code-reserved")],
        ("“budget-plan”", "事项写在事项里"),
    ),
    "a preset's item for a new group": (
        f"{BOTH}catalogue:\n- code: budget-plan\n  name: 甲\n  regime: 政务\n"
        "  items: [{code: a, name: 乙}]\n",
        [(3, "code-reserved")],
        (),
    ),
    "an item moved to another regime": (
        f"{BOTH}catalogue:\n- code: village-affairs\n  items: [{{code: budget-plan}}]\n",
        [(4, "code-reserved")],
        ("不能移到另一类公开",),
    ),
    "a subgroup moved to another regime": (
        f"{BOTH}catalogue:\n- code: village-affairs\n  groups: [{{code: dibao}}]\n",
        [(4, "code-reserved")],
        ("不能移到另一类公开",),
    ),
    "an area below another": (
        f"{BOTH}catalogue:\n- code: land\n  groups: [{{code: budget}}]\n", [(4, "code-reserved")], (),
    ),
    "a group of another regime": (
        f"{BOTH}catalogue:\n- {{code: land, regime: 村务}}\n",
        [(3, "value-unknown")],
        ("“公开类别”不能写“村务”", "可以写：政务"),
    ),
    "a fourth level": (
        "catalogue:\n- code: g\n  name: 甲\n  regime: 政务\n  groups:\n"
        "  - {code: h, name: 乙, items: [{code: b, name: 戊}], groups: [{code: i, name: 丙}]}\n",
        [(6, "key-unknown")],
        ("没有“groups”这个键",),
    ),
    "a fourth level below a preset's": (
        f"{BOTH}catalogue:\n- code: dibao\n  groups:\n"
        "  - {code: i, name: 丙, items: [{code: a, name: 丁}]}\n",
        [(4, "key-unknown")],
        ("没有“groups”这个键",),
    ),
    "an unknown code to omit": (f"{BOTH}\nomit: [dibaoo]\n", [(3, "value-unknown")], ("“不用”", "dibao")),
    "an unknown name to omit": (f"{BOTH}不用:\n- 低保\n", [(3, "value-unknown")], ("“不用”不能写“低保”",)),
    "a list to omit that is empty": (f"{BOTH}omit: []\n", [(2, "list-empty")], ()),
    "a law without a name": (
        f"{BOTH}laws:\n- {{url: 'https://a.example/'}}\n", [(3, "part-missing")], ("简称",),
    ),
    "a law in force since a year": (
        f"{BOTH}laws:\n- {{name: 甲法, in_force: 2026}}\n",
        [(3, "date-format")],
        ("“2026”不是规定的日期写法",),
    ),
    "several at once": (
        f"{AN_ITEM}    rhythm: 每周\n    mode: 看情况\n  - code: B\n    name: 丙\n",
        [(8, "value-unknown"), (9, "value-unknown"), (10, "code-format")],
        (),
    ),
    "a full-width colon": (
        AN_ITEM.replace("name: 乙", "name：乙"), [(7, "full-width-punctuation")], ("半角",),
    ),
    "a value of two colons": (
        AN_ITEM.replace("name: 乙", "name: 乙: 丙"), [(7, "yaml-colon-in-value")], ("单引号",),
    ),
}  # fmt: skip


def in_words(problem: Problem) -> str:
    return " / ".join(messages("zh").problem(problem))


@pytest.mark.parametrize(("text", "expected", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_catalogue_is_named_with_its_line_and_the_remedy(
    text: str, expected: list[tuple[int, str]], words: tuple[str, ...]
) -> None:
    catalogue, problems = read(text)
    assert catalogue is None
    found = sorted((problem.place.line, problem.code) for problem in problems)
    assert found == sorted(expected), list(map(in_words, problems))
    assert {problem.path for problem in problems} == {"notices/catalogue.yml"}
    said = "\n".join(map(in_words, problems))
    assert not [word for word in words if word not in said], said
    assert all(all(messages("en").problem(problem)) for problem in problems)


WORDS = ("a", "dibao", "budget-plan", "land", "regime", "甲", "政务", "是", "20")
VALUES = st.sampled_from([*WORDS, "[]", "{}", "[a]", "{a: b}", "''", "~"])
SOME_ITEM = st.dictionaries(st.sampled_from([key.name for key in ITEM]), VALUES, max_size=4)


def flow(mapping: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in mapping.items()) + "}"


@settings(max_examples=120)
@given(
    st.sampled_from(["", "presets: township\n", "presets: [a]\n", "omit: [dibao]\n"]),
    st.dictionaries(st.sampled_from(["code", "name", "regime"]), VALUES),
    st.lists(SOME_ITEM, max_size=3),
)
def test_no_catalogue_crashes_the_reader_or_is_refused_without_a_word(
    head: str, group: dict[str, str], items: list[dict[str, str]]
) -> None:
    group = {**group, "items": f"[{', '.join(map(flow, items))}]"}
    catalogue, problems = read(f"{head}catalogue: [{flow(group)}]\n")
    assert (catalogue is None) == bool(problems)
    for problem in problems:
        assert in_words(problem)
    if catalogue is not None:
        assert catalogue.items
        for item in catalogue.items.values():
            assert {g.regime for g in catalogue.way_to(item)} == {item.regime}
