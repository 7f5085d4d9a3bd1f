"""A reading as a summary in the terminal, in colour where the terminal has any."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import TYPE_CHECKING

from bihuan.i18n import _
from bihuan.reading.model import Reading, Span

if TYPE_CHECKING:
    from rich.console import Console

_STYLE = {"problem": "red", "cause": "yellow", "measure": "green"}
_WIDTH = 100


def show(reading: Reading) -> None:
    """Print the summary; a pipe or a file gets headlines in full, a terminal as much as a line holds."""
    import sys

    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    if console.is_terminal:
        _print(reading, console, whole=False)
    else:
        sys.stdout.write(plain(reading))


def plain(reading: Reading) -> str:
    """The summary as plain text, 100 columns wide."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, width=_WIDTH, highlight=False, emoji=False, color_system=None, force_terminal=False)
    _print(reading, console, whole=True)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _print(reading: Reading, console: Console, *, whole: bool) -> None:
    from rich.table import Table

    title = _words(reading, reading.title) if reading.title else _safe(reading.source.name)
    console.print(f"[bold]{title}[/bold]")
    theme = _safe(reading.theme.title) if reading.theme else _("没有认出")
    console.print(
        " · ".join(
            (
                _genre(reading.genre),
                _("主题：{theme}").format(theme=theme),
                _("{count} 字").format(count=reading.source.characters),
            )
        ),
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
        table.add_column(_("条目"), ratio=1, overflow="fold" if whole else "ellipsis", no_wrap=not whole)
        table.add_column(_("原因"))
        table.add_column(_("措施"))
        linked: dict[tuple[str, str], list[str]] = defaultdict(list)
        for link in sorted(reading.links, key=lambda k: (-k.score, k.target)):
            linked[link.source, link.kind].append(link.target)
        none = f"[yellow]{_('无')}[/]"
        for kind, style in _STYLE.items():
            for statement in (s for s in reading.statements if s.kind == kind):
                count = len(statement.actions)
                cells = ("", _("举措 {count}").format(count=count) if count else "")
                if kind == "problem":
                    found = (linked[statement.id, "caused-by"], linked[statement.id, "answered-by"])
                    cells = (" ".join(found[0]) or none, " ".join(found[1]) or none)
                table.add_row(f"[{style}]{statement.id}[/]", _words(reading, statement.headline), *cells)
        console.print(table)
    for note in reading.notes:
        said = _("注意：{message}").format(message=_safe(note.message))
        if note.end > note.start:
            said += _("（第 {line} 行）").format(line=reading.text.count("\n", 0, note.start) + 1)
        console.print(said, style="yellow")


def _words(reading: Reading, span: Span) -> str:
    return _safe(reading.quote(span))


def _safe(text: str) -> str:
    """Words of a report, which may hold anything, as a terminal may be given them: no escapes, no markup."""
    from rich.markup import escape

    return escape("".join(c if c.isprintable() or c == "\u3000" else " " for c in text))


def _genre(genre: str) -> str:
    return {
        "self-examination": _("对照检查"),
        "plan": _("整改方案"),
        "progress": _("整改情况报告"),
        "feedback": _("反馈意见"),
        "other": _("其他材料"),
    }[genre]
