"""Write a page for each rule, and their index, into docs/rules; ``--check`` only says which are out of date.

Usage: python tools/rule_docs.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from bihuan.checking.registry import available, modules
from bihuan.exchange.rule_pages import to_index, to_page

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


def pages() -> dict[str, str]:
    """The pages by file name; an office's own rules are not ours to document."""
    ours = [rule for rule in available() if rule.check.__module__ in modules()]
    return {"README.md": to_index(ours)} | {f"{rule.code}.md": to_page(rule) for rule in ours}


def stale() -> list[str]:
    """The names of pages that are missing, out of date, or of no rule."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> int:
    """Returns 1 when ``--check`` finds pages out of date."""
    names = stale()
    if "--check" in sys.argv[1:]:
        print("\n".join(names), file=sys.stderr)
        return 1 if names else 0
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for name in names:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
