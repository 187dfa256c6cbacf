"""Transactions and bulk rows: what all parts of the store share."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable, Row, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from dateline.records import DeskError
from dateline.store.connecting import told
from dateline.store.packing import Packer
from dateline.store.schema import desk

T = TypeVar("T")
BATCH = 1000  # rows that are fetched or sent at a time
_MANY = 500  # values in one list of a query; SQLite takes 32,766


def now() -> str:
    """Return this moment: ISO 8601, UTC, microseconds, so that moments sort as text."""
    return moment(dt.datetime.now(dt.UTC))


def moment(when: dt.datetime | dt.date | str) -> str:
    """Return a moment as the desk writes it; of a day, its last moment. Raises ValueError for what is none."""
    if isinstance(when, str):
        when = dt.date.fromisoformat(when) if len(when) == 10 else dt.datetime.fromisoformat(when)
    if not isinstance(when, dt.datetime):
        when = dt.datetime.combine(when, dt.time.max, dt.UTC)
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    return when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def listed(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield the items in lists short enough for one query."""
    return batches(items, _MANY)


def values(row: Any) -> tuple[Any, ...]:
    """Return the values of a row, whatever their types."""
    return tuple(row)


class Connected:
    """An engine with its transactions. A method called within `transaction()` takes part in it."""

    def __init__(self, engine: Engine, name: str, read_only: bool) -> None:
        self.engine = engine
        self.name = name
        self.read_only = read_only
        self.on_sqlite = engine.dialect.name == "sqlite"
        self._open = threading.local()
        self._packers: dict[str, Packer] = {}

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Write: all of it or nothing. Another writer waits; a nested call joins the outer transaction.

        Raises DeskError where the desk is read-only, locked, full or damaged.
        """
        outer = getattr(self._open, "writing", None)
        if outer is not None:
            yield outer
            return
        if self.read_only:
            raise DeskError(
                f"{self.name}: it is read-only. Change the permissions of the file and of its folder, or work on a copy"
            )
        with self._telling(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            self._open.writing = connection
            try:
                yield connection
            finally:
                self._open.writing = None

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one state of the desk, whatever others write meanwhile. Raises DeskError."""
        outer = self._outer()
        if outer is not None:
            yield outer
            return
        with self._telling(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is read within see one and the same state of the desk."""
        if self._outer() is not None:
            yield
            return
        with self.reading() as connection:
            self._open.snapshot = connection
            try:
                yield
            finally:
                self._open.snapshot = None

    def _outer(self) -> Connection | None:
        """Return the connection that this thread has open around the call."""
        return getattr(self._open, "writing", None) or getattr(self._open, "snapshot", None)

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise told(error, self.name) from error

    def packer(self, kind: str) -> Packer:
        """Return what packs the bodies of one kind, by the desk's own dictionary."""
        if kind not in self._packers:
            held = self.scalar(select(desk.c.value).where(desk.c.key == f"dictionary.{kind}"))
            self._packers[kind] = Packer(held or "")
        return self._packers[kind]

    def rows(self, query: Executable, values: Mapping[str, Any] | None = None) -> Iterator[Row[Any]]:
        """Yield the rows of a query as they come, never more than a batch in memory."""
        with self.reading() as connection:
            options = {} if self._outer() is not None else {"stream_results": True, "yield_per": BATCH}
            yield from connection.execute(query, dict(values or {}), execution_options=options)

    def first(self, query: Executable) -> Row[Any] | None:
        """Return the first row of a query, None where there is none."""
        with self.reading() as connection:
            return connection.execute(query).first()

    def scalar(self, query: Executable) -> Any:
        """Return the first value of the first row, None where there is none."""
        row = self.first(query)
        return None if row is None else row[0]

    def insert(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows by the driver itself, three times as fast; return how many."""
        mark = "?" if self.on_sqlite else "%s"
        names = ", ".join(f'"{name}"' for name in columns)
        sql = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join([mark] * len(columns))})'
        count = 0
        with self.transaction() as connection:
            for batch in batches(rows):
                connection.exec_driver_sql(sql, [tuple(row) for row in batch])
                count += len(batch)
        return count

    def upsert(self, table: Table) -> Any:
        """Return an INSERT of the desk's own dialect, which knows ON CONFLICT."""
        return sqlite.insert(table) if self.on_sqlite else postgresql.insert(table)
