from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import time
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from office import needs_office, to_pdf
from python_calamine import CalamineWorkbook
from readings import TEXT, sample_reading

from bihuan.errors import OutputError
from bihuan.exchange.files import write_whole
from bihuan.exchange.rows import COLUMNS, UNMATCHED, Ledger, ledger_title
from bihuan.exchange.workbook import SHEETS, to_xlsx
from bihuan.reading.model import Action, Deadline, Link, Owner, Reading, Source, Span, Statement

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def sheet(data: bytes, name: str) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def reading_of(text: str, **measure: object) -> Reading:
    """A reading whose whole text is a problem and the measure that answers it."""
    source = Source("a.txt", "text/plain", hashlib.sha256(b"").hexdigest(), len(text))
    whole = Span(0, len(text))
    statements = (
        Statement("P1", "problem", *whole, whole),
        Statement("M1", "measure", *whole, whole, **measure),
    )
    return Reading(source, text, statements=statements, links=(Link("P1", "M1", "answered-by", 1.0, ()),))


# ── rows ──


def test_a_row_for_each_problem_and_measure_and_unmatched_ones_last() -> None:
    rows = Ledger(sample_reading()).rows()
    pairs = [
        (r.number, r.problem_statement and r.problem_statement.id, r.measure_statement and r.measure_statement.id)
        for r in rows
    ]
    assert pairs == [
        (1, "P1", "M1"),
        (2, "P2", None),
        (3, "P3", "M2"),
        (4, "P4", "M2"),
        (4, "P4", "M3"),
        (5, "P5", None),
        (6, None, "M4"),
    ]
    assert rows[1][4:13] == ("无",) * 9
    assert (rows[-1].aspect, rows[-1].problem) == (UNMATCHED, "无")


def test_cells_hold_what_the_report_says() -> None:
    first, *_, village, _, canteen = Ledger(sample_reading()).rows()
    assert first.problem.startswith("理论学习不够深入。")
    assert first.causes == "理论武装抓得不实。"
    assert first.actions == "1. 每季度开展1次集中研讨\n2. 每半年组织1次理论测试"
    assert first.goal == "每季度开展集中研讨1次\n每半年组织理论测试1次"
    assert (first.units, first.support, first.due) == ("县委办公室", "县委宣传部", date(2026, 6, 30))
    assert (village.people, village.units, village.due) == ("张禾", "县农业农村局、县纪委监委", "立行立改")
    assert (village.leaders, village.percent) == ("无", 0)
    assert village.problem.endswith("群众意见很大。这个问题在去年的巡察中已经指出过。")
    assert (canteen.due, canteen.status) == ("长期坚持", "长期坚持")


def test_without_a_theme_the_heading_above_is_the_aspect() -> None:
    text = "一、问题\n　　（一）理论学习方面。一是学得少。"
    start = text.index("一是")
    problem = Statement("P1", "problem", start, len(text), Span(start, len(text)), number="（一）一是")
    reading = Reading(Source("a.txt", "text/plain", "", len(text)), text, statements=(problem,))
    (row,) = Ledger(reading).rows()
    assert (row.aspect, row.problem) == ("理论学习", "学得少。")


def test_a_number_in_half_width_signs_is_the_same_number() -> None:
    text = "(二)理论学习方面\n 1．学得少。"
    start = text.index("1")
    problem = Statement("P1", "problem", start, len(text), Span(start, len(text)), number="（二）1.")
    reading = Reading(Source("a.txt", "text/plain", "", len(text)), text, statements=(problem,))
    (row,) = Ledger(reading).rows()
    assert (row.aspect, row.problem) == ("理论学习", "学得少。")


def test_the_title_names_the_ledger() -> None:
    assert ledger_title(sample_reading()) == "青禾县委常委班子专题民主生活会整改台账"
    assert ledger_title(Reading(Source("a.txt", "text/plain", "", 0), "")) == "整改台账"
    audit = "审计发现问题整改台账"
    assert (
        ledger_title(Reading(Source("a.txt", "text/plain", "", 0), audit, Span(0, len(audit))))
        == "审计发现问题整改台账"
    )


@pytest.mark.parametrize(
    ("names", "leaders", "units"),
    [
        (("王建国", "住建", "区住建局"), "王建国", "住建、区住建局"),
        (("高新区", "各镇街", "李某某"), "李某某", "高新区、各镇街"),
        (("县委书记", "区妇联"), "县委书记", "区妇联"),
    ],
)
def test_people_are_told_from_units(names: tuple[str, ...], leaders: str, units: str) -> None:
    action = Action(0, 2, "开展", "清理", owner=Owner(0, 2, names))
    row = Ledger(reading_of("开展清理", actions=(action,))).rows()[0]
    assert (row.leaders, row.units) == (leaders, units)


@pytest.mark.parametrize(
    ("said", "lead", "expected"),
    [
        ("责任领导：欧阳禾；责任单位：住建", ("欧阳禾", "住建"), ("欧阳禾", "住建", "无")),
        ("责任单位：县教育局；责任人：欧阳禾", ("县教育局", "欧阳禾"), ("无", "县教育局", "欧阳禾")),
        ("责任单位和责任人：县教育局、王禾", ("县教育局", "王禾"), ("无", "县教育局", "王禾")),
        ("责任人：各镇街负责人、办公室", ("各镇街负责人", "办公室"), ("无", "办公室", "各镇街负责人")),
        ("牵头领导：副县长李禾", ("副县长李禾",), ("副县长李禾", "无", "无")),
    ],
)
def test_the_field_says_who_is_who(said: str, lead: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    action = Action(0, len(said), "开展", "清理", owner=Owner(0, len(said), lead))
    row = Ledger(reading_of(said, actions=(action,))).rows()[0]
    assert (row.leaders, row.units, row.people) == expected


def test_an_action_is_told_without_the_measures_number() -> None:
    text = "1.清理账目，按月公开。"
    actions = (Action(0, 6, "清理", "账目"), Action(7, 11, "公开", ""))
    assert Ledger(reading_of(text, number="1.", actions=actions)).rows()[0].actions == "1. 清理账目\n2. 按月公开"


# ── the workbook ──


def test_sheets_and_ledger_as_read_back() -> None:
    data = to_xlsx(sample_reading())
    assert tuple(CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names) == SHEETS
    ledger = sheet(data, "整改台账")
    assert ledger[0][0] == "青禾县委常委班子专题民主生活会整改台账"
    assert tuple(ledger[2][: len(COLUMNS)]) == COLUMNS
    body = ledger[3:10]
    assert [row[0] for row in body] == [1, 2, 3, 4, 4, 5, 6]  # merged cells hold their value in every row
    assert [row[COLUMNS.index("整改时限")] for row in body] == [
        date(2026, 6, 30), "无", date(2026, 9, 30), date(2026, 9, 30), "立行立改", "无", "长期坚持",
    ]  # fmt: skip
    assert all(cell not in ("", None) for row in body for cell in row[: len(COLUMNS)])
    assert [row[0] for row in sheet(data, "责任清单")[3:8]] == [
        "县委办公室",
        "县教育局",
        "县农业农村局",
        "县纪委监委",
        "无",
    ]


def test_merges_rules_panes_and_page_of_the_ledger() -> None:
    data = to_xlsx(sample_reading())
    xml = part(data, "xl/worksheets/sheet1.xml")
    merges = {m.get("ref") for m in xml.iterfind(".//x:mergeCell", NS)}
    assert {"A7:A8", "C7:C8", "D7:D8", "B4:B5", "B6:B9", "S7:S8"} <= merges
    assert not any(ref.startswith("E") for ref in merges)
    due = xml.find(".//x:c[@r='L4']", NS)
    assert due.get("t") is None  # a number
    assert due.findtext("x:v", namespaces=NS) == "46203"  # 2026-06-30
    pane = xml.find(".//x:pane", NS)
    assert (pane.get("topLeftCell"), pane.get("state")) == ("D4", "frozen")
    assert xml.find("x:autoFilter", NS).get("ref") == "A3:T10"
    setup = xml.find("x:pageSetup", NS)
    assert (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToHeight")) == ("9", "landscape", "0")
    assert "第 &P 页，共 &N 页" in xml.findtext("x:headerFooter/x:oddFooter", namespaces=NS)
    validations = {v.get("sqref").split(":")[0]: v for v in xml.iterfind(".//x:dataValidation", NS)}
    status = validations["O4"].findtext("x:formula1", namespaces=NS)
    assert status == '"未启动,进行中,已提交,已销号,长期坚持"'
    assert validations["O4"].get("showErrorMessage") == "1"
    assert validations["I4"].findtext("x:formula1", namespaces=NS) == "责任单位名单"
    assert validations["I4"].get("showErrorMessage") is None  # others allowed
    formulas = [f.text for f in xml.iterfind(".//x:cfRule/x:formula", NS)]
    assert [f.split("TODAY()")[1] for f in formulas] == ["<红色预警天数)", "<=黄色预警天数)", "<=绿色预警天数)"]
    names = {n.get("name"): n.text for n in part(data, "xl/workbook.xml").iterfind(".//x:definedName", NS)}
    assert names["_xlnm.Print_Area"]
    help_sheet = sheet(data, "说明")
    for name, days in (("绿色预警天数", 20), ("黄色预警天数", 10), ("红色预警天数", 0)):
        row = int(names[name].rsplit("$", 1)[1])
        assert help_sheet[row - 1][:2] == [name, days]
    titles = [
        n.text for n in part(data, "xl/workbook.xml").iterfind(".//x:definedName[@name='_xlnm.Print_Titles']", NS)
    ]
    assert "整改台账!$3:$3" in titles


def test_every_link_leads_to_the_row_with_the_statement() -> None:
    reading = sample_reading()
    data = to_xlsx(reading)
    ledger, source = sheet(data, "整改台账"), sheet(data, "原文对照")
    links = part(data, "xl/worksheets/sheet1.xml").findall(".//x:hyperlink", NS)
    assert len(links) == 10  # five problems, five measures
    statements = {s.id: s for s in reading.statements}
    for link in links:
        column, row = link.get("ref")[0], int(link.get("ref")[1:])
        statement = statements[ledger[row - 1][ord(column) - ord("A")].split()[0]]
        target = source[int(link.get("location").rsplit("!D", 1)[1]) - 1]
        assert statement.id in target[2].split("、")
        assert reading.quote(statement.headline) in target[3]


def test_the_source_sheet_says_the_whole_report() -> None:
    data = to_xlsx(sample_reading())
    rows = sheet(data, "原文对照")[3:]
    assert [row[3] for row in rows] == [line for line in TEXT.splitlines() if line]
    assert all(TEXT[int(row[1]) :].startswith(row[3]) for row in rows)
    strings = part(data, "xl/sharedStrings.xml")
    coloured = {"".join(r.itertext()): r.find("x:rPr/x:color", NS).get("rgb") for r in strings.iterfind(".//x:r", NS)}
    assert coloured["二是意识形态联席会议召开不够及时。"] == "FFC00000"
    assert coloured["（一）带头强化政治忠诚、提高政治能力方面。"] == "FF000000"


def test_long_paragraphs_are_cut_where_statements_start_and_no_row_is_too_tall() -> None:
    text = "一是" + "学" * 700 + "。二是" + "干" * 2500 + "。"
    second = text.index("二是")
    spans = (Span(0, second), Span(second, len(text)))
    statements = tuple(Statement(f"M{i}", "measure", *span, span) for i, span in enumerate(spans, 1))
    data = to_xlsx(Reading(Source("a.txt", "text/plain", "", len(text)), text, statements=statements))
    rows = sheet(data, "原文对照")[3:]
    assert "".join(row[3] for row in rows) == text
    assert rows[1][3].startswith("二是")
    for number in range(1, 7):
        heights = [
            float(r.get("ht", 15)) for r in part(data, f"xl/worksheets/sheet{number}.xml").iterfind(".//x:row", NS)
        ]
        assert max(heights) <= 409
    tall = [m.get("ref") for m in part(data, "xl/worksheets/sheet1.xml").iterfind(".//x:mergeCell", NS)]
    assert any(ref.startswith("E") for ref in tall)  # a row taller than Excel's limit stands on several


def test_statements_beyond_a_cells_limit_are_shortened_with_a_pointer() -> None:
    text = "汉𠮷" * 12_000  # 𠮷 takes two UTF-16 units
    data = to_xlsx(reading_of(text))
    cell = sheet(data, "整改台账")[3][2]
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert cell.endswith("（下文见“原文对照”）")
    assert "".join(row[3] for row in sheet(data, "原文对照")[3:]) == text


def test_what_looks_like_a_formula_stays_text_when_its_cell_is_edited() -> None:
    data = to_xlsx(reading_of("=1+1"))
    cell = part(data, "xl/worksheets/sheet1.xml").find(".//x:c[@r='C4']", NS)
    formats = part(data, "xl/styles.xml").findall("x:cellXfs/x:xf", NS)
    assert formats[int(cell.get("s"))].get("quotePrefix") == "1"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://a.cn", "007", "_x0041_"])
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    data = to_xlsx(reading_of(text))
    ledger = sheet(data, "整改台账")
    assert ledger[3][2] == ledger[3][4] == text
    for number in range(1, 7):
        xml = part(data, f"xl/worksheets/sheet{number}.xml")
        assert xml.find(".//x:f", NS) is None
        assert all(link.get("location") for link in xml.iterfind(".//x:hyperlink", NS))


def test_a_date_before_the_spreadsheets_calendar_is_kept_in_words() -> None:
    action = Action(0, 2, "开展", "清理", deadline=Deadline(0, 2, "date", "1899-12-31"))
    assert (
        sheet(to_xlsx(reading_of("开展清理", actions=(action,))), "整改台账")[3][COLUMNS.index("整改时限")]
        == "1899年12月31日"
    )


def test_same_reading_same_bytes() -> None:
    first, second = to_xlsx(sample_reading()), to_xlsx(sample_reading())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_reading_without_statements_makes_a_workbook() -> None:
    data = to_xlsx(Reading(Source("a.txt", "text/plain", "", 0), ""))
    assert tuple(sheet(data, "整改台账")[2][: len(COLUMNS)]) == COLUMNS
    assert sheet(data, "整改台账")[3:] == []


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=60))
@example("\x00\x0b\ud800\ufffe")
@example("  \r\n\u2028 x")
def test_any_text_makes_a_valid_workbook(text: str) -> None:
    data = to_xlsx(reading_of(text))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    assert tuple(sheet(data, "整改台账")[2][: len(COLUMNS)]) == COLUMNS


@needs_office
@pytest.mark.office
def test_libreoffice_prints_the_ledger_on_one_page_across(tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument(to_pdf(to_xlsx(sample_reading()), "ledger.xlsx", tmp_path))
    assert pdf[0].get_width() > pdf[0].get_height()
    text = pdf[0].get_textpage().get_text_range().replace("\r\n", "")
    assert all(column in text for column in COLUMNS)
    assert "2026-06-30" in text
    assert f"第 1 页，共 {len(pdf)} 页" in text
    assert "措施出处" not in text


# ── files ──


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    write_whole(target, b"old")
    target.chmod(0o640)
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link, target = tmp_path / "link", tmp_path / "target"
    link.symlink_to(target)
    write_whole(link, b"x")
    assert link.is_symlink()
    assert target.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有写入权限"), (errno.EIO, "换一个位置")],
)
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setenv("BIHUAN_LANG", "zh")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=advice) as caught:
        write_whole(target, b"new")
    assert caught.value.place == str(target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("name", "advice"),
    [("", "文件夹，不能写成文件"), ("none/a.xlsx", "文件夹不存在"), ("长" * 300, "文件名太长"), ("a\0b", "没有写入")],
)
def test_places_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, advice: str) -> None:
    monkeypatch.setenv("BIHUAN_LANG", "zh")
    with pytest.raises(OutputError, match=advice):
        write_whole(tmp_path / name, b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device /dev/full")
def test_a_device_is_written_to_and_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIHUAN_LANG", "zh")
    write_whole("/dev/null", b"x")
    assert not Path("/dev/null").is_file()
    with pytest.raises(OutputError, match="磁盘已满"):
        write_whole("/dev/full", b"x")


def test_a_long_reports_ledger_takes_time_by_its_length() -> None:
    """A thousand problems under their headings in half a million characters, no theme to tell the headings from."""
    block = "（一）学习方面。\n" + "".join(
        f"{i}.学习抓得不紧。" + "有的同志讲得多、做得少。" * 40 + "\n" for i in range(1, 6)
    )
    text = block * 200
    starts = [m.start() for m in re.finditer(r"^\d", text, re.MULTILINE)]
    statements = tuple(
        Statement(
            f"S{i}",
            "measure" if i % 2 else "problem",
            at,
            text.index("\n", at),
            Span(at, at + 9),
            "（一）" + text[at : at + 2],
        )
        for i, at in enumerate(starts)
    )
    links = tuple(Link(f"S{i}", f"S{i + 1}", "answered-by", 0.8, ()) for i in range(0, len(starts), 2))
    reading = Reading(Source("a.txt", "text/plain", "", len(text)), text, statements=statements, links=links)
    began = time.perf_counter()
    rows = Ledger(reading).rows()
    assert {row.aspect for row in rows} == {"学习"}
    to_xlsx(reading)
    assert time.perf_counter() - began < 4  # 0.6 s on a 2-core machine
