"""P103: praise outweighs the problem."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import Part, normal_of, part_of, unnumbered
from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Span

_TURN = re.compile(r"(?<=[，。；、])(?:但是?|然而|不过)(?!凡|愿)|(?<=[^不])但(?=还?存在|在|仍|对|也|与)")
_PRAISE = re.compile(
    r"都?能够?(?!力|源|否|不能|瞒)|虽然|十分重视|高度重视|始终坚持|取得|成效|认真学习|原原本本|得到|有了保证|收获|牢记|坚决维护|扎实|积极|全部|一致认为|一直"
)


def _praise(part: Part, options: Mapping[str, Any]) -> tuple[int, int] | None:
    """The praise before a turn where it is long and outweighs what comes after it."""
    turn = _TURN.search(part.text)
    if turn is None:
        return None
    start = max((part.text.rfind(end, 0, turn.start() - 1) for end in "\n："), default=-1) + 1
    if options["sentence"]:
        start = max(start, part.text.rfind("。", 0, turn.start() - 1) + 1)
    words = part.text[start : turn.start()]
    if len(_PRAISE.findall(words)) < options["words"] or len(words) < options["shortest"]:
        return None
    rest = re.split(r"\n", part.text[turn.end() :], maxsplit=1)[0]
    return (start, turn.start()) if len(words) > options["ratio"] * len(rest) else None


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Praise before 但, in a problem or in what leads to the problems."""
    if context.reading.genre not in options["genres"]:
        return
    problems = context.reading.of_kind("problem")
    for problem in problems:
        part = part_of(context.text, problem)
        found = _praise(part, {**options, "sentence": True})
        if found:
            yield Place(
                *part.place(*found), f"先表扬了{found[1] - found[0]}字，比问题本身还长：删去或者压成一句，直接说问题"
            )
    starts = sorted(s.start for s in context.reading.statements)
    ends = sorted(s.end for s in context.reading.statements)
    normal = normal_of(context.text)
    for section in context.reading.sections:
        if section.role != "problems":
            continue
        inside = [s for s in starts if section.start <= s < section.end]
        before = section.heading.end
        for start in inside:
            before = max(before, *ends[: bisect_right(ends, start)][-1:], 0)
            if before < start:
                part = part_of(context.text, Span(before, start))
                words = part.text.rstrip()
                turn = list(_TURN.finditer(words))
                if turn and turn[-1].start() >= options["lead"]:
                    begin = words.rfind("\n", 0, turn[-1].start()) + 1
                    if unnumbered(words[begin:]) != words[begin:]:
                        begin = words.find("。", begin, turn[-1].start()) + 1 or begin
                    praise = words[begin : turn[-1].start()]
                    if len(praise) >= options["lead"] and len(_PRAISE.findall(praise)) >= options["words"]:
                        place = normal.original(part.start + begin, part.start + turn[-1].start())
                        yield Place(*place, f"说问题之前先表扬了{len(praise)}字：删去，或者移到工作总结里")


RULE = Rule(
    code="P103",
    name="praise-outweighs",
    severity="warning",
    summary="说问题先表扬自己",
    why="对照检查要求开门见山、直奔问题。“虽然……但是……”前面的话比后面长，读的人记住的是成绩；各地审核时要求不以成绩冲淡问题。",
    bad="班子对照检查材料\n一、存在的问题\n（一）意识形态工作不够严。班子始终坚持把意识形态工作摆在重要位置，高度重视，认真学习上级部署，坚决维护大局，各项责任得到落实，取得了明显成效，但有时抓得不紧。\n二、整改措施\n（一）抓好意识形态工作。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）意识形态工作不够严。制定了测评办法，但联席会议去年只开了1次，督导发现的6个问题有4个没有回头看，评论区的不实传言三天后才回应。\n二、整改措施\n（一）抓好意识形态工作。\n",
    check=check,
    options={"genres": ("self-examination",), "shortest": 40, "ratio": 1.0, "words": 2, "lead": 100},
)
