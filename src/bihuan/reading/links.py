"""Which cause a problem has and which measures answer it.

What the document itself says comes first: one item or row that holds problem, cause and measure; a problem's number named
by a measure; lists that run side by side. Where it says nothing, terms decide: words weighted by their rarity in official
prose and in the document, and the concepts of the trade (``themes/lexicons/synonyms.toml``). Pairs are not taken one by
one: each is weighed against the other choices of its problem and of its measure, and causes are laid over the problems in
order by a dynamic programme, since reports find causes in the order of the problems. Deterministic.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from bihuan.reading.model import Kind, Link, LinkKind
from bihuan.text.words import placed_words
from bihuan.themes import lexicons

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

#: Words that stand in nearly every statement and tell nothing of its matter.
STOP = frozenset(
    "工作 问题 不够 加强 进一步 坚持 提高 推进 落实 强化 存在 方面 建设 要求 重要 开展 推动 全面 深入 能力 意识 机制 制度 完善 健全 建立 带头 确保 不断 切实 重点 做到 以及 情况 同志 有的 个别 班子 成员 领导 干部 我们 "
    "没有 还有 一些 不足 不到位 不强 不深 思想 认识 责任 任务 措施 整改 提升 增强 组织 管理 实际 工作中 作用 精神 水平 质量 部门 单位 区委 县委 市委 党委 党组 各级 一是 二是 三是 四是 一要 二要 三要 突出 抓好 着力 严格 规范 及时 定期 每季度 每月 每年 "
    "以来 过程 仍然 依然 还是 不能 不是 只是 就是 特别 尤其 比如 例如 同时 通过 对于 关于 针对 围绕 聚焦 结合 按照 根据 进行 实现 形成 解决 加大 力度 积极 主动 有效 有力 深刻 一定 比较 较为 具体 相关 有关 认为 虽然 现象 发生 导致 方法 方式 感情 影响 人民 群众 取得 领域 分管 专家 现有 目前 程度 作为 成为 必须 需要 应该 可能 对待 层面 环节 角度 用心 领导班子 党员 学期 情况通报".split()
)
_TITLE = 2.0  # a headline says in ten characters what its body spells out
_CONTEXT = 0.4  # a heading above speaks for its statements, but for all of them alike
_CONCEPT = 1.2  # a shared concept against a shared word of the same rarity
_RARE = 9.0  # ln(documents / documents with it) of a word that the background table lacks
_ENOUGH = 0.085  # least similarity (cosine) of a link that only terms carry
_OF_BEST = 0.62  # least share of the problem's best similarity
_OF_MEASURE = 0.34  # least share of the measure's best similarity
_MOST = 3  # measures a problem is given at most
_SIDE_BY_SIDE = 1.25  # how far the diagonal must outweigh the rest to take two lists as running side by side
_SAID = 0.95  # score of a link that the document itself draws
_ORDERED = 0.8  # score of a link by the order of lists that words support
_SURE = 0.25  # similarity at which terms alone are sure
_SECOND = 0.15  # similarity of a problem's second matter, where it is 2.5 times the third's
_HINT = 0.03  # similarity that supports what order suggests
_CONCORDANT = 0.75  # share of sure pairs in the same order on both sides that makes a report an ordered one
_ANCHORS = 400  # sure pairs looked at, at most: the share of a longer report's is known well enough from so many
#: Pairs compared by their words. A report of a million characters has 3.4 million; a longer text is a collection, and
#: its parts are told apart by splitting it.
MAX_PAIRS = 4_000_000
_ROWS = 64  # problems compared at a time: bounds the memory that a long report takes
_ORDER_PULL = 0.35  # how much order weighs against terms, which tell causes apart poorly
_EXCEPTION = 4.0  # how much better another cause must fit to break the order


class LinkItem(NamedTuple):
    """A statement as the linking sees it; texts are normalised.

    ``title`` is its headline without the number, ``context`` the headings above it; ``group`` and ``ordinal`` count
    blocks and items in them; ``block`` is the item in which the document puts problem and answer together (-1: none);
    ``refers`` are the ordinals of problems that it names itself, ``more_blocks`` further blocks that share it.
    """

    id: str
    kind: Kind
    title: str
    body: str
    dimension: str | None = None
    context: str = ""
    group: int = 0
    ordinal: int = 0
    block: int = -1
    refers: tuple[int, ...] = ()
    more_blocks: tuple[int, ...] = ()


class _Pair(NamedTuple):
    problem: int
    other: int
    score: float
    because: tuple[str, ...]


def link(items: Sequence[LinkItem]) -> tuple[Link, ...]:
    """The links of a report's statements, by problem in the order given, best first."""
    problems = [i for i in items if i.kind == "problem"]
    if not problems or len(problems) == len(items):
        return ()
    terms = _Terms(items)
    out: list[Link] = []
    kinds: tuple[tuple[Kind, LinkKind], ...] = (("cause", "caused-by"), ("measure", "answered-by"))
    for kind, name in kinds:
        others = [i for i in items if i.kind == kind]
        if others:
            pairs = _pairs(problems, others, terms, causes=kind == "cause")
            pairs.sort(key=lambda p: (p.problem, -p.score, p.other))
            out.extend(
                Link(problems[p.problem].id, others[p.other].id, name, round(p.score, 2), p.because) for p in pairs
            )
    return tuple(out)


def _pairs(problems: list[LinkItem], others: list[LinkItem], terms: _Terms, *, causes: bool) -> list[_Pair]:
    said, open_problems, open_others = _said(problems, others, terms)
    if not open_problems or not open_others or len(open_problems) * len(open_others) > MAX_PAIRS:
        return said
    left = [problems[i] for i in open_problems]
    right = [others[j] for j in open_others]
    similar = terms.similarity(left, right)
    found = _ordered_causes(left, right, similar) if causes else _answers(left, right, similar, in_lists=not said)
    for i, j, score, reason in found:
        because = terms.shared(left[i], right[j])
        said.append(_Pair(open_problems[i], open_others[j], score, (*reason, *because)[:4] or ("全文相近",)))
    return said


# --- what the document says ----------------------------------------------------------------------------------------------


def _said(problems: list[LinkItem], others: list[LinkItem], terms: _Terms) -> tuple[list[_Pair], list[int], list[int]]:
    """Pairs of one block, and pairs that an item names; and the problems and others that are still open."""
    pairs: list[_Pair] = []
    blocks: dict[int, list[int]] = defaultdict(list)
    for i, problem in enumerate(problems):
        if problem.block >= 0:
            blocks[problem.block].append(i)
    taken_problems: set[int] = set()
    taken_others: set[int] = set()
    answers: dict[int, list[int]] = defaultdict(list)
    for j, other in enumerate(others):
        answers[other.block].append(j)
    for j, other in enumerate(others):
        mates = blocks.get(other.block, []) if other.block >= 0 else []
        if len(mates) > 1 and len(answers[other.block]) > 1:
            mates = _mates(problems, others, mates, answers[other.block], j, terms)
        mates = [*mates, *(i for block in other.more_blocks for i in blocks.get(block, []))]
        if other.refers and not mates:
            mates = [i for i in other.refers if 0 <= i < len(problems)]
            reason = "序号对应"
        else:
            reason = "同一条目"
        for i in mates:
            pairs.append(_Pair(i, j, _SAID, (reason,)))
            taken_problems.add(i)
            taken_others.add(j)
    return (
        pairs,
        [i for i in range(len(problems)) if i not in taken_problems],
        [j for j in range(len(others)) if j not in taken_others],
    )


def _mates(
    problems: list[LinkItem], others: list[LinkItem], mates: list[int], answers: list[int], j: int, terms: _Terms
) -> list[int]:
    """Which of a block's several problems one of its several answers is for: by order, or by terms where they differ."""
    fit = terms.similarity([problems[i] for i in mates], [others[j]])[:, 0]
    if len(mates) == len(answers):
        ordered = answers.index(j)
        best = int(fit.argmax())
        return [mates[best if fit[best] > max(_SURE, _EXCEPTION * fit[ordered]) else ordered]]
    top = float(fit.max())
    near = round(answers.index(j) * (len(mates) - 1) / (len(answers) - 1))
    return [i for i, value in zip(mates, fit, strict=True) if value >= max(_HINT, 0.6 * top)] or [mates[near]]


def _side_by_side(similar: Matrix, left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether two lists of groups run side by side: as many of each, and words agree more on the diagonal."""
    import numpy as np

    n = max(left) + 1
    if n < 2 or n != max(right) + 1:
        return False
    means = _group_means(similar, left, right)
    if n == 2:
        return bool(np.trace(means) > _SIDE_BY_SIDE * (means.sum() - np.trace(means)))
    off = (means.sum() - np.trace(means)) / (n * n - n)
    return bool(np.trace(means) / n > _SIDE_BY_SIDE * off)


def _group_means(similar: Matrix, left: Sequence[int], right: Sequence[int]) -> Matrix:
    import numpy as np

    a = np.zeros((max(left) + 1, len(left)))
    b = np.zeros((len(right), max(right) + 1))
    a[list(left), range(len(left))] = 1
    b[range(len(right)), list(right)] = 1
    return np.asarray((a / a.sum(1, keepdims=True)) @ similar @ (b / b.sum(0, keepdims=True)))


def _ranks(values: Sequence[int]) -> list[int]:
    known = {v: k for k, v in enumerate(sorted(set(values)))}
    return [known[v] for v in values]


# --- causes: laid over the problems in order -----------------------------------------------------------------------------


def _ordered_causes(
    problems: list[LinkItem], causes: list[LinkItem], similar: Matrix
) -> list[tuple[int, int, float, tuple[str, ...]]]:
    import numpy as np

    if len(causes) == 1:
        return [(i, 0, 0.6, ("唯一的原因",)) for i in range(len(problems))]
    groups = _ranks([p.group for p in problems])
    count = max(groups) + 1
    by_problem = count < 2 or (len(causes) > count and len(causes) >= len(problems))
    if by_problem:
        groups, count = list(range(len(problems))), len(problems)
    fit = _group_means(similar, groups, list(range(len(causes))))
    scale = fit.max() or 1.0
    fit = fit / scale
    # A weak pull to the diagonal keeps order where words say nothing.
    at = np.arange(count)[:, None] / max(1, count - 1) - np.arange(len(causes))[None, :] / (len(causes) - 1)
    fit = fit + _ORDER_PULL * (1 - np.abs(at))
    best = np.zeros_like(fit)
    back = np.zeros(fit.shape, dtype=int)
    best[0] = fit[0]
    for g in range(1, count):
        choice = 0
        for c in range(len(causes)):
            if best[g - 1, c] > best[g - 1, choice]:
                choice = c
            best[g, c] = best[g - 1, choice] + fit[g, c]
            back[g, c] = choice
    path = [int(np.argmax(best[-1]))]
    for g in range(count - 1, 0, -1):
        path.append(int(back[g, path[-1]]))
    path.reverse()
    out: list[tuple[int, int, float, tuple[str, ...]]] = []
    for i in range(len(problems)):
        c = path[groups[i]]
        other = int(np.argmax(similar[i]))
        if other != c and similar[i, other] > max(_ENOUGH, _EXCEPTION * similar[i, c]):
            out.append((i, other, min(0.75, 0.4 + 2 * float(similar[i, other])), ()))
        else:
            out.append((i, c, min(0.9, 0.5 + 2 * float(similar[i, c])), ("顺序对应",)))
    return out


# --- measures of a report that answers in the order of its problems ----------------------------------------------------


def _runs_in_order(similar: Matrix) -> bool:
    """Whether the pairs that terms are sure of come in the same order on both sides (Kendall's concordance)."""
    anchors = [(int(row.argmax()), float(row.max())) for row in similar if row.max() >= _HINT]
    if len(anchors) > _ANCHORS:
        anchors = anchors[:: len(anchors) // _ANCHORS]
    same = other = 0.0
    for k, (b, weight) in enumerate(anchors):
        for d, other_weight in anchors[k + 1 :]:
            # A pair of anchors tells as much as its weaker one.
            same += min(weight, other_weight) if d > b else 0.0
            other += min(weight, other_weight) if d < b else 0.0
    return len(anchors) >= 3 and same > 0 and same >= _CONCORDANT * (same + other)


def _in_order(similar: Matrix) -> list[tuple[int, int, float, tuple[str, ...]]]:
    """Problems laid over the measures in order; what terms are sure of may break it."""
    import numpy as np

    rows, columns = similar.shape
    at = np.arange(rows)[:, None] / max(1, rows - 1) - np.arange(columns)[None, :] / max(1, columns - 1)
    fit = np.minimum(1.0, similar / _SURE) + 0.6 * (1 - np.abs(at))
    best = np.zeros_like(fit)
    back = np.zeros(fit.shape, dtype=int)
    skip = 0.15 * np.arange(columns)
    best[0] = fit[0] - skip
    for i in range(1, rows):
        # A step from one measure to the next is free, passing one over costs a little.
        lifted = best[i - 1] + skip
        choice = 0
        for j in range(columns):
            if j and lifted[j - 1] > lifted[choice]:
                choice = j - 1
            stay, step = best[i - 1, j], lifted[choice] - skip[j] + (0.15 if choice < j else -np.inf)
            back[i, j] = j if stay >= step else choice
            best[i, j] = fit[i, j] + max(stay, step)
    path = [int(np.argmax(best[-1] + skip))]
    for i in range(rows - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    path.reverse()
    out: list[tuple[int, int, float, tuple[str, ...]]] = []
    for i in range(rows):
        on_path = float(similar[i, path[i]])
        top = float(similar[i].max())
        if on_path >= _HINT and on_path * 4 >= top:
            out.append((i, path[i], min(0.9, 0.45 + 1.5 * on_path), ("顺序对应",)))
        for j in np.flatnonzero(similar[i] >= max(_SURE, 0.8 * top)).tolist():
            if j != path[i] and similar[i, j] >= 0.6 * similar[:, j].max():
                out.append((i, j, min(0.9, 0.35 + 1.5 * float(similar[i, j])), ()))
        # A second matter inside a problem (比如…) stands out from all the rest, though not from the first.
        order = np.argsort(-similar[i], kind="stable")
        taken_here = [j for a, j, _, _ in out[-3:] if a == i]
        second = int(order[1]) if columns > 2 else -1
        stands_out = second >= 0 and similar[i, second] >= max(_SECOND, 2.5 * similar[i, order[2]])
        if stands_out and second not in taken_here:
            out.append((i, second, min(0.8, 0.3 + 1.5 * float(similar[i, second])), ()))
        if not out or out[-1][0] != i:
            # Nothing at its place: what terms favour, unless that measure is much nearer to others.
            for j in np.flatnonzero(similar[i] >= max(_ENOUGH, 0.85 * top)).tolist():
                if similar[i, j] >= 0.4 * similar[:, j].max():
                    out.append((i, j, min(0.8, 0.3 + 1.5 * float(similar[i, j])), ()))
    return out


# --- measures: each pair against the other choices of both ---------------------------------------------------------------


def _answers(
    problems: list[LinkItem], measures: list[LinkItem], similar: Matrix, *, in_lists: bool
) -> list[tuple[int, int, float, tuple[str, ...]]]:
    """Answers by terms; ``in_lists`` where the document draws none itself, so that its lists may run side by side."""
    import numpy as np

    if _runs_in_order(similar):
        return _in_order(similar)
    prior = np.ones_like(similar)
    same = (
        np.array([[p.dimension is not None and p.dimension == m.dimension for m in measures] for p in problems])
        if len(problems) * len(measures) < 4_000_000
        else None
    )
    if same is not None and same.any():
        prior[same] *= 1.5
    side = None
    left, right = _ranks([p.group for p in problems]), _ranks([m.group for m in measures])
    one_each = in_lists and len(problems) == len(measures) >= 3
    if one_each and _side_by_side(similar, range(len(problems)), range(len(measures))):
        side = np.eye(len(problems), dtype=bool)
    elif in_lists and max(left) > 0 and _side_by_side(similar, left, right):
        side = np.array(left)[:, None] == np.array(right)[None, :]
    if side is not None:
        prior[side] *= 1.8
    score = similar * prior
    row = score.max(1, keepdims=True)
    column = score.max(0, keepdims=True)
    keep = (score >= _ENOUGH) & (score >= _OF_BEST * row) & (score >= _OF_MEASURE * column)
    # The best pair of a measure is worth keeping when it is near the problem's own best: one measure for several.
    keep |= (score >= 1.6 * _ENOUGH) & (score >= 0.999 * column) & (score >= 0.45 * row)
    if side is not None and one_each:
        keep |= side
    out: list[tuple[int, int, float, tuple[str, ...]]] = []
    for i in range(len(problems)):
        chosen = sorted(np.flatnonzero(keep[i]).tolist(), key=lambda j: (-score[i, j], j))[:_MOST]
        for j in chosen:
            ordered = side is not None and bool(side[i, j])
            value = min(0.9, 0.35 + 1.5 * float(score[i, j]))
            out.append(
                (
                    i,
                    j,
                    max(value, _ORDERED) if ordered and one_each else value,
                    ("序号对应",) if ordered and one_each else (),
                )
            )
    return out


# --- terms -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _rarity() -> dict[str, float]:
    """ln(documents / documents with the word) in official prose (``tools/learn_weights.py``)."""
    table: dict[str, float] = {}
    for line in resources.files("bihuan.themes.lexicons").joinpath("weights.txt").read_text("utf-8").splitlines():
        rarity, _, listed = line.partition("\t")
        table.update(dict.fromkeys(listed.split(), int(rarity) / 2))
    return table


def _terms_in(text: str) -> dict[str, int]:
    """The words and concepts of a text, each with the first place where it stands."""
    terms: dict[str, int] = {}
    for word, at in placed_words(text):
        if word not in STOP:
            terms.setdefault(word, at)
    for concept in lexicons.concepts_in(text):
        terms.setdefault("§" + concept[0], concept.start)
    return terms


class _Terms:
    """Weighted terms of every statement; a term is a word, or a concept written ``§id``."""

    def __init__(self, items: Sequence[LinkItem]) -> None:
        rarity, concept_weights = _rarity(), _concept_weights()
        self._contexts: dict[str, dict[str, float]] = {}
        self._said: dict[str, dict[str, str]] = {}
        counts = {i.id: self._count(i) for i in items}

        spread = Counter(term for found in counts.values() for term in found)
        # Half of what a word tells is its rarity in such prose at large, half its rarity in this report.
        total = len(items)
        locally = [0.0, *(math.log((total + 1) / n) for n in range(1, total + 1))]
        weight_of = {
            term: _CONCEPT * concept_weights.get(term[1:], 1.0) * (2.0 + locally[n])
            if term[0] == "§"
            else 0.5 * (rarity.get(term, _RARE) / 3 + locally[n])
            for term, n in spread.items()
        }
        self.weights: dict[str, dict[str, float]] = {}
        for item in items:
            weights = {term: weight_of[term] * min(count, 4.0) for term, count in counts[item.id].items()}
            norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
            self.weights[item.id] = {t: w / norm for t, w in weights.items()}

    def _count(self, item: LinkItem) -> dict[str, float]:
        """How often each term stands, the headline counted more, the headings above less; once in each of the three.

        The headline stands at the head of the body, so one pass serves both.
        """
        found = self._contexts.get(item.context)
        if found is None:
            found = self._contexts[item.context] = dict.fromkeys(_terms_in(item.context), _CONTEXT)
        found = dict(found)
        head = len(item.title)
        seen: dict[str, float] = {}
        for term, at in _terms_in(item.body).items():
            seen[term] = _TITLE + 1.0 if at < head else 1.0
        for term, weight in seen.items():
            found[term] = found.get(term, 0.0) + weight
        return found

    def similarity(self, left: Sequence[LinkItem], right: Sequence[LinkItem]) -> Matrix:
        """Cosine of every pair, through an inverted index: only shared terms cost anything."""
        import numpy as np

        result = np.zeros((len(left), len(right)))
        asked = {term for item in left for term in self.weights[item.id]}
        index: dict[str, list[tuple[int, float]]] = {}
        for j, item in enumerate(right):
            for term, weight in self.weights[item.id].items():
                if term in asked:
                    index.setdefault(term, []).append((j, weight))
        if not index:
            return result
        numbers = {term: number for number, term in enumerate(index)}
        sizes = np.array([len(places) for places in index.values()])
        begins = np.cumsum(sizes) - sizes
        places = np.array([j for each in index.values() for j, _ in each])
        values = np.array([weight for each in index.values() for _, weight in each])
        for first in range(0, len(left), _ROWS):
            rows, terms, weights = [], [], []
            for i, item in enumerate(left[first : first + _ROWS]):
                for term, weight in self.weights[item.id].items():
                    hit = numbers.get(term)
                    if hit is not None:
                        rows.append(i)
                        terms.append(hit)
                        weights.append(weight)
            if not rows:
                continue
            # Every shared term becomes one product a pair; each is added at its pair's place.
            count = sizes[terms]
            nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
            at = np.repeat(begins[terms], count) + nth
            pair = np.repeat(np.array(rows) * len(right), count) + places[at]
            block = min(_ROWS, len(left) - first)
            sums = np.bincount(pair, np.repeat(weights, count) * values[at], block * len(right))
            result[first : first + block] = sums.reshape(block, len(right))
        return result

    def _concept_words(self, item: LinkItem) -> dict[str, str]:
        """For each concept in an item's body, the term that first stands for it."""
        if item.id not in self._said:
            self._said[item.id] = {c.id: c.term for c in reversed(lexicons.concepts_in(item.body))}
        return self._said[item.id]

    def shared(self, left: LinkItem, right: LinkItem) -> tuple[str, ...]:
        """The words two statements share, weightiest first; for a concept, the term that the second one uses."""
        a, b = self.weights[left.id], self.weights[right.id]
        terms = sorted((t for t in a if t in b), key=lambda t: (-a[t] * b[t], t))[:4]
        out: list[str] = []
        for term in terms:
            word = term
            if term[0] == "§":
                word = self._concept_words(right).get(term[1:], "")
            if word and word not in out:
                out.append(word)
        return tuple(out)


@lru_cache(maxsize=1)
def _concept_weights() -> dict[str, float]:
    return {c.id: c.weight for c in lexicons.synonyms()}
