"""Of which place a claim speaks: a town, a district or a province, a part of it, or all the districts of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from dateline.knowledge.control import Scope, control_rules
from dateline.records import Event, Filed, Place, Span
from dateline.situation.units import Units

EXACT, DISTRICT, PROVINCE = 1, 3, 4
LEVELS = {"city": EXACT, "admin2": DISTRICT, "admin1": PROVINCE}
By = Literal["", "province", "districts"]
PRONOUNS = frozenset({"it", "that", "which", "this", "them", "they", "these", "those", "both"})
THE = r"(?:the\s+)?"
DISTRICT_OF = (
    r"{name}\s+[Dd]istrict\b|(?<!police )(?<!municipal )[Dd]istrict\s+of\s+{name}|{name},\s+(?:a|the)\s+district"
)
CITY = r"(?:(?:provincial\s+)?(?:city|town|capital)\s*(?:of|,)?\s+)?"


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
        name = re.escape(other.text)
        if _beside(filed.words, name, control_rules().scope):
            continue
        if own is None or key_of(other) != own.key:
            part = _before(filed.words, name, control_rules().scope.before)
            yield from _with_units(Spot(other, key_of(other), part=part, notes=(other.reason,)), units)


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
    scope, words = control_rules().scope, filed.words
    if place.geonameid is None and units is not None:
        known = units.named(place.name, place)
        if known is not None and known.admin1 == place.admin1:
            place = msgspec.structs.replace(known, text=place.text, span=place.span)
    level = LEVELS.get(units.feature(place) if units is not None else "", place.precision)
    bare = msgspec.structs.replace(place, span=None, precision=level)
    name = re.escape(place.text or place.name)
    context = not _in_clause(filed, place)
    if not context and _beside(words, name, scope):
        return None
    every = _every_unit(filed, words, scope)
    if every is None and not _taken(filed) and filed.claim.predication.effect == "holds-place":
        every = _held_units(filed, scope)
    if level == PROVINCE:
        if every is not None:
            return Spot(bare, key_of(bare), by="districts", context=context) if every else None
        seat = units.capital(bare) if units is not None and _is_seat(words, name) else None
        if seat is not None:
            note = f"the capital of {bare.name}, as the words call it"
            return Spot(seat, key_of(seat), part=_part(filed, words, name, scope), context=context, notes=(note,))
    notes: tuple[str, ...] = ()
    called = re.search(DISTRICT_OF.format(name=name), words) or _among_districts(words, name)
    if level == DISTRICT and not called and units is not None:
        town = units.named(place.name, place)
        if town is not None and town.precision == EXACT and units.is_capital(town):
            bare = msgspec.structs.replace(town, text=place.text)
            notes = ("assumed: the town, as the words do not call it a district",)
    elif level == EXACT and called:
        known = units.district(bare) if units is not None else None
        bare = msgspec.structs.replace(known or bare, precision=DISTRICT, text=place.text)
        notes = ("assumed: the district of that name, as the words call it",)
    part = _part(filed, words, name, scope)
    if every is not None and not part and bare.precision == EXACT:
        return None  # "two districts of Bamyan": those of the province, not of the town that bears its name
    return Spot(bare, key_of(bare), part=part, away=_away(words, name, scope), context=context, notes=notes)


def _among_districts(words: str, name: str) -> bool:
    """Whether the words list the place among districts: "the districts of Guzara and Karukh"."""
    listed = re.search(
        r"\bdistricts\s+of\s+((?:[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)(?:,?\s(?:and\s)?[A-Z][\w'-]+)+)", words
    )
    return listed is not None and " and " in listed.group(1) and re.search(name, listed.group(1)) is not None


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


def _object(filed: Filed) -> str:
    """Return the words for what is taken or lost, where they are no known actor."""
    return " ".join(_taken(filed))


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


def _every_unit(filed: Filed, words: str, scope: Scope) -> bool | None:
    """Return whether all units of the place are meant (True), some of them (False), or none (None)."""
    if not set(re.findall(r"[\w-]+", _object(filed).casefold())) & scope.units:
        return None
    every, units = "|".join(sorted(scope.all)), "|".join(sorted(scope.units))
    return re.search(rf"\b(?:{every})\b(?:\s+\w+){{0,3}}?\s+(?:{units})\b", words, re.I) is not None


def _held_units(filed: Filed, scope: Scope) -> bool | None:
    """Return what `_every_unit` does, of the words behind a verb of holding, which has no object of its own."""
    held = _held(filed)
    if re.search(r"\b(?:police|municipal|city) districts?\b", held) or not re.search(
        rf"\b(?:{'|'.join(scope.units)})\b", held
    ):
        return None
    return re.search(rf"\b(?:{'|'.join(sorted(scope.all))})\b", held) is not None


def _held(filed: Filed) -> str:
    """Return the words behind a verb of holding, to the next mark; before it, where it is passive ("is held by")."""
    trigger = _written(filed, filed.claim.predication.trigger)
    before, _, behind = filed.words.partition(trigger) if trigger else ("", "", "")
    return before if re.match(r"\s+(?:by|still by)\b", behind) else re.split(r"[,;:.]", behind)[0]


def _part(filed: Filed, words: str, name: str, scope: Scope) -> str:
    """Return the part of the place that is meant; "" where it is the place itself.

    It is what the participants name, where all of them are parts; or what the words say of the place ("most of
    Farah"); or, where the clause does not name the place, a part that it names ("the airport is still held").
    """
    taken = _taken(filed)
    if taken and _is_part(taken[-1], scope) and all(_is_part(one, scope) or _is_ordinal(one) for one in taken):
        return ", ".join(taken)
    if before := _before(words, name, scope.before):
        return before
    if not taken and re.search(rf"\b(?:in|at|across|inside)\s+{THE}{CITY}{name}", words):
        return f"something in {name}".replace("\\", "")  # "the first district that the army won back in Herat"
    if taken or filed.claim.predication.effect != "holds-place":
        return ""
    parts, seats = "|".join(sorted(scope.part)), "|".join(sorted(scope.seat))
    held = _held(filed)
    found = re.search(rf"\b({parts}|(?:police|municipal|city) districts?)\b", held, re.I)
    return found.group(1) if found and not re.search(rf"\b(?:{name}|{seats})\b", held, re.I) else ""


def _is_part(name: str, scope: Scope) -> bool:
    words = name.casefold()
    if any(re.search(rf"\b{re.escape(seat)}$", words) for seat in scope.seat):
        return False
    if re.search(r"\b(?:police|municipal|city|\w+(?:st|nd|rd|th)) districts?$", words):
        return True
    return bool(set(re.findall(r"[\w-]+", words)) & scope.part)


def _is_ordinal(name: str) -> bool:
    """Whether a name is the first half of a pair: "the first and the seventh districts"."""
    return re.search(r"\b(?:first|second|third|\w+th)$", name.casefold()) is not None


def _before(words: str, name: str, listed: tuple[str, ...]) -> str:
    """Return the words before the name of the place that make it a part of it."""
    phrases = "|".join(re.escape(one) for one in sorted(listed, key=len, reverse=True))
    found = re.search(rf"\b({phrases})\s+{THE}{CITY}{name}", words, re.I)
    return found.group(1) if found else ""


def _beside(words: str, name: str, scope: Scope) -> bool:
    """Whether the name only tells where something else lies: "a few kilometres from Kandahar city"."""
    phrases = "|".join(re.escape(one) for one in sorted(scope.beside, key=len, reverse=True))
    beside = re.search(rf"\b(?:{phrases})\s+{THE}{CITY}{name}", words, re.I)
    return beside is not None and len(re.findall(name, words)) == 1


def _is_seat(words: str, name: str) -> bool:
    """Whether the words speak of the capital of the province that they name."""
    seat = r"(?:capital|centre|center|seat)(?:\s+city)?"
    of = rf"\b{seat}\s+of\s+{THE}(?:\w+\s+)?(?:province\s+of\s+)?{name}"
    return re.search(rf"{of}|{name}(?:\s+province)?(?:'s|’s)\s+(?:provincial\s+)?{seat}\b", words, re.I) is not None


def _away(words: str, name: str, scope: Scope) -> bool:
    towards = "|".join(scope.towards)
    other = r"(?:\w[\w-]*(?:\s\w[\w-]*)?\s+(?:and|or)\s+)?"
    return re.search(rf"\b(?:{towards})\s+{THE}{CITY}{other}{name}", words, re.I) is not None


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
