"""S007: spellings that stand for words a website would hold back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.finding import Edit, Fix
from bihuan.checking.rule import Context, Place, Rule
from bihuan.text.normal import respell
from bihuan.themes import lexicons

_LATIN = re.compile(r"(?<![A-Za-z0-9@._/\\:#&=?%+-])[A-Za-z]{2,40}(?![A-Za-z0-9@_/\\&=?%+-]|\.[A-Za-z])")
_CHINESE_BEFORE = re.compile(r"[一-鿿“”‘’（）《》，。；：、][ \t]{0,2}\Z")
_CHINESE_AFTER = re.compile(r"[ \t]{0,2}[一-鿿“”‘’（）《》，。；：、]")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """dangshi, mzshh and the like beside Chinese characters; the words come from the lexicon."""
    text = context.text
    spellings = lexicons.obfuscations()
    for found in _LATIN.finditer(text):
        start, end = found.span()
        spelled = respell(found.group().lower(), start, spellings)
        if not spelled or not (
            _CHINESE_BEFORE.search(text, max(0, start - 3), start) or _CHINESE_AFTER.match(text, end)
        ):
            continue
        words = "".join(new for _start, _end, new in spelled)
        yield Place(
            start,
            end,
            f"“{found.group()}”应写作“{words}”",
            Fix(f"改为“{words}”", (Edit(start, end, words),), safe=True),
        )


RULE = Rule(
    code="S007",
    name="obfuscated",
    severity="error",
    summary="用拼音或字母代替文字",
    why="网上下载的范文为躲避审查把“党史”写成 dangshi、“民主生活会”写成 mzshh。照抄进正式材料，既不严肃，也说明材料是抄来的。",
    bad="mzshh对照检查材料\n一、存在的问题\n（一）学习dangshi不深入。集体研讨少。\n",
    good="民主生活会对照检查材料\n一、存在的问题\n（一）学习党史不深入。5G基站和AI应用少，见 www.dangshi.cn。\n",
    check=check,
)
