"""P102: a problem told of others and never of ourselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import part_of, unnumbered
from bihuan.checking.rule import Context, Place, Rule

_OTHERS = re.compile(
    r"(?:有的|个别|部分|少数|一些|有些|基层)(?:职能|业务|中层|青年|年轻|基层|窗口|值班|党员|党外|下属|所属|内设)?"
    r"(?:同志|党员干部|党员|干部|职工|教师|人员|部门|单位|科室|街道|乡镇|镇街|镇|村|社区|企业|站所|学校|支部)"
)
_OURSELVES = re.compile(
    r"我|本[人院校局级委单县区市镇]|班子|自己|自身|[区县市省镇乡局院校]?(?:党委|党组|常委|区委|县委|市委)|中心组|领导|书记|[局院校]长|主任|成员"
)
#: A headline that names what only we could have done names us.
_OUR_DEED = re.compile(r"监管|管理|督[导促查办]|指导|部署|[管抓]得|教育引导|压力传导|选人用人|关心关爱")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems whose sentences begin with some comrades, cadres or units, and none speaks of ourselves."""
    if context.reading.genre not in options["genres"]:
        return
    for problem in context.reading.of_kind("problem"):
        if problem.subject == "we" or problem.subject.startswith("unit:"):
            continue
        part = part_of(context.text, problem)
        if _OURSELVES.search(part.text):
            continue
        # The headline judges; the sentences after it say who did what.
        sentences = list(part.split("。；"))
        if _OUR_DEED.search(sentences[0].text) and len(sentences) > 1:
            continue
        told = [found for s in sentences[1:] or sentences if (found := _OTHERS.match(unnumbered(s.text)))]
        if told and len(told) >= options["share"] * max(1, len(sentences) - 1):
            found = _OTHERS.search(part.text)
            if found:
                yield Place(
                    *part.place(*found.span()),
                    f"只说“{found.group()}”，没有说班子自己：写明班子或者本人在这个问题上的责任",
                )


RULE = Rule(
    code="P102",
    name="told-of-others",
    severity="warning",
    summary="问题只说别人，不说自己",
    why="对照检查是检查自己。通篇“有的同志”“部分干部”，班子和本人就成了旁观者；各地审核对照检查材料时把它列为退回修改的情形。",
    bad="班子对照检查材料\n一、存在的问题\n（一）学习不深入。有的同志满足于读文件，部分干部一年没有写过一篇心得，一些科室以干代学。\n二、整改措施\n（一）抓好学习。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）学习不深入。班子带头不够，12次集体学习只讨论了3次，有的同志满足于读文件。\n二、整改措施\n（一）抓好学习。\n",
    check=check,
    options={"genres": ("self-examination",), "share": 0.5},
)
