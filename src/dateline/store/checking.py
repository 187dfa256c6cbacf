"""Is the desk whole? Each check names what it looked at and what it found wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, or_, select, text
from sqlalchemy.exc import DBAPIError

from dateline.records import DeskError, Event
from dateline.store.base import values
from dateline.store.finding import Finding
from dateline.store.reports import Reports
from dateline.store.schema import (
    claim_bodies,
    claims,
    codings,
    event_bodies,
    event_claims,
    events,
    reports,
    turns,
)

_SHOWN = 5


class Check(msgspec.Struct, frozen=True):
    """What was looked at, how many were looked at, and what is wrong: how many, and the first few of them."""

    what: str
    seen: int
    wrong: int = 0
    first: tuple[str, ...] = ()


class Checking(Reports, Finding):
    """The part of the store that examines itself; it changes nothing."""

    def checks(self) -> Iterator[Check]:
        """Yield every check as it is done; the slow ones read every row."""
        for check in (
            self._pages, self._references, self._originals, self._codings, self._speaking, self._bodies, self._events,
            self._links,
        ):  # fmt: skip
            yield check()

    def _pages(self) -> Check:
        """See that the database itself is sound, and its full text with it."""
        if not self.on_sqlite:
            return Check("the database answers", 1 if self.scalar(text("SELECT 1")) == 1 else 0)
        said = [str(values(row)[0]) for row in self.rows(text("PRAGMA integrity_check(20)"))]
        wrong = [line for line in said if line != "ok"]
        if not wrong and not self.read_only:
            wrong = self._full_text()
        return _found("pages of the file and full text", int(self.scalar(text("PRAGMA page_count"))), wrong)

    def _full_text(self) -> list[str]:
        wrong = []
        for index in ("claim_words", "report_words"):
            try:
                with self.engine.connect() as connection:
                    connection.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
                    connection.rollback()
            except DBAPIError as error:
                wrong.append(f"{index}: {error.orig}")
        return wrong

    def _references(self) -> Check:
        if not self.on_sqlite:
            return Check("references between tables (the server holds them)", 0)
        rows = map(values, self.rows(text("PRAGMA foreign_key_check")))
        broken = [f"{table} row {row} names no {parent}" for table, row, parent, _ in rows]
        return _found("references between tables", self._number(claims), broken)

    def _originals(self) -> Check:
        """See that the bytes of each file have the hash that they had."""
        wrong, seen = [], 0
        for digest in list(self.originals()):
            held = self.original(digest)
            seen += 1
            if held is None or held.data is None:
                continue
            if len(held.data) != held.size or hashlib.sha256(held.data).hexdigest() != digest:
                wrong.append(f"{held.path} ({digest[:12]})")
        return _found("hashes of the files kept", seen, wrong)

    def _codings(self) -> Check:
        """See that each coding has the claims that it says, and each claim its coding."""
        per = select(claims.c.report_id, claims.c.run_id, func.count().label("held"))
        counted = per.group_by(claims.c.report_id, claims.c.run_id).subquery()
        same = and_(counted.c.report_id == codings.c.report_id, counted.c.run_id == codings.c.run_id)
        odd = (
            select(codings.c.report_id, codings.c.claims, func.coalesce(counted.c.held, 0))
            .select_from(codings.outerjoin(counted, same))
            .where(codings.c.claims != func.coalesce(counted.c.held, 0))
        )
        rows = map(values, self.rows(odd))
        wrong = [f"report {report}: {noted} claims noted, {held} held" for report, noted, held in rows]
        stray = (
            select(counted.c.report_id)
            .select_from(counted.outerjoin(codings, same))
            .where(or_(codings.c.seq.is_(None), codings.c.status != "coded"))
        )
        wrong += [f"report {row[0]}: claims without a coding" for row in self.rows(stray)]
        return _found("codings and their claims", self._number(codings), wrong)

    def _speaking(self) -> Check:
        """See that the desk speaks of each report by one run: the newest in which it was coded."""
        should = and_(reports.c.run_id == claims.c.run_id, reports.c.gone_at.is_(None))
        odd = (
            select(claims.c.id)
            .join(reports, reports.c.id == claims.c.report_id)
            .where(or_(and_(claims.c.current == 1, or_(reports.c.run_id.is_(None), ~should)),
                and_(claims.c.current == 0, should)))
        )  # fmt: skip
        wrong = [f"claim {row.id}" for row in self.rows(odd)]
        rank = func.row_number().over(partition_by=codings.c.report_id, order_by=turns.c.seq.desc())
        ranked = (
            select(codings.c.report_id, codings.c.run_id, rank.label("rank"))
            .join(turns, turns.c.run_id == codings.c.run_id)
            .where(codings.c.status != "failed")
            .subquery()
        )
        newest = select(reports.c.id).join(ranked, and_(ranked.c.report_id == reports.c.id, ranked.c.rank == 1))
        late = newest.where(
            reports.c.gone_at.is_(None), or_(reports.c.run_id.is_(None), reports.c.run_id != ranked.c.run_id)
        )
        wrong += [f"report {row.id}" for row in self.rows(late)]
        return _found("the run by which the desk speaks of each report", self._number(reports), wrong)

    def _bodies(self) -> Check:
        """See that each claim can be read, and is the one that its row names."""
        query = select(claims.c.seq, claims.c.id, claim_bodies.c.body)
        return self._read(
            "claims", query.outerjoin(claim_bodies, claim_bodies.c.claim == claims.c.seq),
            lambda row: self.claim_of(row.body).id == row.id,
        )  # fmt: skip

    def _events(self) -> Check:
        """See that each event can be read and is as it was written."""
        decoder = msgspec.json.Decoder(Event)

        def right(row: Any) -> bool:
            body = self.packer("event").unpack(row.body)
            digest = hashlib.sha256(body).hexdigest()[:32]
            return bool(digest == row.digest and decoder.decode(body).id == row.id)

        query = select(events.c.id, events.c.digest, event_bodies.c.body)
        return self._read("events", query.outerjoin(event_bodies, event_bodies.c.event_id == events.c.id), right)

    def _read(self, what: str, query: Select[Any], right: Callable[[Any], bool]) -> Check:
        wrong, seen = [], 0
        for row in self.rows(query):
            seen += 1
            try:
                good = row.body is not None and right(row)
            except (msgspec.MsgspecError, DeskError):
                good = False
            if not good:
                wrong.append(str(row.id))
        return _found(what, seen, wrong)

    def _links(self) -> Check:
        """See that live events hold claims that are there."""
        stray = (
            select(event_claims.c.claim_id)
            .outerjoin(claims, claims.c.id == event_claims.c.claim_id)
            .where(claims.c.seq.is_(None))
        )
        wrong = [f"claim {row.claim_id}" for row in self.rows(stray)]
        return _found("claims of events", self._number(event_claims), wrong)


def _found(what: str, seen: int, wrong: list[str]) -> Check:
    return Check(what, seen, len(wrong), tuple(wrong[:_SHOWN]))
