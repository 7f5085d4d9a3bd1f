"""The flow from problems by their causes to their measures, drawn as SVG, with the same told as a table.

A problem's answer runs through the cause the report gives for it; what has no cause or no measure runs into a box that
says so. Colours come from the style sheet; a node is a link to its place in the report.
"""

from __future__ import annotations

from typing import NamedTuple

from bihuan.exchange.page.escape import escape, shorten
from bihuan.exchange.page.view import View, because, kind_name
from bihuan.i18n import _
from bihuan.reading.model import KINDS, Kind, Link, Statement

_WIDTH = 900
_NODE_WIDTH = 220
_NODE_HEIGHT = 28
_ROW = 38
_TOP = 30
_COLUMN = {"problem": 0, "cause": (_WIDTH - _NODE_WIDTH) // 2, "measure": _WIDTH - _NODE_WIDTH}
_LABEL_CHARACTERS = 11
"""Han characters of 13 px that fit a node beside its label."""

_ROWS_OF_A_PAGE = 30
"""More don't print on one page; the ledger says the same there."""

_MISSING = ""


class _Thread(NamedTuple):
    """A curve between two nodes, named by statement ids; ``keys`` are the statements it belongs to."""

    kind: Kind
    source: str
    target: str
    keys: str
    title: str
    score: float | None


def render_flow(view: View) -> str:
    """The figure and its table."""
    threads = _threads(view)
    columns: dict[Kind, list[str]] = {kind: [s.id for s in view.reading.of_kind(kind)] for kind in KINDS}
    for kind in ("cause", "measure"):
        if any(t.target == _MISSING and t.kind == kind for t in threads):
            columns[kind].append(_MISSING)
    longest = max(len(column) for column in columns.values())
    height = _TOP + _ROW * longest
    places = {
        (kind, name): _TOP + (height - _TOP) * (2 * i + 1) / (2 * len(column))
        for kind, column in columns.items()
        for i, name in enumerate(column)
    }
    heads = "".join(
        f'<text class="col" x="{_COLUMN[kind]}" y="14">{escape(kind_name(kind))} '
        f"{len(view.reading.of_kind(kind))}</text>"
        for kind in KINDS
    )
    curves = "".join(_curve(t, places) for t in threads)
    nodes = "".join(_node(view, kind, name, y) for (kind, name), y in places.items())
    label = escape(_("问题、原因、措施的关系图，下方有同样内容的表格"))
    return (
        f'<div class="scroll picture{" tall" if longest > _ROWS_OF_A_PAGE else ""}" tabindex="0" role="group" aria-label="{escape(_("关系图"))}">'
        f'<svg class="flow" viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{label}">'
        f"{heads}<g>{curves}</g>{nodes}</svg></div>{_table(view)}"
    )


def _threads(view: View) -> list[_Thread]:
    threads = []
    for problem in view.reading.of_kind("problem"):
        key = view.key[problem.id]
        causes = view.links(problem, "caused-by")
        through = causes[0].target if causes else _MISSING
        threads += [_link(view, "cause", problem.id, problem, k) for k in causes]
        if not causes:
            threads.append(_gap("cause", problem.id, key, _("{label}没有对应的原因").format(label=view.label(problem))))
        answers = view.links(problem, "answered-by")
        threads += [_link(view, "measure", through, problem, k) for k in answers]
        if not answers:
            threads.append(_gap("measure", through, key, _("{label}没有对应的措施").format(label=view.label(problem))))
    return threads


def _link(view: View, kind: Kind, source: str, problem: Statement, link: Link) -> _Thread:
    target = view.statements[link.target]
    title = f"{view.label(problem)} → {view.label(target)} · {because(link)}"
    return _Thread(kind, source, target.id, f"{view.key[problem.id]} {view.key[target.id]}", title, link.score)


def _gap(kind: Kind, source: str, key: str, title: str) -> _Thread:
    return _Thread(kind, source, _MISSING, key, title, None)


def _curve(thread: _Thread, places: dict[tuple[Kind, str], float]) -> str:
    before: Kind = "problem" if thread.kind == "cause" else "cause"
    x1, x2 = _COLUMN[before] + _NODE_WIDTH, _COLUMN[thread.kind]
    y1, y2 = places[before, thread.source], places[thread.kind, thread.target]
    middle = (x1 + x2) / 2
    width = 1.5 if thread.score is None else 1.5 + 4.5 * min(1.0, max(0.0, thread.score))
    style = "gap" if thread.score is None else thread.kind
    return (
        f'<path class="{style}" data-k="{thread.keys}" stroke-width="{width:.1f}" '
        f'd="M{x1} {y1:.1f}C{middle:g} {y1:.1f} {middle:g} {y2:.1f} {x2} {y2:.1f}">'
        f"<title>{escape(thread.title)}</title></path>"
    )


def _node(view: View, kind: Kind, name: str, y: float) -> str:
    x, top = _COLUMN[kind], y - _NODE_HEIGHT / 2
    box = f'x="{x}" y="{top:.1f}" width="{_NODE_WIDTH}" height="{_NODE_HEIGHT}" rx="4"'
    baseline = y + 4.5
    if name == _MISSING:
        words = _("没有原因") if kind == "cause" else _("没有措施")
        return f'<g class="node gap"><rect {box}/><text x="{x + 12}" y="{baseline:.1f}">{escape(words)}</text></g>'
    statement = view.statements[name]
    key, label, headline = view.key[name], view.label(statement), view.headline(statement)
    return (
        f'<a class="node {kind}" href="{view.place(statement)}" data-k="{key}"><title>{escape(label)} {escape(headline)}</title>'
        f'<rect {box}/><rect class="edge" x="{x}" y="{top:.1f}" width="4" height="{_NODE_HEIGHT}" rx="2"/>'
        f'<text x="{x + 12}" y="{baseline:.1f}"><tspan class="l">{escape(label)}</tspan> '
        f"<tspan{view.quoted}>{escape(shorten(headline, _LABEL_CHARACTERS))}</tspan></text></a>"
    )


def _table(view: View) -> str:
    def ends(problem: Statement, kind: Kind) -> str:
        links = view.links(problem, "caused-by" if kind == "cause" else "answered-by")
        if not links:
            return f'<td class="none" data-kind="{escape(kind_name(kind))}">{escape(_("无"))}</td>'
        told = (
            f"<li>{view.tag(view.statements[k.target])} <span{view.quoted}>"
            f"{escape(view.headline(view.statements[k.target]))}</span> <small>{escape(because(k))}</small></li>"
            for k in links
        )
        return f"<td><ul>{''.join(told)}</ul></td>"

    body = "".join(
        f'<tr><th scope="row">{view.tag(p)} <span{view.quoted}>{escape(view.headline(p))}</span></th>'
        f"{ends(p, 'cause')}{ends(p, 'measure')}</tr>"
        for p in view.reading.of_kind("problem")
    )
    heads = "".join(f'<th scope="col">{escape(kind_name(kind))}</th>' for kind in KINDS)
    return (
        f'<details class="alternative"><summary>{escape(_("以表格查看关系"))}</summary>'
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(_("关系表"))}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )
