"""The tables of a desk, one definition for SQLite and PostgreSQL.

Reports, runs, codings, claims and judgements are only ever added. Copies, events and controls are derived
from them and may be made again; an event that is no more keeps its row, marked retired. Moments are ISO 8601
in UTC with microseconds, days are ISO 8601: both sort as text (an open side of an interval is "", first of
all). What is wide (the JSON of a claim or an event, packed) stands in a table of its own: lists read narrow rows.

A change here needs a migration in `migrations/versions`; a test compares the two.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

VERSION = "0001"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# STRICT tables of SQLite know only INTEGER, REAL, TEXT and BLOB. Both databases sort text by code points.
_Words = Text().with_variant(Text(collation="C"), "postgresql")
_Number: Any = Double().with_variant(REAL(), "sqlite")
_Long = BigInteger().with_variant(Integer(), "sqlite")


def _key() -> Column[Any]:
    return Column("seq", _Long, primary_key=True, autoincrement=True)


def _text(name: str, *more: Any, **options: Any) -> Column[Any]:
    """Return a column of words that is empty where there are none."""
    return Column(name, _Words, *more, nullable=False, server_default="", **options)


def _maybe(name: str, *more: Any, **options: Any) -> Column[Any]:
    """Return a column of words that is NULL where there are none."""
    return Column(name, _Words, *more, nullable=True, **options)


def _table(name: str, *columns: Any) -> Table:
    # AUTOINCREMENT: a number is never given twice, whatever becomes of its row.
    return Table(name, metadata, *columns, sqlite_strict=True, sqlite_autoincrement="seq" in {c.name for c in columns
        if isinstance(c, Column)})  # fmt: skip


desk = _table("desk", Column("key", _Words, primary_key=True), Column("value", _Words, nullable=False))

originals = _table(
    "originals",
    Column("hash", _Words, primary_key=True),
    Column("path", _Words, nullable=False),
    Column("size", _Long, nullable=False),
    Column("data", LargeBinary),
    _text("packed"),
    _text("why_not_kept"),
    Column("added_at", _Words, nullable=False),
)

reports = _table(
    "reports",
    _key(),
    Column("id", _Words, nullable=False),
    Column("raw_hash", _Words, nullable=False),
    _maybe("original", ForeignKey("originals.hash")),
    _text("path"),
    _text("title"),
    _text("outlet"),
    _text("agency"),
    _text("author"),
    _maybe("published"),
    _text("url"),
    Column("language", _Words, nullable=False),
    _text("country"),
    Column("part", Integer, nullable=False, server_default="0"),
    Column("length", Integer, nullable=False),
    Column("added_at", _Words, nullable=False),
    Column("known_at", _Words, nullable=False),
    Column("known_by", _Words, nullable=False),
    _maybe("run_id", ForeignKey("runs.id")),
    _maybe("gone_at"),
    _text("gone_why"),
    # What is long stands last, so that the rest is read without it.
    Column("flags", _Words, nullable=False, server_default="[]"),
    Column("text", _Words, nullable=False),
    UniqueConstraint("id"),
    Index(None, "published", "seq"),
    Index(None, "gone_at", "language", "outlet"),
    Index(None, "original"),
    Index(None, "run_id", "seq"),
)

failures = _table(
    "failures",
    _key(),
    Column("key", _Words, nullable=False),
    Column("path", _Words, nullable=False),
    _text("file"),
    Column("problem", _Words, nullable=False),
    Column("remedy", _Words, nullable=False),
    Column("stage", _Words, nullable=False),
    _text("report_id"),
    _text("run_id"),
    _text("raw_hash"),
    Column("at", _Words, nullable=False),
    _maybe("resolved_at"),
    UniqueConstraint("key"),
    Index(None, "file", "stage"),
    Index(None, "report_id", "run_id"),
)

runs = _table(
    "runs",
    _key(),
    Column("id", _Words, nullable=False),
    Column("dateline", _Words, nullable=False),
    Column("model", _Words, nullable=False),
    Column("model_hash", _Words, nullable=False),
    Column("gazetteer", _Words, nullable=False),
    Column("knowledge", _Words, nullable=False),
    Column("trained", _Words, nullable=False),
    Column("settings", _Words, nullable=False),
    Column("began", _Words, nullable=False),
    UniqueConstraint("id"),
)

# When a run became the one that the desk speaks by: going back to older settings is a turn, not a new run.
turns = _table(
    "turns",
    _key(),
    Column("run_id", _Words, ForeignKey("runs.id"), nullable=False),
    Column("at", _Words, nullable=False),
    Index(None, "run_id"),
)

codings = _table(
    "codings",
    _key(),
    Column("report_id", _Words, ForeignKey("reports.id"), nullable=False),
    Column("run_id", _Words, ForeignKey("runs.id"), nullable=False),
    Column("status", _Words, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("flags", _Words, nullable=False, server_default="[]"),
    Column("debris", _Words, nullable=False, server_default="[]"),
    Column("at", _Words, nullable=False),
    UniqueConstraint("report_id", "run_id"),
    Index(None, "run_id", "status"),
)

_current = text("current = 1")


def _of_current(*columns: str) -> Index:
    """Return an index over the claims by which the desk speaks."""
    return Index(None, *columns, sqlite_where=_current, postgresql_where=_current)


claims = _table(
    "claims",
    _key(),
    Column("id", _Words, nullable=False),
    Column("run_id", _Words, ForeignKey("runs.id"), nullable=False),
    Column("report_id", _Words, ForeignKey("reports.id"), nullable=False),
    Column("current", Integer, nullable=False),
    Column("words", _Words, nullable=False),
    _text("plover"),
    _text("mode"),
    _text("effect"),
    _text("acled_type"),
    _text("acled_sub"),
    Column("status", _Words, nullable=False),
    Column("polarity", _Words, nullable=False),
    Column("headline", Integer, nullable=False),
    _text("actors"),
    _text("actor_ids"),
    _text("targets"),
    _text("target_ids"),
    _text("source_name"),
    _text("source_kind"),
    _text("source_id"),
    _text("source_side"),
    _text("place_name"),
    Column("geonameid", _Long),
    _text("admin1"),
    _text("country_code"),
    Column("lat", _Number),
    Column("lon", _Number),
    Column("precision", Integer),
    _text("first"),
    _text("last"),
    _text("granularity"),
    Column("killed_low", _Number),
    Column("killed_best", _Number),
    Column("killed_high", _Number),
    Column("confidence", _Number, nullable=False),
    UniqueConstraint("run_id", "id"),
    Index(None, "id"),
    Index(None, "report_id", "run_id"),
    _of_current("country_code", "first", "seq"),
    _of_current("first", "seq"),
    _of_current("geonameid", "first"),
    _of_current("plover", "first"),
)

claim_bodies = _table(
    "claim_bodies",
    Column("claim", _Long, ForeignKey("claims.seq"), primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

copies = _table(
    "copies",
    Column("report_id", _Words, ForeignKey("reports.id"), primary_key=True),
    Column("original_id", _Words, ForeignKey("reports.id"), nullable=False),
    Column("kind", _Words, nullable=False),
    Column("score", _Number, nullable=False),
    Column("reasons", _Words, nullable=False, server_default="[]"),
    Index(None, "original_id"),
)

judgements = _table(
    "judgements",
    _key(),
    Column("id", _Words, nullable=False),
    Column("verdict", _Words, nullable=False),
    Column("subject", _Words, nullable=False),
    Column("apart", _Words, nullable=False, server_default="[]"),
    _text("field"),
    _text("value"),
    Column("reviewer", _Words, nullable=False),
    _text("reason"),
    Column("at", _Words, nullable=False),
    UniqueConstraint("id"),
)

_live = text("retired_at IS NULL")


def _of_live(*columns: str) -> Index:
    """Return an index over the events that are not retired."""
    return Index(None, *columns, sqlite_where=_live, postgresql_where=_live)


events = _table(
    "events",
    Column("id", _Words, primary_key=True),
    Column("digest", _Words, nullable=False),
    Column("oldest", _Words, nullable=False),
    Column("title", _Words, nullable=False),
    _text("plover"),
    _text("mode"),
    _text("effect"),
    _text("acled_type"),
    _text("acled_sub"),
    Column("happened", _Words, nullable=False),
    Column("standing", _Words, nullable=False),
    _text("actors"),
    _text("actor_ids"),
    _text("targets"),
    _text("target_ids"),
    _text("place_name"),
    Column("geonameid", _Long),
    _text("admin1"),
    _text("country_code"),
    Column("lat", _Number),
    Column("lon", _Number),
    Column("precision", Integer),
    _text("first"),
    _text("last"),
    _text("granularity"),
    Column("reports", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("killed_low", _Number),
    Column("killed_best", _Number),
    Column("killed_high", _Number),
    Column("confidence", _Number, nullable=False),
    Column("made_at", _Words, nullable=False),
    _maybe("retired_at"),
    _maybe("successor"),
    _of_live("first", "id"),
    _of_live("country_code", "first"),
    _of_live("geonameid", "first"),
    _of_live("plover", "first"),
    _of_live("standing", "first"),
    _of_live("reports", "id"),
    _of_live("killed_best", "id"),
)

event_bodies = _table(
    "event_bodies",
    Column("event_id", _Words, ForeignKey("events.id"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

event_claims = _table(
    "event_claims",
    Column("event_id", _Words, ForeignKey("events.id"), primary_key=True),
    Column("claim_id", _Words, primary_key=True),
    Column("report_id", _Words, nullable=False),
    Index(None, "claim_id"),
    Index(None, "report_id"),
)

controls = _table(
    "controls",
    _key(),
    Column("place", _Words, nullable=False),
    _text("place_name"),
    Column("geonameid", _Long),
    _text("admin1"),
    _text("country_code"),
    _text("holder"),
    _text("side"),
    Column("hold", _Words, nullable=False),
    _text("start"),
    _text("end"),
    Column("body", _Words, nullable=False),
    Index(None, "place", "start"),
    Index(None, "geonameid", "start"),
    Index(None, "country_code", "start"),
)

log = _table(
    "log",
    _key(),
    Column("at", _Words, nullable=False),
    Column("what", _Words, nullable=False),
    Column("detail", _Words, nullable=False, server_default="{}"),
)


def _folded(table: Table, column: str, then: str, where: Any = None) -> None:
    """Index a column of names without regard to case."""
    words = func.lower(table.c[column])
    Index(f"ix_{table.name}_lower_{column}", words, table.c[then], sqlite_where=where, postgresql_where=where)


_folded(reports, "outlet", "seq")
_folded(claims, "place_name", "first", _current)
_folded(claims, "admin1", "first", _current)
_folded(events, "place_name", "first", _live)
_folded(events, "admin1", "first", _live)
