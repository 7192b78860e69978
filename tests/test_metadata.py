"""What pages say of themselves to machines: the guideline's meta tags and schema.org's terms."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import SITE_URL, a_board
from builders import TODAY, Folder
from noticeboard.board.links import page_of
from noticeboard.board.register import Register
from noticeboard.messages import messages
from noticeboard.views.metadata import (
    Article,
    Download,
    Head,
    OpenData,
    SiteFacts,
    for_script,
    head,
    site_metas,
)
from noticeboard.views.page import Crumb, Page
from noticeboard.views.words import Words

WORDS = Words(messages("zh"))
COLUMN = Page(
    "directory/finance/",
    "category.html",
    "村级财务",
    (Crumb("公开目录", "directory/"), Crumb("村务", "directory/village-affairs/")),
    None,
)
FRONT = Page("", "home.html", "今日公开", (), None)
DATA = OpenData(TODAY, (Download("登记册 JSON", "data/notices.json", "application/json"),))
OF_EVERY_PAGE = ["SiteName", "SiteDomain", "SiteIDCode"]


@pytest.fixture
def board(tmp_path: Path) -> Folder:
    folder = a_board(tmp_path)
    folder.notice("2026/town/0001.md", title="东街停水", published_on="2026-11-09", summary="到十一月底。")
    folder.notice(
        "2026/town/0002.md", "不该再看到的正文。", summary="不该再看到的概述。", erase_on="2026-11-15"
    )
    folder.notice(
        "2026/town/0003.md",
        "不该再看到的正文。",
        title="终止了",
        change="{type: 终止, date: 2026-11-13, reason: 数字有误, remove_text: true}",
    )
    folder.notice("2026/town/0004.md", title="长期通知", effective="2026-11-10 起长期")
    folder.notice("2026/east/0001.md", title="账", category="finance", publisher="east")
    return folder


def facts(register: Register, **changes: str) -> SiteFacts:
    publishers = register.board.publishers
    assert publishers is not None
    owner = replace(
        publishers.by_code[publishers.owner], address="试点县试点镇试点路1号", email="a@board.example"
    )
    site = SiteFacts("试点镇公开栏", "试点县试点镇", owner, SITE_URL, "1304000009")
    return replace(site, **changes)


def head_of(register: Register, identifier: str, **changes: str) -> Head:
    """The head of one notice's page."""
    row, board = register.published[identifier], register.board
    assert board.publishers is not None and board.catalogue is not None
    publisher = board.publishers.by_code[row.notice.publisher]
    crumbs = (Crumb("各村各单位", "publishers/"), Crumb(publisher.name, f"publishers/{publisher.code}/"))
    changed = row.change.date if row.change else row.notice.published_on
    page = Page(page_of(row.id), "notice.html", row.notice.title, crumbs, None, changed, row.summary)
    item = board.catalogue.items[row.notice.category]
    return head(page, facts(register, **changes), WORDS, Article(row, publisher, item))


def node_of(found: Head, kind: str) -> dict[str, Any]:
    document = json.loads(found.json_ld)
    assert document["@context"] == "https://schema.org"
    (node,) = [node for node in document["@graph"] if node["@type"] == kind]
    return node


def kinds(found: Head) -> list[str]:
    return [node["@type"] for node in json.loads(found.json_ld)["@graph"]]


def test_every_page_has_the_three_tags_of_the_site(board: Folder) -> None:
    register = board.register()
    site = facts(register)
    three = [("SiteName", "试点镇公开栏"), ("SiteDomain", "board.example"), ("SiteIDCode", "1304000009")]
    assert list(site_metas(site)) == three
    for found in (
        head(FRONT, site, WORDS, DATA),
        head(COLUMN, site, WORDS),
        head_of(register, "2026/town/0001"),
    ):
        assert list(found.metas[:3]) == three
    assert list(head(FRONT, site, WORDS, DATA).metas) == three  # 首页只要这三个


def test_what_the_configuration_does_not_say_is_left_out(board: Folder) -> None:
    register = board.register()
    assert list(site_metas(facts(register, url="", id_code=""))) == [("SiteName", "试点镇公开栏")]
    found = head_of(register, "2026/town/0001", url="", id_code="")
    assert "Url" not in dict(found.metas)
    document = node_of(found, "DigitalDocument")
    assert "url" not in document and "url" not in document["publisher"]
    assert all("item" not in step for step in node_of(found, "BreadcrumbList")["itemListElement"])
    front = head(FRONT, facts(register, url=""), WORDS, DATA)
    assert node_of(front, "WebSite")["publisher"]["@id"] == node_of(front, "GovernmentOrganization")["@id"]
    assert "localhost" not in found.json_ld + front.json_ld


@pytest.mark.parametrize("url", ["https://www.xinjin.gov.cn/", "http://www.xinjin.gov.cn:8080/a/b/"])
def test_the_domain_has_neither_scheme_nor_path(board: Folder, url: str) -> None:
    assert dict(site_metas(facts(board.register(), url=url)))["SiteDomain"] == "www.xinjin.gov.cn"


def test_a_column_page_has_four_more(board: Folder) -> None:
    metas = head(COLUMN, facts(board.register()), WORDS).metas
    assert [name for name, _ in metas] == [
        *OF_EVERY_PAGE,
        *("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType", "Description"),
    ]
    values = dict(metas)
    assert values["ColumnName"] == "村级财务" and "村级财务" in values["ColumnDescription"]
    assert values["ColumnKeywords"] == "村级财务,公开目录,村务,试点县试点镇"
    assert values["ColumnType"] == "信息公开目录"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("guide/", "信息公开指南"),
        ("archive/2026/", "信息公开"),
        ("publishers/", "信息公开"),
        ("directory/", "信息公开目录"),
    ],
)
def test_every_column_has_a_type(board: Folder, address: str, kind: str) -> None:
    page = Page(address, "x.html", "栏目", (), None, description="自己的说明")
    values = dict(head(page, facts(board.register()), WORDS).metas)
    assert (values["ColumnType"], values["ColumnDescription"]) == (kind, "自己的说明")


def test_an_article_page_has_three_more_and_the_optional_ones(board: Folder) -> None:
    metas = head_of(board.register(), "2026/town/0001").metas
    assert list(metas[3:]) == [
        ("ArticleTitle", "东街停水"),
        ("PubDate", "2026-11-09 00:00"),
        ("ContentSource", "试点镇人民政府"),
        ("Keywords", "停水停电,镇政府,试点县试点镇"),
        ("Author", "试点镇人民政府"),
        ("Description", "到十一月底。"),
        ("Url", f"{SITE_URL}notices/2026/town/0001/"),
    ]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d", dict(metas)["PubDate"])


def test_no_tag_stands_twice_or_empty(board: Folder) -> None:
    register = board.register()
    site = facts(register)
    heads = [head(FRONT, site, WORDS, DATA), head(COLUMN, site, WORDS)]
    for found in (*heads, *(head_of(register, identifier) for identifier in register.published)):
        names = [name.casefold() for name, _ in found.metas]
        assert len(set(names)) == len(names) and all(content.strip() for _, content in found.metas)


def test_the_front_page_tells_of_the_site_its_owner_and_its_data(board: Folder) -> None:
    found = head(FRONT, facts(board.register()), WORDS, DATA)
    assert kinds(found) == ["WebSite", "GovernmentOrganization", "DataCatalog", "BreadcrumbList"]
    owner = node_of(found, "GovernmentOrganization")
    assert owner["name"] == "试点镇人民政府" and owner["telephone"] == "0000-5550001"
    assert owner["address"] == {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "streetAddress": "试点县试点镇试点路1号",
    }
    assert node_of(found, "WebSite") == {
        "@type": "WebSite",
        "@id": f"{SITE_URL}#website",
        "name": "试点镇公开栏",
        "url": SITE_URL,
        "inLanguage": "zh-CN",
        "publisher": {"@id": owner["@id"]},
    }
    (dataset,) = node_of(found, "DataCatalog")["dataset"]
    assert (dataset["@type"], dataset["dateModified"], dataset["isAccessibleForFree"]) == (
        "Dataset",
        "2026-11-21",
        True,
    )
    assert dataset["distribution"] == [
        {
            "@type": "DataDownload",
            "name": "登记册 JSON",
            "contentUrl": f"{SITE_URL}data/notices.json",
            "encodingFormat": "application/json",
        }
    ]
    assert kinds(head(FRONT, facts(board.register()), WORDS))[-1] == "BreadcrumbList"


def test_every_page_shows_the_way_to_it(board: Folder) -> None:
    steps = node_of(head(COLUMN, facts(board.register()), WORDS), "BreadcrumbList")["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [
        (1, "试点镇公开栏"),
        (2, "公开目录"),
        (3, "村务"),
        (4, "村级财务"),
    ]
    assert [step["item"] for step in steps] == [
        SITE_URL,
        f"{SITE_URL}directory/",
        f"{SITE_URL}directory/village-affairs/",
        f"{SITE_URL}directory/finance/",
    ]
    (only,) = node_of(head(FRONT, facts(board.register()), WORDS), "BreadcrumbList")["itemListElement"]
    assert (only["position"], only["item"]) == (1, SITE_URL)


def test_a_notice_is_a_document_with_its_number_and_its_days(board: Folder) -> None:
    found = head_of(board.register(), "2026/town/0001")
    assert kinds(found) == ["DigitalDocument", "BreadcrumbList"]
    assert node_of(found, "DigitalDocument") == {
        "@type": "DigitalDocument",
        "name": "东街停水",
        "url": f"{SITE_URL}notices/2026/town/0001/",
        "identifier": "11000000MB00000017/2026-00001",
        "abstract": "到十一月底。",
        "about": {"@type": "Thing", "name": "停水停电"},
        "dateCreated": "2026-11-01",
        "datePublished": "2026-11-09",
        "dateModified": "2026-11-09",
        "expires": "2026-11-30",
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": "试点镇人民政府",
            "url": f"{SITE_URL}publishers/town/",
        },
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "creativeWorkStatus": "公示中",
    }


def test_states_and_publishers_are_told_apart(board: Folder) -> None:
    register = board.register()
    long_term = node_of(head_of(register, "2026/town/0004"), "DigitalDocument")
    assert "expires" not in long_term and long_term["creativeWorkStatus"] == "长期有效"
    ended = node_of(head_of(register, "2026/town/0003"), "DigitalDocument")
    assert (ended["creativeWorkStatus"], ended["dateModified"]) == ("已终止", "2026-11-13")
    village = node_of(head_of(register, "2026/east/0001"), "DigitalDocument")
    assert village["publisher"]["@type"] == "Organization"  # 村民委员会不是行政机关
    later = node_of(head_of(board.register(date(2027, 1, 1)), "2026/town/0001"), "DigitalDocument")
    assert later["creativeWorkStatus"] == "已期满"


@pytest.mark.parametrize("identifier", ["2026/town/0002", "2026/town/0003"])
def test_what_was_taken_down_is_not_summed_up(board: Folder, identifier: str) -> None:
    found = head_of(board.register(), identifier)
    assert "不该再看到" not in found.json_ld + repr(found.metas)
    assert "abstract" not in node_of(found, "DigitalDocument")
    assert "撤下" in dict(found.metas)["Description"]
    before = head_of(board.register(date(2026, 11, 12)), identifier)
    assert "不该再看到" in dict(before.metas)["Description"]
    assert "不该再看到" in node_of(before, "DigitalDocument")["abstract"]


def test_addresses_are_absolute_wherever_the_site_lies(board: Folder) -> None:
    found = head_of(board.register(), "2026/town/0001", url="https://www.county.example/a/b/")
    addresses = re.findall(r'"(https?://[^"]+)"', found.json_ld)
    assert all(
        urlsplit(address).path.startswith("/a/b/") for address in addresses if "schema.org" not in address
    )
    assert dict(found.metas)["Url"] == "https://www.county.example/a/b/notices/2026/town/0001/"


class Reader(HTMLParser):
    """What a browser finds between the tags of a script element, and which tags it meets."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        (
            *(
                "</script>",
                "</SCRIPT >",
                "<!--",
                "<script>",
                "]]>",
                "&lt;/script&gt;",
                "\u2028\u2029",
                "\\u003c",
            ),
            *('"', "\\", "{{ x }}", "{% x %}", "\x00", "\ud7ff", "😀"),
        )
    ),
)


@given(NASTY, NASTY, NASTY)
@settings(max_examples=300)
def test_nothing_breaks_out_of_the_script_element(one: str, two: str, three: str) -> None:
    text = for_script({one: [two, {"name": one + two + three}]})
    assert not set(text) & set("<>&\u2028\u2029")
    reader = Reader()
    reader.feed(f'<script type="application/ld+json">{text}</script><p>')
    assert reader.tags == ["script", "p"]
    assert json.loads(reader.text) == {one: [two, {"name": one + two + three}]}


def test_a_title_cannot_end_the_script(tmp_path: Path) -> None:
    folder = a_board(tmp_path)
    folder.notice("2026/town/0001.md", title="'</script><img src=x> &amp; “引号”'")
    found = head_of(folder.register(), "2026/town/0001")
    assert "</script" not in found.json_ld and "\\u003c/script\\u003e" in found.json_ld
    assert node_of(found, "DigitalDocument")["name"] == "</script><img src=x> &amp; “引号”"


def test_heads_are_the_same_each_time(board: Folder) -> None:
    assert head_of(board.register(), "2026/town/0001") == head_of(board.register(), "2026/town/0001")
