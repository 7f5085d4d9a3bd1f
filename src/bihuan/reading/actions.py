"""Actions: what somebody could do and somebody else could see done, inside a measure."""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.reading.model import Action, Deadline, Owner, Quantity
from bihuan.text.dates import FoundDate, find_dates
from bihuan.text.frequency import find_frequencies
from bihuan.text.numbers import find_quantities
from bihuan.text.owners import find_owners, find_subject
from bihuan.themes.lexicons import verbs

_CLAUSE = re.compile(r"[^，。；！？：\n（）]+|（[^（）\n]*）")
_AHEAD = 40  # characters before the verb in which subject, time and manner may stand: 每季度由分管领导带队开展
_FRONTED = re.compile(r"[对将把为给同与]")  # what stands before the verb: 对83宗土地逐宗核查
_TAIL = re.compile(r"[、，\s]*(?:工作)?$")
_SHARED = re.compile(
    r"（[^（）\n]*(?:责任|牵头|完成时[限间]|整改时限|时限|配合)[^（）\n]*）|(?:责任|牵头|配合|完成|整改)(?:领导|单位|部门|科室|股室|处室|人|时限|时间|期限)：[^。\n]*"
)
_DO_NOTHING = re.compile(
    r"^(?:不|未|没|防止|避免|决不|绝不|严禁|切实|真正|让|使|以|从而|确保|力争|推动.{0,10}(?:提升|见效|落地|走深走实)|达到|实现|形成)"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = verbs()
    doing = "|".join(map(re.escape, sorted(set(known.doing), key=lambda v: (-len(v), v))))
    attitude = "|".join(map(re.escape, sorted(set(known.attitude) - set(known.doing), key=lambda v: (-len(v), v))))
    return re.compile(doing), re.compile(attitude)


def find_actions(
    text: str,
    start: int,
    end: int,
    *,
    year: int | None = None,
    owner: Owner | None = None,
    deadline: Deadline | None = None,
) -> tuple[Action, ...]:
    """The actions of a measure between two offsets of a normalised text.

    A clause with a verb of doing and an object begins one; clauses after it that have none go on with it. Owner and
    date of a closing bracket or field (责任单位：…；完成时限：…) hold for every action that names none itself; ``owner``
    and ``deadline`` are those of fields outside the measure. A measure of which nothing says more than who and when is
    one action without a verb.
    """
    doing, attitude = _patterns()
    shared_owner, shared_date, body_end = _shared(text, start, end, year)
    shared_owner, shared_date = shared_owner or owner, shared_date or deadline
    found: list[tuple[int, int, int, int]] = []  # start, end, verb start, verb end
    sentence_open = False
    for clause in _CLAUSE.finditer(text, start, body_end):
        a, b = _strip(text, clause.start(), clause.end())
        if b - a < 4:
            continue
        verb = _verb(text, a, b, doing, attitude) or _timed(text, a, b, doing, attitude, year)
        starts_sentence = a == start or text[clause.start() - 1] in "。；！？\n"
        if verb:
            found.append((a, b, *verb))
            sentence_open = True
        elif sentence_open and not starts_sentence and found:
            # What has no verb of its own goes on with the action before it.
            first, _, verb_start, verb_end = found[-1]
            if text[clause.start() - 1] == "，" and b - first <= 80 and not attitude.match(text, a):
                found[-1] = (first, b, verb_start, verb_end)
        else:
            sentence_open = False
    if len(found) > 1 and text[start:].find("。") >= 0:
        headline_end = text.find("。", start, body_end)
        rest = [f for f in found if f[0] > headline_end]
        if rest and headline_end >= 0 and headline_end - start <= 30:
            found = rest
    if not found and (shared_owner or shared_date):
        return (Action(start, end, "", text[start:body_end].strip("。"), owner=shared_owner, deadline=shared_date),)
    return tuple(_action(text, *f, shared_owner, shared_date, year) for f in found)


def _verb(text: str, start: int, end: int, doing: re.Pattern[str], attitude: re.Pattern[str]) -> tuple[int, int] | None:
    """The verb of doing that a clause begins with, its subject, time and manner aside."""
    if _DO_NOTHING.match(text[start:end]):
        return None
    for verb in doing.finditer(text, start, min(end, start + _AHEAD + 8)):
        if verb.start() - start > _AHEAD or (end - verb.end() < 2 and not _FRONTED.search(text, start, verb.start())):
            break
        if verb.start() > start and text[verb.start() - 1] in "的了性“":
            continue
        ahead = attitude.search(text, start, verb.start())
        if ahead and ahead.start() - start <= 4 and verb.start() - ahead.end() > 4 and text[start] not in "对由将于":
            return None
        return verb.start(), verb.end()
    return None


def _timed(
    text: str, start: int, end: int, doing: re.Pattern[str], attitude: re.Pattern[str], year: int | None
) -> tuple[int, int] | None:
    """The verb of a clause that says when or how often, and so is to be done, wherever the verb stands in it."""
    if end - start < 8 or _DO_NOTHING.match(text[start:end]) or attitude.match(text, start):
        return None
    times = [t for t in find_frequencies(text, start, end) if t.value != "standing"]
    if not times and not any(d.kind == "date" for d in find_dates(text, start, end, year=year)):
        return None
    verb = doing.search(text, start, end)
    return (verb.start(), verb.end()) if verb else (end, end)


def _action(
    text: str,
    start: int,
    end: int,
    verb_start: int,
    verb_end: int,
    owner: Owner | None,
    deadline: Deadline | None,
    year: int | None,
) -> Action:
    quantities = find_quantities(text, start, end)
    frequencies = find_frequencies(text, start, end)
    dates = [d for d in find_dates(text, start, end, year=year) if d.kind != "standing"]
    own = sorted(dates, key=lambda d: d.kind != "date")  # a day says more than 立即
    comma = text.find("，", verb_start, end)
    first_clause = comma if comma >= 0 else end
    said = find_owners(text, start, first_clause) or ([] if owner else find_owners(text, start, end))
    subject = None if said or owner else find_subject(text, start, verb_start)
    who = said[0] if said else subject
    fronted = _FRONTED.search(text, start, verb_start) if end - verb_end < 2 else None
    told = (fronted.end(), verb_start) if fronted else (verb_end, end)
    if verb_start == verb_end:
        told = (start, end)
    return Action(
        start,
        end,
        text[verb_start:verb_end],
        _TAIL.sub("", text[slice(*told)].replace("\n", "")) or text[slice(*told)],
        frequencies[0].value if frequencies else None,
        Quantity(*quantities[0]) if quantities else None,
        Owner(*who) if who else owner,
        _deadline(own[0]) if own else deadline,
    )


def _deadline(found: FoundDate) -> Deadline:
    return Deadline(found.start, found.end, found.kind, found.date)


def _shared(text: str, start: int, end: int, year: int | None) -> tuple[Owner | None, Deadline | None, int]:
    """Owner and date that the whole measure shares, and where its own words end."""
    owner: Owner | None = None
    deadline: Deadline | None = None
    body_end = end
    for found in _SHARED.finditer(text, start, end):
        body_end = min(body_end, found.start())
        owners = find_owners(text, found.start(), found.end())
        if owners and owner is None:
            lead = tuple(dict.fromkeys(name for o in owners for name in o.lead))
            support = tuple(dict.fromkeys(name for o in owners for name in o.support))
            owner = Owner(owners[0].start, owners[-1].end, lead, support)
        dates = find_dates(text, found.start(), found.end(), year=year)
        if dates and deadline is None:
            deadline = _deadline(dates[-1])
    return owner, deadline, body_end


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " 、":
        start += 1
    while end > start and text[end - 1] in " 、":
        end -= 1
    return start, end
