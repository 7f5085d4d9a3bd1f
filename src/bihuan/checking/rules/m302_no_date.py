"""M302: a measure without a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Action
from bihuan.text.dates import find_dates
from bihuan.text.frequency import find_frequencies

#: Every date and deadline has one of these; looking for them first saves most of the time.
_PERHAPS_DATED = re.compile(r"[0-9年月季]|立[行整知即改]|即[知行时改日刻]|边[查学督]|马上|长期|持续|常抓|内")
#: Times that are no dates of the calendar: 今年, 十五个工作日内, 汛期前, 按月, 寒假期间.
_TIME = re.compile(
    r"[今明本当后]年|年[内底末]|[日天周月]之?内|[一-鿿\d]季度|(?:汛期|雨季|春节|开学|学期|国庆|年关|入冬|入汛)[前内]|[寒暑]假|按[月周季旬]|[月周]评|[\d一二两三四五六七八九十]+(?:个?工作日|个月|小时|天)"
)


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Measures that say no time; a rhythm (每季度) is a date that comes again and again."""
    for measure in context.reading.of_kind("measure"):
        if any(map(_is_dated, measure.actions)):
            continue
        words = context.quote(measure)
        often = any(found.value != "standing" for found in find_frequencies(words))
        if not (often or _TIME.search(words) or (_PERHAPS_DATED.search(words) and find_dates(words))):
            yield Place(
                measure.headline.start, measure.headline.end, "没有写明什么时候完成：补上完成时限，或写明多久一次"
            )


def _is_dated(action: Action) -> bool:
    return action.deadline is not None or action.frequency not in (None, "standing")


_START = "对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n"

RULE = Rule(
    code="M302",
    name="no-date",
    severity="warning",
    summary="整改措施没有时限",
    why="整改台账的填报要求：责任人、整改时限、验收标准缺一不可。没有时限的措施永远不会到期，也就永远不会被问起。长期坚持的事项要写明周期。",
    bad=_START + "（一）抓好理论学习。修订学习制度。（责任单位：办公室）\n",
    good=_START
    + "（一）抓好理论学习。修订学习制度。（责任单位：办公室；完成时限：6月底前）\n（二）开展研讨。每季度开展一次集体研讨。\n",
    check=check,
)
