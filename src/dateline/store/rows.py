"""What the store returns beside the records, and the filters of its lists."""

from __future__ import annotations

import msgspec

from dateline.records import Claim, Debris, Flag, Report


class Arrival(msgspec.Struct, frozen=True):
    """A report to be taken in: `original` is the hash of the file it came from, `known` the moment it counts from."""

    report: Report
    original: str | None = None
    known_at: str = ""
    known_by: str = "added"


class ReportRow(msgspec.Struct, frozen=True):
    """A report of a desk without its text.

    `seq` is the order in which the desk took it in, `run` the run by which the desk speaks of it ("" where it
    is not coded), `claims` their number then, `copy_of` the report that it is a copy of ("" where it is none).
    """

    seq: int
    id: str
    path: str
    title: str
    outlet: str
    agency: str
    author: str
    published: str | None
    url: str
    language: str
    country: str
    part: int
    raw_hash: str
    original: str | None
    added_at: str
    known_at: str
    known_by: str
    run: str
    claims: int
    copy_of: str
    gone_at: str | None
    gone_why: str


class CodedReport(msgspec.Struct, frozen=True):
    """What a run made of a report: its claims with their words, its flags (not those of reading) and debris.

    `status` is coded, kept (not English: kept, not coded) or failed.
    """

    report: str
    claims: tuple[Claim, ...] = ()
    words: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    debris: tuple[Debris, ...] = ()
    status: str = "coded"


class Coding(msgspec.Struct, frozen=True):
    """How a report was coded in a run: `status` is coded, failed or kept (not English: kept, not coded)."""

    report: str
    run: str
    status: str
    claims: int
    flags: tuple[Flag, ...]
    debris: tuple[Debris, ...]
    at: str


class Stored(msgspec.Struct, frozen=True):
    """An original: the bytes of a file that reports came from, or None and why they were not kept."""

    hash: str
    path: str
    size: int
    data: bytes | None
    why_not_kept: str
    added_at: str


class FailureRow(msgspec.Struct, frozen=True):
    """What could not be read or coded; `resolved` is the moment from which it could, None while it cannot."""

    seq: int
    path: str
    problem: str
    remedy: str
    stage: str
    report: str
    run: str
    at: str
    resolved: str | None


class ReportFilter(msgspec.Struct, frozen=True):
    """Which reports; what is None or empty is not asked. Days are ISO 8601, both ends included."""

    text: str = ""
    outlet: str = ""
    agency: str = ""
    language: str = ""
    first: str | None = None
    last: str | None = None
    as_of: str | None = None
    gone: bool = False


class ClaimFilter(msgspec.Struct, frozen=True):
    """Which claims; what is None or empty is not asked.

    Days are ISO 8601, both ends included; a claim fits whose interval touches them. `country` is a code,
    `actor` an actor's id or part of its name, whoever acts or suffers; `source` part of a name, `side` an
    actor's id. `run` None means the run by which the desk speaks of each report; `as_of` what the desk would
    have said at that moment.
    """

    text: str = ""
    country: str = ""
    admin1: str = ""
    place: str = ""
    geonameid: int | None = None
    first: str | None = None
    last: str | None = None
    plover: str = ""
    mode: str = ""
    acled: str = ""
    status: str = ""
    polarity: str = ""
    actor: str = ""
    source: str = ""
    source_kind: str = ""
    side: str = ""
    outlet: str = ""
    report: str = ""
    event: str = ""
    headline: bool | None = None
    run: str | None = None
    as_of: str | None = None


class EventFilter(msgspec.Struct, frozen=True):
    """Which events; what is None or empty is not asked. `killed` is the least number killed by the best account."""

    text: str = ""
    country: str = ""
    admin1: str = ""
    place: str = ""
    geonameid: int | None = None
    first: str | None = None
    last: str | None = None
    plover: str = ""
    mode: str = ""
    acled: str = ""
    happened: str = ""
    standing: str = ""
    actor: str = ""
    killed: float | None = None
    sources: int | None = None
    report: str = ""
    retired: bool = False


ALL_REPORTS, ALL_CLAIMS, ALL_EVENTS = ReportFilter(), ClaimFilter(), EventFilter()


class EventRow(msgspec.Struct, frozen=True):
    """An event in a list, without its accounts; `show` it by `id`."""

    id: str
    title: str
    plover: str
    mode: str
    effect: str
    acled_type: str
    acled_sub: str
    happened: str
    standing: str
    actors: str
    actor_ids: str
    targets: str
    target_ids: str
    place_name: str
    geonameid: int | None
    admin1: str
    country_code: str
    lat: float | None
    lon: float | None
    precision: int | None
    first: str | None
    last: str | None
    granularity: str
    reports: int
    sources: int
    claims: int
    killed_low: float | None
    killed_best: float | None
    killed_high: float | None
    confidence: float
    made_at: str
    retired_at: str | None
    successor: str | None


class Hit(msgspec.Struct, frozen=True):
    """A claim that a search found, with its words and what is known of its report."""

    claim: Claim
    words: str
    run: str
    report: str
    order: int
    title: str
    path: str
    outlet: str
    agency: str
    published: str | None


class Change(msgspec.Struct, frozen=True):
    """How a claim differs between two runs: `kind` is added, gone or changed; `fields` are (name, before, after)."""

    kind: str
    claim: str
    report: str
    words: str
    fields: tuple[tuple[str, str, str], ...] = ()


class Counts(msgspec.Struct, frozen=True):
    """How much a desk holds. `uncoded` are reports in English that the current run has not coded."""

    reports: int
    gone: int
    outlets: int
    originals: int
    originals_bytes: int
    languages: dict[str, int]
    first: str | None
    last: str | None
    runs: int
    claims: int
    copies: int
    events: int
    standings: dict[str, int]
    retired: int
    controls: int
    judgements: int
    failures_read: int
    failures_code: int
