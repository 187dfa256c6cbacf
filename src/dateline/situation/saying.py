"""What one claim says of who holds a place, on which day and by whose word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from dateline.knowledge.control import ControlRule, Says, control_rules, rules_of
from dateline.knowledge.predicates import predicates
from dateline.records import Event, Filed, Participant, Place, Time, Voice
from dateline.situation.parties import Party, Sides, sides_of
from dateline.situation.scope import Spot, spots
from dateline.situation.units import Units
from dateline.situation.voices import Word, word_of

By = Literal["", "province", "districts"]
HAPPENED = frozenset({"asserted", "ongoing"})


class Saying(msgspec.Struct, frozen=True):
    """What a claim says of a place.

    `day` is ISO 8601; `sure` whether the words of the report date it, else it is the day by which it was told.
    `part` says that only a part of the place is meant; `by` that the place is meant by way of its province or of
    all its districts; `context` that the clause does not name it; `handed` that it was handed over to somebody.
    `denied` turns it round: the voice says that it is not so.
    """

    filed: Filed
    event: str
    place: Place
    key: str
    says: Says
    holder: Party | None
    loser: Party | None
    day: str
    sure: bool
    word: Word
    denied: bool = False
    part: str = ""
    by: By = ""
    context: bool = False
    handed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def claim(self) -> str:
        """The claim's id."""
        return self.filed.claim.id

    @property
    def order(self) -> tuple[int, str]:
        """Where it stands among all that the desk took in."""
        return self.filed.order, self.filed.claim.id


def sayings(event: Event, filed: Filed, voice: Voice | None, units: Units | None) -> Iterator[Saying]:
    """Yield what a claim says of places: nothing where it is not said to have happened or no rule fits.

    A claim whose place is no town, district or province says nothing either.
    """
    said = filed.claim.predication
    if all(rule.says == "nothing" for rule in rules_of(said.effect)):
        return
    dated = _day(event, filed)
    if dated is None or not (said.status in HAPPENED or _held_now(filed, dated[0])):
        return
    day = dated[0]
    for spot in spots(event, filed, units):
        sides = sides_of(spot.place.country_code, day[:7])
        holder, loser, rule = _parties(filed, sides)
        if rule is None or rule.says == "nothing" or (spot.away and rule.says in ("leaves", "bears-out")):
            continue
        says, since = rule.says, _since(filed, rule)
        if since:
            says, when = "takes", (since, True, "")
        else:
            when = dated
        notes = (*spot.notes, *((when[2],) if when[2] else ()))
        yield Saying(
            filed, event.id, spot.place, spot.key, says, holder, loser, when[0], when[1],
            word_of(filed, voice, sides), said.polarity == "denied", spot.part, spot.by, spot.context,
            said.effect == "transfers", notes,
        )  # fmt: skip


def _held_now(filed: Filed, day: str) -> bool:
    """Whether a holding that is told as the state of things is so on the days of the report.

    Who holds a place is background by the nature of its verbs ("were in control of the city"): where the day is
    that of the report or just before, it is what the voice says of now.
    """
    said = filed.claim.predication
    if said.status != "background" or "holds" not in {rule.says for rule in rules_of(said.effect)}:
        return False
    sense = next((one for one in predicates() if one.id == said.sense), None)
    told = (filed.published or filed.known)[:10]
    gap = (dt.date.fromisoformat(told) - dt.date.fromisoformat(day)).days
    return sense is not None and sense.background and 0 <= gap <= control_rules().days.again


def _since(filed: Filed, rule: ControlRule) -> str:
    """Return the day since which somebody holds a place: then it was taken on that day; "" where it is not said."""
    time = filed.claim.time
    if not rule.since or time is None or time.start is None or time.anchor.startswith("assumed"):
        return ""
    return time.start if time.text.casefold().startswith("since") else ""


def _parties(filed: Filed, sides: Sides) -> tuple[Party | None, Party | None, ControlRule | None]:
    """Return who holds and who loses by the first rule that fits the claim, and the rule."""
    said = filed.claim.predication
    for rule in rules_of(said.effect):
        if rule.senses and said.sense not in rule.senses:
            continue
        holder = _party_in(said.participants, rule.holder, sides)
        if rule.needs == "holder" and holder is None:
            continue
        loser = _party_in(said.participants, rule.loser, sides)
        return holder, loser if loser != holder else None, rule
    return None, None, None


def _party_in(people: tuple[Participant, ...], roles: tuple[str, ...], sides: Sides) -> Party | None:
    for role in roles:
        found = sides.of_participants(one for one in people if one.role == role)
        if found is not None:
            return found
    return None


def _day(event: Event, filed: Filed) -> tuple[str, bool, str] | None:
    """Return the day, whether words date it, and how it was assumed; None where nothing gives a day.

    An interval gives the day by which it was so: its end.
    """
    own = best = filed.claim.time
    if own is None and _dates(event, own, filed) and event.time is not None:
        return str(event.time.start), False, "the day is that of the event, from other claims"
    if best is not None and (best.end or best.start):
        start, end = best.start or best.end, best.end or best.start
        single = (best.start is not None and best.end is not None) and (
            start == end or best.granularity == "part-of-day"
        )
        if best.anchor.startswith("assumed"):
            return (
                str(end),
                False,
                f"the day is assumed: that of {'publication' if 'published' in best.anchor else 'the report'}",
            )
        return (str(start) if single else str(end)), single, "" if single else f"told of {start} to {end}"
    if filed.published:
        return filed.published[:10], False, "the day is assumed: the day of publication"
    return None


def _dates(event: Event, own: Time | None, filed: Filed) -> bool:
    """Whether the day of the event can be the claim's, which gives none: not after the report, nor long before it."""
    told = (own.end if own is not None else None) or filed.published
    time = event.time
    if any(rule.says == "holds" for rule in rules_of(filed.claim.predication.effect)):
        return False  # who holds a place is told of the day of the report, whatever it is joined to
    if time is None or time.anchor.startswith("assumed") or time.start is None or told is None:
        return False
    gap = (dt.date.fromisoformat(told[:10]) - dt.date.fromisoformat(time.start)).days
    return 0 <= gap <= control_rules().days.again


def index_of(filed: Mapping[str, Filed], event: Event) -> Iterator[Filed]:
    """Yield the claims of an event that are in the desk, in the order in which it took them in."""
    yield from sorted((filed[c] for c in event.claims if c in filed), key=lambda one: (one.order, one.claim.id))


__all__ = ["Saying", "Spot", "index_of", "sayings"]
