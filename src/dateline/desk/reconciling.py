"""Bring the claims of a desk together: copies, events with their accounts, and who holds what."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import msgspec

from dateline.desk.ingesting import Progress, Step
from dateline.knowledge.incidents import family_of
from dateline.knowledge.joining import DEFAULT, weighing
from dateline.reconciling import Gathering, Judged, events_of, made_of
from dateline.records import Control, Copy, Event, Filed
from dateline.situation import GazetteerUnits, controls
from dateline.store import ClaimFilter, Store
from dateline.store.base import now

CONTROL = "control"
_EVENT = msgspec.json.Decoder(Event)


class Reconciled(msgspec.Struct):
    """What reconciling made: how many there are now, and of the events how many are new, changed or retired."""

    reports: int = 0
    claims: int = 0
    copies: int = 0
    events: int = 0
    disputed: int = 0
    new: int = 0
    changed: int = 0
    retired: int = 0
    controls: int = 0


class Moment(msgspec.Struct, frozen=True):
    """What the desk says at some moment, made in memory: its events, by their ids, and who holds what."""

    events: tuple[Event, ...]
    controls: tuple[Control, ...]
    filed: dict[str, Filed]


def reconcile(store: Store, *, joining: str = DEFAULT, progress: Progress | None = None) -> Reconciled:
    """Bring all claims together anew; what does not change is not written, so that ids and rows stay.

    `joining` is one of the ways of weighing pairs (`knowledge/joining.toml`). Raises UsageError where there is
    no such way, DeskError where the desk cannot be written.
    """
    weighing(joining)  # a wrong name is an error before anything is done
    done, began = Reconciled(), now()  # what comes from now on is to be reconciled the next time
    tell = progress or (lambda _: None)
    tell(Step(total=2 * store.counts().claims))  # each claim is gathered, and goes into an event
    found = find_copies(store)
    with store.transaction():
        if list(store.copies()) != found:
            store.write_copies(found)
    done.copies = len(found)
    judgements = list(store.judgements())
    judged = Judged(judgements)
    gathering = gathered(store, frozenset(one for copy in found for one in (copy.report, copy.of)), judged, done, tell)
    about_control: list[Event] = []
    # Events wait in a file until all are made: others may write meanwhile, and memory holds few of them.
    with tempfile.TemporaryFile() as made:
        for event in made_of(gathering, lambda ids: judged.all(store.filed_of(ids)), judgements, joining):
            done.events += 1
            done.disputed += event.standing == "disputed"
            if family_of(event.effect, event.plover) == CONTROL:
                about_control.append(event)
            made.write(msgspec.json.encode(event) + b"\n")
            tell(Step(length=len(event.claims)))
        held = held_by(store, about_control, judged)
        made.seek(0)
        with store.transaction():
            _write(store, (_EVENT.decode(line) for line in made), held, done)
            if done.new or done.changed or done.retired or waiting(store):
                store.note("reconcile", at=began, joining=joining, events=done.events, new=done.new,
                    changed=done.changed, retired=done.retired)  # fmt: skip
    return done


def _write(store: Store, events: Iterable[Event], held: list[Control], done: Reconciled) -> None:
    """Write what reconciling made: only what changed."""
    written = store.write_events(events)
    done.new, done.changed, done.retired = written.new, written.changed, written.retired
    done.controls = len(held)
    if list(store.controls()) != held:
        store.write_controls(held)


def waiting(store: Store) -> str:
    """Return what there is to reconcile: "never" where that was not done yet, "new" where something came since, ""."""
    came, made = store.last_moments()
    if not came:
        return ""
    return "never" if not made else "new" if came > made else ""


def find_copies(store: Store) -> list[Copy]:
    """Return the reports that are copies of others, by their ids."""
    from dateline.reconciling.copies import Text, copies

    texts = (
        Text(report.id, report.text, report.outlet, report.agency, _day(report.published), order)
        for order, report in enumerate(store.texts(), 1)
    )
    return sorted((copy for group in copies(texts) for copy in group.how), key=lambda copy: copy.report)


def _day(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def gathered(store: Store, copied: frozenset[str], judged: Judged, done: Reconciled, tell: Progress) -> Gathering:
    """Gather the claims that the desk speaks by, report by report, as they were judged."""
    gathering = Gathering(copied, judged.parted)
    for _, group in groupby(store.filed(order="report"), key=lambda one: one.report):
        claims = judged.all(group)
        done.reports += 1
        done.claims += len(claims)
        gathering.add(claims)
        tell(Step(length=len(claims)))
    return gathering


def held_by(store: Store, events: Iterable[Event], judged: Judged) -> list[Control]:
    """Return who holds what, of the events that tell of it."""
    told = list(events)
    filed = {one.claim.id: one for one in judged.all(store.filed_of(c for event in told for c in event.claims))}
    return controls(told, filed, units())


@functools.cache
def units() -> GazetteerUnits:
    """Return what tells provinces from their capitals and districts. Raises GazetteerError where it is not built."""
    from dateline.knowledge.gazetteer import Gazetteer

    return GazetteerUnits(Gazetteer.open())


def as_of(store: Store, moment: str, joining: str = DEFAULT) -> Moment:
    """Return what the desk would have said at a moment (ISO 8601, UTC), made anew from what it knew by then.

    It knew the reports whose `known_at` is not later, as coded by the run of that time, and the judgements
    made by then.
    """
    filed = list(store.filed(ClaimFilter(as_of=moment)))
    judgements = list(store.judgements(as_of=moment))
    events = events_of(filed, judgements, joining)
    by_id = {one.claim.id: one for one in Judged(judgements).all(filed)}
    held = [event for event in events if family_of(event.effect, event.plover) == CONTROL]
    return Moment(tuple(events), tuple(controls(held, by_id, units())), by_id)


def claims_of(events: Sequence[Event], store: Store) -> dict[str, Filed]:
    """Return the claims of some events by their ids."""
    return {one.claim.id: one for one in store.filed_of(claim for event in events for claim in event.claims)}
