"""Quantities in Chinese prose: 十件, 1.2万元, 百分之八十, 不少于4次, 三分之一."""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

_UNITS = (
    "平方公里|平方米|立方米|万人次|人次|公里|千米|公斤|千克|小时|分钟|个百分点|百分点|工作日|个工作日|个月|学时|课时|批次|辆次|户次|家次|余万元|"
    "[元件次个项条名人户家村镇所座处起场期份篇本册张台套辆艘间栋幢亩吨米里度级档类批轮天日周旬月年岁课节例宗桩笔门支队组站院校厂园片块段卷封页字步万]"
)
_CHINESE = "[零〇一二两三四五六七八九十百千万亿]+"
_QUANTITY = re.compile(
    rf"(?P<before>不少于|不低于|不得少于|至少|最少|不超过|不高于|不得超过|不多于|控制在|超过|大于|高于|多于|小于|低于|少于|约|近|达到|达|共计?|累计)?\s*"
    rf"(?:百分之(?P<percent>[\d.]+|{_CHINESE}(?:点{_CHINESE})?)"
    rf"|(?P<of>{_CHINESE})分之(?P<part>{_CHINESE})"
    rf"|(?P<arabic>\d[\d,]*(?:\.\d+)?)(?P<scale>[万亿千百])?(?P<more>多|余)?(?:[—~～至-]+\d[\d.]*)?(?P<unit>%|‰|{_UNITS})"
    rf"|(?P<chinese>{_CHINESE})(?P<more2>多|余)?(?P<unit2>{_UNITS}))"
    r"(?P<after>以上|以下|以内|左右|之内)?"
)
#: What looks like a quantity and is none: slogans, dates, ordinals, fixed words.
_NO_QUANTITY = re.compile(
    r"一些|一定|一样|一般|一致|一起|一体|一直|一再|一旦|一切|一律|一时|一面|一边|一步|一级|一方|一线|一把|一并|一支部|一人念|一年来|一名共|一个|一种|一次性|一条龙|一张网|一件事"
    r"|一项|一位|一块|一天天|一年年|千家|万户|百姓|百年|千方|千篇|万一|万元户|十分|十足|三会一课|一课|一岗|第一|两个(?:确立|维护|结合|责任)|四个(?:意识|自信|服从|自我)|十九届|二十届|二十大|十八大"
)
_DATE_UNITS = frozenset("年月日")


class FoundQuantity(NamedTuple):
    """A number with what it counts; 万 and 亿 are multiplied out. ``comparison`` is ``=``, ``>=``, ``<=``, ``>``, ``<`` or ``~``."""

    start: int
    end: int
    value: float
    unit: str
    comparison: str


def chinese_number(numeral: str) -> float:
    """The value of a Chinese numeral: 一千二百 is 1200, 三十五万 is 350000, 八点五 is 8.5, 二〇二四 is 2024.

    Raises:
        ValueError: a character that is no numeral.
    """
    whole, point, fraction = numeral.partition("点")
    if point:
        return chinese_number(whole) + float("0." + "".join(str(_DIGITS[c]) for c in fraction))
    if len(whole) > 1 and all(c in _DIGITS for c in whole):
        return float("".join(str(_DIGITS[c]) for c in whole))
    total = section = digit = 0
    for char in whole:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        elif char in _LARGE:
            total = (total + section + digit) * _LARGE[char] if section + digit else (total or 1) * _LARGE[char]
            section = digit = 0
        else:
            raise ValueError(f"no Chinese numeral: {numeral!r}")
    return float(total + section + digit)


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[FoundQuantity]:
    """The quantities between two offsets of a normalised text, in order. Redacted ones (xx次) are none."""
    out = []
    for found in _QUANTITY.finditer(text, start, len(text) if end is None else end):
        quantity = _quantity(text, found)
        if quantity:
            out.append(quantity)
    return out


def _quantity(text: str, found: re.Match[str]) -> FoundQuantity | None:
    groups = found.groupdict()
    number_at = next(found.start(n) for n in ("percent", "of", "arabic", "chinese") if groups[n])
    if _NO_QUANTITY.match(text, number_at) or (number_at and text[number_at - 1] in "第每这那某届“.一另"):
        return None
    unit = groups["unit"] or groups["unit2"] or "%"
    if groups["percent"]:
        value = _number(groups["percent"])
    elif groups["of"]:
        whole = chinese_number(groups["of"])
        if not whole:
            return None
        value, unit = round(chinese_number(groups["part"]) / whole, 6), "份"
    elif groups["arabic"]:
        value = _number(groups["arabic"]) * {"百": 100, "千": 1000, "万": 1e4, "亿": 1e8}.get(groups["scale"] or "", 1)
        if unit in _DATE_UNITS and (unit != "年" or value >= 1900) and not groups["scale"]:
            return None
    else:
        if unit in _DATE_UNITS and unit != "年":
            return None
        value = chinese_number(groups["chinese"])
    return FoundQuantity(found.start(), found.end(), value, unit, _comparison(groups))


def _number(written: str) -> float:
    try:
        return float(written.replace(",", "").rstrip("."))
    except ValueError:
        return chinese_number(written)


def _comparison(groups: dict[str, str | None]) -> str:
    before, after = groups["before"] or "", groups["after"] or ""
    if before in ("不少于", "不低于", "不得少于", "至少", "最少") or after == "以上":
        return ">="
    if before in ("不超过", "不高于", "不得超过", "不多于", "控制在") or after in ("以下", "以内", "之内"):
        return "<="
    if before in ("超过", "大于", "高于", "多于"):
        return ">"
    if before in ("小于", "低于", "少于"):
        return "<"
    if before in ("约", "近") or after == "左右" or groups["more"] or groups["more2"]:
        return "~"
    return "="
