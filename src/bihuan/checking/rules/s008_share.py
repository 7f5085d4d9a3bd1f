"""S008: too little of the report tells problems and causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """The characters of problems and causes against those of the whole report, blanks left out."""
    reading = context.reading
    if reading.genre != "self-examination" or not reading.of_kind("problem"):
        return
    spans = [(s.start, s.end) for s in reading.sections if s.role in ("problems", "causes")]
    spans += [(s.start, s.end) for s in reading.statements if s.kind in ("problem", "cause")]
    told = at = 0
    for start, end in sorted(spans):
        told += _length(context.text[max(at, start) : end])
        at = max(at, end)
    whole = _length(context.text)
    if whole and told < options["least"] * whole:
        yield Place(0, 0, f"问题和原因只占全文的 {told / whole:.0%}，应不少于 {options['least']:.0%}")


def _length(text: str) -> int:
    return sum(map(len, text.split()))


RULE = Rule(
    code="S008",
    name="share",
    severity="warning",
    summary="问题和原因的篇幅不够",
    why="对照检查重在查摆和剖析，不少地方要求问题和原因占全文一半以上，有的要求四分之三；比例（least）由本地规定。",
    bad="对照检查材料\n一、存在的问题\n（一）学习不深入。\n二、整改措施\n（一）抓好理论学习。每季度组织一次集体研讨，每次有三名同志作中心发言，年底组织一次理论测试，成绩在机关公布。\n",
    good="对照检查材料\n一、存在的问题\n（一）学习不深入。全年集体研讨只有两次，三名同志没有作过中心发言，理论测试及格的不到一半。\n二、整改措施\n（一）抓好理论学习。每季度研讨一次。\n",
    check=check,
    options={"least": 0.5},
)
