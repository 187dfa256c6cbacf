"""Open a desk, or make one."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from dateline.records import DeskError
from dateline.store import migrating
from dateline.store.base import Connected, now
from dateline.store.connecting import Place, engine_of, is_desk_file, place_of, told
from dateline.store.packing import dictionaries
from dateline.store.schema import desk


def prepare(given: str | os.PathLike[str], create: bool, read_only: bool) -> tuple[Engine, str, bool]:
    """Return the engine, the name and whether it is read-only of a desk that is there, or is made.

    With `create` a desk that is there already is opened as it is. Raises DeskError or UsageError.
    """
    place = place_of(given)
    if place.file is not None:
        read_only = _look(place.file, create, read_only)
    if create and not read_only:
        _make(place)
    return engine_of(place, read_only), place.name, read_only


def _look(file: Path, create: bool, read_only: bool) -> bool:
    """See that the file is a database; return whether it can only be read."""
    try:
        if not file.exists() or (create and file.stat().st_size == 0):
            if not create:
                raise DeskError(f"{file}: there is no such desk. Check the name, or make it with dateline init {file}")
            if not file.absolute().parent.is_dir():
                raise DeskError(f"{file}: the folder {file.absolute().parent} is not there. Make it first")
            return False
        if file.is_dir():
            raise DeskError(
                f"{file}: this is a folder, not a desk. Give the name of a file, such as {file / 'my.desk'}"
            )
        if not is_desk_file(file):
            raise DeskError(f"{file}: this is a file, but no desk. Choose another name")
    except OSError as error:
        raise DeskError(f"{file}: it cannot be opened ({error.strerror or error}). Check its permissions") from error
    log = file.with_name(file.name + "-wal")
    writable = os.access(file, os.W_OK) and (log.exists() or os.access(file.absolute().parent, os.W_OK))
    return read_only or not writable


def _make(place: Place) -> None:
    """Make the tables where they are not there yet, all or none."""
    try:
        if place.file is not None:
            _start(place.file)
        engine = engine_of(place, read_only=False)
        try:
            store = Connected(engine, place.name, read_only=False)
            with store.transaction() as connection:
                if migrating.version(connection):
                    return
                tables = sorted(inspect(connection).get_table_names())
                if tables:
                    raise DeskError(
                        f"{place.name}: this database holds other tables ({', '.join(tables[:5])}). Choose an empty one"
                    )
                migrating.upgrade(connection)
                made = {"made_at": now(), "format": "dateline desk"}
                made.update({f"dictionary.{kind}": words for kind, words in dictionaries().items()})
                connection.execute(desk.insert(), [{"key": key, "value": value} for key, value in made.items()])
        finally:
            engine.dispose()
    except DBAPIError as error:
        raise told(error, place.name) from error


def _start(file: Path) -> None:
    """Make an empty file of the database; the log (WAL) lets others read while one writes."""
    try:
        made = sqlite3.connect(file, timeout=60)
        try:
            made.execute("PRAGMA journal_mode = WAL")
        finally:
            made.close()
    except sqlite3.Error as error:
        raise DeskError(
            f"{file}: it cannot be made ({error}). Check the permissions of its folder and the room on the disk"
        ) from error
