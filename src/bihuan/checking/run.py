"""Running rules over a reading, and the baseline that accepts today's findings."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bihuan.checking.config import Config
from bihuan.checking.finding import Finding
from bihuan.checking.rule import Context
from bihuan.errors import DataError
from bihuan.i18n import _
from bihuan.reading.model import Reading

BASELINE = "bihuan.baseline/1"

#: Accepted findings: how often each code was found on the same words.
Baseline = Counter[tuple[str, str]]


def check(reading: Reading, last_year: Reading | None = None, config: Config | None = None) -> tuple[Finding, ...]:
    """What the rules say about a report, by place.

    Args:
        reading: the report.
        last_year: the same body's report of the year before, for the rules that compare.
        config: which rules run, with which options; by default all that are on.

    Raises:
        UsageWrong: the configuration selects a rule that there is not.
    """
    config = config or Config()
    context = Context(reading, last_year)
    found = [finding for rule in config.rules() for finding in rule.run(context, config.options.get(rule.code))]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.code, f.message)))


def mark(text: str, finding: Finding) -> tuple[str, str]:
    """What a baseline knows a finding by: its code and a hash of the quoted words, wherever they stand."""
    words = "".join(text[finding.start : finding.end].split()) or finding.message
    return finding.code, hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest()[:20]


def without(text: str, findings: Iterable[Finding], accepted: Baseline) -> tuple[Finding, ...]:
    """The findings that the baseline doesn't hold; each accepted one is used up, so that a second one counts."""
    new = []
    for finding in findings:
        known = mark(text, finding)
        if accepted[known] > 0:
            accepted[known] -= 1
        else:
            new.append(finding)
    return tuple(new)


def baseline_to_json(marks: Baseline) -> str:
    """The baseline's file: sorted, one finding a line, so that two of them compare well."""
    rows = [
        json.dumps({"code": code, "hash": words, "count": count})
        for (code, words), count in sorted(marks.items())
        if count
    ]
    return f'{{"schema": "{BASELINE}", "findings": [\n' + ",\n".join(rows) + "\n]}\n"


def read_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        DataError: the file cannot be read or is no baseline.
    """
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != BASELINE:
            raise ValueError(data["schema"])
        return Counter({(str(row["code"]), str(row["hash"])): int(row["count"]) for row in data["findings"]})
    except OSError as error:
        raise DataError(_("打不开文件：{error}").format(error=error.strerror or error), place=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(_("不是基线文件"), place=str(path)) from error
