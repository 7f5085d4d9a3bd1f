"""The outline: a tree of what is numbered, labelled or headed, whatever the style, with sequence sense.

A mark becomes a node by where it stands and what follows it: a line's head is enough for 一、 or 1.; 一是 and its
like need their 二是; nothing inside quotation marks counts; a second 一是 in the same paragraph opens a new
enumeration. Contents lists and headings said twice are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bihuan.reading.headings import FIELD, bare, label_role, section_role
from bihuan.reading.model import Role
from bihuan.text.dates import find_dates
from bihuan.text.normal import Line, Normal
from bihuan.text.numbering import INLINE_STYLES, SEQUENCE_ONLY, Mark, find_marks

_QUOTED = re.compile(r"“[^“”\n]*”|《[^《》\n]*》")
_LABEL = re.compile(r"(?:(?<=[\n。；！？，、）”\s])|^)[【\[]?([^\s，。；：【】（）“”]{2,12})(?:[】）\]]?：|[】\]])")
#: Words that open the causes of what was just told, without being a label of their own.
_CAUSE_CUE = re.compile(
    r"(?<=[。；！\n])(?:究其原因|分析原因|剖析原因|究其根源)[，：]?|(?<=[。；！\n])(?:主要|根本)?原因(?:在于|是)[：，]?"
)
_NEXT_STEP = re.compile(r"(?<=[。；\n])下一?步，")
_HEADING_LIMIT = 34
_CLOSING = re.compile(
    r"(?:以上|特此|专此|妥否|当否|不[妥当]之处|敬?请.{0,12}(?:批评|审[议阅示]|指正)|附件?[：:\d]|抄[送报]|联系人|(?:\d{4}|20xx|[二〇○零一二三四五六七八九]{4})年.{1,8}日$).{0,60}$"
)
#: A vow that closes a report: 我们将以这次民主生活会为契机…
_VOW = re.compile(
    r"[^，。；：]{0,20}(?:班子|党组|党委|党总支|支部|委员会|中心|全局|全体[^，。]{0,8}|我们|本人|我)(?:一定|必|也)?将(?:[^于]|$)"
)
_TAIL = re.compile(r"[\s.…·．-]*\d{0,4}$")
SECTION_SENTENCE = re.compile(r"[。！？；：]")


@dataclass(slots=True, eq=False)
class Node:
    """A place in the outline, with offsets into the normalised text.

    ``key`` names its level: a style of numbers, ``label`` or ``heading``. ``body`` is where its words begin, after
    the number or label; ``inline`` says that it stands inside a paragraph with its siblings; ``lead`` is where the
    sentence begins that introduces its enumeration (its own start when there is none); ``role`` is the part of the
    report that it opens, when it opens one; ``is_field`` marks 责任单位： and the like.
    """

    start: int
    body: int
    key: str
    value: int = 0
    line: int = -1
    inline: bool = False
    lead: int = 0
    role: Role | None = None
    is_field: bool = False
    end: int = 0
    own_end: int = 0
    chain: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def ancestors(self) -> Iterable[Node]:
        """The nodes above, nearest first, without the root."""
        node = self.parent
        while node is not None and node.parent is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree under ``root``; ``lines`` are the paragraphs that count, without contents lists and repeats."""

    root: Node
    lines: tuple[Line, ...]
    closing: int


def heading_of(text: str, node: Node) -> tuple[int, int]:
    """The node's first sentence after its number, on its line: a range of the normalised text."""
    stop = text.find("\n", node.body)
    stop = len(text) if stop < 0 else stop
    limit = min(stop, node.end or stop)
    found = SECTION_SENTENCE.search(text, node.body, limit)
    return node.body, found.start() if found else limit


def build(normal: Normal) -> Outline:
    """The outline of a normalised text."""
    return _Builder(normal).build()


class _Builder:
    def __init__(self, normal: Normal) -> None:
        self.text = normal.text
        self.lines = list(normal.lines)
        self.root = Node(0, 0, "root", end=len(self.text))
        self.stack: list[Node] = [self.root]
        quoted = [m.span() for m in _QUOTED.finditer(self.text)]
        self._quote_starts = [q[0] for q in quoted]
        self._quote_ends = [q[1] for q in quoted]
        self.chains = 0

    def build(self) -> Outline:
        marks = [m for m in find_marks(self.text) if not self._in_quotes(m.start)]
        by_line = self._marks_by_line(marks)
        dropped = self._contents_list(by_line)
        self.lines = [line for i, line in enumerate(self.lines) if i not in dropped]
        by_line = [m for i, m in enumerate(by_line) if i not in dropped]
        self.by_line = by_line
        for index, line in enumerate(self.lines):
            self._read_line(index, line)
        closing = self._closing()
        self._set_ends(self.root, closing)
        return Outline(self.root, tuple(self.lines), closing)

    def _in_quotes(self, at: int) -> bool:
        index = bisect_right(self._quote_starts, at) - 1
        return index >= 0 and at < self._quote_ends[index]

    def _marks_by_line(self, marks: Sequence[Mark]) -> list[list[Mark]]:
        by_line: list[list[Mark]] = [[] for _ in self.lines]
        starts = [line.start for line in self.lines]
        for mark in marks:
            index = bisect_right(starts, mark.start) - 1
            if index >= 0 and mark.start < self.lines[index].end:
                by_line[index].append(mark)
        return by_line

    # --- what does not count twice -------------------------------------------------------------------------------

    def _contents_list(self, by_line: list[list[Mark]]) -> set[int]:
        """Lines of a contents list, and headings that a page break repeats."""
        dropped: set[int] = set()
        words = [_TAIL.sub("", self.text[x.start : x.end]) for x in self.lines]
        last: dict[str, int] = {}
        for i, w in enumerate(words):
            last[w] = i
        for i, w in enumerate(words[:40]):
            if re.fullmatch(r"目\s*[录次]", w):
                dropped.add(i)
        run: list[int] = []
        for i, line in enumerate(self.lines[:400]):
            short = line.end - line.start <= 60
            is_head = bool(by_line[i]) and by_line[i][0].start == line.start
            again = (
                last[words[i]] > i
                or any(
                    k > i and self.text.startswith(words[i], x.start)
                    for k, x in enumerate(self.lines[i + 1 : i + 400], i + 1)
                )
                if short and is_head
                else False
            )
            if short and is_head and again:
                run.append(i)
                continue
            if len(run) >= 3:
                dropped.update(run)
            run = []
        if len(run) >= 3:
            dropped.update(run)
        for i in range(1, len(words)):
            if (
                words[i]
                and words[i] == words[i - 1]
                and by_line[i]
                and by_line[i][0].start == self.lines[i].start
                and i - 1 not in dropped
            ):
                dropped.add(i)
        return dropped

    def _closing(self) -> int:
        """Where the last lines begin that belong to no statement: thanks, attachments, signature, date."""
        at = len(self.text)
        for i in range(len(self.lines) - 1, max(-1, len(self.lines) - 9), -1):
            line = self.lines[i]
            words = self.text[line.start : line.end]
            has_mark = bool(self.by_line[i]) and self.by_line[i][0].start == line.start
            signature = line.end - line.start <= 20 and not re.search(r"[。；：]$", words) and not has_mark and i > 3
            vow = not has_mark and at == len(self.text) and i > 3 and _VOW.match(words) and not find_dates(words)
            if (
                _CLOSING.match(words)
                or vow
                or (signature and at == line.end + 1 and at < len(self.text))
                or (
                    signature
                    and i == len(self.lines) - 1
                    and re.search(r"(?:委员会|党委|党组|支部|局|院|办公室|政府|中心|学校)$", words)
                )
            ):
                at = line.start
            else:
                break
        return at

    # --- one line ------------------------------------------------------------------------------------------------

    def _read_line(self, index: int, line: Line) -> None:
        if line.kind in ("title", "cell", "footnote", "caption"):
            return
        text = self.text
        marks = self.by_line[index]
        head = marks[0] if marks and marks[0].start == line.start else None
        events: list[tuple[int, Node]] = []
        labels = self._labels(index, line, head)
        accepted = self._accepted(index, line, marks, head)
        if head is None and not labels:
            words = text[line.start : line.end]
            # A line ending in a colon introduces what follows; as a heading of its own it would have been a label.
            plain = line.end - line.start <= _HEADING_LIMIT and "，" not in words and words[-1] not in "。：；"
            role = section_role(words) if plain else None
            if line.kind == "heading" or (role and line.level <= 0):
                events.append((line.start, Node(line.start, line.start, "heading", line.level, index, role=role)))
        for mark, chain, inline, lead in accepted:
            node = Node(mark.start, mark.end, self._key(mark), mark.value, index, inline, lead, chain=chain)
            events.append((mark.start, node))
        for start, end, role, is_field in labels:
            at_line = start == line.start
            events.append(
                (start, Node(start, end, "label", 1 if at_line else 0, index, not at_line, start, role, is_field))
            )
        for _, node in sorted(events, key=lambda e: e[0]):
            self._place(node, index)

    def _key(self, mark: Mark) -> str:
        return f"decimal{len(mark.values)}" if mark.style == "decimal" else mark.style

    def _labels(self, index: int, line: Line, head: Mark | None) -> list[tuple[int, int, Role | None, bool]]:
        out: list[tuple[int, int, Role | None, bool]] = []
        for found in _LABEL.finditer(self.text, line.start, line.end):
            before = self.text[line.start : found.start()]
            if self._in_quotes(found.start()) or before.count("（") > before.count("）"):
                # （责任单位：…） closes the sentence that it belongs to.
                continue
            words = found.group(1)
            role = label_role(words)
            # 责任单位： is a field on a line of its own, or in a row of labels (纠正措施：…。责任单位：…); else it closes
            # the sentence before it.
            in_row = self.text[found.start() - 1] == "。" and any(label[2] for label in out)
            apart = found.start() == line.start or in_row
            is_field = role is None and apart and FIELD.fullmatch(bare(words)) is not None
            if role or is_field:
                out.append((found.start(), found.end(), role, is_field))
        for cue in _CAUSE_CUE.finditer(self.text, line.start, line.end):
            if (head or self._open_role() != "causes") and not any(
                cue.start() <= x[0] < cue.end() or x[0] <= cue.start() < x[1] for x in out
            ):
                out.append((cue.start(), cue.end(), "causes", False))
        if any(x[2] == "progress" for x in out) or self._open_role() == "progress":
            # What is left to do, told at the end of what was done; the words belong to the measure.
            out.extend(
                (m.start(), m.start(), "measures", False) for m in _NEXT_STEP.finditer(self.text, line.start, line.end)
            )
        out.sort()
        if not out and head is None and self.text[line.end - 1] == "：" and line.end - line.start <= 80:
            role = self._lead_in_role(self.text[line.start : line.end])
            told = self.stack[-1].role and self.stack[-1].line == index - 1
            if role and role != self._open_role() and not told:
                out.append((line.start, line.end, role, False))
        return out

    def _open_role(self) -> Role | None:
        """The part that the line stands in."""
        return next((node.role for node in reversed(self.stack) if node.role), None)

    @staticmethod
    def _lead_in_role(words: str) -> Role | None:
        """The part that a line ending in a colon opens: 主要存在以下问题：."""
        for role, cue in (
            ("causes", r"原因|根源|根子"),
            ("measures", r"措施|下一?步|今后|整改|努力方向|建议|意见|要求"),
            ("problems", r"问题|不足|差距|短板"),
        ):
            if re.search(cue, words.rstrip("：").rpartition("，")[2]):
                return role  # type: ignore[return-value]
        return None

    def _accepted(
        self, index: int, line: Line, marks: list[Mark], head: Mark | None
    ) -> list[tuple[Mark, int, bool, int]]:
        """The line's marks that number something, with chain, whether inline, and where their lead-in begins."""
        styles: dict[str, list[list[Mark]]] = {}
        for mark in marks:
            if mark is not head and mark.style not in INLINE_STYLES:
                continue
            chains = styles.setdefault(mark.style, [])
            last = chains[-1][-1].value if chains else None
            if last is not None and last < mark.value <= last + (4 if mark.style == "first" else 2):
                chains[-1].append(mark)
            elif mark.value == 1 or mark is head or self._goes_on(index, mark):
                chains.append([mark])
        out: list[tuple[Mark, int, bool, int]] = []
        for chains in styles.values():
            for chain in chains:
                first = chain[0]
                single = len(chain) == 1
                if single and first is head:
                    if first.style in SEQUENCE_ONLY and not self._has_neighbour(index, first):
                        continue
                    self.chains += 1
                    out.append((first, self.chains, False, first.start))
                    continue
                if single and not (self._opens_alone(index, first, head) or self._goes_on(index, first)):
                    continue
                self.chains += 1
                lead = self._sentence_start(line, first.start)
                out.extend((m, self.chains, True, lead if m is first else m.start) for m in chain)
        return out

    def _goes_on(self, index: int, mark: Mark) -> bool:
        """Whether the enumeration that is open already waits for this mark."""
        key = self._key(mark)
        for node in reversed(self.stack[1:]):
            if node.key == key:
                return node.value + 1 == mark.value and index - node.line <= 3
        return False

    def _opens_alone(self, index: int, mark: Mark, head: Mark | None) -> bool:
        """Whether a lone 一要 numbers something: its 二要 heads the next line, or its item has only this one.

        The latter only right after a numbered item's first sentence, in a report whose other items have 二要.
        """
        if mark.value != 1:
            return False
        if self._next_head_is(index, mark, 2):
            return True
        if head is None or mark is head or self.text[mark.start - 1] not in "。：":
            return False
        first_sentence = "。" not in self.text[head.end : mark.start - 1]
        return first_sentence and any(m.style == mark.style and m.value == 2 for marks in self.by_line for m in marks)

    def _next_head_is(self, index: int, mark: Mark, value: int) -> bool:
        for marks, line in zip(self.by_line[index + 1 : index + 4], self.lines[index + 1 : index + 4], strict=False):
            if marks and marks[0].start == line.start and marks[0].style == mark.style:
                return marks[0].value == value
        return False

    def _has_neighbour(self, index: int, mark: Mark) -> bool:
        """Whether the mark before or after this one in its sequence heads a line nearby."""
        for near in range(max(0, index - 12), min(len(self.lines), index + 13)):
            for other in self.by_line[near]:
                if near != index and other.style == mark.style and 0 < abs(other.value - mark.value) <= 2:
                    return True
        return False

    def _sentence_start(self, line: Line, at: int) -> int:
        """Where the sentence begins that ends at ``at``."""
        for k in range(at - 2, line.start, -1):
            if self.text[k] in "。！？；":
                return k + 1
        return line.start

    # --- the tree ------------------------------------------------------------------------------------------------

    def _place(self, node: Node, index: int) -> None:
        if node.key == "label":
            self._place_label(node, index)
            return
        if node.key == "heading":
            self._place_heading(node)
            return
        if not node.inline:
            node.role = self._role(node)
        at = self._find(node)
        if at is None:
            if not node.inline:
                # A new kind of number at a line's head is not part of an enumeration inside the paragraph above.
                while self.stack[-1].inline and self.stack[-1].key != "label":
                    self.stack.pop()
                while self.stack[-1].is_field or (
                    self.stack[-1].key == "label" and self.stack[-1].inline and self.stack[-1].line < index - 1
                ):
                    self.stack.pop()
        else:
            del self.stack[at:]
        self._push(node)

    def _find(self, node: Node) -> int | None:
        """The stack's place of the level that the node belongs to; None when it opens a level of its own."""
        found = [i for i, other in enumerate(self.stack) if other.key == node.key]
        if not found:
            return None
        at = found[-1]
        other = self.stack[at]
        if (
            node.inline != other.inline
            and node.inline
            and node.value == 1
            and node.line >= other.line
            and node.key != "is"
        ):
            # （1） inside a paragraph under a line numbered （1）: a level of its own.
            node.key += "+"
            return next((i for i, o in enumerate(self.stack) if o.key == node.key), None)
        if node.value == 1 and other.role and not node.role and not node.inline:
            # 一、二、三 that are problems, under 一、存在的问题.
            node.key += "+"
            return None
        if not node.inline and not node.role:
            nested = [i for i, o in enumerate(self.stack) if o.key == node.key + "+"]
            if nested and node.value == self.stack[nested[-1]].value + 1:
                node.key += "+"
                return nested[-1]
        return at

    def _role(self, node: Node) -> Role | None:
        start, end = heading_of(self.text, node)
        if end - start > _HEADING_LIMIT:
            return None
        return section_role(self.text[start:end])

    def _place_label(self, node: Node, index: int) -> None:
        at_line_start = bool(node.value)
        above = None
        for i in range(len(self.stack) - 1, 0, -1):
            other = self.stack[i]
            if other.key == "label" and (not at_line_start or other.value or other.line >= index - 2):
                above = i
                break
            if not at_line_start and not other.inline and other.key != "label":
                break
        if above is not None and at_line_start:
            # 原因： under “1.” of a list that goes on with “2.” belongs to that item, not to the list's own label.
            for other in self.stack[above + 1 :]:
                if (
                    not other.inline
                    and self._next_same(index, other) == other.value + 1
                    and not self._label_repeats(index, node)
                ):
                    above = None
                    break
        if above is not None:
            del self.stack[above:]
        elif at_line_start:
            while self.stack[-1].inline:
                self.stack.pop()
        else:
            while self.stack[-1].inline and self.stack[-1].line == node.line and self._outlives(self.stack[-1], node):
                self.stack.pop()
        self._push(node)

    def _outlives(self, item: Node, label: Node) -> bool:
        """Whether a label after an inline item opens a new part for the whole paragraph: no sibling follows it."""
        return not any(
            m.start > label.start and self._key(m) == item.key and m.value == item.value + 1
            for m in self.by_line[label.line]
        )

    def _next_same(self, index: int, node: Node) -> int | None:
        for marks, line in zip(self.by_line[index + 1 :], self.lines[index + 1 :], strict=False):
            if marks and marks[0].start == line.start and self._key(marks[0]) == node.key:
                return marks[0].value
        return None

    def _label_repeats(self, index: int, node: Node) -> bool:
        """Whether the list that follows this label starts at 1 again."""
        for marks, line in zip(self.by_line[index : index + 2], self.lines[index : index + 2], strict=False):
            if marks and marks[0].start in (line.start, node.body) and marks[0].start >= node.body:
                return marks[0].value == 1
        return False

    def _place_heading(self, node: Node) -> None:
        """A heading without a number: by the file's level where it has one, else by what it opens."""
        if node.value > 0:
            while len(self.stack) > 1 and not (self.stack[-1].key == "heading" and self.stack[-1].value < node.value):
                self.stack.pop()
        else:
            numbered = next((n for n in self.stack[1:] if n.key not in ("heading", "label")), None)
            if (
                numbered is None
                or numbered.role
                or any(n.key == "heading" for n in self.stack[: self.stack.index(numbered)])
            ):
                del self.stack[1:]
            else:
                del self.stack[self.stack.index(numbered) + 1 :]
        self._push(node)

    def _push(self, node: Node) -> None:
        node.parent = self.stack[-1]
        node.parent.children.append(node)
        self.stack.append(node)

    def _set_ends(self, root: Node, closing: int) -> None:
        """Each node ends where the next one begins that isn't its own; inline ones at their paragraph's end at most."""
        order: list[Node] = []
        walk = list(reversed(root.children))
        while walk:
            node = walk.pop()
            order.append(node)
            walk.extend(reversed(node.children))
        stops = [closing] * len(order)
        depth_stack: list[int] = []
        for i in range(len(order)):
            while depth_stack and order[i].parent is not order[depth_stack[-1]]:
                j = depth_stack.pop()
                stops[j] = min(
                    closing, order[i].lead if order[i].inline and order[j].chain != order[i].chain else order[i].start
                )
            depth_stack.append(i)
        for i, node in enumerate(order):
            stop = max(node.body, stops[i])
            if node.inline:
                stop = max(node.body, min(stop, self.lines[node.line].end))
                if node.children:
                    stop = max(stop, min(stops[i], node.children[-1].end))
            node.end = self._trim(node.start, stop)
            first = node.children[0] if node.children else None
            node.own_end = self._trim(node.start, first.start) if first else node.end
        root.own_end = root.children[0].start if root.children else len(self.text)

    def _trim(self, start: int, stop: int) -> int:
        while stop > start and self.text[stop - 1] in " \t\n":
            stop -= 1
        return stop


def show(text: str, node: Node, depth: int = 0) -> str:
    """The tree as indented lines, for people who wonder why a report was read as it was."""
    lines = (
        []
        if node.key == "root"
        else [f"{'  ' * depth}{node.key} {node.value} {node.role or ''} {text[node.start : node.start + 24]!r}"]
    )
    return "\n".join(lines + [show(text, child, depth + 1) for child in node.children])
