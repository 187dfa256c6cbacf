"""Events in the 49 columns of UCDP's Georeferenced Event Dataset.

Only events that happened (or of which that is disputed) with at least one dead by the best account, and days that
are known on both sides. What is left out is counted, by reason.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from dateline.exporting.desk.acled import sides
from dateline.exporting.desk.days import Days, days_of
from dateline.exporting.desk.holdings import Release
from dateline.exporting.desk.parties import Party, chosen, parties
from dateline.exporting.desk.tables import Row, Table, table_of
from dateline.exporting.desk.tolls import Toll, toll
from dateline.knowledge.actors import countries, fold
from dateline.knowledge.nouns import noun_lexicon
from dateline.knowledge.victims import victim_group
from dateline.records import Event, Place

_CELLS_A_DEGREE = 2
_CELLS_A_ROW = 720
_TOLD = ("affirmed", "disputed")
_ONE_SIDED = 3


def ged(release: Release) -> Table:
    """Return the events with at least one dead, in UCDP's columns."""
    rows, left_out = [], Counter[str]()
    for event in release.events:
        days, killed = days_of(event.time), toll(event, "killed")
        reasons = {
            "denied, feared or planned": event.happened not in _TOLD,
            "no dead by the best account": killed is None or not killed.bounds.best,
            "no day": days is None,
        }
        why = next((reason for reason, holds in reasons.items() if holds), "")
        if why:
            left_out[why] += 1
        elif days is not None and killed is not None:
            rows.append(_row(event, release, days, killed))
    return table_of("ged", rows, dict(sorted(left_out.items())))


def _row(event: Event, release: Release, days: Days, killed: Toll) -> Row:
    kind, one, two = _sides(event, release)
    names = _name(one), "Civilians" if kind == _ONE_SIDED else _name(two)
    return {
        "id": event.id, "year": days.first.year, "type_of_violence": kind,
        "dyad_name": f"{names[0]} - {names[1]}" if all(names) else None, "side_a": names[0], "side_b": names[1],
        "number_of_sources": len(event.sources), **_articles(event, release),
        "source_original": _speakers(event), **_where(event.place),
        "event_clarity": 1 if days.to_the_day else 2, "date_prec": _precision(days),
        "date_start": days.first.isoformat(), "date_end": days.last.isoformat(), **_deaths(killed, kind, one, two),
        "gwnoa": _number(one), "gwnob": _number(two) if kind != _ONE_SIDED else None,
    }  # fmt: skip


def _sides(event: Event, release: Release) -> tuple[int | None, Party | None, Party | None]:
    """Return the type of violence with side A and side B; a government is side A, the unarmed are side B."""
    pair = sides(parties(event, release), "")
    one, two = (next((p for p in side if p.armed or p.civilian), None) for side in pair)
    if one and two and ((two.state and not one.state) or (one.civilian and two.armed)):
        one, two = two, one
    if one is None or two is None or not _organised(one):
        return None, one, two
    if two.civilian:
        return _ONE_SIDED, one, two
    return (1 if one.state else 2) if _organised(two) else None, one, two


def _organised(party: Party) -> bool:
    """Whether it is a state or a known armed group: of "forces" or "gunmen" nobody says whose they are."""
    return party.armed and bool(party.state or party.entity)


def _name(one: Party | None) -> str | None:
    if one is None:
        return None
    return f"Government of {one.state.name}" if one.state else "Civilians" if one.civilian else one.name


def _number(one: Party | None) -> int | None:
    return int(one.state.gw) if one and one.state and one.state.gw else None


def _deaths(killed: Toll, kind: int | None, one: Party | None, two: Party | None) -> Row:
    """Return the dead by side; the rest of the best number is of no known side. Groups that exceed it are not used."""
    apart: Counter[str] = Counter()
    counted = set()
    for of, bounds in killed.groups.items():
        side = _side(of, kind, one, two)
        if side and bounds.best is not None:
            apart[side] += bounds.best
            counted.add(side)
    best = killed.bounds.best or 0
    if sum(apart.values()) > best:
        apart, counted = Counter(), set()
    cells: dict[str, int | None] = {f"deaths_{side}": apart[side] if side in counted else None for side in _SIDES}
    low, high = killed.bounds.low, killed.bounds.high
    return {**cells, "deaths_unknown": best - sum(apart.values()), "best": best, "high": high, "low": low}


_SIDES = ("a", "b", "civilians")


def _side(of: str, kind: int | None, one: Party | None, two: Party | None) -> str:
    """Return of which side those counted are: by name, as civilians, or by their noun's kind; "" where it is open."""
    said = fold(of).casefold()
    if victim_group(said) == "civilians":
        return "civilians"
    armed = [("a", one), *([("b", two)] if kind != _ONE_SIDED else [])]
    for side, party in armed:
        if party and said in (fold(party.name).casefold(), party.entity, fold(_name(party) or "").casefold()):
            return side
    words = said.split()
    noun = noun_lexicon().find(words, len(words) - 1) if words else None
    meant = noun[0].kind if noun else ""
    fits = [
        side
        for side, party in armed
        if party and meant and (party.kind == meant or (party.state and meant in _OF_A_STATE))
    ]
    return fits[0] if len(fits) == 1 else ""


_OF_A_STATE = frozenset({"state-force", "police", "intelligence"})


def _precision(days: Days) -> int:
    if days.length == 1:
        return 1
    if days.granularity == "week" or days.length == 7:
        return 3
    return 2 if days.length < 7 else 4 if days.in_a_month else 5


def _articles(event: Event, release: Release) -> Row:
    told = [(_plain(one.outlet), one.published or "", _plain(one.title)) for one in release.reports_of(event)]
    return {
        "source_article": [",".join(each) for each in told], "source_office": [each[0] for each in told],
        "source_date": [each[1] for each in told], "source_headline": [each[2] for each in told],
    }  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(re.sub("[;,]", " ", text).split())


def _speakers(event: Event) -> list[str]:
    found = [account for field in event.fields if (account := chosen(field))]
    return list(dict.fromkeys(_plain(voice.name) for account in found for voice in account.voices))


def _where(place: Place | None) -> Row:
    if place is None:
        return {}
    country = countries().by_iso2.get(place.country_code)
    cells: Row = {
        "where_prec": place.precision, "where_coordinates": place.name, "where_description": place.text,
        "adm_1": place.admin1, "country": place.country,
        "country_id": int(country.gw) if country and country.gw else None,
    }  # fmt: skip
    if place.lat is None or place.lon is None:
        return cells
    point: Row = {
        "latitude": place.lat, "longitude": place.lon, "geom_wkt": f"POINT ({place.lon} {place.lat})",
        "priogrid_gid": priogrid(place.lat, place.lon),
    }  # fmt: skip
    return {**cells, **point}


def priogrid(lat: float, lon: float) -> int:
    """Return the cell of PRIO-GRID: half degrees, numbered from 1 in the south-west, row by row eastward."""
    row = min(math.floor((lat + 90) * _CELLS_A_DEGREE), _CELLS_A_ROW // 2 - 1)
    column = min(math.floor((lon + 180) * _CELLS_A_DEGREE), _CELLS_A_ROW - 1)
    return row * _CELLS_A_ROW + column + 1
