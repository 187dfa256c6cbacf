"""What people decide on a desk's record: verdicts on claims, merges and splits of events. Nothing is overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from dateline.records import DeskError, Event, Judgement, UsageError, Verdict
from dateline.store import Store
from dateline.store.base import now

VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "unsure", "note")


def judged(
    store: Store, verdict: Verdict, claims: Sequence[str], reviewer: str, reason: str = "", field: str = "",
    value: str = "",
) -> Judgement:  # fmt: skip
    """Keep a verdict on claims, or on one field of them; `value` is what the field should be.

    Raises UsageError where the verdict is none or nobody is named, DeskError where a claim is not there.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"verdict {verdict!r}: it is one of {', '.join(VERDICTS)}")
    _there(store, claims)
    return _keep(store, Judgement("", verdict, tuple(claims), reviewer, "", reason, field, value))


def merged(store: Store, events: Sequence[Event], reviewer: str, reason: str = "") -> Judgement:
    """Keep that events are one: it holds on to all their claims, and so survives another coding."""
    if len({event.id for event in events}) < 2:
        raise UsageError("a merge needs two different events")
    claims = tuple(dict.fromkeys(claim for event in events for claim in event.claims))
    return _keep(store, Judgement("", "merge", claims, reviewer, "", reason))


def split(store: Store, event: Event, claims: Sequence[str], reviewer: str, reason: str = "") -> Judgement:
    """Keep that some claims of an event, and what the same reports tell with them, are of another one."""
    leaving = [claim for claim in event.claims if any(claim.startswith(start) for start in claims if start)]
    staying = tuple(claim for claim in event.claims if claim not in leaving)
    if not leaving or not staying:
        what = "none of these claims is in it" if not leaving else "that would leave nothing of it"
        raise UsageError(f"split of event {event.id}: {what}. `dateline claims {event.id}` lists its claims")
    return _keep(store, Judgement("", "split", tuple(leaving), reviewer, "", reason, apart=staying))


def _there(store: Store, claims: Sequence[str]) -> None:
    missing = [claim for claim in claims if store.claim(claim) is None]
    if missing:
        raise DeskError(f"claim {missing[0]!r}: the desk has no such claim. `dateline query` finds claims")


def _keep(store: Store, one: Judgement) -> Judgement:
    if not one.reviewer.strip():
        raise UsageError("a judgement needs the name of who makes it (--by NAME)")
    moment = now()
    made = msgspec.structs.replace(one, at=moment)
    ident = hashlib.sha256(msgspec.json.encode(made)).hexdigest()[:16]
    made = msgspec.structs.replace(made, id=ident)
    store.judge(made)
    return made
