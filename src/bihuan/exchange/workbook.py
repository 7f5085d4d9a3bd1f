"""The ledger workbook (整改台账): six sheets that an office fills, prints and checks against the report.

Every text goes in as text, so that nothing in a report becomes a formula; every row leads back to its words on the
sheet 原文对照. The same reading gives the same bytes: times are fixed, and what depends on today (the warning
colours) is counted by the spreadsheet program.
"""

from __future__ import annotations

import io
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

import xlsxwriter

import bihuan
from bihuan.exchange import rows
from bihuan.exchange.rows import COLUMNS, NONE, STATES, Ledger, clean
from bihuan.reading.model import Kind, Reading, Statement

SHEETS = ("整改台账", "问题清单", "措施清单", "责任清单", "原文对照", "说明")

WARNING_DAYS = (("绿色预警天数", 20), ("黄色预警天数", 10), ("红色预警天数", 0))
"""Named cells on 说明 and their first values, in days before the due date; offices already work with 20, 10 and 0."""

# Widths in characters of the program's standard font; 0 takes a share of what the others leave of the page.
_LEDGER_WIDTHS = (4.5, 9.0, 0, 0, 0, 0, 0, 7.0, 9.0, 8.0, 7.0, 10.5, 8.0, 5.5, 8.0, 7.0, 8.5, 5.0)
_LEDGER_PAGE, _LIST_PAGE = 205.0, 150.0  # of all columns: A4 across is filled at 7 and at 10 points
_LEAST_SHARE = 12.0
_LINK_WIDTH = 11.0
_ASPECT, _PROBLEM, _CAUSES, _MEASURE, _UNITS, _DUE, _PERCENT, _STATUS = (
    COLUMNS.index(name)
    for name in ("主要方面", "具体问题", "原因分析", "整改措施", "责任单位", "整改时限", "进度", "完成状态")
)
_FORMATS = {"整改时限": "yyyy-mm-dd", "进度": "0%"}
_FIRST_ROW = 3  # below title, subtitle and headings
_SPARE_ROWS = 100  # drop-downs and colours reach this far below the last row, for rows that are added by hand
_TALLEST_ROW = 400.0  # points; Excel's limit is 409
_LONGEST_CELL = 32_767  # UTF-16 units, Excel's limit
_LONGEST_PIECE = 900  # characters of a paragraph in one row of 原文对照, so that the row stays below the tallest
_SIZE = 10  # points
_FORMULA_SIGNS = ("=", "+", "-", "@")
_NARROW = re.compile("[\\x00-\\x7e]+")
_COLOURS: dict[Kind, str] = {"problem": "#C00000", "cause": "#9C5700", "measure": "#00612E"}
_WARNINGS = (  # name of the threshold, comparison, font, fill; the most urgent first
    ("红色预警天数", "<", "#9C0006", "#FFC7CE"),
    ("黄色预警天数", "<=", "#7F6000", "#FFEB9C"),
    ("绿色预警天数", "<=", "#006100", "#C6EFCE"),
)


class _Piece(NamedTuple):
    """A row of 原文对照: a paragraph or a part of a long one. ``number`` counts paragraphs that hold text, from 1."""

    number: int
    start: int
    end: int


def to_xlsx(reading: Reading) -> bytes:
    """The reading as an .xlsx workbook: ledger, three lists, the source text with its statements marked, and help."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    title = rows.ledger_title(reading)
    book.set_properties(
        {"title": title[:250], "comments": f"Bihuan {bihuan.__version__}", "created": datetime(2000, 1, 1)}
    )
    _Writer(book, reading, title).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, reading: Reading, title: str) -> None:
        self.book = book
        self.reading = reading
        self.title = title
        self.sheets = {name: book.add_worksheet(name) for name in SHEETS}
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.properties: dict[Any, dict[str, object]] = {}
        self.ledger = Ledger(reading)
        self.pieces = list(_pieces(reading))

    def write(self) -> None:
        self.write_ledger()
        self.write_problems()
        self.write_measures()
        self.write_duties()
        self.write_source()
        self.write_help()

    # ── what all sheets share ──

    def format(self, **properties: object) -> Any:
        base = {"font_name": "宋体", "font_size": _SIZE, "text_wrap": True, "valign": "vcenter", **properties}
        key = tuple(sorted(base.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(base)
            self.properties[self.formats[key]] = base
        return self.formats[key]

    def cell_format(self, short: bool, **properties: object) -> Any:
        return self.format(border=1, border_color="#A6A6A6", align="center" if short else "left", **properties)

    def column_format(self, heading: str, width: float) -> Any:
        """Short columns are centred."""
        return self.cell_format(0 < width < 14, num_format=_FORMATS.get(heading, "General"))

    def style_of(self, value: object, style: Any) -> Any:
        """A lone 无 stands in the middle of its cell, whatever the column's style."""
        return self.cell_format(True) if value == NONE else style

    def put(self, sheet: Any, row: int, column: int, value: object, style: Any) -> None:
        """Write text as text, numbers as numbers and dates as dates; nothing is ever taken for a formula.

        Text that looks like a formula is quoted (the ' of Excel), else it would become one when somebody edits the cell.
        """
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, style)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, style)
        else:
            text = _fit(clean(str(value)))
            if text.startswith(_FORMULA_SIGNS):
                style = self.format(**self.properties[style], quote_prefix=True)
            sheet.write_string(row, column, text, style)

    def block(
        self, sheet: Any, span: tuple[int, int], column: int, value: object, style: Any, *, repeat: bool = False
    ) -> None:
        """A cell that reaches over some rows. With ``repeat`` the hidden cells of the merged range hold the value too,
        so that a filter on the column finds all of its rows and a program that reads the sheet needs no merging.
        """
        first, last = span
        if last > first:
            sheet.merge_range(first, column, last, column, "", style)
        for row in range(first, last + 1 if repeat else first + 1):
            self.put(sheet, row, column, value, style)

    def head(
        self, name: str, titles: tuple[str, str], columns: Sequence[str], widths: Sequence[float], printed: int
    ) -> Any:
        """Title and subtitle over the columns that are printed, headings, widths and the page; returns the sheet."""
        sheet = self.sheets[name]
        title, subtitle = titles
        for row, text, style, height in (
            (0, title, self.format(font_name="黑体", font_size=16, align="center", text_wrap=False), 30),
            (1, subtitle, self.format(font_color="#595959", align="center", text_wrap=False), 18),
        ):
            sheet.merge_range(row, 0, row, printed - 1, "", style)
            self.put(sheet, row, 0, text, style)
            sheet.set_row(row, height)
        for column, (heading, width) in enumerate(zip(columns, widths, strict=True)):
            self.put(sheet, 2, column, heading, self.cell_format(True, font_name="黑体", bg_color="#E7E6E6"))
            sheet.set_column(column, column, width)
        sheet.set_row(2, 28)
        sheet.freeze_panes(_FIRST_ROW, 0)
        self.page(sheet)
        sheet.repeat_rows(2)
        return sheet

    def page(self, sheet: Any) -> None:
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.7)  # inches
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def link(self, sheet: Any, span: tuple[int, int], column: int, statement: Statement | None) -> None:
        """A link to the row of 原文对照 where the statement starts."""
        row, last = span
        style = self.cell_format(True, font_color="#0563C1", underline=1, font_size=9)
        if last > row:
            sheet.merge_range(row, column, last, column, "", style)
        if statement is None or not self.pieces:
            self.put(sheet, row, column, NONE, self.cell_format(True))
            return
        index = _piece_of(self.pieces, statement)
        words = clean(f"{statement.id} 第{self.pieces[index].number}段")
        sheet.write_url(row, column, f"internal:'原文对照'!D{_FIRST_ROW + index + 1}", style, string=words)

    def table(
        self,
        name: str,
        columns: Sequence[tuple[str, float]],
        lines: Sequence[tuple[Sequence[object], Statement]],
        merged: int = 0,
    ) -> None:
        """A list whose last column leads to the source; ``merged`` leading columns run down equal neighbours.

        A column of width 0 shares the page's room with the others like it.
        """
        headings = [heading for heading, _ in columns]
        widths = _shared([width for _, width in columns], _LIST_PAGE, [cells for cells, _ in lines])
        titles = self.title.removesuffix("整改台账") + name, self.subtitle()
        sheet = self.head(name, titles, (*headings, "出处"), (*widths, _LINK_WIDTH), len(columns))
        styles = [self.column_format(*column) for column in columns]
        for column in range(merged):  # a block that goes on over the page keeps its words whole at its top
            styles[column] = self.cell_format(True, valign="top")
        heights = [_row_height(cells[merged:], widths[merged:]) for cells, _ in lines]
        blocks = [[list(g) for _, g in groupby(range(len(lines)), key=lambda i: lines[i][0][c])] for c in range(merged)]
        for column, groups in enumerate(blocks):
            for members in groups:
                _stretch(heights, members, _row_height([lines[members[0]][0][column]], [widths[column]]))
        places = _places(heights)
        for i, (cells, statement) in enumerate(lines):
            for column in range(merged, len(columns)):
                value = cells[column]
                self.block(sheet, places[i], column, value, self.style_of(value, styles[column]))
            self.link(sheet, places[i], len(columns), statement)
            _set_heights(sheet, places[i], heights[i])
        for column, groups in enumerate(blocks):
            for members in groups:
                span = places[members[0]][0], places[members[-1]][1]
                self.block(sheet, span, column, lines[members[0]][0][column], styles[column], repeat=True)
        end = places[-1][1] if places else _FIRST_ROW
        sheet.print_area(0, 0, end, len(columns) - 1)
        sheet.autofilter(2, 0, end, len(columns))

    def subtitle(self) -> str:
        coverage = self.reading.coverage
        measures = len(self.reading.of_kind("measure"))
        return (
            f"问题{coverage.problems}个，有整改措施的{coverage.with_measure}个，有原因分析的{coverage.with_cause}个；"
            f"措施{measures}条，未对应问题的{coverage.measures_without_problem}条"
        )

    # ── sheets ──

    def write_ledger(self) -> None:
        lines = self.ledger.rows()
        widths = _shared(_LEDGER_WIDTHS, _LEDGER_PAGE, [row[: len(COLUMNS)] for row in lines])
        headings = (*COLUMNS, "问题出处", "措施出处")
        titles = self.title, self.subtitle()
        sheet = self.head("整改台账", titles, headings, (*widths, _LINK_WIDTH, _LINK_WIDTH), len(COLUMNS))
        sheet.freeze_panes(_FIRST_ROW, _PROBLEM + 1)
        heights = [_row_height(row[_MEASURE : len(COLUMNS)], widths[_MEASURE:]) for row in lines]
        problems = [list(g) for _, g in groupby(range(len(lines)), key=lambda i: lines[i].number)]
        aspects = [list(g) for _, g in groupby(range(len(lines)), key=lambda i: lines[i].aspect)]
        for members in problems:
            _stretch(heights, members, _row_height(lines[members[0]][_PROBLEM:_MEASURE], widths[_PROBLEM:_MEASURE]))
        for members in aspects:
            _stretch(heights, members, _row_height([lines[members[0]].aspect], [widths[_ASPECT]]))
        places = _places(heights)
        styles = [self.column_format(*column) for column in zip(COLUMNS, _LEDGER_WIDTHS, strict=True)]

        def merge(members: list[int], column: int) -> tuple[int, int]:
            span, value = (places[members[0]][0], places[members[-1]][1]), lines[members[0]][column]
            short = column in (0, _ASPECT) or value == NONE
            # A block that goes on over the page keeps its words whole at its top.
            style = self.cell_format(short, valign="top" if len(members) > 1 or column == _ASPECT else "vcenter")
            self.block(sheet, span, column, value, style, repeat=True)
            return span

        for members in problems:
            for column in (0, _PROBLEM, _CAUSES):
                span = merge(members, column)
            self.link(sheet, span, len(COLUMNS), lines[members[0]].problem_statement)
        for members in aspects:
            merge(members, _ASPECT)
        for place, height, row in zip(places, heights, lines, strict=True):
            for column in range(_MEASURE, len(COLUMNS)):
                value = _cell_date(row.due) if column == _DUE else row[column]
                self.block(sheet, place, column, value, self.style_of(value, styles[column]))
            self.link(sheet, place, len(COLUMNS) + 1, row.measure_statement)
            _set_heights(sheet, place, height)
        end = places[-1][1] if places else _FIRST_ROW
        sheet.print_area(0, 0, end, len(COLUMNS) - 1)  # links are of no use on paper
        sheet.autofilter(2, 0, end, len(COLUMNS) + 1)
        self.add_rules(sheet, end + _SPARE_ROWS)

    def add_rules(self, sheet: Any, last: int) -> None:
        """Drop-downs, hints and warning colours of the ledger."""
        rules: dict[int, dict[str, object]] = {
            _STATUS: {
                "validate": "list",
                "source": list(STATES),
                "error_title": "完成状态",
                "error_message": "请从下拉列表中选择。整改只有完成和没有完成，不填“基本完成”。",
            },
            _UNITS: {
                "validate": "list",
                "source": "=责任单位名单",
                "show_error": False,  # a unit that isn't on the list may be typed in
                "input_title": "责任单位",
                "input_message": "从名单中选择，也可以直接填写；名单在“说明”表中增改。",
            },
            _DUE: {
                "validate": "any",
                "input_title": "整改时限",
                "input_message": "填写日期，如 2026-06-30；或填写“立行立改”“长期坚持”。",
            },
            _PERCENT: {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": 1,
                "error_title": "进度",
                "error_message": "请填写 0% 到 100%。",
            },
        }
        for column, rule in rules.items():
            sheet.data_validation(_FIRST_ROW, column, last, column, rule)
        row, due, status = _FIRST_ROW + 1, chr(ord("A") + _DUE), chr(ord("A") + _STATUS)
        for name, comparison, font, fill in _WARNINGS:
            sheet.conditional_format(
                _FIRST_ROW,
                _DUE,
                last,
                _DUE,
                {
                    "type": "formula",
                    "criteria": f'=AND(ISNUMBER(${due}{row}),${status}{row}<>"已销号",${status}{row}<>"长期坚持",'
                    f"${due}{row}-TODAY(){comparison}{name})",
                    "format": self.book.add_format({"font_color": font, "bg_color": fill}),
                    "stop_if_true": True,
                },
            )

    def write_problems(self) -> None:
        reading, book = self.reading, self.ledger
        lines: list[tuple[list[object], Statement]] = []
        for number, problem in enumerate(book.problems, 1):
            instances = "\n".join(clean(reading.quote(span)) for span in problem.instances) or NONE
            answers = "、".join(str(book.number[m.id]) for m in book.answering(problem)) or NONE
            words, causes = rows.words(reading, problem), book.causes(problem)
            lines.append(([book.aspect(problem), number, words, instances, causes, answers], problem))
        columns = [
            ("主要方面", 13.0),
            ("序号", 6.0),
            ("具体问题", 0),
            ("具体表现", 0),
            ("原因分析", 0),
            ("对应措施序号", 12.0),
        ]
        self.table("问题清单", columns, lines, merged=1)

    def write_measures(self) -> None:
        reading, book = self.reading, self.ledger
        lines: list[tuple[list[object], Statement]] = []
        for number, measure in enumerate(book.measures, 1):
            answered = "、".join(map(str, book.answered_numbers(measure))) or NONE
            who = "、".join(rows.duty(reading, measure).units) or NONE
            words, parts = rows.words(reading, measure), rows.breakdown(reading, measure)
            goal, when = rows.goal(measure), _cell_date(rows.due(reading, measure))
            lines.append(([number, words, parts, goal, answered, who, when], measure))
        columns = [
            ("序号", 6.0),
            ("整改措施", 0),
            ("措施分解", 0),
            ("整改目标", 0),
            ("对应问题序号", 12.0),
            ("责任单位", 13.0),
            ("整改时限", 13.0),
        ]
        self.table("措施清单", columns, lines)

    def write_duties(self) -> None:
        reading = self.reading
        lines: list[tuple[list[object], Statement]] = []
        for unit, measures in self.ledger.measures_by_unit():
            for measure in measures:
                who = rows.duty(reading, measure)
                leaders, support, people = (
                    "、".join(names) or NONE for names in (who.leaders, who.support, who.people)
                )
                words, when = rows.words(reading, measure), _cell_date(rows.due(reading, measure))
                number, goal = self.ledger.number[measure.id], rows.goal(measure)
                lines.append(([unit, leaders, support, people, number, words, goal, when], measure))
        columns = [
            ("责任单位", 13.0),
            ("责任领导", 11.0),
            ("配合单位", 13.0),
            ("责任人", 11.0),
            ("措施序号", 9.0),
            ("整改措施", 0),
            ("整改目标", 0),
            ("整改时限", 13.0),
        ]
        self.table("责任清单", columns, lines, merged=1)

    def write_source(self) -> None:
        widths = (7.0, 10.0, 14.0, 110.0)
        legend = "红色为问题，棕色为原因，绿色为措施；起始位置是原文中的字符序号，从0算起"
        sheet = self.head("原文对照", ("原文对照", legend), ("段号", "起始位置", "条目", "原文"), widths, 4)
        runs = list(_runs(self.reading))
        ends = [end for _, end, _ in runs]
        for i, piece in enumerate(self.pieces):
            row = _FIRST_ROW + i
            inside = runs[bisect_right(ends, piece.start) : bisect_left(ends, piece.end) + 1]
            fragments = list(_fragments(self.reading, piece, inside))
            names = "、".join(dict.fromkeys(clean(s.id) for _, s in fragments if s)) or NONE
            self.put(sheet, row, 0, piece.number, self.cell_format(True))
            self.put(sheet, row, 1, piece.start, self.cell_format(True))
            self.put(sheet, row, 2, names, self.cell_format(True))
            plain = self.cell_format(False)
            if len(fragments) > 1:
                styled = [part for text, s in fragments for part in (self.run_format(s), text)]
                sheet.write_rich_string(row, 3, *styled, plain)
            else:
                text, statement = fragments[0] if fragments else ("", None)
                colour = {"font_color": _COLOURS[statement.kind]} if statement else {}
                self.put(sheet, row, 3, text, self.cell_format(False, **colour))
            sheet.set_row(row, _row_height(["".join(text for text, _ in fragments), names], (widths[3], widths[2])))

    def run_format(self, statement: Statement | None) -> Any:
        return self.format(font_color=_COLOURS[statement.kind] if statement else "#000000")

    def write_help(self) -> None:
        sheet, source = self.sheets["说明"], self.reading.source
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 84)
        sheet.set_column(2, 2, 3)
        sheet.set_column(3, 3, 26)
        heading = self.format(font_name="黑体", font_size=12)
        label, text = self.cell_format(True), self.cell_format(False)
        figure = self.cell_format(False, bg_color="#FFF2CC")
        self.put(sheet, 0, 0, "说明", self.format(font_name="黑体", font_size=16))
        sheet.set_row(0, 30)
        row = 2

        def section(title: str, lines: Sequence[tuple[str, object]], style: Any = text) -> None:
            nonlocal row
            self.put(sheet, row, 0, title, self.format(font_name="黑体", font_size=12, text_wrap=False))
            sheet.set_row(row, 22)
            for name, value in lines:
                row += 1
                self.put(sheet, row, 0, name, label)
                self.put(sheet, row, 1, value, style)
                sheet.set_row(row, _row_height([name, value], (20.0, 84.0)))
            row += 2

        section(
            "怎么填",
            (
                ("三样不能少", "每条措施都要有责任人或责任单位、整改时限和验收标准（整改目标），缺一不可。"),
                ("完成状态", f"只填{'、'.join(STATES)}。不填“基本完成”：整改只有完成和没有完成。"),
                ("整改时限", "填写日期；即知即改的填“立行立改”，需要一直做下去的填“长期坚持”。"),
                ("空格", "没有内容的格子填“无”，不留空。"),
                ("原因分析", "只摘每条原因的第一句，全文见“原文对照”。"),
                ("出处", "点击“问题出处”“措施出处”可看到这句话在材料里的位置，打印时不带这两列。"),
            ),
        )
        first = row + 1
        section("预警天数（可改）", WARNING_DAYS, figure)
        for i, (name, _) in enumerate(WARNING_DAYS):
            self.book.define_name(name, f"='说明'!$B${first + i + 1}")
        first = row + 1
        section(
            "颜色",
            (
                ("红色", "已过整改时限，或剩余天数少于红色预警天数。"),
                ("黄色", "距整改时限不超过黄色预警天数。"),
                ("绿色", "距整改时限不超过绿色预警天数。"),
                ("不变色", "已销号、长期坚持的，以及时限不是日期的，不预警。天数按打开文件的当天计算。"),
            ),
        )
        for i, (_, _, font, fill) in enumerate(_WARNINGS):
            self.put(sheet, first + i, 0, _WARNINGS[i][0][:2], self.cell_format(True, font_color=font, bg_color=fill))
        section(
            "来源",
            (
                ("材料", source.name),
                ("SHA-256", source.sha256),
                ("字符数", source.characters),
                ("条目", self.subtitle()),
                ("生成", f"Bihuan 闭环 {bihuan.__version__}"),
            ),
        )
        if self.reading.notes:
            quoted = [(note, self.reading.quote(note)[:60]) for note in self.reading.notes]
            section("需要核对", [(f"位置 {note.start}", f"{note.message}：{words}") for note, words in quoted])
        self.put(sheet, 2, 3, "责任单位名单（可增改）", heading)
        units = [unit for unit, _ in self.ledger.measures_by_unit() if unit != NONE] or [NONE]
        for i, unit in enumerate(units):
            self.put(sheet, 3 + i, 3, unit, figure)
        self.book.define_name("责任单位名单", "=OFFSET('说明'!$D$4,0,0,MAX(1,COUNTA('说明'!$D$4:$D$503)),1)")
        self.page(sheet)


# ── text and rows ──


def _cell_date(when: date | str) -> date | str:
    """A date as the spreadsheet keeps it; before 1900 it knows none, so words stand for it."""
    return rows.due_text(when) if isinstance(when, date) and when.year < 1900 else when


def _shared(widths: Sequence[float], page: float, lines: Sequence[Sequence[object]]) -> list[float]:
    """The widths, with those of 0 replaced by shares of the page's rest that follow the text standing in them.

    The tallest cell makes its row's height, so the rows are lowest where each column is as wide as its text is long.
    """
    amounts = {i: sum(_ems(str(cells[i])) for cells in lines) + 1 for i, width in enumerate(widths) if not width}
    rest = page - sum(widths) - _LEAST_SHARE * len(amounts)
    whole = sum(amounts.values())
    return [width or round(_LEAST_SHARE + rest * amounts[i] / whole, 1) for i, width in enumerate(widths)]


def _fit(text: str) -> str:
    """The text, or, beyond what a cell can hold, its beginning and where the rest is."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST_CELL:
        return text
    pointer = "……（下文见“原文对照”）"
    return units[: 2 * (_LONGEST_CELL - len(pointer))].decode("utf-16-le", "ignore") + pointer


def _ems(text: str) -> float:
    """Width in widths of a Chinese character; quotes and dashes are as wide as one in Chinese fonts."""
    return len(text) - 0.44 * sum(map(len, _NARROW.findall(text)))


def _row_height(values: Sequence[object], widths: Sequence[float]) -> float:
    """Points that the tallest cell needs when its text is wrapped.

    A column of width w is 7w + 5 pixels of 1/96 inch, a character of 10 points 13.3. Half a character a line is
    allowed for marks that may not begin a line, and 14.6 points a line for the tall line of Noto and Source Han.
    """
    lines = 1
    for value, width in zip(values, widths, strict=True):
        room = max(1.0, math.floor((width * 7 - 2) / (_SIZE * 96 / 72)) - 0.5)
        text = rows.due_text(value) if isinstance(value, date) else str(value)
        lines = max(lines, sum(max(1, math.ceil(_ems(part) / room)) for part in text.split("\n")))
    return max(22.0, lines * 14.6 + 6)


def _stretch(heights: list[float], members: Sequence[int], needed: float) -> None:
    """Raise the rows of a merged cell evenly until its text fits."""
    lacking = needed - sum(heights[i] for i in members)
    if lacking > 0:
        for i in members:
            heights[i] += lacking / len(members)


def _places(heights: Sequence[float]) -> list[tuple[int, int]]:
    """First and last row of the sheet for each row of the table; one that is taller than a row can be, gets several."""
    places, row = [], _FIRST_ROW
    for height in heights:
        last = row + math.ceil(height / _TALLEST_ROW) - 1
        places.append((row, last))
        row = last + 1
    return places


def _set_heights(sheet: Any, place: tuple[int, int], height: float) -> None:
    first, last = place
    for row in range(first, last + 1):
        sheet.set_row(row, round(height / (last - first + 1), 1))


def _pieces(reading: Reading) -> Iterator[_Piece]:
    """The paragraphs that hold text; long ones are cut where a statement starts, else after a sentence."""
    starts = sorted(s.start for s in reading.statements)
    number, offset = 0, 0
    for line in reading.text.splitlines(keepends=True):
        start = offset + len(line) - len(line.lstrip())
        end = offset + len(line.rstrip())
        offset += len(line)
        if start >= end:
            continue
        number += 1
        while end - start > _LONGEST_PIECE:
            cut = _cut(reading.text, start, starts)
            yield _Piece(number, start, cut)
            start = cut
        yield _Piece(number, start, end)


def _cut(text: str, start: int, starts: Sequence[int]) -> int:
    limit = start + _LONGEST_PIECE
    before = bisect_right(starts, limit) - 1
    if before >= 0 and starts[before] > start:
        return starts[before]
    after_sentence = max(text.rfind(mark, start, limit) for mark in "。；！？") + 1
    return after_sentence if after_sentence > start else limit


def _piece_of(pieces: Sequence[_Piece], statement: Statement) -> int:
    """Index of the piece in which the statement starts (it may start with a blank that no piece holds)."""
    return min(bisect_right(pieces, statement.start, key=lambda piece: piece.end), len(pieces) - 1)


def _runs(reading: Reading) -> Iterator[tuple[int, int, Statement | None]]:
    """The whole text in runs of one statement or of none; the earlier of two statements that overlap has the text."""
    at = 0
    for statement in sorted(reading.statements, key=lambda s: (s.start, s.end)):
        if statement.start > at:
            yield at, statement.start, None
            at = statement.start
        if statement.end > at:
            yield at, statement.end, statement
            at = statement.end
    if at < len(reading.text):
        yield at, len(reading.text), None


def _fragments(
    reading: Reading, piece: _Piece, runs: Iterable[tuple[int, int, Statement | None]]
) -> Iterator[tuple[str, Statement | None]]:
    """The piece's text in order, each part with the statement it belongs to."""
    for start, end, statement in runs:
        text = clean(reading.text[max(start, piece.start) : min(end, piece.end)])
        if text:
            yield text, statement
