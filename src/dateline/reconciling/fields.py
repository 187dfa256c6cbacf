"""The fields of an event: whether it happened, who, where, when, and who holds the place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from dateline.knowledge.actors import STATE_KINDS, actors, kinds
from dateline.knowledge.control import ControlRule, rules_of
from dateline.knowledge.incidents import UNSAID
from dateline.reconciling.accounts import Value, field
from dateline.reconciling.sources import Speaker
from dateline.reconciling.telling import COARSE, NOT_YET, days_of
from dateline.records import Claim, Field, Filed, Participant, Place

Spoken = Mapping[str, Speaker]
GOVERNMENT = "government"
# Effects in which one side does it: two who are blamed for it contradict each other. In a fight both act.
ONE_SIDED = frozenset(
    "kills wounds executes air-strike shells explodes suicide chemical grenade abducts arrests destroys sexual".split()
)
_FITS = (True, "")
_CLASH = (False, "")
_VALUES = {"possible": "possible", "attempted": "attempted"}
_NEAR_DEGREES = 0.25  # about 25 km: two names for what may be one place
_DEGREES = {"day": 3.0, "part-of-day": 4.0, "hour": 5.0}


def _grouped(filed: Iterable[Filed], key: Callable[[Filed], str]) -> dict[str, list[Filed]]:
    found: dict[str, list[Filed]] = {}
    for one in filed:
        value = key(one)
        if value:
            found.setdefault(value, []).append(one)
    return found


def said(claim: Claim) -> str:
    """Return what a claim says of its event's happening: affirmed, denied, possible, attempted, or not yet."""
    status = claim.predication.status
    if status in NOT_YET:
        return "not yet"
    if claim.predication.polarity == "denied":
        return "denied"
    return _VALUES.get(status, "affirmed")


def happened(filed: Sequence[Filed], spoken: Spoken) -> Field:
    """Return whether it happened, by whose word."""
    grouped = _grouped(filed, lambda one: said(one.claim))
    values = [Value(name, name, tuple(grouped[name])) for name in sorted(grouped)]

    def fits(i: int, j: int) -> tuple[bool, str]:
        return _CLASH if {values[i].key, values[j].key} == {"affirmed", "denied"} else _FITS

    return field("happened", values, spoken, fits)


def people(filed: Sequence[Filed], spoken: Spoken, role: str) -> Field:
    """Return who acted, or to whom it was done; a description agrees with every name."""
    grouped: dict[str, tuple[Participant, list[Filed]]] = {}
    for one in filed:
        for person in one.claim.predication.participants:
            if person.role == role and person.assumed != "party":
                grouped.setdefault(person.entity or person.name.casefold(), (person, []))[1].append(one)
    kept = sorted(grouped.items())
    values = [Value(key, _name_of(p), tuple(group), weight=float(bool(p.entity))) for key, (p, group) in kept]

    def fits(i: int, j: int) -> tuple[bool, str]:
        one, two = (kept[at][1][0] for at in (i, j))
        if role != "actor" or not (one.entity and two.entity):
            return _FITS
        if _related(one.entity, two.entity):
            return True, "one is part of the other"
        blamed = [
            {f.claim.predication.effect for f in values[at].filed if f.claim.predication.effect in ONE_SIDED}
            for at in (i, j)
        ]
        return _CLASH if blamed[0] & blamed[1] else _FITS

    return field(role, values, spoken, fits)


def _name_of(person: Participant) -> str:
    row = actors().by_id.get(person.entity)
    return row.name if row is not None else person.name


def _related(one: str, two: str) -> bool:
    if ":" in one and ":" in two:
        return one.split(":")[0] == two.split(":")[0]  # forces of one state
    return one in actors().lineage(two) or two in actors().lineage(one)


def place(filed: Sequence[Filed], spoken: Spoken) -> Field:
    """Return where, as far as the words say it; a town agrees with its province."""
    grouped: dict[str, list[tuple[Filed, Place]]] = {}
    for one in filed:
        where = one.claim.place
        if where is not None and not where.reason.startswith(UNSAID):
            grouped.setdefault(key_of(where), []).append((one, where))
    kept = sorted(grouped.items())
    values = [
        Value(
            key, _place_text(group[0][1]), tuple(f for f, _ in group), weight=-float(min(p.precision for _, p in group))
        )
        for key, group in kept
    ]

    def fits(i: int, j: int) -> tuple[bool, str]:
        return _one_place(kept[i][1][0][1], kept[j][1][0][1])

    return field("place", values, spoken, fits, exact_first=True)


def key_of(where: Place) -> str:
    """Return what tells places apart: the gazetteer's id with the precision class, else the name in its unit."""
    coarse = "~" if where.precision >= COARSE else ""
    return f"{coarse}{where.geonameid or f'{where.country_code}/{where.admin1}/{where.name}'}"


def _place_text(where: Place) -> str:
    parts = dict.fromkeys(part for part in (where.name, where.admin1, where.country) if part)
    return ", ".join(parts)


def _one_place(a: Place, b: Place) -> tuple[bool, str]:
    if a.country_code != b.country_code:
        return _CLASH
    if max(a.precision, b.precision) >= COARSE:
        inside = not a.admin1 or not b.admin1 or a.admin1 == b.admin1
        return (True, "one lies in the other") if inside else _CLASH
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return _FITS
    near = abs(a.lat - b.lat) <= _NEAR_DEGREES and abs(a.lon - b.lon) <= _NEAR_DEGREES
    return (True, "close by") if near else _CLASH


def day(filed: Sequence[Filed], spoken: Spoken) -> Field:
    """Return when, as far as the words say it; where none does, the days that were assumed, and the rule says so."""
    dated = [one for one in filed if days_of(one.claim.time) is not None]
    told = [one for one in dated if not _assumed(one)]
    grouped = _grouped(told or dated, _days)
    values = [
        Value(key, key.replace("/", " to "), tuple(grouped[key]), weight=_exactness(grouped[key]))
        for key in sorted(grouped)
    ]
    spans = [days_of(value.filed[0].claim.time) or (0, 0) for value in values]

    def fits(i: int, j: int) -> tuple[bool, str]:
        one, two = spans[i], spans[j]
        meet = one[0] <= two[1] and two[0] <= one[1]
        return (True, "the days overlap") if meet else _CLASH

    made = field("day", values, spoken, fits)
    if told or not dated:
        return made
    return msgspec.structs.replace(made, rule=f"{made.rule}; assumed: no report says the day")


def _assumed(one: Filed) -> bool:
    return one.claim.time is None or one.claim.time.anchor.startswith("assumed")


def _days(one: Filed) -> str:
    time = one.claim.time
    if time is None or time.start is None or time.end is None:
        return ""
    return time.start[:10] if time.start[:10] == time.end[:10] else f"{time.start[:10]}/{time.end[:10]}"


def _exactness(filed: Sequence[Filed]) -> float:
    return max(_DEGREES.get(one.claim.time.granularity, 1.0) for one in filed if one.claim.time is not None)


def holder(filed: Sequence[Filed], spoken: Spoken) -> Field:
    """Return who holds the place; a claim that somebody did not take it speaks against them and for nobody."""
    grouped: dict[str, tuple[str, list[Filed]]] = {}
    for one in filed:
        for key, name in _holds(one.claim):
            grouped.setdefault(key, (name, []))[1].append(one)
    # That a side which nobody names has no place is worth telling only where others say that it has.
    told = {key for key in grouped if not key.startswith("not ")} | {
        f"not {party_of(one)[0]}" for f in filed for one in f.claim.predication.participants if _known(one)
    }
    kept = sorted((key, value) for key, value in grouped.items() if key in told or key.removeprefix("not ") in told)
    values = [Value(key, name, tuple(group), weight=float(not key.startswith("not "))) for key, (name, group) in kept]

    def fits(i: int, j: int) -> tuple[bool, str]:
        one, two = kept[i][0], kept[j][0]
        if one.startswith("not ") or two.startswith("not "):
            return _CLASH if one.removeprefix("not ") == two.removeprefix("not ") and one != two else _FITS
        return _CLASH

    return field("holder", values, spoken, fits)


def rule_of(claim: Claim) -> ControlRule | None:
    """Return the first rule of control that fits a claim, None where it says nothing of who holds a place."""
    found = claim.predication
    for rule in rules_of(found.effect):
        if rule.senses and found.sense not in rule.senses:
            continue
        if rule.needs and _first(found.participants, rule.holder) is None:
            continue
        return rule
    return None


def _first(people: Iterable[Participant], roles: Sequence[str]) -> Participant | None:
    listed = [
        one for one in people if one.kind in STATE_KINDS or (kinds().get(one.kind) and kinds()[one.kind].armed == "yes")
    ]
    return next((one for role in roles for one in listed if one.role == role), None)


def _holds(claim: Claim) -> list[tuple[str, str]]:
    """Return whom a claim says to hold the place: (key, name) pairs, "not ..." for whom it says not to."""
    rule, found = rule_of(claim), claim.predication
    if rule is None or said(claim) not in ("affirmed", "denied"):
        return []
    has, lost = _first(found.participants, rule.holder), _first(found.participants, rule.loser)
    denied = found.polarity == "denied"
    if rule.says in ("takes", "regains", "holds") and has is not None:
        key, name = party_of(has)
        return [(f"not {key}", f"not {name}")] if denied else [(key, name)]
    if rule.says in ("loses", "leaves") and lost is not None and _known(lost):
        key, name = party_of(lost)
        return [(key, name)] if denied else [(f"not {key}", f"not {name}")]
    return []


def tells_holder(claim: Claim) -> bool:
    """Whether a claim says who holds, or does not hold, its place."""
    return bool(_holds(claim))


def _known(person: Participant) -> bool:
    """Whether it is said whose force this is: who does not hold a place is worth telling only of those."""
    return bool(person.entity) or person.kind in STATE_KINDS


def party_of(person: Participant) -> tuple[str, str]:
    """Return the side for which somebody holds a place: the government for all its forces, else the group."""
    if person.kind in STATE_KINDS:
        return GOVERNMENT, GOVERNMENT
    top = [*actors().lineage(person.entity)][-1:] or [person.entity or person.name.casefold()]
    row = actors().by_id.get(top[0])
    return top[0], row.name if row is not None else person.name
