from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readings import sample_reading

from bihuan.exchange.page import to_html
from bihuan.reading.model import (
    Action,
    Dimension,
    Link,
    Note,
    Reading,
    Source,
    Span,
    Statement,
    ThemeRef,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
VOID = {"meta", "input", "br", "link", "img", "hr"}


def _source(text: str, name: str = "报告.txt") -> Source:
    return Source(name, "text/plain", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), len(text))


class _Outline(HTMLParser):
    """Checks that elements are closed in order, and keeps the text of the report's paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.paragraphs: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"] or "")
        if "href" in found:
            self.hrefs.append(found["href"] or "")
        if tag == "p" and "data-n" in found:
            self.paragraphs.append("")
            self._inside = len(self.open) + 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if len(self.open) < self._inside:
            self._inside = 0

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.paragraphs[-1] += data


def _parse(page: bytes) -> _Outline:
    outline = _Outline()
    outline.feed(page.decode())
    outline.close()
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    dangling = [h for h in outline.hrefs if not h.startswith("#") or h[1:] not in outline.ids]
    assert dangling == []
    return outline


def _shown(text: str) -> list[str]:
    """The paragraphs a reader sees: non-blank lines, with what HTML can't write replaced."""
    lines = re.split(r"[\r\n]+", text)
    return [re.sub("[\x00\ud800-\udfff]", "\ufffd", line) for line in lines if line.strip()]


def test_sample_page_is_well_formed_and_holds_the_text() -> None:
    reading = sample_reading()
    page = to_html(reading)
    assert _parse(page).paragraphs == _shown(reading.text)
    assert page == to_html(reading)


def test_a_note_on_the_whole_report_quotes_nothing() -> None:
    page = to_html(Reading(_source("一句。"), "一句。", notes=(Note("no-problems", 0, 0, "没有找到问题"),))).decode()
    assert "<li>全文 <span>没有找到问题</span>" in page
    assert "<q" not in page


def test_page_needs_nothing_outside_itself() -> None:
    page = to_html(sample_reading()).decode()
    assert not re.search(r"(?:https?:)?//[a-z]", re.sub(r"<script>.*</script>", "", page, flags=re.DOTALL))
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)
    assert "default-src 'none'" in page
    assert "unsafe" not in page.split("<style>")[0]


def test_what_the_report_does_not_say_is_told() -> None:
    page = to_html(sample_reading()).decode()
    unanswered = page[page.index('id="e-p2"') : page.index('id="e-p3"')]
    assert unanswered.count('<dd class="none">无</dd>') == 2
    assert "未回应" in page[: page.index('id="e-p3"')]
    assert "未对应问题的措施" in page
    assert "责任单位 <b>县教育局</b>" in page
    assert "时限 <b>2026年6月30日</b>" in page
    assert "关联度 88%，依据：理论、研讨" in page
    uncovered = page[page.index("带头固本培元、增强党性</th>") :]
    assert uncovered.index("未涉及") < uncovered.index("</tr>")


def test_page_speaks_english_and_says_that_the_report_is_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIHUAN_LANG", "en")
    page = to_html(sample_reading()).decode()
    assert '<html lang="en">' in page
    assert '<h1 lang="zh-Hans">' in page


def test_reading_without_statements_says_what_to_do() -> None:
    page = to_html(Reading(_source("只有一句。"), "只有一句。")).decode()
    assert "没有读出问题、原因或措施" in page
    assert "扫描件先做文字识别" in page
    empty = to_html(Reading(_source(""), "")).decode()
    assert "材料里没有文字" in empty


def test_hostile_words_stay_words() -> None:
    evil = "</script><script>alert(1)</script><!-- \" ' &amp; \u2028 \u202e\x00 ]]>"
    text = f"{evil}\n一是{evil}。\n{evil}"
    start = text.index("一是")
    problem = Statement('P"><b>', "problem", start, start + 60, Span(start, start + 60), evil, evil)
    measure = Statement("</a>", "measure", start + 70, len(text), Span(start + 70, start + 80))
    reading = Reading(
        _source(text, evil),
        text,
        Span(0, 20),
        theme=ThemeRef(evil, evil, (Dimension(evil, evil),)),
        statements=(problem, measure),
        links=(Link(problem.id, measure.id, "answered-by", 0.5, (evil,)),),
        notes=(Note(evil, 0, 9, evil),),
    )
    page = to_html(reading)
    assert _parse(page).paragraphs == _shown(text)
    assert page.count(b"<script>") == 1


@st.composite
def _readings(draw: st.DrawFn) -> Reading:
    """Any text with any spans in it, overlapping and empty ones too."""
    text = draw(st.text(st.characters(), max_size=80) | st.text("一是。；<>&\"'\r\n\x00\u2028 xA\ud800", max_size=80))
    offsets = st.integers(0, len(text))
    spans = st.tuples(offsets, offsets).map(lambda pair: Span(min(pair), max(pair)))
    statements = []
    for i, kind in enumerate(draw(st.lists(st.sampled_from(("problem", "cause", "measure")), max_size=5))):
        span, headline = draw(spans), draw(spans)
        details = draw(st.lists(spans, max_size=3))
        action = Action(*draw(spans), "", "")
        statements.append(
            Statement(
                f"S{i}", kind, *span, headline, "一是", None, (), "we", tuple(details), (), tuple(details[:1]), ()
            )._replace(actions=(action,))
        )
    notes = tuple(Note("n", *span, "存疑") for span in draw(st.lists(spans, max_size=2)))
    return Reading(_source(text), text, draw(st.none() | spans), statements=tuple(statements), notes=notes)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_readings())
def test_any_text_is_shown_as_it_is(reading: Reading) -> None:
    assert _parse(to_html(reading)).paragraphs == _shown(reading.text)


# In a real browser


browser_only = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def browsing(test):  # type: ignore[no-untyped-def]
    for mark in browser_only:
        test = mark(test)
    return test


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


class _Opened:
    """A page in the browser, with all it asked for and complained of."""

    def __init__(self, browser: Browser, folder: Path, reading: Reading, **context: object) -> None:
        file = folder / "page.html"
        file.write_bytes(to_html(reading))
        self.page: Page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(file.as_uri())
        assert self.requests == [file.as_uri()]

    def in_sight(self, selector: str, pane: str) -> bool:
        """Whether the element's beginning is inside its pane's frame."""
        self.page.wait_for_timeout(80)
        box = self.page.locator(selector).first.bounding_box()
        frame = self.page.locator(pane).bounding_box()
        assert box
        assert frame
        return frame["y"] - 1 <= box["y"] <= frame["y"] + frame["height"]

    def close(self) -> None:
        assert self.complaints == []
        assert len(self.requests) == 1
        self.page.context.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[_Opened]:
    one = _Opened(browser, tmp_path, sample_reading(), viewport={"width": 1280, "height": 620})
    yield one
    one.close()


@browsing
def test_an_entry_and_its_place_find_each_other(opened: _Opened) -> None:
    page = opened.page
    page.locator("#e-p4").click()
    assert page.locator("mark.on").count() == 2  # two paragraphs
    assert "村级“三资”" in page.locator("mark.on").first.inner_text()
    assert opened.in_sight("#s-p4", ".report")
    page.locator("#s-m4").click()
    assert page.locator(".entry.on").inner_text().startswith("措施4")
    assert opened.in_sight("#e-m4", ".cards")
    assert "机关食堂" in page.locator("#live").inner_text()
    page.locator(".flow a.node[data-k=c1]").click()
    assert page.locator("mark.on").get_attribute("id") == "s-c1"
    page.keyboard.press("Escape")
    assert page.locator(".on").count() == 0


@browsing
def test_hovering_lights_up_the_other_side(opened: _Opened) -> None:
    opened.page.locator("#s-p1").hover()
    assert opened.page.locator("#e-p1.hot").count() == 1
    assert opened.page.locator(".flow path.hot").count() == 2


@browsing
def test_keys_walk_through_the_statements(opened: _Opened) -> None:
    page = opened.page
    for _ in range(3):
        page.keyboard.press("j")
    assert page.locator("#e-p3.on").count() == 1
    assert page.evaluate("document.activeElement.dataset.label") == "问题3"
    page.keyboard.press("k")
    assert page.locator("#e-p2.on").count() == 1
    page.keyboard.press("Enter")  # the label is a link: it picks the same statement from the text
    assert page.locator("#e-p2.on").count() == 1
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


@browsing
def test_search_counts_filters_and_goes_to_hits(opened: _Opened) -> None:
    from playwright.sync_api import expect

    page = opened.page
    reading = sample_reading()
    page.keyboard.press("/")
    page.keyboard.type("学习")
    hits = reading.text.count("学习")
    expect(page.locator("#live")).to_have_text(f"原文 {hits} 处，台账 1 条")
    assert page.locator(".card:visible").count() == 1
    assert page.evaluate("CSS.highlights.get('hits').size") == hits
    page.keyboard.press("Enter")
    assert page.evaluate("[...CSS.highlights.get('hit')][0].toString()") == "学习"
    expect(page.locator("#live")).to_contain_text(f"1 / {hits}")
    page.keyboard.press("Escape")
    assert page.locator(".card:visible").count() == page.locator(".card").count()
    page.fill("#q", "xx中学项目专班，2026")  # crosses a mark's end
    expect(page.locator("#found")).to_contain_text("原文 1 处")
    page.fill("#q", "没有这样的词")
    expect(page.locator("#no-match")).to_be_visible()
    page.click("#clear")
    assert page.locator(".card:visible").count() == page.locator(".card").count()


@browsing
def test_filters_by_kind_dimension_and_gap(opened: _Opened) -> None:
    page = opened.page
    page.click("[data-gap-is=answer]")
    assert [c.inner_text()[:3] for c in page.locator(".card:visible .tag.problem").all()] == ["问题2", "问题5"]
    assert page.locator("#found").inner_text() == "台账显示 2 条，共 6 条"
    page.click("[data-dim-is=d1]")
    assert page.locator(".card:visible").count() == 1
    page.locator("#s-m1 .tag").click()  # its card is filtered away: it's picked, and nothing jumps
    assert page.locator("mark.on").get_attribute("id") == "s-m1"
    page.keyboard.press("Escape")
    page.click("[data-gap-is=answer]")
    page.click("[data-dim-is=d1]")
    page.click("[data-kind=problem]")
    assert page.locator(".entry.problem:visible").count() == 0
    page.locator("body").press("j")
    assert page.locator("mark.on").get_attribute("id") == "s-c1"


@browsing
def test_details_can_be_switched_off_and_notes_lead_to_their_place(opened: _Opened) -> None:
    page = opened.page
    line = "getComputedStyle(document.querySelector('.report .hedge')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    page.uncheck("[data-detail=hedge]")
    assert page.evaluate(line) == "none"
    page.click("a[data-note=n1]")
    assert page.locator(".flash").first.inner_text() in sample_reading().text
    assert opened.in_sight(".flash", ".report")


@browsing
def test_phone_shows_one_part_at_a_time(browser: Browser, tmp_path: Path) -> None:
    one = _Opened(browser, tmp_path, sample_reading(), viewport={"width": 390, "height": 844})
    page = one.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not page.locator("#ledger").is_visible()
    page.click("nav a[data-view=ledger]")
    assert page.locator("#ledger").is_visible()
    assert not page.locator("#text").is_visible()
    page.locator("#e-p3 .tag").click()
    assert page.locator("#s-p3").is_visible()
    assert page.locator("#s-p3.on").count() == 1
    page.fill("#q", "光盘")
    page.wait_for_timeout(200)
    page.press("#q", "Enter")
    page.wait_for_timeout(80)
    hit, tools = "[...CSS.highlights.get('hit')][0].getBoundingClientRect().top", page.locator("#tools").bounding_box()
    assert tools
    assert tools["y"] + tools["height"] < page.evaluate(hit) < 844
    page.click("nav a[data-view=relations]")
    assert not page.locator(".flow").is_visible()  # too wide: its table stands in its place
    assert page.locator(".alternative tbody tr").count() == 5
    assert page.locator(".alternative tbody tr").nth(1).inner_text().split() == [
        "问题2",
        "意识形态联席会议召开不够及时",
        "无",
        "无",
    ]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    one.close()


@browsing
def test_a_link_from_outside_picks_its_statement(opened: _Opened) -> None:
    page = opened.page
    page.set_viewport_size({"width": 834, "height": 1100})
    page.goto(f"{page.url}#s-p4")
    page.reload()
    opened.requests.pop()
    assert page.locator(".entry.on").get_attribute("id") == "e-p4"
    page.wait_for_timeout(200)
    tools, place = page.locator("#tools").bounding_box(), page.locator("#s-p4").bounding_box()
    assert tools
    assert place
    assert tools["y"] + tools["height"] <= place["y"] < 1100


@browsing
def test_page_reads_without_javascript(browser: Browser, tmp_path: Path) -> None:
    one = _Opened(
        browser, tmp_path, sample_reading(), java_script_enabled=False, viewport={"width": 1280, "height": 620}
    )
    assert not one.page.locator("#q").is_visible()
    one.page.locator("#e-p4 .tag").click()
    assert one.page.url.endswith("#s-p4")
    assert one.in_sight("#s-p4", ".report")
    one.close()


@browsing
def test_browser_shows_any_text_as_it_is(browser: Browser, tmp_path: Path) -> None:
    text = "<b>&lt;\u2028\u2029\x85\x0b\x0c\x01 \u202e\U0001f600e\u0301 </script><!-- \n\t一是\ufeff缩进\r二\x00三 \n"
    reading = Reading(_source(text), text, statements=(Statement("P1", "problem", 3, 40, Span(3, 9)),))
    one = _Opened(browser, tmp_path, reading)
    shown = one.page.evaluate("[...document.querySelectorAll('.report p')].map(p => p.textContent)")
    assert shown == _shown(text)
    one.close()


@browsing
@pytest.mark.parametrize(
    ("context", "view"),
    [
        ({"viewport": {"width": 1280, "height": 900}}, "text"),
        ({"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}, "text"),
        ({"viewport": {"width": 390, "height": 844}}, "text"),
        ({"viewport": {"width": 390, "height": 844}}, "ledger"),
        ({"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}, "relations"),
    ],
    ids=["light", "dark", "phone text", "phone ledger", "phone relations dark"],
)
def test_page_is_accessible(browser: Browser, tmp_path: Path, context: dict[str, object], view: str) -> None:
    one = _Opened(browser, tmp_path, sample_reading(), **context)
    page = one.page
    page.click(f"nav a[data-view={view}]")
    page.keyboard.press("Escape")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for picked in (False, True):
        if picked:
            page.keyboard.press("j")
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        told = [(v["id"], [(n["target"], n["failureSummary"]) for n in v["nodes"][:3]]) for v in found["violations"]]
        assert told == []
    page.context.close()


@browsing
def test_headings_and_landmarks_are_in_order(opened: _Opened) -> None:
    opened.page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = ["heading-order", "landmark-unique", "landmark-one-main", "region", "skip-link", "page-has-heading-one"]
    found = opened.page.evaluate("(rules) => axe.run(document, {runOnly: {type: 'rule', values: rules}})", rules)
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]] == []


@browsing
def test_printing_shows_everything_in_light(browser: Browser, tmp_path: Path) -> None:
    one = _Opened(browser, tmp_path, sample_reading(), color_scheme="dark", viewport={"width": 390, "height": 844})
    one.page.emulate_media(media="print")
    for selector in ("#text", "#ledger", "#relations"):
        assert one.page.locator(selector).is_visible()
    assert not one.page.locator("#tools").is_visible()
    assert one.page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 39, 53)"
    assert one.page.pdf(format="A4").startswith(b"%PDF")
    one.close()


@browsing
def test_the_drawing_follows_what_is_picked_in_the_text(browser: Browser, tmp_path: Path) -> None:
    text = "".join(f"{i}.学习抓得不紧。\n" for i in range(100, 200))
    spans = [Span(m.start(), m.end()) for m in re.finditer("[^\n]+", text)]
    statements = tuple(Statement(f"P{i}", "problem", *span, span) for i, span in enumerate(spans, 1))
    one = _Opened(
        browser, tmp_path, Reading(_source(text), text, statements=statements), viewport={"width": 1280, "height": 620}
    )
    one.page.locator("#s-p1").click()
    for _ in range(60):
        one.page.keyboard.press("j")
    assert one.in_sight(".flow a.node[data-k=p61]", ".picture")
    one.page.emulate_media(media="print")
    assert not one.page.locator(".flow").is_visible()  # longer than a page: the ledger says the same
    one.close()


@browsing
def test_a_short_report_leaves_no_empty_screen(browser: Browser, tmp_path: Path) -> None:
    one = _Opened(
        browser, tmp_path, Reading(_source("只有一句。"), "只有一句。"), viewport={"width": 1440, "height": 900}
    )
    box = one.page.locator("#work").bounding_box()
    assert box
    assert box["height"] < 400
    one.close()


@browsing
def test_a_big_report_stays_usable(browser: Browser, tmp_path: Path) -> None:
    """A thousand statements in a million characters: bounds are four times what a 2-core machine took."""
    import time

    line = "一是学习不够深入。" + "有的同志对理论学习抓得不紧，还存在差距。" * 49 + "这是结尾。\n"
    text = line * 1000
    problems = range(600)
    statements = [
        Statement(f"S{i}", "problem" if i < 600 else "cause" if i < 700 else "measure", i * len(line),
                  (i + 1) * len(line) - 1, Span(i * len(line), i * len(line) + 9), "一是")
        for i in range(1000)
    ]  # fmt: skip
    links = [Link(f"S{i}", f"S{600 + i % 100}", "caused-by", 0.7, ("学习",)) for i in problems]
    links += [Link(f"S{i}", f"S{700 + i % 300}", "answered-by", 0.7, ("学习",)) for i in problems]
    reading = Reading(_source(text), text, statements=tuple(statements), links=tuple(links))
    began = time.perf_counter()
    size = len(to_html(reading))
    assert time.perf_counter() - began < 4
    assert size < 2.5 * len(text.encode())
    one = _Opened(browser, tmp_path, reading, viewport={"width": 1280, "height": 800})
    began = time.perf_counter()
    one.page.keyboard.press("k")
    assert one.in_sight("#s-m300", ".report")
    one.page.fill("#q", "这是结尾")
    one.page.wait_for_timeout(400)
    for _ in range(3):
        one.page.press("#q", "Shift+Enter")
    one.page.wait_for_timeout(100)
    hit, frame = one.page.evaluate(
        "[[...CSS.highlights.get('hit')][0], document.querySelector('.report')].map((x) => x.getBoundingClientRect().toJSON())"
    )
    assert frame["top"] < hit["top"] < frame["bottom"]
    assert one.page.locator("#found").inner_text() == "原文 1000 处，台账 0 条"
    assert time.perf_counter() - began < 8
    one.close()
