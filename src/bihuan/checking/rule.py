"""What a rule is: a small file that explains itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from bihuan.checking.finding import Finding, Fix, Severity
from bihuan.reading.model import Reading, Span, Statement

Value = float | int | str | bool | tuple[str, ...]


class Place(NamedTuple):
    """A place that a rule objects to, with the words of its message and perhaps a fix."""

    start: int
    end: int
    message: str
    fix: Fix | None = None
    related: tuple[Span, ...] = ()


class Context:
    """What rules look at: a reading, perhaps last year's, and the options of the rule at hand."""

    def __init__(self, reading: Reading, last_year: Reading | None = None) -> None:
        self.reading = reading
        self.last_year = last_year

    @property
    def text(self) -> str:
        """The report's text, in the offsets of every place."""
        return self.reading.text

    def quote(self, span: Span | Statement) -> str:
        """The words of a span or a statement."""
        return self.reading.text[span.start : span.end]

    @cached_property
    def by_id(self) -> Mapping[str, Statement]:
        """Statements by id."""
        return {s.id: s for s in self.reading.statements}


Check = Callable[[Context, Mapping[str, Any]], Iterable[Place]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``why`` names its source where there is one; ``bad`` is found, ``good`` is not (both are run as tests).

    ``options`` are its defaults, changed in ``bihuan.toml`` under ``[rules.CODE]``. A rule with ``default=False`` runs
    only when it is selected by its code.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: str
    good: str
    check: Check
    options: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    default: bool = True

    def run(self, context: Context, options: Mapping[str, Any] | None = None) -> Iterator[Finding]:
        """The findings in a report; ``options`` override the rule's own."""
        for place in self.check(context, {**self.options, **(options or {})}):
            yield Finding(
                self.code, self.name, self.severity, place.start, place.end, place.message, place.fix, place.related
            )
