"""S005: quotation marks and brackets without their other half."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule

_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_SAME = {"(": "（", ")": "）", "﹁": "「", "﹂": "」"}
_OPENER = {close: opener for opener, close in _PAIRS.items()}
_SIGNS = re.compile("[" + "".join(map(re.escape, (*_PAIRS, *_OPENER, *_SAME))) + "\n]")
#: 1） a) 一）at a line's head or after punctuation number something.
_NUMBER_BEFORE = re.compile(r"(?:^|[\s，。；：、！？”])(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3})$")
_APOSTROPHE = re.compile(r"[A-Za-z0-9]$")

_Sign = tuple[int, str]


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """What is left over when the signs of each paragraph are paired, and then the rest across paragraphs."""
    text = context.text
    left: list[_Sign] = []
    line: dict[str, list[int]] = {}
    for found in _SIGNS.finditer(text):
        at, sign = found.start(), _SAME.get(found.group(), found.group())
        if sign == "\n":
            left += [(place, opener) for opener, places in line.items() for place in places]
            line.clear()
        elif sign in _PAIRS:
            if text.startswith("《《", at) or text.startswith("《《", at - 1):
                continue
            line.setdefault(sign, []).append(at)
        elif line.get(_OPENER[sign]):
            line[_OPENER[sign]].pop()
        elif not _is_alone(text, at, sign):
            left.append((at, sign))
    left += [(place, opener) for opener, places in line.items() for place in places]
    for at, sign in _across(sorted(left), text, options["paragraphs"]):
        told = "没有对应的左半边" if sign in _OPENER else "没有对应的右半边"
        yield Place(at, at + 1, f"“{text[at]}”{told}" if sign not in "“”" else f"引号{text[at]}{told}")


def _is_alone(text: str, at: int, sign: str) -> bool:
    if text.startswith("》》", at) or text.startswith("》》", at - 1):
        return True  # an arrow
    before = text[max(0, at - 6) : at]
    if sign == "）":
        return _NUMBER_BEFORE.search(before) is not None
    return sign == "’" and _APOSTROPHE.search(before) is not None


def _across(left: list[_Sign], text: str, paragraphs: int) -> Iterator[_Sign]:
    """Signs without their half: one that opens may close some lines further on; one that opens each paragraph of a long
    quotation closes with the last.
    """
    waiting: dict[str, list[int]] = {}
    out: list[_Sign] = []
    for at, sign in left:
        if sign in _PAIRS:
            if _goes_on(text, at):
                continue
            waiting.setdefault(sign, []).append(at)
            continue
        open_ = waiting.get(_OPENER[sign], [])
        if open_ and text.count("\n", open_[-1], at) <= paragraphs:
            open_.pop()
        else:
            out.append((at, sign))
    out += [(at, opener) for opener, places in waiting.items() for at in places]
    yield from sorted(out)


def _goes_on(text: str, at: int) -> bool:
    """Whether the sign heads its line and the next line begins with the same one."""
    if text[text.rfind("\n", 0, at) + 1 : at].strip():
        return False
    stop = text.find("\n", at)
    return stop >= 0 and text[stop : stop + 200].lstrip().startswith(text[at])


RULE = Rule(
    code="S005",
    name="unbalanced",
    severity="error",
    summary="引号、括号不成对",
    why="多半是删改时丢了字，意思也跟着缺了一块。成对的符号允许跨过几行（paragraphs），编号 1）、a) 不算。",
    bad="对照检查材料\n一、存在的问题\n（一）锐气消退。有的同志认为工作取得了成、缓一缓、歇一歇”的松劲情绪。\n",
    good="对照检查材料\n一、存在的问题\n（一）锐气消退。有的同志有“缓一缓、歇一歇”的松劲情绪。\n",
    check=check,
    options={"paragraphs": 6},
)
