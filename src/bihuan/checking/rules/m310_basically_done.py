"""M310: "basically done"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule

_BASICALLY = re.compile(
    r"(?:已|已经)?(?:(?:基本上?|大体上?|总体上?|初步)(?:完成|办结|解决|落实|销号|纠正|化解)(?:到位|整改|完毕)?|基本上?(?:整改|清理|处置)(?:到位|完成|完毕))(?![^，。；\n]{0,4}(?:的?(?:问题|不够|不到位)))"
)


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """基本完成 and its like in measures and in what is told of corrections."""
    reading = context.reading
    spans = [(s.start, s.end) for s in reading.sections if s.role in ("progress", "measures")]
    spans += [(s.start, s.end) for s in reading.of_kind("measure")]
    if reading.genre == "progress":
        spans = [(0, len(context.text))]
    at = 0
    for start, end in sorted(spans):
        for found in _BASICALLY.finditer(context.text, max(at, start), end):
            yield Place(*found.span(), f"“{found.group()}”不是完成：写明完成了多少，还差什么，什么时候做完")
        at = max(at, end)


RULE = Rule(
    code="M310",
    name="basically-done",
    severity="warning",
    summary="用“基本完成”代替完成",
    why="台账的填报要求里，完成状态只有已完成、未完成，不得写“基本完成”：剩下的那一部分往往就是问题本身。",
    bad="整改情况报告\n一、整改落实情况\n（一）关于理论学习不深入的问题。已基本完成整改。\n",
    good="整改情况报告\n一、整改落实情况\n（一）关于理论学习不深入的问题。4次研讨完成了3次，第4次12月20日前完成。\n",
    check=check,
)
