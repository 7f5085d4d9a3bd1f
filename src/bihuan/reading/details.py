"""What is inside a statement: whose fault it tells, instances, hedges, redactions.

All ranges are of the normalised text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.themes.lexicons import hedges

Range = tuple[int, int]

_US = re.compile(
    r"我们|我[区县市镇局院校委]|本[人院校局级委单]|班子|[区县市省镇乡]委|党组|党委|支部|自己|自身|领导干部|中心组"
)
_SOME = re.compile(
    r"有的(?:同志|党员|干部|领导|班子|委员|成员|中层|职工|医务|教师)|个别(?:同志|党员|干部|领导|班子|成员|中层|职工|教师)|部分(?:同志|党员|干部|领导|成员|职工|教师)"
    r"|少数(?:同志|党员|干部|领导|成员|职工)|一些(?:同志|党员|干部|领导|成员)"
)
_OTHERS = re.compile(
    r"(?:有的|个别|部分|少数|一些|基层|下级)(?:职能|业务)?(?:部门|单位|科室|街道|乡镇|镇街|镇|村|社区|企业|站所|学校|支部)"
)
_UNIT = re.compile(
    r"^(?:经查，|检查发现，?)?([^\s，。；：、“”（）的在对和与]{2,12}?(?:局|镇|街道|公司|医院|学校|中学|小学|村|社区|科|车间|部门|中心|支行|办))(?=存在|未|没有|对|在|的|执行|管理|不|仍)"
)
_INSTANCE = re.compile(
    r"(?:比如|譬如|例如|再如|又如|特别是|尤其是|如(?=[，：,:]|有的|在|\d)|具体表现为?[：，]?)[^。！？；\n]*[。！？；]?"
)
_REDACTION = re.compile(
    r"(?<![A-Za-z0-9])[xX]{1,6}(?![A-Za-z0-9.])|(?<![×\d])×{1,6}(?!\s*\d)|\*{1,6}(?=[^\s*])|20[xX]{2}|20××|〔[^〕\d]{1,4}〕|某某?(?=[一-鿿])|[○〇●■□]{2,}|_{2,}"
)


def subject_of(text: str, start: int, end: int, body: int) -> str:
    """Of whom it is told: ``we``, ``some-of-us``, ``others`` or ``unit:…`` (a unit that the sentence itself names)."""
    words = text[body:end]
    unit = _UNIT.match(words)
    if unit and not _US.search(unit.group(1)):
        return f"unit:{unit.group(1)}"
    if _SOME.search(words):
        return "some-of-us"
    if _OTHERS.search(words) and not _US.search(words):
        return "others"
    return "we"


def instances(text: str, start: int, end: int) -> list[Range]:
    """Concrete instances: from 比如, 例如, 特别是 and the like to the end of their clause group."""
    return [m.span() for m in _INSTANCE.finditer(text, start, end)]


def redactions(text: str, start: int, end: int) -> list[Range]:
    """Places blacked out in writing: xx, **, ××, 20xx, 某某."""
    return [m.span() for m in _REDACTION.finditer(text, start, end)]


@lru_cache(maxsize=1)
def _hedge_pattern() -> re.Pattern[str]:
    words = sorted(hedges(), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words)))


def hedge_ranges(text: str, start: int, end: int) -> list[Range]:
    """Words that soften a fault: 还不够, 有时, 个别 (``themes/lexicons/hedges.toml``)."""
    return [m.span() for m in _hedge_pattern().finditer(text, start, end)]
