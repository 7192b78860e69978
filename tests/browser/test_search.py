"""The search page and the field in every header: what they show, how they are used, what they never do.

What is found is compared with the same index read by the package. That the package itself finds exactly what
is there is the matter of tests/test_search.py.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from builders import a_folder
from noticeboard.search.find import Choice, Finder
from noticeboard.search.near import Nearby
from noticeboard.search.reader import Reader

pytestmark = pytest.mark.browser

COUNT = ".nb-result-count"
DAY = date(2026, 11, 21)


class Reference:
    """The index of a site, read without a browser."""

    def __init__(self, site) -> None:
        def fetch(name: str) -> bytes | None:
            file = site / "search" / name
            return file.read_bytes() if file.is_file() else None

        self.reader = Reader(fetch)
        self.finder = Finder(self.reader, DAY)

    def urls(self, numbers) -> list[str]:
        return [self.reader.notice(number)["url"] for number in numbers]

    def best(self, least: int, most: int = 10_000) -> str:
        """A query with so many strict results."""
        for query in ("公示", "2026", "村", "年", "月"):
            if least <= len(self.finder.search(query, False).strict) <= most:
                return query
        raise AssertionError("the sample board has no such query")


@pytest.fixture(scope="session")
def reference(sample_site) -> Reference:
    return Reference(sample_site)


@pytest.fixture(scope="session")
def many_town(server, tmp_path_factory) -> str:
    """A town with 130 notices of one day that are found by 停水."""
    folder = a_folder(tmp_path_factory.mktemp("many"))
    for number in range(1, 131):
        folder.notice(f"2026/town/{number:04}.md", title=f"第{number}次停水通知")
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return server.mount("/many/", folder.site)


def links(page: Page, town: str, inside: str = "#results") -> list[str]:
    """The pages that are linked, without the place on each."""
    found = page.evaluate("inside => [...document.querySelectorAll(inside + ' a')].map(a => a.href)", inside)
    return [link.removeprefix(town).partition("#")[0] for link in found]


def ask(page: Page, query: str) -> None:
    """Type a query and wait until the page says what it found."""
    box = page.locator("#q")
    box.fill("")
    expect(page.locator(COUNT)).to_have_text("")
    box.fill(query)
    box.press("Enter")
    expect(page.locator(COUNT)).to_have_text(re.compile("找到|没有|共"))


def settled(page: Page) -> None:
    """Wait until all rows are there: their number stands still."""
    page.wait_for_function(
        """() => {
          const count = document.querySelector(".nb-result-count").textContent;
          const now = document.querySelectorAll(".nb-row").length + count;
          const same = window.before === now;
          window.before = now;
          return same;
        }""",
        polling=300,
    )


def parameters(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def queries(sample) -> list[str]:
    village = sample.village["publisher"]["name"]
    number = sample.first(lambda n, _: n["document_number"] and "〔" in n["document_number"])[
        "document_number"
    ]
    series = number[: number.index("〕") + 1]
    return [
        village[:3],
        sample.village["title"],
        sample.village["category"]["name"],
        sample.village["index_number"],
        number,
        number.replace("〔", "[").replace("〕", "]"),
        series.replace("〔", "［").replace("〕", "］"),
        f" {village[:3]}　2026 ",
        f"{village[:3]} 公示",
        '"低保"',
        "公示 -低保",
        f"村:{village[:3]}",
        "水",
        "ａ",
        "低保",
    ]


# What is shown


def test_the_page_lists_what_the_index_holds_in_its_order(visitor, town, sample, reference):
    page = visitor(town).go("search/")
    for query in queries(sample):
        ask(page, query)
        settled(page)
        found = reference.finder.search(query)
        assert links(page, town)[:50] == reference.urls(found.strict)[:50], query
        shown = reference.urls(found.related)[: max(0, 50 - len(found.strict))]
        assert links(page, town, "#related") == shown, query
        count = page.locator(COUNT).inner_text()
        if found.strict:
            assert count.startswith(f"找到 {len(found.strict)} 条"), query
        elif found.related:
            assert count == f"没有完全相同的，有 {len(found.related)} 条相近的"
    assert len(reference.finder.search("低保").related) > 1


def test_a_result_says_what_it_is(visitor, town, sample, reference):
    page = visitor(town).go("search/")
    labels = {
        "current": "公示中",
        "long_term": "长期有效",
        "expired": "已期满",
        "withdrawn": "已撤销",
        "terminated": "已终止",
        "superseded": "已被替代",
    }
    for kind, label in labels.items():
        address = sample.address(kind)
        notice = next(n for n in sample.notices if n["url"] == address)
        ask(page, notice["index_number"])
        row = page.locator("#results li", has=page.locator(f"a[href*='{address}']"))
        expect(row.locator("a")).to_have_text(notice["title"])
        assert row.locator(".nb-mark").inner_text() == label
        text = row.inner_text()
        year, month, day = map(int, notice["published_on"].split("-"))
        period = re.search(r'nb-status__period">([^<]+)', sample.html(address))[1]
        named = (notice["publisher"]["name"], notice["category"]["name"], notice["document_number"] or "")
        for fact in (*named, period, f"{year}年{month}月{day}日发布", f"索引号 {notice['index_number']}"):
            assert fact in text
        assert row.locator("mark").all_inner_texts() == [notice["index_number"]]


def test_words_are_marked_in_titles_and_texts(visitor, town, sample):
    page = visitor(town).go("search/?q=" + quote("低保"))
    row = page.locator("#results li").first
    expect(row.locator(".nb-row__text mark").first).to_have_text("低保")
    expect(page.locator("#related li").first.locator(".nb-row__reason")).to_have_text("也叫“最低生活保障”")
    expect(page.locator("#related h2")).to_have_count(0)
    expect(page.get_by_role("heading", name="用词不同、内容相近的")).to_be_visible()
    reasons = page.locator("#related li").first.locator("p:not(.nb-row__facts)")
    assert re.match("nb-row__reason", reasons.first.get_attribute("class")), "why, before where"
    title = sample.village["title"]
    ask(page, title[2:6])
    expect(page.locator("#results mark").first).to_have_text(title[2:6])


def test_words_in_an_attachment_are_said_to_be_there(visitor, server, tmp_path):
    folder = a_folder(tmp_path)
    folder.notice("2026/town/0001/index.md", attachments="[{path: 名单.csv, name: 名单}]")
    folder.write("2026/town/0001/名单.csv", "序号,姓名\n1,丁小满\n")
    folder.notice("2026/town/0002.md")
    done = folder.run("build")
    if done.returncode:
        pytest.fail(done.stdout + done.stderr)
    page = visitor(server.mount("/attached/", folder.site)).go("search/?q=" + quote("丁小满"))
    text = page.locator("#results .nb-row__text")
    expect(text).to_have_text(re.compile("^附件里：.*丁小满"))
    expect(text.locator("mark")).to_have_text("丁小满")
    assert "#" not in page.locator("#results a").get_attribute("href"), (
        "the page does not show what is in a file"
    )


def test_a_link_leads_to_the_word_that_was_found(visitor, server, tmp_path):
    folder = a_folder(tmp_path)
    body = "本月通知如下。\n\n" * 60 + "受补助人：丁小满，编号 7-30。\n"
    folder.notice("2026/town/0001.md", title="补助名单", body=body)
    done = folder.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    town = server.mount("/far/", folder.site)
    page = visitor(town).go("search/?q=" + quote("7-30"))
    link = page.locator("#results a")
    expect(link).to_have_attribute("href", re.compile("#:~:text=7%2D30$"))
    ask(page, "丁小满")
    expect(link).to_have_attribute("href", re.compile("#:~:text=" + quote("丁小满") + "$"))
    link.click()
    page.wait_for_url("**/notices/**")
    expect(page.get_by_text("受补助人")).to_be_in_viewport()


def test_what_is_related_can_be_left_out(visitor, town, reference):
    page = visitor(town).go("search/?q=" + quote("低保"))
    expect(page.locator("#related")).to_be_visible()
    page.locator(".nb-filters summary").click()
    page.get_by_label("也找相近的说法").uncheck()
    expect(page.locator("#related")).to_be_hidden()
    assert parameters(page)["similar"] == "no"
    expect(page.locator(COUNT)).to_have_text(f"找到 {len(reference.finder.search('低保').strict)} 条")
    page.reload()
    settled(page)
    expect(page.locator("#related")).to_be_hidden()
    assert not page.locator("#similar").is_checked()
    page.go_back()
    expect(page.locator("#related")).to_be_visible()
    assert page.locator("#similar").is_checked()


def test_what_is_related_is_offered_where_it_was_left_out(visitor, town, reference):
    query = next(
        word
        for word in reference.reader.manifest["synonyms"]
        if (found := reference.finder.search(word)).related and not found.strict
    )
    page = visitor(town).go("search/?similar=no&q=" + quote(query))
    expect(page.locator(COUNT)).to_have_text(f"没有完全相同的；相近的说法有 {len(found.related)} 条。")
    page.get_by_role("button", name="也找相近的说法").click()
    expect(page.locator(COUNT)).to_have_text(f"没有完全相同的，有 {len(found.related)} 条相近的")
    assert parameters(page) == {"q": query}
    assert page.evaluate("document.activeElement.className") == "nb-result-count"
    expect(page.get_by_role("button", name="也找相近的说法")).to_be_hidden()


def test_the_related_ones_can_be_reached_by_keyboard(visitor, town, reference):
    page = visitor(town, viewport={"width": 360, "height": 740}).go("search/?q=" + quote("低保"))
    assert len(reference.finder.search("低保").strict) > 3
    link = page.get_by_role("link", name="看相近的 ↓")
    link.press("Enter")
    heading = page.get_by_role("heading", name="用词不同、内容相近的")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    assert "#" not in page.url
    assert page.locator(f"{COUNT} a").count() == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#related a')")
    ask(page, '"低保"')
    expect(link).to_be_hidden()


@pytest.mark.parametrize("where", ["page", "header"])
def test_what_was_asked_for_is_seen_on_a_small_screen_in_large_type(visitor, town, where):
    page = visitor(town, viewport={"width": 360, "height": 640}).go(
        "search/" if where == "page" else "guide/"
    )
    page.get_by_role("button", name="大字", exact=True).click()
    box = page.locator("#q" if where == "page" else "#find")
    box.press_sequentially("低保")
    if where == "page":
        expect(page.locator(COUNT)).to_contain_text("找到")
        typed = page.evaluate("window.pageYOffset")
        page.wait_for_timeout(300)
        assert page.evaluate("window.pageYOffset") == typed, "nothing moves while one types"
    box.press("Enter")
    expect(page.locator("#results .nb-row__text").first).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('.nb-result-count').getBoundingClientRect().top < innerHeight / 2"
    )
    if where == "page":
        assert page.evaluate("document.activeElement.id") == "q"
    lines = "it => it.clientHeight / parseFloat(getComputedStyle(it).lineHeight)"
    assert all(text.evaluate(lines) < 3.1 for text in page.locator(".nb-row__text").all())


def test_where_nothing_is_found_other_words_are_offered_and_told_apart(visitor, town, reference):
    nearby = Nearby(reference.finder)
    page = visitor(town).go("search/")

    ask(page, "dibao")
    best, *others = nearby.offers("dibao")
    expect(page.locator(COUNT)).to_have_text(f"没有完全相同的。下面是“{best.query}”的 {best.count} 条。")
    settled(page)
    assert links(page, town)[:50] == reference.urls(reference.finder.search(best.query).strict)[:50]
    assert page.locator(".nb-offers a").count() == len(others)

    ask(page, "石桥铺低保")
    parts = next(offer for offer in nearby.offers("石桥铺低保") if offer.kind == "parts")
    expect(page.locator(COUNT)).to_have_text(
        f"没有“石桥铺低保”连在一起的；同时有“石桥铺”和“低保”的 {parts.count} 条在下面。"
    )
    settled(page)
    assert links(page, town) == reference.urls(reference.finder.search(parts.query).all)

    apart = next(offer for offer in nearby.offers("石桥铺低保") if offer.kind == "apart")
    link = page.locator(".nb-offers a").first
    expect(link).to_have_text(f"{apart.query}（{apart.count} 条）")
    link.click()
    expect(page.locator(COUNT)).to_have_text(re.compile(f"{apart.count} 条"))
    assert page.locator("#q").input_value() == apart.query == parameters(page)["q"]
    assert page.evaluate("document.activeElement.className") == "nb-result-count"
    page.go_back()
    expect(page.locator("#q")).to_have_value("石桥铺低保")
    expect(page.locator(COUNT)).to_contain_text("连在一起的")


def test_nothing_found_says_so_and_to_everyone_and_shows_other_ways(visitor, town):
    page = visitor(town).go("search/")
    ask(page, "查无此事哦")
    count = page.locator(COUNT)
    expect(count).to_have_text("没有找到“查无此事哦”。")
    assert count.get_attribute("role") == "status"
    assert page.locator(".nb-row").count() == 0
    for address in ("directory/", "publishers/", "archive/"):
        expect(page.locator(f"#help a[href$='{address}']")).to_be_visible()
    advice = page.locator(".nb-advice")
    expect(advice).to_contain_text("请检查有没有打错字；人名可以只打后两个字，也可以只打村名。可以打电话问：")
    assert advice.locator("a").get_attribute("href").startswith("tel:")
    hint = page.get_by_text("引号里的字不换说法")
    expect(hint).to_be_hidden()
    page.get_by_text("更多写法").click()
    expect(hint).to_be_visible()
    page.locator("#q").fill("")
    page.locator("#q").press("Enter")
    expect(count).to_have_text("")
    expect(advice).to_be_hidden()


# Filters, order, and the address


def select(page: Page, name: str):
    return page.locator(f"[data-filter={name}]")


def offered(page: Page, name: str) -> dict[str, int]:
    texts = page.evaluate(
        """name => [...document.querySelector(`[data-filter=${name}]`).options].slice(1)
          .map(option => [option.value, option.text])""",
        name,
    )
    return {value: int(re.search(r"（(\d+)）$", text)[1]) for value, text in texts}


def test_filters_count_and_combine(visitor, town, reference):
    finder = reference.finder
    page = visitor(town).go("search/?q=" + quote("公示"))
    page.locator(".nb-filters summary").click()
    everything = finder.search("公示").all
    choice = Choice()
    for name, value in (("regime", "village"), ("status", "current"), ("year", "2026")):
        expect(select(page, name).locator(f"option[value='{value}']")).to_be_attached()
        for each, counts in finder.counts(everything, choice).items():
            assert offered(page, each) == counts, (each, choice)
        select(page, name).select_option(value)
        choice = Choice(**{**{n: getattr(choice, n) for n in ("status", "regime", "year")}, name: value})
        chosen = finder.chosen(finder.search("公示").strict, choice)
        expect(page.locator(COUNT)).to_contain_text(f"找到 {len(chosen)} 条")
        settled(page)
        assert links(page, town) == reference.urls(chosen)[:50]
    assert chosen and len(chosen) < len(everything)
    assert parameters(page) == {"q": "公示", "regime": "village", "status": "current", "year": "2026"}
    expect(page.locator(".nb-filters summary")).to_have_text("筛选、排序（已选 3 项）")
    page.get_by_role("button", name="去掉筛选：公开类型 村务公开").click()
    expect(page.locator(".nb-filters summary")).to_have_text("筛选、排序（已选 2 项）")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert "regime" not in parameters(page)
    page.get_by_role("button", name="全部去掉").click()
    expect(page.locator(".nb-chips")).to_be_hidden()
    assert parameters(page) == {"q": "公示"}
    for _ in range(5):
        page.go_back()
    expect(page.locator(".nb-filters summary")).to_have_text("筛选、排序")
    expect(page.locator(COUNT)).to_contain_text(f"找到 {len(finder.search('公示').strict)} 条")
    page.go_forward()
    expect(page.locator(".nb-filters summary")).to_have_text("筛选、排序（已选 1 项）")
    assert select(page, "regime").input_value() == "village"


def test_a_choice_stays_where_it_leaves_nothing(visitor, town, reference):
    total = len(reference.finder.search("低保").all)
    page = visitor(town).go("search/?status=superseded&regime=party&q=" + quote("低保"))
    expect(page.locator(COUNT)).to_have_text(f"按现在的筛选没有；去掉筛选有 {total} 条。")
    expect(select(page, "status")).to_have_value("superseded")
    assert offered(page, "status")["superseded"] == offered(page, "regime")["party"] == 0
    page.get_by_role("button", name="去掉筛选", exact=True).click()
    expect(page.locator(COUNT)).to_contain_text("找到")
    assert parameters(page) == {"q": "低保"}
    assert page.evaluate("document.activeElement.className") == "nb-result-count"
    expect(page.locator(".nb-mend").first).to_be_hidden()


def test_filters_without_words_list_everything_of_them(visitor, town, sample, reference):
    code = sample.village["publisher"]["code"]
    page = visitor(town).go(f"search/?publisher={code}")
    own = [n["url"] for n in sample.notices if n["publisher"]["code"] == code]
    expect(page.locator(COUNT)).to_have_text(f"共 {len(own)} 条")
    settled(page)
    assert set(links(page, town)) == set(own)
    days = [url.split("/")[1] for url in links(page, town)]
    assert days == sorted(days, reverse=True)
    assert page.locator(".nb-row__text, mark").count() == 0


def test_the_newest_first(visitor, town, reference):
    page = visitor(town).go("search/?q=" + quote("低保"))
    settled(page)
    by_weight = links(page, town)
    page.locator(".nb-filters summary").click()
    page.get_by_label("排序").select_option("date")
    newest = reference.urls(sorted(reference.finder.search("低保").strict, reverse=True))
    assert newest != by_weight
    expect(page.locator("#results a").first).to_have_attribute("href", re.compile(newest[0]))
    settled(page)
    assert links(page, town) == newest
    assert parameters(page)["sort"] == "date"


@pytest.mark.parametrize(
    "address",
    [
        "search/?q=100%",
        "search/?q=%E4%B8",
        "search/?x=1&q=%25",
        "search/?q=",
        "search/?publisher=nobody&year=soon&status=%3Cb%3E&regime=constructor&category=__proto__",
        "search/?sort=up&similar=perhaps&q&=&==",
    ],
)
def test_a_damaged_address_still_searches(visitor, town, address):
    page = visitor(town).go(address)
    ask(page, "停水")
    expect(page.locator("#results li").first).to_be_visible()
    expect(page.locator(".nb-chips")).to_be_hidden()


def test_an_address_may_name_what_every_object_has(visitor, town, reference):
    reader = visitor(town)
    page = reader.go("search/?hasOwnProperty=1&q=" + quote("停水"))
    found = len(reference.finder.search("停水").strict)
    assert found
    expect(page.locator(COUNT)).to_contain_text(f"找到 {found} 条")
    expect(page.locator("#results li").first).to_be_visible()
    expect(page.locator("#q")).to_have_value("停水")
    reader.check()


def test_the_address_carries_the_query(visitor, town, sample, reference):
    page = visitor(town).go(sample.address("current"))
    title = sample.village["title"]
    page.locator("#find").fill(title)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r".*/search/\?q=.+"))
    expect(page.locator("#results a").first).to_have_text(title)
    assert page.locator("#q").input_value() == title
    assert page.title().startswith(title)
    page.reload()
    expect(page.locator("#results a").first).to_have_text(title)


# How many are shown, and coming back


def test_fifty_at_a_time(visitor, many_town):
    page = visitor(many_town, viewport={"width": 360, "height": 740}).go("search/?q=" + quote("停水"))
    rows, more = page.locator("#results li"), page.get_by_role("button", name="再显示50条")
    expect(rows).to_have_count(50)
    expect(page.locator(COUNT)).to_have_text("找到 130 条")
    more.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(100)
    expect(page.locator(".nb-further [role=status]")).to_have_text("已显示 100 条，共 130 条")
    assert page.evaluate("document.activeElement.textContent") == "第51次停水通知"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "第50次停水通知"
    more.click()
    expect(rows).to_have_count(130)
    expect(more).to_be_hidden()
    titles = page.locator("#results a").all_inner_texts()
    assert titles == [f"第{number}次停水通知" for number in range(1, 131)]
    ask(page, "第9次")
    expect(rows).to_have_count(1)


def test_back_from_a_notice_everything_is_as_it_was(visitor, many_town):
    page = visitor(many_town, viewport={"width": 360, "height": 740}).go(
        "search/?sort=date&q=" + quote("停水")
    )
    page.get_by_role("button", name="再显示50条").click()
    expect(page.locator("#results li")).to_have_count(100)
    link = page.get_by_role("link", name="第60次停水通知")
    link.scroll_into_view_if_needed()
    link.click()
    page.wait_for_url("**/notices/**")
    page.go_back()
    expect(page.locator("#results li")).to_have_count(100)
    expect(link).to_be_in_viewport()
    assert page.locator("#q").input_value() == "停水"
    assert page.locator("#sort").input_value() == "date"


def test_back_goes_from_query_to_query_not_from_letter_to_letter(visitor, town):
    page = visitor(town).go("search/?q=" + quote("低保"))
    expect(page.locator(COUNT)).to_contain_text("找到")
    box = page.locator("#q")
    box.press("End")
    for typed in ("对", "象"):
        page.keyboard.insert_text(typed)
        page.wait_for_timeout(400)
    expect(page).to_have_url(re.compile(quote("低保对象") + "$"))
    box.press("Enter")
    box.fill("停水")
    expect(page).to_have_url(re.compile(quote("停水") + "$"))
    page.go_back()
    expect(box).to_have_value("低保对象")
    page.go_back()
    expect(box).to_have_value("低保")
    page.go_forward()
    expect(box).to_have_value("低保对象")
    expect(page.locator("#results mark").first).to_have_text("低保对象")


# Typing


def composing(page: Page):
    """What an input method does, told to the browser as the system would."""
    session = page.context.new_cdp_session(page)

    def compose(text: str) -> None:
        session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )

    def commit(text: str) -> None:
        session.send("Input.insertText", {"text": text})

    return compose, commit


@pytest.mark.parametrize("where", ["page", "header"])
def test_what_is_still_being_composed_is_not_searched(visitor, town, where):
    reader = visitor(town)
    page = reader.go("search/" if where == "page" else "guide/")
    box = page.locator("#q" if where == "page" else "#find")
    box.focus()
    page.wait_for_function("() => window.noticeboardSearch")
    page.wait_for_timeout(300)
    reader.watch.requests.clear()
    compose, commit = composing(page)
    for letters in ("d", "di", "di'b", "di'bao"):
        compose(letters)
        page.wait_for_timeout(120)
    page.wait_for_timeout(500)
    assert box.input_value() == "di'bao"
    assert reader.watch.requests == [], "nothing is looked for"
    assert "q=" not in page.url
    commit("低保")
    assert box.input_value() == "低保"
    if where == "page":
        expect(page.locator(COUNT)).to_contain_text("找到")
        assert parameters(page) == {"q": "低保"}
    else:
        expect(page.get_by_role("option").last).to_contain_text("查看全部")


KEYS = """(input, order) => {
  const key = (keyCode, isComposing) => input.dispatchEvent(
    new KeyboardEvent("keydown", {key: "Enter", keyCode, isComposing, bubbles: true, cancelable: true}));
  const composition = (type, data) => input.dispatchEvent(new CompositionEvent(type, {data, bubbles: true}));
  const typed = (value, isComposing) => {
    input.value = value;
    input.dispatchEvent(new InputEvent("input", {isComposing, bubbles: true}));
  };
  let submitted = 0;
  input.form.addEventListener("submit", event => { submitted += 1; event.preventDefault(); });
  const submit = () => input.form.dispatchEvent(new Event("submit", {bubbles: true, cancelable: true}));
  composition("compositionstart", "");
  typed("dibao", true);
  if (order === "safari") {
    typed("低保", true);
    composition("compositionend", "低保");
    key(229, false);
    submit();
  } else {
    key(229, true);
    submit();
    typed("低保", true);
    composition("compositionend", "低保");
  }
  return submitted;
}"""


@pytest.mark.parametrize("order", ["safari", "others"])
@pytest.mark.parametrize("where", ["page", "header"])
def test_the_enter_that_ends_a_composition_sends_nothing(visitor, town, where, order):
    page = visitor(town).go("search/" if where == "page" else "guide/")
    box = page.locator("#q" if where == "page" else "#find")
    box.focus()
    assert box.evaluate(KEYS, order) == 0
    if where == "page":
        expect(page.locator(COUNT)).to_contain_text("找到")
        return
    expect(page.get_by_role("option").last).to_contain_text("查看全部")
    assert page.url.endswith("guide/")


def test_what_comes_without_keys_is_searched_too(visitor, town):
    """Dictation, pasting by a menu, and the cross of the field."""
    page = visitor(town).go("search/")
    page.locator("#q").focus()
    page.keyboard.insert_text("停水")
    expect(page.locator(COUNT)).to_contain_text("找到")
    box = page.locator("#q").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator(COUNT)).to_have_text("")
    expect(page.locator("#results li")).to_have_count(0)
    expect(page.locator("#help")).to_be_visible()


# The field in the header


def test_nothing_is_fetched_where_nobody_searches(visitor, town, sample):
    reader = visitor(town)
    page = reader.go(sample.address("current"))
    page.mouse.wheel(0, 500)
    page.wait_for_timeout(300)
    asked = [url for url in reader.watch.requests if "search-engine" in url or "/search/" in url]
    assert asked == []
    page.locator("#find").focus()
    page.wait_for_function("() => window.noticeboardSearch")
    page.wait_for_timeout(300)
    asked = [urlsplit(url).path for url in reader.watch.requests if "/search" in url and "field" not in url]
    assert [path.removeprefix("/some/town/") for path in asked] == [
        "assets/search-engine.js",
        "search/index.js",
    ]


def test_suggestions_as_one_types(visitor, town, reference):
    page = visitor(town).go("guide/")
    box, options = page.get_by_role("combobox", name="找公示"), page.get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("d")
    page.wait_for_timeout(500)
    assert options.count() == 0, "one letter says nothing"
    box.fill("水")
    expect(box).to_have_attribute("aria-expanded", "true")
    found = reference.finder.search("水")
    titles = [reference.reader.notice(number)["title"] for number in found.all[:6]]
    assert options.count() == len(titles) + 1
    for title, text in zip(titles, options.all_inner_texts(), strict=False):
        assert text.startswith(title)
    expect(options.last).to_have_text(f"查看全部 {len(found.strict)} 条结果")
    expect(page.locator(".nb-find [role=status]")).to_have_text(f"有 {len(found.all)} 条结果，按上下键选择")
    options.nth(1).click()
    page.wait_for_url(town + reference.urls(found.all)[1])
    page.go_back()
    box.fill("水")
    options.last.click()
    page.wait_for_url(re.compile(r"/search/\?q=" + quote("水") + "$"))


def test_suggestions_say_when_there_are_none(visitor, town):
    page = visitor(town).go("guide/")
    page.locator("#find").fill("查无此事哦")
    expect(page.get_by_role("option")).to_have_text(["按“查无此事哦”查找 →"])
    page.locator("#find").press("Escape")
    expect(page.locator("#find-options")).to_be_hidden()
    assert page.locator("#find").input_value() == "查无此事哦"
    page.locator("#find").press("Enter")
    expect(page.locator(COUNT)).to_contain_text("没有找到")


def test_suggestions_close_where_the_reader_goes_on(visitor, town):
    page = visitor(town).go("guide/")
    page.locator("#find").fill("水")
    expect(page.get_by_role("option").first).to_be_visible()
    page.mouse.click(5, 200)
    expect(page.locator("#find-options")).to_be_hidden()
    page.locator("#find").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#find-options")).to_be_hidden()


def test_the_whole_search_by_keyboard_alone(visitor, town, reference):
    page = visitor(town, viewport={"width": 1000, "height": 600}).go("guide/")
    active = "document.activeElement.id"
    while page.evaluate(active) != "find":
        page.keyboard.press("Tab")
    page.keyboard.insert_text("公示")
    box, options = page.locator("#find"), page.get_by_role("option")
    expect(options.first).to_be_visible()

    def chosen() -> str:
        return page.evaluate(
            """() => {
              const id = document.activeElement.getAttribute("aria-activedescendant");
              return id ? document.getElementById(id).innerText : "";
            }"""
        )

    first, last = options.first.inner_text(), options.last.inner_text()
    for key, expected in {
        "ArrowDown": first,
        "ArrowUp": "",
        "End": "",
    }.items():
        page.keyboard.press(key)
        assert chosen() == expected, key
    for key, expected in (
        ("ArrowUp", last),
        ("Home", first),
        ("End", last),
        ("ArrowDown", ""),
        ("ArrowDown", first),
    ):
        page.keyboard.press(key)
        assert chosen() == expected, key
        assert page.evaluate(active) == "find", "the focus stays in the field"
    assert page.locator("[aria-selected=true]").count() == 1
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("#results li").first).to_be_visible()

    while page.evaluate("document.activeElement.tagName") != "SUMMARY":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.filter") == "status"
    page.keyboard.press("ArrowDown")
    total = len(reference.finder.chosen(reference.finder.search("公示").strict, Choice(status="current")))
    expect(page.locator(COUNT)).to_contain_text(f"找到 {total} 条")
    assert page.evaluate("document.activeElement.dataset.filter") == "status"
    while not page.evaluate("document.activeElement.matches('#results a')"):
        page.keyboard.press("Tab")
    title = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notices/**")
    assert page.locator("h1").inner_text() == title
    page.keyboard.press("Alt+ArrowLeft")
    page.go_back() if "/notices/" in page.url else None
    expect(page.locator(COUNT)).to_contain_text(f"找到 {total} 条")
    assert select(page, "status").input_value() == "current"


def test_the_header_searches_without_scripts(visitor, town, sample):
    page = visitor(town, java_script_enabled=False).go(sample.address("current"))
    page.locator("#find").fill("低保")
    page.keyboard.press("Enter")
    page.wait_for_url(town + "search/?q=" + quote("低保"))
    for address in ("directory/", "publishers/", "archive/"):
        assert page.locator(f"#main .nb-empty a[href$='{address}']").is_visible()
    assert not page.locator(".nb-finder, #help, .nb-again").first.is_visible()


@pytest.mark.parametrize("width", [320, 360])
def test_the_header_s_field_can_be_used_in_large_type_on_a_phone(visitor, town, sample, width):
    page = visitor(town, viewport={"width": width, "height": 740}).go(sample.address("current"))
    page.get_by_role("button", name="大字", exact=True).click()
    box = page.locator("#find").bounding_box()
    assert box["width"] >= 180 and box["height"] >= 44
    page.locator("#find").fill("低保")
    expect(page.get_by_role("option").first).to_be_visible()
    listed = page.locator("#find-options").bounding_box()
    assert listed["x"] >= 0 and listed["x"] + listed["width"] <= width
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_be_in_viewport()


# Faults and attacks


@pytest.mark.parametrize(
    "missing", ["**/search-engine.js*", "**/search/index.js*", "**/search/g/*", "**/search/n/*"]
)
def test_search_says_so_when_the_index_cannot_be_read_and_tries_again(visitor, town, missing):
    reader = visitor(town)
    page = reader.page
    page.route(missing, lambda route: route.abort())
    reader.go("search/?q=" + quote("停水"))
    expect(page.locator(COUNT)).to_have_text("没有连上网站，请稍后再试。")
    assert page.locator(".nb-row").count() == 0
    again = page.get_by_role("button", name="再试一次")
    page.unroute(missing)
    again.click()
    expect(page.locator(COUNT)).to_contain_text("找到")
    expect(page.locator("#results li").first).to_be_visible()
    expect(again).to_be_hidden()
    reader.expect("Failed to load resource")


def test_the_header_s_field_still_leads_on_when_the_index_cannot_be_read(visitor, town):
    reader = visitor(town)
    page = reader.page
    page.route("**/search/index.js*", lambda route: route.abort())
    reader.go("guide/")
    page.locator("#find").fill("停水")
    page.wait_for_timeout(600)
    expect(page.locator("#find-options")).to_be_hidden()
    page.locator("#find").press("Enter")
    expect(page.locator(COUNT)).to_have_text("没有连上网站，请稍后再试。")
    reader.expect("Failed to load resource")


def test_a_title_is_text_wherever_it_stands(visitor, small_town, small_board):
    page = visitor(small_town).page
    titles = [
        """<img src=x onerror="window.hacked = 1">停电通知""",
        "<script>window.hacked = 2</script>&amp; {{ 7 * 7 }}",
    ]
    for address in ("", "publishers/town/", "directory/outage/", "directory/policy/", "search/?q=hacked"):
        page.goto(small_town + address)
        page.wait_for_selector(".nb-row, .nb-register tr")
        if address.startswith("search/"):
            settled(page)
        text = page.locator("#main").inner_text()
        shown = [title for title in titles if title in text]
        assert len(shown) == (1 if address.startswith("directory/") else 2), address
        assert page.evaluate("window.hacked") is None
        assert page.locator("#main img, #main script").count() == 0
    for number, title in zip(("0002", "0003"), titles, strict=True):
        page.goto(f"{small_town}notices/2026/town/{number}/")
        assert page.locator("h1").inner_text() == title
        assert page.title().startswith(title)
        assert page.evaluate("window.hacked") is None
    page.locator("#find").fill("hacked")
    expect(page.get_by_role("option")).to_have_count(3)
    assert sorted(text.split("\n")[0] for text in page.get_by_role("option").all_inner_texts()[:2]) == sorted(
        titles
    )
    assert page.locator(".nb-find img, .nb-find script").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    "query",
    [
        "<img src=x onerror=window.hacked=3>",
        '"><script>window.hacked=4</script>',
        "{query}{count}{constructor}",
        "javascript:window.hacked=5",
        "𠮷𠮷'\"&<>",
    ],
)
def test_a_query_is_text_wherever_it_stands(visitor, small_town, query):
    page = visitor(small_town).go("search/?q=" + quote(query))
    expect(page.locator(COUNT)).to_have_text(f"没有找到“{query}”。")
    assert page.locator("#q").input_value() == query
    assert page.title().startswith(query)
    page.goto(f"{small_town}search/?status=current&publisher={quote(query)}&year={quote(query)}")
    expect(page.locator(COUNT)).to_have_text("共 3 条")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#main img, #main script, .nb-chips img").count() == 0


# Places


def test_search_in_a_folder_without_a_server(visitor, sample_site, reference):
    site = sample_site.as_uri() + "/"
    page = visitor(site).go("search/index.html?q=" + quote("低保"))
    found = reference.finder.search("低保")
    expect(page.locator(COUNT)).to_contain_text(f"找到 {len(found.strict)} 条")
    settled(page)
    assert [unquote(link) for link in links(page, site)] == [
        url + "index.html" for url in reference.urls(found.strict)
    ]
    page.locator("#results a").first.click()
    page.wait_for_url("**/notices/**")
    page.locator("#find").fill("公示")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=*")
    expect(page.locator("#results li").first).to_be_visible()


def test_marks_follow_the_day(visitor, town, sample):
    """A page that was built weeks ago says what is so today, in the list and in the filters."""
    notice = sample.village
    reader = visitor(town)
    reader.page.clock.set_fixed_time("2030-01-01T12:00:00+08:00")
    page = reader.go("search/?q=" + notice["index_number"])
    row = page.locator("#results li", has=page.locator(f"a[href*='{notice['url']}']"))
    expect(row.locator(".nb-mark")).to_have_text("已期满")
    expect(select(page, "status").locator("option[value=expired]")).to_be_attached()


def test_results_on_paper(visitor, town):
    page = visitor(town).go("search/?q=" + quote("低保") + "&regime=village")
    expect(page.locator("#results .nb-row__text").first).to_be_visible()
    sheet = page.locator(".nb-sheet")
    expect(sheet).to_be_hidden()
    page.emulate_media(media="print")
    address = unquote(page.url).removeprefix("http://")
    said = sheet.inner_text().split("\u3000")
    assert said[0] == page.locator(".nb-brand__name").text_content()
    assert re.fullmatch(r"\d+年\d+月\d+日", said[1])
    assert said[2:] == ["查找“低保”", "公开类型：村务公开", address]
    for hidden in (".nb-header", ".nb-search", ".nb-finder", ".nb-jump", ".nb-further", "#help"):
        assert not page.locator(hidden).is_visible(), hidden
    assert (
        page.locator("#results mark").first.evaluate("it => getComputedStyle(it).textDecorationLine")
        == "underline"
    )


def test_the_words_of_the_page_are_in_the_template(sample_site):
    """A script that says something by itself cannot be put into other words."""
    for name in ("search.js", "search-field.js"):
        text = (sample_site / "assets" / name).read_text("utf-8")
        assert not re.search(r"[\u3000-\u9fff]", text), name
    assert "再试一次" in (sample_site / "search/index.html").read_text("utf-8")
