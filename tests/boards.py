"""A board for tests of the core: a folder with the two lists, and no theme, configuration or process."""

from __future__ import annotations

import json
from pathlib import Path

from builders import CATALOGUE, GUIDE, PUBLISHERS, TODAY, Folder
from noticeboard.board.register import Register
from noticeboard.messages import messages
from noticeboard.search.index import tables
from noticeboard.search.synonyms import synonyms
from noticeboard.views.frame import SiteSettings
from noticeboard.views.outputs import Outputs
from noticeboard.views.search import SEARCH
from noticeboard.views.tables import workbook_texts
from noticeboard.views.words import Words

SITE_URL = "https://board.example/town/"


def a_board(path: Path) -> Folder:
    """An empty board that can be read but not built."""
    folder = Folder(path)
    folder.write("publishers.yml", PUBLISHERS)
    folder.write("catalogue.yml", CATALOGUE)
    folder.write("guide.md", GUIDE)
    return folder


def outputs_of(folder: Folder, day=TODAY) -> Outputs:
    """Everything the site of a board consists of on a day."""
    settings = SiteSettings(SITE_URL, "Asia/Shanghai")
    return Outputs(Register(folder.board(), day), settings, Words(messages("zh")))


def all_data(outputs: Outputs) -> str:
    """Every text of every data file but the tables that are the same on every board; workbooks too."""
    texts = []
    same = {SEARCH + name for name, _ in tables()}
    for address, data in outputs.data.items():
        if address in same:
            continue
        texts.append(
            "\n".join(workbook_texts(data)) if address.endswith(".xlsx") else data.decode("utf-8-sig")
        )
    # The words of the field are in every index.
    known = json.dumps(synonyms(), ensure_ascii=False, separators=(",", ":"))
    return "\n".join(texts).replace(known, "")
