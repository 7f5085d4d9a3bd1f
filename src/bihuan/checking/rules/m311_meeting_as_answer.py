"""M311: a meeting or a paper as the whole answer to a problem of meetings and papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.checking.rule import Context, Place, Rule
from bihuan.reading.model import Action, Span

_PROBLEM = re.compile(
    r"文山会海|会议(?:过?多|偏多|太多|较多|贯彻|代替)|以会议|以文件|文件(?:过?多|偏多|太多|较多|落实|贯彻)|发文(?:过?多|偏多|数量)|开会多|照[抄搬]照[抄转搬]|照抄文件|上下“?一般粗"
)
_PAPER = re.compile(r"会|文件|通知|方案|意见|办法|制度|材料|简报|细则|规定|清单|精神|部署")


def check(context: Context, options: Mapping[str, Any]) -> Iterator[Place]:
    """Problems of meetings and papers all of whose measures hold meetings and issue papers and do nothing else."""
    reading = context.reading
    for problem in reading.of_kind("problem"):
        if not _PROBLEM.search(context.quote(problem)):
            continue
        answers = [context.by_id[name] for name in reading.linked(problem.id, "answered-by")]
        actions = [action for measure in answers for action in measure.actions]
        if actions and all(_is_paper(context, action, options["verbs"]) for action in actions):
            first = answers[0]
            yield Place(
                first.headline.start,
                first.headline.end,
                "会议和文件多的问题，又用会议和文件来整改：写明减多少会、少发多少文",
                related=(Span(*problem.headline),),
            )


def _is_paper(context: Context, action: Action, verbs: tuple[str, ...]) -> bool:
    words = context.text[action.start : action.end]
    return action.verb in verbs and _PAPER.search(words) is not None


_START = "对照检查材料\n一、存在的问题\n（一）文山会海突出。以会议贯彻会议，以文件落实文件，会议多、文件多。\n二、整改措施\n（一）整治文山会海。"

RULE = Rule(
    code="M311",
    name="meeting-as-answer",
    severity="warning",
    summary="用会议和文件整改会议和文件的问题",
    why="以会议贯彻会议、以文件落实文件是形式主义的老毛病；措施若只是再开一个会、再发一个文，问题只会更重。",
    bad=_START + "召开专题会议研究部署，印发精简会议文件的通知。\n",
    good=_START + "全区性会议压减30%，每月公开各部门发文数量。\n",
    check=check,
    options={
        "verbs": (
            "召开", "举办", "举行", "印发", "下发", "出台", "制定", "制订", "修订", "制定出台", "研究制定", "修订完善", "拟定",
            "起草", "传达", "学习", "集中学习", "研究部署", "专题研究", "集体研究", "汇报", "听取", "通报", "完善", "健全",
            "建立健全", "建立", "研究解决",
        )
    },
)  # fmt: skip
