"""What a desk gives to be exported; the formats and the masking of names are `dateline.exporting.desk`."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import BinaryIO

import msgspec

from dateline.desk.asking import end_of, fits
from dateline.desk.reconciling import as_of as at_moment
from dateline.desk.reconciling import waiting
from dateline.exporting.desk import Holdings, Reported, Written, export
from dateline.knowledge.gazetteer import Gazetteer
from dateline.records import Control, DeskError, Event, Filed
from dateline.store import EventFilter, Store
from dateline.store.rows import ALL_EVENTS


def holdings(
    store: Store, wanted: EventFilter = ALL_EVENTS, *, as_of: dt.datetime | dt.date | str | None = None
) -> Holdings:
    """Return what a desk holds: events, claims, control and reports; now, or as of a moment.

    Where `wanted` narrows the events, the claims and reports are those of these events, and control that they
    opened. Raises UsageError where `as_of` is no day or moment.
    """
    moment = end_of(as_of)
    events: list[Event]
    claims: list[Filed]
    control: list[Control]
    if moment is None:
        events, claims, control = list(store.events(wanted)), list(store.filed()), list(store.controls())
    else:
        then = at_moment(store, moment)
        events = [event for event in then.events if fits(event, wanted, then.filed)]
        claims, control = list(then.filed.values()), list(then.controls)
    if wanted != ALL_EVENTS:
        kept, ids = {claim for event in events for claim in event.claims}, {event.id for event in events}
        claims = [one for one in claims if one.claim.id in kept]
        control = [one for one in control if ids.intersection(one.events)]
    held = {one.report for one in claims} if wanted != ALL_EVENTS or moment is not None else None
    return Holdings(_name(store), events, claims, control, _reports(store, held), _made_by(store), is_place=_is_place)


def export_to(
    store: Store, to: str, path: str | os.PathLike[str] | BinaryIO, mask: bool = True, named: Iterable[str] = ()
) -> Written:
    """Export a desk; `Desk.export` says how."""
    if waiting(store) == "never":
        raise DeskError(f"{store.name}: its claims were not brought together yet. Run: dateline reconcile {store.name}")
    place = Path(path) if isinstance(path, (str, os.PathLike)) else path
    with store.snapshot():
        return export(holdings(store), to, place, mask, named)


def _is_place(name: str) -> bool:
    return _gazetteer().has_name(name)


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def _name(store: Store) -> str:
    return PurePath(store.name.partition("?")[0]).stem


def _reports(store: Store, held: set[str] | None) -> Iterable[Reported]:
    for one in store.texts():
        if held is None or one.id in held:
            published = one.published.isoformat() if one.published else None
            yield Reported(
                one.id, one.outlet, one.title, published, one.url, one.agency, one.language, one.text
            )  # fmt: skip


def _made_by(store: Store) -> dict[str, str]:
    run = store.current_run()
    if run is None:
        return {}
    known = msgspec.structs.asdict(run)
    named = {name: str(known[name]) for name in ("dateline", "model", "model_hash", "gazetteer", "knowledge")}
    return {**named, "trained": ", ".join(run.trained), "run": run.id}
