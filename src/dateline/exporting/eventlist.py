"""Events as lines of a list: when, where, how it stands, by how many, how many dead, and what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import msgspec
from rich.text import Text

from dateline.exporting import wording
from dateline.exporting.canvas import Canvas
from dateline.exporting.wording import Look
from dateline.records import Event

SHORT_ID = 8
# How an event stands, in words that begin with a mark where it is disputed: nothing is said by colour alone.
STANDINGS = {"disputed": "! disputed", "agreed": "agreed", "single-source": "1 source", "silent": "silent"}
_STYLES = {"disputed": "bold red", "agreed": "green", "single-source": "", "silent": "dim"}
# What an event is that did not take place, or of which it is not known; a plain one and a disputed one say nothing.
HAPPENED = {"denied": "DENIED", "uncertain": "NOT SURE", "not-yet": "NOT YET"}
_SAMPLE = 1000  # lines from which the widths of the columns are taken
_LEAST_ROOM = 24  # columns for what happened, below which it goes into a line of its own
_MOST_PLACE = 24
_GAP = 2


class EventLine(msgspec.Struct, frozen=True):
    """What a list shows of an event; `killed` are low, best and high, None where no report gives one."""

    id: str
    title: str
    place: str
    admin1: str
    first: str | None
    last: str | None
    happened: str
    standing: str
    reports: int
    sources: int
    claims: int
    killed: tuple[float | None, float | None, float | None]


def line_of(event: Event) -> EventLine:
    """Return the line of an event."""
    place, time = event.place, event.time
    counted = sorted((one for one in event.fields if one.name == "killed"), key=lambda one: one.of != "")
    killed: tuple[float | None, float | None, float | None] = (None, None, None)
    if counted:
        best = next((a.best for a in counted[0].accounts if a.key == counted[0].best), None)
        low, high = counted[0].low, counted[0].high
        killed = low.value if low else None, best, high.value if high else None
    return EventLine(
        event.id, event.title, place.name if place else "", place.admin1 if place else "",
        time.start if time else None, time.end if time else None, event.happened, event.standing,
        len(event.reports), len(event.sources), len(event.claims), killed,
    )  # fmt: skip


class EventList:
    """Draws lines as they come: the widths are those of the first thousand."""

    def __init__(self, look: Look, short: int = SHORT_ID, fold: bool = True) -> None:
        """Draw ids by their first `short` letters. Without `fold` a line is as long as it must be."""
        self.look, self.short, self.fold = look, short, fold
        self.counts: Counter[str] = Counter()

    def lines(self, events: Iterable[EventLine]) -> Iterator[str]:
        """Yield what to print, the head of the columns first; nothing where there are no events."""
        rest = iter(events)
        sample = list(islice(rest, _SAMPLE))
        if not sample:
            return
        columns = _columns(sample, self.short)
        below = self.fold and self.look.width - sum(width + _GAP for _, width, _ in columns) < _LEAST_ROOM
        if below:
            columns = [column for column in columns if not column[2]]  # the figures go below, in words
        head = [(name, width, right, "dim") for name, width, right in columns]
        yield self._drawn(head, Text("what, by whom", "dim"), below)
        for one in chain(sample, rest):
            self.counts[one.standing] += 1
            cells = _cells(one, self.short)
            drawn = [(cells[name][0], width, right, cells[name][1]) for name, width, right in columns]
            yield self._drawn(drawn, what(one).append(_figures(one), "dim") if below else what(one), below)

    def _drawn(self, cells: list[tuple[str, int, bool, str]], last: Text, below: bool) -> str:
        canvas = Canvas(self.look)
        head = Text()
        for words, width, right, style in cells:
            room = max(width - Text(words).cell_len, 0)
            head.append(" " * room if right else "").append(words, style)
            head.append(" " * ((0 if right else room) + _GAP))
        if not self.fold:
            head.append(last)
            head.rstrip()
            canvas.print(head)
        elif below:
            head.rstrip()
            canvas.block(head, hang=self.short + _GAP)
            canvas.block(last, indent=self.short + _GAP, hang=2)
        else:
            for at, line in enumerate(canvas.wrapped(last, self.look.width - head.cell_len)):
                canvas.print(Text.assemble(head if at == 0 else " " * head.cell_len, line))
        return canvas.text()


def _columns(sample: list[EventLine], short: int) -> list[tuple[str, int, bool]]:
    """Return name, width and whether figures stand at the right, of the columns that some event fills."""
    made = []
    for name, right in (("event", False), ("day", False), ("place", False), ("standing", False), ("killed", True),
                        ("rep.", True), ("src.", True)):  # fmt: skip
        widths = [Text(_cells(one, short)[name][0]).cell_len for one in sample]
        if any(widths):
            most = max(widths)
            made.append((name, max(len(name), min(most, _MOST_PLACE) if name == "place" else most), right))
    return made


def _cells(one: EventLine, short: int) -> dict[str, tuple[str, str]]:
    mark = "" if one.standing == "disputed" else "  "
    return {
        "event": (one.id[:short], "bold"),
        "day": (wording.days(one.first, one.last), ""),
        "place": (wording.shown(one.place) or "not said", "" if one.place else "dim"),
        "standing": (mark + STANDINGS.get(one.standing, one.standing), _STYLES.get(one.standing, "")),
        "killed": (toll(one.killed), ""),
        "rep.": (f"{one.reports:,}", ""),
        "src.": (f"{one.sources:,}", ""),
    }


def _figures(one: EventLine) -> str:
    killed = toll(one.killed)
    told = f"{wording.count(one.reports, 'report')}, {wording.count(one.sources, 'source')}"
    return (f" · killed {killed}" if killed else "") + f" · {told}"


def what(one: EventLine) -> Text:
    """Return what happened and by whom, without the place, which has its own column; what did not is marked."""
    title = wording.shown(one.title)
    if one.place:
        title = title.replace(f", {wording.shown(one.place)}", "", 1)
    mark = HAPPENED.get(one.happened, "")
    return Text.assemble((f"{mark} " if mark else "", "bold yellow"), title)


def toll(killed: tuple[float | None, float | None, float | None]) -> str:
    """Return the numbers killed: "12", or low/best/high "12/20/30", "?" for what no report gives; "" for none."""
    given = {number for number in killed if number is not None}
    if not given:
        return ""
    if len(given) == 1 and None not in killed:
        return wording.figure(killed[1])
    return "/".join(wording.figure(number) for number in killed)


def totals(counts: Counter[str]) -> str:
    """Return how many events there are, by standing."""
    parts = [f"{counts[name]:,} {name}" for name in STANDINGS if counts[name]]
    return wording.count(sum(counts.values()), "event") + (f": {', '.join(parts)}" if parts else "")
