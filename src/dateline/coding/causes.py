"""What people died of, where a sentence gives only the toll: the attack told shortly before.

"An air strike hit the market. Forty people were killed." The toll is a claim of its own; its weapon and
its type in ACLED are those of the strike, and its rule says that they were taken from there.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dateline.coding.reading import Reading
from dateline.records import Predication

TOLLS = frozenset({"kills", "wounds"})
REACH = 2  # sentences back
OWN_TYPES = frozenset({"Explosions/Remote violence", "Protests", "Riots"})


def with_causes(reading: Reading, told: Sequence[Predication]) -> list[Predication]:
    """Return the predications, each toll that names no cause with that of the attack before it."""
    found: list[Predication] = []
    for one in told:
        cause = _cause_before(reading, one, found) if _is_bare_toll(one) else None
        if cause is not None:
            words = cause.trigger.of(reading.report.text)
            evidence = msgspec.structs.replace(one.evidence, rule=f"{one.evidence.rule}; cause: {words!r} told before")
            one = msgspec.structs.replace(one, mode=cause.mode or one.mode, acled=_acled(cause), evidence=evidence)
        found.append(one)
    return found


def _is_bare_toll(one: Predication) -> bool:
    """Whether this is a toll that says neither who killed nor with what."""
    told = any(p.role in ("actor", "instrument") and p.span for p in one.participants)
    return one.plover == "ASSAULT" and one.effect in TOLLS and not one.mode and not told


def _cause_before(reading: Reading, toll: Predication, told: Sequence[Predication]) -> Predication | None:
    here = reading.parse.sentence_of[toll.token]
    for one in reversed(told):
        if here - reading.parse.sentence_of[one.token] > REACH:
            return None
        if one.acled and one.acled[0] in OWN_TYPES and one.status == toll.status and one.polarity == "affirmed":
            return one
    return None


def _acled(cause: Predication) -> tuple[str, str] | None:
    """Return the pair of the cause; deaths at a protest are of excessive force."""
    if cause.acled and cause.acled[0] == "Protests":
        return "Protests", "Excessive force against protesters"
    return cause.acled
