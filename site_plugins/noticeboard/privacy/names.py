"""Whether a word can be a person's name: a surname and one or two characters, or stars; 张某某 is nobody."""

from __future__ import annotations

import re

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍"
    "韦申尤毕聂丛焦向柳邢骆岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包"
    "司柏宁柯阮桂闵解强柴华车冉房边净阚晏凤褚娄仝代胥"
)
_COMPOUND = "(?:欧阳|司马|上官|诸葛|皇甫|尉迟|慕容|司徒|令狐|夏侯|东方|端木)"
_CHAR = "[\u4e00-\u9fff*×○·]"
#: A name in a pattern; it still has to be no word of another kind.
NAME = rf"(?:{_COMPOUND}{_CHAR}{{1,2}}|[{_SURNAMES}]{_CHAR}{{1,2}})"
_WHOLE = re.compile(NAME)
_ENDINGS = (
    "村镇乡县市区组社队屯庄户人元级类局所站校院街路号项费款亩年月日股员者病残症障业金额量率表目的了是"
    "为及和与等性化型账科部"
)
#: What two characters that begin with a surname mostly end with when they are a place.
_PLACES = "湾楼店桥坡集寨沟坪岭坝塘冲河山溪坑垭井洼岗堡铺浜"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS = _set(
    "合计 小计 总计 方案 高中 高度 高龄 时间 金额 项目 单位 单价 水电 安全 安排 马铃薯 黄牛 白菜 白内障 "
    "石料 毛猪 余额 任务 计划 路灯 温室 边缘 边缘户 常年 常见 常用 万元 江河 文化 文件 文盲 房屋 房产 "
    "宁可 康复 平均 程度 许可 严重 严格 解决 应当 明细 易致贫 易返贫 任何 方式 方便 方面 关于 关系 关注 "
    "关爱 成员 成年 成本 成立 成果 程序 管理 管护 管道 向上 段落 代表 代办 代缴 强制 强化 包括 包含 "
    "单独 单项 单亲 游客 查询 查看 查处 费用 费率 时限 时期 纪律 纪检 温度 安置 安装 安徽 江苏 江西 "
    "湖南 云南 广东 河南 河北 贵州 陕西 山东 常住 武汉 金融 金属 石油 石头 白天 白色 黄色 马上 高血压 "
    "高校 高级 高温 林地 林业 林木 田地 田间 谷物 于是 于此 向前 何时 何种 何人 毕业 毕竟 盛行 关节炎 "
    "景观 景区 柏油 桂花 欧洲 祝贺 章程 章节 齐全 齐心 华侨 华人 车辆 车间 解除 解释 卫生 卫生室 司机 "
    "司法 代理 严禁 尤其 申请 申报 申请人 常规 顾问 顾客 鲁莽 施工 施行 施肥 贺信 易燃 汤圆 雷电 万物 "
    "史料 孔隙 康养 秦岭 毛利 龙头 段长 钱款 温暖 范围 范本 方法 方向 姚江 田园 任期 任职 任教 夏季 "
    "夏粮 戴帽 杜绝 叶片 余下 余粮 苏木 沈阳 傅里 许多 曾经 曾用名 程控 董事 董事会 于今 谢绝 宋体 郑重 "
    "罗列 马路 何处 林场 林权 高等 胡同 徐州 吴江 周边 周期 周围 周末 黄豆 赵庄 杨树 陈述 陈旧 刘海 "
    "张贴 张榜 李子 王府"
)


def is_name(word: str) -> bool:
    """Whether a whole word can be a name."""
    if word in _WORDS or "某" in word or not _WHOLE.fullmatch(word) or word[-1] in _ENDINGS:
        return False
    return len(word) > 2 or word[1] not in _PLACES


def has_name(words: str) -> bool:
    """Whether one of the words of a row can be a name."""
    return any(is_name(word) for word in re.split(r"[\s|,，、;；/:：]+", words))
