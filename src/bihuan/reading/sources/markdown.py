"""Markdown: its marks are taken away, its headings and pipe tables kept. Lines stay lines; numbers stay as written."""

from __future__ import annotations

import re

from bihuan.reading.document import Block, Document, Table
from bihuan.reading.model import Span
from bihuan.reading.sources.plain import decode

_FRONT_MATTER = re.compile(r"\A(?:---|\+\+\+)[ \t]*\n.*?\n(?:---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=[^\s#\d!]))(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_LEAD = re.compile(r"[ \t\u3000]*(?:>[ \t]?)*[ \t\u3000]*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?(?:>[ \t]?)*")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]+\]:[ \t]*\S.*")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_INLINE = (
    (re.compile(r"!\[([^\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+|[\w.+-]+@[\w.-]+)>"), r"\1"),
    (re.compile(r"</?(?:b|i|u|em|strong|span|font|sub|sup|br|p|div|center)\b[^<>\n]*>", re.I), ""),
    (re.compile(r"(`+)(.+?)\1"), r"\2"),
    (re.compile(r"(?<![*\\])(\*{1,3})(?=[^\s*])([^*\n]*[^\s*\\])\1(?!\*)"), r"\2"),
    (re.compile(r"(?<![\w\\_])(_{1,3})(?=[^\s_])([^_\n]*[^\s_\\])\1(?![\w_])"), r"\2"),
    (re.compile(r"~~(?=\S)([^~\n]*\S)~~"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Take the text out of Markdown; a single first heading of the first level is the title.

    Raises:
        InputUnsupported: the bytes are no text.
    """
    source, note = decode(data)
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    source = _COMMENT.sub("", _FRONT_MATTER.sub("", source))
    text, blocks, tables = _Reader().read(source.split("\n"))
    return Document(text, name, "text/markdown", sha256, blocks, tables, (note,) if note else ())


class _Reader:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._at = 0
        self._titled = False

    def read(self, lines: list[str]) -> tuple[str, tuple[Block, ...], tuple[Table, ...]]:
        fence = ""
        number = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            mark = _FENCE.match(line)
            if fence:
                closes = mark is not None and mark[1].startswith(fence) and not line.strip().strip(fence[0])
                fence = "" if closes else fence
                continue
            if mark is not None:
                fence = mark[1]
                continue
            after = lines[number] if number < len(lines) else ""
            if "|" in line and "-" in after and _DELIMITER.fullmatch(after) and len(_cells(line)) == len(_cells(after)):
                rows = [_cells(line)]
                number += 1
                while number < len(lines) and "|" in lines[number]:
                    rows.append(_cells(lines[number]))
                    number += 1
                self._table(rows)
            else:
                number += self._line(line, after)
        return "\n".join(self._parts), tuple(self._blocks), tuple(self._tables)

    def _line(self, line: str, after: str) -> int:
        """Take one line; returns how many lines after it were used up (an underline of a heading)."""
        heading = _HEADING.fullmatch(line)
        if heading:
            self._heading(_plain(heading[2]), len(heading[1]))
            return 0
        if _RULE.fullmatch(line) or _DEFINITION.fullmatch(line):
            return 0
        text = _plain(line[_LEAD.match(line).end() :])  # type: ignore[union-attr]  # the pattern matches nothing too
        under = _UNDERLINE.fullmatch(after) if text else None
        if under:
            self._heading(text, 1 if under[1][0] == "=" else 2)
            return 1
        self._add(text)
        return 0

    def _heading(self, text: str, level: int) -> None:
        if level == 1 and not self._titled and text:
            self._titled = True
            self._add(text, "title")
        else:
            self._add(text, "heading", level)

    def _add(self, text: str, kind: str = "paragraph", level: int = 0) -> Span | None:
        if not text:
            return None
        span = Span(self._at, self._at + len(text))
        self._parts.append(text)
        self._blocks.append(Block(*span, kind, level))
        self._at = span.end + 1
        return span

    def _table(self, rows: list[list[str]]) -> None:
        width = len(rows[0])
        filled = [tuple(self._cell(cell) for cell in (row + [""] * width)[:width]) for row in rows]
        if any(cell for row in filled for cell in row):
            self._tables.append(Table(tuple(filled)))

    def _cell(self, source: str) -> Span | None:
        spans = [self._add(_plain(line), "cell") for line in re.split(r"<br\s*/?>", source)]
        there = [span for span in spans if span]
        return Span(there[0].start, there[-1].end) if there else None


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _plain(text: str) -> str:
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return text.strip(" \t\u3000")
