"""The rules that there are: ours, one a module of ``bihuan.checking.rules``, and an office's own by entry point."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module, metadata

from bihuan.checking import rules as ours
from bihuan.checking.rule import Rule
from bihuan.errors import DataError, UsageWrong
from bihuan.i18n import _

GROUP = "bihuan.rules"


@lru_cache(maxsize=1)
def available() -> tuple[Rule, ...]:
    """Every rule, by code.

    An entry point of the group ``bihuan.rules`` names a ``Rule`` or a list of them.

    Raises:
        DataError: an office's own rules cannot be loaded, or two rules have one code.
    """
    found = [rule for module in modules() if isinstance(rule := getattr(import_module(module), "RULE", None), Rule)]
    for point in metadata.entry_points(group=GROUP):
        found += _own(point)
    codes = [rule.code for rule in found]
    for code in codes:
        if codes.count(code) > 1:
            raise DataError(_("有两条规则都叫 {code}").format(code=code), place=GROUP)
    return tuple(sorted(found, key=lambda rule: rule.code))


def modules() -> tuple[str, ...]:
    """The names of our rules' modules."""
    return tuple(f"{ours.__name__}.{module.name}" for module in pkgutil.iter_modules(ours.__path__))


def _own(point: metadata.EntryPoint) -> list[Rule]:
    place = f"{GROUP}: {point.name}"
    try:
        loaded = point.load()
    except Exception as error:
        raise DataError(_("本单位的规则装不上：{error}").format(error=error), place=place) from error
    rules = loaded if isinstance(loaded, list | tuple) else [loaded]
    own = [rule for rule in rules if isinstance(rule, Rule)]
    if len(own) < len(rules):
        raise DataError(_("应当是一条规则（Rule）或规则的列表"), place=place)
    return own


def find(code: str) -> Rule:
    """The rule of a code, in any case, or of a name.

    Raises:
        UsageWrong: there is none.
    """
    for rule in available():
        if code.upper() == rule.code or code.lower() == rule.name:
            return rule
    raise UsageWrong(_("没有规则 {code}；所有的规则见 bihuan rules").format(code=code))


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that codes or their beginnings select, without those that are ignored; by default all.

    The longer of two beginnings that fit a rule decides: ``select=["M"], ignore=["M3"], select=["M301"]`` keeps M301.
    A rule that is off by default runs only when it is selected by its full code.

    Raises:
        UsageWrong: a code or beginning that fits no rule.
    """
    for word in (*select, *ignore):
        if not any(_fits(rule, word) for rule in available()):
            raise UsageWrong(_("没有规则 {code}；所有的规则见 bihuan rules").format(code=word))
    kept = []
    for rule in available():
        wanted = max((_weight(rule, word) for word in select), default=-1 if select else 0)
        unwanted = max((_weight(rule, word) for word in ignore), default=-1)
        named = any(word.upper() == rule.code for word in select)
        if wanted > unwanted and (rule.default or named):
            kept.append(rule)
    return tuple(kept)


def _fits(rule: Rule, word: str) -> bool:
    return word.upper() == "ALL" or (bool(word) and rule.code.startswith(word.upper()))


def _weight(rule: Rule, word: str) -> int:
    """How closely a beginning names a rule; -1 when it doesn't."""
    if not _fits(rule, word):
        return -1
    return 0 if word.upper() == "ALL" else len(word)
