"""Who holds what, for the terminal and as rows: the timeline of a place, a day, and a picture of many places.

Everything is read from `Control` records alone. What colour says, letters say too: without colour nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence

import msgspec
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from dateline.records import Control, Hold, Place

GOVERNMENT = "government"
STYLES: dict[Hold, str] = {"confirmed": "bold", "claimed": "", "contested": "yellow", "unknown": "dim"}
COLOURS = ("red", "cyan", "magenta", "green", "white")  # of the groups, in the order of their names
ASSUMED, NOBODY, NOTHING = "·", "?", " "
LONGEST = 400  # days that a picture shows at most, so that a wrong date does not fill the screen


class VoiceOut(msgspec.Struct, frozen=True):
    """A voice in the JSON of control: who, on whose side, with which claims, in which reports and outlets."""

    name: str
    kind: str
    role: str
    side: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    outlets: tuple[str, ...]


class ControlOut(msgspec.Struct, frozen=True):
    """A stretch of control in JSON; days are ISO 8601, `end` is the day of the next change, null where there is none.

    `assumed` says that nobody tells who held the place then. `sources` counts the voices, `reports` the reports
    that carry them.
    """

    place: str
    admin1: str
    country: str
    country_code: str
    geonameid: int | None
    precision: int
    lat: float | None
    lon: float | None
    holder: str
    name: str
    side: str
    hold: Hold
    assumed: bool
    start: str | None
    end: str | None
    reason: str
    sources: int
    reports: int
    events: tuple[str, ...]
    claims: tuple[str, ...]
    against: tuple[str, ...]
    voices: tuple[VoiceOut, ...]


def rows(held: Iterable[Control]) -> list[ControlOut]:
    """Return controls as they go into JSON, in the order given."""
    return [_row(one) for one in held]


def _row(one: Control) -> ControlOut:
    where = one.place
    return ControlOut(
        place=where.name, admin1=where.admin1, country=where.country, country_code=where.country_code,
        geonameid=where.geonameid, precision=where.precision, lat=where.lat, lon=where.lon, holder=one.holder,
        name=one.name, side=one.side, hold=one.hold, assumed=is_assumed(one), start=one.start, end=one.end,
        reason=one.reason, sources=len(one.voices), reports=len({r for v in one.voices for r in v.reports}),
        events=one.events, claims=one.claims, against=one.against,
        voices=tuple(VoiceOut(v.name, v.kind, v.role, v.side, v.claims, v.reports, v.outlets) for v in one.voices),
    )  # fmt: skip


def is_assumed(one: Control) -> bool:
    """Whether no claim says that the holder held the place then."""
    return one.hold == "unknown" and bool(one.name) and not one.claims


def holder_of(one: Control) -> str:
    """Return the holder in words: "Taliban", "Afghan government (assumed)", "nobody known"."""
    if not one.name:
        return "nobody known"
    return f"{one.name} (assumed)" if is_assumed(one) else one.name


def day_table(held: Sequence[Control], day: str) -> Table:
    """Return who holds each place on a day: holder, how sure, since when, by how many independent sources."""
    table = Table(title=Text(f"Who holds what on {day}"), title_justify="left", box=None, pad_edge=False)
    for name in ("place", "province", "holder", "hold", "since", "sources", "against"):
        numbers = name in ("sources", "against")
        table.add_column(name, overflow="fold", justify="right" if numbers else "left")
    for one in held:
        style = STYLES[one.hold]
        table.add_row(
            Text(one.place.name), Text(one.place.admin1), Text(holder_of(one), style), Text(one.hold, style),
            one.start or "before", str(len(one.voices)) if one.voices else "", str(len(one.against) or ""),
        )  # fmt: skip
    return table


def where_of(place: Place) -> str:
    """Return a place in words: name, what it is where it is no town, province, country."""
    kind = {3: " (district)", 4: " (province)"}.get(place.precision, "")
    parts = [f"{place.name}{kind}", place.admin1 if place.admin1 != place.name else "", place.country]
    return ", ".join(part for part in parts if part)


def picture(held: Sequence[Control], first: str = "", last: str = "") -> Text:
    """Return one row a place and one column a day: a letter for the holder, its case for how sure it is.

    `first` and `last` bound the days (ISO 8601); without them they are the first and last change, with a day
    beside them. Places stand in the order of their last change. Raises nothing: without a change it is a sentence.
    """
    days = _days(held, first, last)
    if not days:
        return Text("No change of control is known.")
    by_place: dict[tuple[str, str, int], list[Control]] = {}
    for one in held:
        by_place.setdefault((one.place.name, one.place.admin1, one.place.precision), []).append(one)
    letters = _letters(held)
    order = sorted(by_place, key=lambda key: (by_place[key][-1].start or "", key))
    width = max(len(key[0]) for key in order)
    text = _head(days, width)
    for key in order:
        text.append(f"{key[0]:<{width}}  ")
        for day in days:
            mark, style = _mark(by_place[key], day, letters)
            text.append(mark, style)
        text.append("\n")
    text.append(_legend(letters))
    return text


def _days(held: Sequence[Control], first: str, last: str) -> list[str]:
    starts = sorted(one.start for one in held if one.start)
    if not starts:
        return []
    begin = dt.date.fromisoformat(first) if first else dt.date.fromisoformat(starts[0]) - dt.timedelta(days=1)
    end = dt.date.fromisoformat(last) if last else dt.date.fromisoformat(starts[-1]) + dt.timedelta(days=1)
    count = min(LONGEST, (end - begin).days + 1)
    return [(begin + dt.timedelta(days=number)).isoformat() for number in range(count)]


def _letters(held: Sequence[Control]) -> dict[str, tuple[str, str]]:
    """Return a letter and a colour for each holder, by its name: G is the government's, no letter stands twice."""
    found: dict[str, tuple[str, str]] = {}
    names = sorted({(one.side != GOVERNMENT, one.name) for one in held if one.name})
    taken = {"X"}
    for other, name in names:
        wish = "G" if not other else name[:1].upper()
        letter = next(c for c in (wish, *name.upper(), *"ABCDEFHIJKLMNOPQRSTUVWYZ") if c.isalpha() and c not in taken)
        taken.add(letter)
        found[name] = (letter, "blue" if not other else COLOURS[len(found) % len(COLOURS)])
    return found


def _mark(place: Sequence[Control], day: str, letters: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Return the letter of a place on a day, and its style."""
    one = next((o for o in place if (o.start or "") <= day and (o.end is None or day < o.end)), None)
    if one is None:
        return NOTHING, ""
    if one.hold == "contested":
        return "x", "yellow"
    if not one.name:
        return NOBODY, "dim"
    if is_assumed(one):
        return ASSUMED, "dim"
    letter, colour = letters[one.name]
    return (letter, f"bold {colour}") if one.hold == "confirmed" else (letter.lower(), colour)


def _head(days: Sequence[str], width: int) -> Text:
    """Return two lines above the columns: the months, and the days of the month read downwards."""
    line = [" "] * len(days)
    for number, day in enumerate(days):
        if number == 0 or day[8:] == "01":
            name = dt.date.fromisoformat(day).strftime("%Y-%m")
            line[number : number + len(name)] = name
    tens = "".join(day[8] if day[9] in "05" or number == 0 else " " for number, day in enumerate(days))
    ones = "".join(day[9] for day in days)
    blank = " " * (width + 2)
    return Text(f"{blank}{''.join(line)[: max(len(days), 7)].rstrip()}\n{blank}{tens.rstrip()}\n{blank}{ones}\n", "dim")


def _legend(letters: dict[str, tuple[str, str]]) -> str:
    held = [f"{letter} {name}, confirmed; {letter.lower()} claimed" for name, (letter, _) in letters.items()]
    return (
        "\n".join([*held, f"x contested   {NOBODY} nobody known   {ASSUMED} assumed: nobody says who held it"]) + "\n"
    )


def printed(what: RenderableType, width: int = 120, colour: bool = False) -> str:
    """Return a table or picture as text, `width` columns wide, with or without the codes of colour."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="standard" if colour else None,
        legacy_windows=False, highlight=False, markup=False, emoji=False, _environ={},
    )  # fmt: skip
    console.print(what, soft_wrap=isinstance(what, Text))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
