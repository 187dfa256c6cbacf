"""From tellings to clusters of tellings: candidates, their scores, judgements, and clusters that do not chain."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from dateline.knowledge.joining import Weighing
from dateline.reconciling.candidates import Named, candidates
from dateline.reconciling.clustering import clusters
from dateline.reconciling.pairs import log_odds
from dateline.reconciling.sketches import Rows
from dateline.records import Judgement

LEAST = 0.2  # pairs less probable than this count as never compared
_ALIKE = 0.6  # how many words two copies must share to be told of as one without further question
Index = Mapping[str, int]


def linked(
    rows: Rows,
    weighing: Weighing,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
    names: Named | None = None,
) -> tuple[list[int], list[tuple[int, int, float]]]:
    """Return the cluster of each telling (named by its smallest member), and the scored pairs of some probability."""
    edges: list[tuple[int, int, float]] = []
    for one, two in candidates(rows, names):
        odds = log_odds(rows[one], rows[two], weighing.weights, weighing.bias)
        probability = 1 / (1 + np.exp(-odds))
        kept = probability >= LEAST
        low, high = np.minimum(one, two)[kept], np.maximum(one, two)[kept]
        edges.extend(zip(low.tolist(), high.tolist(), probability[kept].tolist(), strict=True))
    edges = _once(edges)
    return clusters(len(rows), edges, together, apart), edges


def _once(edges: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Return the pairs sorted, each once: blocks overlap."""
    edges.sort()
    return [edge for at, edge in enumerate(edges) if at == 0 or edge[:2] != edges[at - 1][:2]]


def bound(judgements: Sequence[Judgement], of: Index) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return what judgements bind: pairs of positions that are together, and pairs that are apart.

    `of` gives the position of a claim's telling; a judgement on claims that are not there binds nothing. Of two
    judgements on one pair the later one holds, so that each binds all its pairs: what is left of a merge after
    a split is still one.
    """
    said: dict[tuple[int, int], str] = {}
    for one in judgements:
        places = [of[claim] for claim in one.subject if claim in of]
        if one.verdict == "merge":
            said.update(dict.fromkeys(_pairs(places), "merge"))
        elif one.verdict == "split":
            said.update(dict.fromkeys(_pairs(places), "merge"))
            others = [of[claim] for claim in one.apart if claim in of]
            said.update({_pair(here, there): "split" for here in places for there in others})
    pairs = sorted((pair, verdict) for pair, verdict in said.items() if pair[0] != pair[1])
    together = [pair for pair, verdict in pairs if verdict == "merge"]
    return together, [pair for pair, verdict in pairs if verdict == "split"]


def _pairs(places: Iterable[int]) -> Iterable[tuple[int, int]]:
    return itertools.combinations(sorted(set(places)), 2)


def _pair(one: int, two: int) -> tuple[int, int]:
    return (one, two) if one < two else (two, one)


def carried(
    originals: Sequence[str], reports: Sequence[str], families: Sequence[str], words: Sequence[frozenset[str]]
) -> list[tuple[int, int]]:
    """Return pairs of tellings that copies of one dispatch carry over: told in the same words."""
    by_original: dict[tuple[str, str], list[int]] = {}
    for at, (original, family) in enumerate(zip(originals, families, strict=True)):
        by_original.setdefault((original, family), []).append(at)
    return [
        (one, two)
        for group in by_original.values()
        for place, one in enumerate(group)
        for two in group[place + 1 :]
        if reports[one] != reports[two] and _share(words[one], words[two]) >= _ALIKE
    ]


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))
