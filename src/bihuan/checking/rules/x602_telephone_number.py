"""X602: telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from bihuan.checking.finding import Edit, Fix
from bihuan.checking.plain import plain_digits
from bihuan.checking.rule import Context, Place, Rule
from bihuan.themes.lexicons import privacy

_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.+*-])(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9A-Za-z]|\.[0-9]|[ -][0-9]{3})"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.*-])(?:[（(]0[1-9][0-9]{1,2}[）)] ?|0[1-9][0-9]{1,2}[-—–－ ])[2-8][0-9]{6,7}(?![0-9A-Za-z]|\.[0-9])"
)
_LOCAL = re.compile(r"(?<![0-9A-Za-z.*-])[2-8][0-9]{6,7}(?![0-9A-Za-z]|\.[0-9]|[元万亿吨年人户件个平米公])")


@lru_cache(maxsize=1)
def _public() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, privacy().public)))


@lru_cache(maxsize=1)
def _people() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, privacy().people)))


@lru_cache(maxsize=1)
def _telephone() -> re.Pattern[str]:
    words = "|".join(map(re.escape, privacy().telephone))
    return re.compile(rf"(?:{words})(?:号码|号)?[：:为是（( ]{{0,3}}$")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Mobile numbers, and fixed lines that no word before them makes public. Short public lines (12345) are no such number."""
    text = plain_digits(context.text)
    taken: set[int] = set()
    for pattern, kind in ((_MOBILE, "手机号码"), (_LANDLINE, "电话号码"), (_LOCAL, "电话号码")):
        for found in pattern.finditer(text):
            start, end = found.span()
            before = text[max(0, start - options["before"]) : start]
            if start in taken:
                continue
            if pattern is _LOCAL and not _telephone().search(before):
                continue
            if pattern is not _MOBILE and _public().search(before) and not _people().search(before):
                continue
            if re.sub(r"\D", "", found.group()) in options["hotlines"]:
                continue
            taken.update(range(start, end))
            mask = re.sub(r"[0-9]", "*", found.group())
            yield Place(
                start,
                end,
                f"{kind}：是个人的就涂去，是公开的就写明“监督电话”“服务热线”",
                Fix(f"涂去{kind}", (Edit(start, end, mask),), safe=False),
            )


RULE = Rule(
    code="X602",
    name="telephone-number",
    severity="error",
    summary="含有电话号码",
    why="《个人信息保护法》第四条：已识别的自然人的电话是个人信息。12345、12388 等公开热线，以及写明是监督电话、服务热线的固定电话不提示；手机号码一律提示。",
    bad="班子整改情况报告\n一、存在的问题\n（一）信访办理不及时。信访人留下的电话13812345678多次打来。\n",
    good="班子整改情况报告\n一、存在的问题\n（一）信访办理不及时。12345热线转办的12件有5件超期，12388举报2件，监督电话：0371-65900000。\n",
    check=check,
    options={"before": 24, "hotlines": ()},
)
