"""The fields of an event: whether it happened, who, where, when, who holds the place, and how many people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from dateline.knowledge.actors import STATE_KINDS, actors, kinds
from dateline.knowledge.control import ControlRule, rules_of
from dateline.knowledge.incidents import counted_as
from dateline.knowledge.victims import victim_group
from dateline.reconciling.accounts import Value, field
from dateline.reconciling.numbers import agree, parts_agree
from dateline.reconciling.sources import Speaker
from dateline.reconciling.telling import COARSE, NOT_YET, UNSAID, days_of
from dateline.records import Bound, Claim, Field, Filed, Participant, Place, Quantity

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


def numbers(filed: Sequence[Filed], spoken: Spoken) -> list[Field]:
    """Return how many people, a field for each thing counted and each group."""
    told: dict[tuple[str, str], list[tuple[Filed, Quantity]]] = {}
    for one in filed:
        answer = said(one.claim)
        for quantity in one.claim.predication.quantities:
            what = counted_as(quantity.what)
            none = answer == "denied" and quantity.high == 0  # "nobody was killed"
            if what and (answer in ("affirmed", "possible") or none):
                told.setdefault((what, group_of(quantity, one.claim)), []).append((one, quantity))
    made = [_number_field(what, of, told[what, of], spoken) for what, of in sorted(told)]
    return [_with_parts(one, made) for one in made]


def group_of(quantity: Quantity, claim: Claim) -> str:
    """Return who is counted: civilians, children, women; fighters by their side; "" where nobody says."""
    noun = quantity.who.lower().split()[-1] if quantity.who.strip() else ""
    group = victim_group(noun)
    if group in ("children", "women", "civilians"):
        return group
    about = [p for p in claim.predication.participants if p.role in ("target", "object") and p.span is not None]
    beside = [p for p in about if p.span is not None and p.span.overlaps(quantity.span)] or [
        p for p in about if p.span is not None and 0 <= p.span.start - quantity.span.end <= 2
    ]
    armed = [p for p in beside if p.kind in STATE_KINDS or (p.kind in kinds() and kinds()[p.kind].armed == "yes")]
    if armed:
        return party_of(armed[0])[1] if armed[0].entity or armed[0].kind in STATE_KINDS else "fighters"
    return "fighters" if group == "combatants" else ""


def _number_field(what: str, of: str, told: Sequence[tuple[Filed, Quantity]], spoken: Spoken) -> Field:
    """Return the field of one count: every number that is told is an account, however well it fits another."""
    grouped: dict[str, tuple[Quantity, list[Filed]]] = {}
    for one, quantity in told:
        grouped.setdefault(number_key(quantity), (quantity, []))[1].append(one)
    kept = [grouped[key] for key in sorted(grouped, key=lambda key: (-_sharp(grouped[key][0]), key))]
    found = {
        (i, j): agree(kept[i][0], kept[j][0]) for i in range(len(kept)) for j in range(i + 1, len(kept))
    }  # fmt: skip

    def fits(i: int, j: int) -> tuple[bool, str]:
        one = found[i, j]
        return one.agrees or not one.comparable, one.reason if one.agrees else ""

    values = []
    for at, (quantity, group) in enumerate(kept):
        vaguer = [j for j in range(at + 1, len(kept)) if found[at, j].agrees and _sharp(kept[j][0]) < _sharp(quantity)]
        support = {spoken[one.claim.id].key for j in vaguer for one in kept[j][1]}
        own = {spoken[one.claim.id].key for one in group}
        values.append(Value(
            number_key(quantity), number_text(quantity), tuple(dict.fromkeys(group)), quantity.low, quantity.best,
            quantity.high, _sharp(quantity), len(support - own),
        ))  # fmt: skip
    made = field(what, values, spoken, fits, of)
    live = [a for a in made.accounts if {v.key for v in a.voices} - set(a.superseded)]
    return msgspec.structs.replace(made, low=_bound(live, min), high=_bound(live, max))


def number_key(told: Quantity) -> str:
    """Return what tells numbers apart: the bounds."""
    return "/".join("" if bound is None else f"{bound:g}" for bound in (told.low, told.best, told.high))


def number_text(told: Quantity) -> str:
    """Return a number as a person would write it: "12", "at least 30", "dozens", "10 to 15"."""
    if told.low is not None and told.low == told.high:
        return f"{told.low:,.0f}"
    figure = next((f"{bound:,.0f}" for bound in (told.best, told.low, told.high) if bound is not None), "")
    words = told.qualifier.strip()
    vague = told.best is None and bool(words) and (told.low is None or told.high is None or told.low != told.high)
    if vague and not any(
        word in words for word in ("least", "more", "most", "up to", "over", "than", "fewer", "between")
    ):
        return words
    if told.low is not None and told.high is not None and told.best is None:
        return f"{told.low:,.0f} to {told.high:,.0f}"
    return f"{words} {figure}".strip()


def _sharp(told: Quantity) -> float:
    if told.low is not None and told.low == told.high:
        return 3.0
    return 2.0 if told.best is not None else 1.0 if told.low is not None else 0.0


def _bound(accounts: Iterable[object], pick: Callable[[list[float]], float]) -> Bound | None:
    """Return the lowest or highest number of the accounts and the names of those who give it."""
    figures: list[tuple[float, tuple[str, ...]]] = []
    for account in accounts:
        low, best, high = account.low, account.best, account.high  # type: ignore[attr-defined]
        order = (low, best, high) if pick is min else (high, best, low)
        value = next((bound for bound in order if bound is not None), None)
        if value is not None:
            figures.append((value, tuple(voice.name for voice in account.voices)))  # type: ignore[attr-defined]
    if not figures:
        return None
    value = pick([figure for figure, _ in figures])
    return Bound(value, tuple(dict.fromkeys(n for figure, names in figures if figure == value for n in names)))


def _with_parts(whole: Field, fields: Sequence[Field]) -> Field:
    """Return the field with what its parts say of it: "10 children and 5 women make 15 civilians"."""
    if whole.of not in ("", "civilians"):
        return whole
    parts = [one for one in fields if one.name == whole.name and one.of in ("children", "women")]
    best = [(one.of, a) for one in parts for a in one.accounts if a.key == one.best]
    if len(best) < 2:
        return whole
    told = [_quantity(a.low, a.best, a.high, of) for of, a in best]
    accounts = []
    for account in whole.accounts:
        found = parts_agree(told, _quantity(account.low, account.best, account.high, whole.of or "people"))
        more = (found.reason,) if found.agrees else ()
        accounts.append(msgspec.structs.replace(account, agrees=(*account.agrees, *more)))
    return msgspec.structs.replace(whole, accounts=tuple(accounts))


class _Told(msgspec.Struct, frozen=True):
    low: float | None
    best: float | None
    high: float | None
    who: str
    what: str = ""
    qualifier: str = ""
    part: bool = False


def _quantity(low: float | None, best: float | None, high: float | None, who: str) -> _Told:
    return _Told(low, best, high, who)
