"""Word's automatic numbers, restored as the text that Word shows (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_LEVELS = 9
_LARGEST = 32_767  # Word counts no further


def value(element: _Element | None, path: str, default: str = "") -> str:
    """The ``w:val`` of the element found by a path of local names."""
    if element is None:
        return default
    found = element.find("/".join(W + step for step in path.split("/")))
    return default if found is None else found.get(W + "val", default)


def whole(text: str) -> int | None:
    """The whole number an attribute holds; None when it holds none, or one beyond any of Word's."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def chinese(number: int) -> str:
    """A Chinese numeral as Word writes it in headings: 十二, 一百零五."""
    if number < 10:
        return _DIGITS[number]
    if number < 20:
        return "十" + (_DIGITS[number % 10] if number % 10 else "")
    if number < 100:
        return _DIGITS[number // 10] + "十" + (_DIGITS[number % 10] if number % 10 else "")
    if number < 1000:
        rest = number % 100
        middle = (
            "零" + _DIGITS[rest] if 0 < rest < 10 else ("一" if 10 <= rest < 20 else "") + chinese(rest) if rest else ""
        )
        return _DIGITS[number // 100] + "百" + middle
    return str(number)


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    out = ""
    for worth, sign in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        out += sign * (number // worth)
        number %= worth
    return out


def written(number: int, form: str) -> str:
    """A number in one of Word's formats (ST_NumberFormat); unknown ones are decimal."""
    if form in ("none", "bullet"):
        return ""
    if not 0 <= number <= _LARGEST:
        return str(number)
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "koreanDigital2",
    ):
        return chinese(number)
    if form == "ideographTraditional":
        return "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10]
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return chinese(number).translate(str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰"))
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalEnclosedParen":
        return f"（{number}）"
    if form == "decimalEnclosedFullstop":
        return f"{number}."
    if form == "ideographEnclosedCircle" and 1 <= number <= 10:
        return f"（{chinese(number)}）"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("lowerLetter", "upperLetter"):
        return _letters(number) if form == "lowerLetter" else _letters(number).upper()
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    return str(number)


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The document's lists; ``next`` counts on and gives a paragraph's number."""

    def __init__(self, root: _Element | None, styles: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root, styles)

    def _read(self, root: _Element, styles: _Element | None) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            abstracts[name] = {whole(x.get(W + "ilvl", "0")) or 0: _level(x) for x in abstract.iterfind(W + "lvl")}
            if value(abstract, "numStyleLink"):
                linked[name] = value(abstract, "numStyleLink")
            if value(abstract, "styleLink"):
                by_style[value(abstract, "styleLink")] = name
        for name, style in linked.items():
            abstracts[name] = abstracts.get(by_style.get(style, ""), abstracts[name])
        for num in root.iterfind(W + "num"):
            abstract_id = value(num, "abstractNumId")
            levels = dict(abstracts.get(abstract_id, {}))
            made = _List(abstract_id, levels)
            for override in num.iterfind(W + "lvlOverride"):
                at = whole(override.get(W + "ilvl", "0")) or 0
                own = override.find(W + "lvl")
                if own is not None:
                    levels[at] = _level(own)
                start = whole(value(override, "startOverride"))
                if start is not None:
                    made.restarts[at] = start
            self._lists[num.get(W + "numId", "")] = made

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of a list that names a paragraph style."""
        found = self._lists.get(number)
        return next((k for k, x in found.levels.items() if x.style == style), None) if found and style else None

    def next(self, number: str, at: int) -> str:
        """The number of the next paragraph of a list at a level, as text; empty for bullets and unknown lists."""
        made = self._lists.get(number)
        level = made.levels.get(at) if made else None
        if made is None or level is None or not 0 <= at < _LEVELS:
            return ""
        # Lists that share an abstract list go on counting together; an override starts anew at its first use.
        counts = self._counts.setdefault(made.abstract, [None] * _LEVELS)
        if at in made.restarts and (number, at) not in self._begun:
            counts[at] = made.restarts[at]
        else:
            before = counts[at]
            counts[at] = made.restarts.get(at, level.start) if before is None else before + 1
        self._begun.add((number, at))
        for deeper in range(at + 1, _LEVELS):
            lower = made.levels.get(deeper)
            # lvlRestart 0: never; n: only when a level up to n comes again; absent: at any higher level.
            if lower is None or lower.restart is None or (lower.restart != 0 and at < lower.restart):
                counts[deeper] = None
        for higher in range(at):
            if counts[higher] is None:
                counts[higher] = made.levels[higher].start if higher in made.levels else 1

        def fill(found: re.Match[str]) -> str:
            k = int(found.group(1)) - 1
            count = counts[k]
            form = made.levels[k].form if k in made.levels else "decimal"
            return written(1 if count is None else count, "decimal" if level.legal and form != "none" else form)

        if level.form == "bullet":
            return ""
        text = re.sub(r"%([1-9])", fill, level.text)
        if not text.strip():
            return ""
        ends = text[-1] in "、.．，。：:)）】" or level.suffix == "nothing"
        return text if ends else text + " "


def _level(element: _Element) -> _Level:
    start = whole(value(element, "start", "1"))
    legal = element.find(W + "isLgl")
    return _Level(
        form=value(element, "numFmt", "decimal"),
        text=value(element, "lvlText"),
        start=1 if start is None else start,
        restart=whole(value(element, "lvlRestart")),
        legal=legal is not None and legal.get(W + "val", "1") not in ("0", "false"),
        suffix=value(element, "suff", "tab"),
        style=value(element, "pStyle"),
    )
