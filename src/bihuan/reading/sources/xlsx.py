"""Excel workbooks: every sheet a table, every cell a line."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.errors import InputDamaged, InputEncrypted, InputTooLarge
from bihuan.i18n import _
from bihuan.reading.document import Block, Document, Table
from bihuan.reading.model import Span

MAX_CELLS = 2_000_000  # a ledger of ten thousand rows has a tenth of it
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Take the cells out of a workbook (xlsx, xls).

    Raises:
        InputDamaged: it is broken.
        InputEncrypted: it asks for a password.
        InputTooLarge: it unpacks beyond the limit or has more cells than any ledger.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if data.startswith(b"PK"):
        _check_size(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        writer = _Writer()
        for number, sheet in enumerate(workbook.sheet_names):
            opened = workbook.get_sheet_by_index(number)
            if opened.total_height * opened.total_width > MAX_CELLS:
                raise InputTooLarge(_("表格太大（超过 {limit} 个单元格）").format(limit=MAX_CELLS))
            writer.sheet(sheet, opened.to_python(skip_empty_area=False), opened.merged_cell_ranges or [])
    except PasswordError as error:
        raise InputEncrypted(_("文件有密码，请去掉密码后再试")) from error
    except CalamineError as error:
        raise InputDamaged(_("表格已损坏或不完整，请重新取得")) from error
    return Document("\n".join(writer.lines), name, _MEDIA_TYPE, sha256, tuple(writer.blocks), tuple(writer.tables))


def _check_size(data: bytes) -> None:
    """Inflate once under the limit: the reader itself trusts the headers."""
    from bihuan.reading.sources.archive import open_archive

    archive = open_archive(data)
    for member in sorted(archive.names):
        archive.read(member)


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.length = 0

    def sheet(self, title: str, rows: list[list[Any]], merged: list[Any]) -> None:
        cells: list[list[Span | None]] = [[self._cell(v) for v in row] for row in rows]
        for (top, left), (bottom, right) in merged:
            if top < len(cells) and left < len(cells[top]):
                first = cells[top][left]
                for r in range(top, min(bottom, len(cells) - 1) + 1):
                    for c in range(left, min(right, len(cells[r]) - 1) + 1):
                        cells[r][c] = first
        if any(any(row) for row in cells):
            self.tables.append(Table(tuple(map(tuple, cells)), title))

    def _cell(self, value: Any) -> Span | None:
        first = last = None
        for line in _words(value).splitlines():
            if not line.strip():
                continue
            start = self.length + bool(self.lines)
            self.lines.append(line)
            self.length = start + len(line)
            self.blocks.append(Block(start, self.length, "cell"))
            first = start if first is None else first
            last = self.length
        return Span(first, last) if first is not None and last is not None else None


def _words(value: Any) -> str:
    """A cell as a person reads it: dates ISO, whole numbers without a point."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)
