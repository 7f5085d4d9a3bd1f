"""PDF: characters and where they stand, from pdfium; a page that is a picture goes to the recogniser."""

from __future__ import annotations

import ctypes
import math
import threading
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from bihuan.errors import InputDamaged, InputEncrypted, InputTooLarge
from bihuan.i18n import _
from bihuan.reading.document import Document
from bihuan.reading.model import Note
from bihuan.reading.sources.limits import MAX_CHARACTERS, MAX_PAGES
from bihuan.reading.sources.lines import Line, Page, to_text

#: pdfium is not safe to call from two threads at once, whatever the documents: every call is made under this lock.
_LOCK = threading.Lock()
_SCAN_PIXELS = 8_000_000  # A4 at 200 dots an inch is 3.9 million: enough to recognise body text
_SCAN_SCALE = 200 / 72


class _Char(NamedTuple):
    char: str
    left: float
    right: float
    baseline: float
    top: float
    size: float


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Take the paragraphs out of a PDF.

    Raises:
        InputEncrypted: it asks for a password.
        InputDamaged: it is truncated or broken.
        InputTooLarge: more than ``MAX_PAGES`` pages or ``MAX_CHARACTERS`` characters.
        PartMissing: it is a scan, and the ``ocr`` extra is not installed.
    """
    tail = data.rstrip(b"\0\r\n\t ")[-4096:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise InputDamaged(_("PDF 不完整，可能没有下载完；请重新取得原文件"))
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
                raise InputEncrypted(_("PDF 设了打开密码；请去掉密码后再试")) from error
            raise InputDamaged(_("PDF 已损坏，打不开；请重新取得原文件")) from error
    try:
        with _LOCK:
            pages, scanned = _read(document)
        pages, notes = _recognised(document, pages, scanned)
    except pypdfium2.PdfiumError as error:
        raise InputDamaged(_("PDF 已损坏，打不开；请重新取得原文件")) from error
    finally:
        with _LOCK:
            document.close()
    text, blocks = to_text(pages)
    return Document(text, name, "application/pdf", sha256, blocks, notes=tuple(notes))


def _recognised(document: Any, pages: list[Page], scanned: list[int]) -> tuple[list[Page], list[Note]]:
    """The pages with the scanned ones recognised; a report with some text is read without them where that can't be.

    One picture at a time is kept, and others may use pdfium while it is recognised.
    """
    from bihuan.reading.sources import image

    if not scanned:
        return pages, []
    if not image.installed() and any(page.lines for page in pages):
        which = "、".join(str(number + 1) for number in scanned)
        return pages, [Note("scanned-page", 0, 0, f"第 {which} 页是图像，没有读取；安装 bihuan[ocr] 后可以识别")]
    done = list(pages)
    for number in scanned:
        image.need()
        with _LOCK:
            page = document[number]
            try:
                width, height = page.get_size()
                scale = min(_SCAN_SCALE, math.sqrt(_SCAN_PIXELS / max(1.0, width * height)))
                picture = page.render(scale=scale).to_numpy().copy()
            finally:
                page.close()
        done[number] = Page(image.recognise(picture), picture.shape[1], picture.shape[0])
    return done, [image.NOTE]


def _read(document: Any) -> tuple[list[Page], list[int]]:
    """All pages, and the indexes of those that show something but hold no text."""
    if len(document) > MAX_PAGES:
        words = _("PDF 有 {count} 页，最多读 {limit} 页；请拆成几份")
        raise InputTooLarge(words.format(count=len(document), limit=MAX_PAGES))
    pages: list[Page] = []
    scanned: list[int] = []
    count = 0
    for number in range(len(document)):
        page = document[number]
        try:
            lines = _lines(_chars(page))
            width, height = page.get_size()
            if not lines and pdfium.FPDFPage_CountObjects(page.raw):
                scanned.append(number)
        finally:
            page.close()
        count += sum(len(line.text) for line in lines)
        if count > MAX_CHARACTERS:
            words = _("文字有 {count} 个，最多读 {limit} 个；请拆成几份")
            raise InputTooLarge(words.format(count=count, limit=MAX_CHARACTERS))
        pages.append(Page(lines, width, height))
    return pages, scanned


def _chars(page: Any) -> list[_Char]:
    """The upright characters of a page in the file's order, with places as the page is shown."""
    turned = page.get_rotation()
    show = _shown(turned, page.get_mediabox())
    text_page = page.get_textpage()
    found = []
    try:
        raw = text_page.raw
        box = pdfium.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        for i in range(pdfium.FPDFText_CountChars(raw)):
            char = _char(pdfium.FPDFText_GetUnicode(raw, i))
            if not char or pdfium.FPDFText_IsGenerated(raw, i) == 1:
                continue  # pdfium guesses spaces and line breaks; we measure them
            if not pdfium.FPDFText_GetLooseCharBox(raw, i, box) or not pdfium.FPDFText_GetCharOrigin(raw, i, x, y):
                continue
            angle = pdfium.FPDFText_GetCharAngle(raw, i) + math.radians(turned)
            if abs(math.sin(angle)) > 0.2 and char.strip():
                continue  # a watermark across the page, or a stamp
            left, top = show(box.left, box.top)
            right, bottom = show(box.right, box.bottom)
            baseline = show(x.value, y.value)[1]
            high = abs(bottom - top)
            found.append(_Char(char, min(left, right), max(left, right), baseline, min(top, bottom), high))
    finally:
        text_page.close()
    return found


def _shown(turned: int, box: tuple[float, float, float, float]) -> Callable[[float, float], tuple[float, float]]:
    """From the page's own units to those of the page as shown: from its left and its top."""
    x0, y0, x1, y1 = box
    return {
        0: lambda x, y: (x - x0, y1 - y),
        90: lambda x, y: (y - y0, x - x0),
        180: lambda x, y: (x1 - x, y - y0),
        270: lambda x, y: (y1 - y, x1 - x),
    }[turned % 360]


def _char(code: int) -> str:
    if code in (0x02, 0xFFFE):  # pdfium's sign for a hyphen at a line's end
        return "\u00ad"
    if code in (0, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    char = chr(code)
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:  # radicals in the place of characters, as some fonts say
        return unicodedata.normalize("NFKC", char)
    return " " if char in "\t\xa0" else char if code >= 0x20 and code != 0x7F else ""


def _lines(chars: list[_Char]) -> list[Line]:
    """Characters on one baseline, from left to right, parted where a gap is wider than a character and a half."""
    rows: list[list[_Char]] = []
    for char in sorted(chars, key=lambda each: each.baseline):
        if rows and char.baseline - rows[-1][-1].baseline < 0.3 * max(1.0, min(char.size, rows[-1][-1].size)):
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = []
    for row in rows:
        run: list[_Char] = []
        for char in sorted(row, key=lambda each: each.left):
            if run and char.left - run[-1].right > 1.5 * char.size:
                lines.append(_line(run))
                run = []
            if not char.char.strip():
                if run:
                    run.append(char)
                continue
            if run and char.char == run[-1].char and abs(char.left - run[-1].left) < 0.15 * char.size:
                continue  # printed twice for boldness
            run.append(char)
        if run:
            lines.append(_line(run))
    return lines


def _ink(run: list[_Char]) -> _Char:
    return next(char for char in reversed(run) if char.char.strip())


def _line(run: list[_Char]) -> Line:
    last = _ink(run)
    run = run[: run.index(last) + 1]
    parts = [run[0].char]
    for before, char in pairwise(run):
        narrow = before.char.isascii() or char.char.isascii()
        apart = char.left - before.right > 0.2 * char.size
        parts.append(" " if narrow and apart and before.char.strip() and char.char.strip() else "")
        parts.append(char.char)
    size = sorted(char.size for char in run)[len(run) // 2]
    return Line("".join(parts), run[0].left, min(c.top for c in run), last.right, max(c.baseline for c in run), size)
