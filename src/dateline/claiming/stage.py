"""The stage that puts each claim together, links those that dispute each other, and flags what conflicts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from dateline.claiming.confidence import grounds
from dateline.claiming.disputes import count_conflicts, find_disputes, same_event
from dateline.claiming.second import SecondReading
from dateline.knowledge.confidence import confidence_weights
from dateline.records import (
    Attribution,
    Claim,
    Contract,
    Dossier,
    Evidence,
    Flag,
    Mention,
    Parse,
    Placement,
    Predication,
    Record,
    Report,
    Source,
    Span,
    Timing,
)  # fmt: skip

BACKGROUND_AFTER_DAYS = 365


class Claiming:
    """Makes the claims of a report and the flags about them."""

    contract = Contract(
        "claiming",
        frozenset({Parse, Mention, Attribution, Predication, Placement, Timing}),
        frozenset({Claim, Flag}),
    )

    def __init__(self, second: SecondReading | None = None) -> None:
        """`second` reads each claim a second time, by trained models where there are any."""
        self.second = second or SecondReading(None, None)

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return the claims in text order, then flags."""
        places = {p.trigger: p for p in dossier.all(Placement)}
        times = {t.trigger: t for t in dossier.all(Timing)}
        attributions = dossier.all(Attribution)
        second = self.second(dossier)
        claims = [
            _claim(
                dossier.report,
                predication,
                attributions,
                places.get(predication.trigger),
                times.get(predication.trigger),
                second.get(predication.trigger, ()),
            )
            for predication in dossier.all(Predication)
        ]
        claims = _background(claims)
        disputes = find_disputes(claims)
        repeats = same_event(claims)
        claims = [
            msgspec.structs.replace(c, disputes=tuple(disputes.get(c.id, ())), same_as=tuple(repeats.get(c.id, ())))
            for c in claims
        ]
        return [*claims, *_flags(dossier.report, claims)]


def claim_id(report: Report, predication: Predication, attribution: Attribution) -> str:
    """Return the id of a claim: a hash of report, trigger and place in the chain of sources, not of values."""
    depth = len(attribution.chain)
    raw = f"{report.id}\0{predication.trigger.start}\0{predication.trigger.end}\0{depth}"
    return hashlib.sha256(raw.encode()).hexdigest()[:16]


def _claim(
    report: Report,
    predication: Predication,
    attributions: Sequence[Attribution],
    placement: Placement | None,
    timing: Timing | None,
    second: tuple[str, ...],
) -> Claim:
    attribution = attributions[predication.source] if predication.source >= 0 else _unattributed(report)
    on = (*grounds(predication, attribution, placement, timing), *second)
    return Claim(
        id=claim_id(report, predication, attribution), evidence=predication.evidence, predication=predication,
        attribution=attribution, place=placement.place if placement else None, time=timing.time if timing else None,
        confidence=confidence_weights().probability(on), grounds=on,
    )  # fmt: skip


def _unattributed(report: Report) -> Attribution:
    """Return the attribution of what nobody is made to say: the outlet's own narration."""
    span = Span(0, len(report.text))
    return Attribution(
        (Source(report.outlet or "the report", "outlet"),),
        (span,),
        "narration",
        Evidence((span,), "claiming", "narration"),
    )


def _background(claims: list[Claim]) -> list[Claim]:
    """Mark as background what happened more than a year before the latest day that the report tells of."""
    days = [
        c.time.end
        for c in claims
        if c.time
        and c.time.end
        and not c.time.anchor.startswith("assumed")
        and c.predication.status in ("asserted", "ongoing")
    ]
    if not days:
        return claims
    latest = dt.date.fromisoformat(max(days)[:10])
    limit = (latest - dt.timedelta(days=BACKGROUND_AFTER_DAYS)).isoformat()
    return [
        _as_background(c, latest)
        if c.time and c.time.end and c.time.end < limit and c.predication.status in ("asserted", "ongoing")
        else c
        for c in claims
    ]


def _as_background(claim: Claim, latest: dt.date) -> Claim:
    """Return the claim as background; its rules say why, for no word of the report does."""
    rule = f"{claim.evidence.rule}; background by its day, over {BACKGROUND_AFTER_DAYS} days before {latest}"
    evidence = msgspec.structs.replace(claim.evidence, rule=rule)
    said = msgspec.structs.replace(claim.predication, status="background", evidence=evidence)
    return msgspec.structs.replace(claim, predication=said, evidence=evidence)


def _flags(report: Report, claims: Sequence[Claim]) -> list[Flag]:
    by_id = {c.id: c for c in claims}
    flags, seen = [], set()
    for claim in claims:
        speaker = claim.attribution.chain[0]
        if claim.attribution.manner == "narration":
            continue
        for other in (by_id[i] for i in claim.disputes):
            key = tuple(sorted((claim.id, other.id)))
            if (
                other.attribution.chain[0].name == speaker.name
                and other.attribution.manner != "narration"
                and key not in seen
            ):
                seen.add(key)
                spans = (claim.predication.trigger, other.predication.trigger)
                words = " / ".join(s.of(report.text) for s in spans)
                flags.append(
                    Flag("source-conflict", f"{speaker.name} says things that cannot both hold: {words}", spans)
                )
    for one, two, what in count_conflicts(claims):
        spans = (one.span, two.span)
        words = " / ".join(s.of(report.text) for s in spans)
        flags.append(Flag("count-conflict", f"different numbers {what}: {words}", spans))
    return flags
