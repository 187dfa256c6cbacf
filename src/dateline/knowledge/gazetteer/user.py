"""Read a user's own places from a CSV file."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Callable
from pathlib import Path

from dateline.knowledge.gazetteer.model import Candidate
from dateline.knowledge.gazetteer.sources import own_key
from dateline.records import ReadingError

# A place that the user names is meant before any namesake in GeoNames but a country or a large city.
_WEIGHT = 6.0


def read_csv(
    path: Path, admin1_code: Callable[[str, str], tuple[str, str]]
) -> tuple[str, list[tuple[tuple[str, ...], Candidate]]]:
    """Return a hash (8 hexadecimal digits) of the file and its places with all their names.

    `admin1_code` gives the code and name of a first-order unit from country code and name. Raises
    ReadingError naming the line that cannot be read.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(str(path), f"cannot be read ({error})", "Give a CSV file in UTF-8.") from error
    table = csv.DictReader(io.StringIO(text, newline=""))
    absent = {"name", "lat", "lon"}.difference(table.fieldnames or ())
    if absent:
        raise ReadingError(str(path), f"has no column {', '.join(sorted(absent))}", "The first line names the columns.")
    return hashlib.sha256(raw).hexdigest()[:8], [_place(path, table.line_num, row, admin1_code) for row in table]


def _place(
    path: Path, line: int, row: dict[str, str | None], admin1_code: Callable[[str, str], tuple[str, str]]
) -> tuple[tuple[str, ...], Candidate]:
    cells = {key: (value or "").strip() for key, value in row.items() if key and not isinstance(value, list)}
    name, country = cells["name"], cells.get("country", "").upper()
    try:
        lat, lon, extent = float(cells["lat"]), float(cells["lon"]), float(cells.get("extent_km") or 0.0)
    except ValueError as error:
        raise ReadingError(str(path), f"line {line}: {error}", "lat, lon and extent_km are numbers.") from error
    if not name or not (math.fabs(lat) <= 90 and math.fabs(lon) <= 180):
        problem = f"line {line}: no name, or a point that is not on the earth ({lat}, {lon})"
        raise ReadingError(str(path), problem, "lat lies within 90 degrees, lon within 180.")
    code, unit = admin1_code(country, cells.get("admin1", ""))
    aliases = tuple(alias.strip() for alias in cells.get("aliases", "").split("|") if alias.strip())
    place = Candidate(
        key=own_key("user", name, country, f"{lat},{lon}"),
        name=name,
        feature=cells.get("feature") or "city",
        country=country,
        admin1=code,
        admin1_name=unit,
        admin2="",
        lat=lat,
        lon=lon,
        population=0,
        extent_km=extent,
        located="point",
        weight=_WEIGHT,
    )
    return (name, *aliases), place
