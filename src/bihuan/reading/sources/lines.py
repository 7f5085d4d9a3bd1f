"""Printed lines become paragraphs: what PDF pages and recognised images share.

A page knows lines and where they stand, not paragraphs. Here page numbers and running heads are taken away, columns
are read one after the other, and lines are joined where the line before had no room for more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bihuan.reading.document import Block


class Line(NamedTuple):
    """A run of text on one baseline. Units are those of the page; ``top`` and ``bottom`` grow downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


class Page(NamedTuple):
    """A page's lines in any order, and its height and width."""

    lines: Sequence[Line]
    width: float
    height: float


class _Placed(NamedTuple):
    """A line, how far it stands from its column's margins, which column of all it is in, and how wide that is."""

    line: Line
    indent: float
    room: float
    column: int
    width: float


class _Column(NamedTuple):
    lines: list[Line]
    place: tuple[int, int]  # of how many columns on the page the which
    page: int


_PAGE_NUMBER = re.compile(
    r"[-—–－─·•.~～\s|]*(?:\d{1,4}|[ivxIVXⅠ-ⅿ]{1,5})[-—–－─·•.~～\s|]*"
    r"|(?:第\s*)?[\d一二三四五六七八九十百]{1,5}\s*页\s*(?:[,，/|·（(]?\s*共\s*[\d一二三四五六七八九十百]{1,5}\s*页[)）]?)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|[Pp]age\s*\d+(?:\s*of\s*\d+)?"
)
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:、|是|要)|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,3}[，、章条节]|[①-⑳●•◆■]"
)
_SENTENCE_END = tuple("。！？；：!?;:…”）")
_EDGE = 0.13  # share of the page's height, above and below, in which page numbers and running heads stand


def to_text(pages: Sequence[Page]) -> tuple[str, tuple[Block, ...]]:
    """The paragraphs of all pages as one text, a paragraph a line, with a block for each."""
    return blocks_of(paragraphs(pages))


def blocks_of(lines: Sequence[str]) -> tuple[str, tuple[Block, ...]]:
    """The lines as one text, each a block of kind ``paragraph``."""
    blocks = []
    at = 0
    for line in lines:
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    return "\n".join(lines), tuple(blocks)


def paragraphs(pages: Sequence[Page]) -> list[str]:
    """The paragraphs of all pages in reading order."""
    columns = [
        column for number, page in enumerate(without_page_junk(pages)) for column in _columns(page.lines, number)
    ]
    placed = _place(columns)
    indents = any(p.indent > 1.3 * p.line.size for p in placed) and any(abs(p.indent) < p.line.size for p in placed)
    done: list[str] = []
    hanging = False
    for before, now in zip([None, *placed], placed, strict=False):
        if before is None:
            done.append(now.line.text)
            continue
        goes_on, hanging = _goes_on(before, now, hanging, indents)
        if goes_on:
            done[-1] = join(done[-1], now.line.text)
        else:
            done.append(now.line.text)
    return done


def join(before: str, after: str) -> str:
    """Two parts of a wrapped paragraph: a space between Latin words, nothing where Chinese stands on either side."""
    if before.endswith("\u00ad"):
        return before[:-1] + after
    one, other = before[-1:], after[:1]
    # Digits on both sides are one number, wrapped in the middle, and xx is what stands for a name left out.
    point = one == "." and before[-2:-1].isdigit() and other.isdigit()
    number = point or (one.isdigit() and other in "0123456789.%)") or (one == other and one in "xX*")
    # Half-width punctuation after a Chinese character is no Latin word's.
    chinese = one in ",;:.!?)" and before[-2:-1] > "\u024f"
    spaced = _latin(one) and _latin(other) and one not in "-/(" and other not in "-/)" and not number and not chinese
    return before + (" " if spaced else "") + after


def _latin(char: str) -> bool:
    return "!" <= char <= "~" or "\u00c0" <= char <= "\u024f"


def _goes_on(before: _Placed, now: _Placed, hanging: bool, indents: bool) -> tuple[bool, bool]:
    """Whether ``now`` continues the paragraph of ``before``, and whether that paragraph has a hanging indent."""
    size = before.line.size
    if abs(now.line.size - size) > 0.2 * size:
        return False, False
    if before.column == now.column and now.line.top - before.line.bottom > 2 * size:
        return False, False
    ended = before.line.text.endswith(_SENTENCE_END)
    # The line had room for the next word: it was ended on purpose. Two characters are held together by the rule that
    # no line begins with a full stop, another is the slack of ragged margins.
    short = before.room > _first_word(now.line) + 1.3 * size
    # Where paragraphs are indented, a line that isn't goes on, even from a line wrapped early: programs that wrap by
    # count take a digit for as wide as a character.
    # A number after a full stop may begin a paragraph in spite of that, unless the line was nearly full.
    begins = ended and _NUMBERED.match(now.line.text) is not None and before.room > 0.15 * before.width
    flush = indents and now.indent < size and not begins
    if short and not (flush and before.room < (0.35 if ended else 0.45) * before.width):
        return False, False
    if now.indent > 1.3 * size:
        same = abs(now.indent - before.indent) < 0.5 * size
        hangs = same if hanging else now.indent > before.indent + size and bool(_NUMBERED.match(before.line.text))
        if not hangs or (ended and _NUMBERED.match(now.line.text)):
            return False, False
        return not (hanging is False and ended), not ended or hanging
    if not indents and ended and _NUMBERED.match(now.line.text):
        return False, False
    return True, False


def _first_word(line: Line) -> float:
    word = re.match(r"[!-~\u00c0-\u024f]+|.[，。、；：？！”’）》]?", line.text)
    share = len(word[0]) / len(line.text) if word else 0.0
    return share * (line.right - line.left)


def without_page_junk(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers, and without heads and feet that stand on several pages at the same height."""
    edges = [[line for line in page.lines if _at_edge(line, page)] for page in pages]
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, lines in enumerate(edges):
        for line in lines:
            seen[_shape(line.text)].append((number, line.top))
    largest: dict[str, float] = {}
    for page in pages:
        for line in page.lines:
            largest[line.text] = max(line.size, largest.get(line.text, 0))
    kept = []
    for number, page in enumerate(pages):
        junk = set()
        for line in edges[number]:
            here = {n for n, top in seen[_shape(line.text)] if abs(top - line.top) < line.size}
            repeated = len(here) >= 2 and len(here) >= 0.3 * len(pages)
            # The only page of a short report: its head repeats the title in smaller print.
            small = line.size < 0.8 * largest[line.text]
            if _PAGE_NUMBER.fullmatch(line.text) or repeated or small:
                junk.add(line)
        kept.append(page._replace(lines=[line for line in page.lines if line not in junk]))
    return kept


def _at_edge(line: Line, page: Page) -> bool:
    if line.bottom > page.height * _EDGE and line.top < page.height * (1 - _EDGE):
        return False
    above = sum(other.bottom < line.top for other in page.lines)
    below = sum(other.top > line.bottom for other in page.lines)
    return min(above, below) < 3


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text))


def _columns(lines: Sequence[Line], page: int) -> list[_Column]:
    """The page's columns in reading order; a line across the gutter ends both columns above it."""
    gutter = _gutter(lines)
    if gutter is None:
        return [_Column(_rows(lines), (1, 0), page)] if lines else []
    found: list[_Column] = []
    left: list[Line] = []
    right: list[Line] = []

    def flush() -> None:
        found.extend(_Column(_rows(side), (2, k), page) for k, side in enumerate((left, right)) if side)
        left.clear()
        right.clear()

    for line in sorted(lines, key=lambda each: (each.top, each.left)):
        if line.left < gutter < line.right:
            flush()
            found.append(_Column([line], (1, 0), page))
        else:
            (left if line.right <= gutter else right).append(line)
    flush()
    return found


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where two columns are parted: hardly a line crosses it, and many lines stand on both sides."""
    if len(lines) < 8:
        return None
    low, high = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, float] | None = None
    # A column's lines end at its right margin: only there can a gutter begin.
    for edge in sorted({round(line.right, 1) for line in lines}):
        x = edge + 1
        if not low + 0.3 * (high - low) < x < low + 0.7 * (high - low):
            continue
        crossing = sum(line.left < x < line.right for line in lines)
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        # Lines that fill their side tell a column from the short cells of a table or of a signature.
        full = sum(line.right - line.left > 0.7 * (x - low) for line in left)
        full_right = sum(line.right - line.left > 0.7 * (high - x) for line in right)
        if min(full, full_right) < 3 or crossing > 0.25 * len(lines) or min(len(left), len(right)) < 4:
            continue
        if 2 * full < len(left) or 3 * full_right < len(right):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, x)
    return best[1] if best else None


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines from top to bottom; those on one baseline become one, with a space where they stand apart."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: (each.bottom, each.left)):
        if rows and abs(line.bottom - rows[-1][-1].bottom) < 0.4 * min(line.size, rows[-1][-1].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    whole = []
    for row in rows:
        row.sort(key=lambda each: each.left)
        whole.append(
            Line(
                " ".join(each.text for each in row),
                row[0].left,
                min(each.top for each in row),
                row[-1].right,
                max(each.bottom for each in row),
                max(each.size for each in row),
            )
        )
    return whole


def _place(columns: Sequence[_Column]) -> list[_Placed]:
    """Each line with its distances to the margins, which columns in the same place on all pages share."""
    groups: dict[tuple[int, int], dict[int, list[Line]]] = defaultdict(lambda: {0: [], 1: []})
    for column in columns:
        groups[column.place][column.page % 2] += column.lines
    margins: dict[tuple[tuple[int, int], int], tuple[float, float]] = {}
    for place, sides in groups.items():
        both = _margins(sides[0] + sides[1])
        one, other = (_margins(sides[k]) if sides[k] else both for k in (0, 1))
        size = max(line.size for side in sides.values() for line in side)
        # Printed on both sides of the paper, the margins of even pages are those of odd ones in a mirror.
        mirrored = abs(one[0] - other[0]) > size / 2 and abs((one[1] - one[0]) - (other[1] - other[0])) < size / 2
        margins[place, 0], margins[place, 1] = (one, other) if mirrored else (both, both)
    placed = []
    for number, column in enumerate(columns):
        left, right = margins[column.place, column.page % 2]
        placed += [_Placed(line, line.left - left, right - line.right, number, right - left) for line in column.lines]
    return placed


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """The outermost left and right edges that several lines share, so that one stray line moves no margin."""
    size = sorted(line.size for line in lines)[len(lines) // 2]
    needed = min(len(lines), max(2, len(lines) // 20))
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    left = next((x for x in lefts if sum(abs(x - y) < size / 2 for y in lefts) >= needed), lefts[0])
    right = next((x for x in rights if sum(abs(x - y) < 1.2 * size for y in rights) >= needed), rights[0])
    return left, right
