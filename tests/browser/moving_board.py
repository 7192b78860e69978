"""A board on which much changes after the day of its build, and nothing begins that it could not know of.

Every notice is public on `BUILT`; each stands for one way in which a page built then could lie later.
"""

from __future__ import annotations

from collections.abc import Iterator

from builders import CATALOGUE, Folder

BUILT = "2026-11-21"

#: Why notices will be withdrawn or changed. No site built before that day holds these words.
REASONS_TO_COME = ("面积量错了", "项目停办了", "金额有出入", "补充一张附图")

MORE_ITEMS = """\
      - {code: plan, name: 发展规划}
      - {code: grant, name: 补助发放}
"""

#: The front page shows no more than this of what is current; a board no more of what is past.
FRONT, RECENT = 100, 30

Fields = dict[str, str | None]

NOTICES: dict[str, Fields] = {
    # the last day and the day after it
    "2026/town/0001.md": {"title": "建站那天止", "effective": "{from: 2026-11-10, until: 2026-11-21}"},
    "2026/town/0002.md": {"title": "第二天止", "effective": "{from: 2026-11-11, until: 2026-11-22}"},
    "2026/town/0003.md": {"title": "十二月二十日止", "effective": "{from: 2026-11-12, until: 2026-12-20}"},
    "2026/town/0004.md": {"title": "十二月二十一日止", "effective": "{from: 2026-11-13, until: 2026-12-21}"},
    "2026/town/0005.md": {"title": "一年差一天", "effective": "{from: 2026-11-14, until: 2027-11-20}"},
    "2026/town/0006.md": {"title": "整一年", "effective": "{from: 2026-11-15, until: 2027-11-21}"},
    "2026/town/0007.md": {"title": "长期有效的", "effective": "{from: 2026-11-16, until: 长期}"},
    # what replaces another ends: the old one stands again
    "2026/town/0008.md": {
        "title": "旧规划",
        "category": "plan",
        "effective": "{from: 2026-03-01, until: 长期}",
        "document_number": "试府发〔2026〕3号",
    },
    "2026/town/0009.md": {
        "title": "新规划试行",
        "category": "policy",
        "effective": "{from: 2026-11-01, until: 2026-12-05}",
        "supersedes": "[0008.md]",
    },
    # four at once, so that on the day after there is more on the board than on the day of the build
    "2026/town/0010.md": {"title": "四件旧的之一", "effective": "{from: 2026-04-01, until: 2027-06-30}"},
    "2026/town/0011.md": {"title": "四件旧的之二", "effective": "{from: 2026-04-02, until: 长期}"},
    "2026/town/0030.md": {"title": "四件旧的之三", "effective": "{from: 2026-04-03, until: 长期}"},
    "2026/town/0031.md": {"title": "四件旧的之四", "effective": "{from: 2026-04-04, until: 2026-12-31}"},
    "2026/town/0012.md": {
        "title": "四件合成一件",
        "effective": "{from: 2026-11-02, until: 2026-11-21}",
        "supersedes": "[0010.md, 0011.md, 0030.md, 0031.md]",
    },
    # a chain of three, the newest of which ends first
    "2026/town/0013.md": {"title": "第一稿", "effective": "{from: 2026-05-01, until: 长期}"},
    "2026/town/0014.md": {
        "title": "第二稿",
        "effective": "{from: 2026-06-01, until: 2027-03-01}",
        "supersedes": "[0013.md]",
    },
    "2026/town/0015.md": {
        "title": "第三稿",
        "effective": "{from: 2026-07-01, until: 2026-12-15}",
        "supersedes": "[0014.md]",
    },
    # two replace one, and the newer of them ends first
    "2026/town/0016.md": {"title": "一件旧的", "effective": "{from: 2026-05-02, until: 2027-09-30}"},
    "2026/town/0017.md": {
        "title": "先来的替代者",
        "effective": "{from: 2026-08-01, until: 2027-02-01}",
        "supersedes": "[0016.md]",
    },
    "2026/town/0018.md": {
        "title": "后来的替代者",
        "effective": "{from: 2026-09-01, until: 2026-12-01}",
        "supersedes": "[0016.md]",
    },
    # withdrawals, terminations and corrections to come, and some that have been
    "2026/town/0019.md": {
        "title": "将要撤销，正文也撤下",
        "change": f"{{type: withdrawn, date: 2026-12-05, reason: {REASONS_TO_COME[0]}, remove_text: true}}",
    },
    "2026/town/0020.md": {
        "title": "明天终止",
        "effective": "{from: 2026-11-03, until: 长期}",
        "change": f"{{type: terminated, date: 2026-11-22, reason: {REASONS_TO_COME[1]}}}",
    },
    "2026/town/0021.md": {"title": "会恢复的", "effective": "{from: 2026-06-02, until: 2027-08-31}"},
    "2026/town/0022.md": {
        "title": "替代别人又将撤销的",
        "effective": "{from: 2026-11-04, until: 长期}",
        "supersedes": "[0021.md]",
        "change": f"{{type: withdrawn, date: 2026-12-21, reason: {REASONS_TO_COME[2]}}}",
    },
    "2026/town/0023.md": {
        "title": "将要更正的",
        "change": f"{{type: amended, date: 2026-12-10, reason: {REASONS_TO_COME[3]}}}",
    },
    "2026/town/0024.md": {
        "title": "更正过的",
        "change": "{type: amended, date: 2026-11-15, reason: 写漏一个地名}",
    },
    "2026/town/0025.md": {
        "title": "早已撤销",
        "change": "{type: withdrawn, date: 2026-11-12, reason: 写错了}",
    },
    "2026/town/0026.md": {
        "title": "早已终止，正文已撤下",
        "effective": "{from: 2026-10-10, until: 2026-12-10}",
        "change": "{type: terminated, date: 2026-11-12, reason: 不办了, remove_text: true}",
    },
    # names that go on a day
    "2026/town/0027/index.md": {
        "title": "明天撤下名单",
        "summary": "名单里有特别的人",
        "effective": "{from: 2026-11-05, until: 2027-01-05}",
        "erase_on": "2026-11-22",
        "attachments": "[名单.csv]",
    },
    "2026/town/0028.md": {
        "title": "期满以后撤下名单",
        "category": "grant",
        "effective": "{from: 2026-11-06, until: 2026-11-30}",
        "erase_on": "2027-01-01",
    },
    "2026/town/0029.md": {
        "title": "撤销以后还要撤下",
        "change": "{type: withdrawn, date: 2026-11-10, reason: 重复了}",
        "erase_on": "2026-12-21",
        "effective": "{from: 2026-11-07, until: 长期}",
    },
    # years whose archive is empty today, or holds something
    "2024/town/0001.md": {
        "title": "前年公开的",
        "category": "plan",
        "formed_on": "2024-05-01",
        "effective": "{from: 2024-05-06, until: 2026-12-31}",
    },
    "2025/town/0001.md": {
        "title": "去年期满的",
        "formed_on": "2025-05-01",
        "effective": "{from: 2025-05-06, until: 2025-05-31}",
    },
    # boards that become empty, or fill again
    "2026/east/0001.md": {
        "title": "村里被替代的",
        "publisher": "east",
        "category": "finance",
        "effective": "{from: 2026-10-01, until: 2026-12-31}",
    },
    "2026/east/0002.md": {
        "title": "村里替代的",
        "publisher": "east",
        "category": "finance",
        "effective": "{from: 2026-11-01, until: 2026-11-21}",
        "supersedes": "[0001.md]",
    },
    "2026/east-coop/0001.md": {
        "title": "村集体的最后一条",
        "publisher": "east-coop",
        "category": "finance",
        "effective": "{from: 2026-11-01, until: 2026-11-30}",
    },
}

#: So many others are current that the front page is just full on the day of the build.
OTHERS = 78
PAST = 40


def write(folder: Folder) -> None:
    """Write the whole board."""
    folder.write(
        "catalogue.yml", CATALOGUE.replace("      - {code: policy", MORE_ITEMS + "      - {code: policy")
    )
    folder.write("2026/town/0027/名单.csv", "序号,姓名\n1,某人\n")
    for path, fields in {**NOTICES, **dict(_fillers())}.items():
        defaults = {"formed_on": "2026-02-01", "effective": "{from: 2026-11-08, until: 2026-12-10}"}
        folder.notice(path, **{**defaults, "clearance": "{reviewer: 甲审, date: 2026-02-02}", **fields})


def _fillers() -> Iterator[tuple[str, Fields]]:
    for at in range(OTHERS):
        until = "2026-12-24" if at % 2 else "长期"
        fields = {"effective": f"{{from: 2026-10-{at % 28 + 1:02}, until: {until}}}"}
        yield f"2026/town/{at + 101:04}.md", {**fields, "title": f"平常的第{at + 1}条"}
    for at in range(PAST):
        day = f"2026-{at % 8 + 2:02}-{at % 27 + 1:02}"
        fields = {"effective": f"{{from: {day}, days: 10}}", "category": "grant" if at % 3 else "policy"}
        yield f"2026/town/{at + 301:04}.md", {**fields, "title": f"过去的第{at + 1}条"}
