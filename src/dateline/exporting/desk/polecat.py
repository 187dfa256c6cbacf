"""Events in the 40 columns of POLECAT's weekly files.

Events without a PLOVER type stay out, and what did not happen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dateline.exporting.desk.holdings import Release
from dateline.exporting.desk.parties import Party, parties
from dateline.exporting.desk.tables import Row, Table, table_of
from dateline.knowledge.actors import countries
from dateline.knowledge.exports import lists, plover_rows
from dateline.records import Event, Place

_TOLD = ("affirmed", "disputed")
_TOWN = (1, 2)
# PLOVER has organisations of states not as a sector, but in the place of a country.
_NO_STATE = {"IGO": "IGO"}


def polecat(release: Release) -> Table:
    """Return the events that have a PLOVER type, in POLECAT's columns."""
    rows, left_out = [], Counter[str]()
    for event in release.events:
        if event.happened not in _TOLD:
            left_out["denied, feared or planned"] += 1
        elif not event.plover:
            left_out["no PLOVER type"] += 1
        else:
            rows.append(_row(event, release))
    return table_of("polecat", rows, dict(sorted(left_out.items())))


def _row(event: Event, release: Release) -> Row:
    who, told = parties(event, release), release.reports_of(event)
    scored = {(row.plover, row.mode): row for row in plover_rows()}
    row = scored.get((event.plover, event.mode)) or scored.get((event.plover, ""))
    intensity, quad = (row.intensity, row.quad) if row else ("", "")
    return {
        "Event ID": event.id, "Event Date": event.time.start if event.time else None, "Event Type": event.plover,
        "Event Mode": event.mode, "Intensity": float(intensity) if intensity else None,
        "Quad Code": lists()["polecat_quad"][int(quad) - 1] if quad else None,
        **_who("Actor", who.actors), **_who("Recipient", who.targets), **_where(event.place),
        "Source": list(dict.fromkeys(one.outlet for one in told if one.outlet)),
        "Publication Date": next((one.published for one in told if one.published), None),
        "Language": list(dict.fromkeys(one.language for one in told if one.language)),
        "Version": f"Dateline {release.made_by['dateline']}" if "dateline" in release.made_by else None,
    }  # fmt: skip


def _who(role: str, found: Sequence[Party]) -> Row:
    by_code = countries().by_iso2
    states = [by_code.get(one.country) for one in found]
    told = [one.known.plover_sector if one.known else "" for one in found]
    sectors = [one if one in lists()["sector"] else "" for one in told]
    return {
        f"{role} Name": [one.name for one in found],
        f"{role} Country": [
            state.iso3 if state else _NO_STATE.get(sector, "") for state, sector in zip(states, told, strict=True)
        ],
        f"{role} COW": [state.cow if state else "" for state in states],
        f"Primary {role} Sector": sectors[0] if sectors else None, f"{role} Sectors": sectors,
    }  # fmt: skip


def _where(place: Place | None) -> Row:
    if place is None:
        return {}
    country = countries().by_iso2.get(place.country_code)
    return {
        "Placename": place.name, "City": place.name if place.precision in _TOWN else None,
        "Province": place.admin1, "Country": country.iso3 if country else None, "Latitude": place.lat,
        "Longitude": place.lon, "GeoNames ID": place.geonameid, "Raw Placename": place.text,
    }  # fmt: skip
