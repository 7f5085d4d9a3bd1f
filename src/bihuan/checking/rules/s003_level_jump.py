"""S003: a level of numbers is jumped over, or stands above the one it belongs under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.places import LEVELS, heads, is_sheet
from bihuan.checking.rule import Context, Place, Rule

_NAMES = ("一、", "（一）", "1.", "（1）")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Lists that begin two levels below the heading above them, where the level between is used elsewhere."""
    if is_sheet(context.reading.source.media_type):
        return
    found = [head for head in heads(context.text) if head.mark.style in LEVELS]
    used = {LEVELS[head.mark.style] for head in found}
    level = -1
    for head in found:
        now = LEVELS[head.mark.style]
        between = [n for n in range(level + 1, now) if n in used or options["strict"]]
        if level >= 0 and head.mark.value == 1 and between:
            told = context.text[head.mark.start : head.mark.end].strip()
            yield Place(
                head.mark.start,
                head.mark.start + len(told),
                f"层次越级：“{_NAMES[level]}”下面直接用了“{told}”，中间少“{_NAMES[between[0]]}”这一级",
            )
        level = now


RULE = Rule(
    code="S003",
    name="level-jump",
    severity="note",
    summary="层次序数越级",
    why="GB/T 9704-2012 规定结构层次依次用“一、”“（一）”“1.”“（1）”。同一份材料里有的部分越过一级，读的人分不清哪条归哪条。默认只查材料别处用到的层次；strict = true 时一律按四级查。",
    bad="对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n1.抓好理论学习。每季度研讨一次。\n",
    good="对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n1.研讨少。\n二、整改措施\n（一）抓好理论学习。每季度研讨一次。\n",
    check=check,
    options={"strict": False},
)
