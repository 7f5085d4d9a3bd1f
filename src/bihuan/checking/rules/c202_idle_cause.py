"""C202: a cause that answers no problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import part_of
from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Statement
from bihuan.text.words import words
from bihuan.themes.lexicons import concepts_in, hedges

#: Words that say how, not what.
_EMPTY = frozenset(
    "工作 问题 不够 没有 认识 思想 意识 责任 落实 存在 方面 缺乏 不足 一些 自己 班子 原因 主要 经常 认为 要求 不强 不深".split()
)


def _matter(context: Context, statement: Statement) -> set[str]:
    text = part_of(context.text, statement).text
    return {found.id for found in concepts_in(text)} | (set(words(text)) - _EMPTY - set(hedges()))


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Causes that no problem is linked to, and that share next to no words or concepts with any."""
    reading = context.reading
    if not reading.of_kind("problem") or reading.genre == "feedback":
        return
    used = {link.target for link in reading.links if link.kind == "caused-by"}
    idle = [cause for cause in reading.of_kind("cause") if cause.id not in used]
    matter = set[str]().union(*(_matter(context, p) for p in reading.of_kind("problem"))) if idle else set()
    for cause in idle:
        if len(_matter(context, cause) & matter) < options["shared"]:
            yield Place(
                cause.headline.start, cause.headline.end, "没有找到由它引起的问题：写明它造成了哪个问题，或者删去"
            )


RULE = Rule(
    code="C202",
    name="idle-cause",
    severity="note",
    summary="原因不对应任何问题",
    why="原因是为问题找的。和哪个问题都对不上的原因，多半是从别处抄来的，或者前面漏写了问题。关联靠用词判断，泛泛而写的原因容易错判，所以默认不查，点名（--select C202）才查。",
    bad="班子对照检查材料\n一、存在的问题\n（一）理论学习不深入。集中学习以读文件代替研讨，学习流于形式。\n二、原因剖析\n（一）理论学习自觉性不强。把理论学习当成软任务，学习的自觉性主动性不强。\n（二）船舶登记系统老旧。服务器使用年头长，经常死机。\n三、整改措施\n（一）抓好理论学习。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）理论学习不深入。集中学习以读文件代替研讨，学习流于形式。\n二、原因剖析\n（一）理论学习自觉性不强。把理论学习当成软任务，学习的自觉性主动性不强。\n三、整改措施\n（一）抓好理论学习。\n",
    check=check,
    options={"shared": 2},
    default=False,
)
