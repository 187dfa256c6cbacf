"""Search, comparison of runs, and how much there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Table, func, select

from dateline.records import Claim
from dateline.store.base import listed, values
from dateline.store.claimed import aside
from dateline.store.codings import Codings
from dateline.store.migrating import version
from dateline.store.rows import ALL_CLAIMS, Change, ClaimFilter, Counts, Hit
from dateline.store.schema import (
    claim_bodies,
    claims,
    codings,
    controls,
    copies,
    desk,
    events,
    failures,
    judgements,
    log,
    originals,
    reports,
    runs,
    turns,
)


class Finding(Codings):
    """The part of the store that finds and counts."""

    def search(
        self, text: str = "", wanted: ClaimFilter = ALL_CLAIMS, *, limit: int | None = 100, offset: int = 0,
        newest: bool = True,
    ) -> Iterator[Hit]:  # fmt: skip
        """Yield the claims whose words hold all that is asked for, those that came last first.

        Every word counts by its stem; "a phrase" stands in quotation marks; a `*` at its end finds beginnings.
        Nothing that is typed is an error. Without a text the filters alone decide.
        """
        asked = msgspec.structs.replace(wanted, text=text or wanted.text)
        c, r = claims.c, reports.c
        picked = select(
            c.seq, claim_bodies.c.body, c.words, c.run_id, r.id, r.seq, r.title, r.path, r.outlet, r.agency, r.published
        )
        joined = picked.select_from(claims.join(reports, r.id == c.report_id)).join(
            claim_bodies, claim_bodies.c.claim == c.seq
        )
        with self.reading() as connection:
            numbers = self.numbers(connection, asked, "newest" if newest else "came", limit, offset)
            for some in listed(numbers):
                found = {values(row)[0]: values(row)[1:] for row in connection.execute(joined.where(c.seq.in_(some)))}
                for body, *rest in (found[number] for number in some):
                    yield Hit(self.claim_of(body), *rest)

    def count_claims(self, wanted: ClaimFilter = ALL_CLAIMS) -> int:
        """Return how many claims there are."""
        query = select(func.count()).select_from(claims.join(reports, reports.c.id == claims.c.report_id))
        return int(self.scalar(self.which(query, wanted)) or 0)

    def diff(self, before: str, after: str) -> Iterator[Change]:
        """Yield how the claims of one run differ from those of another, over the reports coded in both.

        Raises DeskError where a run is not known.
        """
        old, new = self.run(before).id, self.run(after).id
        for report in self._in_both(old, new):
            yield from self._differences(report, old, new)

    def _in_both(self, old: str, new: str) -> Iterator[str]:
        a, b = codings.alias("a"), codings.alias("b")
        both = select(a.c.report_id).join(b, a.c.report_id == b.c.report_id)
        both = both.join(reports, reports.c.id == a.c.report_id).order_by(reports.c.seq)
        for row in self.rows(both.where(a.c.run_id == old, b.c.run_id == new)):
            yield row.report_id

    def _differences(self, report: str, old: str, new: str) -> Iterator[Change]:
        query = (
            select(claims.c.id, claims.c.words, claim_bodies.c.body, claims.c.run_id)
            .join(claim_bodies, claim_bodies.c.claim == claims.c.seq)
            .where(claims.c.report_id == report, claims.c.run_id.in_((old, new)))
            .order_by(claims.c.seq)
        )
        found: dict[str, dict[str, Any]] = {}
        for row in self.rows(query):
            found.setdefault(row.id, {})[row.run_id] = row
        for ident, made in found.items():
            if old not in made:
                yield Change("added", ident, report, made[new].words)
            elif new not in made:
                yield Change("gone", ident, report, made[old].words)
            elif made[old].body != made[new].body:
                fields = changed_fields(self.claim_of(made[old].body), self.claim_of(made[new].body))
                yield Change("changed", ident, report, made[new].words, fields)

    def counts(self) -> Counts:
        """Return how much the desk holds."""
        here = reports.c.gone_at.is_(None)
        live = events.c.retired_at.is_(None)
        open_failures = failures.c.resolved_at.is_(None)
        with self.snapshot():
            languages = self._groups(reports.c.language, here)
            days = values(self.first(select(self._edge(False), self._edge(True))))
            kept = values(self.first(select(func.count(), func.sum(originals.c.size)).select_from(originals)))
            return Counts(
                reports=sum(languages.values()),
                gone=self._number(reports, reports.c.gone_at.is_not(None)),
                outlets=int(
                    self.scalar(select(func.count(func.distinct(reports.c.outlet))).where(here, reports.c.outlet != ""))
                    or 0
                ),
                originals=int(kept[0]),
                originals_bytes=int(kept[1] or 0),
                languages=languages,
                first=days[0],
                last=days[1],
                runs=self._number(runs),
                claims=self._spoken_claims(),
                copies=self._number(copies),
                events=self._number(events, live),
                standings=self._groups(events.c.standing, live),
                retired=self._number(events, events.c.retired_at.is_not(None)),
                controls=self._number(controls),
                judgements=self._number(judgements),
                failures_read=self._number(failures, open_failures, failures.c.stage == "read"),
                failures_code=self._number(failures, open_failures, failures.c.stage == "code"),
            )

    def last_moments(self) -> tuple[str, str]:
        """Return when something last came that events are made of (a coding, a turn to other settings, a
        judgement that binds, a report withdrawn), and when they were last made; "" for never."""
        binding = judgements.c.verdict.in_(("right", "wrong", "merge", "split"))
        came = (
            select(func.max(codings.c.at)), select(func.max(turns.c.at)), select(func.max(reports.c.gone_at)),
            select(func.max(judgements.c.at)).where(binding),
        )  # fmt: skip
        with self.snapshot():
            last = max(str(self.scalar(query) or "") for query in came)
            made = self.scalar(select(func.max(log.c.at)).where(log.c.what == "reconcile"))
        return last, str(made or "")

    def facts(self) -> dict[str, str]:
        """Return what the desk knows of itself: its version and when it was made."""
        found = {row.key: row.value for row in self.rows(select(desk))}
        with self.reading() as connection:
            return {**found, "version": version(connection)}

    def _spoken_claims(self) -> int:
        """Return how many claims the desk speaks by, as its codings say: to count the claims takes seconds."""
        current, found = self.current_run(), 0
        gone = select(reports.c.id).where(reports.c.gone_at.is_not(None))
        for run in self.runs():
            query = select(func.sum(codings.c.claims)).where(codings.c.run_id == run.id)
            if current is not None and run.id == current.id:
                query = query.where(codings.c.report_id.not_in(gone))
            else:  # of an older run only what the current one has not coded, which is little
                query = query.join(reports, reports.c.id == codings.c.report_id).where(reports.c.run_id == run.id)
            found += int(self.scalar(query) or 0)
        return found

    def _edge(self, last: bool) -> Any:
        """Return the first or last day of publication, which an index knows."""
        day = reports.c.published
        found = select(day).where(day.is_not(None), aside(reports.c.gone_at, self.on_sqlite).is_(None))
        return found.order_by(day.desc() if last else day).limit(1).scalar_subquery()

    def _number(self, table: Table, *tests: Any) -> int:
        return int(self.scalar(select(func.count()).select_from(table).where(*tests)) or 0)

    def _groups(self, column: Any, *tests: Any) -> dict[str, int]:
        query = select(column, func.count()).where(*tests).group_by(column).order_by(column)
        return {str(name): int(count) for name, count in map(values, self.rows(query))}


def changed_fields(before: Claim, after: Claim) -> tuple[tuple[str, str, str], ...]:
    """Return the fields in which two claims of one id differ, as (name, before, after), each value as JSON."""
    found = []
    for name, old in _fields(before).items():
        new = _fields(after)[name]
        if old != new:
            found.append((name, msgspec.json.encode(old).decode(), msgspec.json.encode(new).decode()))
    return tuple(found)


def _fields(claim: Claim) -> dict[str, Any]:
    """Return what can differ between two claims of one id, by its name."""
    whole = {name: getattr(claim, name) for name in claim.__struct_fields__ if name not in ("id", "predication")}
    said = claim.predication
    return {**{name: getattr(said, name) for name in said.__struct_fields__}, **whole}
