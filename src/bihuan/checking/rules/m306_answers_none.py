"""M306: a measure that answers no problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Measures that no problem is linked with, in a report that tells problems.

    Where a problem without a measure is of the measure's area, the two may only have been missed: nothing is said.
    """
    reading = context.reading
    problems = reading.of_kind("problem")
    if not problems or reading.genre not in options["genres"]:
        return
    answers = [link for link in reading.links if link.kind == "answered-by"]
    useful = {link.target for link in answers}
    answered = {link.source for link in answers}
    waiting = {area for problem in problems if problem.id not in answered for area in problem.areas}
    for measure in reading.of_kind("measure"):
        if measure.id not in useful and waiting.isdisjoint(measure.areas):
            yield Place(measure.headline.start, measure.headline.end, "前面查摆的问题里，没有哪一个用得着这条措施")


_START = "对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少，理论测试成绩低。\n（二）村级财务不公开。村务公开栏半年没有更新。\n二、整改措施\n（一）抓好理论学习。每季度开展一次集体研讨，年底组织一次理论测试。\n（二）公开村级财务。每季度公开一次村级财务。\n"

RULE = Rule(
    code="M306",
    name="answers-none",
    severity="note",
    summary="措施不对应任何问题",
    why="没有问题的措施，或者是套来的，或者是前面漏了一个问题没有写。对应靠研读得出，样本上每三条意见约有一条不对，所以默认关闭。",
    bad=_START + "（三）加强食品安全监管。每月抽检一次餐饮单位。\n",
    good=_START,
    check=check,
    options={"genres": ("self-examination", "plan")},
    default=False,
)
