"""The marks that number Chinese documents: 一、 （一） 1. 1、 1） （1） ① 第一章 2.1 第一， 一是 一要 首先.

A mark alone proves nothing; whether it numbers something is decided by where it stands and what follows it
(``bihuan.reading.outline``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_CN = "[一二三四五六七八九十]{1,3}"
_FIRST = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "此外": 4, "最后": 5}

#: Styles that offices use inside a sentence as well as at a line's head.
INLINE_STYLES = frozenset(
    {"is", "yao", "one", "first", "ordinal", "circle", "number", "number-paren", "number-half", "cn-paren"}
)
#: Styles made of common words: without a second mark of their sequence they number nothing.
SEQUENCE_ONLY = frozenset({"is", "yao", "one", "first", "ordinal"})

_MARK = re.compile(
    rf"""
    (?:^|(?<=[\n：:。；;，,！？!?、”）)…—】]))[ \t]*
    (?:
      (?P<chapter>第(?:{_CN}|\d{{1,2}})(?:部分|[章节篇])[、，：:]?)
    | (?P<cnparen>（(?P<v_cnparen>{_CN})）[、．.，]?)
    | (?P<cn>(?P<v_cn>{_CN})[、．.](?![一二三四五六七八九十]{{1,3}}[、，是]))
    | (?P<is>(?P<v_is>{_CN})是(?!否|以|由于?此))
    | (?P<yao>(?P<v_yao>{_CN})要)
    | (?P<one>(?P<v_one>{_CN})(?:则|为)(?=[，、]?\w))
    | (?P<ordinal>第(?P<v_ordinal>{_CN})(?:[，、：,:]是?|是))
    | (?P<first>首先|其次|再次|再者|此外|最后)[，,是]?
    | (?P<decimal>(?P<v_decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?![\d.]*(?:[%％万亿元年月日倍个公平至到~—-]|、\d))[、.]?)
    | (?P<number>(?P<v_number>\d{{1,2}})(?:[．.](?![\d])|、))
    | (?P<numparen>（(?P<v_numparen>\d{{1,2}})）[、．.]?)
    | (?P<numhalf>(?P<v_numhalf>\d{{1,2}})[）)])
    | (?P<circle>[①-⑳])
    | (?P<bare>^(?P<v_bare>\d{{1,2}})\ +(?=[一-鿿]{{2,16}}$)(?!\d+\ +[年月日个条项名份次]))
    )[ \t]*
    """,
    re.VERBOSE | re.MULTILINE,
)
_STYLE = {
    "bare": "decimal",  # 5 观察项, above 5.1
    "cnparen": "cn-paren",
    "numparen": "number-paren",
    "numhalf": "number-half",
}


class Mark(NamedTuple):
    """A possible number: ``start`` to ``end`` with the blanks after it; ``values`` has one number a level."""

    start: int
    end: int
    style: str
    values: tuple[int, ...]

    @property
    def value(self) -> int:
        """The number itself: the last level's."""
        return self.values[-1]


def chinese_value(numeral: str) -> int:
    """The value of a numeral up to 99 as headings write it: 十二 is 12, 二十 is 20.

    Raises:
        KeyError: a character that is no such numeral.
    """
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _DIGITS[numeral] if len(numeral) == 1 else _DIGITS[numeral[0]] * 10 + _DIGITS[numeral[-1]]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones[-1]] if ones else 0)


def find_marks(text: str) -> Iterator[Mark]:
    """Every possible number in a normalised text, at a line's head or after punctuation, in order."""
    for found in _MARK.finditer(text):
        style = found.lastgroup or ""
        if style.startswith("v_"):
            style = style[2:]
        start = found.start(style)
        values = _values(style, found)
        if values:
            yield Mark(start, found.end(), _STYLE.get(style, style), values)


def _values(style: str, found: re.Match[str]) -> tuple[int, ...]:
    written = found.group(style)
    if style == "first":
        return (_FIRST[written],)
    if style == "circle":
        return (ord(written) - ord("①") + 1,)
    if style == "chapter":
        numeral = re.match(r"第([一二三四五六七八九十]+|\d+)", written)
        if numeral is None:
            return ()
        inner = numeral.group(1)
        return (int(inner) if inner.isdigit() else chinese_value(inner),)
    inner = found.group("v_" + style)
    if style == "decimal":
        return tuple(int(part) for part in inner.split("."))
    return (int(inner) if inner.isdigit() else chinese_value(inner),)
