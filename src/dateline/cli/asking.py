"""What the verbs that ask a desk do: find claims, list events, show one of them with its accounts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import msgspec

from dateline.cli import DONE
from dateline.cli.stopping import columns, in_colour, put, say
from dateline.desk import Desk, open_desk
from dateline.exporting.wording import Look, count
from dateline.records import DeskError, Event, UsageError
from dateline.records.claim import Polarity, Status
from dateline.store import ClaimFilter, Hit

_MANY = 20_000  # events from which ids are shown by more than eight letters
_LINES = 200  # lines that are written at once


def look() -> Look:
    """Return how to draw for standard output."""
    return Look(columns(), in_colour())


def folds() -> bool:
    """Whether lines are folded to a width: only where a person gave one, a terminal or $COLUMNS."""
    return sys.stdout.isatty() or bool(os.environ.get("COLUMNS"))


def one_of(option: str, value: str, known: Sequence[str]) -> str:
    """Return a value of an option. Raises UsageError where it is none of those that are known."""
    if value and value not in known:
        raise UsageError(f"{option} {value}: it is one of {', '.join(known)}")
    return value


def type_of(value: str) -> dict[str, str]:
    """Return the filter of a type: PLOVER's or one of ACLED's, whatever the case. Raises UsageError for neither."""
    from dateline.knowledge.exports import acled_types
    from dateline.knowledge.predicates import PLOVER

    if not value:
        return {}
    if value.upper() in PLOVER:
        return {"plover": value.upper()}
    names = {name.casefold(): name for row in acled_types() for name in (row.event_type, row.sub_event_type)}
    if value.casefold() in names:
        return {"acled": names[value.casefold()]}
    raise UsageError(
        f"--type {value}: no such type. PLOVER has {', '.join(sorted(PLOVER))}; ACLED has {', '.join(names.values())}"
    )


def asked_desk(name: str) -> Desk:
    """Open a desk to be asked. Raises DeskError where its claims were never brought together."""
    desk = open_desk(name, read_only=True)
    waiting = desk.waiting()
    if waiting == "never":
        desk.close()
        raise DeskError(f"{name}: its claims were not brought together yet. Run: dateline reconcile {name}")
    if waiting == "new":
        say(f"dateline: something came since the events were made. To take it in: dateline reconcile {name}")
    if not waiting and not any(desk.store.runs()):
        desk.close()
        raise DeskError(f"{name}: nothing is coded yet. Run: dateline add {name} PATH..., dateline code --desk {name}")
    return desk


def print_hits(
    name: str, asked: Mapping[str, str], kind: str, since: str | None, until: str | None, as_of: str | None,
    limit: int | None, as_json: bool,
) -> int:  # fmt: skip
    """Print the claims that were asked for."""
    from dateline.desk.asking import day_of, end_of
    from dateline.exporting.hits import Sought, hit
    from dateline.store.words import terms

    one_of("--status", asked["status"], get_args(Status))
    one_of("--polarity", asked["polarity"], get_args(Polarity))
    wanted: dict[str, Any] = {**{key: value for key, value in asked.items() if value}, **type_of(kind)}
    wanted |= {"first": day_of(since, "--since"), "last": day_of(until, "--until"), "as_of": end_of(as_of)}
    text = wanted.pop("text", "")
    if str(wanted.get("place", "")).isdecimal():
        wanted["geonameid"] = int(wanted.pop("place"))
    if text and not terms(text):
        raise UsageError(f"query {text!r}: there is no word in it to look for")
    sought = [Sought(one.words, one.prefix) for one in terms(text)]
    drawn = look()
    seen = 0
    with open_desk(name, read_only=True) as desk:
        if not desk.store.runs():
            raise DeskError(f"{name}: nothing is coded yet. Run: dateline code --desk {name}")
        for some in _batches(desk.query(text, limit=limit, **wanted)):
            titles: dict[str, str] = {}
            for one in found_of(desk, some):
                if one.event and one.event not in titles:
                    row = desk.store.event_row(one.event)
                    titles[one.event] = row.title if row else ""
                put(msgspec.json.encode(one) + b"\n" if as_json
                    else ("\n" if seen else "") + hit(one, titles.get(one.event, ""), sought, drawn))  # fmt: skip
                seen += 1
        if not seen:
            say("dateline: no claim fits; fewer words or filters find more")
            return DONE
        whole = desk.store.count_claims(msgspec.structs.replace(ClaimFilter(**wanted), text=text))
    more = f" of {whole:,}; --limit {whole} shows all" if whole > seen else ""
    say(f"dateline: {count(seen, 'claim')}{more}")
    return DONE


def _batches(hits: Iterator[Hit]) -> Iterator[list[Hit]]:
    batch: list[Hit] = []
    for one in hits:
        batch.append(one)
        if len(batch) >= _LINES:
            yield batch
            batch = []
    if batch:
        yield batch


def found_of(desk: Desk, hits: Sequence[Hit]) -> Iterator[Any]:
    """Yield what a search found as it is shown and goes into JSON."""
    from dateline.exporting.coded import claim_out
    from dateline.exporting.hits import FoundOut

    events = desk.store.events_of_claims(one.claim.id for one in hits)
    rows = desk.store.reports_of({one.report for one in hits})
    texts: dict[str, str] = {}
    for one in hits:
        if one.report not in texts:
            report = desk.store.report(one.report)
            texts[one.report] = report.text if report is not None else ""
        original = rows[one.report].copy_of if one.report in rows else ""
        yield FoundOut(
            one.claim.id, events.get(one.claim.id, ""), one.words, one.report, one.title, one.path, one.outlet,
            one.agency, one.published, original or one.report, claim_out(one.claim, texts[one.report]),
        )  # fmt: skip


def print_events(
    name: str, asked: Mapping[str, Any], as_of: str | None, order: str, descending: bool, limit: int | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Print the events that were asked for, a line each, and how many there are."""
    from dateline.exporting.eventlist import SHORT_ID, EventList, totals

    with asked_desk(name) as desk:
        wanted = event_filter(asked)
        if as_json:
            events = desk.events(**wanted, as_of=as_of, order=order, descending=descending, limit=limit)
            for event in events:
                put(msgspec.json.encode(event) + b"\n")
            return DONE
        short = SHORT_ID if desk.store.count_events() < _MANY else SHORT_ID + 4
        shown = EventList(look(), short, folds())
        lines = _event_lines(desk, wanted, as_of, order, descending, limit)
        batch: list[str] = []
        for line in shown.lines(lines):
            batch.append(line)
            if len(batch) >= _LINES:
                put("".join(batch))
                batch.clear()
        put("".join(batch))
        cut = limit is not None and sum(shown.counts.values()) == limit
    if not shown.counts:
        say("dateline: no event fits; fewer filters find more")
        return DONE
    say(f"dateline: {totals(shown.counts)}" + (f" (no more than {limit:,} were asked for)" if cut else ""))
    return DONE


def event_filter(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `Desk.events` takes of the options. Raises UsageError where a value is none."""
    wanted = {key: value for key, value in asked.items() if value}
    kind = type_of(wanted.pop("type", ""))
    return {**wanted, "type": next(iter(kind.values()))} if kind else wanted


def _event_lines(
    desk: Desk, wanted: Mapping[str, Any], as_of: str | None, order: str, descending: bool, limit: int | None
) -> Iterator[Any]:
    """Yield the lines of events; of the desk as it is now without reading their accounts."""
    from dateline.exporting.eventlist import EventLine, line_of

    if as_of is not None:
        events = desk.events(**wanted, as_of=as_of, order=order, descending=descending, limit=limit)
        yield from map(line_of, events)
        return
    for row in desk.list_events(**wanted, order=order, descending=descending, limit=limit):
        yield EventLine(
            row.id, row.title, row.place_name, row.admin1, row.first, row.last, row.happened, row.standing,
            row.reports, row.sources, row.claims, (row.killed_low, row.killed_best, row.killed_high),
        )  # fmt: skip


def print_event(name: str, start: str, why: bool, as_of: str | None, as_json: bool) -> int:
    """Print everything of one event."""
    from dateline.exporting.eventsheet import event_sheet

    with asked_desk(name) as desk:
        event = desk.event(start, as_of=as_of)
        told_if_moved(start, event)
        if as_json:
            put(msgspec.json.encode(event) + b"\n")
            return DONE
        claims = desk.claims(event if as_of is None else event.id, as_of=as_of)
        about = set(event.claims)
        judged = [one for one in desk.store.judgements() if about & {*one.subject, *one.apart}]
        put(event_sheet(event, list(claims), judged, look(), why))
    return DONE


def told_if_moved(start: str, event: Event) -> None:
    """Say that an event that was asked for is now part of another."""
    if not event.id.startswith(start):
        say(f"dateline: event {start} is no more; its oldest claim is now part of {event.id}")


def print_accounts(name: str, start: str, as_of: str | None, as_json: bool) -> int:
    """Print the accounts of an event side by side; as JSON its claims."""
    from dateline.exporting.accounts import side_by_side

    with asked_desk(name) as desk:
        event = desk.event(start, as_of=as_of)
        told_if_moved(start, event)
        claims = list(desk.claims(event if as_of is None else event.id, as_of=as_of))
        if as_json:
            rows = desk.store.reports_of(event.reports)
            hits = [
                Hit(one.claim, one.words, "", one.report, one.order, rows[one.report].title, rows[one.report].path,
                    one.outlet, one.agency, one.published)
                for one in claims if one.report in rows
            ]  # fmt: skip
            for found in found_of(desk, hits):
                put(msgspec.json.encode(found) + b"\n")
            return DONE
        put(side_by_side(event, claims, look()))
    return DONE
