"""How sure a claim is: its grounds, by name, each with a weight that was fitted on coded reports."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.records import Attribution, Participant, Placement, Predication, Timing

CORE = ("actor", "target")


def grounds(
    predication: Predication, attribution: Attribution, placement: Placement | None, timing: Timing | None
) -> tuple[str, ...]:
    """Return by name what the claim rests on: what was read, from where, and what was assumed."""
    return tuple(
        dict.fromkeys(
            [
                *_event(predication),
                *(_party(role, [p for p in predication.participants if p.role == role]) for role in CORE),
                _place(placement),
                _time(timing),
                f"told: {attribution.manner}",
            ]
        )
    )


def _event(predication: Predication) -> Iterator[str]:
    rules = predication.evidence.rule
    yield f"type: {predication.plover or 'none'}"
    if "taken by its surroundings" in rules:
        yield "sense: by its surroundings only"
    if predication.status not in ("asserted", "ongoing"):
        yield f"status: {predication.status}"
    if predication.polarity == "denied":
        yield "denied"
    if predication.headline:
        yield "in the headline"
    if predication.quantities:
        yield "with figures"
    if predication.of is not None:
        yield "figure: of an earlier event"


def _party(role: str, parties: list[Participant]) -> str:
    """Return how the party of a role is known, by the best of those in it."""
    if not parties:
        return f"{role}: none"
    if all(party.assumed for party in parties):
        return f"{role}: assumed"
    if any(party.entity for party in parties):
        return f"{role}: known"
    return f"{role}: described" if any(party.kind for party in parties) else f"{role}: words only"


def _place(placement: Placement | None) -> str:
    return "place: none" if placement is None else placement.evidence.rule.replace("place.", "place: ")


def _time(timing: Timing | None) -> str:
    return "time: none" if timing is None else f"time: {timing.time.anchor}"
