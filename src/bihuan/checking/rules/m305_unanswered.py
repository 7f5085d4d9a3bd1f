"""M305: a problem that no measure answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Link, Span
from bihuan.themes.lexicons import areas

#: A link of this score speaks for itself; a weaker one may rest on little more than the order of the two lists.
_SURE = 0.8


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems without a measure, and problems whose matter no measure of the report speaks of.

    Where a measure that answers nothing is of the problem's area, the two may only have been missed: nothing is said.
    """
    reading = context.reading
    measures = reading.of_kind("measure")
    if not measures or reading.genre not in options["genres"]:
        return
    best: dict[str, Link] = {}
    for link in reading.links:
        if link.kind == "answered-by" and (link.source not in best or link.score > best[link.source].score):
            best[link.source] = link
    useful = {link.target for link in reading.links if link.kind == "answered-by"}
    idle = {area for measure in measures if measure.id not in useful for area in measure.areas}
    spoken = {area for measure in measures for area in measure.areas}
    told = "\n".join(context.quote(measure) for measure in measures)
    for problem in reading.of_kind("problem"):
        start, end = problem.headline
        answer = best.get(problem.id)
        if answer is None:
            if idle.isdisjoint(problem.areas):
                yield Place(start, end, "没有一条措施回应这个问题")
        elif answer.score < _SURE and problem.areas and problem.areas[0] not in spoken:
            words = _telling(problem.areas[0], context.quote(problem))
            if len(words) < options["words"] or any(word in told for word in words):
                continue
            near = context.by_id[answer.target]
            yield Place(
                start,
                end,
                f"说的是{_name(problem.areas[0])}（{'、'.join(words[:3])}），没有一条措施谈到",
                related=(Span(*near.headline),),
            )


def _telling(area: str, words: str) -> list[str]:
    """The weightiest of the area's words in a text, by their place; of two that hold each other the first."""
    weights = next((a.words for a in areas() if a.id == area), ())
    found = sorted((words.find(word), -len(word), word) for word, weight in weights if weight >= 3 and word in words)
    kept: list[str] = []
    for _at, _length, word in found:
        if not any(word in other or other in word for other in kept):
            kept.append(word)
    return kept


def _name(area: str) -> str:
    return next((a.name for a in areas() if a.id == area), area)


_START = "对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少，理论测试成绩低。\n（二）村级财务不公开。村务公开栏半年没有更新，集体“三资”底数不清。\n二、整改措施\n（一）抓好理论学习。每季度开展一次集体研讨，年底组织一次理论测试。\n"

RULE = Rule(
    code="M305",
    name="unanswered",
    severity="warning",
    summary="问题没有对应的措施",
    why="查摆出来的问题要条条有整改。对应的依据是研读结果里问题和措施的联系；联系不牢、而问题说的那件事（领域词库里至少 words 个词）没有一条措施谈到，也算没有回应。",
    bad=_START,
    good=_START + "（二）公开村级财务。每季度公开一次村级财务，6月底前完成集体“三资”清查。\n",
    check=check,
    options={"words": 2, "genres": ("self-examination", "plan", "progress", "other")},
)
