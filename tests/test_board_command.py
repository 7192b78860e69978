"""`noticeboard board`: the lists, the plan and the record, as text, as data and on paper."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp

from builders import PUBLISHERS, TODAY, Folder, a_folder
from noticeboard.cli.main import main
from noticeboard.posters.checklist import Paper, printed
from noticeboard.posters.fonts import find_fonts
from noticeboard.views.posting import Line, Posting, Record
from noticeboard.views.words import Words

HIDDEN = ("没审查的", "有错误的", "还没到的", "早已撤下的", "秘密的正文")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A board with frames and one notice of each kind that the lists tell apart."""
    folder = a_folder(tmp_path_factory.mktemp("board"))
    folder.write("publishers.yml", PUBLISHERS.replace("    fax:", "    frames: {A4: 3}\n    fax:"))
    folder.notice("2026/town/0001.md", title="今天起的", effective="{from: 2026-11-21, until: 2026-11-30}")
    folder.notice("2026/town/0002.md", title="一直贴着的", document_number="试府发〔2026〕3号")
    folder.notice("2026/town/0003.md", title="长期的", effective="{from: 2026-11-09, until: 长期}")
    folder.notice("2026/town/0004.md", title="到期的", effective="{from: 2026-11-09, until: 2026-11-20}")
    folder.notice("2026/town/0005.md", title="没审查的", confidentiality_cleared="false", clearance=None)
    folder.notice("2026/town/0006.md", title="还没到的", effective="{from: 2026-11-22, until: 长期}")
    folder.notice("2026/town/0007.md", "秘密的正文。", title="早已撤下的", erase_on="2026-11-13")
    folder.notice(
        "2026/east/0001.md",
        title="只贴公开栏的",
        publisher="east",
        category="monitored",
        effective="{from: 2026-11-20, until: 长期}",
    )
    folder.notice("2026/east-coop/0001.md", title="合作社的", publisher="east-coop", category="finance")
    return folder


@pytest.fixture(scope="module")
def papers(town: Folder) -> Path:
    """What `--out` writes: the lists of the day and the record of the month."""
    out = town.path / "papers"
    assert town.run("board", "--out", str(out)).returncode == 0
    assert town.run("board", "--month", "2026-11", "--out", str(out)).returncode == 0
    return out


def text_of(path: Path) -> str:
    """The text of a PDF without blanks."""
    pages = pypdf.PdfReader(path).pages
    return "".join("".join(page.extract_text().split()) for page in pages).replace("\u200b", "")


def test_the_lists_as_text(town: Folder) -> None:
    done = town.run("board", "--publisher", "镇政府")
    assert done.returncode == 0, done.stderr
    before, up, down, stay, plan = _parts(done.stdout)
    assert "试点镇人民政府　2026年11月21日　星期六" in before and "2026年11月20日　星期五" in before
    assert "今天起的" in up and "贴到2026年11月30日" in up and "board.example/town/n/" in up
    assert "一直贴着的" in stay and "长期的" in stay and stay.index("一直贴着的") < stay.index("长期的")
    assert "到期的" in down and "已期满" in down
    assert "A4版位1：今天起的（A4，1/1）" in plan or "A4版位1：一直贴着的（A4，1/1）" in plan
    assert "合作社的" not in done.stdout
    for hidden in HIDDEN:
        assert hidden not in done.stdout + done.stderr


def _parts(text: str) -> list[str]:
    parts = []
    for heading in ("今天张贴", "今天撤下", "继续张贴", "版位安排"):
        before, text = text.split(heading)
        parts.append(before)
    return [*parts, text]


def test_every_board_is_printed_unless_one_is_asked_for(town: Folder) -> None:
    shown = town.run("board").stdout
    assert "试点镇人民政府" in shown and "东河村村民委员会" in shown and "只贴公开栏的" in shown
    # Who hangs on another's board means that board.
    assert "只贴公开栏的" in town.run("board", "--publisher", "东河村股份经济合作社").stdout


def test_the_lists_as_data(town: Folder) -> None:
    found = json.loads(town.run("board", "--format", "json", "--date", "2026-11-23").stdout)
    assert found["day"] == "2026-11-23" and found["foreseen"] is True
    assert [board["board"] for board in found["boards"]] == ["town", "east"]
    first, second = found["boards"]
    assert {line["title"] for line in first["put_up"]} == {"今天起的", "还没到的"}
    assert [line["id"] for line in first["take_down"]] == ["2026/town/0004"]
    assert second["plan"] is None and second["stay"][-1]["code"] == ""
    sheets = [sheet for frame in first["plan"]["frames"] for sheet in frame["sheets"]]
    assert [frame["size"] for frame in first["plan"]["frames"]] == ["A4"] * 3
    assert {sheet["id"] for sheet in sheets} == {"2026/town/0001", "2026/town/0002", "2026/town/0006"}
    assert [(one["id"], one["frames"]) for one in first["plan"]["missing"]] == [("2026/town/0003", 1)]
    said = {line["title"]: line["sheets"] for line in (*first["put_up"], *first["stay"])}
    assert said["今天起的"] == "A4，1张" and said["长期的"] == "版位不够，贴不下"
    assert first["take_down"][0]["sheets"] == second["stay"][-1]["sheets"] == ""
    today = town.run("board", "--format", "json").stdout
    assert json.loads(today)["foreseen"] is False
    assert [board["withheld"] for board in json.loads(today)["boards"]] == [1, 0]
    assert not [hidden for hidden in HIDDEN if hidden in today]


def test_a_list_of_a_day_to_come_says_so(town: Folder) -> None:
    done = town.run("board", "--date", "2026-11-23")
    assert done.returncode == 0 and "不要提前张贴" in done.stderr
    assert "不要提前张贴" not in town.run("board", "--date", "2026-11-20").stderr


def test_what_is_written_before_its_day_says_so(town: Folder, papers: Path) -> None:
    out = town.path / "foreseen"
    done = town.run("board", "--publisher", "town", "--date", "2026-11-23", "--out", str(out))
    assert done.returncode == 0, done.stderr
    said = "按2026年11月23日预先列出，名单在当天以前不要公开"
    files = sorted(out.iterdir())
    assert [file.name for file in files] == ["board-town-2026-11-23.pdf", "plan-town-2026-11-23.pdf"]
    assert all(text_of(file).count(said) == 1 for file in files)
    plan = text_of(files[1])
    assert 0 < plan.index("贴不下的1") < plan.index("A4版位1"), "the most important stands first"
    assert not [file for file in papers.glob("*.pdf") if "预先列出" in text_of(file)]


def test_what_was_withheld_is_counted_for_those_who_take_paper_down(town: Folder) -> None:
    done = town.run("board")
    (line,) = [line for line in done.stderr.splitlines() if "不公开" in line]
    assert (
        line.startswith("试点镇人民政府") and "1 条" in line and "run review" in line and "run check" in line
    )
    assert not [hidden for hidden in HIDDEN if hidden in done.stdout + done.stderr]
    assert "不公开" not in town.run("board", "--publisher", "east").stderr


def test_the_record_of_a_month(town: Folder) -> None:
    done = town.run("board", "--month", "2026-11")
    assert done.returncode == 0, done.stderr
    assert "2026年11月9日 – 还贴着　长期的" in done.stdout
    assert "试府发〔2026〕3号" in done.stdout and "另有1条公示" in done.stdout
    found = json.loads(town.run("board", "--month", "2026-11", "--format", "json").stdout)
    (first, second) = found["records"]
    assert [one["line"]["title"] for one in second["postings"]] == ["合作社的", "只贴公开栏的"]
    assert not [hidden for hidden in HIDDEN if hidden in done.stdout + json.dumps(found, ensure_ascii=False)]
    assert first["left_out"] == 1
    assert "（0 条）" in town.run("board", "--month", "2025-01").stdout


def test_what_is_written_for_paper(papers: Path) -> None:
    assert sorted(file.name for file in papers.iterdir()) == [
        "board-east-2026-11-21.pdf",
        "board-town-2026-11-21.pdf",
        "plan-town-2026-11-21.pdf",
        "record-east-2026-11.csv",
        "record-east-2026-11.pdf",
        "record-town-2026-11.csv",
        "record-town-2026-11.pdf",
    ]
    town_list = text_of(papers / "board-town-2026-11-21.pdf")
    for part in ("张贴清单", "今天起的", "一直贴着的", "长期的", "到期的", "已期满", "张贴人", "A4，1张"):
        assert part in town_list
    assert "不上网，只贴公开栏" in text_of(papers / "board-east-2026-11-21.pdf")
    plan = text_of(papers / "plan-town-2026-11-21.pdf")
    assert "A4版位3" in plan and "今天起的" in plan and "第1页共1页" in plan
    record = text_of(papers / "record-town-2026-11.pdf")
    for part in (
        "张贴记录",
        "张贴人",
        "撤下人",
        "照片编号",
        "试府发〔2026〕3号",
        "还贴着",
        "另有1条公示的正文已按规定撤下",
    ):
        assert part in record
    rows = list(csv.reader(io.StringIO((papers / "record-town-2026-11.csv").read_text("utf-8-sig"))))
    assert rows[0][-3:] == ["张贴人", "撤下人", "照片编号"]
    assert ["一直贴着的", "2026-11-10"] in [[row[1], row[6]] for row in rows]


def test_nothing_hidden_is_written_for_paper(papers: Path) -> None:
    for file in papers.iterdir():
        said = text_of(file) if file.suffix == ".pdf" else file.read_text("utf-8-sig")
        assert said and not [hidden for hidden in HIDDEN if hidden in said], file.name
        assert "秘密的正文".encode() not in file.read_bytes()


def test_paper_is_tagged_titled_and_the_same_twice(town: Folder, papers: Path) -> None:
    again = town.path / "again"
    assert town.run("board", "--out", str(again), SOURCE_DATE_EPOCH="1").returncode == 0
    for file in again.iterdir():
        assert file.read_bytes() == (papers / file.name).read_bytes(), "same notices, same day, same bytes"
        pdf = pypdf.PdfReader(file)
        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and root["/Lang"].lower().startswith("zh")
        assert pdf.metadata and pdf.metadata.title and pdf.metadata.title[:4] in ("张贴清单", "版位安排")
        assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


def test_every_code_is_read_from_a_picture_of_100_dpi_and_is_large_enough(town: Folder, papers: Path) -> None:
    found = json.loads(town.run("board", "--format", "json").stdout)["boards"][0]
    wanted = [line["code"] for name in ("put_up", "take_down", "stay") for line in found[name]]
    assert len(wanted) == 4 and all(wanted)
    read = []
    for page in pypdfium2.PdfDocument(papers / "board-town-2026-11-21.pdf"):
        codes = zxingcpp.read_barcodes(page.render(scale=100 / 72).to_pil())
        read += [code.text for code in codes]
        for code in codes:
            side = code.position.top_right.x - code.position.top_left.x
            assert side / 100 * 25.4 >= 18, "millimetres"
    assert sorted(read) == sorted(wanted)


@pytest.mark.parametrize("left_out", [0, 2])
def test_who_checked_a_record_never_stands_without_two_of_its_rows(left_out: int) -> None:
    faces, words = find_fonts(), Words().posting()
    line = Line("", "一条", "镇政府", "2026年11月", "", "", "号码", "", "", "", "")
    broken = 0
    for count in range(31):
        postings = (Posting(line, "", "2026年11月2日", "", "还贴着"),) * count
        record = Record("town", "镇", "2026-11", "2026年11月", "", "2026年11月21日", postings, left_out)
        pdf = pypdf.PdfReader(
            io.BytesIO(printed(Paper.RECORD, asdict(record), words, faces.stacks, faces.fonts))
        )
        texts = [page.extract_text() for page in pdf.pages]
        assert sum(text.count("一条") for text in texts) == count
        assert [text.count("检查人") for text in texts] == [0] * (len(texts) - 1) + [1]
        assert texts[-1].count("一条") >= min(count, 2) and "照片编号" in texts[-1]
        assert texts[-1].count("另有2条") == bool(left_out)
        broken += len(texts) > 1
    assert broken


WRONG = {
    "no day": (["--date", "2026-2-30"], "请写成 2026-11-21 这样"),
    "no such day": (["--date", "2026-02-30"], "不是日期"),
    "a word": (["--date", "明天"], "不是日期"),
    "a day before all working days": (["--date", "0001-01-01"], "不是日期"),
    "the number of a week": (["--date", "2026-W47-6"], "不是日期"),
    "no month": (["--month", "11月"], "不是月份"),
    "a month to come": (["--month", "2026-12"], "还没有到"),
    "both": (["--date", "2026-11-20", "--month", "2026-11"], "只能写一个"),
    "nobody": (["--publisher", "东合村"], "东河村"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_wrong_usage_is_said_in_a_clerk_s_words(town: Folder, arguments: list[str], said: str) -> None:
    done = town.run("board", *arguments)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_in_english(town: Folder) -> None:
    shown = town.run("--lang", "en", "board", "--publisher", "town").stdout
    assert "To put up today (1):" in shown and "A4 frame 1" in shown and "its period has ended" in shown


def test_a_folder_that_cannot_be_written_is_named(town: Folder) -> None:
    (town.path / "taken").write_text("", "utf-8")
    done = town.run("board", "--out", str(town.path / "taken" / "papers"))
    assert done.returncode == 2 and "写不进去" in done.stderr and "Traceback" not in done.stderr


def test_a_paper_that_cannot_be_set_is_named_after_the_list_was_told(
    town: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(town.path)
    monkeypatch.setenv("NOTICEBOARD_TODAY", TODAY.isoformat())
    monkeypatch.setattr("noticeboard.posters.checklist._TEMPLATE", b'#panic("too much")')
    with pytest.raises(SystemExit) as end:
        main(["board", "--publisher", "east", "--out", "unset"])
    said = capsys.readouterr()
    assert end.value.code == 2 and "合作社的" in said.out
    assert "“张贴清单”的 PDF 排不出来" in said.err and "too much" in said.err
    assert not (town.path / "unset").exists()
