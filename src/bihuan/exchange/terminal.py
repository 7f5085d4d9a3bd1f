"""A reading as a summary in the terminal, in colour where the terminal has any."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bihuan.i18n import _
from bihuan.reading.model import Reading, Statement

if TYPE_CHECKING:
    from rich.console import Console

_STYLE = {"problem": "red", "cause": "yellow", "measure": "green"}
_WIDTH = 100


def show(reading: Reading) -> None:
    """Print the summary."""
    from rich.console import Console

    _print(reading, Console(highlight=False))


def plain(reading: Reading) -> str:
    """The summary as plain text, 100 columns wide."""
    from rich.console import Console

    out = io.StringIO()
    _print(reading, Console(file=out, width=_WIDTH, highlight=False, color_system=None))
    return out.getvalue()


def _print(reading: Reading, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    title = reading.quote(reading.title) if reading.title else reading.source.name
    console.print(f"[bold]{escape(title)}[/bold]")
    theme = reading.theme.title if reading.theme else _("没有认出")
    console.print(
        f"{_genre(reading.genre)} · {_('主题')}：{escape(theme)} · {_('{count} 字').format(count=reading.source.characters)}",
        style="dim",
    )
    coverage = reading.coverage
    causes, measures = len(reading.of_kind("cause")), len(reading.of_kind("measure"))
    console.print(
        _(
            "问题 {problems}（有原因 {caused}，有措施 {answered}） · 原因 {causes} · 措施 {measures}（未对应问题 {idle}）"
        ).format(
            problems=coverage.problems,
            caused=coverage.with_cause,
            answered=coverage.with_measure,
            causes=causes,
            measures=measures,
            idle=coverage.measures_without_problem,
        )
    )
    if not reading.statements:
        console.print(_("没有读出问题、原因或措施。看看报告是否有标题和编号，或用 --theme 指明主题。"), style="yellow")
    else:
        table = Table(box=None, pad_edge=False, show_header=True, header_style="bold", expand=True)
        table.add_column(_("编号"), no_wrap=True)
        table.add_column(_("条目"), ratio=1)
        table.add_column(_("原因"))
        table.add_column(_("措施"))
        for problem in reading.of_kind("problem"):
            table.add_row(
                f"[{_STYLE['problem']}]{problem.id}[/]",
                escape(_headline(reading, problem)),
                " ".join(reading.linked(problem.id, "caused-by")) or f"[yellow]{_('无')}[/]",
                " ".join(reading.linked(problem.id, "answered-by")) or f"[yellow]{_('无')}[/]",
            )
        for kind in ("cause", "measure"):
            for statement in reading.of_kind(kind):
                table.add_row(
                    f"[{_STYLE[kind]}]{statement.id}[/]", escape(_headline(reading, statement)), "", _actions(statement)
                )
        console.print(table)
    for note in reading.notes:
        place = (
            _("（第 {line} 行）").format(line=reading.text.count("\n", 0, note.start) + 1)
            if note.end > note.start
            else ""
        )
        console.print(f"{_('注意')}：{escape(note.message)}{place}", style="yellow")


def _headline(reading: Reading, statement: Statement) -> str:
    return reading.quote(statement.headline)


def _actions(statement: Statement) -> str:
    count = len(statement.actions)
    return _("举措 {count}").format(count=count) if count else ""


def _genre(genre: str) -> str:
    return {
        "self-examination": _("对照检查"),
        "plan": _("整改方案"),
        "progress": _("整改情况报告"),
        "feedback": _("反馈意见"),
        "other": _("其他材料"),
    }[genre]
