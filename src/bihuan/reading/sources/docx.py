"""Word documents: the text as a reader of the printed page sees it.

Automatic numbers are restored, tracked changes read as accepted, text boxes and notes kept; comments, headers, footers,
hidden text and contents lists are left out. Nothing outside the file is ever fetched.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan.errors import InputDamaged
from bihuan.i18n import _
from bihuan.reading.document import Block, Document, Table
from bihuan.reading.model import Span
from bihuan.reading.sources.archive import Archive, open_archive
from bihuan.reading.sources.numbering import Numbering, W, value
from bihuan.text.numbering import find_marks

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_COLUMNS = 63  # Word's own limit of a table
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MAIN = "word/document.xml"
_DROPPED = {
    W + name
    for name in ("del", "moveFrom", "delText", "delInstrText", "annotationRef", "pPr", "rPr", "sdtPr", "rt", "rubyPr")
}
_PASSED = {W + name for name in ("ins", "moveTo", "customXml", "smartTag")}
_TOC_STYLE = re.compile(r"(?:toc|目录)\s*(?:\d|heading|标题|$)", re.I)
_TOC_FIELD = re.compile(r"\s*TOC\b", re.I)
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_NUMBER = re.compile(r"[0-9]{1,9}")
_HEAD = 16  # characters that show whether a line begins with a number
#: Signs of the Wingdings fonts that mean something in a report: numbers, ticks and boxes. Bullets mean nothing.
_SIGNS = {
    "wingdings": {0x81 + k: chr(0x2460 + k) for k in range(10)}
    | {0x8C + k: chr(0x2460 + k) for k in range(10)}
    | {0x6F: "□", 0xA8: "□", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x6A + k: chr(0x2460 + k) for k in range(10)}
    | {0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0xA3: "□"},
}


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Take the text out of a Word document.

    Raises:
        InputDamaged: it is truncated, or no Word document.
        InputEncrypted: it asks for a password.
        InputTooLarge: it unpacks beyond the limits.
    """
    archive = open_archive(data)
    main, parts = _parts(archive)
    root = archive.xml(main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise InputDamaged(_("这不是完整的 Word 文档：缺少正文"))
    styles = archive.xml(parts["styles"])
    try:
        numbering = Numbering(archive.xml(parts["numbering"]), styles)
    except ValueError as error:
        raise InputDamaged(_("文件内容已损坏（{name}）").format(name=parts["numbering"])) from error
    writer = _Writer(_styles(styles), numbering)
    writer.body(body)
    for part, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        wanted = writer.notes[tag]
        notes = archive.xml(parts[part]) if wanted else None
        if notes is not None:
            found = {note.get(W + "id", ""): note for note in notes.iterfind(W + tag)}
            for number in wanted:
                if number in found:
                    writer.body(found[number], "footnote")
    tables = tuple(table for table in writer.tables if table is not None)
    return Document("\n".join(writer.lines), name, MEDIA_TYPE, sha256, tuple(writer.blocks), tables)


def _parts(archive: Archive) -> tuple[str, dict[str, str]]:
    """The names of the main part and of those it needs; some programs name them otherwise than Word does."""
    main = next((t for kind, t in _relations(archive, "") if kind == "officeDocument"), _MAIN)
    main = main if main in archive.names else _MAIN
    parts = {kind: f"word/{kind}.xml" for kind in ("styles", "numbering", "footnotes", "endnotes")}
    parts.update((kind, target) for kind, target in _relations(archive, main) if kind in parts)
    return main, parts


def _relations(archive: Archive, part: str) -> list[tuple[str, str]]:
    """Kind and target of a part's relationships inside the file; those that point outside are never followed."""
    folder, name = posixpath.split(part)
    root = archive.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    if root is None:
        return []
    return [
        (each.get("Type", "").rpartition("/")[2], posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:])
        for each in root
        if each.get("TargetMode") != "External"
    ]  # fmt: skip


@dataclass(slots=True)
class _Style:
    id: str
    based_on: str
    name: str
    number: str | None  # numId, "0" switches a number off
    level: int | None
    outline: int | None
    hidden: bool | None


def _styles(root: _Element | None) -> dict[str, _Style]:
    """Paragraph and character styles by id; the default paragraph style also under the empty id."""
    out: dict[str, _Style] = {}
    for style in root.iterfind(W + "style") if root is not None else ():
        made = _Style(
            style.get(W + "styleId", ""),
            value(style, "basedOn"),
            value(style, "name").lower(),
            value(style, "pPr/numPr/numId") or None,
            _integer(value(style, "pPr/numPr/ilvl")),
            _integer(value(style, "pPr/outlineLvl")),
            _switch(style, "rPr/vanish"),
        )
        out[made.id] = made
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            out.setdefault("", made)
    return out


def _integer(written: str) -> int | None:
    return int(written) if _NUMBER.fullmatch(written) else None


def _switch(element: _Element, path: str) -> bool | None:
    """An on/off property; None where it is not given."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val", "1") not in ("0", "false", "off")


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, and whether the result has begun."""

    instruction: str = ""
    result: bool = False

    @property
    def shown(self) -> bool:
        return self.result and not _TOC_FIELD.match(self.instruction)


@dataclass(slots=True)
class _Carried:
    """What stands before a paragraph mark that is deleted or hidden, and so belongs to the next paragraph."""

    text: str = ""
    numbered: bool = False
    boxes: list[_Element] = field(default_factory=list)


class _Writer:
    """Collects lines, blocks and tables in the order of the document."""

    def __init__(self, styles: dict[str, _Style], numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table | None] = []
        self.notes: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self._length = 0
        self._carried = _Carried()
        self._fields: list[_Field] | None = []

    # --- blocks ----------------------------------------------------------------------------------------------------

    def body(self, element: _Element, kind: str = "paragraph") -> None:
        """The document's body, or a note. Where a field is never closed, fields are no guide to what is shown."""
        ends = [each.get(W + "fldCharType") for each in element.iter(W + "fldChar")]
        self._fields = [] if ends.count("begin") == ends.count("end") else None
        self._container(element, kind)

    def _container(self, element: _Element, kind: str) -> None:
        self._children(element, kind)
        self._flush(kind)

    def _children(self, element: _Element, kind: str) -> None:
        for child in element:
            if child.tag == W + "p":
                self._paragraph(child, kind)
            elif child.tag == W + "tbl":
                self._flush(kind)
                self._table(child)
            elif child.tag == W + "sdt":
                if value(child, "sdtPr/docPartObj/docPartGallery") != "Table of Contents":
                    self._children(child, kind)
            elif child.tag in _PASSED or child.tag == W + "sdtContent":
                self._children(child, kind)
            elif child.tag == _MC + "AlternateContent":
                for choice in list(child)[:1]:
                    self._children(choice, kind)

    def _paragraph(self, p: _Element, kind: str) -> None:
        style = value(p, "pPr/pStyle")
        chain = self._chain(style if style in self._styles else "")
        boxes: list[_Element] = []
        text = self._text(p, boxes, any(s.hidden for s in chain[:1]))
        if any(_TOC_STYLE.match(s.name) for s in chain) or _TOC_STYLE.match(style):
            return
        before, self._carried = self._carried, _Carried()
        text, boxes = before.text + text, before.boxes + boxes
        deleted = p.find(f"{W}pPr/{W}rPr/{W}del") is not None or p.find(f"{W}pPr/{W}rPr/{W}moveFrom") is not None
        hidden = _switch(p, "pPr/rPr/vanish")
        if deleted or (hidden and not text.strip()):
            self._carried = _Carried(text, before.numbered, boxes)
            return
        # An empty paragraph counts in its list, too.
        number = "" if before.numbered else self._number(p, chain)
        if hidden:
            self._carried = _Carried(number + text, True, boxes)
            return
        # A number alone says nothing, but for a cell: the 序号 column of a ledger is often an automatic list.
        if text.strip() or (number and kind == "cell"):
            self._lines(number + text, *(self._kind(p, chain) if kind == "paragraph" else (kind, 0)))
        for box in boxes:
            self._container(box, kind)

    def _flush(self, kind: str) -> None:
        """Nothing follows that carried text could join."""
        carried, self._carried = self._carried, _Carried()
        if carried.text.strip():
            self._lines(carried.text, kind)
        for box in carried.boxes:
            self._container(box, kind)

    def _lines(self, text: str, kind: str, level: int = 0) -> None:
        for line in _broken(text):
            start = self._length + bool(self.lines)
            self.lines.append(line)
            self._length = start + len(line)
            self.blocks.append(Block(start, self._length, kind, level))

    def _table(self, tbl: _Element) -> None:
        place = len(self.tables)
        self.tables.append(None)  # tables inside come after
        rows: list[list[Span | None]] = []
        for tr in tbl.iter(W + "tr"):
            if next(tr.iterancestors(W + "tbl")) is not tbl or tr.find(f"{W}trPr/{W}del") is not None:
                continue
            above = rows[-1] if rows else []
            row: list[Span | None] = [None] * min(_integer(value(tr, "trPr/gridBefore")) or 0, MAX_COLUMNS)
            for tc in tr.iter(W + "tc"):
                if next(tc.iterancestors(W + "tr")) is not tr or tc.find(f"{W}tcPr/{W}cellDel") is not None:
                    continue
                count = min(_integer(value(tc, "tcPr/gridSpan")) or 1, max(0, MAX_COLUMNS - len(row)))
                row.extend([self._cell(tc, above[len(row)] if len(row) < len(above) else None, row)] * count)
            rows.append(row)
        width = max((len(row) for row in rows), default=0)
        if any(any(row) for row in rows):
            self.tables[place] = Table(tuple(tuple(row + [None] * (width - len(row))) for row in rows))

    def _cell(self, tc: _Element, above: Span | None, row: list[Span | None]) -> Span | None:
        """The span of a cell, or of the one it is merged with; a merged cell's own text is not shown by Word."""
        down = tc.find(f"{W}tcPr/{W}vMerge")
        if down is not None and down.get(W + "val", "continue") == "continue" and above is not None:
            return above
        across = tc.find(f"{W}tcPr/{W}hMerge")
        if across is not None and across.get(W + "val", "continue") == "continue" and row:
            return row[-1]
        before = len(self.blocks)
        self._container(tc, "cell")
        made = self.blocks[before:]
        return Span(made[0].start, made[-1].end) if made else None

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _chain(self, style: str) -> list[_Style]:
        """A style and those it is based on."""
        out: list[_Style] = []
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            out.append(self._styles[style])
            style = self._styles[style].based_on or "\0"  # the empty id is the default style's
        return out

    @staticmethod
    def _kind(p: _Element, chain: list[_Style]) -> tuple[str, int]:
        names = [style.name for style in chain]
        if any(name in ("title", "标题") for name in names):
            return "title", 0
        if any(name in ("caption", "题注") for name in names):
            return "caption", 0
        level = _integer(value(p, "pPr/outlineLvl"))
        if level is None:
            level = next((s.outline for s in chain if s.outline is not None), None)
        if level is None:
            named = next((m for m in map(_HEADING.match, names) if m), None)
            level = int(named[1]) - 1 if named else None
        return ("heading", level + 1) if level is not None and level < 9 else ("paragraph", 0)

    def _number(self, p: _Element, chain: list[_Style]) -> str:
        """The paragraph's automatic number; its own settings come before its style's."""
        number = value(p, "pPr/numPr/numId")
        level = _integer(value(p, "pPr/numPr/ilvl"))
        if not number:
            giver = next((k for k, s in enumerate(chain) if s.number is not None), len(chain))
            number = (chain[giver].number or "") if giver < len(chain) else ""
            # A list names the style of each of its levels; that holds for the styles based on it, too.
            linked = (self._numbering.level_of_style(number, s.id) for s in chain[: giver + 1])
            given = (s.level for s in chain)
            level = next((x for x in (level, *linked, *given) if x is not None), 0)
        return "" if number in ("", "0") else self._numbering.next(number, level or 0)

    def _text(self, element: _Element, boxes: list[_Element], hidden: bool) -> str:
        """The shown characters of a paragraph or a run; text boxes are put aside."""
        out: list[str] = []
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _DROPPED:
                continue
            if tag == W + "r":
                out.append(self._text(child, boxes, self._is_hidden(child, hidden)))
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType", ""))
            elif tag == W + "instrText":
                if self._fields and not self._fields[-1].result:
                    self._fields[-1].instruction += child.text or ""
            elif hidden and element.tag == W + "r":
                continue
            elif tag == W + "txbxContent":
                boxes.append(child)
            elif tag == _MC + "AlternateContent":
                # The choice and its fallback say the same.
                out.extend(self._text(choice, boxes, hidden) for choice in list(child)[:1])
            elif tag == W + "fldSimple" and _TOC_FIELD.match(child.get(W + "instr", "")):
                continue
            elif tag == W + "sdt" and _switch(child, "sdtPr/showingPlcHdr"):
                continue  # 单击此处输入文字 is a form's, not the writer's
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self.notes[tag[len(W) :].removesuffix("Reference")].append(child.get(W + "id", ""))
            elif len(child) and tag != W + "t":
                out.append(self._text(child, boxes, hidden))
            elif not self._fields or all(each.shown for each in self._fields):
                out.append(_characters(child))
        return "".join(out)

    def _field(self, kind: str) -> None:
        if self._fields is None:
            return
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].result = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _is_hidden(self, run: _Element, inherited: bool) -> bool:
        own = _switch(run, "rPr/vanish")
        styled = next((s.hidden for s in self._chain(value(run, "rPr/rStyle") or "\0") if s.hidden is not None), None)
        return next((x for x in (own, styled) if x is not None), inherited)


def _characters(element: _Element) -> str:
    """What an element without children shows; a soft line break is a line feed."""
    tag = element.tag
    if tag in (W + "t", _MATH_TEXT):
        return re.sub(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", " ", element.text or "")
    if tag in (W + "tab", W + "ptab"):
        return "\t"
    if tag == W + "cr" or (tag == W + "br" and element.get(W + "type") not in ("page", "column")):
        return "\n"
    if tag == W + "noBreakHyphen":
        return "-"
    return _sign(element) if tag == W + "sym" else ""


def _sign(element: _Element) -> str:
    written = element.get(W + "char", "")
    code = int(written, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", written) else 0
    if 0xF000 <= code <= 0xF0FF:
        return _SIGNS.get(element.get(W + "font", "").lower(), {}).get(code - 0xF000, "")
    return chr(code) if code >= 0x20 and not 0xD800 <= code < 0xF900 else ""


def _broken(text: str) -> list[str]:
    """A paragraph's lines: a soft break begins a new one before a number, or before an indent after a full stop.

    Any other break only shapes the print, as in a title on two lines, and is no break.
    """
    lines: list[str] = []
    for piece in text.split("\n"):
        head = piece.lstrip()[:_HEAD].replace("(", "（").replace(")", "）")
        mark = next(find_marks(head), None)
        indented = bool(lines) and lines[-1].rstrip().endswith(("。", "！", "？", "；")) and piece[:2].isspace()
        if not lines or (mark is not None and mark.start == 0) or (indented and len(piece) > 1):
            lines.append(piece)
        else:
            apart = re.search(r"[A-Za-z]$", lines[-1]) and re.match(r"[A-Za-z]", piece)
            lines[-1] += (" " if apart else "") + piece
    return [line for line in lines if line.strip()]
