"""How far the report answers itself: figures at the top, and a grid of dimensions."""

from __future__ import annotations

from bihuan.exchange.page.escape import escape
from bihuan.exchange.page.ledger import has_date, has_owner
from bihuan.exchange.page.view import View
from bihuan.i18n import _
from bihuan.reading.model import Statement


def render_figures(view: View) -> str:
    """Counts and shares as a description list."""
    reading = view.reading
    coverage = reading.coverage
    measures = reading.of_kind("measure")
    complete = sum(has_owner(view, m) and has_date(view, m) for m in measures)
    loose = coverage.measures_without_problem
    cells = [
        (_("问题"), str(coverage.problems), _("条"), "", ""),
        (_("原因"), str(len(reading.of_kind("cause"))), _("条"), "", ""),
        (
            _("措施"),
            str(len(measures)),
            _("条"),
            _("{n} 条未对应问题").format(n=loose) if loose else "",
            "bad" if loose else "",
        ),
        (_("有原因分析"), *_share(coverage.with_cause, coverage.problems, _("{n} 个问题没有原因"))),
        (_("有整改措施"), *_share(coverage.with_measure, coverage.problems, _("{n} 个问题没有措施"))),
        (_("责任、时限齐备"), *_share(complete, len(measures), _("{n} 条措施不齐备"))),
    ]
    return "".join(
        f'<div class="{style}"><dt>{escape(name)}</dt><dd>{value}<small>{escape(unit)}</small></dd>'
        f'<dd class="remark">{escape(remark)}</dd></div>'
        for name, value, unit, remark, style in cells
    )


def _share(part: int, whole: int, lacking: str) -> tuple[str, str, str, str]:
    """Value, unit, remark and style of a share; where there is nothing to share out, a dash."""
    if not whole:
        return "—", "", "", ""
    remark = lacking.format(n=whole - part) if part < whole else _("全部覆盖")
    return str(part), f"/ {whole}", remark, "bad" if part < whole else "good"


def render_grid(view: View) -> str:
    """A row a dimension: its problems, and how many have a cause and a measure. Empty cells are hatched and say so."""
    problems = view.reading.of_kind("problem")
    theme = view.reading.theme
    rows = [(d.title, [p for p in problems if p.dimension == d.id]) for d in (theme.dimensions if theme else ())]
    known = {d.id for d in (theme.dimensions if theme else ())}
    rest = [p for p in problems if p.dimension not in known]
    if rest or not rows:
        rows.append((_("未归入方面") if rows else _("全部问题"), rest))
    heads = "".join(f'<th scope="col">{escape(h)}</th>' for h in (_("方面"), _("问题"), _("有原因"), _("有措施")))
    body = "".join(f'<tr><th scope="row"{view.quoted}>{escape(t)}</th>{_cells(view, found)}</tr>' for t, found in rows)
    return f'<table class="grid"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _cells(view: View, problems: list[Statement]) -> str:
    whole = len(problems)
    if not whole:
        none, dash = escape(_("未涉及")), escape(_("无"))
        return f'<td class="hatch">{none}</td><td class="hatch">{dash}</td><td class="hatch">{dash}</td>'
    cells = f'<td class="heat4">{whole}</td>'
    for kind in ("caused-by", "answered-by"):
        part = sum(bool(view.links(p, kind)) for p in problems)
        if not part:
            cells += f'<td class="hatch">{escape(_("未覆盖"))}</td>'
        else:
            # Full cover gets the strongest of four shades, anything less one of the others: it must not look full.
            shade = 4 if part == whole else 1 + 3 * part // (whole + 1)
            cells += f'<td class="heat{shade}">{part}<small> / {whole}</small></td>'
    return cells
