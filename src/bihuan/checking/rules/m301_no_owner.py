"""M301: a measure without an owner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule
from bihuan.text.owners import find_owners

#: 由采购股每季度公布: a unit or a post that does one thing of the measure.
_BY = re.compile(
    r"由[^，。；：、由]{1,11}?(?:[股科局办部室站所社委队组岗院校厅]|中心|公司|政府|[局院校镇区县组站所队会书馆]长|书记|主任|干部|员)"
)


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Measures that name nobody: no action says who is to do it, nor does any clause beside them."""
    for measure in context.reading.of_kind("measure"):
        words = context.quote(measure)
        if not (any(action.owner for action in measure.actions) or find_owners(words) or _BY.search(words)):
            yield Place(measure.headline.start, measure.headline.end, "没有写明由谁负责：补上责任领导和责任单位")


RULE = Rule(
    code="M301",
    name="no-owner",
    severity="warning",
    summary="整改措施没有责任人",
    why="整改台账的填报要求：责任人、整改时限、验收标准缺一不可。没有写明谁负责的措施，到期无人可问。",
    bad="对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n（一）抓好理论学习。每季度开展一次集体研讨。\n",
    good="对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n（一）抓好理论学习。每季度开展一次集体研讨。（责任单位：办公室；完成时限：6月底前）\n",
    check=check,
)
