"""The main incident of a report: one record a report, made from its claims by an explicit rule.

Many data sets hold one incident a report: its day, where it was, who did it, how, and how many died. A
report's claims hold more than that, and they disagree. This is the rule by which one is chosen:

1. What counts are claims that people were killed or attacked: affirmed, not planned, feared as hypothesis or
   told as background, of no longer time than three weeks, and not what a war as a whole did.
2. The incident is that of the first claim with a number of dead; where none has one, of the first that tells
   of dead; else of the first attack.
3. Claims that can be of the same unit of the country (or of an unknown place) and of the same days tell of
   it too; those that give the same number of dead surely do. They give what the first leaves unsaid: actors,
   means, place, and further figures.
4. The dead are counted by group from the chosen claim and those about the same people; the parts of a number
   win over the whole ("22 people, six of them civilians"), and the rest of the whole is of the other group.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from dateline.knowledge.actors import kinds
from dateline.knowledge.incidents import UNSAID
from dateline.knowledge.victims import victim_group
from dateline.records import Claim, Participant, Place, Quantity, Toponym

TOLD = frozenset({"asserted", "ongoing", "possible"})
DEADLY = frozenset({"kills", "executes", "suicide", "casualties", "loses-life", "mass-grave", "bodies-found"})
ATTACKS = frozenset({"air-strike", "shells", "explodes", "suicide", "chemical", "shoots", "executes", "attacks", ""})
# Means that reports take for one another: what falls from the air or is fired from afar, what is set off.
FROM_AFAR = frozenset({"aerial", "heavy-weapons", "unconventional"})
OWNED = "claims-responsibility"
BLASTS = frozenset({"explosives", "suicide-attack"})
LONGEST_DAYS = 21
LARGEST = 5_000  # a larger number of dead is that of a war, whatever day its sentence is dated by
WARS = (["war"], ["conflict"], ["uprising"], ["revolt"], ["rebellion"], ["insurgency"], ["crisis"])
NEAR_DAYS = 1
_DAYS = frozenset({"day", "part-of-day", "hour"})


class Toll(msgspec.Struct, frozen=True):
    """How many were killed, by group; None where the report gives no number. Civilians include children and women."""

    civilians: float | None = None
    children: float | None = None
    women: float | None = None
    combatants: float | None = None


class Incident(msgspec.Struct, frozen=True):
    """The main incident: `claim` is the one that was chosen, `claims` all that tell of it, in text order.

    `first` and `last` are its days; `mode` is PLOVER's, "" where nothing says it; `effect` that of the
    chosen claim; `actors` are those who acted, of the claim that says it nearest to the chosen one.
    """

    claim: Claim
    claims: tuple[Claim, ...]
    first: dt.date | None
    last: dt.date | None
    place: Place | None
    actors: tuple[Participant, ...]
    mode: str
    toll: Toll

    @property
    def effect(self) -> str:
        """What the chosen claim says was done."""
        return self.claim.predication.effect


def main_incident(claims: Sequence[Claim], toponyms: Iterable[Toponym] = ()) -> Incident | None:
    """Return the main incident of a report's claims (in text order), or None where they tell of none.

    `toponyms` are the names of places in the report, for where the chosen claim does not itself say where.
    """
    told = [claim for claim in claims if _counts(claim)]
    chosen = _chosen(told)
    if chosen is None:
        return None
    home = _home(told)
    of_it = tuple(claim for claim in told if claim is chosen or _together(chosen, claim, home))
    first, last = _days(chosen, of_it)
    mode = _mode(chosen, of_it)
    return Incident(
        claim=chosen,
        claims=of_it,
        first=first,
        last=last,
        place=_place(chosen, of_it, told, sorted(toponyms, key=lambda one: one.span), home),
        actors=_actors(chosen, [*of_it, *(c for c in claims if _points(c) and _together(chosen, c, home))], mode),
        mode=mode,
        toll=_toll(chosen, of_it),
    )


def killed(claim: Claim) -> list[Quantity]:
    """Return the numbers of dead that a claim gives, but those of a war."""
    return [q for q in claim.predication.quantities if q.what == "killed" and q.best is not None and q.best <= LARGEST]


def group_of(quantity: Quantity, people: Iterable[Participant]) -> str:
    """Return whom a number counts: civilians, children, women, combatants, or anybody.

    A noun that says nothing ("members", "people") is told by the participant in whose words it stands.
    """
    group = victim_group(quantity.who)
    if group in ("children", "women", "combatants", "civilians"):
        return group
    beside = [p for p in people if p.role in ("target", "object") and p.span and _covers(p, quantity)]
    armed = any(p.kind in kinds() and kinds()[p.kind].armed == "yes" for p in beside)
    if armed and group != "anybody":
        return "combatants"
    return "anybody" if group == "anybody" else "combatants" if armed else "anybody"


def _covers(person: Participant, quantity: Quantity) -> bool:
    span = person.span
    return span is not None and span.start <= quantity.span.end + 60 and quantity.span.start <= span.end


def _counts(claim: Claim) -> bool:
    said = claim.predication
    if said.plover != "ASSAULT" or said.status not in TOLD or said.polarity != "affirmed":
        return False
    if any(p.role in ("instrument", "actor") and p.name.lower().split()[-1:] in WARS for p in said.participants):
        return False
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return time is None or time.start is not None
    return (dt.date.fromisoformat(time.end) - dt.date.fromisoformat(time.start)).days <= LONGEST_DAYS


def _points(claim: Claim) -> bool:
    """Whether a claim that tells of no attack as a fact can still say who is held to have done it.

    So does an attack in doubt or as an opinion.
    """
    said = claim.predication
    doubted = said.plover == "ASSAULT" and said.status in ("hypothetical", "opinion")
    return said.polarity == "affirmed" and doubted


def _chosen(told: Sequence[Claim]) -> Claim | None:
    """Return the first claim with a number of dead, of deaths, of wounds, or of an attack."""
    effects = (claim.predication.effect for claim in told)
    ranks = [0 if killed(claim) else 1 if effect in DEADLY else 2 for claim, effect in zip(told, effects, strict=True)]
    return told[ranks.index(min(ranks))] if ranks else None


def _home(told: Sequence[Claim]) -> str:
    """Return the country that most of the claims are of; "" where none is of any."""
    countries = Counter(c.place.country_code for c in told if c.place is not None and c.place.country_code)
    return max(countries, key=lambda code: countries[code], default="")


def _together(chosen: Claim, other: Claim, home: str) -> bool:
    """Whether two claims can be of one unit of the country and of the same days.

    A place abroad says where the incident is reported or spoken of; it keeps no two claims apart.
    """
    a, b = (c.place if c.place is not None and c.place.country_code == home else None for c in (chosen, other))
    if a and b and a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return False
    one, two = _interval(chosen), _interval(other)
    if one is None or two is None:
        return True
    near = dt.timedelta(days=NEAR_DAYS)
    return one[0] - near <= two[1] and two[0] - near <= one[1]


def _interval(claim: Claim) -> tuple[dt.date, dt.date] | None:
    time = claim.time
    if time is None or (time.start is None and time.end is None):
        return None
    start, end = time.start or time.end, time.end or time.start
    return dt.date.fromisoformat(start or ""), dt.date.fromisoformat(end or "")


def _days(chosen: Claim, of_it: Sequence[Claim]) -> tuple[dt.date | None, dt.date | None]:
    """Return the days of the chosen claim; of the first other one that has any where it has none."""
    intervals = (_interval(claim) for claim in (chosen, *of_it))
    return next((interval for interval in intervals if interval), (None, None))


def _ordered(chosen: Claim, of_it: Sequence[Claim]) -> list[Claim]:
    """Return the claims in the order in which they tell of the incident: the chosen one, those that give the
    same number of dead, then the others by their distance in the text."""
    numbers = {q.best for q in killed(chosen)}
    return sorted(of_it, key=lambda one: (one is not chosen, not _shares(one, numbers), _distance(chosen, one)))


def _shares(claim: Claim, numbers: set[float | None]) -> bool:
    return any(q.best in numbers for q in killed(claim))


def _distance(chosen: Claim, other: Claim) -> int:
    return abs(other.predication.trigger.start - chosen.predication.trigger.start)


def _place(
    chosen: Claim, of_it: Sequence[Claim], told: Sequence[Claim], toponyms: Sequence[Toponym], home: str
) -> Place | None:
    """Return where it was, in the country that most of the claims are of.

    It is the place that the words of the chosen claim say, or of one with the same dead, if the unit of the
    country is known; else the first place that the report names in a known unit: reports begin with where it
    was. Else it is the place of any claim in a known unit, else what the chosen claim gives.
    """
    numbers = {q.best for q in killed(chosen)}
    ordered = _ordered(chosen, of_it)
    said = [c for c in ordered if (c is chosen or _shares(c, numbers)) and c.place and _said(c.place)]
    places = [c.place for c in said if c.place is not None]
    places += [_place_of(one) for one in toponyms if not one.stands_for and one.use == "literal"]
    places += [c.place for c in (*ordered, *told) if c.place is not None]
    return next((place for place in places if place.admin1 and place.country_code == home), chosen.place)


def _said(place: Place) -> bool:
    return not place.reason.startswith(UNSAID)


def _place_of(one: Toponym) -> Place:
    """Return the place of a name that no claim has: the first of the report with a unit of the country."""
    reason = f"the first place of the report whose unit is known; {one.reason}"
    return Place(
        one.name, one.name, one.country, one.country, max(one.precision, 4), reason, one.admin1, one.geonameid,
        one.lat, one.lon, one.span,
    )  # fmt: skip


def _actors(chosen: Claim, of_it: Sequence[Claim], mode: str) -> tuple[Participant, ...]:
    """Return who acted: the actors of the chosen claim and of those with the same dead, the named ones first.

    Of the claims that do not give the same number of dead only those tell who did this that are of the same
    means, or of none that is said. Who is a victim of the chosen claim did not do it.
    """
    numbers = {q.best for q in killed(chosen)}
    victims = {p.entity or p.name for p in chosen.predication.participants if p.role == "target"}
    same: dict[str, Participant] = {}
    others: dict[str, Participant] = {}
    for claim in sorted(_ordered(chosen, of_it), key=_points):
        owned = claim.predication.effect == OWNED and mode in BLASTS  # bombs are claimed, air strikes seldom
        of_them = claim is chosen or _shares(claim, numbers) or owned
        if not of_them and not _alike(claim, mode):
            continue
        for person in claim.predication.participants:
            if person.role == "actor" and (person.entity or person.name) not in victims:
                (same if of_them else others).setdefault(person.entity or person.name, person)
    named_first = sorted(same.values(), key=lambda person: not person.entity)
    return (*named_first, *others.values())


def _alike(claim: Claim, mode: str) -> bool:
    said = claim.predication
    if said.mode and mode:
        return said.mode == mode or {said.mode, mode} <= FROM_AFAR or {said.mode, mode} <= BLASTS
    return mode not in BLASTS and (said.effect in DEADLY or said.effect in ATTACKS)


def _mode(chosen: Claim, of_it: Sequence[Claim]) -> str:
    """Return by what means, "" where no claim says it."""
    return next((claim.predication.mode for claim in _ordered(chosen, of_it) if claim.predication.mode), "")


def _toll(chosen: Claim, of_it: Sequence[Claim]) -> Toll:
    """Return the dead by group: the figures of the chosen claim, then those of claims about the same people.

    A claim is about them where it gives a number that is known already, or follows the chosen one with parts
    ("three children were among the dead"); a larger number is of something else, or of the war.
    """
    known: dict[str, float] = {}
    for claim in sorted(of_it, key=lambda other: other is not chosen):
        found = _figures(claim)
        if not found or (known and not _about_them(found, known, chosen, claim)):
            continue
        same = not known or bool(set(found.values()) & set(known.values()))
        most = max(known.values(), default=0.0)
        for group, value in found.items():
            if same or value <= most:
                known.setdefault(group, value)
    return _by_group(known | _summing(known, of_it))


def _summing(known: dict[str, float], of_it: Sequence[Claim]) -> dict[str, float]:
    """Return civilians and combatants told apart whose numbers make up a whole that is known only as one.

    "Nine people died. ... Four civilians were killed. ... Five rebels were killed."
    """
    whole = known.get("anybody")
    if whole is None or len(known) > 1:
        return {}
    told = [_figures(claim) for claim in of_it]
    combatants = [found["combatants"] for found in told if "combatants" in found]
    for found in told:
        for group in ("civilians", "women", "children"):
            if group in found and whole - found[group] in combatants:
                return {group: found[group], "combatants": whole - found[group]}
    return {}


def _figures(claim: Claim) -> dict[str, float]:
    found: dict[str, float] = {}
    for quantity in killed(claim):
        found.setdefault(group_of(quantity, claim.predication.participants), quantity.best or 0.0)
    return found


def _about_them(found: dict[str, float], known: dict[str, float], chosen: Claim, claim: Claim) -> bool:
    if set(found.values()) & set(known.values()):
        return True
    return all(q.part for q in killed(claim)) and claim.predication.trigger > chosen.predication.trigger


def _by_group(known: dict[str, float]) -> Toll:
    """Return the toll; the parts of a whole win over it, and a whole is of the group whose number it is."""
    children, women = known.get("children"), known.get("women")
    civilians, combatants, whole = known.get("civilians"), known.get("combatants"), known.get("anybody")
    if combatants is None and civilians is not None and whole is not None and civilians < whole:
        combatants = whole - civilians  # "20 people, 13 of them civilians": the others are none
    if civilians is None and whole is not None and whole != combatants:
        civilians = whole - combatants if combatants is not None and combatants < whole else whole
    if civilians is None and (children is not None or women is not None):
        civilians = (children or 0.0) + (women or 0.0)
    return Toll(civilians, children, women, combatants)
