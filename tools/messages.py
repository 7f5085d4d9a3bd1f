"""Collect the screen's words, ``_("…")``, into the English catalogue and compile it; say which have no English yet.

The words are taken from the syntax tree: Babel's own extractor sees nothing inside f-strings before Python 3.12.

Usage: python tools/messages.py
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[1] / "src" / "bihuan"
ENGLISH = SOURCE / "locale" / "en" / "LC_MESSAGES" / "bihuan.po"


def used() -> set[str]:
    """Every message of the source; one that isn't a plain string is refused, as nobody could translate it."""
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                message = node.args[0]
                if not (isinstance(message, ast.Constant) and isinstance(message.value, str)):
                    raise SystemExit(f"{path}:{node.lineno}: the message is no plain string")
                found.add(message.value)
    return found


def catalogue() -> Catalog:
    """The English catalogue as it is written."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def main() -> int:
    """Bring the catalogue up to date; returns 1 when English is missing."""
    english = catalogue()
    messages = used()
    for message in messages - {m.id for m in english}:
        english.add(message)
    for gone in [m.id for m in english if m.id and m.id not in messages]:
        english.delete(gone)
    with ENGLISH.open("wb") as file:
        write_po(file, english, width=120, no_location=True, sort_output=True, include_previous=False)
    with ENGLISH.with_suffix(".mo").open("wb") as file:
        write_mo(file, english)
    missing = sorted(m.id for m in english if m.id and not m.string)
    for message in missing:
        print(f"no English yet: {message}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
