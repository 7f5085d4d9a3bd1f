"""Workbooks: every filled cell a line, merged cells wherever they reach, no size trusted."""

import io
import re
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from bihuan.errors import InputDamaged, InputError, InputTooLarge
from bihuan.reading.sources import archive, load
from bihuan.reading.sources import xlsx as source

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import samples


def made(fill):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    fill(book)
    book.close()
    return target.getvalue()


def with_rows(rows):
    """A workbook whose one sheet has these rows, as raw XML."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made(lambda book: book.add_worksheet("表")))) as old,
        zipfile.ZipFile(target, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, re.sub(b"<sheetData/>", f"<sheetData>{rows}</sheetData>".encode(), data))
    return target.getvalue()


def words(document, table):
    return [[s and document.text[s.start : s.end] for s in row] for row in table.rows]


def test_values_as_people_read_them():
    def fill(book):
        sheet = book.add_worksheet("台账")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, [3, 2.5, 0.1 + 0.2, "两行\n文字", True])
        sheet.write_datetime(1, 0, datetime(2025, 6, 30), day)
        sheet.write_datetime(1, 1, datetime(2025, 6, 30, 9, 5), day)
        sheet.write_datetime(1, 2, date(2025, 12, 1), day)

    document = source.load(made(fill), name="a.xlsx", sha256="0")
    (table,) = document.tables
    assert table.title == "台账"
    assert words(document, table) == [
        ["3", "2.5", "0.3", "两行\n文字", "TRUE"],
        ["2025-06-30", "2025-06-30 09:05", "2025-12-01", None, None],
    ]
    assert [document.text[b.start : b.end] for b in document.blocks] == document.text.split("\n")
    assert {b.kind for b in document.blocks} == {"cell"}


def test_merged_cells_and_sheets():
    def fill(book):
        first = book.add_worksheet("一")
        first.merge_range(0, 0, 2, 0, "合并")
        first.merge_range(0, 1, 0, 2, "横")
        first.write(2, 2, "末")
        book.add_worksheet("空")
        book.add_worksheet("选项").write(0, 0, "下拉")
        book.get_worksheet_by_name("选项").hide()
        book.add_worksheet("二").write(1, 1, "乙")

    document = source.load(made(fill), name="a.xlsx", sha256="0")
    assert [t.title for t in document.tables] == ["一", "二"]
    one, two = document.tables
    assert words(document, one) == [["合并", "横", "横"], ["合并", None, None], ["合并", None, "末"]]
    assert one.rows[0][0] is one.rows[2][0]
    assert words(document, two) == [[None, None], [None, "乙"]]
    assert "下拉" not in document.text


def test_truncated_and_altered_files_are_refused_or_read():
    data = made(lambda book: book.add_worksheet("表").write_row(0, 0, ["问题", "措施"] * 200))
    for size in (30, len(data) // 3, len(data) // 2, len(data) - 10):
        with pytest.raises(InputDamaged):
            source.load(data[:size], name="a.xlsx", sha256="0")
    refused = 0
    for at in range(0, len(data), len(data) // 60):
        altered = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        try:
            source.load(altered, name="a.xlsx", sha256="0")
        except InputError:
            refused += 1
    assert refused > 10


def test_two_cells_far_apart_do_not_take_all_memory():
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    with pytest.raises(InputTooLarge):
        source.load(with_rows(near + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), name="a", sha256="")
    with pytest.raises(InputTooLarge):
        source.load(with_rows(near + '<row r="1048576"><c><v>1</v></c><c><v>1</v></c></row>'), name="a", sha256="")
    # A cell that has a look and no value reaches nowhere.
    document = source.load(with_rows(near + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'), name="a", sha256="")
    assert document.text == "1"


def test_a_bomb_is_stopped_while_it_inflates(monkeypatch):
    data = made(lambda book: book.add_worksheet("表").write(0, 0, "零" * 30_000))
    monkeypatch.setattr(archive, "MAX_INFLATED", 50_000)
    with pytest.raises(InputTooLarge):
        source.load(data, name="a.xlsx", sha256="0")


def test_samples():
    tried = 0
    for path in samples.paths():
        sample = samples.parse(path)
        if "xlsx" not in sample.formats:
            continue
        tried += 1
        document = load(samples.render(sample, "xlsx"), name="台账.xlsx")
        cells = [c for c in re.split(r"[│⏎\n]", sample.text) if c.strip() and c.strip() != "↑"]
        assert document.text.split("\n") == [c.strip() for c in cells], path.name
    assert tried
