"""Runs, how reports were coded in them, and the claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, case, func, select, update

from dateline.records import Claim, Debris, DeskError, Filed, Flag, Run
from dateline.store.base import Connected, listed, now, values
from dateline.store.claimed import aside, which_claims
from dateline.store.columns import CLAIM_COLUMNS, claim_row
from dateline.store.rows import ALL_CLAIMS, ClaimFilter, CodedReport, Coding
from dateline.store.schema import claim_bodies, claims, codings, copies, reports, runs, turns

_FLAGS = msgspec.json.Decoder(tuple[Flag, ...])
_PAGE = 500  # reports whose claims are read at a time
_CLAIM = msgspec.json.Decoder(Claim)
_DEBRIS = msgspec.json.Decoder(tuple[Debris, ...])


class Codings(Connected):
    """The part of the store that holds runs, codings and claims."""

    def begin_run(self, run: Run) -> None:
        """Note a run, once, and that the desk speaks by it from now on, where it did not.

        Reports that were coded in it before an other run took its place speak by it again.
        """
        with self.transaction() as connection:
            if connection.execute(select(runs.c.seq).where(runs.c.id == run.id)).first() is None:
                row = {
                    "id": run.id, "dateline": run.dateline, "model": run.model, "model_hash": run.model_hash,
                    "gazetteer": run.gazetteer, "knowledge": run.knowledge,
                    "trained": msgspec.json.encode(run.trained).decode(),
                    "settings": msgspec.json.encode(run.settings).decode(), "began": run.began or now(),
                }  # fmt: skip
                connection.execute(runs.insert(), row)
            last = connection.execute(select(turns.c.run_id).order_by(turns.c.seq.desc()).limit(1)).scalar()
            if last == run.id:
                return
            connection.execute(turns.insert(), {"run_id": run.id, "at": run.began or now()})
            coded = select(codings.c.report_id).where(codings.c.run_id == run.id, codings.c.status != "failed")
            other = select(reports.c.id).where(reports.c.id.in_(coded), reports.c.run_id != run.id)
            back = list(connection.execute(other).scalars())
            for some in listed(back):
                held = claims.c.report_id.in_(some)
                connection.execute(update(claims).where(held, claims.c.current == 1).values(current=0))
                connection.execute(update(claims).where(held, claims.c.run_id == run.id).values(current=1))
                connection.execute(update(reports).where(reports.c.id.in_(some)).values(run_id=run.id))

    def runs(self) -> list[Run]:
        """Return all runs, the oldest first."""
        return [_run_of(row) for row in self.rows(select(runs).order_by(runs.c.seq))]

    def run(self, ident: str) -> Run:
        """Return a run by its id or how that begins. Raises DeskError where none or several begin so."""
        found = [run for run in self.runs() if run.id.startswith(ident)]
        exact = [run for run in found if run.id == ident]
        if len(exact or found) != 1:
            known = ", ".join(run.id for run in self.runs()) or "none yet"
            raise DeskError(f"{self.name}: {'no run' if not found else 'several runs'} {ident!r}; there are: {known}")
        return (exact or found)[0]

    def current_run(self) -> Run | None:
        """Return the run by which the desk speaks now; None before the first."""
        row = self.first(
            select(runs).join(turns, turns.c.run_id == runs.c.id).order_by(turns.c.seq.desc()).limit(1)
        )  # fmt: skip
        return None if row is None else _run_of(row)

    def save_coding(
        self, run: str, report: str, made: Sequence[Claim], words: Sequence[str], *, flags: Sequence[Flag] = (),
        debris: Sequence[Debris] = (), status: str = "coded",
    ) -> bool:  # fmt: skip
        """Keep what a run made of one report; `save_codings` says how. Returns whether it was new."""
        one = CodedReport(report, tuple(made), tuple(words), tuple(flags), tuple(debris), status)
        return bool(self.save_codings(run, [one]))

    def save_codings(self, run: str, made: Sequence[CodedReport]) -> list[str]:
        """Keep what a run made of some reports, all or nothing; the desk speaks of them by it from now on.

        Of a report that failed it goes on speaking by the run before. What was coded in this run already stays
        as it is. Returns the ids of the reports that are new in this run.
        """
        kept: list[str] = []
        with self.transaction() as connection:
            for some in listed({one.report: one for one in made}.values()):
                held = self._statuses(connection, run, [one.report for one in some])
                new = [one for one in some if held.get(one.report) in (None, "failed")]
                new = [one for one in new if one.report not in held or one.status != "failed"]
                if new:
                    self._save(connection, run, new)
                kept += [one.report for one in new]
        return kept

    def _statuses(self, connection: Connection, run: str, idents: Sequence[str]) -> dict[str, str]:
        query = select(codings.c.report_id, codings.c.status)
        query = query.where(codings.c.run_id == run, codings.c.report_id.in_(idents))
        return {row.report_id: row.status for row in connection.execute(query)}

    def _save(self, connection: Connection, run: str, new: Sequence[CodedReport]) -> None:
        adding = self.upsert(codings)
        again = {name: adding.excluded[name] for name in ("status", "claims", "flags", "debris", "at")}
        adding = adding.on_conflict_do_update(index_elements=["report_id", "run_id"], set_=again)
        moment = now()
        connection.execute(adding, [_coding_row(one, run, moment) for one in new])
        spoken = [one for one in new if one.status != "failed"]
        idents = [one.report for one in spoken]
        before = claims.c.report_id.in_(idents)
        connection.execute(update(claims).where(before, claims.c.current == 1).values(current=0))
        connection.execute(update(reports).where(reports.c.id.in_(idents)).values(run_id=run))
        self.insert(
            claims, CLAIM_COLUMNS,
            (
                claim_row(claim, run, one.report, said)
                for one in spoken
                for claim, said in zip(one.claims, one.words, strict=True)
            ),
        )  # fmt: skip
        numbers = select(claims.c.id, claims.c.seq).where(before, claims.c.run_id == run)
        number = {row.id: row.seq for row in connection.execute(numbers)}
        bodies = ((number[claim.id], self._body(claim)) for one in spoken for claim in one.claims)
        self.insert(claim_bodies, ("claim", "body"), bodies)

    def coding(self, report: str, run: str | None = None) -> Coding | None:
        """Return how a report was coded, in a run or in the one by which the desk speaks of it."""
        query = select(codings).join(reports, reports.c.id == codings.c.report_id).where(reports.c.id == report)
        row = self.first(query.where(codings.c.run_id == (reports.c.run_id if run is None else run)))
        if row is None:
            return None
        flags, debris = _FLAGS.decode(row.flags), _DEBRIS.decode(row.debris)
        return Coding(row.report_id, row.run_id, row.status, row.claims, flags, debris, row.at)

    def codings_by_status(self, run: str) -> dict[str, int]:
        """Return how many reports a run coded, kept (not English) and failed with."""
        query = select(codings.c.status, func.count()).where(codings.c.run_id == run).group_by(codings.c.status)
        return {str(status): int(count) for status, count in map(values, self.rows(query))}

    def claims_of_report(self, report: str, run: str | None = None) -> list[Claim]:
        """Return the claims of a report in text order."""
        query = (
            select(claim_bodies.c.body)
            .join(claims, claims.c.seq == claim_bodies.c.claim)
            .where(claims.c.report_id == report, claims.c.current == 1 if run is None else claims.c.run_id == run)
            .order_by(claims.c.seq)
        )
        return [self.claim_of(row.body) for row in self.rows(query)]

    def claim(self, ident: str, run: str | None = None) -> Claim | None:
        """Return a claim by its id, as the desk speaks now or as a run made it; None where there is none."""
        query = select(claim_bodies.c.body).join(claims, claims.c.seq == claim_bodies.c.claim)
        test = claims.c.current == 1 if run is None else claims.c.run_id == run
        row = self.first(query.where(claims.c.id == ident, test))
        return None if row is None else self.claim_of(row.body)

    def claim_ids(self, start: str, limit: int = 10) -> list[str]:
        """Return the ids of claims that begin so, as the desk speaks now."""
        query = select(claims.c.id).where(claims.c.id >= start, claims.c.id < start + "\U0010ffff")
        found = self.rows(query.where(claims.c.current == 1).distinct().order_by(claims.c.id).limit(limit))
        return [row.id for row in found]

    def filed(
        self, wanted: ClaimFilter = ALL_CLAIMS, *, limit: int | None = None, order: str = "report"
    ) -> Iterator[Filed]:
        """Yield claims with what is known of their reports.

        `order` is "report" (as the reports came, in text order), "place" (country, then first day, then as they
        came) or "day". A report that is gone is left out.
        """
        with self.reading() as connection:
            if order == "report" and limit is None and wanted in (ALL_CLAIMS, ClaimFilter(run=wanted.run)):
                pages = self._by_reports(connection, wanted)
            else:
                pages = self._by_numbers(connection, self.numbers(connection, wanted, order, limit))
            for page in pages:
                yield from map(self._filed_of, page)

    def numbers(
        self, connection: Connection, wanted: ClaimFilter, order: str, limit: int | None, offset: int = 0
    ) -> list[int]:
        """Return the numbers (`seq`) of claims in an order: what is sorted is narrow, however many there are."""
        walking = limit is not None and order in ("came", "newest")
        query = self.which(_joined(select(claims.c.seq)), wanted, walking).order_by(*_order(order))
        return [row.seq for row in connection.execute(query.limit(limit).offset(offset or None))]

    def _by_numbers(self, connection: Connection, numbers: Sequence[int]) -> Iterator[list[Row[Any]]]:
        """Yield the rows of claims in the order of their numbers."""
        for some in listed(numbers):
            found = {row.seq: row for row in connection.execute(_filed().where(claims.c.seq.in_(some)))}
            yield [found[number] for number in some]

    def _by_reports(self, connection: Connection, wanted: ClaimFilter) -> Iterator[list[Row[Any]]]:
        """Yield the rows of all claims, some hundred reports at a time, so that little is sorted at once."""
        last = int(connection.execute(select(func.max(reports.c.seq))).scalar() or 0)
        for low in range(0, last, _PAGE):
            within = reports.c.seq.between(low + 1, low + _PAGE)
            yield list(connection.execute(self.which(_filed(), wanted).where(within).order_by(*_order("report"))))

    def filed_of(self, idents: Iterable[str], *, run: str | None = None) -> list[Filed]:
        """Return claims by their ids, in the order in which they came."""
        found: list[tuple[int, Filed]] = []
        for some in listed(dict.fromkeys(idents)):
            query = self.which(_filed(), ClaimFilter(run=run)).where(claims.c.id.in_(some))
            found.extend((row.seq, self._filed_of(row)) for row in self.rows(query))
        return [filed for _, filed in sorted(found, key=lambda pair: pair[0])]

    def claim_of(self, packed: bytes) -> Claim:
        """Return the claim that was kept packed. Raises DeskError where it is damaged."""
        return _CLAIM.decode(self.packer("claim").unpack(packed))

    def _body(self, claim: Claim) -> bytes:
        return self.packer("claim").pack(msgspec.json.encode(claim))

    def _filed_of(self, row: Any) -> Filed:
        return Filed(self.claim_of(row.body), *row[2:10])

    def which(self, query: Select[Any], wanted: ClaimFilter, walking: bool = False) -> Select[Any]:
        """Narrow a query over claims and reports to the claims that are wanted."""
        tests = which_claims(wanted, self.on_sqlite, walking)
        if wanted.run is None and wanted.as_of is None:
            return query.where(claims.c.current == 1, *tests)
        tests.append(aside(reports.c.gone_at, self.on_sqlite).is_(None))
        if wanted.run is not None:
            return query.where(claims.c.run_id == wanted.run, *tests)
        spoken = _spoken(wanted.as_of or "")
        by_then = (spoken.c.report_id == claims.c.report_id) & (spoken.c.run_id == claims.c.run_id)
        return query.join(spoken, by_then).where(reports.c.known_at <= wanted.as_of, *tests)


def _spoken(as_of: str) -> Any:
    """Return, for each report, the run by which the desk spoke of it at a moment.

    That is the newest that began by then; where the report was added only later (and counts from its day
    of publication), the newest that began before it was added; where there is none, its first.
    """
    until = case((reports.c.added_at > as_of, reports.c.added_at), else_=as_of)
    in_time = turns.c.at <= until
    rank = func.row_number().over(
        partition_by=codings.c.report_id,
        order_by=(case((in_time, 0), else_=1), case((in_time, -turns.c.seq), else_=turns.c.seq)),
    )
    ranked = (
        select(codings.c.report_id, codings.c.run_id, rank.label("rank"))
        .join(turns, turns.c.run_id == codings.c.run_id)
        .join(reports, reports.c.id == codings.c.report_id)
        .where(codings.c.status != "failed", reports.c.known_at <= as_of)
        .subquery()
    )
    return select(ranked.c.report_id, ranked.c.run_id).where(ranked.c.rank == 1).subquery("spoken")


def _joined(query: Select[Any]) -> Select[Any]:
    return query.select_from(
        claims.join(reports, reports.c.id == claims.c.report_id).outerjoin(copies, copies.c.report_id == reports.c.id)
    )


def _filed() -> Select[Any]:
    c, r = claims.c, reports.c
    original = func.coalesce(copies.c.original_id, r.id).label("original_id")
    picked = select(
        c.seq, claim_bodies.c.body, r.id, r.seq.label("order"), r.outlet, r.agency, r.published, r.known_at, original,
        c.words,
    )  # fmt: skip
    return _joined(picked).join(claim_bodies, claim_bodies.c.claim == c.seq)


def _order(name: str) -> tuple[Any, ...]:
    c = claims.c
    orders: dict[str, tuple[Any, ...]] = {
        "report": (reports.c.seq, c.seq),
        "place": (c.country_code, c.first, c.seq),
        "day": (c.first, c.seq),
        "came": (c.seq,),
        "newest": (c.seq.desc(),),
    }
    return orders[name]


def _coding_row(one: CodedReport, run: str, moment: str) -> dict[str, object]:
    return {
        "report_id": one.report, "run_id": run, "status": one.status, "claims": len(one.claims), "at": moment,
        "flags": msgspec.json.encode(one.flags).decode(), "debris": msgspec.json.encode(one.debris).decode(),
    }  # fmt: skip


def _run_of(row: Any) -> Run:
    return Run(
        row.id, row.dateline, row.model, row.model_hash, row.gazetteer, row.knowledge,
        msgspec.json.decode(row.trained, type=tuple[str, ...]),
        msgspec.json.decode(row.settings, type=tuple[tuple[str, str], ...]), row.began,
    )  # fmt: skip
