"""S002: numbering that skips or repeats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.places import LEVELS, heads, is_sheet, marks
from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Span
from bihuan.text.numbering import Mark

_INLINE = ("is", "yao")


class _Chain:
    """Numbers in sequence; one that begins again at 1 inside waits until its sequence is over."""

    def __init__(self) -> None:
        self.open: list[Mark] = []

    def take(self, mark: Mark) -> Mark | None:
        """Take the next number; gives the number before it where the two don't follow each other."""
        if mark.value == 1 or not self.open:
            self.open.append(mark)
            return None
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].value + 1 == mark.value:
                del self.open[depth:]
                self.open.append(mark)
                return None
        before = self.open.pop()
        self.open.append(mark)
        return before if mark.value >= before.value else None


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Numbers at the heads of lines by their level, and 一是 二是, 一要 二要 wherever they stand."""
    if is_sheet(context.reading.source.media_type):
        return
    text = context.text
    found = marks(text)
    at_head = {head.mark.start: head for head in heads(text, found)}
    chains: list[tuple[str, _Chain]] = []
    inline: dict[str, _Chain] = {}
    words: dict[int, str] = {}
    for mark in found:
        head = at_head.get(mark.start)
        if mark.style in _INLINE:
            chain = inline.setdefault(mark.style, _Chain())
        elif head is not None and mark.style in LEVELS:
            inline.clear()
            names = [name for name, _chain in chains]
            if mark.style in names:
                del chains[names.index(mark.style) + 1 :]
            else:
                chains.append((mark.style, _Chain()))
            chain = chains[-1][1]
            words[mark.start] = text[head.start : head.end]
        else:
            continue
        before = chain.take(mark)
        if before is None or (head is not None and words.get(before.start, "") == words.get(mark.start)):
            continue  # the same heading again is a page's repeat or a contents list
        told = text[mark.start : mark.end].strip()
        last = text[before.start : before.end].strip()
        wrong = "编号重复" if mark.value == before.value else "编号跳号"
        yield Place(
            mark.start,
            mark.start + len(told),
            f"{wrong}：“{last}”后面是“{told}”",
            related=(Span(before.start, before.start + len(last)),),
        )


RULE = Rule(
    code="S002",
    name="numbering",
    severity="warning",
    summary="编号跳号或重复",
    why="编号断了，多半是删改时丢了一条或漏改一条；台账、督办都按编号找条目，编号错了就会张冠李戴。",
    bad="对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n（三）作风不实。调研少。\n二、整改措施\n一要抓学习，二要抓调研，二要抓落实。\n",
    good="对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n（二）作风不实。调研少。\n二、整改措施\n一要抓学习，二要抓调研，三要抓落实。\n",
    check=check,
)
