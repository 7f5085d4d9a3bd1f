"""W402: the share of stock phrases in the measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bihuan.checking.plain import part_of
from bihuan.checking.rule import Context, Place, Rule
from bihuan.themes.lexicons import automaton, stock

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


@lru_cache(maxsize=1)
def _phrases() -> AhoCorasick:
    return automaton([*stock().slogans, *stock().padding])


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Statements in which stock phrases take up too much."""
    for statement in context.reading.statements:
        part = part_of(context.text, statement)
        if len(part.text) < options["shortest"]:
            continue
        found = _phrases().find_matches_as_indexes(part.text)
        share = sum(end - start for _index, start, end in found) / len(part.text)
        if len(found) >= options["least"] and share >= options["share"]:
            said = "、".join(dict.fromkeys(f"“{part.text[start:end]}”" for _index, start, end in found[:4]))
            yield Place(
                statement.headline.start,
                statement.headline.end,
                f"套话占{share:.0%}（{said}等）：删去它们再读一遍，剩下的才是这一条说的事",
            )


RULE = Rule(
    code="W402",
    name="stock-phrases",
    severity="note",
    summary="一条里套话太多",
    why="“进一步”“切实”“不断提高”删去不损失意思。一条问题或者措施里套话占得多，具体的话就少。",
    bad="班子对照检查材料\n一、整改措施\n（一）进一步加强学习。不断提高政治站位，切实增强理论武装，着力推动学习往深里走、往心里走、往实里走，真正做到学懂弄通做实，确保实效。\n",
    good="班子对照检查材料\n一、整改措施\n（一）改进集中学习。每月第一个星期五学习半天，每次两人发言，发言稿三天内在内网公布，年底由支部逐人评议并把结果报组织部。\n",
    check=check,
    options={"shortest": 30, "least": 4, "share": 0.25},
)
