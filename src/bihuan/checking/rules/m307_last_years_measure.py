"""M307: last year's measure again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Reading

_SIGNS = re.compile(r"[^一-鿿A-Za-z]|[一二三四五六七八九十](?=[是要])")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Measures that share most of their pairs of characters with one of last year's; numbers don't count."""
    last = context.last_year
    if last is None:
        return
    before = [(_pairs(last, s.start, s.end), last.quote(s.headline)) for s in last.of_kind("measure")]
    for measure in context.reading.of_kind("measure"):
        own = _pairs(context.reading, measure.start, measure.end)
        if len(own) < options["shortest"]:
            continue
        likeness, words = max(((_share(own, other), words) for other, words in before), default=(0.0, ""))
        if likeness >= options["least"]:
            yield Place(
                measure.headline.start,
                measure.headline.end,
                f"和上年的措施“{_short(words)}”有 {likeness:.0%} 相同：说明上年做得怎样，今年有什么不同",
            )


def _pairs(reading: Reading, start: int, end: int) -> frozenset[str]:
    words = _SIGNS.sub("", reading.text[start:end])
    return frozenset(map("".join, pairwise(words)))


def _share(own: frozenset[str], other: frozenset[str]) -> float:
    return len(own & other) / max(len(own), len(other), 1)


def _short(words: str) -> str:
    return words if len(words) <= 30 else words[:29] + "…"


RULE = Rule(
    code="M307",
    name="last-years-measure",
    severity="warning",
    summary="照搬上年的措施",
    why="同一条措施年年写，说明上年没有做到，或者做到了不管用。用 --last-year 给出上年的材料才查；相同的比例（least）按二字组计算，编号和数字不算。",
    bad="对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n（一）抓好理论学习。组织开展集体研讨，完善学习制度，领导带头讲党课。\n",
    good="对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n（一）每季度开展一次理论测试，成绩在机关公布，不及格的补考。\n",
    check=check,
    options={"least": 0.7, "shortest": 12},
)
