"""What the gazetteer knows of one place, and what it answers when asked for a name."""

from __future__ import annotations

from typing import Literal

import msgspec

Step = Literal["exact", "folded", "stripped", "fuzzy", "user", "part"]


class Candidate(msgspec.Struct, frozen=True):
    """A place that a name may mean.

    `key` identifies the entry in this gazetteer; `geonameid` is GeoNames' id, None where the entry is not
    from GeoNames. `feature` is one of: country, admin1, admin2, city, region, sea, lake, river, island,
    mountain, camp, airport, base, crossing. `country` is an ISO 3166-1 alpha-2 code, or several joined by
    "|" for a region of several countries. `admin1` and `admin2` are GeoNames codes ("24", "24.1401") and
    `admin1_name` the English name. `located` says how the point was found: "point" (its own), "label" (a
    point inside its outline), "mean" (of the cities in it), "parent" (the unit above it) or "none".
    `extent_km` is the radius of a disc of its size (0 for a point). `weight` is how likely the name of the
    place means it before anything is known of the text: the decimal logarithm of its population, countries
    above all. `step` is the step of the cascade that matched, `official` whether its main name did, and
    `likeness` how alike the names are, from 0 to 100.
    """

    key: int
    name: str
    feature: str
    country: str
    admin1: str
    admin1_name: str
    admin2: str
    lat: float
    lon: float
    population: int
    extent_km: float
    located: str
    weight: float
    capital: str = ""
    step: Step = "exact"
    official: bool = True
    likeness: float = 100.0

    @property
    def geonameid(self) -> int | None:
        """GeoNames' id, or None where the entry comes from another source."""
        return self.key if self.key > 0 else None

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes of all countries that the place lies in."""
        return tuple(self.country.split("|")) if self.country else ()


class Country(msgspec.Struct, frozen=True):
    """A country: `code` is ISO 3166-1 alpha-2, `south`, `north`, `west` and `east` bound its largest part."""

    code: str
    name: str
    capital: str
    geonameid: int
    lat: float
    lon: float
    south: float
    north: float
    west: float
    east: float
    neighbours: tuple[str, ...]
