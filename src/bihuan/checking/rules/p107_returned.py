"""P107: a problem returned from last year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import likeness, told
from bihuan.checking.rule import Context, Place, Rule


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems that last year's report had; nothing without that report."""
    if context.last_year is None:
        return
    before = told(context.last_year.text, context.last_year.of_kind("problem"))
    for now in told(context.text, context.reading.of_kind("problem")):
        best, said = 0.0, None
        for then in before:
            whole = likeness(then.whole, now.whole)
            long_enough = min(len(then.headline), len(now.headline)) >= options["shortest"]
            head = likeness(then.headline, now.headline) if long_enough else 0.0
            if (whole >= options["whole"] or head >= options["headline"]) and max(whole, head) > best:
                best, said = max(whole, head), then.statement
        if said is not None:
            yield Place(
                now.statement.headline.start,
                now.statement.headline.end,
                f"去年就有的问题：“{context.last_year.quote(said.headline)[:30]}”。写明去年的措施为什么没有管用、今年有什么不同",
            )


RULE = Rule(
    code="P107",
    name="returned",
    severity="warning",
    summary="去年的问题今年又有",
    why="去年说已经整改、今年又原样出现，是反弹，或者去年只整改在纸上。上级要求对照检查时说明上年度问题的整改情况。给出去年的报告（--last-year）才检查。",
    bad="班子对照检查材料\n一、存在的问题\n（一）村级财务公开不及时。去年抽查的9个村有4个没有张榜。\n二、整改措施\n（一）公开账务。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）信访积案化解慢。12件积案只办结5件。\n二、整改措施\n（一）领导包案。\n",
    check=check,
    options={"whole": 0.25, "headline": 0.5, "shortest": 4},
)
