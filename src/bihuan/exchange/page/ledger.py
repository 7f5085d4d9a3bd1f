"""The ledger as cards: a problem, its causes, its measures with actions, owner and date; 无 where nothing is said."""

from __future__ import annotations

from bihuan.exchange import rows
from bihuan.exchange.page.escape import escape
from bihuan.exchange.page.view import View, because
from bihuan.i18n import _
from bihuan.reading.model import Action, Link, Statement

_SILENT = frozenset({rows.NONE})


def gaps(view: View, problem: Statement | None, measures: list[Statement]) -> list[str]:
    """What a card lacks, as words of ``data-gap``: ``answer``, ``cause``, ``owner``, ``date``."""
    found = []
    if problem and not measures:
        found.append("answer")
    if problem and not view.links(problem, "caused-by"):
        found.append("cause")
    if any(not has_owner(view, m) for m in measures):
        found.append("owner")
    if any(not has_date(view, m) for m in measures):
        found.append("date")
    return found


def has_owner(view: View, measure: Statement) -> bool:
    """Whether a leading unit or a person is named."""
    duty = rows.duty(view.reading, measure)
    return bool(duty.units or duty.leaders or duty.people)


def has_date(view: View, measure: Statement) -> bool:
    """Whether the report says when: a date, 立行立改 or 长期坚持."""
    return rows.due(view.reading, measure) not in _SILENT


class Cards:
    """Renders the cards; a measure that answers several problems tells its actions once, at the first of them."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._told: set[str] = set()

    def render(self) -> str:
        """All cards: problems in the order of the text, then what no problem is linked to."""
        view = self.view
        cards = [self._problem(p) for p in view.reading.of_kind("problem")]
        cards += [self._single(c, _("未对应问题的原因")) for c in view.unlinked("cause")]
        cards += [self._single(m, _("未对应问题的措施")) for m in view.unlinked("measure")]
        return "\n".join(cards)

    def _problem(self, problem: Statement) -> str:
        view = self.view
        causes = view.links(problem, "caused-by")
        answers = view.links(problem, "answered-by")
        measures = [view.statements[k.target] for k in answers]
        missing = gaps(view, problem, measures)
        state = (
            f'<span class="badge late">{escape(_("未回应"))}</span>'
            if "answer" in missing
            else f'<span class="badge done">{escape(_("已回应"))}</span>'
        )
        head = (
            f'<header class="entry problem" {self._entry(problem)}>{view.tag(problem)}'
            f"<h3{view.quoted}>{escape(view.headline(problem))}</h3>{state}</header>"
        )
        where = self._where(problem)
        body = self._group(_("原因"), "cause", causes) + self._group(_("措施"), "measure", answers)
        return (
            f'<article class="card" data-dim="{escape(problem.dimension or "")}" data-gap="{" ".join(missing)}">'
            f"{head}{where}<dl>{body}</dl></article>"
        )

    def _single(self, statement: Statement, title: str) -> str:
        """A cause or a measure that no problem is linked to."""
        missing = gaps(self.view, None, [statement]) if statement.kind == "measure" else []
        kind_title = {"cause": _("原因"), "measure": _("措施")}.get(statement.kind, "")
        return (
            f'<article class="card loose" data-dim="{escape(statement.dimension or "")}" '
            f'data-gap="{" ".join(missing)}">'
            f'<h3 class="loose">{escape(title)}</h3><dl><dt class="{statement.kind}">{escape(kind_title)}</dt>'
            f"<dd>{self._statement(statement, None)}</dd></dl></article>"
        )

    def _where(self, problem: Statement) -> str:
        theme = self.view.reading.theme
        titles = {d.id: d.title for d in theme.dimensions} if theme else {}
        title = titles.get(problem.dimension or "")
        return f'<p class="where"{self.view.quoted}>{escape(title)}</p>' if title else ""

    def _group(self, title: str, kind: str, links: list[Link]) -> str:
        if not links:
            return f'<dt class="{kind}">{escape(title)}</dt><dd class="none">{escape(_("无"))}</dd>'
        told = "".join(f"<dd>{self._statement(self.view.statements[k.target], k)}</dd>" for k in links)
        return f'<dt class="{kind}">{escape(title)}</dt>{told}'

    def _entry(self, statement: Statement) -> str:
        """Attributes that tie an entry to its place; only the first of a statement's entries carries the id."""
        key = self.view.key[statement.id]
        first = "" if statement.id in self._told else f'id="e-{key}" '
        return f'{first}data-k="{key}"'

    def _statement(self, statement: Statement, link: Link | None) -> str:
        view = self.view
        again = statement.id in self._told
        entry = self._entry(statement)
        self._told.add(statement.id)
        head = f'{view.tag(statement)} <span class="headline"{view.quoted}>{escape(view.headline(statement))}</span>'
        if link:
            head += f'<details class="why"><summary>{escape(_("依据"))}</summary>{escape(because(link))}</details>'
        detail = ""
        if statement.kind == "measure":
            detail = ("" if again else self._actions(statement)) + self._duty(statement)
        return f'<div class="entry {statement.kind}" {entry}>{head}{detail}</div>'

    def _actions(self, measure: Statement) -> str:
        if not measure.actions:
            return f'<p class="none">{escape(_("没有具体举措"))}</p>'
        items = "".join(f"<li>{self._action(measure, a)}</li>" for a in measure.actions)
        return f'<ol class="actions"{self.view.quoted}>{items}</ol>'

    def _action(self, measure: Statement, action: Action) -> str:
        words = escape(rows.action_words(self.view.reading, measure, action))
        if not action.deadline:
            return words
        when = rows.due_text(rows.due(self.view.reading, measure._replace(actions=(action,))))
        return f'{words} <span class="badge doing">{escape(when)}</span>'

    def _duty(self, measure: Statement) -> str:
        duty = rows.duty(self.view.reading, measure)
        when = rows.due_text(rows.due(self.view.reading, measure))
        cells = [
            (_("责任领导"), "、".join(duty.leaders)),
            (_("责任单位"), "、".join(duty.units)),
            (_("配合单位"), "、".join(duty.support)),
            (_("责任人"), "、".join(duty.people)),
            (_("时限"), "" if when == rows.NONE else when),
        ]
        # Nobody expects every measure to have a named person and a helping unit; a leading one and a date they do.
        asked = {_("时限")} if duty.leaders or duty.people else {_("责任单位"), _("时限")}
        shown = [(name, value) for name, value in cells if value or name in asked]
        return '<p class="duty">' + " ".join(_cell(n, v, self.view.quoted) for n, v in shown) + "</p>"


def _cell(name: str, value: str, quoted: str) -> str:
    told = f"<b{quoted}>{escape(value)}</b>" if value else f'<b class="none">{escape(_("无"))}</b>'
    return f"<span>{escape(name)} {told}</span>"
