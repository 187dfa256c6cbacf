"""The accounts of an event side by side: a column for each side, a row for each thing that is told.

Each claim stands once in its words, with a number in brackets; where it gives another value too, the number points
back to the words. What a side does not tell is told as silence: it is no denial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from rich.text import Text

from dateline.exporting import voicing, wording
from dateline.exporting.canvas import Canvas
from dateline.exporting.eventlist import HAPPENED, SHORT_ID, STANDINGS
from dateline.exporting.sides import home_of, shown_side, side_of, sides_of, voices_of
from dateline.exporting.wording import Look
from dateline.records import Account, Event, Field, Filed, Voice

_LEAST = 24  # columns of text below which sides stand under each other
_BAR = " │ "
_SILENT = "says nothing of it"
_SIDES = 4  # sides that stand beside each other at most
Words = Mapping[str, Filed]


def side_by_side(event: Event, claims: Sequence[Filed], look: Look) -> str:
    """Return the accounts of an event in columns by side, or by source where no side is known."""
    return _Accounts(event, claims, look).draw()


def numbered(event: Event, claims: Sequence[Filed]) -> dict[int, tuple[str, ...]]:
    """Return the claims by the numbers under which they are shown; copies of one claim have one number."""
    return {number: tuple(ids) for number, ids in _Numbers(event, claims).ids.items()}


class _Numbers:
    """Numbers of claims in the order of reading: what one voice says in the same words has one number."""

    def __init__(self, event: Event, claims: Sequence[Filed]) -> None:
        self.filed: Words = {one.claim.id: one for one in claims}
        self.of: dict[str, int] = {}
        self.ids: dict[int, list[str]] = {}
        known: dict[tuple[str, str], int] = {}
        for voice, claim in _in_order(event, claims):
            if claim not in self.of and claim in self.filed:
                number = known.setdefault((voice, self.filed[claim].words), len(known) + 1)
                self.of[claim] = number
                self.ids.setdefault(number, []).append(claim)

    def first(self, number: int) -> Filed:
        """Return the first claim of a number."""
        return self.filed[self.ids[number][0]]


def _in_order(event: Event, claims: Sequence[Filed]) -> Iterable[tuple[str, str]]:
    """Yield (voice, claim) as the rows show them: field by field, side by side, value by value."""
    home, sides = home_of(event), sides_of(event)
    for field in voicing.ordered(event.fields):
        said = [voice for account in voicing.best_first(field) for voice in account.voices]
        for voice in sorted(said, key=lambda one: sides.index(side_of(one, home))):
            yield from ((voice.key, claim) for claim in voice.claims)
    yield from ((one.report, one.claim.id) for one in claims)


class _Column(msgspec.Struct, frozen=True):
    """A column: its head, what is said below it, and which voices stand in it."""

    name: str
    below: str
    holds: Callable[[Voice], bool]


class _Accounts(Canvas):
    """Draws one event."""

    def __init__(self, event: Event, claims: Sequence[Filed], look: Look) -> None:
        super().__init__(look)
        self.event = event
        self.numbers = _Numbers(event, claims)
        self.told: set[int] = set()
        self.columns = self.find_columns()
        self.room = (self.width - len(_BAR) * (len(self.columns) - 1)) // max(1, len(self.columns))
        self.beside = len(self.columns) > 1 and self.room >= _LEAST

    def find_columns(self) -> list[_Column]:
        """Return a column for each side; where none is known for each source, the rest in one."""
        home, sides = home_of(self.event), sides_of(self.event)
        voices = voices_of(self.event)
        if len(sides) > 1 or sides[:1] != [""]:
            kept = sides if len(sides) <= _SIDES else [*sides[: _SIDES - 1], ""]
            return [_side_column(side, kept, home, voices) for side in kept]
        fitting = max(1, (self.width + len(_BAR)) // (_LEAST + len(_BAR)))
        if len(voices) <= fitting:
            return [_column(voicing.who(one), [one], [one.key]) for one in voices]
        first, rest = voices[: fitting - 1], voices[fitting - 1 :]
        made = [_column(voicing.who(one), [one], [one.key]) for one in first]
        return [*made, _column("other sources", rest, [one.key for one in rest])]

    def draw(self) -> str:
        """Draw head, rows and foot."""
        self.head()
        if self.beside:
            self.row([self.heading(one) for one in self.columns])
        elif len(self.columns) == 1:
            for line in self.heading(self.columns[0]):
                self.print(line)
        for field in voicing.ordered(self.event.fields):
            self.field_row(field)
        self.rule("─", "dim")
        notes = "[3] points to the words at [3]; eight letters are a claim's id. Silence is no denial"
        self.block(Text(notes, "dim"))
        return self.text()

    def head(self) -> None:
        """Draw title, day, place and standing."""
        draw_head(self, self.event)

    def heading(self, column: _Column) -> list[Text]:
        """Return the head of a column."""
        below = self.wrapped(Text(column.below, "dim"), self.room)
        return [*self.wrapped(Text(column.name, "bold reverse" if self.look.colour else "bold"), self.room), *below]

    def field_row(self, field: Field) -> None:
        """Draw one field: its name with how it stands, then what each side says."""
        accounts = voicing.best_first(field)
        self.rule("─", "dim")
        self.block(field_head(field, accounts))
        if self.beside:
            nothing = [Text(_SILENT, "dim italic")]
            self.row([self.column(field, accounts, one) or nothing for one in self.columns])
            return
        for account in accounts:
            self.below(field, account)

    def column(self, field: Field, accounts: Sequence[Account], column: _Column) -> list[Text]:
        """Return all that a side says of a field, what it later replaced last."""
        lines: list[Text] = []
        for account in accounts:
            lines += self.cell(field, account, column, self.room)
        return lines

    def below(self, field: Field, account: Account) -> None:
        """Draw what each side says of a value, one side under the other."""
        self.block(self.value(field, account, account.voices), indent=2, hang=2)
        for column in self.columns:
            found = self.cell(field, account, column, self.width - 4, value=False)
            if found and len(self.columns) > 1:
                self.print(Text.assemble("  ", (column.name, "dim")))
            for line in found:
                self.print(Text.assemble("    ", line))

    def row(self, cells: Sequence[list[Text]]) -> None:
        """Draw cells beside each other, each as high as the highest."""
        for at in range(max(len(cell) for cell in cells)):
            line = Text()
            for position, cell in enumerate(cells):
                words = cell[at] if at < len(cell) else Text()
                line.append(_BAR if position else "", "dim").append(words)
                if position < len(cells) - 1:
                    line.append(" " * max(self.room - words.cell_len, 0))
            line.rstrip()
            self.print(line)

    def cell(self, field: Field, account: Account, column: _Column, room: int, value: bool = True) -> list[Text]:
        """Return what a column says of a value, in lines `room` columns wide."""
        voices = [voice for voice in account.voices if column.holds(voice)]
        if not voices:
            return []
        lines = self.wrapped(self.value(field, account, voices), room) if value else []
        for voice in voices:
            lines += self.said(field, account, voice, room)
        return lines

    def value(self, field: Field, account: Account, voices: Sequence[Voice]) -> Text:
        """Return a value, struck out where all these voices have replaced it."""
        stands = any(voice.key not in account.superseded for voice in voices)
        return Text(voicing.value_of(field, account), "bold" if stands else "dim strike")

    def said(self, field: Field, account: Account, voice: Voice, room: int) -> list[Text]:
        """Return who gives a value, in which words."""
        numbers = list(dict.fromkeys(self.numbers.of[one] for one in voice.claims if one in self.numbers.of))
        new = [number for number in numbers if number not in self.told]
        old = "".join(f"[{number}]" for number in sorted(numbers) if number in self.told)
        self.told.update(new)
        by = Text.assemble(voicing.who(voice), (f" {old}" if old else "", "dim"))
        lines = _hung(self, by, room, "– ")
        if new:
            about = " · ".join(part for part in (voicing.carried(voice), voicing.published(voice)) if part)
            lines += _hung(self, Text(about, "dim"), room, "  ")
        later = voicing.replaced(field, account, voice)
        if later:
            lines += _hung(self, Text(f"{later}", "yellow"), room, "  ")
        for number in new:
            lines += _hung(self, quoted(self.numbers.first(number), number, self.look), room, "  ")
        return lines


def _hung(canvas: Canvas, body: Text, room: int, mark: str) -> list[Text]:
    lines = canvas.wrapped(body, room - len(mark)) if body.plain else []
    return [Text.assemble(mark if at == 0 else " " * len(mark), line) for at, line in enumerate(lines)]


def _side_column(side: str, kept: Sequence[str], home: str, voices: Sequence[Voice]) -> _Column:
    mine = [voice for voice in voices if _kept_side(voice, kept, home) == side]
    return _column(shown_side(side), mine, [voice.key for voice in mine])


def _kept_side(voice: Voice, kept: Sequence[str], home: str) -> str:
    side = side_of(voice, home)
    return side if side in kept else ""


def _column(name: str, voices: Sequence[Voice], keys: Sequence[str]) -> _Column:
    reports = len({report for voice in voices for report in voice.reports})
    below = f"{wording.count(len(voices), 'source')} in {wording.count(reports, 'report')}"
    return _Column(name, below, lambda voice: voice.key in keys)


def draw_head(canvas: Canvas, event: Event) -> None:
    """Draw an event's title, place, day and standing, and how many tell of it."""
    canvas.rule("═", "bold")
    title = Text(wording.shown(event.title), "bold")
    mark = HAPPENED.get(event.happened)
    canvas.sides(Text.assemble((f"{mark} " if mark else "", "bold yellow"), title),
                 Text(f"event {event.id[:SHORT_ID]}", "dim"), 2)  # fmt: skip
    time, place = event.time, event.place
    when = wording.days(time.start, time.end) if time is not None else "day not said"
    names = dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part) if place else {}
    exact = wording.PRECISION.get(place.precision, "") if place is not None else ""
    where = f"{wording.shown(', '.join(names))} {exact}".strip() if place is not None else "place not said"
    canvas.block(Text(f"{when} · {where}"))
    standing = Text(STANDINGS.get(event.standing, event.standing), standing_style(event.standing))
    reports, sources = wording.count(len(event.reports), "report"), wording.count(len(event.sources), "source")
    canvas.block(standing.append(f" · {reports}, {sources.replace('source', 'independent source')}", "none"))


def standing_style(standing: str) -> str:
    """Return the style of a standing; the words say it too."""
    return {"disputed": "bold red", "agreed": "green", "silent": "dim"}.get(standing, "")


def field_head(field: Field, accounts: Sequence[Account]) -> Text:
    """Return a field's name, how it stands, the best account with its rule, and bounds with their owners."""
    head = Text.assemble((voicing.title_of(field).upper(), "bold"), "  ")
    head.append(STANDINGS.get(field.standing, field.standing), standing_style(field.standing))
    best = next((one for one in accounts if one.key == field.best), None)
    if best is not None and len(accounts) > 1:
        head.append(f" · best: {voicing.value_of(field, best)} ({field.rule})", "dim")
    elif "assumed" in field.rule:
        head.append(f" · {field.rule.rpartition('; ')[2]}", "dim")
    for name, bound in (("lowest", field.low), ("highest", field.high)):
        if bound is not None and len(accounts) > 1:
            owners = ", ".join(map(wording.shown, bound.owners))
            head.append(f" · {name}: {wording.figure(bound.value)} ({owners})", "dim")
    return head


def quoted(one: Filed, number: int | None, look: Look) -> Text:
    """Return a claim in its words; all but a plain assertion is marked."""
    said = one.claim.predication
    body = Text()
    if number is not None:
        body.append(f"[{number}] ", "dim")
    if said.polarity == "denied":
        body.append("DENIED ", "bold red")
    if said.status != "asserted":
        body.append(f"{said.status.upper()} ", "bold yellow")
    if said.headline:
        body.append("headline ", "dim")
    body.append(f"“{wording.shown(one.words)}”", "italic" if look.colour else "")
    return body.append(f" {one.claim.id[:SHORT_ID]}", "dim")
