"""Notices as townships and villages write them: lists with people in them, letters, rulings, records.

A scene takes a `Maker` and returns the marked text. A grid returns a title and the rows of a table, heading
first, for texts and for files alike.
"""

# ruff: noqa: E501  (running Chinese text reads better unbroken)

from __future__ import annotations

from collections.abc import Callable

from noticeboard.privacy.finding import Kind

from .lookalikes import like
from .people import Maker

Scene = Callable[[Maker], str]
Rows = list[list[str]]
Grid = Callable[[Maker], tuple[str, Rows]]


def _day(m: Maker) -> str:
    return "{}年{}月{}日".format(*m.day())


def fact(m: Maker, form: str, written: str) -> str:
    """A sensitive fact about a person."""
    return m.real(Kind.SENSITIVE, form, written)


def head(m: Maker, heading: str) -> str:
    """A heading that says what private things stand below it: told or not, both are right."""
    return m.may(Kind.SENSITIVE, "表头", heading)


def illness(m: Maker) -> str:
    """An illness."""
    return m.one_of(
        "尿毒症", "肺癌", "精神分裂症", "恶性肿瘤", "脑梗塞", "艾滋病", "肺结核", "乙肝", "抑郁症", "白血病"
    )


# Lists


def low_income(m: Maker) -> tuple[str, Rows]:
    """低保公示。"""
    rows = [
        [
            "序号",
            "户主姓名",
            head(m, m.one_of("身份证号", "身份证号码", "公民身份号码", "证件号码")),
            "村组",
            "保障人数",
            "月保障金（元）",
        ]
    ]
    rows += [
        [str(n), m.name(), m.id(), f"{m.village()}村{m.number(1, 9)}组", str(m.number(1, 5)), m.amount()]
        for n in range(1, m.number(3, 7))
    ]
    return f"{m.village()}村{m.number(2024, 2026)}年第{m.number(1, 4)}季度农村低保公示", rows


def subsidy(m: Maker) -> tuple[str, Rows]:
    """惠农补贴发放花名册。"""
    rows = [
        [
            "序号",
            "姓名",
            head(m, "身份证号"),
            head(m, m.one_of("一卡通账号", "银行卡号", "惠农补贴卡号", "社保卡号", "卡号", "开户账号")),
            "面积（亩）",
            "金额（元）",
            m.one_of("联系电话", "手机号", "电话"),
        ]
    ]
    for n in range(1, m.number(3, 6)):
        rows.append(
            [
                str(n),
                m.name(),
                m.id(plain=m.number(0, 1) == 1),
                m.card(other=m.number(1, 3) == 1),
                f"{m.number(1, 30)}.{m.number(0, 99):02}",
                m.amount(),
                m.mobile(),
            ]
        )
    return f"{m.number(2024, 2026)}年耕地地力保护补贴发放花名册（{m.village()}村）", rows


def disabled(m: Maker) -> tuple[str, Rows]:
    """残疾人两项补贴。"""
    rows = [["姓名", head(m, "残疾人证号"), head(m, "残疾类别"), head(m, "残疾等级"), "补贴类别", "金额"]]
    for _ in range(m.number(2, 5)):
        rows.append(
            [
                m.name(),
                m.disability(),
                fact(m, "残疾类别（列）", m.one_of("肢体", "视力", "智力", "精神", "听力")),
                fact(m, "残疾等级（列）", m.one_of("一级", "二级", "三级")),
                m.one_of("护理补贴", "生活补贴"),
                str(m.number(80, 400)),
            ]
        )
    return "困难残疾人生活补贴和重度残疾人护理补贴发放名单", rows


def dilapidated(m: Maker) -> tuple[str, Rows]:
    """危房改造。"""
    rows = [
        ["户主", head(m, "家庭住址"), head(m, "致贫原因"), "危房等级", "改造方式", head(m, "户主身份证号码")]
    ]
    for _ in range(m.number(2, 5)):
        rows.append(
            [
                m.name(),
                m.address(),
                fact(m, "致贫原因（列）", m.one_of("因病", "因残", "缺劳力", "因灾")),
                m.one_of("C级", "D级"),
                m.one_of("新建", "修缮"),
                m.id(),
            ]
        )
    return f"{m.number(2024, 2026)}年农村危房改造拟补助对象公示", rows


def payees(m: Maker) -> tuple[str, Rows]:
    """财务公开: who was paid into which account."""
    rows = [["日期", "摘要", "收款人", head(m, m.one_of("收款账号", "银行账号", "账号")), "支出（元）"]]
    for _ in range(m.number(2, 5)):
        paid = m.card(plain=True) if m.number(0, 2) else m.account()
        rows.append(
            [
                "{}-{:02}-{:02}".format(*m.day()),
                m.one_of("付环境卫生整治工资", "付看坡护林补助", "付村道维修材料款", "付党员误工补助"),
                m.name(),
                paid,
                m.amount(),
            ]
        )
    return f"{m.village()}村{m.number(1, 12)}月份财务公开明细", rows


def passbooks(m: Maker) -> tuple[str, Rows]:
    """存折发放。"""
    rows = [["户主", head(m, "存折账号"), "组别", "发放金额"]]
    rows += [[m.name(), m.account(), f"{m.number(1, 9)}组", m.amount()] for _ in range(m.number(2, 5))]
    return "退耕还林补助发放明细", rows


def watch(m: Maker) -> tuple[str, Rows]:
    """值班表。"""
    rows = [["日期", "带班领导", "值班人员", m.one_of("手机", "手机号码", "联系方式", "电话")]]
    rows += [["{}月{}日".format(*m.day()[1:]), m.name(), m.name(), m.mobile()] for _ in range(m.number(3, 6))]
    return "三棠镇防汛值班表", rows


def vehicles(m: Maker) -> tuple[str, Rows]:
    """农机购置补贴、运输车辆登记。"""
    rows = [["车主", "车牌号", "车型", "核载"]]
    rows += [
        [m.name(), m.plate(), m.one_of("轻型货车", "三轮汽车", "校车"), str(m.number(1, 19))]
        for _ in range(m.number(2, 5))
    ]
    return "村内营运车辆登记公示", rows


def medical(m: Maker) -> tuple[str, Rows]:
    """医疗救助。"""
    rows = [["姓名", head(m, "病种"), "住院费用", "救助金额", head(m, "联系电话")]]
    rows += [
        [m.name(), fact(m, "病种（列）", illness(m)), m.amount(), m.amount(), m.mobile(plain=True)]
        for _ in range(m.number(2, 5))
    ]
    return "医疗救助对象公示", rows


def children(m: Maker) -> tuple[str, Rows]:
    """困境儿童。"""
    rows = [
        [
            "监护人",
            head(m, m.one_of("未成年人姓名", "儿童姓名", "孤儿姓名")),
            "出生年月",
            "就读学校",
            head(m, "身份证号"),
        ]
    ]
    for _ in range(m.number(2, 4)):
        rows.append(
            [
                m.name(),
                fact(m, "未成年人姓名（列）", m.name()),
                m.may(Kind.SENSITIVE, "出生年月", f"201{m.number(0, 9)}年{m.number(1, 12)}月"),
                m.may(Kind.SENSITIVE, "学校", "三棠镇中心小学"),
                m.id(plain=True),
            ]
        )
    return "事实无人抚养儿童基本生活补贴名单", rows


def old_numbers(m: Maker) -> tuple[str, Rows]:
    """Numbers of before 1999, and mistyped ones."""
    rows = [["编号", "姓名", head(m, m.one_of("身份证号", "身份证号码")), "备注"]]
    rows += [
        [str(n), m.name(), m.old_id() if m.number(0, 2) else m.mistyped_id(), ""]
        for n in range(1, m.number(3, 6))
    ]
    return "老党员生活补贴发放表", rows


def contractors(m: Maker) -> tuple[str, Rows]:
    """土地确权公示表: codes that pass as ID numbers by chance."""
    rows = [["承包方编码", "承包方代表", "地块编码", "地块名称", "实测面积（亩）", "四至"]]
    for _ in range(m.number(3, 6)):
        rows.append(
            [
                like(m, "承包方编码：可作身份号码" if m.number(0, 1) else "承包方编码"),
                m.name(),
                like(m, "地块编码"),
                m.one_of("村东大田", "南坡", "河湾地"),
                f"{m.number(0, 9)}.{m.number(0, 99):02}",
                f"东至{m.name()}，西至路，南至沟，北至{m.name()}",
            ]
        )
    return f"{m.village()}村农村土地承包经营权确权登记公示表", rows


def livestock(m: Maker) -> tuple[str, Rows]:
    """耳标。"""
    rows = [["养殖户", "耳标号", "畜种", "免疫日期", "疫苗批号"]]
    rows += [
        [
            m.name(),
            like(m, "耳标号"),
            m.one_of("猪", "牛", "羊"),
            "{}.{}.{}".format(*m.day()),
            like(m, "批次号"),
        ]
        for _ in range(m.number(3, 6))
    ]
    return "春季重大动物疫病集中免疫公示", rows


def machinery(m: Maker) -> tuple[str, Rows]:
    """农机购置补贴。"""
    rows = [["购机者", "机具型号", "出厂编号", "经销商", "统一社会信用代码", "补贴额（元）"]]
    rows += [
        [
            m.name(),
            like(m, "车型"),
            like(m, "农机出厂编号"),
            "永澜县丰收农机有限公司",
            like(m, "统一社会信用代码：企业"),
            m.amount(),
        ]
        for _ in range(m.number(3, 6))
    ]
    return "农机购置与应用补贴公示", rows


def companies(m: Maker) -> tuple[str, Rows]:
    """Approvals."""
    rows = [["单位", "统一社会信用代码", "许可证编号", "有效期", "电话"]]
    rows += [
        [
            f"永澜县{m.one_of('兴农', '丰源', '惠民')}专业合作社",
            like(
                m,
                m.one_of(
                    "统一社会信用代码：N1",
                    "统一社会信用代码：N2",
                    "统一社会信用代码：N3",
                    "统一社会信用代码：全数字",
                ),
            ),
            like(m, m.one_of("食品经营许可证", "取水许可证", "施工许可证")),
            "{}-{:02}-{:02}至2029-12-31".format(*m.day()),
            like(m, "固定电话"),
        ]
        for _ in range(m.number(3, 6))
    ]
    return "行政许可结果公示", rows


def accounts(m: Maker) -> tuple[str, Rows]:
    """收支表."""
    rows = [["科目编码", "科目名称", "期初", "本期收入", "本期支出", "期末"]]
    rows += [
        [like(m, "账目科目"), m.one_of("银行存款", "应付款", "公积公益金"), *(m.amount() for _ in range(4))]
        for _ in range(m.number(3, 6))
    ]
    return "村集体经济组织收支公开表", rows


def phones(m: Maker) -> tuple[str, Rows]:
    """监督电话一览。"""
    rows = [["单位", m.one_of("监督电话", "举报电话", "办公电话"), "受理范围"]]
    rows += [
        [unit, like(m, m.one_of("固定电话", "热线", "400电话")), "作风、惠农资金"]
        for unit in ("镇纪委", "镇民政办", "镇财政所", "县乡村振兴局")
    ]
    return "监督举报电话", rows


def exams(m: Maker) -> tuple[str, Rows]:
    """Masked lists, and candidates by number."""
    rows = [["准考证号", "姓名", "身份证号", "联系电话", "总成绩", "名次"]]
    rows += [
        [
            like(m, "学号和准考证号"),
            m.name(),
            like(m, "已遮盖的身份证号"),
            like(m, "已遮盖的手机号"),
            f"{m.number(50, 99)}.{m.number(0, 99):02}",
            str(n),
        ]
        for n in range(1, m.number(4, 7))
    ]
    return "公益性岗位招聘拟录用人员公示", rows


REAL_GRIDS: tuple[Grid, ...] = (
    low_income,
    subsidy,
    disabled,
    dilapidated,
    payees,
    passbooks,
    watch,
    vehicles,
    medical,
    children,
    old_numbers,
)
INNOCENT_GRIDS: tuple[Grid, ...] = (contractors, livestock, machinery, companies, accounts, phones, exams)


# Letters, rulings, records


def _ruling(m: Maker) -> str:
    return f"被告{m.name()}，男，{m.number(1960, 1999)}年{m.number(1, 12)}月{m.number(1, 28)}日出生，汉族，住{m.address()}，公民身份号码{m.id()}。本院受理{like(m, '案号')}民间借贷纠纷一案，依法向你公告送达。"


def _contract(m: Maker) -> str:
    return f"甲方（出租方）：{m.village()}村村民委员会 统一社会信用代码：{like(m, '统一社会信用代码：N2')}\n乙方（承租方）：{m.name()} 身份证号：{m.id()} 联系电话：{m.mobile()}\n乙方租赁甲方机动地{m.number(5, 90)}亩，合同编号：{like(m, '合同编号')}，租金每年{m.amount()}元。"


def _run_on(m: Maker) -> str:
    people = m.one_of("、", "；", "，").join(
        f"{m.name()}{m.one_of('', '（', '：')}{m.id(plain=True)}" for _ in range(m.number(2, 4))
    )
    return f"下列同志领取了防汛物资：{people}。"


def _chat(m: Maker) -> str:
    return f"我是{m.village()}村{m.name()}，身份证{m.id()}，卡号{m.card()}，电话{m.mobile()}，麻烦登记一下。"


def _full_width_commas(m: Maker) -> str:
    return f"{m.mobile(plain=True)}，{m.id(plain=True)}，{m.card(plain=True)}。"


def _half_width_commas(m: Maker) -> str:
    return f"{m.name()},{m.id(plain=True)},{m.card(plain=True)},{m.mobile(plain=True)},{m.amount().replace(',', '')}"


def _tabs(m: Maker) -> str:
    return "\n".join(
        "\t".join((str(n), m.name(), m.id(plain=True), m.mobile(plain=True), m.card(plain=True), m.amount()))
        for n in range(1, 4)
    )


def _spaces(m: Maker) -> str:
    return "\n".join(
        "  ".join((str(n), m.name(), m.id(plain=True), m.amount(), m.mobile(plain=True))) for n in range(1, 4)
    )


def _brackets(m: Maker) -> str:
    left, right = m.one_of("（）", "()", "[]", "【】", "“”", "《》")
    return f"户主{m.name()}{left}{m.id(plain=True)}{right}符合条件，补助打入其卡内{left}{m.card(plain=True)}{right}。"


def _glued(m: Maker) -> str:
    return f"经核实{m.name()}{m.id(plain=True)}于{_day(m)}去世，{m.one_of('其子', '其女')}{m.name()}{m.mobile(plain=True)}已知晓，停发高龄补贴。"


def _latin_label(m: Maker) -> str:
    return f"{m.one_of('ID:', 'ID No.', 'IDCard=', 'sfzh:')}{m.id(plain=True)} {m.one_of('Tel:', 'tel.', 'TEL ', 'Mobile: ')}{m.mobile(plain=True)}"


def _form(m: Maker) -> str:
    return f"姓    名：{m.name()}\n身份证号：{m.id()}\n开户银行：农村商业银行三棠支行\n银行卡号：{m.card()}\n手    机：{m.mobile()}"


def _minutes(m: Maker) -> str:
    return f"会议纪要\n时间：{_day(m)}\n参加：{m.name()}、{m.name()}、{m.name()}\n议定事项：由{m.name()}（{m.mobile()}）负责{m.village()}村灌溉渠清淤，{_day(m)}前完成。"


def _bid(m: Maker) -> str:
    return f"中标公告\n项目编号：{like(m, '项目编号：长')}\n中标人：永澜县路达建筑有限公司（{like(m, '统一社会信用代码：企业')}）\n中标价：{like(m, '金额')}\n项目经理：{m.name()}，证书编号：鲁237{m.digits(9)}，联系电话：{m.mobile()}"


def _pupil(m: Maker) -> str:
    return f"学生{m.name()}，学籍号{m.pupil()}，拟享受家庭经济困难学生生活补助。"


def _operator(m: Maker) -> str:
    return f"电工{m.name()}持证上岗，特种作业操作证号：{m.certificate()}。"


def _licence(m: Maker) -> str:
    return f"驾驶员{m.name()}，{m.one_of('驾驶证号', '居住证号', '社会保障号码', '证件号')}：{m.id()}，准驾车型C1。"


def _permits(m: Maker) -> str:
    return f"出国（境）人员备案：{m.name()}，{m.permit()}，{_day(m)}前交回组织部门统一保管。"


def _plates(m: Maker) -> str:
    return f"{_day(m)}，{m.name()}驾驶{m.plate()}车辆在{m.village()}村口与行人刮擦，双方已调解。"


def _homes(m: Maker) -> str:
    return f"{m.one_of('家住', '现住', '住址：', '家庭住址：', '户籍地址：')}{m.address()}的{m.name()}申请宅基地翻建，四邻无异议。"


def _online(m: Maker) -> str:
    return f"{m.one_of('报名请联系', '本人')}{m.name()}，{m.online()}。"


def _ill(m: Maker) -> str:
    person = m.name()
    return m.one_of(
        f"{person}家中{fact(m, '患病', m.one_of('长期患', '患有', '确诊') + illness(m))}，申请临时救助{m.amount()}元。",
        f"{fact(m, '致贫原因', '致贫原因：' + m.one_of('因病', '因残', '缺劳动力'))}，户主{person}，{m.number(1, 6)}口人。",
        f"{person}，{fact(m, '残疾等级', m.one_of('肢体二级残疾', '残疾等级：一级', '视力残疾一级', '精神二级'))}，纳入护理补贴范围。",
        f"{person}因{fact(m, '患病', illness(m))}住院，自付费用{m.amount()}元。",
        f"{person}{fact(m, '犯罪记录', m.one_of('有犯罪前科', '刑满释放人员', '社区矫正对象', '曾因盗窃罪被判刑'))}，拟安排公益岗位。",
        f"{person}，{fact(m, '信仰', m.one_of('宗教信仰：基督教', '信仰伊斯兰教', '信教群众'))}，登记备查。",
    )


def _secret(m: Maker) -> str:
    mark = m.one_of(
        "机密★1年", "秘密★5年", "绝密★长期", "秘密 ★ 3年", "机密★", "密级：秘密", "密级：机密", "秘密★"
    )
    return (
        m.real(Kind.SECRET, "密级标志", mark)
        + f"\n三棠镇人民政府文件\n三政发〔{m.number(2020, 2026)}〕{m.number(1, 90)}号\n关于做好重点人员稳控工作的通知"
    )


def _internal(m: Maker) -> str:
    mark = m.one_of(
        "内部资料 注意保存",
        "内部资料，注意保存",
        "内部文件",
        "工作秘密",
        "内部资料",
        "注意保存",
        "内部资料　不得外传",
    )
    left, right = m.one_of("【】", "（）", "  ")
    return (
        left
        + m.real(Kind.INTERNAL, "内部标志", mark)
        + right
        + f"\n{m.number(2024, 2026)}年度信访台账\n{m.village()}村"
    )


def _draft(m: Maker) -> str:
    mark = m.one_of("（征求意见稿）", "（送审稿）", "（讨论稿）", "（初稿）", "(征求意见稿)", "（修改稿）")
    return (
        f"{m.village()}村村规民约"
        + m.real(Kind.DRAFT, f"标题里的{mark.strip('（）()')}", mark)
        + "\n第一条 为推进村民自治，制定本村规民约。"
    )


def _accounts(m: Maker) -> str:
    return f"{m.name()}的{m.one_of('存折账号', '存折号', '一折通账号', '银行账号')}{m.one_of('：', '为', ' ')}{m.account()}，开户行三棠信用社。"


def _cards(m: Maker) -> str:
    return f"{m.one_of('农行卡号', '工资卡', '银行卡号：', '一卡通卡号', '社保卡银行账号：', '收款卡号', '卡号 ')}{m.card(other=m.number(0, 2) == 0)}（{m.name()}），{_day(m)}到账。"


def _odd_cards(m: Maker) -> str:
    return f"{m.name()}，银行卡号：{m.odd_card()}，信用社。"


def _bare_cards(m: Maker) -> str:
    return f"{m.name()} {m.card()} {m.amount()}"


def _disabled_bare(m: Maker) -> str:
    return f"{m.name()}（{m.disability()}）辅具适配已完成。"


def _disabled_label(m: Maker) -> str:
    return f"残疾人证号：{m.disability()}，姓名：{m.name()}"


def _old(m: Maker) -> str:
    return f"{m.name()}，{m.one_of('身份证号', '身份证号码：', '公民身份号码：', '身份证：')}{m.old_id()}，老复员军人。"


def _broken(m: Maker) -> str:
    number = m.plain_id()
    at = m.number(3, 16)
    return f"领取人：{m.name()}  身份证号：{m.real(Kind.ID_NUMBER, '18位：任意处断行', number[:at] + m.one_of(chr(10), chr(13) + chr(10), ' ' + chr(10) + '  ') + number[at:], number)}\n领取日期：{_day(m)}"


def _quoted(m: Maker) -> str:
    return f"| 户主 | 证件 |\n| --- | --- |\n| {m.name()} | {m.one_of(chr(39), chr(96), '=', '`')}{m.id(plain=True)} |"


def _two_in_a_row(m: Maker) -> str:
    return f"夫妻双方：{m.id(plain=True)}{m.one_of('/', '、', ' ', '和', '；')}{m.id(plain=True)}；电话{m.mobile(plain=True)}{m.one_of('/', '、', ' ', '或')}{m.mobile(plain=True)}"


def _beside_codes(m: Maker) -> str:
    return f"承包方编码：{like(m, '承包方编码：可作身份号码')}，承包方代表{m.name()}，身份证号：{m.id(plain=True)}，联系电话：{m.mobile(plain=True)}。"


def _json(m: Maker) -> str:
    return f'{{"name": "{m.name()}", "idCard": "{m.id(plain=True)}", "phone": "{m.mobile(plain=True)}", "bankNo": "{m.card(plain=True)}"}}'


REAL_SCENES: tuple[Scene, ...] = (
    _ruling, _contract, _run_on, _chat, _full_width_commas, _half_width_commas, _tabs, _spaces, _brackets, _glued,
    _latin_label, _form, _minutes, _bid, _pupil, _operator, _licence, _permits, _plates, _homes, _online, _ill,
    _secret, _internal, _draft, _accounts, _cards, _odd_cards, _bare_cards, _disabled_bare, _disabled_label, _old,
    _broken, _quoted, _two_in_a_row, _beside_codes, _json,
)  # fmt: skip


# Innocent ones


def _header(m: Maker) -> str:
    return f"| 索引号 | {like(m, m.one_of('索引号：信用代码', '索引号：全数字信用代码', '索引号：四段', '索引号：六段', '索引号：拼音'))} | 发文字号 | {like(m, '文号')} |\n| --- | --- | --- | --- |\n| 成文日期 | {_day(m)} | 统一登记号 | {like(m, '统一登记号')} |"


def _footer(m: Maker) -> str:
    return f"主办：三棠镇人民政府  地址：{like(m, '办公地址')}  电话：{like(m, '固定电话')}\n{like(m, 'ICP备案号')}  {like(m, '公安备案号')}  网站标识码：{like(m, '网站标识码')}"


def _tender(m: Maker) -> str:
    return f"采购项目编号：{like(m, '项目编号：长')}，预算金额{like(m, '金额')}，投标保证金缴至：永澜县公共资源交易中心，账号：{m.may(Kind.ACCOUNT, '单位账号', m.digits(17))}，咨询电话{like(m, '固定电话')}。"


def _site(m: Maker) -> str:
    return f"建设工程规划许可证：{like(m, '规划许可证')}；施工许可证编号：{like(m, '施工许可证')}；总造价{like(m, '金额')}；质量监督热线{like(m, '热线')}。"


def _land(m: Maker) -> str:
    return f"宗地代码{like(m, '宗地代码')}，不动产单元号：{like(m, '不动产单元号')}，坐落于{m.village()}村，面积{m.number(80, 300)}.{m.number(0, 99):02}平方米，界址点{like(m, '经纬度')}。"


def _expropriation(m: Maker) -> str:
    return f"征地公告：永政征〔{m.number(2024, 2026)}〕{m.number(1, 30)}号，拟征收{m.village()}村集体土地{m.number(1, 99)}.{m.digits(4)}公顷，{like(m, '地块位置')}，补偿标准每亩{m.number(30000, 90000)}元，公告期{_day(m)}至{_day(m)}。"


def _water(m: Maker) -> str:
    return f"因管道检修，{_day(m)}8:30—17:00停水，涉及{m.village()}村、{m.village()}村共{m.number(100, 900)}户。客服{like(m, '400电话')}，户号{like(m, '户号')}的用户已另行通知。"


def _numbers_only(m: Maker) -> str:
    return "\n".join(" ".join(str(m.number(1, 9999)) for _ in range(m.number(5, 9))) for _ in range(3))


def _schedule(m: Maker) -> str:
    return f"报名时间：{like(m, '日期和时间')}；缴费截止{like(m, '日期和时间')}；准考证号{like(m, '学号和准考证号')}号段的考生在第一考场。"


def _invoice(m: Maker) -> str:
    return f"付办公用品款，发票号码：{like(m, '数电发票号码')}，订单号：{like(m, '订单号：过Luhn')}，快递单号：{like(m, '快递单号')}。"


def _publication(m: Maker) -> str:
    return f"农家书屋新书：《果树修剪》，ISBN {like(m, 'ISBN')}，条码{like(m, '商品条码')}，定价{m.number(10, 90)}.80元。"


def _digest(m: Maker) -> str:
    return f"附件校验：SHA-256 {like(m, '哈希值')}，文件{like(m, '文件名')}，{like(m, 'UUID')}。"


def _masked(m: Maker) -> str:
    return f"{m.name()}，身份证号{like(m, '已遮盖的身份证号')}，银行卡号{like(m, '已遮盖的银行卡号')}，电话{like(m, '已遮盖的手机号')}，发放{m.amount()}元。"


INNOCENT_SCENES: tuple[Scene, ...] = (
    _header, _footer, _tender, _site, _land, _expropriation, _water, _numbers_only, _schedule, _invoice,
    _publication, _digest, _masked,
)  # fmt: skip
