"""S004: a dimension of the theme that no problem speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Dimensions without a problem, in a report that is laid out by its theme's dimensions."""
    reading = context.reading
    if reading.theme is None or reading.genre != "self-examination":
        return
    answered = {statement.dimension for statement in reading.of_kind("problem")}
    dimensions = reading.theme.dimensions
    named = sum(dimension.id in answered for dimension in dimensions)
    if not named or named < options["least"] * len(dimensions):
        return
    for dimension in dimensions:
        if dimension.id not in answered:
            yield Place(0, 0, f"没有对照“{dimension.title}”查摆问题")


_START = "局领导班子专题民主生活会“五个带头”对照检查材料\n按照党史学习教育专题民主生活会要求，报告如下：\n一、存在的问题\n（一）带头深刻感悟“两个确立”方面。一是学习不深。研讨少。二是运用不够。\n（二）带头牢记我们党是什么、要干什么这个根本问题方面。一是落实不力。二是担当不足。\n（三）带头践行以人民为中心的发展思想方面。一是走访少。二是办事慢。\n（四）带头学习运用党在不同历史时期成功应对风险挑战的丰富经验方面。一是忧患意识不强。二是预案少。\n"

RULE = Rule(
    code="S004",
    name="dimension-unanswered",
    severity="warning",
    summary="主题的一个方面没有对照检查",
    why="每年的民主生活会都规定从哪几个方面对照检查，每个方面都要查摆。漏一个方面，材料会被退回。材料至少按一半方面（least）分节时才查，别的写法看不出漏没漏。",
    bad=_START + "二、整改措施\n（一）抓好学习。\n",
    good=_START
    + "（五）带头深刻汲取历史中正反两方面经验方面。一是压力传导不够。二是监督不严。\n二、整改措施\n（一）抓好学习。\n",
    check=check,
    options={"least": 0.5},
)
