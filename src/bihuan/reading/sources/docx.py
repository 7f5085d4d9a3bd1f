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
from bihuan.reading.sources.numbering import Numbering, W, value, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = {
    W + n
    for n in (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "commentReference",
        "pPr",
        "rPr",
        "sdtPr",
        "annotationRef",
        "rt",
    )
}
_MAX_COLUMNS = 63  # Word makes no wider tables
_OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)


@dataclass(slots=True)
class _Style:
    based_on: str = ""
    name: str = ""
    number: str | None = None
    level: int | None = None
    outline: int | None = None
    hidden: bool | None = None


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
        if style.get(W + "type", "paragraph") not in ("paragraph", "character"):
            continue
        made = _Style(
            value(style, "basedOn"),
            value(style, "name"),
            value(style, "pPr/numPr/numId") or None,
            whole(value(style, "pPr/numPr/ilvl")),
            whole(value(style, "pPr/outlineLvl")),
            _switch(style, "vanish"),
        )
        out[style.get(W + "styleId", "")] = made
        if style.get(W + "default") in ("1", "true") and style.get(W + "type", "paragraph") == "paragraph":
            out.setdefault("", made)
    return out


def _switch(element: _Element, name: str) -> bool | None:
    """A property of an element's characters that is on, off, or not told."""
    found = element.find(f"{W}rPr/{W}{name}")
    return None if found is None else found.get(W + "val", "1") not in _OFF


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
        """Write all of a body, cell, note or text box; nothing is carried on beyond it."""
        before, self.carried = self.carried, ""
        self._children(element, kind)
        self._line(self.carried, kind)
        self.carried = before

    def _children(self, element: _Element, kind: str) -> None:
        for child in element:
            if child.tag == W + "p":
                self.paragraph(child, kind)
            elif child.tag == W + "tbl":
                self.table(child)
            elif child.tag == W + "sdt":
                gallery = value(child, "sdtPr/docPartObj/docPartGallery")
                content = child.find(W + "sdtContent")
                if content is not None and gallery != "Table of Contents":
                    self._children(content, kind)
            elif child.tag in (W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
                self._children(child, kind)
            elif child.tag == _MC + "AlternateContent":
                for choice in list(child)[:1]:
                    self._children(choice, kind)

    def paragraph(self, p: _Element, kind: str) -> Span | None:
        style = value(p, "pPr/pStyle")
        chain = self._chain(style)
        names = [s.name.lower() for s in chain]
        if style.upper().startswith("TOC") or any(n.startswith("toc ") for n in names):
            return None
        boxes: list[_Element] = []
        hidden = next((s.hidden for s in chain if s.hidden is not None), False)
        text = self.carried + self._text(p, boxes, hidden)
        self.carried = ""
        mark = p.find(f"{W}pPr/{W}rPr")
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            # The deleted paragraph mark joins this paragraph with the next.
            self.carried = text
            number = text = ""
        else:
            # An empty paragraph counts too; its number alone says something only in a table.
            unseen = not text.strip() and (hidden or (mark is not None and mark.find(W + "vanish") is not None))
            number = "" if unseen else self._number(p, style, chain)
            number = number if text.strip() or kind == "cell" else ""
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
        for part in re.split(
            r"\n(?=\s*(?:[一二三四五六七八九十]+、|（|\(|\d+[.、．)]|[①-⑳]|第[一二三四五六七八九十]))", text
        ):
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
            if (
                next((a for a in tr.iterancestors(W + "tbl")), None) is not tbl
                or tr.find(f"{W}trPr/{W}del") is not None
            ):
                continue
            row: list[Span | None] = [None] * self._columns(tr, "trPr/gridBefore", 0)
            for tc in self._cells(tr):
                merge = tc.find(f"{W}tcPr/{W}vMerge")
                count = self._columns(tc, "tcPr/gridSpan", 1)
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
    def _columns(element: _Element, path: str, least: int) -> int:
        return min(max(whole(value(element, path)) or least, least), _MAX_COLUMNS)

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
        level = whole(value(p, "pPr/outlineLvl"))
        if level is None:
            level = next((s.outline for s in chain if s.outline is not None), None)
        if level is None:
            named = next((m for m in map(_HEADING.match, names) if m), None)
            level = int(named.group(1)) - 1 if named else None
        return ("heading", level + 1) if level is not None and level < 9 else ("paragraph", 0)

    def _number(self, p: _Element, style: str, chain: list[_Style]) -> str:
        number = value(p, "pPr/numPr/numId")
        level = whole(value(p, "pPr/numPr/ilvl"))
        if not number:
            number = next((s.number for s in chain if s.number is not None), "") or ""
            if level is None:
                level = self.numbering.level_of_style(number, style)
            if level is None:
                level = next((s.level for s in chain if s.level is not None), None)
        return "" if number in ("", "0") else self.numbering.next(number, level or 0)

    def _text(self, element: _Element, boxes: list[_Element], hidden: bool) -> str:
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
                if not self._hidden(child, hidden):
                    out.append(self._text(child, boxes, hidden))
            elif tag == W + "txbxContent":
                boxes.append(child)
            elif tag == _MC + "AlternateContent":
                # The choice and its fallback say the same.
                out.extend(self._text(choice, boxes, hidden) for choice in list(child)[:1])
            else:
                out.append(self._text(child, boxes, hidden))
        return "".join(out)

    def _hidden(self, run: _Element, by_paragraph: bool) -> bool:
        own = _switch(run, "vanish")
        if own is None:
            own = next((s.hidden for s in self._chain(value(run, "rPr/rStyle")) if s.hidden is not None), None)
        return by_paragraph if own is None else own
