"""What a rule says about a place in a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bihuan.reading.model import Span

Severity = Literal["error", "warning", "note"]


class Edit(NamedTuple):
    """Replace ``start`` to ``end`` of the reading's text by ``new``; equal offsets insert."""

    start: int
    end: int
    new: str


class Fix(NamedTuple):
    """Edits that mend a finding. ``safe`` ones change no meaning and are made by ``--fix``, others by ``--unsafe-fixes``."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's word on a place: code points into ``Reading.text``, half open; equal offsets are of the whole report.

    ``related`` are other places that the message speaks of.
    """

    code: str
    name: str
    severity: Severity
    start: int
    end: int
    message: str
    fix: Fix | None = None
    related: tuple[Span, ...] = ()
