"""The words of the trade, from ``lexicons/*.toml``, read when first asked for and then kept.

Texts given to these functions are normalised already; ranges are characters of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from bihuan.i18n import _
from bihuan.themes import data

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class Area(NamedTuple):
    """An area that a register keeps: its id, its Chinese name, and words that speak of it with their weights."""

    id: str
    name: str
    words: data.Weighted


class Concept(NamedTuple):
    """Terms that speak of the same matter; ``weight`` is how much it says that two statements share it."""

    id: str
    name: str
    terms: tuple[str, ...]
    weight: float


class Found(NamedTuple):
    """A term in a text, and the concept it belongs to."""

    id: str
    term: str
    start: int
    end: int


class Verbs(NamedTuple):
    """Verbs of measures: what can be seen done (开展), and attitudes (增强), which no one can."""

    doing: tuple[str, ...]
    attitude: tuple[str, ...]


class Roles(NamedTuple):
    """Headings' words by the part they open, and titles' words by the genre of the report."""

    sections: Mapping[str, tuple[str, ...]]
    genres: Mapping[str, tuple[str, ...]]


class Stock(NamedTuple):
    """Phrases that every report has: slogans, and padding that may be left out without loss."""

    slogans: tuple[str, ...]
    padding: tuple[str, ...]


class Wrong(NamedTuple):
    """A true error of writing: where it stands, what to write (with references to groups), and whether mending it is safe."""

    pattern: re.Pattern[str]
    right: str
    sure: bool
    why: str


class Blame(NamedTuple):
    """Words that look for a cause outside oneself: said alone, or something outside and what is said of it."""

    sure: tuple[str, ...]
    outside: tuple[str, ...]
    lack: tuple[str, ...]


class Privacy(NamedTuple):
    """What stands before a name, a number or an address that is somebody's own, or a public one; and family names."""

    people: tuple[str, ...]
    public: tuple[str, ...]
    telephone: tuple[str, ...]
    home: tuple[str, ...]
    account: tuple[str, ...]
    surnames: frozenset[str]
    not_names: tuple[str, ...]


#: A word said again adds less: its weight counts this often at most.
_MOST_REPEATS = 2
#: An area is named when its words weigh this much at least, and this share of the best area's weight.
_LEAST_WEIGHT = 2.0
_LEAST_SHARE = 0.34


@lru_cache(maxsize=1)
def areas() -> tuple[Area, ...]:
    """The areas in the order of their file."""
    return tuple(
        Area(table.text("id"), table.text("name"), table.weighted("id", "name"))
        for table in data.read(data.LEXICONS / "areas.toml").tables("area")
    )


@lru_cache(maxsize=1)
def synonyms() -> tuple[Concept, ...]:
    """The concepts in the order of their file."""
    found = []
    for table in data.read(data.LEXICONS / "synonyms.toml").tables("concept"):
        table.only("id", "name", "terms", "weight")
        found.append(
            Concept(table.text("id"), table.text("name"), table.words("terms"), table.number("weight", default=1.0))
        )
    return tuple(found)


@lru_cache(maxsize=8)
def obfuscations(own: str | None = None) -> Mapping[str, str]:
    """Spellings in lower case Latin letters, and the words they stand for.

    Args:
        own: the path of an office's own file of the same form; what it says outweighs ours.

    Raises:
        DataError: the file is wrong; a spelling has other characters, or stands twice in one file.
    """
    found = _spellings(data.LEXICONS / "obfuscations.toml")
    if own is not None:
        found.update(_spellings(Path(own)))
    return MappingProxyType(found)


def _spellings(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in data.read(path).tables("spelling"):
        table.only("note", "words")
        words = table.table("words")
        for spelling in words.values:
            if not (spelling.isascii() and spelling.isalpha() and spelling.islower()):
                raise words.wrong(spelling, _("拼写应当是小写拉丁字母"))
            if spelling in found:
                raise words.wrong(spelling, _("“{word}”重复了").format(word=spelling))
            found[spelling] = words.text(spelling)
    return found


@lru_cache(maxsize=1)
def hedges() -> tuple[str, ...]:
    """Words that soften an admitted fault."""
    top = data.read(data.LEXICONS / "hedges.toml")
    return _distinct(word for key in top.values for word in top.table(key).words("words"))


@lru_cache(maxsize=1)
def verbs() -> Verbs:
    """Verbs of doing, and of attitude; none is both."""
    top = data.read(data.LEXICONS / "verbs.toml")
    doing = top.table("doing")
    return Verbs(
        _distinct(word for key in doing.values for word in doing.words(key)), top.table("attitude").words("words")
    )


@lru_cache(maxsize=1)
def roles() -> Roles:
    """Words of headings and titles.

    Sections: ``preamble``, ``problems``, ``causes``, ``measures``, ``progress``, ``case`` (a warning case told),
    ``account`` (what an organisation wants told besides) and ``organising``. Genres as in the reading.
    """
    top = data.read(data.LEXICONS / "roles.toml")
    sections, genres = top.table("sections"), top.table("genres")
    return Roles(
        MappingProxyType({key: sections.words(key) for key in sections.values}),
        MappingProxyType({key: genres.words(key) for key in genres.values}),
    )


@lru_cache(maxsize=1)
def stock() -> Stock:
    """Stock phrases."""
    top = data.read(data.LEXICONS / "stock.toml")
    slogans = top.table("slogans")
    return Stock(
        _distinct(word for key in slogans.values for word in slogans.words(key)), top.table("padding").words("words")
    )


@lru_cache(maxsize=8)
def wrong(own: str | None = None) -> tuple[Wrong, ...]:
    """True errors of writing, in the order of their file.

    Args:
        own: the path of an office's own file of the same form, whose errors come after ours.

    Raises:
        DataError: the file is wrong; a pattern is no regular expression.
    """
    found = []
    for path in (data.LEXICONS / "wrong.toml", *([Path(own)] if own else [])):
        for table in data.read(path).tables("error"):
            table.only("pattern", "right", "sure", "why")
            try:
                pattern = re.compile(table.text("pattern"))
            except re.error as error:
                raise table.wrong("pattern", str(error)) from error
            found.append(Wrong(pattern, table.text("right"), table.values.get("sure") is True, table.text("why")))
    return tuple(found)


@lru_cache(maxsize=1)
def blame() -> Blame:
    """Words that look for a cause outside oneself."""
    top = data.read(data.LEXICONS / "blame.toml")
    return Blame(top.words("sure"), top.words("outside"), top.words("lack"))


@lru_cache(maxsize=1)
def privacy() -> Privacy:
    """What makes a name, a number or an address somebody's own."""
    top = data.read(data.LEXICONS / "privacy.toml")
    return Privacy(
        top.words("people"),
        top.words("public"),
        top.words("telephone"),
        top.words("home"),
        top.words("account"),
        frozenset(top.text("surnames")) | frozenset(top.words("double_surnames")),
        top.words("not_names"),
    )


def areas_of(text: str, limit: int = 3) -> tuple[str, ...]:
    """Ids of the areas that a text speaks of, the weightiest first; equal ones in the order of their file."""
    automaton, owners = _area_automaton()
    counts: dict[int, int] = {}
    for index, _start, _end in automaton.find_matches_as_indexes(text):
        counts[index] = counts.get(index, 0) + 1
    scores: dict[int, float] = {}
    for index, count in counts.items():
        for area, weight in owners[index]:
            scores[area] = scores.get(area, 0.0) + weight * min(count, _MOST_REPEATS)
    least = max(_LEAST_WEIGHT, _LEAST_SHARE * max(scores.values(), default=0.0))
    ranked = sorted((-score, area) for area, score in scores.items() if score >= least)
    return tuple(areas()[area].id for _score, area in ranked[:limit])


def concepts_in(text: str) -> tuple[Found, ...]:
    """Terms of concepts in a text, in order, the longest where several start or overlap (leftmost-longest).

    A term that belongs to several concepts gives a hit for each.
    """
    automaton, terms, owners = _concept_automaton()
    return tuple(
        Found(concept, terms[index], start, end)
        for index, start, end in automaton.find_matches_as_indexes(text)
        for concept in owners[index]
    )


@lru_cache(maxsize=1)
def _area_automaton() -> tuple[AhoCorasick, tuple[tuple[tuple[int, float], ...], ...]]:
    owners: dict[str, list[tuple[int, float]]] = {}
    for number, area in enumerate(areas()):
        for word, weight in area.words:
            owners.setdefault(word, []).append((number, weight))
    return automaton(owners), tuple(tuple(areas) for areas in owners.values())


@lru_cache(maxsize=1)
def _concept_automaton() -> tuple[AhoCorasick, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    owners: dict[str, list[str]] = {}
    for concept in synonyms():
        for term in concept.terms:
            owners.setdefault(term, []).append(concept.id)
    return automaton(owners), tuple(owners), tuple(tuple(ids) for ids in owners.values())


def automaton(words: Iterable[str]) -> AhoCorasick:
    """Finds all words in one pass, the longest where they overlap; never changes, so threads may share it."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
