"""What the search reads: characters that are one, how they are spoken, words that mean the same."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter

import pytest
import yaml

from builders import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

import search_data

DATA = ROOT / "site_plugins/noticeboard/search/data"
INITIALS = {*"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh"}
FINALS = {
    *(
        "a",
        "ai",
        "an",
        "ang",
        "ao",
        "e",
        "ei",
        "en",
        "eng",
        "i",
        "ia",
        "ian",
        "iang",
        "iao",
        "ie",
        "in",
        "ing",
    ),
    *("iong", "iu", "o", "ong", "ou", "u", "ua", "uai", "uan", "uang", "ue", "ui", "un", "uo", "v", "ve"),
}
ALONE = {"a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "er"}
SYLLABLES = ALONE | {initial + final for initial in INITIALS for final in FINALS}


def rows(name: str) -> list[tuple[str, str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    found = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    assert all(space == " " and rest and " " not in rest for _, space, rest in found)
    return [(first, rest) for first, _, rest in found]


VARIANTS = rows("variants.txt")
TABLE = {source: target for target, sources in VARIANTS for source in sources}
SPOKEN = rows("readings.txt")
SYNONYMS = yaml.safe_load((DATA / "synonyms.yml").read_text("utf-8"))


def fold(text: str) -> str:
    return "".join(TABLE.get(char, char) for char in unicodedata.normalize("NFKC", text).lower())


def test_the_tables_are_what_the_script_makes() -> None:
    for name, text in search_data.texts().items():
        assert (DATA / name).read_bytes() == text.encode(), f"{name}: run scripts/search_data.py"


# --- characters that are one


def test_a_character_is_folded_once_and_to_one() -> None:
    targets = [target for target, _ in VARIANTS]
    assert targets == sorted(set(targets))
    assert all(len(target) == 1 for target in targets)
    assert len(TABLE) == sum(len(sources) for _, sources in VARIANTS)
    assert not TABLE.keys() & set(targets)


def test_the_table_stands_behind_nfkc_and_lower_case() -> None:
    chars = {*TABLE, *TABLE.values()}
    assert [char for char in chars if unicodedata.normalize("NFKC", char).lower() != char] == []
    assert not any(char.isspace() or (char.isascii() and char.isalnum()) for char in chars)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("國囯圀囻国", "国国国国国"),
        ("後裏裡麵雲範葉鍾鐘锺乾於", "后里里面云范叶钟钟钟干于"),
        ("峯羣溫産產戶戸吳呉靑爲為強彊黃", "峰群温产产户户吴吴青为为强强黄"),
        ("妳們沒着髙邉濵𠮷𣘺㐂", "你们没着高边滨吉桥喜"),
        ("第一書記駐村工作隊", "第一书记驻村工作队"),
        ("農村最低生活保障對象名單", "农村最低生活保障对象名单"),
        ("徵收土地補償費、餘額與發放時間", "征收土地补偿费、余额与发放时间"),
        ("県広沢気図対応", "县广泽气图对应"),
        ("⻔⻋⻅⻢⼾⽤", "门车见马户用"),
        ("永三府发〔2026〕12号", "永三府发[2026]12号"),
        ("【重要】［2026］〖注〗", "[重要][2026][注]"),
        ("二○二六年二◯二六年", "二〇二六年二〇二六年"),
        ("“一卡通”「一卡通」‘’『』", "\"一卡通\"\"一卡通\"''''"),
        ("5—7 5–7 5－7 5−7", "5-7 5-7 5-7 5-7"),
        ("买买提·艾力 买买提•艾力 买买提・艾力 买买提‧艾力", " ".join(["买买提·艾力"] * 4)),
        ("8∶30～9：00", "8:30~9:00"),
    ],
)
def test_what_is_written_differently_is_one(written: str, meant: str) -> None:
    assert fold(written) == fold(meant) == meant


APART = """
升昇 升陞 哲喆 坤堃 苏甦 和龢 村邨 修脩 秘祕 溪谿 宁甯 渺淼 奔犇 同仝 厘釐 澄澂 乃迺 熔镕 辉晖 扬飏
欣䜣 烨晔 栗凓 洁絜 泛氾 涂凃 刘浏 徐俆 萧肖 阎闫 傅付 未末 己已 己巳 着著 了瞭 借藉 土士 日曰 人入
千干 戌戍 侯候 贷货 即既 帐账 副付 桔橘 元圆 零〇 一- 〈《 ([ 、, x× 。.
"""


@pytest.mark.parametrize("pair", APART.split())
def test_what_may_be_another_person_or_word_stays_apart(pair: str) -> None:
    one, other = pair
    assert fold(one) != fold(other)


def test_what_everybody_writes_stays_as_it_is() -> None:
    """Of the standard characters only those are folded that the header of the table names."""
    lines = (DATA / "variants.txt").read_text("utf-8").splitlines()
    header = "".join(line for line in lines if line.startswith("#"))
    folded = TABLE.keys() & set(search_data.standard())
    assert folded == set(search_data.TRADITIONAL)
    assert all(source + TABLE[source] in header for source in folded)
    assert len(search_data.standard()) == len(set(search_data.standard())) == 8105


# --- how characters are spoken


READINGS: dict[str, list[str]] = {}
for syllable, spoken_chars in SPOKEN:
    for spoken_char in spoken_chars:
        READINGS.setdefault(spoken_char, []).append(syllable)


def test_syllables_are_those_that_people_type() -> None:
    syllables = [syllable for syllable, _ in SPOKEN]
    assert syllables == sorted(set(syllables))
    assert set(syllables) <= SYLLABLES
    assert 395 <= len(syllables) <= 415


def test_every_character_has_up_to_three_readings_and_none_that_is_folded() -> None:
    assert not READINGS.keys() & TABLE.keys()
    # 呣 is spoken without a vowel
    assert set(search_data.standard()) - READINGS.keys() == {*search_data.TRADITIONAL, "呣"}
    assert max(map(len, READINGS.values())) == search_data.MOST_READINGS
    assert all(len(set(chars)) == len(chars) for _, chars in SPOKEN)
    assert (DATA / "readings.txt").stat().st_size <= 60_000


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("低保", "di bao"),
        ("特困", "te kun"),
        ("村务公开", "cun wu gong kai"),
        ("养老保险", "yang lao bao xian"),
        ("重", "zhong|chong"),
        ("单", "dan|shan"),
        ("行", "xing|hang"),
        ("女", "nv"),
        ("仇查解区曾盖", "chou|qiu cha|zha jie|xie qu|ou zeng|ceng gai|ge"),
        ("朴任单翟缪员", "pu|piao|po ren dan|shan zhai|di miu|mou|miao yuan|yun"),
        ("六安铅山荥阳", "liu|lu an qian|yan shan xing|ying yang"),
    ],
)
def test_characters_are_spoken_as_people_speak_them(text: str, spoken: str) -> None:
    assert [set(READINGS[char]) for char in text] == [set(each.split("|")) for each in spoken.split()]


# --- words that mean the same


GROUPS: list[list[str]] = SYNONYMS["both"]
OLD: dict[str, list[str]] = SYNONYMS["old"]


def test_a_word_stands_in_one_group_and_is_not_its_own_synonym() -> None:
    assert SYNONYMS.keys() == {"both", "old"}
    words = Counter([*(word for group in GROUPS for word in group), *OLD])
    assert [word for word, times in words.items() if times > 1] == []
    assert all(len(group) >= 2 for group in GROUPS)
    for old, new in OLD.items():
        assert new and len(new) == len(set(new))
        assert old not in new
        assert not OLD.keys() & set(new)


def test_words_are_text_as_the_search_sees_it() -> None:
    for word in [*(w for group in GROUPS for w in group), *OLD, *(w for new in OLD.values() for w in new)]:
        assert isinstance(word, str)
        assert len(word) >= 2
        assert fold(word) == word == "".join(word.split())


def test_a_new_name_is_not_contained_in_another_of_the_same_word() -> None:
    """The shorter one finds both, and two reasons for one result help nobody."""
    for new in OLD.values():
        assert [(one, other) for one in new for other in new if one != other and one in other] == []


def test_what_villagers_still_say_leads_to_what_is_written_today() -> None:
    assert "特困" in OLD["五保"]
    assert "特困人员" in OLD["五保户"]
    assert "城乡居民医保" in OLD["新农合"]
    assert ["社保", "社会保险"] in GROUPS
