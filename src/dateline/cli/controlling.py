"""`dateline control`: who holds what, on whose word: a timeline, a day, or a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from rich.text import Text

from dateline.cli import DONE
from dateline.cli.asking import asked_desk, look
from dateline.cli.stopping import put, say
from dateline.desk import Desk
from dateline.desk.asking import day_of
from dateline.exporting.accounts import quoted
from dateline.exporting.canvas import Canvas
from dateline.exporting.situation import day_table, picture, printed, rows, timeline_table, where_of
from dateline.exporting.wording import count, shown
from dateline.records import Control, UsageError


def print_control(
    name: str, where: Mapping[str, str], on: str | None, between: tuple[str | None, str | None], drawn: bool,
    claims: bool, as_of: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Print who holds what."""
    first, last = day_of(between[0], "--since") or "", day_of(between[1], "--until") or ""
    if not (where["place"] or on or drawn or as_json):
        raise UsageError("control: name a place, or a day (--on 2021-08-10), or ask for a --picture")
    if on and drawn:
        raise UsageError("control: --on is one day and --picture shows many; give one of them")
    with asked_desk(name) as desk:
        held = list(desk.control(**where, on=on, as_of=as_of))
        held = [one for one in held if _touches(one, first, last)]
        if as_json:
            for row in rows(held):
                put(msgspec.json.encode(row) + b"\n")
            return DONE
        if drawn:
            style = look()
            put(printed(picture(held, first, last), style.width, style.colour))
        elif on:
            _day(held, day_of(on, "--on") or on)
        else:
            _timelines(held)
        if claims:
            _opened(desk, held)
    places = len({(one.place.name, one.place.geonameid, one.place.admin1) for one in held})
    say(f"dateline: {count(places, 'place')}, {count(len(held), 'stretch').replace('stretchs', 'stretches')} of time")
    return DONE


def _touches(one: Control, first: str, last: str) -> bool:
    return (not last or (one.start or "") <= last) and (not first or one.end is None or one.end > first)


def _timelines(held: Sequence[Control]) -> None:
    """Print a timeline for each place of the name: a town, its district and its province are three."""
    style = look()
    by_place: dict[tuple[str, str, int | None, int], list[Control]] = {}
    for one in held:
        place = one.place
        by_place.setdefault((place.name, place.admin1, place.geonameid, place.precision), []).append(one)
    for at, key in enumerate(sorted(by_place, key=lambda key: (key[3], key[0], key[1], key[2] or 0))):
        put(("\n" if at else "") + printed(timeline_table(by_place[key]), style.width, style.colour))


def _day(held: Sequence[Control], day: str) -> None:
    style = look()
    put(printed(day_table(held, day), style.width, style.colour))


def _opened(desk: Desk, held: Sequence[Control]) -> None:
    """Print the claims on which each stretch rests, and those that deny it."""
    style = look()
    filed = {one.claim.id: one for one in desk.store.filed_of(c for one in held for c in (*one.claims, *one.against))}
    canvas = Canvas(style)
    for one in held:
        if not (one.claims or one.against):
            continue
        canvas.blank()
        held_by = f"{where_of(one.place)}, since {one.start or 'before'}: {one.name or 'nobody known'}, {one.hold}"
        canvas.block(Text(held_by, "bold"))
        by_claim = {claim: voice for voice in one.voices for claim in voice.claims}
        for label, claims in (("for", [c for c in one.claims if c not in one.against]), ("against", one.against)):
            for claim in claims:
                if claim not in filed:
                    continue
                voice = by_claim.get(claim)
                told = filed[claim]
                by = shown(voice.name) if voice else shown(told.outlet)
                canvas.block(Text(f"{label}: {by} · {shown(told.outlet)} · {told.published or 'day not known'}", "dim"),
                             indent=2, hang=2)  # fmt: skip
                canvas.block(quoted(told, None, style), indent=4, hang=2)
    put(canvas.text())
