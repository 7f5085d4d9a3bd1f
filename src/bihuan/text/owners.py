"""Who: 由…牵头, 责任单位：A、B；配合单位：C."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import NamedTuple

_BODY = "领导|单位|部门|科室|股室|处室|科|处|主体|责任人|人员|人"
_LEAD = f"牵头(?:{_BODY})?|(?:整改|主要|直接|第一|主体)?责任(?:{_BODY})|(?:主责|主办|承办|落实|执行|实施)(?:{_BODY})|(?:包保|包抓|分管|主管)领导|负责人"
_SUPPORT = f"(?:配合|协办|协助|协同|参与|参加)(?:{_BODY})?"
_OTHER = r"(?:(?:完成|整改|办结|销号|落实)?(?:时限|期限|时间|日期|节点)|(?:督办|监督|督导|督查|验收)[一-鿿]{2,3}|整改[一-鿿]{2}|备注|进展情况)"
# 责任单位和责任人： is one field.
_LABEL = re.compile(
    rf"(?:(?P<support>{_SUPPORT})|(?P<lead>(?:{_LEAD})(?:(?:[和及与、/]|以及)(?:{_LEAD}))?)|{_OTHER})(?:：|(?<=[位门室人导])为)"
)
# To the next stop; a bracket that opens inside closes inside: 各镇（街道）.
_VALUE = re.compile(r"(?:[^（）。；：\n│|]|（[^（）\n]{0,40}）)*")
_WHO = r"(?:[^，。；：\n（）│|“”]|（[^（）\n]{1,12}）){2,24}?"
_WITH = r"(?:[，；]?(?:会同)?(?P<with>(?:[^，。；：\n（）│|]|（[^（）\n]{1,12}）){2,40}?)(?:予以|做好|积极)?(?:配合|参与|协助|协同))?"
_LED = re.compile(rf"由(?P<who>{_WHO})(?:同志)?(?:统一|具体|共同)?(?:负责)?(?:牵头|负责|带队|主抓|主办){_WITH}")
# Without 由 it has to begin its clause and end as units and posts do: 区委办公室牵头，区委组织部配合.
_UNIT_END = "[委部局办室科股处院校站所队会组府镇乡村区司团位门导志记任长员心道行方某xX×*）]"
_LEADS = re.compile(rf"(?:(?<=[，；。（：\n│|])|\A)(?P<who>{_WHO})(?<={_UNIT_END})牵头(?!制)(?:负责|落实|抓总)?{_WITH}")
_DUTY = re.compile(
    rf"(?:(?<=[，；。（：\n│|])|\A)(?P<who>{_WHO})(?:要|应)?(?:按照?(?:各自)?(?:职责|职能)?分工|分别|具体|共同|各自)*(?:抓好落实|组织实施)?负责(?:落实|实施)?(?=[，。；）│|\n]|\Z)"
)
_NO_UNIT = re.compile(
    r"^(?:明确|实行|坚持|建立|健全|加强|落实|推行|实施|完善|形成|强化|层层|谁|真正|切实|对|向|为|未|不|主动|认真)"
)
_BETWEEN_FIELDS = re.compile(r"[，；、\s（）│|]{0,3}")
_UNIT_BEFORE_AND = "(?<=[局委办部室科股处院校站所队会组府镇乡村道心）])"
_SPLIT = re.compile(rf"[、，,/；\s]+|{_UNIT_BEFORE_AND}(?:和|与|及|以及)")
_BRACKETED = re.compile(r"（[^（）]*）")


#: What ends the name of a unit or a post that a sentence begins with: 镇纪委每季度抽查…, 班子成员轮流撰写….
_SUBJECT = re.compile(
    r"(?:由|请)?(?P<who>(?:(?![对将把在于按为给以同向从每让使由])[一-鿿xX*×“”、和及]){0,12}(?:党组成员|党委委员|党[委组]|支部|总支|办公室|债务办|督查室|[一-鿿]{2}[办室]|[股科处]室?|[市区县乡镇]委|纪委|局|中心|大队|中队|支队"
    r"|[一-鿿]部|部门|公司|集团|领导班子|班子|成员|干部|书记|主任|局长|院长|校长|镇长|区长|县长|组长|站长|所长|纪检组|专班|领导|负责人|政府|单位|村“?两委”?|村委会|社区|学院|医院|学校|站|所|本人|我))"
)
_NO_SUBJECT = re.compile(
    r"^(?:进一步|不断|持续|深入|切实|组织|邀请|督促|加强|建立|成立|强化|引导|教育|带领|推动|全体|广大)"
)


class FoundOwner(NamedTuple):
    """Units or people as written: those who lead and those who help."""

    start: int
    end: int
    lead: tuple[str, ...]
    support: tuple[str, ...]


def find_owners(text: str, start: int = 0, end: int | None = None) -> list[FoundOwner]:
    """The owners named between two offsets of a normalised text, in order and apart from each other.

    Neighbouring fields (责任单位, 配合单位) are one owner; a field with no name in it (无) is none. Names are kept as
    written, blacked out ones (xx, **局) too.
    """
    stop = len(text) if end is None else end
    out = _in_fields(text, start, stop)
    for pattern in (_LED, _LEADS, _DUTY):
        for found in pattern.finditer(text, start, stop):
            who = found["who"]
            if _NO_UNIT.match(who) or any(o.start < found.end() and found.start() < o.end for o in out):
                continue
            support = split_names(found["with"] or "") if pattern is not _DUTY else ()
            lead = split_names(who)
            if lead:
                out.append(FoundOwner(found.start(), found.end(), lead, support))
    return sorted(out)


def find_subject(text: str, start: int, end: int) -> FoundOwner | None:
    """The unit or post that a clause says will do it, between the clause's start and its verb.

    Who is told something (对党员干部开展…), and words that only end like a unit, are no subject.
    """
    by = text.find("由", start, end)
    found = _SUBJECT.match(text, by if by >= 0 else start, end)
    if found is None or _NO_SUBJECT.search(found["who"]):
        return None
    return FoundOwner(found.start("who"), found.end("who"), split_names(found["who"]), ())


def _in_fields(text: str, start: int, stop: int) -> list[FoundOwner]:
    labels = list(_LABEL.finditer(text, start, stop))
    out: list[FoundOwner] = []
    for label, following in zip_longest(labels, labels[1:]):
        if not (label["lead"] or label["support"]):
            continue
        value = _VALUE.match(text, label.end(), following.start() if following else stop)
        names = split_names(value.group()) if value else ()
        if not (value and names):
            continue
        end = value.start() + len(value.group().rstrip(" ，、"))
        lead, support = ((), names) if label["support"] else (names, ())
        if out and _BETWEEN_FIELDS.fullmatch(text, out[-1].end, label.start()):
            last = out.pop()
            out.append(FoundOwner(last.start, end, _once(last.lead + lead), _once(last.support + support)))
        else:
            out.append(FoundOwner(label.start(), end, lead, support))
    return out


def split_names(words: str) -> tuple[str, ...]:
    """Names parted by 、 and the like, not inside brackets, in order and once.

    和 parts two units (区委办公室和区财政局), not a name that holds it (教育和体育局).
    """
    hidden = _BRACKETED.sub(lambda m: "（" * len(m.group()), words)
    parts, begin = [], 0
    for found in _SPLIT.finditer(hidden):
        parts.append(words[begin : found.start()])
        begin = found.end()
    parts.append(words[begin:])
    return _once(tuple(name for part in parts if (name := part.strip(" \n，、—-等")) and name != "无"))


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
