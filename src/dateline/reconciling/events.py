"""Events: the claims of many reports that are of one incident, made into accounts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dateline.knowledge.incidents import family_of, label_of
from dateline.knowledge.joining import DEFAULT, Weighing, weighing
from dateline.reconciling import fields as made
from dateline.reconciling.counting import numbers
from dateline.reconciling.gathering import Cluster, Gathering, Lookup
from dateline.reconciling.judged import Judged
from dateline.reconciling.sources import speakers
from dateline.records import Event, Field, Filed, Happened, Join, Judgement, Place, Standing, Time

_BATCH = 2_000  # claims that are looked up at once
CONTROL = "control"
_CONTESTED = ("happened", "holder", "actor")
_CHANGES = ("takes-place", "regains-place", "loses-place", "transfers", "annexes")


def events_of(
    filed: Sequence[Filed],
    judgements: Sequence[Judgement] = (),
    joining: str | Weighing = DEFAULT,
) -> list[Event]:
    """Return the events that claims tell of, each claim in one of them, by the oldest claim.

    `filed` are all claims of the desk, in any order; those that a person judged wrong tell of nothing.
    `judgements` bind what is together and what apart. Raises UsageError where `joining` names no weighing.
    """
    judged = Judged(judgements)
    kept = judged.all(filed)
    kept.sort(key=lambda one: (one.order, one.report, one.claim.predication.trigger, one.claim.id))
    gathering = Gathering(parted=judged.parted)
    for _, group in groupby(kept, key=lambda one: one.report):
        gathering.add(list(group))
    by_id = {one.claim.id: one for one in kept}
    return list(made_of(gathering, lambda ids: [by_id[one] for one in ids], judgements, joining))


def made_of(
    gathering: Gathering,
    lookup: Lookup,
    judgements: Sequence[Judgement] = (),
    joining: str | Weighing = DEFAULT,
) -> Iterator[Event]:
    """Yield the events of what was gathered, by the oldest claim; `lookup` brings claims by their ids.

    Claims are looked up for many events at once, so that a database is asked seldom.
    """
    weights = weighing(joining) if isinstance(joining, str) else joining
    for clusters in _batched(gathering.clusters(weights, judgements)):
        found = {one.claim.id: one for one in lookup([claim for one in clusters for claim in one.claims])}
        for one in clusters:
            held = [found[claim] for claim in one.claims if claim in found]
            if held:
                yield event_of(held, one.joins)


def _batched(clusters: Iterable[Cluster]) -> Iterator[list[Cluster]]:
    batch: list[Cluster] = []
    held = 0
    for one in clusters:
        batch.append(one)
        held += len(one.claims)
        if held >= _BATCH:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def event_id(claim: str) -> str:
    """Return the id of the event whose oldest claim this is."""
    return hashlib.sha256(f"event\x1f{claim}".encode()).hexdigest()[:16]


def event_of(filed: Sequence[Filed], joins: tuple[Join, ...] = ()) -> Event:
    """Return the event that these claims tell of."""
    ordered = sorted(filed, key=lambda one: (one.order, one.claim.predication.trigger, one.claim.id))
    spoken = speakers(ordered)
    chief = _chief(ordered)
    found = chief.claim.predication
    family = family_of(found.effect, found.plover)
    held = made.holder(ordered, spoken) if family == CONTROL else None
    # Who denies that a side has a place, or has left it, says so in the field of the holder.
    elsewhere = {one.claim.id for one in ordered if held is not None and held.accounts and made.tells_holder(one.claim)}
    about = [one for one in ordered if made.said(one.claim) != "denied" or one.claim.id not in elsewhere]
    fields = [
        made.happened(about, spoken), made.people(ordered, spoken, "actor"), made.people(ordered, spoken, "target"),
        made.place(ordered, spoken), made.day(ordered, spoken),
    ]  # fmt: skip
    if held is not None:
        fields.append(held)
    counted = numbers(ordered, spoken)
    sources = tuple(sorted({who.key for who in spoken.values()}))
    place, time = _place(ordered, fields[3], chief), _time(ordered, fields[4], chief)
    kept = tuple(one for one in (*fields, *counted) if one.accounts)
    return Event(
        id=event_id(ordered[0].claim.id), title=_title(chief, fields, place), plover=found.plover,
        mode=_most((one.claim.predication.mode for one in ordered), found.mode), acled=found.acled,
        effect=found.effect, happened=_happened(fields, ordered), standing=_standing(kept, sources),
        place=place, time=time, fields=kept, claims=tuple(one.claim.id for one in ordered),
        reports=tuple(dict.fromkeys(one.report for one in ordered)), sources=sources, joins=joins,
        confidence=max(one.claim.confidence for one in ordered),
    )  # fmt: skip


def _chief(filed: Sequence[Filed]) -> Filed:
    """Return the claim that stands for the event: of the effect that most reports tell, the surest.

    That somebody took, lost or retook a place stands before that they were in it.
    """
    told = [one for one in filed if made.said(one.claim) == "affirmed"] or list(filed)
    reports: dict[str, set[str]] = {}
    for one in told:
        reports.setdefault(one.claim.predication.effect, set()).add(one.report)

    def rank(one: Filed) -> tuple[bool, bool, int, float]:
        effect = one.claim.predication.effect
        return effect in _CHANGES, bool(effect), len(reports[effect]), one.claim.confidence

    return max(told, key=rank)


def _most(values: Iterable[str], otherwise: str) -> str:
    counted = Counter(value for value in values if value)
    return max(counted, key=lambda value: (counted[value], value == otherwise, value)) if counted else otherwise


def _happened(fields: Sequence[Field], filed: Sequence[Filed]) -> Happened:
    """Return whether the event took place, of the accounts of its happening and of who holds the place."""
    first = fields[0]
    if any(one.standing == "disputed" for one in fields if one.name in ("happened", "holder")):
        return "disputed"
    said = {made.said(one.claim) for one in filed}
    if "affirmed" in said and first.best != "denied":
        return "affirmed"
    if "denied" in said:
        return "denied"
    return "uncertain" if said & {"possible", "attempted"} else "not-yet"


def _standing(fields: Sequence[Field], sources: Sequence[str]) -> Standing:
    """Return the standing of the whole: a day or a place that differs does not make an event disputed."""
    held = (one for one in fields if one.name in _CONTESTED or one.low is not None)
    if any(one.standing == "disputed" for one in held):
        return "disputed"
    return "agreed" if len(sources) > 1 else "single-source"


def _with(filed: Sequence[Filed], field: Field) -> list[Filed]:
    """Return the claims of a field's best account."""
    best = next((account for account in field.accounts if account.key == field.best), None)
    claims = {claim for voice in best.voices for claim in voice.claims} if best else set()
    return [one for one in filed if one.claim.id in claims]


def _place(filed: Sequence[Filed], field: Field, chief: Filed) -> Place | None:
    best = [one.claim.place for one in _with(filed, field) if one.claim.place is not None]
    best = [place for place in best if made.key_of(place) == field.best]
    if best:
        return best[0]
    return chief.claim.place or next((one.claim.place for one in filed if one.claim.place is not None), None)


def _time(filed: Sequence[Filed], field: Field, chief: Filed) -> Time | None:
    best = [one.claim.time for one in _with(filed, field) if one.claim.time is not None]
    return best[0] if best else chief.claim.time


def _title(chief: Filed, fields: Sequence[Field], place: Place | None) -> str:
    """Return how the event is called: what, where, and by whom to whom, or who is said to hold the place."""
    found = chief.claim.predication
    where = place.name if place is not None else ""
    head = ", ".join(part for part in (label_of(found.effect, found.plover), where) if part)
    held = next((field for field in fields if field.name == "holder" and field.accounts), None)
    if held is not None:
        names = [one.value for one in held.accounts if not one.key.startswith("not ")] or [_best_name(held)]
        return f"{head}: {' or '.join(sorted(names, key=lambda name: name != _best_name(held)))}"
    actor, target = (_best_name(fields[at]) for at in (1, 2))
    by = " \N{RIGHTWARDS ARROW} ".join(name for name in (actor, "" if target == where else target) if name)
    return f"{head}: {by}" if by else head


def _best_name(field: Field) -> str:
    return next((account.value for account in field.accounts if account.key == field.best), "")
