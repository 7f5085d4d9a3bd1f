"""The samples: reports with their gold inside, as files of every kind a reader meets, and the gold on their text.

Usage: python tools/samples.py check [SAMPLE.txt …]
       python tools/samples.py write TARGET_DIRECTORY [SAMPLE.txt …]   (every rendering, each with its gold)

The format of a sample and what its marks mean are in ``docs/annotating.md``; ledger tables in ``samples/README.md``.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1] / "samples"
FORMATS = ("txt", "md", "html", "docx", "docx-auto", "pdf", "docx-table", "xlsx")
GENRES = ("self-examination", "plan", "progress", "feedback", "other")
KINDS = {"P": "problem", "C": "cause", "M": "measure"}
# In a ledger sample: between cells, a line break inside a cell, and a cell merged with the one above it.
CELL, BREAK, ABOVE = "│", "⏎", "↑"

_MARK = re.compile(r"⟦(?P<id>[PCM][0-9]+)\||(?P<close>⟧)|(?P<stray>⟦)")
_HEADLINE_END = re.compile(r"[。！？；\n]")
_HEAD_KEYS = {"title", "theme", "genre", "variation", "formats", "answered", "caused", "action"}
_ACTION_KEYS = {"measure", "text", "frequency", "deadline", "owner", "quantity"}
_DIGITS = "[一二三四五六七八九十]+"
_HEADING = re.compile(rf"(?P<level>{_DIGITS}、|第{_DIGITS}[章节部分]+|[（(]{_DIGITS}[）)])")
_AUTO = (
    (re.compile(r"([一二三四五六七八九十]+)、"), "chineseCountingThousand", "%1、"),
    (re.compile(r"（([一二三四五六七八九十]+)）"), "chineseCountingThousand", "（%2）"),
    (re.compile(r"([0-9]{1,2})\.(?![0-9])"), "decimal", "%3."),
)


class SampleError(ValueError):
    """A sample is wrong; the message names the file and, where there is one, the line."""


@dataclass(frozen=True)
class Item:
    """A statement of the gold; offsets are code points into ``Sample.text``, half open."""

    id: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Action:
    """An action of the gold: ``text`` is exact characters of its measure (hard wraps apart), from ``start`` to ``end``."""

    measure: str
    text: str
    start: int
    end: int
    frequency: str | None = None
    deadline: str | None = None
    owner: str | None = None
    quantity: str | None = None


@dataclass(frozen=True)
class Sample:
    """One sample: ``text`` is the report without marks, ``answered`` and ``caused`` are pairs of ids."""

    name: str
    title: str
    theme: str
    genre: str
    variation: str
    formats: tuple[str, ...]
    text: str
    items: tuple[Item, ...]
    answered: tuple[tuple[str, str], ...]
    caused: tuple[tuple[str, str], ...]
    actions: tuple[Action, ...]


def paths(part: str = "tuned") -> list[Path]:
    """The sample files of ``samples/<part>``, by name."""
    return sorted((ROOT / part).glob("*.txt"))


def parse(path: Path) -> Sample:
    """Read a sample.

    Raises:
        SampleError: no head, an unknown key, marks that are nested, open, stray or used twice, a link or an action
            that names no item, an action whose text isn't in its measure.
    """
    head_text, text = _split(path)
    try:
        head = tomllib.loads(head_text)
    except tomllib.TOMLDecodeError as error:
        raise SampleError(f"{path.name}: head: {error}") from error
    _known(path, "head", set(head), _HEAD_KEYS)
    missing = _HEAD_KEYS - {"action"} - set(head)
    if missing:
        raise SampleError(f"{path.name}: head lacks {', '.join(sorted(missing))}")
    _known(path, "formats", set(head["formats"]), set(FORMATS))
    _known(path, "genre", {head["genre"]}, set(GENRES))
    plain, items = _unmark(path, text, offset=head_text.count("\n") + 2)
    by_id = {item.id: item for item in items}
    return Sample(
        name=path.stem,
        title=head["title"],
        theme=head["theme"],
        genre=head["genre"],
        variation=head["variation"],
        formats=tuple(head["formats"]),
        text=plain,
        items=tuple(items),
        answered=_links(path, head["answered"], by_id, "measure"),
        caused=_links(path, head["caused"], by_id, "cause"),
        actions=tuple(_action(path, plain, entry, by_id) for entry in head.get("action", [])),
    )


def gold(sample: Sample) -> dict[str, Any]:
    """The gold on the sample's own text: items with ids, kinds, offsets and headlines, links as pairs of ids."""
    return _gold(sample, sample.text, [(item, item.start, item.end) for item in sample.items])


def project(sample: Sample, text: str) -> dict[str, Any]:
    """The gold on ``text``, what a reader took out of another rendering of the sample.

    Both texts hold nearly the same visible characters in the same order, so a walk pairs them and finds its way back
    after what only one of them has (page numbers, running heads, navigation, numbers written otherwise).

    Raises:
        SampleError: a statement of the sample isn't in the text at all.
    """
    ours, our_places = _visible(sample.text)
    theirs, their_places = _visible(text)
    pairs = _pair(ours, theirs)
    first = {place: i for i, place in enumerate(our_places)}
    placed = []
    for item in sample.items:
        inside = [first[p] for p in range(item.start, item.end) if p in first]
        met = [i for i in inside if pairs[i] >= 0]
        if not met:
            raise SampleError(f"{sample.name}: {item.id} is not in the text")
        start = pairs[met[0]]
        # A number that was written otherwise has no pair: as many characters stand in its place, if there are so many.
        before = next((pairs[i] for i in range(inside[0] - 1, -1, -1) if pairs[i] >= 0), -1)
        start = max(before + 1, start - (met[0] - inside[0]))
        placed.append((item, their_places[start], their_places[pairs[met[-1]]] + 1))
    return _gold(sample, text, placed)


def suffix(kind: str) -> str:
    """The file name's end for a format: both ``docx-auto`` and ``docx-table`` are ``.docx``."""
    return "." + kind.partition("-")[0]


def render(sample: Sample, kind: str) -> bytes:
    """The sample as a file of one of ``FORMATS``; the same sample gives the same bytes.

    Raises:
        SampleError: ``docx-table`` or ``xlsx`` of a sample without a table, or an unknown format.
    """
    if kind in ("docx-table", "xlsx") and CELL not in sample.text:
        raise SampleError(f"{sample.name} has no table for {kind}")
    makers = {
        "txt": sample.text.encode,
        "md": lambda: _markdown(sample).encode(),
        "html": lambda: _html(sample).encode(),
        "docx": lambda: _docx(sample, automatic=False),
        "docx-auto": lambda: _docx(sample, automatic=True),
        "docx-table": lambda: _docx(sample, automatic=False),
        "pdf": lambda: _pdf(sample),
        "xlsx": lambda: _xlsx(sample),
    }
    if kind not in makers:
        raise SampleError(f"unknown format {kind}")
    return makers[kind]()


# Parsing


def _split(path: Path) -> tuple[str, str]:
    whole = path.read_text(encoding="utf-8")
    parts = whole.split("+++\n", 2)
    if len(parts) != 3 or parts[0]:
        raise SampleError(f"{path.name}: the file must begin with a head between two +++ lines")
    return parts[1], parts[2]


def _known(path: Path, what: str, given: set[str], known: set[str]) -> None:
    if given - known:
        raise SampleError(f"{path.name}: {what}: unknown {', '.join(sorted(given - known))}")


def _unmark(path: Path, text: str, offset: int) -> tuple[str, list[Item]]:
    plain: list[str] = []
    items: list[Item] = []
    length = last = 0
    opened: tuple[str, int] | None = None

    def wrong(at: int, why: str) -> SampleError:
        return SampleError(f"{path.name}:{offset + text.count(chr(10), 0, at) + 1}: {why}")

    for mark in _MARK.finditer(text):
        plain.append(text[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        if mark["close"]:
            if opened is None:
                raise wrong(mark.start(), "⟧ closes nothing")
            if opened[1] == length:
                raise wrong(mark.start(), f"{opened[0]} is empty")
            items.append(Item(opened[0], KINDS[opened[0][0]], opened[1], length))
            opened = None
        elif opened is not None:
            raise wrong(mark.start(), f"a mark inside {opened[0]}")
        elif mark["stray"]:
            raise wrong(mark.start(), "unknown mark")
        elif any(item.id == mark["id"] for item in items):
            raise wrong(mark.start(), f"{mark['id']} twice")
        else:
            opened = (mark["id"], length)
    if opened is not None:
        raise wrong(len(text), f"{opened[0]} is never closed")
    plain.append(text[last:])
    return "".join(plain), items


def _links(path: Path, pairs: list[list[str]], by_id: dict[str, Item], kind: str) -> tuple[tuple[str, str], ...]:
    for pair in pairs:
        kinds = [by_id[i].kind if i in by_id else "" for i in pair]
        if kinds != ["problem", kind]:
            raise SampleError(f"{path.name}: link {pair} is not from a problem to a {kind}")
    if len({tuple(pair) for pair in pairs}) != len(pairs):
        raise SampleError(f"{path.name}: a link is given twice")
    return tuple((pair[0], pair[1]) for pair in pairs)


def _action(path: Path, text: str, entry: dict[str, str], by_id: dict[str, Item]) -> Action:
    _known(path, "action", set(entry), _ACTION_KEYS)
    item = by_id.get(entry["measure"])
    if item is None or item.kind != "measure":
        raise SampleError(f"{path.name}: action of unknown measure {entry['measure']}")
    # A hard wrap may stand anywhere inside.
    found = re.compile(r"\s*".join(map(re.escape, entry["text"]))).search(text, item.start, item.end)
    if found is None:
        raise SampleError(f"{path.name}: action not in {item.id}: {entry['text']}")
    return Action(**entry, start=found.start(), end=found.end())


# Gold


def _gold(sample: Sample, text: str, placed: list[tuple[Item, int, int]]) -> dict[str, Any]:
    items = []
    for item, start, end in placed:
        stop = _HEADLINE_END.search(text, start, end)
        headline_end = end if stop is None else stop.start() + (stop.group() != "\n")
        headline = text[start:headline_end]
        items.append({"id": item.id, "kind": item.kind, "start": start, "headline": headline, "end": end})
    return {
        "source": sample.name,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "items": items,
        "links": {
            "problem_measure": [list(pair) for pair in sample.answered],
            "problem_cause": [list(pair) for pair in sample.caused],
        },
    }


def _visible(text: str) -> tuple[str, list[int]]:
    places = [i for i, char in enumerate(text) if not char.isspace() and char not in CELL + BREAK + ABOVE]
    return "".join(text[i] for i in places), places


def _pair(ours: str, theirs: str, reach: int = 3000) -> list[int]:
    """For each of our characters its index in theirs, or -1."""
    pairs = [-1] * len(ours)
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if ours[i] == theirs[j]:
            pairs[i] = j
            i, j = i + 1, j + 1
            continue
        way = _way_back(ours, i, theirs, j, reach)
        if way is None:
            break
        i, j = way
    return pairs


def _way_back(ours: str, i: int, theirs: str, j: int, reach: int) -> tuple[int, int] | None:
    """The nearest places, skipping the fewest characters of both, from where the next 12 (or the last few) agree."""
    for width in (12, 6):
        best, way = reach, None
        for skip in range(min(reach, len(ours) - i)):
            if skip >= best:
                break
            wanted = ours[i + skip : i + skip + width]
            found = theirs.find(wanted, j, j + best - skip + width)
            if found >= 0 and skip + found - j < best:
                best, way = skip + found - j, (i + skip, found)
        if way is not None:
            return way
    return None


# Rendering


def _lines(sample: Sample) -> list[str]:
    return [line.strip() for line in sample.text.split("\n") if line.strip()]


def _level(line: str, index: int) -> int:
    """0 for the title, 1 for 一、 or 第一章, 2 for （一）, 9 for body text."""
    if index == 0:
        return 0
    heading = _HEADING.match(line)
    if not heading or len(line) > 45:
        return 9
    return 2 if heading["level"][0] in "（(" else 1


def _rows(lines: list[str]) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(CELL)] for line in lines]


def _blocks(sample: Sample) -> list[str | list[list[str]]]:
    """Lines, and tables as rows of cells."""
    blocks: list[str | list[list[str]]] = []
    for line in _lines(sample):
        if CELL not in line:
            blocks.append(line)
        elif blocks and isinstance(blocks[-1], list):
            blocks[-1] += _rows([line])
        else:
            blocks.append(_rows([line]))
    return blocks


def _markdown(sample: Sample) -> str:
    parts = []
    for index, line in enumerate(_lines(sample)):
        level = _level(line, index)
        parts.append(line if level == 9 else "#" * (level + 1) + " " + line)
    return "\n\n".join(parts) + "\n"


def _html(sample: Sample) -> str:
    """A page of an office's web site: navigation, breadcrumbs, a sidebar of other articles, and a footer around it."""
    body = []
    for index, block in enumerate(_blocks(sample)):
        if isinstance(block, list):
            body.append("<table>")
            for number, row in enumerate(block):
                cells = []
                for column, cell in enumerate(row):
                    if cell == ABOVE:
                        continue
                    rows = 1
                    while number + rows < len(block) and block[number + rows][column] == ABOVE:
                        rows += 1
                    span = f' rowspan="{rows}"' if rows > 1 else ""
                    cells.append(f"<td{span}>" + html.escape(cell).replace(BREAK, "<br>") + "</td>")
                body.append("<tr>" + "".join(cells) + "</tr>")
            body.append("</table>")
        else:
            level = _level(block, index)
            tag = "p" if level == 9 else f"h{level + 1}"
            body.append(f"<{tag}>{html.escape(block)}</{tag}>")
    title = html.escape(sample.title)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{title}_云麓市政务公开网</title><style>p {{ text-indent: 2em }}</style>"
        "<script>var pageId = 1; /* 一是统计访问量 */</script></head>\n<body>\n"
        '<header><div class="logo">云麓市政务公开网</div><nav><ul><li><a href="/">首页</a></li>'
        '<li><a href="/zwgk">政务公开</a></li><li><a href="/zgzl">整改专栏</a></li></ul></nav></header>\n'
        f'<div class="breadcrumb">当前位置：首页 &gt; 整改专栏 &gt; {title}</div>\n'
        '<aside><h3>相关阅读</h3><ul><li><a href="/1">一、关于开展集中整治工作的通知</a></li>'
        '<li><a href="/2">（二）存在问题整改清单公示</a></li></ul></aside>\n'
        '<main><article>\n<div class="meta">发布时间：2025-03-11　来源：本站　字号：[大 中 小]</div>\n'
        + "\n".join(body)
        + "\n</article></main>\n<footer><p>主办：云麓市人民政府办公室</p><p>网站标识码：0000000000</p>"
        '<p><a href="/map">网站地图</a>｜<a href="/about">关于我们</a></p></footer>\n</body></html>\n'
    )


def _docx(sample: Sample, *, automatic: bool) -> bytes:
    from docx import Document

    document = Document()
    lists = _AutomaticNumbers(document) if automatic else None
    for block in _blocks(sample):
        if isinstance(block, list):
            _docx_table(document, block)
            continue
        paragraph = document.add_paragraph()
        paragraph.add_run(block if lists is None else lists.take(paragraph, block))
    target = io.BytesIO()
    document.save(target)
    return _timeless(target.getvalue())


def _docx_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell == ABOVE:
                table.cell(r - 1, c).merge(table.cell(r, c))
                continue
            first, *rest = cell.split(BREAK)
            table.cell(r, c).paragraphs[0].add_run(first)
            for line in rest:
                table.cell(r, c).add_paragraph(line)
    # Merging leaves an empty paragraph behind for each merged cell.
    for cell in dict.fromkeys(table._cells):
        for paragraph in cell.paragraphs[1:]:
            if not paragraph.text:
                paragraph._p.getparent().remove(paragraph._p)


class _AutomaticNumbers:
    """Turns numbers at the head of lines into Word's: one list of three levels, a new start where the count differs."""

    def __init__(self, document: Any) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        self._parse = lambda xml: parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))
        self._numbering = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{shape}"/></w:lvl>'
            for i, (_, form, shape) in enumerate(_AUTO)
        )
        abstract = f'<w:abstractNum w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        # The schema wants every abstractNum before the first num.
        self._numbering.insert(0, self._parse(abstract))
        self._last = 900
        self._starts = [1, 1, 1]
        self._next = [1, 1, 1]
        self._numbers = [self._new_number()] * 3

    def take(self, paragraph: Any, line: str) -> str:
        """Number the paragraph if the line begins with a number; the rest of the line."""
        for level, (pattern, _, _) in enumerate(_AUTO):
            match = pattern.match(line)
            if not match:
                continue
            value = _chinese_value(match[1])
            if value != self._next[level]:
                # As when somebody chooses to start the numbering anew: what follows below is of the new list too.
                self._numbers[level:] = [self._new_number(level, value)] * (3 - level)
                self._starts[level:] = [value, 1, 1][: 3 - level]
            self._next[level:] = [value + 1, *self._starts[level + 1 :]]
            properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self._numbers[level]}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(self._parse(properties))
            return line[match.end() :]
        return line

    def _new_number(self, level: int | None = None, start: int = 1) -> int:
        self._last += 1
        override = ""
        if level is not None:
            override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        self._numbering.append(
            self._parse(f'<w:num w:numId="{self._last}"><w:abstractNumId w:val="90"/>{override}</w:num>')
        )
        return self._last


def _chinese_value(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    digits = "零一二三四五六七八九"
    return (digits.index(tens) if tens else 1 if ten else 0) * 10 + (digits.index(ones) if ones else 0)


def _timeless(archive: bytes) -> bytes:
    """The same archive with one fixed date on every member."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _pdf(sample: Sample) -> bytes:
    """A4 pages of 28 characters a line, with a running head and page numbers, as an office prints them."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    rows = [row for line in _lines(sample) for row in _wrapped("　　" + line, 28)]
    pages = [rows[i : i + 22] for i in range(0, len(rows), 22)]
    for number, page in enumerate(pages, 1):
        canvas.setFont("STSong-Light", 10)
        canvas.drawString(80, 800, sample.title[:30])
        canvas.drawCentredString(A4[0] / 2, 40, f"— {number} —")
        canvas.setFont("STSong-Light", 15)
        for i, row in enumerate(page):
            canvas.drawString(80, 750 - 29 * i, row)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _wrapped(line: str, width: int) -> list[str]:
    return [line[i : i + width] for i in range(0, len(line), width)]


def _xlsx(sample: Sample) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2020, 1, 1)})
    sheet = book.add_worksheet("台账")
    style = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
    r = 0
    for block in _blocks(sample):
        if isinstance(block, str):
            sheet.write_string(r, 0, block)
            r += 1
            continue
        for i, row in enumerate(block):
            for c, cell in enumerate(row):
                below = next((k for k in range(i + 1, len(block)) if block[k][c] != ABOVE), len(block)) - 1
                if cell == ABOVE:
                    continue
                text = cell.replace(BREAK, "\n")
                if below > i:
                    sheet.merge_range(r + i, c, r + below, c, text, style)
                else:
                    sheet.write_string(r + i, c, text, style)
        r += len(block)
    book.close()
    return _timeless(target.getvalue())


def main(arguments: list[str]) -> int:
    """Check samples, or write their renderings; see the module's docstring."""
    command, *rest = arguments or ["check"]
    target = Path(rest.pop(0)) if command == "write" else None
    for path in [Path(name) for name in rest] or paths("tuned") + paths("untuned"):
        sample = parse(path)
        counts = [sum(item.kind == kind for item in sample.items) for kind in KINDS.values()]
        print(f"{sample.name}: {len(sample.text)} characters, P/C/M {counts},", end=" ")
        print(f"{len(sample.answered)} answered, {len(sample.caused)} caused, {len(sample.actions)} actions")
        if target is not None:
            target.mkdir(parents=True, exist_ok=True)
            for kind in sample.formats:
                (target / f"{sample.name}.{kind}{suffix(kind)}").write_bytes(render(sample, kind))
            record = json.dumps(gold(sample), ensure_ascii=False, indent=1)
            (target / f"{sample.name}.gold.json").write_text(record + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
