"""Excel workbooks: every sheet a table, every cell a line."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bihuan.errors import InputDamaged, InputEncrypted, InputTooLarge
from bihuan.i18n import _
from bihuan.reading.document import Block, Document, Table
from bihuan.reading.model import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_CELLS = 2_000_000  # a ledger of ten thousand rows has a tenth of it
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OLD_MEDIA_TYPE = "application/vnd.ms-excel"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Take the cells out of a workbook (xlsx, xls); sheets that are hidden, or are charts, are left out.

    Raises:
        InputDamaged: it is broken.
        InputEncrypted: it asks for a password.
        InputTooLarge: it unpacks beyond the limit or has more cells than any ledger.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    packed = data.startswith(b"PK")
    if packed:
        _check_size(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        writer = _Writer()
        for number, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible != SheetVisibleEnum.Visible:
                continue
            opened = workbook.get_sheet_by_index(number)
            if (opened.total_height + 1) * (opened.total_width + 1) > MAX_CELLS:
                raise _too_large()
            writer.sheet(sheet.name, opened.to_python(skip_empty_area=False), opened.merged_cell_ranges or [])
    except PasswordError as error:
        raise InputEncrypted(_("文件有密码，请去掉密码后再试")) from error
    except CalamineError as error:
        raise InputDamaged(_("表格已损坏或不完整，请重新取得")) from error
    kind = _MEDIA_TYPE if packed else _OLD_MEDIA_TYPE
    return Document("\n".join(writer.lines), name, kind, sha256, tuple(writer.blocks), tuple(writer.tables))


def _too_large() -> InputTooLarge:
    return InputTooLarge(_("表格太大（超过 {limit} 个单元格）").format(limit=MAX_CELLS))


def _check_size(data: bytes) -> None:
    """Inflate once under the limits, and see how far each sheet reaches.

    The reader itself trusts the headers, and sets aside a place for every cell between the first and the last: two cells
    in the far corners would ask for more memory than there is, and that ends the whole process.
    """
    from bihuan.reading.sources.archive import open_archive

    archive = open_archive(data)
    for member in sorted(archive.names):
        if member.startswith("xl/worksheets/") and member.endswith(".xml"):
            if _reach(archive.xml(member)) > MAX_CELLS:
                raise _too_large()
        else:
            archive.read(member)


def _reach(sheet: _Element | None) -> int:
    """How many cells the smallest rectangle from A1 holds that has all of a sheet's filled cells."""
    if sheet is None:
        return 0
    height = width = row = 0
    for line in sheet.iter("{*}row"):
        given = line.get("r", "")
        row = int(given) if _REFERENCE.fullmatch("A" + given) else row + 1
        column = 0
        for cell in line.iterchildren("{*}c"):
            found = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(found.group(1)) if found else column + 1
            if len(cell):
                height = max(height, int(found.group(2)) if found else row)
                width = max(width, column)
    return height * width


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.length = 0

    def sheet(self, title: str, rows: list[list[Any]], merged: list[Any]) -> None:
        cells: list[list[Span | None]] = [[self._cell(v) for v in row] for row in rows]
        if sum((bottom - top + 1) * (right - left + 1) for (top, left), (bottom, right) in merged) > 2 * MAX_CELLS:
            raise _too_large()
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
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"  # as Excel shows it
    return "" if value is None else str(value)
