"""Words of a normalised text, by rjieba (jieba's segmentation, token for token)."""

from __future__ import annotations

import re

_WORD = re.compile(r"[一-鿿]{2,8}|[A-Za-z]{2,}\d*")


def words(text: str) -> list[str]:
    """The words of two or more characters, in order; single characters, numbers and punctuation are left out."""
    import rjieba

    return [w for w in rjieba.cut(text) if _WORD.fullmatch(w)]
