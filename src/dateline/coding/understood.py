"""Participants that a clause leaves unsaid and that the sides of the conflict tell.

Each is marked as assumed, with the reason; it has no span of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.coding.participants import Casting
from dateline.coding.sides import Identity
from dateline.records import Participant, Role, Span

LOST = frozenset({"loses-place", "takes-place"})
RETAKEN = "regains-place"
FORCES = frozenset({"state-force", "external-force", "police", "intelligence"})
BANDS = frozenset({"rebel", "militia", "identity-militia", "criminal", "armed-unidentified"})
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
    if not actors and effect in (*LOST, RETAKEN):
        taker = _taker(casting, trigger, effect, targets)
        return [_assumed("actor", *taker)] if taker else []
    if actors and effect in DEFENDING and not any(p.kind for p in targets):
        attacker = casting.opponent_of(actors[0].entity) if actors[0].entity else None
        return [_assumed("target", attacker, "the opponent in this conflict")] if attacker else []
    return []


def _taker(casting: Casting, trigger: int, effect: str, targets: Sequence[Participant]) -> tuple[Identity, str] | None:
    """Return who came to hold a place where nobody is said to, and the reason.

    It is the opponent of the one who lost it. Where that is not said either, a place that falls falls to the
    opponent of the state, and one that is taken back is taken back by the side that says so, or by the state.
    """
    sides = casting.sides
    state = f"{sides.country}:state-force" if sides.country else ""
    loser = next((p for p in targets if p.kind in FORCES | BANDS), None)
    found = casting.opponent_of(loser.entity) if loser is not None and loser.entity else None
    # One that fights in another country too has other opponents there: the one here, or one that is named.
    if found and (sides.named[found[1]] or (sides.country and found[3] in ("", sides.country))):
        return sides.forces_of(found[1]), "the opponent of the one who lost the place"
    if loser is not None and loser.kind in BANDS:
        return (sides.identity(state), "the state, from whose opponent the place was taken") if state else None
    if effect != RETAKEN:
        found = casting.opponent_of(state) if state else None
        return (found, "the opponent of the state in this conflict") if found else None
    if loser is not None:
        return None
    if (own := casting.own_side(trigger)) and casting.opponent_of(own[1]):
        return own, "the speaker's side, which says that the place was taken back"
    return (
        (sides.identity(state), "the state, where nobody else is said to have taken the place back") if state else None
    )


def _assumed(role: Role, who: Identity, why: str) -> Participant:
    name, entity, kind, country = who
    return Participant(role, name, None, entity, kind, country, f"assumed: {why}", "party")
