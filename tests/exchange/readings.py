"""A hand-made reading for the tests of the exports: every kind of part in a report short enough to read.

The report is our own invention; its places and people don't exist. Spans are found in the text by their words, so
the reading stays true when the text is edited.
"""

from __future__ import annotations

import hashlib

from bihuan.reading.model import (
    Action,
    Deadline,
    Dimension,
    Kind,
    Link,
    Note,
    Owner,
    Quantity,
    Reading,
    Section,
    Source,
    Span,
    Statement,
    ThemeRef,
)

TEXT = """
青禾县委常委班子专题民主生活会对照检查材料

现将县委常委班子对照检查情况报告如下：
一、存在的主要问题
（一）带头强化政治忠诚、提高政治能力方面。一是理论学习不够深入。县委理论学习中心组全年学习10次，多是“一人念、众人听”，研讨交流少。二是意识形态联席会议召开不够及时。
（二）带头敬畏人民、敬畏组织、敬畏法纪方面。一是民生项目推进缓慢。比如，城北xx中学项目至今没有开工，有的同志存在畏难情绪。
二是村级“三资”管理不规范，一些村的账目不公开，群众意见很大。
这个问题在去年的巡察中已经指出过。三是调查研究不够深入。
二、产生问题的原因
（一）理论武装抓得不实。把学习当作软任务，以考促学的主动性不够。
（二）宗旨意识有所淡化。抓民生工作有时从好干、易干的角度考虑。
三、整改措施
（一）加强理论武装。每季度开展1次集中研讨，每半年组织1次理论测试。（责任单位：县委办公室；配合单位：县委宣传部；完成时限：2026年6月30日前）
（二）加快民生项目建设。成立城北xx中学项目专班，2026年9月底前开工建设；建立民生实事督办台账，每月通报1次进度。（责任单位：县教育局）
（三）规范村级财务。立即开展村级“三资”清理，按月公开账目，接受群众监督。（责任人：张禾；责任单位：县农业农村局、县纪委监委）
（四）加强机关食堂管理。坚持厉行节约，长期坚持“光盘行动”。
"""


def _span(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def _quantity(words: str, followed_by: str, value: float, unit: str) -> Quantity:
    start = TEXT.index(words + followed_by)
    return Quantity(start, start + len(words), value, unit)


def _between(first: str, last: str) -> Span:
    start = TEXT.index(first)
    return Span(start, TEXT.index(last, start) + len(last))


def _statement(
    statement_id: str, kind: Kind, span: Span, headline: str, number: str, dimension: str | None = None
) -> Statement:
    return Statement(statement_id, kind, span.start, span.end, _span(headline, span.start), number, dimension)


def _action(
    words: str,
    verb: str,
    obj: str,
    frequency: str | None = None,
    quantity: Quantity | None = None,
    owner: Owner | None = None,
    deadline: Deadline | None = None,
) -> Action:
    return Action(*_span(words), verb, obj, frequency, quantity, owner, deadline)


def _owner(words: str, lead: tuple[str, ...], support: tuple[str, ...] = ()) -> Owner:
    return Owner(*_span(words), lead, support)


def sample_reading() -> Reading:
    """Five problems in two dimensions, two causes, four measures.

    P1 is answered by M1; P2 and P5 by nothing; P3 by M2; P4, two paragraphs long, by M3 and M2; M4 answers nothing.
    M1 has a date and two units, M2 a date for one of its two actions, M3 is at once, M4 standing and without owner.
    """
    p1 = _statement(
        "P1",
        "problem",
        _between("一是理论学习", "研讨交流少。"),
        "一是理论学习不够深入。",
        "（一）一是",
        "d1",
    )._replace(
        areas=("study",),
        instances=(_span("县委理论学习中心组全年学习10次，多是“一人念、众人听”，研讨交流少。"),),
        quantities=(_quantity("10次", "，", 10, "次"),),
        hedges=(_span("不够"),),
    )
    p2_words = "二是意识形态联席会议召开不够及时。"
    p2 = _statement("P2", "problem", _span(p2_words), p2_words, "（一）二是", "d1")
    p3 = _statement(
        "P3",
        "problem",
        _between("一是民生项目", "畏难情绪。"),
        "一是民生项目推进缓慢。",
        "（二）一是",
        "d3",
    )._replace(
        areas=("livelihood",),
        subject="some-of-us",
        instances=(_span("比如，城北xx中学项目至今没有开工，有的同志存在畏难情绪。"),),
        hedges=(_span("有的同志"),),
        redactions=(_span("xx"),),
    )
    p4 = _statement(
        "P4",
        "problem",
        _between("二是村级", "指出过。"),
        "二是村级“三资”管理不规范，一些村的账目不公开，群众意见很大。",
        "（二）二是",
        "d3",
    )._replace(areas=("village-accounts",), hedges=(_span("一些村"),))
    p5_words = "三是调查研究不够深入。"
    p5 = _statement("P5", "problem", _span(p5_words), p5_words, "（二）三是", "d3")
    c1 = _statement(
        "C1", "cause", _between("（一）理论武装", "主动性不够。"), "（一）理论武装抓得不实。", "（一）", "d1"
    )
    c2 = _statement("C2", "cause", _between("（二）宗旨", "角度考虑。"), "（二）宗旨意识有所淡化。", "（二）")

    office = _owner("责任单位：县委办公室；配合单位：县委宣传部", ("县委办公室",), ("县委宣传部",))
    by_june = Deadline(*_span("2026年6月30日前"), "date", "2026-06-30")
    m1 = _statement(
        "M1", "measure", _between("（一）加强理论", "30日前）"), "（一）加强理论武装。", "（一）", "d1"
    )._replace(
        areas=("study",),
        actions=(
            _action(
                "每季度开展1次集中研讨",
                "开展",
                "集中研讨",
                "quarterly",
                _quantity("1次", "集中", 1, "次"),
                office,
                by_june,
            ),
            _action(
                "每半年组织1次理论测试",
                "组织",
                "理论测试",
                "half-yearly",
                _quantity("1次", "理论", 1, "次"),
                office,
                by_june,
            ),
        ),
    )
    school = _owner("责任单位：县教育局", ("县教育局",))
    m2 = _statement(
        "M2", "measure", _between("（二）加快", "县教育局）"), "（二）加快民生项目建设。", "（二）", "d3"
    )._replace(
        areas=("livelihood",),
        redactions=(_span("xx", TEXT.index("（二）加快")),),
        actions=(
            _action(
                "成立城北xx中学项目专班，2026年9月底前开工建设",
                "成立",
                "城北xx中学项目专班",
                owner=school,
                deadline=Deadline(*_span("2026年9月底前"), "date", "2026-09-30"),
            ),
            _action(
                "建立民生实事督办台账，每月通报1次进度",
                "通报",
                "进度",
                "monthly",
                _quantity("1次", "进度", 1, "次"),
                school,
            ),
        ),
    )
    farm = _owner("责任人：张禾；责任单位：县农业农村局、县纪委监委", ("张禾", "县农业农村局", "县纪委监委"))
    at_once = Deadline(*_span("立即"), "at-once")
    m3 = _statement("M3", "measure", _between("（三）规范", "县纪委监委）"), "（三）规范村级财务。", "（三）")._replace(
        areas=("village-accounts",),
        actions=(
            _action("立即开展村级“三资”清理", "开展", "村级“三资”清理", owner=farm, deadline=at_once),
            _action("按月公开账目", "公开", "账目", "monthly", owner=farm, deadline=at_once),
        ),
    )
    m4 = _statement(
        "M4", "measure", _between("（四）加强", "“光盘行动”。"), "（四）加强机关食堂管理。", "（四）"
    )._replace(
        actions=(
            _action(
                "长期坚持“光盘行动”",
                "坚持",
                "“光盘行动”",
                "standing",
                deadline=Deadline(*_span("长期坚持"), "standing"),
            ),
        ),
    )

    problems, causes, measures = _span("一、存在"), _span("二、产生"), _span("三、整改")
    return Reading(
        source=Source("青禾县对照检查.txt", "text/plain", hashlib.sha256(TEXT.encode()).hexdigest(), len(TEXT)),
        text=TEXT,
        title=_span("青禾县委常委班子专题民主生活会对照检查材料"),
        genre="self-examination",
        theme=ThemeRef(
            "sample-four",
            "四个带头",
            (
                Dimension("d1", "带头强化政治忠诚、提高政治能力"),
                Dimension("d2", "带头固本培元、增强党性"),
                Dimension("d3", "带头敬畏人民、敬畏组织、敬畏法纪"),
                Dimension("d4", "带头干事创业、担当作为"),
            ),
        ),
        sections=(
            Section("preamble", TEXT.index("现将"), problems.start, Span(TEXT.index("现将"), TEXT.index("现将"))),
            Section("problems", problems.start, causes.start, _span("一、存在的主要问题")),
            Section("causes", causes.start, measures.start, _span("二、产生问题的原因")),
            Section("measures", measures.start, len(TEXT), _span("三、整改措施")),
        ),
        statements=(p1, p2, p3, p4, p5, c1, c2, m1, m2, m3, m4),
        links=(
            Link("P1", "C1", "caused-by", 0.9, ("学习",)),
            Link("P3", "C2", "caused-by", 0.7, ("民生",)),
            Link("P1", "M1", "answered-by", 0.88, ("理论", "研讨")),
            Link("P3", "M2", "answered-by", 0.91, ("民生项目", "城北xx中学")),
            Link("P4", "M3", "answered-by", 0.86, ("村级“三资”",)),
            Link("P4", "M2", "answered-by", 0.41, ("群众",)),
        ),
        notes=(Note("unanswered-problem", p2.start, p2.end, "没有找到回应这个问题的整改措施"),),
    )
