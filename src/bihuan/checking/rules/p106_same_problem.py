"""P106: two problems are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import likeness, told
from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Span


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems that say what an earlier one says already."""
    problems = told(context.text, context.reading.of_kind("problem"))
    for at, later in enumerate(problems):
        for earlier in problems[:at]:
            whole = likeness(earlier.whole, later.whole)
            if whole >= options["whole"] or (
                min(len(earlier.headline), len(later.headline)) >= options["shortest"]
                and likeness(earlier.headline, later.headline) >= options["headline"]
                and whole >= options["besides"]
            ):
                said = context.reading.quote(earlier.statement.headline)[:30]
                yield Place(
                    later.statement.headline.start,
                    later.statement.headline.end,
                    f"和前面的“{said}”说的是一个问题：合并成一条，或者写清两条的区别",
                    related=(Span(*earlier.statement.headline),),
                )
                break


RULE = Rule(
    code="P106",
    name="same-problem",
    severity="note",
    summary="两个问题说的是一件事",
    why="同一件事换个说法再列一条，条数凑够了，台账上却会有两个任务、两份材料。",
    bad="班子对照检查材料\n一、存在的问题\n（一）理论学习不够深入系统。集体研讨少，学用结合不紧。\n（二）理论学习不够系统深入。集体研讨次数少，学用结合不够紧。\n二、整改措施\n（一）抓好学习。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）理论学习不够深入系统。集体研讨少，学用结合不紧。\n（二）村级账务不公开。去年抽查的9个村有4个没有张榜。\n二、整改措施\n（一）抓好学习。\n",
    check=check,
    options={"whole": 0.3, "headline": 0.5, "besides": 0.2, "shortest": 4},
)
