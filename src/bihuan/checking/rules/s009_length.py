"""S009: a length outside the configured range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """The report's characters, blanks left out; 0 is no limit."""
    if not context.reading.statements:
        return
    count = sum(map(len, context.text.split()))
    if count < options["least"]:
        yield Place(0, 0, f"全文 {count} 字，少于规定的 {options['least']} 字")
    elif options["most"] and count > options["most"]:
        yield Place(0, 0, f"全文 {count} 字，超过规定的 {options['most']} 字")


RULE = Rule(
    code="S009",
    name="length",
    severity="note",
    summary="篇幅超出规定",
    why="各地对对照检查材料的字数各有规定，没有统一的标准，所以这条规则默认关闭：在 bihuan.toml 里写 extend-select = ["
    '"S009"'
    "]，并按本地规定设置 least 和 most。",
    bad="对照检查材料\n一、存在的问题\n（一）学习不深入。集体研讨少。\n二、整改措施\n（一）抓好理论学习。\n",
    good="对照检查材料\n一、存在的问题\n（一）学习不深入。"
    + "全年集体研讨只有两次，三名同志没有作过中心发言。" * 60
    + "\n二、整改措施\n（一）抓好理论学习。\n",
    check=check,
    options={"least": 1000, "most": 8000},
    default=False,
)
