"""Nothing that is not cleared gets out, in any form; nothing that is finished is damaged."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from builders import ROOT, Folder, a_folder, run

SECRET_TITLE = "关于绝不外泄事项的内部方案"
SECRET_TEXT = "此处写着尚未审查的具体安排"


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
    folder.write("2026/town/0777/绝密附件名.xlsx", b"not yet")
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
    folder.write("2026/town/0001/名册.xlsx", b"rows")
    folder.notice("2026/town/0001/index.md", f"{SECRET_TEXT}。[名册](名册.xlsx)", erase_on="2026-11-21")
    text = built(folder)
    assert SECRET_TEXT not in text and "名册.xlsx" not in text
    page = (folder.site / "notices/2026/town/0001/index.html").read_text("utf-8")
    assert "正文和附件已于 2026年11月21日 按规定从网站撤下" in page
    assert SECRET_TEXT in built(folder, day="2026-11-20")


def test_comments_do_not_reach_the_site(folder: Folder) -> None:
    folder.notice(
        "2026/town/0001.md",
        f"正文一段。<!-- {SECRET_TEXT} -->\n\n<!--\n{SECRET_TITLE}\n-->\n\n`<!-- 也不行的备注 -->`",
    )
    text = built(folder)
    assert SECRET_TEXT not in text and SECRET_TITLE not in text and "也不行的备注" not in text


def test_an_unmasked_original_beside_the_masked_copy_stays_home_and_is_mentioned(folder: Folder) -> None:
    folder.write("2026/town/0001/名单.xlsx", b"masked")
    folder.write("2026/town/0001/名单原件.xlsx", b"unmasked")
    folder.notice("2026/town/0001/index.md", "见[名单](名单.xlsx)。")
    text = built(folder)
    assert "名单原件" not in text and "unmasked" not in text
    assert (folder.site / "notices/2026/town/0001/名单.xlsx").read_bytes() == b"masked"
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


@pytest.fixture
def finished(folder: Folder) -> Folder:
    """A verified site with one public notice, and a withheld one with a file."""
    folder.write("2026/town/0001/价目.xlsx", b"prices")
    folder.notice("2026/town/0001/index.md", "正文里有金额一百元。[价目](价目.xlsx)")
    folder.write("2026/town/0002/底册原件.xlsx", b"the original rows")
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


def _zipped(name: str, content: bytes) -> bytes:
    import io

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


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
    "text_packed_with_zip": (_add("a.zip", _zipped("a.txt", SECRET_TITLE.encode())), "标题"),
    "file_under_another_name": (_add("assets/a.bin", b"the original rows"), "未公开的文件（"),
    "file_in_a_zip": (_add("a.zip", _zipped("b.bin", b"the original rows")), "未公开的文件（"),
    "file_name_in_a_page": (_append("guide/index.html", "底册原件.xlsx"), "文件名"),
    "empty_file_with_the_name": (_add("底册原件.xlsx", b""), "文件名"),
    "address_of_the_withheld": (_append("index.html", '<a href="notices/2026/town/0002/">'), "文件名"),
    "a_stray_file": (_add("robots.bak", b"hello"), "没有来历"),
    "a_page_is_gone": (lambda site: (site / "notices/2026/town/0001/index.html").unlink(), "少了"),
    "an_attachment_is_gone": (lambda site: (site / "notices/2026/town/0001/价目.xlsx").unlink(), "少了"),
    "an_attachment_was_changed": (_append("notices/2026/town/0001/价目.xlsx", "0"), "附件和登记的不一样"),
    "the_register_was_changed": (_append("data/notices.json", " "), "登记册"),
    "a_page_was_changed": (_append("directory/index.html", " "), "和生成时不一样"),
    "a_script_was_added": (_append("assets/board.js", "//"), "和生成时不一样"),
}


@pytest.mark.parametrize(("change", "said"), TAMPERED.values(), ids=TAMPERED)
def test_verify_finds_what_was_done_to_a_finished_site(finished: Folder, change, said: str) -> None:
    change(finished.site)
    done = finished.run("verify", "site")
    assert done.returncode == 1
    assert said in done.stderr


def test_verify_judges_the_text_of_a_page_by_its_notice_even_with_a_forged_manifest(finished: Folder) -> None:
    import hashlib
    import json

    page = finished.site / "notices/2026/town/0001/index.html"
    page.write_text(page.read_text("utf-8").replace("一百元", "九百元"), encoding="utf-8")
    manifest = finished.site / "data/manifest.json"
    hashes = json.loads(manifest.read_text("utf-8"))
    hashes["files"]["notices/2026/town/0001/index.html"] = hashlib.sha256(page.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(hashes, ensure_ascii=False), encoding="utf-8")
    done = finished.run("verify", "site")
    assert done.returncode == 1
    assert "页面上的正文和审查过的公示不一样" in done.stderr


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
    assert finished.run("verify", "site").returncode in (0, 1)


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
    assert not list(finished.path.glob(".site.*"))


def test_a_folder_with_other_things_is_not_taken_for_a_site(finished: Folder) -> None:
    other = finished.path / "documents"
    other.mkdir()
    (other / "letter.docx").write_bytes(b"mine")
    done = finished.run("build", "--site-dir", "documents")
    assert done.returncode == 2
    assert "为了不删错" in done.stderr
    assert (other / "letter.docx").read_bytes() == b"mine"


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


def test_honest_boards_pass_although_drafts_share_words_with_published_notices(folder: Folder) -> None:
    folder.notice("2026/town/0001.md", "张三、李四各领取补贴 300 元。特此公示。", title="补贴公示")
    draft = {"confidentiality_cleared": "false", "clearance": None}
    folder.notice("2026/town/0002.md", "张三、李四各领取补贴 300 元。特此公示。", title="补贴公示", **draft)
    folder.notice("2026/town/0003.md", "1\n\n2\n\n300 元，2026年11月10日", title="公示", **draft)
    folder.notice("2026/town/0004.md", "See the list below. Total 300.", title="通知", **draft)
    folder.write("2026/town/0005/1.xlsx", b"one")
    folder.notice("2026/town/0005/index.md", "[一](1.xlsx)", title="甲", **draft)
    folder.write("2026/town/0006/1.xlsx", b"two")
    folder.notice("2026/town/0006/index.md", "[一](1.xlsx)", title="有附件的公示")
    assert "有附件的公示" in built(folder)
