"""The reading: an immutable value of typed parts, and its JSON (schema ``bihuan.reading/1``).

Offsets are Unicode code points into ``Reading.text``, half open. Nothing here reads or decides: the other modules
of ``bihuan.reading`` make these values, the rules and the exports take them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

SCHEMA = "bihuan.reading/1"

Kind = Literal["problem", "cause", "measure"]
Role = Literal["preamble", "problems", "causes", "measures", "progress", "other"]
Genre = Literal["self-examination", "plan", "progress", "feedback", "other"]
LinkKind = Literal["answered-by", "caused-by"]

KINDS: tuple[Kind, ...] = ("problem", "cause", "measure")
ROLES: tuple[Role, ...] = ("preamble", "problems", "causes", "measures", "progress", "other")
GENRES: tuple[Genre, ...] = ("self-examination", "plan", "progress", "feedback", "other")


class Span(NamedTuple):
    """A half-open range of the text."""

    start: int
    end: int


class Quantity(NamedTuple):
    """A number with what it counts: 十件 is 10 件. ``comparison`` is ``=``, ``>=``, ``<=``, ``>``, ``<`` or ``~``."""

    start: int
    end: int
    value: float
    unit: str
    comparison: str = "="


class Deadline(NamedTuple):
    """When: ``kind`` is ``date`` (``date`` holds the last day, ISO 8601, or None where the year is unknown),
    ``standing`` (长期坚持) or ``at-once`` (立行立改).
    """

    start: int
    end: int
    kind: Literal["date", "standing", "at-once"]
    date: str | None = None


class Owner(NamedTuple):
    """Who: units or people named to lead (牵头单位, 责任单位, 责任人) and to help (配合单位), as written."""

    start: int
    end: int
    lead: tuple[str, ...]
    support: tuple[str, ...] = ()


class Action(NamedTuple):
    """One doable thing inside a measure.

    ``frequency`` is ``daily``, ``weekly``, ``ten-daily``, ``monthly``, ``quarterly``, ``half-yearly``, ``yearly`` or
    ``standing`` (常态化). ``quantity``, ``owner`` and ``deadline`` may come from a clause that the whole measure
    shares, so their spans may lie outside the action's own.
    """

    start: int
    end: int
    verb: str
    object: str
    frequency: str | None = None
    quantity: Quantity | None = None
    owner: Owner | None = None
    deadline: Deadline | None = None


class Statement(NamedTuple):
    """A problem, a cause or a measure, with its place.

    ``number`` is its path of numbers as written (``（一）一是``); ``dimension`` an id of the theme's; ``areas`` ids of
    ``themes/lexicons/areas.toml``; ``subject`` is ``we``, ``some-of-us``, ``others`` or ``unit:…``.
    """

    id: str
    kind: Kind
    start: int
    end: int
    headline: Span
    number: str = ""
    dimension: str | None = None
    areas: tuple[str, ...] = ()
    subject: str = "we"
    instances: tuple[Span, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    hedges: tuple[Span, ...] = ()
    redactions: tuple[Span, ...] = ()
    actions: tuple[Action, ...] = ()


class Link(NamedTuple):
    """From a problem to a measure (``answered-by``) or a cause (``caused-by``); ``because`` are the words it rests on."""

    source: str
    target: str
    kind: LinkKind
    score: float
    because: tuple[str, ...]


class Section(NamedTuple):
    """A part of the report by its role; ``heading`` is empty (start equals end) where the part has none."""

    role: Role
    start: int
    end: int
    heading: Span


class Note(NamedTuple):
    """What the reader was unsure of. The message is always in Chinese: a reading doesn't depend on the screen."""

    code: str
    start: int
    end: int
    message: str


class Source(NamedTuple):
    """Where the text came from; ``characters`` is the length of the text."""

    name: str
    media_type: str
    sha256: str
    characters: int


class Dimension(NamedTuple):
    """A named dimension of a theme."""

    id: str
    title: str


class ThemeRef(NamedTuple):
    """The theme that a report was read by."""

    id: str
    title: str
    dimensions: tuple[Dimension, ...] = ()


class Coverage(NamedTuple):
    """How far the report answers itself, counted from the links."""

    problems: int
    with_cause: int
    with_measure: int
    measures_without_problem: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What Bihuan understood of a report."""

    source: Source
    text: str
    title: Span | None = None
    genre: Genre = "other"
    theme: ThemeRef | None = None
    sections: tuple[Section, ...] = ()
    statements: tuple[Statement, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    def quote(self, span: Span | Statement | Action | Quantity | Owner | Deadline | Section | Note) -> str:
        """The span's characters on one line: line breaks inside it, and the blanks around them, are left out."""
        return "".join(line.strip() for line in self.text[span.start : span.end].splitlines())

    def of_kind(self, kind: Kind) -> tuple[Statement, ...]:
        """The statements of one kind, in the order of the text."""
        return tuple(s for s in self.statements if s.kind == kind)

    def linked(self, statement_id: str, kind: LinkKind) -> tuple[str, ...]:
        """Ids at the other end of the statement's links of a kind, whichever end it stands at, best first."""
        ends = [
            (-link.score, link.target if link.source == statement_id else link.source)
            for link in self.links
            if link.kind == kind and statement_id in (link.source, link.target)
        ]
        return tuple(end for _, end in sorted(ends))

    @property
    def coverage(self) -> Coverage:
        """Counts of answered and explained problems."""
        answered = {link.source for link in self.links if link.kind == "answered-by"}
        caused = {link.source for link in self.links if link.kind == "caused-by"}
        useful = {link.target for link in self.links if link.kind == "answered-by"}
        measures = {s.id for s in self.statements if s.kind == "measure"}
        problems = sum(s.kind == "problem" for s in self.statements)
        return Coverage(problems, len(caused), len(answered), len(measures - useful))

    def to_dict(self) -> dict[str, Any]:
        """The contract's object, of plain dicts, lists, strings and numbers."""
        theme = None
        if self.theme:
            dimensions = [d._asdict() for d in self.theme.dimensions]
            theme = {"id": self.theme.id, "title": self.theme.title, "dimensions": dimensions}
        return {
            "schema": SCHEMA,
            "source": self.source._asdict(),
            "text": self.text,
            "title": self.title._asdict() if self.title else None,
            "genre": self.genre,
            "theme": theme,
            "sections": [{**s._asdict(), "heading": s.heading._asdict()} for s in self.sections],
            "statements": [_statement_to_dict(s) for s in self.statements],
            "links": [
                {"from": k.source, "to": k.target, "kind": k.kind, "score": k.score, "because": list(k.because)}
                for k in self.links
            ],
            "coverage": self.coverage._asdict(),
            "notes": [n._asdict() for n in self.notes],
        }

    def to_json(self) -> str:
        """The contract's JSON, one object, ending in a newline; the same reading gives the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Reading:
        """The reading that ``to_json`` wrote.

        Raises:
            ValueError: the text is no JSON object of this schema.
        """
        try:
            return cls.from_dict(json.loads(text))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a reading of schema {SCHEMA}: {error!r}") from error

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reading:
        """The reading that ``to_dict`` gave.

        Raises:
            ValueError: another schema.
            KeyError: a part is missing.
        """
        if data["schema"] != SCHEMA:
            raise ValueError(f"schema {data['schema']!r}, expected {SCHEMA!r}")
        theme = data["theme"]
        return cls(
            source=Source(**data["source"]),
            text=data["text"],
            title=Span(**data["title"]) if data["title"] else None,
            genre=data["genre"],
            theme=ThemeRef(theme["id"], theme["title"], tuple(Dimension(**d) for d in theme["dimensions"]))
            if theme
            else None,
            sections=tuple(Section(**{**s, "heading": Span(**s["heading"])}) for s in data["sections"]),
            statements=tuple(_statement_from_dict(s) for s in data["statements"]),
            links=tuple(Link(k["from"], k["to"], k["kind"], k["score"], tuple(k["because"])) for k in data["links"]),
            notes=tuple(Note(**n) for n in data["notes"]),
        )


def _statement_to_dict(statement: Statement) -> dict[str, Any]:
    return {
        **statement._asdict(),
        "headline": statement.headline._asdict(),
        "areas": list(statement.areas),
        "instances": [s._asdict() for s in statement.instances],
        "quantities": [q._asdict() for q in statement.quantities],
        "hedges": [s._asdict() for s in statement.hedges],
        "redactions": [s._asdict() for s in statement.redactions],
        "actions": [_action_to_dict(a) for a in statement.actions],
    }


def _action_to_dict(action: Action) -> dict[str, Any]:
    owner = action.owner
    return {
        **action._asdict(),
        "quantity": action.quantity._asdict() if action.quantity else None,
        "owner": {**owner._asdict(), "lead": list(owner.lead), "support": list(owner.support)} if owner else None,
        "deadline": action.deadline._asdict() if action.deadline else None,
    }


def _statement_from_dict(data: dict[str, Any]) -> Statement:
    return Statement(
        **{
            **data,
            "headline": Span(**data["headline"]),
            "areas": tuple(data["areas"]),
            "instances": tuple(Span(**s) for s in data["instances"]),
            "quantities": tuple(Quantity(**q) for q in data["quantities"]),
            "hedges": tuple(Span(**s) for s in data["hedges"]),
            "redactions": tuple(Span(**s) for s in data["redactions"]),
            "actions": tuple(_action_from_dict(a) for a in data["actions"]),
        }
    )


def _action_from_dict(data: dict[str, Any]) -> Action:
    owner = data["owner"]
    return Action(
        **{
            **data,
            "quantity": Quantity(**data["quantity"]) if data["quantity"] else None,
            "owner": Owner(owner["start"], owner["end"], tuple(owner["lead"]), tuple(owner["support"]))
            if owner
            else None,
            "deadline": Deadline(**data["deadline"]) if data["deadline"] else None,
        }
    )
