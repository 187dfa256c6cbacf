"""Look up names in the built gazetteer: exact, then forgiving, then nearly alike within chosen countries."""

from __future__ import annotations

import functools
import os
import sqlite3
import threading
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import msgspec

from dateline.knowledge.gazetteer.builder import stripped_name
from dateline.knowledge.gazetteer.folding import exact_key, folded_key
from dateline.knowledge.gazetteer.location import content_version, default_path
from dateline.knowledge.gazetteer.model import Candidate, Country, Step
from dateline.knowledge.gazetteer.user import read_csv
from dateline.knowledge.loading import ROOT
from dateline.records import GazetteerError

_COLUMNS = (
    "p.key, p.name, p.feature, p.country, p.admin1, p.admin1_name, p.admin2, p.lat, p.lon, p.population,"
    " p.extent_km, p.located, p.weight, p.capital"
)
_BY_NAME = f"SELECT n.exact, n.official, {_COLUMNS} FROM name n JOIN place p ON p.key = n.place WHERE n.folded = ?"
_BY_KEY = f"SELECT {_COLUMNS} FROM place p WHERE p.key = ?"
_BY_UNIT = (
    f"SELECT {_COLUMNS} FROM place p WHERE p.feature = 'admin1' AND p.country = ? AND p.admin1 = ?"
    " ORDER BY p.population DESC"
)
_INSIDE = (
    f"SELECT {_COLUMNS} FROM place p WHERE p.feature = 'admin2' AND p.country = ? AND p.admin1 = ?"
    " ORDER BY p.name, p.key"
)
# That the capital is not empty is said for SQLite, which else does not see that the index of seats serves.
_SEAT = (
    f"SELECT {_COLUMNS} FROM place p"
    " WHERE p.feature = 'city' AND p.country = ? AND p.capital != '' AND p.capital = 'country'"
)
_UNIT_SEAT = (
    f"SELECT {_COLUMNS} FROM place p WHERE p.feature = 'city' AND p.country = ? AND p.capital != '' AND p.admin1 = ?"
)
_LEAST_LIKENESS = 85.0
_SHORTEST_FUZZY = 5
_COMMAND = "build it with: dateline gazetteer build"

Found = tuple[str, Candidate]


class Gazetteer:
    """The built gazetteer, read-only. Safe to share between threads, to fork, and to send to other processes.

    Look-ups are remembered; one that is not costs about 0.1 ms, a fuzzy one some milliseconds.
    """

    def __init__(self, path: Path, own: Collection[Path] = ()) -> None:
        self._path = path
        self._local = threading.local()
        self._own_paths: tuple[Path, ...] = ()
        self._own: dict[str, list[Found]] = {}
        self._digests: tuple[str, ...] = ()
        self._stop = _ordinary_words()
        self._forget()
        try:
            self._built = str(self._rows("SELECT value FROM meta WHERE name = 'version'", ())[0][0])
        except (sqlite3.Error, IndexError) as error:
            raise GazetteerError(f"{path}: not a gazetteer or damaged ({error}); {_COMMAND}") from error
        for table in own:
            self.add_csv(table)

    @classmethod
    def open(cls, path: Path | None = None, own: Collection[Path] = ()) -> Gazetteer:
        """Open the gazetteer at `path` (default: the one of this version), with the user's tables `own`.

        Raises GazetteerError, which names the command that builds it, where it is absent, of another
        version or damaged.
        """
        target = path or default_path()
        if not target.is_file():
            raise GazetteerError(f"{target}: there is no gazetteer of this version; {_COMMAND}")
        gazetteer = cls(target, own)
        if gazetteer._built != content_version():
            raise GazetteerError(f"{target}: version {gazetteer._built}, not {content_version()}; {_COMMAND}")
        return gazetteer

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path, tuple[Path, ...]]]:
        return Gazetteer, (self._path, self._own_paths)

    @property
    def version(self) -> str:
        """The hash of all that the gazetteer was made of, and of the tables that the user added."""
        return "+".join((self._built, *self._digests))

    def add_csv(self, path: Path) -> int:
        """Add the places of a user's CSV file and return how many there are.

        Columns: name, lat, lon and, where known, country, admin1, feature, extent_km, aliases (split at
        "|"). Raises ReadingError naming the line that cannot be read.
        """
        digest, places = read_csv(path, self._admin1_code)
        for names, place in places:
            for position, name in enumerate(names):
                entry = (exact_key(name), _with(place, "user", position == 0, 100.0))
                self._own.setdefault(folded_key(name), []).append(entry)
        self._own_paths = (*self._own_paths, path)
        self._digests = (*self._digests, digest)
        self._forget()
        return len(places)

    def exact(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that bear this name, accents and punctuation aside, weightiest first."""
        key = exact_key(name)
        return tuple(place for exact, place in self._named(folded_key(name)) if exact == key)

    def folded(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that bear this name in some romanisation, weightiest first; each place once."""
        return _once(_with(place, "folded", place.official) for _, place in self._named(folded_key(name)))

    def fuzzy(self, name: str, countries: Iterable[str], least: float = _LEAST_LIKENESS) -> tuple[Candidate, ...]:
        """Return the places of `countries` (ISO codes) whose names are nearly this one, most alike first.

        Likeness is rapidfuzz's normalised indel similarity of the folded keys, from 0 to 100. Names of fewer
        than five letters are never matched so.
        """
        key = folded_key(name)
        if len(key) < _SHORTEST_FUZZY:
            return ()
        return self._fuzzy(key, tuple(sorted(set(countries))), least)

    def candidates(self, name: str, countries: Iterable[str] = ()) -> list[Candidate]:
        """Return what `name` may mean, by the first steps of the cascade that give something.

        Exact matches, and with them folded ones in `countries`; else folded ones anywhere; else the name
        without words of class ("Zabul province"); else fuzzy ones in `countries`.
        """
        wanted = frozenset(countries)
        named = self._candidates(name, wanted)
        if not named and (bare := stripped_name(name)) != name:
            named = tuple(_with(place, "stripped", place.official) for place in self._candidates(bare, wanted))
        return list(named or self.fuzzy(name, wanted))

    def has_name(self, surface: str) -> bool:
        """Whether a place bears this name; False for capitalised words that seldom mean the place.

        Spellings are forgiven only in names of several parts.
        """
        return self.best_feature(surface) != ""

    def best_feature(self, surface: str) -> str:
        """Return the feature of the weightiest place that `has_name` would find, or ""."""
        return self._best_feature(surface)

    def of_key(self, key: int) -> Candidate | None:
        """Return the place with this key or GeoNames id."""
        rows = self._rows(_BY_KEY, (key,))
        return Candidate(*rows[0]) if rows else None

    def unit(self, country: str, admin1: str) -> Candidate | None:
        """Return the first-order unit of a country with this GeoNames code, or None."""
        rows = self._rows(_BY_UNIT, (country, admin1)) if admin1 else []
        return Candidate(*rows[0]) if rows else None

    def districts(self, country: str, admin1: str) -> tuple[Candidate, ...]:
        """Return the second-order units of a first-order unit with this code, by name; reads all places once."""
        return tuple(Candidate(*row) for row in self._rows(_INSIDE, (country, admin1))) if admin1 else ()

    def seat(self, country: str, admin1: str = "") -> Candidate | None:
        """Return the capital of a country, or of its first-order unit with this code; None where unknown."""
        rows = self._rows(_UNIT_SEAT, (country, admin1)) if admin1 else self._rows(_SEAT, (country,))
        return Candidate(*rows[0]) if rows else None

    @functools.cached_property
    def countries(self) -> dict[str, Country]:
        """All countries by code."""
        query = "SELECT code, name, capital, geonameid, lat, lon, south, north, west, east, neighbours "
        query += "FROM country"
        found = {}
        for code, name, capital, geonameid, *bounds, neighbours in self._rows(query, ()):
            lat, lon, south, north, west, east = (cell or 0.0 for cell in bounds)
            beside = tuple(filter(None, neighbours.split(",")))
            found[code] = Country(code, name, capital, geonameid, lat, lon, south, north, west, east, beside)
        return found

    @functools.cached_property
    def demonyms(self) -> dict[str, str]:
        """Country codes by word of nationality, in small letters ("afghan", "afghans")."""
        return dict(self._rows("SELECT word, country FROM demonym", ()))

    def _forget(self) -> None:
        """Drop what was remembered of earlier look-ups."""
        self._named = functools.lru_cache(maxsize=20_000)(self._look_up)
        self._fuzzy = functools.lru_cache(maxsize=4_000)(self._look_alike)
        self._candidates = functools.lru_cache(maxsize=20_000)(self._cascade)
        self._best_feature = functools.lru_cache(maxsize=50_000)(self._best)
        self._vocabulary = functools.lru_cache(maxsize=256)(self._words_of)

    def _rows(self, query: str, values: tuple[object, ...]) -> list[Any]:
        # A connection belongs to one thread, and must not be carried over a fork.
        local = self._local
        if getattr(local, "pid", None) != os.getpid():
            uri = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
            local.file, local.pid = sqlite3.connect(uri, uri=True, check_same_thread=False), os.getpid()
        rows: list[Any] = local.file.execute(query, values).fetchall()
        return rows

    def _look_up(self, folded: str) -> tuple[Found, ...]:
        found: list[Found] = []
        for exact, official, *cells in self._rows(_BY_NAME, (folded,)):
            found.append((exact, _with(Candidate(*cells), "exact", bool(official))))
        found.extend(self._own.get(folded, ()))
        return tuple(sorted(found, key=lambda entry: (-entry[1].weight, entry[1].key)))

    def _cascade(self, name: str, countries: frozenset[str]) -> tuple[Candidate, ...]:
        exact, folded = self.exact(name), self.folded(name)
        if not exact:
            return folded
        return _once((*exact, *(place for place in folded if countries.intersection(place.countries))))

    def _look_alike(self, key: str, countries: tuple[str, ...], least: float) -> tuple[Candidate, ...]:
        from rapidfuzz import fuzz, process

        alike: list[Candidate] = []
        for country in countries:
            words = self._vocabulary(country, key[0])
            for word, likeness, _ in process.extract(key, words, scorer=fuzz.ratio, score_cutoff=least, limit=5):
                alike.extend(
                    _with(place, "fuzzy", place.official, likeness)
                    for _, place in self._named(word)
                    if country in place.countries
                )
        return _once(sorted(alike, key=lambda place: (-place.likeness, -place.weight, place.key)))

    def _words_of(self, country: str, letter: str) -> list[str]:
        """Return the folded keys of a country's names with this first letter, which misspelt ones keep."""
        rows = self._rows("SELECT keys FROM vocabulary WHERE country = ? AND letter = ?", (country, letter))
        return str(rows[0][0]).split("\n") if rows else []

    def _best(self, surface: str) -> str:
        if exact_key(surface) in self._stop:
            return ""
        found = self.exact(surface)
        # A single word is too easily like some village; one of several parts seldom is by chance.
        if not found and (" " in surface or "-" in surface):
            found = self.folded(surface)
        return found[0].feature if found else ""

    def _admin1_code(self, country: str, name: str) -> tuple[str, str]:
        """Return code and name of the first-order unit of `country` with this name; empty where unknown."""
        for place in self.candidates(name, [country]) if name else ():
            if place.feature == "admin1" and place.country == country:
                return place.admin1, place.admin1_name
        return "", name


def _with(place: Candidate, step: Step, official: bool, likeness: float | None = None) -> Candidate:
    alike = place.likeness if likeness is None else likeness
    return msgspec.structs.replace(place, step=step, official=official, likeness=alike)


def _once(places: Iterable[Candidate]) -> tuple[Candidate, ...]:
    first: dict[int, Candidate] = {}
    for place in places:
        first.setdefault(place.key, place)
    return tuple(first.values())


@functools.cache
def _ordinary_words() -> frozenset[str]:
    """Return keys of capitalised words that also name some village, but in a report seldom do."""
    lines = (ROOT / "places/not_places.txt").read_text("utf-8").splitlines()
    return frozenset(exact_key(word) for line in lines if not line.startswith("#") for word in line.split(","))
