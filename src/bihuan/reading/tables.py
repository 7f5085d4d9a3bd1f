"""Ledger tables: which rows and columns of a table are problems, causes, measures and who and when."""

from __future__ import annotations

import re
from typing import NamedTuple

from bihuan.reading.document import Document, Table
from bihuan.reading.model import Span

#: The usual columns by the words of their headers, the more telling first (问题类别 is no problem, 整改目标 no measure).
_COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", r"序号|编号|^号$"),
    ("progress", r"进展|完成情况|整改情况|落实情况|整改成效|进度"),
    ("state", r"状态|是否(?:完成|销号)|销号"),
    ("deadline", r"时限|期限|完成时间|整改时间|截止"),
    ("support", r"配合(?:单位|部门)|协办|协助"),
    ("leader", r"(?:责任|牵头|包保|分管)领导|领导"),
    ("person", r"责任人|承办人|联系人|具体负责"),
    ("unit", r"(?:责任|牵头|主责|承办|整改)(?:单位|部门|科室|股室|处室|主体)|责任分工|牵头$"),
    ("target", r"目标|标准"),
    ("category", r"类别|类型|方面|领域|分类|来源|条款|项目名称|检查项目"),
    ("cause", r"原因|根源|症结|成因"),
    ("measure", r"措施|举措|任务|整改内容|整改要求|整改建议|对策|纠正|打算"),
    ("problem", r"问题|不符合|隐患|短板|差距|缺陷|扣分"),
    ("evidence", r"佐证|材料|证据"),
    ("other", r"备注|举一反三|说明"),
)
_PATTERNS = [(name, re.compile(pattern)) for name, pattern in _COLUMNS]
_HEADER_ROWS = 6  # rows in which a header is looked for: titles and units may stand above it
_LONGEST_HEADER = 24  # characters; a header's cell is short


class LedgerRow(NamedTuple):
    """A row of a ledger: the span of each usual column's cell, None where the column or the cell is missing."""

    number: Span | None = None
    category: Span | None = None
    problem: Span | None = None
    cause: Span | None = None
    measure: Span | None = None
    target: Span | None = None
    leader: Span | None = None
    unit: Span | None = None
    support: Span | None = None
    person: Span | None = None
    deadline: Span | None = None
    progress: Span | None = None
    state: Span | None = None
    table: int = 0
    row: int = 0


def ledger_rows(document: Document) -> tuple[LedgerRow, ...]:
    """The rows of every table that has a header with a problem or a measure column, in the order of the text."""
    return tuple(row for index, table in enumerate(document.tables) for row in _rows(document.text, table, index))


def _rows(text: str, table: Table, index: int) -> list[LedgerRow]:
    for at in range(min(_HEADER_ROWS, len(table.rows))):
        columns, depth = _header(text, table, at)
        if not columns:
            continue
        out = []
        heads = [_words(text, r) for r in table.rows[at : at + depth]]
        for number, cells in enumerate(table.rows[at + depth :], at + depth):
            if _words(text, cells) in heads:  # the header again, at the head of the next page
                continue
            found = {name: cells[k] for name, k in columns.items() if k < len(cells)}
            given = {name: cell for name, cell in found.items() if name in LedgerRow._fields}
            if any(given.get(name) for name in ("problem", "cause", "measure")) and not _is_title(cells):
                out.append(LedgerRow(**given, table=index, row=number))
        return out
    return []


def _words(text: str, row: tuple[Span | None, ...]) -> list[str]:
    return [re.sub(r"\s", "", text[c.start : c.end]) if c else "" for c in row]


def _is_title(cells: tuple[Span | None, ...]) -> bool:
    """A row merged from edge to edge: a heading inside the table."""
    return len(cells) > 2 and len(set(cells)) == 1


def _header(text: str, table: Table, at: int) -> tuple[dict[str, int], int]:
    """Columns by name if the row is a header, and how many rows it takes (a second one may part 责任单位 in two)."""
    row = table.rows[at]
    words = _words(text, row)
    if len(set(row)) < 2 or any(len(w) > _LONGEST_HEADER for w in words):
        return {}, 0
    depth = 1
    if at + 1 < len(table.rows):
        below = table.rows[at + 1]
        parted = any(c is not None and row.count(c) > 1 and below[k] != c for k, c in enumerate(row) if k < len(below))
        lower = _words(text, below)
        if parted and all(len(w) <= _LONGEST_HEADER for w in lower):
            words = [b if b and b != a else a for a, b in zip(words, lower, strict=True)]
            depth = 2
    columns: dict[str, int] = {}
    for k, word in enumerate(words):
        name = _name(word)
        if name and name not in columns:
            columns[name] = k
    known = len(columns)
    return (columns, depth) if known >= 2 and ("problem" in columns or "measure" in columns) else ({}, 0)


def _name(word: str) -> str | None:
    if not word:
        return None
    if re.search(r"问题(?:类别|类型|分类|来源)", word):
        return "category"
    if re.search(r"(?:具体|存在|主要|突出|发现|反馈).{0,4}问题|问题(?:清单|描述|表现|内容)", word) and not re.search(
        r"原因|措施", word
    ):
        return "problem"
    return next((name for name, pattern in _PATTERNS if pattern.search(word)), None)
