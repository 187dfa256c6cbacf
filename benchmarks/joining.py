"""Claims that nobody made: does the desk's own way of joining keep incidents whole and apart?

python -m benchmarks.joining [--claims 10000]

The claims of `benchmarks/claims.py` are joined by the weighing `incident` and, beside it, where place, day and type
are the same to the letter. A pair of claims is right where both tell of one incident. An event is pure where all its
claims are of one incident; an incident is whole where all its claims are in one event.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from benchmarks.claims import generate
from dateline.knowledge.joining import DEFAULT, weighing
from dateline.reconciling import Gathering
from dateline.records import Claim, Filed


class Joined(NamedTuple):
    """Pairs of claims, and the shares of events that are pure and of incidents that are whole."""

    precision: float
    recall: float
    f1: float
    pure: float
    whole: float


def made(count: int) -> tuple[list[list[Filed]], dict[str, int]]:
    """Return the claims report by report, and the incident of each claim."""
    reports: list[list[Filed]] = []
    incident: dict[str, int] = {}
    for order, one in enumerate(generate(count), 1):
        day = one.report.published.isoformat() if one.report.published else None
        told = zip(one.claims, one.words, strict=True)
        reports.append([
            Filed(claim, one.report.id, order, one.report.outlet, "", day, "", one.report.id, words)
            for claim, words in told
        ])  # fmt: skip
        incident.update(zip((claim.id for claim in one.claims), one.incidents, strict=True))
    return reports, incident


def by_weights(reports: Iterable[Sequence[Filed]], joining: str = DEFAULT) -> dict[str, int]:
    """Return the event of each claim."""
    gathering = Gathering()
    for filed in reports:
        gathering.add(filed)
    clusters = gathering.clusters(weighing(joining))
    return {claim: number for number, cluster in enumerate(clusters) for claim in cluster.claims}


def by_values(reports: Iterable[Sequence[Filed]]) -> dict[str, Hashable]:
    """Return place, day and type of each claim."""
    return {one.claim.id: _values(one.claim) for filed in reports for one in filed}


def _values(claim: Claim) -> Hashable:
    place, time = claim.place, claim.time
    return place and place.geonameid, time and time.start, claim.predication.effect


def score(incident: dict[str, int], event: Mapping[str, Hashable]) -> Joined:
    """Return how pairs of claims, events and incidents come out, without going through the pairs."""
    both = Counter((incident[claim], event[claim]) for claim in incident)
    incidents, events = Counter(incident.values()), Counter(event[claim] for claim in incident)
    right, said, there = (sum(n * (n - 1) // 2 for n in counted.values()) for counted in (both, events, incidents))
    precision, recall = right / max(1, said), right / max(1, there)
    pure = Counter(of for _, of in both)
    whole = Counter(number for number, _ in both)
    return Joined(
        precision, recall, 2 * precision * recall / max(1e-9, precision + recall),
        sum(n == 1 for n in pure.values()) / len(pure), sum(n == 1 for n in whole.values()) / len(whole),
    )  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    given = parser.parse_args(arguments)
    reports, incident = made(given.claims)
    print(f"{len(incident):,} claims in {len(reports):,} reports on {len(set(incident.values())):,} incidents")
    print(f"{'':28s} {'precision':>9} {'recall':>7} {'F1':>6} {'events pure':>12} {'incidents whole':>16}")
    systems: dict[str, Mapping[str, Hashable]] = {
        DEFAULT: by_weights(reports),
        "same place, day and type": by_values(reports),
    }
    for name, event in systems.items():
        row = score(incident, event)
        print(f"{name:28s} {row.precision:9.3f} {row.recall:7.3f} {row.f1:6.3f} {row.pure:12.3f} {row.whole:16.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
