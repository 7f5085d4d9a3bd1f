"""How often: 每季度至少一次, 每月, 常态化."""

from __future__ import annotations

import re
from typing import NamedTuple

_DONE = "调度|例会|报告|通报|会商|研判|汇报|督查|检查|巡查|小结|总结|清|结"  # 周调度, 月通报
# Rhythms that the model has no name for (每两周, 每半月, 每两个月) give none rather than a wrong one.
_FREQUENCY = re.compile(
    rf"(?P<daily>每[天日]|逐日|按日|一[天日]一|(?<![0-9一二三四五六七八九十当节假工作生今近同翌次])日(?:{_DONE}))"
    rf"|(?P<weekly>每周|每个?星期|每逢周|按周|逐周|一周一|周(?:{_DONE}))|(?P<tendaily>每旬|按旬|逐旬|一旬一)"
    rf"|(?P<monthly>每个?月|按月|逐月|(?<!双)月度|一月一|(?<![0-9一二三四五六七八九十个])月(?:{_DONE}|考核))"
    rf"|(?P<quarterly>每个?季度?|按季度?|逐季|一季度?一|(?<![1-4一二三四首])季度?(?:{_DONE}|考核)|(?<![1-4一二三四首])季度至少)"
    r"|(?P<halfyearly>每半年|(?<![上下])半年(?=度|一|至少|召开|开展|听取|组织)|每个?学期)"
    r"|(?P<yearly>每年|每个?年度|每学年|逐年|一年一|(?<![入上本当下前年0-9])年度(?=考核|述|报告|培训|至少|评|体检|审计))"
    r"|(?P<standing>常态化|经常性|不?定期(?!限))"
)
_NAMES = {"tendaily": "ten-daily", "halfyearly": "half-yearly"}


class FoundFrequency(NamedTuple):
    """A frequency: daily, weekly, ten-daily, monthly, quarterly, half-yearly, yearly or standing."""

    start: int
    end: int
    value: str


def find_frequencies(text: str, start: int = 0, end: int | None = None) -> list[FoundFrequency]:
    """The frequencies between two offsets of a normalised text, in order; how many times is a quantity of ``numbers``."""
    return [
        FoundFrequency(m.start(), m.end(), _NAMES.get(m.lastgroup or "", m.lastgroup or ""))
        for m in _FREQUENCY.finditer(text, start, len(text) if end is None else end)
    ]
