"""The plugin's options: what may stand in mkdocs.yml, and what a clerk reads where it may not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from builders import Folder, a_folder
from noticeboard.board.notice import NATIONAL_FORM
from noticeboard.config import NoticeboardConfig
from noticeboard.privacy.finding import Kind
from noticeboard.privacy.policy import Policy, Weight


def options(text: str) -> tuple[NoticeboardConfig, list[str]]:
    """The options as MkDocs reads them from YAML, and what is wrong with them."""
    config = NoticeboardConfig()
    config.load_dict(yaml.safe_load(text) or {})
    failed, _ = config.validate()
    return config, [str(error) for _, error in failed]


def value_of(line: str) -> object:
    name = line.partition(":")[0]
    config, wrong = options(line)
    assert not wrong
    return config[name]


def wrong_with(line: str) -> str:
    _, wrong = options(line)
    (text,) = wrong
    return text


def test_nothing_has_to_be_written() -> None:
    config, wrong = options("")
    assert not wrong
    assert (config.site_id_code, config.icp_number, config.police_number) == ("", "", "")
    assert config.rebuild_days is None and config.index_number == "{institution}/{year}-{serial:05d}"
    assert (config.notices_dir, config.time_zone, config.example) == ("notices", "Asia/Shanghai", False)
    assert config.index_number == NATIONAL_FORM


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('site_id_code: "1304000009"', "1304000009"),
        ("site_id_code: 1304000009", "1304000009"),
        ('site_id_code: "0304000106"', "0304000106"),
        ('site_id_code: ""', ""),
        ("site_id_code:", ""),
        ("icp_number: 试ICP备00000001号", "试ICP备00000001号"),
        ("icp_number:", ""),
        ('police_number: " 试公网安备00000000000001号 "', "试公网安备00000000000001号"),
        (f"police_number: {'字' * 60}", "字" * 60),
        ("rebuild_days: 1", 1),
        ("rebuild_days: 366", 366),
        ("rebuild_days:", None),
        ('index_number: "{publisher}-{year}-{serial}"', "{publisher}-{year}-{serial}"),
        (
            'index_number: "{institution}{publisher}/{year}{serial:03d}"',
            "{institution}{publisher}/{year}{serial:03d}",
        ),
        ('index_number: "{institution}〔{year}〕{serial:04}号"', "{institution}〔{year}〕{serial:04}号"),
        ("index_number:", "{institution}/{year}-{serial:05d}"),
    ],
)
def test_what_may_be_written(line: str, value: object) -> None:
    assert value_of(line) == value


@pytest.mark.parametrize("written", ["[A5]", "[[A4]]", "{A4: 1}", "4", "a4"])
def test_posters_have_a_size_that_there_is(tmp_path: Path, written: str) -> None:
    folder = a_folder(tmp_path, f"posters: {written}")
    folder.notice("2026/town/0001.md")
    done = folder.run("check")
    assert done.returncode == 2
    assert "A4、A3、A2" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "0304000106",
        "130400000",
        '"13040000091"',
        '"130400000a"',
        '"１３０４０００００９"',
        "-130400000",
        "true",
        "[1]",
        "1304000009.0",
        '"1304000009\\n"',
    ],
)
def test_a_site_code_has_ten_digits_and_quotes_keep_its_zeros(code: str) -> None:
    text = wrong_with(f"site_id_code: {code}")
    assert "10 位数字" in text and "引号" in text and "开头的 0" in text and "site_id_code" in text


@pytest.mark.parametrize("option", ["icp_number", "police_number"])
@pytest.mark.parametrize(
    "value", ["32041102000483", "true", "[a]", f"{'字' * 61}", '"两行\\n不行"', "{a: b}"]
)
def test_the_numbers_of_the_footer_are_one_line_of_text(option: str, value: str) -> None:
    text = wrong_with(f"{option}: {value}")
    assert option in text and "60" in text and "引号" in text


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "true", '"7"', "none", "[1]", "367", "99999999999"])
def test_the_days_to_the_next_build_are_a_whole_number(value: str) -> None:
    text = wrong_with(f"rebuild_days: {value}")
    assert "rebuild_days" in text and "1 到 366" in text


@pytest.mark.parametrize(
    "template",
    [
        "{institution}/{year}",
        "{institution}-{serial:05d}",
        "{year}-{serial:05d}",
        "公开-{year}-{serial}",
        "{institution}/{year}-{serial:05d}-{month}",
        "{institution}/{year}-{serial:05d}-{}",
        "{0}/{institution}/{year}-{serial}",
        "{institution.real}/{year}-{serial}",
        "{institution[0]}/{year}-{serial}",
        "{institution!r}/{year}-{serial}",
        "{institution:>20}/{year}-{serial}",
        "{institution}/{year}-{serial:5d}",
        "{institution}/{year}-{serial:x}",
        "{institution}/{year}-{serial:99999999d}",
        "{institution}/{year}-{serial:{year}d}",
        "{{institution}}/{year}-{serial}",
        "{institution}{{/{publisher}/{year}-{serial}",
        "{institution}/{year}-{serial",
        "{institution}/{year}-}{serial}",
        " {institution}/{year}-{serial}",
        "{institution}/\\n{year}-{serial}",
        "{institution}/{year}-{serial}" + "-" * 40,
        "",
    ],
)
def test_a_wrong_form_of_index_numbers_is_told_what_is_allowed(template: str) -> None:
    text = wrong_with(f'index_number: "{template}"')
    assert all(field in text for field in ("institution", "publisher", "year", "serial", "index_number"))
    assert "{institution}/{year}-{serial:05d}" in text and "引号" in text


def test_a_form_without_quotes_is_not_taken_for_something_else() -> None:
    assert "引号" in wrong_with("index_number: {institution}")
    assert "引号" in wrong_with("index_number: 2026")


def test_a_time_zone_has_a_name() -> None:
    assert "Mars" in wrong_with("time_zone: Mars") and "Asia/Shanghai" in wrong_with("time_zone: Mars")
    assert value_of("time_zone: Asia/Urumqi") == "Asia/Urumqi"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_clerk_reads_what_is_wrong_in_the_language_asked_for(tmp_path: Path, language: str) -> None:
    folder: Folder = a_folder(tmp_path, "site_id_code: 304000106")
    done = folder.run("check", "--lang", language)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "304000106" in done.stderr and "site_id_code" in done.stderr and "mkdocs.yml" in done.stderr
    assert ("10 位数字" in done.stderr) == (language == "zh")
    assert ("10 digits" in done.stderr) == (language == "en")


def test_a_kind_of_finding_may_weigh_something_else() -> None:
    """YAML reads a bare `off` as false: it means off all the same."""
    policy = value_of("privacy: {plate: off, mobile: warning}")
    assert policy == Policy({Kind.PLATE: Weight.OFF, Kind.MOBILE: Weight.WARNING})
    assert "mobil" in wrong_with("privacy: {mobil: off}")
    assert "error" in wrong_with("privacy: {mobile: fatal}")
    assert "privacy" in wrong_with("privacy: [mobile]")
