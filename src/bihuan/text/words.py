"""Words of a normalised text, by rjieba (jieba's segmentation, token for token)."""

from __future__ import annotations


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
        # A token is of one kind throughout, so its first character tells whether it is a word.
        if length > 1 and ("一" <= word[0] <= "鿿" or (word[0] <= "z" and word[0].isalpha())):
            found.append((word, at))
        at += length
    return found
