"""M309: a plan's measure without a criterion by which it is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule

_CRITERION = re.compile(
    r"(?:整改|工作|预期|完成)?目标|(?:验收|销号|评价|完成)标准|验收|成效|达到|达标|达[^，。；]{0,4}%|全覆盖|清零|(?:满意|合格|及格|完成|办结|覆盖|知晓)[率度]|不(?:低于|少于|超过|高于)|[降压]至|[提升]至|以[上下]"
)


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Measures that neither name a goal nor count anything, where the report is a plan."""
    reading = context.reading
    if reading.genre not in options["genres"]:
        return
    for measure in reading.of_kind("measure"):
        counted = any(action.quantity for action in measure.actions)
        if not counted and not _CRITERION.search(context.quote(measure)):
            yield Place(measure.headline.start, measure.headline.end, "没有验收标准：写明做到什么程度算整改到位")


_START = "整改方案\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n"

RULE = Rule(
    code="M309",
    name="no-criterion",
    severity="note",
    summary="整改措施没有验收标准",
    why="整改台账的填报要求：责任人、整改时限、验收标准缺一不可。只查整改方案；别的材料（genres）可以在 bihuan.toml 里加。",
    bad=_START + "（一）抓好理论学习。修订学习制度。（责任单位：办公室；完成时限：6月底前）\n",
    good=_START
    + "（一）抓好理论学习。修订学习制度，理论测试及格率不低于90%。（责任单位：办公室；完成时限：6月底前）\n",
    check=check,
    options={"genres": ("plan",)},
)
