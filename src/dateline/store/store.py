"""The store of a desk, whole."""

from __future__ import annotations

import os
from types import TracebackType

from dateline.store import migrating
from dateline.store.checking import Checking
from dateline.store.events import Events
from dateline.store.judgements import Judgements
from dateline.store.opening import prepare


class Store(Checking, Events, Judgements):
    """A desk's records: reports, runs, claims, judgements, and what is derived from them.

    One process writes at a time, others read meanwhile. Every method that writes does all of it or nothing;
    several of them do so together within `with store.transaction():`. Raises DeskError where the desk is
    absent, damaged, of another version, read-only, locked or full.
    """

    @classmethod
    def open(cls, place: str | os.PathLike[str], *, create: bool = False, read_only: bool = False) -> Store:
        """Open a desk: a file of SQLite, or the URL of a PostgreSQL database.

        With `create` it is made where it is not there yet. An older desk is brought up to date; where it
        cannot be written it is opened for reading, and `read_only` says so.
        """
        store = cls(*prepare(place, create, read_only))
        migrating.check(store)
        return store

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
