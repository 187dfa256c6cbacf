"""Events in the 61 columns of a GDELT 2.0 events file. What did not happen stays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dateline.exporting.desk.days import days_of
from dateline.exporting.desk.holdings import Release
from dateline.exporting.desk.parties import Party, is_thing, parties
from dateline.exporting.desk.tables import Row, Table, table_of, utc
from dateline.knowledge.actors import countries
from dateline.knowledge.exports import cameo, fips, goldstein, lists
from dateline.records import Event, Filed, Place

_TOLD = ("affirmed", "disputed")
# The last root code of verbal cooperation, material cooperation, verbal conflict, material conflict.
_QUADS = (("05", 1), ("08", 2), ("13", 3), ("20", 4))
_TYPES = {"IGO": "IGO", "JRN": "MED", "SOC": "NGO", "MED": "", "PRM": ""}


def gdelt(release: Release) -> Table:
    """Return the events that happened, or of which that is disputed, in GDELT's columns."""
    rows, left_out = [], Counter[str]()
    for event in release.events:
        if event.happened in _TOLD:
            rows.append(_row(event, release))
        else:
            left_out["denied, feared or planned"] += 1
    return table_of("gdelt", rows, dict(sorted(left_out.items())))


def _row(event: Event, release: Release) -> Row:
    who, known = parties(event, release), release.claims_of(event)
    code = cameo(event.plover, event.mode, event.effect, event.acled[0] if event.acled else "")
    return {
        "GlobalEventID": event.id, **_dated(event), **_who(1, who.actors), **_who(2, who.targets),
        "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2],
        "QuadClass": next((quad for last, quad in _QUADS if code[:2] <= last), None) if code else None,
        "GoldsteinScale": goldstein(code) if code else None, "NumMentions": len(event.claims),
        "NumSources": len({one.outlet for one in known if one.outlet}) or None, "NumArticles": len(event.reports),
        **_where(event.place), "DATEADDED": _added(known),
        "SOURCEURL": next((one.url for one in release.reports_of(event) if one.url), None),
    }  # fmt: skip


def _dated(event: Event) -> Row:
    days = days_of(event.time)
    if days is None:
        return {}
    day = days.first
    fraction = min((day.month * 30 + day.day) / 365, 0.9999)
    return {
        "Day": int(f"{day:%Y%m%d}"), "MonthYear": int(f"{day:%Y%m}"), "Year": day.year,
        "FractionDate": round(day.year + fraction, 4),
    }  # fmt: skip


def _who(number: int, found: Sequence[Party]) -> Row:
    party = next((one for one in found if not is_thing(one)), None)
    if party is None:
        return {}
    country = countries().by_iso2.get(party.country)
    sector = party.known.plover_sector if party.known else ""
    kind = _TYPES.get(sector, sector)
    kind = kind if kind in lists()["gdelt_actor_type"] else ""
    iso3 = country.iso3 if country else ""
    return {
        f"Actor{number}Code": f"{iso3}{kind}", f"Actor{number}Name": party.name.upper(),
        f"Actor{number}CountryCode": iso3, f"Actor{number}Type1Code": kind,
    }  # fmt: skip


def _where(place: Place | None) -> Row:
    if place is None:
        return {}
    names = dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part)
    return {
        "ActionGeo_Type": _kind(place), "ActionGeo_FullName": ", ".join(names),
        "ActionGeo_CountryCode": fips().get(place.country_code), "ActionGeo_Lat": place.lat,
        "ActionGeo_Long": place.lon,
    }  # fmt: skip


def _kind(place: Place) -> int | None:
    home = place.country_code == "US"
    return {1: 3 if home else 4, 2: 3 if home else 4, 4: 2 if home else 5, 6: 1}.get(place.precision)


def _added(known: Sequence[Filed]) -> int | None:
    moments = [moment for one in known if (moment := utc(one.known))]
    return int("".join(char for char in min(moments) if char.isdigit())) if moments else None
