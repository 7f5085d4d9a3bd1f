"""Speed of reading, as ratios against what a user would pick instead, side by side in one run.

- the whole reading of a 6,500-character report against jieba's segmentation alone of the same text (goal: at most 1);
- time for each character of a report of up to 1,000,000 characters against a short one (goal: about 1, linear);
- reading it as docx and as pdf against taking out the text alone with python-docx and pypdfium2;
- ``bihuan --help`` against ``python -c pass`` (goal: at most 3), ``bihuan read`` against ``import jieba`` with a sentence cut.

Everything but the commands is warm on both sides: jieba's dictionary is loaded and so are Bihuan's lexicons and themes, and each
has been through the same text before. The commands run in new processes, with byte code that an earlier run has left. Of
several rounds the least counts, what the work costs when nothing disturbs it; the two sides take turns.

Usage: python bench/reading.py [REPORT.txt]   (default: samples, one after the other, up to the length)
"""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import docx
import jieba
import pypdfium2

import bihuan
import samples

LENGTH = 6_500
LENGTHS = (50_000, 200_000, 1_000_000)
ROUNDS = 15


def beside(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The least time of each piece of work, in seconds; they take turns, so that a slow moment meets all alike."""
    least = [float("inf")] * len(works)
    for _round in range(rounds):
        for n, work in enumerate(works):
            start = time.perf_counter()
            work()
            least[n] = min(least[n], time.perf_counter() - start)
    return least


def say(what: str, ours: float, beside_what: str, theirs: float) -> None:
    """One line of the result."""
    print(f"{what}: {ours * 1e3:.1f} ms; {beside_what}: {theirs * 1e3:.1f} ms; ratio {ours / theirs:.2f}")


def long_text(length: int, sources: list[str]) -> str:
    """The reports one after the other, again and again, up to a length; it ends at a line."""
    parts: list[str] = []
    size = 0
    for source in cycle(sources):
        parts.append(source.rstrip("\n") + "\n")
        size += len(parts[-1])
        if size >= length:
            break
    text = "".join(parts)
    return text[: text.rfind("\n", 0, length) + 1]


def docx_text(data: bytes) -> str:
    """What python-docx gives: the paragraphs' words."""
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def pdf_text(data: bytes) -> str:
    """What pypdfium2 gives: the pages' words."""
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def command(*words: str) -> Callable[[], object]:
    """A run of Python in a new process; byte code is kept, as it is for a user, but not among the sources."""
    kept = Path(tempfile.gettempdir()) / "bihuan-bench-bytecode"
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": str(kept)}
    return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, env=env)


def main() -> None:
    """Print the ratios and the memory of the longest reading."""
    jieba.setLogLevel(logging.ERROR)
    if len(sys.argv) > 1:
        sources = [Path(sys.argv[1]).read_text(encoding="utf-8")]
    else:
        sources = [samples.parse(path).text for path in samples.paths("tuned")]
    report = long_text(LENGTH, sources)
    bihuan.read(report)
    jieba.lcut(report)
    ours, theirs = beside(lambda: bihuan.read(report), lambda: jieba.lcut(report))
    say(f"reading {len(report):,} characters", ours, "jieba's segmentation alone", theirs)

    base = ours / len(report)
    for length in LENGTHS:
        text = long_text(length, sources)
        (seconds,) = beside(lambda text=text: bihuan.read(text), rounds=2)  # type: ignore[misc]
        each = seconds / len(text) / base
        print(
            f"reading {len(text):,} characters: {seconds:.2f} s; a character costs {each:.2f} of one of the short report"
        )

    sample = samples.parse(samples.paths("tuned")[0])
    name = f"{len(sample.text):,} characters"
    for form, library, alone in (("docx", "python-docx", docx_text), ("pdf", "pypdfium2", pdf_text)):
        data = samples.render(sample, form)
        bihuan.read(data)
        times = beside(lambda data=data: bihuan.read(data), lambda data=data, alone=alone: alone(data))  # type: ignore[misc]
        say(f"reading {name} as {form}", times[0], f"{library}'s text alone", times[1])

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(report, encoding="utf-8")
        words = ("-m", "bihuan", "read", str(path), "-f", "json")
        segmentation = f"import jieba; jieba.setLogLevel(40); jieba.lcut(open({str(path)!r}, encoding='utf-8').read())"
        say("bihuan --help", *with_name(command("-m", "bihuan", "--help"), "python -c pass", command("-c", "pass")))
        say("bihuan read", *with_name(command(*words), "jieba in a process of its own", command("-c", segmentation)))

        path.write_text(long_text(LENGTHS[-1], sources), encoding="utf-8")
        process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
        _pid, _status, usage = os.wait4(process.pid, 0)
        unit = 1 if sys.platform == "darwin" else 1024
        print(f"memory at its highest for {LENGTHS[-1]:,} characters: {usage.ru_maxrss * unit / 1e6:.0f} MB")


def with_name(ours: Callable[[], object], name: str, theirs: Callable[[], object]) -> tuple[float, str, float]:
    """Times of two commands after a first run of each, and the second's name between them."""
    ours()
    theirs()
    mine, other = beside(ours, theirs)
    return mine, name, other


if __name__ == "__main__":
    main()
