"""Of which place a claim speaks: a town, a district or a province, a part of it, or all the districts of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from dateline.knowledge.control import control_rules
from dateline.records import Event, Filed, Place
from dateline.situation.units import Units

EXACT, DISTRICT, PROVINCE = 1, 3, 4
By = Literal["", "province", "districts"]


class Spot(msgspec.Struct, frozen=True):
    """A place of which a claim speaks.

    `part` names the part that is meant where it is not the whole; `by` says that the claim speaks of the province
    or of all its districts; `away` that the place is where somebody went, not where they were.
    """

    place: Place
    key: str
    part: str = ""
    by: By = ""
    away: bool = False
    notes: tuple[str, ...] = ()


def key_of(place: Place) -> str:
    """Return what tells places apart: GeoNames' id and the kind of unit, else country, unit and name."""
    level = place.precision if place.precision in (DISTRICT, PROVINCE) else EXACT
    if place.geonameid is not None:
        return f"{place.geonameid}" if level != DISTRICT else f"{place.geonameid}:district"
    return f"{place.country_code}|{place.admin1}|{place.name}|{level}".casefold()


def spots(event: Event, filed: Filed, units: Units | None) -> Iterator[Spot]:
    """Yield the places of which a claim speaks.

    A place that is only near, a line, a country or the sea is none.
    """
    place = filed.claim.place or event.place
    if place is None or not place.country_code:
        return
    words = filed.words
    named = [] if units is None else _others(filed, place, units)
    first = _spot(filed, place, words)
    if first is not None and (not named or _is_named(filed, place)):
        yield from _with_units(first, units)
    for other in named:
        if first is None or key_of(other) != first.key:
            yield from _with_units(Spot(other, key_of(other), notes=(other.reason,)), units)


def _with_units(spot: Spot, units: Units | None) -> Iterator[Spot]:
    """Yield a place and what is said of others by way of it: the capital of a province, the districts of one."""
    if spot.by != "districts":
        yield spot
    if units is None or spot.place.precision != PROVINCE or spot.part:
        return
    if spot.by == "districts":
        for district in units.districts(spot.place):
            yield Spot(district, key_of(district), by="districts", notes=(f"all the districts of {spot.place.name}",))
        return
    capital = units.capital(spot.place)
    if capital is not None:
        note = f"by way of the province of {spot.place.name}"
        yield Spot(capital, key_of(capital), by="province", notes=(note,))


def _spot(filed: Filed, place: Place, words: str) -> Spot | None:
    """Return the claim's own place as it is meant; None where it is no unit that can be held."""
    if place.precision not in (EXACT, DISTRICT, PROVINCE):
        return None
    notes: tuple[str, ...] = ()
    bare = msgspec.structs.replace(place, span=None)
    name = re.escape(place.text or place.name)
    if place.precision == EXACT and re.search(rf"(?:{name}\s+district|district\s+of\s+{name})\b", words, re.I):
        bare = msgspec.structs.replace(bare, precision=DISTRICT)
        notes = ("assumed: the district of the name, as the words call it",)
    scope = control_rules().scope
    whole = _units_of(filed, words)
    if whole is not None and bare.precision == PROVINCE:
        return Spot(bare, key_of(bare), by="districts") if whole else None
    if whole is False and re.search(r"\b(capital|centre|center|city)\b", _object(filed), re.I) is None:
        return Spot(bare, key_of(bare), part=_object(filed), notes=notes)
    part = _part(filed) or _before(words, name, scope.before)
    return Spot(bare, key_of(bare), part=part, away=_away(words, name), notes=notes)


def _object(filed: Filed) -> str:
    """Return the words for what is taken or lost, where they are no known actor."""
    return " ".join(
        p.name for p in filed.claim.predication.participants if p.role in ("object", "target") and not p.entity
    )


def _units_of(filed: Filed, words: str) -> bool | None:
    """Return whether all units of the place are meant (True), some of them (False), or none (None)."""
    scope = control_rules().scope
    named = set(re.findall(r"[\w-]+", _object(filed).casefold()))
    if not named & scope.units:
        return None
    every, units = "|".join(sorted(scope.all)), "|".join(sorted(scope.units))
    return re.search(rf"\b(?:{every})\b(?:\s+\w+){{0,3}}?\s+(?:{units})\b", words, re.I) is not None


def _part(filed: Filed) -> str:
    """Return the part of the place that is taken, where all that is taken are parts; "" for the place itself."""
    scope = control_rules().scope
    taken = [
        p.name
        for p in filed.claim.predication.participants
        if p.role in ("object", "target") and not p.entity and p.kind in ("", "facility", "place", "prison", "number")
    ]
    if not taken:
        return ""
    for name in taken:
        words = name.casefold()
        if any(re.search(rf"\b{re.escape(seat)}$", words) for seat in scope.seat):
            return ""
        if not set(re.findall(r"[\w-]+", words)) & scope.part:
            return ""
    return ", ".join(taken)


def _before(words: str, name: str, listed: tuple[str, ...]) -> str:
    """Return the words before the name of the place that make it a part of it, or a place beside it."""
    phrases = "|".join(re.escape(one) for one in sorted(listed, key=len, reverse=True))
    found = re.search(
        rf"\b({phrases})\s+(?:the\s+)?(?:(?:provincial\s+)?(?:city|town|capital)\s*(?:of|,)?\s+)?{name}", words, re.I
    )
    return found.group(1) if found else ""


def _away(words: str, name: str) -> bool:
    towards = "|".join(control_rules().scope.towards)
    return re.search(rf"\b(?:{towards})\s+(?:the\s+)?(?:(?:city|town|capital)\s+of\s+)?{name}", words, re.I) is not None


def _is_named(filed: Filed, place: Place) -> bool:
    """Whether one of those taken or lost is the claim's own place, by name."""
    names = {place.name.casefold(), place.text.casefold()}
    return any(p.name.casefold() in names for p in filed.claim.predication.participants)


def _others(filed: Filed, place: Place, units: Units) -> list[Place]:
    """Return the other places that the claim names among what is taken or lost ("Kunduz, Sar-e Pul and Taloqan")."""
    found: list[Place] = []
    for one in filed.claim.predication.participants:
        if (
            one.role not in ("object", "target", "actor")
            or one.entity
            or one.kind not in ("", "place")
            or one.span is None
        ):
            continue
        if one.name in (place.name, place.text):
            continue
        other = units.named(one.name, place)
        if other is not None:
            found.append(other)
    return found
