"""All claims of a desk, gathered report by report into tellings of which little is kept, and linked into clusters.

A million claims do not fit into a laptop's memory as records. What is kept of a telling is a row of numbers and
the ids of its claims; the claims themselves are read again, cluster by cluster, when the events are made.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from dateline.knowledge.joining import Weighing
from dateline.reconciling.clustering import members_of
from dateline.reconciling.linking import bound, carried, linked
from dateline.reconciling.pairs import all_reasons
from dateline.reconciling.sketches import Rows, Sketches
from dateline.reconciling.telling import tellings
from dateline.records import Filed, Join, Judgement

_CHUNK = 20_000
Lookup = Callable[[Sequence[str]], Sequence[Filed]]


class Cluster(msgspec.Struct, frozen=True):
    """The claims of one event by their ids, the oldest first, and why each belongs to it."""

    claims: tuple[str, ...]
    joins: tuple[Join, ...]


class _Tie(msgspec.Struct, frozen=True):
    """To which telling one was joined, by what, and how surely."""

    one: int
    by: str
    score: float


class Gathering:
    """Takes the claims of one report after the other, then links them.

    The reports must come in the order in which the desk took them in, their claims in text order.
    """

    def __init__(
        self, copied: frozenset[str] | None = None, parted: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        """`copied` are the reports that are copies or have some, where that is known: only their words are kept.

        `parted` are claims that people split from others, by the judgements that did.
        """
        self._copied = copied
        self._parted = parted or {}
        self._sketches = Sketches()
        self._claims: list[tuple[str, ...]] = []
        self._carriers: list[tuple[int, str, str, str, frozenset[str]]] = []
        self._originals: set[str] = set()

    def add(self, filed: Sequence[Filed]) -> None:
        """Add the claims of one report."""
        for one in tellings(filed, self._parted):
            at = len(self._claims)
            self._claims.append(tuple(filed[member].claim.id for member in one.members))
            self._sketches.add(one)
            if self._copied is None or one.report in self._copied:
                self._carriers.append((at, one.original, one.report, one.family, frozenset(one.words)))
            if one.original != one.report:
                self._originals.add(one.original)

    def __len__(self) -> int:
        return len(self._claims)

    def clusters(self, weights: Weighing, judgements: Sequence[Judgement] = ()) -> Iterator[Cluster]:
        """Yield the clusters by their oldest claim."""
        rows = self._sketches.rows()
        together, apart = self._bound(judgements)
        roots, edges = linked(rows, weights, together, apart, self._sketches.named())
        groups = sorted(members_of(roots).items())
        ties = self._ties(groups, edges, set(together), rows)
        reasons = _reasons(rows, ties, weights)
        for _, members in groups:
            yield self._cluster(members, ties, reasons)

    def _bound(self, judgements: Sequence[Judgement]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return pairs that are together whatever their score (judged so, or carried by copies), and pairs apart."""
        asked = {claim for one in judgements for claim in (*one.subject, *one.apart)}
        of = {claim: at for at, claims in enumerate(self._claims) for claim in claims if claim in asked}
        together, apart = bound(judgements, of)
        split = set(apart)
        copied = [one for one in self._carriers if one[1] in self._originals]
        same = carried(
            [one[1] for one in copied], [one[2] for one in copied], [one[3] for one in copied],
            [one[4] for one in copied],
        )  # fmt: skip
        pairs = ((copied[one][0], copied[two][0]) for one, two in same)
        return together + [pair for pair in pairs if pair not in split], apart

    def _ties(
        self,
        groups: Sequence[tuple[int, list[int]]],
        edges: Sequence[tuple[int, int, float]],
        forced: set[tuple[int, int]],
        rows: Rows,
    ) -> dict[int, _Tie]:
        """Return, for each telling that is not the first of its cluster, by which link it belongs to it."""
        root = {member: first for first, members in groups for member in members}
        best: dict[int, list[tuple[int, float, str]]] = {}
        for one, two in sorted(forced):
            copy = bool(rows["original"][one] == rows["original"][two])
            for a, b in ((one, two), (two, one)):
                best.setdefault(a, []).append((b, 2.0, "copy" if copy else "judgement"))
        for one, two, score in edges:
            if root[one] == root[two]:
                best.setdefault(one, []).append((two, score, "model"))
                best.setdefault(two, []).append((one, score, "model"))
        found: dict[int, _Tie] = {}
        for first, members in groups:
            if len(members) > 1:
                found.update(_tree(first, best))
            for member in members[1:]:
                found.setdefault(member, _Tie(first, "cluster", 0.0))
        return found

    def _cluster(
        self, members: Sequence[int], ties: Mapping[int, _Tie], reasons: Mapping[int, tuple[tuple[str, float], ...]]
    ) -> Cluster:
        joins = []
        for member in members:
            first, *others = self._claims[member]
            tie = ties.get(member)
            if tie is not None and member != members[0]:
                to = self._claims[tie.one][0]
                joins.append(Join(first, to, tie.by, round(tie.score, 3), reasons.get(member, ())))
            joins += [Join(claim, first, "report", 1.0) for claim in others]
        return Cluster(tuple(claim for member in members for claim in self._claims[member]), tuple(joins))


def _tree(first: int, near: Mapping[int, Sequence[tuple[int, float, str]]]) -> dict[int, _Tie]:
    """Return what ties each telling of a cluster to it: the surest links that lead to the first (Prim 1957)."""
    found: dict[int, _Tie] = {}
    inside = {first}
    heap = [(-score, two, first, by) for two, score, by in near.get(first, ())]
    heapq.heapify(heap)
    while heap:
        score, two, one, by = heapq.heappop(heap)
        if two in inside:
            continue
        inside.add(two)
        found[two] = _Tie(one, by, min(1.0, -score))
        for other, more, how in near.get(two, ()):
            if other not in inside:
                heapq.heappush(heap, (-more, other, two, how))
    return found


def _reasons(rows: Rows, ties: Mapping[int, _Tie], weights: Weighing) -> dict[int, tuple[tuple[str, float], ...]]:
    """Return what spoke for and against each tie, by the later telling."""
    twos = sorted(ties)
    found: dict[int, tuple[tuple[str, float], ...]] = {}
    for begin in range(0, len(twos), _CHUNK):
        some = twos[begin : begin + _CHUNK]
        made = all_reasons(rows[[ties[two].one for two in some]], rows[some], weights.weights)
        found.update(zip(some, made, strict=True))
    return found
