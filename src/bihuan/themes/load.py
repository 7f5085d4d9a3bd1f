"""Themes: what a report must answer, one TOML file each; found in the text, named, or an office's own file."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from bihuan.errors import DataError
from bihuan.i18n import _

_PACKS = Path(__file__).parent / "packs"
KINDS = ("self-examination", "plan", "progress", "feedback", "other")
#: The least weight of signs by which a theme is recognised: one sure phrase, or two that are likely.
_RECOGNISED = 2.0
_DIMENSION_SIGN = 1.0


@dataclass(frozen=True, slots=True)
class ThemeDimension:
    """One thing a report must answer; ``words`` are the ways it is named in headings."""

    id: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A year's or a framework's dimensions. ``signs`` are phrases whose presence speaks for the theme, with weights."""

    id: str
    title: str
    kind: str
    description: str
    dimensions: tuple[ThemeDimension, ...]
    signs: tuple[tuple[str, float], ...] = ()
    year: int | None = field(default=None)

    def dimension_of(self, heading: str) -> str | None:
        """The dimension a heading names, by the longest words it shares; None where it names none, or two as well."""
        best, second, found = 0, 0, None
        for dimension in self.dimensions:
            length = max((len(w) for w in (dimension.title, *dimension.words) if w in heading), default=0)
            if length > best:
                best, second, found = length, best, dimension.id
            elif length > second:
                second = length
        return found if best >= 2 and best > second else None


@lru_cache(maxsize=1)
def available() -> tuple[Theme, ...]:
    """The themes that come with Bihuan, by id."""
    return tuple(_load_file(path) for path in sorted(_PACKS.glob("*.toml")))


def load(name: str) -> Theme:
    """A theme by id, or from the path of an office's own file.

    Raises:
        DataError: no such theme, or the file is wrong; the place names file and key.
    """
    known = {theme.id: theme for theme in available()}
    if name in known:
        return known[name]
    if name.endswith(".toml"):
        return _load_file(Path(name))
    near = difflib.get_close_matches(name, known, 3, 0.3) or list(known)
    raise DataError(_("没有名为“{name}”的主题；可用的有：{near}").format(name=name, near="、".join(near)))


def detect(text: str) -> Theme | None:
    """The theme whose signs and dimensions the text shows most; None when none is sure."""
    best: tuple[float, Theme] | None = None
    for theme in available():
        score = sum(weight for phrase, weight in theme.signs if phrase in text)
        named = sum(any(w in text for w in (d.title, *d.words) if len(w) >= 4) for d in theme.dimensions)
        if named * 2 > len(theme.dimensions):
            score += _DIMENSION_SIGN * named / len(theme.dimensions) * 2
        if score >= _RECOGNISED and (best is None or score > best[0]):
            best = (score, theme)
    return best[1] if best else None


def _load_file(path: Path) -> Theme:
    place = str(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(_("打不开主题文件：{why}").format(why=error.strerror or error), place=place) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(_("主题文件写得不对：{why}").format(why=error), place=place) from error
    kind = data.get("kind", "other")
    if kind not in KINDS:
        raise DataError(_("kind 只能是 {kinds}").format(kinds="、".join(KINDS)), place=f"{place}: kind")
    return Theme(
        id=_text(data, "id", place),
        title=_text(data, "title", place),
        kind=kind,
        description=_text(data, "description", place),
        dimensions=tuple(_dimension(d, f"{place}: dimension[{i}]") for i, d in enumerate(data.get("dimension", []))),
        signs=tuple(_sign(s, f"{place}: signs[{i}]") for i, s in enumerate(data.get("signs", []))),
        year=data.get("year"),
    )


def _dimension(data: Any, place: str) -> ThemeDimension:
    if not isinstance(data, dict):
        raise DataError(_("每个方面要有 id、title 和 words"), place=place)
    words = data.get("words", [])
    if not isinstance(words, list) or not all(isinstance(w, str) and len(w) >= 2 for w in words):
        raise DataError(_("words 是至少两个字的词的列表"), place=f"{place}.words")
    return ThemeDimension(_text(data, "id", place), _text(data, "title", place), tuple(words))


def _sign(data: Any, place: str) -> tuple[str, float]:
    match data:
        case [str(phrase), int() | float() as weight] if phrase:
            return phrase, float(weight)
    raise DataError(_("每个标志是 [词, 权重]"), place=place)


def _text(data: dict[str, Any], key: str, place: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DataError(_("缺少 {key}").format(key=key), place=f"{place}: {key}")
    return value
