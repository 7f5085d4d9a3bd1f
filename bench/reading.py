"""Speed of reading, as ratios against what a user would pick instead, side by side in one run.

- the whole reading of a 6,500-character report against jieba's segmentation alone of the same text (goal: at most 1);
- time for each character of a report of up to 1,000,000 characters against a short one (goal: about 1, linear);
- ``bihuan --help`` against ``python -c pass`` (goal: at most 3).

Usage: python bench/reading.py [REPORT.txt]   (default: a sample, repeated to the length)
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import jieba  # noqa: E402

import bihuan  # noqa: E402
import samples  # noqa: E402

LENGTH = 6_500
ROUNDS = 7


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least of several runs, in seconds: what the work costs when nothing disturbs it."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def long_text(length: int, source: str) -> str:
    """The report said again and again up to a length, ending at a line."""
    text = (source.rstrip("\n") + "\n") * (length // len(source) + 1)
    return text[: text.rfind("\n", 0, length) + 1] if len(text) > length else text


def main() -> None:
    """Print the three ratios and the memory of the longest reading."""
    jieba.setLogLevel(logging.ERROR)
    if len(sys.argv) > 1:
        source = Path(sys.argv[1]).read_text(encoding="utf-8")
    else:
        source = samples.parse(samples.paths("tuned")[0]).text
    report = source if LENGTH * 0.9 < len(source) < LENGTH * 1.1 else long_text(LENGTH, source)
    bihuan.read(report)
    jieba.lcut(report)
    ours, theirs = best(lambda: bihuan.read(report)), best(lambda: jieba.lcut(report))
    print(
        f"reading {len(report):,} characters: {ours * 1e3:.1f} ms; jieba alone {theirs * 1e3:.1f} ms; ratio {ours / theirs:.2f}"
    )

    base = ours / len(report)
    for length in (50_000, 200_000, 1_000_000):
        text = long_text(length, source)
        seconds = best(lambda text=text: bihuan.read(text), 1)  # type: ignore[misc]
        print(
            f"reading {len(text):,} characters: {seconds:.2f} s; a character costs {seconds / len(text) / base:.2f} of the short report's"
        )
    tracemalloc.start()
    bihuan.read(long_text(1_000_000, source))
    print(f"memory at its highest for 1,000,000 characters: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
    tracemalloc.stop()

    def run(*command: str) -> float:
        return best(lambda: subprocess.run([sys.executable, *command], check=True, capture_output=True))

    help_time, bare = run("-m", "bihuan", "--help"), run("-c", "pass")
    print(f"bihuan --help: {help_time * 1e3:.0f} ms; python -c pass: {bare * 1e3:.0f} ms; ratio {help_time / bare:.2f}")


if __name__ == "__main__":
    main()
