"""The three lists as an official document (公文) laid out by GB/T 9704-2012《党政机关公文格式》.

The master is .docx with the standard's own font names; where they aren't installed, the program that shows the
document substitutes them. The same reading gives the same bytes.
"""

from __future__ import annotations

import io
import math
import zipfile
from datetime import datetime
from itertools import groupby
from typing import Any

import cn2an
import rjieba
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bihuan.exchange import rows
from bihuan.exchange.rows import NONE, Ledger
from bihuan.reading.model import Reading, Statement

BODY_FONT, HEADING_FONT, SUBHEADING_FONT, TITLE_FONT = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN_FONT = "Times New Roman"

# GB/T 9704-2012: A4, margins 37, 35, 28 and 26 mm leave 156 × 225 mm for 22 lines of 28 characters of 3号 (16 pt).
# 22 exact lines of 28.95 pt are 224.7 mm; 28 characters of 16 − 0.25 pt are 155.6 mm.
_LINE = Pt(28.95)
_GRID_PITCH = 579  # twentieths of a point: the same line
_CHARACTER_SPACING = -5  # twentieths of a point
_BODY_SIZE, _TITLE_SIZE, _PAGE_NUMBER_SIZE = Pt(16), Pt(22), Pt(14)  # 3号, 2号, 4号
_TITLE_LINE = 20  # characters of 22 pt in 156 mm
_LONGEST_HEADING = 40  # characters; a longer first sentence is text, not a heading
_TITLE, _LEVEL_1, _LEVEL_2 = "公文标题", "公文一级标题", "公文二级标题"
_FIXED_TIME = datetime(2000, 1, 1)


def to_docx(reading: Reading) -> bytes:
    """The reading's lists of problems, measures and responsibilities as a .docx official document."""
    document = Document()
    _lay_out(document)
    _add_styles(document)
    title = rows.ledger_title(reading)
    core = document.core_properties
    core.title, core.author, core.comments, core.last_modified_by = title[:250], "", "", ""
    core.created = core.modified = _FIXED_TIME
    document.add_paragraph(_balanced(title), style=_TITLE)
    document.add_paragraph()
    ledger = Ledger(reading)
    _write_problems(document, ledger)
    _write_measures(document, ledger)
    _write_duties(document, ledger)
    for paragraph in document.paragraphs:
        for run in paragraph.runs:  # else Word takes “ ” and — from the Latin font, half as wide
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def numeral(number: int) -> str:
    """A counting number in Chinese: 1 is 一, 10 十, 21 二十一, 101 一百零一."""
    return str(cn2an.an2cn(number))


def _balanced(title: str) -> str:
    """The title in lines of about equal length that break between words; one of 2号 holds 20 characters."""
    count = math.ceil(len(title) / _TITLE_LINE)
    if count < 2:
        return title
    lines = [""]
    for word in rjieba.cut(title):
        full = len(lines[-1]) + len(word) / 2 > len(title) / count or len(lines[-1]) + len(word) > _TITLE_LINE
        if full and lines[-1]:
            lines.append(word)
        else:
            lines[-1] += word
    return "\n".join(lines)


# ── contents ──


def _write_problems(document: Any, ledger: Ledger) -> None:
    document.add_paragraph("一、问题清单", style=_LEVEL_1)
    problems = list(enumerate(ledger.problems, 1))
    if not problems:
        document.add_paragraph(f"{NONE}。")
    groups = [(aspect, list(g)) for aspect, g in groupby(problems, key=lambda pair: ledger.aspect(pair[1]))]
    for i, (aspect, members) in enumerate(groups, 1):
        if len(groups) > 1 or aspect != NONE:
            _subheading(document, i, "其他方面" if aspect == NONE else aspect)
        for number, problem in members:
            document.add_paragraph(f"{number}. {_closed(rows.words(ledger.reading, problem))}")
            causes = ledger.causes(problem)
            if causes != NONE:
                document.add_paragraph("原因分析：" + "".join(map(_closed, causes.split("\n"))))


def _write_measures(document: Any, ledger: Ledger) -> None:
    document.add_paragraph("二、措施清单", style=_LEVEL_1)
    if not ledger.measures:
        document.add_paragraph(f"{NONE}。")
    for i, measure in enumerate(ledger.measures, 1):
        words = _closed(rows.words(ledger.reading, measure))
        head = rows.headline(ledger.reading, measure).rstrip("；;，,、 ")
        if len(head) <= _LONGEST_HEADING and words.startswith(head):
            paragraph = _subheading(document, i, head)
            _run(paragraph, words[len(head) :], BODY_FONT)
        else:
            document.add_paragraph(f"（{numeral(i)}）{words}")
        answered = "、".join(map(str, ledger.answered_numbers(measure)))
        line = _duty_line(ledger.reading, measure)
        document.add_paragraph(f"{line}对应问题：{f'第{answered}项' if answered else NONE}。")


def _write_duties(document: Any, ledger: Ledger) -> None:
    document.add_paragraph("三、责任清单", style=_LEVEL_1)
    units = ledger.measures_by_unit()
    if not units:
        document.add_paragraph(f"{NONE}。")
    for i, (unit, measures) in enumerate(units, 1):
        _subheading(document, i, "尚未明确责任单位" if unit == NONE else unit)
        for j, measure in enumerate(measures, 1):
            who, when = rows.duty(ledger.reading, measure), rows.due_text(rows.due(ledger.reading, measure))
            head = rows.headline(ledger.reading, measure).rstrip("。；")
            number = numeral(ledger.number[measure.id])
            answers = f"责任领导：{'、'.join(who.leaders) or NONE}；责任人：{'、'.join(who.people) or NONE}"
            document.add_paragraph(f"{j}. {head}（措施{number}）。{answers}；整改时限：{when}。")


def _closed(text: str) -> str:
    """The item as a sentence of its own: with a full stop where the report had a semicolon, a comma or nothing."""
    text = text.rstrip("；;，,、 ")
    return text if text.endswith(("。", "！", "？", "”", "》", "）", "…", ".")) or text == NONE else f"{text}。"


def _duty_line(reading: Reading, measure: Statement) -> str:
    who, when = rows.duty(reading, measure), rows.due_text(rows.due(reading, measure))
    parts = (
        ("责任领导", "、".join(who.leaders)),
        ("责任单位", "、".join(who.units)),
        ("配合单位", "、".join(who.support)),
        ("责任人", "、".join(who.people)),
        ("整改时限", when),
    )
    return "".join(f"{name}：{value or NONE}；" for name, value in parts)


def _subheading(document: Any, number: int, text: str) -> Any:
    return document.add_paragraph(f"（{numeral(number)}）{text}", style=_LEVEL_2)


# ── layout ──


def _lay_out(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The dash beside the page number stands 7 mm below the type area (GB/T 9704-2012, 7.5).
    section.footer_distance = Mm(25)
    properties = section._sectPr
    grid = properties.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        properties.append(grid)
    # A grid of type linesAndChars breaks LibreOffice's lines; the spacing of the characters is in the styles instead.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(_GRID_PITCH))
    document.settings.odd_and_even_pages_header_footer = True
    for footer, alignment, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], alignment, side)


def _page_number(paragraph: Any, alignment: WD_ALIGN_PARAGRAPH, side: str) -> None:
    """— 1 —, one character in from the outer edge."""
    layout = paragraph.paragraph_format
    layout.alignment, layout.line_spacing_rule, layout.line_spacing = alignment, WD_LINE_SPACING.EXACTLY, Pt(18)
    setattr(layout, f"{side}_indent", _PAGE_NUMBER_SIZE)
    layout.first_line_indent = Pt(0)
    for kind, text in (("text", "— "), ("begin", ""), ("code", " PAGE "), ("end", ""), ("text", " —")):
        run = _run(paragraph, text if kind == "text" else "", "宋体", _PAGE_NUMBER_SIZE)
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _add_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _set_font(normal.font, normal.element.get_or_add_rPr(), BODY_FONT)
    normal.font.size = _BODY_SIZE
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_CHARACTER_SPACING))
    normal.element.rPr.find(qn("w:sz")).addprevious(spacing)  # the schema has an order, and Word insists on it
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")  # else a substitute font may show the forms of Taiwan or Japan
    normal.element.rPr.append(language)
    layout = normal.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False  # every full page has its 22 lines
    layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    layout.first_line_indent = Pt(2 * (16 + _CHARACTER_SPACING / 20))
    normal.element.pPr.ind.set(qn("w:firstLineChars"), "200")
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no gaps beside letters and digits: they'd break the 28 characters
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        normal.element.pPr.find(qn("w:spacing")).addprevious(off)
    for name, font, level in ((_TITLE, TITLE_FONT, None), (_LEVEL_1, HEADING_FONT, 0), (_LEVEL_2, SUBHEADING_FONT, 1)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.next_paragraph_style = normal, normal
        _set_font(style.font, style.element.get_or_add_rPr(), font)
        if level is None:
            style.font.size = _TITLE_SIZE
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
            style.paragraph_format.first_line_indent = Pt(0)
            style.element.pPr.ind.set(qn("w:firstLineChars"), "0")
            style.paragraph_format.line_spacing = Pt(35)
            free = OxmlElement("w:snapToGrid")  # on the grid, a line of 2号 would take two of the text's
            free.set(qn("w:val"), "0")
            style.element.pPr.find(qn("w:spacing")).addprevious(free)
        else:
            outline = OxmlElement("w:outlineLvl")
            outline.set(qn("w:val"), str(level))
            style.element.get_or_add_pPr().append(outline)
            style.paragraph_format.keep_with_next = level == 0


def _set_font(font: Any, properties: Any, name: str) -> None:
    font.name = LATIN_FONT
    properties.rFonts.set(qn("w:eastAsia"), name)


def _run(paragraph: Any, text: str, font: str, size: Any = None) -> Any:
    run = paragraph.add_run(text)
    _set_font(run.font, run._r.get_or_add_rPr(), font)
    if size is not None:
        run.font.size = size
    return run


def _without_times(data: bytes) -> bytes:
    """The same archive with the earliest time a zip can hold on every member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return buffer.getvalue()
