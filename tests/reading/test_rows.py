"""Ledgers read as statements: what is written again counts once, and answers all that it stands beside."""

import io

import pytest
import xlsxwriter

import bihuan
from bihuan.exchange.workbook import to_xlsx

HEADER = ["序号", "具体问题", "原因分析", "整改措施", "责任单位", "完成时限"]


def workbook(*sheets):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


ROWS = [
    HEADER,
    ["1", "村级财务公开不及时。", "监管不到位。", "每季度首月10日前张贴上季度账目。", "镇农经站", "2024年7月10日前"],
    ["1", "村级财务公开不及时。", "监管不到位。", "开展一次账目抽查。", "镇纪委", "2024年9月底前"],
    ["2", "隐患整改拖延。", "监管不到位。", "建立隐患销号台账。", "镇应急办", "2024年8月底前"],
]


def test_a_problem_written_again_in_the_next_row_is_one():
    reading = bihuan.read(workbook(("台账", ROWS)))
    assert [len(reading.of_kind(kind)) for kind in ("problem", "cause", "measure")] == [2, 1, 3]
    assert reading.linked("P1", "answered-by") == ("M1", "M2")
    assert reading.linked("P2", "answered-by") == ("M3",)
    assert reading.linked("C1", "caused-by") == ("P1", "P2")


def test_names_in_the_columns_are_owners():
    reading = bihuan.read(workbook(("台账", ROWS)))
    actions = [action for measure in reading.of_kind("measure") for action in measure.actions]
    assert [action.owner.lead for action in actions] == [("镇农经站",), ("镇纪委",), ("镇应急办",)]
    assert [action.deadline.date for action in actions] == ["2024-07-10", "2024-09-30", "2024-08-31"]


def test_what_another_sheet_lists_again_counts_once():
    listed = [["序号", "具体问题", "整改措施"], *([row[0], row[1], row[3]] for row in ROWS[1:])]
    reading = bihuan.read(workbook(("台账", ROWS), ("问题清单", listed)))
    assert [len(reading.of_kind(kind)) for kind in ("problem", "cause", "measure")] == [2, 1, 3]


@pytest.mark.parametrize("name", ["01-water-bureau-2021", "06-plan-about-problem"])
def test_our_own_workbook_gives_its_problems_and_links_again(name):
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
    import samples

    first = bihuan.read(samples.parse(samples.ROOT / "tuned" / f"{name}.txt").text)
    again = bihuan.read(to_xlsx(first))
    assert len(again.of_kind("problem")) == len(first.of_kind("problem"))
    assert again.coverage.with_measure == first.coverage.with_measure
    assert again.coverage.with_cause == first.coverage.with_cause
