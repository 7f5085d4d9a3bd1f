"""M308: a frequency without a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from bihuan.checking.rule import Context, Place, Rule
from bihuan.text.frequency import find_frequencies
from bihuan.themes.lexicons import verbs

#: 常态化帮扶 is a name as often as a promise: only where it begins a clause is it how often. 定期 always is.
_CLAUSE = r"(?:(?<=[，。；：、！\n）])|(?<=要)|(?=不?定期|适时))"
_SENTENCE_END = re.compile(r"[。；！？\n]")
_TIMES = re.compile(r"[\d一两二三四五六七八九十]+[次场期轮天日周月年]")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """定期, 经常 and 常态化 before a verb of doing, in a sentence that says no rhythm and no number of times."""
    pattern = _pattern(tuple(options["words"]))
    text = context.text
    for measure in context.reading.of_kind("measure"):
        for found in pattern.finditer(text, measure.start, measure.end):
            start = max(
                (m.end() for m in _SENTENCE_END.finditer(text, measure.start, found.start())), default=measure.start
            )
            stop = _SENTENCE_END.search(text, found.end(), measure.end)
            sentence = text[start : stop.start() if stop else measure.end]
            if _TIMES.search(sentence) or any(f.value != "standing" for f in find_frequencies(sentence)):
                continue
            word = found["word"]
            yield Place(
                found.start(), found.start() + len(word), f"“{word}”是多久一次没有写明：改成每月、每季度至少几次"
            )


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    often = "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or r"(?!)"
    return re.compile(f"{_CLAUSE}(?P<word>{often})地?(?={'|'.join(map(re.escape, verbs().doing))})")


_START = "对照检查材料\n一、存在的问题\n（一）理论学习不深入。集体研讨少。\n二、整改措施\n"

RULE = Rule(
    code="M308",
    name="vague-frequency",
    severity="note",
    summary="频次没有数字",
    why="“定期”“经常”“常态化”没有写多久一次，一年一次也是定期，没法核验。",
    bad=_START + "（一）抓好理论学习。定期开展集体研讨。\n",
    good=_START + "（一）抓好理论学习。定期开展集体研讨，每季度至少一次。\n",
    check=check,
    options={"words": ("不定期", "定期", "经常性", "经常", "常态化", "适时")},
)
