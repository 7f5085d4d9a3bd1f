"""X601: identity numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bihuan.checking.finding import Edit, Fix
from bihuan.checking.plain import plain_digits
from bihuan.checking.rule import Context, Place, Rule

_NUMBER = re.compile(r"(?<![0-9A-Za-z.])[1-9](?:[ \t\r\n-]{0,2}[0-9]){16}[ \t\r\n-]{0,2}[0-9Xx](?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are a number by GB 11643-1999: a region, a day of birth and the right last character."""
    if not re.fullmatch(r"[1-8][0-9]{16}[0-9Xx]", number):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return born.year >= 1880 and "10X98765432"[total % 11] == number[17].upper()


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Identity numbers, also in full-width digits or parted by blanks."""
    for found in _NUMBER.finditer(plain_digits(context.text)):
        if is_identity_number(re.sub(r"[^0-9Xx]", "", found.group())):
            fix = Fix("涂去身份证号码", (Edit(found.start(), found.end(), "*" * 18),), safe=False)
            yield Place(found.start(), found.end(), "身份证号码：公开之前遮去（--fix --unsafe-fixes 会代为遮住）", fix)


RULE = Rule(
    code="X601",
    name="identity-number",
    severity="error",
    summary="含有身份证号码",
    why="《个人信息保护法》第二十八条把特定身份信息列为敏感个人信息；《政府信息公开条例》第十五条不许公开个人隐私。按 GB 11643—1999 核对出生日期和校验码，文号、账号不会误报。",
    bad="班子整改情况报告\n一、存在的问题\n（一）救助审核不严。身份证号11010519491231002X的对象死亡后仍领低保。\n",
    good="班子整改情况报告\n一、存在的问题\n（一）救助审核不严。身份证号110105194912310021的登记有误，另有1名对象死亡后仍领低保。\n",
    check=check,
)
