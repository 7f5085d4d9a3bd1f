"""P105: a problem that is a cause, or a cause that is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import part_of
from bihuan.checking.rule import Context, Place, Rule

_CAUSAL = re.compile(
    r"(?:究其|主要|根本|深层次?|直接)原因(?:是|在于|主要|：)|原因在于|根源在于|根子在|归根[结到]底|之所以[^。；]{2,40}(?:是因为|在于)"
)
_MIND = re.compile(
    r"认识|思想|意识|观念|理念|信念|宗旨|初心|党性|修养|作风|心态|觉得|认为|以为|满足|习惯|惯性|责任|担当|精神|态度|重视|能力|本领|素质|知识|学习|机制|制度|监督|管理|考核|导向|传导|压力|斗争|情怀|立场|自律|标准|惰性|怕|图|敷衍|侥幸|松|只管|没有把|不敢|不愿|不想|缺"
)


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems that say why, and causes that only tell what happened."""
    for statement in context.reading.statements:
        part = part_of(context.text, statement)
        if statement.kind == "problem":
            found = _CAUSAL.search(part.text)
            if found:
                yield Place(
                    *part.place(*found.span()),
                    "问题里写了原因：把这一句移到原因剖析，这里只写发生了什么、结果怎样",
                )
        elif statement.kind == "cause":
            facts = len(statement.instances) + len(statement.quantities)
            if facts >= options["facts"] and not _MIND.search(part.text):
                yield Place(
                    statement.headline.start,
                    statement.headline.end,
                    "原因里只有事实：移到问题部分，这里写为什么会这样",
                )


RULE = Rule(
    code="P105",
    name="problem-or-cause",
    severity="note",
    summary="把原因写成问题，或者把问题写成原因",
    why="问题、原因、措施各说各的，措施才有的放矢。问题里夹原因，原因部分就成了重复；原因里只列事实，等于没有剖析。",
    bad="班子对照检查材料\n一、存在的问题\n（一）项目推进缓慢。3个项目没有开工，究其原因是班子担当不够、怕得罪人。\n二、整改措施\n（一）加快项目建设。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）项目推进缓慢。年初确定的9个项目，到年底有3个没有开工。\n二、整改措施\n（一）加快项目建设。\n",
    check=check,
    options={"facts": 2},
)
