"""Actions: what somebody could do and somebody else could see done, inside a measure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeVar

from bihuan.reading.model import Action, Deadline, Owner, Quantity
from bihuan.text.dates import FoundDate, find_dates
from bihuan.text.frequency import FoundFrequency, find_frequencies
from bihuan.text.numbers import FoundQuantity, find_quantities
from bihuan.text.owners import FoundOwner, find_owners, find_subject
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


class _Facts(NamedTuple):
    """What stands in a measure, found once for all of its clauses."""

    quantities: list[FoundQuantity]
    frequencies: list[FoundFrequency]
    dates: list[FoundDate]
    owners: list[FoundOwner]


class _Ranged(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_R = TypeVar("_R", bound=_Ranged)


def _within(found: list[_R], start: int, end: int) -> list[_R]:
    return [each for each in found if start <= each.start and each.end <= end]


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
    facts = _Facts(
        find_quantities(text, start, body_end),
        find_frequencies(text, start, body_end),
        [d for d in find_dates(text, start, body_end, year=year) if d.kind != "standing"],
        find_owners(text, start, body_end),
    )
    found: list[tuple[int, int, int, int]] = []  # start, end, verb start, verb end
    sentence_open = False
    for clause in _CLAUSE.finditer(text, start, body_end):
        a, b = _strip(text, clause.start(), clause.end())
        if b - a < 4:
            continue
        verb = _verb(text, a, b, doing, attitude) or _timed(text, a, b, doing, attitude, facts)
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
    return tuple(_action(text, *f, shared_owner, shared_date, facts) for f in found)


def _verb(text: str, start: int, end: int, doing: re.Pattern[str], attitude: re.Pattern[str]) -> tuple[int, int] | None:
    """The verb of doing that a clause begins with, its subject, time and manner aside."""
    if _DO_NOTHING.match(text[start:end]):
        return None
    for verb in doing.finditer(text, _after_subject(text, start, end), min(end, start + _AHEAD + 8)):
        if verb.start() - start > _AHEAD or (end - verb.end() < 2 and not _FRONTED.search(text, start, verb.start())):
            break
        if verb.start() > start and text[verb.start() - 1] in "的了性“":
            continue
        ahead = attitude.search(text, start, verb.start())
        if ahead and ahead.start() - start <= 4 and verb.start() - ahead.end() > 4 and text[start] not in "对由将于":
            return None
        return verb.start(), verb.end()
    return None


def _after_subject(text: str, start: int, end: int) -> int:
    """Where a clause's verb may begin: 督查 is no verb in 区委督查室."""
    subject = find_subject(text, start, end)
    return subject.end if subject and subject.end < end else start


def _timed(
    text: str, start: int, end: int, doing: re.Pattern[str], attitude: re.Pattern[str], facts: _Facts
) -> tuple[int, int] | None:
    """The verb of a clause that says when or how often, and so is to be done, wherever the verb stands in it."""
    if end - start < 8 or _DO_NOTHING.match(text[start:end]) or attitude.match(text, start):
        return None
    times = any(t.value != "standing" for t in _within(facts.frequencies, start, end))
    if not times and not any(d.kind == "date" for d in _within(facts.dates, start, end)):
        return None
    verb = doing.search(text, _after_subject(text, start, end), end)
    return (verb.start(), verb.end()) if verb else (end, end)


def _action(
    text: str,
    start: int,
    end: int,
    verb_start: int,
    verb_end: int,
    owner: Owner | None,
    deadline: Deadline | None,
    facts: _Facts,
) -> Action:
    quantities = _within(facts.quantities, start, end)
    frequencies = _within(facts.frequencies, start, end)
    own = sorted(_within(facts.dates, start, end), key=lambda d: d.kind != "date")  # a day says more than 立即
    comma = text.find("，", verb_start, end)
    # Who is named in a later clause of the action does that part; the measure's own owner comes before it.
    said = [o for o in _within(facts.owners, start, end) if not owner or comma < 0 or o.start < comma]
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
