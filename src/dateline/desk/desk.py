"""The desk as a user holds it: each of its verbs is a function of a module beside this one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from types import TracebackType

from dateline.desk import coding, ingesting, status
from dateline.store import Store

Path = str | os.PathLike[str]


def open_desk(path: Path, create: bool = False, read_only: bool = False) -> Desk:
    """Open a desk: a file, or the URL of a PostgreSQL database (postgresql://USER@HOST/NAME).

    With `create` it is made where it is not there yet. Raises DeskError where it is absent, no desk, damaged,
    or newer than this program, and UsageError for a URL of another kind.
    """
    return Desk(Store.open(path, create=create, read_only=read_only))


class Desk:
    """Many reports and one record of what they say. `store` holds its rows.

    Use it in a `with` block, or close it. Every method that writes raises DeskError where the desk is
    read-only, locked or full, and leaves it whole.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(
        self,
        paths: Path | Iterable[Path],
        *,
        published: dt.date | str | None = None,
        outlet: str | None = None,
        country: str | None = None,
        language: str | None = None,
        columns: Mapping[str, str] | None = None,
        known: str = "added",
        progress: ingesting.Progress | None = None,
    ) -> ingesting.Added:
        """Take in the reports of files and folders; one that is there already is not taken in again.

        The bytes of each file are kept. What cannot be read is noted and stops nothing. The options are those
        of `dateline.read`; `known` says from when the desk knew of them: "added" (now) or "published" (the
        day of publication, for what is taken in long afterwards). Raises UsageError where an option is wrong.
        """
        given = {"published": published, "outlet": outlet, "country": country, "language": language}
        return ingesting.add(self.store, paths, columns=columns, known=known, progress=progress, **given)  # type: ignore[arg-type]

    def code(
        self,
        *,
        model: str = "",
        places: Iterable[Path] = (),
        trained: bool = True,
        workers: int | None = None,
        retry: bool = False,
        progress: ingesting.Progress | None = None,
    ) -> coding.CodedTotals:
        """Code the reports that these settings have not coded yet; unchanged settings change nothing.

        `workers` processes share the work: all cores where it is None; with 1 this process does it by itself.
        Each finished report is kept at once, so that it may be interrupted. A report that fails is noted and
        stops nothing; `retry` tries those again. Raises ModelError, GazetteerError or KnowledgeError.
        """
        named = tuple(os.fspath(path) for path in places)
        how = coding.Settings(model, named, trained)
        return coding.code(self.store, how, workers=workers, retry=retry, progress=progress)

    def status(self) -> status.Status:
        """Return what the desk holds, what failed and why, and what there is to do."""
        return status.status(self.store)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Desk {self.store.name}{' (read-only)' if self.store.read_only else ''}>"
