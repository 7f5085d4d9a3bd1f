"""The words of the trade, one TOML file each, read once and given out as values that cannot change."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ahocorasick_rs import AhoCorasick

_FOLDER = Path(__file__).parent


class Concept(NamedTuple):
    """A matter of the trade with the terms that speak of it."""

    id: str
    terms: tuple[str, ...]
    weight: float


class Area(NamedTuple):
    """What a register keeps, with the words that show it."""

    id: str
    name: str
    words: tuple[str, ...]


class Found(NamedTuple):
    """A term in a text and the entry it belongs to; offsets are characters."""

    id: str
    term: str
    start: int
    end: int


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def obfuscations() -> Mapping[str, str]:
    """Spellings that stand for words (dangshi: 党史), in lower case."""
    return MappingProxyType({k.lower(): v for k, v in _read("obfuscations.toml")["spellings"].items()})


@lru_cache(maxsize=1)
def hedges() -> tuple[str, ...]:
    """Words that soften a fault."""
    return tuple(_read("hedges.toml")["hedges"])


class Verbs(NamedTuple):
    """Verbs of doing, and verbs of attitude that promise nothing anybody could see done."""

    doing: tuple[str, ...]
    attitude: tuple[str, ...]


@lru_cache(maxsize=1)
def verbs() -> Verbs:
    """The verbs of measures."""
    data = _read("verbs.toml")
    return Verbs(tuple(data["doing"]), tuple(data["attitude"]))


@lru_cache(maxsize=1)
def synonyms() -> tuple[Concept, ...]:
    """The concepts by which a measure is known to speak of a problem's matter."""
    return tuple(Concept(c["id"], tuple(c["terms"]), float(c.get("weight", 1.0))) for c in _read("synonyms.toml")["concept"])


@lru_cache(maxsize=1)
def areas() -> tuple[Area, ...]:
    """The areas that registers cover."""
    return tuple(Area(a["id"], a["name"], tuple(a["words"])) for a in _read("areas.toml")["area"])


@lru_cache(maxsize=1)
def _concept_terms() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    return _automaton([(c.id, term) for c in synonyms() for term in c.terms])


@lru_cache(maxsize=1)
def _area_words() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    return _automaton([(a.id, word) for a in areas() for word in a.words])


def _automaton(entries: list[tuple[str, str]]) -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick([term for _, term in entries], matchkind=MatchKind.LeftmostLongest), tuple(entries)


def concepts_in(text: str) -> tuple[Found, ...]:
    """The concepts' terms in a text, leftmost and longest first, not overlapping."""
    automaton, entries = _concept_terms()
    return tuple(Found(*entries[i], start, end) for i, start, end in automaton.find_matches_as_indexes(text))


def areas_of(text: str, limit: int = 3) -> tuple[str, ...]:
    """The areas a text concerns: those whose words make up most of it, at most ``limit``, most first."""
    automaton, entries = _area_words()
    weights: dict[str, int] = {}
    for i, start, end in automaton.find_matches_as_indexes(text):
        weights[entries[i][0]] = weights.get(entries[i][0], 0) + end - start
    return tuple(sorted(weights, key=lambda a: (-weights[a], a))[:limit])
