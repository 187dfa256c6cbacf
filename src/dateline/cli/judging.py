"""What the verbs do by which people decide; the events are made anew after each, and what became of them is told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Literal, cast

import msgspec

from dateline.cli import DONE
from dateline.cli.asking import asked_desk, folds, look
from dateline.cli.progress import Bar
from dateline.cli.stopping import put, say
from dateline.desk import Desk, Step, open_desk
from dateline.desk.reconciling import Reconciled
from dateline.exporting.wording import count
from dateline.knowledge.joining import DEFAULT
from dateline.records import DeskError, Event, Judgement, UsageError

VERDICTS = ("right", "wrong", "unsure", "note")
Judged = Literal["right", "wrong", "unsure", "note"]


class DecidedOut(msgspec.Struct, frozen=True):
    """A judgement in JSON, what reconciling then changed, and the events that now hold the claims it is about."""

    judgement: Judgement
    reconciled: Reconciled
    events: tuple[Event, ...]


def bring_together(name: str, joining: str, as_json: bool, quiet: bool) -> int:
    """Reconcile a desk and say what came of it."""
    with open_desk(name) as desk:
        if not desk.store.runs():
            raise DeskError(f"{name}: nothing is coded yet. Run: dateline code --desk {name}")
        done = with_bar(desk, joining, quiet)
    if as_json:
        put(msgspec.json.encode(done) + b"\n")
    if not quiet:
        say(f"dateline: {told(done)}")
        if done.disputed:
            say(f"dateline: next: dateline events {name} --standing disputed")
    return DONE


def with_bar(desk: Desk, joining: str, quiet: bool) -> Reconciled:
    """Reconcile a desk with a bar for as long as it takes."""
    with Bar([], hidden=quiet, label="reconciling", alone=True, unit="steps") as bar:

        def tell(step: Step) -> None:
            if step.total:
                bar.expect(step.total)
            else:
                bar.passed("", step.length)

        return desk.reconcile(joining=joining, progress=tell)


def take_in_what_came(name: str, quiet: bool) -> None:
    """Make the events of a desk anew where something came since they were made."""
    with open_desk(name) as desk:
        if not desk.waiting():
            return
        done = with_bar(desk, joining_of(desk), quiet)
    if not quiet:
        say(f"dateline: {told(done)}")
        say(f"dateline: next: dateline events {name}")


def told(done: Reconciled) -> str:
    """Return in words what reconciling made."""
    parts = [f"{count(done.claims, 'claim')} of {count(done.reports, 'report')} make {count(done.events, 'event')}"]
    parts.append(f"{done.disputed:,} disputed")
    if done.copies:
        parts.append(f"{count(done.copies, 'report')} that repeat another" if done.copies != 1
                     else "1 report that repeats another")  # fmt: skip
    parts.append(f"{count(done.controls, 'stretch')} of control".replace("stretchs", "stretches"))
    changes = [f"{number:,} {what}" for number, what in ((done.new, "new"), (done.changed, "changed"),
        (done.retired, "no more")) if number]  # fmt: skip
    return "; ".join(parts) + f"; events: {', '.join(changes) if changes else 'nothing changed'}"


def merge_events(name: str, events: Sequence[str], by: str, reason: str, as_json: bool) -> int:
    """Make events one."""
    with _writable(name) as desk:
        found = [desk.event(one) for one in events]
        made = desk.merge([one.id for one in found], by=by, reason=reason)
        return decided(desk, made, found, as_json)


def split_event(name: str, event: str, claims: Sequence[str], by: str, reason: str, as_json: bool) -> int:
    """Part claims from an event."""
    with _writable(name) as desk:
        found = desk.event(event)
        made = desk.split(found.id, [desk.claim_id(one) for one in claims], by=by, reason=reason)
        return decided(desk, made, [found], as_json)


def judge_claims(name: str, words: Sequence[str], by: str, field: str, value: str, reason: str, as_json: bool) -> int:
    """Keep a verdict on claims; the last word is the verdict."""
    *claims, verdict = words
    if verdict not in VERDICTS or not claims:
        raise UsageError(f"judge: give one or more claims, then one of {', '.join(VERDICTS)}; {verdict!r} is last")
    if value and not field:
        raise UsageError("--value says what a field should be; name the field with --field")
    with _writable(name) as desk:
        listed = [desk.claim_id(one) for one in claims]
        before = [desk.event(one) for one in sorted(set(desk.store.events_of_claims(listed).values()))]
        made = desk.judge(cast(Judged, verdict), listed, by=by, reason=reason, field=field, value=value)
        return decided(desk, made, before, as_json)


def _writable(name: str) -> Desk:
    asked_desk(name).close()
    return open_desk(name)


def decided(desk: Desk, made: Judgement, before: Iterable[Event], as_json: bool) -> int:
    """Make the events anew and say what became of those that a judgement is about."""
    listed = list(before)
    done = desk.reconcile(joining=joining_of(desk))
    after = events_after(desk, listed)
    if as_json:
        put(msgspec.json.encode(DecidedOut(made, done, tuple(after))) + b"\n")
        return DONE
    _print_events(after)
    say(f"dateline: judgement {made.id} of {made.reviewer} is kept: {made.verdict}")
    tell_change(listed, after)
    if made.verdict == "split" and {one.id for one in listed} == {one.id for one in after}:
        say("dateline: they did not part: each of these reports tells them as one. Judge single claims wrong instead")
    return DONE


def joining_of(desk: Desk) -> str:
    """Return the way in which the desk's events were last joined."""
    last = DEFAULT
    for _, _, detail in desk.store.notes("reconcile"):
        last = str(detail.get("joining", last))
    return last


def events_after(desk: Desk, before: Sequence[Event]) -> list[Event]:
    """Return the events that now hold the claims which some events held."""
    held = desk.store.events_of_claims(claim for event in before for claim in event.claims)
    return [desk.event(one) for one in sorted(set(held.values()))]


def tell_change(before: Sequence[Event], after: Sequence[Event]) -> None:
    """Say which events are no more, which are new and which changed."""
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    for ident in old:
        if ident not in new:
            heirs = [one.id for one in after if set(one.claims) & set(old[ident].claims)]
            say(f"dateline: event {ident} is no more" + (f"; its claims are now part of {', '.join(heirs)}" if heirs
                else "; none of its claims counts now"))  # fmt: skip
    for ident, one in new.items():
        if ident not in old:
            say(f"dateline: event {ident} is new, with {count(len(one.claims), 'claim')}")
        elif old[ident].claims != one.claims:
            say(f"dateline: event {ident} has {count(len(one.claims), 'claim')} now, {len(old[ident].claims)} before")
        elif old[ident] == one:
            say(f"dateline: event {ident} stays as it was")


def _print_events(events: Sequence[Event]) -> None:
    from dateline.exporting.eventlist import EventList, line_of

    put("".join(EventList(look(), fold=folds()).lines(map(line_of, events))))


def reviewer_of(by: str) -> str:
    """Return the name of who reviews. Raises UsageError where it is empty."""
    if not by.strip():
        raise UsageError(f"--by: a judgement needs the name of who makes it{' ' + os.environ.get('USER', '')}".rstrip())
    return by.strip()
