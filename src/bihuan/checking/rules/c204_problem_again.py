"""C204: a cause that says the problem again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import likeness, told
from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Span


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Causes whose words are those of a problem."""
    problems = told(context.text, context.reading.of_kind("problem"))
    for cause in told(context.text, context.reading.of_kind("cause")):
        for problem in problems:
            long_enough = min(len(cause.headline), len(problem.headline)) >= options["shortest"]
            if likeness(cause.whole, problem.whole) >= options["whole"] or (
                long_enough and likeness(cause.headline, problem.headline) >= options["headline"]
            ):
                said = context.reading.quote(problem.statement.headline)[:30]
                yield Place(
                    cause.statement.headline.start,
                    cause.statement.headline.end,
                    f"只是把问题“{said}”再说一遍：写明为什么会这样，是不懂、不愿、不敢，还是没有人管",
                    related=(Span(*problem.statement.headline),),
                )
                break


RULE = Rule(
    code="C204",
    name="problem-again",
    severity="warning",
    summary="原因只是把问题再说一遍",
    why="“学习不深入”的原因写成“学习抓得不深入”，等于没有剖析，措施也只能再说一遍“深入学习”。",
    bad="班子对照检查材料\n一、存在的问题\n（一）理论学习不够深入系统。集体研讨少，学用结合不紧。\n二、原因剖析\n（一）理论学习不够系统深入。学用结合不够紧，集体研讨少。\n三、整改措施\n（一）抓好学习。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）理论学习不够深入系统。集体研讨少，学用结合不紧。\n二、原因剖析\n（一）把业务当硬指标、学习当软任务。学不学没有考核，学得好不好没有人问。\n三、整改措施\n（一）抓好学习。\n",
    check=check,
    options={"whole": 0.3, "headline": 0.5, "shortest": 5},
)
