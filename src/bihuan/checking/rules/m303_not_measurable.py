"""M303: a measure in which nothing can be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule

_WHOLE = re.compile(r"全覆盖|清零|全部|逐[一项个户条]|100%|百分之|销号|零[增容新]|率(?:达|不低于|提[高升]|在)")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Measures without a quantity, a rhythm or a word for all of them."""
    for measure in context.reading.of_kind("measure"):
        measured = any(a.quantity or a.frequency not in (None, "standing") for a in measure.actions)
        if measured or measure.quantities or _WHOLE.search(context.quote(measure)):
            continue
        yield Place(measure.headline.start, measure.headline.end, "没有可以衡量的内容：写明数量、频次或要达到的结果")


_START = "对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n"

RULE = Rule(
    code="M303",
    name="not-measurable",
    severity="warning",
    summary="整改措施没有可以衡量的内容",
    why="没有数量、频次和结果，做了一次算完成，一次没做也算完成，核验的人无从判断。",
    bad=_START + "（一）抓好理论学习。组织开展集体研讨，完善学习制度。\n",
    good=_START + "（一）抓好理论学习。每季度开展一次集体研讨，年内完成3篇调研报告。\n",
    check=check,
)
