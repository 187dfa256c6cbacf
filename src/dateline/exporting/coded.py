"""The JSON of a coded report, its schema, and the way to it from the records.

One report is one line of JSON Lines. For every span, `report.text[start:end] == text`.
"""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.records import (
    Attribution,
    Claim,
    Debris,
    Dossier,
    Flag,
    Participant,
    Place,
    Quantity,
    Report,
    Span,
    Time,
)


class Words(msgspec.Struct, frozen=True):
    """A stretch of the report's text with its offsets (half-open, code points)."""

    start: int
    end: int
    text: str


class EventOut(msgspec.Struct, frozen=True):
    """What happened: PLOVER type ("" where PLOVER has none) and mode, ACLED's pair of types, the trigger."""

    plover: str | None
    mode: str | None
    acled: tuple[str, str] | None
    trigger: Words
    sense: str


class ParticipantOut(msgspec.Struct, frozen=True):
    """Who takes part; `start`, `end` and `text` are null where the participant is only understood."""

    role: str
    name: str
    text: str | None
    entity: str | None
    kind: str | None
    country: str | None
    start: int | None
    end: int | None
    reason: str | None
    assumed: str | None


class PlaceOut(msgspec.Struct, frozen=True):
    """Where, with UCDP's precision code (1 exact to 7 sea or air) and the reason for it."""

    name: str
    text: str
    admin1: str
    country: str
    country_code: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    precision: int
    reason: str
    start: int | None
    end: int | None


class TimeOut(msgspec.Struct, frozen=True):
    """When: an interval of whole days, an open side null."""

    start: str | None
    end: str | None
    granularity: str
    text: str
    anchor: str
    span_start: int | None
    span_end: int | None


class QuantityOut(msgspec.Struct, frozen=True):
    """How many of what; null where the report gives no such bound. `part`: of a number that is given too."""

    what: str
    who: str
    low: float | None
    best: float | None
    high: float | None
    qualifier: str
    text: str
    start: int
    end: int
    part: bool = False


class SourceOut(msgspec.Struct, frozen=True):
    """One link of the chain of who says it."""

    name: str
    role: str | None
    organisation: str | None
    kind: str
    entity: str | None
    side: str | None
    channel: str | None
    start: int | None
    end: int | None


class ClaimOut(msgspec.Struct, frozen=True):
    """A claim, as `docs/codebook.md` describes it."""

    id: str
    evidence: list[Words]
    event: EventOut
    participants: list[ParticipantOut]
    place: PlaceOut | None
    time: TimeOut | None
    quantities: list[QuantityOut]
    status: str
    polarity: str
    attribution: list[SourceOut]
    manner: str
    cue: Words | None
    headline: bool
    disputes: list[str]
    same_as: list[str]
    confidence: float
    rule: str


class DebrisOut(msgspec.Struct, frozen=True):
    """Words that are not the story."""

    start: int
    end: int
    kind: str
    text: str


class FlagOut(msgspec.Struct, frozen=True):
    """Something the analyst should know."""

    code: str
    message: str
    spans: list[Words]


class ReportOut(msgspec.Struct, frozen=True):
    """The report and what is known about it."""

    id: str
    path: str
    text: str
    title: str
    outlet: str
    agency: str
    author: str
    published: str | None
    url: str
    language: str
    part: int
    raw_hash: str


class MadeBy(msgspec.Struct, frozen=True):
    """What made the output: versions and hashes, so that it can be made again; `trained` names the trained parts."""

    dateline: str
    model: str
    model_hash: str
    gazetteer: str
    knowledge: str
    trained: tuple[str, ...]


class CodedOut(msgspec.Struct, frozen=True):
    """One coded report."""

    report: ReportOut
    claims: list[ClaimOut]
    debris: list[DebrisOut]
    flags: list[FlagOut]
    made_by: MadeBy


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one line of `dateline code --json`."""
    made = msgspec.json.schema(CodedOut)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A coded report", **made}


def coded_out(dossier: Dossier, made_by: MadeBy) -> CodedOut:
    """Return a dossier in the shape of the JSON."""
    text = dossier.report.text
    return CodedOut(
        _report(dossier.report),
        [claim_out(claim, text) for claim in dossier.all(Claim)],
        [DebrisOut(d.span.start, d.span.end, d.kind, d.span.of(text)) for d in dossier.all(Debris)],
        [FlagOut(f.code, f.message, [_words(s, text) for s in f.spans]) for f in dossier.all(Flag)],
        made_by,
    )


def line(dossier: Dossier, made_by: MadeBy) -> bytes:
    """Return a dossier as one line of JSON, UTF-8, with its newline."""
    return msgspec.json.encode(coded_out(dossier, made_by)) + b"\n"


def _words(span: Span, text: str) -> Words:
    return Words(span.start, span.end, span.of(text))


def _report(r: Report) -> ReportOut:
    published = r.published.isoformat() if r.published else None
    return ReportOut(
        r.id,
        r.path,
        r.text,
        r.title,
        r.outlet,
        r.agency,
        r.author,
        published,
        r.url,
        r.language,
        r.part,
        r.raw_hash,
    )


def claim_out(claim: Claim, text: str) -> ClaimOut:
    """Return a claim in the shape of the JSON; `text` is that of its report."""
    said = claim.predication
    event = EventOut(said.plover or None, said.mode or None, said.acled, _words(said.trigger, text), said.sense)
    return ClaimOut(
        id=claim.id,
        evidence=[_words(s, text) for s in claim.evidence.spans],
        event=event,
        participants=[_participant(p, text) for p in said.participants],
        place=_place(claim.place, text) if claim.place else None,
        time=_time(claim.time, text) if claim.time else None,
        quantities=[_quantity(q, text) for q in said.quantities],
        status=said.status,
        polarity=said.polarity,
        attribution=_chain(claim.attribution),
        manner=claim.attribution.manner,
        cue=_words(claim.attribution.cue, text) if claim.attribution.cue else None,
        headline=said.headline,
        disputes=list(claim.disputes),
        same_as=list(claim.same_as),
        confidence=claim.confidence,
        rule=claim.evidence.rule,
    )


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _participant(p: Participant, text: str) -> ParticipantOut:
    words = p.span.of(text) if p.span else None
    return ParticipantOut(
        p.role,
        p.name,
        words,
        p.entity or None,
        p.kind or None,
        p.country or None,
        *_ends(p.span),
        p.reason or None,
        p.assumed or None,
    )


def _place(p: Place, text: str) -> PlaceOut:
    words = p.span.of(text) if p.span else p.text
    return PlaceOut(
        p.name, words, p.admin1, p.country, p.country_code, p.geonameid, p.lat, p.lon, p.precision, p.reason,
        *_ends(p.span),
    )  # fmt: skip


def _time(t: Time, text: str) -> TimeOut:
    words = t.span.of(text) if t.span else t.text
    return TimeOut(t.start, t.end, t.granularity, words, t.anchor, *_ends(t.span))


def _quantity(q: Quantity, text: str) -> QuantityOut:
    words, (start, end) = q.span.of(text), (q.span.start, q.span.end)
    return QuantityOut(q.what, q.who, q.low, q.best, q.high, q.qualifier, words, start, end, q.part)


def _chain(attribution: Attribution) -> list[SourceOut]:
    return [
        SourceOut(
            s.name, s.role or None, s.organisation or None, s.kind, s.entity or None, s.side or None,
            s.channel or None, *_ends(s.span),
        )
        for s in attribution.chain
    ]  # fmt: skip
