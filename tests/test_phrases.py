"""Titles in phrases: a line ends between words, never within one, and nothing of the title is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boards import a_board
from noticeboard.views.phrases import Phrases, phrases_of

NAMES = (
    *("三棠镇公开栏", "永澜县三棠镇", "三棠镇人民政府", "镇政府", "三棠镇社会事务办公室", "中共三棠镇委员会"),
    *(
        "石桥铺村村民委员会",
        "长岭村村民委员会",
        "云盘岭村村民委员会",
        "白果树村村民委员会",
        "黄泥塘村村民委员会",
    ),
    *("桐树湾村股份经济合作社", "渔溪口村村民委员会", "青石坳村村民委员会", "柳林坪村村民委员会"),
)

#: Titles with `|` where a line may end.
TITLES = """\
三棠镇|2023年|耕地地力|保护|补贴|面积和|金额|公示
三棠镇人民政府|关于|印发|《三棠镇|农村公路|养护|管理|办法|（试行）》的|通知
三棠镇|2024年|第二季度|高龄津贴|发放|情况|公示
三棠镇|黄泥塘村|安全|饮水|水厂|项目|征收|土地|预公告
石桥铺村|农村|最低生活保障|对象|名单|（2025年）
三棠镇|农产品|冷链|仓储|项目|征收|土地|预公告
石桥铺村|村庄|规划|（2025—2035年）|草案|公告
三棠镇|综合|文化站|屋面|维修及|消防|改造|工程|招标|公告
渔溪口村|三组至|五组|机耕路|建设|一事一议|筹资筹劳|方案
白果树村|原村小|校舍|维修和|看护|费用|专项|公布
白果树村|重阳节|慰问金和|捐赠|物资|使用|公示
白果树村|村民委员会|委员|补选|结果
长岭村|2026年|第三季度|财务收支|公布
黄泥塘村|三组|晒坪和|农机|库房|工程|公开
黄泥塘村|对征地|土地|现状|调查的|监督|情况
柳林坪村|灌溉渠|整修|一事一议|筹资筹劳|方案|公示
青石坳村|关于|调整|山塘|承包费|用途的|村民代表会议|决议
三棠镇|2026年|农机|购置与|应用|补贴|（第三批）|公示
三棠镇|2026年|“七一”|拟表彰|对象|公示
农村|最低生活保障|申请|办事|指南
三棠镇|2026年|第四季度|特困人员|认定和|终止|救助|供养|公示
三棠镇|2026年|第四季度|高龄津贴|新增和|续发|人员|公示
三棠镇|2026年|第三季度|残疾人|两项|补贴|发放|情况
关于|缴纳|2027年度|城乡居民|基本|医疗保险费的|通知
三棠镇人民政府|2026—2027年度|森林|防火|通告
长岭村至|云盘岭村|道路|提质改造|工程|招标|公告
三棠镇人民政府|关于|做好|2026年|冬春|农田水利|建设|工作的|通知
关于|棠溪桥|维修|期间|封闭|施工的|通告
三棠镇|2026年|重点|工作|任务|前三季度|完成|情况
石桥铺村|2026年10月|村民委员会|财务收支|公布
桐树湾村|股份经济合作社|2025年度|收益分配|方案
渔溪口村|渡口|停车|协商|事项及|落实|情况
关于|10千伏|东街线|停电|检修的|通知
关于|３２户|危房改造|对象的|公示|（第二批）
各村民小组|原组长|离任|审计|结果|公示
关于|“三务”|公开栏|更新的|说明
张家村|“四议两公开”|决议|公示|（第3号）
本村|副职|干部|补贴|发放|公示
𫖯石村䶮塘组|道路|硬化|工程|公示
该项目|第二标段|中标|候选人|公示
《关于|进一步|规范|村级小微|权力|清单的|意见》的|通知
关于|转发永三府发〔2026〕12号的|通知
PPP|项目与|A类|低保|名单|公示
WiFi|覆盖|项目|验收|公示
2026年11月22日|8时至|18时|停电通知
关于|拨付|2026年|第1批|产业奖补|资金|1,234.56万元的|公示
道路|工程|（K0+000—K3+250）|招标|公告
春节前|停电通知
约300户|居民|停水
阿依古丽·买买提等|3人
三棠镇 |2026 年|第三季度
""".splitlines()

#: What may not begin a line, and what may not end one.
CLOSING, OPENING = "）〕】》”’、，。；：？！·…", "（〔【《“‘"

phrases = Phrases(NAMES)


@pytest.mark.parametrize("expected", TITLES)
def test_a_line_ends_between_words(expected: str) -> None:
    assert "|".join(phrases(expected.replace("|", ""))) == expected


ANY = st.text(max_size=60)
LIKELY = st.text(
    st.sampled_from(
        [
            *"三棠镇原预拟各第的和与年月日号户前后关于公示通知0129０９ABz（）〔〕《》“”、，。·—…%. 𫖯䶮",
            "\u0301",
            "\u200d",
        ]
    ),
    max_size=40,
)


@given(st.one_of(ANY, LIKELY))
@example("")
@example("原")
@example("关于")
@example("（）")
@example("2026年")
@example("\u0301")
@example("｜")
def test_the_phrases_are_the_title(title: str) -> None:
    found = phrases(title)
    assert "".join(found) == title
    assert all(found)


@given(LIKELY)
def test_no_phrase_begins_or_ends_against_the_rules_of_the_line(title: str) -> None:
    found = phrases(title)
    assert not [phrase for phrase in found[1:] if phrase[0] in CLOSING]
    assert not [phrase for phrase in found[:-1] if phrase[-1] in OPENING]


def test_a_board_has_one_for_all_its_pages(tmp_path) -> None:
    publishers = a_board(tmp_path).board().publishers
    made = phrases_of(publishers)
    assert made is phrases_of(publishers)
    assert made("东河村关于停水的通知") == ("东河村", "关于", "停水的", "通知")
    assert made("试点镇人民政府通告")[0] == "试点镇人民政府"
