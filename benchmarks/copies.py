"""Copies of dispatches: precision, recall and time on synthetic reports, beside simpler ways.

    python -m benchmarks.copies [--dispatches N] [--seed N] [--no-baselines] [--json FILE]

Generates N dispatches, each told once or several times: word for word under another masthead, edited, cut, extended
with a background of the outlet's own, on the next day. Beside them stand what must not be joined: the account of
another agency with the same facts and the same quotation, and daily bulletins that differ in their figures. Prints
precision, recall and F1 over pairs of reports of one dispatch, and the processor time for 1,000 reports, for

- text: the same text, by hash
- body: the same words of the body, by hash (without mastheads, bylines and credits)
- words: sets of words that share at least half of their words, on one day
- ours: `dateline.reconciling.copies`

The same seed makes the same reports.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import itertools
import json
import random
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from dateline.reconciling.bodies import body_of
from dateline.reconciling.copies import Text, copies

Pairs = set[tuple[str, str]]
AGENCIES = ("Northwire", "Southwire", "Coast News Agency", "Delta Press")
OUTLETS = tuple(
    f"The {name} {kind}"
    for name in ("River", "Morning", "Valley", "Union", "Harbour", "Plains")
    for kind in ("Herald", "Times", "Post", "Courier", "Star")
)
_PLACES = (
    "Maravi Ostrel Kanda Belhar Tumeq Sarro Dulan Vetka Ibara Qasmir Lonje Petrava Adwal Murish Gorna Halfat".split()
)
_PARTIES = (
    "rebel fighters", "government troops", "a militia from the hills", "gunmen", "the army's third brigade",
    "fighters of the front", "a paramilitary unit", "tribal fighters", "border guards", "an armed group",
)  # fmt: skip
_TARGETS = (
    "the bridge", "a market", "the police headquarters", "a convoy of lorries", "the airfield", "two checkpoints",
    "a school used as a shelter", "the governor's compound", "a grain store", "the power station", "a clinic",
)  # fmt: skip
_DEEDS = ("attacked", "seized", "shelled", "raided", "withdrew from", "surrounded", "retook", "set fire to", "bombed")
_WHEN = (
    "before dawn", "late in the evening", "around noon", "after two days of fighting", "hours after a truce ended",
    "in the early hours", "during the weekly market", "while many were asleep", "at the end of the fast",
)  # fmt: skip
_SPEAKERS = (
    "the district head", "a hospital director", "a spokesman for the army", "a resident reached by telephone",
    "a member of the provincial council", "an aid worker in the town", "a shopkeeper", "the deputy governor",
)  # fmt: skip
_QUOTES = (
    "we heard the first shots when the shops were closing and by nightfall nobody dared to cross the square",
    "they came down from three sides at once and those of us who stayed behind had nowhere left to go",
    "we hold every street of this town and whoever says otherwise is invited to come and see it",
    "the wounded lie in the corridors because there is no bed left and no fuel for the generator",
    "our men left the town to spare its people and they will come back sooner than the enemy thinks",
)
_BACKGROUND = (
    "The {0} region has seen fighting on and off for {1} years, and half of those who lived there have left for {2}.",
    "Talks that were to open in {2} next week have been put off twice, and no new date has been named so far.",
    "Prices of flour and fuel have risen by {1} per cent in {0} since the road to {2} was cut in the spring.",
    "The province of {0} borders on {2}, and smugglers have long used the {1} passes that no army watches.",
    "Aid agencies say that {1} camps around {0} are full, and that a fourth one near {2} has no water yet.",
    "In the capital, parliament voted by a margin of {1} to send a commission to {0} and to {2}.",
    "Last month a ceasefire for {0} held for {1} days before shells fell on the market of {2} again.",
)
_EDITS = (
    ("said on", "announced on"), ("killed", "left dead"), ("wounded", "injured"), ("town", "city"), ("fighters", "men"),
    ("Tuesday", "yesterday"), ("according to", "in the words of"), ("dozens of", "scores of"), ("fled", "ran away"),
    ("troops", "soldiers"), ("residents", "inhabitants"), ("told reporters", "told journalists"), ("near", "close to"),
)  # fmt: skip
_WORD = re.compile(r"\w+")


class Told(msgspec.Struct, frozen=True):
    """A synthetic report and the dispatch that it carries."""

    text: Text
    dispatch: int


def event(rng: random.Random) -> dict[str, str]:
    """Return the facts of one event."""
    place, other, third = rng.sample(_PLACES, 3)
    return {
        "place": place, "other": other, "third": third, "party": rng.choice(_PARTIES), "target": rng.choice(_TARGETS),
        "deed": rng.choice(_DEEDS), "when": rng.choice(_WHEN), "who": rng.choice(_SPEAKERS),
        "quote": rng.choice(_QUOTES),
        "second": rng.choice(_SPEAKERS), "killed": str(rng.randint(2, 60)), "wounded": str(rng.randint(2, 90)),
        "hours": str(rng.randint(2, 30)), "homes": str(rng.randint(10, 900)),
        "day": rng.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
    }  # fmt: skip


def dispatch(facts: dict[str, str], rng: random.Random) -> list[str]:
    """Return the paragraphs of a dispatch on an event, in the words of one reporter."""
    leads = (
        "{Party} {deed} {target} in {place} {when} on {day}, and at least {killed} people were killed, {who} said.",
        "At least {killed} people died when {party} {deed} {target} in the town of {place} on {day}, said {who}.",
        "{Who} said on {day} that {party} had {deed} {target} of {place} {when}, leaving {killed} dead.",
        "A clash in {place} {when} left {killed} dead, officials said on {day}, after {party} {deed} {target}.",
    )
    seconds = (
        "Another {wounded} were wounded, {second} told reporters, and dozens of families fled towards {other}.",
        "The number of wounded stood at {wounded} by nightfall, according to {second}, who asked not to be named.",
        "{Second} put the wounded at {wounded} and said that {homes} homes had burnt down near the river.",
        "More than {homes} families left for {other} with what they could carry, {second} said by telephone.",
    )
    quotes = ("“{quote},” {who} said.", "“{quote},” said {second}.", "{Who} added: “{quote}.”")
    thirds = (
        "The fighting lasted {hours} hours and ended when residents heard a column leave for {third}.",
        "Telephone lines to {third} were cut, and the claims of either side could not be verified.",
        "It was not clear who held {place} after {hours} hours of shelling; both sides said that they did.",
        "Troops closed the road from {other} to {third}, where a lorry was still burning near the bridge.",
        "In {third}, {hours} kilometres away, shots were heard through the night and no shop opened.",
    )
    known = {**facts, **{key.title(): facts[key][0].upper() + facts[key][1:] for key in ("party", "who", "second")}}
    told = [rng.choice(leads), rng.choice(seconds), rng.choice(quotes), *rng.sample(thirds, 2)]
    told.extend(
        line.format(facts["place"], rng.randint(2, 40), rng.choice(_PLACES)) for line in rng.sample(_BACKGROUND, 3)
    )
    return [line.format_map(known) for line in told]


def edited(paragraphs: Sequence[str], rng: random.Random) -> list[str]:
    """Return the paragraphs with the changes that a desk makes: words, a dropped sentence part, their order."""
    found = []
    for paragraph in paragraphs:
        for old, new in rng.sample(_EDITS, 5):
            paragraph = paragraph.replace(old, new)
        if rng.random() < 0.3 and ", " in paragraph:
            head, _, tail = paragraph.rpartition(", ")
            paragraph = f"{head}." if len(tail) < len(head) else paragraph
        found.append(paragraph)
    at = rng.randrange(2, len(found))
    found.append(found.pop(at))
    return found


def dressed(paragraphs: Sequence[str], outlet: str, agency: str, credited: bool, rng: random.Random) -> str:
    """Return a text as an outlet prints it: masthead, headline, byline, dateline, credit."""
    head = [outlet.upper(), f"{rng.choice(_PLACES)}: new fighting reported"] if rng.random() < 0.7 else []
    lead = paragraphs[0]
    if rng.random() < 0.6:
        lead = f"{rng.choice(_PLACES).upper()} ({agency if credited else outlet}) - {lead}"
    tail = rng.choice(
        ([], [f"(Reporting by A. Writer for {outlet}; editing by B. Editor)"], ["Read also: the week in maps."])
    )
    return "\n\n".join([*head, lead, *paragraphs[1:], *tail])


def reports(count: int, seed: int) -> Iterator[Told]:
    """Yield the reports of `count` dispatches."""
    rng, number, order = random.Random(seed), 0, 0
    start = dt.date(2021, 1, 1)
    while number < count:
        facts, day = event(rng), start + dt.timedelta(days=rng.randrange(max(count // 40, 10)))
        agency, rival = rng.sample(AGENCIES, 2)
        for source in (agency, rival) if rng.random() < 0.4 else (agency,):
            paragraphs = dispatch(facts, rng)
            told = [(source, source, paragraphs, day)]
            for outlet in rng.sample(OUTLETS, rng.choice((0, 0, 1, 2, 3, 5))):
                way = rng.choice(("same", "same", "edited", "cut", "cut-edited", "extended"))
                mine = edited(paragraphs, rng) if "edited" in way else list(paragraphs)
                if "cut" in way:
                    mine = mine[: rng.randint(2, 5)]
                if way == "extended":
                    mine += dispatch(event(rng), rng)[3:]
                told.append(
                    (outlet, source if rng.random() < 0.5 else "", mine, day + dt.timedelta(days=rng.randrange(2)))
                )
            for outlet, credit, mine, published in told:
                words = dressed(mine, outlet, source, bool(credit), rng)
                yield Told(Text(f"r{order:07}", words, outlet, credit, published.isoformat(), order), number)
                order += 1
            number += 1


def pairs_of(keys: dict[str, object]) -> Pairs:
    """Return all pairs of reports with one key."""
    groups: dict[object, list[str]] = defaultdict(list)
    for name, key in keys.items():
        groups[key].append(name)
    return {pair for group in groups.values() for pair in itertools.combinations(sorted(group), 2)}


def same_text(told: Sequence[Told]) -> Pairs:
    """Return the pairs of the same text."""
    return pairs_of({one.text.id: hashlib.sha256(one.text.text.encode()).digest() for one in told})


def same_body(told: Sequence[Told]) -> Pairs:
    """Return the pairs of the same body."""
    return pairs_of({one.text.id: body_of(one.text.text).digest for one in told})


def same_words(told: Sequence[Told]) -> Pairs:
    """Return the pairs of one day whose sets of words share half of their words or more."""
    days: dict[str | None, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for one in told:
        days[one.text.published].append((one.text.id, frozenset(_WORD.findall(one.text.text.lower()))))
    return {
        (a, b) if a < b else (b, a)
        for day in days.values()
        for (a, mine), (b, theirs) in itertools.combinations(day, 2)
        if 2 * len(mine & theirs) >= len(mine | theirs)
    }


def ours(told: Sequence[Told]) -> Pairs:
    """Return the pairs within the groups of `copies`."""
    groups = copies(one.text for one in told)
    return {pair for group in groups for pair in itertools.combinations(sorted(group.carriers), 2)}


WAYS: dict[str, Callable[[Sequence[Told]], Pairs]] = {
    "text": same_text, "body": same_body, "words": same_words, "ours": ours,
}  # fmt: skip


def score(found: Pairs, gold: Pairs) -> dict[str, float]:
    """Return precision, recall and F1."""
    right = len(found & gold)
    precision, recall = right / max(len(found), 1), right / max(len(gold), 1)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-9)}


def main() -> int:
    """Print the figures of each way."""
    parser = argparse.ArgumentParser(description="Copies of dispatches on synthetic reports.")
    parser.add_argument("--dispatches", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    told = list(reports(options.dispatches, options.seed))
    gold = pairs_of({one.text.id: one.dispatch for one in told})
    words = sum(len(one.text.text.split()) for one in told) / len(told)
    print(f"{len(told)} reports of {options.dispatches} dispatches, {words:.0f} words each, {len(gold)} pairs")
    figures: dict[str, dict[str, float]] = {}
    for name, way in WAYS.items():
        if options.no_baselines and name != "ours":
            continue
        begun = time.process_time()
        found = way(told)
        taken = time.process_time() - begun
        figures[name] = {**score(found, gold), "CPU seconds per 1000": 1000 * taken / len(told)}
        print(f"{name:6}", "  ".join(f"{key} {value:6.3f}" for key, value in figures[name].items()))
    sizes = (
        Counter(len(group.carriers) for group in copies(one.text for one in told)) if not options.no_baselines else {}
    )
    if sizes:
        print("groups by size:", ", ".join(f"{size}: {number}" for size, number in sorted(sizes.items())))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB with all texts", file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
