"""Web pages: the article is found among navigation and page furniture, and its lines, headings and tables are kept."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from bihuan.errors import InputDamaged
from bihuan.i18n import _
from bihuan.reading.document import Block, Document, Table
from bihuan.reading.model import Note, Span
from bihuan.reading.sources.plain import decode

_LEFT_OUT = re.compile(
    "script|style|noscript|template|nav|header|footer|aside|form|iframe|object|embed|svg|canvas|button|select|input"
    "|textarea|head"
)
_BLOCKS = re.compile(
    "address|article|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|h[1-6]|hr|html|li"
    "|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HINT = re.compile(
    r"article|content|trs_editor|trs_preappend|zoom|vsb_content|ueditor|news_?text|main_?text|正文|detail|\bmain\b",
    re.I,
)
_AGAINST = re.compile(
    r"breadcrumb|crumb|side-?bar|related|recommend|share|comment|copyright|foot|menu|\bnav|pager|pagination|\btoolbar|\bmeta\b|banner|location",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_JUNK = re.compile(
    r"[【\[（(]?\s*(?:责任编辑|编辑|责编|校对|审核|打印(?:本页|此页|文章)?|关闭(?:本页|窗口|此页)?|上一[篇页条]|下一[篇页条]|分享到?|扫一扫|返回(?:顶部|首页|上一页)"
    r"|字号|字体|浏览次数|点击(?:数|量|次数)|阅读(?:数|量|次数)|来源|信息来源|文章来源|发布(?:时间|日期|者|人)|当前位置|您(?:所在|现在)的位置)"
    r"(?:\s*[】\]）)]\s*)?(?:\s*[:：|｜/].*|[\s|｜/【】\[\]（）()]*(?:打印|关闭|本页|窗口|收藏)*[\s|｜/【】\[\]（）()]*)"
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_LONGEST_JUNK = 90
_DEEPEST = 200  # nesting beyond it is no page that a person wrote; lxml itself stops at 256


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Take the article out of a web page.

    Raises:
        InputDamaged: no page can be made of the bytes.
        InputUnsupported: the bytes are no text.
    """
    source, note = _decoded(data)
    # A declaration of the encoding would contradict the text, which is decoded already.
    source = re.sub(r"^\s*<\?xml[^>]*>", "", source.replace("\0", ""))
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        page = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputDamaged(_("网页已损坏，打不开；请重新取得原文件")) from error
    _strip(page)
    article = _article(page)
    writer = _Writer()
    if not any(True for _h in article.iter("h1")):
        # Many sites put the title above the article's own element.
        above = next((h for h in page.iter("h1") if _words(h)), None)
        if above is not None:
            writer.walk(above)
    writer.walk(article)
    text, blocks, tables = writer.done()
    return Document(text, name, "text/html", sha256, blocks, tables, (note,) if note else ())


def _decoded(data: bytes) -> tuple[str, Note | None]:
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    said = _CHARSET.search(data[:4096])
    if said is not None:
        encoding = said[1].decode("ascii").lower()
        # Pages that call themselves GB2312 hold characters of its successors.
        encoding = "gb18030" if encoding in ("gb2312", "gbk", "gb_2312-80") else encoding
        try:
            return data.decode(encoding), None
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)


def _strip(page: Any) -> None:
    for element in list(page.iter(etree.Element)):
        style, hidden = element.get("style", ""), element.get("hidden") is not None
        named = f"{element.get('class', '')} {element.get('id', '')}"
        furniture = (
            bool(_LEFT_OUT.fullmatch(element.tag))
            or hidden
            or _HIDDEN.search(style)
            or element.get("aria-hidden") == "true"
        )
        against = element.tag not in ("body", "html") and _AGAINST.search(named) and not _HINT.search(named)
        # A header inside the article holds its title.
        if element.tag == "header" and any(a.tag == "article" for a in element.iterancestors()):
            furniture = False
        if (furniture or against) and element.getparent() is not None:
            element.drop_tree()


def _words(element: Any) -> str:
    return re.sub(r"\s+", "", "".join(element.itertext()))


def _article(page: Any) -> Any:
    """The element that holds the article: much text, few links, and the smallest one that loses nothing of it."""
    body = page.find("body")
    body = page if body is None else body
    total = len(_words(body))
    best, best_score = body, 0.0
    for element in body.iter("article", "main", "div", "section", "td", "body"):
        length = len(_words(element))
        if length < 0.25 * total or not length:
            continue
        linked = sum(len(_words(link)) for link in element.iter("a"))
        named = f"{element.get('class', '')} {element.get('id', '')}"
        hint = element.tag in ("article", "main") or bool(_HINT.search(named))
        # Links count against their element twice, so that a wrapper with a list of other articles loses to the
        # article alone; with equal text the inner element wins.
        score = (length - 2 * linked) * (1.25 if hint else 1.0)
        if score >= best_score:
            best, best_score = element, score
    return best


class _Writer:
    """Walks the article and collects its lines; a table's rows are lines too, a cell after another."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, str, int]] = []
        self._open: list[str] = []
        self._kind: tuple[str, int] = ("paragraph", 0)
        self._titled = False
        self._tables: list[list[list[list[int] | None]]] = []

    def done(self) -> tuple[str, tuple[Block, ...], tuple[Table, ...]]:
        self._end_line()
        blocks: list[Block] = []
        places: dict[int, Span] = {}
        parts: list[str] = []
        at = 0
        for number, (line, kind, level) in enumerate(self._lines):
            places[number] = Span(at, at + len(line))
            blocks.append(Block(at, at + len(line), kind, level))
            parts.append(line)
            at += len(line) + 1
        tables = []
        for rows in self._tables:
            width = max((len(row) for row in rows), default=0)
            filled = [[_span(cell, places) for cell in row] + [None] * (width - len(row)) for row in rows]
            if any(cell for row in filled for cell in row):
                tables.append(Table(tuple(tuple(row) for row in filled)))
        return "\n".join(parts), tuple(blocks), tuple(tables)

    def _end_line(self) -> None:
        # Breaks and tabs of the source mean nothing; between Chinese characters not even a space.
        line = re.sub(r"(?<=[^\x00-\x7f])[\t\r\n\f]\s*(?=[^\x00-\x7f])", "", "".join(self._open).strip())
        line = re.sub(r"[ \t\r\n\f\v\xa0]+", " ", line).strip(" \u3000\u200b\ufeff")
        self._open.clear()
        if line and not (len(line) <= _LONGEST_JUNK and _JUNK.fullmatch(line)):
            self._lines.append((line, *self._kind))

    def walk(self, element: Any, depth: int = 0) -> None:
        tag = element.tag
        if not isinstance(tag, str) or depth > _DEEPEST:
            return
        block = _BLOCKS.fullmatch(tag) is not None
        if block:
            self._end_line()
        if tag == "table" and self._is_data(element):
            self._table(element, depth)
            return
        before = self._kind
        if tag in _HEADINGS:
            first = tag == "h1" and not self._titled
            self._titled = self._titled or first
            self._kind = ("title", 0) if first else ("heading", _HEADINGS[tag])
        self._open.append(element.text or "")
        numbers = iter(_numbers(element)) if tag == "ol" else None
        for child in element:
            if numbers is not None and child.tag == "li":
                self._end_line()
                self._open.append(next(numbers))
                self._inside(child, depth)
            else:
                self.walk(child, depth + 1)
            self._open.append(child.tail or "")
        if block:
            self._end_line()
        self._kind = before

    def _inside(self, item: Any, depth: int) -> None:
        """A list item after its number, which stands before the item's first words whatever block they are in."""
        number = "".join(self._open)
        self._open.clear()
        first = len(self._lines)
        self.walk(item, depth + 1)
        if len(self._lines) > first:
            line, kind, level = self._lines[first]
            self._lines[first] = (number + line, kind, level)

    @staticmethod
    def _is_data(table: Any) -> bool:
        """Tables with one column, or with tables inside, only lay a page out."""
        if next(table.iterdescendants("table"), None) is not None:
            return False
        return any(sum(cell.tag in ("td", "th") for cell in row) > 1 for row in table.iter("tr"))

    def _table(self, table: Any, depth: int) -> None:
        rows: list[list[list[int] | None]] = []
        before, self._kind = self._kind, ("caption", 0)
        for caption in table.iter("caption"):
            self.walk(caption, depth + 1)
        self._kind = ("cell", 0)
        merged: dict[int, tuple[int, list[int]]] = {}  # column → rows a cell from above covers, its lines
        for tr in table.iter("tr"):
            row: list[list[int] | None] = []
            below: dict[int, tuple[int, list[int]]] = {}
            cells = [cell for cell in tr if cell.tag in ("td", "th")]
            while cells or any(column >= len(row) for column in merged):
                column = len(row)
                if column in merged:
                    rest, lines = merged[column][0] - 1, merged[column][1]
                    wide = 1
                elif cells:
                    cell = cells.pop(0)
                    first = len(self._lines)
                    self.walk(cell, depth + 1)
                    self._end_line()
                    lines = list(range(first, len(self._lines)))
                    wide, rest = _times(cell.get("colspan")), _times(cell.get("rowspan")) - 1
                else:
                    lines, wide, rest = [], 1, 0
                row += [lines] * wide
                if rest > 0:
                    below.update((column + k, (rest, lines)) for k in range(wide))
            merged = below
            rows.append(row)
        self._kind = before
        self._tables.append(rows)


def _numbers(ordered: Any) -> list[str]:
    """The numbers that a browser shows before the items of an ordered list."""
    items = [item for item in ordered if item.tag == "li"]
    step = -1 if ordered.get("reversed") is not None else 1
    value = _integer(ordered.get("start"), len(items) if step < 0 else 1)
    style = re.search(
        r"list-style(?:-type)?\s*:[^;]*?(cjk-ideographic|simp-chinese[a-z-]*|trad-chinese[a-z-]*)",
        ordered.get("style", ""),
    )
    numbers = []
    for item in items:
        value = _integer(item.get("value"), value)
        kind = "chinese" if style else item.get("type") or ordered.get("type") or "1"
        numbers.append(_number(value, kind))
        value += step
    return numbers


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*-?[0-9]{1,6}\s*", value) else otherwise


def _number(value: int, kind: str) -> str:
    if kind == "chinese" and 0 < value < 100:
        digits = "零一二三四五六七八九"
        tens, ones = divmod(value, 10)
        ten = "" if not tens else "十" if tens == 1 else digits[tens] + "十"
        return ten + (digits[ones] if ones else "") + "、"
    if kind in ("a", "A") and 0 < value <= 26:
        return chr(ord(kind) + value - 1) + "."
    if kind in ("i", "I") and 0 < value < 40:
        roman = "x" * (value // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[value % 10]
        return (roman if kind == "i" else roman.upper()) + "."
    return f"{value}."


def _times(value: str | None) -> int:
    return min(100, int(value)) if value and value.isdecimal() and int(value) > 0 else 1


def _span(lines: list[int] | None, places: dict[int, Span]) -> Span | None:
    return Span(places[lines[0]].start, places[lines[-1]].end) if lines else None
