"""Of which place a claim speaks: a town, a district or a province, a part of it, or all the districts of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from dateline.knowledge.control import control_rules
from dateline.records import Event, Filed, Place, Span
from dateline.situation.units import Units
from dateline.situation.wording import MARK, marked, patterns

EXACT, DISTRICT, PROVINCE = 1, 3, 4
LEVELS = {"city": EXACT, "admin2": DISTRICT, "admin1": PROVINCE}
By = Literal["", "province", "districts"]
PRONOUNS = frozenset({"it", "that", "which", "this", "them", "they", "these", "those", "both"})


class Spot(msgspec.Struct, frozen=True):
    """A place of which a claim speaks.

    `part` names the part that is meant where it is not the whole; `by` says that the claim speaks of the province
    or of all its districts; `away` that the place is where somebody went, not where they were; `context` that
    the clause itself does not name it.
    """

    place: Place
    key: str
    part: str = ""
    by: By = ""
    away: bool = False
    context: bool = False
    notes: tuple[str, ...] = ()


def key_of(place: Place) -> str:
    """Return what tells places apart: GeoNames' id and the kind of unit, else country, unit, name and kind."""
    level = place.precision if place.precision in (DISTRICT, PROVINCE) else EXACT
    if place.geonameid is not None:
        return f"{place.geonameid}" if level != DISTRICT else f"{place.geonameid}:district"
    return f"{place.country_code}|{place.admin1}|{place.name}|{level}".casefold()


def spots(event: Event, filed: Filed, units: Units | None) -> Iterator[Spot]:
    """Yield the places of which a claim speaks.

    A place that is only near, a line, a country or the sea is none. Where the clause names others as what is
    taken or lost ("Kunduz, Sar-e Pul and Taloqan fell"), it speaks of each.
    """
    place = filed.claim.place or event.place
    if place is None or not place.country_code:
        return
    own = _spot(filed, place, units)
    named = _named(filed, place, units) if units is not None else []
    listed = _is_taken(filed, place)
    unsaid = own is None or own.context or own.place.precision == PROVINCE
    if own is not None and (listed or not named or not unsaid):
        yield from _with_units(own, units)
    for other in named if listed or unsaid else []:
        words = marked(filed.words, other.text)
        if _beside(words) or (own is not None and key_of(other) == own.key):
            continue
        yield from _with_units(Spot(other, key_of(other), part=_part_of(words), notes=(other.reason,)), units)


def _with_units(spot: Spot, units: Units | None) -> Iterator[Spot]:
    """Yield a place and what is said of others by way of it: the capital of a province, the districts of one."""
    if spot.by != "districts":
        yield spot
    if units is None or spot.place.precision != PROVINCE or spot.part:
        return
    name = spot.place.name
    if spot.by == "districts":
        for district in units.districts(spot.place):
            yield Spot(district, key_of(district), by="districts", notes=(f"one of all the districts of {name}",))
        return
    capital = units.capital(spot.place)
    if capital is not None:
        note = f"by way of the province of {name}"
        yield Spot(capital, key_of(capital), by="province", context=spot.context, notes=(note,))


def _spot(filed: Filed, place: Place, units: Units | None) -> Spot | None:
    """Return the claim's own place as it is meant; None where it is no unit that can be held."""
    if place.precision not in (EXACT, DISTRICT, PROVINCE):
        return None
    if place.geonameid is None and units is not None:
        known = units.named(place.name, place)
        if known is not None and known.admin1 == place.admin1:
            place = msgspec.structs.replace(known, text=place.text, span=place.span)
    level = LEVELS.get(units.feature(place) if units is not None else "", place.precision)
    bare = msgspec.structs.replace(place, span=None, precision=level)
    words = marked(filed.words, place.text or place.name)
    context = not _in_clause(filed, place)
    if not context and _beside(words):
        return None
    every = _every_unit(filed, words)
    if level == PROVINCE:
        return _of_province(filed, bare, words, every, context, units)
    bare, notes = _town_or_district(bare, words, units)
    part = _part(filed, words)
    if every is not None and not part and bare.precision == EXACT:
        return None  # "two districts of Bamyan": those of the province, not of the town that bears its name
    away = patterns().towards.search(words) is not None
    return Spot(bare, key_of(bare), part=part, away=away, context=context, notes=notes)


def _of_province(
    filed: Filed, province: Place, words: str, every: bool | None, context: bool, units: Units | None
) -> Spot | None:
    """Return the province, all its districts, or its capital where the words call it that."""
    if every is not None:
        return Spot(province, key_of(province), by="districts", context=context) if every else None
    seat = units.capital(province) if units is not None and patterns().seat_of.search(words) else None
    if seat is not None:
        note = f"the capital of {province.name}, as the words call it"
        return Spot(seat, key_of(seat), part=_part(filed, words), context=context, notes=(note,))
    away = patterns().towards.search(words) is not None
    return Spot(province, key_of(province), part=_part(filed, words), away=away, context=context)


def _town_or_district(place: Place, words: str, units: Units | None) -> tuple[Place, tuple[str, ...]]:
    """Return the district or the town of a name, by what the words call it, and what is assumed."""
    called = patterns().district.search(words) or patterns().among_districts.search(words)
    if place.precision == EXACT and called:
        known = units.district(place) if units is not None else None
        place = msgspec.structs.replace(known or place, precision=DISTRICT, text=place.text)
        return place, ("assumed: the district of that name, as the words call it",)
    if place.precision == DISTRICT and not called and units is not None:
        town = units.named(place.name, place)
        if town is not None and town.precision == EXACT and units.is_capital(town):
            note = "assumed: the town, as the words do not call it a district"
            return msgspec.structs.replace(town, text=place.text), (note,)
    return place, ()


def _in_clause(filed: Filed, place: Place) -> bool:
    """Whether the claim's clause names its place, and not only as "the city" or "the capitals"."""
    if place.span is None or not any(span.overlaps(place.span) for span in filed.claim.evidence.spans):
        return _is_taken(filed, place)
    return place.text[:1].isupper()


def _is_taken(filed: Filed, place: Place) -> bool:
    """Whether one of those taken or lost is the claim's own place, by name."""
    names = {place.name.casefold(), place.text.casefold()}
    # A pronoun or "the city" stands for a name that another sentence gives: that is the context, not the clause.
    return any(
        _plain(words) in names for p in filed.claim.predication.participants if (words := _written(filed, p.span))
    )


def _written(filed: Filed, span: Span | None) -> str:
    """Return the words of a span inside the claim's evidence; "" for one outside it."""
    spans = filed.claim.evidence.spans
    if span is None or not spans:
        return ""
    joined = len(filed.words) - sum(len(one) for one in spans)
    between, at = joined // max(1, len(spans) - 1), 0
    for one in spans:
        if one.contains(span):
            return filed.words[at + span.start - one.start : at + span.end - one.start]
        at += len(one) + between
    return ""


def _plain(name: str) -> str:
    return re.sub(r"^(?:the )?(?:city|town) of |\s+(?:city|town)$", "", name.casefold())


def _taken(filed: Filed) -> list[str]:
    """Return the words for each thing taken or lost, as the clause has them; pronouns are left out."""
    found = []
    for one in filed.claim.predication.participants:
        if one.role not in ("object", "target") or one.entity or one.kind in ("rebel", "person", "state-force"):
            continue
        words = _written(filed, one.span)
        if one.span is None or (words and words.casefold() not in PRONOUNS):
            found.append(words or one.name)
    return found


def _every_unit(filed: Filed, words: str) -> bool | None:
    """Return whether all units of the place are meant (True), some of them (False), or none (None).

    A verb of holding may have no object of its own: then the words behind it are looked at.
    """
    taken = _taken(filed)
    if taken:
        return patterns().every_unit.search(words) is not None if patterns().units.search(" ".join(taken)) else None
    if filed.claim.predication.effect != "holds-place":
        return None
    held = _held(filed)
    if patterns().city_districts.search(held) or not patterns().units.search(held):
        return None
    return patterns().all.search(held) is not None


def _held(filed: Filed) -> str:
    """Return the words behind a verb of holding, to the next mark; before it, where it is passive ("is held by")."""
    trigger = _written(filed, filed.claim.predication.trigger)
    before, _, behind = filed.words.partition(trigger) if trigger else ("", "", "")
    return before if re.match(r"\s+(?:still\s+)?by\b", behind) else re.split(r"[,;:.]", behind)[0]


def _part(filed: Filed, words: str) -> str:
    """Return the part of the place that is meant; "" where it is the place itself.

    It is what the participants name, where all of them are parts; or what the words say of the place ("most of
    Farah"); or, behind a verb of holding, a part that is named and not the place ("the airport is still held").
    """
    taken = _taken(filed)
    if taken and _is_part(taken[-1]) and all(_is_part(one) or patterns().ordinal.search(one) for one in taken):
        return ", ".join(taken)
    if taken and all(" in " in one for one in taken):
        return ", ".join(taken)  # "a border crossing in Herat province"
    if part := _part_of(words):
        return part
    if not taken and (found := patterns().inside.search(words)):
        return f"something {found.group().split()[0]} it"  # "the first district that the army won back in Herat"
    if taken or filed.claim.predication.effect != "holds-place":
        return ""
    place = filed.claim.place
    held = marked(_held(filed), place.text or place.name) if place is not None else ""
    part_held = patterns().part.search(held)
    return part_held.group(1) if part_held and not patterns().whole.search(held) else ""


def _is_part(name: str) -> bool:
    if patterns().ends_whole.search(name):
        return False
    if patterns().city_districts.search(name):
        return True
    return bool(set(re.findall(r"[\w-]+", name.casefold())) & control_rules().scope.part)


def _part_of(words: str) -> str:
    """Return the words before the name of the place that make it a part of it."""
    found = patterns().part_of.search(words)
    return found.group(1) if found else ""


def _beside(words: str) -> bool:
    """Whether the name only tells where something else lies: "a few kilometres from Kandahar city"."""
    return patterns().beside.search(words) is not None and words.count(MARK) == 1


def _named(filed: Filed, place: Place, units: Units) -> list[Place]:
    """Return the other places that the claim names as taken or lost ("Kunduz, Sar-e Pul and Taloqan")."""
    found: list[Place] = []
    for one in filed.claim.predication.participants:
        skip = one.role not in ("object", "target") or one.entity or one.span is None or one.kind == "facility"
        if (
            skip
            or one.name not in _written(filed, one.span)
            or _plain(one.name) in (place.name.casefold(), place.text.casefold())
        ):
            continue
        other = units.named(one.name, place)
        if other is not None:
            found.append(msgspec.structs.replace(other, text=one.name))
    return found
