"""S010: a heading without a body, or run into it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from bihuan.checking.places import LEVELS, Head, heads, is_sheet, lines
from bihuan.checking.rule import Context, Place, Rule
from bihuan.themes.lexicons import roles

_SENTENCE = re.compile(r"[。！？；：，]")
_RUN_INTO = re.compile(r"(?:我们|本人|[区县市省局镇]委|[党支]部|班子|经过|通过|今年|近年来|按照|对照|一年来)")
_CONTENTS = re.compile(r"[….·．\s]{3,}\d*$|\t\d+$")
_LONGEST = 40


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Numbered headings that the next heading of their level follows at once, and section headings that go on."""
    text = context.text
    if is_sheet(context.reading.source.media_type):
        return
    found = [head for head in heads(text) if head.mark.style in ("cn", "cn-paren")]
    yield from _run_into(text, found)
    yield from _empty(text, found)


def _empty(text: str, found: list[Head]) -> Iterator[Place]:
    following = {a.start: b.start for a, b in pairwise(lines(text))}
    by_start = {head.start: head for head in found}
    again = Counter(text[head.mark.end : head.end] for head in found)
    bare: list[Head] = []
    full: Counter[str] = Counter()
    for head in found:
        title = text[head.mark.end : head.end]
        after = by_start.get(following.get(head.start, -1))
        if _CONTENTS.search(title):
            continue
        short = len(title) <= _LONGEST and not _SENTENCE.search(title)
        last = head.start not in following
        if short and (
            last
            or (after is not None and LEVELS[after.mark.style] <= LEVELS[head.mark.style] and after.mark.value != 1)
        ):
            bare.append(head)
        elif short or not _SENTENCE.search(title[:-1]):
            full[head.mark.style] += 1
    empty = Counter(head.mark.style for head in bare)
    for head in bare:
        style = head.mark.style
        # Where more than a few have no body they are items of a list or a contents list, not headings.
        if full[style] >= 2 and empty[style] * 3 <= full[style] + 1 and again[text[head.mark.end : head.end]] == 1:
            yield Place(head.start, head.end, "标题下面没有内容")


def _run_into(text: str, found: list[Head]) -> Iterator[Place]:
    sections = roles().sections
    names = sorted((name for part in ("problems", "causes", "measures") for name in sections[part]), key=len)
    for head in found:
        if head.mark.style != "cn" or head.end - head.mark.end <= _LONGEST:
            continue
        name = next((n for n in reversed(names) if text.startswith(n, head.mark.end)), "")
        if name and _RUN_INTO.match(text, head.mark.end + len(name)):
            end = head.mark.end + len(name)
            yield Place(head.start, end, "标题和正文连在一起，应当分段或加句号")


RULE = Rule(
    code="S010",
    name="heading",
    severity="warning",
    summary="标题下没有内容，或标题和正文连在一起",
    why="空标题是删了正文忘了删标题，或者内容没有写；标题和正文不分开，目录和台账都认不出这一部分。",
    bad="对照检查材料\n一、存在的问题\n学习不深入，全年研讨只有两次。\n二、原因剖析\n三、整改措施\n每季度研讨一次。\n四、保障机制\n由办公室督办，按月通报进度。\n五、整改措施我们将认真抓好学习，每季度组织一次集体研讨，年底组织一次理论测试，成绩在机关公布。\n",
    good="对照检查材料\n一、存在的问题\n学习不深入，全年研讨只有两次。\n二、原因剖析\n认识有偏差，以干代学。\n三、整改措施\n每季度研讨一次。\n",
    check=check,
)
