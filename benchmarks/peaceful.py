"""False alarms: how many acts of armed violence are read in news that has no armed conflict in it.

    python -m benchmarks.peaceful [--corpora FOLDER] [--part score|look|all] [--json]
    python -m benchmarks.peaceful --errors [--kind SENSE] [--limit N]

The stories are those of PolNeAR and LGL in which no word of armed conflict stands (`corpora.peaceful` has the
words). Every claim of the type ASSAULT that is read there is a false alarm, whatever its status. "all stories"
are the same figures without the rule: conflict news included, they are no error rate, and stand there so that
nobody thinks the rule did the work. The baseline takes every verb of violence with a subject, and every passive
of one, as an act of violence.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.frame import OURS, Benchmark, Case, Score, main
from benchmarks.parses import pipeline
from dateline.corpora import Part
from dateline.corpora.peaceful import Story, files, stories
from dateline.records import Claim, Dossier, Parse, Report

VIOLENT = frozenset(
    "attack kill shoot bomb fight murder assault strike hit wound injure ambush raid storm shell fire kidnap abduct"
    " seize capture invade destroy behead execute stab slay blast target clash battle".split()
)
BASELINE = "baseline: verbs of violence"
WANTED = ("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "THREATEN", "RETREAT")
RATE = "ASSAULT claims per 100 stories"


def report_of(story: Story) -> Report:
    """Return a story as a report."""
    return Report(id=story.name, text=story.text, title=story.title)


def alarms(parse: Parse) -> int:
    """Return how many verbs of violence have a subject or stand in the passive: what a list of words finds."""
    return sum(
        parse.lemmas[token] in VIOLENT
        and parse.pos[token] == "VERB"
        and any(parse.deps[child] in ("nsubj", "nsubjpass", "auxpass") for child in parse.children[token])
        for token in range(len(parse))
    )


class Tally:
    """Claims by PLOVER type over stories, for one system, by group of stories."""

    def __init__(self) -> None:
        self.stories: Counter[str] = Counter()
        self.claims: Counter[tuple[str, str]] = Counter()

    def add(self, group: str, kinds: Iterable[str]) -> None:
        """Count a story and the types of its claims."""
        self.stories[group] += 1
        self.claims.update((group, kind) for kind in kinds)

    def rate(self, kind: str, *groups: str) -> tuple[float, int]:
        """Return the claims of a type per 100 stories of the groups, and the number of stories."""
        held = sum(self.stories[group] for group in groups)
        return 100 * sum(self.claims[group, kind] for group in groups) / max(held, 1), held


def kinds(dossier: Dossier) -> Iterator[str]:
    """Yield the PLOVER type of each claim, and "ASSAULT, asserted" besides for those told as having happened."""
    for claim in dossier.all(Claim):
        said = claim.predication
        yield said.plover
        if said.plover == "ASSAULT" and said.polarity == "affirmed" and said.status in ("asserted", "ongoing"):
            yield "ASSAULT, asserted"


def measure(paths: list[Path], part: Part) -> Iterator[Score]:
    """Yield the rates of false alarms of a part, by all systems."""
    systems = {OURS: pipeline(), "dateline, rules only": pipeline(trained=False)}
    tallies = {name: Tally() for name in (*systems, BASELINE)}
    for story in stories(paths, part):
        group = f"{story.corpus}, {'peaceful' if story.peaceful else 'other'}"
        for name, system in systems.items():
            dossier = system.run(report_of(story))
            tallies[name].add(group, kinds(dossier))
        tallies[BASELINE].add(group, ["ASSAULT"] * alarms(dossier.only(Parse)))
    yield from _scores(tallies)


def _scores(tallies: dict[str, Tally]) -> Iterator[Score]:
    both = ("PolNeAR", "LGL")
    for name, tally in tallies.items():
        yield Score(RATE, name, *tally.rate("ASSAULT", *(f"{corpus}, peaceful" for corpus in both)))
        for corpus in both:
            yield Score(f"{RATE}, {corpus}", name, *tally.rate("ASSAULT", f"{corpus}, peaceful"))
        everything = [f"{corpus}, {which}" for corpus in both for which in ("peaceful", "other")]
        yield Score("ASSAULT per 100, all stories", name, *tally.rate("ASSAULT", *everything))
        for kind in ("ASSAULT, asserted", *WANTED[1:]) if name != BASELINE else ():
            yield Score(f"{kind} per 100", name, *tally.rate(kind, *(f"{corpus}, peaceful" for corpus in both)))


def errors(paths: list[Path]) -> Iterator[Case]:
    """Yield the false alarms of the part to look at."""
    for story in stories(paths, "look"):
        if not story.peaceful:
            continue
        dossier = pipeline().run(report_of(story))
        for claim in dossier.all(Claim):
            said = claim.predication
            if said.plover == "ASSAULT":
                words = story.text[max(0, said.trigger.start - 160) : said.trigger.end + 120]
                cast = "; ".join(f"{p.role}: {p.name}" for p in said.participants)
                trigger = said.trigger.of(story.text)
                yield Case(f"{story.corpus} {story.name}", said.sense, words, "-", f"{trigger}: {said.status}; {cast}")


BENCHMARK = Benchmark(
    "peaceful",
    "acts of armed violence read in stories without armed conflict",
    files,
    measure,
    errors,
    lower=(RATE, f"{RATE}, PolNeAR", f"{RATE}, LGL", "ASSAULT, asserted per 100", "ASSAULT per 100, all stories"),
)

if __name__ == "__main__":
    sys.exit(main(BENCHMARK))
