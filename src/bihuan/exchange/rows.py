"""A reading as the rows of a ledger: what the workbook and the official document both say.

Columns are those that offices use (``COLUMNS``). What the report doesn't say stays ``无``: an empty cell can't be
told from a forgotten one, and filling rules ask for a word in each.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from bihuan.reading.model import Action, Reading, Statement

NONE = "无"
UNMATCHED = "未对应问题的措施"

COLUMNS = (
    "序号",
    "主要方面",
    "具体问题",
    "原因分析",
    "整改措施",
    "措施分解",
    "整改目标",
    "责任领导",
    "责任单位",
    "配合单位",
    "整改时限",
    "进展情况",
    "完成状态",
    "佐证材料",
    "备注",
)
"""Headings of the ledger, in the order of ``LedgerRow``'s fields."""

STATES = ("未启动", "进行中", "已提交", "已销号", "长期坚持")
"""What 完成状态 may hold. 基本完成 is no state: a thing is done or it isn't."""

# What XML 1.0 can't hold, and so neither a workbook nor a document.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GENRE_WORDS = re.compile(
    r"(?:个人|班子)?(?:对照检查|检视剖析|自查自评|自查)?(?:材料|报告|发言提纲|提纲|整改方案|方案|整改情况|清单|台账)+$"
)
_UNIT_END = re.compile(
    r"(?:[局委部办院会联协组室处科所站队厅署社团校府镇乡村街区县市]|街道|中心|公司|集团|单位|部门|系统|学校|医院|银行|支部|班子|成员)$"
)
_PERSON_END = re.compile(r"(?:书记|部长|局长|主任|主席|[区县市镇乡院校]长|常委|委员|同志|负责人|领导)$")
# The hundred most frequent family names (household registration, 2020), for telling 张禾 from 住建 or 各镇.
_FAMILY_NAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_FREQUENCIES = {
    "daily": "每日",
    "weekly": "每周",
    "ten-daily": "每旬",
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
    "standing": "常态化",
}
_COMPARISONS = {"=": "", ">=": "不少于", "<=": "不超过", ">": "超过", "<": "低于", "~": "约"}


class LedgerRow(NamedTuple):
    """One problem with one of its measures.

    The first fifteen fields are the cells of ``COLUMNS``; ``due`` is a date, or words (立行立改, 长期坚持, what the
    report says, 无). Rows of one problem share its ``number`` and follow each other.
    """

    number: int
    aspect: str
    problem: str
    causes: str
    measure: str
    actions: str
    goal: str
    leaders: str
    units: str
    support: str
    due: date | str
    progress: str
    status: str
    evidence: str
    remark: str
    problem_statement: Statement | None
    measure_statement: Statement | None


class Duty(NamedTuple):
    """Who answers for a measure, as written: people, leading units, helping units."""

    leaders: tuple[str, ...]
    units: tuple[str, ...]
    support: tuple[str, ...]


def clean(text: str) -> str:
    """The text without the characters that XML can't hold (controls but tab and line break, lone surrogates)."""
    return _ILLEGAL.sub("", text)


def ledger_title(reading: Reading) -> str:
    """The report's title with its genre's words exchanged for 整改台账."""
    title = clean(reading.quote(reading.title)) if reading.title else ""
    return _GENRE_WORDS.sub("", title) + "整改台账"


def words(reading: Reading, statement: Statement) -> str:
    """The statement on one line without its own number, which the ledger's number replaces."""
    text = clean(reading.quote(statement))
    return text[len(_own_number(reading, statement)) :].lstrip("、.．:： ") or NONE


def headline(reading: Reading, statement: Statement) -> str:
    """The statement's headline on one line without its own number."""
    text = clean(reading.quote(statement.headline))
    number = _own_number(reading, statement)
    return text.removeprefix(number).lstrip("、.．:： ") or NONE


def aspect(reading: Reading, problem: Statement) -> str:
    """主要方面: the dimension's title, else the heading that the problem's number hangs under, else 无."""
    if reading.theme:
        for dimension in reading.theme.dimensions:
            if dimension.id == problem.dimension:
                return clean(dimension.title)
    own = _own_number(reading, problem)
    above = problem.number[: len(problem.number) - len(own)] if own else ""
    return _heading(reading, above, problem.start) or clean(above) or NONE


def _own_number(reading: Reading, statement: Statement) -> str:
    """The last part of the number's path, found as the longest end of it that the statement starts with."""
    text = clean(reading.quote(statement))
    ends = (statement.number[i:] for i in range(len(statement.number)))
    return next((end for end in ends if text.startswith(end)), "")


def _heading(reading: Reading, path: str, before: int) -> str:
    """The words of the nearest line above that begins with the path's last number, without it and 方面."""
    for i in range(len(path)):
        pattern = re.compile(rf"^\s*{re.escape(path[i:])}([^。：:；\n]{{1,80}})", re.MULTILINE)
        found = list(pattern.finditer(reading.text, 0, before))
        if found:
            return clean(found[-1][1]).strip().removesuffix("方面")
    return ""


def duty(measure: Statement) -> Duty:
    """Who answers for a measure: the owners of its actions, each once, in the order of the text."""
    owners = [action.owner for action in measure.actions if action.owner]
    lead = dict.fromkeys(clean(name) for owner in owners for name in owner.lead)
    support = dict.fromkeys(clean(name) for owner in owners for name in owner.support)
    people = tuple(name for name in lead if _is_person(name))
    return Duty(people, tuple(name for name in lead if name not in people), tuple(support))


def _is_person(name: str) -> bool:
    """A post's title says so; else a name is two to four characters after a family name, ending like no unit's."""
    if _PERSON_END.search(name):
        return True
    return 2 <= len(name) <= 4 and name[0] in _FAMILY_NAMES and not _UNIT_END.search(name)


def due(reading: Reading, measure: Statement) -> date | str:
    """整改时限: the last date among the measure's actions, since only then is it done; without a date 立行立改,
    then what is written of a date without a year, then 长期坚持, then 无.
    """
    deadlines = [action.deadline for action in measure.actions if action.deadline]
    dates = [date.fromisoformat(d.date) for d in deadlines if d.kind == "date" and d.date]
    if dates:
        return max(dates)
    kinds = {d.kind for d in deadlines}
    if "at-once" in kinds:
        return "立行立改"
    undated = next((d for d in deadlines if d.kind == "date"), None)
    if undated:
        return clean(reading.quote(undated)) or NONE
    return "长期坚持" if "standing" in kinds else NONE


def due_text(when: date | str) -> str:
    """A due date as words: 2026年6月30日 or what it already says."""
    return f"{when.year}年{when.month}月{when.day}日" if isinstance(when, date) else when


def breakdown(reading: Reading, measure: Statement) -> str:
    """措施分解: the measure's actions, numbered, one a line."""
    quoted = [clean(reading.quote(action)).rstrip("，；。、 ") for action in measure.actions]
    return "\n".join(f"{i}. {text}" for i, text in enumerate(quoted, 1)) or NONE


def goal(measure: Statement) -> str:
    """整改目标: what the measure promises in numbers; 无 where it promises none, and a person has to say."""
    return "\n".join(dict.fromkeys(_promise(a) for a in measure.actions if a.quantity)) or NONE


def _promise(action: Action) -> str:
    quantity = action.quantity
    assert quantity is not None
    value = f"{quantity.value:,.10g}".replace(",", "")
    frequency = _FREQUENCIES.get(action.frequency or "", "")
    comparison = _COMPARISONS.get(quantity.comparison, "")
    return clean(f"{frequency}{action.verb}{action.object}{comparison}{value}{quantity.unit}")


def answering(reading: Reading, problem: Statement) -> tuple[Statement, ...]:
    """The measures that answer a problem, in the order of the text."""
    ids = reading.linked(problem.id, "answered-by")
    return tuple(m for m in reading.of_kind("measure") if m.id in ids)


def answered_numbers(reading: Reading, measure: Statement) -> tuple[int, ...]:
    """The ledger's numbers of the problems that a measure answers."""
    ids = reading.linked(measure.id, "answered-by")
    return tuple(i for i, problem in enumerate(reading.of_kind("problem"), 1) if problem.id in ids)


def causes(reading: Reading, problem: Statement) -> str:
    """原因分析: the headlines of the causes that the problem is linked to, one a line.

    Headlines only, because one cause explains many problems and its whole text would be said again at each.
    """
    ids = reading.linked(problem.id, "caused-by")
    return "\n".join(headline(reading, c) for c in reading.of_kind("cause") if c.id in ids) or NONE


def measures_by_unit(reading: Reading) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """Each leading unit with its measures, in the order of the text; measures without one come last, under 无."""
    by_unit: dict[str, list[Statement]] = {}
    for measure in reading.of_kind("measure"):
        for unit in duty(measure).units or (NONE,):
            by_unit.setdefault(unit, []).append(measure)
    named = [(unit, tuple(measures)) for unit, measures in by_unit.items() if unit != NONE]
    return (*named, *([(NONE, tuple(by_unit[NONE]))] if NONE in by_unit else []))


def ledger_rows(reading: Reading) -> tuple[LedgerRow, ...]:
    """The ledger: problems in the order of the text, each with its measures, then the measures that answer none."""
    rows: list[LedgerRow] = []
    problems = reading.of_kind("problem")
    matched: set[str] = set()
    for number, problem in enumerate(problems, 1):
        measures = answering(reading, problem)
        matched.update(measure.id for measure in measures)
        rows.extend(_row(reading, number, problem, measure) for measure in measures or (None,))
    unmatched = (m for m in reading.of_kind("measure") if m.id not in matched)
    rows.extend(_row(reading, number, None, m) for number, m in enumerate(unmatched, len(problems) + 1))
    return tuple(rows)


def _row(reading: Reading, number: int, problem: Statement | None, measure: Statement | None) -> LedgerRow:
    who = duty(measure) if measure else Duty((), (), ())
    when = due(reading, measure) if measure else NONE
    return LedgerRow(
        number=number,
        aspect=aspect(reading, problem) if problem else UNMATCHED,
        problem=words(reading, problem) if problem else NONE,
        causes=causes(reading, problem) if problem else NONE,
        measure=words(reading, measure) if measure else NONE,
        actions=breakdown(reading, measure) if measure else NONE,
        goal=goal(measure) if measure else NONE,
        leaders="、".join(who.leaders) or NONE,
        units="、".join(who.units) or NONE,
        support="、".join(who.support) or NONE,
        due=when,
        progress=NONE,
        status="长期坚持" if when == "长期坚持" else "未启动",
        evidence=NONE,
        remark=NONE,
        problem_statement=problem,
        measure_statement=measure,
    )
