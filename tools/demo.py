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
from bihuan.i18n import language

SAMPLE = Path(__file__).parent.parent / "samples" / "tuned" / "01-water-bureau-2021.txt"
TOLD = {
    "zh": (
        "先用浏览器打开研读页，再用 Excel、WPS 或 LibreOffice 打开整改台账：",
        "研读页",
        "整改台账",
        "三张清单",
        "研读结果",
        "报告原件",
    ),
    "en": (
        "Open the reading page in a browser first, then the ledger in Excel, WPS or LibreOffice:",
        "reading page",
        "ledger",
        "three lists",
        "reading",
        "the report",
    ),
}


def main(folder: Path) -> None:
    """Write the sample as a Word file with automatic numbers, read it, and write the outputs beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / "对照检查材料.docx"
    write_whole(report, samples.render(samples.parse(SAMPLE), "docx-auto"))
    reading = bihuan.read(report)
    terminal.show(reading)
    outputs = (
        (folder / "研读.html", to_html(reading)),
        (folder / "整改台账.xlsx", to_xlsx(reading)),
        (folder / "三张清单.docx", to_docx(reading)),
        (folder / "研读.json", reading.to_json().encode()),
    )
    for path, data in outputs:
        write_whole(path, data)
    what_to_open, *names = TOLD[language()]
    print(f"\n{what_to_open}")
    for name, path in zip(names, (*(path for path, _data in outputs), report), strict=True):
        print(f"  {name}  {path.resolve()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
