"""A coded report as a sheet to read in a terminal: what to look at first, then the claims by who says them.

Made from the JSON's own records, so that the sheet can show nothing that the data does not hold. A claim
keeps its number in text order; `dateline explain` takes that number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text

from dateline.exporting import wording
from dateline.exporting.canvas import Canvas
from dateline.exporting.coded import ClaimOut, CodedOut, FlagOut, ParticipantOut, PlaceOut, SourceOut
from dateline.exporting.wording import Look

SHORT_ID = 8
_LABEL = 11
_INDENT = 4
# Words with a style and, where there is no colour, with marks: meaning never hangs on colour alone.
_STATUS_STYLE = {
    "ongoing": "bold cyan", "attempted": "bold yellow", "planned": "bold yellow", "possible": "bold yellow",
    "hypothetical": "bold magenta", "opinion": "bold magenta", "background": "bold blue",
}  # fmt: skip


def sheet(coded: CodedOut, look: Look, glosses: Mapping[str, str] | None = None) -> str:
    """Return the sheet of one coded report; `glosses` are the meanings of senses, shown with the rules."""
    return _Sheet(coded, look, glosses or {}).draw()


def one_claim(coded: CodedOut, number: int, look: Look, glosses: Mapping[str, str] | None = None) -> str:
    """Return the part of the sheet that shows claim `number` (from 1), under who says it."""
    drawn = _Sheet(coded, look, glosses or {})
    drawn.group([number - 1])
    return drawn.text()


class _Sheet(Canvas):
    """Draws one report, line by line."""

    def __init__(self, coded: CodedOut, look: Look, glosses: Mapping[str, str]) -> None:
        super().__init__(look)
        self.coded, self.glosses = coded, glosses
        self.breaks = [at for at, char in enumerate(coded.report.text) if char == "\n"]
        self.number = {claim.id: n for n, claim in enumerate(coded.claims, 1)}

    def draw(self) -> str:
        """Draw the whole sheet."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for at, claim in enumerate(self.coded.claims):
            groups.setdefault(_voice(claim), []).append(at)
        self.header(len(groups))
        for members in groups.values():
            self.group(members)
        self.footer()
        return self.text()

    # --- the head and the foot

    def header(self, voices: int) -> None:
        """Draw title, origin and flags."""
        report = self.coded.report
        self.rule("═", "bold")
        title = wording.shown(report.title) or wording.first_words(report.text)
        self.block(Text(title or "(no title)", "bold"))
        origin = [_outlet(report.outlet, report.agency), wording.shown(report.author)]
        origin.append(f"published {report.published}" if report.published else "day of publication not known")
        origin.append(wording.language(report.language))
        claims = wording.count(len(self.coded.claims), "claim")
        said = f"{claims} by {wording.count(voices, 'voice')}" if voices else claims
        where = wording.shown(report.path) + (f", part {report.part}" if report.part else "")
        self.block(Text(" · ".join(part for part in origin if part)))
        self.block(Text(" · ".join(part for part in (where, said) if part), "dim"))
        if self.coded.flags:
            self.blank()
            self.block(Text(f"! {wording.count(len(self.coded.flags), 'flag')}: look at this first", "bold yellow"))
            for flag in self.coded.flags:
                self.flag(flag)

    def flag(self, flag: FlagOut) -> None:
        """Draw a flag: its code, its message, and the lines that it is about."""
        body = Text.assemble((flag.code, "bold"), "  ", wording.shown(flag.message))
        lines = sorted({self.line_of(words.start) for words in flag.spans})
        if lines:
            body.append(f"  ({wording.lines(lines)})", "dim")
        self.block(body, indent=2, hang=4)

    def footer(self) -> None:
        """Draw what is not the story and what made the sheet."""
        self.blank()
        if not self.coded.claims:
            self.block(Text("No claims were read in this report.", "bold"))
        counts: dict[str, list[int]] = {}
        for debris in self.coded.debris:
            counts.setdefault(debris.kind, []).append(self.line_of(debris.start))
        if counts:
            kinds = [f"{kind} ({wording.lines(sorted(set(found)))})" for kind, found in counts.items()]
            self.block(Text("Not the story, so not coded: " + "; ".join(kinds), "dim"))
        made = self.coded.made_by
        parts = (
            f"dateline {made.dateline}",
            f"model {made.model}",
            f"gazetteer {made.gazetteer}",
            f"knowledge {made.knowledge}",
            *([] if made.trained else ["rules only"]),
        )
        self.block(Text(" · ".join(parts), "dim"))
        self.blank()

    # --- the claims

    def group(self, members: Sequence[int]) -> None:
        """Draw one voice and its claims."""
        claim = self.coded.claims[members[0]]
        self.blank()
        self.block(self.speaker(claim, len(members)), hang=2)
        channel, way = _channel(claim), _way(claim)
        if channel or way:
            self.block(Text(" · ".join(part for part in (channel, way) if part)), indent=2)
        self.rule("─", "dim")
        for position, at in enumerate(members):
            if position:
                self.blank()
            self.claim(at)

    def speaker(self, claim: ClaimOut, claims: int) -> Text:
        """Return the head of a group: who speaks, in which office, on whose side."""
        head = Text()
        if claim.manner == "narration" or not claim.attribution:
            names = " with ".join(wording.shown(s.name) for s in reversed(claim.attribution))
            head.append(names or "the report", "bold").append(", in its own words")
        else:
            first = claim.attribution[0]
            head.append(wording.shown(first.name), "bold")
            head.append(" (not named)" if first.kind == "unnamed" else "")
            organisation = first.organisation if first.organisation != first.side else None
            about = (first.role, organisation, f"side: {first.side}" if first.side else None)
            for part in about:
                if part:
                    head.append(f", {wording.shown(part)}")
        return head.append(f"  [{wording.count(claims, 'claim')}]", "dim")

    def claim(self, at: int) -> None:
        """Draw one claim."""
        claim = self.coded.claims[at]
        head = Text.assemble((f"{at + 1:>{_INDENT - 1}} ", "bold"), self.status(claim), "  ", _plover(claim))
        line, acled = self.line_of(claim.event.trigger.start), _acled(claim)
        mark = Text(f"{claim.confidence:.0%} sure · line {line} · {claim.id[:SHORT_ID]}", "dim")
        beside = acled and head.cell_len + len(acled) + mark.cell_len + 5 <= self.width
        self.sides(head.append(f" · {acled}") if beside else head, mark, _INDENT)
        self.value("ACLED", Text("" if beside else acled))
        self.value("who", _who(claim.participants))
        self.value("where", _where(claim.place))
        self.value("when", Text(wording.when(claim.time)) if claim.time else Text("not said", "dim"))
        self.value("how many", Text("; ".join(wording.quantity(q) for q in claim.quantities)))
        self.value("in words", self.quoted(claim))
        self.value("disputed", self.others(claim.disputes))
        self.value("also told", self.others(claim.same_as, words=False))
        if self.look.rules:
            gloss = self.glosses.get(claim.event.sense, "")
            self.value("rule", Text(" · ".join(part for part in (claim.rule, gloss) if part), "dim"))

    def status(self, claim: ClaimOut) -> Text:
        """Return status and polarity in words; all but a plain assertion in capitals."""
        marks = Text()
        if claim.polarity == "denied":
            marks.append("DENIED", "bold red")
        if claim.status != "asserted":
            marks.append(" " if marks else "").append(claim.status.upper(), _STATUS_STYLE.get(claim.status, "bold"))
        if not marks:
            marks.append("asserted", "green")
        if claim.headline:
            marks.append(" (headline)", "dim")
        return marks

    def quoted(self, claim: ClaimOut) -> Text:
        """Return the evidence as the report has it, its trigger emphasised."""
        trigger, body = claim.event.trigger, Text()
        plain = not self.look.colour
        for position, words in enumerate(claim.evidence):
            body.append(" … " if position else "")
            first, last = trigger.start - words.start, trigger.end - words.start
            if first < 0 or trigger.end > words.end:
                body.append(wording.shown(words.text, strip=False))
                continue
            mark = "*" if plain else ""
            body.append(wording.shown(words.text[:first], strip=False))
            body.append(f"{mark}{wording.shown(trigger.text)}{mark}", "bold underline")
            body.append(wording.shown(words.text[last:], strip=False))
        return Text.assemble("“", body, "”")

    def others(self, ids: Iterable[str], words: bool = True) -> Text:
        """Return the claims that one is linked to: number, short id and, with `words`, who says what."""
        found = []
        for one in ids:
            number = self.number.get(one)
            part = f"{number} ({one[:SHORT_ID]})" if number else one[:SHORT_ID]
            if number and words:
                other = self.coded.claims[number - 1]
                name = other.attribution[0].name if other.attribution else "the report"
                part = f"by {part}: {wording.shown(name)}, “{wording.shown(other.event.trigger.text)}”"
            found.append(part)
        return Text("; ".join(found) if words else ("in " + ", ".join(found) if found else ""))

    # --- lines

    def value(self, label: str, value: Text) -> None:
        """Draw a labelled value of a claim; nothing where it is empty."""
        self.field(label, value, _INDENT, _LABEL)

    def line_of(self, offset: int) -> int:
        """Return the line of the report's text that holds `offset`, from 1."""
        return bisect_left(self.breaks, offset) + 1


def _voice(claim: ClaimOut) -> tuple[object, ...]:
    """Return what makes two claims come under one head: the whole chain with its channels."""
    return claim.manner == "narration", *((s.name, s.role, s.channel) for s in claim.attribution)


def _outlet(outlet: str, agency: str) -> str:
    if outlet and agency and agency != outlet:
        return wording.shown(f"{outlet} with {agency}")
    return wording.shown(outlet or agency) or "outlet not known"


def _channel(claim: ClaimOut) -> str:
    first = claim.attribution[0] if claim.attribution else None
    return wording.shown(f"channel: {first.channel}") if first and first.channel else ""


def _way(claim: ClaimOut) -> str:
    """Return the rest of the chain: through whom it reached the reader."""
    if claim.manner == "narration":
        return ""
    return wording.shown("".join(f" → {_link(source)}" for source in claim.attribution[1:]))


def _link(source: SourceOut) -> str:
    office = f" ({source.role})" if source.role else ""
    channel = f", {source.channel}" if source.channel else ""
    return f"{source.name}{office}{channel}"


def _plover(claim: ClaimOut) -> Text:
    event = claim.event
    plover = event.plover or "no PLOVER type"
    return Text.assemble((f"{plover} ({event.mode})" if event.mode else plover, "bold"))


def _acled(claim: ClaimOut) -> str:
    kind, sub = claim.event.acled or ("", "")
    return f"{kind}: {sub}" if sub and sub != kind else kind


def _who(people: Sequence[ParticipantOut]) -> Text:
    """Return who does it to whom, then what else takes part, each with the words that name it."""
    by_role: dict[str, list[str]] = {}
    for one in people:
        by_role.setdefault(one.role, []).append(_named(one))
    actors, targets = (" + ".join(by_role.pop(role, ())) for role in ("actor", "target"))
    said = Text()
    if actors or targets:
        said.append(actors or "(actor not said)")
        if targets:
            said.append(" → ").append(targets)
    for role, names in by_role.items():
        said.append("; " if said else "").append(f"{wording.ROLES.get(role, role)} {' + '.join(names)}")
    return said or Text("not said", "dim")


def _named(one: ParticipantOut) -> str:
    name = wording.shown(one.name)
    if not one.text:
        return f"{name} (understood)"
    words = wording.shown(one.text)
    return name if wording.alike(name, words) else f"{name} (“{words}”)"


def _where(place: PlaceOut | None) -> Text:
    if place is None:
        return Text("not said", "dim")
    names = dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part)
    said = Text(wording.shown(", ".join(names)))
    said.append(f"  {wording.PRECISION.get(place.precision, 'precision not known')}", "dim")
    if place.text and not wording.alike(place.text, place.name):
        said.append(f"  “{wording.shown(place.text)}”", "dim")
    return said
