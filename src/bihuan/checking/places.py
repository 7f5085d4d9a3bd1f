"""What several rules look for in a text: its lines, and the numbers at their heads."""

from __future__ import annotations

import re
from typing import NamedTuple

from bihuan.text.numbering import Mark, find_marks

_QUOTED = re.compile(r"“[^“”\n]*”|《[^《》\n]*》")

#: The levels of an official document, from the top (GB/T 9704-2012): 一、 （一） 1. （1）.
LEVELS = {"cn": 0, "cn-paren": 1, "number": 2, "number-paren": 3}


class Head(NamedTuple):
    """A line that begins with a number: the line without blanks at its ends, and its number."""

    start: int
    end: int
    mark: Mark


class Line(NamedTuple):
    """A line without blanks at its ends; no blank one is given."""

    start: int
    end: int


def lines(text: str) -> list[Line]:
    """The lines that aren't blank."""
    return [Line(m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def marks(text: str) -> list[Mark]:
    """The possible numbers outside quotation marks and titles, in order."""
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    out: list[Mark] = []
    at = 0
    for mark in find_marks(text):
        while at < len(quoted) and quoted[at][1] <= mark.start:
            at += 1
        if at == len(quoted) or mark.start < quoted[at][0]:
            out.append(mark)
    return out


def heads(text: str, found: list[Mark] | None = None) -> list[Head]:
    """The lines that begin with a number."""
    by_start = {mark.start: mark for mark in (marks(text) if found is None else found)}
    return [Head(*line, by_start[line.start]) for line in lines(text) if line.start in by_start]


def is_sheet(media_type: str) -> bool:
    """Whether the text is a workbook's cells, whose lines are no paragraphs."""
    return "spreadsheet" in media_type or "excel" in media_type
