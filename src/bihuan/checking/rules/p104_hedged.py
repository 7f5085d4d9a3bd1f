"""P104: a problem hedged away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import part_of
from bihuan.checking.rule import Context, Place, Rule


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems with many softening words and no number that would say how much."""
    plain = set(options["plain"])
    for problem in context.reading.of_kind("problem"):
        soft = [hedge for hedge in problem.hedges if context.reading.quote(hedge) not in plain]
        words = [context.reading.quote(hedge) for hedge in soft]
        if problem.quantities or not soft:
            continue
        length = len(part_of(context.text, problem).text)
        if len(soft) >= options["least"] and len(soft) * options["per"] >= length:
            listed = "、".join(dict.fromkeys(f"“{w}”" for w in words))
            yield Place(
                soft[0].start,
                soft[0].end,
                f"用{listed}把问题说轻了：改成事实，是多少、是谁、差在哪里",
                related=tuple(soft[1:]),
            )


RULE = Rule(
    code="P104",
    name="hedged",
    severity="note",
    summary="问题被“还不够”“有时”“个别”说轻",
    why="“还不够”“有时”“个别”层层减轻，承认了等于没有承认。软词本身不是错，几个软词叠在一个没有数字的问题里才提示。",
    bad="班子对照检查材料\n一、存在的问题\n（一）学习还不够深入。有时存在以干代学的倾向，个别同志学习还不太主动，与要求相比还有一定差距。\n二、整改措施\n（一）抓好学习。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）学习不深入。全年12次集体学习，讨论发言只安排了3次，两名成员缺席5次以上。\n二、整改措施\n（一）抓好学习。\n",
    check=check,
    options={
        "least": 3,
        "per": 45,
        "plain": ("不够", "打折扣", "尚未", "一般", "一些", "一度", "欠", "还没有", "没有真正", "还有", "仍有"),
    },
)
