"""What the claims of many reports tell together: events with their accounts, who holds what, and what people judge."""

from __future__ import annotations

from typing import Literal

import msgspec

from dateline.records.claim import Claim, Place, Time

Standing = Literal["disputed", "agreed", "single-source", "silent"]
Happened = Literal["affirmed", "disputed", "denied", "uncertain", "not-yet"]
Hold = Literal["confirmed", "claimed", "contested", "unknown"]
Verdict = Literal["right", "wrong", "unsure", "merge", "split", "note"]


class Filed(msgspec.Struct, frozen=True):
    """A claim in a desk with what is known of the report that makes it.

    `report` is the report's id, `order` the place in which the desk took it in (from 1), `published` its day
    (ISO 8601) or None, `known` the moment from which the desk could know it (ISO 8601, UTC). `original` is
    the report whose copy this one is, the report itself where it is none. `words` is the claim's evidence.
    """

    claim: Claim
    report: str
    order: int
    outlet: str
    agency: str
    published: str | None
    known: str
    original: str
    words: str


class Copy(msgspec.Struct, frozen=True):
    """A report that is a copy of another: `kind` says how it was told (exact, near, ...), `score` is 0 to 1."""

    report: str
    of: str
    kind: str
    score: float
    reasons: tuple[str, ...] = ()


class Voice(msgspec.Struct, frozen=True):
    """An independent source and the claims in which it gives a value.

    `key` tells sources apart: copies of one dispatch, and reports that quote one person, have one key.
    `name` is how reports call it, `also` are other spellings, `side` the side of the conflict it is on ("" where
    none is known). `reports` carry it, in `outlets`. `first` and `last` are the first and last day of
    publication. `how` says why spellings or reports were taken for one source.
    """

    key: str
    name: str
    kind: str
    role: str
    side: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    also: tuple[str, ...] = ()
    how: tuple[str, ...] = ()


class Account(msgspec.Struct, frozen=True):
    """One value of a field and the voices that give it.

    `value` is how it reads ("Taliban", "2021-08-06", "at least 30"); `key` tells values apart (an actor's or
    a place's id, a day, a number). Numbers have `low`, `best` and `high`, None where the words give none.
    `superseded` are the keys of the voices that gave a later value in its place. `agrees` says with which
    other accounts it can be true at once, and why ("38 lies within dozens").
    """

    key: str
    value: str
    voices: tuple[Voice, ...]
    low: float | None = None
    best: float | None = None
    high: float | None = None
    superseded: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()


class Bound(msgspec.Struct, frozen=True):
    """A bound of a number and who gives it: names of voices."""

    value: float
    owners: tuple[str, ...]


class Field(msgspec.Struct, frozen=True):
    """What the accounts of an event say of one thing.

    `name` is happened, actor, target, place, day, holder or what is counted (killed, wounded, freed, ...); `of`
    is who is counted ("civilians", "Taliban"; "" where nobody says). `standing` is disputed (two accounts
    cannot both hold), agreed (several sources, one account or accounts that agree), single-source or silent
    (no account). `best` is the key of one of the accounts, never an average; `rule` names what picked it.
    """

    name: str
    standing: Standing
    accounts: tuple[Account, ...]
    best: str = ""
    rule: str = ""
    of: str = ""
    low: Bound | None = None
    high: Bound | None = None


class Join(msgspec.Struct, frozen=True):
    """Why a claim belongs to an event: the claim it was joined to, the probability, and what spoke for and against.

    `by` is "model", "report" (linked within one report), "copy", "judgement", or "cluster" (it fits the others of
    the event together, and none of them alone). `reasons` are the
    features with their share of the log-odds, the weightiest first.
    """

    claim: str
    to: str
    by: str
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


class Event(msgspec.Struct, frozen=True):
    """What several claims tell of one incident, account beside account.

    `id` is a hash of its oldest claim (the first that the desk took in), so that it stays when the event
    grows or its claims are coded again. `time` and `place` are those of the best accounts. `happened` says
    whether it took place: affirmed, disputed, denied, uncertain (only feared or attempted) or not-yet (only
    planned). `reports` are all that tell of it, `sources` the keys of its independent sources.
    """

    id: str
    title: str
    plover: str
    mode: str
    acled: tuple[str, str] | None
    effect: str
    happened: Happened
    standing: Standing
    place: Place | None
    time: Time | None
    fields: tuple[Field, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    sources: tuple[str, ...]
    joins: tuple[Join, ...]
    confidence: float

    def field(self, name: str, of: str = "") -> Field | None:
        """Return the field of that name (of those counted), or None where the event has none."""
        return next((one for one in self.fields if one.name == name and one.of == of), None)


class Control(msgspec.Struct, frozen=True):
    """Who holds a place from one day until before another, by whose account.

    `holder` is an actor's id ("" where nobody is known to hold it), `name` how it is called, `side` government,
    or a group. `hold` says how sure it is: claimed by the holder or its side alone, confirmed by the other side
    or by several independent sources, contested, or unknown. `start` is the day of the change, `end` the day
    of the next one (None: still so). `events` and `claims` opened it; `against` are claims that deny it.
    """

    place: Place
    holder: str
    name: str
    side: str
    hold: Hold
    start: str | None
    end: str | None
    reason: str
    events: tuple[str, ...]
    claims: tuple[str, ...]
    against: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()


class Judgement(msgspec.Struct, frozen=True):
    """What a person decides on a record of the desk; it never overwrites.

    `subject` are claims' ids (a merge's: all claims of the events; a split's: the claims that leave). `field`
    is the value judged ("" for the whole claim), `value` what it should be. A later judgement of the same
    subject and field takes the place of an earlier one; both are kept.
    """

    id: str
    verdict: Verdict
    subject: tuple[str, ...]
    reviewer: str
    at: str
    reason: str = ""
    field: str = ""
    value: str = ""
    apart: tuple[str, ...] = ()


class Run(msgspec.Struct, frozen=True):
    """One way of coding: what made the claims of it. `id` is a hash of all but the moment it began."""

    id: str
    dateline: str
    model: str
    model_hash: str
    gazetteer: str
    knowledge: str
    trained: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    began: str = ""
