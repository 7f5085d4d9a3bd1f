"""W405: words of the trade written wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.finding import Edit, Fix
from bihuan.checking.plain import paragraphs
from bihuan.checking.rule import Context, Place, Rule
from bihuan.themes.lexicons import wrong

_QUOTED = re.compile(r"“[^”\n]{1,4}”")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """True errors of the lexicon; a word that stands alone in quotation marks is spoken of, not used."""
    errors = wrong(options["own"] or None)
    taken: set[int] = set()
    for paragraph in paragraphs(context.text):
        quoted = [m.span() for m in _QUOTED.finditer(paragraph.text)]
        for error in errors:
            for found in error.pattern.finditer(paragraph.text):
                if found.start() == found.end() or any(a < found.start() and found.end() < b for a, b in quoted):
                    continue
                place = paragraph.place(*found.span())
                right = found.expand(error.right)
                written = re.sub(r"\s", "", context.text[place.start : place.end])
                if place.start in taken or written == right:
                    continue
                taken.add(place.start)
                # What was respelled or made simplified on the way is not mended by itself.
                safe = error.sure and context.text[place.start : place.end] == found.group()
                fix = Fix(f"改为“{right}”", (Edit(place.start, place.end, right),), safe)
                yield Place(*place, f"“{found.group()}”应为“{right}”：{error.why}", fix)


RULE = Rule(
    code="W405",
    name="wrong-words",
    severity="error",
    summary="用字、称谓写错",
    why="只收真正的错误，不收各家习惯不同的写法。依据《现代汉语词典》、党章和中央文件的通行写法；`own` 指向本单位自己的词表，写法同 themes/lexicons/wrong.toml。",
    bad="班子对照检查材料\n一、存在的问题\n（一）台帐不全。截止目前，9个村有4个没有记帐。\n二、整改措施\n（一）补建台账。\n",
    good="班子对照检查材料\n一、存在的问题\n（一）台账不全。截至目前，9个村有4个没有记账，报名截止日期一拖再拖。\n二、整改措施\n（一）补建台账。\n",
    check=check,
    options={"own": ""},
)
