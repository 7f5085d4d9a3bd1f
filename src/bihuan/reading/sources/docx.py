"""Word documents: the text as a reader of the printed page sees it.

Automatic numbers are restored, tracked changes read as accepted, text boxes and footnotes kept; comments, headers, footers,
hidden text and contents lists are left out. Nothing outside the file is ever fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bihuan.errors import InputDamaged
from bihuan.i18n import _
from bihuan.reading.document import Block, Document, Table
from bihuan.reading.model import Span
from bihuan.reading.sources.archive import open_archive
from bihuan.reading.sources.numbering import Numbering, W, value

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = {W + n for n in ("del", "moveFrom", "instrText", "delText", "delInstrText", "commentReference", "pPr", "rPr", "sdtPr", "annotationRef")}
_OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)


@dataclass(slots=True)
class _Style:
    based_on: str = ""
    name: str = ""
    number: str | None = None
    level: int | None = None
    outline: int | None = None
    hidden: bool = False


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Take the text out of a Word document.

    Raises:
        InputDamaged: it is truncated, or no Word document.
        InputEncrypted: it asks for a password.
        InputTooLarge: it unpacks beyond the limit.
    """
    archive = open_archive(data)
    root = archive.xml("word/document.xml")
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise InputDamaged(_("这不是完整的 Word 文档：缺少正文"))
    styles = archive.xml("word/styles.xml")
    writer = _Writer(_styles(styles), Numbering(archive.xml("word/numbering.xml"), styles))
    writer.container(body)
    for part, tag in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        notes = archive.xml(part)
        if notes is not None:
            for note in notes.iterfind(W + tag):
                if note.get(W + "type", "normal") == "normal":
                    writer.container(note, kind="footnote")
    return Document("\n".join(writer.lines), name, MEDIA_TYPE, sha256, tuple(writer.blocks), tuple(writer.tables))


def _styles(root: _Element | None) -> dict[str, _Style]:
    out: dict[str, _Style] = {}
    if root is None:
        return out
    for style in root.iterfind(W + "style"):
        if style.get(W + "type", "paragraph") != "paragraph":
            continue
        level, outline = value(style, "pPr/numPr/ilvl"), value(style, "pPr/outlineLvl")
        made = _Style(
            value(style, "basedOn"),
            value(style, "name"),
            value(style, "pPr/numPr/numId") or None,
            int(level) if level.isdigit() else None,
            int(outline) if outline.isdigit() else None,
        )
        out[style.get(W + "styleId", "")] = made
        if style.get(W + "default") in ("1", "true"):
            out.setdefault("", made)
    return out


class _Writer:
    """Collects lines, blocks and tables in the order of the document."""

    def __init__(self, styles: dict[str, _Style], numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.length = 0
        self.carried = ""

    # --- blocks ----------------------------------------------------------------------------------------------------

    def container(self, element: _Element, kind: str = "paragraph") -> None:
        for child in element:
            if child.tag == W + "p":
                self.paragraph(child, kind)
            elif child.tag == W + "tbl":
                self.table(child)
            elif child.tag == W + "sdt":
                gallery = value(child, "sdtPr/docPartObj/docPartGallery")
                content = child.find(W + "sdtContent")
                if content is not None and gallery != "Table of Contents":
                    self.container(content, kind)
            elif child.tag in (W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
                self.container(child, kind)
            elif child.tag == _MC + "AlternateContent":
                for choice in child[:1]:
                    self.container(choice, kind)

    def paragraph(self, p: _Element, kind: str) -> Span | None:
        style = value(p, "pPr/pStyle")
        chain = self._chain(style)
        names = [s.name.lower() for s in chain]
        if style.upper().startswith("TOC") or any(n.startswith("toc ") for n in names):
            return None
        boxes: list[_Element] = []
        text = self.carried + self._text(p, boxes)
        self.carried = ""
        if p.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            # The deleted paragraph mark joins this paragraph with the next.
            self.carried = text
            return None
        number = self._number(p, style, chain) if text.strip() else ""
        written = kind
        level = 0
        if kind == "paragraph":
            written, level = self._kind(p, chain, names)
        span = self._line(number + text, written, level)
        for box in boxes:
            self.container(box, kind)
        return span

    def _line(self, text: str, kind: str, level: int = 0) -> Span | None:
        """Write a paragraph; a soft break before a number begins a line of its own, any other is no break at all."""
        first = last = None
        for part in re.split(r"\n(?=\s*(?:[一二三四五六七八九十]+、|（|\(|\d+[.、．)]|[①-⑳]|第[一二三四五六七八九十]))", text):
            line = part.replace("\n", "")
            if not line.strip():
                continue
            start = self.length + bool(self.lines)
            self.lines.append(line)
            self.length = start + len(line)
            self.blocks.append(Block(start, self.length, kind, level))
            first = start if first is None else first
            last = self.length
        return Span(first, last) if first is not None and last is not None else None

    def table(self, tbl: _Element) -> None:
        rows: list[list[Span | None]] = []
        for tr in tbl.iter(W + "tr"):
            if next((a for a in tr.iterancestors(W + "tbl")), None) is not tbl or tr.find(f"{W}trPr/{W}del") is not None:
                continue
            row: list[Span | None] = []
            for tc in self._cells(tr):
                width = value(tc, "tcPr/gridSpan", "1")
                merge = tc.find(f"{W}tcPr/{W}vMerge")
                count = min(int(width), 64) if width.isdigit() else 1
                if merge is not None and merge.get(W + "val", "continue") != "restart":
                    above = rows[-1][len(row)] if rows and len(row) < len(rows[-1]) else None
                    row.extend([above] * count)
                    continue
                row.extend([self._cell(tc)] * count)
            rows.append(row)
        width_of = max((len(r) for r in rows), default=0)
        if width_of:
            self.tables.append(Table(tuple(tuple(r + [None] * (width_of - len(r))) for r in rows)))

    @staticmethod
    def _cells(tr: _Element) -> list[_Element]:
        return [tc for tc in tr.iter(W + "tc") if next(tc.iterancestors(W + "tr")) is tr]

    def _cell(self, tc: _Element) -> Span | None:
        before = len(self.blocks)
        self.container(tc, kind="cell")
        made = self.blocks[before:]
        return Span(made[0].start, made[-1].end) if made else None

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _chain(self, style: str) -> list[_Style]:
        out: list[_Style] = []
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            out.append(self.styles[style])
            style = self.styles[style].based_on
        return out

    def _kind(self, p: _Element, chain: list[_Style], names: list[str]) -> tuple[str, int]:
        if names and names[0] in ("title", "标题"):
            return "title", 0
        own = value(p, "pPr/outlineLvl")
        level = int(own) if own.isdigit() else next((s.outline for s in chain if s.outline is not None), None)
        if level is None:
            named = next((m for m in map(_HEADING.match, names) if m), None)
            level = int(named.group(1)) - 1 if named else None
        return ("heading", level + 1) if level is not None and level < 9 else ("paragraph", 0)

    def _number(self, p: _Element, style: str, chain: list[_Style]) -> str:
        number = value(p, "pPr/numPr/numId")
        at = value(p, "pPr/numPr/ilvl")
        level = int(at) if at.isdigit() else None
        if not number:
            number = next((s.number for s in chain if s.number is not None), "") or ""
            if level is None:
                level = self.numbering.level_of_style(number, style)
            if level is None:
                level = next((s.level for s in chain if s.level is not None), None)
        return "" if number in ("", "0") else self.numbering.next(number, level or 0)

    def _text(self, element: _Element, boxes: list[_Element]) -> str:
        out: list[str] = []
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _DROPPED:
                continue
            if tag == W + "t":
                out.append(child.text or "")
            elif tag == W + "tab":
                out.append("\t")
            elif tag == W + "br":
                out.append("" if child.get(W + "type") in ("page", "column") else "\n")
            elif tag == W + "cr":
                out.append("\n")
            elif tag == W + "noBreakHyphen":
                out.append("-")
            elif tag == W + "r":
                hidden = child.find(f"{W}rPr/{W}vanish")
                if hidden is None or hidden.get(W + "val", "1") in _OFF:
                    out.append(self._text(child, boxes))
            elif tag == W + "txbxContent":
                boxes.append(child)
            elif tag == _MC + "AlternateContent":
                # The choice and its fallback say the same.
                out.extend(self._text(choice, boxes) for choice in child[:1])
            else:
                out.append(self._text(child, boxes))
        return "".join(out)
