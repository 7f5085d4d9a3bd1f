"""Making the fixes of findings in a text file, and nothing else in it."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from bihuan.checking.finding import Edit, Finding
from bihuan.errors import InputUnsupported
from bihuan.i18n import _

FIXABLE = ("text/plain", "text/markdown")

_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What Markdown's reader leaves out: nothing of the report stands there.
_NO_TEXT = re.compile(r"\A(?:---|\+\+\+)[ \t]*\n.*?\n(?:---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)|<!--.*?-->", re.S)


class Fixed(NamedTuple):
    """The file's new bytes and how many findings were mended."""

    data: bytes
    mended: int


def chosen_edits(findings: Iterable[Finding], *, unsafe: bool = False) -> tuple[tuple[Edit, ...], ...]:
    """The edits of each fix that may be made; one that overlaps an earlier one is left for the next run."""
    taken: list[tuple[int, int]] = []
    out = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not fix.edits or not (fix.safe or unsafe):
            continue
        if any(edit.start <= end and start <= edit.end for edit in fix.edits for start, end in taken):
            continue
        taken.extend((edit.start, edit.end) for edit in fix.edits)
        out.append(fix.edits)
    return tuple(out)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, from its end to its beginning."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def fix_file(data: bytes, text: str, findings: Iterable[Finding], *, unsafe: bool = False) -> Fixed:
    """Make the fixes in a plain text or Markdown file.

    Args:
        data: the file as it is.
        text: the reading's text, which the findings' places are in.
        findings: what was found.
        unsafe: make fixes, too, that may change a meaning.

    Raises:
        InputUnsupported: the file would not come out as it is but for the fixes (damaged characters).
    """
    source, bom, encoding = _decode(data)
    places = _Places(text, source)
    done: list[Edit] = []
    count = 0
    for edits in chosen_edits(findings, unsafe=unsafe):
        moved = [places.of(edit) for edit in edits]
        if all(moved):
            done.extend(edit for edit in moved if edit)
            count += 1
    try:
        return Fixed(bom + apply_edits(source, done).encode(encoding), count)
    except UnicodeEncodeError as error:
        raise _unsupported() from error


def _decode(data: bytes) -> tuple[str, bytes, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _exactly(data[len(bom) :], encoding), bom, encoding
    from bihuan.reading.sources.plain import decode

    text = decode(data)[0]
    for encoding in _ENCODINGS:
        try:
            if text.encode(encoding) == data:
                return text, b"", encoding
        except UnicodeEncodeError:
            continue
    raise _unsupported()


def _exactly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
        if text.encode(encoding) == data:
            return text
    except UnicodeError:
        pass
    raise _unsupported()


def _unsupported() -> InputUnsupported:
    return InputUnsupported(_("文件里有无法解码的字，不能原样写回，没有修改；请先另存为 UTF-8"))


class _Places:
    """Where the reading's characters stand in the file: the same places, but for Markdown, whose marks are taken out.

    There, a line of the text is looked for whole, in order; one that has marks inside isn't found and not mended.
    """

    def __init__(self, text: str, source: str) -> None:
        self.lines: list[tuple[int, int, int]] = []  # start and end in the text, start in the file
        if text == source:
            self.lines.append((0, len(text), 0))
            return
        hidden = _NO_TEXT.sub(lambda m: "\0" * len(m.group()), source)
        at = start = 0
        for line in text.split("\n"):
            found = hidden.find(line, at) if line else -1
            if found >= 0:
                self.lines.append((start, start + len(line), found))
                at = found + len(line)
            start += len(line) + 1

    def of(self, edit: Edit) -> Edit | None:
        index = bisect_right(self.lines, edit.start, key=lambda line: line[0]) - 1
        if index < 0 or edit.end > self.lines[index][1]:
            return None
        start, _end, place = self.lines[index]
        return Edit(edit.start - start + place, edit.end - start + place, edit.new)
