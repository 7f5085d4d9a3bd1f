"""Ledger tables: found by their headers, whatever stands above them and however the columns are called."""

from bihuan.reading.document import Document, Table
from bihuan.reading.model import Span
from bihuan.reading.tables import LedgerRow, ledger_rows


def document(*tables):
    """A document of tables of words; ``↑`` and ``←`` are cells merged with the one above or to the left."""
    text = ""
    made = []
    for rows in tables:
        cells = []
        for row in rows:
            line = []
            for word in row:
                if word in ("↑", "←"):
                    line.append(cells[-1][len(line)] if word == "↑" else line[-1])
                    continue
                line.append(Span(len(text), len(text) + len(word)) if word else None)
                text += word + "\n"
            cells.append(tuple(line))
        made.append(Table(tuple(cells)))
    return Document(text.rstrip("\n"), "a", "text/plain", "0", tables=tuple(made))


def told(given):
    """Each row as the words of its columns, those that are there."""
    return [
        {
            name: given.text[value.start : value.end]
            for name, value in zip(LedgerRow._fields[:-2], row[:-2], strict=True)
            if value is not None
        }
        for row in ledger_rows(given)
    ]


def test_every_usual_column():
    header = ["序号", "问题类别", "具体问题", "原因分析", "整改措施", "整改目标", "责任领导", "牵头单位", "配合单位",
              "责任人", "整改时限", "进展情况", "完成状态", "备注"]  # fmt: skip
    cells = ["1", "理论学习", "学得浅", "抓得松", "每月学一次", "学深", "张三", "办公室", "党校",
             "李四", "6月底前", "已学三次", "未完成", "无"]  # fmt: skip
    names = ["number", "category", "problem", "cause", "measure", "target", "leader", "unit", "support", "person",
             "deadline", "progress", "state"]  # fmt: skip
    assert told(document([header, cells])) == [dict(zip(names, cells[:-1], strict=True))]


def test_titles_above_and_inside():
    given = document(
        [
            ["某县整改台账", "←", "←", "←"],
            ["填报单位：某局", "←", "填报时间：2025年3月", "←"],
            ["编号", "存在的突出问题", "整改举措", "完成时限"],
            ["一、政治建设方面", "←", "←", "←"],
            ["1", "学得浅", "每月学", "6月底"],
            ["2", "↑", "办培训班", "长期坚持"],
            ["", "", "", ""],
        ]
    )
    assert told(given) == [
        {"number": "1", "problem": "学得浅", "measure": "每月学", "deadline": "6月底"},
        {"number": "2", "problem": "学得浅", "measure": "办培训班", "deadline": "长期坚持"},
    ]
    assert [(r.table, r.row) for r in ledger_rows(given)] == [(0, 4), (0, 5)]


def test_a_header_of_two_levels():
    given = document(
        [
            ["序号", "问题", "整改措施", "责任分工", "←", "←"],
            ["↑", "↑", "↑", "责任领导", "责任单位", "责任人"],
            ["1", "慢", "快办", "张三", "住建局", "李四"],
        ]
    )
    assert told(given) == [
        {"number": "1", "problem": "慢", "measure": "快办", "leader": "张三", "unit": "住建局", "person": "李四"}
    ]


def test_a_header_repeated_on_the_next_page_is_no_row():
    header = ["序号", "问题清单", "整改措施"]
    rows = told(document([header, ["1", "甲", "乙"], header, ["2", "丙", "丁"]]))
    assert [r["number"] for r in rows] == ["1", "2"]


def test_tables_of_other_kinds_give_nothing():
    roster = [["序号", "姓名", "职务"], ["1", "张三", "主任"]]
    prose = [["关于整改落实情况的说明：" + "存在问题及原因" * 5, "整改措施"], ["甲", "乙"]]
    assert told(document(roster, prose, [["整改措施"], ["快办"]], [])) == []


def test_the_second_table_is_numbered_so():
    given = document([["姓名", "职务"], ["张三", "主任"]], [["问题", "原因"], ["慢", "懒"]])
    assert told(given) == [{"problem": "慢", "cause": "懒"}]
    assert ledger_rows(given)[0].table == 1
