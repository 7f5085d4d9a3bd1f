"""How often: 每季度至少一次, 每月, 常态化."""

from __future__ import annotations

import re
from typing import NamedTuple

_FREQUENCY = re.compile(
    r"(?P<daily>每[天日]|逐日|日(?:调度|报告|清|结))|(?P<weekly>每周|每星期|按周|逐周|周(?:调度|例会|报告|通报))|(?P<tendaily>每旬|按旬)|(?P<monthly>每个?月|按月|逐月|月度|月(?:调度|通报|例会|考核|报告))"
    r"|(?P<quarterly>每个?季度?|按季度?|逐季|季度(?=[一-鿿]))|(?P<halfyearly>每半年|半年(?=一次|至少|召开|开展|听取)|每学期)|(?P<yearly>每年|年度(?=考核|述|报告|培训|至少)|每学年)|(?P<standing>常态化|经常性|定期|不定期|日常|长效)"
)
_NAMES = {"tendaily": "ten-daily", "halfyearly": "half-yearly"}


class FoundFrequency(NamedTuple):
    """A frequency: daily, weekly, ten-daily, monthly, quarterly, half-yearly, yearly or standing."""

    start: int
    end: int
    value: str


def find_frequencies(text: str, start: int = 0, end: int | None = None) -> list[FoundFrequency]:
    """The frequencies between two offsets of a normalised text, in order."""
    return [
        FoundFrequency(m.start(), m.end(), _NAMES.get(m.lastgroup or "", m.lastgroup or ""))
        for m in _FREQUENCY.finditer(text, start, len(text) if end is None else end)
    ]
