"""The version of a desk: made new, brought up to date, or refused where it is newer than the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from dateline.records import DeskError
from dateline.store.base import Connected
from dateline.store.schema import VERSION

_HERE = Path(__file__).parent / "migrations"


def version(connection: Connection) -> str:
    """Return the version of the desk behind a connection; "" where it holds none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row else ""


def upgrade(connection: Connection) -> None:
    """Bring a desk to this version, or make its tables, within the transaction of `connection`."""
    from alembic import command

    command.upgrade(_settings(connection), "head")


def known_versions() -> list[str]:
    """Return the versions of desks that this program knows, the newest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(_settings()).walk_revisions()]


def _settings(connection: Connection | None = None) -> Any:
    from alembic.config import Config

    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return made


def check(store: Connected) -> None:
    """See that a desk is of this version; an older one is brought up to date.

    Raises DeskError where it holds no desk, is newer than the program, or is older and read-only.
    """
    with store.reading() as connection:
        held = version(connection)
    if held == VERSION:
        return
    if not held:
        raise DeskError(f"{store.name}: it holds no desk. Make one with dateline init")
    if held not in known_versions():
        raise DeskError(
            f"{store.name}: a newer Dateline made it (version {held} of the desk; this program knows {VERSION})."
            " Install that version: pip install --upgrade dateline"
        )
    if store.read_only:
        raise DeskError(
            f"{store.name}: it is of an older version ({held}) and read-only, so that it cannot be brought up to"
            f" {VERSION}. Make it writable, or work on a copy"
        )
    with store.transaction() as connection:
        # Another process may have done it while this one waited.
        if version(connection) != VERSION:
            upgrade(connection)
