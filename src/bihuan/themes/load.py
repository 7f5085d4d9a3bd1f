"""Themes: what a report must answer, one TOML file each; found in the text, named, or an office's own file."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bihuan.errors import DataError
from bihuan.i18n import _
from bihuan.themes import data

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

KINDS = ("self-examination", "plan", "progress", "feedback", "other")

#: The least score by which a theme is recognised: one sure phrase (5), or several likely ones.
_RECOGNISED = 4.0
#: Words of the field (学校, 患者) add up but prove nothing: a sign of this weight at least must be there.
_TELLING = 2.0
#: A sign in a report's first characters (its title and purpose) counts twice: further on, other meetings are told of too.
_HEAD = 160
#: What naming every dimension of a theme is worth; less than half of them is worth nothing.
_ALL_DIMENSIONS = 3.0
#: Shorter words of a dimension are too common to speak for a theme in running text …
_LEAST_IN_TEXT = 4
#: … and one of two characters speaks for a dimension only in a heading as short as this.
_SHORT_HEADING = 14

_PUNCTUATION = dict.fromkeys(map(ord, ' 、，；：。“”‘’"《》（）()〔〕【】·'))


class ThemeDimension(NamedTuple):
    """One thing a report must answer; ``words`` are the ways in which headings name it."""

    id: str
    title: str
    short: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A year's or a framework's dimensions.

    ``kind`` is the genre that its reports have as a rule, ``who`` gives one (班子、个人、单位), ``signs`` are phrases
    whose presence speaks for the theme, with weights (5 is sure), ``year`` is the year examined.
    """

    id: str
    title: str
    kind: str
    who: str
    description: str
    dimensions: tuple[ThemeDimension, ...]
    signs: data.Weighted
    year: int | None = None

    def dimension_of(self, heading: str) -> str | None:
        """The id of the dimension that a heading names, in full or in part, whatever its punctuation.

        The longest word that a dimension shares with the heading counts; None where none is long enough, or where
        two dimensions share equally long ones.
        """
        words = _bare(heading)
        least = 2 if len(words) <= _SHORT_HEADING else 3
        lengths = [(_shared(words, dimension), dimension.id) for dimension in self.dimensions]
        best = max(lengths, key=lambda pair: pair[0])
        tied = sum(length == best[0] for length, _id in lengths) > 1
        return best[1] if best[0] >= least and not tied else None


def _shared(heading: str, dimension: ThemeDimension) -> int:
    """The length of the longest of a dimension's words in a bare heading, or of a heading that is part of its title."""
    length = max((len(w) for w in _keys(dimension) if _stands_in(w, heading)), default=0)
    part = heading.removesuffix("方面")
    return max(length, len(part)) if len(part) >= _LEAST_IN_TEXT and part in _bare(dimension.title) else length


def _stands_in(word: str, heading: str) -> bool:
    at = heading.find(word)
    # The clause 7.1 doesn't stand in 17.1.
    return at >= 0 and not (word[0].isdigit() and at > 0 and (heading[at - 1].isdigit() or heading[at - 1] == "."))


@lru_cache(maxsize=1024)
def _keys(dimension: ThemeDimension) -> tuple[str, ...]:
    return tuple(_bare(w) for w in (dimension.title.removesuffix("方面"), dimension.short, *dimension.words))


def _bare(words: str) -> str:
    return words.translate(_PUNCTUATION)


@lru_cache(maxsize=1)
def available() -> tuple[Theme, ...]:
    """The themes that come with Bihuan, by id."""
    return tuple(sorted((_read(path) for path in data.PACKS.glob("*.toml")), key=lambda theme: theme.id))


def load(name_or_path: str) -> Theme:
    """A theme by id, by a title that only one theme has, or from the path of an office's own TOML file.

    Raises:
        DataError: no such theme (the message lists those of a like name), or the file is wrong (the place names the
            file and the key).
    """
    for theme in available():
        if theme.id == name_or_path:
            return theme
    if name_or_path.endswith(".toml") or Path(name_or_path).is_file():
        return _read(Path(name_or_path))
    titled = [theme for theme in available() if theme.title == name_or_path]
    if len(titled) == 1:
        return titled[0]
    ids = [theme.id for theme in available()]
    near = difflib.get_close_matches(name_or_path, ids, 3, 0.4) or [theme.id for theme in titled] or ids
    raise DataError(_("没有名为“{name}”的主题；可用的有：{near}").format(name=name_or_path, near="、".join(near)))


def detect(text: str) -> Theme | None:
    """The theme that a normalised text shows most signs of; None where the signs are too weak.

    Each sign counts once, twice when it stands in the text's head; a theme gains by the share of its dimensions that
    the text names. Of equal themes the first by id is taken.
    """
    automaton, owners = _signs()
    first: dict[int, int] = {}
    for pattern, start, _end in automaton.find_matches_as_indexes(text, overlapping=True):
        if pattern not in first:
            first[pattern] = start
    themes = available()
    scores = [0.0] * len(themes)
    telling = [False] * len(themes)
    named: list[set[str]] = [set() for _theme in themes]
    for pattern, start in first.items():
        for number, weight, dimension in owners[pattern]:
            scores[number] += weight * (2 if start < _HEAD else 1)
            telling[number] |= weight >= _TELLING
            if dimension:
                named[number].add(dimension)
    for number, theme in enumerate(themes):
        share = len(named[number]) / len(theme.dimensions)
        if not telling[number]:
            scores[number] = 0.0
        elif share > 0.5:
            scores[number] += _ALL_DIMENSIONS * share
    best = max(range(len(themes)), key=lambda number: (scores[number], -number))
    return themes[best] if scores[best] >= _RECOGNISED else None


@lru_cache(maxsize=1)
def _signs() -> tuple[AhoCorasick, tuple[tuple[tuple[int, float, str], ...], ...]]:
    """An automaton of all themes' signs and dimension words, and whose each is: theme, weight, dimension.

    The automaton never changes once built, so threads may share it.
    """
    from ahocorasick_rs import AhoCorasick, MatchKind

    owners: dict[str, list[tuple[int, float, str]]] = {}
    for number, theme in enumerate(available()):
        for phrase, weight in theme.signs:
            owners.setdefault(phrase, []).append((number, weight, ""))
        for dimension in theme.dimensions:
            for word in dict.fromkeys((dimension.title, *dimension.words)):
                if len(word) >= _LEAST_IN_TEXT:
                    owners.setdefault(word, []).append((number, 0.0, dimension.id))
    return AhoCorasick(list(owners), matchkind=MatchKind.Standard), tuple(tuple(who) for who in owners.values())


def _read(path: Path) -> Theme:
    table = data.read(path)
    table.only("id", "title", "year", "kind", "who", "description", "signs", "dimension")
    kind = table.text("kind", default="other")
    if kind not in KINDS:
        raise table.wrong("kind", _("只能是 {kinds} 之一").format(kinds="、".join(KINDS)))
    dimensions = tuple(_dimension(one) for one in table.tables("dimension"))
    ids = [dimension.id for dimension in dimensions]
    for number, name in enumerate(ids, 1):
        if ids.index(name) < number - 1:
            raise table.wrong(f"dimension[{number}].id", _("“{word}”重复了").format(word=name))
    return Theme(
        id=table.text("id"),
        title=table.text("title"),
        kind=kind,
        who=table.text("who", default=""),
        description=table.text("description"),
        dimensions=dimensions,
        signs=table.table("signs").weighted() if "signs" in table.values else (),
        year=table.integer("year"),
    )


def _dimension(table: data.Table) -> ThemeDimension:
    table.only("id", "title", "short", "words")
    title = table.text("title")
    words = table.words("words", optional=True)
    if any(len(word) < 2 for word in words):
        raise table.wrong("words", _("每个词至少要有两个字"))
    return ThemeDimension(table.text("id"), title, table.text("short", default=title), words)
