"""Which claims of one report cannot both hold, and which tell of the same event.

Claims dispute each other where they are about one place and overlapping days and say opposite things of
the same side: it is in the place, or it is beaten, driven out or gone; the same event affirmed and denied;
or numbers of the same victims whose bounds do not meet. A later day is no dispute: things change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.records import Claim, Predication, Quantity

PRESENT = frozenset({"enters-place", "takes-place", "regains-place", "besieges"})
FIGHTING = frozenset({"clash"})
GONE = frozenset({"withdraws", "withdraws-from-place", "surrenders", "loses-place"})
BEATEN = frozenset({"repels", "defeats", "drives-out"})
HOLDS = frozenset({"asserted", "ongoing"})
COUNTED = frozenset({"killed", "wounded", "abducted", "displaced", "freed", "escaped"})
# Words for victims that do not say which of them are counted.
ANYBODY = frozenset(
    "people persons person dead residents villagers civilians victims others inhabitants bodies deaths fatalities"
    " casualties toll figure lives inmates prisoners detainees".split()
) | {""}
LINKED = 4000  # pairs that are looked at in one report, so that a very long one stays linear


def find_disputes(claims: Sequence[Claim]) -> dict[str, list[str]]:
    """Return, for each claim's id, the ids of the claims that it disputes, in text order."""
    found: dict[str, list[str]] = {}
    for one, two in _pairs(claims):
        if _opposed(one, two) or _opposed(two, one) or _denied(one, two) or _counts(one, two) is not None:
            found.setdefault(one.id, []).append(two.id)
            found.setdefault(two.id, []).append(one.id)
    return found


def same_event(claims: Sequence[Claim]) -> dict[str, list[str]]:
    """Return, for each claim, the earlier claims that tell of the same event (type, effect, sides, place, day)."""
    found: dict[str, list[str]] = {}
    for one, two in _pairs(claims):
        a, b = one.predication, two.predication
        same = a.plover == b.plover and a.effect == b.effect and _near(one, two) and one.place is not None
        if same and _names(one, "actor") & _names(two, "actor") and a.status == b.status and a.polarity == b.polarity:
            found.setdefault(two.id, []).append(one.id)
    return found


def count_conflicts(claims: Sequence[Claim]) -> list[tuple[Quantity, Quantity, str]]:
    """Return pairs of numbers of the same thing in one event whose bounds do not meet."""
    return [pair for one, two in _pairs(claims) if (pair := _counts(one, two)) is not None]


def _pairs(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    coded = [
        c
        for c in claims
        if c.predication.status in HOLDS and c.predication.plover in ("ASSAULT", "RETREAT", "CONCEDE", "COERCE", "")
    ]
    window = max(2, LINKED // max(1, len(coded)))
    for index, one in enumerate(coded):
        for two in coded[index + 1 : index + 1 + window]:
            yield one, two


def _opposed(one: Claim, two: Claim) -> bool:
    """The first says that a side is there or fights on, the second that it is beaten or gone."""
    here, gone = one.predication, two.predication
    if here.polarity == "denied" or gone.polarity == "denied" or not _near(one, two):
        return False
    there = _names(one, "actor") if here.effect in PRESENT else set()
    if here.effect in FIGHTING and here.status == "ongoing" and two.attribution.manner != "narration":
        there = _names(one, "actor") or {"*"}
    left = _names(two, "actor") if gone.effect in GONE else _names(two, "target") if gone.effect in BEATEN else set()
    if not there or not left or not (there & left or "*" in there):
        return False
    # A single voice that tells the whole course ("they entered and withdrew") does not contradict itself.
    return one.attribution.chain[0].name != two.attribution.chain[0].name or one.attribution != two.attribution


def _denied(one: Claim, two: Claim) -> bool:
    a, b = one.predication, two.predication
    if a.polarity == b.polarity or a.plover != b.plover or not _near(one, two):
        return False
    if a.sense == b.sense and (_points_back(a, b) or _points_back(b, a)):
        return True
    same = a.effect == b.effect or not a.effect or not b.effect
    return same and bool(_names(one, "actor") & _names(two, "actor"))


def _points_back(denial: Predication, event: Predication) -> bool:
    """Whether the first is a denial that was read from the second ("the army denied this")."""
    return denial.polarity == "denied" and event.trigger in denial.clause


def _counts(one: Claim, two: Claim) -> tuple[Quantity, Quantity, str] | None:
    """Return two numbers of the same victims, by different voices, whose bounds do not meet."""
    same_voice = one.attribution.chain[0].name == two.attribution.chain[0].name
    if same_voice or not _near(one, two) or not (one.place and two.place) or _only_country(one) != _only_country(two):
        return None
    if _long(one) != _long(two) or not _same_nation(one, two):
        return None  # a toll of a month is not one of a day, soldiers of one army not those of the other
    for a in one.predication.quantities:
        for b in two.predication.quantities:
            if a.what == b.what and a.what in COUNTED and _same_people(a, b) and _apart(a, b):
                return a, b, a.what
    return None


def _long(claim: Claim) -> bool:
    return claim.time is not None and claim.time.granularity in ("month", "season", "year", "interval")


def _same_nation(one: Claim, two: Claim) -> bool:
    nations = [
        {p.country or p.entity for p in c.predication.participants if p.role in ("target", "object")} - {""}
        for c in (one, two)
    ]
    return not all(nations) or bool(nations[0] & nations[1])


def _only_country(claim: Claim) -> bool:
    return claim.place is not None and claim.place.precision >= 6


def _same_people(a: Quantity, b: Quantity) -> bool:
    return a.who == b.who or (a.who in ANYBODY and b.who in ANYBODY)


def _apart(a: Quantity, b: Quantity) -> bool:
    low = [q.low if q.low is not None else q.best for q in (a, b)]
    high = [q.high if q.high is not None else (q.best if not q.qualifier else None) for q in (a, b)]
    return any(
        low[i] is not None and high[1 - i] is not None and low[i] > high[1 - i]  # type: ignore[operator]
        for i in (0, 1)
    )


def _near(one: Claim, two: Claim) -> bool:
    """Whether two claims can be of one place and one time; what is unknown can."""
    if one.place and two.place and one.place.name != two.place.name:
        a, b = one.place, two.place
        inside = (
            a.country_code == b.country_code
            and (max(a.precision, b.precision) >= 4)
            and (not a.admin1 or not b.admin1 or a.admin1 == b.admin1)
        )
        if not inside:
            return False
    if one.time and two.time:
        starts, ends = (one.time.start, two.time.start), (one.time.end, two.time.end)
        return not ((ends[0] and starts[1] and ends[0] < starts[1]) or (ends[1] and starts[0] and ends[1] < starts[0]))
    return True


def _names(claim: Claim, role: str) -> set[str]:
    return {p.entity or p.name.lower() for p in claim.predication.participants if p.role == role}
