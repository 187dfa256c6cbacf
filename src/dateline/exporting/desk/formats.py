"""The formats that a desk is exported to, and the one function that exports it.

Third parties add formats through the entry-point group `dateline.exporters`, and the built-in ones come in by the
same door. An entry point gives an `Exporter` or a tuple of them. What it writes it takes from a `Release`, in which
names are masked already.
"""

from __future__ import annotations

import functools
import io
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import BinaryIO

import msgspec

from dateline.exporting.desk import columnar, maps, package, sheets, tables, text
from dateline.exporting.desk.acled import acled
from dateline.exporting.desk.gdelt import gdelt
from dateline.exporting.desk.ged import ged
from dateline.exporting.desk.holdings import Holdings, Release
from dateline.exporting.desk.polecat import polecat
from dateline.exporting.desk.tables import Table
from dateline.records import DeskError, UsageError

GROUP = "dateline.exporters"


class Written(msgspec.Struct, frozen=True):
    """What an export wrote: rows by table, what was left out by reason, and how many persons were masked."""

    rows: dict[str, int]
    left_out: dict[str, int] = {}
    masked: int = 0


class Exporter(msgspec.Struct, frozen=True):
    """A format: its name, the suffix of its files, what it is, and what opens it.

    `write` writes a release to a binary stream. `files`, where a format has several, gives them by name for a folder.
    """

    name: str
    suffix: str
    gloss: str
    opens_with: tuple[str, ...]
    write: Callable[[Release, BinaryIO], Written]
    files: Callable[[Release], Mapping[str, bytes]] | None = None


TableMaker = Callable[[Release], Table]
TableWriter = Callable[[Table, BinaryIO], None]


def _one(make: TableMaker, write: TableWriter) -> Callable[[Release, BinaryIO], Written]:
    def written(release: Release, stream: BinaryIO) -> Written:
        table = make(release)
        write(table, stream)
        return Written({table.name: len(table.rows)}, table.left_out)

    return written


def _whole(write: Callable[[Release, BinaryIO], None], *names: str) -> Callable[[Release, BinaryIO], Written]:
    def written(release: Release, stream: BinaryIO) -> Written:
        write(release, stream)
        held = {
            "events": len(release.events), "claims": len(release.claims), "control": len(release.control),
            "reports": len(release.reports),
            "accounts": sum(len(field.accounts) for event in release.events for field in event.fields),
        }  # fmt: skip
        return Written({name: held[name] for name in names})

    return written


def _geopackage(release: Release, stream: BinaryIO) -> None:
    maps.write_geopackage([tables.events(release), tables.control(release)], stream)


_hxl = functools.partial(text.write_csv, hxl=True)
_polecat = functools.partial(text.write_tsv, missing="None")
_gdelt = functools.partial(text.write_tsv, header=False)
_SHEETS = ("Excel", "LibreOffice", "pandas", "R")
_COLUMNAR = ("DuckDB", "pandas", "polars", "R (arrow)")
_ALL = ("events", "claims", "accounts", "control", "reports")

BUILT_IN: tuple[Exporter, ...] = (
    Exporter("events-csv", ".csv", "one row an event", _SHEETS, _one(tables.events, text.write_csv)),
    Exporter("claims-csv", ".csv", "one row a claim", _SHEETS, _one(tables.claims, text.write_csv)),
    Exporter("accounts-csv", ".csv", "one row a value of an event, with who gives it", _SHEETS,
             _one(tables.accounts, text.write_csv)),
    Exporter("control-csv", ".csv", "one row a place and its holder over time", _SHEETS,
             _one(tables.control, text.write_csv)),
    Exporter("xlsx", ".xlsx", "a workbook: events, claims, accounts, control, codebook", ("Excel", "LibreOffice"),
             _whole(sheets.write_xlsx, "events", "claims", "accounts", "control")),
    Exporter("events-parquet", ".parquet", "events, typed", _COLUMNAR, _one(tables.events, columnar.write_parquet)),
    Exporter("claims-parquet", ".parquet", "claims, typed", _COLUMNAR, _one(tables.claims, columnar.write_parquet)),
    Exporter("events-jsonl", ".jsonl", "one event a line with its accounts and voices", ("jq", "pandas", "DuckDB"),
             _whole(text.write_events, "events")),
    Exporter("claims-jsonl", ".jsonl", "one claim a line, as code --json has it", ("jq", "pandas", "DuckDB"),
             _whole(text.write_claims, "claims")),
    Exporter("geojson", ".geojson", "events as points (RFC 7946)", ("QGIS", "GeoPandas", "Leaflet"),
             _one(tables.events, maps.write_geojson)),
    Exporter("gpkg", ".gpkg", "events and control as layers of points", ("QGIS", "ArcGIS", "GeoPandas"),
             _whole(_geopackage, "events", "control")),
    Exporter("hxl", ".csv", "events with HXL tags in the second row", ("HXL tools", "HDX", "Excel"),
             _one(tables.events, _hxl)),
    Exporter("acled", ".csv", "events in ACLED's 31 columns", _SHEETS, _one(acled, text.write_csv)),
    Exporter("ged", ".csv", "deadly events in UCDP GED's 49 columns", _SHEETS, _one(ged, text.write_csv)),
    Exporter("polecat", ".tsv", "events in POLECAT's 40 columns", ("pandas", "R"), _one(polecat, _polecat)),
    Exporter("gdelt", ".tsv", "events in GDELT 2.0's 61 columns, without a header as GDELT has it", ("pandas", "R"),
             _one(gdelt, _gdelt)),
    Exporter("package", ".zip", "a Frictionless data package: all tables with schema, checksums, dictionary",
             ("frictionless", "pandas", "R (frictionless)"), _whole(package.write_package, *_ALL),
             package.package_files),
)  # fmt: skip


@functools.cache
def formats() -> Mapping[str, Exporter]:
    """Return the formats by name, the built-in ones first. Raises UsageError where two have one name."""
    found: list[Exporter] = list(BUILT_IN)
    for entry in sorted(metadata.entry_points(group=GROUP), key=lambda entry: entry.name):
        loaded = entry.load()
        found += [one for one in (loaded if isinstance(loaded, tuple) else (loaded,)) if one not in BUILT_IN]
    twice = [name for name, times in Counter(one.name for one in found).items() if times > 1]
    if twice:
        raise UsageError(f"two exporters are named {twice[0]!r}; remove one of the packages that bring them")
    return {one.name: one for one in found}


def export(holdings: Holdings, to: str, path: Path | BinaryIO, mask: bool = True, named: Iterable[str] = ()) -> Written:
    """Export what a desk holds to a file, or to a binary stream, and return what was written.

    Names of private persons are masked unless `mask` is False; `named` are persons whose names are kept. A format
    of several files is written as a folder where `path` does not end in the format's suffix. A file appears when it
    is whole: what stood there before stays until then. Raises UsageError for an unknown format or a missing extra,
    DeskError where the file cannot be written.
    """
    known = formats()
    if to not in known:
        raise UsageError(f"no format {to!r}; there are {', '.join(known)}")
    exporter = known[to]
    release = Release(holdings, mask, named)
    if not isinstance(path, Path):
        written = exporter.write(release, path)
    elif exporter.files and path.suffix != exporter.suffix:
        written = exporter.write(release, io.BytesIO())
        for name, data in exporter.files(release).items():
            with _placed(path / name) as stream:
                stream.write(data)
    else:
        with _placed(path) as stream:
            written = exporter.write(release, stream)
    return msgspec.structs.replace(written, masked=release.mask.persons)


@contextmanager
def _placed(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content stands at `path` once all is written, and not before."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "w+b") as stream:
                yield stream
            unfinished.chmod(0o644)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise DeskError(f"{path}: cannot be written: {error.strerror or error}. Choose another place.") from error
