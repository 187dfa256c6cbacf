"""What nobody says and the rest of the desk tells: whom "the fighters" are, to whom a place was handed over.

What is assumed is named: each assumption is a note of the saying, and comes out in the reason of the control.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from dateline.situation.parties import GOVERNMENT, Party, sides_of
from dateline.situation.saying import Saying

# An unnamed force is taken for a group only where the desk knows hardly another one in the country.
LEAST, SHARE = 3, 0.75


def settle(by_place: dict[str, list[Saying]]) -> dict[str, list[Saying]]:
    """Return what is said of each place with the parties filled in; what the desk cannot tell is left out.

    A claim whose clause does not name the place changes something only beside one of the same report that does: else
    the place is no more than a guess from the context, and the claim only speaks for or against what others tell.
    """
    rivals = _Rivals(one for said in by_place.values() for one in said)
    settled = {}
    for key, said in by_place.items():
        naming = {one.filed.report for one in said if not one.context and not one.by}
        kept = [_with_context(one, naming) for one in said if _counts(one, naming)]
        came: dict[str, list[Saying]] = {}
        for one in kept:
            if one.says in ("takes", "enters", "regains"):
                came.setdefault(one.filed.report, []).append(one)
        kept = [
            one
            for one in kept
            if one.says != "leaves" or not any(_comes(one, other) for other in came.get(one.filed.report, ()))
        ]
        found = [filled for one in kept if (filled := _fill(one, rivals)) is not None]
        if found:
            settled[key] = found
    return settled


def _counts(one: Saying, naming: set[str]) -> bool:
    return not one.context or one.filed.report in naming or one.says == "holds" or one.denied


def _with_context(one: Saying, naming: set[str]) -> Saying:
    return msgspec.structs.replace(one, context=one.context and one.filed.report not in naming)


def _comes(gone: Saying, other: Saying) -> bool:
    """Whether the clause from which it was read that somebody left tells that he came: one of the two is misread."""
    if other.holder is None or gone.loser is None or other.holder.key != gone.loser.key:
        return False
    spans = other.filed.claim.evidence.spans
    return any(one.overlaps(two) for one in gone.filed.claim.evidence.spans for two in spans)


class _Rivals:
    """The groups that the desk names as taking, holding or losing places, by country."""

    def __init__(self, said: Iterable[Saying]) -> None:
        self.named: dict[str, Counter[Party]] = {}
        for one in said:
            for party in (one.holder, one.loser):
                if party is not None and party.key != GOVERNMENT and party.holder:
                    self.named.setdefault(one.place.country_code, Counter())[party] += 1

    def of(self, one: Saying) -> Party | None:
        """Return the group that nearly all claims of the country name; None where several do, or few claims at all."""
        named = self.named.get(one.place.country_code, Counter())
        ranked = sorted(named.items(), key=lambda entry: (-entry[1], entry[0].key))
        if not ranked or ranked[0][1] < LEAST or ranked[0][1] < SHARE * named.total():
            return None
        return ranked[0][0]


def _fill(one: Saying, rivals: _Rivals) -> Saying | None:
    """Return a saying with its parties known; None where nobody can tell whom it means."""
    for role in ("holder", "loser"):
        party: Party | None = getattr(one, role)
        if party is None or party.holder:
            continue
        # Who left and is not named is whoever was there: no guess from afar.
        known, why = (None, "") if one.says == "leaves" else _unnamed(one, party, rivals)
        if known is None:
            one = msgspec.structs.replace(one, **{role: None})
        else:
            one = msgspec.structs.replace(one, **{role: known}, notes=(*one.notes, why))
    if one.holder is not None and one.loser is not None and one.holder.key == one.loser.key:
        one = msgspec.structs.replace(one, loser=None)
    if one.holder is None and (one.says == "takes" or one.handed):
        one = _taker(one, rivals)
    if one.holder is None and one.says == "holds":
        one = _defender(one)
    needs_holder = one.says in ("holds", "enters")
    return None if (one.holder is None and (needs_holder or (one.loser is None and one.says != "loses"))) else one


def _unnamed(one: Saying, party: Party, rivals: _Rivals) -> tuple[Party | None, str]:
    """Return whom an unnamed force is: the group that speaks of its own, else the one that nearly all claims name."""
    if not party.fights:
        return None, ""
    voice = one.word.party
    if voice is not None and voice.key != GOVERNMENT and voice.holder:
        return voice, f"assumed: {party.name!r} are {voice.name}, who says it"
    group = rivals.of(one)
    return group, f"assumed: {party.name!r} are {group.name}, whom nearly all claims name there" if group else ""


def _defender(one: Saying) -> Saying:
    """Fill in who holds a place where nobody says it: the voice's own side, else the enemy of the attackers."""
    voice, attackers = one.word.party, one.loser
    government = sides_of(one.place.country_code, one.day[:7]).government()
    if voice is not None and (attackers is None or attackers.key != voice.key):
        return msgspec.structs.replace(
            one, holder=voice, notes=(*one.notes, f"assumed: held by {voice.name}, who says it")
        )
    if attackers is not None and attackers.key != GOVERNMENT:
        note = f"assumed: held by {government.name}, whom {attackers.name} fight"
        return msgspec.structs.replace(one, holder=government, notes=(*one.notes, note))
    return one


def _taker(one: Saying, rivals: _Rivals) -> Saying:
    """Fill in who took a place where nobody says it: the enemy of who lost it, else the voice's own side."""
    voice, loser = one.word.party, one.loser
    own = voice is not None and voice.key != GOVERNMENT and voice.holder and (loser is None or loser.key != voice.key)
    group = voice if own else rivals.of(one)
    if group is None or (loser is not None and loser.key == group.key):
        return one
    sides = sides_of(one.place.country_code, one.day[:7])
    against = loser or sides.government()
    if not sides.opposed(group, against):
        return one
    note = f"assumed: taken by {group.name}, {'who says it' if own else 'whom nearly all claims name there'}"
    return msgspec.structs.replace(one, holder=group, loser=against, says="takes", notes=(*one.notes, note))
