"""The desk's own tables: events, claims, accounts, control, reports; each row from the records alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import cast

import msgspec

from dateline.exporting import table as claim_table
from dateline.exporting.desk.holdings import Release, Reported
from dateline.exporting.desk.parties import Party, parties
from dateline.exporting.desk.tolls import toll
from dateline.knowledge.exports import Column, columns
from dateline.records import Account, ContractError, Control, Event, Field, Filed

Cell = str | int | float | bool | None | Sequence[str]
Row = Mapping[str, Cell]
LISTED_VOICES = 3


class Table(msgspec.Struct, frozen=True):
    """A table: its name, its columns, its rows (a cell for each column), and what was left out, by reason."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: dict[str, int] = {}


def table_of(name: str, rows: Iterable[Row], left_out: dict[str, int] | None = None) -> Table:
    """Return a table with the columns of its file. Raises ContractError for a cell that has no column."""
    made = columns(name)
    names = {column.name for column in made}
    cells = []
    for row in rows:
        if strange := set(row) - names:
            raise ContractError(f"knowledge/exports/{name}.tsv has no column {sorted(strange)[0]}")
        cells.append(tuple(_fitting(row.get(column.name), column) for column in made))
    return Table(name, made, tuple(cells), left_out or {})


def events(release: Release) -> Table:
    """Return one row an event."""
    return table_of("events", (_event(event, release) for event in release.events))


def claims(release: Release) -> Table:
    """Return one row a claim."""
    return table_of("claims", (_claim(one, release) for one in release.claims))


def accounts(release: Release) -> Table:
    """Return one row a value of a field of an event; a field without accounts has none."""
    found = ((event, field, one) for event in release.events for field in event.fields for one in field.accounts)
    return table_of("accounts", (_account(*each) for each in found))


def control(release: Release) -> Table:
    """Return one row a place and its holder from one day to another."""
    return table_of("control", map(_control, release.control))


def reports(release: Release) -> Table:
    """Return one row a report, without its text."""
    return table_of("reports", map(_report, release.reports.values()))


TABLES: Mapping[str, Callable[[Release], Table]] = {
    "events": events, "claims": claims, "accounts": accounts, "control": control, "reports": reports,
}  # fmt: skip


def utc(moment: str) -> str | None:
    """Return a moment (ISO 8601) in UTC, to the second; None where it is none. Without a zone it is UTC."""
    try:
        read = dt.datetime.fromisoformat(moment)
    except ValueError:
        return None
    zoned = read if read.tzinfo else read.replace(tzinfo=dt.UTC)
    return zoned.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def said_in_words(event: Event) -> str:
    """Return the fields of an event with their values and who gives them: "Killed: 12 (ministry), 30 (Taliban)"."""
    return " ".join(f"{_heading(field)}: {'; '.join(_values(field))}." for field in event.fields if field.accounts)


def _heading(field: Field) -> str:
    name = field.name[:1].upper() + field.name[1:]
    return f"{name} ({field.of})" if field.of else name


def _values(field: Field) -> Iterator[str]:
    for account in field.accounts:
        names = list(dict.fromkeys(voice.name for voice in account.voices))
        more = len(names) - LISTED_VOICES
        listed = [*names[:LISTED_VOICES], f"{more} more"] if more > 0 else names
        yield f"{account.value} ({', '.join(listed)})" if listed else account.value


def _event(event: Event, release: Release) -> Row:
    who = parties(event, release)
    told = release.claims_of(event)
    days = sorted(one.published for one in told if one.published)
    kind, sub = event.acled or (None, None)
    return {
        "event_id": event.id, "title": event.title, "happened": event.happened, "standing": event.standing,
        "disputed": [_heading(field) for field in event.fields if field.standing == "disputed"],
        "confidence": event.confidence, "plover": event.plover, "mode": event.mode, "acled_event": kind,
        "acled_subevent": sub, "effect": event.effect, **when(event), **where(event),
        **_who("actor", who.actors, event), **_who("target", who.targets, event),
        **_counted("killed", event), **_counted("wounded", event),
        "accounts": said_in_words(event), "claims": len(event.claims), "reports": len(event.reports),
        "sources": len(event.sources), "outlets": list(dict.fromkeys(one.outlet for one in told if one.outlet)),
        "first_published": days[0] if days else None, "last_published": days[-1] if days else None,
    }  # fmt: skip


def when(event: Event) -> Row:
    """Return the cells that say when."""
    time = event.time
    if time is None:
        return {}
    return {
        "date_start": time.start, "date_end": time.end, "granularity": time.granularity, "time_anchor": time.anchor,
    }  # fmt: skip


def where(of: Event | Control) -> Row:
    """Return the cells that say where; of an event with the reason."""
    place = of.place
    if place is None:
        return {}
    cells: Row = {
        "place": place.name, "admin1": place.admin1, "country": place.country, "country_code": place.country_code,
        "geonameid": place.geonameid, "lat": place.lat, "lon": place.lon, "precision": place.precision,
    }  # fmt: skip
    return {**cells, "place_reason": place.reason} if isinstance(of, Event) else cells


def _who(role: str, found: Sequence[Party], event: Event) -> Row:
    field = event.field(role)
    return {
        f"{role}s": [one.name for one in found], f"{role}_ids": [one.entity for one in found],
        f"{role}_standing": field.standing if field else None,
    }  # fmt: skip


def _counted(what: str, event: Event) -> Row:
    found = toll(event, what)
    if found is None:
        return {}
    bounds = found.bounds
    return {
        f"{what}_low": bounds.low, f"{what}_best": bounds.best, f"{what}_high": bounds.high,
        f"{what}_rule": found.rule, f"{what}_standing": found.standing,
    }  # fmt: skip


def _claim(one: Filed, release: Release) -> Row:
    report = release.reports.get(one.report) or Reported(one.report, one.outlet, published=one.published)
    names = {column.name for column in columns("claims")}
    cells = cast(Row, claim_table.claim_cells(release.claim_out(one)))
    return {
        **{name: cell for name, cell in cells.items() if name in names},
        "event_id": release.event_of.get(one.claim.id), "report_id": one.report, "report_order": one.order,
        "known": one.known, "copy_of": one.original if one.original != one.report else None, "url": report.url,
        "title": report.title, "outlet": one.outlet, "agency": one.agency, "published": one.published,
        "language": report.language, "evidence": one.words,
    }  # fmt: skip


def _account(event: Event, field: Field, one: Account) -> Row:
    voices = one.voices
    carried = dict.fromkeys(report for voice in voices for report in voice.reports)
    return {
        "event_id": event.id, "field": field.name, "of": field.of, "standing": field.standing, "value": one.value,
        "key": one.key, "low": one.low, "best": one.best, "high": one.high, "chosen": one.key == field.best,
        "rule": field.rule, "voices": [voice.name for voice in voices], "voice_kinds": [v.kind for v in voices],
        "voice_roles": [v.role for v in voices], "voice_sides": [v.side for v in voices],
        "superseded": len(one.superseded), "reports": len(carried), "sources": len(voices),
        "outlets": list(dict.fromkeys(outlet for voice in voices for outlet in voice.outlets)),
        "claims": list(dict.fromkeys(claim for voice in voices for claim in voice.claims)), "agrees": one.agrees,
    }  # fmt: skip


def _control(one: Control) -> Row:
    return {
        **where(one), "holder_id": one.holder, "holder": one.name, "side": one.side, "hold": one.hold,
        "start": one.start, "end": one.end, "reason": one.reason, "voices": [voice.name for voice in one.voices],
        "events": one.events, "claims": one.claims, "against": one.against,
    }  # fmt: skip


def _report(one: Reported) -> Row:
    return {
        "report_id": one.id, "outlet": one.outlet, "agency": one.agency, "title": one.title,
        "published": one.published, "url": one.url, "language": one.language,
    }  # fmt: skip


def _fitting(cell: Cell, column: Column) -> Cell:
    """Return a cell as its column has it: None for a text or a list of which nothing is left; moments in UTC."""
    if isinstance(cell, str) and column.type == "datetime":
        return utc(cell)
    if isinstance(cell, str):
        return cell or None
    if cell is None or isinstance(cell, (int, float)):
        return cell
    return tuple(str(one or "") for one in cell) if any(cell) else None
