"""X605: bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from bihuan.checking.finding import Edit, Fix
from bihuan.checking.plain import plain_digits
from bihuan.checking.rule import Context, Place, Rule
from bihuan.checking.rules.x601_identity_number import is_identity_number
from bihuan.themes.lexicons import privacy

_NUMBER = re.compile(r"(?<![0-9A-Za-z.*-])[3-9][0-9]{3}(?:[ \t-]?[0-9]{1,4}){3,5}(?![0-9A-Za-z]|\.[0-9])")


def passes_luhn(number: str) -> bool:
    """Whether the digits pass the check that every bank card passes (ISO/IEC 7812-1)."""
    total = 0
    for at, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


@lru_cache(maxsize=1)
def _account() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, privacy().account)))


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Numbers of 16 to 19 digits that pass the check and begin as a bank card does or follow a word that says so."""
    text = plain_digits(context.text)
    for found in _NUMBER.finditer(text):
        number = re.sub(r"[^0-9]", "", found.group())
        if not 16 <= len(number) <= 19 or not passes_luhn(number) or is_identity_number(number):
            continue
        before = text[max(0, found.start() - options["before"]) : found.start()]
        if number.startswith(tuple(options["prefixes"])) or _account().search(before):
            fix = Fix("涂去卡号", (Edit(found.start(), found.end(), "*" * len(number)),), safe=False)
            yield Place(found.start(), found.end(), "银行卡号：公开之前遮去（--fix --unsafe-fixes 会代为遮住）", fix)


RULE = Rule(
    code="X605",
    name="bank-card",
    severity="error",
    summary="含有银行卡号",
    why="《个人信息保护法》第二十八条把金融账户列为敏感个人信息。按 ISO/IEC 7812-1 的校验位核对；62 开头的（银联）直接提示，其他号码前面写着卡号、账号才提示。",
    bad="班子整改情况报告\n一、存在的问题\n（一）补贴发放不规范。款项打入6222020000000000000，没有核对本人。\n",
    good="班子整改情况报告\n一、存在的问题\n（一）补贴发放不规范。文书编号6222020000000000001有误，款项没有核对本人。\n",
    check=check,
    options={"before": 12, "prefixes": ("62",)},
)
