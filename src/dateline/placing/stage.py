"""The stage that resolves the names of places and says where each predicate happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.knowledge.actors import countries
from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.trained import Trained
from dateline.placing import recognising
from dateline.placing.checking import Checker
from dateline.placing.cues import cues
from dateline.placing.locating import Locator
from dateline.placing.precision import VAGUE, precision_of
from dateline.placing.theatre import Located, loosened
from dateline.placing.toponyms import Found, find_toponyms, literal_mentions, others, place_mentions, tokens_of
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

    def __init__(self, gazetteer: Gazetteer, trained: Trained | None = None) -> None:
        """Make the stage; without `trained` by rules alone."""
        self.gazetteer = gazetteer
        self.recogniser = trained.linear(recognising.MODEL) if trained else None
        self.countries = countries()
        self.checker = Checker(gazetteer)
        cues()

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return toponyms, placements and flags."""
        report, parse, mentions = dossier.report, dossier.only(Parse), dossier.all(Mention)
        places = place_mentions(report, parse, mentions, self.gazetteer)
        placed = [(mention.first, mention.last) for mention in places]
        scene = recognising.Scene(report.text, parse, mentions, placed, self.gazetteer)
        uses = recognising.recognised(scene, self.recogniser)
        if self.recogniser:
            places = sorted([*places, *literal_mentions(mentions, places, uses)], key=lambda mention: mention.span)
        found = find_toponyms(
            report,
            parse,
            mentions,
            places,
            dossier.all(Debris),
            dossier.all(Block),
            self.gazetteer,
            self.countries,
        )
        locator = Locator(dossier, found, self.gazetteer)
        placements: list[Placement] = []
        by_trigger: dict[Span | None, Placement] = {}
        for predication in dossier.all(Predication):
            if predication.of in by_trigger:  # another number of an event: where that was
                carried = by_trigger[predication.of]
                placements.append(msgspec.structs.replace(carried, trigger=predication.trigger))
                continue
            located = locator.locate(predication)
            if located:
                placements.append(self._placement(predication, located, found, dossier.report.text))
                by_trigger[predication.trigger] = placements[-1]
        used = {span for placement in placements for span in placement.evidence.spans}
        kept = [one for one in found if one.toponym.span in used or self._is_toponym(one, uses)]
        named = [one.toponym for one in kept] + others(dossier.report, parse, uses, kept, self.gazetteer)
        records: list[Record] = [*sorted(named, key=lambda toponym: toponym.span), *placements]
        records.extend(self.checker.flags(dossier.report.text, found))
        return records

    def _is_toponym(self, one: Found, uses: Mapping[recognising.Tokens, recognising.Use]) -> bool:
        """Whether a name that may be that of a place is one."""
        tokens = tokens_of(one)
        if tokens is None:
            return True
        return tokens in uses if self.recogniser else one.grounded

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
