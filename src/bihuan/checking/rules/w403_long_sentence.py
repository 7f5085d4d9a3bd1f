"""W403: a sentence too long to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.plain import paragraphs
from bihuan.checking.rule import Context, Place, Rule

_TITLE = re.compile(r"《[^》\n]*》|“[^”\n]*”|（[^）\n]*）")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Stretches without a stop; words in brackets and quotation marks don't count."""
    cells = {(note.start, note.end) for note in context.reading.notes if note.code == "table"}
    for paragraph in paragraphs(context.text):
        for sentence in paragraph.split("。！？；"):
            if len(sentence.text) <= options["longest"] or "│" in sentence.text or "\t" in sentence.text:
                continue
            length = len(_TITLE.sub("", sentence.text).strip())
            if (
                length > options["longest"]
                and sentence.text.count("，") + sentence.text.count("、") >= options["commas"]
            ):
                place = sentence.place(0, len(sentence.text))
                if place not in cells:
                    yield Place(*place, f"一句{length}字没有停顿：断成几句，一句说一件事")


RULE = Rule(
    code="W403",
    name="long-sentence",
    severity="note",
    summary="句子太长",
    why="公文的一句话到五六十字就要读第二遍。一百二十字以上没有句号、分号的句子，听的人抓不住谁做什么。书名号、引号、括号里的字不计。",
    bad="班子对照检查材料\n一、整改措施\n（一）改进学习。坚持每月集中学习，由书记领学，成员轮流发言，办公室做好记录，对缺席的要补课，对发言质量不高的要提醒，对学习笔记要检查，对学习成果要评比，对好的做法要推广，对不好的做法要通报，对整改不力的要问责，同时还要把学习情况列入年度述职，并且把述职结果报给组织部门，作为评先评优的依据和提拔使用的参考。\n",
    good="班子对照检查材料\n一、整改措施\n（一）改进学习。每月第一个星期五集中学习半天。每次两人发言，发言稿三天内在内网公布。年底由支部逐人评议，结果报组织部。\n",
    check=check,
    options={"longest": 120, "commas": 3},
)
