"""Any Unicode text as HTML: what a browser shows is what the report says."""

from __future__ import annotations

import html
import re
import unicodedata

# HTML has no way to write NUL, and UTF-8 none to write half a surrogate pair: both show as the replacement character.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def escape(text: str) -> str:
    """The text for an element's content or a quoted attribute.

    A carriage return becomes a reference, since a parser would make a line feed of it.
    """
    return html.escape(_UNWRITABLE.sub("\ufffd", text)).replace("\r", "&#13;")


def shorten(text: str, width: int) -> str:
    """The text cut to the room of ``width`` Han characters (a Latin one takes half), with an ellipsis if cut."""
    room, kept = 2 * width, 0
    for i, character in enumerate(text):
        kept += 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        if kept > room:
            return text[: i - 1].rstrip() + "…"
    return text
