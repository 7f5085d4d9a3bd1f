"""X604: addresses with door numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from bihuan.checking.plain import normal_of
from bihuan.checking.rule import Context, Place, Rule
from bihuan.themes.lexicons import privacy

_NUMBER = r"[0-9一二三四五六七八九十百]{1,6}"
_ROOM = r"(?:[0-9一二三四五六七八九十]{1,2}(?:单元|门洞)[，、]?[0-9]{3,4}(?:室|号)?|[0-9]{3,4}(?:室|号房?))(?![0-9户名人个家套间元余多])"
_STREET = r"[一-鿿]{2,8}?(?:路|街|巷|弄|胡同|大道|里)(?:[东南西北中]段)?[0-9]{1,5}(?:-[0-9]{1,3})?号"
_BUILDING = r"(?:[0-9A-Za-z一二三四五六七八九十]{1,4}(?:栋|幢|座|号楼|号院|楼))"
#: A door: a building with a room; a village's group with a number.
_DOOR = re.compile(
    rf"(?:{_STREET})?(?:[一-鿿]{{2,8}}?(?:小区|花园|公寓|家园|新村|家属院|苑|庭|府|城))?(?:{_BUILDING}[，、]?){{1,2}}{_ROOM}"
    rf"|{_STREET}[一-鿿]{{0,8}}?{_ROOM}|[一-鿿]{{1,6}}(?:村|社区|屯|寨)[一-鿿]{{0,6}}?{_NUMBER}(?:组|队|社)[0-9]{{1,4}}号"
)
#: What no door is without; most lines have none.
_HINT = re.compile(r"[0-9](?:号|室)|[单门][元洞]")
_STREET_ONLY = re.compile(_STREET)
_OFFICE = re.compile(
    r"办公|会议|教[室学]|门诊|住院|诊室|科室|仓|库房|机房|实验|病房|宾馆|酒店|大厦|写字楼|邮寄|信箱|收信|来信地址|通信地址|受理地址|办公地址"
)


@lru_cache(maxsize=1)
def _home() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, privacy().home)))


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Doors of homes, and streets with a number where somebody lives."""
    normal = normal_of(context.text)
    taken = -1
    lines = [(line.start, line.end) for line in normal.lines if _HINT.search(normal.text, line.start, line.end)]
    doors = [
        found for line in lines for pattern in (_DOOR, _STREET_ONLY) for found in pattern.finditer(normal.text, *line)
    ]
    for found in sorted(doors, key=lambda m: (m.start(), -m.end())):
        if found.start() < taken:
            continue
        before = normal.text[max(0, found.start() - options["before"]) : found.start()].rpartition("\n")[2]
        here = before + found.group()
        if _OFFICE.search(here) or _OFFICE.match(normal.text, found.end()):
            continue
        if found.re is _STREET_ONLY and not _home().search(here):
            continue
        taken = found.end()
        yield Place(*normal.original(*found.span()), "详细到门牌的住址：公开之前只写到街道、村或者社区")


RULE = Rule(
    code="X604",
    name="address",
    severity="warning",
    summary="含有详细到门牌的住址",
    why="住址加上事情就能认出人来，属于《个人信息保护法》保护的个人信息。单位的办公地址、信箱不提示；只到路名、楼盘、村组的不提示。",
    bad="班子整改情况报告\n一、存在的问题\n（一）救助不及时。家住建设路15号院3号楼2单元401室的老人三次申请没有答复。\n",
    good="班子整改情况报告\n一、存在的问题\n（一）救助不及时。建设路社区一位老人三次申请没有答复，来信地址：建设路15号信访办公室，翡翠湾3号楼停工。\n",
    check=check,
    options={"before": 16},
)
