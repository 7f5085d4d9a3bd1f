"""M305: a problem that no measure answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Span
from bihuan.themes.lexicons import areas


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems without a measure, and problems whose matter no measure of the report speaks of."""
    reading = context.reading
    measures = reading.of_kind("measure")
    if not measures:
        return
    answered = {link.source for link in reading.links if link.kind == "answered-by"}
    spoken = {area for measure in measures for area in measure.areas}
    names = {area.id: area.name for area in areas()}
    for problem in reading.of_kind("problem"):
        start, end = problem.headline
        if problem.id not in answered:
            yield Place(start, end, "没有一条措施回应这个问题")
        elif options["areas"] and problem.areas and problem.areas[0] not in spoken:
            matter = names.get(problem.areas[0], problem.areas[0])
            words = _words(context, problem.areas[0], problem.start, problem.end)
            near = [context.by_id[m] for m in reading.linked(problem.id, "answered-by")[:1]]
            yield Place(
                start,
                end,
                f"说的是{matter}（{words}），没有一条措施谈到" if words else f"说的是{matter}，没有一条措施谈到",
                related=tuple(Span(*measure.headline) for measure in near),
            )


def _words(context: Context, area: str, start: int, end: int) -> str:
    """The weightiest words by which the problem speaks of the area, in its order."""
    told = context.text[start:end]
    weights = next((a.words for a in areas() if a.id == area), ())
    found = sorted((-weight, told.find(word), word) for word, weight in weights if weight >= 2 and word in told)
    kept: list[str] = []
    for weight, _at, word in found:
        if weight == found[0][0] and not any(word in other or other in word for other in kept):
            kept.append(word)
    return "、".join(kept[:3])


_START = "对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少，理论测试成绩低。\n（二）村级财务不公开。村务公开栏半年没有更新，集体“三资”底数不清。\n二、整改措施\n（一）抓好理论学习。每季度开展一次集体研讨，年底组织一次理论测试。\n"

RULE = Rule(
    code="M305",
    name="unanswered",
    severity="warning",
    summary="问题没有对应的措施",
    why="查摆出来的问题要条条有整改。对应的依据是研读结果里问题和措施的联系；联系着的措施若没有一条谈到问题说的那件事（领域词库），也算没有回应。",
    bad=_START,
    good=_START + "（二）公开村级财务。每季度公开一次村级财务，6月底前完成集体“三资”清查。\n",
    check=check,
    options={"areas": True},
)
