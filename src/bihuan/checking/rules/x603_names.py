"""X603: names of petitioners, minors and others who may not be named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from bihuan.checking.finding import Edit, Fix
from bihuan.checking.plain import normal_of
from bihuan.checking.rule import Context, Place, Rule
from bihuan.themes.lexicons import privacy

_AFTER = re.compile(
    r"[，。；、：（）()\s]|$|反映|称|说|多次|的|家|等|来|到|向|在|因|于|与|和|为|一家|名下|被|系|同志|女士|先生|某|投诉|举报|上访|去|去年|今年|死亡|患|户|已|未|不|对|从|曾|领取|本人"
)
_HAN = re.compile("[一-鿿]+")


@lru_cache(maxsize=1)
def _cue() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, privacy().people), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?:姓名|叫|名叫)?[：:（(]?(?=[一-鿿]{{2}})")


def _name_at(text: str, start: int) -> int:
    """Where a name that starts here ends, or -1: a family name begins it, the tagger takes it as one, and it stands apart."""
    import rjieba

    surnames = privacy().surnames
    family = 2 if text[start : start + 2] in surnames else 1
    if text[start : start + family] not in surnames or text.startswith(privacy().not_names, start):
        return -1
    for end in (start + family + 2, start + family + 1):
        words = text[start:end]
        if len(words) == end - start and _HAN.fullmatch(words) and _AFTER.match(text, end):
            (first, tag), *rest = rjieba.tag(words)
            if tag == "nr" and (not rest or (len(first) == family and len(rest) == 1)):
                return end
    return -1


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Names that follow a word such as 信访人 or 学生; 王某 and 王×× are no names."""
    normal = normal_of(context.text)
    for found in _cue().finditer(normal.text):
        end = _name_at(normal.text, found.end())
        if end < 0 or "某" in normal.text[found.end() : end]:
            continue
        start, stop = normal.original(found.end(), end)
        family = normal.text[found.end() : end][:1]
        fix = Fix("隐去名字", (Edit(start, stop, family + "某" * (end - found.end() - 1)),), safe=False)
        cue = re.sub(r"[：:（(]", "", found.group())
        yield Place(start, stop, f"“{cue}”的姓名：公开之前改成“{family}某”", fix)


RULE = Rule(
    code="X603",
    name="names",
    severity="error",
    summary="写出了信访人、未成年人等的姓名",
    why="《信访工作条例》要求不得将信访人的检举、揭发材料以及有关情况透露给被检举、揭发的人员或者单位；《未成年人保护法》第一百零三条不许披露可能识别未成年人的信息。只看紧跟在这些称呼后面的姓名，别处的姓名不提示。",
    bad="班子整改情况报告\n一、存在的问题\n（一）信访办理不及时。信访人王建国多次反映宅基地纠纷，拖了两年没有答复。\n",
    good="班子整改情况报告\n一、存在的问题\n（一）信访办理不及时。信访人王某多次反映宅基地纠纷，学生安全和学生成绩管理松，拖了两年。\n",
    check=check,
)
