"""Numbers and words that look like a person's and are none: those of offices, land, goods, papers and time.

Each row: name, the kind it resembles, labels under which it stands, and how to make one. "" among the
labels means that it stands without any label too.
"""

# ruff: noqa: E501  (rows read better unbroken)

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import identifiers as ids
from noticeboard.privacy.finding import Kind

from .label import Verdict, bare
from .people import Maker, groups

Make = Callable[[Maker], str]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One sort of innocent number."""

    name: str
    kind: Kind
    labels: tuple[str, ...]
    make: Make
    verdict: Verdict = Verdict.NOT


def _region(m: Maker) -> str:
    return m.one_of("370828", "500228", "360222", "321102", "510781")


def _compact_day(m: Maker) -> str:
    return "{}{:02}{:02}".format(*m.day())


def _luhn(m: Maker, digits: str) -> str:
    return ids.with_luhn(digits)


def _contractor(m: Maker) -> str:
    """承包方编码 that is no ID number: a town below 200."""
    return f"{_region(m)}1{m.number(0, 9):02}2{m.number(0, 40):02}{m.number(1, 12):02}{m.number(1, 200):04}"


def _contractor_by_chance(m: Maker) -> str:
    """承包方编码 that passes as an ID number: 乡 200, 村 200 to 212, and a lucky serial."""
    while True:
        number = ids.id_number(
            _region(m),
            f"200{m.number(1, 9)}{m.number(1, 12):02}{m.number(1, 12):02}",
            f"0{m.number(0, 19):02}",
        )
        if number[-1] != "X":
            return number


def _permit_by_chance(m: Maker) -> str:
    """施工许可证编号 of 18 digits, region and date and serial, which passes as an ID number."""
    while True:
        number = ids.id_number(_region(m), _compact_day(m), f"{m.number(1, 9):02}{m.number(0, 1)}")
        if number[-1] != "X":
            return number


def _permit_number(m: Maker) -> str:
    return _region(m) + _compact_day(m) + f"{m.number(1, 20):02}{m.one_of('01', '02', '09')}"


def _ear_tag(m: Maker) -> str:
    return m.one_of("1", "2", "3") + _region(m) + f"{m.number(1, 99999999):08}"


def _hex(m: Maker, length: int) -> str:
    return hashlib.sha256(m.digits(9).encode()).hexdigest()[:length]


def _all_digit_uscc(m: Maker) -> str:
    while True:
        code = ids.any_uscc(m.random, m.one_of("11", "12", "51", "52"), "0123456789")
        if code.isdigit():
            return code


def _masked_id(m: Maker) -> str:
    number = m.plain_id()
    star = m.one_of("*", "＊", "×", "X", "●")
    return m.one_of(
        number[:6] + star * 8 + number[14:],
        number[:3] + star * 11 + number[-4:],
        number[:1] + star * 16 + number[-1],
        number[:6] + star * 12,
    )


def _masked_card(m: Maker) -> str:
    number = ids.bank_card(m.random, "621700")
    return m.one_of(
        number[:4] + "*" * 11 + number[-4:],
        f"{number[:4]} **** **** *** {number[-4:]}",
        "*" * 15 + number[-4:],
        number[:6] + "******" + number[-4:],
    )


def _code(
    name: str, labels: str, make: Make, kind: Kind = Kind.ID_NUMBER, verdict: Verdict = Verdict.NOT
) -> LookAlike:
    return LookAlike(
        name, kind, tuple("" if label == "-" else label for label in labels.split()), make, verdict
    )


NUMBERS: tuple[LookAlike, ...] = (
    _code(
        "统一社会信用代码：企业",
        "统一社会信用代码 社会信用代码 信用代码 纳税人识别号 -",
        lambda m: ids.any_uscc(m.random, "91"),
    ),
    _code("统一社会信用代码：全数字", "统一社会信用代码 机构代码 - -", _all_digit_uscc),
    _code("统一社会信用代码：N1", "统一社会信用代码 -", lambda m: ids.any_uscc(m.random, "N1")),
    _code(
        "统一社会信用代码：N2",
        "统一社会信用代码 登记证代码 -",
        lambda m: ids.any_uscc(m.random, "N2", "0123456789"),
    ),
    _code("统一社会信用代码：N3", "统一社会信用代码 -", lambda m: ids.any_uscc(m.random, "N3")),
    _code("组织机构代码", "组织机构代码 -", lambda m: f"{ids.digits(m.random, 8)}-{m.number(0, 9)}"),
    _code(
        "索引号：信用代码",
        "索引号 信息索取号 -",
        lambda m: f"{ids.any_uscc(m.random, '11')}/{m.number(2018, 2026)}-{m.number(1, 99999):05}",
    ),
    _code(
        "索引号：全数字信用代码",
        "索引号 -",
        lambda m: f"{_all_digit_uscc(m)}/{m.number(2018, 2026)}-{m.number(1, 99999):05}",
    ),
    _code(
        "索引号：组织机构", "索引号 -", lambda m: f"000014349/{m.number(2015, 2026)}-{m.number(1, 99999):05}"
    ),
    _code(
        "索引号：网站标识",
        "索引号 -",
        lambda m: f"4303000006/{m.number(2018, 2026)}-{m.number(1000000, 9999999)}",
    ),
    _code(
        "索引号：四段",
        "索引号 -",
        lambda m: f"{_region(m)}-{m.number(1, 99):02}-{m.number(2018, 2026)}-{m.number(1, 999999):06}",
    ),
    _code(
        "索引号：六段",
        "索引号 -",
        lambda m: f"{_region(m)}-0{m.number(10, 99)}-05-01-{_compact_day(m)}-{m.number(1, 99999):05}",
    ),
    _code("索引号：拼音", "索引号 -", lambda m: f"yishuixjhz{m.digits(7)}/2022-{m.number(1, 9999999):07}"),
    _code(
        "文号",
        "文号 发文字号 -",
        lambda m: f"三政{m.one_of('发', '办发', '字')}〔{m.number(2018, 2026)}〕{m.number(1, 120)}号",
    ),
    _code("统一登记号", "统一登记号 -", lambda m: f"XTDR-{m.number(2018, 2026)}-{m.number(1, 99999):05}"),
    _code(
        "固定电话",
        "联系电话 监督电话 办公电话 传真 举报电话 -",
        lambda m: m.one_of(
            f"0537-8{m.digits(6)}",
            f"（0537）8{m.digits(6)}",
            f"05378{m.digits(6)}",
            f"8{m.digits(6)}",
            f"0537-8{m.digits(6)}转80{m.number(1, 9)}",
            f"+86-537-8{m.digits(6)}",
            f"010-{m.digits(8)}",
            f"0537 8{m.digits(6)}",
        ),
        Kind.MOBILE,
    ),
    _code(
        "400电话",
        "客服电话 咨询电话 -",
        lambda m: m.one_of(
            f"400-{m.digits(3)}-{m.digits(4)}",
            f"400{m.digits(7)}",
            f"400 {m.digits(4)} {m.digits(3)}",
            "800-8" + m.digits(2) + "-" + m.digits(4),
        ),
        Kind.MOBILE,
    ),
    _code(
        "热线",
        "举报电话 咨询热线 -",
        lambda m: m.one_of(
            "12345", "12317", "12388", "12315", "12348", "12333", "95598", "12393", "110", "119"
        ),
        Kind.MOBILE,
    ),
    _code(
        "项目编号：长",
        "项目编号 招标编号 采购项目编号",
        lambda m: f"SDGP{_region(m)}000202602{m.number(1, 999999):06}",
    ),
    _code(
        "项目编号：日期",
        "项目编号 招标项目编号",
        lambda m: f"{_region(m)}{_compact_day(m)}{m.number(1, 999):03}",
    ),
    _code(
        "项目代码",
        "项目代码 -",
        lambda m: (
            f"{m.number(18, 26)}0{m.number(1, 9)}-{_region(m)}-0{m.number(1, 9)}-0{m.number(1, 5)}-{m.number(100000, 999999)}"
        ),
    ),
    _code("标段编号", "标段编号", lambda m: f"E{_region(m)}{m.number(1000000000, 9999999999)}001"),
    _code(
        "合同编号",
        "合同编号 合同号",
        lambda m: m.one_of(
            f"HT-{m.number(2020, 2026)}-{m.number(1, 12):02}{m.number(1, 28):02}-{m.number(1, 99):03}",
            f"{_compact_day(m)}{_region(m)}{m.number(1, 9999):04}",
            f"SDLY{_compact_day(m)}{m.number(1, 99999):05}",
        ),
    ),
    _code(
        "订单号",
        "订单号 订单编号 交易流水号 流水号",
        lambda m: _compact_day(m) + m.digits(m.number(8, 12)),
        Kind.BANK_CARD,
    ),
    _code(
        "订单号：过Luhn",
        "订单号 订单编号 商户单号 支付单号",
        lambda m: _luhn(m, _compact_day(m) + m.digits(m.number(7, 10))),
        Kind.BANK_CARD,
    ),
    _code(
        "62开头过Luhn的编号",
        "订单号 设备编号 流水号 回单编号 凭证号",
        lambda m: _luhn(m, "62" + m.digits(m.number(13, 16))),
        Kind.BANK_CARD,
        Verdict.QUIET,
    ),
    _code(
        "数电发票号码",
        "发票号码 数电票号码",
        lambda m: f"26{m.one_of('37', '50', '32')}2000000{m.number(100000000, 999999999)}",
        Kind.BANK_CARD,
    ),
    _code("发票代码", "发票代码", lambda m: f"0{m.number(31, 37)}002{m.number(100000, 999999)}", Kind.MOBILE),
    _code(
        "发票：代码加号码",
        "发票代码及号码 票据号",
        lambda m: f"0370021{m.number(10000, 99999)} {m.number(10000000, 99999999)}",
        Kind.BANK_CARD,
    ),
    _code(
        "快递单号",
        "快递单号 物流单号 运单号 -",
        lambda m: m.one_of(
            f"SF{m.number(10**12, 10**13 - 1)}",
            f"YT{m.number(10**12, 10**13 - 1)}",
            f"77{m.number(10**12, 10**13 - 1)}",
            f"EA{m.digits(9)}CN",
        ),
        Kind.PERMIT,
    ),
    _code(
        "发包方编码",
        "发包方编码 发包方代码",
        lambda m: f"{_region(m)}1{m.number(0, 9):02}2{m.number(0, 40):02}00",
    ),
    _code("承包方编码", "承包方编码 承包方代码 承包户编码", _contractor),
    _code(
        "承包方编码：可作身份号码",
        "承包方编码 承包方代码 承包户编码",
        _contractor_by_chance,
        verdict=Verdict.ASK,
    ),
    _code(
        "地块编码", "地块编码 地块代码 承包地块编码", lambda m: f"{_contractor(m)[:14]}{m.number(1, 400):05}"
    ),
    _code(
        "地块编码：前18位可作身份号码",
        "地块编码 地块代码",
        lambda m: f"{_contractor_by_chance(m)}{m.number(0, 9)}",
        verdict=Verdict.QUIET,
    ),
    _code(
        "承包合同代码",
        "承包合同代码 经营权证编号 经营权证流水号",
        lambda m: f"{_contractor(m)}{m.one_of('J', 'Q')}",
    ),
    _code(
        "不动产单元号",
        "不动产单元号 不动产单元代码 -",
        lambda m: m.one_of("", " ").join(
            (
                f"{_region(m)}",
                f"1002{m.number(1, 30):02}",
                f"{m.one_of('GB', 'JC', 'JB')}{m.number(1, 99999):05}",
                m.one_of(f"F{m.number(1, 9999):04}0001", "W00000000"),
            )
        ),
    ),
    _code(
        "不动产权证号",
        "不动产权证号 -",
        lambda m: f"鲁（{m.number(2017, 2026)}）永澜县不动产权第{m.number(1, 9999999):07}号",
    ),
    _code(
        "宗地代码",
        "宗地代码 宗地号 -",
        lambda m: f"{_region(m)}1002{m.number(1, 30):02}{m.one_of('JC', 'JB', 'GB')}{m.number(1, 99999):05}",
    ),
    _code(
        "区划代码",
        "统计用区划代码 行政区划代码 区划代码 -",
        lambda m: f"{_region(m)}10{m.number(0, 9)}20{m.number(0, 9)}",
        Kind.MOBILE,
    ),
    _code(
        "金额",
        "中标价 合同金额 预算 -",
        lambda m: (
            "¥"
            + m.one_of(
                f"{m.number(1, 999)},{m.number(0, 999):03},{m.number(0, 999):03}.{m.number(0, 99):02}",
                f"{m.number(10**9, 10**11)}.{m.number(0, 99):02}",
                f"1{m.number(30, 99)}{m.number(10**7, 10**8 - 1)}.00元",
            )
        ),
        Kind.MOBILE,
    ),
    _code(
        "日期和时间",
        "时间 日期 -",
        lambda m: m.one_of(
            _compact_day(m),
            "{}-{:02}-{:02}".format(*m.day()),
            "{}年{}月{}日".format(*m.day()),
            "{}/{}/{} 08:30:00".format(*m.day()),
            _compact_day(m) + "083000",
            _compact_day(m) + "083000123",
            f"{_compact_day(m)}-{_compact_day(m)}",
            "{}.{}.{}".format(*m.day()),
            "{}-{:02}-{:02}T08:30:00+08:00".format(*m.day()),
            f"{_compact_day(m)}—{_compact_day(m)}",
        ),
    ),
    _code(
        "连写的年份",
        "年度 -",
        lambda m: m.one_of(" ", "、", "\t", "-").join(str(year) for year in range(2019, 2026)),
    ),
    _code(
        "连写的金额",
        "各月金额 -",
        lambda m: " ".join(str(m.number(1000, 9999)) for _ in range(6)),
        Kind.BANK_CARD,
    ),
    _code("网站标识码", "网站标识码 -", lambda m: f"{_region(m)}{m.number(1, 99):04}"),
    _code(
        "ICP备案号",
        "ICP备案号 -",
        lambda m: (
            f"{m.one_of('鲁', '苏', '川')}ICP备{m.number(2005, 2026)}{m.number(1, 999999):06}号-{m.number(1, 9)}"
        ),
        Kind.PLATE,
    ),
    _code(
        "公安备案号",
        "公安备案号 -",
        lambda m: f"{m.one_of('鲁', '苏', '川')}公网安备{_region(m)}02{m.number(1, 999999):06}号",
        Kind.MOBILE,
    ),
    _code(
        "经纬度",
        "坐标 经纬度 -",
        lambda m: m.one_of(
            f"116.{m.digits(6)},35.{m.digits(6)}",
            f"E116°{m.number(1, 59)}′{m.number(1, 59)}.{m.number(1, 99)}″ N35°{m.number(1, 59)}′{m.number(1, 59)}″",
            f"X=38{m.digits(5)}.{m.digits(3)}，Y=39{m.digits(6)}.{m.digits(3)}",
            f"116.{m.digits(14)}，35.{m.digits(14)}",
        ),
    ),
    _code(
        "ISBN",
        "ISBN 书号",
        lambda m: m.one_of(f"978-7-{m.digits(4)}-{m.digits(4)}-{m.number(0, 9)}", f"9787{m.digits(9)}"),
        Kind.BANK_CARD,
    ),
    _code("商品条码", "条码 商品条码", lambda m: f"69{m.digits(11)}", Kind.MOBILE),
    _code("哈希值", "SHA-256 MD5 摘要 -", lambda m: _hex(m, m.random.choice((32, 40, 64)))),
    _code("UUID", "编号 -", lambda m: "-".join(groups(_hex(m, 32), 8, 4, 4, 4))),
    _code("数字摘要", "摘要", lambda m: m.digits(40)),
    _code("已遮盖的身份证号", "身份证号 公民身份号码 -", _masked_id),
    _code("已遮盖的银行卡号", "银行卡号 卡号 -", _masked_card, Kind.BANK_CARD),
    _code(
        "已遮盖的手机号",
        "联系电话 手机 -",
        lambda m: m.one_of(
            f"138****{m.digits(4)}",
            f"1****{m.digits(4)}",
            f"159{m.digits(4)}****",
            f"1*********{m.number(0, 9)}",
            f"177xxxx{m.digits(4)}",
        ),
        Kind.MOBILE,
    ),
    _code("尾号", "尾号 卡号尾号", lambda m: m.digits(4), Kind.BANK_CARD),
    _code(
        "国家标准",
        "依据 执行标准 -",
        lambda m: m.one_of(
            "GB/T 35958-2018",
            "GB 11643-1999",
            "NY/T 2538-2014",
            "JGJ 125-2016",
            "GB 5749-2022",
            "GB/T37668-2019",
        ),
    ),
    _code(
        "食品经营许可证",
        "许可证编号 食品经营许可证号 -",
        lambda m: f"JY1{_region(m)}{m.number(1, 9999999):07}",
    ),
    _code(
        "食品生产许可证",
        "生产许可证编号 -",
        lambda m: f"SC10{m.number(1, 9)}{_region(m)}{m.number(1, 99999):05}",
    ),
    _code("建筑业资质", "资质证书编号 -", lambda m: f"D{m.digits(9)}", Kind.PERMIT),
    _code("施工许可证", "施工许可证编号 建筑工程施工许可证号", _permit_number),
    _code(
        "施工许可证：可作身份号码", "施工许可证编号 施工许可证号", _permit_by_chance, verdict=Verdict.QUIET
    ),
    _code(
        "规划许可证",
        "许可证号 -",
        lambda m: f"{m.one_of('建', '地')}字第{_region(m)}{m.number(2018, 2026)}{m.number(1, 99999):05}号",
    ),
    _code(
        "采矿许可证",
        "采矿许可证号 -",
        lambda m: f"C{m.number(3700, 3799)}{m.number(200801, 202612)}{m.digits(12)}",
    ),
    _code(
        "取水许可证",
        "取水许可证编号",
        lambda m: f"D{_region(m)}{m.one_of('S', 'G')}{m.number(2020, 2026)}-{m.number(1, 9999):04}",
    ),
    _code(
        "排污许可证",
        "排污许可证编号 -",
        lambda m: f"{ids.any_uscc(m.random, '91')}001{m.one_of('V', 'X', 'Q')}",
    ),
    _code(
        "防疫合格证",
        "动物防疫条件合格证 -",
        lambda m: f"（鲁永）动防合字第{m.number(2018, 2026)}{m.number(1, 9999):04}号",
    ),
    _code("耳标号", "耳标号 牲畜耳标 耳标编码 畜禽标识编码", _ear_tag),
    _code(
        "车型",
        "型号 机型 -",
        lambda m: m.one_of(
            f"东方红-LX{m.digits(4)}",
            f"4LZ-{m.digits(1)}.0",
            f"ZZ{m.digits(4)}N{m.digits(4)}E1",
            f"福田雷沃M{m.digits(4)}",
        ),
        Kind.PLATE,
    ),
    _code("车架号", "车辆识别代号 车架号", lambda m: f"LFV2A21K8G3{m.digits(6)}", Kind.PLATE),
    _code(
        "农机出厂编号",
        "出厂编号 机具编号 发动机号",
        lambda m: m.one_of(
            m.digits(11), f"TT{_compact_day(m)}{m.digits(5)}", f"1{m.number(3, 9)}{m.digits(9)}"
        ),
        Kind.MOBILE,
        Verdict.QUIET,
    ),
    _code(
        "十一位序号",
        "档案编号 设备编号 受理编号 通知书编号",
        lambda m: f"1{m.number(3, 9)}{m.digits(9)}",
        Kind.MOBILE,
        Verdict.QUIET,
    ),
    _code(
        "学号和准考证号",
        "学号 准考证号 考号",
        lambda m: f"{m.number(2015, 2026)}{_region(m)}{m.number(1, 99999):05}",
    ),
    _code(
        "资格证书编号",
        "资格证书编号 证书编号 管理号",
        lambda m: m.one_of(
            f"S0000{m.digits(14)}", f"{m.number(2010, 2026)}{m.digits(13)}", f"鲁{m.digits(9)}"
        ),
    ),
    _code(
        "执业证号", "执业证号 律师执业证号", lambda m: f"1{_region(m)[:4]}{m.number(1995, 2024)}{m.digits(8)}"
    ),
    _code("户号", "用电户号 户号 水表号", lambda m: m.digits(10), Kind.MOBILE),
    _code("房屋编码", "房屋编码 农房编号", lambda m: f"{_contractor(m)[:12]}{m.number(1, 999999999):09}"),
    _code(
        "低保证号",
        "低保证号 低保证编号 救助证编号",
        lambda m: m.one_of(
            f"{_contractor(m)[:12]}D{m.number(1, 99999):05}",
            f"{_region(m)}1{m.number(0, 9)}{m.number(1, 9999999999):010}",
        ),
    ),
    _code(
        "户编号", "户编号 脱贫户编号 监测户编号", lambda m: f"{_contractor(m)[:12]}{m.number(1, 9999999):07}"
    ),
    _code("设备串号", "IMEI 设备串号 终端号", lambda m: _luhn(m, "86" + ids.digits(m.random, 12))),
    _code("物联网卡号", "ICCID 物联网卡号", lambda m: "8986" + m.digits(16), Kind.BANK_CARD),
    _code(
        "老税号",
        "税号 纳税人识别号 税务登记号",
        lambda m: f"{_region(m)}{m.number(1, 99999999):08}{m.number(0, 9)}",
    ),
    _code("案号", "案号 -", lambda m: f"（{m.number(2020, 2026)}）鲁0828民初{m.number(1, 9999)}号"),
    _code(
        "专利号",
        "专利号 -",
        lambda m: f"ZL{m.number(2005, 2025)}{m.number(1, 3)}0{m.digits(6)}.{m.one_of('1', '7', 'X')}",
    ),
    _code("图斑编号", "图斑编号 图斑号", lambda m: f"{_region(m)}{m.number(1, 99999999):08}"),
    _code(
        "中标通知书编号",
        "中标通知书编号 成交通知书编号",
        lambda m: f"ZB{_compact_day(m)}{m.number(1, 9999):04}",
    ),
    _code(
        "行政处罚",
        "处罚决定书文号 -",
        lambda m: f"永市监处罚〔{m.number(2020, 2026)}〕{m.number(1, 999):03}号",
    ),
    _code(
        "道路和线路",
        "路线编号 -",
        lambda m: m.one_of(
            "G105", "S252", "X033", f"Y{m.digits(3)}{_region(m)}", f"C{m.digits(3)}{_region(m)}"
        ),
        Kind.PLATE,
    ),
    _code(
        "网址",
        "网址 -",
        lambda m: (
            f"http://www.example.gov.cn/art/{m.number(2018, 2026)}/{m.number(1, 12)}/{m.number(1, 28)}/art_{m.digits(5)}_{m.digits(7)}.html"
        ),
        Kind.MOBILE,
    ),
    _code(
        "网址里的长数字",
        "网址 -",
        lambda m: f"https://www.example.gov.cn/xxgk/{_compact_day(m)}{m.digits(10)}.shtml?id={m.digits(16)}",
    ),
    _code("文件名", "附件 -", lambda m: f"P0{_compact_day(m)}{m.digits(12)}.pdf"),
    _code(
        "政府邮箱",
        "电子邮箱 邮箱",
        lambda m: f"{m.one_of('stzzf', 'dzb', 'xxgk')}@{m.one_of('yonglan.gov.cn', 'jn.shandong.gov.cn')}",
        Kind.ONLINE,
    ),
    _code("公众号", "微信公众号", lambda m: m.one_of("sdstz2020", "santangfabu", "三棠发布"), Kind.ONLINE),
    _code(
        "办公地址",
        "办公地址 受理地点 单位地址",
        lambda m: m.one_of(
            "三棠镇人民路18号三棠镇人民政府",
            "永澜县行政服务中心3楼12号窗口",
            "三棠镇便民服务中心2号窗口",
            "永澜县建设路66号永澜县公共资源交易中心",
        ),
        Kind.ADDRESS,
    ),
    _code(
        "地块位置",
        "位置 坐落",
        lambda m: m.one_of(
            f"{m.village()}村{m.number(1, 9)}号地块",
            f"{m.village()}村三组",
            f"东至生产路，西至{m.name()}地",
            f"{m.village()}村村西{m.number(1, 9)}号坑塘",
            f"县道X033线{m.number(1, 30)}公里处",
        ),
        Kind.ADDRESS,
    ),
    _code(
        "通知里的号",
        "-",
        lambda m: m.one_of(
            f"第{m.number(1, 60)}号工程",
            f"{m.number(1, 30)}号楼工程",
            f"{m.number(1, 12)}号线",
            f"第{m.number(1, 9)}村民小组",
        ),
        Kind.ADDRESS,
    ),
    _code(
        "车道和排放",
        "-",
        lambda m: m.one_of("国V标准", "B1B2驾驶证", "京津冀", "鲁中南A区", "粤港澳大湾区"),
        Kind.PLATE,
    ),
    _code(
        "出国办证须知",
        "-",
        lambda m: m.one_of("办理护照须携带户口本", "护照申请表编号见附件", "护照、港澳通行证自助签注"),
        Kind.PERMIT,
    ),
    _code(
        "批次号",
        "生产批号 批次号",
        lambda m: m.one_of(f"G{m.digits(8)}", f"E{m.digits(8)}", f"L{_compact_day(m)}"),
        Kind.PERMIT,
    ),
    _code(
        "投标保证金账户",
        "投标保证金缴款账号 国库账号 对公账号",
        lambda m: m.digits(m.number(15, 20)),
        Kind.ACCOUNT,
    ),
    _code("账目科目", "科目编码 会计科目", lambda m: m.digits(m.number(4, 10)), Kind.ACCOUNT),
)
_BY_NAME = {look.name: look for look in NUMBERS}


def _passes_as_an_id(number: str) -> bool:
    """Whether by chance it has a birth date and the check digit of an ID number."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    region, born, serial = number[:6], number[6:14], number[14:17]
    plausible = "1900" <= born[:4] <= "2099" and "01" <= born[4:6] <= "12" and "01" <= born[6:] <= "31"
    return plausible and ids.id_number(region, born, serial) == number


def like(m: Maker, name: str) -> str:
    """One of these look-alikes. A question is right where it passes as an ID number by chance."""
    look = _BY_NAME[name]
    number = look.make(m)
    verdict = look.verdict
    if verdict is Verdict.NOT and _passes_as_an_id(bare(number)):
        verdict = Verdict.QUIET
    return m.piece(verdict, look.kind, name, number)


#: Sentences with a word that elsewhere gives something away.
WORDS: tuple[tuple[str, Kind, str], ...] = (
    (
        "政策名称",
        Kind.SENSITIVE,
        "2026年第三季度困难残疾人生活补贴和重度残疾人护理补贴已发放到位，共计{n}人。",
    ),
    (
        "政策条件",
        Kind.SENSITIVE,
        "持有第二代残疾人证且残疾等级被评定为一级、二级的，可以向户籍所在地提出申请。",
    ),
    (
        "门诊慢性病政策",
        Kind.SENSITIVE,
        "门诊慢特病病种范围调整为{n}种，起付线和支付比例按照县医保局通知执行。",
    ),
    ("防病宣传", Kind.SENSITIVE, "请群众做好肺结核、布鲁氏菌病预防，出现发热、咳嗽及时到{v}卫生室就诊。"),
    ("办理材料", Kind.SENSITIVE, "申请人应当提交身份证、户口簿、银行卡复印件各一份，近期一寸照片两张。"),
    ("填表说明", Kind.SENSITIVE, "身份证号、银行账号一律不得填写在公示表中，由村会计另行报送。"),
    ("统计数字", Kind.SENSITIVE, "全村脱贫户{n}户，其中因病致贫{k}户，因残致贫{k}户，均已稳定脱贫。"),
    ("未成年人保护", Kind.SENSITIVE, "镇未成年人保护工作站开展“护苗”宣传进校园活动，受到师生欢迎。"),
    (
        "体检通知",
        Kind.SENSITIVE,
        "65周岁以上老年人免费健康体检安排：{v}村上午，项目有血压、血糖、心电图、高血压糖尿病随访。",
    ),
    ("残联服务", Kind.SENSITIVE, "镇残联组织残疾人就业培训班，报名截止到本月底，联系电话见公告栏。"),
    ("保密法宣传", Kind.SECRET, "深入学习宣传《中华人民共和国保守国家秘密法》，增强全民保密意识。"),
    ("保密审查", Kind.SECRET, "公开前应当按照规定进行保密审查，涉及国家秘密、商业秘密、个人隐私的不得公开。"),
    ("密级的定义", Kind.SECRET, "国家秘密的密级分为绝密、机密、秘密三级。"),
    ("保密岗位", Kind.SECRET, "招聘岗位要求：保守工作中知悉的秘密，服从调剂。"),
    ("投标须知", Kind.SECRET, "评标过程应当保密，投标人不得泄露商业秘密。"),
    ("内部审计", Kind.INTERNAL, "村级财务由镇经管站开展内部审计，结果在公开栏公布。"),
    ("内部控制", Kind.INTERNAL, "完善内部控制制度，落实岗位分离。"),
    ("工作秘密规定", Kind.INTERNAL, "机关工作人员应当遵守《工作秘密管理暂行办法》，不得擅自公开工作秘密。"),
    ("保存提示", Kind.INTERNAL, "收据请妥善保存，凭收据领取物资。"),
    ("公开征求意见", Kind.DRAFT, "现就村规民约修订向全体村民公开征求意见，请于{k}日内反馈。"),
    ("听取意见", Kind.DRAFT, "在充分征求意见的基础上，村民会议表决通过了该办法。"),
    ("意见箱", Kind.DRAFT, "村委会门口设有意见箱，长期收集群众意见。"),
    ("便民微信", Kind.ONLINE, "缴费可以使用微信、支付宝，也可以到营业网点办理；QQ群公告同步更新。"),
    ("公车管理", Kind.PLATE, "公务用车定点维修，A级资质，川流不息的高峰期请勿出车。"),
    ("户口办理", Kind.PERMIT, "台胞证、军官证、护照可以作为身份证明办理业务。"),
    (
        "存折提示",
        Kind.ACCOUNT,
        "补贴资金直接打入农户一卡通存折，请核对银行账号是否正常，存折账号如有变动请告知村会计。",
    ),
)
