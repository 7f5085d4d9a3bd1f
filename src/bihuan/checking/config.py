"""``bihuan.toml``: which rules run, and their options; found upwards from the file that is checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bihuan.checking import registry
from bihuan.checking.rule import Rule, Value
from bihuan.errors import UsageWrong
from bihuan.i18n import _
from bihuan.themes import data

NAME = "bihuan.toml"
_TOP = ("select", "extend-select", "ignore", "rules")


@dataclass(frozen=True, slots=True)
class Config:
    """What ``bihuan.toml`` says. ``select`` replaces the default, ``extend_select`` adds rules that are off by default."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Value]] = field(default_factory=lambda: MappingProxyType({}))

    def rules(self) -> tuple[Rule, ...]:
        """The rules that run."""
        return registry.chosen((*(self.select or ("ALL",)), *self.extend_select), self.ignore)

    def with_choice(self, select: tuple[str, ...], ignore: tuple[str, ...]) -> Config:
        """The same, with what the command line selects in place of the file's and what it ignores besides."""
        chosen = replace(self, select=select, extend_select=()) if select else self
        return replace(chosen, ignore=(*self.ignore, *ignore))


def find(start: str | os.PathLike[str]) -> Path | None:
    """The nearest ``bihuan.toml`` in the file's folder or above."""
    folder = Path(start).absolute().parent
    return next((path for above in (folder, *folder.parents) if (path := above / NAME).is_file()), None)


def load(path: Path) -> Config:
    """Read a configuration.

    Raises:
        DataError: the file is wrong; the place names the file and the key.
    """
    table = data.read(path)
    table.only(*_TOP)
    words = {key: _codes(table, key) for key in ("select", "extend-select", "ignore")}
    options: dict[str, Mapping[str, Value]] = {}
    if "rules" in table.values:
        rules = table.table("rules")
        for code in rules.values:
            own = rules.table(code)
            try:
                rule = registry.find(code)
            except UsageWrong as error:
                raise rules.wrong(code, error.message) from error
            own.only(*rule.options)
            options[rule.code] = MappingProxyType(
                {key: _value(own, key, value, rule.options[key]) for key, value in own.values.items()}
            )
    return Config(words["select"], words["extend-select"], words["ignore"], MappingProxyType(options))


def _codes(table: data.Table, key: str) -> tuple[str, ...]:
    codes = table.words(key) if key in table.values else ()
    try:
        registry.chosen(codes)
    except UsageWrong as error:
        raise table.wrong(key, error.message) from error
    return codes


def _value(table: data.Table, key: str, value: Any, default: Value) -> Value:
    """A value of the same type as the rule's own."""
    if isinstance(default, bool):
        right, told = isinstance(value, bool), _("应当是 true 或 false")
    elif isinstance(default, int | float):
        right, told = isinstance(value, int | float) and not isinstance(value, bool), _("应当是数")
    elif isinstance(default, str):
        right, told = isinstance(value, str), _("应当是文字")
    else:
        return table.words(key, optional=True)
    if not right:
        raise table.wrong(key, told)
    return value  # type: ignore[no-any-return]
