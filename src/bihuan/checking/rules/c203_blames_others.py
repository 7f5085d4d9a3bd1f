"""C203: a cause blamed on others or on circumstances."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from bihuan.checking.plain import part_of
from bihuan.checking.rule import Context, Place, Rule
from bihuan.themes.lexicons import blame

# What excuses is quoted as an excuse, or owned up to: 强调客观原因, 总以经费不足为由.
_OWNED = re.compile(
    r"强调|过多地?|借口|为由|推脱|推诿|归咎|归结|怪|埋怨|抱怨|开脱|总是?(?:认为|以为|觉得|说|拿|以|用|想)|认为|以为|觉得|借|当成|当作|习惯|搬|找"
)
_OURSELVES = re.compile(
    r"我|本[人院校局级]|班子|自己|自身|主观|认识|思想|重视|担当|责任心|主动|意识|统筹|谋划|研究不|没有把|没有将|不愿|不敢|怕"
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = blame()
    sure, outside, lack = ("|".join(map(re.escape, w)) for w in (words.sure, words.outside, words.lack))
    return re.compile(rf"(?:{sure})|(?:{outside})[^，。；、：“”]{{0,4}}(?:{lack})")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Sentences of causes that name something outside and nothing of ourselves."""
    for cause in context.reading.of_kind("cause"):
        for sentence in part_of(context.text, cause).split("。；！\n"):
            found = _pattern().search(sentence.text)
            if found and not _OWNED.search(sentence.text) and not _OURSELVES.search(sentence.text):
                yield Place(
                    *sentence.place(*found.span()),
                    f"把原因推给“{found.group()}”：写明自己在同样条件下本来能做什么、为什么没有做",
                )
                break


RULE = Rule(
    code="C203",
    name="blames-others",
    severity="warning",
    summary="把原因推给客观条件或者别人",
    why="剖析要从主观上找根源。编制少、经费紧、群众不理解也许是真的，但它们不归写报告的人整改，写进原因就没有人要改了。同一句里说到自身主观原因的不提示。",
    bad="班子对照检查材料\n一、存在的问题\n（一）项目推进缓慢。9个项目有3个没有开工。\n二、原因剖析\n（一）客观条件制约。受疫情影响，上级资金紧张，部分群众不配合拆迁。\n三、整改措施\n（一）加快项目建设。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）项目推进缓慢。9个项目有3个没有开工。\n二、原因剖析\n（一）担当精神不足。遇到困难总是强调客观原因，班子没有主动上门做拆迁户的工作。\n三、整改措施\n（一）加快项目建设。\n",
    check=check,
)
