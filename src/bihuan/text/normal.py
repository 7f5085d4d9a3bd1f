"""Normalising with an offset map: one way of writing each thing, and the way back to every original place.

What is made one: traditional characters, full-width letters and digits, half-width punctuation between Chinese
characters, obfuscated spellings (dangshi → 党史), spaces inside words, lines broken inside paragraphs (hard wraps),
and lines that belong to the page and not to the text (page numbers, running heads, a web page's buttons).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bihuan.text.numbering import find_marks

_CJK = "一-鿿㐀-䶿"
_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】〔〕…—"
_TO_CHINESE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}

_HALF_WIDTH = re.compile(
    rf"(?<=[{_CJK}{_PUNCTUATION}])[,;:?!()]|[,;:?!()](?=[{_CJK}{_PUNCTUATION}])|[(](?=\d{{1,2}}[)）])|(?<=[(（]\d)[)]|(?<=[(（]\d\d)[)]"
)
_BLANKS = re.compile(rf"(?<=[{_CJK}{_PUNCTUATION}])[ \t]+(?=[{_CJK}{_PUNCTUATION}])|[\u200b-\u200f\u2060\ufeff\u00ad]+")
_BLANK_AFTER = re.compile(r"[ \t]+")
_BLANK_BEFORE = re.compile(r"[ \t]+\Z")
_LATIN = re.compile(r"[A-Za-z]{2,}")

_SENTENCE_END = "。！？；：”）!?;:…"
_PAGE_NUMBER = re.compile(
    r"[-—–－\s·]*\d{1,4}[-—–－\s·]*|第\s*[\d一二三四五六七八九十]+\s*页[,，/\s]*(?:共\s*[\d一二三四五六七八九十]+\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|[Pp]age\s*\d+(?:\s*of\s*\d+)?"
)
# Buttons are whole words with nothing after them, labels have a colon: 中共… is no font size, 来源于… no source.
_PAGE_BUTTONS = re.compile(
    r"(?:[【\[]?(?:打印(?:本页|此页)?|下载|全屏|还原|关闭(?:窗口|本页)?|返回(?:顶部|首页)?|收藏(?:本页)?|上一[篇页]|下一[篇页]|分享到?(?:微信|微博)?|[大中小]|加大|减小|首页|微信|微博"
    r"|扫一扫.{0,14}|版权所有.*|.{0,12}ICP备.*|(?:浏览|点击|阅读)(?:次数|数|量)\s*\d*次?"
    r"|(?:字[号体]|上一篇|下一篇|分享到|责任编辑|编辑|来源|作者|(?:发布|发表)?时间|发布日期|当前位置|您的位置|(?:浏览|点击|阅读)(?:次数|数|量))[:：][^。；]{0,40}?)[】\]]?[\s|｜>》/·]*)+"
)


class Line(NamedTuple):
    """A paragraph of the normalised text, line break excluded; ``kind`` and ``level`` as the file marked it."""

    start: int
    end: int
    kind: str = "paragraph"
    level: int = 0


class _Piece(NamedTuple):
    """A stretch of normalised text and where it came from; lengths are equal where every character maps to one."""

    start: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text. ``text`` has one paragraph a line; ``lines`` are its non-empty paragraphs in order."""

    text: str
    lines: tuple[Line, ...]
    junk: tuple[tuple[int, int], ...]
    _pieces: tuple[_Piece, ...]
    _starts: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text that a range of the normalised text came from.

        Raises:
            IndexError: the range is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"no range {start}:{end} in {len(self.text)} characters")
        return self._place(start)[0], self._place(end - 1)[1]

    def locate(self, offset: int) -> int:
        """The place in the normalised text of an original offset, or of the next character that was kept."""
        index = max(0, bisect_right(self._pieces, offset, key=lambda p: p.source_start) - 1)
        if index >= len(self._pieces):
            return 0
        piece = self._pieces[index]
        stop = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        return min(piece.start + max(0, offset - piece.source_start), stop)

    def _place(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._starts, at) - 1
        piece = self._pieces[index]
        stop = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        if stop - piece.start == piece.source_end - piece.source_start:
            offset = piece.source_start + at - piece.start
            return offset, offset + 1
        return piece.source_start, piece.source_end


def normalise(text: str, *, spellings: Mapping[str, str] | None = None, lines: Sequence[Line] | None = None) -> Normal:
    """Normalise a text.

    Args:
        text: the original.
        spellings: obfuscated spellings in lower case and what they stand for; Latin letters only.
        lines: the lines that the file itself knows, in order and not overlapping (kind ``junk`` is left out);
            without them the text's own line breaks count.
    """
    level = text.translate(_characters())
    level = _HALF_WIDTH.sub(lambda m: _TO_CHINESE[m.group()], level)
    raw = [_strip(level, line) for line in (_text_lines(level) if lines is None else lines)]
    raw = [line for line in raw if line.start < line.end]
    kept, junk = _without_page_junk(level, raw)
    groups = _paragraphs(level, kept)

    out: list[str] = []
    pieces: list[_Piece] = []
    done: list[Line] = []
    length = 0
    for group in groups:
        begin = length
        for number, line in enumerate(group):
            if number and _needs_space(level, group[number - 1], line):
                pieces.append(_Piece(length, group[number - 1].end, line.start))
                out.append(" ")
                length += 1
            for start, end, new in _edits(level, line, spellings or {}):
                pieces.append(_Piece(length, start, end))
                piece = level[start:end] if new is None else new
                out.append(piece)
                length += len(piece)
        if length == begin:
            continue
        done.append(Line(begin, length, group[0].kind, group[0].level))
        pieces.append(_Piece(length, group[-1].end, group[-1].end + 1))
        out.append("\n")
        length += 1
    return Normal("".join(out), tuple(done), tuple(junk), tuple(pieces), tuple(p.start for p in pieces))


@lru_cache(maxsize=1)
def _characters() -> dict[int, int]:
    """One character for one: traditional to simplified, full width to half width, odd blanks to a space."""
    pairs = (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").replace("\n", "")
    table = {ord(pairs[i]): ord(pairs[i + 1]) for i in range(0, len(pairs), 2)}
    table.update(
        {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
    )
    table.update({ord(c): ord(" ") for c in "\u3000\u00a0\u2002\u2003\u2009\u202f"})
    table.update(
        {
            ord("．"): ord("."),
            ord("％"): ord("%"),
            ord("＊"): ord("*"),
            ord("﹡"): ord("*"),
            ord("╳"): ord("×"),
            ord("㈠") - 1: ord(" "),
        }
    )
    table.update({ord(a): ord(b) for a, b in zip("﹐﹔﹕﹖﹗「」『』〝〞", "，；：？！“”‘’“”", strict=True)})
    return table


def _text_lines(text: str) -> list[Line]:
    lines, start = [], 0
    for found in re.finditer(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text):
        lines.append(Line(start, found.start()))
        start = found.end()
    lines.append(Line(start, len(text)))
    return lines


def _strip(text: str, line: Line) -> Line:
    """The line without blanks at its ends; its indent is kept in ``level`` of plain paragraphs as -1."""
    body = text[line.start : line.end]
    start = line.start + len(body) - len(body.lstrip())
    end = line.start + len(body.rstrip())
    indented = line.kind == "paragraph" and not line.level and start > line.start
    return Line(start, max(start, end), line.kind, -1 if indented else line.level)


def _without_page_junk(text: str, lines: list[Line]) -> tuple[list[Line], list[tuple[int, int]]]:
    """The lines without page numbers, running heads beside them, and a web page's buttons; and those left out."""
    numbers = {
        i
        for i, line in enumerate(lines)
        if line.end - line.start <= 24 and line.kind != "cell" and _PAGE_NUMBER.fullmatch(text, line.start, line.end)
    }
    places: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.end - line.start <= 40:
            places[text[line.start : line.end]].append(i)
    junk = set(numbers)
    for i in numbers:
        for near in (i - 1, i + 1):
            if 0 <= near < len(lines):
                # A running head stands beside page numbers again and again; a heading does not.
                same = places.pop(text[lines[near].start : lines[near].end], [])
                if len(same) >= 3:
                    junk.update(k for k in same if k > 3)
    kept = []
    out = []
    for i, line in enumerate(lines):
        is_junk = line.kind == "junk" or i in junk
        if not is_junk and line.end - line.start <= 80 and line.kind != "cell":
            is_junk = _PAGE_BUTTONS.fullmatch(text, line.start, line.end) is not None
        if is_junk:
            out.append((line.start, line.end))
        else:
            kept.append(line)
    return kept, out


def _width(text: str, line: Line) -> int:
    """Columns on a fixed-width page: two a Chinese character, one a Latin one; a first-line indent is not seen."""
    part = text[line.start : line.end]
    return 2 * len(part) - sum(map(str.isascii, part))


def _paragraphs(text: str, lines: list[Line]) -> list[list[Line]]:
    """Lines grouped into paragraphs: broken lines are joined with what they continue.

    A text is taken as hard-wrapped when most of its lines that don't end a sentence fill the same width; else
    only a long line that stops in mid-sentence is joined.
    """
    groups: list[list[Line]] = []
    full = _wrap_width(text, lines)
    heads = {m.start for m in find_marks(text)} if lines else set()
    indents = any(line.level == -1 for line in lines)
    for line in lines:
        if groups and line.kind == "paragraph" and groups[-1][-1].kind == "paragraph":
            before = groups[-1][-1]
            if _continues(text, before, line, full=full, marked=line.start in heads, indents=indents):
                groups[-1].append(line)
                continue
        groups.append([line])
    return groups


def _wrap_width(text: str, lines: list[Line]) -> int:
    """The width, in columns, at which the lines were broken; 0 when they were not."""
    plain = [line for line in lines if line.kind == "paragraph"]
    broken = Counter(_width(text, line) for line in plain if text[line.end - 1] not in _SENTENCE_END)
    if len(plain) < 6 or not broken:
        return 0
    best = max(broken, key=lambda w: (sum(n for x, n in broken.items() if w - 6 <= x <= w), w))
    near = sum(n for x, n in broken.items() if best - 6 <= x <= best)
    return best if best >= 24 and best <= 140 and near * 10 >= 3 * len(plain) else 0


def _continues(text: str, before: Line, line: Line, *, full: int, marked: bool, indents: bool) -> bool:
    """Whether the line goes on with the sentence, or the wrapped paragraph, of the line before it."""
    last = text[before.end - 1]
    ended = last in _SENTENCE_END
    gap = text[before.end : line.start]
    blank_between = gap.count("\n") > 1 or "\n\r\n" in gap
    if full:
        # Lines may be broken by columns or by characters; a first line's indent of two characters counts.
        columns = max(_width(text, before), 2 * (before.end - before.start)) + (4 if before.level == -1 else 0)
        filled = columns >= full - 6
        if not filled or (blank_between and ended):
            return False
        if line.level == -1 and (ended or marked):
            return False
        if marked and (ended or _width(text, line) < full - 6):
            return False
        return not (ended and indents and line.level == -1) and not (ended and not indents and last in "。：")
    if marked or ended or last in "。》】":
        return False
    # A line that isn't wrapped by width but stops in mid-sentence: too long for a heading, or at a comma.
    return last in "，、" or (before.end - before.start >= 40 and not blank_between and line.level != -1)


def _needs_space(text: str, before: Line, line: Line) -> bool:
    """Latin words and numbers that a break parted stay apart: ``ISO`` / ``9001``."""
    return (
        bool(re.match(r"[A-Za-z]{2}", text[before.end - 2 : before.end]))
        and text[line.start].isascii()
        and text[line.start].isalnum()
    )


def _edits(text: str, line: Line, spellings: Mapping[str, str]) -> list[tuple[int, int, str | None]]:
    """The line as stretches kept (None) and stretches replaced."""
    changes: list[tuple[int, int, str]] = [
        (m.start(), m.end(), "") for m in _BLANKS.finditer(text, line.start, line.end)
    ]
    if spellings:
        for found in _LATIN.finditer(text, line.start, line.end):
            spelled = respell(found.group().lower(), found.start(), spellings)
            if spelled:
                changes.extend(spelled)
                for blank in (
                    _BLANK_AFTER.match(text, found.end(), line.end),
                    _BLANK_BEFORE.search(text, line.start, found.start()),
                ):
                    if blank:
                        changes.append((blank.start(), blank.end(), ""))
    changes = sorted(set(changes))
    out: list[tuple[int, int, str | None]] = []
    at = line.start
    for start, end, new in changes:
        if at < start:
            out.append((at, start, None))
        if new:
            out.append((start, end, new))
        at = end
    if at < line.end:
        out.append((at, line.end, None))
    return out


def respell(word: str, offset: int, spellings: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """A run of Latin letters read as one obfuscated spelling, or as several set side by side."""
    if word in spellings:
        return [(offset, offset + len(word), spellings[word])]
    if len(word) > 40:
        return []
    for cut in range(len(word) - 3, 3, -1):
        if word[:cut] in spellings:
            rest = respell(word[cut:], offset + cut, spellings)
            if rest:
                return [(offset, offset + cut, spellings[word[:cut]]), *rest]
    return []
