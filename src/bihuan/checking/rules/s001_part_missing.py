"""S001: a part of the report is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule

_NAMES = {
    "problems": "存在的问题",
    "causes": "原因剖析",
    "measures": "整改措施",
    "progress": "上年度整改措施落实情况",
}
_KINDS = {"problems": "problem", "causes": "cause", "measures": "measure"}
_LAST_YEAR = re.compile(
    r"(?:上一?(?:年度?|次|轮)|去年|前次|(?:19|20)\d\d年度?)[^。\n]{0,24}?(?:整改|民主生活会|组织生活会|查摆)"
)


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Parts that the report neither heads nor has statements of."""
    reading = context.reading
    wanted = options.get(reading.genre, ())
    if not wanted or not reading.statements:
        return
    there = {section.role for section in reading.sections}
    kinds = {statement.kind for statement in reading.statements}
    for part in wanted:
        if part not in _NAMES or part in there or _KINDS.get(part) in kinds:
            continue
        if part == "progress" and _LAST_YEAR.search(context.text):
            continue
        yield Place(0, 0, f"没有“{_NAMES[part]}”这一部分")


_HEAD = "局领导班子对照检查材料\n一、上年度整改措施落实情况\n上年度查摆的问题已经全部整改。\n二、存在的问题\n（一）理论学习不深入。集体研讨少。\n"

RULE = Rule(
    code="S001",
    name="part-missing",
    severity="warning",
    summary="缺少问题、原因、措施或上年度整改情况",
    why="对照检查材料要有问题、有原因、有措施，并说明上年度查摆问题的整改情况；缺一部分，问题就没有来路或没有去处。各类材料应有哪些部分，可以在 bihuan.toml 里改。",
    bad=_HEAD + "三、整改措施\n（一）抓好理论学习。每季度研讨一次。\n",
    good=_HEAD + "三、原因剖析\n（一）思想认识有偏差。以干代学。\n四、整改措施\n（一）抓好理论学习。每季度研讨一次。\n",
    check=check,
    options={
        "self-examination": ("problems", "causes", "measures", "progress"),
        "plan": ("measures",),
        "feedback": ("problems",),
    },
)
