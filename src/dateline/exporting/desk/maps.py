"""Events on a map: GeoJSON (RFC 7946) and GeoPackage; an event without a point is kept, without geometry."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from dateline.exporting.desk.columnar import typed
from dateline.exporting.desk.tables import Table
from dateline.exporting.table import cell as text_cell
from dateline.records import UsageError

# GDAL writes this in place of the moment of writing.
_NO_MOMENT = "1980-01-01T00:00:00Z"


def write_geojson(table: Table, stream: BinaryIO) -> None:
    """Write a feature a row: longitude and latitude in degrees (WGS 84), null where no point is known.

    The point is that of the named place: `precision` says how far from the event it may lie.
    """
    names = [column.name for column in table.columns]
    features = []
    for row in table.rows:
        cells = dict(zip(names, row, strict=True))
        point = {"type": "Point", "coordinates": [cells["lon"], cells["lat"]]} if _has_point(cells) else None
        key = {"id": cells["event_id"]} if "event_id" in cells else {}
        features.append({"type": "Feature", **key, "geometry": point, "properties": cells})
    stream.write(msgspec.json.encode({"type": "FeatureCollection", "features": features}) + b"\n")


def write_geopackage(tables: list[Table], stream: BinaryIO) -> None:
    """Write a layer a table, points in EPSG:4326. Raises UsageError where geopandas or pyogrio is missing."""
    try:
        import geopandas
        import pyogrio  # noqa: F401
    except ImportError:
        raise UsageError('GeoPackage needs geopandas; install it with pip install "dateline[geo]"') from None
    with tempfile.TemporaryDirectory() as folder, _at_no_moment():
        path = Path(folder) / "desk.gpkg"
        for table in tables:
            frame = _frame(table, geopandas)
            mode = "a" if path.exists() else "w"
            frame.to_file(path, layer=table.name, driver="GPKG", engine="pyogrio", mode=mode, index=False)
        stream.write(path.read_bytes())


def _frame(table: Table, geopandas: Any) -> Any:
    import pandas
    from shapely import Point

    names = [column.name for column in table.columns]
    kinds = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}
    data = {}
    for number, column in enumerate(table.columns):
        cells = [row[number] for row in table.rows]
        if column.type in kinds:
            data[column.name] = pandas.array([typed(cell, column.type) for cell in cells], kinds[column.type])
        else:
            texts = [
                None if cell is None else text_cell(list(cell) if isinstance(cell, tuple) else cell) for cell in cells
            ]
            data[column.name] = pandas.array(texts, "object")
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    points = [Point(row["lon"], row["lat"]) if _has_point(row) else None for row in rows]
    return geopandas.GeoDataFrame(data, geometry=geopandas.GeoSeries(points, crs="EPSG:4326"))


def _has_point(cells: dict[str, Any]) -> bool:
    return cells.get("lat") is not None and cells.get("lon") is not None


@contextmanager
def _at_no_moment() -> Iterator[None]:
    """Let GDAL write a fixed moment where it would write the present one."""
    import pyogrio

    name = "OGR_CURRENT_DATE"
    before = pyogrio.get_gdal_config_option(name)
    pyogrio.set_gdal_config_options({name: _NO_MOMENT})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({name: before})
