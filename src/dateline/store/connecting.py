"""A desk's place made into an engine: a SQLite file, or a PostgreSQL database named by its URL."""

from __future__ import annotations

import os
import re
import sqlite3
import weakref
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from dateline.records import DeskError, UsageError

PATIENCE = 60  # seconds that a writer waits for another
_WRITER = 0x0DA7E11E  # the advisory lock that writers of one PostgreSQL database take
_SCHEME = re.compile(r"^[a-z][a-z0-9+]+://", re.IGNORECASE)
_INHERITED: list[Any] = []
_HEADER = b"SQLite format 3\x00"


class Place(msgspec.Struct, frozen=True):
    """Where a desk lies: a file of SQLite, or the URL of a PostgreSQL database. `name` is how to call it."""

    name: str
    file: Path | None = None
    url: str = ""


def place_of(given: str | os.PathLike[str]) -> Place:
    """Return where a desk lies that is given as a path or as a URL. Raises UsageError for another database."""
    said = os.fspath(given)
    if not _SCHEME.match(said):
        return Place(said, Path(said))
    try:
        url = make_url(said)
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"{said}: this is no URL of a database ({error}). Write postgresql://USER@HOST/NAME") from None
    kind = url.get_backend_name()
    if kind == "sqlite" and url.database:
        return Place(url.database, Path(url.database))
    if kind in ("postgresql", "postgres"):
        return Place(_shown(url), url=url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
    raise UsageError(
        f"{said}: a desk is a file or a PostgreSQL database. Write desk.desk or postgresql://USER@HOST/NAME"
    )


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def engine_of(place: Place, read_only: bool) -> Engine:
    """Return the engine for a desk. Raises DeskError where its driver is missing; connects to nothing yet."""
    made = _sqlite(place.file, read_only) if place.file is not None else _postgresql(place, read_only)
    held = weakref.ref(made)

    def forget() -> None:
        # A forked worker must neither use nor close what its parent has open, nor let it be closed as waste.
        engine = held()
        if engine is not None:
            _INHERITED.append(engine.pool)
            engine.dispose(close=False)

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forget)
    return made


def _sqlite(file: Path, read_only: bool) -> Engine:
    mode = "ro" if read_only else "rw"
    asked = f"{file.absolute().as_uri()}?mode={mode}"
    if read_only and not _has_log(file) and not os.access(file.absolute().parent, os.W_OK):
        # Where not even the index of the log can be written, a file at rest is read as it lies.
        asked += "&immutable=1"

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(asked, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "temp_store = MEMORY", "cache_size = -32000"):
            made.execute(f"PRAGMA {pragma}")
        if not read_only:
            made.execute("PRAGMA journal_size_limit = 67108864")
        return made

    engine = create_engine("sqlite+pysqlite://", creator=connect, pool_size=8, max_overflow=24, poolclass=_queue_pool())
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _queue_pool() -> Any:
    from sqlalchemy.pool import QueuePool

    return QueuePool


def _has_log(file: Path) -> bool:
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(place: Place, read_only: bool) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise UsageError('a desk on PostgreSQL needs psycopg: pip install "dateline[postgres]"') from None
    options = f"-c lock_timeout={PATIENCE * 1000} -c timezone=UTC"
    if read_only:
        options += " -c default_transaction_read_only=on"
    engine = create_engine(place.url, connect_args={"options": options}, pool_pre_ping=True)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Any) -> None:
    # One snapshot for all that a reader asks within one transaction, as SQLite gives it; one writer at a time.
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def is_desk_file(file: Path) -> bool:
    """Whether a file is a SQLite database by its first bytes. Raises OSError where it cannot be read."""
    with file.open("rb") as stream:
        return stream.read(len(_HEADER)) == _HEADER


# What an error of the database is about, by words of SQLite and by SQLSTATE of PostgreSQL, and what to do.
_TROUBLES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("database or disk is full", "53100", "disk i/o error", "file too large"),
        "the disk is full or refuses to be written (or a quota is used up)",
        "Nothing of the last step was kept and the desk is whole: make room and run the command again",
    ),
    (
        ("readonly database", "25006", "42501", "attempt to write a readonly"),
        "it is read-only",
        "Change the permissions of the file and of its folder, or work on a copy",
    ),
    (
        ("database is locked", "database table is locked", "55p03"),
        f"another process has been writing to it for more than {PATIENCE} seconds",
        "Wait until that process is done, and run the command again",
    ),
    (
        ("malformed", "not a database", "xx001", "xx002"),
        "it is damaged",
        "Keep a copy of it, see what dateline doctor DESK says, and take the last good copy or add the reports again",
    ),
    (("unable to open",), "it cannot be opened", "Check its name, its permissions and those of its folder"),
    (
        ("08", "57p", "connection failed", "connection refused", "connection is bad", "server closed"),
        "the database server does not answer or ended the connection",
        "Check that it runs and that the URL is right, and run the command again",
    ),
    (("28", "3d000"), "the database server refuses", "Check the user, the password and the name of the database"),
    (("no such table", "42p01"), "it holds no desk", "Make one with dateline init"),
)


def told(error: DBAPIError, name: str) -> DeskError:
    """Return an error of the database as one that says what is wrong with the desk and what to do."""
    cause = error.orig
    words = " ".join(str(cause).split())
    state = (getattr(cause, "sqlstate", None) or "").lower()
    for signs, what, remedy in _TROUBLES:
        if any(_shows(sign, words.lower(), state) for sign in signs):
            return DeskError(f"{name}: {what} ({words}). {remedy}")
    return DeskError(f"{name}: the database says: {words}. Run dateline doctor {name}")


def _shows(sign: str, words: str, state: str) -> bool:
    """Whether an error bears a sign: SQLSTATEs (or how they begin) have figures or are short, the rest are words."""
    if " " not in sign and (sign[:1].isdigit() or sign.startswith("xx")):
        return state.startswith(sign)
    return sign in words
