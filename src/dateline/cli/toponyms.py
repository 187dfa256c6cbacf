"""`dateline places`: what a name of a place may mean, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from dateline.cli.stopping import columns, put, say
from dateline.exporting.wording import PRECISION, shown
from dateline.knowledge.gazetteer import Gazetteer
from dateline.placing import Explanation, explain
from dateline.records import UsageError

NONE_FOUND = 3


class CandidateOut(msgspec.Struct, frozen=True):
    """A candidate in the shape of the JSON."""

    rank: int
    name: str
    score: float
    step: str
    feature: str
    country: str
    admin1: str
    geonameid: int | None
    lat: float
    lon: float
    population: int
    precision: int
    reason: str


def print_candidates(
    name: str, countries: Sequence[str], beside: Sequence[str], own: Sequence[str], as_json: bool
) -> int:
    """Print the candidates of a name, best first; return the exit status: 3 where there is none."""
    gazetteer = Gazetteer.open(own=[Path(path) for path in own])
    codes = [code.upper() for code in countries]
    for code in codes:
        if code not in gazetteer.countries:
            raise UsageError(
                f"--country {code}: no such country; give its code of two letters (ISO 3166-1), such as AF"
            )
    found = [_out(rank, one) for rank, one in enumerate(explain(name, gazetteer, countries=codes, beside=beside), 1)]
    if as_json:
        put(b"".join(msgspec.json.encode(one) + b"\n" for one in found))
    elif found:
        put(_table(found, gazetteer))
    if not found:
        say(f"dateline: no place bears the name {name!r}. Try --country CC, or add it with --places CSV.")
    return 0 if found else NONE_FOUND


def _out(rank: int, one: Explanation) -> CandidateOut:
    place = one.place
    return CandidateOut(
        rank, place.name, round(one.score, 3), one.step, place.feature, place.country, place.admin1_name,
        place.geonameid, place.lat, place.lon, place.population, one.precision, one.reason,
    )  # fmt: skip


def _table(found: Sequence[CandidateOut], gazetteer: Gazetteer) -> str:
    import textwrap

    lines = []
    for one in found:
        country = gazetteer.countries.get(one.country)
        where = ", ".join(
            dict.fromkeys(part for part in (one.name, one.admin1, country.name if country else one.country) if part)
        )
        lines.append(f"{one.rank:>3}  {shown(where)}  [score {one.score:.2f}]")
        ident = f"GeoNames {one.geonameid}" if one.geonameid else "our own table"
        people = f" · {one.population:,} inhabitants" if one.population else ""
        facts = f"{one.feature} · {one.lat:.4f}, {one.lon:.4f} · {ident}{people} · name matched: {one.step}"
        why = f"precision {one.precision} {PRECISION.get(one.precision, '')}; {one.reason}"
        for line in (facts, why):
            lines += textwrap.wrap(shown(line), columns() - 5, initial_indent=" " * 5, subsequent_indent=" " * 7)
    return "\n".join(lines) + "\n"
