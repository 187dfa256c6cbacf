"""Provinces, their capitals and their districts, as the gazetteer knows them."""

from __future__ import annotations

import functools
from typing import Protocol

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.records import Place

MANY = 20_000  # answers that are remembered
PRECISION = {"city": 1, "admin1": 4, "admin2": 3}


class Units(Protocol):
    """What is asked of a gazetteer: the capital of a province, its districts, a place by name."""

    def capital(self, province: Place) -> Place | None:
        """Return the capital of a province; None where it is unknown."""

    def districts(self, province: Place) -> tuple[Place, ...]:
        """Return the districts of a province but for its capital's; empty where they are unknown."""

    def named(self, name: str, beside: Place) -> Place | None:
        """Return the town, district or province of this name in the country of another place."""

    def district(self, town: Place) -> Place | None:
        """Return the district in which a town lies; None where it is unknown."""

    def feature(self, place: Place) -> str:
        """Return what a place is: city, admin1, admin2, ...; "" where it is unknown."""

    def is_capital(self, place: Place) -> bool:
        """Whether a place is the capital of its province or of its country."""


class GazetteerUnits:
    """The units of the built gazetteer; what was asked once is remembered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._place = functools.lru_cache(maxsize=MANY)(gazetteer.of_key)
        self._inside = functools.lru_cache(maxsize=MANY)(gazetteer.districts)
        self._seat = functools.lru_cache(maxsize=MANY)(gazetteer.seat)
        self._bearing = functools.lru_cache(maxsize=MANY)(self._of_name)

    def capital(self, province: Place) -> Place | None:
        """Return the capital of a province; None where it is unknown."""
        unit = self._unit(province)
        seat = self._seat(province.country_code, unit.admin1) if unit else None
        return _place(seat, province, "the capital of its province") if seat else None

    def districts(self, province: Place) -> tuple[Place, ...]:
        """Return the districts of a province but for its capital's; empty where they are unknown."""
        unit = self._unit(province)
        if unit is None:
            return ()
        seat = self._seat(province.country_code, unit.admin1)
        inside = self._inside(province.country_code, unit.admin1)
        return tuple(
            _place(one, province, "a district of the province")
            for one in inside
            if seat is None or (one.admin2 != seat.admin2 and one.name != seat.name)
        )

    def named(self, name: str, beside: Place) -> Place | None:
        """Return the town, district or province of this name in the country of another place."""
        found = self._bearing(name, beside.country_code) if name[:1].isupper() else None
        return _place(found, beside, f"assumed: the {found.feature} of this name in the country") if found else None

    def district(self, town: Place) -> Place | None:
        """Return the district in which a town lies; None where it is unknown."""
        found = self._found(town)
        if found is None or not found.admin2:
            return None
        inside = self._inside(found.country, found.admin1)
        return next((_place(one, town, "a district") for one in inside if one.admin2 == found.admin2), None)

    def feature(self, place: Place) -> str:
        """Return what a place is: city, admin1, admin2, ...; "" where it is unknown."""
        found = self._found(place)
        return found.feature if found else ""

    def is_capital(self, place: Place) -> bool:
        """Whether a place is the capital of its province or of its country."""
        found = self._found(place)
        if found is not None:
            return bool(found.capital) or self._stands_for_seat(found)
        named = self.gazetteer.candidates(place.name, [place.country_code])
        return any(bool(one.capital) and one.admin1_name == place.admin1 for one in named)

    def _found(self, place: Place) -> Candidate | None:
        return self._place(place.geonameid) if place.geonameid else None

    def _stands_for_seat(self, one: Candidate) -> bool:
        """Whether a district stands for the capital of its province, which GeoNames has not."""
        seat = self._seat(one.country, one.admin1) if one.feature == "admin2" else None
        return seat is not None and seat.geonameid is None and seat.name == one.name

    def _of_name(self, name: str, country: str) -> Candidate | None:
        found = [one for one in self.gazetteer.candidates(name, [country]) if one.step != "fuzzy"]
        kept = [one for one in found if one.feature in PRECISION and one.country == country]
        # A capital bears the name of its province as often as not: the bare name of what is taken is the town.
        if not name.casefold().endswith("province"):
            kept.sort(key=lambda one: not (one.feature == "city" and one.capital))
        return kept[0] if kept else None

    def _unit(self, province: Place) -> Candidate | None:
        found = self._found(province)
        if found is not None and found.feature == "admin1":
            return found
        named = self.gazetteer.candidates(province.name, [province.country_code])
        return next((one for one in named if one.feature == "admin1" and one.country == province.country_code), None)


def _place(one: Candidate, beside: Place, reason: str) -> Place:
    return Place(
        name=one.name, text="", country=beside.country, country_code=beside.country_code,
        precision=PRECISION.get(one.feature, 5), reason=reason, admin1=one.admin1_name or beside.admin1,
        geonameid=one.geonameid, lat=one.lat, lon=one.lon,
    )  # fmt: skip
