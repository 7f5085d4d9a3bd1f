"""Normalised words for rules, with the way back to the places of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bihuan.reading.model import Span, Statement
from bihuan.text.normal import Normal, normalise
from bihuan.themes.lexicons import obfuscations

_FULL_WIDTH = {**{0xFF10 + n: 0x30 + n for n in range(10)}, 0xFF38: 0x58, 0xFF58: 0x78, 0xFF0B: 0x2B, 0xFF0D: 0x2D}
_HAN = re.compile(r"[一-鿿]+")
_MARK = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[.．]\d+)*(?:[）)]|[、.．]|[是要](?=[^，。；]))[，：]?|第[一二三四五六七八九十]{1,3}[，、]|[①-⑳]"
)
_LIKELIEST = 200


class Part(NamedTuple):
    """A range of the normalised text: one paragraph a line, no hard wraps."""

    normal: Normal
    start: int
    text: str

    def place(self, start: int, end: int) -> Span:
        """The range of the report that a range of this part's text came from, which may not be empty."""
        return Span(*self.normal.original(self.start + start, self.start + end))

    def split(self, ends: str) -> Iterator[Part]:
        """The part cut after each of some characters; the pieces keep them and may begin with blanks."""
        start = 0
        for found in re.finditer(f"[{re.escape(ends)}]|$", self.text):
            if found.end() > start:
                yield Part(self.normal, self.start + start, self.text[start : found.end()])
            start = found.end()


@lru_cache(maxsize=4)
def normal_of(text: str) -> Normal:
    """The text normalised as the reading of it was."""
    return normalise(text, spellings=obfuscations())


def part_of(text: str, span: Span | Statement) -> Part:
    """A range of a report as normalised words."""
    normal = normal_of(text)
    start, end = normal.locate(span.start), normal.locate(span.end)
    return Part(normal, start, normal.text[start:end])


def paragraphs(text: str) -> Iterator[Part]:
    """The paragraphs of a report as normalised words."""
    normal = normal_of(text)
    for line in normal.lines:
        yield Part(normal, line.start, normal.text[line.start : line.end])


def plain_digits(text: str) -> str:
    """The text with its full-width digits and X made half width: every character keeps its place."""
    return text.translate(_FULL_WIDTH)


def unnumbered(words: str) -> str:
    """The words without a number before them."""
    return _MARK.sub("", words.lstrip(), count=1) if _MARK.match(words.lstrip()) else words.lstrip()


def pairs(words: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters, numbering left out."""
    runs = _HAN.findall(unnumbered(words))
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of two texts' pairs of characters that both have, 0 to 1."""
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)


class Told(NamedTuple):
    """A statement's pairs of characters, for comparing."""

    statement: Statement
    headline: frozenset[str]
    whole: frozenset[str]


def told(text: str, statements: tuple[Statement, ...]) -> list[Told]:
    """The first statements of a report, made ready to be compared; a collection of many reports isn't."""
    return [
        Told(s, pairs(part_of(text, s.headline).text), pairs(part_of(text, s).text)) for s in statements[:_LIKELIEST]
    ]
