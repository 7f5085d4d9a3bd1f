"""W404: chains of four-character phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import paragraphs
from bihuan.checking.rule import Context, Place, Rule

_CHAIN = re.compile(r"(?<![一-鿿\d”》])[一-鿿]{4}(?:[，、][一-鿿]{4}){3,}(?![一-鿿\d“《])")
_QUOTED = re.compile(r"“[^”\n]*”|《[^》\n]*》")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Four-character phrases in a row, each between commas."""
    for paragraph in paragraphs(context.text):
        quoted = [m.span() for m in _QUOTED.finditer(paragraph.text)]
        for found in _CHAIN.finditer(paragraph.text):
            phrases = re.split("[，、]", found.group())
            commas = found.group().count("，")
            if any(a < found.start() < b for a, b in quoted):
                continue
            if len(phrases) >= options["list" if commas * 2 < len(phrases) - 1 else "least"]:
                yield Place(*paragraph.place(*found.span()), f"连着{len(phrases)}个四字短语：留下说事的，其余删去")


RULE = Rule(
    code="W404",
    name="four-character-chains",
    severity="note",
    summary="四字短语排成串",
    why="四字短语一串念下来响亮，却没有主语、数字和时限。用逗号连着四个以上，或者用顿号连着六个以上才提示：顿号隔开的短串多是并列的事项。引号里的不提示。",
    bad="班子对照检查材料\n一、整改措施\n（一）狠抓落实。要真抓实干，攻坚克难，勇往直前，善作善成，争创一流。\n",
    good="班子对照检查材料\n一、整改措施\n（一）办公室每周五通报议定事项办理进度，连续两次未办结的由分管领导在会上说明原因。\n",
    check=check,
    options={"least": 4, "list": 6},
)
