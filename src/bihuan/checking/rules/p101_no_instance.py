"""P101: a problem told without a single instance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import part_of, unnumbered
from bihuan.checking.rule import Context, Place, Rule

_CONCRETE = re.compile(
    r"\d|[一二两三四五六七八九十百]+(?:多)?[个件次起名家户处人条份座项年月天周场篇届位万元]|[今去前]年|上半年|下半年|上个?月|《[^》]+》|“[^”]{10,}”"
    r"|某[^些种个一]|[×*○]{1,}|连[^，。]{1,12}(?:都|也)"
)
_JUDGES = re.compile(
    r"不[够足强深高多紧严实透牢广全明显扎到及规经尽太很]|(?:没有|未)(?:完全|真正|全面|很好)|没能|差距|欠缺|欠[“火]|缺乏|缺少|薄弱|弱化|淡化|减退|消退|松劲|有待|有所"
    r"|(?:问题|现象|情况|倾向|思想|心态|隐患)[^，。；]{0,3}(?:存在|发生)|存在[^，。；]*(?:问题|现象|情况|倾向|思想|心态|不足)|[少多][，。；]"
)
_CLAUSE = re.compile(r"[^，。；：！？\n]{2,}[，。；：！？\n]?")


def _vague(words: str) -> float:
    """The share of clauses that judge."""
    clauses = _CLAUSE.findall(words)
    return sum(_JUDGES.search(clause) is not None for clause in clauses) / max(1, len(clauses))


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems that mostly judge and have no instance, number, time, document or longer quoted words in them."""
    if context.reading.genre not in options["genres"]:
        return
    for problem in context.reading.of_kind("problem"):
        if problem.instances or problem.quantities or problem.redactions:
            continue
        words = unnumbered(part_of(context.text, problem).text)
        if len(words) >= options["shortest"] and not _CONCRETE.search(words) and _vague(words) >= options["vague"]:
            yield Place(
                problem.headline.start,
                problem.headline.end,
                "只有判断，没有事例：写出一件具体的事，何时、何处、几次、结果怎样",
            )


RULE = Rule(
    code="P101",
    name="no-instance",
    severity="warning",
    summary="问题没有具体事例",
    why="对照检查要求见人见事见细节。没有时间、地点、数字或者事例的问题，放到任何单位都说得通，也就无从整改、无从核验。",
    bad="班子对照检查材料\n一、存在的问题\n（一）联系群众不够。深入基层少，与群众感情不够深，听取意见不够广泛，服务群众的办法不多，离群众的期盼有差距。\n二、整改措施\n（一）多下基层。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）联系群众不够。全年下村37次，入户走访只有4次，多数时间坐在村部听汇报，群众反映的饮水问题拖了半年才答复。\n二、整改措施\n（一）多下基层。\n",
    check=check,
    options={"genres": ("self-examination",), "shortest": 20, "vague": 0.55},
)
