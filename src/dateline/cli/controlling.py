"""`dateline control`: who holds what, on whose word: a timeline, a day, or a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dateline.cli import DONE
from dateline.cli.asking import asked_desk, look
from dateline.cli.stopping import put, say
from dateline.desk import Desk
from dateline.desk.asking import day_of
from dateline.exporting.situation import day_table, picture, printed, rows
from dateline.exporting.timeline import timeline
from dateline.exporting.wording import count
from dateline.records import Control, Filed, UsageError


def print_control(
    name: str, where: Mapping[str, Any], on: str | None, between: tuple[str | None, str | None], drawn: bool,
    claims: bool, as_of: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Print who holds what."""
    first, last = day_of(between[0], "--since") or "", day_of(between[1], "--until") or ""
    if not (where["place"] or where["capitals"] or on or drawn or as_json):
        raise UsageError("control: name a place, or a day (--on 2021-08-10), or ask for --capitals or a --picture")
    if on and drawn:
        raise UsageError("control: --on is one day and --picture shows many; give one of them")
    with asked_desk(name) as desk:
        held = list(desk.control(**where, on=on, as_of=as_of))
        held = [one for one in held if _touches(one, first, last)]
        if as_json:
            for row in rows(held):
                put(msgspec.json.encode(row) + b"\n")
            return DONE
        style = look()
        if drawn:
            put(printed(picture(held, first, last), style.width, style.colour))
        elif on and not claims:
            put(printed(day_table(held, day_of(on, "--on") or on), style.width, style.colour))
        else:
            put(timeline(held, _filed(desk, held) if claims else None, style))
    places = len({(one.place.name, one.place.geonameid, one.place.admin1) for one in held})
    many = f"{count(len(held), 'stretch')}{'es' if len(held) != 1 else ''}".replace("stretchs", "stretch")
    say(f"dateline: {count(places, 'place')}, {many} of time" if held else "dateline: nothing is known of that")
    return DONE


def _touches(one: Control, first: str, last: str) -> bool:
    return (not last or (one.start or "") <= last) and (not first or one.end is None or one.end > first)


def _filed(desk: Desk, held: Sequence[Control]) -> dict[str, Filed]:
    """Return the claims on which control rests, and those that deny it, by their ids."""
    found = desk.store.filed_of(claim for one in held for claim in (*one.claims, *one.against))
    return {one.claim.id: one for one in found}
