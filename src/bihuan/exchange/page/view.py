"""What every part of the page needs to know of a reading, looked up once: labels, keys, and who is linked to whom."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from bihuan.exchange import rows
from bihuan.exchange.page.escape import escape
from bihuan.i18n import _, language
from bihuan.reading.model import KINDS, Kind, Link, LinkKind, Reading, Statement


def kind_name(kind: Kind) -> str:
    """The kind's word on the screen."""
    return {"problem": _("问题"), "cause": _("原因"), "measure": _("措施")}[kind]


class View:
    """A reading with its statements named for the screen.

    A statement's ``key`` (``p1``, ``c2``, ``m3``: its kind and its place among its kind) names it in the page's ids,
    where a reading's own id might not be allowed; its label says the same to people (问题1).
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.statements = {s.id: s for s in reading.statements}
        self.key: dict[str, str] = {}
        self._label: dict[str, str] = {}
        for kind in KINDS:
            for i, statement in enumerate(reading.of_kind(kind), 1):
                self.key[statement.id] = f"{kind[0]}{i}"
                apart = "" if language() == "zh" else " "
                self._label[statement.id] = f"{kind_name(kind)}{apart}{i}"
        self._links: dict[tuple[str, LinkKind], list[Link]] = defaultdict(list)
        for link in sorted(reading.links, key=lambda k: (-k.score, k.target)):
            if link.source in self.statements and link.target in self.statements:
                self._links[link.source, link.kind].append(link)
        self.placed: set[str] = set()
        """Ids of the statements with a mark in the text; ``render_text`` fills it, so the text is rendered first."""
        # The report stays Chinese when the screen is English, and a screen reader has to know.
        self.quoted = "" if language() == "zh" else ' lang="zh-Hans"'

    def label(self, statement: Statement) -> str:
        """问题1, for the screen."""
        return self._label[statement.id]

    def tag(self, statement: Statement) -> str:
        """The statement's label as a coloured link to its place in the report."""
        return f'<a class="tag {statement.kind}" href="{self.place(statement)}">{escape(self.label(statement))}</a>'

    def place(self, statement: Statement) -> str:
        """The statement's address in the page; the report's own where an empty or hidden span left no mark."""
        return f"#s-{self.key[statement.id]}" if statement.id in self.placed else "#text"

    def headline(self, statement: Statement) -> str:
        """The statement's headline without number and full stop, not yet escaped."""
        return rows.headline(self.reading, statement).rstrip("。；;")

    def links(self, problem: Statement, kind: LinkKind) -> list[Link]:
        """The problem's links of a kind, best first."""
        return self._links.get((problem.id, kind), [])

    @cached_property
    def linked(self) -> frozenset[str]:
        """Ids of the causes and measures that some problem is linked to."""
        return frozenset(link.target for links in self._links.values() for link in links)

    def unlinked(self, kind: Kind) -> list[Statement]:
        """Causes or measures that no problem is linked to, in the order of the text."""
        return [s for s in self.reading.of_kind(kind) if s.id not in self.linked]


def because(link: Link) -> str:
    """The link's score and the words it rests on, as one line for the screen."""
    if not link.because:
        return _("关联度 {score:.0%}").format(score=link.score)
    return _("关联度 {score:.0%}，依据：{words}").format(score=link.score, words="、".join(link.because))
