"""What a heading says: which part of the report it opens, and whether it names a field or makes a claim."""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.reading.model import Role

#: A judgement that finds fault: what makes a line a problem or a cause and not the name of a field.
JUDGEMENT = re.compile(
    r"不够|不足|不强|不深|不实|不到位|不严|不高|不力|不透|不全|不紧|不细|不硬|不明显|不规范|不及时|不平衡|不健全|不完善|不扎实|不理想|不适应"
    r"|不主动|不经常|不精准|不充分|不牢|不畅|不多|不清|不准|不大|不新|不敢|不愿|不会|不善|不愿意|不彻底|不落实|不完整|不一致|不符|不合理"
    r"|欠缺|欠账|缺乏|缺少|缺失|缺位|薄弱|滞后|弱化|淡化|虚化|差距|有待|松懈|松劲|下降|退化|反弹|流于|偏[差低弱少软慢重]|较[差弱低少慢]|没有|未|消退"
    r"|乏力|失管|失察|随意|宽松软|形式化|走过场|以.代.|惯性|短视|畏难|懈怠|违规|隐患|有差|参差|单一|粗放|脱节|拖沓|推诿|疏[于漏忽]|偏颇|模糊|混乱|不合格|失效|过期|逾期|超期|脱岗|错误|不当|冒[领用]|挪用|挤占|截留|虚[列报增]|漏[洞登报]|拖欠|损坏|堵塞|老化|缺[漏项损]|递减|断档|走样|失衡|失联|宽松|缓慢|短缺|紧缺|匮乏|单薄|淡薄|褪色|空转|撒手|迟缓|陈旧|低下|低效|浮躁|漠视|忽视|轻视"
)
_PROMISE = re.compile(
    r"^(?:要|必须|扩大|巩固|进一步|坚持|着力|突出|加[强快大]|强化|提[升高]|深化|健全|完善|建立|严[格明守肃抓]|从严|持续|推[进动]|抓[好实紧牢]|狠抓|聚焦|筑牢|树[立牢]|增强"
    r"|压[实紧]|落实|转变|改进|优化|规范|夯实|拧紧|守[住好牢]|压|把|以|扎实|切实|全[面力]|坚决|深入|学[深懂]|锤炼|激发|开展|制定|组织|广泛|紧[盯扣]|厚植|保持|发扬|担当|扛"
    r"|始终|做[到好实]|当好|走好|用好|管好|带头|勇于|敢于|锻造|打造|牢记|践行|密切|防范|实行|实施)"
)
_TOPIC_END = re.compile(r"(?:方面|领域|层面|环节|板块|问题|情况|维度|部分)$")
_TOPIC_START = re.compile(r"^(?:关于|在.{1,40}(?:方面|上)$|针对.*问题)")

_LABELS: tuple[tuple[Role, str], ...] = (
    (
        "causes",
        r"(?:主要|深层次|产生|问题|思想|主观|客观|存在|的|上述|具体)*(?:原因|根源|成因|症结)(?:分析|剖析|查找|所在|是)?",
    ),
    (
        "measures",
        r"下一?步|(?:下一?步|今后|具体|主要|拟采取的?|纠正|预防|整改|改进|落实|工作|努力|的|和|及|与|、)*(?:措施|举措|打算|计划|努力方向|整改方向|改进方向|办法|建议|意见建议|工作安排|整改思路|措施分解)",
    ),
    (
        "progress",
        r"(?:整改|落实|工作|目前|当前|进展|推进|完成|的|已)*(?:进展情况|整改情况|落实情况|完成情况|整改成效|整改结果|整改进展|进展|工作成效|采取的措施|已采取措施)",
    ),
    (
        "problems",
        r"(?:存在|主要|突出|具体|发现|反馈|检查|审计|不符合|的|描述|查摆|检视|对应)*(?:问题|不足|差距|短板|不符合项|不合格项|不符合事实|问题表现|表现|事实|事实描述|问题描述|具体表现|缺陷|扣分项)",
    ),
)
_LABEL = [(role, re.compile(pattern)) for role, pattern in _LABELS]
#: Fields of a ledger that may follow a measure; they belong to no statement.
FIELD = re.compile(
    r"(?:情况)?说明|备注|(?:牵头|责任|配合|协办|主责|承办|监督|包保|整改|完成|主管|分管|督导|验收)?(?:责任)?(?:领导|单位|部门|科室|股室|处室|人|人员|时限|期限|时间|目标|标准|状态)"
)

_ROLE: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "other",
        re.compile(
            r"典型案[例件]|反面典型|案例剖析|警示|以案(?:为鉴|促改|说)|组织(?:领导|保障|实施)|(?:工作|有关|几点)要求$|保障(?:措施|机制)|附[件表则]$"
        ),
    ),
    (
        "progress",
        re.compile(
            r"(?:回顾|总结|发展成就)$|(?:上|去|前|\d{4})(?:一)?(?:年|年度|次|轮).{0,16}(?:整改|措施|查摆|民主生活会|组织生活会|问题).{0,14}(?:情况|进展|结果|成效)$|整改(?:工作)?(?:总体|任务|措施|基本|主要|的|责任|具体)*(?:落实|进展|完成|推进|开展)?(?:的)?(?:情况|成效|进展|成果)$"
            r"|(?:已|主要|取得|开展|工作|的)(?:完成)?.{0,6}(?:成效|成绩|做法|亮点)$|工作(?:开展|推进|完成|落实|组织)情况$|完成整改.{0,10}$|^(?:主要)?(?:做法|成效|成绩)"
        ),
    ),
    (
        "causes",
        re.compile(
            r"(?:原因|根源|成因|症结|根子|病根|病因).{0,6}$|(?:毛病|问题|病根).{0,3}出在(?:哪|何处)|从何而来$|^(?:剖析|深挖).{0,10}(?:根源|原因)|原因(?:分析|剖析)|根源剖析"
        ),
    ),
    (
        "measures",
        re.compile(
            r"(?:整改|改进|下[一]?步|今后|努力|纠正|预防|应对).{0,14}(?:措施|举措|方向|打算|计划|安排|任务|思路|清单|重点|目标|建议|要求|工作|着力点|抓手|路径|设想|考虑|办法)|(?:努力|整改|改进|奋斗|今后)(?:的)?方向|^(?:主要|具体|工作)?(?:措施|举措|对策|任务)(?:及|和|与)?.{0,8}$|(?:措施|举措)$"
            r"|(?:意见|建议)(?:和|与|及)?(?:意见|建议|要求)?$|(?:今年|明年|下一年|来年|20\d\d年|十五五|全年).{0,16}(?:工作|任务|目标|安排|重点|打算|举措|部署)|^下[一]?步|重点(?:工作|任务)(?:安排|部署)?$|怎么改|整改落实的?(?:措施|打算)|(?:往后|今后|下一?步).{0,4}怎么[改办干做]"
        ),
    ),
    (
        "problems",
        re.compile(
            r"(?:问题|不足|差距|短板|不符合项|不合格项|薄弱环节|缺陷|困难|毛病|观察项)(?:及|和|与|、)?(?:主要|具体|其|突出)?(?:表现|清单|不足|差距|短板|情况|困难|描述)?(?:如下)?$|(?:查摆|检视|剖析|发现|反馈|存在).{0,12}问题(?:和|及|与)?.{0,8}$|问题(?:及|和|与).{0,6}(?:原因|措施)|党性分析|对照(?:检查|检视|剖析)(?:情况|内容)?$"
        ),
    ),
    (
        "preamble",
        re.compile(
            r"^(?:前言|引言|基本情况|总体情况|总体要求|指导思想|工作目标|整改目标|基本原则|会前准备.*|概况|背景|.{0,8}基本情况|.{0,10}总体评价)$"
        ),
    ),
)


def bare(heading: str) -> str:
    """The heading without blanks and the punctuation at its ends."""
    return heading.strip(" \t\n，。、；：！？.:;（）【】[]—-…")


@lru_cache(maxsize=4096)
def label_role(label: str) -> Role | None:
    """The part that a label (原因分析：) opens; None for words that are no label."""
    label = bare(label)
    for role, pattern in _LABEL:
        if pattern.fullmatch(label):
            return role
    return None


@lru_cache(maxsize=4096)
def section_role(heading: str) -> Role | None:
    """The part that a heading (without its number) opens; None where it names no part of a report."""
    words = bare(heading)
    if not words or len(words) > 34 or words.startswith(("关于", "聚焦", "针对")) or re.search(r"[。；]", words):
        return None
    if JUDGEMENT.search(re.sub(r"不足|差距|不符合(?:项|事实)|不合格项", "", words)):
        return None
    if words.endswith("工作报告"):
        return None  # the document's own title: 2026年某市政府工作报告
    if re.search(r"(?:问题|不符合项|不合格项).{0,3}[及和与、].{0,8}(?:原因|根源|整改(?:要求|意见)?$|措施$)", words):
        return "problems"  # 问题及原因分析: the causes inside have labels of their own
    for role, pattern in _ROLE:
        if pattern.search(words):
            if (
                role == "problems"
                and re.search(r"(?:不足|差距|困难|短板)$", words)
                and not re.search(
                    r"(?:的|主要|突出|存在的|[和与及、])(?:主要|突出)?(?:不足|差距|困难|短板)$|^(?:主要|存在)?(?:不足|差距|短板)$",
                    words,
                )
            ):
                return None
            if role == "progress" and re.match(r"扩大|巩固|深化|提升|推[进动]|持续|进一步|加强|强化", words):
                return None
            if role == "problems" and re.match(r"(?:坚持|聚焦|着力|解决|推动|直面|正视|紧盯|化解|整治)", words):
                return None
            return role
    return None


def names_problem(heading: str) -> bool:
    """Whether a heading names a single problem to be mended: 关于“…”问题(的整改)."""
    words = bare(heading)
    if re.search(r"方面(?:存在)?的?问题$", words) and not JUDGEMENT.search(words) and "“" not in words:
        return False  # a field of problems, answered or told below
    return bool(
        re.match(
            r"(?:针对|关于|对照|围绕|就)?.*(?:问题|不符合项|缺陷)(?:的?(?:整改|整改落实|整改情况|整改措施|处理))?(?:情况|方面)?$",
            words,
        )
    ) and bool(re.match(r"(?:针对|关于)", words) or JUDGEMENT.search(words) or "“" in words)


def is_topic(heading: str, role: Role | None = "problems") -> bool:
    """Whether a heading (without its number) only names a field; a claim judges or promises something.

    Among problems what finds no fault is a topic; among causes and measures only what is plainly a field's name.
    """
    words = bare(heading)
    if words.endswith("方面") or _TOPIC_START.match(words):
        return True
    if JUDGEMENT.search(words):
        return False
    if _TOPIC_END.search(words):
        return True
    if role in ("causes", "measures"):
        return len(words) <= 6 and not _PROMISE.match(words)
    # Among problems a short name, or what ought to be (严守政治纪律, 带头…), names the field in which it is not so.
    return names_field(words) or bool(_PROMISE.match(words)) or words.startswith(("在", "对照", "对于"))


def names_field(heading: str) -> bool:
    """Whether a heading is plainly a field's name (…方面, 政治建设), so that what follows it may be many problems."""
    words = bare(heading)
    return not JUDGEMENT.search(words) and (
        len(words) <= 8 or bool(_TOPIC_END.search(words) or _TOPIC_START.match(words))
    )


def leaning(heading: str) -> Role | None:
    """The part that a heading without such words would stand in, by what it says: a fault, a cause or a promise."""
    words = bare(heading)
    if re.search(r"原因|根源", words):
        return "causes"
    if names_problem(words) or JUDGEMENT.search(words):
        return "problems"
    return "measures" if _PROMISE.match(words) else None
