"""Findings as text for a terminal, as JSON, and as SARIF 2.1.0."""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bihuan import __version__
from bihuan.checking.finding import Finding
from bihuan.checking.registry import available
from bihuan.checking.run import mark

_WINDOW = 76  # columns of the line that are shown
_BEFORE = 24  # columns of it before the place
_LEVEL = {"error": "error", "warning": "warning", "note": "note"}


class Checked(NamedTuple):
    """A report with what was found in it."""

    file: str
    text: str
    findings: tuple[Finding, ...]


class _Lines:
    """Lines and columns of offsets, from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def around(self, offset: int) -> tuple[int, int]:
        """Where the offset's line starts and ends."""
        line = bisect_right(self.starts, offset)
        stop = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return self.starts[line - 1], stop


def to_text(checked: Checked) -> str:
    """``file:line:column CODE message``, below it the line with a caret under the place."""
    lines = _Lines(checked.text)
    out = []
    for finding in checked.findings:
        line, column = lines.place(finding.start)
        fix = f" [{finding.fix.title}]" if finding.fix else ""
        out.append(_plain(f"{checked.file}:{line}:{column} {finding.code} {finding.message}{fix}"))
        if finding.start < finding.end:
            out.extend(_shown(checked.text, *lines.around(finding.start), finding.start, finding.end))
    return "".join(f"{line}\n" for line in out)


def _shown(text: str, first: int, stop: int, start: int, end: int) -> list[str]:
    """The part of a line around a place, and carets under the place as wide as its characters."""
    end = max(start, min(end, stop))
    begin, room = start, _BEFORE
    while begin > first and (room := room - _columns(text[begin - 1])) >= 0:
        begin -= 1
    until, room = begin, _WINDOW
    while until < stop and (room := room - _columns(text[until])) >= 0:
        until += 1
    head = "… " if begin > first else ""
    tail = " …" if until < stop else ""
    margin = sum(map(_columns, text[begin:start])) + len(head)
    carets = max(1, sum(map(_columns, text[start : min(end, until)])))
    return [f"    {head}{_plain(text[begin:until])}{tail}".rstrip(), "    " + " " * margin + "^" * carets]


def _columns(character: str) -> int:
    """Columns in a terminal: two for a wide character, none for one that joins the one before."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "FW" else 1


def _plain(text: str) -> str:
    """A line of what may hold anything: no escapes, every character as wide as it was."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else " " for c in text)


def to_json(reports: Sequence[Checked]) -> str:
    """All findings as one object, ending in a newline (schema ``bihuan.findings/1``)."""
    data = {"schema": "bihuan.findings/1", "files": [_file(report) for report in reports]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _file(checked: Checked) -> dict[str, Any]:
    lines = _Lines(checked.text)
    return {
        "file": checked.file,
        "findings": [
            {
                "code": f.code,
                "name": f.name,
                "severity": f.severity,
                "start": f.start,
                "end": f.end,
                "line": lines.place(f.start)[0],
                "column": lines.place(f.start)[1],
                "words": checked.text[f.start : f.end],
                "message": f.message,
                "fix": {
                    "title": f.fix.title,
                    "safe": f.fix.safe,
                    "edits": [edit._asdict() for edit in f.fix.edits],
                }
                if f.fix
                else None,
                "related": [{"start": span.start, "end": span.end} for span in f.related],
            }
            for f in checked.findings
        ],
    }


def to_sarif(reports: Sequence[Checked]) -> str:
    """SARIF 2.1.0, which code hosts and editors show; regions are of the text taken out of the file."""
    found = {f.code for report in reports for f in report.findings}
    rules = [rule for rule in available() if rule.code in found]
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "bihuan",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": rule.code,
                "name": rule.name,
                "shortDescription": {"text": rule.summary},
                "fullDescription": {"text": rule.why},
                "help": {"text": rule.why},
                "defaultConfiguration": {"level": _LEVEL[rule.severity], "enabled": rule.default},
            }
            for rule in rules
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [result for report in reports for result in _results(report, index)],
    }
    data = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _uri(path: str) -> str:
    """A relative or absolute path as a URI reference; what isn't plain ASCII is written as its bytes in UTF-8."""
    return "".join(
        c
        if c.isascii() and (c.isalnum() or c in "/._-~")
        else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace"))
        for c in path.replace("\\", "/")
    )


def _results(checked: Checked, index: dict[str, int]) -> Iterable[dict[str, Any]]:
    lines = _Lines(checked.text)
    uri = _uri(checked.file)

    def region(start: int, end: int) -> dict[str, Any]:
        (line, column), (last, after) = lines.place(start), lines.place(end)
        place = {"startLine": line, "startColumn": column, "endLine": last, "endColumn": after}
        return {**place, "charOffset": start, "charLength": end - start}

    def location(start: int, end: int) -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
        if start < end:
            physical["region"] = region(start, end)
        return {"physicalLocation": physical}

    for f in checked.findings:
        result: dict[str, Any] = {
            "ruleId": f.code,
            "level": _LEVEL[f.severity],
            "message": {"text": f.message},
            "locations": [location(f.start, f.end)],
            "partialFingerprints": {"words/v1": mark(checked.text, f)[1]},
        }
        if f.code in index:
            result["ruleIndex"] = index[f.code]
        if f.related:
            result["relatedLocations"] = [location(span.start, span.end) for span in f.related]
        if f.fix:
            edits = [
                {"deletedRegion": region(edit.start, edit.end), "insertedContent": {"text": edit.new}}
                for edit in f.fix.edits
            ]
            change = {"artifactLocation": {"uri": uri}, "replacements": edits}
            result["fixes"] = [{"description": {"text": f.fix.title}, "artifactChanges": [change]}]
        yield result
