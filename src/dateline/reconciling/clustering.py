"""Tellings that are joined into events: greedy mean linkage on scored pairs, which does not chain.

Two clusters are merged while the mean probability over all pairs between them is at least one half; a pair that
was never compared, or was found improbable, counts as zero. So a telling that fits one member of a large
event and none of the others stays outside, where connected components would draw it in. Judgements bind:
what a person merged is one cluster from the start, what a person split is never merged.
Method: agglomerative clustering by average linkage (Sokal and Michener 1958), with a heap of candidate merges.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

THRESHOLD = 0.5
Edge = tuple[int, int, float]


class _Forest:
    """Disjoint sets of positions; the root of a set is its smallest member, so that order decides nothing."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, one: int) -> int:
        while self.parent[one] != one:
            self.parent[one] = self.parent[self.parent[one]]
            one = self.parent[one]
        return one

    def join(self, one: int, two: int) -> int:
        low, high = sorted((self.find(one), self.find(two)))
        self.parent[high] = low
        return low


def clusters(
    size: int,
    edges: Iterable[Edge],
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
    threshold: float = THRESHOLD,
) -> list[int]:
    """Return the cluster of each of `size` positions, named by its smallest member.

    `edges` are pairs with their probability, each pair once. `together` are pairs that are one cluster
    whatever the edges say, `apart` pairs that never are (a pair in both is together). The result does not
    depend on the order of the edges.
    """
    forest = _Forest(size)
    for one, two in together:
        forest.join(one, two)
    forced = [forest.find(at) for at in range(size)]
    sizes: dict[int, int] = {}
    for root in forced:
        sizes[root] = sizes.get(root, 0) + 1
    barred = _between(((forced[a], forced[b], 1.0) for a, b in apart))
    links = _between((forced[a], forced[b], p) for a, b, p in sorted(edges))
    heap = [
        (-total / (sizes[one] * sizes[two]), one, two)
        for one, near in links.items()
        for two, total in near.items()
        if one < two
    ]
    heapq.heapify(heap)
    while heap:
        mean, one, two = heapq.heappop(heap)
        if -mean < threshold:
            break
        current = links.get(one, {}).get(two)
        if current is None or -current / (sizes[one] * sizes[two]) != mean or two in barred.get(one, {}):
            continue  # one of them was merged meanwhile, or their mean has changed: another entry says it
        forest.join(one, two)
        sizes[one] += sizes.pop(two)
        _move(barred, two, one)
        for other in _move(links, two, one):
            a, b = sorted((one, other))
            heapq.heappush(heap, (-links[a][b] / (sizes[a] * sizes[b]), a, b))
    return [forest.find(at) for at in range(size)]


def _between(edges: Iterable[Edge]) -> dict[int, dict[int, float]]:
    """Return the sums of the edges between clusters, both ways."""
    sums: dict[int, dict[int, float]] = {}
    for one, two, value in edges:
        if one != two:
            for a, b in ((one, two), (two, one)):
                near = sums.setdefault(a, {})
                near[b] = near.get(b, 0.0) + value
    return sums


def _move(links: dict[int, dict[int, float]], old: int, new: int) -> Sequence[int]:
    """Give the links of a cluster that was merged to the one that it is now part of; return its neighbours.

    The means of all neighbours change, for the merged cluster is larger.
    """
    for other, total in links.pop(old, {}).items():
        back = links[other]
        del back[old]
        if other != new:
            links.setdefault(new, {})[other] = links.get(new, {}).get(other, 0.0) + total
            back[new] = links[new][other]
    return sorted(links.get(new, {}))


def members_of(roots: Sequence[int]) -> Mapping[int, list[int]]:
    """Return the positions of each cluster, in order."""
    found: dict[int, list[int]] = {}
    for at, root in enumerate(roots):
        found.setdefault(root, []).append(at)
    return found
