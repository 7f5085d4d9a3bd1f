"""Dates and deadlines: 2022年6月底前, 年底前, 第四季度, 立行立改, 长期坚持; and the year a report speaks from."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal, NamedTuple

_MONTH_NAMES = {n: i for i, n in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1}
_YEAR = r"(?:20\d{2}年|今年|明年|当年|本年|次年)?度?"
_DATE = re.compile(
    rf"(?P<compact>20\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))日?(?:前|之前|以前)?"
    rf"|{_YEAR}(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]?|(?P<part>[上中下]旬|底|末|低|初))?(?P<by>前|之前|以前|完成)?"
    rf"|{_YEAR}(?:第?(?P<quarter>[一二三四1234首])季度?)(?:末|底)?(?:前|内)?"
    rf"|{_YEAR}(?P<half>[上下]半年)(?:前|内)?"
    rf"|(?P<yearend>(?:20\d{{2}}年|今年|明年|当年|本年|次年)?年?[底末](?:前|之前|以前))"
    rf"|(?P<year_only>20\d{{2}})年(?:底|末|内|底前|年底前)"
    r"|(?P<once>立行立改|即知即改|立即整改|立整立改|即时整改|边查边改|即行即改|立即)"
    r"|(?P<standing>长期坚持|持续坚持|常抓不懈|长期推进|持续推进|长期整改|长期)"
)
_SIGNED = re.compile(r"(20\d{2})年\d{1,2}月(?:\d{1,2}日)?\s*$")
_HEAD_YEAR = re.compile(r"(20\d{2})年(度)?")
_HEAD = 600  # characters of a report in which its year is said


class FoundDate(NamedTuple):
    """A deadline: ``date`` is its last day (ISO 8601), None where the year isn't known."""

    start: int
    end: int
    kind: Literal["date", "standing", "at-once"]
    date: str | None


def report_year(text: str) -> int | None:
    """The year in which the measures are carried out, as far as the report says.

    A signature date decides. Else a title's 2021年度 means the year after: the yearly meetings on a year are held in
    its last weeks or the first of the next (关于县以上党和国家机关党员领导干部民主生活会若干规定 第四条 and the
    yearly notices), so their 年底前 is the next year's.
    """
    lines = [line.strip() for line in text.rstrip().rsplit("\n", 6)[-6:]]
    for line in reversed(lines):
        signed = _SIGNED.search(line)
        if signed and len(line) <= 40:
            return int(signed.group(1))
    years = [(int(m.group(1)), bool(m.group(2))) for m in _HEAD_YEAR.finditer(text[:_HEAD])]
    if not years:
        return None
    latest, of_year = max(years)
    return latest + 1 if of_year else latest


def find_dates(text: str, start: int = 0, end: int | None = None, *, year: int | None = None) -> list[FoundDate]:
    """The deadlines between two offsets of a normalised text; ``year`` is the report's (``report_year``)."""
    out = []
    for found in _DATE.finditer(text, start, len(text) if end is None else end):
        if found.group("once"):
            out.append(FoundDate(found.start(), found.end(), "at-once", None))
        elif found.group("standing"):
            out.append(FoundDate(found.start(), found.end(), "standing", None))
        else:
            out.append(FoundDate(found.start(), found.end(), "date", _last_day(found, year)))
    return out


def _last_day(found: re.Match[str], year: int | None) -> str | None:
    if found.group("compact"):
        written = found.group("compact")
        return _iso(int(written[:4]), int(written[4:6]), int(written[6:]))
    words = found.group()
    named = re.search(r"20\d{2}", words)
    if named:
        year = int(named.group())
    elif year is not None and ("明年" in words or "次年" in words):
        year += 1
    if year is None:
        return None
    if found.group("month"):
        written = found.group("month")
        month = int(written) if written.isdigit() else _MONTH_NAMES[written]
        if found.group("day"):
            return _iso(year, month, int(found.group("day")))
        day = {"上旬": 10, "初": 10, "中旬": 20}.get(found.group("part") or "", 31)
        return _iso(year, month, day)
    if found.group("quarter"):
        return _iso(year, _QUARTERS[found.group("quarter")] * 3, 31)
    if found.group("half"):
        return _iso(year, 6 if found.group("half") == "上半年" else 12, 31)
    return _iso(year, 12, 31)


def _iso(year: int, month: int, day: int) -> str:
    """The date; a day beyond the month's end (6月31日) is its last."""
    return date(year, month, max(1, min(day, monthrange(year, month)[1]))).isoformat()
