"""Make ``text/traditional.txt`` from OpenCC's table TSCharacters.txt (Apache-2.0): one traditional and one simplified
character a pair, only pairs of single characters that differ.

Usage: python tools/learn_traditional.py TSCharacters.txt src/bihuan/text/traditional.txt
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

# Characters that simplified prose uses as they are, so that reading them as traditional would harm it.
KEEP = set("乾著瞭藉")


def main(table: Path, target: Path) -> None:
    """Write the pairs, in the table's order, 40 a line."""
    pairs = []
    for line in table.read_text(encoding="utf-8").splitlines():
        traditional, _, simplified = line.partition("\t")
        simplified = simplified.split(" ")[0]
        if traditional == simplified or traditional in KEEP:
            continue
        if re.fullmatch("[一-鿿]", traditional) and re.fullmatch("[一-鿿]", simplified):
            pairs.append(traditional + simplified)
    lines = ["".join(pairs[i : i + 40]) for i in range(0, len(pairs), 40)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
