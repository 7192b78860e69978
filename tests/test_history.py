"""What git knows of dates: real repositories, with the author's date of each commit set.

The sample notice of these tests is cleared on 2 November and posted from 10 November 2026 on.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from boards import a_board
from builders import TODAY, Folder, a_folder
from identifiers import id_number
from noticeboard.board.problem import Problem
from noticeboard.cli.main import main
from noticeboard.gate.inspect import Inspector
from noticeboard.history import dates, git
from noticeboard.history.dates import date_problems
from noticeboard.history.git import NoGit
from noticeboard.history.past import past_problems
from noticeboard.messages import messages
from noticeboard.privacy.policy import Policy
from samples import xlsx_table

SHANGHAI = ZoneInfo("Asia/Shanghai")
FILE = "2026/东街/第1号.md"
POSTED = "{{from: {}, until: 2026-11-30}}"


class Repository:
    """A git repository with a board in it; nothing of this machine's git settings counts."""

    def __init__(self, top: Path, folder: Folder) -> None:
        self.top = top
        self.folder = folder
        top.mkdir(exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "某经办人")
        self.git("config", "user.email", "clerk@board.example")

    def git(self, *arguments: str, **environment: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.top, env={**os.environ, **environment}, capture_output=True,
            text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, moment: str, *options: str) -> None:
        """Everything that lies there, as the author's work of a moment. The committer's date says nothing."""
        self.git("add", "--all")
        dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": "2030-01-01T00:00:00+0000"}
        self.git("commit", "--quiet", "--message", "改", *options, **dates)

    def notice(self, moment: str, path: str = FILE, **fields: str | None) -> None:
        """One notice written and committed."""
        self.folder.notice(path, **fields)
        self.commit(moment)

    def problems(self, day: date = TODAY, zone: ZoneInfo = SHANGHAI) -> list[Problem]:
        return list(date_problems(self.folder.board(), day, zone))

    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems()]


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A board without notices, committed on 5 November 2026."""
    made = Repository(tmp_path, a_board(tmp_path))
    made.commit("2026-11-05T09:00:00+0800")
    return made


def test_a_notice_committed_after_the_day_it_claims_is_named(repository: Repository) -> None:
    repository.notice("2026-11-12T08:00:00+0800")
    (problem,) = repository.problems()
    assert (problem.code, problem.path) == ("date-backdated", f"notices/{FILE}")
    assert (problem.field, problem.place.line, problem.severity) == ("effective", 6, "warning")
    assert problem.params == {"found": "2026-11-10", "committed": "2026-11-12"}


def test_it_is_named_where_the_date_of_publication_stands(repository: Repository) -> None:
    repository.notice("2026-11-12T08:00:00+0800", published_on="2026-11-11")
    (problem,) = repository.problems()
    assert (problem.field, problem.place.line, problem.params["found"]) == ("published_on", 9, "2026-11-11")


@pytest.mark.parametrize("day", ["2026-11-06", "2026-11-10"])
def test_a_notice_committed_on_its_day_or_before_is_fine(repository: Repository, day: str) -> None:
    repository.notice(f"{day}T23:59:00+0800")
    assert not repository.problems()


INSTANTS = {
    # what git shows as another day is 10 November in Shanghai, or just is not any more
    "evening_in_greenwich": ("2026-11-09T16:00:00+0000", True),
    "last_second_there": ("2026-11-10T15:59:59+0000", True),
    "midnight_is_over": ("2026-11-10T16:00:00+0000", False),
    "morning_in_los_angeles": ("2026-11-10T07:59:59-0800", True),
    "noon_in_los_angeles": ("2026-11-10T12:00:00-0800", False),
    "next_day_in_kiritimati": ("2026-11-11T05:00:00+1400", True),
}


@pytest.mark.parametrize(("moment", "fine"), INSTANTS.values(), ids=INSTANTS)
def test_days_are_counted_in_the_zone_of_the_board(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, moment: str, fine: bool
) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    repository.notice(moment)
    assert (not repository.problems()) == fine


def test_another_board_has_another_zone(repository: Repository) -> None:
    repository.notice("2026-11-10T16:00:00+0000")
    assert repository.problems(zone=SHANGHAI)
    assert not repository.problems(zone=ZoneInfo("UTC"))


def test_old_notices_that_were_imported_are_not_blamed(tmp_path: Path) -> None:
    repository = Repository(tmp_path, a_board(tmp_path))
    old = {"formed_on": "2024-03-01", "effective": "{from: 2024-03-04, days: 10}"}
    repository.notice("2026-11-05T09:00:00+0800", "2024/town/0001.md", **old)
    repository.notice("2026-11-19T09:00:00+0800", "2024/town/0002.md", **old)
    repository.notice("2026-11-19T10:00:00+0800", "2026/a.md", effective=POSTED.format("2026-11-04"))
    assert not repository.problems()
    repository.notice("2026-11-19T11:00:00+0800", "2026/b.md", effective=POSTED.format("2026-11-05"))
    assert [problem.path for problem in repository.problems()] == ["notices/2026/b.md"]


def test_the_beginning_is_that_of_the_notices_folder_which_need_not_be_at_the_top(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "街道 办" / "公开栏")
    repository = Repository(tmp_path, folder)
    (tmp_path / "README.md").write_text("别的东西", encoding="utf-8")
    repository.commit("2026-10-01T09:00:00+0800")
    a_board(folder.path)
    repository.commit("2026-11-11T09:00:00+0800")
    repository.notice("2026-11-15T09:00:00+0800", "2026/a.md", effective=POSTED.format("2026-11-10"))
    repository.notice("2026-11-15T10:00:00+0800", "2026/b.md", effective=POSTED.format("2026-11-12"))
    assert [problem.path for problem in repository.problems()] == ["notices/2026/b.md"]


def test_a_renamed_notice_keeps_its_first_day(repository: Repository) -> None:
    repository.notice("2026-11-10T09:00:00+0800")
    (repository.folder.notices / FILE).unlink()
    repository.notice(
        "2026-11-15T09:00:00+0800", "2026/镇 政府/“第2号”/index.md", title="东街停水通知（更正）"
    )
    repository.git("mv", "notices/2026/镇 政府/“第2号”/index.md", "notices/2026/第三个名字.md")
    repository.commit("2026-11-18T09:00:00+0800")
    assert not repository.problems()
    # What takes the old name is another notice.
    repository.notice("2026-11-19T09:00:00+0800", title="后来的一条", index_number="A/1")
    assert [problem.path for problem in repository.problems()] == [f"notices/{FILE}"]


def test_a_name_that_was_taken_back_is_the_same_notice(repository: Repository) -> None:
    repository.notice("2026-11-10T09:00:00+0800")
    for number, (old, new) in enumerate((("东街", "西街"), ("西街", "东街")), start=11):
        repository.git("mv", f"notices/2026/{old}", f"notices/2026/{new}")
        repository.commit(f"2026-11-{number}T09:00:00+0800")
    test_a_notice_that_was_away_for_some_time_keeps_its_first_day(repository)


def test_a_name_that_a_mac_typed_is_found(repository: Repository) -> None:
    repository.notice("2026-11-12T09:00:00+0800", "2026/cafe\u0301.md")
    assert repository.codes() == ["date-backdated"]


def test_a_notice_that_was_away_for_some_time_keeps_its_first_day(repository: Repository) -> None:
    repository.notice("2026-11-10T09:00:00+0800", title="东街停水通知（早）")
    (repository.folder.notices / FILE).unlink()
    repository.commit("2026-11-12T09:00:00+0800")
    repository.notice("2026-11-14T09:00:00+0800")
    assert not repository.problems()


def test_settings_of_the_repository_change_nothing(repository: Repository) -> None:
    settings = {
        "log.showRoot": "false", "diff.renames": "false", "core.quotepath": "true", "diff.relative": "true",
        "log.showSignature": "true", "color.ui": "always", "log.date": "relative", "diff.noprefix": "true",
        "format.pretty": "oneline", "log.decorate": "full", "log.follow": "true", "core.abbrev": "4",
        "i18n.logOutputEncoding": "GBK", "core.pager": "false", "diff.external": "false",
        "log.diffMerges": "off",
    }  # fmt: skip
    for key, value in settings.items():
        repository.git("config", key, value)
    repository.notice("2026-11-09T09:00:00+0800", "2026/a.md", index_number="A/7")
    repository.notice("2026-11-12T09:00:00+0800", "2026/b.md", effective=POSTED.format("2026-11-07"))
    assert [problem.path for problem in repository.problems()] == ["notices/2026/b.md"]
    (repository.folder.notices / "2026/b.md").unlink()
    test_a_renamed_notice_keeps_its_first_day(repository)


def test_a_published_date_moved_back_is_named(repository: Repository) -> None:
    repository.notice("2026-11-09T09:00:00+0800")
    repository.notice("2026-11-15T09:00:00+0800", effective=POSTED.format("2026-11-08"))
    (problem,) = repository.problems()
    assert (problem.code, problem.field, problem.place.line) == ("date-moved-back", "effective", 6)
    assert problem.params == {"found": "2026-11-08", "shown": "2026-11-10"}
    repository.notice("2026-11-16T09:00:00+0800", published_on="2026-11-03")  # before the board's beginning
    (problem,) = repository.problems()
    assert (problem.code, problem.field, problem.place.line) == ("date-moved-back", "published_on", 9)


def test_a_date_moved_back_on_the_very_day_is_named(repository: Repository) -> None:
    repository.notice("2026-11-10T08:00:00+0800")
    repository.notice("2026-11-10T17:00:00+0800", effective=POSTED.format("2026-11-09"))
    assert repository.codes() == ["date-moved-back"]


def test_a_formed_date_moved_back_is_named(repository: Repository) -> None:
    repository.notice("2026-11-10T09:00:00+0800", formed_on="2026-11-09")
    repository.notice("2026-11-15T09:00:00+0800", formed_on="2026-11-02")
    (problem,) = repository.problems()
    assert (problem.code, problem.field, problem.place.line) == ("date-moved-back", "formed_on", 5)
    assert problem.params == {"found": "2026-11-02", "shown": "2026-11-09"}


def test_what_was_moved_along_with_a_new_name_is_seen(repository: Repository) -> None:
    body = "东街十一月检修管道，届时停水。" * 20
    repository.folder.notice("2026/旧名.md", body)
    repository.commit("2026-11-10T09:00:00+0800")
    (repository.folder.notices / "2026/旧名.md").unlink()
    repository.folder.notice("2026/新名.md", body, effective=POSTED.format("2026-11-06"))
    repository.commit("2026-11-15T09:00:00+0800")
    assert repository.codes() == ["date-moved-back"]


ALIASES = {"formed_on": None, "effective": None, "confidentiality_cleared": None, "clearance": None}


def test_other_ways_of_writing_the_same_date_are_no_move(repository: Repository) -> None:
    repository.notice("2026-11-10T09:00:00+0800")
    chinese = {
        "生成日期": "2026-11-01", "有效期": "2026-11-10 至 2026-11-30", "保密审查通过": "是",
        "审查记录": "{审查人: 甲审, 审查日期: 2026-11-02}", "发布日期": "2026-11-10",
    }  # fmt: skip
    repository.notice("2026-11-12T09:00:00+0800", **ALIASES, **chinese)
    assert not repository.problems()
    repository.notice("2026-11-13T09:00:00+0800", **ALIASES, **{**chinese, "发布日期": "2026-11-09"})
    assert repository.codes() == ["date-moved-back"]


UNPUBLISHED: dict[str, dict[str, str | None]] = {
    "draft": {"confidentiality_cleared": "false", "clearance": None},
    "without_a_record": {"clearance": None},
    "cleared_later": {"clearance": "{reviewer: 甲审, date: 2026-11-20}"},
    "still_to_come": {"effective": POSTED.format("2026-11-25")},
    "published_later": {"published_on": "2026-11-25"},
    "without_a_title": {"title": None},
    "with_a_word_for_a_date": {"formed_on": "昨天"},
    "posted_later": {"published_on": "2026-11-09", "effective": POSTED.format("2026-11-25")},
    "not_for_reading": {"effective": "{from: 2026-11-09, until: 2026-11-30"},
}


@pytest.mark.parametrize("fields", UNPUBLISHED.values(), ids=UNPUBLISHED)
def test_a_date_of_what_was_not_public_yet_may_be_moved(
    repository: Repository, fields: dict[str, str | None]
) -> None:
    start = {"effective": POSTED.format("2026-11-09")}
    repository.notice("2026-11-07T09:00:00+0800", **{**start, **fields})
    repository.notice("2026-11-12T09:00:00+0800", effective=POSTED.format("2026-11-08"))
    assert not repository.problems()
    repository.notice("2026-11-07T09:00:00+0800", "2026/b.md", index_number="A/1", **start)
    repository.notice(
        "2026-11-12T09:00:00+0800", "2026/b.md", index_number="A/1", effective=POSTED.format("2026-11-08")
    )
    assert [problem.path for problem in repository.problems()] == ["notices/2026/b.md"]


def test_hiding_a_notice_while_its_date_is_moved_does_not_help(repository: Repository) -> None:
    repository.notice("2026-11-10T09:00:00+0800")
    repository.notice("2026-11-15T09:00:00+0800", **UNPUBLISHED["draft"])
    repository.notice(
        "2026-11-15T09:10:00+0800", effective=POSTED.format("2026-11-08"), **UNPUBLISHED["draft"]
    )
    repository.notice("2026-11-15T09:20:00+0800", effective=POSTED.format("2026-11-08"))
    assert repository.codes() == ["date-moved-back"]


def test_a_move_that_was_undone_is_forgiven(repository: Repository) -> None:
    for day, first in (("10", "10"), ("12", "08"), ("13", "10"), ("14", "14"), ("15", "12")):
        repository.notice(f"2026-11-{day}T09:00:00+0800", effective=POSTED.format(f"2026-11-{first}"))
    assert not repository.problems()


def test_what_is_not_committed_yet(repository: Repository) -> None:
    repository.folder.notice(FILE, effective=POSTED.format("2026-11-06"))
    assert not repository.problems()
    repository.git("add", "--all")
    assert not repository.problems()
    repository.notice("2026-11-10T09:00:00+0800")
    repository.folder.notice(FILE, effective=POSTED.format("2026-11-06"))
    assert repository.codes() == ["date-moved-back"]  # in time to be put right


def test_work_on_a_branch_counts_from_the_day_it_was_done(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.notice("2026-11-10T09:00:00+0800")
    repository.git("checkout", "--quiet", "main")
    repository.notice("2026-11-13T09:00:00+0800", "2026/other.md", effective=POSTED.format("2026-11-13"))
    dates = {"GIT_AUTHOR_DATE": "2026-11-18T09:00:00+0800", "GIT_COMMITTER_DATE": "2026-11-18T09:00:00+0800"}
    repository.git("merge", "--quiet", "--no-ff", "branch", **dates)
    assert not repository.problems()


def test_the_earlier_of_two_branches_counts(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.notice("2026-11-10T09:00:00+0800")
    repository.git("checkout", "--quiet", "main")
    repository.notice("2026-11-13T09:00:00+0800")
    repository.git("merge", "--quiet", "--no-ff", "branch")
    assert not repository.problems()


def test_what_only_a_merge_changed_is_seen(repository: Repository) -> None:
    repository.notice("2026-11-10T09:00:00+0800")
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.notice("2026-11-12T09:00:00+0800", title="东街停水通知（一）")
    repository.git("checkout", "--quiet", "main")
    repository.notice("2026-11-13T09:00:00+0800", "2026/other.md", effective=POSTED.format("2026-11-13"))
    repository.git("merge", "--quiet", "--no-ff", "--no-commit", "branch")
    repository.notice("2026-11-14T09:00:00+0800", effective=POSTED.format("2026-11-08"))
    repository.folder.notice("2026/new.md", index_number="A/9", effective=POSTED.format("2026-11-06"))
    repository.commit("2026-11-14T10:00:00+0800", "--amend", "--no-edit", "--date=2026-11-14T10:00:00+0800")
    found = {problem.path: problem.code for problem in repository.problems()}
    assert found == {f"notices/{FILE}": "date-moved-back", "notices/2026/new.md": "date-backdated"}


def test_notices_with_errors_and_other_files_are_passed_over(repository: Repository) -> None:
    repository.folder.write("2026/a/名单.xlsx", b"PK\x03\x04")
    repository.folder.write("2026/坏的.md", b"\xff\xfe---")
    repository.notice("2026-11-12T09:00:00+0800", "2026/b.md", title=None)
    assert not repository.problems()


def test_the_number_of_processes_does_not_grow(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        repository.folder.notice(f"2026/town/{number:04}.md")
    repository.commit("2026-11-12T09:00:00+0800")
    for number in range(40):
        repository.folder.notice(f"2026/town/{number:04}.md", effective=POSTED.format("2026-11-07"))
    repository.commit("2026-11-13T09:00:00+0800")
    begun: list[list[str]] = []
    begin = subprocess.Popen.__init__

    def counted(self: object, arguments: list[str], *rest: object, **options: object) -> None:
        begun.append(arguments)
        begin(self, arguments, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(subprocess.Popen, "__init__", counted)
    assert set(repository.codes()) == {"date-moved-back"}
    assert [arguments.count("log") for arguments in begun].count(1) == 1
    assert len(begun) <= 4


def reason(find: Callable[[], object]) -> str:
    with pytest.raises(NoGit) as stopped:
        find()
    return stopped.value.code


def test_without_a_history_the_reason_is_told(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = a_board(tmp_path.parent / f"{tmp_path.name}-outside")
    assert reason(lambda: list(date_problems(outside.board(), TODAY, SHANGHAI))) == "outside"
    Repository(outside.path, outside)
    assert reason(lambda: list(date_problems(outside.board(), TODAY, SHANGHAI))) == "none"
    gone = Folder(tmp_path / "gone")
    assert reason(lambda: list(date_problems(gone.board(), TODAY, SHANGHAI))) == "outside"
    ignored = a_board(tmp_path / "ignored")
    assert reason(lambda: list(date_problems(ignored.board(), TODAY, SHANGHAI))) == "none"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert reason(repository.problems) == "missing"


def test_a_history_that_was_cut_off_proves_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.notice("2026-11-10T09:00:00+0800")
    copy = tmp_path / "copy"
    repository.git("clone", "--quiet", "--depth=1", tmp_path.as_uri(), str(copy))
    assert reason(lambda: list(date_problems(Folder(copy).board(), TODAY, SHANGHAI))) == "shallow"


def test_a_repository_that_git_refuses_is_told_in_its_words(repository: Repository) -> None:
    (repository.top / ".git" / "config").write_text("[core\n", encoding="utf-8")
    with pytest.raises(NoGit) as stopped:
        repository.problems()
    assert stopped.value.code == "failed" and "config" in stopped.value.reason


def test_what_a_git_hook_sets_does_not_mislead(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.notice("2026-11-12T09:00:00+0800")
    for name, value in (("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/index"), ("GIT_PREFIX", "notices/")):
        monkeypatch.setenv(name, value)
    assert repository.codes() == ["date-backdated"]


@pytest.mark.parametrize("seconds", ["", "x", "-99999999999999", "99999999999999"])
def test_a_commit_with_an_impossible_date_blames_nobody(seconds: str) -> None:
    assert git.day_of(seconds.encode(), SHANGHAI) == date.min


# The command


# What old commits still hold

LISTED = id_number("379900", "19870615", "012")  # of a region that does not exist


def left_behind(repository: Repository) -> list[Problem]:
    """What old commits hold that today's board does not."""
    board = Inspector(Policy(), lambda: b"a key of the tests").inspect(repository.folder.board())
    return past_problems(board, Policy(), SHANGHAI)


def test_a_number_that_was_masked_later_still_stands_in_the_old_commit(repository: Repository) -> None:
    repository.folder.notice(FILE, f"张某，{LISTED}。")
    repository.commit("2026-11-09T16:30:00+0000")
    repository.folder.notice(FILE, "张某，3799***********12X。")
    repository.commit("2026-11-12T08:00:00+0800")
    (problem,) = left_behind(repository)
    assert (problem.code, problem.path, problem.severity) == ("history-private", f"notices/{FILE}", "error")
    assert problem.params["committed"] == "2026-11-10" and problem.params["count"] == "1"
    assert repository.git("rev-parse", "HEAD~1").startswith(str(problem.params["commit"]))
    assert LISTED not in "".join((*messages("zh").problem(problem), str(problem.params)))


def test_a_sheet_that_was_deleted_and_one_on_another_branch_are_told_once_each(
    repository: Repository,
) -> None:
    for number, name in enumerate(("原件.xlsx", "底稿.xlsx")):
        repository.git("checkout", "--quiet", "-b", f"branch-{number}")
        file = repository.folder.write(f"2026/town/{name}", xlsx_table([["身份证号"], [LISTED]]))
        repository.commit("2026-11-08T08:00:00+0800")
        file.unlink()
        repository.commit("2026-11-08T09:00:00+0800")
        repository.git("checkout", "--quiet", "main")
    found = [(problem.code, problem.path) for problem in left_behind(repository)]
    assert found == [("history-private", f"notices/2026/town/{name}") for name in ("原件.xlsx", "底稿.xlsx")]


def test_what_the_folder_holds_today_is_not_told_of_the_past(repository: Repository) -> None:
    repository.folder.notice(FILE, f"张某，{LISTED}。")
    repository.commit("2026-11-08T08:00:00+0800")
    repository.folder.notice("2026/东街/第2号.md", "没有号码。")
    repository.commit("2026-11-09T08:00:00+0800")
    assert left_behind(repository) == []


@pytest.fixture
def checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """`check` in this process, on 21 November, on a machine in America."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTICEBOARD_TODAY", TODAY.isoformat())
    monkeypatch.setenv("TZ", "America/Los_Angeles")

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["check", *arguments])
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err

    return run


def test_check_names_backdated_notices_among_the_other_problems(
    tmp_path: Path, checked: Callable[..., tuple[int, str, str]]
) -> None:
    repository = Repository(tmp_path, a_folder(tmp_path))
    repository.commit("2026-11-05T09:00:00+0800")
    repository.folder.write("2026/town/草稿.xlsx", b"")
    for name in ("0001", "0003"):
        repository.folder.notice(f"2026/town/{name}.md")
    repository.notice("2026-11-12T00:30:00+0800", "2026/town/0002.md", title=None)
    status, said, _ = checked("--git", "--format", "json")
    found = [(p["path"][-9:], p["code"], p["severity"]) for p in json.loads(said)["problems"]]
    found = [entry for entry in found if not entry[1].startswith(("guide-", "period-", "published-"))]
    assert found == [
        ("n/0001.md", "date-backdated", "warning"),
        ("n/0002.md", "field-missing", "error"),
        ("n/0003.md", "date-backdated", "warning"),
        ("n/草稿.xlsx", "attachment-unused", "warning"),
    ]
    assert status == 1
    status, said, _ = checked("notices/2026/town/0003.md", "--git", "--format", "github")
    line = "::warning file=notices/2026/town/0003.md,line=6,col=12,title=date-backdated::"
    assert status == 0 and said.count(line) == 1
    _, said, _ = checked("--git")
    assert "2026-11-10" in said and "2026-11-12" in said and "[date-backdated]" in said
    assert "date-backdated" not in checked()[1]


def test_check_says_in_a_sentence_why_it_cannot_look(
    tmp_path: Path, checked: Callable[..., tuple[int, str, str]]
) -> None:
    a_folder(tmp_path)
    for language in ("zh", "en"):
        status, said, error = checked("--git", "--lang", language)
        assert (status, said) == (2, "")
        assert messages(language)("cli.history.outside", folder="notices") in error


def test_every_reason_has_its_sentence() -> None:
    texts = [Path(str(module.__file__)).read_text("utf-8") for module in (git, dates)]
    raised = set(re.findall(r'NoGit\("([a-z]+)"', "".join(texts)))
    assert raised == {"missing", "outside", "none", "shallow", "failed"}
    for code in raised:
        for language in ("zh", "en"):
            assert messages(language)(f"cli.history.{code}", folder="notices", reason="x")
