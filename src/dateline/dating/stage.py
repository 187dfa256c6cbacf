"""The stage that says when: the times of a report, and the time of each predicate."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dateline.dating import syntax
from dateline.dating.anchors import Bearings, Fixed, bearings
from dateline.dating.attaching import told_in
from dateline.dating.calendar import Moment
from dateline.dating.composing import Time, compose
from dateline.dating.forms import Match
from dateline.dating.tagger import TimeTagger, points_forward
from dateline.dating.timing import Timer
from dateline.dating.tokens import Tokens, tokenise
from dateline.knowledge.numerals import value_of
from dateline.records import (
    Attribution,
    Block,
    Contract,
    Debris,
    Dossier,
    Evidence,
    Flag,
    Mention,
    Parse,
    Predication,
    Record,
    Span,
    TimeExpression,
    Timing,
)

NEWS_DAYS = 7  # how long before the day of the report its main event may lie
REPORT_DAYS = 30  # the same for what is published late, and only in the first sentence
LEAD_BLOCKS = 2  # the first paragraphs of the story: a date there may be that of the main event


IN_PASSING = frozenset({"last night", "overnight", "yesterday evening", "yesterday night", "the night before"})


class Dating:
    """Finds the times of a report, resolves them, and dates the predicates."""

    contract = Contract(
        "dating",
        frozenset({Block, Debris, Parse, Mention, Predication, Attribution}),
        frozenset({TimeExpression, Timing, Flag}),
    )

    def __init__(self) -> None:
        self._tagger = TimeTagger("news")
        syntax.verbs()  # the verbs and the numerals are read now: a call reads no files
        value_of("one")

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return the times in the report, the times of its predicates, and what does not agree."""
        report = dossier.report
        debris = dossier.all(Debris)
        parse = next(iter(dossier.all(Parse)), None)
        tokens = tokenise(_without(report.text, debris))
        matches = self._tagger.matches(tokens)
        blocks = dossier.all(Block)
        found_at = bearings(self._tagger, report, debris, matches, _lead_end(blocks, report.text))
        times = self._times(tokens, matches, found_at, parse)
        found_at = _with_event(found_at, times, blocks, report.text)
        records: list[Record] = [_expression(time, span) for time, span, _ in times]
        records.extend(found_at.flags)
        records.extend(_ambiguous(times, report.text))
        predications = dossier.all(Predication)
        if parse is not None and predications:
            told, lengths = told_in(parse, times), told_in(parse, times, lengths=True)
            timings = Timer(parse, report.text, told, lengths, found_at).timings(predications)
            records.extend(timings)
            records.extend(_assumptions(timings, len(predications), found_at))
        return records

    def _times(
        self, tokens: Tokens, matches: list[Match], found_at: Bearings, parse: Parse | None
    ) -> list[tuple[Time, Span, Match | None]]:
        """Return the expressions with their spans and the forms that they were read from."""

        def future(offset: int) -> bool | None:
            by_verb = syntax.points_forward(parse, offset) if parse is not None else None
            return points_forward(tokens.text, offset) if by_verb is None else by_verb

        found = [one for one in self._tagger.resolve(matches, tokens, found_at.anchor, future) if not one.loose]
        by_first = {one.first: one.match for one in found}
        made = []
        for time in compose(found, tokens):
            span = Span(tokens.starts[time.first], tokens.ends[time.last - 1])
            made.append((time, span, by_first.get(time.core)))
        return made


def _without(text: str, debris: Iterable[Debris]) -> str:
    """Return the text with debris blanked: offsets stay, and "this [mercredi] morning" reads on."""
    pieces, position = [], 0
    for held in sorted(debris, key=lambda one: one.span):
        start, end = max(held.span.start, position), held.span.end
        if end <= position:
            continue
        pieces.append(text[position:start])
        pieces.append("".join("\n" if char == "\n" else " " for char in text[start:end]))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _lead_end(blocks: tuple[Block, ...], text: str) -> int:
    """Return where the lead ends: the headings and the first paragraphs."""
    body = [block for block in blocks if block.kind == "body"][:LEAD_BLOCKS]
    return body[-1].span.end if body else min(len(text), 1200)


def _with_event(
    found_at: Bearings, times: list[tuple[Time, Span, Match | None]], blocks: tuple[Block, ...], text: str
) -> Bearings:
    """Return the bearings with the day of the main event: the first day of the news that the lead names."""
    day = found_at.anchor.day
    if found_at.event is not None or day is None:
        return found_at
    body = [block.span for block in blocks if block.kind == "body"]
    start = body[0].start if body else 0
    end = _lead_end(blocks, text)
    first = text.find(". ", start, end)
    since = text.lower().find("since ", start, first if first >= 0 else end)
    first = since if since >= 0 else first
    passes = ((NEWS_DAYS, end, False), (REPORT_DAYS, first if first >= 0 else end, False), (0, end, True))
    for days, last, today in passes:
        for time, span, _ in times:
            moment = time.moment
            if (span.of(text).lower() == "today") is not today:
                continue  # "said today" gives the day of the page, and another day in the lead that of the event
            fine = moment.grain in ("day", "part-of-day", "hour") and moment.start is not None
            # "Troops were sent last night", told in passing, is not the day of all the rest.
            fine = fine and not (first >= 0 and span.start > first and span.of(text).lower() in IN_PASSING)
            if fine and moment.start and start <= span.start < last and 0 <= (day - moment.start).days <= days:
                return msgspec.structs.replace(found_at, event=Fixed(moment.start, span))
    return msgspec.structs.replace(found_at, event=found_at.dateline)


def _expression(time: Time, span: Span) -> TimeExpression:
    moment: Moment = time.moment
    grain = moment.grain if moment.grain not in ("decade", "century") else "interval"
    bounded = moment.start is not None or moment.end is not None
    confidence = "low" if moment.anchor == "ambiguous" else "medium" if moment.anchor != "absolute" else "high"
    return TimeExpression(
        span=span,
        start=moment.start.isoformat() if moment.start else "",
        end=moment.end.isoformat() if moment.end else "",
        granularity=grain,
        anchor="absolute" if moment.anchor == "ambiguous" else moment.anchor,
        evidence=Evidence((span,), "dating", time.rule, confidence),
        kind=moment.kind if bounded or moment.kind != "point" else "vague",
        value=moment.value,
    )


def _ambiguous(times: list[tuple[Time, Span, Match | None]], text: str) -> list[Flag]:
    """Flag dates in figures that can be read day first or month first."""
    return [
        Flag(
            "ambiguous-date",
            f"{span.of(text)!r} can be read day first or month first; read as {time.moment.value}.",
            (span,),
        )
        for time, span, _ in times
        if time.moment.anchor == "ambiguous"
    ]


def _assumptions(timings: list[Timing], total: int, found_at: Bearings) -> list[Flag]:
    """Flag, once, the claims that nothing in the text dates."""
    assumed = [timing for timing in timings if timing.time.anchor.startswith("assumed")]
    undated = total - len(timings)
    if not assumed and not undated:
        return []
    parts = []
    if assumed:
        by_text = sum(timing.time.anchor == "assumed-text-day" for timing in assumed)
        named = f"{by_text} by the day that the text fixes, {len(assumed) - by_text} by the day of the page"
        parts.append(f"{len(assumed)} of {total} predicates are dated by assumption ({named})")
    if undated:
        why = "" if found_at.anchor.day else "; neither the text nor the page gives a day"
        parts.append(f"{undated} of {total} have no date{why}")
    return [Flag("assumed-date", "; ".join(parts) + ".", tuple(timing.trigger for timing in assumed))]
