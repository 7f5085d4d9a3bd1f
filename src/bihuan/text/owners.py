"""Who: 由…牵头, 责任单位：A、B；配合单位：C."""

from __future__ import annotations

import re
from typing import NamedTuple

_FIELD = re.compile(
    r"(?P<role>牵头(?:领导|单位|部门|科室|人)?|责任(?:领导|单位|部门|科室|股室|处室|人员?)|主责(?:单位|部门)|承办(?:单位|部门)|整改责任(?:单位|人)|(?P<support>配合(?:单位|部门)?|协办(?:单位|部门)|协助单位))(?:：|为)"
    r"(?P<who>[^：\n。；）]+?)(?=[。；）\n]|[，、\s]*(?:责任|牵头|配合|协办|整改|完成|监督)(?:领导|单位|部门|科室|股室|处室|人员?|时限|时间|期限)?：|$)"
)
_LED = re.compile(r"由(?P<who>[^，。；：\n（）由]{2,24}?)(?:负责)?牵头(?:，?(?P<with>[^，。；：\n（）]{2,30}?)(?:配合|参与|协助))?")
_DUTY = re.compile(r"(?:^|[，；。（])(?P<who>[^，。；：\n（）]{2,24}?)(?:按职责分工|分别)?负责(?=[，。；）]|$)")
_SPLIT = re.compile(r"[、，,/\s]+|和(?=[^和]{2,})")


class FoundOwner(NamedTuple):
    """Units or people as written: those who lead and those who help."""

    start: int
    end: int
    lead: tuple[str, ...]
    support: tuple[str, ...]


def find_owners(text: str, start: int = 0, end: int | None = None) -> list[FoundOwner]:
    """The owners named between two offsets of a normalised text; neighbouring fields (责任单位, 配合单位) are one."""
    stop = len(text) if end is None else end
    out: list[FoundOwner] = []
    for found in _FIELD.finditer(text, start, stop):
        names = split_names(found.group("who"))
        if not names:
            continue
        lead, support = ((), names) if found.group("support") else (names, ())
        if out and found.start() - out[-1].end <= 2:
            last = out.pop()
            out.append(FoundOwner(last.start, found.end(), last.lead + lead, last.support + support))
        else:
            out.append(FoundOwner(found.start(), found.end(), lead, support))
    for found in _LED.finditer(text, start, stop):
        out.append(FoundOwner(found.start(), found.end(), split_names(found.group("who")), split_names(found.group("with") or "")))
    if not out:
        out = [FoundOwner(m.start("who"), m.end(), split_names(m.group("who")), ()) for m in _DUTY.finditer(text, start, stop)]
    return sorted(out)


def split_names(words: str) -> tuple[str, ...]:
    """Names parted by 、 and the like, not inside brackets, in order and once."""
    parts, depth, begin = [], 0, 0
    for i, char in enumerate(words):
        depth += (char in "（(") - (char in "）)")
        if depth <= 0 and _SPLIT.match(char):
            parts.append(words[begin:i])
            begin = i + 1
    parts.append(words[begin:])
    return tuple(dict.fromkeys(p.strip(" ，、") for p in parts if p.strip(" ，、—-") and p.strip() != "无"))
