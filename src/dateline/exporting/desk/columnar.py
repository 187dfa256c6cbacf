"""Tables as Parquet: typed columns, no moment of writing."""

from __future__ import annotations

import datetime as dt
from typing import Any, BinaryIO

from dateline.exporting.desk.tables import Cell, Table
from dateline.knowledge.exports import CellType
from dateline.records import UsageError


def write_parquet(table: Table, stream: BinaryIO) -> None:
    """Write a table as one Parquet file (zstd). Lists are lists, days are date32, moments UTC in seconds.

    The gloss of each column stands in its field's metadata. Raises UsageError where pyarrow is missing.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError('Parquet needs pyarrow; install it with pip install "dateline[tables]"') from None
    kinds: dict[CellType, Any] = {
        "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
        "date": pa.date32(), "datetime": pa.timestamp("s", tz="UTC"), "list": pa.list_(pa.string()),
    }  # fmt: skip
    fields = [pa.field(c.name, kinds[c.type], metadata={"gloss": c.gloss}) for c in table.columns]
    columns = [
        pa.array([typed(row[number], column.type) for row in table.rows], kinds[column.type])
        for number, column in enumerate(table.columns)
    ]
    made = pa.table(columns, schema=pa.schema(fields))
    pq.write_table(made, stream, compression="zstd", version="2.6", coerce_timestamps="ms")


def typed(cell: Cell, kind: CellType) -> Any:
    """Return a cell as a value of its column's type."""
    if cell is None or kind in ("string", "boolean"):
        return cell
    if kind == "list":
        return list(cell) if isinstance(cell, tuple) else [cell]
    if kind == "date":
        return dt.date.fromisoformat(str(cell))
    if kind == "datetime":
        return dt.datetime.fromisoformat(str(cell))
    return int(cell) if kind == "integer" else float(cell)  # type: ignore[arg-type]
