"""Participants that a clause leaves unsaid and that the sides of the conflict tell.

Each is marked as assumed, with the reason; it has no span of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.coding.participants import Casting
from dateline.coding.sides import Identity
from dateline.records import Participant, Role, Span

LOST = frozenset({"loses-place", "takes-place"})
DEFENDING = frozenset({"defends", "repels"})


def understood(
    casting: Casting, trigger: int, plover: str, effect: str, people: Sequence[Participant], nouns: Sequence[Span] = ()
) -> list[Participant]:
    """Return the participants to add to an armed event that names only one side.

    `nouns` are the nouns that tell the event itself ("the rebel raid killed five").
    """
    if plover != "ASSAULT":
        return []
    actors = [p for p in people if p.role == "actor"]
    targets = [p for p in people if p.role == "target"]
    spans = [p.span for p in people if p.role == "instrument" and p.span] + list(nouns)
    if not actors and (owners := [owner for span in spans for owner in casting.owner_of(span)]):
        return owners[:1]  # "Israeli drones struck": said, though only of the weapon
    if not actors and (doers := casting.carried_out(trigger)):
        return doers  # "the strike is believed to have been carried out by Russian planes"
    if not actors and any(p.reason.startswith("'the enemy'") for p in targets):
        own = casting.own_side(trigger)
        return [_assumed("actor", own, "the speaker's side against its enemy")] if own else []
    if not actors and effect in LOST:
        taker = casting.opponent_of(f"{casting.sides.country}:state-force") if casting.sides.country else None
        return [_assumed("actor", taker, "the opponent of the state in this conflict")] if taker else []
    if actors and effect in DEFENDING and not any(p.kind for p in targets):
        attacker = casting.opponent_of(actors[0].entity) if actors[0].entity else None
        return [_assumed("target", attacker, "the opponent in this conflict")] if attacker else []
    return []


def _assumed(role: Role, who: Identity, why: str) -> Participant:
    name, entity, kind, country = who
    return Participant(role, name, None, entity, kind, country, f"assumed: {why}", "party")
