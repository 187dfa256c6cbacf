"""Everything of one event: each field with its accounts and who gives them, why its claims were joined, judgements."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from dateline.exporting import voicing, wording
from dateline.exporting.accounts import draw_head, field_head, quoted
from dateline.exporting.canvas import Canvas
from dateline.exporting.eventlist import SHORT_ID
from dateline.exporting.wording import Look
from dateline.records import Account, Event, Field, Filed, Join, Judgement, Voice

_NAMED = 6  # claims that a judgement names before it counts them
_WHYS = {
    "report": "linked within the report", "copy": "a copy of the same dispatch", "model": "joined by what they share",
}  # fmt: skip


def event_sheet(
    event: Event, claims: Sequence[Filed], judgements: Sequence[Judgement], look: Look, why: bool = False
) -> str:
    """Return the sheet of an event; with `why` what spoke for and against each join, with its weight."""
    return _EventSheet(event, claims, judgements, look).draw(why)


class _EventSheet(Canvas):
    """Draws one event."""

    def __init__(self, event: Event, claims: Sequence[Filed], judgements: Sequence[Judgement], look: Look) -> None:
        super().__init__(look)
        self.event, self.judgements = event, judgements
        self.filed = {one.claim.id: one for one in claims}
        self.told: set[tuple[str, str]] = set()

    def draw(self, why: bool) -> str:
        """Draw all of it."""
        event = self.event
        draw_head(self, event)
        kinds = [f"PLOVER {event.plover}{f' ({event.mode})' if event.mode else ''}" if event.plover else ""]
        kinds.append(f"ACLED {': '.join(dict.fromkeys(event.acled))}" if event.acled else "not coded by ACLED")
        kinds.append(f"{wording.count(len(event.claims), 'claim')}, the surest {event.confidence:.0%} sure")
        self.block(Text(" · ".join(part for part in kinds if part)))
        place = event.place
        if place is not None and place.lat is not None and place.lon is not None:
            point = f"{place.lat:.4f}, {place.lon:.4f}"
            number = f" · GeoNames {place.geonameid}" if place.geonameid else ""
            self.block(Text(f"{point}{number} · {wording.shown(place.reason)}", "dim"))
        for field in voicing.ordered(event.fields):
            self.field_of(field)
        if why:
            self.joins()
        self.judged()
        self.blank()
        return self.text()

    def field_of(self, field: Field) -> None:
        """Draw a field with all its accounts."""
        self.blank()
        accounts = voicing.best_first(field)
        self.block(field_head(field, accounts))
        for account in accounts:
            self.account(field, account)

    def account(self, field: Field, account: Account) -> None:
        """Draw a value and who gives it."""
        stands = any(voice.key not in account.superseded for voice in account.voices)
        value = Text.assemble("  ", (voicing.value_of(field, account), "bold" if stands else "dim strike"))
        sources, reports = len(account.voices), len({r for voice in account.voices for r in voice.reports})
        told = f"{wording.count(reports, 'report')}, {wording.count(sources, 'independent source')}"
        self.block(value.append(f"  {told}" + ("" if stands else ", replaced"), "dim"), hang=4)
        for voice in account.voices:
            self.voice(field, account, voice)
        fits = [wording.shown(one) for one in account.agrees if ": " in one]
        if fits:
            self.block(Text(f"fits {'; '.join(fits)}", "dim"), indent=4, hang=2)

    def voice(self, field: Field, account: Account, voice: Voice) -> None:
        """Draw who gives a value: name, side, where it stands, other spellings, and the words where they are new."""
        line = Text.assemble("– ", voicing.who(voice))
        parts = [f"side: {voice.side}" if voice.side else "", voicing.carried(voice), voicing.published(voice)]
        line.append("".join(f" · {part}" for part in parts if part), "dim")
        later = voicing.replaced(field, account, voice)
        line.append(f" · {later}" if later else "", "yellow")
        self.block(line, indent=4, hang=2)
        if voice.also:
            self.block(Text(f"also spelt {', '.join(map(wording.shown, voice.also))}", "dim"), indent=6, hang=2)
        held = [self.filed[claim] for claim in voice.claims if claim in self.filed]
        new = [one for one in held if (voice.key, one.words) not in self.told]
        words: dict[str, Filed] = {}
        for one in new:
            words.setdefault(one.words, one)
        self.told.update((voice.key, one) for one in words)
        for one in words.values():
            self.block(quoted(one, None, self.look), indent=6, hang=2)

    def joins(self) -> None:
        """Draw why each claim belongs to the event."""
        self.blank()
        self.block(Text("WHY THESE CLAIMS ARE ONE EVENT", "bold"))
        self.block(Text("log-odds of each feature; by the model, within a report, as copies, by judgement", "dim"))
        if not self.event.joins:
            self.block(Text("There is one claim only."), indent=2)
        for join in self.event.joins:
            self.join(join)

    def join(self, join: Join) -> None:
        """Draw one join with what spoke for and against it."""
        how = _WHYS.get(join.by, f"judgement {join.by[:SHORT_ID]}")
        sure = f", probability {join.score:.2f}" if join.by == "model" else ""
        self.block(Text.assemble((join.claim[:SHORT_ID], "bold"), " with ", (join.to[:SHORT_ID], "bold"),
                                 f": {how}{sure}"), indent=2, hang=4)  # fmt: skip
        if join.claim in self.filed:
            self.block(Text(f"“{wording.shown(self.filed[join.claim].words)}”", "italic" if self.look.colour else ""),
                       indent=4, hang=2)  # fmt: skip
        reasons = ", ".join(f"{name} {weight:+.1f}" for name, weight in join.reasons)
        if reasons:
            self.block(Text(reasons, "dim"), indent=4, hang=2)

    def judged(self) -> None:
        """Draw what people judged of the event's claims."""
        if not self.judgements:
            return
        self.blank()
        self.block(Text("JUDGEMENTS", "bold"))
        for one in self.judgements:
            self.block(judgement_line(one), indent=2, hang=4)


def judgement_line(one: Judgement) -> Text:
    """Return a judgement in words: when, by whom, what of, and why."""
    line = Text.assemble(f"{one.at[:10]} ", (one.verdict, "bold"), f" by {wording.shown(one.reviewer)}: ")
    named = [claim[:SHORT_ID] for claim in one.subject[:_NAMED]]
    more = len(one.subject) - len(named)
    subject = ", ".join(named) + (f" and {more} more" if more else "")
    line.append(f"{wording.shown(one.field)} of {subject}" if one.field else subject)
    if one.value:
        line.append(f", should be {wording.shown(one.value)}")
    return line.append(f" ({wording.shown(one.reason)})" if one.reason else "")
