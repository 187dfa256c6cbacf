"""Events in ACLED's 31 columns.

Only what ACLED would code: events that happened (or of which that is disputed, which the tags say), with a type, a
day no vaguer than a month and a place below the country. What is left out is counted, by reason.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from dateline.exporting.desk.days import Days, days_of
from dateline.exporting.desk.holdings import Release
from dateline.exporting.desk.parties import Parties, Party, is_thing, parties
from dateline.exporting.desk.tables import Row, Table, said_in_words, table_of, utc
from dateline.exporting.desk.tolls import toll
from dateline.knowledge.actors import countries
from dateline.knowledge.exports import acled_types, lists
from dateline.records import Event, Filed, Place

GEO_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 7: 3}
_WEEK = 7
_FORCES = {"state-force": "Military Forces of", "police": "Police Forces of", "government": "Government of"}
_CROWDS = {"Protests": ("Protesters", "protester"), "Riots": ("Rioters", "rioter")}
_FIGHT, _ON_CIVILIANS = "Battles", "Violence against civilians"
_NOT_TOLD = {"denied": "denied", "uncertain": "only feared or attempted", "not-yet": "only planned"}


def acled(release: Release) -> Table:
    """Return the events that ACLED would code, in its columns."""
    rows, left_out = [], Counter[str]()
    for event in release.events:
        why = _left_out(event)
        if why:
            left_out[why] += 1
        else:
            rows.append(_row(event, release))
    return table_of("acled", rows, dict(sorted(left_out.items())))


def _left_out(event: Event) -> str:
    days = days_of(event.time)
    reasons = {
        _NOT_TOLD.get(event.happened, ""): event.happened in _NOT_TOLD,
        "no ACLED type": event.acled is None,
        "no day": days is None,
        "longer than a month": days is not None and not days.in_a_month,
        "no place": event.place is None,
        "only the country is known": event.place is not None and event.place.precision not in GEO_PRECISION,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _row(event: Event, release: Release) -> Row:
    days, place, kind = days_of(event.time), event.place, event.acled
    if days is None or place is None or kind is None:
        raise AssertionError("left out before")
    country = countries().by_iso2.get(place.country_code)
    known = release.claims_of(event)
    first, second = sides(parties(event, release), kind[0])
    if kind[0] == _ON_CIVILIANS and not second:
        second = (Party("civilians", kind="civilian"),)
    inters = (_inter(first, place, kind[0]), _inter(second, place, ""))
    killed = toll(event, "killed")
    disputed = [
        f"disputed: {one.name}" for one in event.fields if one.standing == "disputed" and one.name != "happened"
    ]
    return {
        "event_id_cnty": event.id, **_dated(days),
        "disorder_type": next((row.disorder_type for row in acled_types() if row.sub_event_type == kind[1]), None),
        "event_type": kind[0], "sub_event_type": kind[1],
        "actor1": _named(first, place, kind[0]), "assoc_actor_1": _others(first, place), "inter1": inters[0],
        "actor2": _named(second, place, ""), "assoc_actor_2": _others(second, place), "inter2": inters[1],
        "interaction": _interaction(*inters, bool(second) or kind[0] in (_FIGHT, _ON_CIVILIANS)),
        "civilian_targeting": _targeting(kind, inters[1]),
        "iso": int(country.iso_numeric) if country and country.iso_numeric else None,
        "country": place.country, "admin1": place.admin1, "location": place.name,
        "latitude": _rounded(place.lat), "longitude": _rounded(place.lon),
        "geo_precision": GEO_PRECISION[place.precision],
        "source": list(dict.fromkeys(one.outlet for one in known if one.outlet)),
        "notes": f"{event.title}. {said_in_words(event)}".strip(), "fatalities": killed.bounds.low if killed else None,
        "tags": [*(["disputed"] if event.happened == "disputed" else []), *dict.fromkeys(disputed)],
        "timestamp": _latest(known),
    }  # fmt: skip


def _dated(days: Days) -> Row:
    precision = 1 if days.length == 1 else 2 if days.length <= _WEEK else 3
    return {"event_date": days.middle.isoformat(), "year": days.middle.year, "time_precision": precision}


def sides(who: Parties, kind: str) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the two sides: who acts and to whom, or the two sides of a fight that both act.

    Only who is of a known kind of actor is on a side. In protests and riots the crowd is the first side, whoever
    acts. Who is named both as acting and as suffering only acts. Where nobody is said to act, the armed who suffer
    are the first side of a fight: ACLED's order says nothing there.
    """
    actors = tuple(one for one in who.actors if one.known and not is_thing(one))
    told = (one for one in who.targets if one.known and not is_thing(one))
    targets = tuple(one for one in told if not any(_on_one_side(one, other) for other in actors))
    if kind in _CROWDS:
        crowd = tuple(one for one in (*actors, *targets) if not one.armed)
        return crowd, tuple(one for one in (*actors, *targets) if one.armed)
    if not actors and kind == _FIGHT:
        actors, targets = targets, ()
    if targets or len(actors) < 2:
        return actors, targets
    own = tuple(one for one in actors if _on_one_side(actors[0], one))
    return own, tuple(one for one in actors if one not in own)


def _on_one_side(one: Party, two: Party) -> bool:
    named = bool(one.entity) and one.entity == two.entity
    return one == two or named or (one.state is not None and one.state == two.state)


def _named(side: tuple[Party, ...], place: Place, kind: str) -> str | None:
    if kind in _CROWDS and (not side or side[0].known is None or not side[0].entity):
        return f"{_CROWDS[kind][0]} ({place.country})"
    return _name(side[0], place) if side else None


def _name(one: Party, place: Place) -> str:
    known = one.known
    if one.state is not None:
        return f"{_FORCES[one.kind]} {one.state.name}" if one.kind in _FORCES else one.name
    if one.entity or known is None:
        return one.name
    if known.acled_inter in ("Civilians", "Protesters", "Rioters"):
        return f"{known.acled_inter} ({place.country})"
    return f"Unidentified Armed Group ({place.country})" if known.id == "armed-unidentified" else one.name


def _others(side: tuple[Party, ...], place: Place) -> list[str]:
    names = dict.fromkeys(_name(one, place) for one in side)
    return list(names)[1:]


def _inter(side: tuple[Party, ...], place: Place, kind: str) -> str:
    if kind in _CROWDS:
        return _CROWDS[kind][0]
    known = side[0].known if side else None
    if known is None:
        return ""
    abroad = side[0].state is not None and side[0].country != place.country_code and known.armed == "yes"
    return "External/Other forces" if abroad else known.acled_inter


def _interaction(one: str, two: str, second: bool) -> str:
    """Return the pair of kinds; "" where one is not known, or where there is a `second` side of unknown kind."""
    if not one or (second and not two):
        return ""
    known = lists()
    low, *high = sorted(filter(None, (one, two)), key=known["inter"].index)
    text = f"{low}-{high[0]}" if high else f"{low} only"
    return text if text in known["interaction"] else ""


def _targeting(kind: tuple[str, str], second: str) -> str:
    always = kind[0] == _ON_CIVILIANS or kind[1] == "Excessive force against protesters"
    can = kind[0] in ("Explosions/Remote violence", "Riots") and second == "Civilians"
    return "Civilians targeted" if always or can else ""


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, 4)


def _latest(known: Sequence[Filed]) -> int | None:
    moments = [moment for one in known if (moment := utc(one.known))]
    return int(dt.datetime.fromisoformat(max(moments)).timestamp()) if moments else None
