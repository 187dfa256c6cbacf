"""Explain what a name of a place may mean: the candidates with their scores, and why one is ahead."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.placing.context import Name
from dateline.placing.precision import precision_of
from dateline.placing.resolving import resolve
from dateline.records import Span


class Explanation(msgspec.Struct, frozen=True):
    """One candidate of a name: its score, how the name matched, UCDP's precision code, and the grounds."""

    place: Candidate
    score: float
    step: str
    precision: int
    reason: str


def explain(
    name: str,
    gazetteer: Gazetteer,
    *,
    countries: Sequence[str] = (),
    beside: Sequence[str] = (),
    hint: str = "",
) -> list[Explanation]:
    """Return what `name` may mean, best first; an empty list where no place of the name is known.

    `countries` are codes that the report is about, `beside` other names in it, `hint` a feature that its
    words say ("city", "admin1").
    """
    names = [Name(Span(0, len(name)), name, hint), *(Name(Span(0, len(other)), other) for other in beside)]
    choice = resolve(names, gazetteer, dict.fromkeys(countries, 6.0))[0]
    if choice.place is None:
        return []
    ranked = [(choice.place, choice.score), *choice.others]
    return [
        Explanation(place, score, place.step, *_precision(place, choice.grounds if rank == 0 else ()))
        for rank, (place, score) in enumerate(ranked)
    ]


def _precision(place: Candidate, grounds: tuple[str, ...]) -> tuple[int, str]:
    code, reason = precision_of(place)
    return code, "; ".join((*grounds, reason))
