"""What a name of a place may mean: candidates of the gazetteer with what the words beside the name say of each."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from dateline.knowledge.actors import countries
from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.gazetteer.builder import features
from dateline.knowledge.loading import load_tsv
from dateline.placing.context import Name
from dateline.placing.cues import cues
from dateline.placing.geography import distance_km


class RegionDemonym(msgspec.Struct, frozen=True):
    """A line of demonyms.tsv: what the people of a unit or region are called; `country` is a code or ""."""

    word: str
    place: str
    country: str


class Option:
    """A candidate of a name on the way: what speaks for it, and its score.

    `fit` is how well its class agrees with the words' (1, 0.5, -1; 0 where they say none); `inside`, `seat`:
    the text puts it in a unit that holds it, or calls it a seat; `people`: the name is one of nationality;
    `part`: the name only contains the place's. `own` is the score by itself, `added` what the rest of the
    report adds, `share` its share among the candidates of the name. `support` and `unit_support` are the
    shares of the votes of the other names for its country and unit, `witnesses` how many votes there are,
    `pull` how near the others' places lie, and `company` how near what one of them may mean.
    """

    __slots__ = (
        "added", "company", "fit", "grounds", "inside", "own", "part", "people", "place", "pull", "seat", "share",
        "support", "unit_support", "witnesses",
    )  # fmt: skip

    def __init__(self, place: Candidate) -> None:
        self.place = place
        self.grounds: list[str] = []
        self.fit = self.own = self.added = self.share = self.support = self.unit_support = self.witnesses = 0.0
        self.pull = self.company = 0.0
        self.inside = self.seat = self.people = self.part = False

    @property
    def score(self) -> float:
        """The score by itself and by the rest of the report."""
        return self.own + self.added


def options_of(name: Name, gazetteer: Gazetteer, likely: Sequence[str]) -> list[Option]:
    """Return what `name` may mean, in no order; `likely` are codes of countries that the report speaks of."""
    found = gazetteer.candidates(name.surface, likely)
    people = of_nationality(name.surface, gazetteer)
    parts: list[Candidate] = []
    if found and found[0].feature == "country" and name.hint in ("city", "camp", "airport", "crossing"):
        # "Congo town", "Syria camp": a place in the country, whose name is not given.
        name = msgspec.structs.replace(name, hint="")
    if not found or found[0].step == "fuzzy":
        parts = [] if people else of_part(name.surface, gazetteer, likely)
    if (people or parts) and found and found[0].step != "exact":
        found = []
    containers = [place for unit in name.inside for place in gazetteer.candidates(unit, likely)[:8]]
    known = {place.key for place in people}
    made = []
    for place in (*people, *(place for place in found if place.key not in known), *parts):
        if place.located == "none":
            continue
        option = Option(place)
        option.people, option.part = place.key in known, bool(parts)
        _read(option, name, containers)
        made.append(option)
    return made


def _read(option: Option, name: Name, containers: Sequence[Candidate]) -> None:
    """Note what the words beside the name say of a candidate."""
    place = option.place
    option.grounds.append(_size(place))
    if option.people:
        option.grounds.append("the word for its people")
    if option.part:
        option.grounds.append(f"the name contains that of {place.name}")
    if place.step == "fuzzy":
        option.grounds.append(f"spelt nearly so ({place.likeness:.0f} of 100)")
    if name.hint and not option.part:
        option.fit = fitness(name.hint, place.feature)
        if option.fit > 0:
            option.grounds.append(f"the words call it a {name.hint}")
    if name.seat_of and place.capital in ("admin1", "country"):
        option.seat = True
        option.grounds.append("the seat of its province, as the text says")
    around = next((unit for unit in containers if lies_in(place, unit)), None)
    if around:
        option.inside = True
        option.grounds.append(f"the text puts it in {around.name}")


def _size(place: Candidate) -> str:
    if place.feature == "country":
        return "a country of that name"
    return f"{place.population:,} inhabitants" if place.population else f"a {place.feature} of that name"


def is_nationality(surface: str, gazetteer: Gazetteer) -> bool:
    """Whether a word describes the people of a country or unit ("Syrian", "Chechens")."""
    return any(_peoples(surface)) or surface.lower() in gazetteer.demonyms


def of_nationality(surface: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the countries or units whose people a word describes; often none."""
    codes, units = _peoples(surface)
    if found := [place for line in units if (place := _of_line(line, gazetteer))]:
        return found
    if not codes and (code := gazetteer.demonyms.get(surface.lower())):
        codes = (code,)
    rows = (gazetteer.countries.get(code) for code in codes)
    places = (gazetteer.of_key(row.geonameid) for row in rows if row)
    return [place for place in places if place]


@functools.lru_cache(maxsize=20_000)
def _peoples(surface: str) -> tuple[tuple[str, ...], tuple[RegionDemonym, ...]]:
    """Return the codes of countries and the units of which a capitalised word describes the people."""
    codes = tuple(row.iso2 for row in countries().by_demonym(surface)) if surface[:1].isupper() else ()
    return codes, _region_demonyms().get(surface, ())


def _of_line(line: RegionDemonym, gazetteer: Gazetteer) -> Candidate | None:
    fits = (p for p in gazetteer.exact(line.place) if not line.country or line.country in p.countries)
    return next(fits, None)


@functools.cache
def _region_demonyms() -> dict[str, tuple[RegionDemonym, ...]]:
    held: dict[str, tuple[RegionDemonym, ...]] = {}
    for line in load_tsv("places/demonyms.tsv", RegionDemonym):
        held[line.word] = (*held.get(line.word, ()), line)
    return held


def of_part(surface: str, gazetteer: Gazetteer, likely: Sequence[str]) -> list[Candidate]:
    """Return what the place's name inside the name of a building or institution may mean.

    "Kunduz General Hospital" is at Kunduz, "Bank of Japan" in Japan: all words besides are words of
    buildings, institutions and their kind. An empty list where there is no such part.
    """
    span = part_of(surface, gazetteer)
    if span is None:
        return []
    words = surface.split(" ")
    name = " ".join(words[span[0] : span[1]])
    found = of_nationality(name, gazetteer) or gazetteer.candidates(name, likely)
    return [msgspec.structs.replace(place, step="part", official=False) for place in found]


def part_of(surface: str, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """Return which words (half-open) of the name of a building or institution are the name of a place."""
    words = surface.split(" ")
    ordinary = [word.lower().strip(".,'’").removesuffix("'s").removesuffix("’s") in _institutions() for word in words]
    rest = [number for number, plain in enumerate(ordinary) if not plain]
    if not rest or len(rest) == len(words):
        return None
    first, last = rest[0], rest[-1] + 1
    name = " ".join(words[first:last]).rstrip(".,")
    if not name[:1].isupper():
        return None
    return (first, last) if gazetteer.has_name(name) or is_nationality(name, gazetteer) else None


@functools.cache
def _institutions() -> frozenset[str]:
    known = cues()
    return known.parts.institutions | known.locative.classes


def fitness(hint: str, feature: str) -> float:
    """Return how well a class fits the one that the words say: 1 the same, 0.5 a near one, else -1."""
    if hint == feature:
        return 1.0
    return 0.5 if feature in features().near.get(hint, ()) else -1.0


def lies_in(place: Candidate, unit: Candidate) -> bool:
    """Whether `place` lies in `unit`, by their codes."""
    if unit.key == place.key or not set(place.countries) & set(unit.countries):
        return False
    if unit.feature == "country":
        return place.feature != "country"
    if unit.feature == "admin1":
        return place.admin1 == unit.admin1 and place.feature not in ("country", "admin1")
    if unit.feature == "admin2":
        return place.admin2 == unit.admin2 and place.feature not in ("country", "admin1", "admin2")
    if unit.feature == "region" and place.feature not in ("country", "region"):
        return distance_km(place.lat, place.lon, unit.lat, unit.lon) <= unit.extent_km * 1.3
    return False
