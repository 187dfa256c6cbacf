"""Ask a desk: events, claims, reports, who holds what; now, or as of a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, get_args

from dateline.desk.lists import Claims, Controls, Events
from dateline.desk.reconciling import Moment, as_of, claims_of, units
from dateline.records import Control, DeskError, Event, Filed, UsageError
from dateline.records.desk import Happened, Standing
from dateline.situation import of_capitals, on_day
from dateline.store import ClaimFilter, EventFilter, EventRow, Hit, Store
from dateline.store.base import moment

Day = dt.date | str


def day_of(value: Day | None, option: str) -> str | None:
    """Return a day as ISO 8601. Raises UsageError, naming the option, where it is none."""
    if value is None or isinstance(value, dt.date):
        return value.isoformat()[:10] if value is not None else None
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise UsageError(f"{option} {value}: write the day as 2021-08-06") from None


def end_of(value: dt.datetime | Day | None) -> str | None:
    """Return the moment up to which the desk knew: a day counts to its end. Raises UsageError where it is none."""
    if value is None:
        return None
    try:
        if isinstance(value, str) and len(value) <= 10:
            value = dt.date.fromisoformat(value)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time.max, dt.UTC)
        return moment(value)
    except ValueError:
        raise UsageError(f"as of {value}: write a day (2021-08-08) or a moment (2021-08-08T12:00)") from None


def find_event(store: Store, start: str, at: Moment | None = None) -> Event:
    """Return the event whose id is, or begins with, `start`; of a retired one, the event that holds it now.

    Raises DeskError where there is none or several.
    """
    if at is not None:
        known = [event for event in at.events if event.id.startswith(start)]
        ids = [event.id for event in known]
    else:
        known = []
        ids = store.event_ids(start) if start else []
    exact = [ident for ident in ids if ident == start] or ids
    if len(exact) != 1:
        problem = f"several events begin so: {', '.join(ids[:5])}" if ids else "there is no such event"
        raise DeskError(f"event {start!r}: {problem}. `dateline events` lists them with their ids")
    if at is not None:
        return next(event for event in known if event.id == exact[0])
    row = store.event_row(exact[0])
    seen = {exact[0]}
    while row is not None and row.successor and row.successor not in seen:
        seen.add(row.successor)
        row = store.event_row(row.successor)
    found = store.event(row.id if row is not None else exact[0])
    if found is None:
        raise DeskError(f"event {start!r}: its accounts are missing; run dateline doctor on the desk")
    return found


def find_claim(store: Store, start: str) -> str:
    """Return the id of the claim whose id is, or begins with, `start`. Raises DeskError where none or several do."""
    ids = store.claim_ids(start) if start else []
    if start in ids:
        return start
    if len(ids) != 1:
        problem = f"several claims begin so: {', '.join(ids[:5])}" if ids else "there is no such claim"
        raise DeskError(f"claim {start!r}: {problem}. `dateline claims DESK EVENT` and `dateline query` show ids")
    return ids[0]


def event_filter(
    *,
    text: str = "",
    place: str = "",
    admin1: str = "",
    country: str = "",
    type: str = "",  # noqa: A002 - the word that users look for
    actor: str = "",
    standing: str = "",
    happened: str = "",
    since: Day | None = None,
    until: Day | None = None,
    sources: int | None = None,
) -> EventFilter:
    """Return the filter of what users ask for; `Desk.events` says how. Raises UsageError where a value is none."""
    number = int(place) if place.isdecimal() else None
    return EventFilter(
        text=text, place="" if number is not None else place, geonameid=number, admin1=admin1, country=country,
        actor=actor, standing=_known("standing", standing, get_args(Standing)),
        happened=_known("happened", happened, get_args(Happened)), first=day_of(since, "since"),
        last=day_of(until, "until"), sources=sources, plover=type if type.isupper() else "",
        acled="" if type.isupper() else type,
    )  # fmt: skip


def _known(name: str, value: str, known: Sequence[str]) -> str:
    if value and value not in known:
        raise UsageError(f"{name} {value!r}: it is one of {', '.join(known)}")
    return value


def events(store: Store, wanted: EventFilter, *, order: str, descending: bool, limit: int | None) -> Events:
    """Return the events that are wanted, with their accounts."""
    _known("order", order, tuple(_ORDERS))
    return Events(store.events(wanted, order=order, descending=descending, limit=limit), store)


def event_rows(
    store: Store, wanted: EventFilter, *, order: str, descending: bool, limit: int | None
) -> Iterator[EventRow]:
    """Yield the events that are wanted, without their accounts."""
    _known("order", order, tuple(_ORDERS))
    return store.event_rows(wanted, order=order, descending=descending, limit=limit)


def events_then(
    store: Store, wanted: EventFilter, then: str, *, order: str = "day", descending: bool = False,
    limit: int | None = None,
) -> Events:  # fmt: skip
    """Return the events that the desk would have given at a moment, narrowed as `wanted`."""
    _known("order", order, tuple(_ORDERS))
    at = as_of(store, then)
    found = [event for event in at.events if fits(event, wanted, at.filed)]
    found.sort(key=lambda event: (_ORDERS[order](event), event.id), reverse=descending)
    return Events(found[:limit], store, at.filed)


def _first(event: Event) -> str:
    return event.time.start or "" if event.time is not None else ""


def _killed(event: Event) -> float:
    counted = sorted((one for one in event.fields if one.name == "killed"), key=lambda one: one.of != "")
    best = next((a.best for one in counted[:1] for a in one.accounts if a.key == one.best), None)
    return best if best is not None else -1.0


_ORDERS: dict[str, Callable[[Event], Any]] = {
    "day": _first, "reports": lambda event: len(event.reports), "killed": _killed, "id": lambda event: event.id,
}  # fmt: skip


def fits(event: Event, wanted: EventFilter, filed: dict[str, Filed]) -> bool:
    """Whether an event is one of those wanted: the filter of the store, on an event in memory."""
    place, time = event.place, event.time
    first, last = (time.start or "", time.end or "9999") if time is not None else ("", "")
    names = [account.value for one in event.fields if one.name in ("actor", "target") for account in one.accounts]
    keys = [account.key for one in event.fields if one.name in ("actor", "target") for account in one.accounts]
    words = " ".join(filed[claim].words for claim in event.claims if claim in filed).casefold()
    tests = (
        not wanted.country or (place is not None and place.country_code == wanted.country.upper()),
        not wanted.admin1 or (place is not None and place.admin1.casefold() == wanted.admin1.casefold()),
        not wanted.place or (place is not None and place.name.casefold() == wanted.place.casefold()),
        wanted.geonameid is None or (place is not None and place.geonameid == wanted.geonameid),
        not wanted.first or (time is not None and last >= wanted.first),
        not wanted.last or (time is not None and first <= wanted.last),
        not wanted.plover or event.plover == wanted.plover.upper(),
        not wanted.mode or event.mode == wanted.mode,
        not wanted.acled or (event.acled is not None and wanted.acled in event.acled),
        not wanted.happened or event.happened == wanted.happened,
        not wanted.standing or event.standing == wanted.standing,
        wanted.sources is None or len(event.sources) >= wanted.sources,
        not wanted.actor or wanted.actor in keys or any(wanted.actor.casefold() in name.casefold() for name in names),
        all(word in words for word in wanted.text.casefold().replace('"', "").split()),
    )
    return all(tests)


def claims(store: Store, event: Event, at: Moment | None = None) -> Claims:
    """Return the claims of an event, in the order in which the desk took them in."""
    known = at.filed if at is not None else claims_of([event], store)
    return Claims((known[claim] for claim in event.claims if claim in known), store)


def query(store: Store, text: str, wanted: ClaimFilter, *, limit: int | None, offset: int = 0) -> Iterator[Hit]:
    """Yield the claims whose words hold the text and whose values fit, those that came last first."""
    return store.search(text, wanted, limit=limit, offset=offset)


def control(
    store: Store,
    *,
    place: str = "",
    country: str = "",
    admin1: str = "",
    capitals: bool = False,
    on: str | None = None,
    then: str | None = None,
) -> Controls:
    """Return who holds what: of one place, of a country, on a day; now, or as the desk would have said it then.

    With `capitals` only of the towns that are the capital of their province or country.

    Raises DeskError where no place of that name was ever told of.
    """
    if then is None:
        found = list(_stored(store, place, country, admin1, on))
    else:
        held: Iterable[Control] = as_of(store, then).controls
        held = on_day(held, on) if on is not None else held
        found = [one for one in held if _of(one, place, country, admin1)]
    if place and not found and on is None:
        raise DeskError(
            f"control {place}: no report says who holds a place of that name; try dateline control --on DAY"
        )
    return Controls(of_capitals(found, units()) if capitals else found, store)


def _stored(store: Store, place: str, country: str, admin1: str, on: str | None) -> Iterator[Control]:
    number = int(place) if place.isdecimal() else None
    name = "" if number is not None else place
    return store.controls(place=name, geonameid=number, country=country, admin1=admin1, on=on)


def _of(one: Control, place: str, country: str, admin1: str) -> bool:
    where = one.place
    return (
        (not place or place.casefold() == where.name.casefold() or place == str(where.geonameid))
        and (not country or country.upper() == where.country_code)
        and (not admin1 or admin1.casefold() in where.admin1.casefold())
    )
