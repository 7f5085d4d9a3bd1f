"""M304: a measure of attitudes without an action."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Action
from bihuan.themes.lexicons import verbs

_CLAUSE_END = re.compile(r"[，。；：\n]")
_NUMBER = re.compile(r"[0-9]{2}|[0-9一二两三四五六七八九十]+[个次件名家处项场]")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Measures that hold no action, or only ones that drive something on and say nothing of who, when or how much."""
    weak = set(options["weak"])
    for measure in context.reading.of_kind("measure"):
        if all(_is_weak(action, weak) for action in measure.actions) and _is_attitude(context.quote(measure), weak):
            yield Place(
                measure.headline.start, measure.headline.end, "只有表态，没有具体做法：写明做什么事、做到什么程度"
            )


def _is_attitude(words: str, weak: set[str]) -> bool:
    """Whether half of the clauses at least hold a verb of attitude: an action that wasn't read has clauses without."""
    clauses = [clause for clause in _CLAUSE_END.split(words) if len(clause) > 3]
    told = sum(any(verb in clause for verb in (*verbs().attitude, *weak)) for clause in clauses)
    return 2 * told >= len(clauses) and not _NUMBER.search(words)


def _is_weak(action: Action, weak: set[str]) -> bool:
    told = action.owner or action.deadline or action.quantity or action.frequency
    return action.verb in weak and not told


_START = "对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n"

RULE = Rule(
    code="M304",
    name="attitude-only",
    severity="warning",
    summary="整改措施只有表态，没有行动",
    why="“进一步加强”“提高认识”“扎实推进”说的是态度，谁也看不见它做了没有。表态多调门高、行动少落实差，正是要整改的毛病。weak 里的动词单独出现时不算行动。",
    bad=_START + "（一）进一步转变作风。提高思想认识，增强责任意识，推动作风持续好转。\n",
    good=_START + "（一）进一步加强理论学习。每季度开展一次集体研讨。\n",
    check=check,
    options={"weak": ("推进", "推动", "抓好", "做好", "办好", "用好", "管好", "落实", "防范")},
)
