"""From outline to statements: which nodes and paragraphs are problems, causes and measures.

The rules are those of ``docs/annotating.md``; the numbers in comments are that guide's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bihuan.reading.headings import JUDGEMENT, bare, is_topic, label_role, leaning, names_field, names_problem
from bihuan.reading.model import Genre, Kind, Role
from bihuan.reading.outline import Node, Outline, heading_of

KIND: dict[Role, Kind] = {"problems": "problem", "causes": "cause", "measures": "measure"}

_LEAD = 36  # characters of a lead-in's line at most
_SENTENCE = re.compile(r"[。！？；]")
_TURN = re.compile(r"但|然而|不过|存在|问题|不足|差距|短板")
_PRAISE = re.compile(r"成效|成绩|取得|做法|亮点|完成了|做了|工作如下")
_DONE = re.compile(r"(?:措施|整改|任务|问题).{0,12}(?:落实|完成|进展|推进)|成效|已整改")
_LEAD_IN: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("causes", re.compile(r"原因|根源")),
    ("measures", re.compile(r"下一?步|今后|(?:整改|改进)措施|努力方向|将[从做采]|建议")),
    ("problems", re.compile(r"问题|不足|差距|短板|薄弱环节")),
)
_INTRODUCES = re.compile(
    r"(?:问题|不足|差距|短板|如下|以下|方面|原因|措施|表现|环节|地方|情形)[^。；]{0,12}[：，]$|：$"
)
#: Paragraphs that hold no statement: a cause's lead-in that looks back, clues that were handed to others.
_SAID_ABOVE = re.compile(r"(?:产生|出现|存在)?(?:上述|以上|这些)(?:的?(?:问题|差距|不足))")
_HANDED_ON = re.compile(r"问题线索.{0,40}(?:移交|移送|转|处理|处置)")
_EXAMPLE = re.compile(r"(?:比如|例如|譬如|又如|再如|如，|特别是|同时|此外)")
_CONFESSION = re.compile(
    r"(?:清醒|深刻|同时|也)(?:地)?(?:看到|认识到|意识到|要看到)|存在(?:的|着)?(?:一些|不少|许多|诸多)?(?:困难|问题|不足|短板|差距)|面临(?:的|着)?(?:一些|不少|诸多)?(?:困难|挑战)"
)
#: What leads to the problems of a confession (我们也清醒认识到，…主要是：) and the vow that closes it.
_CONFESSION_LEAD = re.compile(
    r"[^：；]{0,110}?(?:主要是|主要有|表现在)[：，]|[^。；：]*?(?:清醒|深刻)地?(?:看到|认识到|意识到)(?:[^。；：]{0,60}：|，)"
)
#: A sentence that says there are problems and names none: 发展中还存在不少问题。
_NAMES_NONE = re.compile(
    r"[^。；]{2,50}(?:问题|困难|挑战|不足|短板)(?:和[^。；]{1,4})?(?:仍然|依然|还)?(?:不少|很多|较多)?。"
)
#: A first paragraph that admits and names nothing yet: 我们也清醒地看到，…还有不少短板。
_ONLY_LEADS = re.compile(r"[^。；]*(?:看到|认识到|意识到|存在|还有)[^。；]*(?:问题|不足|差距|短板)[^。；，]{0,6}。")
_FALLS_SHORT = re.compile(
    JUDGEMENT.pattern
    + r"|[还尚仍][需要须待]|[亟有]待|短板|弱项|堵点|困难|压力|承压|艰巨|繁重|较重|任重|风险|仍然?存在|突出"
)
_VOW = re.compile(
    r"(?<=[。；！])(?:对此|(?:对|面对|针对)于?(?:上述|以上|这些)|我们(?:将|要|一定|必须|定)|这些(?:都)?是|下一?步)"
)
_SENTENCES = re.compile(r"[^。；！]+[。；！]?")
_CLAUSES = re.compile(r"[^。；！，]+[。；！，]?")
_NAMES_FAULT = re.compile(r"问题|困难|不足|短板|差距|挑战|薄弱")


def _has_parts(node: Node) -> bool:
    """Whether anything inside an item opens a part of its own."""
    return any(child.role or _has_parts(child) for child in node.children)


def _is_answered(node: Node) -> bool:
    """Whether an item holds what is or was done about it, under a label (整改措施：): then it is itself a problem."""
    return any(c.key == "label" and c.role in ("measures", "progress") for c in node.children)


def _answered_together(items: list[Node]) -> bool:
    """Whether a label on a line of its own (原因分析：…) follows the last of several items and so is for all of them."""
    own = [[c for c in item.children if c.role] for item in items]
    return (
        len(items) > 1
        and len({item.key for item in items}) == 1
        and not any(own[:-1])
        and bool(own[-1])
        and all(c.key == "label" and c.value == 1 for c in own[-1])
    )


class Field(NamedTuple):
    """A range that says who or when; ``column`` is the ledger's column it stands in, empty for a labelled line."""

    start: int
    end: int
    column: str = ""


@dataclass(slots=True)
class Draft:
    """A statement before its details: ranges of the normalised text and its place in the outline.

    ``context`` are the headings above it, outermost first; ``group`` the block it stands under; ``block`` the item
    in which the document itself puts a problem and its answers together (-1: none); ``fields`` the ranges of
    责任单位： and the like that hold for it; ``more_blocks`` further blocks it serves, as a cell merged down several rows.
    """

    kind: Kind
    start: int
    end: int
    body: int
    number: str
    context: tuple[str, ...]
    group: int
    block: int = -1
    fields: tuple[Field, ...] = ()
    more_blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: its role, range and heading, in the normalised text."""

    role: Role
    start: int
    end: int
    heading: tuple[int, int]


def find(text: str, outline: Outline, genre: Genre) -> tuple[list[Draft], list[Part]]:
    """The statements, in the order of the text, and the parts of the report."""
    finder = _Finder(text, outline, genre)
    finder.run()
    finder.drafts.sort(key=lambda d: (d.start, d.end))
    return finder.drafts, finder.parts()


class _Finder:
    def __init__(self, text: str, outline: Outline, genre: Genre) -> None:
        self.text = text
        self.outline = outline
        self.genre = genre
        self.drafts: list[Draft] = []
        self.opened: list[tuple[Role, int, int, tuple[int, int]]] = []
        self.groups = 0

    def run(self) -> None:
        root = self.outline.root
        self._guess_roles(root.children)
        tops = root.children
        self._loose_inline(root)
        for node in tops:
            if not node.inline:
                self._visit(node, None, -1)
        if not any(d.kind == "problem" for d in self.drafts):
            self._confessions()

    # --- roles -----------------------------------------------------------------------------------------------------

    def _guess_roles(self, nodes: list[Node]) -> None:
        """Top-level items that name no part: what most of them lean to, unless they hold parts of their own."""
        unknown = [n for n in nodes if not n.role and not n.is_field and not n.inline]
        if self.genre in ("plan", "progress"):
            unknown = [n for n in unknown if not names_problem(self._heading(n))]
        run: list[Node] = []
        for node in [*nodes, None]:
            if node is not None and node in unknown and (not run or run[0].key == node.key):
                run.append(node)
                continue
            self._settle(run, nodes)
            run = [node] if node is not None and node in unknown else []

    def _settle(self, run: list[Node], nodes: list[Node]) -> None:
        plain = [n for n in run if not _has_parts(n)]
        beside_blocks = len(plain) < len(run)  # items that hold problem and answer themselves leave one that doesn't
        if len(plain) < 2 and not (plain and (self.genre == "self-examination" or beside_blocks)):
            return
        leans = [leaning(self._heading(n)) for n in plain]
        for role in ("causes", "problems", "measures"):
            if leans.count(role) * 2 > len(leans):
                taken = {n.role for n in nodes}
                if (
                    role == "measures"
                    and self.genre == "self-examination"
                    and "problems" not in taken
                    and "causes" in taken
                ):
                    role = "problems"  # noqa: PLW2901 - 带头… items before the causes confess, whatever their wording
                for node in plain:
                    node.role = role  # type: ignore[assignment]
                return
        if self.genre == "self-examination" and all(is_topic(self._heading(n)) for n in plain):
            later = [n.role for n in nodes if n.start > plain[-1].start and n.role]
            if later and later[0] in ("causes", "measures"):
                for node in plain:
                    node.role = "problems"

    def _heading(self, node: Node) -> str:
        start, end = heading_of(self.text, node)
        return self.text[start:end]

    # --- the walk --------------------------------------------------------------------------------------------------

    def _visit(self, node: Node, role: Role | None, block: int) -> None:
        if node.is_field:
            return
        if node.role and node.role != role:
            self.opened.append(
                (
                    node.role,
                    node.start,
                    node.end,
                    heading_of(self.text, node) if node.key != "label" else (node.start, node.body),
                )
            )
        here = node.role or role
        guessed = bool(node.role) and node.key not in ("label", "heading") and self._is_item_itself(node)
        if node.role and not guessed:
            self._open(node, here, block)
        else:
            self._item(node, here, block)

    def _is_item_itself(self, node: Node) -> bool:
        """A top-level item whose role was guessed from its claim is a statement or a topic, not a part's heading."""
        from bihuan.reading.headings import section_role

        return section_role(self._heading(node)) is None

    def _open(self, node: Node, role: Role | None, block: int) -> None:
        """A heading or label that opens a part."""
        numbered = [c for c in node.children if not c.is_field and c.key not in ("label", "heading")]
        others = [c for c in node.children if c.key in ("label", "heading") and not c.is_field]
        own = [c for c in numbered if not c.inline]
        inline = [c for c in numbered if c.inline]
        if inline:
            self._inline(node, inline, role, block, topic=True)
        if role in KIND and not numbered and not any(c.role for c in others):
            start = node.body if node.key == "label" else self._after_heading(node)
            beside = node.parent.children if node.parent else []
            one = (
                node.key == "label"
                and block >= 0
                and any(c.key == "label" and c.role in ("causes", "measures") for c in beside)
            )
            self._free_text(role, start, node.own_end, node, block, whole=one)
        for child in own:
            self._visit(child, role, block)
        for child in others:
            self._visit(child, role, block)

    def _after_heading(self, node: Node) -> int:
        _, end = heading_of(self.text, node)
        if end >= len(self.text) or node.key == "heading":
            return min(len(self.text), end)
        return min(end + 1, node.own_end) if self.text[end] in "。：！？；\n" else end

    def _item(self, node: Node, role: Role | None, block: int) -> None:
        """A numbered item (or an unnumbered heading) that opens no part."""
        heading = self._heading(node)
        parts = [c for c in node.children if c.role and c.role != role]
        items = [c for c in node.children if not c.is_field and c not in parts]
        if (
            (
                (names_problem(heading) and not any(map(_is_answered, items)))
                or (role == "measures" and _is_answered(node))
            )
            and node.key != "heading"
            and (role in (None, "measures", "progress") or (role == "problems" and parts))
            and not node.inline
        ):
            self._named_problem(node, role, parts, items)
            return
        if role is None and not parts:
            self._loose_inline(node)
            self._guess_roles(node.children)
            for child in node.children:
                if not child.inline:
                    self._visit(child, None, block)
            return
        if parts and not (role in KIND and all(c.key == "heading" for c in parts)):
            self._parted(node, role, parts, items, block)
            return
        own = [c for c in items if not c.inline]
        inline = [c for c in items if c.inline]
        block = node.start if block < 0 and _answered_together(own) else block
        if own:
            if inline:
                self._inline(node, inline, role, block, topic=is_topic(heading, role))
            for child in own:
                self._visit(child, role, block)
            return
        topic = is_topic(heading, role) and not self._among_claims(node)
        if inline and self._inline(node, inline, role, block, topic=topic):
            return
        if role not in KIND:
            return
        if role == "problems" and node.key != "heading" and is_topic(heading) and self._split_topic(node, block):
            return
        _, stop = heading_of(self.text, node)
        if names_field(heading) and self.text[stop : stop + 1] == "\n" and stop < node.own_end:
            # A field's name on a line of its own: what follows are its statements, a paragraph each.
            self._free_text(role, stop, self._statement_end(node), node, block)
            return
        if node.key == "heading":
            if self.text[node.start : node.own_end].count("\n") == 0:
                return
            if is_topic(heading):
                self._free_text(role, self._after_heading(node), node.own_end, node, block)
                return
        self._add(role, node, node.start, self._statement_end(node), block)

    def _among_claims(self, node: Node) -> bool:
        """Whether the items beside a node are claims with a body: then it is one too, however short its heading."""
        beside = [n for n in (node.parent.children if node.parent else []) if n is not node and n.key == node.key]
        claims = [n for n in beside if not n.children and self._has_body(n)]
        return node.key != "heading" and len(beside) >= 2 and len(claims) * 3 > len(beside) * 2

    def _named_problem(self, node: Node, role: Role | None, parts: list[Node], items: list[Node]) -> None:
        """6: the line is the problem, what follows are its measures, or its progress."""
        stop = self.text.find("\n", node.start)
        line_end = min(
            x
            for x in (stop if stop >= 0 else len(self.text), node.own_end if node.children else node.end)
            if x > node.start
        )
        block = node.start
        self._add("problems", node, node.start, line_end, block)
        rest: Role | None = "progress" if self.genre == "progress" or role == "progress" else "measures"
        inline = [c for c in items if c.inline]
        if inline and rest == "measures":
            self._inline(node, inline, rest, block, topic=True)
        for child in (c for c in items if not c.inline):
            self._visit(child, rest, block)
        for part in parts:
            self._visit(part, rest, block)
        if rest == "measures" and not items and not any(p.role == "measures" for p in parts):
            self._free_text("measures", line_end, node.own_end, node, block)

    def _parted(self, node: Node, role: Role | None, parts: list[Node], items: list[Node], block: int) -> None:
        """An item with parts of its own (存在问题：…原因：…): a block that the document itself puts together."""
        heading = self._heading(node)
        block = node.start if block < 0 else block
        tells_problem = role in (None, "problems") and not any(p.role == "problems" for p in parts)
        inline = [c for c in items if c.inline]
        own = [c for c in items if not c.inline]
        if tells_problem and any(p.role in KIND for p in parts):
            if inline and is_topic(heading):
                self._inline(node, inline, "problems", block, topic=True)
            elif len(own) == 1 and "表现" in (shown := self._heading(own[0])) and label_role(shown) == "problems":
                # （一）a claim, and 1.具体表现：what shows it: one problem.
                self._add("problems", node, node.start, own[0].end, block)
            elif own:
                for child in own:
                    self._visit(child, "problems", block)
            elif not is_topic(heading) or (
                node.own_end > self._after_heading(node) + 6 and not self._split_topic(node, block)
            ):
                self._add("problems", node, node.start, max((c.end for c in inline), default=node.own_end), block)
        elif role in ("causes", "measures") and not any(p.role in (role, "problems") for p in parts):
            self._add(role, node, node.start, self._statement_end(node), block)
        else:
            for child in own:
                self._visit(child, role, block)
        for part in parts:
            self._visit(part, role, block)

    def _inline(self, node: Node, items: list[Node], role: Role | None, block: int, *, topic: bool) -> bool:
        """Enumerations inside a paragraph; False where they are details of the item that holds them (3)."""
        chains: dict[int, list[Node]] = {}
        for item in items:
            chains.setdefault(item.chain, []).append(item)
        found = False
        kept = list(chains.values())
        if role == "problems" and len(kept) > 1:
            kept = self._confessing(kept)
        elif role == "problems" and not _TURN.search(self._lead(kept[0][0])):
            judged = sum(bool(JUDGEMENT.search(self.text[i.body : i.end])) for i in kept[0])
            followed = any(not c.inline and not c.is_field for c in node.children)
            if _PRAISE.search(self._lead(kept[0][0])) or (followed and judged * 2 < len(kept[0])):
                return False
        for chain in kept:
            lead = self._lead(chain[0])
            chain_role = self._lead_role(lead, role)
            introduces = (
                bool(lead)
                and _INTRODUCES.search(lead) is not None
                and chain[0].start > heading_of(self.text, node)[1] + 1
            )
            full = sum(self._has_body(item) for item in chain) * 2 > len(chain)
            if chain_role not in KIND:
                continue
            if not (topic or introduces or full or chain_role != role):
                continue
            if chain_role != role and not found and not topic and role in KIND and node.key not in ("label", "heading"):
                # The item's own words before 究其原因 are its statement.
                self._add(role, node, node.start, chain[0].lead or chain[0].start, node.start)
                block = node.start
            for item in chain:
                self._inline_item(item, chain_role, block)
            found = True
        return found

    def _confessing(self, chains: list[list[Node]]) -> list[list[Node]]:
        """Of the enumerations of a problem's paragraphs, those that tell problems; others tell what was done well."""
        kept: list[list[Node]] = []
        for line in sorted({chain[0].line for chain in chains}):
            here = [chain for chain in chains if chain[0].line == line]
            faults = [
                c for c in here if sum(bool(JUDGEMENT.search(self.text[i.body : i.end])) for i in c) * 2 >= len(c)
            ]
            turned = [c for c in faults or here if _TURN.search(self._lead(c[0]))]
            kept.extend(turned or faults or ([] if kept else here))
        return kept

    def _inline_item(self, item: Node, role: Role, block: int) -> None:
        parts = [c for c in item.children if c.role and c.role != role]
        if parts:
            self._parted(item, role, parts, [c for c in item.children if c not in parts and not c.is_field], block)
            return
        deeper = [c for c in item.children if c.inline and not c.is_field]
        if deeper and self._inline(
            item, deeper, role, block, topic=is_topic(self._heading(item)) and role == "problems"
        ):
            return
        own = [c for c in item.children if not c.inline and not c.is_field]
        if own:
            for child in own:
                self._visit(child, role, block)
            return
        self._add(role, item, item.start, self._statement_end(item), block)

    def _statement_end(self, node: Node) -> int:
        """Where an item's statement ends: before its first field or part; its own details belong to it.

        A paragraph after the last item, where every sibling is one paragraph, closes the part and not the item.
        """
        first = next((c for c in node.children if c.is_field or c.role), None)
        end = first.start if first else node.end
        siblings = node.parent.children if node.parent else []
        if first is None and not node.inline and len(siblings) > 1 and node is siblings[-1]:
            others = [self.text[n.start : n.end] for n in siblings[:-1]]
            stop = self.text.find("\n", node.start, end)
            if stop >= 0 and not any("\n" in words for words in others):
                return stop
        return end

    def _lead(self, first: Node) -> str:
        return self.text[first.lead : first.start].strip()

    def _lead_role(self, lead: str, role: Role | None) -> Role | None:
        tail = lead[-40:]
        if role == "measures" and not re.search(r"原因是|原因在于", tail):
            return role
        if role not in KIND and role is not None:
            # Among what was done, only 下一步 and an admission with a turn open something else.
            if re.search(r"下一?步|今后", tail):
                return "measures"
            admits = (
                r"(?:但|然而|仍|还)[^。]*(?:问题|不足|差距|短板)" if role == "progress" else r"问题|不足|差距|短板|反思"
            )
            return "problems" if re.search(admits, tail) else role
        for cue, pattern in _LEAD_IN:
            if pattern.search(tail):
                if role == "causes" and cue == "problems":
                    return role
                return cue
        return role

    def _has_body(self, item: Node) -> bool:
        """Whether an item has a headline and at least one more sentence."""
        found = _SENTENCE.search(self.text, item.body, item.end)
        return found is not None and item.end - found.end() >= 6

    def _loose_inline(self, node: Node) -> None:
        """Enumerations in paragraphs of no known part, introduced by words that name one (下一步，一是…)."""
        chains: dict[int, list[Node]] = {}
        for child in node.children:
            if child.inline and not child.is_field and child.key != "label":
                chains.setdefault(child.chain, []).append(child)
        for chain in chains.values():
            lead = self._lead(chain[0])
            role = None if _DONE.search(lead[-60:]) and not _TURN.search(lead[-20:]) else self._lead_role(lead, None)
            if role in KIND and (_INTRODUCES.search(lead) or role != "problems"):
                self.opened.append((role, chain[0].lead, chain[-1].end, (chain[0].lead, chain[0].lead)))
                for item in chain:
                    self._inline_item(item, role, -1)
        for child in node.children:
            if child.inline and child.key == "label" and child.role:
                self._visit(child, None, node.start if node.parent else child.line + 1)

    # --- text without numbers ----------------------------------------------------------------------------------------

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        at = start
        while at < end:
            stop = self.text.find("\n", at, end)
            stop = end if stop < 0 else stop
            a, b = self._strip(at, stop)
            if a < b:
                yield a, b
            at = stop + 1

    def _strip(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start] in " \t\n":
            start += 1
        while end > start and self.text[end - 1] in " \t\n":
            end -= 1
        return start, end

    def _free_text(self, role: Role, start: int, end: int, node: Node, block: int, *, whole: bool = False) -> None:
        """5: paragraphs without numbers; ``whole`` where ； parts no problems, as they share one cause or answer."""
        heading = None
        paragraphs = list(self._paragraphs(start, end))
        for index, (a, b) in enumerate(paragraphs):
            words = self.text[a:b]
            if words.endswith("：") or b - a < 5:
                continue
            if index == 0 and self._leads(paragraphs):
                continue
            if len(paragraphs) > 1 and (_HANDED_ON.search(words) or (index == 0 and _SAID_ABOVE.match(words))):
                continue
            if not re.search(r"[。；，！？]", words) and b - a <= 34 and index + 1 < len(paragraphs):
                heading = None if is_topic(words) else a
                continue
            if (
                heading is None
                and index == 0
                and len(paragraphs) > 1
                and re.search(
                    r"(?:以下|如下|下列|几个方面|[一二两三四五六七八九十]个?(?:方面|点|条))[^。]{0,10}[。：]$", words
                )
            ):
                continue
            if role == "problems" and index == 0 and len(paragraphs) > 1 and _ONLY_LEADS.fullmatch(words):
                continue
            if role == "problems" and heading is None and not whole:
                pieces = self._pieces(a, b)
                if len(pieces) > 1 or pieces[0][0] > a:
                    for piece in pieces:
                        self._add(role, node, *piece, block, numbered=False)
                    continue
            self._add(role, node, a if heading is None else heading, b, block, numbered=False)
            heading = None

    @staticmethod
    def _leads(paragraphs: list[tuple[int, int]]) -> bool:
        """Whether the first of several paragraphs is one short line before long ones: it leads in."""
        lengths = [b - a for a, b in paragraphs]
        return len(lengths) > 2 and lengths[0] <= _LEAD and min(lengths[1:]) >= 2 * lengths[0]

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Problems parted by ；, without the lead-in before them; one piece where the paragraph is one problem."""
        found = re.compile(
            r"[^。；]*?(?:问题|不足|差距|距离|短板|弱项|薄弱环节|漏洞|欠缺|困难|挑战|方面|以下|如下|具体有|主要有|包括|表现(?:在|为))[^。；，：]{0,12}[：]"
        ).match(self.text, start, end)
        if found is None:
            turns = list(
                re.compile(
                    r"(?:但|然而)[^。；：]{0,40}(?:问题|不足|差距|距离|短板|薄弱环节|漏洞)[^。；，：]{0,12}："
                ).finditer(self.text, start, end)
            )
            found = turns[-1] if turns else None
        if found is None and "。" in self.text[start:end].partition("；")[0]:
            # A headline and its body: one problem, whatever stands in it.
            return [(start, end)]
        at = found.end() if found else start
        pieces = []
        depth = 0
        begin = at
        for i in range(at, end):
            char = self.text[i]
            depth += (char in "“（《") - (char in "”）》")
            if char == "；" and depth <= 0:
                pieces.append(self._strip(begin, i + 1))
                begin, depth = i + 1, 0
        pieces.append(self._strip(begin, end))
        pieces = [p for p in pieces if p[1] - p[0] >= 6]
        examples = sum(bool(_EXAMPLE.match(self.text, p[0])) for p in pieces)
        if len(pieces) < 2 or examples:
            field = found is not None and self.text[:at].endswith("方面：")
            return [self._strip(at, end) if field else (start, end)]
        return pieces

    def _split_topic(self, node: Node, block: int) -> bool:
        """A topic with problems parted by ； and no numbers."""
        end = node.own_end if node.children else node.end
        if not names_field(self._heading(node)):
            return False
        pieces = []
        for a, b in self._paragraphs(self._after_heading(node), end):
            pieces.extend(self._pieces(a, b))
        judged = sum(bool(JUDGEMENT.search(self.text[a:b])) for a, b in pieces)
        if len(pieces) < 2 or judged * 3 < len(pieces) * 2 or "；" not in self.text[node.body : end]:
            return False
        for a, b in pieces:
            self._add("problems", node, a, b, block, numbered=False)
        return True

    def _confessions(self) -> None:
        """Paragraphs of a work report that admit problems in one breath."""
        taken = [(d.start, d.end) for d in self.drafts]
        for line in self.outline.lines:
            words = self.text[line.start : line.end]
            if line.kind != "paragraph" or len(words) < 40 or any(a < line.end and line.start < b for a, b in taken):
                continue
            found = _CONFESSION.search(words)
            if not found:
                continue
            pieces = self._confessed(line.start, line.end)
            judged = sum(bool(_FALLS_SHORT.search(self.text[a:b])) for a, b in pieces)
            named = _NAMES_FAULT.search(words[: found.end() + 60])
            if not judged or (judged < 2 and not named):
                continue
            self.opened.append(("problems", line.start, line.end, (line.start, line.start)))
            for a, b in pieces:
                self._add("problems", self.outline.root, a, b, -1, numbered=False)

    def _confessed(self, start: int, end: int) -> list[tuple[int, int]]:
        """The problems of a confession, without what leads to them and the vow to mend them that closes it."""
        vow = _VOW.search(self.text, start + 40, end)
        stop = vow.start() if vow else end
        lead = _CONFESSION_LEAD.match(self.text, start, stop)
        at = lead.end() if lead else start
        pieces = self._cut(_SENTENCES, at, stop)
        if len(pieces) > 1 and _NAMES_NONE.fullmatch(self.text, *pieces[0]):
            at = pieces.pop(0)[1]
        if len(pieces) == 1:
            # One sentence tells them all, a clause each.
            clauses = self._cut(_CLAUSES, at, stop)
            faults = sum(bool(_FALLS_SHORT.search(self.text[a:b])) for a, b in clauses)
            if len(clauses) >= 4 and faults * 2 >= len(clauses):
                pieces = clauses
        return pieces

    def _cut(self, pattern: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
        cut = [self._strip(*m.span()) for m in pattern.finditer(self.text, start, end)]
        return [(a, b) for a, b in cut if b - a >= 6]

    # --- what was found ----------------------------------------------------------------------------------------------

    def _add(self, role: Role, node: Node, start: int, end: int, block: int, *, numbered: bool = True) -> None:
        start, end = self._strip(start, end)
        if start >= end or (self.drafts and any(d.start < end and start < d.end for d in self.drafts[-40:])):
            return
        above = list(node.ancestors())
        inside = []
        for n in above:
            if n.role and not self._is_item_itself(n):
                break
            inside.append(n)
        chain = (
            ([node] if numbered else [])
            + (
                []
                if numbered
                else [node]
                if not (node.role and not self._is_item_itself(node)) and node.key != "root"
                else []
            )
            + inside
        )
        number = "".join(
            self.text[n.start : n.body].strip() for n in reversed(chain) if n.key not in ("label", "heading", "root")
        )
        context = tuple(
            bare(self._heading(n))
            for n in reversed(above if numbered else [*([node] if node.key != "root" else []), *above])
            if n.key != "label"
        )
        outer = chain[-1] if chain else node
        fields = tuple(Field(f.start, f.end) for f in self._fields(node))
        body = node.body if numbered else start
        self.drafts.append(Draft(KIND[role], start, end, body, number, context, outer.start, block, fields))

    def _fields(self, node: Node) -> Iterator[Node]:
        """责任单位： and the like that stand beside the statement, or under the item it belongs to."""
        for n in (node, *node.ancestors()):
            found = [c for c in n.children if c.is_field] or self._fields_below(n)
            yield from found
            if found or (n.role and n.key != "label"):
                return

    @staticmethod
    def _fields_below(node: Node) -> list[Node]:
        """Fields on lines of their own under the last of several items hold for all of them."""
        items = [c for c in node.parent.children if c.key == node.key] if node.parent else []
        given = [[c for c in item.children if c.is_field and c.value == 1] for item in items]
        return given[-1] if len(items) > 1 and not any(given[:-1]) else []

    def parts(self) -> list[Part]:
        """The parts in order, flat: an inner part interrupts the outer one."""
        opened = sorted(self.opened, key=lambda o: (o[1], -o[2]))
        merged: list[Part] = []
        for role, start, end, heading in opened:
            if merged and merged[-1].end > start:
                outer = merged[-1]
                if outer.role == role:
                    continue
                if outer.start < start:
                    merged[-1] = Part(outer.role, outer.start, start, outer.heading)
                else:
                    merged.pop()
            elif merged and merged[-1].role == role and heading[0] == heading[1]:
                merged[-1] = Part(role, merged[-1].start, end, merged[-1].heading)
                continue
            merged.append(Part(role, start, end, heading))
        first = merged[0].start if merged else self.outline.closing
        lines = [line for line in self.outline.lines if line.start < first]
        if lines and lines[0].start < first:
            stop = max(line.end for line in lines)
            merged.insert(
                0,
                Part(
                    "preamble" if merged else "other",
                    lines[0].start,
                    min(stop, first) if merged else stop,
                    (lines[0].start, lines[0].start),
                ),
            )
        return merged
