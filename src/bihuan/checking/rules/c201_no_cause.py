"""C201: a problem without a cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems that no cause is linked to, in a report that looks for causes."""
    reading = context.reading
    caused = {link.source for link in reading.links if link.kind == "caused-by"}
    problems, causes = reading.of_kind("problem"), reading.of_kind("cause")
    if not causes or reading.genre == "feedback":
        return
    for problem in problems:
        if problem.id not in caused:
            yield Place(
                problem.headline.start, problem.headline.end, "没有找到它的原因：在原因剖析里写明为什么会有这个问题"
            )


RULE = Rule(
    code="C201",
    name="no-cause",
    severity="warning",
    summary="问题没有对应的原因",
    why="没有找到原因的问题，措施就只能对着现象。三张清单要求问题、原因、措施一一对应。报告完全没有原因部分时不逐条提示（见 S001）。",
    bad="班子对照检查材料\n一、理论学习方面\n存在问题：集中学习以读文件代替研讨，12次学习只讨论了3次。\n原因分析：把理论学习当成软任务，学不学一个样。\n整改措施：每月安排一次专题研讨。\n二、桥梁养护方面\n存在问题：去年检测的9座危桥有4座没有维修。\n整改措施：6月底前修完4座危桥。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）理论学习不深入。集中学习以读文件代替研讨，学习流于形式。\n二、原因剖析\n（一）理论学习自觉性不强。把理论学习当成软任务，学习的自觉性主动性不强。\n三、整改措施\n（一）抓好理论学习。\n",
    check=check,
)
