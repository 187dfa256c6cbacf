"""The desk as a user holds it: each of its verbs is a function of a module beside this one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.desk import analysing, asking, coding, examining, exporting, ingesting, judging, reconciling, status
from dateline.desk.lists import Claims, Controls, Events
from dateline.exporting.desk import Written
from dateline.knowledge.joining import DEFAULT
from dateline.records import Event, Judgement, Run, UsageError, Verdict
from dateline.store import Change, Check, ClaimFilter, EventRow, Hit, Store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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

    def reconcile(
        self, *, joining: str = DEFAULT, progress: ingesting.Progress | None = None
    ) -> reconciling.Reconciled:
        """Bring the claims together: copies, events with their accounts, who holds what.

        `joining` says what is one event: "incident" or "unit-day". Unchanged claims change nothing. Judgements
        bind. Raises UsageError where there is no such way of joining.
        """
        return reconciling.reconcile(self.store, joining=joining, progress=progress)

    def events(
        self,
        *,
        text: str = "",
        place: str = "",
        admin1: str = "",
        country: str = "",
        type: str = "",  # noqa: A002 - the word that users look for
        actor: str = "",
        standing: str = "",
        happened: str = "",
        since: asking.Day | None = None,
        until: asking.Day | None = None,
        sources: int | None = None,
        as_of: dt.datetime | asking.Day | None = None,
        order: str = "day",
        descending: bool = False,
        limit: int | None = None,
    ) -> Events:
        """Return events with their accounts, narrowed by what is given.

        `type` is a PLOVER type or one of ACLED's; `actor` an actor's id or a part of a name; `standing` disputed,
        agreed or single-source; `since` and `until` are days of the event. `as_of` answers what the desk would
        have said at that moment, a day counting to its end. `order` is day, reports, killed or id.
        Raises UsageError where a value is none.
        """
        wanted = asking.event_filter(
            text=text, place=place, admin1=admin1, country=country, type=type, actor=actor, standing=standing,
            happened=happened, since=since, until=until, sources=sources,
        )  # fmt: skip
        then = asking.end_of(as_of)
        if then is not None:
            return asking.events_then(self.store, wanted, then, order=order, descending=descending, limit=limit)
        return asking.events(self.store, wanted, order=order, descending=descending, limit=limit)

    def list_events(
        self, *, order: str = "day", descending: bool = False, limit: int | None = None, **wanted: Any
    ) -> Iterator[EventRow]:
        """Yield events without their accounts, which is quick; `wanted` are the filters of `events`, but `as_of`.

        Raises UsageError where a filter or a value is none.
        """
        try:
            asked = asking.event_filter(**wanted)
        except TypeError as error:
            raise UsageError(f"list_events: {error}") from None
        return asking.event_rows(self.store, asked, order=order, descending=descending, limit=limit)

    def event(self, ident: str, *, as_of: dt.datetime | asking.Day | None = None) -> Event:
        """Return an event by its id or how that begins. Raises DeskError where there is none or several."""
        then = asking.end_of(as_of)
        return asking.find_event(self.store, ident, reconciling.as_of(self.store, then) if then is not None else None)

    def claims(self, event: Event | str, *, as_of: dt.datetime | asking.Day | None = None) -> Claims:
        """Return the claims of an event, in the order in which the desk took them in."""
        then = asking.end_of(as_of)
        at = reconciling.as_of(self.store, then) if then is not None else None
        found = asking.find_event(self.store, event, at) if isinstance(event, str) else event
        return asking.claims(self.store, found, at)

    def query(self, text: str = "", *, limit: int | None = 100, **wanted: object) -> Iterator[Hit]:
        """Yield the claims whose words hold the text, those that came last first.

        `wanted` are fields of `dateline.store.ClaimFilter`: country, place, first, last, plover, actor, source, ...
        Raises UsageError where there is no such field.
        """
        try:
            asked = ClaimFilter(**wanted)  # type: ignore[arg-type]
        except TypeError as error:
            raise UsageError(f"query: {error}; there are {', '.join(ClaimFilter.__struct_fields__)}") from None
        return asking.query(self.store, text, asked, limit=limit)

    def claim_id(self, start: str) -> str:
        """Return the id of a claim by how it begins. Raises DeskError where there is none or several."""
        return asking.find_claim(self.store, start)

    def waiting(self) -> str:
        """Return whether there is something to reconcile: "never" where it was never done, "new", or ""."""
        return reconciling.waiting(self.store)

    def control(
        self,
        place: str = "",
        *,
        country: str = "",
        admin1: str = "",
        capitals: bool = False,
        on: asking.Day | None = None,
        as_of: dt.datetime | asking.Day | None = None,
    ) -> Controls:
        """Return who holds what, by whose account: the timeline of a place, or every place on a day.

        `place` is a name or a GeoNames id; with `capitals` only the capitals of provinces. Raises DeskError where
        no report tells of such a place.
        """
        day, then = asking.day_of(on, "on"), asking.end_of(as_of)
        return asking.control(
            self.store, place=place, country=country, admin1=admin1, capitals=capitals, on=day, then=then
        )

    def judge(
        self,
        verdict: Verdict,
        claims: Sequence[str],
        *,
        by: str,
        reason: str = "",
        field: str = "",
        value: str = "",
    ) -> Judgement:
        """Keep a verdict (right, wrong, unsure, note) on claims or on one field of them; nothing is overwritten."""
        return judging.judged(self.store, verdict, claims, by, reason, field, value)

    def merge(self, events: Sequence[str], *, by: str, reason: str = "") -> Judgement:
        """Keep that events are one; the next `reconcile` makes them so, and every later one."""
        return judging.merged(self.store, [self.event(one) for one in events], by, reason)

    def split(self, event: str, claims: Sequence[str], *, by: str, reason: str = "") -> Judgement:
        """Keep that some claims of an event are of another one; the next `reconcile` parts them."""
        return judging.split(self.store, self.event(event), claims, by, reason)

    def runs(self) -> list[Run]:
        """Return the ways in which the desk was coded, the oldest first."""
        return self.store.runs()

    def diff(self, before: str, after: str) -> Iterator[Change]:
        """Yield how the claims of one run differ from those of another. Raises DeskError for an unknown run."""
        return self.store.diff(before, after)

    def export(
        self,
        format: str,  # noqa: A002 - the word that users look for
        path: Path | BinaryIO,
        *,
        mask: bool = True,
        named: Iterable[str] = (),
    ) -> Written:
        """Export the desk to a file, a folder (formats of several files) or a binary stream; say what was written.

        Names of private persons are masked unless `mask` is False; `named` are persons whose names are kept. The
        same desk exports the same bytes. Raises UsageError for an unknown format or a missing extra, DeskError
        where the desk was never reconciled or the file cannot be written.
        """
        return exporting.export_to(self.store, format, path, mask, named)

    def duckdb(self) -> DuckDBPyConnection:
        """Return a connection of DuckDB in which the desk's tables can be read as `desk.claims`, `desk.events`, ...

        Raises UsageError where DuckDB is not installed, or the desk is no file.
        """
        return analysing.connect(self.store)

    def status(self) -> status.Status:
        """Return what the desk holds, what failed and why, and what there is to do."""
        return status.status(self.store)

    def examine(self) -> Iterator[Check]:
        """Yield what was looked at and what is wrong: the file, its references, hashes, codings, claims, events."""
        return examining.examine(self.store)

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
