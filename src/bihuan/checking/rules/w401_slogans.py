"""W401: a paragraph of slogans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bihuan.checking.plain import paragraphs
from bihuan.checking.rule import Context, Place, Rule
from bihuan.themes.lexicons import automaton, stock

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_CLAUSE = re.compile(r"[^，。；：！？]+")


@lru_cache(maxsize=1)
def _slogans() -> AhoCorasick:
    return automaton(stock().slogans)


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Sentences crowded with slogans."""
    for paragraph in paragraphs(context.text):
        for sentence in paragraph.split("。！"):
            if len(sentence.text) < options["shortest"]:
                continue
            found = _slogans().find_matches_as_indexes(sentence.text)
            if len(found) < options["least"]:
                continue
            starts = [start for _index, start, _end in found]
            clauses = [m.span() for m in _CLAUSE.finditer(sentence.text)]
            with_slogan = sum(any(begin <= s < end for s in starts) for begin, end in clauses)
            if with_slogan >= options["share"] * len(clauses):
                first = min(start for _index, start, _end in found)
                last = max(end for _index, _start, end in found)
                yield Place(
                    *sentence.place(first, last),
                    f"一句话里有{len(found)}个口号：留一个，其余换成谁去做什么、做到什么程度",
                )


RULE = Rule(
    code="W401",
    name="slogans",
    severity="note",
    summary="口号扎堆",
    why="口号放在哪份报告里都对，所以哪份报告都没有说什么。偶尔一句不提示，一句话里多半分句是口号才提示。",
    bad="班子对照检查材料\n一、整改措施\n（一）提高站位。牢记“国之大者”，增强“四个意识”、坚定“四个自信”、做到“两个维护”，不忘初心、牢记使命，踔厉奋发、勇毅前行，以钉钉子精神久久为功，奋力谱写新篇章。\n",
    good="班子对照检查材料\n一、整改措施\n（一）改进学习。每月第一个星期五集中学习，每次安排两人发言，办公室记录发言并在内网公布，增强“四个意识”要落到每一次表决上。\n",
    check=check,
    options={"shortest": 20, "least": 4, "share": 0.5},
)
