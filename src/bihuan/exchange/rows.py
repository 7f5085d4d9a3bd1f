"""A reading as the rows of a ledger: what the workbook and the official document both say.

Columns are those that offices use (``COLUMNS``). What the report doesn't say stays ``无``: an empty cell can't be
told from a forgotten one, and filling rules ask for a word in each.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import NamedTuple

from bihuan.reading.model import Action, LinkKind, Owner, Reading, Span, Statement

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
    "责任人",
    "整改时限",
    "进展情况",
    "进度",
    "完成状态",
    "佐证材料",
    "举一反三情况",
    "备注",
)
"""Headings of the ledger, in the order of ``LedgerRow``'s fields."""

STATES = ("未启动", "进行中", "已提交", "已销号", "长期坚持")
"""What 完成状态 may hold. 基本完成 is no state: a thing is done or it isn't."""

# What XML 1.0 can't hold, and so neither a workbook nor a document.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GENRE_WORDS = re.compile(
    r"(?:个人|班子)?(?:对照检查|检视剖析|自查自评|自查)?(?:材料|报告|发言提纲|提纲|方案|整改情况|清单|台账|整改)+$"
)
_UNIT_END = re.compile(
    r"(?:[局委部办院会联协组室处科所站队厅署社团校府镇乡村街区县市]|街道|中心|公司|集团|单位|部门|系统|学校|医院|银行|支部|班子|成员)$"
)
_PERSON_END = re.compile(r"(?:书记|部长|局长|主任|主席|[区县市镇乡院校]长|常委|委员|同志|负责人|领导)$")
# A number in half-width signs is the same number: (一) and （一）.
_FULL_WIDTH = str.maketrans("().:,", "（）．：，")
# A field's name before the names in it (责任领导：), and what it says they are.
_FIELD = re.compile(r"([一-鿿、/]{2,14})[：:]")
_FIELD_OF_PEOPLE, _FIELD_OF_UNITS = re.compile("人员?(?:$|[、/和及与])"), re.compile("单位|部门|[科股处]室|主体")
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

    All fields but the last two are the cells of ``COLUMNS``; ``due`` is a date, or words (立行立改, 长期坚持, what the
    report says, 无), ``percent`` the share that is done. Rows of one problem share its ``number`` and follow each other.
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
    people: str
    due: date | str
    progress: str
    percent: int
    status: str
    evidence: str
    elsewhere: str
    remark: str
    problem_statement: Statement | None
    measure_statement: Statement | None


class Duty(NamedTuple):
    """Who answers for a measure, as written: leading officials, leading units, helping units, persons in charge."""

    leaders: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


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


def _own_number(reading: Reading, statement: Statement) -> str:
    """The last part of the number's path as the statement writes it: the longest end of it that it starts with."""
    beginning = Span(statement.start, min(statement.end, statement.start + len(statement.number) + 40))
    text = clean(reading.quote(beginning))
    alike, path = text.translate(_FULL_WIDTH), statement.number.translate(_FULL_WIDTH)
    return next((text[: len(path) - i] for i in range(len(path)) if alike.startswith(path[i:])), "")


def duty(reading: Reading, measure: Statement) -> Duty:
    """Who answers for a measure: the owners of its actions, each once, in the order of the text."""
    owners = list(dict.fromkeys(action.owner for action in measure.actions if action.owner))
    roles: dict[str, str] = {}
    for owner in owners:
        for name in owner.lead:
            roles.setdefault(clean(name), _role(reading, owner, name))
    support = dict.fromkeys(clean(name) for owner in owners for name in owner.support)

    def those(role: str) -> tuple[str, ...]:
        return tuple(name for name in roles if roles[name] == role)

    return Duty(those("leader"), those("unit"), tuple(support), those("person"))


def _role(reading: Reading, owner: Owner, name: str) -> str:
    """What the field says that the name stands in; where it says nothing or two things, what the name looks like."""
    said = reading.text[owner.start : owner.end]
    fields = _FIELD.findall(said, 0, max(0, said.find(name)))
    field = fields[-1] if fields else ""
    of_people, of_units = bool(_FIELD_OF_PEOPLE.search(field)), bool(_FIELD_OF_UNITS.search(field))
    if "领导" in field and not (of_people or of_units):
        return "leader"
    if _is_person(name) or (of_people and not of_units and not _UNIT_END.search(name)):
        return "person" if of_people else "leader"
    return "unit"


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
    return "\n".join(f"{i}. {action_words(reading, measure, a)}" for i, a in enumerate(measure.actions, 1)) or NONE


def action_words(reading: Reading, measure: Statement, action: Action) -> str:
    """The action without the measure's number and without the stop at its end."""
    number = _own_number(reading, measure)
    return clean(reading.quote(action)).removeprefix(number).strip("，；。、 ")


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


class Ledger:
    """A reading's problems and measures as a ledger has them: numbered, joined by their links, under their headings."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.problems = reading.of_kind("problem")
        self.measures = reading.of_kind("measure")
        problems = {s.id: i for i, s in enumerate(self.problems, 1)}
        self.number = problems | {s.id: i for i, s in enumerate(self.measures, 1)}
        """Numbers of problems and of measures, each from 1, by id."""
        self._titles = {d.id: clean(d.title) for d in reading.theme.dimensions} if reading.theme else {}
        places = {s.id: i for i, s in enumerate(reading.statements)}
        linked: defaultdict[tuple[str, LinkKind], set[int]] = defaultdict(set)
        for link in reading.links:
            if link.source in problems and link.target in places:
                linked[link.source, link.kind].add(places[link.target])
                linked[link.target, link.kind].add(places[link.source])
        self._linked = {key: tuple(reading.statements[i] for i in sorted(ends)) for key, ends in linked.items()}

    def linked(self, statement: Statement, kind: LinkKind) -> tuple[Statement, ...]:
        """The statements at the other end of the statement's links, in the order of the text."""
        return self._linked.get((statement.id, kind), ())

    def answering(self, problem: Statement) -> tuple[Statement, ...]:
        """The measures that answer a problem."""
        return self.linked(problem, "answered-by")

    def answered_numbers(self, measure: Statement) -> tuple[int, ...]:
        """The numbers of the problems that a measure answers."""
        return tuple(self.number[problem.id] for problem in self.linked(measure, "answered-by"))

    def causes(self, problem: Statement) -> str:
        """原因分析: the headlines of the causes that the problem is linked to, one a line.

        Headlines only, because one cause explains many problems and its whole text would be said again at each.
        """
        return "\n".join(headline(self.reading, cause) for cause in self.linked(problem, "caused-by")) or NONE

    def aspect(self, problem: Statement) -> str:
        """主要方面: the dimension's title, else the heading that the problem's number hangs under, else 无."""
        if problem.dimension in self._titles:
            return self._titles[problem.dimension]
        path = self._path(problem)
        for i in range(len(path)):
            headings = self._headings.get(path[i:].translate(_FULL_WIDTH), [])
            at = bisect_left(headings, (problem.start, ""))
            if at:
                return headings[at - 1][1]
        return clean(path) or NONE

    def _path(self, problem: Statement) -> str:
        """The numbers above the problem's own."""
        own = len(_own_number(self.reading, problem))
        return problem.number[:-own] if own else ""

    @cached_property
    def _headings(self) -> dict[str, list[tuple[int, str]]]:
        """The lines that begin with a number above a problem's: where they begin, and their words without 方面."""
        paths = {self._path(problem) for problem in self.problems}
        numbers = {path[i:].translate(_FULL_WIDTH) for path in paths for i in range(len(path))}
        lengths = sorted({len(number) for number in numbers})
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for line in re.finditer(r"[^\n]+", self.reading.text):
            text = line[0].lstrip()
            for length in lengths:
                number = text[:length].translate(_FULL_WIDTH)
                words = re.match("[^。：:；]{1,80}", text[length:]) if number in numbers else None
                if words:
                    found[number].append((line.start(), clean(words[0]).strip().removesuffix("方面")))
        return found

    def measures_by_unit(self) -> list[tuple[str, list[Statement]]]:
        """Each leading unit with its measures, in the order of the text; measures without one come last, under 无."""
        by_unit: dict[str, list[Statement]] = {}
        for measure in self.measures:
            for unit in duty(self.reading, measure).units or (NONE,):
                by_unit.setdefault(unit, []).append(measure)
        without = by_unit.pop(NONE, [])
        return [*by_unit.items(), *([(NONE, without)] if without else [])]

    def rows(self) -> list[LedgerRow]:
        """Problems in the order of the text, each with its measures, then the measures that answer none."""
        rows: list[LedgerRow] = []
        for number, problem in enumerate(self.problems, 1):
            rows.extend(self._row(number, problem, measure) for measure in self.answering(problem) or (None,))
        unmatched = (m for m in self.measures if not self.linked(m, "answered-by"))
        rows.extend(self._row(number, None, m) for number, m in enumerate(unmatched, len(self.problems) + 1))
        return rows

    def _row(self, number: int, problem: Statement | None, measure: Statement | None) -> LedgerRow:
        reading = self.reading
        who = duty(reading, measure) if measure else Duty()
        when = due(reading, measure) if measure else NONE
        return LedgerRow(
            number=number,
            aspect=self.aspect(problem) if problem else UNMATCHED,
            problem=words(reading, problem) if problem else NONE,
            causes=self.causes(problem) if problem else NONE,
            measure=words(reading, measure) if measure else NONE,
            actions=breakdown(reading, measure) if measure else NONE,
            goal=goal(measure) if measure else NONE,
            leaders="、".join(who.leaders) or NONE,
            units="、".join(who.units) or NONE,
            support="、".join(who.support) or NONE,
            people="、".join(who.people) or NONE,
            due=when,
            progress=NONE,
            percent=0,
            status="长期坚持" if when == "长期坚持" else "未启动",
            evidence=NONE,
            elsewhere=NONE,
            remark=NONE,
            problem_statement=problem,
            measure_statement=measure,
        )
