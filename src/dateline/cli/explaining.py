"""`dateline explain`: one claim with every value, the words and rules it was read from, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from dateline.api import Coded, code_all
from dateline.cli.stopping import columns as width
from dateline.cli.stopping import in_colour, put, say
from dateline.exporting.sheet import one_claim
from dateline.exporting.wording import PRECISION, Look, bounds, count, shown, when
from dateline.knowledge.confidence import confidence_weights
from dateline.knowledge.predicates import Predicate, predicates
from dateline.reading import Failure
from dateline.records import (
    Claim,
    Evidence,
    Mention,
    Parse,
    Placement,
    Quotation,
    Reference,
    Span,
    TimeExpression,
    Timing,
    Toponym,
    UsageError,
)

_LONGEST_NUMBER = 5  # figures; more are the beginning of an id
_SHORTEST_ID = 4
Lines = Iterator[tuple[str, str]]


def print_claim(
    file: str,
    wanted: str,
    given: Mapping[str, str | None],
    columns: Mapping[str, str],
    model: str,
    places: tuple[str, ...],
    trained: bool = True,
) -> None:
    """Print all that is known about one claim of a file.

    `wanted` is the claim's number on the sheet, its id, or how that begins. Raises ReadingError where the
    file cannot be read and UsageError where the claim is not there or is not the only one.
    """
    coded = code_all(file, columns=columns, model=model, places=places, trained=trained, **given)
    found, at = _find(file, wanted, coded)
    put(_explained(found, at))


def _find(file: str, wanted: str, coded: Iterable[Coded | Failure]) -> tuple[Coded, int]:
    """Return the report and the index of the claim; hold on to no report but the one that has it."""
    is_number = wanted.isdecimal() and len(wanted) <= _LONGEST_NUMBER
    if not is_number and len(wanted) < _SHORTEST_ID:
        raise UsageError(f"{wanted}: give at least {_SHORTEST_ID} characters of the id, or the claim's number")
    hits: list[tuple[Coded, int]] = []
    reports = claims = 0
    for one in coded:
        if isinstance(one, Failure):
            if not reports:
                raise one.error()
            say(f"dateline: {one}")
            continue
        reports, claims = reports + 1, len(one.claims)
        if is_number and reports > 1:
            raise UsageError(f"{file} holds several reports; name the claim by its id instead of a number")
        if is_number:
            hits = [(one, int(wanted) - 1)] if 0 < int(wanted) <= claims else []
        else:
            hits += [(one, at) for at, claim in enumerate(one.claims) if claim.id.startswith(wanted.lower())]
    if len(hits) == 1:
        return hits[0]
    if hits:
        ids = ", ".join(one.claims[at].id for one, at in hits[:6])
        raise UsageError(f"{wanted}: {count(len(hits), 'claim')} begin so: {ids}")
    held = f"{count(claims, 'claim')}" if reports == 1 else f"{count(reports, 'report')}"
    raise UsageError(f"{wanted}: no such claim in {file}, which holds {held}; see: dateline code {file}")


def _explained(coded: Coded, at: int) -> str:
    """Return the explanation as text."""
    claim = coded.claims[at]
    look = Look(width(), in_colour())
    out = [one_claim(coded.out(), at + 1, look)]
    page = _Page(coded, claim)
    for title, rows in page.sections():
        made = [_wrapped(label, words, look.width) for label, words in rows]
        if made:
            out.append(f"\n{title}\n" + "".join(made))
    return "".join(out)


def _wrapped(label: str, words: str, room: int) -> str:
    import textwrap

    if label == "|":  # a row of a table, which keeps its columns
        return f"  {words}\n"
    first = f"  {label:<12} "
    lines = textwrap.wrap(shown(words), room, initial_indent=first, subsequent_indent=" " * 15, break_long_words=False)
    return "\n".join(lines or [first.rstrip()]) + "\n"


class _Page:
    """Gathers what the dossier holds about one claim."""

    def __init__(self, coded: Coded, claim: Claim) -> None:
        self.coded, self.claim, self.dossier = coded, claim, coded.dossier
        self.text = coded.report.text
        self.breaks = [at for at, char in enumerate(self.text) if char == "\n"]

    def sections(self) -> Iterator[tuple[str, Lines]]:
        """Yield the sections with their rows."""
        yield "WHAT: the sense of the predicate", self.what()
        yield "WHETHER: status and polarity", self.whether()
        yield "WHO: participants", self.who()
        yield "HOW MANY", self.how_many()
        yield "WHERE: why this place", self.where()
        yield "WHEN: why this day", self.when()
        yield "SAID BY: the chain of sources", self.said_by()
        yield "BESIDE IT: other claims of the report", self.beside()
        yield "SYNTAX of the clause (the trigger is marked >)", self.syntax()
        yield "MADE BY", self.made_by()

    def quote(self, span: Span | None) -> str:
        """Return the words of a span with line and offsets."""
        if span is None:
            return "(understood, not named here)"
        line = bisect_right(self.breaks, span.start - 1) + 1
        return f"“{shown(span.of(self.text))}” line {line}, {span.start}-{span.end}"

    def rule(self, evidence: Evidence) -> str:
        """Return which rule of which stage made a record."""
        return f"{evidence.stage}: {evidence.rule} ({evidence.confidence})"

    def what(self) -> Lines:
        """The sense, its gloss and examples, the types, the trigger."""
        said = self.claim.predication
        yield "trigger", self.quote(said.trigger)
        yield "sense", said.sense
        sense = next((one for one in predicates() if one.id == said.sense), None)
        if sense is not None:
            yield from _gloss(sense)
        yield "PLOVER", " · ".join(part for part in (said.plover or "none", said.mode) if part)
        yield "ACLED", ": ".join(said.acled) if said.acled else "would not be coded"
        if said.effect:
            yield "effect", said.effect
        yield "rules", said.evidence.rule
        for span in said.clause:
            yield "clause", self.quote(span)

    def whether(self) -> Lines:
        """Status and polarity with the rules that decided them."""
        said = self.claim.predication
        rules = [part for part in said.evidence.rule.split("; ")[1:] if not part.startswith("acled:")]
        yield "status", said.status
        yield "polarity", said.polarity
        yield "because", "; ".join(rules) or "nothing in the clause says otherwise"
        if said.headline:
            yield "headline", "the claim stands in the headline"
        yield "confidence", f"{self.claim.confidence:.2f}: how probable it is that a careful coder would sign this"
        weights = confidence_weights()
        for ground in sorted(self.claim.grounds, key=lambda ground: -abs(weights.weights.get(ground, 0.0))):
            yield "", f"{weights.weights.get(ground, 0.0):+.2f} {ground}"

    def who(self) -> Lines:
        """Each participant with its words and why it is this one."""
        mentions = {m.span: m for m in self.dossier.all(Mention)}
        references = {r.span: r for r in self.dossier.all(Reference)}
        for one in self.claim.predication.participants:
            known = ", ".join(part for part in (one.entity, one.kind, one.country) if part)
            yield one.role, f"{one.name} [{known or 'not a known actor'}] from {self.quote(one.span)}"
            if one.reason:
                yield "", f"because {one.reason}"
            if one.span in references:
                reference = references[one.span]
                yield "", f"stands for {self.quote(reference.antecedent)}; {self.rule(reference.evidence)}"
            if one.span in mentions:
                yield "", self.rule(mentions[one.span].evidence)

    def how_many(self) -> Lines:
        """Each number with its bounds and words."""
        for one in self.claim.predication.quantities:
            qualifier = f", qualified by “{one.qualifier}”" if one.qualifier else ""
            yield (
                one.what,
                f"{bounds(one.low, one.best, one.high)} {one.who}{qualifier}; {self.quote(one.span)}",
            )

    def where(self) -> Lines:
        """The place, its precision and the reasons."""
        place = self.claim.place
        if place is None:
            yield "place", "not said, and nothing in the report gives one"
            return
        ident = f"GeoNames {place.geonameid}" if place.geonameid else "no GeoNames id"
        point = f"{place.lat:.4f}, {place.lon:.4f}" if place.lat is not None and place.lon is not None else "no point"
        names = dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part)
        yield "place", f"{', '.join(names)} ({ident}; {point})"
        yield "precision", f"{place.precision} {PRECISION.get(place.precision, '')}"
        yield "words", self.quote(place.span)
        yield "because", place.reason
        for placement in self.dossier.all(Placement):
            if placement.trigger == self.claim.predication.trigger:
                yield "rule", self.rule(placement.evidence)
        for toponym in self.dossier.all(Toponym):
            if place.span and (toponym.span.overlaps(place.span) or toponym.name == place.name):
                yield (
                    "toponym",
                    f"{self.quote(toponym.span)}: {toponym.feature}; {self.rule(toponym.evidence)}",
                )
                return

    def when(self) -> Lines:
        """The interval, its anchor and the time expression."""
        time = self.claim.time
        if time is None:
            yield "time", "not said, and the report gives no day to assume"
            return
        from dateline.exporting.coded import TimeOut

        yield (
            "time",
            when(TimeOut(time.start, time.end, time.granularity, time.text, time.anchor, None, None)),
        )
        yield "anchor", time.anchor
        yield "words", self.quote(time.span) if time.span else "none in the text"
        for timing in self.dossier.all(Timing):
            if timing.trigger == self.claim.predication.trigger:
                yield "rule", self.rule(timing.evidence)
        for one in self.dossier.all(TimeExpression):
            if one.span == time.span:
                value = f" = {one.value}" if one.value else ""
                yield (
                    "expression",
                    f"{one.kind}{value}, counted from: {one.anchor}; {self.rule(one.evidence)}",
                )

    def said_by(self) -> Lines:
        """The chain, the speaker first; the cue and the quotation."""
        said = self.claim.attribution
        for position, one in enumerate(said.chain, 1):
            about = [
                one.kind,
                one.role,
                one.organisation,
                f"side: {one.side}" if one.side else "",
                one.entity,
            ]
            words = f"; {self.quote(one.span)}" if one.span else ""
            yield f"{position}.", f"{one.name} [{', '.join(part for part in about if part)}]{words}"
            if one.channel:
                yield (
                    "",
                    f"channel: {one.channel}" + (f"; {self.quote(one.channel_span)}" if one.channel_span else ""),
                )
        yield "manner", said.manner
        if said.cue:
            yield "cue", self.quote(said.cue)
        if said.hedge:
            yield "hedge", said.hedge
        for quotation in self.dossier.all(Quotation):
            if quotation.outer.contains(self.claim.predication.trigger):
                yield "quotation", self.quote(quotation.outer)
        yield "rule", self.rule(said.evidence)

    def beside(self) -> Lines:
        """Claims that dispute it and claims that tell of the same event."""
        for label, ids in (("disputed by", self.claim.disputes), ("same event", self.claim.same_as)):
            for number, other in enumerate(self.coded.claims, 1):
                if other.id in ids:
                    speaker = other.attribution.chain[0].name if other.attribution.chain else "the report"
                    yield label, f"{number} ({other.id}) {speaker}: {self.quote(other.predication.trigger)}"

    def syntax(self) -> Lines:
        """The tokens of the clause, each with its lemma, tag, dependency and head."""
        parses = self.dossier.all(Parse)
        if not parses:
            return
        parse, said = parses[0], self.claim.predication
        inside = [
            at
            for at in range(len(parse))
            if any(span.start <= parse.starts[at] < span.end for span in said.clause) or at == said.token
        ]
        broad = max((len(parse.texts[at]) for at in inside), default=4) + 1
        for at in inside:
            mark = ">" if at == said.token else " "
            head = "root" if parse.heads[at] == at else parse.texts[parse.heads[at]]
            word = shown(parse.texts[at])
            grammar = f"{parse.tags[at]:<6} {parse.deps[at]:<10} {head}"
            yield "|", f"{mark} {word:<{broad}} {parse.lemmas[at]:<{broad}} {grammar}"

    def made_by(self) -> Lines:
        """Versions and hashes."""
        made = self.coded.made_by
        yield "dateline", made.dateline
        yield "model", f"{made.model} {made.model_hash[:16]}"
        yield "gazetteer", made.gazetteer
        yield "knowledge", made.knowledge
        yield "claim", self.claim.id
        yield "report", self.coded.report.id


def _gloss(sense: Predicate) -> Lines:
    yield "means", sense.gloss
    for example in sense.examples[:2]:
        yield "such as", example
    for example in sense.counterexamples[:1]:
        yield "but not", example
    slots = ", ".join(f"{slot} = {role}" for slot, role in sense.roles.items())
    if slots:
        yield "roles", slots
