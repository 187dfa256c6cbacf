"""Reports, the files that they came from, and what could not be read or coded."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, literal_column, select, update

from dateline.records import Flag, Report
from dateline.store.base import Connected, listed, now, values
from dateline.store.claimed import aside, lowered
from dateline.store.columns import given, holdable, plain
from dateline.store.rows import ALL_REPORTS, Arrival, FailureRow, ReportFilter, ReportRow, Stored
from dateline.store.schema import claims, codings, copies, failures, originals, reports
from dateline.store.searching import matching

_KEPT = (
    "id", "raw_hash", "original", "path", "title", "outlet", "agency", "author", "published", "url", "language",
    "country", "part", "length", "added_at", "known_at", "known_by", "flags", "text",
)  # fmt: skip
_FLAGS = msgspec.json.Decoder(tuple[Flag, ...])


class Reports(Connected):
    """The part of the store that holds reports."""

    def add_reports(self, arrivals: Iterable[Arrival]) -> int:
        """Take in reports in their order, in one transaction; one that is there already stays as it is.

        Returns how many were new.
        """
        added = now()
        with self.transaction() as connection:
            new: dict[str, Arrival] = {}
            for some in listed(arrivals):
                asked = [one.report.id for one in some]
                held = set(connection.execute(select(reports.c.id).where(reports.c.id.in_(asked))).scalars())
                for one in some:
                    if one.report.id not in held:
                        new.setdefault(one.report.id, one)
            return self.insert(reports, _KEPT, (_report_row(one, added) for one in new.values()))

    def keep_original(self, path: str, data: bytes | None, *, digest: str, size: int, why_not: str = "") -> bool:
        """Keep the bytes of a file once; with `data` None only its hash, size and why. Returns whether it was new.

        A file whose bytes were not kept before is completed when they are given now.
        """
        with self.transaction() as connection:
            held = connection.execute(select(originals.c.data.is_(None)).where(originals.c.hash == digest)).first()
            packed = zlib.compress(data, 6) if data is not None else None
            smaller = packed is not None and data is not None and len(packed) < len(data)
            kept = {"data": packed if smaller else data, "packed": "zlib" if smaller else "", "why_not_kept": why_not}
            if held is None:
                row = {"hash": digest, "path": plain(path), "size": size, "added_at": now(), **kept}
                connection.execute(originals.insert(), row)
            elif held[0] and data is not None:
                connection.execute(update(originals).where(originals.c.hash == digest).values(kept))
            return held is None

    def original(self, digest: str) -> Stored | None:
        """Return an original by the SHA-256 of its bytes; None where the desk has none."""
        row = self.first(select(originals).where(originals.c.hash == digest))
        if row is None:
            return None
        data = row.data if row.data is None or row.packed != "zlib" else zlib.decompress(row.data)
        return Stored(row.hash, row.path, row.size, data, row.why_not_kept, row.added_at)

    def originals(self) -> Iterator[str]:
        """Yield the hashes of all originals."""
        for row in self.rows(select(originals.c.hash).order_by(originals.c.hash)):
            yield row.hash

    def report(self, ident: str) -> Report | None:
        """Return a report with its text, by its id; None where there is none."""
        row = self.first(select(reports).where(reports.c.id == ident))
        return None if row is None else _report_of(row)

    def reports_of(self, idents: Iterable[str]) -> dict[str, ReportRow]:
        """Return the rows of reports by their ids."""
        found: dict[str, ReportRow] = {}
        for some in listed(idents):
            for row in self.rows(_listing().where(reports.c.id.in_(some))):
                found[row.id] = ReportRow(*values(row))
        return found

    def reports(
        self, wanted: ReportFilter = ALL_REPORTS, *, after: int = 0, limit: int | None = None, newest: bool = False
    ) -> Iterator[ReportRow]:
        """Yield reports in the order in which they came (or the newest first), without their texts.

        `after` is the `seq` of the last one of the page before.
        """
        query = _listing().where(*self._which(wanted)).limit(limit)
        if after:
            query = query.where(reports.c.seq < after if newest else reports.c.seq > after)
        for row in self.rows(query.order_by(reports.c.seq.desc() if newest else reports.c.seq)):
            yield ReportRow(*values(row))

    def _which(self, wanted: ReportFilter) -> list[Any]:
        c = reports.c
        tests: list[tuple[object, Any]] = [
            (wanted.outlet, func.lower(c.outlet) == lowered(wanted.outlet)),
            (wanted.agency, func.lower(c.agency) == lowered(wanted.agency)),
            (wanted.language, c.language == wanted.language.lower()),
            (wanted.first, c.published >= (wanted.first or "")),
            (wanted.last, c.published <= (wanted.last or "")),
            (wanted.as_of, c.known_at <= (wanted.as_of or "")),
            (not wanted.gone, aside(c.gone_at, self.on_sqlite).is_(None)),
        ]
        found = [test for asked, test in tests if asked]
        if wanted.text:
            found.append(matching("report_words", wanted.text, self.on_sqlite))
        return found

    def texts(self, *, after: int = 0) -> Iterator[Report]:
        """Yield all reports that are not gone, with their texts, in the order in which they came."""
        query = select(reports).where(self._here(), reports.c.seq > after).order_by(reports.c.seq)
        for row in self.rows(query):
            yield _report_of(row)

    def uncoded(self, run: str, *, retry: bool = False) -> Iterator[Report]:
        """Yield the reports that a run has not coded, in the order in which they came.

        Those that failed in this run come only with `retry`.
        """
        settled = ("coded", "kept") if retry else ("coded", "kept", "failed")
        done = (
            select(codings.c.seq)
            .where(codings.c.report_id == reports.c.id, codings.c.run_id == run, codings.c.status.in_(settled))
            .exists()
        )
        after = 0
        # In pages: a writer's transactions come between, and none of them should wait for a reader's end.
        while True:
            query = select(reports).where(self._here(), reports.c.seq > after, ~done)
            page = list(self.rows(query.order_by(reports.c.seq).limit(100)))
            for row in page:
                after = row.seq
                yield _report_of(row)
            if not page:
                return

    def count_waiting(self, run: str) -> int:
        """Return how many reports a run has not seen: neither coded, nor kept, nor failed."""
        here = self.scalar(select(func.count()).select_from(reports).where(reports.c.gone_at.is_(None)))
        seen = self.scalar(select(func.count()).select_from(codings).where(codings.c.run_id == run))
        gone = select(reports.c.id).where(reports.c.gone_at.is_not(None))
        counted = (
            select(func.count()).select_from(codings).where(codings.c.run_id == run, codings.c.report_id.in_(gone))
        )
        return int(here) - int(seen) + int(self.scalar(counted))

    def count_uncoded(self, run: str, *, retry: bool = False) -> tuple[int, int]:
        """Return how many reports `uncoded` will yield, and how many characters they have."""
        settled = ("coded", "kept") if retry else ("coded", "kept", "failed")
        done = select(codings.c.report_id).where(codings.c.run_id == run, codings.c.status.in_(settled))
        row = self.first(
            select(func.count(), func.sum(reports.c.length)).where(
                reports.c.gone_at.is_(None), reports.c.id.not_in(done)
            )
        )
        count, length = values(row) if row is not None else (0, 0)
        return int(count), int(length or 0)

    def _here(self) -> Any:
        """Return the condition that a report is not gone, as a test of rows that are read in their order."""
        return aside(reports.c.gone_at, self.on_sqlite).is_(None)

    def withdraw(self, ident: str, why: str) -> bool:
        """Mark a report as gone: it stays, and the desk no longer speaks by it. Returns whether it was there."""
        with self.transaction() as connection:
            gone = update(reports).where(reports.c.id == ident, reports.c.gone_at.is_(None))
            done = connection.execute(gone.values(gone_at=now(), gone_why=why, run_id=None)).rowcount
            connection.execute(
                update(claims).where(claims.c.report_id == ident, claims.c.current == 1).values(current=0)
            )
            return bool(done)

    def fail(
        self, path: str, problem: str, remedy: str, *, stage: str, file: str = "", report: str = "", run: str = "",
        raw_hash: str = "",
    ) -> str:  # fmt: skip
        """Note what could not be read or coded; the same failure twice is one row. Returns its key."""
        key = hashlib.sha256(
            "\x1f".join((stage, path, raw_hash, problem, report, run)).encode("utf-8", "replace")
        ).hexdigest()[:32]
        row = {
            "key": key, "path": plain(path), "file": plain(file or path), "problem": plain(problem),
            "remedy": plain(remedy), "stage": stage,
            "report_id": report, "run_id": run, "raw_hash": raw_hash, "at": now(),
        }  # fmt: skip
        with self.transaction() as connection:
            adding = self.upsert(failures).values(row)
            again = {"at": adding.excluded.at, "resolved_at": None}
            connection.execute(
                adding.on_conflict_do_update(
                    index_elements=["key"], set_=again, where=failures.c.resolved_at.is_not(None)
                )
            )
        return key

    def resolve(self, *, stage: str, file: str = "", report: str = "", run: str = "", but: Sequence[str] = ()) -> int:
        """Mark failures as resolved: those of a file, or of a report (in a run), save the keys in `but`."""
        tests = [failures.c.stage == stage, failures.c.resolved_at.is_(None)]
        for column, value in ((failures.c.file, plain(file)), (failures.c.report_id, report), (failures.c.run_id, run)):
            if value:
                tests.append(column == value)
        with self.transaction() as connection:
            kept = set(but)
            open_ones = connection.execute(select(failures.c.key).where(*tests)).scalars().all()
            done = [key for key in open_ones if key not in kept]
            for some in listed(done):
                connection.execute(update(failures).where(failures.c.key.in_(some)).values(resolved_at=now()))
            return len(done)

    def failures(self, *, stage: str = "", run: str = "", resolved: bool = False) -> Iterator[FailureRow]:
        """Yield failures in the order in which they came, those that still stand or, too, the resolved ones."""
        c = failures.c
        query = select(
            c.seq, c.path, c.problem, c.remedy, c.stage, c.report_id, c.run_id, c.at, c.resolved_at
        ).order_by(c.seq)  # fmt: skip
        if stage:
            query = query.where(c.stage == stage)
        if run:
            query = query.where(c.run_id == run)
        if not resolved:
            query = query.where(c.resolved_at.is_(None))
        for row in self.rows(query):
            yield FailureRow(*values(row))


def _listing() -> Select[Any]:
    c = reports.c
    number = (
        select(codings.c.claims)
        .where(and_(codings.c.report_id == c.id, codings.c.run_id == c.run_id))
        .scalar_subquery()
    )
    return select(
        c.seq, c.id, c.path, c.title, c.outlet, c.agency, c.author, c.published, c.url, c.language, c.country, c.part,
        c.raw_hash, c.original, c.added_at, c.known_at, c.known_by, func.coalesce(c.run_id, literal_column("''")),
        func.coalesce(number, 0), func.coalesce(copies.c.original_id, literal_column("''")), c.gone_at, c.gone_why,
    ).select_from(reports.outerjoin(copies, copies.c.report_id == c.id))  # fmt: skip


def _report_row(one: Arrival, added: str) -> tuple[object, ...]:
    r = one.report
    return (
        r.id, r.raw_hash, one.original, plain(r.path), holdable(r.title), holdable(r.outlet), holdable(r.agency),
        holdable(r.author), r.published.isoformat() if r.published else None, holdable(r.url), r.language, r.country,
        r.part, len(r.text), added, one.known_at or added, one.known_by, msgspec.json.encode(r.flags).decode(),
        holdable(r.text),
    )  # fmt: skip


def _report_of(row: Any) -> Report:
    return Report(
        id=row.id, text=given(row.text), path=row.path, title=given(row.title), outlet=given(row.outlet),
        agency=given(row.agency), author=given(row.author), url=given(row.url),
        published=dt.date.fromisoformat(row.published) if row.published else None,
        language=row.language, country=row.country, raw_hash=row.raw_hash, part=row.part,
        flags=_FLAGS.decode(row.flags),
    )  # fmt: skip
