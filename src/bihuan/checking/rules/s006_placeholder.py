"""S006: places left to fill in, or blacked out in writing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule

_OF = "省市县区镇乡村局委厅院校年月日号名个人次项条件家户万亿元期届同场份"
_PLACEHOLDER = re.compile(
    rf"""
    (?=[2xXｘＸ×*某_＿○●■□（【〔\[TF])(?:
    20(?:[xXｘＸ×]{{2}}|\*{{2}})年(?:(?:[xXｘＸ×*]{{1,2}}|\d{{1,2}})月)?(?:(?:[xXｘＸ×*]{{1,2}}|\d{{1,2}})日)?
  | 20[xXｘＸ×]{{2}}(?![A-Za-z0-9])
  | (?<![A-Za-z0-9.\-/_])[xXｘＸ]{{2,8}}(?![A-Za-z0-9.\-/_])
  | (?<![A-Za-z0-9.\-/_])[xXｘＸ](?=[{_OF}])(?!个性)
  | (?<![×\d])×{{2,8}}(?!\s*\d)
  | (?<![×\d\w])×(?=[{_OF}]) | (?<=[一-鿿])×(?=[省市县区镇乡年月日])
  | \*{{2,8}}(?=[{_OF}]) | (?<=[一-鿿])\*{{2,8}}(?=[，。；、）])
  | (?<![一-鿿])某某(?=[省市县区镇乡村局委厅院校公单同])
  | _{{3,}}|＿{{2,}}
  | (?<![一二三四五六七八九十○])○{{2,}}(?![一二三四五六七八九十○]) | [●■□]{{2,}}
  | [（【〔\[](?:此处|请)?(?:待|填写|补充|插入)(?:补充|定|填|核实|完善|数据|内容)?[^）】〕\]\n]{{0,12}}[）】〕\]]
  | (?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])
    )
    """,
    re.VERBOSE,
)


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """xx, ××, 20xx年, ____, （待补充） and the like."""
    allowed = set(options["allow"])
    for found in _PLACEHOLDER.finditer(context.text):
        words = found.group()
        if words not in allowed:
            yield Place(found.start(), found.end(), f"占位符“{words}”没有换成真实内容")


RULE = Rule(
    code="S006",
    name="placeholder",
    severity="warning",
    summary="占位符没有换成真实内容",
    why="“xx次”“××县”是套用范文或隐去信息留下的：没有数字就无法核验，没有名称就无人负责。",
    bad="对照检查材料\n一、存在的问题\n（一）学习不深入。20xx年集体学习xx次，××项目进展缓慢。\n",
    good="对照检查材料\n一、存在的问题\n（一）学习不深入。2021年集体学习12次，第一高中项目进展缓慢，x光机闲置，每块地长×宽不符。\n",
    check=check,
    options={"allow": ()},
)
