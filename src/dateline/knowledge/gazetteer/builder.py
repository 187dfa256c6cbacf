"""Join the sources into one SQLite file: places, names under a folded key, countries, demonyms."""

from __future__ import annotations

import contextlib
import functools
import math
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from importlib import resources
from pathlib import Path

import msgspec
from anyascii import anyascii

from dateline.knowledge.gazetteer import sources
from dateline.knowledge.gazetteer.folding import exact_key, folded_key
from dateline.knowledge.gazetteer.location import content_version, default_path
from dateline.knowledge.loading import load_toml, load_tsv
from dateline.records import GazetteerError

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE place (
  key INTEGER PRIMARY KEY, name TEXT NOT NULL, feature TEXT NOT NULL, country TEXT NOT NULL,
  admin1 TEXT NOT NULL, admin1_name TEXT NOT NULL, admin2 TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  population INTEGER NOT NULL, extent_km REAL NOT NULL, located TEXT NOT NULL, weight REAL NOT NULL,
  capital TEXT NOT NULL) STRICT;
CREATE INDEX unit ON place (country, admin1) WHERE feature = 'admin1';
CREATE INDEX seat ON place (country, admin1) WHERE capital != '' AND feature = 'city';
CREATE TABLE name (
  folded TEXT NOT NULL, exact TEXT NOT NULL, place INTEGER NOT NULL, official INTEGER NOT NULL,
  PRIMARY KEY (folded, exact, place)) WITHOUT ROWID, STRICT;
CREATE TABLE vocabulary (
  country TEXT NOT NULL, letter TEXT NOT NULL, keys TEXT NOT NULL,
  PRIMARY KEY (country, letter)) WITHOUT ROWID, STRICT;
CREATE TABLE country (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, capital TEXT NOT NULL, geonameid INTEGER NOT NULL,
  lat REAL, lon REAL, south REAL, north REAL, west REAL, east REAL, neighbours TEXT NOT NULL)
  WITHOUT ROWID, STRICT;
CREATE TABLE demonym (word TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID, STRICT;
"""
# How much a class of feature is ahead of a place of the same population of class city.
_LEAD = {"country": 6.0, "admin1": -0.3, "admin2": -1.0}
_NATIONAL_CAPITAL = 1.0
_LATIN_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏ\u1e00-\u1eff]")
_FOREIGN = re.compile(r"[\u0250-\u02b8\u0370-\u1dff\u2c00-\uffff\U00010000-\U0010ffff]")


class Features(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file features.toml."""

    about: dict[str, str]
    words: dict[str, list[str]]
    near: dict[str, list[str]]
    strip: dict[str, list[str]]


def features() -> Features:
    """Return the words of class that names of places go with."""
    known: Features = load_toml("places/features.toml", Features)
    return known


def build(path: Path | None = None, *, progress: bool = True) -> Path:
    """Build the gazetteer at `path` (default: the place of this version) and return its path.

    About 40 s, once. Written beside its place and renamed when whole: a reader never sees half a file, and
    two processes that build at once leave one good file. With `progress`, a bar on standard error. Raises
    GazetteerError where a source is absent or the folder cannot be written.
    """
    target = path or default_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=target.stem, suffix=".building", dir=target.parent)
    except OSError as error:
        raise GazetteerError(f"{target.parent}: cannot be written ({error}); set DATELINE_HOME") from error
    os.close(handle)
    draft = Path(name)
    try:
        with _reporting(progress) as report:
            _write(draft, report)
        # mkstemp makes the file private; the gazetteer holds nothing that is.
        draft.chmod(0o644)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


@contextlib.contextmanager
def _reporting(progress: bool) -> Iterator[Callable[[str, float], None]]:
    """Give a function that is told what is being done and which share of the whole is behind it."""
    if not progress:
        yield lambda _what, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("Gazetteer: {task.description:<28}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("starting", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)
        bar.update(task, description="done", completed=1.0)


def _write(path: Path, report: Callable[[str, float], None]) -> None:
    report("countries and provinces", 0.0)
    country_rows, known, points = sources.countries()
    unit_rows, code_of = sources.units()
    report("cities", 0.05)
    city_rows = list(sources.cities(code_of))
    sources.fill_points(unit_rows, city_rows)
    _name_units(unit_rows.values())
    rows = [*country_rows, *unit_rows.values(), *city_rows]
    _name_more(rows)
    first = _first_order(unit_rows.values())
    rows += [*sources.airports(first), *sources.own(first)]
    _mark_capitals(rows, known, first)
    for row in rows:
        row.weight = row.weight or _weight(row)
    names = {(r.country, r.admin1): r.name for r in unit_rows.values() if r.feature == "admin1"}
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        file.execute("INSERT INTO meta VALUES ('version', ?)", (content_version(),))
        _write_places(file, rows, names)
        _write_names(file, rows, report)
        _write_countries(file, known, points)
        file.executemany("INSERT OR IGNORE INTO demonym VALUES (?, ?)", _demonyms())
        file.commit()
        report("packing", 0.9)
        file.execute("ANALYZE")
        file.commit()


def _english(row: sources.Row, taken: Collection[tuple[str, str]] = ()) -> str:
    """Return the name of a unit as English reports write it.

    Natural Earth's English name where GeoNames knows it too or has one like it (some of its units carry a
    neighbour's name: `taken` are country and folded key of all units), else GeoNames' alias that has an
    English word of class, else its main name without accents.
    """
    from rapidfuzz import fuzz

    known = {folded_key(stripped_name(name)) for name in row.names}
    english = stripped_name(row.english)
    key = folded_key(english) if english else ""
    if key and key in known:
        return english
    if key and (row.country, key) not in taken and any(fuzz.ratio(key, other) >= 70 for other in known):
        return english
    for name in row.names:
        if name.isascii() and re.search(r" (?:Province|Governorate|Oblast|Region|State|Department)$", name):
            return stripped_name(name)
    return stripped_name(anyascii(row.name).removesuffix("'"))


def stripped_name(name: str) -> str:
    """Return a name without the words of class at its ends ("Zabul Province" -> "Zabul")."""
    match = _stripped(name)
    return match["bare"] if match else name


def _stripped(name: str) -> re.Match[str] | None:
    return None if name.lower() in features().strip["whole"] else _class_words().fullmatch(name)


@functools.cache
def _class_words() -> re.Pattern[str]:
    strip = features().strip
    before = "|".join(sorted((re.escape(word) for word in strip["prefixes"]), key=len, reverse=True))
    after = "|".join(sorted((re.escape(word) for word in strip["suffixes"]), key=len, reverse=True))
    return re.compile(rf"(?:(?:{before}) )?(?P<bare>\S.*?)(?: (?:{after}))?", re.IGNORECASE)


def _first_order(rows: Iterable[sources.Row]) -> dict[tuple[str, str], str]:
    return {
        (row.country, key): row.admin1
        for row in rows
        if row.feature == "admin1"
        for name in row.names
        for key in (exact_key(stripped_name(name)), exact_key(name))
    }


def _weight(row: sources.Row) -> float:
    # Provinces have people outside the cities that the gazetteer counts.
    if row.feature == "admin1" and row.population < 100_000:
        return 4.7
    return (
        math.log10(max(row.population, 100))
        + _LEAD.get(row.feature, 0.0)
        + (_NATIONAL_CAPITAL if row.capital == "country" else 0.0)
    )


def _name_more(rows: list[sources.Row]) -> None:
    """Add our own aliases."""
    by_key = {row.key: row for row in rows}
    for alias in load_tsv("places/aliases.tsv", sources.Alias):
        if alias.geonameid not in by_key:
            raise GazetteerError(f"aliases.tsv: {alias.name}: no place has the id {alias.geonameid}")
        row = by_key[alias.geonameid]
        row.names.append(alias.name)
        if alias.preferred:
            row.names.insert(0, alias.name)
            row.name = row.english = alias.name


def _name_units(rows: Collection[sources.Row]) -> None:
    """Give units the names that English reports use, and names without their words of class."""
    taken = {
        (row.country, folded_key(stripped_name(name))) for row in rows if row.feature == "admin1" for name in row.names
    }
    for row in rows:
        bare = [match["bare"] for name in row.names if (match := _stripped(name))]
        row.names.extend(name for name in bare if name)
        if row.feature == "admin1":
            row.name = _english(row, taken)
            row.names.insert(0, row.name)


def _mark_capitals(rows: list[sources.Row], known: list[sources.GeoCountry], first: dict[tuple[str, str], str]) -> None:
    """Mark national capitals ("country") and seats of provinces ("admin1")."""
    seats = {
        (seat.country, first[seat.country, exact_key(seat.admin1)]): exact_key(seat.capital)
        for seat in load_tsv("places/capitals.tsv", sources.Capital)
        if (seat.country, exact_key(seat.admin1)) in first
    }
    national = {country.iso: exact_key(country.capital) for country in known}
    unit_names = {
        (row.country, row.admin1): {exact_key(stripped_name(name)) for name in row.names}
        for row in rows
        if row.feature == "admin1"
    }
    best: dict[tuple[str, str], sources.Row] = {}
    for row in rows:
        if row.feature != "city":
            continue
        own = {exact_key(row.name), *(exact_key(name) for name in row.names if name.isascii())}
        if national.get(row.country) in own:
            _keep_larger(best, (row.country, ""), row)
        seat = seats.get((row.country, row.admin1))
        if (seat in own) if seat else exact_key(row.name) in unit_names.get((row.country, row.admin1), ()):
            _keep_larger(best, (row.country, row.admin1), row)
    for (_, unit), row in best.items():
        row.capital = "country" if not unit or row.capital == "country" else "admin1"


def _keep_larger(best: dict[tuple[str, str], sources.Row], key: tuple[str, str], row: sources.Row) -> None:
    if key not in best or best[key].population < row.population:
        best[key] = row


def _write_places(file: sqlite3.Connection, rows: list[sources.Row], names: dict[tuple[str, str], str]) -> None:
    file.executemany(
        "INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (
                row.key, row.name, row.feature, row.country, row.admin1,
                names.get((row.country, row.admin1), ""),
                row.admin2, row.lat or 0.0, row.lon or 0.0, row.population, float(row.extent),
                row.located if row.lat is not None else "none", row.weight, row.capital,
            )
            for row in rows
        ),
    )  # fmt: skip


def _write_names(file: sqlite3.Connection, rows: list[sources.Row], report: Callable[[str, float], None]) -> None:
    vocabulary: dict[tuple[str, str], set[str]] = {}
    batch: dict[tuple[str, str, int], int] = {}
    for number, row in enumerate(rows):
        if number % 5000 == 0:
            report("names", 0.1 + 0.7 * number / len(rows))
        for position, name in enumerate(row.names):
            if position and not _readable(name, row):
                continue
            exact = exact_key(name)
            if len(exact) < 2:
                continue
            folded = folded_key(name)
            batch.setdefault((folded, exact, row.key), int(position == 0))
            if row.feature != "airport":
                for code in row.country.split("|"):
                    vocabulary.setdefault((code, folded[0]), set()).add(folded)
    report("writing", 0.8)
    file.executemany(
        "INSERT OR IGNORE INTO name VALUES (?,?,?,?)",
        ((folded, exact, key, batch[folded, exact, key]) for folded, exact, key in sorted(batch)),
    )
    file.executemany(
        "INSERT INTO vocabulary VALUES (?,?,?)",
        ((*block, "\n".join(sorted(keys))) for block, keys in sorted(vocabulary.items())),
    )


def _readable(name: str, row: sources.Row) -> bool:
    """Whether an English report could write the name so.

    GeoNames' alternate names include airport codes and transliterations letter by letter ("kndwz", "ka bu
    er"), all in small letters; both would match ordinary words.
    """
    if len(name) < 2 or _FOREIGN.search(name) or not _LATIN_CAPITAL.search(name):
        return False
    return not (row.feature == "city" and len(name) <= 4 and name.isupper())


def _write_countries(
    file: sqlite3.Connection, known: list[sources.GeoCountry], points: dict[str, sources.CountryPoint]
) -> None:
    for country in known:
        point = points.get(country.iso)
        bounds = (point.lat, point.lon, point.south, point.north, point.west, point.east) if point else (None,) * 6
        row = (country.iso, country.name, country.capital, country.geonameid, *bounds, country.neighbours)
        file.execute("INSERT INTO country VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)


def _demonyms() -> Iterator[tuple[str, str]]:
    """Yield (word in small letters, country code) of adjectives and nouns of nationality."""
    path = resources.files("pyworldatlas") / "data" / "atlas.sqlite3"
    with (
        resources.as_file(path) as real,
        contextlib.closing(sqlite3.connect(f"file:{real}?mode=ro", uri=True)) as db,
    ):
        query = (
            "SELECT c.alpha2, d.noun, d.adjective FROM country_demonym d "
            "JOIN country c ON c.id = d.country_id WHERE d.language_code = 'en' ORDER BY c.population DESC"
        )
        for code, noun, adjective in db.execute(query):
            for word in re.split(r"[,;]| or ", re.sub(r"\([^s)][^)]*\)", "", f"{adjective or ''},{noun or ''}")):
                bare = word.strip().lower()
                plural = bare.replace("(s)", "s").replace("(es)", "es")
                for form in {bare.replace("(s)", "").replace("(es)", ""), plural}:
                    if form:
                        yield form, code
