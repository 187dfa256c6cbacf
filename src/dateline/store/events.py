"""Events with their accounts, and who holds which place: derived from claims, made again as they grow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, func, or_, select, update

from dateline.records import Control, Copy, Event, Field
from dateline.store.base import Connected, batches, listed, now
from dateline.store.claimed import holds, lowered, taking_part, touches
from dateline.store.columns import days, idents, plain
from dateline.store.rows import ALL_EVENTS, EventFilter, EventRow
from dateline.store.schema import claims, controls, copies, event_bodies, event_claims, events
from dateline.store.searching import matching

_COMMON = 5000  # claims from which on a word is common
_EVENT = msgspec.json.Decoder(Event)
_CONTROL = msgspec.json.Decoder(Control)
_DERIVED = (
    "id", "digest", "oldest", "title", "plover", "mode", "effect", "acled_type", "acled_sub", "happened", "standing",
    "actors", "actor_ids", "targets", "target_ids", "place_name", "geonameid", "admin1", "country_code", "lat", "lon",
    "precision", "first", "last", "granularity", "reports", "sources", "claims", "killed_low", "killed_best",
    "killed_high", "confidence", "made_at",
)  # fmt: skip
_HELD = (
    "place", "place_name", "geonameid", "admin1", "country_code", "holder", "side", "hold", "start", "end", "body"
)  # fmt: skip


class Written(msgspec.Struct):
    """What writing events changed."""

    new: int = 0
    changed: int = 0
    same: int = 0
    retired: int = 0


class Events(Connected):
    """The part of the store that holds what is derived: copies, events, controls."""

    def write_copies(self, found: Iterable[Copy]) -> int:
        """Put these copies in the place of all others; return how many."""
        with self.transaction() as connection:
            connection.execute(delete(copies))
            rows = ((c.report, c.of, c.kind, c.score, msgspec.json.encode(c.reasons).decode()) for c in found)
            return self.insert(copies, ("report_id", "original_id", "kind", "score", "reasons"), rows)

    def copies(self) -> Iterator[Copy]:
        """Yield all copies, by the id of the report."""
        for row in self.rows(select(copies).order_by(copies.c.report_id)):
            reasons = msgspec.json.decode(row.reasons, type=tuple[str, ...])
            yield Copy(row.report_id, row.original_id, row.kind, row.score, reasons)

    def write_events(self, made: Iterable[Event]) -> Written:
        """Make these the events of the desk, all or nothing; only rows that changed are written.

        An event that is not among them is retired: it stays, with the event that now holds its oldest claim as
        its successor. The first of an event's claims is its oldest.
        """
        done, moment = Written(), now()
        with self.transaction() as connection:
            held = {
                row.id: (row.digest, row.retired_at is not None)
                for row in connection.execute(select(events.c.id, events.c.digest, events.c.retired_at))
            }
            for batch in batches(made):
                self._write(connection, batch, held, done, moment)
            # What is left was not made again.
            gone = sorted(ident for ident, (_, retired) in held.items() if not retired)
            for some in listed(gone):
                connection.execute(delete(event_claims).where(event_claims.c.event_id.in_(some)))
                heir = select(event_claims.c.event_id).where(event_claims.c.claim_id == events.c.oldest).limit(1)
                retiring = update(events).where(events.c.id.in_(some))
                connection.execute(retiring.values(retired_at=moment, successor=heir.scalar_subquery()))
            done.retired = len(gone)
        return done

    def _write(
        self, connection: Connection, batch: Sequence[Event], held: dict[str, tuple[str, bool]], done: Written,
        moment: str,
    ) -> None:  # fmt: skip
        rows, bodies, links, stale = [], [], [], []
        for event in batch:
            body = msgspec.json.encode(event)
            digest = hashlib.sha256(body).hexdigest()[:32]
            before = held.pop(event.id, None)
            if before == (digest, False):
                done.same += 1
                continue
            if before is None:
                done.new += 1
            else:
                done.changed += 1
                stale.append(event.id)
            rows.append(_event_row(event, digest, moment))
            bodies.append((event.id, self.packer("event").pack(body)))
            links.append(event)
        for some in listed(stale):
            connection.execute(delete(event_claims).where(event_claims.c.event_id.in_(some)))
        self._put(connection, events, _DERIVED, rows)
        self._put(connection, event_bodies, ("event_id", "body"), bodies)
        self._link(connection, links)

    def _put(self, connection: Connection, table: Table, columns: Sequence[str], rows: list[Any]) -> None:
        """Insert rows, or write over the columns of those that are there."""
        if not rows:
            return
        mark = "?" if self.on_sqlite else "%s"
        key, names = columns[0], ", ".join(f'"{name}"' for name in columns)
        over = ", ".join(f'"{name}" = excluded."{name}"' for name in columns[1:])
        alive = ', "retired_at" = NULL, "successor" = NULL' if table is events else ""
        sql = (
            f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join([mark] * len(columns))})'
            f' ON CONFLICT ("{key}") DO UPDATE SET {over}{alive}'
        )
        connection.exec_driver_sql(sql, rows)

    def _link(self, connection: Connection, made: Sequence[Event]) -> None:
        """Note which claims, of which reports, belong to events."""
        wanted = [claim for event in made for claim in event.claims]
        of: dict[str, str] = {}
        for some in listed(wanted):
            query = select(claims.c.id, claims.c.report_id).where(claims.c.id.in_(some))
            of.update((row.id, row.report_id) for row in connection.execute(query))
        rows = ((event.id, claim, of.get(claim, "")) for event in made for claim in dict.fromkeys(event.claims))
        self.insert(event_claims, ("event_id", "claim_id", "report_id"), rows)

    def event(self, ident: str) -> Event | None:
        """Return an event by its id, retired or not; None where there is none."""
        row = self.first(select(event_bodies.c.body).where(event_bodies.c.event_id == ident))
        return None if row is None else _EVENT.decode(self.packer("event").unpack(row.body))

    def event_row(self, ident: str) -> EventRow | None:
        """Return an event's row by its id: whether it is retired, and for which; None where there is none."""
        row = self.first(_listing().where(events.c.id == ident))
        return None if row is None else _listed_event(row)

    def event_ids(self, start: str, limit: int = 10) -> list[str]:
        """Return the ids that begin so, those of live events first."""
        query = select(events.c.id).where(events.c.id >= start, events.c.id < start + "\U0010ffff")
        query = query.order_by(events.c.retired_at.is_not(None), events.c.id).limit(limit)
        return [row.id for row in self.rows(query)]

    def event_rows(
        self,
        wanted: EventFilter = ALL_EVENTS,
        *,
        order: str = "day",
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[EventRow]:
        """Yield events without their accounts. `order` is day, reports, killed or id."""
        query = _listing().where(*self._which_events(wanted)).order_by(*_order(order, descending))
        for row in self.rows(query.limit(limit).offset(offset or None)):
            yield _listed_event(row)

    def events(
        self,
        wanted: EventFilter = ALL_EVENTS,
        *,
        order: str = "day",
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Event]:
        """Yield events with their accounts, in the order of `event_rows`."""
        query = select(events.c.id).where(*self._which_events(wanted)).order_by(*_order(order, descending))
        with self.reading() as connection:
            idents = [row.id for row in connection.execute(query.limit(limit).offset(offset or None))]
            for some in listed(idents):
                wide = select(event_bodies).where(event_bodies.c.event_id.in_(some))
                found = {row.event_id: row.body for row in connection.execute(wide)}
                for ident in some:
                    yield _EVENT.decode(self.packer("event").unpack(found[ident]))

    def count_events(self, wanted: EventFilter = ALL_EVENTS) -> int:
        """Return how many events there are."""
        return int(self.scalar(select(func.count()).select_from(events).where(*self._which_events(wanted))) or 0)

    def _which_events(self, wanted: EventFilter) -> list[Any]:
        c = events.c
        tests: list[tuple[object, Any]] = [
            (not wanted.retired, c.retired_at.is_(None)),
            (wanted.country, c.country_code == wanted.country.upper()),
            (wanted.admin1, func.lower(c.admin1) == lowered(wanted.admin1)),
            (wanted.place, func.lower(c.place_name) == lowered(wanted.place)),
            (wanted.geonameid is not None, c.geonameid == wanted.geonameid),
            (wanted.first or wanted.last, touches(events, wanted.first, wanted.last)),
            (wanted.plover, c.plover == wanted.plover.upper()),
            (wanted.mode, c.mode == wanted.mode),
            (wanted.acled, or_(c.acled_type == wanted.acled, c.acled_sub == wanted.acled)),
            (wanted.happened, c.happened == wanted.happened),
            (wanted.standing, c.standing == wanted.standing),
            (wanted.killed is not None, c.killed_best >= (wanted.killed or 0)),
            (wanted.sources is not None, c.sources >= (wanted.sources or 0)),
        ]
        found = [test for asked, test in tests if asked]
        if wanted.actor:
            found.append(taking_part(events, wanted.actor, self.on_sqlite))
        if wanted.report:
            found.append(c.id.in_(select(event_claims.c.event_id).where(event_claims.c.report_id == wanted.report)))
        if wanted.text:
            found.append(self._telling_of(wanted.text))
        return found

    def _telling_of(self, words: str) -> Any:
        """Return the condition that the claims of an event hold words.

        Of a rare word the claims lead to the events; of a common one each event is asked, in the list's order,
        until the list is full.
        """
        sought = select(claims.c.seq).where(matching("claim_words", words, self.on_sqlite)).limit(_COMMON)
        common = self.scalar(select(func.count()).select_from(sought.subquery())) == _COMMON
        told = select(event_claims.c.event_id).join(claims, claims.c.id == event_claims.c.claim_id)
        told = told.where(claims.c.current == 1, matching("claim_words", words, self.on_sqlite, testing=common))
        if common:
            return told.where(event_claims.c.event_id == events.c.id).exists()
        return events.c.id.in_(told)

    def claim_ids_of_event(self, ident: str) -> list[str]:
        """Return the ids of an event's claims."""
        query = select(event_claims.c.claim_id).where(event_claims.c.event_id == ident)
        return [row.claim_id for row in self.rows(query.order_by(event_claims.c.claim_id))]

    def events_of_claims(self, idents: Iterable[str]) -> dict[str, str]:
        """Return the event of each claim that belongs to one."""
        found: dict[str, str] = {}
        for some in listed(idents):
            query = select(event_claims.c.claim_id, event_claims.c.event_id).where(event_claims.c.claim_id.in_(some))
            found.update((row.claim_id, row.event_id) for row in self.rows(query))
        return found

    def write_controls(self, found: Iterable[Control]) -> int:
        """Put these in the place of all that was known of who holds what; return how many."""
        with self.transaction() as connection:
            connection.execute(delete(controls))
            return self.insert(controls, _HELD, (_control_row(one) for one in found))

    def controls(
        self, *, place: str = "", geonameid: int | None = None, country: str = "", admin1: str = "",
        on: str | None = None,
    ) -> Iterator[Control]:  # fmt: skip
        """Yield who holds what, by place and day; `on` a day (ISO 8601) only what held then."""
        c = controls.c
        tests: list[tuple[object, Any]] = [
            (place, or_(func.lower(c.place_name) == lowered(place), c.place == place)),
            (geonameid is not None, c.geonameid == geonameid),
            (country, c.country_code == country.upper()),
            (admin1, holds(c.admin1, admin1, self.on_sqlite)),
            (on, (c.start <= (on or "")) & or_(c.end == "", c.end > (on or ""))),
        ]
        query = select(c.body).where(*[test for asked, test in tests if asked])
        for row in self.rows(query.order_by(c.place_name, c.place, c.start, c.seq)):
            yield _CONTROL.decode(row.body)


def place_key(control: Control) -> str:
    """Return what tells the places of controls apart: the gazetteer's number, else country and name."""
    place = control.place
    return str(place.geonameid) if place.geonameid is not None else f"{place.country_code}/{place.admin1}/{place.name}"


def _control_row(one: Control) -> tuple[object, ...]:
    place = one.place
    return (
        place_key(one), plain(place.name), place.geonameid, place.admin1, place.country_code, one.holder, one.side,
        one.hold, one.start or "", one.end or "", msgspec.json.encode(one).decode(),
    )  # fmt: skip


def _listing() -> Any:
    return select(*(events.c[name] for name in EventRow.__struct_fields__))


def _listed_event(row: Any) -> EventRow:
    values = dict(row._mapping)
    values["first"], values["last"] = row.first or None, row.last or None
    return EventRow(**values)


def _order(name: str, descending: bool) -> tuple[Any, ...]:
    c = events.c
    orders = {"day": (c.first, c.id), "reports": (c.reports, c.id), "killed": (c.killed_best, c.id), "id": (c.id,)}
    # Without a number first, the last when descending: the databases differ in what they do by themselves.
    return tuple(
        (column.desc().nulls_last() if descending else column.asc().nulls_first()) if column is c.killed_best
        else column.desc() if descending else column
        for column in orders[name]
    )  # fmt: skip


def _event_row(event: Event, digest: str, moment: str) -> tuple[object, ...]:
    place = event.place
    where = (
        (plain(place.name), place.geonameid, place.admin1, place.country_code, place.lat, place.lon, place.precision)
        if place
        else ("", None, "", "", None, None, None)
    )
    return (
        event.id, digest, event.claims[0] if event.claims else "", plain(event.title), event.plover, event.mode,
        event.effect, *(event.acled or ("", "")), event.happened, event.standing, *_who(event, "actor"),
        *_who(event, "target"), *where, *days(event.time), len(event.reports), len(event.sources), len(event.claims),
        *_count(event, "killed"), event.confidence, moment,
    )  # fmt: skip


def _who(event: Event, role: str) -> tuple[str, str]:
    """Return the names and the ids of all whom the accounts name in a role."""
    accounts = [account for field in event.fields if field.name == role for account in field.accounts]
    names = dict.fromkeys(plain(account.value) for account in accounts if account.value)
    return "; ".join(names), idents(account.key for account in accounts)


def _count(event: Event, what: str) -> tuple[float | None, float | None, float | None]:
    """Return low, best and high of the field that counts all, or else of the first that counts some."""
    fields = sorted((field for field in event.fields if field.name == what), key=lambda field: field.of != "")
    return next(map(_bounds, fields), (None, None, None))


def _bounds(field: Field) -> tuple[float | None, float | None, float | None]:
    best = next((account.best for account in field.accounts if account.key == field.best), None)
    return field.low.value if field.low else None, best, field.high.value if field.high else None
