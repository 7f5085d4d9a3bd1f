"""Quantities in Chinese prose: 十件, 1.2万元, 百分之八十, 不少于4次, 三分之一."""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
# Bounded lengths, and a start only where no numeral stands before: a long run of digits costs no more than its length.
_CHINESE = f"[{_NUMERALS}]{{1,16}}"
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,6})?"
_NUMBER = f"(?:{_ARABIC}|{_CHINESE})"
_RANGE = f"(?:[-—–~～至到]{{1,2}}{_NUMBER})"
# Measure words; what follows some of them makes another word of it (台账, 项目, 人民, 班子, 年级).
_UNIT = (
    "平方公里|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|个?百分点|个?工作日|个?自然日|个半?月|个?小时|分钟|个季度|个年度|个学期|学时|课时|学分"
    "|人次|批次|班次|场次|架次|车次|辆次|户次|家次|例次|台次|台套|件次|站次"
    r"|人(?![民员大事])|家(?![庭长])|次(?![要数日年序性次])|项(?!目)|条(?![件例款])|期(?![间限末中])|处(?![理置于分级室])|门(?![户诊])|组(?![织长])|本(?![级人单着])|张(?!贴)"
    r"|起(?![来草诉])|场(?!所)|所(?![有在])|台(?![账阶])|班(?![子组])|层(?![面级次])|位(?![置于])|队(?![伍员])|支(?!部|持|付|出|委|行|撑|队(?!伍))|部(?![门署分委队级长])|年(?![级代度来轻])"
    r"|件(?!件)|名(?![义单录])|户(?![户籍])|类(?!别)|天(?![天然])|道(?![路德理])|只(?![有要是能求])|口(?![号径])|字(?!号)|成(?![立功效为果员本绩长熟就不品分形型])|日(?=(?:以|之)?内)"
    r"|[元个座份篇册套辆艘间栋幢亩吨米里批轮周课节例宗桩笔块段卷页遍幅根盏株棵架枚堂种趟岁斤升秒倍]"
)
_QUANTITY = re.compile(
    rf"(?<![0-9A-Za-z.×*{_NUMERALS}])"
    rf"(?:(?P<base>百|千)分之(?P<share>[0-9]{{1,6}}(?:\.[0-9]{{1,6}})?|{_CHINESE}(?:点{_CHINESE})?)"
    rf"|(?P<whole>{_CHINESE})分之(?P<part>{_CHINESE})"
    r"|(?P<above>[0-9]{1,2})/(?P<below>[0-9]{1,2})(?=以上|以下|左右|的)"
    rf"|(?P<number>{_NUMBER})(?:{_RANGE}(?=[0-9多余来几百千万亿%‰]|{_UNIT}))?(?P<more>[多余来几])?(?P<scale>[百千]?[万亿]|[百千])?(?P<more2>[多余])?(?P<unit>%|‰|分(?![之钟])|{_UNIT}))"
    r"(?P<after>及?以上|及?以下|以内|之内|左右|内)?"
)
_IS_RANGE = re.compile(rf"{_NUMBER}[-—–~～至到]{{1,2}}{_NUMBER}")
_COMPARISONS = {
    ">=": "不少于|不低于|不得少于|不得低于|不小于|至少|最少|≥",
    "<=": "不超过|不高于|不得超过|不得高于|不多于|不大于|最多|至多|≤|控制在|压缩在",
    ">": "超过|大于|高于|多于|突破",
    "<": "小于|低于|少于|不足|不到",
    "~": "大约|约|将近|接近|近",
    "=": "共计|累计|合计|共|达到|达",
}
_COMPARED = {word: sign for sign, words in _COMPARISONS.items() for word in words.split("|")}
_BEFORE = re.compile(f"(?:{'|'.join(_COMPARED)})$")
# 至少组织一次: the verb stands between.
_FAR_BEFORE = re.compile(r"(?:至少|最少|不少于)[^，。；：、\n]{1,6}$")
_LONGEST_BEFORE = 10
_AFTER = {"以上": ">=", "及以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<=", "之内": "<=", "左右": "~"}
_TIME = re.compile("个?(?:工作日|自然日|半?月|小时|季度|年度|学期)|[年日天周秒]|分钟")
_POINTED_AT = "第这那某哪每届上下前后本"  # 第3次 is an ordinal, 这三个 was counted before
#: Slogans and fixed words that begin with a number and a measure word.
_FIXED = re.compile(
    r"[两二三四五六七八九十]个(?:带头|意识|自信|维护|确立|结合|务必|服从|责任|有之|方面|坚持|必须|更加|明确|不放过|最严|到位|聚焦|进一步|敢于|善于|一律|层面|维度|全面|伟大|革命|先锋|表率|不)"
    r"|[二三四五六七八九十]+[项条](?:规定|准则|禁令|纪律|铁律|原则)|八小时(?:之外|以外|外|工作制)|十分|百年|百日|百姓|千家|千方|千篇|万户|万一"
    rf"|[{_NUMERALS}]{{1,3}}年(?:规划|来)|五年计划"
)
# 一 with these counts; with the others (一个, 一项, 一种) it is an article, unless compared, repeated (每…) or at the end.
_ONE_COUNTS = frozenset([*"次场轮名件户家处座篇期遍份堂节天周年倍%", "个月", "人次", "批次"])
_NO_ONE = re.compile(
    r"一(?:一|.一|年一|件事|公里|米线|人念|家人|家之|户口|次性|名共|成不变|期工程|岁|日|步|把手|门心思|字不)"
)
_ARTICLE_BEFORE = re.compile(r"(?:作为|成为|[是做当好再又统唯惟单之逐同另任专新像如])$")
_EACH = re.compile(r"[每各][^，。；：\n]{0,12}$")
_CLAUSE_END = "，。；、）！？"


class FoundQuantity(NamedTuple):
    """A number with what it counts; 万 and 亿 are multiplied out. ``comparison`` is ``=``, ``>=``, ``<=``, ``>``, ``<`` or ``~``.

    A share has the unit ``%`` (百分之八十, 80%, 八成) or ``‰``; a fraction (三分之一) has none and is a part of 1. Of a
    range (3—5人) the value is its lower end, compared with ``>=``.
    """

    start: int
    end: int
    value: float
    unit: str
    comparison: str

    @property
    def is_time(self) -> bool:
        """Whether it measures time (三年, 5个工作日)."""
        return bool(_TIME.fullmatch(self.unit))


def chinese_number(numeral: str) -> float:
    """The value of a Chinese numeral: 一千二百 is 1200, 三十五万 is 350000, 八点五 is 8.5, 二〇二四 is 2024.

    Raises:
        ValueError: a character that is no numeral.
    """
    whole, point, fraction = numeral.partition("点")
    unknown = set(whole + fraction) - set(_NUMERALS)
    if unknown or not whole:
        raise ValueError(f"no Chinese numeral: {numeral!r}")
    if point:
        return chinese_number(whole) + float("0." + "".join(str(_DIGITS.get(c, 0)) for c in fraction))
    if len(whole) > 1 and all(c in _DIGITS for c in whole):
        return float("".join(str(_DIGITS[c]) for c in whole))
    total = section = digit = 0
    for char in whole:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            # 亿 multiplies all that stands before it (一万亿), 万 only what follows 亿 (一亿二千万).
            below = section + digit
            total = (total + below or 1) * _LARGE[char] if char == "亿" else total + (below or 1) * _LARGE[char]
            section = digit = 0
    return float(total + section + digit)


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[FoundQuantity]:
    """The quantities between two offsets of a normalised text, in order. Redacted ones (xx次) are none."""
    out: list[FoundQuantity] = []
    for found in _QUANTITY.finditer(text, start, len(text) if end is None else end):
        quantity = _quantity(text, found, out[-1].end if out else start)
        if quantity:
            out.append(quantity)
    return out


def _quantity(text: str, found: re.Match[str], floor: int) -> FoundQuantity | None:
    """The quantity of a match, or None where it only looks like one; it may begin at ``floor`` at the earliest."""
    at, end, after = found.start(), found.end(), found["after"] or ""
    ahead = text[max(floor, at - _LONGEST_BEFORE) : at]
    before = _BEFORE.search(ahead)
    value, unit, sign = _value(found)
    if value is None or (unit and not _counts(found, value, unit, ahead)):
        return None
    if after == "内":
        if _TIME.fullmatch(unit):
            sign = "<="
        else:
            end -= 1
    sign = _AFTER.get(after, sign)
    if before:
        if sign == "=":
            sign = _COMPARED[before.group()]
        at -= len(before.group())
    elif sign == "=" and _FAR_BEFORE.search(ahead):
        sign = ">="
    return FoundQuantity(at, end, value, unit, sign)


def _value(found: re.Match[str]) -> tuple[float | None, str, str]:
    """Value (None for a division by zero), unit, and the comparison that the number itself implies."""
    if found["base"]:
        return _read(found["share"]), "%" if found["base"] == "百" else "‰", "="
    if found["whole"] or found["above"]:
        part, whole = (_read(found[k]) for k in (("part", "whole") if found["whole"] else ("above", "below")))
        return (round(part / whole, 6) if whole else None), "", "="
    number, unit = found["number"], found["unit"]
    value = _read(number) * (chinese_number(found["scale"]) if found["scale"] else 1)
    sign = "="
    if len(number) in (2, 3) and number[0] in _DIGITS and number[1] in _DIGITS and number[1] not in "零〇":
        # 三五次, 二三十人: two neighbouring digits say "about"; two alike or three in a row are read as digits.
        rest = number[2:]
        if not rest or rest in _SMALL or rest in _LARGE:
            value, sign = _read(number[0] + rest), "~"
    if found["more"] or found["more2"]:
        sign = "~"
    elif _IS_RANGE.match(found.string, found.start("number"), found.start("unit")):
        sign = ">="
    if unit == "成":
        return value * 10, "%", sign
    return value, unit, sign


def _read(number: str) -> float:
    return float(number.replace(",", "")) if number[0] in "0123456789" else chinese_number(number)


def _counts(found: re.Match[str], value: float, unit: str, ahead: str) -> bool:
    """Whether it counts something, and is no date, ordinal, slogan or fixed word."""
    text, at, number = found.string, found.start(), found["number"]
    last, compared = ahead[-1:], bool(_BEFORE.search(ahead))
    if number is None:
        return True
    if last and (last in _POINTED_AT or (last in "几数" and number[0] in "十百千万亿")):
        return False
    if unit == "年" and value >= 1900:  # a calendar year
        return False
    if unit in ("日", "年") and last in ("年", "月"):
        return False
    if _TIME.fullmatch(unit) and ahead.endswith("近") and not ahead.endswith("将近"):  # 近三年: the last three years
        return False
    if number[0] in "0123456789":
        return True
    if last == "“" or unit == "分" or _FIXED.match(text, at):
        return False
    if number in ("百", "千", "万", "亿"):
        return compared
    return number != "一" or _one_counts(found, unit, ahead, compared)


def _one_counts(found: re.Match[str], unit: str, ahead: str, compared: bool) -> bool:
    """一 is a number in 开展一次, an article in 作为一项任务, and part of a fixed word in 一户一策."""
    text = found.string
    if _NO_ONE.match(text, found.start()) or _ARTICLE_BEFORE.search(ahead) or ahead[-2:-1] == "一":
        return False
    if unit in _ONE_COUNTS or compared:
        return True
    closes = found.end() == len(text) or text[found.end()] in _CLAUSE_END
    return unit in ("个", "项", "条", "批", "种", "套", "类", "位") and (
        closes or bool(_EACH.search(ahead)) or bool(_FAR_BEFORE.search(ahead))
    )
