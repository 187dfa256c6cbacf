"""Parquet: one report a row, the columns as in the other tables, one batch of rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.reading.drafts import EMPTY_REMEDY, Draft, Failure, Input
from dateline.reading.tables import MAP_REMEDY, NAMES, ROWS_FOR_ORDER, column_of, month_order, row_draft

_BATCH = 256
_EXTRA = 'Install it with pip install "dateline[tables]", or save the table as CSV or JSON Lines'
_BROKEN = "Export the table again, or fetch the file again"


def read_parquet(given: Input) -> Iterator[Draft | Failure]:
    """Read a Parquet file with pyarrow, row group after row group; a damaged one is a failure and stops nothing.

    A report's path names the file and the row, from 1. Only columns that hold one of our fields are read.
    """
    try:
        # Loaded only for Parquet; it is an extra, for it is large.
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        yield Failure(given.path, "Parquet needs pyarrow, which is not installed", _EXTRA)
        return
    with given.open() as stream:
        if not stream.read(1):
            yield Failure(given.path, "the file is empty", EMPTY_REMEDY)
            return
        stream.seek(0)
        try:
            table = ParquetFile(stream)
        except (ArrowException, OSError, ValueError) as error:
            yield Failure(given.path, f"the Parquet file is broken or cut short ({_first(error)})", _BROKEN)
            return
        names = list(table.schema_arrow.names)
        if column_of("text", names, given.columns) is None:
            yield Failure(given.path, f"no column holds the text; there are: {', '.join(names)}", MAP_REMEDY)
            return
        if not table.metadata.num_rows:
            yield Failure(given.path, "the table has no rows", EMPTY_REMEDY)
            return
        yield from _rows(given, table, [name for field in NAMES if (name := column_of(field, names, given.columns))])


def _rows(given: Input, table: Any, columns: list[str]) -> Iterator[Draft | Failure]:
    month_first = _order(given, table, columns)
    before = 0
    for group in range(table.num_row_groups):
        number = before
        before += table.metadata.row_group(group).num_rows
        try:
            for batch in _batches(table, group, columns):
                for row in batch.to_pylist():
                    number += 1
                    yield row_draft(given, row, str(number), (), month_first)
        except (OSError, ValueError, RuntimeError) as error:
            what = f"rows {number + 1} to {before} cannot be read ({_first(error)})"
            yield Failure(f"{given.path}#{number + 1}", what, f"{_BROKEN}; the other rows were read")


def _order(given: Input, table: Any, columns: list[str]) -> bool | None:
    """Return the order of day and month that the first rows show."""
    column = column_of("published", columns, given.columns)
    days: list[str] = []
    try:
        for group in range(table.num_row_groups if column else 0):
            for batch in _batches(table, group, [str(column)]):
                days.extend(str(value or "") for value in batch.column(0).to_pylist())
                if len(days) >= ROWS_FOR_ORDER:
                    return month_order(days[:ROWS_FOR_ORDER])
    except (OSError, ValueError, RuntimeError):
        pass  # the damage is told where the rows are read
    return month_order(days)


def _batches(table: Any, group: int, columns: list[str]) -> Iterator[Any]:
    found: Iterator[Any] = table.iter_batches(
        _BATCH, row_groups=[group], columns=list(dict.fromkeys(columns)), use_threads=False
    )
    return found


def _first(error: Exception) -> str:
    return " ".join((str(error) or type(error).__name__).split())[:160]
