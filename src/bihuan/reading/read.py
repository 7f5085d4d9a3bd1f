"""The main job: a report becomes a reading."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bihuan.reading import actions, details, outline, sources, statements
from bihuan.reading.document import Document
from bihuan.reading.links import MAX_PAIRS, LinkItem, link
from bihuan.reading.model import (
    KINDS,
    Action,
    Deadline,
    Dimension,
    Genre,
    Note,
    Owner,
    Quantity,
    Reading,
    Section,
    Source,
    Span,
    Statement,
    ThemeRef,
)
from bihuan.reading.statements import Draft, Field, Part
from bihuan.text import dates, numbers, owners
from bihuan.text.normal import Line, Normal, normalise
from bihuan.text.numbering import chinese_value, find_marks
from bihuan.themes import lexicons
from bihuan.themes import load as themes

if TYPE_CHECKING:
    from bihuan.themes.load import Theme

_GENRES: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    (
        "self-examination",
        re.compile(
            r"对照检查|对照检视|检视问题|自查|检视剖析|剖析材料|发言提纲|自查报告|自查自纠|党性分析|自我检[查视]|自我剖析|检视材料"
        ),
    ),
    (
        "progress",
        re.compile(
            r"(?:整改|落实|反馈意见|问题).{0,12}(?:进展|情况|成效|结果)(?:的?(?:报告|汇报|通报))?$|整改(?:情况|进展|落实)?报告|回头看"
        ),
    ),
    (
        "plan",
        re.compile(
            r"整改(?:落实)?(?:工作)?(?:方案|措施|计划|清单|台账)|实施方案|纠正(?:预防)?措施|整改清单|问题清单|三张清单"
        ),
    ),
    (
        "feedback",
        re.compile(
            r"反馈|通报|审计报告|检查意见|督[查导](?:报告|意见)|意见书|评审(?:报告|意见)|评估报告|审核报告|检查报告|核查报告"
        ),
    ),
)
_TITLE_LINES = 16  # the buttons and the path of a web page may stand above a title
_REPORT = re.compile(r"(?:报告|材料|方案|总结|汇报|通报|台账|清单|提纲|意见书)$")
_REFERS = re.compile(
    r"(?:针对|对应)(?:上述)?(?:第|问题)?((?:(?:\d+(?:\.\d+)*|[一二三四五六七八九十]+)[、和,，及]?)+)(?:个|项|条|号)?(?:问题|方面|不符合|：|，)"
)
_HEADLINE_END = re.compile(r"[。！？；\n]")
_IDS = {"problem": "P", "cause": "C", "measure": "M"}


def read(source: str | os.PathLike[str] | bytes, theme: str | None = None, *, name: str | None = None) -> Reading:
    """Read a report.

    Args:
        source: a path, the bytes of a file of any kind that is read, or the text itself.
        theme: a theme's id (``bihuan themes``) or the path of an office's own theme file; found in the text when None.
        name: what to call a source that has no path.

    Raises:
        InputError: the source cannot be read; the subclass and the message say why.
        PartMissing: the source needs LibreOffice or the ``ocr`` extra.
        DataError: there is no such theme, or its file is wrong.
    """
    chosen = themes.load(theme) if theme else None
    return read_document(sources.load(source, name=name), chosen)


def read_document(document: Document, theme: Theme | None = None) -> Reading:
    """Read what a source gave; the theme is found in the text when None."""
    lines = [Line(b.start, b.end, b.kind, b.level) for b in document.blocks] or None
    normal = normalise(document.text, spellings=lexicons.obfuscations(), lines=lines)
    return _Reader(document, normal, theme).read()


class _Reader:
    """One reading in the making; everything is in offsets of the normalised text until it is given out."""

    def __init__(self, document: Document, normal: Normal, theme: Theme | None) -> None:
        self.document = document
        self.normal = normal
        self.text = normal.text
        self.theme = theme or themes.detect(self.text)
        self.year = dates.report_year(self.text)
        self._named: dict[str, str | None] = {}

    def read(self) -> Reading:
        title = self._title()
        genre = self._genre(title)
        tree = outline.build(self.normal)
        drafts, parts = statements.find(self.text, tree, genre)
        if self.document.tables:
            from bihuan.reading.rows import drafts_from_tables

            in_tables = drafts_from_tables(self.document, self.normal)
            cells = [(line.start, line.end) for line in self.normal.lines if line.kind == "cell"]
            if in_tables:
                # What a heading above the ledger would claim of its cells, the columns say better.
                first, last = cells[0][0], cells[-1][1]
                drafts = [d for d in drafts if d.end <= first or d.start >= last]
            drafts = sorted([*drafts, *in_tables], key=lambda d: (d.start, d.end))
            if genre == "other" and in_tables:
                genre = "plan"
        if genre == "other":
            genre = self._genre_by_parts(parts)
        made, items = self._statements(drafts)
        links = link(items) if items else ()
        source = Source(self.document.name, self.document.media_type, self.document.sha256, len(self.document.text))
        return Reading(
            source=source,
            text=self.document.text,
            title=self._span(*title) if title else None,
            genre=genre,
            theme=self._theme(),
            sections=tuple(self._section(part) for part in parts),
            statements=tuple(made),
            links=tuple(links),
            notes=(*self.document.notes, *self._notes(made)),
        )

    # --- the whole report ------------------------------------------------------------------------------------------

    def _title(self) -> tuple[int, int] | None:
        """The first line that names a kind of report, else the first line if it is a short one."""
        lines = [x for x in self.normal.lines[:_TITLE_LINES] if x.kind != "cell" and x.end - x.start <= 80]
        for line in self.normal.lines:
            if line.kind == "title":
                return line.start, line.end
        for line in lines:
            words = self.text[line.start : line.end]
            if next(find_marks(words), None) is not None:
                break
            if words[-1] not in "。；，：" and (_REPORT.search(words) or any(p.search(words) for _, p in _GENRES)):
                return line.start, line.end
        first = self.normal.lines[0] if self.normal.lines else None
        if first in lines and first is not None and self.text[first.end - 1] not in "。；，：":
            return first.start, first.end
        return None

    def _genre(self, title: tuple[int, int] | None) -> Genre:
        words = self.text[slice(*title)] if title else self.text[:60]
        return next((genre for genre, pattern in _GENRES if pattern.search(words)), "other")

    @staticmethod
    def _genre_by_parts(parts: Sequence[Part]) -> Genre:
        roles = {part.role for part in parts}
        return "self-examination" if {"problems", "causes"} <= roles else "other"

    def _theme(self) -> ThemeRef | None:
        if self.theme is None:
            return None
        return ThemeRef(self.theme.id, self.theme.title, tuple(Dimension(d.id, d.title) for d in self.theme.dimensions))

    def _section(self, part: Part) -> Section:
        span = self._span(part.start, part.end)
        heading = self._span(*part.heading) if part.heading[0] < part.heading[1] else Span(span.start, span.start)
        return Section(part.role, span.start, span.end, heading)

    def _notes(self, made: Sequence[Statement]) -> list[Note]:
        """What a person should look at first."""
        kinds = {s.kind for s in made}
        notes = []
        for kind, words in (("problem", "问题"), ("measure", "措施")):
            if kind not in kinds:
                notes.append(Note(f"no-{kind}s", 0, 0, f"没有找到{words}，请核对报告的标题和编号"))
        answers = sum(s.kind == "measure" for s in made)
        if sum(s.kind == "problem" for s in made) * answers > MAX_PAIRS:
            notes.append(Note("links-few", 0, 0, "条目太多，只留下了材料自己写明的对应；请拆成几份再研读"))
        if self.theme is None:
            notes.append(Note("theme-unknown", 0, 0, "没有认出报告的主题，可以用 --theme 指明"))
        return notes

    # --- statements --------------------------------------------------------------------------------------------------

    def _statements(self, drafts: Sequence[Draft]) -> tuple[list[Statement], list[LinkItem]]:
        made: list[Statement] = []
        items: list[LinkItem] = []
        counts: dict[str, int] = dict.fromkeys(KINDS, 0)
        groups: dict[tuple[str, int], int] = {}
        group_counts: dict[str, int] = dict.fromkeys(KINDS, 0)
        ordinals: dict[tuple[str, int], int] = {}
        for draft in drafts:
            counts[draft.kind] += 1
            key = draft.kind, draft.group
            if key not in groups:
                groups[key] = group_counts[draft.kind]
                group_counts[draft.kind] += 1
            ordinals[key] = ordinals.get(key, -1) + 1
            statement = self._statement(draft, f"{_IDS[draft.kind]}{counts[draft.kind]}")
            made.append(statement)
            items.append(self._link_item(draft, statement, groups[key], ordinals[key]))
        return made, self._resolve(drafts, items)

    def _resolve(self, drafts: Sequence[Draft], items: list[LinkItem]) -> list[LinkItem]:
        """Problems that an item names by number (针对2.1、2.7；针对问题一)."""
        own = [re.findall(r"\d+(?:\.\d+)*", d.number) for d in drafts if d.kind == "problem"]
        numbers_of = [found[-1] if found else "" for found in own]
        out = []
        for draft, item in zip(drafts, items, strict=True):
            named = _REFERS.search(item.title[:40]) if draft.kind != "problem" else None
            out.append(item._replace(refers=_ordinals(named.group(1), numbers_of)) if named else item)
        return out

    def _statement(self, draft: Draft, name: str) -> Statement:
        text, start, end = self.text, draft.start, draft.end
        quantities = [self._quantity(q) for q in numbers.find_quantities(text, draft.body, end)]
        span = self._span(start, end)
        return Statement(
            id=name,
            kind=draft.kind,
            start=span.start,
            end=span.end,
            headline=self._span(start, self._headline_end(draft)),
            number=draft.number,
            dimension=self._dimension(draft),
            areas=lexicons.areas_of(text[start:end]),
            subject=details.subject_of(text, start, end, draft.body) if draft.kind != "measure" else "we",
            instances=self._spans(details.instances(text, start, end)),
            quantities=tuple(quantities),
            hedges=self._spans(details.hedge_ranges(text, start, end)) if draft.kind != "measure" else (),
            redactions=self._spans(details.redactions(text, start, end)),
            actions=self._actions(draft) if draft.kind == "measure" else (),
        )

    def _headline_end(self, draft: Draft) -> int:
        found = _HEADLINE_END.search(self.text, draft.body, draft.end)
        return max(draft.start + 1, (found.end() if found.group() != "\n" else found.start()) if found else draft.end)

    def _dimension(self, draft: Draft) -> str | None:
        if self.theme is None:
            return None
        for heading in reversed(draft.context):
            if heading not in self._named:
                self._named[heading] = self.theme.dimension_of(heading)
            found = self._named[heading]
            if found:
                return found
        if draft.kind == "problem":
            return self.theme.dimension_of(self.text[draft.body : self._headline_end(draft)])
        return None

    def _actions(self, draft: Draft) -> tuple[Action, ...]:
        owner, deadline = self._shared(draft)
        found = actions.find_actions(self.text, draft.body, draft.end, year=self.year, owner=owner, deadline=deadline)
        return tuple(
            action._replace(
                start=self._span(action.start, action.end).start,
                end=self._span(action.start, action.end).end,
                quantity=self._quantity(action.quantity) if action.quantity else None,
                owner=self._owner(action.owner),
                deadline=self._deadline(action.deadline),
            )
            for action in found
        )

    def _shared(self, draft: Draft) -> tuple[Owner | None, Deadline | None]:
        """Owner and date from the fields beside the measure (责任单位：…, or the ledger's columns)."""
        owner: Owner | None = None
        deadline: Deadline | None = None
        for field in draft.fields:
            for who in owners.find_owners(self.text, field.start, field.end) or self._bare_names(field):
                if owner is None:
                    owner = Owner(who.start, who.end, who.lead, who.support)
                else:
                    lead = tuple(dict.fromkeys((*owner.lead, *who.lead)))
                    support = tuple(dict.fromkeys((*owner.support, *who.support)))
                    owner = Owner(min(owner.start, who.start), max(owner.end, who.end), lead, support)
            for when in dates.find_dates(self.text, field.start, field.end, year=self.year):
                deadline = deadline or Deadline(when.start, when.end, when.kind, when.date)
        return owner, deadline

    def _bare_names(self, field: Field) -> list[owners.FoundOwner]:
        """The names in a cell of a column that itself says who; without labels of their own."""
        if field.column not in ("leader", "unit", "person", "support"):
            return []
        names = owners.split_names(self.text[field.start : field.end])
        if not names:
            return []
        helps = field.column == "support"
        return [owners.FoundOwner(field.start, field.end, () if helps else names, names if helps else ())]

    def _link_item(self, draft: Draft, statement: Statement, group: int, ordinal: int) -> LinkItem:
        title = self.text[draft.body : self._headline_end(draft)]
        return LinkItem(
            id=statement.id,
            kind=draft.kind,
            title=title,
            body=self.text[draft.body : draft.end],
            dimension=statement.dimension,
            context=" ".join(draft.context),
            group=group,
            ordinal=ordinal,
            block=draft.block,
            more_blocks=draft.more_blocks,
        )

    # --- the way back to the original ----------------------------------------------------------------------------------

    def _span(self, start: int, end: int) -> Span:
        return Span(*self.normal.original(start, end))

    def _spans(self, ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(self._span(*r) for r in ranges)

    def _quantity(self, found: numbers.FoundQuantity | Quantity) -> Quantity:
        return Quantity(*self._span(found.start, found.end), found.value, found.unit, found.comparison)

    def _owner(self, owner: Owner | None) -> Owner | None:
        return Owner(*self._span(owner.start, owner.end), owner.lead, owner.support) if owner else None

    def _deadline(self, deadline: Deadline | None) -> Deadline | None:
        return Deadline(*self._span(deadline.start, deadline.end), deadline.kind, deadline.date) if deadline else None


def _ordinals(words: str, numbers_of: Sequence[str]) -> tuple[int, ...]:
    """Ordinals of the problems that written numbers name: by the problems' own numbers, else by counting."""
    out = []
    for name in re.findall(r"\d+(?:\.\d+)*|[一二三四五六七八九十]+", words):
        if numbers_of.count(name) == 1:
            out.append(numbers_of.index(name))
        elif "." not in name:
            at = (int(name) if name.isdigit() else chinese_value(name)) - 1
            if 0 <= at < len(numbers_of):
                out.append(at)
    return tuple(dict.fromkeys(out))
