"""What is said to have happened."""

from __future__ import annotations

from typing import Literal

import msgspec

from dateline.records.source import Attribution
from dateline.records.span import Evidence, Span

Status = Literal["asserted", "ongoing", "attempted", "planned", "possible", "hypothetical", "opinion", "background"]
Polarity = Literal["affirmed", "denied"]
Role = Literal["actor", "target", "instrument", "object", "party", "beneficiary"]


class Participant(msgspec.Struct, frozen=True):
    """Someone or something that takes part: who acts, to whom it is done, or with what.

    `name` is the canonical name where the actor is known, else the words that describe it. `span` is
    where it is named in this clause; None where it is only understood. `assumed` says what nobody says and
    the sides of the conflict tell: "party" (who it is) or "country" (whose it is); `reason` says why.
    """

    role: Role
    name: str
    span: Span | None
    entity: str = ""
    kind: str = ""
    country: str = ""
    reason: str = ""
    assumed: Literal["", "party", "country"] = ""


class Quantity(msgspec.Struct, frozen=True):
    """A number that the report gives: how many of what, as an interval.

    `what` is what happened to them or what they are: killed, wounded, captured, displaced, freed,
    missing, districts, weapons, percent... `who` is who is counted ("civilians", "children"). `low`, `best`
    and `high` are None where the words give no bound ("at least 30": low 30, best 30, high None). `part` is
    True where they are part of a number that is given too ("58 people, including 11 children").
    """

    what: str
    span: Span
    low: float | None = None
    best: float | None = None
    high: float | None = None
    who: str = ""
    qualifier: str = ""
    part: bool = False


class Predication(msgspec.Struct, frozen=True):
    """One predicate and its participants: what happened, before who says it, where and when are added.

    `token` is the index of the trigger's token; `trigger` its span identifies the predication.
    `clause` are the spans of the clause that holds it. `plover` is a PLOVER type or "" (an event that only
    ACLED codes); `acled` is (event type, sub-event type) or None where ACLED would not code it.
    `source` is the index of its attribution in `dossier.all(Attribution)`. `of` is the trigger of an earlier event
    that this gives only another number of: place and day are those of that event.
    """

    trigger: Span
    token: int
    clause: tuple[Span, ...]
    sense: str
    plover: str
    mode: str
    acled: tuple[str, str] | None
    participants: tuple[Participant, ...]
    quantities: tuple[Quantity, ...]
    status: Status
    polarity: Polarity
    source: int
    evidence: Evidence
    effect: str = ""
    headline: bool = False
    of: Span | None = None


class Place(msgspec.Struct, frozen=True):
    """Where: an entry of the gazetteer, or only a name, with UCDP's precision code and the reason for it."""

    name: str
    text: str
    country: str
    country_code: str
    precision: int
    reason: str
    admin1: str = ""
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    span: Span | None = None


class Placement(msgspec.Struct, frozen=True):
    """The place of the predication whose trigger is `trigger`."""

    trigger: Span
    place: Place
    evidence: Evidence


class Time(msgspec.Struct, frozen=True):
    """When: an interval of whole days (ISO 8601, an open side None), with granularity and anchor.

    `anchor` names what the interval was counted from (see `TimeExpression`) or, where nothing in the text
    dates the claim, the assumption that was made: "assumed-text-day" or "assumed-published".
    """

    start: str | None
    end: str | None
    granularity: str
    text: str
    anchor: str
    span: Span | None = None


class Timing(msgspec.Struct, frozen=True):
    """The time of the predication whose trigger is `trigger`."""

    trigger: Span
    time: Time
    evidence: Evidence


class Claim(msgspec.Struct, frozen=True):
    """One predicate, said by one chain of sources, of one event, with one status.

    `id` is a hash of the report's id, the trigger and the place of the attribution in the chain, not of
    the values: a better rule changes values and keeps the id. `confidence` is the probability, 0 to 1, that a
    careful coder would sign the claim as it stands; `grounds` names what it rests on (docs/accuracy.md).
    """

    id: str
    evidence: Evidence
    predication: Predication
    attribution: Attribution
    place: Place | None
    time: Time | None
    confidence: float
    grounds: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
