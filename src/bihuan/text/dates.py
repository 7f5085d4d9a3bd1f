"""Dates and deadlines: 2022年6月底前, 年底前, 第四季度, 立行立改, 长期坚持; and the year a report speaks from."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal, NamedTuple

from bihuan.text.numbers import chinese_number

_YEAR = r"(?:(?:20[0-9]{2}|二[〇零0○][〇零一二三四五六七八九]{2}|20[xX×*]{2})年度?|今年|明年|后年|当年|本年度?|次年)"
_DAY = "3[01]|[12][0-9]|0?[1-9]"
_CHINESE_DAY = "三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_MONTH = "1[0-2]|0?[1-9]"
_PART = "上旬|中旬|下旬|[底末低初]"  # 月低 is a common slip for 月底
_BY = "(?:之前|以前|前|止)"
_PAST = r"(?:以来|来|起|后|之后|以后|开始|间|份以来)"  # since when, not until when
# A day without 日 (6月30前) and a month without 月 (2024年11底前) are read where 前 or 底 shows what they are.
_DATE = re.compile(
    rf"(?<![0-9])(?P<compact>20[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])日?{_BY}?"
    rf"|(?<![0-9.])(?P<dotted>20[0-9]{{2}}[.\-/](?:{_MONTH})(?:[.\-/](?:{_DAY})(?![0-9])|(?=[底末前])|(?<=：.{{6}})(?![0-9.])|(?<=：.{{7}})(?![0-9.])))日?[底末]?{_BY}?"
    rf"|(?<![0-9.])(?:{_YEAR}的?)?(?<![0-9.])(?P<month>{_MONTH})\s?月份?(?:\s?(?:(?P<day>{_DAY})(?:[日号]|(?={_BY})|(?![0-9]))|(?P<part>{_PART})))?(?!{_PAST}){_BY}?"
    rf"|(?P<year_month>{_YEAR})(?P<bare>{_MONTH})(?=[底末])[底末]{_BY}?"
    rf"|(?P<chinese_year>{_YEAR})?(?<![一二三四五六七八九十])(?P<chinese_month>十[一二]?|[一二三四五六七八九])月份?(?:(?P<chinese_day>{_CHINESE_DAY})[日号]|(?P<chinese_part>{_PART})|(?={_BY})|(?<=年.月)|(?<=年.{{2}}月))(?!{_PAST}){_BY}?"
    rf"|(?<![每个])(?:{_YEAR}的?)?(?:第(?P<ordinal>[一二三四1-4])季度?|(?<![0-9第每])(?P<quarter>[一二三四1-4首])季度)[末底]?(?!{_PAST}|[一至]){_BY}?内?"
    rf"|(?:{_YEAR})?(?P<half>[上下]半年)(?!{_PAST}){_BY}?内?"
    rf"|(?P<year_end>(?:{_YEAR}(?:年?[底末终]|内)|(?<![当半每近前]年)(?<![每半])(?:年[底末](?!考核|述|绩效|总结|评)|年终(?={_BY})|(?<![0-9一二两三四五六七八九十百几多数近半个])年内)){_BY}?)"
    rf"|(?<=：)(?P<whole_year>(?:20[0-9]{{2}})年)(?![0-9])"
    rf"|(?P<unknown>(?<!每)(?:[本下当]月|(?<![个每本下当0-9一二三四五六七八九十])月)[底末内]{_BY}|[本下]周内|[本下]个?(?:季度|学期)[底末内]{_BY}?)"
    rf"|(?<=：)(?P<span>(?:[0-9]{{1,3}}|[一二两三四五六七八九十]{{1,3}})个?(?:工作日|月|周|星期|天|日|年|学期|季度)(?:以|之)?内)"
    r"|(?P<once>立行立改|立整立改|即知即改|立知立改|即行即改|即时整改|即改即行|立改立行|边查边改|边学边改|边督边改|马上就办|马上整改|立即整改|立即|即[日时]起|即刻)"
    r"|(?P<standing>长期坚持|持续坚持|常抓不懈|长期推进|持续推进|长期整改|持续整改|持续保持|长期保持|长期任务|常态化推进|常态化坚持|常态化|长期|持续)"
)
_YEAR_IN = re.compile(_YEAR)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "首": 1}
_JOIN = re.compile(r"\s?(?:[-—–~～]{1,2}|至|到)\s?")
# 长期 is a deadline where a field for time says so, 长期坚持 also as a clause of its own.
_TIME_FIELD = re.compile(r"(?:时限|期限|时间|日期|节点)(?:：|为)[^。\n；）]{0,40}$")
_CLAUSE_BEFORE = re.compile(r"(?:^|[，；。、（│|\n])\s*[并且]?\s*$")
_CLAUSE_AFTER = re.compile(r"\s*(?:[，；。、）│|\n]|$)")
_LONG_TERM = frozenset(["长期坚持", "持续坚持", "常抓不懈"])
_LOOK_BACK = 48
_SIGNED = re.compile(
    r"(?P<year>20[0-9]{2}|二[〇零○][〇零一二三四五六七八九]{2})年\s?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
    r"\s?(?:[0-9xX×*一二三十四五六七八九]{1,3}日)?\s*$"
)
_SIGNATURE_LINES = 6
_LONGEST_SIGNATURE = 40
_HEAD_YEAR = re.compile(r"(20[0-9]{2})\s?年(度)?")
_HEAD = 600  # characters of a report in which its year is said


class FoundDate(NamedTuple):
    """A deadline: ``date`` is its last day (ISO 8601), None where the year isn't known; of a range, its end."""

    start: int
    end: int
    kind: Literal["date", "standing", "at-once"]
    date: str | None


def report_year(text: str) -> int | None:
    """The year in which the measures are carried out, as far as the report says; None where it says nothing.

    The signature date in the last lines decides; one of December speaks of the year to come, since what is promised
    then is done after it. Else the latest year of the first 600 characters, and of a 2021年度 the year after: the
    yearly meeting is as a rule held in the fourth quarter (《县以上党和国家机关党员领导干部民主生活会若干规定》, 2016), in
    practice often put off to the first weeks of the next year, and its measures are for that year: the year's end in
    a report on 2021 is that of 2022.
    """
    for line in reversed(text.rstrip().rsplit("\n", _SIGNATURE_LINES)[-_SIGNATURE_LINES:]):
        signed = _SIGNED.search(line.strip()) if len(line.strip()) <= _LONGEST_SIGNATURE else None
        if signed:
            return _number(signed["year"]) + (_number(signed["month"]) == 12)
    years = [(int(m[1]), bool(m[2])) for m in _HEAD_YEAR.finditer(text[:_HEAD])]
    if not years:
        return None
    latest, of_year = max(years)
    return latest + of_year


def find_dates(text: str, start: int = 0, end: int | None = None, *, year: int | None = None) -> list[FoundDate]:
    """The deadlines between two offsets of a normalised text; ``year`` is the report's (``report_year``).

    长期 and the like are deadlines in a field for time (完成时限：长期) or as all there is between the offsets (a cell
    of a table), 长期坚持 also as a clause of its own.
    """
    stop = len(text) if end is None else end
    out: list[FoundDate] = []
    named: int | None = None  # a year that the first end of a range names holds for its second
    for found in _DATE.finditer(text, start, stop):
        if found["standing"]:
            if _stands(text, found, start, stop):
                out.append(FoundDate(found.start(), found.end(), "standing", None))
            continue
        if found["once"]:
            out.append(FoundDate(found.start(), found.end(), "at-once", None))
            continue
        joins = bool(out) and out[-1].kind != "standing" and _JOIN.fullmatch(text, out[-1].end, found.start())
        spoken = _spoken_year(found.group(), year)
        if spoken is None:
            spoken = named if joins and named is not None else year
        named = spoken
        begin = out.pop().start if joins else found.start()
        out.append(FoundDate(begin, found.end(), "date", _last_day(found, spoken or None)))
    return out


def _stands(text: str, found: re.Match[str], start: int, stop: int) -> bool:
    ahead = text[max(0, found.start() - _LOOK_BACK) : found.start()]
    if _TIME_FIELD.search(ahead) or text[start:stop].strip(" \n，。；、") == found.group():
        return True
    return (
        found.group() in _LONG_TERM
        and bool(_CLAUSE_BEFORE.search(text[max(start, found.start() - 3) : found.start()]))
        and bool(_CLAUSE_AFTER.match(text, found.end()))
    )


def _spoken_year(words: str, year: int | None) -> int | None:
    """The year that a date says of itself: 0 where it is blacked out (20xx年), None where it says none."""
    if words[:2] == "20" and words[2:4].isdigit():
        return int(words[:4])
    said = _YEAR_IN.match(words)
    if said is None:
        return None
    if words[0] == "二":
        return _number(words[:4])
    if words[:2] == "20":
        return 0
    return year and year + {"明": 1, "次": 1, "后": 2}.get(words[0], 0)


def _last_day(found: re.Match[str], year: int | None) -> str | None:
    if found["compact"]:
        written = found["compact"]
        return _iso(int(written[:4]), int(written[4:6]), int(written[6:]))
    if found["dotted"]:
        parts = [int(p) for p in re.split(r"[.\-/]", found["dotted"])]
        return _iso(parts[0], parts[1], parts[2] if len(parts) > 2 else 31)
    if year is None or found["unknown"] or found["span"]:
        return None
    month = found["month"] or found["bare"] or found["chinese_month"]
    if month:
        day = found["day"] or found["chinese_day"]
        part = found["part"] or found["chinese_part"] or ""
        return _iso(year, _number(month), _number(day) if day else {"上旬": 10, "初": 10, "中旬": 20}.get(part, 31))
    quarter = found["ordinal"] or found["quarter"]
    if quarter:
        return _iso(year, 3 * (_QUARTERS.get(quarter) or int(quarter)), 31)
    return _iso(year, 6 if found["half"] == "上半年" else 12, 31)


def _number(written: str) -> int:
    return int(written) if written.isascii() else int(chinese_number(written.replace("○", "〇").replace("0", "〇")))


def _iso(year: int, month: int, day: int) -> str:
    """The date; a day beyond the month's end (6月31日) is its last."""
    return date(year, month, min(day, monthrange(year, month)[1])).isoformat()
