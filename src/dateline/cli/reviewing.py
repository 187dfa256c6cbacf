"""`dateline review`: events one after the other, a decision for each, kept as soon as it is made."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from dateline.cli import DONE
from dateline.cli.asking import asked_desk, event_filter, look
from dateline.cli.judging import joining_of, reviewer_of, told
from dateline.cli.stopping import put, say
from dateline.desk import Desk, open_desk
from dateline.exporting.accounts import numbered, side_by_side
from dateline.exporting.wording import count
from dateline.records import DatelineError, Event, Judgement, UsageError

HELP = (
    "right, wrong, unsure: of the whole event; with numbers of those claims only (wrong 3 5)",
    "merge EVENT: it is the same as another event",
    "split 3 5: these claims are of another event",
    "note TEXT: keep a remark",
    "skip: decide later; next, or an empty line: go on; quit: stop here",
    "The first letter will do: r, w, u, m, p for split, s, n, q; ? says this again.",
)
CHOICES = "right, wrong, unsure, merge, split, note, skip, quit"
_WORDS = {"r": "right", "w": "wrong", "u": "unsure", "m": "merge", "p": "split", "s": "skip", "n": "next", "q": "quit",
          "?": "help", "h": "help", "": "next"}  # fmt: skip
_NEEDS_RECONCILING = frozenset({"right", "wrong", "merge", "split"})


class ReviewedOut(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of `review --json`: an event that is asked about, or a judgement that was made on it."""

    event: Event | None = None
    judgement: Judgement | None = None


class _Gone(Exception):  # noqa: N818
    """The reviewer stops."""


def review_events(name: str, by: str, asked: Mapping[str, Any], as_json: bool) -> int:
    """Ask about each event that fits; return the exit status."""
    reviewer = reviewer_of(by)
    asked_desk(name).close()
    with open_desk(name) as desk:
        waiting = _open(desk, reviewer, asked)
        say(f"dateline: {count(len(waiting), 'event')} to review by {reviewer}" if waiting
            else f"dateline: nothing is left to review by {reviewer}; other filters may find more")  # fmt: skip
        session = _Session(desk, reviewer, as_json)
        try:
            for at, ident in enumerate(waiting, 1):
                if ident not in session.merged:
                    session.ask(ident, f"{at} of {len(waiting)}")
        except _Gone:
            pass
        except KeyboardInterrupt:
            say(f"dateline: stopped; {count(session.made, 'judgement')} kept. To go on: dateline review {name}")
            if session.changing:
                say(f"dateline: to take them in: dateline reconcile {name}")
            raise
        if session.changing:
            say(f"dateline: {told(desk.reconcile(joining=joining_of(desk)))}")
        left = len(_open(desk, reviewer, asked))
    say(f"dateline: {count(session.made, 'judgement')} kept; {count(left, 'event')} left to review")
    return DONE


def _open(desk: Desk, reviewer: str, asked: Mapping[str, Any]) -> list[str]:
    """Return the ids of the events that fit and hold a claim on which this reviewer did not decide."""
    seen = {claim for one in desk.store.judgements() if one.reviewer == reviewer and one.verdict != "note"
            for claim in (*one.subject, *one.apart)}  # fmt: skip
    for _, _, detail in desk.store.notes("review"):
        if detail.get("by") == reviewer:
            seen.update(detail.get("claims", ()))
    rows = [row.id for row in desk.list_events(**event_filter(asked))]
    return [ident for ident in rows if not seen.issuperset(desk.store.claim_ids_of_event(ident))]


class _Session:
    """One sitting of a reviewer."""

    def __init__(self, desk: Desk, reviewer: str, as_json: bool) -> None:
        self.desk, self.reviewer, self.as_json = desk, reviewer, as_json
        self.made, self.changing = 0, False
        self.lines = _answers()
        self.helped = False
        self.merged: set[str] = set()  # events that were judged to be one with another in this sitting

    def ask(self, ident: str, where: str) -> None:
        """Show an event and take decisions until the reviewer goes on. Raises _Gone at the end of the input."""
        event = self.desk.event(ident)
        claims = list(self.desk.claims(event))
        if self.as_json:
            self.out(ReviewedOut(event=event))
        else:
            put(side_by_side(event, claims, look()))
        if not self.helped:
            self.helped = self.help() or True
        before = self.made
        try:
            self.decide(event, numbered(event, claims), where)
        finally:
            if self.made > before:
                # What was decided one by one was decided beside all the rest: the rest is not asked again.
                self.desk.store.note("review", by=self.reviewer, event=event.id, claims=list(event.claims))

    def decide(self, event: Event, numbers: Mapping[int, tuple[str, ...]], where: str) -> None:
        """Take decisions on an event until the reviewer goes on; what is no answer is told and asked again."""
        while True:
            words = self.answer(f"{where}, event {event.id[:8]}: {CHOICES}? ")
            verb = _WORDS.get(words[0].casefold(), words[0].casefold()) if words else "next"
            try:
                if self.do(verb, words[1:], event, numbers):
                    return
            except DatelineError as error:
                say(f"dateline: {error}")

    def answer(self, prompt: str) -> list[str]:
        """Return the words of the next answer. Raises _Gone where there is none."""
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = next(self.lines, None)
        if line is None:
            sys.stderr.write("\n")
            raise _Gone
        if not sys.stdin.isatty():
            sys.stderr.write(f"{line}\n")
        try:
            return shlex.split(line, posix=True)
        except ValueError:
            return line.split()

    def do(self, verb: str, rest: Sequence[str], event: Event, numbers: Mapping[int, tuple[str, ...]]) -> bool:
        """Do what was answered; return whether to go on to the next event. Raises UsageError for what is no answer."""
        acts: dict[str, Callable[[], bool]] = {
            "right": lambda: self.verdict("right", rest, event, numbers),
            "wrong": lambda: self.verdict("wrong", rest, event, numbers),
            "unsure": lambda: self.verdict("unsure", rest, event, numbers),
            "merge": lambda: self.merge(rest, event),
            "split": lambda: self.split(rest, event, numbers),
            "note": lambda: self.note(rest, event),
            "skip": lambda: True,
            "next": lambda: True,
            "quit": self.quit,
            "help": self.help,
        }
        if verb not in acts:
            raise UsageError(f"{verb!r} is no answer; ? lists them")
        return acts[verb]()

    def verdict(self, verdict: Any, rest: Sequence[str], event: Event, numbers: Mapping[int, tuple[str, ...]]) -> bool:
        """Judge the whole event, or some claims of it."""
        chosen = _chosen(rest, event, numbers)
        self.keep(self.desk.judge(verdict, chosen or event.claims, by=self.reviewer))
        self.changing |= verdict in _NEEDS_RECONCILING
        return not chosen

    def merge(self, rest: Sequence[str], event: Event) -> bool:
        """Judge that the event is the same as others."""
        if not rest:
            raise UsageError("merge: name the other event, by how its id begins")
        others = [self.desk.event(one).id for one in rest]
        self.keep(self.desk.merge([event.id, *others], by=self.reviewer))
        self.merged.update(others)
        self.changing = True
        return True

    def split(self, rest: Sequence[str], event: Event, numbers: Mapping[int, tuple[str, ...]]) -> bool:
        """Judge that some claims are of another event."""
        chosen = _chosen(rest, event, numbers)
        if not chosen:
            raise UsageError("split: name the claims that leave, by their numbers in brackets")
        self.keep(self.desk.split(event.id, chosen, by=self.reviewer))
        self.changing = True
        return True

    def note(self, rest: Sequence[str], event: Event) -> bool:
        """Keep a remark on the event; it is still to be decided."""
        if not rest:
            raise UsageError("note: write the remark after it")
        self.keep(self.desk.judge("note", event.claims, by=self.reviewer, reason=" ".join(rest)))
        self.made -= 1  # a remark decides nothing
        return False

    def quit(self) -> bool:
        """Stop here."""
        raise _Gone

    def help(self) -> bool:
        """Say what may be answered."""
        for line in HELP:
            say(f"  {line}")
        return False

    def keep(self, made: Judgement) -> None:
        """Count a judgement, and print it where JSON is asked for."""
        self.made += 1
        if self.as_json:
            self.out(ReviewedOut(judgement=made))
        else:
            say(f"dateline: kept: {made.verdict}, {count(len(made.subject), 'claim')}")

    def out(self, line: ReviewedOut) -> None:
        """Print a line of JSON."""
        put(msgspec.json.encode(line) + b"\n")


def _chosen(rest: Sequence[str], event: Event, numbers: Mapping[int, tuple[str, ...]]) -> list[str]:
    """Return the claims that numbers in brackets, or beginnings of ids, name. Raises UsageError for what names none."""
    found: list[str] = []
    for word in rest:
        bare = word.strip("[],")
        if bare.isdecimal() and int(bare) in numbers:
            found += numbers[int(bare)]
            continue
        named = [claim for claim in event.claims if len(bare) >= 4 and claim.startswith(bare)]
        if not named:
            raise UsageError(f"{word}: no claim of this event has that number")
        found += named
    return list(dict.fromkeys(found))


def _answers() -> Iterator[str]:
    """Yield the lines that the reviewer types, or that are piped in."""
    while True:
        line = sys.stdin.readline()
        if not line:
            return
        yield line.rstrip("\n")
