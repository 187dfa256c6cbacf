"""The sentences of a text sorted into incidents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from dateline.training.muc4.features import NONE, Chances, Index

RELATED = {"ARSON": "ATTACK", "ROBBERY": "ATTACK"}


class Incident(msgspec.Struct, frozen=True):
    """An incident: its sentences, its type and the chance that it is one to report."""

    sentences: tuple[int, ...]
    kind: str
    chance: float


def kind_of(chances: Chances) -> tuple[str, float]:
    """Return the most probable type of incident and its chance, NONE aside."""
    found = max((name for name in chances if name != NONE), key=lambda name: chances[name], default="ATTACK")
    return found, chances.get(found, 0.0)


def kind_for(sentences: Sequence[int], chances: Sequence[Chances], favour: Mapping[str, float]) -> str:
    """Return the type of several sentences together."""
    total: dict[str, float] = {}
    for number in sentences:
        for name, chance in chances[number].items():
            if name != NONE:
                total[name] = total.get(name, 0.0) + chance * favour.get(name, 1.0)
    return max(sorted(total), key=lambda name: total[name], default="ATTACK")


Link = Callable[[Index, int, int], float]
"""The chance that two sentences tell of one incident."""


def grouped(
    index: Index,
    chances: Sequence[Chances],
    weights: Sequence[float],
    least: float,
    link: Link,
    cut: float,
    favour: Mapping[str, float],
) -> list[Incident]:
    """Return the incidents: each sentence of some weight joins the incident it is linked to best, or begins one."""
    groups: list[list[int]] = []
    for number, weight in enumerate(weights):
        if weight < least:
            continue
        best, place = cut, -1
        for at, group in enumerate(groups):
            links = sorted((link(index, other, number) for other in group), reverse=True)
            score = sum(links[:2]) / len(links[:2])
            if score >= best:
                best, place = score, at
        if place < 0:
            groups.append([number])
        else:
            groups[place].append(number)
    found = []
    for group in groups:
        chance = max(weights[number] for number in group)
        found.append(Incident(tuple(group), kind_for(group, chances, favour), chance))
    return found
