from __future__ import annotations

import dataclasses
import hashlib
import io
import zipfile
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from office import needs_office, to_pdf
from readings import sample_reading

from bihuan.exchange.official import numeral, to_docx
from bihuan.reading.model import Reading, Source, Span, Statement

POINTS_PER_MM = 72 / 25.4


def reading_of(text: str) -> Reading:
    """A reading whose whole text is one problem, and once more a measure."""
    source = Source("a.txt", "text/plain", hashlib.sha256(b"").hexdigest(), len(text))
    statements = tuple(
        Statement(i, k, 0, len(text), Span(0, len(text))) for i, k in (("P1", "problem"), ("M1", "measure"))
    )
    return Reading(source, text, statements=statements)


def lines(data: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(data)).paragraphs]


@pytest.mark.parametrize(
    ("number", "chinese"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
    ],
)
def test_numerals_beyond_ten(number: int, chinese: str) -> None:
    assert numeral(number) == chinese


def test_the_three_lists_in_order() -> None:
    text = lines(to_docx(sample_reading()))
    assert text[0] == "青禾县委常委班子专题民主生活会整改台账"
    headings = [line for line in text if line[:2] in ("一、", "二、", "三、")]
    assert headings == ["一、问题清单", "二、措施清单", "三、责任清单"]
    assert "（一）带头强化政治忠诚、提高政治能力" in text
    assert "2. 意识形态联席会议召开不够及时。" in text
    assert "原因分析：宗旨意识有所淡化。" in text
    assert (
        "责任领导：无；责任单位：县农业农村局、县纪委监委；配合单位：无；责任人：张禾；整改时限：立行立改；对应问题：第4项。"
        in text
    )
    assert text[-2:] == [
        "（五）尚未明确责任单位",
        "1. 加强机关食堂管理（措施四）。责任领导：无；责任人：无；整改时限：长期坚持。",
    ]


def test_a_long_title_breaks_between_words_into_even_lines() -> None:
    title = "中共青禾县委常委班子2025年度专题民主生活会“五个带头”对照检查材料"
    reading = reading_of(title)
    first = lines(to_docx(dataclasses.replace(reading, title=Span(0, len(title)))))[0]
    assert first.replace("\n", "") == "中共青禾县委常委班子2025年度专题民主生活会“五个带头”整改台账"
    lengths = [len(line) for line in first.split("\n")]
    assert max(lengths) <= 20
    assert max(lengths) - min(lengths) <= 6


def test_fonts_and_sizes_are_the_standards() -> None:
    document = Document(io.BytesIO(to_docx(sample_reading())))

    def font(style: str) -> tuple[str, float]:
        element = document.styles[style].element
        size = document.styles[style].font.size or document.styles["Normal"].font.size
        return element.rPr.rFonts.get(qn("w:eastAsia")), size.pt

    assert font("Normal") == ("仿宋_GB2312", 16)
    assert font("公文标题") == ("方正小标宋简体", 22)
    assert font("公文一级标题") == ("黑体", 16)
    assert font("公文二级标题") == ("楷体_GB2312", 16)
    measure = next(p for p in document.paragraphs if p.text.startswith("（一）加强理论武装。"))
    assert measure.style.name == "公文二级标题"
    assert measure.runs[1]._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_properties_stand_in_the_order_of_the_schema() -> None:
    paragraph = (
        "pStyle",
        "keepNext",
        "keepLines",
        "widowControl",
        "autoSpaceDE",
        "autoSpaceDN",
        "snapToGrid",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
    )
    run = ("rFonts", "b", "color", "spacing", "sz", "szCs", "lang")
    document = Document(io.BytesIO(to_docx(sample_reading())))
    ours = [document.styles[name].element for name in ("Normal", "公文标题", "公文一级标题", "公文二级标题")]
    footer = document.sections[0].footer._element
    seen = 0
    for root in (*ours, document.element.body, footer):
        for tag, order in (("w:pPr", paragraph), ("w:rPr", run)):
            for properties in root.iter(qn(tag)):
                names = [child.tag.split("}")[1] for child in properties if child.tag != qn("w:rPr")]
                if "sectPr" not in names:
                    assert names == sorted(names, key=order.index)
                    seen += 1
    assert seen > 20


def test_same_reading_same_bytes() -> None:
    first, second = to_docx(sample_reading()), to_docx(sample_reading())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_item_ends_as_a_sentence() -> None:
    text = lines(to_docx(reading_of("一是学得少；")))
    assert "1. 一是学得少。" in text
    assert "（一）一是学得少。" in text


def test_a_reading_without_statements_says_so() -> None:
    empty = Reading(Source("a.txt", "text/plain", "", 0), "")
    assert lines(to_docx(empty)) == [
        "整改台账",
        "",
        "一、问题清单",
        "无。",
        "二、措施清单",
        "无。",
        "三、责任清单",
        "无。",
    ]


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_a_valid_document(text: str) -> None:
    data = to_docx(reading_of("\x00\ud800" + text + "\ufffe"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        etree.fromstring(archive.read("word/document.xml"))
    assert "一、问题清单" in lines(data)


@needs_office
@pytest.mark.office
def test_a_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument(to_pdf(to_docx(reading_of("汉字" * 2000)), "long.docx", tmp_path))
    page = pdf[1]  # the second page holds nothing but body text
    assert page.get_width() == pytest.approx(210 * POINTS_PER_MM, abs=0.5)
    assert page.get_height() == pytest.approx(297 * POINTS_PER_MM, abs=0.5)
    text_page = page.get_textpage()
    origins: Counter[int] = Counter()
    lefts, rights, tops, bottoms = [], [], [], []
    for i in range(text_page.count_chars()):
        if text_page.get_text_range(i, 1) not in "汉字":
            continue
        left, bottom, right, top = text_page.get_charbox(i, loose=True)
        origins[round((bottom + top) / 2)] += 1
        lefts.append(left)
        rights.append(right)
        bottoms.append(bottom)
        tops.append(top)
    assert len(origins) == 22
    assert set(origins.values()) == {28}
    assert min(lefts) / POINTS_PER_MM == pytest.approx(28, abs=0.5)
    assert 210 - max(rights) / POINTS_PER_MM == pytest.approx(26, abs=0.7)
    centre = (min(origins) + max(origins)) / 2 / POINTS_PER_MM
    assert centre == pytest.approx(35 + 225 / 2, abs=1.5)  # the middle of the type area, from the page's foot


@needs_office
@pytest.mark.office
def test_page_numbers_stand_at_the_outer_edges(tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument(to_pdf(to_docx(reading_of("汉字" * 1000)), "pages.docx", tmp_path))
    for number in (1, 2, 3):
        page = pdf[number - 1]
        outer = page.get_width() / 2
        left, right = (outer, page.get_width()) if number % 2 else (0, outer)
        foot = page.get_textpage().get_text_bounded(left, 0, right, 35 * POINTS_PER_MM)
        assert foot.strip() == f"— {number} —"
