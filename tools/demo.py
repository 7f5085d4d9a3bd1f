"""Read a sample report and write what Bihuan makes of it: ledger workbook, official document, reading page, JSON.

Usage: python tools/demo.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import bihuan
import samples
from bihuan.exchange import terminal
from bihuan.exchange.files import write_whole
from bihuan.exchange.official import to_docx
from bihuan.exchange.page import to_html
from bihuan.exchange.workbook import to_xlsx

SAMPLE = Path(__file__).parent.parent / "samples" / "tuned" / "01-water-bureau-2021.txt"


def main(folder: Path) -> None:
    """Write the sample as a Word file with automatic numbers, read it, and write the outputs beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / "对照检查材料.docx"
    write_whole(report, samples.render(samples.parse(SAMPLE), "docx-auto"))
    reading = bihuan.read(report)
    terminal.show(reading)
    outputs = (
        ("报告", report, None),
        ("整改台账", folder / "整改台账.xlsx", to_xlsx(reading)),
        ("公文", folder / "三张清单.docx", to_docx(reading)),
        ("研读页", folder / "研读.html", to_html(reading)),
        ("研读结果", folder / "研读.json", reading.to_json().encode()),
    )
    print()
    for name, path, data in outputs:
        if data is not None:
            write_whole(path, data)
        print(f"{name}：{path.resolve()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
