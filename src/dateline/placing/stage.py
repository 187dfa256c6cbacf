"""The stage that resolves the names of places and says where each predicate happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.knowledge.actors import countries
from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.placing.checking import Checker
from dateline.placing.cues import cues
from dateline.placing.locating import Located, Locator, loosened
from dateline.placing.precision import VAGUE, precision_of
from dateline.placing.toponyms import Found, find_toponyms
from dateline.records import (
    Attribution,
    Block,
    Contract,
    Debris,
    Dossier,
    Evidence,
    Flag,
    Mention,
    Parse,
    Place,
    Placement,
    Predication,
    Record,
    Reference,
    Span,
    Toponym,
)

CONFIDENCE = {
    "clause": "high",
    "heading": "high",
    "sentence": "medium",
    "source": "medium",
    "same event": "medium",
}


class Placing:
    """Adds the toponyms of a report, a placement for each predicate that has a place, and flags."""

    contract = Contract(
        "placing",
        frozenset({Block, Debris, Parse, Mention, Reference, Attribution, Predication}),
        frozenset({Toponym, Placement, Flag}),
    )

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.countries = countries()
        self.checker = Checker(gazetteer)
        cues()

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return toponyms in text order, then placements, then flags."""
        found = find_toponyms(
            dossier.report,
            dossier.only(Parse),
            dossier.all(Mention),
            dossier.all(Debris),
            dossier.all(Block),
            self.gazetteer,
            self.countries,
        )
        locator = Locator(dossier, found, self.gazetteer)
        records: list[Record] = [one.toponym for one in found]
        for predication in dossier.all(Predication):
            located = locator.locate(predication)
            if located:
                records.append(self._placement(predication, located, found, dossier.report.text))
        records.extend(self.checker.flags(dossier.report.text, found))
        return records

    def _placement(self, predication: Predication, located: Located, found: Sequence[Found], text: str) -> Placement:
        toponym, place = located.found.toponym, located.found.place
        reason = [located.reason, toponym.reason]
        if located.spread and place and (unit := self._unit(place, located.spread)):
            stated = self._of_unit(unit, located, text)
        else:
            code = loosened(toponym.precision, located.loss)
            lat, lon, name = toponym.lat, toponym.lon, toponym.name
            other = _other_end(located.found, found)
            if other and lat is not None and lon is not None and other.place:
                lat, lon = (lat + other.place.lat) / 2, (lon + other.place.lon) / 2
                code, name = VAGUE, f"between {name} and {other.toponym.name}"
                reason.append("a point half way")
            stated = Place(
                name=name,
                text=located.words.of(text),
                country=self._country_name(toponym.country),
                country_code=toponym.country,
                precision=code,
                reason="; ".join(reason),
                admin1=toponym.admin1,
                geonameid=toponym.geonameid,
                lat=lat,
                lon=lon,
                span=located.words,
            )
        spans: tuple[Span, ...] = tuple(dict.fromkeys((located.words, toponym.span)))
        confidence = CONFIDENCE.get(located.step, "low")
        evidence = Evidence(spans, "placing", f"place.{located.step.replace(' ', '-')}", confidence)
        return Placement(predication.trigger, stated, evidence)

    def _unit(self, place: Candidate, feature: str) -> Candidate | None:
        """Return the unit that holds a place: the first-order one, or the country."""
        if feature == "admin1":
            return self.gazetteer.unit(place.country, place.admin1)
        country = self.gazetteer.countries.get(place.country)
        return self.gazetteer.of_key(country.geonameid) if country else None

    def _of_unit(self, unit: Candidate, located: Located, text: str) -> Place:
        code, why = precision_of(unit)
        return Place(
            name=unit.name,
            text=located.words.of(text),
            country=self._country_name(unit.country),
            country_code=unit.country,
            precision=code,
            reason=f"{located.reason}; {why}",
            admin1=unit.admin1_name,
            geonameid=unit.geonameid,
            lat=round(unit.lat, 5),
            lon=round(unit.lon, 5),
            span=located.words,
        )

    def _country_name(self, code: str) -> str:
        row = self.countries.by_iso2.get(code)
        if row:
            return row.name
        known = self.gazetteer.countries.get(code)
        return known.name if known else ""


def _other_end(one: Found, found: Sequence[Found]) -> Found | None:
    """Return Y of "between X and Y" where `one` is X, or None."""
    if one.choice.name.between is None:
        return None
    start = one.toponym.span.end
    return next((other for other in found if 0 < other.toponym.span.start - start <= 12), None)
