"""M302: a measure without a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Measures none of whose actions says by when; a rhythm (每季度) is a date that comes again and again."""
    for measure in context.reading.of_kind("measure"):
        if not any(a.deadline or a.frequency not in (None, "standing") for a in measure.actions):
            yield Place(
                measure.headline.start, measure.headline.end, "没有写明什么时候完成：补上完成时限，或写明多久一次"
            )


_START = "对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n"

RULE = Rule(
    code="M302",
    name="no-date",
    severity="warning",
    summary="整改措施没有时限",
    why="整改台账的填报要求：责任人、整改时限、验收标准缺一不可。没有时限的措施永远不会到期，也就永远不会被问起。长期坚持的事项要写明周期。",
    bad=_START + "（一）抓好理论学习。修订学习制度。（责任单位：办公室）\n",
    good=_START
    + "（一）抓好理论学习。修订学习制度。（责任单位：办公室；完成时限：6月底前）\n（二）开展研讨。每季度开展一次集体研讨。\n",
    check=check,
)
