"""Nothing that is not cleared gets out, in any form; nothing that is finished is damaged."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builders import ROOT, Folder, a_folder, a_notice, having_seen, run
from samples import pdf_text, xlsx_table, zipped

SECRET_TITLE = "关于绝不外泄事项的内部方案"
SECRET_TEXT = "此处写着尚未审查的具体安排"
ORIGINAL = xlsx_table([["the original rows"]])
BROKEN_ZIP = b"PK\x03\x04not a zip"


def built(folder: Folder, day: str = "2026-11-21") -> str:
    done = folder.run("build", day=day)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder.everything()


NOT_FOR_THE_SITE = {
    "not_cleared": {"confidentiality_cleared": "false", "clearance": None},
    "not_cleared_in_chinese": {"confidentiality_cleared": "否", "clearance": None},
    "cleared_later_than_today": {"clearance": "{reviewer: 甲审, date: 2026-12-01}"},
    "begins_tomorrow": {"effective": "{from: 2026-11-22, days: 20}"},
    "published_tomorrow": {"published_on": "2026-11-22"},
    "board_only": {"channels": "[board]"},
    "board_only_by_its_category": {"category": "monitored", "publisher": "east"},
}


@pytest.mark.parametrize("fields", NOT_FOR_THE_SITE.values(), ids=NOT_FOR_THE_SITE)
def test_nothing_of_a_notice_that_may_not_be_seen_is_in_the_site(
    folder: Folder, fields: dict[str, str | None]
) -> None:
    folder.notice("2026/town/0001.md")
    folder.write("2026/town/0777/绝密附件名.xlsx", xlsx_table([["not yet"]]))
    folder.notice(
        "2026/town/0777/index.md", f"{SECRET_TEXT}。[附件](绝密附件名.xlsx)", title=SECRET_TITLE, **fields
    )
    text = built(folder)
    for trace in (SECRET_TITLE, SECRET_TEXT, "绝密附件名", "0777", "not yet"):
        assert trace not in text
    assert "东街停水通知" in text


FAULTS = {
    "quoted_flag": {"confidentiality_cleared": '"true"'},
    "yes": {"confidentiality_cleared": "yes"},
    "one": {"confidentiality_cleared": "1"},
    "capital": {"confidentiality_cleared": "True"},
    "no_record": {"clearance": None},
    "record_without_reviewer": {"clearance": "{date: 2026-11-02}"},
    "record_without_date": {"clearance": "{reviewer: 甲审}"},
    "digest_that_nobody_checks": {"clearance": "{reviewer: 甲审, date: 2026-11-02, digest: abc}"},
    "both_flags": {"保密审查通过": "否"},
    "tag": {"confidentiality_cleared": "!!bool true"},
    "anchor": {"confidentiality_cleared": "&a true"},
}


@pytest.mark.parametrize("fields", FAULTS.values(), ids=FAULTS)
def test_what_is_not_exactly_cleared_stops_the_build_or_is_withheld(
    tmp_path: Path, fields: dict[str, str]
) -> None:
    folder = a_folder(tmp_path, "on_problem: withhold")
    folder.notice("2026/town/0001.md")
    folder.notice("2026/town/0002.md", SECRET_TEXT, title=SECRET_TITLE, **fields)
    done = folder.run("build")
    assert done.returncode == 1
    assert "notices/2026/town/0002.md" in done.stderr
    text = folder.everything()
    assert SECRET_TITLE not in text and SECRET_TEXT not in text
    assert "东街停水通知" in text


def test_any_error_publishes_nothing_by_default(folder: Folder) -> None:
    folder.notice("2026/town/0001.md")
    folder.notice("2026/town/0002.md", title=None)
    done = folder.run("build")
    assert done.returncode == 1
    assert "缺少“标题”" in done.stderr
    assert not folder.site.exists()


def test_a_withheld_notice_takes_those_that_link_to_it_along(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "on_problem: withhold")
    folder.notice("2026/town/0001.md", "见[二](0002.md)。", title="第一条公示")
    folder.notice("2026/town/0002.md", "见[三](0003.md)。", title="第二条公示")
    folder.notice("2026/town/0003.md", title="第三条公示", confidentiality_cleared="maybe")
    folder.notice("2026/town/0004.md", title="第四条公示")
    assert folder.run("build").returncode == 1
    text = folder.everything()
    assert [title in text for title in ("第一条公示", "第二条公示", "第三条公示", "第四条公示")] == [
        False
    ] * 3 + [True]


def test_erased_text_and_files_are_gone_and_the_page_says_why(folder: Folder) -> None:
    folder.write("2026/town/0001/名册.xlsx", xlsx_table([["rows"]]))
    folder.notice("2026/town/0001/index.md", f"{SECRET_TEXT}。[名册](名册.xlsx)", erase_on="2026-11-21")
    text = built(folder)
    assert SECRET_TEXT not in text and "名册.xlsx" not in text
    page = (folder.site / "notices/2026/town/0001/index.html").read_text("utf-8")
    assert "正文和附件已于2026年11月21日按规定从网站撤下" in page
    assert SECRET_TEXT in built(folder, day="2026-11-20")


def test_comments_do_not_reach_the_site(folder: Folder) -> None:
    folder.notice(
        "2026/town/0001.md",
        f"正文一段。<!-- {SECRET_TEXT} -->\n\n<!--\n{SECRET_TITLE}\n-->\n\n`<!-- 也不行的备注 -->`",
    )
    text = built(folder)
    assert SECRET_TEXT not in text and SECRET_TITLE not in text and "也不行的备注" not in text


def test_an_unmasked_original_beside_the_masked_copy_stays_home_and_is_mentioned(folder: Folder) -> None:
    masked = xlsx_table([["masked"]])
    folder.write("2026/town/0001/名单.xlsx", masked)
    folder.write("2026/town/0001/名单原件.xlsx", xlsx_table([["unmasked"]]))
    folder.notice("2026/town/0001/index.md", "见[名单](名单.xlsx)。")
    text = built(folder)
    assert "名单原件" not in text and "unmasked" not in text
    assert (folder.site / "notices/2026/town/0001/名单.xlsx").read_bytes() == masked
    assert folder.codes() == ["attachment-unused"]


@pytest.mark.parametrize("config", [ROOT / "mkdocs.yml", None], ids=["sample", "little board"])
def test_a_generator_without_the_plugin_finds_no_notice(tmp_path: Path, config: Path | None) -> None:
    if config is None:
        folder = a_folder(tmp_path / "board")
        folder.notice("2026/town/0001.md")
        config, known = folder.path / "mkdocs.yml", ["东街停水通知"]
    else:
        known = [
            line.split("\t")[3] for line in run("-m", "noticeboard", "list", cwd=ROOT).stdout.splitlines()
        ]
        assert len(known) > 90
    text = config.read_text("utf-8")
    plain = config.parent / ".mkdocs-without-plugin.yml"
    head, _, _ = text.partition("plugins:")
    plain.write_text(head + "plugins: []\n", encoding="utf-8")
    try:
        done = run(
            "-m", "mkdocs", "build", "-f", str(plain), "-d", str(tmp_path / "plain"), cwd=config.parent
        )
    finally:
        plain.unlink()
    assert done.returncode == 0, done.stderr
    pages = sorted((tmp_path / "plain").rglob("*.html"))
    assert {page.name for page in pages} == {"index.html", "404.html"} and len(pages) == 2
    everything = "".join(page.read_text("utf-8") for page in pages)
    assert not [title for title in known if title in everything]
    assert "没有任何公示" in everything


@pytest.fixture(scope="module")
def finished_once(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A verified site with one public notice, and a withheld one with a file."""
    folder = a_folder(tmp_path_factory.mktemp("finished"))
    folder.write("2026/town/0001/价目.xlsx", xlsx_table([["prices"]]))
    folder.notice("2026/town/0001/index.md", "正文里有金额一百元。[价目](价目.xlsx)")
    folder.write("2026/town/0002/底册原件.xlsx", ORIGINAL)
    folder.notice(
        "2026/town/0002/index.md",
        f"{SECRET_TEXT}。[底册](底册原件.xlsx)",
        title=SECRET_TITLE,
        confidentiality_cleared="false",
        clearance=None,
    )
    built(folder)
    assert folder.run("verify", "site").returncode == 0
    return folder


@pytest.fixture
def finished(finished_once: Folder, tmp_path: Path) -> Folder:
    """A copy of it, for one test to do with as it likes."""
    return Folder(shutil.copytree(finished_once.path, tmp_path / "board"))


def _append(path: str, extra: str):
    def change(site: Path) -> None:
        target = site / path
        target.write_bytes(target.read_bytes() + extra.encode())

    return change


def _add(path: str, content: bytes):
    def change(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)

    return change


TAMPERED = {
    "title_in_a_page": (_append("index.html", SECRET_TITLE), "标题"),
    "title_split_by_a_tag": (
        _append("index.html", SECRET_TITLE[:5] + "<b>" + SECRET_TITLE[5:] + "</b>"),
        "标题",
    ),
    "title_as_character_references": (
        _append("404.html", "".join(f"&#{ord(c)};" for c in SECRET_TITLE)),
        "标题",
    ),
    "text_in_the_feed": (_append("feed.xml", f"<!-- {SECRET_TEXT} -->"), "文字"),
    "text_in_search_data": (_add("search/index.json", f'{{"t": "{SECRET_TEXT}"}}'.encode()), "文字"),
    "text_in_escaped_json": (
        _add("x.json", ('"' + "".join(f"\\u{ord(c):04x}" for c in SECRET_TEXT) + '"').encode()),
        "文字",
    ),
    "text_packed_with_gzip": (_add("sitemap.xml.gz", gzip.compress(SECRET_TEXT.encode())), "文字"),
    "text_packed_with_zip": (_add("a.zip", zipped([("a.txt", SECRET_TITLE.encode())])), "标题"),
    "file_under_another_name": (_add("assets/a.bin", ORIGINAL), "未公开的文件（"),
    "file_in_a_zip": (_add("a.zip", zipped([("b.bin", ORIGINAL)])), "未公开的文件（"),
    "file_name_in_a_page": (_append("guide/index.html", "底册原件.xlsx"), "文件名"),
    "empty_file_with_the_name": (_add("底册原件.xlsx", b""), "文件名"),
    "address_of_the_withheld": (_append("index.html", '<a href="notices/2026/town/0002/">'), "文件名"),
    "a_stray_file": (_add("robots.bak", b"hello"), "没有来历"),
    "a_page_is_gone": (lambda site: (site / "notices/2026/town/0001/index.html").unlink(), "少了"),
    "an_attachment_is_gone": (lambda site: (site / "notices/2026/town/0001/价目.xlsx").unlink(), "少了"),
    "an_attachment_was_changed": (_append("notices/2026/town/0001/价目.xlsx", "0"), "附件和登记的不一样"),
    "the_register_was_changed": (_append("data/notices.json", " "), "登记册"),
    "a_page_was_changed": (_append("directory/index.html", " "), "和同样的公示重新生成的不一样"),
    "a_script_was_added": (_append("assets/board.js", "//"), "和同样的公示重新生成的不一样"),
}


def _replace(path: str, old: str, new: str):
    def change(site: Path) -> None:
        text = (site / path).read_text("utf-8")
        assert old in text
        (site / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


NOTICE_PAGE = "notices/2026/town/0001/index.html"
LIES = {
    "amount": (_replace(NOTICE_PAGE, "一百元", "九百元"), "页面上的正文和审查过的公示不一样"),
    "title": (_replace(NOTICE_PAGE, "<h1>东街", "<h1>西街"), "重新生成的不一样"),
    "status": (_replace(NOTICE_PAGE, "公示中", "已期满"), "重新生成的不一样"),
    "script": (_append("index.html", "<script src='//other.example/x.js'></script>"), "重新生成的不一样"),
    "text_before_the_text": (
        _replace(NOTICE_PAGE, '<div class="nb-body">', "<p>伪造</p><div>"),
        "重新生成的不一样",
    ),
    "redirect": (
        lambda site: [
            page.write_text(page.read_text("utf-8").replace("notices/", "x/"), encoding="utf-8")
            for page in (site / "n").rglob("*.html")
        ],
        "重新生成的不一样",
    ),
    "as_of": (
        _replace("data/notices.json", '"as_of": "2026-11-21"', '"as_of": "2026-11-20"'),
        "重新生成的不一样",
    ),
    "page_in_another_encoding": (
        lambda site: (site / "guide/index.html").write_bytes(SECRET_TITLE.encode("utf-16")),
        "不是 UTF-8",
    ),
    "pipe": (lambda site: os.mkfifo(site / "pipe"), "不是普通文件"),
    "folder_with_the_title": (lambda site: (site / SECRET_TITLE).mkdir(), "没有来历"),
    "link": (lambda site: (site / "x.html").symlink_to("index.html"), "符号链接"),
    "name_that_is_not_unicode": (
        lambda site: Path(os.fsdecode(os.fsencode(site) + b"/\xff.html")).touch(),
        "没有来历",
    ),
    "deep_json": (_add("data/notices.json", b"[" * 200_000), "读不出"),
}


@pytest.mark.parametrize(("change", "said"), [*TAMPERED.values(), *LIES.values()], ids=[*TAMPERED, *LIES])
def test_verify_finds_what_was_done_to_a_finished_site(finished: Folder, change, said: str) -> None:
    change(finished.site)
    done = finished.run("verify", "site")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr and "程序出了意外" not in done.stderr


#: File of the index → what is written into it or behind it, and what `verify` says of the file.
IN_THE_INDEX = {
    "search/index.js": (SECRET_TEXT, "未公开的文字"),
    "search/n/0.js": (SECRET_TEXT, "未公开的文字"),
    "search/t/0-1.js": (SECRET_TEXT, "未公开的文字"),
    "search/t/1-0.js": (SECRET_TITLE, "未公开公示的标题"),
    "search/g/0.js": (SECRET_TEXT, "公开数据和登记册不一样"),
    "search/facets.js": (SECRET_TEXT, "公开数据和登记册不一样"),
    # Of these there is nothing to compare with.
    "search/x.js": (SECRET_TITLE, "未公开公示的标题"),
    "search/g/zz.js": (SECRET_TITLE, "未公开公示的标题"),
    "search/t/1-9.js": (SECRET_TEXT, "未公开的文字"),
}


def test_verify_looks_into_every_file_of_the_search_index(folder: Folder) -> None:
    folder.write("2026/town/0001/价目.xlsx", xlsx_table([["prices"]]))
    long_text = "\n\n".join(f"第{number}户的价目是一百元。" for number in range(400))
    folder.notice("2026/town/0001/index.md", f"{long_text}\n\n[价目](价目.xlsx)")
    folder.notice(
        "2026/town/0002.md", SECRET_TEXT, title=SECRET_TITLE, confidentiality_cleared="false", clearance=None
    )
    built(folder)
    for path, (secret, _) in IN_THE_INDEX.items():
        file = folder.site / path
        file.write_bytes((file.read_bytes() if file.exists() else b"") + secret.encode())
    done = folder.run("verify", "site")
    assert done.returncode == 1
    for path, (_, said) in IN_THE_INDEX.items():
        assert [line for line in done.stderr.splitlines() if path in line and said in line], path


HIDDEN_IN = {
    "zero_width_spaces": "\u200b".join(SECRET_TITLE),
    "soft_hyphens": "&shy;".join(SECRET_TITLE),
    "line_ends": "\n".join(SECRET_TITLE),
    "percent_twice": "".join(f"%25{byte:02X}" for byte in SECRET_TITLE.encode()),
    "references_twice": "".join(f"&amp;#{ord(char)};" for char in SECRET_TITLE),
    "escapes": "".join(f"\\u{ord(char):04x}" for char in SECRET_TITLE),
}


@pytest.mark.parametrize("hidden", HIDDEN_IN.values(), ids=HIDDEN_IN)
def test_verify_finds_a_title_however_it_is_written(finished: Folder, hidden: str) -> None:
    _append("guide/index.html", hidden)(finished.site)
    done = finished.run("verify", "site")
    assert done.returncode == 1
    assert "未公开公示的标题" in done.stderr


def test_verify_finds_numbers_and_latin_names_of_the_withheld(finished: Folder) -> None:
    # 000000 is no region, so this is nobody's number.
    card = "000000" + "19900101" + "0011"
    text = f"身份证{card}，电话1{'0' * 10}，联系人 Jane Q Sample。"
    finished.notice(
        "2026/town/0003.md", text, title="甲乙丙丁", confidentiality_cleared="false", clearance=None
    )
    assert finished.run("verify", "site").returncode == 0
    for trace in (card, "1" + "0" * 10, "Jane Q Sample"):
        page = finished.site / "guide" / "index.html"
        before = page.read_bytes()
        page.write_bytes(before + trace.encode())
        assert "未公开的文字" in finished.run("verify", "site").stderr
        page.write_bytes(before)


def test_verify_looks_at_the_names_in_an_honest_attachment(folder: Folder) -> None:
    folder.write("2026/town/0001/资料.zip", zipped([(f"{SECRET_TITLE}.txt", b"x")]))
    folder.notice("2026/town/0001/index.md", "[资料](资料.zip)")
    folder.notice("2026/town/0002.md", title=SECRET_TITLE, confidentiality_cleared="false", clearance=None)
    done = folder.run("build")
    assert done.returncode == 1
    assert "未公开公示的标题" in done.stderr


def test_a_site_built_earlier_is_held_to_its_own_day_and_never_to_a_later_one(finished: Folder) -> None:
    assert finished.run("verify", "site", day="2026-11-25").returncode == 0
    early = finished.run("verify", "site", day="2026-11-20")
    assert early.returncode == 1
    assert "晚于今天" in early.stderr


def test_a_notice_whose_clearance_was_taken_back_is_found_in_the_old_site(finished: Folder) -> None:
    finished.notice(
        "2026/town/0001/index.md", "正文里有金额一百元。[价目](价目.xlsx)", confidentiality_cleared="false"
    )
    done = finished.run("verify", "site")
    assert done.returncode == 1
    assert "notices/2026/town/0001/index.html" in done.stderr


def test_the_old_site_stays_when_a_build_finds_problems(finished: Folder) -> None:
    before = finished.everything()
    finished.notice("2026/town/0003.md", title=None)
    assert finished.run("build").returncode == 1
    assert finished.everything() == before
    assert finished.run("verify", "site").returncode == 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("after", [0.3, 0.5, 0.7, 0.9])
def test_the_old_site_stays_when_a_build_is_killed(finished: Folder, after: float) -> None:
    before = finished.everything()
    for number in range(10, 60):
        finished.notice(f"2026/town/{number:04d}.md", f"第{number}条的正文。", title=f"第{number}条公示")
    env = {**os.environ, "NOTICEBOARD_TODAY": "2026-11-21"}
    process = subprocess.Popen(
        [sys.executable, "-m", "noticeboard", "build"],
        cwd=finished.path,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    process.kill()
    process.wait()
    now = finished.everything()
    whole = now == before or "第59条公示" in now
    assert whole
    assert finished.run("build").returncode == 0
    assert "第59条公示" in finished.everything()
    for left in finished.path.glob(".site.new-*"):
        os.utime(left, (0, 0))
    assert finished.run("build").returncode == 0
    assert not list(finished.path.glob(".site.*"))


def test_a_site_left_aside_between_the_two_renames_is_put_back_first(finished: Folder) -> None:
    before = finished.everything()
    finished.site.rename(finished.path / ".site.old")
    finished.notice("2026/town/0003.md", title=None)
    assert finished.run("build").returncode == 1
    assert finished.everything() == before


def test_a_folder_with_other_things_is_not_taken_for_a_site(finished: Folder) -> None:
    other = finished.path / "documents"
    other.mkdir()
    (other / "letter.docx").write_bytes(b"mine")
    (other / "index.html").write_bytes(b"mine too")
    done = finished.run("build", "--site-dir", "documents")
    assert done.returncode == 2
    assert "为了不删错" in done.stderr
    assert (other / "letter.docx").read_bytes() == b"mine"


@pytest.mark.parametrize("place", ["notices/out", "notices"])
def test_the_site_is_never_put_where_the_notices_are(finished: Folder, place: str) -> None:
    done = finished.run("build", "--site-dir", place)
    assert done.returncode == 2
    assert "重叠" in done.stderr


def test_notices_are_never_put_where_another_generator_would_read_them(folder: Folder) -> None:
    folder.notice("2026/town/0001.md")
    config = folder.path / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("theme/without-plugin", "notices"), encoding="utf-8")
    done = folder.run("build")
    assert done.returncode == 2
    assert "重叠" in done.stderr and not folder.site.exists()


def test_two_notices_in_one_file_are_not_published_as_one(folder: Folder) -> None:
    first = a_notice("第一条的正文。")
    folder.write("2026/town/0001.md", first + a_notice(SECRET_TEXT, confidentiality_cleared="false"))
    done = folder.run("build")
    assert done.returncode == 1
    assert "front-matter-twice" in done.stderr


@pytest.mark.parametrize("target", ["0002.md", "0002/绝密.pdf", "../../publishers.yml"])
def test_a_link_within_the_notices_publishes_nothing(tmp_path: Path, target: str) -> None:
    folder = a_folder(tmp_path, "on_problem: withhold")
    folder.notice("2026/town/0001.md", "[附](pub.pdf)", title="有链接的一条")
    folder.notice(
        "2026/town/0002.md", SECRET_TEXT, title=SECRET_TITLE, confidentiality_cleared="false", clearance=None
    )
    folder.write("2026/town/0002/绝密.pdf", b"secret bytes")
    (folder.notices / "2026/town/pub.pdf").symlink_to(target)
    assert folder.run("build").returncode == 1
    text = folder.everything()
    assert SECRET_TEXT not in text and "secret bytes" not in text and "有链接的一条" not in text


def test_the_guide_is_never_read_through_a_link(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "on_problem: withhold")
    folder.notice(
        "2026/town/0002.md", SECRET_TEXT, title=SECRET_TITLE, confidentiality_cleared="false", clearance=None
    )
    (folder.notices / "guide.md").unlink()
    (folder.notices / "guide.md").symlink_to("2026/town/0002.md")
    assert folder.run("build").returncode == 1
    assert SECRET_TEXT not in folder.everything()


def test_an_erased_file_is_not_published_by_another_notice(folder: Folder) -> None:
    folder.write("2026/town/0002/名册.pdf", pdf_text("erased bytes"))
    folder.notice("2026/town/0002/index.md", "[名册](名册.pdf)", erase_on="2026-11-20")
    folder.notice("2026/town/0001.md", "[名册](0002/名册.pdf)")
    done = folder.run("build")
    assert done.returncode == 1
    assert "attachment-erased" in done.stderr


@pytest.mark.parametrize(
    "html", ['<iframe src="秘.jpg"></iframe>', '<embed src="秘.jpg">', '<area href="秘.jpg">']
)
def test_a_file_named_only_in_html_that_is_taken_away_stays_home(folder: Folder, html: str) -> None:
    folder.write("2026/town/0001/秘.jpg", b"secret bytes")
    folder.notice("2026/town/0001/index.md", f"正文。\n\n{html}\n\n完。")
    assert "secret bytes" not in built(folder)


def test_two_builds_of_the_same_day_are_byte_identical(finished: Folder) -> None:
    first = {
        file.relative_to(finished.site): file.read_bytes()
        for file in finished.site.rglob("*")
        if file.is_file()
    }
    done = finished.run("build", "--site-dir", "again", TZ="America/Los_Angeles", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    again = finished.path / "again"
    second = {file.relative_to(again): file.read_bytes() for file in again.rglob("*") if file.is_file()}
    assert first == second


DRAFT = {"confidentiality_cleared": "false", "clearance": None}
HONEST = {
    "draft_above_a_published_folder": lambda f: f.notice("2026/town.md", title="上一级的草稿", **DRAFT),
    "draft_beside_a_published_child": lambda f: (
        f.notice("2026/town/0001/index.md", title="同名文件夹", **DRAFT)
        and f.notice("2026/town/0001/补充.md", title="补充公示")
        and (f.notices / "2026/town/0001.md").unlink()
    ),
    "phone_as_on_every_page": lambda f: f.notice(
        "2026/town/0002.md", "监督电话0000-5550002", title="草稿", **DRAFT
    ),
    "date_as_on_every_page": lambda f: f.notice(
        "2026/town/0002.md", "发布日期2026年11月10日", title="草稿", **DRAFT
    ),
    "own_address": lambda f: f.notice(
        "2026/town/0002.md", "见 https://board.example/town/ 网站", title="草稿", **DRAFT
    ),
    "own_words": lambda f: f.notice(
        "2026/town/0002.md", "还有 9 天\n\n2026 年往期公开", title="期满：东街停水通知", **DRAFT
    ),
    "format_words": lambda f: f.notice(
        "2026/town/0002.md", "BEGIN VCALENDAR Asia/Shanghai", title="index.html", **DRAFT
    ),
    "stray_files_named_as_the_sites_own": lambda f: [
        f.write(f"2026/town/{n}", b"x") for n in ("index.html", "404.html")
    ],
    "names_that_end_alike": lambda f: (
        f.write("2026/town/a/附件-1.XLSX", xlsx_table([["one"]]))
        and f.notice("2026/town/a/index.md", "[一](附件-1.XLSX)", title="有附件的公示")
        and f.write("2026/town/b/1.xlsx", xlsx_table([["two"]]))
        and f.notice("2026/town/b/index.md", "[一](1.xlsx)", title="另一个草稿", **DRAFT)
    ),
    "empty_files": lambda f: (
        f.write("2026/town/draft.txt", b"")
        and f.write("2026/town/a/资料.zip", zipped([("empty.txt", b"")]))
        and f.notice("2026/town/a/index.md", "[资料](资料.zip)", title="有压缩文件的公示")
    ),
    "broken_zip": lambda f: (
        f.write("2026/town/a/资料.zip", BROKEN_ZIP)
        and f.notice(
            "2026/town/a/index.md",
            "[资料](资料.zip)",
            title="有坏文件的公示",
            clearance=having_seen(BROKEN_ZIP),
        )
    ),
    "comment_that_repeats_the_text": lambda f: f.notice(
        "2026/town/0002.md", "正文的话。<!-- 正文的话。 -->", title="注释"
    ),
    "far_end": lambda f: f.notice(
        "2026/town/0002.md", title="很久", effective="{from: 2026-11-10, until: 9999-12-31}"
    ),
    "address_that_a_published_one_goes_on_from": lambda f: (
        f.notice("2026/town/0003（更正）.md", title="更正公示")
        and f.notice("2026/town/0003.md", title="被更正的草稿", **DRAFT)
    ),
    "title_over_two_elements": lambda f: f.notice("2026/town/0003.md", title="公共服务停水停电", **DRAFT),
    "footer": lambda f: f.notice(
        "2026/town/0003.md", "试点镇人民政府电话：0000-5550001", title="页脚草稿", **DRAFT
    ),
    "markup_words": lambda f: f.notice(
        "2026/town/0003.md", "正文。<!-- TODO component checkbox -->", title="标记"
    ),
    "count": lambda f: f.notice(
        "2026/town/0003.md", "1条在公示，共公开0条，11月发布", title="计数草稿", **DRAFT
    ),
    "generic_title_in_an_attachment": lambda f: (
        f.write("2026/town/a/资料.zip", zipped([("a.txt", "工作报告".encode())]))
        and f.notice("2026/town/a/index.md", "[资料](资料.zip)", title="有资料的公示")
        and f.notice("2026/town/0003.md", title="工作报告", **DRAFT)
    ),
    "words_of_another_notice": lambda f: f.notice(
        "2026/town/0002.md", "东街十一月检修管道", title="停水", **DRAFT
    ),
}


@pytest.mark.parametrize("add", HONEST.values(), ids=HONEST)
def test_an_honest_board_passes(folder: Folder, add) -> None:
    folder.notice("2026/town/0001.md")
    add(folder)
    built(folder)
    done = folder.run("verify", "site")
    assert done.returncode == 0, done.stderr


def test_honest_boards_pass_although_drafts_share_words_with_published_notices(folder: Folder) -> None:
    folder.notice("2026/town/0001.md", "张三、李四各领取补贴 300 元。特此公示。", title="补贴公示")
    draft = {"confidentiality_cleared": "false", "clearance": None}
    folder.notice("2026/town/0002.md", "张三、李四各领取补贴 300 元。特此公示。", title="补贴公示", **draft)
    folder.notice("2026/town/0003.md", "1\n\n2\n\n300 元，2026年11月10日", title="公示", **draft)
    folder.notice("2026/town/0004.md", "See the list below. Total 300.", title="通知", **draft)
    folder.write("2026/town/0005/1.xlsx", xlsx_table([["one"]]))
    folder.notice("2026/town/0005/index.md", "[一](1.xlsx)", title="甲", **draft)
    folder.write("2026/town/0006/1.xlsx", xlsx_table([["two"]]))
    folder.notice("2026/town/0006/index.md", "[一](1.xlsx)", title="有附件的公示")
    assert "有附件的公示" in built(folder)


def test_a_notice_pasted_below_the_guide_is_named_and_nothing_is_published(folder: Folder) -> None:
    pasted = a_notice(SECRET_TEXT, title=SECRET_TITLE, confidentiality_cleared="false", clearance=None)
    folder.write("guide.md", "---\n核对日期: 2026-10-01\n---\n\n本指南。\n\n" + pasted)
    done = folder.run("build")
    assert done.returncode == 1 and "[front-matter-twice]" in done.stderr
    assert not folder.site.exists()


def test_an_erasure_that_a_fault_holds_up_is_said_first(folder: Folder) -> None:
    folder.notice("2026/town/0001.md", SECRET_TEXT, title="到期撤下的名单", erase_on="2026-11-25")
    assert folder.run("build").returncode == 0
    folder.notice("2026/town/0002.md", category="写错了")
    done = folder.run("build", day="2026-11-25")
    assert done.returncode == 1
    assert "应当已经撤下" in done.stderr and "到期撤下的名单" in done.stderr


def test_half_a_list_of_holidays_publishes_nothing(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "on_problem: withhold")
    folder.notice(
        "2026/town/0001.md", effective="{from: 2026-11-16, working_days: 5}", formed_on="2026-11-10"
    )
    folder.write("holidays.yml", "年份:\n  2026: {放假: [2026-11-17 至 2026-11-19, 地方: 是}\n")
    assert folder.run("build").returncode == 1
    assert not folder.site.exists()


@pytest.mark.parametrize(
    "sentence",
    ["为了方便公民、法人和其他组织获取试点镇人民政府的政府信息", "已公开1条", "应当公开的事项都列在这里"],
)
def test_what_a_template_says_of_the_board_is_no_leak(folder: Folder, sentence: str) -> None:
    folder.notice("2026/town/0001.md")
    folder.notice("2026/town/0002.md", f"{sentence}。", confidentiality_cleared="false", clearance=None)
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "target", ["feed.xml/", "404.html/", "data/notices.json/", "guide/index.html/", "Guide/"]
)
def test_an_old_address_never_takes_the_place_of_a_file(folder: Folder, target: str) -> None:
    folder.notice("2026/town/0001.md")
    folder.write("addresses.txt", f"{target} -> archive/\n")
    done = folder.run("build")
    assert done.returncode == 1 and "[address-arrow]" in done.stderr


def test_a_change_to_come_is_told_without_its_reason(folder: Folder) -> None:
    folder.notice("2026/town/0001.md", change=f"{{type: 变更, date: 2026-11-25, reason: {SECRET_TEXT}}}")
    text = built(folder)
    assert SECRET_TEXT not in text
    page = (folder.site / "notices/2026/town/0001/index.html").read_text("utf-8")
    assert re.search(r'class="nb-note" data-when="2026-11-25/" hidden>2026年11月25日变更', page)
