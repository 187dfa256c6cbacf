"""Flag where the report's own words contradict the gazetteer: directions, capitals, borders."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

import msgspec

from dateline.knowledge.gazetteer import Candidate, Country, Gazetteer
from dateline.knowledge.loading import load_tsv
from dateline.placing.geography import bearing, compass, degrees_of, distance_km
from dateline.placing.senses import lies_in
from dateline.placing.toponyms import Found
from dateline.records import Flag, Span

CODE = "geography-conflict"
_DIRECTION = r"(?:north|south|east|west)(?:[\- ]?(?:east|west))?(?:ern)?"
_NAME = r"[A-ZÀ-Þ][\w.’'\-]*(?: [A-ZÀ-Þ][\w.’'\-]*){0,3}"
# "Kunduz, ... in northwestern Afghanistan", "in the north-west of Afghanistan"
_SIDE = re.compile(
    rf"(?:,?[^.;:,\n]{{0,70}}?)?,?\s+in\s+(?:the\s+)?(?P<way>{_DIRECTION})\s+(?:of\s+|part\s+of\s+)?(?:the\s+)?"
    rf"(?P<whole>{_NAME})"
)
_OTHER_PLACE = re.compile(r"\b(?:and|to|from|for|near|while|where|who|which)\b")
_BORDER = re.compile(
    rf"[^.;\n]{{0,40}}?\b(?:near|close\s+to|along|on|at)\s+(?:the|its|their)\s+(?:\w+\s+)?(?:border|frontier)\s+with\s+"
    rf"(?:the\s+)?(?P<whole>{_NAME})"
)
# How far off the middle line (as a share of the way from centre to edge) a place must lie on the other side.
_CLEARLY = 0.15
_FAR_FROM_BORDER_KM = 150.0


class Border(msgspec.Struct, frozen=True):
    """A line of borders.tsv: the points of the border of two countries."""

    first: str
    second: str
    points: tuple[str, ...]


@functools.cache
def _borders() -> dict[frozenset[str], tuple[tuple[float, float], ...]]:
    found = {}
    for border in load_tsv("places/borders.tsv", Border):
        points = (point.split(",") for point in border.points)
        found[frozenset((border.first, border.second))] = tuple((float(lat), float(lon)) for lat, lon in points)
    return found


class Checker:
    """Holds the borders and the gazetteer; compares what a report says of its places with them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.borders = _borders()

    def flags(self, text: str, found: Sequence[Found]) -> Iterator[Flag]:
        """Yield a flag for each statement about a place that its position contradicts, each once."""
        said: set[str] = set()
        for one in found:
            if one.place is None or one.place.feature in ("country", "sea") or one.mention is None:
                continue
            for flag in (*self._side(text, one), *self._seat(one), *self._border(text, one)):
                if flag.message not in said:
                    said.add(flag.message)
                    yield flag

    def _side(self, text: str, one: Found) -> Iterator[Flag]:
        """ "Kunduz in northwestern Afghanistan": compare with the middle of the country."""
        after = text[one.toponym.span.end : one.toponym.span.end + 130]
        match = _SIDE.match(after)
        if not match or _OTHER_PLACE.search(after[: match.start("way")]):
            return
        country = self._country(match["whole"])
        place = one.place
        if place is None or country is None or country.code not in place.countries:
            return
        way = degrees_of(match["way"])
        if way is None:
            return
        half_lon = max(country.east - country.lon, country.lon - country.west)
        half_lat = max(country.north - country.lat, country.lat - country.south)
        if half_lon <= 0 or half_lat <= 0 or half_lon > 60:
            return
        x, y = (place.lon - country.lon) / half_lon, (place.lat - country.lat) / half_lat
        wrong = (
            (45 <= way <= 135 and x < -_CLEARLY)
            or (225 <= way <= 315 and x > _CLEARLY)
            or ((way <= 45 or way >= 315) and y < -_CLEARLY)
            or (135 <= way <= 225 and y > _CLEARLY)
        )
        if wrong:
            there = compass(bearing(country.lat, country.lon, place.lat, place.lon))
            end = one.toponym.span.end
            words = Span(end + match.start("way"), end + match.end())
            yield Flag(
                CODE,
                f"{place.name} is said to lie in the {compass(way)} of {country.name}; by its coordinates"
                f" ({place.lat:.2f}, {place.lon:.2f}) it lies in the {there}",
                (one.toponym.span, words),
            )

    def _seat(self, one: Found) -> Iterator[Flag]:
        """ "X, capital of Y" where X does not lie in Y, or Y has another capital."""
        said, place = one.choice.name.seat_of, one.place
        if place is None or said in ("", "=", "?"):
            return
        units = [unit for unit in self.gazetteer.candidates(said)[:6] if unit.feature in ("country", "admin1")]
        units = [unit for unit in units if unit.country == place.country] or units
        if not units or any(self._is_seat(place, unit) for unit in units):
            return
        unit = units[0]
        why = "does not lie in it" if not lies_in(place, unit) else "is not its capital"
        if why == "is not its capital" and unit.feature == "admin1":
            return
        message = f"{place.name} is called the capital of {said}; by the gazetteer it {why}"
        yield Flag(CODE, message, (one.toponym.span,))

    def _is_seat(self, place: Candidate, unit: Candidate) -> bool:
        if not lies_in(place, unit):
            return False
        return place.capital == "country" if unit.feature == "country" else True

    def _border(self, text: str, one: Found) -> Iterator[Flag]:
        """ "X, near the border with Z" where the border is far."""
        place = one.place
        after = text[one.toponym.span.end : one.toponym.span.end + 120]
        match = _BORDER.match(after)
        if not match or place is None or place.extent_km > 60 or _NAMED.search(after[: match.start("whole")]):
            return
        country = self._country(match["whole"])
        if country is None or country.code in place.countries:
            return
        points = self.borders.get(frozenset((place.country, country.code)))
        if points is None:
            known = place.country in self.gazetteer.countries and country.neighbours
            if known and place.country not in country.neighbours:
                message = f"{place.name} is said to lie near the border with {country.name}, which"
                message += " has no land border with its country"
                yield Flag(CODE, message, (one.toponym.span,))
            return
        away = min(distance_km(place.lat, place.lon, lat, lon) for lat, lon in points)
        if away - place.extent_km > _FAR_FROM_BORDER_KM:
            end = one.toponym.span.end
            yield Flag(
                CODE,
                f"{place.name} is said to lie near the border with {country.name}; it lies {away:.0f} km from it",
                (one.toponym.span, Span(end + match.start(), end + match.end())),
            )

    def _country(self, words: str) -> Country | None:
        parts = words.split(" ")
        for size in range(len(parts), 0, -1):
            for place in self.gazetteer.exact(" ".join(parts[:size]))[:1]:
                if place.feature == "country":
                    return self.gazetteer.countries.get(place.country)
        return None


_NAMED = re.compile(r"[A-ZÀ-Þ][a-zà-þ]+")
