"""Words of a normalised text, by rjieba (jieba's segmentation, token for token)."""

from __future__ import annotations

import re

_WORD = re.compile(r"[一-鿿]{2,8}|[A-Za-z]{2,}\d*")


def words(text: str) -> list[str]:
    """The words of two or more characters, in order; single characters, numbers and punctuation are left out."""
    return [word for word, _at in placed_words(text)]


def placed_words(text: str) -> list[tuple[str, int]]:
    """The same words, each with the offset at which it starts."""
    import rjieba

    found = []
    at = 0
    for word in rjieba.cut(text):
        length = len(word)
        if length > 1 and _WORD.fullmatch(word):
            found.append((word, at))
        at += length
    return found
