"""Rows of an existing ledger become statements: each cell of the problem, cause and measure columns, or its items."""

from __future__ import annotations

from typing import Any

from bihuan.reading.document import Document
from bihuan.reading.model import Kind, Span
from bihuan.reading.statements import Draft, Field
from bihuan.reading.tables import LedgerRow, ledger_rows
from bihuan.text.normal import Normal
from bihuan.text.numbering import Mark, find_marks

_COLUMNS: tuple[tuple[str, Kind], ...] = (("problem", "problem"), ("cause", "cause"), ("measure", "measure"))


def drafts_from_tables(document: Document, normal: Normal) -> list[Draft]:
    """The statements of the document's ledger tables, in the order of the text; a merged cell counts once.

    Rows that share a merged problem cell are one block: its measures answer that problem. A problem or a cause written
    again in the next rows counts as merged, since ledgers made for filters repeat what others merge; what another sheet
    of the workbook lists again (问题清单 beside 整改台账) counts once.
    """
    drafts: list[Draft] = []
    made: dict[tuple[Kind, Span], list[Draft]] = {}
    listed: dict[tuple[Kind, str], tuple[int, Span]] = {}  # table and cell in which a text first stood
    for row in ledger_rows(document):
        row = _merged(document, row, listed)  # noqa: PLW2901 - the same row, its repeated cells made one
        block = _block(row)
        context = tuple(x for x in (_words(normal, row.category),) if x)
        fields = tuple(
            Field(*_normal_range(normal, span), column)
            for column in ("leader", "unit", "support", "person", "deadline")
            if (span := getattr(row, column)) is not None
        )
        for column, kind in _COLUMNS:
            cell: Span | None = getattr(row, column)
            if cell is None:
                continue
            if (kind, cell) in made:
                for draft in made[kind, cell]:
                    if block != draft.block and block not in draft.more_blocks:
                        draft.more_blocks = (*draft.more_blocks, block)
                continue
            made[kind, cell] = _cell(normal, cell, kind, context, block, fields)
            drafts.extend(made[kind, cell])
    return sorted(drafts, key=lambda d: d.start)


def _merged(document: Document, row: LedgerRow, listed: dict[tuple[Kind, str], tuple[int, Span]]) -> LedgerRow:
    """The row with its repeated cells replaced by the first of their text."""
    changed: dict[str, Any] = {}
    for column, kind in _COLUMNS:
        cell: Span | None = getattr(row, column)
        if cell is None:
            continue
        table, first = listed.setdefault((kind, document.text[cell.start : cell.end]), (row.table, cell))
        if table != row.table or kind != "measure":
            changed[column] = first
    return row._replace(**changed)


def _block(row: LedgerRow) -> int:
    cell = row.problem or row.measure or row.cause
    return cell.start if cell else -1


def _normal_range(normal: Normal, span: Span) -> tuple[int, int]:
    return normal.locate(span.start), normal.locate(span.end)


def _words(normal: Normal, span: Span | None) -> str:
    if span is None:
        return ""
    start, end = _normal_range(normal, span)
    return normal.text[start:end].strip().replace("\n", "")


def _cell(
    normal: Normal, cell: Span, kind: Kind, context: tuple[str, ...], block: int, fields: tuple[Field, ...]
) -> list[Draft]:
    start, end = _normal_range(normal, cell)
    words = normal.text[start:end]
    if words.strip(" \n—-/0") in ("", "无"):
        return []
    items = _items(words)
    if not items:
        return [_draft(normal, kind, start, end, 0, context, block, fields)]
    stops = [*(m.start for m in items[1:]), len(words)]
    return [
        _draft(normal, kind, start + mark.start, start + stop, mark.end - mark.start, context, block, fields)
        for mark, stop in zip(items, stops, strict=True)
    ]


def _items(words: str) -> list[Mark]:
    """The numbered items of a cell: one sequence from 1, where the cell begins or after a lead-in that ends in a colon."""
    marks = list(find_marks(words))
    if not marks or marks[0].value != 1:
        return []
    if marks[0].start > 0 and not words[: marks[0].start].rstrip().endswith("："):
        return []
    chain = [marks[0]]
    for mark in marks[1:]:
        if mark.style == chain[0].style and mark.value == chain[-1].value + 1:
            chain.append(mark)
    return chain if len(chain) > 1 else []


def _draft(
    normal: Normal,
    kind: Kind,
    start: int,
    end: int,
    mark: int,
    context: tuple[str, ...],
    block: int,
    fields: tuple[Field, ...],
) -> Draft:
    text = normal.text
    while end > start and text[end - 1] in " \n":
        end -= 1
    while start < end and text[start] in " \n":
        start += 1
    number = text[start : start + mark].strip()
    return Draft(kind, start, end, start + mark, number, context, block, block, fields)
