"""The report, paragraph by paragraph, with its statements and their details marked.

The text of a paragraph element is the paragraph, character for character: labels and numbers are drawn by the style
sheet from attributes, so that copying or searching the page finds only what the report says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from bihuan.exchange.page.escape import escape
from bihuan.exchange.page.view import View
from bihuan.i18n import _
from bihuan.reading.model import Reading, Span, Statement

_LINE = re.compile(r"[^\r\n]+")


class _Layer(NamedTuple):
    """A span to be marked: a statement (``mark`` is its id), or a detail (``mark`` is its classes)."""

    start: int
    end: int
    mark: str


def paragraphs(reading: Reading) -> list[Span]:
    """The lines of the text that hold more than blanks."""
    return [Span(*m.span()) for m in _LINE.finditer(reading.text) if m[0].strip()]


def render_text(view: View) -> str:
    """The paragraphs as HTML, numbered from 1 (ids ``l1`` …); the view learns which statements have a mark."""
    reading = view.reading
    lines = paragraphs(reading)
    statements = _share_out(lines, [_Layer(s.start, s.end, s.id) for s in reading.statements])
    details = _share_out(lines, _details(reading))
    headings = {s.heading.start for s in reading.sections if s.heading.start < s.heading.end}
    out = []
    for i, line in enumerate(lines):
        role = ""
        if reading.title and line.start <= reading.title.start < line.end:
            role = ' class="title" role="heading" aria-level="3"'
        elif any(line.start <= h < line.end for h in headings) and i not in statements:
            role = ' class="head" role="heading" aria-level="3"'
        body = "".join(_runs(view, line, statements.get(i, []), details.get(i, [])))
        out.append(f'<p id="l{i + 1}" data-n="{i + 1}"{role}>{body}</p>')
    return "\n".join(out)


def paragraph_at(lines: list[Span], offset: int) -> int:
    """Number, from 1, of the paragraph that holds the offset, or of the one before it."""
    return max(1, bisect_right(lines, offset, key=lambda line: line.start))


def _details(reading: Reading) -> list[_Layer]:
    layers = [_Layer(n.start, n.end, f"note n{i}") for i, n in enumerate(reading.notes, 1)]
    for s in reading.statements:
        layers += [_Layer(s.headline.start, s.headline.end, "headline")]
        layers += [_Layer(x.start, x.end, "instance") for x in s.instances]
        layers += [_Layer(x.start, x.end, "hedge") for x in s.hedges]
        layers += [_Layer(x.start, x.end, "redaction") for x in s.redactions]
    return layers


def _share_out(spans: list[Span], layers: list[_Layer]) -> dict[int, list[_Layer]]:
    """The layers cut at the spans' ends, by the number of the span they fall into; those of no width are left out."""
    found: dict[int, list[_Layer]] = {}
    for layer in sorted(layers):
        i = max(0, bisect_right(spans, layer.start, key=lambda span: span.start) - 1)
        while i < len(spans) and spans[i].start < layer.end:
            start, end = max(layer.start, spans[i].start), min(layer.end, spans[i].end)
            if start < end:
                found.setdefault(i, []).append(_Layer(start, end, layer.mark))
            i += 1
    return found


def _cut(line: Span, layers: list[_Layer]) -> Iterator[tuple[Span, list[_Layer]]]:
    """The line in pieces, each with the layers that cover the whole of it, in the order they begin."""
    edges = sorted({line.start, line.end, *(x.start for x in layers), *(x.end for x in layers)})
    active: list[_Layer] = []
    following = 0
    for start, end in pairwise(edges):
        active = [x for x in active if x.end > start]
        while following < len(layers) and layers[following].start <= start:
            active.append(layers[following])
            following += 1
        yield Span(start, end), active


def _runs(view: View, line: Span, statements: list[_Layer], details: list[_Layer]) -> Iterator[str]:
    pieces = list(_cut(line, statements))
    within = _share_out([piece for piece, _ in pieces], details)
    for i, (piece, covering) in enumerate(pieces):
        inner = "".join(_detailed(view.reading.text, piece, within.get(i, [])))
        if not covering:
            yield inner
            continue
        statement = view.statements[covering[-1].mark]  # of statements that overlap, the one that began last
        yield _mark(view, statement, inner, first=statement.id not in view.placed)
        view.placed.add(statement.id)


def _mark(view: View, statement: Statement, inner: str, *, first: bool) -> str:
    key = view.key[statement.id]
    if not first:
        return f'<mark class="{statement.kind}" data-k="{key}">{inner}</mark>'
    label = view.label(statement)
    hint = escape(_("{label}，在台账中查看").format(label=label))
    return (
        f'<mark class="{statement.kind}" id="s-{key}" data-k="{key}"><a class="tag {statement.kind}" href="#e-{key}" '
        f'data-label="{escape(label)}" aria-label="{hint}"></a>{inner}</mark>'
    )


def _detailed(text: str, piece: Span, details: list[_Layer]) -> Iterator[str]:
    for run, covering in _cut(piece, details):
        words = escape(text[run.start : run.end])
        classes = " ".join(dict.fromkeys(x.mark for x in covering))
        yield f'<span class="{classes}">{words}</span>' if classes else words
