"""What a source gives the reader: one text, and what the file knew about its lines.

Every kind of file becomes a ``Document``. Its ``text`` is the text of the contract: for a .txt file the decoded
file unchanged, for the others the text taken out of the file, one paragraph a line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from bihuan.reading.model import Note, Span


class Block(NamedTuple):
    """A line of the text and what the file said of it; blocks cover the text in order and don't overlap.

    ``kind`` is ``paragraph``, ``title`` (the file marks it as the document's title), ``heading`` (a style or a tag
    says so; ``level`` counts from 1), ``cell`` (inside a table), ``footnote``, ``caption`` or ``junk`` (a page
    number or running head that belongs to no sentence).
    """

    start: int
    end: int
    kind: str = "paragraph"
    level: int = 0


class Table(NamedTuple):
    """A table: rows of cells, each the span of its text.

    A merged cell stands in every row and column it covers with the same span, an empty one is ``None``. Every row
    has the same number of cells. ``title`` is the sheet's name where there is one.
    """

    rows: tuple[tuple[Span | None, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source after it was taken out of its file.

    ``blocks`` is empty where the file knows nothing of its lines (plain text): then ``hard_wrapped`` paragraphs and
    page junk are found by ``text.normal``. ``sha256`` is of the file's bytes.
    """

    text: str
    name: str
    media_type: str
    sha256: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = field(default=())
